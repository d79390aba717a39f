//! Assessment results: grades with their counties, and stated numbers compared with computed ones.

use super::{Ask, Draft, document_draft};
use crate::diag::Sink;
use crate::model::DocumentId;

/// The page of the list.
pub fn draft(ask: &Ask, index: DocumentId, sink: &mut Sink) -> Option<Draft> {
    let made = ask.lists(index).assessment(sink)?;
    Some(document_draft(ask.facts.document(index), "", made))
}
