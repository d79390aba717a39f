//! A text in blocks: paragraphs, headings, and what is left to Markdown.
//!
//! Comes in: the lines of a text. Goes out: [`RawBlock`]s in their order. It reads no numbers.

use std::ops::Range;

use super::super::numbering::clause_number;
use super::{BlockKind, Mode};
use crate::text::{Closing, Comments, Fence};

/// A block before its number is read.
#[derive(Debug, Clone)]
pub(super) struct RawBlock {
    pub kind: BlockKind,
    pub range: Range<usize>,
}

/// Splits the text into blocks: at blank lines, at lines that begin with a number, and around tables, lists and code. What is within a
/// comment divides nothing, and in an official text a line begins after the comments at its start.
pub(super) fn split_blocks(
    text: &str,
    range: Range<usize>,
    mode: Mode,
    comments: &Comments,
) -> Vec<RawBlock> {
    let mut blocks: Vec<RawBlock> = Vec::new();
    let mut current: Option<RawBlock> = None;
    let mut fence: Option<Fence> = None;
    let closing = Closing::of(&text[range.clone()]);
    let first = range.start;
    // In a page, code that does not end goes on to the end.
    let may_open =
        |open: &Fence, start: usize| mode == Mode::Free || closing.is_after(*open, start - first);
    let end = range.end;
    let mut at = range.start;
    for line in text[range].split_inclusive('\n') {
        let start = at;
        at += line.len();
        let end_of_words = start + line.trim_end().len();
        let first_word = start + (line.len() - line.trim_start().len());
        let written = first_word.min(end_of_words)..end_of_words;
        if let Some(one) = comments.around(start - first) {
            // In a page, the rest of the line belongs to the same block.
            let until = match mode {
                Mode::Official => written.end.min(first + one.end),
                Mode::Free => written.end,
            };
            if let Some(block) = current.as_mut().or(blocks.last_mut()) {
                block.range.end = until.max(block.range.end);
            }
            if mode == Mode::Free || until >= written.end {
                continue;
            }
        }
        let content = match mode {
            Mode::Official => shown(text, written, first, comments),
            Mode::Free => written,
        };
        let bare = &text[content.clone()];
        if let Some(open) = fence {
            if let Some(block) = &mut current {
                block.range.end = content.end.max(block.range.end);
            }
            if open.is_closed_by(bare) {
                fence = None;
                // In pages, what follows code without a blank line is in the same block.
                if mode == Mode::Official {
                    blocks.extend(current.take());
                }
            }
            continue;
        }
        if let Some(open) = Fence::of(bare).filter(|open| may_open(open, start)) {
            // In pages, code stays in the Markdown block around it.
            if mode == Mode::Official || current.is_none() {
                blocks.extend(current.take());
                current = Some(RawBlock {
                    kind: BlockKind::Markdown,
                    range: start..content.end,
                });
            } else if let Some(block) = &mut current {
                block.range.end = content.end;
            }
            fence = Some(open);
            continue;
        }
        if bare.is_empty() {
            let open_list = mode == Mode::Free
                && current
                    .as_ref()
                    .is_some_and(|b| b.kind == BlockKind::Markdown);
            if !open_list {
                blocks.extend(current.take());
            }
            continue;
        }
        if let Some(level) =
            heading_level(bare).filter(|_| mode == Mode::Official || !is_code(line))
        {
            blocks.extend(current.take());
            let words = bare[level..].trim_start();
            let kind = if mode == Mode::Official && level == 1 && words.starts_with("附件") {
                BlockKind::Part
            } else {
                BlockKind::Heading(u8::try_from(level).unwrap_or(6))
            };
            let words_start = content.end - words.len();
            let words = match mode {
                Mode::Official => words,
                Mode::Free => without_closing(words),
            };
            blocks.push(RawBlock {
                kind,
                range: words_start..words_start + words.len(),
            });
            continue;
        }
        if mode == Mode::Free {
            match &mut current {
                Some(block) => block.range.end = content.end,
                None => {
                    current = Some(RawBlock {
                        kind: BlockKind::Markdown,
                        range: start..content.end,
                    })
                }
            }
            continue;
        }
        let is_markdown = match &current {
            Some(block) if block.kind == BlockKind::Markdown => {
                bare.starts_with(['|', '>']) || is_item(bare)
            }
            _ => begins_markdown(bare, &text[at..end]),
        };
        match &mut current {
            Some(block)
                if block.kind == BlockKind::Markdown && (is_markdown || line.starts_with(' ')) =>
            {
                block.range.end = content.end;
                continue;
            }
            Some(block) if block.kind != BlockKind::Markdown && !is_markdown => {
                // The list of attachments at the end of a text is one paragraph, although its lines are numbered.
                let attachments = text[block.range.clone()].starts_with("附件：")
                    || text[block.range.clone()].starts_with("附件:");
                if attachments || clause_number(bare).is_none() {
                    block.range.end = content.end;
                    continue;
                }
            }
            _ => {}
        }
        blocks.extend(current.take());
        let kind = if is_markdown {
            BlockKind::Markdown
        } else {
            BlockKind::Paragraph
        };
        current = Some(RawBlock {
            kind,
            range: content,
        });
    }
    blocks.extend(current.take());
    blocks
}

/// A line without the comments at its start, unless it has nothing else.
fn shown(text: &str, line: Range<usize>, first: usize, comments: &Comments) -> Range<usize> {
    let mut start = line.start;
    let within = comments.around(start - first).map(|one| one.end);
    let mut comment = within.or_else(|| comments.at(start - first).map(|one| one.end));
    while let Some(end) = comment {
        let rest = text.get(first + end..line.end).unwrap_or_default();
        let words = rest.trim_start();
        if words.is_empty() {
            return line;
        }
        start = line.end - words.len();
        comment = comments.at(start - first).map(|one| one.end);
    }
    start..line.end
}

/// Whether a line of an official text begins a table, a quotation or a list, and not a paragraph. A line alone is what it is printed as: `* 为必填项`,
/// `- 1 -`, `> 60分`.
fn begins_markdown(line: &str, following: &str) -> bool {
    let mut after = following.lines().map(str::trim);
    if let Some(words) = line.strip_prefix('>') {
        let words = words.trim_start();
        let is_sign = words.starts_with(|c: char| c.is_ascii_digit() || c == '=');
        return !is_sign || after.next().is_some_and(|line| line.starts_with('>'));
    }
    let is_list = || after.take_while(|line| !line.is_empty()).any(is_item);
    line.starts_with('|') || (is_item(line) && is_list())
}

fn is_item(line: &str) -> bool {
    ["- ", "* ", "+ "].iter().any(|mark| line.starts_with(mark))
}

/// Whether a line is indented like code.
fn is_code(line: &str) -> bool {
    let white = &line[..line.len() - line.trim_start().len()];
    white.contains('\t') || white.len() >= 4
}

/// The words of a heading without the signs that may close it: `## 甲 ##`.
fn without_closing(words: &str) -> &str {
    let bare = words.trim_end_matches('#');
    if bare.ends_with([' ', '\t']) {
        bare.trim_end()
    } else {
        words
    }
}

/// The level 1..=6 of a Markdown heading line.
fn heading_level(line: &str) -> Option<usize> {
    let level = line.len() - line.trim_start_matches('#').len();
    ((1..=6).contains(&level) && line[level..].starts_with([' ', '\u{3000}'])).then_some(level)
}
