//! Sources: the only module that reads from disk.
//!
//! Comes in: a site folder. Goes out: [`Sources`], with the text of every file of `content/`, `data/` and `themes/`,
//! in path order and numbered for diagnostics. If the folder has no theme or regions, they come from the program
//! ([`built_in`]). Checked here: that a file is a plain file (`plain`), its name ([`names`]), its kind ([`kinds`]), the
//! encoding of a text. `model` decides what the text means.

pub mod bounds;
pub mod built_in;
pub mod cut;
pub mod kinds;
pub mod names;
mod plain;
mod read;
mod uses;

pub use mingbai_forms::{FrontMatter, keys, split, yaml};
pub use read::{
    FOLDERS, ReadError, Snapshot, SourceCache, Touched, as_docx, canonical, is_folder,
    present_folders, read, read_again, read_bytes, read_file, read_noting, read_text,
};
pub use uses::source_of;

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diag::{SourceId, SourceMap};
use mingbai_forms::limits::Limits;

/// One text file of the site folder, or the empty text of a file that only has a name here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Path relative to the site folder, with `/`.
    pub path: String,
    pub text: String,
}

/// A file that is copied and not read as text (images, attachments). Those in `content/` have a number too: they are
/// also in [`Sources::files`], with an empty text, so that diagnostics can name them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BinaryFile {
    pub path: String,
    pub bytes: Vec<u8>,
    /// Whether the file is built in and not from the site folder.
    pub built_in: bool,
}

/// Everything that was read, in path order. [`SourceId`] is the index into `files`. A file that did not change is shared with what
/// was read before.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Sources {
    pub files: Vec<Arc<SourceFile>>,
    pub binaries: Vec<Arc<BinaryFile>>,
    /// Files that were reported and are not read: not UTF-8, not plain, with a bad name, of a kind that is not published.
    pub unreadable: BTreeSet<SourceId>,
    /// Files that are built into the program ([`built_in`]) and not in the folder.
    pub built_in: BTreeSet<SourceId>,
    /// The limits that the site sets.
    pub limits: Limits,
}

impl Sources {
    /// Sources from text in memory, for tests. Lines `-- path --` separate the files.
    pub fn from_archive(archive: &str) -> Self {
        let mut files: Vec<SourceFile> = Vec::new();
        for line in archive.split_inclusive('\n') {
            let bare = line.trim_end();
            if let Some(path) = bare
                .strip_prefix("-- ")
                .and_then(|rest| rest.strip_suffix(" --"))
            {
                files.push(SourceFile {
                    path: path.to_owned(),
                    text: String::new(),
                });
            } else if let Some(file) = files.last_mut() {
                file.text.push_str(line);
            }
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let mut sources = Self {
            files: files.into_iter().map(Arc::new).collect(),
            ..Self::default()
        };
        sources.read_limits();
        sources
    }

    /// Reads the limits again from the file that sets them.
    fn read_limits(&mut self) {
        let site = self.find(bounds::SITE);
        self.limits = site.map_or_else(Limits::default, |(_, file)| bounds::limits(&file.text));
    }

    /// The paths of files that differ in `other` or exist in only one of the two, in path order.
    pub fn changes(&self, other: &Self) -> Vec<String> {
        let text = |file: &Arc<SourceFile>| file.path.clone();
        let copy = |file: &Arc<BinaryFile>| file.path.clone();
        let mut changed = differences(&self.files, &other.files, text);
        changed.extend(differences(&self.binaries, &other.binaries, copy));
        changed.sort_unstable();
        changed.dedup();
        changed
    }

    /// Whether a file has the same path and text, and the same number, in `other`.
    pub fn is_same(&self, id: SourceId, other: &Self) -> bool {
        other.files.get(id.0 as usize) == self.files.get(id.0 as usize)
            && self.is_readable(id) == other.is_readable(id)
    }

    /// The same files and one more, at its place in the order. It replaces a file with the same path.
    #[must_use]
    pub fn with(mut self, path: &str, text: String) -> Self {
        let file = Arc::new(SourceFile {
            path: path.to_owned(),
            text,
        });
        match self.files.binary_search_by(|f| f.path.as_str().cmp(path)) {
            Ok(at) => {
                self.files[at] = file;
                let id = SourceId(u32::try_from(at).unwrap_or(u32::MAX));
                self.unreadable.remove(&id);
                self.built_in.remove(&id);
            }
            Err(at) => {
                self.files.insert(at, file);
                let moved = |ids: BTreeSet<SourceId>| {
                    ids.into_iter()
                        .map(|id| SourceId(id.0 + u32::from(id.0 as usize >= at)))
                        .collect()
                };
                self.unreadable = moved(self.unreadable);
                self.built_in = moved(self.built_in);
            }
        }
        if path == bounds::SITE {
            self.read_limits();
        }
        self
    }

    /// The file with this number.
    pub fn file(&self, id: SourceId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// The files in a folder (`content/notices/`), with their numbers.
    pub fn below<'a>(
        &'a self,
        folder: &'a str,
    ) -> impl Iterator<Item = (SourceId, &'a SourceFile)> {
        self.numbered()
            .filter(move |(_, file)| file.path.starts_with(folder))
    }

    /// All files with their numbers, in path order.
    pub fn numbered(&self) -> impl Iterator<Item = (SourceId, &SourceFile)> {
        self.files.iter().enumerate().map(|(i, file)| {
            (
                SourceId(u32::try_from(i).expect("a site folder has fewer than 2^32 files")),
                &**file,
            )
        })
    }

    /// Whether a file is UTF-8 text.
    pub fn is_readable(&self, id: SourceId) -> bool {
        !self.unreadable.contains(&id)
    }

    /// Whether a file is built in and not from the site folder.
    pub fn is_built_in(&self, id: SourceId) -> bool {
        self.built_in.contains(&id)
    }

    /// The number of text files in the site folder itself.
    pub fn own_count(&self) -> usize {
        let published = self.published().count();
        self.files.len() - self.built_in.len() - published
    }

    /// Whether the file at this path is published as it is.
    pub fn is_published(&self, path: &str) -> bool {
        let files = &self.binaries;
        path.starts_with("content/")
            && files
                .binary_search_by(|file| file.path.as_str().cmp(path))
                .is_ok()
    }

    /// The files in `content/` that are published as they are: path below it, number, and bytes.
    pub fn published(&self) -> impl Iterator<Item = (&str, SourceId, &BinaryFile)> {
        self.binaries.iter().filter_map(|file| {
            let (id, _) = self.find(&file.path)?;
            Some((file.path.strip_prefix("content/")?, id, &**file))
        })
    }

    /// The file with this path.
    pub fn find(&self, path: &str) -> Option<(SourceId, &SourceFile)> {
        let index = self
            .files
            .binary_search_by(|file| file.path.as_str().cmp(path))
            .ok()?;
        Some((SourceId(u32::try_from(index).ok()?), &self.files[index]))
    }
}

/// The paths of what differs in two lists that are in the order of their paths, or is in one of them only.
fn differences<T: PartialEq>(ours: &[T], theirs: &[T], path: impl Fn(&T) -> String) -> Vec<String> {
    let mut changed = Vec::new();
    let (mut ours, mut theirs) = (ours.iter().peekable(), theirs.iter().peekable());
    loop {
        let order = match (ours.peek(), theirs.peek()) {
            (Some(our), Some(their)) if our == their => {
                ours.next();
                theirs.next();
                continue;
            }
            (Some(our), Some(their)) => path(our).cmp(&path(their)),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => return changed,
        };
        let our = ours.next_if(|_| order.is_le());
        let their = theirs.next_if(|_| order.is_ge());
        changed.extend(our.or(their).map(&path));
    }
}

impl SourceMap for Sources {
    fn path(&self, id: SourceId) -> &str {
        &self.file(id).path
    }

    fn text(&self, id: SourceId) -> &str {
        &self.file(id).text
    }
}
