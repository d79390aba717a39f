//! Sentences that are too long.
//!
//! MB0701. Steps: split a text into sentences and these into stretches between pauses, count the characters as the
//! eye reads them, and compare with the limits.

use std::ops::Range;

use super::passages::Passage;
use crate::diag::{Diagnostic, Sink, codes};

/// The maximum length of a stretch without a pause (，、：), in characters.
///
/// The limit of GOV.UK for a whole sentence is 25 words (“Sentence length: why 25 words is our limit”, Government
/// Digital Service, 2014, based on plain-English and Coh-Metrix research). The explanations of the diagnostic codes,
/// which exist in both languages, have 1.5 ideographs per English word, so 25 words are 37 characters, rounded up.
const STRETCH: usize = 40;

/// The maximum length of a sentence, in characters.
///
/// This is one and a half times a 25-word sentence, because a Chinese full stop often ends what English writes as two
/// sentences joined by a comma. In the texts of this site, half of all sentences have at most 18 characters and 95 of
/// 100 have at most 38, so a sentence longer than 60 is also unusual here.
const SENTENCE: usize = 60;

/// The length counted for a quoted name or title: the author does not choose it.
const NAME: usize = 4;
/// The length counted for a word or number in ASCII.
const ASCII_WORD: usize = 2;

/// A sentence. Text in brackets is a sentence of its own.
#[derive(Debug, Default)]
pub(super) struct Sentence {
    pub range: Range<usize>,
    /// The length in characters as the eye reads them.
    pub length: usize,
    pub stretches: Vec<Stretch>,
    /// The number of brackets around it.
    pub depth: usize,
}

/// The text between two pauses.
#[derive(Debug, Default)]
pub(super) struct Stretch {
    pub range: Range<usize>,
    pub length: usize,
    /// Its words without names, titles, brackets and punctuation.
    pub words: String,
}

/// Whether a character ends a sentence. A colon does too: a list or a quotation follows it.
fn ends(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '；' | '：' | '!' | '?' | '\n')
}

fn pauses(c: char) -> bool {
    matches!(c, '，' | '、' | ',')
}

fn closing(c: char) -> Option<char> {
    Some(match c {
        '《' => '》',
        '“' => '”',
        '「' => '」',
        '`' => '`',
        _ => return None,
    })
}

/// Splits a text into sentences, in the order in which they end. One pass. Brackets and quotation marks that are not
/// closed end with the text.
pub(super) fn divide(text: &str) -> Vec<Sentence> {
    let mut out = Vec::new();
    let mut open = vec![Sentence::default()];
    // Quotation marks that do not occur again, so that each is searched for only once.
    let mut missing: Vec<char> = Vec::new();
    let mut until = 0;
    let mut in_word = false;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if at < until {
            continue;
        }
        let depth = open.len() - 1;
        let Some(sentence) = open.last_mut() else {
            break;
        };
        if let Some(close) = closing(c).filter(|close| !missing.contains(close)) {
            if let Some(length) = text[end..].find(close) {
                until = end + length + close.len_utf8();
                sentence.add(at..until, NAME, ' ');
                // “甲”“乙”: a list without punctuation between its quotations.
                if text[until..]
                    .chars()
                    .next()
                    .is_some_and(|c| closing(c).is_some())
                {
                    sentence.pause(until);
                }
                in_word = false;
                continue;
            }
            missing.push(close);
        }
        let is_word = c.is_ascii_alphanumeric();
        match c {
            '（' | '(' => open.push(Sentence {
                range: end..end,
                depth: depth + 1,
                ..Sentence::default()
            }),
            '）' | ')' if depth > 0 => {
                out.extend(open.pop().filter(|inner| inner.length > 0));
            }
            c if ends(c) => {
                let next = Sentence {
                    range: end..end,
                    depth,
                    ..Sentence::default()
                };
                let done = std::mem::replace(sentence, next);
                out.extend((done.length > 0).then_some(done));
            }
            c if pauses(c) => sentence.pause(end),
            _ if is_word && in_word => sentence.add(at..end, 0, c),
            _ if is_word => sentence.add(at..end, ASCII_WORD, c),
            c if c.is_alphanumeric() => sentence.add(at..end, 1, c),
            _ => {}
        }
        in_word = is_word || (in_word && matches!(c, '.' | '-' | '/' | '_'));
    }
    out.extend(open.into_iter().filter(|sentence| sentence.length > 0));
    out
}

impl Sentence {
    /// The range up to the first pause, which fits on one line of a terminal.
    fn beginning(&self) -> Range<usize> {
        let first = self.stretches.iter().find(|stretch| stretch.length > 0);
        first.map_or(self.range.clone(), |stretch| stretch.range.clone())
    }

    fn pause(&mut self, at: usize) {
        self.stretches.push(Stretch {
            range: at..at,
            ..Stretch::default()
        });
    }

    fn add(&mut self, at: Range<usize>, length: usize, word: char) {
        if self.length == 0 {
            self.range.start = at.start;
        }
        self.range.end = at.end;
        self.length += length;
        if self.stretches.is_empty() {
            self.stretches.push(Stretch::default());
        }
        if let Some(stretch) = self.stretches.last_mut() {
            if stretch.length == 0 {
                stretch.range.start = at.start;
            }
            stretch.range.end = at.end;
            stretch.length += length;
            stretch.words.push(word);
        }
    }
}

pub(super) fn check(passage: &Passage, sentences: &[Sentence], sink: &mut Sink) {
    for sentence in sentences {
        if sentence.length > SENTENCE {
            sink.push(
                Diagnostic::new(
                    &codes::LONG_SENTENCE,
                    passage.span(sentence.beginning()),
                    format!("从这里起，一句有{}个字", sentence.length),
                    format!("the sentence that begins here has {} characters", sentence.length),
                )
                .hint(
                    format!("在意思转折的地方用句号断开，一句不超过{SENTENCE}字；几件事写成几条"),
                    format!(
                        "end it where the meaning turns, after at most {SENTENCE} characters; write several things as several points"
                    ),
                ),
            );
            continue;
        }
        for stretch in sentence.stretches.iter().filter(|s| s.length > STRETCH) {
            sink.push(
                Diagnostic::new(
                    &codes::LONG_SENTENCE,
                    passage.span(stretch.range.clone()),
                    format!("一连{}个字没有停顿", stretch.length),
                    format!("{} characters without a pause", stretch.length),
                )
                .hint(
                    format!("拆成短句，{STRETCH}字以内要有一个逗号；单位全称前面说过的，用简称"),
                    format!(
                        "split it so that there is a comma within {STRETCH} characters; if the full name of an office was given before, use its short name"
                    ),
                ),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lengths(text: &str) -> Vec<usize> {
        divide(text).iter().map(|s| s.length).collect()
    }

    #[test]
    fn titles_brackets_and_numbers_are_not_counted_by_the_letter() {
        assert_eq!(lengths("先预约，再来办。不来的不算"), [6, 5]);
        assert_eq!(lengths("填《家庭经济困难学生认定申请表》"), [5]);
        assert_eq!(lengths("学生（第一次贷款的）来办"), [6, 4]);
        assert_eq!(lengths("2023年7月17日"), [9]);
    }

    #[test]
    fn marks_that_are_never_closed_hide_nothing() {
        assert_eq!(lengths("《《“甲"), [1]);
        assert_eq!(lengths("甲（乙（丙"), [1, 1, 1]);
        assert_eq!(lengths("甲）乙"), [2]);
    }

    #[test]
    fn long_lines_of_marks_are_divided_in_one_pass() {
        for mark in ["《", "（", "“”", "（）", "，", "。", "`"] {
            assert!(divide(&mark.repeat(200_000)).len() < 2);
        }
    }
}
