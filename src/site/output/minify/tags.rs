//! Start tags, read and written in fewer bytes.
//!
//! Comes in: a start tag. Goes out: the tag as `minify-html` writes it: attributes with quotation marks first, each kind in
//! the order of the names, without those that say what holds anyway.

use std::borrow::Cow;

use minify_html_common::r#gen::attrs::ATTRS;
use minify_html_common::spec::script::JAVASCRIPT_MIME_TYPES;
use minify_html_common::spec::tag::ns::Namespace;

use super::names::Name;
use super::{is_space, reference};

/// A start tag, without its attributes.
pub(super) struct Tag {
    pub(super) name: &'static Name,
    /// In bytes, with both brackets.
    pub(super) length: usize,
    pub(super) is_self_closing: bool,
    /// Whether it can be written here; else `minify-html` writes it.
    pub(super) is_plain: bool,
    /// For a script: whether it is data and no program.
    pub(super) is_data: bool,
}

/// An attribute.
pub(super) struct Part<'a> {
    /// In lower case.
    name: Cow<'a, str>,
    value: Cow<'a, str>,
    quote: Quote,
}

/// How a value is written; in the order in which attributes are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Quote {
    Double,
    Single,
    None,
}

/// Reads the tag at the start of `rest` and its attributes into `parts`; nothing if it is unusual.
pub(super) fn read<'a>(rest: &'a str, parts: &mut Vec<Part<'a>>) -> Option<Tag> {
    let bytes = rest.as_bytes();
    let run = |from: usize, test: fn(u8) -> bool| {
        let length = bytes[from..].iter().take_while(|byte| test(**byte)).count();
        from + length
    };
    let is_name = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let mut at = run(1, is_name);
    let name = Name::of(&bytes[1..at])?;
    parts.clear();
    let mut tag = Tag {
        name,
        length: 0,
        is_self_closing: false,
        is_plain: true,
        is_data: false,
    };
    loop {
        let begin = at;
        at = run(at, |byte| is_space(char::from(byte)) || byte == b'/');
        let is_slash = at > begin && bytes[at - 1] == b'/';
        match bytes.get(at)? {
            b'>' => {
                tag.is_self_closing = is_slash;
                tag.length = at + 1;
                break;
            }
            _ if at == begin => return None,
            _ => {}
        }
        let end = run(at, |byte| {
            byte.is_ascii_alphanumeric() || b"-_:".contains(&byte)
        });
        let name = lower(rest.get(at..end).filter(|name| !name.is_empty())?);
        at = end;
        let value = match bytes.get(at)? {
            b'=' => {
                let (value, end) = value(rest, at + 1)?;
                at = end;
                value
            }
            b'>' | b'/' | b' ' | b'\n' => "",
            _ => return None,
        };
        // What follows a value without a space is read differently by different readers.
        if !matches!(bytes.get(at)?, b'>' | b'/' | b' ' | b'\n') {
            return None;
        }
        tag.is_plain &= !parts.iter().any(|part| part.name == name);
        let mut value = Cow::Borrowed(value);
        if value.contains('&') {
            match reference::simple(&value, "<") {
                Some(decoded) => value = Cow::Owned(decoded),
                None => tag.is_plain = false,
            }
        }
        parts.push(Part {
            name,
            value,
            quote: Quote::None,
        });
    }
    let value = |name: &str| parts.iter().find(|part| part.name == name);
    match tag.name.text {
        "meta" if value("name").is_some_and(|part| part.is("viewport")) => {
            for part in parts.iter_mut() {
                part.change(|value| value.replace(is_space, ""));
            }
        }
        "script" if !tag.is_plain => return None,
        "script" => {
            tag.is_data = value("type").is_some_and(|part| {
                let kind = part.value.as_bytes();
                kind != b"module" && !JAVASCRIPT_MIME_TYPES.contains(kind)
            });
        }
        _ => {}
    }
    Some(tag)
}

/// A name in lower case.
fn lower(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

/// The value after `=` and the place after it.
fn value(rest: &str, at: usize) -> Option<(&str, usize)> {
    let quote = char::from(*rest.as_bytes().get(at)?);
    if matches!(quote, '"' | '\'') {
        let from = at + 1;
        let length = rest.get(from..)?.find(quote)?;
        return Some((&rest[from..from + length], from + length + 1));
    }
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.:#,;+?%".contains(c);
    let length = rest[at..].find(|c| !plain(c))?;
    // A slash would be part of the value.
    let is_over = rest[at + length..].starts_with(['>', ' ', '\n']);
    (length > 0 && is_over).then(|| (&rest[at..at + length], at + length))
}

/// Writes the tag.
pub(super) fn write(
    name: &Name,
    ns: Namespace,
    is_self_closing: bool,
    parts: &mut Vec<Part>,
    out: &mut Vec<u8>,
) {
    parts.retain_mut(|part| part.shorten(name, ns));
    parts.sort_unstable_by(|a, b| {
        let rank = |part: &Part| part.quote == Quote::None;
        (rank(a), &a.name).cmp(&(rank(b), &b.name))
    });
    out.push(b'<');
    out.extend_from_slice(name.text.as_bytes());
    for part in parts.iter() {
        part.write(out);
    }
    if is_self_closing {
        let is_bare = parts.last().is_some_and(|part| part.quote == Quote::None);
        out.extend_from_slice(if is_bare { b" />" } else { b"/>" });
    } else {
        out.push(b'>');
    }
}

impl Part<'_> {
    fn is(&self, value: &str) -> bool {
        self.value.eq_ignore_ascii_case(value)
    }

    /// Makes the value as short as can be. Returns whether the attribute is needed at all.
    fn shorten(&mut self, tag: &Name, ns: Namespace) -> bool {
        let rule = ATTRS.get(ns, tag.text.as_bytes(), self.name.as_bytes());
        if let Some(rule) = rule {
            if rule.trim {
                self.change(|value| value.trim_matches(is_space).to_owned());
            }
            if rule.collapse {
                self.change(|value| {
                    let mut out = Vec::with_capacity(value.len());
                    collapse(value, &mut out);
                    String::from_utf8(out).unwrap_or_default()
                });
            }
            if rule.case_insensitive {
                self.change(str::to_ascii_lowercase);
            }
            // The only one that is kept although it says nothing.
            let is_kept = tag.text == "input" && self.name == "type" && self.is("text");
            let is_default = (self.value.is_empty() && rule.redundant_if_empty)
                || rule.default_value == Some(self.value.as_bytes());
            if is_default && !is_kept {
                return false;
            }
            if rule.boolean {
                self.value = Cow::Borrowed("");
            }
        }
        let is_script = tag.text == "script" && self.name == "type";
        if is_script && JAVASCRIPT_MIME_TYPES.contains(self.value.as_bytes()) {
            return false;
        }
        self.quote = quote(&self.value);
        true
    }

    fn change(&mut self, by: impl FnOnce(&str) -> String) {
        let is_affected = |byte: u8| is_space(char::from(byte)) || byte.is_ascii_uppercase();
        if self.value.bytes().any(is_affected) {
            self.value = Cow::Owned(by(&self.value));
        }
    }

    fn write(&self, out: &mut Vec<u8>) {
        out.push(b' ');
        out.extend_from_slice(self.name.as_bytes());
        if self.value.is_empty() {
            return;
        }
        out.push(b'=');
        let (mark, coded) = match self.quote {
            Quote::None => {
                out.extend_from_slice(self.value.as_bytes());
                return;
            }
            Quote::Double => ('"', "&#34;"),
            Quote::Single => ('\'', "&#39;"),
        };
        out.push(mark as u8);
        for (number, piece) in self.value.split(mark).enumerate() {
            if number > 0 {
                out.extend_from_slice(coded.as_bytes());
            }
            out.extend_from_slice(piece.as_bytes());
        }
        out.push(mark as u8);
    }
}

/// The shortest way to write a value. Without quotation marks every sign of them would be a reference, which is longer.
fn quote(value: &str) -> Quote {
    let count = |mark: u8| value.bytes().filter(|byte| *byte == mark).count();
    let needs_marks = |byte: u8| is_space(char::from(byte)) || b"\"'=`<>".contains(&byte);
    if !value.bytes().any(needs_marks) {
        Quote::None
    } else if count(b'\'') < count(b'"') {
        Quote::Single
    } else {
        Quote::Double
    }
}

/// Writes a text with one space for each run of spaces.
pub(super) fn collapse(text: &str, out: &mut Vec<u8>) {
    let mut rest = text;
    while let Some(at) = rest.find(is_space) {
        out.extend_from_slice(&rest.as_bytes()[..at]);
        out.push(b' ');
        rest = rest[at..].trim_start_matches(is_space);
    }
    out.extend_from_slice(rest.as_bytes());
}
