//! The form of the index: files, numbers, postings, shelves. The fields of its records are those of [`crate::records`].
//!
//! Comes in: terms, entries. Goes out: the text of files, and back.
//!
//! ```text
//! search/index.js            the manifest, the only file whose address never changes
//! search/<version>/s<n>.js   a shelf of terms
//! search/<version>/p<n>.js   names of places of which the site has nothing, divided by `~`, each with a blank and the entry of
//!                            its province if that has a page
//! search/<version>/f<n>.js   facts of places: those of a few places, the places divided by U+001D
//! search/<version>/b<n>.js   a box of entries (what is shown)
//! search/<version>/x.js      traditional characters, each before its simplified form, for questions that have some
//! search/<version>/y.js      readings of the common characters, for corrections by sound
//! ```
//!
//! Every file is a script, `_mb("s12","…")`, because a script can be loaded from a folder on a stick and under
//! `script-src 'self'`. `<version>` is the hash of everything in the folder: files can be cached forever, and a page
//! that holds an old manifest notices (the file is gone) and fetches the new one.
//!
//! A **shelf** is a file with some of the terms, a **box** a file with the words of some entries: a question fetches only
//! the shelves that its own terms can be on, and the boxes of what is shown.
//!
//! **Numbers** are written as 91 printable signs (from `!` on, without `"`, `\` and `~`; a compressor sees bytes that mean one
//! thing). A number below 61 is one sign; otherwise `61 + (v - 61) % 30` and then the number `(v - 61) / 30`.
//!
//! **A term** on a shelf: its key, a blank, the magnitude of its frequency (one sign, [`magnitude`]), its postings, `~`;
//! of an everyday phrase, before the `~`, a blank and the words of the texts that it is said instead of, divided by `|`.
//! Postings are sorted by level, highest first: one sign `level - 1 + 15 * (count - 1)` for up to five entries, else
//! `level - 1 + 75` and the number `count - 6`; then the entries, each the difference to the one before (the first
//! to -1).
//!
//! **An entry's number** is `part * 16 + place`: place 0 is the page itself, 1 to 14 the entries of the part, 15 what all
//! entries of a part inherit where the part is not an entry itself. Part 0 does not exist.
//!
//! **A box** holds `2^b` parts (`b` in the manifest), divided by U+001D; a part is its head and its entries, divided by
//! U+001E; their fields are divided by U+001F.
//!
//! **The shelf of a key** is [`hash`] of its address modulo the number of shelves; see [`addresses`].

/// Goes up when an old page could not read a new index.
pub const FORMAT: u32 = 2;

/// Bits of an entry's place in its part.
pub const PLACE_BITS: u32 = 4;
/// Place of what a part's entries inherit.
pub const INHERITED: u32 = 15;

/// The sign between the parts of a box.
pub const PART: char = '\u{1D}';
/// The sign between the entries of a part.
pub const ENTRY: char = '\u{1E}';
/// The sign between the fields of an entry.
pub const FIELD: char = '\u{1F}';

/// An entry that has a term, and the level of the field in which it is.
pub type Posting = (u32, u8);

/// The number of an entry.
pub const fn entry_number(part: u32, place: u32) -> u32 {
    part << PLACE_BITS | place
}

/// The part that an entry is in.
pub const fn part_of(entry: u32) -> u32 {
    entry >> PLACE_BITS
}

/// The place of an entry in its part.
pub const fn place_of(entry: u32) -> u32 {
    entry & ((1 << PLACE_BITS) - 1)
}

/// Printable signs without `"`, `\` (escaped in scripts), the blank and `~`.
fn sign(value: u32) -> char {
    let code = 33 + value;
    let code = if code >= 34 { code + 1 } else { code };
    let code = if code >= 92 { code + 1 } else { code };
    char::from_u32(code).expect("a sign is below 91")
}

fn value(sign: char) -> Option<u32> {
    let code = sign as u32;
    let back = u32::from(code > 34) + u32::from(code > 92);
    (33..=125)
        .contains(&code)
        .then(|| code - 33 - back)
        .filter(|_| code != 34 && code != 92)
}

/// Writes a number.
pub fn write_number(mut v: u32, out: &mut String) {
    while v >= 61 {
        v -= 61;
        out.push(sign(61 + v % 30));
        v /= 30;
    }
    out.push(sign(v));
}

/// Reads a number; nothing at the end or at a sign that is not one of the 91.
pub fn read_number(signs: &mut std::str::Chars) -> Option<u32> {
    let (mut v, mut unit) = (0u32, 1u32);
    loop {
        let next = value(signs.next()?)?;
        if next < 61 {
            return v.checked_add(next.checked_mul(unit)?);
        }
        v = v.checked_add(next.checked_mul(unit)?)?;
        unit = unit.checked_mul(30)?;
    }
}

/// Twice the binary logarithm, rounded down to a half: 1 -> 0, 2 -> 2, 3 -> 3, 4 -> 4, 6 -> 5.
pub fn magnitude(count: usize) -> u32 {
    let count = u32::try_from(count.max(1)).unwrap_or(u32::MAX);
    let bits = 31 - count.leading_zeros();
    2 * bits + u32::from(bits > 0 && count >> (bits - 1) & 1 == 1)
}

/// Postings as (entry, level), in the order of entries.
pub fn write_postings(postings: &[Posting], out: &mut String) {
    for level in (1..=15u8).rev() {
        let ids: Vec<u32> = postings
            .iter()
            .filter(|p| p.1 == level)
            .map(|p| p.0)
            .collect();
        let count = u32::try_from(ids.len()).expect("fewer than 2^32 entries");
        if count == 0 {
            continue;
        }
        out.push(sign(u32::from(level) - 1 + 15 * (count.min(6) - 1)));
        if count >= 6 {
            write_number(count - 6, out);
        }
        let mut last = None;
        for id in ids {
            write_number(last.map_or(id, |l| id - l - 1), out);
            last = Some(id);
        }
    }
}

/// Reads postings to their end.
pub fn read_postings(text: &str) -> Option<Vec<Posting>> {
    let mut signs = text.chars();
    let mut out = Vec::new();
    while let Some(first) = signs.next() {
        let first = value(first)?;
        let level = u8::try_from(first % 15 + 1).ok()?;
        let mut count = first / 15 + 1;
        if count == 6 {
            count = count.checked_add(read_number(&mut signs)?)?;
        }
        let mut last: Option<u32> = None;
        for _ in 0..count {
            let step = read_number(&mut signs)?;
            let id = match last {
                None => step,
                Some(last) => last.checked_add(step)?.checked_add(1)?,
            };
            last = Some(id);
            out.push((id, level));
        }
    }
    Some(out)
}

/// FNV-1a over UTF-16 units, 32 bits.
pub fn hash(text: &str) -> u32 {
    let mut h = 0x811C_9DC5u32;
    for unit in text.encode_utf16() {
        h = (h ^ u32::from(unit)).wrapping_mul(0x0100_0193);
    }
    // The low bits alone would mix badly.
    h ^ (h >> 15)
}

/// What the shelf of a place's name is chosen by: its last two characters.
pub fn place_address(name: &str) -> &str {
    let from = name.char_indices().rev().nth(1).map_or(0, |(at, _)| at);
    &name[from..]
}

/// What a key's shelf is chosen by. Two neighbours are filed with the one of them that is rare (not among the
/// `common` ones) and has the smaller hash, so that the pairs of a word tend to be on one shelf; a name is filed
/// with its first pair, a name with a gap with its known characters. If both characters are rare and the site is
/// small enough to file terms `twice`, the second address is the other character: a question then needs half as many
/// shelves.
pub fn addresses(key: &str, common: &[char], twice: bool) -> (String, Option<String>) {
    let chars: Vec<char> = key.chars().filter(|c| *c != '*').collect();
    let one = |address: &str| (address.to_owned(), None);
    match chars.first() {
        Some('#') => match key.find("20").or_else(|| key.find("19")) {
            Some(at) => one(&key[at..]),
            None => one(key),
        },
        Some('=') if key.contains('\'') => {
            let mut parts = key[1..].split('\'');
            let (a, b) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
            (format!("{a}'{b}"), None)
        }
        Some('=') if chars.len() == 2 || chars[1].is_ascii() => (chars[1..].iter().collect(), None),
        Some('=' | '?' | '+') if chars.len() > 2 => pair(chars[1], chars[2], common, twice),
        Some(c) if chars.len() == 2 && !c.is_ascii() => pair(chars[0], chars[1], common, twice),
        _ => one(key),
    }
}

fn pair(a: char, b: char, common: &[char], twice: bool) -> (String, Option<String>) {
    match (common.contains(&a), common.contains(&b)) {
        (true, true) => {
            // Both ways round on one shelf: a swap is found without another request.
            let (a, b) = if a < b { (a, b) } else { (b, a) };
            (format!("{a}{b}"), None)
        }
        (true, false) => (b.to_string(), None),
        (false, true) => (a.to_string(), None),
        (false, false) => {
            let (a, b) = (a.to_string(), b.to_string());
            let (first, second) = if hash(&a) <= hash(&b) { (a, b) } else { (b, a) };
            (first, Some(second).filter(|_| twice))
        }
    }
}

/// The name by which a file of the index is asked for: `i` for the entry, else its own; nothing for other files.
pub fn name_of(path: &str) -> Option<&str> {
    let name = path.strip_prefix("search/")?.strip_suffix(".js")?;
    Some(match name.rsplit_once('/') {
        Some((_, name)) => name,
        None => "i",
    })
}

/// A file of the index as a script.
pub fn script(name: &str, payload: &str) -> String {
    let mut out = String::with_capacity(payload.len() + 16);
    out.push_str("_mb(\"");
    out.push_str(name);
    out.push_str("\",\"");
    for c in payload.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            c => out.push(c),
        }
    }
    out.push_str("\")");
    out
}

/// The payload of a script of the index; nothing if it is another script.
pub fn payload(script: &str) -> Option<String> {
    let body = script.strip_prefix("_mb(\"")?;
    let (_, body) = body.split_once("\",\"")?;
    let body = body.strip_suffix("\")")?;
    let mut out = String::with_capacity(body.len());
    let mut chars = body.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next()? {
            'n' => out.push('\n'),
            'r' => out.push('\r'),
            'u' => {
                let code: String = chars.by_ref().take(4).collect();
                out.push(char::from_u32(u32::from_str_radix(&code, 16).ok()?)?);
            }
            c => out.push(c),
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(v: u32) -> String {
        let mut out = String::new();
        write_number(v, &mut out);
        out
    }

    #[test]
    fn numbers_and_postings_are_as_described() {
        // Signs run from ! (33), without " and \.
        assert_eq!(number(0), "!");
        assert_eq!(number(1), "#");
        assert_eq!(number(60), "_");
        // 61 + (100 - 61) % 30 = 70, then 39 / 30 = 1
        assert_eq!(number(100), format!("{}{}", sign(70), sign(1)));
        let mut out = String::new();
        write_postings(&[(16, 10), (17, 4), (19, 4)], &mut out);
        // level 10, one entry, 16; level 4, two entries, 17 and 19
        assert_eq!(
            out,
            [9, 16, 3 + 15, 17, 1].map(sign).iter().collect::<String>()
        );
        assert_eq!(read_postings(&out), Some(vec![(16, 10), (17, 4), (19, 4)]));
        assert_eq!([1, 2, 3, 4, 6, 64].map(magnitude), [0, 2, 3, 4, 5, 12]);
    }

    #[test]
    fn every_sign_is_read_back() {
        for v in 0..91 {
            assert_eq!(value(sign(v)), Some(v));
            assert!(!"\"\\ ~".contains(sign(v)));
        }
        for v in (0..100_000).chain([u32::MAX / 4]) {
            assert_eq!(read_number(&mut number(v).chars()), Some(v));
        }
    }

    #[test]
    fn a_script_gives_its_payload_back() {
        let text = "a\"b\\c\nd\u{2028}e县";
        assert_eq!(payload(&script("s1", text)).as_deref(), Some(text));
        assert_eq!(payload("alert(1)"), None);
    }
}
