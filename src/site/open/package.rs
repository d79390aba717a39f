//! The Frictionless Data Package of the site: every table with its schema, size and hash.
//!
//! Comes in: the datasets and their files. Goes out: `data/datapackage.json`. Its paths are relative, so that the
//! folder `data/` can be copied as a whole.

use jiff::civil::Date;

use std::collections::{HashMap, HashSet};

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::Files;
use crate::atlas::Facts;
use crate::atlas::routes;
use crate::config::BaseUrl;
use crate::memo::{Key, Keyed};
use crate::model::Kind;
use crate::tables::Format;
use crate::tables::table::{Field, Refers, Type, address};
use crate::tables::{Dataset, Resource, VolumeOf, all_volumes};

/// What is said of the file of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Download {
    pub path: String,
    /// In bytes.
    pub size: usize,
    /// The SHA-256, in hexadecimal.
    pub sha256: String,
}

impl Download {
    /// What is said of this file.
    pub fn of(path: &str, bytes: &[u8]) -> Self {
        Self {
            path: path.to_owned(),
            size: bytes.len(),
            sha256: HEXLOWER.encode(&Sha256::digest(bytes)),
        }
    }
}

/// The descriptor of the package, and the list of all files.
pub fn files(today: Date, datasets: &[Dataset], files: &[Download], all: Key, out: &dyn Files) {
    let name = datasets
        .iter()
        .fold(Keyed::new().key(all), |keyed, dataset| {
            keyed.key(dataset.key().done())
        });
    let make = |facts: &Facts| file(facts, today, datasets, files);
    out.listing(routes::PACKAGE.into(), name.done(), &make);
    out.listing(routes::DOWNLOADS.into(), all, &|facts| list(facts, files));
}

/// The descriptor of the package. Tables without a file in `files` are left out.
fn file(facts: &Facts, today: Date, datasets: &[Dataset], files: &[Download]) -> Vec<u8> {
    let site = &facts.site();
    let by_path: HashMap<&str, &Download> = files.iter().map(|f| (f.path.as_str(), f)).collect();
    let mut resources = Vec::new();
    let split: HashSet<&str> = datasets
        .iter()
        .flat_map(|dataset| &dataset.resources)
        .filter(|resource| resource.volumes.len() > 1)
        .map(|resource| resource.name.as_str())
        .collect();
    for of in all_volumes(datasets) {
        for format in Format::ALL {
            if let Some(file) = by_path.get(of.volume.path(format).as_str()) {
                resources.push(describe(facts, &split, of, format, file));
            }
        }
    }
    let package = json!({
        "profile": "data-package",
        "name": package_name(&site.base_url),
        "title": format!("{}：全部数据", site.title),
        "description": "本站全部数据。空的格子表示原文未载明，或者这一列不适用。CSV 里以 = + - @ 等开头的文字前面加了一个英文单引号，去掉它就是原来的文字。",
        "homepage": address(facts, "data/index.html", ""),
        "version": "1",
        // The format requires a time, but a build only has a day.
        "created": format!("{}T00:00:00Z", today),
        "licenses": licences(facts, site.licence.as_deref()),
        "sources": [{ "title": site.title, "path": &*site.base_url }],
        "resources": resources,
    });
    pretty(&package)
}

/// The addresses of all files of tables and of their package, one a line: what a program reads to fetch everything.
fn list(facts: &Facts, files: &[Download]) -> Vec<u8> {
    let files = files.iter().map(|file| file.path.as_str());
    let all = std::iter::once(routes::PACKAGE).chain(files);
    let lines: Vec<String> = all.map(|path| address(facts, path, "") + "\n").collect();
    lines.concat().into_bytes()
}

/// A value as indented JSON with a line break at the end.
pub fn pretty(value: &Value) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).expect("a value has only texts as keys");
    bytes.push(b'\n');
    bytes
}

/// `https://mingbai.example/zizhu/` -> `mingbai.example-zizhu`
fn package_name(base_url: &BaseUrl) -> String {
    base_url
        .without_scheme()
        .trim_end_matches('/')
        .to_ascii_lowercase()
        .chars()
        .map(|c| match c {
            'a'..='z' | '0'..='9' | '.' | '_' => c,
            _ => '-',
        })
        .collect()
}

fn licences(facts: &Facts, licence: Option<&str>) -> Value {
    let list: Vec<Value> = licence
        .map(
            |title| json!({ "path": address(facts, "data/index.html", "licence"), "title": title }),
        )
        .into_iter()
        .collect();
    Value::Array(list)
}

fn describe(
    facts: &Facts,
    split: &HashSet<&str>,
    VolumeOf {
        dataset,
        resource,
        volume,
    }: VolumeOf,
    format: Format,
    file: &Download,
) -> Value {
    // Names must be unique. The CSV file has the name of the table.
    let name = match format {
        Format::Csv => volume.name.clone(),
        other => format!("{}.{}", volume.name, other.ending()),
    };
    let mut out = Map::new();
    let mut put = |key: &str, value: Value| out.insert(key.to_owned(), value);
    put("name", name.into());
    put("path", file.path.trim_start_matches("data/").into());
    if format == Format::Csv {
        put("profile", "tabular-data-resource".into());
        put("type", "table".into());
    } else {
        put("type", "file".into());
    }
    let title = match volume.title.as_str() {
        "" => resource.title.clone(),
        part => format!("{}：{part}", resource.title),
    };
    put("title", title.into());
    put("description", dataset.about.clone().into());
    put("homepage", address(facts, &dataset.page, "").into());
    put("format", format.ending().into());
    put("mediatype", format.media_type().into());
    if format != Format::Xlsx {
        put("encoding", "utf-8".into());
    }
    put("bytes", file.size.into());
    put("hash", format!("sha256:{}", file.sha256).into());
    put("licenses", licences(facts, dataset.licence.as_deref()));
    put("sources", sources(facts, dataset));
    if format == Format::Csv {
        put(
            "dialect",
            json!({ "delimiter": ",", "lineTerminator": "\r\n", "quoteChar": "\"", "doubleQuote": true, "header": true }),
        );
        put("schema", schema(split, resource));
    }
    Value::Object(out)
}

/// The notice that a list was made from; for a dataset of the whole site, the site.
fn sources(facts: &Facts, dataset: &Dataset) -> Value {
    let notice = dataset.document.map(|i| facts.text_of(i));
    match notice.map(|i| (i, facts.document(i))) {
        Some((i, document)) => {
            let number = match &document.kind {
                Kind::Notice(notice) => notice.number.as_ref().map(|n| n.value.as_str()),
                _ => None,
            };
            let number = number.map_or_else(String::new, |n| format!("（{n}）"));
            json!([{
                "title": format!("{}{number}", document.title.value),
                "path": address(facts, &routes::document(facts, i), ""),
            }])
        }
        None if dataset.id == "regions" => json!([{
            "title": facts.regions().source,
            "path": address(facts, &dataset.page, ""),
        }]),
        None => json!([{ "title": facts.site().title, "path": &*facts.site().base_url }]),
    }
}

/// The columns of a table. A table in several volumes, one of `split`, cannot be referred to: a reference leads to one
/// resource.
fn schema(split: &HashSet<&str>, resource: &Resource) -> Value {
    let fields: Vec<Value> = resource.table.fields.iter().map(field).collect();
    let own = |key: &str| resource.name == key;
    let references: Vec<Value> = resource
        .table
        .fields
        .iter()
        .filter_map(|field| {
            let (table, key) = match field.refers? {
                Refers::Region => ("regions", "code"),
                Refers::Document => ("documents", "id"),
            };
            if split.contains(table) {
                return None;
            }
            // A reference of a table to itself has an empty name.
            let table = if own(table) { "" } else { table };
            Some(json!({
                "fields": [field.key],
                "reference": { "resource": table, "fields": [key] },
            }))
        })
        .collect();
    json!({
        "fields": fields,
        "primaryKey": [resource.key],
        "foreignKeys": references,
        "missingValues": [""],
    })
}

fn field(field: &Field) -> Value {
    let mut out = Map::new();
    let mut put = |key: &str, value: Value| out.insert(key.to_owned(), value);
    put("name", field.key.into());
    put(
        "type",
        match field.kind {
            Type::Text | Type::Url | Type::List => "string",
            Type::Number => "integer",
            Type::Day => "date",
            Type::Flag => "boolean",
        }
        .into(),
    );
    if field.kind == Type::Url {
        put("format", "uri".into());
    }
    put("title", field.title.into());
    put("description", field.about.into());
    let mut constraints = Map::new();
    if field.required {
        constraints.insert("required".into(), true.into());
    }
    if field.unique {
        constraints.insert("unique".into(), true.into());
    }
    if !field.one_of.is_empty() {
        constraints.insert("enum".into(), field.one_of.clone().into());
    }
    if let Some(pattern) = field.pattern {
        constraints.insert("pattern".into(), pattern.into());
    }
    if !constraints.is_empty() {
        put("constraints", constraints.into());
    }
    Value::Object(out)
}
