//! Bytes as text: the one decoder of documents and of tables kept as text.
//!
//! Comes in: the bytes of a file. Goes out: its text and encoding, or that it has none of the encodings that offices use. A byte
//! order mark decides; else it is UTF-8 if the bytes are, else UTF-16 or GB18030 (of which GBK and GB 2312 are parts) if the
//! result looks like Chinese. It does not know what the text says.

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::remark::{Place, Remark, RemarkKind};

/// The text of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// Without the byte order mark.
    pub text: String,
    /// The name of its encoding, unless that is UTF-8.
    pub encoding: Option<&'static str>,
}

impl Decoded {
    /// Says that the new file has another encoding than the old one.
    pub fn remark(&self) -> Option<Remark> {
        let name = self.encoding?;
        Some(Remark::new(
            Place::Whole,
            RemarkKind::Reading,
            (
                format!("原文件的编码是 {name}，新文件用 UTF-8"),
                format!("the file is encoded in {name}; the new file is UTF-8"),
            ),
        ))
    }
}

/// Decodes a file; nothing if it is in no encoding that offices use.
pub fn decode(bytes: &[u8]) -> Option<Decoded> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return strictly(encoding, &bytes[length..]);
    }
    // A text has no NUL; UTF-16 has one in every ASCII character, and its place tells which half comes first.
    if let Some(first) = bytes.iter().position(|byte| *byte == 0) {
        let encoding = if first % 2 == 1 { UTF_16LE } else { UTF_16BE };
        return strictly(encoding, bytes).filter(|decoded| looks_chinese(&decoded.text));
    }
    strictly(UTF_8, bytes)
        .or_else(|| strictly(GB18030, bytes).filter(|decoded| looks_chinese(&decoded.text)))
}

/// Whether a file is a document or a workbook as one XML file: Word 2003, Excel 2003, Flat OPC.
pub fn is_office_xml(bytes: &[u8]) -> bool {
    /// The root element is not further away.
    const HEAD: usize = 4096;
    let head = &bytes[..bytes.len().min(HEAD)];
    // In UTF-16, every other byte is zero.
    let head: Vec<u8> = head.iter().copied().filter(|byte| *byte != 0).collect();
    let has = |words: &str| head.windows(words.len()).any(|w| w == words.as_bytes());
    has("<?xml")
        && [
            "mso-application",
            "wordDocument",
            "<pkg:package",
            "schemas-microsoft-com:office:spreadsheet",
            "schemas.microsoft.com/office/word/2003",
        ]
        .iter()
        .any(|words| has(words))
}

fn strictly(encoding: &'static Encoding, bytes: &[u8]) -> Option<Decoded> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    (!text.contains('\0')).then(|| Decoded {
        text: text.into_owned(),
        encoding: (encoding != UTF_8).then(|| encoding.name()),
    })
}

/// Whether most characters that are not ASCII are common ideographs and their punctuation: other encodings, read as one of
/// these, give rare characters.
fn looks_chinese(text: &str) -> bool {
    let (mut common, mut other) = (0usize, 0usize);
    for c in text.chars().filter(|c| !c.is_ascii()) {
        if matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FFEF}' | '\u{2010}'..='\u{2026}')
        {
            common += 1;
        } else {
            other += 1;
        }
    }
    common > other * 4
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: &str = "关于做好续贷工作的通知\r\n各县教育局：\n";

    fn utf16(text: &str, bytes_of: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes_of).collect()
    }

    #[test]
    fn the_encodings_of_offices_are_distinguished() {
        let (gb, _, _) = GB18030.encode(WORDS);
        for (bytes, encoding) in [
            (WORDS.as_bytes().to_vec(), None),
            ([&[0xEF, 0xBB, 0xBF], WORDS.as_bytes()].concat(), None),
            (gb.into_owned(), Some("gb18030")),
            (
                [vec![0xFF, 0xFE], utf16(WORDS, u16::to_le_bytes)].concat(),
                Some("UTF-16LE"),
            ),
            (
                [vec![0xFE, 0xFF], utf16(WORDS, u16::to_be_bytes)].concat(),
                Some("UTF-16BE"),
            ),
            (utf16(WORDS, u16::to_le_bytes), Some("UTF-16LE")),
            (utf16(WORDS, u16::to_be_bytes), Some("UTF-16BE")),
        ] {
            let decoded = decode(&bytes).unwrap_or_else(|| panic!("{encoding:?}"));
            assert_eq!(decoded.text, WORDS);
            assert_eq!(decoded.encoding, encoding);
        }
    }

    #[test]
    fn what_only_might_be_one_of_them_is_not_guessed() {
        // Latin 1, cut GB18030, UTF-16 without Chinese, a program.
        for bytes in [
            &b"caf\xE9 \xE0 la cr\xE8me"[..],
            &[0xC8, 0xFF, 0xFF],
            &[b'a', 0, b'b', 0],
            &[0x7F, b'E', b'L', b'F', 0, 0, 1],
        ] {
            assert_eq!(decode(bytes), None, "{bytes:x?}");
        }
    }
}
