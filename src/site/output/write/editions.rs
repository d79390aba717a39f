//! The last editions of a site, which stay next to it: `.public.mingbai-editions/`, a folder each, numbered in their order.
//!
//! Comes in: the folder of a site that was replaced. Goes out: the same folder as an edition, and fewer of the oldest ones.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::error::{Unfit, WriteError, io_error};
use super::exchange::remove;
use super::holder::beijing_time;
use super::manifest::{MANIFEST, Manifest};
use super::place::Place;
use super::sums::{self, SourcesOf};
use crate::output::OutputFile;

/// A site that was replaced.
#[derive(Debug, Clone)]
pub struct Edition {
    pub number: u64,
    /// When it was built, in Beijing time; empty if the system does not tell.
    pub made: String,
    /// How many files it has.
    pub files: usize,
    path: PathBuf,
}

/// The editions of a place, the oldest first.
///
/// # Errors
/// If they cannot be listed.
pub(super) fn list(place: &Place) -> Result<Vec<Edition>, WriteError> {
    let folder = place.shared("editions");
    let entries = match fs::read_dir(&folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(io_error(&folder))?,
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.map_err(io_error(&folder))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let Ok(number) = name.parse() else { continue };
        // One that is not whole has no list.
        let Some(list) = Manifest::read(&path)? else {
            continue;
        };
        let made = fs::metadata(path.join(MANIFEST)).and_then(|data| data.modified());
        found.push(Edition {
            number,
            made: made.ok().and_then(beijing_time).unwrap_or_default(),
            files: list.files.values().filter(|since| since.is_none()).count(),
            path,
        });
    }
    found.sort_by_key(|edition| edition.number);
    Ok(found)
}

/// Makes an edition of the site at `old`, and removes the oldest ones, so that at most `most` stay.
///
/// # Errors
/// If something cannot be moved or removed.
pub(super) fn keep(place: &Place, old: &Path, most: usize) -> Result<(), WriteError> {
    if most == 0 {
        return remove(old)
            .map_err(io_error(old))
            .and_then(|()| thin(place, 0));
    }
    let folder = place.shared("editions");
    fs::create_dir_all(&folder).map_err(io_error(&folder))?;
    let number = list(place)?.last().map_or(1, |last| last.number + 1);
    let path = folder.join(format!("{number:06}"));
    remove(&path).map_err(io_error(&path))?;
    fs::rename(old, &path).map_err(io_error(&path))?;
    // Its record goes with it; a site of an older program has none.
    fs::rename(sums::path(place), record(&path)).unwrap_or_default();
    thin(place, most)
}

fn thin(place: &Place, most: usize) -> Result<(), WriteError> {
    let mut editions = list(place)?;
    while editions.len() > most {
        editions.remove(0).remove()?;
    }
    if most == 0 {
        // Only if it is empty: what else is in it is not ours.
        fs::remove_dir(place.shared("editions")).unwrap_or_default();
    }
    Ok(())
}

impl Edition {
    /// Shows every file of the edition itself.
    ///
    /// # Errors
    /// If a file cannot be read.
    pub(super) fn read(&self, each: impl Fn(String, OutputFile)) -> Result<(), WriteError> {
        let list = Manifest::read(&self.path)?.unwrap_or_default();
        let mut moved = sums::moved(&self.path);
        for (name, since) in list.files {
            if since.is_some() {
                continue;
            }
            let path = self.path.join(&name);
            let is_plain = fs::symlink_metadata(&path).map(|data| data.is_file());
            if !is_plain.map_err(io_error(&path))? {
                return Err(Unfit::Special.at(&path));
            }
            let bytes = fs::read(&path).map_err(io_error(&path))?;
            let mut file = OutputFile::new(bytes, Vec::new());
            file.moved_to = moved.remove(&name);
            each(name, file);
        }
        Ok(())
    }

    /// Removes the edition.
    ///
    /// # Errors
    /// If it cannot be removed.
    pub(super) fn remove(&self) -> Result<(), WriteError> {
        remove(&record(&self.path)).map_err(io_error(&self.path))?;
        remove(&self.path).map_err(io_error(&self.path))
    }

    /// The sources of its files.
    pub(super) fn sources(&self) -> SourcesOf {
        sums::sources(&record(&self.path))
    }
}

/// The record of an edition, next to its folder.
fn record(path: &Path) -> PathBuf {
    path.with_extension("json")
}
