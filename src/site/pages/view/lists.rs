//! Lists of documents and topics, the home page, the search.

use serde::Serialize;

use super::{CheckItem, CountiesView, DocItem, Link, ProvinceGroup, ShownView, WindowView};
use crate::model::DocumentKind;

/// The links between the pages of a list.
#[derive(Debug, Clone, Serialize)]
pub struct Pager {
    pub current: usize,
    pub total: usize,
    pub prev: Option<String>,
    pub next: Option<String>,
}

/// `list.html`: notices, pilot lists, schedules, assessments, a topic
#[derive(Debug, Clone, Serialize)]
pub struct ListView {
    /// Self-checks of a topic.
    pub checks: Vec<Link>,
    pub what: ListOf,
    pub lead: String,
    pub items: Vec<DocItem>,
    pub pager: Pager,
    pub windows: Vec<WindowView>,
}

/// What a list holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ListOf {
    Notices,
    Pilots,
    Schedules,
    Assessments,
    Topic,
}

impl From<DocumentKind> for ListOf {
    fn from(kind: DocumentKind) -> Self {
        match kind {
            DocumentKind::Notice => Self::Notices,
            DocumentKind::Pilots => Self::Pilots,
            DocumentKind::Schedule => Self::Schedules,
            DocumentKind::Assessment => Self::Assessments,
        }
    }
}

/// A topic in the list of topics.
#[derive(Debug, Clone, Serialize)]
pub struct TopicItem {
    pub url: String,
    pub name: String,
    pub about: Option<String>,
    pub count: usize,
}

/// `topics.html`
#[derive(Debug, Clone, Serialize)]
pub struct TopicsView {
    pub topics: Vec<TopicItem>,
}

/// `search.html`: what serves where no script runs, and what results can be filtered by.
#[derive(Debug, Clone, Serialize)]
pub struct SearchView {
    pub counties: CountiesView,
    pub topics: Vec<TopicItem>,
    /// The newest documents.
    pub documents: Vec<DocItem>,
    pub more_documents: bool,
    /// Provinces of counties, documents and self-checks, in the order of their codes.
    pub provinces: Vec<String>,
    /// Years of documents, newest first.
    pub years: Vec<String>,
}

/// `home.html`
#[derive(Debug, Clone, Serialize)]
pub struct HomeView {
    /// Open, closing or about to open, soonest end first, each until it is past; and the newest of those that are past on
    /// the day of the build, hidden, for readers whose clock is late.
    pub open: Vec<WindowView>,
    /// When there is one to show; null: on all days.
    pub open_shown: Option<ShownView>,
    /// Whether there is a day on which nothing is open.
    pub has_quiet: bool,
    /// The days on which nothing is open; null: all days.
    pub quiet_shown: Option<ShownView>,
    /// The most recent windows on these days, so that the page is not silent out of season.
    pub last: Vec<WindowView>,
    pub documents: Vec<DocItem>,
    pub provinces: Vec<ProvinceGroup>,
    pub counties: usize,
    pub pilots: Vec<DocItem>,
    pub schedules: Vec<DocItem>,
    pub assessments: Vec<DocItem>,
    pub topics: Vec<TopicItem>,
    pub checks: Vec<CheckItem>,
    pub lead_html: String,
}
