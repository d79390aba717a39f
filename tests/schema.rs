//! Schemas and parser agree: what a schema rejects, the parser rejects too, and the other way round.
//!
//! In every source file of the repository and of the stories, every key of every mapping is removed, misspelt,
//! written under both names and given values of every form, and absent keys are added. The parser judges the file as
//! mingbai reads it, the schema as an editor does. Only errors of form are compared ([`OF_FORM`]), because a schema
//! cannot express the other checks.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use jsonschema::Validator;
use mingbai::desk::schema::{KINDS, Kind};
use mingbai::diag::Sink;
use mingbai::link;
use mingbai::model::Model;
use mingbai::model::shape::{Form, Shape};
use mingbai::sources::{SourceFile, Sources, keys, split};
use mingbai::{rules, search, sources};
use rayon::prelude::*;
use serde_json::{Value, json};

/// Codes for errors of form: an unknown key, a missing key, a value of another form, a word that is not in the list,
/// an invalid date, an invalid number, a key under both names, an invalid id.
const OF_FORM: [&str; 8] = [
    "MB0201", "MB0202", "MB0203", "MB0204", "MB0205", "MB0230", "MB0104", "MB0206",
];

/// If only these codes are reported, nothing is compared. MB0303 is reported both for malformed conditions and for
/// conditions that compare incomparable values; MB0318 for values without one definition and for formulas that cannot be
/// read; MB0323 for heads that are missing or overlap; after an undefined name (MB0301), nothing more is checked.
const NOT_OF_FORM_ALONE: [&str; 4] = ["MB0301", "MB0303", "MB0318", "MB0323"];

/// The number of files tried for the same key of the same mapping.
const SAMPLES: usize = 1;

struct File {
    site: usize,
    path: String,
    kind: &'static Kind,
    value: Value,
    /// The text after the front matter.
    body: Option<String>,
}

/// A site: its folder, and the model against which self-checks are read.
struct Site {
    model: Model,
    sources: Sources,
}

fn kind_of(path: &str) -> Option<&'static Kind> {
    let name = match path {
        "data/site.yaml" => "site",
        "data/topics.yaml" => "topics",
        "data/glossary.yaml" => "glossary",
        "data/approvals.yaml" => "approvals",
        "data/search.yaml" => "search",
        "data/regions/editions.yaml" => "editions",
        "data/regions/extras.yaml" => "extras",
        _ if !path.ends_with(".yaml") && !path.ends_with(".md") => return None,
        _ if path.starts_with("data/regions/") => "regions",
        _ if path.starts_with("data/schedules/") => "schedule",
        _ if path.starts_with("data/pilots/") => "pilot-list",
        _ if path.starts_with("data/assessments/") => "assessment",
        _ if path.starts_with("data/checks/") => "check",
        _ if path.starts_with("content/notices/") => "notice",
        _ if path.starts_with("content/pages/") => "page",
        _ => return None,
    };
    mingbai::desk::schema::find(name)
}

/// YAML as an editor reads it.
fn as_an_editor_reads(yaml: &str) -> Value {
    let mut options = serde_yaml::Options::default();
    options.strict_booleans = true;
    serde_yaml::from_str_with_options(yaml, options).expect("YAML without faults")
}

fn folders() -> Vec<std::path::PathBuf> {
    let root = support::repository();
    let mut folders = vec![root.to_owned(), root.join("tests/diagnostics/base")];
    for entry in std::fs::read_dir(root.join("tests/stories")).expect("the stories") {
        let path = entry.expect("a story").path();
        if path.join("data").is_dir() || path.join("content").is_dir() {
            folders.push(path);
        }
    }
    folders.sort();
    folders
}

fn read(folder: &Path) -> Sources {
    sources::read(folder, &mut Sink::default()).expect("a site folder")
}

/// Every source file of every site, with the sites.
fn everything() -> (Vec<Site>, Vec<File>) {
    let mut sites = Vec::new();
    let mut files = Vec::new();
    let regions = read(support::repository());
    for (site, folder) in folders().iter().enumerate() {
        let mut sources = read(folder);
        for file in &sources.files {
            let Some(kind) = kind_of(&file.path) else {
                continue;
            };
            let (yaml, body) = if file.path.ends_with(".md") {
                let parts = split(&file.text).expect("front matter");
                let body = file.text[parts.body].to_owned();
                (&file.text[parts.yaml], Some(body))
            } else {
                (file.text.as_str(), None)
            };
            files.push(File {
                site,
                path: file.path.clone(),
                kind,
                value: as_an_editor_reads(yaml),
                body,
            });
        }
        if !sources
            .files
            .iter()
            .any(|f| f.path.starts_with("data/regions/"))
        {
            let more = regions
                .files
                .iter()
                .filter(|f| f.path.starts_with("data/regions/"));
            sources.files.extend(more.cloned());
            sources.files.sort_by(|a, b| a.path.cmp(&b.path));
        }
        sites.push(Site {
            model: link::load(&sources, &mut Sink::default()),
            sources,
        });
    }
    (sites, files)
}

fn validators() -> BTreeMap<&'static str, Validator> {
    KINDS
        .iter()
        .map(|kind| {
            let validator = jsonschema::draft7::new(&kind.schema()).expect("a schema");
            (kind.name, validator)
        })
        .collect()
}

/// The codes that the parser reports for a file with this content.
fn said(site: &Site, file: &File, value: &Value) -> BTreeSet<&'static str> {
    let json = format!("{value:#}\n");
    let text = match &file.body {
        Some(body) => format!("---\n{json}---\n{body}"),
        None => json,
    };
    let source = SourceFile {
        path: file.path.clone(),
        text,
    };
    let mut sink = Sink::default();
    let sources = Sources {
        files: vec![Arc::new(source)],
        ..Sources::default()
    };
    match file.kind.name {
        "check" => {
            // Its citations lead to the texts of the site.
            let text = sources.files[0].text.clone();
            let whole = site.sources.clone().with(&file.path, text);
            let (id, source) = whole.find(&file.path).expect("the file");
            rules::read_check(&site.model, &whole, id, source, &mut sink);
            let said = sink.into_sorted(&whole);
            return said.iter().map(|diagnostic| diagnostic.code.id).collect();
        }
        "approvals" => {
            let last = jiff::civil::date(9000, 1, 1);
            mingbai::approvals::Approvals::load(&sources, last, &mut sink);
        }
        "search" => {
            search::words::load(&sources, &mut sink);
        }
        _ => {
            link::load(&sources, &mut sink);
        }
    }
    let said = sink.into_sorted(&sources);
    said.iter().map(|diagnostic| diagnostic.code.id).collect()
}

/// The JSON pointers of mappings with a shape within a value.
fn mappings(form: &Form, value: &Value, at: &str, out: &mut Vec<(String, &'static Shape)>) {
    match (form, value) {
        (Form::Map(shape), Value::Object(map)) => {
            out.push((at.to_owned(), shape));
            for (key, value) in map {
                let slot = keys::canonical(key).and_then(|key| shape.slot(key));
                if let Some(slot) = slot {
                    mappings(&slot.form, value, &format!("{at}/{}", escaped(key)), out);
                }
            }
        }
        (Form::List(item), Value::Array(list)) => {
            for (i, value) in list.iter().enumerate() {
                mappings(item, value, &format!("{at}/{i}"), out);
            }
        }
        (Form::Names(item, _), Value::Object(map)) => {
            for (key, value) in map {
                mappings(item, value, &format!("{at}/{}", escaped(key)), out);
            }
        }
        _ => {}
    }
}

fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// Values of every form. Each is wrong for most keys.
fn values() -> Vec<Value> {
    vec![
        Value::Null,
        json!(""),
        json!(" "),
        json!("一段文字"),
        json!("不认识的词"),
        json!("未载明"),
        json!("无"),
        json!(7),
        json!(-3),
        json!(2023),
        json!(1.5),
        json!(true),
        json!("否"),
        json!([]),
        json!(["甲"]),
        json!([7]),
        json!([Value::Null]),
        json!([[]]),
        json!([{}]),
        json!({}),
        json!({ "甲": "乙" }),
        json!({ "甲": Value::Null }),
        json!({ "甲": ["乙"] }),
        json!({ "甲": {} }),
        json!("2020-07-05"),
        json!("2020年7月5日"),
        json!("2020-13-45"),
        json!("2020-7-5"),
        json!("2021-02-29"),
        json!("2020-02-29"),
        json!("2020-04-31"),
        json!("不早于 2020-09-25"),
        json!("不晚于2020-09-31"),
        json!("每年 01-31"),
        json!("每年11月"),
        json!("每年 13月"),
        json!("6月底"),
        json!("72.62%"),
        json!("1000%"),
        json!("１２"),
        json!("https://example.org/x"),
        json!("ftp://example.org/"),
        json!("youyu-2023"),
        json!("Youyu 2023"),
    ]
}

#[test]
fn every_source_file_follows_its_schema() {
    let validators = validators();
    let (_, files) = everything();
    let mut kinds = BTreeSet::new();
    for file in &files {
        kinds.insert(file.kind.name);
        let faults: Vec<String> = validators[file.kind.name]
            .iter_errors(&file.value)
            .map(|error| format!("{} {error}", error.instance_path()))
            .collect();
        assert!(faults.is_empty(), "{}: {faults:#?}", file.path);
    }
    assert_eq!(kinds.len(), KINDS.len(), "no file of some kind: {kinds:?}");
    assert!(files.len() > 80, "{}", files.len());
}

#[derive(Default)]
struct Count {
    accepted: usize,
    refused: usize,
    left_out: usize,
    faults: Vec<String>,
}

#[test]
fn schemas_and_parser_accept_and_refuse_the_same_files() {
    let validators = validators();
    let (sites, mut files) = everything();
    // Small files show as much as large ones, and faster.
    files.sort_by_key(|file| file.value.to_string().len());
    let mut seen: BTreeMap<(&str, &str, &str, bool), usize> = BTreeMap::new();
    let mut cases = Vec::new();
    for file in &files {
        let mut places = Vec::new();
        mappings(&file.kind.root, &file.value, "", &mut places);
        for (at, shape) in places {
            for slot in shape.keys() {
                let there = file.value.pointer(&at).is_some_and(|map| {
                    map.get(slot.key).is_some()
                        || keys::alias(slot.key).is_some_and(|key| map.get(key).is_some())
                });
                let samples = seen
                    .entry((file.kind.name, shape.name, slot.key, there))
                    .or_default();
                if *samples < SAMPLES {
                    *samples += 1;
                    cases.push((file, at.clone(), shape, slot.key));
                }
            }
        }
    }
    let counts: Vec<Count> = cases
        .par_iter()
        .map(|(file, at, shape, key)| {
            let mut count = Count::default();
            let judge = |what: &str, value: &Value, count: &mut Count| {
                let codes = said(&sites[file.site], file, value);
                let parser = codes.iter().any(|code| OF_FORM.contains(code));
                let unsure = !parser && codes.iter().any(|code| NOT_OF_FORM_ALONE.contains(code));
                if unsure {
                    count.left_out += 1;
                    return;
                }
                let schema = !validators[file.kind.name].is_valid(value);
                if parser != schema {
                    count.faults.push(format!(
                        "{} {} {key} {what}: parser {codes:?}, schema refuses: {schema}",
                        file.kind.name, shape.name
                    ));
                }
                if parser {
                    count.refused += 1;
                } else {
                    count.accepted += 1;
                }
            };
            let chinese = keys::alias(key).expect("every key has an alias");
            let mut value = file.value.clone();
            let map = value
                .pointer_mut(at)
                .and_then(Value::as_object_mut)
                .expect("a mapping");
            let old = map.remove(*key).or_else(|| map.remove(chinese));
            judge("removed", &value, &mut count);
            let put = |name: &str, what: Value| {
                let mut changed = value.clone();
                let map = changed
                    .pointer_mut(at)
                    .and_then(Value::as_object_mut)
                    .expect("a mapping");
                map.insert(name.to_owned(), what);
                changed
            };
            if let Some(old) = old {
                judge(
                    "misspelt",
                    &put(&format!("{key}x"), old.clone()),
                    &mut count,
                );
                judge("in English", &put(key, old.clone()), &mut count);
                judge("in Chinese", &put(chinese, old.clone()), &mut count);
                let mut both = put(key, old.clone());
                let map = both
                    .pointer_mut(at)
                    .and_then(Value::as_object_mut)
                    .expect("a mapping");
                map.insert(chinese.to_owned(), old);
                judge("under both names", &both, &mut count);
            }
            for new in values() {
                judge(&format!("= {new}"), &put(key, new.clone()), &mut count);
            }
            count
        })
        .collect();
    let sum = |of: fn(&Count) -> usize| counts.iter().map(of).sum::<usize>();
    let faults: Vec<&String> = counts.iter().flat_map(|count| &count.faults).collect();
    let (accepted, refused, left_out) =
        (sum(|c| c.accepted), sum(|c| c.refused), sum(|c| c.left_out));
    let shown: BTreeSet<&&String> = faults.iter().collect();
    assert!(
        shown.is_empty(),
        "{} differ:\n{}",
        shown.len(),
        shown
            .iter()
            .map(|s| s.as_str())
            .collect::<Vec<_>>()
            .join("\n")
    );
    assert!(
        accepted > 5_000 && refused > 5_000 && left_out < 2_000,
        "{accepted} accepted, {refused} refused, {left_out} left out"
    );
}
