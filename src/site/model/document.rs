//! The types of documents and of what stands in them.

use std::sync::Arc;

use jiff::civil::Date;
use serde::Serialize;

use super::clause::Body;
use super::date::Bound;
use super::kind::DocumentKind;
use super::phase::{Linked, Phase};
use super::region::{EditionId, Place, UnitId};
use crate::diag::{SourceId, Span, Spanned};
pub use mingbai_forms::{Checked, Citation};

/// A document of any kind: one shell, one enum.
#[derive(Debug)]
pub struct Document<P: Phase = Linked> {
    /// Stem of the file; unique in its kind and part of the address.
    pub id: String,
    pub source: SourceId,
    /// The file's first key: where to say something of the document as a whole.
    pub span: Span,
    pub title: Spanned<String>,
    /// 简称: how citations call it.
    pub short: Option<String>,
    pub place: Option<Place>,
    /// The edition of the regions by which its names are judged.
    pub edition: Option<EditionId>,
    /// Its date could not be read: what depends on the edition is not judged.
    pub date_failed: bool,
    /// Where `year` is given.
    pub year_span: Option<Span>,
    pub topics: Vec<P::Topic>,
    pub summary: Vec<Point<P>>,
    pub windows: Vec<Window<P>>,
    pub deadlines: Vec<Deadline<P>>,
    pub contacts: Vec<Contact<P>>,
    /// Official text, or the free text of a schedule.
    pub body: Option<Arc<Body>>,
    /// Words as printed and what they should be: slips of the text, or names of a list.
    pub slips: Vec<Slip<P>>,
    pub formerly: Vec<Spanned<String>>,
    pub checked: Option<Checked>,
    pub kind: Kind<P>,
}

impl<P: Phase> Document<P> {
    /// 适用年度: the year whose work the document arranges.
    pub fn year(&self) -> Option<i16> {
        match &self.kind {
            Kind::Notice(notice) => notice.year,
            Kind::Pilots(list) => list.year.into(),
            Kind::Schedule(schedule) => schedule.year.into(),
            Kind::Assessment(assessment) => assessment.year.into(),
        }
    }
}

#[derive(Debug)]
pub enum Kind<P: Phase = Linked> {
    Notice(Box<Notice<P>>),
    Pilots(PilotList<P>),
    Schedule(Schedule<P>),
    Assessment(Assessment<P>),
}

impl<P: Phase> Kind<P> {
    /// The kind alone, without what the document holds.
    pub fn kind(&self) -> DocumentKind {
        match self {
            Self::Notice(_) => DocumentKind::Notice,
            Self::Pilots(_) => DocumentKind::Pilots,
            Self::Schedule(_) => DocumentKind::Schedule,
            Self::Assessment(_) => DocumentKind::Assessment,
        }
    }

    /// Folder of sources and of addresses.
    pub fn folder(&self) -> &'static str {
        self.kind().folder()
    }

    /// Rows of a list with their grades (empty in a pilot list), in the order printed.
    pub fn rows(&self) -> Vec<(&str, &Listed)> {
        match self {
            Self::Pilots(list) => list.rows.iter().map(|row| ("", row)).collect(),
            Self::Assessment(assessment) => assessment
                .rows()
                .map(|(grade, row)| (grade.grade.as_str(), row))
                .collect(),
            _ => Vec::new(),
        }
    }

    /// How many names stand in the list as written, found or not.
    pub fn printed_names(&self) -> usize {
        let lists: Vec<&PrintedList> = match self {
            Self::Pilots(list) => vec![&list.printed],
            Self::Assessment(assessment) => assessment.grades.iter().map(|g| &g.printed).collect(),
            _ => Vec::new(),
        };
        lists
            .into_iter()
            .flatten()
            .map(|(_, names)| names.len())
            .sum()
    }

    /// The notice from which a data file was made.
    pub fn source(&self) -> Option<&P::Document> {
        match self {
            Self::Notice(_) => None,
            Self::Pilots(list) => Some(&list.source),
            Self::Schedule(schedule) => Some(&schedule.source),
            Self::Assessment(assessment) => Some(&assessment.source),
        }
    }
}

/// 文种
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Genre {
    Notice,
    WorkPlan,
    Guide,
    Rules,
    Circular,
    Measures,
    Opinion,
    Announcement,
}

impl Genre {
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("通知", Self::Notice),
        ("工作方案", Self::WorkPlan),
        ("工作指引", Self::Guide),
        ("操作细则", Self::Rules),
        ("通报", Self::Circular),
        ("办法", Self::Measures),
        ("意见", Self::Opinion),
        ("公告", Self::Announcement),
    ];

    pub fn text(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(_, genre)| *genre == self)
            .map_or("", |(word, _)| word)
    }
}

/// 公开方式
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Publicity {
    Proactive,
    OnRequest,
    Withheld,
}

impl Publicity {
    pub const ALL: &'static [(&'static str, Option<Self>)] = &[
        ("主动公开", Some(Self::Proactive)),
        ("依申请公开", Some(Self::OnRequest)),
        ("不予公开", Some(Self::Withheld)),
        ("未载明", None),
    ];

    pub fn text(self) -> &'static str {
        match self {
            Self::Proactive => "主动公开",
            Self::OnRequest => "依申请公开",
            Self::Withheld => "不予公开",
        }
    }
}

/// An official text.
#[derive(Debug)]
pub struct Notice<P: Phase = Linked> {
    /// 适用年度: the year whose work it arranges, where it is about one.
    pub year: Option<i16>,
    pub genre: Option<Genre>,
    /// 文号; none if the text gives none.
    pub number: Option<Spanned<String>>,
    /// 发文机关标志, where it is more than the issuers' names.
    pub letterhead: Option<String>,
    pub issuers: Vec<String>,
    pub addressees: Vec<String>,
    pub copies: Vec<String>,
    pub issued: Option<Date>,
    pub printed_on: Option<Date>,
    /// When its issuer made it public.
    pub published: Option<Date>,
    pub in_force: Option<Date>,
    pub expires: Option<Date>,
    pub publicity: Option<Publicity>,
    pub release: Option<Release>,
    pub index_number: Option<String>,
    pub cites: Vec<Cited<P>>,
    pub attachments: Vec<Attachment<P>>,
    pub omitted: Vec<Omitted<P>>,
    /// Where our copy of the text comes from.
    pub provenance: Option<String>,
}

/// The recorded decision to publish a document that its issuer discloses on request only.
#[derive(Debug, Clone)]
pub struct Release {
    pub by: String,
    pub on: Date,
    pub basis: String,
}

/// A sentence in plain words.
#[derive(Debug)]
pub struct Point<P: Phase = Linked> {
    pub text: Spanned<String>,
    pub audience: Option<String>,
    pub cite: P::Cite,
}

/// A time in which something can be done.
#[derive(Debug)]
pub struct Window<P: Phase = Linked> {
    pub what: String,
    pub who: Option<String>,
    pub from: Option<Spanned<Bound>>,
    pub until: Option<Spanned<Bound>>,
    pub note: Option<String>,
    pub cite: P::Cite,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    Students,
    Offices,
}

impl Audience {
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("学生", Self::Students),
        ("学生和家长", Self::Students),
        ("机构", Self::Offices),
    ];
}

/// Who must do what by when.
#[derive(Debug)]
pub struct Deadline<P: Phase = Linked> {
    pub by: Spanned<Bound>,
    pub who: String,
    pub audience: Audience,
    pub what: String,
    pub cite: P::Cite,
}

/// A document that the text names.
#[derive(Debug)]
pub struct Cited<P: Phase = Linked> {
    pub number: Option<Spanned<String>>,
    pub title: Spanned<String>,
    /// Our own copy of it. As written only where the number cannot tell; linked wherever there is one.
    pub notice: Option<P::Document>,
    pub note: Option<String>,
    pub cite: P::Cite,
}

#[derive(Debug)]
pub struct Attachment<P: Phase = Linked> {
    pub title: Spanned<String>,
    /// The annex of this text that lists it, where it is not the document's own.
    pub within: Option<Spanned<String>>,
    /// The annex of this text that holds it.
    pub part: Option<P::Clause>,
    /// A data file made from it.
    pub data: Option<P::Document>,
    /// A file below `content/`.
    pub file: Option<Spanned<String>>,
    pub note: Option<String>,
}

#[derive(Debug)]
pub struct Contact<P: Phase = Linked> {
    pub office: String,
    pub duty: Option<String>,
    pub phone: Option<String>,
    pub note: Option<String>,
    pub cite: Option<P::Cite>,
}

/// Words as printed, and what is right.
#[derive(Debug)]
pub struct Slip<P: Phase = Linked> {
    /// Where it stands; a list's own clause if not given.
    pub clause: Option<P::Clause>,
    pub printed: Spanned<String>,
    pub right: String,
    pub why: Option<String>,
    /// The day on which it was corrected here, where it was later than the document itself.
    pub on: Option<Date>,
}

#[derive(Debug)]
pub struct Omitted<P: Phase = Linked> {
    pub what: String,
    pub why: String,
    pub cite: Option<P::Cite>,
}

/// What a number of the text counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Counted {
    All,
    Counties,
    Zones,
    CityCentres,
    Grade(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StatedValue {
    Count(usize),
    /// As printed, `72.62%`; numerator over 10 to the power of `decimals` per cent.
    Rate {
        printed: String,
        scaled: u64,
        decimals: u32,
    },
}

/// A number that the text states.
#[derive(Debug)]
pub struct Stated<P: Phase = Linked> {
    pub what: String,
    pub value: Spanned<StatedValue>,
    pub of: Counted,
    /// Where `of` is written.
    pub of_span: Option<Span>,
    pub differs: Option<Spanned<String>>,
    pub cite: P::Cite,
}

/// A county in a list, as printed and as it was found.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Index of the unit in the regions.
    pub unit: UnitId,
    pub printed: Spanned<String>,
    /// The heading it stands under.
    pub heading: Spanned<String>,
    /// Index of the correction that was applied.
    pub corrected: Option<usize>,
}

/// Names as printed, by heading, for comparison with the official list.
pub type PrintedList = Vec<(Spanned<String>, Vec<Spanned<String>>)>;

#[derive(Debug)]
pub struct PilotList<P: Phase = Linked> {
    /// 适用年度
    pub year: P::Year,
    pub source: P::Document,
    pub programme: String,
    pub cite: P::Cite,
    pub stated: Vec<Stated<P>>,
    pub printed: PrintedList,
    pub rows: Vec<Listed>,
}

/// A statement with its source (venue, channel, form, group).
#[derive(Debug)]
pub struct Fact<P: Phase = Linked> {
    pub who: Option<String>,
    pub what: String,
    pub items: Vec<String>,
    pub note: Option<String>,
    pub cite: P::Cite,
}

#[derive(Debug)]
pub struct Quota<P: Phase = Linked> {
    pub group: String,
    pub per_day: u32,
    pub morning: Option<u32>,
    pub afternoon: Option<u32>,
    pub cite: P::Cite,
}

#[derive(Debug, Clone)]
pub struct Session {
    pub date: Date,
    pub place: String,
    pub service: String,
    pub morning: Option<u32>,
    pub afternoon: Option<u32>,
    pub phone: Option<String>,
}

#[derive(Debug)]
pub struct Schedule<P: Phase = Linked> {
    /// 适用年度
    pub year: P::Year,
    pub source: P::Document,
    pub venues: Vec<Fact<P>>,
    pub channels: Vec<Fact<P>>,
    pub quotas: Vec<Quota<P>>,
    pub groups: Vec<Fact<P>>,
    pub forms: Vec<Fact<P>>,
    pub guide: Vec<Fact<P>>,
    pub sessions: Vec<Session>,
}

#[derive(Debug)]
pub struct Grade<P: Phase = Linked> {
    pub grade: String,
    pub stated: Option<Spanned<usize>>,
    /// Where the number is stated.
    pub cite: Option<P::Cite>,
    /// Where the official list stands.
    pub list: P::Cite,
    pub printed: PrintedList,
    pub rows: Vec<Listed>,
}

#[derive(Debug)]
pub struct Assessment<P: Phase = Linked> {
    /// 适用年度
    pub year: P::Year,
    pub source: P::Document,
    pub programme: String,
    pub bodies: Vec<String>,
    pub cite: P::Cite,
    pub period: Option<Fact<P>>,
    pub stages: Vec<Fact<P>>,
    pub grades: Vec<Grade<P>>,
    pub stated: Vec<Stated<P>>,
}

impl<P: Phase> Assessment<P> {
    /// All rows with their grades, in the order printed.
    pub fn rows(&self) -> impl Iterator<Item = (&Grade<P>, &Listed)> {
        self.grades
            .iter()
            .flat_map(|grade| grade.rows.iter().map(move |row| (grade, row)))
    }
}
