//! Workbooks: .xlsx.
//!
//! Comes in: bytes. Goes out: [`Sheet`]s. The older .xls must first be saved as .xlsx: the library that reads it aborts the program
//! on damaged files. Cells are read one by one, so that a file that claims to have cells at the far
//! end of a sheet costs nothing; a container is measured before it is opened. calamine reads the cells; what it
//! does not report (hidden rows, comments, how a number is shown) comes from `looked`.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx};
use jiff::civil::Date;

use super::container::{UNPACKED, sound, unreadable};
use super::formats::{Formats, Moment, Shown};
use super::grid::{Cell, MOST_CELLS, Nature, Row, Sheet, control_characters, too_large};
use super::looked::{Looked, look};
use crate::forms::spreadsheet::{cell_name, day_of_number};
use crate::remark::{Place, Refused, Remark, RemarkKind};

/// Areas that may be merged in a workbook.
const MOST_MERGES: usize = 20_000;

/// Whether the bytes are a workbook and not a text.
///
/// # Errors
/// If they are something that must first be saved in another form.
pub(super) fn is_workbook(name: &str, bytes: &[u8]) -> Result<bool, Refused> {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let ending = ending.to_ascii_lowercase();
    let other = match ending.as_str() {
        "xls" | "et" | "ett" | "ods" | "numbers" | "xlsb" => Some(ending.as_str()),
        "doc" | "wps" | "pdf" | "docx" | "odt" | "rtf" => Some(ending.as_str()),
        _ if bytes.starts_with(b"%PDF") => Some("pdf"),
        // Workbooks with a password lie in the same container as the old formats.
        _ if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) => Some("xls"),
        _ if crate::bytes::is_office_xml(bytes) => Some("xml"),
        _ => None,
    };
    if let Some(ending) = other {
        return Err(Refused::input(
            format!(
                "不能直接读 .{ending}。请用 WPS 或 Excel 打开（有密码的去掉密码），“另存为”选“Excel 工作簿（*.xlsx）”，再导入；文字文件里的表格，先复制到表格里"
            ),
            format!(
                ".{ending} files cannot be read directly. Open the file in WPS or Excel, save it as an Excel workbook (*.xlsx) without a password and import that; if the table is in a document, first copy it into a sheet"
            ),
        ));
    }
    Ok(bytes.starts_with(b"PK\x03\x04"))
}

/// Gathers cells into rows.
#[derive(Default)]
struct Gathered {
    rows: BTreeMap<u32, Row>,
    cells: usize,
    /// A long text that many cells share is long in each of them.
    bytes: u64,
}

impl Gathered {
    fn add(
        &mut self,
        row: u32,
        column: u32,
        text: &str,
        nature: Nature,
        remarks: &mut Vec<Remark>,
    ) -> Result<(), Refused> {
        let (cell, left_out) = Cell::new(text, nature);
        if left_out {
            remarks.push(control_characters(row, column));
        }
        if let Some(cell) = cell {
            self.cells += 1;
            self.bytes = self
                .bytes
                .saturating_add(u64::try_from(text.len()).unwrap_or(u64::MAX));
            if self.cells > MOST_CELLS || self.bytes > UNPACKED {
                return Err(too_large());
            }
            let line = self.rows.entry(row).or_insert_with(|| Row {
                number: row,
                ..Row::default()
            });
            line.cells.insert(column, cell);
        }
        Ok(())
    }

    fn into_rows(self) -> Vec<Row> {
        self.rows.into_values().collect()
    }
}

/// The sheets of a workbook, hidden ones too.
pub(super) fn read(bytes: &[u8], remarks: &mut Vec<Remark>) -> Result<Vec<Sheet>, Refused> {
    let bytes = sound(bytes, remarks)?;
    let mut book = Xlsx::new(Cursor::new(&*bytes)).map_err(|e| unreadable(&e))?;
    let metadata = book.sheets_metadata().to_vec();
    let mut looked = look(&bytes);
    let mut out = Vec::new();
    let mut merges = 0;
    for meta in metadata {
        if meta.typ != SheetType::WorkSheet {
            continue;
        }
        say_hidden_sheet(&meta, remarks);
        let mut gathered = Gathered::default();
        let mut own = Vec::new();
        let seen = looked.sheets.remove(&meta.name).unwrap_or_default();
        let mut no_year = Vec::new();
        let mut reader = book
            .worksheet_cells_reader(&meta.name)
            .map_err(|e| unreadable(&e))?;
        while let Some(found) = reader.next_cell().map_err(|e| unreadable(&e))? {
            let (row, column) = found.get_position();
            let (text, nature) =
                match as_shown(found.get_value(), (row, column), &seen, &looked.formats) {
                    Some(Shown::Words(words)) => {
                        own.push(not_the_value(row, column, &words));
                        (words, Nature::Text)
                    }
                    shown => {
                        if shown == Some(Shown::NoYear) {
                            no_year.push((row, column));
                        }
                        value(found.get_value())
                    }
                };
            gathered.add(row, column, &text, nature, &mut own)?;
        }
        drop(reader);
        say_no_year(&no_year, &mut own);
        let mut sheet = Sheet {
            name: meta.name.clone(),
            rows: gathered.into_rows(),
            ..Sheet::default()
        };
        let areas = book
            .merge_cells_by_sheet_name(&meta.name)
            .map_err(|e| unreadable(&e))?;
        merges += areas.len();
        if merges > MOST_MERGES {
            return Err(too_large());
        }
        for area in areas {
            sheet
                .merges
                .add(area.start.0, area.start.1, area.end.0, area.end.1);
        }
        sheet.merges.settle();
        say_seen(&sheet, &seen, &mut own);
        sheet.hidden_rows = seen.rows;
        sheet.hidden_columns = seen.columns;
        faults(&sheet, &mut own);
        remarks.extend(own);
        out.push(sheet);
    }
    Ok(out)
}

/// What a cell shows, where that is not its value.
#[expect(
    clippy::disallowed_types,
    reason = "a workbook stores every number so; only what it shows is kept"
)]
fn as_shown(data: &DataRef, place: (u32, u32), seen: &Looked, formats: &Formats) -> Option<Shown> {
    let style = *seen.styles.get(&place)?;
    let number = match data {
        DataRef::DateTime(moment) if !moment.is_duration() => {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            let date = Date::new(
                i16::try_from(year).ok()?,
                i8::try_from(month).ok()?,
                i8::try_from(day).ok()?,
            )
            .ok()?;
            return Some(formats.moment(style, &Moment::new(date, hour, minute, second)));
        }
        DataRef::Float(number) => *number,
        DataRef::Int(number) => f64::from(i32::try_from(*number).ok()?),
        _ => return None,
    };
    if let Some(words) = formats.number(style, number) {
        return Some(Shown::Words(words));
    }
    // A weekday is a format that the library does not take for a date.
    let date = format!("{:.0}", number.trunc())
        .parse()
        .ok()
        .and_then(day_of_number)?;
    match formats.moment(style, &Moment::new(date, 0, 0, 0)) {
        Shown::Words(words) => Some(Shown::Words(words)),
        _ => None,
    }
}

fn not_the_value(row: u32, column: u32, words: &str) -> Remark {
    Remark::new(
        Place::Cell(row, column),
        RemarkKind::Reading,
        (
            format!("照表里显示的写成“{words}”，格子里存的是一个数"),
            format!("written as shown, \"{words}\"; the cell contains a number"),
        ),
    )
}

/// Dates whose year the table does not show.
fn say_no_year(places: &[(u32, u32)], remarks: &mut Vec<Remark>) {
    let Some((row, column)) = places.first() else {
        return;
    };
    let names: Vec<String> = places
        .iter()
        .map(|(row, column)| cell_name(*row, *column))
        .collect();
    remarks.push(Remark::new(
        Place::Cell(*row, *column),
        RemarkKind::Reading,
        (
            format!(
                "表里只显示月和日，年份是格子里存的，请核对：{}",
                names.join("、")
            ),
            format!(
                "the table shows only month and day; the year is the one stored in the cell, check it: {}",
                names.join(", ")
            ),
        ),
    ));
}

/// What a reader sees besides the words of the cells.
fn say_seen(sheet: &Sheet, seen: &Looked, remarks: &mut Vec<Remark>) {
    for (place, formula) in &seen.formulas {
        remarks.push(Remark::new(place.clone(), RemarkKind::Value, (format!("公式“={formula}”没有存下算好的值；请在 Excel 或 WPS 里打开再存一次"), format!("the formula \"={formula}\" has no stored value: open the file in Excel or WPS and save it again"))));
    }
    for ((row, column), words) in &seen.struck {
        let whole = sheet.cell(*row, *column).map(Cell::line);
        let Some(words) = words.clone().or(whole) else {
            continue;
        };
        remarks.push(
            Remark::new(
                Place::Cell(*row, *column),
                RemarkKind::Unsure,
                (
                    format!("“{words}”在表里划掉了（删除线），这里照样读了；作废的请删去"),
                    format!("\"{words}\" is struck through in the table and was read all the same: delete it if it no longer applies"),
                ),
            )
            .about(&words),
        );
    }
    for ((row, column), words) in &seen.comments {
        remarks.push(
            Remark::new(
                Place::Cell(*row, *column),
                RemarkKind::Unsure,
                (
                    format!("这一格有批注，没有写进文件，看要不要照着改：{words}"),
                    format!("this cell has a comment, which was not copied; check whether it changes anything: {words}"),
                ),
            )
            .about(words),
        );
    }
}

fn say_hidden_sheet(meta: &calamine::Sheet, remarks: &mut Vec<Remark>) {
    if meta.visible != SheetVisible::Visible {
        remarks.push(Remark::new(
            Place::Whole,
            RemarkKind::Hidden,
            (
                format!("工作表“{}”是隐藏的", meta.name),
                format!("sheet \"{}\" is hidden", meta.name),
            ),
        ));
    }
}

/// Cells of the sheet that show an error instead of a value.
fn faults(sheet: &Sheet, remarks: &mut Vec<Remark>) {
    for row in &sheet.rows {
        for (column, cell) in &row.cells {
            if cell.nature == Nature::Fault {
                remarks.push(Remark::new(
                    Place::Cell(row.number, *column),
                    RemarkKind::Value,
                    (
                        format!(
                            "工作表“{}”这一格的公式出错，显示为 {}",
                            sheet.name, cell.text
                        ),
                        format!(
                            "in sheet \"{}\" the formula of this cell results in {}",
                            sheet.name, cell.text
                        ),
                    ),
                ));
            }
        }
    }
}

fn value(data: &DataRef) -> (String, Nature) {
    match data {
        DataRef::Int(number) => (number.to_string(), Nature::Number),
        DataRef::Float(number) => (number.to_string(), Nature::Number),
        DataRef::String(text) => (text.clone(), Nature::Text),
        DataRef::SharedString(text) => ((*text).to_owned(), Nature::Text),
        DataRef::Bool(flag) => (
            if *flag { "TRUE" } else { "FALSE" }.to_owned(),
            Nature::Text,
        ),
        DataRef::DateTime(moment) if moment.is_duration() => {
            (moment.as_f64().to_string(), Nature::Number)
        }
        DataRef::DateTime(moment) => {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            let date = (|| {
                Date::new(
                    i16::try_from(year).ok()?,
                    i8::try_from(month).ok()?,
                    i8::try_from(day).ok()?,
                )
                .ok()
            })();
            match date {
                Some(date) if (hour, minute, second) == (0, 0, 0) => {
                    (date.to_string(), Nature::Day(date))
                }
                // A time of day alone is counted from the epoch.
                Some(date) if date.year() <= 1904 => (format!("{hour}:{minute:02}"), Nature::Text),
                Some(date) => (
                    format!("{date} {hour:02}:{minute:02}:{second:02}"),
                    Nature::Text,
                ),
                None => (moment.as_f64().to_string(), Nature::Number),
            }
        }
        DataRef::DateTimeIso(text) => match text.get(..10).and_then(|day| day.parse().ok()) {
            Some(day) if text.len() == 10 || text.ends_with("T00:00:00") => {
                (text[..10].to_owned(), Nature::Day(day))
            }
            _ => (text.clone(), Nature::Text),
        },
        DataRef::DurationIso(text) => (text.clone(), Nature::Text),
        DataRef::Error(error) => (error.to_string(), Nature::Fault),
        DataRef::Empty => (String::new(), Nature::Text),
    }
}
