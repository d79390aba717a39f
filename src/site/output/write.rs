//! The only module that writes to disk. The new site is built next to the old one and the two are exchanged in one
//! step. A build that is killed leaves either the old site or the new one, complete; so does a power failure.
//!
//! Comes in: finished files and a folder. Goes out: files. The folder contains a list of the files that mingbai
//! created (`.mingbai`). A non-empty folder without this list is refused. Files that are not in the list are kept. Steps, one
//! file each: wait for one's turn (`lock`) -> put back what a killed build left (`exchange`) -> fill a new folder (`fresh`, with the help of `files`) ->
//! exchange (`exchange`) -> keep the old site as an edition (`editions`). Each site has a manifest in it, and a record of its
//! sources next to it (`sums`).

mod aside;
mod editions;
mod error;
mod exchange;
mod filed;
mod files;
mod fresh;
mod holder;
mod left;
mod lock;
mod manifest;
mod place;
mod same;
mod small;
mod sums;

pub use editions::Edition;
pub use error::{Unfit, WriteError};
pub use fresh::{Fresh, Leaving};
pub use holder::Holder;
pub use left::{Left, hash_of_program, name_of_program, no_part};
pub use same::{Same, unchanged};
pub use small::{check_new_folder, exists, remove, replace, write_new, write_new_folder};

use std::collections::BTreeSet;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::civil::Date;
use rayon::prelude::*;

use self::manifest::Manifest;
use self::place::{Place, real_path};
use super::{Outlet as _, OutputTree};
use crate::drafts::shown;
use crate::sources::{FOLDERS, Sources};
use crate::text::Bilingual;

/// The name of the record of the sources, next to the site.
const RECORD: &str = "sources";
/// The largest record that is read, in bytes.
const LARGEST_RECORD: u64 = 64 << 20;

/// How a site is written.
pub struct Options<'a> {
    /// The day of the build.
    pub today: Date,
    /// How many earlier editions stay.
    pub keep: usize,
    /// For how many days files with a hash in their name stay after the last edition that used them, for readers with an
    /// open page.
    pub grace: u16,
    /// How long to wait for another build.
    pub wait: Duration,
    /// The name of whoever builds, for others who wait.
    pub user: String,
    /// What the sources of the site were, to be kept next to it; nothing if that is not known.
    pub record: Option<&'a str>,
    /// Called once with whoever is waited for.
    pub held: &'a (dyn Fn(&Holder) + Sync),
    /// What the build before left, whose files may stay; nothing if none may.
    pub left: Option<&'a Left>,
    /// The name of this program and its version, for what is left.
    pub program: &'a str,
    /// The sources, to say which of them a file was made from; none where there are none.
    pub sources: Option<&'a Sources>,
}

/// What was written.
#[derive(Debug)]
pub struct Written {
    pub files: usize,
    pub bytes: u64,
    /// Whether the site that was replaced was signed: the new one is not.
    pub was_signed: bool,
    /// What could not be tidied up after the new site was in its place.
    pub left: Option<Bilingual>,
}

/// Checks that `out` may be written: it is absent, empty or was created by mingbai, it does not overlap the source folders
/// of `site`, and it is not inside another site that mingbai created.
///
/// # Errors
/// See [`WriteError`].
pub fn check_target(site: &Path, out: &Path) -> Result<PathBuf, WriteError> {
    let target = real_path(out)?;
    let site = real_path(site)?;
    let mut in_sources = site.starts_with(&target);
    for folder in FOLDERS {
        // Also where the folder is a link: what it leads to are sources.
        in_sources |= target.starts_with(real_path(&site.join(folder))?);
    }
    if in_sources {
        return Err(Unfit::InSources.at(out));
    }
    for above in target.ancestors().skip(1) {
        if Manifest::read(above).is_ok_and(|list| list.is_some()) {
            return Err(Unfit::InSite(above.to_owned()).at(out));
        }
    }
    match fs::read_dir(&target) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => {
            return Err(WriteError::Io {
                path: target,
                error,
            });
        }
        Ok(mut entries) => {
            if entries.next().is_some() && Manifest::read(&target)?.is_none() {
                return Err(Unfit::NotOurs.at(out));
            }
        }
    }
    Ok(target)
}

/// What the sources of the last edition were, as it was given in [`Options::record`]; empty if that is not known.
pub fn record(target: &Path) -> String {
    let path = Place::of(target).shared(RECORD);
    let is_plain = |data: Metadata| data.is_file() && data.len() <= LARGEST_RECORD;
    if fs::symlink_metadata(&path).is_ok_and(is_plain) {
        fs::read_to_string(&path).unwrap_or_default()
    } else {
        String::new()
    }
}

/// Replaces the site at `target` (as returned by [`check_target`]) with `tree`.
///
/// # Errors
/// If the disk is full, a folder cannot be written, and so on. The old site is then unchanged.
pub fn write(target: &Path, tree: OutputTree, options: &Options) -> Result<Written, WriteError> {
    let fresh = Fresh::begin(target, options)?;
    tree.into_par_iter()
        .for_each(|(path, file)| fresh.put(path, file));
    fresh.finish()
}

/// Puts an earlier edition back: the one with this number, or the last one. The site that it replaces becomes an edition.
///
/// # Errors
/// [`WriteError::NoEdition`] if there is none; otherwise as for [`write()`].
pub fn roll_back(
    target: &Path,
    number: Option<u64>,
    options: &Options,
) -> Result<(Edition, Written), WriteError> {
    let mut fresh = Fresh::begin(target, options)?;
    let mut editions = editions::list(&fresh.place)?;
    // The one that is put back makes room for the one that it replaces.
    fresh.keep = editions.len().max(1) + 1;
    editions.retain(|edition| number.is_none_or(|number| edition.number == number));
    let edition = editions.pop().ok_or_else(|| WriteError::NoEdition {
        path: target.to_owned(),
    })?;
    edition.read(|path, file| fresh.put(path, file))?;
    let written = fresh.finish_with(&edition.sources(), Leaving::default())?;
    edition.remove()?;
    Ok((edition, written))
}

/// The earlier editions of a site, the oldest first.
///
/// # Errors
/// If they cannot be listed.
pub fn editions(target: &Path) -> Result<Vec<Edition>, WriteError> {
    editions::list(&Place::new(target)?)
}

/// Whether a site was made from drafts. Nothing of it stays when another site takes its place.
fn is_draft(ours: &Manifest) -> bool {
    ours.files.contains_key(shown::LIST)
}

/// Whether the name of a file of ours changes with its content: assets, and the files of an index.
fn is_hashed(name: &str) -> bool {
    let in_index = name
        .strip_prefix("search/")
        .is_some_and(|rest| rest.contains('/'));
    name.starts_with("assets/") || in_index
}

/// Whether a file that is not needed since a day still stays. After a clock that went back, it does.
fn is_recent(since: Date, options: &Options) -> bool {
    let days = since.until(options.today).map_or(0, |span| span.get_days());
    days < i32::from(options.grace)
}

/// Removes the folders of an old index of which no file stayed.
fn remove_empty(fresh: &Path, ours: &Manifest) {
    let names = ours.files.keys().filter(|name| is_hashed(name));
    let folders: BTreeSet<&str> = names
        .filter_map(|name| Some(name.rsplit_once('/')?.0))
        .collect();
    for folder in folders.into_iter().rev() {
        // Fails if there is a file in it.
        fs::remove_dir(fresh.join(folder)).unwrap_or_default();
    }
}
