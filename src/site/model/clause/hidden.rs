//! What the comments of a text hide.
//!
//! Comes in: a text. Goes out: its comments. What is in a comment is not published: one over several paragraphs is named, because it may
//! hide words of the document, and one that does not end is an error.

use std::ops::Range;

use super::super::numbering::clause_number;
use super::Mode;
use crate::diag::{Diagnostic, Sink, SourceId, Span, codes};
use crate::text::{Comments, first_chars};

/// The comments of a body, by bytes from its start.
pub(super) fn comments(
    source: SourceId,
    text: &str,
    range: Range<usize>,
    mode: Mode,
    sink: &mut Sink,
) -> Comments {
    let body = &text[range.clone()];
    let comments = Comments::of(body, mode == Mode::Free);
    let place = |at: Range<usize>| Span::new(source, range.start + at.start..range.start + at.end);
    report(&comments, body, mode == Mode::Official, place, sink);
    comments
}

/// Reports comments that hide paragraphs, and one that does not end.
///
/// # Diagnostics
/// MB0406 for a comment over several paragraphs (in an official text, a line with a number begins one), MB0407 for one that does not end.
pub fn report(
    comments: &Comments,
    text: &str,
    is_official: bool,
    place: impl Fn(Range<usize>) -> Span,
    sink: &mut Sink,
) {
    /// The most characters that a message repeats.
    const MOST: usize = 60;
    for one in &comments.closed {
        let words = text[one.clone()]
            .trim_start_matches("<!--")
            .trim_end_matches("-->")
            .trim();
        let paragraphs = paragraphs(words, is_official);
        if paragraphs > 1 {
            let all: Vec<&str> = words.split_whitespace().collect();
            let all = all.join(" ");
            let begins = first_chars(&all, MOST);
            let more = if begins.len() < all.len() {
                "……"
            } else {
                ""
            };
            let hidden = Diagnostic::new(
                &codes::HIDDEN_PARAGRAPHS,
                place(one.clone()),
                format!("这条注释有 {paragraphs} 段，都不显示：“{begins}{more}”"),
                format!(
                    "this comment has {paragraphs} paragraphs, which are not shown: \"{begins}{more}\""
                ),
            );
            sink.push(hidden.hint(
                "要给读者看的，移到“-->”后面；内部的话写成一段，或写在别处",
                "move what readers need to after the \"-->\"; write internal remarks as one paragraph, or elsewhere",
            ));
        }
    }
    if let Some(at) = comments.open {
        let open = Diagnostic::new(
            &codes::OPEN_COMMENT,
            place(at..at + "<!--".len()),
            "注释没有写完",
            "the comment does not end",
        );
        sink.push(open.hint(
            "在注释末尾写上“-->”；要显示“<!--”本身时写 \\<!--",
            "end the comment with \"-->\"; to show the characters \"<!--\", write \\<!--",
        ));
    }
}

/// The number of paragraphs of what is in a comment.
fn paragraphs(words: &str, is_official: bool) -> usize {
    let mut count = 0;
    let mut after_blank = true;
    for line in words.lines().map(str::trim) {
        let begins = after_blank || (is_official && clause_number(line).is_some());
        count += usize::from(!line.is_empty() && begins);
        after_blank = line.is_empty();
    }
    count
}
