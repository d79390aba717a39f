//! Official words with their readings.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashSet;

use mingbai_reading::{Number, Reading, What, read};
use rustc_hash::FxHashMap;

use super::channel::Channels;
use super::negation::{NEGATIONS, Polarity};
use super::values::values;

use crate::diag::Span;
use crate::text::{blanked, book_titles, fold, last_chars};

/// A piece of official text.
#[derive(Debug, Clone)]
pub(super) struct Words<'a> {
    /// The text, blank where it has comments.
    pub text: Cow<'a, str>,
    /// Where it is quoted; nothing if it is the clause itself.
    pub quoted: Option<Span>,
    folded: OnceCell<String>,
    readings: OnceCell<Vec<Reading>>,
    without: OnceCell<Vec<(String, String)>>,
    /// What is asked of the words once for each entry that cites them is worked out once for all of them.
    polarity: OnceCell<Polarity>,
    channels: OnceCell<Channels>,
    titles: OnceCell<Vec<(String, String)>>,
    index: OnceCell<Index>,
    negates: OnceCell<bool>,
}

/// The readings by the numbers and days that they contain.
#[derive(Debug, Clone, Default)]
struct Index {
    /// Meanings with a number, as the places of the reading and of the meaning in it.
    numbers: FxHashMap<Number, Vec<(usize, usize)>>,
    /// Meanings with a range of numbers: 第一至第三.
    ordinals: Vec<(usize, usize)>,
    /// Days by month.
    days: FxHashMap<Option<u8>, Vec<(usize, usize)>>,
}

impl<'a> Words<'a> {
    /// Words that are quoted at `quoted`, or a clause.
    pub fn new(text: &'a str, quoted: Option<Span>) -> Self {
        Self {
            text: blanked(text, false),
            quoted,
            folded: OnceCell::new(),
            readings: OnceCell::new(),
            without: OnceCell::new(),
            polarity: OnceCell::new(),
            channels: OnceCell::new(),
            titles: OnceCell::new(),
            index: OnceCell::new(),
            negates: OnceCell::new(),
        }
    }

    /// The words without blanks, with brackets and widths folded.
    pub fn folded(&self) -> &str {
        self.folded.get_or_init(|| fold(&self.text))
    }

    /// Whether they contain a text, both folded.
    pub fn contain(&self, text: &str) -> bool {
        self.folded().contains(&fold(text))
    }

    /// Whether they contain a text that is not negated: 合格 is not in 不合格.
    pub fn affirm(&self, text: &str) -> bool {
        let text = fold(text);
        let mut places = self.folded().match_indices(text.as_str());
        places.any(|(at, _)| !self.folded()[..at].ends_with(['不', '未', '非']))
    }

    /// The characters around each negation, folded and without it (交通便利 of 交通不便利), which the words themselves do
    /// not contain; with an empty text before, those that begin a piece of a sentence.
    pub fn without_negations(&self) -> &[(String, String)] {
        self.without.get_or_init(|| {
            let folded = self.folded();
            let places = folded.match_indices(['不', '未', '无']);
            let pairs = places.map(|(at, no)| {
                let before = folded[..at]
                    .chars()
                    .rev()
                    .take_while(|c| c.is_alphanumeric());
                let before: Vec<char> = before.take(2).collect();
                let count = if before.is_empty() { 3 } else { 2 };
                let after = folded[at + no.len()..].chars().take(count);
                (before.into_iter().rev().collect(), after.collect())
            });
            let pairs: Vec<(String, String)> = pairs.collect();
            let has = Pieces::new(folded, pairs.len());
            let lost = pairs.into_iter();
            lost.filter(|(before, after)| !has.contain(&format!("{before}{after}")))
                .collect()
        })
    }

    /// Whether they contain a text of digits and signs, with no digit before or after it.
    pub fn has_number(&self, text: &str) -> bool {
        let text = fold(text);
        let folded = self.folded();
        let mut places = folded.match_indices(text.as_str());
        places.any(|(at, _)| {
            let before = folded[..at].chars().next_back();
            let after = folded[at + text.len()..].chars().next();
            let is_digit = |c: char| c.is_ascii_digit();
            !before.is_some_and(is_digit) && !after.is_some_and(is_digit)
        })
    }

    /// Whether they contain a run of `digits` digits, with the character after it, as a whole number.
    pub fn has_run(&self, run: &str, digits: usize) -> bool {
        let run = fold(run);
        let folded = self.folded();
        folded.match_indices(run.as_str()).any(|(at, _)| {
            let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
            !is_digit(folded[..at].chars().next_back())
                && (run.len() > digits || !is_digit(folded[at + run.len()..].chars().next()))
        })
    }

    /// What they say.
    pub fn readings(&self) -> &[Reading] {
        self.readings.get_or_init(|| read(&self.text))
    }

    /// Every meaning of every reading, with the words it was read from.
    pub fn meanings(&self) -> impl Iterator<Item = (&str, &What)> {
        let text = &*self.text;
        self.readings().iter().flat_map(move |reading| {
            let words = text.get(reading.span.clone()).unwrap_or_default();
            let all = std::iter::once(&reading.what).chain(&reading.others);
            all.map(move |what| (words, what))
        })
    }

    /// Whether the words have a character that negates.
    pub fn negates(&self) -> bool {
        *self.negates.get_or_init(|| self.text.contains(NEGATIONS))
    }

    /// What the words negate.
    pub fn polarity(&self) -> &Polarity {
        self.polarity.get_or_init(|| Polarity::of(&self.text))
    }

    /// The channels that the words name.
    pub fn channels(&self) -> &Channels {
        self.channels.get_or_init(|| Channels::of(&self.text))
    }

    /// The titles in the words, each after the two characters before it.
    pub fn titles(&self) -> &[(String, String)] {
        self.titles.get_or_init(|| {
            let titles = titles(&self.text).into_iter();
            titles
                .map(|(before, title)| (before.to_owned(), title.to_owned()))
                .collect()
        })
    }

    /// The meanings that may contain a number, in their order; nothing that contains it is left out.
    pub fn with_number(&self, number: Number) -> impl Iterator<Item = &What> {
        let index = self.index();
        let exact = index.numbers.get(&number).into_iter().flatten();
        let all = exact.chain(&index.ordinals);
        all.map(|place| self.meaning(*place))
    }

    /// The readings whose own meaning contains a number, ascending.
    pub fn readings_with(&self, number: Number) -> impl Iterator<Item = usize> {
        let found = self.index().numbers.get(&number).into_iter().flatten();
        let own = found.filter(|(_, meaning)| *meaning == 0);
        own.map(|(reading, _)| *reading)
    }

    /// The meanings that are days of a month.
    pub fn days_of(&self, month: Option<u8>) -> impl Iterator<Item = &What> {
        let found = self.index().days.get(&month).into_iter().flatten();
        found.map(|place| self.meaning(*place))
    }

    fn meaning(&self, (reading, meaning): (usize, usize)) -> &What {
        let reading = &self.readings()[reading];
        match meaning.checked_sub(1) {
            None => &reading.what,
            Some(other) => &reading.others[other],
        }
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| {
            let mut index = Index::default();
            for (at, reading) in self.readings().iter().enumerate() {
                let all = std::iter::once(&reading.what).chain(&reading.others);
                for (number, what) in all.enumerate() {
                    let place = (at, number);
                    let mut own = values(what);
                    own.dedup();
                    for value in own {
                        index.numbers.entry(value).or_default().push(place);
                    }
                    match what {
                        What::Ordinal(ordinal) if ordinal.first != ordinal.last => {
                            index.ordinals.push(place);
                        }
                        What::Day(day) => index.days.entry(day.month).or_default().push(place),
                        _ => {}
                    }
                }
            }
            index
        })
    }

    /// The words of each reading whose meaning is one that `is_wanted`.
    pub fn that_say(&self, is_wanted: impl Fn(&What) -> bool) -> Vec<&str> {
        let meanings = self.meanings().filter(|(_, what)| is_wanted(what));
        meanings.map(|(words, _)| words).collect()
    }
}

/// The titles of a text, each with the two characters before it.
pub(super) fn titles(text: &str) -> Vec<(&str, &str)> {
    let found = book_titles(text).map(|title| (last_chars(&text[..title.start], 2), &text[title]));
    found.collect()
}

/// The short pieces of a text. For many questions they are gathered once.
struct Pieces<'t> {
    text: &'t str,
    known: HashSet<&'t str>,
}

impl<'t> Pieces<'t> {
    /// The most characters of a piece.
    const LONGEST: usize = 5;
    /// With fewer questions, the text is searched for each.
    const FEW: usize = 64;

    fn new(text: &'t str, questions: usize) -> Self {
        let mut known = HashSet::new();
        if questions > Self::FEW {
            for (start, _) in text.char_indices() {
                let rest = &text[start..];
                let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8());
                known.extend(ends.take(Self::LONGEST).map(|end| &rest[..end]));
            }
        }
        Self { text, known }
    }

    fn contain(&self, piece: &str) -> bool {
        if self.known.is_empty() || piece.chars().count() > Self::LONGEST {
            self.text.contains(piece)
        } else {
            self.known.contains(piece)
        }
    }
}
