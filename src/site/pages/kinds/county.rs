//! A county, a development zone or a city-level centre: everything that the documents say about it.

use super::{Ask, Draft, PageKind, Section};
use crate::atlas::Facts;
use crate::atlas::agenda::Scope;
use crate::atlas::routes;
use crate::diag::Sink;
use crate::model::{Place, Regions, UnitId, UnitKind};
use crate::pages::linked::{self, Graph, Head};
use crate::pages::places;
use crate::pages::plan::Plan;
use crate::pages::view::Link;

/// The page of a unit, by its id.
#[derive(Debug)]
struct County(UnitId);

/// Adds the pages of this kind to the plan.
pub fn pages(plan: &mut Plan) {
    let facts = plan.facts;
    for &unit in facts.units().keys() {
        plan.add(County(unit));
    }
}

impl PageKind for County {
    fn path(&self, facts: &Facts) -> String {
        routes::unit(facts, self.0)
    }

    fn draft(&self, ask: &Ask, sink: &mut Sink) -> Option<Draft> {
        let facts = ask.facts;
        let view = places::county(facts, ask.today, self.0, ask.root, sink);
        let (title, around) = (title(facts.regions(), self.0), around(facts, self.0));
        let description = format!(
            "{}{title}助学贷款：受理时间、方式、名额、试点与考核，逐项注明出处。",
            view.province.text
        );
        let draft = Draft::new("county.html", title, description, &view)
            .below([Section::Counties.crumb()])
            .below(around)
            .section(Section::Counties);
        Some(draft)
    }

    fn linked(&self, ask: &Ask, head: &Head) -> Graph {
        let facts = ask.facts;
        let area = linked::area(facts, Place::Unit(self.0), true);
        let graph = Graph::page("WebPage", head).with("about", area);
        let Some(here) = facts.unit(self.0) else {
            return graph;
        };
        let service = places::nearest_schedule(facts, ask.today, self.0);
        let service = service.and_then(|index| linked::service(facts, index));
        let documents = here.schedules.iter().chain(&here.notices);
        graph
            .maybe_and(service)
            .extend(documents.flat_map(|&index| linked::events(facts, index)))
    }

    fn scope(&self, _: &Facts) -> Option<Scope> {
        Some(Scope::Place(Place::Unit(self.0)))
    }
}

/// The pages of the places around a unit, from the widest.
fn around(facts: &Facts, unit: UnitId) -> impl Iterator<Item = Link> {
    let unit = &facts.regions().units[unit];
    let prefecture = &facts.regions().prefectures[unit.prefecture];
    let prefecture = (!prefecture.is_heading()).then_some(Place::Prefecture(unit.prefecture));
    let around = [Some(Place::Province(unit.province)), prefecture];
    let around = around.into_iter().flatten();
    around
        .filter(|place| facts.has_page(*place))
        .map(|place| facts.place_link(place))
}

/// A development zone or a city-level centre is named with its prefecture.
fn title(regions: &Regions, unit: UnitId) -> String {
    let unit = &regions.units[unit];
    let prefecture = &regions.prefectures[unit.prefecture];
    let around = if prefecture.is_heading() {
        ""
    } else {
        &prefecture.name
    };
    let kind = unit.kind.text();
    match unit.kind {
        UnitKind::County => unit.name.clone(),
        UnitKind::Zone => format!("{around}{}（{kind}）", unit.name),
        UnitKind::CityCentre => format!("{around}（{kind}）"),
    }
}
