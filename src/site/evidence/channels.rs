//! Channels: 远程 or 现场. A sentence names the channels of what it cites, and no other.

use std::ops::Range;

use super::channel::{Channel, channels};
use super::denial::is_denial;
use super::words::Words;
use super::{Case, Value, say};
use crate::diag::Sink;

/// Each channel of a text, with a word for the other one.
pub(super) fn others(text: &str) -> impl Iterator<Item = (Range<usize>, &'static str)> {
    channels(text)
        .into_iter()
        .map(|(range, channel)| match channel {
            Channel::Remote => (range, "现场"),
            Channel::OnSite => (range, "远程"),
        })
}

/// Whether a text names a channel.
pub(super) fn has_any(text: &str) -> bool {
    !channels(text).is_empty()
}

fn names(words: &Words<'_>, channel: Channel) -> bool {
    let mut found = words.channels().0.iter();
    found.any(|(_, one)| *one == channel)
}

/// Compares the channels of a sentence, or of the name of a channel.
///
/// # Diagnostics
/// MB0903.
pub(super) fn compare(case: &Case<'_>, value: &Value, sink: &mut Sink) {
    let own: Vec<(Range<usize>, Channel)> = channels(&value.value)
        .into_iter()
        .filter(|(range, _)| !is_denial(&value.value, range))
        .collect();
    if own.is_empty() {
        return;
    }
    // 网上现场: the two exclude each other.
    for pair in own.windows(2) {
        if pair[0].0.end == pair[1].0.start && pair[0].1 != pair[1].1 {
            sink.push(say::part(case, value, pair[1].0.clone()));
        }
    }
    // Words that name no channel leave it open.
    let said: Vec<&Words<'_>> = case
        .all_words()
        .filter(|words| !words.channels().0.is_empty())
        .collect();
    if said.is_empty() {
        return;
    }
    let is_said = |channel: Channel| said.iter().any(|words| names(words, channel));
    for (range, channel) in &own {
        if !is_said(*channel) {
            sink.push(say::part(case, value, range.clone()));
        }
    }
    // Where the words name both, the one with the nearer words around it is meant.
    if !is_said(Channel::Remote) || !is_said(Channel::OnSite) {
        return;
    }
    for (range, channel) in &own {
        let likeness = |is_own: bool| {
            let words = said.iter().map(|words| {
                let places = words.channels().0.iter();
                let places = places.filter(|(_, other)| (other == channel) == is_own);
                let likeness =
                    places.map(|(place, _)| likeness(&value.value, range, &words.text, place));
                likeness.max().unwrap_or(0)
            });
            words.max().unwrap_or(0)
        };
        let other = likeness(false);
        if other >= LEAST_LIKENESS && other > likeness(true) {
            sink.push(say::part(case, value, range.clone()));
        }
    }
    // The sentence names one of them twice: the other was lost.
    if let [(first, one), rest @ ..] = own.as_slice()
        && !rest.is_empty()
        && rest.iter().all(|(_, other)| other == one)
        && is_same_word(&value.value, first, rest)
    {
        sink.push(say::part(case, value, first.clone()));
    }
}

/// Equal characters around two channels that show that the same is meant.
const LEAST_LIKENESS: usize = 2;

/// How many characters before and after two places are equal.
fn likeness(text: &str, range: &Range<usize>, other: &str, place: &Range<usize>) -> usize {
    let before = text[..range.start].chars().rev();
    let before = before.zip(other[..place.start].chars().rev());
    let after = text[range.end..].chars().zip(other[place.end..].chars());
    let is_word = |(a, b): &(char, char)| a == b && a.is_alphabetic();
    before.take_while(is_word).count() + after.take_while(is_word).count()
}

/// Whether the same word is used each time.
fn is_same_word(text: &str, first: &Range<usize>, rest: &[(Range<usize>, Channel)]) -> bool {
    rest.iter()
        .any(|(range, _)| text[range.clone()] == text[first.clone()])
}
