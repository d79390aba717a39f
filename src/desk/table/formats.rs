//! What a reader sees of a number, where that is not its value: a month without a day, a telephone number with its zero.
//!
//! Comes in: the part `styles.xml`, then the number of a cell's style and its value. Goes out: the words that the cell shows. Formats whose meaning the
//! value has (a whole day, thousands) are left alone.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use quick_xml::events::Event;

use super::container::{attribute, reader_of};

/// A moment as a workbook counts it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment {
    date: Date,
    hour: u8,
    minute: u8,
    second: u8,
}

impl Moment {
    /// A time of a day.
    pub fn new(date: Date, hour: u8, minute: u8, second: u8) -> Self {
        Self {
            date,
            hour,
            minute,
            second,
        }
    }
}

/// What a cell shows of a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shown {
    /// A day, or what is not a date at all: the value says it.
    AsIs,
    /// Month and day: the year is only in the value.
    NoYear,
    /// These words, which are not a day.
    Words(String),
}

/// The styles of a workbook, as far as they change what a cell says.
#[derive(Debug, Default)]
pub(super) struct Formats {
    /// Style -> code, for codes that matter here.
    codes: HashMap<usize, String>,
    struck: HashSet<usize>,
}

impl Formats {
    /// Reads the styles of a workbook.
    pub fn new(styles: &str) -> Self {
        let mut formats = Self::default();
        let mut custom: HashMap<u32, String> = HashMap::new();
        let mut fonts: Vec<bool> = Vec::new();
        let mut inside: Vec<String> = Vec::new();
        let mut count = 0;
        let mut reader = reader_of(styles);
        loop {
            let event = reader.read_event();
            let element = match &event {
                Ok(Event::Start(element) | Event::Empty(element)) => element,
                Ok(Event::End(_)) => {
                    inside.pop();
                    continue;
                }
                Ok(Event::Eof) | Err(_) => return formats,
                Ok(_) => continue,
            };
            let name = element.local_name().as_ref().to_owned();
            let number = |key| attribute(element, key)?.parse::<u32>().ok();
            match (inside.last().map(String::as_str), name.as_str()) {
                (_, "numFmt") => {
                    if let (Some(id), Some(code)) =
                        (number("numFmtId"), attribute(element, "formatCode"))
                    {
                        custom.insert(id, code);
                    }
                }
                (Some("fonts"), "font") => fonts.push(false),
                (Some("font"), "strike") => {
                    let off = attribute(element, "val").is_some_and(|v| v == "0" || v == "false");
                    if let Some(font) = fonts.last_mut()
                        && inside.iter().any(|name| name == "fonts")
                    {
                        *font = !off;
                    }
                }
                (Some("cellXfs"), "xf") => {
                    let format = number("numFmtId").unwrap_or(0);
                    let code = custom.get(&format).cloned().or_else(|| built_in(format));
                    if let Some(code) = code.filter(|code| matters(code)) {
                        formats.codes.insert(count, code);
                    }
                    let font = number("fontId").and_then(|font| usize::try_from(font).ok());
                    if font.and_then(|font| fonts.get(font)) == Some(&true) {
                        formats.struck.insert(count);
                    }
                    count += 1;
                }
                _ => {}
            }
            if matches!(event, Ok(Event::Start(_))) {
                inside.push(name);
            }
        }
    }

    /// Whether cells of a style show something else than their value.
    pub fn matters(&self, style: usize) -> bool {
        self.codes.contains_key(&style)
    }

    /// Whether a style strikes its words out.
    pub fn strikes(&self, style: usize) -> bool {
        self.struck.contains(&style)
    }

    /// What a style shows of a moment.
    pub fn moment(&self, style: usize, moment: &Moment) -> Shown {
        self.codes
            .get(&style)
            .map_or(Shown::AsIs, |code| shown(code, moment))
    }

    /// What a style shows of a number, if that is not the number.
    #[expect(
        clippy::disallowed_types,
        reason = "a workbook stores every number so; only what it shows is kept"
    )]
    pub fn number(&self, style: usize, number: f64) -> Option<String> {
        let code = self.codes.get(&style)?;
        if is_zeros(code) && number >= 0.0 && number.fract() == 0.0 {
            return Some(format!("{number:0width$.0}", width = code.len()));
        }
        let digits = percent(code)?;
        Some(format!("{:.digits$}%", number * 100.0))
    }
}

/// Formats that a workbook does not spell out, as a Chinese Excel shows them.
fn built_in(format: u32) -> Option<String> {
    let code = match format {
        9 => "0%",
        10 => "0.00%",
        17 => "mmm-yy",
        16 | 28 | 29 | 51 | 53 | 54 | 58 => "m\"月\"d\"日\"",
        18..=21 | 32..=35 | 45 | 47 | 55 | 56 => "h:mm",
        27 | 36 | 50 | 52 | 57 => "yyyy\"年\"m\"月\"",
        _ => return None,
    };
    Some(code.to_owned())
}

fn is_zeros(code: &str) -> bool {
    code.len() > 1 && code.bytes().all(|b| b == b'0')
}

/// The decimals of a percentage.
fn percent(code: &str) -> Option<usize> {
    let digits = code.strip_suffix('%')?.strip_prefix('0')?;
    if digits.is_empty() {
        return Some(0);
    }
    let decimals = digits.strip_prefix('.')?;
    decimals
        .bytes()
        .all(|b| b == b'0')
        .then_some(decimals.len())
}

/// Whether a code may show something else than the value.
fn matters(code: &str) -> bool {
    if is_zeros(code) || percent(code).is_some() {
        return true;
    }
    let tokens = tokens(code);
    let has = |wanted: fn(&Token) -> bool| tokens.iter().any(wanted);
    let dated = has(|token| !matches!(token, Token::Words(_)));
    let whole = has(|t| matches!(t, Token::Year(_)))
        && has(|t| matches!(t, Token::Month(_)))
        && has(|t| matches!(t, Token::Day(_)));
    dated && !whole
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Words(String),
    Year(usize),
    Month(usize),
    Day(usize),
    Weekday(usize),
    Hour(usize),
    Minute(usize),
    Second(usize),
}

/// The first section of a code, without colours and languages; nothing that is a date if it is a number or a length of time.
fn tokens(code: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    if code.to_ascii_lowercase().contains("general") {
        return out;
    }
    let mut chars = code.chars().peekable();
    let words = |out: &mut Vec<Token>, c: char| match out.last_mut() {
        Some(Token::Words(words)) => words.push(c),
        _ => out.push(Token::Words(c.to_string())),
    };
    while let Some(c) = chars.next() {
        match c {
            ';' => break,
            '"' => {
                for c in chars.by_ref().take_while(|c| *c != '"') {
                    words(&mut out, c);
                }
            }
            '\\' => {
                if let Some(c) = chars.next() {
                    words(&mut out, c);
                }
            }
            '_' | '*' => {
                chars.next();
            }
            '[' => {
                let inner: String = chars.by_ref().take_while(|c| *c != ']').collect();
                // [h]:mm is a length of time.
                if inner
                    .chars()
                    .all(|c| matches!(c, 'h' | 'm' | 's' | 'H' | 'M' | 'S'))
                {
                    return Vec::new();
                }
            }
            '#' | '0' | '?' | '@' => return Vec::new(),
            c => {
                let letter = c.to_ascii_lowercase();
                let mut length = 1;
                while chars
                    .next_if(|next| next.to_ascii_lowercase() == letter)
                    .is_some()
                {
                    length += 1;
                }
                match letter {
                    'y' | 'e' => out.push(Token::Year(length)),
                    'm' => {
                        let after_hour = out
                            .iter()
                            .rev()
                            .find(|token| !matches!(token, Token::Words(_)))
                            .is_some_and(|token| matches!(token, Token::Hour(_)));
                        out.push(if after_hour {
                            Token::Minute(length)
                        } else {
                            Token::Month(length)
                        });
                    }
                    'd' if length <= 2 => out.push(Token::Day(length)),
                    'd' => out.push(Token::Weekday(length)),
                    'a' if length >= 3 => out.push(Token::Weekday(length)),
                    'a' => {
                        // AM/PM
                        while chars
                            .next_if(|c| matches!(c, '/' | 'p' | 'P' | 'm' | 'M'))
                            .is_some()
                        {}
                    }
                    'h' => out.push(Token::Hour(length)),
                    's' => {
                        // Minutes are before seconds as well as after hours.
                        if let Some(token) =
                            out.iter_mut().rev().find(|t| !matches!(t, Token::Words(_)))
                            && let Token::Month(length) = *token
                        {
                            *token = Token::Minute(length);
                        }
                        out.push(Token::Second(length));
                    }
                    _ => {
                        for _ in 0..length {
                            words(&mut out, c);
                        }
                    }
                }
            }
        }
    }
    out
}

/// What a code shows of a moment.
fn shown(code: &str, moment: &Moment) -> Shown {
    let tokens = tokens(code);
    let has = |wanted: fn(&Token) -> bool| tokens.iter().any(wanted);
    if !has(|token| !matches!(token, Token::Words(_))) {
        return Shown::AsIs;
    }
    let year = has(|t| matches!(t, Token::Year(_)));
    let month = has(|t| matches!(t, Token::Month(_)));
    let day = has(|t| matches!(t, Token::Day(_)));
    match (year, month, day) {
        (true, true, true) => return Shown::AsIs,
        (false, true, true) => return Shown::NoYear,
        _ => {}
    }
    // A time alone is counted from the first day of the calendar.
    if !(year || month || day) && moment.date.year() <= 1904 {
        return Shown::AsIs;
    }
    let mut out = String::new();
    for token in &tokens {
        match token {
            Token::Words(words) => out.push_str(words),
            Token::Year(length) if *length <= 2 && code.contains(['y', 'Y']) => {
                out.push_str(&format!("{:02}", moment.date.year() % 100));
            }
            Token::Year(_) => out.push_str(&moment.date.year().to_string()),
            Token::Month(length) => out.push_str(&month_in_words(*length, moment.date.month())),
            Token::Day(length) => out.push_str(&padded(*length, moment.date.day())),
            Token::Weekday(length) => {
                let monday = moment.date.weekday().to_monday_zero_offset();
                let at = usize::try_from(monday).unwrap_or(0);
                out.push_str(if *length > 3 { "星期" } else { "周" });
                out.extend("一二三四五六日".chars().nth(at));
            }
            Token::Hour(length) => out.push_str(&padded(*length, moment.hour)),
            Token::Minute(length) => out.push_str(&padded(*length, moment.minute)),
            Token::Second(length) => out.push_str(&padded(*length, moment.second)),
        }
    }
    Shown::Words(out.trim().to_owned())
}

fn padded(length: usize, number: impl std::fmt::Display) -> String {
    if length >= 2 {
        format!("{number:0>2}")
    } else {
        number.to_string()
    }
}

/// `mmm` is a word in English; a Chinese Excel shows the number with 月.
fn month_in_words(length: usize, month: i8) -> String {
    if length >= 3 {
        format!("{month}月")
    } else {
        padded(length, month)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_cell_shows_what_its_format_shows() {
        let moment = Moment::new(date(2026, 7, 1), 9, 5, 0);
        let words = |words: &str| Shown::Words(words.to_owned());
        for (code, seen) in [
            ("yyyy\"年\"m\"月\"", words("2026年7月")),
            ("[DBNum1]yyyy\"年\"m\"月\";@", words("2026年7月")),
            ("yyyy-mm", words("2026-07")),
            ("yyyy/m", words("2026/7")),
            ("yyyy", words("2026")),
            ("aaaa", words("星期三")),
            ("[$-804]aaa;@", words("周三")),
            ("d\"日\"", words("1日")),
            ("h:mm", words("9:05")),
            ("mmm-yy", words("7月-26")),
            ("m\"月\"d\"日\"", Shown::NoYear),
            ("mm-dd h:mm", Shown::NoYear),
            ("yyyy-mm-dd", Shown::AsIs),
            ("yyyy\"年\"m\"月\"d\"日\" aaaa", Shown::AsIs),
            ("[h]:mm", Shown::AsIs),
            ("0.00", Shown::AsIs),
            ("#,##0\"元\"", Shown::AsIs),
        ] {
            assert_eq!(shown(code, &moment), seen, "{code}");
        }
        assert!(matters("yyyy\\-mm") && matters("m/d") && matters("00000000000"));
        assert!(!matters("yyyy/m/d;@") && !matters("General") && !matters("@") && !matters("0"));
    }
}
