//! Examples: every worked case runs on the module's own bytes.

use crate::arithmetic::Extent;
use crate::diag::Sink;
use crate::formula::ComputedId;
use crate::lower::Program;
use crate::messages::{formulas, judging};
use crate::self_check::*;
use crate::value::Interval;
use crate::wasm::Machine;
use crate::{certain, missing, nothing_known, shown};

/// What a module says of one set of answers.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Of each decision, the outcomes still possible, as bits.
    pub possible: Vec<u64>,
    /// Variables that can still change some decision, or a value that a possible outcome shows, as bits.
    pub relevant: u64,
    /// The state of each condition.
    pub conditions: Vec<Truth>,
    /// The least and the greatest value still possible of each computed value that the module works out.
    pub values: Vec<Option<Extent>>,
}

impl Answer {
    /// The outcomes of a decision that are still possible, as bits.
    pub fn possible(&self, decision: DecisionId) -> u64 {
        self.possible[decision.index()]
    }

    /// The least and the greatest value still possible of a computed value; nothing if no outcome shows it and no example
    /// expects it.
    pub fn range(&self, value: ComputedId) -> Option<Extent> {
        self.values[value.index()]
    }

    /// The state of a condition.
    pub fn truth(&self, condition: ConditionId) -> Truth {
        self.conditions[condition.index()]
    }
}

/// Asks the module.
///
/// # Errors
/// If the module traps, in words.
pub fn ask(
    check: &SelfCheck,
    program: &Program,
    machine: &mut Machine,
    answers: &[(QuestionId, Interval)],
) -> Result<Answer, String> {
    let mut known = nothing_known(check);
    for (question, answer) in answers {
        known[question.index()] = *answer;
    }
    machine.tell(check, program, &known);
    machine.run()?;
    machine.explain()?;
    let decisions = || check.decision_ids();
    let possible: Vec<u64> = decisions().map(|d| machine.possible(d)).collect();
    let values = shown(check, &possible).into_iter();
    let of_values = values.fold(0, |bits, value| bits | machine.relevant_to(value));
    Ok(Answer {
        relevant: decisions().fold(of_values, |bits, d| bits | machine.relevant(d)),
        values: check.computed_ids().map(|v| machine.range(v)).collect(),
        possible,
        conditions: check.condition_ids().map(|c| machine.truth(c)).collect(),
    })
}

/// Runs all examples.
///
/// # Diagnostics
/// MB0315.
pub fn run(check: &SelfCheck, program: &Program, machine: &mut Machine, sink: &mut Sink) {
    for example in &check.examples {
        let answer = ask(check, program, machine, &example.answers)
            .expect("a module of three bounded loops does not trap");
        let judge = Judge {
            check,
            program,
            example,
            answer,
        };
        judge.outcomes(sink);
        judge.provisions(sink);
        judge.values(sink);
        judge.conditions(sink);
        judge.missing(sink);
    }
}

/// One example and what the module says of it.
struct Judge<'a> {
    check: &'a SelfCheck,
    program: &'a Program,
    example: &'a Example,
    answer: Answer,
}

impl Judge<'_> {
    fn outcomes(&self, sink: &mut Sink) {
        for (id, expected) in &self.example.expect {
            let possible = self.answer.possible(*id);
            if bits(&expected.value) == possible {
                continue;
            }
            let decision = &self.check[*id];
            let names: Vec<&str> = decision
                .among(possible)
                .map(|(_, outcome)| outcome.name.value.as_str())
                .collect();
            let hint = if names.len() > 1 && expected.value.len() == 1 {
                judging::open_questions(&self.names(&self.open()))
            } else {
                judging::example_or_rules()
            };
            let example = self.example.name.span;
            sink.push(judging::other_outcomes(
                expected.span,
                example,
                decision,
                &names,
                hint,
            ));
        }
    }

    fn provisions(&self, sink: &mut Sink) {
        let sure: Vec<(Attribute, ProvisionId)> = self
            .check
            .decision_ids()
            .flat_map(|decision| certain(self.check, decision, self.answer.possible(decision)))
            .collect();
        for (attribute, provision) in &self.example.certain {
            if !sure.contains(&(*attribute, provision.value)) {
                let name = &self.check[provision.value].name.value;
                let example = self.example.name.span;
                sink.push(judging::not_certain(provision.span, example, name));
            }
        }
    }

    fn values(&self, sink: &mut Sink) {
        for (id, expected) in &self.example.values {
            if let Some(found) = self.answer.range(*id)
                && found != expected.value
            {
                let computed = &self.check[*id];
                let name = &computed.name.value;
                let example = self.example.name.span;
                let words = computed.show_range(self.check.language, found);
                sink.push(formulas::other_value(expected.span, example, name, &words));
            }
        }
    }

    fn conditions(&self, sink: &mut Sink) {
        for (named, expected) in &self.example.holds {
            let condition = &self.check[*named];
            let truth = self.answer.truth(condition.root);
            if truth != expected.value {
                let name = &condition.name.value;
                let example = self.example.name.span;
                let state = (truth.text(), truth.key());
                sink.push(judging::other_state(expected.span, example, name, state));
            }
        }
    }

    fn missing(&self, sink: &mut Sink) {
        let Some(expected) = &self.example.missing else {
            return;
        };
        let mut open = self.open();
        open.sort_unstable();
        open.dedup();
        if open != expected.value {
            let example = self.example.name.span;
            let names = self.names(&open);
            sink.push(judging::other_missing(expected.span, example, &names));
        }
    }

    /// Questions that the example leaves open and that can still change an outcome.
    fn open(&self) -> Vec<QuestionId> {
        missing(self.check, self.program, self.answer.relevant, |question| {
            let mut answers = self.example.answers.iter();
            answers.any(|(other, _)| *other == question)
        })
    }

    fn names(&self, questions: &[QuestionId]) -> Vec<&str> {
        questions
            .iter()
            .map(|question| self.check[*question].name.value.as_str())
            .collect()
    }
}

/// Outcomes as bits.
pub fn bits(outcomes: &[OutcomeId]) -> u64 {
    outcomes
        .iter()
        .fold(0, |bits, outcome| bits | 1 << outcome.index())
}
