//! The manifest: every file of a site with its size and SHA-256.
//!
//! Comes in: entries, or the text of a manifest. Goes out: the text, and the [`Difference`] between two manifests. The text
//! has the form of `sha256sum`, so that people can check a site without this program; lines that begin with `#` are
//! comments for it, and ours say how large a file is.

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::text::Bilingual;

/// The name of the manifest in the folder of a site.
pub const SUMS: &str = "SHA256SUMS";
/// The name of its signature.
pub const SIGNATURE: &str = "SHA256SUMS.minisig";
/// The list of the builder's files, which is not part of the site.
pub const LIST: &str = ".mingbai";
/// A manifest is at most this large: 500,000 files.
pub const LARGEST: u64 = 64 << 20;

const FIRST_LINE: &str = "# mingbai manifest 1";
const LARGEST_FILE: &str = "# largest file: ";
const MOVED: &str = "# moved: ";

/// What is known of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Its size in bytes; unknown in a manifest that was read.
    pub size: Option<u64>,
    /// Its SHA-256.
    pub sha256: [u8; 32],
}

impl Entry {
    /// The entry of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self {
            size: Some(bytes.len() as u64),
            sha256: Sha256::digest(bytes).into(),
        }
    }

    /// The hash as hexadecimal digits.
    pub fn hex(&self) -> String {
        HEXLOWER.encode(&self.sha256)
    }
}

/// Every file of a site, by path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manifest {
    /// From site path to what is known of the file.
    pub files: BTreeMap<String, Entry>,
    /// The size of the largest file in bytes.
    pub largest: u64,
    /// From former addresses to those that a server may redirect to.
    pub moved: BTreeMap<String, String>,
}

/// How what is there differs from a manifest.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    /// Files with other bytes.
    pub changed: Vec<String>,
    /// Files that the manifest does not have.
    pub added: Vec<String>,
    /// Files that are not there.
    pub removed: Vec<String>,
}

impl Difference {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.changed.is_empty() && self.added.is_empty() && self.removed.is_empty()
    }
}

impl Manifest {
    /// A manifest of these entries.
    pub fn new(files: BTreeMap<String, Entry>) -> Self {
        let largest = files.values().filter_map(|entry| entry.size).max();
        Self {
            files,
            largest: largest.unwrap_or(0),
            moved: BTreeMap::new(),
        }
    }

    /// The text: lines of `sha256sum`, in the order of the paths.
    pub fn text(&self) -> String {
        let mut text = format!("{FIRST_LINE}\n{LARGEST_FILE}{}\n", self.largest);
        for (from, to) in &self.moved {
            text.push_str(&format!("{MOVED}{from} {to}\n"));
        }
        for (path, entry) in &self.files {
            let (mark, path) = escaped(path);
            text.push_str(&format!("{mark}{}  {path}\n", entry.hex()));
        }
        text
    }

    /// Reads the text of a manifest.
    ///
    /// # Errors
    /// If a line is not one, a path leads out of the site, or a path is there twice.
    pub fn read(text: &str) -> Result<Self, Bilingual> {
        let mut manifest = Self::default();
        if text.lines().next() != Some(FIRST_LINE) {
            return Err(Bilingual::new(
                "不是 mingbai 生成的清单",
                "is not a manifest made by mingbai",
            ));
        }
        for (number, line) in text.lines().enumerate() {
            if let Some(size) = line.strip_prefix(LARGEST_FILE) {
                manifest.largest = size.parse().map_err(|_| bad_line(number))?;
            }
            if let Some((from, to)) = line
                .strip_prefix(MOVED)
                .and_then(|rest| rest.split_once(' '))
            {
                manifest.moved.insert(from.to_owned(), to.to_owned());
            }
            if line.starts_with('#') || line.is_empty() {
                continue;
            }
            let (path, entry) = entry(line).ok_or_else(|| bad_line(number))?;
            if manifest.files.insert(path, entry).is_some() {
                return Err(bad_line(number));
            }
        }
        Ok(manifest)
    }

    /// How `there` differs from this manifest.
    pub fn compare(&self, there: &Self) -> Difference {
        let mut difference = Difference::default();
        for (path, entry) in &self.files {
            match there.files.get(path) {
                None => difference.removed.push(path.clone()),
                Some(other) if other.sha256 != entry.sha256 => {
                    difference.changed.push(path.clone());
                }
                Some(_) => {}
            }
        }
        let added = there.files.keys();
        let added = added.filter(|path| !self.files.contains_key(*path));
        difference.added.extend(added.cloned());
        difference
    }
}

fn bad_line(number: usize) -> Bilingual {
    let number = number + 1;
    Bilingual::new(
        format!("清单第 {number} 行读不懂"),
        format!("line {number} of the manifest cannot be read"),
    )
}

/// A line `<hash>  <path>`.
fn entry(line: &str) -> Option<(String, Entry)> {
    let (is_escaped, line) = match line.strip_prefix('\\') {
        Some(rest) => (true, rest),
        None => (false, line),
    };
    let (hash, path) = line.split_once("  ")?;
    let sha256 = HEXLOWER.decode(hash.as_bytes()).ok()?.try_into().ok()?;
    let path = if is_escaped {
        unescaped(path)?
    } else {
        path.to_owned()
    };
    is_inside(&path).then_some((path, Entry { size: None, sha256 }))
}

/// Whether a path names a file below the folder.
fn is_inside(path: &str) -> bool {
    path.split('/')
        .all(|part| !part.is_empty() && part != "." && part != "..")
}

/// A path as `sha256sum` writes it: with a mark before the line if it has characters that would break the line.
fn escaped(path: &str) -> (&'static str, String) {
    if !path.contains(['\\', '\n', '\r']) {
        return ("", path.to_owned());
    }
    let path = path.replace('\\', "\\\\");
    ("\\", path.replace('\n', "\\n").replace('\r', "\\r"))
}

fn unescaped(path: &str) -> Option<String> {
    let mut out = String::new();
    let mut chars = path.chars();
    while let Some(c) = chars.next() {
        out.push(match c {
            '\\' => match chars.next()? {
                '\\' => '\\',
                'n' => '\n',
                'r' => '\r',
                _ => return None,
            },
            c => c,
        });
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(files: &[(&str, &str)]) -> Manifest {
        let files = files.iter();
        Manifest::new(
            files
                .map(|(path, text)| ((*path).to_owned(), Entry::of(text.as_bytes())))
                .collect(),
        )
    }

    #[test]
    fn a_manifest_has_the_form_of_sha256sum() {
        // The SHA-256 of nothing begins e3b0c442, that of "abc" ba7816bf (FIPS 180-2).
        let text = of(&[("a/b.html", "abc"), ("空.txt", ""), ("x\ny\\z", "")]).text();
        assert_eq!(
            text,
            "# mingbai manifest 1\n# largest file: 3\n\
             ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a/b.html\n\
             \\e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  x\\ny\\\\z\n\
             e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  空.txt\n"
        );
        let read = Manifest::read(&text).expect("our own text");
        assert_eq!(read.largest, 3);
        assert_eq!(
            read.files.keys().collect::<Vec<_>>(),
            ["a/b.html", "x\ny\\z", "空.txt"]
        );
    }

    #[test]
    fn lines_that_are_none_and_paths_that_lead_out_are_refused() {
        let hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        for line in [
            format!("{hash}  ../a"),
            format!("{hash}  /etc/passwd"),
            format!("{hash}  a//b"),
            format!("{hash}  a/./b"),
            format!("{hash} a"),
            format!("{}  a", &hash[1..]),
            format!("{}  a", hash.to_uppercase()),
            format!("\\{hash}  a\\x"),
            format!("{hash}  a\n{hash}  a"),
            "甲".to_owned(),
        ] {
            let text = format!("{FIRST_LINE}\n{line}\n");
            assert!(Manifest::read(&text).is_err(), "{line}");
        }
        assert!(Manifest::read("").is_err());
        assert!(Manifest::read(&format!("{hash}  a\n")).is_err());
    }

    #[test]
    fn what_differs_is_named() {
        let signed = of(&[("a", "1"), ("b", "2"), ("c", "3")]);
        let there = of(&[("a", "1"), ("b", "x"), ("d", "4")]);
        assert_eq!(
            signed.compare(&there),
            Difference {
                changed: vec!["b".into()],
                added: vec!["d".into()],
                removed: vec!["c".into()],
            }
        );
        assert!(signed.compare(&signed).is_empty());
    }
}
