//! Computing: values become functions whose leaves are terms.
//!
//! Comes in: the values of a check and the functions of its conditions. Goes out: one function a value. Its leaves are terms: formulas
//! without cases, in which each question is limited to the classes that lead there. So the least and the greatest value of a
//! function are the least and the greatest of the leaves that can be reached, each worked out at the ends of what is known. What
//! cannot be worked out so is a [`Unsound`].

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::arithmetic::{Extent, Fault};
use crate::diagram::{Diagram, FIRST_TERM, NodeId, TERMINALS};
use crate::formula::{Case, ComputedId, Definition, Formula, Op, Table};
use crate::lower::Lowering;
use crate::self_check::*;
use crate::term::{Term, TermId, Terms};
use crate::value::{Interval, Scale};
use crate::variables::Variable;

/// The values of a program.
#[derive(Debug, Clone, Default)]
pub struct Values {
    pub terms: Terms,
    /// The term of each leaf, from [`FIRST_TERM`] on.
    leaves: Vec<TermId>,
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
        self.leaves[(leaf - FIRST_TERM) as usize]
    }

    /// The function of a value.
    pub fn function(&self, value: ComputedId) -> NodeId {
        self.functions[value.index()]
    }

    /// The leaf of a term.
    fn leaf(&mut self, diagram: &mut Diagram, variables: &[Variable], term: TermId) -> NodeId {
        if let Some(found) = self.numbers.get(&term) {
            return *found;
        }
        let questions = self.terms.directions(term).into_keys();
        let levels = questions.filter_map(|q| variables.iter().position(|v| v.has(q)));
        let asked = levels.fold(0_u64, |bits, level| bits | 1 << level);
        let Some(leaf) = diagram.new_term(asked) else {
            return FIRST_TERM;
        };
        self.leaves.push(term);
        self.numbers.insert(term, leaf);
        leaf
    }

    /// The least and the greatest value of a function over all completions of what is known.
    pub fn range(
        &self,
        diagram: &Diagram,
        variables: &[Variable],
        function: NodeId,
        known: &[Interval],
    ) -> Option<Extent> {
        let masks: Vec<u32> = variables.iter().map(|v| v.possible(known)).collect();
        let mut done = FxHashMap::default();
        self.range_of(diagram, function, &masks, known, &mut done)
    }

    fn range_of(
        &self,
        diagram: &Diagram,
        node: NodeId,
        masks: &[u32],
        known: &[Interval],
        done: &mut FxHashMap<NodeId, Option<Extent>>,
    ) -> Option<Extent> {
        if let Some(found) = done.get(&node) {
            return *found;
        }
        let range = if node < TERMINALS {
            let known = |question: QuestionId| extent(known[question.index()]);
            self.terms.extent(self.term(node), &known).ok()
        } else {
            let mask = masks[diagram.level(node)];
            let children = diagram.children(node).iter().enumerate();
            let reached = children.filter(|(class, _)| mask & 1 << class != 0);
            reached
                .map(|(_, child)| self.range_of(diagram, *child, masks, known, done))
                .reduce(|a, b| Some(a?.join(b?)))
                .flatten()
        };
        done.insert(node, range);
        range
    }
}

/// Makes the functions of all values of a check.
pub fn compute<'a>(
    check: &'a SelfCheck,
    lowering: &mut Lowering<'a>,
    diagram: &mut Diagram,
) -> Values {
    let mut computing = Computing {
        check,
        lowering,
        diagram,
        values: Values::default(),
        whole: vec![None; check.computed.len()],
        applied: FxHashMap::default(),
    };
    for id in check.computed_ids() {
        let whole = computing.value(id);
        let function = computing.narrowed(id, whole);
        computing.values.functions.push(function);
        computing.judge(id, function);
    }
    computing.values.unsound.sort_unstable();
    computing.values.unsound.dedup();
    computing.values
}

struct Computing<'a, 'l> {
    check: &'a SelfCheck,
    lowering: &'l mut Lowering<'a>,
    diagram: &'l mut Diagram,
    values: Values,
    /// The function of each value before its questions are limited to classes.
    whole: Vec<Option<NodeId>>,
    applied: FxHashMap<(Op, Vec<NodeId>), NodeId>,
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

    fn value(&mut self, id: ComputedId) -> NodeId {
        if let Some(done) = self.whole[id.index()] {
            return done;
        }
        let check = self.check;
        let function = match &check[id].definition {
            Definition::Formula(written) => self.formula(&written.formula),
            Definition::Cases(cases) => self.cases(cases),
            Definition::Table(table) => self.table(table),
        };
        self.whole[id.index()] = Some(function);
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
                let cells: Vec<NodeId> = row.iter().map(|cell| self.formula(&cell.formula)).collect();
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
            Formula::Value(value) => self.value(*value),
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
        let levels = functions.iter().map(|function| self.diagram.level(*function));
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
            done: FxHashMap::default(),
        };
        narrowing.narrow(self, function, &BTreeMap::new())
    }

    /// Judges each term that a function reaches, whatever is answered.
    fn judge(&mut self, id: ComputedId, function: NodeId) {
        let check = self.check;
        let known = |question: QuestionId| extent(check[question].domain.bounds());
        let mut leaves: Vec<NodeId> = vec![function];
        for node in self.diagram.below(&[function]) {
            leaves.extend(self.diagram.children(node));
        }
        leaves.retain(|leaf| *leaf < TERMINALS);
        leaves.sort_unstable();
        leaves.dedup();
        for leaf in leaves {
            let term = self.values.term(leaf);
            let directions = self.values.terms.directions(term).into_iter();
            let both = directions.filter(|(_, direction)| direction.is_none());
            let mut found: Vec<Unsound> = both.map(|(q, _)| Unsound::BothWays(q)).collect();
            // Of a formula that goes both ways the ends are not known.
            match self.values.terms.extent(term, &known) {
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

/// Classes of the answers to questions, on the way to a node.
type Classes = BTreeMap<QuestionId, Extent>;

struct Narrowing {
    value: ComputedId,
    /// The levels whose questions the terms below a node ask.
    below: FxHashMap<NodeId, u64>,
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
            let level = variables.iter().position(|variable| variable.has(*question));
            level.is_some_and(|level| below & 1 << level != 0)
        });
        let key = (node, classes.iter().map(|(q, e)| (*q, *e)).collect());
        if let Some(found) = self.done.get(&key) {
            return *found;
        }
        let level = computing.diagram.level(node);
        let variable = &variables[level];
        let children = computing.diagram.children(node).to_vec();
        if below & 1 << level != 0 && !matches!(variable, Variable::Cuts { .. }) {
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
