//! Lines of pages as paragraphs, by their places.
//!
//! Comes in: lines and tables in reading order. Goes out: paragraphs and tables. A line goes on in the next one if that begins at the left
//! edge of the text, and the line is full or does not end a sentence; in texts whose paragraphs are not indented, if both. Where there is more
//! between paragraphs than between lines, that decides.

#![allow(clippy::disallowed_types)] // Places on a page.

use super::Row;
use crate::import::parts::Line;
use crate::import::space::{Joint, join};
use crate::remark::{Remark, RemarkKind};

/// The block in which the text of a document is set.
#[derive(Debug, Clone, Copy)]
struct Block {
    left: f64,
    right: f64,
    /// The size of most characters.
    size: f64,
    /// Whether paragraphs begin with a blank of two characters.
    is_indented: bool,
    /// From one base line to the next.
    step: f64,
    /// Whether there is more between paragraphs than between lines.
    is_spaced: bool,
}

/// Puts lines together.
pub(super) fn paragraphs(rows: Vec<Row>, remarks: &mut Vec<Remark>) -> Vec<Line> {
    let block = Block::of(&rows);
    let mut out: Vec<Line> = Vec::new();
    let mut last: Option<&Row> = None;
    for row in &rows {
        let before = last.replace(row);
        if let Some(table) = &row.table {
            let goes_on =
                before.is_some_and(|before| before.table.is_some() && before.page + 1 == row.page);
            match out.last_mut().and_then(|line| line.table.as_mut()) {
                // A table over two pages; its head may be printed again.
                Some(above) if goes_on && above[0].len() == table[0].len() => {
                    let again = usize::from(above[0] == table[0]);
                    above.extend(table[again..].iter().cloned());
                    if again == 1 {
                        let words = (
                            "下一页重复的表头",
                            "head of the table, repeated on the next page",
                        );
                        remarks.push(
                            Remark::new(row.place(), RemarkKind::Removed, words)
                                .about(&table[0].join(" ")),
                        );
                    }
                }
                _ => out.push(Line::of_table(row.place(), table.clone())),
            }
            continue;
        }
        let joined = before.filter(|before| before.table.is_none() && block.goes_on(before, row));
        match out.last_mut().filter(|_| joined.is_some()) {
            Some(line) => {
                if put_after(&mut line.text, row.text.trim()) == Joint::Doubtful {
                    let words = (
                        "两行接在一起，字母或数字之间有没有空格，看不出来",
                        "two lines were joined: whether there is a space between the letters or digits is not known",
                    );
                    remarks.push(
                        Remark::new(row.place(), RemarkKind::Unsure, words).about(row.text.trim()),
                    );
                }
            }
            None => out.push(Line {
                place: row.place(),
                text: row.text.trim().to_owned(),
                gap: true,
                table: None,
            }),
        }
    }
    out
}

/// Puts a line after another one. Numbers are not divided by a blank: programs that count signs break within them.
fn put_after(text: &mut String, line: &str) -> Joint {
    if text.ends_with(|c: char| c.is_ascii_digit())
        && line.starts_with(|c: char| c.is_ascii_digit())
    {
        text.push_str(line);
        return Joint::Doubtful;
    }
    join(text, line)
}

impl Block {
    fn of(rows: &[Row]) -> Self {
        let rows: Vec<&Row> = rows.iter().filter(|row| row.table.is_none()).collect();
        let size = usual(rows.iter().map(|row| row.size), 0.5).unwrap_or(16.0);
        let body: Vec<&&Row> = rows
            .iter()
            .filter(|row| (row.size - size).abs() < 0.1 * size)
            .collect();
        // The left edge is where most lines begin: lines that go on, or in texts with short paragraphs their first lines.
        let begins = usual(body.iter().map(|row| row.x0), size / 2.0).unwrap_or(0.0);
        let share = |from: f64, to: f64| {
            let begin = |row: &&&&Row| (from..to).contains(&((row.x0 - begins) / size));
            body.iter().filter(begin).count() * 8 >= body.len()
        };
        let is_outdented = share(-2.6, -1.4);
        let left = if is_outdented {
            begins - 2.0 * size
        } else {
            begins
        };
        let right = body.iter().map(|row| row.x1).fold(0.0, f64::max);
        let pairs = rows.windows(2).filter(|pair| pair[0].page == pair[1].page);
        let steps: Vec<f64> = pairs.map(|pair| pair[1].y - pair[0].y).collect();
        let step = closest(&steps).unwrap_or(size * 2.0);
        let wide = steps
            .iter()
            .filter(|one| (1.25..3.0).contains(&(**one / step)));
        Self {
            left,
            right,
            size,
            is_indented: is_outdented || share(1.4, 2.6),
            step,
            is_spaced: wide.count() * 6 >= steps.len(),
        }
    }

    /// Whether a line goes on in the next one.
    fn goes_on(&self, line: &Row, next: &Row) -> bool {
        let same_size = |row: &Row| (row.size - self.size).abs() < 0.1 * self.size;
        let is_same_page = line.page == next.page;
        let away = (next.y - line.y) / self.step;
        if !same_size(line)
            || !same_size(next)
            || next.x0 > self.left + 0.9 * self.size
            || is_same_page && away > 1.6
        {
            return false;
        }
        if self.is_spaced && is_same_page {
            return away < 1.2;
        }
        let ends = line
            .text
            .trim_end()
            .ends_with(['。', '；', '：', '！', '？', '.', ';', ':']);
        let is_full = line.x1 + first_word(&next.text) * self.size > self.right;
        // In an indented text no paragraph begins at the edge, so a short line goes on there as well.
        if self.is_indented {
            is_full || !ends
        } else {
            is_full && !ends
        }
    }
}

/// The width, in sizes, of what may not be separated from the first character of a line.
fn first_word(text: &str) -> f64 {
    let opening = text
        .chars()
        .take_while(|c| "《（“‘【〔".contains(*c))
        .count();
    let rest = || text.chars().skip(opening);
    let narrow = rest().take_while(char::is_ascii_graphic).count();
    let after = rest().skip(narrow.max(1));
    let signs = after
        .take_while(|c| "，。、；：！？）》】〕”’".contains(*c))
        .count();
    let word = if narrow == 0 {
        1.0
    } else {
        narrow as f64 * 0.5
    };
    word + (opening + signs) as f64
}

/// The smallest step that occurs often: lines of a paragraph are not farther apart than paragraphs.
fn closest(steps: &[f64]) -> Option<f64> {
    let mut sorted = steps.to_vec();
    sorted.sort_by(f64::total_cmp);
    let often = |start: &usize| {
        let end = sorted.partition_point(|step| *step <= sorted[*start] + 1.0);
        (end - start) * 8 >= sorted.len()
    };
    (0..sorted.len()).find(often).map(|at| sorted[at])
}

/// The value that occurs most often, counted in steps of a width.
fn usual(values: impl Iterator<Item = f64>, width: f64) -> Option<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    let of = |start: usize| {
        let end = values.partition_point(|value| *value <= values[start] + width);
        (end - start, start)
    };
    let (count, start) = (0..values.len())
        .map(of)
        .max_by_key(|(count, start)| (*count, usize::MAX - start))?;
    Some(values[start + count / 2])
}
