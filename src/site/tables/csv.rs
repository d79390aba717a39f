//! CSV: RFC 4180, lines end with CR LF, UTF-8 with a byte order mark (without it, Excel and WPS read the file as
//! GBK).
//!
//! Comes in: a table and numbers of its rows. Goes out: the bytes of a file. The column headers are the keys, items
//! of a list are separated by `；`, and an empty field means 原文未载明. Text that a spreadsheet would execute is escaped ([`guarded`]).

use super::table::{Cell, Table, guarded};
use crate::atlas::Facts;

const BOM: &[u8] = "\u{feff}".as_bytes();

/// The bytes of the file. Rows are made and written one at a time.
pub fn bytes(facts: &Facts, table: &Table, rows: &[usize]) -> Vec<u8> {
    let mut out = ::csv::WriterBuilder::new()
        .terminator(::csv::Terminator::CRLF)
        .from_writer(BOM.to_vec());
    let written = write(facts, table, rows, &mut out);
    let bytes = out.into_inner();
    match (written, bytes) {
        (Ok(()), Ok(bytes)) => bytes,
        (written, _) => panic!("a table in memory cannot be written: {written:?}"),
    }
}

fn write(
    facts: &Facts,
    table: &Table,
    rows: &[usize],
    out: &mut ::csv::Writer<Vec<u8>>,
) -> ::csv::Result<()> {
    out.write_record(table.fields.iter().map(|field| field.key))?;
    for &index in rows {
        for cell in table.row(facts, index) {
            let plain = cell.plain().unwrap_or_default();
            match cell {
                Cell::Text(_) | Cell::List(_) => out.write_field(guarded(&plain).as_bytes())?,
                _ => out.write_field(plain.as_bytes())?,
            }
        }
        out.write_record(None::<&[u8]>)?;
    }
    out.flush()?;
    Ok(())
}
