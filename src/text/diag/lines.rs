//! Lines and columns of sources, for lists of many places.
//!
//! Comes in: the texts of sources. Goes out: the line and column of a byte. A text is read once for the whole list and not once
//! for each place, so that the cost of a list is that of its texts and its length, and not their product.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::{SourceId, SourceMap};

/// The line and column of a byte offset. Both count from 1; columns count characters. For a single place: `Lines` is for
/// many.
pub fn line_column(text: &str, offset: usize) -> (usize, usize) {
    let before = &text[..offset];
    let start = before.rfind('\n').map_or(0, |i| i + 1);
    (
        before.matches('\n').count() + 1,
        before[start..].chars().count() + 1,
    )
}

/// The lines of one text, and how many characters come before some of its bytes.
#[derive(Debug)]
struct Lines {
    /// Where each line begins.
    starts: Vec<usize>,
    /// The number of characters before byte 0, [`STEP`], 2 × [`STEP`] …
    characters: Vec<usize>,
}

/// Bytes between two counted places: at most this many are read to find a column.
const STEP: usize = 1024;

/// Whether a byte begins a character of UTF-8.
fn begins(byte: &u8) -> bool {
    (*byte as i8) >= -0x40
}

impl Lines {
    fn new(text: &str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let mut characters = vec![0];
        let mut count = 0;
        for piece in text.as_bytes().chunks(STEP) {
            count += piece.iter().filter(|byte| begins(byte)).count();
            characters.push(count);
        }
        Self {
            starts: std::iter::once(0)
                .chain(ends.map(|(at, _)| at + 1))
                .collect(),
            characters,
        }
    }

    /// The number of characters that begin before a byte.
    fn characters_before(&self, text: &str, at: usize) -> usize {
        let counted = at / STEP;
        let rest = &text.as_bytes()[counted * STEP..at];
        self.characters[counted] + rest.iter().filter(|byte| begins(byte)).count()
    }

    fn line_column(&self, text: &str, at: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= at);
        let start = self.starts[line - 1];
        let column = self.characters_before(text, at) - self.characters_before(text, start);
        (line, column + 1)
    }
}

/// The sources of a list of diagnostics, with the lines of those that were asked for.
pub(super) struct Places<'s> {
    pub sources: &'s dyn SourceMap,
    lines: RefCell<HashMap<SourceId, Rc<Lines>>>,
}

impl<'s> Places<'s> {
    /// The places of these sources; none was asked for yet.
    pub fn new(sources: &'s dyn SourceMap) -> Self {
        Self {
            sources,
            lines: RefCell::default(),
        }
    }

    /// The line and column of a byte of a source, from 1. `at` is on the border of a character, and not after the end.
    pub fn line_column(&self, source: SourceId, at: usize) -> (usize, usize) {
        let text = self.sources.text(source);
        let mut lines = self.lines.borrow_mut();
        let lines = lines.entry(source);
        let lines = lines.or_insert_with(|| Rc::new(Lines::new(text))).clone();
        lines.line_column(text, at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_places_are_those_of_single_ones() {
        let long = "长行".repeat(3 * STEP);
        for text in [
            "",
            "\n",
            "甲\n乙丙\n",
            "a\n\n中b",
            &long,
            &format!("{long}\n{long}"),
        ] {
            let lines = Lines::new(text);
            let borders = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            for at in borders.step_by(7) {
                assert_eq!(lines.line_column(text, at), line_column(text, at), "{at}");
            }
        }
    }
}
