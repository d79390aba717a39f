//! Emitting `q`: which variables can still change what.
//!
//! One pass over the nodes, bottom up. Values that others use come first, so that what matters to them is known where they are used.

use wasm_encoder::{BlockType, Function, InstructionSink, ValType};

use super::layout::Layout;
use super::memory::{IDENTITY, RELEVANT, RESULT, RESULT_SHIFT, at};
use crate::formula::ComputedId;
use crate::lower::Program;
use crate::term::Asked;

impl Layout {
    /// Of terms that use a value of a layer: what decides the value is what matters to it.
    fn decided_by(&self, code: &mut InstructionSink, program: &Program, layer: &[ComputedId]) {
        let value = locals::RELEVANT_SET;
        for (place, term) in self.terms.iter().enumerate() {
            let asked = program.values.terms.directions(*term);
            for used in layer
                .iter()
                .filter(|used| asked.contains_key(&Asked::Value(**used)))
            {
                let levels = program.diagram.support(program.values.function(*used));
                let levels = i64::from_le_bytes(levels.to_le_bytes());
                let result = self.result(self.outcomes + place as u32) + RELEVANT;
                let matters = self.result(self.node(*used)) + RELEVANT;
                code.i32_const(0)
                    .i32_const(0)
                    .i64_load(at(result, 3))
                    .local_tee(value);
                code.i64_const(!levels).i64_and();
                code.i32_const(0).i64_load(at(matters, 3)).i64_const(0);
                code.local_get(value)
                    .i64_const(levels)
                    .i64_and()
                    .i64_eqz()
                    .i32_eqz();
                code.select().i64_or().i64_store(at(result, 3));
            }
        }
    }

    /// Which function each term is. Of terms that are settled, those with one value are one function.
    fn settled(&self, code: &mut InstructionSink) {
        use locals::*;
        if self.constants.len() == self.terms.len() {
            return;
        }
        let (slot, other, value) = (NODE, SIBLING, RELEVANT_SET);
        let (least, greatest) = (at(self.ranges, 3), at(self.ranges + 8, 3));
        // The result of the first term. Its first word says which function the term is.
        let first = self.results + self.outcomes * RESULT;
        code.i32_const((self.constants.len() as u32 * RESULT) as i32)
            .local_set(slot);
        code.loop_(BlockType::Empty);
        code.local_get(slot).i32_load(at(first, 2)).local_set(other);
        code.local_get(slot).i64_load(least).local_tee(value);
        code.local_get(slot)
            .i64_load(greatest)
            .i64_eq()
            .if_(BlockType::Empty);
        code.i32_const(0).local_set(other);
        code.loop_(BlockType::Empty);
        code.local_get(other)
            .i64_load(least)
            .local_get(value)
            .i64_ne();
        code.local_get(other)
            .i64_load(greatest)
            .local_get(value)
            .i64_ne();
        code.i32_or().if_(BlockType::Empty);
        code.local_get(other)
            .i32_const(RESULT as i32)
            .i32_add()
            .local_set(other);
        code.br(1).end().end();
        code.local_get(other).i32_const(RESULT_SHIFT).i32_shr_u();
        code.i32_const(self.outcomes as i32)
            .i32_add()
            .local_set(other)
            .end();
        code.local_get(slot)
            .local_get(other)
            .i32_store(at(first + IDENTITY, 2));
        code.local_get(slot)
            .i32_const(RESULT as i32)
            .i32_add()
            .local_tee(slot);
        code.i32_const((self.terms.len() as u32 * RESULT) as i32);
        code.i32_lt_u().br_if(0).end();
    }

    /// Which variables can still change what.
    ///
    /// Bottom up: a node whose possible children are all one function is that function; else its variable
    /// matters, and it is the same function as an earlier node of its variable with the same possible children.
    /// A node always finds at least itself.
    pub fn relevance(&self, program: &Program) -> Function {
        use locals::*;
        let mut function = Function::new([(10, ValType::I32), (1, ValType::I64)]);
        let mut code = function.instructions();
        self.settled(&mut code);
        // The last layer and the decisions in one go.
        let layers = self.layers.iter();
        let mut parts: Vec<(u32, u32, u32)> = layers
            .map(|layer| (layer.bytes.0, layer.bytes.1, layer.nodes.0))
            .collect();
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
                        let node = self.node(*id);
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
        use locals::*;
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
        use locals::*;
        code.local_get(SIBLING).local_get(NODE).local_get(NODE);
        self.reference(code, 0);
        code.local_tee(VARIABLE).local_get(SIBLING);
        self.reference(code, 0);
        code.i32_eq().select().local_set(SIBLING);
        self.load_mask(code);
    }

    fn load_mask(&self, code: &mut InstructionSink) {
        use locals::*;
        code.local_get(VARIABLE)
            .i32_const(2)
            .i32_shl()
            .i32_load(at(0, 2))
            .local_set(MASK);
    }

    /// Over the possible children: RELEVANT_SET is the union of theirs, FIRST the identity of the first one, DIFFER whether
    /// their identities differ. CHILD ends at the last child.
    fn children_joined(&self, code: &mut InstructionSink) {
        use locals::*;
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
        use locals::*;
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
}

/// Locals of `q`, by their numbers.
mod locals {
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
    code.local_get(locals::MASK)
        .i32_const(1)
        .i32_shr_u()
        .local_tee(locals::MASK);
    code.i32_const(1).i32_gt_u().br_if(0);
}
