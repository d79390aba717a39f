//! Files that may be cut off: saved half, copied half, or written to a full disk. Such a file begins as it should.
//!
//! Comes in: the sources, and what the last edition was built from. Goes out: [`Record`], a private list of fingerprints, and
//! MB0117. A file is reported if it ends within a construct (here: `end`), or if it is only the beginning of what the last
//! edition was built from. Neither can be decided for sure, so both are warnings, and the second is given once: the next edition
//! is built from the shorter file.
//!
//! The record holds no text, only a checksum of each piece, so that what was taken out of a source is not kept next to the site.

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::{SourceFile, Sources};
use crate::diag::{Diagnostic, Sink, SourceId, Span, codes};

/// The first line of a record.
const FIRST_LINE: &str = "mingbai sources 2";
/// Bytes of a piece, at most: a line has pieces of its own.
const PIECE: usize = 64;
/// Bytes that are kept of the checksum of a piece.
const KEPT: usize = 4;

/// What the files of an edition were.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    files: BTreeMap<String, Print>,
}

/// The fingerprint of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Print {
    size: usize,
    /// A checksum of each whole piece of the file.
    pieces: Vec<[u8; KEPT]>,
}

impl Print {
    fn of(text: &str) -> Self {
        Self {
            size: text.len(),
            pieces: pieces(text).map(sum).collect(),
        }
    }

    /// Whether a shorter text is the beginning of the file. What follows the last whole piece is not compared: less than a piece
    /// of a line that has no end.
    fn begins_with(&self, text: &str) -> bool {
        let mut known = self.pieces.iter();
        let is_long = (PIECE..self.size).contains(&text.len());
        is_long && pieces(text).all(|piece| known.next() == Some(&sum(piece)))
    }
}

/// The whole pieces of a text: they end with their line, or after [`PIECE`] bytes.
fn pieces(text: &str) -> impl Iterator<Item = &[u8]> {
    let lines = text.as_bytes().split_inclusive(|byte| *byte == b'\n');
    let pieces = lines.flat_map(|line| line.chunks(PIECE));
    pieces.filter(|piece| piece.len() == PIECE || piece.ends_with(b"\n"))
}

fn sum(piece: &[u8]) -> [u8; KEPT] {
    let digest = Sha256::digest(piece);
    let mut kept = [0; KEPT];
    kept.copy_from_slice(&digest[..KEPT]);
    kept
}

impl Record {
    /// The fingerprints of the texts of a site: those that say something, not the theme.
    pub fn of(sources: &Sources) -> Self {
        let files = texts(sources).map(|(_, file)| (file.path.clone(), Print::of(&file.text)));
        Self {
            files: files.collect(),
        }
    }

    /// The record that was written with [`Record::text`]; an empty one if it cannot be read.
    pub fn parse(text: &str) -> Self {
        let mut lines = text.lines();
        if lines.next() != Some(FIRST_LINE) {
            return Self::default();
        }
        let print = |line: &str| {
            let mut parts = line.split('\t');
            let (path, size, sums) = (parts.next()?, parts.next()?, parts.next()?);
            let bytes = HEXLOWER.decode(sums.as_bytes()).ok()?;
            let pieces = bytes
                .chunks_exact(KEPT)
                .filter_map(|piece| piece.try_into().ok());
            let print = Print {
                size: size.parse().ok()?,
                pieces: pieces.collect(),
            };
            Some((path.to_owned(), print))
        };
        Self {
            files: lines.filter_map(print).collect(),
        }
    }

    /// The record as text: a line for each file, with its path, its size and its checksums.
    pub fn text(&self) -> String {
        let mut text = format!("{FIRST_LINE}\n");
        for (path, print) in &self.files {
            let sums = HEXLOWER.encode(&print.pieces.concat());
            text.push_str(&format!("{path}\t{}\t{sums}\n", print.size));
        }
        text
    }
}

/// The texts that are compared, with their numbers.
fn texts(sources: &Sources) -> impl Iterator<Item = (SourceId, &SourceFile)> {
    sources.numbered().filter(|(id, file)| {
        let is_ours = file.path.starts_with("content/") || file.path.starts_with("data/");
        let is_text = file.path.ends_with(".md") || file.path.ends_with(".yaml");
        is_ours
            && is_text
            && sources.is_readable(*id)
            && !sources.is_built_in(*id)
            && !file.path.contains(['\t', '\n'])
    })
}

/// Reports files that may be cut off. `before` is what the last edition was built from.
///
/// # Diagnostics
/// MB0117.
pub fn check(sources: &Sources, before: &Record, sink: &mut Sink) {
    for (id, file) in texts(sources) {
        let end = Span::new(id, end_of(&file.text)..file.text.len());
        let known = before.files.get(&file.path);
        if let Some(known) = known.filter(|known| known.begins_with(&file.text)) {
            let less = known.size - file.text.len();
            sink.push(
                Diagnostic::new(
                    &codes::CUT,
                    end,
                    format!("上一版网站用的这个文件还要长 {less} 个字节，前面的都一样：这里可能没有存完"),
                    format!("the last edition of the site was built from a longer version of this file, which goes on for {less} bytes: it may not have been saved whole"),
                )
                .hint(
                    "打开文件看结尾在不在；确实删去了后面的，不用管，下一次不再提醒",
                    "open the file and see whether its end is there; if the rest was deleted on purpose, ignore this; it is not reported again",
                ),
            );
        } else if let Some((zh, en)) = within(file) {
            sink.push(
                Diagnostic::new(
                    &codes::CUT,
                    end,
                    format!("文件到这里就完了，{zh}"),
                    format!("the file ends here, {en}"),
                )
                .hint(
                    "看是不是没有存完；写完了的，补上结尾的标点、括号或换行",
                    "see whether it was saved whole; if it is complete, add the mark, bracket or line break at its end",
                ),
            );
        }
    }
}

/// Where the last line of a text begins, without its blanks.
fn end_of(text: &str) -> usize {
    let text = text.trim_end();
    text.rfind('\n').map_or(0, |at| at + 1)
}

/// What a file ends within, if its last line has no end: editors write one.
fn within(file: &SourceFile) -> Option<(&'static str, &'static str)> {
    let text = file.text.as_str();
    if text.is_empty() || text.ends_with('\n') {
        return None;
    }
    let last = text[end_of(text)..].trim();
    if !file.path.ends_with(".md") {
        let is_open = last.ends_with(':') || last == "-" || last.ends_with(['，', '、', ',']);
        return is_open.then_some(("停在一个键或一项的中间", "within a key or an entry"));
    }
    let fences = text
        .lines()
        .filter(|line| line.trim_start().starts_with("```"));
    if fences.count() % 2 == 1 {
        return Some(("代码没有结束", "within a block of code"));
    }
    if last.starts_with('|') {
        let is_open = !last.ends_with('|');
        return is_open.then_some(("停在表格的一行中间", "within a row of a table"));
    }
    let opened = |open: char, close: char| last.matches(open).count() > last.matches(close).count();
    let is_open = last.ends_with(['，', '、', '；', '（', '《', '“', '〔', ','])
        || [('（', '）'), ('《', '》'), ('“', '”'), ('〔', '〕')]
            .into_iter()
            .any(|(open, close)| opened(open, close));
    is_open.then_some(("停在一句话的中间", "within a sentence"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str, before: &Record) -> Vec<String> {
        let sources = Sources::from_archive(&format!("-- content/notices/a.md --\n{text}"));
        // The archive ends every line; what is tested is the end of a file.
        let sources = sources.with("content/notices/a.md", text.to_owned());
        let mut sink = Sink::default();
        check(&sources, before, &mut sink);
        let list = sink.into_reported();
        list.into_iter().map(|one| one.message.zh).collect()
    }

    #[test]
    fn a_text_that_ends_within_a_construct_is_reported() {
        let none = Record::default();
        for text in [
            "一、甲，",
            "一、（甲",
            "|甲|乙|\n|--|--|\n|丙",
            "```\n甲",
            "自7月17日、",
        ] {
            assert_eq!(said(text, &none).len(), 1, "{text}");
        }
        for text in [
            "一、甲。",
            "一、甲",
            "|甲|乙|\n|--|--|\n|丙|丁|",
            "一、（甲）",
            "一、甲，\n",
            "",
        ] {
            assert!(said(text, &none).is_empty(), "{text}");
        }
    }

    #[test]
    fn the_beginning_of_the_last_edition_is_reported_at_any_byte() {
        let whole: String = (0..200)
            .map(|i| format!("第{i}条 办理第{i}件事。\n"))
            .collect();
        let whole_sources = Sources::from_archive(&format!("-- content/notices/a.md --\n{whole}"));
        let record = Record::of(&whole_sources);
        assert_eq!(Record::parse(&record.text()), record);
        let borders = whole.char_indices().map(|(at, _)| at);
        for at in borders.filter(|at| *at >= PIECE) {
            let list = said(&whole[..at], &record);
            assert_eq!(list.len(), 1, "{at}");
            let less = (whole.len() - at).to_string();
            assert!(list[0].contains(&less), "{}", list[0]);
        }
        assert!(said(&whole, &record).is_empty());
        assert!(said(&format!("{whole}又一条。\n"), &record).is_empty());
        assert!(said(&whole.replace("第1件", "第一件"), &record).is_empty());
        // An edit near the end that makes the text shorter is not a cut.
        let edited = whole.replace("办理第199件事。", "办。");
        assert!(edited.len() < whole.len() && said(&edited, &record).is_empty());
    }
}
