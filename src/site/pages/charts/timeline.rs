//! A timeline: the months of a year from left to right, and the events in them, one per row.
//!
//! Comes in: rows with words and days. Goes out: an SVG. A window is a bar; where the text leaves its beginning or
//! end open, the bar continues as a broken line. A deadline is a point: filled for students and parents, hollow for
//! offices. The day of the build is a line, which the script of the theme moves to the reader's own day.

use jiff::civil::Date;

use super::{Picture, across, cut, down, width};
use crate::text::escape;

/// The year whose months are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Axis {
    Year(i16),
    /// Any year: only months and days.
    Every,
}

/// How a window begins or ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// On this day.
    On(Date),
    /// On this day at the latest (for a beginning) or at the earliest (for an end): the text leaves it open.
    Open(Date),
    /// Not stated.
    Unknown,
}

impl End {
    /// The day, if there is one.
    pub fn day(self) -> Option<Date> {
        match self {
            Self::On(day) | Self::Open(day) => Some(day),
            Self::Unknown => None,
        }
    }
}

/// What a row shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    Span(End, End),
    /// Spans of many places: from the first beginning to the last end, and the days that all have in common.
    Band {
        whole: (Date, Date),
        common: Option<(Date, Date)>,
    },
    /// Days on which something is due.
    Days(Vec<Date>),
    /// The earliest day of something.
    After(Date),
}

/// A row of the chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// When, or when and who.
    pub head: String,
    /// What, on the same line if there is room at 320 px, otherwise below.
    pub note: Option<String>,
    /// Whether it is for offices rather than for students and parents.
    pub offices: bool,
    pub mark: Mark,
}

const ROW: i64 = 29;
const LINE: i64 = 14;
const HEAD: i64 = 20;
/// The length of a broken line (hundredths of a per cent).
const OPEN: i64 = 400;
/// The number of half-width characters on a line at 320 px.
const WORDS: usize = 36;
/// The same on a wide screen.
const ROOMY: usize = 100;

impl Axis {
    fn days(self) -> i64 {
        match self {
            Self::Year(year) => Date::new(year, 12, 31).map_or(365, |d| d.day_of_year().into()),
            Self::Every => 366,
        }
    }

    /// The position where a day begins. Days of other years are at the edges.
    fn start(self, day: Date) -> i64 {
        let number = match self {
            Self::Year(year) if day.year() < year => 0,
            Self::Year(year) if day.year() > year => self.days(),
            Self::Year(_) => i64::from(day.day_of_year()) - 1,
            // As in a leap year.
            Self::Every => Date::new(2024, day.month(), day.day())
                .map_or(0, |d| i64::from(d.day_of_year()) - 1),
        };
        number * 10_000 / self.days()
    }

    /// The position where a day ends.
    fn end(self, day: Date) -> i64 {
        (self.start(day) + 10_000 / self.days() + 1).min(10_000)
    }

    fn middle(self, day: Date) -> i64 {
        (self.start(day) + self.end(day)) / 2
    }

    fn month(self, month: i8) -> i64 {
        let year = match self {
            Self::Year(year) => year,
            Self::Every => 2024,
        };
        Date::new(year, month, 1).map_or(0, |day| self.start(day))
    }
}

/// Draws the rows. `heads`: headings for the rows of students and of offices, if both are shown separately.
pub fn timeline(
    id: &str,
    title: &str,
    desc: &str,
    axis: Axis,
    today: Date,
    heads: Option<[&str; 2]>,
    rows: &[Row],
) -> String {
    let mut picture = Picture::new();
    let top = 32;
    picture.height = top;
    let mut body = Picture::new();
    body.height = top;
    for offices in [false, true] {
        let mut of_group = rows.iter().filter(|row| row.offices == offices).peekable();
        if of_group.peek().is_none() {
            continue;
        }
        if let Some(heads) = heads {
            body.words(
                "part",
                0,
                body.height + 14,
                "start",
                heads[usize::from(offices)],
            );
            body.height += HEAD;
        }
        for row in of_group {
            draw(&mut body, axis, row);
        }
        body.height += 4;
    }
    let bottom = body.height;
    for month in 1..=12 {
        let x = axis.month(month);
        picture.line("grid", (x, top - 4), (x, bottom));
        if month % 2 == 1 {
            picture.words("axis", x, top - 7, "start", &format!("{month}月"));
        }
    }
    now(&mut picture, axis, today, bottom);
    picture.out.push_str(&body.out);
    picture.height = bottom;
    let more = match axis {
        Axis::Year(year) => format!(" data-year=\"{year}\""),
        Axis::Every => " data-year=\"\"".to_owned(),
    };
    picture.finish("chart-year", id, title, desc, &more)
}

/// The line for the day of the build. It is hidden in a chart of another year; the script shows and moves it.
fn now(picture: &mut Picture, axis: Axis, today: Date, bottom: i64) {
    let here = match axis {
        Axis::Year(year) => today.year() == year,
        Axis::Every => true,
    };
    let x = if here { axis.middle(today) } else { 0 };
    let anchor = match x {
        0..2_000 => "start",
        2_000..8_000 => "middle",
        _ => "end",
    };
    picture.out.push_str(&format!(
        "<g class=\"now\"{}><line x1=\"{1}\" x2=\"{1}\" y1=\"1.3em\" y2=\"{2}\"/><text x=\"{1}\" y=\"1.0em\" text-anchor=\"{anchor}\">制作本页那天 {3}月{4}日</text></g>",
        if here { "" } else { " visibility=\"hidden\"" },
        across(x),
        down(bottom),
        today.month(),
        today.day()
    ));
}

fn draw(picture: &mut Picture, axis: Axis, row: &Row) {
    let mut top = picture.height;
    let who = if row.offices { "of" } else { "st" };
    let note = row.note.as_deref().unwrap_or_default();
    let one_line = width(&row.head) + 1 + width(note) <= WORDS;
    let text = |top: i64, words: String| {
        let y = down(top + 12);
        format!("<text class=\"row\" x=\"0\" y=\"{y}\">{words}</text>")
    };
    let head = format!("<tspan class=\"head\">{}</tspan>", shortened(&row.head));
    if one_line {
        picture
            .out
            .push_str(&text(top, format!("{head} {}", escape(note))));
    } else {
        picture.out.push_str(&text(top, head));
        top += LINE;
        picture.out.push_str(&text(top, shortened(note)));
    }
    let y = top + 21;
    picture.line("track", (0, y), (10_000, y));
    let bar = |picture: &mut Picture, class: &str, from: i64, to: i64| {
        picture.bar(class, from, to.max(from + 80), y - 3, 7);
    };
    match &row.mark {
        Mark::Span(from, until) => {
            let (first, last) = match (from.day(), until.day()) {
                (Some(from), Some(until)) => (axis.start(from), axis.end(until)),
                (Some(day), None) => (axis.start(day), axis.end(day)),
                (None, Some(day)) => (axis.start(day), axis.end(day)),
                (None, None) => return,
            };
            bar(picture, &format!("span {who}"), first, last);
            if !matches!(from, End::On(_)) {
                picture.line("open", ((first - OPEN).max(0), y), (first, y));
            }
            if !matches!(until, End::On(_)) {
                picture.line("open", (last, y), ((last + OPEN).min(10_000), y));
            }
        }
        Mark::Band { whole, common } => {
            let (from, until) = (axis.start(whole.0), axis.end(whole.1));
            picture.bar("band", from, until, y - 1, 3);
            if let Some((from, until)) = common {
                let (from, until) = (axis.start(*from), axis.end(*until));
                bar(picture, &format!("span {who}"), from, until);
            }
        }
        Mark::Days(days) => {
            for &day in days {
                point(picture, who, axis.middle(day), y);
            }
        }
        Mark::After(day) => {
            let x = axis.middle(*day);
            picture.line("open", (x, y), ((x + OPEN).min(10_000), y));
            picture.line("from", (x, y - 5), (x, y + 5));
        }
    }
    picture.height = top + ROW;
}

/// Words that do not fit at 320 px. The rest is shown where there is room.
fn shortened(words: &str) -> String {
    let (short, rest) = cut(words, WORDS);
    if rest.is_empty() {
        return escape(short);
    }
    let (rest, more) = cut(rest, ROOMY - WORDS);
    format!(
        "{}<tspan class=\"dots\">…</tspan><tspan class=\"rest\">{}{}</tspan>",
        escape(short),
        escape(rest),
        if more.is_empty() { "" } else { "…" }
    )
}

fn point(picture: &mut Picture, who: &str, x: i64, y: i64) {
    picture.out.push_str(&format!(
        "<circle class=\"dot {who}\" cx=\"{}\" cy=\"{}\" r=\"5\"/>",
        across(x),
        down(y)
    ));
}
