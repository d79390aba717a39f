//! Tables as text: the delimiter and the cells.
//!
//! Comes in: bytes. Goes out: one [`Sheet`]. The delimiter is the one that cuts the most lines into the same number of cells.

use super::grid::{Cell, LARGEST, MOST_CELLS, Nature, Row, Sheet, control_characters, too_large};
use crate::bytes::{Decoded, decode};
use crate::remark::{Place, Refused, Remark, RemarkKind};

/// The delimiter is guessed from this many lines.
const LOOKED_AT: usize = 60;
/// Stands for the full-width comma while the lines are cut: delimiters have one byte there.
const FULL_WIDTH: u8 = 0x1f;

/// The text of a file in one of the encodings that offices use.
///
/// # Errors
/// In words, if it is in none of them or too large.
pub(super) fn decoded(bytes: &[u8]) -> Result<Decoded, Refused> {
    if bytes.len() > LARGEST {
        return Err(too_large());
    }
    decode(bytes).ok_or_else(|| {
        Refused::input(
            "文件读不出来：认不出文字编码。请在 Excel 或 WPS 里打开，另存为 .xlsx",
            "the file cannot be read: its encoding is not known. Open it in Excel or WPS and save it as .xlsx",
        )
    })
}

pub(super) fn read(bytes: &[u8], remarks: &mut Vec<Remark>) -> Result<Sheet, Refused> {
    let decoded = decoded(bytes)?;
    remarks.extend(decoded.remark());
    // Lines are counted by \n alone.
    let text = decoded.text.replace("\r\n", "\n");
    let delimiter = delimiter(&text);
    let (byte, name) = match delimiter {
        '\t' => (b'\t', "制表符"),
        ';' => (b';', ";"),
        '，' => (FULL_WIDTH, "，"),
        _ => (b',', ","),
    };
    let text = if delimiter == '，' {
        full_width(&text)
    } else {
        text
    };
    if delimiter != ',' {
        remarks.push(Remark::new(
            Place::Whole,
            RemarkKind::Reading,
            (
                format!("各列之间是“{name}”"),
                format!(
                    "columns are separated by \"{}\"",
                    delimiter.escape_default()
                ),
            ),
        ));
    }
    let mut sheet = Sheet {
        name: "表格".into(),
        ..Sheet::default()
    };
    let mut cells = 0;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(byte)
        .from_reader(text.as_bytes());
    for record in reader.records() {
        let record = record.map_err(|error| {
            Refused::input(
                format!("表格读不出来：{error}"),
                format!("the table cannot be read: {error}"),
            )
        })?;
        let line = record.position().map_or(1, csv::Position::line);
        let mut row = Row {
            number: u32::try_from(line.saturating_sub(1)).unwrap_or(u32::MAX),
            ..Row::default()
        };
        for (column, text) in (0u32..).zip(record.iter()) {
            let text = typed(text, row.number, column, remarks);
            let (cell, left_out) = Cell::new(text, Nature::Text);
            if left_out {
                remarks.push(control_characters(row.number, column));
            }
            if let Some(cell) = cell {
                row.cells.insert(column, cell);
            }
        }
        cells += row.cells.len();
        if cells > MOST_CELLS {
            return Err(too_large());
        }
        if !row.cells.is_empty() {
            sheet.rows.push(row);
        }
    }
    Ok(sheet)
}

/// What a person typed who wanted a program to keep a number as text: `="0349…"`, `'0349…`. A formula stays as it is.
fn typed<'a>(text: &'a str, row: u32, column: u32, remarks: &mut Vec<Remark>) -> &'a str {
    let place = Place::Cell(row, column);
    let trimmed = text.trim();
    let is_number = |words: &str| {
        !words.is_empty()
            && words
                .bytes()
                .all(|b| b.is_ascii_digit() || matches!(b, b'-' | b' ' | b'X' | b'x'))
    };
    let quoted = trimmed
        .strip_prefix("=\"")
        .and_then(|rest| rest.strip_suffix('"'))
        .filter(|words| !words.contains('"'));
    let marked = trimmed
        .strip_prefix(['\'', '’'])
        .filter(|words| is_number(words));
    if let Some(words) = quoted.or(marked) {
        remarks.push(Remark::new(
            place,
            RemarkKind::Reading,
            (
                format!("“{trimmed}”是为了按文字保存数字的写法，写成“{words}”"),
                format!("\"{trimmed}\" is a way to keep a number as text; written as \"{words}\""),
            ),
        ));
        return words;
    }
    let formula = trimmed.strip_prefix('=').is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '(' | '+' | '-'))
    });
    if formula {
        remarks.push(Remark::new(
            place,
            RemarkKind::Value,
            (
                format!("这一格是公式“{trimmed}”，没有算好的值；请在 Excel 或 WPS 里打开，另存为 .xlsx"),
                format!("this cell contains the formula \"{trimmed}\" and not its value: open the file in Excel or WPS and save it as .xlsx"),
            ),
        ));
    }
    text
}

/// Runs of text that are not in quotes get the full-width comma replaced.
fn full_width(text: &str) -> String {
    let mut quoted = false;
    text.chars()
        .map(|c| {
            quoted ^= c == '"';
            if c == '，' && !quoted {
                char::from(FULL_WIDTH)
            } else {
                c
            }
        })
        .collect()
}

/// The delimiter that cuts most of the first lines into the same number of cells, more than one.
fn delimiter(text: &str) -> char {
    let mut best = (0, ',');
    for candidate in [',', '\t', ';', '，'] {
        let mut counts: Vec<usize> = text
            .lines()
            .take(LOOKED_AT)
            .map(|line| outside_quotes(line, candidate))
            .filter(|count| *count > 0)
            .collect();
        counts.sort_unstable();
        let alike = counts
            .chunk_by(|a, b| a == b)
            .map(<[usize]>::len)
            .max()
            .unwrap_or(0);
        if alike > best.0 {
            best = (alike, candidate);
        }
    }
    best.1
}

fn outside_quotes(line: &str, delimiter: char) -> usize {
    let mut quoted = false;
    line.chars()
        .filter(|c| {
            quoted ^= *c == '"';
            !quoted && *c == delimiter
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_found_by_looking() {
        for (text, expected) in [
            ("市,县\n太原市,清徐县\n", ','),
            ("市\t县\n太原市\t清徐县\n", '\t'),
            ("市;县\n太原市;清徐县\n", ';'),
            ("市，县\n太原市，清徐县\n", '，'),
            ("名单，共两个\n市\t县\n太原市\t清徐县\n", '\t'),
            ("县名\n清徐县\n", ','),
        ] {
            assert_eq!(delimiter(text), expected, "{text}");
        }
    }

    #[test]
    fn a_full_width_comma_in_quotes_is_text() {
        assert_eq!(full_width("甲，\"乙，丙\""), "甲\u{1f}\"乙，丙\"");
    }
}
