//! A Word document as lines: what a reader of the printed page sees, in order.
//!
//! Comes in: the bytes of a .docx. Goes out: paragraphs and tables, and remarks on what was left out (headers, deleted
//! words, pictures, comments). Automatic numbers become text, because the reader sees them. A hostile file is refused:
//! every part has a largest size, nesting a greatest depth.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::numbering::Numbering;
use super::parts::{Cells, Line};
use super::xml::{Element, parse};
use crate::remark::{Place, Remark, RemarkKind};
use crate::text::Bilingual;
use crate::words::bare;

/// The largest part that is unpacked, in bytes.
const LARGEST_PART: u64 = 32 * 1024 * 1024;
/// The most files in the container.
const MOST_FILES: usize = 4096;

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// Reads a .docx.
///
/// # Errors
/// If it is not a sound Word document, with what to do.
pub(super) fn read(bytes: &[u8]) -> Result<(Vec<Line>, Vec<Remark>), Bilingual> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    if archive.len() > MOST_FILES {
        return Err(too_large());
    }
    let main = main_part(&mut archive)?;
    let Some(document) = part(&mut archive, &main)? else {
        return Err(no_word_document(&mut archive));
    };
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
    let sibling = |name: &str| {
        if folder.is_empty() {
            name.to_owned()
        } else {
            format!("{folder}/{name}")
        }
    };
    let styles = part(&mut archive, &sibling("styles.xml"))?;
    let numbers = part(&mut archive, &sibling("numbering.xml"))?;
    let mut notes = Vec::new();
    for name in ["footnotes.xml", "endnotes.xml"] {
        notes.push(part(&mut archive, &sibling(name))?);
    }
    let Some(body) = document.child("body") else {
        return Err(damaged());
    };
    let mut walker = Walker {
        numbering: Numbering::new(numbers.as_ref(), styles.as_ref()),
        lines: Vec::new(),
        remarks: Vec::new(),
        carried: String::new(),
        paragraphs: 0,
        notes: 0,
        read: 0,
    };
    walker.blocks(body);
    walker.finish();
    walker.compare(body);
    for (part, name) in notes.iter().zip(["footnote", "endnote"]) {
        if let Some(part) = part {
            walker.notes_of(part, name);
        }
    }
    let Walker {
        lines, mut remarks, ..
    } = walker;
    remarks.extend(around(&mut archive, folder)?);
    Ok((lines, remarks))
}

/// Headers, footers and comments: not part of the text, but named.
fn around(archive: &mut Archive, folder: &str) -> Result<Vec<Remark>, Bilingual> {
    let mut names: Vec<String> = (0..archive.len())
        .filter_map(|i| Some(archive.by_index_raw(i).ok()?.name().ok()?.into_owned()))
        .filter(|name| name.starts_with(folder) && name.ends_with(".xml"))
        .collect();
    names.sort();
    let mut remarks = Vec::new();
    for name in names {
        let file = name
            .rsplit_once('/')
            .map_or(name.as_str(), |(_, file)| file);
        let words = if file.starts_with("header") {
            ("页眉，不属于正文", "page header, not part of the text")
        } else if file.starts_with("footer") {
            (
                "页脚、页码，不属于正文",
                "page footer or number, not part of the text",
            )
        } else if file.starts_with("comments") && !file.contains("Ext") {
            ("批注，不属于正文", "comments, not part of the text")
        } else {
            continue;
        };
        let Some(element) = part(archive, &name)? else {
            continue;
        };
        let text = element.words();
        if !text.trim().is_empty() {
            remarks.push(
                Remark::new(Place::Part(file.to_owned()), RemarkKind::Removed, words)
                    .about(text.trim()),
            );
        }
    }
    Ok(remarks)
}

/// The name of the main part: what the container's relations say, else the usual one.
fn main_part(archive: &mut Archive) -> Result<String, Bilingual> {
    let usual = "word/document.xml";
    let Some(relations) = part(archive, "_rels/.rels")? else {
        return Ok(usual.into());
    };
    let target = relations
        .children()
        .find(|relation| {
            relation
                .attribute("Type")
                .is_some_and(|kind| kind.ends_with("/officeDocument"))
        })
        .and_then(|relation| relation.attribute("Target"));
    Ok(target.map_or_else(
        || usual.to_owned(),
        |target| target.trim_start_matches('/').to_owned(),
    ))
}

/// One part of the container, parsed; nothing if there is none.
fn part(archive: &mut Archive, name: &str) -> Result<Option<Element>, Bilingual> {
    let Ok(file) = archive.by_name(name) else {
        return Ok(None);
    };
    let mut bytes = Vec::new();
    file.take(LARGEST_PART + 1)
        .read_to_end(&mut bytes)
        .map_err(|_| damaged())?;
    if bytes.len() as u64 > LARGEST_PART {
        return Err(too_large());
    }
    let text = String::from_utf8(bytes).map_err(|_| damaged())?;
    parse(&text).map(Some).map_err(|()| damaged())
}

fn damaged() -> Bilingual {
    Bilingual::new(
        "这个 .docx 文件打不开：不完整，或者内容损坏。请在 WPS 或 Word 里打开，另存为一个新的 .docx 再试",
        "this .docx file cannot be read: it is incomplete or damaged. Open it in WPS or Word, save it as a new .docx and try again",
    )
}

fn too_large() -> Bilingual {
    Bilingual::new(
        "这个文件解开以后太大，不像一份公文，没有读",
        "this file is too large for an official document when unpacked and was not read",
    )
}

fn no_word_document(archive: &mut Archive) -> Bilingual {
    let has = |archive: &mut Archive, name: &str| archive.by_name(name).is_ok();
    if has(archive, "xl/workbook.xml") {
        return Bilingual::new(
            "这是表格（.xlsx），不是文档",
            "this is a workbook (.xlsx), not a document",
        );
    }
    if has(archive, "content.xml") {
        return Bilingual::new(
            "这是 OpenDocument 文件：请在 WPS 或 Word 里另存为 .docx",
            "this is an OpenDocument file: save it as .docx in WPS or Word",
        );
    }
    Bilingual::new(
        "这个压缩文件里没有 Word 文档：请另存为 .docx 再试",
        "this archive does not contain a Word document: save it as .docx and try again",
    )
}

/// What is known while the document is walked through.
struct Walker {
    numbering: Numbering,
    lines: Vec<Line>,
    remarks: Vec<Remark>,
    /// Words of a paragraph whose end was deleted: they belong to the next one.
    carried: String,
    paragraphs: usize,
    notes: usize,
    /// Characters of the text that were read.
    read: usize,
}

/// What gathers while one paragraph is walked through.
#[derive(Default)]
struct Inline {
    text: String,
    deleted: String,
    hidden: String,
    /// Blocks in text boxes of the paragraph.
    boxes: Vec<Element>,
}

impl Walker {
    fn blocks(&mut self, parent: &Element) {
        for child in parent.children() {
            match child.name.as_str() {
                "p" => self.paragraph(child),
                "tbl" => self.table(child),
                "sdt" => {
                    if let Some(content) = child.child("sdtContent") {
                        self.blocks(content);
                    }
                }
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
                "altChunk" => self.remark(
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
        let mut inline = Inline::default();
        self.inline(paragraph, &mut inline);
        let properties = paragraph.child("pPr");
        self.removed(DELETED, &inline.deleted);
        self.removed(
            (
                "隐藏的文字，印出来看不见",
                "hidden text, not visible in print",
            ),
            &inline.hidden,
        );
        let label = match self.numbering.next(properties) {
            Some(label) if !inline.text.trim().is_empty() || !self.carried.is_empty() => {
                self.remark(
                    RemarkKind::Differs,
                    ("自动编号，写成了文字", "automatic number, written as text"),
                    label.trim(),
                );
                label
            }
            _ => String::new(),
        };
        let text = format!(
            "{}{label}{}",
            std::mem::take(&mut self.carried),
            inline.text
        );
        // The mark at the end was deleted: the next paragraph is the same one.
        let joined = properties
            .and_then(|p| p.child("rPr"))
            .is_some_and(|r| r.child("del").is_some());
        if joined {
            self.carried = text;
        } else {
            self.push(&text);
        }
        for content in inline.boxes {
            self.remark(
                RemarkKind::Unsure,
                (
                    "文本框里的文字，接在这一段后面；看位置对不对",
                    "text from a text box, placed after this paragraph: check whether it belongs here",
                ),
                content.words().trim(),
            );
            self.blocks(&content);
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
        self.push(&rest);
    }

    /// Text in an unknown structure would be lost without notice.
    fn compare(&mut self, body: &Element) {
        let all = bare(&body.words()).count();
        if all > self.read {
            let lost = all - self.read;
            self.remarks.push(Remark::new(Place::Whole, RemarkKind::Left, (
                    &format!("有 {lost} 个字在不常见的结构里，没有读到：请与原件核对，把它们补上"),
                    &format!("{lost} characters in an unusual structure were not read: compare with the original and add them"),
                )));
        }
    }

    fn inline(&mut self, parent: &Element, out: &mut Inline) {
        for child in parent.children() {
            match child.name.as_str() {
                "r" => self.run(child, out),
                "ins" | "moveTo" | "hyperlink" | "smartTag" | "customXml" | "fldSimple"
                | "sdtContent" | "dir" | "bdo" | "oMathPara" | "oMath" => self.inline(child, out),
                "sdt" => {
                    if let Some(content) = child.child("sdtContent") {
                        self.inline(content, out);
                    }
                }
                "AlternateContent" => {
                    if let Some(chosen) = alternative(child) {
                        self.inline(chosen, out);
                    }
                }
                "del" | "moveFrom" => out.deleted.push_str(&child.all_words()),
                "t" => out.text.push_str(self.words(child)),
                // Formulas: their letters in order.
                "f" | "num" | "den" | "e" | "sup" | "sub" | "sSup" | "sSub" | "d" | "rad"
                | "nary" | "func" | "fName" => self.inline(child, out),
                _ => {}
            }
        }
    }

    fn run(&mut self, run: &Element, out: &mut Inline) {
        let hidden = run.child("rPr").is_some_and(|properties| {
            properties
                .child("vanish")
                .is_some_and(|v| !matches!(v.attribute("val"), Some("0" | "false" | "off")))
        });
        let mut text = String::new();
        for child in run.children() {
            match child.name.as_str() {
                // The code of a field is in separate elements; what it shows is ordinary text.
                "t" => text.push_str(self.words(child)),
                "tab" | "ptab" => text.push('\t'),
                "br" | "cr" => text.push('\n'),
                "noBreakHyphen" => text.push('-'),
                "sym" => text.push(self.symbol(child)),
                "footnoteReference" | "endnoteReference" => {
                    if let Some(id) = child.attribute("id") {
                        text.push_str(&format!("[{id}]"));
                    }
                }
                "delText" => out.deleted.push_str(&child.text),
                "ruby" => {
                    if let Some(base) = child.child("rubyBase") {
                        let base = base.words();
                        self.read += bare(&base).count();
                        text.push_str(&base);
                    }
                }
                "AlternateContent" => {
                    if let Some(chosen) = alternative(child) {
                        self.drawing(chosen, out);
                    }
                }
                "drawing" | "pict" | "object" => self.drawing(child, out),
                _ => {}
            }
        }
        if hidden {
            out.hidden.push_str(&text);
        } else {
            out.text.push_str(&text);
        }
    }

    fn drawing(&mut self, drawing: &Element, out: &mut Inline) {
        let boxes = drawing.all("txbxContent");
        if boxes.is_empty() {
            self.remark(
                RemarkKind::Left,
                (
                    "图片或图形，里面如有文字没有读；看要不要放成附件",
                    "a picture or drawing; text in it was not read: check whether it should be an attachment",
                ),
                "",
            );
        }
        out.boxes.extend(boxes.into_iter().cloned());
    }

    /// A character of a symbol font: its number is the font's own.
    fn symbol(&mut self, symbol: &Element) -> char {
        let code = symbol
            .attribute("char")
            .and_then(|hex| u32::from_str_radix(hex, 16).ok());
        match code.and_then(char::from_u32) {
            Some(c) if !('\u{E000}'..='\u{F8FF}').contains(&c) && !c.is_control() => c,
            _ => {
                self.remark(
                    RemarkKind::Unsure,
                    (
                        "符号字体里的一个符号，写成了“□”；照原文改",
                        "a character from a symbol font, written as □: correct it from the original",
                    ),
                    symbol.attribute("char").unwrap_or_default(),
                );
                '□'
            }
        }
    }

    fn table(&mut self, table: &Element) {
        let mut rows: Cells = Vec::new();
        self.rows(table, &mut rows);
        rows.retain(|row| row.iter().any(|cell| !cell.trim().is_empty()));
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        if columns <= 1 {
            // A frame around paragraphs, no table.
            for row in rows {
                for cell in row {
                    self.paragraphs += 1;
                    self.push(&cell);
                }
            }
            return;
        }
        self.paragraphs += 1;
        let merged = rows
            .iter()
            .any(|row| row.len() < columns || row.iter().any(String::is_empty));
        if merged {
            self.remark(
                RemarkKind::Unsure,
                (
                    "表格里有空的或合并的格子；合并的，文字只写在第一格",
                    "the table has empty or merged cells; the text of merged cells is in the first one",
                ),
                &rows.first().map(|row| row.join(" ")).unwrap_or_default(),
            );
        }
        for row in &mut rows {
            row.resize(columns, String::new());
        }
        self.lines.push(Line::of_table(self.place(), rows));
    }

    fn rows(&mut self, parent: &Element, rows: &mut Cells) {
        for child in parent.children() {
            match child.name.as_str() {
                "tr" => self.row(child, rows),
                "sdt" => {
                    if let Some(content) = child.child("sdtContent") {
                        self.rows(content, rows);
                    }
                }
                "ins" | "customXml" => self.rows(child, rows),
                _ => {}
            }
        }
    }

    fn row(&mut self, row: &Element, rows: &mut Cells) {
        let properties = row.child("trPr");
        if properties.is_some_and(|p| p.child("del").is_some()) {
            self.removed(DELETED, &row.all_words());
            return;
        }
        let count = |element: Option<&Element>, name: &str| {
            element
                .and_then(|p| p.child(name))
                .and_then(|g| g.attribute("val"))
                .and_then(|n| n.parse::<usize>().ok())
                .unwrap_or(0)
                .min(63)
        };
        let mut cells = vec![String::new(); count(properties, "gridBefore")];
        let mut stack: Vec<&Element> = row.children().collect();
        stack.reverse();
        while let Some(child) = stack.pop() {
            match child.name.as_str() {
                "tc" => {
                    let span = count(child.child("tcPr"), "gridSpan").max(1);
                    cells.push(self.cell(child));
                    cells.extend(std::iter::repeat_n(String::new(), span - 1));
                }
                "sdt" | "sdtContent" | "ins" | "customXml" => {
                    let mut inner: Vec<&Element> = child.children().collect();
                    inner.reverse();
                    stack.extend(inner);
                }
                _ => {}
            }
        }
        rows.push(cells);
    }

    /// The paragraphs of a cell, one a line.
    fn cell(&mut self, cell: &Element) -> String {
        let from = self.lines.len();
        let paragraphs = self.paragraphs;
        self.blocks(cell);
        self.finish();
        self.paragraphs = paragraphs;
        let inner = self.lines.split_off(from);
        let words: Vec<String> = inner.iter().map(Line::words).collect();
        words.join("\n")
    }

    /// Footnotes and endnotes, after the text.
    fn notes_of(&mut self, part: &Element, name: &str) {
        for note in part.children().filter(|child| child.name == name) {
            // The separators between text and notes are notes of a type of their own.
            if note.attribute("type").is_some_and(|kind| kind != "normal") {
                continue;
            }
            let from = self.lines.len();
            self.blocks(note);
            self.finish();
            if self.lines.len() == from {
                continue;
            }
            self.notes += 1;
            let label = format!("[{}]", note.attribute("id").unwrap_or_default());
            self.lines[from].text.insert_str(0, &label);
            let text = self.lines[from].text.clone();
            self.remark(
                RemarkKind::Unsure,
                (
                    "脚注或尾注，放在全文最后；注码写成了文字",
                    "a footnote or endnote, placed at the end of the text; its number is written as text",
                ),
                &text,
            );
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
