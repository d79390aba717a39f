//! Stand-in for the JSON Schemas of source files, until they are made here: there are none yet, so that no file names
//! one.

/// The schemas by file name, for the folder `.schemas/` of a site.
pub fn all() -> Vec<(String, String)> {
    Vec::new()
}

/// The first line of a file of a kind (`notice`, `schedule`, `pilot-list`, `assessment`, `check`, `site`, `topics`): which
/// schema an editor checks it with. Empty, or ended with a line break.
pub fn modeline(_kind: &str) -> String {
    String::new()
}
