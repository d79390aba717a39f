//! Tables as text: the encoding, the delimiter, the cells.
//!
//! Comes in: bytes. Goes out: one [`Sheet`]. The encoding is told by a byte order mark, else it is UTF-8 if the bytes
//! are, else GB18030 (of which GBK and GB 2312 are parts). The delimiter is the one that cuts most lines alike.

use encoding_rs::{Encoding, GB18030, UTF_8};

use super::grid::{Cell, Nature, Row, Sheet, address};
use super::{Refusal, Remark, RemarkKind};

/// Larger than any table that offices keep as text.
const LARGEST: usize = 50 * 1024 * 1024;
pub(super) const MOST_CELLS: usize = 1_000_000;
/// So many lines tell the delimiter.
const LOOKED_AT: usize = 60;
/// Stands for the full-width comma while the lines are cut: delimiters have one byte there.
const FULL_WIDTH: u8 = 0x1f;

pub(super) fn too_large() -> Refusal {
    Refusal::new(
        format!(
            "文件太大：最多 {} MB、{MOST_CELLS} 个有内容的单元格",
            LARGEST / 1024 / 1024
        ),
        format!(
            "the file is too large: at most {} MB and {MOST_CELLS} cells with content",
            LARGEST / 1024 / 1024
        ),
    )
}

/// The text, and a remark on its encoding if that is not UTF-8.
pub(super) fn decode(bytes: &[u8]) -> Result<(String, Option<Remark>), Refusal> {
    if bytes.len() > LARGEST {
        return Err(too_large());
    }
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None if std::str::from_utf8(bytes).is_ok() => UTF_8,
        None => GB18030,
    };
    let (text, _, broken) = encoding.decode(bytes);
    if broken || text.contains('\0') {
        return Err(Refusal::new(
            "文件读不出来：既不是 UTF-8，也不是 GB18030（GBK）。请在 Excel 或 WPS 里打开，另存为 .xlsx",
            "the file cannot be read: neither UTF-8 nor GB18030 (GBK). Open it in Excel or WPS and save it as .xlsx",
        ));
    }
    let remark = (encoding != UTF_8).then(|| {
        Remark::new(
            RemarkKind::Reading,
            "",
            format!("文件的编码是 {}", encoding.name()),
            format!("the file is encoded in {}", encoding.name()),
        )
    });
    Ok((text.into_owned(), remark))
}

pub(super) fn read(bytes: &[u8], remarks: &mut Vec<Remark>) -> Result<Sheet, Refusal> {
    let (text, remark) = decode(bytes)?;
    remarks.extend(remark);
    // Lines are counted by \n alone.
    let text = text.replace("\r\n", "\n");
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
            RemarkKind::Reading,
            "",
            format!("各列之间是“{name}”"),
            format!("columns are divided by \"{}\"", delimiter.escape_default()),
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
            Refusal::new(
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

pub(super) fn control_characters(row: u32, column: u32) -> Remark {
    Remark::new(
        RemarkKind::Reading,
        address(row, column),
        "单元格里有看不见的控制字符，没有写进文件",
        "invisible control characters in the cell were left out",
    )
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
