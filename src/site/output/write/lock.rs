//! One build at a time: a lock next to the site, which says who holds it and since when.
//!
//! Comes in: a place, and how long to wait. Goes out: a [`Lock`], which ends when it is dropped or the process ends. Where
//! files cannot be locked (some network drives), no build waits, and one of two builds at once fails.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::error::{WriteError, io_error};
use super::holder::Holder;
use super::place::Place;

/// How often to look whether the lock is free.
const MOMENT: Duration = Duration::from_millis(50);

/// The lock of a place.
pub(super) struct Lock {
    path: PathBuf,
    _file: File,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // A lock file that stays does no harm: nobody holds it.
        fs::remove_file(&self.path).unwrap_or_default();
    }
}

/// Waits for the lock of a place, at most `wait`; `held` is called once with whoever holds it.
///
/// # Errors
/// [`WriteError::Locked`] if it was not free in that time, or an I/O error.
pub(super) fn take(
    place: &Place,
    user: &str,
    wait: Duration,
    held: &dyn Fn(&Holder),
) -> Result<Option<Lock>, WriteError> {
    let path = place.shared("lock");
    let mut waited = Duration::ZERO;
    let mut is_reported = false;
    loop {
        let mut file = open(&path).map_err(io_error(&path))?;
        match file.try_lock() {
            // Whoever held it before has removed the file: a new one is the lock.
            Ok(()) if !is_at(&file, &path) => continue,
            Ok(()) => {
                // Only for the words of others.
                sign(&mut file, user).unwrap_or_default();
                return Ok(Some(Lock { path, _file: file }));
            }
            Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(_)) => {
                fs::remove_file(&path).unwrap_or_default();
                return Ok(None);
            }
        }
        let holder = holder(&mut file);
        if waited >= wait {
            return Err(WriteError::Locked {
                path: place.target.clone(),
                holder,
            });
        }
        // A build that is just beginning has not signed yet.
        if !is_reported && (holder.has_signed() || waited > MOMENT) {
            held(&holder);
            is_reported = true;
        }
        std::thread::sleep(MOMENT);
        waited += MOMENT;
    }
}

/// Opens or makes the lock file. One that another user made can be locked without being written.
fn open(path: &Path) -> std::io::Result<File> {
    let made = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(path);
    made.or_else(|error| File::open(path).map_err(|_| error))
}

#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(held), Ok(there)) => (held.dev(), held.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

fn sign(file: &mut File, user: &str) -> std::io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    file.write_all(Holder::sign(user).as_bytes())
}

fn holder(file: &mut File) -> Holder {
    let mut text = String::new();
    file.read_to_string(&mut text).unwrap_or_default();
    let since = file.metadata().and_then(|data| data.modified()).ok();
    Holder::read(&text, since)
}
