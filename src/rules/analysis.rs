//! Analysis: what is wrong with rules that can be read, each finding at its line and, where a person can show it,
//! with one.

use std::collections::BTreeSet;

use super::check::*;
use super::diagram::{Diagram, FALSE, NodeId, TRUE};
use super::lower::{Lowering, Program};
use super::variables::Variable;
use crate::diag::{Diagnostic, Sink, codes};

/// Judges a check.
///
/// # Diagnostics
/// MB0308 to MB0312.
pub fn analyse(check: &Check, program: &Program, sink: &mut Sink) {
    let used = used_clauses(check);
    let before = sink.count();
    constants(check, program, &used, sink);
    unreached(check, program, sink);
    // What never holds or is never reached makes other conditions and questions idle: that is no fault of theirs.
    let sound = sink.count() == before;
    overlaps(check, program, sink);
    if sound {
        redundant(check, program, &used, sink);
    }
    unused(check, program, &used, sound, sink);
}

/// The clauses that some decision asks.
pub fn used_clauses(check: &Check) -> BTreeSet<ClauseId> {
    let mut used = BTreeSet::new();
    let mut stack: Vec<ClauseId> = check
        .decisions
        .iter()
        .flat_map(|decision| &decision.outcomes)
        .filter_map(|outcome| outcome.when)
        .collect();
    while let Some(clause) = stack.pop() {
        if used.insert(clause) {
            stack.extend(check.members(&check.clauses[clause].test));
        }
    }
    used
}

/// A person of whom nothing need be known.
pub const ANYBODY: &str = "任何人";

/// A person for whom a function has a leaf, in words.
pub fn person(
    check: &Check,
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
        ANYBODY.to_owned()
    } else {
        words.join("，")
    }
}

fn constants(check: &Check, program: &Program, used: &BTreeSet<ClauseId>, sink: &mut Sink) {
    let mut constant: BTreeSet<ClauseId> = BTreeSet::new();
    let everything = super::nothing_known(check);
    for &clause in used {
        let test = &check.clauses[clause].test;
        let one_year = matches!(test, Test::SameYear { .. })
            && program.variables.iter().any(|variable| {
                matches!(variable, Variable::SameYear { .. })
                    && variable
                        .facts()
                        .iter()
                        .all(|f| Check::asked_by(test).contains(f))
                    && variable.possible(&everything) != 3
            });
        if program.clauses[clause] > TRUE && !one_year {
            continue;
        }
        constant.insert(clause);
        // The innermost one is the cause.
        let members = check.members(test);
        if members.iter().any(|member| constant.contains(member)) || matches!(test, Test::Named(_))
        {
            continue;
        }
        let (zh, en) = if program.clauses[clause] == FALSE {
            ("永远不成立", "is never true")
        } else {
            ("永远成立", "is always true")
        };
        let (hint_zh, hint_en) = if members.is_empty() {
            (
                "对照问题的范围和选项，改正这里的值",
                "compare with the range or the options of the question and mend the value",
            )
        } else {
            (
                "看这几个条件是不是互相矛盾，或者不管怎样总有一个成立",
                "see whether these conditions contradict each other, or one of them always holds",
            )
        };
        sink.push(
            Diagnostic::new(
                &codes::ALWAYS,
                check.clauses[clause].span,
                format!("不管怎么回答，这个条件{zh}"),
                format!("however the questions are answered, this condition {en}"),
            )
            .hint(hint_zh, hint_en),
        );
    }
}

fn unreached(check: &Check, program: &Program, sink: &mut Sink) {
    for (decision, &function) in check.decisions.iter().zip(&program.decisions) {
        let reached = program.diagram.reached(function);
        for (index, outcome) in decision.outcomes.iter().enumerate() {
            if reached & 1 << index != 0 {
                continue;
            }
            let diagnostic = Diagnostic::new(
                &codes::NEVER_REACHED,
                outcome.name.span,
                format!("没有一种情况会得到“{}”", outcome.name.value),
                format!("no case leads to \"{}\"", outcome.name.value),
            );
            // A condition that never holds, or always, was reported at its own place.
            let constant = |outcome: &Outcome| outcome.when.map(|when| program.clauses[when]);
            if constant(outcome) == Some(FALSE)
                || decision.outcomes[..index]
                    .iter()
                    .any(|earlier| constant(earlier) == Some(TRUE))
            {
                continue;
            }
            sink.push(match outcome.when {
                Some(_) => diagnostic.hint(
                    "排在前面的结果已经包括了它的全部情况：把它移到前面，或改条件",
                    "the outcomes before it take all its cases: move it up, or mend its condition",
                ),
                None => diagnostic.hint(
                    "前面的结果已经包括了所有情况：去掉它，或看前面的条件是否写宽了",
                    "the outcomes before it take every case: remove it, or see whether a condition is too wide",
                ),
            });
        }
    }
}

fn overlaps(check: &Check, program: &Program, sink: &mut Sink) {
    let mut diagram = program.diagram.clone();
    for decision in &check.decisions {
        if decision.overlap.is_some() {
            continue;
        }
        for (later, outcome) in decision.outcomes.iter().enumerate() {
            let Some(when) = outcome.when else { continue };
            for earlier in &decision.outcomes[..later] {
                let Some(other) = earlier.when else { continue };
                let both = diagram.and(program.clauses[other], program.clauses[when]);
                // What is wholly covered is reported as never reached.
                if both == FALSE || both == program.clauses[when] {
                    continue;
                }
                let who = person(check, &program.variables, &diagram, both, TRUE);
                sink.push(
                    Diagnostic::new(
                        &codes::OVERLAP,
                        outcome.name.span,
                        format!(
                            "有人同时符合“{}”和“{}”，例如：{who}",
                            earlier.name.value, outcome.name.value
                        ),
                        format!(
                            "one person can fit both \"{}\" and \"{}\", for instance: {who}",
                            earlier.name.value, outcome.name.value
                        ),
                    )
                    .also(earlier.name.span, "现在算这一个", "this one counts now")
                    .hint(
                        "如果文件就是这个意思，在判断里写“overlap: 说明”；如果不是，改条件",
                        "if the text means that, write \"overlap: why\" in the decision; if not, mend the condition",
                    ),
                );
                break;
            }
        }
    }
}

/// A member of all/any without which every outcome's condition is the same.
fn redundant(check: &Check, program: &Program, used: &BTreeSet<ClauseId>, sink: &mut Sink) {
    let mut diagram = program.diagram.clone();
    let roots: Vec<ClauseId> = check
        .decisions
        .iter()
        .flat_map(|decision| &decision.outcomes)
        .filter_map(|outcome| outcome.when)
        .collect();
    // All that is named can be removed together; what was written last is tried first.
    let mut gone: Vec<(ClauseId, NodeId)> = Vec::new();
    for &clause in used.iter().rev() {
        let (members, neutral) = match &check.clauses[clause].test {
            Test::All(members) => (members, TRUE),
            Test::Any(members) => (members, FALSE),
            _ => continue,
        };
        for &member in members {
            if program.clauses[member] <= TRUE {
                continue;
            }
            let mut lowering = if gone.is_empty() {
                Lowering::changed(check, &program.variables, &program.clauses, member)
            } else {
                Lowering::new(check, &program.variables)
            };
            for &(clause, function) in gone.iter().chain([&(member, neutral)]) {
                lowering.set(clause, function);
            }
            let same = roots
                .iter()
                .all(|&root| lowering.clause(&mut diagram, root) == program.clauses[root]);
            if same {
                gone.push((member, neutral));
                sink.push(
                    Diagnostic::new(
                        &codes::REDUNDANT,
                        check.clauses[member].span,
                        "去掉这个条件，没有一个人的结果会变",
                        "without this condition nobody's result changes",
                    )
                    .hint(
                        "删去它；如果它有用，看是不是写得和想说的不一样",
                        "remove it; if it should matter, see whether it says what was meant",
                    ),
                );
            }
        }
    }
}

fn unused(
    check: &Check,
    program: &Program,
    used: &BTreeSet<ClauseId>,
    sound: bool,
    sink: &mut Sink,
) {
    let mut say = |span, zh: String, en: String| {
        sink.push(Diagnostic::new(&codes::NEVER_MATTERS, span, zh, en).hint(
            "删去它，或补上漏写的地方",
            "remove it, or add what was left out",
        ));
    };
    let named: BTreeSet<usize> = used
        .iter()
        .filter_map(|&clause| match check.clauses[clause].test {
            Test::Named(name) => Some(name),
            _ => None,
        })
        .collect();
    for (index, (name, _)) in check.conditions.iter().enumerate() {
        if !named.contains(&index) {
            say(
                name.span,
                format!("条件“{}”没有用到", name.value),
                format!("the condition \"{}\" is not used", name.value),
            );
        }
    }
    for name in &check.idle {
        say(
            name.span,
            format!("参数“{}”没有用到", name.value),
            format!("the parameter \"{}\" is not used", name.value),
        );
    }
    let matters: u64 = program.decisions.iter().fold(0, |bits, &function| {
        bits | program.diagram.support(function)
    });
    for (fact, fact_) in check.facts.iter().enumerate().filter(|_| sound) {
        let matters = program
            .variables
            .iter()
            .enumerate()
            .any(|(level, variable)| matters & 1 << level != 0 && variable.facts().contains(&fact));
        if !matters {
            let name = &fact_.name;
            say(
                name.span,
                format!("“{}”对任何结果都没有影响", name.value),
                format!("\"{}\" never changes any outcome", name.value),
            );
        }
    }
    let given: BTreeSet<usize> = check
        .decisions
        .iter()
        .flat_map(|decision| &decision.outcomes)
        .flat_map(|outcome| &outcome.attributes)
        .map(|(_, provision)| *provision)
        .collect();
    for (index, provision) in check.provisions.iter().enumerate() {
        if !given.contains(&index) {
            let name = &provision.name;
            say(
                name.span,
                format!("规定“{}”没有用到", name.value),
                format!("the provision \"{}\" is not used", name.value),
            );
        }
    }
}
