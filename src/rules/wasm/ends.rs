//! Nodes whose result is that of two of their children: those of the lowest and the highest class that is possible.
//!
//! The classes of a number or a formula that are possible are neighbours. Where the children are numbers in order, or only two outcomes one after
//! the other, the other children need no look. A table of grades has many such nodes: a few instructions each instead of a loop over all
//! classes.

use wasm_encoder::{BlockType, Function, InstructionSink, ValType};

use super::layout::Layout;
use super::memory::{RESULT, RESULT_SHIFT, at};

/// The locals that both functions have, after the three that they take.
const MASK: u32 = 3;
const COUNT: u32 = 4;

impl Layout {
    /// Whether some nodes of decisions are worked out by their children at the ends.
    pub(super) fn runs_ends(&self) -> bool {
        self.by_ends > 0
    }

    /// Whether some nodes of values are.
    pub(super) fn joins_ends(&self) -> bool {
        self.layers.iter().any(|layer| layer.by_ends > 0)
    }

    /// Which leaves each node from `p` to `end` reaches, by its children at the ends.
    pub(super) fn run_ends(&self) -> Function {
        let (p, a, end) = (0, 1, 2);
        let mut function = Function::new([(2, ValType::I32)]);
        let mut code = function.instructions();
        code.loop_(BlockType::Empty);
        self.classes(&mut code, p);
        code.local_get(a);
        for is_high in [false, true] {
            self.child_at(&mut code, p, is_high);
            code.i32_load(at(self.results, 2));
        }
        code.i32_or().i32_store(at(self.results, 2));
        self.next(&mut code, p, a, end);
        function
    }

    /// The least and the greatest value of each node from `p` to `end`, whose children are numbers in order.
    pub(super) fn join_ends(&self) -> Function {
        let (p, a, end, low, high) = (0, 1, 2, 5, 6);
        let from = self.ranges - self.outcomes * RESULT;
        let mut function = Function::new([(2, ValType::I32), (2, ValType::I64)]);
        let mut code = function.instructions();
        code.loop_(BlockType::Empty);
        self.classes(&mut code, p);
        for (is_high, local) in [(false, low), (true, high)] {
            self.child_at(&mut code, p, is_high);
            code.i64_load(at(from, 3)).local_set(local);
        }
        for offset in [0, 8] {
            code.local_get(a).local_get(low).local_get(high);
            code.local_get(low).local_get(high);
            match offset {
                0 => code.i64_lt_s(),
                _ => code.i64_gt_s(),
            };
            code.select().i64_store(at(self.ranges + offset, 3));
        }
        self.next(&mut code, p, a, end);
        function
    }

    /// The mask of the variable of a node, and how many classes it has.
    fn classes(&self, code: &mut InstructionSink, p: u32) {
        code.local_get(p);
        self.reference(code, 0);
        code.i32_const(2).i32_shl().i32_load(at(0, 2));
        code.local_tee(MASK);
        // The place of the sentinel.
        code.i32_clz().local_set(COUNT);
        code.i32_const(31)
            .local_get(COUNT)
            .i32_sub()
            .local_set(COUNT);
    }

    /// Leaves the place of the result of the child of the lowest or the highest class that is possible.
    fn child_at(&self, code: &mut InstructionSink, p: u32, is_high: bool) {
        if is_high {
            code.i32_const(31).local_get(MASK);
            code.i32_const(1).local_get(COUNT).i32_shl().i32_xor();
            code.i32_clz().i32_sub();
        } else {
            code.local_get(MASK).i32_ctz();
        }
        if self.width > 1 {
            code.i32_const(1).i32_shl();
        }
        code.local_get(p).i32_add();
        self.reference(code, 1);
        code.i32_const(RESULT_SHIFT).i32_shl();
    }

    /// The next node, until the end, which is that of the function.
    fn next(&self, code: &mut InstructionSink, p: u32, a: u32, end: u32) {
        code.local_get(a)
            .i32_const(RESULT as i32)
            .i32_add()
            .local_set(a);
        code.local_get(COUNT);
        if self.width > 1 {
            code.i32_const(1).i32_shl();
        }
        code.local_get(p)
            .i32_add()
            .i32_const(self.width as i32)
            .i32_add();
        code.local_tee(p)
            .local_get(end)
            .i32_lt_u()
            .br_if(0)
            .end()
            .end();
    }
}
