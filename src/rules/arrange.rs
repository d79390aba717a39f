//! The orders of a check: in which its questions are asked, in which its module tests them, in which readers without script go through.
//!
//! Comes in: a [`SelfCheck`]. Goes out: an [`Arranged`] check. The three orders differ, because few questions and few bytes ask for
//! different ones: a function is the same in any.

use std::collections::BTreeSet;

use crate::diag::Sink;
use crate::lower::{Program, lower};
use crate::messages::{self, judging};
use crate::order::Questions;
use crate::self_check::{QuestionId, SelfCheck};
use crate::smallest::smaller;
use crate::variables::{self, Variable};
use crate::wasm::{self, MOST_BYTES, emit};

/// An interview with more steps than this is made shorter, although a way through it may then take a question more: a page has to be light.
const MOST_STEPS: usize = 70;

/// A check in its orders.
#[derive(Debug, Clone)]
pub struct Arranged {
    /// The functions of the module.
    pub program: Program,
    /// The same functions of decisions, in the order in which pages show them. Doubts come last: nobody can answer them.
    pub interview: Program,
    /// The order in which to ask (doubts are not in it).
    pub order: Vec<QuestionId>,
}

/// Finds the orders of a check.
///
/// # Diagnostics
/// MB0313, MB0314, MB0321, MB0322.
pub fn arrange(check: &SelfCheck, sink: &mut Sink) -> Option<Arranged> {
    let written = variables::variables(check, sink)?;
    let mut rough = lower(check, written.clone());
    // Sets of variables are 64 bits, one of which stays free.
    let masks: usize = written.iter().map(wasm::links).sum();
    if rough.diagram.is_full() || masks > wasm::MOST_MASKS {
        sink.push(judging::entangled(check));
        return None;
    }
    report_unsound(check, &rough, sink)?;
    let asked = asked(check, &mut rough);
    let of = |levels: &[usize]| -> Vec<Variable> {
        let levels = levels.iter();
        levels.map(|&level| written[level].clone()).collect()
    };
    let order = asked.iter().map(|&level| &written[level]);
    let order = order.filter(|v| !is_doubt(check, v));
    let mut order: Vec<QuestionId> = order.flat_map(Variable::questions).collect();
    let mut seen = BTreeSet::new();
    order.retain(|question| seen.insert(*question));
    let order = member_by_member(check, order);
    let mut interview = lower(check, of(&asked));
    let mut program = interview.clone();
    let mut bytes = size(check, &program);
    let mut functions = rough.decisions.clone();
    let explained = check.explained();
    functions.extend(explained.iter().map(|id| rough.condition(*id)));
    functions.extend(&rough.values.functions);
    let mut diagram = rough.diagram.clone();
    let small = smaller(&mut diagram, &functions, asked.clone(), 0);
    let other = lower(check, of(&small));
    let others = size(check, &other);
    if others < bytes {
        (program, bytes) = (other, others);
    }
    if !check.groups.is_empty() {
        // From the last member to the first one, so that fewer members are what is left of more.
        let all = (0..written.len()).collect();
        let mut diagram = rough.diagram.clone();
        let small = smaller(&mut diagram, &functions, all, 0);
        for levels in [(0..written.len()).collect(), small] {
            let other = lower(check, of(&levels));
            let others = size(check, &other);
            if others < bytes {
                (program, bytes) = (other, others);
            }
        }
    }
    if bytes > MOST_BYTES {
        // An order that asks little may need a large diagram: then it has that of the file.
        program = lower(check, written.clone());
    }
    if bytes > MOST_BYTES || interview.diagram.is_full() {
        interview = program.clone();
    }
    if steps(&interview) > MOST_STEPS {
        let mut kept: Vec<usize> = asked;
        kept.retain(|&level| !is_doubt(check, &written[level]));
        let first = check.first.iter();
        let first = first.filter(|q| kept.iter().any(|&level| written[level].has(**q)));
        let first = first.count().max(1);
        let mut levels = smaller(&mut rough.diagram, &rough.decisions, kept, first);
        levels.extend((0..written.len()).filter(|&level| is_doubt(check, &written[level])));
        let shorter = lower(check, of(&levels));
        if !shorter.diagram.is_full() && steps(&shorter) < steps(&interview) {
            interview = shorter;
        }
    }
    Some(Arranged {
        program,
        interview,
        order,
    })
}

/// The same order, with the members of a group one after the other, after their number.
fn member_by_member(check: &SelfCheck, mut order: Vec<QuestionId>) -> Vec<QuestionId> {
    for (index, group) in check.groups.iter().enumerate() {
        let is_of = |question: &QuestionId| {
            let member = check[*question].member.as_ref();
            *question == group.count || member.is_some_and(|member| member.group == index)
        };
        let Some(at) = order.iter().position(is_of) else {
            continue;
        };
        let (mut own, mut others): (Vec<QuestionId>, Vec<QuestionId>) =
            order.into_iter().partition(is_of);
        own.sort_by_key(|question| (*question != group.count, *question));
        others.splice(at..at, own);
        order = others;
    }
    order
}

/// The levels of a program in the order in which fewest questions are asked, doubts last.
fn asked(check: &SelfCheck, rough: &mut Program) -> Vec<usize> {
    let decides = rough.decisions.iter();
    let decides = decides.fold(0, |bits, &function| bits | rough.diagram.support(function));
    let mut levels = Questions::new(check, rough).search(&check.first);
    let is_first = |level: usize| {
        let mut first = check.first.iter();
        first.any(|&question| rough.variables[level].has(question))
    };
    // What only values ask comes after what decides.
    levels.sort_by_key(|&level| !is_first(level) && decides & 1 << level == 0);
    // What decides where a formula is used comes before it.
    let (used_in_turn, mut levels): (Vec<usize>, Vec<usize>) = levels
        .into_iter()
        .partition(|&level| !rough.variables[level].parts().is_empty());
    for level in used_in_turn {
        let parts = rough.variables[level].parts();
        let decides = |&other: &usize| {
            let variable = &rough.variables[other];
            variable.is_single() && parts.iter().any(|question| variable.has(*question))
        };
        let after = levels.iter().rposition(decides);
        levels.insert(after.map_or(levels.len(), |at| at + 1), level);
    }
    let all = 0..rough.variables.len();
    levels.extend(all.filter(|&level| is_doubt(check, &rough.variables[level])));
    levels
}

/// How many questions the interview of each decision has, all decisions together.
fn steps(program: &Program) -> usize {
    let decisions = program.decisions.iter();
    let steps = decisions.map(|&decision| program.diagram.below(&[decision]).len());
    steps.sum()
}

/// Bytes of the module of a program.
fn size(check: &SelfCheck, program: &Program) -> usize {
    match program.diagram.is_full() {
        true => usize::MAX,
        false => emit(check, program).bytes.len(),
    }
}

/// Reports values that cannot be computed for everybody.
///
/// # Diagnostics
/// MB0321, MB0322.
fn report_unsound(check: &SelfCheck, program: &Program, sink: &mut Sink) -> Option<()> {
    for (value, unsound) in &program.values.unsound {
        let computed = &check[*value];
        // What a value takes from another one was reported there.
        let mut parts = computed.definition.values().into_iter();
        if !parts.any(|part| program.values.unsound.contains(&(part, *unsound))) {
            sink.push(messages::formulas::unsound(check, computed, *unsound));
        }
    }
    program.values.unsound.is_empty().then_some(())
}

fn is_doubt(check: &SelfCheck, variable: &Variable) -> bool {
    check[variable.first()].doubt
}
