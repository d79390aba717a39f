//! The two states of a model: as written, and linked.
//!
//! Comes in: nothing (types only). Goes out: for each state the types of what a document refers to. Everything else of a
//! document is the same in both, so it is declared once, with the state as a parameter.

use std::fmt::Debug;

use super::site::TopicId;
use super::{Citation, Cite, ClauseId, DocumentId};
use crate::diag::Spanned;

/// What references are in a state of the model.
pub trait Phase: Debug + Clone + Copy + PartialEq + Send + Sync + 'static {
    /// A clause with the words that say so.
    type Cite: Debug + Clone + Send + Sync;
    type Document: Debug + Clone + Send + Sync;
    /// A clause of the document's own text.
    type Clause: Debug + Clone + Send + Sync;
    type Topic: Debug + Clone + Send + Sync;
    /// The year of a kind of document that must have one.
    type Year: Debug + Clone + Copy + Send + Sync + Into<Option<i16>>;
}

/// Names as they stand in the files; nobody has looked for what they name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written;

/// Names turned into what they name.
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
