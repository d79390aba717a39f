//! The types of documents and their parts.
//!
//! A part is the same type as written and as linked ([`Phase`]). Nothing is read or checked here.

use std::sync::Arc;

use jiff::civil::Date;
use serde::Serialize;

use super::DocumentId;
use super::clause::Body;
use super::date::Bound;
use super::kind::DocumentKind;
use super::phase::{Linked, Phase};
use super::region::{EditionId, Place, UnitId};
use crate::diag::{SourceId, Span, Spanned};
use crate::memo::Key;
use mingbai_forms::entries::Entry;
pub use mingbai_forms::{Checked, Citation};

/// A document of any kind: common fields, and an enum for the rest.
#[derive(Debug)]
pub struct Document<P: Phase = Linked> {
    /// The stem of the file name; unique, and part of the address.
    pub id: String,
    pub source: SourceId,
    /// The key of everything that the file says but for the words of its text: the front matter, and what the clauses are called.
    pub head: Key,
    /// The first key of the file: where problems of the whole document are reported.
    pub span: Span,
    pub title: Spanned<String>,
    /// 简称: the name used in citations.
    pub short: Option<String>,
    pub place: Option<Place>,
    /// The edition of the regions in which its names are looked up.
    pub edition: Option<EditionId>,
    /// Whether its date could not be read. Checks that depend on the edition are then skipped.
    pub date_failed: bool,
    /// The span of `year`.
    pub year_span: Option<Span>,
    pub topics: Vec<P::Topic>,
    pub summary: Vec<Point<P>>,
    pub windows: Vec<Window<P>>,
    pub deadlines: Vec<Deadline<P>>,
    pub contacts: Vec<Contact<P>>,
    /// The official text, or the free text of a schedule.
    pub body: Option<Arc<Body>>,
    /// Corrections: misprints in the text, or names in a list.
    pub slips: Vec<Slip<P>>,
    pub formerly: Vec<Spanned<String>>,
    pub checked: Option<Checked>,
    /// What the file says, with the citations next to it, for comparison with the official text.
    pub entries: Arc<[Entry]>,
    /// What has become of it, by its own keys.
    pub life: Life<P>,
    /// Since when it is no longer to be followed: itself, or the notice that it is based on. Known once linked.
    pub ending: Option<Ending>,
    pub kind: Kind<P>,
}

impl<P: Phase> Document<P> {
    /// Mistakes of this site.
    pub fn own_corrections(&self) -> impl Iterator<Item = &Slip<P>> {
        self.slips.iter().filter(|slip| slip.whose == Whose::Site)
    }

    /// 适用年度: the year that the document applies to.
    pub fn year(&self) -> Option<i16> {
        match &self.kind {
            Kind::Notice(notice) => notice.year,
            Kind::Pilots(list) => list.year.into(),
            Kind::Schedule(schedule) => schedule.year.into(),
            Kind::Assessment(assessment) => assessment.year.into(),
        }
    }
}

/// How a document came to an end by another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// 废止
    Repealed,
    /// 被代替
    Replaced,
}

/// The document that ended a notice, and since when.
#[derive(Debug)]
pub struct Ended<P: Phase = Linked> {
    pub end: End,
    /// Our copy of the other document.
    pub by: Option<P::Document>,
    /// Its title and number, if the site does not have it.
    pub title: Option<String>,
    pub number: Option<String>,
    /// The first day on which the notice is no longer to be followed.
    pub since: Spanned<Date>,
    pub note: Option<String>,
    /// The words of the other document that say so.
    pub cite: Option<P::Cite>,
}

/// 撤下: the decision to no longer publish a notice.
#[derive(Debug, Clone)]
pub struct Withdrawn {
    /// The key of the file.
    pub span: Span,
    pub on: Date,
    pub by: String,
    pub why: String,
}

/// What has become of a notice.
#[derive(Debug)]
pub struct Life<P: Phase = Linked> {
    pub repealed: Option<Ended<P>>,
    pub replaced: Option<Ended<P>>,
    pub withdrawn: Option<Withdrawn>,
}

impl<P: Phase> Default for Life<P> {
    fn default() -> Self {
        Self {
            repealed: None,
            replaced: None,
            withdrawn: None,
        }
    }
}

impl<P: Phase> Life<P> {
    /// By which documents it was ended, the earliest first.
    pub fn ended(&self) -> impl Iterator<Item = &Ended<P>> {
        let (mut first, mut second) = (self.repealed.as_ref(), self.replaced.as_ref());
        if let (Some(one), Some(other)) = (first, second)
            && other.since.value < one.since.value
        {
            std::mem::swap(&mut first, &mut second);
        }
        first.into_iter().chain(second)
    }
}

/// Since when something is no longer to be followed, and which document was ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ending {
    pub end: End,
    pub since: Date,
    /// The notice that was repealed or replaced.
    pub notice: DocumentId,
}

/// The kind of a document and the fields of that kind.
#[derive(Debug)]
pub enum Kind<P: Phase = Linked> {
    Notice(Box<Notice<P>>),
    Pilots(PilotList<P>),
    Schedule(Schedule<P>),
    Assessment(Assessment<P>),
}

impl<P: Phase> Kind<P> {
    /// The kind without its fields.
    pub fn kind(&self) -> DocumentKind {
        match self {
            Self::Notice(_) => DocumentKind::Notice,
            Self::Pilots(_) => DocumentKind::Pilots,
            Self::Schedule(_) => DocumentKind::Schedule,
            Self::Assessment(_) => DocumentKind::Assessment,
        }
    }

    /// The folder of its sources and pages.
    pub fn folder(&self) -> &'static str {
        self.kind().folder()
    }

    /// The rows of a list with their grades (empty in a pilot list), in printed order.
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

    /// The number of names in the list as written, whether they were found or not.
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

    /// The notice that a data file is based on.
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
    /// The words of `kind`, with their values.
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

    /// The Chinese word.
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
    /// The words of `publicity`, with their values; nothing for 未载明.
    pub const ALL: &'static [(&'static str, Option<Self>)] = &[
        ("主动公开", Some(Self::Proactive)),
        ("依申请公开", Some(Self::OnRequest)),
        ("不予公开", Some(Self::Withheld)),
        ("未载明", None),
    ];

    /// The Chinese word.
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
    /// 适用年度: the year that it applies to, if any.
    pub year: Option<i16>,
    pub genre: Option<Genre>,
    /// 文号; nothing if the text gives none.
    pub number: Option<Spanned<String>>,
    /// 发文机关标志, if it says more than the names of the issuers.
    pub letterhead: Option<String>,
    pub issuers: Vec<String>,
    pub addressees: Vec<String>,
    pub copies: Vec<String>,
    pub issued: Option<Date>,
    pub printed_on: Option<Date>,
    /// The day on which the issuer published it.
    pub published: Option<Date>,
    pub in_force: Option<Date>,
    pub expires: Option<Date>,
    pub publicity: Option<Publicity>,
    pub release: Option<Release>,
    pub index_number: Option<String>,
    pub cites: Vec<Cited<P>>,
    pub attachments: Vec<Attachment<P>>,
    pub omitted: Vec<Omitted<P>>,
    pub consents: Vec<Consent>,
    /// The origin of the text on this site.
    pub provenance: Option<String>,
}

/// The recorded decision to publish a document that is disclosed only on request.
#[derive(Debug, Clone)]
pub struct Release {
    pub by: String,
    pub on: Date,
    pub basis: String,
}

/// The recorded decision to publish the name of a person.
#[derive(Debug, Clone)]
pub struct Consent {
    pub name: String,
    pub release: Release,
}

/// A sentence in plain words.
#[derive(Debug)]
pub struct Point<P: Phase = Linked> {
    pub text: Spanned<String>,
    pub audience: Option<String>,
    pub cite: P::Cite,
}

impl<P: Phase> Point<P> {
    /// Whether it concerns offices and nobody else.
    pub fn is_for_offices(&self) -> bool {
        const READERS: [&str; 3] = ["学生", "家长", "毕业生"];
        let is_for = |audience: &str| READERS.iter().any(|reader| audience.contains(reader));
        self.audience.as_deref().is_some_and(|words| !is_for(words))
    }

    /// Whether it concerns students or parents in general, as words for the public do.
    pub fn is_for_public(&self) -> bool {
        matches!(self.audience.as_deref(), Some("学生和家长" | "学生"))
    }
}

/// A period in which something can be done.
#[derive(Debug)]
pub struct Window<P: Phase = Linked> {
    pub what: String,
    pub who: Option<String>,
    pub from: Option<Spanned<Bound>>,
    pub until: Option<Spanned<Bound>>,
    pub note: Option<String>,
    pub cite: P::Cite,
    /// Since when its words are no longer to be followed. Known once linked.
    pub ending: Option<Ending>,
}

/// For whom a deadline is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    Students,
    Offices,
}

impl Audience {
    /// The words of `for` in a deadline, with their values.
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("学生", Self::Students),
        ("学生和家长", Self::Students),
        ("机构", Self::Offices),
    ];
}

/// A deadline: who must do what by when.
#[derive(Debug)]
pub struct Deadline<P: Phase = Linked> {
    pub by: Spanned<Bound>,
    pub who: String,
    pub audience: Audience,
    pub what: String,
    pub cite: P::Cite,
    /// Since when its words are no longer to be followed. Known once linked.
    pub ending: Option<Ending>,
}

/// A document that the text cites.
#[derive(Debug)]
pub struct Cited<P: Phase = Linked> {
    pub number: Option<Spanned<String>>,
    pub title: Spanned<String>,
    /// Our copy of it. As written, only given if the number is not enough to find it; as linked, whenever there is
    /// one.
    pub notice: Option<P::Document>,
    pub note: Option<String>,
    pub cite: P::Cite,
}

/// An attachment that the text lists.
#[derive(Debug)]
pub struct Attachment<P: Phase = Linked> {
    pub title: Spanned<String>,
    /// The annex that contains it, if it is not an annex of the document itself.
    pub within: Option<Spanned<String>>,
    /// The part of this text that contains it.
    pub part: Option<P::Clause>,
    /// The data file made from it.
    pub data: Option<P::Document>,
    /// The file in `content/`.
    pub file: Option<Spanned<String>>,
    pub note: Option<String>,
}

/// An office and its public number.
#[derive(Debug)]
pub struct Contact<P: Phase = Linked> {
    pub office: String,
    pub duty: Option<String>,
    pub phone: Option<String>,
    pub note: Option<String>,
    pub cite: Option<P::Cite>,
}

/// Whose mistake a correction corrects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// The official text has it.
    Text,
    /// This site published it.
    Site,
}

impl Whose {
    /// The words of `whose`, with their values.
    pub const ALL: &'static [(&'static str, Self)] = &[("原文", Self::Text), ("本站", Self::Site)];

    /// The Chinese word.
    pub fn text(self) -> &'static str {
        match self {
            Self::Text => "原文",
            Self::Site => "本站",
        }
    }
}

/// A correction: words as printed, and as they should be.
#[derive(Debug)]
pub struct Slip<P: Phase = Linked> {
    pub whose: Whose,
    /// Where this site said it, in words.
    pub what: Option<String>,
    /// The clause with the misprint; if not given, the clause of the list.
    pub clause: Option<P::Clause>,
    pub printed: Spanned<String>,
    pub right: String,
    pub why: Option<String>,
    /// The day of the correction, if it was made after the document was added.
    pub on: Option<Date>,
}

/// Something that was left out of the text, and why.
#[derive(Debug)]
pub struct Omitted<P: Phase = Linked> {
    pub what: String,
    pub why: String,
    pub cite: Option<P::Cite>,
}

/// What a stated number counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Counted {
    All,
    Counties,
    Zones,
    CityCentres,
    Grade(String),
}

/// A stated number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StatedValue {
    Count(usize),
    /// The percentage as printed, `72.62%`, and as a number scaled by 10 to the power of `decimals`.
    Rate {
        printed: String,
        scaled: u64,
        decimals: u32,
    },
}

/// A number stated in the text.
#[derive(Debug)]
pub struct Stated<P: Phase = Linked> {
    pub what: String,
    pub value: Spanned<StatedValue>,
    pub of: Counted,
    /// The span of `of`.
    pub of_span: Option<Span>,
    pub differs: Option<Spanned<String>>,
    pub cite: P::Cite,
}

/// A county in a list, as printed and as found.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The unit in the regions.
    pub unit: UnitId,
    pub printed: Spanned<String>,
    /// The heading above it.
    pub heading: Spanned<String>,
    /// The index of the correction that was applied.
    pub corrected: Option<usize>,
}

/// Names as printed, by heading, for comparison with the official list.
pub type PrintedList = Vec<(Spanned<String>, Vec<Spanned<String>>)>;

/// A pilot list.
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

/// A statement with its citation (venue, channel, form, group).
#[derive(Debug)]
pub struct Fact<P: Phase = Linked> {
    pub who: Option<String>,
    pub what: String,
    pub items: Vec<String>,
    pub note: Option<String>,
    pub cite: P::Cite,
}

/// How many people are served per day.
#[derive(Debug)]
pub struct Quota<P: Phase = Linked> {
    pub group: String,
    pub per_day: u32,
    pub morning: Option<u32>,
    pub afternoon: Option<u32>,
    pub cite: P::Cite,
}

/// A day on which a place accepts applications.
#[derive(Debug, Clone)]
pub struct Session {
    pub date: Date,
    pub place: String,
    pub service: String,
    pub morning: Option<u32>,
    pub afternoon: Option<u32>,
    pub phone: Option<String>,
}

/// The schedule of a county.
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

/// A grade of an assessment and its list.
#[derive(Debug)]
pub struct Grade<P: Phase = Linked> {
    pub grade: String,
    pub stated: Option<Spanned<usize>>,
    /// The citation of the stated number.
    pub cite: Option<P::Cite>,
    /// The clause of the official list.
    pub list: P::Cite,
    pub printed: PrintedList,
    pub rows: Vec<Listed>,
}

/// The results of an assessment.
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
    /// All rows with their grades, in printed order.
    pub fn rows(&self) -> impl Iterator<Item = (&Grade<P>, &Listed)> {
        self.grades
            .iter()
            .flat_map(|grade| grade.rows.iter().map(move |row| (grade, row)))
    }
}
