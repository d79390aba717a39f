//! Words for the two ways in which something is done, in a text.
//!
//! Comes in: a text. Goes out: the channels that it names, in its order. It compares nothing.

use std::ops::Range;

/// The two ways in which something is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Channel {
    Remote,
    OnSite,
}

/// Words for them, as official texts and people use them.
const WORDS: &[(&str, Channel)] = &[
    ("远程", Channel::Remote),
    ("线上", Channel::Remote),
    ("网上", Channel::Remote),
    ("在线", Channel::Remote),
    ("现场", Channel::OnSite),
    ("线下", Channel::OnSite),
    ("当面", Channel::OnSite),
];

/// The channels of a text in its order; words that follow each other (网上远程) are one.
pub(super) fn channels(text: &str) -> Vec<(Range<usize>, Channel)> {
    let mut found: Vec<(Range<usize>, Channel)> = Vec::new();
    for (word, channel) in WORDS {
        let places = text.match_indices(word);
        found.extend(places.map(|(at, _)| (at..at + word.len(), *channel)));
    }
    found.sort_by_key(|(range, _)| range.start);
    found.dedup_by(|(next, other), (range, channel)| {
        let is_one = next.start == range.end && other == channel;
        if is_one {
            range.end = next.end;
        }
        is_one
    });
    found
}

/// Whether a text speaks of both ways: from home and on site.
pub fn names_both_ways(text: &str) -> bool {
    let found = channels(text);
    let has = |wanted| found.iter().any(|(_, channel)| *channel == wanted);
    has(Channel::Remote) && has(Channel::OnSite)
}

/// The channels of a text, found once.
#[derive(Debug, Clone)]
pub(super) struct Channels(pub Vec<(Range<usize>, Channel)>);

impl Channels {
    /// The channels of a text.
    pub fn of(text: &str) -> Self {
        Self(channels(text))
    }
}
