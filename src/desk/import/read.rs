//! Bytes as lines: what kind of file it is, in which encoding, and what its lines are.
//!
//! Comes in: the bytes and the name of a file. Goes out: its lines, blank ones left out but remembered. A file of
//! another kind is refused with what to do.

use super::parts::{Form, Line};
use super::{docx, html, pdf};
use crate::bytes::decode;
use crate::forms::signs::is_forbidden;
use crate::remark::{Place, Remark, RemarkKind};
use crate::text::Bilingual;
use crate::words::bare;

/// The most tags of a web page that is read. Their tree takes a hundred times their bytes.
const MOST_TAGS: usize = 1_000_000;

/// Reads a document. No character of its lines is one that no text of a site may contain.
///
/// # Errors
/// If it is of a kind or in an encoding that is not read.
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<(Form, Vec<Line>, Vec<Remark>), Bilingual> {
    let (form, lines, mut remarks) = read_as_is(name, bytes)?;
    let lines = without_forbidden(lines, &mut remarks);
    Ok((form, lines, remarks))
}

/// Takes out what no text of a site may contain ([`is_forbidden`]), with a remark for each line that had it.
fn without_forbidden(lines: Vec<Line>, remarks: &mut Vec<Remark>) -> Vec<Line> {
    let mut kept = Vec::with_capacity(lines.len());
    let mut gap = false;
    for mut line in lines {
        if let Some(c) = line.words().chars().find(|c| is_forbidden(*c)) {
            line.text.retain(|c| !is_forbidden(c));
            for cell in line.table.iter_mut().flatten().flatten() {
                cell.retain(|c| !is_forbidden(c));
            }
            let code = format!("U+{:04X}", u32::from(c));
            remarks.push(Remark::new(
                line.place.clone(),
                RemarkKind::Removed,
                (
                    format!("有看不见的控制字符（{code}），没有写进文件"),
                    format!("invisible control characters ({code}) were removed"),
                ),
            ));
        }
        line.gap |= std::mem::take(&mut gap);
        if bare(&line.words()).next().is_some() {
            kept.push(line);
        } else {
            gap = line.gap;
        }
    }
    kept
}

fn read_as_is(name: &str, bytes: &[u8]) -> Result<(Form, Vec<Line>, Vec<Remark>), Bilingual> {
    if pdf::is_pdf(bytes) {
        let (lines, remarks) = pdf::read(bytes)?;
        return Ok((Form::Word, lines, remarks));
    }
    if let Some(refusal) = other_kind(name, bytes) {
        return Err(refusal);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        let (lines, remarks) = docx::read(bytes)?;
        return Ok((Form::Word, lines, remarks));
    }
    if ending(name) == "docx" {
        return Err(Bilingual::new(
            "文件名是 .docx，里面却不是 Word 文档：请在 WPS 或 Word 里打开，另存为 .docx",
            "the file name ends in .docx, but the file is not a Word document: open it in WPS or Word and save it as .docx",
        ));
    }
    let decoded = decode(bytes).ok_or_else(|| {
        Bilingual::new(
            "认不出文字编码。请在记事本里打开，看文字对不对，“另存为”时编码选 UTF-8",
            "the encoding is not known. Open the file in an editor, check that the text is right, and save it as UTF-8",
        )
    })?;
    let mut remarks: Vec<Remark> = decoded.remark().into_iter().collect();
    if html::is_page(bytes) || html::is_page(decoded.text.as_bytes()) {
        if decoded.text.matches('<').count() > MOST_TAGS {
            return Err(too_long());
        }
        let (lines, said) = html::read(&decoded.text);
        remarks.extend(said);
        return Ok((Form::Word, lines, remarks));
    }
    Ok((Form::Text, lines(&decoded.text), remarks))
}

/// The refusal of what is too long.
pub(super) fn too_long() -> Bilingual {
    Bilingual::new(
        "文字太多，不像一份公文，没有读",
        "the text is too long for an official document and was not read",
    )
}

fn ending(name: &str) -> String {
    name.rsplit_once('.')
        .map_or_else(String::new, |(_, ending)| ending.to_ascii_lowercase())
}

/// Files that are not read, by what they begin with, else by their names.
fn other_kind(name: &str, bytes: &[u8]) -> Option<Bilingual> {
    let ending = ending(name);
    let (zh, en) = if ending == "pdf" {
        (
            "文件名是 .pdf，里面却不是 PDF：请找原来的 Word 或 WPS 文件，另存为 .docx",
            "the file name ends in .pdf, but the file is not a PDF: find the original Word or WPS file and save it as .docx",
        )
    } else if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        (
            "这是旧格式（.doc、.wps）或者加了密码的文件。请在 WPS 或 Word 里打开，去掉密码，“另存为”选“Word 文档 (*.docx)”",
            "this file is in an old format (.doc, .wps) or has a password. Open it in WPS or Word, remove the password, and save it as a Word document (*.docx)",
        )
    } else if ["odt", "ofd"].contains(&ending.as_str())
        || ["doc", "wps", "rtf"].contains(&ending.as_str()) && !bytes.starts_with(b"PK")
        || bytes.starts_with(b"{\\rtf")
    {
        (
            "这种文件不能直接导入。请在 WPS 或 Word 里打开，“另存为”选“Word 文档 (*.docx)”",
            "this kind of file cannot be imported. Open it in WPS or Word and save it as a Word document (*.docx)",
        )
    } else if crate::bytes::is_office_xml(bytes) {
        (
            "这是存成单个 XML 文件的文档或表格。请在 WPS 或 Word 里打开，“另存为”选“Word 文档 (*.docx)”",
            "this is a document or table saved as a single XML file. Open it in WPS or Word and save it as a Word document (*.docx)",
        )
    } else if ["xlsx", "xls", "et", "csv"].contains(&ending.as_str()) {
        ("这是表格，不是公文", "this is a table, not a document")
    } else if bytes.starts_with(b"<?xml") && !html::is_page(bytes) {
        (
            "这是 XML 文件，不是公文。请找原来的 Word 或 WPS 文件",
            "this is an XML file, not a document. Find the original Word or WPS file",
        )
    } else {
        return None;
    };
    Some(Bilingual::new(zh, en))
}

/// The lines that have words.
fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut gap = true;
    let plain = text
        .replace("\r\n", "\n")
        .replace(['\r', '\u{2028}', '\u{2029}', '\u{85}'], "\n");
    for (i, line) in plain.split('\n').enumerate() {
        // A form feed begins a page: it is white space, and a border.
        for (k, piece) in line.split('\u{C}').enumerate() {
            gap |= k > 0;
            if bare(piece).next().is_none() {
                gap = true;
                continue;
            }
            lines.push(Line {
                place: Place::Line(i + 1),
                text: piece.to_owned(),
                gap: std::mem::take(&mut gap),
                table: None,
            });
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_kinds_are_refused_with_what_to_do() {
        for (name, bytes) in [
            ("a.doc", &[0xD0, 0xCF, 0x11, 0xE0, 0, 0][..]),
            ("a.wps", b"x"),
            ("a.pdf", b"%PDF-1.4"),
            ("a.pdf", b"words"),
            ("a.docx", b"plain words"),
            ("a.docx", b"PK\x03\x04 no archive"),
            (
                "a.xml",
                b"<?xml version=\"1.0\"?>\n<?mso-application progid=\"Word.Document\"?>\n<w:wordDocument/>",
            ),
            ("a.doc", b"\xEF\xBB\xBF<?xml version=\"1.0\"?><pkg:package/>"),
        ] {
            assert!(read(name, bytes).unwrap_err().zh.contains("docx"), "{name}");
        }
    }
}
