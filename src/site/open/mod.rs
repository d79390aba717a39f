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

use self::package::Download;
use crate::assets::Asset;
use crate::atlas::Facts;
use crate::drafts::shown;
use crate::tables::{Format, Tables, VolumeOf, all_volumes, workbook};

/// Makes every file that is not a page, and shows each to `out`, in no order. In a draft build each has its address, but no
/// content.
pub fn files<'a>(
    facts: &'a Facts<'a>,
    today: Date,
    tables: &Tables<'a>,
    is_draft: bool,
    out: &(dyn Fn(Asset) + Sync),
) {
    let out = |mut file: Asset| {
        if is_draft {
            withhold(&mut file, today);
        }
        out(file);
    };
    let downloads = downloads(tables, &out);
    out(package::file(facts, today, &tables.datasets, &downloads));
    out(package::list(facts, &downloads));
    api::files(facts, today, &tables.datasets, &downloads, &out);
    calendars::files(facts, today, &out);
}

/// Takes the content out of a file: programs do not read warnings.
fn withhold(file: &mut Asset, today: Date) {
    file.bytes = if file.path.ends_with(".xlsx") {
        workbook::of_words(shown::WARNING.0, today)
    } else {
        shown::withheld(&file.path).into_bytes()
    };
}

/// The files of all tables, in the formats of [`Format::ALL`]. Rows are made one at a time and written directly into the
/// bytes of the file.
fn downloads(tables: &Tables, out: &(dyn Fn(Asset) + Sync)) -> Vec<Download> {
    let all: Vec<(VolumeOf, Format)> = all_volumes(&tables.datasets)
        .flat_map(|of| Format::ALL.map(|format| (of, format)))
        .collect();
    all.into_par_iter()
        .map(|(of, format)| {
            let file = Asset {
                path: of.volume.path(format),
                bytes: tables.bytes(of, format),
            };
            let download = Download::of(&file);
            out(file);
            download
        })
        .collect()
}
