//! Values: how numbers, amounts and dates are read from words and put into words again.
//!
//! Comes in: text as written. Goes out: one `i32` (whole number, fen, `yyyymmdd`) or why it is none. No
//! floating-point number takes part: 12.30 yuan is 1230 fen by its digits.

use jiff::civil::Date;

use super::check::{Domain, Fact, Known, Scale};
use crate::diag::{SourceId, Span};
use crate::text::strip_width;
use mingbai_forms::date::{chinese, parse_day};

/// Reads one value of a scale; units behind it (`元`, the question's own) are passed over.
pub fn parse(scale: Scale, unit: &str, text: &str) -> Option<i32> {
    let plain: String = strip_width(text)
        .chars()
        .filter(|c| !c.is_whitespace() && *c != ',' && *c != '，')
        .collect();
    match scale {
        Scale::Date => day(&plain),
        Scale::Number => strip_unit(&plain, &[unit]).parse().ok(),
        Scale::Money => fen(strip_unit(&plain, &[unit, "元"])),
    }
}

fn strip_unit<'a>(text: &'a str, units: &[&str]) -> &'a str {
    units
        .iter()
        .filter(|unit| !unit.is_empty())
        .find_map(|unit| text.strip_suffix(unit))
        .unwrap_or(text)
}

/// `2952`, `2952.5`, `2952.50` in yuan -> fen.
fn fen(text: &str) -> Option<i32> {
    let (yuan, cents) = match text.split_once('.') {
        Some((yuan, cents)) => (yuan, cents),
        None => (text, ""),
    };
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if yuan.is_empty() || !digits(yuan) || !digits(cents) || cents.len() > 2 {
        return None;
    }
    if text.ends_with('.') {
        return None;
    }
    let yuan: i64 = yuan.parse().ok()?;
    let cents: i64 = format!("{cents:0<2}").parse().ok()?;
    i32::try_from(yuan.checked_mul(100)?.checked_add(cents)?).ok()
}

fn day(text: &str) -> Option<i32> {
    let nowhere = Span::new(SourceId(0), 0..0);
    parse_day(text, nowhere).ok().map(from_date)
}

/// `yyyymmdd`
pub fn from_date(day: Date) -> i32 {
    i32::from(day.year()) * 10_000 + i32::from(day.month()) * 100 + i32::from(day.day())
}

pub fn to_date(value: i32) -> Option<Date> {
    Date::new(
        i16::try_from(value / 10_000).ok()?,
        i8::try_from(value / 100 % 100).ok()?,
        i8::try_from(value % 100).ok()?,
    )
    .ok()
}

/// The next value of a scale (the next day of a date).
pub fn next(scale: Scale, value: i32) -> i32 {
    match scale {
        Scale::Date => to_date(value)
            .and_then(|day| day.tomorrow().ok())
            .map_or(value.saturating_add(1), from_date),
        _ => value.saturating_add(1),
    }
}

/// The value before.
pub fn previous(scale: Scale, value: i32) -> i32 {
    match scale {
        Scale::Date => to_date(value)
            .and_then(|day| day.yesterday().ok())
            .map_or(value.saturating_sub(1), from_date),
        _ => value.saturating_sub(1),
    }
}

/// A value in words, with its unit.
pub fn show(scale: Scale, unit: &str, value: i32) -> String {
    match scale {
        Scale::Number => format!("{value}{unit}"),
        Scale::Money => {
            let unit = if unit.is_empty() { "元" } else { unit };
            let sign = if value < 0 { "-" } else { "" };
            let (yuan, cents) = (value.unsigned_abs() / 100, value.unsigned_abs() % 100);
            match cents {
                0 => format!("{sign}{yuan}{unit}"),
                _ => format!("{sign}{yuan}.{cents:02}{unit}"),
            }
        }
        Scale::Date => to_date(value).map_or_else(|| value.to_string(), chinese),
    }
}

/// What is known of a fact, in words: `是`, `一级`, `2000元至3000元`, `2020年7月27日以后`.
pub fn show_known(fact: &Fact, (lo, hi): Known) -> String {
    match &fact.domain {
        Domain::Options { options, .. } => {
            let (lo, hi) = (
                usize::try_from(lo).unwrap_or(0),
                usize::try_from(hi).unwrap_or(0),
            );
            options
                .iter()
                .take(hi + 1)
                .skip(lo)
                .map(|choice| choice.name.as_str())
                .collect::<Vec<_>>()
                .join("或")
        }
        Domain::Range {
            scale,
            lo: least,
            hi: most,
            unit,
        } => {
            let words = |value| show(*scale, unit, value);
            let until = if *scale == Scale::Date {
                "及以前"
            } else {
                "及以下"
            };
            let since = if *scale == Scale::Date {
                "及以后"
            } else {
                "及以上"
            };
            if lo == hi {
                words(lo)
            } else if lo == *least && hi == *most {
                "不限".to_owned()
            } else if lo == *least {
                format!("{}{until}", words(hi))
            } else if hi == *most {
                format!("{}{since}", words(lo))
            } else {
                format!("{}至{}", words(lo), words(hi))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yuan_become_fen_by_their_digits() {
        let money = |text| parse(Scale::Money, "元/年", text);
        assert_eq!(money("2952"), Some(295_200));
        assert_eq!(money("2,952.5元"), Some(295_250));
        assert_eq!(money("０.０１元/年"), Some(1));
        assert_eq!(money("21474836.47"), Some(i32::MAX));
        for wrong in ["21474836.48", "1.234", "1.", ".5", "-1", "", "一百", "1e3"] {
            assert_eq!(money(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn dates_sort_and_step_over_months() {
        let date = |text| parse(Scale::Date, "", text);
        assert_eq!(date("2020-02-28"), Some(20_200_228));
        assert_eq!(date("2020年2月30日"), None);
        assert_eq!(next(Scale::Date, 20_200_228), 20_200_229);
        assert_eq!(next(Scale::Date, 20_191_231), 20_200_101);
        assert_eq!(previous(Scale::Date, 20_200_301), 20_200_229);
        assert_eq!(show(Scale::Date, "", 20_200_727), "2020年7月27日");
        assert_eq!(show(Scale::Money, "元/年", 295_201), "2952.01元/年");
    }
}
