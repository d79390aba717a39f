//! The eight elements of a service guide (服务指南要素), each answered from the facts of a schedule or left open.
//!
//! Comes in: a schedule. Goes out: [`Answer`]s in the order that government sites use. An entry of the file's own guide goes
//! before what is put together from the other facts.

use crate::atlas::Facts;
use crate::diag::Spanned;
use crate::model::{Bound, Cite, Document, DocumentId, Fact, Schedule, date};

/// An element that a service guide must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Element {
    Matter,
    Basis,
    Conditions,
    Papers,
    Venue,
    Times,
    Phone,
    Steps,
}

impl Element {
    /// Every element, in order.
    pub const ALL: [Self; 8] = [
        Self::Matter,
        Self::Basis,
        Self::Conditions,
        Self::Papers,
        Self::Venue,
        Self::Times,
        Self::Phone,
        Self::Steps,
    ];

    /// What pages call it, and an entry of a guide.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Matter => "事项名称",
            Self::Basis => "设定依据",
            Self::Conditions => "申请条件",
            Self::Papers => "办理材料",
            Self::Venue => "办理地点",
            Self::Times => "办理时间",
            Self::Phone => "联系电话",
            Self::Steps => "办理流程",
        }
    }
}

/// What a schedule says of an element.
#[derive(Debug, Clone)]
pub struct Answer<'a> {
    pub element: Element,
    /// None: the text leaves it open.
    pub value: Option<String>,
    pub cite: Option<&'a Cite>,
}

/// All elements of a schedule.
pub fn answers<'a>(
    facts: &Facts<'a>,
    index: DocumentId,
    schedule: &'a Schedule,
) -> Vec<Answer<'a>> {
    let document = facts.document(index);
    let places = || schedule.sessions.iter().map(|one| one.place.clone());
    let days = || schedule.sessions.iter().map(|one| date::chinese(one.date));
    let found = |element: Element| match element {
        Element::Matter => matter(document),
        Element::Basis => {
            let text = facts.document(facts.text_of(index));
            Some((text.title.value.clone(), None))
        }
        Element::Conditions => own(schedule, element.name()),
        Element::Papers => own(schedule, element.name()).or_else(|| papers(schedule)),
        Element::Venue => {
            let said = own(schedule, element.name()).or_else(|| venue(schedule));
            said.or_else(|| by_session(places()))
        }
        Element::Times => {
            let said = own(schedule, element.name()).or_else(|| times(document));
            said.or_else(|| by_session(days()))
        }
        Element::Phone => phone(document),
        Element::Steps => own(schedule, element.name()).or_else(|| own(schedule, "流程")),
    };
    let answer = |element| {
        let (value, cite) = found(element).unzip();
        Answer {
            element,
            value,
            cite: cite.flatten(),
        }
    };
    Element::ALL.into_iter().map(answer).collect()
}

/// What is said, and where.
type Said<'a> = Option<(String, Option<&'a Cite>)>;

/// The entry of the file's own guide.
fn own<'a>(schedule: &'a Schedule, name: &str) -> Said<'a> {
    let entry = schedule.guide.iter().find(|entry| entry.what == name)?;
    said(entry.items.join("；"), Some(&entry.cite))
}

/// Nothing for no words.
fn said(words: String, cite: Option<&Cite>) -> Said<'_> {
    (!words.is_empty()).then_some((words, cite))
}

fn matter(document: &Document) -> Said<'_> {
    let names: Vec<&str> = document
        .windows
        .iter()
        .map(|one| one.what.as_str())
        .collect();
    said(
        names.join("、"),
        document.windows.first().map(|one| &one.cite),
    )
}

fn papers(schedule: &Schedule) -> Said<'_> {
    let forms = schedule.forms.iter().map(|form| form.items.join("、"));
    let forms: Vec<String> = forms.collect();
    said(
        forms.join("；"),
        schedule.forms.first().map(|form| &form.cite),
    )
}

fn venue(schedule: &Schedule) -> Said<'_> {
    let venue: &Fact = schedule.venues.first()?;
    said(venue.what.clone(), Some(&venue.cite))
}

fn times(document: &Document) -> Said<'_> {
    let window = document.windows.first()?;
    let day = |bound: &Option<Spanned<Bound>>| {
        let text = bound.as_ref().map(|bound| bound.value.text());
        text.unwrap_or_else(|| "未载明".to_owned())
    };
    let days = format!("{}至{}", day(&window.from), day(&window.until));
    Some((days, Some(&window.cite)))
}

fn phone(document: &Document) -> Said<'_> {
    let contacts = document.contacts.iter();
    let mut phones = contacts.filter_map(|one| Some((one.phone.clone()?, one.cite.as_ref())));
    phones.next()
}

/// Where a schedule gives times and places by session only, the sessions answer.
fn by_session<'a>(words: impl Iterator<Item = String>) -> Said<'a> {
    let mut words: Vec<String> = words.collect();
    words.dedup();
    (!words.is_empty()).then(|| (format!("分场次：{}", words.join("、")), None))
}
