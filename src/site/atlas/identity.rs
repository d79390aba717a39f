//! Stable ids of documents and their facts, for feeds and calendars.
//!
//! Comes in: a document and words. Goes out: a UUID that does not change with titles, dates and addresses. The id of
//! a document is its first address on the host of the site: an author who renames the file keeps the old address in
//! `formerly`, and with it the id.

use crate::model::{DocumentId, Model};
use crate::text;

/// The UUID of a fact in a document, or of the document itself if `words` is empty.
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
        model.site.base_url.host(),
        folder,
        first.unwrap_or(&this.id),
    ];
    text::uuid(&[&name, words].concat())
}

/// The UUID of a file of the site, by its address.
pub fn of_file(model: &Model, path: &str) -> String {
    text::uuid(&[model.site.base_url.host(), path])
}
