//! The pages that the desk shows: the start, a file with its official text, the file as text, the problems.
//!
//! Comes in: what was asked for, and the sources of the newest run. Goes out: HTML, made with the templates of `pages/`. Nothing here changes a file.

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::Date;
use mingbai_published::{Entry, last};
use serde::Serialize;
use serde_json::{Value as Json, json};
use tera::Context;

use super::asked::{names_in, questions};
use super::fields::{self, Words};
use super::store::Text;
use super::{Desk, Sent};
use crate::desk::edit::confirm;
use crate::desk::edit::form::{Control, Field, Problem, Source};
use crate::desk::edit::official::{Paragraph, paragraphs, quotations};
use crate::desk::edit::patch::{Change, Written, way_to};
use crate::desk::edit::value::{Path, Step, Value};
use crate::desk::import::{Official, suggest};
use crate::desk::init::EXAMPLE_MARK;
use crate::desk::schema::{self, Kind};
use crate::diag::{Sink, SourceId};
use crate::drafts;
use crate::link;
use crate::model::DocumentKind;
use crate::model::clause::{Body, Mode};
use crate::serve::http::Asked;
use crate::serve::problems::Fix;
use crate::sources::yaml::Node;
use crate::sources::{Sources, Touched, split};
use crate::text::escape;

/// Kinds of files, in the order in which the start lists them.
const IN_ORDER: [&str; 11] = [
    "notice",
    "schedule",
    "pilot-list",
    "assessment",
    "check",
    "site",
    "topics",
    "glossary",
    "approvals",
    "search",
    "page",
];
/// The most documents that the start lists; more are found by typing.
const MOST: usize = 300;
/// How long before its end a window is due.
const SOON: i64 = 30;

/// A document in the list of the start.
#[derive(Serialize)]
struct Listed {
    path: String,
    kind: &'static str,
    title: String,
    errors: usize,
    warnings: usize,
    marks: usize,
    due: Vec<String>,
    /// Compared with the last publication: `new`, `changed`, `published`; empty if nothing was published from here.
    state: &'static str,
    /// The year that it says it is of, or in which it was issued; 0 if neither is written.
    year: i16,
}

impl Desk {
    /// A page from its template.
    pub(super) fn render(&self, template: &str, mut view: Json) -> Option<String> {
        let problems = self.preview.latest();
        let common = json!({
            "en": self.is_english(),
            "errors": problems.errors,
            "warnings": problems.warnings,
            "trouble": problems.trouble,
        });
        view["desk"] = common;
        let context = Context::from_serialize(&view).ok()?;
        match self.pages.render(template, &context) {
            Ok(html) => Some(html),
            // A fault of ours: it is shown rather than hidden.
            Err(error) => Some(format!(
                "<!doctype html><pre>{}</pre>",
                escape(&format!("{error:?}"))
            )),
        }
    }

    /// What files of a kind are, without which part of them is a form.
    fn kind_title(&self, kind: &Kind) -> String {
        let (zh, en) = kind.title();
        let title = if self.is_english() { en } else { zh };
        title
            .split(['（', '('])
            .next()
            .unwrap_or(title)
            .trim()
            .to_owned()
    }

    /// A source that the site is made of: no link, no pipe, nothing outside.
    pub(super) fn source(&self, path: &str) -> Option<Text> {
        let is_source = || {
            let sources = self.preview.sources()?;
            let (id, _) = sources.find(path)?;
            (!sources.is_built_in(id) && sources.is_readable(id)).then_some(())
        };
        if is_source().is_none() {
            // It may be new: the system has not named it yet.
            self.preview.look(&Touched::default());
            is_source()?;
        }
        self.store.read(path)
    }

    pub(super) fn words(&self) -> Words {
        Words {
            english: self.is_english(),
        }
    }

    /// The documents, what is due, and what can be begun.
    pub(super) fn start(&self, asked: &Asked) -> Option<String> {
        let Some(sources) = self.preview.sources() else {
            return self.new_site(&Sent::default(), None);
        };
        let query = asked.query("q").unwrap_or_default().trim();
        let problems = self.preview.latest();
        let today = self.preview.today();
        let sent = last::sources(self.preview.site());
        let (mut listed, mut found) = (Vec::new(), 0);
        for (id, file) in sources.numbered() {
            let kind = schema::kind_of(&file.path);
            let Some(kind) = kind
                .filter(|_| !sources.is_built_in(id) && !file.path.starts_with("data/regions/"))
            else {
                continue;
            };
            let title = title_of(&file.text).unwrap_or_else(|| self.kind_title(kind));
            if !query.is_empty() && !title.contains(query) && !file.path.contains(query) {
                continue;
            }
            found += 1;
            if listed.len() == MOST {
                continue;
            }
            let of = |severity| {
                problems
                    .list
                    .iter()
                    .filter(|one| one.place.file == file.path && one.severity == severity)
                    .count()
            };
            listed.push(Listed {
                kind: kind.name,
                title,
                errors: of("error"),
                warnings: of("warning"),
                marks: drafts::marks(&file.text),
                state: match sent.get(&file.path) {
                    None if sent.is_empty() => "",
                    None => "new",
                    Some(sum) if *sum == Entry::of(file.text.as_bytes()).hex() => "published",
                    Some(_) => "changed",
                },
                due: due(&file.path, &file.text, today, self.is_english()),
                year: year_of(&file.text),
                path: file.path.clone(),
            });
        }
        let groups: Vec<Json> = IN_ORDER
            .iter()
            .filter_map(|name| schema::find(name))
            .filter_map(|kind| {
                let files: Vec<&Listed> =
                    listed.iter().filter(|one| one.kind == kind.name).collect();
                let title = self.kind_title(kind);
                (!files.is_empty())
                    .then(|| json!({ "title": title, "kind": kind.name, "files": files }))
            })
            .collect();
        let due: Vec<&Listed> = listed.iter().filter(|one| !one.due.is_empty()).collect();
        // The newest first, examples last.
        let of_kind = |kind: &str| -> Vec<&Listed> {
            let mut found: Vec<&Listed> = listed.iter().filter(|one| one.kind == kind).collect();
            found.sort_by_key(|one| (one.title.starts_with(EXAMPLE_MARK), -i32::from(one.year)));
            found
        };
        self.render(
            "start.html",
            json!({
                "groups": groups,
                "due": due,
                "query": query,
                "more": found - listed.len(),
                "schedules": of_kind("schedule"),
                "notices": of_kind("notice"),
                "year": today.year(),
            }),
        )
    }

    /// A folder without a site: one can be created in it. `said` is why that failed.
    pub(super) fn new_site(&self, sent: &Sent, said: Option<&str>) -> Option<String> {
        let folder = self.preview.site().display().to_string();
        let of = |name| sent.get(name).unwrap_or_default();
        let (name, region, operator) = (of("name"), of("region"), of("operator"));
        let view = json!({ "folder": folder, "said": said, "name": name, "region": region, "operator": operator, "base_url": of("base-url") });
        self.render("new.html", view)
    }

    /// A file as a form, with the official text that it cites.
    pub(super) fn file(&self, asked: &Asked) -> Option<String> {
        let path = asked.query("path")?;
        let text = self.source(path)?;
        let new = asked.query("add").map(|list| {
            let name = asked.query("name").filter(|name| !name.is_empty());
            let begins = name.map_or_else(
                || Value::Map(term_of(asked)),
                |name| Value::Text(name.to_owned()),
            );
            (list.to_owned(), begins)
        });
        let new: Vec<(String, Value)> = new.into_iter().collect();
        let page = Page {
            path,
            version: &text.version,
            saved: &text.text,
            typed: &text.text,
            new: &new,
            refused: asked.query("refused"),
            is_kept: false,
            is_saved: asked.query("saved").is_some(),
            is_there: asked.query("there").is_some(),
        };
        // What cannot be read as a form is shown as it is.
        self.form(&page).or_else(|| self.raw(asked))
    }

    /// The notices of the site: ids and titles.
    fn notices(&self) -> Vec<Json> {
        let Some(sources) = self.preview.sources() else {
            return Vec::new();
        };
        let notices = sources.numbered().filter_map(|(_, file)| {
            let name = file.path.strip_prefix("content/notices/")?;
            let id = name.strip_suffix(".md")?;
            Some(json!({ "id": id, "title": title_of(&file.text) }))
        });
        notices.take(MOST).collect()
    }

    /// A form. Nothing if the file has none, or part of it cannot be read.
    pub(super) fn form(&self, page: &Page) -> Option<String> {
        let shown = Shown::new(page.path, page.typed)?;
        let form = shown.form()?;
        let saved = Shown::new(page.path, page.saved)?;
        // Problems are those of the file as it is saved, which is read again only if something else was typed.
        let other = match page.typed == page.saved {
            true => None,
            false => Some(saved.form()?),
        };
        let root = other.as_ref().unwrap_or(&form).written.root();
        let (problems, elsewhere) = self.problems_of(page.path, page.saved, root);
        let marks = confirm::open(page.saved, &saved.region);
        let source = Source {
            file: &form.written,
            value: &form.value,
            lang: self.preview.lang(),
            problems: &problems,
            open: &open_values(&marks),
            new: page.new,
        };
        let words = self.words();
        let all = source.fields(&shown.kind.root);
        let mut shown_fields = Vec::new();
        single_names(&all, &mut shown_fields);
        let (lists, about): (Vec<Field>, Vec<Field>) = all.into_iter().partition(is_many);
        let official = self.official(&shown, &form);
        let mut wrong = Vec::new();
        errors_in(&lists, &mut wrong);
        errors_in(&about, &mut wrong);
        let mut view = json!({
            "wrong": wrong,
            "is_notice": shown.kind.name == "notice",
            "notices": self.notices(),
            "path": page.path,
            "version": page.version,
            "title": title_of(page.typed).unwrap_or_else(|| self.kind_title(shown.kind)),
            "page": page_of(page.path),
            "lists": lists.iter().map(|one| fields::field(one, &words)).collect::<String>(),
            "about": fields::fields(&about, &words),
            "about_first": official.is_none(),
            "about_open": official.is_none() || about.iter().any(is_wrong),
            "elsewhere": elsewhere.iter().map(fields::problem).collect::<String>(),
            "kinds": kinds_of(&lists, official.is_some()),
            "official": official,
            "marks": marks.iter().filter(|mark| !is_at_field(mark, &shown_fields)).map(shown_mark).collect::<Vec<_>>(),
            "marks_below": drafts::marks(page.saved).saturating_sub(marks.len()),
            "saved": page.is_saved,
            "can_undo": self.store.can_undo(page.path, page.saved),
            "refused": page.refused,
            "kept": page.is_kept,
            "there": page.is_there,
        });
        if shown.kind.name == "check" {
            let (subjects, values) = names_in(&form.value);
            let id = page.path.strip_prefix("data/checks/");
            view["rules"] = json!(id.and_then(|name| name.strip_suffix(".yaml")));
            view["subjects"] = json!(subjects);
            view["values"] = json!(values);
            view["questions"] = json!(questions(&form.value));
        }
        self.render("file.html", view)
    }

    /// The file as text.
    pub(super) fn raw(&self, asked: &Asked) -> Option<String> {
        let path = asked.query("path")?;
        let Text { text, version } = self.source(path)?;
        let problems = self.preview.latest();
        let own = problems.list.iter().filter(|one| one.place.file == path);
        let own: Vec<Json> = own
            .map(|one| json!({ "line": one.place.line, "html": fields::problem(&problem_json(one)) }))
            .collect();
        self.render(
            "raw.html",
            json!({
                "refused": asked.query("refused"),
                "path": path,
                "version": version,
                "text": text,
                "problems": own,
                "saved": asked.query("saved").is_some(),
                "rows": text.lines().count().clamp(20, 60),
            }),
        )
    }

    /// Every problem of the site.
    pub(super) fn problems(&self) -> Option<String> {
        let problems = self.preview.latest();
        let list = problems.list.iter().map(|one| {
            json!({
                "file": one.place.file,
                "line": one.place.line,
                "column": one.place.column,
                "is_form": schema::kind_of(&one.place.file).is_some(),
                "before": one.place.before,
                "marked": one.place.marked,
                "after": one.place.after,
                "html": fields::problem(&problem_json(one)),
            })
        });
        self.render(
            "problems.html",
            json!({ "list": list.collect::<Vec<_>>(), "more": problems.more }),
        )
    }

    /// A new entry with what the reader finds in selected words.
    pub(super) fn fill(&self, sent: &Sent) -> Option<String> {
        let of = |name| sent.get(name);
        let path = of("path")?;
        let (list, quote) = (of("list")?, of("quote")?);
        let clause = of("clause").unwrap_or_default();
        let index = of("index")?.parse().ok()?;
        let reading: usize = of("reading")
            .and_then(|one| one.parse().ok())
            .unwrap_or_default();
        let text = self.source(path)?;
        let shown = Shown::new(path, &text.text)?;
        let form = shown.form()?;
        let (notice, notice_text) = self.notice(&shown, &form)?;
        let sources = self.preview.sources()?;
        let found = suggestions(&sources, &notice, &notice_text, list, clause, quote);
        let value = found.get(reading % found.len().max(1))?;
        let nothing = BTreeMap::new();
        let source = Source {
            file: &form.written,
            value: &form.value,
            lang: self.preview.lang(),
            problems: &nothing,
            open: &BTreeMap::new(),
            new: &[],
        };
        let entry = source.another(&shown.kind.root, list, index, value)?;
        let words = self.words();
        let mut html = fields::entry(&entry, &words);
        if found.len() > 1 {
            let button = format!(
                "<p class=\"readings\"><button type=\"button\" class=\"quiet\" data-reading=\"{}\">{}（{}/{}）</button></p>",
                (reading + 1) % found.len(),
                words.say("换一种读法", "read it another way"),
                reading % found.len() + 1,
                found.len()
            );
            html = html.replacen("</summary>", &format!("</summary>{button}"), 1);
        }
        Some(html)
    }

    /// The problems of a file by the way to their value, and those that are not in its YAML.
    fn problems_of(
        &self,
        path: &str,
        text: &str,
        root: &Node,
    ) -> (BTreeMap<Path, Vec<Problem>>, Vec<Problem>) {
        let problems = self.preview.latest();
        let (mut by_way, mut elsewhere) = (BTreeMap::<Path, Vec<Problem>>::new(), Vec::new());
        let value = Value::of(root);
        for one in problems.list.iter().filter(|one| one.place.file == path) {
            let at = byte_of(text, one.place.line, one.place.column);
            let mut shown = problem_json(one);
            if let Some(fix) = one.fix.as_ref().filter(|fix| fix.place.file == path)
                && value
                    .as_ref()
                    .and_then(|value| fixed(text, root, value, fix))
                    .is_some()
            {
                shown["fix"] = json!(format!("{}:{}", fix.place.line, fix.place.column));
                let words = self.words();
                let label = words.say("改成", "change to");
                shown["label"] = json!(format!("{label}“{}”", fix.words));
            }
            let way = way_to(root, at);
            let region = region(path, text);
            if way.is_empty() || region.is_none_or(|region| !region.contains(&at)) {
                elsewhere.push(shown);
            } else {
                by_way.entry(known(&way)).or_default().push(shown);
            }
        }
        (by_way, elsewhere)
    }

    /// The notice whose words a file cites: its path, and its text as the site reads it.
    fn notice(&self, shown: &Shown, form: &Form) -> Option<(String, String)> {
        let path = if shown.kind.name == "notice" {
            shown.path.to_owned()
        } else {
            let id = form.value.at(&[Step::Key("source".to_owned())])?.text()?;
            format!("{}/{id}.md", DocumentKind::Notice.sources())
        };
        let sources = self.preview.sources()?;
        let (_, file) = sources.find(&path)?;
        Some((path, file.text.clone()))
    }

    fn official(&self, shown: &Shown, form: &Form) -> Option<Json> {
        let (path, text) = self.notice(shown, form)?;
        let body = body_of(&text)?;
        let quoted = quotations(&form.value);
        let list: Vec<Paragraph> = paragraphs(&body, &text, &quoted);
        let id = path
            .rsplit('/')
            .next()
            .and_then(|name| name.strip_suffix(".md"));
        Some(json!({ "path": path, "id": id, "title": title_of(&text), "paragraphs": list }))
    }
}

/// Values that are to be confirmed, by their way.
fn open_values(marks: &[confirm::Open]) -> BTreeMap<Path, String> {
    let marks = marks
        .iter()
        .filter_map(|mark| Some((known(mark.of.as_ref()?), mark.words.clone())));
    marks.collect()
}

/// The errors of fields, each with the name of its field.
fn errors_in(fields: &[Field], out: &mut Vec<Json>) {
    for field in fields {
        for problem in &field.problems {
            if problem["severity"] == "error" {
                let message = problem["message"][0].as_str().unwrap_or_default();
                out.push(json!({ "name": field.name, "label": field.label, "message": message }));
            }
        }
        errors_in(&field.fields, out);
        for entry in &field.entries {
            errors_in(&entry.fields, out);
        }
    }
}

/// The names of the fields that are filled in one by one.
fn single_names(fields: &[Field], out: &mut Vec<String>) {
    for field in fields {
        match field.control {
            Control::Group => single_names(&field.fields, out),
            Control::List | Control::Named => {
                field
                    .entries
                    .iter()
                    .for_each(|entry| single_names(&entry.fields, out));
            }
            _ => out.push(field.name.clone()),
        }
    }
}

/// Whether a field shows the mark.
fn is_at_field(mark: &confirm::Open, fields: &[String]) -> bool {
    let name = mark
        .of
        .as_ref()
        .map(|way| crate::desk::edit::name::name(&known(way)));
    name.is_some_and(|name| fields.contains(&name))
}

/// A mark that has its line to itself, as it is shown.
fn shown_mark(mark: &confirm::Open) -> Json {
    let proposals: Vec<Json> = mark
        .proposals
        .iter()
        .map(|one| proposal(&one.value))
        .collect();
    let doubts: Vec<&String> = mark.proposals.iter().flat_map(|one| &one.doubts).collect();
    json!({ "line": mark.line, "words": mark.words, "key": mark.key, "proposals": proposals, "doubts": doubts })
}

/// A proposal as it is shown: its values in order.
fn proposal(value: &Value) -> Json {
    let words = |value: &Value| match value {
        Value::Text(text) => text.clone(),
        Value::List(items) => items
            .iter()
            .filter_map(Value::text)
            .collect::<Vec<_>>()
            .join("、"),
        _ => String::new(),
    };
    match value {
        Value::Map(entries) => {
            let entries = entries.iter().map(|(key, value)| {
                let label = crate::sources::keys::alias(key).unwrap_or(key);
                json!({ "label": label, "key": key, "value": words(value) })
            });
            Json::Array(entries.collect())
        }
        other => json!([{ "label": "", "key": "", "value": words(other) }]),
    }
}

/// What a term of the glossary begins with: its name and the words that define it.
fn term_of(asked: &Asked) -> Vec<(String, Value)> {
    let keys = [
        ("name", "term"),
        ("source", "source"),
        ("clause", "clause"),
        ("quote", "quote"),
    ];
    let values = keys.into_iter().filter_map(|(key, name)| {
        let words = asked.query(name).filter(|words| !words.is_empty())?;
        Some((key.to_owned(), Value::Text(words.to_owned())))
    });
    values.collect()
}

/// A form that is to be shown.
pub(super) struct Page<'a> {
    pub path: &'a str,
    /// Of the file as it is saved.
    pub version: &'a str,
    pub saved: &'a str,
    /// The file with what was typed.
    pub typed: &'a str,
    /// Entries that are added, by the names of their lists.
    pub new: &'a [(String, Value)],
    /// Why a save was refused.
    pub refused: Option<&'a str>,
    /// Whether what was typed is in the form although it was refused.
    pub is_kept: bool,
    pub is_saved: bool,
    /// Whether it was to be begun and is there already.
    pub is_there: bool,
}

/// What has a part of the form to itself; the other values say what the file is.
fn is_many(field: &Field) -> bool {
    matches!(
        field.control,
        Control::List | Control::Named | Control::Group | Control::Headings
    )
}

fn is_wrong(field: &Field) -> bool {
    !field.problems.is_empty() || !field.open.is_empty() || field.required && !field.filled
}

/// What selected words can be.
fn kinds_of(lists: &[Field], with_text: bool) -> Vec<Json> {
    // What is left out is not quoted; a worked case is nobody's words.
    let can_be = |one: &&Field| {
        with_text
            && one.control == Control::List
            && !matches!(one.key.as_str(), "examples" | "omitted")
    };
    let kinds = lists.iter().filter(can_be);
    kinds
        .map(|one| json!({ "list": one.name, "label": one.label }))
        .collect()
}

/// A file with the kind of its form.
pub(super) struct Shown<'a> {
    pub path: &'a str,
    pub text: &'a str,
    pub kind: &'static Kind,
    pub region: Range<usize>,
}

/// A file that was read as a form.
pub(super) struct Form<'a> {
    pub written: Written<'a>,
    pub value: Value,
}

impl<'a> Shown<'a> {
    /// The file at a path of the site; nothing if it has no form.
    pub fn new(path: &'a str, text: &'a str) -> Option<Self> {
        let kind = schema::kind_of(path)?;
        Some(Self {
            path,
            text,
            kind,
            region: region(path, text)?,
        })
    }

    /// Its values; nothing if part of it cannot be read.
    pub fn form(&self) -> Option<Form<'_>> {
        let written = Written::read(self.text, &self.region)?;
        let value = Value::of(written.root())?;
        Some(Form { written, value })
    }
}

/// The part of a file that is YAML.
fn region(path: &str, text: &str) -> Option<Range<usize>> {
    let from = mark_of_order(text);
    if path.ends_with(".yaml") {
        return Some(from..text.len());
    }
    let yaml = split(&text[from..])?.yaml;
    Some(yaml.start + from..yaml.end + from)
}

/// The bytes of a mark of byte order, with which some editors begin a file. The site is read without it.
fn mark_of_order(text: &str) -> usize {
    if text.starts_with('\u{feff}') {
        '\u{feff}'.len_utf8()
    } else {
        0
    }
}

/// A way whose keys are those of the table, so that it is that of the fields.
fn known(way: &Path) -> Path {
    let step = |step: &Step| match step {
        Step::Key(key) => Step::Key(
            crate::sources::keys::canonical(key)
                .unwrap_or(key)
                .to_owned(),
        ),
        item @ Step::Item(_) => item.clone(),
    };
    way.iter().map(step).collect()
}

fn problem_json(problem: &crate::serve::Problem) -> Json {
    serde_json::to_value(problem).unwrap_or_default()
}

/// The value that has the words that are most likely right, as a change. Nothing if they are not in exactly one value.
pub(super) fn fixed(text: &str, root: &Node, value: &Value, fix: &Fix) -> Option<Change> {
    let at = byte_of(text, fix.place.line, fix.place.column);
    let path = way_to(root, at);
    let old = value.at(&path)?.text()?;
    let wrong = fix.place.marked.as_str();
    let new = match old.matches(wrong).count() {
        1 if !wrong.is_empty() && text[at..].starts_with(wrong) => {
            old.replacen(wrong, &fix.words, 1)
        }
        _ => return None,
    };
    (new != old).then_some(Change::Set {
        path,
        value: Value::Text(new),
        before: Vec::new(),
    })
}

/// The byte at a line and column, both from 1.
fn byte_of(text: &str, line: usize, column: usize) -> usize {
    let from = mark_of_order(text);
    let text = &text[from..];
    let lines = text.split_inclusive('\n').take(line.saturating_sub(1));
    let start: usize = lines.map(str::len).sum();
    let rest = text.get(start..).unwrap_or_default();
    let within = rest
        .chars()
        .take(column.saturating_sub(1))
        .map(char::len_utf8);
    from + start + within.sum::<usize>()
}

/// The title that a file gives itself.
fn title_of(text: &str) -> Option<String> {
    let line = text.lines().take(200).find_map(|line| {
        line.strip_prefix("title:")
            .or_else(|| line.strip_prefix("标题:"))
    })?;
    let title = line.split(" #").next()?.trim().trim_matches(['"', '\'']);
    (!title.is_empty()).then(|| title.to_owned())
}

/// The year of a file.
fn year_of(text: &str) -> i16 {
    let of = |key: &str| {
        let line = text
            .lines()
            .take(200)
            .find_map(|line| line.strip_prefix(key))?;
        line.trim().get(..4)?.parse().ok()
    };
    ["year:", "年度:", "issued:", "成文日期:"]
        .into_iter()
        .find_map(of)
        .unwrap_or_default()
}

/// The page that a source becomes.
fn page_of(path: &str) -> Option<String> {
    let (folder, name) = path.rsplit_once('/')?;
    let (id, _) = name.rsplit_once('.')?;
    let kind = DocumentKind::ALL
        .into_iter()
        .find(|kind| kind.sources() == folder);
    match (kind, folder) {
        (Some(kind), _) => Some(format!("/{}/{id}.html", kind.folder())),
        (None, "data/checks") => Some(format!("/checks/{id}.html")),
        (None, "content/pages") => Some(format!("/{id}.html")),
        _ => None,
    }
}

/// The clauses of a notice.
fn body_of(text: &str) -> Option<Body> {
    let parts = split(text)?;
    Some(Body::parse(
        SourceId(0),
        text,
        parts.body,
        Mode::Official,
        &mut Sink::default(),
    ))
}

/// Where words are in a clause of a notice, within one block. Nothing if they are not there.
pub(super) fn words_at(text: &str, clause: &str, quote: &str) -> Option<Range<usize>> {
    let body = body_of(text)?;
    let blocks = body
        .blocks
        .iter()
        .filter(|block| body.clauses[block.clause].label == clause);
    let mut places = blocks.filter_map(|block| {
        let whole = block.whole();
        let at = whole.start + text.get(whole)?.find(quote)?;
        Some(at..at + quote.len())
    });
    places.next()
}

/// What has to be looked at soon: windows that end, and texts that were compared long ago.
fn due(path: &str, text: &str, today: Date, english: bool) -> Vec<String> {
    let mut out = Vec::new();
    let Some(value) =
        region(path, text).and_then(|region| Value::of(Written::read(text, &region)?.root()))
    else {
        return out;
    };
    let key = |name: &str| Step::Key(name.to_owned());
    let day = |value: Option<&Value>| {
        value
            .and_then(Value::text)
            .and_then(|text| text.parse::<Date>().ok())
    };
    if let Some(Value::List(windows)) = value.at(&[key("windows")]) {
        for window in windows {
            let Some(until) = day(window.at(&[key("until")])) else {
                continue;
            };
            let soon = today
                .checked_add(SOON.days())
                .is_ok_and(|soon| until <= soon);
            if until >= today && soon {
                let what = window
                    .at(&[key("what")])
                    .and_then(Value::text)
                    .unwrap_or_default();
                out.push(if english {
                    format!("{what}: ends {until}")
                } else {
                    format!("{what}：{until} 截止")
                });
            }
        }
    }
    let checked = day(value.at(&[key("checked"), key("on")]));
    if let Some(on) = checked
        && on.checked_add(1.year()).is_ok_and(|limit| limit < today)
    {
        out.push(if english {
            format!("last compared on {on}")
        } else {
            format!("{on} 核对以后没有再核对")
        });
    }
    out
}

/// What everything needs, and the files that are asked for as well: loading them takes no longer on a large site.
pub(super) fn some_of(sources: &Sources, is_wanted: impl Fn(&str) -> bool) -> Sources {
    let is_needed = |path: &str| {
        matches!(
            path,
            "data/site.yaml" | "data/topics.yaml" | "data/glossary.yaml"
        ) || path.starts_with("data/regions/")
            || is_wanted(path)
    };
    let files = sources.files.iter().filter(|file| is_needed(&file.path));
    Sources {
        files: files.cloned().collect(),
        ..Sources::default()
    }
}

/// What the reader finds in words of a notice. Only this notice and the divisions are loaded.
fn suggestions(
    sources: &Sources,
    path: &str,
    text: &str,
    list: &str,
    clause: &str,
    quote: &str,
) -> Vec<Value> {
    let few = some_of(sources, |_| false);
    let model = link::load(&few, &mut Sink::default());
    let Some(body) = body_of(text) else {
        return Vec::new();
    };
    let head = Shown::new(path, text);
    let value = head.as_ref().and_then(Shown::form).map(|form| form.value);
    let of = |key: &str| {
        value
            .as_ref()
            .and_then(|value| value.at(&[Step::Key(key.to_owned())]))
    };
    let words = |key: &str| of(key).and_then(Value::text).map(str::to_owned);
    let issued = words("issued").and_then(|day| day.parse::<Date>().ok());
    let year = words("year")
        .and_then(|year| year.parse().ok())
        .or_else(|| issued.map(|day| day.year()));
    let title = words("title").unwrap_or_default();
    let issuers = match of("issuers") {
        Some(Value::List(items)) => items
            .iter()
            .filter_map(Value::text)
            .map(str::to_owned)
            .collect(),
        Some(Value::Text(one)) => vec![one.clone()],
        _ => Vec::new(),
    };
    let official = Official {
        body: &body,
        text,
        title: &title,
        year,
        issued,
        issuers,
        model: &model,
    };
    suggest(&official, list, clause, quote)
}
