//! Lists of places: cells that are pasted from a spreadsheet, and places that are typed in part.
//!
//! Comes in: pasted text, or the beginning of a name in characters or pinyin. Goes out: the lines of a list with what is doubtful in its cells;
//! whole names. Nothing is written: the lines go into the form.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::screens::some_of;
use super::{Desk, Sent};
use crate::desk::edit::patch::read;
use crate::desk::edit::value::{Step, Value};
use crate::desk::places::{Gazetteer, Wanted};
use crate::desk::remark::{Place, Remark, RemarkKind};
use crate::desk::table::{Options, import_table, import_text};
use crate::diag::Sink;
use crate::link;
use crate::model::Regions;
use crate::serve::http::Asked;

/// Rows of a pasted table that are shown again.
const MOST_ROWS: usize = 400;

impl Desk {
    /// What was pasted, as lines of a list. Nothing if nothing was pasted.
    pub(super) fn pasted(&self, sent: &Sent) -> Option<String> {
        let into = sent.get("@into")?;
        let text = sent.get(&format!("{into}/@paste"))?.replace("\r\n", "\n");
        let text = text.trim_matches('\n');
        if text.trim().is_empty() {
            return None;
        }
        let regions = self.regions()?;
        let options = Options {
            region: sent.filled("region").map(str::to_owned),
            year: sent.filled("year").and_then(|year| year.parse().ok()),
            ..Options::default()
        };
        let words = self.words();
        let name = words.say("粘贴的表", "pasted");
        // One column without a comma is a table as well.
        let is_table = text.contains('\t') || !text.contains(['：', ':', '、', '，']);
        let mut text = std::borrow::Cow::Borrowed(text);
        let table =
            |text: &str| import_table(&format!("{name}.tsv"), text.as_bytes(), &options, &regions);
        let made = if is_table {
            table(&text).or_else(|refused| {
                // Columns without a header: they are those of a list of places.
                let head = match text
                    .lines()
                    .next()
                    .map_or(0, |line| line.split('\t').count())
                {
                    1 => "县",
                    2 => "市\t县",
                    3 => "市\t县\t等次",
                    _ => return Err(refused),
                };
                let with_head = format!("{head}\n{text}");
                let made = table(&with_head).map_err(|_| refused)?;
                text = with_head.into();
                Ok(made)
            })
        } else {
            import_text(&format!("{name}.txt"), text.as_bytes(), &options, &regions)
        };
        let view = match made {
            Ok(made) => {
                let lists = lists_of(&made.text);
                let remarks: Vec<Json> = made
                    .remarks
                    .iter()
                    .filter(|remark| is_of_the_list(remark))
                    .map(|remark| {
                        let place = self.said(&remark.place.words());
                        json!({ "place": place, "words": self.said(&remark.words), "text": remark.text })
                    })
                    .collect();
                json!({
                    "lists": serde_json::to_string(&lists).unwrap_or_default(),
                    "shown": lists,
                    "remarks": remarks,
                    "rows": if is_table { cells(&text, &made.remarks) } else { Vec::new() },
                })
            }
            Err(refused) => json!({
                "refused": self.said(refused.words()),
                "lists": "",
                "shown": [],
                "remarks": [],
                "rows": [],
            }),
        };
        self.render("pasted.html", view)
    }

    /// The divisions, without the documents of the site.
    fn regions(&self) -> Option<Arc<Regions>> {
        let few = some_of(&*self.preview.sources()?, |_| false);
        Some(link::load(&few, &mut Sink::default()).regions)
    }

    /// Whole names of places that begin with what was typed, one a line.
    pub(super) fn places(&self, asked: &Asked) -> Option<String> {
        let typed = asked.query("q")?.trim();
        let wanted = match asked.query("wanted") {
            Some("county") => Wanted::Counties,
            _ => Wanted::Any,
        };
        let gazetteer = match self.gazetteer.get() {
            Some(known) => known,
            None => {
                let regions = self.regions()?;
                self.gazetteer
                    .get_or_init(|| Gazetteer::new(&regions, None))
            }
        };
        let under = asked.query("under").unwrap_or_default();
        let found = match under.is_empty() {
            true => gazetteer.suggest(typed, wanted),
            // The names above are those of the list.
            false => gazetteer.suggest(&format!("{under} {typed}"), wanted),
        };
        Some(found.join("\n"))
    }
}

/// The lists of a file that was made of a table: the grade of each if it has one, its lines, and how many names it has.
fn lists_of(yaml: &str) -> Vec<Json> {
    let Some(file) = read(yaml, &(0..yaml.len())).and_then(|root| Value::of(&root)) else {
        return Vec::new();
    };
    let at = |value: &Value, key: &str| value.at(&[Step::Key(key.to_owned())]).cloned();
    let list = |grade: Option<&str>, counties: &Value| {
        let lines: Vec<(&str, &str)> = match counties {
            Value::Map(entries) => entries
                .iter()
                .filter_map(|(name, names)| Some((name.as_str(), names.text()?)))
                .collect(),
            _ => Vec::new(),
        };
        let count: usize = lines
            .iter()
            .map(|(_, names)| names.split('、').count())
            .sum();
        let lines: Vec<String> = lines
            .iter()
            .map(|(name, names)| format!("{name}: {names}"))
            .collect();
        json!({ "grade": grade, "lines": lines.join("\n"), "count": count })
    };
    if let Some(counties) = at(&file, "counties") {
        return vec![list(None, &counties)];
    }
    let Some(Value::List(grades)) = at(&file, "grades") else {
        return Vec::new();
    };
    let of = |grade: &Value| {
        let name = at(grade, "grade")?;
        Some(list(name.text(), &at(grade, "counties")?))
    };
    grades.iter().filter_map(of).collect()
}

/// Whether a remark is about names; what a new file would need besides is in the form already.
fn is_of_the_list(remark: &Remark) -> bool {
    remark.kind.needs_care() && remark.kind != RemarkKind::Missing
}

/// The cells of a pasted table, each with what is doubtful about it.
fn cells(text: &str, remarks: &[Remark]) -> Vec<Json> {
    let mut doubts: BTreeMap<(u32, Option<u32>), &Remark> = BTreeMap::new();
    for remark in remarks.iter().filter(|remark| is_of_the_list(remark)) {
        match remark.place {
            Place::Cell(row, column) => doubts.insert((row, Some(column)), remark),
            Place::Row(row) => doubts.insert((row, None), remark),
            _ => None,
        };
    }
    let rows = (0..).zip(text.lines().take(MOST_ROWS)).map(|(row, line)| {
        let cells = (0..).zip(line.split('\t')).map(|(column, cell)| {
            let doubt = doubts.get(&(row, Some(column)));
            json!({ "text": cell, "doubt": doubt.map(|remark| &remark.words.zh) })
        });
        let doubt = doubts.get(&(row, None));
        json!({ "cells": cells.collect::<Vec<_>>(), "doubt": doubt.is_some() })
    });
    rows.collect()
}
