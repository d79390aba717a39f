//! The source files of the desk: read as they are now, written in one step, and what they were before.
//!
//! Comes in: paths below `content/` and `data/`. Goes out: texts with their versions. A text that was shown is remembered for a
//! while, so that what somebody else changed meanwhile can be distinguished from what the form changed.

use std::collections::{HashMap, VecDeque};
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::super::version;
use crate::output::{self, WriteError};
use crate::sources::read_bytes;

/// As many texts are remembered.
const MOST: usize = 200;

/// A text and its version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    pub text: String,
    pub version: String,
}

/// The source files of a site.
pub struct Store {
    site: PathBuf,
    memory: Mutex<Memory>,
}

#[derive(Default)]
struct Memory {
    /// Texts by version, as they were shown.
    shown: HashMap<String, String>,
    order: VecDeque<String>,
    /// Of each file: what a save replaced, and what it wrote.
    before: HashMap<String, Vec<(String, String)>>,
}

impl Store {
    /// The files of the site folder `site`.
    pub fn new(site: PathBuf) -> Self {
        Self {
            site,
            memory: Mutex::default(),
        }
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        // Nothing that holds the lock leaves it half changed.
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a path may be read and written here.
    fn place(&self, path: &str) -> Option<PathBuf> {
        let is_ours = path.starts_with("content/") || path.starts_with("data/");
        let is_kind = path.ends_with(".md") || path.ends_with(".yaml");
        let is_plain = path
            .split('/')
            .all(|part| !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', ':']));
        (is_ours && is_kind && is_plain).then(|| self.site.join(path))
    }

    /// The text of a file as it is on disk, with its line ends and its mark of byte order. Nothing if it is not text, or ends lines
    /// as nobody has for thirty years.
    pub fn read(&self, path: &str) -> Option<Text> {
        let text = String::from_utf8(read_bytes(&self.place(path)?).ok()?).ok()?;
        if text.replace("\r\n", "\n").contains('\r') {
            return None;
        }
        let version = version(text.as_bytes());
        let mut memory = self.memory();
        if memory.shown.insert(version.clone(), text.clone()).is_none() {
            memory.order.push_back(version.clone());
            if memory.order.len() > MOST
                && let Some(oldest) = memory.order.pop_front()
            {
                memory.shown.remove(&oldest);
            }
        }
        Some(Text { text, version })
    }

    /// A text that was shown under this version.
    pub fn shown(&self, version: &str) -> Option<String> {
        self.memory().shown.get(version).cloned()
    }

    /// Writes a file in one step, in place of the text `old`.
    ///
    /// # Errors
    /// If the disk refuses, or the path is not one of a source.
    pub fn write(&self, path: &str, old: &str, new: &str) -> Result<(), Option<WriteError>> {
        let place = self.place(path).ok_or(None)?;
        // Somebody may have saved since it was read.
        if read_bytes(&place).ok().as_deref() != Some(old.as_bytes()) {
            return Err(None);
        }
        output::replace(&place, new.as_bytes()).map_err(Some)?;
        let mut memory = self.memory();
        let before = memory.before.entry(path.to_owned()).or_default();
        before.push((old.to_owned(), new.to_owned()));
        Ok(())
    }

    /// Writes a file that is not there yet.
    ///
    /// # Errors
    /// If it is there, or as [`Store::write`].
    pub fn create(&self, path: &str, text: &str) -> Result<(), Option<WriteError>> {
        let place = self.place(path).ok_or(None)?;
        output::write_new(&place, text.as_bytes()).map_err(Some)
    }

    /// Takes a file away. Whether it is gone.
    pub fn remove(&self, path: &str) -> bool {
        self.place(path)
            .is_some_and(|place| output::remove(&place).is_ok())
    }

    /// Whether the last save of a file can be taken back: the file is still as it was written.
    pub fn can_undo(&self, path: &str, now: &str) -> bool {
        let memory = self.memory();
        memory
            .before
            .get(path)
            .and_then(|saves| saves.last())
            .is_some_and(|(_, new)| new == now)
    }

    /// Takes the last save of a file back.
    pub fn undo(&self, path: &str) -> bool {
        let Some(now) = self.read(path) else {
            return false;
        };
        if !self.can_undo(path, &now.text) {
            return false;
        }
        let last = self.memory().before.get_mut(path).and_then(Vec::pop);
        let (Some((old, _)), Some(place)) = (last, self.place(path)) else {
            return false;
        };
        output::replace(&place, old.as_bytes()).is_ok()
    }
}
