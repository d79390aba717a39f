//! The memory of a module: what a result is made of, and where what is known of a question is.

use wasm_encoder::{MemArg, MemArgTarget};

/// Where what is known of a question is, by word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// The mask of a variable.
    Mask(usize),
    /// Lowest and highest value.
    Range(usize),
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

/// A place in memory.
pub fn at(offset: u32, align: u32) -> MemArg {
    MemArg {
        offset: u64::from(offset),
        align,
        target: MemArgTarget::default(),
        ordering: Default::default(),
    }
}
