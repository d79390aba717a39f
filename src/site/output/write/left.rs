//! What a build leaves next to the site, so that the next one need not make everything: the files of the site, and bytes that
//! mean something to whoever made them.
//!
//! Comes in: a finished site. Goes out: one file, and [`Left`] of it. It is never needed: one that is damaged, of another program
//! or too large is as good as none. A file of the site may be kept if nobody changed it after this one was written: the time of the
//! last change of a file (`ctime`) cannot be set back, and this file is written after the site.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use mingbai_published::manifest::Entry;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::aside::{self, Changed, changed};
use super::filed::Filed;
use super::place::Place;
use crate::text::Bilingual;

/// The name of the file, next to the site.
pub(super) const NAME: &str = "left";
/// Bytes of a SHA-256.
const HASH: usize = 32;

/// A file of a site.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct One {
    size: u64,
    sha256: [u8; HASH],
    moved_to: Option<String>,
    /// The number of its folder.
    folder: u16,
}

/// What is in the file.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Content {
    /// The program that left it.
    program: String,
    files: HashMap<String, One>,
    rest: Vec<u8>,
}

/// What the build before left.
#[derive(Debug, Default)]
pub struct Left {
    files: HashMap<String, One>,
    /// What whoever made the site left for the next time.
    pub rest: Vec<u8>,
    /// The folder of the files; of the parts of a site, by their numbers.
    folders: Vec<PathBuf>,
    /// When it was written; nothing if the files were compared with their hashes since.
    time: Option<Changed>,
}

impl Left {
    /// What the last build of the site at `target` left; nothing if there is none, or if it was left by another program.
    pub fn read(target: &Path, program: &str) -> Self {
        let left = aside::read(&Place::of(target), NAME);
        let left = left.and_then(|(bytes, time)| {
            let content: Content = postcard::from_bytes(&bytes).ok()?;
            (content.program == program).then_some((content, time))
        });
        left.map_or_else(Self::default, |(content, time)| Self {
            files: content.files,
            rest: content.rest,
            folders: vec![target.to_owned()],
            time: Some(time),
        })
    }

    /// What the part of a site in this folder left.
    ///
    /// # Errors
    /// If it is not a part that this program made.
    pub fn read_part(folder: &Path, program: &str) -> Result<Self, Bilingual> {
        let target = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        let left = Self::read(&target, program);
        if left.folders.is_empty() {
            return Err(no_part(folder));
        }
        Ok(left)
    }

    /// What the parts of a site left, together. Every file is compared with its hash.
    ///
    /// # Errors
    /// If a file is not as it was made, or two parts have the same file.
    pub fn together(parts: Vec<Self>) -> Result<Self, Bilingual> {
        let mut all = Self::default();
        for left in parts {
            let target = left.folders.first().cloned().unwrap_or_default();
            let changed = left.files.par_iter().find_map_any(|(path, one)| {
                let bytes = fs::read(target.join(path)).ok();
                let is_same = bytes.is_some_and(|bytes| Sha256::digest(&bytes)[..] == one.sha256);
                (!is_same).then_some(path)
            });
            let folder = target.display();
            if let Some(path) = changed {
                return Err(Bilingual::new(
                    format!("{folder} 里的 {path} 不是生成时的样子；重新生成这一份"),
                    format!("{path} in {folder} is not as it was made; build this part again"),
                ));
            }
            let number = u16::try_from(all.folders.len()).map_err(|_| no_part(&target))?;
            for (path, one) in left.files {
                let words = Bilingual::new(
                    format!("{path} 在两份里都有"),
                    format!("{path} is in two parts"),
                );
                let one = One {
                    folder: number,
                    ..one
                };
                if all.files.insert(path, one).is_some() {
                    return Err(words);
                }
            }
            all.folders.push(target);
        }
        Ok(all)
    }

    /// Whether there was such a file.
    pub(super) fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// A file of the site before and what is known of it, if it is as it was made.
    pub(super) fn of(&self, path: &str) -> Option<(PathBuf, Entry, Option<String>)> {
        let one = self.files.get(path)?;
        let file = self.folders.get(usize::from(one.folder))?.join(path);
        let data = fs::symlink_metadata(&file).ok()?;
        let is_old = self.time.is_none_or(|time| changed(&data) <= time);
        let is_same = data.is_file() && data.len() == one.size && is_old;
        let entry = Entry {
            size: Some(one.size),
            sha256: one.sha256,
        };
        is_same.then(|| (file, entry, one.moved_to.clone()))
    }
}

/// The name of a program: its version, and size and time of its file. What another program left is not used.
pub fn name_of_program(version: &str, file: Option<&Path>) -> String {
    let data = file.and_then(|file| fs::metadata(file).ok());
    let data = data.map(|data| (data.len(), data.modified().ok()));
    format!("{version} {data:?}")
}

/// The name of a program on any machine: its version, and the hash of its file.
pub fn hash_of_program(version: &str, file: Option<&Path>) -> String {
    let bytes = file.and_then(|file| fs::read(file).ok());
    let hash = bytes.map(|bytes| HEXLOWER.encode(&Sha256::digest(bytes)));
    format!("{version} {}", hash.unwrap_or_default())
}

/// The refusal of a folder that is not a part.
pub fn no_part(folder: &Path) -> Bilingual {
    let folder = folder.display();
    Bilingual::new(
        format!("{folder} 不是 mingbai build --part 生成的一份，或者是另一个版本的程序生成的"),
        format!(
            "{folder} is not a part made by mingbai build --part, or another version of the program made it"
        ),
    )
}

/// Writes what is left of a site.
///
/// # Errors
/// If it cannot be written.
pub(super) fn write(
    place: &Place,
    program: &str,
    files: &BTreeMap<String, Filed>,
    rest: Vec<u8>,
) -> io::Result<()> {
    let all = files.iter().map(|(path, file)| {
        let one = One {
            size: file.entry.size.unwrap_or_default(),
            sha256: file.entry.sha256,
            moved_to: file.moved_to.clone(),
            folder: 0,
        };
        (path.clone(), one)
    });
    let content = Content {
        program: program.to_owned(),
        files: all.collect(),
        rest,
    };
    let bytes = postcard::to_stdvec(&content).map_err(io::Error::other)?;
    aside::write(place, NAME, &bytes)
}
