//! Proof: the emitted bytes against the definition, on every class of answer sheet where that is feasible.
//!
//! A sheet gives each question one of its classes or leaves it open. For one decision, only the questions that
//! its conditions ask can matter, so a sheet is made of those. The truth comes from `eval` alone: complete sheets are
//! decided one by one, and what an open question leaves possible is the union over its classes. Where there are
//! too many sheets, random ones are judged by trying every completion (at threshold values, not at classes). `values` does so for computed values.

mod values;

use std::collections::{BTreeMap, BTreeSet};

use crate::eval::{Thresholds, decide};
use crate::formula::Formula;
use crate::lower::Program;
use crate::nothing_known;
use crate::self_check::*;
use crate::value::{Interval, Value};
use crate::variables::Variable;
use crate::wasm::Machine;

/// Variables that share questions have at most this many classes together that are tried.
const MOST_TOGETHER: usize = 20_000;

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
    /// At most this many completions of a random sheet are tried.
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
    check: &SelfCheck,
    program: &Program,
    machine: &mut Machine,
    limits: Limits,
) -> Result<Tried, String> {
    let mut tried = Tried {
        sheets: 0,
        all: true,
    };
    let together = together(program);
    for decision in check.decision_ids() {
        let mut subject = Subject {
            together: &together,
            check,
            program,
            machine,
            decision,
        };
        let dimensions = Dimension::of(check, program, &together, decision);
        let sheets = dimensions
            .iter()
            .try_fold(1_u64, |product, d| product.checked_mul(d.radix() as u64));
        tried.sheets += match sheets {
            Some(sheets) if sheets <= limits.whole => {
                let sheets_of = Sheets::decided(check, decision, dimensions);
                subject.agrees_on_all(&sheets_of)?;
                sheets
            }
            _ => {
                tried.all = false;
                subject.agrees_at_random(limits)?;
                limits.random
            }
        };
    }
    for value in check.computed_ids() {
        tried.sheets += values::agree(check, program, machine, value, limits)?;
    }
    Ok(tried)
}

/// Of each variable, the first one with which it shares a question, directly or through others, or which decides where it is used.
fn together(program: &Program) -> Vec<usize> {
    let variables = &program.variables;
    let asks = |variable: &Variable| -> BTreeSet<QuestionId> {
        variable
            .questions()
            .into_iter()
            .chain(variable.parts())
            .collect()
    };
    let mut firsts: Vec<usize> = (0..variables.len()).collect();
    for one in 0..variables.len() {
        for other in 0..one {
            if asks(&variables[one]).is_disjoint(&asks(&variables[other])) {
                continue;
            }
            let (a, b) = (
                firsts[one].min(firsts[other]),
                firsts[one].max(firsts[other]),
            );
            firsts
                .iter_mut()
                .filter(|first| **first == b)
                .for_each(|first| *first = a);
        }
    }
    firsts
}

/// One variable of a sheet, or several that share questions.
struct Dimension {
    level: usize,
    /// Its variables.
    levels: Vec<usize>,
    questions: Vec<QuestionId>,
    /// For each class one value a question.
    classes: Vec<Vec<Value>>,
}

impl Dimension {
    /// Classes, and open.
    fn radix(&self) -> usize {
        self.classes.len() + 1
    }

    /// The variables whose questions the conditions of a decision ask.
    fn of(
        check: &SelfCheck,
        program: &Program,
        together: &[usize],
        decision: DecisionId,
    ) -> Vec<Self> {
        let asked = asked(check, decision);
        let everything = nothing_known(check);
        let firsts = (0..together.len()).filter(|level| together[*level] == *level);
        let groups = firsts.map(|first| -> Vec<usize> {
            let all = (0..together.len()).filter(|level| together[*level] == first);
            let asks = |level: &usize| {
                let questions = program.variables[*level].questions();
                questions.iter().any(|question| asked.contains(question))
            };
            all.filter(asks).collect()
        });
        groups
            .filter(|levels| !levels.is_empty())
            .map(|levels| match levels[..] {
                [level] => {
                    let variable = &program.variables[level];
                    Self {
                        level: together[level],
                        questions: variable.questions(),
                        classes: (0..variable.classes())
                            .filter(|class| variable.possible(&everything).contains(*class))
                            .map(|class| variable.representative(check, class))
                            .collect(),
                        levels,
                    }
                }
                _ => Self::several(check, program, together, levels),
            })
            .collect()
    }

    /// Several variables that share questions: the classes of those about one question, and in each what the formulas that are used
    /// there distinguish.
    fn several(
        check: &SelfCheck,
        program: &Program,
        together: &[usize],
        mut levels: Vec<usize>,
    ) -> Self {
        levels.sort_by_key(|level| !program.variables[*level].is_single());
        let mut people: Vec<BTreeMap<QuestionId, Value>> = vec![BTreeMap::new()];
        for level in &levels {
            let variable = &program.variables[*level];
            let mut more = Vec::new();
            for person in people {
                if !variable.is_used_by(&person) {
                    more.push(person);
                    continue;
                }
                for class in 0..variable.classes() {
                    let mut person = person.clone();
                    let values = variable.representative(check, class);
                    person.extend(variable.questions().into_iter().zip(values));
                    more.push(person);
                }
            }
            people = more;
            if people.len() > MOST_TOGETHER {
                break;
            }
        }
        let questions: BTreeSet<QuestionId> = people
            .iter()
            .flat_map(|person| person.keys().copied())
            .collect();
        let everything = nothing_known(check);
        let values = |person: &BTreeMap<QuestionId, Value>| {
            let value = |q: &QuestionId| person.get(q).copied().unwrap_or(everything[q.index()].lo);
            questions.iter().map(value).collect()
        };
        Self {
            level: together[levels[0]],
            classes: people.iter().map(values).collect(),
            questions: questions.into_iter().collect(),
            levels,
        }
    }
}

/// The questions that the conditions of a decision ask.
fn asked(check: &SelfCheck, decision: DecisionId) -> BTreeSet<QuestionId> {
    let outcomes = check[decision].outcomes.iter();
    let conditions = outcomes.filter_map(|outcome| outcome.when);
    conditions
        .flat_map(|when| check.questions_of(&Formula::Holds(when)))
        .collect()
}

/// All sheets of a decision and the truth about each. A sheet is a number: digit `i`, which counts `strides[i]`, is the class of
/// dimension `i`, and its highest digit means open.
struct Sheets {
    dimensions: Vec<Dimension>,
    strides: Vec<usize>,
    /// Outcomes that are possible, as bits.
    possible: Vec<u64>,
    /// Variables that can still change the outcome, as bits.
    relevant: Vec<u64>,
}

impl Sheets {
    fn decided(check: &SelfCheck, decision: DecisionId, dimensions: Vec<Dimension>) -> Self {
        let mut strides = Vec::new();
        let mut size = 1_usize;
        for dimension in &dimensions {
            strides.push(size);
            size *= dimension.radix();
        }
        let mut this = Self {
            dimensions,
            strides,
            possible: vec![0; size],
            relevant: vec![0; size],
        };
        this.decide_complete(check, decision);
        this.find_relevant();
        this.open_questions();
        this
    }

    /// Complete sheets, one by one.
    fn decide_complete(&mut self, check: &SelfCheck, decision: DecisionId) {
        let everything = nothing_known(check);
        let mut values: Vec<Value> = everything.iter().map(|known| known.lo).collect();
        let mut digits = vec![0_usize; self.dimensions.len()];
        loop {
            let mut index = 0;
            for (i, dimension) in self.dimensions.iter().enumerate() {
                index += digits[i] * self.strides[i];
                for (question, value) in dimension
                    .questions
                    .iter()
                    .zip(&dimension.classes[digits[i]])
                {
                    values[question.index()] = *value;
                }
            }
            self.possible[index] = 1 << decide(check, decision, &values).index();
            if !advance(&mut digits, |i| self.dimensions[i].classes.len()) {
                return;
            }
        }
    }

    /// A question matters where classes of it differ while all else is given.
    fn find_relevant(&mut self) {
        for (i, dimension) in self.dimensions.iter().enumerate() {
            let (classes, stride) = (dimension.classes.len(), self.strides[i]);
            for index in open_sheets(self.possible.len(), stride, dimension.radix()) {
                let base = index - classes * stride;
                let first = self.possible[base];
                // Sheets that leave something else open too are still empty here.
                if (1..classes).any(|class| self.possible[base + class * stride] != first) {
                    self.relevant[index] |= 1 << dimension.level;
                }
            }
        }
    }

    /// What an open question leaves possible, and what else matters then, is the union over its classes.
    fn open_questions(&mut self) {
        for (i, dimension) in self.dimensions.iter().enumerate() {
            let (classes, stride) = (dimension.classes.len(), self.strides[i]);
            for index in open_sheets(self.possible.len(), stride, dimension.radix()) {
                let base = index - classes * stride;
                for class in 0..classes {
                    self.possible[index] |= self.possible[base + class * stride];
                    self.relevant[index] |= self.relevant[base + class * stride];
                }
            }
        }
    }

    /// For each dimension and each of its digits, the words to write.
    fn words(&self, check: &SelfCheck, program: &Program, machine: &Machine) -> Vec<Vec<Words>> {
        let everything = nothing_known(check);
        self.dimensions
            .iter()
            .map(|dimension| {
                let classes = dimension.classes.iter().map(Vec::as_slice).chain([&[][..]]);
                classes
                    .map(|values| {
                        let mut known = everything.clone();
                        for (question, value) in dimension.questions.iter().zip(values) {
                            known[question.index()] = Interval::exactly(*value);
                        }
                        let levels = dimension.levels.iter();
                        levels
                            .flat_map(|level| machine.words(program, *level, &known))
                            .collect()
                    })
                    .collect()
            })
            .collect()
    }
}

/// Words of a module's memory and what to write there.
type Words = Vec<(usize, i32)>;

/// The sheets that leave one question open: the last of `radix` blocks of `stride`, over and over.
fn open_sheets(size: usize, stride: usize, radix: usize) -> impl Iterator<Item = usize> {
    (0..size / (stride * radix))
        .flat_map(move |block| (0..stride).map(move |i| (block * radix + radix - 1) * stride + i))
}

/// Counts up by one; false after the last number. `count`: how many values a digit has.
fn advance(digits: &mut [usize], count: impl Fn(usize) -> usize) -> bool {
    let Some(next) = (0..digits.len()).find(|&i| digits[i] + 1 < count(i)) else {
        return false;
    };
    digits[next] += 1;
    digits[..next].fill(0);
    true
}

/// A decision of a module that is tried.
struct Subject<'a, 'm> {
    check: &'a SelfCheck,
    program: &'a Program,
    /// See [`together`].
    together: &'a [usize],
    machine: &'a mut Machine<'m>,
    decision: DecisionId,
}

impl Subject<'_, '_> {
    /// The module, sheet by sheet from the one that leaves everything open; only what changes is written.
    fn agrees_on_all(&mut self, sheets: &Sheets) -> Result<(), String> {
        let everything = nothing_known(self.check);
        self.machine.tell(self.check, self.program, &everything);
        let words = sheets.words(self.check, self.program, self.machine);
        let dimensions = &sheets.dimensions;
        let mut digits: Vec<usize> = dimensions.iter().map(|d| d.classes.len()).collect();
        let mut index = sheets.possible.len() - 1;
        loop {
            self.machine.decide()?;
            let found = self.machine.possible(self.decision);
            // Where one outcome is left nothing matters any more: asked of every sixteenth such sheet.
            let matters = if found.is_power_of_two() && !index.is_multiple_of(16) {
                sheets.relevant[index]
            } else {
                self.machine.relevance()?;
                self.relevant_together()
            };
            let truth = (sheets.possible[index], sheets.relevant[index]);
            if (found, matters) != truth {
                return Err(self.disagreement((found, matters), truth, &format!("{digits:?}")));
            }
            let Some(next) = (0..digits.len()).find(|&i| digits[i] > 0) else {
                return Ok(());
            };
            for i in 0..=next {
                let new = if i == next {
                    digits[i] - 1
                } else {
                    dimensions[i].classes.len()
                };
                index = index - digits[i] * sheets.strides[i] + new * sheets.strides[i];
                digits[i] = new;
                for &(word, value) in &words[i][new] {
                    self.machine.write(word, value);
                }
            }
        }
    }

    /// What matters to the decision. Variables that share questions are one here: which of them is asked is a matter of words.
    fn relevant_together(&self) -> u64 {
        let found = self.machine.relevant(self.decision);
        let levels = self.together.iter().enumerate();
        let levels = levels.filter(|(level, _)| found >> level & 1 == 1);
        levels.fold(0, |bits, (_, first)| bits | 1 << first)
    }

    /// Random sheets, each judged by trying every completion.
    fn agrees_at_random(&mut self, limits: Limits) -> Result<(), String> {
        let variables = self.program.variables.iter();
        let questions: BTreeSet<QuestionId> = variables.flat_map(Variable::questions).collect();
        let questions = questions.into_iter().collect();
        let mut sampler = Sampler::new(self.check, self.program, questions, limits.completions);
        for _ in 0..limits.random {
            let (known, lists) = sampler.sheet();
            let outcomes = self.complete(&sampler.questions, &known, &lists);
            let bits = outcomes.iter().map(|outcome| 1_u64 << outcome.index());
            let possible = bits.fold(0, |all, bit| all | bit);
            let truth = (
                possible,
                self.relevant(&sampler.questions, &lists, &outcomes),
            );
            self.machine.tell(self.check, self.program, &known);
            self.machine.run()?;
            let found = (
                self.machine.possible(self.decision),
                self.relevant_together(),
            );
            if found != truth {
                return Err(self.disagreement(found, truth, &format!("{known:?}")));
            }
        }
        Ok(())
    }

    /// The outcome of every completion of a sheet, counted up digit by digit.
    fn complete(
        &self,
        questions: &[QuestionId],
        known: &[Interval],
        lists: &[Vec<Value>],
    ) -> Vec<OutcomeId> {
        let mut values: Vec<Value> = known.iter().map(|known| known.lo).collect();
        let mut digits = vec![0_usize; questions.len()];
        let mut outcomes = Vec::new();
        loop {
            for (i, question) in questions.iter().enumerate() {
                values[question.index()] = lists[i][digits[i]];
            }
            outcomes.push(decide(self.check, self.decision, &values));
            if !advance(&mut digits, |i| lists[i].len()) {
                return outcomes;
            }
        }
    }

    /// A question matters where two completions that differ in it alone have different outcomes.
    fn relevant(
        &self,
        questions: &[QuestionId],
        lists: &[Vec<Value>],
        outcomes: &[OutcomeId],
    ) -> u64 {
        let mut relevant = 0_u64;
        let mut stride = 1;
        for (question, list) in questions.iter().zip(lists) {
            let count = list.len();
            let matters = (0..outcomes.len()).any(|index| {
                let step = index / stride % count;
                step > 0 && outcomes[index] != outcomes[index - step * stride]
            });
            if matters && let Some(level) = self.program.level_of(*question) {
                relevant |= 1 << self.together[level];
            }
            stride *= count;
        }
        relevant
    }

    fn disagreement(&self, found: (u64, u64), truth: (u64, u64), sheet: &str) -> String {
        format!(
            "{}, decision {}: {:b}/{:b} instead of {:b}/{:b} for {sheet}",
            self.check.id, self.check[self.decision].name.value, found.0, found.1, truth.0, truth.1
        )
    }
}

/// Draws sheets whose completions can be counted.
struct Sampler<'a> {
    check: &'a SelfCheck,
    program: &'a Program,
    questions: Vec<QuestionId>,
    thresholds: Thresholds,
    everything: Vec<Interval>,
    /// The values to try of each question while nothing is known.
    all: Vec<Vec<Value>>,
    most: usize,
    seed: u64,
}

impl<'a> Sampler<'a> {
    fn new(
        check: &'a SelfCheck,
        program: &'a Program,
        questions: Vec<QuestionId>,
        most: usize,
    ) -> Self {
        let thresholds = Thresholds::new(check);
        let everything = nothing_known(check);
        Self {
            check,
            program,
            questions,
            all: check
                .question_ids()
                .map(|question| thresholds.within(check, question, &everything))
                .collect(),
            thresholds,
            everything,
            most,
            seed: 0x2545_f491_4f6c_dd1d,
        }
    }

    fn draw(&mut self, below: usize) -> usize {
        self.seed ^= self.seed << 13;
        self.seed ^= self.seed >> 7;
        self.seed ^= self.seed << 17;
        (self.seed >> 11) as usize % below.max(1)
    }

    fn value(&mut self, question: QuestionId) -> Value {
        let at = self.draw(self.all[question.index()].len());
        self.all[question.index()][at]
    }

    /// What is known, and of each question the values to try: at first a known value each, then some are opened or widened as long
    /// as the completions can be counted.
    fn sheet(&mut self) -> (Vec<Interval>, Vec<Vec<Value>>) {
        let mut known = self.everything.clone();
        for question in self.questions.clone() {
            known[question.index()] = Interval::exactly(self.value(question));
        }
        let mut lists = self.completions(&known);
        for _ in 0..self.questions.len() {
            let at = self.draw(self.questions.len());
            let question = self.questions[at];
            let before = known[question.index()];
            known[question.index()] = self.widened(question);
            let wider = self.completions(&known);
            if wider.iter().map(Vec::len).product::<usize>() > self.most {
                known[question.index()] = before;
            } else {
                lists = wider;
            }
        }
        (known, lists)
    }

    /// Two values at random, or everything.
    fn widened(&mut self, question: QuestionId) -> Interval {
        if self.check[question].domain.scale().is_some() && self.draw(2) == 0 {
            let (a, b) = (self.value(question), self.value(question));
            return Interval {
                lo: a.min(b),
                hi: a.max(b),
            };
        }
        self.everything[question.index()]
    }

    fn completions(&self, known: &[Interval]) -> Vec<Vec<Value>> {
        let people = self.people(known);
        self.questions
            .iter()
            .map(|&question| {
                let mut values = self.thresholds.within(self.check, question, known);
                let of = people.iter().filter(|(asked, _)| *asked == question);
                values.extend(of.map(|(_, value)| *value));
                values.sort_unstable();
                values.dedup();
                values
            })
            .collect()
    }

    /// Where several comparisons are one variable, somebody of each of its classes: such people may lie between all thresholds.
    fn people(&self, known: &[Interval]) -> Vec<(QuestionId, Value)> {
        let mut answers = Vec::new();
        for variable in &self.program.variables {
            if let Variable::Joint(joint) = variable {
                let people = joint.people(known).into_iter().flatten();
                let values = people.flat_map(|person| joint.values(self.check, &person));
                answers.extend(joint.questions.iter().copied().cycle().zip(values));
            }
        }
        answers
    }
}
