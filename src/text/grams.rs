//! Where words are in a text that is searched many times.
//!
//! Comes in: a text, and words. Goes out: the places of the words. The first searches read the text; after
//! [`FEW`] of them the places of all pieces of [`LENGTH`] characters are gathered, and a search looks only at the places of the
//! rarest piece of its words.

use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// With fewer searches, reading the text is cheaper than gathering its pieces.
const FEW: usize = 64;
/// Characters of a piece. Shorter words are searched for in the whole text.
const LENGTH: usize = 4;

/// A text that is searched.
#[derive(Debug, Default)]
pub struct Haystack {
    text: String,
    searches: AtomicUsize,
    /// Key and place of each piece, in the order of keys, then of places.
    pieces: OnceLock<Vec<(u32, u32)>>,
}

impl Clone for Haystack {
    fn clone(&self) -> Self {
        Self::new(self.text.clone())
    }
}

impl Haystack {
    /// Nothing was searched for yet.
    pub fn new(text: String) -> Self {
        Self {
            text,
            ..Self::default()
        }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether words are in a piece of the text. Nothing contains no words.
    ///
    /// # Panics
    /// If `within` is not a piece of the text.
    pub fn contains(&self, words: &str, within: Range<usize>) -> bool {
        self.find(words, within).next().is_some()
    }

    /// Where words begin in a piece of the text, in its order; places may overlap.
    ///
    /// # Panics
    /// If `within` is not a piece of the text.
    pub fn find<'a>(&'a self, words: &'a str, within: Range<usize>) -> Places<'a> {
        let is_many = self.searches.fetch_add(1, Ordering::Relaxed) >= FEW;
        let rarest = if is_many && !words.is_empty() {
            self.rarest(words)
        } else {
            None
        };
        match rarest {
            None => Places {
                text: &self.text,
                words,
                next: within.start,
                end: within.end,
                offset: 0,
                candidates: None,
            },
            Some((offset, candidates)) => {
                let first = candidates.partition_point(|(_, at)| {
                    (*at as usize) < within.start.saturating_add(offset)
                });
                Places {
                    text: &self.text,
                    words,
                    next: within.start,
                    end: within.end,
                    offset,
                    candidates: Some(&candidates[first..]),
                }
            }
        }
    }

    /// The piece of the words that is in the fewest places: where it begins in the words, and its places in the text.
    fn rarest(&self, words: &str) -> Option<(usize, &[(u32, u32)])> {
        let pieces = self.pieces.get_or_init(|| {
            let mut pieces: Vec<(u32, u32)> = keys(&self.text)
                .filter_map(|(at, key)| Some((key, u32::try_from(at).ok()?)))
                .collect();
            pieces.sort_unstable();
            pieces
        });
        keys(words)
            .map(|(offset, key)| {
                let start = pieces.partition_point(|(other, _)| *other < key);
                let length = pieces[start..].partition_point(|(other, _)| *other == key);
                (offset, &pieces[start..start + length])
            })
            .min_by_key(|(_, places)| places.len())
    }
}

/// Where words are.
#[derive(Debug)]
pub struct Places<'a> {
    text: &'a str,
    words: &'a str,
    /// Nothing before this place is looked at.
    next: usize,
    end: usize,
    /// Where the rarest piece begins in the words.
    offset: usize,
    candidates: Option<&'a [(u32, u32)]>,
}

impl Iterator for Places<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        if self.words.is_empty() {
            return None;
        }
        let Some(candidates) = &mut self.candidates else {
            let at = self.next + self.text.get(self.next..self.end)?.find(self.words)?;
            let first = self.words.chars().next().map_or(1, char::len_utf8);
            self.next = at + first;
            return Some(at);
        };
        while let Some((&(_, piece), rest)) = candidates.split_first() {
            *candidates = rest;
            let start = piece as usize - self.offset.min(piece as usize);
            let end = start + self.words.len();
            if end > self.end {
                return None;
            }
            if start >= self.next && self.text.as_bytes()[start..end] == *self.words.as_bytes() {
                return Some(start);
            }
        }
        None
    }
}

/// Each piece of [`LENGTH`] characters: where it begins, and a number for it, which others may share (FNV-1a, 32 bits).
fn keys(text: &str) -> impl Iterator<Item = (usize, u32)> {
    let key = |piece: &str| {
        piece.bytes().fold(0x811c_9dc5_u32, |sum, byte| {
            (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193)
        })
    };
    let is_long = text.chars().nth(LENGTH - 1).is_some();
    let starts = text.char_indices().map(|(at, _)| at);
    let ends = starts.clone().skip(LENGTH).chain([text.len()]);
    let pieces = starts.zip(ends).take(if is_long { usize::MAX } else { 0 });
    pieces.map(move |(start, end)| (start, key(&text[start..end])))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "甲乙a1甲乙甲乙甲乙a11甲乙丙，各市2023年7月18日前报送第1号表。各市2023年7月18日前报送第11号表。";

    fn plain(words: &str, within: &Range<usize>) -> Vec<usize> {
        within
            .clone()
            .filter(|at| TEXT.is_char_boundary(*at) && at + words.len() <= within.end)
            .filter(|at| TEXT[*at..].starts_with(words))
            .collect()
    }

    #[test]
    fn many_searches_find_what_few_find() {
        let ends: Vec<usize> = TEXT
            .char_indices()
            .map(|(at, _)| at)
            .chain([TEXT.len()])
            .collect();
        let mut seen = 0;
        for within in [0..TEXT.len(), ends[3]..ends[20], ends[9]..ends[40], 3..3] {
            let few = || Haystack::new(TEXT.to_owned());
            let many = few();
            for _ in 0..FEW {
                assert!(many.contains("甲", 0..TEXT.len()));
            }
            for start in 0..ends.len() {
                for end in start + 1..ends.len().min(start + 30) {
                    let words = &TEXT[ends[start]..ends[end]];
                    let expected = plain(words, &within);
                    seen += expected.len();
                    let found = |haystack: &Haystack| -> Vec<usize> {
                        haystack.find(words, within.clone()).collect()
                    };
                    assert_eq!(found(&few()), expected, "{words} {within:?}");
                    assert_eq!(found(&many), expected, "{words} {within:?}");
                }
            }
            for absent in ["", "丁", "报送第111号表", "甲甲甲甲甲"] {
                assert!(
                    !many.contains(absent, within.clone())
                        && !few().contains(absent, within.clone())
                );
            }
        }
        assert!(seen > 1_000);
    }
}
