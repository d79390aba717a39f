//! What depends on the day: states, what is shown on some days only, and the order of lists whose past items go last.
//!
//! Comes in: courses and days of the model, and the day of the build. Goes out: what a template prints for that day, with
//! the days on which it changes, from which `site.js` makes the page of the reader's day. These parts of pages depend on
//! the day, and no others:
//!
//! - every state word ([`StateView`]): windows, deadlines, documents, items of lists, rows of file information, leaflets,
//!   results of the search;
//! - the home page: what is open or about to open, and on days when nothing is, the last windows instead ([`ShownView`]);
//! - the calendar: windows that are past come after the others ([`place_text`]); pictures have a line of today;
//! - a county's page: which schedule comes first, and which are shown; on it and on a leaflet, the sentence that everything
//!   is over ([`ShownView`]), and on a leaflet what gives way to it;
//! - the day by which states are given, in the foot of pages and above the calendar (`data-today`).
//!
//! These say when something was made and stay: 截至 on the home page, 制卡 on a leaflet, sizes of files,
//! `<meta>` and linked data. Feeds, calendars and the API have dates; the column 状态 of the tables says in its
//! description that it is of the day of the build.

use jiff::civil::Date;
use serde::Serialize;

use crate::model::{Code, Course, Daily, Scale};

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
    /// On which days: `hidden 2023-09-26 shown`.
    pub days: String,
    /// Whether it is hidden on the day of the build.
    pub hidden: bool,
}

impl StateView {
    /// The state of a course on a day.
    pub fn on(course: &Course, scale: Scale, today: Date) -> Self {
        let state = course.on(today);
        let texts = course.values().map(|state| state.text);
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
    /// Shown on some days; none if it is shown on all.
    pub fn on(days: &Daily<bool>, today: Date) -> Option<Self> {
        let word = |shown| if shown { "shown" } else { "hidden" };
        (*days != Daily::constant(true)).then(|| Self {
            days: days.text_of(word),
            hidden: !days.on(today),
        })
    }

    /// Shown from a day on.
    pub fn since(day: Date, today: Date) -> Option<Self> {
        Self::on(&Daily::changing(false, day, true), today)
    }

    /// Shown until the day before.
    pub fn before(day: Date, today: Date) -> Option<Self> {
        Self::on(&Daily::changing(true, day, false), today)
    }
}

/// The places of an item in a list, with the days from which on they hold: `3 2023-09-26 7`. On each day the script puts
/// the items in the order of their places.
pub fn place_text(order: &Daily<usize>) -> String {
    order.text_of(|place| place)
}
