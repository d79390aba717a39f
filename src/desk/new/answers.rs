//! Answers as people type them: dates in several forms, pairs of key and value, lists.
//!
//! Comes in: what was typed. Goes out: what a file needs, or in words why not.

use crate::diag::{SourceId, Span};
use crate::model::date::{BoundKind, When, parse_bound};
use crate::model::decode::UNSTATED;
use crate::text::{Bilingual, nearest, strip_width};

/// A date with its qualifier, as a file has it: `2023-07-17`, `不早于 2023-09-25`, `每年 01-31`, `6月底`, 未载明. A day whose
/// year is known from elsewhere may be typed without it (7月17日).
///
/// # Errors
/// It is not a date, or one that does not exist.
pub fn date_words(typed: &str, year: Option<i16>) -> Result<String, Bilingual> {
    let plain = strip_width(typed.trim());
    if plain == UNSTATED {
        return Ok(plain);
    }
    let with_year = match year {
        Some(year) => put_year(&plain, year),
        None => plain.clone(),
    };
    let nowhere = Span::new(SourceId(0), 0..0);
    let bound = parse_bound(&with_year, nowhere).map_err(|diagnostic| {
        let hint = diagnostic
            .hint
            .unwrap_or_else(|| Bilingual::new("写作 2023-07-17", "write 2023-07-17"));
        Bilingual::new(
            format!("{}。{}", diagnostic.message.zh, hint.zh),
            format!("{}. {}", diagnostic.message.en, hint.en),
        )
    })?;
    let When::Day(day) = bound.when else {
        return Ok(plain);
    };
    Ok(match bound.kind {
        BoundKind::Exact => day.to_string(),
        BoundKind::NotBefore => format!("不早于 {day}"),
        BoundKind::NotAfter => format!("不晚于 {day}"),
    })
}

/// A day, or 未载明.
///
/// # Errors
/// As [`date_words`]; a bound is not a day.
pub fn day_words(typed: &str) -> Result<String, Bilingual> {
    let words = date_words(typed, None)?;
    let day = words.parse::<jiff::civil::Date>().is_ok();
    if day || words == UNSTATED {
        Ok(words)
    } else {
        Err(Bilingual::new(
            format!(
                "“{typed}”不是日期。写作 2023-07-17 或 2023年7月17日；原文没有的，写“{UNSTATED}”"
            ),
            format!(
                "\"{typed}\" is not a date. Write 2023-07-17 or 2023年7月17日, or {UNSTATED} if the text states none"
            ),
        ))
    }
}

/// `7月17日` with the year before it, after 不早于 and the like.
fn put_year(plain: &str, year: i16) -> String {
    let start = plain
        .find(|c: char| c.is_ascii_digit())
        .unwrap_or(plain.len());
    let rest = plain[start..].trim_end();
    let whole = rest.split_once('月').is_some_and(|(month, day)| {
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        digits(month) && digits(day.strip_suffix('日').unwrap_or(day))
    });
    if whole && !plain.starts_with("每年") {
        format!("{}{year}年{rest}", &plain[..start])
    } else {
        plain.to_owned()
    }
}

/// The days that a quotation contains (`2023年7月17日--9月25日`), as they would be typed: proposals.
pub fn days_in(quote: &str, year: Option<i16>) -> Vec<String> {
    let plain: String = strip_width(quote)
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    let mut days = Vec::new();
    let mut year = year;
    for (at, _) in plain.match_indices('月') {
        let before = &plain[..at];
        let month = &before[before.trim_end_matches(|c: char| c.is_ascii_digit()).len()..];
        let before = &before[..before.len() - month.len()];
        if let Some(rest) = before.strip_suffix('年') {
            let written = &rest[rest.trim_end_matches(|c: char| c.is_ascii_digit()).len()..];
            year = written.parse().ok().or(year);
        }
        let following = &plain[at + '月'.len_utf8()..];
        let day = &following[..following.len()
            - following
                .trim_start_matches(|c: char| c.is_ascii_digit())
                .len()];
        if !following[day.len()..].starts_with('日') || month.is_empty() || day.is_empty() {
            continue;
        }
        if let Some(year) = year
            && let Ok(words) = date_words(&format!("{year}年{month}月{day}日"), None)
        {
            days.push(words);
        }
    }
    days
}

/// `what=贷款受理 from=2023-07-17 clause=九1 quote=…`: a value goes on to the next key; the keys are `known`.
///
/// # Errors
/// Something precedes the first key, or a key is unknown or given twice.
pub fn pairs<'t>(
    text: &'t str,
    known: &[&'static str],
) -> Result<Vec<(&'static str, &'t str)>, Bilingual> {
    let mut starts: Vec<(usize, &'static str, usize)> = Vec::new();
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        if before.is_whitespace() {
            let found = known.iter().find(|key| {
                text[at..]
                    .strip_prefix(**key)
                    .is_some_and(|rest| rest.starts_with('='))
            });
            if let Some(key) = found {
                starts.push((at, key, at + key.len() + 1));
            }
        }
        before = c;
    }
    let keys = known.join("=… ");
    let lead = starts.first().map_or(text, |(at, ..)| &text[..*at]);
    if !lead.trim().is_empty() {
        let word = lead.split(['=', ' ']).next().unwrap_or(lead);
        return Err(match nearest(word, known.iter().copied()) {
            Some(near) => Bilingual::new(
                format!("不认识“{word}”，是否应为 {near}=？"),
                format!("unknown key \"{word}\"; did you mean {near}=?"),
            ),
            None => Bilingual::new(
                format!("写作“{keys}=…”，写的是“{text}”"),
                format!("write \"{keys}=…\", not \"{text}\""),
            ),
        });
    }
    let mut out: Vec<(&'static str, &str)> = Vec::new();
    for (i, (_, key, from)) in starts.iter().enumerate() {
        let until = starts.get(i + 1).map_or(text.len(), |(at, ..)| *at);
        if out.iter().any(|(other, _)| other == key) {
            return Err(Bilingual::new(
                format!("{key}= 写了两次"),
                format!("{key}= is given twice"),
            ));
        }
        out.push((key, text[*from..until].trim()));
    }
    Ok(out)
}

/// `甲、乙，丙` -> three names.
pub fn names(typed: &str) -> Vec<String> {
    typed
        .split(['、', '，', ',', '；', ';'])
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_taken_in_the_forms_people_type() {
        for (typed, year, words) in [
            ("2023-07-17", None, "2023-07-17"),
            ("2023年7月17日", None, "2023-07-17"),
            ("7月17日", Some(2023), "2023-07-17"),
            ("７月１７日", Some(2023), "2023-07-17"),
            ("7月17", Some(2023), "2023-07-17"),
            ("不早于9月25日", Some(2023), "不早于 2023-09-25"),
            ("不晚于 2023-09-25", None, "不晚于 2023-09-25"),
            ("未载明", Some(2023), "未载明"),
            ("6月底", Some(2023), "6月底"),
            ("每年 01-31", Some(2023), "每年 01-31"),
        ] {
            assert_eq!(date_words(typed, year).as_deref(), Ok(words), "{typed}");
        }
    }

    #[test]
    fn a_day_that_does_not_exist_is_refused_in_words() {
        let words = date_words("2月30日", Some(2023)).unwrap_err();
        assert!(words.zh.contains("没有 30 日"), "{}", words.zh);
        assert!(date_words("下个月", None).is_err());
        assert!(day_words("不早于 2023-09-25").is_err());
        assert_eq!(day_words("未载明").as_deref(), Ok("未载明"));
    }

    #[test]
    fn days_of_a_quotation_are_proposed() {
        assert_eq!(
            days_in("贷款受理时间：2023年7月17日--9月25日", None),
            ["2023-07-17", "2023-09-25"]
        );
        assert_eq!(
            days_in("7月22日前完成，6月底以前上报", Some(2020)),
            ["2020-07-22"]
        );
        assert!(days_in("每天60名", Some(2020)).is_empty());
    }

    #[test]
    fn pairs_end_where_the_next_key_begins() {
        let known = ["what", "from", "quote"];
        assert_eq!(
            pairs(
                "what=贷款 受理 from=2023-07-17 quote=时间：a=b 7月17日",
                &known
            ),
            Ok(vec![
                ("what", "贷款 受理"),
                ("from", "2023-07-17"),
                ("quote", "时间：a=b 7月17日")
            ])
        );
        assert!(pairs("waht=甲", &known).unwrap_err().zh.contains("what="));
        assert!(pairs("what=甲 what=乙", &known).is_err());
        assert_eq!(pairs("", &known), Ok(Vec::new()));
    }
}
