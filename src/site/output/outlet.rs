//! Where finished files go, one at a time.
//!
//! Comes in: files, in any order and from any thread. Goes out: nothing (a run that only checks), the site in memory, or a
//! folder ([`Fresh`](super::Fresh)).

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{OutputFile, OutputTree};
use crate::diag::SourceId;

/// Takes finished files. Of two with one path, the later one stays.
pub trait Outlet: Sync {
    /// Takes a file.
    fn put(&self, path: String, file: OutputFile);

    /// Whether the site before has a file at this path.
    fn had(&self, _path: &str) -> bool {
        false
    }

    /// The bytes that the site before has at this path, if they are at hand.
    fn before(&self, _path: &str) -> Option<Arc<Vec<u8>>> {
        None
    }

    /// Takes the file that the site before has at this path, with the sources that it is made from now. False if that is not
    /// available: then it must be put.
    fn keep(&self, _path: &str, _inputs: &[SourceId]) -> bool {
        false
    }
}

/// Keeps nothing: for a run that only checks.
#[derive(Debug)]
pub struct Nowhere;

impl Outlet for Nowhere {
    fn put(&self, _: String, _: OutputFile) {}
}

/// Keeps the whole site in memory.
#[derive(Debug, Default)]
pub struct Memory {
    tree: Mutex<OutputTree>,
    /// The site before.
    before: Arc<OutputTree>,
}

impl Memory {
    /// A site that may keep files of the one before.
    pub fn after(before: Arc<OutputTree>) -> Self {
        Self {
            tree: Mutex::default(),
            before,
        }
    }

    fn tree(&self) -> MutexGuard<'_, OutputTree> {
        self.tree.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The site.
    pub fn into_tree(self) -> OutputTree {
        self.tree
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Outlet for Memory {
    fn put(&self, path: String, file: OutputFile) {
        self.tree().insert(path, file);
    }

    fn had(&self, path: &str) -> bool {
        self.before.contains_key(path)
    }

    fn before(&self, path: &str) -> Option<Arc<Vec<u8>>> {
        Some(self.before.get(path)?.bytes.clone())
    }

    fn keep(&self, path: &str, inputs: &[SourceId]) -> bool {
        let Some(file) = self.before.get(path) else {
            return false;
        };
        let file = OutputFile {
            bytes: file.bytes.clone(),
            inputs: inputs.to_vec(),
            moved_to: file.moved_to.clone(),
        };
        self.tree().insert(path.to_owned(), file);
        true
    }
}
