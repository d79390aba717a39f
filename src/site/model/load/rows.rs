//! Rows of lists: finds every printed name in the regions.
//!
//! Comes in: printed names. Goes out: rows, and diagnostics for names that were not found.

use crate::model::Written;
use std::collections::{BTreeMap, HashMap};

use super::Loader;
use crate::diag::{Diagnostic, Span, Spanned, codes};
use crate::model::document::*;
use crate::model::region::{EditionId, ProvinceId, UnitId};

impl Loader<'_> {
    /// Finds every name in the lists of a document; one list of rows per printed list. Nothing if something that it
    /// depends on has failed and was reported.
    pub(super) fn rows(
        &mut self,
        document: &Document<Written>,
        slips: &[Slip<Written>],
        sound: bool,
    ) -> Vec<Vec<Listed>> {
        if !sound || !self.regions.sound {
            return Vec::new();
        }
        let lists: Vec<&PrintedList> = match &document.kind {
            Kind::Pilots(list) => vec![&list.printed],
            Kind::Assessment(assessment) => assessment.grades.iter().map(|g| &g.printed).collect(),
            _ => Vec::new(),
        };
        let Some(place) = document.place else {
            return Vec::new();
        };
        let Some(province) = self.regions.province_of(place) else {
            return Vec::new();
        };
        let Some(edition) = document.edition else {
            if !document.date_failed {
                let span = document.year_span.unwrap_or(document.span);
                let dated = document.year_span.is_some();
                self.sink.push(self.regions.no_edition(span, dated));
            }
            return Vec::new();
        };
        lists
            .into_iter()
            .map(|list| self.list_rows(list, slips, province, edition))
            .collect()
    }

    fn list_rows(
        &mut self,
        list: &PrintedList,
        slips: &[Slip<Written>],
        province: ProvinceId,
        edition: EditionId,
    ) -> Vec<Listed> {
        let mut rows = Vec::new();
        let mut corrections: HashMap<&str, usize> = HashMap::new();
        let misprints = slips.iter().enumerate();
        for (at, slip) in misprints.filter(|(_, slip)| slip.whose == Whose::Text) {
            corrections.entry(&slip.printed.value).or_insert(at);
        }
        for (heading, names) in list {
            if let Err(diagnostic) = self.regions.check_heading(province, heading, edition) {
                self.sink.push(*diagnostic);
                continue;
            }
            for printed in names {
                let corrected = corrections.get(printed.value.as_str()).copied();
                let right =
                    corrected.map_or_else(|| printed.value.clone(), |i| slips[i].right.clone());
                match self.regions.find_listed(
                    province,
                    heading,
                    &Spanned::new(right, printed.span),
                    edition,
                ) {
                    Ok(unit) => rows.push(Listed {
                        unit,
                        printed: printed.clone(),
                        heading: heading.clone(),
                        corrected,
                    }),
                    Err(mut diagnostic) => {
                        if let Some(hint) = &mut diagnostic.hint
                            && diagnostic.code == &codes::UNKNOWN_REGION
                        {
                            let (zh, en) = if hint.zh.ends_with('？') {
                                ("", " ")
                            } else {
                                ("；", ". ")
                            };
                            hint.zh.push_str(&format!(
                                "{zh}若原文就是这样印的，照录，并在 corrections 中更正"
                            ));
                            hint.en.push_str(&format!(
                                "{en}If the official text is printed like this, keep it and add it to `corrections`"
                            ));
                        }
                        self.sink.push(*diagnostic);
                    }
                }
            }
        }
        rows
    }

    /// Reports a county that occurs twice in a list, and removes the second row.
    pub(super) fn check_twice(&mut self, document: &mut Document<Written>) {
        let lists: Vec<&mut Vec<Listed>> = match &mut document.kind {
            Kind::Pilots(list) => vec![&mut list.rows],
            Kind::Assessment(assessment) => {
                assessment.grades.iter_mut().map(|g| &mut g.rows).collect()
            }
            _ => return,
        };
        let mut seen: BTreeMap<UnitId, Span> = BTreeMap::new();
        for rows in lists {
            rows.retain(|row| {
                let Some(first) = seen.get(&row.unit) else {
                    seen.insert(row.unit, row.printed.span);
                    return true;
                };
                let name = &self.regions.units[row.unit].name;
                self.sink.push(
                    Diagnostic::new(
                        &codes::COUNTY_TWICE,
                        row.printed.span,
                        format!("“{name}”在名单中列了两次"),
                        format!("\"{name}\" is listed twice"),
                    )
                    .also(*first, "第一次在这里", "first listed here")
                    .hint(
                        "对照原文，删去多列的一个",
                        "compare with the official text and delete one",
                    ),
                );
                false
            });
        }
    }
}
