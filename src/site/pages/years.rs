//! Charts of years: all windows and deadlines of a year, one per row.
//!
//! Comes in: the atlas. Goes out: one chart per year, newest first, and before them one of everything yearly. Steps:
//! every window and deadline becomes an entry -> the entries of a year -> if there are many, those of counties are
//! combined into one row per province, then those of prefectures too, then all of them -> rows -> SVG ([`charts`]).

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::charts::{self, Axis, End, Mark, Row};
use super::view::{YearView, YearsView};
use crate::atlas::Facts;
use crate::model::{Audience, Bound, BoundKind, DocumentId, Place, ProvinceId, When, date};

/// With more rows than this, entries are combined, because nobody reads a longer chart.
const MOST: usize = 24;

/// The year in which yearly days are drawn: a leap year.
const ANY_YEAR: i16 = 2024;

/// Something with a day: a window or a deadline.
#[derive(Clone)]
struct Entry {
    place: Option<Place>,
    row: Row,
}

/// The charts of all years with a window or a deadline, and the number of windows and deadlines without a day.
pub fn years(facts: &Facts, today: Date) -> YearsView {
    let mut by_year: BTreeMap<Option<i16>, Vec<Entry>> = BTreeMap::new();
    let mut undrawn = 0;
    let windows = facts.windows().iter().map(|&(i, n)| window(facts, i, n));
    let deadlines = facts
        .deadlines()
        .iter()
        .map(|&(i, n)| deadline(facts, i, n));
    for entry in windows.chain(deadlines) {
        match entry {
            None => undrawn += 1,
            Some((entry, true)) => by_year.entry(None).or_default().push(entry),
            Some((entry, false)) => {
                // A window appears in the year in which it begins and in the year in which it ends.
                let (first, last) = days(&entry.row.mark);
                for year in BTreeSet::from([first.year(), last.year()]) {
                    by_year.entry(Some(year)).or_default().push(entry.clone());
                }
            }
        }
    }
    let every = by_year.remove(&None).map(|entries| (None, entries));
    YearsView {
        years: every
            .into_iter()
            .chain(by_year.into_iter().rev())
            .map(|(year, entries)| picture(facts, today, year, entries))
            .collect(),
        undrawn,
    }
}

fn picture(facts: &Facts, today: Date, year: Option<i16>, entries: Vec<Entry>) -> YearView {
    let (whole, mut rows) = (entries.len(), rows(facts, entries));
    rows.sort_by_cached_key(|row| (days(&row.mark), row.head.clone(), row.note.clone()));
    let (id, title, axis) = match year {
        Some(year) => (
            format!("y{year}"),
            format!("{year}年的受理窗口和时限"),
            Axis::Year(year),
        ),
        None => (
            "every-year".to_owned(),
            "每年都有的受理窗口和时限".to_owned(),
            Axis::Every,
        ),
    };
    let desc = format!(
        "从左到右是一年的十二个月。共 {whole} 项{}；每一项的日期、事由和出处，在下面的清单里。",
        if rows.len() < whole {
            "，各地的合并画出"
        } else {
            ""
        }
    );
    let heads = Some(["学生和家长", "机构"]);
    YearView {
        svg_html: charts::timeline(&id, &title, &desc, axis, today, heads, &rows),
        merged: rows.len() < whole,
        id,
        title,
    }
}

// ---------------------------------------------------------------- entries

/// The day of a bound, and whether it is yearly. A month counts from its first day.
fn day_of(bound: &Bound) -> Option<(Date, bool)> {
    match bound.when {
        When::Day(day) => Some((day, false)),
        When::Yearly { month, day } => Date::new(ANY_YEAR, month, day.unwrap_or(1))
            .ok()
            .map(|day| (day, true)),
        When::AsPrinted(_) => None,
    }
}

fn window(facts: &Facts, index: DocumentId, number: usize) -> Option<(Entry, bool)> {
    let document = facts.document(index);
    let window = &document.windows[number];
    let from = window.from.as_ref().map(|b| &b.value);
    let until = window.until.as_ref().map(|b| &b.value);
    let (mark, yearly) = span(from, until)?;
    let place = document
        .place
        .map_or_else(String::new, |p| facts.place_link(p).text);
    let when = between(from, until);
    let row = Row {
        note: Some(format!("{place}：{}", window.what)),
        head: when,
        offices: false,
        mark,
    };
    Some((
        Entry {
            place: document.place,
            row,
        },
        yearly,
    ))
}

/// The mark of a window, and whether it is yearly; nothing without a day.
pub fn span(from: Option<&Bound>, until: Option<&Bound>) -> Option<(Mark, bool)> {
    let end = |bound: Option<&Bound>, open: BoundKind| match bound.and_then(day_of) {
        Some((day, _)) if bound.is_some_and(|b| b.kind == open) => End::Open(day),
        Some((day, _)) => End::On(day),
        None => End::Unknown,
    };
    let yearly: BTreeSet<bool> = [from, until]
        .into_iter()
        .flatten()
        .filter_map(|bound| day_of(bound).map(|(_, yearly)| yearly))
        .collect();
    // A day of one year and a day of every year do not make a span.
    let yearly = yearly.first().copied().filter(|_| yearly.len() == 1)?;
    let (from, until) = (
        end(from, BoundKind::NotAfter),
        end(until, BoundKind::NotBefore),
    );
    Some((Mark::Span(from, until), yearly))
}

/// `7月17日至9月25日`; an absent bound is 未载明.
pub fn between(from: Option<&Bound>, until: Option<&Bound>) -> String {
    let same =
        from.and_then(Bound::day).map(Date::year) == until.and_then(Bound::day).map(Date::year);
    let say = |bound: Option<&Bound>, what: &str| {
        bound.map_or_else(
            || format!("{what}未载明"),
            |b| without_year(b, same || from.is_none() || until.is_none()),
        )
    };
    format!("{}至{}", say(from, "开始日"), say(until, "截止日"))
}

/// A bound in words, with or without the year.
fn without_year(bound: &Bound, out: bool) -> String {
    let text = bound.text();
    match bound.day() {
        Some(day) if out => text.replace(&format!("{}年", day.year()), ""),
        _ => text,
    }
}

fn deadline(facts: &Facts, index: DocumentId, number: usize) -> Option<(Entry, bool)> {
    let document = facts.document(index);
    let deadline = &document.deadlines[number];
    let bound = &deadline.by.value;
    let (day, yearly) = day_of(bound)?;
    let month_only = matches!(bound.when, When::Yearly { day: None, .. });
    let mark = if bound.kind == BoundKind::NotBefore {
        Mark::After(day)
    } else if month_only {
        Mark::Span(End::On(day), End::On(day.last_of_month()))
    } else {
        Mark::Days(vec![day])
    };
    let place = document
        .place
        .map_or_else(String::new, |p| format!("{}：", facts.place_link(p).text));
    Some((
        Entry {
            place: document.place,
            row: Row {
                head: format!("{} {}", without_year(bound, true), deadline.who),
                note: Some(format!("{place}{}", deadline.what)),
                offices: deadline.audience == Audience::Offices,
                mark,
            },
        },
        yearly,
    ))
}

/// The first and last day of a mark.
fn days(mark: &Mark) -> (Date, Date) {
    match mark {
        Mark::Span(from, until) => {
            let first = from.day().or(until.day()).unwrap_or(Date::ZERO);
            (first, until.day().unwrap_or(first))
        }
        Mark::Band { whole, .. } => *whole,
        Mark::Days(list) => (
            list.first().copied().unwrap_or(Date::ZERO),
            list.last().copied().unwrap_or(Date::ZERO),
        ),
        Mark::After(day) => (*day, *day),
    }
}

// ---------------------------------------------------------------- many entries

/// Which entries are combined: those of counties, of prefectures too, or all.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Together {
    Counties,
    Prefectures,
    All,
}

/// The rows of a chart: one per entry, or combined until there are few enough.
fn rows(facts: &Facts, entries: Vec<Entry>) -> Vec<Row> {
    let mut rows: Vec<Row> = entries.iter().map(|entry| entry.row.clone()).collect();
    for together in [Together::Counties, Together::Prefectures, Together::All] {
        if rows.len() <= MOST {
            break;
        }
        rows = merged(facts, &entries, together);
    }
    rows
}

/// What is combined into one row: province (none for the whole country), audience, and the kind of mark.
type Group = (Option<ProvinceId>, bool, u8);

fn merged(facts: &Facts, entries: &[Entry], together: Together) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut groups: BTreeMap<Group, Vec<&Entry>> = BTreeMap::new();
    for entry in entries {
        let low = match entry.place {
            Some(Place::Unit(_)) => true,
            Some(Place::Prefecture(_)) => together >= Together::Prefectures,
            _ => together == Together::All,
        };
        if !low {
            rows.push(entry.row.clone());
            continue;
        }
        let province = entry
            .place
            .filter(|_| together < Together::All)
            .and_then(|place| facts.regions().province_of(place));
        let kind = match entry.row.mark {
            Mark::Span(..) | Mark::Band { .. } => 0,
            Mark::Days(_) => 1,
            Mark::After(_) => 2,
        };
        groups
            .entry((province, entry.row.offices, kind))
            .or_default()
            .push(entry);
    }
    rows.extend(groups.into_iter().map(|((province, offices, kind), list)| {
        let name = province.map_or("全国", |i| &facts.regions().provinces[i].name);
        one_row(name, offices, kind, &list)
    }));
    rows
}

fn one_row(name: &str, offices: bool, kind: u8, list: &[&Entry]) -> Row {
    let spans = list.iter().map(|entry| days(&entry.row.mark));
    let first = spans.clone().map(|s| s.0).min().unwrap_or(Date::ZERO);
    let last = spans.clone().map(|s| s.1).max().unwrap_or(Date::ZERO);
    let places: BTreeSet<Option<Place>> = list.iter().map(|entry| entry.place).collect();
    let of = format!("{name} {} 个地方", places.len());
    let said = |day: Date| format!("{}月{}日", day.month(), day.day());
    let (first_said, last_said) = if first.year() == last.year() {
        (said(first), said(last))
    } else {
        (date::chinese(first), date::chinese(last))
    };
    let (mark, head, note) = match kind {
        0 => {
            let from = spans.clone().map(|s| s.0).max().unwrap_or(first);
            let until = spans.map(|s| s.1).min().unwrap_or(last);
            let common = (from <= until).then_some((from, until));
            let note = match common {
                Some(_) => format!("{of}，{}至{}都在受理", said(from), said(until)),
                None => of,
            };
            (
                Mark::Band {
                    whole: (first, last),
                    common,
                },
                format!("{first_said}至{last_said} {} 个窗口", list.len()),
                note,
            )
        }
        1 => {
            let days: BTreeSet<Date> = list
                .iter()
                .flat_map(|entry| match &entry.row.mark {
                    Mark::Days(days) => days.clone(),
                    _ => Vec::new(),
                })
                .collect();
            (
                Mark::Days(days.into_iter().collect()),
                format!("{first_said}至{last_said} {} 项时限", list.len()),
                of,
            )
        }
        _ => (
            Mark::After(first),
            format!("不早于{first_said} {} 项", list.len()),
            of,
        ),
    };
    Row {
        head,
        note: Some(note),
        offices,
        mark,
    }
}
