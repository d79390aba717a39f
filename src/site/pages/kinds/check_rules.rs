//! The whole rule set of a self-check: picture, paths, conditions, examples.

use super::{Ask, Draft, PageKind, check, crumb};
use crate::atlas::Atlas;
use crate::atlas::routes;
use crate::diag::{Sink, SourceId, Span};
use crate::pages::linked::{Graph, Head};
use crate::pages::plan::Plan;
use crate::pages::self_checks;

/// The rules of a self-check, by its index.
#[derive(Debug)]
struct RulesPage(usize);

/// Adds the pages of this kind to the plan.
pub fn pages(plan: &mut Plan) {
    for index in 0..plan.atlas.checks.len() {
        plan.add(RulesPage(index));
    }
}

impl PageKind for RulesPage {
    fn path(&self, atlas: &Atlas) -> String {
        routes::rules(&atlas.checks[self.0].check.id)
    }

    fn inputs(&self, atlas: &Atlas) -> Vec<SourceId> {
        check::sources_of(atlas, self.0)
    }

    fn origin(&self, atlas: &Atlas) -> Option<Span> {
        Some(Span::new(atlas.checks[self.0].check.source, 0..0))
    }

    fn draft(&self, ask: &Ask, _: &mut Sink) -> Option<Draft> {
        let check = &ask.atlas.checks[self.0].check;
        let title = format!("{}：全部规则", check.title.value);
        let description = "这份自查的全部规则、路径和例子，每一条都注明出处。";
        let view = self_checks::rules(ask.atlas, self.0);
        let own = crumb(&routes::check(&check.id), &check.title.value);
        let draft = Draft::new("check-rules.html", title, description, &view)
            .below([check::index_crumb(), own])
            .section("checks/index.html");
        Some(draft)
    }

    fn linked(&self, _: &Ask, head: &Head) -> Graph {
        Graph::page("WebPage", head)
    }
}
