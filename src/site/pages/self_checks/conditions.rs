//! The conditions of a self-check in words, line by line.
//!
//! Comes in: a [`SelfCheck`]. Goes out: one line a condition and its members, each with its anchor.

use std::collections::HashMap;

use crate::rules::formula::show_test;
use crate::rules::known::show_known;
use crate::rules::self_check::*;
use crate::rules::value::Interval;

/// A condition as a line of the page.
pub struct Line {
    pub condition: ConditionId,
    /// The name of the condition, or of the outcome that spells it out.
    pub name: Option<String>,
    pub text: String,
    /// Its depth within others.
    pub depth: usize,
}

/// Every condition: named ones first, then those that outcomes spell out themselves.
pub fn lines(check: &SelfCheck) -> Vec<Line> {
    let mut list = Vec::new();
    for named in &check.named {
        let name = Some(named.name.value.clone());
        add(check, named.root, name, 0, &mut list);
    }
    for outcome in check.outcomes() {
        if let Some(when) = outcome.when
            && !matches!(check[when].test, Test::Named(_))
        {
            let name = Some(outcome.name.value.clone());
            add(check, when, name, 0, &mut list);
        }
    }
    list
}

/// The first line of each condition.
pub type Places = HashMap<ConditionId, usize>;

/// The places of all conditions that have a line.
pub fn places(lines: &[Line]) -> Places {
    let mut places = Places::new();
    for (place, line) in lines.iter().enumerate() {
        places.entry(line.condition).or_insert(place);
    }
    places
}

/// `k12`
pub fn anchor(condition: ConditionId) -> String {
    format!("k{}", condition.index())
}

/// The condition that a bare name stands for.
pub fn named_root(check: &SelfCheck, mut condition: ConditionId) -> ConditionId {
    while let Test::Named(name) = check[condition].test {
        condition = check[name].root;
    }
    condition
}

fn add(
    check: &SelfCheck,
    condition: ConditionId,
    name: Option<String>,
    depth: usize,
    list: &mut Vec<Line>,
) {
    let test = &check[condition].test;
    let mut text = words(check, test);
    if let Some(reason) = &check[condition].redundant {
        text.push_str(&format!("（照原文列出，不影响结果：{}）", reason.value));
    }
    list.push(Line {
        condition,
        name,
        text,
        depth,
    });
    match test {
        Test::All(members) | Test::Any(members) => {
            for &member in members {
                add(check, member, None, depth + 1, list);
            }
        }
        Test::Not(member) if !is_short(check, *member) => {
            add(check, *member, None, depth + 1, list);
        }
        _ => {}
    }
}

/// Whether a condition fits on one line.
fn is_short(check: &SelfCheck, condition: ConditionId) -> bool {
    !matches!(check[condition].test, Test::All(_) | Test::Any(_))
}

/// What a condition says, on one line.
pub fn words(check: &SelfCheck, test: &Test) -> String {
    let name = |question: QuestionId| check[question].name.value.as_str();
    match test {
        Test::All(_) => "以下全部成立".to_owned(),
        Test::Any(_) => "以下至少一项成立".to_owned(),
        Test::Not(member) if is_short(check, *member) => {
            format!("不成立：{}", words(check, &check[*member].test))
        }
        Test::Not(_) => "以下不成立".to_owned(),
        Test::Named(id) => check[*id].name.value.clone(),
        Test::Options { question, allowed } => {
            let options: Vec<&str> = check[*question]
                .domain
                .options()
                .iter()
                .zip(allowed)
                .filter(|(_, allowed)| **allowed)
                .map(|(option, _)| option.name.as_str())
                .collect();
            format!("{}：{}", name(*question), options.join("、"))
        }
        Test::Within {
            question,
            intervals,
        } => {
            let intervals: Vec<String> = intervals
                .iter()
                .map(|interval| show_known(&check[*question], *interval))
                .collect();
            format!("{}：{}", name(*question), intervals.join("、"))
        }
        Test::Order {
            left,
            right,
            relations,
        } => format!("{}{}{}", name(*left), relations.text(), name(*right)),
        Test::SameYear { left, right } => format!("{}与{}同年", name(*left), name(*right)),
        Test::Formula {
            name,
            scale,
            unit,
            within,
            ..
        } => show_test(name, *scale, unit, within),
        Test::Dated {
            question,
            by,
            comparison,
            periods,
        } => {
            let (question, by) = (&check[*question], &check[*by]);
            let bounds = question.domain.bounds();
            let last = by.domain.bounds().hi;
            let known = |question: &Question, interval: Option<Interval>| {
                interval.map_or_else(
                    || "没有符合的值".to_owned(),
                    |interval| show_known(question, interval),
                )
            };
            let periods: Vec<String> = periods
                .iter()
                .map(|dated| {
                    format!(
                        "{}为{}的，{}为{}",
                        by.name.value,
                        known(by, dated.period.interval(last)),
                        question.name.value,
                        known(question, comparison.interval(dated.value, bounds))
                    )
                })
                .collect();
            periods.join("；")
        }
    }
}

/// A condition with all its members in one sentence.
pub fn whole(check: &SelfCheck, condition: ConditionId) -> String {
    let all = |members: &[ConditionId], between: &str| {
        let members = members.iter().map(|member| whole(check, *member));
        members.collect::<Vec<_>>().join(between)
    };
    match &check[condition].test {
        Test::All(members) => all(members, "，并且"),
        Test::Any(members) => all(members, "，或者"),
        Test::Not(member) => format!("不成立：{}", whole(check, *member)),
        test => words(check, test),
    }
}
