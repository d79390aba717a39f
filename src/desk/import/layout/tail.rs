//! The end of a document and its annexes: attachments, signature, date, publicity, copies, printing.
//!
//! Comes in: the paragraphs after the head. Goes out: their roles, and the values of the front matter.

use super::reader::{Attachment, ISSUED, ISSUERS, Reader};
use crate::import::marks::{Mark, mark};
use crate::import::parts::Role;
use crate::import::signs;
use crate::import::space::{In, join, tidy};
use crate::model::clause::paragraph_number;
use crate::remark::{Remark, RemarkKind};
use crate::words::squeeze;

/// The most organs in a signature.
const MOST_ORGANS: usize = 8;

/// Reads what follows paragraph `body`.
pub(super) fn read(reader: &mut Reader, body: usize) {
    let count = reader.layout.paragraphs.len();
    let first_annex = annexes(reader, body);
    let end = first_annex.unwrap_or(count);
    attachments(reader, body, end);
    if let Some(first) = first_annex {
        lists_of_annexes(reader, first);
    }
    signature(reader, body, end);
    marks(reader, body, end);
}

/// Finds the lines that begin annexes and gives them their titles: the first of them.
fn annexes(reader: &mut Reader, body: usize) -> Option<usize> {
    let count = reader.layout.paragraphs.len();
    let mut first = None;
    let mut closed = false;
    let mut at = body;
    while at < count {
        let text = reader.text(at).to_owned();
        closed |= signs::day_of(&text).is_some()
            || signs::publicity(&text).is_some()
            || signs::printed_on(&text).is_some();
        let Some((number, words)) = signs::annex(&text) else {
            at += 1;
            continue;
        };
        let lists = !words.is_empty() && paragraph_number(&words).is_some();
        let begins = if words.is_empty() {
            // `附件：` above a numbered list that nothing has closed is the list of attachments.
            !(text.ends_with(['：', ':'])
                && number.is_none()
                && !closed
                && paragraph_number(reader.text(at + 1)).is_some())
        } else {
            !lists && (closed || first.is_some()) && number.is_some()
                || closed && first.is_none() && !lists
        };
        if begins {
            first = first.or(Some(at));
            annex_title(reader, at);
        }
        at += 1;
    }
    first
}

/// Takes the title below `附件` into the line that begins the annex.
fn annex_title(reader: &mut Reader, at: usize) {
    /// The most lines of a title.
    const MOST: usize = 3;
    let mut text = reader.layout.paragraphs[at].text.clone();
    let bare = signs::annex(&text).is_some_and(|(_, words)| words.is_empty());
    if bare {
        text = squeeze(&text);
        let mut title = String::new();
        for next in at + 1..=at + MOST {
            let words = reader.text(next);
            let is_line = !words.is_empty()
                && !signs::ends_sentence(words)
                && paragraph_number(words).is_none()
                && words.chars().count() <= 60
                && !signs::has_label(words)
                && signs::annex(words).is_none()
                && signs::organs(words).is_none();
            // A short word alone (无) is what the annex says, not what it is called.
            if !is_line || (title.is_empty() && words.chars().count() < 3) {
                break;
            }
            let done = !title.is_empty() && ends_annex_title(&title);
            if done {
                break;
            }
            for line in reader.layout.paragraphs[next].lines.clone() {
                join(&mut title, &tidy(&reader.lines[line].text, In::Title));
            }
            let taken = reader.layout.paragraphs[next].lines.clone();
            reader.layout.paragraphs[at].lines.extend(taken);
            reader.layout.paragraphs[next].lines.clear();
        }
        if !title.is_empty() {
            if !text.ends_with(['：', ':']) {
                text.push(' ');
            }
            text.push_str(&title);
        }
    }
    reader.layout.paragraphs[at].text = text;
    reader.layout.paragraphs[at].role = Role::Annex;
    let emptied = at + 1;
    while reader
        .layout
        .paragraphs
        .get(emptied)
        .is_some_and(|p| p.lines.is_empty())
    {
        // Later indices move: callers continue from `at + 1`.
        reader.layout.paragraphs.remove(emptied);
    }
}

/// Whether an annex's title is complete.
fn ends_annex_title(title: &str) -> bool {
    const ENDS: [&str; 10] = [
        "名单",
        "一览表",
        "表",
        "结果",
        "清单",
        "目录",
        "样式",
        "模板",
        "说明",
        "须知",
    ];
    (ENDS.iter().any(|end| title.ends_with(end)) || signs::ends_title(title))
        && !signs::has_open_bracket(title)
}

/// A list of attachments that begins at `at`: its titles, and the paragraph after it.
fn list_at(reader: &Reader, at: usize, end: usize) -> Option<(Vec<String>, usize)> {
    let text = reader.text(at);
    let (_, words) = signs::annex(text)?;
    let mut titles: Vec<String> = Vec::new();
    let mut next = at + 1;
    if !words.is_empty() {
        titles.push(words);
    }
    let numbered = |text: &str| paragraph_number(text).map(|(_, number, len)| (number, len));
    let first_number = titles
        .first()
        .map_or(Some(0), |t| numbered(t).map(|(n, _)| n));
    if let Some(mut last) = first_number {
        while next < end {
            let words = squeeze(reader.text(next));
            match numbered(&words) {
                Some((number, _)) if number == last + 1 && !words.ends_with('。') => {
                    titles.push(words);
                    last = number;
                    next += 1;
                }
                _ => break,
            }
        }
    }
    let titles: Vec<String> = titles
        .into_iter()
        .map(|title| {
            let from = numbered(&title).map_or(0, |(_, len)| len);
            title[from..]
                .trim_start_matches(['.', '．', '、'])
                .trim_matches(['《', '》', '；', '。'])
                .to_owned()
        })
        .collect();
    (!titles.is_empty()).then_some((titles, next))
}

/// The list of attachments of the document itself goes into the front matter.
fn attachments(reader: &mut Reader, body: usize, end: usize) {
    let annexes = reader
        .layout
        .paragraphs
        .iter()
        .filter(|p| p.role == Role::Annex)
        .count();
    let found = (body..end).find_map(|at| list_at(reader, at, end).map(|found| (at, found)));
    let Some((at, (titles, next))) = found else {
        // An annex that nothing lists is an attachment all the same.
        let titles: Vec<String> = reader
            .layout
            .paragraphs
            .iter()
            .filter(|p| p.role == Role::Annex)
            .map(|p| signs::annex_title(&p.text).to_owned())
            .collect();
        for (i, title) in titles.into_iter().enumerate() {
            if !title.is_empty() {
                reader.layout.attachments.push(Attachment {
                    title,
                    part: Some(i + 1),
                    within: None,
                });
            }
        }
        return;
    };
    for i in at..next {
        reader.front(i, "attachments", ("附件清单", "list of attachments"));
    }
    let count = titles.len();
    for (i, title) in titles.into_iter().enumerate() {
        reader.layout.attachments.push(Attachment {
            title,
            part: (i < annexes).then_some(i + 1),
            within: None,
        });
    }
    if annexes > 0 && annexes != count {
        let place = reader.lines[reader.layout.paragraphs[at].lines[0]]
            .place
            .clone();
        reader.remarks.push(Remark::new(
            place,
            RemarkKind::Unsure,
            (
                &format!("附件清单列了 {count} 份，后面有 {annexes} 份"),
                &format!("{count} attachments are listed, but {annexes} annexes follow"),
            ),
        ));
    }
}

/// Lists of attachments that annexes have of their own stay in the text, as one paragraph.
fn lists_of_annexes(reader: &mut Reader, first: usize) {
    let mut annex = 0;
    let mut at = first;
    while at < reader.layout.paragraphs.len() {
        if reader.layout.paragraphs[at].role == Role::Annex {
            annex += 1;
        } else if let Some((titles, next)) = list_at(reader, at, reader.layout.paragraphs.len()) {
            for title in titles {
                reader.layout.attachments.push(Attachment {
                    title,
                    part: None,
                    within: Some(annex),
                });
            }
            let mut text = reader.text(at).to_owned();
            for i in at + 1..next {
                if text != "附件：" && text != "附件:" {
                    text.push('\n');
                }
                text.push_str(reader.text(i));
                let lines = std::mem::take(&mut reader.layout.paragraphs[i].lines);
                reader.layout.paragraphs[at].lines.extend(lines);
            }
            reader.layout.paragraphs[at].text = text;
            reader.layout.paragraphs[at].role = Role::List;
            reader.layout.paragraphs.drain(at + 1..next);
        }
        at += 1;
    }
}

/// The date at the end, and the organs above it.
fn signature(reader: &mut Reader, body: usize, end: usize) {
    let last = (body..end)
        .rev()
        .take(20)
        .find(|&i| signs::day_of(reader.text(i)).is_some());
    let above = match last {
        Some(at) => {
            let day = signs::day_of(reader.text(at));
            if reader.layout.issued.is_some() && reader.layout.issued != day {
                let place = reader.lines[reader.layout.paragraphs[at].lines[0]]
                    .place
                    .clone();
                reader.remarks.push(Remark::new(place, RemarkKind::Unsure, (
                        "题下和落款的日期不一样，用的是落款",
                        "the dates below the title and at the end differ; the one at the end was used",
                    )));
            }
            reader.layout.issued = day;
            reader.front(at, "issued", ISSUED);
            at
        }
        None => end,
    };
    let mut organs = Vec::new();
    let mut from = above;
    while from > body && organs.len() < MOST_ORGANS {
        let at = from - 1;
        if !matches!(reader.layout.paragraphs[at].role, Role::Text) {
            break;
        }
        // The printer's line below, without a date of its own, is not a signature.
        let Some(names) = signs::organs(&reader.source(at)) else {
            break;
        };
        if last.is_none() && signs::printed_on(reader.text(at + 1)).is_some() {
            break;
        }
        organs.splice(0..0, names);
        from = at;
    }
    if organs.is_empty() {
        return;
    }
    for at in from..above {
        reader.front(at, "issuers", ISSUERS);
    }
    // What the head says is confirmed by the signature, or is open.
    let head = &reader.layout.issuers;
    let is_same = head.len() == organs.len() && organs.iter().all(|name| head.contains(name));
    reader.layout.doubts.issuers = if is_same || head.is_empty() {
        None
    } else {
        reader
            .layout
            .doubts
            .issuers
            .map(|_| "版头和落款的机关不一样，用的是落款")
    };
    reader.layout.issuers = organs;
}

/// Publicity, copies and printing, at the end of the document.
fn marks(reader: &mut Reader, body: usize, end: usize) {
    for at in body..end {
        if reader.layout.paragraphs[at].role != Role::Text {
            continue;
        }
        let words = squeeze(reader.text(at));
        if mark(&words) == Some(Mark::Rule) && is_imprint_near(reader, at, end) {
            reader.drop(at, Mark::Rule);
        } else if let Some(publicity) = signs::publicity(&words) {
            reader.layout.publicity = Some(publicity);
            reader.front(at, "publicity", ("公开方式", "publicity"));
        } else if let Some((_, day)) = signs::printed_on(&words) {
            reader.layout.printed_on = Some(day);
            reader.front(at, "printed_on", PRINTED);
            let above = at.wrapping_sub(1);
            let is_printer = reader
                .layout
                .paragraphs
                .get(above)
                .is_some_and(|p| p.role == Role::Text)
                && above >= body
                && signs::organs(&reader.source(above)).is_some();
            if is_printer {
                reader.front(above, "printed_on", PRINTED);
            }
        } else if let Some(names) = words
            .strip_prefix("抄送：")
            .or_else(|| words.strip_prefix("抄送:"))
        {
            reader.layout.copies = names
                .trim_end_matches('。')
                .split(['，', ',', '；', '。'])
                .map(str::to_owned)
                .filter(|name| !name.is_empty())
                .collect();
            reader.front(at, "copies", ("抄送机关", "copies"));
        }
    }
}

/// Whether 抄送 or 印发 is the line before or after: the rule belongs to the imprint.
fn is_imprint_near(reader: &Reader, at: usize, end: usize) -> bool {
    let is_imprint = |i: usize| {
        let words = squeeze(&reader.source(i));
        words.starts_with("抄送") || words.ends_with("印发") || signs::printed_on(&words).is_some()
    };
    (at > 0 && is_imprint(at - 1))
        || (at + 1 < end && is_imprint(at + 1))
        || (at + 2 < end && is_imprint(at + 2))
}

const PRINTED: (&str, &str) = ("印发机关和印发日期", "printed by, and when");
