//! Output: from pages to files.
//!
//! Comes in: pages, one at a time. Goes out: their bytes and a [`Note`] of each (links, anchors), by which the links are
//! checked when all pages were made; and an [`Outlet`], which takes finished files: [`Fresh`] fills a folder and replaces the
//! old site in one step. This module knows no notices and no counties.

mod addresses;
mod attributes;
mod links;
mod markup;
mod minify;
mod outlet;
mod sitemap;
mod write;

pub use links::{Known, Note, embedded};
pub use markup::Elements;
pub use outlet::{Memory, Nowhere, Outlet};
pub use write::{
    Edition, Fresh, Holder, Leaving, Left, Options, Same, Unfit, WriteError, Written,
    check_new_folder, check_target, editions, exists, hash_of_program, name_of_program, no_part,
    record, remove, replace, roll_back, unchanged, write, write_new, write_new_folder,
};

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use crate::assets::{Asset, Assets, Attachment};
use crate::diag::{Diagnostic, Sink, SourceId, Span, codes};

const ROBOTS: &str = "robots.txt";

/// A file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFile {
    /// Shared with the next site if that has the same file.
    pub bytes: Arc<Vec<u8>>,
    /// The sources that the file was made from.
    pub inputs: Vec<SourceId>,
    /// For a page that only leads to another one: that page.
    pub moved_to: Option<String>,
}

impl OutputFile {
    /// A file that is not a page.
    pub fn new(bytes: Vec<u8>, inputs: Vec<SourceId>) -> Self {
        Self {
            bytes: Arc::new(bytes),
            inputs,
            moved_to: None,
        }
    }
}

/// The whole site in memory.
pub type OutputTree = BTreeMap<String, OutputFile>;

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

/// What every page may lead to.
pub struct Published<'a> {
    pub assets: &'a Assets,
    /// The addresses of all other files that are not pages.
    pub others: &'a [String],
}

impl Published<'_> {
    /// The addresses of all files that are not pages.
    fn addresses(&self) -> HashSet<&str> {
        let files = self.assets.files.iter().map(|file| file.path.as_str());
        let attachments = self.assets.attachments.iter();
        let attachments = attachments.map(|file| file.path.as_str());
        files
            .chain(self.others.iter().map(String::as_str))
            .chain(attachments)
            .chain([sitemap::PATH, ROBOTS])
            .collect()
    }
}

/// Checks the links that authors wrote, in a run that already has errors. A link to a page that is missing only
/// because its source has errors (its address is in `intended`) is not reported.
///
/// # Diagnostics
/// MB0502, MB0503, MB0505.
pub fn check_written_links(
    pages: &[Arc<Note>],
    published: &Published,
    elements: &Elements,
    intended: &HashSet<String>,
    sink: &mut Sink,
) {
    links::check(
        pages,
        &published.addresses(),
        elements,
        Some(intended),
        sink,
    );
}

/// Checks the finished site by the notes of its pages.
///
/// # Diagnostics
/// MB0502 and MB0503 for broken links; MB0505 for markup that does not belong on a page; MB0501 for attachments in the
/// place of something else, MB0504 for those that nothing refers to.
pub fn check(pages: &[Arc<Note>], published: &Published, elements: &Elements, sink: &mut Sink) {
    let addresses = published.addresses();
    let targets = links::check(pages, &addresses, elements, None, sink);
    let Published { assets, others } = published;
    let ours = assets.files.iter().map(|file| file.path.as_str());
    let ours = ours.chain(others.iter().map(String::as_str));
    let ours = ours.chain(pages.iter().map(|page| page.path.as_str()));
    let ours = ours.chain([sitemap::PATH, ROBOTS]);
    let refused = addresses::check(&assets.attachments, ours, sink);
    let attachments = assets.attachments.iter();
    let sound = attachments.filter(|file| !refused.contains(&file.source));
    refuse_undeclared(sound, &targets, sink);
}

/// `robots.txt` and the lists of pages that it leads to.
pub fn for_robots(pages: &[Arc<Note>], base_url: &str, robots: Robots) -> Vec<Asset> {
    let listed = pages.iter().filter(|page| page.listed);
    let listed: Vec<&str> = listed.map(|page| page.path.as_str()).collect();
    let mut files = sitemap::files(&listed, base_url);
    files.push(Asset {
        path: ROBOTS.to_owned(),
        bytes: robots.file(base_url).into_bytes(),
    });
    files
}

/// The bytes that are written for a page.
pub fn page_bytes(path: &str, html: String) -> Vec<u8> {
    if path.ends_with(".html") {
        minify::html(&html, &mut minify::NoReader)
    } else {
        html.into_bytes()
    }
}
