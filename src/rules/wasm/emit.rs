//! Emitting: from a [`Program`] to the bytes of its module.
//!
//! The diagram becomes a table and three short loops read it, so that a module grows by a few bytes a node.
//! The layout is drawn in the module above. Nothing is validated here; `rules::compile` does that.

use wasm_encoder::{
    BlockType, CodeSection, ConstExpr, DataSection, ExportKind, ExportSection, Function,
    FunctionSection, InstructionSink, MemArg, MemArgTarget, MemorySection, MemoryType, Module,
    StartSection, TypeSection, ValType,
};

use crate::check::{Check, FactId};
use crate::diagram::{NodeId, TERMINALS};
use crate::lower::Program;
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
    /// Of each fact: its first word, and whether it holds a range (two words) or the mask of its variable.
    pub slots: Vec<Option<Slot>>,
    /// Node of each decision.
    pub decisions: Vec<usize>,
    /// Node of each clause.
    pub clauses: Vec<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// The mask of a variable.
    Mask(usize),
    /// Lowest and highest value.
    Range(usize),
}

/// Bytes of a result: possible leaves, identity, relevant variables.
const RESULT: u32 = 16;
const RESULT_SHIFT: i32 = 4;

/// Emits the module of a program.
pub fn emit(check: &Check, program: &Program) -> Emitted {
    let layout = Layout::new(check, program);
    let mut module = Module::new();
    let mut types = TypeSection::new();
    types.ty().function([], []);
    types.ty().function([ValType::I32; 3], []);
    module.section(&types);
    let mut functions = FunctionSection::new();
    for index in [0, 1, 0, 0, 0] {
        functions.function(index);
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
    code.function(&layout.leaves());
    code.function(&layout.run());
    code.function(&layout.decide(program));
    code.function(&layout.relevance());
    code.function(&layout.explain());
    module.section(&code);
    let mut data = DataSection::new();
    let mut bytes = Vec::new();
    for word in &layout.initial {
        bytes.extend(word.to_le_bytes());
    }
    bytes.extend(&layout.table);
    data.active(0, &ConstExpr::i32_const(0), bytes);
    module.section(&data);
    Emitted {
        bytes: module.finish(),
        at: (layout.results / 4) as usize,
        words: layout.words,
        initial: layout.initial[..layout.words].to_vec(),
        slots: layout.slots,
        decisions: layout.decisions,
        clauses: layout.clauses,
    }
}

/// Where everything lies.
struct Layout {
    words: usize,
    initial: Vec<i32>,
    slots: Vec<Option<Slot>>,
    leaves: u32,
    /// Byte address of the table; at least 32, so that an address is no leaf's number.
    start: u32,
    table: Vec<u8>,
    /// Bytes of the table that belong to decisions.
    decided: u32,
    /// Nodes of decisions.
    decided_nodes: u32,
    /// Bytes of a reference.
    width: u32,
    /// Byte address of the results.
    results: u32,
    decisions: Vec<usize>,
    clauses: Vec<usize>,
}

impl Layout {
    fn new(check: &Check, program: &Program) -> Self {
        let count = program.variables.len();
        let everything: Vec<_> = check.facts.iter().map(|f| f.domain.bounds()).collect();
        let mut initial: Vec<i32> = program
            .variables
            .iter()
            .map(|variable| {
                let mask = variable.possible(&everything) | 1 << variable.classes();
                i32::from_le_bytes(mask.to_le_bytes())
            })
            .collect();
        let mut slots: Vec<Option<Slot>> = vec![None; check.facts.len()];
        for (level, variable) in program.variables.iter().enumerate() {
            if let Variable::Options { fact, .. } = variable {
                slots[*fact] = Some(Slot::Mask(level));
            }
        }
        let mut facts: Vec<FactId> = program
            .variables
            .iter()
            .filter(|variable| !matches!(variable, Variable::Options { .. }))
            .flat_map(Variable::facts)
            .collect();
        facts.sort_unstable();
        for fact in facts {
            slots[fact] = Some(Slot::Range(initial.len()));
            initial.extend([everything[fact].0, everything[fact].1]);
        }
        let words = initial.len();
        initial.resize(words.max(8), 0);
        debug_assert!(count <= words);

        let leaves = check
            .decisions
            .iter()
            .map(|decision| decision.outcomes.len() as u32)
            .max()
            .unwrap_or(0)
            .max(2);
        let decided = program.diagram.below(&program.decisions);
        let mut nodes = decided.clone();
        for node in program.diagram.below(&program.clauses) {
            if !decided.contains(&node) {
                nodes.push(node);
            }
        }
        let number = |node: NodeId| -> u32 {
            if node < TERMINALS {
                node
            } else {
                let place = nodes.iter().position(|other| *other == node).unwrap_or(0);
                leaves + place as u32
            }
        };
        let width: u32 = if leaves as usize + nodes.len() > 256 {
            2
        } else {
            1
        };
        let mut table = Vec::new();
        let mut decided_bytes = 0;
        for (index, &node) in nodes.iter().enumerate() {
            let level = program.diagram.level(node) as u32;
            for reference in std::iter::once(level)
                .chain(program.diagram.children(node).iter().map(|&n| number(n)))
            {
                table.extend(&reference.to_le_bytes()[..width as usize]);
            }
            if index + 1 == decided.len() {
                decided_bytes = table.len() as u32;
            }
        }
        let start = initial.len() as u32 * 4;
        Self {
            words,
            slots,
            leaves,
            start,
            decided: decided_bytes,
            decided_nodes: decided.len() as u32,
            width,
            results: (start + table.len() as u32).next_multiple_of(8),
            decisions: program
                .decisions
                .iter()
                .map(|&n| number(n) as usize)
                .collect(),
            clauses: program
                .clauses
                .iter()
                .map(|&n| number(n) as usize)
                .collect(),
            initial,
            table,
        }
    }

    /// Reads the reference that stands so many references behind the address on the stack.
    fn reference(&self, code: &mut InstructionSink, behind: u32) {
        let memory = at(behind * self.width, 0);
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
            .i32_store(at(self.results + 4, 2));
        code.local_get(i).i32_const(1).i32_add().local_tee(i);
        code.i32_const(self.leaves as i32)
            .i32_lt_u()
            .br_if(0)
            .end()
            .end();
        function
    }

    /// Which leaves each node of the table from `p` to `end` reaches; `a` is the first one's place in the results.
    ///
    /// A node has two children or more, and most have two: those stand before the loop over the others.
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

    /// The leaves that the node reaches whose reference stands so many references behind the address in a local.
    fn child(&self, code: &mut InstructionSink, address: u32, behind: u32) {
        code.local_get(address);
        self.reference(code, behind);
        code.i32_const(RESULT_SHIFT)
            .i32_shl()
            .i32_load(at(self.results, 2));
    }

    /// Computes the masks that come from ranges, then runs over the decisions.
    fn decide(&self, program: &Program) -> Function {
        let computed = program
            .variables
            .iter()
            .any(|variable| !matches!(variable, Variable::Options { .. }));
        let mut function = Function::new(if computed {
            vec![(4, ValType::I32)]
        } else {
            vec![]
        });
        let mut code = function.instructions();
        for (level, variable) in program.variables.iter().enumerate() {
            self.mask(&mut code, level, variable);
        }
        if self.decided_nodes > 0 {
            code.i32_const(self.start as i32);
            code.i32_const((self.leaves * RESULT) as i32);
            code.i32_const((self.start + self.decided) as i32);
            code.call(1);
        }
        code.end();
        function
    }

    /// Stores the mask of a variable that is computed from ranges; locals 0 to 3 hold the ends of its facts.
    fn mask(&self, code: &mut InstructionSink, level: usize, variable: &Variable) {
        if matches!(variable, Variable::Options { .. }) {
            return;
        }
        for (index, fact) in variable.facts().into_iter().enumerate() {
            let Some(Slot::Range(word)) = self.slots[fact] else {
                continue;
            };
            for end in 0..2 {
                code.i32_const(0).i32_load(at((word as u32 + end) * 4, 2));
                if matches!(variable, Variable::SameYear { .. }) {
                    code.i32_const(10_000).i32_div_s();
                }
                code.local_set(index as u32 * 2 + end);
            }
        }
        let (a_lo, a_hi, b_lo, b_hi) = (0, 1, 2, 3);
        code.i32_const(0);
        match variable {
            Variable::Cuts { cuts, .. } => {
                // Bits from the class of the lowest value to that of the highest.
                for (one, value) in [(2, a_hi), (1, a_lo)] {
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
            Variable::Order { class_of, .. } => {
                for class in 0..variable.classes() {
                    let [less, equal, greater] = [0, 1, 2].map(|r: usize| class_of[r] == class);
                    match (less, equal, greater) {
                        (true, false, false) => {
                            code.local_get(a_lo).local_get(b_hi).i32_lt_s();
                        }
                        (true, true, false) => {
                            code.local_get(a_lo).local_get(b_hi).i32_le_s();
                        }
                        (false, false, true) => {
                            code.local_get(a_hi).local_get(b_lo).i32_gt_s();
                        }
                        (false, true, true) => {
                            code.local_get(a_hi).local_get(b_lo).i32_ge_s();
                        }
                        (false, true, false) => {
                            code.local_get(a_lo).local_get(b_hi).i32_le_s();
                            code.local_get(b_lo).local_get(a_hi).i32_le_s().i32_and();
                        }
                        (true, false, true) => {
                            code.local_get(a_lo).local_get(b_hi).i32_ne();
                            code.local_get(a_hi).local_get(b_lo).i32_ne().i32_or();
                        }
                        _ => {
                            code.i32_const(1);
                        }
                    }
                    shifted(code, class);
                }
            }
            Variable::SameYear { .. } => {
                code.local_get(a_lo).local_get(b_hi).i32_ne();
                code.local_get(a_hi).local_get(b_lo).i32_ne().i32_or();
                code.local_get(a_lo).local_get(b_hi).i32_le_s();
                code.local_get(b_lo).local_get(a_hi).i32_le_s().i32_and();
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
    fn relevance(&self) -> Function {
        let (p, a, s, w, k, first, differ, c, v, m) = (0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        let rel = 10;
        let step = self.width as i32;
        let mut function = Function::new([(10, ValType::I32), (1, ValType::I64)]);
        if self.decided_nodes == 0 {
            function.instructions().end();
            return function;
        }
        let mut code = function.instructions();
        code.i32_const(self.start as i32).local_tee(p).local_set(s);
        code.i32_const((self.leaves * RESULT) as i32).local_set(a);
        code.loop_(BlockType::Empty);
        // The first node of this variable.
        code.local_get(s).local_get(p).local_get(p);
        self.reference(&mut code, 0);
        code.local_tee(v).local_get(s);
        self.reference(&mut code, 0);
        code.i32_eq().select().local_set(s);
        code.local_get(v)
            .i32_const(2)
            .i32_shl()
            .i32_load(at(0, 2))
            .local_set(w);
        code.local_get(p).local_set(k);
        code.i32_const(-1).local_set(first);
        code.i32_const(0).local_set(differ);
        code.i64_const(0).local_set(rel);
        {
            code.loop_(BlockType::Empty);
            code.local_get(k).i32_const(step).i32_add().local_set(k);
            code.local_get(w)
                .i32_const(1)
                .i32_and()
                .if_(BlockType::Empty);
            code.local_get(k);
            self.reference(&mut code, 0);
            code.i32_const(RESULT_SHIFT).i32_shl().local_tee(c);
            code.i64_load(at(self.results + 8, 3))
                .local_get(rel)
                .i64_or()
                .local_set(rel);
            code.local_get(c)
                .i32_load(at(self.results + 4, 2))
                .local_set(c);
            code.local_get(first).local_get(c);
            code.local_get(first)
                .i32_const(-1)
                .i32_ne()
                .select()
                .local_tee(first);
            code.local_get(c)
                .i32_xor()
                .local_get(differ)
                .i32_or()
                .local_set(differ);
            code.end();
            code.local_get(w).i32_const(1).i32_shr_u().local_tee(w);
            code.i32_const(1).i32_gt_u().br_if(0).end();
        }
        code.local_get(differ).if_(BlockType::Empty);
        {
            code.local_get(rel)
                .i64_const(1)
                .local_get(v)
                .i64_extend_i32_u()
                .i64_shl();
            code.i64_or().local_set(rel);
            code.local_get(s).local_set(first);
            code.loop_(BlockType::Empty);
            code.i32_const(0).local_tee(differ).local_set(m);
            code.local_get(v)
                .i32_const(2)
                .i32_shl()
                .i32_load(at(0, 2))
                .local_set(w);
            {
                code.loop_(BlockType::Empty);
                code.local_get(m).i32_const(step).i32_add().local_tee(m);
                code.local_get(first).i32_add();
                self.reference(&mut code, 0);
                code.i32_const(RESULT_SHIFT)
                    .i32_shl()
                    .i32_load(at(self.results + 4, 2));
                code.local_get(m).local_get(p).i32_add();
                self.reference(&mut code, 0);
                code.i32_const(RESULT_SHIFT)
                    .i32_shl()
                    .i32_load(at(self.results + 4, 2));
                code.i32_ne().local_get(w).i32_and().i32_const(1).i32_and();
                code.local_get(differ).i32_or().local_set(differ);
                code.local_get(w).i32_const(1).i32_shr_u().local_tee(w);
                code.i32_const(1).i32_gt_u().br_if(0).end();
            }
            code.local_get(differ).if_(BlockType::Empty);
            code.local_get(first)
                .local_get(m)
                .i32_add()
                .i32_const(step)
                .i32_add();
            code.local_set(first).br(1).end();
            code.end();
        }
        code.end();
        code.local_get(a)
            .local_get(first)
            .i32_store(at(self.results + 4, 2));
        code.local_get(a)
            .local_get(rel)
            .i64_store(at(self.results + 8, 3));
        code.local_get(a)
            .i32_const(RESULT as i32)
            .i32_add()
            .local_set(a);
        code.local_get(k).i32_const(step).i32_add().local_tee(p);
        code.i32_const((self.start + self.decided) as i32)
            .i32_lt_u()
            .br_if(0)
            .end()
            .end();
        function
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

/// Adds a bit at the place of a class to the mask on the stack.
fn shifted(code: &mut InstructionSink, class: usize) {
    if class > 0 {
        code.i32_const(class as i32).i32_shl().i32_or();
    }
}

fn at(offset: u32, align: u32) -> MemArg {
    MemArg {
        offset: u64::from(offset),
        align,
        target: MemArgTarget::default(),
        ordering: Default::default(),
    }
}
