//! Lists of counties: pilots and results of assessments.

use serde::Serialize;

use super::{
    CiteView, DatasetView, DocItem, FactView, LifeView, Link, SlipView, SummaryView, WindowView,
};
use crate::model::UnitKind;

/// A county as a row of a list (pilot list, assessment).
#[derive(Debug, Clone, Serialize)]
pub struct UnitRow {
    /// Anchor of the row: region code or unit id (`411122`).
    pub id: String,
    /// 1.. in the order printed
    pub no: usize,
    pub name: String,
    /// Reading without tones, for sorting and finding: `lin ying xian`
    pub pinyin: String,
    pub url: String,
    pub prefecture: Link,
    /// As printed, if that differs from `name`.
    pub printed: Option<String>,
    pub why: Option<String>,
    /// The current name of a renamed county.
    pub now: Option<String>,
    pub unit: UnitKind,
    pub unit_text: &'static str,
    /// Grade for assessments, else empty.
    pub grade: String,
}

/// A number stated in the text, and the number computed from the rows.
#[derive(Debug, Clone, Serialize)]
pub struct StatedView {
    /// 考核优秀单位, 优秀率 …
    pub what: String,
    pub stated: String,
    pub computed: String,
    /// How `computed` was made: `122 ÷ 168 = 0.726190…`
    pub how: String,
    pub agrees: bool,
    /// The difference in a sentence; empty if both have the same digits.
    pub difference: String,
    /// Why they differ, if known.
    pub note: Option<String>,
    pub cite: CiteView,
}

/// What a pilot list and an assessment have in common: a list of counties, with what its text states.
#[derive(Debug, Clone, Serialize)]
pub struct CountyListView {
    /// What has become of it, and of the document that it is based on.
    pub life: LifeView,
    pub title: String,
    pub programme: String,
    pub year: i16,
    pub place: Link,
    pub summary: Vec<SummaryView>,
    pub stated: Vec<StatedView>,
    pub rows: Vec<UnitRow>,
    pub corrections: Vec<SlipView>,
    pub source: DocItem,
    pub cite: CiteView,
    pub edition: String,
    pub dataset: Option<DatasetView>,
}

/// `pilot.html`
#[derive(Debug, Clone, Serialize)]
pub struct PilotView {
    #[serde(flatten)]
    pub list: CountyListView,
    pub windows: Vec<WindowView>,
}

/// A grade of an assessment with its counties.
#[derive(Debug, Clone, Serialize)]
pub struct GradeView {
    pub grade: String,
    pub count: usize,
    /// Share of all units, `72.62%`, rounded half up to two decimals.
    pub share: String,
    pub cite: CiteView,
}

/// The numbers of one prefecture in an assessment.
#[derive(Debug, Clone, Serialize)]
pub struct PrefectureRow {
    pub prefecture: Link,
    /// One count per grade, in the order of `grades`.
    pub counts: Vec<usize>,
    pub total: usize,
    /// The share of each grade, `73.33%`, in the same order.
    pub shares: Vec<String>,
}

/// `assessment.html`
#[derive(Debug, Clone, Serialize)]
pub struct AssessmentView {
    #[serde(flatten)]
    pub list: CountyListView,
    pub bodies: Vec<String>,
    pub period: Option<FactView>,
    pub stages: Vec<FactView>,
    pub grades: Vec<GradeView>,
    /// Pages that compare these results with those of another year.
    pub compared: Vec<Link>,
    pub by_prefecture: Vec<PrefectureRow>,
    /// The picture of `by_prefecture`; empty for a single place.
    pub chart_html: String,
}

/// `compare.html`: results of two years
#[derive(Debug, Clone, Serialize)]
pub struct ComparedView {
    pub programme: String,
    pub place: Link,
    /// The older one first, here and below.
    pub years: [i16; 2],
    pub results: Vec<Link>,
    pub cites: Vec<CiteView>,
    /// The grades of both, the best first.
    pub grades: Vec<String>,
    pub changes: Vec<ChangeCount>,
    pub rows: Vec<ComparedRow>,
}

/// How many units changed in one way.
#[derive(Debug, Clone, Serialize)]
pub struct ChangeCount {
    /// 上升, 下降 …
    pub change: &'static str,
    pub count: usize,
}

/// A unit in two years.
#[derive(Debug, Clone, Serialize)]
pub struct ComparedRow {
    /// Anchor of the row.
    pub id: String,
    pub name: String,
    /// Reading without tones.
    pub pinyin: String,
    pub url: String,
    /// The heading above it, as printed in the newer one that lists it.
    pub prefecture: String,
    /// null = not listed
    pub before: Option<String>,
    pub now: Option<String>,
    pub change: &'static str,
}
