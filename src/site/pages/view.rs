//! Views: what a template may read, and nothing else.
//!
//! Comes in: nothing (types only). Goes out: one `Serialize` struct per page kind, built by
//! the modules next to this one and printed by the theme. A view holds finished words and site paths; it never
//! holds model types, spans or dates that a template would have to compute with.
//!
//! Conventions that every template may rely on:
//! - `url` fields are site paths without a leading slash (`notices/x.html#c1-1`); a template prints
//!   `{{ page.root }}{{ url }}`, so that pages work below any base path and from `file://`.
//! - a value the official text does not give is `null`; the theme prints 原文未载明.
//! - fields named `html` (and `*_html`) are finished HTML, the only ones that may be printed with `| safe`.
//! - dates come as [`DateView`]: `iso` for `<time datetime>`, `text` for the reader.

pub use crate::atlas::links::{CiteView, Link};

use serde::Serialize;

use crate::model::{DocumentKind, UnitKind};

mod data;
mod glossary;
mod leaflet;
mod self_check;
mod state;

pub use data::*;
pub use glossary::*;
pub use leaflet::*;
pub use self_check::*;
pub use state::*;

/// A date as people read it. `iso` is absent for dates without a year (`6月底`) and for yearly ones.
#[derive(Debug, Clone, Serialize)]
pub struct DateView {
    pub iso: Option<String>,
    /// `2020年7月15日`, `每年1月31日`, `6月底（原文未写年份）`, with 不早于 / 不晚于 in front of a lower or upper bound.
    pub text: String,
}

/// A main section in the navigation.
#[derive(Debug, Clone, Serialize, Default)]
pub struct NavItem {
    pub url: String,
    pub text: String,
    pub current: bool,
}

/// Same on all pages of a build.
#[derive(Debug, Clone, Serialize)]
pub struct SiteView {
    pub title: String,
    pub short: String,
    pub tagline: String,
    /// Who runs this site (主办单位), site code (网站标识码), ICP number, contact; each may be null.
    pub operator: Option<String>,
    pub site_code: Option<String>,
    pub icp: Option<String>,
    pub contact: Option<String>,
    pub base_url: String,
    /// Hashed asset paths by plain name, e.g. `assets["style.css"]` = `assets/style.1a2b3c4d.css`.
    pub assets: std::collections::BTreeMap<String, String>,
    pub today: DateView,
    /// Pages about the site itself, for the foot of every page.
    pub footer: Vec<Link>,
}

/// Same fields on every page.
#[derive(Debug, Clone, Serialize)]
pub struct PageView {
    /// Text of `<h1>` and, with the site's name, of `<title>`.
    pub title: String,
    pub description: String,
    /// Site path of this page.
    pub url: String,
    /// `""`, `"../"`, `"../../"`: put before every `url`. On 404.html: the base path, as it is served from anywhere.
    pub root: String,
    pub canonical: String,
    /// From 首页 to the parent page (the page itself is not in it).
    pub crumbs: Vec<Link>,
    /// Which of the main sections this page belongs to.
    pub nav: Vec<NavItem>,
    /// The name of that section, otherwise the title.
    pub column: String,
    /// Template name without extension: `home`, `notice` ...
    pub kind: &'static str,
    pub subscribe: SubscribeView,
    /// JSON-LD: a finished `<script type="application/ld+json">`.
    pub linked_html: String,
}

/// What the page's readers can subscribe to; null where there is nothing.
#[derive(Debug, Clone, Serialize, Default)]
pub struct SubscribeView {
    /// Windows, sessions and deadlines of students and parents.
    pub students: Option<CalendarView>,
    /// Deadlines of offices.
    pub offices: Option<CalendarView>,
    pub feed: Option<Link>,
}

/// A calendar that can be subscribed to.
#[derive(Debug, Clone, Serialize)]
pub struct CalendarView {
    /// The file.
    pub url: String,
    /// `webcal://…`: opens the calendar of a phone. Always the published address.
    pub webcal: String,
    /// The published address itself, for programs that ask for one.
    pub address: String,
    pub name: String,
    /// Which events it contains, in words.
    pub holds: &'static str,
    pub count: usize,
}

/// One paragraph, heading or table of an official text, in order, flat.
#[derive(Debug, Clone, Serialize)]
pub struct BlockView {
    /// Anchor (`c1-3`, `a1-c2`); null for further paragraphs of the clause above.
    pub id: Option<String>,
    pub kind: BlockSort,
    /// 2..=6 when the whole paragraph is a heading (`一、认真组织…`), else null (run it in as a paragraph).
    pub heading: Option<u8>,
    /// Numbering as printed, `一、` `（一）` `1.` `第一章`; empty for none.
    pub marker: String,
    /// The typeface of `marker`; null without one.
    pub face: Option<Face>,
    /// Run-in heading (`续贷受理时间。`) to set in bold before `html`; empty for none.
    pub run_in: String,
    /// Block HTML for [`BlockSort::Html`], inline HTML for the others. Finished.
    pub html: String,
    /// How people cite this clause: `一（三）`.
    pub label: String,
}

/// The typeface that GB/T 9704 gives the numbers of a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Face {
    /// 第一章
    Zhang,
    /// 第一节
    Jie,
    /// 第一条
    Tiao,
    /// 一、
    Han,
    /// （一）
    Paren,
    /// All others.
    Num,
}

/// A section of a page, for its contents list.
#[derive(Debug, Clone, Serialize)]
pub struct SectionLink {
    pub id: &'static str,
    pub text: &'static str,
}

/// What a block of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum BlockSort {
    /// An annex begins.
    Part,
    Clause,
    Para,
    Heading,
    Html,
}

/// An entry of the contents list of a text.
#[derive(Debug, Clone, Serialize)]
pub struct TocItem {
    pub id: String,
    pub text: String,
    pub depth: u8,
}

/// A row of the metadata table (索引号, 发文机关, 成文日期 …), in the order government sites use.
#[derive(Debug, Clone, Serialize)]
pub struct MetaRow {
    pub name: &'static str,
    /// null = 原文未载明
    pub value: Option<String>,
    /// Values with pages of their own (region, topics, …); if not empty, print these instead of `value`.
    pub links: Vec<Link>,
    /// `<time datetime>`
    pub iso: Option<String>,
    pub state: Option<StateView>,
    /// A remark in small type (`右玉县2023年方案以“教助中心〔2023〕16号”引用`).
    pub note: Option<String>,
}

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

/// A point of the summary.
#[derive(Debug, Clone, Serialize)]
pub struct SummaryView {
    pub html: String,
    /// 学生和家长, 县级资助中心 …; null = everybody
    pub who: Option<String>,
    pub cite: CiteView,
}

/// A document that the text cites.
#[derive(Debug, Clone, Serialize)]
pub struct CitedView {
    pub number: Option<String>,
    pub title: String,
    /// Our own page of it; null = not published here (本站未收录)
    pub page: Option<Link>,
    pub state: Option<StateView>,
    pub note: Option<String>,
    pub cite: CiteView,
}

/// An attachment that the text lists.
#[derive(Debug, Clone, Serialize)]
pub struct AttachmentView {
    pub number: u32,
    pub title: String,
    /// The annex that this is an annex of; null for those of the document itself.
    pub within: Option<String>,
    /// Where it can be read: an anchor on this page, a data page, a file; null = not held (原件未收录)
    pub link: Option<Link>,
    pub note: Option<String>,
}

/// An attachment in the list below an official text.
#[derive(Debug, Clone, Serialize)]
pub struct CoverLine {
    /// null where there is one attachment only
    pub number: Option<u32>,
    pub title: String,
}

/// An office with its public number.
#[derive(Debug, Clone, Serialize)]
pub struct ContactView {
    pub office: String,
    pub duty: Option<String>,
    /// Public numbers of offices only.
    pub phone: Option<String>,
    pub note: Option<String>,
    pub cite: Option<CiteView>,
}

/// A misprint, as printed and as it should be (勘误).
#[derive(Debug, Clone, Serialize)]
pub struct SlipView {
    /// Anchor of the place: `slip-1` in a notice, the row's id in a list.
    pub id: String,
    /// Anchor of the note, to which the place in the text links; null for a row of a list.
    pub note_id: Option<String>,
    pub printed: String,
    pub right: String,
    pub why: Option<String>,
    /// Since when it is corrected: `2026年11月24日`, or 收录时 with the day of the comparison.
    pub since: String,
    pub cite: CiteView,
}

/// Something that was left out of the text, and why.
#[derive(Debug, Clone, Serialize)]
pub struct OmittedView {
    pub what: String,
    pub why: String,
    pub cite: Option<CiteView>,
}

/// One line of a list of documents of any kind.
#[derive(Debug, Clone, Serialize)]
pub struct DocItem {
    pub url: String,
    pub title: String,
    /// 通知, 受理安排, 试点名单, 考核结果 …
    pub kind: String,
    pub number: Option<String>,
    pub date: Option<DateView>,
    pub issuer: Option<String>,
    pub place: Option<Link>,
    pub state: Option<StateView>,
}

/// The links between the pages of a list.
#[derive(Debug, Clone, Serialize)]
pub struct Pager {
    pub current: usize,
    pub total: usize,
    pub prev: Option<String>,
    pub next: Option<String>,
}

/// `notice.html`
#[derive(Debug, Clone, Serialize)]
pub struct NoticeView {
    /// Self-checks whose rules cite this notice.
    pub checks: Vec<Link>,
    /// Its leaflet.
    pub leaflet: String,
    pub id: String,
    pub title: String,
    pub kind: String,
    pub number: Option<String>,
    /// 发文机关标志 as printed in red (`…文件`), if it says more than the names of the issuers.
    pub letterhead: Option<String>,
    pub issuers: Vec<String>,
    pub addressees: Vec<String>,
    pub copies: Vec<String>,
    pub issued: Option<DateView>,
    pub printed: Option<DateView>,
    pub publicity: Option<String>,
    /// For a 依申请公开 document: the recorded decision to publish it here.
    pub release: Option<ReleaseView>,
    pub state: StateView,
    pub meta: Vec<MetaRow>,
    pub summary: Vec<SummaryView>,
    /// The sections of the page.
    pub sections: Vec<SectionLink>,
    pub toc: Vec<TocItem>,
    /// The text up to its closing (signature, date), and the annexes after it.
    pub text: Vec<BlockView>,
    pub annexes: Vec<BlockView>,
    pub windows: Vec<WindowView>,
    /// Deadlines of students and parents, and those of offices.
    pub students: Vec<DeadlineView>,
    pub offices: Vec<DeadlineView>,
    pub cites: Vec<CitedView>,
    pub cited_by: Vec<DocItem>,
    pub attachments: Vec<AttachmentView>,
    /// The titles of those of the document itself; annexes of an annex are not listed on the cover.
    pub cover: Vec<CoverLine>,
    pub contacts: Vec<ContactView>,
    pub slips: Vec<SlipView>,
    pub omitted: Vec<OmittedView>,
    /// Data pages made from this notice (pilot list, schedule, assessment).
    pub data_pages: Vec<Link>,
    /// The origin of the text.
    pub source: Option<String>,
    pub checked: Option<DateView>,
    pub checked_by: Option<String>,
    /// True when the page has highlighted code: load `assets["code.css"]`.
    pub has_code: bool,
}

/// The decision to publish a document that is disclosed only on request.
#[derive(Debug, Clone, Serialize)]
pub struct ReleaseView {
    pub by: String,
    pub on: DateView,
    pub basis: String,
}

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

/// How many people are served per day.
#[derive(Debug, Clone, Serialize)]
pub struct QuotaView {
    pub group: String,
    pub per_day: u32,
    pub morning: Option<u32>,
    pub afternoon: Option<u32>,
    pub cite: CiteView,
}

/// A statement with its source: channel, venue, form, group …
#[derive(Debug, Clone, Serialize)]
pub struct FactView {
    /// 续贷学生 …; null = everybody
    pub who: Option<String>,
    /// 远程 / 现场 for channels; the papers for forms; the name for venues and groups
    pub what: String,
    pub items: Vec<String>,
    pub note: Option<String>,
    pub cite: CiteView,
}

/// A day on which a place accepts applications.
#[derive(Debug, Clone, Serialize)]
pub struct SessionView {
    pub date: DateView,
    pub place: String,
    pub service: String,
    pub morning: Option<u32>,
    pub afternoon: Option<u32>,
    pub phone: Option<String>,
}

/// One of the eight elements a service guide must carry (事项名称, 设定依据, 申请条件, 办理材料, 地点, 时间, 电话, 流程).
#[derive(Debug, Clone, Serialize)]
pub struct GuideRow {
    pub name: &'static str,
    /// null = 原文未提供
    pub value: Option<String>,
    pub cite: Option<CiteView>,
}

/// `schedule.html`
#[derive(Debug, Clone, Serialize)]
pub struct ScheduleView {
    pub title: String,
    /// The schedule's own page, for pages that show it in part.
    pub page: Link,
    /// Its leaflet.
    pub leaflet: String,
    pub year: i16,
    pub place: Link,
    pub summary: Vec<SummaryView>,
    pub windows: Vec<WindowView>,
    /// When its windows are over; null if that day never comes.
    pub over: Option<ShownView>,
    pub channels: Vec<FactView>,
    pub venues: Vec<FactView>,
    pub quotas: Vec<QuotaView>,
    pub groups: Vec<FactView>,
    pub forms: Vec<FactView>,
    pub sessions: Vec<SessionView>,
    pub contacts: Vec<ContactView>,
    pub guide: Vec<GuideRow>,
    /// The document that its first fact cites: citations of it print the clause only; empty for none.
    pub src: String,
    pub source: DocItem,
    /// Free text of the file (Markdown body), if any.
    pub body: Vec<BlockView>,
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
    /// Share of the first grade, `73.33%`.
    pub share: String,
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
    pub by_prefecture: Vec<PrefectureRow>,
    /// The picture of `by_prefecture`; empty for a single place.
    pub chart_html: String,
}

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
    /// The beginning of the ids of its sections; empty for the newest one.
    pub mark: String,
    /// Its place among the others on each day; null if there are no others.
    pub order: Option<String>,
    /// Null: on all days.
    pub shown: Option<ShownView>,
    /// When it offers the calendar of the county, which only the first one does; null: on all days.
    pub calendar: Option<ShownView>,
}

/// A pilot list that contains a county.
#[derive(Debug, Clone, Serialize)]
pub struct CountyPilot {
    pub year: i16,
    pub programme: String,
    pub then: Option<String>,
    pub page: Link,
    pub cite: CiteView,
    pub summary: Vec<SummaryView>,
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
    /// Windows of the county itself, newest first.
    pub windows: Vec<WindowView>,
    /// Windows of the prefecture, province or whole country that also bind here.
    pub wider_windows: Vec<WindowView>,
    /// What students and parents must do by when: the county's own and those of the places around it.
    pub deadlines: Vec<DeadlineView>,
    /// Its schedules that are shown on some day, the one that concerns a reader most first.
    pub schedules: Vec<CountySchedule>,
    /// Whether more than one is shown on some day.
    pub has_several: bool,
    pub pilots: Vec<CountyPilot>,
    /// What the sources say year by year, newest first.
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
    /// by pinyin initial
    pub initials: Vec<CountyGroup>,
    pub total: usize,
}

/// The counties of one province, by prefecture.
#[derive(Debug, Clone, Serialize)]
pub struct ProvinceGroup {
    pub name: String,
    pub url: String,
    pub prefectures: Vec<CountyGroup>,
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

/// `page.html`: about, method, accessibility, open data, for counties
#[derive(Debug, Clone, Serialize)]
pub struct TextView {
    pub title: String,
    pub lang: Option<&'static str>,
    pub toc: Vec<TocItem>,
    pub text: Vec<BlockView>,
    pub has_code: bool,
}

/// `redirect.html`
#[derive(Debug, Clone, Serialize)]
pub struct RedirectView {
    pub to: Link,
}
