//! Several comparisons of the same questions: one variable, whose classes are those in which somebody is. What is possible and what
//! matters is that of every completion.

mod tiny;

use mingbai_rules::wasm::Machine;
use mingbai_rules::{Compiled, ask, prove};
use tiny::{answers, compiled, file, question, says};

/// Answers to 甲, 乙, 丙 and 丁.
type Person = [i64; 4];

const NAMES: [&str; 4] = ["甲", "乙", "丙", "丁"];
const RANGES: [(i64, i64); 4] = [(0, 9), (0, 7), (2, 6), (1, 5)];

/// Values, the condition of the first outcome, and the truth.
type Rule = (
    &'static [(&'static str, &'static str)],
    &'static str,
    fn(Person) -> bool,
);

const RULES: [Rule; 15] = [
    (
        &[("甲二", "甲 × 2"), ("乙三", "乙 × 3"), ("和", "甲 + 乙")],
        "{全部: [{甲二: 不低于 乙三}, {和: 不高于 9}]}",
        |[a, b, ..]| a * 2 >= b * 3 && a + b <= 9,
    ),
    (
        &[
            ("甲二", "甲 × 2"),
            ("乙三", "乙 × 3"),
            ("甲五", "甲 × 5"),
            ("乙二", "乙 × 2"),
        ],
        "{全部: [{甲二: 不高于 乙三}, {甲五: 不低于 乙二}]}",
        |[a, b, ..]| a * 2 <= b * 3 && a * 5 >= b * 2,
    ),
    (
        &[
            ("和", "甲 + 乙"),
            ("甲二乙", "甲 × 2 + 乙"),
            ("甲乙二", "甲 + 乙 × 2"),
        ],
        "{任一: [{和: 低于 4}, {甲二乙: 高于 14}, {甲乙二: 介于 9 和 12}]}",
        |[a, b, ..]| a + b < 4 || a * 2 + b > 14 || (9..=12).contains(&(a + b * 2)),
    ),
    (
        &[("丙二", "丙 × 2"), ("乙丙", "乙 + 丙")],
        "{全部: [{甲: 不低于 丙二}, {丁: 低于 乙丙}, {丙: 高于 3}]}",
        |[a, b, c, d]| a >= c * 2 && d < b + c && c > 3,
    ),
    (
        &[],
        "{全部: [{甲: 不低于 乙}, {乙: 不低于 丙}, {丙: 高于 丁}]}",
        |[a, b, c, d]| a >= b && b >= c && c > d,
    ),
    (
        &[],
        "{任一: [{甲: 低于 乙}, {甲: 低于 丙}, {全部: [{乙: 高于 丁}, {甲: 高于 7}]}]}",
        |[a, b, c, d]| a < b || a < c || (b > d && a > 7),
    ),
    (
        &[("均", "舍去((甲 + 乙) ÷ 3)"), ("差", "甲 + 9 - 乙")],
        "{全部: [{均: 不低于 2}, {差: 不高于 11}, {乙: 介于 1 和 5}]}",
        |[a, b, ..]| (a + b) / 3 >= 2 && a + 9 - b <= 11 && (1..=5).contains(&b),
    ),
    (
        &[("半", "进一(甲 ÷ 2)"), ("乙半", "四舍五入(乙 ÷ 2)")],
        "{任一: [{乙: 低于 半}, {丙: 低于 乙半}]}",
        |[a, b, c, _]| b < (a + 1) / 2 || c < (b + 1) / 2,
    ),
    (
        &[
            ("八", "乙 × 8"),
            ("甲八", "丁 × 8"),
            ("和", "甲 + 丙 × 8"),
            ("四", "丙 × 4"),
            ("三", "甲 × 3"),
        ],
        "{全部: [{八: 不低于 甲}, {甲八: 不高于 和}, {四: 不高于 三}, {丙: 不高于 4}]}",
        |[a, b, c, d]| b * 8 >= a && d * 8 <= a + c * 8 && c * 4 <= a * 3 && c <= 4,
    ),
    (
        &[("限", "甲 + 丁"), ("总", "乙 + 丙 + 丁")],
        "{全部: [{限: 不低于 总}, {乙: 低于 丙}]}",
        |[a, b, c, d]| a + d >= b + c + d && b < c,
    ),
    (
        &[("和", "甲 + 乙")],
        "{全部: [{和: 高于 丙}, {和: 不高于 丁}]}",
        |[a, b, c, d]| a + b > c && a + b <= d,
    ),
    (
        &[],
        "{全部: [{甲: 高于 乙}, {甲: 不高于 丙}, {不是: {甲: [3, 5]}}]}",
        |[a, b, c, _]| a > b && a <= c && a != 3 && a != 5,
    ),
    (
        &[
            ("甲三", "甲 × 3"),
            ("乙四", "乙 × 4"),
            ("乙五", "乙 × 5"),
            ("和", "甲 + 乙"),
        ],
        "{任一: [{全部: [{甲三: 高于 乙四}, {甲三: 低于 乙五}]}, {全部: [{和: 低于 6}, {甲: 高于 3}]}]}",
        |[a, b, ..]| (a * 3 > b * 4 && a * 3 < b * 5) || (a + b < 6 && a > 3),
    ),
    (
        &[("余", "甲 - 较小(甲, 5)"), ("差", "余 + 乙")],
        "{全部: [{余: 不低于 2}, {差: 高于 丙}]}",
        |[a, b, c, _]| a - a.min(5) >= 2 && a - a.min(5) + b > c,
    ),
    (
        &[
            ("付", "甲 - 舍去(甲 × 30 ÷ 100)"),
            ("上限", "较大(0, 较小(乙, 4) + 丙 - 乙)"),
        ],
        "{任一: [{付: 高于 5}, {上限: 不高于 2}]}",
        |[a, b, c, _]| a - a * 30 / 100 > 5 || (b.min(4) + c - b).max(0) <= 2,
    ),
];

fn rules(values: &[(&str, &str)], when: &str) -> Compiled {
    let text: String = values
        .iter()
        .map(|(_, formula)| *formula)
        .collect::<String>()
        + when;
    let used = NAMES
        .iter()
        .zip(RANGES)
        .filter(|(name, _)| text.contains(**name));
    let questions: String = used
        .map(|(name, (low, high))| question(name, "整数", &format!(", range: {low} 至 {high}")))
        .collect();
    let values: String = values
        .iter()
        .map(|(name, formula)| {
            format!("  {name}: {{ask: 多少, type: 整数, formula: \"{formula}\", clause: 一, quote: 可以申请}}\n")
        })
        .collect();
    let rest = if values.is_empty() {
        String::new()
    } else {
        format!("values:\n{values}")
    };
    compiled(&file(&questions, &rest, when))
}

/// All people whose answers lie in ranges.
fn people(ranges: [(i64, i64); 4]) -> Vec<Person> {
    let mut list = vec![[0; 4]];
    for (at, (low, high)) in ranges.into_iter().enumerate() {
        let with = |answer: i64, person: &Person| {
            let mut person = *person;
            person[at] = answer;
            person
        };
        let more = list.iter();
        let more = more.flat_map(|person| (low..=high).map(move |answer| with(answer, person)));
        list = more.collect();
    }
    list
}

struct Draw(u64);

impl Draw {
    fn below(&mut self, limit: i64) -> i64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as i64 % limit
    }

    /// Everything, one answer, or a range.
    fn range(&mut self, (low, high): (i64, i64)) -> (i64, i64) {
        let mut one = || low + self.below(high - low + 1);
        let (a, b) = (one(), one());
        match self.below(3) {
            0 => (low, high),
            1 => (a, a),
            _ => (a.min(b), a.max(b)),
        }
    }
}

#[test]
fn what_is_possible_and_what_matters_is_that_of_every_completion() {
    let mut draw = Draw(0x9e37_79b9_7f4a_7c15);
    let (mut asked, mut needless) = (0, 0);
    for (values, when, truth) in RULES {
        let compiled = rules(values, when);
        let check = &compiled.check;
        let mut machine = Machine::new(&compiled.emitted).expect("a sound module");
        prove::try_sheets(check, &compiled.program, &mut machine, prove::AT_BUILD)
            .expect("it agrees");
        for _ in 0..600 {
            let mut ranges = RANGES.map(|range| draw.range(range));
            for (at, name) in NAMES.iter().enumerate() {
                if check.question(name).is_none() {
                    ranges[at] = (RANGES[at].0, RANGES[at].0);
                }
            }
            let words = NAMES.iter().zip(ranges);
            let words = words.map(|(name, (low, high))| (*name, format!("{low} 至 {high}")));
            let words: Vec<(&str, String)> = words
                .filter(|(name, _)| check.question(name).is_some())
                .collect();
            let known: Vec<(&str, &str)> = words.iter().map(|(n, w)| (*n, w.as_str())).collect();
            let answer = ask(
                check,
                &compiled.program,
                &mut machine,
                &answers(check, &known),
            );
            let answer = answer.expect("it runs");
            let people = people(ranges);
            let holds = |person: &Person| truth(*person);
            let possible =
                u64::from(people.iter().any(holds)) | u64::from(!people.iter().all(holds)) << 1;
            assert_eq!(answer.possible[0], possible, "{values:?} {when} {words:?}");
            let matters = NAMES.map(|name| {
                let at = NAMES.iter().position(|other| *other == name).unwrap_or(0);
                people.iter().any(|person| {
                    (ranges[at].0..=ranges[at].1).any(|answer| {
                        let mut other = *person;
                        other[at] = answer;
                        truth(other) != truth(*person)
                    })
                })
            });
            for (name, _) in NAMES.iter().zip(matters).filter(|(_, matters)| *matters) {
                let mut all = compiled.program.variables.iter().enumerate();
                let is_found = all.any(|(level, variable)| {
                    let mut asked = variable.questions().into_iter();
                    let is_of = asked.any(|question| check[question].name.value == *name);
                    is_of && answer.relevant & 1 << level != 0
                });
                assert!(is_found, "{values:?} {when} {words:?} {name}");
            }
            for (level, variable) in compiled.program.variables.iter().enumerate() {
                if variable.classes() == 1 {
                    continue;
                }
                let names = variable.questions().into_iter();
                let names: Vec<&str> = names.map(|q| check[q].name.value.as_str()).collect();
                let of = |name: &&&str| names.contains(*name);
                let is_one = NAMES
                    .iter()
                    .filter(of)
                    .any(|name| matters[NAMES.iter().position(|other| other == name).unwrap_or(0)]);
                let found = answer.relevant & 1 << level != 0;
                assert!(!found || is_one, "{values:?} {when} {words:?} {names:?}");
                if found {
                    let open = NAMES.iter().enumerate().filter(|(at, name)| {
                        names.contains(*name) && ranges[*at].0 < ranges[*at].1
                    });
                    for (at, _) in open {
                        asked += 1;
                        needless += usize::from(!matters[at]);
                    }
                }
            }
        }
    }
    // Which of the questions of one variable matters is not asked of the module.
    assert!(needless * 12 < asked, "{needless} of {asked}");
}

#[test]
fn what_cannot_be_decided_exactly_is_refused() {
    let number = |name: &str| question(name, "整数", ", range: 0 至 100");
    let value = |name: &str, formula: &str| {
        format!(
            "  {name}: {{ask: 多少, type: 整数, formula: {formula}, clause: 一, quote: 可以申请}}\n"
        )
    };
    let refused = |values: &str, when: &str, names: &[&str]| {
        let questions: String = names.iter().map(|name| number(name)).collect();
        let said = says(&file(&questions, &format!("values:\n{values}"), when));
        let words = names.iter().map(|name| {
            let words = format!("“{name}”和别的回答在好几处比，比得太复杂");
            ("MB0313".to_owned(), words)
        });
        assert_eq!(said, words.collect::<Vec<_>>(), "{values} {when}");
    };
    // A class that lines of all four kinds enclose.
    let lines = value("甲三", "甲 × 3")
        + &value("乙四", "乙 × 4")
        + &value("乙五", "乙 × 5")
        + &value("和", "甲 + 乙");
    let when = "{全部: [{甲三: 高于 乙四}, {甲三: 低于 乙五}, {和: 介于 40 和 50}]}";
    refused(&lines, when, &["甲", "乙"]);
    // A product.
    let product = value("积", "甲 × 乙");
    refused(
        &product,
        "{全部: [{积: 高于 50}, {甲: 高于 乙}]}",
        &["甲", "乙"],
    );
}

#[test]
fn days_are_compared_with_each_other_in_chains() {
    let day = |name: &str, range: &str| question(name, "日期", &format!(", range: {range}"));
    let questions = day("入学", "2020-01-30 至 2020-03-02")
        + &day("毕业", "2020-01-30 至 2020-03-02")
        + &day("申请", "2020-01-30 至 2020-03-02");
    let rest = "values:\n  期限: {ask: 哪天, type: 日期, formula: 毕业 + 20天, clause: 一, quote: 可以申请}\n";
    let when = "{全部: [{毕业: 高于 入学}, {申请: 高于 毕业}, {申请: 不高于 期限}]}";
    let compiled = compiled(&file(&questions, rest, when));
    let mut machine = Machine::new(&compiled.emitted).expect("a sound module");
    let limits = prove::Limits {
        random: 3_000,
        ..prove::AT_BUILD
    };
    prove::try_sheets(&compiled.check, &compiled.program, &mut machine, limits).expect("it agrees");
    let mut possible = |words: &[(&str, &str)]| {
        let answers = answers(&compiled.check, words);
        let answer = ask(&compiled.check, &compiled.program, &mut machine, &answers);
        answer.expect("it runs").possible[0]
    };
    // Between 31 January and 1 February there is no day.
    assert_eq!(
        possible(&[("入学", "2020-01-31"), ("申请", "2020-02-01")]),
        0b10
    );
    assert_eq!(
        possible(&[("入学", "2020-01-31"), ("申请", "2020-02-02")]),
        0b11
    );
    assert_eq!(
        possible(&[("毕业", "2020-02-09"), ("申请", "2020-03-01")]),
        0b10
    );
    assert_eq!(
        possible(&[
            ("毕业", "2020-02-10"),
            ("申请", "2020-03-01"),
            ("入学", "2020-02-09")
        ]),
        0b01
    );
}
