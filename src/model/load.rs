//! Loading documents: one function per kind of file, from fields to types.
//!
//! Files are independent of each other here, so they are read in parallel and put in the order of their ids.

use std::collections::{BTreeMap, HashMap, HashSet};

use rayon::prelude::*;

use super::clause::{Body, Mode};
use super::decode::{Fields, UNSTATED, text, wrong_type};
use super::document::*;
use super::region::{EditionIndex, Place, Regions};
use super::site::{bad_file_name, is_id, load_pages, load_site, load_topics, no_front_matter};
use super::{Model, region};
use crate::diag::{Diagnostic, Sink, SourceId, Span, Spanned, codes};
use crate::sources::yaml::{self, Kind as YamlKind, Node};
use crate::sources::{SourceFile, Sources, split};
use crate::text::nearest;

/// Keys of documents of every kind.
const SHELL: [&str; 12] = [
    "title",
    "short",
    "year",
    "topics",
    "summary",
    "windows",
    "deadlines",
    "contacts",
    "checked",
    "formerly",
    "source",
    "description",
];

/// Loads everything.
///
/// # Diagnostics
/// Those of YAML and decoding, and all that one file alone can have wrong (MB02xx).
pub fn load(sources: &Sources, sink: &mut Sink) -> Model {
    check_places(sources, sink);
    let site = load_site(sources, sink);
    let regions = region::load(sources, sink);
    let before = sink.count();
    let topics = load_topics(sources, sink);
    let topics_sound = sink.count() == before
        && sources
            .find("data/topics.yaml")
            .is_none_or(|(id, _)| sources.is_readable(id));
    let pages = load_pages(sources, sink);
    let files: Vec<(SourceId, &SourceFile)> = sources
        .numbered()
        .filter(|(_, file)| kind_of(&file.path).is_some())
        .collect();
    let loaded: Vec<(Result<Document, String>, Sink)> = files
        .into_par_iter()
        .map(|(id, file)| {
            let mut sink = Sink::default();
            let document = if sources.is_readable(id) {
                load_document(id, file, &regions, &mut sink)
            } else {
                None
            };
            (document.ok_or_else(|| stem(&file.path).to_owned()), sink)
        })
        .collect();
    let mut documents: Vec<Document> = Vec::new();
    let mut failed = HashSet::new();
    for (document, said) in loaded {
        sink.extend(said);
        match document {
            Ok(document) => documents.push(document),
            Err(id) => {
                failed.insert(id);
            }
        }
    }
    documents.sort_by(|a, b| (a.kind.folder(), &a.id).cmp(&(b.kind.folder(), &b.id)));
    check_ids(&mut documents, sink);
    let by_id: HashMap<String, usize> = documents
        .iter()
        .enumerate()
        .map(|(i, d)| (d.id.clone(), i))
        .collect();
    let by_number = documents
        .iter()
        .enumerate()
        .filter_map(|(i, d)| match &d.kind {
            Kind::Notice(notice) => notice
                .number
                .as_ref()
                .map(|n| (crate::text::fold(&n.value), i)),
            _ => None,
        })
        .collect();
    Model {
        site,
        regions,
        topics,
        documents,
        pages,
        failed,
        topics_sound,
        by_id,
        by_number,
    }
}

/// Ids are unique over all kinds, so that `id#clause` names one document.
fn check_ids(documents: &mut Vec<Document>, sink: &mut Sink) {
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
                    format!("id \"{}\" is already used by another file", document.id),
                )
                .also(*first, "先用的文件", "the file that used it first")
                .hint("给其中一个文件改名", "rename one of the files"),
            );
            false
        }
    });
}

/// The folder of a document file below `content/` or `data/`: what kind it is.
fn kind_of(path: &str) -> Option<&'static str> {
    let below = path
        .strip_prefix("content/")
        .or_else(|| path.strip_prefix("data/"))?;
    let (folder, file) = below.split_once('/')?;
    let is_document = file.ends_with(".md") || file.ends_with(".yaml") || file.ends_with(".yml");
    ["notices", "pilots", "schedules", "assessments"]
        .into_iter()
        .find(|kind| *kind == folder && is_document)
}

/// Every file below `content/` and `data/` is read by somebody.
///
/// # Diagnostics
/// MB0109.
fn check_places(sources: &Sources, sink: &mut Sink) {
    const DATA: [&str; 2] = ["data/site.yaml", "data/topics.yaml"];
    for (id, file) in sources.numbered() {
        let path = file.path.as_str();
        let ours = path.starts_with("content/") || path.starts_with("data/");
        let page = path.starts_with("content/pages/") && path.ends_with(".md");
        let regions = path.starts_with("data/regions/") && path.ends_with(".yaml");
        if !ours || page || regions || DATA.contains(&path) || kind_of(path).is_some() {
            continue;
        }
        let diagnostic = Diagnostic::new(
            &codes::MISPLACED,
            Span::new(id, 0..0),
            "这个文件放在这里不会被读到",
            "nothing reads this file here",
        );
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let folders = [
            "content/notices",
            "content/pages",
            "data/pilots",
            "data/schedules",
            "data/assessments",
            "data/regions",
        ];
        sink.push(if let Some(near) = nearest(path, DATA) {
            diagnostic.did_you_mean(Some(near))
        } else if let Some(near) = nearest(folder, folders).filter(|near| *near != folder) {
            diagnostic.hint(format!("移到 {near}/ 下"), format!("move it into {near}/"))
        } else {
            diagnostic.hint(
                "文件放 content/notices，网页放 content/pages（.md）；名单、安排、考核放 data/pilots、data/schedules、data/assessments（.yaml）；附件用 PDF、图片、表格等，放 content/ 下",
                "notices go into content/notices, pages into content/pages (.md), lists, schedules and results into data/pilots, data/schedules, data/assessments (.yaml); attachments (PDF, pictures, tables) below content/",
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
    sink: &mut Sink,
) -> Option<Document> {
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
    } else {
        (0..file.text.len(), None)
    };
    let node = yaml::parse(source, &file.text, yaml_range, sink)?;
    let mut loader = Loader {
        regions,
        id,
        source,
        body: None,
        sink,
    };
    if let Some(range) = body_range {
        loader.body = Some(Body::parse(
            source,
            &file.text,
            range,
            Mode::Official,
            loader.sink,
        ));
    }
    match kind_of(&file.path)? {
        "notices" => loader.notice(&node),
        "pilots" => loader.pilots(&node),
        "schedules" => loader.schedule(&node),
        _ => loader.assessment(&node),
    }
}

struct Loader<'a> {
    regions: &'a Regions,
    id: &'a str,
    source: SourceId,
    body: Option<Body>,
    sink: &'a mut Sink,
}

fn known(own: &[&'static str]) -> Vec<&'static str> {
    SHELL.iter().chain(own).copied().collect()
}

fn values(list: Vec<Spanned<String>>) -> Vec<String> {
    list.into_iter().map(|item| item.value).collect()
}

impl Loader<'_> {
    /// What documents of every kind have in common.
    fn shell(
        &mut self,
        fields: &Fields,
        title: Spanned<String>,
        day: Option<jiff::civil::Date>,
        kind: Kind,
    ) -> Document {
        let sink = &mut *self.sink;
        let year = fields.number::<i16>("year", sink).map(|y| y.value);
        let by_year = year.and_then(|y| jiff::civil::Date::new(y, 12, 31).ok());
        let dated = day.or(by_year);
        let edition = dated.and_then(|day| self.regions.edition_on(day));
        // A date that could not be read, or is missing and must be there, was reported.
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
            span: fields.span,
            title,
            short: fields.text("short", sink).map(|t| t.value),
            year,
            place,
            edition,
            date_failed,
            year_span: fields.get("year").map(|node| node.span),
            topics: fields.texts("topics", sink),
            summary: fields.list("summary", sink, point),
            windows: fields.list("windows", sink, window),
            deadlines: fields.list("deadlines", sink, deadline),
            contacts: fields.list("contacts", sink, contact),
            body: self.body.take(),
            slips: Vec::new(),
            formerly: fields.texts("formerly", sink),
            checked: checked(fields, sink),
            kind,
        }
    }

    fn notice(mut self, node: &Node) -> Option<Document> {
        let own = known(&[
            "number",
            "kind",
            "letterhead",
            "issuers",
            "addressees",
            "copies",
            "issued",
            "printed_on",
            "in_force",
            "expires",
            "region",
            "publicity",
            "release",
            "index_number",
            "cites",
            "attachments",
            "slips",
            "omitted",
        ]);
        let fields = Fields::open(node, &own, self.sink)?;
        for key in ["number", "kind", "issuers", "issued", "publicity"] {
            fields.require(key, self.sink);
        }
        let title = fields.required_text("title", self.sink);
        let sink = &mut *self.sink;
        let issued = fields.day("issued", sink);
        let printed_on = fields.day("printed_on", sink);
        let in_force = fields.day("in_force", sink);
        let expires = fields.day("expires", sink);
        for (first, second, words) in [
            (
                &issued,
                &printed_on,
                ("成文日期", "印发日期", "issued", "printed_on"),
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
                        format!("{} lies before {}", words.3, words.2),
                    )
                    .also(first.span, words.0, words.2)
                    .hint(
                        "对照原文，看是否写反了",
                        "compare with the official text: perhaps they were swapped",
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
        if publicity == Some(Publicity::OnRequest) && fields.get("release").is_none() {
            let span = fields.get("publicity").map_or(fields.span, |n| n.span);
            sink.push(
                Diagnostic::new(
                    &codes::NO_RELEASE,
                    span,
                    "依申请公开的文件，没有记录公开决定",
                    "a document disclosed on request only, without a recorded release decision",
                )
                .hint(
                    "补上 release:（by 谁决定、on 日期、basis 依据）；没有这样的决定就不要上网",
                    "add release: (by, on, basis); without such a decision do not put it online",
                ),
            );
        }
        let notice = Notice {
            genre: fields.one_of("kind", Genre::ALL, sink).map(|g| g.value),
            number,
            letterhead: fields.text("letterhead", sink).map(|t| t.value),
            issuers: values(fields.texts("issuers", sink)),
            addressees: values(fields.texts("addressees", sink)),
            copies: values(fields.texts("copies", sink)),
            issued: issued.as_ref().map(|d| d.value),
            printed_on: printed_on.map(|d| d.value),
            in_force: in_force.map(|d| d.value),
            expires: expires.map(|d| d.value),
            publicity,
            release,
            index_number: fields.stated_text("index_number", sink).map(|t| t.value),
            cites: fields.list("cites", sink, cited),
            attachments: fields.list("attachments", sink, attachment),
            omitted: fields.list("omitted", sink, omitted),
            provenance: fields.text("source", sink).map(|t| t.value),
        };
        let slips = fields.list("slips", sink, |node, sink| slip(node, true, sink));
        let mut document = self.shell(
            &fields,
            title?,
            issued.map(|d| d.value),
            Kind::Notice(Box::new(notice)),
        );
        document.slips = slips;
        Some(document)
    }

    fn pilots(mut self, node: &Node) -> Option<Document> {
        let own = known(&[
            "programme",
            "region",
            "clause",
            "quote",
            "stated",
            "corrections",
            "counties",
        ]);
        let fields = Fields::open(node, &own, self.sink)?;
        for key in ["programme", "year", "source", "clause", "counties"] {
            fields.require(key, self.sink);
        }
        let title = fields.required_text("title", self.sink)?;
        let sink = &mut *self.sink;
        let before = sink.count();
        let slips: Vec<Slip> =
            fields.list("corrections", sink, |node, sink| slip(node, false, sink));
        let slips_sound = sink.count() == before;
        let printed = printed_list(fields.get("counties")?, sink)?;
        let list = PilotList {
            source: fields.text("source", sink)?,
            programme: fields.text("programme", sink)?.value,
            cite: citation(&fields, sink)?,
            stated: fields.list("stated", sink, stated),
            printed,
            rows: Vec::new(),
        };
        let mut document = self.shell(&fields, title, None, Kind::Pilots(list));
        let rows = self.rows(&document, &slips, slips_sound);
        document.slips = slips;
        if let Kind::Pilots(list) = &mut document.kind {
            list.rows = rows.into_iter().next().unwrap_or_default();
        }
        self.check_twice(&mut document);
        Some(document)
    }

    fn assessment(mut self, node: &Node) -> Option<Document> {
        let own = known(&[
            "programme",
            "region",
            "bodies",
            "clause",
            "quote",
            "period",
            "stages",
            "grades",
            "stated",
            "corrections",
        ]);
        let fields = Fields::open(node, &own, self.sink)?;
        for key in ["programme", "year", "source", "clause", "grades"] {
            fields.require(key, self.sink);
        }
        let title = fields.required_text("title", self.sink)?;
        let sink = &mut *self.sink;
        let before = sink.count();
        let slips: Vec<Slip> =
            fields.list("corrections", sink, |node, sink| slip(node, false, sink));
        let slips_sound = sink.count() == before;
        let before = sink.count();
        let grades = fields.list("grades", sink, grade);
        // Without one of its lists nothing of an assessment can be counted.
        let grades_sound = sink.count() == before;
        let assessment = Assessment {
            source: fields.text("source", sink)?,
            programme: fields.text("programme", sink)?.value,
            bodies: values(fields.texts("bodies", sink)),
            cite: citation(&fields, sink)?,
            period: fields.get("period").and_then(|node| fact(node, sink)),
            stages: fields.list("stages", sink, fact),
            grades,
            stated: fields.list("stated", sink, stated),
        };
        let mut document = self.shell(&fields, title, None, Kind::Assessment(assessment));
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

    fn schedule(mut self, node: &Node) -> Option<Document> {
        let own = known(&[
            "county", "venues", "channels", "quotas", "groups", "forms", "guide", "sessions",
        ]);
        let fields = Fields::open(node, &own, self.sink)?;
        for key in ["county", "year", "source"] {
            fields.require(key, self.sink);
        }
        let title = fields.required_text("title", self.sink)?;
        let sink = &mut *self.sink;
        let schedule = Schedule {
            source: fields.text("source", sink)?,
            venues: fields.list("venues", sink, fact),
            channels: fields.list("channels", sink, fact),
            quotas: fields.list("quotas", sink, quota),
            groups: fields.list("groups", sink, fact),
            forms: fields.list("forms", sink, fact),
            guide: fields.list("guide", sink, fact),
            sessions: fields.list("sessions", sink, session),
        };
        Some(self.shell(&fields, title, None, Kind::Schedule(schedule)))
    }

    /// Finds every listed name in the regions; one list of rows per printed list of the document.
    /// Nothing if what they depend on failed: that was reported.
    fn rows(&mut self, document: &Document, slips: &[Slip], sound: bool) -> Vec<Vec<Listed>> {
        if !sound || !self.regions.sound {
            return Vec::new();
        }
        let lists: Vec<&PrintedList> = match &document.kind {
            Kind::Pilots(list) => vec![&list.printed],
            Kind::Assessment(assessment) => assessment.grades.iter().map(|g| &g.printed).collect(),
            _ => Vec::new(),
        };
        let Some(place) = document.place else {
            return Vec::new();
        };
        let Some(province) = self.province(place) else {
            return Vec::new();
        };
        let Some(edition) = document.edition else {
            if !document.date_failed {
                let span = document.year_span.unwrap_or(document.span);
                let dated = document.year_span.is_some();
                self.sink.push(self.regions.no_edition(span, dated));
            }
            return Vec::new();
        };
        lists
            .into_iter()
            .map(|list| self.list_rows(list, slips, province, edition))
            .collect()
    }

    fn province(&self, place: Place) -> Option<usize> {
        self.regions
            .chain(place)
            .into_iter()
            .find_map(|place| match place {
                Place::Province(i) => Some(i),
                _ => None,
            })
    }

    fn list_rows(
        &mut self,
        list: &PrintedList,
        slips: &[Slip],
        province: usize,
        edition: EditionIndex,
    ) -> Vec<Listed> {
        let mut rows = Vec::new();
        for (heading, names) in list {
            if let Err(diagnostic) = self.regions.check_heading(province, heading, edition) {
                self.sink.push(*diagnostic);
                continue;
            }
            for printed in names {
                let corrected = slips
                    .iter()
                    .position(|slip| slip.printed.value == printed.value);
                let right =
                    corrected.map_or_else(|| printed.value.clone(), |i| slips[i].right.clone());
                match self.regions.find_listed(
                    province,
                    heading,
                    &Spanned::new(right, printed.span),
                    edition,
                ) {
                    Ok(unit) => rows.push(Listed {
                        unit,
                        printed: printed.clone(),
                        heading: heading.clone(),
                        corrected,
                    }),
                    Err(mut diagnostic) => {
                        if let Some(hint) = &mut diagnostic.hint
                            && diagnostic.code == &codes::UNKNOWN_REGION
                        {
                            let (zh, en) = if hint.zh.ends_with('？') {
                                ("", " ")
                            } else {
                                ("；", ". ")
                            };
                            hint.zh.push_str(&format!(
                                "{zh}若原文就是这样印的，照录，并在 corrections 中更正"
                            ));
                            hint.en.push_str(&format!(
                                "{en}If the official text prints it so, keep it and add it to `corrections`"
                            ));
                        }
                        self.sink.push(*diagnostic);
                    }
                }
            }
        }
        rows
    }

    /// A county stands in a list once; a second row of it is reported and left out.
    fn check_twice(&mut self, document: &mut Document) {
        let lists: Vec<&mut Vec<Listed>> = match &mut document.kind {
            Kind::Pilots(list) => vec![&mut list.rows],
            Kind::Assessment(assessment) => {
                assessment.grades.iter_mut().map(|g| &mut g.rows).collect()
            }
            _ => return,
        };
        let mut seen: BTreeMap<usize, Span> = BTreeMap::new();
        for rows in lists {
            rows.retain(|row| {
                let Some(first) = seen.get(&row.unit) else {
                    seen.insert(row.unit, row.printed.span);
                    return true;
                };
                let name = &self.regions.units[row.unit].name;
                self.sink.push(
                    Diagnostic::new(
                        &codes::COUNTY_TWICE,
                        row.printed.span,
                        format!("“{name}”在名单中列了两次"),
                        format!("\"{name}\" is listed twice"),
                    )
                    .also(*first, "第一次在这里", "first listed here")
                    .hint(
                        "对照原文，删去多列的一个",
                        "compare with the official text and remove one",
                    ),
                );
                false
            });
        }
    }
}

/// `晋教助学〔2020〕7号`: words, year in 〔〕, number, 号.
pub fn check_number(number: &Spanned<String>, sink: &mut Sink) {
    let value = &number.value;
    if is_standard_number(value) {
        return;
    }
    let mended: String = crate::text::strip_width(value)
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '[' | '【' | '(' | '﹝' | '<' | '《' => '〔',
            ']' | '】' | ')' | '﹞' | '>' | '》' => '〕',
            c => c,
        })
        .collect();
    let diagnostic = Diagnostic::new(
        &codes::BAD_NUMBER,
        number.span,
        format!("文号“{value}”写法不规范"),
        format!("document number \"{value}\" is not in the standard form"),
    );
    sink.push(if is_standard_number(&mended) {
        diagnostic.hint(format!("写作 {mended}"), format!("write {mended}"))
    } else {
        diagnostic.hint(
            "写成 晋教助学〔2020〕7号 这样：机关代字、六角括号里的年份、序号、“号”；原文没有文号的写“未载明”",
            "write it like 晋教助学〔2020〕7号; if the text has none, write 未载明",
        )
    });
}

/// `晋教助学〔2020〕7号`; a national standard (`GB/T 16180－2014`) is a number of its own kind.
fn is_standard_number(value: &str) -> bool {
    if value.starts_with("GB") || value.starts_with("DA/T") || value.starts_with("JY/T") {
        return true;
    }
    let Some((words, rest)) = value.split_once('〔') else {
        return false;
    };
    let Some((year, rest)) = rest.split_once('〕') else {
        return false;
    };
    let Some(serial) = rest.strip_suffix('号') else {
        return false;
    };
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    !words.is_empty()
        && !words.contains(char::is_whitespace)
        && year.len() == 4
        && digits(year)
        && digits(serial)
}

fn citation(fields: &Fields, sink: &mut Sink) -> Option<Citation> {
    Some(Citation {
        clause: fields.required_text("clause", sink)?,
        quote: fields.text("quote", sink),
    })
}

/// A citation whose words must be quoted.
fn quoted(fields: &Fields, sink: &mut Sink) -> Option<Citation> {
    fields.require("quote", sink);
    citation(fields, sink)
}

fn string(fields: &Fields, key: &str, sink: &mut Sink) -> Option<String> {
    fields.text(key, sink).map(|t| t.value)
}

fn point(node: &Node, sink: &mut Sink) -> Option<Point> {
    let fields = Fields::open(node, &["text", "for", "clause", "quote"], sink)?;
    Some(Point {
        text: fields.required_text("text", sink)?,
        audience: string(&fields, "for", sink),
        cite: citation(&fields, sink)?,
    })
}

fn window(node: &Node, sink: &mut Sink) -> Option<Window> {
    let fields = Fields::open(
        node,
        &["what", "who", "from", "until", "clause", "quote", "note"],
        sink,
    )?;
    let (from, until) = (fields.bound("from", sink), fields.bound("until", sink));
    if let (Some(first), Some(last)) = (
        from.as_ref().and_then(|b| b.value.day()),
        until.as_ref().and_then(|b| b.value.day()),
    ) && last < first
    {
        let (from, until) = (
            from.as_ref().map_or(fields.span, |b| b.span),
            until.as_ref().map_or(fields.span, |b| b.span),
        );
        sink.push(
            Diagnostic::new(
                &codes::WINDOW_ORDER,
                until,
                "截止早于开始",
                "the window ends before it starts",
            )
            .also(from, "开始", "start")
            .hint(
                "对照原文，看是否写反了，或年份有误",
                "compare with the official text: swapped, or a wrong year",
            ),
        );
    }
    Some(Window {
        what: fields.required_text("what", sink)?.value,
        who: string(&fields, "who", sink),
        from,
        until,
        note: string(&fields, "note", sink),
        cite: quoted(&fields, sink)?,
    })
}

fn deadline(node: &Node, sink: &mut Sink) -> Option<Deadline> {
    let fields = Fields::open(node, &["by", "who", "for", "what", "clause", "quote"], sink)?;
    for key in ["by", "for"] {
        fields.require(key, sink);
    }
    Some(Deadline {
        by: fields.bound("by", sink)?,
        who: fields.required_text("who", sink)?.value,
        audience: fields.one_of("for", Audience::ALL, sink)?.value,
        what: fields.required_text("what", sink)?.value,
        cite: quoted(&fields, sink)?,
    })
}

fn contact(node: &Node, sink: &mut Sink) -> Option<Contact> {
    let fields = Fields::open(
        node,
        &["office", "duty", "phone", "note", "clause", "quote"],
        sink,
    )?;
    let cite = fields.get("clause").and_then(|_| citation(&fields, sink));
    Some(Contact {
        office: fields.required_text("office", sink)?.value,
        duty: string(&fields, "duty", sink),
        phone: fields.stated_text("phone", sink).map(|t| t.value),
        note: string(&fields, "note", sink),
        cite,
    })
}

fn cited(node: &Node, sink: &mut Sink) -> Option<Cited> {
    let fields = Fields::open(
        node,
        &["number", "title", "clause", "quote", "notice", "note"],
        sink,
    )?;
    let number = fields.stated_text("number", sink);
    if let Some(number) = &number {
        check_number(number, sink);
    }
    Some(Cited {
        number,
        title: fields.required_text("title", sink)?,
        notice: fields.text("notice", sink),
        note: string(&fields, "note", sink),
        cite: citation(&fields, sink)?,
    })
}

fn attachment(node: &Node, sink: &mut Sink) -> Option<Attachment> {
    let fields = Fields::open(
        node,
        &["title", "within", "part", "data", "file", "note"],
        sink,
    )?;
    Some(Attachment {
        title: fields.required_text("title", sink)?,
        within: fields.text("within", sink),
        part: fields.text("part", sink),
        data: fields.text("data", sink),
        file: fields.text("file", sink),
        note: string(&fields, "note", sink),
    })
}

fn omitted(node: &Node, sink: &mut Sink) -> Option<Omitted> {
    let fields = Fields::open(node, &["what", "why", "clause", "quote"], sink)?;
    let cite = fields.get("clause").and_then(|_| citation(&fields, sink));
    Some(Omitted {
        what: fields.required_text("what", sink)?.value,
        why: fields.required_text("why", sink)?.value,
        cite,
    })
}

fn release(node: &Node, sink: &mut Sink) -> Option<Release> {
    let fields = Fields::open(node, &["by", "on", "basis"], sink)?;
    fields.require("on", sink);
    Some(Release {
        by: fields.required_text("by", sink)?.value,
        basis: fields.required_text("basis", sink)?.value,
        on: fields.day("on", sink)?.value,
    })
}

fn checked(fields: &Fields, sink: &mut Sink) -> Option<Checked> {
    let node = fields.get("checked")?;
    let fields = Fields::open(node, &["on", "by"], sink)?;
    fields.require("on", sink);
    Some(Checked {
        on: fields.day("on", sink)?.value,
        by: string(&fields, "by", sink),
    })
}

fn slip(node: &Node, clause: bool, sink: &mut Sink) -> Option<Slip> {
    let fields = Fields::open(node, &["clause", "printed", "right", "why"], sink)?;
    if clause {
        fields.require("clause", sink);
    }
    let printed = fields.required_text("printed", sink)?;
    let right = fields.required_text("right", sink)?;
    if right.value == printed.value {
        sink.push(
            Diagnostic::new(
                &codes::SLIP_NOT_FOUND,
                right.span,
                "更正与原样相同",
                "the correction changes nothing",
            )
            .hint(
                "写上正确的字样，或删去这一条",
                "write what is right, or remove the entry",
            ),
        );
    }
    Some(Slip {
        clause: fields.text("clause", sink),
        printed,
        right: right.value,
        why: string(&fields, "why", sink),
    })
}

/// The count or rate that a text states.
fn stated(node: &Node, sink: &mut Sink) -> Option<Stated> {
    let fields = Fields::open(
        node,
        &["what", "count", "rate", "of", "clause", "quote", "differs"],
        sink,
    )?;
    let value = if fields.get("rate").is_some() {
        let text = fields.text("rate", sink)?;
        match parse_rate(&text.value) {
            Some((scaled, decimals)) => Spanned::new(
                StatedValue::Rate {
                    printed: text.value,
                    scaled,
                    decimals,
                },
                text.span,
            ),
            None => {
                sink.push(
                    Diagnostic::new(
                        &codes::BAD_NUMERAL,
                        text.span,
                        format!("“{}”不是百分数", text.value),
                        format!("\"{}\" is no percentage", text.value),
                    )
                    .hint(
                        "带百分号，小数照原文写，如 72.62%",
                        "with the sign and the decimals of the text, such as 72.62%",
                    ),
                );
                return None;
            }
        }
    } else {
        fields.require("count", sink);
        fields
            .number::<usize>("count", sink)?
            .map(StatedValue::Count)
    };
    let of_text = fields.text("of", sink);
    let of_span = of_text.as_ref().map(|of| of.span);
    let of = match of_text.as_ref().map(|of| of.value.as_str()) {
        None | Some("全部") => Counted::All,
        Some("县级单位") => Counted::Counties,
        Some("开发区") => Counted::Zones,
        Some("市级中心") => Counted::CityCentres,
        Some(grade) => Counted::Grade(grade.to_owned()),
    };
    Some(Stated {
        what: fields.required_text("what", sink)?.value,
        value,
        of,
        of_span,
        differs: fields.text("differs", sink),
        cite: quoted(&fields, sink)?,
    })
}

/// `72.62%` -> (7262, 2)
fn parse_rate(text: &str) -> Option<(u64, u32)> {
    let plain = crate::text::strip_width(text);
    let number = plain.strip_suffix('%')?;
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty()
        || whole.len() > 3
        || fraction.len() > 6
        || !digits(whole)
        || !digits(fraction)
    {
        return None;
    }
    Some((
        format!("{whole}{fraction}").parse().ok()?,
        u32::try_from(fraction.len()).ok()?,
    ))
}

fn fact(node: &Node, sink: &mut Sink) -> Option<Fact> {
    let fields = Fields::open(
        node,
        &["who", "what", "text", "items", "note", "clause", "quote"],
        sink,
    )?;
    let (what, words) = (string(&fields, "what", sink), string(&fields, "text", sink));
    let items = values(fields.texts("items", sink));
    if what.is_none() && words.is_none() && items.is_empty() {
        fields.require("what", sink);
    }
    // A guide's entry has a name (`what`) and words (`text`): the words are what is said.
    let (what, items) = match (what, words) {
        (Some(what), Some(words)) => (what, vec![words]),
        (what, words) => (what.or(words).unwrap_or_default(), items),
    };
    Some(Fact {
        who: string(&fields, "who", sink),
        what,
        items,
        note: string(&fields, "note", sink),
        cite: quoted(&fields, sink)?,
    })
}

fn quota(node: &Node, sink: &mut Sink) -> Option<Quota> {
    let fields = Fields::open(
        node,
        &[
            "group",
            "per_day",
            "morning",
            "afternoon",
            "clause",
            "quote",
        ],
        sink,
    )?;
    fields.require("per_day", sink);
    let (morning, afternoon) = (
        fields.number::<u32>("morning", sink),
        fields.number::<u32>("afternoon", sink),
    );
    let per_day = fields.number::<u32>("per_day", sink)?;
    if let (Some(morning), Some(afternoon)) = (&morning, &afternoon) {
        let sum = u64::from(morning.value) + u64::from(afternoon.value);
        if sum != u64::from(per_day.value) {
            sink.push(
                Diagnostic::new(
                    &codes::QUOTA_SUM,
                    per_day.span,
                    format!("每日 {} 名，而上午与下午之和是 {sum} 名", per_day.value),
                    format!(
                        "{} a day, but morning and afternoon make {sum}",
                        per_day.value
                    ),
                )
                .hint(
                    "对照原文改正其中一个",
                    "mend one of them after the official text",
                ),
            );
        }
    }
    Some(Quota {
        group: fields.required_text("group", sink)?.value,
        per_day: per_day.value,
        morning: morning.map(|n| n.value),
        afternoon: afternoon.map(|n| n.value),
        cite: quoted(&fields, sink)?,
    })
}

fn session(node: &Node, sink: &mut Sink) -> Option<Session> {
    let fields = Fields::open(
        node,
        &["date", "place", "service", "morning", "afternoon", "phone"],
        sink,
    )?;
    fields.require("date", sink);
    Some(Session {
        date: fields.day("date", sink)?.value,
        place: fields.required_text("place", sink)?.value,
        service: fields.required_text("service", sink)?.value,
        morning: fields.number("morning", sink).map(|n| n.value),
        afternoon: fields.number("afternoon", sink).map(|n| n.value),
        phone: fields.stated_text("phone", sink).map(|t| t.value),
    })
}

fn grade(node: &Node, sink: &mut Sink) -> Option<Grade> {
    let fields = Fields::open(
        node,
        &["grade", "stated", "clause", "quote", "list", "counties"],
        sink,
    )?;
    for key in ["list", "counties"] {
        fields.require(key, sink);
    }
    let stated = fields.number::<usize>("stated", sink);
    let cite = if stated.is_some() {
        Some(quoted(&fields, sink)?)
    } else {
        None
    };
    let list = Citation {
        clause: fields.text("list", sink)?,
        quote: None,
    };
    let printed = printed_list(fields.get("counties")?, sink)?;
    Some(Grade {
        grade: fields.required_text("grade", sink)?.value,
        stated,
        cite,
        list,
        printed,
        rows: Vec::new(),
    })
}

/// `太原市: 清徐县、阳曲县` by headings; every name with its own place. `无` is an empty list.
fn printed_list(node: &Node, sink: &mut Sink) -> Option<PrintedList> {
    let map = match &node.kind {
        YamlKind::Map(map) => map,
        YamlKind::Text(word) if word == "无" => return Some(Vec::new()),
        _ => {
            sink.push(wrong_type(
                node,
                "按市分列的名单（太原市: 清徐县、阳曲县）",
                "names by prefecture (太原市: 清徐县、阳曲县)",
            ));
            return None;
        }
    };
    map.iter()
        .map(|(heading, names)| {
            let names = match &names.kind {
                YamlKind::List(items) => items
                    .iter()
                    .map(|item| text(item, sink))
                    .collect::<Option<_>>()?,
                _ => split_names(&text(names, sink)?),
            };
            Some((heading.clone(), names))
        })
        .collect()
}

/// Divides `灵丘县、浑源县` and gives every name its place, where the source writes them on one line as they are.
fn split_names(names: &Spanned<String>) -> Vec<Spanned<String>> {
    let mut at = 0;
    names
        .value
        .split('、')
        .map(|name| {
            let trimmed = name.trim();
            let lead = name.len() - name.trim_start().len();
            let span = names.part(at + lead..at + lead + trimmed.len());
            at += name.len() + '、'.len_utf8();
            Spanned::new(trimmed.to_owned(), span)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn document_numbers_have_one_form() {
        for number in [
            "晋教助学〔2020〕7号",
            "教资助函〔2019〕192号",
            "GB/T 16180－2014",
        ] {
            assert!(is_standard_number(number), "{number}");
        }
        for number in [
            "教助中心【2023】16号",
            "教助中心[2023]16号",
            "教助中心〔23〕16号",
            "教助中心〔2023〕16",
            "〔2023〕16号",
            "教助 中心〔2023〕16号",
        ] {
            assert!(!is_standard_number(number), "{number}");
        }
    }

    #[test]
    fn percentages_are_exact() {
        assert_eq!(parse_rate("72.62%"), Some((7262, 2)));
        assert_eq!(parse_rate("100%"), Some((100, 0)));
        assert_eq!(parse_rate("0.5％"), Some((5, 1)));
        for text in ["72.62", "%", "1e3%", "-1%", "72.6.2%"] {
            assert_eq!(parse_rate(text), None, "{text}");
        }
    }

    #[test]
    fn listed_names_keep_their_places() {
        let names = Spanned::new(
            "灵丘县、 浑源县".to_owned(),
            Span::new(SourceId(0), 10..10 + "灵丘县、 浑源县".len()),
        );
        let split = split_names(&names);
        assert_eq!(split[1].value, "浑源县");
        assert_eq!(split[1].span.range(), 10 + 9 + 3 + 1..10 + 9 + 3 + 1 + 9);
    }
}
