//! Fields: what a reader sees of them is their result, and not their code.
//!
//! Comes in: the begin, code, separator and end of fields, in order. Goes out: whether words are visible now, and what a field shows that has no
//! words of its own (check boxes, symbols, fractions). A field may be in the code of another one.

use super::super::xml::Element;
use super::maths;
use super::styles::switch;
use super::symbols;

/// A field that has begun.
#[derive(Debug, Default)]
struct Field {
    code: String,
    /// Its result has begun.
    separated: bool,
    /// What was shown of it.
    result: String,
    /// What is typed into a form: a check box, the chosen entry of a list.
    form: Option<String>,
}

impl Field {
    /// The first word of the code, in capital letters.
    fn keyword(&self) -> String {
        self.code
            .split_whitespace()
            .next()
            .unwrap_or_default()
            .to_ascii_uppercase()
    }

    /// Never visible, whatever its result is.
    fn is_silent(&self) -> bool {
        [
            "SET", "ASK", "XE", "TC", "TA", "RD", "PRIVATE", "ADVANCE", "DATA", "NEXT", "NEXTIF",
            "SKIPIF",
        ]
        .contains(&self.keyword().as_str())
    }
}

/// What there is to say of a field that ended.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Ended {
    /// Its result is all that is visible.
    Plain,
    /// It shows these words, which are not in its result.
    Shows(String),
    /// The words lead to this address.
    Link { words: String, address: String },
    /// It shows something else every day.
    Today(String),
    /// It shows something that the file does not contain.
    Unknown(String),
}

/// The fields that are open, outermost first.
#[derive(Debug, Default)]
pub(super) struct Fields {
    open: Vec<Field>,
    /// Words that were taken for part of a code.
    skipped: String,
}

impl Fields {
    /// Whether words are visible here.
    pub fn visible(&self) -> bool {
        self.open
            .iter()
            .all(|field| field.separated && !field.is_silent())
    }

    /// Whether the words here are a table of contents or an index.
    pub fn in_contents(&self) -> bool {
        self.open.iter().any(|field| {
            field.separated && ["TOC", "INDEX", "TOA"].contains(&field.keyword().as_str())
        })
    }

    /// A field begins.
    pub fn begin(&mut self, begin: &Element) {
        self.open.push(Field {
            form: begin.child("ffData").and_then(form),
            ..Field::default()
        });
    }

    /// Words of the code.
    pub fn code(&mut self, words: &str) {
        if let Some(field) = self.open.last_mut().filter(|field| !field.separated) {
            field.code.push_str(words);
        }
    }

    /// The code ends, the result begins.
    pub fn separate(&mut self) {
        if let Some(field) = self.open.last_mut() {
            field.separated = true;
        }
    }

    /// Words that are visible.
    pub fn shown(&mut self, words: &str) {
        /// Longer results are not needed to describe a field.
        const LONGEST: usize = 1000;
        for field in &mut self.open {
            if field.result.len() < LONGEST {
                field.result.push_str(words);
            }
        }
    }

    /// Words that are not visible, because they are in a code.
    pub fn skip(&mut self, words: &str) {
        self.skipped.push_str(words);
    }

    /// The innermost field ends.
    pub fn end(&mut self) -> Ended {
        let Some(field) = self.open.pop() else {
            return Ended::Plain;
        };
        if self.open.is_empty() {
            self.skipped.clear();
        }
        // What is in the code of another field is not seen.
        if !self.visible() || field.is_silent() {
            return Ended::Plain;
        }
        let empty = field.result.trim().is_empty();
        let code = field.code.trim();
        match field.keyword().as_str() {
            "" => Ended::Plain,
            "FORMCHECKBOX" => Ended::Shows(field.form.unwrap_or_else(|| "□".to_owned())),
            "FORMDROPDOWN" if empty => match field.form {
                Some(words) => Ended::Shows(words),
                None => Ended::Plain,
            },
            "HYPERLINK" => match argument(code) {
                Some(address) => Ended::Link {
                    words: field.result,
                    address,
                },
                None => Ended::Plain,
            },
            "DATE" | "TIME" if !empty => Ended::Today(field.result),
            "SYMBOL" if empty => {
                symbol(code).map_or_else(|| Ended::Unknown(code.to_owned()), Ended::Shows)
            }
            "EQ" if empty => {
                equation(code).map_or_else(|| Ended::Unknown(code.to_owned()), Ended::Shows)
            }
            "MACROBUTTON" | "GOTOBUTTON" if empty => {
                let words: Vec<&str> = code.splitn(3, char::is_whitespace).collect();
                Ended::Shows(words.get(2).copied().unwrap_or_default().to_owned())
            }
            // These may be empty: a text that was not filled in, a bookmark, a picture.
            "FORMTEXT" | "IF" | "MERGEFIELD" | "INCLUDEPICTURE" | "EMBED" | "LINK" | "TOC"
            | "INDEX" | "TOA" => Ended::Plain,
            _ if empty => Ended::Unknown(code.to_owned()),
            _ => Ended::Plain,
        }
    }

    /// The words of a field that never ended: a reader may see them.
    pub fn unfinished(&mut self) -> Option<String> {
        let unfinished = !self.open.is_empty();
        self.open.clear();
        let skipped = std::mem::take(&mut self.skipped);
        (unfinished && !skipped.trim().is_empty()).then_some(skipped)
    }
}

/// What a form shows.
fn form(data: &Element) -> Option<String> {
    if let Some(mark) = data.child("checkBox") {
        let checked = switch(mark, "checked").or_else(|| switch(mark, "default"));
        let sign = if checked == Some(true) { '☑' } else { '☐' };
        return Some(sign.to_string());
    }
    let list = data.child("ddList")?;
    let number = |name: &str| list.child(name)?.attribute("val")?.parse::<usize>().ok();
    let chosen = number("result").or_else(|| number("default")).unwrap_or(0);
    list.children()
        .filter(|child| child.name == "listEntry")
        .nth(chosen)
        .and_then(|entry| entry.attribute("val"))
        .map(str::to_owned)
}

/// The first argument of a code that is not a switch.
fn argument(code: &str) -> Option<String> {
    let rest = code.split_once(char::is_whitespace)?.1.trim_start();
    let words = match rest.strip_prefix(['"', '“', '”']) {
        Some(quoted) => quoted.split(['"', '“', '”']).next()?,
        None => rest.split_whitespace().next()?,
    };
    (!words.is_empty() && !words.starts_with('\\')).then(|| words.to_owned())
}

/// `SYMBOL 82 \f "Wingdings 2"`
fn symbol(code: &str) -> Option<String> {
    let argument = argument(code)?;
    let number = match argument.strip_prefix("0x") {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => argument.parse().ok()?,
    };
    let font = code
        .split_once("\\f")
        .map(|(_, rest)| rest.trim().trim_matches(['"', '“', '”']));
    match font.map(|font| font.split('"').next().unwrap_or(font)) {
        Some(font) if symbols::is_symbol_font(font) => {
            symbols::sign(font, number).map(String::from)
        }
        _ if code.contains("\\u") => char::from_u32(number).map(String::from),
        _ => None,
    }
}

/// `EQ \f(1,12)`, and a number in a circle, `EQ \o\ac(○,1)`.
fn equation(code: &str) -> Option<String> {
    let code = code.get(2..)?.trim();
    let (switches, rest) = code.split_once('(')?;
    let operands = rest.strip_suffix(')')?;
    if operands.contains(['(', ')', '\\']) {
        return None;
    }
    let (first, second) = operands.split_once([',', ';', '，'])?;
    let (first, second) = (first.trim(), second.trim());
    let switches: String = switches.to_ascii_lowercase().split_whitespace().collect();
    if switches.ends_with("\\f") {
        return Some(maths::fraction(first, second));
    }
    if switches.contains("\\o") && matches!(first, "○" | "〇" | "◯") {
        let number: u32 = crate::text::strip_width(second).parse().ok()?;
        let sign = char::from_u32('①' as u32 + number.checked_sub(1)?);
        return sign.filter(|_| number <= 20).map(String::from);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_without_a_result_show_what_their_code_says() {
        assert_eq!(equation("EQ \\f(1,12)").as_deref(), Some("1/12"));
        assert_eq!(equation("EQ \\o\\ac(○,3)").as_deref(), Some("③"));
        assert_eq!(equation("EQ \\x(甲,乙)"), None);
        assert_eq!(
            symbol("SYMBOL 82 \\f \"Wingdings 2\" \\s 12").as_deref(),
            Some("☑")
        );
        assert_eq!(symbol("SYMBOL 82 \\f \"宋体\""), None);
        assert_eq!(
            argument("HYPERLINK \"https://example.org/a\" \\o \"x\"").as_deref(),
            Some("https://example.org/a")
        );
        assert_eq!(argument("HYPERLINK \\l \"_Toc1\""), None);
    }
}
