//! Assessment results: grades with their counties, and stated numbers compared with computed ones.

use super::{Ask, Draft, PageKind, document_draft, document_graph, document_sources, first_point};
use crate::atlas::Atlas;
use crate::atlas::routes;
use crate::diag::{Sink, SourceId, Span};
use crate::model::{DocumentId, Kind};
use crate::pages::documents;
use crate::pages::linked::{self, Graph, Head};
use crate::pages::plan::Plan;

/// The page of a document, by its id.
#[derive(Debug)]
struct AssessmentPage(DocumentId);

/// Adds the pages of this kind to the plan.
pub fn pages(plan: &mut Plan) {
    for index in plan.atlas.model.documents.keys() {
        if matches!(plan.atlas.model.documents[index].kind, Kind::Assessment(_)) {
            plan.add(AssessmentPage(index));
        }
    }
}

impl PageKind for AssessmentPage {
    fn path(&self, atlas: &Atlas) -> String {
        routes::document(atlas.model, self.0)
    }

    fn inputs(&self, atlas: &Atlas) -> Vec<SourceId> {
        document_sources(atlas, self.0)
    }

    fn origin(&self, atlas: &Atlas) -> Option<Span> {
        Some(Span::new(atlas.model.documents[self.0].source, 0..0))
    }

    fn draft(&self, ask: &Ask, sink: &mut Sink) -> Option<Draft> {
        let document = &ask.atlas.model.documents[self.0];
        let made = documents::assessment(ask.atlas, &ask.data(), self.0, ask.root, sink)?;
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
