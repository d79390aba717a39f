//! The layout of a module: which numbers nodes and terms have, and where in its memory everything lies.
//!
//! Comes in: a [`Program`]. Goes out: a [`Layout`], from which the code is emitted. The drawing is in section 6 of `FORMAT.md`.

use rustc_hash::{FxHashMap, FxHashSet};

use super::by_ends;
use super::cuts::Cuts;
use super::joint::{self, Placed};
use super::memory::{RESULT, Slot, is_wide, words};
use super::short::MANY;
use super::split::Blocks;
use super::terms::Helper;
use crate::derived::Pure;
use crate::diagram::{FIRST_TERM, NodeId};
use crate::formula::{ComputedId, Formula};
use crate::lower::Program;
use crate::nothing_known;
use crate::self_check::{ConditionId, QuestionId, SelfCheck, Test};
use crate::term::{Term, TermId, Terms};
use crate::value::Interval;
use crate::value::extent;
use crate::variables::Variable;

/// Where everything lies.
pub struct Layout {
    pub words: usize,
    pub initial: Vec<i32>,
    pub slots: Vec<Option<Slot>>,
    /// Numbers below this one are outcomes; then come the terms of values.
    pub outcomes: u32,
    /// Numbers below this one are leaves.
    pub leaves: u32,
    /// All terms: those of the program, and those of derived comparisons, which are listed.
    pub all_terms: Terms,
    pub derived: Vec<TermId>,
    /// Whether a function stores the masks of formulas that are cut once.
    pub masks_once: bool,
    /// Whether a function stores the masks of questions that are cut once.
    pub masks_ranges: bool,
    /// The terms of values, constants first, and those that are not constant.
    pub terms: Vec<TermId>,
    pub constants: Vec<i64>,
    /// Byte address of the constants, and bytes of each.
    pub constants_at: u32,
    pub constant_width: u32,
    /// Variables in blocks, and the byte addresses of their cuts.
    pub blocks: Vec<(Blocks, u32)>,
    /// Formulas with many cuts: their levels, the cuts, and the byte addresses of these.
    pub lists: Vec<(usize, Cuts, u32)>,
    /// Formulas with many cuts that are used in some classes of a variable before them only: their levels, that of the variable, and its
    /// classes as bits.
    pub used: Vec<(usize, usize, i32)>,
    /// Bytes of a distance between cuts.
    pub cut_width: u32,
    /// Variables that are several comparisons, and where they are in memory.
    pub joints: Vec<Placed>,
    /// Byte address of the memory in which they are worked out.
    pub work: u32,
    /// Byte address of the ranges of terms and of nodes of values.
    pub ranges: u32,
    pub layers: Vec<Layer>,
    /// Bytes of the table that belong to values, and how many nodes.
    pub valued: u32,
    pub valued_nodes: u32,
    pub values: Vec<Option<usize>>,
    /// Functions of the calendar, the first of which is function [`HELPERS`].
    pub helpers: Vec<Helper>,
    /// Byte address of the table; at least 32, so that an address is never the number of a leaf.
    pub start: u32,
    pub table: Vec<u8>,
    /// The byte of the table at which each node begins, and its end.
    pub places: Vec<u32>,
    /// Bytes of the table that belong to values and decisions.
    pub decided: u32,
    /// Nodes of values and decisions.
    pub decided_nodes: u32,
    /// How many of those that only decisions have come first because two of their children say all.
    pub by_ends: u32,
    /// Bytes of a reference.
    pub width: u32,
    /// Byte address of the results.
    pub results: u32,
    pub decisions: Vec<usize>,
    /// Of each condition its node, and whether the condition is a negation of what the node says.
    pub conditions: Vec<(usize, bool)>,
}

/// The words that hold what is known, in a fresh instance.
struct Known {
    initial: Vec<i32>,
    slots: Vec<Option<Slot>>,
}

impl Known {
    /// The masks of all variables, then the ranges of the questions whose masks are computed.
    fn new(check: &SelfCheck, program: &Program) -> Self {
        let everything = nothing_known(check);
        let masks = program.variables.iter();
        let mut initial: Vec<i32> = masks
            .map(|variable| mask_word(variable, &everything))
            .collect();
        let mut slots: Vec<Option<Slot>> = vec![None; check.questions.len()];
        let mut ranges: Vec<QuestionId> = Vec::new();
        for (level, variable) in program.variables.iter().enumerate() {
            match variable {
                Variable::Options { question, .. } => {
                    slots[question.index()].get_or_insert(Slot::Mask(level));
                }
                _ => ranges.extend(variable.questions()),
            }
        }
        ranges.sort_unstable();
        // Links are about one question.
        ranges.dedup();
        for question in ranges {
            let bounds = extent(everything[question.index()]);
            let (slot, count): (fn(usize) -> Slot, usize) = match is_wide(bounds) {
                true => (Slot::Wide, 2),
                false => (Slot::Range, 1),
            };
            slots[question.index()] = Some(slot(initial.len()));
            for end in [bounds.lo, bounds.hi] {
                initial.extend(&words(end)[..count]);
            }
        }
        Self { initial, slots }
    }
}

/// The mask of a variable with its sentinel, as a word.
pub fn mask_word(variable: &Variable, known: &[Interval]) -> i32 {
    let mask = variable.possible(known).word() | 1 << variable.classes();
    i32::from_le_bytes(mask.to_le_bytes())
}

/// At most this many outcomes a function of the module: the bits of a word.
const MOST_LEAVES: u32 = 32;

/// The nodes of the table, in its order: those of values, those of decisions, then those that only conditions need.
struct Nodes {
    /// Numbers below this one are outcomes.
    outcomes: u32,
    /// The leaves of values, constants first.
    terms: Vec<NodeId>,
    /// How many terms are constants.
    constants: usize,
    nodes: Vec<NodeId>,
    /// The number of each term and each node in the module.
    numbers: FxHashMap<NodeId, u32>,
    /// Of each layer of values, how many terms and nodes there are in it and in those before it, and how many of its nodes come first because two of
    /// their children say all.
    layers: Vec<(usize, usize, usize)>,
    /// How many nodes belong to values.
    valued: usize,
    /// How many belong to values and decisions.
    decided: usize,
    /// How many of those that only decisions have come first because two of their children say all.
    ends: usize,
}

impl Nodes {
    fn new(check: &SelfCheck, program: &Program) -> Self {
        let outcomes = check.decisions.iter().map(|d| d.outcomes.len() as u32);
        let constant = |leaf: NodeId| {
            let values = &program.values;
            values.terms.constant(values.term(leaf)).is_some()
        };
        let layers = layers(check, program);
        let all = layers.iter().flatten();
        let all = all.flat_map(|function| program.values.leaves_of(&program.diagram, *function));
        let mut terms: Vec<NodeId> = all.filter(|leaf| constant(*leaf)).collect();
        terms.sort_unstable();
        terms.dedup();
        let constants = terms.len();
        let mut nodes: Vec<NodeId> = Vec::new();
        let mut seen: FxHashSet<NodeId> = FxHashSet::default();
        let mut ends_of = Vec::new();
        for layer in &layers {
            for function in layer {
                let leaves = program.values.leaves_of(&program.diagram, *function);
                let new = leaves.into_iter().filter(|leaf| !constant(*leaf));
                terms.extend(new.filter(|leaf| seen.insert(*leaf)));
            }
            let new = program.diagram.below(layer).into_iter();
            let mut new: Vec<NodeId> = new.filter(|node| seen.insert(*node)).collect();
            let first = by_ends::first(program, &mut new);
            nodes.extend(new);
            ends_of.push((terms.len(), nodes.len(), first));
        }
        let valued = nodes.len();
        let new = program.diagram.below(&program.decisions).into_iter();
        let mut new: Vec<NodeId> = new.filter(|node| seen.insert(*node)).collect();
        let ends = by_ends::first(program, &mut new);
        nodes.extend(new);
        let decided = nodes.len();
        let explained = check.explained();
        let conditions = check.condition_ids().filter(|id| explained.contains(id));
        let conditions = conditions.map(|id| positive(check, id).0);
        let conditions: Vec<NodeId> = conditions.map(|id| program.condition(id)).collect();
        let new = program.diagram.below(&conditions).into_iter();
        nodes.extend(new.filter(|node| seen.insert(*node)));
        // A condition has the leaves false and true.
        let outcomes = outcomes.max().unwrap_or(0).clamp(2, MOST_LEAVES);
        let numbers = terms
            .iter()
            .chain(&nodes)
            .copied()
            .zip(outcomes..)
            .collect();
        Self {
            outcomes,
            terms,
            constants,
            nodes,
            numbers,
            layers: ends_of,
            valued,
            decided,
            ends,
        }
    }

    /// The layers of values. `ends`: how many bytes of the table belong to each and those before it.
    fn layers(&self, ends: &[u32]) -> Vec<Layer> {
        let mut layers = Vec::new();
        let (mut terms, mut nodes, mut bytes) = (self.constants, 0, 0);
        for (&(terms_end, nodes_end, by_ends), &bytes_end) in self.layers.iter().zip(ends) {
            layers.push(Layer {
                terms: (terms, terms_end),
                nodes: (nodes, nodes_end as u32),
                bytes: (bytes, bytes_end),
                by_ends: by_ends as u32,
            });
            (terms, nodes, bytes) = (terms_end, nodes_end as u32, bytes_end);
        }
        layers
    }

    /// Numbers below this one are leaves.
    fn leaves(&self) -> u32 {
        self.outcomes + self.terms.len() as u32
    }

    /// The number of a node in the module.
    fn number(&self, node: NodeId) -> u32 {
        if node < FIRST_TERM {
            return node;
        }
        let number = self.numbers.get(&node);
        *number.expect("every term and node of a program is in its table")
    }

    /// Of each condition its node, and whether it is the negation of what the node says; those that are not explained have none.
    fn conditions(&self, check: &SelfCheck, program: &Program) -> Vec<(usize, bool)> {
        let explained = check.explained();
        check
            .condition_ids()
            .map(|id| match explained.contains(&id) {
                true => self.condition(check, program, id),
                false => (0, false),
            })
            .collect()
    }

    /// The node of a condition, and whether the condition is the negation of what the node says.
    fn condition(&self, check: &SelfCheck, program: &Program, id: ConditionId) -> (usize, bool) {
        let function = program.condition(id);
        // Nothing is asked of what is always so.
        if function < FIRST_TERM {
            return (function as usize, false);
        }
        let (id, negated) = positive(check, id);
        (self.number(program.condition(id)) as usize, negated)
    }

    /// The terms, and the numbers of those that are constants, which come first.
    fn terms(&self, program: &Program) -> (Vec<TermId>, Vec<i64>) {
        let terms = self.terms.iter();
        let terms: Vec<TermId> = terms.map(|leaf| program.values.term(*leaf)).collect();
        let constants = terms[..self.constants].iter();
        let constants = constants.filter_map(|id| program.values.terms.constant(*id));
        let constants = constants.collect();
        (terms, constants)
    }

    /// The numbers of some functions.
    fn numbers_of(&self, functions: &[NodeId]) -> Vec<usize> {
        let functions = functions.iter();
        functions.map(|&node| self.number(node) as usize).collect()
    }

    /// The numbers of the values that are worked out.
    fn values(&self, check: &SelfCheck, program: &Program) -> Vec<Option<usize>> {
        let functions = program.values.functions.iter();
        needed(check, program)
            .into_iter()
            .zip(functions)
            .map(|(is_needed, &node)| is_needed.then(|| self.number(node) as usize))
            .collect()
    }

    /// Bytes of a reference.
    fn width(&self) -> u32 {
        if self.leaves() as usize + self.nodes.len() > 256 {
            2
        } else {
            1
        }
    }

    /// The table, how many of its bytes belong to each layer of values and those before it, and to values and decisions, and where each node begins.
    fn table(&self, program: &Program) -> (Vec<u8>, Vec<u32>, u32, Vec<u32>) {
        let width = self.width() as usize;
        let mut table = Vec::new();
        let mut layers = vec![0; self.layers.len()];
        let mut decided = 0;
        let mut places = Vec::new();
        for (index, &node) in self.nodes.iter().enumerate() {
            let level = program.diagram.level(node) as u32;
            let children = program.diagram.children(node).iter();
            places.push(table.len() as u32);
            let references = std::iter::once(level).chain(children.map(|&n| self.number(n)));
            for reference in references {
                table.extend(&reference.to_le_bytes()[..width]);
            }
            for (layer, (_, end, _)) in layers.iter_mut().zip(&self.layers) {
                if index < *end {
                    *layer = table.len() as u32;
                }
            }
            if index + 1 == self.decided {
                decided = table.len() as u32;
            }
        }
        places.push(table.len() as u32);
        (table, layers, decided, places)
    }
}

/// The functions of values in layers: those of a layer use values of earlier layers only.
fn layers(check: &SelfCheck, program: &Program) -> Vec<Vec<NodeId>> {
    let needed = needed(check, program);
    let values = &program.values;
    let functions = &values.functions;
    let uses: Vec<Vec<usize>> = functions
        .iter()
        .map(|function| {
            let leaves = values.leaves_of(&program.diagram, *function).into_iter();
            let mut used: Vec<usize> = leaves
                .flat_map(|leaf| values.values_in(leaf))
                .map(|value| value.index())
                .collect();
            used.sort_unstable();
            used.dedup();
            used
        })
        .collect();
    let mut layer_of: Vec<Option<usize>> = vec![None; functions.len()];
    let mut layers: Vec<Vec<NodeId>> = Vec::new();
    // A value uses none that uses it, so that each round places one at least.
    loop {
        let layer = layers.len();
        let is_ready = |used: &Vec<usize>| used.iter().all(|value| layer_of[*value].is_some());
        let now: Vec<usize> = (0..functions.len())
            .filter(|index| needed[*index] && layer_of[*index].is_none() && is_ready(&uses[*index]))
            .collect();
        if now.is_empty() {
            return layers;
        }
        for index in &now {
            layer_of[*index] = Some(layer);
        }
        layers.push(now.iter().map(|index| functions[*index]).collect());
    }
}

/// The values that a module works out: those that outcomes show or examples expect, and those that are a part of them. The others
/// were made part of formulas and conditions.
pub fn needed(check: &SelfCheck, program: &Program) -> Vec<bool> {
    let shown = check.outcomes().flat_map(|outcome| &outcome.values);
    let expected = check.examples.iter().flat_map(|example| &example.values);
    let mut stack: Vec<ComputedId> = shown.chain(expected.map(|(id, _)| id)).copied().collect();
    let mut needed = vec![false; check.computed.len()];
    while let Some(id) = stack.pop() {
        if std::mem::replace(&mut needed[id.index()], true) {
            continue;
        }
        let function = program.values.function(id);
        for leaf in program.values.leaves_of(&program.diagram, function) {
            stack.extend(program.values.values_in(leaf));
        }
    }
    needed
}

/// The part of a layer of values that is worked out at once.
#[derive(Debug, Clone, Copy)]
pub struct Layer {
    /// The first of its terms, and the first after them.
    pub terms: (usize, usize),
    /// The first of its nodes, and the first after them.
    pub nodes: (u32, u32),
    /// The same as bytes of the table.
    pub bytes: (u32, u32),
    /// How many of its nodes come first because two of their children say all.
    pub by_ends: u32,
}

impl Layout {
    /// Where everything of a program lies.
    pub fn new(check: &SelfCheck, program: &Program, blocks: Vec<Blocks>) -> Self {
        let mut known = Known::new(check, program);
        let words = known.initial.len();
        // So that an address of the table is never the number of a leaf.
        known.initial.resize(words.max(8), 0);
        debug_assert!(program.variables.len() <= words);
        let nodes = Nodes::new(check, program);
        let (table, ends, decided, places) = nodes.table(program);
        let layers = nodes.layers(&ends);
        let start = known.initial.len() as u32 * 4;
        let (terms, constants) = nodes.terms(program);
        let constant_width = width_of(&constants);
        let constants_at = start + table.len() as u32;
        let cuts_at = constants_at + constants.len() as u32 * constant_width;
        let (blocks, lists, cut_width, end) = placed(blocks, listed(program), cuts_at);
        let (joints, end) = joint::placed(program, end);
        let results = end.next_multiple_of(8);
        let numbered = nodes.leaves() + nodes.nodes.len() as u32;
        let (all_terms, derived) = all_terms(program);
        let mut used = terms[nodes.constants..].to_vec();
        used.extend(&derived);
        let has_days = joints.iter().any(Placed::has_days);
        let helpers = Helper::needed(&all_terms, &used, has_days);
        let ranges = results + numbered * RESULT;
        Self {
            words,
            masks_ranges: masks_ranges(program, &known.slots),
            slots: known.slots,
            outcomes: nodes.outcomes,
            leaves: nodes.leaves(),
            constants_at,
            constant_width,
            blocks,
            cut_width,
            used: lists
                .iter()
                .filter_map(|(level, ..)| used_in(check, program, *level))
                .collect(),
            lists,
            work: ranges + (terms.len() + nodes.valued) as u32 * RESULT,
            ranges,
            joints,
            valued: ends.last().copied().unwrap_or(0),
            layers,
            valued_nodes: nodes.valued as u32,
            values: nodes.values(check, program),
            helpers,
            all_terms,
            masks_once: program.variables.iter().filter(|v| is_cut_once(v)).count() >= MANY,
            derived,
            constants,
            terms,
            start,
            decided,
            decided_nodes: nodes.decided as u32,
            by_ends: nodes.ends as u32,
            width: nodes.width(),
            results,
            decisions: nodes.numbers_of(&program.decisions),
            conditions: nodes.conditions(check, program),
            initial: known.initial,
            places,
            table,
        }
    }
}

/// Bytes of each of some numbers: 4, or 8 where one of them needs them.
fn width_of(numbers: &[i64]) -> u32 {
    let mut numbers = numbers.iter();
    let is_small = numbers.all(|number| i32::try_from(*number).is_ok());
    if is_small { 4 } else { 8 }
}

/// Cuts in memory: of each list its address, the bytes of a distance, and the address after the last.
type PlacedCuts = (Vec<(Blocks, u32)>, Vec<(usize, Cuts, u32)>, u32, u32);

/// The cuts of blocks and of formulas, one after the other.
fn placed(blocks: Vec<Blocks>, lists: Vec<(usize, Cuts)>, start: u32) -> PlacedCuts {
    let all = blocks.iter().map(|of| &of.cuts);
    let widths = all
        .chain(lists.iter().map(|(_, cuts)| cuts))
        .map(Cuts::width);
    let width = widths.max().unwrap_or(1);
    let mut at = start;
    let mut placed = Vec::new();
    for of in blocks {
        let bytes = of.cuts.distances.len() as u32 * width;
        placed.push((of, at));
        at += bytes;
    }
    let mut listed = Vec::new();
    for (level, cuts) in lists {
        let bytes = cuts.distances.len() as u32 * width;
        listed.push((level, cuts, at));
        at += bytes;
    }
    (placed, listed, width, at)
}

/// A formula with so many cuts has a list of them, if there are [`MANY`] such formulas.
const LONG: usize = 4;

/// The formulas whose cuts are in lists, and these.
fn listed(program: &Program) -> Vec<(usize, Cuts)> {
    let variables = program.variables.iter().enumerate();
    let (levels, lists): (Vec<usize>, Vec<Vec<i64>>) = variables
        .filter_map(|(level, variable)| match variable {
            Variable::Derived { cuts, cells, .. } if cuts.len() >= LONG && cuts.len() < 31 => {
                let is_used_in_turn = cells.iter().any(|cell| !cell.is_empty());
                is_used_in_turn.then(|| (level, cuts.clone()))
            }
            _ => None,
        })
        .unzip();
    match levels.len() < MANY {
        true => Vec::new(),
        false => levels.into_iter().zip(Cuts::together(&lists)).collect(),
    }
}

/// The variable before a formula by whose classes it is used, and these as bits; nothing if there is none, or several.
fn used_in(check: &SelfCheck, program: &Program, level: usize) -> Option<(usize, usize, i32)> {
    let Variable::Derived { cells, .. } = &program.variables[level] else {
        return None;
    };
    let variables = program.variables.iter().enumerate();
    let mut rows = variables.filter(|(_, variable)| match variable {
        Variable::Cuts {
            question,
            parted: true,
            ..
        } => cells.iter().all(|cell| cell.contains_key(question)),
        _ => false,
    });
    let (row, variable) = rows.next()?;
    let is_only = rows.next().is_none() && variable.classes() < 31 && row < level;
    let part = |class: usize| extent(variable.part(check, class).expect("a part of its answers"));
    let is_used = |class: &usize| {
        let mut cells = cells.iter();
        cells.any(|cell| cell.get(&variable.first()) == Some(&part(*class)))
    };
    let classes = (0..variable.classes()).filter(is_used);
    let classes = classes.fold(0, |bits, class| bits | 1 << class);
    is_only.then_some((level, row, classes))
}

/// A condition without the negations before it, and whether their number is odd.
fn positive(check: &SelfCheck, mut condition: ConditionId) -> (ConditionId, bool) {
    let mut negated = false;
    while let Test::Not(member) = check[condition].test {
        (condition, negated) = (member, !negated);
    }
    (condition, negated)
}

/// All terms: those of the program, and those of derived comparisons, which are listed.
fn all_terms(program: &Program) -> (Terms, Vec<TermId>) {
    let mut all_terms = program.values.terms.clone();
    let mut derived = Vec::new();
    for variable in program
        .variables
        .iter()
        .filter(|variable| is_computed(variable))
    {
        if let Variable::Derived { term, .. } = variable {
            derived.push(enter(&mut all_terms, term, &term.formula));
        }
    }
    (all_terms, derived)
}

/// The term of a formula without cases.
fn enter(terms: &mut Terms, pure: &Pure, formula: &Formula) -> TermId {
    match formula {
        Formula::Ask(question) => {
            let (question, within) = (*question, pure.within[question]);
            terms.enter(Term::Ask { question, within })
        }
        Formula::Make(op, parts) => {
            let parts: Vec<TermId> = parts.iter().map(|part| enter(terms, pure, part)).collect();
            terms.make(*op, &parts)
        }
        Formula::Constant(number) => terms.enter(Term::Constant(*number)),
        // Nothing else is in a formula without cases.
        _ => terms.enter(Term::Constant(0)),
    }
}

/// Whether many variables are questions that are cut once.
fn masks_ranges(program: &Program, slots: &[Option<Slot>]) -> bool {
    let variables = program.variables.iter();
    let ranges = variables.filter(|variable| cut_range(variable, slots).is_some());
    ranges.count() >= MANY
}

/// The word of the range of a question that is cut once, and the cut, if both are of 32 bits.
pub fn cut_range(variable: &Variable, slots: &[Option<Slot>]) -> Option<(u32, i32)> {
    let Variable::Cuts { question, cuts, .. } = variable else {
        return None;
    };
    match (slots[question.index()], cuts.as_slice()) {
        (Some(Slot::Range(word)), [cut]) => {
            Some((u32::try_from(word).ok()?, i32::try_from(cut.word()).ok()?))
        }
        _ => None,
    }
}

/// Whether a variable is a formula that is cut once.
pub fn is_cut_once(variable: &Variable) -> bool {
    matches!(variable, Variable::Derived { cuts, .. } if cuts.len() == 1)
}

/// Whether `e` computes the mask of a variable. One of a single class never changes.
pub fn is_computed(variable: &Variable) -> bool {
    !matches!(variable, Variable::Options { .. }) && variable.classes() > 1
}
