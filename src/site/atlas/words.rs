//! The words of the glossary in texts.
//!
//! Comes in: the terms. Goes out: where they are in a text. All words are found in one pass, so that the cost of a text does not
//! grow with their number.

use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};

use super::routes;
use crate::model::Term;

/// The words of a glossary, and where its terms are explained. They are found in one pass over a text.
#[derive(Debug, Default)]
pub struct Words {
    /// Finds the longest word at each place; nothing if there are none.
    automaton: Option<AhoCorasick>,
    /// The term of each word.
    term_of: Vec<usize>,
    /// The site path of each term's entry.
    addresses: Vec<String>,
}

impl Words {
    /// The words of all terms.
    pub fn new(terms: &[Term]) -> Self {
        let terms = terms.iter();
        Self::of(terms.map(|term| (term.names().collect(), routes::term(term))))
    }

    /// The words of some terms, with the address of each.
    pub fn of<'a>(terms: impl Iterator<Item = (Vec<&'a str>, String)>) -> Self {
        let mut words = Vec::new();
        let mut term_of = Vec::new();
        let mut addresses = Vec::new();
        for (term, (names, address)) in terms.enumerate() {
            for name in names.into_iter().filter(|name| !name.is_empty()) {
                words.push(name);
                term_of.push(term);
            }
            addresses.push(address);
        }
        let mut builder = AhoCorasick::builder();
        builder.match_kind(MatchKind::LeftmostLongest);
        Self {
            automaton: (!words.is_empty())
                .then(|| builder.build(&words).ok())
                .flatten(),
            term_of,
            addresses,
        }
    }

    /// The terms in a text: where each is, and its number.
    pub fn within<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (Range<usize>, usize)> {
        let found = self.automaton.iter();
        let found = found.flat_map(move |automaton| automaton.find_iter(text));
        found.map(|one| (one.range(), self.term_of[one.pattern().as_usize()]))
    }

    /// Where a term is explained.
    pub fn address(&self, term: usize) -> &str {
        &self.addresses[term]
    }
}
