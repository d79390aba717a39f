//! The index of all datasets.

use super::{Ask, Draft, PageKind, all_sources, crumb};
use crate::atlas::Atlas;
use crate::diag::{Sink, SourceId};
use crate::pages::data::DataIndexView;
use crate::pages::linked::{self, Graph, Head};
use crate::pages::plan::Plan;

#[derive(Debug)]
struct DataIndex;

/// Adds the pages of this kind to the plan.
pub fn pages(plan: &mut Plan) {
    plan.add(DataIndex);
}

impl PageKind for DataIndex {
    fn path(&self, _: &Atlas) -> String {
        "data/index.html".into()
    }

    fn inputs(&self, atlas: &Atlas) -> Vec<SourceId> {
        all_sources(atlas)
    }

    fn draft(&self, ask: &Ask, _: &mut Sink) -> Option<Draft> {
        let view = view(ask);
        let description = "本站全部数据：下载、说明、接口，每个数字都注明出处。";
        Some(Draft::new("data.html", "数据下载", description, &view).section("data/index.html"))
    }

    fn linked(&self, ask: &Ask, head: &Head) -> Graph {
        let catalog = linked::catalog(&ask.data(), head);
        Graph::page("CollectionPage", head)
            .main_entity()
            .and(catalog)
    }
}

fn view(ask: &Ask) -> DataIndexView {
    let (lists, site) = ask.data().all().partition(|dataset| dataset.one_source);
    DataIndexView {
        site,
        lists,
        licence: ask.atlas.model.site.licence.clone(),
        package: crumb("data/datapackage.json", "datapackage.json"),
        api: crumb("api/v1/index.json", "api/v1/index.json"),
    }
}
