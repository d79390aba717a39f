//! The terms of a part: every key by which its entries are found, with the level of the field.
//!
//! Comes in: the fields and names of entries, the vocabulary. Goes out: [`PartTerms`]. Does not know other parts.

use aho_corasick::AhoCorasick;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::keys::{Key, WordTable};
use crate::memo::Bytes;
use crate::search::Words;
use crate::search::entries::{Field, Name, Part};
use crate::search::fold::{Folder, is_han};
use crate::search::format::INHERITED;
use crate::search::ranking::{Intent, level};
use crate::search::sound::Readings;
use crate::search::tokens::{Piece, What, counted, pieces};

/// Characters of the longest name that is filed as a whole.
const MAX_WHOLE_NAME: usize = 24;
/// Characters of the longest name whose initials somebody would type.
const MAX_SPELT_NAME: usize = 14;
/// Characters of the shortest and of the longest term whose sounds are filed.
const SPELT_TERM: std::ops::RangeInclusive<usize> = 2..=6;
/// Levels by which a look-alike of a name (荥荣) is below the name.
const LOOK_ALIKE_STEPS: u8 = 3;
/// Levels by which the sounds of a term are below its characters.
const SPELT_TERM_STEPS: u8 = 2;

/// What the terms of texts are made with.
pub(super) struct Vocabulary<'a> {
    folder: &'a Folder,
    readings: Readings,
    /// Finds words of texts; the row of synonyms of each pattern.
    rows: AhoCorasick,
    row_of: Vec<usize>,
    /// Everyday phrases, which texts use too now and then.
    phrases: AhoCorasick,
    phrase_keys: Vec<String>,
    /// Terms whose sounds are filed wherever a title or heading has them.
    terms: AhoCorasick,
    term_keys: Vec<Vec<String>>,
    alike: &'a [Vec<char>],
}

impl<'a> Vocabulary<'a> {
    pub(super) fn new(folder: &'a Folder, words: &'a Words, terms: &[String]) -> Self {
        let folded = |text: &str| folder.fold(text).into_iter().collect::<String>();
        let readings = Readings::new(
            words
                .readings
                .iter()
                .map(|(word, sounds)| (folder.fold(word), sounds.clone()))
                .collect(),
        );
        let (mut patterns, mut row_of) = (Vec::new(), Vec::new());
        for (row, synonym) in words.synonyms.iter().enumerate() {
            for text in &synonym.texts {
                patterns.push(folded(&text.value));
                row_of.push(row);
            }
        }
        let mut phrases: Vec<String> = words
            .synonyms
            .iter()
            .flat_map(|row| &row.also)
            .map(|phrase| folded(&phrase.value))
            .filter(|phrase| is_phrase(phrase))
            .collect();
        phrases.sort();
        phrases.dedup();
        let mut spoken: Vec<Vec<char>> = terms
            .iter()
            .map(|t| folder.fold(t))
            .filter(|t| SPELT_TERM.contains(&t.len()) && t.iter().all(|c| is_han(*c)))
            .collect();
        spoken.sort();
        spoken.dedup();
        let written: Vec<String> = spoken.iter().map(|t| t.iter().collect()).collect();
        Self {
            folder,
            rows: automaton(&patterns),
            row_of,
            phrases: automaton(&phrases),
            phrase_keys: phrases.iter().map(|p| format!("+{p}")).collect(),
            terms: automaton(&written),
            term_keys: spoken.iter().map(|t| spelt(&readings.of(t))).collect(),
            alike: &words.alike,
            readings,
        }
    }
}

/// Whether everyday words are looked up as a whole.
pub(super) fn is_phrase(folded: &str) -> bool {
    folded.chars().count() > 1 && folded.chars().all(is_han)
}

fn automaton(patterns: &[String]) -> AhoCorasick {
    AhoCorasick::new(patterns).expect("a vocabulary is small enough for an automaton")
}

/// Keys of a name that is typed by its sounds: all syllables, and the initials.
fn spelt(sounds: &[String]) -> Vec<String> {
    if sounds.is_empty() || sounds.iter().any(String::is_empty) {
        return Vec::new();
    }
    let mut keys = vec![format!("={}", sounds.join("'"))];
    if sounds.len() > 1 {
        keys.push(sounds.iter().filter_map(|s| s.chars().next()).collect());
    }
    keys
}

/// The terms of one part.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct PartTerms {
    /// Levels of terms, by key and place, ascending: of each key the distance from the one before, seven bits a byte, the last with the
    /// highest bit; then place and level in one byte. A large site has some ten million terms.
    found: Bytes,
    /// Levels of rows of synonyms whose words are in the part, by row and place, ascending.
    pub(super) rows: Box<[(u32, u8, u8)]>,
    /// Words of the keys.
    pub(super) words: Box<[Box<str>]>,
}

/// The terms of a part, as they are found.
#[derive(Default)]
struct Finding {
    found: FxHashMap<(Key, u8), u8>,
    rows: FxHashMap<(usize, u8), u8>,
    words: WordTable,
    /// Whether only pairs of characters are filed of the bodies: for a county's document in a large site.
    pairs_only: bool,
}

impl PartTerms {
    /// The terms of a part and of its entries.
    pub(super) fn of(part: &Part, vocabulary: &Vocabulary, pairs_only: bool) -> Self {
        let mut terms = Finding {
            pairs_only,
            ..Finding::default()
        };
        let head = if part.shown { 0 } else { INHERITED };
        let place = |place: u32| u8::try_from(place).expect("fewer places than INHERITED");
        let head = place(head);
        terms.entry(vocabulary, head, &part.fields, &part.names, &part.intents);
        for (number, item) in (1..).zip(&part.items) {
            let at = place(number);
            terms.entry(vocabulary, at, &item.fields, &item.names, &item.intents);
        }
        let Finding {
            found, rows, words, ..
        } = terms;
        let found = found
            .into_iter()
            .map(|((key, place), level)| (key, place, level));
        let mut found: Box<[_]> = found.collect();
        found.sort_unstable();
        let rows = rows
            .into_iter()
            .map(|((row, place), level)| (row, place, level));
        let mut rows: Box<[_]> = rows.collect();
        rows.sort_unstable();
        let rows = rows.into_iter().map(|(row, place, level)| {
            let row = u32::try_from(row).expect("fewer than 2^32 rows");
            (row, place, level)
        });
        Self {
            found: packed(&found),
            rows: rows.collect(),
            words: words.into_words(),
        }
    }

    /// Its bytes, about.
    pub(super) fn size(&self) -> usize {
        self.found.0.len() + self.words.iter().map(|word| word.len() + 1).sum::<usize>()
    }

    /// Key, place and level of each term, in the order of the keys.
    pub(super) fn found(&self) -> impl Iterator<Item = (Key, u8, u8)> {
        let mut rest = self.found.0.iter();
        let mut key = 0u64;
        std::iter::from_fn(move || {
            let (mut distance, mut shift) = (0u64, 0);
            loop {
                let byte = *rest.next()?;
                distance |= u64::from(byte & 0x7F).checked_shl(shift)?;
                shift += 7;
                if byte & 0x80 != 0 {
                    break;
                }
            }
            key = key.wrapping_add(distance);
            let at = *rest.next()?;
            Some((Key::of_bits(key), at >> 4, at & 0xF))
        })
    }
}

/// Terms in the form of [`PartTerms::found`].
fn packed(found: &[(Key, u8, u8)]) -> Bytes {
    let mut bytes = Vec::with_capacity(found.len() * 5);
    let mut before = 0;
    for (key, place, level) in found {
        let mut distance = key.bits() - before;
        before = key.bits();
        loop {
            let low = u8::try_from(distance & 0x7F).expect("seven bits");
            distance >>= 7;
            bytes.push(if distance == 0 { low | 0x80 } else { low });
            if distance == 0 {
                break;
            }
        }
        bytes.push(place << 4 | level);
    }
    Bytes(bytes.into())
}

impl Finding {
    /// Everything that an entry, or the head of a part, is found by.
    fn entry(
        &mut self,
        vocabulary: &Vocabulary,
        place: u8,
        fields: &[Field],
        names: &[Name],
        intents: &[Intent],
    ) {
        for (level, text) in fields {
            self.field(
                vocabulary,
                At {
                    place,
                    level: *level,
                },
                text,
            );
        }
        for name in names {
            self.name(vocabulary, place, name);
        }
        for intent in intents {
            let level = level::LEAD;
            self.word(&format!("@{}", intent.name()), At { place, level });
        }
    }

    fn put(&mut self, key: Key, at: At) {
        let old = self.found.entry((key, at.place)).or_default();
        *old = (*old).max(at.level.clamp(1, 15));
    }

    fn word(&mut self, word: &str, at: At) {
        let key = Key::word(self.words.id(word));
        self.put(key, at);
    }

    fn field(&mut self, vocabulary: &Vocabulary, at: At, text: &str) {
        let folded = vocabulary.folder.fold(text);
        for piece in pieces(&folded) {
            let run = &folded[piece.from..piece.to];
            match &piece.what {
                What::Han => self.ideographs(vocabulary, at, run),
                What::Word => self.letters_or_digits(at, &folded, &piece),
                What::Keys(keys) => self.number_or_day(at, keys),
            }
            if at.level >= level::TITLE {
                self.neighbours(at, run);
            }
        }
        // What one of many counties says in its own documents is filed by its words alone.
        if self.pairs_only && at.level < level::HEADING {
            return;
        }
        let folded: String = folded.iter().collect();
        self.rows(vocabulary, at, &folded);
        for found in vocabulary.phrases.find_overlapping_iter(&folded) {
            self.word(&vocabulary.phrase_keys[found.pattern().as_usize()], at);
        }
        if at.level >= level::ALIAS {
            for found in vocabulary.terms.find_overlapping_iter(&folded) {
                for key in &vocabulary.term_keys[found.pattern().as_usize()] {
                    self.word(key, at.below(SPELT_TERM_STEPS));
                }
            }
        }
    }

    fn ideographs(&mut self, vocabulary: &Vocabulary, at: At, run: &[char]) {
        if !self.pairs_only || at.level >= level::HEADING {
            for &c in run {
                self.put(Key::one(c), at);
            }
        }
        self.pairs(at, run);
        if at.level >= level::ALIAS {
            let sounds = vocabulary.readings.of(run);
            for two in sounds
                .windows(2)
                .filter(|two| !two.contains(&String::new()))
            {
                self.word(&two.join("'"), at.below(1));
            }
        }
    }

    fn pairs(&mut self, at: At, run: &[char]) {
        for two in run.windows(2) {
            self.put(Key::pair(two[0], two[1]), at);
        }
    }

    fn letters_or_digits(&mut self, at: At, folded: &[char], piece: &Piece) {
        let run = &folded[piece.from..piece.to];
        let word: String = run.iter().collect();
        if let Some(key) = counted(folded, piece.from, piece.to)
            && !self.pairs_only
        {
            self.word(&key, at);
        }
        // Nobody looks for one or two digits of a body.
        let is_number = run[0].is_ascii_digit();
        let is_year = word.len() == 4 && (word.starts_with("20") || word.starts_with("19"));
        if at.level > level::BODY || !is_number || is_year || word.len() > 2 && !self.pairs_only {
            self.word(&word, at);
        }
    }

    /// A document number, or a day: the keys, the most exact one first.
    fn number_or_day(&mut self, at: At, keys: &[String]) {
        let is_number = keys[0].starts_with('#');
        let is_own = at.level == level::NAME;
        for (i, key) in keys.iter().enumerate() {
            let level = match (is_number, is_own) {
                (true, true) => level::NAME - u8::try_from(i).unwrap_or_default(),
                (true, false) => level::CITED,
                (false, _) => at.level,
            };
            self.word(key, At { level, ..at });
        }
        if is_number && let Some((_, serial)) = keys[0].rsplit_once('-') {
            let level = if is_own { level::TITLE } else { level::BODY };
            self.word(&format!("#-{serial}"), At { level, ..at });
        }
    }

    /// Any two neighbours of a title find it, digits and letters too.
    fn neighbours(&mut self, at: At, run: &[char]) {
        for &c in run {
            if is_han(c) {
                self.put(Key::one(c), at);
            } else if c.is_ascii_alphanumeric() {
                self.word(c.encode_utf8(&mut [0; 4]), at);
            }
        }
        for two in run.windows(2) {
            if two.iter().all(char::is_ascii_alphanumeric) {
                self.word(&two.iter().collect::<String>(), at);
            }
        }
    }

    /// Rows of synonyms whose words are in a text.
    fn rows(&mut self, vocabulary: &Vocabulary, at: At, folded: &str) {
        for found in vocabulary.rows.find_overlapping_iter(folded) {
            let row = vocabulary.row_of[found.pattern().as_usize()];
            // Less than the words themselves, wherever these are.
            let level = match at.level {
                level::HEADING.. => 5,
                _ if at.level == level::BODY + 2 => 5,
                _ if at.level == level::BODY + 1 => 4,
                level::BODY => 3,
                _ => 2,
            };
            let old = self.rows.entry((row, at.place)).or_default();
            *old = (*old).max(level);
        }
    }

    fn name(&mut self, vocabulary: &Vocabulary, place: u8, name: &Name) {
        let level = name.level;
        let at = At { place, level };
        let folded = vocabulary.folder.fold(&name.text);
        self.rows(vocabulary, at, &folded.iter().collect::<String>());
        let han: Vec<char> = folded.iter().copied().filter(|c| is_han(*c)).collect();
        let is_han_only = han.len() == folded.len();
        if is_han_only && (2..=MAX_WHOLE_NAME).contains(&han.len()) {
            self.word(&format!("={}", han.iter().collect::<String>()), at);
        }
        if name.is_word && is_han_only && (2..=MAX_WHOLE_NAME).contains(&han.len()) {
            self.word(&format!("?{}", han.iter().collect::<String>()), at);
        }
        if !name.is_place || han.len() > 1 {
            for &c in &han {
                self.put(Key::one(c), at);
            }
        }
        self.pairs(at, &han);
        if is_han_only && han.len() <= MAX_SPELT_NAME {
            let sounds = match &name.sounds {
                Some(sounds) => sounds.clone(),
                None => vocabulary.readings.of(&han),
            };
            for key in spelt(&sounds) {
                self.word(&key, at);
            }
            for two in sounds.windows(2) {
                self.word(&two.join("'"), at);
            }
        }
        if name.is_place {
            self.mistakes(vocabulary, at, &han);
        }
    }

    /// Keys by which the name of a place is found with a mistake in it.
    fn mistakes(&mut self, vocabulary: &Vocabulary, at: At, han: &[char]) {
        let below = at.below(LOOK_ALIKE_STEPS);
        for (i, &c) in han.iter().enumerate() {
            for group in vocabulary.alike.iter().filter(|group| group.contains(&c)) {
                for &other in group.iter().filter(|o| **o != c) {
                    let mut taken = han.to_vec();
                    taken[i] = other;
                    for two in taken.windows(2).filter(|two| two.contains(&other)) {
                        self.put(Key::pair(two[0], two[1]), below);
                    }
                    self.word(&format!("={}", taken.iter().collect::<String>()), below);
                }
            }
        }
        if let [a, b, c] = han {
            for key in [format!("{a}*{c}"), format!("*{b}{c}"), format!("{a}{b}*")] {
                self.word(&key, at);
            }
        }
    }
}

/// Where a term is, and how much it says there.
#[derive(Debug, Clone, Copy)]
struct At {
    place: u8,
    level: u8,
}

impl At {
    /// The same place, some levels below.
    fn below(self, steps: u8) -> Self {
        Self {
            level: self.level - steps,
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_terms_are_read_as_they_were_packed() {
        let mut words = WordTable::default();
        let mut found = vec![
            (Key::one('县'), 0, 15),
            (Key::one('县'), 15, 1),
            (Key::pair('右', '玉'), 3, 7),
            (Key::pair('\u{2A6DF}', '县'), 14, 3),
        ];
        found.extend((0..300).map(|n| (words.key(&format!("w{n}")), 2, 9)));
        found.sort_unstable();
        let terms = PartTerms {
            found: packed(&found),
            rows: Box::default(),
            words: words.into_words(),
        };
        assert_eq!(terms.found().collect::<Vec<_>>(), found);
    }

    #[test]
    fn damaged_terms_end_the_list() {
        let terms = |found: &[u8]| PartTerms {
            found: Bytes(found.into()),
            rows: Box::default(),
            words: Box::default(),
        };
        assert_eq!(terms(&[0x7F; 40]).found().count(), 0);
        assert_eq!(terms(&[0x81]).found().count(), 0);
    }

    #[test]
    fn initials_are_whole_characters_whatever_the_reading() {
        let spelt = |sounds: &[&str]| {
            super::spelt(&sounds.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(spelt(&["you", "yu"]), ["=you'yu", "yy"]);
        assert_eq!(spelt(&["右", "é"]), ["=右'é", "右é"]);
        assert!(spelt(&["you", ""]).is_empty());
    }
}
