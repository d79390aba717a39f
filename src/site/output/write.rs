//! The only module that writes to disk. The new site is built next to the old one and the two are exchanged in one
//! step. A build that is killed leaves either the old site or the new one, complete.
//!
//! Comes in: an [`OutputTree`] and a folder. Goes out: files. The folder contains a list of the files that mingbai
//! created (`.mingbai`). A non-empty folder without this list is refused. Files that are not in the list are kept.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{fmt, fs, io};

use rayon::prelude::*;
use walkdir::WalkDir;

use super::OutputTree;
use crate::sources::FOLDERS;
use crate::text::{Bilingual, Lang};

/// The name of the list of files that mingbai created.
const MANIFEST: &str = ".mingbai";
const FIRST_LINE: &str = "mingbai output 1";

/// Why a folder or file could not be written.
#[derive(Debug)]
pub enum WriteError {
    Io {
        path: PathBuf,
        error: io::Error,
    },
    /// The folder contains files but was not created by mingbai.
    NotOurs {
        path: PathBuf,
    },
    /// The file already exists.
    Exists {
        path: PathBuf,
    },
    /// A folder that must be empty is not; with the names of its first entries.
    NotEmpty {
        path: PathBuf,
        names: Vec<String>,
    },
    /// The folder is inside a source folder or contains one.
    InSources {
        path: PathBuf,
    },
}

impl WriteError {
    /// The message for the operator.
    pub fn words(&self) -> Bilingual {
        match self {
            Self::Io { path, error } => Bilingual::of_io(error).at(path.display()),
            Self::NotOurs { path } => Bilingual::new(
                format!(
                    "输出文件夹 {} 里有不是 mingbai 生成的文件，没有改动它。请用 --out 另选一个空文件夹，或先自行清空。",
                    path.display()
                ),
                format!(
                    "the output folder {} contains files that mingbai did not create, so nothing was changed. Choose an empty folder with --out, or empty it yourself.",
                    path.display()
                ),
            ),
            Self::Exists { path } => {
                Bilingual::new("已经有了，没有改动它", "already exists and was not changed")
                    .at(path.display())
            }
            Self::NotEmpty { path, names } => Bilingual::new(
                format!(
                    "文件夹 {} 不是空的，没有改动它。里面有：{}",
                    path.display(),
                    names.join("、")
                ),
                format!(
                    "the folder {} is not empty and was not changed. It contains: {}",
                    path.display(),
                    names.join(", ")
                ),
            ),
            Self::InSources { path } => Bilingual::new(
                format!(
                    "输出文件夹 {} 不能放在 content、data、themes 之内，也不能包含它们。",
                    path.display()
                ),
                format!(
                    "the output folder {} must not be inside content, data or themes, and must not contain them.",
                    path.display()
                ),
            ),
        }
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words().line(Lang::Both))
    }
}

impl std::error::Error for WriteError {}

fn io_error(path: &Path) -> impl FnOnce(io::Error) -> WriteError + '_ {
    move |error| WriteError::Io {
        path: path.to_owned(),
        error,
    }
}

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    pub files: usize,
    pub bytes: u64,
}

/// Checks that `out` may be written: it is absent, empty or was created by mingbai, and it does not overlap the
/// source folders of `site`.
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
        return Err(WriteError::InSources {
            path: out.to_owned(),
        });
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
            if entries.next().is_some() && read_manifest(&target)?.is_none() {
                return Err(WriteError::NotOurs {
                    path: out.to_owned(),
                });
            }
        }
    }
    Ok(target)
}

/// The path with symbolic links resolved as far as it exists.
fn real_path(path: &Path) -> Result<PathBuf, WriteError> {
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

/// The files in a folder that mingbai created; nothing if the folder has no list.
fn read_manifest(folder: &Path) -> Result<Option<BTreeSet<String>>, WriteError> {
    let path = folder.join(MANIFEST);
    match fs::read_to_string(&path) {
        Ok(text) => {
            let mut lines = text.lines();
            Ok((lines.next() == Some(FIRST_LINE)).then(|| lines.map(str::to_owned).collect()))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(WriteError::Io { path, error }),
    }
}

/// Replaces the site at `target` (as returned by [`check_target`]) with `tree`.
///
/// # Errors
/// If the disk is full, a folder cannot be written, and so on. The old site is then unchanged.
pub fn write(target: &Path, tree: &OutputTree) -> Result<Written, WriteError> {
    let parent = target.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(io_error(parent))?;
    let name = target
        .file_name()
        .map_or_else(|| OsString::from("public"), OsString::from);
    // The lock is held until the function returns or the process ends.
    let _turn = lock_folder(parent);
    remove_leftovers(parent, &name)?;
    let fresh = sibling(parent, &name, "new");
    let result = write_tree(&fresh, target, tree)
        .and_then(|()| exchange(&fresh, target, &sibling(parent, &name, "old")));
    if result.is_err() && fresh.exists() {
        // Best effort: the error that matters is the first one.
        fs::remove_dir_all(&fresh).unwrap_or_default();
    }
    result?;
    Ok(Written {
        files: tree.len(),
        bytes: tree.values().map(|file| file.bytes.len() as u64).sum(),
    })
}

/// Whether something exists at this path; [`write_new`] would not replace it.
pub fn exists(path: &Path) -> bool {
    path.exists()
}

/// Writes a new file, and the folders above it.
///
/// # Errors
/// [`WriteError::Exists`] if there is already such a file, or an I/O error.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        fs::create_dir_all(folder).map_err(io_error(folder))?;
    }
    let mut file = match fs::File::create_new(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            return Err(WriteError::Exists {
                path: path.to_owned(),
            });
        }
        made => made.map_err(io_error(path))?,
    };
    file.write_all(bytes).map_err(io_error(path))
}

/// Checks that a folder is absent or empty.
///
/// # Errors
/// [`WriteError::NotEmpty`] with the first entries, or an I/O error.
pub fn check_new_folder(target: &Path) -> Result<(), WriteError> {
    const MOST: usize = 8;
    let entries = match fs::read_dir(target) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(io_error(target))?,
    };
    let mut names: Vec<String> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    if names.is_empty() {
        return Ok(());
    }
    names.sort();
    if names.len() > MOST {
        names.truncate(MOST);
        names.push("……".to_owned());
    }
    Err(WriteError::NotEmpty {
        path: target.to_owned(),
        names,
    })
}

/// Creates a folder with files (paths with `/`), all or nothing: the files are written next to it, and the folder
/// gets its name last.
///
/// # Errors
/// See [`WriteError`]; then nothing is left on disk.
pub fn write_new_folder(target: &Path, files: &[(String, String)]) -> Result<(), WriteError> {
    check_new_folder(target)?;
    let target = real_path(target)?;
    let parent = target.parent().unwrap_or(Path::new("."));
    let name = target
        .file_name()
        .map_or_else(|| OsString::from("site"), OsString::from);
    fs::create_dir_all(parent).map_err(io_error(parent))?;
    let fresh = sibling(parent, &name, "new");
    let result = files
        .iter()
        .try_for_each(|(path, text)| write_new(&fresh.join(path), text.as_bytes()))
        .and_then(|()| move_into_place(&fresh, &target));
    if result.is_err() && fresh.exists() {
        // Best effort: the error that matters is the first one.
        fs::remove_dir_all(&fresh).unwrap_or_default();
    }
    result
}

/// Renames `fresh` to `target`. If `target` is an existing empty folder, it is kept, because it may be the working
/// directory of a shell (`init .`): the entries of `fresh` are moved into it, and out again if one of them cannot be
/// moved.
fn move_into_place(fresh: &Path, target: &Path) -> Result<(), WriteError> {
    if !target.exists() {
        return fs::rename(fresh, target).map_err(io_error(target));
    }
    let mut moved: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(fresh).map_err(io_error(fresh))? {
        let from = entry.map_err(io_error(fresh))?.path();
        let to = target.join(from.file_name().unwrap_or_default());
        if let Err(error) = fs::rename(&from, &to) {
            for path in moved.iter().rev() {
                let back = fresh.join(path.file_name().unwrap_or_default());
                fs::rename(path, back).unwrap_or_default();
            }
            return Err(io_error(&to)(error));
        }
        moved.push(to);
    }
    fs::remove_dir(fresh).map_err(io_error(fresh))
}

/// Writes a file, or replaces it in one step.
///
/// # Errors
/// An I/O error; then the old file is unchanged.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(io_error(folder))?;
    let name = path
        .file_name()
        .map_or_else(|| OsString::from("file"), OsString::from);
    let fresh = sibling(folder, &name, "new");
    fs::write(&fresh, bytes).map_err(io_error(&fresh))?;
    fs::rename(&fresh, path).map_err(io_error(path))
}

fn sibling(parent: &Path, name: &OsString, what: &str) -> PathBuf {
    let mut hidden = OsString::from(".");
    hidden.push(name);
    hidden.push(format!(".mingbai-{what}-{}", std::process::id()));
    parent.join(hidden)
}

/// Locks a folder, so that two builds into it take turns. Otherwise each would take the new site of the other for a
/// leftover. Where folders cannot be locked (some network drives, Windows), no build waits, and one of the two fails.
fn lock_folder(parent: &Path) -> Option<fs::File> {
    let folder = fs::File::open(parent).ok()?;
    folder.lock().ok()?;
    Some(folder)
}

/// Removes what a killed build left next to the site.
fn remove_leftovers(parent: &Path, name: &OsString) -> Result<(), WriteError> {
    let prefix = format!(".{}.mingbai-", name.to_string_lossy());
    for entry in fs::read_dir(parent).map_err(io_error(parent))? {
        let entry = entry.map_err(io_error(parent))?;
        if entry.file_name().to_string_lossy().starts_with(&prefix) {
            let path = entry.path();
            fs::remove_dir_all(&path).map_err(io_error(&path))?;
        }
    }
    Ok(())
}

/// Writes all files into `fresh` and copies the files in `old` that mingbai did not create.
fn write_tree(fresh: &Path, old: &Path, tree: &OutputTree) -> Result<(), WriteError> {
    let folders: BTreeSet<&str> = tree
        .keys()
        .filter_map(|path| path.rsplit_once('/').map(|(folder, _)| folder))
        .collect();
    fs::create_dir_all(fresh).map_err(io_error(fresh))?;
    for folder in folders {
        let path = fresh.join(folder);
        fs::create_dir_all(&path).map_err(io_error(&path))?;
    }
    tree.par_iter().try_for_each(|(name, file)| {
        let path = fresh.join(name);
        fs::write(&path, &file.bytes).map_err(|error| WriteError::Io { path, error })
    })?;
    if let Some(ours) = read_manifest(old)? {
        copy_other_files(fresh, old, tree, &ours)?;
    }
    let mut manifest = String::from(FIRST_LINE);
    for name in tree.keys() {
        manifest.push('\n');
        manifest.push_str(name);
    }
    manifest.push('\n');
    let path = fresh.join(MANIFEST);
    fs::write(&path, manifest).map_err(io_error(&path))?;
    // The folder is replaced, but its permissions are kept.
    match fs::metadata(old) {
        Ok(data) => fs::set_permissions(fresh, data.permissions()).map_err(io_error(fresh)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(io_error(old)(error)),
    }
}

fn copy_other_files(
    fresh: &Path,
    old: &Path,
    tree: &OutputTree,
    ours: &BTreeSet<String>,
) -> Result<(), WriteError> {
    for entry in WalkDir::new(old).min_depth(1) {
        let entry = entry.map_err(|error| WriteError::Io {
            path: error.path().unwrap_or(old).to_owned(),
            error: error
                .into_io_error()
                .unwrap_or_else(|| io::Error::other("a folder contains a link to itself")),
        })?;
        let Ok(relative) = entry.path().strip_prefix(old) else {
            continue;
        };
        let name = relative.to_string_lossy().replace('\\', "/");
        let to = fresh.join(relative);
        if entry.file_type().is_dir() {
            // A folder that is not empty is created with its first file.
            let mut inside = fs::read_dir(entry.path()).map_err(io_error(entry.path()))?;
            if inside.next().is_none() {
                fs::create_dir_all(&to).map_err(io_error(&to))?;
            }
            continue;
        }
        if name == MANIFEST || ours.contains(&name) || tree.contains_key(&name) {
            continue;
        }
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder).map_err(io_error(folder))?;
        }
        if entry.file_type().is_symlink() {
            copy_link(entry.path(), &to).map_err(io_error(&to))?;
        } else {
            fs::copy(entry.path(), &to).map_err(io_error(&to))?;
        }
    }
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

/// Exchanges the two folders, in one step where the system supports it (Linux), otherwise with two renames.
fn exchange(fresh: &Path, target: &Path, old: &Path) -> Result<(), WriteError> {
    if !target.exists() {
        return fs::rename(fresh, target).map_err(io_error(target));
    }
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        match renameat_with(CWD, fresh, CWD, target, RenameFlags::EXCHANGE) {
            Ok(()) => return fs::remove_dir_all(fresh).map_err(io_error(fresh)),
            Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS) => {}
            Err(error) => {
                return Err(WriteError::Io {
                    path: target.to_owned(),
                    error: error.into(),
                });
            }
        }
    }
    fs::rename(target, old).map_err(io_error(target))?;
    fs::rename(fresh, target).map_err(io_error(target))?;
    fs::remove_dir_all(old).map_err(io_error(old))
}
