//! Assets: files whose address changes with their content.
//!
//! Comes in: the `static/` folder of the theme and its style sheet, attachments, the modules of self-checks. Goes
//! out: each file under `assets/` with a hash in its name, so that it can be cached forever and an old page keeps its
//! old style, and the table from plain names to addresses; attachments under their own names. Nothing is written to
//! disk here.

mod english;
mod minify;
pub(crate) mod style;

use std::collections::{BTreeMap, HashMap};

use data_encoding::{BASE64, HEXLOWER};
use sha2::{Digest, Sha256};

use crate::diag::{Sink, SourceId};
use crate::model::Model;
use crate::rules::LinkedCheck;
use crate::rules::language::Language;
use crate::sources::Sources;

/// A file to publish as it is.
#[derive(Debug, Clone)]
pub struct Asset {
    pub path: String,
    pub bytes: Vec<u8>,
}

/// A file of `content/` that is published as it is, if something refers to it.
#[derive(Debug, Clone)]
pub struct Attachment {
    pub path: String,
    pub bytes: Vec<u8>,
    pub source: SourceId,
}

/// The assets of a site and the table of their addresses.
#[derive(Debug, Clone, Default)]
pub struct Assets {
    pub files: Vec<Asset>,
    pub attachments: Vec<Attachment>,
    /// `style.css` -> `assets/style.1a2b3c4d.css`
    pub names: BTreeMap<String, String>,
    /// From the addresses of style sheets and scripts to their hashes, for `integrity`; empty unless the site wants them.
    pub integrity: BTreeMap<String, String>,
}

impl Assets {
    /// A text under a name, minified.
    pub(crate) fn add_text(&mut self, name: &str, text: &str) {
        let small = minify::smaller(name, text);
        let bytes = small.as_deref().unwrap_or(text).as_bytes().to_vec();
        self.add(name.to_owned(), bytes);
    }

    /// A file of the theme, under an address that changes with its bytes.
    fn add(&mut self, name: String, bytes: Vec<u8>) {
        let path = hashed_name(&name, &bytes);
        self.names.insert(name, path.clone());
        self.files.push(Asset { path, bytes });
    }
}

/// Minified scripts and style sheets from earlier runs, by path and text.
pub type Small = HashMap<(String, String), Option<String>>;

/// Collects the static files of the theme and the attachments in `content/`.
pub fn collect(sources: &Sources, model: &Model, checks: &[LinkedCheck]) -> Assets {
    collect_again(sources, model, checks, &Small::new()).0
}

/// Collects everything, and takes minified files from `small` if they were made before. Also returns the minified
/// files for the next run.
pub fn collect_again(
    sources: &Sources,
    model: &Model,
    checks: &[LinkedCheck],
    small: &Small,
) -> (Assets, Small) {
    let is_english = |check: &LinkedCheck| check.check.language == Language::English;
    let has_english = checks.iter().any(is_english);
    let (mut assets, next) = theme_again(sources, &model.site.theme, has_english, small);
    let attachments = sources.published().map(|(path, source, file)| Attachment {
        path: path.to_owned(),
        bytes: file.bytes.clone(),
        source,
    });
    assets.attachments.extend(attachments);
    for compiled in checks {
        assets.files.push(Asset {
            path: module_path(&compiled.check.id),
            bytes: compiled.emitted.bytes.clone(),
        });
    }
    if model.site.hosting.integrity {
        assets.integrity = hashes(&assets.files);
    }
    assets.files.sort_by(|a, b| a.path.cmp(&b.path));
    (assets, next)
}

/// The hashes of style sheets and scripts, by address.
fn hashes(files: &[Asset]) -> BTreeMap<String, String> {
    let loaded = files
        .iter()
        .filter(|file| file.path.ends_with(".css") || file.path.ends_with(".js"));
    loaded
        .map(|file| {
            let hash = BASE64.encode(&Sha256::digest(&file.bytes));
            (file.path.clone(), format!("sha256-{hash}"))
        })
        .collect()
}

/// The static files and the style sheet of a theme, without anything of a site.
pub(crate) fn theme_files(sources: &Sources, theme: &str) -> Assets {
    theme_again(sources, theme, false, &Small::new()).0
}

/// `has_english`: whether a self-check is in English, whose page needs the script with English words.
fn theme_again(
    sources: &Sources,
    theme: &str,
    has_english: bool,
    small: &Small,
) -> (Assets, Small) {
    let mut next = Small::new();
    let mut assets = Assets::default();
    let base = format!("themes/{theme}/static/");
    // What is wrong with the parts of the sheet is reported by the theme.
    let sheet = style::assemble(sources, theme, &mut Sink::default());
    let sheet = sheet.map(|sheet| (style::NAME.to_owned(), sheet.path, sheet.text));
    let files = sources.below(&base).map(|(_, file)| {
        let name = file.path[base.len()..].to_owned();
        (name, file.path.clone(), file.text.clone())
    });
    let files: Vec<(String, String, String)> = files.chain(sheet).collect();
    let other = files.iter().find(|(name, ..)| name == english::FROM);
    let is_there = files.iter().any(|(name, ..)| name == english::NAME);
    let other = other.filter(|_| has_english && !is_there);
    let other = other.map(|(_, path, text)| {
        (
            english::NAME.to_owned(),
            path.clone(),
            english::script(text),
        )
    });
    for (name, path, text) in files.iter().cloned().chain(other) {
        let key = (path, text);
        let made = small.get(&key).cloned();
        let made = made.unwrap_or_else(|| minify::smaller(&key.0, &key.1));
        let bytes = made.as_ref().unwrap_or(&key.1).as_bytes().to_vec();
        next.insert(key, made);
        assets.add(name, bytes);
    }
    for file in &sources.binaries {
        if let Some(name) = file.path.strip_prefix(&base) {
            assets.add(name.to_owned(), file.bytes.clone());
        }
    }
    (assets, next)
}

/// The address of the module of a self-check, for readers who want to inspect it. The page itself contains the same
/// bytes.
pub fn module_path(id: &str) -> String {
    format!("checks/{id}/{id}.wasm")
}

/// `style.css` -> `assets/style.<first 8 hex digits of SHA-256>.css`
fn hashed_name(name: &str, bytes: &[u8]) -> String {
    let hash = HEXLOWER.encode(&Sha256::digest(bytes)[..4]);
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("assets/{stem}.{hash}.{ending}"),
        None => format!("assets/{name}.{hash}"),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_carry_the_hash_of_the_content() {
        // SHA-256 of the empty string begins e3b0c442.
        assert_eq!(
            super::hashed_name("style.css", b""),
            "assets/style.e3b0c442.css"
        );
    }
}
