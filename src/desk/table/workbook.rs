//! Workbooks: .xlsx.
//!
//! Comes in: bytes. Goes out: [`Sheet`]s. The older .xls must first be saved as .xlsx: the library that reads it aborts the program
//! on damaged files. Cells are read one by one, so that a file that claims to have cells at the far
//! end of a sheet costs nothing; a container is measured before it is opened. calamine reads the cells; what it does
//! does not report (hidden rows and columns) is read from the parts of the container.

use std::collections::{BTreeMap, HashMap};
use std::io::{Cursor, Read};

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx};
use jiff::civil::Date;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::grid::{Cell, MOST_CELLS, Nature, Row, Sheet, control_characters, too_large};
use crate::forms::spreadsheet::column_index;
use crate::remark::{Place, Refused, Remark, RemarkKind};

/// What all parts of a container may make when unpacked.
const UNPACKED: u64 = 200 * 1024 * 1024;
/// Areas that may be merged in a workbook.
const MOST_MERGES: usize = 20_000;
/// Hidden rows and columns that are remembered.
const MOST_HIDDEN: usize = 100_000;

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

fn unreadable(error: &impl std::fmt::Display) -> Refused {
    Refused::input(
        format!("表格读不出来，可能已损坏。请在 Excel 或 WPS 里打开，另存为 .xlsx 再试（{error}）"),
        format!(
            "the workbook cannot be read; it may be damaged. Open it in Excel or WPS, save it as .xlsx and try again ({error})"
        ),
    )
}

/// Unpacks every part once: sizes that a container states may be wrong, and places that are beyond a sheet would end
/// the program in the library below.
fn vet(bytes: &[u8]) -> Result<(), Refused> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| unreadable(&e))?;
    let mut left = UNPACKED;
    for i in 0..archive.len() {
        let part = archive.by_index(i).map_err(|e| unreadable(&e))?;
        let mut unpacked = Vec::new();
        let size = part
            .take(left)
            .read_to_end(&mut unpacked)
            .map_err(|e| unreadable(&e))?;
        left = left.saturating_sub(u64::try_from(size).unwrap_or(u64::MAX));
        if left == 0 {
            return Err(too_large());
        }
        let mut sound = true;
        if let Ok(xml) = std::str::from_utf8(&unpacked) {
            elements(xml, |name, element| {
                sound &= match name {
                    "dimension" | "mergeCell" | "f" => {
                        attribute(element, "ref").is_none_or(|area| is_area(&area))
                    }
                    "c" => attribute(element, "r").is_none_or(|place| position(&place).is_some()),
                    "row" => attribute(element, "r").is_none_or(|row| {
                        row.parse::<u32>()
                            .is_ok_and(|row| (1..=LAST_ROW).contains(&row))
                    }),
                    _ => true,
                };
            });
        } else if unpacked.starts_with(&[0xFF, 0xFE]) || unpacked.starts_with(&[0xFE, 0xFF]) {
            sound = false;
        }
        if !sound {
            return Err(unreadable(&"invalid cell reference"));
        }
    }
    Ok(())
}

/// Rows of a sheet.
const LAST_ROW: u32 = 1_048_576;

/// `C12` -> row, column from 0.
fn position(text: &str) -> Option<(u32, u32)> {
    let at = text.find(|c: char| !c.is_ascii_alphabetic())?;
    let column = column_index(&text[..at])?;
    let digits = &text[at..];
    let row: u32 = digits
        .bytes()
        .all(|b| b.is_ascii_digit())
        .then(|| digits.parse().ok())
        .flatten()?;
    (1..=LAST_ROW).contains(&row).then(|| (row - 1, column))
}

/// `A1` or `A1:C12`
fn is_area(text: &str) -> bool {
    let (from, to) = text.split_once(':').unwrap_or((text, text));
    match (position(from), position(to)) {
        (Some(from), Some(to)) => from.0 <= to.0 && from.1 <= to.1,
        _ => false,
    }
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
    vet(bytes)?;
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|e| unreadable(&e))?;
    let metadata = book.sheets_metadata().to_vec();
    let mut looked = look(bytes);
    let mut out = Vec::new();
    let mut merges = 0;
    for meta in metadata {
        if meta.typ != SheetType::WorkSheet {
            continue;
        }
        say_hidden_sheet(&meta, remarks);
        let mut gathered = Gathered::default();
        let mut own = Vec::new();
        let mut reader = book
            .worksheet_cells_reader(&meta.name)
            .map_err(|e| unreadable(&e))?;
        while let Some(found) = reader.next_cell().map_err(|e| unreadable(&e))? {
            let (row, column) = found.get_position();
            let (text, nature) = value(found.get_value());
            gathered.add(row, column, &text, nature, &mut own)?;
        }
        drop(reader);
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
        if let Some(looked) = looked.remove(&meta.name) {
            sheet.hidden_rows = looked.rows;
            sheet.hidden_columns = looked.columns;
            for (place, formula) in looked.formulas {
                own.push(Remark::new(place, RemarkKind::Value, (format!("公式“={formula}”没有存下算好的值；请在 Excel 或 WPS 里打开再存一次"), format!("the formula \"={formula}\" has no stored value: open the file in Excel or WPS and save it again"))));
            }
        }
        faults(&sheet, &mut own);
        remarks.extend(own);
        out.push(sheet);
    }
    Ok(out)
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

/// What the cells alone do not show.
#[derive(Debug, Default)]
struct Looked {
    /// Hidden rows and columns, from 0.
    rows: Vec<u32>,
    columns: Vec<u32>,
    /// Formulas that were saved without a value, with their places.
    formulas: Vec<(Place, String)>,
}

/// Looks at each sheet. What cannot be read is not hidden: the cells are read all the same.
fn look(bytes: &[u8]) -> HashMap<String, Looked> {
    let mut out = HashMap::new();
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        return out;
    };
    let mut part = |path: &str| {
        let mut text = String::new();
        let found = archive.by_name(path).ok()?;
        found.take(UNPACKED).read_to_string(&mut text).ok()?;
        Some(text)
    };
    let (Some(book), Some(links)) = (part("xl/workbook.xml"), part("xl/_rels/workbook.xml.rels"))
    else {
        return out;
    };
    let mut targets = HashMap::new();
    elements(&links, |name, element| {
        if name == "Relationship"
            && let (Some(id), Some(target)) =
                (attribute(element, "Id"), attribute(element, "Target"))
        {
            targets.insert(id, target);
        }
    });
    let mut sheets = Vec::new();
    elements(&book, |name, element| {
        if name == "sheet"
            && let (Some(name), Some(id)) = (attribute(element, "name"), attribute(element, "r:id"))
            && let Some(target) = targets.get(&id)
        {
            let path = target
                .strip_prefix('/')
                .map_or_else(|| format!("xl/{target}"), str::to_owned);
            sheets.push((name, path));
        }
    });
    for (name, path) in sheets {
        if let Some(text) = part(&path) {
            out.insert(name, look_at(&text));
        }
    }
    out
}

fn look_at(sheet: &str) -> Looked {
    let mut looked = Looked::default();
    let mut reader = reader_of(sheet);
    // The cell that is being read, its formula, and whether it has a value.
    let (mut place, mut formula, mut valued) = (None, String::new(), false);
    let (mut in_formula, mut in_value) = (false, false);
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => {
                let name = element.local_name();
                match name.as_ref() {
                    "c" => {
                        place = attribute(&element, "r").and_then(|name| position(&name));
                        formula.clear();
                        valued = false;
                    }
                    "f" => in_formula = true,
                    "v" | "is" => in_value = true,
                    name => hidden(name, &element, &mut looked),
                }
            }
            Ok(Event::Empty(element)) => {
                hidden(element.local_name().as_ref(), &element, &mut looked);
            }
            Ok(Event::Text(text)) if in_formula => formula.push_str(&text),
            Ok(Event::Text(text)) => valued |= in_value && !text.trim().is_empty(),
            Ok(Event::GeneralRef(entity)) if in_formula => {
                let sign = match &*entity {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    _ => "'",
                };
                formula.push_str(sign);
            }
            Ok(Event::End(element)) => match element.local_name().as_ref() {
                "f" => in_formula = false,
                "v" | "is" => in_value = false,
                "c" if !valued && !formula.is_empty() => {
                    let place = place
                        .take()
                        .map_or(Place::Whole, |(r, c)| Place::Cell(r, c));
                    looked.formulas.push((place, formula.clone()));
                }
                _ => {}
            },
            Ok(Event::Eof) | Err(_) => return looked,
            _ => {}
        }
    }
}

fn hidden(name: &str, element: &BytesStart, looked: &mut Looked) {
    let number = |key| attribute(element, key)?.parse::<u32>().ok()?.checked_sub(1);
    let is_hidden =
        || attribute(element, "hidden").is_some_and(|flag| flag == "1" || flag == "true");
    if name == "row" && looked.rows.len() < MOST_HIDDEN && is_hidden() {
        looked.rows.extend(number("r"));
    } else if name == "col"
        && is_hidden()
        && let (Some(first), Some(last)) = (number("min"), number("max"))
        && looked.columns.len() < MOST_HIDDEN
    {
        // Sheets have 16,384 columns.
        looked
            .columns
            .extend(first..=last.min(first.saturating_add(16_384)));
    }
}

/// As lenient as the library that reads the cells.
fn reader_of(xml: &str) -> quick_xml::Reader<&[u8]> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.check_comments = false;
    reader
}

fn elements(xml: &str, mut see: impl FnMut(&str, &BytesStart)) {
    let mut reader = reader_of(xml);
    loop {
        match reader.read_event() {
            Ok(Event::Start(element) | Event::Empty(element)) => {
                see(element.local_name().as_ref(), &element);
            }
            Ok(Event::Eof) | Err(_) => return,
            _ => {}
        }
    }
}

fn attribute(element: &BytesStart, key: &str) -> Option<String> {
    let found = element.try_get_attribute(key).ok()??;
    Some(
        found
            .normalized_value(quick_xml::XmlVersion::Implicit1_0)
            .ok()?
            .into_owned(),
    )
}
