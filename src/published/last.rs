//! The last publication, kept with the sources: what was sent, so that the next one can say in facts what changed since.
//!
//! Comes in: a site folder and the site that was sent. Goes out: a hidden folder with the open data of the site (linked, not copied, where
//! the disk can do that), its manifest, and the sources from which it was built, each with its SHA-256. This file opens the disk.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::facts;
use crate::manifest::{Entry, Manifest, SUMS};
use crate::text::Bilingual;

/// In the site folder. Without it the next publication is compared with the last build.
pub const FOLDER: &str = ".published";
/// While it is written.
const NEW: &str = ".published.mingbai-new";
/// Below [`FOLDER`]: the site.
const SITE: &str = "site";
/// Below [`FOLDER`]: a line for each source.
const SOURCES: &str = "sources.txt";

/// Keeps what was sent: the built site at `out`, made of `sources` (text by path).
///
/// # Errors
/// If a file cannot be written.
pub fn keep<'s>(
    site: &Path,
    out: &Path,
    manifest: &Manifest,
    sources: impl Iterator<Item = (&'s str, &'s [u8])>,
) -> Result<(), Bilingual> {
    let (new, last) = (site.join(NEW), site.join(FOLDER));
    let at = |path: &Path, error: io::Error| Bilingual::of_io(&error).at(path.display());
    let removed = |path: &Path| match fs::remove_dir_all(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(at(path, error)),
        _ => Ok(()),
    };
    removed(&new)?;
    let facts = manifest.files.keys().filter(|path| facts::is_read(path));
    for path in facts {
        let (from, to) = (out.join(path), new.join(SITE).join(path));
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder).map_err(|error| at(folder, error))?;
        }
        // A build replaces files and never writes into them, so that a link keeps what was sent.
        fs::hard_link(&from, &to)
            .or_else(|_| fs::copy(&from, &to).map(drop))
            .map_err(|error| at(&from, error))?;
    }
    let lines = sources.map(|(path, bytes)| format!("{}  {path}\n", Entry::of(bytes).hex()));
    let texts = [
        (new.join(SITE).join(SUMS), manifest.text()),
        (new.join(SOURCES), lines.collect::<String>()),
    ];
    for (path, text) in texts {
        fs::create_dir_all(path.parent().unwrap_or(site)).map_err(|error| at(&path, error))?;
        fs::write(&path, text).map_err(|error| at(&path, error))?;
    }
    removed(&last)?;
    fs::rename(&new, &last).map_err(|error| at(&last, error))
}

/// The site that was sent last: its open data and its manifest. Nothing if none is known.
pub fn site(site: &Path) -> Option<PathBuf> {
    let folder = site.join(FOLDER).join(SITE);
    fs::symlink_metadata(folder.join(SUMS)).ok().map(|_| folder)
}

/// The SHA-256 of the sources of the last publication, by path; empty if none is known.
pub fn sources(site: &Path) -> BTreeMap<String, String> {
    let text = fs::read_to_string(site.join(FOLDER).join(SOURCES)).unwrap_or_default();
    let lines = text.lines().filter_map(|line| line.split_once("  "));
    lines
        .map(|(sum, path)| (path.to_owned(), sum.to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sent_stays_although_it_is_built_again() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("public");
        fs::create_dir_all(out.join("data")).unwrap();
        fs::write(out.join("data/a.json"), "old").unwrap();
        fs::write(out.join("index.html"), "page").unwrap();
        let files = [("data/a.json", "old"), ("index.html", "page")];
        let files = files.map(|(path, text)| (path.to_owned(), Entry::of(text.as_bytes())));
        let manifest = Manifest::new(files.into());
        let sources = [("data/site.yaml", b"title: x".as_slice())];
        for _ in 0..2 {
            keep(folder.path(), &out, &manifest, sources.into_iter()).unwrap();
        }
        fs::remove_file(out.join("data/a.json")).unwrap();
        fs::write(out.join("data/a.json"), "new").unwrap();
        let kept = site(folder.path()).unwrap();
        assert_eq!(fs::read_to_string(kept.join("data/a.json")).unwrap(), "old");
        // Pages are only named.
        assert!(!kept.join("index.html").exists());
        assert!(
            fs::read_to_string(kept.join(SUMS))
                .unwrap()
                .contains("index.html")
        );
        let known = super::sources(folder.path());
        assert_eq!(known["data/site.yaml"], Entry::of(b"title: x").hex());
        assert!(!folder.path().join(NEW).exists());
    }

    #[test]
    fn a_site_that_was_never_sent_has_no_last_publication() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(site(folder.path()), None);
        assert!(super::sources(folder.path()).is_empty());
    }
}
