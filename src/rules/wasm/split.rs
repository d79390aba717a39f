//! Wide variables: a mask is one word, so a variable with many classes is several variables of a module.
//!
//! Comes in: a [`Program`]. Goes out: the same functions over links. Each link but the last has the next [`LINK`] classes and one class
//! more, which means the later ones; the next link is asked only below that class. What is possible of a question is a range, one
//! option, or everything, so that the links together allow what the variable allows, no more and no less.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::diagram::{Diagram, FIRST_TERM, NodeId, TERMINALS};
use crate::lower::Program;
use crate::variables::Variable;

/// At most this many classes a variable of a module: one bit of a word stays free for the sentinel.
const MOST: usize = 31;
/// Classes of a link that are its own.
pub const LINK: usize = MOST - 1;

/// How many variables of a module a variable is.
pub fn links(variable: &Variable) -> usize {
    variable.classes().saturating_sub(1).div_ceil(LINK).max(1)
}

/// Of each variable, its links among the variables of the module.
pub fn spans(variables: &[Variable]) -> Vec<Range<usize>> {
    let mut next = 0;
    variables
        .iter()
        .map(|variable| {
            let start = next;
            next += links(variable);
            start..next
        })
        .collect()
}

/// One link of a variable, as a variable.
pub fn link(variable: &Variable, place: usize) -> Variable {
    if links(variable) == 1 {
        return variable.clone();
    }
    let (from, is_last) = (place * LINK, place + 1 == links(variable));
    match variable {
        Variable::Options { question, class_of } => Variable::Options {
            question: *question,
            class_of: class_of
                .iter()
                .map(|class| {
                    let class = class.saturating_sub(from);
                    if is_last { class } else { class.min(LINK) }
                })
                .collect(),
        },
        Variable::Cuts { question, cuts } => Variable::Cuts {
            question: *question,
            cuts: part(cuts, from),
        },
        Variable::Derived {
            name,
            term,
            scale,
            unit,
            cuts,
        } => Variable::Derived {
            name: name.clone(),
            term: term.clone(),
            scale: *scale,
            unit: unit.clone(),
            cuts: part(cuts, from),
        },
        Variable::Order { .. } | Variable::SameYear { .. } => variable.clone(),
    }
}

fn part<T: Copy>(cuts: &[T], from: usize) -> Vec<T> {
    cuts.iter().skip(from).take(LINK).copied().collect()
}

/// The same functions over links.
pub fn split(program: &Program) -> Program {
    let spans = spans(&program.variables);
    let variables: Vec<Variable> = program
        .variables
        .iter()
        .flat_map(|variable| (0..links(variable)).map(|place| link(variable, place)))
        .collect();
    let mut splitting = Splitting {
        whole: &program.diagram,
        spans: &spans,
        diagram: Diagram::new(variables.iter().map(Variable::classes).collect()),
        done: FxHashMap::default(),
    };
    let mut values = program.values.clone();
    let last = values.leaves.keys().max().copied();
    for leaf in FIRST_TERM..=last.unwrap_or(0) {
        let asked = splitting.levels(program.diagram.asked_by(leaf));
        splitting.diagram.new_term(asked);
    }
    for (_, inner) in values.leaves.values_mut() {
        *inner = splitting.levels(*inner);
    }
    let mut all = |functions: &[NodeId]| -> Vec<NodeId> {
        let functions = functions.iter();
        functions.map(|node| splitting.node(*node)).collect()
    };
    values.functions = all(&values.functions);
    let decisions = all(&program.decisions);
    let conditions = all(&program.conditions);
    Program {
        variables,
        diagram: splitting.diagram,
        decisions,
        conditions,
        values,
    }
}

struct Splitting<'a> {
    whole: &'a Diagram,
    spans: &'a [Range<usize>],
    diagram: Diagram,
    done: FxHashMap<NodeId, NodeId>,
}

impl Splitting<'_> {
    /// The links of a set of variables, as bits.
    fn levels(&self, whole: u64) -> u64 {
        let spans = self.spans.iter().enumerate();
        let spans = spans.filter(|(level, _)| whole >> level & 1 == 1);
        spans
            .flat_map(|(_, span)| span.clone())
            .fold(0, |bits, link| bits | 1 << link)
    }

    fn node(&mut self, node: NodeId) -> NodeId {
        if node < TERMINALS {
            return node;
        }
        if let Some(done) = self.done.get(&node) {
            return *done;
        }
        let whole = self.whole;
        let span = self.spans[whole.level(node)].clone();
        let children = whole.children(node).iter();
        let children: Vec<NodeId> = children.map(|child| self.node(*child)).collect();
        let mut later: Option<NodeId> = None;
        for (place, level) in span.clone().enumerate().rev() {
            let from = place * LINK;
            let until = match later {
                Some(_) => from + LINK,
                None => children.len(),
            };
            let mut own = children[from..until].to_vec();
            own.extend(later);
            later = Some(self.diagram.node(level, &own));
        }
        let made = later.unwrap_or(node);
        self.done.insert(node, made);
        made
    }
}
