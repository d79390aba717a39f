//! Old office files (.doc, .xls, .ppt, .wps, .et): their bytes.
//!
//! Comes in: the bytes of a compound file. Goes out: what can be read in them in the two encodings of such files. Their
//! structure is not read, so that they are always reported as not looked into.

use encoding_rs::UTF_16LE;

use super::{Inside, Unread, printable};

pub(super) fn look(place: &str, bytes: &[u8], inside: &mut Inside) {
    let package: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let is_encrypted = bytes.windows(package.len()).any(|part| part == package);
    inside.leave(if is_encrypted {
        Unread::Encrypted
    } else {
        Unread::Old
    });
    inside.part(place, printable(bytes));
    for start in [0, 1] {
        let (text, _) =
            UTF_16LE.decode_without_bom_handling(bytes.get(start..).unwrap_or_default());
        // What is neither a plain sign nor a usual one of Chinese is not text.
        let read: String = text
            .chars()
            .map(|c| match c {
                ' '..='~'
                | '\u{3000}'..='\u{303f}'
                | '\u{4e00}'..='\u{9fff}'
                | '\u{ff00}'..='\u{ff5e}' => c,
                _ => '\n',
            })
            .collect();
        inside.spend(read.len());
        inside.part(place, read);
    }
}
