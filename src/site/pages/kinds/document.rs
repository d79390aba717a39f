//! A document of any kind: what the pages of the four kinds have in common.
//!
//! Address, place in the source and navigation are the same; each kind makes its own view and linked data.

use super::{Ask, Draft, PageKind, assessment, notice, pilots, schedule};
use crate::atlas::Facts;
use crate::atlas::agenda::Scope;
use crate::atlas::routes;
use crate::diag::{Sink, Span};
use crate::memo::Keyed;
use crate::model::{DocumentId, Kind};
use crate::pages::linked::{self, Graph, Head};
use crate::pages::plan::Plan;
use crate::tables::{Dataset, Tables};

/// The page of a document, by its id.
#[derive(Debug)]
struct DocumentPage(DocumentId);

/// Adds the pages of all documents to the plan.
pub fn pages(plan: &mut Plan) {
    for index in plan.facts.documents() {
        plan.add(DocumentPage(index));
    }
}

impl PageKind for DocumentPage {
    fn path(&self, facts: &Facts) -> String {
        routes::document(facts, self.0)
    }

    fn origin(&self, facts: &Facts) -> Option<Span> {
        Some(Span::new(facts.document(self.0).source, 0..0))
    }

    fn draft(&self, ask: &Ask, sink: &mut Sink) -> Option<Draft> {
        match &ask.facts.document(self.0).kind {
            Kind::Notice(notice) => Some(notice::draft(ask, self.0, notice, sink)),
            Kind::Pilots(_) => pilots::draft(ask, self.0, sink),
            Kind::Schedule(_) => schedule::draft(ask, self.0, sink),
            Kind::Assessment(_) => assessment::draft(ask, self.0, sink),
        }
    }

    fn has_sizes(&self, facts: &Facts, _tables: &Tables) -> bool {
        !facts.document(self.0).kind.rows().is_empty()
    }

    fn name(&self, facts: &Facts, tables: &Tables) -> Keyed {
        let is_list = self.has_sizes(facts, tables);
        let dataset = is_list.then(|| tables.of_document(self.0)).flatten();
        let keyed = dataset.map_or_else(Keyed::new, Dataset::key_with_sizes);
        keyed.text("page of a document")
    }

    /// The page is about the thing that its kind describes.
    fn linked(&self, ask: &Ask, head: &Head) -> Graph {
        let document = ask.facts.document(self.0);
        let checked = document.checked.as_ref().map(|c| c.on.to_string());
        let graph = Graph::page("WebPage", head)
            .maybe("lastReviewed", checked)
            .main_entity();
        match &document.kind {
            Kind::Notice(notice) => notice::linked(graph, ask, head, self.0, notice),
            Kind::Schedule(_) => schedule::linked(graph, ask, self.0),
            Kind::Pilots(_) | Kind::Assessment(_) => {
                graph.and(linked::list_dataset(&ask.data(), head, self.0))
            }
        }
    }

    fn scope(&self, facts: &Facts) -> Option<Scope> {
        match &facts.document(self.0).kind {
            Kind::Schedule(_) => schedule::scope(facts, self.0),
            Kind::Notice(_) | Kind::Pilots(_) | Kind::Assessment(_) => None,
        }
    }
}
