//! Open data: everything that people and programs can download.
//!
//! Comes in: the [`Facts`] and the [`Tables`], which the pages use too. Goes out: files ([`Asset`]): the tables as
//! CSV, workbooks and JSON, the data package, the API and its schemas, and the calendars. `ical` writes the lines of
//! an iCalendar file; `calendars` decides their contents.

mod api;
mod calendars;
mod ical;
mod package;
mod schema;

use jiff::civil::Date;

use rayon::prelude::*;

use crate::assets::Asset;
use crate::atlas::Facts;
use crate::drafts::shown;
use crate::tables::{Dataset, Format, Resource, Tables, workbook};

/// Makes every file that is not a page. In a draft build each has its address, but no content.
pub fn files<'a>(
    facts: &'a Facts<'a>,
    today: Date,
    tables: &Tables<'a>,
    is_draft: bool,
) -> Vec<Asset> {
    let mut files = downloads(tables);
    let package = package::file(facts, today, &tables.datasets, &files);
    let api = api::files(facts, today, &tables.datasets, &files);
    files.push(package);
    files.extend(api);
    files.extend(calendars::files(facts, today));
    if is_draft {
        files.iter_mut().for_each(|file| withhold(file, today));
    }
    files
}

/// Takes the content out of a file: programs do not read warnings.
fn withhold(file: &mut Asset, today: Date) {
    file.bytes = if file.path.ends_with(".xlsx") {
        workbook::of_words(shown::WARNING.0, today)
    } else {
        shown::withheld(&file.path).into_bytes()
    };
}

/// The files of all tables, table by table, in the order of [`Format::ALL`]. Rows are made one at a time and written
/// directly into the bytes of the file.
fn downloads(tables: &Tables) -> Vec<Asset> {
    let all: Vec<(&Dataset, &Resource, Format)> = tables
        .datasets
        .iter()
        .flat_map(|dataset| dataset.resources.iter().map(move |r| (dataset, r)))
        .flat_map(|(dataset, r)| Format::ALL.map(|format| (dataset, r, format)))
        .collect();
    all.into_par_iter()
        .map(|(dataset, resource, format)| Asset {
            path: resource.path(format),
            bytes: tables.bytes(dataset, resource, format),
        })
        .collect()
}
