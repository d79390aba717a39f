//! Answers that are compared with fixed values and with other answers: what is possible and what matters is that of every completion.

mod tiny;

use mingbai_rules::prove;
use tiny::{compiled, file, is_exact, question, says};

fn value(name: &str, kind: &str, formula: &str) -> String {
    format!(
        "  {name}: {{ask: 多少, type: {kind}, formula: {formula}, clause: 一, quote: 可以申请}}\n"
    )
}

/// Sheets with ranges.
const RANDOM: prove::Limits = prove::Limits {
    whole: 0,
    random: 20_000,
    completions: 800,
};

#[test]
fn an_answer_may_be_compared_with_fixed_values_and_with_another_answer() {
    let number = |name: &str, range: &str| question(name, "整数", &format!(", range: {range}"));
    let money = |name: &str| question(name, "金额", ", range: 0 至 100000");
    let day = |name: &str| question(name, "日期", ", range: 2020-01-01 至 2024-12-31");
    let yes = question("有", "是否", "");
    let two = number("甲", "0 至 9") + &number("乙", "2 至 6");
    let sum = format!("values:\n{}", value("和", "整数", "甲 + 乙"));
    let share = format!("values:\n{}", value("均", "整数", "舍去(甲 ÷ 乙)"));
    let rules: [(&str, String, &str, &str); 13] = [
        (
            "one limit",
            two.clone(),
            "",
            "{全部: [{甲: 高于 乙}, {甲: 不低于 4}]}",
        ),
        (
            "two limits",
            two.clone(),
            "",
            "{任一: [{甲: 低于 乙}, {甲: 不低于 7}, {甲: 3}]}",
        ),
        (
            "limits of both",
            two.clone(),
            "",
            "{任一: [{全部: [{甲: 低于 乙}, {乙: 高于 3}]}, {甲: 介于 5 和 6}]}",
        ),
        (
            "either way",
            two.clone() + &yes,
            "",
            "{任一: [{全部: [有, {甲: 乙}]}, {全部: [{甲: 高于 乙}, {乙: 不高于 4}]}]}",
        ),
        (
            "money",
            money("甲") + &money("乙") + &yes,
            "",
            "{全部: [{任一: [{甲: 不高于 乙}, 有]}, {甲: 低于 3000}, {乙: 高于 2000}]}",
        ),
        (
            "days",
            day("甲") + &day("乙"),
            "",
            "{任一: [{甲: 低于 乙}, {甲: 不低于 2022-09-01}]}",
        ),
        (
            "a sum and a part",
            two.clone(),
            &sum,
            "{全部: [{和: 不低于 9}, {甲: 低于 5}]}",
        ),
        (
            "a sum and both parts",
            two.clone() + &yes,
            &sum,
            "{任一: [{全部: [{和: 低于 9}, {甲: 高于 2}, 有]}, {乙: 4}]}",
        ),
        (
            "two numbers of a sum",
            two.clone(),
            &sum,
            "{全部: [{和: 介于 6 和 11}, {甲: 低于 5}]}",
        ),
        (
            "three",
            two.clone() + &number("丙", "0 至 9"),
            "",
            "{全部: [{甲: 高于 乙}, {甲: 不低于 4}, {丙: 低于 5}]}",
        ),
        (
            "a share",
            number("甲", "0 至 20") + &number("乙", "1 至 4"),
            &share,
            "{全部: [{均: 低于 4}, {乙: 不低于 3}]}",
        ),
        (
            "a sum and another answer",
            two.clone(),
            &sum,
            "{全部: [{和: 高于 8}, {甲: 不高于 3}, {乙: 不低于 3}]}",
        ),
        (
            "money and days",
            money("甲") + &money("乙") + &day("丙") + &day("丁"),
            "",
            "{任一: [{全部: [{甲: 高于 乙}, {甲: 高于 500}]}, {全部: [{丙: 高于 丁}, {丁: 低于 2021-01-01}]}]}",
        ),
    ];
    for (name, questions, rest, when) in rules {
        let compiled = compiled(&file(&questions, rest, when));
        is_exact(name, &compiled, prove::ALL);
        is_exact(name, &compiled, RANDOM);
    }
}

#[test]
fn what_cannot_be_taken_apart_is_refused() {
    let day = |name: &str| question(name, "日期", ", range: 2020-01-01 至 2024-12-31");
    let codes = |questions: &str, when: &str| -> Vec<String> {
        says(&file(questions, "", when))
            .into_iter()
            .map(|(code, _)| code)
            .collect()
    };
    let found = codes(
        &(day("甲") + &day("乙") + &day("丙")),
        "{全部: [{甲: 低于 乙}, {乙: 低于 丙}]}",
    );
    assert!(found.is_empty(), "{found:?}");
    let found = codes(
        &(day("甲") + &day("乙")),
        "{全部: [{甲: 低于 乙}, {甲: 同年 乙}]}",
    );
    assert!(
        found.iter().all(|code| code == "MB0313") && !found.is_empty(),
        "{found:?}"
    );
}
