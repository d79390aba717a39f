//! A build that has nothing to do: it is asked what the last one was asked, its sources are the same, and so are the files of the site.
//!
//! Comes in: what a build is asked. Goes out: the words of the last one, which are its own. Whatever may change a byte or a word is a
//! part of [`asked`], or is a source.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::voice::Voice;
use super::{CheckArgs, ReportFormat};
use crate::config::Config;
use crate::output::{self, Same};
use crate::sources::Snapshot;
use crate::text::Bilingual;

/// How much older a file must be than the time at which it is read, in nanoseconds: disks tell the time in steps.
const STEP: i64 = 100_000_000;

/// What is said of a site that was written.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Words {
    /// Warnings, as they are printed.
    pub problems: String,
    /// What is said of self-checks.
    pub checks: String,
    /// What was approved, in Chinese and in English.
    approved: Vec<(String, String)>,
}

impl Words {
    /// The words of a run.
    pub fn new(problems: String, checks: String, approved: &[Bilingual]) -> Self {
        let approved = approved.iter();
        let approved = approved.map(|words| (words.zh.clone(), words.en.clone()));
        Self {
            problems,
            checks,
            approved: approved.collect(),
        }
    }

    /// What was approved.
    pub fn approved(&self) -> Vec<Bilingual> {
        let approved = self.approved.iter();
        let approved = approved.map(|(zh, en)| Bilingual::new(zh.clone(), en.clone()));
        approved.collect()
    }
}

/// What a build notes of itself.
#[derive(Debug, Serialize, Deserialize)]
struct Note {
    snapshot: Snapshot,
    words: Words,
}

/// What a build is asked, the program and the form of its words included; `write` is how it writes.
pub(super) fn asked(
    args: &CheckArgs,
    config: &Config,
    write: &str,
    program: &str,
    voice: Voice,
) -> String {
    let format = match args.format {
        ReportFormat::Text => format!("{:?}", voice.format()),
        other => format!("{other:?}"),
    };
    format!("{program}\n{config:?}\n{write}\n{:?}\n{format}", args.site)
}

/// The words of the last build, if it was asked the same and nothing has changed since.
pub(super) fn find(target: &Path, asked: &str, site: &Path) -> Option<Words> {
    let note = output::unchanged(target, asked)?;
    let note: Note = postcard::from_bytes(&note).ok()?;
    note.snapshot.is_current(site).then_some(note.words)
}

/// What a build notes for the next one; `began` is when it began to read, in seconds and nanoseconds since 1970. Nothing if a file was
/// changed so shortly before that a later change could not be seen.
pub(super) fn note(
    asked: String,
    snapshot: Snapshot,
    began: (i64, i64),
    words: Words,
) -> Option<Same> {
    let before = match began {
        (seconds, nanoseconds) if nanoseconds < STEP => (seconds - 1, nanoseconds + 900_000_000),
        (seconds, nanoseconds) => (seconds, nanoseconds - STEP),
    };
    let is_certain = snapshot.is_older_than(before);
    let note = Note { snapshot, words };
    let note = postcard::to_stdvec(&note).ok().filter(|_| is_certain)?;
    Some(Same { asked, note })
}
