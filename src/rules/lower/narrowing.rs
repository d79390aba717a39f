//! Narrowing: the questions of terms are limited to the classes of answers that lead to the terms.
//!
//! Comes in: the function of a value. Goes out: the same function; where what it asks decides in a way that is not a class of answers,
//! the value is unsound.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::{Computing, Place};
use crate::arithmetic::Extent;
use crate::diagram::{Diagram, NodeId, TERMINALS};
use crate::formula::{ComputedId, Unsound};
use crate::self_check::QuestionId;
use crate::value::extent;
use crate::variables::level_of;

/// Classes of the answers to questions, on the way to a node.
type Classes = BTreeMap<QuestionId, Extent>;

/// The questions of a value's terms, limited to the classes that lead to each.
pub struct Narrowing {
    value: ComputedId,
    /// The levels whose questions the terms below a node ask.
    below: FxHashMap<NodeId, u64>,
    /// Those that decide the values in the terms below a node.
    inner: FxHashMap<NodeId, u64>,
    done: FxHashMap<Place, NodeId>,
}

impl Narrowing {
    /// Nothing is narrowed yet.
    pub fn new(value: ComputedId) -> Self {
        Self {
            value,
            below: FxHashMap::default(),
            inner: FxHashMap::default(),
            done: FxHashMap::default(),
        }
    }

    /// The same function with narrower terms. `classes`: of the answers on the way to it.
    pub fn narrow(&mut self, computing: &mut Computing, node: NodeId, classes: &Classes) -> NodeId {
        if computing.diagram.is_full() {
            return node;
        }
        if node < TERMINALS {
            let term = computing.values.term(node);
            let term = computing.values.terms.within(term, classes);
            return computing.leaf(term);
        }
        // Only what the terms below ask makes a difference.
        let below = self.below(computing.diagram, node);
        let variables = computing.lowering.variables();
        let mut classes = classes.clone();
        classes.retain(|question, _| {
            let level = level_of(variables, *question);
            level.is_some_and(|level| below & 1 << level != 0)
        });
        let key = (node, classes.iter().map(|(q, e)| (*q, *e)).collect());
        if let Some(found) = self.done.get(&key) {
            return *found;
        }
        let level = computing.diagram.level(node);
        let variable = &variables[level];
        let children = computing.diagram.children(node).to_vec();
        if self.inner(computing, node) & 1 << level != 0 {
            for leaf in computing.values.leaves_of(computing.diagram, node) {
                computing.entangled.extend(computing.values.values_in(leaf));
            }
        } else if below & 1 << level != 0 && variable.answers_of(computing.check, 0).is_none() {
            let asked = Unsound::Compared(variable.first());
            computing.values.unsound.push((self.value, asked));
        }
        let mut narrow = Vec::new();
        // Neighbouring classes that lead to one function are one class to its terms.
        for run in children.chunk_by(PartialEq::eq) {
            let mut classes = classes.clone();
            let all = narrow.len()..narrow.len() + run.len();
            let parts = all.filter_map(|class| variable.answers_of(computing.check, class));
            let parts = parts.map(|(question, part)| (question, extent(part)));
            let hull = parts
                .reduce(|(question, one), (_, next)| (question, Extent { hi: next.hi, ..one }));
            if let Some((question, hull)) = hull {
                let known = classes.get(&question).and_then(|known| known.and(hull));
                classes.insert(question, known.unwrap_or(hull));
            }
            let child = self.narrow(computing, run[0], &classes);
            narrow.extend(std::iter::repeat_n(child, run.len()));
        }
        let found = computing.diagram.node(level, &narrow);
        self.done.insert(key, found);
        found
    }

    fn inner(&mut self, computing: &Computing, node: NodeId) -> u64 {
        if node < TERMINALS {
            return computing.values.leaves[&node].1;
        }
        if let Some(found) = self.inner.get(&node) {
            return *found;
        }
        let children = computing.diagram.children(node).iter();
        let bits = children.fold(0, |bits, child| bits | self.inner(computing, *child));
        self.inner.insert(node, bits);
        bits
    }

    fn below(&mut self, diagram: &Diagram, node: NodeId) -> u64 {
        if node < TERMINALS {
            return diagram.asked_by(node);
        }
        if let Some(found) = self.below.get(&node) {
            return *found;
        }
        let children = diagram.children(node).iter();
        let bits = children.fold(0, |bits, child| bits | self.below(diagram, *child));
        self.below.insert(node, bits);
        bits
    }
}
