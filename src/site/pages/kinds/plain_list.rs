//! The list of all plain pages, if they are more than the menu of a page has room for.

use super::{Ask, Draft, PageKind};
use crate::atlas::{Facts, routes};
use crate::diag::Sink;
use crate::pages::plan::Plan;
use crate::pages::texts;
use mingbai_forms::limits::Limit;

#[derive(Debug)]
struct PlainList;

/// Adds the pages of this kind to the plan.
pub fn pages(plan: &mut Plan) {
    let most = plan.facts.limits().most(Limit::Menu);
    if plan.facts.text_pages().nth(most).is_some() {
        plan.add(PlainList);
    }
}

impl PageKind for PlainList {
    fn path(&self, _: &Facts) -> String {
        routes::PAGES.into()
    }

    fn draft(&self, ask: &Ask, _: &mut Sink) -> Option<Draft> {
        let view = texts::list(ask.facts, ask.root);
        let description = "本站自己的全部网页。";
        Some(Draft::new("page.html", "全部网页", description, &view))
    }
}
