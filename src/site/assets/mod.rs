//! Assets: files that pages refer to by an address that changes with their content.
//!
//! Comes in: the theme's `static/` folder, attachments, the modules of self-checks. Goes out: each file under `assets/` with a hash in its name, so that
//! it can be cached for ever and an old page keeps its old style; and the table from plain name to address.

mod minify;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use sha2::{Digest, Sha256};

use crate::model::Model;
use crate::rules::SelfCheck;
use crate::sources::Sources;

/// A file to publish as it is.
#[derive(Debug, Clone)]
pub struct Asset {
    pub path: String,
    pub bytes: Vec<u8>,
}

#[derive(Debug, Clone, Default)]
pub struct Assets {
    pub files: Vec<Asset>,
    /// `style.css` -> `assets/style.1a2b3c4d.css`
    pub names: BTreeMap<String, String>,
}

/// The smaller forms of scripts and style sheets, by path and text.
pub type Small = HashMap<(String, String), Option<String>>;

/// Collects the theme's static files and the attachments below `content/`.
pub fn collect(sources: &Sources, model: &Model, checks: &[SelfCheck]) -> Assets {
    collect_again(sources, model, checks, &Small::new()).0
}

/// Collects everything, but takes smaller forms that were made before from `small`. Also gives those for the next time.
pub fn collect_again(
    sources: &Sources,
    model: &Model,
    checks: &[SelfCheck],
    small: &Small,
) -> (Assets, Small) {
    let mut next = Small::new();
    let mut assets = Assets::default();
    let base = format!("themes/{}/static/", model.site.theme);
    let texts = sources.below(&base).map(|(_, file)| {
        let name = (file.path.clone(), file.text.clone());
        let made = small.get(&name).cloned();
        let made = made.unwrap_or_else(|| minify::smaller(&file.path, &file.text));
        next.insert(name, made.clone());
        let bytes = match made {
            Some(small) => Cow::Owned(small.into_bytes()),
            None => Cow::Borrowed(file.text.as_bytes()),
        };
        (file.path.as_str(), bytes)
    });
    let binaries = sources
        .binaries
        .iter()
        .filter(|file| file.path.starts_with(&base))
        .map(|file| (file.path.as_str(), Cow::Borrowed(file.bytes.as_slice())));
    for (path, bytes) in texts.chain(binaries) {
        let name = &path[base.len()..];
        let hashed = hashed_name(name, &bytes);
        assets.names.insert(name.to_owned(), hashed.clone());
        assets.files.push(Asset {
            path: hashed,
            bytes: bytes.into_owned(),
        });
    }
    for file in &sources.binaries {
        if let Some(path) = file.path.strip_prefix("content/") {
            assets.files.push(Asset {
                path: path.to_owned(),
                bytes: file.bytes.clone(),
            });
        }
    }
    for compiled in checks {
        assets.files.push(Asset {
            path: module_path(&compiled.check.id),
            bytes: compiled.emitted.bytes.clone(),
        });
    }
    assets.files.sort_by(|a, b| a.path.cmp(&b.path));
    (assets, next)
}

/// Where the module of a self-check stands: for those who want to look into it. (Its page carries the same bytes.)
pub fn module_path(id: &str) -> String {
    format!("checks/{id}/{id}.wasm")
}

/// `style.css` -> `assets/style.<first 8 hex digits of SHA-256>.css`
fn hashed_name(name: &str, bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let hash: String = digest.iter().take(4).map(|b| format!("{b:02x}")).collect();
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
