//! Lists of all documents of a kind, in pages.

use super::{Ask, Draft, PageKind, Section};
use crate::atlas::Facts;
use crate::atlas::routes;
use crate::diag::Sink;
use crate::model::DocumentKind;
use crate::pages::lists;
use crate::pages::plan::Plan;

/// Page `number` (from 1) of a list.
#[derive(Debug)]
struct List {
    kind: DocumentKind,
    number: usize,
}

/// Adds the pages of this kind to the plan.
pub fn pages(plan: &mut Plan) {
    for kind in DocumentKind::ALL {
        for number in 1..=lists::pages(plan.facts.of_kind(kind).len()) {
            plan.add(List { kind, number });
        }
    }
}

impl PageKind for List {
    fn path(&self, _: &Facts) -> String {
        routes::list(self.kind, self.number)
    }

    fn draft(&self, ask: &Ask, _: &mut Sink) -> Option<Draft> {
        let view = lists::documents(ask.facts, ask.today, self.kind, self.number);
        let title = numbered(self.kind.name(), self.number);
        let draft = Draft::new("list.html", title, self.kind.about(), &view);
        Some(Draft {
            section: Section::of(self.kind),
            ..draft
        })
    }
}

/// `文件（第 2 页）`
pub(super) fn numbered(title: &str, number: usize) -> String {
    if number > 1 {
        format!("{title}（第 {number} 页）")
    } else {
        title.to_owned()
    }
}
