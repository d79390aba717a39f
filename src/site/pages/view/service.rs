//! What a reader asks first of a county, answered in cards: one for each service.

use serde::Serialize;

use super::{CiteView, DateView, Link, StateView};

/// The cards of a schedule, or of a county without one.
#[derive(Debug, Clone, Serialize)]
pub struct AnswersView {
    pub services: Vec<ServiceView>,
    /// The words of all clauses that the cards cite, each once.
    pub quotes: Vec<CiteView>,
}

/// Something that can be done (续贷, 首贷 …), and what is asked of it.
#[derive(Debug, Clone, Serialize)]
pub struct ServiceView {
    /// Anchor of the card; those of its rows begin with it.
    pub id: String,
    pub name: String,
    /// What its name means; null if nobody explains it.
    pub about: Option<String>,
    /// What documents answer, in the order of the questions.
    pub rows: Vec<ServiceRow>,
    /// What is asked and not written.
    pub missing: Vec<&'static str>,
    /// Whether no telephone is written and the page names offices of wider places.
    pub is_asked_above: bool,
}

/// A question with what the documents answer.
#[derive(Debug, Clone, Serialize)]
pub struct ServiceRow {
    pub id: String,
    /// 在家办, 什么时候 …
    pub ask: &'static str,
    pub said: Vec<SaidView>,
    /// The year and the page of the earlier schedule that answers in place of this one; null if this one does.
    pub earlier: Option<Link>,
    /// Terms that the page has not yet explained.
    pub terms: Vec<ServiceTerm>,
}

/// One thing that a document says.
#[derive(Debug, Clone, Serialize, Default)]
pub struct SaidView {
    /// Whom it concerns; null = everybody.
    pub who: Option<String>,
    pub text: String,
    /// First and last day of a window whose text names both: `text` in two pieces, each with its day.
    pub span: Option<[DateView; 2]>,
    pub note: Option<String>,
    pub state: Option<StateView>,
    pub phone: Option<String>,
    /// Whose rule it is, if not the county's own: `山西省2026年的规定`, with its page.
    pub from: Option<Link>,
    pub cite: Option<CiteView>,
}

/// A term with its explanation.
#[derive(Debug, Clone, Serialize)]
pub struct ServiceTerm {
    pub entry: Link,
    pub about: String,
}
