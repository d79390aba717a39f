//! The two phases of the model: as written, and as linked.
//!
//! Comes in: nothing (types only). Goes out: the types of references in each phase. All other fields of a document
//! are the same in both phases, so they are declared once, with the phase as a parameter.

use std::fmt::Debug;

use super::site::TopicId;
use super::{Citation, Cite, ClauseId, DocumentId};
use crate::diag::Spanned;

/// The types of references in a phase of the model.
pub trait Phase: Debug + Clone + Copy + PartialEq + Send + Sync + 'static {
    /// A citation: a clause with a quotation.
    type Cite: Debug + Clone + Send + Sync;
    type Document: Debug + Clone + Send + Sync;
    /// A clause of the document's own text.
    type Clause: Debug + Clone + Send + Sync;
    type Topic: Debug + Clone + Send + Sync;
    /// The year of a document whose kind requires one.
    type Year: Debug + Clone + Copy + Send + Sync + Into<Option<i16>>;
}

/// References are names, as written in the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written;

/// References are ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Linked;

impl Phase for Written {
    type Cite = Citation;
    type Document = Spanned<String>;
    type Clause = Spanned<String>;
    type Topic = Spanned<String>;
    type Year = Option<i16>;
}

impl Phase for Linked {
    type Cite = Cite;
    type Document = Spanned<DocumentId>;
    type Clause = ClauseId;
    type Topic = TopicId;
    type Year = i16;
}
