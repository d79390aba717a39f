//! Lowering: conditions and decisions become functions over classes of values.
//!
//! Comes in: a [`SelfCheck`] and its variables in the order in which they are to be tested. Goes out: a [`Program`].

use crate::compute::{self, Formulas, Values, compute};
use crate::diagram::{Diagram, FALSE, NodeId, TRUE, leaf};
use crate::self_check::*;
use crate::variables::Variable;

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
        self.variables
            .iter()
            .position(|variable| variable.has(question))
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
            } => compute::compared(check, self, diagram, formula, within),
            test => self.leaf(diagram, test),
        };
        self.set(condition, function);
        function
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
        let mut variables = self.variables.iter().enumerate();
        let found = variables.find(|(_, variable)| variable.has(by));
        found.map_or(FALSE, |(level, variable)| {
            let days = variable.in_period(self.check, period);
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
