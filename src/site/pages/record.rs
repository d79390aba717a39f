//! The record of a county: what the sources say about it year by year, and where two of them disagree.
//!
//! Comes in: the atlas and a unit. Goes out: rows of 历年记录, newest year first; claims that cannot both be right, side by
//! side with their sources; charts of years that can be compared. The site does not judge which source is right.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::charts::{self, Axis, Row, Step};
use super::parts::day_view;
use super::view::*;
use super::years::{between, span};
use crate::atlas::Facts;
use crate::atlas::routes;
use crate::diag::Spanned;
use crate::model::{Bound, BoundKind, DocumentId, Grade, Kind, Listed, Place, UnitId, Window};

/// Sources of a unit: its schedules, then its notices.
fn own(facts: &Facts, unit: UnitId) -> Vec<DocumentId> {
    let here = facts.named(unit);
    here.schedules
        .iter()
        .chain(&here.notices)
        .copied()
        .collect()
}

/// The days of a window in words.
pub fn words(window: &Window) -> String {
    match (&window.from, &window.until) {
        (None, None) => "起止日原文未载明".into(),
        (from, until) => {
            let say = |bound: &Option<Spanned<Bound>>, what: &str| {
                bound
                    .as_ref()
                    .map_or_else(|| format!("{what}原文未载明"), |b| b.value.text())
            };
            let (first, last) = (say(from, "开始日"), say(until, "截止日"));
            let day = |bound: &Option<Spanned<Bound>>| bound.as_ref().and_then(|b| b.value.day());
            // The year once, as the texts do.
            let same = day(from)
                .zip(day(until))
                .filter(|(from, until)| from.year() == until.year());
            let last = match same {
                Some((_, day)) => last.replace(&format!("{}年", day.year()), ""),
                None => last,
            };
            format!("{first}至{last}")
        }
    }
}

/// Everything that the sources say of a unit, newest year first.
pub fn record(facts: &Facts, unit: UnitId) -> Vec<RecordRow> {
    let here = facts.named(unit);
    let mut rows = Vec::new();
    let row = |index: DocumentId, what: &str, text: String, cite: Option<CiteView>| RecordRow {
        year: facts.year_of(index),
        what: what.to_owned(),
        text,
        who: None,
        then: None,
        page: facts.document_link(index),
        cite,
    };
    for index in own(facts, unit) {
        let document = facts.document(index);
        for window in &document.windows {
            rows.push(RecordRow {
                who: window.who.clone(),
                ..row(
                    index,
                    &window.what,
                    words(window),
                    Some(facts.cite(&window.cite)),
                )
            });
        }
        if let Kind::Schedule(schedule) = &document.kind {
            let days: BTreeSet<Date> = schedule.sessions.iter().map(|s| s.date).collect();
            if let (Some(first), Some(last)) = (days.first(), days.last()) {
                let mut text = format!("{} 场，{}", schedule.sessions.len(), day_view(*first).text);
                if first != last {
                    text.push_str(&format!("至{}", day_view(*last).text));
                }
                rows.push(row(index, "分场次受理", text, None));
            }
        }
        for deadline in &document.deadlines {
            rows.push(RecordRow {
                who: Some(deadline.who.clone()),
                ..row(
                    index,
                    &deadline.what,
                    format!("期限：{}", deadline.by.value.text()),
                    Some(facts.cite(&deadline.cite)),
                )
            });
        }
    }
    for &(index, at) in &here.pilots {
        if let Kind::Pilots(list) = &facts.document(index).kind {
            rows.push(RecordRow {
                then: then(facts, unit, &list.rows[at]),
                page: row_link(facts, index, &list.rows[at]),
                ..row(
                    index,
                    "试点",
                    format!("列入{}", list.programme),
                    Some(facts.cite(&list.cite)),
                )
            });
        }
    }
    for &(index, grade, at) in &here.grades {
        if let Kind::Assessment(assessment) = &facts.document(index).kind {
            let grade = &assessment.grades[grade];
            rows.push(RecordRow {
                then: then(facts, unit, &grade.rows[at]),
                page: row_link(facts, index, &grade.rows[at]),
                ..row(
                    index,
                    &assessment.programme,
                    grade.grade.clone(),
                    Some(facts.cite(&grade.list)),
                )
            });
        }
    }
    rows.sort_by_key(|row| Reverse(row.year));
    rows
}

/// The name of that time, if it was another one.
fn then(facts: &Facts, unit: UnitId, listed: &Listed) -> Option<String> {
    let units = &facts.regions().units;
    let name = &units[listed.unit].name;
    (*name != units[unit].name).then(|| name.clone())
}

/// The row of a list.
pub fn row_link(facts: &Facts, index: DocumentId, listed: &Listed) -> Link {
    Link {
        url: format!(
            "{}#{}",
            routes::document(facts, index),
            facts.regions().units[listed.unit].id
        ),
        text: facts.document(index).title.value.clone(),
    }
}

// ---------------------------------------------------------------- where sources disagree

/// A matter of a year, the newest first.
type Matter<'a> = (Reverse<Option<i16>>, &'a str);

/// What two documents say differently of the same matter and year.
pub fn disputes(facts: &Facts, unit: UnitId) -> Vec<DisputeView> {
    let mut out = windows_disputed(facts, unit);
    out.extend(grades_disputed(facts, unit));
    out
}

/// Two documents of the county give one window of one year different days; or one of them ends before the floor, or
/// begins after the ceiling, that a wider document sets for it. A document that names fewer windows of a name than
/// another one does not contradict it.
fn windows_disputed(facts: &Facts, unit: UnitId) -> Vec<DisputeView> {
    let entered = |indices: Vec<DocumentId>| {
        let mut matters: BTreeMap<Matter, Vec<(DocumentId, usize)>> = BTreeMap::new();
        for index in indices {
            for (number, window) in facts.document(index).windows.iter().enumerate() {
                matters
                    .entry((Reverse(facts.year_of(index)), window.what.as_str()))
                    .or_default()
                    .push((index, number));
            }
        }
        matters
    };
    let wider = facts.regions().chain(Place::Unit(unit));
    let wider = wider.iter().skip(1);
    let limits = entered(
        wider
            .flat_map(|place| facts.at(*place).iter().copied())
            .collect(),
    );
    let mut out = Vec::new();
    for (matter, mut claims) in entered(own(facts, unit)) {
        let mut said: BTreeMap<DocumentId, BTreeSet<Days>> = BTreeMap::new();
        for &(index, number) in &claims {
            let days = days(&facts.document(index).windows[number]);
            said.entry(index).or_default().insert(days);
        }
        let differ = |a: &BTreeSet<Days>| said.values().any(|b| !a.is_subset(b) && !b.is_subset(a));
        let mut disputed = said.values().any(differ);
        for &(index, number) in limits.get(&matter).into_iter().flatten() {
            let limit = &facts.document(index).windows[number];
            if claims
                .iter()
                .any(|&(i, n)| breaks(&facts.document(i).windows[n], limit))
            {
                disputed = true;
                claims.push((index, number));
            }
        }
        if disputed {
            let (Reverse(year), what) = matter;
            out.push(DisputeView {
                what: format!("{}{what}的时间", in_year(year, "年")),
                claims: claims.iter().map(|&(i, n)| claim(facts, i, n)).collect(),
            });
        }
    }
    out
}

/// The first and the last day of a window, as far as they are given.
type Days<'a> = (Option<&'a Bound>, Option<&'a Bound>);

fn days(window: &Window) -> Days<'_> {
    (
        window.from.as_ref().map(|bound| &bound.value),
        window.until.as_ref().map(|bound| &bound.value),
    )
}

fn claim(facts: &Facts, index: DocumentId, number: usize) -> ClaimView {
    let window = &facts.document(index).windows[number];
    ClaimView {
        text: words(window),
        page: facts.document_link(index),
        cite: facts.cite(&window.cite),
    }
}

/// Whether a window ends or begins on a day that a limit does not allow.
fn breaks(window: &Window, limit: &Window) -> bool {
    let day = |bound: &Option<Spanned<Bound>>, kind: BoundKind| {
        bound
            .as_ref()
            .filter(|b| b.value.kind == kind)
            .and_then(|b| b.value.day())
    };
    let early = day(&window.until, BoundKind::Exact)
        .zip(day(&limit.until, BoundKind::NotBefore))
        .is_some_and(|(until, floor)| until < floor);
    let late = day(&window.from, BoundKind::Exact)
        .zip(day(&limit.from, BoundKind::NotAfter))
        .is_some_and(|(from, ceiling)| from > ceiling);
    early || late
}

fn in_year(year: Option<i16>, word: &str) -> String {
    year.map_or_else(String::new, |year| format!("{year}{word}"))
}

/// Two assessments of one programme and year give different grades.
fn grades_disputed(facts: &Facts, unit: UnitId) -> Vec<DisputeView> {
    let mut matters: BTreeMap<Matter, Vec<(DocumentId, &Grade, &Listed)>> = BTreeMap::new();
    for &(index, grade, at) in &facts.named(unit).grades {
        if let Kind::Assessment(assessment) = &facts.document(index).kind {
            let grade = &assessment.grades[grade];
            let matter = (Reverse(facts.year_of(index)), assessment.programme.as_str());
            let claims = matters.entry(matter).or_default();
            claims.push((index, grade, &grade.rows[at]));
        }
    }
    let disputed = |(_, claims): &(Matter, Vec<(DocumentId, &Grade, &Listed)>)| {
        claims
            .iter()
            .any(|(_, grade, _)| grade.grade != claims[0].1.grade)
    };
    matters
        .into_iter()
        .filter(disputed)
        .map(|((Reverse(year), programme), claims)| DisputeView {
            what: format!("{}{programme}的等次", in_year(year, "年度")),
            claims: claims
                .into_iter()
                .map(|(index, grade, listed)| ClaimView {
                    text: grade.grade.clone(),
                    page: row_link(facts, index, listed),
                    cite: facts.cite(&grade.list),
                })
                .collect(),
        })
        .collect()
}

// ---------------------------------------------------------------- pictures

/// Pictures of what can be compared between at least two years; empty where nothing can.
pub fn pictures(facts: &Facts, today: Date, unit: UnitId) -> Vec<PictureView> {
    let mut out = Vec::new();
    out.extend(windows_picture(facts, today, unit));
    out.extend(grades_pictures(facts, unit));
    out
}

fn windows_picture(facts: &Facts, today: Date, unit: UnitId) -> Option<PictureView> {
    let mut rows: Vec<(Matter, Row)> = Vec::new();
    for &index in &facts.named(unit).schedules {
        for window in &facts.document(index).windows {
            let from = window.from.as_ref().map(|b| &b.value);
            let until = window.until.as_ref().map(|b| &b.value);
            if let Some((mark, false)) = span(from, until) {
                let year = facts.year_of(index);
                let row = Row {
                    head: format!("{} {}", in_year(year, "年"), between(from, until)),
                    note: Some(window.what.clone()),
                    offices: false,
                    mark,
                };
                rows.push(((Reverse(year), &window.what), row));
            }
        }
    }
    // What can be compared is kept together, the newest year first.
    rows.sort_by(|((y, a), _), ((z, b), _)| (a, y).cmp(&(b, z)));
    let years: BTreeSet<Option<i16>> = rows.iter().map(|((Reverse(y), _), _)| *y).collect();
    if years.len() < 2 {
        return None;
    }
    let title = "各年的受理时间".to_owned();
    let rows: Vec<Row> = rows.into_iter().map(|(_, row)| row).collect();
    Some(PictureView {
        svg_html: charts::timeline(
            "windows-years",
            &title,
            "从左到右是一年的十二个月，每年一条。同样的内容在“历年记录”表里。",
            Axis::Every,
            today,
            None,
            &rows,
        ),
        title,
    })
}

fn grades_pictures(facts: &Facts, unit: UnitId) -> Vec<PictureView> {
    // The longest list of a programme tells the order of grades.
    let mut grades_of: BTreeMap<&str, Vec<(DocumentId, usize)>> = BTreeMap::new();
    for &(index, grade, _) in &facts.named(unit).grades {
        if let Kind::Assessment(assessment) = &facts.document(index).kind {
            grades_of
                .entry(&assessment.programme)
                .or_default()
                .push((index, grade));
        }
    }
    let assessment = |index: DocumentId| match &facts.document(index).kind {
        Kind::Assessment(assessment) => assessment.grades.as_slice(),
        _ => &[],
    };
    grades_of
        .into_iter()
        .map(|(programme, mut list)| {
            list.sort_by_key(|&(index, _)| Reverse(assessment(index).len()));
            let mut grades: Vec<String> = Vec::new();
            let mut years: BTreeMap<i16, BTreeSet<&str>> = BTreeMap::new();
            for (index, grade) in list {
                for g in assessment(index) {
                    if !grades.contains(&g.grade) {
                        grades.push(g.grade.clone());
                    }
                }
                if let Some(year) = facts.year_of(index) {
                    let name = assessment(index)[grade].grade.as_str();
                    years.entry(year).or_default().insert(name);
                }
            }
            (programme, (grades, years))
        })
        .filter(|(_, (_, years))| years.len() > 1)
        .enumerate()
        .map(|(number, (programme, (grades, years)))| {
            let points: Vec<Step> = years
                .iter()
                .flat_map(|(&year, names)| names.iter().map(move |name| (year, *name)))
                .filter_map(|(year, name)| {
                    let grade = grades.iter().position(|g| g == name)?;
                    Some(Step { year, grade })
                })
                .collect();
            let title = format!("各年度{programme}等次");
            PictureView {
                svg_html: charts::steps(
                    &format!("grades-years-{}", number + 1),
                    &title,
                    &grades,
                    &points,
                ),
                title,
            }
        })
        .collect()
}
