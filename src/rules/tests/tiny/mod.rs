//! A world of a few lines: one province with three counties, one list, and one notice with one sentence; and the example of
//! FORMAT.md, which lives in it.

#![allow(dead_code, reason = "each test uses a part of it")]

use mingbai_forms::Citation;
use mingbai_rules::answer::known_of;
use mingbai_rules::self_check::{QuestionId, SelfCheck};
use mingbai_rules::value::Interval;
use mingbai_rules::wasm::{MOST_BYTES, Machine};
use mingbai_rules::world::{County, Level, PlaceId};
use mingbai_rules::{Compiled, World, compile_check, prove, read};
use mingbai_text::diag::{Diagnostic, Sink, SourceId, SourceMap, Span, Spanned, codes};

/// The world.
pub struct Tiny;

const SENTENCE: &str = "家在甲县、乙县的，收入低于三千元的可以申请。";

fn county(code: &str) -> County {
    County {
        code: code.to_owned(),
        name: format!("{code}县"),
        prefecture: "东市".to_owned(),
        path: format!("某省 东市 {code}县"),
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

    fn divisions(
        &self,
        _: &Spanned<String>,
        level: Level,
        _: Option<i16>,
        _: &mut Sink,
    ) -> Option<Vec<String>> {
        let names: &[&str] = match level {
            Level::Province => &["某省"],
            Level::Prefecture => &["东市", "西市"],
        };
        Some(names.iter().map(|name| (*name).to_owned()).collect())
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

/// A rule file by itself, for messages.
pub struct OneFile<'a>(pub &'a str);

impl SourceMap for OneFile<'_> {
    fn path(&self, _: SourceId) -> &str {
        "rules.yaml"
    }

    fn text(&self, _: SourceId) -> &str {
        self.0
    }
}

/// The document that describes the format.
pub const FORMAT: &str = include_str!("../../FORMAT.md");

/// The rule file of its worked example.
pub fn example() -> &'static str {
    let (_, section) = FORMAT
        .split_once("## 8. A worked example")
        .expect("a worked example");
    let (_, block) = section.split_once("```yaml\n").expect("a rule file");
    block.split_once("```").expect("its end").0
}

/// Reads rules against the tiny world.
pub fn read_tiny(text: &str, sink: &mut Sink) -> Option<SelfCheck> {
    read("tiny", SourceId(0), text, &Tiny, sink)
}

/// Answers in words, as the module takes them.
pub fn answers(check: &SelfCheck, words: &[(&str, &str)]) -> Vec<(QuestionId, Interval)> {
    words
        .iter()
        .map(|(question, words)| {
            let question = check.question(question).expect("a question");
            let words = Spanned::new((*words).to_owned(), Span::new(SourceId(0), 0..0));
            let known = known_of(&check[question], &words, &mut Sink::default());
            (question, known.expect("an answer"))
        })
        .collect()
}

/// Rules compiled, and the codes and Chinese words of what is said of them, without the edits that no example notices (MB0317).
fn compile(text: &str) -> (Option<Compiled>, Vec<(String, String)>) {
    let mut sink = Sink::default();
    let check = read_tiny(text, &mut sink);
    let compiled = check.and_then(|check| compile_check(check, &mut sink));
    let said = sink.sorted(&OneFile(text));
    let said = said.iter().filter(|d| d.code.id != "MB0317");
    let said = said.map(|d| (d.code.id.to_owned(), d.message.zh.clone()));
    (compiled, said.collect())
}

/// The codes and Chinese words of what is said of rules, without the edits that no example notices.
pub fn says(text: &str) -> Vec<(String, String)> {
    compile(text).1
}

/// The compiled rules, which have no error.
pub fn compiled(text: &str) -> Compiled {
    let (compiled, said) = compile(text);
    compiled.unwrap_or_else(|| panic!("{said:#?}\n{text}"))
}

/// The compiled rules of `name`, of which nothing is said, in a module that a page can hold.
#[track_caller]
pub fn sound(name: &str, text: &str) -> Compiled {
    let (compiled, said) = compile(text);
    assert_eq!(said, [], "{name}");
    let compiled = compiled.expect("it compiles");
    let bytes = compiled.emitted.bytes.len();
    assert!(bytes <= MOST_BYTES, "{name}: {bytes}");
    compiled
}

/// Complete and open sheets, judged by the definition.
#[track_caller]
pub fn is_exact(name: &str, compiled: &Compiled, limits: prove::Limits) {
    let mut machine = Machine::new(&compiled.emitted).expect("a sound module");
    let tried = prove::try_sheets(&compiled.check, &compiled.program, &mut machine, limits);
    tried.unwrap_or_else(|error| panic!("{name}: {error}"));
}

/// A file with these questions, what follows them, and one decision that this condition makes.
pub fn file(questions: &str, rest: &str, when: &str) -> String {
    format!(
        "title: 能不能\ndescription: 看看能不能。\nsource: notice\nregion: 某省\n\
         checked: {{on: 2026-11-01, by: 测试}}\nquestions:\n{questions}{rest}\
         decisions:\n  能否申请:\n    ask: 能不能申请？\n    outcomes:\n      - {{name: 可以, verdict: 符合, text: 可以申请。, when: {when}, \
         clause: 一, quote: 可以申请}}\n      - {{name: 不可以, verdict: 不符合, text: 不能申请。, when: 其余, clause: 一, quote: 可以申请}}\n\
         examples:\n  - {{name: 谁, expect: {{能否申请: [可以, 不可以]}}}}\n"
    )
}

/// A question of a type, with the rest of its keys.
pub fn question(name: &str, kind: &str, rest: &str) -> String {
    format!("  {name}: {{ask: 多少？, why: 要算。, type: {kind}{rest}}}\n")
}

/// Whether a module is as small as it must be.
pub fn fits(compiled: &Compiled) {
    let bytes = compiled.emitted.bytes.len();
    assert!(bytes <= MOST_BYTES, "{bytes}");
}
