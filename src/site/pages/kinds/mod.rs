//! The kinds of pages, one file each: address, inputs, head, view, linked data, and whose calendar and feed it offers.
//!
//! Comes in: the atlas and the tables. Goes out: for every page of the site a [`PageKind`], which makes its own page and
//! knows no other kind. To add a kind: one file here, its line in [`ALL`], one template.

mod area;
mod assessment;
mod check;
mod check_examples;
mod check_rules;
mod checks;
mod compare;
mod counties;
mod county;
mod data_index;
mod dataset;
mod deadlines;
mod document;
mod feed;
mod glossary;
mod home;
mod leaflet;
mod list;
mod not_found;
mod notice;
mod pilots;
mod plain;
mod plain_list;
mod redirect;
mod schedule;
mod search;
mod topic;
mod topics;

use serde::Serialize;

use super::documents::Made;
use super::page_kind::{Ask, Draft, PageKind};
use super::plan::Pages;
use super::section::Section;
use super::view::Link;
use crate::model::Document;

/// Every kind of page.
pub const ALL: [Pages; 24] = [
    home::pages,
    not_found::pages,
    list::pages,
    document::pages,
    compare::pages,
    leaflet::pages,
    counties::pages,
    county::pages,
    area::pages,
    deadlines::pages,
    topics::pages,
    topic::pages,
    checks::pages,
    check::pages,
    check_rules::pages,
    check_examples::pages,
    search::pages,
    glossary::pages,
    data_index::pages,
    dataset::pages,
    plain::pages,
    plain_list::pages,
    feed::pages,
    redirect::pages,
];

/// The first point of a document's summary without marks; else its title.
fn first_point(document: &Document) -> String {
    document.summary.first().map_or_else(
        || document.title.value.clone(),
        |point| point.text.value.replace(['*', '`'], ""),
    )
}

/// What the four kinds of documents have in common. `before` is put before the first point in the description.
fn document_draft(document: &Document, before: &str, made: Made<impl Serialize>) -> Draft {
    const LONGEST_DESCRIPTION: usize = 160;
    let kind = document.kind.kind();
    let description = format!("{before}{}", first_point(document));
    let description: String = description.chars().take(LONGEST_DESCRIPTION).collect();
    let draft = Draft::new(
        kind.template(),
        &document.title.value,
        description,
        &made.view,
    )
    .below([Link::new(kind.index(), kind.name())])
    .links(made.links);
    Draft {
        section: Section::of(kind),
        ..draft
    }
}
