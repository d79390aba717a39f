//! CSV: RFC 4180, lines end with CR LF, UTF-8 with a byte order mark (without it Excel and WPS take the file for GBK).
//! Heads of columns are the keys; lists are written with `；` between the items; empty means 原文未载明. Text that a
//! spreadsheet would run is guarded ([`guarded`]).

use super::table::{Cell, Table, guarded};

const BOM: &[u8] = "\u{feff}".as_bytes();

/// Row after row is made, written and dropped.
pub fn bytes(table: &Table) -> Vec<u8> {
    let mut out = ::csv::WriterBuilder::new()
        .terminator(::csv::Terminator::CRLF)
        .from_writer(BOM.to_vec());
    let written = write(table, &mut out);
    let bytes = out.into_inner();
    match (written, bytes) {
        (Ok(()), Ok(bytes)) => bytes,
        (written, _) => panic!("a table in memory cannot be written: {written:?}"),
    }
}

fn write(table: &Table, out: &mut ::csv::Writer<Vec<u8>>) -> ::csv::Result<()> {
    out.write_record(table.fields.iter().map(|field| field.key))?;
    for index in 0..table.len() {
        for cell in table.row(index) {
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
