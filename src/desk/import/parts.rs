//! The parts of a document that the stages of the import share: lines, paragraphs, roles.
//!
//! Comes in: nothing. Goes out: types. It recognises nothing.

use crate::model::Model;
use crate::remark::{Place, Remark, RemarkKind};

/// Rows of a table, each a list of cells.
pub type Cells = Vec<Vec<String>>;

/// A remark that contains whole lines of the source.
pub(super) fn covering(
    lines: &[Line],
    covers: &[usize],
    kind: RemarkKind,
    words: (&str, &str),
) -> Remark {
    let text: Vec<String> = covers.iter().map(|&i| lines[i].words()).collect();
    let place = covers
        .first()
        .map_or(Place::Whole, |&i| lines[i].place.clone());
    Remark {
        covers: covers.to_vec(),
        ..Remark::new(place, kind, words).about(text.join(" ").trim())
    }
}

/// A line of a text, a paragraph or a table of a Word document.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub place: Place,
    pub text: String,
    /// A blank line is before it; in a Word document, a paragraph begins with it.
    pub gap: bool,
    pub table: Option<Cells>,
}

impl Line {
    /// A line of a table, at its place.
    pub fn of_table(place: Place, table: Cells) -> Self {
        Self {
            place,
            text: String::new(),
            gap: true,
            table: Some(table),
        }
    }

    /// All words of it, those of a table row by row.
    pub fn words(&self) -> String {
        match &self.table {
            None => self.text.clone(),
            Some(rows) => {
                let rows: Vec<String> = rows.iter().map(|row| row.join(" ")).collect();
                rows.join(" ")
            }
        }
    }
}

/// Where the lines came from: whether their ends mean anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A text, perhaps wrapped at some width.
    Text,
    /// A Word document, whose paragraphs are paragraphs.
    Word,
}

/// What a paragraph is in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A paragraph of the text.
    Text,
    /// The line that begins an annex.
    Annex,
    /// The line that begins a section with a name instead of a number.
    Named,
    /// The list of an annex's own attachments: lines of one paragraph.
    List,
    Table,
    /// In the front matter, under this key.
    Front(&'static str),
}

/// Lines that belong together.
#[derive(Debug, Clone)]
pub(super) struct Paragraph {
    pub lines: Vec<usize>,
    /// The words with the white space that the file has.
    pub text: String,
    pub role: Role,
    pub table: Option<Cells>,
}

/// What is to be imported, and into what.
#[derive(Debug)]
pub struct Request<'a> {
    /// Name of the file, for what it says of its kind.
    pub name: &'a str,
    pub bytes: &'a [u8],
    pub id: Option<&'a str>,
    pub model: &'a Model,
}
