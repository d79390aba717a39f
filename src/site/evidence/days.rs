//! Days: a day, its year, its bound and its end against the days that the words give.

use mingbai_reading as reading;
use mingbai_reading::{What, Year, read};

use super::say::{self, Why};
use super::{Case, Value};
use crate::diag::Sink;
use crate::model::date::{Bound, BoundKind, When, parse_bound};

/// Which day of an entry is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The first day of a window.
    From,
    /// Its last day.
    Until,
    /// The day of a deadline.
    Deadline,
}

/// Compares a day with the words.
///
/// # Diagnostics
/// MB0228 if the words do not give the day; MB0901 if they give it with another year, bound or end.
pub(super) fn compare(case: &Case<'_>, end: End, value: &Value, sink: &mut Sink) {
    let Ok(bound) = parse_bound(&value.value, value.span) else {
        return;
    };
    if let When::AsPrinted(words) = &bound.when {
        if !case.words.contain(words) {
            sink.push(say::no_day(case, value, std::iter::empty()));
        } else if let Some((said, day)) = first_day(case, words)
            && kind_of(end, day) != Some(bound.kind)
        {
            sink.push(say::day(case, value, said, Why::Bound, None));
        }
        return;
    }
    let said: Vec<(&str, &reading::Day)> = case
        .words
        .meanings()
        .filter_map(|(words, what)| match what {
            What::Day(day) if day.month.is_some() => Some((words, day)),
            _ => None,
        })
        .collect();
    if said
        .iter()
        .any(|(_, day)| fits(case, end, &bound, day).is_ok())
    {
        return;
    }
    // The day that comes nearest says what is wrong.
    let best = said
        .iter()
        .filter_map(|(words, day)| Some((*words, *day, fits(case, end, &bound, day).err()?)))
        .min_by_key(|(_, _, why)| *why);
    sink.push(match best {
        Some((words, day, why)) if why != Why::Day || said.len() == 1 => {
            let right = right(case, end, day);
            say::day(case, value, words, why, right)
        }
        _ => {
            let report = say::no_day(case, value, said.iter().map(|(words, _)| *words));
            // Of a period one day can be the first and one the last.
            let mut possible = said
                .iter()
                .filter(|(_, day)| kind_of(end, day).is_some())
                .map(|(_, day)| right(case, end, day));
            match (possible.next(), possible.next()) {
                (Some(Some(right)), None) => report.fix(value.span, right),
                _ => report,
            }
        }
    });
}

/// The day that is read from the words of a date without a year.
fn first_day<'a>(case: &'a Case<'_>, words: &str) -> Option<(&'a str, &'a reading::Day)> {
    let wanted = read(words)
        .into_iter()
        .find_map(|reading| match reading.what {
            What::Day(day) => Some((day.month, day.day)),
            _ => None,
        })?;
    case.words.meanings().find_map(|(said, what)| match what {
        What::Day(day) if (day.month, day.day) == wanted => Some((said, day)),
        _ => None,
    })
}

/// Whether a quotation gives a day, whatever its year and bound: a first look while a file is being written.
pub fn gives_day(quote: &str, bound: &Bound) -> bool {
    if let When::AsPrinted(words) = &bound.when {
        return crate::text::contains_folded(quote, words);
    }
    read(quote).iter().any(|reading| match &reading.what {
        What::Day(day) => is_same_day(bound, day),
        _ => false,
    })
}

/// Whether month and day are the same. A month of every year has no day.
fn is_same_day(bound: &Bound, said: &reading::Day) -> bool {
    let small = |number: i8| u8::try_from(number).ok();
    match &bound.when {
        When::Day(date) => (said.month, said.day) == (small(date.month()), small(date.day())),
        When::Yearly { month, day } => {
            (said.month, said.day) == (small(*month), day.and_then(small))
        }
        When::AsPrinted(_) => false,
    }
}

fn fits(case: &Case<'_>, end: End, bound: &Bound, day: &reading::Day) -> Result<(), Why> {
    if !is_same_day(bound, day) {
        return Err(Why::Day);
    }
    let is_year = match &bound.when {
        When::Day(date) => case.years.may_be(&day.year, date.year()),
        When::Yearly { .. } => {
            day.year == Year::Every
                || (case.years.is_lasting() && matches!(day.year, Year::This | Year::Of(_)))
        }
        When::AsPrinted(_) => true,
    };
    if !is_year {
        return Err(Why::Year);
    }
    let Some(kind) = kind_of(end, day) else {
        return Err(Why::End);
    };
    if kind != bound.kind {
        return Err(Why::Bound);
    }
    Ok(())
}

/// The bound that a day of the words is, as the first day, the last day or the limit of an entry. Nothing if it cannot be
/// that.
///
/// 前 and 止 give the last day (a limit is the last day on which something can be done), 起 the first. 不得早于 never
/// closes anything, and 前 never opens anything on that very day.
pub fn kind_of(end: End, day: &reading::Day) -> Option<BoundKind> {
    use reading::Bound as Said;
    match (end, day.end) {
        (End::From, reading::End::Last) | (End::Until, reading::End::First) => return None,
        (End::From, reading::End::First) | (End::Until, reading::End::Last) => {
            return Some(match day.bound {
                Said::NotBefore => BoundKind::NotBefore,
                _ => BoundKind::Exact,
            });
        }
        _ => {}
    }
    Some(match (end, day.bound) {
        (_, Said::NotBefore) => BoundKind::NotBefore,
        (End::From, Said::Before | Said::NotAfter) => BoundKind::NotAfter,
        (End::From, Said::Until) | (End::Until, Said::From | Said::After) => return None,
        (End::From, Said::After) => BoundKind::NotBefore,
        (End::Until | End::Deadline, Said::NotAfter) => BoundKind::NotAfter,
        _ => BoundKind::Exact,
    })
}

/// The value that the words give, as it is written in a file.
fn right(case: &Case<'_>, end: End, day: &reading::Day) -> Option<String> {
    let (month, of_month) = (day.month?, day.day);
    let kind = match kind_of(end, day)? {
        BoundKind::Exact => "",
        BoundKind::NotBefore => "不早于 ",
        BoundKind::NotAfter => "不晚于 ",
    };
    if day.year == Year::Every {
        return Some(match of_month {
            Some(of_month) => format!("{kind}每年 {month:02}-{of_month:02}"),
            None => format!("{kind}每年 {month}月"),
        });
    }
    let years = case.years.resolve(&day.year)?;
    let [year] = years.as_slice() else {
        return None;
    };
    Some(format!("{kind}{year}-{month:02}-{:02}", of_month?))
}
