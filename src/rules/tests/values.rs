//! Computed values: what a rule file says is what the module answers, as a number or as a range.

mod tiny;

use mingbai_rules::wasm::Machine;
use mingbai_rules::{Compiled, ask, compile_check};
use mingbai_text::diag::Sink;
use tiny::{OneFile, answers, compiled, read_tiny, says};

/// A rule file with these questions, values and examples; the outcome shows the value 数.
fn file(questions: &str, values: &str, examples: &str) -> String {
    format!(
        "title: 能有多少\ndescription: 看看能有多少。\nsource: notice\nregion: 某省\n\
         checked: {{on: 2026-11-01, by: 测试}}\nquestions:\n{questions}values:\n{values}\
         decisions:\n  能否申请:\n    ask: 能不能申请？\n    outcomes:\n      - name: 可以\n        verdict: 符合\n        \
         text: 可以申请。\n        when: 其余\n        clause: 一\n        quote: 可以申请\n        values: [数]\nexamples:\n{examples}"
    )
}

fn question(name: &str, kind: &str, rest: &str) -> String {
    format!("  {name}: {{ask: 多少？, why: 要算。, type: {kind}{rest}}}\n")
}

fn value(name: &str, kind: &str, formula: &str) -> String {
    format!(
        "  {name}: {{ask: 多少, type: {kind}, formula: \"{formula}\", clause: 一, quote: 可以申请}}\n"
    )
}

const ANYBODY: &str = "  - {name: 谁, expect: {能否申请: 可以}}\n";

/// The range of 数 in words, and the questions that matter.
fn answered_with(compiled: &Compiled, words: &[(&str, &str)]) -> (String, Vec<String>) {
    let check = &compiled.check;
    let mut machine = Machine::new(&compiled.emitted).expect("a sound module");
    let answer = ask(
        check,
        &compiled.program,
        &mut machine,
        &answers(check, words),
    );
    let answer = answer.expect("it runs");
    let value = check.computed("数").expect("a value");
    let answered = |q| {
        words
            .iter()
            .any(|(name, _)| check.question(name) == Some(q))
    };
    let missing = mingbai_rules::missing(check, &compiled.program, answer.relevant, answered);
    let names = missing.iter().map(|q| check[*q].name.value.clone());
    (
        check[value].show_range(check.language, answer.range(value).expect("it is shown")),
        names.collect(),
    )
}

fn loan() -> String {
    let questions = question("学费", "金额", ", range: 0 至 50000, unit: 元/年")
        + &question("住宿费", "金额", ", range: 0 至 5000, unit: 元/年")
        + &question("学历", "单选", ", options: [专科, 本科, 研究生]");
    let values = value("数", "金额, unit: 元/年", "较小(学费 + 住宿费, 上限)")
        + "  上限:\n    ask: 最多\n    type: 金额\n    unit: 元/年\n    clause: 一\n    quote: 可以申请\n    cases:\n      \
           - {when: {学历: 研究生}, is: 20000}\n      - {when: 其余, is: 16000}\n";
    file(&questions, &values, ANYBODY)
}

#[test]
fn an_amount_is_a_range_until_it_is_settled_and_the_question_that_narrows_it_is_asked() {
    let compiled = compiled(&loan());
    let answered_with = |words: &[(&str, &str)]| {
        let (range, mut missing) = answered_with(&compiled, words);
        missing.sort();
        (range, missing.join("、"))
    };
    let is = |range: &str, missing: &str| (range.to_owned(), missing.to_owned());
    assert_eq!(
        answered_with(&[]),
        is("0元/年至20000元/年", "住宿费、学历、学费")
    );
    let fees = [("学费", "12000"), ("住宿费", "1200")];
    assert_eq!(answered_with(&fees), is("13200元/年", ""));
    let high = [("学费", "不低于 25000")];
    assert_eq!(answered_with(&high), is("16000元/年至20000元/年", "学历"));
    let high = [("学费", "18000"), ("学历", "研究生")];
    assert_eq!(answered_with(&high), is("18000元/年至20000元/年", "住宿费"));
    let high = [("学费", "18000"), ("学历", "专科")];
    assert_eq!(answered_with(&high), is("16000元/年", ""));
    let some = [("学费", "999.99"), ("住宿费", "0.01 至 100")];
    assert_eq!(answered_with(&some), is("1000元/年至1099.99元/年", ""));
}

#[test]
fn a_day_is_computed_with_the_calendar() {
    let questions = question("毕业", "日期", ", range: 2000-01-01 至 2060-12-31")
        + &question("学制", "整数", ", range: 1 至 8, unit: 年");
    for (formula, day, years, wanted) in [
        ("毕业 + 2年", "2024-02-29", "4", "2026年2月28日"),
        ("毕业 + 学制 - 1个月", "2024-03-31", "1", "2025年2月28日"),
        ("毕业 + 30天", "2023-12-31", "1", "2024年1月30日"),
        ("月末(毕业 + 学制)", "2023-02-10", "1", "2024年2月29日"),
        (
            "当年(毕业, 9月1日) + 学制",
            "2024-07-01",
            "4",
            "2028年9月1日",
        ),
        (
            "较小(年末(毕业), 月初(毕业) + 学制)",
            "2024-07-09",
            "1",
            "2024年12月31日",
        ),
        ("较大(2030-01-01, 毕业)", "2024-07-09", "1", "2030年1月1日"),
    ] {
        let values = value("数", "日期", formula);
        let mut questions = questions.clone();
        if !formula.contains("学制") {
            questions = questions
                .split_inclusive('\n')
                .next()
                .expect("one")
                .to_owned();
        }
        let compiled = compiled(&file(&questions, &values, ANYBODY));
        let mut words = vec![("毕业", day)];
        if formula.contains("学制") {
            words.push(("学制", years));
        }
        assert_eq!(
            answered_with(&compiled, &words),
            (wanted.to_owned(), vec![]),
            "{formula}"
        );
    }
    let questions = question("出生", "日期", ", range: 1900-01-01 至 2026-12-31")
        + &question("今天", "日期", ", range: 2026-01-01 至 2030-12-31");
    for (formula, wanted) in [
        ("周岁(出生, 今天)", "25"),
        ("月数(出生, 今天)", "311"),
        ("天数(出生, 今天)", "9494"),
        ("今天 - 出生", "9494"),
        ("年份(今天) - 年份(出生)", "26"),
    ] {
        let value = value("数", "整数", &format!("较大(0, {formula})"));
        let compiled = compiled(&file(&questions, &value, ANYBODY));
        let words = [("出生", "2000-06-02"), ("今天", "2026-05-31")];
        let (found, _) = answered_with(&compiled, &words);
        assert_eq!(
            found.trim_end_matches(|c: char| !c.is_ascii_digit()),
            wanted,
            "{formula}"
        );
    }
}

#[test]
fn a_rest_is_rounded_as_the_rules_say() {
    let questions = question("收入", "金额", ", range: 0 至 100000")
        + &question("人口", "整数", ", range: 1 至 12, unit: 人");
    for (formula, wanted) in [
        ("舍去(收入 ÷ 人口)", "3333.33元"),
        ("进一(收入 ÷ 人口)", "3333.34元"),
        ("四舍五入(收入 ÷ 人口, 1元)", "3333元"),
        ("进一(收入 × 1.5 ÷ 人口, 100)", "5000元"),
        ("舍去(收入 × 80% ÷ 人口)", "2666.66元"),
        ("舍去((收入 - 1000.5) × 12.5% ÷ 人口, 10元)", "370元"),
    ] {
        let questions = questions.replace(
            "range: 0 至",
            if formula.contains("- 1000") {
                "range: 2000 至"
            } else {
                "range: 0 至"
            },
        );
        let compiled = compiled(&file(&questions, &value("数", "金额", formula), ANYBODY));
        let words = [("收入", "10000"), ("人口", "3")];
        assert_eq!(answered_with(&compiled, &words).0, wanted, "{formula}");
    }
}

#[test]
fn what_cannot_be_computed_is_refused_at_its_place() {
    let questions = question("收入", "金额", ", range: 0 至 100000")
        + &question("人口", "整数", ", range: 0 至 12, unit: 名")
        + &question("日子", "日期", ", range: 2000-01-01 至 9999-12-30");
    let all = "较大(0元, 收入) + 0元 × 人口 + 0 × 天数(日子, 9999-12-31) × 1元";
    for (formula, code, words) in [
        ("收入 + 人口", "MB0319", "金额（元）和数（名）合不到一起"),
        ("收入 + 日子", "MB0319", "金额（元）和日期合不到一起"),
        ("收入 × 收入", "MB0319", "金额（元）和金额（元）合不到一起"),
        ("人口", "MB0319", "数（名）和金额（元）合不到一起"),
        ("周岁(收入, 日子)", "MB0319", "这里要日期，写的是金额（元）"),
        (
            "收入 ÷ 3",
            "MB0320",
            "这里算出来的不一定是整数，没有说怎样取整",
        ),
        (
            "收入 × 80%",
            "MB0320",
            "这里算出来的不一定是整数，没有说怎样取整",
        ),
        ("收入 ++ 人口", "MB0318", "算式里看不懂“+”"),
        ("收入 +", "MB0318", "算式没有写完"),
        (
            "较小(收入)",
            "MB0318",
            "“较小”后面的括号里要有两个以上（2 or more）项",
        ),
        ("收人 + 1", "MB0301", "没有叫“收人”的问题或条件"),
        ("收入 - 100", "MB0321", "按问题的范围，“数”会小于零"),
        (
            "舍去(收入 ÷ 人口)",
            "MB0321",
            "按问题的范围，“数”会除以零或负数",
        ),
        (
            "收入 × 9007199254740",
            "MB0321",
            "按问题的范围，“数”会大得存不下，或不是一个日子",
        ),
        (
            "收入 × 人口 - 收入",
            "MB0322",
            "“收入”在“数”的同一个算式里，有处使它变大，有处使它变小",
        ),
    ] {
        let said = says(&file(&questions, &value("数", "金额", formula), ANYBODY));
        let said: Vec<_> = said
            .into_iter()
            .filter(|(code, _)| code != "MB0312")
            .collect();
        assert_eq!(said, [(code.to_owned(), words.to_owned())], "{formula}");
    }
    let said = says(&file(
        &questions,
        &value("数", "日期", "日子 + 2天"),
        ANYBODY,
    ));
    assert!(said.iter().any(|(code, _)| code == "MB0321"), "{said:?}");
    // The formula that has everything is sound.
    let said = says(&file(&questions, &value("数", "金额", all), ANYBODY));
    assert!(said.iter().all(|(code, _)| code == "MB0312"), "{said:?}");
}

fn grades(rows: &str) -> String {
    let questions = question("收入", "金额", ", range: 0 至 100000")
        + &question("子女", "整数", ", range: 0 至 12");
    let values = format!(
        "  数:\n    ask: 每月多少\n    type: 金额\n    clause: 一\n    quote: 可以申请\n    table:\n      rows: 收入\n      \
         columns: 子女\n      heads: [低于 2, 2, 不低于 3]\n      cells:\n{rows}"
    );
    file(&questions, &values, ANYBODY)
}

const ROWS: &str = "        低于 10000: [300, 400, 500]\n        10000 至 19999.99: [100, 200, 300]\n        不低于 20000: [0, 0, 100]\n";

#[test]
fn a_table_has_every_answer_once() {
    let compiled = compiled(&grades(ROWS));
    let answered_with = |words: &[(&str, &str)]| answered_with(&compiled, words);
    let is = |range: &str, missing: &[&str]| {
        let missing = missing.iter().map(|name| (*name).to_owned()).collect();
        (range.to_owned(), missing)
    };
    assert_eq!(
        answered_with(&[("收入", "9999.99"), ("子女", "2")]),
        is("400元", &[])
    );
    assert_eq!(
        answered_with(&[("收入", "10000"), ("子女", "12")]),
        is("300元", &[])
    );
    assert_eq!(
        answered_with(&[("收入", "不低于 20000")]),
        is("0元至100元", &["子女"])
    );
    assert_eq!(
        answered_with(&[("收入", "不低于 20000"), ("子女", "0 至 2")]),
        is("0元", &[])
    );
    for (right, wrong, words) in [
        (
            "不低于 20000:",
            "高于 20000:",
            "“收入”是20000元的，表格里没有",
        ),
        (
            "低于 10000:",
            "不高于 10000:",
            "“10000 至 19999.99”和“不高于 10000”重叠：10000元在两处",
        ),
        ("[0, 0, 100]", "[0, 100]", "这一行有 2 格，列头有 3 个"),
        ("10000 至 19999.99:", "许多:", "“许多”不能作行头或列头"),
    ] {
        let said = says(&grades(&ROWS.replace(right, wrong)));
        assert_eq!(said, [("MB0323".to_owned(), words.to_owned())]);
    }
}

#[test]
fn an_example_says_what_a_value_must_be() {
    let example = |values: &str| {
        loan().replace(ANYBODY, &format!("  - {{name: 甲, answers: {{学费: 12000, 住宿费: 1200}}, expect: {{能否申请: 可以}}, values: {{{values}}}}}\n"))
    };
    assert_eq!(says(&example("数: 13200, 上限: 16000 至 20000")), []);
    let wrong = ("MB0315".to_owned(), "按规则，“数”是：13200元/年".to_owned());
    assert_eq!(says(&example("数: 13000")), std::slice::from_ref(&wrong));
    assert_eq!(says(&example("数: 13000 至 13200")), [wrong]);
}

/// Numbers that look random and are the same every time.
struct Draw(u64);

impl Draw {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % limit.max(1)
    }

    fn one<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

/// A person of the small world of [`judged`]: three amounts, a number, a choice, two yes/no, a day.
#[derive(Debug, Clone, Copy)]
struct Person {
    a: i64,
    b: i64,
    n: i64,
    kind: usize,
    yes: bool,
}

const A: std::ops::RangeInclusive<i64> = 0..=9;
const B: std::ops::RangeInclusive<i64> = 2..=6;
const N: std::ops::RangeInclusive<i64> = 1..=4;
const KINDS: [&str; 3] = ["子", "丑", "寅"];

/// What a value is for a person, written once as a formula of the rules and once here.
type Truth = fn(Person) -> i64;

fn up(a: i64, b: i64) -> i64 {
    (a + b - 1) / b
}

fn big(p: Person) -> i64 {
    let kind = p.kind;
    match p.b {
        2 => [0, 3, 6][kind],
        3 => [9, 12, 15][kind],
        4 => [18, 21, 24][kind],
        _ => [18, 40, 41][kind],
    }
}

const FORMULAS: [(&str, &str, Truth); 21] = [
    ("formula: 甲 + 乙", "", |p| p.a + p.b),
    ("formula: \"较小(甲 + 乙, 7)\"", "", |p| {
        (p.a + p.b).min(7)
    }),
    ("formula: \"较大(0, 甲 - 乙 × 人)\"", "", |p| {
        (p.a - p.b * p.n).max(0)
    }),
    ("formula: \"进一(甲 ÷ 人) + 有\"", "", |p| {
        up(p.a, p.n) + i64::from(p.yes)
    }),
    ("formula: \"舍去((甲 + 9) × 30% ÷ 乙)\"", "", |p| {
        (p.a + 9) * 3 / (10 * p.b)
    }),
    ("formula: \"较小(较大(甲, 乙), 人 × 2)\"", "", |p| {
        p.a.max(p.b).min(p.n * 2)
    }),
    (
        "cases: [{when: {甲: 低于 5}, is: 甲 × 2}, {when: 其余, is: 甲 + 10}]",
        "",
        |p| {
            if p.a < 5 { p.a * 2 } else { p.a + 10 }
        },
    ),
    (
        "cases: [{when: 有, is: 甲}, {when: {类: 子}, is: \"较小(甲, 6)\"}, {when: 其余, is: 6}]",
        "",
        |p| match (p.yes, p.kind) {
            (true, _) => p.a,
            (_, 0) => p.a.min(6),
            _ => 6,
        },
    ),
    (
        "cases: [{when: {全部: [{甲: 介于 2 和 4}, {人: 不低于 3}]}, is: 乙 - 1}, {when: {甲: 8}, is: 人}, {when: 其余, is: 乙 + 甲}]",
        "",
        |p| match (p.a, p.n) {
            (2..=4, 3..) => p.b - 1,
            (8, _) => p.n,
            _ => p.b + p.a,
        },
    ),
    (
        "formula: 奖 × 人 + 有 × 3",
        "  奖: {ask: 奖, type: 整数, clause: 一, quote: 可以申请, table: {rows: 类, columns: 乙, heads: [2 至 3, 不低于 4], cells: {子: [1, 2], 丑、寅: [3, 5]}}}\n",
        |p| {
            let prize = match (p.kind, p.b) {
                (0, ..=3) => 1,
                (0, _) => 2,
                (_, ..=3) => 3,
                _ => 5,
            };
            prize * p.n + 3 * i64::from(p.yes)
        },
    ),
    (
        "formula: \"较小(甲, 限)\"",
        "  限: {ask: 限, type: 整数, clause: 一, quote: 可以申请, cases: [{when: {类: 丑}, is: 3}, {when: 有, is: 乙}, {when: 其余, is: 8}]}\n",
        |p| {
            let limit = match (p.kind, p.yes) {
                (1, _) => 3,
                (_, true) => p.b,
                _ => 8,
            };
            p.a.min(limit)
        },
    ),
    (
        "table: {rows: 甲, cells: {低于 3: 甲 + 乙, 3 至 6: 人, 不低于 7: 甲 - 人}}",
        "",
        |p| match p.a {
            ..=2 => p.a + p.b,
            3..=6 => p.n,
            _ => p.a - p.n,
        },
    ),
    // A value of many cases that stays one part of the formula; and one that does not, as the formula asks what decides it.
    (
        "formula: \"较小(大 + 甲, 人 × 9)\"",
        "  大: {ask: 大, type: 整数, clause: 一, quote: 可以申请, table: {rows: 乙, columns: 类, heads: [子, 丑, 寅], cells: {2: [0, 3, 6], 3: [9, 12, 15], 4: [18, 21, 24], 不低于 5: [18, 40, 41]}}}\n",
        |p| (big(p) + p.a).min(p.n * 9),
    ),
    (
        "formula: \"较大(大 + 乙, 甲)\"",
        "  大: {ask: 大, type: 整数, clause: 一, quote: 可以申请, table: {rows: 乙, columns: 类, heads: [子, 丑, 寅], cells: {2: [0, 3, 6], 3: [9, 12, 15], 4: [18, 21, 24], 不低于 5: [18, 40, 41]}}}\n",
        |p| (big(p) + p.b).max(p.a),
    ),
    (
        "cases: [{when: {类: 丑}, is: 大 + 1}, {when: 其余, is: 人 + 甲}]",
        "  大: {ask: 大, type: 整数, clause: 一, quote: 可以申请, table: {rows: 甲, cells: {0: 0, 1: 1, 2: 4, 3: 9, 4: 16, 5: 25, 6: 36, 不低于 7: 49}}}\n",
        |p| {
            if p.kind == 1 {
                p.a.min(7).pow(2) + 1
            } else {
                p.n + p.a
            }
        },
    ),
    (
        "formula: \"较小(中 + 人, 30)\"",
        "  中: {ask: 中, type: 整数, clause: 一, quote: 可以申请, formula: \"较大(大, 甲) + 有\"}\n  大: {ask: 大, type: 整数, clause: 一, quote: 可以申请, table: {rows: 乙, columns: 类, heads: [子, 丑, 寅], cells: {2: [0, 3, 6], 3: [9, 12, 15], 4: [18, 21, 24], 不低于 5: [18, 40, 41]}}}\n",
        |p| (big(p).max(p.a) + i64::from(p.yes) + p.n).min(30),
    ),
    ("formula: 3 × 够 + 2 × 有 + 甲", "", |p| {
        3 * i64::from(p.a >= 4 && p.kind == 2) + 2 * i64::from(p.yes) + p.a
    }),
    ("formula: \"四舍五入(甲 × 乙 ÷ 4)\"", "", |p| {
        (p.a * p.b * 2 + 4) / 8
    }),
    // A question that goes both ways as it is written.
    ("formula: \"甲 - 较小(甲, 5)\"", "", |p| {
        p.a - p.a.min(5)
    }),
    ("formula: \"甲 + 人 - 舍去(甲 × 30%)\"", "", |p| {
        p.a + p.n - p.a * 3 / 10
    }),
    (
        "formula: \"较大(0, 较小(乙, 4) + 甲 - 乙)\"",
        "",
        |p| (p.b.min(4) + p.a - p.b).max(0),
    ),
];

fn judged(formula: &str, more: &str) -> Compiled {
    let number = |name: &str, (low, high): (i64, i64)| {
        question(name, "整数", &format!(", range: {low} 至 {high}"))
    };
    let ends = |range: &std::ops::RangeInclusive<i64>| (*range.start(), *range.end());
    let questions = number("甲", ends(&A))
        + &number("乙", ends(&B))
        + &number("人", ends(&N))
        + &question("类", "单选", ", options: [子, 丑, 寅]")
        + &question("有", "是否", "");
    let values =
        format!("  数: {{ask: 多少, type: 整数, {formula}, clause: 一, quote: 可以申请}}\n{more}");
    let text = file(&questions, &values, ANYBODY).replace(
        "decisions:",
        "conditions:\n  够: {全部: [{甲: 不低于 4}, {类: 寅}]}\ndecisions:",
    );
    // Questions and conditions that the value does not use are reported, and left out.
    let mut text = text;
    for name in ["甲", "乙", "人", "类", "有", "够"] {
        let used = [formula, more].iter().any(|part| part.contains(name))
            || (formula.contains('够') && ["甲", "类"].contains(&name));
        if !used {
            let lines = text
                .lines()
                .filter(|line| !line.starts_with(&format!("  {name}: {{")));
            text = lines.map(|line| format!("{line}\n")).collect();
        }
    }
    compiled(&text.replace("conditions:\ndecisions:", "decisions:"))
}

/// What is known of a person: a range of each number, and the options possible.
#[derive(Debug)]
struct Known {
    a: (i64, i64),
    b: (i64, i64),
    n: (i64, i64),
    kind: Option<usize>,
    yes: Option<bool>,
}

impl Known {
    fn draw(draw: &mut Draw) -> Self {
        let mut range = |range: &std::ops::RangeInclusive<i64>| {
            let all: Vec<i64> = range.clone().collect();
            let (one, other) = (*draw.one(&all), *draw.one(&all));
            match draw.below(3) {
                0 => (*range.start(), *range.end()),
                1 => (one, one),
                _ => (one.min(other), one.max(other)),
            }
        };
        let (a, b, n) = (range(&A), range(&B), range(&N));
        Self {
            a,
            b,
            n,
            kind: (draw.below(2) > 0).then(|| draw.below(3)),
            yes: (draw.below(2) > 0).then(|| draw.below(2) > 0),
        }
    }

    fn words(&self) -> Vec<(&'static str, String)> {
        let mut words = Vec::new();
        for (name, (lo, hi)) in [("甲", self.a), ("乙", self.b), ("人", self.n)] {
            words.push((name, format!("{lo} 至 {hi}")));
        }
        words.extend(self.kind.map(|kind| ("类", KINDS[kind].to_owned())));
        words.extend(
            self.yes
                .map(|yes| ("有", if yes { "是" } else { "否" }.to_owned())),
        );
        words
    }

    fn is_answered(&self, name: &str) -> bool {
        match name {
            "甲" => self.a != (*A.start(), *A.end()),
            "乙" => self.b != (*B.start(), *B.end()),
            "人" => self.n != (*N.start(), *N.end()),
            "类" => self.kind.is_some(),
            _ => self.yes.is_some(),
        }
    }

    fn completions(&self) -> Vec<Person> {
        let mut list = Vec::new();
        for a in self.a.0..=self.a.1 {
            for b in self.b.0..=self.b.1 {
                for n in self.n.0..=self.n.1 {
                    for kind in 0..3 {
                        for yes in [false, true] {
                            let fits = self.kind.is_none_or(|k| k == kind)
                                && self.yes.is_none_or(|y| y == yes);
                            if fits {
                                list.push(Person { a, b, n, kind, yes });
                            }
                        }
                    }
                }
            }
        }
        list
    }

    /// The questions that two completions differ in alone while the value differs.
    fn matters(&self, truth: Truth) -> Vec<&'static str> {
        let people = self.completions();
        let mut found = Vec::new();
        for (name, same) in [
            (
                "甲",
                (|p, q| (p.b, p.n, p.kind, p.yes) == (q.b, q.n, q.kind, q.yes))
                    as fn(Person, Person) -> bool,
            ),
            ("乙", |p, q| {
                (p.a, p.n, p.kind, p.yes) == (q.a, q.n, q.kind, q.yes)
            }),
            ("人", |p, q| {
                (p.a, p.b, p.kind, p.yes) == (q.a, q.b, q.kind, q.yes)
            }),
            ("类", |p, q| {
                (p.a, p.b, p.n, p.yes) == (q.a, q.b, q.n, q.yes)
            }),
            ("有", |p, q| {
                (p.a, p.b, p.n, p.kind) == (q.a, q.b, q.n, q.kind)
            }),
        ] {
            let differ = people.iter().any(|p| {
                people
                    .iter()
                    .any(|q| same(*p, *q) && truth(*p) != truth(*q))
            });
            if differ {
                found.push(name);
            }
        }
        found
    }
}

#[test]
fn ranges_and_questions_are_those_of_every_completion() {
    let mut draw = Draw(0x9e37_79b9_7f4a_7c15);
    let (mut missed, mut needless, mut rounded, mut asked) = (0, Vec::new(), 0, 0);
    for (formula, more, truth) in FORMULAS {
        let compiled = judged(formula, more);
        let check = &compiled.check;
        let value = check.computed("数").expect("a value");
        let mut machine = Machine::new(&compiled.emitted).expect("a sound module");
        for _ in 0..400 {
            let known = Known::draw(&mut draw);
            let words = known.words();
            let words: Vec<(&str, &str)> = words
                .iter()
                .filter(|(name, _)| check.question(name).is_some())
                .map(|(name, words)| (*name, words.as_str()))
                .collect();
            let answer = ask(
                check,
                &compiled.program,
                &mut machine,
                &answers(check, &words),
            );
            let answer = answer.expect("it runs");
            let results: Vec<i64> = known.completions().into_iter().map(truth).collect();
            let (lo, hi) = (results.iter().min().copied(), results.iter().max().copied());
            let found = answer.range(value).expect("it is shown");
            assert_eq!(
                (Some(found.lo), Some(found.hi)),
                (lo, hi),
                "{formula} {known:?}"
            );
            let matters = known.matters(truth);
            for name in ["甲", "乙", "人", "类", "有"] {
                let Some(question) = check.question(name) else {
                    continue;
                };
                let level = compiled.program.level_of(question).expect("a variable");
                let found = answer.relevant & 1 << level != 0;
                asked += usize::from(found);
                match (found, matters.contains(&name)) {
                    (false, true) => missed += 1,
                    // Whether a range that was answered changes what is rounded is not tried number by number.
                    (true, false) if known.is_answered(name) => rounded += 1,
                    (true, false) => needless.push(format!("{formula} {known:?} {name}")),
                    _ => {}
                }
            }
        }
    }
    assert_eq!(missed, 0);
    assert_eq!(needless, Vec::<String>::new());
    assert!(rounded * 200 < asked, "{rounded} of {asked}");
}

#[test]
fn a_change_of_a_value_is_noticed_by_an_example_or_reported() {
    let questions = question("学费", "金额", ", range: 0 至 50000") + &question("有", "是否", "");
    let values = value("数", "金额", "较小(学费 + 100 × 有, 16000)");
    let examples = |list: &[(&str, &str, &str)]| -> String {
        let line = |(fee, yes, value): &(&str, &str, &str)| {
            format!(
                "  - {{name: 某人{fee}{yes}, answers: {{学费: {fee}, 有: {yes}}}, expect: {{能否申请: 可以}}, values: {{数: {value}}}}}\n"
            )
        };
        list.iter().map(line).collect()
    };
    let survivors = |list: &[(&str, &str, &str)]| {
        let text = file(&questions, &values, &examples(list));
        let mut sink = Sink::default();
        let check = read_tiny(&text, &mut sink).expect("it can be read");
        let compiled = compile_check(check, &mut sink).expect("it compiles");
        let said = sink.sorted(&OneFile(&text));
        let said: Vec<String> = said.iter().map(|d| d.message.zh.clone()).collect();
        // Of several at one place, one is reported.
        let unnoticed = compiled.score.edits - compiled.score.noticed;
        (unnoticed, said)
    };
    let below = ("12000", "是", "12100");
    let above = ("20000", "否", "16000");
    // An amount above the limit sees neither the sum nor the condition; one below it does not see the limit.
    let unseen = |words: &str| format!("{words}，没有例子发现");
    let (number, turned) = (unseen("算式里的数差 1"), unseen("条件反过来"));
    assert_eq!(survivors(&[above]), (5, vec![number.clone(), turned]));
    assert_eq!(survivors(&[below]), (2, vec![number]));
    assert_eq!(survivors(&[above, below]), (0, vec![]));
}

#[test]
fn a_table_of_eighteen_rows_and_eight_columns_and_three_values_fit_in_a_module() {
    let questions = question("收入", "金额", ", range: 0 至 200000")
        + &question("子女", "整数", ", range: 0 至 20")
        + &question("学费", "金额", ", range: 0 至 50000")
        + &question("入学", "日期", ", range: 2000-01-01 至 2060-12-31")
        + &question("学制", "整数", ", range: 1 至 8, unit: 年");
    let heads = ["0", "1", "2", "3", "4", "5", "6", "不低于 7"].join(", ");
    let mut rows = String::new();
    for row in 0..18_usize {
        let head = match row {
            0 => "低于 10000".to_owned(),
            17 => "不低于 170000".to_owned(),
            _ => format!("{} 至 {}.99", row * 10_000, (row + 1) * 10_000 - 1),
        };
        let cells: Vec<String> = (0..8)
            .map(|column| (row * 1_000 + column * 37).to_string())
            .collect();
        rows += &format!("        {head}: [{}]\n", cells.join(", "));
    }
    let table = format!(
        "  表: {{ask: 多少, type: 金额, clause: 一, quote: 可以申请, table: {{rows: 收入, columns: 子女, heads: [{heads}], cells: {{\n{rows}"
    );
    let table = table.replace("]\n", "],\n");
    let values = value("数", "金额", "较小(学费 + 表, 20000)")
        + &format!("{}}}}}}}\n", table)
        + &value("年", "金额", "舍去(数 × 30% ÷ 学制, 1元)")
        + &value("还", "日期", "当年(入学, 9月1日) + 学制 + 15年");
    let text = file(&questions, &values, ANYBODY).replace("values: [数]", "values: [数, 年, 还]");
    let compiled = compiled(&text);
    let bytes = compiled.emitted.bytes.len();
    assert!(bytes <= 4_096, "{bytes}");
    let answered_with = |words: &[(&str, &str)]| answered_with(&compiled, words).0;
    assert_eq!(
        answered_with(&[("收入", "0"), ("子女", "3"), ("学费", "1000")]),
        "1111元"
    );
    assert_eq!(
        answered_with(&[("收入", "10000 至 19999.99"), ("学费", "1000")]),
        "2000元至2259元"
    );
    assert_eq!(
        answered_with(&[("收入", "175000"), ("子女", "20"), ("学费", "2000.5")]),
        "19259.50元"
    );
}
