//! The index: from entries to files.
//!
//! Comes in: [`Part`]s, the vocabulary. Goes out: the scripts of [`super::format`]. Steps: tokens of each part, in
//! parallel; sorting by key; synonyms; pruning; shelves. The same input gives the same bytes.

use aho_corasick::AhoCorasick;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use sha2::{Digest, Sha256};

use super::entries::{Field, Head, Name, Part, level};
use super::fold::{Folder, is_han};
use super::format::{self, INHERITED, PLACE_BITS, SEPARATORS};
use super::question;
use super::sound::{self, Readings};
use super::tokens::{What, counted, pieces};
use super::words::Words;
use crate::assets::Asset;
use crate::pages::view::StateView;

/// Entries that a term keeps beside those that have it in their title.
const MOST_ENTRIES: usize = 64;
const MOST_ENTRIES_LARGE: usize = 12;
/// The same for a single character.
const FEW_ENTRIES: usize = 12;
/// More titles than this share of the parts make a term useless for telling them apart.
const TITLE_SHARE: usize = 6;
const FEW_TITLES: usize = 256;
/// Signs of a shelf, about.
const SHELF: usize = 200;
const SHELF_LARGE: usize = 1_900;
/// Ideographs that are common in this site, by the size of what is filed under them.
const COMMON: usize = 48;
/// Parts in a box, as a power of two.
const BOX_BITS: u32 = 0;
const BOX_BITS_LARGE: u32 = 4;
/// Longest name that is filed as a whole, and the longest whose initials somebody would type; in characters.
const WHOLE_NAME: usize = 24;
const SPELT_NAME: usize = 14;

/// Parts whose tokens are collected at once.
const CHUNK: usize = 512;

const PAIR: u64 = 1 << 62;
const ROW: u64 = 1 << 61;
const WORD: u64 = 1 << 63;

/// A key in 64 bits: two ideographs, one, a row of synonyms, or the hash of a word.
fn pair_key(a: char, b: char) -> u64 {
    PAIR | u64::from(u32::from(a)) << 21 | u64::from(u32::from(b))
}

fn word_key(word: &str) -> u64 {
    let mut h = 0xCBF2_9CE4_8422_2325u64;
    for byte in word.bytes() {
        h = (h ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
    }
    WORD | h
}

/// What the tokens of texts are made with.
pub struct Tokens<'a> {
    pub folder: &'a Folder,
    readings: Readings,
    /// Finds words of texts; the row of each pattern.
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

impl<'a> Tokens<'a> {
    pub fn new(folder: &'a Folder, words: &'a Words, terms: &[String]) -> Self {
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
        let mut named: Vec<Vec<char>> = terms
            .iter()
            .map(|t| folder.fold(t))
            .filter(|t| (2..=6).contains(&t.len()) && t.iter().all(|c| is_han(*c)))
            .collect();
        named.sort();
        named.dedup();
        let term_keys = named.iter().map(|term| spelt(&readings.of(term))).collect();
        Self {
            folder,
            rows: automaton(&patterns),
            row_of,
            phrases: automaton(&phrases),
            phrase_keys: phrases.iter().map(|p| format!("+{p}")).collect(),
            terms: automaton(
                &named
                    .iter()
                    .map(|t| t.iter().collect())
                    .collect::<Vec<String>>(),
            ),
            term_keys,
            alike: &words.alike,
            readings,
        }
    }
}

/// Whether everyday words are looked up as a whole.
fn is_phrase(folded: &str) -> bool {
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

/// Tokens of one part.
#[derive(Default)]
struct Bag {
    /// (key, place) -> level
    found: FxHashMap<(u64, u32), u8>,
    words: Vec<(u64, String)>,
    seen: FxHashSet<u64>,
    /// A county's document in a large site: of its body, only pairs of characters are filed.
    lean: bool,
}

impl Bag {
    fn put(&mut self, key: u64, place: u32, level: u8) {
        let old = self.found.entry((key, place)).or_default();
        *old = (*old).max(level.clamp(1, 15));
    }

    fn word(&mut self, word: &str, place: u32, level: u8) {
        let key = word_key(word);
        if self.seen.insert(key) {
            self.words.push((key, word.to_owned()));
        }
        self.put(key, place, level);
    }

    /// Everything that an entry, or the head of a part, is found by.
    fn entry(
        &mut self,
        tokens: &Tokens,
        place: u32,
        fields: &[Field],
        names: &[Name],
        intents: &[usize],
    ) {
        for (level, text) in fields {
            self.field(tokens, place, *level, text);
        }
        for name in names {
            self.name(tokens, place, name);
        }
        for &intent in intents {
            let key = format!("@{}", super::words::INTENTS[intent]);
            self.word(&key, place, level::LEAD);
        }
    }

    fn field(&mut self, tokens: &Tokens, place: u32, level: u8, text: &str) {
        let folded = tokens.folder.fold(text);
        let titled = level >= level::TITLE;
        for piece in pieces(&folded) {
            let run = &folded[piece.from..piece.to];
            match piece.what {
                What::Han => {
                    if !self.lean || level >= level::HEADING {
                        for &c in run {
                            self.put(u64::from(u32::from(c)), place, level);
                        }
                    }
                    for two in run.windows(2) {
                        self.put(pair_key(two[0], two[1]), place, level);
                    }
                    if level >= level::ALIAS {
                        let sounds = tokens.readings.of(run);
                        for two in sounds.windows(2) {
                            if !two[0].is_empty() && !two[1].is_empty() {
                                self.word(&format!("{}'{}", two[0], two[1]), place, level - 1);
                            }
                        }
                    }
                }
                What::Word => {
                    let word: String = run.iter().collect();
                    // One or two digits of a body are no word anybody looks for.
                    if let Some(key) = counted(&folded, piece.from, piece.to)
                        && !self.lean
                    {
                        self.word(&key, place, level);
                    }
                    let number = run[0].is_ascii_digit();
                    if level > level::BODY
                        || !number
                        || word.len() > 2 && !self.lean
                        || word.len() == 4 && (word.starts_with("20") || word.starts_with("19"))
                    {
                        self.word(&word, place, level);
                    }
                }
                What::Keys(keys) => {
                    let names = keys[0].starts_with('#');
                    for (i, key) in keys.iter().enumerate() {
                        let level = match (names, level) {
                            (true, level::NAME) => {
                                level::NAME - u8::try_from(i).unwrap_or_default()
                            }
                            (true, _) => level::CITED,
                            (false, level) => level,
                        };
                        self.word(key, place, level);
                    }
                    if names && let Some((_, serial)) = keys[0].rsplit_once('-') {
                        let level = if level == level::NAME {
                            level::TITLE
                        } else {
                            5
                        };
                        self.word(&format!("#-{serial}"), place, level);
                    }
                }
            }
            if titled {
                // Any two neighbours of a title find it, digits and letters too.
                for &c in run {
                    if is_han(c) {
                        self.put(u64::from(u32::from(c)), place, level);
                    } else if c.is_ascii_alphanumeric() {
                        self.word(&c.to_string(), place, level);
                    }
                }
                for two in run.windows(2) {
                    if two.iter().all(char::is_ascii_alphanumeric) {
                        self.word(&two.iter().collect::<String>(), place, level);
                    }
                }
            }
        }
        // What one of many counties says in its own documents is filed by its words alone.
        if self.lean && level < level::HEADING {
            return;
        }
        let folded: String = folded.iter().collect();
        self.rows(tokens, place, level, &folded);
        for found in tokens.phrases.find_overlapping_iter(&folded) {
            let key = &tokens.phrase_keys[found.pattern().as_usize()];
            self.word(key, place, level);
        }
        if level >= level::ALIAS {
            for found in tokens.terms.find_overlapping_iter(&folded) {
                for key in &tokens.term_keys[found.pattern().as_usize()] {
                    self.word(key, place, level - 2);
                }
            }
        }
    }

    /// Rows of synonyms whose words stand in a text.
    fn rows(&mut self, tokens: &Tokens, place: u32, level: u8, folded: &str) {
        for found in tokens.rows.find_overlapping_iter(folded) {
            let row = tokens.row_of[found.pattern().as_usize()];
            let key = ROW | u64::try_from(row).unwrap_or_default();
            // Less than the words themselves, wherever these stand.
            let level = match level {
                level::HEADING.. => 5,
                _ if level == level::BODY + 2 => 5,
                _ if level == level::BODY + 1 => 4,
                level::BODY => 3,
                _ => 2,
            };
            self.put(key, place, level);
        }
    }

    fn name(&mut self, tokens: &Tokens, place: u32, name: &Name) {
        let folded = tokens.folder.fold(&name.text);
        self.rows(
            tokens,
            place,
            name.level,
            &folded.iter().collect::<String>(),
        );
        let han: Vec<char> = folded.iter().copied().filter(|c| is_han(*c)).collect();
        if folded.len() <= WHOLE_NAME && han.len() == folded.len() && folded.len() > 1 {
            self.word(
                &format!("={}", han.iter().collect::<String>()),
                place,
                name.level,
            );
        }
        if !name.mend || han.len() > 1 {
            for &c in &han {
                self.put(u64::from(u32::from(c)), place, name.level);
            }
        }
        for two in han.windows(2) {
            self.put(pair_key(two[0], two[1]), place, name.level);
        }
        if han.len() == folded.len() && han.len() <= SPELT_NAME {
            let sounds = match &name.sounds {
                Some(sounds) => sounds.clone(),
                None => tokens.readings.of(&han),
            };
            for key in spelt(&sounds) {
                self.word(&key, place, name.level);
            }
            for two in sounds.windows(2) {
                self.word(&format!("{}'{}", two[0], two[1]), place, name.level);
            }
        }
        for (i, &c) in han.iter().enumerate().filter(|_| name.mend) {
            for group in tokens.alike.iter().filter(|group| group.contains(&c)) {
                for &other in group.iter().filter(|o| **o != c) {
                    let mut taken = han.clone();
                    taken[i] = other;
                    for two in taken.windows(2).filter(|two| two.contains(&other)) {
                        self.put(pair_key(two[0], two[1]), place, name.level - 3);
                    }
                    let key = format!("={}", taken.iter().collect::<String>());
                    self.word(&key, place, name.level - 3);
                }
            }
        }
        if name.mend && han.len() == 3 {
            let (a, b, c) = (han[0], han[1], han[2]);
            for key in [format!("{a}*{c}"), format!("*{b}{c}"), format!("{a}{b}*")] {
                self.word(&key, place, name.level);
            }
        }
    }
}

/// Everything the index is made from.
pub struct Input<'a> {
    pub parts: &'a [Part],
    /// Parts before those of single counties' documents.
    pub wide: usize,
    /// Parts of self-checks, which are the first.
    pub checks: usize,
    pub words: &'a Words,
    pub folder: &'a Folder,
    /// Words whose sounds are filed.
    pub terms: &'a [String],
    pub absent: &'a [String],
    /// Whether the site is large: fewer entries a term, less text an entry, larger shelves.
    pub large: bool,
}

type Posting = (u64, u32, u8);

/// A key, the magnitude of its frequency, and its postings.
type Term = (String, u32, Vec<(u32, u8)>);

/// What is filed under a key.
#[derive(Default)]
struct Filed {
    entries: Vec<(u32, u8)>,
    /// Entries that were left out when they were found: they count, but are not filed.
    left_out: usize,
}

/// Everything that was found: postings, the words behind the hashes, how many postings of each key were left out.
#[derive(Default)]
struct Collected {
    postings: Vec<Posting>,
    names: FxHashMap<u64, String>,
    left_out: FxHashMap<u64, usize>,
}

/// Postings of a part, and the words behind their hashes.
type Tokenised = (Vec<Posting>, Vec<(u64, String)>);

/// Makes the files of the index; also the rows of synonyms whose words stand nowhere.
pub fn files(input: &Input) -> (Vec<Asset>, Vec<usize>) {
    let tokens = Tokens::new(input.folder, input.words, input.terms);
    let mut found = collect(input, &tokens);
    found.postings.par_sort_unstable();
    let idle = idle_rows(input, &found.postings);
    let phrases = question::Phrases::new(input.folder, input.words).shrunk();
    let mut terms = synonyms(input, &phrases, found);
    for phrase in &input.words.other {
        let folded: String = input.folder.fold(phrase).into_iter().collect();
        terms.insert(format!("!{folded}"), Filed::default());
    }
    lone_numbers(&mut terms);
    let parts = input.parts.len();
    let mut terms: Vec<Term> = terms
        .into_par_iter()
        .map(|(key, filed)| {
            let often = format::magnitude(filed.entries.len() + filed.left_out);
            let single = key.chars().nth(1).is_none();
            let digits = key.starts_with(|c: char| c.is_ascii_digit());
            let most = match (single || digits, input.large) {
                (true, _) => (FEW_ENTRIES, FEW_ENTRIES),
                (_, true) => (MOST_ENTRIES, MOST_ENTRIES_LARGE),
                _ => (MOST_ENTRIES, MOST_ENTRIES),
            };
            let mut postings = prune(filed.entries, parts, input.wide, most);
            // Digits that are no year stand in every other number.
            if (single || digits && key.len() != 4) && input.large {
                postings.truncate(FEW_ENTRIES);
            }
            (key, often, postings)
        })
        .collect();
    terms.par_sort_unstable();
    (shelve(input, &phrases, &terms), idle)
}

/// Tokens of every part. What more counties say than [`prune`] would keep is left out as soon as it is seen, or a large
/// site would hold ten times the postings that it files.
fn collect(input: &Input, tokens: &Tokens) -> Collected {
    let tokenised = |(i, part): (usize, &Part)| -> Tokenised {
        let mut bag = Bag {
            lean: input.large && i >= input.wide,
            ..Bag::default()
        };
        let head = if part.shown { 0 } else { INHERITED };
        bag.entry(tokens, head, &part.fields, &part.names, &part.intents);
        for (place, item) in (1..).zip(&part.items) {
            bag.entry(tokens, place, &item.fields, &item.names, &item.intents);
        }
        let part = u32::try_from(i + 1).expect("fewer than 2^28 parts") << PLACE_BITS;
        let postings = bag
            .found
            .into_iter()
            .map(|((key, place), level)| (key, part | place, level))
            .collect();
        (postings, bag.words)
    };
    let mut all = Collected::default();
    let mut seen: FxHashMap<u64, usize> = FxHashMap::default();
    // Some parts at a time: what has been taken over is given back.
    for (n, parts) in input.parts.chunks(CHUNK).enumerate() {
        let bags: Vec<Tokenised> = parts
            .par_iter()
            .enumerate()
            .map(|(i, part)| tokenised((n * CHUNK + i, part)))
            .collect();
        for (i, (some, words)) in bags.into_iter().enumerate() {
            let local = input.large && n * CHUNK + i >= input.wide;
            for posting in some {
                let (key, _, level) = posting;
                if local && level < level::TITLE && !(ROW..PAIR).contains(&key) {
                    let count = seen.entry(key).or_default();
                    *count += 1;
                    if *count > MOST_ENTRIES_LARGE + 1 {
                        *all.left_out.entry(key).or_default() += 1;
                        continue;
                    }
                }
                all.postings.push(posting);
            }
            for (key, word) in words {
                all.names.entry(key).or_insert(word);
            }
        }
    }
    all
}

/// Rows of synonyms that no text calls for.
fn idle_rows(input: &Input, postings: &[Posting]) -> Vec<usize> {
    (0..input.words.synonyms.len())
        .filter(|&row| {
            let key = ROW | u64::try_from(row).unwrap_or_default();
            let at = postings.partition_point(|p| p.0 < key);
            postings.get(at).is_none_or(|p| p.0 != key)
        })
        .collect()
}

/// Groups postings by key and files the entries of each row of synonyms under what people say.
fn synonyms(
    input: &Input,
    phrases: &question::Phrases,
    found: Collected,
) -> FxHashMap<String, Filed> {
    let Collected {
        postings,
        mut names,
        left_out,
    } = found;
    let from = postings.partition_point(|p| p.0 < ROW);
    let to = postings.partition_point(|p| p.0 < PAIR);
    let rows = &postings[from..to];
    let mut more: FxHashMap<u64, FxHashMap<u32, u8>> = FxHashMap::default();
    for group in rows.chunk_by(|a, b| a.0 == b.0) {
        let row = usize::try_from(group[0].0 & (ROW - 1)).unwrap_or_default();
        let entries = prune(
            group.iter().map(|p| (p.1, p.2)).collect(),
            usize::MAX,
            input.wide,
            (MOST_ENTRIES, MOST_ENTRIES_LARGE),
        );
        for phrase in &input.words.synonyms[row].also {
            let whole: String = input.folder.fold(&phrase.value).into_iter().collect();
            let whole = is_phrase(&whole).then(|| format!("+{whole}"));
            for key in question::keys_of(&phrase.value, phrases)
                .into_iter()
                .chain(whole)
            {
                let number = match key.chars().collect::<Vec<_>>()[..] {
                    [a] if is_han(a) => u64::from(u32::from(a)),
                    [a, b] if is_han(a) && is_han(b) => pair_key(a, b),
                    _ => {
                        let number = word_key(&key);
                        names.entry(number).or_insert(key);
                        number
                    }
                };
                let known = more.entry(number).or_default();
                for &(id, level) in &entries {
                    let old = known.entry(id).or_default();
                    *old = (*old).max(level);
                }
            }
        }
    }
    let mut out: FxHashMap<String, Filed> = FxHashMap::default();
    for group in postings.chunk_by(|a, b| a.0 == b.0) {
        let key = group[0].0;
        if (ROW..PAIR).contains(&key) {
            continue;
        }
        let mut entries: Vec<(u32, u8)> = group.iter().map(|p| (p.1, p.2)).collect();
        if let Some(extra) = more.remove(&key) {
            let mut all: FxHashMap<u32, u8> = entries.into_iter().collect();
            for (id, level) in extra {
                let old = all.entry(id).or_default();
                *old = (*old).max(level);
            }
            entries = all.into_iter().collect();
            entries.sort_unstable();
        }
        let filed = Filed {
            entries,
            left_out: left_out.get(&key).copied().unwrap_or_default(),
        };
        out.insert(spell(key, &names), filed);
    }
    for (key, extra) in more {
        let mut entries: Vec<(u32, u8)> = extra.into_iter().collect();
        entries.sort_unstable();
        let filed = Filed {
            entries,
            left_out: 0,
        };
        out.insert(spell(key, &names), filed);
    }
    out
}

/// Leaves out document numbers with their issuers where year and serial alone lead to the same entries.
fn lone_numbers(terms: &mut FxHashMap<String, Filed>) {
    let same = |key: &str| {
        let digits = key.find(|c: char| c.is_ascii_digit())?;
        let bare = terms.get(&format!("#{}", &key[digits..]))?;
        let whole = terms.get(key)?;
        let entries = |filed: &Filed| filed.entries.iter().map(|p| p.0).collect::<Vec<_>>();
        Some(digits > 1 && entries(bare) == entries(whole))
    };
    let lone: Vec<String> = terms
        .keys()
        .filter(|key| key.starts_with('#') && !key.starts_with("#-") && same(key) == Some(true))
        .cloned()
        .collect();
    for key in lone {
        terms.remove(&key);
    }
}

/// The key as it stands on the shelf.
fn spell(key: u64, names: &FxHashMap<u64, String>) -> String {
    let char_at = |shift: u32| {
        u32::try_from(key >> shift & 0x1F_FFFF)
            .ok()
            .and_then(char::from_u32)
            .expect("keys are made of characters")
    };
    if key & WORD != 0 {
        names[&key].clone()
    } else if key & PAIR != 0 {
        [char_at(21), char_at(0)].iter().collect()
    } else {
        char_at(0).to_string()
    }
}

/// Keeps every entry with the term in its title (unless that is nearly every page), the best of the others of documents
/// that hold for more than one county, and the rest if they are few: what many counties say tells none of them apart.
fn prune(
    mut postings: Vec<(u32, u8)>,
    parts: usize,
    wide: usize,
    most: (usize, usize),
) -> Vec<(u32, u8)> {
    if postings.len() <= most.0.min(most.1) {
        return postings;
    }
    let titles = postings.iter().filter(|p| p.1 >= level::TITLE).count();
    let keeps_titles = titles <= FEW_TITLES.max(parts / TITLE_SHARE);
    let is_title = |p: &(u32, u8)| keeps_titles && p.1 >= level::TITLE;
    let is_wide = |p: &(u32, u8)| (p.0 >> PLACE_BITS) as usize <= wide;
    let local = postings
        .iter()
        .filter(|p| !is_title(p) && !is_wide(p))
        .count();
    postings.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    let mut of_wide = 0;
    postings.retain(|p| {
        if is_title(p) {
            return true;
        }
        of_wide += usize::from(is_wide(p));
        if is_wide(p) {
            of_wide <= most.0
        } else {
            local <= most.1
        }
    });
    postings.sort_unstable();
    postings
}

fn shelve(input: &Input, phrases: &question::Phrases, terms: &[Term]) -> Vec<Asset> {
    let mut weight: FxHashMap<char, usize> = FxHashMap::default();
    let mut asked: FxHashMap<&str, &[(u32, u8)]> = FxHashMap::default();
    for (key, _, postings) in terms {
        let mut chars = key.chars();
        if let (Some(a), Some(b), None) = (chars.next(), chars.next(), chars.next())
            && is_han(a)
            && is_han(b)
        {
            *weight.entry(a).or_default() += postings.len() + 3;
            *weight.entry(b).or_default() += postings.len() + 3;
        }
        if let Some(intent) = key.strip_prefix('@') {
            asked.insert(intent, postings);
        }
    }
    let mut common: Vec<(usize, char)> = weight.into_iter().map(|(c, n)| (n, c)).collect();
    common.sort_unstable_by(|a, b| b.cmp(a));
    let mut common: Vec<char> = common.into_iter().take(COMMON).map(|c| c.1).collect();
    common.sort_unstable();

    let twice = !input.large;
    let written: Vec<((u32, Option<u32>), String)> = terms
        .par_iter()
        .filter(|(key, ..)| !key.starts_with('@'))
        .map(|(key, often, postings)| {
            let mut out = format!("{key} ");
            format::write_number(*often, &mut out);
            format::write_postings(postings, &mut out);
            out.push('~');
            let (first, second) = format::addresses(key, &common, twice);
            let hashes = (format::hash(&first), second.map(|s| format::hash(&s)));
            (hashes, out)
        })
        .collect();
    let shelf = if input.large { SHELF_LARGE } else { SHELF };
    let size: usize = written
        .iter()
        .map(|((_, second), term)| term.chars().count() * (1 + usize::from(second.is_some())))
        .sum();
    let count = u32::try_from((size / shelf).max(1)).expect("fewer than 2^32 shelves");
    let mut shelves: Vec<String> = vec![String::new(); count as usize];
    let places: Vec<String> = input
        .absent
        .iter()
        .map(|name| input.folder.fold(name).into_iter().collect())
        .collect();
    let size: usize = places.iter().map(|name| name.chars().count() + 1).sum();
    let place_count = u32::try_from((size / shelf).max(1)).expect("fewer than 2^32 shelves");
    let mut place_shelves: Vec<String> = vec![String::new(); place_count as usize];
    for name in &places {
        let at = format::hash(format::place_address(name)) % place_count;
        place_shelves[at as usize].push_str(&format!("{name}~"));
    }
    for ((first, second), term) in &written {
        shelves[(first % count) as usize].push_str(term);
        if let Some(second) = second
            && second % count != first % count
        {
            shelves[(second % count) as usize].push_str(term);
        }
    }
    let mut files: Vec<(String, String)> = shelves
        .into_iter()
        .enumerate()
        .map(|(n, shelf)| (format!("s{n}"), shelf))
        .collect();
    files.extend(
        place_shelves
            .into_iter()
            .enumerate()
            .map(|(n, shelf)| (format!("p{n}"), shelf)),
    );
    files.extend(boxes(input, terms));
    files.push(("x".to_owned(), traditional(input, terms)));
    files.push(("y".to_owned(), sound::common_readings()));

    let mut hash = Sha256::new();
    for (name, payload) in &files {
        hash.update(name.as_bytes());
        hash.update(payload.as_bytes());
    }
    let version: String = hash
        .finalize()
        .iter()
        .take(5)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let entries: usize = input.parts.iter().map(|p| p.items.len() + 1).sum();
    let intents = super::words::INTENTS.map(|intent| {
        let mut out = String::new();
        if let Some(postings) = asked.get(intent) {
            format::write_postings(postings, &mut out);
        }
        out
    });
    let mut entry = vec![
        format::FORMAT.to_string(),
        version.clone(),
        count.to_string(),
        place_count.to_string(),
        box_bits(input).to_string(),
        u32::from(twice).to_string(),
        if input.large { input.wide } else { 0 }.to_string(),
        input.checks.to_string(),
        format::magnitude(entries).to_string(),
        common.iter().collect(),
        input.words.light.clone(),
        phrases.stop.join(" "),
    ];
    for (phrases, postings) in phrases.intents.iter().zip(intents) {
        entry.push(phrases.join(" "));
        entry.push(postings);
    }
    let entry = entry.join(&SEPARATORS.2.to_string());
    let mut assets = vec![Asset {
        path: "search/index.js".into(),
        bytes: format::script("i", &entry).into_bytes(),
    }];
    assets.extend(files.into_iter().map(|(name, payload)| Asset {
        path: format!("search/{version}/{name}.js"),
        bytes: format::script(&name, &payload).into_bytes(),
    }));
    assets
}

fn clean(text: &str) -> String {
    text.replace(['\u{1D}', '\u{1E}', '\u{1F}', '\n', '\r'], " ")
}

fn state(state: &StateView) -> String {
    [
        state.code.key().to_owned(),
        state.text.to_owned(),
        state.scale.key().to_owned(),
        state.from.clone().unwrap_or_default(),
        state.until.clone().unwrap_or_default(),
        if state.floor { "1" } else { "" }.to_owned(),
        if state.ceiling { "1" } else { "" }.to_owned(),
        state.year.map_or_else(String::new, |y| y.to_string()),
    ]
    .join("|")
    .trim_end_matches('|')
    .to_owned()
}

fn head(head: &Head) -> String {
    [
        head.sort.letter().to_string(),
        clean(&head.url),
        clean(&head.title),
        clean(&head.path),
        clean(&head.text),
        head.date.clone(),
        head.state.as_ref().map(state).unwrap_or_default(),
        head.province.clone(),
        head.year.clone(),
    ]
    .join(&SEPARATORS.2.to_string())
}

fn box_bits(input: &Input) -> u32 {
    if input.large {
        BOX_BITS_LARGE
    } else {
        BOX_BITS
    }
}

/// What is shown of the entries. Part 1 is the first of box 0 if boxes hold one part; part 0 is empty.
fn boxes(input: &Input, terms: &[Term]) -> Vec<(String, String)> {
    let found: FxHashSet<u32> = terms.iter().flat_map(|t| &t.2).map(|p| p.0).collect();
    let (part_sign, entry_sign, field_sign) = SEPARATORS;
    let texts: Vec<String> = std::iter::once(String::new())
        .chain(input.parts.iter().enumerate().map(|(number, part)| {
            let id = u32::try_from(number + 1).unwrap_or_default() << PLACE_BITS;
            let mut out = head(&part.head);
            for (place, item) in (1..).zip(&part.items) {
                out.push(entry_sign);
                // What no term leads to needs no words.
                if input.large && !found.contains(&(id | place)) {
                    continue;
                }
                out.push(item.sort.letter());
                out.push(field_sign);
                out.push_str(&clean(&item.url));
                out.push(field_sign);
                out.push_str(&clean(&item.heading));
                out.push(field_sign);
                out.push_str(&clean(&item.text));
                out.push(field_sign);
                out.push_str(&item.state.as_ref().map(state).unwrap_or_default());
            }
            out
        }))
        .collect();
    texts
        .chunks(1 << box_bits(input))
        .enumerate()
        .filter(|(_, texts)| texts.iter().any(|t| !t.is_empty()))
        .map(|(n, texts)| (format!("b{n}"), texts.join(&part_sign.to_string())))
        .collect()
}

/// Traditional characters of what the site says, each before its simplified form.
fn traditional(input: &Input, terms: &[Term]) -> String {
    let ours: FxHashSet<char> = terms
        .iter()
        .filter_map(|(key, ..)| {
            let mut chars = key.chars();
            chars.next().filter(|_| chars.next().is_none())
        })
        .filter(|c| is_han(*c))
        .collect();
    let mut pairs = String::new();
    for code in (0x3400..0xA000u32).chain(0x20000..0x2A6E0) {
        let Some(c) = char::from_u32(code) else {
            continue;
        };
        let simple = input.folder.simple(c);
        if simple != c && ours.contains(&simple) {
            pairs.push(c);
            pairs.push(simple);
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
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
