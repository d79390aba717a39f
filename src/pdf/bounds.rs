//! How much of a file is read.
//!
//! Comes in: the bytes of a file. Goes out: whether it may be opened, and what is left of the allowance while it is read.

use std::io::Read;

use flate2::read::ZlibDecoder;

use crate::Failure;

/// The longest file, in bytes: a document of a hundred scanned pages is shorter.
const FILE: usize = 64 << 20;
/// All streams of a file unpacked, in bytes. One page that was scanned in colour and packed without loss has 26 million.
const UNPACKED: u64 = 512 << 20;
/// Pages of a file.
pub const PAGES: usize = 1000;

/// What may still be read.
#[derive(Debug)]
pub struct Left {
    /// Instructions of all pages.
    pub instructions: usize,
    /// Characters of all pages.
    pub glyphs: usize,
    /// Lines and boxes of all pages.
    pub rules: usize,
}

impl Default for Left {
    fn default() -> Self {
        Self {
            instructions: 20_000_000,
            glyphs: 2_000_000,
            rules: 500_000,
        }
    }
}

/// Takes one of what is left.
///
/// # Errors
/// If nothing is left.
pub fn take(left: &mut usize) -> Result<(), Failure> {
    *left = left.checked_sub(1).ok_or(Failure::TooLarge)?;
    Ok(())
}

/// Refuses files that are too long, also once they are unpacked: the streams are unpacked in small pieces and thrown away.
///
/// # Errors
/// [`Failure::TooLarge`].
pub fn check(bytes: &[u8]) -> Result<(), Failure> {
    if bytes.len() > FILE {
        return Err(Failure::TooLarge);
    }
    let mut left = UNPACKED;
    let mut rest = bytes;
    while let Some(at) = find(rest, b"stream") {
        rest = &rest[at + b"stream".len()..];
        let data = rest.strip_prefix(b"\r\n").or(rest.strip_prefix(b"\n"));
        let Some(data) = data.or(rest.strip_prefix(b"\r")) else {
            continue;
        };
        // What is packed in another way, or damaged, is not unpacked far.
        if data.first().is_none_or(|first| first & 0x0f != 8) {
            continue;
        }
        let mut packed = ZlibDecoder::new(data).take(left);
        let length = std::io::copy(&mut packed, &mut std::io::sink());
        let length = length.unwrap_or(left - packed.limit());
        left -= length.min(left);
        if left == 0 {
            return Err(Failure::TooLarge);
        }
    }
    Ok(())
}

fn find(text: &[u8], word: &[u8]) -> Option<usize> {
    text.windows(word.len()).position(|part| part == word)
}
