//! States by date: what the words 未开始, 受理中, 已结束 mean, and how they follow each other.
//!
//! Comes in: a rule that says the state on a day, and the days on which it may change. Goes out: a [`Course`], all states
//! from the first day to the last. A page, an entry of the search and a script hold the course as text ([`Course::text`])
//! and only look up the day ([`code_on`]); none of them knows a rule. The rules are in `mingbai-site`
//! (`model/status.rs`).
//!
//! The words are in [`Scale::states`]; `site.js` has them generated from there.

use std::collections::BTreeMap;
use std::fmt::Display;

use jiff::civil::Date;
use serde::{Serialize, Serializer};

/// What a state is the state of: each scale has its own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scale {
    /// A window of application.
    Window,
    /// A deadline.
    Deadline,
    /// A document.
    Document,
}

/// What a state means, whatever it is the state of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Code {
    /// It has not begun.
    Upcoming,
    /// Before a ceiling: it has begun in some places, and the text does not say in which.
    Starting,
    /// A window is open, and its end is not near.
    Open,
    /// It is in its last days.
    Closing,
    /// It is on its last day.
    Today,
    /// It is over.
    Closed,
    /// It belongs to a year that is over.
    PastYear,
    /// After a floor, or after the first day of what has no last day: the text does not say whether it is over.
    Unsettled,
    /// Before the last day of what has no first day: the text does not say whether it has begun.
    StartUnstated,
    /// A window or a deadline of every year.
    Yearly,
    /// The text gives no day, no year or no term.
    Unstated,
    /// The earliest day on which something may end: not a day by which it must be done.
    Floor,
    /// A document in force.
    InForce,
    /// A document that arranges the work of this year.
    ThisYear,
    /// 废止: another document ended it, or the document that says it.
    Repealed,
    /// 被代替: another document is used in its place.
    Replaced,
    /// 撤下: the site no longer publishes it.
    Withdrawn,
}

/// A state: its code, and the words in which people read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State {
    /// The code; one of a kind in its scale.
    pub code: Code,
    /// The words.
    pub text: &'static str,
}

const fn state(code: Code, text: &'static str) -> State {
    State { code, text }
}

/// States of windows.
pub mod window {
    use super::{Code, State, state};

    pub const UPCOMING: State = state(Code::Upcoming, "未开始");
    pub const STARTING: State = state(Code::Starting, "陆续开始");
    pub const OPEN: State = state(Code::Open, "受理中");
    pub const CLOSING: State = state(Code::Closing, "即将截止");
    pub const TODAY: State = state(Code::Today, "今日截止");
    pub const CLOSED: State = state(Code::Closed, "已结束");
    pub const UNSETTLED: State = state(Code::Unsettled, "截止日未载明");
    pub const START_UNSTATED: State = state(Code::StartUnstated, "开始日未载明");
    pub const UNSTATED: State = state(Code::Unstated, "起止日未载明");
    pub const YEARLY: State = state(Code::Yearly, "每年");
    pub const PAST_YEAR: State = state(Code::PastYear, "往年窗口");
    pub const REPEALED: State = state(Code::Repealed, "已废止");
    pub const REPLACED: State = state(Code::Replaced, "已被代替");
    /// Every state.
    pub const ALL: &[State] = &[
        UPCOMING,
        STARTING,
        OPEN,
        CLOSING,
        TODAY,
        CLOSED,
        UNSETTLED,
        START_UNSTATED,
        UNSTATED,
        YEARLY,
        PAST_YEAR,
        REPEALED,
        REPLACED,
    ];
}

/// States of deadlines.
pub mod deadline {
    use super::{Code, State, state};

    pub const UPCOMING: State = state(Code::Upcoming, "未到期");
    pub const CLOSING: State = state(Code::Closing, "即将到期");
    pub const TODAY: State = state(Code::Today, "今日到期");
    pub const CLOSED: State = state(Code::Closed, "已过期");
    pub const YEARLY: State = state(Code::Yearly, "每年");
    pub const UNSTATED: State = state(Code::Unstated, "未写年份");
    pub const FLOOR: State = state(Code::Floor, "最早日期");
    pub const REPEALED: State = state(Code::Repealed, "已废止");
    pub const REPLACED: State = state(Code::Replaced, "已被代替");
    /// Every state.
    pub const ALL: &[State] = &[
        UPCOMING, CLOSING, TODAY, CLOSED, YEARLY, UNSTATED, FLOOR, REPEALED, REPLACED,
    ];
}

/// States of documents.
pub mod document {
    use super::{Code, State, state};

    pub const UPCOMING: State = state(Code::Upcoming, "尚未施行");
    pub const IN_FORCE: State = state(Code::InForce, "现行有效");
    pub const THIS_YEAR: State = state(Code::ThisYear, "当年文件");
    pub const PAST_YEAR: State = state(Code::PastYear, "往年文件");
    pub const CLOSED: State = state(Code::Closed, "已过期");
    pub const UNSTATED: State = state(Code::Unstated, "有效期未载明");
    pub const REPEALED: State = state(Code::Repealed, "已废止");
    pub const REPLACED: State = state(Code::Replaced, "已被代替");
    pub const WITHDRAWN: State = state(Code::Withdrawn, "已撤下");
    /// Every state.
    pub const ALL: &[State] = &[
        UPCOMING, IN_FORCE, THIS_YEAR, PAST_YEAR, CLOSED, UNSTATED, REPEALED, REPLACED, WITHDRAWN,
    ];
}

impl Scale {
    /// Every scale.
    pub const ALL: [Self; 3] = [Self::Window, Self::Deadline, Self::Document];

    /// The name in pages and in the search index.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Window => "window",
            Self::Deadline => "deadline",
            Self::Document => "document",
        }
    }

    /// All states of the scale.
    pub const fn states(self) -> &'static [State] {
        match self {
            Self::Window => window::ALL,
            Self::Deadline => deadline::ALL,
            Self::Document => document::ALL,
        }
    }
}

impl Code {
    /// The codes with which something can be used now: an open window, a document in force.
    pub const HOLDING: [Self; 6] = [
        Self::Open,
        Self::StartUnstated,
        Self::Closing,
        Self::Today,
        Self::Unsettled,
        Self::InForce,
    ];

    /// The codes of what another document ended, or what the site no longer publishes.
    pub const ENDED: [Self; 3] = [Self::Repealed, Self::Replaced, Self::Withdrawn];

    /// The name in pages and in the search index; the last part of a CSS class.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Upcoming => "upcoming",
            Self::Starting => "starting",
            Self::Open => "open",
            Self::Closing => "closing",
            Self::Today => "today",
            Self::Closed => "closed",
            Self::PastYear => "past-year",
            Self::Unsettled => "unsettled",
            Self::StartUnstated => "start-unstated",
            Self::Yearly => "yearly",
            Self::Unstated => "unstated",
            Self::Floor => "floor",
            Self::InForce => "in-force",
            Self::ThisYear => "this-year",
            Self::Repealed => "repealed",
            Self::Replaced => "replaced",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// How much a state concerns a reader now, the most first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It can be used, at least in some places or as far as the text says.
    Now,
    /// It will be possible.
    Ahead,
    /// The text does not say when.
    Unknown,
    /// It is certainly over.
    Over,
}

impl State {
    /// How much it concerns a reader now.
    pub fn standing(self) -> Standing {
        match self.code {
            Code::Starting
            | Code::Open
            | Code::StartUnstated
            | Code::Closing
            | Code::Today
            | Code::Unsettled
            | Code::InForce
            | Code::ThisYear => Standing::Now,
            Code::Upcoming => Standing::Ahead,
            Code::Yearly | Code::Unstated | Code::Floor => Standing::Unknown,
            Code::Closed | Code::PastYear | Code::Repealed | Code::Replaced | Code::Withdrawn => {
                Standing::Over
            }
        }
    }

    /// Whether it is certainly over.
    pub fn is_over(self) -> bool {
        self.standing() == Standing::Over
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

/// A value for every day, from the first day to the last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Daily<T> {
    first: T,
    /// The day from which on a value holds; ascending.
    then: Vec<(Date, T)>,
}

/// With more courses than this in one place, their order does not follow the days: each day on which one of them changes may
/// change the place of all.
const MOST_RANKED: usize = 200;

/// All states of a thing.
pub type Course = Daily<State>;

impl<T: Copy + PartialEq> Daily<T> {
    /// One value on all days.
    pub const fn constant(value: T) -> Self {
        Self {
            first: value,
            then: Vec::new(),
        }
    }

    /// The values of a rule that changes on no other days than `days`.
    pub fn new(days: impl IntoIterator<Item = Date>, rule: impl Fn(Date) -> T) -> Self {
        let mut days: Vec<Date> = days.into_iter().collect();
        days.sort_unstable();
        days.dedup();
        let mut out = Self::constant(rule(Date::MIN));
        for day in days {
            let value = rule(day);
            if out.last() != value {
                out.then.push((day, value));
            }
        }
        out
    }

    /// One value before a day, and another one from it on.
    pub fn changing(before: T, day: Date, since: T) -> Self {
        Self::new([day], |today| if today < day { before } else { since })
    }

    fn last(&self) -> T {
        self.then.last().map_or(self.first, |(_, value)| *value)
    }

    /// The value on a day.
    pub fn on(&self, today: Date) -> T {
        let passed = self.then.iter().rev().find(|(day, _)| *day <= today);
        passed.map_or(self.first, |(_, value)| *value)
    }

    /// All values that it has, the first one first.
    pub fn values(&self) -> impl Iterator<Item = T> {
        std::iter::once(self.first).chain(self.then.iter().map(|(_, value)| *value))
    }

    /// The days on which it changes.
    pub fn days(&self) -> impl Iterator<Item = Date> {
        self.then.iter().map(|(day, _)| *day)
    }

    /// The values of a function of these.
    pub fn map<U: Copy + PartialEq>(&self, function: impl Fn(T) -> U) -> Daily<U> {
        Daily::new(self.days(), |day| function(self.on(day)))
    }

    /// Whether it has one value on all days.
    pub fn is_constant(&self) -> bool {
        self.then.is_empty()
    }

    /// The values, with the days from which on they hold between them: `upcoming 2023-07-17 open 2023-09-26 closed`.
    pub fn text_of<W: Display>(&self, word: impl Fn(T) -> W) -> String {
        let mut out = word(self.first).to_string();
        for (day, value) in &self.then {
            out.push_str(&format!(" {day} {}", word(*value)));
        }
        out
    }
}

impl Course {
    /// Courses by how much they concern a reader on a day: what can be used, what begins next, what the text leaves open,
    /// what is over. Equal ones keep their order.
    fn ranked(courses: &[Self], today: Date) -> Vec<usize> {
        let mut order: Vec<usize> = (0..courses.len()).collect();
        order.sort_by_cached_key(|&at| courses[at].concern(today));
        order
    }

    /// By what courses are ranked on a day.
    fn concern(&self, today: Date) -> (Standing, Option<Date>) {
        let standing = self.on(today).standing();
        let begins = self.days().find(|day| *day > today);
        (standing, begins.filter(|_| standing == Standing::Ahead))
    }

    /// The place of each course among several, on each day: 0 is the one that concerns a reader most. With more than
    /// `MOST_RANKED` courses, each keeps its place.
    pub fn places(courses: &[Self]) -> Vec<Daily<usize>> {
        if courses.len() > MOST_RANKED {
            return (0..courses.len()).map(Daily::constant).collect();
        }
        let mut days: BTreeMap<Date, Vec<usize>> = BTreeMap::new();
        for day in courses.iter().flat_map(Self::days).chain([Date::MIN]) {
            days.entry(day).or_insert_with(|| {
                let mut places = vec![0; courses.len()];
                for (place, course) in Self::ranked(courses, day).into_iter().enumerate() {
                    places[course] = place;
                }
                places
            });
        }
        let place = |course: usize| Daily::new(days.keys().copied(), |day| days[&day][course]);
        (0..courses.len()).map(place).collect()
    }

    /// On each day the state of the course that concerns a reader most.
    pub fn of_nearest(courses: &[Self]) -> Option<Self> {
        let days = courses.iter().flat_map(Self::days);
        let nearest = |day| {
            let first = courses.iter().min_by_key(|course| course.concern(day));
            first.unwrap_or(&courses[0]).on(day)
        };
        (!courses.is_empty()).then(|| Self::new(days, nearest))
    }

    /// The day from which on it is over; nothing if it never is, or always.
    pub fn over_since(&self) -> Option<Date> {
        let open = self.then.iter().rposition(|(_, state)| !state.is_over());
        let over = self.then.get(open.map_or(0, |at| at + 1))?;
        over.1.is_over().then_some(over.0)
    }

    /// The codes, with the days from which on they hold between them.
    pub fn text(&self) -> String {
        self.text_of(|state| state.code.key())
    }
}

/// The code of a course that is written as text, on a day written as `2023-07-17`.
pub fn code_on<'a>(course: &'a str, today: &str) -> &'a str {
    let mut parts = course.split(' ');
    let mut code = parts.next().unwrap_or_default();
    while let (Some(day), Some(next)) = (parts.next(), parts.next()) {
        if day > today {
            break;
        }
        code = next;
    }
    code
}

/// Whether a code is one of [`Code::HOLDING`].
pub fn holds(code: &str) -> bool {
    Code::HOLDING.iter().any(|one| one.key() == code)
}

/// Whether a code is one of [`Code::ENDED`].
pub fn is_ended(code: &str) -> bool {
    Code::ENDED.iter().any(|one| one.key() == code)
}

/// The lines of `site.js` with the words of all states, the codes with which something can be used now, and
/// those of what was ended.
pub fn script() -> String {
    let mut out = "  var WORDS = {\n".to_owned();
    for scale in Scale::ALL {
        let words = scale
            .states()
            .iter()
            .map(|state| format!("'{}': '{}'", state.code.key(), state.text));
        let words: Vec<String> = words.collect();
        out.push_str(&format!(
            "    {}: {{ {} }},\n",
            scale.key(),
            words.join(", ")
        ));
    }
    let holding = Code::HOLDING.map(Code::key).join(" ");
    let ended = Code::ENDED.map(Code::key).join(" ");
    out.push_str(&format!(
        "  }};\n  var HOLDING = ' {holding} ';\n  var ENDED = ' {ended} ';\n"
    ));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn course() -> Course {
        Course::new(
            [date(2023, 9, 26), date(2023, 7, 17), date(2023, 8, 1)],
            |day| match day {
                day if day < date(2023, 7, 17) => window::UPCOMING,
                day if day < date(2023, 9, 26) => window::OPEN,
                _ => window::CLOSED,
            },
        )
    }

    #[test]
    fn a_course_names_each_change_once() {
        assert_eq!(
            course().text(),
            "upcoming 2023-07-17 open 2023-09-26 closed"
        );
        assert_eq!(course().over_since(), Some(date(2023, 9, 26)));
        assert_eq!(Course::constant(window::OPEN).text(), "open");
        assert_eq!(Course::constant(window::OPEN).over_since(), None);
    }

    #[test]
    fn the_text_says_what_the_course_says() {
        let (course, mut day) = (course(), date(2023, 7, 10));
        while day < date(2023, 10, 3) {
            let code = course.on(day).code.key();
            assert_eq!(code_on(&course.text(), &day.to_string()), code, "{day}");
            day = day.tomorrow().expect("a day");
        }
    }

    #[test]
    fn of_several_courses_the_one_that_concerns_a_reader_most_is_shown() {
        let late = Course::new([date(2023, 10, 1), date(2023, 10, 9)], |day| match day {
            day if day < date(2023, 10, 1) => window::UPCOMING,
            day if day < date(2023, 10, 9) => window::TODAY,
            _ => window::PAST_YEAR,
        });
        let both = Course::of_nearest(&[course(), late]).expect("two courses");
        assert_eq!(
            both.text(),
            "upcoming 2023-07-17 open 2023-09-26 upcoming 2023-10-01 today 2023-10-09 closed"
        );
        assert_eq!(Course::of_nearest(&[]), None);
    }

    #[test]
    fn the_arrangement_of_next_year_follows_the_one_that_is_open() {
        let next = Course::new([date(2024, 7, 1), date(2024, 9, 1)], |day| match day {
            day if day < date(2024, 7, 1) => window::UPCOMING,
            day if day < date(2024, 9, 1) => window::OPEN,
            _ => window::CLOSED,
        });
        let courses = [next, course()];
        let places = Course::places(&courses);
        let order = |day| [places[0].on(day), places[1].on(day)];
        // Before both, the one that begins first; then the open one; then the next one, and where both are over the first.
        assert_eq!(order(date(2023, 7, 16)), [1, 0]);
        assert_eq!(order(date(2023, 7, 17)), [1, 0]);
        assert_eq!(order(date(2023, 9, 26)), [0, 1]);
        assert_eq!(order(date(2025, 1, 1)), [0, 1]);
        assert_eq!(places[0].text_of(|place| place), "1 2023-09-26 0");
        let nearest = Course::of_nearest(&courses).expect("two courses");
        assert_eq!(
            nearest.text(),
            "upcoming 2023-07-17 open 2023-09-26 upcoming 2024-07-01 open 2024-09-01 closed"
        );
    }

    #[test]
    fn what_the_text_leaves_open_comes_after_what_it_gives() {
        let courses = [Course::constant(window::UNSTATED), course()];
        let nearest = Course::of_nearest(&courses).expect("two courses");
        assert_eq!(
            nearest.text(),
            "upcoming 2023-07-17 open 2023-09-26 unstated"
        );
    }

    #[test]
    fn a_code_is_one_of_a_kind_in_its_scale() {
        for scale in Scale::ALL {
            let mut keys: Vec<&str> = scale.states().iter().map(|s| s.code.key()).collect();
            keys.sort_unstable();
            let all = keys.len();
            keys.dedup();
            assert_eq!(keys.len(), all, "{scale:?}");
        }
    }
}
