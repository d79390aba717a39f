//! Keys of terms while the index is made: two ideographs, one, or a word by its number.
//!
//! Comes in: characters, words. Goes out: [`Key`]s of eight bytes, of which a large site has millions, and the table that
//! gives a word its number and back.

use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;

use crate::search::fold::is_han;

/// The number of a word in a [`WordTable`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct WordId(u32);

/// The key of a term: one ideograph, two next to each other, or the number of a word. In eight bytes, of which the first two bits say
/// which of them it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Key(u64);

/// The bits before the rest of a key.
const PAIR: u64 = 1 << 62;
const WORD: u64 = 2 << 62;
/// Bits of a character.
const CHAR: u32 = 21;

/// Words and their numbers, in the order in which they were seen.
#[derive(Debug, Default)]
pub(super) struct WordTable(IndexSet<String, FxBuildHasher>);

impl WordTable {
    /// The number of a word, a new one if it has none.
    pub(super) fn id(&mut self, word: &str) -> WordId {
        let at = match self.0.get_index_of(word) {
            Some(at) => at,
            None => self.0.insert_full(word.to_owned()).0,
        };
        WordId(u32::try_from(at).expect("fewer than 2^32 words"))
    }

    /// The numbers that words have in this table, in their order.
    pub(super) fn ids(&mut self, words: &[Box<str>]) -> Vec<WordId> {
        words.iter().map(|word| self.id(word)).collect()
    }

    /// The words in the order of their numbers.
    pub(super) fn into_words(self) -> Box<[Box<str>]> {
        self.0.into_iter().map(String::into_boxed_str).collect()
    }

    /// The key of a term as it is written.
    pub(super) fn key(&mut self, written: &str) -> Key {
        let mut chars = written.chars();
        match (chars.next(), chars.next(), chars.next()) {
            (Some(a), None, None) if is_han(a) => Key::one(a),
            (Some(a), Some(b), None) if is_han(a) && is_han(b) => Key::pair(a, b),
            _ => Key::word(self.id(written)),
        }
    }

    /// A key as it is written.
    pub(super) fn written(&self, key: Key) -> String {
        if let Some(WordId(at)) = key.word_id() {
            return self.0[at as usize].clone();
        }
        let char = |bits: u64| u32::try_from(bits).ok().and_then(char::from_u32);
        let (first, second) = ((key.0 & !PAIR) >> CHAR, key.0 & ((1 << CHAR) - 1));
        let first = char(first).filter(|_| key.0 & PAIR != 0);
        first.into_iter().chain(char(second)).collect()
    }
}

impl Key {
    /// The key of an ideograph.
    pub(super) fn one(a: char) -> Self {
        Self(u64::from(u32::from(a)))
    }

    /// The key of two ideographs next to each other.
    pub(super) fn pair(a: char, b: char) -> Self {
        Self(PAIR | (u64::from(u32::from(a)) << CHAR) | u64::from(u32::from(b)))
    }

    /// The key of a word.
    pub(super) fn word(WordId(at): WordId) -> Self {
        Self(WORD | u64::from(at))
    }

    fn word_id(self) -> Option<WordId> {
        let at = (self.0 & WORD != 0).then(|| u32::try_from(self.0 & !WORD).ok());
        at.flatten().map(WordId)
    }

    /// The key with its word's number in another table; nothing if there is no such word.
    pub(super) fn renumbered(self, ids: &[WordId]) -> Option<Self> {
        match self.word_id() {
            Some(WordId(at)) => ids.get(at as usize).map(|id| Self::word(*id)),
            None => Some(self),
        }
    }

    /// The number that stands for the key.
    pub(super) fn bits(self) -> u64 {
        self.0
    }

    /// The key that a number stands for.
    pub(super) fn of_bits(bits: u64) -> Self {
        Self(bits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_takes_eight_bytes() {
        assert_eq!(size_of::<Key>(), 8);
        assert_eq!(size_of::<(Key, u32, u8)>(), 16);
    }

    #[test]
    fn keys_are_written_as_they_were_read() {
        let mut table = WordTable::default();
        for written in [
            "县",
            "续贷",
            "qq",
            "=右玉县",
            "#2020-7",
            "a",
            "右*县",
            "县a",
        ] {
            let key = table.key(written);
            assert_eq!(table.written(key), written);
            assert_eq!(table.key(written), key);
        }
    }

    #[test]
    fn tables_are_merged_without_mixing_words() {
        let (mut all, mut own) = (WordTable::default(), WordTable::default());
        let first = all.key("2019");
        let (qq, app) = (own.key("qq"), own.key("2019"));
        let ids = all.ids(&own.into_words());
        assert_eq!(all.written(qq.renumbered(&ids).unwrap()), "qq");
        assert_eq!(app.renumbered(&ids), Some(first));
    }
}
