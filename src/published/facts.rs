//! What changed between two sites, in facts.
//!
//! Comes in: the files of two built sites. Goes out: [`Change`]s: rows of open data that came, went or say something else,
//! clauses with other words, rules of self-checks, pages. It reads the open data and not the pages, so that another theme or
//! another day is not a change: states, addresses and running numbers are left out.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Value, json};

use crate::text::Bilingual;

/// Files of a built site, by path; of pages that only exist or not, the bytes can be empty.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Whether [`changes`] reads the bytes of a file.
pub fn is_read(path: &str) -> bool {
    is_rules(path)
        || path == PACKAGE
        || path.ends_with(".json")
            && (path.starts_with("data/") || path.starts_with("api/v1/documents/"))
}

const PACKAGE: &str = "data/datapackage.json";

/// What kind of change it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A row of a dataset: a window, a county of a list, a quota, a document.
    Row,
    /// A clause of an official text.
    Clause,
    /// A line of the rules of a self-check.
    Rule,
    /// A page.
    Page,
}

/// One change. Without `before` it was added, without `after` removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What kind it is.
    pub kind: Kind,
    /// The dataset, the document, the self-check or nothing: as an id, and in Chinese.
    pub of: (String, String),
    /// Which row or clause.
    pub what: String,
    /// Which column of a row: its name and its Chinese title.
    pub field: Option<(String, String)>,
    /// What it said.
    pub before: Option<String>,
    /// What it says.
    pub after: Option<String>,
}

impl Kind {
    fn id(self) -> &'static str {
        match self {
            Self::Row => "row",
            Self::Clause => "clause",
            Self::Rule => "rule",
            Self::Page => "page",
        }
    }
}

impl Change {
    /// The change as a JSON object.
    pub fn json(&self) -> Value {
        let change = match (&self.before, &self.after) {
            (None, _) => "added",
            (_, None) => "removed",
            _ => "changed",
        };
        json!({
            "kind": self.kind.id(),
            "change": change,
            "of": self.of.0,
            "what": self.what,
            "field": self.field.as_ref().map(|field| &field.0),
            "before": self.before,
            "after": self.after,
        })
    }

    /// The change as a sentence.
    pub fn words(&self) -> Bilingual {
        let (zh, en) = match (&self.field, &self.before, &self.after) {
            (Some((name, title)), Some(before), Some(after)) => (
                format!("，{title}：{before} → {after}"),
                format!(", {name}: {before} → {after}"),
            ),
            (None, Some(before), Some(after)) => (
                format!("：“{before}” → “{after}”"),
                format!(": \"{before}\" → \"{after}\""),
            ),
            (_, None, Some(after)) => (
                format!("：新增{}", said(after)),
                format!(": added{}", said(after)),
            ),
            (_, Some(before), None) => (
                format!("：删去{}", said(before)),
                format!(": removed{}", said(before)),
            ),
            (_, None, None) => (String::new(), String::new()),
        };
        let gap = if self.of.0.is_empty() || self.what.is_empty() {
            ""
        } else {
            " "
        };
        Bilingual::new(
            format!("{}{gap}{}{zh}", self.of.1, self.what),
            format!("{}{gap}{}{en}", self.of.0, self.what),
        )
    }
}

/// The words of what was added or removed, if there are any.
fn said(words: &str) -> String {
    if words.is_empty() {
        String::new()
    } else {
        format!(" “{words}”")
    }
}

/// Columns by which a row is found again, for datasets by name. Ids count from 1, so they say nothing after an insertion.
const KEYS: [(&str, &[&str]); 13] = [
    ("windows", &["document", "region_code", "what", "who"]),
    (
        "deadlines",
        &["document", "region_code", "what", "who", "audience"],
    ),
    ("documents", &["id"]),
    ("documents/attachments", &["document", "title"]),
    (
        "documents/citations",
        &["document", "cited_title", "clause"],
    ),
    ("regions", &["code", "first_edition"]),
    ("corrections", &["document", "printed"]),
    ("stated", &["document", "what"]),
    ("schedules", &["document"]),
    ("schedules/quotas", &["document", "group"]),
    ("schedules/contacts", &["document", "office", "duty"]),
    ("schedules/facts", &["document", "section", "who", "what"]),
    (
        "schedules/sessions",
        &["document", "date", "place", "service"],
    ),
];
/// Columns by which the row of a list of counties is found again.
const KEY_OF_LISTS: &[&str] = &["document", "region_code", "name"];
/// Columns that say where a row is or what day it was, and nothing about the facts.
const LEFT_OUT: [&str; 7] = ["id", "no", "state", "validity", "url", "page", "document"];
/// Dates with their bound in words: the other columns of the date say the same.
const DATES: [&str; 3] = ["from", "until", "by"];
/// Words of a change are shown up to this many characters.
const LONGEST: usize = 400;

/// Everything in which two sites differ.
pub fn changes(old: &Files, new: &Files) -> Vec<Change> {
    let mut out = Vec::new();
    rows(old, new, &mut out);
    clauses(old, new, &mut out);
    rules(old, new, &mut out);
    pages(old, new, &mut out);
    out
}

fn parsed(files: &Files, path: &str) -> Option<Value> {
    serde_json::from_slice(files.get(path)?).ok()
}

fn paths<'a>(old: &'a Files, new: &'a Files, is_one: impl Fn(&str) -> bool) -> BTreeSet<&'a str> {
    let all = old.keys().chain(new.keys()).map(String::as_str);
    all.filter(|path| is_one(path)).collect()
}

// ---------------------------------------------------------------- rows

fn rows(old: &Files, new: &Files, out: &mut Vec<Change>) {
    let titles = Titles::read(new).or(Titles::read(old));
    let is_table =
        |path: &str| path.starts_with("data/") && path.ends_with(".json") && path != PACKAGE;
    for path in paths(old, new, is_table) {
        let (before, after) = (parsed(old, path), parsed(new, path));
        let name = path.trim_start_matches("data/").trim_end_matches(".json");
        let title = [&after, &before]
            .into_iter()
            .find_map(|table| table.as_ref()?["title"].as_str())
            .unwrap_or(name);
        let of = (name.to_owned(), title.to_owned());
        let key = KEYS.iter().find(|(table, _)| *table == name);
        let key = key.map_or(KEY_OF_LISTS, |(_, key)| *key);
        let (before, after) = (
            Table::read(before.as_ref(), key),
            Table::read(after.as_ref(), key),
        );
        for name in before
            .rows
            .keys()
            .chain(after.rows.keys())
            .collect::<BTreeSet<_>>()
        {
            match (before.rows.get(name), after.rows.get(name)) {
                (Some(old), Some(new)) => fields(&of, name, (old, new), titles.as_ref(), out),
                (old, new) => out.push(Change {
                    kind: Kind::Row,
                    of: of.clone(),
                    what: name.clone(),
                    field: None,
                    before: old.map(|row| gist(row)),
                    after: new.map(|row| gist(row)),
                }),
            }
        }
    }
}

/// Rows by what they are found by.
struct Table<'a> {
    rows: BTreeMap<String, &'a Value>,
}

impl<'a> Table<'a> {
    fn read(table: Option<&'a Value>, key: &[&str]) -> Self {
        let list = table.and_then(|table| table["rows"].as_array());
        let mut rows = BTreeMap::new();
        for row in list.into_iter().flatten() {
            let parts = key.iter().filter_map(|column| shown(&row[*column]));
            let name = parts.collect::<Vec<_>>().join(" ");
            let mut unique = name.clone();
            for number in 2.. {
                if !rows.contains_key(&unique) {
                    break;
                }
                unique = format!("{name} #{number}");
            }
            rows.insert(unique, row);
        }
        Self { rows }
    }
}

/// A row in a few words: its dates or its place.
fn gist(row: &Value) -> String {
    let columns = [
        "name",
        "from_text",
        "until_text",
        "by_text",
        "grade",
        "per_day",
    ];
    let parts = columns.iter().filter_map(|column| shown(&row[*column]));
    parts.collect::<Vec<_>>().join(" ")
}

fn fields(
    of: &(String, String),
    what: &str,
    (old, new): (&Value, &Value),
    titles: Option<&Titles>,
    out: &mut Vec<Change>,
) {
    let (Some(before), Some(after)) = (old.as_object(), new.as_object()) else {
        return;
    };
    let columns = before
        .keys()
        .chain(after.keys().filter(|name| !before.contains_key(*name)));
    for column in columns {
        let is_date = DATES.iter().any(|date| {
            column
                .strip_prefix(date)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
                && before.contains_key(&format!("{date}_text"))
        });
        if LEFT_OUT.contains(&column.as_str()) || is_date && !column.ends_with("_text") {
            continue;
        }
        let (was, is) = (shown(&old[column]), shown(&new[column]));
        if was == is {
            continue;
        }
        let title = titles.and_then(|titles| titles.of(&of.0, column));
        out.push(Change {
            kind: Kind::Row,
            of: of.clone(),
            what: what.to_owned(),
            field: Some((column.clone(), title.unwrap_or(column).to_owned())),
            before: Some(was.unwrap_or_else(|| "—".to_owned())),
            after: Some(is.unwrap_or_else(|| "—".to_owned())),
        });
    }
}

/// A value in words; nothing for what is empty.
fn shown(value: &Value) -> Option<String> {
    let text = match value {
        Value::Null => return None,
        Value::String(text) => text.clone(),
        Value::Array(items) => items
            .iter()
            .filter_map(shown)
            .collect::<Vec<_>>()
            .join("、"),
        other => other.to_string(),
    };
    (!text.is_empty()).then(|| short(&text))
}

fn short(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        None => text.to_owned(),
        Some((at, _)) => format!("{}…", &text[..at]),
    }
}

/// The titles of columns, from the package descriptor.
struct Titles(HashMap<(String, String), String>);

impl Titles {
    fn read(files: &Files) -> Option<Self> {
        let package = parsed(files, PACKAGE)?;
        let mut titles = HashMap::new();
        for resource in package["resources"].as_array()? {
            let path = resource["path"].as_str().unwrap_or_default();
            let name = path.trim_end_matches(".csv").to_owned();
            for field in resource["schema"]["fields"]
                .as_array()
                .into_iter()
                .flatten()
            {
                if let (Some(column), Some(title)) =
                    (field["name"].as_str(), field["title"].as_str())
                {
                    titles.insert((name.clone(), column.to_owned()), title.to_owned());
                }
            }
        }
        Some(Self(titles))
    }

    fn of(&self, table: &str, column: &str) -> Option<&String> {
        self.0.get(&(table.to_owned(), column.to_owned()))
    }
}

// ---------------------------------------------------------------- clauses

fn clauses(old: &Files, new: &Files, out: &mut Vec<Change>) {
    let is_one = |path: &str| path.starts_with("api/v1/documents/") && path.ends_with(".json");
    for path in paths(old, new, is_one) {
        let id = path
            .trim_start_matches("api/v1/documents/")
            .trim_end_matches(".json");
        let (before, after) = (texts(parsed(old, path)), texts(parsed(new, path)));
        for name in before.keys().chain(after.keys()).collect::<BTreeSet<_>>() {
            let (was, is) = (before.get(name), after.get(name));
            if was == is {
                continue;
            }
            let text = |clause: &(String, String)| short(&clause.1);
            let label = is
                .or(was)
                .map_or_else(String::new, |clause| clause.0.clone());
            out.push(Change {
                kind: Kind::Clause,
                of: (id.to_owned(), id.to_owned()),
                what: label,
                field: None,
                before: was.map(text),
                after: is.map(text),
            });
        }
    }
}

/// The clauses of a document: from anchor to label and own text.
fn texts(document: Option<Value>) -> BTreeMap<String, (String, String)> {
    let mut out = BTreeMap::new();
    if let Some(document) = document {
        gather(&document["clauses"], "", &mut out);
    }
    out
}

fn gather(clauses: &Value, above: &str, out: &mut BTreeMap<String, (String, String)>) {
    for clause in clauses.as_array().into_iter().flatten() {
        let label = format!("{above}{}", clause["label"].as_str().unwrap_or_default());
        let anchor = clause["id"].as_str().unwrap_or_default();
        let text = clause["text"].as_str().unwrap_or_default();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        out.insert(anchor.to_owned(), (label.clone(), text));
        // A label says the whole place, or only the clause's own number.
        gather(&clause["clauses"], "", out);
    }
}

// ---------------------------------------------------------------- rules

/// Whether a path is the page of a self-check.
fn is_rules(path: &str) -> bool {
    path.strip_prefix("checks/")
        .is_some_and(|name| name.ends_with(".html") && !name.contains('/') && name != "index.html")
}

fn rules(old: &Files, new: &Files, out: &mut Vec<Change>) {
    for path in paths(old, new, is_rules) {
        let (Some(before), Some(after)) = (old.get(path), new.get(path)) else {
            continue;
        };
        let (before, after) = (lines(before), lines(after));
        let id = path.trim_start_matches("checks/").trim_end_matches(".html");
        let of = (id.to_owned(), id.to_owned());
        let gone = before.iter().filter(|line| !after.contains(line));
        let come = after.iter().filter(|line| !before.contains(line));
        let (gone, come): (Vec<_>, Vec<_>) = (gone.collect(), come.collect());
        // Lines in the same place of an equal number of changes are the same line, said otherwise.
        let is_paired = gone.len() == come.len();
        let change = |before: Option<&String>, after: Option<&String>| Change {
            kind: Kind::Rule,
            of: of.clone(),
            what: String::new(),
            field: None,
            before: before.map(|line| short(line)),
            after: after.map(|line| short(line)),
        };
        if is_paired {
            let pairs = gone.into_iter().zip(come);
            out.extend(pairs.map(|(was, is)| change(Some(was), Some(is))));
        } else {
            out.extend(gone.into_iter().map(|was| change(Some(was), None)));
            out.extend(come.into_iter().map(|is| change(None, Some(is))));
        }
    }
}

/// The lines of the results and conditions of a self-check, as its page shows them.
fn lines(page: &[u8]) -> Vec<String> {
    const BREAKS: [&str; 9] = ["p", "li", "h2", "h3", "h4", "dt", "dd", "td", "tr"];
    let text = String::from_utf8_lossy(page);
    let start = text.find("id=all").or_else(|| text.find("id=\"all\""));
    let Some(part) = start.map(|at| &text[at..]) else {
        return Vec::new();
    };
    let end = part.find("</details>").unwrap_or(part.len());
    let mut lines = vec![String::new()];
    for piece in part[..end].split('<').skip(1) {
        let (tag, words) = piece.split_once('>').unwrap_or((piece, ""));
        let name = tag
            .trim_start_matches('/')
            .split([' ', '\n'])
            .next()
            .unwrap_or_default();
        if BREAKS.contains(&name) {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(words);
        }
    }
    let lines = lines
        .into_iter()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect()
}

// ---------------------------------------------------------------- pages

fn pages(old: &Files, new: &Files, out: &mut Vec<Change>) {
    for path in paths(old, new, |path| path.ends_with(".html")) {
        let (was, is) = (old.contains_key(path), new.contains_key(path));
        if was != is {
            out.push(Change {
                kind: Kind::Page,
                of: (String::new(), String::new()),
                what: path.to_owned(),
                field: None,
                before: was.then(String::new),
                after: is.then(String::new),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(rows: &str, clause: &str, rule: &str) -> Files {
        let package = r#"{"resources":[{"path":"windows.csv","schema":{"fields":[{"name":"until_text","title":"截止"}]}}]}"#;
        let table = format!(r#"{{"title":"受理窗口","generated":"x","rows":[{rows}]}}"#);
        let document = format!(
            r#"{{"clauses":[{{"id":"c1","label":"一","text":"甲","clauses":[{{"id":"c1-1","label":"一（一）","text":"{clause}","clauses":[]}}]}}]}}"#
        );
        let page = format!("<p>x<details id=all><ul><li>{rule}</ul></details>");
        [
            (PACKAGE, package.to_owned()),
            ("data/windows.json", table),
            ("api/v1/documents/a.json", document),
            ("checks/k.html", page),
        ]
        .map(|(path, text)| (path.to_owned(), text.into_bytes()))
        .into()
    }

    fn window(number: u8, what: &str, until: &str, state: &str) -> String {
        format!(
            r#"{{"id":"a.w{number}","document":"a","what":"{what}","until":"x{until}","until_bound":"准确日期","until_text":"{until}","state":"{state}"}}"#
        )
    }

    #[test]
    fn facts_are_named_and_what_only_counts_or_ages_is_not() {
        let old = site(
            &window(1, "受理", "9月25日", "受理中"),
            "每天60人",
            "收入低于 5000 元",
        );
        let rows = [
            window(1, "变更", "9月1日", "已结束"),
            window(2, "受理", "9月30日", "已结束"),
        ];
        let mut new = site(&rows.join(","), "每天80人", "收入低于 6000 元");
        new.insert("new.html".into(), Vec::new());
        let found: Vec<String> = changes(&old, &new)
            .iter()
            .map(|one| one.words().zh)
            .collect();
        assert_eq!(
            found,
            [
                "受理窗口 a 受理，截止：9月25日 → 9月30日",
                "受理窗口 a 变更：新增 “9月1日”",
                "a 一（一）：“每天60人” → “每天80人”",
                "k：“收入低于 5000 元” → “收入低于 6000 元”",
                "new.html：新增",
            ]
        );
        let back = changes(&new, &old);
        assert_eq!(back[1].json()["change"], "removed");
        assert!(changes(&old, &old).is_empty());
        let older = site(
            &window(1, "受理", "9月25日", "未开始"),
            "每天60人",
            "收入低于 5000 元",
        );
        assert!(
            changes(&older, &old).is_empty(),
            "another day is not a change"
        );
    }

    #[test]
    fn files_that_are_not_ours_are_no_facts_and_no_panic() {
        let mut odd = Files::new();
        for (path, text) in [
            ("data/windows.json", "{\"rows\":[1,null,[]]}"),
            ("data/x.json", "["),
            ("api/v1/documents/b.json", "{\"clauses\":7}"),
            ("checks/k.html", "id=all<<>"),
        ] {
            odd.insert(path.into(), text.into());
        }
        changes(&odd, &Files::new());
        changes(&Files::new(), &odd);
    }
}
