//! What the template of a leaflet may read: one A4 page, without anything that does not fit.

use serde::Serialize;

use super::{Link, ShownView, StateView};

/// `leaflet.html`
#[derive(Debug, Clone, Serialize)]
pub struct LeafletView {
    /// The language of what it says: zh-Hans, en.
    pub lang: &'static str,
    /// What it is about, from the widest to the closest: 山西省·朔州市·右玉县·2023年受理安排
    pub about: String,
    pub title: String,
    /// How large the title is set, 1 (largest) to 5.
    pub title_size: usize,
    /// How large the sections are set, 1 (largest) to 4: the more there is to say, the smaller.
    pub text_size: usize,
    /// A sentence below the title.
    pub lead: Option<String>,
    /// What must be known before anything else: 往年, 依申请公开, 只供参考.
    pub warning: Option<String>,
    /// What must be known from a day on: that it is over.
    pub late: Option<LeafletLine>,
    pub times: Vec<LeafletTime>,
    /// How large the days are set, 1 (largest) to 4; 0: times as rows of a list.
    pub days_size: usize,
    pub times_more: usize,
    pub sections: Vec<LeafletSection>,
    /// What the text leaves open, and that asking costs nothing: words before the colon (or none), and a sentence.
    pub ask_about: Option<String>,
    pub ask: String,
    /// Things that the web page says and the sheet does not, as one sentence for each part of the year; none if the sheet
    /// is whole.
    pub more: Vec<LeafletLine>,
    /// The code that leads to `address`: a finished `<svg>`; empty if the address is too long for a code of this size.
    pub qr_html: String,
    /// Canonical address of the page that the sheet is an extract of.
    pub address: String,
    pub page: Link,
    /// The document's page, where it is another one than `page`.
    pub document: Option<Link>,
    /// In small type: document, number, issuer; when the text was compared and the sheet was made; how to read it.
    pub small: Vec<String>,
}

/// A sentence that may be shown on some days only.
#[derive(Debug, Clone, Serialize)]
pub struct LeafletLine {
    pub text: String,
    /// Null: on all days.
    pub shown: Option<ShownView>,
}

/// A window or a deadline of students.
#[derive(Debug, Clone, Serialize)]
pub struct LeafletTime {
    pub what: String,
    pub who: Option<String>,
    pub days: Vec<LeafletDay>,
    pub state: StateView,
    pub note: Option<String>,
    pub cites: Vec<LeafletCite>,
}

/// A day in large type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeafletDay {
    /// 开始, 截止, 期限
    pub label: &'static str,
    /// 不早于, 不晚于; empty for the day itself.
    pub sense: &'static str,
    /// null = 原文未载明
    pub day: Option<String>,
    pub iso: Option<String>,
}

/// A question that people ask, and the answers.
#[derive(Debug, Clone, Serialize)]
pub struct LeafletSection {
    pub title: String,
    /// Empty = 原文未载明
    pub items: Vec<LeafletItem>,
    /// The number of further items on the web page.
    pub more: Vec<LeafletMore>,
    /// Null: on all days.
    pub shown: Option<ShownView>,
}

/// How many items are not on the sheet.
#[derive(Debug, Clone, Serialize)]
pub struct LeafletMore {
    pub count: usize,
    /// Null: on all days.
    pub shown: Option<ShownView>,
}

/// An answer on a leaflet.
#[derive(Debug, Clone, Default, Serialize)]
pub struct LeafletItem {
    /// Who it concerns, or what it is about.
    pub who: Option<String>,
    pub text: String,
    /// Things to tick off.
    pub ticks: Vec<String>,
    pub note: Option<String>,
    pub cites: Vec<LeafletCite>,
    /// Null: on all days.
    pub shown: Option<ShownView>,
}

/// A clause, short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeafletCite {
    pub url: String,
    /// `四（二）`, or `《…》三` for a clause of another document.
    pub label: String,
}
