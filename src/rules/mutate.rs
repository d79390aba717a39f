//! Mutation: would an example notice if somebody changed the rules by one small edit?
//!
//! Every clause that a decision asks is negated, every member of all/any dropped, all and any exchanged, every threshold
//! moved by one, every comparison made strict or not, one option of each class added or removed, neighbouring outcomes
//! exchanged. An edit that changes nobody's result is no edit and does not count.

use std::collections::HashMap;

use super::analysis::{person, used_clauses};
use super::check::*;
use super::diagram::{Diagram, NodeId, TERMINALS};
use super::lower::{Lowering, Program, lower};
use super::nothing_known;
use super::value::{next, previous, show};
use super::variables::{Variable, variables};
use crate::diag::{Diagnostic, Sink, Span, codes};

/// Edits that change somebody's result, and how many of them an example notices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Score {
    pub edits: usize,
    pub noticed: usize,
}

/// So many survivors are listed one by one.
const MOST_LISTED: usize = 12;

struct Edit {
    span: Span,
    words: (String, String),
    check: Check,
}

/// Tries all edits.
///
/// # Diagnostics
/// MB0317.
pub fn mutate(check: &Check, program: &Program, sink: &mut Sink) -> Score {
    let mut score = Score::default();
    let mut listed = 0;
    for edit in edits(check) {
        if noticed(&edit.check) {
            score.edits += 1;
            score.noticed += 1;
            continue;
        }
        let Some(who) = somebody(check, &edit.check) else {
            continue;
        };
        score.edits += 1;
        listed += 1;
        if listed <= MOST_LISTED {
            sink.push(
                Diagnostic::new(
                    &codes::UNTESTED,
                    edit.span,
                    format!("{}，没有例子发现", edit.words.0),
                    format!("{}: no example notices", edit.words.1),
                )
                .hint(
                    format!("补一个例子：{who}"),
                    format!("add an example: {who}"),
                ),
            );
        }
    }
    let _ = program;
    score
}

/// Whether some example comes out differently. An edit that cannot be compiled is noticed by the compiler.
fn noticed(check: &Check) -> bool {
    let mut silent = Sink::default();
    let Some(variables) = variables(check, &mut silent) else {
        return true;
    };
    let program = lower(check, variables);
    check.examples.iter().any(|example| {
        let mut known = nothing_known(check);
        for (fact, answer) in &example.answers {
            known[*fact] = *answer;
        }
        let masks: Vec<u32> = program
            .variables
            .iter()
            .map(|variable| variable.possible(&known))
            .collect();
        let mut seen = HashMap::new();
        example.expect.iter().any(|(decision, expected)| {
            let bits = expected.value.iter().fold(0, |bits, o| bits | 1_u32 << o);
            reach(
                &program.diagram,
                program.decisions[*decision],
                &masks,
                &mut seen,
            ) != bits
        })
    })
}

/// The leaves that are reached through the classes still possible.
fn reach(diagram: &Diagram, node: NodeId, masks: &[u32], seen: &mut HashMap<NodeId, u32>) -> u32 {
    if node < TERMINALS {
        return 1 << node;
    }
    if let Some(found) = seen.get(&node) {
        return *found;
    }
    let mask = masks[diagram.level(node)];
    let leaves = diagram
        .children(node)
        .iter()
        .enumerate()
        .filter(|(class, _)| mask & 1 << class != 0)
        .fold(0, |bits, (_, &child)| {
            bits | reach(diagram, child, masks, seen)
        });
    seen.insert(node, leaves);
    leaves
}

/// A person whose result the edit changes, in words; none if it changes nobody's.
fn somebody(before: &Check, after: &Check) -> Option<String> {
    // Both in one diagram: the clauses of both cut the values.
    let mut both = before.clone();
    let shift = both.clauses.len();
    both.clauses.extend(after.clauses.iter().cloned());
    let mut silent = Sink::default();
    let variables: Vec<Variable> = variables(&both, &mut silent)?;
    let mut diagram = Diagram::new(variables.iter().map(Variable::classes).collect());
    debug_assert_eq!(shift, after.clauses.len());
    let mut old = Lowering::new(before, &variables);
    let mut new = Lowering::new(after, &variables);
    for decision in 0..before.decisions.len() {
        let a = old.decision(&mut diagram, decision);
        let b = new.decision(&mut diagram, decision);
        // Outcomes were exchanged: compare what they are called.
        let b = rename(&mut diagram, b, before, after, decision);
        if a != b {
            let differ = differing(&mut diagram, a, b);
            let program = Program {
                variables,
                diagram,
                decisions: Vec::new(),
                clauses: Vec::new(),
            };
            return Some(person(before, &program, differ, super::diagram::TRUE));
        }
    }
    None
}

fn rename(
    diagram: &mut Diagram,
    node: NodeId,
    before: &Check,
    after: &Check,
    decision: usize,
) -> NodeId {
    let (old, new) = (
        &before.decisions[decision].outcomes,
        &after.decisions[decision].outcomes,
    );
    let names: Vec<NodeId> = new
        .iter()
        .map(|outcome| {
            let place = old.iter().position(|o| o.name.value == outcome.name.value);
            place
                .and_then(|i| NodeId::try_from(i).ok())
                .unwrap_or(TERMINALS - 1)
        })
        .collect();
    let mut done = HashMap::new();
    rename_node(diagram, node, &names, &mut done)
}

fn rename_node(
    diagram: &mut Diagram,
    node: NodeId,
    names: &[NodeId],
    done: &mut HashMap<NodeId, NodeId>,
) -> NodeId {
    if node < TERMINALS {
        return names[node as usize];
    }
    if let Some(found) = done.get(&node) {
        return *found;
    }
    let children = diagram.children(node).to_vec();
    let children: Vec<NodeId> = children
        .into_iter()
        .map(|child| rename_node(diagram, child, names, done))
        .collect();
    let level = diagram.level(node);
    let new = diagram.node(level, &children);
    done.insert(node, new);
    new
}

/// True where two functions have different leaves.
pub fn differing(diagram: &mut Diagram, a: NodeId, b: NodeId) -> NodeId {
    let mut done = HashMap::new();
    differing_nodes(diagram, a, b, &mut done)
}

fn differing_nodes(
    diagram: &mut Diagram,
    a: NodeId,
    b: NodeId,
    done: &mut HashMap<(NodeId, NodeId), NodeId>,
) -> NodeId {
    if a == b {
        return super::diagram::FALSE;
    }
    if a < TERMINALS && b < TERMINALS {
        return super::diagram::TRUE;
    }
    if let Some(found) = done.get(&(a, b)) {
        return *found;
    }
    let level = diagram.level(a).min(diagram.level(b));
    let of = |diagram: &Diagram, node: NodeId, class: usize| {
        if diagram.level(node) == level {
            diagram.children(node)[class]
        } else {
            node
        }
    };
    let classes = if diagram.level(a) == level {
        diagram.children(a).len()
    } else {
        diagram.children(b).len()
    };
    let children: Vec<NodeId> = (0..classes)
        .map(|class| {
            let (a, b) = (of(diagram, a, class), of(diagram, b, class));
            differing_nodes(diagram, a, b, done)
        })
        .collect();
    let node = diagram.node(level, &children);
    done.insert((a, b), node);
    node
}

fn edits(check: &Check) -> Vec<Edit> {
    let mut list = Vec::new();
    for clause in used_clauses(check) {
        let span = check.clauses[clause].span;
        let mut edit = |test: Test, zh: String, en: String| {
            let mut edited = check.clone();
            edited.clauses[clause].test = test;
            list.push(Edit {
                span,
                words: (zh, en),
                check: edited,
            });
        };
        match &check.clauses[clause].test {
            Test::All(members) | Test::Any(members) => {
                let all = matches!(check.clauses[clause].test, Test::All(_));
                let made = |members: Vec<ClauseId>, all: bool| {
                    if all {
                        Test::All(members)
                    } else {
                        Test::Any(members)
                    }
                };
                let swapped = made(members.clone(), !all);
                edit(
                    swapped,
                    "把“全部”和“任一”对换".into(),
                    "all and any exchanged".into(),
                );
                for index in 0..members.len() {
                    let mut fewer = members.clone();
                    fewer.remove(index);
                    let test = made(fewer, all);
                    edit(
                        test,
                        format!("去掉第 {} 个条件", index + 1),
                        format!("member {} dropped", index + 1),
                    );
                }
            }
            Test::Not(_) | Test::Named(_) => {}
            Test::Options { fact, allowed } => {
                let domain = &check.facts[*fact].domain;
                for option in flips(check, *fact, allowed) {
                    let mut other = allowed.clone();
                    other[option] = !other[option];
                    let name = &domain.options()[option].name;
                    let test = Test::Options {
                        fact: *fact,
                        allowed: other,
                    };
                    let (zh, en) = if allowed[option] {
                        (
                            format!("去掉选项“{name}”"),
                            format!("option \"{name}\" removed"),
                        )
                    } else {
                        (
                            format!("加上选项“{name}”"),
                            format!("option \"{name}\" added"),
                        )
                    };
                    edit(test, zh, en);
                }
                if domain.options().len() == 2 {
                    let test = Test::Options {
                        fact: *fact,
                        allowed: allowed.iter().map(|a| !a).collect(),
                    };
                    edit(test, "条件反过来".into(), "condition negated".into());
                }
            }
            Test::Within { fact, ranges } => {
                let Domain::Range {
                    scale,
                    lo,
                    hi,
                    unit,
                } = &check.facts[*fact].domain
                else {
                    continue;
                };
                for index in 0..ranges.len() {
                    for (end, up) in [(0, true), (0, false), (1, true), (1, false)] {
                        let mut other = ranges.clone();
                        let value = if end == 0 {
                            &mut other[index].0
                        } else {
                            &mut other[index].1
                        };
                        if value == lo && end == 0 || value == hi && end == 1 {
                            continue;
                        }
                        let old = *value;
                        *value = if up {
                            next(*scale, old)
                        } else {
                            previous(*scale, old)
                        };
                        let (old, new) = (show(*scale, unit, old), show(*scale, unit, *value));
                        let test = Test::Within {
                            fact: *fact,
                            ranges: other.into_iter().filter(|(lo, hi)| lo <= hi).collect(),
                        };
                        edit(
                            test,
                            format!("把 {old} 改成 {new}"),
                            format!("{old} made {new}"),
                        );
                    }
                }
                edit(
                    negated(ranges, *scale, (*lo, *hi), *fact),
                    "条件反过来".into(),
                    "condition negated".into(),
                );
            }
            Test::Order {
                left,
                right,
                allowed,
            } => {
                let [less, equal, greater] = *allowed;
                for (allowed, zh, en) in [
                    (
                        [less, !equal, greater],
                        "“等于”算不算对换",
                        "equality exchanged",
                    ),
                    (
                        [greater, equal, less],
                        "高低对换",
                        "greater and less exchanged",
                    ),
                    ([!less, !equal, !greater], "条件反过来", "condition negated"),
                ] {
                    let test = Test::Order {
                        left: *left,
                        right: *right,
                        allowed,
                    };
                    edit(test, zh.into(), en.into());
                }
            }
            Test::SameYear { left, right } => edit(
                Test::Order {
                    left: *left,
                    right: *right,
                    allowed: [false, true, false],
                },
                "“同年”改成同一天".into(),
                "same year made same day".into(),
            ),
            Test::Dated { fact, by, periods } => {
                for index in 0..periods.len() {
                    for up in [true, false] {
                        let mut other = periods.clone();
                        let period = &mut other[index];
                        let (least, most) = check.facts[*fact].domain.bounds();
                        let step = if up { 1 } else { -1 };
                        if period.lo > least {
                            period.lo += step;
                        } else if period.hi < most {
                            period.hi += step;
                        }
                        let test = Test::Dated {
                            fact: *fact,
                            by: *by,
                            periods: other,
                        };
                        edit(
                            test,
                            format!("第 {} 个时段的值差 1", index + 1),
                            format!("value of period {} off by one", index + 1),
                        );
                    }
                }
            }
        }
    }
    for (index, decision) in check.decisions.iter().enumerate() {
        // The last one is the default and cannot be exchanged.
        for first in 0..decision.outcomes.len().saturating_sub(2) {
            let mut edited = check.clone();
            edited.decisions[index].outcomes.swap(first, first + 1);
            // Examples name outcomes by place: the places move with them.
            for example in &mut edited.examples {
                for (decision, expected) in &mut example.expect {
                    if *decision != index {
                        continue;
                    }
                    for outcome in &mut expected.value {
                        if *outcome == first {
                            *outcome = first + 1;
                        } else if *outcome == first + 1 {
                            *outcome = first;
                        }
                    }
                }
            }
            let (a, b) = (&decision.outcomes[first], &decision.outcomes[first + 1]);
            list.push(Edit {
                span: b.name.span,
                words: (
                    format!("“{}”和“{}”的先后对换", a.name.value, b.name.value),
                    format!("\"{}\" and \"{}\" exchanged", a.name.value, b.name.value),
                ),
                check: edited,
            });
        }
    }
    list
}

/// One option of each kind that conditions tell apart, beside the condition itself.
fn flips(check: &Check, fact: FactId, allowed: &[bool]) -> Vec<usize> {
    let mut seen: Vec<Vec<bool>> = Vec::new();
    let tests: Vec<&Vec<bool>> = check
        .clauses
        .iter()
        .filter_map(|clause| match &clause.test {
            Test::Options {
                fact: asked,
                allowed,
            } if *asked == fact => Some(allowed),
            _ => None,
        })
        .collect();
    let small = allowed.len() <= 12;
    (0..allowed.len())
        .filter(|&option| {
            let row: Vec<bool> = tests.iter().map(|test| test[option]).collect();
            let new = !seen.contains(&row);
            if new {
                seen.push(row);
            }
            new || small
        })
        .collect()
}

/// The rest of a fact's range.
fn negated(ranges: &[Known], scale: Scale, (least, most): Known, fact: FactId) -> Test {
    let mut rest = Vec::new();
    let mut at = Some(least);
    for (lo, hi) in ranges {
        if let Some(from) = at
            && from < *lo
        {
            rest.push((from, previous(scale, *lo)));
        }
        at = (*hi < most).then(|| next(scale, *hi));
    }
    if let Some(from) = at {
        rest.push((from, most));
    }
    Test::Within { fact, ranges: rest }
}
