//! Start tags, read and written in fewer bytes.
//!
//! Comes in: a start tag. Goes out: the tag as `minify-html` writes it: attributes with quotation marks first, each kind in
//! the order of the names, without those that say what holds anyway.

use std::borrow::Cow;

use minify_html_common::r#gen::attrs::ATTRS;
use minify_html_common::spec::script::JAVASCRIPT_MIME_TYPES;
use minify_html_common::spec::tag::ns::Namespace;

use super::super::attributes::Attribute;
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

/// How a value is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Quote {
    Double,
    Single,
    None,
}

/// Reads the tag at the start of `rest` and its attributes into `parts`; nothing if it is unusual.
pub(super) fn read<'a>(rest: &'a str, parts: &mut Vec<Attribute<'a>>) -> Option<Tag> {
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
        if value.contains(['\r', '\0']) {
            return None;
        }
        let mut value = Cow::Borrowed(value);
        if value.contains('&') {
            match reference::simple(&value, "<") {
                Some(decoded) => value = Cow::Owned(decoded),
                None => tag.is_plain = false,
            }
        }
        parts.push(Attribute { name, value });
    }
    let value = |name: &str| parts.iter().find(|part| part.name == name);
    match tag.name.text {
        "meta" if value("name").is_some_and(|part| is(part, "viewport")) => {
            for part in parts.iter_mut() {
                change(part, |value| value.replace(is_space, ""));
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
    parts: &mut Vec<Attribute>,
    out: &mut Vec<u8>,
) {
    parts.retain_mut(|part| shorten(part, name, ns));
    parts.sort_unstable_by(|a, b| a.name.cmp(&b.name));
    out.push(b'<');
    out.extend_from_slice(name.text.as_bytes());
    let mut is_bare = false;
    for part in parts.iter() {
        match quote(&part.value) {
            Quote::Double => write_quoted(part, '"', "&#34;", out),
            Quote::Single => write_quoted(part, '\'', "&#39;", out),
            Quote::None => is_bare = true,
        }
    }
    for part in parts.iter().filter(|_| is_bare) {
        if quote(&part.value) == Quote::None {
            write_name(part, out);
            out.extend_from_slice(part.value.as_bytes());
        }
    }
    out.extend_from_slice(match (is_self_closing, is_bare) {
        (false, _) => b">",
        (true, true) => b" />",
        (true, false) => b"/>",
    });
}

fn write_name(part: &Attribute, out: &mut Vec<u8>) {
    out.push(b' ');
    out.extend_from_slice(part.name.as_bytes());
    if !part.value.is_empty() {
        out.push(b'=');
    }
}

fn write_quoted(part: &Attribute, mark: char, coded: &str, out: &mut Vec<u8>) {
    write_name(part, out);
    out.push(mark as u8);
    for (number, piece) in part.value.split(mark).enumerate() {
        if number > 0 {
            out.extend_from_slice(coded.as_bytes());
        }
        out.extend_from_slice(piece.as_bytes());
    }
    out.push(mark as u8);
}

fn is(part: &Attribute, value: &str) -> bool {
    part.value.eq_ignore_ascii_case(value)
}

/// Changes the value, which is only affected if it has a space or a capital.
fn change(part: &mut Attribute, by: impl FnOnce(&str) -> String) {
    let is_affected = |byte: u8| is_space(char::from(byte)) || byte.is_ascii_uppercase();
    if part.value.bytes().any(is_affected) {
        part.value = Cow::Owned(by(&part.value));
    }
}

/// Makes the value as short as can be. Returns whether the attribute is needed at all.
fn shorten(part: &mut Attribute, tag: &Name, ns: Namespace) -> bool {
    let rule = ATTRS.get(ns, tag.text.as_bytes(), part.name.as_bytes());
    if let Some(rule) = rule {
        if rule.trim {
            change(part, |value| value.trim_matches(is_space).to_owned());
        }
        if rule.collapse {
            change(part, |value| {
                let mut out = Vec::with_capacity(value.len());
                collapse(value, &mut out);
                String::from_utf8(out).unwrap_or_default()
            });
        }
        if rule.case_insensitive {
            change(part, str::to_ascii_lowercase);
        }
        // The only one that is kept although it says nothing.
        let is_kept = tag.text == "input" && part.name == "type" && is(part, "text");
        let is_default = (part.value.is_empty() && rule.redundant_if_empty)
            || rule.default_value == Some(part.value.as_bytes());
        if is_default && !is_kept {
            return false;
        }
        if rule.boolean {
            part.value = Cow::Borrowed("");
        }
    }
    let is_script = tag.text == "script" && part.name == "type";
    !is_script || !JAVASCRIPT_MIME_TYPES.contains(part.value.as_bytes())
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
