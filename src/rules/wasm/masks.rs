//! Emitting the masks that come from ranges: which classes of a variable are still possible.
//!
//! A mask has a few instructions a cut. A variable in blocks has a list of its cuts in memory, and a loop that counts how many of them are not
//! above a number (`cuts.rs`).

use std::collections::BTreeMap;

use wasm_encoder::{BlockType, InstructionSink};

use super::layout::{Layout, cut_range, is_computed, is_cut_once};
use super::memory::{Slot, at, load_end};
use super::short::MANY;
use super::split::Blocks;
use super::terms::{Emitter, SCRATCH};
use crate::lower::Program;
use crate::term::TermId;
use crate::value::WORDS_PER_YEAR;
use crate::variables::Variable;

impl Layout {
    /// How many locals of 64 bits the ends of ranges need.
    pub(super) fn long_ends(&self, program: &Program) -> u32 {
        let mut variables = program.variables.iter().enumerate();
        let is_long = |(level, variable): (usize, &Variable)| {
            let is_joint = matches!(variable, Variable::Joint(_));
            !is_joint && is_computed(variable) && self.is_long(level, variable)
        };
        if variables.any(is_long) { 4 } else { 0 }
    }

    /// Whether the ends of the ranges of a variable are worked with as 64 bits.
    fn is_long(&self, level: usize, variable: &Variable) -> bool {
        let mut questions = variable.questions().into_iter();
        self.blocks_at(level).is_some()
            || questions.any(|q| matches!(self.slots[q.index()], Some(Slot::Wide(_))))
    }

    /// Stores the masks of questions that are cut once at the same value and lie in memory at even distances, as those of members do.
    /// Goes out: their levels.
    pub(super) fn masks_in_loops(
        &self,
        code: &mut InstructionSink,
        program: &Program,
    ) -> Vec<usize> {
        let mut done = Vec::new();
        if !self.masks_ranges {
            return done;
        }
        let mut by_cut: BTreeMap<i32, Vec<(usize, u32)>> = BTreeMap::new();
        for (level, variable) in program.variables.iter().enumerate() {
            if let Some((word, cut)) = cut_range(variable, &self.slots) {
                by_cut.entry(cut).or_default().push((level, word));
            }
        }
        for (cut, list) in by_cut {
            let place = |at: usize| (list[at].0 as i32 * 4, list[at].1 as i32 * 4);
            let last = list.len() - 1;
            if list.len() < MANY {
                continue;
            }
            let (first, next) = (place(0), place(1));
            let by = (next.0 - first.0, next.1 - first.1);
            let is_even = |at: usize| place(at + 1) == (place(at).0 + by.0, place(at).1 + by.1);
            if !(0..last).all(is_even) {
                continue;
            }
            let (mask, range) = (0, 1);
            code.i32_const(first.0).local_set(mask);
            code.i32_const(first.1).local_set(range);
            code.loop_(BlockType::Empty);
            code.local_get(range).i32_const(cut).local_get(mask);
            code.call(self.mask_range());
            code.local_get(range)
                .i32_const(by.1)
                .i32_add()
                .local_set(range);
            code.local_get(mask)
                .i32_const(by.0)
                .i32_add()
                .local_tee(mask);
            code.i32_const(place(last).0).i32_le_s().br_if(0).end();
            done.extend(list.iter().map(|(level, _)| *level));
        }
        done
    }

    fn blocks_at(&self, level: usize) -> Option<&(Blocks, u32)> {
        self.blocks.iter().find(|(blocks, _)| blocks.root == level)
    }

    /// Stores the mask of a variable that is computed from ranges; locals 0 to 3, or those of 64 bits, hold the ends of its questions.
    pub(super) fn mask(
        &self,
        code: &mut InstructionSink,
        emitter: &Emitter,
        level: usize,
        variable: &Variable,
        derived: usize,
    ) {
        let is_of_block = |(blocks, _): &(Blocks, u32)| {
            (blocks.root + 1..=blocks.root + blocks.count).contains(&level)
        };
        if !is_computed(variable) || self.blocks.iter().any(is_of_block) {
            return;
        }
        if matches!(variable, Variable::Joint(_)) {
            emitter.worked_out.set(None);
            code.call(self.mask_joint(level));
            return;
        }
        if let Some((word, cut)) = cut_range(variable, &self.slots)
            && self.masks_ranges
        {
            code.i32_const(word as i32 * 4)
                .i32_const(cut)
                .i32_const(level as i32 * 4);
            code.call(self.mask_range());
            return;
        }
        let ends = self.ends(code, emitter, level, variable, derived);
        if let Some((blocks, cuts)) = self.blocks_at(level) {
            self.block_masks(code, blocks, *cuts, ends.first);
            return;
        }
        if let Variable::Derived { cuts, .. } = variable
            && self.masks_once
            && is_cut_once(variable)
        {
            code.local_get(ends.first).local_get(ends.first + 1);
            code.i64_const(cuts[0]).i32_const(level as i32 * 4);
            code.call(self.mask_once());
            return;
        }
        if self.list_of_cuts(code, emitter, level, self.derived.get(derived), ends.first) {
            return;
        }
        code.i32_const(0);
        match variable {
            Variable::Derived { cuts, cells, .. } => {
                // Where nobody is, one class stays.
                if cells.iter().any(|cell| !cell.is_empty()) {
                    emitter.worked_out.set(None);
                    emitter.ordered(code, ends.first);
                }
                classes_between(code, cuts, ends);
            }
            Variable::Cuts { cuts, .. } => {
                let cuts: Vec<i64> = cuts.iter().map(|cut| cut.word()).collect();
                classes_between(code, &cuts, ends);
            }
            Variable::Order { class_of, .. } => {
                for class in 0..variable.classes() {
                    relation_possible(code, ends, class_of.map(|of| of == class));
                    shifted(code, class);
                }
            }
            Variable::SameYear { .. } => {
                relation_possible(code, ends, [true, false, true]);
                relation_possible(code, ends, [false, true, false]);
                shifted(code, 1);
            }
            Variable::Options { .. } | Variable::Joint(_) => {}
        }
        code.i32_const(1 << variable.classes()).i32_or();
        code.i32_store(at(level as u32 * 4, 2));
    }

    /// Stores the mask of a formula whose cuts are in a list, if they are. `first`: the local of the least result.
    fn list_of_cuts(
        &self,
        code: &mut InstructionSink,
        emitter: &Emitter,
        level: usize,
        term: Option<&TermId>,
        first: u32,
    ) -> bool {
        let list = self.lists.iter().find(|(of, ..)| *of == level);
        let (Some((_, cuts, from)), Some(term)) = (list, term) else {
            return false;
        };
        let end = from + cuts.distances.len() as u32 * self.cut_width;
        // All lists are counted in the same steps.
        let (term, steps) = (*term, emitter.steps.get());
        if emitter.in_steps.replace(Some(term)) != Some(term) {
            for at in 0..2 {
                code.local_get(first + at);
                cuts.steps(code);
                code.local_set(steps + at);
            }
        }
        // Where nobody is, the classes that it had stay.
        let used = self.used.iter().find(|(of, ..)| *of == level);
        if let Some((_, row, classes)) = used {
            code.i32_const(0).i32_load(at(*row as u32 * 4, 2));
            code.i32_const(*classes).i32_and().if_(BlockType::Empty);
        }
        code.local_get(steps).local_get(steps + 1);
        code.i32_const(*from as i32).i32_const(end as i32);
        code.i32_const(level as i32 * 4).call(self.mask_list());
        if used.is_some() {
            code.end();
        }
        true
    }

    /// Loads the ends of a variable: those of its formula, or of the ranges of its questions.
    fn ends(
        &self,
        code: &mut InstructionSink,
        emitter: &Emitter,
        level: usize,
        variable: &Variable,
        derived: usize,
    ) -> Ends {
        if matches!(variable, Variable::Derived { .. }) {
            let term = self.derived[derived];
            // The same formula may be cut in many ways, one after the other.
            if emitter.worked_out.replace(Some(term)) == Some(term) {
                return Ends::long(emitter.base + SCRATCH);
            }
            return Ends::long(emitter.term(code, term, 0, false));
        }
        let ends = match self.is_long(level, variable) {
            true => Ends::long(emitter.base),
            false => Ends {
                first: 0,
                is_long: false,
            },
        };
        emitter.worked_out.set(None);
        self.load_ends(code, variable, ends);
        ends
    }

    /// Loads the ends of the ranges of the questions of a variable.
    fn load_ends(&self, code: &mut InstructionSink, variable: &Variable, ends: Ends) {
        for (index, question) in (0..).zip(variable.questions()) {
            let (word, is_wide) = match self.slots[question.index()] {
                Some(Slot::Range(word)) => (word as u32, false),
                Some(Slot::Wide(word)) => (word as u32, true),
                _ => continue,
            };
            for end in 0..2 {
                if ends.is_long {
                    load_end(code, word, end, is_wide);
                } else {
                    code.i32_const(0).i32_load(at((word + end) * 4, 2));
                }
                if matches!(variable, Variable::SameYear { .. }) {
                    code.i32_const(WORDS_PER_YEAR).i32_div_s();
                }
                code.local_set(ends.first + index * 2 + end);
            }
        }
    }

    /// Stores the masks of a variable in blocks: that of its blocks, and that of the classes of each block. In a block that is not
    /// possible the class that is nearest stays.
    fn block_masks(&self, code: &mut InstructionSink, blocks: &Blocks, cuts: u32, lo: u32) {
        let (least, greatest, word, part) = (0, 1, 2, 3);
        let end = cuts + blocks.cuts.distances.len() as u32 * self.cut_width;
        for (class, number) in [(least, lo), (greatest, lo + 1)] {
            code.local_get(number);
            blocks.cuts.steps(code);
            code.i32_const(cuts as i32)
                .i32_const(end as i32)
                .call(self.class_number())
                .local_set(class);
        }
        let size = blocks.size as i32;
        let first = (blocks.root as i32 + 1) * 4;
        code.i32_const(0);
        for (one, class) in [(2, greatest), (1, least)] {
            code.i32_const(one);
            code.local_get(class).i32_const(size).i32_div_u().i32_shl();
        }
        code.i32_sub().i32_const(1 << blocks.count).i32_or();
        code.i32_store(at(blocks.root as u32 * 4, 2));
        code.i32_const(first).local_set(word);
        code.loop_(BlockType::Empty);
        code.local_get(word);
        for (one, class) in [(2, greatest), (1, least)] {
            code.i32_const(one);
            code.local_get(class).i32_const(size - 1);
            code.local_get(class).i32_const(size - 1);
            code.i32_lt_s().select().local_tee(part);
            code.i32_const(0);
            code.local_get(part).i32_const(0).i32_gt_s().select();
            code.i32_shl();
        }
        code.i32_sub().i32_const(1 << size).i32_or();
        code.i32_store(at(0, 2));
        for class in [least, greatest] {
            code.local_get(class)
                .i32_const(size)
                .i32_sub()
                .local_set(class);
        }
        code.local_get(word).i32_const(4).i32_add().local_tee(word);
        code.i32_const(first + 4 * blocks.count as i32)
            .i32_lt_u()
            .br_if(0)
            .end();
    }
}

/// Where the ends of one question, or of the two that are compared, are: four locals.
#[derive(Debug, Clone, Copy)]
struct Ends {
    first: u32,
    /// Whether they have 64 bits.
    is_long: bool,
}

/// The two ends that are compared, and how.
#[derive(Debug, Clone, Copy)]
enum Than {
    Less,
    NotGreater,
    Greater,
    NotLess,
    Different,
}

impl Ends {
    fn long(first: u32) -> Self {
        Self {
            first,
            is_long: true,
        }
    }

    /// Compares two numbers on the stack.
    fn compare(self, code: &mut InstructionSink, than: Than) {
        match (self.is_long, than) {
            (false, Than::Less) => code.i32_lt_s(),
            (false, Than::NotGreater) => code.i32_le_s(),
            (false, Than::Greater) => code.i32_gt_s(),
            (false, Than::NotLess) => code.i32_ge_s(),
            (false, Than::Different) => code.i32_ne(),
            (true, Than::Less) => code.i64_lt_s(),
            (true, Than::NotGreater) => code.i64_le_s(),
            (true, Than::Greater) => code.i64_gt_s(),
            (true, Than::NotLess) => code.i64_ge_s(),
            (true, Than::Different) => code.i64_ne(),
        };
    }

    /// Compares two of the ends.
    fn are(self, code: &mut InstructionSink, a: u32, than: Than, b: u32) {
        code.local_get(self.first + a).local_get(self.first + b);
        self.compare(code, than);
    }
}

/// The ends by their places.
const A_LO: u32 = 0;
const A_HI: u32 = 1;
const B_LO: u32 = 2;
const B_HI: u32 = 3;

/// Leaves the bits from the class of the lowest value to that of the highest.
fn classes_between(code: &mut InstructionSink, cuts: &[i64], ends: Ends) {
    for (one, value) in [(2, A_HI), (1, A_LO)] {
        code.i32_const(one);
        for (index, cut) in cuts.iter().enumerate() {
            code.local_get(ends.first + value);
            match i32::try_from(*cut).ok().filter(|_| !ends.is_long) {
                Some(cut) => code.i32_const(cut),
                None => code.i64_const(*cut),
            };
            ends.compare(code, Than::NotLess);
            if index > 0 {
                code.i32_add();
            }
        }
        if cuts.is_empty() {
            code.i32_const(0);
        }
        code.i32_shl();
    }
    code.i32_sub();
}

/// Leaves whether one of the relations marked (less, equal, greater) is possible between the two ranges.
fn relation_possible(code: &mut InstructionSink, ends: Ends, relations: [bool; 3]) {
    match relations {
        [true, false, false] => ends.are(code, A_LO, Than::Less, B_HI),
        [true, true, false] => ends.are(code, A_LO, Than::NotGreater, B_HI),
        [false, false, true] => ends.are(code, A_HI, Than::Greater, B_LO),
        [false, true, true] => ends.are(code, A_HI, Than::NotLess, B_LO),
        [false, true, false] => {
            ends.are(code, A_LO, Than::NotGreater, B_HI);
            ends.are(code, B_LO, Than::NotGreater, A_HI);
            code.i32_and();
        }
        [true, false, true] => {
            ends.are(code, A_LO, Than::Different, B_HI);
            ends.are(code, A_HI, Than::Different, B_LO);
            code.i32_or();
        }
        [true, true, true] | [false, false, false] => {
            code.i32_const(1);
        }
    }
}

/// Adds a bit at the place of a class to the mask on the stack.
fn shifted(code: &mut InstructionSink, class: usize) {
    if class > 0 {
        code.i32_const(class as i32).i32_shl().i32_or();
    }
}
