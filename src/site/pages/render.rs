//! Rendering: all jobs in parallel, each a function of the atlas alone.

use jiff::civil::Date;

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;
use tera::Value;

use super::integrity;
use super::linked::{self, Head};
use super::markdown::InternalLink;
use super::page_kind::{Ask, Draft};
use super::parts::day_view;
use super::plan::Job;
use super::section::Section;
use super::subscribe;
use super::theme::Theme;
use super::view::{Link, NavItem, PageView, SiteView};
use crate::assets::Assets;
use crate::atlas::routes;
use crate::atlas::{Facts, Question, sources_of};
use crate::diag::{Sink, SourceId, Span};
use crate::drafts::{Drafts, shown};
use crate::memo::{Key, Keyed};
use crate::model::DocumentKind;
use crate::policy;
use crate::sources::Sources;
use crate::tables::Tables;
use mingbai_forms::limits::Limit;

/// A finished page.
#[derive(Debug, Clone)]
pub struct Page {
    pub path: String,
    pub html: String,
    /// Links in Markdown to other pages, with their places in the sources.
    pub links: Vec<InternalLink>,
    /// What the page asked for.
    pub asked: Box<[Question]>,
    /// The sources of what the page asked for, ascending (themes and regions change every page).
    pub inputs: Vec<SourceId>,
    /// Where its own source begins, if it has one.
    pub origin: Option<Span>,
    /// Whether it belongs into the sitemap.
    pub listed: bool,
    /// Whether it is made from a draft.
    pub is_draft: bool,
    /// For a page that only leads to another one: that page.
    pub moved_to: Option<String>,
}

/// What every page is made with.
pub struct Renderer<'a> {
    facts: &'a Facts<'a>,
    today: Date,
    sources: &'a Sources,
    drafts: &'a Drafts,
    tables: &'a Tables,
    theme: Theme,
    site: Value,
    /// The key of what all pages show of the site.
    key: Key,
    /// Hashes of style sheets and scripts, if pages are to have them.
    hashes: &'a BTreeMap<String, String>,
}

impl<'a> Renderer<'a> {
    /// Loads the theme; nothing if it cannot be used.
    ///
    /// # Diagnostics
    /// MB0403, MB0405.
    pub fn new(
        facts: &'a Facts<'a>,
        today: Date,
        sources: &'a Sources,
        drafts: &'a Drafts,
        tables: &'a Tables,
        assets: &'a Assets,
        sink: &mut Sink,
    ) -> Option<Self> {
        let site = site_view(facts, today, &assets.names);
        Some(Self {
            facts,
            today,
            sources,
            drafts,
            tables,
            theme: Theme::load(sources, facts.site(), sink)?,
            key: key(&site, facts, &assets.integrity),
            site: value(&site),
            hashes: &assets.integrity,
        })
    }

    /// The sources of what a page asked for, ascending.
    pub fn sources_of(&self, asked: &[Question]) -> Vec<SourceId> {
        sources_of(asked, self.facts)
    }

    /// The key of what is the same on all pages, without the sources.
    pub fn key(&self) -> Key {
        self.key
    }

    /// Renders one job.
    ///
    /// # Diagnostics
    /// MB04xx.
    pub fn page(&self, job: &Job, sink: &mut Sink) -> Option<Page> {
        let kind = job.kind.as_ref();
        let base_url = &self.facts.site().base_url;
        let root = kind.root(&job.path, base_url);
        let asked = self.facts.notebook();
        let facts = self.facts.noting(&asked);
        let ask = Ask::new(&facts, self.tables, self.today, &root);
        let draft = kind.draft(&ask, sink)?;
        let canonical = routes::canonical(base_url, kind.moved_to().unwrap_or(&job.path));
        let head = Head {
            base_url,
            title: &draft.title,
            description: &draft.description,
            canonical: &canonical,
            crumbs: &draft.crumbs,
        };
        let linked_html = if kind.is_listed() {
            linked::script(kind.linked(&ask, &head))
        } else {
            String::new()
        };
        let mut page = page_view(&ask, job, &draft, canonical.clone(), linked_html);
        let asked = asked.questions();
        let inputs = sources_of(&asked, self.facts);
        let from = self.drafts.among(&inputs);
        let is_draft = !from.is_empty();
        if is_draft {
            // Linked data has no room for a warning.
            page.linked_html.clear();
        }
        let html = self.theme.render(
            draft.template,
            &self.site,
            &value(&page),
            &draft.view,
            self.sources,
            sink,
        )?;
        let html = integrity::add(html, self.hashes);
        Some(Page {
            path: job.path.clone(),
            html: if is_draft {
                self.marked(job, &html, &from)
            } else {
                html
            },
            links: draft.links,
            asked,
            inputs,
            origin: job.origin,
            listed: kind.is_listed() && !is_draft,
            is_draft,
            moved_to: kind.moved_to().map(str::to_owned),
        })
    }

    /// A page or a feed that is made from drafts.
    fn marked(&self, job: &Job, html: &str, from: &[SourceId]) -> String {
        if !job.path.ends_with(".html") {
            return shown::withheld(&job.path);
        }
        let is_english = job.kind.lang(self.facts).is_some();
        shown::page(html, from, self.drafts, self.sources, is_english)
    }
}

/// Makes something of all jobs, in parallel. The order of the result is that of the jobs, whatever the number of threads. Jobs that were
/// not begun when `stop` turned true are left out.
pub fn all<T: Send>(
    jobs: &[&Job],
    stop: &(dyn Fn() -> bool + Sync),
    make: impl Fn(&Job, &mut Sink) -> Option<T> + Sync,
    sink: &mut Sink,
) -> Vec<T> {
    let out: Vec<(Option<T>, Sink)> = jobs
        .par_iter()
        .map(|job| {
            let mut sink = Sink::default();
            let made = (!stop()).then(|| make(job, &mut sink));
            (made.flatten(), sink)
        })
        .collect();
    let mut all = Vec::with_capacity(out.len());
    for (one, said) in out {
        sink.extend(said);
        all.extend(one);
    }
    all
}

/// The key of what all pages show of the site.
fn key(site: &SiteView, facts: &Facts, integrity: &BTreeMap<String, String>) -> Key {
    let view = serde_json::to_vec(site).unwrap_or_default();
    let has_checks = facts.check_count() > 0;
    let keyed = Keyed::new().bytes(&view).number(usize::from(has_checks));
    let hashes = integrity.iter();
    let keyed = hashes.fold(keyed, |keyed, (path, hash)| keyed.text(path).text(hash));
    keyed.done()
}

fn value<T: Serialize>(view: &T) -> Value {
    Value::from_serializable(view)
}

fn site_view(facts: &Facts, today: Date, assets: &BTreeMap<String, String>) -> SiteView {
    let site = &facts.site();
    SiteView {
        title: site.title.clone(),
        short: site.short.clone(),
        tagline: site.tagline.clone(),
        operator: site.operator.clone(),
        site_code: site.site_code.clone(),
        icp: site.icp.clone(),
        contact: site.contact.clone(),
        base_url: site.base_url.to_string(),
        assets: assets.clone(),
        today: day_view(today),
        footer: footer(facts),
    }
}

/// Pages of the site's own, and the lists that the navigation has no room for.
fn footer(facts: &Facts) -> Vec<Link> {
    let most = facts.limits().most(Limit::Menu);
    let pages = facts
        .text_pages()
        .take(most)
        .map(|id| facts.text_page(id))
        .map(|page| Link::new(&format!("{}.html", page.id), &page.title));
    let has_more = facts.text_pages().nth(most).is_some();
    let more = has_more.then(|| Link::new(routes::PAGES, "全部网页"));
    let terms = (!facts.glossary().is_empty()).then(|| Link::new(routes::GLOSSARY, "术语"));
    let lists = [
        Link::new("data/index.html", "数据下载"),
        Link::new(DocumentKind::Pilots.index(), DocumentKind::Pilots.name()),
        Link::new("provinces/index.html", "全国与各省"),
        Link::new("sitemap.xml", "网站地图"),
    ];
    pages.chain(more).chain(terms).chain(lists).collect()
}

/// What every template reads of its page.
fn page_view(
    ask: &Ask,
    job: &Job,
    draft: &Draft,
    canonical: String,
    linked_html: String,
) -> PageView {
    let facts = ask.facts;
    let has_checks = facts.check_count() > 0;
    let sections = Section::ALL.into_iter();
    let sections = sections.filter(|section| *section != Section::Checks || has_checks);
    let nav = sections.map(|section| NavItem {
        url: section.path().into(),
        text: section.name_in(draft.language).into(),
        current: draft.section == Some(section),
    });
    PageView {
        lang: draft.language.of("zh-CN", "en"),
        column: match draft.section {
            Some(section) => section.name_in(draft.language).to_owned(),
            None => draft.title.clone(),
        },
        title: draft.title.clone(),
        description: draft.description.clone(),
        url: job.path.clone(),
        root: ask.root.to_owned(),
        canonical,
        policy: policy::page(job.kind.runs_module()),
        crumbs: draft.crumbs.clone(),
        nav: nav.collect(),
        kind: draft
            .template
            .split_once('.')
            .map_or(draft.template, |(kind, _)| kind),
        subscribe: subscribe::view(facts, job.kind.scope(facts)),
        linked_html,
    }
}
