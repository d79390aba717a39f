//! A prefecture, a province or the country: its own documents and what lies in it.

use super::{Ask, Draft, PageKind, Section};
use crate::atlas::Facts;
use crate::atlas::agenda::Scope;
use crate::atlas::routes;
use crate::diag::Sink;
use crate::model::Place;
use crate::pages::linked::{self, Graph, Head};
use crate::pages::places;
use crate::pages::plan::Plan;

#[derive(Debug)]
struct Area(Place);

/// Adds the pages of this kind to the plan.
pub fn pages(plan: &mut Plan) {
    let facts = plan.facts;
    plan.add(Area(Place::Country));
    for &province in facts.provinces() {
        plan.add(Area(Place::Province(province)));
    }
    for &prefecture in facts.prefectures() {
        plan.add(Area(Place::Prefecture(prefecture)));
    }
}

impl PageKind for Area {
    fn path(&self, facts: &Facts) -> String {
        routes::place(facts, self.0)
    }

    fn draft(&self, ask: &Ask, _: &mut Sink) -> Option<Draft> {
        let facts = ask.facts;
        let today = ask.today;
        let register = Section::Counties.crumb();
        let (view, mut crumbs) = match self.0 {
            Place::Prefecture(i) => (places::prefecture(facts, today, i), vec![register]),
            Place::Province(i) => (places::province(facts, today, i), vec![register]),
            _ => (places::country(facts, today), Vec::new()),
        };
        crumbs.extend(view.parent.clone());
        let description = format!("{}的助学贷款文件、受理时间和各县情况。", view.name);
        let draft = Draft::new("area.html", &view.name, description, &view)
            .below(crumbs)
            .section(Section::Counties);
        Some(draft)
    }

    fn linked(&self, ask: &Ask, head: &Head) -> Graph {
        let area = linked::area(ask.facts, self.0, true);
        Graph::page("CollectionPage", head).with("about", area)
    }

    fn scope(&self, _: &Facts) -> Option<Scope> {
        Some(Scope::Place(self.0))
    }
}
