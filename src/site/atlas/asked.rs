//! What was asked: the questions that a page asks of the facts.
//!
//! Comes in: [`Question`]s, as they are asked. Goes out: [`Asked`], the notebook of a page.

use std::array;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use serde::{Deserialize, Serialize};

use super::agenda::Scope;
use crate::model::{DocumentId, DocumentKind, Place, TextPageId, TopicId, UnitId};

/// A question to the facts. Divisions and topics have the same numbers in every run that may use an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Question {
    /// What a document says, but for the words of its text: everything in the front matter, and what its clauses are called.
    Document(DocumentId),
    /// The text of a document.
    Body(DocumentId),
    /// Everything that documents say.
    Everything,
    /// Which documents there are.
    Documents,
    /// Which documents of a kind there are, in their order.
    OfKind(DocumentKind),
    At(Place),
    OfTopic(TopicId),
    MadeFrom(DocumentId),
    CitedBy(DocumentId),
    /// Which documents a notice ended.
    EndedBy(DocumentId),
    /// What names a unit.
    Unit(UnitId),
    HasUnit(UnitId),
    /// Which units there are, and what names them.
    Units,
    Prefectures,
    Provinces,
    Windows,
    Deadlines,
    /// Which mistakes of this site are corrected, in their order.
    Corrected,
    /// How many events a calendar has.
    Calendar(Scope),
    Check(usize),
    Checks,
    TextPage(TextPageId),
    Glossary,
}

/// A notebook of what was asked.
#[derive(Debug)]
pub struct Asked {
    documents: Bits,
    bodies: Bits,
    others: Mutex<BTreeSet<Question>>,
}

impl Asked {
    /// An empty notebook for so many documents.
    pub(super) fn new(count: usize) -> Self {
        Self {
            documents: Bits::new(count),
            bodies: Bits::new(count),
            others: Mutex::default(),
        }
    }

    /// Notes a question.
    pub(super) fn note(&self, question: Question) {
        match question {
            Question::Document(id) => self.documents.set(id.index()),
            Question::Body(id) => self.bodies.set(id.index()),
            other => {
                let mut others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
                others.insert(other);
            }
        }
    }

    /// The questions, in their order.
    pub fn questions(&self) -> Box<[Question]> {
        let documents = self.documents.all().map(DocumentId::new);
        let bodies = self.bodies.all().map(DocumentId::new);
        let others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        documents
            .map(Question::Document)
            .chain(bodies.map(Question::Body))
            .chain(others.iter().copied())
            .collect()
    }
}

/// A bit for each document: most questions are about one. A page asks about few of them, so only those blocks are there in
/// which a bit is set: a notebook for hundreds of thousands of documents takes a kilobyte.
#[derive(Debug)]
struct Bits(Box<[OnceLock<Box<Block>>]>);

/// Bits of a block: 64 words.
type Block = [AtomicU64; WORDS];

const WORDS: usize = 64;
const BITS: usize = u64::BITS as usize;

impl Bits {
    fn new(count: usize) -> Self {
        let blocks = count.div_ceil(WORDS * BITS);
        Self((0..blocks).map(|_| OnceLock::new()).collect())
    }

    /// Relaxed: whoever reads the bits has waited for whoever set them.
    fn set(&self, at: usize) {
        let block = self.0[at / (WORDS * BITS)]
            .get_or_init(|| Box::new(array::from_fn(|_| AtomicU64::new(0))));
        let bit = 1 << (at % BITS);
        block[at / BITS % WORDS].fetch_or(bit, Ordering::Relaxed);
    }

    /// What is set, ascending.
    fn all(&self) -> impl Iterator<Item = usize> {
        let blocks = self.0.iter().enumerate();
        let blocks = blocks.filter_map(|(at, block)| Some((at, block.get()?)));
        let words = blocks.flat_map(|(at, block)| {
            let words = block.iter().enumerate();
            words.map(move |(word, bits)| (at * WORDS + word, bits))
        });
        words.flat_map(|(word, bits)| {
            let mut rest = bits.load(Ordering::Relaxed);
            std::iter::from_fn(move || {
                let lowest = (rest != 0).then(|| rest.trailing_zeros() as usize)?;
                rest &= rest - 1;
                Some(word * BITS + lowest)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_is_listed_once_and_in_order() {
        let asked = Asked::new(10_000);
        let (first, last) = (DocumentId::new(3), DocumentId::new(9_999));
        for question in [
            Question::Units,
            Question::Body(first),
            Question::Document(last),
            Question::Document(first),
            Question::Document(last),
        ] {
            asked.note(question);
        }
        let expected = [
            Question::Document(first),
            Question::Document(last),
            Question::Body(first),
            Question::Units,
        ];
        assert_eq!(*asked.questions(), expected);
    }
}
