//! A paragraph with its readings, divided at its commas and its full stops.
//!
//! Comes in: the words of a paragraph and how its clause is cited. Goes out: [`Paragraph`]. Marks inside brackets, quotation marks and
//! book-title marks divide nothing, unless the bracket is never closed.

use std::ops::Range;

use mingbai_reading::{Reading, read};

use super::{Entry, Field};
use crate::model::ClauseId;
use crate::model::clause::paragraph_number;

/// A paragraph of the official text.
pub(super) struct Paragraph<'a> {
    pub words: &'a str,
    /// Where it begins in the text, in bytes.
    pub at: usize,
    /// How its clause is cited.
    pub label: String,
    pub clause: ClauseId,
    pub readings: Vec<Reading>,
    /// Between commas, each with the mark that ends it.
    pieces: Vec<Range<usize>>,
    /// Between full stops and semicolons.
    sentences: Vec<Range<usize>>,
}

impl<'a> Paragraph<'a> {
    /// Reads and divides a paragraph.
    pub fn new(words: &'a str, at: usize, label: String, clause: ClauseId) -> Self {
        let (mut pieces, mut sentences) = (Vec::new(), Vec::new());
        let (mut piece, mut sentence) = (0, 0);
        let depths = depths(words);
        for (at, c) in words.char_indices() {
            let end = at + c.len_utf8();
            let ends_sentence = matches!(c, '。' | '；' | '！' | '？' | ';' | '\n');
            let ends_piece = ends_sentence || matches!(c, '，' | ',') && !is_in_number(words, at);
            if !ends_piece || depths[at] > 0 {
                continue;
            }
            pieces.push(std::mem::replace(&mut piece, end)..end);
            if ends_sentence {
                sentences.push(std::mem::replace(&mut sentence, end)..end);
            }
        }
        pieces.push(piece..words.len());
        sentences.push(sentence..words.len());
        Self {
            words,
            at,
            label,
            clause,
            readings: read(words),
            pieces,
            sentences,
        }
    }

    /// The piece that contains a byte.
    pub fn piece(&self, at: usize) -> Range<usize> {
        around(&self.pieces, at)
    }

    /// The sentence that contains a byte.
    pub fn sentence(&self, at: usize) -> Range<usize> {
        around(&self.sentences, at)
    }

    /// The pieces inside a range, in order.
    pub fn pieces_in(&self, range: Range<usize>) -> impl DoubleEndedIterator<Item = Range<usize>> {
        let first = self.pieces.partition_point(|p| p.end <= range.start);
        let last = self.pieces.partition_point(|p| p.start < range.end);
        self.pieces[first..last.max(first)].iter().cloned()
    }

    /// The readings inside a range.
    pub fn readings_in(&self, range: Range<usize>) -> impl DoubleEndedIterator<Item = &Reading> {
        let at = |place: usize| self.readings.partition_point(|r| r.span.start < place);
        let (first, last) = (at(range.start), at(range.end));
        self.readings[first..last.max(first)]
            .iter()
            .filter(move |r| r.span.end <= range.end)
    }

    /// A range without the number of the paragraph, blanks, and the mark at its end; cut off before personal data.
    pub fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let words = &self.words[range.clone()];
        let number = if range.start == 0 {
            paragraph_number(words).map_or(0, |(_, _, len)| len)
        } else {
            0
        };
        let private = crate::lints::find_personal_data(words);
        let end = private.first().map_or(words.len(), |one| one.range.start);
        let rest = &words[number.min(end)..end];
        let rest = rest.trim_end_matches(|c: char| {
            c.is_whitespace() || matches!(c, '，' | ',' | '。' | '；' | ';')
        });
        let bare = rest.trim_start_matches(|c: char| {
            c.is_whitespace() || matches!(c, '，' | ',' | '。' | '；')
        });
        let start = range.start + number.min(end) + (rest.len() - bare.len());
        start..start + bare.len()
    }

    /// An entry with these fields that cites these words.
    pub fn entry(&self, mut fields: Vec<Field>, quote: Range<usize>) -> Entry {
        fields.push(Field::text("clause", self.label.clone()));
        fields.push(Field::text("quote", &self.words[quote.clone()]));
        Entry {
            at: self.at + quote.start,
            fields,
        }
    }
}

/// The words before a number, in the same piece. What bounds a day belongs to its reading: 有效期至2031年12月31日.
pub(super) fn before<'a>(p: &Paragraph<'a>, span: &Range<usize>) -> &'a str {
    let inner =
        p.words[span.clone()].find(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c));
    let at = span.start + inner.unwrap_or(0);
    &p.words[p.piece(at).start.min(at)..at]
}

/// 有效期, 有效期至, 有效期为: of the document, not of a paper (证件有效期).
pub(super) fn is_validity(before: &str) -> bool {
    let bare = before.trim_end_matches(['至', '为', '到', '是', '：', ':', '限']);
    bare.strip_suffix("有效期").is_some_and(|rest| {
        rest.is_empty()
            || [
                "本", "方案", "细则", "办法", "通知", "规定", "指引", "意见", "文件", "其",
            ]
            .iter()
            .any(|word| rest.ends_with(word) || rest.starts_with(word))
    })
}

fn around(ranges: &[Range<usize>], at: usize) -> Range<usize> {
    let index = ranges.partition_point(|range| range.end <= at);
    ranges
        .get(index)
        .or(ranges.last())
        .cloned()
        .unwrap_or_default()
}

/// 1,000
fn is_in_number(words: &str, at: usize) -> bool {
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    is_digit(words[..at].chars().next_back()) && is_digit(words[at..].chars().nth(1))
}

/// How many closed brackets each byte is in.
fn depths(words: &str) -> Vec<u32> {
    const PAIRS: [(char, char); 7] = [
        ('（', '）'),
        ('(', ')'),
        ('《', '》'),
        ('“', '”'),
        ('〔', '〕'),
        ('【', '】'),
        ('「', '」'),
    ];
    /// No bracket closes one that is opened further out.
    const DEEPEST: usize = 16;
    let mut changes = vec![0i32; words.len() + 1];
    let mut open: Vec<(usize, usize)> = Vec::new();
    for (at, c) in words.char_indices() {
        if let Some(kind) = PAIRS.iter().position(|(first, _)| *first == c) {
            open.push((kind, at));
        } else if let Some(kind) = PAIRS.iter().position(|(_, last)| *last == c) {
            // （ and ) are one pair to whoever types them.
            let is_same = |one: usize| one == kind || one < 2 && kind < 2;
            let near = open.iter().enumerate().rev().take(DEEPEST);
            if let Some((found, (_, start))) = near.into_iter().find(|(_, (one, _))| is_same(*one))
            {
                changes[*start] += 1;
                changes[at] -= 1;
                open.truncate(found);
            }
        }
    }
    let mut depth = 0;
    changes
        .into_iter()
        .map(|change| {
            depth += change;
            depth.unsigned_abs()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::clause::MAIN;

    #[test]
    fn commas_divide_outside_brackets_only() {
        let words = "甲（一，二）乙，丙《丁，戊》。己（庚，1,000辛";
        let paragraph = Paragraph::new(words, 0, String::new(), MAIN);
        let pieces: Vec<&str> = paragraph.pieces.iter().map(|p| &words[p.clone()]).collect();
        assert_eq!(
            pieces,
            ["甲（一，二）乙，", "丙《丁，戊》。", "己（庚，", "1,000辛"]
        );
        assert_eq!(paragraph.sentences.len(), 2);
    }
}
