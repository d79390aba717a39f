//! Convoluted sentences: chains of 的, nested brackets, double negatives, and patterns with an exception.
//!
//! MB0702.

use super::passages::Passage;
use super::sentences::Sentence;
use crate::diag::{Diagnostic, Sink, codes};

/// This many 的 in one stretch are too many: the reader has to keep each in mind until the noun at the end.
const STACKED: usize = 4;
/// This many negatives in one stretch are too many. Two can be plain (没有通过的不能办).
const NEGATIONS: usize = 3;
/// Nested brackets up to this length are part of a name or number: 县（市、区）, 一（三）, （2019版）.
const PART_OF_A_NAME: usize = 4;

/// Double negatives, and what to say instead.
const DOUBLE: [(&str, &str); 8] = [
    ("不得不", "只能"),
    ("不能不", "必须"),
    ("不可不", "必须"),
    ("不无", "有一些"),
    ("无不", "都"),
    ("莫不", "都"),
    ("并非不", "可以"),
    ("未尝不", "可以"),
];

/// Patterns of official language: both words in one sentence, in this order.
const FRAMES: [(&str, &str); 6] = [
    ("凡", "均"),
    ("凡", "一律"),
    ("除", "外不得"),
    ("除", "外一律"),
    ("除", "外均"),
    ("除", "外任何"),
];

/// Words that contain a negative character but do not negate.
const NO_NEGATION: [&str; 16] = [
    "不同",
    "不过",
    "不仅",
    "不但",
    "不久",
    "不良",
    "不足",
    "不晚于",
    "不早于",
    "不动产",
    "非常",
    "无论",
    "未来",
    "无障碍",
    "未成年",
    "未载明",
];

pub(super) fn check(passage: &Passage, sentences: &[Sentence], sink: &mut Sink) {
    for sentence in sentences {
        if let Some((what_zh, what_en, hint_zh, hint_en)) = fault(sentence) {
            sink.push(
                Diagnostic::new(
                    &codes::TANGLED_SENTENCE,
                    passage.span(sentence.range.clone()),
                    what_zh,
                    what_en,
                )
                .hint(hint_zh, hint_en),
            );
        }
    }
}

/// The first thing that makes a sentence hard to read, and how to fix it.
fn fault(sentence: &Sentence) -> Option<(String, String, String, String)> {
    let found = |a: &str, b: &str, c: &str, d: &str| {
        Some((a.to_owned(), b.to_owned(), c.to_owned(), d.to_owned()))
    };
    if sentence.depth > 1 && sentence.length > PART_OF_A_NAME {
        return found(
            "括号里又套括号",
            "nested brackets",
            "里层的话另写一句",
            "move the words in the inner brackets to a separate sentence",
        );
    }
    for stretch in &sentence.stretches {
        let words = &stretch.words;
        let double = DOUBLE.iter().find(|(double, _)| {
            // 能不能不去 is a question, not a double negative.
            let at = words.find(double);
            at.is_some_and(|at| !words[..at].ends_with(['能', '可']))
        });
        if let Some((double, plain)) = double {
            return Some((
                format!("“{double}”是否定再否定"),
                format!("\"{double}\" is a double negative"),
                format!("直接说“{plain}”"),
                format!("say \"{plain}\" instead"),
            ));
        }
        let negations = negations(words);
        if negations >= NEGATIONS {
            return Some((
                format!("一口气{negations}个否定"),
                format!("{negations} negatives without a pause"),
                "改成肯定的说法，或者拆成两句".to_owned(),
                "use a positive statement, or split it into two sentences".to_owned(),
            ));
        }
        let stacked = words.matches('的').count();
        if stacked >= STACKED {
            return Some((
                format!("一连{stacked}个“的”"),
                format!("的 occurs {stacked} times without a pause"),
                "把修饰的话拆出来，另说一句".to_owned(),
                "move the modifiers to a separate sentence".to_owned(),
            ));
        }
    }
    let all: String = sentence
        .stretches
        .iter()
        .map(|s| s.words.as_str())
        .collect();
    let frame = FRAMES.iter().find(|(first, second)| {
        let begins = all
            .find(first)
            .filter(|at| !all[*at..].starts_with("除了") && !all[*at..].starts_with("凡事"));
        begins.is_some_and(|at| all[at..].contains(second))
    });
    let (first, second) = frame?;
    Some((
        format!("“{first}……{second}……”的句式"),
        format!("the sentence has the form {first}…{second}…"),
        "先说一般怎么办，再另起一句说例外".to_owned(),
        "first say what usually applies, then give the exception in a separate sentence".to_owned(),
    ))
}

fn negations(words: &str) -> usize {
    let mut plain = words.to_owned();
    for word in NO_NEGATION {
        if plain.contains(word) {
            plain = plain.replace(word, "");
        }
    }
    let chars: Vec<char> = plain.chars().collect();
    (0..chars.len())
        .filter(|&i| {
            let is_question = i > 0 && chars.get(i + 1) == Some(&chars[i - 1]);
            matches!(chars[i], '不' | '没' | '未' | '无' | '非' | '勿') && !is_question
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::super::sentences::divide;
    use super::*;

    fn faults(text: &str) -> Vec<String> {
        divide(text)
            .iter()
            .filter_map(|sentence| fault(sentence).map(|(zh, ..)| zh))
            .collect()
    }

    #[test]
    fn winding_sentences_are_found() {
        for (text, zh) in [
            ("凡逾期的均不受理", "“凡……均……”的句式"),
            ("除孤儿外，不得代办", "“除……外不得……”的句式"),
            (
                "学生（第一次贷款的（包括插班的学生））来办",
                "括号里又套括号",
            ),
            ("家长不得不来", "“不得不”是否定再否定"),
            ("没有通过的不能不算未办", "“不能不”是否定再否定"),
            ("不是没有通过的不能办", "一口气3个否定"),
            ("学校的老师的学生的家长的证明", "一连4个“的”"),
        ] {
            assert_eq!(faults(text), [zh], "{text}");
        }
    }

    #[test]
    fn plain_sentences_are_silent() {
        for text in [
            "除了工作确实需要，不得随意查询",
            "附件名单里的30个县（市、区）试点",
            "见附件（各县（市、区）的名单）",
            "能不能不去现场？",
            "办没办、还能不能补，没有写",
            "没有通过的不能办",
            "不同的县不晚于7月开始",
        ] {
            assert!(faults(text).is_empty(), "{text}: {:?}", faults(text));
        }
    }
}
