//! A schedule of a county: when, where, how and how many.

use super::{Ask, Draft, document_draft};
use crate::atlas::Facts;
use crate::atlas::agenda::Scope;
use crate::diag::Sink;
use crate::model::DocumentId;
use crate::pages::linked::{self, Graph};
use crate::pages::schedules;

/// The page of a schedule.
pub fn draft(ask: &Ask, index: DocumentId, sink: &mut Sink) -> Option<Draft> {
    let made = schedules::schedule(ask.facts, ask.today, index, ask.root, sink)?;
    Some(document_draft(ask.facts.document(index), "", made))
}

/// Adds the service that it arranges and its windows.
pub fn linked(graph: Graph, ask: &Ask, index: DocumentId) -> Graph {
    graph
        .maybe_and(linked::service(ask.facts, index))
        .extend(linked::events(ask.facts, index))
}

/// Its place.
pub fn scope(facts: &Facts, index: DocumentId) -> Option<Scope> {
    let place = facts.document(index).place?;
    Some(Scope::Place(facts.regions().today(place)))
}
