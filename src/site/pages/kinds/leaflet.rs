//! Leaflets (明白卡): one A4 page for a notice, a schedule or a self-check.

use super::{Ask, Draft, PageKind, check, document_sources};
use crate::atlas::Atlas;
use crate::atlas::routes;
use crate::diag::{Sink, SourceId};
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
    let atlas = plan.atlas;
    for (index, document) in atlas.model.documents.iter_enumerated() {
        if leaflets::has(&document.kind) {
            plan.add(Leaflet::Document(index));
        }
    }
    for index in 0..atlas.checks.len() {
        plan.add(Leaflet::Check(index));
    }
}

impl PageKind for Leaflet {
    fn path(&self, atlas: &Atlas) -> String {
        routes::leaflet(&match *self {
            Self::Document(index) => routes::document(atlas.model, index),
            Self::Check(index) => routes::check(&atlas.checks[index].check.id),
        })
    }

    fn inputs(&self, atlas: &Atlas) -> Vec<SourceId> {
        match *self {
            Self::Document(index) => document_sources(atlas, index),
            Self::Check(index) => check::sources_of(atlas, index),
        }
    }

    fn draft(&self, ask: &Ask, sink: &mut Sink) -> Option<Draft> {
        Some(draft(&match *self {
            Self::Document(index) => leaflets::document(ask.atlas, index, ask.root, sink)?,
            Self::Check(index) => leaflets::check(ask.atlas, index),
        }))
    }

    fn is_listed(&self) -> bool {
        false
    }
}

fn draft(view: &LeafletView) -> Draft {
    let title = format!("明白卡：{}", view.title);
    let description = format!(
        "{}，要点印在一页A4纸上：时间、地点、材料、找谁，每一条注明出处。",
        view.title
    );
    Draft::new("leaflet.html", title, description, view).without_crumbs()
}
