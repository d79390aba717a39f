//! The only module that writes to disk. The new site is built next to the old one and the two are exchanged in one
//! step. A build that is killed leaves either the old site or the new one, complete; so does a power failure.
//!
//! Comes in: an [`OutputTree`] and a folder. Goes out: files. The folder contains a list of the files that mingbai
//! created (`.mingbai`). A non-empty folder without this list is refused. Files that are not in the list are kept. Steps, one
//! file each: wait for one's turn (`lock`) -> put back what a killed build left (`exchange`) -> fill a new folder (here) ->
//! exchange (`exchange`) -> keep the old site as an edition (`editions`). Each site has a manifest in it, and a record of its
//! sources next to it (`sums`).

mod editions;
mod error;
mod exchange;
mod holder;
mod lock;
mod manifest;
mod place;
mod small;
mod sums;

pub use editions::Edition;
pub use error::{Unfit, WriteError};
pub use holder::Holder;
pub use small::{check_new_folder, exists, replace, write_new, write_new_folder};

use std::collections::BTreeSet;
use std::fs::{self, File, Metadata};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use jiff::civil::Date;
use mingbai_published::manifest::{SIGNATURE, SUMS};
use rayon::prelude::*;
use walkdir::WalkDir;

use self::error::io_error;
use self::manifest::{MANIFEST, Manifest};
use self::place::{Place, real_path};
use self::sums::SourcesOf;
use super::OutputTree;
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
    pub held: &'a dyn Fn(&Holder),
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
pub fn write(target: &Path, tree: &OutputTree, options: &Options) -> Result<Written, WriteError> {
    let place = Place::new(target)?;
    // The lock is held until the function returns or the process ends.
    let _turn = lock::take(&place, &options.user, options.wait, options.held)?;
    exchange::recover(&place)?;
    let mut sources = SourcesOf::new();
    if let Some(known) = options.sources {
        for (name, file) in tree {
            let names = file.inputs.iter().map(|id| known.file(*id).path.clone());
            sources.insert(name.clone(), names.collect());
        }
    }
    replace_site(&place, tree, &sources, options)
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
    let place = Place::new(target)?;
    let _turn = lock::take(&place, &options.user, options.wait, options.held)?;
    exchange::recover(&place)?;
    let mut editions = editions::list(&place)?;
    editions.retain(|edition| number.is_none_or(|number| edition.number == number));
    let edition = editions.pop().ok_or_else(|| WriteError::NoEdition {
        path: target.to_owned(),
    })?;
    // The one that is put back makes room for the one that it replaces.
    let keep = editions::list(&place)?.len().max(1) + 1;
    let options = Options {
        keep,
        user: String::new(),
        ..*options
    };
    let sources = edition.sources();
    let written = replace_site(&place, &edition.read()?, &sources, &options)?;
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

fn replace_site(
    place: &Place,
    tree: &OutputTree,
    sources: &SourcesOf,
    options: &Options,
) -> Result<Written, WriteError> {
    let fresh = place.own("new");
    let was_draft = Manifest::read(&place.target)?.is_some_and(|ours| is_draft(&ours));
    let was_signed = fs::symlink_metadata(place.target.join(SIGNATURE)).is_ok();
    let result = fill(&fresh, &place.target, tree, options).and_then(|manifest| {
        exchange::settle(&fresh)?;
        Ok((manifest, exchange::exchange(place, &fresh)?))
    });
    let (manifest, had_site) = match result {
        Ok(done) => done,
        Err(error) => {
            // Best effort: the error that matters is the first one.
            exchange::remove(&fresh).unwrap_or_default();
            return Err(error);
        }
    };
    exchange::settle_names(&place.parent)?;
    if let Some(record) = options.record {
        // Best effort: without a record the next build compares with nothing.
        fs::write(place.shared(RECORD), record).unwrap_or_default();
    }
    // The new site is in its place: what goes wrong from here on is said, and is not a failure.
    let tidied = if had_site && was_draft {
        exchange::remove(&fresh).map_err(io_error(&fresh))
    } else if had_site {
        editions::keep(place, &fresh, options.keep)
    } else {
        Ok(())
    };
    // What has no sources, such as the gallery of a theme, has no record.
    let tidied = if sources.is_empty() {
        tidied
    } else {
        tidied.and_then(|()| sums::record(place, &manifest, sources))
    };
    Ok(Written {
        was_signed,
        files: tree.len(),
        bytes: tree.values().map(|file| file.bytes.len() as u64).sum(),
        left: tidied.err().map(|error| error.words()),
    })
}

/// Fills a new folder: the files of the site, those of `old` that are not ours, and files with a hash in their name that
/// readers with an open page still need. The list comes last: a folder with a list is whole.
fn fill(
    fresh: &Path,
    old: &Path,
    tree: &OutputTree,
    options: &Options,
) -> Result<mingbai_published::Manifest, WriteError> {
    let ours = Manifest::read(old)?;
    if ours.is_none() && fs::read_dir(old).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(Unfit::NotOurs.at(old));
    }
    let ours = ours.unwrap_or_default();
    let stay = !is_draft(&ours);
    let others = others(old, tree, &ours)?;
    fs::create_dir_all(fresh).map_err(io_error(fresh))?;
    let owner = owner(fresh, old)?;
    let mut folders: BTreeSet<&str> = BTreeSet::new();
    let names = tree
        .keys()
        .chain(ours.files.keys().filter(|name| is_hashed(name)));
    for name in names {
        folders.extend(name.match_indices('/').map(|(at, _)| &name[..at]));
    }
    for folder in folders {
        let path = fresh.join(folder);
        fs::create_dir(&path).map_err(io_error(&path))?;
        give(&path, owner).map_err(io_error(&path))?;
    }
    tree.par_iter().try_for_each(|(name, file)| {
        let path = fresh.join(name);
        let time = time_if_same(&old.join(name), &file.bytes);
        write_file(&path, &file.bytes, time)
            .and_then(|()| give(&path, owner))
            .map_err(io_error(&path))
    })?;
    for other in others {
        other.copy(old, fresh)?;
    }
    let mut list = Manifest::default();
    list.files
        .extend(tree.keys().map(|name| (name.clone(), None)));
    for (name, since) in &ours.files {
        let since = since.unwrap_or(options.today);
        let is_needed =
            stay && is_hashed(name) && !tree.contains_key(name) && is_recent(since, options);
        if is_needed && copy_file(&old.join(name), &fresh.join(name), owner)? {
            list.files.insert(name.clone(), Some(since));
        }
    }
    remove_empty(fresh, &ours);
    let sums = sums::manifest(fresh, tree)?;
    let path = fresh.join(SUMS);
    fs::write(&path, sums.text())
        .and_then(|()| give(&path, owner))
        .map_err(io_error(&path))?;
    let path = fresh.join(MANIFEST);
    fs::write(&path, list.text())
        .and_then(|()| give(&path, owner))
        .map_err(io_error(&path))?;
    // The folder is replaced, but its permissions are kept.
    match fs::metadata(old) {
        Ok(data) => fs::set_permissions(fresh, data.permissions()).map_err(io_error(fresh)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(io_error(old)(error)),
    }?;
    Ok(sums)
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

/// Something in the old folder that is not ours.
enum Other {
    Folder(PathBuf),
    Link(PathBuf),
    File(PathBuf),
}

/// Everything in the old folder that mingbai did not create, paths from the folder. Nothing of it is opened.
///
/// # Errors
/// [`Unfit::Special`] for what cannot be carried over.
fn others(old: &Path, tree: &OutputTree, ours: &Manifest) -> Result<Vec<Other>, WriteError> {
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
            || tree.contains_key(&name)
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
    fn copy(&self, old: &Path, fresh: &Path) -> Result<(), WriteError> {
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
fn copy_file(from: &Path, to: &Path, owner: Owner) -> Result<bool, WriteError> {
    let Some(data) = fs::symlink_metadata(from).ok().filter(Metadata::is_file) else {
        return Ok(false);
    };
    let bytes = fs::read(from).map_err(io_error(from))?;
    write_file(to, &bytes, data.modified().ok())
        .and_then(|()| give(to, owner))
        .map_err(io_error(to))?;
    Ok(true)
}

fn write_file(path: &Path, bytes: &[u8], time: Option<SystemTime>) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    match time {
        Some(time) => file.set_modified(time),
        None => Ok(()),
    }
}

/// The time of the old file if it has the same bytes: browsers and servers then see that nothing changed.
fn time_if_same(old: &Path, bytes: &[u8]) -> Option<SystemTime> {
    let data = fs::symlink_metadata(old).ok()?;
    if !data.is_file() || data.len() != bytes.len() as u64 || fs::read(old).ok()? != bytes {
        return None;
    }
    data.modified().ok()
}

/// Numbers of user and group.
type Owner = Option<(u32, u32)>;

/// Who the new files must belong to, if not to whoever runs the program: the owner of the old folder.
///
/// # Errors
/// [`Unfit::OtherOwner`] if the files cannot be given to that user.
#[cfg(unix)]
fn owner(fresh: &Path, old: &Path) -> Result<Owner, WriteError> {
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

#[cfg(unix)]
fn owner_of(data: &Metadata) -> Owner {
    use std::os::unix::fs::MetadataExt;
    Some((data.uid(), data.gid()))
}

#[cfg(unix)]
fn give(path: &Path, owner: Owner) -> io::Result<()> {
    match owner {
        Some((user, group)) => std::os::unix::fs::lchown(path, Some(user), Some(group)),
        None => Ok(()),
    }
}

#[cfg(not(unix))]
fn owner(_: &Path, _: &Path) -> Result<Owner, WriteError> {
    Ok(None)
}

#[cfg(not(unix))]
fn owner_of(_: &Metadata) -> Owner {
    None
}

#[cfg(not(unix))]
fn give(_: &Path, _: Owner) -> io::Result<()> {
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
