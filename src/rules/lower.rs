//! Lowering: clauses and decisions become functions over classes of values.
//!
//! Comes in: a [`Check`] and its variables in the order in which they are to be tested. Goes out: a [`Program`].

use super::check::*;
use super::diagram::{Diagram, FALSE, NodeId, TRUE};
use super::variables::{Variable, holding};

/// A check as functions. The number of a variable is its level in the diagram and its bit in relevance sets.
#[derive(Debug, Clone)]
pub struct Program {
    pub variables: Vec<Variable>,
    pub diagram: Diagram,
    /// One function a decision; its leaves are the outcomes.
    pub decisions: Vec<NodeId>,
    /// One function a clause; its leaves are false and true.
    pub clauses: Vec<NodeId>,
}

/// Makes the functions of a check.
pub fn lower(check: &Check, variables: Vec<Variable>) -> Program {
    let mut diagram = Diagram::new(variables.iter().map(Variable::classes).collect());
    let mut lowering = Lowering::new(check, &variables);
    let clauses: Vec<NodeId> = (0..check.clauses.len())
        .map(|clause| lowering.clause(&mut diagram, clause))
        .collect();
    let decisions = (0..check.decisions.len())
        .map(|decision| lowering.decision(&mut diagram, decision))
        .collect();
    Program {
        variables,
        diagram,
        decisions,
        clauses,
    }
}

/// One pass over the clauses; what was lowered once is kept.
pub struct Lowering<'a> {
    check: &'a Check,
    variables: &'a [Variable],
    done: Vec<Option<NodeId>>,
}

impl<'a> Lowering<'a> {
    pub fn new(check: &'a Check, variables: &'a [Variable]) -> Self {
        Self {
            check,
            variables,
            done: vec![None; check.clauses.len()],
        }
    }

    /// All functions known, but those of `clause` and of what is made of it.
    pub fn changed(
        check: &'a Check,
        variables: &'a [Variable],
        functions: &[NodeId],
        clause: ClauseId,
    ) -> Self {
        let mut stale = vec![false; functions.len()];
        stale[clause] = true;
        // Conditions may use names that are defined below them, so one pass may not be enough.
        loop {
            let mut more = false;
            for (other, made) in check.clauses.iter().enumerate() {
                let members = check.members(&made.test);
                if !stale[other] && members.iter().any(|member| stale[*member]) {
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
        }
    }

    /// Gives a clause another meaning.
    pub fn set(&mut self, clause: ClauseId, function: NodeId) {
        self.done[clause] = Some(function);
    }

    pub fn clause(&mut self, diagram: &mut Diagram, clause: ClauseId) -> NodeId {
        if let Some(done) = self.done[clause] {
            return done;
        }
        let function = match &self.check.clauses[clause].test {
            Test::All(list) => list.iter().fold(TRUE, |so_far, &member| {
                let member = self.clause(diagram, member);
                diagram.and(so_far, member)
            }),
            Test::Any(list) => list.iter().fold(FALSE, |so_far, &member| {
                let member = self.clause(diagram, member);
                diagram.or(so_far, member)
            }),
            Test::Not(member) => {
                let member = self.clause(diagram, *member);
                diagram.not(member)
            }
            Test::Named(name) => self.clause(diagram, self.check.conditions[*name].1),
            Test::Dated { fact, by, periods } => periods.iter().fold(FALSE, |so_far, period| {
                let date = Test::Within {
                    fact: *by,
                    ranges: vec![(period.from, period.until)],
                };
                let value = Test::Within {
                    fact: *fact,
                    ranges: if period.lo <= period.hi {
                        vec![(period.lo, period.hi)]
                    } else {
                        Vec::new()
                    },
                };
                let date = self.leaf(diagram, &date);
                let value = self.leaf(diagram, &value);
                let both = diagram.and(date, value);
                diagram.or(so_far, both)
            }),
            test => self.leaf(diagram, test),
        };
        self.done[clause] = Some(function);
        function
    }

    fn leaf(&self, diagram: &mut Diagram, test: &Test) -> NodeId {
        self.variables
            .iter()
            .enumerate()
            .find_map(|(level, variable)| Some((level, holding(variable, self.check, test)?)))
            .map_or(FALSE, |(level, holds)| diagram.test(level, &holds))
    }

    pub fn decision(&mut self, diagram: &mut Diagram, decision: usize) -> NodeId {
        let outcomes = &self.check.decisions[decision].outcomes;
        let last = outcomes.len() - 1;
        let start = NodeId::try_from(last).unwrap_or(0);
        (0..last).rev().fold(start, |otherwise, outcome| {
            let when = match outcomes[outcome].when {
                Some(when) => self.clause(diagram, when),
                None => TRUE,
            };
            let then = NodeId::try_from(outcome).unwrap_or(0);
            diagram.choose(when, then, otherwise)
        })
    }
}
