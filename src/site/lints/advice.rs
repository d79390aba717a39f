//! Advice: what is not a mistake but could be better for the readers of the site.
//!
//! Comes in: a site without errors, and the day. Goes out: diagnostics of
//! [`Severity::Advice`](crate::diag::Severity), nothing else. Each kind of advice has its own file. Official text is
//! not judged, because it must not be changed. No advice is given only because years pass, so an archive gets none.

mod contacts;
mod jargon;
mod links;
mod passages;
mod pictures;
mod sentences;
mod summary;
mod tables;
mod tangled;
mod validity;
mod windows;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::diag::{Sink, SourceId};
use crate::model::{DocumentId, Model, TextPageId};
use crate::rules::LinkedCheck;
use crate::sources::yaml::{self, Kind, Node};
use crate::sources::{SourceFile, Sources, keys, split};

/// Checks everything that the authors of the site wrote.
///
/// # Diagnostics
/// MB07xx.
pub fn advise(
    model: &Model,
    checks: &[LinkedCheck],
    sources: &Sources,
    today: Date,
    sink: &mut Sink,
) {
    let files: Vec<(SourceId, &SourceFile)> = sources
        .numbered()
        .filter(|(id, file)| {
            let written = file.path.starts_with("content/") || file.path.starts_with("data/");
            written && sources.is_readable(*id)
        })
        .collect();
    let known = jargon::Known::new(model);
    let said: Vec<Sink> = files
        .into_par_iter()
        .map(|(id, file)| advise_file(model, checks, &known, today, id, file))
        .collect();
    let pages: Vec<Sink> = (0..model.pages.len())
        .into_par_iter()
        .map(TextPageId::new)
        .map(|page| advise_page(model, sources, page))
        .collect();
    let documents: Vec<Sink> = (0..model.documents.len())
        .into_par_iter()
        .map(DocumentId::new)
        .map(|document| advise_document(model, sources, today, document))
        .collect();
    for said in said.into_iter().chain(pages).chain(documents) {
        sink.extend(said);
    }
    super::mastheads::advise(model, today, sink);
}

/// Checks the YAML of a file of any kind.
fn advise_file(
    model: &Model,
    checks: &[LinkedCheck],
    known: &jargon::Known,
    today: Date,
    id: SourceId,
    file: &SourceFile,
) -> Sink {
    let mut sink = Sink::default();
    let Some(tree) = tree(id, file) else {
        return sink;
    };
    let passages = passages::of_yaml(&file.text, &tree);
    for passage in &passages {
        prose(passage, &mut sink);
    }
    jargon::check(known, &passages, &mut sink);
    contacts::check_entries(&tree, &mut sink);
    if let Some(check) = checks.iter().find(|one| one.check.source == id) {
        validity::check_rules(model, check, &tree, today, &mut sink);
    }
    sink
}

/// Checks any text of the site's own.
fn prose(passage: &passages::Passage, sink: &mut Sink) {
    let sentences = sentences::divide(&passage.text);
    sentences::check(passage, &sentences, sink);
    tangled::check(passage, &sentences, sink);
    links::check(passage, sink);
}

fn advise_page(model: &Model, sources: &Sources, page: TextPageId) -> Sink {
    let mut sink = Sink::default();
    let body = &model.pages[page].body;
    let text = &sources.file(body.source).text;
    // The limits are for Chinese sentences.
    if model.pages[page].lang.is_none() {
        for passage in passages::of_body(body, text) {
            prose(&passage, &mut sink);
        }
    }
    tables::check(body, text, &mut sink);
    pictures::check(body, text, &mut sink);
    sink
}

fn advise_document(model: &Model, sources: &Sources, today: Date, index: DocumentId) -> Sink {
    let mut sink = Sink::default();
    let document = &model.documents[index];
    summary::check(document, &mut sink);
    windows::check(model, index, today, &mut sink);
    validity::check_document(model, index, today, &mut sink);
    contacts::check_schedule(document, today, &mut sink);
    super::life::advise(model, sources, index, &mut sink);
    if let Some(body) = &document.body {
        let text = &sources.file(body.source).text;
        tables::check(body, text, &mut sink);
        pictures::check(body, text, &mut sink);
    }
    sink
}

/// The YAML of a file: all of it, or its front matter. The model has reported YAML that cannot be parsed.
fn tree(id: SourceId, file: &SourceFile) -> Option<Node> {
    let range = if file.path.ends_with(".md") {
        split(&file.text)?.yaml
    } else if file.path.ends_with(".yaml") && !file.path.starts_with("data/regions/") {
        0..file.text.len()
    } else {
        return None;
    };
    yaml::parse(id, &file.text, range, &mut Sink::default())
}

/// The value of a key, written in English or Chinese.
fn value<'a>(node: &'a Node, key: &str) -> Option<&'a Node> {
    let Kind::Map(map) = &node.kind else {
        return None;
    };
    map.iter()
        .find(|(name, _)| keys::canonical(&name.value) == Some(key))
        .map(|(_, value)| value)
}

/// The text of a key.
fn text_of<'a>(node: &'a Node, key: &str) -> Option<&'a str> {
    match &value(node, key)?.kind {
        Kind::Text(text) => Some(text.trim()),
        _ => None,
    }
}
