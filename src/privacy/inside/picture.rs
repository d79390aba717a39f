//! Pictures: what is written in them besides the picture.
//!
//! Comes in: the bytes of a JPEG, PNG, WebP or GIF file. Goes out: the text of its Exif, XMP, IPTC and comment segments and of
//! anything after its end, and whether it tells where, by whom and with what it was taken.

use std::io::Read;

use encoding_rs::{UTF_16BE, UTF_16LE};
use flate2::read::ZlibDecoder;

use super::{Inside, Property, look_at, printable, text_of, xml};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
const JPEG: &[u8] = &[0xff, 0xd8, 0xff];

pub(super) fn is_one(bytes: &[u8]) -> bool {
    bytes.starts_with(PNG)
        || bytes.starts_with(JPEG)
        || bytes.starts_with(b"GIF8")
        || bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP")
}

pub(super) fn look(place: &str, bytes: &[u8], depth: usize, inside: &mut Inside) {
    let end = if bytes.starts_with(PNG) {
        png(place, bytes, inside)
    } else if bytes.starts_with(JPEG) {
        jpeg(place, bytes, inside)
    } else if bytes.starts_with(b"RIFF") {
        webp(place, bytes, inside)
    } else {
        // The comments of a GIF file are plain bytes.
        inside.part(&under(place, "GIF"), printable(bytes));
        bytes.len()
    };
    let rest = bytes.get(end..).unwrap_or_default();
    if rest.len() > 4 {
        look_at(&under(place, "+"), rest, depth + 1, inside);
    }
}

fn under(place: &str, part: &str) -> String {
    if place.is_empty() {
        part.to_owned()
    } else {
        format!("{place}/{part}")
    }
}

fn number(bytes: &[u8], at: usize, length: usize, big: bool) -> Option<usize> {
    let part = bytes.get(at..at.checked_add(length)?)?;
    let join = |sum: usize, byte: &u8| sum << 8 | usize::from(*byte);
    Some(if big {
        part.iter().fold(0, join)
    } else {
        part.iter().rev().fold(0, join)
    })
}

/// The segments before the picture, then those between its parts; returns where the picture ends.
fn jpeg(place: &str, bytes: &[u8], inside: &mut Inside) -> usize {
    let mut at = 2;
    while let Some(&[0xff, marker]) = bytes.get(at..at + 2) {
        match marker {
            0xff => {
                at += 1;
                continue;
            }
            0xd9 => return at + 2,
            0x01 | 0xd0..=0xd8 => {
                at += 2;
                continue;
            }
            _ => {}
        }
        let Some(length) = number(bytes, at + 2, 2, true).filter(|length| *length >= 2) else {
            return bytes.len();
        };
        let data = bytes.get(at + 4..at + 2 + length).unwrap_or_default();
        segment(place, marker, data, inside);
        at += 2 + length;
        if marker == 0xda {
            // The picture itself: until a marker that is not one of it.
            while at + 1 < bytes.len()
                && (bytes[at] != 0xff || matches!(bytes[at + 1], 0 | 0xd0..=0xd7 | 0xff))
            {
                at += 1;
            }
        }
    }
    bytes.len()
}

fn segment(place: &str, marker: u8, data: &[u8], inside: &mut Inside) {
    const XMP: &[u8] = b"http://ns.adobe.com/";
    match marker {
        0xe1 if data.starts_with(b"Exif\0\0") => exif(place, &data[6..], inside),
        0xe1 if data.starts_with(XMP) => {
            let start = data.iter().position(|b| *b == 0).map_or(0, |at| at + 1);
            xmp(place, &data[start..], inside);
        }
        0xed => inside.part(&under(place, "IPTC"), printable(data)),
        0xe1..=0xef | 0xfe => inside.part(&under(place, "JPEG"), printable(data)),
        _ => {}
    }
}

/// Where the picture ends.
fn png(place: &str, bytes: &[u8], inside: &mut Inside) -> usize {
    let mut at = PNG.len();
    while let Some(length) = number(bytes, at, 4, true) {
        let kind = bytes.get(at + 4..at + 8).unwrap_or_default();
        let data = bytes
            .get(at + 8..(at + 8).saturating_add(length))
            .unwrap_or_default();
        at = (at + 12).saturating_add(length);
        let here = || under(place, &String::from_utf8_lossy(kind));
        match kind {
            b"tEXt" | b"iTXt" | b"zTXt" => png_text(&here(), kind, data, inside),
            b"eXIf" => exif(place, data, inside),
            b"IEND" => return at,
            _ if kind.first().is_some_and(u8::is_ascii_lowercase) => {
                inside.part(&here(), printable(data))
            }
            _ => {}
        }
    }
    bytes.len()
}

/// A key, zero bytes, and the text, perhaps packed.
fn png_text(place: &str, kind: &[u8], data: &[u8], inside: &mut Inside) {
    inside.part(place, printable(data));
    let key = data.split(|b| *b == 0).next().unwrap_or_default();
    let is_author = key.eq_ignore_ascii_case(b"author") || key.eq_ignore_ascii_case(b"artist");
    let is_packed = kind == b"zTXt" || kind == b"iTXt" && data.get(key.len() + 1) == Some(&1);
    let value = if is_packed {
        // The text begins after the name of its packing, or after language and translated key.
        let start = data.windows(1).enumerate().skip(key.len() + 1);
        let found = start.filter(|(_, b)| b[0] == 0x78).find_map(|(at, _)| {
            let mut out = Vec::new();
            let limit = u64::try_from(inside.left).unwrap_or(u64::MAX);
            ZlibDecoder::new(&data[at..])
                .take(limit)
                .read_to_end(&mut out)
                .ok()?;
            Some(out)
        });
        let found = found.unwrap_or_default();
        inside.spend(found.len());
        inside.part(place, text_of(&found).unwrap_or_default());
        found
    } else {
        data.get(key.len() + 1..).unwrap_or_default().to_vec()
    };
    if is_author {
        inside.tell(Property::Author, &text_of(&value).unwrap_or_default());
    }
    if key.starts_with(b"XML:com.adobe") {
        xmp(place, &value, inside);
    }
}

/// Where the picture ends.
fn webp(place: &str, bytes: &[u8], inside: &mut Inside) -> usize {
    let end = number(bytes, 4, 4, false).map_or(bytes.len(), |length| length + 8);
    let mut at = 12;
    while let Some(length) = number(bytes, at + 4, 4, false) {
        let kind = bytes.get(at..at + 4).unwrap_or_default();
        let data = bytes
            .get(at + 8..(at + 8).saturating_add(length))
            .unwrap_or_default();
        match kind {
            b"EXIF" => exif(
                place,
                data.strip_prefix(b"Exif\0\0").unwrap_or(data),
                inside,
            ),
            b"XMP " => xmp(place, data, inside),
            b"VP8 " | b"VP8L" | b"VP8X" | b"ALPH" | b"ANIM" | b"ANMF" | b"ICCP" => {}
            _ => inside.part(&under(place, "WebP"), printable(data)),
        }
        at = (at + 8).saturating_add(length + length % 2);
    }
    end.min(bytes.len())
}

fn xmp(place: &str, data: &[u8], inside: &mut Inside) {
    let text = String::from_utf8_lossy(data);
    let has = |word: &str| text.contains(word);
    if has("exif:GPSLatitude") || has("GPSLongitude") {
        inside.tell(Property::Location, "GPS (XMP)");
    }
    for name in ["<dc:creator>", "<photoshop:AuthorsPosition>"] {
        if let Some((_, rest)) = text.split_once(name) {
            let value = rest.split("</dc:creator>").next().unwrap_or_default();
            let words = xml::text(value);
            inside.tell(Property::Author, &words);
        }
    }
    inside.part(&under(place, "XMP"), xml::text(&text));
}

/// The directories of an Exif block.
fn exif(place: &str, data: &[u8], inside: &mut Inside) {
    const MOST: usize = 8;
    let place = under(place, "Exif");
    inside.part(&place, printable(data));
    let big = data.starts_with(b"MM");
    let mut directories = vec![number(data, 4, 4, big).unwrap_or(0)];
    let mut seen = 0;
    while let Some(start) = directories.pop().filter(|_| seen < MOST) {
        seen += 1;
        let count = number(data, start, 2, big).unwrap_or(0);
        for i in 0..count {
            let at = start + 2 + 12 * i;
            let Some(tag) = number(data, at, 2, big) else {
                break;
            };
            let value = number(data, at + 8, 4, big).unwrap_or(0);
            match tag {
                0x8769 | 0x8825 => directories.push(value),
                2 | 4 if seen > 1 && is_located(data, at, big) => {
                    inside.tell(Property::Location, "GPS (Exif)");
                }
                _ => exif_entry(&place, data, at, big, inside),
            }
        }
    }
}

/// Latitude or longitude: three fractions.
fn is_located(data: &[u8], at: usize, big: bool) -> bool {
    number(data, at + 2, 2, big) == Some(5) && number(data, at + 4, 4, big) == Some(3)
}

fn exif_entry(place: &str, data: &[u8], at: usize, big: bool, inside: &mut Inside) {
    let size = match number(data, at + 2, 2, big) {
        Some(1 | 2 | 7) => 1,
        _ => return,
    };
    let length = number(data, at + 4, 4, big).unwrap_or(0) * size;
    let start = if length <= 4 {
        at + 8
    } else {
        number(data, at + 8, 4, big).unwrap_or(0)
    };
    let value = data
        .get(start..start.saturating_add(length))
        .unwrap_or_default();
    let tag = number(data, at, 2, big).unwrap_or(0);
    let text = match tag {
        // Titles and comments of Windows.
        0x9c9b..=0x9c9f => UTF_16LE.decode(value).0.into_owned(),
        0x9286 if value.starts_with(b"UNICODE\0") => {
            let encoding = if big { UTF_16BE } else { UTF_16LE };
            encoding.decode(&value[8..]).0.into_owned()
        }
        _ => text_of(value.split(|b| *b == 0).next().unwrap_or_default()).unwrap_or_default(),
    };
    let what = match tag {
        0x013b | 0x9c9d | 0xa430 => Some(Property::Author),
        0x010f | 0x0110 | 0xa431 | 0xa435 => Some(Property::Device),
        _ => None,
    };
    if let Some(what) = what {
        inside.tell(what, text.trim_end_matches('\0'));
    }
    inside.part(place, text);
}
