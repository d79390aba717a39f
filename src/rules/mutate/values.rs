//! The small edits of computed values, and whether an example notices them.
//!
//! Comes in: a [`SelfCheck`]. Goes out: a score, and each edit that no example notices. The check is doubled: its second half has copies
//! of all conditions and values, and the edit is made there. So both are functions of one diagram, and an edit that changes nobody's
//! value can be distinguished from one that does.

use super::edits::{edits_of, negated};
use super::{Score, Survivor, differing};
use crate::analysis::{answers, conditions_of_values, person};
use crate::diag::{Sink, Span};
use crate::diagram::TRUE;
use crate::formula::{ComputedId, Definition, Formula, Op, Rounding};
use crate::joined::joined;
use crate::lower::lower;
use crate::nothing_known;
use crate::self_check::*;
use crate::text::Bilingual;
use crate::value::Interval;
use crate::variables::variables;

/// At most this many edits are tried, and at most this many pairs of an edit and an example or a cell of a table.
const MOST_EDITS: usize = 2_000;
const MOST_PAIRS: usize = 400_000;

/// One small edit of the second half.
struct Edit {
    span: Span,
    words: Bilingual,
    change: Change,
}

enum Change {
    /// A condition says something else.
    Test(ConditionId, Test),
    /// A value is defined in another way.
    Definition(ComputedId, Definition),
}

/// Tries all edits of values.
pub fn try_all(check: &SelfCheck) -> (Score, Vec<Survivor>) {
    let mut score = Score::default();
    let mut survivors = Vec::new();
    if check.computed.is_empty() {
        return (score, survivors);
    }
    let plain = without_words(check);
    let formulas = check.computed.iter();
    let formulas = formulas.map(|computed| computed.definition.formulas().len());
    let pairs = formulas.sum::<usize>() + check.examples.len() + check.conditions.len();
    let most = MOST_EDITS.min(MOST_PAIRS / pairs.max(1));
    for edit in edits(check).into_iter().take(most) {
        let doubled = doubled(&plain, &edit.change);
        let Some(variables) = variables(&doubled, &mut Sink::default()) else {
            // The compiler notices.
            score.edits += 1;
            score.noticed += 1;
            continue;
        };
        let mut program = lower(&doubled, variables);
        let count = check.computed.len();
        let pair = |id: ComputedId| {
            let copy = ComputedId::new(id.index() + count);
            (program.values.function(id), program.values.function(copy))
        };
        let mut pairs = check.computed_ids().map(pair);
        let Some(changed) = pairs.find(|(before, after)| before != after) else {
            continue;
        };
        score.edits += 1;
        if !program.values.unsound.is_empty() || notices(check, &program, count) {
            score.noticed += 1;
            continue;
        }
        let differ = differing(&mut program.diagram, changed.0, changed.1);
        let (variables, diagram) = (&program.variables, &program.diagram);
        survivors.push(Survivor {
            span: edit.span,
            words: edit.words,
            who: person(&doubled, variables, diagram, differ, TRUE),
            answers: answers(&doubled, variables, diagram, differ, TRUE),
        });
    }
    (score, survivors)
}

/// Whether the copy of a value is another one than an example expects.
fn notices(check: &SelfCheck, program: &crate::lower::Program, count: usize) -> bool {
    check.examples.iter().any(|example| {
        let mut known: Vec<Interval> = nothing_known(check);
        for (question, answer) in &example.answers {
            known[question.index()] = *answer;
        }
        example.values.iter().any(|(id, expected)| {
            let copy = program.values.functions[id.index() + count];
            let (diagram, variables) = (&program.diagram, &program.variables);
            let range = program.values.range(diagram, variables, copy, &known);
            range != Some(expected.value)
        })
    })
}

/// The check without what values do not need.
fn without_words(check: &SelfCheck) -> SelfCheck {
    SelfCheck {
        provisions: Vec::new(),
        decisions: Vec::new(),
        examples: Vec::new(),
        ..check.clone()
    }
}

/// A check with copies of its conditions and values after them, one of which is changed.
fn doubled(check: &SelfCheck, change: &Change) -> SelfCheck {
    let mut edited = check.clone();
    match change {
        Change::Test(changed, test) => {
            edited.conditions[changed.index()].test = test.clone();
        }
        Change::Definition(changed, definition) => {
            edited.computed[changed.index()].definition = definition.clone();
        }
    }
    joined(check, &edited)
}

fn edits(check: &SelfCheck) -> Vec<Edit> {
    let mut list = Vec::new();
    for id in conditions_of_values(check) {
        let condition = &check[id];
        if condition.repeated {
            continue;
        }
        let mut tests = edits_of(check, &condition.test);
        if let Test::Options { question, allowed } = &condition.test {
            let allowed = allowed.iter().map(|allowed| !allowed).collect();
            let question = *question;
            tests.push((Test::Options { question, allowed }, negated()));
        }
        list.extend(tests.into_iter().map(|(test, words)| Edit {
            span: condition.span,
            words,
            change: Change::Test(id, test),
        }));
    }
    for id in check.computed_ids() {
        list.extend(edits_of_value(check, id));
    }
    list
}

fn edits_of_value(check: &SelfCheck, id: ComputedId) -> Vec<Edit> {
    let mut list = Vec::new();
    let definition = &check[id].definition;
    let mut edit = |span: Span, words: Bilingual, definition: Definition| {
        list.push(Edit {
            span,
            words,
            change: Change::Definition(id, definition),
        });
    };
    for (at, written) in definition.formulas().into_iter().enumerate() {
        for (formula, words) in edits_of_formula(&written.formula) {
            let mut other = definition.clone();
            other.formulas_mut()[at].formula = formula;
            edit(written.text.span, words, other);
        }
    }
    if let Definition::Cases(cases) = definition {
        for first in 0..cases.len().saturating_sub(2) {
            let mut other = cases.clone();
            let (a, b) = (cases[first].when, cases[first + 1].when);
            (other[first].when, other[first + 1].when) = (b, a);
            let formula = other[first].is.clone();
            other[first].is = other[first + 1].is.clone();
            other[first + 1].is = formula;
            let words = Bilingual::new(
                "和前一种情况的先后对换",
                "exchanged with the case before it",
            );
            edit(cases[first + 1].span, words, Definition::Cases(other));
        }
    }
    if let Definition::Table(table) = definition {
        for (at, up) in (0..table.rows.heads.len()).flat_map(|at| [(at, true), (at, false)]) {
            let mut other = table.clone();
            if move_border(check, &mut other.rows, at, up).is_some() {
                let span = table.rows.heads[at].text.span;
                edit(span, border_words(), Definition::Table(other));
            }
        }
        let columns = table
            .columns
            .iter()
            .flat_map(|columns| 0..columns.heads.len());
        for (at, up) in columns.flat_map(|at| [(at, true), (at, false)]) {
            let mut other = table.clone();
            let Some(columns) = &mut other.columns else {
                continue;
            };
            let span = columns.heads[at].text.span;
            if move_border(check, columns, at, up).is_some() {
                edit(span, border_words(), Definition::Table(other));
            }
        }
    }
    list
}

fn border_words() -> Bilingual {
    Bilingual::new("界限差 1", "limit off by one")
}

/// Moves the lower end of a head by one, and with it the upper end of the one below it.
fn move_border(
    check: &SelfCheck,
    side: &mut crate::formula::Side,
    at: usize,
    up: bool,
) -> Option<()> {
    let Test::Within { intervals, .. } = &side.heads[at].test else {
        return None;
    };
    let border = intervals.first()?.lo;
    if border == check[side.question].domain.bounds().lo {
        return None;
    }
    let moved = if up {
        border.next()?
    } else {
        border.previous()?
    };
    for head in &mut side.heads {
        let Test::Within { intervals, .. } = &mut head.test else {
            return None;
        };
        for interval in intervals {
            let is_below = interval.hi.next() == Some(border);
            let (lo, hi) = match (interval.lo == border, is_below) {
                (true, _) => (moved, interval.hi),
                (_, true) => (interval.lo, moved.previous()?),
                _ => continue,
            };
            *interval = Interval::new(lo, hi)?;
        }
    }
    Some(())
}

/// Each constant one up and one down, each operation another one.
fn edits_of_formula(formula: &Formula) -> Vec<(Formula, Bilingual)> {
    let mut list = own_edits(formula);
    if let Formula::Make(op, parts) = formula {
        for (at, part) in parts.iter().enumerate() {
            for (edited, words) in edits_of_formula(part) {
                let mut parts = parts.clone();
                parts[at] = edited;
                list.push((Formula::Make(*op, parts), words));
            }
        }
    }
    list
}

fn own_edits(formula: &Formula) -> Vec<(Formula, Bilingual)> {
    match formula {
        Formula::Constant(number) => [number.saturating_add(1), number.saturating_sub(1)]
            .into_iter()
            .filter(|other| *other >= 0 || *number < 0)
            .map(|other| {
                let words = Bilingual::new("算式里的数差 1", "number of the formula off by one");
                (Formula::Constant(other), words)
            })
            .collect(),
        Formula::Make(op, parts) => {
            let (other, words) = match op {
                Op::Least => (Op::Greatest, ("较小改成较大", "min changed to max")),
                Op::Greatest => (Op::Least, ("较大改成较小", "max changed to min")),
                Op::Add if parts.len() == 2 => (Op::Subtract, ("加改成减", "+ changed to −")),
                Op::Subtract => (Op::Add, ("减改成加", "− changed to +")),
                Op::Divide(Rounding::Down) => (
                    Op::Divide(Rounding::Up),
                    ("舍去改成进一", "down changed to up"),
                ),
                Op::Divide(_) => (
                    Op::Divide(Rounding::Down),
                    ("取整改成舍去", "rounding changed to down"),
                ),
                _ => return Vec::new(),
            };
            let words = Bilingual::new(words.0, words.1);
            vec![(Formula::Make(other, parts.clone()), words)]
        }
        _ => Vec::new(),
    }
}
