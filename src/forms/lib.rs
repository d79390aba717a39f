//! Forms: what people write, read as written.
//!
//! Comes in: text of YAML and the head of Markdown files. Goes out: values with their places, opened by a shape that says
//! what may stand in them, and dates with their bounds. Knows no notice, no county and no file of a site.

pub mod cite;
pub mod date;
pub mod decode;
mod front_matter;
pub mod keys;
pub mod shape;
pub mod spreadsheet;
pub mod yaml;

pub use cite::{Citation, Cite, ClauseId, DocumentId};
pub use front_matter::{FrontMatter, split};

use mingbai_text as text;
use mingbai_text::diag;
