//! The plan: every page that will be written, its address and the sources that it is made from.

use std::collections::{BTreeSet, HashSet};

use super::agenda::{ALL, Scope};
use super::atlas::Atlas;
use super::data::Shelf;
use super::{glossary, leaflets, lists, routes, self_checks, subscribe};
use crate::diag::{Diagnostic, Sink, SourceId, Span, codes};
use crate::model::{DocumentId, DocumentKind, Model, Place, TextPageId, TopicId, UnitId};
use crate::sources::Sources;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JobKind {
    Home,
    Document(DocumentId),
    /// A page of the list of all documents of a kind.
    List(DocumentKind, usize),
    Unit(UnitId),
    Place(Place),
    Counties,
    Topics,
    Glossary,
    Search,
    Topic(TopicId, usize),
    Calendar,
    /// All datasets.
    DataIndex,
    /// A page of the shelf.
    Data(usize),
    Checks,
    Check(usize),
    Rules(usize),
    /// The leaflet of a document, of a self-check.
    Leaflet(DocumentId),
    CheckLeaflet(usize),
    Text(TextPageId),
    NotFound,
    /// A former address, and the page that moved.
    Redirect(String),
    Feed(Scope),
}

impl JobKind {
    /// Whether people and machines are to find the page by itself. A leaflet is found from the page of which it is an
    /// extract.
    pub fn is_listed(&self) -> bool {
        !matches!(
            self,
            Self::NotFound
                | Self::Redirect(_)
                | Self::Feed(_)
                | Self::Leaflet(_)
                | Self::CheckLeaflet(_)
        )
    }
}

/// A page to be made.
#[derive(Debug, Clone)]
pub struct Job {
    pub path: String,
    pub kind: JobKind,
    /// The sources whose change changes this page (themes and regions change every page).
    pub inputs: Vec<SourceId>,
    /// What to point at when the address is taken twice.
    pub origin: Option<Span>,
}

/// Lists every page, in the order of their addresses.
///
/// # Diagnostics
/// MB0501 for an address that two pages share, also when only the case differs.
pub fn plan(atlas: &Atlas, shelf: &dyn Shelf, sink: &mut Sink) -> Vec<Job> {
    let model = atlas.model;
    let all: Vec<DocumentId> = model.documents.keys().collect();
    let mut jobs = Vec::new();
    let mut add = |path: String, kind: JobKind, inputs: Vec<SourceId>, origin: Option<Span>| {
        jobs.push(Job {
            path,
            kind,
            inputs,
            origin,
        })
    };
    let sources = |list: &[DocumentId]| inputs(model, list);
    add("index.html".into(), JobKind::Home, sources(&all), None);
    add("404.html".into(), JobKind::NotFound, Vec::new(), None);
    add(
        "atom.xml".into(),
        JobKind::Feed(ALL),
        sources(&atlas.notices),
        None,
    );
    add(
        "deadlines.html".into(),
        JobKind::Calendar,
        sources(&all),
        None,
    );
    add(
        "counties/index.html".into(),
        JobKind::Counties,
        sources(&all),
        None,
    );
    add(
        "search/index.html".into(),
        JobKind::Search,
        sources(&all),
        None,
    );
    add(
        "topics/index.html".into(),
        JobKind::Topics,
        sources(&all),
        None,
    );
    add(
        "provinces/index.html".into(),
        JobKind::Place(Place::Country),
        sources(&all),
        None,
    );
    add(
        "data/index.html".into(),
        JobKind::DataIndex,
        sources(&all),
        None,
    );
    for (i, (path, from)) in shelf.pages().into_iter().enumerate() {
        add(path, JobKind::Data(i), from, None);
    }
    for kind in DocumentKind::ALL {
        let list = atlas.of_kind(kind);
        for page in 1..=lists::pages(list.len()) {
            add(
                routes::list(kind, page),
                JobKind::List(kind, page),
                sources(list),
                None,
            );
        }
    }
    for topic in model.topics.keys() {
        for page in 1..=lists::pages(atlas.by_topic[topic].len()) {
            add(
                routes::topic(model, topic, page),
                JobKind::Topic(topic, page),
                sources(&atlas.by_topic[topic]),
                None,
            );
        }
    }
    for index in model.documents.keys() {
        let document = &model.documents[index];
        let mut from: Vec<DocumentId> = vec![index];
        from.push(model.text_of(index));
        from.extend(atlas.made_from.get(&index).into_iter().flatten());
        from.extend(
            atlas
                .cited_by
                .get(&index)
                .into_iter()
                .flatten()
                .map(|(i, _)| *i),
        );
        add(
            routes::document(model, index),
            JobKind::Document(index),
            sources(&from),
            Some(Span::new(document.source, 0..0)),
        );
        if leaflets::has(&document.kind) {
            add(
                routes::leaflet(&routes::document(model, index)),
                JobKind::Leaflet(index),
                sources(&from),
                None,
            );
        }
        for former in &document.formerly {
            match clean_path(&former.value) {
                Some(path) => add(
                    path,
                    JobKind::Redirect(routes::document(model, index)),
                    vec![document.source],
                    Some(former.span),
                ),
                None => sink.push(
                    Diagnostic::new(
                        &codes::BAD_ID,
                        former.span,
                        format!("曾用网址“{}”不能作网址", former.value),
                        format!("the former address \"{}\" cannot be used as an address", former.value),
                    )
                    .hint(
                        "写站内路径，只用英文字母、数字和 - _ . /，以 .html 结尾，如 2020/notice.html",
                        "write a path on this site that contains only letters, digits and - _ . / and ends with .html, such as 2020/notice.html",
                    ),
                ),
            }
        }
    }
    for (&unit, facts) in &atlas.units {
        let mut from: Vec<DocumentId> = facts
            .notices
            .iter()
            .chain(&facts.schedules)
            .copied()
            .collect();
        from.extend(facts.grades.iter().map(|(i, ..)| *i));
        from.extend(facts.pilots.iter().map(|(i, _)| *i));
        for place in model.regions.chain(Place::Unit(unit)) {
            from.extend(atlas.by_place.get(&place).into_iter().flatten());
        }
        let sources = sources(&from);
        let path = routes::unit(model, unit);
        // The code of a former unit leads to the page of today's.
        for (former, _) in model.regions.predecessors(unit) {
            let old = format!("counties/{}.html", model.regions.units[former].id);
            if old != path {
                add(old, JobKind::Redirect(path.clone()), sources.clone(), None);
            }
        }
        add(path, JobKind::Unit(unit), sources, None);
    }
    for &prefecture in &atlas.prefectures {
        let units = atlas
            .units
            .iter()
            .filter(|(u, _)| model.regions.units[**u].prefecture == prefecture);
        let mut from: Vec<DocumentId> = units
            .flat_map(|(_, f)| {
                f.notices
                    .iter()
                    .chain(&f.schedules)
                    .copied()
                    .chain(f.grades.iter().map(|g| g.0))
                    .chain(f.pilots.iter().map(|p| p.0))
            })
            .collect();
        from.extend(
            atlas
                .by_place
                .get(&Place::Prefecture(prefecture))
                .into_iter()
                .flatten(),
        );
        add(
            routes::place(model, Place::Prefecture(prefecture)),
            JobKind::Place(Place::Prefecture(prefecture)),
            sources(&from),
            None,
        );
    }
    for &province in &atlas.provinces {
        add(
            routes::place(model, Place::Province(province)),
            JobKind::Place(Place::Province(province)),
            sources(&all),
            None,
        );
    }
    for scope in subscribe::feeds(atlas) {
        add(
            routes::feed(model, scope),
            JobKind::Feed(scope),
            sources(&subscribe::listed(atlas, scope)),
            None,
        );
    }
    for (i, compiled) in atlas.checks.iter().enumerate() {
        let check = &compiled.check;
        let cited: Vec<DocumentId> = self_checks::cited(compiled).into_iter().collect();
        let mut from = sources(&cited);
        from.push(check.source);
        let origin = Some(Span::new(check.source, 0..0));
        let path = routes::check(&check.id);
        add(
            routes::leaflet(&path),
            JobKind::CheckLeaflet(i),
            from.clone(),
            None,
        );
        add(path, JobKind::Check(i), from.clone(), origin);
        add(routes::rules(&check.id), JobKind::Rules(i), from, origin);
    }
    if !model.glossary.is_empty() {
        let defined = model.glossary.iter().filter_map(|t| t.defined.as_ref());
        let cited: Vec<DocumentId> = defined.map(|defined| defined.source.value).collect();
        let mut from = sources(&cited);
        from.extend(atlas.sources.find("data/glossary.yaml").map(|(id, _)| id));
        add(glossary::PATH.into(), JobKind::Glossary, from, None);
    }
    if !atlas.checks.is_empty() {
        let from = atlas.checks.iter().map(|c| c.check.source).collect();
        add("checks/index.html".into(), JobKind::Checks, from, None);
    }
    for (i, page) in model.pages.iter_enumerated() {
        add(
            format!("{}.html", page.id),
            JobKind::Text(i),
            vec![page.source],
            Some(Span::new(page.source, 0..0)),
        );
    }
    jobs.sort_by(|a, b| a.path.cmp(&b.path));
    refuse_collisions(&mut jobs, sink);
    jobs
}

/// Addresses that would exist if every source were sound: those planned and those of every source
/// file.
pub fn intended(sources: &Sources, jobs: &[Job]) -> HashSet<String> {
    let planned = jobs.iter().map(|job| job.path.clone());
    let files = sources
        .files
        .iter()
        .filter_map(|file| routes::of_source(&file.path));
    planned.chain(files).collect()
}

fn inputs(model: &Model, list: &[DocumentId]) -> Vec<SourceId> {
    let set: BTreeSet<SourceId> = list.iter().map(|&i| model.documents[i].source).collect();
    set.into_iter().collect()
}

/// A former address as a path of this site: relative, plain characters, no way out of the folder.
fn clean_path(written: &str) -> Option<String> {
    let path = written.trim().trim_start_matches('/');
    let sound = path.ends_with(".html")
        && path.len() < 200
        && path
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-_./".contains(&b))
        && path
            .split('/')
            .all(|part| !part.is_empty() && !part.starts_with('.'));
    sound.then(|| path.to_owned())
}

fn refuse_collisions(jobs: &mut Vec<Job>, sink: &mut Sink) {
    // A former address gives way to a page, so it is the one to mend.
    let mut seen: std::collections::HashMap<String, (Option<Span>, bool)> =
        std::collections::HashMap::new();
    jobs.retain(|job| {
        let key = job.path.to_ascii_lowercase();
        let redirects = matches!(job.kind, JobKind::Redirect(_));
        let Some((first, first_redirects)) = seen.get(&key) else {
            seen.insert(key, (job.origin, redirects));
            return true;
        };
        let (mend, other) = if *first_redirects && !redirects {
            (*first, job.origin)
        } else {
            (job.origin, *first)
        };
        // Two former units of one code redirect to the same page: nothing is lost.
        let Some(span) = mend.or(other) else {
            return false;
        };
        let mut diagnostic = Diagnostic::new(
            &codes::PATH_COLLISION,
            span,
            format!("网址“{}”被两个页面占用", job.path),
            format!("the address \"{}\" is used by two pages", job.path),
        )
        .hint(
            "改其中一个的文件名，或删去这个旧网址",
            "rename one of the files, or remove this former address",
        );
        if let Some(other) = other.filter(|other| *other != span) {
            diagnostic = diagnostic.also(other, "另一个页面", "the other page");
        }
        sink.push(diagnostic);
        false
    });
}
