//! Computing: values become functions whose leaves are terms.
//!
//! Comes in: the values of a check and the functions of its conditions. Goes out: one function a value. Its leaves are terms: formulas
//! without cases, in which each question is limited to the classes that lead there. So the least and the greatest value of a
//! function are the least and the greatest of the leaves that can be reached, each worked out at the ends of what is known. What
//! cannot be worked out so is a [`Unsound`].

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use crate::arithmetic::{Extent, Fault};
use crate::derived::{self, Pure};
use crate::diagram::{Diagram, FALSE, FIRST_TERM, NodeId, TERMINALS};
use crate::formula::{Case, ComputedId, Definition, Formula, Op, Table};
use crate::lower::Lowering;
use crate::self_check::*;
use crate::term::{Asked, Known, Term, TermId, Terms};
use crate::value::{Interval, Scale, Value};
use crate::variables::Variable;

/// More terms than this are refused: no module of 4,096 bytes could hold them.
const MOST_TERMS: usize = 60_000;

/// A value with fewer terms than this is made part of the formulas that use it.
const FEW_TERMS: usize = 6;

/// The values of a program.
#[derive(Debug, Clone, Default)]
pub struct Values {
    pub terms: Terms,
    /// The term of each leaf, and the levels that decide the values in the term.
    leaves: FxHashMap<NodeId, (TermId, u64)>,
    numbers: FxHashMap<TermId, NodeId>,
    /// One function a value.
    pub functions: Vec<NodeId>,
    /// What cannot be computed, each with its value.
    pub unsound: Vec<(ComputedId, Unsound)>,
}

/// Why a value cannot be computed for everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unsound {
    /// Some result does not exist.
    Fault(Fault),
    /// Some result is below zero.
    BelowZero,
    /// The value goes up with a question in one place of a formula and down in another.
    BothWays(QuestionId),
    /// A formula asks a question whose order to another one selects the formula.
    Compared(QuestionId),
}

/// The answers of a question as the numbers that a module holds.
pub fn extent(known: Interval) -> Extent {
    Extent {
        lo: known.lo.word().into(),
        hi: known.hi.word().into(),
    }
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
    fn leaf(&mut self, diagram: &mut Diagram, variables: &[Variable], term: TermId) -> NodeId {
        if let Some(found) = self.numbers.get(&term) {
            return *found;
        }
        let (mut direct, mut inner) = (0_u64, 0_u64);
        for asked in self.terms.directions(term).into_keys() {
            match asked {
                Asked::Question(question) => {
                    let level = variables.iter().position(|v| v.has(question));
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
struct Scope<'a> {
    values: &'a Values,
    diagram: &'a Diagram,
    masks: Vec<u32>,
    known: &'a [Interval],
    done: RefCell<FxHashMap<NodeId, Result<Extent, Fault>>>,
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
            let reached = children.filter(|(class, _)| mask & 1 << class != 0);
            let ranges = reached.map(|(_, child)| self.range(*child));
            let joined = ranges.reduce(|a, b| Ok(a?.join(b?)));
            joined.unwrap_or(Err(Fault::TooLarge))
        };
        self.done.borrow_mut().insert(node, range);
        range
    }
}

/// Makes the functions of all values of a check.
///
/// A value of many cases stays one part of the formulas that use it, if no other part of them asks what decides it: then its range
/// is all that they need. Otherwise its cases become theirs.
pub fn compute<'a>(
    check: &'a SelfCheck,
    lowering: &mut Lowering<'a>,
    diagram: &mut Diagram,
) -> Values {
    if check.computed.is_empty() {
        return Values::default();
    }
    let before = diagram.clone();
    let mut whole = vec![true; check.computed.len()];
    loop {
        let mut computing = Computing {
            check,
            lowering,
            diagram,
            values: Values {
                functions: vec![FIRST_TERM; check.computed.len()],
                ..Values::default()
            },
            finished: vec![false; check.computed.len()],
            whole: &whole,
            made: vec![None; check.computed.len()],
            applied: FxHashMap::default(),
            entangled: BTreeSet::new(),
        };
        for id in check.computed_ids() {
            computing.finish(id);
        }
        let Computing {
            mut values,
            entangled,
            ..
        } = computing;
        // Where there is too much, nothing is used.
        if entangled.is_empty() || diagram.is_full() {
            values.unsound.sort_unstable();
            values.unsound.dedup();
            return values;
        }
        // Each round takes one value at least apart.
        for value in entangled {
            whole[value.index()] = false;
        }
        *diagram = before.clone();
    }
}

/// The function of a formula that conditions compare, with all its cases; and what was made on the way, for the next one.
#[derive(Debug, Default)]
pub struct Formulas {
    values: Values,
    made: Vec<Option<NodeId>>,
}

/// A condition that compares a formula: true where its result lies in one of the extents.
pub fn compared<'a>(
    check: &'a SelfCheck,
    lowering: &mut Lowering<'a>,
    diagram: &mut Diagram,
    formula: &'a Formula,
    within: &[Extent],
) -> NodeId {
    let formulas = std::mem::take(&mut lowering.formulas);
    let whole = vec![false; check.computed.len()];
    let mut computing = Computing {
        check,
        finished: Vec::new(),
        whole: &whole,
        made: formulas.made,
        values: formulas.values,
        applied: FxHashMap::default(),
        entangled: BTreeSet::new(),
        lowering,
        diagram,
    };
    computing.made.resize(check.computed.len(), None);
    let function = computing.formula(formula);
    let found = computing.compared(function, within, &mut FxHashMap::default());
    let Computing { values, made, .. } = computing;
    lowering.formulas = Formulas { values, made };
    found
}

struct Computing<'a, 'l> {
    check: &'a SelfCheck,
    lowering: &'l mut Lowering<'a>,
    diagram: &'l mut Diagram,
    values: Values,
    /// Whether the function of a value is known.
    finished: Vec<bool>,
    /// The values that may stay one part of a formula.
    whole: &'l [bool],
    /// The function of each value before its questions are limited to classes.
    made: Vec<Option<NodeId>>,
    applied: FxHashMap<(Op, Vec<NodeId>), NodeId>,
    /// Values that cannot stay one part of a formula.
    entangled: BTreeSet<ComputedId>,
}

impl<'a> Computing<'a, '_> {
    fn leaf(&mut self, term: TermId) -> NodeId {
        let variables = self.lowering.variables();
        self.values.leaf(self.diagram, variables, term)
    }

    fn constant(&mut self, number: i64) -> NodeId {
        let term = self.values.terms.enter(Term::Constant(number));
        self.leaf(term)
    }

    /// Makes the function of a value, and judges it.
    fn finish(&mut self, id: ComputedId) -> NodeId {
        if !self.finished[id.index()] {
            self.finished[id.index()] = true;
            let made = self.value(id);
            let function = self.narrowed(id, made);
            self.values.functions[id.index()] = function;
            self.judge(id, function);
        }
        self.values.function(id)
    }

    /// A value as a part of a formula.
    fn part(&mut self, id: ComputedId) -> NodeId {
        if !self.whole[id.index()] {
            return self.value(id);
        }
        let function = self.finish(id);
        let terms = self.values.leaves_of(self.diagram, function).len();
        if terms < FEW_TERMS {
            return self.value(id);
        }
        let term = self.values.terms.enter(Term::Value(id));
        self.leaf(term)
    }

    fn value(&mut self, id: ComputedId) -> NodeId {
        if let Some(done) = self.made[id.index()] {
            return done;
        }
        let check = self.check;
        let function = match &check[id].definition {
            Definition::Formula(written) => self.formula(&written.formula),
            Definition::Cases(cases) => self.cases(cases),
            Definition::Table(table) => self.table(table),
        };
        self.made[id.index()] = Some(function);
        function
    }

    fn cases(&mut self, cases: &'a [Case]) -> NodeId {
        let mut function = None;
        for case in cases.iter().rev() {
            let is = self.formula(&case.is.formula);
            function = Some(match (case.when, function) {
                (Some(when), Some(otherwise)) => {
                    let when = self.lowering.condition(self.diagram, when);
                    self.diagram.choose(when, is, otherwise)
                }
                _ => is,
            });
        }
        function.unwrap_or(FIRST_TERM)
    }

    fn table(&mut self, table: &'a Table) -> NodeId {
        let rows: Vec<NodeId> = table
            .cells
            .iter()
            .map(|row| {
                let cells: Vec<NodeId> =
                    row.iter().map(|cell| self.formula(&cell.formula)).collect();
                match &table.columns {
                    Some(columns) => self.side(&columns.heads, &cells),
                    None => cells[0],
                }
            })
            .collect();
        self.side(&table.rows.heads, &rows)
    }

    /// One function a head: that of the head which an answer fits.
    fn side(&mut self, heads: &'a [crate::formula::Head], functions: &[NodeId]) -> NodeId {
        let last = functions.len() - 1;
        let pairs = heads.iter().zip(functions).take(last).rev();
        pairs.fold(functions[last], |otherwise, (head, function)| {
            let fits = self.lowering.leaf(self.diagram, &head.test);
            self.diagram.choose(fits, *function, otherwise)
        })
    }

    fn formula(&mut self, formula: &'a Formula) -> NodeId {
        match formula {
            Formula::Constant(number) => self.constant(*number),
            Formula::Ask(question) => {
                let term = Term::Ask {
                    question: *question,
                    within: extent(self.check[*question].domain.bounds()),
                };
                let term = self.values.terms.enter(term);
                self.leaf(term)
            }
            Formula::Holds(condition) => {
                let holds = self.lowering.condition(self.diagram, *condition);
                let (one, zero) = (self.constant(1), self.constant(0));
                self.diagram.choose(holds, one, zero)
            }
            Formula::Parameter { by, periods } => {
                let mut function = None;
                for dated in periods.iter().rev() {
                    let is = self.constant(dated.value.word().into());
                    function = Some(match function {
                        Some(otherwise) => {
                            let now = self.lowering.in_period(self.diagram, *by, dated.period);
                            self.diagram.choose(now, is, otherwise)
                        }
                        None => is,
                    });
                }
                function.unwrap_or(FIRST_TERM)
            }
            Formula::Value(value) => self.part(*value),
            Formula::Make(op, parts) => {
                let parts: Vec<NodeId> = parts.iter().map(|part| self.formula(part)).collect();
                match (op, &parts[..]) {
                    // One after the other, so that equal sums meet.
                    (Op::Add | Op::Least | Op::Greatest, [first, rest @ ..]) => {
                        let rest = rest.iter();
                        rest.fold(*first, |so_far, part| self.apply(*op, &[so_far, *part]))
                    }
                    _ => self.apply(*op, &parts),
                }
            }
        }
    }

    /// The function whose leaves are made of the leaves of some functions.
    fn apply(&mut self, op: Op, functions: &[NodeId]) -> NodeId {
        if self.values.terms.count() > MOST_TERMS {
            self.diagram.give_up();
        }
        if self.diagram.is_full() {
            return functions[0];
        }
        if functions.iter().all(|function| *function < TERMINALS) {
            let terms: Vec<TermId> = functions.iter().map(|f| self.values.term(*f)).collect();
            let term = self.values.terms.make(op, &terms);
            return self.leaf(term);
        }
        let key = (op, functions.to_vec());
        if let Some(found) = self.applied.get(&key) {
            return *found;
        }
        let levels = functions
            .iter()
            .map(|function| self.diagram.level(*function));
        let level = levels.min().unwrap_or(0);
        let children: Vec<NodeId> = (0..self.diagram.classes(level))
            .map(|class| {
                let of = |function: &NodeId| self.diagram.child(*function, level, class);
                let parts: Vec<NodeId> = functions.iter().map(of).collect();
                self.apply(op, &parts)
            })
            .collect();
        let node = self.diagram.node(level, &children);
        self.applied.insert(key, node);
        node
    }

    /// The same function with the questions of its terms limited to the classes that lead to them.
    fn narrowed(&mut self, id: ComputedId, function: NodeId) -> NodeId {
        let mut narrowing = Narrowing {
            value: id,
            below: FxHashMap::default(),
            inner: FxHashMap::default(),
            done: FxHashMap::default(),
        };
        narrowing.narrow(self, function, &BTreeMap::new())
    }

    /// Judges each term that a function reaches, whatever is answered.
    fn judge(&mut self, id: ComputedId, function: NodeId) {
        let check = self.check;
        let everything = crate::nothing_known(check);
        for leaf in self.values.leaves_of(self.diagram, function) {
            let term = self.values.term(leaf);
            let mut found = Vec::new();
            for (asked, direction) in self.values.terms.directions(term) {
                match asked {
                    Asked::Question(question) if direction.is_none() => {
                        found.push(Unsound::BothWays(question));
                    }
                    Asked::Value(value) if direction.is_none() || self.is_shared(leaf, value) => {
                        self.entangled.insert(value);
                    }
                    _ => {}
                }
            }
            let scope = Scope {
                values: &self.values,
                diagram: self.diagram,
                masks: self
                    .lowering
                    .variables()
                    .iter()
                    .map(|v| v.possible(&everything))
                    .collect(),
                known: &everything,
                done: RefCell::default(),
            };
            // Of a formula that goes both ways the ends are not known.
            match self.values.terms.extent(term, &scope) {
                _ if !found.is_empty() => {}
                Err(fault) => found.push(Unsound::Fault(fault)),
                Ok(range) if range.lo < 0 && check[id].scale != Scale::Date => {
                    found.push(Unsound::BelowZero);
                }
                Ok(_) => {}
            }
            let found = found.into_iter().map(|unsound| (id, unsound));
            self.values.unsound.extend(found);
        }
    }
}

impl Computing<'_, '_> {
    /// True where the term that a function leads to has a result in one of the extents.
    fn compared(
        &mut self,
        node: NodeId,
        within: &[Extent],
        done: &mut FxHashMap<NodeId, NodeId>,
    ) -> NodeId {
        if let Some(found) = done.get(&node) {
            return *found;
        }
        if self.diagram.is_full() {
            return FALSE;
        }
        let found = if node < TERMINALS {
            let pure = derived::pure(&self.values.terms, self.values.term(node));
            self.of_term(&pure, within)
        } else {
            let level = self.diagram.level(node);
            let children = self.diagram.children(node).to_vec();
            let count = children.len();
            let children = children.into_iter().enumerate();
            children.fold(FALSE, |otherwise, (class, child)| {
                let child = self.compared(child, within, done);
                let holds: Vec<bool> = (0..count).map(|other| other == class).collect();
                let here = self.diagram.test(level, &holds);
                self.diagram.choose(here, child, otherwise)
            })
        };
        done.insert(node, found);
        found
    }

    /// True where a term has a result in one of the extents.
    fn of_term(&mut self, pure: &Pure, within: &[Extent]) -> NodeId {
        let lies = |result: i64| {
            within
                .iter()
                .any(|part| part.lo <= result && result <= part.hi)
        };
        if let Some(constant) = pure.constant() {
            return NodeId::from(lies(constant));
        }
        let check = self.check;
        let fits = |variable: &&Variable| match variable {
            Variable::Derived { term, .. } => term == pure,
            Variable::Cuts { question, .. } => {
                pure.questions.len() == 1 && pure.questions[0].0 == *question
            }
            _ => false,
        };
        let mut variables = self.lowering.variables().iter().enumerate();
        let Some((level, variable)) = variables.find(|(_, variable)| fits(variable)) else {
            return FALSE;
        };
        let holds: Vec<bool> = (0..variable.classes())
            .map(|class| {
                let values = variable.representative(check, class);
                let answers = variable.questions().into_iter().zip(values);
                let answers: BTreeMap<QuestionId, Value> = answers.collect();
                let known = |q: QuestionId| Extent::exactly(answers[&q].word().into());
                pure.extent(&known).is_ok_and(|result| lies(result.lo))
            })
            .collect();
        self.diagram.test(level, &holds)
    }

    /// Whether another part of a term asks what decides a value in it.
    fn is_shared(&self, leaf: NodeId, value: ComputedId) -> bool {
        let levels = |value| self.diagram.support(self.values.function(value));
        let others = self.values.values_in(leaf).filter(|other| *other != value);
        let others = others.fold(0, |bits, other| bits | levels(other));
        let term = self.values.term(leaf);
        let variables = self.lowering.variables();
        let mut direct = 0;
        for asked in self.values.terms.directions(term).into_keys() {
            if let Asked::Question(question) = asked {
                let level = variables.iter().position(|variable| variable.has(question));
                direct |= level.map_or(0, |level| 1_u64 << level);
            }
        }
        levels(value) & (others | direct) != 0
    }
}

/// Classes of the answers to questions, on the way to a node.
type Classes = BTreeMap<QuestionId, Extent>;

struct Narrowing {
    value: ComputedId,
    /// The levels whose questions the terms below a node ask.
    below: FxHashMap<NodeId, u64>,
    /// Those that decide the values in the terms below a node.
    inner: FxHashMap<NodeId, u64>,
    done: FxHashMap<(NodeId, Vec<(QuestionId, Extent)>), NodeId>,
}

impl Narrowing {
    fn narrow(&mut self, computing: &mut Computing, node: NodeId, classes: &Classes) -> NodeId {
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
            let level = variables
                .iter()
                .position(|variable| variable.has(*question));
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
        } else if below & 1 << level != 0 && !matches!(variable, Variable::Cuts { .. }) {
            let asked = Unsound::Compared(variable.first());
            computing.values.unsound.push((self.value, asked));
        }
        let mut narrow = Vec::new();
        for (class, child) in children.into_iter().enumerate() {
            let mut classes = classes.clone();
            if let Variable::Cuts { question, .. } = variable {
                let part = variable.part(computing.check, class);
                classes.extend(part.map(|part| (*question, extent(part))));
            }
            narrow.push(self.narrow(computing, child, &classes));
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
