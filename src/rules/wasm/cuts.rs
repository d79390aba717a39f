//! The list of cuts of a variable in blocks, in few bytes: limits are often dense, and multiples of some step.
//!
//! Comes in: where classes begin, in ascending order. Goes out: the distances between them, in steps.

use wasm_encoder::{BlockType, Function, InstructionSink, ValType};

use super::memory::at;

/// Where the classes of a variable begin, but the first one.
#[derive(Debug, Clone)]
pub struct Cuts {
    /// One step below the first cut.
    base: i64,
    /// What all distances are multiples of.
    step: i64,
    /// Of each cut, how many steps it is above the one before it; the first one is 1. In lists that belong together, how many it is above the base.
    pub distances: Vec<i64>,
}

impl Cuts {
    /// `cuts`: in ascending order.
    pub fn new(cuts: &[i64]) -> Self {
        let distances = cuts.windows(2).map(|pair| pair[1] - pair[0]);
        let step = distances.clone().fold(0, greatest_divisor).max(1);
        let first = cuts.first().copied().unwrap_or(0);
        Self {
            base: first - step,
            step,
            distances: std::iter::once(1)
                .chain(distances.map(|distance| distance / step))
                .collect(),
        }
    }

    /// Lists of cuts that are counted in the same steps from the same base: each distance is from there, so that a list can be read from both ends.
    pub fn together(lists: &[Vec<i64>]) -> Vec<Self> {
        let mut all: Vec<i64> = lists.iter().flatten().copied().collect();
        all.sort_unstable();
        all.dedup();
        let whole = Self::new(&all);
        let counted = lists.iter().map(|list| {
            let distances = list.iter().map(|cut| (cut - whole.base) / whole.step);
            Self {
                distances: distances.collect(),
                base: whole.base,
                step: whole.step,
            }
        });
        counted.collect()
    }

    /// Bytes of a distance.
    pub fn width(&self) -> u32 {
        let most = self.distances.iter().max().copied().unwrap_or(0);
        let mut widths = [1, 2, 4].into_iter();
        widths.find(|bytes| most >> (8 * bytes) == 0).unwrap_or(8)
    }

    /// Replaces the number on the stack by its steps above the base. What is below the first cut becomes less than 1.
    pub fn steps(&self, code: &mut InstructionSink) {
        code.i64_const(self.base).i64_sub();
        if self.step > 1 {
            code.i64_const(self.step).i64_div_s();
        }
    }
}

fn greatest_divisor(a: i64, b: i64) -> i64 {
    if b == 0 {
        a
    } else {
        greatest_divisor(b, a % b)
    }
}

/// What the function that finds a class takes: a number of steps, the address of the first distance, and the address after the last.
pub const TYPES: [ValType; 3] = [ValType::I64, ValType::I32, ValType::I32];

/// The function that finds the class of a number: how many cuts are not above it. `width`: bytes of a distance.
pub fn class_number(width: u32) -> Function {
    let (number, from, end, class, cut) = (0, 1, 2, 3, 4);
    let mut function = Function::new([(1, ValType::I32), (1, ValType::I64)]);
    let mut code = function.instructions();
    code.block(BlockType::Empty);
    code.loop_(BlockType::Empty);
    code.local_get(number).local_get(cut).local_get(from);
    match width {
        1 => code.i64_load8_u(at(0, 0)),
        2 => code.i64_load16_u(at(0, 0)),
        4 => code.i64_load32_u(at(0, 0)),
        _ => code.i64_load(at(0, 0)),
    };
    code.i64_add().local_tee(cut);
    // The cuts ascend: none after one that is above the number is below it.
    code.i64_lt_s().br_if(1);
    code.local_get(class)
        .i32_const(1)
        .i32_add()
        .local_set(class);
    code.local_get(from)
        .i32_const(width as i32)
        .i32_add()
        .local_tee(from);
    code.local_get(end).i32_lt_u().br_if(0).end().end();
    code.local_get(class).end();
    function
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_counted_in_common_steps() {
        let cuts = Cuts::new(&[30_001, 90_001, 150_001, 180_001]);
        assert_eq!((cuts.base, cuts.step), (1, 30_000));
        assert_eq!(cuts.distances, [1, 2, 2, 1]);
        assert_eq!(cuts.width(), 1);
        assert_eq!(Cuts::new(&[-7, 0, 256, 1_000]).distances, [1, 7, 256, 744]);
        assert_eq!(Cuts::new(&[-7, 0, 256, 1_000]).width(), 2);
        assert_eq!(Cuts::new(&[5]).distances, [1]);
    }
}
