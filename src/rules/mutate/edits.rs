//! The small edits of a check: what somebody could write by mistake.
//!
//! Comes in: a [`SelfCheck`]. Goes out: [`Edit`]s. Every condition that a decision asks is negated, every member of all/any
//! dropped, all and any exchanged, every threshold moved by one, every comparison made strict or not, one option of each
//! class added or removed, neighbouring outcomes exchanged.

use crate::analysis::used_conditions;
use crate::arithmetic::Extent;
use crate::comparison::Relations;
use crate::diag::Span;
use crate::language::Language;
use crate::self_check::*;
use crate::text::Bilingual;
use crate::value::{Interval, Value, above, below, show_in};

/// One small edit, where it would be made and what it is.
pub struct Edit {
    pub span: Span,
    pub words: Bilingual,
    pub change: Change,
}

/// What the edit changes.
pub enum Change {
    /// A condition says something else.
    Test(ConditionId, Test),
    /// A condition says the contrary.
    Negated(ConditionId),
    /// An outcome, by its place, and the next one of a decision change places.
    Swapped(DecisionId, usize),
}

/// A test in place of another one, and what was done to it.
pub type Edited = (Test, Bilingual);

/// All edits of a check.
pub fn edits(check: &SelfCheck) -> Vec<Edit> {
    let mut list = Vec::new();
    // Of a condition on members, that of the first one is changed.
    for id in used_conditions(check)
        .into_iter()
        .filter(|id| !check[*id].repeated)
    {
        let condition = &check[id];
        let test = &condition.test;
        if test.asks().len() == 1 || matches!(test, Test::SameYear { .. } | Test::Formula { .. }) {
            list.push(Edit {
                span: condition.span,
                words: negated(),
                change: Change::Negated(id),
            });
        }
        list.extend(edits_of(check, test).into_iter().map(|(test, words)| Edit {
            span: condition.span,
            words,
            change: Change::Test(id, test),
        }));
    }
    for id in check.decision_ids() {
        list.extend(exchanged_outcomes(check, id));
    }
    list
}

/// What is said of a condition that is turned around.
pub fn negated() -> Bilingual {
    Bilingual::new("条件反过来", "condition negated")
}

/// All edits of one test.
pub fn edits_of(check: &SelfCheck, test: &Test) -> Vec<Edited> {
    match test {
        Test::All(members) => members_edited(members, Test::All, Test::Any),
        Test::Any(members) => members_edited(members, Test::Any, Test::All),
        Test::Members {
            count,
            is_every,
            each,
        } => {
            let other = Test::Members {
                count: *count,
                is_every: !is_every,
                each: each.clone(),
            };
            let words = Bilingual::new(
                "把“有人”和“人人”对换",
                "any_member and every_member exchanged",
            );
            vec![(other, words)]
        }
        Test::Not(_) | Test::Named(_) | Test::SameYear { .. } => Vec::new(),
        // Of two options, adding or removing one leaves nothing to decide; the contrary is tried anyway.
        Test::Options { allowed, .. } if allowed.len() == 2 => Vec::new(),
        Test::Options { question, allowed } => options_edited(check, *question, allowed),
        Test::Within {
            question,
            intervals,
        } => intervals_edited(check, *question, intervals),
        Test::Order {
            left,
            right,
            relations,
        } => order_edited(*left, *right, *relations),
        Test::Dated { .. } => periods_edited(test),
        Test::Formula { within, .. } => extents_edited(test, within),
    }
}

/// Both ends of every extent, one up and one down.
fn extents_edited(test: &Test, within: &[Extent]) -> Vec<Edited> {
    let mut list = Vec::new();
    for (index, part) in within.iter().enumerate() {
        let ends = [(1, 0), (-1, 0), (0, 1), (0, -1)];
        for (lo, hi) in ends {
            // Ends without a limit stay.
            let is_limit = |end: i64| end.unsigned_abs() < i64::MAX.unsigned_abs() / 2;
            if (lo != 0 && !is_limit(part.lo)) || (hi != 0 && !is_limit(part.hi)) {
                continue;
            }
            let mut other = test.clone();
            if let Test::Formula { within, .. } = &mut other {
                within[index].lo += lo;
                within[index].hi += hi;
            }
            let words = Bilingual::new("界限差 1", "limit off by one");
            list.push((other, words));
        }
    }
    list
}

fn members_edited(
    members: &[ConditionId],
    same: fn(Vec<ConditionId>) -> Test,
    other: fn(Vec<ConditionId>) -> Test,
) -> Vec<Edited> {
    let exchanged = Bilingual::new("把“全部”和“任一”对换", "all and any exchanged");
    let mut list = vec![(other(members.to_vec()), exchanged)];
    for index in 0..members.len() {
        let mut fewer = members.to_vec();
        fewer.remove(index);
        let number = index + 1;
        let words = Bilingual::new(
            format!("去掉第 {number} 个条件"),
            format!("member {number} dropped"),
        );
        list.push((same(fewer), words));
    }
    list
}

fn options_edited(check: &SelfCheck, question: QuestionId, allowed: &[bool]) -> Vec<Edited> {
    let options = check[question].domain.options();
    flips(check, question, allowed)
        .into_iter()
        .map(|option| {
            let mut other = allowed.to_vec();
            other[option] = !other[option];
            let name = &options[option].name;
            let words = if allowed[option] {
                Bilingual::new(
                    format!("去掉选项“{name}”"),
                    format!("option \"{name}\" removed"),
                )
            } else {
                Bilingual::new(
                    format!("加上选项“{name}”"),
                    format!("option \"{name}\" added"),
                )
            };
            let test = Test::Options {
                question,
                allowed: other,
            };
            (test, words)
        })
        .collect()
}

/// One option of each kind that conditions distinguish, whichever of them the condition allows.
fn flips(check: &SelfCheck, question: QuestionId, allowed: &[bool]) -> Vec<usize> {
    let mut seen: Vec<Vec<bool>> = Vec::new();
    let tests: Vec<&Vec<bool>> = check
        .conditions
        .iter()
        .filter_map(|condition| match &condition.test {
            Test::Options {
                question: asked,
                allowed,
            } if *asked == question => Some(allowed),
            _ => None,
        })
        .collect();
    let small = allowed.len() <= 12;
    (0..allowed.len())
        .filter(|&option| {
            let row: Vec<bool> = tests.iter().map(|test| test[option]).collect();
            let new = !seen.contains(&row);
            if new {
                seen.push(row);
            }
            new || small
        })
        .collect()
}

/// Both ends of every interval, one up and one down; the ends of the question's own range stay.
fn intervals_edited(
    check: &SelfCheck,
    question: QuestionId,
    intervals: &[Interval],
) -> Vec<Edited> {
    let domain = &check[question].domain;
    let bounds = domain.bounds();
    let mut list = Vec::new();
    for (index, interval) in intervals.iter().enumerate() {
        let Interval { lo, hi } = *interval;
        let words = |old: Value, new: Value| match (old, interval.is_exact()) {
            (Value::Money(_), false) => {
                let limit = |value| limit(check.language, domain.unit(), value, old == lo);
                change(&limit(old), &limit(new))
            }
            _ => made(check.language, domain.unit(), old, new),
        };
        let mut replace = |old: Value, new: Value, other: Option<Interval>| {
            let mut intervals = intervals.to_vec();
            intervals.splice(index..=index, other);
            let test = Test::Within {
                question,
                intervals,
            };
            list.push((test, words(old, new)));
        };
        if lo != bounds.lo {
            for new in [lo.next(), lo.previous()].into_iter().flatten() {
                replace(lo, new, Interval::new(new, hi));
            }
        }
        if hi != bounds.hi {
            for new in [hi.next(), hi.previous()].into_iter().flatten() {
                replace(hi, new, Interval::new(lo, new));
            }
        }
    }
    list
}

fn made(language: Language, unit: &str, old: Value, new: Value) -> Bilingual {
    change(&show_in(language, unit, old), &show_in(language, unit, new))
}

/// An end of an interval of money: `超过20000元`, `30000元及以下`.
fn limit(language: Language, unit: &str, value: Value, is_lower: bool) -> String {
    let show = |value: Value| show_in(language, unit, value);
    if language == Language::English {
        return match (is_lower, above(value), below(value)) {
            (true, Some(limit), _) => format!("above {}", show(limit)),
            (true, None, _) => format!("at least {}", show(value)),
            (false, _, Some(limit)) => format!("below {}", show(limit)),
            (false, _, None) => format!("at most {}", show(value)),
        };
    }
    match (is_lower, above(value), below(value)) {
        (true, Some(limit), _) => format!("超过{}", show(limit)),
        (true, None, _) => format!("{}及以上", show(value)),
        (false, _, Some(limit)) => format!("低于{}", show(limit)),
        (false, _, None) => format!("{}及以下", show(value)),
    }
}

fn change(old: &str, new: &str) -> Bilingual {
    Bilingual::new(
        format!("把 {old} 改成 {new}"),
        format!("{old} changed to {new}"),
    )
}

fn order_edited(left: QuestionId, right: QuestionId, relations: Relations) -> Vec<Edited> {
    let equality = Relations {
        equal: !relations.equal,
        ..relations
    };
    [
        (
            equality,
            Bilingual::new("“等于”算不算对换", "equality exchanged"),
        ),
        (
            relations.mirrored(),
            Bilingual::new("高低对换", "greater and less exchanged"),
        ),
        (!relations, negated()),
    ]
    .map(|(relations, words)| {
        let test = Test::Order {
            left,
            right,
            relations,
        };
        (test, words)
    })
    .into()
}

/// Every value of a parameter, one up and one down.
fn periods_edited(test: &Test) -> Vec<Edited> {
    let Test::Dated { periods, .. } = test else {
        return Vec::new();
    };
    let mut list = Vec::new();
    for (index, dated) in periods.iter().enumerate() {
        let steps = [dated.value.next(), dated.value.previous()];
        for value in steps.into_iter().flatten() {
            let mut other = test.clone();
            if let Test::Dated { periods, .. } = &mut other {
                periods[index].value = value;
            }
            let number = index + 1;
            let words = Bilingual::new(
                format!("第 {number} 个时段的值差 1"),
                format!("value of period {number} off by one"),
            );
            list.push((other, words));
        }
    }
    list
}

/// Neighbouring outcomes; the last one is the default and cannot be exchanged.
fn exchanged_outcomes(check: &SelfCheck, decision: DecisionId) -> impl Iterator<Item = Edit> {
    let outcomes = &check[decision].outcomes;
    (0..outcomes.len().saturating_sub(2)).map(move |first| {
        let (a, b) = (&outcomes[first].name, &outcomes[first + 1].name);
        Edit {
            span: b.span,
            words: Bilingual::new(
                format!("“{}”和“{}”的先后对换", a.value, b.value),
                format!("\"{}\" and \"{}\" exchanged", a.value, b.value),
            ),
            change: Change::Swapped(decision, first),
        }
    })
}
