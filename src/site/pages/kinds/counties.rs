//! The register of counties: by province, prefecture and initial.

use super::{Ask, Draft, PageKind, Section};
use crate::atlas::Facts;
use crate::diag::Sink;
use crate::pages::places;
use crate::pages::plan::Plan;

#[derive(Debug)]
struct Counties;

/// Adds the pages of this kind to the plan.
pub fn pages(plan: &mut Plan) {
    plan.add(Counties);
}

impl PageKind for Counties {
    fn path(&self, _: &Facts) -> String {
        Section::Counties.path().into()
    }

    fn draft(&self, ask: &Ask, _: &mut Sink) -> Option<Draft> {
        let view = places::register(ask.facts);
        let description = "按省、市或拼音首字母找到您的县。";
        Some(Draft::new("counties.html", "查我的县", description, &view).section(Section::Counties))
    }
}
