//! Open data: everything that people and programs can download.
//!
//! Comes in: the [`Facts`] and the [`Tables`], which the pages use too. Goes out: files: the tables as
//! CSV, workbooks and JSON, the data package, the API and its schemas, and the calendars. `ical` writes the lines of
//! an iCalendar file; `calendars` decides their contents.

mod api;
mod calendars;
mod ical;
mod package;
mod schema;

use jiff::civil::Date;

use rayon::prelude::*;

pub use self::package::Download;
use crate::atlas::Facts;
use crate::memo::{Key, Keyed};
use crate::tables::{Format, Tables, VolumeOf, all_volumes};

/// How a file is made from facts, in which is noted what it asks.
pub type Make<'m> = &'m (dyn for<'f> Fn(&'f Facts<'f>) -> Vec<u8> + Sync);

/// Where files go. Whoever takes them makes them, unless they are as they were.
pub trait Files: Sync {
    /// A file. `name` is the key of what it shows besides the answers to what it asks.
    fn file(&self, path: String, name: Key, make: Make);

    /// A file that gives sizes and hashes of downloads.
    fn listing(&self, path: String, name: Key, make: Make);

    /// A file whose size and hash other files give.
    fn download(&self, path: String, name: Key, make: Make) -> Download;
}

/// Shows every file that is not a page to `out`, in no order.
pub fn files(facts: &Facts, today: Date, tables: &Tables, out: &dyn Files) {
    let downloads = downloads(facts, tables, out);
    let all = Keyed::new().text(&format!("{downloads:?}")).done();
    package::files(today, &tables.datasets, &downloads, all, out);
    api::files(facts, today, &tables.datasets, &downloads, all, out);
    calendars::files(facts, today, out);
}

/// The files of all tables, in the formats of [`Format::ALL`]. Rows are made one at a time and written directly into the
/// bytes of the file.
fn downloads(facts: &Facts, tables: &Tables, out: &dyn Files) -> Vec<Download> {
    let all: Vec<VolumeOf> = all_volumes(&tables.datasets).collect();
    let downloads = all.into_par_iter().flat_map(|of| {
        let rows = of.volume.rows.iter().copied();
        let rows = of.resource.table.key(facts, rows);
        let name = of.dataset.key().key(rows).done();
        Format::ALL.into_par_iter().map(move |format| {
            let make = |facts: &Facts| tables.bytes(facts, of, format);
            let download = out.download(of.volume.path(format), name, &make);
            of.volume.has_size(format, download.size);
            download
        })
    });
    downloads.collect()
}
