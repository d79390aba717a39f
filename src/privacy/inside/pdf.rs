//! PDF: the text of its pages, its strings, its properties and the files in it.
//!
//! Comes in: the bytes. Goes out: texts. Steps: every object of the file is read wherever it is, so that damaged tables of
//! references and earlier versions of a page hide nothing (`objects`); streams are unpacked (`filters`); the strings of pages
//! become characters by the tables of their fonts (`fonts`) and are put together in their order (`page`). What cannot be read
//! is reported.

mod filters;
mod fonts;
mod objects;
mod page;

use std::collections::HashMap;

use self::fonts::{Font, Fonts};
use self::objects::{Object, Objects, Value};
use super::{Inside, Property, Unread, look_at, text_of, xml};

pub(super) fn look(place: &str, bytes: &[u8], depth: usize, inside: &mut Inside) {
    let mut objects = Objects::read(bytes);
    if objects.is_encrypted() {
        inside.leave(Unread::Encrypted);
        return;
    }
    filters::unpack(&mut objects, inside);
    if objects.list.is_empty() {
        inside.leave(Unread::Damaged);
        return;
    }
    let here = |part: &str| match (place, part) {
        ("", part) => part.to_owned(),
        (place, "") => place.to_owned(),
        (place, part) => format!("{place}/{part}"),
    };
    let mut strings = String::new();
    let mut remarks = 0;
    for object in &objects.list {
        object.value.strings(&mut strings);
        remarks += usize::from(is_remark(&object.value));
        properties(&object.value, &objects, inside);
    }
    inside.part(&here("strings"), strings);
    if remarks > 0 {
        inside.tell(Property::Comments, &remarks.to_string());
    }
    pages(&objects, &here("page"), inside);
    for object in &objects.list {
        let Some(data) = &object.data else { continue };
        match object.value.name("Type") {
            Some("Metadata") => metadata(&here("XMP"), data, inside),
            Some("EmbeddedFile") => look_at(&here("file"), data, depth + 1, inside),
            _ => {}
        }
    }
}

/// A note of a reader.
fn is_remark(value: &Value) -> bool {
    matches!(
        value.name("Subtype"),
        Some(
            "Text"
                | "FreeText"
                | "Highlight"
                | "Underline"
                | "StrikeOut"
                | "Stamp"
                | "Ink"
                | "Caret"
        )
    ) && value.get("Contents").is_some()
        && value.get("Rect").is_some()
}

/// The properties of the document: a mapping with a producer or a day, and an author.
fn properties(value: &Value, objects: &Objects, inside: &mut Inside) {
    let is_info = ["Producer", "CreationDate", "ModDate", "Creator"]
        .iter()
        .any(|key| value.get(key).is_some());
    if !is_info || value.get("Type").is_some() {
        return;
    }
    for (key, what) in [
        ("Author", Property::Author),
        ("Company", Property::Company),
        ("Manager", Property::Company),
    ] {
        if let Some(Value::String(bytes)) = value.get(key).map(|value| objects.resolve(value)) {
            inside.tell(what, &objects::words(bytes));
        }
    }
}

fn metadata(place: &str, data: &[u8], inside: &mut Inside) {
    let text = text_of(data).unwrap_or_default();
    if let Some((_, rest)) = text.split_once("<dc:creator>") {
        let creator = rest.split("</dc:creator>").next().unwrap_or_default();
        inside.tell(Property::Author, &xml::text(creator));
    }
    inside.part(place, xml::text(&text));
}

/// The text of every stream that shows text, with the fonts of its page.
fn pages(objects: &Objects, place: &str, inside: &mut Inside) {
    let fonts = Fonts::new(objects);
    let mut shown = page::Shown::default();
    let mut is_done = vec![false; objects.list.len()];
    for object in &objects.list {
        if object.value.name("Type") != Some("Page") {
            continue;
        }
        let own = resources(&object.value, objects);
        let names = own.map(|own| fonts.named(own, objects));
        let mut content = Vec::new();
        for reference in contents(&object.value, objects) {
            if let Some(at) = objects.index(reference) {
                is_done[at] = true;
                content.extend_from_slice(objects.list[at].data.as_deref().unwrap_or_default());
                content.push(b'\n');
            }
        }
        page::show(&content, &names.unwrap_or_default(), &fonts, &mut shown);
    }
    // Forms, appearances of notes, pages of earlier versions.
    for (object, _) in objects
        .list
        .iter()
        .zip(&is_done)
        .filter(|(_, done)| !**done)
    {
        let Some(data) = object.data.as_deref().filter(|_| may_show(object)) else {
            continue;
        };
        let own = object
            .value
            .get("Resources")
            .map(|own| objects.resolve(own));
        let names: HashMap<String, &Font> =
            own.map(|own| fonts.named(own, objects)).unwrap_or_default();
        page::show(data, &names, &fonts, &mut shown);
    }
    if shown.unknown > 0 {
        inside.leave(Unread::Letters);
    }
    let has_pictures = objects
        .list
        .iter()
        .any(|object| object.value.name("Subtype") == Some("Image"));
    let words = shown.text.chars().filter(|c| !c.is_whitespace()).count();
    if words == 0 && shown.unknown == 0 && has_pictures {
        inside.leave(Unread::Pictures);
    }
    inside.part(place, shown.text);
}

/// Whether a stream may have operators that show text.
fn may_show(object: &Object) -> bool {
    let kind = object.value.name("Type");
    let is_other = matches!(
        kind,
        Some("Metadata" | "EmbeddedFile" | "XRef" | "ObjStm" | "Catalog")
    ) || object.value.name("Subtype") == Some("Image")
        || ["Length1", "Length2", "FunctionType", "N", "CMapName"]
            .iter()
            .any(|key| object.value.get(key).is_some());
    !is_other
}

/// The resources of a page, perhaps those of the pages above it.
fn resources<'a>(page: &'a Value, objects: &'a Objects) -> Option<&'a Value> {
    const HIGHEST: usize = 32;
    let mut value = page;
    for _ in 0..HIGHEST {
        if let Some(own) = value.get("Resources") {
            return Some(objects.resolve(own));
        }
        value = objects.resolve(value.get("Parent")?);
    }
    None
}

/// The numbers of the streams of a page.
fn contents(page: &Value, objects: &Objects) -> Vec<u32> {
    let Some(contents) = page.get("Contents") else {
        return Vec::new();
    };
    match (contents, objects.resolve(contents)) {
        (_, Value::List(list)) => list.iter().filter_map(Value::reference).collect(),
        (Value::Reference(number), _) => vec![*number],
        _ => Vec::new(),
    }
}
