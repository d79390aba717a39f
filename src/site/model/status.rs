//! The rules of states: is a window open, has a deadline passed, is a document in force.
//!
//! Comes in: a window, a deadline, a document. Goes out: its state on a day, and its [`Course`], from which pages, scripts
//! and the search read the state of any other day. The rules are here and nowhere else; the words are in
//! `mingbai_forms::state`.

use jiff::ToSpan;
use jiff::civil::Date;
pub use mingbai_forms::state::{Code, Course, Daily, Scale, Standing, State};
use mingbai_forms::state::{deadline as due, document as paper, window as open};

use super::date::{Bound, BoundKind, When};
use super::document::{Deadline, Document, End, Ending, Kind, Schedule, Window};
use crate::diag::Spanned;

/// A window is 即将截止 and a deadline 即将到期 in its last days: this many before the last one.
pub const CLOSING_DAYS: i32 = 7;

fn day(bound: Option<&Spanned<Bound>>) -> Option<Date> {
    bound.and_then(|bound| bound.value.day())
}

fn is(bound: Option<&Spanned<Bound>>, kind: BoundKind) -> bool {
    bound.is_some_and(|bound| bound.value.kind == kind)
}

fn days_left(today: Date, until: Date) -> i32 {
    today.until(until).map_or(i32::MAX, |span| span.get_days())
}

/// How something came to an end until a day, by another document.
fn ended(ending: Option<Ending>, today: Date) -> Option<End> {
    ending
        .filter(|ending| today >= ending.since)
        .map(|ending| ending.end)
}

/// The state of a window. A floor (不得早于) is not a closing date: after it the end is not known. Without a first or a last
/// day the text does not say whether it has begun or has ended.
pub fn window_state(window: &Window, today: Date) -> State {
    match ended(window.ending, today) {
        Some(End::Repealed) => return open::REPEALED,
        Some(End::Replaced) => return open::REPLACED,
        None => {}
    }
    let (from, until) = (window.from.as_ref(), window.until.as_ref());
    let floor = is(until, BoundKind::NotBefore);
    if !is_dated(window) {
        let yearly = [from, until].into_iter().flatten().any(is_yearly);
        return if yearly { open::YEARLY } else { open::UNSTATED };
    }
    if day(from).is_some_and(|from| today < from) {
        // Some places may have begun already, and the text does not say which.
        if is(from, BoundKind::NotAfter) {
            return open::STARTING;
        }
        return open::UPCOMING;
    }
    match day(until) {
        None => open::UNSETTLED,
        Some(until) if today.year() > until.year() && floor => open::PAST_YEAR,
        Some(until) if today > until && floor => open::UNSETTLED,
        Some(until) if today > until => open::CLOSED,
        Some(until) if today == until && !floor => open::TODAY,
        Some(until) if days_left(today, until) <= CLOSING_DAYS && !floor => open::CLOSING,
        Some(_) if day(from).is_none() => open::START_UNSTATED,
        Some(_) => open::OPEN,
    }
}

fn is_yearly(bound: &Spanned<Bound>) -> bool {
    matches!(bound.value.when, When::Yearly { .. })
}

/// Whether the text gives a window a first or a last day, with its year.
pub fn is_dated(window: &Window) -> bool {
    day(window.from.as_ref())
        .or(day(window.until.as_ref()))
        .is_some()
}

/// The states of a window.
pub fn window_course(window: &Window) -> Course {
    let from = day(window.from.as_ref());
    let until = day(window.until.as_ref()).map(around);
    let ending = window.ending.map(|ending| ending.since);
    let days = from.into_iter().chain(until.into_iter().flatten());
    Course::new(days.chain(ending), |today| window_state(window, today))
}

/// The states of what a schedule arranges: those of its windows, or, where it has none, of its sessions.
pub fn schedule_course(document: &Document, schedule: &Schedule) -> Course {
    let windows: Vec<Course> = document.windows.iter().map(window_course).collect();
    let sessions = schedule.sessions.iter().map(|session| session.date);
    let sessions = sessions.clone().min().zip(sessions.max());
    match (Course::of_nearest(&windows), sessions) {
        (Some(course), _) => course,
        (None, Some((first, last))) => {
            let ending = document.ending.map(|ending| ending.since);
            let days = [first, last].into_iter().chain(last.tomorrow());
            Course::new(days.chain(ending), |today| {
                match ended(document.ending, today) {
                    Some(End::Repealed) => open::REPEALED,
                    Some(End::Replaced) => open::REPLACED,
                    None if today < first => open::UPCOMING,
                    None if today == last => open::TODAY,
                    None if today < last => open::OPEN,
                    None => open::CLOSED,
                }
            })
        }
        (None, None) => Course::constant(open::UNSTATED),
    }
}

/// The day from which on lists show a window among those that are past. A window whose end the text leaves open counts as
/// past after the earliest day on which it may have ended. One whose document was repealed is past from that day on.
pub fn past_since(window: &Window) -> Option<Date> {
    let past = day(window.until.as_ref()).and_then(|until| until.tomorrow().ok());
    let ending = window.ending.map(|ending| ending.since);
    past.into_iter().chain(ending).min()
}

/// The state of a deadline.
pub fn deadline_state(deadline: &Deadline, today: Date) -> State {
    match ended(deadline.ending, today) {
        Some(End::Repealed) => return due::REPEALED,
        Some(End::Replaced) => return due::REPLACED,
        None => {}
    }
    let floor = deadline.by.value.kind == BoundKind::NotBefore;
    match deadline.by.value.when {
        When::Yearly { .. } => due::YEARLY,
        When::AsPrinted(_) => due::UNSTATED,
        // The earliest day on which something may end is not a day by which it must be done.
        When::Day(_) if floor => due::FLOOR,
        When::Day(until) if today > until => due::CLOSED,
        When::Day(until) if today == until => due::TODAY,
        When::Day(until) if days_left(today, until) <= CLOSING_DAYS => due::CLOSING,
        When::Day(_) => due::UPCOMING,
    }
}

/// The states of a deadline.
pub fn deadline_course(deadline: &Deadline) -> Course {
    let ending = deadline.ending.map(|ending| ending.since);
    let days = deadline.by.value.day().map(around).into_iter().flatten();
    Course::new(days.chain(ending), |today| deadline_state(deadline, today))
}

/// The state of a document: first what others decided about it, then its own terms. What gives neither a term nor a year is not declared in force by us.
pub fn document_state(document: &Document, today: Date) -> State {
    if document.life.withdrawn.is_some() {
        return paper::WITHDRAWN;
    }
    match ended(document.ending, today) {
        Some(End::Repealed) => return paper::REPEALED,
        Some(End::Replaced) => return paper::REPLACED,
        None => {}
    }
    let (in_force, expires) = term(document);
    if expires.is_some_and(|last| today > last) {
        return paper::CLOSED;
    }
    if in_force.is_some_and(|first| today < first) {
        return paper::UPCOMING;
    }
    match document.year() {
        Some(year) if expires.is_none() && today.year() > year => paper::PAST_YEAR,
        _ if in_force.is_some() || expires.is_some() => paper::IN_FORCE,
        // The text does not say how long it holds: that it is of this year is all we know.
        Some(year) if today.year() == year => paper::THIS_YEAR,
        _ => paper::UNSTATED,
    }
}

/// The states of a document.
pub fn document_course(document: &Document) -> Course {
    let (in_force, expires) = term(document);
    let year = document.year();
    let years = [year, year.map(|year| year.saturating_add(1))];
    let days = years
        .into_iter()
        .filter_map(|year| Date::new(year?, 1, 1).ok())
        .chain(in_force)
        .chain(document.ending.map(|ending| ending.since))
        .chain(expires.and_then(|last| last.tomorrow().ok()));
    Course::new(days, |today| document_state(document, today))
}

/// First and last day of a document, as far as it says them.
fn term(document: &Document) -> (Option<Date>, Option<Date>) {
    match &document.kind {
        Kind::Notice(notice) => (notice.in_force, notice.expires),
        _ => (None, None),
    }
}

/// The days on which a state may change because of a last day.
fn around(until: Date) -> Vec<Date> {
    let closing = until.checked_sub(CLOSING_DAYS.days());
    let next_year = Date::new(until.year().saturating_add(1), 1, 1);
    let days = [closing, Ok(until), until.tomorrow(), next_year];
    days.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{SourceId, Span};
    use crate::model::date::parse_bound;
    use crate::model::{Audience, Cite, ClauseId, DocumentId};
    use jiff::civil::date;

    fn spanned<T>(value: T) -> Spanned<T> {
        let span = Span::new(SourceId(0), 0..0);
        Spanned { value, span }
    }

    fn bound(text: &str) -> Option<Spanned<Bound>> {
        let span = Span::new(SourceId(0), 0..0);
        let read = || parse_bound(text, span).unwrap_or_else(|d| panic!("{}", d.message.zh));
        (!text.is_empty()).then(|| spanned(read()))
    }

    fn cite() -> Cite {
        Cite {
            span: Span::new(SourceId(0), 0..0),
            document: DocumentId::new(0),
            clause: ClauseId::new(0),
            quote: None,
            unstated: None,
            derived: None,
        }
    }

    fn window(from: &str, until: &str) -> Window {
        Window {
            what: "续贷受理".into(),
            who: None,
            from: bound(from),
            until: bound(until),
            note: None,
            cite: cite(),
            ending: None,
        }
    }

    /// Every day of the years around all dates of these tests.
    fn days() -> impl Iterator<Item = Date> {
        date(2019, 12, 1).series(1.day()).take(1600)
    }

    const BOUNDS: [&str; 10] = [
        "",
        "2020-07-15",
        "2020-12-31",
        "2021-01-01",
        "不早于 2020-09-25",
        "不早于 2020-12-31",
        "不晚于 2020-07-27",
        "不晚于 2021-01-03",
        "每年 01-31",
        "6月底",
    ];

    #[test]
    fn the_course_of_a_window_has_its_state_on_every_day() {
        for from in BOUNDS {
            for until in BOUNDS {
                let window = window(from, until);
                let course = window_course(&window);
                for day in days() {
                    let state = window_state(&window, day);
                    assert_eq!(course.on(day), state, "{from} to {until} on {day}");
                }
            }
        }
    }

    #[test]
    fn the_course_of_a_deadline_has_its_state_on_every_day() {
        for by in BOUNDS.into_iter().filter(|by| !by.is_empty()) {
            let deadline = Deadline {
                by: bound(by).expect("a bound"),
                who: "学生".into(),
                audience: Audience::Students,
                what: "提交申请".into(),
                cite: cite(),
                ending: None,
            };
            let course = deadline_course(&deadline);
            for day in days() {
                let state = deadline_state(&deadline, day);
                assert_eq!(course.on(day), state, "{by} on {day}");
            }
        }
    }

    #[test]
    fn the_words_of_a_window_follow_each_other() {
        let text = |from: &str, until: &str| window_course(&window(from, until)).text();
        assert_eq!(
            text("2023-07-17", "2023-09-25"),
            "upcoming 2023-07-17 open 2023-09-18 closing 2023-09-25 today 2023-09-26 closed"
        );
        // A window of a day is never open without being in its last days.
        assert_eq!(
            text("2023-09-25", "2023-09-25"),
            "upcoming 2023-09-25 today 2023-09-26 closed"
        );
        assert_eq!(
            text("不晚于 2020-07-27", "不早于 2020-09-25"),
            "starting 2020-07-27 open 2020-09-26 unsettled 2021-01-01 past-year"
        );
        // The year ends with the floor.
        assert_eq!(
            text("2020-07-27", "不早于 2020-12-31"),
            "upcoming 2020-07-27 open 2021-01-01 past-year"
        );
        // What the text leaves open stays open.
        assert_eq!(text("2023-07-17", ""), "upcoming 2023-07-17 unsettled");
        assert_eq!(
            text("6月底", "2023-09-25"),
            "start-unstated 2023-09-18 closing 2023-09-25 today 2023-09-26 closed"
        );
        assert_eq!(text("", "6月底"), "unstated");
        assert_eq!(text("", ""), "unstated");
        assert_eq!(text("每年 06-01", "每年 01-31"), "yearly");
    }

    #[test]
    fn a_floor_is_past_on_the_next_day_and_over_in_the_next_year() {
        let floor = window("2020-07-27", "不早于 2020-09-25");
        assert_eq!(past_since(&floor), Some(date(2020, 9, 26)));
        assert_eq!(window_course(&floor).over_since(), Some(date(2021, 1, 1)));
        let exact = window("2020-07-27", "2020-09-25");
        assert_eq!(past_since(&exact), Some(date(2020, 9, 26)));
        assert_eq!(window_course(&exact).over_since(), Some(date(2020, 9, 26)));
    }
}
