//! The definition of a computed value: what it is for one person whose every answer is known, read straight off the file.
//!
//! Nothing here knows classes, diagrams or terms, and days are those of a calendar, not digits: what the compiler makes of them is
//! judged by this.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::holds;
use crate::formula::{ComputedId, Definition, Formula, Op, Rounding, Side};
use crate::self_check::{SelfCheck, Test};
use crate::value::Value;

/// A computed value as a number of a module: fen, a count, or `yyyymmdd`. Nothing if there is none.
pub fn compute(check: &SelfCheck, id: ComputedId, values: &[Value]) -> Option<i64> {
    match &check[id].definition {
        Definition::Formula(written) => formula(check, &written.formula, values),
        Definition::Cases(cases) => {
            let first = cases
                .iter()
                .find(|case| case.when.is_none_or(|when| holds(check, when, values)));
            formula(check, &first?.is.formula, values)
        }
        Definition::Table(table) => {
            let row = fitting(&table.rows, values)?;
            let column = table.columns.as_ref().map(|columns| fitting(columns, values));
            let cell = &table.cells[row][column.unwrap_or(Some(0))?];
            formula(check, &cell.formula, values)
        }
    }
}

/// The head that an answer fits.
fn fitting(side: &Side, values: &[Value]) -> Option<usize> {
    let value = values[side.question.index()];
    side.heads.iter().position(|head| match (&head.test, value) {
        (Test::Options { allowed, .. }, Value::Option(option)) => allowed[option.index()],
        (Test::Within { intervals, .. }, value) => intervals.iter().any(|i| i.contains(value)),
        _ => false,
    })
}

/// The result of a formula; nothing if there is none.
pub fn formula(check: &SelfCheck, written: &Formula, values: &[Value]) -> Option<i64> {
    match written {
        Formula::Constant(number) => Some(*number),
        Formula::Ask(question) => Some(values[question.index()].word().into()),
        Formula::Holds(condition) => Some(holds(check, *condition, values).into()),
        Formula::Parameter { by, periods } => {
            let Value::Date(day) = values[by.index()] else {
                return None;
            };
            let now = periods.iter().find(|dated| dated.period.contains(day));
            now.map(|dated| dated.value.word().into())
        }
        Formula::Value(value) => compute(check, *value, values),
        Formula::Make(op, parts) => {
            let parts = parts.iter().map(|part| formula(check, part, values));
            operate(*op, &parts.collect::<Option<Vec<i64>>>()?)
        }
    }
}

fn operate(op: Op, numbers: &[i64]) -> Option<i64> {
    let day = |at: usize| calendar_day(numbers[at]);
    match op {
        Op::Add => numbers.iter().try_fold(0_i64, |sum, n| sum.checked_add(*n)),
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
    (day >= date(1, 1, 1)).then(|| Value::Date(day).word().into())
}
