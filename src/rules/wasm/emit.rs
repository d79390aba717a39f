//! Emitting: from a [`Program`] to the bytes of its module.
//!
//! The diagram becomes a table and three short loops read it, so that a module grows by a few bytes a node.
//! The layout is drawn in the module above. Nothing is validated here; `compile_check` does that.

use std::cell::Cell;
use std::ops::Range;

use wasm_encoder::{
    BlockType, CodeSection, ConstExpr, DataSection, ExportKind, ExportSection, Function,
    FunctionSection, InstructionSink, MemorySection, MemoryType, Module, StartSection, TypeSection,
    ValType,
};

use super::MOST_BYTES;
use super::cuts::{TYPES, class_number};
use super::layout::{Layout, is_computed};
use super::memory::{IDENTITY, RELEVANT, RESULT, RESULT_SHIFT, Slot, WORDS, at};
use super::parts::{parts, take_apart};
use super::short;
use super::split::{links, split};
use super::sums::Sums;
use super::terms::{Emitter, Helper};
use crate::formula::ComputedId;
use crate::lower::Program;
use crate::nothing_known;
use crate::self_check::{ConditionId, DecisionId, QuestionId, SelfCheck};
use crate::value::extent;
use crate::variables::Variable;

/// A module and what one needs to know to talk to it.
#[derive(Debug, Clone)]
pub struct Emitted {
    pub bytes: Vec<u8>,
    /// Word at which the results begin.
    pub at: usize,
    /// Words that hold what is known.
    pub words: usize,
    /// What they hold in a fresh instance.
    pub initial: Vec<i32>,
    /// Of each question: its first word, and whether it holds a range (two words) or the mask of its variable; nothing for a
    /// question that no condition asks.
    pub slots: Vec<Option<Slot>>,
    /// Nodes of each decision: one, or several where it has many outcomes.
    pub decisions: Vec<Vec<usize>>,
    /// Node of each condition, and whether the condition is the negation of what the node says.
    pub conditions: Vec<(usize, bool)>,
    /// Node of each value that the module works out.
    pub values: Vec<Option<usize>>,
    /// Word at which the ranges of values begin.
    pub ranges: usize,
    /// The number of the first leaf of values.
    pub first_term: usize,
    /// Of each variable of the program, its masks among those of the module: one, or several where it has many classes.
    pub spans: Vec<Range<usize>>,
}

impl Emitted {
    /// Where what is known of a question is.
    pub fn slot(&self, question: QuestionId) -> Option<Slot> {
        self.slots[question.index()]
    }

    /// The words at which the results of a decision begin: one a part.
    pub fn decision(&self, decision: DecisionId) -> impl Iterator<Item = usize> + '_ {
        let nodes = self.decisions[decision.index()].iter();
        nodes.map(|node| self.at + WORDS * node)
    }

    /// The word at which the result of a value begins, if the module works it out.
    pub fn value(&self, value: ComputedId) -> Option<usize> {
        let node = self.values[value.index()]?;
        Some(self.at + WORDS * node)
    }

    /// The word at which the range of a value begins, if the module works it out: its least and its greatest value, two words each.
    pub fn range(&self, value: ComputedId) -> Option<usize> {
        let node = self.values[value.index()]?;
        Some(self.ranges + WORDS * (node - self.first_term))
    }

    /// The word at which the result of a condition begins, and whether it says the opposite.
    pub fn condition(&self, condition: ConditionId) -> (usize, bool) {
        let (node, negated) = self.conditions[condition.index()];
        (self.at + WORDS * node, negated)
    }
}

/// The function that joins ranges, and the first one of the calendar; only modules with values have them.
const JOIN: u32 = 5;
const HELPERS: u32 = 6;
/// Emits the module of a program.
pub fn emit(check: &SelfCheck, program: &Program) -> Emitted {
    let is_wide = program.variables.iter().any(|variable| links(variable) > 1);
    let parts = parts(check);
    let is_in_parts = parts.iter().any(|part| part.len() > 1);
    let (mut own, mut spans, mut blocks) = (None, None, Vec::new());
    if is_wide {
        let split = split(check, program);
        (own, spans, blocks) = (Some(split.program), Some(split.spans), split.blocks);
    }
    if is_in_parts {
        take_apart(own.get_or_insert_with(|| program.clone()), &parts);
    }
    let program = own.as_ref().unwrap_or(program);
    let spans = spans.unwrap_or_else(|| (0..program.variables.len()).map(|v| v..v + 1).collect());
    let layout = Layout::new(check, program, blocks);
    // No module can hold what the diagram does not.
    let bytes = match program.diagram.is_full() {
        true => vec![0; MOST_BYTES + 1],
        false => layout.module(check, program),
    };
    Emitted {
        bytes,
        spans,
        at: (layout.results / 4) as usize,
        words: layout.words,
        initial: layout.initial[..layout.words].to_vec(),
        slots: layout.slots,
        decisions: parts
            .into_iter()
            .map(|part| layout.decisions[part].to_vec())
            .collect(),
        conditions: layout.conditions,
        values: layout.values,
        ranges: (layout.ranges / 4) as usize,
        first_term: layout.outcomes as usize,
    }
}

impl Layout {
    /// The bytes of the module.
    fn module(&self, check: &SelfCheck, program: &Program) -> Vec<u8> {
        let mut module = Module::new();
        module.section(&self.types());
        module.section(&self.functions());
        let mut memories = MemorySection::new();
        memories.memory(MemoryType {
            minimum: 1,
            maximum: None,
            memory64: false,
            shared: false,
            page_size_log2: None,
        });
        module.section(&memories);
        let mut exports = ExportSection::new();
        exports.export("m", ExportKind::Memory, 0);
        exports.export("e", ExportKind::Func, 2);
        exports.export("q", ExportKind::Func, 3);
        exports.export("x", ExportKind::Func, 4);
        module.section(&exports);
        module.section(&StartSection { function_index: 0 });
        module.section(&self.code(check, program));
        module.section(&self.data());
        module.finish()
    }

    /// The types of functions.
    fn types(&self) -> TypeSection {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        types.ty().function([ValType::I32; 3], []);
        if !self.helpers.is_empty() {
            types.ty().function([ValType::I64], [ValType::I64]);
            types.ty().function([ValType::I64; 2], [ValType::I64]);
        }
        if self.has_classes() {
            types.ty().function(TYPES, [ValType::I32]);
        }
        if self.stores() {
            types.ty().function(short::STORE, []);
        }
        if self.masks_once {
            types.ty().function(short::MASK, []);
        }
        if !self.lists.is_empty() {
            types.ty().function(short::LIST_MASK, []);
        }
        types
    }

    /// The type of each function.
    fn functions(&self) -> FunctionSection {
        let mut functions = FunctionSection::new();
        let first_short =
            2 + 2 * u32::from(!self.helpers.is_empty()) + u32::from(self.has_classes());
        for index in [0, 1, 0, 0, 0] {
            functions.function(index);
        }
        if self.has_join() {
            functions.function(1);
        }
        for helper in &self.helpers {
            functions.function(1 + helper.operands() as u32);
        }
        if self.has_classes() {
            functions.function(if self.helpers.is_empty() { 2 } else { 4 });
        }
        if self.stores() {
            functions.function(first_short);
        }
        if self.masks_once {
            functions.function(first_short + u32::from(self.stores()));
        }
        if self.masks_ranges {
            functions.function(1);
        }
        if !self.lists.is_empty() {
            functions.function(first_short + u32::from(self.stores()) + u32::from(self.masks_once));
        }
        for _ in &self.joints {
            functions.function(0);
        }
        for _ in 0..u32::from(self.runs_ends()) + u32::from(self.joins_ends()) {
            functions.function(1);
        }
        functions
    }

    /// The functions, in the same order.
    fn code(&self, check: &SelfCheck, program: &Program) -> CodeSection {
        let mut code = CodeSection::new();
        code.function(&self.leaves());
        code.function(&self.run());
        code.function(&self.decide(check, program));
        code.function(&self.relevance(program));
        code.function(&self.explain());
        if self.has_join() {
            code.function(&self.join());
        }
        for helper in &self.helpers {
            code.function(&helper.code(self.helper(Helper::MonthLength)));
        }
        if self.has_classes() {
            code.function(&class_number(self.cut_width));
        }
        if self.stores() {
            let first = self.range(self.outcomes);
            code.function(&short::store(first, self.result(self.outcomes)));
        }
        if self.masks_once {
            code.function(&short::mask());
        }
        if self.masks_ranges {
            code.function(&short::range_mask());
        }
        if !self.lists.is_empty() {
            code.function(&short::list_mask(self.cut_width));
        }
        for joint in &self.joints {
            let number = self.helper(Helper::Number);
            code.function(&joint.code(&self.slots, self.work, number));
        }
        if self.runs_ends() {
            code.function(&self.run_ends());
        }
        if self.joins_ends() {
            code.function(&self.join_ends());
        }
        code
    }

    /// The memory of a fresh instance.
    fn data(&self) -> DataSection {
        let mut data = DataSection::new();
        let mut bytes = Vec::new();
        for word in &self.initial {
            bytes.extend(word.to_le_bytes());
        }
        bytes.extend(&self.table);
        for constant in &self.constants {
            bytes.extend(&constant.to_le_bytes()[..self.constant_width as usize]);
        }
        let blocks = self.blocks.iter();
        let lists = self.lists.iter().map(|(_, cuts, _)| cuts);
        let all = blocks.map(|(blocks, _)| &blocks.cuts).chain(lists);
        for distance in all.flat_map(|cuts| &cuts.distances) {
            bytes.extend(&distance.to_le_bytes()[..self.cut_width as usize]);
        }
        for joint in &self.joints {
            bytes.extend(joint.data());
        }
        data.active(0, &ConstExpr::i32_const(0), bytes);
        data
    }

    /// Reads a reference: the one `after` references after the address on the stack.
    pub(super) fn reference(&self, code: &mut InstructionSink, after: u32) {
        let memory = at(after * self.width, 0);
        if self.width == 1 {
            code.i32_load8_u(memory);
        } else {
            code.i32_load16_u(memory);
        }
    }

    /// Leaf `i` reaches `i` and is function `i`.
    fn leaves(&self) -> Function {
        let (i, a) = (0, 1);
        let mut function = Function::new([(2, ValType::I32)]);
        let mut code = function.instructions();
        code.loop_(BlockType::Empty);
        code.local_get(i)
            .i32_const(RESULT_SHIFT)
            .i32_shl()
            .local_tee(a);
        code.i32_const(1)
            .local_get(i)
            .i32_shl()
            .i32_store(at(self.results, 2));
        code.local_get(a)
            .local_get(i)
            .i32_store(at(self.results + IDENTITY, 2));
        code.local_get(i).i32_const(1).i32_add().local_tee(i);
        code.i32_const(self.leaves as i32).i32_lt_u().br_if(0).end();
        if !self.constants.is_empty() {
            self.constant_ranges(&mut code, i, a);
        }
        code.end();
        function
    }

    /// The range of a constant is itself.
    fn constant_ranges(&self, code: &mut InstructionSink, i: u32, a: u32) {
        code.i32_const(0).local_set(i);
        code.loop_(BlockType::Empty);
        code.local_get(i)
            .i32_const(RESULT_SHIFT)
            .i32_shl()
            .local_tee(a);
        code.local_get(a);
        for end in 0..2 {
            code.local_get(i)
                .i32_const(self.constant_width.ilog2() as i32)
                .i32_shl();
            if self.constant_width == 4 {
                code.i64_load32_s(at(self.constants_at, 0));
            } else {
                code.i64_load(at(self.constants_at, 0));
            }
            // The address of the greatest value was pushed first.
            code.i64_store(at(self.ranges + 8 * (1 - end), 3));
        }
        code.local_get(i).i32_const(1).i32_add().local_tee(i);
        code.i32_const(self.constants.len() as i32)
            .i32_lt_u()
            .br_if(0)
            .end();
    }

    /// The least and the greatest value of each node of values from `p` to `end`; `a` is the first one's place in the ranges.
    fn join(&self) -> Function {
        let (p, a, end, w, child, lo, hi, own) = (0, 1, 2, 3, 4, 5, 6, 7);
        let step = self.width as i32;
        let from = self.ranges - self.outcomes * RESULT;
        let mut function = Function::new([(2, ValType::I32), (3, ValType::I64)]);
        let mut code = function.instructions();
        code.loop_(BlockType::Empty);
        code.local_get(p);
        self.reference(&mut code, 0);
        code.i32_const(2).i32_shl().i32_load(at(0, 2)).local_set(w);
        code.i64_const(i64::from(i32::MAX) << 32).local_tee(lo);
        code.i64_const(-1).i64_mul().local_set(hi);
        code.loop_(BlockType::Empty);
        code.local_get(p).i32_const(step).i32_add().local_set(p);
        code.local_get(w)
            .i32_const(1)
            .i32_and()
            .if_(BlockType::Empty);
        code.local_get(p);
        self.reference(&mut code, 0);
        code.i32_const(RESULT_SHIFT).i32_shl().local_set(child);
        for (joined, offset) in [(lo, 0), (hi, 8)] {
            code.local_get(child)
                .i64_load(at(from + offset, 3))
                .local_tee(own);
            code.local_get(joined).local_get(own).local_get(joined);
            if offset == 0 {
                code.i64_lt_s();
            } else {
                code.i64_gt_s();
            }
            code.select().local_set(joined);
        }
        code.end();
        code.local_get(w).i32_const(1).i32_shr_u().local_tee(w);
        code.i32_const(1).i32_gt_u().br_if(0).end();
        code.local_get(a)
            .local_get(lo)
            .i64_store(at(self.ranges, 3));
        code.local_get(a)
            .local_get(hi)
            .i64_store(at(self.ranges + 8, 3));
        code.local_get(a)
            .i32_const(RESULT as i32)
            .i32_add()
            .local_set(a);
        code.local_get(p).i32_const(step).i32_add().local_tee(p);
        code.local_get(end).i32_lt_u().br_if(0).end().end();
        function
    }

    /// Whether there is the function that joins ranges: with values, and before functions of the calendar.
    fn has_join(&self) -> bool {
        !self.terms.is_empty() || !self.helpers.is_empty()
    }

    /// The number of a function of the calendar; that of a function which no term needs is never called.
    fn helper(&self, wanted: Helper) -> u32 {
        let place = self.helpers.iter().position(|helper| *helper == wanted);
        HELPERS + place.unwrap_or(0) as u32
    }

    /// Whether a function finds the class of a number.
    fn has_classes(&self) -> bool {
        !self.blocks.is_empty()
    }

    /// Whether a function stores what is known of terms.
    fn stores(&self) -> bool {
        self.terms.len() - self.constants.len() >= short::MANY
    }

    /// The number of the function that stores what is known of a term.
    fn store(&self) -> u32 {
        self.class_number() + u32::from(self.has_classes())
    }

    /// The number of the function that stores the mask of a variable that is cut once.
    pub(super) fn mask_once(&self) -> u32 {
        self.store() + u32::from(self.stores())
    }

    /// The number of the function that stores the mask of a question that is cut once.
    pub(super) fn mask_range(&self) -> u32 {
        self.mask_once() + u32::from(self.masks_once)
    }

    /// The number of the function that stores the mask of a variable whose cuts are in a list.
    pub(super) fn mask_list(&self) -> u32 {
        self.mask_range() + u32::from(self.masks_ranges)
    }

    /// The number of the function that stores the mask of a variable that is several comparisons.
    pub(super) fn mask_joint(&self, level: usize) -> u32 {
        let place = self.joints.iter().position(|joint| joint.level == level);
        self.mask_list() + u32::from(!self.lists.is_empty()) + place.unwrap_or(0) as u32
    }

    /// The number of the function that runs over nodes by their children at the ends.
    fn run_ends_number(&self) -> u32 {
        self.mask_list() + u32::from(!self.lists.is_empty()) + self.joints.len() as u32
    }

    /// The number of the function that finds the class of a number.
    pub(super) fn class_number(&self) -> u32 {
        JOIN + u32::from(self.has_join()) + self.helpers.len() as u32
    }

    /// Works out the terms that are not constant, and what can change them, then the values, layer by layer.
    fn compute(&self, code: &mut InstructionSink, emitter: &Emitter) {
        for layer in &self.layers {
            for place in layer.terms.0..layer.terms.1 {
                let outermost = Some(self.terms[place]).filter(|_| self.stores());
                emitter.outermost.set(outermost);
                let lo = emitter.term(code, self.terms[place], 0, true);
                if self.stores() {
                    for local in lo..lo + 4 {
                        code.local_get(local);
                    }
                    code.i32_const((place as u32 * RESULT) as i32)
                        .call(self.store());
                    continue;
                }
                let range = self.range(self.outcomes + place as u32);
                let result = self.result(self.outcomes + place as u32);
                for (local, address) in [
                    (lo, range),
                    (lo + 1, range + 8),
                    (lo + 2, result + RELEVANT),
                ] {
                    code.i32_const(0).local_get(local).i64_store(at(address, 3));
                }
                code.i32_const(0)
                    .local_get(lo + 3)
                    .i32_wrap_i64()
                    .i32_store(at(result, 2));
            }
            let joins_ends = self.run_ends_number() + u32::from(self.runs_ends());
            let nodes = (self.terms.len() as u32, layer.nodes);
            self.nodes(code, layer.bytes, nodes, layer.by_ends, (joins_ends, JOIN));
        }
    }

    /// The address of the result of a node.
    pub(super) fn result(&self, node: u32) -> u32 {
        self.results + node * RESULT
    }

    /// The node of a value that terms use; such a value is worked out.
    pub(super) fn node(&self, value: ComputedId) -> u32 {
        self.values[value.index()].map_or(self.outcomes, |node| node as u32)
    }

    /// The address of the range of a node of values.
    fn range(&self, node: u32) -> u32 {
        self.ranges + (node - self.outcomes) * RESULT
    }

    /// Which leaves each node of the table from `p` to `end` reaches; `a` is the first one's place in the results.
    ///
    /// A node has two children or more, and most have two: those come before the loop over the others.
    fn run(&self) -> Function {
        let (p, a, end, w, sum) = (0, 1, 2, 3, 4);
        let step = self.width as i32;
        let mut function = Function::new([(2, ValType::I32)]);
        let mut code = function.instructions();
        code.loop_(BlockType::Empty);
        code.local_get(p);
        self.reference(&mut code, 0);
        code.i32_const(2).i32_shl().i32_load(at(0, 2)).local_set(w);
        self.child(&mut code, p, 1);
        code.local_get(w).i32_const(1).i32_and().i32_mul();
        self.child(&mut code, p, 2);
        code.local_get(w).i32_const(1).i32_shr_u();
        code.i32_const(1).i32_and().i32_mul();
        code.i32_or().local_set(sum);
        code.local_get(p).i32_const(3 * step).i32_add().local_set(p);
        code.local_get(w).i32_const(2).i32_shr_u().local_tee(w);
        code.i32_const(1).i32_gt_u().if_(BlockType::Empty);
        {
            code.loop_(BlockType::Empty);
            self.child(&mut code, p, 0);
            code.local_get(w).i32_const(1).i32_and().i32_mul();
            code.local_get(sum).i32_or().local_set(sum);
            code.local_get(p).i32_const(step).i32_add().local_set(p);
            code.local_get(w).i32_const(1).i32_shr_u().local_tee(w);
            code.i32_const(1).i32_gt_u().br_if(0).end();
        }
        code.end();
        code.local_get(a)
            .local_get(sum)
            .i32_store(at(self.results, 2));
        code.local_get(a)
            .i32_const(RESULT as i32)
            .i32_add()
            .local_set(a);
        code.local_get(p)
            .local_get(end)
            .i32_lt_u()
            .br_if(0)
            .end()
            .end();
        function
    }

    /// The leaves that a node reaches, whose reference is `after` references after the address in a local.
    fn child(&self, code: &mut InstructionSink, address: u32, after: u32) {
        code.local_get(address);
        self.reference(code, after);
        code.i32_const(RESULT_SHIFT)
            .i32_shl()
            .i32_load(at(self.results, 2));
    }

    /// Computes the masks that come from ranges, then the values, then runs over the decisions.
    fn decide(&self, check: &SelfCheck, program: &Program) -> Function {
        let computed = program.variables.iter().any(is_computed);
        let everything = nothing_known(check);
        let question = |question: QuestionId| {
            let word = match self.slots[question.index()] {
                Some(Slot::Range(word) | Slot::Wide(word) | Slot::Mask(word)) => word as u32,
                None => 0,
            };
            let level = program.level_of(question).unwrap_or(0);
            (word, extent(everything[question.index()]), level)
        };
        let emitter = Emitter {
            terms: &self.all_terms,
            base: if computed { 4 } else { 0 },
            question: &question,
            value: &|value| {
                let levels = program.diagram.support(program.values.function(value));
                (self.range(self.node(value)), levels)
            },
            helper: &|helper| self.helper(helper),
            is_range: Cell::new(true),
            outermost: Cell::new(None),
            worked_out: Cell::new(None),
            in_steps: Cell::new(None),
            steps: Cell::new(0),
            sums: Sums::new(
                &self.all_terms,
                &[self.derived.as_slice(), &self.terms].concat(),
            ),
        };
        // What both need is worked out once.
        let of_both = Sums::shared(&self.all_terms, &self.derived, &self.terms);
        emitter.is_range.set(!of_both);
        let mut locals = Vec::new();
        if computed {
            locals.push((4, ValType::I32));
        }
        let rest = self.terms.iter().skip(self.constants.len());
        let of_terms = rest.chain(&self.derived);
        let most = of_terms.map(|term| emitter.locals(*term)).max();
        let most = most.unwrap_or(0).max(self.long_ends(program));
        let kept = emitter.sums.locals();
        let in_steps = if self.lists.is_empty() { 0 } else { 2 };
        emitter.steps.set(emitter.base + most + kept);
        if most + kept + in_steps > 0 {
            locals.push((most + kept + in_steps, ValType::I64));
        }
        emitter.sums.begin(emitter.base + most);
        let mut function = Function::new(locals);
        let mut code = function.instructions();
        let mut derived = 0;
        let looped = self.masks_in_loops(&mut code, program);
        for (level, variable) in program.variables.iter().enumerate() {
            if !looped.contains(&level) {
                self.mask(&mut code, &emitter, level, variable, derived);
            }
            let is_derived = matches!(variable, Variable::Derived { .. });
            derived += usize::from(is_derived && is_computed(variable));
        }
        if !of_both {
            emitter.sums.begin(emitter.base + most);
        }
        emitter.is_range.set(false);
        self.compute(&mut code, &emitter);
        let bytes = (self.valued, self.decided);
        let nodes = (self.leaves, (self.valued_nodes, self.decided_nodes));
        let functions = (self.run_ends_number(), 1);
        self.nodes(&mut code, bytes, nodes, self.by_ends, functions);
        code.end();
        function
    }

    /// Works some nodes of the table out, first those whose children at the ends say all. `nodes`: the place of node 0 in the results or the ranges, and the
    /// nodes; `functions`: for those nodes, and for the others.
    fn nodes(
        &self,
        code: &mut InstructionSink,
        bytes: (u32, u32),
        (place, nodes): (u32, (u32, u32)),
        by_ends: u32,
        functions: (u32, u32),
    ) {
        let middle = match by_ends {
            0 => bytes.0,
            _ => self.places[(nodes.0 + by_ends) as usize],
        };
        let first = (bytes.0, middle, nodes.0, functions.0);
        let others = (middle, bytes.1, nodes.0 + by_ends, functions.1);
        for (from, until, node, function) in [first, others] {
            if from < until {
                code.i32_const((self.start + from) as i32);
                code.i32_const(((place + node) * RESULT) as i32);
                code.i32_const((self.start + until) as i32);
                code.call(function);
            }
        }
    }

    fn explain(&self) -> Function {
        let mut function = Function::new([]);
        let mut code = function.instructions();
        let total = self.table.len() as u32;
        if self.decided < total {
            code.i32_const((self.start + self.decided) as i32);
            code.i32_const(((self.leaves + self.decided_nodes) * RESULT) as i32);
            code.i32_const((self.start + total) as i32);
            code.call(1);
        }
        code.end();
        function
    }
}
