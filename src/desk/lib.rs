//! The county desk: what helps people write sources.
//!
//! Comes in: answers, office documents, tables. Goes out: texts of source files. It judges nothing that the
//! build judges; what it is not sure of it marks in the file and reports. Nothing here prints or asks.

#![forbid(unsafe_code)]

pub mod annex;
pub mod bytes;
pub mod edit;
pub mod import;
pub mod init;
pub mod new;
mod part_path;
pub mod places;
pub mod remark;
pub mod schema;
pub mod table;
mod template;
pub mod theme;
mod words;
pub mod written;

use mingbai_forms as forms;
use mingbai_site::{approvals, evidence, link, lints, model, rules, search, sources};
use mingbai_text as text;
use mingbai_text::diag;
