//! The definition of a computed value: what it is for one person whose every answer is known, read straight off the file.
//!
//! Nothing here knows classes, diagrams or terms, and days are those of a calendar, not digits: what the compiler makes of them is
//! judged by this. What was worked out once for a person is kept, so that values that use each other many times cost no more.

use std::cell::RefCell;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use rustc_hash::FxHashMap;

use crate::formula::{ComputedId, Definition, Formula, Op, Rounding, Side};
use crate::self_check::{ConditionId, SelfCheck, Test};
use crate::value::Value;

/// A computed value as a number of a module: fen, a count, or `yyyymmdd`. Nothing if there is none.
pub fn compute(check: &SelfCheck, id: ComputedId, values: &[Value]) -> Option<i64> {
    Person::new(check, values).value(id)
}

/// The result of a formula; nothing if there is none.
pub fn formula(check: &SelfCheck, written: &Formula, values: &[Value]) -> Option<i64> {
    Person::new(check, values).formula(written)
}

/// A person, and what was worked out for them.
struct Person<'a> {
    check: &'a SelfCheck,
    values: &'a [Value],
    computed: RefCell<FxHashMap<ComputedId, Option<i64>>>,
    conditions: RefCell<FxHashMap<ConditionId, bool>>,
}

impl<'a> Person<'a> {
    fn new(check: &'a SelfCheck, values: &'a [Value]) -> Self {
        Self {
            check,
            values,
            computed: RefCell::default(),
            conditions: RefCell::default(),
        }
    }

    fn value(&self, id: ComputedId) -> Option<i64> {
        if let Some(found) = self.computed.borrow().get(&id) {
            return *found;
        }
        let found = self.defined(&self.check[id].definition);
        self.computed.borrow_mut().insert(id, found);
        found
    }

    fn defined(&self, definition: &Definition) -> Option<i64> {
        match definition {
            Definition::Formula(written) => self.formula(&written.formula),
            Definition::Cases(cases) => {
                let first = cases
                    .iter()
                    .find(|case| case.when.is_none_or(|when| self.holds(when)));
                self.formula(&first?.is.formula)
            }
            Definition::Table(table) => {
                let row = self.fitting(&table.rows)?;
                let column = table.columns.as_ref().map(|columns| self.fitting(columns));
                let cell = &table.cells[row][column.unwrap_or(Some(0))?];
                self.formula(&cell.formula)
            }
        }
    }

    /// Whether a condition holds; those that are made of others or compare formulas are kept.
    fn holds(&self, condition: ConditionId) -> bool {
        if let Some(found) = self.conditions.borrow().get(&condition) {
            return *found;
        }
        let found = match &self.check[condition].test {
            Test::All(list) => list.iter().all(|&member| self.holds(member)),
            Test::Any(list) => list.iter().any(|&member| self.holds(member)),
            Test::Members {
                count,
                is_every,
                each,
            } => {
                let count = usize::try_from(self.values[count.index()].word()).unwrap_or(0);
                let mut there = each.iter().take(count);
                match is_every {
                    true => there.all(|member| self.holds(*member)),
                    false => there.any(|member| self.holds(*member)),
                }
            }
            Test::Not(member) => !self.holds(*member),
            Test::Named(name) => self.holds(self.check[*name].root),
            Test::Formula {
                formula, within, ..
            } => self.formula(formula).is_some_and(|result| {
                let mut within = within.iter();
                within.any(|part| part.lo <= result && result <= part.hi)
            }),
            _ => super::holds(self.check, condition, self.values),
        };
        self.conditions.borrow_mut().insert(condition, found);
        found
    }

    /// The head that an answer fits.
    fn fitting(&self, side: &Side) -> Option<usize> {
        let value = self.values[side.question.index()];
        side.heads
            .iter()
            .position(|head| match (&head.test, value) {
                (Test::Options { allowed, .. }, Value::Option(option)) => allowed[option.index()],
                (Test::Within { intervals, .. }, value) => {
                    intervals.iter().any(|interval| interval.contains(value))
                }
                _ => false,
            })
    }

    fn formula(&self, written: &Formula) -> Option<i64> {
        match written {
            Formula::Constant(number) => Some(*number),
            Formula::Ask(question) => Some(self.values[question.index()].word()),
            Formula::Holds(condition) => Some(self.holds(*condition).into()),
            Formula::Parameter { by, periods } => {
                let Value::Date(day) = self.values[by.index()] else {
                    return None;
                };
                let now = periods.iter().find(|dated| dated.period.contains(day));
                now.map(|dated| dated.value.word())
            }
            Formula::Value(value) => self.value(*value),
            Formula::First(count, parts) => {
                let count = usize::try_from(self.values[count.index()].word()).ok()?;
                let mut parts = parts.iter().take(count).map(|part| self.formula(part));
                parts.try_fold(0_i64, |sum, part| sum.checked_add(part?))
            }
            Formula::Make(op, parts) => {
                let parts = parts.iter().map(|part| self.formula(part));
                operate(*op, &parts.collect::<Option<Vec<i64>>>()?)
            }
        }
    }
}

fn operate(op: Op, numbers: &[i64]) -> Option<i64> {
    let day = |at: usize| calendar_day(numbers[at]);
    match op {
        Op::Add => numbers
            .iter()
            .try_fold(0_i64, |sum, number| sum.checked_add(*number)),
        Op::Subtract => numbers[0].checked_sub(numbers[1]),
        Op::Multiply => numbers[0].checked_mul(numbers[1]),
        Op::Divide(rounding) => {
            let (dividend, divisor) = (numbers[0], numbers[1]);
            let down = dividend.checked_div_euclid(divisor)?;
            let rest = dividend - down * divisor;
            Some(match rounding {
                Rounding::Up if rest > 0 => down + 1,
                Rounding::Nearest if rest * 2 >= divisor => down + 1,
                _ => down,
            })
        }
        Op::Least => numbers.iter().copied().min(),
        Op::Greatest => numbers.iter().copied().max(),
        Op::AddDays => word(day(0)?.checked_add(numbers[1].days()).ok()?),
        Op::AddMonths => word(day(0)?.checked_add(numbers[1].months()).ok()?),
        Op::DaysBetween => Some(day(0)?.duration_until(day(1)?).as_hours() / 24),
        Op::YearsBetween => {
            let (from, to) = (day(0)?, day(1)?);
            let had = (to.month(), to.day()) >= (from.month(), from.day());
            Some(i64::from(to.year()) - i64::from(from.year()) - i64::from(!had))
        }
        Op::MonthsBetween => {
            let (from, to) = (day(0)?, day(1)?);
            let months = |day: Date| i64::from(day.year()) * 12 + i64::from(day.month());
            Some(months(to) - months(from) - i64::from(to.day() < from.day()))
        }
        Op::Year => Some(day(0)?.year().into()),
        Op::FirstOfMonth => word(day(0)?.first_of_month()),
        Op::EndOfMonth => word(day(0)?.last_of_month()),
        Op::EndOfYear => word(day(0)?.last_of_year()),
        Op::InYear(at) => {
            let (month, in_month) = (i8::try_from(at / 100).ok()?, i8::try_from(at % 100).ok()?);
            word(Date::new(day(0)?.year(), month, in_month).ok()?)
        }
    }
}

fn calendar_day(word: i64) -> Option<Date> {
    let part = |number: i64| i8::try_from(number).ok();
    let year = i16::try_from(word / 10_000).ok()?;
    Date::new(year, part(word / 100 % 100)?, part(word % 100)?).ok()
}

fn word(day: Date) -> Option<i64> {
    (day >= date(1, 1, 1)).then(|| Value::Date(day).word())
}
