//! Contacts: the public telephones of offices.
//!
//! Comes in: a paragraph. Goes out: entries of `contacts`. A number next to the name of a person is direct: the entry then names the office only, and
//! says that a number was there. Mobile numbers are never offered.

use std::ops::Range;

use mingbai_reading::{NameKind, What};

use super::entry::Note;
use super::paragraph::Paragraph;
use super::{Candidates, Context, Entry, Field, Section};
use crate::import::signs;

/// Finds the contacts of a paragraph.
pub(super) fn find(p: &Paragraph, context: &Context, found: &mut Candidates) {
    let phones: Vec<(Range<usize>, &str)> = p
        .readings
        .iter()
        .filter_map(|reading| match &reading.what {
            What::Phone(phone) => Some((reading.span.clone(), phone.as_str())),
            _ => None,
        })
        .collect();
    if phones.is_empty() {
        return;
    }
    let beginning = context.beginning(p.clause);
    let is_head = !std::ptr::eq(beginning.as_ptr(), p.words.as_ptr());
    // A person who is named makes the numbers from there on direct; those before stay public.
    let is_direct = |span: &Range<usize>| {
        let words = without_marks(&p.words[..p.sentence(span.start).end]);
        has_role(&words)
            || is_head && has_role(beginning)
            || !crate::lints::find_names(&words, &|_| false).is_empty()
            || follows_name(&p.words[..span.start])
    };
    let mut before = 0;
    for (i, (span, phone)) in phones.into_iter().enumerate() {
        let is_mobile = phone.len() == 11 && phone.starts_with('1');
        if is_direct(&span) {
            // A public number before it says more than that there is a direct one.
            if i == 0 {
                direct(p, context, found, span.start);
            }
        } else if !is_mobile {
            public(p, context, found, before..span.start, span.clone(), phone);
        }
        before = span.end;
    }
}

/// Words without the marks of what was left out (〔此处略去……〕).
fn without_marks(words: &str) -> String {
    let mut out = String::new();
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('〔') {
        out.push_str(before);
        rest = after.split_once('〕').map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out
}

/// Finds the public telephones of a table: the first cell of a row with words is the office. A table with names of persons gives none.
pub(super) fn of_table(words: &str, at: usize, label: &str, found: &mut Candidates) {
    let mut rows = words.lines();
    let header = rows.next().unwrap_or_default();
    let is_phones = ["电话", "热线", "联系方式"]
        .iter()
        .any(|word| header.contains(word));
    let is_personal = ["联系人", "姓名", "负责人", "经办人", "责任人"]
        .iter()
        .any(|word| header.contains(word));
    if !is_phones || is_personal {
        return;
    }
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let is_words =
            |cell: &&&str| cell.chars().filter(|c| ('一'..='龥').contains(c)).count() >= 2;
        let Some(office) = cells.iter().find(is_words) else {
            continue;
        };
        let quote = cells.join(" | ");
        for reading in mingbai_reading::read(&quote) {
            let What::Phone(phone) = reading.what else {
                continue;
            };
            let is_mobile = phone.len() == 11 && phone.starts_with('1');
            if is_mobile || !crate::lints::find_personal_data(&quote).is_empty() {
                continue;
            }
            let fields = vec![
                Field::text("office", *office),
                Field::text("phone", phone),
                Field::text("clause", label),
                Field::text("quote", quote.clone()),
            ];
            found.push(Section::Contacts, Entry { at, fields });
        }
    }
}

/// Whether words end with what may be the name of a person: two to four characters by themselves, 张某某.
fn follows_name(before: &str) -> bool {
    const NOT_NAMES: [&str; 14] = [
        "电话",
        "热线",
        "号码",
        "传真",
        "咨询",
        "监督",
        "投诉",
        "举报",
        "值班",
        "中心",
        "学校",
        "大厅",
        "窗口",
        "办公室",
    ];
    let is_mark = |c: char| "：:，,、。；;（(\n".contains(c);
    let bare = before.trim_end_matches(|c: char| c.is_whitespace() || is_mark(c));
    let last = bare.rsplit(is_mark).next().unwrap_or(bare);
    let name: String = last.chars().filter(|c| !c.is_whitespace()).collect();
    let is_short = (2..=4).contains(&name.chars().count());
    let is_han = name.chars().all(|c| ('一'..='龥').contains(&c));
    is_short
        && is_han
        && !NOT_NAMES.iter().any(|word| name.ends_with(word))
        && !signs::ends_like_organ(&name)
}

/// 联系人：…
fn has_role(words: &str) -> bool {
    ["联系人", "经办人", "负责人", "责任人", "工作人员"]
        .iter()
        .any(|role| words.contains(role))
}

/// A public telephone, with the words since the one before it.
fn public(
    p: &Paragraph,
    context: &Context,
    found: &mut Candidates,
    label: Range<usize>,
    span: Range<usize>,
    phone: &str,
) {
    let start = p.sentence(span.start).start.max(label.start);
    let quote = p.trimmed(start..span.end);
    if quote.end < span.end {
        return;
    }
    let office =
        office_in(p, &(label.start..span.start)).or_else(|| office_in(p, &(0..span.start)));
    let mut fields = vec![office_field(context, office)];
    // What the number is for is said after the name of the office.
    let named = p
        .readings_in(label.start..span.start)
        .filter(|r| is_office(&r.what));
    let from = named.map(|r| r.span.end).max().unwrap_or(0);
    let from = from.max(p.piece(span.start).start).max(label.start);
    fields.extend(
        duty(&p.words[from.min(span.start)..span.start]).map(|duty| Field::text("duty", duty)),
    );
    fields.push(Field::text("phone", phone));
    found.push(Section::Contacts, p.entry(fields, quote));
}

/// What a telephone is for: 咨询 of `咨询电话：`.
fn duty(label: &str) -> Option<String> {
    let bare = label.trim_matches(|c: char| c.is_whitespace() || "：:，,（(、。；;".contains(c));
    let end = [
        "咨询服务热线",
        "服务热线",
        "热线电话",
        "联系电话",
        "电话号码",
        "热线",
        "电话",
    ]
    .into_iter()
    .find_map(|end| bare.strip_suffix(end))?;
    let count = end.chars().count();
    let is_duty = (2..=8).contains(&count) && end.chars().all(|c| ('一'..='龥').contains(&c));
    is_duty.then(|| end.to_owned())
}

fn is_office(what: &What) -> bool {
    matches!(what, What::Name(name) if name.kind == NameKind::Office)
}

/// The last office that is named in a range.
fn office_in(p: &Paragraph, range: &Range<usize>) -> Option<String> {
    let mut names = p.readings_in(range.clone()).filter_map(|r| match &r.what {
        What::Name(name) if name.kind == NameKind::Office => Some(name.words.clone()),
        _ => None,
    });
    names.next_back()
}

fn office_field(context: &Context, office: Option<String>) -> Field {
    const NOTE: Option<Note> = Some(Note::Open("这一句没有写是哪个单位，这是发文机关"));
    match (office, context.layout.issuers.first()) {
        (Some(office), _) => Field::text("office", office),
        (None, Some(issuer)) => Field::text("office", issuer).noted(NOTE),
        (None, None) => Field::missing("office", "这一句没有写是哪个单位的电话"),
    }
}

/// A direct number: the office and what it is for, without the number and without the name.
fn direct(p: &Paragraph, context: &Context, found: &mut Candidates, phone: usize) {
    let beginning = context.beginning(p.clause);
    let own_label = p.words[..phone]
        .split_once(['：', ':'])
        .map(|(label, _)| label)
        .filter(|label| (3..=24).contains(&label.chars().count()) && !has_role(label));
    let head = Paragraph::new(beginning, 0, p.label.clone(), p.clause);
    let is_head = beginning.len() < 200 && !std::ptr::eq(beginning.as_ptr(), p.words.as_ptr());
    let office = office_in(p, &(0..phone)).or_else(|| {
        if is_head {
            office_in(&head, &(0..beginning.len()))
        } else {
            None
        }
    });
    let mut fields = vec![office_field(context, office)];
    let (paragraph, quote) = match own_label {
        Some(label) => {
            fields.push(Field::text("duty", label));
            (p, 0..label.len())
        }
        None if is_head => {
            let colon = beginning.trim_end().trim_end_matches(['：', ':']).len();
            (&head, head.trimmed(0..colon))
        }
        None => {
            let Some(colon) = p.words[..phone].find(['：', ':']) else {
                return;
            };
            (p, p.trimmed(0..colon))
        }
    };
    fields.push(Field::text("phone", "未载明"));
    fields.push(Field::text("note", "原文在这里列有姓名和电话，本站略去。"));
    let mut entry = paragraph.entry(fields, quote);
    entry.at = p.at;
    found.push(Section::Contacts, entry);
}
