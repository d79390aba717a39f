//! Plain pages of the site's own: ordinary Markdown.

use super::{Ask, Draft, PageKind};
use crate::atlas::Facts;
use crate::diag::{Sink, Span};
use crate::model::TextPageId;
use crate::pages::linked::{Graph, Head};
use crate::pages::plan::Plan;
use crate::pages::texts;

/// A plain page, by its id.
#[derive(Debug)]
struct PlainPage(TextPageId);

/// Adds the pages of this kind to the plan.
pub fn pages(plan: &mut Plan) {
    for index in plan.facts.text_pages() {
        plan.add(PlainPage(index));
    }
}

impl PageKind for PlainPage {
    fn path(&self, facts: &Facts) -> String {
        format!("{}.html", facts.text_page(self.0).id)
    }

    fn origin(&self, facts: &Facts) -> Option<Span> {
        Some(Span::new(facts.text_page(self.0).source, 0..0))
    }

    fn draft(&self, ask: &Ask, sink: &mut Sink) -> Option<Draft> {
        let page = ask.facts.text_page(self.0);
        let made = texts::page(ask.facts, page, ask.root, sink);
        let description = page.description.as_ref().unwrap_or(&page.title);
        Some(Draft::new("page.html", &page.title, description, &made.view).links(made.links))
    }

    fn lang(&self, facts: &Facts) -> Option<&'static str> {
        facts.text_page(self.0).lang
    }

    fn linked(&self, _: &Ask, head: &Head) -> Graph {
        Graph::page("WebPage", head)
    }
}
