//! A sheet as it was read: cells with their places, merged areas, what is hidden.
//!
//! Comes in: cells of a workbook or of a text. Goes out: [`Sheet`], whose rows keep only cells with content.
//! It does not know what the columns mean.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::forms::spreadsheet::column_name;
use crate::remark::{Place, Refused, Remark, RemarkKind};
use crate::text::is_noncharacter;
use crate::words::one_line;

/// More columns than any table of an office has; what merged areas cover beyond them is not looked at.
const WIDEST: u32 = 256;

/// Larger than any table that offices keep as text.
pub(super) const LARGEST: usize = 50 * 1024 * 1024;
pub(super) const MOST_CELLS: usize = 1_000_000;

/// The refusal of a file beyond these limits.
pub(super) fn too_large() -> Refused {
    Refused::input(
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

/// Says that a cell held more than was taken.
pub(super) fn control_characters(row: u32, column: u32) -> Remark {
    Remark::new(
        Place::Cell(row, column),
        RemarkKind::Reading,
        (
            "单元格里有看不见的控制字符，没有写进文件",
            "invisible control characters in the cell were removed",
        ),
    )
}

/// What the office's program says a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nature {
    Text,
    Number,
    Day(Date),
    /// `#N/A`, `#REF!`
    Fault,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell {
    /// Never blank; lines of one cell are divided by `\n`.
    pub text: String,
    pub nature: Nature,
}

impl Cell {
    /// A cell, unless it is blank; and whether control characters were left out of it.
    pub fn new(text: &str, nature: Nature) -> (Option<Self>, bool) {
        let mut kept = String::with_capacity(text.len());
        let mut left_out = false;
        for c in text.replace("\r\n", "\n").chars() {
            match c {
                '\n' => kept.push('\n'),
                '\r' | '\u{2028}' | '\u{2029}' | '\u{b}' | '\u{85}' => kept.push('\n'),
                '\t' => kept.push(' '),
                '\u{feff}' => left_out = true,
                c if c.is_control() || is_noncharacter(c) => left_out = true,
                c => kept.push(c),
            }
        }
        let text = kept.trim();
        let cell = (!text.is_empty()).then(|| Self {
            text: text.to_owned(),
            nature,
        });
        (cell, left_out)
    }

    /// On one line.
    pub fn line(&self) -> String {
        one_line(&self.text)
    }
}

#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    /// From 0.
    pub number: u32,
    pub cells: BTreeMap<u32, Cell>,
}

impl Row {
    /// The place of its first cell.
    pub fn place(&self) -> Place {
        match self.cells.keys().next() {
            Some(column) => Place::Cell(self.number, *column),
            None => Place::Row(self.number),
        }
    }

    /// All cells on one line, for a report.
    pub fn line(&self) -> String {
        let cells: Vec<String> = self.cells.values().map(Cell::line).collect();
        cells.join(" | ")
    }
}

/// Merged areas: for each column the pieces of rows, in order, with the area's left column and its width.
#[derive(Debug, Clone, Default)]
pub(super) struct Merges {
    by_column: BTreeMap<u32, Vec<Piece>>,
}

#[derive(Debug, Clone, Copy)]
struct Piece {
    top: u32,
    bottom: u32,
    left: u32,
    right: u32,
}

impl Merges {
    /// Adds a range of merged cells, both ends included.
    pub fn add(&mut self, top: u32, left: u32, bottom: u32, right: u32) {
        for column in left..=right.min(left.saturating_add(WIDEST)) {
            self.by_column.entry(column).or_default().push(Piece {
                top,
                bottom,
                left,
                right,
            });
        }
    }

    /// Puts the pieces in order; to be called once all are added.
    pub fn settle(&mut self) {
        for pieces in self.by_column.values_mut() {
            pieces.sort_by_key(|piece| piece.top);
        }
    }

    fn piece(&self, row: u32, column: u32) -> Option<Piece> {
        let pieces = self.by_column.get(&column)?;
        let at = pieces.partition_point(|piece| piece.top <= row);
        pieces[..at]
            .last()
            .copied()
            .filter(|piece| row <= piece.bottom)
    }

    /// The row and the column of the cell that a merged area shows here.
    pub fn origin(&self, row: u32, column: u32) -> Option<(u32, u32)> {
        self.piece(row, column).map(|piece| (piece.top, piece.left))
    }

    /// The last column of the area that begins or lies here.
    pub fn right(&self, row: u32, column: u32) -> u32 {
        self.piece(row, column).map_or(column, |piece| piece.right)
    }

    /// The last row of the area that begins or lies here.
    pub fn bottom(&self, row: u32, column: u32) -> u32 {
        self.piece(row, column).map_or(row, |piece| piece.bottom)
    }
}

#[derive(Debug, Clone, Default)]
pub(super) struct Sheet {
    pub name: String,
    /// Rows with content, from top to bottom.
    pub rows: Vec<Row>,
    pub merges: Merges,
    /// Rows and columns (from 0) that the office's program does not show.
    pub hidden_rows: Vec<u32>,
    pub hidden_columns: Vec<u32>,
}

impl Sheet {
    /// The texts of all cells.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.rows
            .iter()
            .flat_map(|row| row.cells.values().map(|cell| cell.text.as_str()))
    }

    /// The cell at a row and a column.
    pub fn cell(&self, row: u32, column: u32) -> Option<&Cell> {
        let at = self.rows.binary_search_by_key(&row, |r| r.number).ok()?;
        self.rows[at].cells.get(&column)
    }

    /// The cell that a merged area shows in this place, if it lies further up in the same column or to the left.
    pub fn merged(&self, row: u32, column: u32) -> Option<&Cell> {
        let (top, left) = self.merges.origin(row, column)?;
        self.cell(top, left)
    }

    /// The columns that have content.
    pub fn columns(&self) -> Vec<u32> {
        let set: std::collections::BTreeSet<u32> = self
            .rows
            .iter()
            .flat_map(|row| row.cells.keys().copied())
            .collect();
        set.into_iter().collect()
    }

    /// Says which rows and columns with content are hidden.
    pub fn say_hidden(&self, remarks: &mut Vec<Remark>) {
        let rows: Vec<String> = self
            .hidden_rows
            .iter()
            .filter(|row| self.rows.binary_search_by_key(row, |r| &r.number).is_ok())
            .map(|row| row.saturating_add(1).to_string())
            .collect();
        let used = self.columns();
        let columns: Vec<String> = self
            .hidden_columns
            .iter()
            .filter(|column| used.binary_search(column).is_ok())
            .map(|column| column_name(*column))
            .collect();
        for (what, en, list) in [("行", "rows", rows), ("列", "columns", columns)] {
            if !list.is_empty() {
                remarks.push(Remark::new(
                    Place::Whole,
                    RemarkKind::Hidden,
                    (
                        format!("隐藏的{what}也读了：{}", list.join("、")),
                        format!("hidden {en} were also read: {}", list.join(", ")),
                    ),
                ));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_merged_area_shows_its_first_cell() {
        let mut merges = Merges::default();
        merges.add(5, 1, 8, 1);
        merges.add(1, 1, 3, 1);
        merges.settle();
        assert_eq!(merges.origin(2, 1), Some((1, 1)));
        assert_eq!(merges.origin(4, 1), None);
        assert_eq!(merges.origin(8, 1), Some((5, 1)));
        assert_eq!(merges.origin(8, 2), None);
    }
}
