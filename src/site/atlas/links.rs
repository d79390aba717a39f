//! What places, documents and clauses are called, and where they are found: the words and addresses that pages, tables and the
//! index have in common.

use jiff::civil::Date;
use serde::Serialize;

use super::agenda::Scope;
use super::{Facts, routes};
use crate::model::{Audience, Cite, DocumentId, Kind, Place, Slip, WHOLE, date};

/// A link inside the site; a plain name if its address is empty.
#[derive(Debug, Clone, Serialize, Default)]
pub struct Link {
    pub url: String,
    pub text: String,
}

impl Link {
    /// A link with this text.
    pub fn new(url: &str, text: &str) -> Self {
        Self {
            url: url.to_owned(),
            text: text.to_owned(),
        }
    }
}

/// Where a fact is in the official text.
#[derive(Debug, Clone, Serialize, Default)]
pub struct CiteView {
    /// Page and anchor of the clause.
    pub url: String,
    /// `一（三）`, `附件`, `第三章第二节五1`, `正文`
    pub label: String,
    /// Short name of the document cited.
    pub notice: String,
    /// The words quoted, as printed.
    pub quote: Option<String>,
    /// What the text does not state: then `label` says where was looked.
    pub unstated: Option<String>,
    /// Why the words imply a number that they do not print.
    pub derived: Option<String>,
}

impl Facts<'_> {
    /// How citations call a document.
    pub fn short_title(&self, index: DocumentId) -> String {
        let document = self.document(index);
        if let Some(short) = &document.short {
            return short.clone();
        }
        match &document.kind {
            Kind::Notice(notice) => notice
                .number
                .as_ref()
                .map_or_else(|| document.title.value.clone(), |n| n.value.clone()),
            _ => document.title.value.clone(),
        }
    }

    /// A link to the clause that a citation refers to.
    pub fn cite(&self, cite: &Cite) -> CiteView {
        let is_whole = cite.unstated.as_ref().is_some_and(|one| one.whole);
        let clause = if is_whole {
            // Where all of a text was looked through, its beginning is shown.
            let clauses = self.clauses(cite.document);
            clauses.and_then(|clauses| clauses.iter().find(|one| !one.blocks.is_empty()))
        } else {
            self.clause(cite)
        };
        let (anchor, label) = clause.map_or(("", ""), |clause| (&clause.anchor, &clause.label));
        CiteView {
            url: format!("{}#{anchor}", routes::document(self, cite.document)),
            label: if is_whole { WHOLE } else { label }.to_owned(),
            unstated: cite.unstated.as_ref().map(|one| one.what.clone()),
            derived: cite.derived.clone(),
            notice: self.short_title(cite.document),
            quote: cite.quote.as_ref().map(|quote| quote.value.clone()),
        }
    }

    /// Whether a place has a page.
    pub fn has_page(&self, place: Place) -> bool {
        match place {
            Place::Country => true,
            Place::Province(i) => self.provinces().contains(&i),
            Place::Prefecture(i) => self.prefectures().contains(&i),
            Place::Unit(i) => self.has_unit(self.regions().current(i)),
        }
    }

    /// The address of the page of a place, if it has one.
    pub fn place_page(&self, place: Place) -> Option<String> {
        self.has_page(place).then(|| routes::place(self, place))
    }

    /// A link to the page of a place, with its name.
    pub fn place_link(&self, place: Place) -> Link {
        let text = match place {
            Place::Unit(i) => self.regions().units[self.regions().current(i)].name.clone(),
            place => self.regions().name(place).to_owned(),
        };
        Link {
            url: self.place_page(place).unwrap_or_default(),
            text,
        }
    }

    /// A link to the page of a document, with its title.
    pub fn document_link(&self, index: DocumentId) -> Link {
        Link {
            url: routes::document(self, index),
            text: self.document(index).title.value.clone(),
        }
    }

    /// Since when a slip is corrected: the day recorded, else 收录时 with the day of the comparison with the text.
    pub fn since(&self, index: DocumentId, slip: &Slip) -> String {
        let checked = |i: DocumentId| self.document(i).checked.as_ref().map(|c| c.on);
        let compared = checked(index).or_else(|| checked(self.text_of(index)));
        match (slip.on, compared) {
            (Some(on), _) => date::chinese(on),
            (None, Some(on)) => format!("收录时（{}核对）", date::chinese(on)),
            (None, None) => "收录时".into(),
        }
    }

    /// `2018 年版（自 2018-10-31 起用）`
    pub fn edition_text(&self, index: DocumentId) -> String {
        let regions = self.regions();
        self.document(index).edition.map_or_else(String::new, |e| {
            format!(
                "{} 年版区划（自 {} 起用）",
                regions.editions[e].id,
                date::chinese(regions.editions[e].as_of)
            )
        })
    }

    /// The day on which a document was last compared with its text: its own, else that of its source.
    pub fn checked(&self, index: DocumentId) -> Option<Date> {
        let on = |i: DocumentId| self.document(i).checked.as_ref().map(|c| c.on);
        on(index).or_else(|| on(self.text_of(index)))
    }

    /// `右玉县受理时间`
    pub fn calendar_name(&self, scope: Scope, audience: Audience) -> String {
        let what = match audience {
            Audience::Students => "受理时间",
            Audience::Offices => "机构时限",
        };
        format!("{}{what}", self.scope_name(scope))
    }

    /// The name of a scope.
    pub fn scope_name(&self, scope: Scope) -> String {
        match scope {
            Scope::Place(place) => self.place_link(place).text,
            Scope::Topic(topic) => self.topic(topic).name.clone(),
        }
    }

    /// The day by which a feed or a calendar tells that a document changed: when it was last checked, else its own day.
    pub fn revised(&self, index: DocumentId, today: Date) -> Date {
        let checked = |i: DocumentId| self.document(i).checked.as_ref().map(|c| c.on);
        let document = self.document(index);
        let own = document.own_corrections().filter_map(|slip| slip.on);
        let withdrawn = document.life.withdrawn.iter().map(|withdrawn| withdrawn.on);
        let known = checked(index)
            .or_else(|| checked(self.text_of(index)))
            .or_else(|| self.sort_date(index).map(|day| day.min(today)))
            .unwrap_or(today);
        own.chain(withdrawn).fold(known, Date::max)
    }
}
