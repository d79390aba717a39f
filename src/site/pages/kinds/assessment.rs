//! Assessment results: grades with their counties, and stated numbers compared with computed ones.

use super::{Ask, Draft, PageKind, document_draft, document_graph, first_point};
use crate::atlas::Facts;
use crate::atlas::routes;
use crate::diag::{Sink, Span};
use crate::model::{DocumentId, Kind};
use crate::pages::documents;
use crate::pages::linked::{self, Graph, Head};
use crate::pages::plan::Plan;

/// The page of a document, by its id.
#[derive(Debug)]
struct AssessmentPage(DocumentId);

/// Adds the pages of this kind to the plan.
pub fn pages(plan: &mut Plan) {
    for index in plan.facts.documents() {
        if matches!(plan.facts.document(index).kind, Kind::Assessment(_)) {
            plan.add(AssessmentPage(index));
        }
    }
}

impl PageKind for AssessmentPage {
    fn path(&self, facts: &Facts) -> String {
        routes::document(facts, self.0)
    }

    fn origin(&self, facts: &Facts) -> Option<Span> {
        Some(Span::new(facts.document(self.0).source, 0..0))
    }

    fn draft(&self, ask: &Ask, sink: &mut Sink) -> Option<Draft> {
        let document = ask.facts.document(self.0);
        let made =
            documents::assessment(ask.facts, ask.today(), &ask.data(), self.0, ask.root, sink)?;
        let description = first_point(document);
        Some(document_draft(
            document,
            &description,
            &made.view,
            made.links,
        ))
    }

    fn linked(&self, ask: &Ask, head: &Head) -> Graph {
        document_graph(ask, head, self.0).and(linked::list_dataset(ask, head, self.0))
    }
}
