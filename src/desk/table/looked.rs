//! What a sheet shows besides its cells: hidden rows, formulas without a value, comments, struck-out words, dates without a day.
//!
//! Comes in: the parts of a workbook. Goes out: [`Looked`] for each sheet. It reads no values of cells.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::{Cursor, Read};

use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::container::{UNPACKED, attribute, elements, position, reader_of, relation, targets};
use super::formats::Formats;
use crate::part_path::part_path;
use crate::remark::Place;

/// Hidden rows and columns that are remembered.
const MOST_HIDDEN: usize = 100_000;

/// What the cells alone do not show.
#[derive(Debug, Default)]
pub(super) struct Looked {
    /// Hidden rows and columns, from 0.
    pub rows: Vec<u32>,
    pub columns: Vec<u32>,
    /// Formulas that were saved without a value, with their places.
    pub formulas: Vec<(Place, String)>,
    /// Styles of the cells that show something else than their value.
    pub styles: HashMap<(u32, u32), usize>,
    /// Cells with struck-out words: these, or all of them.
    pub struck: BTreeMap<(u32, u32), Option<String>>,
    /// Comments on cells.
    pub comments: BTreeMap<(u32, u32), String>,
}

/// What is known of a workbook besides its cells.
#[derive(Debug, Default)]
pub(super) struct Book {
    pub formats: Formats,
    pub sheets: HashMap<String, Looked>,
}

/// Looks at each sheet. What cannot be read is not hidden: the cells are read all the same.
pub(super) fn look(bytes: &[u8]) -> Book {
    let mut book = Book::default();
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        return book;
    };
    let mut part = |path: &str| {
        let mut text = String::new();
        let found = archive.by_name(path).ok()?;
        found.take(UNPACKED).read_to_string(&mut text).ok()?;
        Some(text)
    };
    let (Some(main), Some(links)) = (part("xl/workbook.xml"), part("xl/_rels/workbook.xml.rels"))
    else {
        return book;
    };
    let targets = targets(&links);
    let mut sheets = Vec::new();
    elements(&main, |name, element| {
        if name == "sheet"
            && let (Some(name), Some(id)) = (attribute(element, "name"), relation(element))
            && let Some(target) = targets.get(&id)
        {
            sheets.push((name, target.clone()));
        }
    });
    if let Some(styles) = part("xl/styles.xml") {
        book.formats = Formats::new(&styles);
    }
    // Most workbooks have no struck-out words in their table of strings.
    let struck = part("xl/sharedStrings.xml")
        .filter(|strings| strings.contains("strike"))
        .map_or_else(HashMap::new, |strings| struck_strings(&strings));
    for (name, path) in sheets {
        if let Some(text) = part(&path) {
            let mut looked = look_at(&text, &book.formats, &struck);
            looked.comments = comments(&path, &mut part);
            book.sheets.insert(name, looked);
        }
    }
    book
}

/// The cell that is being read.
#[derive(Default)]
struct Open {
    place: Option<(u32, u32)>,
    style: usize,
    shared: bool,
    formula: String,
    value: String,
    /// It has a value.
    valued: bool,
    struck: Struck,
}

/// Struck-out words within a text.
#[derive(Default)]
struct Struck {
    /// The run that is being read is struck out.
    now: bool,
    words: String,
}

impl Struck {
    fn see(&mut self, name: &str, element: &BytesStart) {
        match name {
            "r" => self.now = false,
            "strike" => {
                self.now = !attribute(element, "val").is_some_and(|v| v == "0" || v == "false");
            }
            _ => {}
        }
    }
}

fn look_at(sheet: &str, formats: &Formats, shared: &HashMap<usize, String>) -> Looked {
    let mut looked = Looked::default();
    let mut reader = reader_of(sheet);
    let mut cell = Open::default();
    let (mut in_formula, mut in_value, mut in_words) = (false, false, false);
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => {
                let name = element.local_name();
                match name.as_ref() {
                    "c" => {
                        cell = Open {
                            place: attribute(&element, "r").and_then(|name| position(&name)),
                            style: attribute(&element, "s")
                                .and_then(|style| style.parse().ok())
                                .unwrap_or(0),
                            shared: attribute(&element, "t").is_some_and(|kind| kind == "s"),
                            ..Open::default()
                        };
                    }
                    "f" => in_formula = true,
                    "v" | "is" => in_value = true,
                    "t" => in_words = true,
                    "r" if in_value => cell.struck.see("r", &element),
                    name => hidden(name, &element, &mut looked),
                }
            }
            Ok(Event::Empty(element)) => {
                let name = element.local_name();
                cell.struck.see(name.as_ref(), &element);
                hidden(name.as_ref(), &element, &mut looked);
            }
            Ok(Event::Text(text)) if in_formula => cell.formula.push_str(&text),
            Ok(Event::Text(text)) if in_value => {
                cell.valued |= !text.trim().is_empty();
                if cell.shared {
                    cell.value.push_str(&text);
                }
                if in_words && cell.struck.now {
                    cell.struck.words.push_str(&text);
                }
            }
            Ok(Event::GeneralRef(entity)) if in_formula => {
                let sign = match &*entity {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    _ => "'",
                };
                cell.formula.push_str(sign);
            }
            Ok(Event::End(element)) => match element.local_name().as_ref() {
                "f" => in_formula = false,
                "v" | "is" => in_value = false,
                "t" => in_words = false,
                "c" => looked.close(std::mem::take(&mut cell), formats, shared),
                _ => {}
            },
            Ok(Event::Eof) | Err(_) => return looked,
            _ => {}
        }
    }
}

impl Looked {
    /// Remembers what there is to say of a cell.
    fn close(&mut self, cell: Open, formats: &Formats, shared: &HashMap<usize, String>) {
        if !cell.valued && !cell.formula.is_empty() {
            let place = cell
                .place
                .map_or(Place::Whole, |(row, column)| Place::Cell(row, column));
            self.formulas.push((place, cell.formula));
        }
        let Some(place) = cell.place.filter(|_| cell.valued) else {
            return;
        };
        if formats.matters(cell.style) {
            self.styles.insert(place, cell.style);
        }
        let in_table = cell.value.trim().parse().ok();
        let in_table = in_table.and_then(|index: usize| shared.get(&index));
        if formats.strikes(cell.style) {
            self.struck.insert(place, None);
        } else if !cell.struck.words.trim().is_empty() {
            self.struck.insert(place, Some(cell.struck.words));
        } else if let Some(words) = in_table {
            self.struck.insert(place, Some(words.clone()));
        }
    }
}

/// The struck-out words in the table of strings, by number.
fn struck_strings(strings: &str) -> HashMap<usize, String> {
    let mut out = HashMap::new();
    let mut reader = reader_of(strings);
    let (mut count, mut in_words, mut struck) = (0, false, Struck::default());
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => match element.local_name().as_ref() {
                "si" => struck = Struck::default(),
                "t" => in_words = true,
                name => struck.see(name, &element),
            },
            Ok(Event::Empty(element)) => match element.local_name().as_ref() {
                "si" => count += 1,
                name => struck.see(name, &element),
            },
            Ok(Event::Text(text)) if in_words && struck.now => struck.words.push_str(&text),
            Ok(Event::End(element)) => match element.local_name().as_ref() {
                "t" => in_words = false,
                "si" => {
                    if !struck.words.trim().is_empty() {
                        out.insert(count, std::mem::take(&mut struck.words));
                    }
                    count += 1;
                }
                _ => {}
            },
            Ok(Event::Eof) | Err(_) => return out,
            _ => {}
        }
    }
}

/// The comments on the cells of a sheet.
fn comments(
    sheet: &str,
    part: &mut impl FnMut(&str) -> Option<String>,
) -> BTreeMap<(u32, u32), String> {
    let (folder, file) = sheet.rsplit_once('/').unwrap_or(("", sheet));
    let Some(links) = part(&format!("{folder}/_rels/{file}.rels")) else {
        return BTreeMap::new();
    };
    let mut paths: Vec<(bool, String)> = Vec::new();
    elements(&links, |name, element| {
        let kind = attribute(element, "Type").unwrap_or_default();
        let threaded = kind.ends_with("/threadedComment");
        if name == "Relationship"
            && (threaded || kind.ends_with("/comments"))
            && let Some(target) = attribute(element, "Target")
        {
            paths.push((threaded, part_path(folder, &target)));
        }
    });
    // Programs that know no threads get a copy of them.
    paths.sort_by_key(|(threaded, _)| !threaded);
    let mut out: BTreeMap<(u32, u32), String> = BTreeMap::new();
    let mut threads = HashSet::new();
    for (threaded, path) in paths {
        let Some(xml) = part(&path) else { continue };
        for (place, words) in comments_in(&xml) {
            if threaded {
                threads.insert(place);
            } else if threads.contains(&place) {
                continue;
            }
            let comment = out.entry(place).or_default();
            if !comment.is_empty() {
                comment.push('；');
            }
            comment.push_str(&words);
        }
    }
    out
}

fn comments_in(xml: &str) -> Vec<((u32, u32), String)> {
    let mut out = Vec::new();
    let mut reader = reader_of(xml);
    let (mut place, mut words, mut in_words) = (None, String::new(), false);
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => match element.local_name().as_ref() {
                "comment" | "threadedComment" => {
                    place = attribute(&element, "ref").and_then(|name| position(&name));
                    words.clear();
                }
                "t" | "text" => in_words = true,
                "rPh" => in_words = false,
                _ => {}
            },
            Ok(Event::Text(text)) if in_words => words.push_str(&text),
            Ok(Event::End(element)) => match element.local_name().as_ref() {
                "text" => in_words = false,
                "comment" | "threadedComment" => {
                    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
                    if let Some(place) = place.take().filter(|_| !words.is_empty()) {
                        out.push((place, words));
                    }
                }
                _ => {}
            },
            Ok(Event::Eof) | Err(_) => return out,
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
