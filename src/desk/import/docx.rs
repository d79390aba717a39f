//! A Word document as lines: what a reader of the printed page sees, in order.
//!
//! Comes in: the bytes of a .docx. Goes out: paragraphs and tables, and remarks on what was left out (headers, deleted
//! words, pictures, comments) or looks otherwise on the page (struck out, raised). Automatic numbers become text, because the reader sees them. A
//! hostile file is refused: every part has a largest size, nesting a greatest depth.

mod container;
mod fields;
mod inline;
mod maths;
mod styles;
mod symbols;

use std::collections::{HashMap, HashSet};

use self::container::Container;
use self::fields::Fields;
use self::inline::{Drawn, Inline};
use self::styles::Styles;
use super::numbering::{Number, Numbering};
use super::parts::{Cells, Line};
use super::xml::Element;
use crate::remark::{Place, Remark, RemarkKind};
use crate::text::Bilingual;
use crate::words::{bare, one_line, squeeze};

/// Words above or below the line, in signs of the same meaning.
pub(super) fn at_height(words: &str, is_raised: bool) -> String {
    let rise = if is_raised {
        styles::Rise::Raised
    } else {
        styles::Rise::Lowered
    };
    maths::script(words, rise)
}

/// Reads a .docx.
///
/// # Errors
/// If it is not a sound Word document, with what to do.
pub(super) fn read(bytes: &[u8]) -> Result<(Vec<Line>, Vec<Remark>), Bilingual> {
    let mut container = Container::open(bytes)?;
    let document = container.document()?;
    let styles = container.of_kind("styles")?;
    let numbers = container.of_kind("numbering")?;
    let notes = [
        container.of_kind("footnotes")?,
        container.of_kind("endnotes")?,
    ];
    let Some(body) = document.child("body") else {
        return Err(container::damaged());
    };
    let around = around(&mut container)?;
    let mut walker = Walker {
        container: &container,
        numbering: Numbering::new(numbers.as_ref(), styles.as_ref()),
        styles: Styles::new(styles.as_ref()),
        fields: Fields::default(),
        lines: Vec::new(),
        remarks: Vec::new(),
        carried: Carried::default(),
        contents: Contents::default(),
        table_style: None,
        cells: 0,
        paragraphs: 0,
        references: Vec::new(),
        counted: [0; 2],
        both_notes: !body.all("footnoteReference").is_empty()
            && !body.all("endnoteReference").is_empty(),
        read: 0,
    };
    walker.blocks(body);
    walker.finish();
    walker.contents_end();
    walker.compare(body);
    for (part, kind) in notes.iter().zip([NoteKind::Foot, NoteKind::End]) {
        if let Some(part) = part {
            walker.notes_of(part, kind);
        }
    }
    let Walker {
        lines, mut remarks, ..
    } = walker;
    remarks.extend(around);
    Ok((lines, remarks))
}

/// Headers, footers and comments: not part of the text, but named.
fn around(container: &mut Container) -> Result<Vec<Remark>, Bilingual> {
    let mut remarks = Vec::new();
    for (kind, words) in [
        (
            "comments",
            ("批注，不属于正文", "comments, not part of the text"),
        ),
        (
            "footer",
            (
                "页脚、页码，不属于正文",
                "page footer or number, not part of the text",
            ),
        ),
        (
            "header",
            ("页眉，不属于正文", "page header, not part of the text"),
        ),
    ] {
        for path in container.paths(kind) {
            let Some(element) = container.part(&path)? else {
                continue;
            };
            let mut text = element.words();
            // A watermark is drawn.
            for drawn in element.all("textpath") {
                text.push_str(drawn.attribute("string").unwrap_or_default());
                text.push(' ');
            }
            if !text.trim().is_empty() {
                let file = path.rsplit('/').next().unwrap_or(&path).to_owned();
                remarks.push(
                    Remark::new(Place::Part(file), RemarkKind::Removed, words).about(text.trim()),
                );
            }
        }
    }
    Ok(remarks)
}

/// The two kinds of notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NoteKind {
    Foot,
    End,
}

/// A mark in the text that leads to a note.
struct Reference {
    kind: NoteKind,
    id: String,
    /// The mark as it is in the text.
    label: String,
}

/// Words of a paragraph whose end was deleted: they belong to the next one.
#[derive(Default)]
struct Carried {
    text: String,
    /// They begin with their number.
    numbered: bool,
}

/// The lines of a table of contents.
#[derive(Default)]
struct Contents {
    place: Option<Place>,
    lines: Vec<String>,
    /// Open forms that hold nothing else.
    forms: usize,
}

/// What is known while the document is walked through.
struct Walker<'a> {
    container: &'a Container<'a>,
    numbering: Numbering,
    styles: Styles,
    fields: Fields,
    lines: Vec<Line>,
    remarks: Vec<Remark>,
    carried: Carried,
    contents: Contents,
    table_style: Option<String>,
    /// Cells that are open.
    cells: usize,
    paragraphs: usize,
    references: Vec<Reference>,
    /// How many marks of each kind the document counts by itself.
    counted: [usize; 2],
    /// The document has footnotes and endnotes.
    both_notes: bool,
    /// Characters of the text that were read.
    read: usize,
}

impl Walker<'_> {
    fn blocks(&mut self, parent: &Element) {
        for child in parent.children() {
            match child.name.as_str() {
                "p" => self.paragraph(child),
                "tbl" => self.table(child),
                "sdt" => self.form_of_blocks(child),
                "ins" | "moveTo" | "customXml" | "smartTag" => self.blocks(child),
                "del" | "moveFrom" => {
                    let words = child.all_words();
                    self.removed(DELETED, &words);
                }
                "AlternateContent" => {
                    if let Some(chosen) = alternative(child) {
                        self.blocks(chosen);
                    }
                }
                "oMathPara" | "oMath" => {
                    let mut inline = Inline::default();
                    let mut paragraph = Element::default();
                    paragraph.adopt(child.clone());
                    self.paragraphs += 1;
                    self.inline(&paragraph, &mut inline);
                    self.say(&inline);
                    self.push(&inline.text);
                }
                "altChunk" | "subDoc" => self.remark(
                    RemarkKind::Left,
                    (
                        "这里嵌入了另一个文件，没有读；请打开核对，把文字补上",
                        "another file is embedded here and was not read: open it and add its text",
                    ),
                    "",
                ),
                _ => {}
            }
        }
    }

    fn form_of_blocks(&mut self, form: &Element) {
        let Some(content) = form.child("sdtContent") else {
            return;
        };
        let gallery = form
            .child("sdtPr")
            .and_then(|properties| properties.child("docPartObj"))
            .and_then(|part| part.child("docPartGallery"))
            .and_then(|gallery| gallery.attribute("val"));
        let contents = matches!(gallery, Some("Table of Contents" | "目录"));
        self.contents.forms += usize::from(contents);
        self.blocks(content);
        self.contents.forms -= usize::from(contents);
        if inline::is_placeholder(form) {
            let words = content.words();
            let (kind, said) = inline::Note::Placeholder.remark();
            self.remark(kind, said, words.trim());
        }
    }

    /// The words of an element, counted.
    fn words<'a>(&mut self, element: &'a Element) -> &'a str {
        self.read += bare(&element.text).count();
        &element.text
    }

    fn place(&self) -> Place {
        Place::Paragraph(self.paragraphs)
    }

    fn remark(&mut self, kind: RemarkKind, words: (&str, &str), text: &str) {
        let place = self.place();
        self.remarks
            .push(Remark::new(place, kind, words).about(text));
    }

    fn removed(&mut self, words: (&str, &str), text: &str) {
        if !text.trim().is_empty() {
            self.remark(RemarkKind::Removed, words, text.trim());
        }
    }

    fn paragraph(&mut self, paragraph: &Element) {
        self.paragraphs += 1;
        let properties = paragraph.child("pPr");
        let style = properties.and_then(|p| p.child("pStyle")?.attribute("val"));
        let mut inline = Inline {
            style: style.map(str::to_owned),
            in_contents: self.contents.forms > 0 || self.styles.is_contents(style),
            ..Inline::default()
        };
        self.inline(paragraph, &mut inline);
        self.say(&inline);
        let shown = !inline.text.trim().is_empty();
        if !inline.contents.trim().is_empty() {
            self.contents_line(&inline.contents);
        } else if shown {
            self.contents_end();
        }
        // The mark at the end is not there for a reader: the next paragraph is the same one.
        let mark = properties.and_then(|p| p.child("rPr"));
        let deleted =
            mark.is_some_and(|r| r.child("del").is_some() || r.child("moveFrom").is_some());
        let hidden = self
            .styles
            .look(self.table_style.as_deref(), style, mark)
            .hidden;
        let joined = deleted || hidden;
        let carried = std::mem::take(&mut self.carried);
        // A paragraph of which nothing is left does not count.
        let counts = !inline.in_contents && !carried.numbered && (shown || !joined);
        let number = if counts {
            self.numbering.next(properties)
        } else {
            Number::None
        };
        let label = self.label(number, shown || !carried.text.trim().is_empty());
        let text = format!("{label}{}{}", carried.text, inline.text);
        if joined {
            self.carried = Carried {
                numbered: carried.numbered || !label.is_empty(),
                text,
            };
        } else {
            self.push(&text);
        }
        for drawn in inline.boxes {
            self.drawn(&drawn);
        }
    }

    /// The number of a paragraph as text, and what there is to say of it.
    fn label(&mut self, number: Number, has_words: bool) -> String {
        let (label, known) = match number {
            Number::None => return String::new(),
            Number::Undefined(list) => {
                self.remark(
                    RemarkKind::Left,
                    (
                        "这一段有自动编号，但文件里没有它的定义，没有写编号；照原文补上",
                        "this paragraph has an automatic number whose definition is missing: add the number from the original",
                    ),
                    &list,
                );
                return String::new();
            }
            Number::Label { text, known } => (text, known),
        };
        if !known {
            self.remark(
                RemarkKind::Unsure,
                (
                    "自动编号的格式不认识，写成了阿拉伯数字；照原文改",
                    "an automatic number in an unknown format, written in digits: correct it from the original",
                ),
                label.trim(),
            );
        }
        if has_words || self.cells > 0 {
            self.remark(
                RemarkKind::Differs,
                ("自动编号，写成了文字", "automatic number, written as text"),
                label.trim(),
            );
            return label;
        }
        self.remark(
            RemarkKind::Removed,
            (
                "只有自动编号、没有文字的一段",
                "a paragraph with an automatic number and no words",
            ),
            label.trim(),
        );
        String::new()
    }

    /// What a reader does not see in the words of a paragraph, or sees besides them.
    fn say(&mut self, inline: &Inline) {
        self.removed(DELETED, &inline.deleted);
        self.removed(
            (
                "隐藏的文字，印出来看不见",
                "hidden text, not visible in print",
            ),
            &inline.hidden,
        );
        for noted in &inline.noted {
            let (kind, words) = noted.note.remark();
            self.remark(kind, words, noted.words.trim());
        }
    }

    fn drawn(&mut self, drawn: &Drawn) {
        const WORDS: (&str, &str) = (
            "文本框里的文字，接在这一段后面；看位置对不对",
            "text from a text box, placed after this paragraph: check whether it belongs here",
        );
        match drawn {
            Drawn::Box(content) => {
                self.remark(RemarkKind::Unsure, WORDS, content.words().trim());
                self.blocks(content);
                self.finish();
            }
            Drawn::Words(words) => {
                self.remark(
                    RemarkKind::Unsure,
                    (
                        "艺术字里的文字，接在这一段后面；看位置对不对",
                        "text that is drawn (WordArt), placed after this paragraph: check whether it belongs here",
                    ),
                    words.trim(),
                );
                self.push(words);
            }
        }
    }

    /// A line of a table of contents. The heading above the first one belongs to it.
    fn contents_line(&mut self, words: &str) {
        if self.contents.place.is_none() {
            self.contents.place = Some(self.place());
            let heading = self.lines.last().is_some_and(|line| {
                line.table.is_none() && matches!(squeeze(&line.text).as_str(), "目录" | "目次")
            });
            if heading && let Some(line) = self.lines.pop() {
                self.contents.lines.push(line.text);
                self.contents.place = Some(line.place);
            }
        }
        self.contents.lines.push(one_line(words));
    }

    fn contents_end(&mut self) {
        if let Some(place) = self.contents.place.take() {
            let lines = std::mem::take(&mut self.contents.lines);
            self.remarks.push(
                Remark::new(
                    place,
                    RemarkKind::Removed,
                    (
                        "目录，不属于正文；网页上另有目录",
                        "table of contents, not part of the text; the page has its own",
                    ),
                )
                .about(lines.join("\n").trim()),
            );
        }
    }

    /// A paragraph as lines: a break within it begins a line.
    fn push(&mut self, text: &str) {
        for (i, piece) in text.split('\n').enumerate() {
            if piece.trim().is_empty() {
                continue;
            }
            self.lines.push(Line {
                place: self.place(),
                text: piece.to_owned(),
                gap: i == 0,
                table: None,
            });
        }
    }

    fn finish(&mut self) {
        let rest = std::mem::take(&mut self.carried);
        self.push(&rest.text);
    }

    /// Text in an unknown structure would be lost without notice.
    fn compare(&mut self, body: &Element) {
        if let Some(words) = self.fields.unfinished() {
            self.remarks.push(
                Remark::new(
                    Place::Whole,
                    RemarkKind::Left,
                    (
                        "有一个域没有结束，它的代码里的字没有读；与原件核对，是正文的补上",
                        "a field does not end, and the words in its code were not read: compare with the original and add them if they are text",
                    ),
                )
                .about(words.trim()),
            );
        }
        let all = bare(&body.words()).count();
        if all > self.read {
            let lost = all - self.read;
            self.remarks.push(Remark::new(Place::Whole, RemarkKind::Left, (
                    &format!("有 {lost} 个字在不常见的结构里，没有读到：请与原件核对，把它们补上"),
                    &format!("{lost} characters in an unusual structure were not read: compare with the original and add them"),
                )));
        }
    }

    fn table(&mut self, table: &Element) {
        let style = table
            .child("tblPr")
            .and_then(|properties| properties.child("tblStyle")?.attribute("val"))
            .map(str::to_owned);
        let outer = std::mem::replace(&mut self.table_style, style);
        let rows = flat(table, "tr");
        let columns = rows.iter().map(|row| width(row)).max().unwrap_or(0);
        if columns <= 1 {
            // A frame around paragraphs, no table.
            for cell in rows.iter().flat_map(|row| flat(row, "tc")) {
                self.blocks(cell);
                self.finish();
            }
        } else {
            self.grid(&rows, columns);
        }
        self.table_style = outer;
    }

    fn grid(&mut self, rows: &[&Element], columns: usize) {
        self.contents_end();
        // Its paragraphs count as one.
        self.paragraphs += 1;
        let mut cells: Cells = rows.iter().filter_map(|row| self.row(row)).collect();
        cells.retain(|row| row.iter().any(|cell| !cell.trim().is_empty()));
        if cells.is_empty() {
            return;
        }
        let merged = cells
            .iter()
            .any(|row| row.len() < columns || row.iter().any(String::is_empty));
        if merged {
            self.remark(
                RemarkKind::Unsure,
                (
                    "表格里有空的或合并的格子；合并的，文字只写在第一格",
                    "the table has empty or merged cells; the text of merged cells is in the first one",
                ),
                &cells.first().map(|row| row.join(" ")).unwrap_or_default(),
            );
        }
        for row in &mut cells {
            row.resize(columns.max(row.len()), String::new());
        }
        self.lines.push(Line::of_table(self.place(), cells));
    }

    fn row(&mut self, row: &Element) -> Option<Vec<String>> {
        let properties = row.child("trPr");
        if properties.is_some_and(|p| p.child("del").is_some()) {
            self.removed(DELETED, &row.all_words());
            return None;
        }
        let mut cells = vec![String::new(); number(properties, "gridBefore")];
        for cell in flat(row, "tc") {
            let properties = cell.child("tcPr");
            if properties.is_some_and(|p| p.child("cellDel").is_some()) {
                self.removed(DELETED, &cell.all_words());
                cells.push(String::new());
                continue;
            }
            let span = number(properties, "gridSpan").max(1);
            cells.push(self.cell(cell));
            cells.extend(std::iter::repeat_n(String::new(), span - 1));
        }
        Some(cells)
    }

    /// The paragraphs of a cell, one a line.
    fn cell(&mut self, cell: &Element) -> String {
        let from = self.lines.len();
        let paragraphs = self.paragraphs;
        self.cells += 1;
        self.blocks(cell);
        self.finish();
        self.cells -= 1;
        self.paragraphs = paragraphs;
        let inner = self.lines.split_off(from);
        let mut words = Vec::new();
        for line in inner {
            match line.table {
                None => words.push(line.text),
                Some(rows) => {
                    let rows: Vec<String> = rows.iter().map(|row| row.join("\t")).collect();
                    let rows = rows.join("\n");
                    self.remark(
                        RemarkKind::Unsure,
                        (
                            "格子里还有一个表格，写成了一串文字；看要不要拆成单独的表",
                            "a table within a cell, written as text: check whether it should be a table of its own",
                        ),
                        &one_line(&rows),
                    );
                    words.push(rows);
                }
            }
        }
        words.join("\n")
    }

    /// A mark that leads to a note. Whether it is the author's own sign.
    fn reference(&mut self, run: &Element, reference: &Element, out: &mut Inline) -> bool {
        let Some(id) = reference.attribute("id") else {
            return false;
        };
        let kind = match reference.name.as_str() {
            "footnoteReference" => NoteKind::Foot,
            _ => NoteKind::End,
        };
        let own = styles::is_on(reference.attribute("customMarkFollows"));
        let label = if own {
            let label = run.words().trim().to_owned();
            self.counted[kind as usize] += usize::from(label.starts_with('['));
            label
        } else {
            let before = self.counted[kind as usize];
            self.counted[kind as usize] += 1;
            let name = if self.both_notes && kind == NoteKind::End {
                "尾注"
            } else {
                ""
            };
            let label = format!("[{name}{}]", before + 1);
            out.text.push_str(&label);
            label
        };
        self.references.push(Reference {
            kind,
            id: id.to_owned(),
            label,
        });
        own
    }

    /// Footnotes or endnotes, after the text, in the order of their marks.
    fn notes_of(&mut self, part: &Element, kind: NoteKind) {
        let name = match kind {
            NoteKind::Foot => "footnote",
            NoteKind::End => "endnote",
        };
        // The separators between text and notes are notes of a type of their own.
        let notes: Vec<&Element> = part
            .children()
            .filter(|note| note.name == name)
            .filter(|note| note.attribute("type").is_none_or(|kind| kind == "normal"))
            .collect();
        let references: Vec<(String, String)> = self
            .references
            .iter()
            .filter(|reference| reference.kind == kind)
            .map(|reference| (reference.id.clone(), reference.label.clone()))
            .collect();
        let mut by_id: HashMap<&str, &Element> = HashMap::new();
        for note in &notes {
            by_id
                .entry(note.attribute("id").unwrap_or_default())
                .or_insert(note);
        }
        let referred: HashSet<&str> = references.iter().map(|(id, _)| id.as_str()).collect();
        for (id, label) in &references {
            let Some(note) = by_id.get(id.as_str()) else {
                continue;
            };
            let from = self.lines.len();
            self.blocks(note);
            self.finish();
            if self.lines.len() == from {
                continue;
            }
            if !squeeze(&self.lines[from].text).starts_with(label.as_str()) {
                self.lines[from].text.insert_str(0, label);
            }
            let text = self.lines[from].text.clone();
            self.remark(
                RemarkKind::Unsure,
                (
                    "脚注或尾注，放在全文最后；注码按先后写成了文字",
                    "a footnote or endnote, placed at the end of the text; its number is written as text, in the order of the marks",
                ),
                &text,
            );
        }
        for note in notes {
            let id = note.attribute("id").unwrap_or_default();
            if !referred.contains(id) {
                self.removed(
                    (
                        "正文里没有注码的脚注或尾注，印出来看不见",
                        "a footnote or endnote without a mark in the text, not visible in print",
                    ),
                    &note.words(),
                );
            }
        }
    }
}

const DELETED: (&str, &str) = (
    "修订中删去的文字，按已删去处理",
    "text deleted in tracked changes, treated as deleted",
);

/// Of two forms of the same thing the newer one, else the other.
fn alternative(element: &Element) -> Option<&Element> {
    element
        .child("Choice")
        .or_else(|| element.child("Fallback"))
}

/// The rows of a table or the cells of a row, also those in forms and tracked changes.
fn flat<'a>(parent: &'a Element, name: &str) -> Vec<&'a Element> {
    let mut found = Vec::new();
    let mut stack: Vec<&Element> = parent.children().collect();
    stack.reverse();
    while let Some(child) = stack.pop() {
        if child.name == name {
            found.push(child);
        } else if matches!(
            child.name.as_str(),
            "sdt" | "sdtContent" | "ins" | "moveTo" | "customXml"
        ) {
            let mut inner: Vec<&Element> = child.children().collect();
            inner.reverse();
            stack.extend(inner);
        }
    }
    found
}

/// A small number among properties; 0 if there is none.
fn number(properties: Option<&Element>, name: &str) -> usize {
    properties
        .and_then(|p| p.child(name)?.attribute("val")?.parse::<usize>().ok())
        .unwrap_or(0)
        .min(63)
}

/// How many columns a row has.
fn width(row: &Element) -> usize {
    let cells: usize = flat(row, "tc")
        .iter()
        .map(|cell| number(cell.child("tcPr"), "gridSpan").max(1))
        .sum();
    cells + number(row.child("trPr"), "gridBefore")
}
