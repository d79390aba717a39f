//! Names of documents and of what stands in them that outlive titles, dates and addresses, for feeds and calendars.
//!
//! A document's name is its first address on this site's host: an author who renames the file keeps the old address
//! under `formerly`, and with it the name.

use crate::model::{DocumentId, Model};
use crate::text;

/// Host of the site, `mingbai.example`.
pub fn host(base_url: &str) -> &str {
    let rest = base_url
        .split_once("://")
        .map_or(base_url, |(_, rest)| rest);
    rest.split('/').next().unwrap_or(rest)
}

/// UUID of something that a document says, or, without words, of the document.
pub fn of(model: &Model, document: DocumentId, words: &[&str]) -> String {
    let this = &model.documents[document];
    let folder = this.kind.folder();
    let first = this.formerly.iter().find_map(|former| {
        let (of, file) = former
            .value
            .trim()
            .trim_start_matches('/')
            .split_once('/')?;
        let id = file.strip_suffix(".html")?;
        (of == folder && !id.contains('/')).then_some(id)
    });
    let name = [
        host(&model.site.base_url),
        folder,
        first.unwrap_or(&this.id),
    ];
    text::uuid(&[&name, words].concat())
}

/// UUID of a file of the site, by its address.
pub fn of_file(model: &Model, path: &str) -> String {
    text::uuid(&[host(&model.site.base_url), path])
}
