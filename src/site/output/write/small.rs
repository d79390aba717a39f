//! Single files and new folders: what `new`, `import`, `init`, `theme` and `schema` write.
//!
//! Comes in: a path and bytes. Goes out: a new file, or one that replaces an old one in one step.

use std::ffi::OsString;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

use super::error::{WriteError, io_error};
use super::place::{real_path, sibling};

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
    file.write_all(bytes)
        .and_then(|()| file.sync_all())
        .map_err(io_error(path))
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

/// Takes a file away.
///
/// # Errors
/// An I/O error; then it is still there.
pub fn remove(path: &Path) -> Result<(), WriteError> {
    fs::remove_file(path).map_err(io_error(path))
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
    let written = fs::File::create(&fresh).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written.map_err(io_error(&fresh))?;
    fs::rename(&fresh, path).map_err(io_error(path))
}
