//! Bytes as lines: what kind of file it is, in which encoding, and what its lines are.
//!
//! Comes in: the bytes and the name of a file. Goes out: its lines, blank ones left out but remembered. A file of
//! another kind is refused with what to do.

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

use super::{Form, Kind, Line, Place, Remark, docx};
use crate::text::Bilingual;

/// Reads a document.
///
/// # Errors
/// If it is of a kind or in an encoding that is not read.
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<(Form, Vec<Line>, Vec<Remark>), Bilingual> {
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
            "the name says .docx but the file is no Word document: open it in WPS or Word and save it as .docx",
        ));
    }
    let (text, remarks) = decode(bytes)?;
    Ok((Form::Text, lines(&text), remarks))
}

fn ending(name: &str) -> String {
    name.rsplit_once('.')
        .map_or_else(String::new, |(_, ending)| ending.to_ascii_lowercase())
}

/// Files that are not read, by what they begin with, else by their names.
fn other_kind(name: &str, bytes: &[u8]) -> Option<Bilingual> {
    let ending = ending(name);
    let (zh, en) = if bytes.starts_with(b"%PDF") || ending == "pdf" {
        (
            "PDF 不能直接导入：PDF 里没有段落。请找原来的 Word 或 WPS 文件；实在没有，在 WPS 里“PDF 转 Word”，校对以后另存为 .docx",
            "a PDF cannot be imported, it has no paragraphs. Find the Word or WPS file it was made from; if there is none, convert it to Word, proofread it and save it as .docx",
        )
    } else if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        (
            "这是旧格式（.doc、.wps）或者加了密码的文件。请在 WPS 或 Word 里打开，去掉密码，“另存为”选“Word 文档 (*.docx)”",
            "this is an old format (.doc, .wps) or has a password. Open it in WPS or Word, remove the password, and save it as a Word document (*.docx)",
        )
    } else if ["doc", "wps", "rtf", "odt", "ofd"].contains(&ending.as_str())
        || bytes.starts_with(b"{\\rtf")
    {
        (
            "这种文件不能直接导入。请在 WPS 或 Word 里打开，“另存为”选“Word 文档 (*.docx)”",
            "this kind of file cannot be imported. Open it in WPS or Word and save it as a Word document (*.docx)",
        )
    } else if ["xlsx", "xls", "et", "csv"].contains(&ending.as_str()) {
        ("这是表格，不是公文", "this is a table, no document")
    } else if bytes.starts_with(b"<!DOCTYPE")
        || bytes.starts_with(b"<html")
        || bytes.starts_with(b"<?xml")
    {
        (
            "这是网页文件。请在浏览器里打开，把正文复制到 Word 或记事本里，另存以后再导入",
            "this is a web page. Open it in a browser, copy the text into Word or an editor and save it, then import that",
        )
    } else {
        return None;
    };
    Some(Bilingual::new(zh, en))
}

/// The text of bytes: UTF-8, UTF-16 with a byte-order mark, else GB18030 if every byte fits.
fn decode(bytes: &[u8]) -> Result<(String, Vec<Remark>), Bilingual> {
    let unknown = || {
        Bilingual::new(
            "认不出文字编码。请在记事本里打开，看文字对不对，“另存为”时编码选 UTF-8",
            "the encoding is not known. Open the file in an editor, see that its words are right, and save it as UTF-8",
        )
    };
    if let Some(rest) = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]) {
        let text = std::str::from_utf8(rest).map_err(|_| unknown())?;
        return Ok((text.to_owned(), Vec::new()));
    }
    for (mark, encoding) in [([0xFF, 0xFE], UTF_16LE), ([0xFE, 0xFF], UTF_16BE)] {
        if let Some(rest) = bytes.strip_prefix(&mark) {
            let text = encoding
                .decode_without_bom_handling_and_without_replacement(rest)
                .ok_or_else(unknown)?;
            return Ok((text.into_owned(), vec![encoded("UTF-16")]));
        }
    }
    // A text has no NUL; UTF-16 without its mark has many.
    if bytes.contains(&0) {
        return Err(unknown());
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok((text.to_owned(), Vec::new()));
    }
    let text = GB18030
        .decode_without_bom_handling_and_without_replacement(bytes)
        .filter(|text| is_chinese(text))
        .ok_or_else(unknown)?;
    Ok((text.into_owned(), vec![encoded("GB18030")]))
}

/// Whether decoded text looks like Chinese: most of what is not ASCII are common ideographs and their punctuation.
fn is_chinese(text: &str) -> bool {
    let (mut common, mut other) = (0usize, 0usize);
    for c in text.chars().filter(|c| !c.is_ascii()) {
        if matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FFEF}' | '\u{2010}'..='\u{2026}')
        {
            common += 1;
        } else {
            other += 1;
        }
    }
    common > other * 4
}

fn encoded(name: &str) -> Remark {
    Remark {
        place: Place::Whole,
        kind: Kind::Differs,
        words: Bilingual::new(
            format!("文字编码是 {name}，文件按 UTF-8 写"),
            format!("the text is {name}; the file is written as UTF-8"),
        ),
        text: String::new(),
        covers: Vec::new(),
    }
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
            if super::bare(piece).next().is_none() {
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
    fn encodings_are_told_apart() {
        let words = "关于做好续贷工作的通知\r\n各县教育局：\n";
        let (gb, _, _) = GB18030.encode(words);
        let utf16: Vec<u8> = [0xFF, 0xFE]
            .into_iter()
            .chain(words.encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        let marked = [&[0xEF, 0xBB, 0xBF], words.as_bytes()].concat();
        for bytes in [words.as_bytes(), &gb, &utf16, &marked] {
            let (_, lines, _) = read("a.txt", bytes).unwrap();
            assert_eq!(lines[0].text, "关于做好续贷工作的通知");
            assert_eq!(lines[1].text, "各县教育局：");
        }
        assert!(read("a.txt", &[0xC8, 0xFF, 0xFF]).is_err());
        assert!(read("a.txt", &[b'a', 0, b'b', 0]).is_err());
        assert!(
            read(
                "a.txt",
                "\u{e9}t\u{e9}"
                    .encode_utf16()
                    .flat_map(u16::to_le_bytes)
                    .collect::<Vec<_>>()
                    .as_slice()
            )
            .is_err()
        );
    }

    #[test]
    fn other_kinds_are_refused_with_what_to_do() {
        for (name, bytes) in [
            ("a.doc", &[0xD0, 0xCF, 0x11, 0xE0, 0, 0][..]),
            ("a.wps", b"x"),
            ("a.pdf", b"%PDF-1.4"),
            ("a.docx", b"plain words"),
            ("a.docx", b"PK\x03\x04 no archive"),
        ] {
            assert!(read(name, bytes).unwrap_err().zh.contains("docx"), "{name}");
        }
    }
}
