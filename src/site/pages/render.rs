//! Rendering: one job after the other, in parallel, each a function of the atlas alone.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;
use tera::Value;

use super::atlas::Atlas;
use super::common::day_view;
use super::data::{DataIndexView, Shelf};
use super::markdown::InternalLink;
use super::plan::{Job, JobKind};
use super::theme::Theme;
use super::view::*;
use super::{documents, glossary, leaflets, linked, lists, places, routes, self_checks, subscribe};
use crate::diag::{Sink, SourceId};
use crate::model::{DocumentKind, Kind, Place, UnitKind};

/// A finished page.
#[derive(Debug)]
pub struct Page {
    pub path: String,
    pub html: String,
    /// Links in Markdown to other pages, with their places in the sources.
    pub links: Vec<InternalLink>,
    pub inputs: Vec<SourceId>,
    /// Whether it belongs into the sitemap.
    pub listed: bool,
}

/// What every page is made with.
pub struct Renderer<'a> {
    atlas: &'a Atlas<'a>,
    shelf: &'a dyn Shelf,
    theme: Theme,
    site: Value,
}

impl<'a> Renderer<'a> {
    /// Loads the theme; nothing if it cannot be used.
    ///
    /// # Diagnostics
    /// MB0403, MB0405.
    pub fn new(
        atlas: &'a Atlas<'a>,
        shelf: &'a dyn Shelf,
        assets: &BTreeMap<String, String>,
        sink: &mut Sink,
    ) -> Option<Self> {
        Some(Self {
            atlas,
            shelf,
            theme: Theme::load(atlas.sources, &atlas.model.site, sink)?,
            site: value(&site_view(atlas, assets)),
        })
    }

    /// Renders one job.
    ///
    /// # Diagnostics
    /// MB04xx.
    pub fn page(&self, job: &Job, sink: &mut Sink) -> Option<Page> {
        one(self.atlas, self.shelf, &self.theme, &self.site, job, sink)
    }

    /// Renders all jobs, in parallel. The order of the result is that of the jobs, whatever the number of threads. Jobs
    /// that were not begun when `stop` turned true are left out.
    ///
    /// # Diagnostics
    /// MB04xx.
    pub fn all(
        &self,
        jobs: &[Job],
        stop: &(dyn Fn() -> bool + Sync),
        sink: &mut Sink,
    ) -> Vec<Page> {
        let out: Vec<(Option<Page>, Sink)> = jobs
            .par_iter()
            .map(|job| {
                let mut sink = Sink::default();
                let page = (!stop()).then(|| self.page(job, &mut sink));
                (page.flatten(), sink)
            })
            .collect();
        let mut pages = Vec::with_capacity(out.len());
        for (page, said) in out {
            sink.extend(said);
            pages.extend(page);
        }
        pages
    }
}

fn value<T: Serialize>(view: &T) -> Value {
    Value::from_serializable(view)
}

fn site_view(atlas: &Atlas, assets: &BTreeMap<String, String>) -> SiteView {
    let site = &atlas.model.site;
    SiteView {
        title: site.title.clone(),
        short: site.short.clone(),
        tagline: site.tagline.clone(),
        operator: site.operator.clone(),
        site_code: site.site_code.clone(),
        icp: site.icp.clone(),
        contact: site.contact.clone(),
        base_url: site.base_url.clone(),
        assets: assets.clone(),
        today: day_view(atlas.today),
        footer: footer(atlas),
    }
}

/// Pages of the site's own, and the lists that the navigation has no room for.
fn footer(atlas: &Atlas) -> Vec<Link> {
    let pages = atlas
        .model
        .pages
        .iter()
        .map(|page| crumb(&format!("{}.html", page.id), &page.title));
    let terms = (!atlas.model.glossary.is_empty()).then(|| crumb(glossary::PATH, "术语"));
    let lists = [
        crumb("data/index.html", "数据下载"),
        crumb(DocumentKind::Pilots.index(), DocumentKind::Pilots.name()),
        crumb("provinces/index.html", "全国与各省"),
        crumb("sitemap.xml", "网站地图"),
    ];
    pages.chain(terms).chain(lists).collect()
}

/// The main sections, in the order of the navigation.
const NAV: [(&str, &str); 8] = [
    ("index.html", "首页"),
    ("counties/index.html", "查我的县"),
    ("deadlines.html", "时间"),
    ("checks/index.html", "自查"),
    (DocumentKind::Notice.index(), DocumentKind::Notice.name()),
    (
        DocumentKind::Schedule.index(),
        DocumentKind::Schedule.name(),
    ),
    (
        DocumentKind::Assessment.index(),
        DocumentKind::Assessment.name(),
    ),
    ("topics/index.html", "主题"),
];

/// What a job yields before the template: head of the page, view, links.
struct Draft {
    template: &'static str,
    title: String,
    description: String,
    crumbs: Vec<Link>,
    section: &'static str,
    view: Value,
    links: Vec<InternalLink>,
}

fn one(
    atlas: &Atlas,
    shelf: &dyn Shelf,
    theme: &Theme,
    site: &Value,
    job: &Job,
    sink: &mut Sink,
) -> Option<Page> {
    let root = match job.kind {
        // Served from any depth, so relative links would not lead anywhere.
        JobKind::NotFound => base_path(&atlas.model.site.base_url),
        _ => routes::root(&job.path),
    };
    let draft = draft(atlas, shelf, job, &root, sink)?;
    let template = if matches!(job.kind, JobKind::Feed(_)) {
        "atom.xml".to_owned()
    } else {
        format!("{}.html", draft.template)
    };
    let canonical = match &job.kind {
        JobKind::Redirect(to) => routes::canonical(&atlas.model.site.base_url, to),
        _ => routes::canonical(&atlas.model.site.base_url, &job.path),
    };
    let linked_html = linked::script(
        atlas,
        shelf,
        &job.kind,
        &linked::Head {
            title: &draft.title,
            description: &draft.description,
            canonical: &canonical,
            crumbs: &draft.crumbs,
        },
    );
    let page = PageView {
        title: draft.title,
        description: draft.description,
        url: job.path.clone(),
        root,
        canonical,
        crumbs: draft.crumbs,
        nav: NAV
            .iter()
            .filter(|(url, _)| *url != "checks/index.html" || !atlas.checks.is_empty())
            .map(|(url, text)| NavItem {
                url: (*url).into(),
                text: (*text).into(),
                current: *url == draft.section,
            })
            .collect(),
        kind: draft.template,
        subscribe: subscribe::view(atlas, subscribe::scope_of(atlas, &job.kind)),
        linked_html,
    };
    let html = theme.render(
        &template,
        site,
        &value(&page),
        &draft.view,
        atlas.sources,
        sink,
    )?;
    Some(Page {
        path: job.path.clone(),
        html,
        links: draft.links,
        inputs: job.inputs.clone(),
        listed: job.kind.is_listed(),
    })
}

/// `/` or `/zhengce/`
fn base_path(base_url: &str) -> String {
    let rest = base_url
        .split_once("://")
        .map_or(base_url, |(_, rest)| rest);
    rest.find('/')
        .map_or_else(|| "/".to_owned(), |at| rest[at..].to_owned())
}

fn crumb(url: &str, text: &str) -> Link {
    Link {
        url: url.to_owned(),
        text: text.to_owned(),
    }
}

fn draft(
    atlas: &Atlas,
    shelf: &dyn Shelf,
    job: &Job,
    root: &str,
    sink: &mut Sink,
) -> Option<Draft> {
    let model = atlas.model;
    let site = &model.site;
    let home = crumb("index.html", "首页");
    let plain =
        |template, title: &str, description: &str, crumbs: Vec<Link>, section, view: Value| Draft {
            template,
            title: title.to_owned(),
            description: description.to_owned(),
            crumbs,
            section,
            view,
            links: Vec::new(),
        };
    Some(match &job.kind {
        JobKind::Home => {
            let mut links = Vec::new();
            let view = lists::home(atlas, root, &mut links, sink);
            Draft {
                links,
                ..plain(
                    "home",
                    &site.title,
                    &site.tagline,
                    Vec::new(),
                    "index.html",
                    value(&view),
                )
            }
        }
        JobKind::Document(index) => document(atlas, shelf, *index, root, sink)?,
        JobKind::List(kind, page) => {
            let name = kind.name();
            let title = if *page > 1 {
                format!("{name}（第 {page} 页）")
            } else {
                name.to_owned()
            };
            plain(
                "list",
                &title,
                kind.about(),
                vec![home],
                kind.index(),
                value(&lists::documents(atlas, *kind, *page)),
            )
        }
        JobKind::Unit(unit) => {
            let view = places::county(atlas, *unit, root, sink);
            let mut crumbs = vec![
                home,
                crumb("counties/index.html", "查我的县"),
                view.province.clone(),
            ];
            crumbs.extend(view.prefecture.clone());
            crumbs.retain(|c| !c.url.is_empty());
            let title = match view.unit {
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
            };
            let description = format!(
                "{}{}助学贷款：受理时间、方式、名额、试点与考核，逐项注明出处。",
                view.province.text, title
            );
            plain(
                "county",
                &title,
                &description,
                crumbs,
                "counties/index.html",
                value(&view),
            )
        }
        JobKind::Place(place) => {
            let (view, mut crumbs) = match place {
                Place::Prefecture(i) => (
                    places::prefecture(atlas, *i),
                    vec![home, crumb("counties/index.html", "查我的县")],
                ),
                Place::Province(i) => (
                    places::province(atlas, *i),
                    vec![home, crumb("counties/index.html", "查我的县")],
                ),
                _ => (places::country(atlas), vec![home]),
            };
            crumbs.extend(view.parent.clone().filter(|p| {
                p.url != "provinces/index.html" || view.level != AreaLevel::Prefecture
            }));
            let description = format!("{}的助学贷款文件、受理时间和各县情况。", view.name);
            plain(
                "area",
                &view.name.clone(),
                &description,
                crumbs,
                "counties/index.html",
                value(&view),
            )
        }
        JobKind::Counties => {
            let view = places::register(atlas);
            plain(
                "counties",
                "查我的县",
                "按省、市或拼音首字母找到您的县。",
                vec![home],
                "counties/index.html",
                value(&view),
            )
        }
        JobKind::Topics => plain(
            "topics",
            "主题",
            "按事情找文件。",
            vec![home],
            "topics/index.html",
            value(&lists::topics(atlas)),
        ),
        JobKind::Glossary => plain(
            "glossary",
            "术语",
            "名词解释：文件和银行常用的词，用平常话说一遍。",
            vec![home],
            "",
            value(&glossary::view(atlas)),
        ),
        JobKind::Search => plain(
            "search",
            "搜索",
            "搜县名、文号，或者像平常说话那样问。",
            vec![home],
            "search/index.html",
            value(&lists::search(atlas)),
        ),
        JobKind::Topic(topic, page) => {
            let name = &model.topics[*topic].name;
            let title = if *page > 1 {
                format!("主题：{name}（第 {page} 页）")
            } else {
                format!("主题：{name}")
            };
            let description = model.topics[*topic]
                .about
                .clone()
                .unwrap_or_else(|| format!("关于{name}的文件。"));
            plain(
                "list",
                &title,
                &description,
                vec![home, crumb("topics/index.html", "主题")],
                "topics/index.html",
                value(&lists::topic(atlas, *topic, *page)),
            )
        }
        JobKind::Calendar => plain(
            "deadlines",
            "时间一览",
            "受理窗口和各项时限，学生的与机构的分开。",
            vec![home],
            "deadlines.html",
            value(&lists::calendar(atlas)),
        ),
        JobKind::DataIndex => plain(
            "data",
            "数据下载",
            "本站全部数据：下载、说明、接口，每个数字都注明出处。",
            vec![home],
            "data/index.html",
            value(&data_index(atlas, shelf)),
        ),
        JobKind::Data(number) => {
            let view = shelf.page(*number);
            let mut crumbs = vec![home, crumb("data/index.html", "数据下载")];
            crumbs.extend(view.parent.clone());
            plain(
                "dataset",
                &view.title,
                &view.description,
                crumbs,
                "data/index.html",
                value(&view),
            )
        }
        JobKind::Checks => plain(
            "checks",
            "自查",
            "回答几个问题，看看自己符合不符合、要带什么、找谁。",
            vec![home],
            "checks/index.html",
            value(&self_checks::list(atlas)),
        ),
        JobKind::Check(index) => {
            let check = &atlas.checks[*index].check;
            plain(
                "check",
                &check.title.value,
                &check.description,
                vec![home, crumb("checks/index.html", "自查")],
                "checks/index.html",
                value(&self_checks::page(atlas, *index)),
            )
        }
        JobKind::Rules(index) => {
            let check = &atlas.checks[*index].check;
            let title = format!("{}：全部规则", check.title.value);
            let own = crumb(&routes::check(&check.id), &check.title.value);
            plain(
                "check-rules",
                &title,
                "这份自查的全部规则、路径和例子，每一条都注明出处。",
                vec![home, crumb("checks/index.html", "自查"), own],
                "checks/index.html",
                value(&self_checks::rules(atlas, *index)),
            )
        }
        JobKind::Leaflet(index) => leaflet(leaflets::document(atlas, *index, root, sink)?),
        JobKind::CheckLeaflet(index) => leaflet(leaflets::check(atlas, *index)),
        JobKind::Text(index) => {
            let page = &model.pages[*index];
            let made = documents::page(atlas, page, root, sink);
            let description = page
                .description
                .clone()
                .unwrap_or_else(|| page.title.clone());
            Draft {
                links: made.links,
                ..plain(
                    "page",
                    &page.title,
                    &description,
                    vec![home],
                    "",
                    value(&made.view),
                )
            }
        }
        JobKind::NotFound => plain(
            "404",
            "没有这个页面",
            "您要找的页面不在这里。",
            Vec::new(),
            "",
            value(&()),
        ),
        JobKind::Redirect(to) => {
            let view = RedirectView {
                to: crumb(to, "新网址"),
            };
            plain(
                "redirect",
                "页面已移动",
                "这个页面已移到新的网址。",
                Vec::new(),
                "",
                value(&view),
            )
        }
        JobKind::Feed(scope) => plain(
            "atom",
            &subscribe::feed_title(atlas, *scope),
            &site.tagline,
            Vec::new(),
            "",
            value(&subscribe::feed(atlas, *scope)),
        ),
    })
}

fn leaflet(view: LeafletView) -> Draft {
    Draft {
        template: "leaflet",
        title: format!("明白卡：{}", view.title),
        description: format!(
            "{}，要点印在一页A4纸上：时间、地点、材料、找谁，每一条注明出处。",
            view.title
        ),
        crumbs: Vec::new(),
        section: "",
        view: value(&view),
        links: Vec::new(),
    }
}

fn document(
    atlas: &Atlas,
    shelf: &dyn Shelf,
    index: usize,
    root: &str,
    sink: &mut Sink,
) -> Option<Draft> {
    let document = &atlas.model.documents[index];
    let title = document.title.value.clone();
    let kind = document.kind.kind();
    let crumbs = vec![
        crumb("index.html", "首页"),
        crumb(kind.index(), kind.name()),
    ];
    let first = document
        .summary
        .first()
        .map(|p| p.text.value.replace(['*', '`'], ""));
    let (view, links, description) = match &document.kind {
        Kind::Notice(notice) => {
            let made = documents::notice(atlas, index, notice, root, sink);
            let number = notice
                .number
                .as_ref()
                .map_or_else(String::new, |n| format!("{}。", n.value));
            (
                value(&made.view),
                made.links,
                format!("{number}{}", first.unwrap_or_else(|| title.clone())),
            )
        }
        Kind::Pilots(_) => {
            let made = documents::pilots(atlas, shelf, index, root, sink)?;
            (
                value(&made.view),
                made.links,
                first.unwrap_or_else(|| title.clone()),
            )
        }
        Kind::Schedule(_) => {
            let made = documents::schedule(atlas, index, root, sink)?;
            (
                value(&made.view),
                made.links,
                first.unwrap_or_else(|| title.clone()),
            )
        }
        Kind::Assessment(_) => {
            let made = documents::assessment(atlas, shelf, index, root, sink)?;
            (
                value(&made.view),
                made.links,
                first.unwrap_or_else(|| title.clone()),
            )
        }
    };
    Some(Draft {
        template: kind.template(),
        title,
        description: description.chars().take(160).collect(),
        crumbs,
        section: kind.index(),
        view,
        links,
    })
}

fn data_index(atlas: &Atlas, shelf: &dyn Shelf) -> DataIndexView {
    let (lists, site) = shelf.datasets().into_iter().partition(|d| d.one_source);
    DataIndexView {
        site,
        lists,
        licence: atlas.model.site.licence.clone(),
        package: crumb("data/datapackage.json", "datapackage.json"),
        api: crumb("api/v1/index.json", "api/v1/index.json"),
    }
}
