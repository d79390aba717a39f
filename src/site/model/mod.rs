//! The model: what the sources say, known and typed, immutable once loaded.
//!
//! Comes in: [`Sources`](crate::sources::Sources). Goes out: [`Model`]: site, regions, topics, documents and
//! pages. Notices, pilot lists, schedules and assessments share one shell ([`Document`]) and differ in one
//! enum ([`Kind`]). What can be judged from one file alone is judged here; what takes two documents (does the
//! cited clause exist, do the words quoted stand in it) is the business of `checks`.

pub mod clause;
mod document;
pub mod glossary;
mod kind;
mod load;
pub mod region;
mod site;
pub mod status;

pub use mingbai_forms::{Cite, ClauseId, DocumentId, date, decode, shape};

pub use clause::{Block, BlockKind, Body, Clause};
pub use date::{Bound, BoundKind, When};
pub use document::*;
pub use glossary::Term;
pub use kind::DocumentKind;
pub use load::{Loaded, load, load_again};
pub use region::{EditionId, Place, PrefectureId, ProvinceId, Regions, UnitId, UnitKind};
pub use site::{Site, TextPage, TextPageId, Topic, TopicId, bad_file_name, base_url, is_id};
pub use status::{
    Code, Course, Scale, State, deadline_course, deadline_state, document_course, document_state,
    past_since, window_course, window_state,
};

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use typed_index_collections::TiVec;

/// Everything that is known. Documents are in the order of their ids.
#[derive(Debug)]
pub struct Model {
    pub site: Site,
    pub regions: Arc<Regions>,
    pub topics: TiVec<TopicId, Topic>,
    pub glossary: Vec<glossary::Term>,
    pub documents: TiVec<DocumentId, Arc<Document>>,
    pub pages: TiVec<TextPageId, TextPage>,
    /// Ids of files that could not be loaded: why was said there, and what cites them is not blamed.
    pub failed: HashSet<String>,
    /// Whether every topic was loaded.
    pub topics_sound: bool,
    by_id: HashMap<String, DocumentId>,
    by_number: HashMap<String, DocumentId>,
}

/// A citation that was found: document and clause by index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    pub document: DocumentId,
    pub clause: ClauseId,
}

/// Why a citation leads nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotFound {
    /// The document named (or the file's own source) does not exist.
    Document,
    /// It exists but has no text to cite.
    NoText(DocumentId),
    Clause(DocumentId),
}

impl Model {
    /// The document of an id (`shanxi-2020-renewal`).
    pub fn document(&self, id: &str) -> Option<DocumentId> {
        self.by_id.get(id).copied()
    }

    /// The notice that carries a document number, however its brackets are written.
    pub fn by_number(&self, number: &str) -> Option<DocumentId> {
        self.by_number.get(&crate::text::fold(number)).copied()
    }

    /// Our own document of one that a text names: by the id given, else by its number.
    pub fn cited(&self, cited: &Cited) -> Option<DocumentId> {
        match &cited.notice {
            Some(id) => self.document(&id.value),
            None => cited
                .number
                .as_ref()
                .and_then(|number| self.by_number(&number.value)),
        }
    }

    /// The notice that a document's facts are cited from: itself, or the source it names.
    pub fn source_of(&self, document: DocumentId) -> Option<DocumentId> {
        let document_ = &self.documents[document];
        match document_.kind.source() {
            None => Some(document),
            Some(source) => self.document(&source.value),
        }
    }

    /// Finds the clause that a citation names.
    pub fn resolve(&self, document: DocumentId, citation: &Citation) -> Result<Found, NotFound> {
        self.resolve_from(self.source_of(document), citation)
    }

    /// Finds the clause that a citation names; one that names no document means a clause of `source`.
    pub fn resolve_from(
        &self,
        source: Option<DocumentId>,
        citation: &Citation,
    ) -> Result<Found, NotFound> {
        let (target, clause) = match citation.clause.value.split_once('#') {
            Some((id, clause)) => (self.document(id.trim()), clause),
            None => (source, citation.clause.value.as_str()),
        };
        let target = target.ok_or(NotFound::Document)?;
        let body = self.documents[target]
            .body
            .as_ref()
            .ok_or(NotFound::NoText(target))?;
        let clause = body.find(clause).ok_or(NotFound::Clause(target))?;
        Ok(Found {
            document: target,
            clause,
        })
    }

    /// The topic of a name, id or alias.
    pub fn topic(&self, word: &str) -> Option<TopicId> {
        self.topics.position(|topic| {
            topic.id == word
                || topic.name == word
                || topic.aliases.iter().any(|alias| alias == word)
        })
    }
}
