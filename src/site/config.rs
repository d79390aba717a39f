//! Configuration of a run: what was asked for, resolved. `today` and the base address are inputs like any other.

use std::path::PathBuf;

use jiff::civil::Date;

/// What a build is made with.
#[derive(Debug, Clone)]
pub struct Config {
    /// The day by which states (受理中, 已结束 …) are told.
    pub today: Date,
    /// Replaces the base address of `data/site.yaml`; ends with `/`.
    pub base_url: Option<String>,
    /// Whether advice is wanted beyond errors and warnings (`check`).
    pub advice: bool,
}

/// Where a build reads and writes.
#[derive(Debug, Clone)]
pub struct Folders {
    pub site: PathBuf,
    pub out: PathBuf,
}
