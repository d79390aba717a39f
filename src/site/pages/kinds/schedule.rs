//! A schedule of a county: when, where, how and how many.

use super::{Ask, Draft, PageKind, document_draft, document_graph, document_sources, first_point};
use crate::atlas::Atlas;
use crate::atlas::agenda::Scope;
use crate::atlas::routes;
use crate::diag::{Sink, SourceId, Span};
use crate::model::{DocumentId, Kind};
use crate::pages::documents;
use crate::pages::linked::{self, Graph, Head};
use crate::pages::plan::Plan;

/// The page of a document, by its id.
#[derive(Debug)]
struct SchedulePage(DocumentId);

/// Adds the pages of this kind to the plan.
pub fn pages(plan: &mut Plan) {
    for index in plan.atlas.model.documents.keys() {
        if matches!(plan.atlas.model.documents[index].kind, Kind::Schedule(_)) {
            plan.add(SchedulePage(index));
        }
    }
}

impl PageKind for SchedulePage {
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
        let made = documents::schedule(ask.atlas, self.0, ask.root, sink)?;
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
            .maybe_and(linked::service(ask.atlas, self.0))
            .extend(linked::events(ask.atlas, self.0))
    }

    fn scope(&self, atlas: &Atlas) -> Option<Scope> {
        let place = atlas.model.documents[self.0].place?;
        Some(Scope::Place(atlas.model.regions.today(place)))
    }
}
