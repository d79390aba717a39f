//! A pilot list: its counties and the numbers that the text states.

use super::{Ask, Draft, document_draft, first_point};
use crate::diag::Sink;
use crate::model::DocumentId;

/// The page of the list.
pub fn draft(ask: &Ask, index: DocumentId, sink: &mut Sink) -> Option<Draft> {
    let document = ask.facts.document(index);
    let made = ask.lists(index).pilots(sink)?;
    let description = first_point(document);
    Some(document_draft(
        document,
        &description,
        &made.view,
        made.links,
    ))
}
