//! A self-check: the interview, and the same as plain links.

use super::{Ask, Draft, PageKind, Section};
use crate::atlas::Facts;
use crate::atlas::routes;
use crate::diag::{Sink, Span};
use crate::pages::linked::{Graph, Head};
use crate::pages::plan::Plan;
use crate::pages::self_checks;

/// The page of a self-check, by its index.
#[derive(Debug)]
struct CheckPage(usize);

/// Adds the pages of this kind to the plan.
pub fn pages(plan: &mut Plan) {
    for index in 0..plan.facts.check_count() {
        plan.add(CheckPage(index));
    }
}

impl PageKind for CheckPage {
    fn path(&self, facts: &Facts) -> String {
        routes::check(&facts.check(self.0).check.id)
    }

    fn origin(&self, facts: &Facts) -> Option<Span> {
        Some(Span::new(facts.check(self.0).check.source, 0..0))
    }

    fn draft(&self, ask: &Ask, _: &mut Sink) -> Option<Draft> {
        let check = &ask.facts.check(self.0).check;
        let view = self_checks::page(ask.facts, ask.today, self.0);
        let draft = Draft::new("check.html", &check.title.value, &check.description, &view)
            .in_language(check.language)
            .below([Section::Checks.crumb_in(check.language)])
            .section(Section::Checks);
        Some(draft)
    }

    fn runs_module(&self) -> bool {
        true
    }

    fn linked(&self, ask: &Ask, head: &Head) -> Graph {
        let checked = ask.facts.check(self.0).check.checked.as_ref();
        Graph::page("WebPage", head).maybe("lastReviewed", checked.map(|c| c.on.to_string()))
    }
}
