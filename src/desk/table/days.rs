//! Days as offices write them: 2023-07-17, 2023/7/17, 2023.7.17, 2023年7月17日, 7月17日（周一）, 45124.
//!
//! Comes in: a cell's text. Goes out: a day, or what is missing to make it one. A span of days is not a day.

use jiff::civil::Date;

use crate::text::strip_width;

/// What a text says of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Day {
    /// A whole day, and whether the weekday next to it is wrong.
    Whole {
        day: Date,
        wrong_weekday: bool,
    },
    /// Month and day: the year is given elsewhere.
    NoYear,
    No,
}

/// Reads a day; `year` is that of the document.
pub(super) fn read(text: &str, year: Option<i16>) -> Day {
    let plain: String = strip_width(text)
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    let (plain, weekday) = split_weekday(&plain);
    let mut numbers = Vec::new();
    let mut signs = String::new();
    for c in plain.chars() {
        if let Some(digit) = c.to_digit(10) {
            if numbers.len() <= signs.chars().count() {
                numbers.push(0u32);
            }
            if let Some(last) = numbers.last_mut() {
                *last = last.saturating_mul(10).saturating_add(digit);
            }
        } else {
            signs.push(c);
        }
    }
    let (year, month, day) = match (numbers.as_slice(), signs.as_str()) {
        ([y, m, d], "年月日" | "年月" | "--" | "//" | ".." | "年月号") => {
            (i16::try_from(*y).ok(), *m, *d)
        }
        ([m, d], "月日" | "月" | "月号" | "/" | "." | "-") => match year {
            Some(year) => (Some(year), *m, *d),
            None => return Day::NoYear,
        },
        _ => return Day::No,
    };
    let date = (|| {
        let year = year.filter(|year| super::options::YEARS.contains(year))?;
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    })();
    match date {
        Some(day) => Day::Whole {
            day,
            wrong_weekday: weekday
                .is_some_and(|weekday| i32::from(day.weekday().to_monday_one_offset()) != weekday),
        },
        None => Day::No,
    }
}

/// `7月17日(周一)` -> `7月17日`, 1
fn split_weekday(text: &str) -> (&str, Option<i32>) {
    for word in ["星期", "周", "礼拜"] {
        if let Some((before, after)) = text.split_once(word) {
            let after = after.trim_end_matches([')', ',']);
            let numbers = ["一", "二", "三", "四", "五", "六", "日", "天"];
            if let Some(at) = numbers.iter().position(|n| *n == after) {
                let day = if at == 7 { 7 } else { at + 1 };
                let before = before.trim_end_matches(['(', ',', '、']);
                return (before, i32::try_from(day).ok());
            }
        }
    }
    (text, None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn whole(day: Date) -> Day {
        Day::Whole {
            day,
            wrong_weekday: false,
        }
    }

    #[test]
    fn days_are_read_as_offices_write_them() {
        for text in [
            "2023-07-17",
            "2023/7/17",
            "2023.7.17",
            "2023年7月17日",
            "２０２３年７月１７日",
            "7月17日",
            "7.17",
            "7月17日（周一）",
            "7月17日 星期一",
            "7 月 17 日",
        ] {
            assert_eq!(read(text, Some(2023)), whole(date(2023, 7, 17)), "{text}");
        }
    }

    #[test]
    fn a_wrong_weekday_is_noticed() {
        assert_eq!(
            read("7月17日（周二）", Some(2023)),
            Day::Whole {
                day: date(2023, 7, 17),
                wrong_weekday: true
            }
        );
    }

    #[test]
    fn what_is_no_single_day_is_none() {
        assert_eq!(read("7月17日", None), Day::NoYear);
        for text in [
            "7月17日至19日",
            "7月17日-7月19日",
            "2023-02-30",
            "13月1日",
            "上旬",
            "",
            "17",
            "99999999999999/1/1",
        ] {
            assert_eq!(read(text, Some(2023)), Day::No, "{text}");
        }
    }
}
