//! The trial of the candidates: what would `check` say of the file if somebody confirmed all of them?
//!
//! Comes in: the candidates, and the text of the file. Goes out: the candidates without those that the checks refuse. What they
//! refuse in a value that only explains (who, for what) is replaced by the words of the text, or left to a person. The
//! comparison with the words is the one of `check`, so a rule that changes there changes here.

use std::ops::Range;
use std::sync::Arc;

use super::candidates::{Candidates, Field, Section, Value};
use super::layout::Layout;
use crate::diag::Sink;
use crate::model::{Loaded, Regions};
use crate::sources::{SourceFile, Sources};
use crate::written::scalar;
use crate::{evidence, link, model};

/// The names of the two files while they are tried.
const NOTICE: &str = "content/notices/trial.md";
const SCHEDULE: &str = "data/schedules/trial-schedule.yaml";

/// A value of an entry, and where it is written.
struct Placed {
    section: Section,
    entry: usize,
    key: &'static str,
    schedule: bool,
    range: Range<usize>,
}

/// Takes out what the checks refuse. `county` is the path of the county whose schedule is written.
pub(super) fn run(
    found: &mut Candidates,
    official: &str,
    layout: &Layout,
    county: Option<&str>,
    regions: &Arc<Regions>,
) {
    /// Every round changes at least one entry, and an entry is changed at most twice before it is taken out.
    const ROUNDS: usize = 4;
    let loaded = Loaded::of_regions(regions.clone());
    for round in 1..=ROUNDS {
        let (sources, placed) = written(found, official, layout, county);
        if placed.is_empty() {
            return;
        }
        let refused = refused(&sources, &loaded, &placed);
        if refused.is_empty() {
            return;
        }
        repair(found, &refused, round == ROUNDS);
    }
}

/// The files with every candidate confirmed.
fn written(
    found: &Candidates,
    official: &str,
    layout: &Layout,
    county: Option<&str>,
) -> (Sources, Vec<Placed>) {
    let title = if layout.title.is_empty() {
        "无题"
    } else {
        &layout.title
    };
    let mut head = format!("title: {}\n", scalar(title));
    let year = layout.year.or_else(|| layout.issued.map(|day| day.year()));
    if let Some(year) = year {
        head.push_str(&format!("year: {year}\n"));
    }
    let issued = layout
        .issued
        .map_or_else(|| "未载明".to_owned(), |day| day.to_string());
    let region = layout.region.as_ref().map_or("全国", |(path, _)| path);
    let mut notice = format!(
        "---\n{head}number: 未载明\nkind: 通知\nissuers: 未载明\nissued: {issued}\npublicity: 未载明\nregion: {}\n",
        scalar(region)
    );
    let mut schedule = format!(
        "{head}source: trial\ncounty: {}\n",
        scalar(county.unwrap_or_default())
    );
    let mut placed = Vec::new();
    for section in Section::ALL {
        let in_schedule = county.is_some() && section.is_of_schedule();
        if found.of(section).is_empty() || section.is_only_of_schedule() && !in_schedule {
            continue;
        }
        let file = if in_schedule {
            &mut schedule
        } else {
            &mut notice
        };
        list(file, section, in_schedule, found, &mut placed);
    }
    notice.push_str("---\n\n");
    notice.push_str(official);
    let file = |path: &str, text: String| {
        let path = path.to_owned();
        Arc::new(SourceFile { path, text })
    };
    let mut files = vec![file(NOTICE, notice)];
    if county.is_some() && year.is_some() {
        files.push(file(SCHEDULE, schedule));
    }
    let sources = Sources {
        files,
        ..Sources::default()
    };
    (sources, placed)
}

/// Writes one list, and notes where each of its values is.
fn list(
    file: &mut String,
    section: Section,
    schedule: bool,
    found: &Candidates,
    placed: &mut Vec<Placed>,
) {
    file.push_str(section.key());
    file.push_str(":\n");
    for (entry, one) in found.of(section).iter().enumerate() {
        for (field, line) in one.fields.iter().zip(one.lines()) {
            let start = file.len();
            // The notices of the site are not in the trial.
            if field.key != "notice" {
                file.push_str(&line);
                file.push('\n');
            }
            placed.push(Placed {
                section,
                entry,
                key: field.key,
                schedule,
                range: start..file.len(),
            });
        }
    }
}

/// The values that the checks refuse.
fn refused<'a>(sources: &Sources, loaded: &Loaded, placed: &'a [Placed]) -> Vec<&'a Placed> {
    let mut sink = Sink::default();
    let (model, _) = model::load_again(sources, Some((sources, loaded)), &mut sink);
    link::link(&model, sources, &mut sink);
    evidence::check(&model, sources, &mut sink);
    let mut refused = Vec::new();
    for one in sink.reported() {
        let schedule = sources.file(one.span.source).path == SCHEDULE;
        let at = one.span.range().start;
        refused.extend(
            placed
                .iter()
                .find(|p| p.schedule == schedule && p.range.contains(&at)),
        );
    }
    refused
}

/// Replaces or removes values; takes out the entries that cannot be kept.
fn repair(found: &mut Candidates, refused: &[&Placed], is_last: bool) {
    for section in Section::ALL {
        let mut index = 0;
        found.of_mut(section).retain_mut(|entry| {
            let keys: Vec<&str> = refused
                .iter()
                .filter(|p| p.section == section && p.entry == index)
                .map(|p| p.key)
                .collect();
            index += 1;
            let quote = entry.value("quote").to_owned();
            keys.iter()
                .all(|key| !is_last && replace(&mut entry.fields, key, &quote))
        });
    }
}

/// Gives a key a value that needs no proof. Says whether there is one.
fn replace(fields: &mut Vec<Field>, key: &str, quote: &str) -> bool {
    let Some(at) = fields.iter().position(|field| field.key == key) else {
        // It was removed in this round.
        return true;
    };
    match key {
        "note" | "duty" => {
            fields.remove(at);
        }
        "who" if fields.iter().any(|field| field.key == "by") => {
            fields[at] = Field::missing("who", "原文是谁来办");
        }
        "who" if at > 0 => {
            fields.remove(at);
        }
        "what" if fields[at].value != Value::Text(quote.to_owned()) => {
            fields[at].value = Value::Text(quote.to_owned());
        }
        _ => return false,
    }
    true
}
