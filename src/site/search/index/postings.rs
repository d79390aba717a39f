//! Postings: which entries a term leads to.
//!
//! Comes in: the terms of every part, as they are collected. Goes out: [`Term`]s in the order of their keys, pruned; the rows of synonyms that
//! no text calls for. Steps: sorting by key; synonyms; pruning.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::Input;
use super::keys::{Key, WordTable};
use super::terms::{PartTerms, is_phrase};
use crate::search::format::{self, Posting, entry_number, part_of};
use crate::search::question::{self, Phrases};
use crate::search::ranking::level;

/// Entries that a term keeps in addition to those that have it in their title; the second number is that of a large site's
/// documents of single counties.
const MAX_ENTRIES: (usize, usize) = (64, 64);
const MAX_ENTRIES_LARGE: (usize, usize) = (64, 12);
/// The same for a single character, and for digits.
const MAX_ENTRIES_SINGLE: (usize, usize) = (12, 12);
/// A term that more titles have than this, and than this share of the parts, distinguishes none of them.
const FEW_TITLES: usize = 256;
const TITLE_SHARE: usize = 6;

/// A term as it is written on a shelf.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Term {
    pub(super) key: String,
    /// Magnitude of the number of its entries, those that were left out included.
    pub(super) frequency: u32,
    pub(super) postings: Vec<Posting>,
}

/// The entries of a term.
#[derive(Default)]
struct TermEntries {
    postings: Vec<Posting>,
    /// Entries that were left out when they were found: they count, but are not filed.
    left_out: usize,
}

/// Terms by their keys.
type Terms = FxHashMap<String, TermEntries>;

/// Everything that was found.
#[derive(Default)]
pub struct Collected {
    /// Key, entry, level.
    postings: Vec<(Key, u32, u8)>,
    /// Row of synonyms, entry, level.
    rows: Vec<(usize, u32, u8)>,
    words: WordTable,
    /// How many entries of single counties' documents a key has.
    seen: FxHashMap<Key, usize>,
    /// How many entries of a key were left out.
    left_out: FxHashMap<Key, usize>,
}

/// The terms of the index; also the rows of synonyms whose words are nowhere.
pub(super) fn terms(
    input: &Input,
    phrases: &Phrases,
    mut found: Collected,
) -> (Vec<Term>, Vec<usize>) {
    found.postings.par_sort_unstable();
    found.rows.par_sort_unstable();
    let unused = unused_rows(input, &found.rows);
    let mut terms = with_synonyms(input, phrases, found);
    drop_exact_numbers(&mut terms);
    let mut terms: Vec<Term> = terms
        .into_par_iter()
        .map(|(key, entries)| finished(input, key, entries))
        .collect();
    terms.par_sort_unstable();
    (terms, unused)
}

impl Collected {
    /// Takes over the terms of a part. Of a county's document in a large site (`is_local`), what more of them say than [`prune`] would
    /// keep is only counted: such a site would hold ten times the postings that it files.
    pub(super) fn add(&mut self, terms: &PartTerms, number: usize, is_local: bool) {
        let part = u32::try_from(number + 1).expect("fewer than 2^28 parts");
        let ids = self.words.ids(&terms.words);
        for (key, place, level) in terms.found() {
            let Some(key) = key.renumbered(&ids) else {
                continue;
            };
            if is_local && level < level::TITLE {
                let count = self.seen.entry(key).or_default();
                *count += 1;
                if *count > MAX_ENTRIES_LARGE.1 + 1 {
                    *self.left_out.entry(key).or_default() += 1;
                    continue;
                }
            }
            let entry = entry_number(part, u32::from(place));
            self.postings.push((key, entry, level));
        }
        for (row, place, level) in &terms.rows {
            let entry = entry_number(part, u32::from(*place));
            self.rows.push((*row as usize, entry, *level));
        }
    }
}

/// Rows of synonyms that no text calls for.
fn unused_rows(input: &Input, rows: &[(usize, u32, u8)]) -> Vec<usize> {
    (0..input.words.synonyms.len())
        .filter(|row| rows.binary_search_by_key(row, |found| found.0).is_err())
        .collect()
}

/// Groups postings by key, and files the entries of each row of synonyms under what people say.
fn with_synonyms(input: &Input, phrases: &Phrases, found: Collected) -> Terms {
    let Collected {
        postings,
        rows,
        mut words,
        left_out,
        ..
    } = found;
    let mut more = said_instead(input, phrases, &rows, &mut words);
    let mut out = Terms::default();
    for group in postings.chunk_by(|a, b| a.0 == b.0) {
        let key = group[0].0;
        let mut postings: Vec<Posting> = group.iter().map(|p| (p.1, p.2)).collect();
        if let Some(extra) = more.remove(&key) {
            let mut all: FxHashMap<u32, u8> = postings.into_iter().collect();
            raise(&mut all, extra);
            postings = sorted(all);
        }
        let entries = TermEntries {
            postings,
            left_out: left_out.get(&key).copied().unwrap_or_default(),
        };
        out.insert(words.written(key), entries);
    }
    for (key, extra) in more {
        let entries = TermEntries {
            postings: sorted(extra),
            left_out: 0,
        };
        out.insert(words.written(key), entries);
    }
    out
}

/// The entries of rows of synonyms, by the keys of what people say.
fn said_instead(
    input: &Input,
    phrases: &Phrases,
    rows: &[(usize, u32, u8)],
    words: &mut WordTable,
) -> FxHashMap<Key, FxHashMap<u32, u8>> {
    let mut more: FxHashMap<Key, FxHashMap<u32, u8>> = FxHashMap::default();
    for group in rows.chunk_by(|a, b| a.0 == b.0) {
        let entries = prune(
            group.iter().map(|p| (p.1, p.2)).collect(),
            usize::MAX,
            input.wide,
            MAX_ENTRIES_LARGE,
        );
        for phrase in &input.words.synonyms[group[0].0].also {
            let whole: String = input.folder.fold(&phrase.value).into_iter().collect();
            let whole = is_phrase(&whole).then(|| format!("+{whole}"));
            for written in question::keys_of(&phrase.value, phrases)
                .into_iter()
                .chain(whole)
            {
                let known = more.entry(words.key(&written)).or_default();
                raise(known, entries.iter().copied());
            }
        }
    }
    more
}

/// Keeps the higher level of each entry.
fn raise(known: &mut FxHashMap<u32, u8>, more: impl IntoIterator<Item = Posting>) {
    for (id, level) in more {
        let old = known.entry(id).or_default();
        *old = (*old).max(level);
    }
}

fn sorted(postings: FxHashMap<u32, u8>) -> Vec<Posting> {
    let mut postings: Vec<Posting> = postings.into_iter().collect();
    postings.sort_unstable();
    postings
}

/// Leaves out document numbers with their issuers where year and serial alone lead to the same entries.
fn drop_exact_numbers(terms: &mut Terms) {
    let is_same = |key: &str| {
        let digits = key.find(|c: char| c.is_ascii_digit())?;
        let bare = terms.get(&format!("#{}", &key[digits..]))?;
        let whole = terms.get(key)?;
        let ids = |entries: &TermEntries| entries.postings.iter().map(|p| p.0).collect::<Vec<_>>();
        Some(digits > 1 && ids(bare) == ids(whole))
    };
    let same: Vec<String> = terms
        .keys()
        .filter(|key| key.starts_with('#') && !key.starts_with("#-") && is_same(key) == Some(true))
        .cloned()
        .collect();
    for key in same {
        terms.remove(&key);
    }
}

/// A term with its frequency, pruned.
fn finished(input: &Input, key: String, entries: TermEntries) -> Term {
    let frequency = format::magnitude(entries.postings.len() + entries.left_out);
    let is_single = key.chars().nth(1).is_none();
    let is_digits = key.starts_with(|c: char| c.is_ascii_digit());
    let most = match (is_single || is_digits, input.large) {
        (true, _) => MAX_ENTRIES_SINGLE,
        (_, true) => MAX_ENTRIES_LARGE,
        _ => MAX_ENTRIES,
    };
    let mut postings = prune(entries.postings, input.parts.len(), input.wide, most);
    // Digits that are not a year are in every other number.
    if (is_single || is_digits && key.len() != 4) && input.large {
        postings.truncate(MAX_ENTRIES_SINGLE.0);
    }
    Term {
        key,
        frequency,
        postings,
    }
}

/// Keeps every entry with the term in its title (unless that is nearly every page), the best of the others of documents
/// that hold for more than one county, and the rest if they are few: what many counties say distinguishes none of them.
fn prune(
    mut postings: Vec<Posting>,
    parts: usize,
    wide: usize,
    most: (usize, usize),
) -> Vec<Posting> {
    if postings.len() <= most.0.min(most.1) {
        return postings;
    }
    let titles = postings.iter().filter(|p| p.1 >= level::TITLE).count();
    let keeps_titles = titles <= FEW_TITLES.max(parts / TITLE_SHARE);
    let is_title = |p: &Posting| keeps_titles && p.1 >= level::TITLE;
    let is_wide = |p: &Posting| part_of(p.0) as usize <= wide;
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
