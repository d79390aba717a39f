//! The words of the glossary in texts.
//!
//! Comes in: the terms. Goes out: where they are in a text. All words are found in one pass, so that the cost of a text does not
//! grow with their number.

use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::model::Term;

/// The words of a glossary, and where its terms are explained. They are found in one pass over a text.
#[derive(Debug, Default)]
pub struct Words {
    /// Finds the longest word at each place; nothing if there are none.
    automaton: Option<AhoCorasick>,
    /// The term of each word.
    term_of: Vec<usize>,
    /// The id of each term.
    ids: Vec<String>,
}

impl Words {
    /// The words of all terms.
    pub fn new(terms: &[Term]) -> Self {
        let terms = terms.iter();
        Self::of(terms.map(|term| (term.names().collect(), term.id.clone())))
    }

    /// The words of some terms, with the id of each.
    pub fn of<'a>(terms: impl Iterator<Item = (Vec<&'a str>, String)>) -> Self {
        let mut words = Vec::new();
        let mut term_of = Vec::new();
        let mut ids = Vec::new();
        for (term, (names, id)) in terms.enumerate() {
            for name in names.into_iter().filter(|name| !name.is_empty()) {
                words.push(name);
                term_of.push(term);
            }
            ids.push(id);
        }
        let mut builder = AhoCorasick::builder();
        builder.match_kind(MatchKind::LeftmostLongest);
        Self {
            automaton: (!words.is_empty())
                .then(|| builder.build(&words).ok())
                .flatten(),
            term_of,
            ids,
        }
    }

    /// The terms in a text: where each is, and its number.
    pub fn within<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (Range<usize>, usize)> {
        let found = self.automaton.iter();
        let found = found.flat_map(move |automaton| automaton.find_iter(text));
        found.map(|one| (one.range(), self.term_of[one.pattern().as_usize()]))
    }

    /// The id of a term.
    pub fn id(&self, at: usize) -> &str {
        &self.ids[at]
    }
}
