//! Dates as official texts give them: a day, a day of every year, or words without a year.
//!
//! Comes in: text and its span. Goes out: [`Bound`]s and days, or a diagnostic. This module does not read the clock;
//! `today` is an argument wherever it is needed.

use jiff::civil::Date;

use crate::diag::{Diagnostic, Span, codes};
use crate::text::strip_width;

/// A point in time, as precise as the text gives it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum When {
    Day(Date),
    /// A day or a month of every year: 每年1月31日, 每年11月.
    Yearly {
        month: i8,
        day: Option<i8>,
    },
    /// Words without a year, kept as printed: 6月底, 2月13日至3月31日.
    AsPrinted(String),
}

impl When {
    /// `2020年9月25日`, `每年1月31日`, `6月底（原文未写年份）`
    pub fn text(&self) -> String {
        match self {
            Self::Day(day) => chinese(*day),
            Self::Yearly {
                month,
                day: Some(day),
            } => format!("每年{month}月{day}日"),
            Self::Yearly { month, day: None } => format!("每年{month}月"),
            Self::AsPrinted(words) => format!("{words}（原文未写年份）"),
        }
    }
}

/// Whether a date is exact, a lower bound (不得早于) or an upper bound (不晚于).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum BoundKind {
    Exact,
    NotBefore,
    NotAfter,
}

/// A date and whether it is exact or a bound.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bound {
    pub kind: BoundKind,
    pub when: When,
}

impl Bound {
    /// The day, if the text gives one.
    pub fn day(&self) -> Option<Date> {
        match self.when {
            When::Day(day) => Some(day),
            _ => None,
        }
    }

    /// `不早于2020年9月25日`, `每年1月31日`, `6月底（原文未写年份）`
    pub fn text(&self) -> String {
        let bound = match self.kind {
            BoundKind::Exact => "",
            BoundKind::NotBefore => "不早于",
            BoundKind::NotAfter => "不晚于",
        };
        format!("{bound}{}", self.when.text())
    }
}

/// `2020年7月15日`
pub fn chinese(day: Date) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// The hint for a malformed day.
const DAY_FORM: (&str, &str) = ("写作 2020-07-15", "write 2020-07-15");

/// Parses a day: `2020-07-15` or `2020年7月15日`.
///
/// # Diagnostics
/// MB0205 if the text has another form or the day does not exist.
pub fn parse_day(text: &str, span: Span) -> Result<Date, Box<Diagnostic>> {
    let plain: String = strip_width(text)
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    let separated = plain
        .strip_suffix('日')
        .unwrap_or(&plain)
        .replace(['年', '月', '/', '.'], "-");
    let parts: Vec<&str> = separated.split('-').collect();
    let numbers: Option<Vec<i32>> = parts
        .iter()
        .map(|p| {
            if p.bytes().all(|b| b.is_ascii_digit()) {
                p.parse().ok()
            } else {
                None
            }
        })
        .collect();
    let bad = |zh: String, en: String| Box::new(Diagnostic::new(&codes::BAD_DATE, span, zh, en));
    let (Some(numbers), 3, true) = (numbers, parts.len(), parts[0].len() == 4) else {
        return Err(Box::new(
            bad(
                format!("“{text}”不是日期"),
                format!("\"{text}\" is not a date"),
            )
            .hint(DAY_FORM.0, DAY_FORM.1),
        ));
    };
    let (year, month, day) = (numbers[0], numbers[1], numbers[2]);
    let made = i16::try_from(year)
        .ok()
        .zip(i8::try_from(month).ok())
        .zip(i8::try_from(day).ok())
        .and_then(|((y, m), d)| Date::new(y, m, d).ok());
    let Some(date) = made else {
        let (zh, en) = if !(1..=12).contains(&month) {
            (
                format!("没有第 {month} 个月"),
                format!("there is no month {month}"),
            )
        } else {
            (
                format!("{year}年{month}月没有 {day} 日"),
                format!("{year}-{month:02} has no day {day}"),
            )
        };
        return Err(Box::new(
            bad(
                format!("日期“{text}”不存在：{zh}"),
                format!("the date \"{text}\" does not exist: {en}"),
            )
            .hint("对照原文改正", "correct it from the official text"),
        ));
    };
    let wanted = format!("{year:04}-{month:02}-{day:02}");
    if plain.contains(['-', '/', '.']) && plain != wanted {
        return Err(Box::new(
            bad(
                format!("日期“{text}”写法不对"),
                format!("date \"{text}\" is not in the standard format"),
            )
            .hint(format!("写作 {wanted}"), format!("write {wanted}")),
        ));
    }
    Ok(date)
}

/// Parses a date that may be a bound: `2020-07-15`, `不早于 2020-09-25`, `不晚于 2020-07-27`, `每年 01-31`, `每年
/// 11月`, `6月底`.
///
/// # Diagnostics
/// MB0205.
pub fn parse_bound(text: &str, span: Span) -> Result<Bound, Box<Diagnostic>> {
    let plain = strip_width(text.trim());
    let (kind, rest) = if let Some(rest) = strip_any(&plain, &["不得早于", "不早于"]) {
        (BoundKind::NotBefore, rest)
    } else if let Some(rest) = strip_any(&plain, &["不得晚于", "不晚于", "最迟"]) {
        (BoundKind::NotAfter, rest)
    } else {
        (BoundKind::Exact, plain.as_str())
    };
    let rest = rest.trim();
    if let Some(yearly) = rest.strip_prefix("每年") {
        return parse_yearly(yearly.trim())
            .map(|when| Bound { kind, when })
            .ok_or_else(|| {
                Box::new(
                    Diagnostic::new(
                        &codes::BAD_DATE,
                        span,
                        format!("“{text}”不是每年的日期"),
                        format!("\"{text}\" is not a yearly date"),
                    )
                    .hint(
                        "写作“每年 01-31”或“每年 11月”",
                        "write 每年 01-31 or 每年 11月",
                    ),
                )
            });
    }
    if rest.contains('月')
        && !rest.contains('年')
        && rest.starts_with(|c: char| c.is_ascii_digit())
        && !rest.contains('-')
    {
        return Ok(Bound {
            kind,
            when: When::AsPrinted(rest.to_owned()),
        });
    }
    parse_day(rest, span)
        .map(|day| Bound {
            kind,
            when: When::Day(day),
        })
        .map_err(|diagnostic| {
            if diagnostic
                .hint
                .as_ref()
                .is_none_or(|hint| hint.zh != DAY_FORM.0)
            {
                return diagnostic;
            }
            Box::new(diagnostic.hint(
                "写作 2020-07-15、不早于 2020-09-25、不晚于 2020-07-27、每年 01-31，或照录 6月底",
                "write 2020-07-15, 不早于 2020-09-25, 不晚于 2020-07-27 or 每年 01-31, or copy the words: 6月底",
            ))
        })
}

fn strip_any<'a>(text: &'a str, prefixes: &[&str]) -> Option<&'a str> {
    prefixes.iter().find_map(|prefix| text.strip_prefix(prefix))
}

fn parse_yearly(text: &str) -> Option<When> {
    let bare = text.strip_suffix('日').unwrap_or(text).replace('月', "-");
    let (month, day) = bare.split_once('-')?;
    let month: i8 = month.trim().parse().ok()?;
    let day: Option<i8> = if day.is_empty() {
        None
    } else {
        Some(day.trim().parse().ok()?)
    };
    // 2020 is a leap year: 29 February exists in some years.
    Date::new(2020, month, day.unwrap_or(1)).ok()?;
    Some(When::Yearly { month, day })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::SourceId;
    use jiff::civil::date;

    const HERE: Span = Span {
        source: SourceId(0),
        start: 0,
        end: 0,
    };

    fn bound(text: &str) -> Bound {
        parse_bound(text, HERE).unwrap_or_else(|d| panic!("{text}: {}", d.message.zh))
    }

    #[test]
    fn days_are_read_in_both_forms() {
        assert_eq!(bound("2020-07-15").day(), Some(date(2020, 7, 15)));
        assert_eq!(bound("2020年7月15日").day(), Some(date(2020, 7, 15)));
    }

    #[test]
    fn impossible_days_are_refused() {
        for text in [
            "2020-13-45",
            "2020-02-30",
            "2021-02-29",
            "2020-7-15",
            "20-07-15",
            "七月",
            "",
            "2020-07",
            "2020年13月1日",
        ] {
            assert!(parse_bound(text, HERE).is_err(), "{text}");
        }
    }

    #[test]
    fn a_lower_bound_is_not_a_closing_date() {
        let floor = bound("不早于 2020-09-25");
        assert_eq!(floor.kind, BoundKind::NotBefore);
        assert_eq!(floor.text(), "不早于2020年9月25日");
    }

    #[test]
    fn yearly_dates_and_words_without_a_year() {
        assert_eq!(bound("每年 01-31").text(), "每年1月31日");
        assert_eq!(bound("每年 11月").text(), "每年11月");
        assert_eq!(bound("6月底").text(), "6月底（原文未写年份）");
        assert_eq!(
            bound("2月13日至3月31日").when,
            When::AsPrinted("2月13日至3月31日".into())
        );
    }
}
