//! Views of lists of counties: pilot lists and assessments.
//!
//! Comes in: a list document. Goes out: its rows, the numbers that its text states next to those counted, its corrections and
//! its data, which both kinds have; for an assessment also its grades and how it was made.

use jiff::civil::Date;

use super::charts::{self, Bar};
use super::data::Views;
use super::documents::{Made, place_of, source_item, summary};
use super::markdown::InternalLink;
use super::parts;
use super::view::*;
use crate::atlas::Facts;
use crate::diag::Sink;
use crate::lints::{figures, percent, rate};
use crate::model::{Assessment, Cite, DocumentId, Fact, Kind, Listed, Place};

/// Makes the views of one list.
pub struct Lists<'a> {
    pub facts: &'a Facts<'a>,
    pub today: Date,
    pub data: Views<'a>,
    pub index: DocumentId,
    pub root: &'a str,
}

/// A row of a list: its grade, and the citation of its list. A pilot list has no grades.
type Row<'a> = (&'a Listed, &'a str, &'a Cite);

impl Lists<'_> {
    /// The page of a pilot list; none for another document.
    pub fn pilots(&self, sink: &mut Sink) -> Option<Made<PilotView>> {
        let (facts, today, index) = (self.facts, self.today, self.index);
        let Kind::Pilots(list) = &facts.document(index).kind else {
            return None;
        };
        let rows = list.rows.iter().map(|row| (row, "", &list.cite));
        let rows: Vec<Row> = rows.collect();
        let (list_view, links) = self.list(&list.programme, list.year, &list.cite, &rows, sink);
        let mut windows = parts::windows_of(facts, today, index);
        windows.extend(parts::windows_of(facts, today, list.source.value));
        let view = PilotView {
            list: list_view,
            windows,
        };
        Some(Made { view, links })
    }

    /// The page of assessment results; none for another document.
    pub fn assessment(&self, sink: &mut Sink) -> Option<Made<AssessmentView>> {
        let facts = self.facts;
        let kind = &facts.document(self.index).kind;
        let Kind::Assessment(assessment) = kind else {
            return None;
        };
        let rows = assessment.rows();
        let rows = rows.map(|(grade, row)| (row, grade.grade.as_str(), &grade.list));
        let rows: Vec<Row> = rows.collect();
        let (programme, cite) = (&assessment.programme, &assessment.cite);
        let (list, links) = self.list(programme, assessment.year, cite, &rows, sink);
        let whole = kind.rows().len();
        let share = |rows| rate(rows, whole, 2).map_or_else(String::new, |n| percent(n, 2));
        let grades = assessment.grades.iter().map(|grade| GradeView {
            grade: grade.grade.clone(),
            count: grade.rows.len(),
            share: share(grade.rows.len()),
            cite: facts.cite(&grade.list),
        });
        let stages = assessment.stages.iter();
        let by_prefecture = by_prefecture(facts, assessment);
        let view = AssessmentView {
            bodies: assessment.bodies.clone(),
            period: assessment.period.as_ref().map(|f| period(facts, f)),
            stages: stages.map(|stage| parts::fact(facts, stage)).collect(),
            grades: grades.collect(),
            compared: super::compared::links(facts, self.index),
            chart_html: chart(assessment, &list.place.text, &by_prefecture),
            by_prefecture,
            list,
        };
        Some(Made { view, links })
    }

    /// What both kinds have.
    fn list(
        &self,
        programme: &str,
        year: i16,
        cite: &Cite,
        rows: &[Row],
        sink: &mut Sink,
    ) -> (CountyListView, Vec<InternalLink>) {
        let (facts, index) = (self.facts, self.index);
        let document = facts.document(index);
        let mut links = Vec::new();
        let numbered = rows.iter().zip(1..);
        let view = CountyListView {
            title: document.title.value.clone(),
            life: super::life::of(facts, index),
            programme: programme.to_owned(),
            year,
            place: place_of(facts, document),
            summary: summary(facts, index, self.root, &document.summary, &mut links, sink),
            stated: stated(facts, index),
            rows: numbered
                .map(|((row, grade, _), number)| parts::unit_row(facts, index, number, row, grade))
                .collect(),
            corrections: corrections(facts, index, rows),
            source: source_item(facts, self.today, index),
            cite: facts.cite(cite),
            edition: facts.edition_text(index),
            dataset: self.data.of_document(index),
        };
        (view, links)
    }
}

/// Corrections of a list, as people check them.
fn corrections(facts: &Facts, index: DocumentId, rows: &[Row]) -> Vec<SlipView> {
    let slips = facts.document(index).slips.iter().enumerate();
    let view = |(number, slip): (usize, &crate::model::Slip)| {
        let mut corrected = rows
            .iter()
            .filter(|(row, ..)| row.corrected == Some(number));
        let (row, _, cite) = corrected.next()?;
        Some(SlipView {
            note_id: None,
            id: facts.regions().units[row.unit].id.clone(),
            printed: slip.printed.value.clone(),
            right: slip.right.clone(),
            why: slip.why.clone(),
            since: facts.since(index, slip),
            cite: facts.cite(cite),
        })
    };
    slips.filter_map(view).collect()
}

/// The numbers that a list's text states, next to those counted.
fn stated(facts: &Facts, index: DocumentId) -> Vec<StatedView> {
    figures(facts.regions(), &facts.document(index).kind)
        .into_iter()
        .map(|figure| StatedView {
            cite: facts.cite(figure.cite),
            what: figure.what,
            stated: figure.compared.said,
            computed: figure.compared.computed,
            how: figure.compared.how,
            agrees: figure.compared.agrees,
            difference: figure.compared.difference,
            note: figure.differs.map(str::to_owned),
        })
        .collect()
}

/// When it was done. That the text gives no year is said, so that nobody takes the heading's year for it.
fn period(facts: &Facts, period: &Fact) -> FactView {
    let mut view = parts::fact(facts, period);
    if period.note.is_none() && period.what.contains('月') && !period.what.contains('年') {
        view.note = Some("原文未写年份".into());
    }
    view
}

/// Counts by heading, in the order in which the headings first appear.
fn by_prefecture(facts: &Facts, assessment: &Assessment) -> Vec<PrefectureRow> {
    let mut out: Vec<PrefectureRow> = Vec::new();
    for (g, grade) in assessment.grades.iter().enumerate() {
        for row in &grade.rows {
            let heading = &row.heading.value;
            let at = out
                .iter()
                .position(|r| r.prefecture.text == *heading)
                .unwrap_or_else(|| {
                    let unit = &facts.regions().units[row.unit];
                    let own = facts.regions().prefectures[unit.prefecture].name == *heading;
                    let url = if own {
                        facts.place_link(Place::Prefecture(unit.prefecture)).url
                    } else {
                        String::new()
                    };
                    out.push(PrefectureRow {
                        prefecture: Link {
                            url,
                            text: heading.clone(),
                        },
                        counts: vec![0; assessment.grades.len()],
                        total: 0,
                        shares: Vec::new(),
                    });
                    out.len() - 1
                });
            out[at].counts[g] += 1;
            out[at].total += 1;
        }
    }
    for row in &mut out {
        let share =
            |&count: &usize| rate(count, row.total, 2).map_or_else(String::new, |n| percent(n, 2));
        row.shares = row.counts.iter().map(share).collect();
    }
    out
}

/// The picture of grades by place; none for a single place.
fn chart(assessment: &Assessment, place: &str, rows: &[PrefectureRow]) -> String {
    if rows.len() < 2 {
        return String::new();
    }
    let names: Vec<String> = assessment.grades.iter().map(|g| g.grade.clone()).collect();
    let whole = Bar {
        name: format!("{place}合计"),
        counts: assessment.grades.iter().map(|g| g.rows.len()).collect(),
    };
    let bars: Vec<Bar> = rows
        .iter()
        .map(|row| Bar {
            name: row.prefecture.text.clone(),
            counts: row.counts.clone(),
        })
        .collect();
    charts::grades("by-city", "各市各等次的份额", &names, &whole, &bars)
}
