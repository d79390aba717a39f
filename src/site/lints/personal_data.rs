//! What must not be published, in the sources: numbers, mailboxes, marks of secrecy and names of persons.
//!
//! Comes in: sources, the model (names of places, consents), approvals. Goes out: diagnostics, and [`Searched`]: what was found,
//! for the gate of finished files. All texts of `content/`, `data/` and the site's own themes are searched, comments included, and the inside and
//! the names of attachments. How a number may be written is known by `mingbai-privacy`.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use mingbai_privacy::inside::{self, Inside};
use mingbai_privacy::{Finding, Kind, names};
use rayon::prelude::*;

use crate::approvals::{self, Approvals, Used};
use crate::diag::{Code, Diagnostic, Sink, SourceId, Span, codes};
use crate::memo::{Clean, Keyed, Silent, Texts};
use crate::model::{Kind as DocumentKind, Model, Written};
use crate::sources::{BinaryFile, SourceFile, Sources};

/// What was found in the sources. Nothing else may be in what is published.
#[derive(Debug, Default, Clone)]
pub struct Searched {
    /// The keys of everything that was reported or approved.
    pub known: HashSet<String>,
    /// The approvals that were used.
    pub used: Used,
}

impl Searched {
    fn extend(&mut self, other: Self) {
        self.known.extend(other.known);
        self.used.extend(other.used);
    }

    fn is_empty(&self) -> bool {
        self.known.is_empty() && self.used.is_empty()
    }
}

/// What is needed to judge what was found.
struct Known<'a> {
    approvals: &'a Approvals,
    /// Names of places: 高平 before a telephone is a city.
    places: HashSet<&'a str>,
    /// For each source with consents, of its own or of the notice that it is made from: the names.
    consents: HashMap<SourceId, HashSet<String>>,
}

impl<'a> Known<'a> {
    fn new(model: &'a Model<Written>, approvals: &'a Approvals) -> Self {
        let regions = &model.regions;
        let units = regions.units.iter().map(|unit| unit.name.as_str());
        let prefectures = regions.prefectures.iter().map(|one| one.name.as_str());
        let full = units.chain(prefectures);
        let short = |name: &'a str| name.strip_suffix(['县', '市', '区']).unwrap_or(name);
        let mut given: HashMap<&str, HashSet<String>> = HashMap::new();
        for document in &model.documents {
            if let DocumentKind::Notice(notice) = &document.kind
                && !notice.consents.is_empty()
            {
                let names = notice.consents.iter();
                let names = names.map(|consent| mingbai_privacy::bare(&consent.name));
                given.entry(&document.id).or_default().extend(names);
            }
        }
        let consents = model.documents.iter().filter_map(|document| {
            let source = document.kind.source().map(|source| source.value.as_str());
            let names = given.get(source.unwrap_or(&document.id))?;
            Some((document.source, names.clone()))
        });
        Self {
            approvals,
            places: full.flat_map(|name| [name, short(name)]).collect(),
            consents: consents.collect(),
        }
    }

    fn has_consents(&self, source: SourceId) -> bool {
        self.consents.contains_key(&source)
    }

    fn has_consent(&self, source: SourceId, name: &str) -> bool {
        let names = self.consents.get(&source);
        names.is_some_and(|names| names.contains(name))
    }
}

/// Searches all sources.
///
/// # Diagnostics
/// MB0220, MB0232; MB0506 and MB0718 for attachments.
pub fn check(
    model: &Model<Written>,
    sources: &Sources,
    approvals: &Approvals,
    sink: &mut Sink,
) -> Searched {
    let texts = Texts::of(sources);
    check_again(model, sources, approvals, &texts, &Clean::default(), sink).0
}

/// What the search of a file gives: with its path, if nothing was found in it.
type One<'a> = (Searched, Sink, Option<(&'a String, Silent)>);

/// As [`check`], but a text in which nothing was found, and that is as it was, is not searched again. Goes out also: the texts in
/// which nothing was found.
///
/// # Diagnostics
/// As for [`check`].
pub fn check_again(
    model: &Model<Written>,
    sources: &Sources,
    approvals: &Approvals,
    texts: &Texts,
    earlier: &Clean,
    sink: &mut Sink,
) -> (Searched, Clean) {
    let known = Known::new(model, approvals);
    // Consents, approvals and names of places: what was found without them may be found with others.
    let is_same_for_all = |id| {
        let path = sources.file(id).path.as_str();
        path == approvals::FILE || path.starts_with("data/regions/")
    };
    let ground = texts.together(is_same_for_all);
    let key = |id| Keyed::new().key(ground).key(texts.of_file(id)).done();
    let files = (0..sources.files.len())
        .into_par_iter()
        .map(|i| SourceId(u32::try_from(i).expect("a site folder has fewer than 2^32 files")))
        .filter(|id| is_searched(*id, sources))
        .map(|id| {
            let path = &sources.file(id).path;
            let silent = earlier.silent(path).filter(|silent| silent.key == key(id));
            if let Some(silent) = silent {
                let silent = Some((path, silent.clone()));
                return (Searched::default(), Sink::default(), silent);
            }
            let (searched, said) = Search::new(id, sources, &known).text();
            let is_clean = searched.is_empty() && said.is_empty() && !known.has_consents(id);
            let silent = || Silent {
                asked: Box::default(),
                key: key(id),
            };
            (searched, said, is_clean.then(|| (path, silent())))
        });
    let published: Vec<_> = sources.published().collect();
    let attached = published.into_par_iter().map(|(_, id, file)| {
        let (searched, said) = Search::new(id, sources, &known).file(file);
        (searched, said, None)
    });
    let all: Vec<One> = files.chain(attached).collect();
    let mut searched = Searched::default();
    let mut clean = Vec::new();
    for (one, said, silent) in all {
        searched.extend(one);
        sink.extend(said);
        clean.extend(silent.map(|(path, silent)| (path.clone(), silent)));
    }
    (searched, Clean::of(clean))
}

/// Whether the text of a file may be published. What is built in is ours; approvals are not published.
fn is_searched(id: SourceId, sources: &Sources) -> bool {
    let path = sources.file(id).path.as_str();
    let is_ours = ["content/", "data/", "themes/"]
        .iter()
        .any(|folder| path.starts_with(folder));
    is_ours && !sources.is_built_in(id) && path != approvals::FILE
}

/// The search of one file.
struct Search<'a> {
    id: SourceId,
    path: &'a str,
    sources: &'a Sources,
    known: &'a Known<'a>,
    searched: Searched,
    sink: Sink,
}

impl<'a> Search<'a> {
    fn new(id: SourceId, sources: &'a Sources, known: &'a Known<'a>) -> Self {
        Self {
            id,
            path: &sources.file(id).path,
            sources,
            known,
            searched: Searched::default(),
            sink: Sink::default(),
        }
    }

    /// The text of a source, and its name.
    fn text(mut self) -> (Searched, Sink) {
        let SourceFile { path, text } = self.sources.file(self.id);
        self.name();
        let found = mingbai_privacy::find(text);
        let id = self.id;
        for one in &found {
            self.found(one, |range| report(Span::new(id, range), one.kind, None));
        }
        // The tables of divisions have only names of places; a theme has only words of its own.
        let has_names = path.starts_with("content/") || path.starts_with("data/");
        if has_names && !path.starts_with("data/regions/") {
            self.names(text, &found, Span::new, None);
        }
        (self.searched, self.sink)
    }

    /// The inside of an attachment, and its name.
    fn file(mut self, file: &BinaryFile) -> (Searched, Sink) {
        self.name();
        let inside = inside::look(&file.bytes);
        let here = Span::new(self.id, 0..0);
        for part in &inside.parts {
            let found = mingbai_privacy::find(&part.text);
            for one in &found {
                self.found(one, |_| report(here, one.kind, Some(&part.place)));
            }
            self.names(&part.text, &found, |_, _| here, Some(&part.place));
        }
        self.properties(&inside);
        (self.searched, self.sink)
    }

    /// The name of the file, which is an address of the site.
    fn name(&mut self) {
        let stem = self
            .path
            .rsplit_once('.')
            .map_or(self.path, |(stem, _)| stem);
        let lines = stem.replace('/', "\n\n");
        let here = Span::new(self.id, 0..0);
        for one in mingbai_privacy::find(&lines) {
            self.found(&one, |_| {
                report(here, one.kind, None).label("文件名", "the name of the file")
            });
        }
    }

    /// Reports a finding that is not approved.
    fn found(&mut self, one: &Finding, report: impl FnOnce(Range<usize>) -> Diagnostic) {
        let is_new = self.searched.known.insert(one.key.clone());
        match self.known.approvals.find(&one.key, &[self.path]) {
            Some(at) => {
                self.searched.used.insert(at);
            }
            // In an attachment all places are one.
            None if is_new || !self.sources.is_published(self.path) => {
                self.sink.push(report(one.range.clone()));
            }
            None => {}
        }
    }

    fn names(
        &mut self,
        text: &str,
        numbers: &[Finding],
        span: impl Fn(SourceId, Range<usize>) -> Span,
        part: Option<&str>,
    ) {
        for range in names::find(text, numbers, &|name| self.known.places.contains(name)) {
            let name = mingbai_privacy::bare(&text[range.clone()]);
            if self.known.has_consent(self.id, &name) {
                continue;
            }
            let is_new = self.searched.known.insert(name.clone());
            if let Some(at) = self.known.approvals.find(&name, &[self.path]) {
                self.searched.used.insert(at);
            } else if part.is_none() || is_new {
                self.sink
                    .push(report_name(span(self.id, range), &name, part));
            }
        }
    }

    /// What an attachment says besides its text, and what of it cannot be read.
    fn properties(&mut self, inside: &Inside) {
        let span = Span::new(self.id, 0..0);
        if !inside.properties.is_empty() {
            let list = |zh: bool| {
                let words = inside.properties.iter().map(|(what, value)| {
                    let name = what.name();
                    if zh {
                        format!("{}（{value}）", name.0)
                    } else {
                        format!("{} ({value})", name.1)
                    }
                });
                words.collect::<Vec<_>>().join(if zh { "、" } else { ", " })
            };
            self.sink.push(
                Diagnostic::new(
                    &codes::METADATA,
                    span,
                    format!("附件里带着：{}", list(true)),
                    format!("the attachment tells: {}", list(false)),
                )
                .hint(remedy(self.path).0, remedy(self.path).1),
            );
        }
        for why in &inside.unread {
            let (zh, en) = why.reason();
            self.sink.push(
                Diagnostic::new(
                    &codes::NOT_LOOKED_INTO,
                    span,
                    format!("附件里面查不全：{zh}"),
                    format!("the attachment cannot be looked into completely: {en}"),
                )
                .hint(
                    "请逐页看过再公开；能换的，换成文字可以选中的 PDF 或 .docx、.xlsx",
                    "read every page before it is published; if possible, publish a PDF with selectable text, or a .docx or .xlsx",
                ),
            );
        }
    }
}

/// How properties are removed.
fn remedy(path: &str) -> (&'static str, &'static str) {
    let ending = path
        .rsplit('.')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    match ending.as_str() {
        "jpg" | "jpeg" | "png" | "webp" | "gif" => (
            "在看图软件里另存一份（或右键“属性 → 详细信息 → 删除属性和个人信息”），再放进来",
            "save a copy without properties (Windows: Properties, Details, Remove Properties), then put that in its place",
        ),
        "pdf" => (
            "在生成它的软件里去掉作者和批注，重新导出 PDF",
            "remove author and comments in the program that made it, and export the PDF again",
        ),
        _ => (
            "在 WPS 或 Office 里“文件 → 信息 → 检查文档”，删去文档属性、批注、修订和隐藏的工作表，保存后再放进来",
            "in WPS or Office, use File, Info, Inspect Document to remove properties, comments, changes and hidden sheets, and save it",
        ),
    }
}

/// The diagnostic for a finding. `part` is the part of a file that has it.
pub fn report(span: Span, kind: Kind, part: Option<&str>) -> Diagnostic {
    let (zh, en) = kind.name();
    let (in_zh, in_en) = placed(part);
    let code: &'static Code = match kind {
        Kind::Secrecy => &codes::SECRECY,
        _ => &codes::PERSONAL_DATA,
    };
    let diagnostic = Diagnostic::new(
        code,
        span,
        format!("疑似{zh}{in_zh}"),
        format!("this looks like {en}{in_en}"),
    );
    if kind == Kind::Secrecy {
        return diagnostic.hint(
            "有密级或只供内部使用的文件不能上网，请移走；标志已失效的，在 data/approvals.yaml 里写明谁批准公开",
            "a classified or internal document must not be published: remove it; if the mark is no longer valid, record the approval in data/approvals.yaml",
        );
    }
    diagnostic.hint(
        "删去，原处写〔此处略去……〕，并在 omitted 中说明；确可公开的，写进 data/approvals.yaml（mingbai explain MB0220）",
        "remove it, write 〔此处略去……〕 in its place, and say so under `omitted`; if it may be published, approve it in data/approvals.yaml (mingbai explain MB0220)",
    )
}

fn placed(part: Option<&str>) -> (String, String) {
    match part {
        None | Some("") => (String::new(), String::new()),
        Some(part) => (format!("（在 {part} 里）"), format!(" (in {part})")),
    }
}

fn report_name(span: Span, name: &str, part: Option<&str>) -> Diagnostic {
    let (in_zh, in_en) = placed(part);
    let diagnostic = Diagnostic::new(
        &codes::PERSONAL_DATA,
        span,
        format!("疑似个人姓名“{name}”{in_zh}"),
        format!("\"{name}\" looks like the name of a person{in_en}"),
    );
    if part.is_some() {
        return diagnostic.hint(
            "从附件里略去姓名；确可公开的，写进 data/approvals.yaml（mingbai explain MB0220）",
            "remove the name from the attachment; if it may be published, approve it in data/approvals.yaml (mingbai explain MB0220)",
        );
    }
    diagnostic.hint(
        format!(
            "略去：原处写〔此处略去姓名〕，并在 omitted 中说明；本人同意公开的，在公文里写 consents: [{{name: {name}, by: 谁决定, on: 哪天, basis: 凭什么}}]"
        ),
        format!(
            "write 〔此处略去姓名〕 in its place and say so under `omitted`; with the person's consent, add to the notice \
             consents: [{{name: {name}, by: WHO, on: DAY, basis: WHY}}]"
        ),
    )
}

/// The names of persons next to a role or a telephone in a text.
pub fn find_names(text: &str, is_place: &dyn Fn(&str) -> bool) -> Vec<Range<usize>> {
    names::find(text, &mingbai_privacy::find(text), is_place)
}

/// The personal data in a text, apart from names and marks.
pub fn find(text: &str) -> Vec<Finding> {
    let mut found = mingbai_privacy::find(text);
    found.retain(|one| one.kind != Kind::Secrecy);
    found
}
