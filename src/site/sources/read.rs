//! Reads the site folder.
//!
//! Comes in: the path of a folder. Goes out: [`Sources`]. A missing theme or missing regions are taken from the
//! program. Hidden files and folders are ignored. A text file that is not UTF-8 is a diagnostic for its author; a
//! folder that cannot be listed is an error of the operator and ends the run.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ffi::OsString;
use std::time::SystemTime;
use std::{fmt, fs, io, path::Path, path::PathBuf};

use rayon::prelude::*;
use walkdir::WalkDir;

use super::{BinaryFile, SourceFile, Sources, built_in};
use crate::diag::{Diagnostic, Sink, SourceId, Span, codes};
use crate::text::Bilingual;

/// The folders of a site.
pub const FOLDERS: [&str; 3] = ["content", "data", "themes"];
/// File extensions in a theme that are read as text.
const THEME_TEXT: [&str; 7] = ["html", "xml", "css", "js", "svg", "txt", "yaml"];
/// File extensions of attachments that a browser would execute.
const ACTIVE: [&str; 7] = ["html", "htm", "xhtml", "xml", "svg", "js", "mjs"];
/// The maximum size of a file: offsets are 32 bits wide.
const MAX_FILE_SIZE: u64 = u32::MAX as u64;

/// The maximum size of an office document.
const MAX_DOCUMENT_SIZE: u64 = 64 * 1024 * 1024;

/// A read error, with the path where it happened.
#[derive(Debug)]
pub struct ReadError {
    pub path: PathBuf,
    pub error: io::Error,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.error)
    }
}

impl std::error::Error for ReadError {}

impl ReadError {
    /// The message for the operator.
    pub fn words(&self) -> Bilingual {
        let words = if self.error.kind() == io::ErrorKind::NotFound && self.path.is_dir() {
            Bilingual::new(
                "不是网站文件夹：里面没有 content、data 或 themes",
                self.error.to_string(),
            )
        } else {
            Bilingual::of_io(&self.error)
        };
        words.at(self.path.display())
    }
}

/// Whether there is a folder at this path.
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// The folders of a site ([`FOLDERS`]) that exist.
pub fn present_folders(site: &Path) -> Vec<PathBuf> {
    let folders = FOLDERS.iter().map(|folder| site.join(folder));
    folders.filter(|folder| folder.is_dir()).collect()
}

/// Reads one text file named on the command line.
///
/// # Errors
/// If the file cannot be read or is not UTF-8; the error contains the path.
pub fn read_file(path: &Path) -> Result<String, ReadError> {
    let text = fs::read_to_string(path).map_err(|error| ReadError {
        path: path.to_owned(),
        error,
    })?;
    Ok(normalise(text))
}

/// Reads one file named on the command line, whatever its format.
///
/// # Errors
/// If the file cannot be read or is too large for an office document; the error contains the path.
pub fn read_bytes(path: &Path) -> Result<Vec<u8>, ReadError> {
    let trouble = |error| ReadError {
        path: path.to_owned(),
        error,
    };
    let size = fs::metadata(path).map_err(trouble)?.len();
    if size > MAX_DOCUMENT_SIZE {
        return Err(trouble(io::Error::other("file is larger than 64 MiB")));
    }
    fs::read(path).map_err(trouble)
}

/// Reads a site folder.
///
/// # Errors
/// If a folder or file cannot be read, or the folder is not a site (it has none of `content/`, `data/`, `themes/`).
///
/// # Diagnostics
/// MB0106 for a text file that is not UTF-8.
pub fn read(site: &Path, sink: &mut Sink) -> Result<Sources, ReadError> {
    let read = read_files(site, HashMap::new(), &HashSet::new())?;
    let read = read
        .into_iter()
        .map(|(relative, _, file)| (relative, file.bytes));
    Ok(classify(read, sink))
}

/// The files of a folder as last read, so that the next run reads only changed files from disk.
#[derive(Debug, Default)]
pub struct SourceCache {
    files: HashMap<PathBuf, CachedFile>,
}

/// A file as last read.
#[derive(Debug)]
struct CachedFile {
    stamp: Stamp,
    bytes: Vec<u8>,
}

/// The properties that show whether a file has changed since it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    modified: Option<SystemTime>,
    size: u64,
}

/// Reads a site folder again. The result is the same as that of [`read`], but files that have not changed are taken from
/// `cache`. Files in `touched` are read in any case, because two changes within one tick of the disk's clock leave the
/// same stamp.
///
/// # Errors
/// As for [`read`].
///
/// # Diagnostics
/// As for [`read`].
pub fn read_again(
    site: &Path,
    cache: &mut SourceCache,
    touched: &HashSet<OsString>,
    sink: &mut Sink,
) -> Result<Sources, ReadError> {
    // After an error, everything is read again.
    let read = read_files(site, std::mem::take(&mut cache.files), touched)?;
    let copies: Vec<(String, Vec<u8>)> = read
        .par_iter()
        .map(|(relative, _, file)| (relative.clone(), file.bytes.clone()))
        .collect();
    cache.files = read
        .into_iter()
        .map(|(_, path, file)| (path, file))
        .collect();
    Ok(classify(copies, sink))
}

/// Every file in path order, from disk or from the last run.
fn read_files(
    site: &Path,
    mut cache: HashMap<PathBuf, CachedFile>,
    touched: &HashSet<OsString>,
) -> Result<Vec<(String, PathBuf, CachedFile)>, ReadError> {
    let listed: Vec<(String, PathBuf, Stamp, Option<CachedFile>)> = list(site)?
        .into_iter()
        .map(|(relative, path, stamp)| {
            let is_touched = path.file_name().is_some_and(|name| touched.contains(name));
            let known = cache.remove(&path);
            let known = known.filter(|known| known.stamp == stamp && !is_touched);
            (relative, path, stamp, known)
        })
        .collect();
    listed
        .into_par_iter()
        .map(|(relative, path, stamp, known)| match known {
            Some(known) => Ok((relative, path, known)),
            None => match fs::read(&path) {
                Ok(bytes) => Ok((relative, path, CachedFile { stamp, bytes })),
                Err(error) => Err(ReadError { path, error }),
            },
        })
        .collect()
}

/// Sorts the files into text and files to copy, checks the encoding, and adds built-in files.
fn classify(read: impl IntoIterator<Item = (String, Vec<u8>)>, sink: &mut Sink) -> Sources {
    let read: Vec<(String, Vec<u8>)> = read.into_iter().collect();
    let present: BTreeSet<&str> = read.iter().map(|(path, _)| path.as_str()).collect();
    let ours = built_in::missing(&present);
    let mut all: Vec<(String, Vec<u8>, bool)> = ours
        .iter()
        .map(|file| (file.path.to_owned(), file.bytes.to_vec(), true))
        .chain(read.into_iter().map(|(path, bytes)| (path, bytes, false)))
        .collect();
    all.sort_by(|a, b| a.0.cmp(&b.0));
    let mut sources = Sources::default();
    for (path, bytes, from_program) in all {
        let bytes = match use_of(&path) {
            Use::Text => bytes,
            Use::Nothing => Vec::new(),
            Use::Copy => {
                sources.binaries.push(BinaryFile {
                    path,
                    bytes,
                    built_in: from_program,
                });
                continue;
            }
        };
        let id = SourceId(
            u32::try_from(sources.files.len()).expect("a site folder has fewer than 2^32 files"),
        );
        if from_program {
            sources.built_in.insert(id);
        }
        let text = match String::from_utf8(bytes) {
            Ok(text) => normalise(text),
            Err(error) => {
                let (sound, rest) = error.as_bytes().split_at(error.utf8_error().valid_up_to());
                let sound = normalise(String::from_utf8_lossy(sound).into_owned());
                let rest = normalise(String::from_utf8_lossy(rest).into_owned());
                // The first character that could not be decoded.
                let end = sound.len() + rest.chars().next().map_or(0, char::len_utf8);
                sink.push(
                    Diagnostic::new(
                        &codes::UNREADABLE,
                        Span::new(id, sound.len()..end),
                        "文件不是 UTF-8 编码，从这里开始读不出来",
                        "the file is not UTF-8 text; it cannot be read from here on",
                    )
                    .hint(
                        "多半存成了 GBK：在编辑器中另存为 UTF-8 编码",
                        "it was probably saved as GBK; save it as UTF-8 in your editor",
                    ),
                );
                sources.unreadable.insert(id);
                sound + &rest
            }
        };
        sources.files.push(SourceFile { path, text });
    }
    sources
}

/// Removes the byte-order mark and CR LF line ends of Windows editors: both are layout.
fn normalise(text: String) -> String {
    let text = match text.strip_prefix('\u{FEFF}') {
        Some(rest) => rest.to_owned(),
        None => text,
    };
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text
    }
}

/// How a file is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    Text,
    /// Copied as it is: images, attachments, fonts.
    Copy,
    /// Neither read nor copied. The model reports it.
    Nothing,
}

fn use_of(path: &str) -> Use {
    let ending = path
        .rsplit_once('.')
        .map_or_else(String::new, |(_, ending)| ending.to_ascii_lowercase());
    let ending = ending.as_str();
    if path.starts_with("themes/") {
        return if THEME_TEXT.contains(&ending) {
            Use::Text
        } else {
            Use::Copy
        };
    }
    match ending {
        "md" | "yaml" | "yml" => Use::Text,
        _ if source_of(path).is_some() => Use::Nothing,
        // HTML files from elsewhere could run scripts under the name of the site.
        _ if path.starts_with("data/") || ACTIVE.contains(&ending) => Use::Nothing,
        _ => Use::Copy,
    }
}

/// The name that a source file was perhaps meant to have: editors that hide the ending save `x.md` as `x.md.txt`.
pub fn source_of(path: &str) -> Option<String> {
    let lower = path.to_ascii_lowercase();
    let stem = [".txt", ".doc", ".docx", ".rtf", ".wps"]
        .iter()
        .find_map(|ending| lower.strip_suffix(ending))
        .filter(|stem| {
            [".md", ".yaml", ".yml"]
                .iter()
                .any(|ending| stem.ends_with(ending))
        });
    if let Some(stem) = stem {
        return path.get(..stem.len()).map(str::to_owned);
    }
    let stem = [".markdown", ".mdown", ".mkd"]
        .iter()
        .find_map(|ending| lower.strip_suffix(ending))?;
    path.get(..stem.len()).map(|stem| format!("{stem}.md"))
}

/// Whether a file was left behind by a system or an editor.
fn is_litter(name: &str) -> bool {
    name.starts_with(['.', '~'])
        || name.ends_with(['~'])
        || (name.starts_with('#') && name.ends_with('#'))
        || [".tmp", ".bak", ".swp"]
            .iter()
            .any(|ending| name.ends_with(ending))
        || ["Thumbs.db", "desktop.ini"].contains(&name)
}

/// All files of the site in path order: relative path with `/`, location on disk, and stamp.
fn list(site: &Path) -> Result<Vec<(String, PathBuf, Stamp)>, ReadError> {
    let mut paths = Vec::new();
    let mut found = false;
    for folder in FOLDERS {
        let root = site.join(folder);
        if !root.is_dir() {
            continue;
        }
        found = true;
        let walk = WalkDir::new(&root).follow_links(true).into_iter();
        for entry in
            walk.filter_entry(|e| e.depth() == 0 || !is_litter(&e.file_name().to_string_lossy()))
        {
            let entry = match entry {
                Ok(entry) => entry,
                // The lock file of an editor is a link that leads nowhere.
                Err(error)
                    if error
                        .path()
                        .and_then(Path::file_name)
                        .is_some_and(|name| is_litter(&name.to_string_lossy())) =>
                {
                    continue;
                }
                Err(error) => {
                    return Err(ReadError {
                        path: error.path().unwrap_or(&root).to_owned(),
                        error: error.into_io_error().unwrap_or_else(|| {
                            io::Error::other("the folder contains a link to itself")
                        }),
                    });
                }
            };
            if !entry.file_type().is_file() {
                continue;
            }
            let path = entry.into_path();
            let data = fs::metadata(&path).map_err(|error| ReadError {
                path: path.clone(),
                error,
            })?;
            let stamp = Stamp {
                modified: data.modified().ok(),
                size: data.len(),
            };
            if stamp.size > MAX_FILE_SIZE {
                return Err(ReadError {
                    path,
                    error: io::Error::other("file is larger than 4 GiB"),
                });
            }
            let relative = path.strip_prefix(site).unwrap_or(&path);
            let relative: Vec<_> = relative
                .components()
                .map(|c| c.as_os_str().to_string_lossy().into_owned())
                .collect();
            paths.push((relative.join("/"), path, stamp));
        }
    }
    if !found {
        return Err(ReadError {
            path: site.to_owned(),
            error: io::Error::new(
                io::ErrorKind::NotFound,
                "not a site folder: it has no content/, data/ or themes/",
            ),
        });
    }
    paths.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
    Ok(paths)
}
