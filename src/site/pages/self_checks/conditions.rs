//! The conditions of a self-check in words, line by line.
//!
//! Comes in: a [`SelfCheck`]. Goes out: one line a condition and its members, each with its anchor.

use std::collections::HashMap;

use crate::rules::comparison::Comparison;
use crate::rules::formula::{Dated, show_test};
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
        text.push_str(&check.language.of(
            format!("（照原文列出，不影响结果：{}）", reason.value),
            format!(
                " (listed as in the text, changes nothing: {})",
                reason.value
            ),
        ));
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
    let language = check.language;
    let name = |question: QuestionId| check.label(question);
    match test {
        Test::Members { is_every, each, .. } => {
            let who = match is_every {
                true => language.of("每一位成员", "every member"),
                false => language.of("至少一位成员", "at least one member"),
            };
            let first = each.first().map(|first| whole(check, *first));
            language.is(who, &first.unwrap_or_default())
        }
        Test::All(_) => language.of("以下全部成立", "all of these").to_owned(),
        Test::Any(_) => language
            .of("以下至少一项成立", "at least one of these")
            .to_owned(),
        Test::Not(member) if is_short(check, *member) => language.is(
            language.of("不成立", "not"),
            &words(check, &check[*member].test),
        ),
        Test::Not(_) => language.of("以下不成立", "not this").to_owned(),
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
            language.is(name(*question), &language.list(&options))
        }
        Test::Within {
            question,
            intervals,
        } => {
            let intervals: Vec<String> = intervals
                .iter()
                .map(|interval| show_known(language, &check[*question], *interval))
                .collect();
            language.is(name(*question), &language.list(&intervals))
        }
        Test::Order {
            left,
            right,
            relations,
        } => language.between(name(*left), relations.text(language), name(*right)),
        Test::SameYear { left, right } => language.of(
            format!("{}与{}同年", name(*left), name(*right)),
            format!("{} and {} in the same year", name(*left), name(*right)),
        ),
        Test::Formula {
            name,
            scale,
            unit,
            within,
            ..
        } => show_test(language, name, *scale, unit, within),
        Test::Dated {
            question,
            by,
            comparison,
            periods,
        } => dated(check, *question, *by, *comparison, periods),
    }
}

/// What a comparison with a parameter says: the limit of each period.
fn dated(
    check: &SelfCheck,
    question: QuestionId,
    by: QuestionId,
    comparison: Comparison,
    periods: &[Dated],
) -> String {
    let language = check.language;
    let (question, by) = (&check[question], &check[by]);
    let bounds = question.domain.bounds();
    let last = by.domain.bounds().hi;
    let known = |question: &Question, interval: Option<Interval>| {
        interval.map_or_else(
            || language.of("没有符合的值", "no value").to_owned(),
            |interval| show_known(language, question, interval),
        )
    };
    let periods: Vec<String> = periods
        .iter()
        .map(|dated| {
            let (on, name) = (&by.name.value, &question.name.value);
            let when = known(by, dated.period.interval(last));
            let limit = known(question, comparison.interval(dated.value, bounds));
            language.of(
                format!("{on}为{when}的，{name}为{limit}"),
                format!("with {on} {when}, {name} {limit}"),
            )
        })
        .collect();
    periods.join(language.of("；", "; "))
}

/// A condition with all its members in one sentence.
pub fn whole(check: &SelfCheck, condition: ConditionId) -> String {
    let language = check.language;
    let all = |members: &[ConditionId], between: &str| {
        let members = members.iter().map(|member| whole(check, *member));
        members.collect::<Vec<_>>().join(between)
    };
    match &check[condition].test {
        Test::All(members) => all(members, language.of("，并且", ", and ")),
        Test::Any(members) => all(members, language.of("，或者", ", or ")),
        Test::Not(member) => language.is(language.of("不成立", "not"), &whole(check, *member)),
        test => words(check, test),
    }
}
