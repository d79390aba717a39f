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

/// The key of a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Key {
    /// One ideograph.
    One(char),
    /// Two ideographs next to each other.
    Pair(char, char),
    /// Anything else.
    Word(WordId),
}

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

    /// The numbers that the words of another table have in this one, in their order there.
    pub(super) fn merge(&mut self, other: WordTable) -> Vec<WordId> {
        let ids = other.0.into_iter().map(|word| {
            let (at, _) = self.0.insert_full(word);
            WordId(u32::try_from(at).expect("fewer than 2^32 words"))
        });
        ids.collect()
    }

    /// The key of a term as it is written.
    pub(super) fn key(&mut self, written: &str) -> Key {
        let mut chars = written.chars();
        match (chars.next(), chars.next(), chars.next()) {
            (Some(a), None, None) if is_han(a) => Key::One(a),
            (Some(a), Some(b), None) if is_han(a) && is_han(b) => Key::Pair(a, b),
            _ => Key::Word(self.id(written)),
        }
    }

    /// A key as it is written.
    pub(super) fn written(&self, key: Key) -> String {
        match key {
            Key::One(a) => a.to_string(),
            Key::Pair(a, b) => [a, b].iter().collect(),
            Key::Word(WordId(at)) => self.0[at as usize].clone(),
        }
    }
}

impl Key {
    /// The key with its word's number in another table.
    pub(super) fn renumbered(self, ids: &[WordId]) -> Self {
        match self {
            Self::Word(WordId(at)) => Self::Word(ids[at as usize]),
            other => other,
        }
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
        let ids = all.merge(own);
        assert_eq!(all.written(qq.renumbered(&ids)), "qq");
        assert_eq!(app.renumbered(&ids), first);
    }
}
