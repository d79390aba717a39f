//! Functions for what a module with many terms does again and again: storing what is known of a term, and the mask of a variable that is
//! cut once.
//!
//! A call is shorter than the code, so a module has them where they save bytes.

use wasm_encoder::{BlockType, Function, InstructionSink, ValType};

use super::memory::{RELEVANT, at};

/// From so many terms, or variables that are cut once, on a function is shorter.
pub const MANY: usize = 5;

/// What [`store`] takes: the least and the greatest result, what can change it, which function it is, and 16 times its place.
pub const STORE: [ValType; 5] = [
    ValType::I64,
    ValType::I64,
    ValType::I64,
    ValType::I64,
    ValType::I32,
];

/// Stores what is known of a term. `ranges`, `results`: the addresses of those of the first term.
pub fn store(ranges: u32, results: u32) -> Function {
    let (lo, hi, relevant, function, place) = (0, 1, 2, 3, 4);
    let mut code_of = Function::new([]);
    let mut code = code_of.instructions();
    for (local, address) in [(lo, ranges), (hi, ranges + 8)] {
        code.local_get(place)
            .local_get(local)
            .i64_store(at(address, 3));
    }
    // Where both are equal nothing can change it.
    code.local_get(place).i64_const(0).local_get(relevant);
    code.local_get(lo).local_get(hi).i64_eq().select();
    code.i64_store(at(results + RELEVANT, 3));
    code.local_get(place).local_get(function).i32_wrap_i64();
    code.i32_store(at(results, 2)).end();
    code_of
}

/// What [`mask`] takes: the least and the greatest number, the cut, and the address of the mask.
pub const MASK: [ValType; 4] = [ValType::I64, ValType::I64, ValType::I64, ValType::I32];

/// Stores the mask of a variable that is cut once. Where the greatest number is below the least one, that of the least one.
pub fn mask() -> Function {
    let (lo, hi, cut, address) = (0, 1, 2, 3);
    let mut code_of = Function::new([]);
    let mut code = code_of.instructions();
    code.local_get(address);
    // Class 0, if the least number is below the cut; class 1, if one of them is not; and the sentinel.
    code.local_get(lo).local_get(cut).i64_lt_s();
    code.i32_const(2).i32_const(0);
    for number in [lo, hi] {
        code.local_get(number).local_get(cut).i64_ge_s();
    }
    code.i32_or().select().i32_or();
    code.i32_const(4).i32_or().i32_store(at(0, 2)).end();
    code_of
}

/// Stores the mask of a question that is cut once. It takes the address of its range, the cut, and the address of the mask.
pub fn range_mask() -> Function {
    let (range, cut, address) = (0, 1, 2);
    let mut code_of = Function::new([]);
    let mut code = code_of.instructions();
    code.local_get(address);
    code.local_get(range).i32_load(at(0, 2));
    code.local_get(cut).i32_lt_s();
    code.local_get(range).i32_load(at(4, 2));
    code.local_get(cut).i32_ge_s().i32_const(1).i32_shl();
    code.i32_or()
        .i32_const(4)
        .i32_or()
        .i32_store(at(0, 2))
        .end();
    code_of
}

/// What [`list_mask`] takes: the least and the greatest number in steps, the addresses of the first cut and after the last, and the address of
/// the mask.
pub const LIST_MASK: [ValType; 5] = [
    ValType::I64,
    ValType::I64,
    ValType::I32,
    ValType::I32,
    ValType::I32,
];

/// Stores the mask of a variable whose cuts are in a list. `width`: bytes of a cut.
///
/// The least number goes up from the first cut, the greatest down from the last, so that a range of everything needs two looks.
pub fn list_mask(width: u32) -> Function {
    let (lo, hi, from, end, address, least, greatest, one) = (0, 1, 2, 3, 4, 5, 6, 7);
    let (step, shift) = (width as i32, width.ilog2() as i32);
    let mut code_of = Function::new([(3, ValType::I32)]);
    let mut code = code_of.instructions();
    code.local_get(from).local_set(least);
    code.block(BlockType::Empty).loop_(BlockType::Empty);
    code.local_get(lo).local_get(least);
    load_cut(&mut code, width);
    code.i64_lt_s().br_if(1);
    code.local_get(least)
        .i32_const(step)
        .i32_add()
        .local_tee(least);
    code.local_get(end).i32_lt_u().br_if(0).end().end();
    code.local_get(end).local_set(greatest);
    code.block(BlockType::Empty).loop_(BlockType::Empty);
    code.local_get(hi);
    code.local_get(greatest)
        .i32_const(step)
        .i32_sub()
        .local_tee(one);
    load_cut(&mut code, width);
    code.i64_ge_s().br_if(1);
    code.local_get(one).local_tee(greatest);
    code.local_get(from).i32_gt_u().br_if(0).end().end();
    // Where the greatest number is below the least one, the class of the least one.
    code.local_get(address).i32_const(2);
    code.local_get(greatest).local_get(least);
    code.local_get(greatest)
        .local_get(least)
        .i32_gt_u()
        .select();
    let place = |code: &mut InstructionSink| {
        code.local_get(from).i32_sub();
        if shift > 0 {
            code.i32_const(shift).i32_shr_u();
        }
        code.i32_shl();
    };
    place(&mut code);
    code.i32_const(1).local_get(least);
    place(&mut code);
    code.i32_sub();
    // The sentinel: one above the number of cuts.
    code.i32_const(2).local_get(end);
    place(&mut code);
    code.i32_or().i32_store(at(0, 2)).end();
    code_of
}

/// Replaces the address on the stack by the cut that is there.
fn load_cut(code: &mut InstructionSink, width: u32) {
    match width {
        1 => code.i64_load8_u(at(0, 0)),
        2 => code.i64_load16_u(at(0, 0)),
        4 => code.i64_load32_u(at(0, 0)),
        _ => code.i64_load(at(0, 0)),
    };
}
