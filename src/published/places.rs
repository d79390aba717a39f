//! Places to which a site is sent: a folder, and a zip file for offices whose web site group uploads by hand.
//!
//! Comes in: files of a site. Goes out: the same files at the place. This file opens the disk.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use walkdir::WalkDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::manifest::{Manifest, SUMS};
use crate::place::{NEW, OURS, Place};
use crate::text::Bilingual;

/// A folder of this machine, or one that is mounted.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// The folder at this path, which is made if it is not there.
    ///
    /// # Errors
    /// If it cannot be made.
    pub fn open(root: &Path) -> Result<Self, Bilingual> {
        fs::create_dir_all(root).map_err(|error| at(root, &error))?;
        Ok(Self {
            root: root.to_owned(),
        })
    }

    /// Where a file belongs. Links below the folder are not followed.
    fn place(&self, path: &str) -> Result<PathBuf, Bilingual> {
        let mut place = self.root.clone();
        for part in path.split('/') {
            let is_plain = !part.is_empty()
                && part != "."
                && part != ".."
                && !part.contains(['\\', ':', '\0']);
            if !is_plain
                || fs::symlink_metadata(&place)
                    .is_ok_and(|data| data.is_symlink() && place != self.root)
            {
                return Err(Bilingual::new("不是网站里的路径", "is not a path of a site").at(path));
            }
            place.push(part);
        }
        Ok(place)
    }
}

/// The name under which a file is written.
fn aside(path: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(NEW);
    name.push(path.file_name().unwrap_or_default());
    path.with_file_name(name)
}

impl Place for Folder {
    fn read(&mut self, path: &str) -> Result<Option<Vec<u8>>, Bilingual> {
        let place = self.place(path)?;
        match fs::read(&place) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(at(&place, &error)),
        }
    }

    fn write(&mut self, path: &str, bytes: &[u8]) -> Result<(), Bilingual> {
        let place = self.place(path)?;
        let folder = place.parent().unwrap_or(&self.root);
        fs::create_dir_all(folder).map_err(|error| at(folder, &error))?;
        let fresh = aside(&place);
        // A link that somebody put there is not followed.
        fs::remove_file(&fresh).unwrap_or_default();
        let written = File::create_new(&fresh)
            .and_then(|mut file| file.write_all(bytes))
            .and_then(|()| fs::rename(&fresh, &place));
        written.map_err(|error| {
            // Best effort: the error that matters is the first one.
            fs::remove_file(&fresh).unwrap_or_default();
            at(&place, &error)
        })
    }

    fn remove(&mut self, path: &str) -> Result<(), Bilingual> {
        let place = self.place(path)?;
        // What a run that was killed left.
        fs::remove_file(aside(&place)).unwrap_or_default();
        match fs::remove_file(&place) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(at(&place, &error));
            }
            _ => {}
        }
        // Folders that are empty now go, too; one that is not stays.
        let mut folder = place.parent();
        while let Some(empty) =
            folder.filter(|folder| *folder != self.root && fs::remove_dir(folder).is_ok())
        {
            folder = empty.parent();
        }
        Ok(())
    }

    fn is_empty(&mut self) -> Result<bool, Bilingual> {
        for entry in fs::read_dir(&self.root).map_err(|error| at(&self.root, &error))? {
            let entry = entry.map_err(|error| at(&self.root, &error))?;
            // What a run that was killed left of its first file.
            if !entry.file_name().to_string_lossy().starts_with(OURS) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn claim(&mut self, path: &str, bytes: &[u8]) -> Result<bool, Bilingual> {
        let place = self.place(path)?;
        match File::create_new(&place).and_then(|mut file| file.write_all(bytes)) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
            Err(error) => Err(at(&place, &error)),
        }
    }

    fn list(&mut self) -> Result<BTreeMap<String, u64>, Bilingual> {
        let mut files = BTreeMap::new();
        for entry in WalkDir::new(&self.root).min_depth(1) {
            let entry = entry.map_err(|error| at(&self.root, &error.into()))?;
            if entry.file_type().is_file() {
                let relative = entry.path().strip_prefix(&self.root);
                let relative = relative.unwrap_or(entry.path()).to_string_lossy();
                let size = entry.metadata().map_or(0, |data| data.len());
                files.insert(relative.replace('\\', "/"), size);
            }
        }
        Ok(files)
    }
}

/// Writes a site into a new zip file, with `words` as the list of what to do with it. The file gets its name when it is whole.
///
/// # Errors
/// If a file cannot be read, or the disk refuses.
pub fn write_zip(
    path: &Path,
    site: &Manifest,
    file: &dyn Fn(&str) -> Result<Vec<u8>, Bilingual>,
    words: &BTreeMap<String, String>,
) -> Result<usize, Bilingual> {
    if fs::symlink_metadata(path).is_ok() && !is_ours(path) {
        return Err(Bilingual::new(
            "已经有这个文件，而且不是明白发布的；请换一个名字",
            "there is such a file already, and it was not published by mingbai; choose another name",
        )
        .at(path.display()));
    }
    let fresh = aside(path);
    fs::remove_file(&fresh).unwrap_or_default();
    let written = zipped(&fresh, site, file, words).and_then(|count| {
        fs::rename(&fresh, path).map_err(|error| at(path, &error))?;
        Ok(count)
    });
    if written.is_err() {
        // Best effort: the error that matters is the first one.
        fs::remove_file(&fresh).unwrap_or_default();
    }
    written
}

/// Whether a file is a zip file with a site that was published.
fn is_ours(path: &Path) -> bool {
    let file = File::open(path).ok();
    let zip = file.and_then(|file| zip::ZipArchive::new(file).ok());
    zip.is_some_and(|zip| zip.index_for_name(&format!("site/{SUMS}")).is_some())
}

fn zipped(
    path: &Path,
    site: &Manifest,
    file: &dyn Fn(&str) -> Result<Vec<u8>, Bilingual>,
    words: &BTreeMap<String, String>,
) -> Result<usize, Bilingual> {
    let made = File::create_new(path).map_err(|error| at(path, &error))?;
    let mut zip = ZipWriter::new(io::BufWriter::new(made));
    let mut put = |name: &str, bytes: &[u8]| {
        let begun = zip
            .start_file(name, SimpleFileOptions::default())
            .map_err(io::Error::from);
        begun
            .and_then(|()| zip.write_all(bytes))
            .map_err(|error| at(path, &error))
    };
    for (name, text) in words {
        put(name, text.as_bytes())?;
    }
    for name in site.files.keys() {
        put(&format!("site/{name}"), &file(name)?)?;
    }
    put(&format!("site/{SUMS}"), site.text().as_bytes())?;
    let file = zip
        .finish()
        .map_err(|error| at(path, &io::Error::from(error)))?;
    let file = file.into_inner().map_err(|error| at(path, error.error()))?;
    file.sync_all().map_err(|error| at(path, &error))?;
    Ok(site.files.len())
}

fn at(path: &Path, error: &io::Error) -> Bilingual {
    Bilingual::of_io(error).at(path.display())
}
