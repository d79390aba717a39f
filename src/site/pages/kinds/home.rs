//! The home page.

use super::{Ask, Draft, PageKind, Section};
use crate::atlas::Facts;
use crate::diag::Sink;
use crate::pages::linked::{self, Graph, Head};
use crate::pages::lists;
use crate::pages::plan::Plan;

#[derive(Debug)]
struct Home;

/// Adds the pages of this kind to the plan.
pub fn pages(plan: &mut Plan) {
    plan.add(Home);
}

impl PageKind for Home {
    fn path(&self, _: &Facts) -> String {
        Section::Home.path().into()
    }

    fn draft(&self, ask: &Ask, sink: &mut Sink) -> Option<Draft> {
        let site = &ask.facts.site();
        let mut links = Vec::new();
        let view = lists::home(ask.facts, ask.today, ask.root, &mut links, sink);
        let draft = Draft::new("home.html", &site.title, &site.tagline, &view);
        Some(draft.without_crumbs().section(Section::Home).links(links))
    }

    fn linked(&self, ask: &Ask, head: &Head) -> Graph {
        Graph::page("WebPage", head).and(linked::site(ask.facts.site()))
    }
}
