//! Words of a sentence that reword the text, as the author says: `rewords: {准备好了的地方: 条件成熟的地区}`.
//!
//! Comes in: the pairs of an entry. Goes out: errors for a pair whose words are not in the sentence or not in the text.
//! A change of the sentence within the words of a pair breaks the pair.

use std::ops::Range;

use mingbai_forms::entries::Entry;
use mingbai_reading::{Force, What, read};

use super::denial::is_denial;
use super::{Case, Value, say};
use crate::diag::Sink;

/// Keys of sentences and names that may reword the text.
const SENTENCES: [&str; 9] = [
    "text", "what", "who", "note", "group", "duty", "office", "title", "about",
];

/// In place of the words of the text: the text has none.
const NOTHING: &str = "原文未载明";

/// Whether a part of a sentence is in words that the author matched with the text.
pub(super) fn covers(entry: &Entry, value: &Value, range: &Range<usize>) -> bool {
    entry.rewords.iter().any(|pair| {
        let ours = pair.ours.value.as_str();
        let mut places = value.value.match_indices(ours);
        places.any(|(at, _)| at <= range.start && range.end <= at + ours.len())
    })
}

/// Compares the pairs of an entry with its sentences and with the words.
///
/// # Diagnostics
/// MB0903, MB0904.
pub(super) fn compare(case: &Case<'_>, sink: &mut Sink) {
    for pair in &case.entry.rewords {
        let ours = pair.ours.value.as_str();
        let own = || {
            let own = SENTENCES.iter().flat_map(|key| case.entry.values(key));
            own.map(|value| &value.value)
        };
        if ours.is_empty() || !own().any(|text| text.contains(ours)) {
            sink.push(say::not_in_sentence(&pair.ours));
            continue;
        }
        if pair.official.value == NOTHING {
            let denies = |text: &String| {
                text.match_indices(ours)
                    .any(|(at, _)| is_denial(text, &(at..at + ours.len())))
            };
            if !own().any(denies) {
                sink.push(say::not_denied(&pair.official));
            }
        } else if !case
            .all_words()
            .any(|words| words.contain(&pair.official.value))
            && !case
                .clauses
                .iter()
                .any(|clause| clause.contain(&pair.official.value))
        {
            sink.push(say::name(case, &pair.official, &[]));
        } else if demands(ours)
            .zip(demands(&pair.official.value))
            .is_some_and(|(a, b)| a != b)
        {
            sink.push(say::part(case, &pair.ours, 0..ours.len()));
        }
    }
}

/// The first word of obligation of a text.
fn demands(text: &str) -> Option<Force> {
    read(text)
        .into_iter()
        .find_map(|reading| match reading.what {
            What::Force(force @ (Force::Must | Force::May | Force::MustNot)) => Some(force),
            _ => None,
        })
}
