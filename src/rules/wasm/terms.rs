//! Emitting what computes values: the code of terms, and the functions of the calendar that they use.
//!
//! The code of a term leaves four numbers: its least value, its greatest value, the variables that can change it, and which function
//! it is. Operands are worked out one after the other, each in locals of its own. The least of a sum and a limit is the function of the
//! sum where the sum cannot exceed the limit, so that a question about the limit is not asked then.

use std::cell::Cell;

use wasm_encoder::{Function, InstructionSink, ValType};

use super::sums::{LOCALS, Sums};
use crate::arithmetic::Extent;
use crate::formula::{ComputedId, Op, Rounding};
use crate::self_check::QuestionId;
use crate::term::{Term, TermId, Terms};

/// A function of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Helper {
    /// How many days a month has, by its number since the year 0.
    MonthLength,
    /// A day and a number of months.
    AddMonths,
    /// The number of a day.
    Number,
    /// The day of a number.
    Day,
}

impl Helper {
    /// What an operation calls, and what that calls.
    fn of(op: Op) -> &'static [Self] {
        match op {
            Op::AddMonths => &[Self::MonthLength, Self::AddMonths],
            Op::EndOfMonth => &[Self::MonthLength],
            Op::AddDays => &[Self::Number, Self::Day],
            Op::DaysBetween => &[Self::Number],
            _ => &[],
        }
    }

    /// Those that some terms need, each after what it calls. `has_days`: days are counted elsewhere too.
    pub fn needed(terms: &Terms, list: &[TermId], has_days: bool) -> Vec<Self> {
        let mut needed = Vec::new();
        needed.extend(has_days.then_some(Self::Number));
        let mut stack = list.to_vec();
        while let Some(id) = stack.pop() {
            if let Term::Make(op, operands) = terms.get(id) {
                needed.extend(Self::of(*op));
                stack.extend(operands);
            }
        }
        let all = [Self::MonthLength, Self::AddMonths, Self::Number, Self::Day];
        all.into_iter()
            .filter(|helper| needed.contains(helper))
            .collect()
    }

    /// How many operands it takes.
    pub fn operands(self) -> usize {
        if self == Self::AddMonths { 2 } else { 1 }
    }

    /// Its code. `month_length`: the number of that function.
    pub fn code(self, month_length: u32) -> Function {
        let locals = if self == Self::Day { 3 } else { 2 };
        let mut function = Function::new([(locals, ValType::I64)]);
        let mut code = function.instructions();
        match self {
            Self::MonthLength => length_of_month(&mut code),
            Self::AddMonths => add_months(&mut code, month_length),
            Self::Number => number(&mut code),
            Self::Day => day(&mut code),
        }
        code.end();
        function
    }
}

/// Operand 0: months since the year 0.
fn length_of_month(code: &mut InstructionSink) {
    let (months, year) = (0, 1);
    code.i64_const(28)
        .local_get(months)
        .i64_const(12)
        .i64_div_s()
        .local_tee(year);
    code.i64_const(4).i64_rem_s().i64_eqz();
    code.local_get(year)
        .i64_const(100)
        .i64_rem_s()
        .i64_const(0)
        .i64_ne();
    code.local_get(year).i64_const(400).i64_rem_s().i64_eqz();
    code.i32_or().i32_and().i64_extend_i32_u().i64_add();
    code.i64_const(31)
        .local_get(months)
        .i64_const(12)
        .i64_rem_s()
        .local_tee(months);
    code.i64_const(7)
        .i64_rem_s()
        .i64_const(2)
        .i64_rem_s()
        .i64_sub();
    code.local_get(months).i64_const(1).i64_eq().select();
}

/// Leaves the months since the year 0 of the day in a local.
fn months(code: &mut InstructionSink, day: u32) {
    code.local_get(day)
        .i64_const(10_000)
        .i64_div_s()
        .i64_const(12)
        .i64_mul();
    code.local_get(day)
        .i64_const(100)
        .i64_div_s()
        .i64_const(100)
        .i64_rem_s();
    code.i64_add().i64_const(1).i64_sub();
}

/// Operands: a day, a number of months.
fn add_months(code: &mut InstructionSink, month_length: u32) {
    let (from, more, length, in_month) = (0, 1, 2, 3);
    months(code, from);
    code.local_get(more).i64_add().local_tee(more);
    code.i64_const(12).i64_div_s().i64_const(10_000).i64_mul();
    code.local_get(more)
        .i64_const(12)
        .i64_rem_s()
        .i64_const(1)
        .i64_add();
    code.i64_const(100).i64_mul().i64_add();
    code.local_get(from)
        .i64_const(100)
        .i64_rem_s()
        .local_tee(in_month);
    code.local_get(more).call(month_length).local_tee(length);
    code.local_get(in_month)
        .local_get(length)
        .i64_lt_s()
        .select()
        .i64_add();
}

/// Operand: a day. The year begins with March, so that a leap day is its last.
fn number(code: &mut InstructionSink) {
    let (of, at, year) = (0, 1, 2);
    months(code, of);
    code.i64_const(2)
        .i64_sub()
        .local_tee(at)
        .i64_const(12)
        .i64_div_s()
        .local_tee(year);
    code.i64_const(365).i64_mul();
    for (sign, by) in [(true, 4), (false, 100), (true, 400)] {
        code.local_get(year).i64_const(by).i64_div_s();
        if sign {
            code.i64_add();
        } else {
            code.i64_sub();
        }
    }
    code.local_get(at)
        .i64_const(12)
        .i64_rem_s()
        .i64_const(153)
        .i64_mul();
    code.i64_const(2)
        .i64_add()
        .i64_const(5)
        .i64_div_s()
        .i64_add();
    code.local_get(of)
        .i64_const(100)
        .i64_rem_s()
        .i64_add()
        .i64_const(1)
        .i64_sub();
}

/// Operand: a number of days since 1 March of the year 0.
fn day(code: &mut InstructionSink) {
    let (from, year, rest, month) = (0, 1, 2, 3);
    // The number in its 400 years, and its year in them.
    code.local_get(from)
        .i64_const(146_097)
        .i64_rem_s()
        .local_set(rest);
    code.local_get(rest);
    for (sign, by) in [(false, 1_460), (true, 36_524), (false, 146_096)] {
        code.local_get(rest).i64_const(by).i64_div_s();
        if sign {
            code.i64_add();
        } else {
            code.i64_sub();
        }
    }
    code.i64_const(365).i64_div_s().local_set(year);
    // The number in its year.
    code.local_get(rest)
        .local_get(year)
        .i64_const(365)
        .i64_mul();
    code.local_get(year).i64_const(4).i64_div_s().i64_add();
    code.local_get(year).i64_const(100).i64_div_s().i64_sub();
    code.i64_sub().local_tee(rest);
    code.i64_const(5).i64_mul().i64_const(2).i64_add();
    code.i64_const(153).i64_div_s().local_set(month);
    // Months since the year 0.
    code.local_get(from)
        .i64_const(146_097)
        .i64_div_s()
        .i64_const(400)
        .i64_mul();
    code.local_get(year).i64_add().i64_const(12).i64_mul();
    code.local_get(month)
        .i64_add()
        .i64_const(2)
        .i64_add()
        .local_tee(year);
    code.i64_const(12).i64_div_s().i64_const(10_000).i64_mul();
    code.local_get(year)
        .i64_const(12)
        .i64_rem_s()
        .i64_const(1)
        .i64_add();
    code.i64_const(100).i64_mul().i64_add();
    code.local_get(rest).i64_add();
    code.local_get(month)
        .i64_const(153)
        .i64_mul()
        .i64_const(2)
        .i64_add();
    code.i64_const(5)
        .i64_div_s()
        .i64_sub()
        .i64_const(1)
        .i64_add();
}

/// Emits the code of terms.
pub struct Emitter<'a> {
    pub terms: &'a Terms,
    /// The first local of 64 bits. The first [`SCRATCH`] of them are free for any operation.
    pub base: u32,
    /// The word of the range of a question, its own ends, and its variable.
    pub question: &'a dyn Fn(QuestionId) -> (u32, Extent, usize),
    /// The address of the range of a value, and the levels that decide it.
    pub value: &'a dyn Fn(ComputedId) -> (u32, u64),
    /// The number of a function of the calendar.
    pub helper: &'a dyn Fn(Helper) -> u32,
    /// Whether only the range is needed, and not what can change it.
    pub is_range: Cell<bool>,
    /// The term of which is said elsewhere that nothing can change it.
    pub outermost: Cell<Option<TermId>>,
    /// The term whose range is in the locals of the first place.
    pub worked_out: Cell<Option<TermId>>,
    /// Of which term the ends are in steps, and in which two locals.
    pub in_steps: Cell<Option<TermId>>,
    pub steps: Cell<u32>,
    /// Sums that others begin with.
    pub sums: Sums,
}

/// The number of the function of the first term; those below it are numbers of leaves.
const FIRST_FUNCTION: i64 = 1 << 16;
/// Locals before those of the first place.
pub const SCRATCH: u32 = 3;

impl Emitter<'_> {
    /// How many locals the code of a term needs.
    pub fn locals(&self, id: TermId) -> u32 {
        SCRATCH + self.places(id)
    }

    fn places(&self, id: TermId) -> u32 {
        let operands = match self.terms.get(id) {
            Term::Make(_, operands) => operands.as_slice(),
            _ => &[],
        };
        let places = (0..).zip(operands);
        let needed = places.map(|(place, operand)| place * LOCALS + self.places(*operand));
        needed.max().unwrap_or(0).max(LOCALS)
    }

    /// Works a term out into the locals of a place; returns the first of them.
    /// `is_function`: whether it matters which function it is.
    pub fn term(
        &self,
        code: &mut InstructionSink,
        id: TermId,
        place: u32,
        is_function: bool,
    ) -> u32 {
        let (lo, hi, relevant, function) = locals(self.first(place));
        let number = FIRST_FUNCTION + id.index() as i64;
        let is_extreme = matches!(self.terms.get(id), Term::Make(Op::Least | Op::Greatest, _));
        match self.terms.get(id) {
            Term::Constant(number) => {
                code.i64_const(*number).local_tee(lo).local_set(hi);
                if !self.is_range.get() {
                    code.i64_const(0).local_set(relevant);
                }
            }
            Term::Ask { question, within } => {
                let (word, bounds, level) = (self.question)(*question);
                let is_wide = super::memory::is_wide(bounds);
                super::memory::load_end(code, word, 0, is_wide);
                if within.lo > bounds.lo {
                    self.clipped(code, lo, within.lo, Op::Greatest);
                }
                code.local_set(lo);
                super::memory::load_end(code, word, 1, is_wide);
                if within.hi < bounds.hi {
                    self.clipped(code, hi, within.hi, Op::Least);
                }
                code.local_set(hi);
                if self.is_range.get() {
                    return lo;
                }
                code.local_get(lo)
                    .local_get(hi)
                    .i64_lt_s()
                    .i64_extend_i32_u();
                code.i64_const(level as i64).i64_shl().local_set(relevant);
            }
            Term::Value(value) => {
                let (address, levels) = (self.value)(*value);
                for (offset, local) in [(0, lo), (8, hi)] {
                    let memory = super::memory::at(address + offset, 3);
                    code.i32_const(0).i64_load(memory).local_set(local);
                }
                // All that may decide it; `q` leaves what does.
                code.i64_const(i64::from_le_bytes(levels.to_le_bytes()))
                    .i64_const(0);
                code.local_get(lo)
                    .local_get(hi)
                    .i64_ne()
                    .select()
                    .local_set(relevant);
            }
            Term::Make(op, operands) => {
                let named = (is_function && is_extreme).then_some(number);
                self.operation(code, *op, operands, place, named, id);
                if let Some(kept) = self.sums.keep(id) {
                    let count = if self.is_range.get() { 2 } else { 3 };
                    for local in 0..count {
                        code.local_get(lo + local).local_set(kept + local);
                    }
                }
            }
        }
        if is_function && !is_extreme {
            code.i64_const(number).local_set(function);
        }
        lo
    }

    /// The first local of a place.
    fn first(&self, place: u32) -> u32 {
        self.base + SCRATCH + place * LOCALS
    }

    /// `named`: the number of its function, if that matters.
    fn operation(
        &self,
        code: &mut InstructionSink,
        op: Op,
        operands: &[TermId],
        place: u32,
        named: Option<i64>,
        id: TermId,
    ) {
        let operands = self.operands(code, op, operands, place, named.is_some());
        let firsts = operands.iter().filter_map(|operand| match operand {
            Operand::Locals(first) => Some(*first),
            Operand::Number(_) => None,
        });
        let firsts: Vec<u32> = firsts.collect();
        for high in [false, true] {
            let ends: Vec<Operand> = operands
                .iter()
                .enumerate()
                .map(|(place, operand)| match operand {
                    Operand::Locals(first) => {
                        Operand::Locals(first + u32::from(op.rises(place) == high))
                    }
                    number => *number,
                })
                .collect();
            self.end(code, op, &ends);
        }
        // Both ends are on the stack. The operands' locals are read once more, for what can change the result; the first operand
        // has those of the result.
        let (lo, hi, relevant, function) = locals(self.first(place));
        let (result_lo, result_hi) = match op {
            Op::Least | Op::Greatest => (self.base, self.base + 1),
            _ => (lo, hi),
        };
        code.local_set(result_hi).local_set(result_lo);
        if let Some(number) = named {
            code.i64_const(number);
            Self::one_operand(code, op, &firsts);
            code.local_set(function);
        }
        if self.is_range.get() {
            self.moved(code, (result_lo, result_hi), (lo, hi));
            return;
        }
        Self::changed_by(code, op, &firsts, (result_lo, result_hi));
        self.moved(code, (result_lo, result_hi), (lo, hi));
        // A sum or a difference moves with every operand; the others may not.
        let is_outermost = self.outermost.get() == Some(id);
        if !is_outermost && !matches!(op, Op::Add | Op::Subtract) {
            code.i64_const(0)
                .local_get(lo)
                .local_get(hi)
                .i64_ne()
                .select();
        }
        code.local_set(relevant);
    }

    /// Leaves the set of variables that can change the result of an operation.
    fn changed_by(code: &mut InstructionSink, op: Op, firsts: &[u32], (lo, hi): (u32, u32)) {
        if firsts.is_empty() {
            code.i64_const(0);
        }
        for (place, first) in firsts.iter().enumerate() {
            let (own_lo, own_hi, own, _) = locals(*first);
            match op {
                // An operand that is never the least changes nothing.
                Op::Least => {
                    code.local_get(own).i64_const(0);
                    code.local_get(own_lo).local_get(hi).i64_lt_s().select();
                }
                Op::Greatest => {
                    code.local_get(own).i64_const(0);
                    code.local_get(own_hi).local_get(lo).i64_gt_s().select();
                }
                _ => {
                    code.local_get(own);
                }
            }
            if place > 0 {
                code.i64_or();
            }
        }
    }

    /// Works the operands of an operation out, from a place on.
    fn operands(
        &self,
        code: &mut InstructionSink,
        op: Op,
        operands: &[TermId],
        place: u32,
        is_function: bool,
    ) -> Vec<Operand> {
        let (begun, rest) = match op {
            Op::Add if !is_function => self.sums.begun(operands),
            _ => (None, operands.to_vec()),
        };
        // Numbers are written where they are needed, unless they are looked at more often.
        let is_written = matches!(op, Op::Add | Op::Subtract | Op::Multiply | Op::Divide(_));
        let written = |id: &TermId| self.terms.constant(*id).filter(|_| is_written);
        let mut found: Vec<Operand> = begun.into_iter().map(Operand::Locals).collect();
        let mut at = place;
        for id in &rest {
            found.push(match written(id) {
                Some(number) => Operand::Number(number),
                None => Operand::Locals(self.term(code, *id, at, is_function)),
            });
            at += u32::from(written(id).is_none());
        }
        found
    }

    /// Moves both ends of a result.
    fn moved(&self, code: &mut InstructionSink, from: (u32, u32), to: (u32, u32)) {
        if from != to {
            code.local_get(from.0).local_set(to.0);
            code.local_get(from.1).local_set(to.1);
        }
    }

    /// The function of a least or a greatest, which is on the stack, is that of an operand which no other one can replace.
    fn one_operand(code: &mut InstructionSink, op: Op, firsts: &[u32]) {
        for first in firsts {
            let (own_lo, own_hi, _, own) = locals(*first);
            code.local_get(own);
            code.i32_const(1);
            for other in firsts.iter().filter(|other| *other != first) {
                let (other_lo, other_hi, ..) = locals(*other);
                if op == Op::Least {
                    code.local_get(own_hi).local_get(other_lo).i64_le_s();
                } else {
                    code.local_get(own_lo).local_get(other_hi).i64_ge_s();
                }
                code.i32_and();
            }
            code.i32_eqz().select();
        }
    }

    /// Leaves one end of the result of an operation, given an end of each operand.
    fn end(&self, code: &mut InstructionSink, op: Op, ends: &[Operand]) {
        let local = |end: Operand| match end {
            Operand::Locals(local) => local,
            Operand::Number(_) => self.base,
        };
        let (first, second) = (ends[0], ends.get(1).copied().unwrap_or(ends[0]));
        let (a, b) = (local(first), local(second));
        match op {
            Op::Add => {
                first.get(code);
                for end in &ends[1..] {
                    end.get(code);
                    code.i64_add();
                }
            }
            Op::Subtract | Op::Multiply => {
                first.get(code);
                second.get(code);
                match op {
                    Op::Subtract => code.i64_sub(),
                    _ => code.i64_mul(),
                };
            }
            Op::Divide(rounding) => divide(code, rounding, first, second),
            Op::Least | Op::Greatest => {
                code.local_get(a);
                for end in &ends[1..] {
                    self.extreme(code, op, local(*end));
                }
            }
            Op::AddDays => {
                code.local_get(a).call((self.helper)(Helper::Number));
                code.local_get(b).i64_add().call((self.helper)(Helper::Day));
            }
            Op::AddMonths => {
                code.local_get(a)
                    .local_get(b)
                    .call((self.helper)(Helper::AddMonths));
            }
            Op::DaysBetween => {
                code.local_get(b).call((self.helper)(Helper::Number));
                code.local_get(a)
                    .call((self.helper)(Helper::Number))
                    .i64_sub();
            }
            Op::YearsBetween => {
                // Rounded down, also below zero: the years 1 to 9999 are moved above it and back.
                code.local_get(b)
                    .local_get(a)
                    .i64_sub()
                    .i64_const(100_000_000)
                    .i64_add();
                code.i64_const(10_000)
                    .i64_div_s()
                    .i64_const(10_000)
                    .i64_sub();
            }
            Op::MonthsBetween => {
                months(code, b);
                months(code, a);
                code.i64_sub();
                for day in [b, a] {
                    code.local_get(day).i64_const(100).i64_rem_s();
                }
                code.i64_lt_s().i64_extend_i32_u().i64_sub();
            }
            Op::Year => {
                code.local_get(a).i64_const(10_000).i64_div_s();
            }
            Op::FirstOfMonth => start_of(code, a, 100, 1),
            Op::EndOfYear => start_of(code, a, 10_000, 12_31),
            Op::InYear(day) => start_of(code, a, 10_000, day.into()),
            Op::EndOfMonth => {
                start_of(code, a, 100, 0);
                months(code, a);
                code.call((self.helper)(Helper::MonthLength)).i64_add();
            }
        }
    }

    /// The greatest end is not below the least one.
    pub fn ordered(&self, code: &mut InstructionSink, first: u32) {
        code.local_get(first);
        self.extreme(code, Op::Greatest, first + 1);
        code.local_set(first + 1);
    }

    /// Limits the number on the stack to a class of answers. `local`: its own.
    fn clipped(&self, code: &mut InstructionSink, local: u32, limit: i64, op: Op) {
        let kept = self.base + 2;
        code.local_tee(local).i64_const(limit).local_tee(kept);
        code.local_get(local).local_get(kept);
        compared(code, op).select();
    }

    /// Replaces the number on the stack by the less or the greater of it and that of a local.
    fn extreme(&self, code: &mut InstructionSink, op: Op, other: u32) {
        let kept = self.base + 2;
        code.local_tee(kept)
            .local_get(other)
            .local_get(kept)
            .local_get(other);
        compared(code, op).select();
    }
}

/// An operand, or an end of it.
#[derive(Debug, Clone, Copy)]
enum Operand {
    /// Its locals, from this one on; of an end the one.
    Locals(u32),
    Number(i64),
}

impl Operand {
    fn get(self, code: &mut InstructionSink) {
        match self {
            Self::Locals(local) => code.local_get(local),
            Self::Number(number) => code.i64_const(number),
        };
    }
}

/// Whether the first of two numbers on the stack is the one to keep.
fn compared<'a, 'b>(code: &'a mut InstructionSink<'b>, op: Op) -> &'a mut InstructionSink<'b> {
    match op {
        Op::Least => code.i64_lt_s(),
        _ => code.i64_gt_s(),
    }
}

fn locals(first: u32) -> (u32, u32, u32, u32) {
    (first, first + 1, first + 2, first + 3)
}

/// The day in a local without what is below a place of its digits, and something in its stead.
fn start_of(code: &mut InstructionSink, day: u32, place: i64, then: i64) {
    code.local_get(day)
        .i64_const(place)
        .i64_div_s()
        .i64_const(place)
        .i64_mul();
    if then > 0 {
        code.i64_const(then).i64_add();
    }
}

/// A quotient of numbers that are not negative. A divisor that is not constant may be that of a class without answers, which
/// nothing reaches: it is kept above zero, so that nothing traps.
fn divide(code: &mut InstructionSink, rounding: Rounding, a: Operand, b: Operand) {
    let divisor = |code: &mut InstructionSink| {
        b.get(code);
        if let Operand::Locals(local) = b {
            code.i64_const(1)
                .local_get(local)
                .i64_const(0)
                .i64_gt_s()
                .select();
        }
    };
    a.get(code);
    match rounding {
        Rounding::Down => divisor(code),
        Rounding::Up => {
            divisor(code);
            code.i64_add().i64_const(1).i64_sub();
            divisor(code);
        }
        Rounding::Nearest => {
            code.i64_const(1).i64_shl();
            divisor(code);
            code.i64_add();
            divisor(code);
            code.i64_const(1).i64_shl();
        }
    }
    code.i64_div_s();
}
