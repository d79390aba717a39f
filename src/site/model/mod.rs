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
mod phase;
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
pub use phase::{Linked, Phase, Written};
pub use region::{EditionId, Place, PrefectureId, ProvinceId, Regions, UnitId, UnitKind};
pub use site::{Site, TextPage, TextPageId, Topic, TopicId, bad_file_name, base_url, is_id};
pub use status::{
    Code, Course, Scale, State, deadline_course, deadline_state, document_course, document_state,
    past_since, window_course, window_state,
};

use std::collections::HashSet;
use std::sync::Arc;

use typed_index_collections::TiVec;

/// Everything that is known. Documents are in the order of their ids.
#[derive(Debug)]
pub struct Model<P: Phase = Linked> {
    pub site: Site,
    pub regions: Arc<Regions>,
    pub topics: TiVec<TopicId, Topic>,
    pub glossary: Vec<glossary::Term<P>>,
    pub documents: TiVec<DocumentId, Arc<Document<P>>>,
    pub pages: TiVec<TextPageId, TextPage>,
    /// Ids of files that could not be loaded: why was said there, and what cites them is not blamed.
    pub failed: HashSet<String>,
    /// Whether every topic was loaded.
    pub topics_sound: bool,
}

impl Model {
    /// The document whose text says what a document says: itself, or the notice that it was made from.
    pub fn text_of(&self, document: DocumentId) -> DocumentId {
        let source = self.documents[document].kind.source();
        source.map_or(document, |source| source.value)
    }

    /// The clause that a citation is about; none if its document has no text.
    pub fn clause(&self, cite: &Cite) -> Option<&Clause> {
        let body = self.documents[cite.document].body.as_ref()?;
        body.clauses.get(cite.clause)
    }
}
