//! The way out: every finished file is searched, compressed if the site wants that, and handed on.
//!
//! Comes in: finished files, in any order and from any thread. Goes out: the same files, to an [`Outlet`], and what is known
//! of them when all are out: their addresses, and what was found in them. Nothing else of a file is kept.

use std::sync::{Mutex, PoisonError};

use crate::assets::Asset;
use crate::diag::{Sink, SourceId};
use crate::gate::{Gate, Strays};
use crate::hosting;
use crate::output::{Outlet, OutputFile};
use crate::text::Bilingual;

/// The way out of a run.
pub struct Exit<'a> {
    gate: Gate<'a>,
    outlet: &'a dyn Outlet,
    /// Whether every file gets a compressed copy next to it.
    is_packed: bool,
    found: Mutex<Strays>,
    /// The addresses of what is not a page.
    others: Mutex<Vec<String>>,
}

impl<'a> Exit<'a> {
    /// The way through `gate` to `outlet`.
    pub fn new(gate: Gate<'a>, outlet: &'a dyn Outlet, is_packed: bool) -> Self {
        Self {
            gate,
            outlet,
            is_packed,
            found: Mutex::default(),
            others: Mutex::default(),
        }
    }

    /// A file that is not a page, and has an address of its own. Returns whether nothing was found in it that must be judged.
    pub fn other(&self, file: Asset) -> bool {
        self.note_other(&file.path);
        self.put(file.path, OutputFile::new(file.bytes, Vec::new()))
    }

    /// As [`Exit::other`], a file that is perhaps the one that the site before has at the path `before`, in which nothing was found:
    /// then it is not searched again.
    pub fn other_after(&self, file: Asset, before: Option<&str>) -> bool {
        let same = before.and_then(|path| self.outlet.before(path));
        let Some(bytes) = same.filter(|bytes| **bytes == file.bytes && !self.is_packed) else {
            return self.other(file);
        };
        self.note_other(&file.path);
        let file_before = OutputFile {
            bytes,
            inputs: Vec::new(),
            moved_to: None,
        };
        self.outlet.put(file.path, file_before);
        true
    }

    /// As [`Exit::keep`], a file that is not a page.
    pub fn keep_other(&self, path: &str) -> bool {
        let is_kept = self.keep(path, &[]);
        if is_kept {
            self.note_other(path);
        }
        is_kept
    }

    fn note_other(&self, path: &str) {
        let mut others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        others.push(path.to_owned());
    }

    /// Any file. Returns whether nothing was found in it that must be judged.
    pub fn put(&self, path: String, file: OutputFile) -> bool {
        let strays = self.gate.strays(&path, &file);
        let is_clean = strays.is_empty();
        if !is_clean {
            let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
            strays.into_iter().for_each(|stray| found.add(stray));
        }
        if self.is_packed
            && let Some(bytes) = hosting::packed(&path, &file.bytes)
        {
            let copy = OutputFile::new(bytes, file.inputs.clone());
            self.outlet.put(format!("{path}.gz"), copy);
        }
        self.outlet.put(path, file);
        is_clean
    }

    /// The file that the site before has at this path, in which nothing was found. False if that is not available.
    pub fn keep(&self, path: &str, inputs: &[SourceId]) -> bool {
        let copy = format!("{path}.gz");
        let had_copy = self.is_packed && self.outlet.had(&copy);
        (!had_copy || self.outlet.keep(&copy, inputs)) && self.outlet.keep(path, inputs)
    }

    /// The addresses of what is not a page, so far, in no order.
    pub fn others(&self) -> Vec<String> {
        let others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        others.clone()
    }

    /// Reports what must not go out. Returns what was approved, a line each.
    ///
    /// # Diagnostics
    /// MB0220, MB0232; MB0233 for approvals that were not used, MB0719 for the others.
    pub fn finish(&self, sink: &mut Sink) -> Vec<Bilingual> {
        let found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        self.gate.judge(&found, sink)
    }
}
