//! The index of topics.

use super::{Ask, Draft, PageKind, all_sources};
use crate::atlas::Atlas;
use crate::diag::{Sink, SourceId};
use crate::pages::lists;
use crate::pages::plan::Plan;

#[derive(Debug)]
struct Topics;

/// Adds the pages of this kind to the plan.
pub fn pages(plan: &mut Plan) {
    plan.add(Topics);
}

impl PageKind for Topics {
    fn path(&self, _: &Atlas) -> String {
        "topics/index.html".into()
    }

    fn inputs(&self, atlas: &Atlas) -> Vec<SourceId> {
        all_sources(atlas)
    }

    fn draft(&self, ask: &Ask, _: &mut Sink) -> Option<Draft> {
        let view = lists::topics(ask.atlas);
        let description = "按事情找文件。";
        Some(Draft::new("topics.html", "主题", description, &view).section("topics/index.html"))
    }
}
