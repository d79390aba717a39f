//! An official document.

use serde::Serialize;

use super::{
    BlockView, CiteView, ContactView, DateView, DeadlineView, DocItem, LifeView, Link, SectionLink,
    SlipView, StateView, SummaryView, TocItem, WindowView,
};

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

/// Something that was left out of the text, and why.
#[derive(Debug, Clone, Serialize)]
pub struct OmittedView {
    pub what: String,
    pub why: String,
    pub cite: Option<CiteView>,
}

/// `notice.html`
#[derive(Debug, Clone, Serialize)]
pub struct NoticeView {
    /// What has become of it.
    pub life: LifeView,
    /// Self-checks whose rules cite this notice.
    pub checks: Vec<Link>,
    /// Its leaflet; empty if it has none.
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
