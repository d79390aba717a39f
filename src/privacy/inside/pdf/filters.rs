//! How streams are packed.
//!
//! Comes in: the objects of a file. Goes out: their streams unpacked; what is packed in a way that is not known here is
//! reported and left out.

use std::io::Read;

use flate2::read::{DeflateDecoder, ZlibDecoder};

use super::super::{Inside, Unread};
use super::objects::{Objects, Value, from_hex};

/// Unpacks every stream that may be read, and reads the objects in streams of objects.
pub(super) fn unpack(objects: &mut Objects, inside: &mut Inside) {
    let mut packed = Vec::new();
    for at in 0..objects.list.len() {
        let object = &objects.list[at];
        // The pixels of a picture, and the outlines of a font.
        let is_drawn = object.value.name("Subtype") == Some("Image")
            || object.value.get("Length1").is_some()
            || matches!(
                object.value.name("Subtype"),
                Some("CIDFontType0C" | "Type1C" | "OpenType")
            );
        let Some(data) = object.data.as_ref().filter(|_| !is_drawn) else {
            objects.list[at].data = None;
            continue;
        };
        match unpacked(data, &object.value, objects, inside) {
            Some(data) => objects.list[at].data = Some(data),
            None => {
                inside.leave(Unread::Damaged);
                objects.list[at].data = None;
            }
        }
        if objects.list[at].value.name("Type") == Some("ObjStm") {
            packed.push(at);
        }
    }
    for at in packed {
        for (number, value) in objects.in_stream(at) {
            objects.add(number, value, None);
        }
    }
}

fn unpacked(data: &[u8], value: &Value, objects: &Objects, inside: &mut Inside) -> Option<Vec<u8>> {
    let filter = value
        .get("Filter")
        .or_else(|| value.get("F"))
        .map(|filter| objects.resolve(filter));
    let list: Vec<&str> = match filter {
        Some(Value::Name(name)) => vec![name],
        Some(Value::List(list)) => list
            .iter()
            .filter_map(|one| match objects.resolve(one) {
                Value::Name(name) => Some(name.as_str()),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    };
    let mut data = data.to_vec();
    for name in list {
        data = match name {
            "FlateDecode" | "Fl" => inflated(&data, inside)?,
            "ASCIIHexDecode" | "AHx" => {
                from_hex(data.split(|b| *b == b'>').next().unwrap_or_default())
            }
            "ASCII85Decode" | "A85" => from_85(&data),
            "LZWDecode" | "LZW" => from_lzw(&data, inside.left),
            "RunLengthDecode" | "RL" => from_runs(&data, inside.left),
            // Pictures.
            "DCTDecode" | "JPXDecode" | "CCITTFaxDecode" | "JBIG2Decode" => return Some(Vec::new()),
            _ => return None,
        };
        inside.spend(data.len());
    }
    if let Some(columns) = predicted(value, objects) {
        data = unpredicted(&data, columns);
    }
    Some(data)
}

/// What was packed by deflate; as much as is sound of a damaged stream.
fn inflated(data: &[u8], inside: &Inside) -> Option<Vec<u8>> {
    let limit = u64::try_from(inside.left).unwrap_or(u64::MAX);
    let mut out = Vec::new();
    let result = ZlibDecoder::new(data).take(limit).read_to_end(&mut out);
    if out.is_empty() && result.is_err() {
        // Without its two bytes of head.
        let bare = data.get(2..).unwrap_or_default();
        let _ = DeflateDecoder::new(bare).take(limit).read_to_end(&mut out);
    }
    (!out.is_empty() || result.is_ok()).then_some(out)
}

fn from_85(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut group: Vec<u32> = Vec::with_capacity(5);
    let put = |group: &mut Vec<u32>, out: &mut Vec<u8>| {
        let given = group.len();
        if given < 2 {
            return;
        }
        group.resize(5, 84);
        let value = group.iter().fold(0_u32, |sum, digit| {
            sum.wrapping_mul(85).wrapping_add(*digit)
        });
        out.extend_from_slice(&value.to_be_bytes()[..given - 1]);
        group.clear();
    };
    for b in data {
        match b {
            b'~' => break,
            b'z' if group.is_empty() => out.extend_from_slice(&[0; 4]),
            b'!'..=b'u' => {
                group.push(u32::from(b - b'!'));
                if group.len() == 5 {
                    put(&mut group, &mut out);
                }
            }
            _ => {}
        }
    }
    put(&mut group, &mut out);
    out
}

fn from_runs(data: &[u8], limit: usize) -> Vec<u8> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(&length) = data
        .get(at)
        .filter(|length| **length != 128 && out.len() < limit)
    {
        let length = usize::from(length);
        if length < 128 {
            out.extend_from_slice(data.get(at + 1..at + 2 + length).unwrap_or_default());
            at += 2 + length;
        } else {
            let byte = data.get(at + 1).copied().unwrap_or(0);
            out.extend(std::iter::repeat_n(byte, 257 - length));
            at += 2;
        }
    }
    out
}

/// LZW with codes of 9 to 12 bits that grow one code early.
fn from_lzw(data: &[u8], limit: usize) -> Vec<u8> {
    const CLEAR: usize = 256;
    const END: usize = 257;
    const FULL: usize = 4096;
    let mut out: Vec<u8> = Vec::new();
    // Each entry is a piece of what was put out.
    let mut table: Vec<(usize, usize)> = Vec::new();
    let (mut bits, mut held, mut width) = (0_u32, 0, 9);
    let mut last: Option<(usize, usize)> = None;
    for byte in data {
        bits = bits << 8 | u32::from(*byte);
        held += 8;
        if held < width || out.len() > limit {
            continue;
        }
        held -= width;
        let code = usize::try_from(bits >> held & ((1 << width) - 1)).unwrap_or(END);
        bits &= (1 << held) - 1;
        match code {
            CLEAR => {
                table.clear();
                width = 9;
                last = None;
                continue;
            }
            END => break,
            _ => {}
        }
        let start = out.len();
        if code < CLEAR {
            out.push(u8::try_from(code).unwrap_or(0));
        } else if let Some(&(from, length)) = table.get(code - 258) {
            out.extend_from_within(from..from + length);
        } else if let Some((from, length)) = last {
            out.extend_from_within(from..from + length);
            out.extend_from_within(from..from + 1);
        } else {
            break;
        }
        if let Some((from, length)) = last
            && table.len() + 258 < FULL
        {
            // The last piece and the first sign of this one follow each other.
            table.push((from, length + 1));
        }
        last = Some((start, out.len() - start));
        width = match table.len() + 259 {
            ..512 => 9,
            512..1024 => 10,
            1024..2048 => 11,
            _ => 12,
        };
    }
    out
}

/// The bytes of a row, if rows were packed as differences (PNG).
fn predicted(value: &Value, objects: &Objects) -> Option<usize> {
    let settings = objects.resolve(value.get("DecodeParms").or_else(|| value.get("DP"))?);
    let settings = match settings {
        Value::List(list) => objects.resolve(list.last()?),
        one => one,
    };
    let number = |key: &str| match settings.get(key).map(|value| objects.resolve(value)) {
        Some(Value::Number(number)) => usize::try_from(*number).ok(),
        _ => None,
    };
    const WIDEST: usize = 1 << 20;
    (number("Predictor")? >= 10).then(|| number("Columns").unwrap_or(1).clamp(1, WIDEST))
}

fn unpredicted(data: &[u8], columns: usize) -> Vec<u8> {
    let mut above = vec![0_u8; columns];
    let mut out = Vec::with_capacity(data.len());
    for row in data.chunks(columns + 1) {
        let Some((kind, row)) = row.split_first() else {
            break;
        };
        let mut now = vec![0_u8; columns];
        for (i, byte) in row.iter().enumerate() {
            let left = if i > 0 { now[i - 1] } else { 0 };
            let guess = match kind {
                1 => left,
                2 => above[i],
                3 => u8::midpoint(left, above[i]),
                _ => 0,
            };
            now[i] = byte.wrapping_add(guess);
        }
        out.extend_from_slice(&now[..row.len()]);
        above = now;
    }
    out
}
