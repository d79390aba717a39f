//! Members of a household: sums, numbers, any and every, amounts a head, while the number of members or some answers are open.

mod tiny;

use mingbai_rules::wasm::Machine;
use mingbai_rules::{ask, missing, prove};
use tiny::{answers, compiled, fits, is_exact, says};

/// A household of some members with a whole-number income, an age and a yes/no question.
fn file(count: &str, rest: &str, when: &str) -> String {
    let text = format!("{rest}{when}");
    let question = |name: &str, kind: &str| match text.contains(name)
        || (name == "年龄" && text.contains("年幼"))
    {
        true => format!("      {name}: {{ask: 怎么样？, why: 要看。, type: {kind}}}\n"),
        false => String::new(),
    };
    let questions = question("收入", "整数, range: 0 至 6, unit: 分")
        + &question("年龄", "整数, range: 0 至 3, unit: 岁")
        + &question("在校", "是否");
    let conditions = match text.contains("年幼") {
        true => "    conditions: {年幼: {年龄: 低于 2}}\n",
        false => "",
    };
    let other = match text.contains("另外") {
        true => "  另外: {ask: 怎么样？, why: 要看。, type: 是否}\n",
        false => "",
    };
    let questions = format!(
        "  人口: {{ask: 几口人？, why: 要看。, type: 整数, range: {count}, unit: 人}}\n{other}\
         household:\n  家人:\n    count: 人口\n    questions:\n{questions}{conditions}"
    );
    tiny::file(&questions, rest, when)
}

fn value(name: &str, unit: &str, formula: &str) -> String {
    format!(
        "  {name}: {{ask: 多少, type: 整数, unit: {unit}, formula: \"{formula}\", clause: 一, quote: 可以申请}}\n"
    )
}

/// Sheets with ranges.
const RANDOM: prove::Limits = prove::Limits {
    whole: 300_000,
    random: 4_000,
    completions: 900,
};

#[test]
fn what_is_possible_and_what_matters_of_members_is_that_of_every_completion() {
    let sum = value("总和", "分", "合计(收入)");
    let head = value("人均", "分", "舍去(合计(收入) ÷ 人口)");
    let young = value("幼数", "人", "人数(年幼)");
    let share = value("份", "分", "较大(0分, 2分 × 人口 - 合计(收入))");
    let both = value("加", "分", "合计(收入 + 2分 × 在校)");
    let rules: [(&str, &str, String, &str); 17] = [
        (
            "a sum and a head",
            "1 至 3",
            format!("{sum}{head}"),
            "{全部: [{总和: 不低于 4}, {人均: 低于 3}]}",
        ),
        ("any", "1 至 4", String::new(), "{有人: 在校}"),
        ("every", "0 至 4", String::new(), "{人人: {收入: 低于 3}}"),
        (
            "any of two",
            "0 至 3",
            String::new(),
            "{有人: {全部: [在校, {年龄: 低于 2}]}}",
        ),
        (
            "every of a condition",
            "1 至 3",
            String::new(),
            "{人人: {任一: [年幼, 在校]}}",
        ),
        (
            "any and the number",
            "1 至 4",
            String::new(),
            "{全部: [{有人: 在校}, {人口: 不低于 3}]}",
        ),
        ("a number", "1 至 4", young.clone(), "{幼数: 不低于 2}"),
        (
            "a number and every",
            "1 至 3",
            young.clone(),
            "{任一: [{幼数: 2}, {人人: 在校}]}",
        ),
        ("a sum", "1 至 3", sum.clone(), "{总和: 低于 5}"),
        (
            "a sum, two limits",
            "0 至 3",
            sum.clone(),
            "{总和: 介于 3 和 9}",
        ),
        ("a head", "1 至 3", head.clone(), "{人均: 低于 3}"),
        (
            "a head and any",
            "1 至 3",
            head.clone(),
            "{全部: [{人均: 低于 3}, {有人: 在校}]}",
        ),
        (
            "a head and the number",
            "1 至 3",
            head.clone(),
            "{任一: [{人均: 低于 2}, {全部: [{人口: 3}, 另外]}]}",
        ),
        (
            "a head, two limits",
            "1 至 3",
            head.clone(),
            "{全部: [{人均: 不低于 2}, {人均: 低于 4}]}",
        ),
        ("what is lacking", "1 至 3", share, "{份: 不低于 2}"),
        ("a sum of two", "1 至 2", both, "{加: 不低于 5}"),
        (
            "not any",
            "1 至 3",
            String::new(),
            "{不是: {有人: {收入: 高于 4}}}",
        ),
    ];
    for (name, count, values, when) in rules {
        let rest = match values.is_empty() {
            true => String::new(),
            false => format!("values:\n{values}"),
        };
        // The value is shown, so that its ranges are judged.
        let text = file(count, &rest, when);
        let text = match values.split_once(':') {
            Some((value, _)) => text.replace(
                "text: 可以申请。,",
                &format!("text: 可以申请。, values: [{}],", value.trim()),
            ),
            None => text,
        };
        let compiled = compiled(&text);
        is_exact(name, &compiled, RANDOM);
        is_exact(name, &compiled, prove::Limits { whole: 0, ..RANDOM });
    }
}

#[test]
fn members_that_there_are_not_are_not_asked_and_every_one_that_matters_is() {
    let rest = format!(
        "values:\n{}",
        value("人均", "分", "舍去(合计(收入) ÷ 人口)")
    );
    let compiled = compiled(&file(
        "1 至 12",
        &rest,
        "{全部: [{人均: 低于 3}, {有人: 在校}]}",
    ));
    let (check, program) = (&compiled.check, &compiled.program);
    let mut machine = Machine::new(&compiled.emitted).expect("a sound module");
    let mut names = |words: &[(&str, &str)]| -> Vec<String> {
        let known = answers(check, words);
        let answer = ask(check, program, &mut machine, &known).expect("it runs");
        let answered = |question| known.iter().any(|(other, _)| *other == question);
        let found = missing(check, program, answer.relevant, answered);
        let mut found: Vec<String> = found.iter().map(|q| check[*q].name.value.clone()).collect();
        found.sort();
        found
    };
    let two = ["第1人的在校", "第1人的收入", "第2人的在校", "第2人的收入"];
    assert_eq!(names(&[("人口", "2")]), two);
    assert_eq!(
        names(&[("人口", "2"), ("第1人的在校", "是")]),
        ["第1人的收入", "第2人的收入"]
    );
    let none: [&str; 0] = [];
    assert_eq!(names(&[("人口", "2"), ("第1人的收入", "6")]), none);
    assert_eq!(names(&[]).len(), 25);
    assert_eq!(names(&[("人口", "11 至 12")]).len(), 24);
    let order: Vec<&str> = compiled
        .order
        .iter()
        .map(|q| check[*q].name.value.as_str())
        .collect();
    assert_eq!(order[0], "人口");
    // Member by member.
    assert!(
        order[1].starts_with("第1人")
            && order[2].starts_with("第1人")
            && order[3].starts_with("第2人"),
        "{order:?}"
    );
    fits(&compiled);
}

#[test]
fn twelve_members_with_three_questions_fit_into_a_module() {
    let rest = format!(
        "values:\n{}{}",
        value("人均", "分", "舍去(合计(收入) ÷ 人口)"),
        value("幼数", "人", "人数(年幼)")
    );
    let when = "{全部: [{人均: 低于 3}, {有人: 在校}, {幼数: 不低于 2}]}";
    let text = file("1 至 12", &rest, when)
        .replace("text: 可以申请。,", "text: 可以申请。, values: [人均],");
    let compiled = compiled(&text);
    is_exact(
        "twelve",
        &compiled,
        prove::Limits {
            whole: 0,
            random: 300,
            completions: 600,
        },
    );
    fits(&compiled);
}

#[test]
fn twelve_members_that_are_counted_and_are_all_alike_fit_into_a_module() {
    let young = value("幼数", "人", "人数(年幼)");
    let limits = prove::Limits {
        whole: 0,
        random: 300,
        completions: 600,
    };
    for when in [
        "{全部: [{幼数: 不低于 2}, {人人: 在校}]}",
        "{任一: [{幼数: 不低于 3}, {人人: {任一: [年幼, 在校]}}]}",
        "{全部: [{幼数: 不低于 2}, {人人: {收入: 低于 3}}, {有人: 在校}]}",
    ] {
        let text = file("1 至 12", &format!("values:\n{young}"), when)
            .replace("text: 可以申请。,", "text: 可以申请。, values: [幼数],");
        let compiled = compiled(&text);
        fits(&compiled);
        is_exact(when, &compiled, limits);
    }
}

#[test]
fn an_example_gives_the_answers_of_members_in_a_list() {
    let rest = format!(
        "values:\n{}",
        value("人均", "分", "舍去(合计(收入) ÷ 人口)")
    );
    let text = file("1 至 3", &rest, "{人均: 低于 3}");
    let with = |answers: &str, outcome: &str| {
        let example = format!(
            "examples:\n  - {{name: 三口, answers: {answers}, expect: {{能否申请: {outcome}}}}}\n"
        );
        let (before, _) = text.split_once("examples:").expect("examples");
        says(&format!("{before}{example}"))
    };
    assert_eq!(with("{人口: 3, 收入: [0, 2, 6]}", "可以"), []);
    assert_eq!(with("{人口: 2, 收入: [0, 6, 6]}", "不可以"), []);
    assert_eq!(
        with("{人口: 3, 收入: [0, 不知道, 6]}", "[可以, 不可以]"),
        []
    );
    assert_eq!(with("{人口: 3, 收入: [0, 6, 6]}", "可以")[0].0, "MB0315");
    assert_eq!(
        with("{人口: 3, 收入: [0, 6, 6, 6]}", "不可以")[0].0,
        "MB0314"
    );
    assert_eq!(with("{人口: 3, 收入: 5}", "不可以")[0].0, "MB0303");
    assert_eq!(with("{人口: 3, 收入: [7]}", "不可以")[0].0, "MB0304");
}

#[test]
fn what_is_wrong_with_members_is_said_once() {
    let said = |count: &str, rest: &str, when: &str| {
        let said = says(&file(count, rest, when));
        // What a condition that could not be read makes of others is another matter.
        said.into_iter()
            .filter(|(code, _)| code != "MB0311")
            .collect::<Vec<_>>()
    };
    let code = |count: &str, rest: &str, when: &str| -> Vec<String> {
        said(count, rest, when)
            .into_iter()
            .map(|(code, _)| code)
            .collect()
    };
    assert_eq!(code("1 至 13", "", "{有人: 在校}"), ["MB0304"]);
    assert_eq!(code("-1 至 4", "", "{有人: 在校}"), ["MB0304"]);
    assert_eq!(code("1 至 4", "", "{任一: [在校, {人口: 2}]}"), ["MB0303"]);
    assert_eq!(
        code("1 至 4", "", "{全部: [{有人: 在校}, {收入: 低于 3}]}"),
        ["MB0303"]
    );
    assert_eq!(code("1 至 4", "", "{有人: {有人: 在校}}"), ["MB0303"]);
    assert_eq!(code("1 至 4", "", "{有人: {在校: 低于 3}}"), ["MB0303"]);
    assert_eq!(
        code("1 至 4", "", "{全部: [{有人: {人口: 3}}, {有人: 在校}]}"),
        ["MB0303"]
    );
    let bad = |formula: &str| {
        code(
            "1 至 4",
            &format!("values:\n{}# 收入 在校 年幼\n", value("数", "分", formula)),
            "{数: 低于 3}",
        )
    };
    assert_eq!(bad("收入 + 1分"), ["MB0303"]);
    assert_eq!(bad("合计(人口)"), ["MB0318"]);
    assert_eq!(bad("合计(合计(收入))"), ["MB0318"]);
    assert_eq!(bad("人数(收入)"), ["MB0319"]);
    assert_eq!(bad("合计(收入 ÷ 人口)"), ["MB0320"]);
}
