//! The page of search results; without script a register.

use super::{Ask, Draft, PageKind};
use crate::atlas::Facts;
use crate::diag::Sink;
use crate::pages::linked::{Graph, Head};
use crate::pages::lists;
use crate::pages::plan::Plan;

#[derive(Debug)]
struct Search;

/// Adds the pages of this kind to the plan.
pub fn pages(plan: &mut Plan) {
    plan.add(Search);
}

impl PageKind for Search {
    fn path(&self, _: &Facts) -> String {
        "search/index.html".into()
    }

    fn draft(&self, ask: &Ask, _: &mut Sink) -> Option<Draft> {
        let view = lists::search(ask.facts, ask.today);
        let description = "搜县名、文号，或者像平常说话那样问。";
        Some(Draft::new("search.html", "搜索", description, &view))
    }

    fn linked(&self, _: &Ask, head: &Head) -> Graph {
        Graph::page("SearchResultsPage", head)
    }
}
