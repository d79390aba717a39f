//! Former addresses: a page that leads to the one that moved.

use super::{Ask, Draft, PageKind};
use crate::atlas::Facts;
use crate::atlas::routes;
use crate::diag::{Diagnostic, Sink, Span, codes};
use crate::model::WITHDRAWN;
use crate::pages::plan::Plan;
use crate::pages::view::{Link, RedirectView};
use crate::sources::names::is_device;

#[derive(Debug)]
struct Redirect {
    from: String,
    to: String,
    origin: Option<Span>,
}

/// # Diagnostics
/// MB0206 for a former address that cannot be an address; MB0502 for one that leads to no page.
pub fn pages(plan: &mut Plan) {
    documents(plan);
    units(plan);
    moved(plan);
}

/// Addresses under `formerly`.
fn documents(plan: &mut Plan) {
    let facts = plan.facts;
    for index in facts.documents() {
        let document = facts.document(index);
        for former in &document.formerly {
            match clean_path(&former.value) {
                Some(from) => plan.add(Redirect {
                    from,
                    to: routes::document(facts, index),
                    origin: Some(former.span),
                }),
                None => plan.report(not_an_address(&former.value, former.span)),
            }
        }
    }
}

/// The code of a former unit leads to the page of ask.today's.
fn units(plan: &mut Plan) {
    let facts = plan.facts;
    let regions = &facts.regions();
    for &unit in facts.units().keys() {
        let to = routes::unit(facts, unit);
        for (former, _) in regions.predecessors(unit) {
            let from = format!("counties/{}.html", regions.units[former].id);
            if from != to {
                let to = to.clone();
                let origin = None;
                plan.add(Redirect { from, to, origin });
            }
        }
    }
}

/// Addresses under `redirects`. A page that was withdrawn has no page; the web server says so.
fn moved(plan: &mut Plan) {
    let facts = plan.facts;
    for moved in &facts.site().redirects {
        let span = moved.from.span;
        let is_withdrawn = moved.to.value == WITHDRAWN;
        let from = if is_withdrawn {
            clean_file(&moved.from.value)
        } else {
            clean_path(&moved.from.value)
        };
        match from {
            None => plan.report(not_an_address(&moved.from.value, span)),
            Some(from) if is_withdrawn => plan.withdraw(from, span),
            Some(from) => {
                let to = moved.to.value.trim_start_matches('/').to_owned();
                let origin = Some(span);
                plan.must_exist(&to, moved.to.span);
                plan.add(Redirect { from, to, origin });
            }
        }
    }
}

fn not_an_address(written: &str, span: Span) -> Diagnostic {
    Diagnostic::new(
        &codes::BAD_ID,
        span,
        format!("曾用网址“{written}”不能作网址"),
        format!("the former address \"{written}\" cannot be used as an address"),
    )
    .hint(
        "写站内路径，只用英文字母、数字和 - _ . /，以 .html 结尾，如 2020/notice.html",
        "write a path on this site that contains only letters, digits and - _ . / and ends with .html, such as 2020/notice.html",
    )
}

/// A former address as a path of this site: relative, plain characters, no way out of the folder.
fn clean_path(written: &str) -> Option<String> {
    clean_file(written).filter(|path| path.ends_with(".html"))
}

/// The same for a file of any kind.
fn clean_file(written: &str) -> Option<String> {
    let path = written.trim().trim_start_matches('/');
    let sound = path.len() < 200
        && path
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-_./".contains(&b))
        && path.split('/').all(|part| {
            !part.is_empty() && !part.starts_with('.') && !part.ends_with('.') && !is_device(part)
        });
    sound.then(|| path.to_owned())
}

impl PageKind for Redirect {
    fn path(&self, _: &Facts) -> String {
        self.from.clone()
    }

    fn origin(&self, _: &Facts) -> Option<Span> {
        self.origin
    }

    fn draft(&self, _: &Ask, _: &mut Sink) -> Option<Draft> {
        let view = RedirectView {
            to: Link::new(&self.to, "新网址"),
        };
        let description = "这个页面已移到新的网址。";
        Some(Draft::new("redirect.html", "页面已移动", description, &view).without_crumbs())
    }

    fn is_listed(&self) -> bool {
        false
    }

    fn moved_to(&self) -> Option<&str> {
        Some(&self.to)
    }
}
