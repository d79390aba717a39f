//! One sign after the other, as a reader sees them, whatever way they are written.
//!
//! Comes in: a text and a place in it. Goes out: what is there and where it ends. Full-width signs, references of HTML
//! (`&#49;`), escapes of YAML, JSON and scripts (`\u0031`), `%31` of addresses and mathematical digits are decoded; what
//! cannot be seen (zero-width signs, a folded line) and markup inside a line (`<b>`, `**`) is [`Sign::Nothing`] or
//! [`Gap::Markup`]. The text is never copied: whoever reads signs keeps the byte ranges.

/// What separates groups of digits, and what does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    Blank,
    /// A line ends.
    Line,
    /// A dash, or a dot that is not a decimal point.
    Dash,
    Dot,
    /// A round or square bracket.
    Bracket,
    Slash,
    /// Markup inside a line: `</b>`, `**`.
    Markup,
}

/// A sign of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    Digit(u8),
    Gap(Gap),
    /// It cannot be seen.
    Nothing,
    Other(char),
    /// A block, a cell or a table begins or ends.
    Border,
}

/// The longest tag that is read as one; what is longer is text.
const LONGEST_TAG: usize = 1024;
/// Elements that a word may run through.
const INLINE: [&str; 34] = [
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "ins", "kbd", "label", "mark", "q", "ruby", "rb", "s", "samp", "small", "span", "strike",
    "strong", "tspan", "tt", "u", "var", "wbr", "time", "nobr",
];
/// Elements that set a sign apart from its word without ending the line: a note after a number.
const RAISED: [&str; 4] = ["sup", "sub", "rt", "rp"];

/// The sign at a place, and where it ends; nothing at the end of the text.
pub fn next(text: &str, at: usize) -> Option<(Sign, usize)> {
    let first = *text.as_bytes().get(at)?;
    // Most signs of Chinese.
    if (0xe4..=0xe9).contains(&first) {
        let c = text.get(at..)?.chars().next()?;
        return Some((Sign::Other(c), at + c.len_utf8()));
    }
    let special = match first {
        b'0'..=b'9' => return Some((Sign::Digit(first - b'0'), at + 1)),
        b'&' => reference(text, at),
        b'\\' => escape(text, at),
        b'%' => percent(text, at),
        b'<' => tag(text, at),
        b'*' => {
            let stars = run_of(text, at, b'*');
            // Three or more hide something: 138****0000.
            let sign = if stars < 3 {
                Sign::Gap(Gap::Markup)
            } else {
                Sign::Border
            };
            Some((sign, at + stars))
        }
        b'\r' if text[at..].starts_with("\r\n") => Some((Sign::Gap(Gap::Line), at + 2)),
        _ => None,
    };
    if special.is_some() {
        return special;
    }
    let c = text.get(at..)?.chars().next()?;
    Some((of_char(c), at + c.len_utf8()))
}

/// The sign that a character is.
pub fn of_char(c: char) -> Sign {
    match c {
        '0'..='9' => Sign::Digit(u8::try_from(u32::from(c) - 0x30).unwrap_or(0)),
        ' '
        | '\t'
        | '\u{a0}'
        | '\u{1680}'
        | '\u{2000}'..='\u{200a}'
        | '\u{202f}'
        | '\u{205f}'
        | '\u{3000}'
        | '\u{2800}' => Sign::Gap(Gap::Blank),
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
            Sign::Gap(Gap::Line)
        }
        '-'
        | '_'
        | '~'
        | '\u{2010}'..='\u{2015}'
        | '\u{2043}'
        | '\u{2053}'
        | '\u{207b}'
        | '\u{2212}'
        | '\u{223c}'
        | '\u{2500}'
        | '\u{2501}'
        | '\u{2e3a}'
        | '\u{2e3b}'
        | '·'
        | '•'
        | '‧'
        | '∙'
        | '⋅'
        | '・'
        | '。'
        | '｡'
        | '˙'
        | '●'
        | '･'
        | '﹒'
        | '\u{301c}'
        | '\u{3030}'
        | '\u{30fc}'
        | '\u{fe58}'
        | '\u{fe63}'
        | '\u{ad0}' => Sign::Gap(Gap::Dash),
        '.' => Sign::Gap(Gap::Dot),
        '(' | ')' | '[' | ']' | '【' | '】' | '〔' | '〕' | '「' | '」' => {
            Sign::Gap(Gap::Bracket)
        }
        '/' | '\\' => Sign::Gap(Gap::Slash),
        '`' => Sign::Gap(Gap::Markup),
        '|' => Sign::Border,
        c if is_invisible(c) => Sign::Nothing,
        '\u{ff01}'..='\u{ff5e}' => of_char(char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c)),
        '\u{1d7ce}'..='\u{1d7ff}' => digit((u32::from(c) - 0x1d7ce) % 10),
        '\u{1fbf0}'..='\u{1fbf9}' => digit(u32::from(c) - 0x1fbf0),
        '\u{660}'..='\u{669}' => digit(u32::from(c) - 0x660),
        c => Sign::Other(c),
    }
}

/// What takes no place: signs of direction, joiners, variants, accents.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{20dd}'..='\u{20e4}'
        | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{e0000}'..='\u{e0fff}'
        | '\u{0}'..='\u{8}'
        | '\u{e}'..='\u{1f}'
        | '\u{7f}'
        | '\u{300}'..='\u{333}')
}

fn digit(value: u32) -> Sign {
    u8::try_from(value).map_or(Sign::Nothing, Sign::Digit)
}

fn run_of(text: &str, at: usize, sign: u8) -> usize {
    text.as_bytes()[at..]
        .iter()
        .take_while(|b| **b == sign)
        .count()
}

/// `&#49;`, `&#x31;`, `&nbsp;`
fn reference(text: &str, at: usize) -> Option<(Sign, usize)> {
    const LONGEST: usize = 12;
    const NAMED: [(&str, char); 22] = [
        ("nbsp", ' '),
        ("ensp", ' '),
        ("emsp", ' '),
        ("thinsp", ' '),
        ("hairsp", ' '),
        ("zwnj", '\u{200b}'),
        ("zwj", '\u{200b}'),
        ("shy", '\u{200b}'),
        ("ZeroWidthSpace", '\u{200b}'),
        ("hyphen", '-'),
        ("dash", '-'),
        ("ndash", '-'),
        ("mdash", '-'),
        ("minus", '-'),
        ("middot", '·'),
        ("bull", '•'),
        ("period", '.'),
        ("commat", '@'),
        ("num", '#'),
        ("plus", '+'),
        ("lowbar", '_'),
        ("starf", '★'),
    ];
    let rest = text.get(at + 1..)?;
    if let Some(number) = rest.strip_prefix('#') {
        let (digits, radix, skipped) = match number.strip_prefix(['x', 'X']) {
            Some(hex) => (hex, 16, 3),
            None => (number, 10, 2),
        };
        let length = digits
            .bytes()
            .take(LONGEST)
            .take_while(|b| char::from(*b).is_digit(radix))
            .count();
        let value = u32::from_str_radix(digits.get(..length)?, radix).ok()?;
        let end = at + skipped + length;
        let end = end + usize::from(text[end..].starts_with(';'));
        return Some((of_char(char::from_u32(value)?), end));
    }
    let (_, c, end) = NAMED.iter().find_map(|(name, c)| {
        let after = rest.strip_prefix(name)?.strip_prefix(';')?;
        Some((name, *c, text.len() - after.len()))
    })?;
    Some((of_char(c), end))
}

/// `\u0031`, `\x31`, `\U00000031`, `\u{31}`, `\n`, and a line that goes on: a backslash at its end.
fn escape(text: &str, at: usize) -> Option<(Sign, usize)> {
    let bytes = text.as_bytes();
    let kind = *bytes.get(at + 1)?;
    let hex = |start: usize, length: usize| {
        let digits = text.get(start..start + length)?;
        let is_hex = digits.bytes().all(|b| b.is_ascii_hexdigit());
        let value = is_hex.then(|| u32::from_str_radix(digits, 16).ok())??;
        Some((of_char(char::from_u32(value)?), start + length))
    };
    match kind {
        b'u' if bytes.get(at + 2) == Some(&b'{') => {
            let length = text
                .get(at + 3..)?
                .bytes()
                .take(7)
                .position(|b| b == b'}')?;
            let (sign, end) = hex(at + 3, length)?;
            Some((sign, end + 1))
        }
        b'u' => hex(at + 2, 4),
        b'x' => hex(at + 2, 2),
        b'U' => hex(at + 2, 8),
        b'n' | b'r' => Some((Sign::Gap(Gap::Line), at + 2)),
        b't' | b'_' | b' ' => Some((Sign::Gap(Gap::Blank), at + 2)),
        b'\n' | b'\r' => {
            let blank = bytes[at + 1..]
                .iter()
                .take_while(|b| b.is_ascii_whitespace())
                .count();
            Some((Sign::Nothing, at + 1 + blank))
        }
        // What Markdown and scripts set a backslash before.
        b'-' | b'.' | b'*' | b'(' | b')' | b'/' | b'@' | b'#' => Some((Sign::Nothing, at + 1)),
        _ => None,
    }
}

/// `%31`, `%20`, `%40`
fn percent(text: &str, at: usize) -> Option<(Sign, usize)> {
    let digits = text.get(at + 1..at + 3)?;
    let is_hex = digits.bytes().all(|b| b.is_ascii_hexdigit());
    let value = is_hex.then(|| u8::from_str_radix(digits, 16).ok())??;
    let is_plain =
        value.is_ascii_digit() || matches!(value, b' ' | b'-' | b'.' | b'@' | b'+' | b'_');
    is_plain.then(|| (of_char(char::from(value)), at + 3))
}

/// The tag, comment or instruction at a place: markup of a line, or a border.
fn tag(text: &str, at: usize) -> Option<(Sign, usize)> {
    let end = tag_end(text, at)?;
    let inside = &text[at + 1..end - 1];
    if inside.starts_with('!') || inside.starts_with('?') {
        return Some((Sign::Gap(Gap::Markup), end));
    }
    let name = inside.trim_start_matches('/');
    let length = name
        .bytes()
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b':'))
        .count();
    // <zizhu@example.cn> is an address.
    if !name[length..].is_empty() && !name[length..].starts_with([' ', '\t', '\n', '\r', '/']) {
        return None;
    }
    let name = &name[..length];
    let is_one_of = |list: &[&str]| list.iter().any(|one| one.eq_ignore_ascii_case(name));
    let sign = if is_one_of(&INLINE) {
        Sign::Gap(Gap::Markup)
    } else if is_one_of(&RAISED) {
        Sign::Gap(Gap::Bracket)
    } else if name.eq_ignore_ascii_case("br") {
        Sign::Gap(Gap::Line)
    } else {
        Sign::Border
    };
    Some((sign, end))
}

/// Where the tag that begins here ends; nothing if it is not one.
pub fn tag_end(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let is_tag = match bytes.get(at + 1)? {
        b'/' => bytes.get(at + 2)?.is_ascii_alphabetic(),
        b'!' => {
            if text[at..].starts_with("<!--") {
                let window = &bytes[at..bytes.len().min(at + LONGEST_TAG)];
                return window
                    .windows(3)
                    .position(|w| w == b"-->")
                    .map(|n| at + n + 3);
            }
            true
        }
        b'?' => true,
        first => first.is_ascii_alphabetic(),
    };
    if !is_tag {
        return None;
    }
    let mut quote = None;
    for (i, b) in bytes.iter().enumerate().skip(at + 1).take(LONGEST_TAG) {
        match (quote, b) {
            (None, b'>') => return Some(i + 1),
            (None, b'<') => return None,
            (None, b'"' | b'\'') if bytes[i - 1] == b'=' => quote = Some(*b),
            (Some(open), b) if open == *b => quote = None,
            _ => {}
        }
    }
    None
}

/// A piece of a text as a reader sees it, with the place of each character.
#[derive(Debug, Default)]
pub struct Plain {
    pub chars: Vec<char>,
    /// The bytes of each character in the text.
    pub at: Vec<(usize, usize)>,
    /// Whether something (a blank) was left out before it.
    pub gap: Vec<bool>,
}

impl Plain {
    /// Reads `text[range]`. Letters are in lower case; blanks are left out; a cell ends with `|`, any other block with a line.
    pub fn new(text: &str, range: std::ops::Range<usize>) -> Self {
        let mut plain = Self::default();
        let mut at = range.start;
        let mut gap = false;
        while let Some((sign, end)) = next(text, at).filter(|_| at < range.end) {
            let c = match sign {
                Sign::Digit(digit) => Some(char::from(b'0' + digit)),
                Sign::Nothing | Sign::Gap(Gap::Markup) => None,
                Sign::Gap(Gap::Blank) => {
                    gap = true;
                    None
                }
                Sign::Gap(Gap::Line) => Some('\n'),
                Sign::Border => Some(if is_cell(&text[at..end]) { '|' } else { '\n' }),
                Sign::Gap(Gap::Dash | Gap::Slash | Gap::Dot | Gap::Bracket) => {
                    let c = text[at..].chars().next().unwrap_or(' ');
                    Some(if end - at == c.len_utf8() {
                        narrow(c)
                    } else {
                        decoded(sign)
                    })
                }
                Sign::Other(c) => Some(narrow(c)),
            };
            if let Some(c) = c {
                plain.chars.push(c.to_ascii_lowercase());
                plain.at.push((at, end));
                plain.gap.push(gap);
                gap = false;
            }
            at = end;
        }
        plain
    }

    /// The bytes of some of the characters.
    pub fn bytes(&self, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
        let start = self.at.get(range.start).map_or(0, |at| at.0);
        let end = range.end.checked_sub(1).and_then(|last| self.at.get(last));
        start..end.map_or(start, |at| at.1)
    }
}

/// Whether a border is that of a cell.
fn is_cell(border: &str) -> bool {
    let name = border.trim_start_matches(['<', '/']);
    border == "|" || border == "｜" || name.starts_with("td") || name.starts_with("th")
}

fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '﹫' => '@',
        '。' | '｡' => '.',
        '【' | '〔' | '「' => '[',
        '】' | '〕' | '」' => ']',
        c => c,
    }
}

fn decoded(sign: Sign) -> char {
    match sign {
        Sign::Gap(Gap::Dot) => '.',
        Sign::Gap(Gap::Slash) => '/',
        Sign::Gap(Gap::Bracket) => '\n',
        _ => '-',
    }
}
