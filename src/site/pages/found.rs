//! Words that are marked in a text: misprints, and terms of the glossary. All words are found in one pass over the text, so that the
//! cost of a page is not the product of its length and their number.
//!
//! Comes in: the words. Goes out: where they are in a text.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use aho_corasick::AhoCorasick;

use crate::atlas::{Words, routes};

/// A misprint that is marked in the text.
#[derive(Debug, Clone)]
pub struct Mark {
    pub printed: String,
    pub right: String,
    /// The number of the misprint on the page, from 1.
    pub number: usize,
    /// Whether an element on the page already has the anchor `slip-<number>`.
    pub named: Cell<bool>,
}

/// The misprints of a text, each with the blocks in which it is marked.
#[derive(Debug, Default)]
pub struct Marks {
    list: Vec<(Range<usize>, Mark)>,
    /// Finds the printed words; nothing if there are none.
    automaton: Option<AhoCorasick>,
    /// The marks of each of the words, in their order.
    of_word: Vec<Vec<usize>>,
}

impl Marks {
    /// The marks of a text.
    pub fn new(list: Vec<(Range<usize>, Mark)>) -> Self {
        let mut words: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, (_, mark)) in list.iter().enumerate() {
            if !mark.printed.is_empty() {
                words.entry(&mark.printed).or_default().push(at);
            }
        }
        let automaton = (!words.is_empty())
            .then(|| AhoCorasick::new(words.keys()).ok())
            .flatten();
        let of_word = words.into_values().collect();
        Self {
            list,
            automaton,
            of_word,
        }
    }

    /// The misprints in a text of a block, by where they begin; of those that begin at one place, the longest.
    pub fn within(&self, text: &str, block: usize) -> Vec<(usize, &Mark)> {
        let Some(automaton) = &self.automaton else {
            return Vec::new();
        };
        let mut found: BTreeMap<usize, &Mark> = BTreeMap::new();
        for one in automaton.find_overlapping_iter(text) {
            let mut marks = self.of_word[one.pattern().as_usize()].iter();
            let active = marks.find(|&&mark| self.list[mark].0.contains(&block));
            let Some((_, mark)) = active.map(|&mark| &self.list[mark]) else {
                continue;
            };
            // Longer words that begin at one place end later.
            found.insert(one.start(), mark);
        }
        found.into_iter().collect()
    }
}

/// The links of one page to a glossary. The first occurrence of a term on the page is a link.
#[derive(Debug)]
pub struct TermLinks<'a> {
    words: &'a Words,
    /// The terms that the page already links to.
    linked: RefCell<BTreeSet<usize>>,
}

impl<'a> TermLinks<'a> {
    /// The links of a page that has none yet.
    pub fn new(words: &'a Words) -> Self {
        Self {
            words,
            linked: RefCell::default(),
        }
    }

    /// The words of a text that are terms, with the address of their entry where they are to be a link.
    pub fn within(&self, text: &str) -> Vec<(Range<usize>, Option<String>)> {
        let found = self.words.within(text).map(|(range, term)| {
            let is_first = self.linked.borrow_mut().insert(term);
            (range, is_first.then(|| routes::term(self.words.id(term))))
        });
        found.collect()
    }
}
