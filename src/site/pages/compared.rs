//! Results of two years, compared: who rose, who fell, who is new and who is gone.
//!
//! Comes in: the assessments of one programme and place. Goes out: which of them follow each other, and the view of such a pair.
//! Units are those of today, so that a county with another name is the same one. The order of grades is that in which the results
//! print them.

use std::collections::BTreeMap;

use super::view::*;
use crate::atlas::Facts;
use crate::atlas::routes;
use crate::model::{Assessment, DocumentId, DocumentKind, Kind, Listed, Place, UnitId};
use crate::text::plain_pinyin;

/// Two assessments, the older one first.
pub type Pair = (DocumentId, DocumentId);

fn assessment<'a>(facts: &Facts<'a>, index: DocumentId) -> Option<&'a Assessment> {
    match &facts.document(index).kind {
        Kind::Assessment(assessment) => Some(assessment),
        _ => None,
    }
}

/// Of some documents, those that follow each other: results of one programme and place, of two years without a third between them.
fn following(facts: &Facts, documents: impl Iterator<Item = DocumentId>) -> Vec<Pair> {
    type Years = BTreeMap<i16, Vec<DocumentId>>;
    let mut matters: BTreeMap<(&str, Option<Place>), Years> = BTreeMap::new();
    for index in documents {
        if let Some(found) = assessment(facts, index) {
            let matter = (found.programme.as_str(), facts.document(index).place);
            let years = matters.entry(matter).or_default();
            years.entry(found.year).or_default().push(index);
        }
    }
    let mut out = Vec::new();
    for years in matters.into_values() {
        let years: Vec<Vec<DocumentId>> = years.into_values().collect();
        for pair in years.windows(2) {
            let newer = |&older: &DocumentId| pair[1].iter().map(move |&newer| (older, newer));
            out.extend(pair[0].iter().flat_map(newer));
        }
    }
    out
}

/// Every pair of the site.
pub fn pairs(facts: &Facts) -> Vec<Pair> {
    following(
        facts,
        facts.of_kind(DocumentKind::Assessment).iter().copied(),
    )
}

/// The address of the page of a pair.
pub fn path(facts: &Facts, (older, newer): Pair) -> String {
    let [older, newer] = [older, newer].map(|index| &facts.document(index).id);
    format!("assessments/compare/{older}-{newer}.html")
}

/// The pages that compare some results with others.
pub fn links(facts: &Facts, index: DocumentId) -> Vec<Link> {
    let Some(place) = facts.document(index).place else {
        return Vec::new();
    };
    let pairs = following(facts, facts.at(place).iter().copied()).into_iter();
    pairs
        .filter(|&(older, newer)| older == index || newer == index)
        .map(|pair| {
            let other = if pair.0 == index { pair.1 } else { pair.0 };
            let year = facts.document(other).year().unwrap_or_default();
            Link::new(&path(facts, pair), &format!("与{year}年度比较"))
        })
        .collect()
}

/// What changed for a unit, by the places of its grades.
fn change(before: Option<usize>, now: Option<usize>) -> &'static str {
    match (before, now) {
        (Some(before), Some(now)) if now < before => "上升",
        (Some(before), Some(now)) if now > before => "下降",
        (Some(_), Some(_)) => "不变",
        (None, _) => "新列入",
        (_, None) => "不再列入",
    }
}

/// All changes, in the order of the page.
const CHANGES: [&str; 5] = ["上升", "下降", "不变", "新列入", "不再列入"];

/// The grades of both, in their order: that of the one with more of them first.
fn grades<'a>(older: &'a Assessment, newer: &'a Assessment) -> Vec<&'a str> {
    let mut both = [newer, older];
    both.sort_by_key(|one| std::cmp::Reverse(one.grades.len()));
    let mut out: Vec<&str> = Vec::new();
    for grade in both.into_iter().flat_map(|one| &one.grades) {
        if !out.contains(&grade.grade.as_str()) {
            out.push(&grade.grade);
        }
    }
    out
}

/// The page of a pair.
pub fn view(facts: &Facts, (older, newer): Pair) -> Option<ComparedView> {
    let (before, now) = (assessment(facts, older)?, assessment(facts, newer)?);
    let grades = grades(before, now);
    let place_of = |grade: &str| grades.iter().position(|one| *one == grade);
    let mut units: Vec<(UnitId, &Listed, [Option<usize>; 2])> = Vec::new();
    let mut at: BTreeMap<UnitId, usize> = BTreeMap::new();
    for (year, results) in [(1, now), (0, before)] {
        for (grade, row) in results.rows() {
            let unit = facts.regions().current(row.unit);
            let at = *at.entry(unit).or_insert_with(|| {
                units.push((unit, row, [None, None]));
                units.len() - 1
            });
            units[at].2[year] = place_of(&grade.grade);
        }
    }
    let rows: Vec<ComparedRow> = units
        .into_iter()
        .map(|(unit, listed, [before, now])| {
            let this = &facts.regions().units[unit];
            let grade = |at: Option<usize>| at.map(|at| grades[at].to_owned());
            ComparedRow {
                id: this.id.clone(),
                name: this.name.clone(),
                pinyin: plain_pinyin(&this.pinyin),
                url: routes::unit(facts, unit),
                prefecture: listed.heading.value.clone(),
                before: grade(before),
                now: grade(now),
                change: change(before, now),
            }
        })
        .collect();
    let count = |change: &'static str| ChangeCount {
        change,
        count: rows.iter().filter(|row| row.change == change).count(),
    };
    let document = facts.document(newer);
    Some(ComparedView {
        programme: now.programme.clone(),
        place: document
            .place
            .map_or_else(Link::default, |place| facts.place_link(place)),
        years: [before.year, now.year],
        results: [older, newer]
            .map(|index| facts.document_link(index))
            .into(),
        cites: vec![facts.cite(&before.cite), facts.cite(&now.cite)],
        grades: grades.iter().map(|grade| (*grade).to_owned()).collect(),
        changes: CHANGES.into_iter().map(count).collect(),
        rows,
    })
}

/// Its title.
pub fn title(facts: &Facts, (older, newer): Pair) -> String {
    let year = |index| facts.document(index).year().unwrap_or_default();
    let place = facts.document(newer).place;
    let place = place.map_or_else(String::new, |place| facts.place_link(place).text);
    let programme = assessment(facts, newer).map_or("", |one| one.programme.as_str());
    format!(
        "{place}{programme}：{}年度和{}年度比较",
        year(older),
        year(newer)
    )
}
