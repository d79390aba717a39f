//! The plan: every page that will be written, with its address.
//!
//! Comes in: the kinds of pages, the atlas and the tables. Goes out: [`Job`]s in the order of their addresses. Each kind adds
//! its own pages.

use std::collections::{HashMap, HashSet};

use super::page_kind::PageKind;
use crate::atlas::Facts;
use crate::atlas::routes;
use crate::diag::{Diagnostic, Sink, Span, codes};
use crate::sources::Sources;
use crate::tables::Tables;
use crate::text::nearest;

/// A page to be made.
#[derive(Debug)]
pub struct Job {
    pub path: String,
    pub kind: Box<dyn PageKind>,
    /// What to point at when the address is taken twice.
    pub origin: Option<Span>,
}

/// Lists the pages of a kind.
pub type Pages = fn(&mut Plan);

/// The plan in the making.
pub struct Plan<'a> {
    pub facts: &'a Facts<'a>,
    pub tables: &'a Tables,
    jobs: Vec<Job>,
    /// Addresses that redirects lead to.
    targets: Vec<(String, Span)>,
    withdrawn: Vec<(String, Span)>,
    sink: &'a mut Sink,
}

impl Plan<'_> {
    /// Adds a page.
    pub fn add(&mut self, kind: impl PageKind + 'static) {
        self.jobs.push(Job {
            path: kind.path(self.facts),
            origin: kind.origin(self.facts),
            kind: Box::new(kind),
        });
    }

    /// A redirect leads to this page.
    pub fn must_exist(&mut self, path: &str, span: Span) {
        self.targets.push((path.to_owned(), span));
    }

    /// There must not be a page at this address any more.
    pub fn withdraw(&mut self, path: String, span: Span) {
        self.withdrawn.push((path, span));
    }

    /// Reports what keeps a page out of the plan.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.sink.push(diagnostic);
    }
}

/// Lists every page of these kinds, in the order of their addresses.
///
/// # Diagnostics
/// MB0206 for a former address that cannot be an address; MB0501 for an address that two pages share, also when only the case
/// differs; MB0502 for a redirect that leads to no page.
pub fn plan(kinds: &[Pages], facts: &Facts, tables: &Tables, sink: &mut Sink) -> Vec<Job> {
    let mut plan = Plan {
        facts,
        tables,
        jobs: Vec::new(),
        targets: Vec::new(),
        withdrawn: Vec::new(),
        sink,
    };
    for pages in kinds {
        pages(&mut plan);
    }
    let Plan {
        mut jobs,
        targets,
        withdrawn,
        sink,
        ..
    } = plan;
    jobs.sort_by(|a, b| a.path.cmp(&b.path));
    check_redirects(&jobs, &targets, &withdrawn, sink);
    refuse_collisions(&mut jobs, sink);
    jobs
}

/// Addresses that would exist if every source were sound: those planned and those of every source file.
pub fn intended(sources: &Sources, jobs: &[Job]) -> HashSet<String> {
    let planned = jobs.iter().map(|job| job.path.clone());
    let files = sources.numbered().flat_map(|(id, file)| {
        // An attachment that was refused is not missing.
        let refused = file
            .path
            .strip_prefix("content/")
            .filter(|_| !sources.is_readable(id));
        routes::of_source(&file.path)
            .into_iter()
            .chain(refused.map(str::to_owned))
    });
    planned.chain(files).collect()
}

/// Keeps one page for each address. A former address gives way to a page, so it is the one to change.
fn refuse_collisions(jobs: &mut Vec<Job>, sink: &mut Sink) {
    let mut seen: HashMap<String, (Option<Span>, bool)> = HashMap::new();
    jobs.retain(|job| {
        let key = job.path.to_ascii_lowercase();
        let redirects = job.kind.moved_to().is_some();
        let Some((first, first_redirects)) = seen.get(&key) else {
            seen.insert(key, (job.origin, redirects));
            return true;
        };
        let (wrong, other) = if *first_redirects && !redirects {
            (*first, job.origin)
        } else {
            (job.origin, *first)
        };
        // Two former units of one code redirect to the same page: nothing is lost.
        if let Some(span) = wrong.or(other) {
            sink.push(collision(&job.path, span, other));
        }
        false
    });
}

/// Redirects lead to pages, and what was withdrawn is gone.
fn check_redirects(
    jobs: &[Job],
    targets: &[(String, Span)],
    withdrawn: &[(String, Span)],
    sink: &mut Sink,
) {
    let pages = jobs.iter().filter(|job| job.kind.moved_to().is_none());
    let pages: HashMap<&str, &Job> = pages.map(|job| (job.path.as_str(), job)).collect();
    for (path, span) in targets {
        let page = path.split('#').next().unwrap_or(path);
        if !pages.contains_key(page) {
            let near = nearest(page, pages.keys().copied());
            sink.push(no_such_page(path, *span, near));
        }
    }
    for (path, span) in withdrawn {
        if let Some(job) = pages.get(path.as_str()) {
            sink.push(collision(path, *span, job.origin));
        }
    }
}

fn no_such_page(path: &str, span: Span, near: Option<&str>) -> Diagnostic {
    Diagnostic::new(
        &codes::BROKEN_LINK,
        span,
        format!("转向的新网址“{path}”不是本站的网页"),
        format!("the new address \"{path}\" is not a page of this site"),
    )
    .did_you_mean_or(
        near,
        "写站内网页的路径，如 notices/a.html；页面撤下了，写“撤下”",
        "write the path of a page of this site, such as notices/a.html; for a page that was withdrawn, write 撤下",
    )
}

fn collision(path: &str, span: Span, other: Option<Span>) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        &codes::PATH_COLLISION,
        span,
        format!("网址“{path}”被两个页面占用"),
        format!("the address \"{path}\" is used by two pages"),
    )
    .hint(
        "改其中一个的文件名，或删去这个旧网址",
        "rename one of the files, or remove this former address",
    );
    match other.filter(|other| *other != span) {
        Some(other) => diagnostic.also(other, "另一个页面", "the other page"),
        None => diagnostic,
    }
}
