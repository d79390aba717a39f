//! One build at a time: a lock next to the site, which says who holds it and since when.
//!
//! Comes in: a place, and how long to wait. Goes out: a [`Lock`], which ends when it is dropped or the process ends. Where
//! files cannot be locked (some network drives), no build waits, and one of two builds at once fails.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use jiff::Timestamp;

use super::error::{WriteError, io_error};
use super::place::Place;
use crate::text::{Bilingual, visible_name};

/// How often to look whether the lock is free.
const MOMENT: Duration = Duration::from_millis(50);

/// Who holds a lock.
#[derive(Debug, Clone)]
pub struct Holder {
    process: Option<u32>,
    user: String,
    since: Option<SystemTime>,
}

impl Holder {
    /// Who writes to the folder now.
    pub fn words(&self) -> Bilingual {
        let (mut zh, mut en) = (Vec::new(), Vec::new());
        if let Some(process) = self.process {
            zh.push(format!("进程 {process}"));
            en.push(format!("process {process}"));
        }
        if !self.user.is_empty() {
            let user = visible_name(&self.user);
            zh.push(format!("用户 {user}"));
            en.push(format!("user {user}"));
        }
        if let Some(since) = self.since.and_then(beijing_time) {
            zh.push(format!("{since} 开始"));
            en.push(format!("since {since}"));
        }
        Bilingual::new(
            format!("另一次生成正在写这个文件夹（{}）", zh.join("，")),
            format!(
                "another build is writing to this folder ({})",
                en.join(", ")
            ),
        )
    }
}

/// `2026-11-29 10:22:01`, in Beijing.
pub(super) fn beijing_time(time: SystemTime) -> Option<String> {
    let time = Timestamp::try_from(time).ok()?;
    let time = jiff::tz::offset(8).to_datetime(time);
    Some(time.strftime("%Y-%m-%d %H:%M:%S").to_string())
}

/// The lock of a place.
pub(super) struct Lock {
    path: PathBuf,
    _file: File,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // A lock file that stays is no harm: nobody holds it.
        fs::remove_file(&self.path).unwrap_or_default();
    }
}

/// Waits for the lock of a place, at most `wait`; `held` is told once who holds it.
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
    let mut is_told = false;
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
        if !is_told && (holder.process.is_some() || waited > MOMENT) {
            held(&holder);
            is_told = true;
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
    writeln!(file, "{}\n{user}", std::process::id())
}

fn holder(file: &mut File) -> Holder {
    let mut text = String::new();
    file.read_to_string(&mut text).unwrap_or_default();
    let mut lines = text.lines();
    Holder {
        process: lines.next().and_then(|line| line.parse().ok()),
        user: lines.next().unwrap_or_default().to_owned(),
        since: file.metadata().and_then(|data| data.modified()).ok(),
    }
}
