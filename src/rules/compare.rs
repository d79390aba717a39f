//! Comparing two versions of a rule file: who would get another answer, with a person for each difference.
//!
//! Comes in: two [`SelfCheck`]s. Goes out: [`Change`]s. Both are put into one diagram over the same questions, so that the
//! comparison is exact and complete: what is not listed is the same for everybody.

mod amounts;

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::person;
use crate::diag::Sink;
use crate::diagram::{Diagram, FALSE, NodeId, TERMINALS, TRUE};
use crate::joined::joined;
use crate::lower::Lowering;
use crate::self_check::*;
use crate::variables::{Variable, variables};

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A question, a doubt or a decision that only one version has, or that has other options or another range.
    Only { what: String, in_new: bool },
    /// A person with another outcome.
    Outcome {
        decision: String,
        before: String,
        after: String,
        person: String,
    },
    /// A person for whom another value is computed.
    Amount {
        value: String,
        before: String,
        after: String,
        person: String,
    },
    /// The same outcome gives or asks something else.
    Attributes {
        decision: String,
        outcome: String,
        removed: Vec<String>,
        added: Vec<String>,
    },
}

/// Compares two versions.
///
/// # Diagnostics
/// MB0313, MB0314, if the two together are too large to be compared.
pub fn compare(old: &SelfCheck, new: &SelfCheck, sink: &mut Sink) -> Option<Vec<Change>> {
    let mut changes = Vec::new();
    let (old, new) = over_the_same_questions(old, new, &mut changes);
    let both = joined(&new, &old);
    let variables = variables(&both, sink)?;
    let mut diagram = Diagram::new(variables.iter().map(Variable::classes).collect());
    let (mut before, mut after) = (
        Lowering::new(&old, &variables),
        Lowering::new(&new, &variables),
    );
    for id in old.decision_ids() {
        let name = &old[id].name.value;
        let Some(other) = new.decision(name) else {
            changes.push(only_decision(name, false));
            continue;
        };
        let functions = (
            before.decision(&mut diagram, id),
            after.decision(&mut diagram, other),
        );
        let pair = Pair {
            old: &old,
            new: &new,
            was: &old[id],
            is: &new[other],
        };
        pair.outcomes(functions, &variables, &mut diagram, &mut changes);
        pair.attributes(&mut changes);
    }
    for decision in &new.decisions {
        let name = &decision.name.value;
        if old.decision(name).is_none() {
            changes.push(only_decision(name, true));
        }
    }
    if !old.computed.is_empty() || !new.computed.is_empty() {
        changes.extend(amounts::amounts(&new, &old, &both, &variables));
    }
    Some(changes)
}

fn only_value(name: &str, in_new: bool) -> Change {
    Change::Only {
        what: format!("取值“{name}”"),
        in_new,
    }
}

fn only_question(name: &str, in_new: bool) -> Change {
    Change::Only {
        what: format!("“{name}”"),
        in_new,
    }
}

fn only_decision(name: &str, in_new: bool) -> Change {
    Change::Only {
        what: format!("判断“{name}”"),
        in_new,
    }
}

/// Both versions with the same list of questions: those of the new version, then what only the old one asks.
fn over_the_same_questions(
    old: &SelfCheck,
    new: &SelfCheck,
    changes: &mut Vec<Change>,
) -> (SelfCheck, SelfCheck) {
    let mut questions = new.questions.clone();
    // Of each old question, its place in the common list.
    let mut place: Vec<QuestionId> = Vec::new();
    for question in &old.questions {
        let name = &question.name.value;
        let same = new
            .question(name)
            .filter(|other| alike(&new[*other].domain, &question.domain));
        place.push(same.unwrap_or_else(|| {
            changes.push(only_question(name, false));
            let mut question = question.clone();
            if new.question(name).is_some() {
                question.name.value.push_str("（旧）");
            }
            questions.push(question);
            QuestionId::new(questions.len() - 1)
        }));
    }
    for id in new.question_ids() {
        if !place.contains(&id) {
            changes.push(only_question(&new[id].name.value, true));
        }
    }
    let (mut old, mut new) = (old.clone(), new.clone());
    for condition in &mut old.conditions {
        let test = &mut condition.test;
        test.with_questions(|question| place[question.index()]);
    }
    for computed in &mut old.computed {
        computed
            .definition
            .with_questions(|question| place[question.index()]);
    }
    old.questions.clone_from(&questions);
    new.questions = questions;
    (old, new)
}

/// The two versions of one decision.
struct Pair<'a> {
    old: &'a SelfCheck,
    new: &'a SelfCheck,
    was: &'a Decision,
    is: &'a Decision,
}

impl Pair<'_> {
    /// Which pairs of outcomes meet, and a person for each pair of different ones.
    fn outcomes(
        &self,
        (a, b): (NodeId, NodeId),
        variables: &[Variable],
        diagram: &mut Diagram,
        changes: &mut Vec<Change>,
    ) {
        let mut met = meet(diagram, a, b);
        met.retain(|(a, b)| *a < TERMINALS && *b < TERMINALS);
        for (from, to) in met {
            let was = &self.was.outcomes[from as usize].name.value;
            let is = &self.is.outcomes[to as usize].name.value;
            if was == is {
                continue;
            }
            let both = both_hold(diagram, a, b, (from, to), &mut BTreeMap::new());
            if both == FALSE {
                continue;
            }
            changes.push(Change::Outcome {
                decision: self.was.name.value.clone(),
                before: was.clone(),
                after: is.clone(),
                person: person(self.new, variables, diagram, both, TRUE),
            });
        }
    }

    /// Outcomes of the same name that give or ask something else.
    fn attributes(&self, changes: &mut Vec<Change>) {
        for was in &self.was.outcomes {
            let mut outcomes = self.is.outcomes.iter();
            let Some(is) = outcomes.find(|outcome| outcome.name.value == was.name.value) else {
                continue;
            };
            let (before, after) = (given(self.old, was), given(self.new, is));
            if before != after {
                changes.push(Change::Attributes {
                    decision: self.was.name.value.clone(),
                    outcome: was.name.value.clone(),
                    removed: before.difference(&after).cloned().collect(),
                    added: after.difference(&before).cloned().collect(),
                });
            }
        }
    }
}

fn given(check: &SelfCheck, outcome: &Outcome) -> BTreeSet<String> {
    outcome
        .attributes
        .iter()
        .map(|(attribute, provision)| {
            format!(
                "{}：{}",
                attribute.label(check.language),
                check[*provision].text
            )
        })
        .collect()
}

/// Whether two domains take the same answers.
fn alike(a: &Domain, b: &Domain) -> bool {
    match (a, b) {
        (
            Domain::Options {
                style: a,
                options: left,
            },
            Domain::Options {
                style: b,
                options: right,
            },
        ) => {
            a == b
                && left.len() == right.len()
                && left.iter().zip(right).all(|(a, b)| a.name == b.name)
        }
        (
            Domain::Range {
                scale: a,
                bounds: a_bounds,
                unit: a_unit,
            },
            Domain::Range {
                scale: b,
                bounds: b_bounds,
                unit: b_unit,
            },
        ) => (a, a_bounds, a_unit) == (b, b_bounds, b_unit),
        _ => false,
    }
}

/// All pairs of functions that some person leads to at once.
fn meet(diagram: &Diagram, a: NodeId, b: NodeId) -> BTreeSet<(NodeId, NodeId)> {
    let mut seen = BTreeSet::new();
    let mut stack = vec![(a, b)];
    while let Some((a, b)) = stack.pop() {
        if seen.insert((a, b)) && (a >= TERMINALS || b >= TERMINALS) {
            stack.extend(diagram.pairs(a, b).1);
        }
    }
    seen
}

/// True where the first function is `wanted.0` and the second `wanted.1`.
fn both_hold(
    diagram: &mut Diagram,
    a: NodeId,
    b: NodeId,
    wanted: (NodeId, NodeId),
    done: &mut BTreeMap<(NodeId, NodeId), NodeId>,
) -> NodeId {
    if a < TERMINALS && b < TERMINALS {
        return NodeId::from((a, b) == wanted);
    }
    if let Some(found) = done.get(&(a, b)) {
        return *found;
    }
    let (level, pairs) = diagram.pairs(a, b);
    let children: Vec<NodeId> = pairs
        .into_iter()
        .map(|(a, b)| both_hold(diagram, a, b, wanted, done))
        .collect();
    let node = diagram.node(level, &children);
    done.insert((a, b), node);
    node
}
