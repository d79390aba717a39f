//! What is inside a file: texts that a reader may get out of it, and what it says of people.
//!
//! Comes in: the bytes of a file. Goes out: [`Inside`]: the texts with the part that each is in, what the file tells besides
//! (author, company, place, comments, tracked changes, hidden sheets), and what could not be looked into. The first bytes say what a
//! file is, not its name. What is unpacked is bounded; nothing is changed.

mod container;
mod old;
mod pdf;
mod picture;
mod xml;

use encoding_rs::{GBK, UTF_16BE, UTF_16LE};

/// What may be unpacked of one file, in bytes.
const BOUND: usize = 200 * 1024 * 1024;
/// How deep files are in files.
const DEEPEST: usize = 4;

/// A text in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Where it is: `word/document.xml`, `Exif`; empty if it is the file itself.
    pub place: String,
    /// What can be read there.
    pub text: String,
}

/// What a file tells of people besides its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Property {
    /// Who wrote it.
    Author,
    /// Who saved it last.
    Editor,
    /// The company or office of the program's licence, or a manager.
    Company,
    /// Where a picture was taken.
    Location,
    /// The camera or telephone, and its number.
    Device,
    /// Comments of readers.
    Comments,
    /// Tracked changes: also what was deleted.
    Changes,
    /// Sheets or slides that are not shown.
    Hidden,
}

impl Property {
    /// Its name in Chinese and English.
    pub fn name(self) -> (&'static str, &'static str) {
        match self {
            Self::Author => ("作者", "author"),
            Self::Editor => ("最后保存的人", "last saved by"),
            Self::Company => ("单位或主管", "company or manager"),
            Self::Location => ("拍摄地点", "place where it was taken"),
            Self::Device => ("拍摄设备", "device"),
            Self::Comments => ("批注", "comments"),
            Self::Changes => ("修订痕迹", "tracked changes"),
            Self::Hidden => ("隐藏的工作表或幻灯片", "hidden sheets or slides"),
        }
    }
}

/// Why something could not be looked into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unread {
    /// It is encrypted.
    Encrypted,
    /// It is damaged, or packed in a way that is not known here.
    Damaged,
    /// Its letters have no known meaning: a font without a table of characters.
    Letters,
    /// Its pages are pictures.
    Pictures,
    /// It unpacks to more than is looked at.
    Large,
    /// An old form (.doc, .xls, .ppt), of which only the bytes are searched.
    Old,
}

impl Unread {
    /// The reason in Chinese and English.
    pub fn reason(self) -> (&'static str, &'static str) {
        match self {
            Self::Encrypted => ("文件加了密", "it is encrypted"),
            Self::Damaged => (
                "文件损坏，或者有不认识的压缩",
                "it is damaged, or packed in an unknown way",
            ),
            Self::Letters => ("字体没有文字对照表", "a font has no table of characters"),
            Self::Pictures => ("页面是扫描的图片", "its pages are scanned pictures"),
            Self::Large => ("解开以后太大", "it is too large when unpacked"),
            Self::Old => (
                "旧格式，只能逐字节查",
                "it has an old form, of which only the bytes are searched",
            ),
        }
    }
}

/// What is inside a file.
#[derive(Debug, Default)]
pub struct Inside {
    /// Texts, each with its part.
    pub parts: Vec<Part>,
    /// What it tells besides, with the words.
    pub properties: Vec<(Property, String)>,
    /// What could not be looked into.
    pub unread: Vec<Unread>,
    left: usize,
}

impl Inside {
    fn part(&mut self, place: &str, text: impl Into<String>) {
        let text = text.into();
        if !text.trim().is_empty() {
            self.parts.push(Part {
                place: place.to_owned(),
                text,
            });
        }
    }

    fn tell(&mut self, what: Property, value: &str) {
        const LONGEST: usize = 60;
        let value: String = value.trim().chars().take(LONGEST).collect();
        let said = (what, value);
        if !said.1.is_empty() && !self.properties.contains(&said) {
            self.properties.push(said);
        }
    }

    fn leave(&mut self, why: Unread) {
        if !self.unread.contains(&why) {
            self.unread.push(why);
        }
    }

    /// Takes some of what may still be unpacked; no more than there is.
    fn spend(&mut self, bytes: usize) {
        self.left = self.left.saturating_sub(bytes);
        if self.left == 0 {
            self.leave(Unread::Large);
        }
    }
}

/// Looks into a file.
pub fn look(bytes: &[u8]) -> Inside {
    let mut inside = Inside {
        left: BOUND,
        ..Inside::default()
    };
    look_at("", bytes, 0, &mut inside);
    inside.properties.sort();
    inside.unread.sort();
    inside
}

/// A file in a file, under its place in the outer one.
fn look_at(place: &str, bytes: &[u8], depth: usize, inside: &mut Inside) {
    if depth > DEEPEST {
        inside.leave(Unread::Large);
        return;
    }
    let begins = |start: &[u8]| bytes.starts_with(start);
    if begins(b"PK\x03\x04") || begins(b"PK\x05\x06") {
        container::look(place, bytes, depth, inside);
    } else if bytes[..bytes.len().min(1024)]
        .windows(5)
        .any(|w| w == b"%PDF-")
    {
        pdf::look(place, bytes, depth, inside);
    } else if begins(&[0xd0, 0xcf, 0x11, 0xe0]) {
        old::look(place, bytes, inside);
    } else if picture::is_one(bytes) {
        picture::look(place, bytes, depth, inside);
    } else if let Some(text) = text_of(bytes) {
        let is_markup = text.trim_start().starts_with("<?xml");
        inside.part(place, if is_markup { xml::text(&text) } else { text });
    } else {
        // Fonts, programs, drawings: what can be read in them.
        inside.part(place, printable(bytes));
    }
}

/// A text in the encodings of offices; nothing if the bytes are not a text.
fn text_of(bytes: &[u8]) -> Option<String> {
    if bytes.starts_with(&[0xff, 0xfe]) {
        return Some(UTF_16LE.decode(bytes).0.into_owned());
    }
    if bytes.starts_with(&[0xfe, 0xff]) {
        return Some(UTF_16BE.decode(bytes).0.into_owned());
    }
    if bytes[..bytes.len().min(4096)].contains(&0) {
        return None;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text.trim_start_matches('\u{feff}').to_owned()),
        Err(_) => {
            let (text, _, has_errors) = GBK.decode(bytes);
            (!has_errors).then(|| text.into_owned())
        }
    }
}

/// What can be read of bytes that are not a text: runs of plain signs, each a line of its own.
fn printable(bytes: &[u8]) -> String {
    const SHORTEST: usize = 6;
    let mut out = String::new();
    for run in bytes.split(|b| !matches!(b, b' '..=b'~' | 0x80..)) {
        if run.len() < SHORTEST {
            continue;
        }
        match std::str::from_utf8(run) {
            Ok(text) => out.push_str(text),
            Err(_) => out.push_str(&GBK.decode(run).0),
        }
        out.push_str("\n\n");
    }
    out
}
