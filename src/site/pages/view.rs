//! Views: what a template may read, and nothing else.
//!
//! Comes in: nothing (types only). Goes out: one `Serialize` struct per page kind, in the file of its room, built by
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

mod county_list;
mod data;
mod frame;
mod glossary;
mod leaflet;
mod life;
mod lists;
mod notice;
mod place;
mod schedule;
mod self_check;
mod service;
mod state;
mod text;
mod time;

pub use county_list::*;
pub use data::*;
pub use frame::*;
pub use glossary::*;
pub use leaflet::*;
pub use life::*;
pub use lists::*;
pub use notice::*;
pub use place::*;
pub use schedule::*;
pub use self_check::*;
pub use service::*;
pub use state::*;
pub use text::*;
pub use time::*;

/// A date as people read it. `iso` is absent for dates without a year (`6月底`) and for yearly ones.
#[derive(Debug, Clone, Serialize)]
pub struct DateView {
    pub iso: Option<String>,
    /// `2020年7月15日`, `每年1月31日`, `6月底（原文未写年份）`, with 不早于 / 不晚于 in front of a lower or upper bound.
    pub text: String,
}

/// A point of the summary.
#[derive(Debug, Clone, Serialize)]
pub struct SummaryView {
    pub html: String,
    /// 学生和家长, 县级资助中心 …; null = everybody
    pub who: Option<String>,
    pub cite: CiteView,
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
