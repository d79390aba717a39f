//! Variables with more classes than a word has bits: a hundred options that all differ, and a table with 72 limits.

mod tiny;

use std::fmt::Write;

use mingbai_rules::prove;
use mingbai_rules::wasm::links;
use tiny::{is_exact, sound};

const HEAD: &str = "title: 能拿多少
description: 看看能拿多少。
source: notice
region: 某省
checked: {on: 2026-11-01, by: 测试}
questions:
";

const DECISION: &str = "decisions:
  多少:
    ask: 有多少？
    outcomes:
      - {name: 算得出, verdict: 看情况, text: 见下。, when: 其余, clause: 一, quote: 可以申请, values: [数目]}
examples:
";

/// How many sheets are tried.
const LIMITS: prove::Limits = prove::Limits {
    whole: 100_000,
    random: 4_000,
    completions: 600,
};

#[test]
fn a_hundred_options_that_all_differ_are_one_question() {
    let mut text =
        format!("{HEAD}  地方: {{ask: 在哪里？, why: 各地不同。, type: 单选, options: [");
    for option in 0..100 {
        write!(text, "{}地{option}", if option == 0 { "" } else { ", " }).expect("a text");
    }
    text.push_str("]}\n  困难: {ask: 困难吗？, why: 多给。, type: 是否}\nvalues:\n  数目: {ask: 多少, type: 整数, clause: 一, quote: 可以申请, formula: 基数 + 困难}\n  基数: {ask: 基数, type: 整数, clause: 一, quote: 可以申请, table: {rows: 地方, cells: {");
    for option in 0..100 {
        let number = 1_000 + 7 * option;
        write!(
            text,
            "{}地{option}: {number}",
            if option == 0 { "" } else { ", " }
        )
        .expect("a text");
    }
    text.push_str("}}}\n");
    text.push_str(DECISION);
    for option in [0, 29, 30, 31, 59, 60, 89, 90, 99] {
        let number = 1_000 + 7 * option;
        writeln!(text, "  - {{name: 例{option}, answers: {{地方: 地{option}, 困难: 否}}, expect: {{多少: 算得出}}, values: {{数目: {number}}}, missing: []}}").expect("a text");
    }
    text.push_str("  - {name: 不知道在哪里, answers: {困难: 是}, expect: {多少: 算得出}, values: {数目: 1001 至 1694}, missing: [地方]}\n");
    let compiled = sound("options", &text);
    let most = compiled.program.variables.iter().map(links).max();
    assert_eq!(most, Some(4), "a mask has 31 classes");
    is_exact("options", &compiled, LIMITS);
}

#[test]
fn limits_by_two_questions_may_be_more_than_a_word_has_bits() {
    // 8 grades for each of 9 rows: 72 limits, all different.
    let limit = |row: usize, grade: usize| 1_000 * (9 - grade) + 110 * row + grade;
    let mut text = format!(
        "{HEAD}  分数: {{ask: 几分？, why: 要算。, type: 整数, range: 0 至 8}}\n  收入: {{ask: 多少？, why: 要算。, type: 整数, range: 0 至 100000}}\nvalues:\n"
    );
    for grade in 1..=8 {
        let cells: Vec<String> = (0..9)
            .map(|row| format!("{row}: {}", limit(row, grade)))
            .collect();
        writeln!(text, "  限{grade}: {{ask: 限, type: 整数, clause: 一, quote: 可以申请, table: {{rows: 分数, cells: {{{}}}}}}}", cells.join(", ")).expect("a text");
    }
    let cases: Vec<String> = (1..=8)
        .rev()
        .map(|grade| format!("{{when: {{收入: 不高于 限{grade}}}, is: {grade}}}"))
        .collect();
    writeln!(text, "  数目: {{ask: 第几档, type: 整数, clause: 一, quote: 可以申请, cases: [{}, {{when: 其余, is: 0}}]}}", cases.join(", ")).expect("a text");
    text.push_str(DECISION);
    for row in 0..9 {
        for grade in [1, 4, 8] {
            let (at, below) = (limit(row, grade), grade - 1);
            writeln!(text, "  - {{name: 例{row}和{grade}, answers: {{分数: {row}, 收入: {at}}}, expect: {{多少: 算得出}}, values: {{数目: {grade}}}}}").expect("a text");
            writeln!(text, "  - {{name: 例{row}和{grade}以上, answers: {{分数: {row}, 收入: {}}}, expect: {{多少: 算得出}}, values: {{数目: {below}}}}}", at + 1).expect("a text");
        }
    }
    let compiled = sound("limits", &text);
    let most = compiled.program.variables.iter().map(links).max();
    assert_eq!(most, Some(3), "72 limits");
    is_exact("limits", &compiled, LIMITS);
}
