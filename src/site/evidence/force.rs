//! What a rule demands: 必须 or 可以, 全部 or 部分, of the same thing as in the official words.
//!
//! A word of obligation in a sentence belongs to the words after it. Where those words are in the official text under
//! another word of the same group, the sentence changed what is demanded. Where they are under none, it is enough that
//! the official words have such a word.

use std::ops::Range;

use mingbai_reading::{Bound, Force, Reading, What};

use super::words::Words;
use crate::text::first_chars;

/// Words of one group exclude each other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    /// 必须, 可以, 不得
    Modality,
    /// 全部, 部分, 一半
    Quantity,
    /// 原则上, 只, 除 … 外: each alone.
    Single(Force),
}

fn group(force: Force) -> Group {
    match force {
        Force::Must | Force::May | Force::MustNot => Group::Modality,
        Force::All | Force::Part | Force::Half => Group::Quantity,
        other => Group::Single(other),
    }
}

/// How many characters a word of obligation reaches.
const REACH: usize = 12;

/// Whether the words (the quotations, then the clauses around them) demand `force` of what is after `range`.
pub(super) fn is_said<'a>(
    force: Force,
    sentence: &str,
    range: &Range<usize>,
    words: impl Iterator<Item = &'a Words<'a>>,
    clauses: impl Iterator<Item = &'a Words<'a>>,
) -> bool {
    let after = piece(&sentence[range.end..]);
    let words: Vec<&Words<'_>> = words.collect();
    for texts in [words, clauses.collect()] {
        match governing(force, after, &texts) {
            Some(said) => return said,
            None if texts.iter().any(|text| has(force, text)) => return true,
            None => {}
        }
    }
    false
}

/// Whether the words have such a word anywhere. 不得早于 forbids.
fn has(force: Force, words: &Words<'_>) -> bool {
    words.meanings().any(|(_, said)| match said {
        What::Force(other) => *other == force,
        What::Day(day) => {
            force == Force::MustNot && matches!(day.bound, Bound::NotBefore | Bound::NotAfter)
        }
        _ => false,
    })
}

/// The rest of a piece of a sentence, as far as a word of obligation reaches.
fn piece(after: &str) -> &str {
    let within = first_chars(after, REACH);
    within.find(is_stop).map_or(within, |at| &within[..at])
}

fn is_stop(c: char) -> bool {
    matches!(c, '，' | '。' | '；' | '：' | '！' | '？' | ',' | '\n')
}

/// Whether `force` is among the words of its group that govern the words `after` in the texts; nothing if none does.
fn governing(force: Force, after: &str, texts: &[&Words<'_>]) -> Option<bool> {
    let signs: Vec<(usize, char)> = after.char_indices().collect();
    for pair in signs.windows(2) {
        let end = pair[1].0 + pair[1].1.len_utf8();
        let object = &after[pair[0].0..end];
        let places = texts.iter().flat_map(|text| {
            let places = text.text.match_indices(object);
            places.map(move |(at, _)| nearest(group(force), text, at))
        });
        // A word that also is without such a word in front of it decides nothing.
        let near: Option<Vec<Force>> = places.collect();
        if let Some(near) = near.filter(|near| !near.is_empty()) {
            return Some(near.contains(&force));
        }
    }
    None
}

/// The word of a group that is closest before a place, in the same piece of the text.
fn nearest(group_of: Group, words: &Words<'_>, at: usize) -> Option<Force> {
    let before = words
        .readings()
        .iter()
        .rev()
        .filter(|reading| reading.span.end <= at);
    let mut forces = before.filter_map(|reading| match &reading.what {
        What::Force(force) if group(*force) == group_of => Some((*force, reading)),
        _ => None,
    });
    let (force, reading): (Force, &Reading) = forces.next()?;
    let between = &words.text[reading.span.end..at];
    (between.chars().count() <= REACH && !between.contains(is_stop)).then_some(force)
}
