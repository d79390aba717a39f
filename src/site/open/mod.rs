//! Open data: what people and programs take away from the site.
//!
//! Comes in: the [`Atlas`], which the pages are made of too, so that nothing can disagree. Goes out: files
//! ([`Asset`]) and, for the pages that print the same tables, a [`Shelf`]. Steps: columns, each drawn once
//! (`table`, `tables/`) -> datasets -> CSV, workbooks and JSON, the data package, the API and its schemas.
//! Calendars: `ical` knows the lines of an iCalendar file, `calendars` what stands in them.

mod api;
mod calendars;
mod csv;
mod datasets;
mod ical;
mod json;
mod package;
mod schema;
mod shelf;
mod table;
mod tables;
mod workbook;
mod xlsx;

pub use datasets::{Dataset, Resource, datasets};
pub use shelf::Shelf;
pub use table::{Cell, Field, Table, Type, guarded};

use rayon::prelude::*;

use crate::assets::Asset;
use crate::diag::Sink;
use crate::pages::atlas::Atlas;

/// Makes every file that is no page.
pub fn files(atlas: &Atlas, _sink: &mut Sink) -> Vec<Asset> {
    let datasets = datasets(atlas);
    let mut files = downloads(atlas, &datasets);
    let package = package::file(atlas, &datasets, &files);
    let api = api::files(atlas, &datasets, &files);
    files.push(package);
    files.extend(api);
    files.extend(calendars::files(atlas));
    files
}

/// A form in which a table can be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Csv,
    Xlsx,
    Json,
}

impl Format {
    pub const ALL: [Self; 3] = [Self::Csv, Self::Xlsx, Self::Json];

    pub fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
        }
    }

    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Json => "application/json",
        }
    }
}

impl Resource<'_> {
    /// The file of a table of `dataset`.
    pub fn bytes(&self, atlas: &Atlas, dataset: &Dataset, format: Format) -> Vec<u8> {
        match format {
            Format::Csv => csv::bytes(&self.table),
            Format::Xlsx => workbook::bytes(atlas, dataset, self),
            Format::Json => json::bytes(atlas, dataset, self),
        }
    }
}

/// The files of all tables, table by table, in the order of [`Format::ALL`]. Rows are made one after the other and
/// go into the file's bytes at once.
fn downloads(atlas: &Atlas, datasets: &[Dataset]) -> Vec<Asset> {
    let all: Vec<(&Dataset, &Resource, Format)> = datasets
        .iter()
        .flat_map(|dataset| dataset.resources.iter().map(move |r| (dataset, r)))
        .flat_map(|(dataset, r)| Format::ALL.map(|format| (dataset, r, format)))
        .collect();
    all.into_par_iter()
        .map(|(dataset, resource, format)| Asset {
            path: resource.path(format),
            bytes: resource.bytes(atlas, dataset, format),
        })
        .collect()
}
