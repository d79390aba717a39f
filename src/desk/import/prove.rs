//! Proof that nothing was lost: every character of the source is in the file or in a remark that names it.
//!
//! Comes in: the lines, the paragraphs, the file, the remarks. Goes out: nothing, or what is wrong. White space does
//! not count; marks that were added must be marks.

use super::parts::{Line, Paragraph, Role};
use super::write::File;
use crate::remark::Remark;
use crate::sources::split;
use crate::text::Bilingual;
use crate::words::bare;

/// Compares source and file, character by character.
///
/// # Errors
/// If they differ: then the file must not be written.
pub(super) fn prove(
    lines: &[Line],
    paragraphs: &[Paragraph],
    file: &File,
    remarks: &[Remark],
) -> Result<(), Bilingual> {
    let mut in_text = vec![0u8; lines.len()];
    let mut order = Vec::new();
    for paragraph in paragraphs
        .iter()
        .filter(|p| !matches!(p.role, Role::Front(_)))
    {
        for &i in &paragraph.lines {
            in_text[i] = in_text[i].saturating_add(1);
            order.push(i);
        }
    }
    if !order.is_sorted() {
        return Err(broken("the order of lines"));
    }
    for remark in remarks {
        let words = remark.covers.iter().map(|&i| lines[i].words());
        if !remark.covers.is_empty()
            && !bare(&remark.text).eq(bare(&words.collect::<Vec<_>>().join(" ")))
        {
            return Err(broken("the words of a remark"));
        }
        for &i in &remark.covers {
            in_text[i] = in_text[i].saturating_add(1);
        }
    }
    if let Some(at) = in_text.iter().position(|times| *times != 1) {
        return Err(broken(&format!("line {} of the words", at + 1)));
    }
    let source: String = order
        .iter()
        .flat_map(|&i| bare(&lines[i].words()).collect::<Vec<_>>())
        .collect();
    let written = official_text(file)?;
    if source != written {
        let at = source
            .chars()
            .zip(written.chars())
            .position(|(a, b)| a != b)
            .unwrap_or_else(|| source.chars().count().min(written.chars().count()));
        let near: String = source.chars().skip(at.saturating_sub(5)).take(15).collect();
        return Err(broken(&format!("the text near \"{near}\"")));
    }
    let title: String = paragraphs
        .iter()
        .filter(|p| p.role == Role::Front("title"))
        .flat_map(|p| &p.lines)
        .flat_map(|&i| bare(&lines[i].words()).collect::<Vec<_>>())
        .collect();
    if !bare(&file.title).eq(title.chars()) {
        return Err(broken("the title"));
    }
    Ok(())
}

/// The official text of a file without the marks that were added.
fn official_text(file: &File) -> Result<String, Bilingual> {
    let begins = split(&file.text).map(|parts| parts.body.start);
    // The blank line after the front matter.
    if begins
        .is_none_or(|start| start > file.body || !file.text[start..file.body].trim().is_empty())
    {
        return Err(broken("the front matter"));
    }
    let mut out = String::new();
    let mut at = file.body;
    for range in &file.added {
        let mark = &file.text[range.clone()];
        if !mark
            .chars()
            .all(|c| matches!(c, '#' | ' ' | '\\' | '|' | '-' | ':'))
            || range.start < at
        {
            return Err(broken("the marks"));
        }
        out.extend(bare(&file.text[at..range.start]));
        at = range.end;
    }
    out.extend(bare(&file.text[at..]));
    Ok(out)
}

fn broken(what: &str) -> Bilingual {
    Bilingual::new(
        format!(
            "导入出了差错，没有写文件：结果与原文不一致（{what}）。这是 mingbai 的毛病，请把这份文件报告给维护者"
        ),
        format!(
            "nothing was written: the result would differ from the source ({what}). This is a bug in mingbai; please report the document"
        ),
    )
}
