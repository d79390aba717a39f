//! Arithmetic: what an operation makes of whole numbers, and of ranges of them.
//!
//! Comes in: an [`Op`] and numbers. Goes out: a number, or nothing where there is none (too large, divided by zero, a day
//! outside the years 1 to 9999). Every operation goes up or down with each of its operands, whatever the others are. That is why
//! the least and the greatest result of ranges are results of their ends.

/// No number is further from zero than this: a script holds whole numbers up to here exactly.
pub const MOST: i64 = 1 << 53;

/// The first and the last day that can be computed.
const DAYS: std::ops::RangeInclusive<i64> = 10101..=99991231;

/// Numbers from the least to the greatest, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Extent {
    pub lo: i64,
    pub hi: i64,
}

impl Extent {
    /// One number.
    pub fn exactly(number: i64) -> Self {
        Self {
            lo: number,
            hi: number,
        }
    }

    /// Whether one number is left.
    pub fn is_exact(self) -> bool {
        self.lo == self.hi
    }

    /// The numbers of both.
    pub fn and(self, other: Self) -> Option<Self> {
        let both = Self {
            lo: self.lo.max(other.lo),
            hi: self.hi.min(other.hi),
        };
        (both.lo <= both.hi).then_some(both)
    }

    /// Everything from the least to the greatest of both.
    pub fn join(self, other: Self) -> Self {
        Self {
            lo: self.lo.min(other.lo),
            hi: self.hi.max(other.hi),
        }
    }
}

/// An operation on whole numbers. Days are `yyyymmdd`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Op {
    /// Of two or more.
    Add,
    Subtract,
    Multiply,
    Divide(Rounding),
    /// The least of two or more.
    Least,
    /// The greatest of two or more.
    Greatest,
    /// A day and a number of days.
    AddDays,
    /// A day and a number of months; the last day of the month where that has no such day.
    AddMonths,
    /// Days from the first day to the second.
    DaysBetween,
    /// Whole years from the first day to the second.
    YearsBetween,
    /// Whole months from the first day to the second.
    MonthsBetween,
    Year,
    FirstOfMonth,
    EndOfMonth,
    EndOfYear,
    /// A day of the same year: month × 100 + day.
    InYear(i32),
}

/// What happens to the rest of a division.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rounding {
    Down,
    Up,
    /// Halves go up.
    Nearest,
}

/// Why there is no result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// Beyond [`MOST`], or a day outside the years 1 to 9999.
    TooLarge,
    /// A factor or a dividend that can be negative.
    Negative,
    /// A divisor that can be zero or negative.
    ByZero,
}

impl Op {
    /// Whether the result goes up with an operand, rather than down. Products and quotients have operands that are not negative.
    pub fn rises(self, operand: usize) -> bool {
        match self {
            Self::Subtract | Self::Divide(_) => operand == 0,
            Self::DaysBetween | Self::YearsBetween | Self::MonthsBetween => operand == 1,
            _ => true,
        }
    }

    /// The result for numbers.
    ///
    /// # Errors
    /// Why there is none.
    pub fn of(self, numbers: &[i64]) -> Result<i64, Fault> {
        let first = numbers.first().copied().unwrap_or(0);
        let second = numbers.get(1).copied().unwrap_or(0);
        let wide = |number: Option<i64>| {
            let number = number.ok_or(Fault::TooLarge)?;
            let is_small = (-MOST..=MOST).contains(&number);
            is_small.then_some(number).ok_or(Fault::TooLarge)
        };
        match self {
            Self::Add => {
                let mut numbers = numbers.iter();
                wide(numbers.try_fold(0_i64, |sum, number| sum.checked_add(*number)))
            }
            Self::Subtract => wide(first.checked_sub(second)),
            Self::Multiply if first < 0 || second < 0 => Err(Fault::Negative),
            Self::Multiply => wide(first.checked_mul(second)),
            Self::Divide(_) if second <= 0 => Err(Fault::ByZero),
            Self::Divide(_) if first < 0 => Err(Fault::Negative),
            Self::Divide(rounding) => Ok(divide(rounding, first, second)),
            Self::Least => Ok(numbers.iter().copied().min().unwrap_or(0)),
            Self::Greatest => Ok(numbers.iter().copied().max().unwrap_or(0)),
            Self::AddDays => day(number_of(first).saturating_add(second)),
            Self::AddMonths => added_months(first, second),
            Self::DaysBetween => Ok(number_of(second) - number_of(first)),
            Self::YearsBetween => Ok((second - first).div_euclid(10_000)),
            Self::MonthsBetween => {
                Ok(months(second) - months(first) - i64::from(second % 100 < first % 100))
            }
            Self::Year => Ok(first / 10_000),
            Self::FirstOfMonth => Ok(first / 100 * 100 + 1),
            Self::EndOfMonth => Ok(first / 100 * 100 + days_of_month(months(first))),
            Self::EndOfYear => Ok(first / 10_000 * 10_000 + 12_31),
            Self::InYear(day) => Ok(first / 10_000 * 10_000 + i64::from(day)),
        }
    }

    /// The least and the greatest result for ranges of operands.
    ///
    /// # Errors
    /// Why there is none for some of them.
    pub fn of_extents(self, extents: &[Extent]) -> Result<Extent, Fault> {
        let end = |high: bool| {
            let ends = extents.iter().enumerate();
            let ends: Vec<i64> = ends
                .map(|(operand, extent)| {
                    if self.rises(operand) == high {
                        extent.hi
                    } else {
                        extent.lo
                    }
                })
                .collect();
            self.of(&ends)
        };
        // A fault of one end is one of the other only if there is none in between.
        let all = Extent {
            lo: end(false)?,
            hi: end(true)?,
        };
        match self {
            Self::Multiply if extents.iter().any(|extent| extent.lo < 0) => Err(Fault::Negative),
            Self::Divide(_) if extents[0].lo < 0 => Err(Fault::Negative),
            Self::Divide(_) if extents[1].lo <= 0 => Err(Fault::ByZero),
            _ => Ok(all),
        }
    }
}

/// A quotient of numbers that are not negative.
fn divide(rounding: Rounding, dividend: i64, divisor: i64) -> i64 {
    let (whole, rest) = (dividend / divisor, dividend % divisor);
    let up = match rounding {
        Rounding::Down => false,
        Rounding::Up => rest > 0,
        Rounding::Nearest => rest >= divisor - rest,
    };
    whole + i64::from(up)
}

/// Months since the year 0.
fn months(day: i64) -> i64 {
    day / 10_000 * 12 + day / 100 % 100 - 1
}

/// How many days a month has, by its number since the year 0.
fn days_of_month(months: i64) -> i64 {
    let (year, month) = (months.div_euclid(12), months.rem_euclid(12));
    if month == 1 {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return 28 + i64::from(leap);
    }
    31 - (month % 7) % 2
}

fn added_months(day: i64, more: i64) -> Result<i64, Fault> {
    let months = months(day).saturating_add(more);
    let (year, month) = (months.div_euclid(12), months.rem_euclid(12));
    if !(1..=9999).contains(&year) {
        return Err(Fault::TooLarge);
    }
    Ok(year * 10_000 + (month + 1) * 100 + (day % 100).min(days_of_month(months)))
}

/// The number of a day: days since 1 March of the year 0.
pub(crate) fn number_of(day: i64) -> i64 {
    // The year begins with March, so that a leap day is its last.
    let months = months(day) - 2;
    let (year, month) = (months.div_euclid(12), months.rem_euclid(12));
    365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day % 100 - 1
}

/// The day of a number.
fn day(number: i64) -> Result<i64, Fault> {
    if !(0..=3_652_364).contains(&number) {
        return Err(Fault::TooLarge);
    }
    let of_era = number % 146_097;
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let months = (number / 146_097 * 400 + year_of_era) * 12 + month + 2;
    let found =
        months / 12 * 10_000 + (months % 12 + 1) * 100 + of_year - (153 * month + 2) / 5 + 1;
    DAYS.contains(&found)
        .then_some(found)
        .ok_or(Fault::TooLarge)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan;
    use jiff::civil::{Date, date};

    fn word(day: Date) -> i64 {
        i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day())
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        let mut at = date(1, 3, 1);
        while at < date(9900, 1, 1) {
            let ends = (at.last_of_month(), at.last_of_year());
            assert_eq!(Op::EndOfMonth.of(&[word(at)]), Ok(word(ends.0)));
            assert_eq!(Op::EndOfYear.of(&[word(at)]), Ok(word(ends.1)));
            for more in [-400_i64, -59, -31, -1, 0, 1, 29, 365, 1_461, 36_524] {
                let Ok(then) = at.checked_add(more.days()) else {
                    continue;
                };
                if then.year() < 1 {
                    continue;
                }
                assert_eq!(
                    Op::AddDays.of(&[word(at), more]),
                    Ok(word(then)),
                    "{at} {more}"
                );
                assert_eq!(Op::DaysBetween.of(&[word(at), word(then)]), Ok(more));
                let Ok(then) = at.checked_add(more.months()) else {
                    continue;
                };
                if then.year() < 1 {
                    continue;
                }
                assert_eq!(
                    Op::AddMonths.of(&[word(at), more]),
                    Ok(word(then)),
                    "{at} {more}"
                );
            }
            at = at.checked_add(97.days()).expect("a day");
        }
        let found = Op::AddDays.of(&[99991231, 1]);
        assert_eq!(found, Err(Fault::TooLarge));
    }

    #[test]
    fn a_year_is_whole_on_the_same_day_and_a_rest_is_dropped_or_not() {
        let years = |from, to| Op::YearsBetween.of(&[from, to]);
        assert_eq!(years(20000728, 20200727), Ok(19));
        assert_eq!(years(20000728, 20200728), Ok(20));
        let months = |from, to| Op::MonthsBetween.of(&[from, to]);
        assert_eq!(months(20200131, 20200229), Ok(0));
        assert_eq!(months(20200131, 20210331), Ok(14));
        let divided = |rounding, a, b| Op::Divide(rounding).of(&[a, b]);
        assert_eq!(divided(Rounding::Down, 7, 2), Ok(3));
        assert_eq!(divided(Rounding::Up, 7, 2), Ok(4));
        assert_eq!(divided(Rounding::Up, 6, 2), Ok(3));
        assert_eq!(divided(Rounding::Nearest, 5, 2), Ok(3));
        assert_eq!(divided(Rounding::Nearest, 7, 5), Ok(1));
        assert_eq!(divided(Rounding::Down, -1, 2), Err(Fault::Negative));
        assert_eq!(divided(Rounding::Down, 1, 0), Err(Fault::ByZero));
        assert_eq!(Op::Multiply.of(&[MOST, 2]), Err(Fault::TooLarge));
    }
}
