//! Files of the old folder and of the new one: what is copied, who owns it, what time it has.
//!
//! Comes in: paths. Goes out: files on disk. Nothing that is not ours is opened, except to copy it.

use std::fs::{self, File, Metadata};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use walkdir::WalkDir;

use super::error::{Unfit, WriteError, io_error};
use super::manifest::{MANIFEST, Manifest};
use super::sums;

/// Something in the old folder that is not ours.
pub(super) enum Other {
    Folder(PathBuf),
    Link(PathBuf),
    File(PathBuf),
}

/// Everything in the old folder that mingbai did not create, paths from the folder. Nothing of it is opened.
///
/// # Errors
/// [`Unfit::Special`] for what cannot be carried over.
pub(super) fn others(
    old: &Path,
    is_new: impl Fn(&str) -> bool,
    ours: &Manifest,
) -> Result<Vec<Other>, WriteError> {
    let mut found = Vec::new();
    if fs::symlink_metadata(old).is_err() {
        return Ok(found);
    }
    for entry in WalkDir::new(old).min_depth(1) {
        let entry = entry.map_err(|error| WriteError::Io {
            path: error.path().unwrap_or(old).to_owned(),
            error: error
                .into_io_error()
                .unwrap_or_else(|| io::Error::other("a folder contains a link to itself")),
        })?;
        let kind = entry.file_type();
        let Ok(relative) = entry.path().strip_prefix(old).map(Path::to_owned) else {
            continue;
        };
        let name = relative.to_string_lossy().replace('\\', "/");
        if kind.is_dir() {
            // A folder that is not empty is created with its first file.
            let mut inside = fs::read_dir(entry.path()).map_err(io_error(entry.path()))?;
            if inside.next().is_none() {
                found.push(Other::Folder(relative));
            }
        } else if name == MANIFEST
            || sums::is_one(&name)
            || ours.files.contains_key(&name)
            || is_new(&name)
        {
        } else if kind.is_symlink() {
            found.push(Other::Link(relative));
        } else if kind.is_file() {
            found.push(Other::File(relative));
        } else {
            return Err(Unfit::Special.at(entry.path()));
        }
    }
    Ok(found)
}

impl Other {
    /// Copies it into the new folder.
    ///
    /// # Errors
    /// If it cannot be read or written.
    pub(super) fn copy(&self, old: &Path, fresh: &Path) -> Result<(), WriteError> {
        let (Self::Folder(relative) | Self::Link(relative) | Self::File(relative)) = self;
        let (from, to) = (old.join(relative), fresh.join(relative));
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder).map_err(io_error(folder))?;
        }
        match self {
            Self::Folder(_) => fs::create_dir_all(&to),
            Self::Link(_) => copy_link(&from, &to),
            Self::File(_) => fs::copy(&from, &to).and_then(|_| {
                let time = fs::metadata(&from)?.modified()?;
                File::options().write(true).open(&to)?.set_modified(time)
            }),
        }
        .map_err(io_error(&to))?;
        // Best effort: only an administrator can give files away.
        fs::symlink_metadata(&from)
            .and_then(|data| give(&to, owner_of(&data)))
            .unwrap_or_default();
        Ok(())
    }
}

/// Copies a file of ours with its time; not if something else is there now.
pub(super) fn copy_file(from: &Path, to: &Path, owner: Owner) -> Result<bool, WriteError> {
    let Some(data) = fs::symlink_metadata(from).ok().filter(Metadata::is_file) else {
        return Ok(false);
    };
    let bytes = fs::read(from).map_err(io_error(from))?;
    write_file(to, &bytes, data.modified().ok(), true)
        .and_then(|()| give(to, owner))
        .map_err(io_error(to))?;
    Ok(true)
}

/// Writes a file with this time. Only one that was written before in this run is replaced.
pub(super) fn write_file(
    path: &Path,
    bytes: &[u8],
    time: Option<SystemTime>,
    is_new: bool,
) -> io::Result<()> {
    if !is_new {
        // It may be a second name of a file of the old site.
        fs::remove_file(path)?;
    }
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    match time {
        Some(time) => file.set_modified(time),
        None => Ok(()),
    }
}

/// The time of the old file if it has the same bytes: browsers and servers then see that nothing changed.
pub(super) fn time_if_same(old: &Path, bytes: &[u8]) -> Option<SystemTime> {
    let data = fs::symlink_metadata(old).ok()?;
    if !data.is_file() || data.len() != bytes.len() as u64 || fs::read(old).ok()? != bytes {
        return None;
    }
    data.modified().ok()
}

/// Numbers of user and group.
pub(super) type Owner = Option<(u32, u32)>;

/// Who the new files must belong to, if not to whoever runs the program: the owner of the old folder.
///
/// # Errors
/// [`Unfit::OtherOwner`] if the files cannot be given to that user.
#[cfg(unix)]
pub(super) fn owner(fresh: &Path, old: &Path) -> Result<Owner, WriteError> {
    let own = owner_of(&fs::symlink_metadata(fresh).map_err(io_error(fresh))?);
    let Some(before) = fs::symlink_metadata(old)
        .ok()
        .and_then(|data| owner_of(&data))
    else {
        return Ok(None);
    };
    if own == Some(before) {
        return Ok(None);
    }
    match give(fresh, Some(before)) {
        Ok(()) => Ok(Some(before)),
        Err(_) if own.is_some_and(|(user, _)| user == before.0) => Ok(None),
        Err(_) => Err(Unfit::OtherOwner(before.0).at(old)),
    }
}

/// The owner of a file, where there is such a thing.
#[cfg(unix)]
pub(super) fn owner_of(data: &Metadata) -> Owner {
    use std::os::unix::fs::MetadataExt;
    Some((data.uid(), data.gid()))
}

#[cfg(unix)]
pub(super) fn give(path: &Path, owner: Owner) -> io::Result<()> {
    match owner {
        Some((user, group)) => std::os::unix::fs::lchown(path, Some(user), Some(group)),
        None => Ok(()),
    }
}

#[cfg(not(unix))]
pub(super) fn owner(_: &Path, _: &Path) -> Result<Owner, WriteError> {
    Ok(None)
}

#[cfg(not(unix))]
pub(super) fn owner_of(_: &Metadata) -> Owner {
    None
}

#[cfg(not(unix))]
pub(super) fn give(_: &Path, _: Owner) -> io::Result<()> {
    Ok(())
}

/// Copies a symbolic link as a link, wherever it leads.
#[cfg(unix)]
fn copy_link(from: &Path, to: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(fs::read_link(from)?, to)
}

#[cfg(not(unix))]
fn copy_link(from: &Path, to: &Path) -> io::Result<()> {
    fs::copy(from, to).map(|_| ())
}
