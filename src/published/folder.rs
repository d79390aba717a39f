//! The folder of a site, as it is on disk.
//!
//! Comes in: a folder. Goes out: the [`Manifest`] of what is in it, the text of a file, a key file written for its owner
//! alone. No link is followed. This is the only file of the package that opens the disk.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::WalkDir;

use crate::manifest::{Entry, LIST, Manifest, SIGNATURE, SUMS};
use crate::text::Bilingual;

/// What is in a folder.
#[derive(Debug, Default)]
pub struct Found {
    /// Its plain files.
    pub manifest: Manifest,
    /// What is not a plain file: links, pipes, sockets. Nobody can vouch for these.
    pub odd: Vec<String>,
}

/// Reads every file of a site, except the manifest, its signature and the builder's list.
///
/// # Errors
/// If the folder or a file cannot be read.
pub fn read(folder: &Path) -> Result<Found, Bilingual> {
    let mut paths: Vec<(String, PathBuf)> = Vec::new();
    let mut odd = Vec::new();
    if !folder.is_dir() {
        let words = Bilingual::new("不是文件夹", "is not a folder");
        return Err(words.at(folder.display()));
    }
    for entry in WalkDir::new(folder).min_depth(1) {
        let entry = entry.map_err(|error| Bilingual::of_io(&error.into()).at(folder.display()))?;
        let kind = entry.file_type();
        let relative = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let name = relative.to_string_lossy().replace('\\', "/");
        if kind.is_dir() || [SUMS, SIGNATURE, LIST].contains(&name.as_str()) && kind.is_file() {
            continue;
        }
        if kind.is_file() && relative.to_str().is_some() {
            paths.push((name, entry.path().to_owned()));
        } else {
            odd.push(name);
        }
    }
    let files: Result<BTreeMap<String, Entry>, Bilingual> = paths
        .into_par_iter()
        .map(|(name, path)| {
            let bytes = fs::read(&path).map_err(|error| at(&path, &error))?;
            Ok((name, Entry::of(&bytes)))
        })
        .collect();
    odd.sort();
    Ok(Found {
        manifest: Manifest::new(files?),
        odd,
    })
}

/// The bytes of a file of at most `most` bytes.
///
/// # Errors
/// If it cannot be read or is larger.
pub fn bytes(path: &Path, most: u64) -> Result<Vec<u8>, Bilingual> {
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(most + 1).read_to_end(&mut bytes))
        .map_err(|error| at(path, &error))?;
    if bytes.len() as u64 > most {
        let words = Bilingual::new("文件太大", "the file is too large");
        return Err(words.at(path.display()));
    }
    Ok(bytes)
}

/// The text of a file of at most `most` bytes.
///
/// # Errors
/// If it cannot be read, is larger, or is not text.
pub fn text(path: &Path, most: u64) -> Result<String, Bilingual> {
    String::from_utf8(bytes(path, most)?)
        .map_err(|_| Bilingual::new("不是文本文件", "is not a text file").at(path.display()))
}

/// Whether there is something at a path.
pub fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// The folder of a site, or of the sources of one, that a path is in. A secret key must be in neither.
///
/// # Errors
/// If the folder of the path cannot be found.
pub fn site_around(path: &Path) -> Result<Option<PathBuf>, Bilingual> {
    let whole = std::path::absolute(path).map_err(|error| at(path, &error))?;
    // The folder with its links resolved: a link must not hide where it is.
    let parent = whole.parent().unwrap_or(&whole);
    let real = fs::canonicalize(parent).map_err(|error| at(parent, &error))?;
    let is_site = |folder: &&Path| {
        is_there(&folder.join(LIST))
            || is_there(&folder.join(SUMS))
            || is_there(&folder.join("data/site.yaml"))
            || is_there(&folder.join("content/notices"))
    };
    Ok(real.ancestors().find(is_site).map(Path::to_owned))
}

/// Whether only the owner can read a file. Where the system has no such modes, it is not known and taken as true.
///
/// # Errors
/// If there is no such file.
pub fn is_private(path: &Path) -> Result<bool, Bilingual> {
    let data = fs::metadata(path).map_err(|error| at(path, &error))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        Ok(data.permissions().mode() & 0o077 == 0)
    }
    #[cfg(not(unix))]
    {
        let _ = data;
        Ok(true)
    }
}

/// Who sends a site from this computer: one run at a time, and the same name every time.
#[derive(Debug)]
pub struct OneSender {
    /// The name, which says nothing of the computer.
    pub id: String,
    /// Held while the run sends.
    _file: Option<File>,
}

/// Takes the turn to send the site in this folder. Who sent it before is in a file next to it; where there can be none, every run has another name.
///
/// # Errors
/// If another run sends it now.
pub fn one_sender(site: &Path) -> Result<OneSender, Bilingual> {
    let mut name = std::ffi::OsString::from(".");
    name.push(site.file_name().unwrap_or_default());
    name.push(".mingbai-sender");
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    let mut file = options.open(site.with_file_name(name)).ok();
    if let Some(file) = &file
        && matches!(file.try_lock(), Err(fs::TryLockError::WouldBlock))
    {
        return Err(Bilingual::new(
            "这台电脑上正在发布这个网站；等它做完",
            "this site is being published from this computer; wait for the end of it",
        ));
    }
    let mut id = String::new();
    if let Some(file) = &mut file {
        file.read_to_string(&mut id).unwrap_or_default();
    }
    if id.len() != 16 || !id.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        use std::hash::{BuildHasher as _, Hasher as _};
        let random = std::hash::RandomState::new().build_hasher().finish();
        id = format!("{random:016x}");
        if let Some(file) = &mut file {
            let written = file.set_len(0).and_then(|()| file.rewind());
            let written = written.and_then(|()| file.write_all(id.as_bytes()));
            // Without it the next run has another name, and waits for the end of this one.
            written.unwrap_or_default();
        }
    }
    Ok(OneSender { id, _file: file })
}

/// Writes a new file; with `private`, one that only its owner can read.
///
/// # Errors
/// If it exists, or cannot be written.
pub fn write_new(path: &Path, text: &str, private: bool) -> Result<(), Bilingual> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(if private { 0o600 } else { 0o644 });
    }
    #[cfg(not(unix))]
    let _ = private;
    options
        .open(path)
        .and_then(|mut file| {
            file.write_all(text.as_bytes())?;
            file.sync_all()
        })
        .map_err(|error| at(path, &error))
}

/// Replaces a file in one step.
///
/// # Errors
/// If it cannot be written.
pub fn replace(path: &Path, text: &str) -> Result<(), Bilingual> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}", std::process::id()));
    let fresh = path.with_file_name(name);
    let written = fs::write(&fresh, text).and_then(|()| fs::rename(&fresh, path));
    written.map_err(|error| {
        // Best effort: the error that matters is the first one.
        fs::remove_file(&fresh).unwrap_or_default();
        at(path, &error)
    })
}

fn at(path: &Path, error: &io::Error) -> Bilingual {
    Bilingual::of_io(error).at(path.display())
}
