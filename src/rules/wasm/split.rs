//! Wide variables: a mask is one word, so a variable with many classes is several variables of a module.
//!
//! Comes in: a [`Program`]. Goes out: the same functions over variables of at most [`MOST`] classes, in one of two ways:
//!
//! * **links**, of options: each link but the last has the next [`LINK`] classes and one class more, which means the later ones; the
//!   next link is asked only below that class.
//! * **blocks**, of numbers that are cut: the first variable says which block of classes, and each block has a variable of its own,
//!   which is asked only below that block. A row of a table of limits changes in few of the blocks, so that its nodes stay small.
//!
//! Each class is one way through these variables, and each of them is asked at most once on a way, so that together they allow what
//! the variable allows, no more and no less.

use std::collections::BTreeSet;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::cuts::Cuts;
use super::joint;
use crate::diagram::{Diagram, FIRST_TERM, NodeId, TERMINALS};
use crate::lower::Program;
use crate::self_check::SelfCheck;
use crate::variables::Variable;

/// At most this many classes a variable of a module: one bit of a word stays free for the sentinel.
const MOST: usize = 31;
/// Classes of a link that are its own.
pub const LINK: usize = MOST - 1;
/// Sets of variables are 64 bits, one of which stays free.
pub const MOST_MASKS: usize = 63;

/// The least number of variables of a module that a variable is.
pub fn links(variable: &Variable) -> usize {
    let classes = variable.classes();
    match variable {
        Variable::Joint(joint) if !joint::fits(joint) => MOST_MASKS + 1,
        _ if classes <= MOST => 1,
        Variable::Options { .. } => (classes - 1).div_ceil(LINK),
        _ => 1 + classes.div_ceil(MOST),
    }
}

/// One link of a variable of options, as a variable.
pub fn link(variable: &Variable, place: usize) -> Variable {
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
        _ => variable.clone(),
    }
}

/// A variable in blocks.
#[derive(Debug, Clone)]
pub struct Blocks {
    /// The variable of the module that says which block; those of the blocks follow it.
    pub root: usize,
    pub count: usize,
    /// Classes of a block. The last block may have fewer; its other classes are never possible.
    pub size: usize,
    /// Where the classes of all blocks begin.
    pub cuts: Cuts,
}

/// A program over the variables of a module.
pub struct Split {
    pub program: Program,
    /// Of each variable, those of the module.
    pub spans: Vec<Range<usize>>,
    pub blocks: Vec<Blocks>,
}

/// How a variable is split.
#[derive(Debug, Clone, Copy)]
enum Way {
    Whole,
    Links(usize),
    /// Classes of a block.
    Blocks(usize),
}

/// The same functions over the variables of a module.
pub fn split(check: &SelfCheck, program: &Program) -> Split {
    let ways = ways(check, program);
    let pieces = Pieces::new(&program.variables, &ways);
    let mut split = program.clone();
    let mut splitting = Splitting {
        whole: &program.diagram,
        spans: &pieces.spans,
        ways: &ways,
        diagram: Diagram::new(pieces.arity),
        done: FxHashMap::default(),
    };
    let values = &mut split.values;
    let last = values.leaves.keys().max().copied();
    for leaf in FIRST_TERM..=last.unwrap_or(0) {
        let asked = splitting.levels(program.diagram.asked_by(leaf));
        splitting.diagram.new_term(asked);
    }
    for (_, inner) in values.leaves.values_mut() {
        *inner = splitting.levels(*inner);
    }
    let functions = [
        &mut values.functions,
        &mut split.decisions,
        &mut split.conditions,
    ];
    for node in functions.into_iter().flatten() {
        *node = splitting.node(*node);
    }
    split.diagram = splitting.diagram;
    split.variables = pieces.variables;
    Split {
        program: split,
        spans: pieces.spans,
        blocks: pieces.blocks,
    }
}

/// The variables of a module.
#[derive(Default)]
struct Pieces {
    variables: Vec<Variable>,
    /// Of each, how many classes it has.
    arity: Vec<usize>,
    /// Of each variable of the program, those of the module.
    spans: Vec<Range<usize>>,
    blocks: Vec<Blocks>,
}

impl Pieces {
    fn new(whole: &[Variable], ways: &[Way]) -> Self {
        let mut pieces = Self::default();
        for (variable, way) in whole.iter().zip(ways) {
            let root = pieces.variables.len();
            match *way {
                Way::Whole => pieces.push(variable.clone()),
                Way::Links(count) => {
                    (0..count).for_each(|place| pieces.push(link(variable, place)));
                }
                Way::Blocks(size) => pieces.push_blocks(variable, size),
            }
            pieces.spans.push(root..pieces.variables.len());
        }
        pieces
    }

    fn push(&mut self, variable: Variable) {
        self.arity.push(variable.classes());
        self.variables.push(variable);
    }

    fn push_blocks(&mut self, variable: &Variable, size: usize) {
        let root = self.variables.len();
        let count = variable.classes().div_ceil(size);
        self.push(part(variable, size - 1, size, count - 1));
        for block in 0..count {
            self.variables
                .push(part(variable, block * size, 1, size - 1));
            // Also of the last block, which may have fewer cuts.
            self.arity.push(size);
        }
        self.blocks.push(Blocks {
            root,
            count,
            size,
            cuts: Cuts::new(&numbers(variable)),
        });
    }
}

/// How each variable is split: numbers so that the nodes have few bytes, as far as there are variables left.
fn ways(check: &SelfCheck, program: &Program) -> Vec<Way> {
    let needs = program.variables.iter().map(links);
    let is_in_blocks = |variable: &Variable| {
        !matches!(variable, Variable::Options { .. } | Variable::Joint(_)) && links(variable) > 1
    };
    let count = program.variables.iter().filter(|v| is_in_blocks(v)).count();
    let spare = MOST_MASKS.saturating_sub(needs.sum()) / count.max(1);
    let mut roots = program.decisions.clone();
    roots.extend(&program.values.functions);
    roots.extend(check.explained().iter().map(|id| program.condition(*id)));
    let nodes = match count {
        0 => Vec::new(),
        _ => program.diagram.below(&roots),
    };
    let variables = program.variables.iter().enumerate();
    variables
        .map(|(level, variable)| {
            if !is_in_blocks(variable) {
                return match links(variable) {
                    1 => Way::Whole,
                    count => Way::Links(count),
                };
            }
            let rows: Vec<&[NodeId]> = nodes
                .iter()
                .filter(|node| program.diagram.level(**node) == level)
                .map(|node| program.diagram.children(*node))
                .collect();
            let most = links(variable) + spare;
            let fits = |size: &usize| {
                let blocks = variable.classes().div_ceil(*size);
                blocks <= MOST && blocks < most
            };
            let sizes = (2..=MOST).filter(fits);
            let best = sizes.min_by_key(|size| bytes(&rows, *size));
            Way::Blocks(best.unwrap_or(MOST))
        })
        .collect()
}

/// How many references the nodes of a variable have in blocks of a size.
fn bytes(rows: &[&[NodeId]], size: usize) -> usize {
    let mut seen: BTreeSet<(usize, &[NodeId])> = BTreeSet::new();
    let mut total = 0;
    for row in rows {
        total += 1 + row.len().div_ceil(size);
        for (block, classes) in row.chunks(size).enumerate() {
            let is_one = classes.iter().all(|child| *child == classes[0]);
            if !is_one && seen.insert((block, classes)) {
                total += 1 + size;
            }
        }
    }
    total
}

/// A variable with some of its cuts: from one on, with a step, at most a number of them.
fn part(variable: &Variable, from: usize, step: usize, count: usize) -> Variable {
    fn some<T: Copy>(cuts: &[T], from: usize, step: usize, count: usize) -> Vec<T> {
        let cuts = cuts.iter().skip(from).step_by(step);
        cuts.take(count).copied().collect()
    }
    match variable {
        Variable::Cuts {
            question,
            cuts,
            parted,
        } => Variable::Cuts {
            question: *question,
            cuts: some(cuts, from, step, count),
            parted: *parted,
        },
        Variable::Derived {
            name,
            term,
            scale,
            unit,
            cuts,
            cells,
        } => Variable::Derived {
            name: name.clone(),
            term: term.clone(),
            scale: *scale,
            unit: unit.clone(),
            cuts: some(cuts, from, step, count),
            cells: cells.clone(),
        },
        _ => variable.clone(),
    }
}

/// The cuts of a variable as numbers of a module.
fn numbers(variable: &Variable) -> Vec<i64> {
    match variable {
        Variable::Cuts { cuts, .. } => cuts.iter().map(|cut| cut.word()).collect(),
        Variable::Derived { cuts, .. } => cuts.clone(),
        _ => Vec::new(),
    }
}

struct Splitting<'a> {
    whole: &'a Diagram,
    spans: &'a [Range<usize>],
    ways: &'a [Way],
    diagram: Diagram,
    done: FxHashMap<NodeId, NodeId>,
}

impl Splitting<'_> {
    /// The variables of the module of a set of variables, as bits.
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
        let level = whole.level(node);
        let span = self.spans[level].clone();
        let children = whole.children(node).iter();
        let children: Vec<NodeId> = children.map(|child| self.node(*child)).collect();
        let made = match self.ways[level] {
            Way::Blocks(size) => self.blocks(&span, &children, size),
            _ => self.links(&span, &children).unwrap_or(node),
        };
        self.done.insert(node, made);
        made
    }

    fn links(&mut self, span: &Range<usize>, children: &[NodeId]) -> Option<NodeId> {
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
        later
    }

    fn blocks(&mut self, span: &Range<usize>, children: &[NodeId], size: usize) -> NodeId {
        let blocks: Vec<NodeId> = children
            .chunks(size)
            .zip(span.start + 1..)
            .map(|(classes, level)| {
                let mut classes = classes.to_vec();
                let last = classes[classes.len() - 1];
                classes.resize(size, last);
                self.diagram.node(level, &classes)
            })
            .collect();
        self.diagram.node(span.start, &blocks)
    }
}
