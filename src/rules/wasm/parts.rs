//! Decisions with many outcomes: a set of outcomes is one word, so a decision of more than [`PART`] outcomes is several functions of a
//! module.
//!
//! Comes in: a [`Program`]. Goes out: the same program whose decisions are parts. Each part has [`PART`] outcomes of its own and one
//! more leaf, which means all outcomes of other parts. An outcome is possible if its own part can reach it, and what can
//! change the decision is what can change one of its parts.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::diagram::{Diagram, NodeId, TERMINALS};
use crate::lower::Program;
use crate::self_check::SelfCheck;

/// Outcomes of a part: the last bit of a word means the others.
pub const PART: usize = 31;

/// Of each decision, its parts among the functions of the module.
pub fn parts(check: &SelfCheck) -> Vec<Range<usize>> {
    let mut next = 0;
    let decisions = check.decisions.iter();
    decisions
        .map(|decision| {
            let start = next;
            next += decision.outcomes.len().div_ceil(PART).max(1);
            start..next
        })
        .collect()
}

/// Takes the decisions of a program apart.
pub fn take_apart(program: &mut Program, parts: &[Range<usize>]) {
    let decisions = std::mem::take(&mut program.decisions);
    for (root, parts) in decisions.into_iter().zip(parts) {
        for place in 0..parts.len() {
            let part = match parts.len() {
                1 => root,
                _ => in_part(&mut program.diagram, root, place, &mut FxHashMap::default()),
            };
            program.decisions.push(part);
        }
    }
}

fn in_part(
    diagram: &mut Diagram,
    node: NodeId,
    place: usize,
    done: &mut FxHashMap<NodeId, NodeId>,
) -> NodeId {
    if node < TERMINALS {
        let own = (node as usize).checked_sub(place * PART);
        return own.map_or(PART, |own| own.min(PART)) as NodeId;
    }
    if let Some(found) = done.get(&node) {
        return *found;
    }
    let level = diagram.level(node);
    let children = diagram.children(node).to_vec();
    let children: Vec<NodeId> = children
        .into_iter()
        .map(|child| in_part(diagram, child, place, done))
        .collect();
    let made = diagram.node(level, &children);
    done.insert(node, made);
    made
}
