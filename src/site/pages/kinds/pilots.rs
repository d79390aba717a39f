//! A pilot list: its counties and the numbers that the text states.

use super::{Ask, Draft, document_draft};
use crate::diag::Sink;
use crate::model::DocumentId;

/// The page of the list.
pub fn draft(ask: &Ask, index: DocumentId, sink: &mut Sink) -> Option<Draft> {
    let made = ask.lists(index).pilots(sink)?;
    Some(document_draft(ask.facts.document(index), "", made))
}
