//! The reference: what a check says of one person whose every answer is known, read straight off the clauses.
//!
//! Comes in: a [`Check`] and one value a fact. Goes out: the outcome of a decision, the truth of a clause.
//! Nothing here knows classes, diagrams or modules: this is the one definition that they must agree with. What
//! is *possible* while answers are open is defined by trying every completion.

use std::cmp::Ordering;

use super::check::*;

/// Whether a clause holds.
pub fn holds(check: &Check, clause: ClauseId, values: &[i32]) -> bool {
    match &check.clauses[clause].test {
        Test::All(list) => list.iter().all(|&member| holds(check, member, values)),
        Test::Any(list) => list.iter().any(|&member| holds(check, member, values)),
        Test::Not(member) => !holds(check, *member, values),
        Test::Named(name) => holds(check, check.conditions[*name].1, values),
        Test::Options { fact, allowed } => usize::try_from(values[*fact])
            .ok()
            .and_then(|option| allowed.get(option))
            .copied()
            .unwrap_or(false),
        Test::Within { fact, ranges } => within(ranges, values[*fact]),
        Test::Order {
            left,
            right,
            allowed,
        } => match values[*left].cmp(&values[*right]) {
            Ordering::Less => allowed[0],
            Ordering::Equal => allowed[1],
            Ordering::Greater => allowed[2],
        },
        Test::SameYear { left, right } => values[*left] / 10_000 == values[*right] / 10_000,
        Test::Dated { fact, by, periods } => periods.iter().any(|period| {
            (period.from..=period.until).contains(&values[*by])
                && (period.lo..=period.hi).contains(&values[*fact])
        }),
    }
}

fn within(ranges: &[Known], value: i32) -> bool {
    ranges.iter().any(|(lo, hi)| (*lo..=*hi).contains(&value))
}

/// The outcome of a decision: the first whose condition holds.
pub fn decide(check: &Check, decision: usize, values: &[i32]) -> usize {
    let outcomes = &check.decisions[decision].outcomes;
    outcomes
        .iter()
        .position(|outcome| outcome.when.is_none_or(|when| holds(check, when, values)))
        .unwrap_or(outcomes.len() - 1)
}

/// The values of a fact that any condition could tell apart, within what is known of it: the ends, every
/// threshold and its neighbours, and for two facts compared with each other the ends of the other one.
///
/// Independent of the classes that the compiler makes, so that it can judge them.
pub fn candidates(check: &Check, fact: FactId, known: &[Known]) -> Vec<i32> {
    let (lo, hi) = known[fact];
    let Some(scale) = check.facts[fact].domain.scale() else {
        return (lo..=hi).collect();
    };
    let mut list = vec![lo, hi];
    let mut around = |value: i32| {
        list.extend([
            super::value::previous(scale, value),
            value,
            super::value::next(scale, value),
        ]);
    };
    for clause in &check.clauses {
        match &clause.test {
            Test::Within {
                fact: asked,
                ranges,
            } if *asked == fact => {
                for (lo, hi) in ranges {
                    around(*lo);
                    around(*hi);
                }
            }
            Test::Dated {
                fact: asked,
                by,
                periods,
            } => {
                for period in periods {
                    if *asked == fact {
                        around(period.lo);
                        around(period.hi);
                    }
                    if *by == fact {
                        around(period.from);
                        around(period.until);
                    }
                }
            }
            Test::Order { left, right, .. } | Test::SameYear { left, right } => {
                let other = if *left == fact {
                    *right
                } else if *right == fact {
                    *left
                } else {
                    continue;
                };
                let (lo, hi) = known[other];
                around(lo);
                around(hi);
            }
            _ => {}
        }
    }
    list.retain(|value| (lo..=hi).contains(value));
    if scale == Scale::Date {
        list.retain(|value| super::value::to_date(*value).is_some());
    }
    list.sort_unstable();
    list.dedup();
    list
}
