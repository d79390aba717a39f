//! What was asked: the questions that a page asks of the facts.
//!
//! Comes in: [`Question`]s, as they are asked. Goes out: [`Asked`], the notebook of a page.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::agenda::Scope;
use crate::model::{DocumentId, DocumentKind, Place, TextPageId, TopicId, UnitId};

/// A question to the facts. Divisions and topics have the same numbers in every run that may use an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Question {
    /// What a document says.
    Document(DocumentId),
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
    /// What names a unit.
    Unit(UnitId),
    HasUnit(UnitId),
    /// Which units there are, and what names them.
    Units,
    Prefectures,
    Provinces,
    Windows,
    Deadlines,
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
    /// A bit for each document: most questions are about one.
    documents: Box<[AtomicU64]>,
    others: Mutex<BTreeSet<Question>>,
}

const BITS: usize = u64::BITS as usize;

impl Asked {
    /// An empty notebook for so many documents.
    pub(super) fn new(count: usize) -> Self {
        let words = count.div_ceil(BITS);
        Self {
            documents: (0..words).map(|_| AtomicU64::new(0)).collect(),
            others: Mutex::default(),
        }
    }

    /// Notes a question. Relaxed: whoever reads the notebook has waited for whoever wrote it.
    pub(super) fn note(&self, question: Question) {
        if let Question::Document(id) = question {
            let bit = 1 << (id.index() % BITS);
            self.documents[id.index() / BITS].fetch_or(bit, Ordering::Relaxed);
        } else {
            let mut others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
            others.insert(question);
        }
    }

    /// The questions, in their order.
    pub fn questions(&self) -> Box<[Question]> {
        let documents = self.documents.iter().enumerate().flat_map(|(word, bits)| {
            let mut rest = bits.load(Ordering::Relaxed);
            std::iter::from_fn(move || {
                let lowest = (rest != 0).then(|| rest.trailing_zeros() as usize)?;
                rest &= rest - 1;
                Some(Question::Document(DocumentId::new(word * BITS + lowest)))
            })
        });
        let others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        documents.chain(others.iter().copied()).collect()
    }
}
