//! The whole rule set of a self-check: picture, paths, conditions.

use super::{Ask, Draft, PageKind, Section};
use crate::atlas::Facts;
use crate::atlas::routes;
use crate::diag::{Sink, Span};
use crate::pages::linked::{Graph, Head};
use crate::pages::plan::Plan;
use crate::pages::self_checks;
use crate::pages::view::Link;

/// The rules of a self-check, by its index.
#[derive(Debug)]
struct RulesPage(usize);

/// Adds the pages of this kind to the plan.
pub fn pages(plan: &mut Plan) {
    for index in 0..plan.facts.check_count() {
        plan.add(RulesPage(index));
    }
}

impl PageKind for RulesPage {
    fn path(&self, facts: &Facts) -> String {
        routes::rules(&facts.check(self.0).check.id)
    }

    fn origin(&self, facts: &Facts) -> Option<Span> {
        Some(Span::new(facts.check(self.0).check.source, 0..0))
    }

    fn draft(&self, ask: &Ask, _: &mut Sink) -> Option<Draft> {
        let check = &ask.facts.check(self.0).check;
        let language = check.language;
        let title = language.is(&check.title.value, language.of("全部规则", "all rules"));
        let description = language.of(
            "这份自查的全部规则和路径，每一条都注明出处。",
            "All rules and paths of this self-check, each with its source.",
        );
        let view = self_checks::rules(ask.facts, ask.today, self.0);
        let own = Link::new(&routes::check(&check.id), &check.title.value);
        let draft = Draft::new("check-rules.html", title, description, &view)
            .in_language(language)
            .below([Section::Checks.crumb_in(language), own])
            .section(Section::Checks);
        Some(draft)
    }

    fn linked(&self, _: &Ask, head: &Head) -> Graph {
        Graph::page("WebPage", head)
    }
}
