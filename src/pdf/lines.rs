//! Characters as lines of text, for text that is read from left to right.
//!
//! Comes in: the characters of a page. Goes out: [`Line`]s from above to below. A blank is put where the page leaves one
//! that can be seen, a tab between columns; a sign above or below its line keeps its height.

use crate::{Drawn, Failure, Glyph};

/// A gap of so many times the size is between columns.
const COLUMNS: f64 = 2.0;
/// Lines of a page, at most.
const MOST: usize = 2000;

/// A line of text.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub pieces: Vec<Piece>,
    /// Its characters, each with its left and right end.
    pub signs: Vec<(String, f64, f64)>,
    /// Its left and right end.
    pub x0: f64,
    pub x1: f64,
    /// The height of its base line, from above.
    pub y: f64,
    /// The size of its largest characters.
    pub size: f64,
}

/// A part of a line.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    pub text: String,
    pub height: Height,
}

/// Where a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Height {
    Line,
    Above,
    Below,
}

/// The lines of a page: the characters for which `is_of` is true.
///
/// # Errors
/// [`Failure::TooLarge`] if there are more than a page has.
pub fn lines(glyphs: &[Glyph], is_of: impl Fn(&Glyph) -> bool) -> Result<Vec<Line>, Failure> {
    let is_placed = |glyph: &&Glyph| {
        let places = [glyph.x, glyph.y, glyph.width, glyph.size];
        glyph.drawn != Drawn::Turned && glyph.size > 0.0 && places.iter().all(|n| n.is_finite())
    };
    let mut chosen: Vec<&Glyph> = glyphs
        .iter()
        .filter(is_placed)
        .filter(|glyph| is_of(glyph))
        .collect();
    chosen.sort_by(|a, b| b.size.total_cmp(&a.size).then(a.y.total_cmp(&b.y)));
    // Large characters first: a small one belongs to the line whose characters it is next to.
    let mut rows: Vec<(f64, f64, Vec<&Glyph>)> = Vec::new();
    for glyph in chosen {
        let is_full = rows.len() == MOST;
        let away = |row: &(f64, f64, Vec<&Glyph>)| (row.0 - glyph.y).abs();
        let near = rows
            .iter_mut()
            .filter(|(y, size, _)| (-0.35 * size..=0.55 * size).contains(&(*y - glyph.y)));
        match near.min_by(|a, b| away(a).total_cmp(&away(b))) {
            Some((_, _, row)) => row.push(glyph),
            None if is_full => return Err(Failure::TooLarge),
            None => rows.push((glyph.y, glyph.size, vec![glyph])),
        }
    }
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    Ok(rows
        .into_iter()
        .filter_map(|(y, size, row)| line(y, size, row))
        .collect())
}

/// A line of characters; nothing if all are blanks.
fn line(y: f64, size: f64, mut row: Vec<&Glyph>) -> Option<Line> {
    row.sort_by(|a, b| a.x.total_cmp(&b.x));
    let mut pieces: Vec<Piece> = Vec::new();
    let mut signs: Vec<(String, f64, f64)> = Vec::new();
    let mut before: Option<&Glyph> = None;
    let mut after_blank = false;
    for glyph in row {
        let text = glyph.text.as_deref().unwrap_or("\u{FFFD}");
        if text.trim().is_empty() {
            after_blank |= glyph.width > 0.1 * glyph.size;
            continue;
        }
        // Drawn twice, to look bold.
        let is_again = before
            .is_some_and(|last| last.text == glyph.text && glyph.x - last.x < 0.3 * glyph.width);
        if is_again {
            continue;
        }
        let height = match (y - glyph.y) / size {
            away if glyph.size > 0.8 * size || away.abs() < 0.08 => Height::Line,
            away if away > 0.0 => Height::Above,
            _ => Height::Below,
        };
        let gap = before.map_or(0.0, |last| glyph.x - (last.x + last.width));
        signs.push((text.to_owned(), glyph.x, glyph.x + glyph.width));
        let has_blank = std::mem::take(&mut after_blank) || gap > blank_of(before, glyph);
        let blank = match has_blank {
            true if gap > COLUMNS * glyph.size => "\t",
            true => " ",
            false => "",
        };
        match pieces.last_mut() {
            Some(piece) if piece.height == height => {
                piece.text.push_str(blank);
                piece.text.push_str(text);
            }
            last => {
                if let Some(piece) = last {
                    piece.text.push_str(blank);
                }
                pieces.push(Piece {
                    text: text.to_owned(),
                    height,
                });
            }
        }
        before = Some(glyph);
    }
    Some(Line {
        x0: signs.first()?.1,
        x1: signs.iter().map(|(_, _, end)| *end).fold(0.0, f64::max),
        pieces,
        signs,
        y,
        size,
    })
}

/// The gap, in points, that is a blank: between letters a fifth of the size, between Chinese characters, which a full line
/// pushes apart, most of one.
fn blank_of(before: Option<&Glyph>, glyph: &Glyph) -> f64 {
    let is_narrow = |glyph: &Glyph| {
        let text = glyph.text.as_deref().unwrap_or_default();
        text.chars().all(|c| c.is_ascii_alphanumeric())
    };
    match before.is_some_and(is_narrow) && is_narrow(glyph) {
        true => 0.2 * glyph.size,
        false => 0.7 * glyph.size,
    }
}

impl Line {
    /// Its words, without the heights of signs.
    pub fn text(&self) -> String {
        self.pieces
            .iter()
            .map(|piece| piece.text.as_str())
            .collect()
    }
}
