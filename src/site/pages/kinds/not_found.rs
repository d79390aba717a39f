//! The page for addresses that do not exist. It is served from any depth, so its links begin at the root of the host.

use super::{Ask, Draft, PageKind};
use crate::atlas::Facts;
use crate::config::BaseUrl;
use crate::diag::Sink;
use crate::pages::plan::Plan;

#[derive(Debug)]
struct NotFound;

/// Adds the pages of this kind to the plan.
pub fn pages(plan: &mut Plan) {
    plan.add(NotFound);
}

impl PageKind for NotFound {
    fn path(&self, _: &Facts) -> String {
        "404.html".into()
    }

    fn draft(&self, _: &Ask, _: &mut Sink) -> Option<Draft> {
        let draft = Draft::new("404.html", "没有这个页面", "您要找的页面不在这里。", &());
        Some(draft.without_crumbs())
    }

    fn is_listed(&self) -> bool {
        false
    }

    fn root(&self, _: &str, base_url: &BaseUrl) -> String {
        base_url.path().to_owned()
    }
}
