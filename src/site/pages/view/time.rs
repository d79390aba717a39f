//! Windows and deadlines, the calendar and its pictures.

use serde::Serialize;

use super::{CiteView, DateView, Link, ShownView, StateView};

/// A window, with its state and citation.
#[derive(Debug, Clone, Serialize)]
pub struct WindowView {
    /// 续贷受理, 合同变更 …
    pub what: String,
    pub who: Option<String>,
    pub from: Option<DateView>,
    pub until: Option<DateView>,
    pub state: StateView,
    /// The place of the window: 右玉县 / 山西省
    pub place: Link,
    pub note: Option<String>,
    pub cite: CiteView,
    /// The page that contains the window (schedule or notice).
    pub page: Link,
    pub year: Option<i16>,
    /// Null: on all days.
    pub shown: Option<ShownView>,
    /// Null: it stays where it is.
    pub order: Option<String>,
}

/// A deadline, with its state and citation.
#[derive(Debug, Clone, Serialize)]
pub struct DeadlineView {
    pub by: DateView,
    pub who: String,
    pub what: String,
    pub state: StateView,
    pub place: Link,
    pub cite: CiteView,
    pub page: Link,
}

/// A month (or 每年 / 未写年份) of the calendar.
#[derive(Debug, Clone, Serialize)]
pub struct CalendarGroup {
    /// `2020年7月`, `每年`, `原文未写年份`
    pub title: String,
    pub id: String,
    pub deadlines: Vec<DeadlineView>,
}

/// The picture of a year.
#[derive(Debug, Clone, Serialize)]
pub struct YearView {
    /// `y2020`, `every-year`
    pub id: String,
    pub title: String,
    /// Whether entries of counties were drawn together.
    pub merged: bool,
    pub svg_html: String,
}

/// Pictures of all years.
#[derive(Debug, Clone, Serialize)]
pub struct YearsView {
    pub years: Vec<YearView>,
    /// Windows and deadlines without a day to draw.
    pub undrawn: usize,
}

/// `deadlines.html`
#[derive(Debug, Clone, Serialize)]
pub struct DeadlinesView {
    pub pictures: YearsView,
    pub windows: Vec<WindowView>,
    pub students: Vec<CalendarGroup>,
    pub offices: Vec<CalendarGroup>,
}
