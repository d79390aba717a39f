//! Leaflets (明白卡): one A4 page for a notice, a schedule or a self-check.

use super::{Ask, Draft, PageKind};
use crate::atlas::Facts;
use crate::atlas::routes;
use crate::diag::Sink;
use crate::model::DocumentId;
use crate::pages::leaflets;
use crate::pages::plan::Plan;
use crate::pages::view::LeafletView;

/// The leaflet of a document or a self-check, by its index.
#[derive(Debug)]
enum Leaflet {
    Document(DocumentId),
    Check(usize),
}

/// Adds the pages of this kind to the plan.
pub fn pages(plan: &mut Plan) {
    let facts = plan.facts;
    for index in facts.documents() {
        if leaflets::has(facts, index) {
            plan.add(Leaflet::Document(index));
        }
    }
    for index in 0..facts.check_count() {
        plan.add(Leaflet::Check(index));
    }
}

impl PageKind for Leaflet {
    fn path(&self, facts: &Facts) -> String {
        routes::leaflet(&match *self {
            Self::Document(index) => routes::document(facts, index),
            Self::Check(index) => routes::check(&facts.check(index).check.id),
        })
    }

    fn draft(&self, ask: &Ask, _: &mut Sink) -> Option<Draft> {
        Some(draft(&match *self {
            Self::Document(index) => leaflets::document(ask.facts, ask.today, index)?,
            Self::Check(index) => leaflets::check(ask.facts, ask.today, index),
        }))
    }

    fn is_listed(&self) -> bool {
        false
    }
}

fn draft(view: &LeafletView) -> Draft {
    let name = &view.title;
    let (title, description) = match view.lang {
        "en" => (
            format!("One-page sheet: {name}"),
            format!("{name}: what matters on one page of A4, each line with its source."),
        ),
        _ => (
            format!("明白卡：{name}"),
            format!("{name}，要点印在一页A4纸上：时间、地点、材料、找谁，每一条注明出处。"),
        ),
    };
    Draft::new("leaflet.html", title, description, view).without_crumbs()
}
