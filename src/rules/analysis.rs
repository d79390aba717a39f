//! Analysis: what is wrong with rules that can be read, each finding at its line and, where a person can show it,
//! with one. `values` judges what is computed.

mod values;

use std::collections::BTreeSet;

use crate::diag::Sink;
use crate::diagram::{Diagram, FALSE, NodeId, TRUE};
use crate::lower::{Lowering, Program, lower};
use crate::messages::judging::{self, ANYBODY, ANYBODY_ENGLISH};
use crate::self_check::*;
use crate::text::Bilingual;
use crate::variables::{Variable, variables};

/// Judges a check.
///
/// # Diagnostics
/// MB0308 to MB0312.
pub fn analyse(check: &SelfCheck, program: &Program, sink: &mut Sink) {
    let used = used_conditions(check);
    let mut all = used.clone();
    all.extend(conditions_of_values(check));
    let before = sink.count();
    constants(check, program, &all, sink);
    unreached(check, program, sink);
    // What never holds or is never reached makes other conditions and questions idle: that is not their fault.
    let sound = sink.count() == before;
    overlaps(check, program, sink);
    if sound {
        redundant(check, program, &used, sink);
    }
    unused_names(check, &all, sink);
    values::judge(check, program, sink);
    if sound {
        idle_questions(check, program, sink);
    }
    unused_provisions(check, sink);
}

/// Judges the rules of a check in which some conditions could not be read, each replaced by a question that nobody answers:
/// what is reported holds whatever those conditions were meant to say.
///
/// # Diagnostics
/// MB0308, MB0311, MB0313, MB0314.
pub fn analyse_rest(check: &SelfCheck, sink: &mut Sink) {
    let Some(variables) = variables(check, sink) else {
        return;
    };
    // Sets of variables are 64 bits, one of which stays free.
    if variables.len() > 63 {
        return;
    }
    let program = lower(check, variables);
    if program.diagram.is_full() {
        return;
    }
    constants(check, &program, &used_conditions(check), sink);
    unreached(check, &program, sink);
}

/// The conditions of the outcomes.
fn roots(check: &SelfCheck) -> Vec<ConditionId> {
    check
        .outcomes()
        .filter_map(|outcome| outcome.when)
        .collect()
}

/// The conditions that some decision asks.
pub fn used_conditions(check: &SelfCheck) -> BTreeSet<ConditionId> {
    check.with_members(roots(check))
}

/// The conditions that some value asks.
pub fn conditions_of_values(check: &SelfCheck) -> BTreeSet<ConditionId> {
    let values = check.computed.iter();
    let asked = values.flat_map(|computed| computed.definition.conditions());
    check.with_members(asked.collect())
}

/// A person for whom a function has a leaf, in words.
pub fn person(
    check: &SelfCheck,
    variables: &[Variable],
    diagram: &Diagram,
    function: NodeId,
    leaf: NodeId,
) -> String {
    let way = diagram.way(function, leaf).unwrap_or_default();
    let words: Vec<String> = way
        .into_iter()
        .map(|(level, class)| variables[level].words(check, class))
        .collect();
    if words.is_empty() {
        check.language.of(ANYBODY, ANYBODY_ENGLISH).to_owned()
    } else {
        words.join(check.language.of("，", ", "))
    }
}

/// A person for whom a function has a leaf, as `answers` of an example; nothing if that takes a comparison of two
/// questions, or no answer.
pub fn answers(
    check: &SelfCheck,
    variables: &[Variable],
    diagram: &Diagram,
    function: NodeId,
    leaf: NodeId,
) -> Option<String> {
    let way = diagram.way(function, leaf)?;
    let answers: Vec<String> = way
        .into_iter()
        .map(|(level, class)| {
            let (question, answer) = variables[level].answer(check, class)?;
            let name = plain_or_quoted(&check[question].name.value);
            Some(format!("{name}: {}", plain_or_quoted(&answer)))
        })
        .collect::<Option<_>>()?;
    (!answers.is_empty()).then(|| format!("{{{}}}", answers.join(", ")))
}

/// A name inside the braces of YAML.
fn plain_or_quoted(name: &str) -> String {
    let has_sign = name.contains([',', '[', ']', '{', '}', ':', '#', '"', '\'', '&', '*', '!']);
    if has_sign {
        format!("'{}'", name.replace('\'', "''"))
    } else {
        name.to_owned()
    }
}

fn constants(check: &SelfCheck, program: &Program, used: &BTreeSet<ConditionId>, sink: &mut Sink) {
    let mut constant: BTreeSet<ConditionId> = BTreeSet::new();
    for &condition in used {
        if check[condition].repeated {
            continue;
        }
        let function = program.condition(condition);
        let test = &check[condition].test;
        if function > TRUE && !compares_one_year(check, program, test) {
            continue;
        }
        constant.insert(condition);
        // The innermost one is the cause.
        let members = check.members(test);
        let caused = members.iter().any(|member| constant.contains(member));
        if !caused && !matches!(test, Test::Named(_)) {
            let (holds, made) = (function != FALSE, !members.is_empty());
            sink.push(judging::constant(check[condition].span, holds, made));
        }
    }
}

/// Whether two dates are compared of which all answers lie in one year, or in no common one.
fn compares_one_year(check: &SelfCheck, program: &Program, test: &Test) -> bool {
    let Test::SameYear { left, right } = test else {
        return false;
    };
    let everything = crate::nothing_known(check);
    program.variables.iter().any(|variable| {
        matches!(variable, Variable::SameYear { .. })
            && variable.has(*left)
            && variable.has(*right)
            && variable.possible(&everything).len() < 2
    })
}

fn unreached(check: &SelfCheck, program: &Program, sink: &mut Sink) {
    for (decision, &function) in check.decisions.iter().zip(&program.decisions) {
        let reached = program.diagram.reached(function);
        for (index, outcome) in decision.outcomes.iter().enumerate() {
            if reached & 1 << index != 0 {
                continue;
            }
            // A condition that never holds, or always, was reported at its own place.
            let is = |outcome: &Outcome, constant: NodeId| {
                outcome.when.map(|when| program.condition(when)) == Some(constant)
            };
            let mut earlier = decision.outcomes[..index].iter();
            if !is(outcome, FALSE) && !earlier.any(|earlier| is(earlier, TRUE)) {
                sink.push(judging::never_reached(outcome));
            }
        }
    }
}

fn overlaps(check: &SelfCheck, program: &Program, sink: &mut Sink) {
    let mut diagram = program.diagram.clone();
    for decision in &check.decisions {
        if decision.overlap.is_some() {
            continue;
        }
        for (later, outcome) in decision.outcomes.iter().enumerate() {
            let Some(when) = outcome.when else { continue };
            let when = program.condition(when);
            for earlier in &decision.outcomes[..later] {
                let Some(other) = earlier.when else { continue };
                let both = diagram.and(program.condition(other), when);
                // What is wholly covered is reported as never reached.
                if both == FALSE || both == when {
                    continue;
                }
                let zh = person(check, &program.variables, &diagram, both, TRUE);
                let en = answers(check, &program.variables, &diagram, both, TRUE);
                let who = Bilingual::new(zh.clone(), en.unwrap_or(zh));
                sink.push(judging::overlap(earlier, outcome, &who));
                break;
            }
        }
    }
}

/// A member of all/any without which every outcome's condition is the same, and a member that is said to be one and is
/// not.
fn redundant(check: &SelfCheck, program: &Program, used: &BTreeSet<ConditionId>, sink: &mut Sink) {
    let mut diagram = program.diagram.clone();
    let roots = roots(check);
    let mut members: Vec<(ConditionId, NodeId)> = Vec::new();
    for &condition in used.iter().rev() {
        let (list, neutral) = match &check[condition].test {
            Test::All(list) => (list, TRUE),
            Test::Any(list) => (list, FALSE),
            _ => continue,
        };
        members.extend(list.iter().map(|&member| (member, neutral)));
    }
    // All that is named can be removed together. What the author says is redundant comes first; of the rest, what was
    // written last.
    members.sort_by_key(|(member, _)| check[*member].redundant.is_none());
    let mut gone: Vec<(ConditionId, NodeId)> = Vec::new();
    let mut inside: BTreeSet<ConditionId> = BTreeSet::new();
    for (member, neutral) in members {
        if check[member].repeated || program.condition(member) <= TRUE || inside.contains(&member) {
            continue;
        }
        let mut lowering = if gone.is_empty() {
            Lowering::changed(check, &program.variables, &program.conditions, member)
        } else {
            Lowering::new(check, &program.variables)
        };
        for &(condition, function) in gone.iter().chain([&(member, neutral)]) {
            lowering.set(condition, function);
        }
        let same = roots
            .iter()
            .all(|&root| lowering.condition(&mut diagram, root) == program.condition(root));
        if same {
            gone.push((member, neutral));
            inside.extend(written_in(check, member));
            if check[member].redundant.is_none() {
                sink.push(judging::redundant(check[member].span));
            }
        }
    }
    for &condition in used {
        if let Some(reason) = &check[condition].redundant
            && !gone.iter().any(|(member, _)| *member == condition)
        {
            sink.push(judging::not_redundant(reason.span));
        }
    }
}

/// The conditions that are written inside a condition; those of a name are not.
fn written_in(check: &SelfCheck, condition: ConditionId) -> Vec<ConditionId> {
    let mut found = Vec::new();
    let mut stack = vec![condition];
    while let Some(condition) = stack.pop() {
        let members = match &check[condition].test {
            Test::All(list) | Test::Any(list) => list.clone(),
            Test::Not(one) => vec![*one],
            _ => continue,
        };
        found.extend(&members);
        stack.extend(members);
    }
    found
}

/// Conditions and parameters that nothing uses.
fn unused_names(check: &SelfCheck, used: &BTreeSet<ConditionId>, sink: &mut Sink) {
    let named: BTreeSet<NamedId> = used
        .iter()
        .filter_map(|&condition| match check[condition].test {
            Test::Named(name) => Some(name),
            _ => None,
        })
        .collect();
    for (index, condition) in check.named.iter().enumerate() {
        if !named.contains(&NamedId::new(index)) {
            let name = &condition.name;
            sink.push(judging::unused(
                ("条件", "condition"),
                &name.value,
                name.span,
            ));
        }
    }
    for name in &check.idle {
        sink.push(judging::unused(
            ("参数", "parameter"),
            &name.value,
            name.span,
        ));
    }
}

/// Questions and doubts that change no decision.
fn idle_questions(check: &SelfCheck, program: &Program, sink: &mut Sink) {
    let functions = program.decisions.iter().chain(&program.values.functions);
    let matters: u64 = functions.fold(0, |bits, &function| {
        bits | program.diagram.support(function)
    });
    for id in check.question_ids() {
        let variables = program.variables.iter().enumerate();
        let mut of = variables.filter(|(_, variable)| variable.has(id));
        let is_repeated = check[id]
            .member
            .as_ref()
            .is_some_and(|member| member.number > 1);
        if of.all(|(level, _)| matters & 1 << level == 0) && !is_repeated {
            sink.push(judging::no_influence(&check[id]));
        }
    }
}

/// Provisions that no outcome gives.
fn unused_provisions(check: &SelfCheck, sink: &mut Sink) {
    let given: BTreeSet<ProvisionId> = check
        .outcomes()
        .flat_map(|outcome| &outcome.attributes)
        .map(|(_, provision)| *provision)
        .collect();
    for (index, provision) in check.provisions.iter().enumerate() {
        if !given.contains(&ProvisionId::new(index)) {
            let name = &provision.name;
            sink.push(judging::unused(
                ("规定", "provision"),
                &name.value,
                name.span,
            ));
        }
    }
}
