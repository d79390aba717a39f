//! Tables: the facts of the site as rows and columns, for pages and for downloads.
//!
//! Comes in: the [`Facts`]. Goes out: [`Tables`]: datasets with their tables and the three files of each table
//! (`csv`, `workbook`, `json`), or of its volumes (`volumes`). Each column is defined once ([`table`], `columns`), and a table makes a row only on
//! request. Pages and files use the same tables, so they cannot disagree.

mod columns;
mod csv;
mod datasets;
mod documents;
mod entry;
pub mod json;
mod lists;
mod notes;
mod regions;
mod schedules;
pub mod table;
mod times;
mod volumes;
pub mod workbook;
mod xlsx;

pub use datasets::{Dataset, Part, Resource, VolumeOf, all_volumes};
pub use table::{Cell, Field, Table, Type, guarded};
pub use volumes::Volume;

use std::fmt;

use jiff::civil::Date;

use crate::atlas::Facts;
use crate::model::DocumentId;

/// The format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Csv,
    Xlsx,
    Json,
}

impl Format {
    /// All formats, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Csv, Self::Xlsx, Self::Json];

    /// The file extension.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
        }
    }

    /// The media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Json => "application/json",
        }
    }
}

/// All tables of the site.
pub struct Tables {
    today: Date,
    /// The datasets of the whole site first, then the lists, newest first.
    pub datasets: Vec<Dataset>,
}

impl fmt::Debug for Tables {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.datasets).finish()
    }
}

impl Tables {
    /// The tables of a site.
    pub fn new(facts: &Facts, today: Date) -> Self {
        Self {
            today,
            datasets: datasets::datasets(facts, today),
        }
    }

    /// No tables, for a run that is not written.
    pub fn none(today: Date) -> Self {
        Self {
            today,
            datasets: Vec::new(),
        }
    }

    /// The dataset of a list.
    pub fn of_document(&self, document: DocumentId) -> Option<&Dataset> {
        self.datasets
            .iter()
            .find(|dataset| dataset.document == Some(document))
    }

    /// The bytes of the file of a volume.
    pub fn bytes(&self, facts: &Facts, of: VolumeOf, format: Format) -> Vec<u8> {
        match format {
            Format::Csv => csv::bytes(facts, &of.resource.table, &of.volume.rows),
            Format::Xlsx => workbook::bytes(facts, self.today, of),
            Format::Json => json::bytes(facts, self.today, of),
        }
    }

    /// The size of a file in bytes. The file is made if its size is not known yet.
    pub fn size(&self, facts: &Facts, of: VolumeOf, format: Format) -> usize {
        let made = || self.bytes(facts, of, format).len();
        *of.volume.sizes[format as usize].get_or_init(made)
    }
}
