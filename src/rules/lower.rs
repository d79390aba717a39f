//! Lowering: conditions and decisions become functions over classes of values.
//!
//! Comes in: a [`SelfCheck`] and its variables in the order in which they are to be tested. Goes out: a [`Program`].

mod narrowing;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use narrowing::Narrowing;
use rustc_hash::FxHashMap;

use crate::arithmetic::Extent;
use crate::compute::{Scope, Values};
use crate::derived::{self, Cell, Pure};
use crate::diagram::{Diagram, FALSE, FIRST_TERM, NodeId, TERMINALS, TRUE, leaf};
use crate::formula::{Case, ComputedId, Definition, Formula, Head, Op, Table, Unsound};
use crate::self_check::*;
use crate::term::{Asked, Term, TermId};
use crate::value::{Scale, Value, extent};
use crate::variables::{Variable, level_of};

/// A check as functions. The number of a variable is its level in the diagram and its bit in relevance sets.
#[derive(Debug, Clone)]
pub struct Program {
    pub variables: Vec<Variable>,
    pub diagram: Diagram,
    /// One function a decision; its leaves are the outcomes.
    pub decisions: Vec<NodeId>,
    /// One function a condition; its leaves are false and true.
    pub conditions: Vec<NodeId>,
    pub values: Values,
}

impl Program {
    /// The function of a condition.
    pub fn condition(&self, condition: ConditionId) -> NodeId {
        self.conditions[condition.index()]
    }

    /// The function of a decision.
    pub fn decision(&self, decision: DecisionId) -> NodeId {
        self.decisions[decision.index()]
    }

    /// The level of the variable that a question belongs to; nothing if no condition asks it.
    pub fn level_of(&self, question: QuestionId) -> Option<usize> {
        level_of(&self.variables, question)
    }
}

/// Makes the functions of a check.
pub fn lower(check: &SelfCheck, variables: Vec<Variable>) -> Program {
    let mut diagram = Diagram::new(variables.iter().map(Variable::classes).collect());
    let mut lowering = Lowering::new(check, &variables);
    let conditions = check
        .condition_ids()
        .map(|condition| lowering.condition(&mut diagram, condition))
        .collect();
    let decisions = check
        .decision_ids()
        .map(|decision| lowering.decision(&mut diagram, decision))
        .collect();
    let values = compute(check, &mut lowering, &mut diagram);
    Program {
        variables,
        diagram,
        decisions,
        conditions,
        values,
    }
}

/// One pass over the conditions; what was lowered once is kept.
pub struct Lowering<'a> {
    check: &'a SelfCheck,
    variables: &'a [Variable],
    done: Vec<Option<NodeId>>,
    /// What was made of the formulas that conditions compare.
    pub(crate) formulas: Formulas,
}

impl<'a> Lowering<'a> {
    /// Nothing is lowered yet.
    pub fn new(check: &'a SelfCheck, variables: &'a [Variable]) -> Self {
        Self {
            check,
            variables,
            done: vec![None; check.conditions.len()],
            formulas: Formulas::default(),
        }
    }

    /// All functions are known, but those of `condition` and of what is made of it.
    pub fn changed(
        check: &'a SelfCheck,
        variables: &'a [Variable],
        functions: &[NodeId],
        condition: ConditionId,
    ) -> Self {
        let mut stale = vec![false; functions.len()];
        stale[condition.index()] = true;
        // Conditions may use names that are defined below them, so one pass may not be enough.
        loop {
            let mut more = false;
            for (other, made) in check.conditions.iter().enumerate() {
                let mut members = check.members(&made.test).to_vec();
                if let Test::Formula { formula, .. } = &made.test {
                    members.extend(check.conditions_of(formula));
                }
                if !stale[other] && members.iter().any(|member| stale[member.index()]) {
                    stale[other] = true;
                    more = true;
                }
            }
            if !more {
                break;
            }
        }
        let done = functions
            .iter()
            .zip(stale)
            .map(|(function, stale)| (!stale).then_some(*function))
            .collect();
        Self {
            check,
            variables,
            done,
            formulas: Formulas::default(),
        }
    }

    /// The variables that the functions are made of, in their order.
    pub fn variables(&self) -> &'a [Variable] {
        self.variables
    }

    /// Gives a condition another meaning.
    pub fn set(&mut self, condition: ConditionId, function: NodeId) {
        self.done[condition.index()] = Some(function);
    }

    /// The function of a condition.
    pub fn condition(&mut self, diagram: &mut Diagram, condition: ConditionId) -> NodeId {
        if let Some(done) = self.done[condition.index()] {
            return done;
        }
        let check = self.check;
        let function = match &check[condition].test {
            Test::All(list) => list.iter().fold(TRUE, |so_far, &member| {
                let member = self.condition(diagram, member);
                diagram.and(so_far, member)
            }),
            Test::Any(list) => list.iter().fold(FALSE, |so_far, &member| {
                let member = self.condition(diagram, member);
                diagram.or(so_far, member)
            }),
            Test::Members {
                count,
                is_every,
                each,
            } => self.members(diagram, *count, *is_every, each),
            Test::Not(member) => {
                let member = self.condition(diagram, *member);
                diagram.not(member)
            }
            Test::Named(name) => self.condition(diagram, check[*name].root),
            test @ Test::Dated { periods, .. } => periods.iter().fold(FALSE, |so_far, dated| {
                let now = self.dated(diagram, test, dated);
                diagram.or(so_far, now)
            }),
            Test::Formula {
                formula, within, ..
            } => compared(check, self, diagram, within, |computing| {
                computing.formula(formula)
            }),
            Test::Order {
                left,
                right,
                relations,
            } if !self.compares(*left, *right) => {
                // As it was cut.
                let (left, right, within) = match left < right {
                    true => (*left, *right, relations.extents()),
                    false => (*right, *left, relations.mirrored().extents()),
                };
                compared(check, self, diagram, &within, |computing| {
                    computing.difference(left, right)
                })
            }
            test => self.leaf(diagram, test),
        };
        self.set(condition, function);
        function
    }

    /// A question that decides where a variable for one of these formulas is used, and is not known in a cell that is not apart from it.
    fn part_missing(&self, formulas: &[Formula], cell: &Cell) -> Option<QuestionId> {
        let mut variables = self.variables.iter();
        variables.find_map(|variable| match variable {
            Variable::Derived { term, cells, .. } if formulas.contains(&term.formula) => {
                let mut near = cells
                    .iter()
                    .filter(|other| !derived::are_apart(other, cell));
                near.find_map(|near| near.keys().find(|q| !cell.contains_key(q)).copied())
            }
            _ => None,
        })
    }

    /// What holds of one member at least, or of every one, for each number of members.
    fn members(
        &mut self,
        diagram: &mut Diagram,
        count: QuestionId,
        is_every: bool,
        each: &[ConditionId],
    ) -> NodeId {
        let parts = parts_of(self.check, self.variables, diagram, count);
        let mut so_far = vec![NodeId::from(is_every)];
        for member in each {
            let member = self.condition(diagram, *member);
            let before = so_far[so_far.len() - 1];
            so_far.push(match is_every {
                true => diagram.and(before, member),
                false => diagram.or(before, member),
            });
        }
        let mut found = so_far[each.len()];
        for (here, number) in parts.iter().rev() {
            let number = usize::try_from(number.lo).unwrap_or(0).min(each.len());
            found = diagram.choose(*here, so_far[number], found);
        }
        found
    }

    /// Whether two questions are one variable.
    fn compares(&self, a: QuestionId, b: QuestionId) -> bool {
        let mut variables = self.variables.iter();
        variables.any(|variable| match variable {
            Variable::Order { left, right, .. } => [*left, *right] == [a.min(b), a.max(b)],
            _ => false,
        })
    }

    /// A comparison with a parameter, in one of its periods.
    fn dated(&self, diagram: &mut Diagram, test: &Test, dated: &Dated) -> NodeId {
        let Test::Dated {
            question,
            by,
            comparison,
            ..
        } = test
        else {
            return FALSE;
        };
        let days = self.in_period(diagram, *by, dated.period);
        let bounds = self.check[*question].domain.bounds();
        let interval = comparison.interval(dated.value, bounds);
        let value = Test::Within {
            question: *question,
            intervals: interval.into_iter().collect(),
        };
        let value = self.leaf(diagram, &value);
        diagram.and(days, value)
    }

    /// True where a date lies in a period.
    pub fn in_period(&self, diagram: &mut Diagram, by: QuestionId, period: Period) -> NodeId {
        let found = level_of(self.variables, by);
        found.map_or(FALSE, |level| {
            let days = self.variables[level].in_period(self.check, by, period);
            diagram.test(level, &days)
        })
    }

    /// The function of a test that has no members.
    pub fn leaf(&self, diagram: &mut Diagram, test: &Test) -> NodeId {
        self.variables
            .iter()
            .enumerate()
            .find_map(|(level, variable)| Some((level, variable.holding(self.check, test)?)))
            .map_or(FALSE, |(level, holds)| diagram.test(level, &holds))
    }

    /// The function of a decision: its outcomes in turn, the last one otherwise.
    pub fn decision(&mut self, diagram: &mut Diagram, decision: DecisionId) -> NodeId {
        let outcomes = &self.check[decision].outcomes;
        let last = outcomes.len() - 1;
        (0..last).rev().fold(leaf(last), |otherwise, outcome| {
            let when = match outcomes[outcome].when {
                Some(when) => self.condition(diagram, when),
                None => TRUE,
            };
            diagram.choose(when, leaf(outcome), otherwise)
        })
    }
}

/// The classes by which formulas are taken apart, each as a function that is true there; none for most questions.
fn parts_of(
    check: &SelfCheck,
    variables: &[Variable],
    diagram: &mut Diagram,
    question: QuestionId,
) -> Vec<(NodeId, Extent)> {
    let mut variables = variables.iter().enumerate();
    let found = variables.find(|(_, variable)| match variable {
        Variable::Cuts {
            question: asked,
            parted,
            ..
        } => *asked == question && *parted,
        _ => false,
    });
    let Some((level, variable)) = found else {
        return Vec::new();
    };
    let classes = variable.classes();
    let parts = (0..classes).filter_map(|class| {
        let holds: Vec<bool> = (0..classes).map(|other| other == class).collect();
        let part = variable.part(check, class)?;
        Some((diagram.test(level, &holds), extent(part)))
    });
    parts.collect()
}

/// More terms than this are refused: no module of 4,096 bytes could hold them.
const MOST_TERMS: usize = 60_000;

/// A value with fewer terms than this is made part of the formulas that use it.
const FEW_TERMS: usize = 6;

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
            is_compared: false,
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
    within: &[Extent],
    make: impl FnOnce(&mut Computing<'a, '_>) -> NodeId,
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
        is_compared: true,
        lowering,
        diagram,
    };
    computing.made.resize(check.computed.len(), None);
    let function = make(&mut computing);
    let found = computing.compared(function, within, &Cell::new(), &mut FxHashMap::default());
    let Computing { values, made, .. } = computing;
    lowering.formulas = Formulas { values, made };
    found
}

/// A node, and parts of answers on the way to it.
type Place = (NodeId, Vec<(QuestionId, Extent)>);

/// Formulas on the way to functions.
pub struct Computing<'a, 'l> {
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
    /// Whether a condition compares the formula; then it is taken apart by answers.
    is_compared: bool,
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
    fn side(&mut self, heads: &'a [Head], functions: &[NodeId]) -> NodeId {
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
            Formula::Ask(question) => self.ask(*question),
            Formula::First(count, parts) => self.first(*count, parts),
            Formula::Holds(condition) => {
                let holds = self.lowering.condition(self.diagram, *condition);
                let (one, zero) = (self.constant(1), self.constant(0));
                self.diagram.choose(holds, one, zero)
            }
            Formula::Parameter { by, periods } => {
                let mut function = None;
                for dated in periods.iter().rev() {
                    let is = self.constant(dated.value.word());
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

    /// The answer to a question, in parts where formulas are taken apart by it.
    fn ask(&mut self, question: QuestionId) -> NodeId {
        let parts = self.parts(question);
        let are_exact = parts.iter().all(|(_, part)| part.is_exact());
        if parts.is_empty() || !(are_exact || self.is_compared) {
            let within = extent(self.check[question].domain.bounds());
            let term = self.values.terms.enter(Term::Ask { question, within });
            return self.leaf(term);
        }
        let extents: Vec<Extent> = parts.iter().map(|(_, part)| *part).collect();
        let functions: Vec<NodeId> = extents
            .iter()
            .map(|part| {
                let term = derived::part_of(question, &extents, *part);
                let term = self.values.terms.enter(term);
                self.leaf(term)
            })
            .collect();
        self.by_parts(&parts, &functions)
    }

    fn parts(&mut self, question: QuestionId) -> Vec<(NodeId, Extent)> {
        let variables = self.lowering.variables();
        parts_of(self.check, variables, self.diagram, question)
    }

    fn by_parts(&mut self, parts: &[(NodeId, Extent)], functions: &[NodeId]) -> NodeId {
        let last = functions[functions.len() - 1];
        let pairs = parts.iter().zip(functions).rev();
        pairs.fold(last, |otherwise, ((here, _), function)| {
            self.diagram.choose(*here, *function, otherwise)
        })
    }

    /// The sum of the first parts, for each number of them.
    fn first(&mut self, count: QuestionId, parts: &'a [Formula]) -> NodeId {
        let numbers = self.parts(count);
        let mut sums = vec![self.constant(0)];
        for part in parts {
            let part = self.formula(part);
            let sum = self.apply(Op::Add, &[sums[sums.len() - 1], part]);
            sums.push(sum);
        }
        let functions: Vec<NodeId> = numbers
            .iter()
            .map(|(_, number)| usize::try_from(number.lo).unwrap_or(0))
            .map(|number| sums[number.min(parts.len())])
            .collect();
        self.by_parts(&numbers, &functions)
    }

    /// How far one question is above another one.
    fn difference(&mut self, left: QuestionId, right: QuestionId) -> NodeId {
        let (left_of, right_of) = (self.ask(left), self.ask(right));
        match self.check[left].domain.scale() {
            Some(Scale::Date) => self.apply(Op::DaysBetween, &[right_of, left_of]),
            _ => self.apply(Op::Subtract, &[left_of, right_of]),
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
        Narrowing::new(id).narrow(self, function, &BTreeMap::new())
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
        cell: &Cell,
        done: &mut FxHashMap<Place, NodeId>,
    ) -> NodeId {
        let key = (node, cell.iter().map(|(q, e)| (*q, *e)).collect());
        if let Some(found) = done.get(&key) {
            return *found;
        }
        if self.diagram.is_full() {
            return FALSE;
        }
        let found = if node < TERMINALS {
            let pure = derived::pure(&self.values.terms, self.values.term(node));
            self.of_term(&pure, within, cell)
        } else {
            let level = self.diagram.level(node);
            let children = self.diagram.children(node).to_vec();
            let count = children.len();
            let children = children.into_iter().enumerate();
            children.fold(FALSE, |otherwise, (class, child)| {
                let mut cell = cell.clone();
                let variable = &self.lowering.variables()[level];
                if let Variable::Cuts {
                    question,
                    parted: true,
                    ..
                } = variable
                {
                    let part = variable.part(self.check, class);
                    cell.extend(part.map(|part| (*question, extent(part))));
                }
                let child = self.compared(child, within, &cell, done);
                let holds: Vec<bool> = (0..count).map(|other| other == class).collect();
                let here = self.diagram.test(level, &holds);
                self.diagram.choose(here, child, otherwise)
            })
        };
        done.insert(key, found);
        found
    }

    /// True where a term has a result in one of the extents.
    fn of_term(&mut self, pure: &Pure, within: &[Extent], cell: &Cell) -> NodeId {
        let lies = |result: i64| {
            within
                .iter()
                .any(|part| part.lo <= result && result <= part.hi)
        };
        if let Some(constant) = pure.constant() {
            return NodeId::from(lies(constant));
        }
        let check = self.check;
        let is_here = |cells: &[Cell]| {
            let mut cells = cells.iter();
            cells.any(|other| {
                let mut other = other.iter();
                other.all(|(question, part)| cell.get(question) == Some(part))
            })
        };
        let own = |variable: &Variable| {
            variable.some(&|variable| match variable {
                Variable::Derived { term, cells, .. } => term == pure && is_here(cells),
                _ => false,
            })
        };
        let cut = |variable: &Variable| {
            variable.some(&|variable| match variable {
                Variable::Cuts { question, .. } => {
                    pure.questions.len() == 1 && pure.questions[0].0 == *question
                }
                _ => false,
            })
        };
        let core = derived::core(pure);
        let of_core = |variable: &Variable| {
            variable.some(&|variable| match variable {
                Variable::Derived { term, cells, .. } => *term == core && is_here(cells),
                _ => false,
            })
        };
        let variables = self.lowering.variables();
        let level = variables.iter().position(own);
        if level.is_none() && !variables.iter().any(of_core) {
            // What is the same in some parts was not asked on the way.
            let own = [pure.formula.clone(), core.formula.clone()];
            if let Some(question) = self.lowering.part_missing(&own, cell) {
                let parts = self.parts(question);
                let functions: Vec<NodeId> = parts
                    .iter()
                    .map(|(_, part)| {
                        let mut cell = cell.clone();
                        cell.insert(question, *part);
                        self.of_term(pure, within, &cell)
                    })
                    .collect();
                return self.by_parts(&parts, &functions);
            }
        }
        let Some((level, variable)) = level
            .or_else(|| variables.iter().position(of_core))
            .or_else(|| variables.iter().position(cut))
            .map(|level| (level, &variables[level]))
        else {
            // Where it is used it passes none of the numbers.
            let known = |question: QuestionId| pure.within[&question];
            return NodeId::from(pure.extent(&known).is_ok_and(|range| lies(range.lo)));
        };
        let holds: Vec<bool> = (0..variable.classes())
            .map(|class| {
                let values = variable.representative(check, class);
                let answers = variable.questions().into_iter().zip(values);
                let answers: BTreeMap<QuestionId, Value> = answers.collect();
                let known = |q: QuestionId| Extent::exactly(answers[&q].word());
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
                let level = level_of(variables, question);
                direct |= level.map_or(0, |level| 1_u64 << level);
            }
        }
        levels(value) & (others | direct) != 0
    }
}
