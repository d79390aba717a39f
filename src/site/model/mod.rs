//! The model: the contents of the sources, typed. It does not change after linking.
//!
//! Comes in: [`Sources`](crate::sources::Sources). Goes out: [`Model`]: site, regions, topics, documents and pages.
//! Notices, pilot lists, schedules and assessments have common fields ([`Document`]) and differ in one enum
//! ([`Kind`]). This module checks what a single file shows. `link` and `lints` check what involves two files.

pub mod clause;
mod document;
pub mod glossary;
mod kind;
mod load;
mod numbering;
mod phase;
pub mod region;
mod site;
pub mod status;

pub use mingbai_forms::{Cite, ClauseId, DocumentId, Missing, WHOLE, date, decode, shape};

pub use clause::{Block, BlockKind, Body, Clause, MAIN};
pub use date::{Bound, BoundKind, When};
pub use document::*;
pub use glossary::Term;
pub use kind::DocumentKind;
pub use load::{Loaded, load, load_again};
pub use phase::{Linked, Phase, Written};
pub use region::{EditionId, Place, PrefectureId, ProvinceId, Regions, UnitId, UnitKind};
pub use site::{
    HOSTING, Hosting, Moved, Site, TextPage, TextPageId, Topic, TopicId, WITHDRAWN, bad_file_name,
    empty, is_id, load_site,
};
pub use status::{
    Code, Course, Daily, Scale, Standing, State, deadline_course, deadline_state, document_course,
    document_state, is_dated, past_since, schedule_course, window_course, window_state,
};

use std::collections::HashSet;
use std::sync::Arc;

use typed_index_collections::TiVec;

/// The whole model. Documents are sorted by id.
#[derive(Debug)]
pub struct Model<P: Phase = Linked> {
    pub site: Site,
    pub regions: Arc<Regions>,
    pub topics: TiVec<TopicId, Topic>,
    pub glossary: Vec<glossary::Term<P>>,
    pub documents: TiVec<DocumentId, Arc<Document<P>>>,
    pub pages: TiVec<TextPageId, TextPage>,
    /// The ids of files that could not be loaded. The cause was reported, so citations of them are not.
    pub failed: HashSet<String>,
    /// Whether all topics were loaded.
    pub topics_sound: bool,
}

impl Model {
    /// The document whose text a document is based on: itself, or its source.
    pub fn text_of(&self, document: DocumentId) -> DocumentId {
        let source = self.documents[document].kind.source();
        source.map_or(document, |source| source.value)
    }

    /// The clause of a citation; nothing if its document has no text.
    pub fn clause(&self, cite: &Cite) -> Option<&Clause> {
        let body = self.documents[cite.document].body.as_ref()?;
        body.clauses.get(cite.clause)
    }
}
