//! Fonts: from the bytes that a page shows to characters and their widths.
//!
//! Comes in: the dictionary of a font. Goes out: for each code its character, where the file says it or its encoding is
//! one of those that PDF defines (PDF 1.7, 9.7.5 and annex D), and its width in thousandths of the size.

use std::collections::HashMap;
use std::rc::Rc;

use encoding_rs::{Encoding, GB18030, MACINTOSH, WINDOWS_1252};
use hayro_cmap::{BfString, CMap};
use hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier, Stream};
use mingbai_text::usual_ideograph;

/// The fonts of a file that were read before.
#[derive(Default)]
pub struct Fonts(HashMap<ObjectIdentifier, Rc<Font>>);

impl Fonts {
    /// A font, read once if the file has it once.
    pub fn get(&mut self, dict: &Dict) -> Rc<Font> {
        let Some(id) = dict.obj_id() else {
            return Rc::new(Font::new(dict));
        };
        let font = self.0.entry(id).or_insert_with(|| Rc::new(Font::new(dict)));
        Rc::clone(font)
    }
}

/// How the bytes of a text are cut into codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Codes {
    /// One byte each.
    Single,
    /// Two bytes each.
    Pairs,
    /// One byte below 128, else two, or four: GB 18030 and what it contains.
    Chinese,
}

/// What a code is if the font has no table of characters.
enum Meaning {
    /// Not known.
    None,
    /// UTF-16.
    Utf16,
    /// An encoding of bytes.
    Bytes(&'static Encoding),
}

/// A font.
pub struct Font {
    codes: Codes,
    meaning: Meaning,
    to_unicode: Option<CMap>,
    /// Characters that the font names itself, by code.
    named: HashMap<u32, String>,
    widths: HashMap<u32, f64>,
    /// The width of codes that have none.
    usual: f64,
    /// Units of the widths in one size: a thousand, but for fonts that are drawn (Type 3).
    unit: f64,
    /// Whether it is written from above to below.
    pub is_vertical: bool,
}

/// A character of a font.
pub struct Shown {
    /// What it means.
    pub text: Option<String>,
    /// Its width as a share of the size.
    pub width: f64,
    /// Whether it is the byte of a blank, to which the space of words is added.
    pub is_blank: bool,
}

impl Font {
    fn new(dict: &Dict) -> Self {
        let to_unicode = dict
            .get::<Stream>("ToUnicode")
            .and_then(|stream| stream.decoded_data().ok())
            .and_then(|data| CMap::parse(&data, |_| None));
        let kind = dict.get::<Name>("Subtype");
        let mut font = Self {
            codes: Codes::Single,
            meaning: Meaning::Bytes(WINDOWS_1252),
            to_unicode,
            named: HashMap::new(),
            widths: HashMap::new(),
            usual: 500.0,
            unit: 1000.0,
            is_vertical: false,
        };
        match kind.as_ref().map(|kind| kind.as_ref()) {
            Some(b"Type0") => font.composite(dict),
            Some(b"Type3") => {
                let matrix = dict.get::<Array>("FontMatrix");
                let scale = matrix.and_then(|matrix| matrix.iter::<f64>().next());
                font.unit = scale
                    .filter(|scale| *scale > 0.0)
                    .map_or(1000.0, |s| 1.0 / s);
                font.meaning = Meaning::None;
                font.simple(dict);
            }
            _ => font.simple(dict),
        }
        font
    }

    /// A font with codes of one byte.
    fn simple(&mut self, dict: &Dict) {
        let first = dict.get::<i32>("FirstChar").unwrap_or(0);
        if let Some(widths) = dict.get::<Array>("Widths") {
            let first = u32::try_from(first).unwrap_or(0);
            self.widths = (first..).zip(widths.iter::<f64>()).take(256).collect();
        }
        let encoding = dict.get::<Object>("Encoding");
        let base = match &encoding {
            Some(Object::Name(name)) => Some(name.clone()),
            Some(Object::Dict(dict)) => dict.get::<Name>("BaseEncoding"),
            _ => None,
        };
        if base.is_some_and(|name| name.as_ref() == b"MacRomanEncoding") {
            self.meaning = Meaning::Bytes(MACINTOSH);
        }
        let Some(Object::Dict(encoding)) = encoding else {
            return;
        };
        let mut code = 0;
        for entry in encoding
            .get::<Array>("Differences")
            .iter()
            .flat_map(|d| d.iter::<Object>())
        {
            match entry {
                Object::Number(number) => code = u32::try_from(number.as_i64()).unwrap_or(0),
                Object::Name(name) => {
                    if let Some(text) = character_of(name.as_str()) {
                        self.named.insert(code, text);
                    }
                    code = code.saturating_add(1);
                }
                _ => {}
            }
        }
    }

    /// A font with codes of several bytes.
    fn composite(&mut self, dict: &Dict) {
        self.codes = Codes::Pairs;
        self.meaning = Meaning::None;
        self.usual = 1000.0;
        if let Some(name) = dict.get::<Name>("Encoding") {
            let name = name.as_str();
            self.is_vertical = name.ends_with("-V");
            if name.contains("UCS2") || name.contains("UTF16") {
                self.meaning = Meaning::Utf16;
            } else if name.starts_with("GB") {
                self.codes = Codes::Chinese;
                self.meaning = Meaning::Bytes(GB18030);
            }
        }
        let below = dict.get::<Array>("DescendantFonts");
        let Some(below) = below.and_then(|fonts| fonts.iter::<Dict>().next()) else {
            return;
        };
        self.usual = below.get::<f64>("DW").unwrap_or(1000.0);
        if let Some(widths) = below.get::<Array>("W") {
            self.widths = widths_of(&widths);
        }
    }

    /// The width of a code, in units. Widths are by glyph: in a font with Unicode or Chinese codes the glyphs of ASCII are numbered from 1
    /// (Adobe-GB1), and the others have the usual width.
    fn width(&self, number: u32, length: usize) -> f64 {
        let glyph = match (self.codes, &self.meaning) {
            (Codes::Single, _) | (_, Meaning::None) => Some(number),
            _ => (0x20..0x7F).contains(&number).then(|| number - 0x1F),
        };
        let given = glyph.and_then(|glyph| self.widths.get(&glyph));
        given.copied().unwrap_or(match (self.codes, length) {
            (Codes::Chinese, 1) => 500.0,
            _ => self.usual,
        })
    }

    /// The characters of a text.
    pub fn show(&self, bytes: &[u8]) -> Vec<Shown> {
        let mut out = Vec::new();
        let mut rest = bytes;
        while !rest.is_empty() {
            let length = self.length(rest).min(rest.len());
            let (code, after) = rest.split_at(length);
            rest = after;
            let number = code.iter().fold(0, |all, byte| all << 8 | u32::from(*byte));
            out.push(Shown {
                text: self.meaning(number, code),
                width: self.width(number, length) / self.unit,
                is_blank: code == b" ",
            });
        }
        out
    }

    /// How many bytes the next code has.
    fn length(&self, bytes: &[u8]) -> usize {
        match (self.codes, bytes) {
            (Codes::Single, _) | (Codes::Chinese, [0..0x80, ..]) => 1,
            (Codes::Chinese, [_, b'0'..=b'9', ..]) => 4,
            _ => 2,
        }
    }

    fn meaning(&self, number: u32, code: &[u8]) -> Option<String> {
        let given = self
            .to_unicode
            .as_ref()
            .and_then(|map| map.lookup_bf_string(number));
        let text = match given {
            Some(BfString::Char(c)) => Some(c.to_string()),
            Some(BfString::String(text)) => Some(text),
            None => self.named.get(&number).cloned(),
        };
        let text = text.or_else(|| match self.meaning {
            Meaning::None => None,
            Meaning::Utf16 => char::from_u32(number).map(String::from),
            Meaning::Bytes(encoding) => {
                let (text, is_damaged) = encoding.decode_without_bom_handling(code);
                (!is_damaged).then(|| text.into_owned())
            }
        })?;
        // The private area is where programs put signs that have no character.
        let is_known = |c: char| {
            c != '\u{FFFD}' && !('\u{E000}'..='\u{F8FF}').contains(&c) && (c as u32) >= 0x20
        };
        let is_text = !text.is_empty() && text.chars().all(is_known);
        is_text.then(|| text.chars().map(usual_ideograph).collect())
    }
}

/// `W` of a composite font: `first [w w w]` or `first last w`.
fn widths_of(widths: &Array) -> HashMap<u32, f64> {
    let mut out = HashMap::new();
    let mut entries = widths.iter::<Object>();
    while let Some(first) = entries.next().and_then(number) {
        match entries.next() {
            Some(Object::Array(list)) => {
                for (code, width) in (first as u32..=0xFFFF).zip(list.iter::<f64>()) {
                    out.insert(code, width);
                }
            }
            Some(Object::Number(last)) => {
                let Some(width) = entries.next().and_then(number) else {
                    break;
                };
                for code in first as u32..=(last.as_f64() as u32).min(0xFFFF) {
                    out.insert(code, width);
                }
            }
            _ => break,
        }
    }
    out
}

fn number(object: Object) -> Option<f64> {
    match object {
        Object::Number(number) => Some(number.as_f64()),
        _ => None,
    }
}

/// The character of a glyph's name: names of the Adobe Glyph List for what a keyboard has, `uni4E2D`, `u4E2D`.
fn character_of(name: &str) -> Option<String> {
    const NAMES: &str = "space exclam quotedbl numbersign dollar percent ampersand quotesingle parenleft parenright asterisk plus \
        comma hyphen period slash zero one two three four five six seven eight nine colon semicolon less equal greater question at";
    const AFTER: [(&str, char); 28] = [
        ("bracketleft", '['),
        ("backslash", '\\'),
        ("bracketright", ']'),
        ("asciicircum", '^'),
        ("underscore", '_'),
        ("grave", '`'),
        ("braceleft", '{'),
        ("bar", '|'),
        ("braceright", '}'),
        ("asciitilde", '~'),
        ("endash", '–'),
        ("emdash", '—'),
        ("quoteleft", '‘'),
        ("quoteright", '’'),
        ("quotedblleft", '“'),
        ("quotedblright", '”'),
        ("bullet", '•'),
        ("ellipsis", '…'),
        ("degree", '°'),
        ("multiply", '×'),
        ("divide", '÷'),
        ("plusminus", '±'),
        ("periodcentered", '·'),
        ("section", '§'),
        ("yen", '¥'),
        ("minus", '−'),
        ("lessequal", '≤'),
        ("greaterequal", '≥'),
    ];
    let mut letters = name.chars();
    if let (Some(only), None) = (letters.next(), letters.next()) {
        return Some(only.to_string());
    }
    if let Some(place) = NAMES.split_whitespace().position(|one| one == name) {
        return char::from_u32(0x20 + place as u32).map(String::from);
    }
    if let Some((_, c)) = AFTER.iter().find(|(one, _)| *one == name) {
        return Some(c.to_string());
    }
    let digits = name
        .strip_prefix("uni")
        .or_else(|| name.strip_prefix('u'))?;
    let is_number =
        (4..=6).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_hexdigit());
    let code = u32::from_str_radix(digits, 16).ok().filter(|_| is_number)?;
    char::from_u32(code).map(String::from)
}

#[cfg(test)]
mod tests {
    use super::character_of;

    #[test]
    fn names_of_glyphs_are_characters() {
        for (name, text) in [
            ("A", "A"),
            ("space", " "),
            ("zero", "0"),
            ("nine", "9"),
            ("at", "@"),
            ("parenleft", "("),
            ("uni4E2D", "中"),
            ("u2000B", "𠀋"),
            ("emdash", "—"),
        ] {
            assert_eq!(character_of(name).as_deref(), Some(text), "{name}");
        }
        for name in ["g17", "uniD800", "union", "", "u"] {
            assert_eq!(character_of(name).filter(|_| name != "u"), None, "{name}");
        }
    }
}
