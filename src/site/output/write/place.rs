//! Where a site is written: the folder, and the names next to it that are ours.
//!
//! Comes in: the path of an output folder. Goes out: a [`Place`]. Next to a folder `public`, names that begin with
//! `.public.mingbai-` are ours: `-new-` and `-old-` with the number of a process, `-lock`, `-editions`, `-sources`, `-left`, `-same`.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::{fs, io};

use super::error::{WriteError, io_error};

/// An output folder, with its name and the folder that it is in.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub target: PathBuf,
    pub parent: PathBuf,
    name: OsString,
}

impl Place {
    /// The place of an output folder, as returned by [`check_target`](super::check_target). The folder above it is made.
    ///
    /// # Errors
    /// If the folder above it cannot be made.
    pub fn new(target: &Path) -> Result<Self, WriteError> {
        let place = Self::of(target);
        fs::create_dir_all(&place.parent).map_err(io_error(&place.parent))?;
        Ok(place)
    }

    /// The place of an output folder; nothing is made.
    pub fn of(target: &Path) -> Self {
        let parent = target.parent().unwrap_or(Path::new("."));
        Self {
            target: target.to_owned(),
            parent: parent.to_owned(),
            name: target
                .file_name()
                .map_or_else(|| OsString::from("public"), OsString::from),
        }
    }

    /// A folder of this process next to the site.
    pub fn own(&self, what: &str) -> PathBuf {
        sibling(&self.parent, &self.name, what)
    }

    /// A name next to the site that is the same for all processes.
    pub fn shared(&self, what: &str) -> PathBuf {
        self.parent.join(format!("{}{what}", self.prefix()))
    }

    fn prefix(&self) -> String {
        format!(".{}.mingbai-", self.name.to_string_lossy())
    }

    /// What builds that were killed left next to the site, in order of the names.
    ///
    /// # Errors
    /// If the folder above the site cannot be listed.
    pub fn leftovers(&self) -> Result<Vec<PathBuf>, WriteError> {
        let mut found = Vec::new();
        for entry in fs::read_dir(&self.parent).map_err(io_error(&self.parent))? {
            let name = entry.map_err(io_error(&self.parent))?.file_name();
            let name = name.to_string_lossy().into_owned();
            let what = name.strip_prefix(&self.prefix());
            if what.is_some_and(|what| what.starts_with("new-") || what.starts_with("old-")) {
                found.push(self.parent.join(name));
            }
        }
        found.sort();
        Ok(found)
    }
}

/// `.public.mingbai-new-123`
pub(super) fn sibling(parent: &Path, name: &OsStr, what: &str) -> PathBuf {
    let mut hidden = OsString::from(".");
    hidden.push(name);
    hidden.push(format!(".mingbai-{what}-{}", std::process::id()));
    parent.join(hidden)
}

/// The path with symbolic links resolved as far as it exists.
pub(super) fn real_path(path: &Path) -> Result<PathBuf, WriteError> {
    match fs::canonicalize(path) {
        Ok(real) => Ok(real),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let absolute = std::path::absolute(path).map_err(io_error(path))?;
            match (absolute.parent(), absolute.file_name()) {
                (Some(parent), Some(name)) => Ok(real_path(parent)?.join(name)),
                // The path ends with `..`. A path that does not exist has no links, so its parent is the one written.
                (Some(parent), None) => {
                    let real = real_path(parent)?;
                    Ok(real.parent().map_or_else(|| real.clone(), Path::to_owned))
                }
                (None, _) => Ok(absolute),
            }
        }
        Err(error) => Err(WriteError::Io {
            path: path.to_owned(),
            error,
        }),
    }
}
