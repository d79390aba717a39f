//! The index of self-checks.

use super::{Ask, Draft, PageKind};
use crate::atlas::Atlas;
use crate::diag::{Sink, SourceId};
use crate::pages::plan::Plan;
use crate::pages::self_checks;

#[derive(Debug)]
struct Checks;

/// Adds the pages of this kind to the plan.
pub fn pages(plan: &mut Plan) {
    if !plan.atlas.checks.is_empty() {
        plan.add(Checks);
    }
}

impl PageKind for Checks {
    fn path(&self, _: &Atlas) -> String {
        "checks/index.html".into()
    }

    fn inputs(&self, atlas: &Atlas) -> Vec<SourceId> {
        atlas.checks.iter().map(|c| c.check.source).collect()
    }

    fn draft(&self, ask: &Ask, _: &mut Sink) -> Option<Draft> {
        let view = self_checks::list(ask.atlas);
        let description = "回答几个问题，看看自己符合不符合、要带什么、找谁。";
        Some(Draft::new("checks.html", "自查", description, &view).section("checks/index.html"))
    }
}
