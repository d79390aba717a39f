//! Atom feeds: of the site, of topics, and of counties that have documents of their own.

use super::{Ask, Draft, PageKind, sources};
use crate::atlas::Atlas;
use crate::atlas::agenda::{ALL, Scope};
use crate::atlas::routes;
use crate::diag::{Sink, SourceId};
use crate::pages::plan::Plan;
use crate::pages::subscribe;

#[derive(Debug)]
struct Feed(Scope);

/// Adds the pages of this kind to the plan.
pub fn pages(plan: &mut Plan) {
    plan.add(Feed(ALL));
    for scope in subscribe::feeds(plan.atlas) {
        plan.add(Feed(scope));
    }
}

impl PageKind for Feed {
    fn path(&self, atlas: &Atlas) -> String {
        routes::feed(atlas.model, self.0)
    }

    fn inputs(&self, atlas: &Atlas) -> Vec<SourceId> {
        match self.0 {
            ALL => sources(atlas, atlas.notices.iter().copied()),
            scope => sources(atlas, subscribe::listed(atlas, scope)),
        }
    }

    fn draft(&self, ask: &Ask, _: &mut Sink) -> Option<Draft> {
        let title = subscribe::feed_title(ask.atlas, self.0);
        let view = subscribe::feed(ask.atlas, self.0);
        let tagline = &ask.atlas.model.site.tagline;
        Some(Draft::new("atom.xml", title, tagline, &view).without_crumbs())
    }

    fn is_listed(&self) -> bool {
        false
    }
}
