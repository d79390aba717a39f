//! Examples: every worked case runs on the module's own bytes.

use super::check::*;
use super::lower::Program;
use super::wasm::Machine;
use super::{certain, missing, nothing_known};
use crate::diag::{Diagnostic, Sink, Span, codes};

/// What a module says of one set of answers.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Of each decision, the outcomes still possible, as bits.
    pub possible: Vec<u32>,
    /// Variables that can still change some decision, as bits.
    pub relevant: u64,
    pub clauses: Vec<Truth>,
}

/// Asks the module.
///
/// # Errors
/// If the module traps, in words.
pub fn ask(
    check: &Check,
    program: &Program,
    machine: &mut Machine,
    answers: &[(FactId, Known)],
) -> Result<Answer, String> {
    let mut known = nothing_known(check);
    for (fact, answer) in answers {
        known[*fact] = *answer;
    }
    machine.tell(check, program, &known);
    machine.run()?;
    machine.explain()?;
    let decisions = 0..check.decisions.len();
    Ok(Answer {
        possible: decisions.clone().map(|d| machine.possible(d)).collect(),
        relevant: decisions.fold(0, |bits, d| bits | machine.relevant(d)),
        clauses: (0..check.clauses.len()).map(|c| machine.truth(c)).collect(),
    })
}

/// Runs all examples.
///
/// # Diagnostics
/// MB0315.
pub fn run(check: &Check, program: &Program, machine: &mut Machine, sink: &mut Sink) {
    for example in &check.examples {
        let answer = ask(check, program, machine, &example.answers)
            .expect("a module of three bounded loops does not trap");
        judge(check, program, example, &answer, sink);
    }
}

fn judge(check: &Check, program: &Program, example: &Example, answer: &Answer, sink: &mut Sink) {
    let mut say = |span: Span, zh: String, en: String, hint: (String, String)| {
        sink.push(
            Diagnostic::new(&codes::EXAMPLE_FAILS, span, zh, en)
                .also(example.name.span, "例子", "the example")
                .hint(hint.0, hint.1),
        );
    };
    let either = || {
        (
            "对照原文，改正例子或规则".to_owned(),
            "compare with the official text and mend the example or the rules".to_owned(),
        )
    };
    for (decision, expected) in &example.expect {
        let bits = expected.value.iter().fold(0, |bits, o| bits | 1_u32 << o);
        let possible = answer.possible[*decision];
        if bits == possible {
            continue;
        }
        let decision = &check.decisions[*decision];
        let names: Vec<&str> = decision
            .among(possible)
            .map(|(_, outcome)| outcome.name.value.as_str())
            .collect();
        let hint = if names.len() > 1 && expected.value.len() == 1 {
            let open: Vec<&str> = missing(check, program, answer.relevant, |fact| {
                example.answers.iter().any(|(other, _)| *other == fact)
            })
            .into_iter()
            .map(|fact| check.facts[fact].name.value.as_str())
            .collect();
            if open.is_empty() {
                (
                    "原文有几种读法，不知道算哪一种：把可能的结果都列出来".to_owned(),
                    "the text can be read in several ways: list all outcomes that are possible"
                        .to_owned(),
                )
            } else {
                (
                    format!("没有回答而仍有影响的问题：{}", open.join("、")),
                    format!("not answered and still of influence: {}", open.join(", ")),
                )
            }
        } else {
            either()
        };
        say(
            expected.span,
            format!(
                "按规则，“{}”的结果是：{}",
                decision.name.value,
                names.join(" 或 ")
            ),
            format!(
                "by the rules, \"{}\" is: {}",
                decision.name.value,
                names.join(" or ")
            ),
            hint,
        );
    }
    let sure: Vec<(usize, usize)> = (0..check.decisions.len())
        .flat_map(|decision| certain(check, decision, answer.possible[decision]))
        .collect();
    for (attribute, provision) in &example.certain {
        if !sure.contains(&(*attribute, provision.value)) {
            let name = &check.provisions[provision.value].name.value;
            say(
                provision.span,
                format!("按规则，“{name}”还不能确定"),
                format!("by the rules, \"{name}\" is not certain"),
                either(),
            );
        }
    }
    for (condition, expected) in &example.holds {
        let truth = answer.clauses[check.conditions[*condition].1];
        if truth != expected.value {
            let name = &check.conditions[*condition].0.value;
            say(
                expected.span,
                format!("按规则，条件“{name}”{}", truth.text()),
                format!("by the rules, the condition \"{name}\" is {}", truth.key()),
                either(),
            );
        }
    }
    if let Some(expected) = &example.missing {
        let mut open = missing(check, program, answer.relevant, |fact| {
            example.answers.iter().any(|(other, _)| *other == fact)
        });
        open.sort_unstable();
        open.dedup();
        if open != expected.value {
            let names: Vec<&str> = open
                .iter()
                .map(|fact| check.facts[*fact].name.value.as_str())
                .collect();
            let (zh, en) = if names.is_empty() {
                ("没有".to_owned(), "nothing".to_owned())
            } else {
                (names.join("、"), names.join(", "))
            };
            say(
                expected.span,
                format!("按规则，还缺的问题是：{zh}"),
                format!("by the rules, still missing: {en}"),
                either(),
            );
        }
    }
}
