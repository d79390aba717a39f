//! The reference: what a check says of one person whose every answer is known, read straight off the conditions.
//!
//! Comes in: a [`SelfCheck`] and one value a question. Goes out: the outcome of a decision, the truth of a condition.
//! Nothing here knows classes, diagrams or modules: this is the one definition that they must agree with. What
//! is *possible* while answers are open is defined by trying every completion. `values` says what a computed value is.

mod values;

pub use values::{compute, formula};

use crate::formula::Formula;
use crate::self_check::*;
use crate::value::{Interval, OptionId, Value};

/// Whether a condition holds.
pub fn holds(check: &SelfCheck, condition: ConditionId, values: &[Value]) -> bool {
    let value = |question: QuestionId| values[question.index()];
    match &check[condition].test {
        Test::All(list) => list.iter().all(|&member| holds(check, member, values)),
        Test::Any(list) => list.iter().any(|&member| holds(check, member, values)),
        Test::Members {
            count,
            is_every,
            each,
        } => {
            let count = usize::try_from(values[count.index()].word()).unwrap_or(0);
            let mut there = each.iter().take(count);
            match is_every {
                true => there.all(|member| holds(check, *member, values)),
                false => there.any(|member| holds(check, *member, values)),
            }
        }
        Test::Not(member) => !holds(check, *member, values),
        Test::Named(name) => holds(check, check[*name].root, values),
        Test::Options { question, allowed } => match value(*question) {
            Value::Option(option) => allowed[option.index()],
            _ => false,
        },
        Test::Within {
            question,
            intervals,
        } => intervals
            .iter()
            .any(|interval| interval.contains(value(*question))),
        Test::Order {
            left,
            right,
            relations,
        } => relations.contains(value(*left).cmp(&value(*right))),
        Test::SameYear { left, right } => value(*left).year() == value(*right).year(),
        Test::Dated {
            question,
            by,
            comparison,
            periods,
        } => {
            let Value::Date(day) = value(*by) else {
                return false;
            };
            let relations = comparison.relations();
            let mut now = periods.iter().filter(|dated| dated.period.contains(day));
            now.any(|dated| relations.contains(value(*question).cmp(&dated.value)))
        }
        Test::Formula {
            formula: written,
            within,
            ..
        } => formula(check, written, values).is_some_and(|result| {
            within
                .iter()
                .any(|part| part.lo <= result && result <= part.hi)
        }),
    }
}

/// The outcome of a decision: the first whose condition holds, else the last.
pub fn decide(check: &SelfCheck, decision: DecisionId, values: &[Value]) -> OutcomeId {
    let outcomes = &check[decision].outcomes;
    let first = outcomes
        .iter()
        .position(|outcome| outcome.when.is_none_or(|when| holds(check, when, values)));
    OutcomeId::new(first.unwrap_or(outcomes.len() - 1))
}

/// The values that any condition could distinguish, question by question: every threshold with its neighbours.
///
/// Independent of the classes that the compiler makes, so that it can judge them.
#[derive(Debug)]
pub struct Thresholds {
    values: Vec<Vec<Value>>,
    /// Questions that are compared with this one.
    others: Vec<Vec<QuestionId>>,
    /// Formulas that are compared, their questions, and the results at which a comparison changes.
    formulas: Vec<Compared>,
}

#[derive(Debug)]
struct Compared {
    formula: Formula,
    questions: Vec<QuestionId>,
    borders: Vec<i64>,
}

impl Thresholds {
    /// Those of a check.
    pub fn new(check: &SelfCheck) -> Self {
        let mut this = Self {
            values: vec![Vec::new(); check.questions.len()],
            others: vec![Vec::new(); check.questions.len()],
            formulas: Vec::new(),
        };
        for condition in &check.conditions {
            this.add(&condition.test);
            if let Test::Members { count, .. } = &condition.test {
                this.every_number(check, *count);
            }
            if let Test::Formula {
                formula, within, ..
            } = &condition.test
            {
                this.add_periods(check, formula);
                let ends = within
                    .iter()
                    .flat_map(|part| [part.lo, part.hi.saturating_add(1)]);
                this.formulas.push(Compared {
                    questions: check.questions_of(formula).into_iter().collect(),
                    formula: formula.clone(),
                    borders: ends.filter(|end| end.abs() < i64::MAX / 2).collect(),
                });
            }
        }
        for computed in &check.computed {
            for head in computed.definition.heads() {
                this.add(head);
            }
            for written in computed.definition.formulas() {
                this.add_periods(check, &written.formula);
            }
        }
        for values in &mut this.values {
            values.sort_unstable();
            values.dedup();
        }
        this
    }

    fn add(&mut self, test: &Test) {
        match test {
            Test::Within {
                question,
                intervals,
            } => {
                for interval in intervals {
                    self.around(*question, interval.lo);
                    self.around(*question, interval.hi);
                }
            }
            Test::Dated {
                question,
                by,
                periods,
                ..
            } => {
                for dated in periods {
                    self.around(*question, dated.value);
                    self.around(*by, Value::Date(dated.period.from));
                    if let Some(until) = dated.period.until {
                        self.around(*by, Value::Date(until));
                    }
                }
            }
            Test::Order { left, right, .. } | Test::SameYear { left, right } => {
                self.others[left.index()].push(*right);
                self.others[right.index()].push(*left);
            }
            Test::All(_)
            | Test::Any(_)
            | Test::Not(_)
            | Test::Named(_)
            | Test::Members { .. }
            | Test::Options { .. }
            | Test::Formula { .. } => {}
        }
    }

    /// A number of members may decide anything.
    fn every_number(&mut self, check: &SelfCheck, count: QuestionId) {
        let bounds = check[count].domain.bounds();
        let numbers = bounds.lo.word()..=bounds.hi.word();
        self.values[count.index()].extend(numbers.map(Value::Number));
    }

    /// The periods of the parameters of a formula, and the numbers of its members.
    fn add_periods(&mut self, check: &SelfCheck, formula: &Formula) {
        formula.each(&mut |part| {
            if let Formula::First(count, _) = part {
                self.every_number(check, *count);
            }
            if let Formula::Parameter { by, periods } = part {
                for dated in periods {
                    self.around(*by, Value::Date(dated.period.from));
                    if let Some(until) = dated.period.until {
                        self.around(*by, Value::Date(until));
                    }
                }
            }
        });
    }

    fn around(&mut self, question: QuestionId, value: Value) {
        self.values[question.index()].extend(neighbours(value));
    }

    /// Those within what is known of a question, and its ends; for questions that are compared with it also their ends.
    pub fn within(
        &self,
        check: &SelfCheck,
        question: QuestionId,
        known: &[Interval],
    ) -> Vec<Value> {
        let own = known[question.index()];
        if own.is_exact() {
            return vec![own.lo];
        }
        if let Domain::Options { options, .. } = &check[question].domain {
            let options = (0..options.len()).map(|index| Value::Option(OptionId::new(index)));
            return options.filter(|option| own.contains(*option)).collect();
        }
        let mut list = vec![own.lo, own.hi];
        list.extend(&self.values[question.index()]);
        for other in &self.others[question.index()] {
            list.extend(neighbours(known[other.index()].lo));
            list.extend(neighbours(known[other.index()].hi));
            list.extend(&self.values[other.index()]);
        }
        for compared in &self.formulas {
            if compared.questions.contains(&question) {
                self.borders(check, compared, question, known, &mut list);
            }
        }
        list.retain(|value| own.contains(*value));
        list.sort_unstable();
        list.dedup();
        list
    }

    /// The answers to a question at which a formula crosses a border, while the other questions have some of their values. The formula
    /// goes up or down with the question.
    fn borders(
        &self,
        check: &SelfCheck,
        compared: &Compared,
        question: QuestionId,
        known: &[Interval],
        list: &mut Vec<Value>,
    ) {
        /// At most this many combinations of the other questions.
        const MOST: usize = 48;
        let own = known[question.index()];
        let mut people: Vec<Vec<Value>> = vec![known.iter().map(|known| known.lo).collect()];
        for other in compared
            .questions
            .iter()
            .filter(|other| **other != question)
        {
            let mut values = vec![known[other.index()].lo, known[other.index()].hi];
            let within = self.values[other.index()].iter();
            values.extend(within.filter(|value| known[other.index()].contains(**value)));
            values.dedup();
            let more = people.iter().flat_map(|person| {
                values.iter().map(|value| {
                    let mut person = person.clone();
                    person[other.index()] = *value;
                    person
                })
            });
            people = more.take(MOST).collect();
        }
        for mut person in people {
            let mut result = |value: Value| {
                person[question.index()] = value;
                formula(check, &compared.formula, &person)
            };
            let (Some(low), Some(high)) = (result(own.lo), result(own.hi)) else {
                continue;
            };
            for border in &compared.borders {
                let is_past = |found: i64| (found >= *border) == (low < high);
                let (mut least, mut most) = (0_i64, crate::derived::distance(own.lo, own.hi));
                while least < most {
                    let middle = least + (most - least) / 2;
                    match result(crate::derived::moved(own.lo, middle)) {
                        Some(found) if is_past(found) => most = middle,
                        _ => least = middle + 1,
                    }
                }
                list.extend(neighbours(crate::derived::moved(own.lo, least)));
            }
        }
    }
}

/// A value, the one before it and the one after it.
fn neighbours(value: Value) -> impl Iterator<Item = Value> {
    [value.previous(), Some(value), value.next()]
        .into_iter()
        .flatten()
}
