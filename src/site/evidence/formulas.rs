//! Formulas of computed values: each number, each day and each duration in them is one of the cited words.
//!
//! Comes in: the text of a formula, of a cell of a table, or of the head of a row. Goes out: MB0902 at the number. What a formula
//! is, `mingbai_rules` knows; here it is only cut into names and numbers. 0 and 1 are not compared: they say that a result is not
//! below zero, or that something is counted once.

use jiff::civil::Date;

use super::numbers::{decimal, has_number};
use super::{Case, Value, english, say};
use crate::diag::Spanned;
use crate::text::strip_width;
use mingbai_reading::{TimeUnit, What};

/// Compares the numbers of a formula.
///
/// # Diagnostics
/// MB0902.
pub(super) fn compare(case: &Case<'_>, value: &Value, sink: &mut crate::diag::Sink) {
    let text = strip_width(&value.value);
    for (at, token) in tokens(&text) {
        if is_said(case, token) {
            continue;
        }
        // Full-width digits take more bytes: then the whole formula is the place.
        let span = match text.len() == value.value.len() {
            true => value.part(at..at + token.len()),
            false => value.span,
        };
        let said = case
            .words
            .that_say(|what| !super::values::values(what).is_empty());
        let number = Spanned::new(token.to_owned(), span);
        sink.push(say::number(case, &number, &said, None));
    }
}

/// Numbers, days and durations, each with its place. A name may contain digits, but does not begin with one.
fn tokens(formula: &str) -> Vec<(usize, &str)> {
    const SIGNS: &str = "+*/×÷(),，、";
    let mut found = Vec::new();
    let mut rest = formula;
    while !rest.is_empty() {
        let at = formula.len() - rest.len();
        let is_end = |c: char| c.is_whitespace() || SIGNS.contains(c);
        let length = match rest.strip_prefix('“') {
            // A name with signs in it.
            Some(name) => name.find('”').map_or(rest.len(), |end| end + "“”".len()),
            None => rest.find(is_end).unwrap_or(rest.len()),
        };
        let (token, after) = rest.split_at(length);
        let number = token.trim_start_matches(['£', '€', '$', '¥']);
        if number.starts_with(|c: char| c.is_ascii_digit()) {
            found.push((at + token.len() - number.len(), number));
        }
        rest = after.trim_start_matches(is_end);
    }
    found
}

fn is_said(case: &Case<'_>, token: &str) -> bool {
    let english = Some(&*case.words.text).filter(|words| english::is_english(words));
    if let Some((month, day)) = month_and_day(token) {
        if let Some(words) = english {
            return english::has_day(words, month, day, None);
        }
        return case.words.meanings().any(|(_, what)| match what {
            What::Day(said) => (said.month, said.day) == (Some(month), Some(day)),
            _ => false,
        });
    }
    if let Some(day) = whole_day(token) {
        if let Some(words) = english {
            let (month, of_month) = (day.month().unsigned_abs(), day.day().unsigned_abs());
            return english::has_day(words, month, of_month, Some(day.year()));
        }
        return super::numbers::is_day_said(case, day);
    }
    let end = token.find(|c: char| !(c.is_ascii_digit() || c == '.'));
    let (digits, unit) = token.split_at(end.unwrap_or(token.len()));
    let Some(number) = decimal(digits) else {
        // A name, after all.
        return true;
    };
    let is_plain = unit.is_empty() && matches!(digits, "0" | "1");
    is_plain
        || english.is_some_and(|words| english::has_number(words, digits))
        || case
            .words
            .meanings()
            .any(|(_, what)| fits(what, unit) && has_number(what, number))
}

/// `11-20`, `9月1日`
fn month_and_day(token: &str) -> Option<(u8, u8)> {
    let plain = token.strip_suffix('日').unwrap_or(token);
    let (month, day) = plain.split_once(['-', '月'])?;
    Some((month.parse().ok()?, day.parse().ok()?)).filter(|(month, _)| *month <= 12)
}

/// `2020-09-01`, `2020年9月1日`
fn whole_day(token: &str) -> Option<Date> {
    if let Ok(day) = token.parse() {
        return Some(day);
    }
    let (year, rest) = token.split_once('年')?;
    let (month, day) = rest.strip_suffix('日')?.split_once('月')?;
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// Whether a number with this unit may mean what the words say.
fn fits(what: &What, unit: &str) -> bool {
    let time = |one: TimeUnit| matches!(what, What::Duration(said) if said.unit == one);
    match unit {
        "" => true,
        "%" | "％" => matches!(what, What::Share(_)),
        "年" | "years" => time(TimeUnit::Year),
        "个月" | "月" | "months" => time(TimeUnit::Month),
        "天" | "日" | "days" => time(TimeUnit::Day) || time(TimeUnit::WorkingDay),
        _ if unit.starts_with('元') => matches!(what, What::Money(_)),
        _ => match what {
            What::Amount(said) => said.unit.is_empty() || said.unit == unit,
            _ => false,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::{month_and_day, tokens};

    #[test]
    fn numbers_are_distinguished_from_names_with_digits() {
        let found = |formula| {
            let tokens = tokens(formula).into_iter();
            tokens.map(|(_, token)| token).collect::<Vec<_>>()
        };
        assert_eq!(found("学费 + 第2档 - 1200元"), ["1200元"]);
        assert_eq!(found("较小(学费, 8000)×80%"), ["8000", "80%"]);
        assert_eq!(found("当年(毕业, 09-01) + 2年"), ["09-01", "2年"]);
        assert_eq!(found("“3 + 4岁” + 2020年9月1日"), ["2020年9月1日"]);
        assert_eq!(found("“没有完"), Vec::<&str>::new());
        assert_eq!(month_and_day("9月1日"), Some((9, 1)));
        assert_eq!(month_and_day("11-20"), Some((11, 20)));
        assert_eq!(month_and_day("6个月"), None);
    }
}
