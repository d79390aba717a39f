//! Mutation: would an example notice if somebody changed the rules by one small edit?
//!
//! Comes in: a [`SelfCheck`] and its edits. Goes out: a [`Score`], and a diagnostic for each edit that no example notices. An
//! edit that changes nobody's result is not an edit and does not count.

mod edits;
mod values;

use rustc_hash::FxHashMap;

use self::edits::{Change, Edit, edits};
use crate::analysis::{answers, person};
use crate::class_set::ClassSet;
use crate::diag::{Sink, Span};
use crate::diagram::{Diagram, FALSE, NodeId, TERMINALS, TRUE, leaf};
use crate::examples::bits;
use crate::lower::Lowering;
use crate::messages::judging;
use crate::nothing_known;
use crate::self_check::*;
use crate::text::Bilingual;
use crate::variables::{Variable, variables};

/// Edits that change somebody's result, and how many of them an example notices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Score {
    pub edits: usize,
    pub noticed: usize,
}

/// At most this many survivors are listed one by one.
const MOST_LISTED: usize = 12;

/// Tries all edits.
///
/// # Diagnostics
/// MB0317.
pub fn mutate(check: &SelfCheck, sink: &mut Sink) -> Score {
    let edits = edits(check);
    let mut trial = Trial {
        check,
        score: Score::default(),
        survivors: Vec::new(),
    };
    trial.try_all(&edits);
    let (of_values, survivors) = values::try_all(check);
    for survivor in trial.survivors.iter().chain(&survivors).take(MOST_LISTED) {
        sink.push(judging::unnoticed(
            survivor.span,
            &survivor.words,
            &survivor.who,
            survivor.answers.as_deref(),
        ));
    }
    Score {
        edits: trial.score.edits + of_values.edits,
        noticed: trial.score.noticed + of_values.noticed,
    }
}

/// An edit that no example notices.
struct Survivor {
    span: Span,
    words: Bilingual,
    /// A person whose result it changes, in words and as answers of an example.
    who: String,
    answers: Option<String>,
}

/// Edits that were tried, and those that no example noticed, each with a person whose result it changes.
struct Trial<'a> {
    check: &'a SelfCheck,
    score: Score,
    survivors: Vec<Survivor>,
}

impl<'a> Trial<'a> {
    /// Tries edits in one diagram, whose classes are cut by the thresholds of all of them; halves the list where
    /// that makes too many classes.
    fn try_all(&mut self, edits: &'a [Edit]) {
        if edits.is_empty() {
            return;
        }
        let (all, edited) = with_edits(self.check, edits);
        if let Some(variables) = variables(&all, &mut Sink::default()) {
            let mut bench = Bench::new(self.check, &all, &variables);
            for (edit, edited) in edits.iter().zip(edited) {
                self.try_one(&mut bench, edit, edited);
            }
            return;
        }
        let (first, second) = edits.split_at(edits.len() / 2);
        if first.is_empty() {
            // One edit that cannot be compiled: the compiler notices.
            self.score.edits += 1;
            self.score.noticed += 1;
            return;
        }
        self.try_all(first);
        self.try_all(second);
    }

    fn try_one(&mut self, bench: &mut Bench, edit: &'a Edit, edited: Option<ConditionId>) {
        let new = bench.edited(edit, edited);
        let Some(changed) = (0..new.len()).find(|&d| new[d] != bench.decisions[d]) else {
            return;
        };
        self.score.edits += 1;
        if bench.notices(&new) {
            self.score.noticed += 1;
            return;
        }
        let differ = differing(&mut bench.diagram, bench.decisions[changed], new[changed]);
        let who = person(self.check, bench.variables, &bench.diagram, differ, TRUE);
        let answers = answers(self.check, bench.variables, &bench.diagram, differ, TRUE);
        self.survivors.push(Survivor {
            span: edit.span,
            words: edit.words.clone(),
            who,
            answers,
        });
    }
}

/// The check with every condition as it is and as any edit has it, so that all values are distinguished; and the condition that
/// each edit added.
fn with_edits(check: &SelfCheck, edits: &[Edit]) -> (SelfCheck, Vec<Option<ConditionId>>) {
    let mut all = check.clone();
    let mut edited = Vec::new();
    for edit in edits {
        edited.push(match &edit.change {
            Change::Test(condition, test) => {
                let mut condition = check[*condition].clone();
                condition.test = test.clone();
                all.conditions.push(condition);
                Some(ConditionId::new(all.conditions.len() - 1))
            }
            Change::Negated(_) | Change::Swapped(..) => None,
        });
    }
    (all, edited)
}

/// The functions of a check as it is, in a diagram that also has room for its edits.
struct Bench<'a> {
    check: &'a SelfCheck,
    variables: &'a [Variable],
    diagram: Diagram,
    /// Knows the conditions that edits add.
    lowering: Lowering<'a>,
    conditions: Vec<NodeId>,
    decisions: Vec<NodeId>,
    cases: Vec<Case>,
}

impl<'a> Bench<'a> {
    fn new(check: &'a SelfCheck, all: &'a SelfCheck, variables: &'a [Variable]) -> Self {
        let mut diagram = Diagram::new(variables.iter().map(Variable::classes).collect());
        let mut lowering = Lowering::new(all, variables);
        Self {
            conditions: check
                .condition_ids()
                .map(|condition| lowering.condition(&mut diagram, condition))
                .collect(),
            decisions: check
                .decision_ids()
                .map(|decision| lowering.decision(&mut diagram, decision))
                .collect(),
            cases: cases(check, variables),
            check,
            variables,
            diagram,
            lowering,
        }
    }

    /// The decisions after an edit.
    fn edited(&mut self, edit: &Edit, edited: Option<ConditionId>) -> Vec<NodeId> {
        let condition = match &edit.change {
            Change::Swapped(decision, first) => {
                let mut new = self.decisions.clone();
                new[decision.index()] = self.swapped(*decision, *first);
                return new;
            }
            Change::Test(condition, _) | Change::Negated(condition) => *condition,
        };
        let function = match edited {
            Some(edited) => self.lowering.condition(&mut self.diagram, edited),
            None => self.diagram.not(self.conditions[condition.index()]),
        };
        let mut lowering =
            Lowering::changed(self.check, self.variables, &self.conditions, condition);
        lowering.set(condition, function);
        self.check
            .decision_ids()
            .map(|decision| lowering.decision(&mut self.diagram, decision))
            .collect()
    }

    /// A decision with two neighbouring outcomes exchanged; its leaves keep their numbers.
    fn swapped(&mut self, decision: DecisionId, first: usize) -> NodeId {
        let outcomes = &self.check[decision].outcomes;
        let last = outcomes.len() - 1;
        let mut order: Vec<usize> = (0..last).collect();
        order.swap(first, first + 1);
        order
            .into_iter()
            .rev()
            .fold(leaf(last), |otherwise, outcome| {
                let when = outcomes[outcome].when;
                let when = when.map_or(TRUE, |when| self.conditions[when.index()]);
                self.diagram.choose(when, leaf(outcome), otherwise)
            })
    }

    /// Whether some example comes out differently.
    fn notices(&self, new: &[NodeId]) -> bool {
        let mut seen = FxHashMap::default();
        self.cases.iter().any(|case| {
            seen.clear();
            case.expect.iter().any(|(decision, bits)| {
                let function = new[decision.index()];
                function != self.decisions[decision.index()]
                    && reach(&self.diagram, function, &case.masks, &mut seen) != *bits
            })
        })
    }
}

/// An example: the classes still possible of each variable, and the outcomes expected of decisions, as bits.
struct Case {
    masks: Vec<ClassSet>,
    expect: Vec<(DecisionId, u64)>,
}

fn cases(check: &SelfCheck, variables: &[Variable]) -> Vec<Case> {
    let everything = nothing_known(check);
    check
        .examples
        .iter()
        .map(|example| {
            let mut known = everything.clone();
            for (question, answer) in &example.answers {
                known[question.index()] = *answer;
            }
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

/// The leaves that are reached through the classes still possible.
fn reach(
    diagram: &Diagram,
    node: NodeId,
    masks: &[ClassSet],
    seen: &mut FxHashMap<NodeId, u64>,
) -> u64 {
    if node < TERMINALS {
        return 1 << node;
    }
    let mask = masks[diagram.level(node)];
    let children = diagram.children(node);
    // A question that is answered has one way on.
    if let Some(class) = mask.first()
        && mask.len() == 1
    {
        return reach(diagram, children[class], masks, seen);
    }
    if let Some(found) = seen.get(&node) {
        return *found;
    }
    let leaves = children
        .iter()
        .enumerate()
        .filter(|(class, _)| mask.contains(*class))
        .fold(0, |bits, (_, &child)| {
            bits | reach(diagram, child, masks, seen)
        });
    seen.insert(node, leaves);
    leaves
}

/// True where two functions have different leaves.
pub(crate) fn differing(diagram: &mut Diagram, a: NodeId, b: NodeId) -> NodeId {
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
