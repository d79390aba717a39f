//! The configuration of a run, resolved from the command line. `today` and the base address are inputs like any
//! other. The clock and the environment are read elsewhere.

use std::path::PathBuf;

use jiff::civil::Date;

pub use mingbai_forms::BaseUrl;

use crate::part::Part;

/// The settings of a build.
#[derive(Debug, Clone)]
pub struct Config {
    /// The day that states (受理中, 已结束 …) refer to.
    pub today: Date,
    /// Replaces the base address of `data/site.yaml`.
    pub base_url: Option<BaseUrl>,
    /// Whether to give advice in addition to errors and warnings (`check`).
    pub advice: bool,
    /// Whether files with open 待核 may be built, marked as drafts; otherwise they are errors.
    pub draft: bool,
    /// Which part of the pages and files is made; none for all of them.
    pub part: Option<Part>,
}

impl Config {
    /// Whether a page or file is made in this run.
    pub fn makes(&self, path: &str) -> bool {
        self.part.is_none_or(|part| part.has(path))
    }
}

/// The folders that a build reads and writes.
#[derive(Debug, Clone)]
pub struct Folders {
    pub site: PathBuf,
    pub out: PathBuf,
}
