//! Which nodes are worked out by the children at their two ends; `ends` has their code.
//!
//! Comes in: the nodes of a layer. Goes out: the same, those with such children first.

use rustc_hash::FxHashSet;

use super::short::MANY;
use crate::diagram::{FIRST_TERM, NodeId, TERMINALS};
use crate::lower::Program;
use crate::variables::Variable;

/// With fewer children a loop is as fast.
const CHILDREN: usize = 4;

/// Moves the nodes whose children at both ends say all before the others, which keep their order. The nodes of a variable stay together, because
/// `q` compares them with each other. Goes out: how many these are.
pub fn first(program: &Program, nodes: &mut Vec<NodeId>) -> usize {
    let level = |node: &NodeId| program.diagram.level(*node);
    let others = nodes
        .iter()
        .filter(|node| !is_said_by_ends(program, **node));
    let others: FxHashSet<usize> = others.map(level).collect();
    let (ends, rest): (Vec<NodeId>, Vec<NodeId>) = nodes
        .iter()
        .partition(|node| !others.contains(&level(node)));
    if ends.len() < MANY {
        return 0;
    }
    let count = ends.len();
    *nodes = [ends, rest].concat();
    count
}

/// Whether the children of a node are leaves, and any neighbours among them reach what the two at the ends of these reach.
fn is_said_by_ends(program: &Program, node: NodeId) -> bool {
    let children = program.diagram.children(node);
    let variable = &program.variables[program.diagram.level(node)];
    let is_row = matches!(variable, Variable::Cuts { .. } | Variable::Derived { .. });
    if !is_row || children.len() < CHILDREN {
        return false;
    }
    if children.iter().all(|child| *child < FIRST_TERM) {
        return children
            .windows(2)
            .filter(|pair| pair[0] != pair[1])
            .count()
            <= 1;
    }
    if !children
        .iter()
        .all(|child| (FIRST_TERM..TERMINALS).contains(child))
    {
        return false;
    }
    let values = &program.values;
    let numbers = children
        .iter()
        .map(|child| values.terms.constant(values.term(*child)));
    let Some(numbers) = numbers.collect::<Option<Vec<i64>>>() else {
        return false;
    };
    numbers.is_sorted() || numbers.is_sorted_by(|a, b| a >= b)
}
