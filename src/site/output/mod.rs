//! Output: from pages to files.
//!
//! Comes in: pages and assets. Goes out: an [`OutputTree`] (from path to bytes, in path order, with the sources of
//! each file), and [`write()`], which replaces the old site in one step. This module knows no notices and no
//! counties.

mod addresses;
mod attributes;
mod links;
mod markup;
mod minify;
mod write;

pub use links::embedded;
pub use markup::Elements;
pub use write::{
    Edition, Holder, Options, Unfit, WriteError, Written, check_new_folder, check_target, editions,
    exists, record, replace, roll_back, write, write_new, write_new_folder,
};

use std::collections::{BTreeMap, HashSet};

use rayon::prelude::*;

use crate::assets::{Asset, Assets, Attachment};
use crate::atlas::routes;
use crate::diag::{Diagnostic, Sink, SourceId, Span, codes};
use crate::pages::Page;
use crate::text::escape;

/// A file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFile {
    pub bytes: Vec<u8>,
    /// The sources that the file was made from.
    pub inputs: Vec<SourceId>,
    /// For a page that only leads to another one: that page.
    pub moved_to: Option<String>,
}

impl OutputFile {
    /// A file that is not a page.
    pub fn new(bytes: Vec<u8>, inputs: Vec<SourceId>) -> Self {
        Self {
            bytes,
            inputs,
            moved_to: None,
        }
    }
}

/// The whole site in memory.
pub type OutputTree = BTreeMap<String, OutputFile>;

/// Checks the links that authors wrote, in a run that already has errors. A link to a page that is missing only
/// because its source has errors (its address is in `intended`) is not reported.
///
/// # Diagnostics
/// MB0502, MB0503.
pub fn check_written_links(
    pages: &[Page],
    assets: &Assets,
    elements: &Elements,
    intended: &HashSet<String>,
    sink: &mut Sink,
) {
    links::check(
        pages,
        &published(assets, &[]),
        elements,
        Some(intended),
        sink,
    );
}

/// The addresses of all published files that are not pages.
fn published<'a>(assets: &'a Assets, others: &'a [Asset]) -> HashSet<&'a str> {
    let files = assets.files.iter().chain(others);
    let files = files.map(|file| file.path.as_str());
    let attachments = assets.attachments.iter().map(|file| file.path.as_str());
    files
        .chain(attachments)
        .chain(["sitemap.xml", "robots.txt"])
        .collect()
}

/// Reports attachments that no page shows or links to. `targets` are the addresses that pages lead to.
///
/// # Diagnostics
/// MB0504.
fn refuse_undeclared<'a>(
    attachments: impl Iterator<Item = &'a Attachment>,
    targets: &HashSet<String>,
    sink: &mut Sink,
) {
    for file in attachments.filter(|file| !targets.contains(&file.path)) {
        let path = &file.path;
        sink.push(
            Diagnostic::new(
                &codes::UNDECLARED,
                Span::new(file.source, 0..0),
                format!("没有公文或网页提到这个文件：{path}"),
                format!("no document or page refers to this file: {path}"),
            )
            .hint(
                format!("要公开，在公文的 attachments 里写 `file: {path}`，或在正文里写链接 `[名称](/{path})`；不公开，移到 content/ 以外"),
                format!("to publish it, write `file: {path}` under `attachments` of a document, or a link `[NAME](/{path})` in a text; otherwise move it out of content/"),
            ),
        );
    }
}

/// What search engines may read of the whole site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Robots {
    Welcome,
    /// A draft is not for the public.
    KeptOut,
}

impl Robots {
    /// The file `robots.txt`.
    fn file(self, base_url: &str) -> String {
        match self {
            Self::Welcome => format!("User-agent: *\nAllow: /\nSitemap: {base_url}sitemap.xml\n"),
            Self::KeptOut => "User-agent: *\nDisallow: /\n".to_owned(),
        }
    }
}

/// Builds the output tree from the pages, their assets and all other files.
///
/// # Diagnostics
/// MB0502 and MB0503 for broken links; MB0505 for markup that does not belong on a page; MB0501 for attachments in the place of something else, MB0504 for those that
/// nothing refers to.
pub fn assemble(
    pages: Vec<Page>,
    assets: Assets,
    others: Vec<Asset>,
    base_url: &str,
    robots: Robots,
    elements: &Elements,
    sink: &mut Sink,
) -> OutputTree {
    let mut tree = OutputTree::new();
    let targets = links::check(&pages, &published(&assets, &others), elements, None, sink);
    let ours = assets
        .files
        .iter()
        .chain(&others)
        .map(|file| file.path.as_str());
    let ours = ours.chain(pages.iter().map(|page| page.path.as_str()));
    let ours = ours.chain(["sitemap.xml", "robots.txt"]);
    let refused = addresses::check(&assets.attachments, ours, sink);
    let attachments = assets.attachments.iter();
    let sound = attachments.filter(|file| !refused.contains(&file.source));
    refuse_undeclared(sound, &targets, sink);
    tree.insert(
        "sitemap.xml".into(),
        OutputFile::new(sitemap(&pages, base_url).into_bytes(), Vec::new()),
    );
    tree.insert(
        "robots.txt".into(),
        OutputFile::new(robots.file(base_url).into_bytes(), Vec::new()),
    );
    let files: Vec<(String, OutputFile)> = pages
        .into_par_iter()
        .map(|page| {
            let bytes = page_bytes(&page.path, page.html);
            (
                page.path,
                OutputFile {
                    bytes,
                    inputs: page.inputs,
                    moved_to: page.moved_to,
                },
            )
        })
        .collect();
    tree.extend(files);
    for file in assets.attachments {
        tree.insert(file.path, OutputFile::new(file.bytes, vec![file.source]));
    }
    for asset in assets.files.into_iter().chain(others) {
        tree.insert(asset.path, OutputFile::new(asset.bytes, Vec::new()));
    }
    tree
}

/// The bytes that are written for a page.
pub fn page_bytes(path: &str, html: String) -> Vec<u8> {
    if path.ends_with(".html") {
        minify::html(&html)
    } else {
        html.into_bytes()
    }
}

fn sitemap(pages: &[Page], base_url: &str) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for page in pages.iter().filter(|page| page.listed) {
        let url = routes::canonical(base_url, &page.path);
        out.push_str(&format!("<url><loc>{}</loc></url>\n", escape(&url)));
    }
    out.push_str("</urlset>\n");
    out
}
