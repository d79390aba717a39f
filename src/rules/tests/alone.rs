//! The crate without the site: a rule file and a world of a few lines.

mod tiny;

use mingbai_rules::self_check::{SelfCheck, Test};
use mingbai_rules::wasm::{Machine, emit};
use mingbai_rules::world::PlaceId;
use mingbai_rules::{arrange, ask, cite, compile_check, prove};
use mingbai_text::diag::Sink;
use tiny::{OneFile, Tiny, answers, example, read_tiny};

#[test]
fn a_rule_file_is_read_cited_compiled_and_asked_without_a_site() {
    let mut sink = Sink::default();
    let check = read_tiny(example(), &mut sink).expect("it can be read");
    assert_eq!(check.place, Some(PlaceId(7)));
    cite(&check, &Tiny, &mut sink);
    let compiled = compile_check(check, &mut sink).expect("it compiles");
    assert!(sink.is_empty(), "{:?}", sink.sorted(&OneFile(example())));
    assert!(compiled.tried.all);
    assert_eq!(compiled.score.noticed, compiled.score.edits);

    let mut machine = Machine::new(&compiled.emitted).expect("a sound module");
    let mut possible = |words: &[(&str, &str)]| {
        let check = &compiled.check;
        let answers = answers(check, words);
        let answer = ask(check, &compiled.program, &mut machine, &answers);
        answer.expect("the module does not trap").possible[0]
    };
    // Outcome 0 is bit 0: it can be applied for; outcome 1 is bit 1: it cannot.
    assert_eq!(possible(&[]), 0b11);
    assert_eq!(possible(&[("县", "丙县")]), 0b10);
    assert_eq!(possible(&[("收入", "2000 至 2999")]), 0b11);
    assert_eq!(possible(&[("县", "甲县"), ("收入", "2000 至 2999")]), 0b01);
    assert_eq!(possible(&[("县", "甲县"), ("收入", "2000 至 3000")]), 0b11);
}

#[test]
fn what_the_world_does_not_know_is_reported_at_its_place() {
    for (right, wrong) in [
        ("region: 某省\nchecked", "region: 他省\nchecked"),
        ("在名单 pilots", "在名单 pilot"),
        ("source: notice", "source: notices"),
        ("quote: 可以申请", "quote: 应当申请"),
    ] {
        let text = example().replace(right, wrong);
        assert_ne!(text, example());
        let mut sink = Sink::default();
        if let Some(check) = read_tiny(&text, &mut sink) {
            cite(&check, &Tiny, &mut sink);
        }
        assert_eq!(sink.count(), 1, "{wrong}");
        assert!(sink.has_errors());
    }
}

#[test]
fn a_value_without_an_end_holds_from_its_first_day_on_and_none_is_taken_from_a_neighbour() {
    let questions = "questions:\n  日期: {ask: 哪一天？, why: 线按年定。, type: 日期, range: 2020-01-01 至 2030-12-31}\n";
    let with = |values: &str| {
        let parameter = format!(
            "parameters:\n  线:\n    type: 金额\n    by: 日期\n    values:\n{values}decisions:"
        );
        example()
            .replace("questions:\n", questions)
            .replace("decisions:", &parameter)
            .replace("低于 3000", "低于 线")
            .replace("收入: 2999.99}", "收入: 0, 日期: 2020-01-01}")
    };
    let value = |words: &str| format!("      - {{{words}, source: 公告}}\n");
    let first = value("from: 2020-01-01, until: 2021-06-30, value: 3000");
    let second = value("from: 2021-07-01, value: 5000");
    let text = with(&(first.clone() + &second));
    let mut sink = Sink::default();
    let check = read_tiny(&text, &mut sink).expect("it can be read");
    let program = arrange(&check, &mut sink).expect("it compiles").program;
    let emitted = emit(&check, &program);
    let mut machine = Machine::new(&emitted).expect("a sound module");
    prove::try_sheets(&check, &program, &mut machine, prove::ALL).expect("it agrees");
    let mut possible = |day: &str, income: &str| {
        let words = [("县", "甲县"), ("收入", income), ("日期", day)];
        let answers = answers(&check, &words);
        let answer = ask(&check, &program, &mut machine, &answers);
        answer.expect("the module does not trap").possible[0]
    };
    assert_eq!(possible("2021-06-30", "4000"), 0b10);
    assert_eq!(possible("2021-07-01", "4000"), 0b01);
    assert_eq!(possible("2030-12-31", "4999.99"), 0b01);
    assert_eq!(possible("2030-12-31", "5000"), 0b10);
    assert_eq!(possible("2021-06-30 至 2021-07-01", "4000"), 0b11);

    // What is written as the last day that there is has no end either.
    let last = value("from: 2021-07-01, until: 9999-12-31, value: 5000");
    let mut sink = Sink::default();
    let same = read_tiny(&with(&(first.clone() + &last)), &mut sink).expect("it can be read");
    let tests = |check: &SelfCheck| -> Vec<Test> {
        let conditions = check.conditions.iter();
        conditions.map(|condition| condition.test.clone()).collect()
    };
    assert_eq!(tests(&same), tests(&check));

    // A day without a value is a fault, on whichever side its neighbours lie.
    let late = value("from: 2021-07-02, value: 5000");
    for (values, found) in [
        (first.clone(), "2021年7月1日"),
        (first + &late, "2021年7月1日"),
        (second, "2020年1月1日"),
    ] {
        let text = with(&values);
        let mut sink = Sink::default();
        assert!(read_tiny(&text, &mut sink).is_none());
        let said = sink.sorted(&OneFile(&text));
        let words: Vec<&str> = said.iter().map(|d| d.message.zh.as_str()).collect();
        assert_eq!(words, [format!("“线”在{found}没有值")]);
        assert_eq!(said[0].code.id, "MB0316");
    }
}
