//! A dataset of the whole site, and the further pages of its tables.

use super::{Ask, Draft, PageKind, all_sources, crumb};
use crate::diag::{Sink, SourceId};
use crate::pages::atlas::Atlas;
use crate::pages::linked::{self, Graph, Head};
use crate::pages::plan::Plan;

/// A page of the shelf, by its number.
#[derive(Debug)]
struct DatasetPage {
    number: usize,
    path: String,
}

pub fn pages(plan: &mut Plan) {
    for (number, path) in plan.shelf.pages().into_iter().enumerate() {
        plan.add(DatasetPage { number, path });
    }
}

impl PageKind for DatasetPage {
    fn path(&self, _: &Atlas) -> String {
        self.path.clone()
    }

    fn inputs(&self, atlas: &Atlas) -> Vec<SourceId> {
        all_sources(atlas)
    }

    fn draft(&self, ask: &Ask, _: &mut Sink) -> Option<Draft> {
        let view = ask.shelf.page(self.number);
        let draft = Draft::new("dataset.html", &view.title, &view.description, &view)
            .below([crumb("data/index.html", "数据下载")])
            .below(view.parent.clone())
            .section("data/index.html");
        Some(draft)
    }

    fn linked(&self, ask: &Ask, head: &Head) -> Graph {
        let mut sets = ask.shelf.datasets().into_iter();
        match sets.find(|set| set.page.url == self.path) {
            Some(set) => {
                let whole = linked::site_dataset(&set, head);
                Graph::page("WebPage", head).main_entity().and(whole)
            }
            // A further page of a table: rows, and nothing new to say.
            None => Graph::page("CollectionPage", head),
        }
    }
}
