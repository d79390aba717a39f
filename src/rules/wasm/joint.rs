//! Emitting the mask of a variable that is several comparisons: of which of its classes somebody is left.
//!
//! A function for each such variable does what `variables/joint.rs` does: it moves answers from the ends of their ranges until all
//! limits of a class are reached, or a range is left. The limits and the classes are in memory.

use wasm_encoder::{BlockType, Function, InstructionSink, ValType};

use super::memory::{Slot, at, load_end};
use crate::lower::Program;
use crate::variables::Variable;
use crate::variables::joint::{Joint, MOST_PARTS};

/// Classes of a mask, and limits of which a class has a bit each.
const MOST_CLASSES: usize = 31;
const MOST_LIMITS: usize = 24;
/// Bytes of what is known of a question while its variable is worked out: its least, its greatest and its present answer.
const KNOWN: i32 = 24;
const GREATEST: u64 = 8;
const PRESENT: u64 = 16;

/// Whether a module can hold it.
pub fn fits(joint: &Joint) -> bool {
    joint.classes.len() <= MOST_CLASSES
        && joint.limits.len() <= MOST_LIMITS
        && joint.parts.len() <= MOST_PARTS
}

/// A variable that is several comparisons, and where it is in memory.
#[derive(Debug, Clone)]
pub struct Placed {
    pub level: usize,
    joint: Joint,
    limits: i32,
    classes: i32,
    /// Bytes of a factor.
    width: i32,
}

/// Those of a program, with their data one after the other from an address on, and the address after the last.
pub fn placed(program: &Program, start: u32) -> (Vec<Placed>, u32) {
    let mut at = start as i32;
    let mut list = Vec::new();
    for (level, variable) in program.variables.iter().enumerate() {
        if let Variable::Joint(joint) = variable
            && fits(joint)
        {
            let factors = joint.limits.iter().flat_map(|limit| &limit.factors);
            let most = factors.map(|factor| factor.abs()).max().unwrap_or(0);
            let mut widths = [1, 2].into_iter();
            let mut placed = Placed {
                level,
                joint: joint.clone(),
                limits: at,
                classes: 0,
                width: widths
                    .find(|bytes| most >> (8 * bytes - 1) == 0)
                    .unwrap_or(4),
            };
            placed.classes = at + joint.limits.len() as i32 * placed.limit();
            at = placed.classes + joint.classes.len() as i32 * 4;
            list.push(placed);
        }
    }
    (list, at as u32)
}

impl Placed {
    /// Bytes of a limit.
    fn limit(&self) -> i32 {
        self.joint.parts.len() as i32 * self.width + 8
    }

    /// Whether some of its answers are days.
    pub fn has_days(&self) -> bool {
        self.joint.is_day.contains(&true)
    }

    /// The limits and the classes. A class is a word: its limits from the lowest bit on, and the questions that start at their
    /// highest answer from the highest bit down, the last question first.
    pub fn data(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for limit in &self.joint.limits {
            for factor in &limit.factors {
                bytes.extend(&factor.to_le_bytes()[..self.width as usize]);
            }
            bytes.extend(limit.least.to_le_bytes());
        }
        let free = 64 - self.joint.parts.len();
        for class in &self.joint.classes {
            let word = class.limits | class.from_above << free >> 32;
            bytes.extend(&word.to_le_bytes()[..4]);
        }
        bytes
    }

    /// Leaves the factor at an address on the stack.
    fn factor(&self, code: &mut InstructionSink) {
        match self.width {
            1 => code.i64_load8_s(at(0, 0)),
            2 => code.i64_load16_s(at(0, 0)),
            _ => code.i64_load32_s(at(0, 0)),
        };
    }

    /// The function. `slots`: where what is known of each question is; `work`: free memory; `number`: the function that counts days.
    pub fn code(&self, slots: &[Option<Slot>], work: u32, number: u32) -> Function {
        let mut function = Function::new([(10, ValType::I32), (3, ValType::I64)]);
        let mut code = function.instructions();
        for (index, part) in (0..).zip(&self.joint.parts) {
            for end in 0..2 {
                code.i32_const(0);
                for (place, (question, is_subtracted)) in part.iter().enumerate() {
                    self.end(
                        &mut code,
                        slots,
                        (*question, end ^ u32::from(*is_subtracted)),
                        number,
                    );
                    match is_subtracted {
                        true => code.i64_sub(),
                        false if place > 0 => code.i64_add(),
                        false => &mut code,
                    };
                }
                let address = work + index * KNOWN as u32 + end * GREATEST as u32;
                code.i64_store(at(address, 3));
            }
        }
        code.i32_const(self.joint.classes.len() as i32 * 4)
            .local_set(CLASS);
        // The sentinel; each class that follows moves it up.
        code.i32_const(1).local_set(MASK);
        code.loop_(BlockType::Empty);
        code.local_get(MASK).i32_const(1).i32_shl().local_set(MASK);
        code.local_get(CLASS)
            .i32_const(4)
            .i32_sub()
            .local_tee(CLASS);
        code.i32_load(at(self.classes as u32, 2)).local_set(ENDS);
        self.start(&mut code, work);
        code.block(BlockType::Empty);
        self.move_all(&mut code, work);
        code.local_get(MASK).i32_const(1).i32_or().local_set(MASK);
        code.end();
        code.local_get(CLASS).br_if(0).end();
        code.i32_const(0)
            .local_get(MASK)
            .i32_store(at(self.level as u32 * 4, 2));
        code.end();
        function
    }

    /// Leaves one end of the range of a question as a number.
    fn end(
        &self,
        code: &mut InstructionSink,
        slots: &[Option<Slot>],
        (at, end): (usize, u32),
        number: u32,
    ) {
        let (word, is_wide) = match slots[self.joint.questions[at].index()] {
            Some(Slot::Range(word)) => (word as u32, false),
            Some(Slot::Wide(word)) => (word as u32, true),
            // Every question that is compared has a range.
            _ => (0, false),
        };
        load_end(code, word, end, is_wide);
        if self.joint.is_day[at] {
            code.call(number);
        }
    }

    fn all(&self) -> i32 {
        self.joint.parts.len() as i32 * KNOWN
    }

    /// Puts all answers at the ends of their ranges.
    fn start(&self, code: &mut InstructionSink, work: u32) {
        let known = |field: u64| at(work + field as u32, 3);
        code.local_get(ENDS).local_set(BITS);
        code.i32_const(self.all()).local_set(QUESTION);
        code.loop_(BlockType::Empty);
        code.local_get(QUESTION)
            .i32_const(KNOWN)
            .i32_sub()
            .local_tee(QUESTION);
        code.local_get(QUESTION).i64_load(known(GREATEST));
        code.local_get(QUESTION).i64_load(known(0));
        code.local_get(BITS).i32_const(0).i32_lt_s().select();
        code.i64_store(known(PRESENT));
        code.local_get(BITS).i32_const(1).i32_shl().local_set(BITS);
        code.local_get(QUESTION).br_if(0).end();
    }

    /// Moves answers until all limits of the class are reached; leaves the block around it if a range is left.
    fn move_all(&self, code: &mut InstructionSink, work: u32) {
        let all_limits = (1 << MOST_LIMITS) - 1;
        code.loop_(BlockType::Empty);
        code.i32_const(0).local_set(MOVED);
        code.local_get(ENDS)
            .i32_const(all_limits)
            .i32_and()
            .local_set(BITS);
        code.i32_const(self.limits).local_set(LIMIT);
        code.loop_(BlockType::Empty);
        code.local_get(BITS)
            .i32_const(1)
            .i32_and()
            .if_(BlockType::Empty);
        self.sum(code, work);
        code.local_get(SUM)
            .i64_const(0)
            .i64_lt_s()
            .if_(BlockType::Empty);
        self.step(code, work);
        code.end().end();
        code.local_get(LIMIT)
            .i32_const(self.limit())
            .i32_add()
            .local_set(LIMIT);
        code.local_get(BITS)
            .i32_const(1)
            .i32_shr_u()
            .local_tee(BITS);
        code.br_if(0).end();
        code.local_get(MOVED).br_if(0).end();
    }

    /// How far the sum of a limit is above it, and the question that moves it.
    fn sum(&self, code: &mut InstructionSink, work: u32) {
        let after = self.limit() - 8;
        code.i64_const(0).local_tee(BY);
        code.local_get(LIMIT)
            .i64_load(at(after as u32, 0))
            .i64_sub()
            .local_set(SUM);
        code.local_get(LIMIT)
            .i32_const(after)
            .i32_add()
            .local_set(PLACE);
        code.local_get(ENDS).local_set(SIGNS);
        code.i32_const(self.all()).local_set(QUESTION);
        code.loop_(BlockType::Empty);
        code.local_get(PLACE)
            .i32_const(self.width)
            .i32_sub()
            .local_tee(PLACE);
        self.factor(code);
        code.local_tee(FACTOR);
        code.local_get(QUESTION)
            .i32_const(KNOWN)
            .i32_sub()
            .local_tee(QUESTION);
        code.i64_load(at(work + PRESENT as u32, 3)).i64_mul();
        code.local_get(SUM).i64_add().local_set(SUM);
        // Whether the question, which moves away from where it started, moves the sum up.
        code.local_get(FACTOR);
        code.i64_const(-1).i64_const(1);
        code.local_get(SIGNS)
            .i32_const(0)
            .i32_lt_s()
            .select()
            .i64_mul();
        code.i64_const(0).i64_gt_s().if_(BlockType::Empty);
        code.local_get(QUESTION).local_set(MOVING);
        code.local_get(FACTOR).local_set(BY);
        code.end();
        code.local_get(SIGNS)
            .i32_const(1)
            .i32_shl()
            .local_set(SIGNS);
        code.local_get(QUESTION).br_if(0).end();
    }

    /// Moves the question as far as it must. The block to leave is four levels up, from within no other.
    fn step(&self, code: &mut InstructionSink, work: u32) {
        let known = |field: u64| at(work + field as u32, 3);
        code.local_get(BY).i64_eqz().br_if(BAD);
        // Away from zero: the sum is short by a number that is divided by the factor, whose sign is that of the step.
        code.local_get(MOVING);
        code.local_get(MOVING).i64_load(known(PRESENT));
        code.local_get(SUM)
            .i64_const(1)
            .i64_add()
            .local_get(BY)
            .i64_div_s();
        code.i64_sub();
        code.i64_const(-1).i64_const(1);
        code.local_get(BY)
            .i64_const(0)
            .i64_lt_s()
            .select()
            .i64_add()
            .local_tee(FACTOR);
        code.i64_store(known(PRESENT));
        code.local_get(FACTOR)
            .local_get(MOVING)
            .i64_load(known(0))
            .i64_lt_s()
            .br_if(BAD);
        code.local_get(FACTOR)
            .local_get(MOVING)
            .i64_load(known(GREATEST))
            .i64_gt_s()
            .br_if(BAD);
        code.i32_const(1).local_set(MOVED);
    }
}

/// Labels between a step and the block that it leaves: two conditions and two loops.
const BAD: u32 = 4;

const CLASS: u32 = 0;
const MASK: u32 = 1;
const ENDS: u32 = 2;
const BITS: u32 = 3;
const QUESTION: u32 = 4;
const LIMIT: u32 = 5;
const PLACE: u32 = 6;
const MOVED: u32 = 7;
const SIGNS: u32 = 8;
const MOVING: u32 = 9;
const SUM: u32 = 10;
const BY: u32 = 11;
const FACTOR: u32 = 12;
