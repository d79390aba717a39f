//! Computing: values become functions whose leaves are terms.
//!
//! Comes in: the values of a check and the functions of its conditions. Goes out: one function a value. Its leaves are terms: formulas
//! without cases, in which each question is limited to the classes that lead there. So the least and the greatest value of a
//! function are the least and the greatest of the leaves that can be reached, each worked out at the ends of what is known. What
//! cannot be worked out so is a [`Unsound`].

use std::cell::RefCell;

use rustc_hash::FxHashMap;

use crate::arithmetic::{Extent, Fault};
use crate::class_set::ClassSet;
use crate::diagram::{Diagram, FIRST_TERM, NodeId, TERMINALS};
use crate::formula::{ComputedId, Unsound};
use crate::self_check::QuestionId;
use crate::term::{Asked, Known, TermId, Terms};
use crate::value::{Interval, extent};
use crate::variables::{Variable, level_of};

/// The values of a program.
#[derive(Debug, Clone, Default)]
pub struct Values {
    pub terms: Terms,
    /// The term of each leaf, and the levels that decide the values in the term.
    pub(crate) leaves: FxHashMap<NodeId, (TermId, u64)>,
    pub(crate) numbers: FxHashMap<TermId, NodeId>,
    /// One function a value.
    pub functions: Vec<NodeId>,
    /// What cannot be computed, each with its value.
    pub unsound: Vec<(ComputedId, Unsound)>,
}

impl Values {
    /// The term of a leaf.
    pub fn term(&self, leaf: NodeId) -> TermId {
        self.leaves[&leaf].0
    }

    /// The function of a value.
    pub fn function(&self, value: ComputedId) -> NodeId {
        self.functions[value.index()]
    }

    /// The values in the term of a leaf.
    pub fn values_in(&self, leaf: NodeId) -> impl Iterator<Item = ComputedId> + use<> {
        let asked = self.terms.directions(self.term(leaf)).into_keys();
        asked.filter_map(|asked| match asked {
            Asked::Value(value) => Some(value),
            Asked::Question(_) => None,
        })
    }

    /// The leaf of a term.
    pub fn leaf(&mut self, diagram: &mut Diagram, variables: &[Variable], term: TermId) -> NodeId {
        if let Some(found) = self.numbers.get(&term) {
            return *found;
        }
        let (mut direct, mut inner) = (0_u64, 0_u64);
        for asked in self.terms.directions(term).into_keys() {
            match asked {
                Asked::Question(question) => {
                    let level = level_of(variables, question);
                    direct |= level.map_or(0, |level| 1 << level);
                }
                Asked::Value(value) => inner |= diagram.support(self.function(value)),
            }
        }
        // Where there are too many, nothing of the diagram is used.
        let leaf = diagram.new_term(direct | inner).unwrap_or(FIRST_TERM);
        self.leaves.insert(leaf, (term, inner));
        self.numbers.insert(term, leaf);
        leaf
    }

    /// The leaves that a function reaches.
    pub fn leaves_of(&self, diagram: &Diagram, function: NodeId) -> Vec<NodeId> {
        let mut leaves: Vec<NodeId> = vec![function];
        for node in diagram.below(&[function]) {
            leaves.extend(diagram.children(node));
        }
        leaves.retain(|leaf| *leaf < TERMINALS);
        leaves.sort_unstable();
        leaves.dedup();
        leaves
    }

    /// The least and the greatest value of a function over all completions of what is known.
    pub fn range(
        &self,
        diagram: &Diagram,
        variables: &[Variable],
        function: NodeId,
        known: &[Interval],
    ) -> Option<Extent> {
        let scope = Scope {
            values: self,
            diagram,
            masks: variables.iter().map(|v| v.possible(known)).collect(),
            known,
            done: RefCell::default(),
        };
        scope.range(function).ok()
    }
}

/// What is known, while functions are worked out.
pub(crate) struct Scope<'a> {
    pub values: &'a Values,
    pub diagram: &'a Diagram,
    pub masks: Vec<ClassSet>,
    pub known: &'a [Interval],
    pub done: RefCell<FxHashMap<NodeId, Result<Extent, Fault>>>,
}

impl Known for Scope<'_> {
    fn question(&self, question: QuestionId) -> Extent {
        extent(self.known[question.index()])
    }

    fn value(&self, value: ComputedId) -> Result<Extent, Fault> {
        self.range(self.values.function(value))
    }
}

impl Scope<'_> {
    fn range(&self, node: NodeId) -> Result<Extent, Fault> {
        if let Some(found) = self.done.borrow().get(&node) {
            return *found;
        }
        let range = if node < TERMINALS {
            self.values.terms.extent(self.values.term(node), self)
        } else {
            let mask = self.masks[self.diagram.level(node)];
            let children = self.diagram.children(node).iter().enumerate();
            let reached = children.filter(|(class, _)| mask.contains(*class));
            let ranges = reached.map(|(_, child)| self.range(*child));
            let joined = ranges.reduce(|a, b| Ok(a?.join(b?)));
            joined.unwrap_or(Err(Fault::TooLarge))
        };
        self.done.borrow_mut().insert(node, range);
        range
    }
}
