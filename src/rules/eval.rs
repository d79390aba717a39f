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

/// The values that any condition could tell apart, fact by fact: every threshold with its neighbours.
///
/// Independent of the classes that the compiler makes, so that it can judge them.
#[derive(Debug)]
pub struct Thresholds {
    values: Vec<Vec<i32>>,
    /// Facts that are compared with this one.
    others: Vec<Vec<FactId>>,
}

impl Thresholds {
    pub fn new(check: &Check) -> Self {
        let mut this = Self {
            values: vec![Vec::new(); check.facts.len()],
            others: vec![Vec::new(); check.facts.len()],
        };
        for clause in &check.clauses {
            match &clause.test {
                Test::Within { fact, ranges } => {
                    for (lo, hi) in ranges {
                        this.around(check, *fact, *lo);
                        this.around(check, *fact, *hi);
                    }
                }
                Test::Dated { fact, by, periods } => {
                    for period in periods {
                        this.around(check, *fact, period.lo);
                        this.around(check, *fact, period.hi);
                        this.around(check, *by, period.from);
                        this.around(check, *by, period.until);
                    }
                }
                Test::Order { left, right, .. } | Test::SameYear { left, right } => {
                    this.others[*left].push(*right);
                    this.others[*right].push(*left);
                }
                _ => {}
            }
        }
        for values in &mut this.values {
            values.sort_unstable();
            values.dedup();
        }
        this
    }

    fn around(&mut self, check: &Check, fact: FactId, value: i32) {
        self.values[fact].extend(neighbours(check, fact, value));
    }

    /// Those within what is known of a fact, and its ends; for facts that are compared with it also their ends.
    pub fn within(&self, check: &Check, fact: FactId, known: &[Known]) -> Vec<i32> {
        let (lo, hi) = known[fact];
        if lo == hi {
            return vec![lo];
        }
        let Some(scale) = check.facts[fact].domain.scale() else {
            return (lo..=hi).collect();
        };
        let mut list = vec![lo, hi];
        list.extend(&self.values[fact]);
        for &other in &self.others[fact] {
            list.extend(neighbours(check, fact, known[other].0));
            list.extend(neighbours(check, fact, known[other].1));
        }
        list.retain(|value| (lo..=hi).contains(value));
        if scale == Scale::Date {
            list.retain(|value| super::value::to_date(*value).is_some());
        }
        list.sort_unstable();
        list.dedup();
        list
    }
}

fn neighbours(check: &Check, fact: FactId, value: i32) -> [i32; 3] {
    use super::value::{next, previous};
    let scale = check.facts[fact].domain.scale().unwrap_or(Scale::Number);
    [previous(scale, value), value, next(scale, value)]
}
