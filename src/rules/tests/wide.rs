//! What does not fit into one word of a module: a hundred options that all differ, a table of 72 limits, 64 outcomes, amounts of
//! more than 32 bits; and numbers with decimals.

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

/// Eight grades for each row, by limits that all differ, and two amounts made of the grade.
fn limits(rows: usize, in_money: bool) -> (String, impl Fn(usize, usize) -> usize) {
    let limit = move |row: usize, grade: usize| 1_000 * (9 - grade) + 110 * row + grade;
    let (kind, scale) = if in_money {
        ("金额", 1_000_000)
    } else {
        ("整数", 1)
    };
    let mut text = format!(
        "{HEAD}  分数: {{ask: 几分？, why: 要算。, type: 整数, range: 0 至 {}}}\n  收入: {{ask: 多少？, why: 要算。, type: {kind}, range: 0 至 {}}}\nvalues:\n",
        rows - 1,
        100_000 * scale
    );
    for grade in 1..=8 {
        let cells: Vec<String> = (0..rows)
            .map(|row| format!("{row}: {}", limit(row, grade) * scale))
            .collect();
        writeln!(text, "  限{grade}: {{ask: 限, type: {kind}, clause: 一, quote: 可以申请, table: {{rows: 分数, cells: {{{}}}}}}}", cells.join(", ")).expect("a text");
    }
    let cases: Vec<String> = (1..=8)
        .rev()
        .map(|grade| format!("{{when: {{收入: 不高于 限{grade}}}, is: {grade}}}"))
        .collect();
    writeln!(text, "  数目: {{ask: 第几档, type: 整数, clause: 一, quote: 可以申请, cases: [{}, {{when: 其余, is: 0}}]}}", cases.join(", ")).expect("a text");
    writeln!(text, "  每月: {{ask: 每月多少, type: 金额, clause: 一, quote: 可以申请, formula: 数目 × 120元}}\n  全年: {{ask: 全年多少, type: 金额, clause: 一, quote: 可以申请, formula: 每月 × 10}}").expect("a text");
    text.push_str(&DECISION.replace("[数目]", "[数目, 每月, 全年]"));
    for row in 0..rows {
        for grade in [1, 4, 8] {
            let (at, below) = (limit(row, grade) * scale, grade - 1);
            writeln!(text, "  - {{name: 例{row}和{grade}, answers: {{分数: {row}, 收入: {at}}}, expect: {{多少: 算得出}}, values: {{数目: {grade}, 每月: {}, 全年: {}}}}}", 120 * grade, 1_200 * grade).expect("a text");
            writeln!(text, "  - {{name: 例{row}和{grade}以上, answers: {{分数: {row}, 收入: {}}}, expect: {{多少: 算得出}}, values: {{数目: {below}}}}}", at + 1).expect("a text");
        }
    }
    (text, limit)
}

#[test]
fn limits_by_two_questions_may_be_more_than_a_word_has_bits() {
    let (text, _) = limits(9, false);
    let compiled = sound("72 limits", &text);
    is_exact("72 limits", &compiled, LIMITS);
}

#[test]
fn a_grade_by_eighteen_rows_of_eight_limits_is_a_module_of_four_kilobytes() {
    for in_money in [false, true] {
        let (text, _) = limits(18, in_money);
        let compiled = sound("144 limits", &text);
        let bytes = compiled.emitted.bytes.len();
        assert!(bytes <= 4_000, "{bytes}");
        let fewer = prove::Limits {
            random: 400,
            completions: 100,
            ..LIMITS
        };
        is_exact("144 limits", &compiled, fewer);
    }
}

#[test]
fn a_decision_has_up_to_64_outcomes() {
    let text = |count: usize| {
        let mut text = format!(
            "{HEAD}  数: {{ask: 几？, why: 要选。, type: 整数, range: 0 至 {}}}\n  有: {{ask: 有吗？, why: 要选。, type: 是否}}\ndecisions:\n  哪一种:\n    ask: 哪一种？\n    outcomes:\n",
            count - 2
        );
        for outcome in 0..count - 1 {
            writeln!(text, "      - {{name: 第{outcome}种, verdict: 说明, text: 见下。, when: {{全部: [有, {{数: {outcome}}}]}}, clause: 一, quote: 可以申请}}").expect("a text");
        }
        text.push_str("      - {name: 都不是, verdict: 说明, text: 见下。, when: 其余, clause: 一, quote: 可以申请}\nexamples:\n");
        for outcome in 0..count - 1 {
            writeln!(text, "  - {{name: 例{outcome}, answers: {{数: {outcome}, 有: 是}}, expect: {{哪一种: 第{outcome}种}}}}").expect("a text");
            writeln!(text, "  - {{name: 例{outcome}没有, answers: {{数: {outcome}, 有: 否}}, expect: {{哪一种: 都不是}}}}").expect("a text");
        }
        text.push_str("  - {name: 一段, answers: {数: 29 至 33, 有: 是}, expect: {哪一种: [第29种, 第30种, 第31种, 第32种, 第33种]}}\n");
        text
    };
    for count in [36, 62, 63, 64] {
        let compiled = sound(&format!("{count} outcomes"), &text(count));
        is_exact("outcomes", &compiled, LIMITS);
    }
    assert_eq!(tiny::says(&text(65))[0].0, "MB0314");
}

#[test]
fn amounts_and_numbers_have_up_to_sixteen_digits() {
    let text = format!(
        "{HEAD}  资产: {{ask: 多少？, why: 要算。, type: 金额, range: 0 至 100000000000}}
  负债: {{ask: 多少？, why: 要算。, type: 金额, range: 0 至 100000000000}}
  另外: {{ask: 多少？, why: 要算。, type: 整数, range: -5000000000 至 1000000000000000}}
values:
  数目: {{ask: 净资产, type: 金额, clause: 一, quote: 可以申请, formula: \"较大(0, 资产 - 负债)\"}}
decisions:
  多少:
    ask: 有多少？
    outcomes:
      - {{name: 抵不了债, verdict: 不符合, text: 见下。, when: {{资产: 低于 负债}}, clause: 一, quote: 可以申请, values: [数目]}}
      - {{name: 够, verdict: 符合, text: 见下。, when: 其余, clause: 一, quote: 可以申请, values: [数目]}}
  另:
    ask: 另外呢？
    outcomes:
      - {{name: 多, verdict: 说明, text: 见下。, when: {{另外: 高于 5000000000}}, clause: 一, quote: 可以申请}}
      - {{name: 负, verdict: 说明, text: 见下。, when: {{另外: 低于 -4294967296}}, clause: 一, quote: 可以申请}}
      - {{name: 少, verdict: 说明, text: 见下。, when: 其余, clause: 一, quote: 可以申请}}
examples:
  - {{name: 大, answers: {{资产: 100000000000, 负债: 0.01, 另外: 5000000001}}, expect: {{多少: 够, 另: 多}}, values: {{数目: 99999999999.99}}}}
  - {{name: 差一分, answers: {{资产: 50000000000, 负债: 50000000000.01, 另外: 5000000000}}, expect: {{多少: 抵不了债, 另: 少}}, values: {{数目: 0}}}}
  - {{name: 一样, answers: {{资产: 50000000000, 负债: 50000000000, 另外: -4294967297}}, expect: {{多少: 够, 另: 负}}, values: {{数目: 0}}}}
  - {{name: 不少, answers: {{资产: 1, 负债: 0, 另外: -4294967296}}, expect: {{多少: 够, 另: 少}}, values: {{数目: 1}}}}
  - {{name: 大概, answers: {{资产: 60000000000 至 70000000000, 负债: 10000000000}}, expect: {{多少: 够, 另: [多, 负, 少]}}, values: {{数目: 50000000000 至 60000000000}}}}
"
    );
    let compiled = sound("wide", &text);
    is_exact("wide", &compiled, LIMITS);
    let said = tiny::says(&text.replace(
        "range: -5000000000 至 1000000000000000",
        "range: 0 至 1000000000000001",
    ));
    assert_eq!(said[0].0, "MB0304", "{said:?}");
    // A result that is too large is found before anybody answers.
    let said = tiny::says(&text.replace("\"较大(0, 资产 - 负债)\"", "资产 × 1000"));
    assert_eq!(said[0].0, "MB0321", "{said:?}");
}

#[test]
fn a_number_may_have_decimals_and_a_unit() {
    let text = format!(
        "{HEAD}  面积: {{ask: 多大？, why: 要算。, type: 小数, unit: 平方米, range: 0 至 1000}}
  人口: {{ask: 几人？, why: 要算。, type: 整数, unit: 人, range: 1 至 12}}
values:
  人均: {{ask: 人均面积, type: 小数, unit: 平方米, clause: 一, quote: 可以申请, formula: \"舍去(面积 ÷ 人口, 0.01)\"}}
  算: {{ask: 算多少, type: 小数, unit: 平方米, clause: 一, quote: 可以申请, formula: \"较小(面积, 80.5)\"}}
  数目: {{ask: 补多少, type: 金额, clause: 一, quote: 可以申请, formula: \"四舍五入(算 × 10元)\"}}
conditions:
  小: {{面积: 低于 12.35}}
decisions:
  多少:
    ask: 有多少？
    outcomes:
      - {{name: 太小, verdict: 符合, text: 见下。, when: 小, clause: 一, quote: 可以申请, values: [数目, 人均]}}
      - {{name: 够大, verdict: 不符合, text: 见下。, when: 其余, clause: 一, quote: 可以申请, values: [数目, 人均]}}
examples:
  - {{name: 小, answers: {{面积: 12.34, 人口: 3}}, expect: {{多少: 太小}}, values: {{数目: 123.4, 人均: 4.11, 算: 12.34}}}}
  - {{name: 不小, answers: {{面积: 12.35平方米, 人口: 1}}, expect: {{多少: 够大}}, values: {{数目: 123.5, 人均: 12.35}}}}
  - {{name: 大, answers: {{面积: 200, 人口: 3}}, expect: {{多少: 够大}}, values: {{数目: 805, 人均: 66.66, 算: 80.5}}}}
  - {{name: 大概, answers: {{面积: 20.5 至 30.25, 人口: 1}}, expect: {{多少: 够大}}, values: {{数目: 205 至 302.5, 人均: 20.5 至 30.25}}}}
"
    );
    let compiled = sound("decimals", &text);
    is_exact("decimals", &compiled, LIMITS);
    for wrong in ["12.345", "-1", "1.", "十二"] {
        let said = tiny::says(&text.replace("低于 12.35", &format!("低于 {wrong}")));
        assert_eq!(said[0].0, "MB0304", "{wrong}: {said:?}");
    }
    // What is not rounded is not a number with two decimals.
    let said = tiny::says(&text.replace("舍去(面积 ÷ 人口, 0.01)", "面积 ÷ 人口"));
    assert_eq!(said[0].0, "MB0320", "{said:?}");
}
