//! Whether there is anything to do: what the last build was asked, what it noted, and what it wrote.
//!
//! Comes in: a finished site. Goes out: one file next to it, small enough that it is read in no time. A build that is asked the same and
//! finds the same files need do nothing, if its sources are the same: that is for whoever made the note to see. Whether a file of the
//! site is as it was made is seen in the time of its last change, as for [`Left`](super::left::Left).

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use mingbai_published::manifest::SUMS;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::aside::{self, changed};
use super::filed::Filed;
use super::files::{Owner, owner_of};
use super::manifest::MANIFEST;
use super::place::Place;

/// The name of the file, next to the site.
pub(super) const NAME: &str = "same";

/// What is in the file.
#[derive(Debug, Serialize, Deserialize)]
struct Content {
    /// What the build was asked, and by which program it was made.
    asked: String,
    /// The owner of the folder: the files of a site have the same one.
    owner: Owner,
    /// The files of the site, and their sizes in bytes.
    files: Vec<(String, u64)>,
    /// What whoever made the site noted.
    note: Vec<u8>,
}

/// What a build notes for one that is asked the same.
#[derive(Debug)]
pub struct Same {
    /// What it was asked, in any form; its program is a part of it.
    pub asked: String,
    /// What only whoever makes sites can read.
    pub note: Vec<u8>,
}

/// What the last build of the site at `target` noted, if it was asked the same and each of its files is as it was made.
pub fn unchanged(target: &Path, asked: &str) -> Option<Vec<u8>> {
    let (bytes, time) = aside::read(&Place::of(target), NAME)?;
    let content: Content = postcard::from_bytes(&bytes).ok()?;
    let folder = fs::symlink_metadata(target).ok()?;
    if content.asked != asked || content.owner != owner_of(&folder) {
        return None;
    }
    let is_same = |(path, size): &(String, u64)| {
        let data = fs::symlink_metadata(target.join(path));
        data.is_ok_and(|data| data.is_file() && data.len() == *size && changed(&data) <= time)
    };
    let are_same = content.files.par_iter().all(is_same);
    are_same.then_some(content.note)
}

/// Writes what the next build needs to see that there is nothing to do.
///
/// # Errors
/// If it cannot be written.
pub(super) fn write(place: &Place, same: Same, files: &BTreeMap<String, Filed>) -> io::Result<()> {
    let sizes = files.iter();
    let sizes = sizes.map(|(path, file)| (path.clone(), file.entry.size.unwrap_or_default()));
    // The lists of these files.
    let lists = [MANIFEST, SUMS].map(|name| {
        let data = fs::symlink_metadata(place.target.join(name))?;
        Ok((name.to_owned(), data.len()))
    });
    let lists: Vec<(String, u64)> = lists.into_iter().collect::<io::Result<_>>()?;
    let content = Content {
        asked: same.asked,
        owner: owner_of(&fs::symlink_metadata(&place.target)?),
        files: sizes.chain(lists).collect(),
        note: same.note,
    };
    let bytes = postcard::to_stdvec(&content).map_err(io::Error::other)?;
    aside::write(place, NAME, &bytes)
}
