//! A self-check: the interview, and the same as plain links.

use super::{Ask, Draft, PageKind, crumb, sources};
use crate::atlas::Atlas;
use crate::atlas::routes;
use crate::diag::{Sink, SourceId, Span};
use crate::pages::linked::{Graph, Head};
use crate::pages::plan::Plan;
use crate::pages::self_checks;

/// The page of a self-check, by its index.
#[derive(Debug)]
struct CheckPage(usize);

/// Adds the pages of this kind to the plan.
pub fn pages(plan: &mut Plan) {
    for index in 0..plan.atlas.checks.len() {
        plan.add(CheckPage(index));
    }
}

/// The sources of a self-check: its own and those of the documents that it cites.
pub(super) fn sources_of(atlas: &Atlas, index: usize) -> Vec<SourceId> {
    let check = &atlas.checks[index];
    let mut from = sources(atlas, self_checks::cited(check));
    from.push(check.check.source);
    from
}

/// The crumb of the index of self-checks.
pub(super) fn index_crumb() -> crate::pages::view::Link {
    crumb("checks/index.html", "自查")
}

impl PageKind for CheckPage {
    fn path(&self, atlas: &Atlas) -> String {
        routes::check(&atlas.checks[self.0].check.id)
    }

    fn inputs(&self, atlas: &Atlas) -> Vec<SourceId> {
        sources_of(atlas, self.0)
    }

    fn origin(&self, atlas: &Atlas) -> Option<Span> {
        Some(Span::new(atlas.checks[self.0].check.source, 0..0))
    }

    fn draft(&self, ask: &Ask, _: &mut Sink) -> Option<Draft> {
        let check = &ask.atlas.checks[self.0].check;
        let view = self_checks::page(ask.atlas, self.0);
        let draft = Draft::new("check.html", &check.title.value, &check.description, &view)
            .below([index_crumb()])
            .section("checks/index.html");
        Some(draft)
    }

    fn linked(&self, ask: &Ask, head: &Head) -> Graph {
        let checked = ask.atlas.checks[self.0].check.checked.as_ref();
        Graph::page("WebPage", head).maybe("lastReviewed", checked.map(|c| c.on.to_string()))
    }
}
