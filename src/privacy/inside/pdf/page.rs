//! The text of a stream of a page.
//!
//! Comes in: operators. Goes out: the strings that they show, in their order. What is shown on the same height is one line; letters that
//! are set one by one are joined, words that are set one by one are apart.

use std::collections::HashMap;

use super::fonts::{Font, Fonts};
use super::objects::{Reader, Value};

/// What was shown so far.
#[derive(Debug, Default)]
pub(super) struct Shown {
    pub text: String,
    /// Codes without a meaning.
    pub unknown: usize,
    /// The letters of the last string, and whether something moved since.
    last: usize,
    moved: bool,
    height: i64,
}

/// A gap between words, in thousandths of the size of letters.
const GAP: i64 = 400;

pub(super) fn show(data: &[u8], names: &HashMap<String, &Font>, fonts: &Fonts, shown: &mut Shown) {
    let mut reader = Reader { bytes: data, at: 0 };
    let mut held: Vec<Value> = Vec::new();
    let plain = Font::Plain(HashMap::new());
    let mut font = &plain;
    while let Some(value) = reader.plain() {
        let Value::Word(word) = &value else {
            held.push(value);
            continue;
        };
        match word.as_slice() {
            b"Tf" => {
                if let Some(Value::Name(name)) = held.first() {
                    let found = names.get(name).copied().or_else(|| fonts.anywhere(name));
                    font = found.unwrap_or(&plain);
                }
            }
            b"Tj" => shown.strings(&held, font),
            b"'" | b"\"" => {
                shown.text.push('\n');
                shown.strings(&held, font);
            }
            b"TJ" => {
                if let Some(Value::List(list)) = held.first() {
                    shown.strings(list, font);
                }
            }
            b"Td" | b"TD" => shown.step(held.get(1)),
            b"Tm" => shown.set(held.get(5)),
            b"T*" | b"ET" => shown.text.push('\n'),
            b"BI" => {
                // The bytes of a small picture.
                let end = super::objects::find(data, reader.at, b"EI").unwrap_or(data.len());
                reader.at = end;
            }
            _ => {}
        }
        held.clear();
    }
    shown.text.push_str("\n\n");
    *shown = Shown {
        text: std::mem::take(&mut shown.text),
        unknown: shown.unknown,
        ..Shown::default()
    };
}

impl Shown {
    fn strings(&mut self, list: &[Value], font: &Font) {
        let start = self.text.len();
        let mut out = String::new();
        for value in list {
            match value {
                Value::String(bytes) => self.unknown += font.text(bytes, &mut out),
                Value::Number(by) if *by < -GAP && !out.is_empty() => out.push(' '),
                _ => {}
            }
        }
        let letters = out.chars().count();
        // Letter by letter is one word; word by word is several.
        if self.moved && start > 0 && (letters > 1 || self.last > 1) {
            self.text.push(' ');
        }
        self.text.push_str(&out);
        self.last = letters;
        self.moved = false;
    }

    fn step(&mut self, down: Option<&Value>) {
        match down {
            Some(Value::Number(0)) | None => self.moved = true,
            _ => self.text.push('\n'),
        }
    }

    fn set(&mut self, height: Option<&Value>) {
        let Some(Value::Number(height)) = height else {
            return;
        };
        if *height == self.height {
            self.moved = true;
        } else {
            self.text.push('\n');
            self.height = *height;
        }
    }
}
