//! A file of ours next to the site, which is never needed: one that is damaged, or cannot be read, is as good as none.
//!
//! Comes in: bytes. Goes out: the same bytes to the next build, and when they were written.

use std::fs::{self, File, Metadata};
use std::io::{self, Read as _, Write as _};

use sha2::{Digest, Sha256};

use super::place::Place;

/// The largest file that is read or written, in bytes.
const LARGEST: u64 = 512 << 20;
/// Bytes of a SHA-256.
const HASH: usize = 32;

/// When a file was last changed in any way: seconds and nanoseconds. It cannot be set back.
pub(super) type Changed = (i64, i64);

/// When a file was last changed.
#[cfg(unix)]
pub(super) fn changed(data: &Metadata) -> Changed {
    use std::os::unix::fs::MetadataExt as _;
    (data.ctime(), data.ctime_nsec())
}

/// Where this cannot be known, every file was changed just now.
#[cfg(not(unix))]
pub(super) fn changed(_: &Metadata) -> Changed {
    (i64::MAX, 0)
}

/// The bytes of the file of this name, and when they were written; nothing if they are not as they were written.
pub(super) fn read(place: &Place, name: &str) -> Option<(Vec<u8>, Changed)> {
    let path = place.shared(name);
    let data = fs::symlink_metadata(&path).ok()?;
    if !data.is_file() || data.len() > LARGEST {
        return None;
    }
    let mut hash = [0; HASH];
    let mut bytes = Vec::new();
    let mut file = File::open(&path).ok()?.take(LARGEST);
    file.read_exact(&mut hash).ok()?;
    file.read_to_end(&mut bytes).ok()?;
    (Sha256::digest(&bytes)[..] == hash).then(|| (bytes, changed(&data)))
}

/// Writes the file of this name in one step. None is left if there is too much.
///
/// # Errors
/// If it cannot be written.
pub(super) fn write(place: &Place, name: &str, bytes: &[u8]) -> io::Result<()> {
    if bytes.len() as u64 > LARGEST / 2 {
        return forget(place, name);
    }
    let fresh = place.own(name);
    let mut file = File::create(&fresh)?;
    file.write_all(&Sha256::digest(bytes))?;
    file.write_all(bytes)?;
    drop(file);
    let written = fs::rename(&fresh, place.shared(name));
    if written.is_err() {
        fs::remove_file(&fresh)?;
    }
    written
}

/// Removes the file of this name, if there is one.
///
/// # Errors
/// If it cannot be removed.
pub(super) fn forget(place: &Place, name: &str) -> io::Result<()> {
    match fs::remove_file(place.shared(name)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
