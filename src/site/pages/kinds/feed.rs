//! Atom feeds: of the site, of topics, and of counties that have documents of their own.

use super::{Ask, Draft, PageKind};
use crate::atlas::Facts;
use crate::atlas::agenda::{ALL, Scope};
use crate::atlas::routes;
use crate::diag::Sink;
use crate::pages::plan::Plan;
use crate::pages::subscribe;

#[derive(Debug)]
struct Feed(Scope);

/// Adds the pages of this kind to the plan.
pub fn pages(plan: &mut Plan) {
    plan.add(Feed(ALL));
    for scope in subscribe::feeds(plan.facts) {
        plan.add(Feed(scope));
    }
}

impl PageKind for Feed {
    fn path(&self, facts: &Facts) -> String {
        routes::feed(facts, self.0)
    }

    fn draft(&self, ask: &Ask, _: &mut Sink) -> Option<Draft> {
        let title = subscribe::feed_title(ask.facts, self.0);
        let view = subscribe::feed(ask.facts, ask.today, self.0);
        let tagline = &ask.facts.site().tagline;
        Some(Draft::new("atom.xml", title, tagline, &view).without_crumbs())
    }

    fn is_listed(&self) -> bool {
        false
    }
}
