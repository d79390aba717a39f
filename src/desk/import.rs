//! An official document as a source file: `content/notices/<id>.md`.
//!
//! Comes in: the bytes of a .docx or a text, and the site. Goes out: [`Import`], the text of the file and remarks on
//! everything that was moved, left out or doubtful. It writes nothing and confirms nothing: what the text does not
//! say plainly stands in the file as a comment beginning `# 待核：`.
//!
//! Steps: bytes -> lines (`read`, `docx`) -> page furniture taken out (`furniture`) -> lines joined to
//! paragraphs (`flow`) -> parts of an official document told apart (`layout`) -> file (`write`, with
//! candidates from `candidates`) -> proof that no character was lost (`prove`).

mod candidates;
mod docx;
mod flow;
mod furniture;
mod identity;
mod layout;
mod numbering;
mod prove;
mod read;
mod signs;
mod space;
mod write;
mod xml;

use crate::model::Model;
use crate::text::Bilingual;

/// Rows of a table, each a list of cells.
pub type Cells = Vec<Vec<String>>;

/// Where something stands in the source.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The document as a whole.
    Whole,
    /// Line of a text, from 1.
    Line(usize),
    /// Paragraph of a Word document, from 1; a table counts as one.
    Paragraph(usize),
    /// A part of a Word document outside the text (`header1.xml`).
    Part(String),
}

impl Place {
    /// In words.
    pub fn words(&self) -> Bilingual {
        match self {
            Self::Whole => Bilingual::new("全文", "whole text"),
            Self::Line(n) => Bilingual::new(format!("第 {n} 行"), format!("line {n}")),
            Self::Paragraph(n) => Bilingual::new(format!("第 {n} 段"), format!("paragraph {n}")),
            Self::Part(name) => Bilingual::new(name.clone(), name.clone()),
        }
    }
}

/// What kind of thing a remark says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Left out of the file: page furniture, deleted words.
    Removed,
    /// Stands in the front matter and not in the text.
    Moved,
    /// Written otherwise than in the source.
    Differs,
    /// Done, but somebody should look.
    Unsure,
    /// Stands in the file as a comment, to be confirmed.
    Candidate,
    /// Left as it is, though something seems to be missing or wrong.
    Left,
}

impl Kind {
    /// The word before a remark.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Removed => ("去掉", "removed"),
            Self::Moved => ("移到文件头", "moved to the front matter"),
            Self::Differs => ("写法不同", "written otherwise"),
            Self::Unsure => ("存疑", "unsure"),
            Self::Candidate => ("待核", "candidate"),
            Self::Left => ("未处理", "left"),
        }
    }

    /// The word for programs.
    pub fn key(self) -> &'static str {
        match self {
            Self::Removed => "removed",
            Self::Moved => "moved",
            Self::Differs => "differs",
            Self::Unsure => "unsure",
            Self::Candidate => "candidate",
            Self::Left => "left",
        }
    }
}

/// Something that the person who imports should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    pub place: Place,
    pub kind: Kind,
    pub words: Bilingual,
    /// The words of the source it is about; all of them where they are not in the text of the file.
    pub text: String,
    /// Lines of the source that stand in this remark instead of in the text.
    covers: Vec<usize>,
}

impl Remark {
    fn new(place: Place, kind: Kind, words: (&str, &str), text: &str) -> Self {
        Self {
            place,
            kind,
            words: Bilingual::new(words.0, words.1),
            text: text.to_owned(),
            covers: Vec::new(),
        }
    }

    /// A remark in whose text whole lines of the source stand.
    fn covering(
        lines: &[Line],
        covers: &[usize],
        kind: Kind,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) -> Self {
        let words: Vec<String> = covers.iter().map(|&i| lines[i].words()).collect();
        Self {
            place: covers
                .first()
                .map_or(Place::Whole, |&i| lines[i].place.clone()),
            kind,
            words: Bilingual::new(zh, en),
            text: words.join(" ").trim().to_owned(),
            covers: covers.to_vec(),
        }
    }
}

/// A line of a text, a paragraph or a table of a Word document.
#[derive(Debug, Clone)]
struct Line {
    place: Place,
    text: String,
    /// A blank line stands before it; in a Word document, a paragraph begins with it.
    gap: bool,
    table: Option<Cells>,
}

impl Line {
    fn of_table(place: Place, table: Cells) -> Self {
        Self {
            place,
            text: String::new(),
            gap: true,
            table: Some(table),
        }
    }

    /// All words of it, those of a table row by row.
    fn words(&self) -> String {
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
enum Form {
    /// A text, perhaps wrapped at some width.
    Text,
    /// A Word document, whose paragraphs are paragraphs.
    Word,
}

/// What a paragraph is in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// A paragraph of the text.
    Text,
    /// The line that begins an annex.
    Annex,
    /// The line that begins a section with a name instead of a number.
    Named,
    /// The list of an annex's own attachments: lines of one paragraph.
    List,
    Table,
    /// Stands in the front matter, under this key.
    Front(&'static str),
}

/// Lines that belong together.
#[derive(Debug, Clone)]
struct Paragraph {
    lines: Vec<usize>,
    /// The words with the white space that the file has.
    text: String,
    role: Role,
    table: Option<Cells>,
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

/// An annex as lines and tables, for lists of counties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annex {
    /// How it is cited: `附件`, `附件2`.
    pub label: String,
    pub title: String,
    pub lines: Vec<String>,
    pub tables: Vec<Cells>,
}

/// A document that became a source file.
#[derive(Debug)]
pub struct Import {
    /// Stem of the file; none if no safe one can be made of the document.
    pub id: Option<String>,
    /// The file.
    pub text: String,
    pub remarks: Vec<Remark>,
    pub annexes: Vec<Annex>,
}

/// Why nothing was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// The document cannot be read.
    Document(Bilingual),
    /// Our own fault: the result would have lost or changed something.
    Broken(Bilingual),
}

/// The longest text that is taken, in bytes.
const LARGEST_TEXT: usize = 5 << 20;

/// Makes a source file of an official document.
///
/// # Errors
/// If the document cannot be read, or the result would not hold every character of it.
pub fn import(request: &Request) -> Result<Import, Refused> {
    let (form, lines, mut remarks) =
        read::read(request.name, request.bytes).map_err(Refused::Document)?;
    if lines.iter().map(|line| line.words().len()).sum::<usize>() > LARGEST_TEXT {
        return Err(Refused::Document(Bilingual::new(
            "文字太多，不像一份公文，没有读",
            "this is too much text for an official document, and was not read",
        )));
    }
    if lines
        .iter()
        .all(|line| bare(&line.words()).next().is_none())
    {
        return Err(Refused::Document(Bilingual::new(
            "文件里没有文字。扫描成图片的文件，要先识别成文字",
            "there are no words in this file. A scanned picture must be turned into text first",
        )));
    }
    let furniture = furniture::find(&lines, &mut remarks);
    let paragraphs = flow::paragraphs(&lines, &furniture, form, &mut remarks);
    let layout = layout::recognise(&lines, paragraphs, &request.model.regions, &mut remarks);
    let file = write::write(request, &lines, &layout, &mut remarks);
    remarks.sort_by(|a, b| a.place.cmp(&b.place));
    if let Err(why) = prove::prove(&lines, &layout.paragraphs, &file, &remarks) {
        debug_assert!(false, "{}", why.en);
        return Err(Refused::Broken(why));
    }
    let id = request
        .id
        .map(str::to_owned)
        .or_else(|| identity::propose(&layout, request.model));
    Ok(Import {
        id,
        text: file.text,
        remarks,
        annexes: annexes(&layout.paragraphs),
    })
}

/// The annexes of a document. This is where lists of counties are found; the table importer takes them from here.
fn annexes(paragraphs: &[Paragraph]) -> Vec<Annex> {
    let mut annexes: Vec<Annex> = Vec::new();
    for paragraph in paragraphs {
        match paragraph.role {
            Role::Annex => {
                let number = annexes.len() + 1;
                annexes.push(Annex {
                    label: if number == 1 {
                        "附件".to_owned()
                    } else {
                        format!("附件{number}")
                    },
                    title: signs::annex_title(&paragraph.text).to_owned(),
                    lines: Vec::new(),
                    tables: Vec::new(),
                });
            }
            Role::Front(_) | Role::Named => {}
            _ => {
                if let Some(annex) = annexes.last_mut() {
                    match &paragraph.table {
                        Some(table) => annex.tables.push(table.clone()),
                        None => annex.lines.push(paragraph.text.clone()),
                    }
                }
            }
        }
    }
    annexes
}

/// White space and what is as invisible.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{200B}')
}

/// The characters that must not be lost.
fn bare(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|c| !is_blank(*c))
}
