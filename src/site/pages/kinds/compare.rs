//! Results of two years, compared.

use super::{Ask, Draft, Link, PageKind, Section};
use crate::atlas::Facts;
use crate::diag::Sink;
use crate::model::DocumentKind;
use crate::pages::compared::{self, Pair};
use crate::pages::plan::Plan;

/// The page of a pair.
#[derive(Debug)]
struct Compare(Pair);

/// Adds the pages of this kind to the plan.
pub fn pages(plan: &mut Plan) {
    for pair in compared::pairs(plan.facts) {
        plan.add(Compare(pair));
    }
}

impl PageKind for Compare {
    fn path(&self, facts: &Facts) -> String {
        compared::path(facts, self.0)
    }

    fn draft(&self, ask: &Ask, _: &mut Sink) -> Option<Draft> {
        let view = compared::view(ask.facts, self.0)?;
        let title = compared::title(ask.facts, self.0);
        let description =
            format!("{title}：哪些县（市、区）的等次上升、下降、不变，逐个列出，可以下载。");
        let kind = DocumentKind::Assessment;
        let draft = Draft::new("compare.html", title, description, &view)
            .below([Link::new(kind.index(), kind.name())]);
        Some(Draft {
            section: Section::of(kind),
            ..draft
        })
    }
}
