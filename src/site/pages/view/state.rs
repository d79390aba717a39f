//! What depends on the day: states, what is shown on some days only, and the order of lists whose past items go last.
//!
//! Comes in: courses and days of the model, and the day of the build. Goes out: what a template prints for that day, with
//! the days on which it changes, from which `site.js` makes the page of the reader's day. These parts of pages depend on
//! the day, and no others:
//!
//! - every state word ([`StateView`]): windows, deadlines, documents, items of lists, rows of file information, leaflets,
//!   results of the search;
//! - the home page: what is open or about to open, and on days when nothing is, the last windows instead ([`ShownView`]);
//! - the calendar: windows that are past stand after the others ([`OrderView`]); pictures have a line of today;
//! - a county's page and a leaflet: the sentence that everything is over ([`ShownView`]);
//! - the day by which states are told, in the foot of pages and above the calendar (`data-today`).
//!
//! These say when something was made and stay: 截至 on the home page, 制卡 and what fits on a leaflet, sizes of files,
//! `<meta>` and linked data. Feeds, calendars and the API have dates; the column 状态 of the tables says in its
//! description that it is of the day of the build.

use jiff::civil::Date;
use serde::Serialize;

use crate::model::{Code, Course, Scale};

/// The state of a window, deadline or document on the day of the build, and on all other days. The script looks up the
/// reader's day in `days`.
#[derive(Debug, Clone, Serialize)]
pub struct StateView {
    pub code: Code,
    pub text: &'static str,
    pub scale: Scale,
    /// All codes, and the days from which on they hold: `upcoming 2023-07-17 open 2023-09-26 closed`. Null if the state
    /// is the same on all days.
    pub days: Option<String>,
    /// The longest of its words: what a sheet keeps room for.
    #[serde(skip)]
    pub longest: &'static str,
}

/// When a part of a page is shown; the script judges it again on the reader's day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ShownView {
    /// Shown from this day on (`2023-09-26`).
    pub since: Option<String>,
    /// Shown on the days before this one.
    pub before: Option<String>,
    /// Whether it is hidden on the day of the build.
    pub hidden: bool,
}

/// Where an item stands in a list whose past items go last: on the day from which on it is past, the script moves it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OrderView {
    /// The day from which on it is past; null if it never is.
    pub past: Option<String>,
    /// Its place among those that are not past.
    pub now: usize,
    /// Its place among those that are past.
    pub then: usize,
}

impl StateView {
    /// The state of a course on a day.
    pub fn on(course: &Course, scale: Scale, today: Date) -> Self {
        let state = course.on(today);
        let texts = course.states().map(|state| state.text);
        Self {
            code: state.code,
            text: state.text,
            scale,
            days: (!course.is_constant()).then(|| course.text()),
            longest: texts
                .max_by_key(|text| text.chars().count())
                .unwrap_or_default(),
        }
    }
}

impl ShownView {
    /// Shown from a day on.
    pub fn since(day: Date, today: Date) -> Self {
        Self {
            since: Some(day.to_string()),
            before: None,
            hidden: today < day,
        }
    }

    /// Shown until the day before.
    pub fn before(day: Date, today: Date) -> Self {
        Self {
            since: None,
            before: Some(day.to_string()),
            hidden: today >= day,
        }
    }
}
