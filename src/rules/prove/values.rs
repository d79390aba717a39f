//! Computed values against the definition: on random sheets, the range is that of every completion, and no question that changes a
//! result is missed.

use super::{Limits, Sampler, advance};
use crate::eval::compute;
use crate::formula::{ComputedId, Formula};
use crate::lower::Program;
use crate::self_check::*;
use crate::value::{Interval, Value};
use crate::wasm::Machine;

/// Compares the ranges of a value with the definition. Goes out: how many sheets were tried.
///
/// # Errors
/// In words, at the first sheet on which they differ.
pub fn agree(
    check: &SelfCheck,
    program: &Program,
    machine: &mut Machine,
    value: ComputedId,
    limits: Limits,
) -> Result<u64, String> {
    let questions = check.questions_of(&Formula::Value(value));
    let questions = questions.into_iter().collect();
    let mut sampler = Sampler::new(check, program, questions, limits.completions);
    for _ in 0..limits.random {
        let (known, lists) = sampler.sheet();
        let results = results(check, value, &sampler.questions, &known, &lists)?;
        machine.tell(check, program, &known);
        machine.run()?;
        let Some(range) = machine.range(value) else {
            return Ok(0);
        };
        let truth = (results.iter().min(), results.iter().max());
        let name = &check[value].name.value;
        if (Some(&range.lo), Some(&range.hi)) != truth {
            return Err(format!(
                "{}, value {name}: {range:?} instead of {truth:?} for {known:?}",
                check.id
            ));
        }
        let found = machine.relevant_to(value);
        let mut stride = 1;
        for (question, list) in sampler.questions.iter().zip(&lists) {
            let matters = (0..results.len()).any(|index| {
                let step = index / stride % list.len();
                step > 0 && results[index] != results[index - step * stride]
            });
            let variables = program.variables.iter().enumerate();
            let mut of = variables.filter(|(_, variable)| variable.has(*question));
            if matters && !of.any(|(level, _)| found >> level & 1 == 1) {
                return Err(format!(
                    "{}, value {name}: {question:?} is missed for {known:?}",
                    check.id
                ));
            }
            stride *= list.len();
        }
    }
    Ok(limits.random)
}

/// The result of every completion of a sheet, counted up digit by digit.
fn results(
    check: &SelfCheck,
    value: ComputedId,
    questions: &[QuestionId],
    known: &[Interval],
    lists: &[Vec<Value>],
) -> Result<Vec<i64>, String> {
    let mut values: Vec<Value> = known.iter().map(|known| known.lo).collect();
    let mut digits = vec![0_usize; questions.len()];
    let mut results = Vec::new();
    loop {
        for (i, question) in questions.iter().enumerate() {
            values[question.index()] = lists[i][digits[i]];
        }
        let result = compute(check, value, &values);
        results.push(result.ok_or_else(|| format!("no result for {values:?}"))?);
        if !advance(&mut digits, |i| lists[i].len()) {
            return Ok(results);
        }
    }
}
