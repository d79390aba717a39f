//! A formula in plain words, as somebody would say it who does not know formulas.
//!
//! Comes in: the text of a formula that was read without a fault. Goes out: words in which the names of questions, values and
//! parameters are as they were, with a blank on both sides, so that the script of the page can put numbers next to them.

use mingbai_forms::keys;

use crate::rules::language::Language;

/// `较小(学费 + 住宿费, 20000)` becomes “（学费 + 住宿费）、20000 里最小的一个”.
pub fn plain(language: Language, formula: &str) -> String {
    let mut rest = formula.trim();
    let words = until_end(language, &mut rest);
    // Whatever cannot be taken apart is shown as it was written.
    match rest.is_empty() {
        true => words,
        false => formula.to_owned(),
    }
}

/// Up to the end, to a comma or to the bracket that closes.
fn until_end(language: Language, rest: &mut &str) -> String {
    let mut words = String::new();
    while let Some(sign) = rest.chars().next() {
        if matches!(sign, ')' | '）' | ',' | '，' | '、') {
            break;
        }
        let length = match sign {
            '“' => rest
                .find('”')
                .map_or(rest.len(), |end| end + '”'.len_utf8()),
            '(' | '（' => 0,
            _ => rest
                .find(['(', '（', ')', '）', ',', '，', '、', '“'])
                .unwrap_or(rest.len()),
        };
        let (piece, after) = rest.split_at(length);
        *rest = after;
        let Some(inner) = rest.strip_prefix(['(', '（']) else {
            words.push_str(piece);
            continue;
        };
        *rest = inner;
        let name = piece
            .rsplit([' ', '+', '-', '*', '/', '×', '÷'])
            .next()
            .unwrap_or("");
        let arguments = arguments(language, rest);
        words.push_str(&piece[..piece.len() - name.len()]);
        let made = match language {
            Language::Chinese => call(name, &arguments),
            Language::English => call_in_english(name, &arguments),
        };
        // A part of a longer formula is kept together.
        let is_whole = words.is_empty() && rest.is_empty();
        match is_whole {
            true => words.push_str(&made),
            false => words.push_str(&language.of(format!("（{made}）"), format!("({made})"))),
        }
    }
    words.trim().to_owned()
}

/// What is between brackets, the closing one included.
fn arguments(language: Language, rest: &mut &str) -> Vec<String> {
    let mut arguments = vec![until_end(language, rest)];
    while let Some(after) = rest.strip_prefix([',', '，', '、']) {
        *rest = after;
        arguments.push(until_end(language, rest));
    }
    *rest = rest.strip_prefix([')', '）']).unwrap_or(rest);
    arguments
}

/// What an operation does to its operands.
fn call(name: &str, operands: &[String]) -> String {
    let list = || {
        let operands = operands.iter().map(|one| together(Language::Chinese, one));
        operands.collect::<Vec<_>>().join("、")
    };
    let first = operands.first().map_or("", String::as_str);
    let second = operands.get(1).map_or("", String::as_str);
    let span = |what: &str| format!("从 {first} 到 {second} {what}");
    let rounded = |how: &str| match second {
        "" => format!("{first}，{how}"),
        step => format!("{first}，按 {step} {how}"),
    };
    match keys::word(name) {
        Some("min") => format!("{} 里最小的一个", list()),
        Some("max") if operands.len() == 2 && first == "0" => format!("{second}，不足零的算零"),
        Some("max") => format!("{} 里最大的一个", list()),
        Some("round") => rounded("四舍五入"),
        Some("down") => rounded("舍去零头"),
        Some("up") => rounded("零头进一"),
        Some("age") => span("满几周岁"),
        Some("months") => span("满几个月"),
        Some("days") => span("几天"),
        Some("year_of") => format!("{first} 的年份"),
        Some("first_of_month") => format!("{first} 当月的第一天"),
        Some("end_of_month") => format!("{first} 当月的最后一天"),
        Some("end_of_year") => format!("{first} 当年的最后一天"),
        Some("in_year") => format!("{first} 当年的 {}", month_and_day(second)),
        Some("sum") => format!("每人的 {first} 加起来"),
        Some("count") => format!("有 {first} 的人数"),
        _ => operands.join("，"),
    }
}

/// The same in English.
fn call_in_english(name: &str, operands: &[String]) -> String {
    let first = operands.first().map_or("", String::as_str);
    let second = operands.get(1).map_or("", String::as_str);
    let list = || {
        let operands = operands.iter().map(|one| together(Language::English, one));
        operands.collect::<Vec<_>>().join(", ")
    };
    let rounded = |how: &str| match second {
        "" => format!("{first}, rounded {how}"),
        step => format!("{first}, rounded {how} to a multiple of {step}"),
    };
    match keys::word(name) {
        Some("min") => format!("the least of {}", list()),
        Some("sum") => format!("the sum of {first} over all members"),
        Some("count") => format!("the number of members with {first}"),
        Some("max") if operands.len() == 2 && first == "0" => {
            format!("{second}, or 0 if it is below 0")
        }
        Some("max") => format!("the greatest of {}", list()),
        Some("round") => rounded("to the nearest"),
        Some("down") => rounded("down"),
        Some("up") => rounded("up"),
        Some("age") => format!("whole years from {first} to {second}"),
        Some("months") => format!("whole months from {first} to {second}"),
        Some("days") => format!("days from {first} to {second}"),
        Some("year_of") => format!("the year of {first}"),
        Some("first_of_month") => format!("the first day of the month of {first}"),
        Some("end_of_month") => format!("the last day of the month of {first}"),
        Some("end_of_year") => format!("the last day of the year of {first}"),
        Some("in_year") => format!("{second} in the year of {first}"),
        _ => operands.join(", "),
    }
}

/// An operand with a sign in it, in brackets.
fn together(language: Language, operand: &str) -> String {
    let has_sign = operand.contains(['+', '-', '×', '÷', '*', '/', '，']);
    match has_sign && !operand.starts_with(['（', '(']) {
        true => language.of(format!("（{operand}）"), format!("({operand})")),
        false => operand.to_owned(),
    }
}

/// `11-20` as 11月20日.
fn month_and_day(written: &str) -> String {
    let number = |digits: &str| digits.parse::<u8>().ok();
    let parts = written
        .split_once('-')
        .and_then(|(month, day)| Some((number(month)?, number(day)?)));
    parts.map_or_else(
        || written.to_owned(),
        |(month, day)| format!("{month}月{day}日"),
    )
}

#[cfg(test)]
mod tests {
    use super::Language;

    fn plain(formula: &str) -> String {
        super::plain(Language::Chinese, formula)
    }

    #[test]
    fn a_formula_of_english_rules_is_said_in_english() {
        for (formula, words) in [
            ("min(fee + rent, 20000)", "the least of (fee + rent), 20000"),
            (
                "max(0, income - 5000)",
                "income - 5000, or 0 if it is below 0",
            ),
            (
                "down(loan × share, 1) + 200",
                "(loan × share, rounded down to a multiple of 1) + 200",
            ),
            (
                "sum(income) + 1",
                "(the sum of income over all members) + 1",
            ),
            (
                "age(born, 2020-09-01)",
                "whole years from born to 2020-09-01",
            ),
        ] {
            assert_eq!(super::plain(Language::English, formula), words);
        }
    }

    #[test]
    fn a_formula_is_said_in_words() {
        for (formula, words) in [
            ("学费 + 住宿费", "学费 + 住宿费"),
            (
                "较小(学费 + 住宿费, 20000)",
                "（学费 + 住宿费）、20000 里最小的一个",
            ),
            ("较大(0, 收入 - 5000)", "收入 - 5000，不足零的算零"),
            ("当年(申请日期, 11-20)", "申请日期 当年的 11月20日"),
            ("年末(毕业 + 2年)", "毕业 + 2年 当年的最后一天"),
            ("周岁(生日, 2020-09-01)", "从 生日 到 2020-09-01 满几周岁"),
            ("舍去(收入 ÷ 人口, 10)", "收入 ÷ 人口，按 10 舍去零头"),
            (
                "舍去(合计(月收入) ÷ 人口)",
                "（每人的 月收入 加起来） ÷ 人口，舍去零头",
            ),
            ("人数(年幼)", "有 年幼 的人数"),
            (
                "四舍五入(学费 × 80%) + 200",
                "（学费 × 80%，四舍五入） + 200",
            ),
            ("100 × (甲 + 乙)", "100 × （甲 + 乙）"),
            ("“学费(年)” + 200", "“学费(年)” + 200"),
            (
                "min(甲, max(0, 乙 - 丙))",
                "甲、（乙 - 丙，不足零的算零） 里最小的一个",
            ),
        ] {
            assert_eq!(plain(formula), words);
        }
    }

    #[test]
    fn what_cannot_be_taken_apart_is_shown_as_it_is() {
        assert_eq!(plain("甲)乙"), "甲)乙");
        assert_eq!(plain("“没有完"), "“没有完");
        assert_eq!(plain(""), "");
    }
}
