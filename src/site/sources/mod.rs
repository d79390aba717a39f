//! Sources: the only reader of disk.
//!
//! Comes in: a site folder. Goes out: [`Sources`], every file of `content/`, `data/` and `themes/` with
//! its text, in path order, numbered for diagnostics; and, on request, the file's YAML as a tree in which
//! every value knows its place ([`yaml`]). What a folder lacks of theme and regions comes from the program itself
//! ([`built_in`]). It judges encoding and YAML syntax only; what the words mean is
//! the model's business.

pub mod built_in;
mod read;

pub use mingbai_forms::{FrontMatter, keys, split, yaml};
pub use read::{
    FOLDERS, Held, ReadError, is_folder, present_folders, read, read_again, read_bytes, read_file,
};

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{SourceId, SourceMap};

/// One text file of the site folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Path relative to the site folder, with `/`.
    pub path: String,
    pub text: String,
}

/// A file that is copied, not read as text (images, attachments).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BinaryFile {
    pub path: String,
    pub bytes: Vec<u8>,
    /// It comes from the program, not from the site folder.
    pub built_in: bool,
}

/// Everything that was read, in path order. [`SourceId`] is the index into `files`.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Sources {
    pub files: Vec<SourceFile>,
    pub binaries: Vec<BinaryFile>,
    /// Files that are not UTF-8: kept so that they can be named, read by nobody.
    pub unreadable: BTreeSet<SourceId>,
    /// Files that are not in the folder and come from the program ([`built_in`]).
    pub built_in: BTreeSet<SourceId>,
}

impl Sources {
    /// Sources made from texts in memory, for tests: `-- path --` lines separate the files.
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
        Self {
            files,
            ..Self::default()
        }
    }

    /// Paths of files that are not the same in `other`, or are in one of both only; in their order.
    pub fn changes(&self, other: &Self) -> Vec<String> {
        fn all(sources: &Sources) -> BTreeMap<&str, &[u8]> {
            let texts = sources.files.iter();
            let texts = texts.map(|file| (file.path.as_str(), file.text.as_bytes()));
            let copies = sources.binaries.iter();
            let copies = copies.map(|file| (file.path.as_str(), file.bytes.as_slice()));
            texts.chain(copies).collect()
        }
        let (ours, theirs) = (all(self), all(other));
        let paths: BTreeSet<&str> = ours.keys().chain(theirs.keys()).copied().collect();
        let changed = paths
            .into_iter()
            .filter(|path| ours.get(path) != theirs.get(path));
        changed.map(str::to_owned).collect()
    }

    /// Whether a file of this number is the same in `other`, and of the same number there.
    pub fn is_same(&self, id: SourceId, other: &Self) -> bool {
        other.files.get(id.0 as usize) == Some(self.file(id))
            && self.is_readable(id) == other.is_readable(id)
    }

    /// The same files and one more, in its place in the order; a file of this path is replaced.
    #[must_use]
    pub fn with(mut self, path: &str, text: String) -> Self {
        let file = SourceFile {
            path: path.to_owned(),
            text,
        };
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
        self
    }

    pub fn file(&self, id: SourceId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// The files below a folder (`content/notices/`), with their numbers.
    pub fn below<'a>(
        &'a self,
        folder: &'a str,
    ) -> impl Iterator<Item = (SourceId, &'a SourceFile)> {
        self.numbered()
            .filter(move |(_, file)| file.path.starts_with(folder))
    }

    pub fn numbered(&self) -> impl Iterator<Item = (SourceId, &SourceFile)> {
        self.files.iter().enumerate().map(|(i, file)| {
            (
                SourceId(u32::try_from(i).expect("a site folder has fewer than 2^32 files")),
                file,
            )
        })
    }

    /// Whether a file is text that can be judged.
    pub fn is_readable(&self, id: SourceId) -> bool {
        !self.unreadable.contains(&id)
    }

    /// Whether a file comes from the program, not from the site folder.
    pub fn is_built_in(&self, id: SourceId) -> bool {
        self.built_in.contains(&id)
    }

    /// How many text files the site folder itself has.
    pub fn own_count(&self) -> usize {
        self.files.len() - self.built_in.len()
    }

    pub fn find(&self, path: &str) -> Option<(SourceId, &SourceFile)> {
        let index = self
            .files
            .binary_search_by(|file| file.path.as_str().cmp(path))
            .ok()?;
        Some((SourceId(u32::try_from(index).ok()?), &self.files[index]))
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
