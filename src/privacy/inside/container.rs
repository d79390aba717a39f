//! Containers: .docx, .xlsx, .pptx, .ofd and other zip files.
//!
//! Comes in: the bytes. Goes out: the text of every part, names of parts included, and what the document tells of people.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::xml::{Event, attributes, walk};
use super::{Inside, Property, Unread, look_at, text_of, xml};

/// The most parts that are looked at.
const MOST: usize = 20_000;

pub(super) fn look(place: &str, bytes: &[u8], depth: usize, inside: &mut Inside) {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        inside.leave(Unread::Damaged);
        return;
    };
    if archive.len() > MOST {
        inside.leave(Unread::Large);
    }
    let comment = String::from_utf8_lossy(archive.comment()).into_owned();
    inside.part(place, comment);
    for i in 0..archive.len().min(MOST) {
        if inside.left == 0 {
            return;
        }
        let mut part = match archive.by_index(i) {
            Ok(part) => part,
            Err(zip::result::ZipError::UnsupportedArchive(_)) => {
                inside.leave(Unread::Encrypted);
                continue;
            }
            Err(_) => {
                inside.leave(Unread::Damaged);
                continue;
            }
        };
        let name = part
            .name()
            .map(|name| name.into_owned())
            .unwrap_or_default();
        let mut unpacked = Vec::new();
        let limit = u64::try_from(inside.left).unwrap_or(u64::MAX);
        if part
            .by_ref()
            .take(limit)
            .read_to_end(&mut unpacked)
            .is_err()
        {
            inside.leave(Unread::Damaged);
        }
        inside.spend(unpacked.len());
        let here = if place.is_empty() {
            name.clone()
        } else {
            format!("{place}/{name}")
        };
        inside.part(&here, name.as_str());
        of_part(&here, &name, &unpacked, depth, inside);
    }
}

fn of_part(here: &str, name: &str, bytes: &[u8], depth: usize, inside: &mut Inside) {
    let ending = name
        .rsplit('.')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    if !matches!(ending.as_str(), "xml" | "rels" | "vml") {
        look_at(here, bytes, depth + 1, inside);
        return;
    }
    let Some(text) = text_of(bytes) else {
        inside.leave(Unread::Damaged);
        return;
    };
    tell(name, &text, inside);
    inside.part(here, xml::text(&text));
}

/// What the document says of the people who made it.
fn tell(name: &str, xml: &str, inside: &mut Inside) {
    let is_properties =
        name.starts_with("docProps/") || name == "meta.xml" || name.ends_with("OFD.xml");
    let is_comments = name.contains("comments") || name.contains("Annotations");
    let mut element = "";
    let (mut comments, mut changes) = (0, 0);
    walk(xml, |event| match event {
        Event::Start(started, tag) => {
            element = started;
            let has = |key: &str, values: &[&str]| {
                attributes(tag).any(|(name, value)| name == key && values.contains(&value))
            };
            match started {
                "comment" | "cm" | "threadedComment" | "Annot" if is_comments => comments += 1,
                "ins" | "del" | "moveFrom" | "moveTo" if name.starts_with("word/") => changes += 1,
                "sheet" if has("state", &["hidden", "veryHidden"]) => {
                    let named = attributes(tag).find(|(name, _)| *name == "name");
                    inside.tell(Property::Hidden, named.map_or("…", |(_, value)| value));
                }
                "sld" if has("show", &["0", "false"]) => inside.tell(Property::Hidden, name),
                _ => {}
            }
        }
        Event::Text(text) if is_properties => {
            let what = match element {
                "creator" | "initial-creator" | "Author" | "Creator" => Property::Author,
                "lastModifiedBy" => Property::Editor,
                "Company" | "Manager" => Property::Company,
                _ => return,
            };
            inside.tell(what, text);
        }
        Event::End(_) => element = "",
        Event::Text(_) => {}
    });
    if comments > 0 {
        inside.tell(Property::Comments, &comments.to_string());
    }
    if changes > 0 {
        inside.tell(Property::Changes, &changes.to_string());
    }
}
