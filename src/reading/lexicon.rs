//! Words that a grammar looks for, found by their first or last character.
//!
//! Comes in: a table of words with what they mean. Goes out: the longest one that begins or ends at a place. One look-up in
//! a bit table rejects most places; the number of bits before a bit is the number of the group of words.

use crate::signs::Signs;

/// A table of words.
#[derive(Debug)]
pub(crate) struct Lexicon<T: 'static> {
    /// One bit for each character of the basic plane that a word begins (or ends) with.
    bits: Box<[u64; 1024]>,
    /// The number of bits before each of the above.
    ranks: Box<[u16; 1024]>,
    /// For each bit, where its words begin in `words`.
    groups: Vec<u32>,
    /// By that character, long words first: the key, the rest of the word, what it means.
    words: Vec<(char, Vec<char>, T)>,
    by_last: bool,
}

impl<T: Copy> Lexicon<T> {
    /// Words that are found where they begin.
    pub fn by_first(words: &[(&'static str, T)]) -> Self {
        Self::new(words, false)
    }

    /// Words that are found where they end.
    pub fn by_last(words: &[(&'static str, T)]) -> Self {
        Self::new(words, true)
    }

    fn new(words: &[(&'static str, T)], by_last: bool) -> Self {
        let mut list: Vec<(char, Vec<char>, T)> = words
            .iter()
            .filter_map(|(word, meaning)| {
                let mut rest: Vec<char> = word.chars().collect();
                if by_last {
                    rest.reverse();
                }
                let key = *rest.first()?;
                rest.remove(0);
                Some((key, rest, *meaning))
            })
            .collect();
        list.sort_by_key(|(key, rest, _)| (*key as usize & 0xFFFF, usize::MAX - rest.len()));
        let mut bits = Box::new([0u64; 1024]);
        let mut groups = Vec::new();
        for (number, (key, ..)) in (0u32..).zip(&list) {
            let place = *key as usize & 0xFFFF;
            if bits[place / 64] >> (place % 64) & 1 == 0 {
                bits[place / 64] |= 1 << (place % 64);
                groups.push(number);
            }
        }
        groups.push(u32::try_from(list.len()).unwrap_or(u32::MAX));
        let mut ranks = Box::new([0u16; 1024]);
        let mut before = 0u16;
        for (rank, word) in ranks.iter_mut().zip(bits.iter()) {
            *rank = before;
            before += u16::try_from(word.count_ones()).unwrap_or(0);
        }
        Self {
            bits,
            ranks,
            groups,
            words: list,
            by_last,
        }
    }

    /// The words whose key a character is.
    #[inline]
    fn group(&self, c: char) -> Option<&[(char, Vec<char>, T)]> {
        let place = c as usize & 0xFFFF;
        let word = self.bits[place / 64];
        let bit = 1u64 << (place % 64);
        if word & bit == 0 {
            return None;
        }
        let number = usize::from(self.ranks[place / 64]) + (word & (bit - 1)).count_ones() as usize;
        let (from, to) = (*self.groups.get(number)?, *self.groups.get(number + 1)?);
        self.words.get(from as usize..to as usize)
    }

    /// The longest word that begins at a place: its meaning and the place after it. For a table by last characters: that
    /// ends just before the place, with the place where it begins.
    #[inline]
    pub fn find(&self, signs: &Signs, i: usize) -> Option<(T, usize)> {
        let c = if self.by_last {
            signs.before(i)
        } else {
            signs.at(i)
        };
        let group = self.group(c)?;
        let fits = |rest: &[char]| {
            if self.by_last {
                (2..)
                    .zip(rest)
                    .all(|(back, c)| signs.at(i.wrapping_sub(back)) == *c)
            } else {
                (i + 1..).zip(rest).all(|(place, c)| signs.at(place) == *c)
            }
        };
        group
            .iter()
            .find(|(key, rest, _)| *key == c && fits(rest))
            .map(|(_, rest, meaning)| {
                let length = rest.len() + 1;
                let end = if self.by_last { i - length } else { i + length };
                (*meaning, end)
            })
    }

    /// Whether a word is found.
    #[inline]
    pub fn has(&self, signs: &Signs, i: usize) -> bool {
        self.find(signs, i).is_some()
    }
}
