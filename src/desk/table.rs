//! Tables and lists of offices, turned into source files.
//!
//! Comes in: the bytes of a workbook or of a text with delimiters (or running text with lists), what the command line
//! says of them, and the regions. Goes out: the text of a pilot list, an assessment or a schedule, and remarks. Names
//! are copied as printed; what is not sure is marked 待核 in the file and reported in the remarks. Every cell of
//! the table is in the file or in a remark. It reads no disk and writes none.
//!
//! 1. `workbook`, `delimited`: bytes to sheets (`grid`); `container`, `formats`, `looked`: what a workbook shows besides values.
//! 2. `columns`: where the header is, and what each column holds.
//! 3. `rows`: sheet to rows of a list or sessions; totals, notes and headings apart. (`running`: text to the same rows.)
//! 4. `names`: names found in the regions, or what was perhaps meant.
//! 5. `source`: the rows as YAML.
//!
//! A file uses only those before it: `options`, `grid`, `container`, `formats`, `looked`, `workbook`, `delimited`, `names`, `columns`, `content`, `section`, `rows`,
//! `running`, `days`, `source`.

mod columns;
mod container;
mod content;
mod days;
mod delimited;
mod formats;
mod grid;
mod looked;
mod names;
mod options;
mod rows;
mod running;
mod section;
mod source;
mod workbook;

use self::columns::Layout;
use self::content::Content;
use self::grid::Sheet;
use self::names::Names;
pub use self::options::{Correction, Kind, Options, Role};
use crate::model::region::Regions;
use crate::remark::{Place, Refused, Remark, RemarkKind};

/// A source file made from a table.
#[derive(Debug, Clone)]
pub struct Imported {
    pub kind: Kind,
    /// Where it belongs in the site folder.
    pub path: String,
    pub text: String,
    pub remarks: Vec<Remark>,
}

/// Whether a file of this name is a table, by its ending.
pub fn is_table(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ["xlsx", "xlsm", "xls", "et", "csv", "tsv"].contains(&ending.to_ascii_lowercase().as_str())
}

/// Turns a table into a source file. `name` is the file's name: its ending is looked at, and the new file mentions it.
///
/// # Errors
/// In words, if the file is not a readable table, is too large, or lacks a column.
pub fn import_table(
    name: &str,
    bytes: &[u8],
    options: &Options,
    regions: &Regions,
) -> Result<Imported, Refused> {
    let mut remarks = Vec::new();
    let sheets = read_sheets(name, bytes, &mut remarks)?;
    let texts = sheets.iter().flat_map(Sheet::texts);
    let names = Names::new(regions, options, texts);
    let (sheet, mut layout) = choose(&sheets, options, &names, &mut remarks)?;
    layout.map(options, sheet)?;
    let mut kind = columns::kind(options, &layout)?;
    layout.settle(kind, sheet, &mut remarks);
    let content = rows::read(sheet, &layout, kind, options, &names, &mut remarks);
    if options.kind.is_none() {
        // Grades may be headings between the rows.
        if kind == Kind::Pilots && !content.grades.is_empty() {
            kind = Kind::Assessment;
        }
        let words = kind.words();
        remarks.insert(
            0,
            Remark::new(
                Place::Whole,
                RemarkKind::Reading,
                (
                    format!("看各列，这是{}；不对的话，加 --kind", words.zh),
                    format!(
                        "its columns look like {}; if that is wrong, add --kind",
                        words.en
                    ),
                ),
            ),
        );
    }
    if content.is_empty() {
        return Err(Refused::input(
            format!(
                "工作表“{}”的表头下面没有数据。{}",
                sheet.name,
                layout.seen(sheet).zh
            ),
            format!(
                "sheet \"{}\" has no data below its header. {}",
                sheet.name,
                layout.seen(sheet).en
            ),
        ));
    }
    Ok(finish(
        kind,
        content,
        &format!("“{name}”的“{}”", sheet.name),
        options,
        &names,
        remarks,
    ))
}

/// Turns the lists in a text file into a source file.
///
/// # Errors
/// In words, if the text cannot be decoded or has no list.
pub fn import_text(
    name: &str,
    bytes: &[u8],
    options: &Options,
    regions: &Regions,
) -> Result<Imported, Refused> {
    let decoded = delimited::decoded(bytes)?;
    let mut imported = running_lists(name, &decoded.text, options, regions)?;
    imported.remarks.splice(0..0, decoded.remark());
    Ok(imported)
}

/// Turns the lists in running text (`郑州市：二七区、中原区。`) into a source file.
///
/// # Errors
/// In words, if no list is found.
pub fn running_lists(
    name: &str,
    text: &str,
    options: &Options,
    regions: &Regions,
) -> Result<Imported, Refused> {
    let mut remarks = Vec::new();
    let names = Names::new(regions, options, running::words(text));
    let (kind, content) = running::read(text, options, &names, &mut remarks)?;
    Ok(finish(
        kind,
        content,
        &format!("“{name}”里的文字"),
        options,
        &names,
        remarks,
    ))
}

fn read_sheets(name: &str, bytes: &[u8], remarks: &mut Vec<Remark>) -> Result<Vec<Sheet>, Refused> {
    if workbook::is_workbook(name, bytes)? {
        workbook::read(bytes, remarks)
    } else {
        Ok(vec![delimited::read(bytes, remarks)?])
    }
}

/// The sheet asked for, else the one whose header is recognised best.
fn choose<'a>(
    sheets: &'a [Sheet],
    options: &Options,
    names: &Names,
    remarks: &mut Vec<Remark>,
) -> Result<(&'a Sheet, Layout), Refused> {
    let all = || {
        let list: Vec<String> = sheets.iter().map(|s| format!("“{}”", s.name)).collect();
        list.join("、")
    };
    let chosen = match &options.sheet {
        Some(wanted) => {
            let at = sheets
                .iter()
                .position(|sheet| sheet.name.trim() == wanted.trim());
            at.ok_or_else(|| {
                Refused::input(
                    format!("没有工作表“{wanted}”；有：{}", all()),
                    format!("there is no sheet \"{wanted}\"; available: {}", all()),
                )
            })?
        }
        None => {
            let scores: Vec<usize> = sheets
                .iter()
                .map(|sheet| Layout::find(sheet, options, names).score)
                .collect();
            let best = scores.iter().copied().max().unwrap_or(0);
            // Of equals, the first one that is not empty.
            (0..sheets.len())
                .find(|&i| scores[i] == best && !sheets[i].rows.is_empty())
                .ok_or_else(|| {
                    Refused::input("文件里没有表格", "the file does not contain a table")
                })?
        }
    };
    for (i, sheet) in sheets.iter().enumerate() {
        if i != chosen && !sheet.rows.is_empty() {
            let rows = sheet.rows.len();
            remarks.push(Remark::new(
                Place::Whole,
                RemarkKind::Reading,
                (
                    format!(
                        "没有读工作表“{}”（{rows}行）；要读它，加 --sheet \"{}\"",
                        sheet.name, sheet.name
                    ),
                    format!(
                        "sheet \"{}\" ({rows} rows) was not read; to read it, add --sheet \"{}\"",
                        sheet.name, sheet.name
                    ),
                ),
            ));
        }
    }
    let sheet = &sheets[chosen];
    Ok((sheet, Layout::find(sheet, options, names)))
}

/// Finds the names, writes the file.
fn finish(
    kind: Kind,
    content: Content,
    origin: &str,
    options: &Options,
    names: &Names,
    mut remarks: Vec<Remark>,
) -> Imported {
    if kind != Kind::Schedule {
        names.say_what_was_assumed(options, &mut remarks);
    }
    let text = source::write(kind, &content, origin, options, names, &mut remarks);
    let id = if options.id.is_empty() {
        proposed_id(kind, options, names)
    } else {
        options.id.clone()
    };
    Imported {
        kind,
        path: format!("{}/{id}.yaml", kind.document().sources()),
        text,
        remarks,
    }
}

/// `shanxi-2020-pilots`: place, year and kind, as far as the command line or the table says them.
fn proposed_id(kind: Kind, options: &Options, names: &Names) -> String {
    let subject = match kind {
        Kind::Pilots => "pilots",
        Kind::Assessment => "grades",
        Kind::Schedule => "sessions",
    };
    let region = options.region.as_deref();
    let place = region.and_then(|region| region.split_whitespace().last());
    let place = place.or_else(|| names.assumed_province());
    let place = place.and_then(|place| names.latin(place));
    let year = options.year.or_else(|| names.assumed_year());
    let pieces = [
        place,
        year.map(|year| year.to_string()),
        Some(subject.to_owned()),
    ];
    pieces.into_iter().flatten().collect::<Vec<_>>().join("-")
}
