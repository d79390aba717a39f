//! Ruled tables of a page.
//!
//! Comes in: the ruled lines of a page. Goes out: grids, each with the lines that cross or touch each other. Cells between which there is no line
//! are one cell, whose words are in the first of them.

#![allow(clippy::disallowed_types)] // Places on a page.

use mingbai_pdf::lines::lines;
use mingbai_pdf::{Failure, Glyph, Rule};

use super::words;
use crate::import::parts::Cells;
use crate::import::space::join;

/// How far apart, in points, two lines may be that touch.
const NEAR: f64 = 2.5;
/// Lines of a page that are looked at; a page with more is a drawing.
const MOST: usize = 3000;

/// A table: its ruled lines, and the places of its rows and columns.
#[derive(Debug)]
pub(super) struct Grid {
    columns: Vec<f64>,
    rows: Vec<f64>,
    rules: Vec<Rule>,
}

/// The tables of a page. A single box is not one.
pub(super) fn find(rules: &[Rule]) -> Vec<Grid> {
    if rules.len() > MOST {
        return Vec::new();
    }
    let mut groups: Vec<usize> = (0..rules.len()).collect();
    for a in 0..rules.len() {
        for b in 0..a {
            if touch(&rules[a], &rules[b]) {
                let (one, other) = (root(&groups, a), root(&groups, b));
                groups[one] = other;
            }
        }
    }
    let mut members: Vec<Vec<Rule>> = vec![Vec::new(); rules.len()];
    for (at, rule) in rules.iter().enumerate() {
        members[root(&groups, at)].push(*rule);
    }
    members.into_iter().filter_map(Grid::of).collect()
}

fn root(groups: &[usize], mut at: usize) -> usize {
    while groups[at] != at {
        at = groups[at];
    }
    at
}

fn touch(a: &Rule, b: &Rule) -> bool {
    a.x0 <= b.x1 + NEAR && b.x0 <= a.x1 + NEAR && a.y0 <= b.y1 + NEAR && b.y0 <= a.y1 + NEAR
}

/// Places without those that are nearly the same.
fn distinct(places: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut places: Vec<f64> = places.collect();
    places.sort_by(f64::total_cmp);
    places.dedup_by(|a, b| *a - *b < NEAR * 1.5);
    places
}

impl Grid {
    fn of(rules: Vec<Rule>) -> Option<Self> {
        let across = |rule: &&Rule| rule.is_horizontal();
        let columns = distinct(
            rules
                .iter()
                .filter(|rule| !rule.is_horizontal())
                .map(|rule| rule.x0),
        );
        let rows = distinct(rules.iter().filter(across).map(|rule| rule.y0));
        let is_table = columns.len() >= 2 && rows.len() >= 2 && columns.len() + rows.len() > 4;
        is_table.then_some(Self {
            columns,
            rows,
            rules,
        })
    }

    pub(super) fn left(&self) -> f64 {
        self.columns[0]
    }

    pub(super) fn right(&self) -> f64 {
        self.columns[self.columns.len() - 1]
    }

    pub(super) fn top(&self) -> f64 {
        self.rows[0]
    }

    /// Whether a character is in it.
    pub(super) fn contains(&self, glyph: &Glyph) -> bool {
        self.cell_of(glyph).is_some()
    }

    /// Row and column of a character, by its middle.
    fn cell_of(&self, glyph: &Glyph) -> Option<(usize, usize)> {
        let between = |places: &[f64], at: f64| {
            let after = places.partition_point(|place| *place <= at);
            (after > 0 && after < places.len()).then(|| after - 1)
        };
        let column = between(&self.columns, glyph.x + glyph.width / 2.0)?;
        Some((between(&self.rows, glyph.y - glyph.size * 0.35)?, column))
    }

    /// Whether a line separates a cell from the one on its right.
    fn has_right(&self, row: usize, column: usize) -> bool {
        let (x, y) = (
            self.columns[column + 1],
            (self.rows[row] + self.rows[row + 1]) / 2.0,
        );
        self.rules.iter().any(|rule| {
            !rule.is_horizontal()
                && (rule.x0 - x).abs() < NEAR * 2.0
                && rule.y0 - NEAR <= y
                && y <= rule.y1 + NEAR
        })
    }

    /// Whether a line separates a cell from the one below.
    fn has_below(&self, row: usize, column: usize) -> bool {
        let (x, y) = (
            (self.columns[column] + self.columns[column + 1]) / 2.0,
            self.rows[row + 1],
        );
        self.rules.iter().any(|rule| {
            rule.is_horizontal()
                && (rule.y0 - y).abs() < NEAR * 2.0
                && rule.x0 - NEAR <= x
                && x <= rule.x1 + NEAR
        })
    }

    /// The words of each cell.
    ///
    /// # Errors
    /// If there are more lines than a page has.
    pub(super) fn cells(&self, glyphs: &[Glyph]) -> Result<Cells, Failure> {
        let (height, width) = (self.rows.len() - 1, self.columns.len() - 1);
        // Each cell belongs to the first of the cells with which it is one.
        let mut first: Vec<usize> = (0..height * width).collect();
        let mut unite = |a: usize, b: usize| {
            let (one, other) = (root(&first, a), root(&first, b));
            first[one.max(other)] = one.min(other);
        };
        for row in 0..height {
            for column in 0..width {
                let at = row * width + column;
                if column + 1 < width && !self.has_right(row, column) {
                    unite(at, at + 1);
                }
                if row + 1 < height && !self.has_below(row, column) {
                    unite(at, at + width);
                }
            }
        }
        let mut inside: Vec<Vec<Glyph>> = vec![Vec::new(); height * width];
        for glyph in glyphs {
            if let Some((row, column)) = self.cell_of(glyph) {
                inside[root(&first, row * width + column)].push(glyph.clone());
            }
        }
        let mut cells = vec![vec![String::new(); width]; height];
        for (at, glyphs) in inside.iter().enumerate() {
            let cell = &mut cells[at / width][at % width];
            for line in lines(glyphs, |_| true)? {
                join(cell, words(&line.pieces).trim());
            }
        }
        Ok(cells)
    }
}
