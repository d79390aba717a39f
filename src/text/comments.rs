//! Comments of Markdown: `<!-- … -->`, what authors note for themselves.
//!
//! Comes in: a text. Goes out: where its comments are. A comment may go over several lines and paragraphs. In code and after a backslash
//! there is none.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use super::fence::{Closing, Fence};
use super::fold::begins_in_chinese;

/// What begins a comment, and what ends it.
const BEGIN: &str = "<!--";
const END: &str = "-->";

/// The comments of a text, in their order.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Comments {
    /// Those that end, with their signs.
    pub closed: Vec<Range<usize>>,
    /// Where one begins that does not end.
    pub open: Option<usize>,
}

impl Comments {
    /// Finds the comments of a text. `has_indented_code`: lines with four spaces may be code, as in pages.
    pub fn of(text: &str, has_indented_code: bool) -> Self {
        let mut found = Self::default();
        if !text.contains(BEGIN) {
            return found;
        }
        let closing = Closing::of(text);
        let mut fence: Option<Fence> = None;
        let mut indented = Indented::default();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let start = at;
            at += line.len();
            if let Some(open) = fence {
                if open.is_closed_by(line.trim()) {
                    fence = None;
                }
                continue;
            }
            if found.open.is_none() {
                fence = Fence::of(line.trim()).filter(|open| closing.is_after(*open, start));
                if fence.is_some() || (has_indented_code && indented.is_code(line)) {
                    continue;
                }
            }
            found.line(line, start);
        }
        found
    }

    /// The comments of one line, which may begin within one.
    fn line(&mut self, line: &str, start: usize) {
        let mut code: Option<HashMap<usize, usize>> = None;
        let mut at = 0;
        loop {
            if let Some(begin) = self.open {
                // `<!-->` is a comment, too.
                let from = at.max((begin + 2).saturating_sub(start));
                let Some(end) = line.get(from..).and_then(|rest| rest.find(END)) else {
                    return;
                };
                at = from + end + END.len();
                self.closed.push(begin..start + at);
                self.open = None;
            }
            let Some(next) = line[at..].find(['`', '<', '\\']).map(|next| at + next) else {
                return;
            };
            let rest = &line[next..];
            if let Some(escaped) = rest.strip_prefix('\\') {
                let after = escaped.chars().next().map_or(0, char::len_utf8);
                at = next + 1 + after;
            } else if rest.starts_with('`') {
                let code = code.get_or_insert_with(|| spans(line));
                let run = rest.len() - rest.trim_start_matches('`').len();
                at = code.get(&next).copied().unwrap_or(next + run);
            } else if rest.starts_with(BEGIN) {
                self.open = Some(start + next);
                at = next + 2;
            } else {
                at = next + 1;
            }
        }
    }

    /// The comment that a byte is within, and not at the start of.
    pub fn around(&self, at: usize) -> Option<Range<usize>> {
        let before = self.closed.partition_point(|one| one.start < at);
        let last = before.checked_sub(1).map(|i| self.closed[i].clone());
        last.filter(|one| at < one.end)
    }

    /// The comment that begins at a byte.
    pub fn at(&self, at: usize) -> Option<Range<usize>> {
        let i = self
            .closed
            .binary_search_by_key(&at, |one| one.start)
            .ok()?;
        Some(self.closed[i].clone())
    }

    /// The pieces of a text that are not in a comment.
    pub fn outside<'a>(&self, text: &'a str) -> Vec<&'a str> {
        let mut pieces = Vec::with_capacity(self.closed.len() + 1);
        let mut done = 0;
        for one in &self.closed {
            pieces.push(&text[done..one.start]);
            done = one.end;
        }
        pieces.push(&text[done..]);
        pieces
    }
}

/// Where code within a line ends, by the byte at which it begins.
fn spans(line: &str) -> HashMap<usize, usize> {
    let mut runs = Vec::new();
    let mut at = 0;
    while let Some(next) = line[at..].find('`').map(|next| at + next) {
        let length = line.len() - next - line[next..].trim_start_matches('`').len();
        runs.push((next, length));
        at = next + length;
    }
    let mut later: HashMap<usize, usize> = HashMap::new();
    let mut ends = HashMap::new();
    for (start, length) in runs.into_iter().rev() {
        if let Some(end) = later.insert(length, start + length) {
            ends.insert(start, end);
        }
    }
    ends
}

/// Which lines of a page are code by their four spaces.
struct Indented {
    after_blank: bool,
    in_list: bool,
}

impl Default for Indented {
    fn default() -> Self {
        Self {
            after_blank: true,
            in_list: false,
        }
    }
}

impl Indented {
    /// Whether the next line is code.
    fn is_code(&mut self, line: &str) -> bool {
        let words = line.trim();
        if words.is_empty() {
            self.after_blank = true;
            return false;
        }
        let white = &line[..line.len() - line.trim_start().len()];
        let rest = words.trim_start_matches(|c: char| c.is_ascii_digit());
        let is_item = rest.starts_with(". ") && rest.len() < words.len();
        if is_item
            || ["- ", "* ", "+ "]
                .iter()
                .any(|mark| words.starts_with(mark))
        {
            self.in_list = true;
        } else if white.is_empty() && self.after_blank {
            self.in_list = false;
        }
        let is_indented = white.contains('\t') || white.len() >= 4;
        let is_code = is_indented && self.after_blank && !self.in_list && !begins_in_chinese(words);
        // The lines of code that follow are code, too.
        self.after_blank = is_code;
        is_code
    }
}

/// A text with nothing within its comments but blanks, byte for byte: no line ends in one, and nothing in one is markup.
pub fn blanked(text: &str, has_indented_code: bool) -> Cow<'_, str> {
    let comments = Comments::of(text, has_indented_code);
    if comments.closed.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for one in &comments.closed {
        out.push_str(&text[out.len()..one.start]);
        // `<!-->` has nothing within its signs.
        let end = one.end - END.len();
        let begin = end.min(one.start + BEGIN.len());
        out.push_str(&text[one.start..begin]);
        out.extend(std::iter::repeat_n(' ', end - begin));
        out.push_str(END);
    }
    out.push_str(&text[out.len()..]);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        let comments = Comments::of(text, true);
        comments.closed.into_iter().map(|one| &text[one]).collect()
    }

    #[test]
    fn comments_go_over_paragraphs_and_are_not_in_code() {
        for (text, found) in [
            ("甲<!-- 乙 -->丙", vec!["<!-- 乙 -->"]),
            (
                "甲<!-- 乙\n\n一、丙 -->丁<!---->",
                vec!["<!-- 乙\n\n一、丙 -->", "<!---->"],
            ),
            ("<!--> 甲 -->", vec!["<!-->"]),
            ("<!---> 甲", vec!["<!--->"]),
            ("`<!-- 甲 -->` ``a ` <!-- b -->``", vec![]),
            ("`甲 <!-- 乙 -->", vec!["<!-- 乙 -->"]),
            ("\\<!-- 甲 -->", vec![]),
            ("\\`<!-- 甲 -->`", vec!["<!-- 甲 -->"]),
            ("```\n<!-- 甲 -->\n```\n<!-- 乙 -->", vec!["<!-- 乙 -->"]),
            ("<!-- 甲\n```\n乙 -->\n```", vec!["<!-- 甲\n```\n乙 -->"]),
            ("    <!-- a -->\n\n    <!-- b -->\n", vec![]),
            (
                "- 甲\n\n    <!-- 乙\n\n    丙 -->",
                vec!["<!-- 乙\n\n    丙 -->"],
            ),
        ] {
            assert_eq!(words(text), found, "{text}");
        }
        assert_eq!(Comments::of("甲<!-- 乙\n\n丙", false).open, Some(3));
        assert_eq!(Comments::of("甲<!-- 乙 -->", false).open, None);
    }

    #[test]
    fn what_is_in_a_comment_is_blank_and_nothing_moves() {
        let text = "甲<!-- a\n\n| -->乙<!-->丙<!---->";
        let out = blanked(text, false);
        assert_eq!(out.len(), text.len());
        assert_eq!(out, "甲<!--      -->乙<!-->丙<!---->");
    }

    #[test]
    fn places_in_a_text_know_their_comment() {
        let text = "甲<!-- 乙 -->丙";
        let comments = Comments::of(text, false);
        let one = comments.at(3).expect("a comment");
        assert_eq!(comments.around(3), None);
        assert_eq!(comments.around(4), Some(one.clone()));
        assert_eq!(comments.around(one.end), None);
        assert_eq!(comments.outside(text).concat(), "甲丙");
    }
}
