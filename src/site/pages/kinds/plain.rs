//! Plain pages of the site's own: ordinary Markdown.

use super::{Ask, Draft, PageKind};
use crate::atlas::Atlas;
use crate::diag::{Sink, SourceId, Span};
use crate::model::TextPageId;
use crate::pages::documents;
use crate::pages::linked::{Graph, Head};
use crate::pages::plan::Plan;

/// A plain page, by its id.
#[derive(Debug)]
struct PlainPage(TextPageId);

/// Adds the pages of this kind to the plan.
pub fn pages(plan: &mut Plan) {
    for index in plan.atlas.model.pages.keys() {
        plan.add(PlainPage(index));
    }
}

impl PageKind for PlainPage {
    fn path(&self, atlas: &Atlas) -> String {
        format!("{}.html", atlas.model.pages[self.0].id)
    }

    fn inputs(&self, atlas: &Atlas) -> Vec<SourceId> {
        vec![atlas.model.pages[self.0].source]
    }

    fn origin(&self, atlas: &Atlas) -> Option<Span> {
        Some(Span::new(atlas.model.pages[self.0].source, 0..0))
    }

    fn draft(&self, ask: &Ask, sink: &mut Sink) -> Option<Draft> {
        let page = &ask.atlas.model.pages[self.0];
        let made = documents::page(ask.atlas, page, ask.root, sink);
        let description = page.description.as_ref().unwrap_or(&page.title);
        Some(Draft::new("page.html", &page.title, description, &made.view).links(made.links))
    }

    fn linked(&self, _: &Ask, head: &Head) -> Graph {
        Graph::page("WebPage", head)
    }
}
