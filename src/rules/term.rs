//! Terms: formulas without cases, shared, and their ranges.
//!
//! Comes in: constants, questions and operations. Goes out: a [`TermId`] a term; equal terms are the same number. A term is
//! exact where each of its questions moves it in one direction: its least and greatest values are then those at the ends of the
//! answers.

mod one_way;

use std::collections::BTreeMap;

use mingbai_forms::ids;
use rustc_hash::FxHashMap;

use crate::arithmetic::{Extent, Fault, MOST};
use crate::formula::{ComputedId, Op};
use crate::self_check::QuestionId;

ids! {
    /// A term, by number.
    TermId,
}

/// A formula without cases.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Term {
    Constant(i64),
    /// What is known of a question, within a class of its answers.
    Ask {
        question: QuestionId,
        within: Extent,
    },
    /// A value of many cases. No other part of the term asks what decides it.
    Value(ComputedId),
    Make(Op, Vec<TermId>),
}

/// What is known while a term is worked out.
pub trait Known {
    /// The answers to a question that are still possible.
    fn question(&self, question: QuestionId) -> Extent;

    /// The range of a value.
    fn value(&self, value: ComputedId) -> Result<Extent, Fault>;
}

/// What a term asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Asked {
    Question(QuestionId),
    Value(ComputedId),
}

/// All terms of a program.
#[derive(Debug, Clone, Default)]
pub struct Terms {
    list: Vec<Term>,
    ids: FxHashMap<Term, TermId>,
    /// A term is being written in another way.
    is_rewriting: bool,
}

impl Terms {
    /// The term of a number.
    pub fn get(&self, id: TermId) -> &Term {
        &self.list[id.index()]
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.list.len()
    }

    /// The number of a term, which it gets if it is new.
    pub fn enter(&mut self, term: Term) -> TermId {
        if let Some(found) = self.ids.get(&term) {
            return *found;
        }
        let id = TermId::new(self.list.len());
        self.list.push(term.clone());
        self.ids.insert(term, id);
        id
    }

    /// The constant that a term is.
    pub fn constant(&self, id: TermId) -> Option<i64> {
        match self.get(id) {
            Term::Constant(number) => Some(*number),
            _ => None,
        }
    }

    /// The term that an operation makes. What is constant is worked out, unless there is no result. If a question moves it both up and
    /// down, it is written in another way in which none does, if there is one.
    pub fn make(&mut self, op: Op, operands: &[TermId]) -> TermId {
        let made = self.plain(op, operands);
        if self.is_rewriting || !self.goes_both_ways(made) {
            return made;
        }
        self.is_rewriting = true;
        let found = one_way::rewritten(self, made);
        self.is_rewriting = false;
        let found = found.filter(|found| !self.goes_both_ways(*found));
        found.unwrap_or(made)
    }

    fn goes_both_ways(&self, id: TermId) -> bool {
        matches!(self.get(id), Term::Make(..)) && self.directions(id).values().any(Option::is_none)
    }

    fn plain(&mut self, op: Op, operands: &[TermId]) -> TermId {
        let mut operands = operands.to_vec();
        if matches!(op, Op::Add | Op::Least | Op::Greatest) {
            operands = self.flat(op, operands);
        }
        let numbers: Option<Vec<i64>> = operands.iter().map(|id| self.constant(*id)).collect();
        if let Some(Ok(number)) = numbers.map(|numbers| op.of(&numbers)) {
            return self.enter(Term::Constant(number));
        }
        match (op, &operands[..]) {
            (Op::Add | Op::Least | Op::Greatest, [one]) => *one,
            (Op::Multiply, [a, b]) if self.constant(*b) == Some(1) => *a,
            (Op::Multiply, [a, b]) if self.constant(*a) == Some(1) => *b,
            (Op::Multiply, [a, b]) if [*a, *b].iter().any(|id| self.constant(*id) == Some(0)) => {
                self.enter(Term::Constant(0))
            }
            (Op::Divide(_), [a, b]) if self.constant(*b) == Some(1) => *a,
            (Op::Subtract, [a, b]) if self.constant(*b) == Some(0) => *a,
            _ => self.enter(Term::Make(op, operands)),
        }
    }

    /// Operands of sums, least and greatest in one list, their constants made one, in a fixed order.
    fn flat(&mut self, op: Op, operands: Vec<TermId>) -> Vec<TermId> {
        let mut flat = Vec::new();
        for id in operands {
            match self.get(id) {
                Term::Make(inner, parts) if *inner == op => flat.extend(parts.clone()),
                _ => flat.push(id),
            }
        }
        let (constants, mut rest): (Vec<TermId>, Vec<TermId>) = flat
            .into_iter()
            .partition(|id| self.constant(*id).is_some());
        let numbers: Vec<i64> = constants
            .iter()
            .filter_map(|id| self.constant(*id))
            .collect();
        match op.of(&numbers) {
            Ok(0) if op == Op::Add && !rest.is_empty() => {}
            Ok(number) if !numbers.is_empty() => rest.push(self.enter(Term::Constant(number))),
            _ => rest.extend(constants),
        }
        rest.sort_unstable();
        if op != Op::Add {
            rest.dedup();
        }
        rest
    }

    /// The least and the greatest value of a term, given what is known of the questions.
    ///
    /// # Errors
    /// Why some of its values do not exist.
    pub fn extent(&self, id: TermId, known: &dyn Known) -> Result<Extent, Fault> {
        match self.get(id) {
            Term::Constant(number) => Ok(Extent::exactly(*number)),
            Term::Ask { question, within } => {
                // A class that is not possible is not reached; its range is never looked at.
                Ok(known.question(*question).and(*within).unwrap_or(*within))
            }
            Term::Value(value) => known.value(*value),
            Term::Make(op, operands) => {
                let extents = operands.iter().map(|operand| self.extent(*operand, known));
                let extent = op.of_extents(&extents.collect::<Result<Vec<_>, _>>()?)?;
                let is_small = -MOST <= extent.lo && extent.hi <= MOST;
                is_small.then_some(extent).ok_or(Fault::TooLarge)
            }
        }
    }

    /// What a term asks, and for each whether the term goes up with it; `None` where it goes both ways.
    pub fn directions(&self, id: TermId) -> BTreeMap<Asked, Option<bool>> {
        let mut found = BTreeMap::new();
        self.direct(id, true, &mut found);
        found
    }

    fn direct(&self, id: TermId, up: bool, found: &mut BTreeMap<Asked, Option<bool>>) {
        let asked = match self.get(id) {
            Term::Constant(_) => None,
            Term::Ask { question, .. } => Some(Asked::Question(*question)),
            Term::Value(value) => Some(Asked::Value(*value)),
            Term::Make(op, operands) => {
                for (place, operand) in operands.iter().enumerate() {
                    self.direct(*operand, op.rises(place) == up, found);
                }
                None
            }
        };
        if let Some(asked) = asked {
            let direction = found.entry(asked).or_insert(Some(up));
            if *direction != Some(up) {
                *direction = None;
            }
        }
    }

    /// The same term with the answers to a question within a class.
    pub fn within(&mut self, id: TermId, classes: &BTreeMap<QuestionId, Extent>) -> TermId {
        match self.get(id).clone() {
            Term::Constant(_) | Term::Value(_) => id,
            Term::Ask { question, within } => {
                let class = classes.get(&question).and_then(|class| class.and(within));
                let within = class.unwrap_or(within);
                self.enter(Term::Ask { question, within })
            }
            Term::Make(op, operands) => {
                let operands: Vec<TermId> = operands
                    .iter()
                    .map(|operand| self.within(*operand, classes))
                    .collect();
                self.make(op, &operands)
            }
        }
    }
}
