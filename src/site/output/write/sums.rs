//! The manifest of a site, and the record of what it was made from.
//!
//! Comes in: what is kept of the files of a site, the folder that they were written to, the names of their sources. Goes out: `SHA256SUMS` in the
//! folder (path and SHA-256, served with the site), and next to the folder a record with path, size, SHA-256 and sources,
//! which is not served. Each edition keeps its record.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use mingbai_published::manifest::{Entry, LIST, Manifest, SIGNATURE, SUMS};
use serde::{Serialize, Serializer};
use serde_json::Value;
use walkdir::WalkDir;

use super::error::{WriteError, io_error};
use super::filed::Filed;
use super::place::Place;

/// Whether a file of the output folder is a manifest or its signature.
pub(super) fn is_one(name: &str) -> bool {
    name == SUMS || name == SIGNATURE
}

/// The manifest of a folder that was just filled with `made` and with files that stay.
///
/// # Errors
/// If the folder cannot be read.
pub(super) fn manifest(
    fresh: &Path,
    made: &BTreeMap<String, Filed>,
) -> Result<Manifest, WriteError> {
    let files = made.iter().map(|(name, file)| (name.clone(), file.entry));
    let mut files: BTreeMap<String, Entry> = files.collect();
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
    let moved = made.iter().filter_map(|(name, file)| {
        let to = file.moved_to.as_ref()?;
        Some((name.clone(), to.clone()))
    });
    manifest.moved = moved.collect();
    Ok(manifest)
}

/// The sources of each file, by path.
pub(super) type SourcesOf = BTreeMap<String, Vec<String>>;

/// A file in the record.
#[derive(Serialize)]
struct Recorded<'a> {
    path: &'a str,
    size: Option<u64>,
    sha256: String,
    #[serde(serialize_with = "or_null")]
    sources: Vec<&'a str>,
}

/// A list; nothing if it is empty.
fn or_null<S: Serializer>(list: &[&str], to: S) -> Result<S::Ok, S::Error> {
    (!list.is_empty()).then_some(list).serialize(to)
}

/// Writes the record next to a site, file by file.
///
/// # Errors
/// If it cannot be written.
pub(super) fn record<'a>(
    place: &Place,
    manifest: &Manifest,
    sources: impl Fn(&str) -> Vec<&'a str>,
) -> Result<(), WriteError> {
    let path = path(place);
    let fresh = place.own("old-record");
    let write = || -> io::Result<()> {
        let mut out = BufWriter::new(File::create(&fresh)?);
        out.write_all(b"{\n  \"mingbai\": 1,\n  \"files\": [")?;
        for (number, (path, entry)) in manifest.files.iter().enumerate() {
            let file = Recorded {
                path,
                size: entry.size,
                sha256: entry.hex(),
                sources: sources(path),
            };
            let text = serde_json::to_string_pretty(&file)?;
            out.write_all(if number > 0 { b",\n    " } else { b"\n    " })?;
            out.write_all(text.replace('\n', "\n    ").as_bytes())?;
        }
        out.write_all(b"\n  ]\n}\n")?;
        out.flush()
    };
    write().map_err(io_error(&fresh))?;
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
