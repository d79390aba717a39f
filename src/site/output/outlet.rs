//! Where finished files go, one at a time.
//!
//! Comes in: files, in any order and from any thread. Goes out: nothing (a run that only checks), the site in memory, or a
//! folder ([`Fresh`](super::Fresh)).

use std::sync::{Mutex, PoisonError};

use super::{OutputFile, OutputTree};

/// Takes finished files. Of two with one path, the later one stays.
pub trait Outlet: Sync {
    /// Takes a file.
    fn put(&self, path: String, file: OutputFile);
}

/// Keeps nothing: for a run that only checks.
#[derive(Debug)]
pub struct Nowhere;

impl Outlet for Nowhere {
    fn put(&self, _: String, _: OutputFile) {}
}

/// Keeps the whole site in memory.
#[derive(Debug, Default)]
pub struct Memory(Mutex<OutputTree>);

impl Memory {
    /// The site.
    pub fn into_tree(self) -> OutputTree {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Outlet for Memory {
    fn put(&self, path: String, file: OutputFile) {
        let mut tree = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        tree.insert(path, file);
    }
}
