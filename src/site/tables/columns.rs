//! Columns that several tables have: the id of the row, its document, and the year of the document.

use super::table::{Cell, Column, Record, Refers, Type};
use crate::atlas::Facts;
use crate::model::DocumentId;

/// The id of row `number` (from 0) of a document. `sign` identifies the kind of row: `youyu-2023.q1`.
pub fn row_id(facts: &Facts, document: DocumentId, sign: char, number: usize) -> String {
    let document = &facts.document(document).id;
    format!("{document}.{sign}{}", number + 1)
}

/// The first columns of a table of facts: the id of the row and its document.
pub fn id_columns<R: Record>() -> Vec<Column<R>> {
    vec![
        Column::new(
            "id",
            "编号",
            Type::Text,
            "这一行的编号，在本表中不重复",
            |at: &super::table::At<R>| Cell::words(at.row.id(at.facts)),
        )
        .unique(),
        document_column(),
    ]
}

/// The document that contains the row.
pub fn document_column<R: Record>() -> Column<R> {
    Column::new(
        "document",
        "所在文件",
        Type::Text,
        "本站收录这件事的文件，用文件编号表示",
        |at: &super::table::At<R>| Cell::maybe(at.document().map(|d| d.id.as_str())),
    )
    .refers(Refers::Document)
    .required()
}

/// The year of the document.
pub fn year_column<R: Record>() -> Column<R> {
    Column::new(
        "year",
        "年度",
        Type::Number,
        "文件安排哪一年的工作；原文没有写的为空",
        |at: &super::table::At<R>| {
            at.document()
                .and_then(|d| d.year())
                .map_or(Cell::Empty, Cell::number)
        },
    )
}
