//! A prefecture, a province or the country: its own documents and what lies in it.

use super::{Ask, Draft, PageKind, all_sources, counties, crumb, sources};
use crate::atlas::Atlas;
use crate::atlas::agenda::Scope;
use crate::atlas::routes;
use crate::diag::{Sink, SourceId};
use crate::model::Place;
use crate::pages::linked::{self, Graph, Head};
use crate::pages::places;
use crate::pages::plan::Plan;

#[derive(Debug)]
struct Area(Place);

/// Adds the pages of this kind to the plan.
pub fn pages(plan: &mut Plan) {
    let atlas = plan.atlas;
    plan.add(Area(Place::Country));
    for &province in &atlas.provinces {
        plan.add(Area(Place::Province(province)));
    }
    for &prefecture in &atlas.prefectures {
        plan.add(Area(Place::Prefecture(prefecture)));
    }
}

impl PageKind for Area {
    fn path(&self, atlas: &Atlas) -> String {
        routes::place(atlas.model, self.0)
    }

    fn inputs(&self, atlas: &Atlas) -> Vec<SourceId> {
        let Place::Prefecture(prefecture) = self.0 else {
            return all_sources(atlas);
        };
        let within = atlas
            .units
            .iter()
            .filter(|(unit, _)| atlas.model.regions.units[**unit].prefecture == prefecture);
        let within = within.flat_map(|(_, facts)| {
            let own = facts.notices.iter().chain(&facts.schedules).copied();
            own.chain(facts.grades.iter().map(|g| g.0))
                .chain(facts.pilots.iter().map(|p| p.0))
        });
        let own = atlas.by_place.get(&self.0).into_iter().flatten().copied();
        sources(atlas, within.chain(own))
    }

    fn draft(&self, ask: &Ask, _: &mut Sink) -> Option<Draft> {
        let atlas = ask.atlas;
        let register = crumb(counties::PATH, "查我的县");
        let (view, mut crumbs) = match self.0 {
            Place::Prefecture(i) => (places::prefecture(atlas, i), vec![register]),
            Place::Province(i) => (places::province(atlas, i), vec![register]),
            _ => (places::country(atlas), Vec::new()),
        };
        crumbs.extend(view.parent.clone());
        let description = format!("{}的助学贷款文件、受理时间和各县情况。", view.name);
        let draft = Draft::new("area.html", &view.name, description, &view)
            .below(crumbs)
            .section(counties::PATH);
        Some(draft)
    }

    fn linked(&self, ask: &Ask, head: &Head) -> Graph {
        let area = linked::area(ask.atlas, self.0, true);
        Graph::page("CollectionPage", head).with("about", area)
    }

    fn scope(&self, _: &Atlas) -> Option<Scope> {
        Some(Scope::Place(self.0))
    }
}
