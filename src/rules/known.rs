//! What is known of a question, in words.
//!
//! Comes in: a [`Question`] and the values that are still possible. Goes out: words as people write them.

use crate::language::Language;
use crate::self_check::{Domain, Question};
use crate::value::{Interval, OptionId, Scale, Value, above, below, show_in};

/// What is known of a question, in words: `是`, `一级`, `2000元至3000元`, `2020年7月27日及以后`.
pub fn show_known(language: Language, question: &Question, known: Interval) -> String {
    match &question.domain {
        Domain::Options { options, .. } => {
            let options = options.iter().enumerate();
            let open =
                options.filter(|(index, _)| known.contains(Value::Option(OptionId::new(*index))));
            let names: Vec<&str> = open.map(|(_, choice)| choice.name.as_str()).collect();
            language.either(&names)
        }
        Domain::Range {
            scale,
            bounds,
            unit,
        } => {
            let words = |value| show_in(language, unit, value);
            let (until, since) = match scale {
                Scale::Date => ("及以前", "及以后"),
                Scale::Number | Scale::Money | Scale::Decimal => ("及以下", "及以上"),
            };
            let from = |value| {
                language.of(
                    format!("{}{since}", words(value)),
                    format!("from {}", words(value)),
                )
            };
            let to = |value| {
                language.of(
                    format!("{}{until}", words(value)),
                    format!("up to {}", words(value)),
                )
            };
            let lower = match above(known.lo) {
                _ if known.lo == bounds.lo => None,
                Some(limit) => Some(format!(
                    "{}{}",
                    language.of("超过", "more than "),
                    words(limit)
                )),
                None => Some(from(known.lo)),
            };
            let upper = match below(known.hi) {
                _ if known.hi == bounds.hi => None,
                Some(limit) => Some(format!("{}{}", language.of("低于", "below "), words(limit))),
                None => Some(to(known.hi)),
            };
            match (lower, upper) {
                _ if known.is_exact() => words(known.lo),
                (None, None) => language.unlimited(),
                (Some(_), Some(_)) if above(known.lo).or(below(known.hi)).is_none() => {
                    language.range(&words(known.lo), &words(known.hi))
                }
                (Some(lower), Some(upper)) => language.list(&[lower, upper]),
                (Some(one), None) | (None, Some(one)) => one,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{SourceId, Span, Spanned};
    use crate::value::Fen;

    #[test]
    fn limits_of_money_are_shown_as_people_write_them() {
        let fen = |fen| Value::Money(Fen(fen));
        let bounds = Interval::new(fen(0), fen(10_000_000)).expect("a range");
        let question = Question {
            name: Spanned::new("收入".to_owned(), Span::new(SourceId(0), 0..0)),
            ask: String::new(),
            why: String::new(),
            help: None,
            usual: None,
            cite: None,
            domain: Domain::Range {
                scale: Scale::Money,
                bounds,
                unit: "元".to_owned(),
            },
            doubt: false,
            today: false,
            member: None,
        };
        for (lo, hi, words) in [
            (2_000_001, 10_000_000, "超过20000元"),
            (0, 1_999_999, "低于20000元"),
            (2_000_000, 10_000_000, "20000元及以上"),
            (0, 2_000_000, "20000元及以下"),
            (2_000_000, 3_000_000, "20000元至30000元"),
            (2_000_001, 3_000_000, "超过20000元、30000元及以下"),
            (2_000_000, 2_999_999, "20000元及以上、低于30000元"),
            (2_000_001, 2_999_999, "超过20000元、低于30000元"),
            (2_000_050, 2_000_050, "20000.50元"),
            (0, 10_000_000, "不限"),
        ] {
            let known = Interval::new(fen(lo), fen(hi)).expect("a range");
            assert_eq!(show_known(Language::Chinese, &question, known), words);
        }
    }
}
