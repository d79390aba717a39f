//! Lists in the annexes of an imported document, as data files of their own.
//!
//! Comes in: the imported document and the regions. Goes out: a pilot list or an assessment for each annex that has
//! names of counties; the annex itself stays in the notice, whole. An annex that is not a list (a form, a table of
//! numbers) gives nothing. What the lists lack is marked in them, so that no build publishes them before somebody looked.

use super::import::{Annex, Cells, Import};
use super::table::{Imported, Options, import_table, running_lists};
use crate::model::region::Regions;

/// The data files of a document that becomes the notice `id`.
pub fn data_files(document: &Import, id: &str, regions: &Regions) -> Vec<Imported> {
    let several = document.annexes.len() > 1;
    (1..)
        .zip(&document.annexes)
        .filter_map(|(number, annex)| {
            let name = if several {
                format!("{id}-list-{number}")
            } else {
                format!("{id}-list")
            };
            data_file(annex, &options(document, annex, id, name), regions)
        })
        .collect()
}

fn options(document: &Import, annex: &Annex, notice: &str, id: String) -> Options {
    let written = |key: &str| {
        let value = document
            .text
            .lines()
            .skip(1)
            .take_while(|line| *line != "---")
            .find_map(|line| line.strip_prefix(key)?.strip_prefix(": "))?;
        let value = value.split("  #").next().unwrap_or(value).trim();
        (!value.is_empty()).then(|| value.to_owned())
    };
    let year = written("issued").and_then(|day| day.get(..4)?.parse().ok());
    Options {
        id,
        title: Some(annex.title.clone()).filter(|title| !title.is_empty()),
        year: written("year").and_then(|year| year.parse().ok()).or(year),
        region: written("region"),
        source: Some(notice.to_owned()),
        clause: Some(annex.label.clone()),
        ..Options::default()
    }
}

/// The first table, or the running text, that is a list of names in the regions.
fn data_file(annex: &Annex, options: &Options, regions: &Regions) -> Option<Imported> {
    let from_tables = annex.tables.iter().find_map(|cells| {
        import_table(
            &format!("{}.csv", annex.label),
            &as_csv(cells)?,
            options,
            regions,
        )
        .ok()
    });
    from_tables
        .or_else(|| running_lists(&annex.label, &annex.lines.join("\n"), options, regions).ok())
}

fn as_csv(cells: &Cells) -> Option<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .from_writer(Vec::new());
    for row in cells {
        writer.write_record(row).ok()?;
    }
    writer.into_inner().ok()
}
