//! Official words with their readings.

use std::cell::OnceCell;

use mingbai_reading::{Reading, What, read};

use crate::diag::Span;
use crate::text::fold;

/// A piece of official text.
#[derive(Debug, Clone)]
pub(super) struct Words<'a> {
    pub text: &'a str,
    /// Where it is quoted; nothing if it is the clause itself.
    pub quoted: Option<Span>,
    folded: OnceCell<String>,
    readings: OnceCell<Vec<Reading>>,
    without: OnceCell<Vec<(String, String)>>,
}

impl<'a> Words<'a> {
    /// Words that are quoted at `quoted`, or a clause.
    pub fn new(text: &'a str, quoted: Option<Span>) -> Self {
        Self {
            text,
            quoted,
            folded: OnceCell::new(),
            readings: OnceCell::new(),
            without: OnceCell::new(),
        }
    }

    /// The words without blanks, with brackets and widths folded.
    pub fn folded(&self) -> &str {
        self.folded.get_or_init(|| fold(self.text))
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
            let lost = pairs.filter(|(before, after): &(String, String)| {
                !folded.contains(&format!("{before}{after}"))
            });
            lost.collect()
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
        self.readings.get_or_init(|| read(self.text))
    }

    /// Every meaning of every reading, with the words it was read from.
    pub fn meanings(&self) -> impl Iterator<Item = (&'a str, &What)> {
        let text = self.text;
        self.readings().iter().flat_map(move |reading| {
            let words = text.get(reading.span.clone()).unwrap_or_default();
            let all = std::iter::once(&reading.what).chain(&reading.others);
            all.map(move |what| (words, what))
        })
    }

    /// The words of each reading whose meaning is one that `is_wanted`.
    pub fn that_say(&self, is_wanted: impl Fn(&What) -> bool) -> Vec<&'a str> {
        let meanings = self.meanings().filter(|(_, what)| is_wanted(what));
        meanings.map(|(words, _)| words).collect()
    }
}
