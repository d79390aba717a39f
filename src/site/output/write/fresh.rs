//! A new site, which is filled file by file in a hidden folder next to the old one and takes its place at the end.
//!
//! Comes in: finished files. Goes out: the site at its place, or nothing at all: a folder that is dropped before its end is
//! removed, and the old site was not touched. What stays in memory of a file is a [`Filed`]: its size, its hash and its
//! sources.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use mingbai_published::manifest::{SIGNATURE, SUMS};

use super::error::{Unfit, WriteError, io_error};
use super::filed::{Filed, Runs};
use super::files::{Owner, copy_file, give, others, owner, time_if_same, write_file};
use super::lock::{self, Lock};
use super::manifest::{MANIFEST, Manifest};
use super::place::Place;
use super::same::{self, Same};
use super::sums::{self, SourcesOf};
use super::{
    Options, RECORD, Written, aside, editions, exchange, is_draft, is_hashed, is_recent, left,
};
use crate::diag::SourceId;
use crate::output::{Outlet, OutputFile};

/// What is left next to a site for the next build.
#[derive(Debug, Default)]
pub struct Leaving {
    /// What it may take over.
    pub rest: Option<Vec<u8>>,
    /// By what it sees that there is nothing to do.
    pub same: Option<Same>,
}

/// A site in the making. It holds the lock of its place.
pub struct Fresh<'a> {
    pub(super) place: Place,
    /// How many earlier editions stay.
    pub(super) keep: usize,
    folder: PathBuf,
    options: &'a Options<'a>,
    /// The files of the old site that are ours.
    ours: Manifest,
    owner: Owner,
    folders: Mutex<HashSet<String>>,
    files: Mutex<BTreeMap<String, Filed>>,
    /// The first thing that went wrong.
    error: Mutex<Option<WriteError>>,
    is_done: bool,
    /// The folders above the site that were not there before, the innermost first.
    made: Vec<PathBuf>,
    /// Held until the end.
    turn: Option<Lock>,
}

fn open<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Outlet for Fresh<'_> {
    fn put(&self, path: String, file: OutputFile) {
        if open(&self.error).is_none()
            && let Err(error) = self.add(path, file)
        {
            open(&self.error).get_or_insert(error);
        }
    }

    fn had(&self, path: &str) -> bool {
        self.options.left.is_some_and(|left| left.has(path))
    }

    fn keep(&self, path: &str, inputs: &[SourceId]) -> bool {
        let known = self.options.left.and_then(|left| left.of(path));
        let Some((old, entry, moved_to)) = known else {
            return false;
        };
        let to = self.folder.join(path);
        // Parts of a site may be on other disks.
        let link = || fs::hard_link(&old, &to).or_else(|_| fs::copy(&old, &to).map(drop));
        if self.make_folders(path).is_err() || link().is_err() {
            return false;
        }
        if give(&to, self.owner).is_err() {
            // It will be put, and may not be there then.
            fs::remove_file(&to).unwrap_or_default();
            return false;
        }
        let filed = Filed {
            entry,
            moved_to,
            inputs: Runs::of(inputs),
        };
        open(&self.files).insert(path.to_owned(), filed);
        true
    }
}

impl Drop for Fresh<'_> {
    fn drop(&mut self) {
        if !self.is_done {
            // Best effort: the next build removes what stays.
            exchange::remove(&self.folder).unwrap_or_default();
            // The lock is a file in the innermost of these folders.
            self.turn = None;
            for folder in &self.made {
                fs::remove_dir(folder).unwrap_or_default();
            }
        }
    }
}

impl<'a> Fresh<'a> {
    /// Begins a site that will replace the one at `target` (as returned by
    /// [`check_target`](super::check_target)). Waits for the lock of the place.
    ///
    /// # Errors
    /// If another build is at work for too long, or a folder cannot be written.
    pub fn begin(target: &Path, options: &'a Options<'a>) -> Result<Self, WriteError> {
        let above = Place::of(target).parent;
        let above = above.ancestors().take_while(|folder| !folder.exists());
        let made = above.map(Path::to_owned).collect();
        let place = Place::new(target)?;
        let turn = lock::take(&place, &options.user, options.wait, options.held)?;
        exchange::recover(&place)?;
        let ours = Manifest::read(&place.target)?;
        let is_filled = |folder| fs::read_dir(folder).is_ok_and(|mut all| all.next().is_some());
        if ours.is_none() && is_filled(&place.target) {
            return Err(Unfit::NotOurs.at(&place.target));
        }
        let folder = place.own("new");
        let mut fresh = Self {
            keep: options.keep,
            options,
            ours: ours.unwrap_or_default(),
            owner: None,
            folders: Mutex::default(),
            files: Mutex::default(),
            error: Mutex::default(),
            is_done: false,
            made,
            turn,
            folder,
            place,
        };
        fs::create_dir_all(&fresh.folder).map_err(io_error(&fresh.folder))?;
        fresh.owner = owner(&fresh.folder, &fresh.place.target)?;
        Ok(fresh)
    }

    fn add(&self, path: String, file: OutputFile) -> Result<(), WriteError> {
        self.make_folders(&path)?;
        let to = self.folder.join(&path);
        let is_new = !open(&self.files).contains_key(&path);
        let time = time_if_same(&self.place.target.join(&path), &file.bytes);
        write_file(&to, &file.bytes, time, is_new)
            .and_then(|()| give(&to, self.owner))
            .map_err(io_error(&to))?;
        open(&self.files).insert(path, Filed::of(file));
        Ok(())
    }

    /// Makes the folders of a file that are not there yet.
    fn make_folders(&self, path: &str) -> Result<(), WriteError> {
        let Some((inner, _)) = path.rsplit_once('/') else {
            return Ok(());
        };
        let mut folders = open(&self.folders);
        if folders.contains(inner) {
            return Ok(());
        }
        let ends = path.match_indices('/').map(|(at, _)| at);
        for folder in ends.map(|at| &path[..at]) {
            if folders.insert(folder.to_owned()) {
                let path = self.folder.join(folder);
                fs::create_dir(&path).map_err(io_error(&path))?;
                give(&path, self.owner).map_err(io_error(&path))?;
            }
        }
        Ok(())
    }

    /// Puts the site in its place.
    ///
    /// # Errors
    /// If the disk is full, a folder cannot be written, and so on. The old site is then unchanged.
    pub fn finish(self) -> Result<Written, WriteError> {
        self.finish_with(&SourcesOf::new(), Leaving::default())
    }

    /// As [`Fresh::finish`]; this is left for the next build.
    ///
    /// # Errors
    /// As for [`Fresh::finish`].
    pub fn finish_leaving(self, leaving: Leaving) -> Result<Written, WriteError> {
        self.finish_with(&SourcesOf::new(), leaving)
    }

    /// As [`Fresh::finish`]; files that came without sources have those in `known`.
    pub(super) fn finish_with(
        mut self,
        known: &SourcesOf,
        leaving: Leaving,
    ) -> Result<Written, WriteError> {
        if let Some(error) = open(&self.error).take() {
            return Err(error);
        }
        let was_signed = fs::symlink_metadata(self.place.target.join(SIGNATURE)).is_ok();
        let files = std::mem::take(&mut *open(&self.files));
        let manifest = self.complete(&files)?;
        exchange::settle(&self.folder)?;
        let had_site = exchange::exchange(&self.place, &self.folder)?;
        self.is_done = true;
        exchange::settle_names(&self.place.parent)?;
        if let Some(record) = self.options.record {
            // Best effort: without a record the next build compares with nothing.
            fs::write(self.place.shared(RECORD), record).unwrap_or_default();
        }
        // The new site is in its place: what goes wrong from here on is said, and is not a failure.
        let tidied = if had_site && is_draft(&self.ours) {
            exchange::remove(&self.folder).map_err(io_error(&self.folder))
        } else if had_site {
            editions::keep(&self.place, &self.folder, self.keep)
        } else {
            Ok(())
        };
        let sources = |path: &str| match (self.options.sources, files.get(path)) {
            (Some(sources), Some(file)) => {
                let inputs = file.inputs.iter();
                inputs.map(|id| sources.file(id).path.as_str()).collect()
            }
            _ => known
                .get(path)
                .map_or_else(Vec::new, |names| names.iter().map(String::as_str).collect()),
        };
        // What has no sources, such as the gallery of a theme, has no record.
        let has_sources = self.options.sources.is_some() || !known.is_empty();
        let tidied = if has_sources {
            tidied.and_then(|()| sums::record(&self.place, &manifest, sources))
        } else {
            tidied
        };
        // Best effort, and the last thing: what is changed later is not taken over.
        let left = match leaving.rest {
            Some(rest) => left::write(&self.place, self.options.program, &files, rest),
            None => aside::forget(&self.place, left::NAME),
        };
        left.unwrap_or_default();
        let same = match leaving.same {
            Some(same) => same::write(&self.place, same, &files),
            None => aside::forget(&self.place, same::NAME),
        };
        same.unwrap_or_default();
        Ok(Written {
            was_signed,
            files: files.len(),
            bytes: files.values().filter_map(|file| file.entry.size).sum(),
            left: tidied.err().map(|error| error.words()),
        })
    }

    /// Adds what the new site does not have itself: files in the old folder that are not ours, and files with a hash in their
    /// name that readers with an open page still need. The list comes last: a folder with a list is whole.
    fn complete(
        &self,
        files: &BTreeMap<String, Filed>,
    ) -> Result<mingbai_published::Manifest, WriteError> {
        let (old, fresh) = (self.place.target.as_path(), self.folder.as_path());
        for other in others(old, |name| files.contains_key(name), &self.ours)? {
            other.copy(old, fresh)?;
        }
        let mut list = Manifest::default();
        list.files
            .extend(files.keys().map(|name| (name.clone(), None)));
        let stay = !is_draft(&self.ours);
        for (name, since) in &self.ours.files {
            let since = since.unwrap_or(self.options.today);
            let is_needed = stay
                && is_hashed(name)
                && !files.contains_key(name)
                && is_recent(since, self.options);
            if !is_needed || fs::symlink_metadata(old.join(name)).is_err() {
                continue;
            }
            self.make_folders(name)?;
            if copy_file(&old.join(name), &fresh.join(name), self.owner)? {
                list.files.insert(name.clone(), Some(since));
            }
        }
        super::remove_empty(fresh, &self.ours);
        let sums = sums::manifest(fresh, files)?;
        for (name, text) in [(SUMS, sums.text()), (MANIFEST, list.text())] {
            let path = fresh.join(name);
            fs::write(&path, text)
                .and_then(|()| give(&path, self.owner))
                .map_err(io_error(&path))?;
        }
        // The folder is replaced, but its permissions are kept.
        match fs::metadata(old) {
            Ok(data) => fs::set_permissions(fresh, data.permissions()).map_err(io_error(fresh)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(io_error(old)(error)),
        }?;
        Ok(sums)
    }
}
