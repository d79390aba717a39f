//! Derived comparisons: what a formula that conditions compare with fixed numbers distinguishes.
//!
//! Comes in: a formula, perhaps with values of many cases in it. Goes out: its terms, each without cases ([`Pure`]). A term with one
//! question cuts the answers to this question; one with several is a variable of its own, whose classes are ranges of its results.

use std::collections::{BTreeMap, BTreeSet};

use crate::arithmetic::{Extent, Fault};
use crate::formula::{ComputedId, Formula, Op};
use crate::self_check::{Domain, QuestionId, SelfCheck};
use crate::term::{Asked, Term, TermId, Terms};
use crate::value::{Fen, Hundredths, Interval, Scale, Value};

/// At most this many terms of a formula.
const MOST_TERMS: usize = 2_000;

/// A formula without cases: constants, questions and operations only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pure {
    pub formula: Formula,
    /// Its questions, and whether it goes up with each; `None` where it goes both ways.
    pub questions: Vec<(QuestionId, Option<bool>)>,
}

/// All terms that a formula may become, whatever is answered; nothing if there are too many. Those that no answer leads to may be
/// among them.
pub fn terms(check: &SelfCheck, formula: &Formula) -> Option<Vec<Pure>> {
    let mut spread = Spread {
        check,
        terms: Terms::default(),
        values: BTreeMap::new(),
    };
    let found = spread.formula(formula)?;
    Some(
        found
            .into_iter()
            .map(|term| pure(&spread.terms, term))
            .collect(),
    )
}

/// A term as a formula.
pub fn pure(terms: &Terms, term: TermId) -> Pure {
    let directions = terms.directions(term).into_iter();
    Pure {
        formula: written(terms, term),
        questions: directions
            .filter_map(|(asked, up)| match asked {
                Asked::Question(question) => Some((question, up)),
                Asked::Value(_) => None,
            })
            .collect(),
    }
}

fn written(terms: &Terms, term: TermId) -> Formula {
    match terms.get(term) {
        Term::Constant(number) => Formula::Constant(*number),
        Term::Ask { question, .. } => Formula::Ask(*question),
        Term::Value(value) => Formula::Value(*value),
        Term::Make(op, operands) => {
            let operands = operands.iter().map(|operand| written(terms, *operand));
            Formula::Make(*op, operands.collect())
        }
    }
}

struct Spread<'a> {
    check: &'a SelfCheck,
    terms: Terms,
    values: BTreeMap<ComputedId, BTreeSet<TermId>>,
}

impl Spread<'_> {
    fn formula(&mut self, formula: &Formula) -> Option<BTreeSet<TermId>> {
        let constant = |this: &mut Self, number| this.terms.enter(Term::Constant(number));
        Some(match formula {
            Formula::Constant(number) => BTreeSet::from([constant(self, *number)]),
            Formula::Ask(question) => {
                let bounds = self.check[*question].domain.bounds();
                let within = crate::value::extent(bounds);
                let question = *question;
                BTreeSet::from([self.terms.enter(Term::Ask { question, within })])
            }
            Formula::Holds(_) => [0, 1].map(|number| constant(self, number)).into(),
            Formula::Parameter { periods, .. } => periods
                .iter()
                .map(|dated| constant(self, dated.value.word()))
                .collect(),
            Formula::Value(value) => self.value(*value)?,
            Formula::Make(op, parts) => {
                let mut parts = parts.iter();
                match (op, parts.len()) {
                    (Op::Add | Op::Least | Op::Greatest, 1..) => {
                        let mut sum = self.formula(parts.next()?)?;
                        for part in parts {
                            let part = self.formula(part)?;
                            sum = self.pairs(*op, &sum, &part)?;
                        }
                        sum
                    }
                    (_, 2) => {
                        let (a, b) = (self.formula(parts.next()?)?, self.formula(parts.next()?)?);
                        self.pairs(*op, &a, &b)?
                    }
                    _ => {
                        let one = self.formula(parts.next()?)?;
                        one.into_iter()
                            .map(|one| self.terms.make(*op, &[one]))
                            .collect()
                    }
                }
            }
        })
    }

    fn pairs(
        &mut self,
        op: Op,
        a: &BTreeSet<TermId>,
        b: &BTreeSet<TermId>,
    ) -> Option<BTreeSet<TermId>> {
        if a.len() * b.len() > MOST_TERMS * 10 {
            return None;
        }
        let mut found = BTreeSet::new();
        for a in a {
            for b in b {
                found.insert(self.terms.make(op, &[*a, *b]));
            }
        }
        (found.len() <= MOST_TERMS).then_some(found)
    }

    fn value(&mut self, value: ComputedId) -> Option<BTreeSet<TermId>> {
        if let Some(found) = self.values.get(&value) {
            return Some(found.clone());
        }
        let mut found = BTreeSet::new();
        for written in self.check[value].definition.formulas() {
            found.extend(self.formula(&written.formula)?);
        }
        if found.len() > MOST_TERMS {
            return None;
        }
        self.values.insert(value, found.clone());
        Some(found)
    }
}

impl Pure {
    /// The constant that it is.
    pub fn constant(&self) -> Option<i64> {
        match self.formula {
            Formula::Constant(number) => Some(number),
            _ => None,
        }
    }

    /// The least and the greatest result, given what is known of the questions.
    ///
    /// # Errors
    /// Why some of its results do not exist.
    pub fn extent(&self, known: &dyn Fn(QuestionId) -> Extent) -> Result<Extent, Fault> {
        extent_of(&self.formula, known)
    }

    /// How far at most the result moves when one answer moves by one; days where it is a day.
    pub fn step(&self, check: &SelfCheck) -> i64 {
        steps(&self.formula, check)
            .0
            .into_values()
            .max()
            .unwrap_or(0)
    }

    /// Answers to its questions with a result from `from` on, but as little above it as possible: the questions move one after the other
    /// from the end where the result is least.
    pub fn reach(&self, check: &SelfCheck, from: i64) -> Vec<(QuestionId, Value)> {
        let bounds = |question: QuestionId| check[question].domain.bounds();
        let mut answers: BTreeMap<QuestionId, Value> = BTreeMap::new();
        for (question, up) in &self.questions {
            let Interval { lo, hi } = bounds(*question);
            answers.insert(*question, if *up == Some(true) { lo } else { hi });
        }
        let result = |answers: &BTreeMap<QuestionId, Value>| {
            self.extent(&|question| Extent::exactly(answers[&question].word()))
        };
        for (question, up) in &self.questions {
            if result(&answers).is_ok_and(|found| found.lo >= from) {
                break;
            }
            let Interval { lo, hi } = bounds(*question);
            let all = distance(lo, hi);
            // The fewest steps with which the result is large enough, or all.
            let (mut least, mut most) = (0, all);
            while least < most {
                let middle = least + (most - least) / 2;
                let steps = if *up == Some(true) {
                    middle
                } else {
                    all - middle
                };
                answers.insert(*question, moved(lo, steps));
                if result(&answers).is_ok_and(|found| found.lo >= from) {
                    most = middle;
                } else {
                    least = middle + 1;
                }
            }
            let steps = if *up == Some(true) {
                least
            } else {
                all - least
            };
            answers.insert(*question, moved(lo, steps));
        }
        answers.into_iter().collect()
    }
}

/// Steps from a value to a later one.
pub fn distance(from: Value, to: Value) -> i64 {
    match (from, to) {
        (Value::Date(from), Value::Date(to)) => from.duration_until(to).as_hours() / 24,
        (from, to) => to.word() - from.word(),
    }
}

/// A value some steps later.
pub fn moved(from: Value, steps: i64) -> Value {
    use jiff::ToSpan;
    let word = |value: Value| value.word().saturating_add(steps);
    match from {
        Value::Date(day) => Value::Date(day.checked_add(steps.days()).unwrap_or(day)),
        Value::Number(_) => Value::Number(word(from)),
        Value::Money(_) => Value::Money(Fen(word(from))),
        Value::Decimal(_) => Value::Decimal(Hundredths(word(from))),
        Value::Option(_) => from,
    }
}

fn extent_of(formula: &Formula, known: &dyn Fn(QuestionId) -> Extent) -> Result<Extent, Fault> {
    match formula {
        Formula::Constant(number) => Ok(Extent::exactly(*number)),
        Formula::Ask(question) => Ok(known(*question)),
        Formula::Make(op, parts) => {
            let parts = parts.iter().map(|part| extent_of(part, known));
            op.of_extents(&parts.collect::<Result<Vec<_>, _>>()?)
        }
        // Nothing else is in a formula without cases.
        _ => Err(Fault::TooLarge),
    }
}

/// How far a formula moves with one step of each of its answers, and its range.
fn steps(formula: &Formula, check: &SelfCheck) -> (BTreeMap<QuestionId, i64>, Extent) {
    let everything = |question: QuestionId| crate::value::extent(check[question].domain.bounds());
    let range = extent_of(formula, &everything).unwrap_or(Extent::exactly(0));
    let (op, parts) = match formula {
        Formula::Ask(question) => return (BTreeMap::from([(*question, 1)]), range),
        Formula::Make(op, parts) => (op, parts),
        _ => return (BTreeMap::new(), range),
    };
    let parts: Vec<_> = parts.iter().map(|part| steps(part, check)).collect();
    let questions: BTreeSet<QuestionId> =
        parts.iter().flat_map(|(s, _)| s.keys().copied()).collect();
    let range_of = |at: usize| {
        parts
            .get(at)
            .map_or(Extent::exactly(1), |(_, range)| *range)
    };
    let ranges = (range_of(0), range_of(1));
    let moved = questions.into_iter().map(|question| {
        let of_parts: Vec<i64> = parts
            .iter()
            .map(|(steps, _)| steps.get(&question).copied().unwrap_or(0))
            .collect();
        (question, step(*op, &of_parts, ranges))
    });
    (moved.collect(), range)
}

/// How far an operation moves at most when its operands move so far. `ranges`: of its first two operands.
fn step(op: Op, moves: &[i64], ranges: (Extent, Extent)) -> i64 {
    // A question may be in several operands: their steps add up.
    let sum = moves
        .iter()
        .fold(0_i64, |sum, step| sum.saturating_add(*step));
    let by = |at: usize| moves.get(at).copied().unwrap_or(0);
    let ((a, range_a), (b, range_b)) = ((by(0), ranges.0), (by(1), ranges.1));
    let largest = |range: Extent| range.hi.max(range.lo.saturating_neg());
    match op {
        Op::Multiply => {
            let one = a.saturating_mul(largest(range_b));
            one.saturating_add(b.saturating_mul(largest(range_a)))
        }
        Op::Divide(_) => {
            let least = range_b.lo.max(1);
            let by_divisor = match b {
                0 => 0,
                _ => range_a.hi / least.saturating_mul(least.saturating_add(1)) + 1,
            };
            (a / least + 1).saturating_add(b.saturating_mul(by_divisor))
        }
        Op::AddDays => sum,
        Op::AddMonths => a.saturating_mul(4).saturating_add(b.saturating_mul(31)),
        Op::YearsBetween => sum / 365 + 1,
        Op::MonthsBetween => sum / 28 + 1,
        Op::Year => sum / 365 + 1,
        Op::FirstOfMonth | Op::EndOfMonth => sum.saturating_add(31),
        Op::EndOfYear | Op::InYear(_) => sum.saturating_add(366),
        _ => sum,
    }
}

/// How far apart two results are: days where they are days.
pub fn apart(scale: Scale, from: i64, to: i64) -> i64 {
    match scale {
        Scale::Date => Op::DaysBetween.of(&[from, to]).unwrap_or(0),
        _ => to - from,
    }
}

/// The first answer to its only question from which on the result is at least `from`, in the direction in which it goes up; nothing if it
/// is so for all answers, or for none.
pub fn cut(check: &SelfCheck, pure: &Pure, from: i64) -> Option<Value> {
    let [(question, Some(up))] = pure.questions[..] else {
        return None;
    };
    let Domain::Range { bounds, .. } = &check[question].domain else {
        return None;
    };
    let is_high = |steps: i64| {
        let word = moved(bounds.lo, steps).word();
        let result = pure.extent(&|_| Extent::exactly(word));
        result.is_ok_and(|result| result.lo >= from) == up
    };
    let (mut least, mut most) = (0, distance(bounds.lo, bounds.hi) + 1);
    while least < most {
        let middle = least + (most - least) / 2;
        if is_high(middle) {
            most = middle;
        } else {
            least = middle + 1;
        }
    }
    (least > 0 && least <= distance(bounds.lo, bounds.hi)).then(|| moved(bounds.lo, least))
}
