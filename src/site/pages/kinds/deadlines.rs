//! All windows and deadlines.

use super::{Ask, Draft, PageKind, Section};
use crate::atlas::Facts;
use crate::atlas::agenda::{ALL, Scope};
use crate::diag::Sink;
use crate::pages::lists;
use crate::pages::plan::Plan;

#[derive(Debug)]
struct Deadlines;

/// Adds the pages of this kind to the plan.
pub fn pages(plan: &mut Plan) {
    plan.add(Deadlines);
}

impl PageKind for Deadlines {
    fn path(&self, _: &Facts) -> String {
        Section::Times.path().into()
    }

    fn draft(&self, ask: &Ask, _: &mut Sink) -> Option<Draft> {
        let view = lists::calendar(ask.facts, ask.today);
        let description = "受理窗口和各项时限，学生的与机构的分开。";
        Some(Draft::new("deadlines.html", "时间一览", description, &view).section(Section::Times))
    }

    fn scope(&self, _: &Facts) -> Option<Scope> {
        Some(ALL)
    }
}
