//! Comparing two versions of a rule file: who would get another answer, with a person for each difference.
//!
//! Comes in: two [`Check`]s. Goes out: [`Change`]s. Both are put into one diagram over the same facts, so that the
//! comparison is exact and complete: what is not listed is the same for everybody.

use std::collections::{BTreeMap, BTreeSet};

use super::analysis::person;
use super::check::*;
use super::diagram::{Diagram, FALSE, NodeId, TERMINALS, TRUE};
use super::lower::Lowering;
use super::variables::{Variable, variables};
use crate::diag::Sink;

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
pub fn compare(old: &Check, new: &Check, sink: &mut Sink) -> Option<Vec<Change>> {
    let mut changes = Vec::new();
    // Facts of both: those of the new version, then what only the old one asks.
    let mut facts = new.facts.clone();
    let place: Vec<FactId> = old
        .facts
        .iter()
        .map(|fact| {
            let same = new.facts.iter().position(|other| {
                other.name.value == fact.name.value && alike(&other.domain, &fact.domain)
            });
            same.unwrap_or_else(|| {
                let mut fact = fact.clone();
                changes.push(Change::Only {
                    what: format!("“{}”", fact.name.value),
                    in_new: false,
                });
                if new.fact(&fact.name.value).is_some() {
                    fact.name.value.push_str("（旧）");
                }
                facts.push(fact);
                facts.len() - 1
            })
        })
        .collect();
    for fact in 0..new.facts.len() {
        if !place.contains(&fact) {
            changes.push(Change::Only {
                what: format!("“{}”", new.facts[fact].name.value),
                in_new: true,
            });
        }
    }
    let mut old = old.clone();
    old.facts.clone_from(&facts);
    for clause in &mut old.clauses {
        moved(&mut clause.test, &place);
    }
    let mut new = new.clone();
    new.facts = facts;
    let mut both = new.clone();
    both.clauses.extend(old.clauses.iter().cloned());
    let variables = variables(&both, sink)?;
    let mut diagram = Diagram::new(variables.iter().map(Variable::classes).collect());
    let (mut before, mut after) = (
        Lowering::new(&old, &variables),
        Lowering::new(&new, &variables),
    );
    for (index, decision) in old.decisions.iter().enumerate() {
        let name = &decision.name.value;
        let Some(other) = new.decision(name) else {
            changes.push(Change::Only {
                what: format!("判断“{name}”"),
                in_new: false,
            });
            continue;
        };
        let a = before.decision(&mut diagram, index);
        let b = after.decision(&mut diagram, other);
        // Which pairs of outcomes meet, and where.
        let mut met = meet(&diagram, a, b);
        met.retain(|(a, b)| *a < TERMINALS && *b < TERMINALS);
        for (from, to) in met {
            let was = &decision.outcomes[from as usize];
            let is = &new.decisions[other].outcomes[to as usize];
            if was.name.value == is.name.value {
                continue;
            }
            let where_ = both_hold(&mut diagram, a, b, (from, to), &mut BTreeMap::new());
            if where_ == FALSE {
                continue;
            }
            changes.push(Change::Outcome {
                decision: name.clone(),
                before: was.name.value.clone(),
                after: is.name.value.clone(),
                person: person(&new, &variables, &diagram, where_, TRUE),
            });
        }
        for was in &decision.outcomes {
            let Some(is) = new.decisions[other]
                .outcomes
                .iter()
                .find(|outcome| outcome.name.value == was.name.value)
            else {
                continue;
            };
            let (was_given, is_given) = (given(&old, was), given(&new, is));
            if was_given != is_given {
                changes.push(Change::Attributes {
                    decision: name.clone(),
                    outcome: was.name.value.clone(),
                    removed: was_given.difference(&is_given).cloned().collect(),
                    added: is_given.difference(&was_given).cloned().collect(),
                });
            }
        }
    }
    for decision in &new.decisions {
        let name = &decision.name.value;
        if old.decision(name).is_none() {
            changes.push(Change::Only {
                what: format!("判断“{name}”"),
                in_new: true,
            });
        }
    }
    Some(changes)
}

fn given(check: &Check, outcome: &Outcome) -> BTreeSet<String> {
    outcome
        .attributes
        .iter()
        .map(|(attribute, provision)| {
            format!(
                "{}：{}",
                ATTRIBUTES[*attribute].1, check.provisions[*provision].text
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
                lo: a_lo,
                hi: a_hi,
                unit: a_unit,
            },
            Domain::Range {
                scale: b,
                lo: b_lo,
                hi: b_hi,
                unit: b_unit,
            },
        ) => (a, a_lo, a_hi, a_unit) == (b, b_lo, b_hi, b_unit),
        _ => false,
    }
}

/// Gives the facts of a clause their places in the common list.
fn moved(test: &mut Test, place: &[FactId]) {
    match test {
        Test::Options { fact, .. } | Test::Within { fact, .. } => *fact = place[*fact],
        Test::Order { left, right, .. } | Test::SameYear { left, right } => {
            *left = place[*left];
            *right = place[*right];
        }
        Test::Dated { fact, by, .. } => {
            *fact = place[*fact];
            *by = place[*by];
        }
        Test::All(_) | Test::Any(_) | Test::Not(_) | Test::Named(_) => {}
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
