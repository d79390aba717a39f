//! The kinds of pages, one file each: address, inputs, head, view, linked data, and whose calendar and feed it offers.
//!
//! Comes in: the atlas and the tables. Goes out: for every page of the site a [`PageKind`], which makes its own page and
//! knows no other kind. To add a kind: one file here, its line in [`KINDS`], one template.

mod area;
mod assessment;
mod check;
mod check_rules;
mod checks;
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
mod redirect;
mod schedule;
mod search;
mod section;
mod topic;
mod topics;

pub use section::Section;

use std::fmt;

use jiff::civil::Date;

use serde::Serialize;
use tera::Value;

use super::county_lists::Lists;
use super::data::Views;
use super::linked::{Graph, Head};
use super::markdown::InternalLink;
use super::plan::Plan;
use super::view::Link;
use crate::atlas::Facts;
use crate::atlas::agenda::Scope;
use crate::atlas::routes;
use crate::config::BaseUrl;
use crate::diag::{Sink, Span};
use crate::model::{Document, DocumentId};
use crate::tables::Tables;

/// Lists the pages of a kind.
pub type Pages = fn(&mut Plan);

/// Every kind of page.
pub const KINDS: [Pages; 21] = [
    home::pages,
    not_found::pages,
    list::pages,
    document::pages,
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
    search::pages,
    glossary::pages,
    data_index::pages,
    dataset::pages,
    plain::pages,
    feed::pages,
    redirect::pages,
];

/// One page of some kind.
pub trait PageKind: fmt::Debug + Send + Sync {
    /// Its address: a site path that names its file.
    fn path(&self, facts: &Facts) -> String;

    /// Makes head and view. Nothing for a page that cannot be made.
    ///
    /// # Diagnostics
    /// MB0401, MB0402 for text in Markdown.
    fn draft(&self, ask: &Ask, sink: &mut Sink) -> Option<Draft>;

    /// What to point at when the address is taken twice.
    fn origin(&self, _atlas: &Facts) -> Option<Span> {
        None
    }

    /// The page as linked data, and the things that it is about.
    fn linked(&self, _ask: &Ask, head: &Head) -> Graph {
        Graph::page("CollectionPage", head)
    }

    /// Whose calendar and feed the page offers.
    fn scope(&self, _atlas: &Facts) -> Option<Scope> {
        None
    }

    /// Whether people and machines are to find the page by itself. A leaflet is found from the page of which it is an
    /// extract.
    fn is_listed(&self) -> bool {
        true
    }

    /// The language of the page, unless it is that of the site (Chinese).
    fn lang(&self, _facts: &Facts) -> Option<&'static str> {
        None
    }

    /// The page that took the place of this address.
    fn moved_to(&self) -> Option<&str> {
        None
    }

    /// From the page to the site's root.
    fn root(&self, path: &str, _base_url: &BaseUrl) -> String {
        routes::root(path)
    }
}

/// What a page may ask while it is made.
pub struct Ask<'a, 't> {
    pub facts: &'a Facts<'a>,
    pub tables: &'a Tables<'t>,
    /// The day by which states are given.
    pub today: Date,
    /// From the page to the site's root: `""`, `"../"`.
    pub root: &'a str,
}

impl<'a, 't> Ask<'a, 't> {
    /// What the kinds may ask for a page with this root.
    pub fn new(facts: &'a Facts<'a>, tables: &'a Tables<'t>, today: Date, root: &'a str) -> Self {
        Self {
            facts,
            tables,
            today,
            root,
        }
    }

    /// What the page of a list with counties is made from.
    fn lists(&self, index: DocumentId) -> Lists<'a, 't> {
        Lists {
            facts: self.facts,
            today: self.today,
            data: self.data(),
            index,
            root: self.root,
        }
    }

    /// Views of the open data.
    pub fn data(&self) -> Views<'a, 't> {
        Views {
            facts: self.facts,
            tables: self.tables,
        }
    }
}

/// What a page yields before the template: head of the page, view, links.
pub struct Draft {
    /// File of the template: `county.html`.
    pub template: &'static str,
    pub title: String,
    pub description: String,
    pub crumbs: Vec<Link>,
    /// The section that it belongs to.
    pub section: Option<Section>,
    pub view: Value,
    /// Links in Markdown to other pages, with their places in the sources.
    pub links: Vec<InternalLink>,
}

impl Draft {
    /// A page below the home page that belongs to no section.
    fn new(
        template: &'static str,
        title: impl Into<String>,
        description: impl Into<String>,
        view: &impl Serialize,
    ) -> Self {
        Self {
            template,
            title: title.into(),
            description: description.into(),
            crumbs: vec![Section::Home.crumb()],
            section: None,
            view: Value::from_serializable(view),
            links: Vec::new(),
        }
    }

    fn section(self, section: Section) -> Self {
        Self {
            section: Some(section),
            ..self
        }
    }

    /// `crumbs` follow that of the home page.
    fn below(mut self, crumbs: impl IntoIterator<Item = Link>) -> Self {
        self.crumbs.extend(crumbs);
        self
    }

    fn without_crumbs(self) -> Self {
        Self {
            crumbs: Vec::new(),
            ..self
        }
    }

    fn links(self, links: Vec<InternalLink>) -> Self {
        Self { links, ..self }
    }
}

pub(super) fn crumb(url: &str, text: &str) -> Link {
    Link {
        url: url.to_owned(),
        text: text.to_owned(),
    }
}

/// The first point of a document's summary without marks; else its title.
fn first_point(document: &Document) -> String {
    document.summary.first().map_or_else(
        || document.title.value.clone(),
        |point| point.text.value.replace(['*', '`'], ""),
    )
}

/// What the four kinds of documents have in common.
fn document_draft(
    document: &Document,
    description: &str,
    view: &impl Serialize,
    links: Vec<InternalLink>,
) -> Draft {
    const LONGEST_DESCRIPTION: usize = 160;
    let kind = document.kind.kind();
    let description: String = description.chars().take(LONGEST_DESCRIPTION).collect();
    let draft = Draft::new(kind.template(), &document.title.value, description, view)
        .below([crumb(kind.index(), kind.name())])
        .links(links);
    Draft {
        section: Section::of(kind),
        ..draft
    }
}
