//! The container of a workbook: what of it is sound.
//!
//! Comes in: the bytes of an .xlsx. Goes out: bytes that the library below can read. What it would stop at without need (a range of
//! whole rows, a sheet without a part, a part in UTF-16) is taken out of a copy; what would end the program is refused.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::io::{Cursor, Read, Write};
use std::ops::Range;

use quick_xml::events::{BytesStart, Event};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::grid::too_large;
use crate::bytes::decode;
use crate::forms::spreadsheet::column_index;
use crate::part_path::part_path;
use crate::remark::{Place, Refused, Remark, RemarkKind};

/// What all parts of a container may make when unpacked.
pub(super) const UNPACKED: u64 = 200 * 1024 * 1024;

/// The refusal of a workbook that cannot be read.
pub(super) fn unreadable(error: &impl std::fmt::Display) -> Refused {
    Refused::input(
        format!("表格读不出来，可能已损坏。请在 Excel 或 WPS 里打开，另存为 .xlsx 再试（{error}）"),
        format!(
            "the workbook cannot be read; it may be damaged. Open it in Excel or WPS, save it as .xlsx and try again ({error})"
        ),
    )
}

/// Unpacks every part once: sizes that a container states may be wrong, and places that are beyond a sheet would end
/// the program in the library below.
///
/// # Errors
/// If it is damaged, too large, or has a cell where no cell can be.
pub(super) fn sound<'a>(
    bytes: &'a [u8],
    remarks: &mut Vec<Remark>,
) -> Result<Cow<'a, [u8]>, Refused> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| unreadable(&e))?;
    let mut left = UNPACKED;
    let mut changed: HashMap<String, String> = HashMap::new();
    let mut names = HashSet::new();
    for i in 0..archive.len() {
        let part = archive.by_index(i).map_err(|e| unreadable(&e))?;
        let name = part.name().map_err(|e| unreadable(&e))?.into_owned();
        let mut unpacked = Vec::new();
        let size = part
            .take(left)
            .read_to_end(&mut unpacked)
            .map_err(|e| unreadable(&e))?;
        left = left.saturating_sub(u64::try_from(size).unwrap_or(u64::MAX));
        if left == 0 {
            return Err(too_large());
        }
        // Nothing else is read by the library.
        if name.starts_with("xl/")
            && let Some(xml) = of_part(&unpacked)
        {
            let spans = unsound(&xml)?;
            if !spans.is_empty() || matches!(xml, Cow::Owned(_)) {
                changed.insert(name.clone(), without(&xml, &spans));
            }
        }
        names.insert(name);
    }
    missing_sheets(&mut archive, &names, &mut changed, remarks)?;
    if changed.is_empty() {
        return Ok(Cow::Borrowed(bytes));
    }
    rewritten(&mut archive, &changed)
        .map(Cow::Owned)
        .map_err(|e| unreadable(&e))
}

/// The text of a part; nothing if it is a picture or the like.
fn of_part(bytes: &[u8]) -> Option<Cow<'_, str>> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(Cow::Borrowed(text));
    }
    let wide = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    let text = decode(bytes).filter(|_| wide)?.text;
    // The declaration names the old encoding.
    let body = match text.strip_prefix("<?xml") {
        Some(rest) => rest.split_once("?>").map_or(rest, |(_, body)| body),
        None => &text,
    };
    Some(Cow::Owned(body.to_owned()))
}

/// Where a part says what the library would stop at.
///
/// # Errors
/// If a cell or a row is where none can be.
fn unsound(xml: &str) -> Result<Vec<Range<usize>>, Refused> {
    let mut spans = Vec::new();
    let mut reader = reader_of(xml);
    let mut at = 0;
    loop {
        let event = reader.read_event();
        let end = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let (element, empty) = match &event {
            Ok(Event::Start(element)) => (element, false),
            Ok(Event::Empty(element)) => (element, true),
            Ok(Event::Eof) | Err(_) => return Ok(spans),
            Ok(_) => {
                at = end;
                continue;
            }
        };
        let area = || attribute(element, "ref").is_none_or(|area| is_area(&area));
        let is_sound = match element.local_name().as_ref() {
            // What the library does not need.
            "dimension" | "mergeCell" if empty => {
                if !area() {
                    spans.push(at..end);
                }
                true
            }
            "dimension" | "mergeCell" | "f" => area(),
            "c" => attribute(element, "r").is_none_or(|place| position(&place).is_some()),
            "row" => attribute(element, "r").is_none_or(|row| {
                row.parse::<u32>()
                    .is_ok_and(|row| (1..=LAST_ROW).contains(&row))
            }),
            _ => true,
        };
        if !is_sound {
            return Err(unreadable(&"invalid cell reference"));
        }
        at = end;
    }
}

fn without(xml: &str, spans: &[Range<usize>]) -> String {
    let mut out = String::with_capacity(xml.len());
    let mut at = 0;
    for span in spans {
        out.push_str(xml.get(at..span.start).unwrap_or_default());
        at = span.end;
    }
    out.push_str(xml.get(at..).unwrap_or_default());
    out
}

/// Sheets that lead to no part: old macros leave them.
fn missing_sheets(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    names: &HashSet<String>,
    changed: &mut HashMap<String, String>,
    remarks: &mut Vec<Remark>,
) -> Result<(), Refused> {
    const BOOK: &str = "xl/workbook.xml";
    let mut part = |path: &str| -> Option<String> {
        let mut text = Vec::new();
        archive.by_name(path).ok()?.read_to_end(&mut text).ok()?;
        of_part(&text).map(Cow::into_owned)
    };
    let book = changed.get(BOOK).cloned().or_else(|| part(BOOK));
    let (Some(book), Some(links)) = (book, part("xl/_rels/workbook.xml.rels")) else {
        return Ok(());
    };
    let targets = targets(&links);
    let mut spans = Vec::new();
    let mut kept = 0;
    let mut reader = reader_of(&book);
    let mut at = 0;
    loop {
        let event = reader.read_event();
        let end = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        match &event {
            Ok(Event::Empty(element)) if element.local_name().as_ref() == "sheet" => {
                let target = relation(element).and_then(|id| targets.get(&id).cloned());
                if target.is_some_and(|target| names.contains(&target)) {
                    kept += 1;
                } else {
                    spans.push(at..end);
                    let name = attribute(element, "name").unwrap_or_default();
                    remarks.push(Remark::new(
                        Place::Whole,
                        RemarkKind::Reading,
                        (
                            format!("工作表“{name}”在文件里没有内容，跳过了"),
                            format!("sheet \"{name}\" has no content in the file and was skipped"),
                        ),
                    ));
                }
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
        at = end;
    }
    if !spans.is_empty() && kept > 0 {
        changed.insert(BOOK.to_owned(), without(&book, &spans));
    }
    Ok(())
}

/// The id of the part that an element leads to.
pub(super) fn relation(element: &BytesStart) -> Option<String> {
    element
        .attributes()
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == "id")
        .and_then(|found| {
            let value = found
                .normalized_value(quick_xml::XmlVersion::Implicit1_0)
                .ok()?;
            Some(value.into_owned())
        })
}

/// The parts that the workbook refers to, by id.
pub(super) fn targets(links: &str) -> HashMap<String, String> {
    let mut targets = HashMap::new();
    elements(links, |name, element| {
        if name == "Relationship"
            && let (Some(id), Some(target)) =
                (attribute(element, "Id"), attribute(element, "Target"))
        {
            targets.insert(id, part_path("xl", &target));
        }
    });
    targets
}

/// A copy of the container with some parts changed.
fn rewritten(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    changed: &HashMap<String, String>,
) -> Result<Vec<u8>, zip::result::ZipError> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for i in 0..archive.len() {
        let part = archive.by_index_raw(i)?;
        let name = part.name()?.into_owned();
        match changed.get(&name) {
            Some(text) => {
                drop(part);
                writer.start_file(name, options)?;
                writer.write_all(text.as_bytes())?;
            }
            None => writer.raw_copy_file(part)?,
        }
    }
    Ok(writer.finish()?.into_inner())
}

/// Rows of a sheet.
const LAST_ROW: u32 = 1_048_576;

/// `C12` -> row, column from 0.
pub(super) fn position(text: &str) -> Option<(u32, u32)> {
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

/// As lenient as the library that reads the cells.
pub(super) fn reader_of(xml: &str) -> quick_xml::Reader<&[u8]> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.check_comments = false;
    reader
}

/// Shows every element that begins.
pub(super) fn elements(xml: &str, mut see: impl FnMut(&str, &BytesStart)) {
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

/// The value of an attribute.
pub(super) fn attribute(element: &BytesStart, key: &str) -> Option<String> {
    let found = element.try_get_attribute(key).ok()??;
    Some(
        found
            .normalized_value(quick_xml::XmlVersion::Implicit1_0)
            .ok()?
            .into_owned(),
    )
}
