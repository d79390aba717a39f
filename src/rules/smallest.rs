//! A small diagram: an order of variables in which functions need few bytes.
//!
//! Comes in: functions in any order of variables. Goes out: another order. Which functions are left after some variables does not
//! depend on the order of those, so they are kept by set, as in `order.rs`; moving one variable changes few sets.

use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagram::{Diagram, NodeId, TERMINALS};

/// At most this many classes of functions are looked at in one search.
const BUDGET: usize = 200_000;

/// At most this often each level is moved.
const ROUNDS: usize = 8;

/// The search for one set of functions.
struct Search<'a> {
    diagram: &'a mut Diagram,
    /// The functions that are left after the levels of a set.
    left: FxHashMap<u64, Rc<[NodeId]>>,
    /// How many nodes a level needs after a set.
    needed: FxHashMap<(u64, usize), usize>,
    work: usize,
}

impl Search<'_> {
    /// How many nodes a level needs after the levels of `before`, whose functions must be known.
    fn needed(&mut self, before: u64, level: usize) -> usize {
        if let Some(found) = self.needed.get(&(before, level)) {
            return *found;
        }
        let functions = self.left[&before].clone();
        let mut after: FxHashSet<NodeId> = FxHashSet::default();
        let mut nodes = 0;
        for &function in functions.iter() {
            let classes = self.diagram.classes(level);
            self.work += classes;
            let parts: Vec<NodeId> = (0..classes)
                .map(|class| self.diagram.restrict(function, level, class))
                .collect();
            nodes += usize::from(parts.iter().any(|part| *part != parts[0]));
            after.extend(parts.into_iter().filter(|part| *part >= TERMINALS));
        }
        let mut after: Vec<NodeId> = after.into_iter().collect();
        after.sort_unstable();
        self.left
            .entry(before | 1 << level)
            .or_insert_with(|| after.into());
        self.needed.insert((before, level), nodes);
        nodes
    }

    /// References of the table in an order.
    fn cost(&mut self, order: &[usize]) -> usize {
        let mut set = 0_u64;
        let mut cost = 0;
        for &level in order {
            cost += self.needed(set, level) * (1 + self.diagram.classes(level));
            set |= 1 << level;
        }
        cost
    }

    fn is_over(&self) -> bool {
        self.work > BUDGET || self.diagram.is_full()
    }
}

/// An order in which some functions need few nodes: `order`, with all levels but the first `kept` moved while that helps.
pub fn smaller(
    diagram: &mut Diagram,
    functions: &[NodeId],
    mut order: Vec<usize>,
    kept: usize,
) -> Vec<usize> {
    let mut functions: Vec<NodeId> = functions.to_vec();
    functions.retain(|function| *function >= TERMINALS);
    functions.sort_unstable();
    functions.dedup();
    let mut search = Search {
        diagram,
        left: FxHashMap::from_iter([(0, functions.into())]),
        needed: FxHashMap::default(),
        work: 0,
    };
    let mut cost = search.cost(&order);
    for _ in 0..ROUNDS {
        let before = cost;
        let levels = order.clone();
        for &level in levels.iter().skip(kept) {
            for to in kept..order.len() {
                if search.is_over() {
                    return order;
                }
                let mut moved = order.clone();
                moved.retain(|other| *other != level);
                moved.insert(to, level);
                let new = search.cost(&moved);
                if new < cost {
                    (cost, order) = (new, moved);
                }
            }
        }
        if cost == before {
            break;
        }
    }
    order
}
