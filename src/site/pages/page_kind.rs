//! What a kind of page is.
//!
//! Comes in: what a page may [`Ask`]. Goes out: the trait [`PageKind`], which each kind of page has, and the [`Draft`] that it
//! makes. Which kinds there are is in [`kinds`](super::kinds).

use std::fmt;

use jiff::civil::Date;
use serde::Serialize;
use tera::Value;

use super::county_lists::Lists;
use super::data::Views;
use super::linked::{Graph, Head};
use super::markdown::InternalLink;
use super::section::Section;
use super::view::Link;
use crate::atlas::Facts;
use crate::atlas::agenda::Scope;
use crate::atlas::routes;
use crate::config::BaseUrl;
use crate::diag::{Sink, Span};
use crate::memo::Keyed;
use crate::model::DocumentId;
use crate::rules::language::Language;
use crate::tables::Tables;

/// One page of some kind.
pub trait PageKind: fmt::Debug + Send + Sync {
    /// Its address: a site path that names its file.
    fn path(&self, facts: &Facts) -> String;

    /// Makes head and view. Nothing for a page that cannot be made.
    ///
    /// # Diagnostics
    /// MB0401, MB0402 for text in Markdown.
    fn draft(&self, ask: &Ask, sink: &mut Sink) -> Option<Draft>;

    /// What makes the page another one although its address and every answer to what it asks are the same: its kind, and what it shows of
    /// the tables besides rows.
    fn name(&self, _facts: &Facts, _tables: &Tables) -> Keyed {
        Keyed::new().text(std::any::type_name::<Self>())
    }

    /// The name of the kind: that of its file.
    fn kind(&self) -> &'static str {
        let name = std::any::type_name::<Self>();
        name.rsplit("::").nth(1).unwrap_or(name)
    }

    /// Whether the page gives sizes of downloads.
    fn has_sizes(&self, _facts: &Facts, _tables: &Tables) -> bool {
        false
    }

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

    /// Whether the page runs a module of WebAssembly.
    fn runs_module(&self) -> bool {
        false
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
pub struct Ask<'a> {
    pub facts: &'a Facts<'a>,
    pub tables: &'a Tables,
    /// The day by which states are given.
    pub today: Date,
    /// From the page to the site's root: `""`, `"../"`.
    pub root: &'a str,
}

impl<'a> Ask<'a> {
    /// What the kinds may ask for a page with this root.
    pub fn new(facts: &'a Facts<'a>, tables: &'a Tables, today: Date, root: &'a str) -> Self {
        Self {
            facts,
            tables,
            today,
            root,
        }
    }

    /// What the page of a list with counties is made from.
    pub fn lists(&self, index: DocumentId) -> Lists<'a> {
        Lists {
            facts: self.facts,
            today: self.today,
            data: self.data(),
            index,
            root: self.root,
        }
    }

    /// Views of the open data.
    pub fn data(&self) -> Views<'a> {
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
    /// The language of the page and of its frame.
    pub language: Language,
    pub view: Value,
    /// Links in Markdown to other pages, with their places in the sources.
    pub links: Vec<InternalLink>,
}

impl Draft {
    /// A page below the home page that belongs to no section.
    pub fn new(
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
            language: Language::default(),
            view: Value::from_serializable(view),
            links: Vec::new(),
        }
    }

    /// The page belongs to a section.
    pub fn section(self, section: Section) -> Self {
        Self {
            section: Some(section),
            ..self
        }
    }

    /// The page is in a language: so are the crumb of the home page and the frame.
    pub fn in_language(self, language: Language) -> Self {
        Self {
            crumbs: vec![Section::Home.crumb_in(language)],
            language,
            ..self
        }
    }

    /// `crumbs` follow that of the home page.
    pub fn below(mut self, crumbs: impl IntoIterator<Item = Link>) -> Self {
        self.crumbs.extend(crumbs);
        self
    }

    /// The page is not below another one.
    pub fn without_crumbs(self) -> Self {
        Self {
            crumbs: Vec::new(),
            ..self
        }
    }

    /// Links of its Markdown.
    pub fn links(self, links: Vec<InternalLink>) -> Self {
        Self { links, ..self }
    }
}
