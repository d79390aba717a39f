//! States by date: is a window open, has a deadline passed, is a document in force.
//!
//! The one definition; the theme's script repeats it on the reader's own date and a browser test holds the
//! two together.

use jiff::civil::Date;

use super::date::{Bound, BoundKind, When};
use super::document::{Deadline, Document, Kind, Window};

/// A window is 即将截止 and a deadline 即将到期 in its last days: this many before the last one.
pub const CLOSING_DAYS: i32 = 7;

/// A state in words. The codes are listed in `pages::view::StateView`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State {
    pub code: &'static str,
    pub text: &'static str,
}

const fn state(code: &'static str, text: &'static str) -> State {
    State { code, text }
}

fn day(bound: Option<&Bound>) -> Option<Date> {
    bound.and_then(Bound::day)
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
            return state("unsettled", "陆续开始");
        }
        return state("upcoming", "未开始");
    }
    match day(until) {
        Some(until) if today.year() > until.year() && floor => state("past-year", "往年窗口"),
        Some(until) if today > until && floor => state("unsettled", "截止日未载明"),
        Some(until) if today > until => state("closed", "已结束"),
        Some(until) if today == until && !floor => state("today", "今日截止"),
        Some(until) if days_left(today, until) <= CLOSING_DAYS && !floor => {
            state("closing", "即将截止")
        }
        _ => state("open", "受理中"),
    }
}

/// The state of a deadline.
pub fn deadline_state(deadline: &Deadline, today: Date) -> State {
    let floor = deadline.by.value.kind == BoundKind::NotBefore;
    match deadline.by.value.when {
        When::Yearly { .. } => state("yearly", "每年"),
        When::AsPrinted(_) => state("unstated", "未写年份"),
        // The earliest day on which something may end is no day by which it must be done.
        When::Day(_) if floor => state("floor", "最早日期"),
        When::Day(until) if today > until => state("closed", "已过期"),
        When::Day(until) if today == until => state("today", "今日到期"),
        When::Day(until) if days_left(today, until) <= CLOSING_DAYS => state("closing", "即将到期"),
        When::Day(_) => state("upcoming", "未到期"),
    }
}

/// The state of a document. What gives neither a term nor a year is not declared in force by us.
pub fn document_state(document: &Document, today: Date) -> State {
    let (in_force, expires) = match &document.kind {
        Kind::Notice(notice) => (notice.in_force, notice.expires),
        _ => (None, None),
    };
    if expires.is_some_and(|last| today > last) {
        return state("closed", "已过期");
    }
    if in_force.is_some_and(|first| today < first) {
        return state("upcoming", "尚未施行");
    }
    match document.year() {
        Some(year) if expires.is_none() && today.year() > year => state("past-year", "往年文件"),
        _ if in_force.is_some() || expires.is_some() => state("in-force", "现行有效"),
        // The text does not say how long it holds: that it is of this year is all we know.
        Some(year) if today.year() == year => state("this-year", "当年文件"),
        _ => state("unstated", "有效期未载明"),
    }
}
