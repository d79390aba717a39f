//! Counties and the areas around them.

use serde::Serialize;

use super::{
    AnswersView, CiteView, ContactView, DeadlineView, DocItem, Link, ScheduleView, ShownView,
    WindowView,
};
use crate::model::UnitKind;

/// Something a source says of a county in a year, a row of 历年记录.
#[derive(Debug, Clone, Serialize)]
pub struct RecordRow {
    /// null = 未载明
    pub year: Option<i16>,
    /// 贷款受理, 试点, a programme of assessment …
    pub what: String,
    /// The days, 列入…, the grade.
    pub text: String,
    pub who: Option<String>,
    /// The name at that time, if it was different.
    pub then: Option<String>,
    pub page: Link,
    pub cite: Option<CiteView>,
}

/// One matter on which sources disagree.
#[derive(Debug, Clone, Serialize)]
pub struct DisputeView {
    /// 2023年贷款受理的时间
    pub what: String,
    pub claims: Vec<ClaimView>,
}

/// What one source says of it.
#[derive(Debug, Clone, Serialize)]
pub struct ClaimView {
    pub text: String,
    pub page: Link,
    pub cite: CiteView,
}

/// A picture with its caption.
#[derive(Debug, Clone, Serialize)]
pub struct PictureView {
    pub title: String,
    pub svg_html: String,
}

/// A schedule on the page of its county.
#[derive(Debug, Clone, Serialize)]
pub struct CountySchedule {
    pub schedule: ScheduleView,
    /// What readers ask first, answered.
    pub answers: AnswersView,
    /// The beginning of the ids of its sections; empty for the newest one.
    pub mark: String,
    /// Its place among the others on each day; null if there are no others.
    pub order: Option<String>,
    /// Null: on all days.
    pub shown: Option<ShownView>,
    /// When it offers the calendar of the county, which only the first one does; null: on all days.
    pub calendar: Option<ShownView>,
}

/// `county.html`
#[derive(Debug, Clone, Serialize)]
pub struct CountyView {
    /// Self-checks for this county: its own and its province's.
    pub checks: Vec<Link>,
    pub code: Option<String>,
    pub name: String,
    /// `Yòuyù Xiàn`-like reading, `yòu yù xiàn`
    pub pinyin: String,
    pub province: Link,
    pub prefecture: Option<Link>,
    pub unit: UnitKind,
    pub unit_text: &'static str,
    /// Former names with the time of the change, for people who search for an old name.
    pub former: Vec<String>,
    pub note: Option<String>,
    /// What is answered where no schedule is shown: by its own notices, by pilot lists and by wider places. Null with a schedule.
    pub answers: Option<AnswersView>,
    /// Offices of wider places that documents name.
    pub above: Vec<ContactView>,
    /// Windows of the prefecture, province or whole country that also bind here and are not among the answers; past ones last.
    pub wider_windows: Vec<WindowView>,
    /// What students and parents must do by when: the county's own and those of the places around it.
    pub deadlines: Vec<DeadlineView>,
    /// Its schedules that are shown on some day, the one that concerns a reader most first.
    pub schedules: Vec<CountySchedule>,
    /// Whether more than one is shown on some day.
    pub has_several: bool,
    /// Whether a pilot list names it.
    pub piloted: bool,
    /// What the sources say year by year, newest first; with one schedule only what is not among its answers.
    pub record: Vec<RecordRow>,
    /// Where they disagree.
    pub disputes: Vec<DisputeView>,
    /// What can be compared between years; empty with one year only.
    pub pictures: Vec<PictureView>,
    /// Whether an assessment lists it.
    pub assessed: bool,
    /// Documents of the county itself.
    pub own: Vec<DocItem>,
    /// Documents of the prefecture, province and the whole country.
    pub binding: Vec<DocItem>,
    /// The pages of wider places that have more documents than are shown.
    pub binding_more: Vec<Link>,
}

/// A county in a list of counties.
#[derive(Debug, Clone, Serialize)]
pub struct CountyItem {
    pub url: String,
    pub name: String,
    pub pinyin: String,
    pub prefecture: String,
    pub province: String,
    /// 试点 2020 · 优秀 2018 · 受理安排 2023
    pub tags: Vec<String>,
}

/// The counties of one prefecture.
#[derive(Debug, Clone, Serialize)]
pub struct CountyGroup {
    pub name: String,
    pub url: String,
    pub counties: Vec<CountyItem>,
}

/// `area.html`: a prefecture or a province
#[derive(Debug, Clone, Serialize)]
pub struct AreaView {
    pub name: String,
    pub code: String,
    pub pinyin: String,
    pub level: AreaLevel,
    pub parent: Option<Link>,
    pub windows: Vec<WindowView>,
    /// Deadlines of students and parents, and those of offices.
    pub students: Vec<DeadlineView>,
    pub offices: Vec<DeadlineView>,
    pub documents: Vec<DocItem>,
    /// For a province: one group per prefecture; for a prefecture: a single group.
    pub groups: Vec<CountyGroup>,
}

/// How wide an area is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AreaLevel {
    Prefecture,
    Province,
    Country,
}

/// `counties.html`: the register of all counties with a page
#[derive(Debug, Clone, Serialize)]
pub struct CountiesView {
    /// province -> prefectures
    pub provinces: Vec<ProvinceGroup>,
    /// by pinyin initial; empty if the register is cut
    pub initials: Vec<CountyGroup>,
    /// Whether there are too many counties for one page, so that it leads to those of prefectures.
    pub is_cut: bool,
    pub total: usize,
}

/// The counties of one province, by prefecture.
#[derive(Debug, Clone, Serialize)]
pub struct ProvinceGroup {
    pub name: String,
    pub url: String,
    pub prefectures: Vec<CountyGroup>,
    /// What is said in place of counties where there are none.
    pub note: Option<&'static str>,
}
