//! What an importer says of its work: remarks on a file it made, or why it made none.
//!
//! Comes in: a place in the imported file and words. Goes out: [`Remark`] and [`Refused`], the same for documents and for
//! tables. Nothing here prints.

use std::fmt;

use crate::forms::spreadsheet::{cell_name, column_name};
use crate::text::Bilingual;

/// A place in the imported file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// The file as a whole.
    Whole,
    /// Line of a text, from 1.
    Line(usize),
    /// Paragraph of a Word document, from 1; a table counts as one.
    Paragraph(usize),
    /// Page of a PDF file and line on it, from 1; a table counts as a line.
    Page(usize, usize),
    /// A part of a Word document outside the text (`header1.xml`).
    Part(String),
    /// Row of a sheet, from 0.
    Row(u32),
    /// Column of a sheet, from 0.
    Column(u32),
    /// Cell of a sheet: row and column, from 0.
    Cell(u32, u32),
}

impl Place {
    /// In words; empty for the whole file.
    pub fn words(&self) -> Bilingual {
        let same = |name: String| Bilingual::new(name.clone(), name);
        match self {
            Self::Whole => same(String::new()),
            Self::Line(n) => Bilingual::new(format!("第 {n} 行"), format!("line {n}")),
            Self::Paragraph(n) => Bilingual::new(format!("第 {n} 段"), format!("paragraph {n}")),
            Self::Page(page, line) => Bilingual::new(
                format!("第 {page} 页第 {line} 行"),
                format!("page {page}, line {line}"),
            ),
            Self::Part(name) => same(name.clone()),
            Self::Row(row) => {
                let n = row.saturating_add(1);
                Bilingual::new(format!("第 {n} 行"), format!("row {n}"))
            }
            Self::Column(column) => {
                let name = column_name(*column);
                Bilingual::new(format!("{name} 列"), format!("column {name}"))
            }
            Self::Cell(row, column) => same(cell_name(*row, *column)),
        }
    }
}

/// As comments in a source file name it.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words().zh)
    }
}

/// What a remark is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RemarkKind {
    // Documents.
    /// Left out of the file: page furniture, deleted words.
    Removed,
    /// Is in the front matter and not in the text.
    Moved,
    /// Not written as in the source.
    Differs,
    /// Done, but somebody should look.
    Unsure,
    /// Has a line through it in the source, and is in the file without one.
    Struck,
    /// Is in the file as a comment, to be confirmed.
    Candidate,
    /// Left as it is, though something seems to be missing or wrong.
    Left,
    // Tables.
    /// How the file was read: encoding, sheet, kind.
    Reading,
    /// Which column was taken for what.
    Columns,
    /// What is not in a row of the list: titles, headings, notes.
    Outside,
    /// A column that the file has no key for: kept as comments.
    Kept,
    /// A row of totals that agrees, and what was counted.
    Count,
    /// A total or a number in a heading that differs from the rows.
    CountDiffers,
    /// The serial numbers have a gap.
    Gap,
    /// Rows, columns or sheets that the office program hides.
    Hidden,
    /// Blank cells filled from above.
    Filled,
    /// A prefecture that is not printed next to the name.
    Deduced,
    /// One cell divided into several values.
    Divided,
    /// A cell that holds an error, or something that cannot be what its column says.
    Value,
    /// A name that the regions do not have.
    Name,
    /// The same county twice, or a list whose order had to change.
    Order,
    /// A row that could not be taken in.
    Unread,
    /// What must still be filled in.
    Missing,
}

impl RemarkKind {
    /// The word for programs.
    pub fn key(self) -> &'static str {
        match self {
            Self::Removed => "removed",
            Self::Moved => "moved",
            Self::Differs => "differs",
            Self::Unsure => "unsure",
            Self::Struck => "struck",
            Self::Candidate => "candidate",
            Self::Left => "left",
            Self::Reading => "reading",
            Self::Columns => "columns",
            Self::Outside => "outside",
            Self::Kept => "kept",
            Self::Count => "count",
            Self::CountDiffers => "count-differs",
            Self::Gap => "gap",
            Self::Hidden => "hidden",
            Self::Filled => "filled",
            Self::Deduced => "deduced",
            Self::Divided => "divided",
            Self::Value => "value",
            Self::Name => "name",
            Self::Order => "order",
            Self::Unread => "unread",
            Self::Missing => "missing",
        }
    }

    /// The word before a remark, in Chinese and English: 待核 for all that needs care.
    pub fn label(self) -> (&'static str, &'static str) {
        match self {
            Self::Removed => ("去掉", "removed"),
            Self::Moved => ("移到文件头", "moved to the front matter"),
            Self::Differs => ("写法不同", "written differently"),
            Self::Reading => ("读法", "reading"),
            Self::Columns => ("各列", "columns"),
            Self::Outside => ("未收入", "left out"),
            Self::Kept => ("作注释", "kept as comments"),
            Self::Count => ("计数", "count"),
            Self::Hidden => ("隐藏", "hidden"),
            Self::Filled => ("补空", "filled in"),
            Self::Deduced => ("推定", "deduced"),
            Self::Divided => ("拆分", "divided"),
            _ => ("待核", "check"),
        }
    }

    /// Whether somebody must confirm or fix it before the file can be relied on.
    pub fn needs_care(self) -> bool {
        matches!(
            self,
            Self::Unsure
                | Self::Struck
                | Self::Candidate
                | Self::Left
                | Self::CountDiffers
                | Self::Gap
                | Self::Value
                | Self::Name
                | Self::Order
                | Self::Unread
                | Self::Missing
        )
    }
}

/// Something that the person who imports should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Where in the imported file.
    pub place: Place,
    /// What it is about.
    pub kind: RemarkKind,
    /// What there is to know.
    pub words: Bilingual,
    /// The words of the source it is about; all of them where they are not in the text of the new file.
    pub text: String,
    /// Lines of the source that are in this remark instead of in the text.
    pub(crate) covers: Vec<usize>,
}

impl Remark {
    /// A remark on the file as a whole.
    pub fn of_file(kind: RemarkKind, words: Bilingual) -> Self {
        Self::new(Place::Whole, kind, words)
    }

    /// A remark without words of the source.
    pub(crate) fn new(place: Place, kind: RemarkKind, words: impl Into<Bilingual>) -> Self {
        Self {
            place,
            kind,
            words: words.into(),
            text: String::new(),
            covers: Vec::new(),
        }
    }

    /// The same remark with the words of the source it is about.
    #[must_use]
    pub(crate) fn about(self, text: &str) -> Self {
        Self {
            text: text.to_owned(),
            ..self
        }
    }
}

/// Why nothing was made of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// The file cannot be read, or lacks what is needed.
    Input(Bilingual),
    /// A fault of the program: the result would have lost or changed something.
    Fault(Bilingual),
}

impl Refused {
    /// The file cannot be used, and why.
    pub fn input(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Input(Bilingual::new(zh, en))
    }

    /// Why, in words.
    pub fn words(&self) -> &Bilingual {
        match self {
            Self::Input(words) | Self::Fault(words) => words,
        }
    }
}
