//! Conditions on computed values: shares, multiples, sums, points, days after a day. What is possible and what matters is that of every
//! completion.

mod tiny;

use mingbai_rules::wasm::Machine;
use mingbai_rules::{Compiled, ask, prove};
use mingbai_text::diag::Sink;
use tiny::{answers, compiled, file, question, read_tiny, says};

fn value(name: &str, kind: &str, formula: &str) -> String {
    format!("  {name}: {{ask: 多少, type: {kind}, {formula}, clause: 一, quote: 可以申请}}\n")
}

#[derive(Debug, Clone, Copy)]
struct Person {
    a: i64,
    b: i64,
    n: i64,
    yes: bool,
}

type Truth = fn(Person) -> bool;

const A: (i64, i64) = (0, 9);
const B: (i64, i64) = (2, 6);
const N: (i64, i64) = (1, 4);

/// Values, the condition, and the truth.
const RULES: [(&str, &str, &str, Truth); 14] = [
    ("和=formula: 甲 + 乙", "", "{和: 不低于 9}", |p| {
        p.a + p.b >= 9
    }),
    ("和=formula: 甲 + 乙", "", "{和: 介于 5 和 8}", |p| {
        (5..=8).contains(&(p.a + p.b))
    }),
    (
        "均=formula: 舍去((甲 + 20) ÷ 人)",
        "",
        "{均: 低于 9}",
        |p| (p.a + 20) / p.n < 9,
    ),
    ("倍=formula: 乙 × 2", "", "{甲: 不低于 倍}", |p| {
        p.a >= p.b * 2
    }),
    ("倍=formula: 乙 × 2", "", "{倍: 高于 甲}", |p| {
        p.b * 2 > p.a
    }),
    (
        "分=formula: 3 × 有 + 2 × 够 + 人",
        "",
        "{分: 不低于 6}",
        |p| 3 * i64::from(p.yes) + 2 * i64::from(p.a >= 4) + p.n >= 6,
    ),
    (
        "奖=\"table: {rows: 甲, columns: 人, heads: [1, 2 至 4], cells: {低于 3: [1, 2], 3 至 6: [2, 3], 不低于 7: [5, 2]}}\"",
        "",
        "{奖: [2, 5]}",
        |p| {
            let prize = match (p.a, p.n) {
                (..=2, 1) => 1,
                (..=2, _) => 2,
                (3..=6, 1) => 2,
                (3..=6, _) => 3,
                (_, 1) => 5,
                _ => 2,
            };
            [2, 5].contains(&prize)
        },
    ),
    (
        "和=formula: 甲 + 乙",
        "",
        "{任一: [{和: 低于 6}, {全部: [有, {和: 高于 10}]}]}",
        |p| p.a + p.b < 6 || (p.yes && p.a + p.b > 10),
    ),
    ("和=formula: 甲 + 乙", "", "{和: 人}", |p| {
        p.a + p.b == p.n
    }),
    (
        "倍=formula: 甲 + 乙 × 2",
        "",
        "{倍: 介于 7 和 8}",
        |p| (7..=8).contains(&(p.a + p.b * 2)),
    ),
    (
        "双=formula: 甲 × 2 + 1",
        "",
        "{任一: [{双: 低于 8}, {甲: 高于 6}]}",
        |p| p.a * 2 + 1 < 8 || p.a > 6,
    ),
    (
        "限=\"cases: [{when: 有, is: 3}, {when: 其余, is: 7}]\"",
        "",
        "{甲: 低于 限}",
        |p| p.a < if p.yes { 3 } else { 7 },
    ),
    (
        "差=formula: 人 × 9 - 甲 - 乙 + 9",
        "",
        "{差: 不高于 11}",
        |p| p.n * 9 - p.a - p.b + 9 <= 11,
    ),
    (
        "数=formula: 有 + 够 + 多",
        "",
        "{数: 不低于 2}",
        |p| {
            [p.yes, p.a >= 4, p.b + p.n > 6]
                .iter()
                .filter(|holds| **holds)
                .count()
                >= 2
        },
    ),
];

fn rules(values: &str, when: &str) -> Compiled {
    let (name, formula) = values.split_once('=').expect("a value");
    let formula = formula.trim_matches('"');
    let formula = match formula.split_once(": ") {
        Some(("formula", formula)) => format!("formula: \"{formula}\""),
        _ => formula.to_owned(),
    };
    let range = |name: &str, (low, high): (i64, i64)| {
        question(name, "整数", &format!(", range: {low} 至 {high}"))
    };
    let all = [
        range("甲", A),
        range("乙", B),
        range("人", N),
        question("有", "是否", ""),
    ];
    let text = format!("{formula}{when}");
    let used = |name: &str| {
        text.contains(name)
            || (text.contains('够') && name == "甲")
            || (text.contains("+ 多") && (name == "乙" || name == "人"))
    };
    let names = ["甲", "乙", "人", "有"];
    let questions = names.iter().zip(&all).filter(|(name, _)| used(name));
    let questions: String = questions.map(|(_, question)| question.clone()).collect();
    let mut rest = format!("values:\n{}", value(name, "整数", &formula));
    if text.contains("+ 多") {
        rest += &value("乙人", "整数", "formula: 乙 + 人");
    }
    if text.contains('够') {
        rest += "conditions:\n  够: {甲: 不低于 4}\n";
    }
    if text.contains("+ 多") {
        rest += "  多: {乙人: 高于 6}\n";
    }
    compiled(&file(&questions, &rest, when))
}

/// All people whose numbers lie in ranges, and who may or may not.
fn people(a: (i64, i64), b: (i64, i64), n: (i64, i64), yes: Option<bool>) -> Vec<Person> {
    let mut list = Vec::new();
    for a in a.0..=a.1 {
        for b in b.0..=b.1 {
            for n in n.0..=n.1 {
                for may in [false, true] {
                    if yes.is_none_or(|yes| yes == may) {
                        list.push(Person { a, b, n, yes: may });
                    }
                }
            }
        }
    }
    list
}

#[test]
fn what_is_possible_and_what_matters_is_that_of_every_completion() {
    let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
    let mut draw = |limit: i64| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed >> 11) as i64 % limit
    };
    for (values, _, when, truth) in RULES {
        let compiled = rules(values, when);
        let check = &compiled.check;
        let mut machine = Machine::new(&compiled.emitted).expect("a sound module");
        prove::try_sheets(check, &compiled.program, &mut machine, prove::AT_BUILD)
            .expect("it agrees");
        for _ in 0..400 {
            let mut range = |all: (i64, i64)| {
                let one = |draw: &mut dyn FnMut(i64) -> i64| all.0 + draw(all.1 - all.0 + 1);
                match draw(3) {
                    0 => all,
                    1 => {
                        let one = one(&mut draw);
                        (one, one)
                    }
                    _ => {
                        let (one, other) = (one(&mut draw), one(&mut draw));
                        (one.min(other), one.max(other))
                    }
                }
            };
            let (a, b, n) = (range(A), range(B), range(N));
            let yes = [None, Some(false), Some(true)][draw(3) as usize];
            let people = people(a, b, n, yes);
            let mut words = Vec::new();
            for (name, (lo, hi)) in [("甲", a), ("乙", b), ("人", n)] {
                words.push((name, format!("{lo} 至 {hi}")));
            }
            words.extend(yes.map(|yes| ("有", if yes { "是" } else { "否" }.to_owned())));
            words.retain(|(name, _)| check.question(name).is_some());
            let words: Vec<(&str, &str)> = words.iter().map(|(n, w)| (*n, w.as_str())).collect();
            let answer = ask(
                check,
                &compiled.program,
                &mut machine,
                &answers(check, &words),
            );
            let answer = answer.expect("it runs");
            let mut possible = 0;
            for person in &people {
                possible |= if truth(*person) { 1 } else { 2 };
            }
            assert_eq!(answer.possible[0], possible, "{values} {when} {words:?}");
            // A variable matters where one of its questions does.
            for (level, variable) in compiled.program.variables.iter().enumerate() {
                let matters = variable.questions().iter().any(|question| {
                    let name = check[*question].name.value.as_str();
                    people.iter().any(|p| {
                        people.iter().any(|q| {
                            let same = [p.a == q.a, p.b == q.b, p.n == q.n, p.yes == q.yes];
                            let own = ["甲", "乙", "人", "有"]
                                .iter()
                                .position(|other| *other == name);
                            let others = (0..4).filter(|at| Some(*at) != own);
                            others.into_iter().all(|at| same[at]) && truth(*p) != truth(*q)
                        })
                    })
                });
                let found = answer.relevant & 1 << level != 0;
                assert_eq!(found, matters, "{values} {when} {words:?} {level}");
            }
        }
    }
}

#[test]
fn days_after_a_day_and_ages_are_compared_with_the_calendar() {
    let questions = question("毕业", "日期", ", range: 2015-01-01 至 2030-12-31")
        + &question("申请", "日期", ", range: 2020-01-01 至 2035-12-31");
    let rest = format!("values:\n{}", value("期限", "日期", "formula: 毕业 + 2年"));
    let compiled = compiled(&file(&questions, &rest, "{申请: 不高于 期限}"));
    let mut machine = Machine::new(&compiled.emitted).expect("a sound module");
    let mut possible = |words: &[(&str, &str)]| {
        let answers = answers(&compiled.check, words);
        let answer = ask(&compiled.check, &compiled.program, &mut machine, &answers);
        answer.expect("it runs").possible[0]
    };
    assert_eq!(
        possible(&[("毕业", "2024-02-29"), ("申请", "2026-02-28")]),
        0b01
    );
    assert_eq!(
        possible(&[("毕业", "2024-02-29"), ("申请", "2026-03-01")]),
        0b10
    );
    assert_eq!(
        possible(&[("毕业", "2024-02-29"), ("申请", "2026-02-28 至 2026-03-01")]),
        0b11
    );
    assert_eq!(possible(&[("毕业", "不高于 2017-12-31")]), 0b10);
    let questions = question("出生", "日期", ", range: 1900-01-01 至 2026-12-31")
        + &question("子女", "整数", ", range: 0 至 12")
        + &question("今天", "日期", ", range: 2026-01-01 至 2030-12-31");
    let rest = format!(
        "values:\n{}{}",
        value(
            "年龄",
            "整数",
            "unit: 岁, formula: \"较大(0, 周岁(出生, 今天))\""
        ),
        value("最大", "整数", "unit: 岁, formula: 28岁 + 子女 × 1岁")
    );
    let compiled = compiled_with(&questions, &rest, "{年龄: 不高于 最大}");
    let mut machine = Machine::new(&compiled.emitted).expect("a sound module");
    let mut possible = |words: &[(&str, &str)]| {
        let answers = answers(&compiled.check, words);
        let answer = ask(&compiled.check, &compiled.program, &mut machine, &answers);
        answer.expect("it runs").possible[0]
    };
    assert_eq!(
        possible(&[
            ("出生", "1997-06-02"),
            ("今天", "2026-06-01"),
            ("子女", "0")
        ]),
        0b01
    );
    assert_eq!(
        possible(&[
            ("出生", "1997-06-02"),
            ("今天", "2026-06-02"),
            ("子女", "0")
        ]),
        0b10
    );
    assert_eq!(
        possible(&[
            ("出生", "1997-06-02"),
            ("今天", "2026-06-02"),
            ("子女", "0 至 1")
        ]),
        0b11
    );
}

fn compiled_with(questions: &str, rest: &str, when: &str) -> Compiled {
    compiled(&file(questions, rest, when))
}

#[test]
fn a_comparison_that_is_not_exact_is_refused() {
    let questions =
        question("甲", "整数", ", range: 0 至 100") + &question("乙", "整数", ", range: 0 至 100");
    let of = |formula: &str, when: &str| {
        let rest = format!(
            "values:\n{}",
            value("数", "整数", &format!("formula: \"{formula}\""))
        );
        says(&file(&questions, &rest, when))
    };
    let near = (
        "MB0322".to_owned(),
        "和“数”比的两个数太近：一个回答差一点，就可能把中间跳过去".to_owned(),
    );
    assert_eq!(of("甲 × 10 + 乙 × 10", "{数: 介于 101 和 105}"), [near]);
    assert_eq!(of("甲 × 10 + 乙 × 10", "{数: 不低于 101}"), []);
    assert_eq!(of("甲 + 乙 × 2", "{数: 介于 7 和 8}"), []);
    assert_eq!(of("甲 + 乙 × 2", "{数: 7}").len(), 1);
    let both = "“甲”在“数”的同一个算式里，有处使它变大，有处使它变小";
    let said = of("较大(0, 甲 × 乙 - 甲)", "{数: 不低于 10}");
    assert!(
        said.iter()
            .all(|said| *said == ("MB0322".to_owned(), both.to_owned()))
            && !said.is_empty(),
        "{said:?}"
    );
    let said = of("甲 + 乙", "{全部: [{数: 不低于 10}, {甲: 低于 5}]}");
    assert_eq!(said, []);
    // Values and conditions that use each other.
    let rest = "values:\n  数: {ask: 多少, type: 整数, formula: 甲 + 多, clause: 一, quote: 可以申请}\nconditions:\n  多: {数: 高于 3}\n";
    let said = says(&file(
        &question("甲", "整数", ", range: 0 至 100"),
        rest,
        "多",
    ));
    assert_eq!(
        said,
        [("MB0305".to_owned(), "条件绕了一圈：数 → 多 → 数".to_owned())]
    );
}

#[test]
fn two_versions_are_compared_with_a_person_and_both_amounts() {
    use mingbai_rules::compare::{Change, compare};
    let questions = question("甲", "整数", ", range: 0 至 100") + &question("有", "是否", "");
    let version = |limit: &str| {
        let values = value(
            "数",
            "整数",
            &format!("unit: 元, formula: \"较小(甲 + 有, {limit})\""),
        );
        let text = file(&questions, &format!("values:\n{values}"), "有");
        read_tiny(
            &text.replace("text: 可以申请。,", "text: 可以申请。, values: [数],"),
            &mut Sink::default(),
        )
        .expect("it can be read")
    };
    let mut sink = Sink::default();
    let changes = compare(&version("20"), &version("60"), &mut sink).expect("it can be compared");
    let [
        Change::Amount {
            value,
            before,
            after,
            person,
        },
    ] = &changes[..]
    else {
        panic!("{changes:?}");
    };
    assert_eq!(
        (value.as_str(), before.as_str(), after.as_str()),
        ("数", "20元", "50元")
    );
    assert_eq!(person, "甲：50，有：否");
    let none = compare(&version("20"), &version("20"), &mut sink).expect("it can be compared");
    assert_eq!(none, []);
}
