//! The text of a part of an office document.
//!
//! Comes in: XML. Goes out: what a reader sees of it: runs of one paragraph joined, paragraphs as lines, cells apart; after
//! it the values of attributes that may say something (addresses of links, descriptions of pictures, names of sheets).

use std::fmt::Write;

use crate::signs::tag_end;

/// Elements after which another paragraph begins.
const PARAGRAPHS: [&str; 18] = [
    "p",
    "si",
    "row",
    "comment",
    "text",
    "TextCode",
    "TextObject",
    "h",
    "list-item",
    "creator",
    "lastModifiedBy",
    "title",
    "subject",
    "Company",
    "Manager",
    "description",
    "keywords",
    "lpwstr",
];
/// Elements after which another cell begins.
const CELLS: [&str; 4] = ["tc", "c", "table-cell", "cell"];

/// Shows every start tag (local name, what is between it and `>`), end tag and text.
pub(super) enum Event<'a> {
    Start(&'a str, &'a str),
    End(&'a str),
    Text(&'a str),
}

/// Walks through XML, however damaged.
pub(super) fn walk<'a>(xml: &'a str, mut see: impl FnMut(Event<'a>)) {
    let mut at = 0;
    while at < xml.len() {
        let Some(open) = xml[at..].find('<').map(|n| at + n) else {
            see(Event::Text(&xml[at..]));
            return;
        };
        if open > at {
            see(Event::Text(&xml[at..open]));
        }
        if let Some(rest) = xml[open..].strip_prefix("<![CDATA[") {
            let length = rest.find("]]>").unwrap_or(rest.len());
            see(Event::Text(&rest[..length]));
            at = xml.len() - rest.len() + (length + 3).min(rest.len());
            continue;
        }
        let Some(end) = tag_end(xml, open).or_else(|| xml[open..].find('>').map(|n| open + n + 1))
        else {
            return;
        };
        let inside = &xml[open + 1..end - 1];
        at = end;
        if let Some(name) = inside.strip_prefix('/') {
            see(Event::End(local(name)));
        } else if !inside.starts_with(['?', '!']) {
            let length = inside
                .find(|c: char| c.is_whitespace() || c == '/')
                .unwrap_or(inside.len());
            let name = local(&inside[..length]);
            see(Event::Start(name, &inside[length..]));
            if inside.ends_with('/') {
                see(Event::End(name));
            }
        }
    }
}

fn local(name: &str) -> &str {
    let name = name.trim();
    name.rsplit(':').next().unwrap_or(name)
}

/// The attributes of a start tag: name and value as written.
pub(super) fn attributes(tag: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = tag;
    std::iter::from_fn(move || {
        let equals = rest.find('=')?;
        let name = rest[..equals].trim().rsplit(char::is_whitespace).next()?;
        let value = rest[equals + 1..].trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let length = value[1..].find(quote)?;
        rest = &value[length + 2..];
        Some((name, &value[1..1 + length]))
    })
}

/// The text of a part.
pub(super) fn text(xml: &str) -> String {
    let mut out = String::with_capacity(xml.len() / 4);
    let mut values = String::new();
    let (mut is_value, mut is_order) = (false, false);
    walk(xml, |event| match event {
        Event::Start(name, tag) => {
            is_value = name == "v";
            is_order = name == "instrText";
            match name {
                "tab" => out.push('\t'),
                "br" | "cr" | "line-break" => out.push('\n'),
                "s" => out.push(' '),
                _ => {}
            }
            if !may_say(tag) {
                return;
            }
            let said = attributes(tag).filter(|(name, value)| says(name, value));
            for (_, value) in said {
                let _ = write!(values, "{value}\n\n");
            }
        }
        Event::End(name) => {
            is_value = false;
            is_order = false;
            if PARAGRAPHS.contains(&name) {
                out.push_str("\n\n");
            } else if CELLS.contains(&name) {
                out.push_str(" | ");
            }
        }
        Event::Text(text) if is_order => {
            let _ = write!(values, "{text}\n\n");
        }
        Event::Text(text) if is_value => out.push_str(&whole(text)),
        Event::Text(text) => out.push_str(text),
    });
    out.push_str("\n\n");
    out.push_str(&values);
    out
}

/// Whether an attribute of a start tag may say something to a reader: most say only how it looks.
fn may_say(tag: &str) -> bool {
    let mut digits = 0;
    tag.bytes().any(|b| {
        digits += usize::from(b.is_ascii_digit());
        b >= 0x80 || b == b'@' || b == b'%' || digits >= FEWEST
    })
}

/// The fewest digits that are looked at.
const FEWEST: usize = 11;

/// Whether an attribute may say something to a reader.
fn says(name: &str, value: &str) -> bool {
    !name.starts_with("xmlns")
        && (value.contains('@')
            || value.contains('%')
            || !value.is_ascii()
            || value.bytes().filter(u8::is_ascii_digit).count() >= FEWEST)
}

/// A whole number that is written with a power of ten: `1.3800130024E10`.
fn whole(text: &str) -> std::borrow::Cow<'_, str> {
    let written = || {
        let (digits, power) = text.trim().split_once(['E', 'e'])?;
        let power: usize = power.trim_start_matches('+').parse().ok()?;
        let (first, rest) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = first
            .bytes()
            .chain(rest.bytes())
            .all(|b| b.is_ascii_digit());
        (all_digits && power < 20 && rest.len() <= power)
            .then(|| format!("{first}{rest}{}", "0".repeat(power - rest.len())))
    };
    written().map_or(text.into(), Into::into)
}
