//! The index of all datasets.

use super::{Ask, Draft, PageKind};
use crate::atlas::{Facts, routes};
use crate::diag::Sink;
use crate::memo::Keyed;
use crate::model::DocumentKind;
use crate::pages::linked::{self, Graph, Head};
use crate::pages::plan::Plan;
use crate::pages::view::{DataIndexView, Link};
use crate::tables::Tables;

#[derive(Debug)]
struct DataIndex;

/// Adds the pages of this kind to the plan.
pub fn pages(plan: &mut Plan) {
    plan.add(DataIndex);
}

impl PageKind for DataIndex {
    fn path(&self, _: &Facts) -> String {
        "data/index.html".into()
    }

    fn has_sizes(&self, _facts: &Facts, _tables: &Tables) -> bool {
        true
    }

    fn name(&self, _: &Facts, tables: &Tables) -> Keyed {
        let datasets = tables.datasets.iter();
        let keyed = Keyed::new().text("index of datasets");
        datasets.fold(keyed, |keyed, dataset| {
            keyed.key(dataset.key_with_sizes().done())
        })
    }

    fn draft(&self, ask: &Ask, _: &mut Sink) -> Option<Draft> {
        // Rows come from every document.
        ask.facts.note_all();
        let view = view(ask);
        let description = "本站全部数据：下载、说明、接口，每个数字都注明出处。";
        Some(Draft::new("data.html", "数据下载", description, &view))
    }

    fn linked(&self, ask: &Ask, head: &Head) -> Graph {
        let catalog = linked::catalog(&ask.data(), head);
        Graph::page("CollectionPage", head)
            .main_entity()
            .and(catalog)
    }
}

fn view(ask: &Ask) -> DataIndexView {
    let tables = ask.tables.datasets.iter();
    let (lists, site): (Vec<_>, Vec<_>) = tables.partition(|dataset| dataset.document.is_some());
    let data = ask.data();
    let has_more = lists.len() > routes::PER_PAGE;
    let more = [DocumentKind::Pilots, DocumentKind::Assessment]
        .into_iter()
        .filter(|_| has_more)
        .filter(|&kind| !ask.facts.of_kind(kind).is_empty());
    DataIndexView {
        more_lists: more
            .map(|kind| Link::new(kind.index(), kind.name()))
            .collect(),
        site: site.into_iter().map(|set| data.view(set)).collect(),
        lists: lists
            .into_iter()
            .take(routes::PER_PAGE)
            .map(|set| data.view(set))
            .collect(),

        licence: ask.facts.site().licence.clone(),
        downloads: Link::new(routes::DOWNLOADS, "downloads.txt"),
        package: Link::new("data/datapackage.json", "datapackage.json"),
        api: Link::new("api/v1/index.json", "api/v1/index.json"),
    }
}
