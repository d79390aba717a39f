//! Sums that others begin with: what the first members of a group have together is worked out once.
//!
//! Comes in: the terms that are worked out one after the other. Goes out: which sums are kept, and in which locals.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use crate::formula::Op;
use crate::term::{Term, TermId, Terms};

/// Locals of a term: least, greatest, variables that can change it, which function it is.
pub const LOCALS: u32 = 4;

/// Sums that are part of larger ones.
#[derive(Debug)]
pub struct Sums {
    /// Of each, its parts.
    parts: BTreeMap<TermId, BTreeSet<TermId>>,
    /// The first local of those that were worked out.
    kept: RefCell<Vec<(TermId, u32)>>,
    next: Cell<u32>,
}

impl Sums {
    /// Those of some terms.
    pub fn new(terms: &Terms, needed: &[TermId]) -> Self {
        let mut sums: BTreeMap<TermId, BTreeSet<TermId>> = BTreeMap::new();
        let mut stack = needed.to_vec();
        let mut seen = BTreeSet::new();
        while let Some(id) = stack.pop() {
            if let Term::Make(op, operands) = terms.get(id)
                && seen.insert(id)
            {
                stack.extend(operands);
                if *op == Op::Add {
                    sums.insert(id, operands.iter().copied().collect());
                }
            }
        }
        let is_part = |one: &BTreeSet<TermId>| {
            let mut others = sums.values();
            others.any(|other| one.len() < other.len() && one.is_subset(other))
        };
        let parts = sums.iter().filter(|(_, one)| is_part(one));
        Self {
            parts: parts.map(|(id, one)| (*id, one.clone())).collect(),
            kept: RefCell::default(),
            next: Cell::new(0),
        }
    }

    /// Whether two lists of terms have a sum that is part of larger ones in common.
    pub fn shared(terms: &Terms, one: &[TermId], other: &[TermId]) -> bool {
        let (one, other) = (Self::new(terms, one), Self::new(terms, other));
        one.parts.keys().any(|id| other.parts.contains_key(id))
    }

    /// How many locals they need.
    pub fn locals(&self) -> u32 {
        self.parts.len() as u32 * LOCALS
    }

    /// None is worked out. `first`: the first local that is free.
    pub fn begin(&self, first: u32) {
        self.next.set(first);
        self.kept.borrow_mut().clear();
    }

    /// The largest sum of some of the operands that was worked out, as the first of its locals, and the other operands.
    pub fn begun(&self, operands: &[TermId]) -> (Option<u32>, Vec<TermId>) {
        let all: BTreeSet<TermId> = operands.iter().copied().collect();
        let kept = self.kept.borrow();
        let fits = kept.iter().filter(|(id, _)| {
            let parts = &self.parts[id];
            parts.len() > 1 && parts.is_subset(&all)
        });
        // What occurs twice is added twice.
        let largest = fits.max_by_key(|(id, _)| self.parts[id].len());
        let Some((id, local)) = largest.filter(|_| all.len() == operands.len()) else {
            return (None, operands.to_vec());
        };
        let rest = operands
            .iter()
            .filter(|id_of| !self.parts[id].contains(id_of));
        (Some(*local), rest.copied().collect())
    }

    /// The locals to keep a sum in, if a larger one needs it.
    pub fn keep(&self, id: TermId) -> Option<u32> {
        let mut kept = self.kept.borrow_mut();
        if !self.parts.contains_key(&id) || kept.iter().any(|(other, _)| *other == id) {
            return None;
        }
        let local = self.next.get();
        self.next.set(local + LOCALS);
        kept.push((id, local));
        Some(local)
    }
}
