//! The characters of a text as the grammars see them: folded, without blanks, each with its place.
//!
//! Comes in: a raw text (a scan, a clause of Markdown, a pasted page). Goes out: [`Signs`], a row of characters. Full-width
//! forms, confusable dashes and brackets become one form each; blanks, soft line breaks and Markdown emphasis are left
//! out, and what separates paragraphs or cells is one sign, [`BREAK`]. The text itself is not changed.

use mingbai_text::usual_ideograph;

/// What separates two paragraphs or cells.
pub(crate) const BREAK: char = '\n';
/// What is read before the first and after the last sign.
pub(crate) const NONE: char = '\0';

/// The blank before a sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gap {
    None,
    /// One blank.
    Space,
    /// Several blanks.
    Wide,
    /// A line break that is only layout.
    Line,
}

/// A character.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sign {
    pub c: char,
    pub gap: Gap,
    pub start: usize,
    pub end: usize,
}

/// The folded text.
#[derive(Debug)]
pub(crate) struct Signs {
    row: Vec<Sign>,
}

impl Signs {
    /// Folds a text.
    pub fn new(text: &str) -> Self {
        let mut folding = Folding {
            row: Vec::with_capacity(text.len() / 3 + 8),
            blank: Blank::default(),
            since_break: 0,
            since_line: 0,
            is_item: false,
        };
        let mut rest = text.char_indices().peekable();
        while let Some((start, raw)) = rest.next() {
            let next = rest.peek().map(|(_, c)| *c);
            folding.take(start, raw, next);
        }
        Self { row: folding.row }
    }

    /// The number of signs.
    pub fn len(&self) -> usize {
        self.row.len()
    }

    /// The character at a place; [`NONE`] outside of the text.
    #[inline]
    pub fn at(&self, i: usize) -> char {
        self.row.get(i).map_or(NONE, |sign| sign.c)
    }

    /// The character before a place.
    #[inline]
    pub fn before(&self, i: usize) -> char {
        self.at(i.wrapping_sub(1))
    }

    /// The blank before the sign at a place.
    pub fn gap(&self, i: usize) -> Gap {
        self.row.get(i).map_or(Gap::Line, |sign| sign.gap)
    }

    /// Whether a word begins at a place.
    pub fn starts(&self, i: usize, word: &str) -> bool {
        word.chars().zip(i..).all(|(c, place)| self.at(place) == c)
    }

    /// Whether a word ends just before a place; where it begins.
    pub fn ends(&self, i: usize, word: &str) -> Option<usize> {
        let mut place = i;
        for c in word.chars().rev() {
            if self.before(place) != c {
                return None;
            }
            place -= 1;
        }
        Some(place)
    }

    /// The end of the first of some words that begins at a place.
    pub fn after_any(&self, i: usize, words: &[&str]) -> Option<usize> {
        words
            .iter()
            .find(|word| self.starts(i, word))
            .map(|word| i + word.chars().count())
    }

    /// The beginning of the first of some words that ends just before a place.
    pub fn before_any(&self, i: usize, words: &[&str]) -> Option<usize> {
        words.iter().find_map(|word| self.ends(i, word))
    }

    /// The byte range of the signs from `from` to `to` (not included).
    pub fn span(&self, from: usize, to: usize) -> std::ops::Range<usize> {
        let start = self.row.get(from).map_or(0, |sign| sign.start);
        let end = self
            .row
            .get(to.wrapping_sub(1))
            .map_or(start, |sign| sign.end);
        start..end.max(start)
    }

    /// The folded words from `from` to `to` (not included).
    pub fn words(&self, from: usize, to: usize) -> String {
        let to = to.min(self.row.len());
        self.row
            .get(from..to)
            .unwrap_or_default()
            .iter()
            .map(|sign| sign.c)
            .collect()
    }
}

/// The blanks since the last sign.
#[derive(Debug, Default)]
struct Blank {
    spaces: u32,
    lines: u32,
    tab: bool,
    /// Marks of Markdown at the start of the line: a heading, a quotation, a list.
    marks: bool,
}

struct Folding {
    row: Vec<Sign>,
    blank: Blank,
    /// Signs since the last break.
    since_break: usize,
    /// Signs since the last break or line break.
    since_line: usize,
    /// Whether the line begins an item: `五、`, `（三）`.
    is_item: bool,
}

impl Folding {
    fn take(&mut self, start: usize, raw: char, next: Option<char>) {
        if raw == '\n' {
            self.blank.lines += 1;
            return;
        }
        if raw == '\t' || raw == '\u{C}' {
            self.blank.tab = true;
            return;
        }
        if raw.is_whitespace() || is_invisible(raw) {
            self.blank.spaces += u32::from(!is_invisible(raw) && raw != '\r');
            return;
        }
        let line_start = self.blank.lines > 0 || self.row.is_empty();
        if line_start && matches!(raw, '#' | '>') || is_list_mark(line_start, raw, next) {
            self.blank.marks = true;
            return;
        }
        if is_emphasis(raw, next, self.row.last().map(|sign| sign.c)) {
            return;
        }
        self.push(start, raw, next);
    }

    fn push(&mut self, start: usize, raw: char, next: Option<char>) {
        let c = fold(raw);
        let gap = if self.is_break(c, next) {
            self.row.push(Sign {
                c: BREAK,
                gap: Gap::None,
                start,
                end: start,
            });
            self.since_break = 0;
            self.since_line = 0;
            Gap::None
        } else if self.blank.lines > 0 {
            self.since_line = 0;
            Gap::Line
        } else {
            match self.blank.spaces {
                0 => Gap::None,
                1 => Gap::Space,
                _ => Gap::Wide,
            }
        };
        if self.since_line == 0 {
            self.is_item = is_marker(c, next);
        }
        self.row.push(Sign {
            c,
            gap,
            start,
            end: start + raw.len_utf8(),
        });
        self.blank = Blank::default();
        self.since_break += 1;
        self.since_line += 1;
    }

    /// Whether the blanks before a sign separate: cells, paragraphs, and lines of which the first is complete or the
    /// second begins something. A long line that ends in the middle of a sentence goes on over the end of its page.
    fn is_break(&self, c: char, next: Option<char>) -> bool {
        /// Shorter lines without a full stop are headings.
        const LONG: usize = 25;
        /// Longer lines that begin an item are not its heading.
        const HEADING: usize = 20;
        let Some(last) = self.row.last().map(|sign| sign.c) else {
            return false;
        };
        if self.blank.tab || self.blank.marks || c == '|' {
            return true;
        }
        if self.blank.lines == 0 {
            return false;
        }
        let complete = matches!(last, '。' | '!' | '?' | ';' | ':' | '|' | BREAK);
        let begins = is_marker(c, next);
        let heading =
            self.is_item && self.since_line < HEADING && !matches!(last, '，' | '、' | ',');
        complete || begins || heading || self.blank.lines > 1 && self.since_break < LONG
    }
}

/// Whether a line that begins with these characters begins an item: `1.`, `（一）`, `一、`, `第`.
fn is_marker(c: char, next: Option<char>) -> bool {
    let next = next.map_or(NONE, fold);
    match c {
        '0'..='9' => matches!(next, '.' | '、' | ')') || next.is_whitespace(),
        '一'..='十' if is_small_numeral(c) => next == '、',
        '(' => next.is_ascii_digit() || is_small_numeral(next),
        '①'..='⑳' => true,
        '附' => next == '件',
        _ => false,
    }
}

fn is_small_numeral(c: char) -> bool {
    "一二三四五六七八九十".contains(c)
}

/// Characters that are not seen: byte order mark, zero-width blanks, soft hyphen, variation selectors.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{FEFF}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{AD}' | '\u{FE00}'..='\u{FE0F}' | '\u{202A}'..='\u{202E}')
}

fn is_list_mark(line_start: bool, raw: char, next: Option<char>) -> bool {
    line_start && matches!(raw, '-' | '*' | '+') && next == Some(' ')
}

/// Emphasis and escapes of Markdown; a star between digits is a sign of its own.
fn is_emphasis(raw: char, next: Option<char>, last: Option<char>) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    match raw {
        '*' => !(is_word(last) && next.is_some_and(|c| c.is_ascii_digit())) || next == Some('*'),
        '_' => !(is_word(last) && is_word(next)),
        '`' => true,
        '\\' => next.is_some_and(|c| c.is_ascii_punctuation()),
        _ => false,
    }
}

/// One form for characters that scans and keyboards confuse, as in the folding of the whole project; with the radicals that
/// PDF files give for ideographs (日 U+2F47 for 日).
fn fold(c: char) -> char {
    match c {
        '\u{4E00}'..='\u{9FFF}' => c,
        '\0' => '\u{FFFD}',
        '〔' | '【' | '［' | '﹝' | '〖' | '︹' => '[',
        '〕' | '】' | '］' | '﹞' | '〗' | '︺' => ']',
        '“' | '”' | '„' | '＂' | '「' | '」' | '『' | '』' => '"',
        '‘' | '’' | '＇' => '\'',
        '—' | '–' | '－' | '―' | '‐' | '‑' | '−' | '─' | '━' => '-',
        '～' | '〜' | '∼' | '˜' => '~',
        '，' => '，',
        '．' | '﹒' => '.',
        '﹪' => '%',
        '￥' => '¥',
        '○' | '◯' | 'Ο' | 'О' | '⚪' => '〇',
        '﹐' => ',',
        '﹑' => '、',
        '﹔' => ';',
        '﹕' | '∶' => ':',
        '﹙' => '(',
        '﹚' => ')',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        c => usual_ideograph(c),
    }
}

/// Whether a character is an ideograph.
#[inline]
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '〇' | '\u{20000}'..='\u{3134F}')
}
