//! A PDF file with text, as lines of a document.
//!
//! Comes in: the bytes. Goes out: paragraphs and tables in reading order, and remarks on what is not in them: heads and feet of pages, turned
//! and invisible text, characters that the file does not name. A scanned file is refused.
//!
//! Steps: characters and ruled lines of each page (`mingbai_pdf`) -> ruled tables (`grid`) -> lines of the rest -> heads and feet of pages taken
//! out (`edges`) -> lines joined to paragraphs by their places (`flow`).

#![allow(clippy::disallowed_types)] // Places on a page.

mod edges;
mod flow;
mod grid;

use mingbai_pdf::lines::{self, Height, Piece};
use mingbai_pdf::{Drawn, Failure, Glyph, Page, Rule};

use super::docx::at_height;
use super::parts::{Cells, Line};
use crate::remark::{Place, Remark, RemarkKind};
use crate::text::Bilingual;

/// What is written for a character that the file does not name: the sign of printers for a missing letter.
const MISSING: &str = "〓";
/// If more than one character of so many is not named, the file is refused.
const NAMED_OF_MISSING: usize = 20;

/// A line or a table of a page.
#[derive(Debug, Clone)]
struct Row {
    page: usize,
    /// Number on its page, from 1.
    number: usize,
    /// Left and right end, and the height of its base line, in points from the upper left corner.
    x0: f64,
    x1: f64,
    y: f64,
    size: f64,
    text: String,
    table: Option<Cells>,
}

impl Row {
    fn place(&self) -> Place {
        Place::Page(self.page + 1, self.number)
    }
}

/// Reads a file.
///
/// # Errors
/// If it has a password, is damaged, is too large, has no text, or does not say which characters it shows.
pub(super) fn read(bytes: &[u8]) -> Result<(Vec<Line>, Vec<Remark>), Bilingual> {
    let mut pages = mingbai_pdf::read(bytes).map_err(refusal)?;
    let mut remarks = Vec::new();
    seen(&mut pages, &mut remarks)?;
    let mut rows = Vec::new();
    for (number, page) in pages.iter().enumerate() {
        rows.extend(rows_of(number, page, &mut remarks).map_err(refusal)?);
    }
    let heights: Vec<f64> = pages.iter().map(|page| page.height).collect();
    let rows = edges::take_out(rows, &heights, &mut remarks);
    for row in &rows {
        if row.text.contains(MISSING) {
            let words = (
                "有字认不出，写作〓；请照原件补上",
                "characters that the file does not name are written as 〓: add them from the original",
            );
            remarks.push(Remark::new(row.place(), RemarkKind::Unsure, words).about(&row.text));
        }
    }
    Ok((flow::paragraphs(rows, &mut remarks), remarks))
}

/// Whether a file is a PDF file. What is before the mark, as mail programs add it, is passed over.
pub(super) fn is_pdf(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(1024)];
    head.windows(5).any(|part| part == b"%PDF-")
}

fn refusal(why: Failure) -> Bilingual {
    let (zh, en) = match why {
        Failure::Locked => (
            "这个 PDF 加了密码。请去掉密码再导入，或者找原来的 Word 或 WPS 文件，另存为 .docx",
            "this PDF has a password. Remove it, or find the original Word or WPS file and save it as .docx",
        ),
        Failure::Broken => (
            "这个 PDF 坏了，打不开。请重新下载，或者找原来的 Word 或 WPS 文件，另存为 .docx",
            "this PDF is damaged. Download it again, or find the original Word or WPS file and save it as .docx",
        ),
        Failure::TooLarge => (
            "这个 PDF 太大，不像一份公文，没有读。请找原来的 Word 或 WPS 文件，另存为 .docx",
            "this PDF is too large for an official document and was not read. Find the original Word or WPS file and save it as .docx",
        ),
    };
    Bilingual::new(zh, en)
}

/// Keeps the characters that a reader sees, and names the others.
///
/// # Errors
/// If there are none, or the file does not say what they are.
fn seen(pages: &mut [Page], remarks: &mut Vec<Remark>) -> Result<(), Bilingual> {
    let has_words = |glyph: &Glyph| {
        glyph
            .text
            .as_deref()
            .is_none_or(|text| !text.trim().is_empty())
    };
    let all = || {
        pages
            .iter()
            .flat_map(|page| &page.glyphs)
            .filter(|glyph| has_words(glyph))
    };
    let is_drawn = all().any(|glyph| glyph.drawn != Drawn::Invisible);
    let pictures: usize = pages.iter().map(|page| page.pictures).sum();
    if all().next().is_none() {
        let (zh, en) = match pictures {
            0 => ("这个 PDF 里没有文字", "this PDF contains no text"),
            _ => (
                "这个 PDF 是扫描件，里面是图片，没有文字。请找原来的 Word 或 WPS 文件；实在没有，先识别成文字，逐字校对",
                "this PDF is a scan: it contains pictures and no text. Find the original Word or WPS file; if there is none, convert it to text and proofread it",
            ),
        };
        return Err(Bilingual::new(zh, en));
    }
    let missing = all().filter(|glyph| glyph.text.is_none()).count();
    if missing * NAMED_OF_MISSING > all().count() {
        return Err(Bilingual::new(
            "这个 PDF 没有写明它的字是什么字，读出来是乱码。请找原来的 Word 或 WPS 文件，另存为 .docx",
            "this PDF does not say which characters it shows. Find the original Word or WPS file and save it as .docx",
        ));
    }
    if !is_drawn {
        let words = (
            "这是扫描件，文字是机器识别的，可能有错；请逐字校对",
            "this is a scan, and its text was recognised by a program: proofread every word",
        );
        remarks.push(Remark::new(Place::Whole, RemarkKind::Unsure, words));
    }
    for (number, page) in pages.iter_mut().enumerate() {
        let (width, height) = (page.width, page.height);
        let is_on_page =
            |g: &Glyph| g.x + g.width > 0.0 && g.x < width && g.y > 0.0 && g.y - g.size < height;
        let place = Place::Page(number + 1, 1);
        let mut leave_out = |is_left: &dyn Fn(&Glyph) -> bool, words: (&str, &str)| {
            let text: String = page
                .glyphs
                .iter()
                .filter(|g| is_left(g))
                .filter_map(|g| g.text.as_deref())
                .collect();
            page.glyphs.retain(|glyph| !is_left(glyph));
            if !text.trim().is_empty() {
                remarks.push(
                    Remark::new(place.clone(), RemarkKind::Removed, words).about(text.trim()),
                );
            }
        };
        leave_out(
            &|glyph| !is_on_page(glyph),
            ("页面以外的字", "text outside the page"),
        );
        leave_out(
            &|glyph| glyph.drawn == Drawn::Turned,
            (
                "斜着、竖着的字，像是水印",
                "turned text, perhaps a watermark",
            ),
        );
        leave_out(
            &|glyph| is_drawn && glyph.drawn == Drawn::Invisible,
            ("看不见的字", "invisible text"),
        );
    }
    Ok(())
}

/// The lines and tables of a page, from above to below.
fn rows_of(number: usize, page: &Page, remarks: &mut Vec<Remark>) -> Result<Vec<Row>, Failure> {
    let grids = grid::find(&page.rules);
    let mut rows = Vec::new();
    for line in lines::lines(&page.glyphs, |glyph| {
        !grids.iter().any(|grid| grid.contains(glyph))
    })? {
        rows.push(Row {
            page: number,
            number: 0,
            x0: line.x0,
            x1: line.x1,
            y: line.y,
            size: line.size,
            text: words(&line.pieces),
            table: None,
        });
        let struck = struck(&line, &page.rules);
        if !struck.is_empty() {
            let words = (
                "原件上这里画了删除线；看是不是已经删去",
                "these words are crossed out in the original: check whether they are deleted",
            );
            let place = Place::Page(number + 1, rows.len());
            remarks.push(Remark::new(place, RemarkKind::Struck, words).about(&struck));
        }
    }
    for grid in &grids {
        let table = grid.cells(&page.glyphs)?;
        if table.iter().flatten().any(|cell| !cell.is_empty()) {
            rows.push(Row {
                page: number,
                number: 0,
                x0: grid.left(),
                x1: grid.right(),
                y: grid.top(),
                size: 0.0,
                text: String::new(),
                table: Some(table),
            });
        }
    }
    rows.sort_by(|a, b| a.y.total_cmp(&b.y));
    for (at, row) in rows.iter_mut().enumerate() {
        row.number = at + 1;
    }
    Ok(rows)
}

/// The words of a line; signs above and below it with their meaning.
fn words(pieces: &[Piece]) -> String {
    let mut out = String::new();
    for piece in pieces {
        let text = piece.text.replace('\u{FFFD}', MISSING);
        match piece.height {
            Height::Line => out.push_str(&text),
            Height::Above => out.push_str(&at_height(&text, true)),
            Height::Below => out.push_str(&at_height(&text, false)),
        }
    }
    out
}

/// The characters of a line through whose middle a ruled line goes.
fn struck(line: &lines::Line, rules: &[Rule]) -> String {
    let at_middle =
        |rule: &&Rule| (0.2..0.55).contains(&((line.y - (rule.y0 + rule.y1) / 2.0) / line.size));
    let through: Vec<&Rule> = rules
        .iter()
        .filter(|rule| rule.is_horizontal())
        .filter(at_middle)
        .collect();
    let is_struck = |x: f64| through.iter().any(|rule| rule.x0 <= x && x <= rule.x1);
    let signs = line
        .signs
        .iter()
        .filter(|(_, x0, x1)| is_struck((x0 + x1) / 2.0));
    signs.map(|(text, ..)| text.as_str()).collect()
}
