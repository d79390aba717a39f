//! Former addresses: a page that leads to the one that moved.

use super::county::County;
use super::{Ask, Draft, PageKind, crumb};
use crate::atlas::Atlas;
use crate::atlas::routes;
use crate::diag::{Diagnostic, Sink, SourceId, Span, codes};
use crate::pages::plan::Plan;
use crate::pages::view::RedirectView;

#[derive(Debug)]
struct Redirect {
    from: String,
    to: String,
    inputs: Vec<SourceId>,
    origin: Option<Span>,
}

/// # Diagnostics
/// MB0206 for a former address that cannot be an address.
pub fn pages(plan: &mut Plan) {
    documents(plan);
    units(plan);
}

/// Addresses under `formerly`.
fn documents(plan: &mut Plan) {
    let model = plan.atlas.model;
    for (index, document) in model.documents.iter_enumerated() {
        for former in &document.formerly {
            match clean_path(&former.value) {
                Some(from) => plan.add(Redirect {
                    from,
                    to: routes::document(model, index),
                    inputs: vec![document.source],
                    origin: Some(former.span),
                }),
                None => plan.report(not_an_address(&former.value, former.span)),
            }
        }
    }
}

/// The code of a former unit leads to the page of today's.
fn units(plan: &mut Plan) {
    let atlas = plan.atlas;
    let regions = &atlas.model.regions;
    for &unit in atlas.units.keys() {
        let to = routes::unit(atlas.model, unit);
        for (former, _) in regions.predecessors(unit) {
            let from = format!("counties/{}.html", regions.units[former].id);
            if from != to {
                let (to, inputs) = (to.clone(), County(unit).inputs(atlas));
                let origin = None;
                plan.add(Redirect {
                    from,
                    to,
                    inputs,
                    origin,
                });
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

impl PageKind for Redirect {
    fn path(&self, _: &Atlas) -> String {
        self.from.clone()
    }

    fn inputs(&self, _: &Atlas) -> Vec<SourceId> {
        self.inputs.clone()
    }

    fn origin(&self, _: &Atlas) -> Option<Span> {
        self.origin
    }

    fn draft(&self, _: &Ask, _: &mut Sink) -> Option<Draft> {
        let view = RedirectView {
            to: crumb(&self.to, "新网址"),
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
