//! The manifest of a site, and the record of what it was made from.
//!
//! Comes in: a site in memory, the folder that it was written to, the names of its sources. Goes out: `SHA256SUMS` in the
//! folder (path and SHA-256, served with the site), and next to the folder a record with path, size, SHA-256 and sources,
//! which is not served. Each edition keeps its record.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use mingbai_published::manifest::{Entry, LIST, Manifest, SIGNATURE, SUMS};
use rayon::prelude::*;
use serde_json::{Value, json};
use walkdir::WalkDir;

use super::error::{WriteError, io_error};
use super::place::Place;
use crate::output::OutputTree;

/// Whether a file of the output folder is a manifest or its signature.
pub(super) fn is_one(name: &str) -> bool {
    name == SUMS || name == SIGNATURE
}

/// The manifest of a folder that was just filled with `tree` and with files that stay.
///
/// # Errors
/// If the folder cannot be read.
pub(super) fn manifest(fresh: &Path, tree: &OutputTree) -> Result<Manifest, WriteError> {
    let mut files: BTreeMap<String, Entry> = tree
        .par_iter()
        .map(|(name, file)| (name.clone(), Entry::of(&file.bytes)))
        .collect();
    for entry in WalkDir::new(fresh).min_depth(1) {
        let Ok(entry) = entry else { continue };
        let relative = entry.path().strip_prefix(fresh).ok();
        let Some(name) = relative.and_then(Path::to_str) else {
            continue;
        };
        let name = name.replace('\\', "/");
        if entry.file_type().is_file() && name != LIST && !files.contains_key(&name) {
            let bytes = fs::read(entry.path()).map_err(io_error(entry.path()))?;
            files.insert(name, Entry::of(&bytes));
        }
    }
    let mut manifest = Manifest::new(files);
    let moved = tree.iter().filter_map(|(name, file)| {
        let to = file.moved_to.as_ref()?;
        Some((name.clone(), to.clone()))
    });
    manifest.moved = moved.collect();
    Ok(manifest)
}

/// The sources of each file, by path.
pub(super) type SourcesOf = BTreeMap<String, Vec<String>>;

/// Writes the record next to a site.
///
/// # Errors
/// If it cannot be written.
pub(super) fn record(
    place: &Place,
    manifest: &Manifest,
    sources: &SourcesOf,
) -> Result<(), WriteError> {
    let files = manifest.files.iter().map(|(path, entry)| {
        json!({
            "path": path,
            "size": entry.size,
            "sha256": entry.hex(),
            "sources": sources.get(path).filter(|list| !list.is_empty()),
        })
    });
    let files: Vec<Value> = files.collect();
    let text = format!("{:#}\n", json!({ "mingbai": 1, "files": files }));
    let path = path(place);
    let fresh = place.own("old-record");
    fs::write(&fresh, text).map_err(io_error(&fresh))?;
    fs::rename(&fresh, &path).map_err(io_error(&path))
}

/// Where the record of a site is.
pub(super) fn path(place: &Place) -> PathBuf {
    place.shared("record.json")
}

/// The sources in a record; nothing if there is none that can be read.
pub(super) fn sources(record: &Path) -> SourcesOf {
    let value = fs::read(record).ok();
    let value: Option<Value> = value.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let files = value.as_ref().and_then(|value| value["files"].as_array());
    let entries = files.into_iter().flatten().filter_map(|file| {
        let list = file["sources"].as_array()?.iter();
        let list = list.filter_map(|name| name.as_str().map(str::to_owned));
        Some((file["path"].as_str()?.to_owned(), list.collect()))
    });
    entries.collect()
}

/// The former addresses of an edition, from its manifest.
pub(super) fn moved(folder: &Path) -> BTreeMap<String, String> {
    let text = fs::read_to_string(folder.join(SUMS)).unwrap_or_default();
    Manifest::read(&text).map_or_else(|_| BTreeMap::new(), |manifest| manifest.moved)
}
