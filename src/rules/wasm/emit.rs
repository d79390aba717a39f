//! Emitting: from a [`Program`] to the bytes of its module.
//!
//! The diagram becomes a table and three short loops read it, so that a module grows by a few bytes a node.
//! The layout is drawn in the module above. Nothing is validated here; `compile_check` does that.

use wasm_encoder::{
    BlockType, CodeSection, ConstExpr, DataSection, ExportKind, ExportSection, Function,
    FunctionSection, InstructionSink, MemArg, MemArgTarget, MemorySection, MemoryType, Module,
    StartSection, TypeSection, ValType,
};

use super::terms::{Emitter, Helper};
use crate::compute::extent;
use crate::diagram::{FIRST_TERM, NodeId, TERMINALS};
use crate::formula::{ComputedId, Formula};
use crate::lower::Program;
use crate::nothing_known;
use crate::self_check::{ConditionId, DecisionId, QuestionId, SelfCheck};
use crate::term::{Asked, Term, TermId, Terms};
use crate::value::{Interval, WORDS_PER_YEAR};
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
    /// Node of each decision.
    pub decisions: Vec<usize>,
    /// Node of each condition.
    pub conditions: Vec<usize>,
    /// Node of each value.
    pub values: Vec<usize>,
    /// Word at which the ranges of values begin.
    pub ranges: usize,
    /// The number of the first leaf of values.
    pub first_term: usize,
}

impl Emitted {
    /// Where what is known of a question is.
    pub fn slot(&self, question: QuestionId) -> Option<Slot> {
        self.slots[question.index()]
    }

    /// The word at which the result of a decision begins.
    pub fn decision(&self, decision: DecisionId) -> usize {
        self.at + WORDS * self.decisions[decision.index()]
    }

    /// The word at which the result of a value begins.
    pub fn value(&self, value: ComputedId) -> usize {
        self.at + WORDS * self.values[value.index()]
    }

    /// The word at which the range of a value begins: its least and its greatest value, two words each.
    pub fn range(&self, value: ComputedId) -> usize {
        self.ranges + WORDS * (self.values[value.index()] - self.first_term)
    }

    /// The word at which the result of a condition begins.
    pub fn condition(&self, condition: ConditionId) -> usize {
        self.at + WORDS * self.conditions[condition.index()]
    }
}

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
const RESULT: u32 = 4 * WORDS as u32;
const RESULT_SHIFT: i32 = RESULT.ilog2() as i32;
/// The function that joins ranges, and the first one of the calendar; only modules with values have them.
const JOIN: u32 = 5;
const HELPERS: u32 = 6;
/// Byte of a result at which the identity is.
const IDENTITY: u32 = 4;
/// Byte of a result at which the relevant variables are.
const RELEVANT: u32 = 8;

/// Emits the module of a program.
pub fn emit(check: &SelfCheck, program: &Program) -> Emitted {
    let layout = Layout::new(check, program);
    Emitted {
        bytes: layout.module(check, program),
        at: (layout.results / 4) as usize,
        words: layout.words,
        initial: layout.initial[..layout.words].to_vec(),
        slots: layout.slots,
        decisions: layout.decisions,
        conditions: layout.conditions,
        values: layout.values,
        ranges: (layout.ranges / 4) as usize,
        first_term: layout.outcomes as usize,
    }
}

/// Where everything lies.
struct Layout {
    words: usize,
    initial: Vec<i32>,
    slots: Vec<Option<Slot>>,
    /// Numbers below this one are outcomes; then come the terms of values.
    outcomes: u32,
    /// Numbers below this one are leaves.
    leaves: u32,
    /// All terms: those of the program, and those of derived comparisons, which are listed.
    all_terms: Terms,
    derived: Vec<TermId>,
    /// The terms of values, constants first, and those that are not constant.
    terms: Vec<TermId>,
    constants: Vec<i64>,
    /// Byte address of the constants, and bytes of each.
    constants_at: u32,
    constant_width: u32,
    /// Byte address of the ranges of terms and of nodes of values.
    ranges: u32,
    layers: Vec<Layer>,
    /// Bytes of the table that belong to values, and how many nodes.
    valued: u32,
    valued_nodes: u32,
    values: Vec<usize>,
    /// Functions of the calendar, the first of which is function [`HELPERS`].
    helpers: Vec<Helper>,
    /// Byte address of the table; at least 32, so that an address is never the number of a leaf.
    start: u32,
    table: Vec<u8>,
    /// Bytes of the table that belong to values and decisions.
    decided: u32,
    /// Nodes of values and decisions.
    decided_nodes: u32,
    /// Bytes of a reference.
    width: u32,
    /// Byte address of the results.
    results: u32,
    decisions: Vec<usize>,
    conditions: Vec<usize>,
}

/// The words that hold what is known, in a fresh instance.
struct Known {
    initial: Vec<i32>,
    slots: Vec<Option<Slot>>,
}

impl Known {
    /// The masks of all variables, then the ranges of the questions whose masks are computed.
    fn new(check: &SelfCheck, program: &Program) -> Self {
        let everything = nothing_known(check);
        let masks = program.variables.iter();
        let mut initial: Vec<i32> = masks
            .map(|variable| mask_word(variable, &everything))
            .collect();
        let mut slots: Vec<Option<Slot>> = vec![None; check.questions.len()];
        let mut ranges: Vec<QuestionId> = Vec::new();
        for (level, variable) in program.variables.iter().enumerate() {
            match variable {
                Variable::Options { question, .. } => {
                    slots[question.index()] = Some(Slot::Mask(level));
                }
                _ => ranges.extend(variable.questions()),
            }
        }
        ranges.sort_unstable();
        for question in ranges {
            slots[question.index()] = Some(Slot::Range(initial.len()));
            let bounds = everything[question.index()];
            initial.extend([bounds.lo.word(), bounds.hi.word()]);
        }
        Self { initial, slots }
    }
}

/// The mask of a variable with its sentinel, as a word.
pub(super) fn mask_word(variable: &Variable, known: &[Interval]) -> i32 {
    let mask = variable.possible(known) | 1 << variable.classes();
    i32::from_le_bytes(mask.to_le_bytes())
}

/// The nodes of the table, in its order: those of values, those of decisions, then those that only conditions need.
struct Nodes {
    /// Numbers below this one are outcomes.
    outcomes: u32,
    /// The leaves of values, constants first.
    terms: Vec<NodeId>,
    /// How many terms are constants.
    constants: usize,
    nodes: Vec<NodeId>,
    /// Of each layer of values, how many terms and nodes there are in it and in those before it.
    layers: Vec<(usize, usize)>,
    /// How many nodes belong to values.
    valued: usize,
    /// How many belong to values and decisions.
    decided: usize,
}

impl Nodes {
    fn new(check: &SelfCheck, program: &Program) -> Self {
        let outcomes = check.decisions.iter().map(|d| d.outcomes.len() as u32);
        let constant = |leaf: NodeId| {
            let values = &program.values;
            values.terms.constant(values.term(leaf)).is_some()
        };
        let layers = layers(program);
        let all = layers.iter().flatten();
        let all = all.flat_map(|function| program.values.leaves_of(&program.diagram, *function));
        let mut terms: Vec<NodeId> = all.filter(|leaf| constant(*leaf)).collect();
        terms.sort_unstable();
        terms.dedup();
        let constants = terms.len();
        let mut nodes: Vec<NodeId> = Vec::new();
        let mut ends = Vec::new();
        for layer in &layers {
            for function in layer {
                let leaves = program.values.leaves_of(&program.diagram, *function);
                let new = leaves.into_iter().filter(|leaf| !constant(*leaf));
                let new: Vec<NodeId> = new.filter(|leaf| !terms[constants..].contains(leaf)).collect();
                terms.extend(new);
            }
            let new = program.diagram.below(layer).into_iter();
            let new: Vec<NodeId> = new.filter(|node| !nodes.contains(node)).collect();
            nodes.extend(new);
            ends.push((terms.len(), nodes.len()));
        }
        let valued = nodes.len();
        nodes.extend(program.diagram.below(&program.decisions));
        let decided = nodes.len();
        for node in program.diagram.below(&program.conditions) {
            if !nodes[..decided].contains(&node) {
                nodes.push(node);
            }
        }
        Self {
            // A condition has the leaves false and true.
            outcomes: outcomes.max().unwrap_or(0).max(2),
            terms,
            constants,
            nodes,
            layers: ends,
            valued,
            decided,
        }
    }

    /// The layers of values. `ends`: how many bytes of the table belong to each and those before it.
    fn layers(&self, ends: &[u32]) -> Vec<Layer> {
        let mut layers = Vec::new();
        let (mut terms, mut nodes, mut bytes) = (self.constants, 0, 0);
        for (&(terms_end, nodes_end), &bytes_end) in self.layers.iter().zip(ends) {
            layers.push(Layer {
                terms: (terms, terms_end),
                nodes: (nodes, nodes_end as u32),
                bytes: (bytes, bytes_end),
            });
            (terms, nodes, bytes) = (terms_end, nodes_end as u32, bytes_end);
        }
        layers
    }

    /// Numbers below this one are leaves.
    fn leaves(&self) -> u32 {
        self.outcomes + self.terms.len() as u32
    }

    /// The number of a node in the module.
    fn number(&self, node: NodeId) -> u32 {
        if node < FIRST_TERM {
            return node;
        }
        let place = |list: &[NodeId]| list.iter().position(|other| *other == node);
        if node < TERMINALS {
            let place = place(&self.terms);
            return self.outcomes + place.expect("every term of a value is in its list") as u32;
        }
        self.leaves() + place(&self.nodes).expect("every node of a program is in its table") as u32
    }

    /// Bytes of a reference.
    fn width(&self) -> u32 {
        if self.leaves() as usize + self.nodes.len() > 256 {
            2
        } else {
            1
        }
    }

    /// The table, and how many of its bytes belong to each layer of values and those before it, and to values and decisions.
    fn table(&self, program: &Program) -> (Vec<u8>, Vec<u32>, u32) {
        let width = self.width() as usize;
        let mut table = Vec::new();
        let mut layers = vec![0; self.layers.len()];
        let mut decided = 0;
        for (index, &node) in self.nodes.iter().enumerate() {
            let level = program.diagram.level(node) as u32;
            let children = program.diagram.children(node).iter();
            let references = std::iter::once(level).chain(children.map(|&n| self.number(n)));
            for reference in references {
                table.extend(&reference.to_le_bytes()[..width]);
            }
            for (layer, (_, end)) in layers.iter_mut().zip(&self.layers) {
                if index < *end {
                    *layer = table.len() as u32;
                }
            }
            if index + 1 == self.decided {
                decided = table.len() as u32;
            }
        }
        (table, layers, decided)
    }
}

/// The functions of values in layers: those of a layer use values of earlier layers only.
fn layers(program: &Program) -> Vec<Vec<NodeId>> {
    let values = &program.values;
    let functions = &values.functions;
    let mut layer_of: Vec<Option<usize>> = vec![None; functions.len()];
    let mut layers: Vec<Vec<NodeId>> = Vec::new();
    // A value uses none that uses it, so that each round places one at least.
    while layer_of.contains(&None) {
        let layer = layers.len();
        let mut now = Vec::new();
        for (index, function) in functions.iter().enumerate() {
            let leaves = values.leaves_of(&program.diagram, *function).into_iter();
            let mut used = leaves.flat_map(|leaf| values.values_in(leaf));
            let is_ready = used.all(|value| layer_of[value.index()].is_some_and(|l| l < layer));
            if layer_of[index].is_none() && is_ready {
                now.push(index);
            }
        }
        if now.is_empty() {
            break;
        }
        for index in &now {
            layer_of[*index] = Some(layer);
        }
        layers.push(now.iter().map(|index| functions[*index]).collect());
    }
    layers
}

/// The part of a layer of values that is worked out at once.
#[derive(Debug, Clone, Copy)]
struct Layer {
    /// The first of its terms, and the first after them.
    terms: (usize, usize),
    /// The first of its nodes, and the first after them.
    nodes: (u32, u32),
    /// The same as bytes of the table.
    bytes: (u32, u32),
}

impl Layout {
    fn new(check: &SelfCheck, program: &Program) -> Self {
        let mut known = Known::new(check, program);
        let words = known.initial.len();
        // So that an address of the table is never the number of a leaf.
        known.initial.resize(words.max(8), 0);
        debug_assert!(program.variables.len() <= words);
        let nodes = Nodes::new(check, program);
        let (table, ends, decided) = nodes.table(program);
        let layers = nodes.layers(&ends);
        let start = known.initial.len() as u32 * 4;
        let terms: Vec<TermId> = nodes.terms.iter().map(|leaf| program.values.term(*leaf)).collect();
        let constants = terms.iter().filter_map(|id| program.values.terms.constant(*id));
        let constants: Vec<i64> = constants.take(nodes.constants).collect();
        let is_small = constants.iter().all(|number| i32::try_from(*number).is_ok());
        let constant_width = if is_small { 4 } else { 8 };
        let constants_at = start + table.len() as u32;
        let results = constants_at + constants.len() as u32 * constant_width;
        let results = results.next_multiple_of(8);
        let numbered = nodes.leaves() + nodes.nodes.len() as u32;
        let mut all_terms = program.values.terms.clone();
        let mut derived = Vec::new();
        for variable in program.variables.iter().filter(|variable| is_computed(variable)) {
            if let Variable::Derived { term, .. } = variable {
                derived.push(enter(check, &mut all_terms, &term.formula));
            }
        }
        let mut used = terms[nodes.constants..].to_vec();
        used.extend(&derived);
        let helpers = Helper::needed(&all_terms, &used);
        let numbers = |functions: &[NodeId]| {
            let functions = functions.iter();
            functions.map(|&n| nodes.number(n) as usize).collect()
        };
        Self {
            words,
            slots: known.slots,
            outcomes: nodes.outcomes,
            leaves: nodes.leaves(),
            constants_at,
            constant_width,
            ranges: results + numbered * RESULT,
            valued: ends.last().copied().unwrap_or(0),
            layers,
            valued_nodes: nodes.valued as u32,
            values: numbers(&program.values.functions),
            helpers,
            all_terms,
            derived,
            constants,
            terms,
            start,
            decided,
            decided_nodes: nodes.decided as u32,
            width: nodes.width(),
            results,
            decisions: numbers(&program.decisions),
            conditions: numbers(&program.conditions),
            initial: known.initial,
            table,
        }
    }

    /// The bytes of the module.
    fn module(&self, check: &SelfCheck, program: &Program) -> Vec<u8> {
        let mut module = Module::new();
        let mut types = TypeSection::new();
        types.ty().function([], []);
        types.ty().function([ValType::I32; 3], []);
        if !self.helpers.is_empty() {
            types.ty().function([ValType::I64], [ValType::I64]);
            types.ty().function([ValType::I64; 2], [ValType::I64]);
        }
        module.section(&types);
        let mut functions = FunctionSection::new();
        for index in [0, 1, 0, 0, 0] {
            functions.function(index);
        }
        if self.has_join() {
            functions.function(1);
        }
        for helper in &self.helpers {
            functions.function(1 + helper.operands() as u32);
        }
        module.section(&functions);
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
        module.section(&code);
        let mut data = DataSection::new();
        let mut bytes = Vec::new();
        for word in &self.initial {
            bytes.extend(word.to_le_bytes());
        }
        bytes.extend(&self.table);
        for constant in &self.constants {
            bytes.extend(&constant.to_le_bytes()[..self.constant_width as usize]);
        }
        data.active(0, &ConstExpr::i32_const(0), bytes);
        module.section(&data);
        module.finish()
    }

    /// Reads a reference: the one `after` references after the address on the stack.
    fn reference(&self, code: &mut InstructionSink, after: u32) {
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
        code.i32_const(self.leaves as i32)
            .i32_lt_u()
            .br_if(0)
            .end();
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
        code.local_get(i).i32_const(RESULT_SHIFT).i32_shl().local_tee(a);
        code.local_get(a);
        for end in 0..2 {
            code.local_get(i).i32_const(self.constant_width.ilog2() as i32).i32_shl();
            if self.constant_width == 4 {
                code.i64_load32_s(at(self.constants_at, 0));
            } else {
                code.i64_load(at(self.constants_at, 0));
            }
            // The address of the greatest value was pushed first.
            code.i64_store(at(self.ranges + 8 * (1 - end), 3));
        }
        code.local_get(i).i32_const(1).i32_add().local_tee(i);
        code.i32_const(self.constants.len() as i32).i32_lt_u().br_if(0).end();
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
        code.local_get(w).i32_const(1).i32_and().if_(BlockType::Empty);
        code.local_get(p);
        self.reference(&mut code, 0);
        code.i32_const(RESULT_SHIFT).i32_shl().local_set(child);
        for (joined, offset) in [(lo, 0), (hi, 8)] {
            code.local_get(child).i64_load(at(from + offset, 3)).local_tee(own);
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
        code.local_get(a).local_get(lo).i64_store(at(self.ranges, 3));
        code.local_get(a).local_get(hi).i64_store(at(self.ranges + 8, 3));
        code.local_get(a).i32_const(RESULT as i32).i32_add().local_set(a);
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

    /// Works out the terms that are not constant, and what can change them, then the values, layer by layer.
    fn compute(&self, code: &mut InstructionSink, emitter: &Emitter) {
        for layer in &self.layers {
            for place in layer.terms.0..layer.terms.1 {
                let lo = emitter.term(code, self.terms[place], 0, true);
                let range = self.range(self.outcomes + place as u32);
                let result = self.result(self.outcomes + place as u32);
                for (local, address) in
                    [(lo, range), (lo + 1, range + 8), (lo + 2, result + RELEVANT)]
                {
                    code.i32_const(0).local_get(local).i64_store(at(address, 3));
                }
                code.i32_const(0).local_get(lo + 3).i32_wrap_i64().i32_store(at(result, 2));
            }
            if layer.nodes.0 < layer.nodes.1 {
                code.i32_const((self.start + layer.bytes.0) as i32);
                code.i32_const(((self.terms.len() as u32 + layer.nodes.0) * RESULT) as i32);
                code.i32_const((self.start + layer.bytes.1) as i32);
                code.call(JOIN);
            }
        }
    }

    /// The address of the result of a node.
    fn result(&self, node: u32) -> u32 {
        self.results + node * RESULT
    }

    /// The address of the range of a node of values.
    fn range(&self, node: u32) -> u32 {
        self.ranges + (node - self.outcomes) * RESULT
    }

    /// Of terms that use a value of a layer: what decides the value is what matters to it.
    fn decided_by(&self, code: &mut InstructionSink, program: &Program, layer: &[ComputedId]) {
        let value = relevance::RELEVANT_SET;
        for (place, term) in self.terms.iter().enumerate() {
            let asked = program.values.terms.directions(*term);
            for used in layer.iter().filter(|used| asked.contains_key(&Asked::Value(**used))) {
                let levels = program.diagram.support(program.values.function(*used));
                let levels = i64::from_le_bytes(levels.to_le_bytes());
                let result = self.result(self.outcomes + place as u32) + RELEVANT;
                let matters = self.result(self.values[used.index()] as u32) + RELEVANT;
                code.i32_const(0).i32_const(0).i64_load(at(result, 3)).local_tee(value);
                code.i64_const(!levels).i64_and();
                code.i32_const(0).i64_load(at(matters, 3)).i64_const(0);
                code.local_get(value).i64_const(levels).i64_and().i64_eqz().i32_eqz();
                code.select().i64_or().i64_store(at(result, 3));
            }
        }
    }

    /// Which function each term is. Of terms that are settled, those with one value are one function.
    fn settled(&self, code: &mut InstructionSink) {
        use relevance::*;
        if self.constants.len() == self.terms.len() {
            return;
        }
        let (slot, other, value) = (NODE, SIBLING, RELEVANT_SET);
        let (least, greatest) = (at(self.ranges, 3), at(self.ranges + 8, 3));
        // The result of the first term. Its first word says which function the term is.
        let first = self.results + self.outcomes * RESULT;
        code.i32_const((self.constants.len() as u32 * RESULT) as i32).local_set(slot);
        code.loop_(BlockType::Empty);
        code.local_get(slot).i32_load(at(first, 2)).local_set(other);
        code.local_get(slot).i64_load(least).local_tee(value);
        code.local_get(slot).i64_load(greatest).i64_eq().if_(BlockType::Empty);
        code.i32_const(0).local_set(other);
        code.loop_(BlockType::Empty);
        code.local_get(other).i64_load(least).local_get(value).i64_ne();
        code.local_get(other).i64_load(greatest).local_get(value).i64_ne();
        code.i32_or().if_(BlockType::Empty);
        code.local_get(other).i32_const(RESULT as i32).i32_add().local_set(other);
        code.br(1).end().end();
        code.local_get(other).i32_const(RESULT_SHIFT).i32_shr_u();
        code.i32_const(self.outcomes as i32).i32_add().local_set(other).end();
        code.local_get(slot).local_get(other).i32_store(at(first + IDENTITY, 2));
        code.local_get(slot).i32_const(RESULT as i32).i32_add().local_tee(slot);
        code.i32_const((self.terms.len() as u32 * RESULT) as i32);
        code.i32_lt_u().br_if(0).end();
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
                Some(Slot::Range(word) | Slot::Mask(word)) => word as u32,
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
                (self.range(self.values[value.index()] as u32), levels)
            },
            helper: &|helper| self.helper(helper),
        };
        let mut locals = Vec::new();
        if computed {
            locals.push((4, ValType::I32));
        }
        let rest = self.terms.iter().skip(self.constants.len());
        if let Some(most) = rest.chain(&self.derived).map(|term| emitter.locals(*term)).max() {
            locals.push((most, ValType::I64));
        }
        let mut function = Function::new(locals);
        let mut code = function.instructions();
        let mut derived = 0;
        for (level, variable) in program.variables.iter().enumerate() {
            self.mask(&mut code, &emitter, level, variable, derived);
            let is_derived = matches!(variable, Variable::Derived { .. });
            derived += usize::from(is_derived && is_computed(variable));
        }
        self.compute(&mut code, &emitter);
        if self.decided_nodes > self.valued_nodes {
            code.i32_const((self.start + self.valued) as i32);
            code.i32_const(((self.leaves + self.valued_nodes) * RESULT) as i32);
            code.i32_const((self.start + self.decided) as i32);
            code.call(1);
        }
        code.end();
        function
    }

    /// Stores the mask of a variable that is computed from ranges; locals 0 to 3 hold the ends of its questions.
    fn mask(
        &self,
        code: &mut InstructionSink,
        emitter: &Emitter,
        level: usize,
        variable: &Variable,
        derived: usize,
    ) {
        if !is_computed(variable) {
            return;
        }
        let is_derived = matches!(variable, Variable::Derived { .. });
        let questions = variable.questions().into_iter().enumerate();
        for (index, question) in questions.filter(|_| !is_derived) {
            let Some(Slot::Range(word)) = self.slots[question.index()] else {
                continue;
            };
            for end in 0..2 {
                code.i32_const(0).i32_load(at((word as u32 + end) * 4, 2));
                if matches!(variable, Variable::SameYear { .. }) {
                    code.i32_const(WORDS_PER_YEAR).i32_div_s();
                }
                code.local_set(index as u32 * 2 + end);
            }
        }
        code.i32_const(0);
        match variable {
            Variable::Derived { cuts, .. } => {
                let id = self.derived[derived];
                let lo = emitter.term(code, id, 0, false);
                results_between(code, cuts, lo);
            }
            Variable::Cuts { cuts, .. } => {
                let cuts: Vec<i32> = cuts.iter().map(|cut| cut.word()).collect();
                classes_between(code, &cuts);
            }
            Variable::Order { class_of, .. } => {
                for class in 0..variable.classes() {
                    relation_possible(code, class_of.map(|of| of == class));
                    shifted(code, class);
                }
            }
            Variable::SameYear { .. } => {
                relation_possible(code, [true, false, true]);
                relation_possible(code, [false, true, false]);
                shifted(code, 1);
            }
            Variable::Options { .. } => {}
        }
        code.i32_const(1 << variable.classes()).i32_or();
        code.i32_store(at(level as u32 * 4, 2));
    }

    /// Which variables can still change what.
    ///
    /// Bottom up: a node whose possible children are all one function is that function; else its variable
    /// matters, and it is the same function as an earlier node of its variable with the same possible children.
    /// A node always finds at least itself.
    fn relevance(&self, program: &Program) -> Function {
        use relevance::*;
        let mut function = Function::new([(10, ValType::I32), (1, ValType::I64)]);
        let mut code = function.instructions();
        self.settled(&mut code);
        // The last layer and the decisions in one go.
        let layers = self.layers.iter();
        let mut parts: Vec<(u32, u32, u32)> =
            layers.map(|layer| (layer.bytes.0, layer.bytes.1, layer.nodes.0)).collect();
        match parts.last_mut() {
            Some(last) => last.1 = self.decided,
            None => parts.push((0, self.decided, 0)),
        }
        let count = parts.len();
        for (index, (from, until, first)) in parts.into_iter().enumerate() {
            if from < until {
                code.i32_const((self.start + from) as i32)
                    .local_tee(NODE)
                    .local_set(SIBLING);
                code.i32_const(((self.leaves + first) * RESULT) as i32)
                    .local_set(RESULT_OF);
                self.walk(&mut code, until);
            }
            if index + 1 < count {
                let layer = self.layers[index].nodes;
                let functions = program.values.functions.iter().enumerate();
                let layer: Vec<ComputedId> = functions
                    .map(|(index, _)| ComputedId::new(index))
                    .filter(|id| {
                        let node = self.values[id.index()] as u32;
                        (layer.0..layer.1).contains(&node.wrapping_sub(self.leaves))
                    })
                    .collect();
                self.decided_by(&mut code, program, &layer);
            }
        }
        code.end();
        function
    }

    /// The nodes from NODE until a byte of the table.
    fn walk(&self, code: &mut InstructionSink, until: u32) {
        use relevance::*;
        code.loop_(BlockType::Empty);
        self.first_sibling(code);
        self.children_joined(code);
        code.local_get(DIFFER).if_(BlockType::Empty);
        code.local_get(RELEVANT_SET)
            .i64_const(1)
            .local_get(VARIABLE)
            .i64_extend_i32_u()
            .i64_shl();
        code.i64_or().local_set(RELEVANT_SET);
        self.same_sibling(code);
        code.end();
        code.local_get(RESULT_OF)
            .local_get(FIRST)
            .i32_store(at(self.results + IDENTITY, 2));
        code.local_get(RESULT_OF)
            .local_get(RELEVANT_SET)
            .i64_store(at(self.results + RELEVANT, 3));
        code.local_get(RESULT_OF)
            .i32_const(RESULT as i32)
            .i32_add()
            .local_set(RESULT_OF);
        code.local_get(CHILD)
            .i32_const(self.width as i32)
            .i32_add()
            .local_tee(NODE);
        code.i32_const((self.start + until) as i32)
            .i32_lt_u()
            .br_if(0)
            .end();
    }

    /// Reads the variable and its mask; SIBLING becomes the first node of this variable.
    fn first_sibling(&self, code: &mut InstructionSink) {
        use relevance::*;
        code.local_get(SIBLING).local_get(NODE).local_get(NODE);
        self.reference(code, 0);
        code.local_tee(VARIABLE).local_get(SIBLING);
        self.reference(code, 0);
        code.i32_eq().select().local_set(SIBLING);
        self.load_mask(code);
    }

    fn load_mask(&self, code: &mut InstructionSink) {
        use relevance::*;
        code.local_get(VARIABLE)
            .i32_const(2)
            .i32_shl()
            .i32_load(at(0, 2))
            .local_set(MASK);
    }

    /// Over the possible children: RELEVANT_SET is the union of theirs, FIRST the identity of the first one, DIFFER whether
    /// their identities differ. CHILD ends at the last child.
    fn children_joined(&self, code: &mut InstructionSink) {
        use relevance::*;
        code.local_get(NODE).local_set(CHILD);
        code.i32_const(-1).local_set(FIRST);
        code.i32_const(0).local_set(DIFFER);
        code.i64_const(0).local_set(RELEVANT_SET);
        code.loop_(BlockType::Empty);
        code.local_get(CHILD)
            .i32_const(self.width as i32)
            .i32_add()
            .local_set(CHILD);
        code.local_get(MASK)
            .i32_const(1)
            .i32_and()
            .if_(BlockType::Empty);
        code.local_get(CHILD);
        self.reference(code, 0);
        code.i32_const(RESULT_SHIFT)
            .i32_shl()
            .local_tee(IDENTITY_OF);
        code.i64_load(at(self.results + RELEVANT, 3))
            .local_get(RELEVANT_SET)
            .i64_or()
            .local_set(RELEVANT_SET);
        code.local_get(IDENTITY_OF)
            .i32_load(at(self.results + IDENTITY, 2))
            .local_set(IDENTITY_OF);
        code.local_get(FIRST).local_get(IDENTITY_OF);
        code.local_get(FIRST)
            .i32_const(-1)
            .i32_ne()
            .select()
            .local_tee(FIRST);
        code.local_get(IDENTITY_OF)
            .i32_xor()
            .local_get(DIFFER)
            .i32_or()
            .local_set(DIFFER);
        code.end();
        next_class(code);
        code.end();
    }

    /// FIRST becomes the address of the first node of this variable whose possible children are the same functions.
    fn same_sibling(&self, code: &mut InstructionSink) {
        use relevance::*;
        let step = self.width as i32;
        code.local_get(SIBLING).local_set(FIRST);
        code.loop_(BlockType::Empty);
        code.i32_const(0).local_tee(DIFFER).local_set(OFFSET);
        self.load_mask(code);
        code.loop_(BlockType::Empty);
        code.local_get(OFFSET)
            .i32_const(step)
            .i32_add()
            .local_tee(OFFSET);
        code.local_get(FIRST).i32_add();
        self.identity(code);
        code.local_get(OFFSET).local_get(NODE).i32_add();
        self.identity(code);
        code.i32_ne()
            .local_get(MASK)
            .i32_and()
            .i32_const(1)
            .i32_and();
        code.local_get(DIFFER).i32_or().local_set(DIFFER);
        next_class(code);
        code.end();
        code.local_get(DIFFER).if_(BlockType::Empty);
        code.local_get(FIRST)
            .local_get(OFFSET)
            .i32_add()
            .i32_const(step)
            .i32_add();
        code.local_set(FIRST).br(1).end();
        code.end();
    }

    /// The identity of the function whose reference is at the address on the stack.
    fn identity(&self, code: &mut InstructionSink) {
        self.reference(code, 0);
        code.i32_const(RESULT_SHIFT)
            .i32_shl()
            .i32_load(at(self.results + IDENTITY, 2));
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

/// Locals of `q`, by their numbers.
mod relevance {
    /// Address of the node that is looked at.
    pub const NODE: u32 = 0;
    /// Offset of its result.
    pub const RESULT_OF: u32 = 1;
    /// Address of the first node of the same variable.
    pub const SIBLING: u32 = 2;
    /// What is left of the mask of the variable.
    pub const MASK: u32 = 3;
    /// Address of the reference to a child.
    pub const CHILD: u32 = 4;
    /// Identity of the first possible child, then of the node.
    pub const FIRST: u32 = 5;
    /// Whether identities differ.
    pub const DIFFER: u32 = 6;
    /// Identity of a child.
    pub const IDENTITY_OF: u32 = 7;
    /// The variable of the node.
    pub const VARIABLE: u32 = 8;
    /// The distance of a child from its node.
    pub const OFFSET: u32 = 9;
    /// Variables that matter; 64 bits.
    pub const RELEVANT_SET: u32 = 10;
}

/// Goes on with the next class of the mask; ends the loop at its sentinel.
fn next_class(code: &mut InstructionSink) {
    code.local_get(relevance::MASK)
        .i32_const(1)
        .i32_shr_u()
        .local_tee(relevance::MASK);
    code.i32_const(1).i32_gt_u().br_if(0);
}

/// Locals that hold the ends of one question, or of the two that are compared.
const A_LO: u32 = 0;
const A_HI: u32 = 1;
const B_LO: u32 = 2;
const B_HI: u32 = 3;

/// Leaves the bits from the class of the lowest value to that of the highest.
fn classes_between(code: &mut InstructionSink, cuts: &[i32]) {
    for (one, value) in [(2, A_HI), (1, A_LO)] {
        code.i32_const(one);
        for (index, cut) in cuts.iter().enumerate() {
            code.local_get(value).i32_const(*cut).i32_ge_s();
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

/// Leaves the bits from the class of the least result, which is in a local, to that of the greatest, which is in the next one.
fn results_between(code: &mut InstructionSink, cuts: &[i64], lo: u32) {
    for (one, value) in [(2, lo + 1), (1, lo)] {
        code.i32_const(one);
        for (index, cut) in cuts.iter().enumerate() {
            code.local_get(value).i64_const(*cut).i64_ge_s();
            if index > 0 {
                code.i32_add();
            }
        }
        code.i32_shl();
    }
    code.i32_sub();
}

/// Leaves whether one of the relations marked (less, equal, greater) is possible between the two ranges.
fn relation_possible(code: &mut InstructionSink, relations: [bool; 3]) {
    match relations {
        [true, false, false] => {
            code.local_get(A_LO).local_get(B_HI).i32_lt_s();
        }
        [true, true, false] => {
            code.local_get(A_LO).local_get(B_HI).i32_le_s();
        }
        [false, false, true] => {
            code.local_get(A_HI).local_get(B_LO).i32_gt_s();
        }
        [false, true, true] => {
            code.local_get(A_HI).local_get(B_LO).i32_ge_s();
        }
        [false, true, false] => {
            code.local_get(A_LO).local_get(B_HI).i32_le_s();
            code.local_get(B_LO).local_get(A_HI).i32_le_s().i32_and();
        }
        [true, false, true] => {
            code.local_get(A_LO).local_get(B_HI).i32_ne();
            code.local_get(A_HI).local_get(B_LO).i32_ne().i32_or();
        }
        [true, true, true] | [false, false, false] => {
            code.i32_const(1);
        }
    }
}

/// The term of a formula without cases.
fn enter(check: &SelfCheck, terms: &mut Terms, formula: &Formula) -> TermId {
    match formula {
        Formula::Ask(question) => {
            let within = extent(check[*question].domain.bounds());
            let question = *question;
            terms.enter(Term::Ask { question, within })
        }
        Formula::Make(op, parts) => {
            let parts: Vec<TermId> = parts.iter().map(|part| enter(check, terms, part)).collect();
            terms.make(*op, &parts)
        }
        Formula::Constant(number) => terms.enter(Term::Constant(*number)),
        // Nothing else is in a formula without cases.
        _ => terms.enter(Term::Constant(0)),
    }
}

/// Whether `e` computes the mask of a variable. One of a single class never changes.
fn is_computed(variable: &Variable) -> bool {
    !matches!(variable, Variable::Options { .. }) && variable.classes() > 1
}

/// Adds a bit at the place of a class to the mask on the stack.
fn shifted(code: &mut InstructionSink, class: usize) {
    if class > 0 {
        code.i32_const(class as i32).i32_shl().i32_or();
    }
}

pub(super) fn at(offset: u32, align: u32) -> MemArg {
    MemArg {
        offset: u64::from(offset),
        align,
        target: MemArgTarget::default(),
        ordering: Default::default(),
    }
}
