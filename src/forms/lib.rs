//! Forms: the values that people write in source files, read as written.
//!
//! Comes in: the text of YAML files and the front matter of Markdown files. Goes out: values with their spans,
//! decoded by a shape that says which keys a mapping may have, and dates with their bounds. This crate knows no
//! notices, no counties and no files.

#![forbid(unsafe_code)]

mod address;
mod checked;
pub mod cite;
pub mod date;
pub mod decode;
pub mod entries;
mod front_matter;
pub mod keys;
pub mod limits;
pub mod shape;
pub mod signs;
pub mod spreadsheet;
pub mod state;
pub mod yaml;

pub use address::BaseUrl;
pub use checked::{Checked, checked};
pub use cite::{Citation, Cite, ClauseId, DocumentId, Missing, Unstated, WHOLE};
pub use front_matter::{FrontMatter, split};

use mingbai_text as text;
use mingbai_text::diag;
