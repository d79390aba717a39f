//! JSON: a description of the table, then its rows, one object per line, with typed and unescaped values; `null`
//! means 原文未载明.
//!
//! Comes in: a table. Goes out: the bytes of a file.

use jiff::civil::Date;

use serde::Serialize;

use super::datasets::VolumeOf;
use super::table::address;
use crate::atlas::{Facts, routes};

#[derive(Serialize)]
struct Head<'a> {
    name: &'a str,
    title: &'a str,
    /// Which rows of the table; absent if the file has all.
    #[serde(skip_serializing_if = "str::is_empty")]
    part: &'a str,
    dataset: String,
    page: String,
    package: String,
    issuers: &'a [String],
    licence: Option<&'a str>,
    generated: String,
    total: usize,
}

/// The bytes of the file. Rows are made and written one at a time.
pub fn bytes(facts: &Facts, today: Date, of: VolumeOf) -> Vec<u8> {
    let VolumeOf {
        dataset,
        resource,
        volume,
    } = of;
    let head = Head {
        name: &volume.name,
        title: &resource.title,
        part: &volume.title,
        dataset: address(facts, &routes::api_dataset(&dataset.id), ""),
        page: address(facts, &dataset.page, ""),
        package: address(facts, routes::PACKAGE, ""),
        issuers: &dataset.issuers,
        licence: dataset.licence.as_deref(),
        generated: today.to_string(),
        total: volume.rows.len(),
    };
    let rows = volume
        .rows
        .iter()
        .map(|&row| resource.table.object(facts, row));
    with_items(&head, "rows", rows)
}

/// An object whose last member is a list, with one item per line.
pub fn with_items<T: Serialize>(
    head: &impl Serialize,
    name: &str,
    items: impl Iterator<Item = T>,
) -> Vec<u8> {
    with_written(
        head,
        name,
        items.map(|item| move |out: &mut Vec<u8>| write(&item, out)),
    )
}

/// As [`with_items`], with items that write themselves.
pub fn with_written(
    head: &impl Serialize,
    name: &str,
    items: impl Iterator<Item = impl FnOnce(&mut Vec<u8>)>,
) -> Vec<u8> {
    let mut out = to_bytes(head);
    // Removes the closing brace.
    out.pop();
    out.extend_from_slice(format!(",\n\"{name}\":[").as_bytes());
    for (i, item) in items.enumerate() {
        out.extend_from_slice(if i == 0 { b"\n" } else { b",\n" });
        item(&mut out);
    }
    out.extend_from_slice(b"\n]}\n");
    out
}

/// A value as compact JSON.
pub fn to_bytes(value: &impl Serialize) -> Vec<u8> {
    let mut out = Vec::new();
    write(value, &mut out);
    out
}

/// Writes a value as compact JSON.
pub fn write(value: &impl Serialize, out: &mut Vec<u8>) {
    serde_json::to_writer(out, value).expect("views have only texts as keys");
}
