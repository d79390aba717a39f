//! Lines as paragraphs: what was broken only for the page is put together.
//!
//! Comes in: lines, and which are furniture. Goes out: paragraphs and tables. A line goes on in the next one if it is
//! full, or if it ends within a sentence; never if the next line begins with a number that can follow, or is a
//! part of the document of its own.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::marks::mark;
use super::parts::{Cells, Form, Line, Paragraph, Role};
use super::signs;
use super::space::{In, Joint, join, latin_end, tidy};
use crate::model::clause::{Level, paragraph_number};
use crate::remark::{Remark, RemarkKind};
use crate::text::is_cjk;
use crate::words::is_blank;

/// Puts lines together.
pub(super) fn paragraphs(
    lines: &[Line],
    furniture: &[bool],
    form: Form,
    remarks: &mut Vec<Remark>,
) -> Vec<Paragraph> {
    let kept: Vec<usize> = (0..lines.len()).filter(|&i| !furniture[i]).collect();
    let tables = typed_tables(lines, &kept);
    let habits = Habits::of(lines, &kept, &tables, form);
    let mut numbers = Numbers::default();
    let mut out: Vec<Paragraph> = Vec::new();
    let mut at = 0;
    while at < kept.len() {
        let i = kept[at];
        if let Some(table) = &lines[i].table {
            out.push(of_table(vec![i], table.clone()));
            at += 1;
            continue;
        }
        if let Some(end) = tables[at] {
            out.push(typed_table(lines, &kept[at..end]));
            at = end;
            continue;
        }
        let mut paragraph = Paragraph {
            lines: vec![i],
            text: tidy(&lines[i].text, In::Text),
            role: Role::Text,
            table: None,
        };
        numbers.see(&paragraph.text);
        at += 1;
        while at < kept.len() && tables[at].is_none() && lines[kept[at]].table.is_none() {
            let (last, next) = (kept[at - 1], kept[at]);
            let step = habits.step(&paragraph.text, &lines[last], &lines[next], &numbers);
            if step == Step::Ends {
                break;
            }
            if step == Step::Doubtful {
                remarks.push(
                    Remark::new(
                        lines[next].place.clone(),
                        RemarkKind::Unsure,
                        (
                            "接在上一行后面了；看是不是另起一段",
                            "joined to the line above: check whether a new paragraph starts here",
                        ),
                    )
                    .about(lines[next].text.trim()),
                );
            }
            let words = tidy(&lines[next].text, In::Text);
            // A program that counts signs breaks within words and numbers.
            if matches!(habits.width, Some(Width::Signs(width)) if lines[last].text.chars().count() == width)
            {
                paragraph.text.push_str(&words);
            } else if join(&mut paragraph.text, &words) == Joint::Doubtful {
                let start = paragraph.text.len() - words.len();
                remarks.push(doubtful_joint(&lines[next], &paragraph.text, start));
            }
            paragraph.lines.push(next);
            at += 1;
        }
        if paragraph.lines.len() == 1 && form == Form::Word && is_unfinished(&paragraph.text) {
            remarks.push(Remark::new(lines[i].place.clone(), RemarkKind::Unsure, (
                    "这一段末尾没有标点；看是不是在句子中间断开了",
                    "this paragraph ends without punctuation: check whether a sentence was split",
                )).about(&paragraph.text));
        }
        out.push(paragraph);
    }
    out
}

/// Two lines of which nobody knows whether there is a space between them.
fn doubtful_joint(line: &Line, text: &str, start: usize) -> Remark {
    let (before, after) = text.split_at(start);
    let before = latin_end(before.trim_end());
    let end = after
        .char_indices()
        .find(|(_, c)| is_blank(*c) || is_cjk(*c))
        .map_or(after.len(), |(at, _)| at);
    let from = text[..start].rfind(before).unwrap_or(start);
    Remark::new(
        line.place.clone(),
        RemarkKind::Unsure,
        (
            "换行的地方前后是字母或数字；看接得对不对、中间有没有空格",
            "letters or digits met where a line ended: check the joint, and whether there is a space",
        ),
    )
    .about(&text[from..start + end])
}

/// A long paragraph that ends within a sentence.
fn is_unfinished(text: &str) -> bool {
    text.contains('。') && !signs::ends_sentence(text) && signs::organs(text).is_none()
}

fn of_table(lines: Vec<usize>, table: Cells) -> Paragraph {
    let table = table
        .into_iter()
        .map(|row| row.iter().map(|cell| tidy(cell, In::Cell)).collect())
        .collect();
    Paragraph {
        lines,
        text: String::new(),
        role: Role::Table,
        table: Some(table),
    }
}

/// Rows typed with tabs: for each line that begins a table, the index after its last row.
fn typed_tables(lines: &[Line], kept: &[usize]) -> Vec<Option<usize>> {
    let tabs = |at: usize| {
        let line = &lines[kept[at]];
        let words = line.text.trim_matches(is_blank);
        let cells = words.split('\t').filter(|c| !c.trim().is_empty()).count();
        let tabs = words.matches('\t').count();
        (line.table.is_none() && tabs > 0 && cells == tabs + 1).then_some(tabs)
    };
    let mut out = vec![None; kept.len()];
    let mut at = 0;
    while at < kept.len() {
        let Some(count) = tabs(at) else {
            at += 1;
            continue;
        };
        let end = (at..kept.len())
            .find(|&k| tabs(k) != Some(count))
            .unwrap_or(kept.len());
        if (count >= 2 && end - at >= 2) || end - at >= 3 {
            out[at] = Some(end);
        }
        at = end;
    }
    out
}

fn typed_table(lines: &[Line], rows: &[usize]) -> Paragraph {
    let cells = rows
        .iter()
        .map(|&i| {
            lines[i]
                .text
                .trim()
                .split('\t')
                .map(str::to_owned)
                .collect()
        })
        .collect();
    of_table(rows.to_vec(), cells)
}

/// What is known of the numbering so far.
#[derive(Debug, Default)]
struct Numbers {
    /// Open levels and their last numbers, outermost first.
    open: Vec<(Level, u32)>,
}

impl Numbers {
    fn see(&mut self, text: &str) {
        if let Some((level, number, _)) = paragraph_number(text) {
            self.open.retain(|(other, _)| *other < level);
            self.open.push((level, number));
        }
    }

    /// Whether a number can come next: the first of a level, or the one after the last.
    fn fits(&self, text: &str) -> bool {
        let Some((level, number, _)) = paragraph_number(text) else {
            return false;
        };
        let last = self.open.iter().find(|(other, _)| *other == level);
        number == 1 || last.is_some_and(|(_, last)| number == last + 1)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Ends,
    GoesOn,
    /// Goes on, but somebody should look.
    Doubtful,
}

/// How the author typed.
#[derive(Debug)]
struct Habits {
    form: Form,
    /// Where lines were wrapped, if they were.
    width: Option<Width>,
    /// Paragraphs begin with white space.
    indents: bool,
    /// Paragraphs are separated by blank lines.
    gaps: bool,
}

impl Habits {
    fn of(lines: &[Line], kept: &[usize], tables: &[Option<usize>], form: Form) -> Self {
        let prose: Vec<&Line> = kept
            .iter()
            .zip(tables)
            .filter(|(_, table)| table.is_none())
            .map(|(&i, _)| &lines[i])
            .filter(|line| line.table.is_none())
            .collect();
        let width = wrapped_at(&prose);
        let share = |count: usize| count * 10 >= prose.len();
        let indented = prose.iter().filter(|line| is_indented(line)).count();
        let gaps = prose.iter().filter(|line| line.gap).count();
        Self {
            form,
            width,
            indents: share(indented) && share(prose.len() - indented) && width.is_some(),
            gaps: share(gaps) && width.is_some() && gaps < prose.len(),
        }
    }

    /// Whether a paragraph that ends with `last` so far goes on in `next`.
    fn step(&self, text: &str, last: &Line, next: &Line, numbers: &Numbers) -> Step {
        // No paragraph is this long: a text without any punctuation is not read as one.
        if text.len() > 20_000 {
            return Step::Ends;
        }
        if mark(&next.text).is_some() || mark(text).is_some() {
            return Step::Ends;
        }
        let words = tidy(&next.text, In::Text);
        let must = signs::must_go_on(text);
        let full = self.width.is_some_and(|width| is_full(last, &words, width));
        if signs::begins_part(&next.text) && !(must && full) {
            return Step::Ends;
        }
        if !full && (signs::organs(text).is_some() || signs::number_line(text).is_some()) {
            return Step::Ends;
        }
        let ended = signs::ends_sentence(text) || signs::ends_with_phone(text);
        if paragraph_number(&words).is_some() || signs::is_unknown_numbering(&words) {
            let fits = numbers.fits(&words);
            return if full {
                self.step_of_number(text, fits, next)
            } else if must && !ended && !fits {
                Step::Doubtful
            } else {
                Step::Ends
            };
        }
        if full {
            return self.step_of_full(ended, next);
        }
        if ended {
            return Step::Ends;
        }
        if must || words.starts_with(['，', '。', '、', '；', '）', '》', '”', '〕']) {
            return Step::GoesOn;
        }
        // The author's own sign of a paragraph is missing.
        let goes_on = (self.gaps && !next.gap) || (self.indents && !is_indented(next));
        if goes_on && self.form == Form::Text {
            return Step::GoesOn;
        }
        if self.form == Form::Word && next.gap || self.width.is_some() {
            return Step::Ends;
        }
        // A list of attachments, and a line that introduces what follows.
        let introduces = words.ends_with('：') && words.chars().count() <= 16;
        if next.gap && (introduces || signs::annex(text).is_some()) {
            return Step::Ends;
        }
        if is_sentence_broken_off(text, &words, next) {
            return Step::GoesOn;
        }
        Step::Ends
    }

    /// After a full line a number may be inside a sentence (`…（1、甲。2、乙。`, `第|一、第二类`).
    fn step_of_number(&self, text: &str, fits: bool, next: &Line) -> Step {
        if self.indents && is_indented(next) {
            return Step::Ends;
        }
        let tail = text.char_indices().rev().nth(150).map_or(0, |(at, _)| at);
        let within = signs::must_go_on(&text[tail..]);
        let begins = self.gaps && next.gap;
        if within || !(fits || begins) {
            return Step::Doubtful;
        }
        Step::Ends
    }

    /// After a full line only the habits of the author show whether a new paragraph begins.
    fn step_of_full(&self, ended: bool, next: &Line) -> Step {
        if self.form == Form::Word && next.gap && ended {
            return Step::Ends;
        }
        if !ended {
            return match () {
                // Lines that go on are not indented.
                () if self.indents && is_indented(next) => Step::Ends,
                () if self.gaps && next.gap && signs::has_label(&next.text) => Step::Ends,
                // A sentence broken by the end of a page.
                () if self.gaps && next.gap => Step::Doubtful,
                () => Step::GoesOn,
            };
        }
        if self.indents {
            return if is_indented(next) {
                Step::Ends
            } else {
                Step::GoesOn
            };
        }
        if self.gaps {
            return if next.gap { Step::Ends } else { Step::GoesOn };
        }
        Step::Ends
    }
}

/// Whether a line without final punctuation is a sentence that goes on, and no heading.
fn is_sentence_broken_off(text: &str, next: &str, line: &Line) -> bool {
    if signs::has_label(next) && signs::has_label(text) {
        return false;
    }
    if signs::ends_title(text) && text.chars().count() < 80 && !text.contains(['，', '。']) {
        return false;
    }
    // Blanks to fill in are a line of a form.
    if line.gap && ["__", "＿＿"].iter().any(|blank| text.contains(blank)) {
        return false;
    }
    let length = text.chars().count();
    match paragraph_number(text) {
        // A numbered heading may be long, but it does not contain a full stop.
        Some(_) => text.contains('。') || (!line.gap && length > 40),
        None => {
            let sentence = text.contains(['，', '。', '；']);
            (sentence && length > 18) || length > 22
        }
    }
}

fn is_indented(line: &Line) -> bool {
    let lead: usize = line
        .text
        .chars()
        .take_while(|c| is_blank(*c))
        .map(|c| c.width_cjk().unwrap_or(1))
        .sum();
    lead >= 2
}

/// The width of full lines: columns, as word processors count, or signs, as simple programs do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Width {
    Columns(usize),
    Signs(usize),
}

/// Columns of words; a Chinese quotation mark takes two.
fn columns(words: &str) -> usize {
    words.trim_end().width_cjk()
}

/// Whether the first word of the next line did not fit any more.
fn is_full(last: &Line, next: &str, width: Width) -> bool {
    let width = match width {
        Width::Signs(width) => return last.text.chars().count() >= width,
        Width::Columns(width) => width,
    };
    let latin = |c: char| c.is_ascii_graphic();
    let run = next.chars().take_while(|c| latin(*c)).count().max(1);
    // What must not begin a line stays with the word before it.
    let following = next
        .chars()
        .skip(run)
        .take_while(|c| signs::is_punctuation(*c));
    let token: usize = next
        .chars()
        .take(run)
        .chain(following)
        .map(|c| c.width_cjk().unwrap_or(0))
        .sum();
    columns(&last.text) + token > width
}

/// The width at which lines were wrapped: many lines end there, and hardly one beyond.
fn wrapped_at(prose: &[&Line]) -> Option<Width> {
    let in_columns = peak(
        prose.iter().map(|line| columns(&line.text)).collect(),
        20,
        4,
    );
    let in_signs = peak(
        prose.iter().map(|line| line.text.chars().count()).collect(),
        10,
        0,
    );
    match (in_columns, in_signs) {
        // Lines of exactly as many signs, whatever their widths, were counted off by a program.
        (columns, Some((width, exact))) if columns.is_none_or(|(_, near)| exact > near) => {
            Some(Width::Signs(width))
        }
        (Some((width, _)), _) => Some(Width::Columns(width)),
        (None, _) => None,
    }
}

/// The length of full lines, and how many lines come near it by `slack`.
fn peak(mut lengths: Vec<usize>, least: usize, slack: usize) -> Option<(usize, usize)> {
    /// Longer lines are whole paragraphs.
    const LONGEST: usize = 120;
    lengths.sort_unstable_by(|a, b| b.cmp(a));
    let beyond = lengths.len() / 50;
    let length = *lengths.get(beyond)?;
    let near = lengths
        .iter()
        .filter(|l| **l + slack >= length && **l <= length + slack)
        .count();
    (length <= LONGEST && length >= least && near >= 5 && near * 4 >= lengths.len())
        .then_some((length, near))
}
