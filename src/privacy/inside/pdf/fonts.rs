//! What the codes of a font mean.
//!
//! Comes in: the objects. Goes out: for each font a table from codes to text: its own table of characters (ToUnicode), a
//! known encoding of Chinese, or plain letters with the differences that it states.

use std::collections::HashMap;

use encoding_rs::{BIG5, GBK, UTF_16BE};

use super::objects::{Objects, Reader, Value};

/// The most entries of a table.
const MOST: usize = 100_000;

/// How a font is read.
#[derive(Debug)]
pub(super) enum Font {
    /// By a table; codes of one or two bytes.
    Table(HashMap<u32, String>, usize),
    Utf16,
    Gbk,
    Big5,
    /// One byte a letter.
    Plain(HashMap<u32, String>),
    /// Nobody can say.
    Unknown,
}

/// All fonts.
#[derive(Debug)]
pub(super) struct Fonts {
    by_number: HashMap<u32, Font>,
    /// For streams whose resources are not known: the fonts under each name.
    by_name: HashMap<String, u32>,
}

impl Fonts {
    pub(super) fn new(objects: &Objects) -> Self {
        let mut by_number = HashMap::new();
        let mut by_name = HashMap::new();
        for object in &objects.list {
            if object.value.name("Type") == Some("Font") || object.value.get("ToUnicode").is_some()
            {
                by_number.insert(object.number, Font::of(&object.value, objects));
            }
            let own = object
                .value
                .get("Font")
                .or_else(|| object.value.get("Resources")?.get("Font"));
            if let Some(Value::Map(entries)) = own.map(|own| objects.resolve(own)) {
                for (name, value) in entries {
                    if let Some(number) = value.reference() {
                        by_name.entry(name.clone()).or_insert(number);
                    }
                }
            }
        }
        Self { by_number, by_name }
    }

    /// The fonts of some resources, by name.
    pub(super) fn named(&self, resources: &Value, objects: &Objects) -> HashMap<String, &Font> {
        let Some(Value::Map(entries)) = resources.get("Font").map(|fonts| objects.resolve(fonts))
        else {
            return HashMap::new();
        };
        entries
            .iter()
            .filter_map(|(name, value)| {
                Some((name.clone(), self.by_number.get(&value.reference()?)?))
            })
            .collect()
    }

    /// A font of this name, wherever it is.
    pub(super) fn anywhere(&self, name: &str) -> Option<&Font> {
        self.by_number.get(self.by_name.get(name)?)
    }
}

impl Font {
    fn of(value: &Value, objects: &Objects) -> Self {
        let is_wide = value.name("Subtype") == Some("Type0");
        let table = value.get("ToUnicode").and_then(Value::reference);
        let table = table.and_then(|number| objects.index(number));
        if let Some(data) = table.and_then(|at| objects.list[at].data.as_deref()) {
            let (table, length) = table_of(data);
            if !table.is_empty() {
                return Self::Table(table, length.unwrap_or(if is_wide { 2 } else { 1 }));
            }
        }
        let encoding = value
            .get("Encoding")
            .map(|encoding| objects.resolve(encoding));
        match encoding {
            Some(Value::Name(name)) if is_wide => match name.as_str() {
                name if name.starts_with("Uni")
                    && (name.contains("UCS2") || name.contains("UTF16")) =>
                {
                    Self::Utf16
                }
                name if name.starts_with("GB") => Self::Gbk,
                name if name.starts_with("B5") || name.starts_with("ETen") => Self::Big5,
                _ => Self::Unknown,
            },
            _ if is_wide || value.name("Subtype") == Some("Type3") => Self::Unknown,
            Some(encoding) => Self::Plain(differences(encoding)),
            None => Self::Plain(HashMap::new()),
        }
    }

    /// The text of a string; how many codes have no meaning.
    pub(super) fn text(&self, bytes: &[u8], out: &mut String) -> usize {
        match self {
            Self::Utf16 => out.push_str(&UTF_16BE.decode(bytes).0),
            Self::Gbk => out.push_str(&GBK.decode(bytes).0),
            Self::Big5 => out.push_str(&BIG5.decode(bytes).0),
            Self::Unknown => return bytes.len(),
            Self::Plain(table) => {
                for b in bytes {
                    match table.get(&u32::from(*b)) {
                        Some(text) => out.push_str(text),
                        None => out.push(char::from(*b)),
                    }
                }
            }
            Self::Table(table, length) => {
                let mut unknown = 0;
                for code in bytes.chunks(*length) {
                    let code = code.iter().fold(0_u32, |sum, b| sum << 8 | u32::from(*b));
                    match table.get(&code) {
                        Some(text) => out.push_str(text),
                        None => unknown += 1,
                    }
                }
                return unknown;
            }
        }
        0
    }
}

/// A table of characters, and the bytes of a code.
fn table_of(data: &[u8]) -> (HashMap<u32, String>, Option<usize>) {
    let mut table = HashMap::new();
    let mut length = None;
    let mut reader = Reader { bytes: data, at: 0 };
    let mut held: Vec<Value> = Vec::new();
    while let Some(value) = reader.plain() {
        let Value::Word(word) = &value else {
            held.push(value);
            continue;
        };
        match word.as_slice() {
            b"endcodespacerange" => {
                if let Some(Value::String(code)) = held.first() {
                    length = Some(code.len().clamp(1, 4));
                }
            }
            b"endbfchar" => {
                for pair in held.chunks(2) {
                    if let [Value::String(code), Value::String(text)] = pair {
                        table.insert(number(code), utf16(text));
                    }
                }
            }
            b"endbfrange" => held
                .chunks(3)
                .for_each(|range| add_range(range, &mut table)),
            _ => {}
        }
        held.clear();
        if table.len() > MOST {
            break;
        }
    }
    (table, length)
}

fn add_range(range: &[Value], table: &mut HashMap<u32, String>) {
    let [Value::String(from), Value::String(to), target] = range else {
        return;
    };
    let (from, to) = (number(from), number(to));
    for (i, code) in (from..=to).take(0x1_0000).enumerate() {
        let text = match target {
            Value::List(list) => match list.get(i) {
                Some(Value::String(text)) => utf16(text),
                _ => continue,
            },
            Value::String(first) => {
                let mut text: Vec<char> = utf16(first).chars().collect();
                let step = u32::try_from(i).unwrap_or(0);
                if let Some(last) = text.last_mut() {
                    *last = char::from_u32(u32::from(*last).saturating_add(step)).unwrap_or(*last);
                }
                text.into_iter().collect()
            }
            _ => return,
        };
        table.insert(code, text);
    }
}

fn number(code: &[u8]) -> u32 {
    code.iter().fold(0, |sum, b| sum << 8 | u32::from(*b))
}

fn utf16(bytes: &[u8]) -> String {
    UTF_16BE.decode(bytes).0.into_owned()
}

/// The letters that an encoding states by their names.
fn differences(encoding: &Value) -> HashMap<u32, String> {
    const NAMES: [(&str, &str); 24] = [
        ("zero", "0"),
        ("one", "1"),
        ("two", "2"),
        ("three", "3"),
        ("four", "4"),
        ("five", "5"),
        ("six", "6"),
        ("seven", "7"),
        ("eight", "8"),
        ("nine", "9"),
        ("at", "@"),
        ("period", "."),
        ("hyphen", "-"),
        ("underscore", "_"),
        ("space", " "),
        ("plus", "+"),
        ("comma", ","),
        ("colon", ":"),
        ("slash", "/"),
        ("parenleft", "("),
        ("parenright", ")"),
        ("minus", "-"),
        ("endash", "-"),
        ("numbersign", "#"),
    ];
    let mut table = HashMap::new();
    let Some(Value::List(list)) = encoding.get("Differences") else {
        return table;
    };
    let mut code = 0_u32;
    for value in list {
        match value {
            Value::Number(number) => code = u32::try_from(*number).unwrap_or(0),
            Value::Name(name) => {
                let base = name.split('.').next().unwrap_or(name);
                let known = NAMES
                    .iter()
                    .find(|(known, _)| *known == base)
                    .map(|(_, text)| (*text).to_owned());
                let hex = base.strip_prefix("uni").or_else(|| base.strip_prefix('u'));
                let by_number = || {
                    let value = u32::from_str_radix(hex?.get(..4)?, 16).ok()?;
                    char::from_u32(value).map(String::from)
                };
                let letter = (base.chars().count() == 1).then(|| base.to_owned());
                if let Some(text) = known.or_else(by_number).or(letter) {
                    table.insert(code, text);
                }
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
    table
}
