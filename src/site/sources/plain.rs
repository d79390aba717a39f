//! Plain files: what is listed and read is a file of its own, whole, and nothing else.
//!
//! Comes in: a path in the site folder. Goes out: its bytes as they are at rest, or what is there instead of a plain file.
//! Links are never followed, and pipes, sockets and devices are never opened for reading. A file that is saved while it is read is read again.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read as _};
use std::path::Path;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use super::bounds::Over;
use crate::diag::{Diagnostic, SourceId, Span, codes};
use crate::text::visible_name;
use mingbai_forms::limits::Limits;

/// How often a file is read that changes meanwhile.
const ATTEMPTS: u32 = 20;
/// The time between two attempts.
const MOMENT: Duration = Duration::from_millis(25);

/// The properties that show whether a file has changed since it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    modified: Option<SystemTime>,
    /// When anything of it was changed last, in seconds and nanoseconds, where the system says so: that cannot be set back.
    changed: (i64, i64),
    /// In bytes.
    pub size: u64,
    /// Device and number of the file, where the system has them: a saved file may be a new one.
    number: (u64, u64),
}

/// What is at a path instead of a plain file that may be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotPlain {
    /// A symbolic link, and where it leads.
    Link(String),
    /// A file with several names, of which others may be anywhere.
    HardLink,
    Pipe,
    Socket,
    Device,
    /// A file with which a limit of the site is over, and what was counted.
    Over(Limits, Over),
}

impl Stamp {
    /// Whether it was changed last before a time, in seconds and nanoseconds since 1970. False where that is not known.
    pub fn is_before(&self, time: (i64, i64)) -> bool {
        self.changed < time
    }

    fn of(data: &Metadata) -> Self {
        Self {
            modified: data.modified().ok(),
            changed: changed(data),
            size: data.len(),
            number: number(data),
        }
    }
}

#[cfg(unix)]
fn changed(data: &Metadata) -> (i64, i64) {
    use std::os::unix::fs::MetadataExt;
    (data.ctime(), data.ctime_nsec())
}

#[cfg(not(unix))]
fn changed(_: &Metadata) -> (i64, i64) {
    (i64::MAX, 0)
}

#[cfg(unix)]
fn number(data: &Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt;
    (data.dev(), data.ino())
}

#[cfg(not(unix))]
fn number(_: &Metadata) -> (u64, u64) {
    (0, 0)
}

/// What is at `path`: the stamp of a plain file, nothing for a folder, or what is there instead.
///
/// # Errors
/// If the system does not tell.
pub fn look(path: &Path) -> io::Result<Option<Result<Stamp, NotPlain>>> {
    let data = fs::symlink_metadata(path)?;
    if data.is_dir() {
        return Ok(None);
    }
    Ok(Some(match other(&data) {
        Some(NotPlain::Link(_)) => {
            let target = fs::read_link(path)?;
            Err(NotPlain::Link(target.to_string_lossy().into_owned()))
        }
        Some(other) => Err(other),
        None => Ok(Stamp::of(&data)),
    }))
}

/// Why this is not a plain file.
#[cfg(unix)]
fn other(data: &Metadata) -> Option<NotPlain> {
    use std::os::unix::fs::{FileTypeExt, MetadataExt};
    let kind = data.file_type();
    if kind.is_symlink() {
        Some(NotPlain::Link(String::new()))
    } else if kind.is_fifo() {
        Some(NotPlain::Pipe)
    } else if kind.is_socket() {
        Some(NotPlain::Socket)
    } else if !kind.is_file() {
        Some(NotPlain::Device)
    } else {
        (data.nlink() > 1).then_some(NotPlain::HardLink)
    }
}

#[cfg(not(unix))]
fn other(data: &Metadata) -> Option<NotPlain> {
    data.is_symlink().then(|| NotPlain::Link(String::new()))
}

/// Reads a plain file as it is at rest: size, time and number are the same before and after.
///
/// # Errors
/// If the file cannot be read, or does not come to rest.
pub fn read(path: &Path) -> io::Result<Result<(Stamp, Vec<u8>), NotPlain>> {
    for _ in 0..ATTEMPTS {
        if let Some(Err(other)) = look(path)? {
            return Ok(Err(other));
        }
        let mut file = open(path)?;
        let data = file.metadata()?;
        if let Some(other) = other(&data) {
            return Ok(Err(other));
        }
        let before = Stamp::of(&data);
        let mut bytes = Vec::with_capacity(usize::try_from(before.size).unwrap_or_default());
        file.read_to_end(&mut bytes)?;
        let after = look(path)?;
        if after == Some(Ok(before)) && bytes.len() as u64 == before.size {
            return Ok(Ok((before, bytes)));
        }
        std::thread::sleep(MOMENT);
    }
    Err(io::Error::other(
        "the file changes all the time and could not be read whole",
    ))
}

/// Opens a file, never a link, and never waits for the other end of a pipe.
#[cfg(unix)]
fn open(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
    OpenOptions::new()
        .read(true)
        .custom_flags(i32::try_from(flags.bits()).unwrap_or_default())
        .open(path)
}

#[cfg(not(unix))]
fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).open(path)
}

impl NotPlain {
    /// The diagnostic for its place.
    ///
    /// # Diagnostics
    /// MB0111, MB0115.
    pub fn report(&self, id: SourceId) -> Diagnostic {
        let copy = (
            "复制一份真正的文件放在这里；不公开的，移到别处",
            "put a copy of the file here; if it is not for the site, move it away",
        );
        let gone = (
            "移到 content、data、themes 以外",
            "move it out of content, data and themes",
        );
        let (zh, en, hint) = match self {
            Self::Over(limits, (limit, count)) => {
                return limits.over(*limit, *count, Span::new(id, 0..0));
            }
            Self::Link(target) => (
                format!(
                    "这是一个链接（指向 {}），不是文件；链接一律不读",
                    visible_name(target)
                ),
                format!(
                    "this is a link to {}, not a file; links are never followed",
                    visible_name(target)
                ),
                copy,
            ),
            Self::HardLink => (
                "这个文件在别处还有一个名字（硬链接），不读".to_owned(),
                "this file has another name elsewhere (a hard link) and is not read".to_owned(),
                copy,
            ),
            Self::Pipe => (
                "这是一个管道，不是文件".to_owned(),
                "this is a pipe, not a file".to_owned(),
                gone,
            ),
            Self::Socket => (
                "这是一个套接字，不是文件".to_owned(),
                "this is a socket, not a file".to_owned(),
                gone,
            ),
            Self::Device => (
                "这是一个设备，不是文件".to_owned(),
                "this is a device, not a file".to_owned(),
                gone,
            ),
        };
        Diagnostic::new(&codes::NOT_PLAIN, Span::new(id, 0..0), zh, en).hint(hint.0, hint.1)
    }
}
