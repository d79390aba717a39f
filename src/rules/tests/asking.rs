//! What is asked first, and how large a file may be.

mod tiny;

use std::fmt::Write;

use mingbai_rules::{Compiled, compile_check};
use mingbai_text::diag::Sink;
use tiny::{OneFile, read_tiny};

/// Two rare cases that settle everything, and one that only matters without them.
const RELIEF: &str = "title: 能不能救助
description: 看看能不能救助。
source: notice
region: 某省
checked: {on: 2026-11-01, by: 测试}
questions:
  判决: {ask: 有判决吗？, why: 有判决就行。, type: 是否}
  去世: {ask: 去世了吗？, why: 去世也行。, type: 是否}
  收入低: {ask: 收入低吗？, why: 收入低也行。, type: 是否}
doubts:
  算不算: {ask: 算不算？, readings: [算, 不算], clause: 一, quote: 可以申请}
decisions:
  能否申请:
    ask: 能不能申请？
    outcomes:
      - {name: 判决类, when: 判决, verdict: 符合, text: 可以申请。, clause: 一, quote: 可以申请}
      - {name: 去世类, when: 去世, verdict: 符合, text: 可以申请。, clause: 一, quote: 可以申请}
      - {name: 收入类, when: {all: [收入低, {算不算: 算}]}, verdict: 说明, text: 可以申请。, clause: 一, quote: 可以申请}
      - {name: 不行, when: 其余, verdict: 不符合, text: 不能申请。, clause: 一, quote: 可以申请}
    overlap: 先说到的算数。
examples:
  - {name: 谁, expect: {能否申请: [判决类, 去世类, 收入类, 不行]}}
";

/// The check, and the codes and English words of what is said of it.
fn compile(text: &str) -> (Option<Compiled>, Vec<(String, String)>) {
    let mut sink = Sink::default();
    let check = read_tiny(text, &mut sink);
    let compiled = check.and_then(|check| compile_check(check, &mut sink));
    let said = sink.sorted(&OneFile(text)).into_iter();
    let said = said
        .map(|said| (said.code.id.to_owned(), said.message.en.clone()))
        // Examples that notice every edit are not what is tried here.
        .filter(|(code, _)| code != "MB0317");
    (compiled, said.collect())
}

fn with_first(names: &str) -> String {
    RELIEF.replace("doubts:\n", &format!("ask_first: {names}\ndoubts:\n"))
}

fn order_of(text: &str) -> Vec<String> {
    let (compiled, said) = compile(text);
    let compiled = compiled.unwrap_or_else(|| panic!("{said:?}"));
    let names = compiled.order.iter();
    names
        .map(|question| compiled.check[*question].name.value.clone())
        .collect()
}

#[test]
fn the_questions_that_the_author_wants_first_are_asked_first() {
    assert_eq!(order_of(RELIEF)[2], "收入低");
    assert_eq!(order_of(&with_first("收入低"))[0], "收入低");
    assert_eq!(
        order_of(&with_first("[收入低, 去世]")),
        ["收入低", "去世", "判决"]
    );
    assert_eq!(
        order_of(&with_first("[去世, 收入低, 判决]")),
        ["去世", "收入低", "判决"]
    );
}

#[test]
fn only_a_question_can_be_asked_first_and_only_once() {
    let said = |names| compile(&with_first(names)).1;
    let code = "MB0303".to_owned();
    assert_eq!(
        said("[去世, 算不算]"),
        [(
            code.clone(),
            "only questions can be asked first, and \"算不算\" is not one".to_owned()
        )]
    );
    assert_eq!(
        said("[去世, 去世]"),
        [(code, "`ask_first` names \"去世\" twice".to_owned())]
    );
    let unknown = said("[去逝]");
    assert_eq!(unknown.len(), 1, "{unknown:?}");
    assert_eq!(unknown[0].0, "MB0301");
}

#[test]
fn forty_things_are_decided_and_a_hundred_options_offered() {
    let mut text = "title: 能领什么\ndescription: 看看能领什么。\nsource: notice\nregion: 某省\n\
        checked: {on: 2026-11-01, by: 测试}\nquestions:\n  年级:\n    ask: 几年级？\n    why: 有的年级才有。\n    \
        type: 单选\n    options: ["
        .to_owned();
    let options: Vec<String> = (0..100).map(|option| format!("第{option}种")).collect();
    text.push_str(&options.join(", "));
    text.push_str("]\ndecisions:\n");
    for decision in 0..40 {
        let option = decision % 20;
        write!(
            text,
            "  补助{decision}:\n    ask: 有补助{decision}吗？\n    outcomes:\n      - {{name: 有, when: {{年级: 第{option}种}}, \
             verdict: 符合, text: 有。, clause: 一, quote: 可以申请}}\n      - {{name: 没有, when: 其余, verdict: 不符合, \
             text: 没有。, clause: 一, quote: 可以申请}}\n"
        )
        .expect("a string takes all");
    }
    text.push_str("examples:\n  - name: 谁\n    answers: {年级: 第3种}\n    expect: {补助3: 有, 补助4: 没有, 补助23: 有}\n");
    let (compiled, said) = compile(&text);
    assert_eq!(said, []);
    let compiled = compiled.expect("it compiles");
    assert_eq!(compiled.check.decisions.len(), 40);
    assert!(compiled.tried.all);
}
