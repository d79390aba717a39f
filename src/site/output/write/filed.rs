//! What is kept of a file that was written: enough for the manifest and the record.
//!
//! Comes in: a file. Goes out: a [`Filed`].

use mingbai_published::manifest::Entry;

use crate::diag::SourceId;
use crate::output::OutputFile;

/// What is kept of a file that was written.
pub(super) struct Filed {
    pub(super) entry: Entry,
    /// For a page that only leads to another one: that page.
    pub(super) moved_to: Option<String>,
    pub(super) inputs: Runs,
}

/// Numbers of sources, ascending, as the first and last of each run: a list of the whole country is one run.
pub(super) struct Runs(Box<[(SourceId, SourceId)]>);

impl Runs {
    /// The runs of ascending numbers.
    pub(super) fn of(inputs: &[SourceId]) -> Self {
        let mut runs: Vec<(SourceId, SourceId)> = Vec::new();
        for id in inputs {
            match runs.last_mut() {
                Some((_, last)) if last.0.checked_add(1) == Some(id.0) => *last = *id,
                _ => runs.push((*id, *id)),
            }
        }
        Self(runs.into())
    }

    /// The numbers, ascending.
    pub(super) fn iter(&self) -> impl Iterator<Item = SourceId> {
        self.0
            .iter()
            .flat_map(|(first, last)| (first.0..=last.0).map(SourceId))
    }
}

impl Filed {
    /// What is kept of this file.
    pub(super) fn of(file: OutputFile) -> Self {
        Self {
            entry: Entry::of(&file.bytes),
            moved_to: file.moved_to,
            inputs: Runs::of(&file.inputs),
        }
    }
}
