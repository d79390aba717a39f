//! Loads documents: one function per kind of file, from fields to types.
//!
//! Comes in: the sources. Goes out: the model as written. `parts` reads what several kinds have in common, `rows`
//! finds the names of lists. Files do not depend on each other here, so they are read in parallel and sorted by id.

mod parts;
mod rows;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;
use typed_index_collections::TiVec;

use self::parts::*;
use super::clause::{Body, Clause, Mode};
use super::decode::{Fields, UNSTATED};
use super::document::*;
use super::glossary::load_glossary;
use super::kind::DocumentKind;
use super::phase::Written;
use super::region::Regions;
use super::site::{
    bad_file_name, empty, is_id, load_pages, load_site, load_topics, no_front_matter,
};
use super::{DocumentId, Model, region, shape};
use crate::diag::{Diagnostic, Sink, SourceId, Span, Spanned, codes};
use crate::memo::{Key, Keyed};
use crate::sources::yaml::{self, Kind as YamlKind, Node};
use crate::sources::{SourceFile, Sources, source_of, split};
use crate::text::nearest;
use mingbai_forms::checked;
use mingbai_forms::entries::{Entry, entries};
use mingbai_forms::limits::Limits;

/// The result of loading each file, with its diagnostics, so that files that have not changed need not be loaded
/// again.
#[derive(Debug, Default)]
pub struct Loaded {
    regions: Option<(Arc<Regions>, Sink)>,
    files: HashMap<SourceId, LoadedFile>,
}

impl Loaded {
    /// Regions that were loaded before, for sources that do not contain them.
    pub fn of_regions(regions: Arc<Regions>) -> Self {
        Self {
            regions: Some((regions, Sink::default())),
            files: HashMap::new(),
        }
    }
}

/// A document, or the id of a file with errors, and the diagnostics.
type LoadedFile = (Result<Arc<Document<Written>>, String>, Sink);

/// Loads everything.
///
/// # Diagnostics
/// Those of YAML and decoding, and all problems that a single file can have (MB02xx).
pub fn load(sources: &Sources, sink: &mut Sink) -> Model<Written> {
    load_again(sources, None, sink).0
}

/// Loads everything again after a change. The result is the same as that of [`load`], but documents whose file and
/// regions have not changed are taken from the last run.
///
/// # Diagnostics
/// As for [`load`].
pub fn load_again(
    sources: &Sources,
    before: Option<(&Sources, &Loaded)>,
    sink: &mut Sink,
) -> (Model<Written>, Loaded) {
    check_places(sources, sink);
    let site = load_site(sources, sink);
    let kept =
        before.filter(|(old, _)| old.limits == sources.limits && has_same_regions(sources, old));
    let (regions, said) = match kept.and_then(|(_, loaded)| loaded.regions.clone()) {
        Some(kept) => kept,
        None => {
            let mut sink = Sink::default();
            (Arc::new(region::load(sources, &mut sink)), sink)
        }
    };
    sink.extend(said.clone());
    let before = sink.count();
    let topics = load_topics(sources, sink);
    let topics_sound = sink.count() == before
        && sources
            .find("data/topics.yaml")
            .is_none_or(|(id, _)| sources.is_readable(id));
    let glossary = load_glossary(sources, sink);
    let pages = load_pages(sources, sink);
    let files: Vec<(SourceId, &SourceFile)> = sources
        .numbered()
        .filter(|(_, file)| kind_of(&file.path).is_some())
        .collect();
    let loaded: Vec<(SourceId, LoadedFile)> = files
        .into_par_iter()
        .map(|(id, file)| {
            let unchanged = kept.filter(|(old, _)| sources.is_same(id, old));
            if let Some(kept) = unchanged.and_then(|(_, loaded)| loaded.files.get(&id)) {
                return (id, kept.clone());
            }
            let mut sink = Sink::default();
            let document = if sources.is_readable(id) {
                load_document(id, file, &regions, &sources.limits, &mut sink)
            } else {
                None
            };
            let document = document.map(Arc::new);
            let document = document.ok_or_else(|| stem(&file.path).to_owned());
            (id, (document, sink))
        })
        .collect();
    let mut documents: Vec<Arc<Document<Written>>> = Vec::new();
    let mut failed = HashSet::new();
    for (_, (document, said)) in &loaded {
        sink.extend(said.clone());
        match document {
            Ok(document) => documents.push(document.clone()),
            Err(id) => {
                failed.insert(id.clone());
            }
        }
    }
    let loaded = Loaded {
        regions: Some((regions.clone(), said)),
        files: loaded.into_iter().collect(),
    };
    documents.sort_by(|a, b| (a.kind.folder(), &a.id).cmp(&(b.kind.folder(), &b.id)));
    check_ids(&mut documents, sink);
    let documents: TiVec<DocumentId, Arc<Document<Written>>> = documents.into();
    let model = Model {
        site,
        regions,
        topics,
        glossary,
        documents,
        pages,
        failed,
        topics_sound,
    };
    (model, loaded)
}

/// Whether the files of the regions are the same, with the same numbers.
fn has_same_regions(sources: &Sources, old: &Sources) -> bool {
    fn numbers(sources: &Sources) -> Vec<SourceId> {
        let files = sources.below("data/regions/");
        files.map(|(id, _)| id).collect()
    }
    let ours = numbers(sources);
    ours == numbers(old) && ours.iter().all(|id| sources.is_same(*id, old))
}

/// Reports ids that are used twice. Ids are unique across all kinds, so that `id#clause` is unambiguous.
fn check_ids(documents: &mut Vec<Arc<Document<Written>>>, sink: &mut Sink) {
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    documents.retain(|document| match seen.get(&document.id) {
        None => {
            seen.insert(document.id.clone(), document.span);
            true
        }
        Some(first) => {
            sink.push(
                Diagnostic::new(
                    &codes::DUPLICATE_ID,
                    document.span,
                    format!("编号“{}”已被另一个文件使用", document.id),
                    format!("the id \"{}\" is already used by another file", document.id),
                )
                .also(*first, "先用的文件", "first used by this file")
                .hint("给其中一个文件改名", "rename one of the files"),
            );
            false
        }
    });
}

/// The kind of document of a file in `content/` or `data/`, given by its folder.
fn kind_of(path: &str) -> Option<DocumentKind> {
    let below = path
        .strip_prefix("content/")
        .or_else(|| path.strip_prefix("data/"))?;
    let (folder, file) = below.split_once('/')?;
    let is_document = file.ends_with(".md") || file.ends_with(".yaml") || file.ends_with(".yml");
    DocumentKind::of_folder(folder).filter(|_| is_document)
}

/// Reports files in `content/` and `data/` that nothing reads.
///
/// # Diagnostics
/// MB0109.
fn check_places(sources: &Sources, sink: &mut Sink) {
    const DATA: [&str; 5] = [
        crate::approvals::FILE,
        "data/glossary.yaml",
        "data/search.yaml",
        "data/site.yaml",
        "data/topics.yaml",
    ];
    for (id, file) in sources.numbered() {
        let path = file.path.as_str();
        let ours = path.starts_with("content/") || path.starts_with("data/");
        let page = path.starts_with("content/pages/") && path.ends_with(".md");
        let inside = |folder: &str| path.strip_prefix(folder).filter(|p| p.ends_with(".yaml"));
        let read_elsewhere = inside("data/regions/").is_some()
            || inside("data/checks/").is_some_and(|name| !name.contains('/'));
        // What was refused was reported; what is published as it is may be anywhere in `content/`.
        let reported = !sources.is_readable(id);
        let published = sources.is_published(path);
        if !ours
            || page
            || read_elsewhere
            || DATA.contains(&path)
            || kind_of(path).is_some()
            || reported
            || published
        {
            continue;
        }
        let diagnostic = Diagnostic::new(
            &codes::MISPLACED,
            Span::new(id, 0..0),
            "这个文件放在这里不会被读到",
            "files in this place are not read",
        );
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let folders = [
            DocumentKind::Notice.sources(),
            "content/pages",
            DocumentKind::Pilots.sources(),
            DocumentKind::Schedule.sources(),
            DocumentKind::Assessment.sources(),
            "data/checks",
            "data/regions",
        ];
        sink.push(if let Some(name) = source_of(path) {
            diagnostic.hint(format!("改名为 {name}"), format!("rename it to {name}"))
        } else if let Some(near) = nearest(path, DATA) {
            diagnostic.did_you_mean(Some(near))
        } else if let Some(near) = nearest(folder, folders).filter(|near| *near != folder) {
            diagnostic.hint(format!("移到 {near}/ 下"), format!("move it to {near}/"))
        } else {
            diagnostic.hint(
                "文件放 content/notices，网页放 content/pages（.md）；名单、安排、考核、自查放 data/pilots、data/schedules、data/assessments、data/checks（.yaml）；附件用 PDF、图片、表格等，放 content/ 下",
                "put documents into content/notices and pages into content/pages (.md); put lists, schedules, results and self-checks into data/pilots, data/schedules, data/assessments and data/checks (.yaml); put attachments (PDF, images, tables) into content/",
            )
        });
    }
}

/// `data/pilots/shanxi-2020.yaml` -> `shanxi-2020`
fn stem(path: &str) -> &str {
    let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn load_document(
    source: SourceId,
    file: &SourceFile,
    regions: &Regions,
    limits: &Limits,
    sink: &mut Sink,
) -> Option<Document<Written>> {
    let start = Span::new(source, 0..0);
    let (_, name) = file.path.rsplit_once('/')?;
    let (id, ending) = name.rsplit_once('.')?;
    if !is_id(id) {
        sink.push(bad_file_name(start, id));
        return None;
    }
    let (yaml_range, body_range) = if ending == "md" {
        let Some(parts) = split(&file.text) else {
            sink.push(no_front_matter(source, &file.text));
            return None;
        };
        (parts.yaml, Some(parts.body))
    } else if file.text.trim().is_empty() {
        sink.push(empty(&codes::MISSING_KEY, source));
        return None;
    } else {
        (0..file.text.len(), None)
    };
    let node = yaml::parse_parts(source, &file.text, yaml_range.clone(), sink);
    if !limits.allow_values(&node, sink) {
        return None;
    }
    let mut loader = Loader {
        entries: entries(&node).into(),
        regions,
        id,
        source,
        head: Key::default(),
        body: None,
        sink,
    };
    let front = &file.text[yaml_range.clone()];
    if let Some(range) = body_range {
        let body = Body::parse_within(
            source,
            &file.text,
            range,
            Mode::Official,
            limits,
            loader.sink,
        );
        loader.body = Some(body?);
    }
    loader.head = head(front, loader.body.as_ref());
    match kind_of(&file.path)? {
        DocumentKind::Notice => loader.notice(&node),
        DocumentKind::Pilots => loader.pilots(&node),
        DocumentKind::Schedule => loader.schedule(&node),
        DocumentKind::Assessment => loader.assessment(&node),
    }
}

/// The key of a front matter, and of what the clauses of a text are called.
fn head(front: &str, body: Option<&Body>) -> Key {
    let clauses = body.iter().flat_map(|body| &body.clauses);
    let own = Keyed::new().text(front);
    let keyed = clauses.fold(own, |keyed, clause| {
        let Clause {
            anchor,
            label,
            level,
            number,
            part,
            parent,
            blocks,
            heading,
        } = clause;
        let keyed = keyed.text(anchor).text(label).text(&format!(
            "{level:?} {number} {part} {parent:?} {}",
            blocks.is_empty()
        ));
        keyed.text(heading.as_deref().unwrap_or("\0"))
    });
    keyed.done()
}

/// 适用年度
fn year(fields: &Fields, sink: &mut Sink) -> Option<i16> {
    fields.number("year", sink).map(|year| year.value)
}

struct Loader<'a> {
    entries: Arc<[Entry]>,
    regions: &'a Regions,
    id: &'a str,
    source: SourceId,
    head: Key,
    body: Option<Body>,
    sink: &'a mut Sink,
}

impl Loader<'_> {
    /// The fields that documents of all kinds have in common.
    fn shell(
        &mut self,
        fields: &Fields,
        title: Spanned<String>,
        day: Option<jiff::civil::Date>,
        year: Option<i16>,
        kind: Kind<Written>,
    ) -> Document<Written> {
        let sink = &mut *self.sink;
        let by_year = year.and_then(|y| jiff::civil::Date::new(y, 12, 31).ok());
        let dated = day.or(by_year);
        let edition = dated.and_then(|day| self.regions.edition_on(day));
        // A date that is missing or could not be read has been reported.
        let date_failed = dated.is_none()
            && (!matches!(kind, Kind::Notice(_))
                || fields.get("year").is_some()
                || fields
                    .get("issued")
                    .is_none_or(|node| node.kind != YamlKind::Text(UNSTATED.into())));
        let place_key = if matches!(kind, Kind::Schedule(_)) {
            "county"
        } else {
            "region"
        };
        fields.require(place_key, sink);
        let place = fields.text(place_key, sink).and_then(|path| {
            match self.regions.find_place(&path, edition) {
                Ok(place) => Some(place),
                Err(_) if !self.regions.sound => None,
                Err(diagnostic) if diagnostic.code == &codes::NO_EDITION => {
                    if !date_failed {
                        sink.push(self.regions.no_edition(path.span, dated.is_some()));
                    }
                    None
                }
                Err(diagnostic) => {
                    sink.push(*diagnostic);
                    None
                }
            }
        });
        Document {
            id: self.id.to_owned(),
            source: self.source,
            head: self.head,
            span: fields.span,
            title,
            short: fields.text("short", sink).map(|t| t.value),
            place,
            edition,
            date_failed,
            year_span: fields.get("year").map(|node| node.span),
            topics: fields.texts("topics", sink),
            summary: fields.list("summary", sink, point),
            windows: fields.list("windows", sink, window),
            deadlines: fields.list("deadlines", sink, deadline),
            contacts: fields.list("contacts", sink, contact),
            body: self.body.take().map(Arc::new),
            slips: Vec::new(),
            formerly: fields.texts("formerly", sink),
            checked: checked(fields, sink),
            entries: self.entries.clone(),
            life: Life::default(),
            ending: None,
            kind,
        }
    }

    fn notice(mut self, node: &Node) -> Option<Document<Written>> {
        let fields = Fields::open(node, &shape::NOTICE, self.sink)?;
        for key in ["number", "kind", "issuers", "issued", "publicity"] {
            fields.require(key, self.sink);
        }
        let title = fields.required_text("title", self.sink);
        let sink = &mut *self.sink;
        let issued = fields.day("issued", sink);
        let printed_on = fields.day("printed_on", sink);
        let published = fields.day("published", sink);
        let in_force = fields.day("in_force", sink);
        let expires = fields.day("expires", sink);
        for (first, second, words) in [
            (
                &issued,
                &printed_on,
                ("成文日期", "印发日期", "issued", "printed_on"),
            ),
            (
                &issued,
                &published,
                ("成文日期", "发布日期", "issued", "published"),
            ),
            (
                &in_force,
                &expires,
                ("施行日期", "失效日期", "in_force", "expires"),
            ),
        ] {
            if let (Some(first), Some(second)) = (first, second)
                && first.value > second.value
            {
                sink.push(
                    Diagnostic::new(
                        &codes::DATE_ORDER,
                        second.span,
                        format!("{}早于{}", words.1, words.0),
                        format!("`{}` is before `{}`", words.3, words.2),
                    )
                    .also(first.span, words.0, words.2)
                    .hint(
                        "对照原文，看是否写反了",
                        "compare with the official text; the two dates may have been swapped",
                    ),
                );
            }
        }
        let number = fields.stated_text("number", sink);
        if let Some(number) = &number {
            check_number(number, sink);
        }
        let publicity = fields
            .one_of("publicity", Publicity::ALL, sink)
            .and_then(|p| p.value);
        let release = fields.get("release").and_then(|node| release(node, sink));
        let restricted = publicity.filter(|p| *p != Publicity::Proactive);
        if let Some(publicity) = restricted.filter(|_| fields.get("release").is_none()) {
            let span = fields.get("publicity").map_or(fields.span, |n| n.span);
            let (zh, en) = match publicity {
                Publicity::Withheld => ("不予公开", "not disclosed (不予公开)"),
                _ => ("依申请公开", "disclosed only on request (依申请公开)"),
            };
            sink.push(
                Diagnostic::new(
                    &codes::NO_RELEASE,
                    span,
                    format!("{zh}的文件，没有记录公开决定"),
                    format!("the document is {en} and has no release decision"),
                )
                .hint(
                    "补上 release:（by 谁决定、on 日期、basis 依据）；没有这样的决定就不要上网",
                    "add `release` with `by`, `on` and `basis`; without such a decision, do not publish the document",
                ),
            );
        }
        // Read for its form only: `evidence` takes the lines from the entries.
        fields.texts("as_printed", sink);
        let year = year(&fields, sink);
        let notice = Notice {
            year,
            genre: fields.one_of("kind", Genre::ALL, sink).map(|g| g.value),
            number,
            letterhead: fields.text("letterhead", sink).map(|t| t.value),
            issuers: values(fields.texts("issuers", sink)),
            addressees: values(fields.texts("addressees", sink)),
            copies: values(fields.texts("copies", sink)),
            issued: issued.as_ref().map(|d| d.value),
            printed_on: printed_on.map(|d| d.value),
            published: published.map(|d| d.value),
            in_force: in_force.map(|d| d.value),
            expires: expires.map(|d| d.value),
            publicity,
            release,
            index_number: fields.stated_text("index_number", sink).map(|t| t.value),
            cites: fields.list("cites", sink, cited),
            attachments: fields.list("attachments", sink, attachment),
            omitted: fields.list("omitted", sink, omitted),
            consents: fields.list("consents", sink, consent),
            provenance: fields.text("source", sink).map(|t| t.value),
        };
        let mut slips = fields.list("slips", sink, |node, sink| slip(node, &shape::SLIP, sink));
        slips.extend(own_corrections(&fields, sink));
        let life = life(&fields, issued.as_ref(), sink);
        let mut document = self.shell(
            &fields,
            title?,
            issued.map(|d| d.value),
            year,
            Kind::Notice(Box::new(notice)),
        );
        document.slips = slips;
        document.life = life;
        Some(document)
    }

    fn pilots(mut self, node: &Node) -> Option<Document<Written>> {
        let fields = Fields::open(node, &shape::PILOT_LIST, self.sink)?;
        for key in ["programme", "year", "source", "clause", "counties"] {
            fields.require(key, self.sink);
        }
        let title = fields.required_text("title", self.sink)?;
        let sink = &mut *self.sink;
        let (slips, slips_sound) = corrections(&fields, sink);
        let printed = printed_list(fields.get("counties")?, sink)?;
        let year = year(&fields, sink);
        let list = PilotList {
            year,
            source: fields.text("source", sink)?,
            programme: fields.text("programme", sink)?.value,
            cite: citation(&fields, sink)?,
            stated: fields.list("stated", sink, stated),
            printed,
            rows: Vec::new(),
        };
        let mut document = self.shell(&fields, title, None, year, Kind::Pilots(list));
        let rows = self.rows(&document, &slips, slips_sound);
        document.slips = slips;
        if let Kind::Pilots(list) = &mut document.kind {
            list.rows = rows.into_iter().next().unwrap_or_default();
        }
        self.check_twice(&mut document);
        Some(document)
    }

    fn assessment(mut self, node: &Node) -> Option<Document<Written>> {
        let fields = Fields::open(node, &shape::ASSESSMENT, self.sink)?;
        for key in ["programme", "year", "source", "clause", "grades"] {
            fields.require(key, self.sink);
        }
        let title = fields.required_text("title", self.sink)?;
        let sink = &mut *self.sink;
        let (slips, slips_sound) = corrections(&fields, sink);
        let before = sink.count();
        let grades = fields.list("grades", sink, grade);
        // If one of its lists is missing, nothing in an assessment can be counted.
        let grades_sound = sink.count() == before && !fields.is_incomplete();
        let year = year(&fields, sink);
        let assessment = Assessment {
            year,
            source: fields.text("source", sink)?,
            programme: fields.text("programme", sink)?.value,
            bodies: values(fields.texts("bodies", sink)),
            cite: citation(&fields, sink)?,
            period: fields.get("period").and_then(|node| fact(node, sink)),
            stages: fields.list("stages", sink, fact),
            grades,
            stated: fields.list("stated", sink, stated),
        };
        let has_no_grade = !grades_sound && assessment.grades.is_empty();
        let mut document = self.shell(&fields, title, None, year, Kind::Assessment(assessment));
        if has_no_grade {
            return None;
        }
        let rows = self.rows(&document, &slips, slips_sound && grades_sound);
        document.slips = slips;
        if let Kind::Assessment(assessment) = &mut document.kind {
            for (grade, rows) in assessment.grades.iter_mut().zip(rows) {
                grade.rows = rows;
            }
        }
        self.check_twice(&mut document);
        Some(document)
    }

    fn schedule(mut self, node: &Node) -> Option<Document<Written>> {
        let fields = Fields::open(node, &shape::SCHEDULE, self.sink)?;
        for key in ["county", "year", "source"] {
            fields.require(key, self.sink);
        }
        let title = fields.required_text("title", self.sink)?;
        let sink = &mut *self.sink;
        let year = year(&fields, sink);
        let schedule = Schedule {
            year,
            source: fields.text("source", sink)?,
            venues: fields.list("venues", sink, fact),
            channels: fields.list("channels", sink, fact),
            quotas: fields.list("quotas", sink, quota),
            groups: fields.list("groups", sink, fact),
            forms: fields.list("forms", sink, fact),
            guide: fields.list("guide", sink, fact),
            sessions: fields.list("sessions", sink, session),
        };
        let slips = own_corrections(&fields, sink);
        let mut document = self.shell(&fields, title, None, year, Kind::Schedule(schedule));
        document.slips = slips;
        Some(document)
    }
}
