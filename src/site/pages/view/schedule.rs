//! The arrangements of a county for one year.

use serde::Serialize;

use super::{
    BlockView, CiteView, ContactView, DateView, DocItem, FactView, LifeView, Link, ShownView,
    SummaryView, WindowView,
};

/// How many people are served per day.
#[derive(Debug, Clone, Serialize)]
pub struct QuotaView {
    pub group: String,
    pub per_day: u32,
    pub morning: Option<u32>,
    pub afternoon: Option<u32>,
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
    /// What has become of it, and of the document that it is based on.
    pub life: LifeView,
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
