//! Every internal link leads to a page, and every fragment to a place on it.
//!
//! Links written in Markdown are reported where they were written; links that a template made, at the source
//! of the page. Steps: a note of each page when it is finished -> is there such a file -> has it such an id.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::attributes::{Tag, attributes};
use super::markup::{Elements, Fault};
use super::minify::{self, Reader};
use crate::diag::{Diagnostic, Sink, SourceId, Span, codes};
use crate::pages::Page;
use crate::text::nearest;

/// What is published as far as it is known while pages are made.
pub struct Known<'a> {
    /// The addresses of the pages that will be made.
    pub pages: HashSet<&'a str>,
    /// The addresses of files that need no mention.
    pub files: HashSet<&'a str>,
}

impl Known<'_> {
    /// Whether a target needs no note: a page that will be made, or a file that is published in any case.
    fn has(&self, target: &str) -> bool {
        match target.split_once('#') {
            Some((path, "")) => self.pages.contains(path),
            Some((path, _)) => !self.pages.contains(path) && self.files.contains(path),
            None => self.pages.contains(target) || self.files.contains(target),
        }
    }
}

/// What stays of a page when its bytes were handed on.
#[derive(Debug)]
pub struct Note {
    pub path: String,
    /// Where its own source begins, if it has one.
    pub origin: Option<Span>,
    /// Whether it belongs into the sitemap.
    pub listed: bool,
    /// Whether it is made from a draft.
    pub is_draft: bool,
    /// What it leads to, without what is known to be there.
    targets: Targets,
    /// What links in Markdown lead to that is known to be there.
    written: Box<[String]>,
    /// Its ids, divided by [`BETWEEN`]: a tenth of the memory of a list.
    ids: Box<str>,
    fault: Option<Fault>,
}

/// What of a note means the same in another run: nothing that is a place in a source. Only sound pages are noted for another run, so there is no
/// fault.
type Lasting<'a> = (
    Cow<'a, str>,
    bool,
    Vec<Cow<'a, str>>,
    Vec<Cow<'a, str>>,
    Cow<'a, str>,
);

impl Serialize for Note {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let targets = self.targets.iter().map(|(target, _)| target.into());
        let written = self.written.iter().map(Cow::from);
        let lasting: Lasting = (
            self.path.as_str().into(),
            self.listed,
            targets.collect(),
            written.collect(),
            (*self.ids).into(),
        );
        lasting.serialize(to)
    }
}

impl<'de> Deserialize<'de> for Note {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let (path, listed, targets, written, ids) = Lasting::deserialize(from)?;
        let targets = targets.into_iter();
        Ok(Self {
            path: path.into_owned(),
            origin: None,
            listed,
            is_draft: false,
            targets: targets.map(|target| (target.into_owned(), None)).collect(),
            written: written.into_iter().map(Cow::into_owned).collect(),
            ids: ids.into(),
            fault: None,
        })
    }
}

/// No id has this sign, because no name of a page has it.
const BETWEEN: char = '\0';

impl Note {
    /// Finishes a page: its bytes, which are taken out of `page`, and what stays of it.
    pub fn of(page: &mut Page, elements: &Elements, known: &Known) -> (Self, Vec<u8>) {
        let html = std::mem::take(&mut page.html);
        let mut found = Found::new(page, elements, known);
        let bytes = if page.path.ends_with(".html") {
            minify::html(&html, &mut found)
        } else {
            html.into_bytes()
        };
        let own: HashSet<&str> = found.ids.split(BETWEEN).collect();
        found.targets.retain(|(target, _)| {
            let (path, fragment) = target.split_once('#').unwrap_or((target, ""));
            path != page.path || !own.contains(fragment)
        });
        found.targets.shrink_to_fit();
        let note = Self {
            path: page.path.clone(),
            origin: page.origin,
            listed: page.listed,
            is_draft: page.is_draft,
            targets: found.targets,
            written: found.written.into_boxed_slice(),
            fault: found.fault,
            ids: found.ids.into_boxed_str(),
        };
        (note, bytes)
    }

    /// Whether what was known to be there when the page was made, and links in Markdown lead to, is there now. What the page leads to
    /// otherwise was asked of the facts.
    pub fn has_targets(&self, known: &Known) -> bool {
        self.written.iter().all(|target| known.has(target))
    }

    fn ids(&self) -> HashSet<&str> {
        self.ids.split(BETWEEN).collect()
    }

    /// Where to report what a template made.
    fn place(&self) -> Span {
        self.origin.unwrap_or(Span::new(SourceId(0), 0..0))
    }
}

/// What is found on a page while its tags are read.
struct Found<'a> {
    page: &'a Page,
    elements: &'a Elements<'a>,
    known: &'a Known<'a>,
    targets: Targets,
    /// The targets, to have each once.
    seen: HashSet<String>,
    written: Vec<String>,
    ids: String,
    fault: Option<Fault>,
}

impl<'a> Found<'a> {
    fn new(page: &'a Page, elements: &'a Elements, known: &'a Known) -> Self {
        let mut found = Self {
            page,
            elements,
            known,
            targets: Targets::new(),
            seen: HashSet::new(),
            written: Vec::new(),
            ids: String::new(),
            fault: None,
        };
        found.begin();
        found
    }

    /// Notes the links that were written in Markdown.
    fn begin(&mut self) {
        for link in &self.page.links {
            let target = if link.target.starts_with('#') {
                format!("{}{}", self.page.path, link.target)
            } else {
                link.target.clone()
            };
            let target = decoded(target);
            if self.known.has(&target) {
                self.written.push(target);
            } else {
                self.seen.insert(target.clone());
                self.targets.push((target, Some(link.span)));
            }
        }
    }
}

impl Reader for Found<'_> {
    fn see(&mut self, tag: &Tag) {
        if self.fault.is_none() {
            self.fault = self.elements.fault(tag);
        }
        for (name, value) in tag.attributes() {
            match name {
                "id" => {
                    self.ids.push_str(value);
                    self.ids.push(BETWEEN);
                }
                // Served from anywhere: its addresses are those of the server.
                "href" | "src" if self.page.path != "404.html" => {
                    let Some(target) = resolve(&self.page.path, value).map(decoded) else {
                        continue;
                    };
                    if !self.known.has(&target) && self.seen.insert(target.clone()) {
                        self.targets.push((target, None));
                    }
                }
                _ => {}
            }
        }
    }

    fn forget(&mut self) {
        *self = Self::new(self.page, self.elements, self.known);
    }
}

/// Also reports markup that does not belong on a page, because both read every start tag.
///
/// `files`: everything else that is published. Goes out: those of them that a page shows or links to.
///
/// With `intended` (a run that has errors already), only links that authors wrote are judged, and pages that
/// were to be there count as being there.
///
/// # Diagnostics
/// MB0502, MB0503, MB0505.
pub fn check(
    pages: &[Arc<Note>],
    files: &HashSet<&str>,
    elements: &Elements,
    intended: Option<&HashSet<String>>,
    sink: &mut Sink,
) -> HashSet<String> {
    let by_path: HashMap<&str, usize> = pages
        .iter()
        .enumerate()
        .map(|(i, page)| (page.path.as_str(), i))
        .collect();
    for page in pages {
        let fault = page.fault.as_ref();
        sink.push(fault.map(|fault| elements.report(&page.path, fault, page.place())));
    }
    let ids = ids_of_targets(pages, &by_path);
    // A link in Markdown is also in the HTML of other pages that show the same words.
    let targets = || pages.iter().flat_map(|page| &page.targets);
    let written: HashSet<&str> = targets()
        .filter(|(_, span)| span.is_some())
        .map(|(target, _)| target.as_str())
        .collect();
    let mut said: BTreeMap<(Span, String), Diagnostic> = BTreeMap::new();
    for page in pages {
        for (target, span) in &page.targets {
            if span.is_none() && (intended.is_some() || written.contains(target.as_str())) {
                continue;
            }
            let span = span.unwrap_or_else(|| page.place());
            let (path, fragment) = target.split_once('#').unwrap_or((target, ""));
            let diagnostic = match by_path.get(path) {
                None if files.contains(path) => continue,
                None if intended
                    .is_some_and(|paths| paths.contains(path) || depends_on_lists(path)) =>
                {
                    continue;
                }
                None => {
                    let published = by_path.keys().chain(files.iter()).copied();
                    broken_link(path, span, published)
                }
                Some(_) if fragment.is_empty() => continue,
                Some(i) if ids.get(i).is_some_and(|ids| ids.contains(fragment)) => continue,
                Some(i) => broken_anchor(path, fragment, span, ids.get(i)),
            };
            said.entry((span, target.clone())).or_insert(diagnostic);
        }
    }
    for diagnostic in said.into_values() {
        sink.push(diagnostic);
    }
    let paths = targets().map(|(target, _)| {
        target
            .split_once('#')
            .map_or(target.as_str(), |(path, _)| path)
    });
    paths
        .filter(|path| files.contains(path))
        .map(str::to_owned)
        .collect()
}

/// The ids of each page that a fragment leads to.
fn ids_of_targets<'a>(
    pages: &'a [Arc<Note>],
    by_path: &HashMap<&str, usize>,
) -> HashMap<usize, HashSet<&'a str>> {
    let targets = pages.iter().flat_map(|page| &page.targets);
    let wanted: HashSet<usize> = targets
        .filter_map(|(target, _)| {
            let (path, _) = target.split_once('#')?;
            by_path.get(path).copied()
        })
        .collect();
    wanted.into_iter().map(|i| (i, pages[i].ids())).collect()
}

fn broken_link<'a>(path: &str, span: Span, published: impl Iterator<Item = &'a str>) -> Diagnostic {
    let known: BTreeSet<&str> = published.filter(|f| !f.starts_with("assets/")).collect();
    // An address that was cut short, or else one that looks alike.
    let stem = path.strip_suffix(".html").unwrap_or(path);
    let near = known
        .iter()
        .copied()
        .find(|known| !stem.ends_with('/') && known.starts_with(stem))
        .or_else(|| nearest(path, known.iter().copied()))
        .map(|near| format!("/{near}"));
    let is_page = path.ends_with(".html");
    let (zh, en) = if is_page {
        ("页面", "page")
    } else {
        ("文件", "file")
    };
    let (hint_zh, hint_en) = if is_page {
        (
            "网址从“/”写起，如 /notices/编号.html",
            "begin the address with \"/\", for example /notices/ID.html",
        )
    } else {
        (
            "文件放在 content/ 下：content/attachments/名单.pdf 的网址是 /attachments/名单.pdf",
            "put files in content/: the address of content/attachments/LIST.pdf is /attachments/LIST.pdf",
        )
    };
    Diagnostic::new(
        &codes::BROKEN_LINK,
        span,
        format!("链接指向的{zh}不存在：/{path}"),
        format!("the link points to a {en} that does not exist: /{path}"),
    )
    .did_you_mean_or(near.as_deref(), hint_zh, hint_en)
}

fn broken_anchor(
    path: &str,
    fragment: &str,
    span: Span,
    ids: Option<&HashSet<&str>>,
) -> Diagnostic {
    let known: BTreeSet<&str> = ids.into_iter().flatten().copied().collect();
    let known = known.into_iter().filter(|id| !id.is_empty());
    let near = nearest(fragment, known).map(|near| format!("#{near}"));
    Diagnostic::new(
        &codes::BROKEN_ANCHOR,
        span,
        format!("页面 /{path} 上没有“#{fragment}”"),
        format!("page /{path} has no \"#{fragment}\""),
    )
    .did_you_mean_or(
        near.as_deref(),
        format!("打开 /{path}，复制要去的那一段的链接；或删去“#”及其后"),
        format!(
            "open /{path} and copy the link of the paragraph, or remove # and everything after it"
        ),
    )
}

/// Pages of places, calendars and feeds are made from lists, any of which may have failed; open data
/// are not made in such a run at all.
fn depends_on_lists(path: &str) -> bool {
    [
        "counties/",
        "prefectures/",
        "provinces/",
        "calendar/",
        "feeds/",
        "data/",
        "api/",
    ]
    .iter()
    .any(|folder| path.starts_with(folder))
}

/// Site paths that a page leads to, with the place in Markdown where they were written.
type Targets = Vec<(String, Option<Span>)>;

/// An address with the characters that `%E9%99%84` stands for. What divides addresses stays as written.
fn decoded(address: String) -> String {
    if !address.contains('%') {
        return address;
    }
    let bytes = address.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = address
            .get(at + 1..at + 3)
            .filter(|_| bytes[at] == b'%')
            .and_then(|hex| u8::from_str_radix(hex, 16).ok())
            .filter(|byte| !matches!(byte, b'#' | b'?' | b'/' | b'%'));
        out.push(code.unwrap_or(bytes[at]));
        at += if code.is_some() { 3 } else { 1 };
    }
    String::from_utf8(out).unwrap_or(address)
}

/// The site path that a relative reference on a page means; nothing for references to elsewhere.
fn resolve(page: &str, reference: &str) -> Option<String> {
    if reference.is_empty()
        || reference.starts_with("//")
        || reference
            .split(['/', '?', '#'])
            .next()
            .is_some_and(|first| first.contains(':'))
    {
        return None;
    }
    let (path, fragment) = reference
        .split_once('#')
        .map_or((reference, None), |(path, fragment)| (path, Some(fragment)));
    let path = path.split('?').next().unwrap_or_default();
    if path.is_empty() {
        return Some(fragment.map_or_else(|| page.to_owned(), |f| format!("{page}#{f}")));
    }
    let mut target = joined(page, path);
    if target.is_empty() || target.ends_with('/') {
        target.push_str("index.html");
    }
    if let Some(fragment) = fragment {
        target.push('#');
        target.push_str(fragment);
    }
    Some(target)
}

/// The site path that a relative path on a page means.
fn joined(page: &str, path: &str) -> String {
    let outer = |folder: &str| folder.rfind('/').unwrap_or(0);
    let mut folder = &page[..outer(page)];
    let mut target = String::with_capacity(page.len() + path.len());
    let mut rest = path;
    while let Some(below) = rest.strip_prefix("../") {
        folder = &folder[..outer(folder)];
        rest = below;
    }
    target.push_str(folder);
    let mut is_first = folder.is_empty();
    for part in rest.split('/') {
        match part {
            "." => continue,
            ".." => target.truncate(outer(&target)),
            part => {
                if !is_first {
                    target.push('/');
                }
                target.push_str(part);
            }
        }
        is_first = part == ".." && target.is_empty();
    }
    target
}

/// Site paths of what a page shows or runs: its pictures and scripts.
pub fn embedded(page: &str, html: &str) -> Vec<String> {
    let mut out = Vec::new();
    attributes(html, |name, value| {
        if name == b"src" {
            out.extend(resolve(page, value));
        }
    });
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoded_addresses_are_those_of_the_file() {
        assert_eq!(
            decoded("files/%E9%99%84%E4%BB%B61.docx".to_owned()),
            "files/附件1.docx"
        );
        assert_eq!(decoded("files/a%20b.pdf#x".to_owned()), "files/a b.pdf#x");
        for address in ["a%23b", "100%.html", "%FF", "a%2Fb"] {
            assert_eq!(decoded(address.to_owned()), address);
        }
    }

    #[test]
    fn references_are_resolved_from_their_page() {
        assert_eq!(
            resolve("notices/a.html", "../counties/b.html#x").as_deref(),
            Some("counties/b.html#x")
        );
        assert_eq!(
            resolve("notices/a.html", "#c1").as_deref(),
            Some("notices/a.html#c1")
        );
        assert_eq!(
            resolve("index.html", "notices/").as_deref(),
            Some("notices/index.html")
        );
        assert_eq!(resolve("index.html", "https://example.org/"), None);
        assert_eq!(resolve("index.html", "mailto:a@b"), None);
        assert_eq!(resolve("index.html", "//host/x"), None);
    }
}
