//! A new file, and what its kinds share.
//!
//! Comes in: answers. Goes out: [`NewFile`] and lines of it. It writes nothing to disk.

use crate::written::list;

/// A file to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// Path in the site folder, with `/`.
    pub path: String,
    pub text: String,
}

/// The line of the topics, or how it would be written.
pub(super) fn topics_line(topics: &[String]) -> String {
    if topics.is_empty() {
        "# topics: [受理安排]".to_owned()
    } else {
        format!("topics: {}", list(topics))
    }
}
