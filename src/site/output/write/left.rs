//! What a build leaves next to the site, so that the next one need not make everything: the files of the site, and bytes that
//! mean something to whoever made them.
//!
//! Comes in: a finished site. Goes out: one file, and [`Left`] of it. It is never needed: one that is damaged, of another program
//! or too large is as good as none. A file of the site may be kept if nobody changed it after this one was written: the time of the
//! last change of a file (`ctime`) cannot be set back, and this file is written after the site.

use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File, Metadata};
use std::io::{self, Read as _, Write as _};
use std::path::Path;

use mingbai_published::manifest::Entry;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::filed::Filed;
use super::place::Place;

/// The name of the file, next to the site.
const NAME: &str = "left";
/// The largest file that is read or written, in bytes.
const LARGEST: u64 = 512 << 20;
const FIRST_LINE: &str = "mingbai left 1";
/// Bytes of a SHA-256.
const HASH: usize = 32;

/// A file of a site.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct One {
    size: u64,
    sha256: [u8; HASH],
    moved_to: Option<String>,
}

/// What is in the file.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Content {
    files: HashMap<String, One>,
    rest: Vec<u8>,
}

/// What the build before left.
#[derive(Debug, Default)]
pub struct Left {
    files: HashMap<String, One>,
    /// What whoever made the site left for the next time.
    pub rest: Vec<u8>,
    /// When it was written: seconds and nanoseconds.
    time: (i64, i64),
}

/// When a file was last changed in any way: seconds and nanoseconds.
#[cfg(unix)]
fn changed(data: &Metadata) -> (i64, i64) {
    use std::os::unix::fs::MetadataExt as _;
    (data.ctime(), data.ctime_nsec())
}

/// Where this cannot be known, every file was changed just now.
#[cfg(not(unix))]
fn changed(_: &Metadata) -> (i64, i64) {
    (i64::MAX, 0)
}

impl Left {
    /// What the last build of the site at `target` left; nothing if there is none, or if it was left by another program.
    pub fn read(target: &Path, program: &str) -> Self {
        let path = Place::of(target).shared(NAME);
        Self::read_file(&path, program).unwrap_or_default()
    }

    fn read_file(path: &Path, program: &str) -> Option<Self> {
        let data = fs::symlink_metadata(path).ok()?;
        if !data.is_file() || data.len() > LARGEST {
            return None;
        }
        let mut bytes = Vec::new();
        let file = File::open(path).ok()?;
        file.take(LARGEST).read_to_end(&mut bytes).ok()?;
        let rest = bytes.strip_prefix(head(program).as_bytes())?;
        let (hash, rest) = rest.split_at_checked(HASH)?;
        if Sha256::digest(rest)[..] != *hash {
            return None;
        }
        let content: Content = postcard::from_bytes(rest).ok()?;
        Some(Self {
            files: content.files,
            rest: content.rest,
            time: changed(&data),
        })
    }

    /// Whether there was such a file.
    pub(super) fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// What is known of a file of the site before, if it is as it was made.
    pub(super) fn of(&self, path: &str, file: &Path) -> Option<(Entry, Option<String>)> {
        let one = self.files.get(path)?;
        let data = fs::symlink_metadata(file).ok()?;
        let is_same = data.is_file() && data.len() == one.size && changed(&data) <= self.time;
        let entry = Entry {
            size: Some(one.size),
            sha256: one.sha256,
        };
        is_same.then(|| (entry, one.moved_to.clone()))
    }
}

/// The name of a program: its version, and size and time of its file. What another program left is not used.
pub fn name_of_program(version: &str, file: Option<&Path>) -> String {
    let data = file.and_then(|file| fs::metadata(file).ok());
    let data = data.map(|data| (data.len(), data.modified().ok()));
    format!("{version} {data:?}")
}

/// How the file of a program begins.
fn head(program: &str) -> String {
    format!("{FIRST_LINE}\n{program}\n")
}

/// Writes what is left of a site, in one step.
///
/// # Errors
/// If it cannot be written.
pub(super) fn write(
    place: &Place,
    program: &str,
    files: &BTreeMap<String, Filed>,
    rest: Vec<u8>,
) -> io::Result<()> {
    let path = place.shared(NAME);
    let all = files.iter().map(|(path, file)| {
        let one = One {
            size: file.entry.size.unwrap_or_default(),
            sha256: file.entry.sha256,
            moved_to: file.moved_to.clone(),
        };
        (path.clone(), one)
    });
    let content = Content {
        files: all.collect(),
        rest,
    };
    let bytes = postcard::to_stdvec(&content).map_err(io::Error::other)?;
    if bytes.len() as u64 > LARGEST / 2 {
        return forget(place);
    }
    let fresh = place.own("left");
    let mut file = File::create(&fresh)?;
    file.write_all(head(program).as_bytes())?;
    file.write_all(&Sha256::digest(&bytes))?;
    file.write_all(&bytes)?;
    drop(file);
    let written = fs::rename(&fresh, &path);
    if written.is_err() {
        fs::remove_file(&fresh)?;
    }
    written
}

/// Removes what an earlier build left.
///
/// # Errors
/// If it cannot be removed.
pub(super) fn forget(place: &Place) -> io::Result<()> {
    match fs::remove_file(place.shared(NAME)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
