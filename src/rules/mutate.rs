//! Mutation: would an example notice if somebody changed the rules by one small edit?
//!
//! Every clause that a decision asks is negated, every member of all/any dropped, all and any exchanged, every threshold
//! moved by one, every comparison made strict or not, one option of each class added or removed, neighbouring outcomes
//! exchanged. An edit that changes nobody's result is no edit and does not count.

use rustc_hash::FxHashMap;

use super::analysis::{ANYBODY, person, used_clauses};
use super::check::*;
use super::diagram::{Diagram, FALSE, NodeId, TERMINALS, TRUE};
use super::lower::Lowering;
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
    what: What,
}

enum What {
    /// A clause says something else.
    Clause(ClauseId, Test),
    /// A clause says the contrary.
    Negated(ClauseId),
    /// An outcome and the next one of a decision change places.
    Swapped(usize, usize),
}

/// Tries all edits.
///
/// # Diagnostics
/// MB0317.
pub fn mutate(check: &Check, sink: &mut Sink) -> Score {
    let edits = edits(check);
    let mut score = Score::default();
    let mut survivors = Vec::new();
    try_edits(check, &edits, &mut score, &mut survivors);
    for (edit, who) in survivors.into_iter().take(MOST_LISTED) {
        sink.push(
            Diagnostic::new(
                &codes::UNTESTED,
                edit.span,
                format!("{}，没有例子发现", edit.words.0),
                format!("{}: no example notices", edit.words.1),
            )
            .hint(
                if who == ANYBODY {
                    "补一个问题都答了的例子".to_owned()
                } else {
                    format!("补一个例子：{who}")
                },
                format!("add an example: {who}"),
            ),
        );
    }
    score
}

/// Tries edits in one diagram, whose classes are cut by the thresholds of all of them; halves the list where
/// that makes too many classes.
fn try_edits<'e>(
    check: &Check,
    edits: &'e [Edit],
    score: &mut Score,
    survivors: &mut Vec<(&'e Edit, String)>,
) {
    if edits.is_empty() {
        return;
    }
    // Every clause as it is and as any edit has it, so that all values are told apart.
    let mut all = check.clone();
    let own = all.clauses.len();
    let mut edited: Vec<Option<ClauseId>> = Vec::new();
    for edit in edits {
        edited.push(match &edit.what {
            What::Clause(clause, test) => {
                let mut clause = check.clauses[*clause].clone();
                clause.test = test.clone();
                all.clauses.push(clause);
                Some(all.clauses.len() - 1)
            }
            _ => None,
        });
    }
    let Some(variables) = variables(&all, &mut Sink::default()) else {
        let (first, second) = edits.split_at(edits.len() / 2);
        if first.is_empty() {
            // One edit that cannot be compiled: the compiler notices.
            score.edits += 1;
            score.noticed += 1;
            return;
        }
        try_edits(check, first, score, survivors);
        try_edits(check, second, score, survivors);
        return;
    };
    let mut diagram = Diagram::new(variables.iter().map(Variable::classes).collect());
    let mut lowering = Lowering::new(&all, &variables);
    let functions: Vec<NodeId> = (0..own)
        .map(|clause| lowering.clause(&mut diagram, clause))
        .collect();
    let decisions: Vec<NodeId> = (0..check.decisions.len())
        .map(|decision| lowering.decision(&mut diagram, decision))
        .collect();
    let cases = cases(check, &variables);
    for (edit, edited) in edits.iter().zip(edited) {
        let new: Vec<NodeId> = match &edit.what {
            What::Swapped(decision, first) => {
                let mut new = decisions.clone();
                new[*decision] = swapped(check, &functions, &mut diagram, *decision, *first);
                new
            }
            What::Clause(clause, _) | What::Negated(clause) => {
                let function = match edited {
                    Some(edited) => lowering.clause(&mut diagram, edited),
                    None => diagram.not(functions[*clause]),
                };
                let mut lowering = Lowering::changed(check, &variables, &functions, *clause);
                lowering.set(*clause, function);
                (0..decisions.len())
                    .map(|decision| lowering.decision(&mut diagram, decision))
                    .collect()
            }
        };
        let Some(changed) = (0..new.len()).find(|&d| new[d] != decisions[d]) else {
            continue;
        };
        score.edits += 1;
        if noticed(&cases, &diagram, &decisions, &new) {
            score.noticed += 1;
            continue;
        }
        let differ = differing(&mut diagram, decisions[changed], new[changed]);
        let who = person(check, &variables, &diagram, differ, TRUE);
        survivors.push((edit, who));
    }
}

/// An example: the classes still possible of each variable, and the outcomes expected of decisions, as bits.
struct Case {
    masks: Vec<u32>,
    expect: Vec<(usize, u32)>,
}

fn cases(check: &Check, variables: &[Variable]) -> Vec<Case> {
    let everything = nothing_known(check);
    check
        .examples
        .iter()
        .map(|example| {
            let mut known = everything.clone();
            for (fact, answer) in &example.answers {
                known[*fact] = *answer;
            }
            let bits = |outcomes: &[usize]| outcomes.iter().fold(0, |bits, o| bits | 1_u32 << o);
            Case {
                masks: variables.iter().map(|v| v.possible(&known)).collect(),
                expect: example
                    .expect
                    .iter()
                    .map(|(decision, outcomes)| (*decision, bits(&outcomes.value)))
                    .collect(),
            }
        })
        .collect()
}

/// Whether some example comes out differently.
fn noticed(cases: &[Case], diagram: &Diagram, old: &[NodeId], new: &[NodeId]) -> bool {
    let mut seen = FxHashMap::default();
    cases.iter().any(|case| {
        seen.clear();
        case.expect.iter().any(|(decision, bits)| {
            new[*decision] != old[*decision]
                && reach(diagram, new[*decision], &case.masks, &mut seen) != *bits
        })
    })
}

/// The leaves that are reached through the classes still possible.
fn reach(diagram: &Diagram, node: NodeId, masks: &[u32], seen: &mut FxHashMap<NodeId, u32>) -> u32 {
    if node < TERMINALS {
        return 1 << node;
    }
    let mask = masks[diagram.level(node)];
    let children = diagram.children(node);
    // A question that is answered has one way on.
    if mask.is_power_of_two() {
        return reach(
            diagram,
            children[mask.trailing_zeros() as usize],
            masks,
            seen,
        );
    }
    if let Some(found) = seen.get(&node) {
        return *found;
    }
    let leaves = children
        .iter()
        .enumerate()
        .filter(|(class, _)| mask & 1 << class != 0)
        .fold(0, |bits, (_, &child)| {
            bits | reach(diagram, child, masks, seen)
        });
    seen.insert(node, leaves);
    leaves
}

/// A decision with two neighbouring outcomes exchanged; its leaves keep their numbers.
fn swapped(
    check: &Check,
    functions: &[NodeId],
    diagram: &mut Diagram,
    decision: usize,
    first: usize,
) -> NodeId {
    let outcomes = &check.decisions[decision].outcomes;
    let mut order: Vec<usize> = (0..outcomes.len() - 1).collect();
    order.swap(first, first + 1);
    let last = NodeId::try_from(outcomes.len() - 1).unwrap_or(0);
    order.into_iter().rev().fold(last, |otherwise, outcome| {
        let when = outcomes[outcome].when.map_or(TRUE, |when| functions[when]);
        let then = NodeId::try_from(outcome).unwrap_or(0);
        diagram.choose(when, then, otherwise)
    })
}

/// True where two functions have different leaves.
fn differing(diagram: &mut Diagram, a: NodeId, b: NodeId) -> NodeId {
    differing_nodes(diagram, a, b, &mut FxHashMap::default())
}

fn differing_nodes(
    diagram: &mut Diagram,
    a: NodeId,
    b: NodeId,
    done: &mut FxHashMap<(NodeId, NodeId), NodeId>,
) -> NodeId {
    if a == b {
        return FALSE;
    }
    if a < TERMINALS && b < TERMINALS {
        return TRUE;
    }
    if let Some(found) = done.get(&(a, b)) {
        return *found;
    }
    let (level, pairs) = diagram.pairs(a, b);
    let children: Vec<NodeId> = pairs
        .into_iter()
        .map(|(a, b)| differing_nodes(diagram, a, b, done))
        .collect();
    let node = diagram.node(level, &children);
    done.insert((a, b), node);
    node
}

fn edits(check: &Check) -> Vec<Edit> {
    let mut list = Vec::new();
    for clause in used_clauses(check) {
        let span = check.clauses[clause].span;
        if Check::asked_by(&check.clauses[clause].test).len() == 1
            || matches!(check.clauses[clause].test, Test::SameYear { .. })
        {
            list.push(Edit {
                span,
                words: ("条件反过来".into(), "condition negated".into()),
                what: What::Negated(clause),
            });
        }
        let mut edit = |test: Test, zh: String, en: String| {
            list.push(Edit {
                span,
                words: (zh, en),
                what: What::Clause(clause, test),
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
            Test::Not(_) | Test::Named(_) | Test::SameYear { .. } => {}
            // Of two options, adding or removing one leaves nothing to decide; the contrary is tried above.
            Test::Options { allowed, .. } if allowed.len() == 2 => {}
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
            let (a, b) = (&decision.outcomes[first], &decision.outcomes[first + 1]);
            list.push(Edit {
                span: b.name.span,
                words: (
                    format!("“{}”和“{}”的先后对换", a.name.value, b.name.value),
                    format!("\"{}\" and \"{}\" exchanged", a.name.value, b.name.value),
                ),
                what: What::Swapped(index, first),
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
