//! The crate without the site: a rule file and a world of a few lines.

use mingbai_forms::Citation;
use mingbai_rules::answer::known_of;
use mingbai_rules::self_check::SelfCheck;
use mingbai_rules::wasm::Machine;
use mingbai_rules::world::{County, PlaceId};
use mingbai_rules::{World, ask, cite, compile_check, read};
use mingbai_text::diag::{Diagnostic, Sink, SourceId, SourceMap, Span, Spanned, codes};

/// One province with three counties, one list, and one notice with one sentence.
struct Tiny;

const SENTENCE: &str = "家在甲县、乙县的，收入低于三千元的可以申请。";

fn county(code: &str) -> County {
    County {
        code: code.to_owned(),
        name: format!("{code}县"),
        prefecture: "东市".to_owned(),
    }
}

fn unknown(name: &Spanned<String>, sink: &mut Sink) {
    let code = &codes::UNKNOWN_DOCUMENT;
    sink.push(Diagnostic::new(code, name.span, "没有", "unknown"));
}

impl World for Tiny {
    fn place(&self, path: &Spanned<String>, _: Option<i16>, sink: &mut Sink) -> Option<PlaceId> {
        if path.value == "某省" {
            return Some(PlaceId(7));
        }
        unknown(path, sink);
        None
    }

    fn counties(&self, _: &Spanned<String>, _: Option<i16>, _: &mut Sink) -> Option<Vec<County>> {
        Some(["甲", "乙", "丙"].map(county).to_vec())
    }

    fn members(&self, list: &Spanned<String>, sink: &mut Sink) -> Option<Vec<County>> {
        if list.value == "pilots" {
            return Some(vec![county("甲"), county("乙")]);
        }
        unknown(list, sink);
        None
    }

    fn check_notice(&self, notice: &Spanned<String>, sink: &mut Sink) {
        if notice.value != "notice" {
            unknown(notice, sink);
        }
    }

    fn check_topic(&self, topic: &Spanned<String>, sink: &mut Sink) {
        unknown(topic, sink);
    }

    fn check_citation(&self, _: &Spanned<String>, citation: &Citation, sink: &mut Sink) {
        let quote = citation.quote.as_ref();
        if quote.is_none_or(|quote| !SENTENCE.contains(&quote.value)) {
            unknown(&citation.clause, sink);
        }
    }
}

struct OneFile(&'static str);

impl SourceMap for OneFile {
    fn path(&self, _: SourceId) -> &str {
        "rules.yaml"
    }

    fn text(&self, _: SourceId) -> &str {
        self.0
    }
}

const RULES: &str = "\
title: 能不能申请
description: 看看能不能申请。
source: notice
region: 某省
checked: {on: 2026-11-01, by: 测试}
questions:
  县: {ask: 家在哪个县？, why: 只有两个县。, type: 县, region: 某省}
  收入: {ask: 收入多少？, why: 有一条线。, type: 金额, range: 0 至 100000}
decisions:
  能否申请:
    ask: 能不能申请？
    outcomes:
      - name: 可以
        verdict: 符合
        text: 可以申请。
        when: {全部: [{县: 在名单 pilots}, {收入: 低于 3000}]}
        clause: 一
        quote: 可以申请
      - {name: 不可以, verdict: 不符合, text: 不能申请。, when: 其余, clause: 一, quote: 收入低于三千元的}
examples:
  - {name: 甲县一户, answers: {县: 甲县, 收入: 2999.99}, expect: {能否申请: 可以}}
  - {name: 乙县一户, answers: {县: 乙县, 收入: 3000}, expect: {能否申请: 不可以}}
  - {name: 乙县穷户, answers: {县: 乙县, 收入: 0}, expect: {能否申请: 可以}}
  - {name: 丙县一户, answers: {县: 丙县, 收入: 1}, expect: {能否申请: 不可以}}
  - {name: 没有说收入, answers: {县: 甲县}, expect: {能否申请: [可以, 不可以]}, missing: [收入]}
";

fn read_tiny(text: &str, sink: &mut Sink) -> Option<SelfCheck> {
    read("tiny", SourceId(0), text, &Tiny, sink)
}

#[test]
fn a_rule_file_is_read_cited_compiled_and_asked_without_a_site() {
    let mut sink = Sink::default();
    let check = read_tiny(RULES, &mut sink).expect("it can be read");
    assert_eq!(check.place, Some(PlaceId(7)));
    cite(&check, &Tiny, &mut sink);
    let compiled = compile_check(check, &mut sink).expect("it compiles");
    assert!(sink.is_empty(), "{:?}", sink.sorted(&OneFile(RULES)));
    assert!(compiled.tried.all);
    assert_eq!(compiled.score.noticed, compiled.score.edits);

    let mut machine = Machine::new(&compiled.emitted).expect("a sound module");
    let mut possible = |answers: &[(&str, &str)]| {
        let check = &compiled.check;
        let answers: Vec<_> = answers
            .iter()
            .map(|(question, words)| {
                let question = check.question(question).expect("a question");
                let words = Spanned::new((*words).to_owned(), Span::new(SourceId(0), 0..0));
                let known = known_of(&check[question], &words, &mut Sink::default());
                (question, known.expect("an answer"))
            })
            .collect();
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
        let text = RULES.replace(right, wrong);
        assert_ne!(text, RULES);
        let mut sink = Sink::default();
        if let Some(check) = read_tiny(&text, &mut sink) {
            cite(&check, &Tiny, &mut sink);
        }
        assert_eq!(sink.count(), 1, "{wrong}");
        assert!(sink.has_errors());
    }
}
