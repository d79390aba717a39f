//! What the views of all kinds of documents have in common.

use jiff::civil::Date;

use super::glossary;
use super::markdown::{self, Context, InternalLink};
use super::parts;
use super::view::*;
use crate::atlas::Facts;
use crate::diag::Sink;
use crate::model::{Document, DocumentId, Point};
use mingbai_forms::limits::Limit;

/// What a finished document page needs in addition to its view.
#[derive(Debug)]
pub struct Made<T> {
    pub view: T,
    pub links: Vec<InternalLink>,
}

/// The summary of a document in plain language.
pub fn summary(
    facts: &Facts,
    index: DocumentId,
    root: &str,
    points: &[Point],
    links: &mut Vec<InternalLink>,
    sink: &mut Sink,
) -> Vec<SummaryView> {
    let document = facts.document(index);
    let source = facts.text(document.source);
    let terms = glossary::links(facts);
    points
        .iter()
        .map(|point| {
            // The value may be quoted or folded in the file: render the value, and report at the whole of it.
            let context = Context {
                source: document.source,
                text: &point.text.value,
                root,
                marks: None,
                block: 0,
                deepest: facts.limits().most(Limit::Nesting),
                caption: "",
                terms: Some(&terms),
                notes: None,
            };
            debug_assert!(point.text.span.range().end <= source.len());
            SummaryView {
                html: markdown::value(point.text.span, &context, links, sink),
                who: point.audience.clone(),
                cite: facts.cite(&point.cite),
            }
        })
        .collect()
}

pub(super) fn source_item(facts: &Facts, today: Date, index: DocumentId) -> DocItem {
    parts::item(facts, today, facts.text_of(index))
}

pub(super) fn place_of(facts: &Facts, document: &Document) -> Link {
    document
        .place
        .map_or_else(Link::default, |p| facts.place_link(p))
}
