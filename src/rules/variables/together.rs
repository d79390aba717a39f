//! Variables that share questions, as one variable.
//!
//! Comes in: the variables of a check. Goes out: variables of which no two are about the same question of one person, where that is
//! possible; see [`Joint`].

use std::collections::BTreeSet;

use super::joint::Joint;
use super::{Distinctions, Variable};
use crate::self_check::{QuestionId, SelfCheck};

/// At most so often questions are added because they are in one comparison with others.
const MOST_ROUNDS: usize = 8;

/// The variables of which one person is asked the same question.
pub fn sharing(list: &[Variable], question: QuestionId) -> Vec<usize> {
    let of: Vec<usize> = (0..list.len())
        .filter(|at| list[*at].has(question))
        .collect();
    let shares = |one: &usize| {
        let mut others = of.iter().filter(|other| *other != one);
        others.any(|other| !list[*one].is_apart(&list[*other], question))
    };
    of.iter().copied().filter(shares).collect()
}

/// The variables with those that share questions made one; nothing if there are none, or if they cannot be.
pub fn joined(check: &SelfCheck, list: &[Variable]) -> Option<Vec<Variable>> {
    let mut questions = shared(check, list);
    if questions.is_empty() {
        return None;
    }
    for _ in 0..MOST_ROUNDS {
        let distinctions = Distinctions::of(check, &questions);
        if distinctions.is_too_large {
            return None;
        }
        let list = distinctions.variables(check);
        let mut more = questions.clone();
        more.extend(shared(check, &list));
        // A comparison with one of them is about the others of its questions too.
        let touched = list.iter().filter(|variable| is_of(variable, &more));
        let touched: Vec<QuestionId> = touched.flat_map(Variable::questions).collect();
        more.extend(touched);
        if more == questions {
            return one_by_one(check, list, &questions);
        }
        questions = more;
    }
    None
}

/// All questions of variables that share one.
fn shared(check: &SelfCheck, list: &[Variable]) -> BTreeSet<QuestionId> {
    let sharing = check
        .question_ids()
        .flat_map(|question| sharing(list, question));
    sharing.flat_map(|at| list[at].questions()).collect()
}

fn is_of(variable: &Variable, questions: &BTreeSet<QuestionId>) -> bool {
    let mut own = variable.questions().into_iter();
    variable.classes() > 1 && own.any(|question| questions.contains(&question))
}

/// Makes one variable of each set of variables that share questions.
fn one_by_one(
    check: &SelfCheck,
    list: Vec<Variable>,
    questions: &BTreeSet<QuestionId>,
) -> Option<Vec<Variable>> {
    let (mut rest, mut others): (Vec<Variable>, Vec<Variable>) = list
        .into_iter()
        .partition(|variable| is_of(variable, questions));
    while let Some(first) = rest.pop() {
        let mut members = vec![first];
        let mut asked: BTreeSet<QuestionId> = members[0].questions().into_iter().collect();
        loop {
            let (near, far): (Vec<Variable>, Vec<Variable>) = rest
                .into_iter()
                .partition(|variable| is_of(variable, &asked));
            rest = far;
            if near.is_empty() {
                break;
            }
            asked.extend(near.iter().flat_map(Variable::questions));
            members.extend(near);
        }
        others.push(match members.len() {
            1 => members.remove(0),
            _ => {
                members.sort_by_key(|member| (member.questions(), member.classes()));
                Variable::Joint(Joint::new(check, members)?)
            }
        });
    }
    Some(others)
}
