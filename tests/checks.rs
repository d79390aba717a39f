//! Self-checks: the shipped rules, and rules made at random, say the same by definition and by their modules.

mod support;

use std::collections::BTreeSet;
use std::sync::Arc;

use mingbai::diag::Sink;
use mingbai::link;
use mingbai::model::Model;
use mingbai::rules::eval::{Thresholds, holds};
use mingbai::rules::lower::Program;
use mingbai::rules::order::{ONE, Questions};
use mingbai::rules::self_check::{Domain, OutcomeId, QuestionId, SelfCheck, Truth};
use mingbai::rules::value::{Interval, Value};
use mingbai::rules::wasm::{Machine, emit};
use mingbai::rules::{self, Arranged, LinkedCheck, arrange, prove};
use mingbai::sources::{self, Sources};
use proptest::prelude::*;
use support::{mingbai, run};

struct Real {
    sources: Sources,
    checks: Vec<LinkedCheck>,
}

fn real() -> Real {
    let mut sink = Sink::default();
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources = sources::read(folder, &mut sink).expect("the site folder can be read");
    let model = link::load(&sources, &mut sink);
    let checks = rules::compile(&model, &sources, &mut sink);
    assert!(sink.is_empty(), "{:?}", sink.into_sorted(&sources));
    Real { sources, checks }
}

// ---------------------------------------------------------------- the shipped checks

#[test]
fn the_module_of_the_relief_check_is_small() {
    let real = real();
    let rescue = real.checks.iter().find(|c| c.check.id == "hunan-rescue");
    let bytes = rescue.expect("it is shipped").emitted.bytes.len();
    assert!(bytes <= 1_300, "{bytes} bytes");
}

#[test]
fn six_checks_are_shipped_with_at_least_300_examples_and_no_edit_goes_unnoticed() {
    let checks = real().checks;
    let ids: Vec<&str> = checks.iter().map(|c| c.check.id.as_str()).collect();
    let shipped = [
        "hardship-form",
        "hunan-rescue",
        "pre-application",
        "receipt-amount",
        "relief-amount",
        "remote-renewal",
    ];
    assert_eq!(ids, shipped);
    let examples: usize = checks.iter().map(|c| c.check.examples.len()).sum();
    assert!(examples >= 300, "{examples}");
    for compiled in &checks {
        let score = compiled.score;
        assert!(score.edits >= 4, "{}: {score:?}", compiled.check.id);
        assert_eq!(score.edits, score.noticed, "{}", compiled.check.id);
        // Every outcome is the sure result of some example.
        for index in compiled.check.decision_ids() {
            let decision = &compiled.check[index];
            for (outcome, outcome_) in decision.outcomes.iter().enumerate() {
                let outcome = OutcomeId::new(outcome);
                let shown = compiled.check.examples.iter().any(|example| {
                    let mut expected = example.expect.iter();
                    expected.any(|(d, list)| *d == index && list.value == [outcome])
                });
                assert!(shown, "{}: {}", compiled.check.id, outcome_.name.value);
            }
        }
    }
}

#[test]
fn modules_are_small_and_import_nothing() {
    for compiled in real().checks {
        let bytes = &compiled.emitted.bytes;
        let most = if compiled.check.id == "hunan-rescue" {
            1_500
        } else {
            4_096
        };
        assert!(
            bytes.len() <= most,
            "{}: {}",
            compiled.check.id,
            bytes.len()
        );
        let mut exports = Vec::new();
        for payload in wasmparser::Parser::new(0).parse_all(bytes) {
            match payload.expect("a sound module") {
                wasmparser::Payload::ImportSection(_) => panic!("an import"),
                wasmparser::Payload::ExportSection(section) => {
                    for export in section {
                        exports.push(export.expect("an export").name.to_owned());
                    }
                }
                _ => {}
            }
        }
        assert_eq!(exports, ["m", "e", "q", "x"]);
    }
}

#[test]
fn every_sheet_of_every_shipped_check_is_decided_exactly() {
    for compiled in real().checks {
        let mut machine = Machine::new(&compiled.emitted).expect("a sound module");
        let tried = prove::try_sheets(&compiled.check, &compiled.program, &mut machine, prove::ALL);
        let tried = tried.expect("module and rules agree");
        assert!(tried.all, "{}", compiled.check.id);
        // And ranges, which are not classes of sheets.
        let random = prove::Limits {
            whole: 0,
            random: 2_000,
            completions: 300,
        };
        prove::try_sheets(&compiled.check, &compiled.program, &mut machine, random)
            .expect("module and rules agree on ranges");
    }
}

#[test]
fn a_module_with_one_wrong_byte_does_not_pass() {
    let checks = real().checks;
    let compiled = &checks[0];
    let refused = |at: usize| {
        let mut emitted = compiled.emitted.clone();
        emitted.bytes[at] ^= 1;
        // Some bytes make no module at all, which is noticed too.
        Machine::new(&emitted).map_or(true, |mut machine| {
            prove::try_sheets(&compiled.check, &compiled.program, &mut machine, prove::ALL).is_err()
        })
    };
    // The table of decisions begins after the words of memory, which is where the data segment begins.
    let words = &compiled.emitted.initial;
    let first: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
    let bytes = &compiled.emitted.bytes;
    let start = bytes
        .windows(first.len())
        .position(|part| part == first)
        .expect("the words");
    let table = start + words.len().max(8) * 4;
    let caught = (table..table + 24).filter(|&at| refused(at)).count();
    assert!(caught >= 22, "{caught} of 24 wrong bytes were noticed");
}

#[test]
fn conditions_are_true_false_or_open_as_every_completion_says() {
    for compiled in real().checks {
        compare_conditions(&compiled.check, &compiled.program, 400);
    }
}

#[test]
fn the_order_of_questions_is_as_good_from_any_order_of_the_author() {
    let real = real();
    // What asks for amounts is ordered in the tests of the crate.
    let decide = |check: &&LinkedCheck| check.check.computed.is_empty();
    for compiled in real.checks.iter().filter(decide) {
        // What the author wants first may cost more.
        let mut check = compiled.check.clone();
        check.first.clear();
        let cost = |check: &SelfCheck| {
            let Arranged {
                mut program, order, ..
            } = arrange(check, &mut Sink::default()).expect("it compiles");
            let mut levels: Vec<usize> = order
                .iter()
                .filter_map(|asked| program.level_of(*asked))
                .collect();
            // Two questions of one variable follow each other.
            levels.dedup();
            let mut questions = Questions::new(check, &mut program);
            (questions.cost(&levels), questions.optimum())
        };
        let (own, optimum) = cost(&check);
        // The optimum may choose each question again; one fixed order comes within two thousandths of it.
        assert!(
            own <= optimum + optimum / 500,
            "{}: {own} {optimum}",
            compiled.check.id
        );
        for turn in 1..4 {
            let turned = turned(&check, turn);
            let (other, same) = cost(&turned);
            assert_eq!(optimum >> 20, same >> 20);
            assert!(
                other.abs_diff(own) < ONE / 1000,
                "{}: {own} against {other} from another order",
                compiled.check.id
            );
        }
    }
}

/// The same check with its questions written in another order.
fn turned(check: &SelfCheck, by: usize) -> SelfCheck {
    let count = check.questions.len();
    let mut turned = check.clone();
    turned.questions.rotate_left(by * count / 4);
    if by % 2 == 1 {
        turned.questions.reverse();
    }
    let place = |question: QuestionId| {
        let name = &check[question].name.value;
        turned.question(name).expect("the same questions")
    };
    let places: Vec<QuestionId> = check.question_ids().map(place).collect();
    for condition in &mut turned.conditions {
        let test = &mut condition.test;
        test.with_questions(|question| places[question.index()]);
    }
    turned.examples.clear();
    turned
}

/// Compares the state of every condition with what trying every completion says, on random sheets.
fn compare_conditions(check: &SelfCheck, program: &Program, sheets: usize) {
    let emitted = emit(check, program);
    let mut machine = Machine::new(&emitted).expect("a sound module");
    let thresholds = Thresholds::new(check);
    let everything = rules::nothing_known(check);
    let mut seed = 88_172_645_463_325_252_u64;
    let mut draw = |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed >> 9) as usize % below
    };
    for _ in 0..sheets {
        let mut known: Vec<Interval> = check
            .question_ids()
            .map(|question| {
                let values = thresholds.within(check, question, &everything);
                Interval::exactly(values[draw(values.len())])
            })
            .collect();
        for _ in 0..3 {
            let question = draw(known.len());
            known[question] = everything[question];
        }
        let mut people: Vec<Vec<Value>> = vec![known.iter().map(|k| k.lo).collect()];
        for question in check.question_ids() {
            if !known[question.index()].is_exact() {
                let values = thresholds.within(check, question, &known);
                people = people
                    .iter()
                    .flat_map(|person| {
                        values.iter().map(move |value| {
                            let mut person = person.clone();
                            person[question.index()] = *value;
                            person
                        })
                    })
                    .collect();
            }
        }
        machine.tell(check, program, &known);
        machine.run().expect("it runs");
        machine.explain().expect("it explains");
        for condition in check.condition_ids() {
            let states = people.iter().map(|p| holds(check, condition, p));
            let states: BTreeSet<bool> = states.collect();
            let truth = match (states.contains(&true), states.contains(&false)) {
                (true, true) => Truth::Open,
                (true, false) => Truth::True,
                _ => Truth::False,
            };
            assert_eq!(
                machine.truth(condition),
                truth,
                "{condition:?} for {known:?}"
            );
        }
    }
}

// ---------------------------------------------------------------- rules made at random

const NOTICE: &str = "-- content/notices/n.md --\n---\ntitle: 通知\nnumber: 未载明\nkind: 通知\nissuers: 未载明\nissued: 2020-01-01\npublicity: 未载明\nregion: 全国\n---\n\n一、甲乙丙丁。\n";

fn condition(depth: u32) -> BoxedStrategy<String> {
    let leaf = prop_oneof![
        (0..4usize).prop_map(|i| format!("是{i}")),
        (0..3usize, 1..8u32).prop_map(|(i, set)| {
            let options: Vec<String> = (0..4)
                .filter(|option| set >> option & 1 == 1)
                .map(|option| format!("选{option}"))
                .collect();
            format!("{{单{i}: [{}]}}", options.join(", "))
        }),
        (
            prop::sample::select(vec!["低于", "不低于", "高于", "不高于"]),
            2..19
        )
            .prop_map(|(word, n)| format!("{{整数: {word} {n}}}")),
        (2..9, 9..19).prop_map(|(a, b)| format!("{{整数: 介于 {a} 和 {b}}}")),
        (prop::sample::select(vec!["低于", "不低于", "高于", "不高于"]))
            .prop_map(|word| format!("{{收入: {word} 标准}}")),
        prop::sample::select(vec!["低于", "不低于", "高于", "不高于"])
            .prop_map(|word| format!("{{支出: {word} 线}}")),
        Just("{甲日: 同年 乙日}".to_owned()),
        (
            prop::sample::select(vec!["低于", "不低于", "高于", "不高于"]),
            1..28u32
        )
            .prop_map(|(word, day)| format!("{{丙日: {word} 2020-02-{day:02}}}")),
        (0..2usize).prop_map(|i| format!("{{疑{i}: 读0}}")),
    ];
    if depth == 0 {
        return leaf.boxed();
    }
    let inner = condition(depth - 1);
    prop_oneof![
        leaf,
        inner.clone().prop_map(|c| format!("{{不是: {c}}}")),
        prop::collection::vec(inner.clone(), 2..4)
            .prop_map(|list| format!("{{全部: [{}]}}", list.join(", "))),
        prop::collection::vec(inner, 2..4)
            .prop_map(|list| format!("{{任一: [{}]}}", list.join(", "))),
    ]
    .boxed()
}

fn rule_file() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::collection::vec(condition(3), 1..5), 1..3).prop_map(|decisions| {
        let mut out = String::from(
            "title: 试\ndescription: 试\nsource: n\nregion: 全国\nchecked: {on: 2020-01-01, by: 甲}\nquestions:\n",
        );
        for i in 0..4 {
            out.push_str(&format!("  是{i}: {{ask: 问, why: 因, type: 是否}}\n"));
        }
        for i in 0..3 {
            out.push_str(&format!("  单{i}: {{ask: 问, why: 因, type: 单选, options: [选0, 选1, 选2, 选3]}}\n"));
        }
        out.push_str("  整数: {ask: 问, why: 因, type: 整数, range: 1 至 20}\n");
        for name in ["收入", "标准", "支出"] {
            out.push_str(&format!("  {name}: {{ask: 问, why: 因, type: 金额, range: 0 至 50}}\n"));
        }
        for name in ["甲日", "乙日"] {
            out.push_str(&format!("  {name}: {{ask: 问, why: 因, type: 日期, range: 2019-06-01 至 2021-06-01}}\n"));
        }
        out.push_str("  丙日: {ask: 问, why: 因, type: 日期, range: 2020-01-15 至 2020-03-15}\ndoubts:\n");
        for i in 0..2 {
            out.push_str(&format!("  疑{i}: {{ask: 问, readings: [读0, 读1], clause: 一, quote: 甲乙}}\n"));
        }
        out.push_str("parameters:\n  线:\n    type: 金额\n    by: 丙日\n    values:\n      - {from: 2020-01-01, until: 2020-02-14, value: 12.5, source: 某文件}\n      - {from: 2020-02-15, value: 30, clause: 一, quote: 甲乙}\n");
        out.push_str("decisions:\n");
        for (d, conditions) in decisions.iter().enumerate() {
            out.push_str(&format!("  断{d}:\n    ask: 问\n    outcomes:\n"));
            for (o, when) in conditions.iter().chain([&"其余".to_owned()]).enumerate() {
                out.push_str(&format!("      - {{name: 果{o}, when: {when}, verdict: 看情况, text: 文, clause: 一, quote: 甲乙}}\n"));
            }
        }
        out.push_str("examples: [{name: 例, expect: {断0: 果0}}]\n");
        out
    })
}

fn read(model: &Model, sources: &Sources) -> SelfCheck {
    let mut sink = Sink::default();
    let (id, file) = sources.find("data/checks/c.yaml").expect("it is there");
    let check = rules::read_check(model, sources, id, file, &mut sink);
    check.unwrap_or_else(|| panic!("{:?}", sink.into_sorted(sources)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn random_rules_mean_the_same_by_definition_and_by_module(yaml in rule_file()) {
        let sources = Sources::from_archive(&format!("{NOTICE}-- data/checks/c.yaml --\n{yaml}"));
        let model = link::load(&sources, &mut Sink::default());
        let check = read(&model, &sources);
        let Some(Arranged { program, order, .. }) = arrange(&check, &mut Sink::default()) else {
            return Err(TestCaseError::fail("too large"));
        };
        let emitted = emit(&check, &program);
        let mut machine = Machine::new(&emitted).expect("a sound module");
        let limits = prove::Limits { whole: 20_000, random: 60, completions: 400 };
        let tried = prove::try_sheets(&check, &program, &mut machine, limits);
        prop_assert!(tried.is_ok(), "{tried:?}\n{yaml}");
        compare_conditions(&check, &program, 12);
        // No doubt is asked, and no question twice.
        let asked: BTreeSet<&QuestionId> = order.iter().collect();
        prop_assert_eq!(asked.len(), order.len());
        prop_assert!(order.iter().all(|question| !check[*question].doubt));
    }
}

// ---------------------------------------------------------------- in the terminal

fn ask(arguments: &[&str]) -> (i32, String) {
    let folder = env!("CARGO_MANIFEST_DIR");
    let mut list = vec!["ask", arguments[0], folder];
    list.extend(&arguments[1..]);
    run(&mut mingbai(&list))
}

#[test]
fn ask_tells_what_is_certain_and_what_is_missing() {
    let (code, out) = ask(&[
        "hunan-rescue",
        "--set",
        "学生情况=去世",
        "--set",
        "湖南分行的贷款=是",
        "--set",
        "贷款种类=两种都有",
        "--format",
        "json",
    ]);
    assert_eq!(code, 0);
    let json: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    let decision = |name: &str| {
        let list = json["decisions"].as_array().expect("a list");
        list.iter()
            .find(|d| d["decision"] == name)
            .expect("it is there")
            .clone()
    };
    let class = decision("类别");
    assert_eq!(class["decided"], true);
    assert_eq!(class["possible"][0]["outcome"], "第一类（死亡）");
    let papers = class["certain"]["documents"].to_string();
    assert!(
        papers.contains("死亡证明") && papers.contains("户口注销"),
        "{papers}"
    );
    assert!(class["certain"]["form"].to_string().contains("申请表Ⅰ"));
    assert_eq!(decision("受理机构")["decided"], true);
    assert_eq!(json["missing"], serde_json::json!(["来办的人"]));
    assert_eq!(json["next"], "来办的人");
}

#[test]
fn an_income_equal_to_the_line_is_not_below_it() {
    let with = |income: &str| {
        let income = format!("收入={income}");
        let (_, out) = ask(&[
            "hunan-rescue",
            "--set",
            "学生情况=已毕业",
            "--set",
            "湖南分行的贷款=是",
            "--set",
            "贷款种类=生源地",
            "--set",
            "来办的人=本人",
            "--set",
            "劳动能力=没有丧失",
            "--set",
            "民事行为能力=有",
            "--set",
            "收入够不够线=按数目算",
            "--set",
            "重大灾害=否",
            "--set",
            "重病致困=否",
            "--set",
            "建档立卡=否",
            "--set",
            "宽限期已过=是",
            "--set",
            "贫困线=2952",
            "--set",
            &income,
            "--format",
            "json",
        ]);
        let json: serde_json::Value = serde_json::from_str(&out).expect("JSON");
        let list = json["decisions"][0]["possible"]
            .as_array()
            .expect("a list")
            .clone();
        list.iter()
            .map(|o| o["outcome"].as_str().unwrap_or("").to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(with("2951.99"), ["第五类（非建档立卡）"]);
    assert_eq!(with("2952"), ["五类都对不上"]);
    assert_eq!(with("2952.01"), ["五类都对不上"]);
    assert_eq!(
        with("2900 至 3000"),
        ["第五类（非建档立卡）", "五类都对不上"]
    );
}

#[test]
fn answers_that_do_not_fit_are_reported_at_their_place() {
    let (code, said) = ask(&[
        "hunan-rescue",
        "--set",
        "学生状况=已毕业",
        "--set",
        "收入=很少",
    ]);
    assert_eq!(code, 1);
    assert!(
        said.contains("是否应为“学生情况”") && said.contains("“很少”不是金额"),
        "{said}"
    );
    let (code, said) = ask(&["hunan-resque"]);
    assert_eq!(code, 2);
    assert!(said.contains("hunan-rescue"), "{said}");
}

#[test]
fn an_interview_asks_only_what_matters_and_says_how_much() {
    use std::io::Write;
    let folder = env!("CARGO_MANIFEST_DIR");
    let mut child = mingbai(["ask", "relief-amount", folder, "--interactive"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("it starts");
    // Class three is repaid for one year only: what is overdue is not asked.
    child
        .stdin
        .take()
        .expect("a pipe")
        .write_all("第三类\n2400.80\n2019-07-01\n".as_bytes())
        .expect("it reads");
    let out = child.wait_with_output().expect("it ends");
    let text = String::from_utf8(out.stdout).expect("UTF-8");
    assert_eq!(text.matches("> ").count(), 3, "{text}");
    assert!(!text.contains("还差这些"), "{text}");
    assert!(text.contains("当年应还的本金和利息：2400.80元"), "{text}");
    assert!(text.contains("利息算到哪一天：2019年11月20日"), "{text}");
}

#[test]
fn a_list_of_aids_says_what_fits_first_and_names_the_rest_in_one_line() {
    let site = tempfile::tempdir().expect("a folder");
    let tests = support::repository().join("tests");
    support::copy(&tests.join("diagnostics/base"), site.path());
    let rules = std::fs::read_to_string(tests.join("aids/aids.yaml")).expect("a fixture");
    let config = "title: 试\nbase_url: https://example.org/\noffice: 右玉县办事大厅\n";
    support::write_files(
        site.path(),
        [
            ("data/checks/aids.yaml", rules.as_str()),
            ("data/site.yaml", config),
        ],
    );
    let site = site.path().to_str().expect("UTF-8");
    let answers = ["低保=是", "残疾=否", "学生=否", "老人=是"];
    let mut list = vec!["ask", "aids", site, "--lang", "zh"];
    for answer in answers {
        list.extend(["--set", answer]);
    }
    let (code, out) = run(&mut mingbai(&list));
    assert_eq!(code, 0, "{out}");
    let order: Vec<&str> = out.lines().filter(|line| line.ends_with('？')).collect();
    let fits = ["有低保金吗？", "有高龄津贴吗？", "有取暖补贴吗？"];
    let open = ["有住房补贴吗？", "有临时救助吗？"];
    assert_eq!(order[..5], [&fits[..], &open].concat(), "{out}");
    assert!(out.contains("不符合：护理补贴、助学金、教育救助"), "{out}");
    assert!(out.contains("以原文和右玉县办事大厅的答复为准"), "{out}");
    // A number with decimals.
    list.extend(["--set", "住房=15.49平方米"]);
    let (_, out) = run(&mut mingbai(&list));
    assert!(
        out.contains("可以领临时救助") && !out.contains("还差"),
        "{out}"
    );
}

#[test]
fn what_was_answered_exactly_is_not_missing_and_a_range_is() {
    let missing = |income: &str, line: &str| {
        let (_, out) = ask(&[
            "hunan-rescue",
            "--set",
            "收入够不够线=按数目算",
            "--set",
            &format!("收入={income}"),
            "--set",
            &format!("贫困线={line}"),
            "--lang",
            "zh",
        ]);
        let (_, open) = out
            .split_once("还差这些才能确定")
            .expect("something is open");
        let of = |name: &str| {
            let mut lines = open.lines();
            let line = lines.find(|line| line.trim_start().starts_with(name));
            line.map(|line| line.contains("要答得更准"))
        };
        (of("收入："), of("贫困线："))
    };
    assert_eq!(missing("3200", "3000 至 3500"), (None, Some(true)));
    assert_eq!(missing("3200", "不知道"), (None, Some(false)));
    assert_eq!(
        missing("3000 至 4000", "3000 至 3500"),
        (Some(true), Some(true))
    );
}

#[test]
fn two_versions_are_compared_person_by_person() {
    let folder = env!("CARGO_MANIFEST_DIR");
    let path = format!("{folder}/data/checks/hunan-rescue.yaml");
    let text = std::fs::read_to_string(&path).expect("it is there");
    let old = tempfile::tempdir().expect("a folder");
    let file = old.path().join("hunan-rescue.yaml");
    std::fs::write(&file, &text).expect("it is written");
    let compare = || {
        let file = file.to_str().expect("UTF-8");
        run(&mut mingbai(["check", folder, "--compare", file]))
    };
    let (code, out) = compare();
    assert_eq!(code, 0);
    assert!(out.contains("都相同"), "{out}");
    std::fs::write(&file, text.replace("低于 贫困线", "不高于 贫困线")).expect("it is written");
    let (code, out) = compare();
    assert_eq!(code, 0);
    assert!(
        out.contains("现在是“五类都对不上”") && out.contains("收入等于贫困线"),
        "{out}"
    );
}

#[test]
fn a_build_says_how_well_the_rules_are_watched() {
    let (code, out) = run(&mut mingbai(["check", env!("CARGO_MANIFEST_DIR")]));
    assert_eq!(code, 0);
    assert!(
        out.contains("自查 6 份") && out.contains("（100.0%）"),
        "{out}"
    );
}

// ---------------------------------------------------------------- on the page

#[test]
fn the_page_carries_the_same_bytes_as_the_file_next_to_it() {
    use base64::Engine;
    let real = real();
    let today = jiff::civil::date(2026, 11, 20);
    let built = support::built(support::repository(), today);
    for compiled in &real.checks {
        let id = &compiled.check.id;
        let file = |path: String| &built[&path].bytes;
        let page = String::from_utf8(file(format!("checks/{id}.html")).to_vec()).expect("UTF-8");
        let start = page.find("id=check-data").expect("the data");
        let data = &page[page[start..].find('>').expect("the element") + start + 1..];
        let data = &data[..data.find("</script>").expect("its end")];
        let json: serde_json::Value = serde_json::from_str(data).expect("JSON");
        let inline = base64::engine::general_purpose::STANDARD
            .decode(json["wasm"].as_str().expect("a string"))
            .expect("base64");
        assert_eq!(inline, compiled.emitted.bytes);
        assert_eq!(**file(format!("checks/{id}/{id}.wasm")), inline);
        // Every citation of the check is a link on its page, and every outcome is there.
        for decision in &compiled.check.decisions {
            for outcome in &decision.outcomes {
                assert!(page.contains(&outcome.text), "{}", outcome.text);
            }
        }
        assert_eq!(
            json["facts"].as_array().map(Vec::len),
            Some(compiled.check.questions.len())
        );
        for question in &compiled.check.questions {
            if let Domain::Options { options, .. } = &question.domain {
                assert!(options.len() >= 2);
            }
        }
    }
    assert!(!real.sources.files.is_empty());
}

// ---------------------------------------------------------------- documents

#[test]
fn the_example_of_the_readme_compiles_without_a_word() {
    let readme = std::fs::read_to_string(support::repository().join("README.md"));
    let readme = readme.expect("it is there");
    let start = readme.find("title: 自然灾害救助自查").expect("the example");
    let yaml = &readme[start..start + readme[start..].find("```").expect("its end")];
    let mut sink = Sink::default();
    let mut sources = sources::read(support::repository(), &mut sink).expect("the site folder");
    sources
        .files
        .retain(|file| !file.path.starts_with("data/checks/"));
    let path = "data/checks/readme.yaml".to_owned();
    let text = yaml.to_owned();
    sources
        .files
        .push(Arc::new(sources::SourceFile { path, text }));
    let model = link::load(&sources, &mut sink);
    let checks = rules::compile(&model, &sources, &mut sink);
    let said = sink.into_sorted(&sources);
    let advice: Vec<&str> = said
        .iter()
        .map(|d| d.code.id)
        .filter(|id| *id != "MB0317")
        .collect();
    assert!(advice.is_empty(), "{said:?}");
    assert_eq!(checks.len(), 1);
}

/// The pages of a small site whose self-check is this one.
fn pages_of(rules: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a new folder");
    let site = folder.path().join("site");
    let repository = support::repository();
    support::copy(&repository.join("themes"), &site.join("themes"));
    support::copy(&repository.join("tests/diagnostics/base"), &site);
    std::fs::write(site.join("data/checks/youyu-where.yaml"), rules).expect("a new file");
    let out = folder.path().join("public");
    let (code, words) = run(mingbai(["build", "--today", "2026-11-20", "--out"])
        .arg(&out)
        .arg(&site));
    assert_eq!(code, 0, "{words}");
    let page = std::fs::read_to_string(out.join("checks/youyu-where.html")).expect("a page");
    (folder, page)
}

const THREE_READINGS: &str = "\
title: 右玉县2023年在哪里办
description: 虚构的例子。
source: youyu-2023-plan
year: 2023
region: 山西省 朔州市 右玉县
checked: {on: 2026-11-20, by: 示范站点}
questions:
  收入:
    ask: 一年收入多少？
    type: 金额
    range: 0 至 100000
    why: 虚构的例子。
  续贷: {ask: 以前贷过款吗？, type: 是否, why: 虚构的例子。}
doubts:
  最后一天:
    ask: 最后一天能不能办？
    readings: [全天, 上午, 不办]
    clause: 一
    quote: 2023年7月17日--9月25日受理
decisions:
  在哪里:
    ask: 在哪里办？
    outcomes:
      - name: 网上办
        when:
          任一:
            - {收入: 高于 20000}
            - {全部: [续贷, {最后一天: [全天, 上午]}]}
            - {when: {收入: 高于 30000}, redundant: 原文另列一项。}
            - {最后一天: 上午}
        verdict: 符合
        text: 网上办。
        clause: 二
        quote: 续贷学生线上办理
      - {name: 现场办, when: 其余, verdict: 不符合, text: 到一楼大厅办。, clause: 二, quote: 在教育局一楼大厅受理}
examples:
  - {name: 三万, answers: {收入: 高于 20000}, expect: {在哪里: 网上办}}
  - {name: 二万, answers: {收入: at_most 20000}, expect: {在哪里: [网上办, 现场办]}}
";

#[test]
fn a_doubt_has_as_many_readings_as_it_has_and_limits_are_in_plain_words() {
    let (_folder, page) = pages_of(THREE_READINGS);
    assert!(page.contains("原文有三种读法"), "{page}");
    assert!(!page.contains("两种读法"), "{page}");
    assert!(
        page.contains("超过20000元") && !page.contains("20000.01"),
        "{page}"
    );
}

#[test]
fn a_redundant_condition_is_kept_with_its_reason_and_without_a_warning() {
    let (folder, page) = pages_of(THREE_READINGS);
    assert!(
        page.contains("照原文列出，不影响结果：原文另列一项。"),
        "{page}"
    );
    let (code, words) = run(mingbai(["check", "--lang=en"]).arg(folder.path().join("site")));
    assert_eq!(code, 0, "{words}");
    assert!(
        !words.contains("MB0310") && !words.contains("MB0312"),
        "{words}"
    );
}

// ---------------------------------------------------------------- rules in English

/// The pages of the rules of `tests/english`.
fn english_pages() -> (tempfile::TempDir, impl Fn(&str) -> String) {
    let folder = tempfile::tempdir().expect("a new folder");
    let site = folder.path().join("site");
    let repository = support::repository();
    support::copy(&repository.join("themes"), &site.join("themes"));
    for part in ["tests/diagnostics/base", "tests/english"] {
        support::copy(&repository.join(part), &site);
    }
    let out = folder.path().join("public");
    let (code, words) = run(mingbai(["build", "--today", "2026-11-20", "--out"])
        .arg(&out)
        .arg(&site));
    assert_eq!(code, 0, "{words}");
    (folder, move |path: &str| {
        std::fs::read_to_string(out.join(path)).unwrap_or_else(|_| panic!("no page {path}"))
    })
}

/// What is between the crumbs and the end of the main part of a page, without the day of the check and the office, which are the
/// site's.
fn english_part(page: &str) -> String {
    let (_, part) = page.split_once("<div lang=en>").expect("an English part");
    let (part, _) = part.split_once("</main>").expect("its end");
    let part = part.split_once("</nav>").map_or(part, |(_, rest)| rest);
    part.replace("2026年11月20日", "").replace("受理机构", "")
}

#[test]
fn pages_of_english_rules_have_no_chinese_word() {
    let (_folder, page) = english_pages();
    for (path, words) in [
        (
            "checks/grant.html",
            &[
                "Your result",
                "All outcomes and conditions",
                ">Yes</span>",
                "What to bring",
                "income: below £20000",
                "Section 1(1)",
                "check.en.",
            ][..],
        ),
        (
            "checks/grant/rules.html",
            &[
                "All paths",
                "£0 to £100000",
                "1 January 1950 to 31 December 2015",
                "Computed values",
            ][..],
        ),
        (
            "checks/grant/examples.html",
            &[
                "grant: £0 to £3000",
                "paid by: 30 September 2023",
                "lives here: Yes",
            ][..],
        ),
    ] {
        let whole = page(path);
        let part = english_part(&whole);
        let chinese =
            part.find(|c: char| matches!(c, '\u{3000}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}'));
        assert_eq!(
            chinese.map(|at| part[at..].chars().take(20).collect::<String>()),
            None,
            "{path}"
        );
        for words in words {
            assert!(whole.contains(words), "{path}: {words}");
        }
    }
    // Chinese pages load the script without English words, and a site without such rules does not have the other one.
    let chinese = page("checks/youyu-where.html");
    assert!(chinese.contains("check.") && !chinese.contains("check.en."));
    let (folder, _) = pages_of(THREE_READINGS);
    let assets = std::fs::read_dir(folder.path().join("public/assets")).expect("a folder");
    let names = assets.map(|one| one.expect("a file").file_name());
    assert!(
        !names
            .into_iter()
            .any(|name| name.to_string_lossy().starts_with("check.en."))
    );
}

#[test]
fn clauses_of_an_english_text_are_cited_by_its_own_numbers() {
    let (_folder, page) = english_pages();
    let act = page("notices/grants-act.html");
    for anchor in ["c1", "c1-1", "c1-1-1", "c1-1-2", "c1-2", "c2-2", "c3"] {
        assert!(act.contains(&format!("id={anchor}")), "{anchor}");
    }
    let check = page("checks/grant.html");
    assert!(check.contains("notices/grants-act.html#c1-1"), "{check}");
}
