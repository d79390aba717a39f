//! Signs that Markdown would read otherwise than a Chinese text means them.
//!
//! Comes in: Markdown. Goes out: [`Guarded`] Markdown for the parser, and the way back. A punctuation character that no text uses is put next to emphasis at
//! full-width punctuation and before what is text at the start of a line; blanks to fill in (`____`) and ranges (`8:00~11:00`) get
//! signs that the parser does not know. It parses nothing.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag};

use super::addresses;
use crate::text::{begins_in_chinese, blanked, is_cjk};

/// A punctuation character that no text uses.
pub(super) const GUARD: char = '\u{2056}';

/// Signs that are text, and what the parser gets in their place: one byte for one byte.
const SIGNS: [(char, char); 3] = [('_', '\u{1}'), ('~', '\u{2}'), ('*', '\u{3}')];

/// What is read, which decides what in it is markup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Words of the site itself, without blocks: no line begins a list, a heading or a rule.
    Words,
    /// The blocks of a page of the site itself.
    Page,
    /// The words of a paragraph or a heading of an official text: only what is unmistakably markup is.
    Printed,
    /// Tables, lists and quotations of an official text.
    PrintedBlocks,
}

impl Sort {
    /// Whether no line begins a block.
    pub fn is_words(self) -> bool {
        matches!(self, Self::Words | Self::Printed)
    }

    /// Whether it is official text.
    pub fn is_printed(self) -> bool {
        matches!(self, Self::Printed | Self::PrintedBlocks)
    }
}

/// Markdown as the parser gets it.
pub(super) struct Guarded {
    pub text: String,
    pub sort: Sort,
    /// Where guards were inserted, in bytes of the guarded text.
    inserted: Vec<usize>,
}

impl Guarded {
    /// Guards Markdown.
    pub fn new(text: &str, sort: Sort) -> Self {
        // Nothing that authors note for themselves is markup.
        let text = &*blanked(text, sort == Sort::Page);
        let mut guarded = Self {
            text: String::with_capacity(text.len() + 16),
            sort,
            inserted: Vec::new(),
        };
        let inline = sort.is_words();
        let lines = if inline {
            Vec::new()
        } else {
            lines_of_text(text, sort)
        };
        if lines.is_empty() && !text.contains(['*', '_', '~']) && (!inline || !text.contains('\n'))
        {
            if inline {
                guarded.insert();
            }
            guarded.text.push_str(text);
            return guarded;
        }
        guarded.signs(text, inline, &lines);
        guarded
    }

    /// The byte of the original text.
    pub fn place(&self, at: usize) -> usize {
        let guards = self.inserted.partition_point(|&guard| guard < at);
        at - guards * GUARD.len_utf8()
    }

    fn insert(&mut self) {
        self.inserted.push(self.text.len());
        self.text.push(GUARD);
    }

    fn signs(&mut self, text: &str, inline: bool, lines: &[usize]) {
        let is_letter = |c: char| c.is_alphanumeric();
        let is_mark = |c: char| matches!(c, '*' | '_' | '~');
        let is_punctuation = |c: char| !c.is_alphanumeric() && !c.is_whitespace() && !is_mark(c);
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        let at = |i: usize| chars.get(i).map(|(_, c)| *c);
        let runs = Runs::of(text, &chars, self.sort);
        let mut i = 0;
        while i < chars.len() {
            let (byte, c) = chars[i];
            let line_starts = i == 0 || at(i - 1) == Some('\n');
            if (inline && line_starts) || lines.binary_search(&byte).is_ok() {
                self.insert();
            }
            if !is_mark(c) {
                self.text.push(c);
                i += 1;
                continue;
            }
            let end = (i..chars.len())
                .find(|&k| chars[k].1 != c)
                .unwrap_or(chars.len());
            let run = &text[byte..chars.get(end).map_or(text.len(), |(byte, _)| *byte)];
            if runs.are_text(i) {
                let sign = SIGNS
                    .iter()
                    .find(|(sign, _)| *sign == c)
                    .map_or(c, |(_, other)| *other);
                self.text.extend(run.chars().map(|_| sign));
                i = end;
                continue;
            }
            let before = i.checked_sub(1).and_then(at);
            let after = at(end);
            if before.is_some_and(is_letter) && after.is_some_and(is_punctuation) {
                self.insert();
            }
            self.text.push_str(run);
            if before.is_some_and(is_punctuation) && after.is_some_and(is_letter) {
                self.insert();
            }
            i = end;
        }
    }
}

/// Runs of `_`, `~` and `*` that are text: by the index of their first character.
struct Runs {
    text: Vec<usize>,
}

impl Runs {
    fn of(text: &str, chars: &[(usize, char)], sort: Sort) -> Self {
        let mut found = Self { text: Vec::new() };
        // A control character of the source would come out as a sign.
        if chars
            .iter()
            .any(|(_, c)| SIGNS.iter().any(|(_, other)| other == c))
        {
            return found;
        }
        let mut addresses = addresses::within(text).into_iter().peekable();
        let mut i = 0;
        // The runs that close an emphasis that is one, by their sign.
        let mut closing = None;
        let mut starred = BTreeSet::new();
        while i < chars.len() {
            let c = chars[i].1;
            if !matches!(c, '_' | '~' | '*') {
                i += 1;
                continue;
            }
            let end = (i..chars.len())
                .find(|&k| chars[k].1 != c)
                .unwrap_or(chars.len());
            // What has a backslash before it is text already.
            if i.checked_sub(1).is_some_and(|k| chars[k].1 == '\\') {
                i = end;
                continue;
            }
            let byte = chars[i].0;
            while addresses.next_if(|range| range.end <= byte).is_some() {}
            let in_address = addresses.peek().is_some_and(|range| range.start <= byte);
            let is_text = match c {
                _ if in_address => true,
                '_' | '*' if !sort.is_words() && is_line(chars, i, end) => false,
                '_' if closing == Some(i) => false,
                '_' => match closing_run(chars, i, end) {
                    Some(close) => {
                        closing = Some(close);
                        false
                    }
                    None => true,
                },
                '~' => end - i == 1,
                _ if starred.remove(&i) => false,
                _ => match stars(chars, i..end, sort) {
                    Stars::Text => true,
                    Stars::Emphasis(close) => {
                        starred.insert(close);
                        false
                    }
                    Stars::Unknown => false,
                },
            };
            if is_text {
                found.text.push(i);
            }
            i = end;
        }
        found
    }

    fn are_text(&self, start: usize) -> bool {
        self.text.binary_search(&start).is_ok()
    }
}

/// Whether a run is all there is on its line: then it is a rule.
fn is_line(chars: &[(usize, char)], start: usize, end: usize) -> bool {
    let before = chars[..start]
        .iter()
        .rev()
        .map(|(_, c)| *c)
        .find(|c| *c != ' ');
    let after = chars[end..].iter().map(|(_, c)| *c).find(|c| *c != ' ');
    before.is_none_or(|c| c == '\n') && after.is_none_or(|c| c == '\n')
}

/// What a run of `*` is.
enum Stars {
    Text,
    /// It begins an emphasis that ends with the run at this index.
    Emphasis(usize),
    Unknown,
}

/// What a run of `*` is that closes nothing. Text are more than three, those between digits (`3*4`, `138***1234`), those after a part of a name
/// (`张**、李**`) and, in official text, single ones within or after words (`长*宽`, `姓名*`) or around a whole clause (`*为必填，*为选填`).
fn stars(chars: &[(usize, char)], run: Range<usize>, sort: Sort) -> Stars {
    let sign = |at: usize| chars.get(at).map(|(_, c)| *c);
    let before = run.start.checked_sub(1).and_then(sign);
    let after = sign(run.end);
    let is_digit = |c: char| c.is_ascii_digit();
    if run.len() >= 4 || (before.is_some_and(is_digit) && after.is_some_and(is_digit)) {
        return Stars::Text;
    }
    let single = sort.is_printed() && run.len() == 1;
    if single && before.is_some_and(char::is_alphanumeric) {
        return Stars::Text;
    }
    if after.is_none_or(char::is_whitespace) {
        return Stars::Unknown;
    }
    let Some(close) = next_run(chars, '*', run.end, run.len()) else {
        return Stars::Unknown;
    };
    let ends_clause = |c: &(usize, char)| matches!(c.1, '，' | '、' | '。' | '；');
    let inside = &chars[run.end..close];
    if inside
        .windows(2)
        .any(|pair| (pair[0].1, pair[1].1) == ('\n', '\n'))
    {
        return Stars::Unknown;
    }
    if inside.first().is_some_and(ends_clause) || (single && inside.iter().any(ends_clause)) {
        return Stars::Text;
    }
    Stars::Emphasis(close)
}

/// The next run of so many signs.
fn next_run(chars: &[(usize, char)], sign: char, from: usize, length: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let next = (at..chars.len()).find(|&k| chars[k].1 == sign)?;
        let last = (next..chars.len())
            .find(|&k| chars[k].1 != sign)
            .unwrap_or(chars.len());
        let is_escaped = next.checked_sub(1).is_some_and(|k| chars[k].1 == '\\');
        if last - next == length && !is_escaped {
            return Some(next);
        }
        at = last;
    }
}

/// The run of `_` that closes the emphasis that one begins; nothing if it is a blank to fill in.
fn closing_run(chars: &[(usize, char)], start: usize, end: usize) -> Option<usize> {
    let length = end - start;
    if length > 2 {
        return None;
    }
    let before = start.checked_sub(1).map(|at| chars[at].1);
    if before.is_some_and(|c| matches!(c, '：' | ':' | '（' | '(')) {
        return None;
    }
    let close = next_run(chars, '_', end, length)?;
    let inside: Vec<char> = chars[end..close].iter().map(|(_, c)| *c).collect();
    let (first, last) = (*inside.first()?, *inside.last()?);
    let ends = |c: char| "，。、；：！？）》”’〕】,.;:!?)".contains(c);
    let is_blank = first.is_whitespace()
        || last.is_whitespace()
        || ends(first)
        || (inside.len() == 1 && is_cjk(first))
        || inside.windows(2).any(|pair| pair == ['\n', '\n']);
    (!is_blank).then_some(close)
}

/// Places that are text although Markdown takes them for something else: an indented paragraph in Chinese, words in brackets with a colon.
/// By the bytes at which they start.
fn lines_of_text(text: &str, sort: Sort) -> Vec<usize> {
    let mut found = Vec::new();
    let indented =
        text.starts_with([' ', '\t']) || text.contains("\n    ") || text.contains("\n\t");
    if !indented && !text.contains("]:") {
        return found;
    }
    let (mut in_list, mut after_blank) = (false, true);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let words = line.trim();
        if words.is_empty() {
            after_blank = true;
            continue;
        }
        let white = &line[..line.len() - line.trim_start().len()];
        let is_indented = white.starts_with('\t') || white.starts_with("    ");
        if is_item(words) {
            in_list = true;
        } else if white.is_empty() && after_blank {
            in_list = false;
        }
        let bracket = line.find(|c| !is_before_note(c));
        if is_indented && after_blank && !in_list && begins_in_chinese(words) {
            found.push(start);
        } else if let Some(bracket) = bracket
            && is_note(&text[start + bracket..], sort)
        {
            found.push(start + bracket);
        }
        after_blank = false;
    }
    found
}

/// What may be on a line before a word in brackets with a colon: blanks, and the marks of quotations and of items.
fn is_before_note(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, ' ' | '\t' | '>' | '-' | '*' | '+' | '.' | ')')
}

/// Whether a line begins an item of a list.
fn is_item(line: &str) -> bool {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    if rest.len() < line.len() {
        return rest.starts_with(". ") || rest.starts_with(") ");
    }
    ["- ", "* ", "+ "].iter().any(|mark| line.starts_with(mark))
}

/// Whether a text begins with `[words]: words`, and not with the address of a link. Footnotes (`[^1]:`) have a form of their own on pages.
fn is_note(text: &str, sort: Sort) -> bool {
    /// The most bytes of a label; Markdown takes no more for one.
    const MOST: usize = 1000;
    let Some(rest) = text.strip_prefix('[') else {
        return false;
    };
    let end = rest
        .bytes()
        .take(MOST)
        .zip(std::iter::once(b'[').chain(rest.bytes()))
        .position(|(byte, before)| byte == b']' && before != b'\\');
    let Some(after) = end.and_then(|end| rest[end + 1..].strip_prefix(':')) else {
        return false;
    };
    match sort {
        Sort::Printed | Sort::PrintedBlocks => true,
        Sort::Words | Sort::Page => !rest.starts_with('^') && !is_address(after.trim_start()),
    }
}

/// Whether a text begins with what the address of a link begins with.
fn is_address(text: &str) -> bool {
    let starts = ["/", "#", "<", ".", "http:", "https:", "mailto:", "tel:"];
    // Other schemes are refused where links are made.
    let has_scheme = text.split_once(':').is_some_and(|(scheme, _)| {
        !scheme.is_empty() && scheme.bytes().all(|b| b.is_ascii_alphanumeric())
    });
    has_scheme || starts.iter().any(|start| text.starts_with(start))
}

/// Words as they were, without guards and without the indentation of a line that is text.
pub(super) fn restored(words: &str) -> String {
    match words.strip_prefix(GUARD) {
        Some(rest) => rest.trim_start_matches([' ', '\t']).replace(GUARD, ""),
        None => words.replace(GUARD, ""),
    }
}

/// An event with the signs that were text.
pub(super) fn with_signs(event: Event) -> Event {
    match event {
        Event::Text(words) => Event::Text(signs(words)),
        Event::Code(words) => Event::Code(signs(words)),
        Event::Html(words) => Event::Html(signs(words)),
        Event::InlineHtml(words) => Event::InlineHtml(signs(words)),
        Event::FootnoteReference(label) => Event::FootnoteReference(signs(label)),
        Event::Start(Tag::FootnoteDefinition(label)) => {
            Event::Start(Tag::FootnoteDefinition(signs(label)))
        }
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(signs(info))))
        }
        Event::Start(Tag::Link {
            link_type,
            dest_url,
            title,
            id,
        }) => Event::Start(Tag::Link {
            link_type,
            dest_url: signs(dest_url),
            title: signs(title),
            id,
        }),
        Event::Start(Tag::Image {
            link_type,
            dest_url,
            title,
            id,
        }) => Event::Start(Tag::Image {
            link_type,
            dest_url: signs(dest_url),
            title: signs(title),
            id,
        }),
        event => event,
    }
}

fn signs(words: CowStr) -> CowStr {
    if !words.contains(SIGNS.map(|(_, other)| other)) {
        return words;
    }
    let back = |c: char| {
        SIGNS
            .iter()
            .find(|(_, other)| *other == c)
            .map_or(c, |(sign, _)| *sign)
    };
    words.chars().map(back).collect::<String>().into()
}
