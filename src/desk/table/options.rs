//! What the command line says of a table, and the words for it: kinds of documents, roles of columns.
//!
//! Comes in: nothing. Goes out: the types that the stages of the import share. It reads no table.

use std::ops::RangeInclusive;

use crate::model::DocumentKind;
use crate::text::Bilingual;

/// Years that a document can be of.
pub(super) const YEARS: RangeInclusive<i16> = 1949..=2199;

/// What a table becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A list of counties.
    Pilots,
    /// A list of counties by grades.
    Assessment,
    /// Sessions.
    Schedule,
}

impl Kind {
    /// The word for programs.
    pub fn key(self) -> &'static str {
        match self {
            Self::Pilots => "pilot-list",
            Self::Assessment => "assessment",
            Self::Schedule => "schedule",
        }
    }

    /// What it is called.
    pub(super) fn words(self) -> Bilingual {
        match self {
            Self::Pilots => Bilingual::new(self.document().name(), "a pilot list"),
            Self::Assessment => Bilingual::new(self.document().name(), "an assessment"),
            Self::Schedule => Bilingual::new(self.document().name(), "a schedule"),
        }
    }

    /// The kind of document that it becomes.
    pub(super) fn document(self) -> DocumentKind {
        match self {
            Self::Pilots => DocumentKind::Pilots,
            Self::Assessment => DocumentKind::Assessment,
            Self::Schedule => DocumentKind::Schedule,
        }
    }
}

/// A name that an official text prints wrongly, as the editor has confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    pub printed: String,
    pub right: String,
    pub why: Option<String>,
}

/// What the command line says of a table.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Id of the new document: the name of its file. If it is empty, the id is made of place, year and kind.
    pub id: String,
    pub kind: Option<Kind>,
    pub sheet: Option<String>,
    /// A role and the column that has it: letters, or the words of its header.
    pub columns: Vec<(Role, String)>,
    pub title: Option<String>,
    pub year: Option<i16>,
    /// `河南省`; of a schedule the county: `山西省 朔州市 右玉县`.
    pub region: Option<String>,
    pub programme: Option<String>,
    pub source: Option<String>,
    pub clause: Option<String>,
    pub bodies: Vec<String>,
    pub topics: Vec<String>,
    /// The clause of each grade's list; without a grade, of all.
    pub lists: Vec<(Option<String>, String)>,
    pub corrections: Vec<Correction>,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    Serial,
    Province,
    Prefecture,
    County,
    Grade,
    Date,
    Place,
    Service,
    Morning,
    Afternoon,
    Phone,
    /// Not recognised, or of no use in a document of this kind.
    Other,
}

/// Role, its name on the command line, its name in Chinese.
pub(super) const ROLES: [(Role, &str, &str); 11] = [
    (Role::Serial, "serial", "序号"),
    (Role::Province, "province", "省"),
    (Role::Prefecture, "prefecture", "市"),
    (Role::County, "county", "县"),
    (Role::Grade, "grade", "等次"),
    (Role::Date, "date", "日期"),
    (Role::Place, "place", "地点"),
    (Role::Service, "service", "业务"),
    (Role::Morning, "morning", "上午"),
    (Role::Afternoon, "afternoon", "下午"),
    (Role::Phone, "phone", "电话"),
];

impl Role {
    /// The role of a name of the command line, in English or Chinese.
    pub fn named(name: &str) -> Option<Self> {
        ROLES
            .iter()
            .find(|(_, en, zh)| *en == name || *zh == name)
            .map(|(role, ..)| *role)
    }

    /// All names, for help.
    pub fn all_names() -> String {
        let names: Vec<&str> = ROLES.iter().map(|(_, en, _)| *en).collect();
        names.join(", ")
    }

    /// Its names on the command line and in Chinese.
    pub(super) fn names(self) -> (&'static str, &'static str) {
        ROLES
            .iter()
            .find(|(role, ..)| *role == self)
            .map_or(("comment", "注释"), |(_, en, zh)| (en, zh))
    }

    /// Whether a document of this kind has a place for it.
    pub(super) fn serves(self, kind: Kind) -> bool {
        match self {
            Self::Serial => true,
            Self::Other => false,
            Self::Province | Self::Prefecture | Self::County => kind != Kind::Schedule,
            Self::Grade => kind == Kind::Assessment,
            _ => kind == Kind::Schedule,
        }
    }
}
