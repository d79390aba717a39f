//! Comparing the computed values of two versions: whose value is another one, and by how much.

use super::{Change, only_value};
use crate::analysis::person;
use crate::arithmetic::Extent;
use crate::diagram::TRUE;
use crate::formula::ComputedId;
use crate::lower::{Program, lower};
use crate::mutate::differing;
use crate::nothing_known;
use crate::self_check::SelfCheck;
use crate::value::Interval;
use crate::variables::Variable;

/// Compares the values of a check with those of an older version, which come after them in `both`.
pub fn amounts(
    new: &SelfCheck,
    old: &SelfCheck,
    both: &SelfCheck,
    variables: &[Variable],
) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut program = lower(both, variables.to_vec());
    for id in new.computed_ids() {
        let name = &new[id].name.value;
        let Some(before) = old.computed(name) else {
            changes.push(only_value(name, true));
            continue;
        };
        let copy = ComputedId::new(before.index() + new.computed.len());
        let pair = (program.values.function(copy), program.values.function(id));
        if pair.0 == pair.1 {
            continue;
        }
        let differ = differing(&mut program.diagram, pair.0, pair.1);
        let way = program.diagram.way(differ, TRUE).unwrap_or_default();
        if let Some((was, is, known)) = an_instance(both, &program, pair, &way) {
            changes.push(Change::Amount {
                value: name.clone(),
                before: old[before].show_range(new.language, was),
                after: new[id].show_range(new.language, is),
                person: words(both, &program, &way, &known, differ),
            });
        }
    }
    for value in &old.computed {
        let name = &value.name.value;
        if new.computed(name).is_none() {
            changes.push(only_value(name, false));
        }
    }
    changes
}

/// Answers on a way for which two functions have different values: those in the middle of what is possible, or at its ends.
fn an_instance(
    check: &SelfCheck,
    program: &Program,
    (was, is): (u32, u32),
    way: &[(usize, usize)],
) -> Option<(Extent, Extent, Vec<Interval>)> {
    let mut known = nothing_known(check);
    for (level, class) in way {
        let variable = &program.variables[*level];
        let part = variable.part(check, *class);
        let values = variable.representative(check, *class).into_iter();
        for (question, value) in variable.questions().into_iter().zip(values) {
            known[question.index()] = part.unwrap_or(Interval::exactly(value));
        }
    }
    let range = |function: u32, known: &[Interval]| {
        let (diagram, variables) = (&program.diagram, &program.variables);
        program.values.range(diagram, variables, function, known)
    };
    for share in [2, 1, 4, 8] {
        let exact: Vec<Interval> = known
            .iter()
            .map(|known| {
                let steps = crate::derived::distance(known.lo, known.hi);
                Interval::exactly(crate::derived::moved(known.lo, steps / share))
            })
            .collect();
        let (before, after) = (range(was, &exact)?, range(is, &exact)?);
        if before != after {
            return Some((before, after, exact));
        }
    }
    let exact: Vec<Interval> = known
        .iter()
        .map(|known| Interval::exactly(known.lo))
        .collect();
    let (before, after) = (range(was, &exact)?, range(is, &exact)?);
    (before != after).then_some((before, after, exact))
}

/// A person in words: the way, and the other answers that change a value.
fn words(
    check: &SelfCheck,
    program: &Program,
    way: &[(usize, usize)],
    known: &[Interval],
    differ: u32,
) -> String {
    let mut words = Vec::new();
    if !way.is_empty() {
        words.push(person(
            check,
            &program.variables,
            &program.diagram,
            differ,
            TRUE,
        ));
    }
    let tested = |question| {
        way.iter()
            .any(|(level, _)| program.variables[*level].has(question))
    };
    for question in check.question_ids() {
        if program.level_of(question).is_some() && !tested(question) {
            let answer =
                crate::known::show_known(check.language, &check[question], known[question.index()]);
            words.push(format!("{}：{answer}", check[question].name.value));
        }
    }
    words.join("，")
}
