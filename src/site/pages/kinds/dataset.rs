//! A dataset of the whole site, and the further pages of its tables.

use super::{Ask, Draft, PageKind};
use crate::atlas::Facts;
use crate::diag::Sink;
use crate::memo::Keyed;
use crate::pages::data::{self, DataPage};
use crate::pages::linked::{self, Graph, Head};
use crate::pages::plan::Plan;
use crate::pages::view::Link;
use crate::tables::Tables;

#[derive(Debug)]
struct DatasetPage(DataPage);

/// Adds the pages of this kind to the plan.
pub fn pages(plan: &mut Plan) {
    for page in data::pages(plan.tables) {
        plan.add(DatasetPage(page));
    }
}

impl PageKind for DatasetPage {
    fn path(&self, _: &Facts) -> String {
        self.0.path.clone()
    }

    fn has_sizes(&self, _facts: &Facts, _tables: &Tables) -> bool {
        true
    }

    fn name(&self, facts: &Facts, tables: &Tables) -> Keyed {
        let dataset = &tables.datasets[self.0.dataset];
        let keyed = dataset.key_with_sizes().text("page of a dataset");
        let shown = self.0.shown(tables);
        shown.fold(keyed, |keyed, (resource, part)| {
            let rows = part.rows.clone();
            keyed.key(resource.table.key(facts, rows))
        })
    }

    fn draft(&self, ask: &Ask, _: &mut Sink) -> Option<Draft> {
        let view = ask.data().page(&self.0);
        let draft = Draft::new("dataset.html", &view.title, &view.description, &view)
            .below([Link::new("data/index.html", "数据下载")])
            .below(view.parent.clone());
        Some(draft)
    }

    fn linked(&self, ask: &Ask, head: &Head) -> Graph {
        // A further page of a table: rows, and nothing new to say.
        if self.0.further.is_some() {
            return Graph::page("CollectionPage", head);
        }
        let set = ask.data().view(&ask.tables.datasets[self.0.dataset]);
        let whole = linked::site_dataset(&set, head);
        Graph::page("WebPage", head).main_entity().and(whole)
    }
}
