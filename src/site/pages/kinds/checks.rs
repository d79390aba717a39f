//! The index of self-checks.

use super::{Ask, Draft, PageKind, Section};
use crate::atlas::Facts;
use crate::diag::Sink;
use crate::pages::plan::Plan;
use crate::pages::self_checks;

#[derive(Debug)]
struct Checks;

/// Adds the pages of this kind to the plan.
pub fn pages(plan: &mut Plan) {
    if plan.facts.check_count() > 0 {
        plan.add(Checks);
    }
}

impl PageKind for Checks {
    fn path(&self, _: &Facts) -> String {
        Section::Checks.path().into()
    }

    fn draft(&self, ask: &Ask, _: &mut Sink) -> Option<Draft> {
        let view = self_checks::list(ask.facts);
        let description = "回答几个问题，看看自己符合不符合、要带什么、找谁。";
        Some(Draft::new("checks.html", "自查", description, &view).section(Section::Checks))
    }
}
