//! Limits of files: what is over one is refused before anything else works on it.
//!
//! Comes in: what was listed, and the text of each file. Goes out: the limits of the site, and MB0115 for the file that is over
//! one. Only what needs no reading of clauses or entries is counted here: sizes, files, and the tables of Markdown. Clauses and
//! entries are counted where they are loaded.

use std::ops::Range;

use mingbai_forms::limits::{Limit, Limits};
use mingbai_forms::{split, yaml};

use super::uses::{Use, use_of};
use crate::diag::{Diagnostic, Sink, SourceId, Span};

/// The file that sets the limits.
pub const SITE: &str = "data/site.yaml";

/// The folders of documents.
const DOCUMENTS: [&str; 4] = [
    "content/notices",
    "data/pilots",
    "data/schedules",
    "data/assessments",
];

/// Bytes of a kilobyte.
const KILO: usize = 1024;

/// The limits that a text of [`SITE`] sets.
pub fn limits(text: &str) -> Limits {
    let node = yaml::parse_parts(SourceId(0), text, 0..text.len(), &mut Sink::default());
    Limits::of(&node)
}

/// What the files so far have together.
#[derive(Debug, Clone, Default)]
pub(super) struct Sums {
    bytes: usize,
    published: usize,
    notices_and_lists: usize,
    pages: usize,
}

/// A limit that is exceeded, and the number that is counted.
pub type Over = (Limit, usize);

impl Sums {
    /// Takes a text out of what was counted.
    pub fn remove(&mut self, path: &str, size: u64) {
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        if use_of(path) == Use::Text && !path.starts_with("themes/") {
            self.bytes = self.bytes.saturating_sub(size);
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            self.pages -= usize::from(path.starts_with("content/pages/"));
            self.notices_and_lists -= usize::from(DOCUMENTS.contains(&folder));
        }
    }

    /// Counts a file of the site folder; the limit that is over with it.
    pub fn add(&mut self, path: &str, size: u64, limits: &Limits) -> Option<Over> {
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        let check = |limit, count: usize| (count > limits.most(limit)).then_some((limit, count));
        let kilobytes = |bytes: usize| bytes.div_ceil(KILO);
        match use_of(path) {
            Use::Publish => {
                self.published = self.published.saturating_add(size);
                check(Limit::Published, kilobytes(self.published))
            }
            Use::Text if !path.starts_with("themes/") => {
                if let Some(over) = check(Limit::FileSize, kilobytes(size)) {
                    return Some(over);
                }
                self.bytes = self.bytes.saturating_add(size);
                let in_pages = path.starts_with("content/pages/");
                let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
                self.pages += usize::from(in_pages);
                self.notices_and_lists += usize::from(DOCUMENTS.contains(&folder));
                check(Limit::TotalSize, kilobytes(self.bytes))
                    .or_else(|| check(Limit::Documents, self.notices_and_lists))
                    .or_else(|| check(Limit::Pages, self.pages))
            }
            _ => None,
        }
    }
}

/// The tables of a Markdown text that are over a limit.
///
/// # Diagnostics
/// MB0115.
pub(super) fn check(id: SourceId, path: &str, text: &str, limits: &Limits) -> Option<Diagnostic> {
    if !path.ends_with(".md") {
        return None;
    }
    let body = split(text).map_or(0..text.len(), |parts| parts.body);
    let tables = tables(text, body);
    let span = |range: &Range<usize>| Span::new(id, range.clone());
    let (mut rows, mut cells) = (0, 0);
    let mut over = None;
    for table in &tables {
        if table.columns > limits.most(Limit::Columns) {
            return Some(limits.over(Limit::Columns, table.columns, span(&table.head)));
        }
        rows += table.rows;
        cells += table.rows.saturating_mul(table.columns);
        let limit = if rows > limits.most(Limit::Rows) {
            Limit::Rows
        } else if cells > limits.most(Limit::Cells) {
            Limit::Cells
        } else {
            continue;
        };
        // The first table with which it is over; the number is that of the whole file.
        over.get_or_insert((limit, &table.head));
    }
    let (limit, place) = over?;
    let count = if limit == Limit::Rows { rows } else { cells };
    Some(limits.over(limit, count, span(place)))
}

/// A table of a text.
struct Table {
    /// The line that divides its head from its rows.
    head: Range<usize>,
    columns: usize,
    rows: usize,
}

/// The tables of a text: a line of hyphens between bars, and the lines after it up to an empty one.
fn tables(text: &str, range: Range<usize>) -> Vec<Table> {
    let mut tables: Vec<Table> = Vec::new();
    let mut at = range.start;
    let mut is_open = false;
    for line in text[range].split_inclusive('\n') {
        let start = at;
        at += line.len();
        let bare = line.trim();
        if bare.is_empty() {
            is_open = false;
        } else if is_rule(bare) {
            is_open = true;
            tables.push(Table {
                head: start..start + line.trim_end().len(),
                columns: bare.trim_matches('|').split('|').count(),
                rows: 1,
            });
        } else if let Some(table) = tables.last_mut().filter(|_| is_open) {
            table.rows += 1;
        }
    }
    tables
}

/// Whether a line divides the head of a table from its rows: `| --- | :-: |`.
fn is_rule(line: &str) -> bool {
    let line = line.trim_start_matches(['>', ' ']);
    line.contains('|')
        && line.contains('-')
        && line
            .chars()
            .all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_counted_as_markdown_reads_them() {
        let text = "话\n\n|甲|乙|\n|---|---|\n|1|2|\n|3\n\n---\n\n甲|乙|丙\n:-|-|-:\n1|2|3\n";
        let tables = tables(text, 0..text.len());
        let counted: Vec<_> = tables
            .iter()
            .map(|table| (table.columns, table.rows))
            .collect();
        assert_eq!(counted, [(2, 3), (3, 2)]);
    }
}
