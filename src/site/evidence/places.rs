//! Where words are in a document.
//!
//! Comes in: a document and words. Goes out: the clauses that the words are in, the innermost of each place.

use std::collections::HashSet;

use crate::model::{BlockKind, Body, ClauseId};
use crate::text::{Haystack, fold};

/// The folded text of a document.
#[derive(Debug)]
pub(super) struct Places<'a> {
    body: &'a Body,
    folded: &'a Haystack,
    /// Where each block begins in `folded`.
    starts: &'a [usize],
}

impl<'a> Places<'a> {
    /// The text of a document, which is in `text`.
    pub fn new(body: &'a Body, text: &str) -> Self {
        let (folded, starts) = body.haystack(text);
        Self {
            body,
            folded,
            starts,
        }
    }

    /// The innermost clause of each place of words, in the order of the text; each once.
    pub fn of(&self, words: &str) -> Vec<ClauseId> {
        let needle = fold(words);
        let mut found = Vec::new();
        let mut known = HashSet::new();
        for at in self.folded.find(&needle, 0..self.folded.text().len()) {
            let (first, last) = (self.block(at), self.block(at + needle.len() - 1));
            let clause = self.innermost(first, last);
            if let Some(clause) = clause.filter(|clause| known.insert(*clause)) {
                found.push(clause);
            }
        }
        found
    }

    /// The block of a place in `folded`.
    fn block(&self, at: usize) -> usize {
        self.starts
            .partition_point(|start| *start <= at)
            .saturating_sub(1)
    }

    /// The innermost clause that has both blocks.
    fn innermost(&self, first: usize, last: usize) -> Option<ClauseId> {
        let mut clause = self.body.blocks.get(first)?.clause;
        while !self.body.clauses[clause].blocks.contains(&last) {
            clause = self.body.clauses[clause].parent?;
        }
        Some(clause)
    }

    /// Whether words are in a paragraph after an item of a list, which may belong to the clause above as well.
    pub fn are_in_paragraph(&self, words: &str) -> bool {
        let words = fold(words);
        let whole = 0..self.folded.text().len();
        let block = self
            .folded
            .find(&words, whole)
            .next()
            .and_then(|at| self.body.blocks.get(self.block(at)));
        block.is_some_and(|block| {
            let first = self.body.clauses[block.clause].blocks.start;
            // The paragraph after a heading belongs to the heading.
            let is_headed = self
                .body
                .blocks
                .get(first)
                .is_some_and(|first| first.is_heading || !first.run_in.is_empty());
            block.kind == BlockKind::Paragraph && !is_headed
        })
    }

    /// The clauses above `inner`, itself first, that are below `outer`; nothing if it is not below it.
    pub fn between(&self, inner: ClauseId, outer: ClauseId) -> Option<Vec<ClauseId>> {
        let mut path = Vec::new();
        let mut at = inner;
        while at != outer {
            path.push(at);
            at = self.body.clauses[at].parent?;
        }
        Some(path)
    }
}
