//! Golden texts: what the program says, compared with files that people have read.
//!
//! Comes in: the path of a file or folder in the repository, and what was made now. Goes out: the lines that differ, or
//! nothing. With `MINGBAI_BLESS=1` the files are written instead; never where `CI` is set.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Whether this run writes expectations instead of comparing them.
fn blessing() -> bool {
    let bless = std::env::var_os("MINGBAI_BLESS").is_some_and(|value| value == "1");
    assert!(
        !(bless && std::env::var_os("CI").is_some()),
        "expected texts are read by people, not written by continuous integration"
    );
    bless
}

/// Compares a text with a file, or writes it there; what differs.
pub fn compare(path: &Path, text: &str) -> Option<String> {
    if blessing() {
        write(path, text);
        return None;
    }
    let known = fs::read_to_string(path).unwrap_or_default();
    (known != text).then(|| format!("{}\n{}", path.display(), difference(&known, text)))
}

/// Compares texts with the files below a folder, or makes the folder hold just these; what differs.
pub fn compare_folder(folder: &Path, texts: &BTreeMap<String, String>) -> Vec<String> {
    if blessing() {
        if folder.exists() {
            fs::remove_dir_all(folder).expect("the old expectations go");
        }
        for (name, text) in texts {
            write(&folder.join(name), text);
        }
        return Vec::new();
    }
    let known = if folder.exists() {
        super::files(folder)
    } else {
        BTreeMap::new()
    };
    let gone = known.keys().filter(|name| !texts.contains_key(*name));
    let mut out: Vec<String> = gone
        .map(|name| format!("{} was not made", folder.join(name).display()))
        .collect();
    out.extend(
        texts
            .iter()
            .filter_map(|(name, text)| compare(&folder.join(name), text)),
    );
    out
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a new folder");
    fs::write(path, text).expect("a file that can be written");
}

/// The lines that only one of two texts has.
fn difference(known: &str, text: &str) -> String {
    let before: BTreeSet<&str> = known.lines().collect();
    let after: BTreeSet<&str> = text.lines().collect();
    let gone = known.lines().filter(|line| !after.contains(line));
    let new = text.lines().filter(|line| !before.contains(line));
    let mut out: Vec<String> = gone.map(|line| format!("- {line}")).collect();
    out.extend(new.map(|line| format!("+ {line}")));
    if out.is_empty() {
        out.push("the same lines in another order, or other line breaks".into());
    }
    out.join("\n")
}
