//! Questions: what is looked up for what a person typed.
//!
//! Comes in: the words typed, the phrases of `data/search.yaml`. Goes out: a [`Question`]: tokens with their keys, and
//! the units (characters, syllables, words) that a good answer covers. The browser does the same (`ask` in the theme's
//! `search.js`).

use std::collections::HashMap;

use crate::fold::{Folder, is_han};
use crate::ranking::{
    FACTOR_HALF, FACTOR_SECOND, FACTOR_WHOLE, Intent, MAX_PHRASE_CHARACTERS,
    MAX_QUESTION_CHARACTERS, MAX_UNITS,
};
use crate::sound;
use crate::tokens::{What, counted, pieces};
use crate::words::Words;

/// The one character that carries nothing wherever it is; others only at the ends of a run (没了贷款 is not 没贷款).
const ALWAYS: char = '的';

/// Phrases that are taken out of questions, folded.
#[derive(Debug, Default, Clone)]
pub struct Phrases {
    /// Those that carry nothing: 请问.
    pub stop: Vec<String>,
    /// Those that ask for something, in the order of [`Intent::ALL`].
    pub intents: [Vec<String>; Intent::COUNT],
    /// phrase -> intent, or none
    table: HashMap<String, Option<Intent>>,
}

impl Phrases {
    /// The phrases of a vocabulary.
    pub fn new(folder: &Folder, words: &Words) -> Self {
        let fold = |list: &[String]| {
            list.iter()
                .map(|p| folder.fold(p).into_iter().collect::<String>())
                .filter(|p| !p.is_empty() && p.chars().all(is_han))
                .collect::<Vec<_>>()
        };
        Self::from_lists(
            fold(&words.stop),
            Intent::ALL.map(|intent| fold(&words.intents[intent.index()])),
        )
    }

    /// Without phrases that the others take out just as well, piece by piece (我想问一下 = 我, 想问, 一下).
    pub fn shrunk(mut self) -> Self {
        let mut all: Vec<(String, Option<Intent>)> =
            self.table.iter().map(|(p, i)| (p.clone(), *i)).collect();
        all.sort_by_key(|(p, _)| (std::cmp::Reverse(p.chars().count()), p.clone()));
        for (phrase, intent) in all {
            if phrase.chars().count() < 3 {
                continue;
            }
            self.table.remove(&phrase);
            let q = read_with(&phrase.chars().collect::<Vec<_>>(), Some(&self));
            let same = q.units == 0 && q.intents == intent.into_iter().collect::<Vec<_>>();
            if !same {
                self.table.insert(phrase, intent);
            }
        }
        self.stop.retain(|p| self.table.contains_key(p));
        // Sorted: a compressor finds what they have in common.
        self.stop.sort();
        for intent in Intent::ALL {
            let list = &mut self.intents[intent.index()];
            list.retain(|p| !intent.is_taken_out() || self.table.contains_key(p));
            if !intent.is_taken_out() {
                // A question that has the longer one has the shorter one too.
                let all = list.clone();
                list.retain(|p| {
                    !all.iter()
                        .any(|other| other != p && p.contains(other.as_str()))
                });
            }
            list.sort();
        }
        self
    }

    /// The phrases of these lists.
    pub fn from_lists(stop: Vec<String>, intents: [Vec<String>; Intent::COUNT]) -> Self {
        let mut table: HashMap<String, Option<Intent>> =
            stop.iter().map(|p| (p.clone(), None)).collect();
        let taken_out = |(intent, _): &(Intent, &Vec<String>)| intent.is_taken_out();
        for (intent, list) in Intent::ALL.into_iter().zip(&intents).filter(taken_out) {
            table.extend(list.iter().map(|p| (p.clone(), Some(intent))));
        }
        Self {
            stop,
            intents,
            table,
        }
    }

    /// What a whole question asks for, by phrases that stay in it.
    fn kept_in(&self, typed: &str) -> impl Iterator<Item = Intent> {
        Intent::ALL.into_iter().filter(|intent| {
            let mut phrases = self.intents[intent.index()].iter();
            !intent.is_taken_out() && phrases.any(|phrase| typed.contains(phrase.as_str()))
        })
    }

    /// The longest phrase at the beginning of `text`: characters and intent.
    fn at(&self, text: &[char]) -> Option<(usize, Option<Intent>)> {
        (1..=MAX_PHRASE_CHARACTERS.min(text.len()))
            .rev()
            .find_map(|n| {
                let phrase: String = text[..n].iter().collect();
                self.table.get(&phrase).map(|intent| (n, *intent))
            })
    }

    /// Without single characters at both ends that carry nothing.
    fn trim<'a>(&self, mut run: &'a [char]) -> &'a [char] {
        let idle = |c: char| self.table.contains_key(c.encode_utf8(&mut [0; 4]));
        while let [first, rest @ ..] = run
            && idle(*first)
        {
            run = rest;
        }
        while let [rest @ .., last] = run
            && idle(*last)
        {
            run = rest;
        }
        run
    }
}

/// A term to look up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The key of the term.
    pub key: String,
    /// Sixteenths of its weight that count.
    pub factor: u32,
    /// Units it covers, as bits; none for a phrase that only helps.
    pub units: u32,
}

/// A run of ideographs that is looked for: its characters, and the unit of the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Its characters.
    pub chars: Vec<char>,
    /// The unit of the first character.
    pub unit: usize,
}

/// A question, read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Question {
    /// What is looked up.
    pub tokens: Vec<Token>,
    /// Ideographs without phrases.
    pub runs: Vec<Run>,
    /// Number of units.
    pub units: usize,
    /// What is asked for in addition to the subject, by phrases that were taken out.
    pub intents: Vec<Intent>,
    /// Everything that is asked for, by phrases that are still in the subject too; the order is that of [`Intent::ALL`].
    pub asked: Vec<Intent>,
    /// The subject as one string, to compare with titles.
    pub subject: Vec<char>,
    /// Everything typed, folded, without signs and blanks.
    pub typed: Vec<char>,
    /// The same as one text.
    pub words: String,
}

/// Bits of `count` units from `from` on.
pub fn bits(from: usize, count: usize) -> u32 {
    (from..(from + count).min(MAX_UNITS)).fold(0, |mask, unit| mask | 1 << unit)
}

/// Reads a question.
pub fn read(query: &str, folder: &Folder, phrases: &Phrases) -> Question {
    let cut: String = query.chars().take(MAX_QUESTION_CHARACTERS).collect();
    let text = folder.fold(&cut);
    let mut question = read_with(&text, Some(phrases));
    if question.tokens.iter().all(|t| t.units == 0) && question.intents.is_empty() {
        question = read_with(&text, None);
    }
    question.words = question.typed.iter().collect();
    let kept: Vec<Intent> = phrases.kept_in(&question.words).collect();
    let is_asked = |intent: &Intent| question.intents.contains(intent) || kept.contains(intent);
    question.asked = Intent::ALL.into_iter().filter(is_asked).collect();
    question
}

/// The keys of a phrase of everyday words, as a question with these words would look them up.
pub fn keys_of(phrase: &str, phrases: &Phrases) -> Vec<String> {
    let folder = Folder::default();
    let mut keys: Vec<String> = Vec::new();
    for question in [
        read(phrase, &folder, phrases),
        read_with(&folder.fold(phrase), None),
    ] {
        for token in question.tokens {
            // A single character of a phrase says nothing.
            if token.key.chars().nth(1).is_some() && !keys.contains(&token.key) {
                keys.push(token.key);
            }
        }
    }
    keys
}

fn read_with(text: &[char], phrases: Option<&Phrases>) -> Question {
    let mut q = Question {
        typed: text
            .iter()
            .copied()
            .filter(|c| is_han(*c) || c.is_ascii_alphanumeric())
            .collect(),
        ..Question::default()
    };
    // Latin words side by side are read as one row of syllables.
    let mut letters: Vec<String> = Vec::new();
    let mut last_end = 0;
    for piece in pieces(text) {
        let run = &text[piece.from..piece.to];
        let is_letters = piece.what == What::Word && run[0].is_ascii_lowercase();
        let near = text[last_end..piece.from].iter().all(|c| *c == ' ');
        if !(is_letters && near) {
            spell(&mut q, &mut letters);
        }
        last_end = piece.to;
        match piece.what {
            What::Han => han(&mut q, run, phrases),
            What::Word if is_letters => letters.push(run.iter().collect()),
            What::Word => {
                let first = q.units;
                word(&mut q, run.iter().collect());
                if let Some(key) = counted(text, piece.from, piece.to) {
                    q.tokens.push(Token {
                        key,
                        factor: FACTOR_WHOLE,
                        units: bits(first, 2),
                    });
                }
            }
            What::Keys(keys) => {
                let units = bits(q.units, 2);
                q.units += 2;
                q.subject.extend(
                    run.iter()
                        .filter(|c| c.is_ascii_alphanumeric() || is_han(**c)),
                );
                for (i, key) in keys.into_iter().enumerate() {
                    let factor = if i == 0 { FACTOR_WHOLE } else { FACTOR_SECOND };
                    q.tokens.push(Token { key, factor, units });
                }
            }
        }
    }
    spell(&mut q, &mut letters);
    q
}

/// A word that is looked up as it is.
fn word(q: &mut Question, key: String) {
    let units = bits(q.units, 2);
    q.units += 2;
    q.subject.extend(key.chars());
    q.tokens.push(Token {
        key,
        factor: FACTOR_WHOLE,
        units,
    });
}

/// Latin words that follow each other: each as it is, and all of them as syllables.
fn spell(q: &mut Question, letters: &mut Vec<String>) {
    let words = std::mem::take(letters);
    if words.is_empty() {
        return;
    }
    let cuts: Vec<Vec<Vec<String>>> = words.iter().map(|w| sound::cuts(w)).collect();
    let mut at = 0;
    while at < words.len() {
        let mut end = at;
        while end < words.len() && !cuts[end].is_empty() {
            end += 1;
        }
        if end == at {
            word(q, words[at].clone());
            at += 1;
            continue;
        }
        let first = q.units;
        for index in at..end {
            let count = cuts[index][0].len();
            q.subject.extend(words[index].chars());
            q.tokens.push(Token {
                key: words[index].clone(),
                factor: FACTOR_WHOLE,
                units: bits(q.units, count),
            });
            q.units += count;
        }
        let mut rows: Vec<Vec<String>> = vec![Vec::new()];
        for ways in &cuts[at..end] {
            rows = sound::product(&rows, ways);
        }
        for row in &rows {
            q.tokens.push(Token {
                key: format!("={}", row.join("'")),
                factor: FACTOR_WHOLE,
                units: bits(first, row.len()),
            });
        }
        for row in rows {
            for (i, two) in row.windows(2).enumerate() {
                let token = Token {
                    key: two.join("'"),
                    factor: FACTOR_SECOND,
                    units: bits(first + i, 2),
                };
                let known = |t: &Token| t.key == token.key && t.units == token.units;
                if !q.tokens.iter().any(known) {
                    q.tokens.push(token);
                }
            }
        }
        at = end;
    }
}

fn han(q: &mut Question, run: &[char], phrases: Option<&Phrases>) {
    let mut at = 0;
    let mut from = 0;
    let Some(phrases) = phrases else {
        return segment(q, run);
    };
    while at < run.len() {
        match phrases.at(&run[at..]) {
            Some((count, intent)) if count > 1 || run[at] == ALWAYS => {
                segment(q, phrases.trim(&run[from..at]));
                if let Some(intent) = intent {
                    if !q.intents.contains(&intent) {
                        q.intents.push(intent);
                    }
                    for two in run[at..at + count].windows(2) {
                        q.tokens.push(Token {
                            key: two.iter().collect(),
                            factor: FACTOR_HALF,
                            units: 0,
                        });
                    }
                }
                at += count;
                from = at;
            }
            _ => at += 1,
        }
    }
    segment(q, phrases.trim(&run[from..]));
}

fn segment(q: &mut Question, chars: &[char]) {
    if chars.is_empty() || q.units >= MAX_UNITS {
        return;
    }
    let unit = q.units;
    q.subject.extend(chars);
    if chars.len() == 1 {
        q.tokens.push(Token {
            key: chars[0].to_string(),
            factor: FACTOR_HALF,
            units: bits(unit, 1),
        });
    }
    for (i, two) in chars.windows(2).enumerate() {
        if unit + i < MAX_UNITS {
            q.tokens.push(Token {
                key: two.iter().collect(),
                factor: FACTOR_WHOLE,
                units: bits(unit + i, 2),
            });
        }
    }
    q.runs.push(Run {
        chars: chars.to_vec(),
        unit,
    });
    q.units = (unit + chars.len()).min(MAX_UNITS);
}
