//! The worked cases of a self-check.

use super::{Ask, Draft, PageKind, Section};
use crate::atlas::Facts;
use crate::atlas::routes;
use crate::diag::{Sink, Span};
use crate::pages::linked::{Graph, Head};
use crate::pages::plan::Plan;
use crate::pages::self_checks;
use crate::pages::view::Link;

/// The worked cases of a self-check, by its index.
#[derive(Debug)]
struct ExamplesPage(usize);

/// Adds the pages of this kind to the plan.
pub fn pages(plan: &mut Plan) {
    for index in 0..plan.facts.check_count() {
        plan.add(ExamplesPage(index));
    }
}

impl PageKind for ExamplesPage {
    fn path(&self, facts: &Facts) -> String {
        routes::examples(&facts.check(self.0).check.id)
    }

    fn origin(&self, facts: &Facts) -> Option<Span> {
        Some(Span::new(facts.check(self.0).check.source, 0..0))
    }

    fn draft(&self, ask: &Ask, _: &mut Sink) -> Option<Draft> {
        let check = &ask.facts.check(self.0).check;
        let language = check.language;
        let title = language.is(&check.title.value, language.of("例子", "examples"));
        let description = language.of(
            "这份自查的全部例子：什么样的回答，应得什么结果。",
            "All examples of this self-check: which answers must have which outcome.",
        );
        let view = self_checks::examples(ask.facts, ask.today, self.0);
        let own = Link::new(&routes::check(&check.id), &check.title.value);
        let rules = Link::new(
            &routes::rules(&check.id),
            language.of("全部规则", "all rules"),
        );
        let draft = Draft::new("check-examples.html", title, description, &view)
            .in_language(language)
            .below([Section::Checks.crumb_in(language), own, rules])
            .section(Section::Checks);
        Some(draft)
    }

    fn linked(&self, _: &Ask, head: &Head) -> Graph {
        Graph::page("WebPage", head)
    }
}
