//! The index of topics.

use super::{Ask, Draft, PageKind, Section};
use crate::atlas::Facts;
use crate::diag::Sink;
use crate::pages::lists;
use crate::pages::plan::Plan;

#[derive(Debug)]
struct Topics;

/// Adds the pages of this kind to the plan.
pub fn pages(plan: &mut Plan) {
    plan.add(Topics);
}

impl PageKind for Topics {
    fn path(&self, _: &Facts) -> String {
        Section::Topics.path().into()
    }

    fn draft(&self, ask: &Ask, _: &mut Sink) -> Option<Draft> {
        let view = lists::topics(ask.facts);
        let description = "按事情找文件。";
        Some(Draft::new("topics.html", "主题", description, &view).section(Section::Topics))
    }
}
