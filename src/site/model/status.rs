//! States by date: is a window open, has a deadline passed, is a document in force.
//!
//! The one definition; the theme's script repeats it on the reader's own date and a browser test holds the
//! two together.

use jiff::civil::Date;
use serde::{Serialize, Serializer};

use super::date::{Bound, BoundKind, When};
use super::document::{Deadline, Document, Kind, Window};

/// A window is 即将截止 and a deadline 即将到期 in its last days: this many before the last one.
pub const CLOSING_DAYS: i32 = 7;

/// What a state is the state of: each scale has its own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scale {
    Window,
    Deadline,
    Document,
}

/// What a state means, whatever it is the state of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Code {
    /// It has not begun.
    Upcoming,
    /// A window is open, and its end is not near.
    Open,
    /// In its last [`CLOSING_DAYS`].
    Closing,
    /// On its last day.
    Today,
    /// It is over.
    Closed,
    /// It belongs to a year that is over.
    PastYear,
    /// The text does not say whether it has begun or is over.
    Unsettled,
    /// A deadline of every year.
    Yearly,
    /// The text gives no year, or no term.
    Unstated,
    /// The earliest day on which something may end: not a day by which it must be done.
    Floor,
    /// A document in force.
    InForce,
    /// A document that arranges the work of this year.
    ThisYear,
}

impl Scale {
    /// As pages and the index name it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Window => "window",
            Self::Deadline => "deadline",
            Self::Document => "document",
        }
    }
}

impl Code {
    /// As pages and the index name it; the last part of a CSS class.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Upcoming => "upcoming",
            Self::Open => "open",
            Self::Closing => "closing",
            Self::Today => "today",
            Self::Closed => "closed",
            Self::PastYear => "past-year",
            Self::Unsettled => "unsettled",
            Self::Yearly => "yearly",
            Self::Unstated => "unstated",
            Self::Floor => "floor",
            Self::InForce => "in-force",
            Self::ThisYear => "this-year",
        }
    }
}

impl Serialize for Scale {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.key())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.key())
    }
}

/// A state in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State {
    pub code: Code,
    pub text: &'static str,
}

impl State {
    /// Whether what has this state is certainly over.
    pub fn is_over(self) -> bool {
        matches!(self.code, Code::Closed | Code::PastYear)
    }
}

const fn state(code: Code, text: &'static str) -> State {
    State { code, text }
}

fn day(bound: Option<&Bound>) -> Option<Date> {
    bound.and_then(Bound::day)
}

/// Whether a list shows a window among those that are past. A window whose end the text leaves open counts as past after
/// the earliest day on which it may have ended.
pub fn is_past(window: &Window, today: Date) -> bool {
    let until = window.until.as_ref().and_then(|b| b.value.day());
    match window_state(window, today).code {
        Code::Closed | Code::PastYear => true,
        Code::Unsettled => until.is_some_and(|until| until < today),
        _ => false,
    }
}

fn days_left(today: Date, until: Date) -> i32 {
    today.until(until).map_or(i32::MAX, |span| span.get_days())
}

/// The state of a window. A floor (不得早于) is no closing date: after it the end is not known.
pub fn window_state(window: &Window, today: Date) -> State {
    let (from, until) = (
        window.from.as_ref().map(|b| &b.value),
        window.until.as_ref().map(|b| &b.value),
    );
    let floor = until.is_some_and(|b| b.kind == BoundKind::NotBefore);
    if day(from).is_some_and(|from| today < from) {
        // Some places may have begun already, and the text does not say which.
        if from.is_some_and(|b| b.kind == BoundKind::NotAfter) {
            return state(Code::Unsettled, "陆续开始");
        }
        return state(Code::Upcoming, "未开始");
    }
    match day(until) {
        Some(until) if today.year() > until.year() && floor => state(Code::PastYear, "往年窗口"),
        Some(until) if today > until && floor => state(Code::Unsettled, "截止日未载明"),
        Some(until) if today > until => state(Code::Closed, "已结束"),
        Some(until) if today == until && !floor => state(Code::Today, "今日截止"),
        Some(until) if days_left(today, until) <= CLOSING_DAYS && !floor => {
            state(Code::Closing, "即将截止")
        }
        _ => state(Code::Open, "受理中"),
    }
}

/// The state of a deadline.
pub fn deadline_state(deadline: &Deadline, today: Date) -> State {
    let floor = deadline.by.value.kind == BoundKind::NotBefore;
    match deadline.by.value.when {
        When::Yearly { .. } => state(Code::Yearly, "每年"),
        When::AsPrinted(_) => state(Code::Unstated, "未写年份"),
        // The earliest day on which something may end is no day by which it must be done.
        When::Day(_) if floor => state(Code::Floor, "最早日期"),
        When::Day(until) if today > until => state(Code::Closed, "已过期"),
        When::Day(until) if today == until => state(Code::Today, "今日到期"),
        When::Day(until) if days_left(today, until) <= CLOSING_DAYS => {
            state(Code::Closing, "即将到期")
        }
        When::Day(_) => state(Code::Upcoming, "未到期"),
    }
}

/// The state of a document. What gives neither a term nor a year is not declared in force by us.
pub fn document_state(document: &Document, today: Date) -> State {
    let (in_force, expires) = match &document.kind {
        Kind::Notice(notice) => (notice.in_force, notice.expires),
        _ => (None, None),
    };
    if expires.is_some_and(|last| today > last) {
        return state(Code::Closed, "已过期");
    }
    if in_force.is_some_and(|first| today < first) {
        return state(Code::Upcoming, "尚未施行");
    }
    match document.year() {
        Some(year) if expires.is_none() && today.year() > year => state(Code::PastYear, "往年文件"),
        _ if in_force.is_some() || expires.is_some() => state(Code::InForce, "现行有效"),
        // The text does not say how long it holds: that it is of this year is all we know.
        Some(year) if today.year() == year => state(Code::ThisYear, "当年文件"),
        _ => state(Code::Unstated, "有效期未载明"),
    }
}
