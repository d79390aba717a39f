//! The objects of a PDF file.
//!
//! Comes in: the bytes. Goes out: every object in the order of the file, also those that a later one replaces, and those in
//! streams of objects. The tables of references are not used: they may be damaged.

use std::collections::HashMap;

use encoding_rs::{GBK, UTF_16BE, UTF_16LE};

/// How deep values are in values.
const DEEPEST: usize = 64;

/// A value of PDF.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Null,
    /// A number; only whole ones are needed.
    Number(i64),
    Name(String),
    String(Vec<u8>),
    List(Vec<Value>),
    Map(Vec<(String, Value)>),
    Reference(u32),
    /// An operator, in a stream of a page.
    Word(Vec<u8>),
}

impl Value {
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        let Self::Map(entries) = self else {
            return None;
        };
        entries
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value)
    }

    pub(super) fn name(&self, key: &str) -> Option<&str> {
        match self.get(key)? {
            Self::Name(name) => Some(name),
            _ => None,
        }
    }

    pub(super) fn reference(&self) -> Option<u32> {
        match self {
            Self::Reference(number) => Some(*number),
            _ => None,
        }
    }

    /// All strings below it, each a paragraph.
    pub(super) fn strings(&self, out: &mut String) {
        match self {
            Self::String(bytes) => {
                out.push_str(&words(bytes));
                out.push_str("\n\n");
            }
            Self::List(list) => list.iter().for_each(|value| value.strings(out)),
            Self::Map(entries) => entries.iter().for_each(|(_, value)| value.strings(out)),
            _ => {}
        }
    }
}

/// A string outside of pages.
pub(super) fn words(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => UTF_16BE.decode(rest).0.into_owned(),
        [0xff, 0xfe, rest @ ..] => UTF_16LE.decode(rest).0.into_owned(),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        bytes => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => GBK.decode(bytes).0.into_owned(),
        },
    }
}

/// An object, with its stream if it has one.
#[derive(Debug)]
pub(super) struct Object {
    pub number: u32,
    pub value: Value,
    /// The bytes of the stream: as in the file, then unpacked.
    pub data: Option<Vec<u8>>,
}

/// All objects.
#[derive(Debug, Default)]
pub(super) struct Objects {
    pub list: Vec<Object>,
    /// The last object of each number.
    by_number: HashMap<u32, usize>,
    encrypted: bool,
}

impl Objects {
    pub(super) fn read(bytes: &[u8]) -> Self {
        let mut objects = Self::default();
        let mut at = 0;
        while let Some(found) = find(bytes, at, b"obj") {
            at = found + 3;
            // `endobj`, or a word that ends so.
            let Some(number) = number_before(bytes, found) else {
                continue;
            };
            let mut reader = Reader { bytes, at };
            let Some(value) = reader.value(0) else {
                continue;
            };
            at = reader.at;
            let data = stream(bytes, reader.at, &value);
            if let Some((_, end)) = &data {
                at = *end;
            }
            objects.encrypted |= value.get("Encrypt").is_some();
            objects.add(number, value, data.map(|(data, _)| data));
        }
        let mut at = 0;
        while let Some(found) = find(bytes, at, b"trailer") {
            at = found + 7;
            let trailer = Reader { bytes, at }.value(0);
            objects.encrypted |= trailer.is_some_and(|trailer| trailer.get("Encrypt").is_some());
        }
        objects
    }

    pub(super) fn add(&mut self, number: u32, value: Value, data: Option<Vec<u8>>) {
        self.by_number.insert(number, self.list.len());
        self.list.push(Object {
            number,
            value,
            data,
        });
    }

    pub(super) fn is_encrypted(&self) -> bool {
        self.encrypted
    }

    /// The place of an object in the list.
    pub(super) fn index(&self, number: u32) -> Option<usize> {
        self.by_number.get(&number).copied()
    }

    /// What a reference leads to.
    pub(super) fn resolve<'a>(&'a self, value: &'a Value) -> &'a Value {
        const LONGEST: usize = 16;
        let mut value = value;
        for _ in 0..LONGEST {
            let Value::Reference(number) = value else {
                return value;
            };
            match self.index(*number) {
                Some(at) => value = &self.list[at].value,
                None => return &Value::Null,
            }
        }
        &Value::Null
    }

    /// The objects in a stream of objects.
    pub(super) fn in_stream(&self, at: usize) -> Vec<(u32, Value)> {
        let object = &self.list[at];
        let data = object.data.as_deref().unwrap_or_default();
        let number = |key: &str| match object.value.get(key).map(|value| self.resolve(value)) {
            Some(Value::Number(number)) => usize::try_from(*number).ok(),
            _ => None,
        };
        let (Some(count), Some(first)) = (number("N"), number("First")) else {
            return Vec::new();
        };
        let mut head = Reader { bytes: data, at: 0 };
        let mut found = Vec::new();
        for _ in 0..count.min(data.len()) {
            let (Some(Value::Number(number)), Some(Value::Number(offset))) =
                (head.plain(), head.plain())
            else {
                break;
            };
            let start = usize::try_from(offset)
                .unwrap_or(usize::MAX)
                .saturating_add(first);
            let Ok(number) = u32::try_from(number) else {
                continue;
            };
            if start < data.len()
                && let Some(value) = (Reader {
                    bytes: data,
                    at: start,
                })
                .value(0)
            {
                found.push((number, value));
            }
        }
        found
    }
}

/// Where some bytes are next.
pub(super) fn find(bytes: &[u8], from: usize, what: &[u8]) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let first = what.first()?;
    let mut at = 0;
    while let Some(found) = rest[at..].iter().position(|b| b == first) {
        at += found;
        if rest[at..].starts_with(what) {
            return Some(from + at);
        }
        at += 1;
    }
    None
}

/// The number of the object that `obj` begins: `12 0 obj`.
fn number_before(bytes: &[u8], at: usize) -> Option<u32> {
    const LONGEST: usize = 24;
    let before = &bytes[at.saturating_sub(LONGEST)..at];
    let words: Vec<&[u8]> = before
        .split(u8::is_ascii_whitespace)
        .filter(|word| !word.is_empty())
        .collect();
    let [.., number, generation] = words.as_slice() else {
        return None;
    };
    let is_number = |word: &[u8]| word.iter().all(u8::is_ascii_digit);
    if !is_number(generation) {
        return None;
    }
    let start = number
        .iter()
        .rposition(|b| !b.is_ascii_digit())
        .map_or(0, |at| at + 1);
    std::str::from_utf8(&number[start..]).ok()?.parse().ok()
}

/// The stream after a mapping, and where it ends.
fn stream(bytes: &[u8], at: usize, value: &Value) -> Option<(Vec<u8>, usize)> {
    let Value::Map(_) = value else { return None };
    let blank = bytes[at..]
        .iter()
        .take_while(|b| b.is_ascii_whitespace())
        .count();
    let rest = bytes[at + blank..].strip_prefix(b"stream")?;
    let rest = rest.strip_prefix(b"\r").unwrap_or(rest);
    let rest = rest.strip_prefix(b"\n").unwrap_or(rest);
    let start = bytes.len() - rest.len();
    let stated = match value.get("Length") {
        Some(Value::Number(length)) => usize::try_from(*length).ok(),
        _ => None,
    };
    let stated = stated.filter(|length| {
        let after = bytes
            .get(start.saturating_add(*length)..)
            .unwrap_or_default();
        let blank = after.iter().take_while(|b| b.is_ascii_whitespace()).count();
        after[blank..].starts_with(b"endstream")
    });
    let end = match stated {
        Some(length) => start + length,
        None => find(bytes, start, b"endstream").unwrap_or(bytes.len()),
    };
    Some((bytes[start..end].to_vec(), end))
}

/// Reads values.
pub(super) struct Reader<'a> {
    pub bytes: &'a [u8],
    pub at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_blank(&mut self) {
        while let Some(b) = self.peek() {
            if b == b'%' {
                let rest = &self.bytes[self.at..];
                self.at += rest
                    .iter()
                    .position(|b| matches!(b, b'\r' | b'\n'))
                    .unwrap_or(rest.len());
            } else if b.is_ascii_whitespace() || b == 0 {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    /// The next value, with references.
    pub(super) fn value(&mut self, depth: usize) -> Option<Value> {
        let value = self.any(depth)?;
        let Value::Number(number) = value else {
            return Some(value);
        };
        if let Some(end) = self.reference_end() {
            self.at = end;
            return Some(u32::try_from(number).map_or(Value::Null, Value::Reference));
        }
        Some(value)
    }

    /// Where the rest of a reference ends: ` 0 R`. A look at a few bytes: whatever follows is not read twice.
    fn reference_end(&self) -> Option<usize> {
        let rest = &self.bytes[self.at..];
        let count = |from: usize, is: fn(&u8) -> bool| {
            rest[from..].iter().take(16).take_while(|b| is(b)).count()
        };
        let first = count(0, u8::is_ascii_whitespace);
        let digits = first + count(first, u8::is_ascii_digit);
        let word = digits + count(digits, u8::is_ascii_whitespace);
        let is_one = first > 0 && digits > first && word > digits && rest.get(word) == Some(&b'R');
        let ends = rest.get(word + 1).is_none_or(|b| !is_regular(*b));
        (is_one && ends).then(|| self.at + word + 1)
    }

    /// The next value without references, as in streams of pages.
    pub(super) fn plain(&mut self) -> Option<Value> {
        self.any(0)
    }

    fn any(&mut self, depth: usize) -> Option<Value> {
        if depth > DEEPEST {
            return None;
        }
        self.skip_blank();
        let first = self.peek()?;
        self.at += 1;
        match first {
            b'(' => Some(Value::String(self.literal())),
            b'/' => Some(Value::Name(self.name())),
            b'[' => Some(Value::List(self.list(depth))),
            b'<' if self.peek() == Some(b'<') => {
                self.at += 1;
                Some(Value::Map(self.map(depth)))
            }
            b'<' => Some(Value::String(self.hexadecimal())),
            b']' | b'}' | b'{' | b')' => Some(Value::Word(vec![first])),
            b'>' => {
                self.at += usize::from(self.peek() == Some(b'>'));
                Some(Value::Word(b">>".to_vec()))
            }
            _ => {
                let start = self.at - 1;
                while self.peek().is_some_and(is_regular) {
                    self.at += 1;
                }
                Some(word(&self.bytes[start..self.at]))
            }
        }
    }

    fn list(&mut self, depth: usize) -> Vec<Value> {
        let mut list = Vec::new();
        while let Some(value) = self.value(depth + 1) {
            match value {
                Value::Word(word) if word == b"]" => break,
                Value::Word(word) if word == b">>" || word == b"endobj" => break,
                value => list.push(value),
            }
        }
        list
    }

    fn map(&mut self, depth: usize) -> Vec<(String, Value)> {
        let mut entries = Vec::new();
        while let Some(key) = self.any(depth + 1) {
            match key {
                Value::Name(key) => {
                    let Some(value) = self.value(depth + 1) else {
                        break;
                    };
                    if value == Value::Word(b">>".to_vec()) {
                        break;
                    }
                    entries.push((key, value));
                }
                Value::Word(word) if word == b">>" || word == b"endobj" => break,
                _ => {}
            }
        }
        entries
    }

    fn name(&mut self) -> String {
        let mut name = Vec::new();
        while let Some(b) = self.peek().filter(|b| is_regular(*b)) {
            self.at += 1;
            let hex = (b == b'#')
                .then(|| self.bytes.get(self.at..self.at + 2))
                .flatten();
            let byte = hex
                .and_then(|hex| std::str::from_utf8(hex).ok())
                .and_then(|hex| u8::from_str_radix(hex, 16).ok());
            if let Some(byte) = byte {
                name.push(byte);
                self.at += 2;
            } else {
                name.push(b);
            }
        }
        String::from_utf8_lossy(&name).into_owned()
    }

    /// `(…)`, with brackets in it and escapes.
    fn literal(&mut self) -> Vec<u8> {
        let mut out = Vec::new();
        let mut open = 1;
        while let Some(b) = self.peek() {
            self.at += 1;
            match b {
                b'(' => open += 1,
                b')' => open -= 1,
                b'\\' => {
                    self.escape(&mut out);
                    continue;
                }
                _ => {}
            }
            if open == 0 {
                break;
            }
            out.push(b);
        }
        out
    }

    fn escape(&mut self, out: &mut Vec<u8>) {
        let Some(b) = self.peek() else { return };
        self.at += 1;
        match b {
            b'n' => out.push(b'\n'),
            b'r' => out.push(b'\r'),
            b't' => out.push(b'\t'),
            b'0'..=b'7' => {
                let mut value = u32::from(b - b'0');
                for _ in 0..2 {
                    let Some(b @ b'0'..=b'7') = self.peek() else {
                        break;
                    };
                    value = value * 8 + u32::from(b - b'0');
                    self.at += 1;
                }
                out.push(u8::try_from(value & 0xff).unwrap_or(0));
            }
            b'\r' => self.at += usize::from(self.peek() == Some(b'\n')),
            b'\n' => {}
            b => out.push(b),
        }
    }

    fn hexadecimal(&mut self) -> Vec<u8> {
        let rest = &self.bytes[self.at..];
        let length = rest.iter().position(|b| *b == b'>').unwrap_or(rest.len());
        self.at += (length + 1).min(rest.len());
        from_hex(&rest[..length])
    }
}

/// Bytes from hexadecimal digits.
pub(super) fn from_hex(text: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = text
        .iter()
        .filter_map(|b| {
            char::from(*b)
                .to_digit(16)
                .and_then(|digit| u8::try_from(digit).ok())
        })
        .collect();
    digits
        .chunks(2)
        .map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0))
        .collect()
}

fn is_regular(b: u8) -> bool {
    !b.is_ascii_whitespace() && b != 0 && !b"()<>[]{}/%".contains(&b)
}

/// A number, or a word.
fn word(bytes: &[u8]) -> Value {
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    let whole = text.split('.').next().unwrap_or_default();
    let is_number = text.bytes().any(|b| b.is_ascii_digit())
        && text
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.'));
    match (is_number, whole.parse()) {
        (true, Ok(number)) => Value::Number(number),
        (true, Err(_)) => Value::Number(0),
        (false, _) if text == "null" => Value::Null,
        _ => Value::Word(bytes.to_vec()),
    }
}
