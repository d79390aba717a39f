//! Numbers: counts, shares, telephones and constants against the numbers that the words give.

use jiff::civil::Date;
use mingbai_reading::{Limit, Number, ShareValue, What, Year, read};

use mingbai_forms::keys;

pub(super) use super::values::values;
use super::words::Words;
use super::{Case, Value, say};
use crate::diag::Sink;
use crate::model::decode::UNSTATED;

/// Compares a count: number and group (上午30名 is not the number of the afternoon).
///
/// # Diagnostics
/// MB0902.
pub(super) fn compare(case: &Case<'_>, key: &str, value: &Value, sink: &mut Sink) {
    let Ok(count) = value.value.trim().parse::<i64>() else {
        return;
    };
    let group = match key {
        "morning" => Some("上午"),
        "afternoon" => Some("下午"),
        _ => case
            .entry
            .value("of")
            .or_else(|| case.entry.value("grade"))
            .map(|of| of.value.as_str()),
    };
    let said: Vec<Counted<'_>> = case
        .words
        .meanings()
        .filter_map(|(words, what)| counted(words, what))
        .collect();
    let is_of_group = |number: &Counted<'_>| match (key, group) {
        ("morning" | "afternoon", Some(group)) => number.group.contains(group),
        ("per_day", _) => !number.group.contains("上午") && !number.group.contains("下午"),
        // A count of everything, or of units that the text calls otherwise, has no group to compare.
        (_, Some(group)) => {
            number.group.is_empty() || number.group.contains(group) || !names_a_grade(&said, group)
        }
        _ => true,
    };
    let candidates: Vec<&Counted<'_>> = said.iter().filter(|number| is_of_group(number)).collect();
    if candidates.iter().any(|number| {
        number.value
            == Number {
                digits: count,
                scale: 0,
            }
            .normal()
    }) {
        return;
    }
    let right = match candidates.as_slice() {
        [one] => Some(one.value),
        _ => None,
    };
    let words: Vec<&str> = said.iter().map(|number| number.words).collect();
    sink.push(say::number(case, value, &words, right));
}

/// A number of the words, with what it counts.
struct Counted<'a> {
    words: &'a str,
    value: Number,
    group: &'a str,
}

fn counted<'a>(words: &'a str, what: &'a What) -> Option<Counted<'a>> {
    match what {
        What::Amount(amount) => Some(Counted {
            words,
            value: amount.value.normal(),
            group: &amount.group,
        }),
        _ => None,
    }
}

/// Whether the words give a number for a group by its name.
fn names_a_grade(said: &[Counted<'_>], group: &str) -> bool {
    said.iter().any(|number| number.group.contains(group))
}

/// Compares a percentage.
///
/// # Diagnostics
/// MB0902.
pub(super) fn compare_share(case: &Case<'_>, value: &Value, sink: &mut Sink) {
    let printed = value.value.trim().trim_end_matches(['%', '％']);
    let Some(wanted) = decimal(printed) else {
        return;
    };
    let said: Vec<(&str, Number)> = case
        .words
        .meanings()
        .filter_map(|(words, what)| match what {
            What::Share(share) => match share.value {
                ShareValue::Percent(number) => Some((words, number.normal())),
                ShareValue::Fraction(..) => None,
            },
            _ => None,
        })
        .collect();
    if said.iter().any(|(_, number)| *number == wanted) {
        return;
    }
    let words: Vec<&str> = said.iter().map(|(words, _)| *words).collect();
    let right = match said.as_slice() {
        [(_, one)] => Some(*one),
        _ => None,
    };
    sink.push(say::number(case, value, &words, right));
}

/// Compares a telephone number, digit for digit.
///
/// # Diagnostics
/// MB0902.
pub(super) fn compare_phone(case: &Case<'_>, value: &Value, sink: &mut Sink) {
    let wanted = phones(&value.value);
    if wanted.is_empty() {
        // What is not a telephone number is in the words as it is.
        let is_stated = value.value != UNSTATED;
        if is_stated && !case.words.has_number(&value.value) {
            let words = case.words.that_say(|what| matches!(what, What::Phone(_)));
            sink.push(say::name(case, value, &words));
        }
        return;
    }
    let said: Vec<String> = case
        .words
        .meanings()
        .filter_map(|(_, what)| match what {
            What::Phone(phone) => Some(digits(phone)),
            _ => None,
        })
        .collect();
    for phone in wanted {
        // The area code may be left out on either side.
        let same = |other: &String| {
            *other == phone
                || (phone.len() >= 7
                    && (other.ends_with(&phone) || phone.ends_with(other.as_str()))
                    && other.len() >= 7)
        };
        if !said.iter().any(same) {
            let words = case.words.that_say(|what| matches!(what, What::Phone(_)));
            sink.push(say::name(case, value, &words));
            return;
        }
    }
}

fn phones(text: &str) -> Vec<String> {
    let phones = read(text)
        .into_iter()
        .filter_map(|reading| match reading.what {
            What::Phone(phone) => Some(digits(&phone)),
            _ => None,
        });
    phones.collect()
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Compares the constants of a condition or of a parameter: each number and each day must be in the words.
///
/// # Diagnostics
/// MB0902.
pub(super) fn compare_constant(case: &Case<'_>, value: &Value, sink: &mut Sink) {
    // The name of a condition or of an option may contain digits.
    let first = value.value.split_whitespace().next().unwrap_or_default();
    let is_constant =
        first.starts_with(|c: char| c.is_ascii_digit()) || keys::word(first).is_some();
    if !is_constant {
        return;
    }
    let plain = crate::text::strip_width(&value.value);
    let words = plain.split(|c: char| !(c.is_ascii_digit() || c == '.' || c == '-'));
    let is_said = |word: &str| match word.parse::<Date>() {
        Ok(day) => is_day_said(case, day),
        Err(_) => decimal(word).is_none_or(|number| {
            case.words
                .meanings()
                .any(|(_, what)| has_number(what, number))
        }),
    };
    if !words.into_iter().all(is_said) {
        let said = case.words.that_say(|what| !values(what).is_empty());
        sink.push(say::number(case, value, &said, None));
    }
}

/// Compares the days of a condition that is in an outcome: a limit may be the day before or after a printed one.
///
/// # Diagnostics
/// MB0902.
pub(super) fn compare_limits(case: &Case<'_>, value: &Value, sink: &mut Sink) {
    // Words that give no day leave the limits open.
    let has_days = case
        .all_words()
        .flat_map(Words::meanings)
        .any(|(_, what)| matches!(what, What::Day(_)));
    if !has_days {
        return;
    }
    let words = value
        .value
        .split(|c: char| !(c.is_ascii_digit() || c == '-'));
    let is_near = |day: Date| {
        let days = [Some(day), day.tomorrow().ok(), day.yesterday().ok()];
        days.into_iter().flatten().any(|day| is_day_said(case, day))
    };
    for word in words {
        let is_wrong = match word.parse::<Date>() {
            Ok(day) => !is_near(day),
            // 0220-07-26
            Err(_) => word.len() >= 8 && word.contains('-'),
        };
        if is_wrong {
            sink.push(say::number(case, value, &[], None));
            return;
        }
    }
}

/// Whether the words give a day. The first and the last day of a year need only the year.
pub(super) fn is_day_said(case: &Case<'_>, day: Date) -> bool {
    let (month, of_month) = (u8::try_from(day.month()).ok(), u8::try_from(day.day()).ok());
    let is_edge = matches!((day.month(), day.day()), (1, 1) | (12, 31));
    let is_of_document = || {
        case.years
            .resolve(&Year::Unsaid)
            .is_some_and(|years| years.contains(&day.year()))
    };
    let is_printed = case.words.meanings().any(|(_, what)| match what {
        What::Day(said) => {
            case.years.may_be(&said.year, day.year())
                && (is_edge || (said.month, said.day) == (month, of_month))
        }
        _ => false,
    });
    is_printed || (is_edge && is_of_document())
}

/// `72.62` as a number.
pub(super) fn decimal(text: &str) -> Option<Number> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let is_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !is_digits(whole) || !is_digits(part) {
        return None;
    }
    let scale = u8::try_from(part.len()).ok()?;
    let digits = format!("{whole}{part}").parse().ok()?;
    Some(Number { digits, scale }.normal())
}

/// Whether a meaning contains a number.
pub(super) fn has_number(what: &What, number: Number) -> bool {
    if let What::Ordinal(ordinal) = what
        && number.scale == 0
    {
        return (i64::from(ordinal.first)..=i64::from(ordinal.last)).contains(&number.digits);
    }
    values(what).contains(&number)
}

/// The limit of a number, if its meaning has one.
pub(super) fn limit(what: &What) -> Option<Limit> {
    match what {
        What::Amount(amount) => Some(amount.limit),
        What::Duration(duration) => Some(duration.limit),
        What::Money(money) => Some(money.limit),
        What::Share(share) => Some(share.limit),
        _ => None,
    }
}

/// Whether two meanings may count the same: the same measure word, unless one of them prints none or is not a count.
pub(super) fn is_same_unit(one: &What, other: &What) -> bool {
    match (one, other) {
        (What::Amount(one), What::Amount(other)) => {
            one.unit.is_empty()
                || other.unit.is_empty()
                || one.unit == other.unit
                || is_classifier(&one.unit) && is_classifier(&other.unit)
                || is_age(&one.unit) && is_age(&other.unit)
        }
        (What::Duration(one), What::Duration(other)) => one.unit == other.unit,
        (What::Money(_), other) | (other, What::Money(_)) => matches!(other, What::Money(_)),
        (What::Share(_), other) | (other, What::Share(_)) => matches!(other, What::Share(_)),
        _ => true,
    }
}

/// 周岁 is what a law means by 岁 (民法典 17).
fn is_age(unit: &str) -> bool {
    matches!(unit, "岁" | "周岁")
}

/// What numbers are counted by, where both print it: 每人 is not 每户.
pub(super) fn is_same_per(one: &What, other: &What) -> bool {
    let per = |what: &What| match what {
        What::Amount(amount) => amount.per.clone(),
        What::Money(money) => money.per.clone(),
        _ => String::new(),
    };
    let (one, other) = (per(one), per(other));
    one.is_empty() || other.is_empty() || one.contains(&other) || other.contains(&one)
}

/// Measure words of people and things, which everyday speech exchanges: 名, 个, 位, 人, 家.
fn is_classifier(unit: &str) -> bool {
    [
        "名", "个", "位", "人", "家", "所", "项", "条", "类", "种", "份", "次", "方面",
    ]
    .contains(&unit)
}
