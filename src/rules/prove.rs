//! Proof: the emitted bytes against the definition, on every class of answer sheet where that is feasible.
//!
//! A sheet gives each question one of its classes or leaves it open. For one decision, only the questions that
//! its conditions ask can matter, so a sheet is made of those. The truth comes from `eval` alone: complete sheets are
//! decided one by one, and what an open question leaves possible is the union over its classes. Where there are
//! too many sheets, random ones are judged by trying every completion (at threshold values, not at classes).

use std::collections::BTreeSet;

use super::check::*;
use super::eval::{Thresholds, decide};
use super::lower::Program;
use super::nothing_known;
use super::variables::Variable;
use super::wasm::Machine;

/// What was tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tried {
    pub sheets: u64,
    /// Every class of sheet of every decision; else random ones.
    pub all: bool,
}

/// How many sheets a decision may have to be tried whole, and how many random ones are tried otherwise.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    pub whole: u64,
    pub random: u64,
    /// So many completions of a random sheet are tried.
    pub completions: usize,
}

/// At every build.
pub const AT_BUILD: Limits = Limits {
    whole: 1_000,
    random: 100,
    completions: 40,
};

/// For `mingbai check --prove` and the tests.
pub const ALL: Limits = Limits {
    whole: 40_000_000,
    random: 50_000,
    completions: 600,
};

/// Compares the module with the definition.
///
/// # Errors
/// In words, at the first sheet on which they differ.
pub fn try_sheets(
    check: &Check,
    program: &Program,
    machine: &mut Machine,
    limits: Limits,
) -> Result<Tried, String> {
    let mut tried = Tried {
        sheets: 0,
        all: true,
    };
    for decision in 0..check.decisions.len() {
        let dimensions = Dimension::of(check, program, decision);
        let sheets = dimensions
            .iter()
            .try_fold(1_u64, |product, d| product.checked_mul(d.radix() as u64));
        tried.sheets += match sheets {
            Some(sheets) if sheets <= limits.whole => {
                whole(check, program, machine, decision, &dimensions)?;
                sheets
            }
            _ => {
                tried.all = false;
                random(check, program, machine, decision, limits)?;
                limits.random
            }
        };
    }
    Ok(tried)
}

/// One variable of a sheet.
struct Dimension {
    level: usize,
    facts: Vec<FactId>,
    /// For each class one value a fact.
    classes: Vec<Vec<i32>>,
}

impl Dimension {
    /// Classes, and open.
    fn radix(&self) -> usize {
        self.classes.len() + 1
    }

    /// The variables whose facts the conditions of a decision ask.
    fn of(check: &Check, program: &Program, decision: usize) -> Vec<Self> {
        let mut asked: BTreeSet<FactId> = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut stack: Vec<ClauseId> = check.decisions[decision]
            .outcomes
            .iter()
            .filter_map(|outcome| outcome.when)
            .collect();
        while let Some(clause) = stack.pop() {
            if seen.insert(clause) {
                let test = &check.clauses[clause].test;
                asked.extend(Check::asked_by(test));
                stack.extend(check.members(test));
            }
        }
        let everything = nothing_known(check);
        program
            .variables
            .iter()
            .enumerate()
            .filter(|(_, variable)| variable.facts().iter().any(|fact| asked.contains(fact)))
            .map(|(level, variable)| Self {
                level,
                facts: variable.facts(),
                classes: (0..variable.classes())
                    .filter(|class| variable.possible(&everything) & 1 << class != 0)
                    .map(|class| variable.representative(check, class))
                    .collect(),
            })
            .collect()
    }
}

fn whole(
    check: &Check,
    program: &Program,
    machine: &mut Machine,
    decision: usize,
    dimensions: &[Dimension],
) -> Result<(), String> {
    let mut strides = Vec::new();
    let mut size = 1_usize;
    for dimension in dimensions {
        strides.push(size);
        size *= dimension.radix();
    }
    let mut possible = vec![0_u32; size];
    let mut relevant = vec![0_u64; size];
    // Complete sheets, one by one.
    let mut values: Vec<i32> = nothing_known(check).iter().map(|known| known.0).collect();
    let mut digits = vec![0_usize; dimensions.len()];
    loop {
        let mut index = 0;
        for (i, dimension) in dimensions.iter().enumerate() {
            index += digits[i] * strides[i];
            for (fact, value) in dimension.facts.iter().zip(&dimension.classes[digits[i]]) {
                values[*fact] = *value;
            }
        }
        possible[index] = 1 << decide(check, decision, &values);
        let next = (0..digits.len()).find(|&i| digits[i] + 1 < dimensions[i].classes.len());
        let Some(next) = next else { break };
        digits[next] += 1;
        digits[..next].fill(0);
    }
    // A question matters where classes of it differ while all else is given.
    for (i, dimension) in dimensions.iter().enumerate() {
        let classes = dimension.classes.len();
        for index in open_sheets(size, strides[i], dimension.radix()) {
            let base = index - classes * strides[i];
            let first = possible[base];
            // Sheets that leave something else open too are still empty here.
            if (1..classes).any(|class| possible[base + class * strides[i]] != first) {
                relevant[index] |= 1 << dimension.level;
            }
        }
    }
    // What an open question leaves possible, and what matters beside it, is the union over its classes.
    for (i, dimension) in dimensions.iter().enumerate() {
        let classes = dimension.classes.len();
        for index in open_sheets(size, strides[i], dimension.radix()) {
            let base = index - classes * strides[i];
            for class in 0..classes {
                possible[index] |= possible[base + class * strides[i]];
                relevant[index] |= relevant[base + class * strides[i]];
            }
        }
    }
    // The module, sheet by sheet; only what changes is written.
    let everything = nothing_known(check);
    machine.tell(check, program, &everything);
    // For each question and each of its classes (open: the last), the words to write.
    let words: Vec<Vec<Vec<(usize, i32)>>> = dimensions
        .iter()
        .map(|dimension| {
            let classes = dimension.classes.iter().map(Some).chain([None]);
            classes
                .map(|values| {
                    let mut known = everything.clone();
                    for (fact, value) in dimension.facts.iter().zip(values.into_iter().flatten()) {
                        known[*fact] = (*value, *value);
                    }
                    machine.words(program, dimension.level, &known)
                })
                .collect()
        })
        .collect();
    let mut digits: Vec<usize> = dimensions.iter().map(|d| d.classes.len()).collect();
    let mut index: usize = size - 1;
    loop {
        machine.decide()?;
        let found = machine.possible(decision);
        // Where one outcome is left nothing matters any more: asked of every sixteenth such sheet.
        let matters = if found.is_power_of_two() && !index.is_multiple_of(16) {
            relevant[index]
        } else {
            machine.relevance()?;
            machine.relevant(decision)
        };
        if found != possible[index] || matters != relevant[index] {
            return Err(format!(
                "{}, decision {}: {:b}/{:b} instead of {:b}/{:b} for {:?}",
                check.id,
                check.decisions[decision].name.value,
                found,
                matters,
                possible[index],
                relevant[index],
                digits
            ));
        }
        let Some(next) = (0..digits.len()).find(|&i| digits[i] > 0) else {
            return Ok(());
        };
        for i in 0..=next {
            let dimension = &dimensions[i];
            let new = if i == next {
                digits[i] - 1
            } else {
                dimension.classes.len()
            };
            index = index - digits[i] * strides[i] + new * strides[i];
            digits[i] = new;
            for &(word, value) in &words[i][new] {
                machine.write(word, value);
            }
        }
    }
}

/// The sheets that leave one question open: the last of `radix` blocks of `stride`, over and over.
fn open_sheets(size: usize, stride: usize, radix: usize) -> impl Iterator<Item = usize> {
    (0..size / (stride * radix))
        .flat_map(move |block| (0..stride).map(move |i| (block * radix + radix - 1) * stride + i))
}

/// Random sheets, each judged by trying every completion.
fn random(
    check: &Check,
    program: &Program,
    machine: &mut Machine,
    decision: usize,
    limits: Limits,
) -> Result<(), String> {
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    let mut draw = |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed >> 11) as usize % below.max(1)
    };
    let thresholds = Thresholds::new(check);
    let everything = nothing_known(check);
    let facts: Vec<FactId> = program.variables.iter().flat_map(Variable::facts).collect();
    let all: Vec<Vec<i32>> = (0..check.facts.len())
        .map(|fact| thresholds.within(check, fact, &everything))
        .collect();
    for _ in 0..limits.random {
        // A known value each, then some are opened or widened as long as the completions can be counted.
        let mut known: Vec<Known> = everything.clone();
        for &fact in &facts {
            let value = all[fact][draw(all[fact].len())];
            known[fact] = (value, value);
        }
        let mut lists: Vec<Vec<i32>> = Vec::new();
        for _ in 0..facts.len() {
            let fact = facts[draw(facts.len())];
            let before = known[fact];
            known[fact] = if check.facts[fact].domain.scale().is_some() && draw(2) == 0 {
                let values = &all[fact];
                let (a, b) = (values[draw(values.len())], values[draw(values.len())]);
                (a.min(b), a.max(b))
            } else {
                everything[fact]
            };
            let wider = completions(check, &thresholds, &facts, &known);
            if wider.iter().map(Vec::len).product::<usize>() > limits.completions {
                known[fact] = before;
            } else {
                lists = wider;
            }
        }
        if lists.is_empty() {
            lists = completions(check, &thresholds, &facts, &known);
        }
        let mut values: Vec<i32> = known.iter().map(|known| known.0).collect();
        let mut digits = vec![0_usize; facts.len()];
        let mut outcomes = Vec::new();
        loop {
            for (i, &fact) in facts.iter().enumerate() {
                values[fact] = lists[i][digits[i]];
            }
            outcomes.push(decide(check, decision, &values));
            let next = (0..digits.len()).find(|&i| digits[i] + 1 < lists[i].len());
            let Some(next) = next else { break };
            digits[next] += 1;
            digits[..next].fill(0);
        }
        let possible = outcomes.iter().fold(0, |bits, o| bits | 1_u32 << o);
        // A question matters where two completions that differ in it alone have different outcomes.
        let mut relevant = 0_u64;
        let mut stride = 1;
        for (i, fact) in facts.iter().enumerate() {
            let count = lists[i].len();
            let matters = (0..outcomes.len()).any(|index| {
                let step = index / stride % count;
                step > 0 && outcomes[index] != outcomes[index - step * stride]
            });
            if matters {
                let mut variables = program.variables.iter();
                let level = variables.position(|variable| variable.facts().contains(fact));
                relevant |= level.map_or(0, |level| 1 << level);
            }
            stride *= count;
        }
        machine.tell(check, program, &known);
        machine.run()?;
        let (found, matters) = (machine.possible(decision), machine.relevant(decision));
        if found != possible || matters != relevant {
            return Err(format!(
                "{}, decision {}: {found:b}/{matters:b} instead of {possible:b}/{relevant:b} for {known:?}",
                check.id, check.decisions[decision].name.value
            ));
        }
    }
    Ok(())
}

/// The values to try of each fact, while their product can be counted.
fn completions(
    check: &Check,
    thresholds: &Thresholds,
    facts: &[FactId],
    known: &[Known],
) -> Vec<Vec<i32>> {
    facts
        .iter()
        .map(|&fact| thresholds.within(check, fact, known))
        .collect()
}
