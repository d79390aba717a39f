//! Values: how numbers, amounts and dates are read from words and put into words again.
//!
//! Comes in: text as written. Goes out: one [`Value`], or nothing where the text does not say one. No
//! floating-point number takes part: 12.30 yuan is 1230 fen by its digits. A module knows values as whole numbers:
//! [`Value::word`] is the only place where they become that.

use jiff::civil::Date;
use mingbai_forms::date::parse_day;
use mingbai_forms::ids;

use crate::arithmetic::Extent;
use crate::diag::{SourceId, Span};
use crate::language::{Language, is_currency};
use crate::text::strip_width;

ids! {
    /// An option of a question.
    OptionId,
}

/// An amount of money in fen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fen(pub i64);

/// A number with two decimals, as a whole number of hundredths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hundredths(pub i64);

/// An answer to a question. Values of one question are always of one kind; their order is that of their kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    Option(OptionId),
    Number(i64),
    Money(Fen),
    Decimal(Hundredths),
    Date(Date),
}

/// What a question measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    Number,
    Money,
    /// A number with at most two decimals.
    Decimal,
    Date,
}

/// Values from the lowest to the highest, both included; never empty.
///
/// It is also what an answer leaves possible of a question: one option, an amount, 2000 to 3000 yuan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interval {
    pub lo: Value,
    pub hi: Value,
}

/// The answers of a question as the numbers that a module holds.
pub fn extent(known: Interval) -> Extent {
    Extent {
        lo: known.lo.word(),
        hi: known.hi.word(),
    }
}

impl Interval {
    /// The values between two; nothing if the first is the higher one.
    pub fn new(lo: Value, hi: Value) -> Option<Self> {
        (lo <= hi).then_some(Self { lo, hi })
    }

    /// One value.
    pub fn exactly(value: Value) -> Self {
        Self {
            lo: value,
            hi: value,
        }
    }

    /// Whether a value lies in it.
    pub fn contains(self, value: Value) -> bool {
        self.lo <= value && value <= self.hi
    }

    /// Whether only one value is left.
    pub fn is_exact(self) -> bool {
        self.lo == self.hi
    }
}

impl Value {
    /// The next higher value; nothing after the highest that a module can hold.
    pub fn next(self) -> Option<Self> {
        match self {
            Self::Option(option) => Some(Self::Option(OptionId::new(option.index() + 1))),
            Self::Number(number) => within(number.checked_add(1)?).map(Self::Number),
            Self::Money(Fen(fen)) => within(fen.checked_add(1)?).map(|fen| Self::Money(Fen(fen))),
            Self::Decimal(Hundredths(of)) => {
                within(of.checked_add(1)?).map(|of| Self::Decimal(Hundredths(of)))
            }
            Self::Date(day) => day.tomorrow().ok().map(Self::Date),
        }
    }

    /// The next lower value; nothing before the lowest that a module can hold.
    pub fn previous(self) -> Option<Self> {
        match self {
            Self::Option(option) => {
                let index = option.index().checked_sub(1)?;
                Some(Self::Option(OptionId::new(index)))
            }
            Self::Number(number) => within(number.checked_sub(1)?).map(Self::Number),
            Self::Money(Fen(fen)) => within(fen.checked_sub(1)?).map(|fen| Self::Money(Fen(fen))),
            Self::Decimal(Hundredths(of)) => {
                within(of.checked_sub(1)?).map(|of| Self::Decimal(Hundredths(of)))
            }
            Self::Date(day) => day.yesterday().ok().map(Self::Date),
        }
    }

    /// The value as a module holds it: the index of an option, the number, the fen, or `yyyymmdd` of a date, which sorts as
    /// dates do and whose year is a division by [`WORDS_PER_YEAR`] away.
    pub fn word(self) -> i64 {
        match self {
            Self::Option(option) => i64::try_from(option.index())
                .expect("a question has at most a few thousand options"),
            Self::Number(number) => number,
            Self::Money(Fen(fen)) => fen,
            Self::Decimal(Hundredths(of)) => of,
            Self::Date(day) => {
                let (year, month) = (i64::from(day.year()), i64::from(day.month()));
                year * i64::from(WORDS_PER_YEAR) + month * 100 + i64::from(day.day())
            }
        }
    }

    /// The year of a date.
    pub fn year(self) -> Option<i16> {
        match self {
            Self::Date(day) => Some(day.year()),
            _ => None,
        }
    }
}

/// The farthest from zero that a number, or an amount in fen, may be: 10^15.
pub const FARTHEST: i64 = 1_000_000_000_000_000;

/// A number that is not farther from zero than [`FARTHEST`].
fn within(number: i64) -> Option<i64> {
    (number.unsigned_abs() <= FARTHEST.unsigned_abs()).then_some(number)
}

/// How far apart the same days of two years are in a module.
pub const WORDS_PER_YEAR: i32 = 10_000;

/// Reads one value of a scale; a unit after it (`元`, the question's own) is passed over.
pub fn parse(scale: Scale, unit: &str, text: &str) -> Option<Value> {
    let plain: String = strip_width(text)
        .chars()
        .filter(|c| !c.is_whitespace() && *c != ',' && *c != '，')
        .collect();
    match scale {
        Scale::Date => {
            let nowhere = Span::new(SourceId(0), 0..0);
            parse_day(&plain, nowhere).ok().map(Value::Date)
        }
        Scale::Number => {
            let number = strip_unit(&plain, &[unit]).parse();
            number.ok().and_then(within).map(Value::Number)
        }
        Scale::Money => {
            hundredths(strip_unit(&plain, &[unit, "元", "yuan"])).map(|of| Value::Money(Fen(of)))
        }
        Scale::Decimal => {
            hundredths(strip_unit(&plain, &[unit])).map(|of| Value::Decimal(Hundredths(of)))
        }
    }
}

/// A number without its unit, and without a sign of money before it, if the unit is one.
pub(crate) fn strip_unit<'a>(text: &'a str, units: &[&str]) -> &'a str {
    let has_sign = units.iter().any(|unit| unit.starts_with(is_currency));
    let text = text
        .strip_prefix(|c| has_sign && is_currency(c))
        .unwrap_or(text);
    units
        .iter()
        .map(|unit| unit.strip_prefix(is_currency).unwrap_or(unit))
        .filter(|unit| !unit.is_empty())
        .find_map(|unit| text.strip_suffix(unit))
        .unwrap_or(text)
}

/// `2952`, `2952.5`, `2952.50` -> 295200, 295250, 295250.
fn hundredths(text: &str) -> Option<i64> {
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
    let fen = yuan.checked_mul(100)?.checked_add(cents)?;
    within(fen)
}

/// A number, an amount or a date in Chinese words, with its unit.
pub fn show(unit: &str, value: Value) -> String {
    show_in(Language::Chinese, unit, value)
}

/// A number, an amount or a date in words, with its unit.
pub fn show_in(language: Language, unit: &str, value: Value) -> String {
    let measured = |number: &str| language.measured(number, unit);
    match value {
        Value::Option(option) => option.index().to_string(),
        Value::Number(number) => measured(&number.to_string()),
        Value::Money(Fen(fen)) => {
            let unit = if unit.is_empty() {
                language.money()
            } else {
                unit
            };
            language.measured(&show_cents(fen), unit)
        }
        Value::Decimal(Hundredths(of)) => measured(&show_hundredths(of)),
        Value::Date(day) => {
            let (month, of_month) = (i64::from(day.month()), i64::from(day.day()));
            language.day(i64::from(day.year()), month, of_month)
        }
    }
}

/// An amount without its unit: `3`, `3.50`.
pub fn show_cents(fen: i64) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    let (yuan, cents) = (fen.unsigned_abs() / 100, fen.unsigned_abs() % 100);
    match cents {
        0 => format!("{sign}{yuan}"),
        _ => format!("{sign}{yuan}.{cents:02}"),
    }
}

/// `3.75`, `3.5`, `4`
pub fn show_hundredths(of: i64) -> String {
    let sign = if of < 0 { "-" } else { "" };
    let (whole, part) = (of.unsigned_abs() / 100, of.unsigned_abs() % 100);
    match part {
        0 => format!("{sign}{whole}"),
        _ if part % 10 == 0 => format!("{sign}{whole}.{}", part / 10),
        _ => format!("{sign}{whole}.{part:02}"),
    }
}

/// The whole amount that an amount is one fen above: nobody writes 20000.01 yuan for more than 20000.
pub fn above(value: Value) -> Option<Value> {
    match value {
        Value::Money(Fen(fen)) if fen % 100 == 1 => Some(Value::Money(Fen(fen - 1))),
        _ => None,
    }
}

/// The whole amount that an amount is one fen below.
pub fn below(value: Value) -> Option<Value> {
    match value {
        Value::Money(Fen(fen)) if fen % 100 == 99 => fen.checked_add(1).map(Fen).map(Value::Money),
        _ => None,
    }
}

/// A value as a rule file writes it, without its unit: `20000`, `2952.5`, `2023-09-26`.
pub fn write(value: Value) -> String {
    match value {
        Value::Date(day) => day.to_string(),
        Value::Decimal(Hundredths(of)) => show_hundredths(of),
        Value::Money(Fen(fen)) => show_cents(fen),
        Value::Number(number) => number.to_string(),
        Value::Option(option) => option.index().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn yuan_become_fen_by_their_digits() {
        let money = |text| parse(Scale::Money, "元/年", text);
        let fen = |fen| Some(Value::Money(Fen(fen)));
        assert_eq!(money("2952"), fen(295_200));
        assert_eq!(money("2,952.5元"), fen(295_250));
        assert_eq!(money("０.０１元/年"), fen(1));
        assert_eq!(money("10000000000000"), fen(FARTHEST));
        for wrong in [
            "10000000000000.01",
            "1.234",
            "1.",
            ".5",
            "-1",
            "",
            "一百",
            "1e3",
        ] {
            assert_eq!(money(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn dates_sort_and_step_over_months() {
        let read = |text| parse(Scale::Date, "", text);
        let day = |year, month, day| Value::Date(date(year, month, day));
        assert_eq!(read("2020-02-28"), Some(day(2020, 2, 28)));
        assert_eq!(read("2020年2月30日"), None);
        assert_eq!(day(2020, 2, 28).next(), Some(day(2020, 2, 29)));
        assert_eq!(day(2019, 12, 31).next(), Some(day(2020, 1, 1)));
        assert_eq!(day(2020, 3, 1).previous(), Some(day(2020, 2, 29)));
        assert_eq!(show("", day(2020, 7, 27)), "2020年7月27日");
        assert_eq!(show("元/年", Value::Money(Fen(295_201))), "2952.01元/年");
    }

    #[test]
    fn a_module_holds_a_date_as_its_digits() {
        assert_eq!(Value::Date(date(2020, 7, 27)).word(), 20_200_727);
        assert_eq!(Value::Date(date(987, 1, 2)).word(), 9_870_102);
        assert_eq!(Value::Money(Fen(295_201)).word(), 295_201);
        assert_eq!(Value::Number(-3).word(), -3);
        assert_eq!(Value::Option(OptionId::new(4)).word(), 4);
    }

    #[test]
    fn no_value_lies_beyond_the_last() {
        assert_eq!(Value::Money(Fen(FARTHEST)).next(), None);
        assert_eq!(Value::Number(-FARTHEST).previous(), None);
        assert_eq!(Value::Option(OptionId::new(0)).previous(), None);
    }
}
