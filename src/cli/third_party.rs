//! `mingbai licences`: the software and the data in this program, with their licences, as a list or as a CycloneDX SBOM.

use std::io::Read as _;

use clap::{Args, ValueEnum};
use flate2::read::ZlibDecoder;
use serde_json::{Value, json};

use super::CLEAN;
use super::voice::Voice;

/// Packages in the program, one a line: name, version, licence, source, SHA-256 of the package, copyright. Made by
/// `tests/supply.rs` from `Cargo.lock`, packed by the build script.
const PACKAGES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/packages.tsv"));
/// Packages that only the feature `stores` needs, in the same form.
#[cfg(feature = "stores")]
const STORES: Option<&[u8]> = Some(include_bytes!(concat!(env!("OUT_DIR"), "/stores.tsv")));
#[cfg(not(feature = "stores"))]
const STORES: Option<&[u8]> = None;
/// Data in the program that comes from elsewhere, one a line: name, licence, source, what it is.
const DATA: &str = include_str!("third_party/data.tsv");
/// The texts of the licences, packed by the build script.
const TEXTS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/licences.txt"));

fn unpacked(packed: &[u8]) -> String {
    let mut text = String::new();
    ZlibDecoder::new(packed)
        .read_to_string(&mut text)
        .expect("the build script packed a text");
    text
}

/// The table of packages: its head, then all rows by name.
fn packages() -> String {
    let mut table = unpacked(PACKAGES);
    if let Some(stores) = STORES {
        table.extend(unpacked(stores).split_inclusive('\n').skip(1));
        let (head, rows) = table.split_once('\n').unwrap_or((&table, ""));
        let mut rows: Vec<&str> = rows.lines().collect();
        rows.sort_unstable();
        table = format!("{head}\n{}\n", rows.join("\n"));
    }
    table
}

#[derive(Debug, Args)]
pub(super) struct LicencesArgs {
    /// 结果的格式：文字、清单（SBOM） / format: text, or an SBOM
    #[arg(long, value_enum, default_value_t = LicencesFormat::Text)]
    format: LicencesFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LicencesFormat {
    Text,
    Cyclonedx,
}

pub(super) fn run(args: &LicencesArgs, voice: Voice) -> u8 {
    match args.format {
        LicencesFormat::Text => voice.print(&text()),
        LicencesFormat::Cyclonedx => voice.print(&format!("{:#}\n", sbom())),
    }
    CLEAN
}

/// The rows of a table, without its head.
fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
    table.lines().skip(1).map(|line| line.split('\t').collect())
}

fn text() -> String {
    let mut out = format!("mingbai {}  MIT\n\n", env!("CARGO_PKG_VERSION"));
    for row in rows(&packages()) {
        if let [name, version, licence, source, _, copyright] = row[..] {
            out.push_str(&format!("{name} {version}  {licence}\n    {source}\n"));
            if !copyright.is_empty() {
                out.push_str(&format!("    {copyright}\n"));
            }
        }
    }
    out.push('\n');
    for row in rows(DATA) {
        if let [name, licence, source, about] = row[..] {
            out.push_str(&format!("{name}  {licence}\n    {source}\n    {about}\n"));
        }
    }
    out.push('\n');
    out.push_str(&unpacked(TEXTS));
    out
}

/// A software bill of materials: CycloneDX 1.5.
fn sbom() -> Value {
    let packages = packages();
    let packages = rows(&packages).filter_map(|row| {
        let [name, version, licence, source, hash, _] = row[..] else {
            return None;
        };
        let purl = format!("pkg:cargo/{name}@{version}");
        Some(json!({
            "type": "library",
            "bom-ref": purl,
            "name": name,
            "version": version,
            "purl": purl,
            "licenses": [{ "expression": licence }],
            "hashes": [{ "alg": "SHA-256", "content": hash }],
            "externalReferences": [{ "type": "vcs", "url": source }],
        }))
    });
    let data = rows(DATA).filter_map(|row| {
        let [name, licence, source, about] = row[..] else {
            return None;
        };
        Some(json!({
            "type": "data",
            "bom-ref": format!("data:{name}"),
            "name": name,
            "description": about,
            "licenses": [{ "license": { "name": licence } }],
            "externalReferences": [{ "type": "distribution", "url": source }],
        }))
    });
    let version = env!("CARGO_PKG_VERSION");
    json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": "mingbai",
                "name": "mingbai",
                "version": version,
                "licenses": [{ "expression": "MIT" }],
            },
        },
        "components": packages.chain(data).collect::<Vec<Value>>(),
    })
}
