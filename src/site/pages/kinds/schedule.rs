//! A schedule of a county: when, where, how and how many.

use super::{Ask, Draft, PageKind, document_draft, document_graph, first_point};
use crate::atlas::Facts;
use crate::atlas::agenda::Scope;
use crate::atlas::routes;
use crate::diag::{Sink, Span};
use crate::model::{DocumentId, Kind};
use crate::pages::documents;
use crate::pages::linked::{self, Graph, Head};
use crate::pages::plan::Plan;

/// The page of a document, by its id.
#[derive(Debug)]
struct SchedulePage(DocumentId);

/// Adds the pages of this kind to the plan.
pub fn pages(plan: &mut Plan) {
    for index in plan.facts.documents() {
        if matches!(plan.facts.document(index).kind, Kind::Schedule(_)) {
            plan.add(SchedulePage(index));
        }
    }
}

impl PageKind for SchedulePage {
    fn path(&self, facts: &Facts) -> String {
        routes::document(facts, self.0)
    }

    fn origin(&self, facts: &Facts) -> Option<Span> {
        Some(Span::new(facts.document(self.0).source, 0..0))
    }

    fn draft(&self, ask: &Ask, sink: &mut Sink) -> Option<Draft> {
        let document = ask.facts.document(self.0);
        let made = documents::schedule(ask.facts, ask.today(), self.0, ask.root, sink)?;
        let description = first_point(document);
        Some(document_draft(
            document,
            &description,
            &made.view,
            made.links,
        ))
    }

    fn linked(&self, ask: &Ask, head: &Head) -> Graph {
        document_graph(ask, head, self.0)
            .maybe_and(linked::service(ask.facts, self.0))
            .extend(linked::events(ask.facts, self.0))
    }

    fn scope(&self, facts: &Facts) -> Option<Scope> {
        let place = facts.document(self.0).place?;
        Some(Scope::Place(facts.regions().today(place)))
    }
}
