//! Lists of all documents of a kind, in pages.

use super::{Ask, Draft, PageKind, sources};
use crate::diag::{Sink, SourceId};
use crate::pages::atlas::Atlas;
use crate::pages::plan::Plan;
use crate::pages::{lists, routes};

/// Page `number` (from 1) of a list.
#[derive(Debug)]
struct List {
    folder: &'static str,
    number: usize,
}

const FOLDERS: [&str; 4] = ["notices", "pilots", "schedules", "assessments"];

pub fn pages(plan: &mut Plan) {
    for folder in FOLDERS {
        for number in 1..=lists::pages(documents(plan.atlas, folder).len()) {
            plan.add(List { folder, number });
        }
    }
}

/// The documents of a list, newest first.
fn documents<'a>(atlas: &'a Atlas, folder: &str) -> &'a [usize] {
    match folder {
        "notices" => &atlas.notices,
        "pilots" => &atlas.pilots,
        "schedules" => &atlas.schedules,
        _ => &atlas.assessments,
    }
}

/// Address and name of the list of a kind.
pub(super) fn section_of(folder: &str) -> (&'static str, &'static str) {
    match folder {
        "notices" => ("notices/index.html", "文件"),
        "pilots" => ("pilots/index.html", "试点名单"),
        "schedules" => ("schedules/index.html", "受理安排"),
        _ => ("assessments/index.html", "考核结果"),
    }
}

fn lead(folder: &str) -> &'static str {
    match folder {
        "notices" => "官方文件原文，每一条都可以单独引用。",
        "pilots" => "各项试点的名单，逐县可查。",
        "schedules" => "各县公布的受理时间、地点、方式和名额。",
        _ => "考核名单与比率，原文所述与名单计算并列。",
    }
}

impl PageKind for List {
    fn path(&self, _: &Atlas) -> String {
        routes::list_page(self.folder, self.number)
    }

    fn inputs(&self, atlas: &Atlas) -> Vec<SourceId> {
        sources(atlas, documents(atlas, self.folder).iter().copied())
    }

    fn draft(&self, ask: &Ask, _: &mut Sink) -> Option<Draft> {
        let list = documents(ask.atlas, self.folder);
        let lead = lead(self.folder);
        let view = lists::documents(ask.atlas, self.folder, list, lead, self.number);
        let (url, name) = section_of(self.folder);
        let title = numbered(name, self.number);
        Some(Draft::new("list.html", title, lead, &view).section(url))
    }
}

/// `文件（第 2 页）`
pub(super) fn numbered(title: &str, number: usize) -> String {
    if number > 1 {
        format!("{title}（第 {number} 页）")
    } else {
        title.to_owned()
    }
}
