//! Names and what they refer to. Only this module looks up documents and topics by string.
//!
//! Comes in: the documents and topics of a model. Goes out: ids, or the reason why there is none. It does not report
//! anything. What was looked up can be noted ([`Names::noting`]).

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use typed_index_collections::TiSlice;

use crate::model::clause::MAIN;
use crate::model::{
    Citation, ClauseId, Document, DocumentId, Kind, Linked, Model, Phase, Topic, TopicId,
};

/// The names of a model.
#[derive(Debug)]
pub struct Names<'a, P: Phase = Linked> {
    pub documents: &'a TiSlice<DocumentId, Arc<Document<P>>>,
    pub topics: &'a TiSlice<TopicId, Topic>,
    index: Arc<Index<'a>>,
    looked_up: Option<&'a LookedUp>,
}

/// What each name stands for.
#[derive(Debug)]
struct Index<'a> {
    by_id: HashMap<&'a str, DocumentId>,
    by_number: HashMap<String, DocumentId>,
    by_topic: HashMap<&'a str, TopicId>,
}

/// A notebook of the ids of documents that were looked up.
#[derive(Debug, Default)]
pub struct LookedUp(Mutex<BTreeSet<Box<str>>>);

impl LookedUp {
    fn note(&self, id: &str) {
        let mut ids = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !ids.contains(id) {
            ids.insert(id.into());
        }
    }

    /// The ids, ascending.
    pub fn into_ids(self) -> Box<[Box<str>]> {
        let ids = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        ids.into_iter().collect()
    }
}

/// A clause that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    pub document: DocumentId,
    pub clause: ClauseId,
}

/// Why a citation has no clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotFound {
    /// The document that it names (or the source of the file) does not exist.
    Document,
    /// The document has no text.
    NoText(DocumentId),
    Clause(DocumentId),
}

impl<'a, P: Phase> Names<'a, P> {
    /// The names of a model.
    pub fn new(model: &'a Model<P>) -> Self {
        Self::of(&model.documents, &model.topics)
    }

    /// The names of some documents and topics.
    pub(super) fn of(
        documents: &'a TiSlice<DocumentId, Arc<Document<P>>>,
        topics: &'a TiSlice<TopicId, Topic>,
    ) -> Self {
        let by_id = documents.iter_enumerated();
        let by_id = by_id.map(|(id, document)| (document.id.as_str(), id));
        let by_number =
            documents
                .iter_enumerated()
                .filter_map(|(id, document)| match &document.kind {
                    Kind::Notice(notice) => {
                        let number = notice.number.as_ref()?;
                        Some((crate::text::fold(&number.value), id))
                    }
                    _ => None,
                });
        let mut by_topic: HashMap<&str, TopicId> = HashMap::new();
        for (id, topic) in topics.iter_enumerated() {
            let names = [&topic.id, &topic.name].into_iter().chain(&topic.aliases);
            for name in names {
                by_topic.entry(name).or_insert(id);
            }
        }
        let index = Index {
            by_topic,
            by_id: by_id.collect(),
            by_number: by_number.collect(),
        };
        Self {
            documents,
            topics,
            index: Arc::new(index),
            looked_up: None,
        }
    }

    /// The same names; the documents that are looked up are noted.
    pub fn noting<'b>(&self, looked_up: &'b LookedUp) -> Names<'b, P>
    where
        'a: 'b,
    {
        Names {
            documents: self.documents,
            topics: self.topics,
            index: self.index.clone(),
            looked_up: Some(looked_up),
        }
    }

    fn note(&self, id: &str) {
        if let Some(looked_up) = self.looked_up {
            looked_up.note(id);
        }
    }

    /// The document with an id (`shanxi-2020-renewal`).
    pub fn document(&self, id: &str) -> Option<DocumentId> {
        self.note(id);
        self.index.by_id.get(id).copied()
    }

    /// The notice with a document number, however its brackets are written.
    pub fn by_number(&self, number: &str) -> Option<DocumentId> {
        let found = self.index.by_number.get(&crate::text::fold(number));
        found.copied()
    }

    /// The topic with a name, id or alias.
    pub fn topic(&self, word: &str) -> Option<TopicId> {
        self.index.by_topic.get(word).copied()
    }

    /// Finds the clause of a citation. `source` is the document of a clause that names none.
    pub fn resolve(
        &self,
        source: Option<DocumentId>,
        citation: &Citation,
    ) -> Result<Found, NotFound> {
        let (target, clause) = match citation.clause.value.split_once('#') {
            Some((id, clause)) => (self.document(id.trim()), clause),
            None => (source, citation.clause.value.as_str()),
        };
        let target = target.ok_or(NotFound::Document)?;
        self.note(&self.documents[target].id);
        let body = self.documents[target]
            .body
            .as_ref()
            .ok_or(NotFound::NoText(target))?;
        let is_whole = citation.unstated.as_ref().is_some_and(|one| one.whole);
        let found = if is_whole {
            Some(MAIN)
        } else {
            body.find(clause)
        };
        let clause = found.ok_or(NotFound::Clause(target))?;
        Ok(Found {
            document: target,
            clause,
        })
    }
}
