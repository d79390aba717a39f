//! Comments `# 待核：…` that an import left.
//!
//! MB0711. The YAML tree does not contain comments, so the text of the file is searched.

use crate::diag::{Diagnostic, Sink, SourceId, Span, codes};
use crate::sources::{SourceFile, split};

/// How such a comment begins, after `#` and spaces.
const MARK: &str = "待核";

pub(super) fn check(source: SourceId, file: &SourceFile, sink: &mut Sink) {
    let range = if file.path.ends_with(".md") {
        match split(&file.text) {
            Some(parts) => parts.yaml,
            None => return,
        }
    } else if file.path.ends_with(".yaml") {
        0..file.text.len()
    } else {
        return;
    };
    let mut start = range.start;
    for line in file.text[range].split_inclusive('\n') {
        if let Some(comment) = comment(line) {
            let words = line[comment..].trim_end();
            let said = words
                .trim_start_matches(['#', ' '])
                .trim_start_matches(MARK)
                .trim_start_matches(['：', ':', ' ']);
            let (zh, en) = if said.is_empty() {
                ("这里还没有核对".to_owned(), "not confirmed yet".to_owned())
            } else {
                (
                    format!("还没有核对：{said}"),
                    format!("not confirmed yet: {said}"),
                )
            };
            let at = start + comment;
            sink.push(
                Diagnostic::new(
                    &codes::UNCONFIRMED,
                    Span::new(source, at..at + words.len()),
                    zh,
                    en,
                )
                .hint(
                    "对照原文，改好以后删去这一行注释",
                    "compare with the official text, correct the value, then delete this comment",
                ),
            );
        }
        start += line.len();
    }
}

/// The offset of the comment in a line, if it is such a mark: `#` at the start or after a space.
fn comment(line: &str) -> Option<usize> {
    line.match_indices('#').map(|(at, _)| at).find(|at| {
        let before = line[..*at].chars().next_back();
        before.is_none_or(char::is_whitespace)
            && line[at + 1..].trim_start_matches(' ').starts_with(MARK)
    })
}
