//! The memory of a module: what a result is made of, and where what is known of a question is.

use wasm_encoder::{InstructionSink, MemArg, MemArgTarget};

use crate::arithmetic::Extent;

/// Where what is known of a question is, by word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// The mask of a variable.
    Mask(usize),
    /// Lowest and highest value.
    Range(usize),
    /// Lowest and highest value, two words each: for a question some of whose answers need more than 32 bits.
    Wide(usize),
}

/// Whether some of these numbers need more than 32 bits.
pub fn is_wide(bounds: Extent) -> bool {
    [bounds.lo, bounds.hi]
        .iter()
        .any(|end| i32::try_from(*end).is_err())
}

/// A number as words, the low one first. One that fits into a word is that word and its sign.
pub fn words(number: i64) -> [i32; 2] {
    let [a, b, c, d, e, f, g, h] = number.to_le_bytes();
    [
        i32::from_le_bytes([a, b, c, d]),
        i32::from_le_bytes([e, f, g, h]),
    ]
}

/// Words of a result: possible leaves, identity, relevant variables (two).
pub const WORDS: usize = 4;
/// Bytes of a result.
pub const RESULT: u32 = 4 * WORDS as u32;
/// How far the number of a node is shifted to be the place of its result.
pub const RESULT_SHIFT: i32 = RESULT.ilog2() as i32;
/// Byte of a result at which the identity is.
pub const IDENTITY: u32 = 4;
/// Byte of a result at which the relevant variables are.
pub const RELEVANT: u32 = 8;

/// Leaves one end of the range that begins at a word, as 64 bits. `end`: 0 the lowest value, 1 the highest.
pub fn load_end(code: &mut InstructionSink, word: u32, end: u32, is_wide: bool) {
    code.i32_const(0);
    if is_wide {
        code.i64_load(at((word + 2 * end) * 4, 2));
    } else {
        code.i64_load32_s(at((word + end) * 4, 2));
    }
}

/// A place in memory.
pub fn at(offset: u32, align: u32) -> MemArg {
    MemArg {
        offset: u64::from(offset),
        align,
        target: MemArgTarget::default(),
        ordering: Default::default(),
    }
}
