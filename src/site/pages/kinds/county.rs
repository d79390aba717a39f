//! A county, a development zone or a city-level centre: everything that the documents say about it.

use super::{Ask, Draft, PageKind, counties, crumb, sources};
use crate::atlas::Atlas;
use crate::atlas::agenda::Scope;
use crate::atlas::routes;
use crate::diag::{Sink, SourceId};
use crate::model::{Place, UnitId, UnitKind};
use crate::pages::linked::{self, Graph, Head};
use crate::pages::places;
use crate::pages::plan::Plan;
use crate::pages::view::CountyView;

/// The page of a unit, by its id.
#[derive(Debug)]
pub(super) struct County(pub UnitId);

/// Adds the pages of this kind to the plan.
pub fn pages(plan: &mut Plan) {
    let atlas = plan.atlas;
    for &unit in atlas.units.keys() {
        plan.add(County(unit));
    }
}

impl PageKind for County {
    fn path(&self, atlas: &Atlas) -> String {
        routes::unit(atlas.model, self.0)
    }

    fn inputs(&self, atlas: &Atlas) -> Vec<SourceId> {
        let Some(facts) = atlas.units.get(&self.0) else {
            return Vec::new();
        };
        let own = facts.notices.iter().chain(&facts.schedules).copied();
        let lists = facts.grades.iter().map(|(i, ..)| *i);
        let lists = lists.chain(facts.pilots.iter().map(|(i, _)| *i));
        let around = atlas.model.regions.chain(Place::Unit(self.0));
        let around = around
            .into_iter()
            .filter_map(|place| atlas.by_place.get(&place))
            .flatten()
            .copied();
        sources(atlas, own.chain(lists).chain(around))
    }

    fn draft(&self, ask: &Ask, sink: &mut Sink) -> Option<Draft> {
        let view = places::county(ask.atlas, self.0, ask.root, sink);
        let title = title(&view);
        let description = format!(
            "{}{title}助学贷款：受理时间、方式、名额、试点与考核，逐项注明出处。",
            view.province.text
        );
        let around = [crumb(counties::PATH, "查我的县"), view.province.clone()];
        let around = around.into_iter().chain(view.prefecture.clone());
        let draft = Draft::new("county.html", title, description, &view)
            .below(around.filter(|link| !link.url.is_empty()))
            .section(counties::PATH);
        Some(draft)
    }

    fn linked(&self, ask: &Ask, head: &Head) -> Graph {
        let atlas = ask.atlas;
        let area = linked::area(atlas, Place::Unit(self.0), true);
        let graph = Graph::page("WebPage", head).with("about", area);
        let Some(facts) = atlas.units.get(&self.0) else {
            return graph;
        };
        let service = facts.schedules.first();
        let service = service.and_then(|&index| linked::service(atlas, index));
        let documents = facts.schedules.iter().chain(&facts.notices);
        graph
            .maybe_and(service)
            .extend(documents.flat_map(|&index| linked::events(atlas, index)))
    }

    fn scope(&self, _: &Atlas) -> Option<Scope> {
        Some(Scope::Place(Place::Unit(self.0)))
    }
}

/// A development zone or a city-level centre is named with its prefecture.
fn title(view: &CountyView) -> String {
    match view.unit {
        UnitKind::Zone | UnitKind::CityCentre => format!(
            "{}{}（{}）",
            view.prefecture.as_ref().map_or("", |p| p.text.as_str()),
            if view.unit == UnitKind::Zone {
                &view.name
            } else {
                ""
            },
            view.unit_text
        ),
        UnitKind::County => view.name.clone(),
    }
}
