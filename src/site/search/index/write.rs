//! The files of the index: shelves of terms, boxes of entries, the manifest.
//!
//! Comes in: terms, parts. Goes out: scripts in the form of [`crate::search::format`], the fields of their records in the
//! order of [`crate::search::records`].

use data_encoding::HEXLOWER;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use sha2::{Digest, Sha256};

use super::Input;
use super::postings::Term;
use super::shown::{clean, state};
use crate::assets::Asset;
use crate::search::facts::PlaceFact;
use crate::search::fold::is_han;
use crate::search::format::{self, Posting, entry_number};
use crate::search::question::Phrases;
use crate::search::ranking::Intent;
use crate::search::records::{Fact, IntentRecord, Manifest, Place, Record, WordList};
use crate::search::sound;

/// Signs of a shelf, about: small enough that a question fetches little it does not need, large enough that it needs few.
const SHELF: usize = 200;
const SHELF_LARGE: usize = 1_900;
/// Signs of a file with facts of places, about.
const FACT_SHELF: usize = 3_000;
/// Ideographs that are common in this site, by the size of what is filed under them.
const COMMON: usize = 48;
/// What a posting list counts in addition to its entries when common ideographs are found: key, frequency, end.
const TERM_SIGNS: usize = 3;
/// Parts in a box, as a power of two.
const BOX_BITS: u32 = 0;
const BOX_BITS_LARGE: u32 = 4;
/// Bytes of the hash that names a version.
const VERSION_BYTES: usize = 5;

/// A file before it is a script: its name, its payload.
type File = (String, String);

/// Every file of the index.
pub(super) fn files(input: &Input, phrases: &Phrases, terms: &[Term]) -> Vec<Asset> {
    let common = common_ideographs(terms);
    let shelves = shelves(input, terms, &common);
    let entries = entries_of_pages(input);
    let place_shelves = place_shelves(input, &entries);
    let fact_shelves = fact_shelves(input, &entries);
    let count = |shelves: &[String]| u32::try_from(shelves.len()).expect("fewer than 2^32 shelves");
    let counts = (count(&shelves), count(&place_shelves), count(&fact_shelves));
    let mut files: Vec<File> = numbered('s', shelves);
    files.extend(numbered('p', place_shelves));
    files.extend(numbered('f', fact_shelves));
    files.extend(boxes(input, terms));
    files.push(("x".to_owned(), traditional(input, terms)));
    files.push(("y".to_owned(), sound::common_readings()));
    let version = version(&files);
    let size: usize = input.parts.iter().map(|part| part.count() + 1).sum();
    let manifest = Manifest {
        format: format::FORMAT,
        version: version.clone(),
        shelves: counts.0,
        place_shelves: counts.1,
        fact_shelves: counts.2,
        box_bits: box_bits(input),
        twice: !input.large,
        wide: if input.large { number(input.wide) } else { 0 },
        checks: number(input.checks),
        size: format::magnitude(size),
        common: common.iter().collect(),
        light: light(input),
        absent: WordList(input.absent_provinces.to_vec()),
        stop: WordList(phrases.stop.clone()),
        intents: Intent::ALL.map(|intent| IntentRecord {
            phrases: WordList(phrases.intents[intent.index()].clone()),
            entries: entries_of_intent(terms, intent),
        }),
    };
    let mut assets = vec![asset("search/index.js".into(), "i", &manifest.write())];
    assets.extend(
        files
            .into_iter()
            .map(|(name, payload)| asset(format!("search/{version}/{name}.js"), &name, &payload)),
    );
    assets
}

fn asset(path: String, name: &str, payload: &str) -> Asset {
    Asset {
        path,
        bytes: format::script(name, payload).into_bytes(),
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).expect("fewer than 2^32 parts")
}

fn numbered(letter: char, payloads: Vec<String>) -> Vec<File> {
    payloads
        .into_iter()
        .enumerate()
        .map(|(n, payload)| (format!("{letter}{n}"), payload))
        .collect()
}

/// The hash of all files.
fn version(files: &[File]) -> String {
    let mut hash = Sha256::new();
    for (name, payload) in files {
        hash.update(name.as_bytes());
        hash.update(payload.as_bytes());
    }
    HEXLOWER.encode(&hash.finalize()[..VERSION_BYTES])
}

/// Terms of intents are in the manifest, not on shelves.
fn is_intent(term: &Term) -> bool {
    term.key.starts_with('@')
}

fn entries_of_intent(terms: &[Term], intent: Intent) -> Vec<Posting> {
    let name = intent.name();
    let mut own = terms
        .iter()
        .filter(|term| term.key.strip_prefix('@') == Some(name));
    own.next()
        .map_or_else(Vec::new, |term| term.postings.clone())
}

/// The ideographs under which most is filed, sorted.
fn common_ideographs(terms: &[Term]) -> Vec<char> {
    let mut weight: FxHashMap<char, usize> = FxHashMap::default();
    for term in terms {
        let mut chars = term.key.chars();
        if let (Some(a), Some(b), None) = (chars.next(), chars.next(), chars.next())
            && is_han(a)
            && is_han(b)
        {
            for c in [a, b] {
                *weight.entry(c).or_default() += term.postings.len() + TERM_SIGNS;
            }
        }
    }
    let mut common: Vec<(usize, char)> = weight.into_iter().map(|(c, n)| (n, c)).collect();
    common.sort_unstable_by(|a, b| b.cmp(a));
    let mut common: Vec<char> = common.into_iter().take(COMMON).map(|c| c.1).collect();
    common.sort_unstable();
    common
}

/// Empty shelves, as many as `signs` need.
fn empty_shelves(input: &Input, signs: usize) -> Vec<String> {
    let shelf = if input.large { SHELF_LARGE } else { SHELF };
    vec![String::new(); (signs / shelf).max(1)]
}

/// The shelf of an address.
fn shelf_of(address: &str, shelves: &[String]) -> usize {
    format::hash(address) as usize % shelves.len()
}

/// The words of texts instead of which people say a phrase, by the phrase's key.
fn words_instead(input: &Input) -> FxHashMap<String, String> {
    let folded = |text: &str| input.folder.fold(text).into_iter().collect::<String>();
    let mut instead: FxHashMap<String, Vec<String>> = FxHashMap::default();
    for row in &input.words.synonyms {
        for phrase in &row.also {
            let words = instead
                .entry(format!("+{}", folded(&phrase.value)))
                .or_default();
            words.extend(
                row.texts
                    .iter()
                    .map(|text| folded(&text.value).replace([' ', '|', '~'], "")),
            );
        }
    }
    let joined = instead.into_iter().map(|(key, mut words)| {
        words.sort();
        words.dedup();
        (key, words.join("|"))
    });
    joined.collect()
}

/// The shelves, with the terms that are on them.
fn shelves(input: &Input, terms: &[Term], common: &[char]) -> Vec<String> {
    let instead = words_instead(input);
    let written: Vec<(String, Option<String>, String)> = terms
        .par_iter()
        .filter(|term| !is_intent(term))
        .map(|term| {
            let mut out = format!("{} ", term.key);
            format::write_number(term.frequency, &mut out);
            format::write_postings(&term.postings, &mut out);
            if let Some(words) = instead.get(&term.key) {
                out.push(' ');
                out.push_str(words);
            }
            out.push('~');
            let (first, second) = format::addresses(&term.key, common, !input.large);
            (first, second, out)
        })
        .collect();
    let signs = written
        .iter()
        .map(|(_, second, term)| term.chars().count() * (1 + usize::from(second.is_some())))
        .sum();
    let mut shelves = empty_shelves(input, signs);
    for (first, second, term) in &written {
        let first = shelf_of(first, &shelves);
        shelves[first].push_str(term);
        if let Some(second) = second {
            let second = shelf_of(second, &shelves);
            if second != first {
                shelves[second].push_str(term);
            }
        }
    }
    shelves
}

/// The numbers of the entries that are pages, by their addresses.
fn entries_of_pages<'a>(input: &'a Input) -> FxHashMap<&'a str, u32> {
    let mut entries: FxHashMap<&str, u32> = FxHashMap::default();
    for (number, part) in (1..).zip(input.parts) {
        for (place, page) in part.pages() {
            entries.entry(page).or_insert(entry_number(number, place));
        }
    }
    entries
}

/// Names of places of which the site has nothing, each with the entry of its province.
fn place_shelves(input: &Input, entries: &FxHashMap<&str, u32>) -> Vec<String> {
    let names: Vec<String> = input
        .absent
        .iter()
        .map(|(name, province)| {
            let name: String = input.folder.fold(name).into_iter().collect();
            let entry = province.as_deref().and_then(|page| entries.get(page));
            entry.map_or_else(|| name.clone(), |entry| format!("{name} {entry}"))
        })
        .collect();
    let signs = names.iter().map(|name| name.chars().count() + 1).sum();
    let mut shelves = empty_shelves(input, signs);
    for name in &names {
        let folded = name.split(' ').next().unwrap_or_default();
        let at = shelf_of(format::place_address(folded), &shelves);
        shelves[at].push_str(name);
        shelves[at].push('~');
    }
    shelves
}

/// Facts of places, several places in a file.
fn fact_shelves(input: &Input, entries: &FxHashMap<&str, u32>) -> Vec<String> {
    let written: Vec<(u32, String)> = input
        .facts
        .iter()
        .filter_map(|place| {
            let entry = match place.url.as_str() {
                "" => 0,
                page => *entries.get(page)?,
            };
            let head = Place {
                entry,
                name: clean(&place.name),
                url: clean(&place.url),
                groups: words(place.groups.iter().map(|group| words(group, " ")), "|"),
            };
            let facts = place.facts.iter().map(|fact| self::fact(fact).write());
            let records = std::iter::once(head.write()).chain(facts);
            Some((entry, words(records, &format::ENTRY.to_string())))
        })
        .collect();
    let signs: usize = written.iter().map(|(_, facts)| facts.chars().count()).sum();
    let mut shelves = vec![String::new(); (signs / FACT_SHELF).max(1)];
    for (entry, facts) in &written {
        let at = shelf_of(&entry.to_string(), &shelves);
        if !shelves[at].is_empty() {
            shelves[at].push(format::PART);
        }
        shelves[at].push_str(facts);
    }
    shelves
}

/// Characters that carry little, as people write them and folded: a browser that does not know a traditional character
/// leaves it as it is.
fn light(input: &Input) -> String {
    let written = input.words.light.chars();
    let folded = written.clone().map(|c| input.folder.simple(c));
    let all: std::collections::BTreeSet<char> = written.chain(folded).collect();
    all.into_iter().collect()
}

/// Texts joined by a sign.
fn words(texts: impl IntoIterator<Item = impl AsRef<str>>, sign: &str) -> String {
    let texts: Vec<_> = texts.into_iter().collect();
    texts
        .iter()
        .map(AsRef::as_ref)
        .collect::<Vec<&str>>()
        .join(sign)
}

fn fact(fact: &PlaceFact) -> Fact {
    Fact {
        asks: fact.asks.iter().map(|intent| intent.letter()).collect(),
        sort: fact.sort.sign().to_owned(),
        year: fact.year.map_or_else(String::new, |year| year.to_string()),
        about: words(&fact.about, " "),
        text: clean(&fact.text),
        state: fact.state.as_ref().map(state).unwrap_or_default(),
        quote: clean(&fact.quote),
        source: clean(&fact.source),
        url: clean(&fact.url),
    }
}

fn box_bits(input: &Input) -> u32 {
    if input.large {
        BOX_BITS_LARGE
    } else {
        BOX_BITS
    }
}

/// What is shown of the entries. Part 1 is the first of box 0 if boxes hold one part; part 0 is empty.
fn boxes(input: &Input, terms: &[Term]) -> Vec<File> {
    let found: FxHashSet<u32> = terms
        .iter()
        .flat_map(|term| &term.postings)
        .map(|posting| posting.0)
        .collect();
    // What no term leads to needs no words.
    let is_found = |entry: u32| !input.large || found.contains(&entry);
    let texts: Vec<String> = std::iter::once(String::new())
        .chain(
            (1..)
                .zip(input.parts)
                .map(|(number, part)| part.records(|place| is_found(entry_number(number, place)))),
        )
        .collect();
    texts
        .chunks(1 << box_bits(input))
        .enumerate()
        .filter(|(_, texts)| texts.iter().any(|t| !t.is_empty()))
        .map(|(n, texts)| (format!("b{n}"), texts.join(&format::PART.to_string())))
        .collect()
}

/// Traditional characters of what the site says, each before its simplified form.
fn traditional(input: &Input, terms: &[Term]) -> String {
    let ours: FxHashSet<char> = terms
        .iter()
        .filter_map(|term| {
            let mut chars = term.key.chars();
            chars.next().filter(|_| chars.next().is_none())
        })
        .filter(|c| is_han(*c))
        .collect();
    let mut pairs = String::new();
    for c in ('\u{3400}'..='\u{9FFF}').chain('\u{20000}'..='\u{2A6DF}') {
        let simple = input.folder.simple(c);
        if simple != c && ours.contains(&simple) {
            pairs.push(c);
            pairs.push(simple);
        }
    }
    pairs
}
