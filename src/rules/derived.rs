//! Derived comparisons: what a formula that conditions compare with fixed numbers distinguishes.
//!
//! Comes in: a formula, perhaps with values of many cases in it. Goes out: its terms, each without cases ([`Pure`]). A term with one
//! question cuts the answers to this question; one with several is a variable of its own, whose classes are ranges of its results.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::arithmetic::{Extent, Fault};
use crate::formula::{ComputedId, Definition, Formula, Op, Table, Test};
use crate::self_check::{QuestionId, SelfCheck};
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
    /// The answers to them of which it says anything: all, or one part.
    pub within: Cell,
}

/// Parts of the answers to questions: where a term is used. Two that have different parts of one question never meet.
pub type Cell = BTreeMap<QuestionId, Extent>;

/// The questions whose answers are taken apart, and their parts.
pub type Parted = BTreeMap<QuestionId, Vec<Extent>>;

/// The answers to a question within one of its parts: a number where every part is one. Otherwise what another question is compared
/// with would be more fixed values of it, by which it would be taken apart in turn.
pub fn part_of(question: QuestionId, parts: &[Extent], within: Extent) -> Term {
    match parts.iter().all(|part| part.is_exact()) {
        true => Term::Constant(within.lo),
        false => Term::Ask { question, within },
    }
}

/// Whether nobody is in both.
pub fn are_apart(one: &Cell, other: &Cell) -> bool {
    let mut parts = one.iter();
    parts.any(|(question, part)| other.get(question).is_some_and(|other| other != part))
}

/// All terms that a formula may become, whatever is answered, and where each is used; nothing if there are too many. Those that no
/// answer leads to may be among them.
pub fn terms(
    check: &SelfCheck,
    parted: &Parted,
    formula: &Formula,
) -> Option<Vec<(Pure, Vec<Cell>)>> {
    let mut spread = Spread {
        check,
        parted,
        terms: Terms::default(),
        values: BTreeMap::new(),
    };
    let mut found: BTreeMap<TermId, Vec<Cell>> = BTreeMap::new();
    for (term, cell) in spread.formula(formula)? {
        found.entry(term).or_default().push(cell);
    }
    let found = found.into_iter();
    Some(
        found
            .map(|(term, cells)| (pure(&spread.terms, term), cells))
            .collect(),
    )
}

/// A term as a formula.
pub fn pure(terms: &Terms, term: TermId) -> Pure {
    let directions = terms.directions(term).into_iter();
    let mut within = BTreeMap::new();
    let formula = written(terms, term, &mut within);
    Pure {
        formula,
        within,
        questions: directions
            .filter_map(|(asked, up)| match asked {
                Asked::Question(question) => Some((question, up)),
                Asked::Value(_) => None,
            })
            .collect(),
    }
}

fn written(terms: &Terms, term: TermId, limits: &mut Cell) -> Formula {
    match terms.get(term) {
        Term::Constant(number) => Formula::Constant(*number),
        Term::Ask { question, within } => {
            limits.insert(*question, *within);
            Formula::Ask(*question)
        }
        Term::Value(value) => Formula::Value(*value),
        Term::Make(op, operands) => {
            let operands = operands.iter();
            let operands = operands.map(|operand| written(terms, *operand, limits));
            let mut operands: Vec<Formula> = operands.collect();
            // In which order terms were made makes no difference to a formula.
            if matches!(op, Op::Add | Op::Least | Op::Greatest) {
                operands.sort_by(in_order);
            }
            Formula::Make(*op, operands)
        }
    }
}

/// A fixed order of formulas without cases: questions, operations, constants.
fn in_order(one: &Formula, other: &Formula) -> Ordering {
    match (one, other) {
        (Formula::Ask(one), Formula::Ask(other)) => one.cmp(other),
        (Formula::Constant(one), Formula::Constant(other)) => one.cmp(other),
        (Formula::Make(op, parts), Formula::Make(other, others)) => {
            let parts = parts.iter().zip(others).map(|(a, b)| in_order(a, b));
            let mut differ = parts.filter(|order| order.is_ne());
            let rest = differ.next().unwrap_or(Ordering::Equal);
            op.cmp(other).then(rest)
        }
        _ => rank(one).cmp(&rank(other)),
    }
}

fn rank(formula: &Formula) -> u8 {
    match formula {
        Formula::Ask(_) => 0,
        Formula::Make(..) => 1,
        _ => 2,
    }
}

/// Terms, each with the answers that lead to it.
type Found = BTreeSet<(TermId, Cell)>;

struct Spread<'a> {
    check: &'a SelfCheck,
    parted: &'a Parted,
    terms: Terms,
    values: BTreeMap<ComputedId, Found>,
}

impl Spread<'_> {
    fn constant(&mut self, number: i64) -> (TermId, Cell) {
        (self.terms.enter(Term::Constant(number)), Cell::new())
    }

    fn asked(&mut self, question: QuestionId) -> Found {
        if let Some(parts) = self.parted.get(&question) {
            return parts
                .iter()
                .map(|part| {
                    let term = part_of(question, parts, *part);
                    (self.terms.enter(term), Cell::from([(question, *part)]))
                })
                .collect();
        }
        let within = crate::value::extent(self.check[question].domain.bounds());
        let term = self.terms.enter(Term::Ask { question, within });
        Found::from([(term, Cell::new())])
    }

    fn formula(&mut self, formula: &Formula) -> Option<Found> {
        Some(match formula {
            Formula::Constant(number) => Found::from([self.constant(*number)]),
            Formula::Ask(question) => self.asked(*question),
            Formula::Holds(_) => [0, 1].map(|number| self.constant(number)).into(),
            Formula::Parameter { periods, .. } => periods
                .iter()
                .map(|dated| self.constant(dated.value.word()))
                .collect(),
            Formula::Value(value) => self.value(*value)?,
            Formula::First(count, parts) => self.first(*count, parts)?,
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
                            .map(|(one, cell)| (self.terms.make(*op, &[one]), cell))
                            .collect()
                    }
                }
            }
        })
    }

    /// The sum of the first parts, for each number of them.
    fn first(&mut self, count: QuestionId, parts: &[Formula]) -> Option<Found> {
        // Nothing is known of it before its numbers are classes.
        let numbers: Vec<Extent> = self.parted.get(&count).cloned().unwrap_or_default();
        let mut sum = Found::from([self.constant(0)]);
        let mut found = Found::new();
        for number in 0..=parts.len() {
            let cell = numbers.iter().find(|part| part.lo == number as i64);
            if let Some(cell) = cell {
                let own = Found::from([(self.constant(0).0, Cell::from([(count, *cell)]))]);
                found.extend(self.pairs(Op::Add, &sum, &own)?);
            }
            if let Some(part) = parts.get(number) {
                let part = self.formula(part)?;
                sum = self.pairs(Op::Add, &sum, &part)?;
            }
        }
        Some(found)
    }

    /// The cells of each row, in the parts of the answers that select it.
    fn table(&mut self, table: &Table) -> Option<Found> {
        let question = table.rows.question;
        let mut found = Found::new();
        for (head, cells) in table.rows.heads.iter().zip(&table.cells) {
            let Test::Within { intervals, .. } = &head.test else {
                return None;
            };
            let is_in = |part: &Extent| {
                let mut intervals = intervals
                    .iter()
                    .map(|interval| crate::value::extent(*interval));
                intervals.any(|interval| interval.lo <= part.lo && part.hi <= interval.hi)
            };
            let parts = self.parted[&question].clone();
            for cell in cells {
                let cell = self.formula(&cell.formula)?;
                for part in parts.iter().filter(|part| is_in(part)) {
                    let here = cell.iter().filter(|(_, there)| {
                        there.get(&question).is_none_or(|other| other == part)
                    });
                    found.extend(here.map(|(term, there)| {
                        let mut there = there.clone();
                        there.insert(question, *part);
                        (*term, there)
                    }));
                }
            }
        }
        Some(found)
    }

    fn pairs(&mut self, op: Op, a: &Found, b: &Found) -> Option<Found> {
        if a.len() * b.len() > MOST_TERMS * 10 {
            return None;
        }
        let mut found = Found::new();
        for (a, here) in a {
            for (b, there) in b.iter().filter(|(_, there)| !are_apart(here, there)) {
                let mut cell = here.clone();
                cell.extend(there);
                found.insert((self.terms.make(op, &[*a, *b]), cell));
            }
        }
        (found.len() <= MOST_TERMS).then_some(found)
    }

    fn value(&mut self, value: ComputedId) -> Option<Found> {
        if let Some(found) = self.values.get(&value) {
            return Some(found.clone());
        }
        let mut found = Found::new();
        let definition = &self.check[value].definition;
        if let Definition::Table(table) = definition
            && self.parted.contains_key(&table.rows.question)
        {
            found = self.table(table)?;
        } else {
            for written in definition.formulas() {
                found.extend(self.formula(&written.formula)?);
            }
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
        let known = |question: QuestionId| {
            let within = self.within[&question];
            // A part without answers is not reached; its range is never looked at.
            known(question).and(within).unwrap_or(within)
        };
        extent_of(&self.formula, &known)
    }

    /// The first and the last of the answers to one of its questions.
    fn bounds(&self, check: &SelfCheck, question: QuestionId) -> Interval {
        let bounds = check[question].domain.bounds();
        let within = self.within[&question];
        Interval {
            lo: like(bounds.lo, within.lo),
            hi: like(bounds.hi, within.hi),
        }
    }

    /// How far at most the result moves when one answer moves by one; days where it is a day.
    pub fn step(&self, check: &SelfCheck) -> i64 {
        steps(&self.formula, &|question| self.bounds(check, question))
            .0
            .into_values()
            .max()
            .unwrap_or(0)
    }

    /// Answers to its questions with a result from `from` on, but as little above it as possible: the questions move one after the other
    /// from the end where the result is least.
    pub fn reach(&self, check: &SelfCheck, from: i64) -> Vec<(QuestionId, Value)> {
        let bounds = |question: QuestionId| self.bounds(check, question);
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

/// The value of a number of a module, of the same kind as another one.
pub fn like(kind: Value, word: i64) -> Value {
    match kind {
        Value::Date(_) => {
            let part = |number: i64| i8::try_from(number).unwrap_or(1);
            let year = i16::try_from(word / 10_000).unwrap_or(1);
            let day = Date::new(year, part(word / 100 % 100), part(word % 100));
            day.map_or(kind, Value::Date)
        }
        Value::Number(_) => Value::Number(word),
        Value::Money(_) => Value::Money(Fen(word)),
        Value::Decimal(_) => Value::Decimal(Hundredths(word)),
        Value::Option(_) => kind,
    }
}

/// A value some steps later.
pub fn moved(from: Value, steps: i64) -> Value {
    use jiff::ToSpan;
    match from {
        Value::Date(day) => Value::Date(day.checked_add(steps.days()).unwrap_or(day)),
        _ => like(from, from.word().saturating_add(steps)),
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
fn steps(
    formula: &Formula,
    bounds: &dyn Fn(QuestionId) -> Interval,
) -> (BTreeMap<QuestionId, i64>, Extent) {
    let everything = |question: QuestionId| crate::value::extent(bounds(question));
    let range = extent_of(formula, &everything).unwrap_or(Extent::exactly(0));
    let (op, parts) = match formula {
        Formula::Ask(question) => return (BTreeMap::from([(*question, 1)]), range),
        Formula::Make(op, parts) => (op, parts),
        _ => return (BTreeMap::new(), range),
    };
    let parts: Vec<_> = parts.iter().map(|part| steps(part, bounds)).collect();
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
    let bounds = pure.bounds(check, question);
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

/// How far one question is above another one: days where they are days.
pub fn difference(check: &SelfCheck, left: QuestionId, right: QuestionId) -> Formula {
    let (left_of, right_of) = (Formula::Ask(left), Formula::Ask(right));
    match check[left].domain.scale() {
        Some(Scale::Date) => Formula::Make(Op::DaysBetween, vec![right_of, left_of]),
        _ => Formula::Make(Op::Subtract, vec![left_of, right_of]),
    }
}

/// What is left of a term without operations that have numbers as their other operands: `甲 + 乙` of `(甲 + 乙 + 2) ÷ 3`.
pub fn core(pure: &Pure) -> Pure {
    Pure {
        formula: core_of(&pure.formula),
        questions: pure.questions.clone(),
        within: pure.within.clone(),
    }
    .directed()
}

fn core_of(formula: &Formula) -> Formula {
    match only_part(formula) {
        Some(part) => core_of(&part),
        None => formula.clone(),
    }
}

/// The only operand that is not a number, of an operation on numbers; of a sum all of these operands.
fn only_part(formula: &Formula) -> Option<Formula> {
    let Formula::Make(op, parts) = formula else {
        return None;
    };
    let is_plain = matches!(
        op,
        Op::Add | Op::Subtract | Op::Multiply | Op::Divide(_) | Op::Least | Op::Greatest
    );
    let own = parts
        .iter()
        .filter(|part| !matches!(part, Formula::Constant(_)));
    let own: Vec<Formula> = own.cloned().collect();
    match &own[..] {
        [one] if is_plain => Some(one.clone()),
        [_, _, ..] if *op == Op::Add && own.len() < parts.len() => Some(Formula::Make(*op, own)),
        _ => None,
    }
}

impl Pure {
    /// With the directions of its own formula.
    fn directed(mut self) -> Self {
        fn direct(formula: &Formula, up: bool, found: &mut BTreeMap<QuestionId, Option<bool>>) {
            match formula {
                Formula::Ask(question) => {
                    let direction = found.entry(*question).or_insert(Some(up));
                    if *direction != Some(up) {
                        *direction = None;
                    }
                }
                Formula::Make(op, parts) => {
                    for (place, part) in parts.iter().enumerate() {
                        direct(part, op.rises(place) == up, found);
                    }
                }
                _ => {}
            }
        }
        let mut found = BTreeMap::new();
        direct(&self.formula, true, &mut found);
        self.questions = found.into_iter().collect();
        self
    }

    /// Where its core is cut so that the term passes a number; nothing if it never does.
    pub fn cut_of_core(&self, core: &Self, from: i64) -> Option<i64> {
        let everything = |question: QuestionId| self.within[&question];
        let range = core.extent(&everything).ok()?;
        let is_high = |number: i64| with_core(&self.formula, number).is_some_and(|of| of >= from);
        let first = is_high(range.lo);
        if is_high(range.hi) == first {
            return None;
        }
        let (mut least, mut most) = (range.lo, range.hi);
        while least < most {
            let middle = least + (most - least) / 2;
            if is_high(middle) == first {
                least = middle + 1;
            } else {
                most = middle;
            }
        }
        Some(least)
    }
}

/// The result of a formula whose core has a result.
fn with_core(formula: &Formula, number: i64) -> Option<i64> {
    let Some(only) = only_part(formula) else {
        return Some(number);
    };
    let Formula::Make(op, parts) = formula else {
        return None;
    };
    let inner = with_core(&only, number)?;
    let mut numbers = Vec::new();
    let mut is_in = false;
    for part in parts {
        match part {
            Formula::Constant(constant) => numbers.push(*constant),
            _ if is_in => {}
            _ => {
                numbers.push(inner);
                is_in = true;
            }
        }
    }
    op.of(&numbers).ok()
}
