//! Messages about rules that can be read: MB0308 to MB0315, MB0317.

use crate::diag::{Diagnostic, Span, codes};
use crate::self_check::{Decision, Outcome, Question, SelfCheck};
use crate::text::Bilingual;
use crate::wasm::MOST_BYTES;

/// A person of whom nothing need be known.
pub const ANYBODY: &str = "任何人";
/// The same in an English check.
pub const ANYBODY_ENGLISH: &str = "anybody";

/// How to fix an example that fails.
pub fn example_or_rules() -> Bilingual {
    Bilingual::new(
        "对照原文，改正例子或规则",
        "compare with the official text and fix the example or the rules",
    )
}

/// MB0313: the question takes part in two variables.
pub fn shared_question(question: &Question) -> Diagnostic {
    let name = &question.name;
    Diagnostic::new(
        &codes::SHARED_FACT,
        name.span,
        format!("“{}”和别的回答在好几处比，比得太复杂", name.value),
        format!(
            "\"{}\" is compared with other answers in several places, in a way that is too complex",
            name.value
        ),
    )
    .hint(
        "几个回答在好几处互相比，只有倍数、和、差才算得准（最多 8 个回答，12 个界线，两边都围死的不行）；乘积、取小取大、同年，请把其中一处改成“是否”问题",
        "answers that are compared with each other in several places are exact as multiples, sums and differences (of 8 answers at most, with 12 limits, and not enclosed on all sides); of a product, a least or a greatest, or “same year”, turn one comparison into a yes/no question",
    )
}

/// MB0314: more classes than a mask has bits.
pub fn too_many_classes(question: &Question, count: usize, most: usize) -> Diagnostic {
    let name = &question.name;
    Diagnostic::new(
        &codes::TOO_LARGE,
        name.span,
        format!("“{}”被分成了 {count} 段，最多 {most} 段", name.value),
        format!(
            "the conditions divide \"{}\" into {count} classes; at most {most} are allowed",
            name.value
        ),
    )
    .hint(
        "少用几个不同的值，或拆成两个问题",
        "compare with fewer values, or split it into two questions",
    )
}

/// MB0314: the diagram cannot be computed.
pub fn entangled(check: &SelfCheck) -> Diagnostic {
    Diagnostic::new(
        &codes::TOO_LARGE,
        check.title.span,
        "规则之间牵连太多，无法在旧手机上算出",
        "the rules depend on each other too much to be computed on an old phone",
    )
    .hint(
        "把常在一起出现的问题在 questions 里排在一起，或拆成几份自查",
        "list questions that are used together next to each other, or split the file into several self-checks",
    )
}

/// MB0314: the module is too large.
pub fn too_many_bytes(check: &SelfCheck, bytes: usize) -> Diagnostic {
    Diagnostic::new(
        &codes::TOO_LARGE,
        check.title.span,
        format!("编译后有 {bytes} 字节，最多 {MOST_BYTES} 字节"),
        format!("the compiled module has {bytes} bytes; at most {MOST_BYTES} are allowed"),
    )
    .hint(
        "把常在一起出现的问题在 questions 里排在一起，减少问题或结果，或拆成几份自查",
        "list questions that are used together next to each other, use fewer questions or outcomes, or split the file into several self-checks",
    )
}

/// MB0311: a condition is always true or always false. `made`: whether it is made of other conditions.
pub fn constant(span: Span, holds: bool, made: bool) -> Diagnostic {
    let (zh, en) = if holds {
        ("永远成立", "always true")
    } else {
        ("永远不成立", "never true")
    };
    let diagnostic = Diagnostic::new(
        &codes::ALWAYS,
        span,
        format!("不管怎么回答，这个条件{zh}"),
        format!("this condition is {en}, whatever the answers are"),
    );
    if made {
        diagnostic.hint(
            "看这几个条件是不是互相矛盾，或者不管怎样总有一个成立",
            "check whether these conditions contradict each other, or whether one of them is always true",
        )
    } else {
        diagnostic.hint(
            "对照问题的范围和选项，改正这里的值",
            "compare with the range or the options of the question and fix the value",
        )
    }
}

/// MB0308: nobody gets an outcome.
pub fn never_reached(outcome: &Outcome) -> Diagnostic {
    let name = &outcome.name;
    let diagnostic = Diagnostic::new(
        &codes::NEVER_REACHED,
        name.span,
        format!("没有一种情况会得到“{}”", name.value),
        format!("no case leads to \"{}\"", name.value),
    );
    if outcome.when.is_some() {
        diagnostic.hint(
            "排在前面的结果已经包括了它的全部情况：把它移到前面，或改条件",
            "earlier outcomes cover all its cases: move it up, or fix its condition",
        )
    } else {
        diagnostic.hint(
            "前面的结果已经包括了所有情况：去掉它，或看前面的条件是否写宽了",
            "earlier outcomes cover every case: remove it, or check whether one of their conditions is too wide",
        )
    }
}

/// MB0309: one person fits two outcomes.
pub fn overlap(earlier: &Outcome, later: &Outcome, person: &Bilingual) -> Diagnostic {
    let (first, second) = (&earlier.name, &later.name);
    Diagnostic::new(
        &codes::OVERLAP,
        second.span,
        format!(
            "有人同时符合“{}”和“{}”，例如：{}",
            first.value, second.value, person.zh
        ),
        format!(
            "the same person can fit both \"{}\" and \"{}\", for example: {}",
            first.value, second.value, person.en
        ),
    )
    .also(first.span, "现在算这一个", "this outcome applies now")
    .hint(
        "如果文件就是这个意思，在判断里写“overlap: 说明”；如果不是，改条件",
        "if the document means this, write \"overlap: why\" in the decision; if not, fix the condition",
    )
}

/// MB0310: a condition without which nothing changes.
pub fn redundant(span: Span) -> Diagnostic {
    Diagnostic::new(
        &codes::REDUNDANT,
        span,
        "去掉这个条件，没有一个人的结果会变",
        "without this condition, nobody's result changes",
    )
    .hint(
        "删去它，或看是不是写得和想说的不一样；原文就是这样列的，写成 {when: 这个条件, redundant: 说明}",
        "remove it, or check whether it says what was meant; if the official text lists it, write {when: the condition, redundant: why}",
    )
}

/// MB0312: a condition is said to be redundant and is not.
pub fn not_redundant(span: Span) -> Diagnostic {
    Diagnostic::new(
        &codes::NEVER_MATTERS,
        span,
        "这个条件不多余：去掉它，有人的结果会变",
        "this condition is not redundant: without it, somebody's result changes",
    )
    .hint("删去 redundant（多余）这一项", "remove the key `redundant`")
}

fn idle(span: Span, zh: String, en: String) -> Diagnostic {
    Diagnostic::new(&codes::NEVER_MATTERS, span, zh, en).hint(
        "删去它，或补上漏写的地方",
        "remove it, or add what was left out",
    )
}

/// MB0312: something is defined and not used. `kind`: what it is, in both languages.
pub fn unused(kind: (&str, &str), name: &str, span: Span) -> Diagnostic {
    idle(
        span,
        format!("{}“{name}”没有用到", kind.0),
        format!("the {} \"{name}\" is not used", kind.1),
    )
}

/// MB0312: a question changes nothing.
pub fn no_influence(question: &Question) -> Diagnostic {
    let name = &question.name;
    idle(
        name.span,
        format!("“{}”对任何结果都没有影响", name.value),
        format!("\"{}\" does not change any outcome", name.value),
    )
}

/// MB0317: no example notices an edit. `person`: one whose result it changes, in words; `answers`: the same as an
/// example writes it, if that can be said.
pub fn unnoticed(span: Span, edit: &Bilingual, person: &str, answers: Option<&str>) -> Diagnostic {
    let (zh, en) = match answers {
        Some(answers) => (
            format!("补一个例子，回答是 answers: {answers}"),
            format!("add an example with answers: {answers}"),
        ),
        None if [ANYBODY, ANYBODY_ENGLISH].contains(&person) => (
            "补一个问题都答了的例子".to_owned(),
            "add an example that answers every question".to_owned(),
        ),
        None => (
            format!("补一个例子：{person}"),
            format!("add an example of this person: {person}"),
        ),
    };
    Diagnostic::new(
        &codes::UNTESTED,
        span,
        format!("{}，没有例子发现", edit.zh),
        format!("no example notices this change: {}", edit.en),
    )
    .hint(zh, en)
}

/// MB0315: an example that does not come out.
pub fn fails(span: Span, example: Span, words: Bilingual, hint: Bilingual) -> Diagnostic {
    Diagnostic::new(&codes::EXAMPLE_FAILS, span, words.zh, words.en)
        .also(example, "例子", "the example")
        .hint(hint.zh, hint.en)
}

/// MB0315: the rules give other outcomes than the example expects.
pub fn other_outcomes(
    span: Span,
    example: Span,
    decision: &Decision,
    possible: &[&str],
    hint: Bilingual,
) -> Diagnostic {
    let name = &decision.name.value;
    let words = Bilingual::new(
        format!("按规则，“{name}”的结果是：{}", possible.join(" 或 ")),
        format!(
            "according to the rules, the outcome of \"{name}\" is: {}",
            possible.join(" or ")
        ),
    );
    fails(span, example, words, hint)
}

/// A hint for MB0315: the example expects one outcome, and these questions leave several open.
pub fn open_questions(names: &[&str]) -> Bilingual {
    if names.is_empty() {
        Bilingual::new(
            "原文有几种读法，不知道算哪一种：把可能的结果都列出来",
            "the text can be read in several ways: list all outcomes that are possible",
        )
    } else {
        Bilingual::new(
            format!("没有回答而仍有影响的问题：{}", names.join("、")),
            format!(
                "unanswered questions that still change the outcome: {}",
                names.join(", ")
            ),
        )
    }
}

/// MB0315: a provision is not certain.
pub fn not_certain(span: Span, example: Span, provision: &str) -> Diagnostic {
    let words = Bilingual::new(
        format!("按规则，“{provision}”还不能确定"),
        format!("according to the rules, \"{provision}\" is not certain"),
    );
    fails(span, example, words, example_or_rules())
}

/// MB0315: a condition has another state. `state`: in both languages.
pub fn other_state(span: Span, example: Span, condition: &str, state: (&str, &str)) -> Diagnostic {
    let words = Bilingual::new(
        format!("按规则，条件“{condition}”{}", state.0),
        format!(
            "according to the rules, the condition \"{condition}\" is {}",
            state.1
        ),
    );
    fails(span, example, words, example_or_rules())
}

/// MB0315: other questions are missing.
pub fn other_missing(span: Span, example: Span, names: &[&str]) -> Diagnostic {
    let (zh, en) = if names.is_empty() {
        ("没有".to_owned(), "none".to_owned())
    } else {
        (names.join("、"), names.join(", "))
    };
    let words = Bilingual::new(
        format!("按规则，还缺的问题是：{zh}"),
        format!("according to the rules, the questions still missing are: {en}"),
    );
    fails(span, example, words, example_or_rules())
}
