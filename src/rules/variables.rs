//! Variables: facts cut into the classes of values that the conditions tell apart.
//!
//! Comes in: a [`Check`]. Goes out: its [`Variable`]s, at most one a fact, each with at most 31 classes. Two
//! options that no condition distinguishes are one class; numbers are cut at the thresholds; two facts that are
//! compared with each other make one variable of up to three classes. As long as no fact takes part in two
//! variables they are independent, and what a diagram over them says of sets is exact.

use std::collections::BTreeMap;

use super::check::*;
use super::value;
use crate::diag::{Diagnostic, Sink, codes};

/// So many classes a variable: one bit of a word stays free for the sentinel of the module's masks.
pub const MOST_CLASSES: usize = 31;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Variable {
    /// Class of each option.
    Options { fact: FactId, class_of: Vec<usize> },
    /// Class `i` holds the values from `cuts[i - 1]` (included) to `cuts[i]` (excluded).
    Cuts { fact: FactId, cuts: Vec<i32> },
    /// Class of each relation of `left` to `right`: less, equal, greater.
    Order {
        left: FactId,
        right: FactId,
        class_of: [usize; 3],
    },
    /// Class 0: different years, class 1: the same.
    SameYear { left: FactId, right: FactId },
}

impl Variable {
    pub fn classes(&self) -> usize {
        match self {
            Self::Options { class_of, .. } => class_of.iter().max().map_or(0, |most| most + 1),
            Self::Cuts { cuts, .. } => cuts.len() + 1,
            Self::Order { class_of, .. } => class_of.iter().max().map_or(0, |most| most + 1),
            Self::SameYear { .. } => 2,
        }
    }

    pub fn facts(&self) -> Vec<FactId> {
        match self {
            Self::Options { fact, .. } | Self::Cuts { fact, .. } => vec![*fact],
            Self::Order { left, right, .. } | Self::SameYear { left, right } => {
                vec![*left, *right]
            }
        }
    }

    /// Values of the variable's facts that lie in a class: one a fact.
    pub fn representative(&self, check: &Check, class: usize) -> Vec<i32> {
        match self {
            Self::Options { class_of, .. } => {
                let option = class_of.iter().position(|c| *c == class).unwrap_or(0);
                vec![i32::try_from(option).unwrap_or(0)]
            }
            Self::Cuts { fact, cuts } => {
                let (lo, _) = check.facts[*fact].domain.bounds();
                vec![if class == 0 { lo } else { cuts[class - 1] }]
            }
            Self::Order {
                left,
                right,
                class_of,
            } => {
                let (a, b) = (
                    check.facts[*left].domain.bounds(),
                    check.facts[*right].domain.bounds(),
                );
                let middle = a.0.max(b.0);
                match class_of.iter().position(|c| *c == class).unwrap_or(0) {
                    0 => vec![a.0, b.1],
                    1 => vec![middle, middle],
                    _ => vec![a.1, b.0],
                }
            }
            Self::SameYear { left, right } => {
                let (a, b) = (
                    check.facts[*left].domain.bounds(),
                    check.facts[*right].domain.bounds(),
                );
                let middle = a.0.max(b.0);
                match class {
                    1 => vec![middle, middle],
                    _ if a.0 / 10_000 != b.1 / 10_000 => vec![a.0, b.1],
                    _ => vec![a.1, b.0],
                }
            }
        }
    }

    /// The classes that are still possible, as a mask.
    pub fn possible(&self, known: &[Known]) -> u32 {
        match self {
            Self::Options { fact, class_of } => {
                let (lo, hi) = known[*fact];
                class_of
                    .iter()
                    .enumerate()
                    .filter(|(option, _)| {
                        i32::try_from(*option).is_ok_and(|option| (lo..=hi).contains(&option))
                    })
                    .fold(0, |mask, (_, class)| mask | 1 << class)
            }
            Self::Cuts { fact, cuts } => {
                let (lo, hi) = known[*fact];
                let class = |value: i32| cuts.iter().filter(|cut| **cut <= value).count();
                (class(lo)..=class(hi)).fold(0, |mask, class| mask | 1 << class)
            }
            Self::Order {
                left,
                right,
                class_of,
            } => {
                let (a, b) = (known[*left], known[*right]);
                let relations = [a.0 < b.1, a.0 <= b.1 && b.0 <= a.1, a.1 > b.0];
                relations
                    .iter()
                    .zip(class_of)
                    .filter(|(possible, _)| **possible)
                    .fold(0, |mask, (_, class)| mask | 1 << class)
            }
            Self::SameYear { left, right } => {
                let year = |(lo, hi): Known| (lo / 10_000, hi / 10_000);
                let (a, b) = (year(known[*left]), year(known[*right]));
                let same = a.0 <= b.1 && b.0 <= a.1;
                let different = a.0 != b.1 || a.1 != b.0;
                u32::from(different) | u32::from(same) << 1
            }
        }
    }

    /// A class in words, for pages and counter-examples: `建档立卡是`, `收入低于贫困线`.
    pub fn words(&self, check: &Check, class: usize) -> String {
        let name = |fact: FactId| check.facts[fact].name.value.as_str();
        match self {
            Self::Options { fact, .. } | Self::Cuts { fact, .. } => {
                format!("{}：{}", name(*fact), self.class_words(check, class))
            }
            Self::Order { left, right, .. } => {
                format!(
                    "{}{}{}",
                    name(*left),
                    self.class_words(check, class),
                    name(*right)
                )
            }
            Self::SameYear { left, right } => format!(
                "{}与{}{}",
                name(*left),
                name(*right),
                self.class_words(check, class)
            ),
        }
    }

    /// A class in words without the question: `是`, `一级或二级`, `2020年7月27日及以后`, `低于`.
    pub fn class_words(&self, check: &Check, class: usize) -> String {
        match self {
            Self::Options { fact, class_of } => {
                let options = check.facts[*fact].domain.options();
                let names: Vec<&str> = options
                    .iter()
                    .zip(class_of)
                    .filter(|(_, c)| **c == class)
                    .map(|(option, _)| option.name.as_str())
                    .collect();
                match names.len() {
                    0..=6 => names.join("、"),
                    // A long list of counties is told by its size.
                    count => format!("{}等{count}个", names[..2].join("、")),
                }
            }
            Self::Cuts { fact, cuts } => {
                let fact = &check.facts[*fact];
                let Domain::Range { scale, lo, hi, .. } = &fact.domain else {
                    return String::new();
                };
                let from = if class == 0 { *lo } else { cuts[class - 1] };
                let until = cuts
                    .get(class)
                    .map_or(*hi, |cut| value::previous(*scale, *cut));
                value::show_known(fact, (from, until))
            }
            Self::Order { class_of, .. } => {
                let words: Vec<&str> = ["低于", "等于", "高于"]
                    .into_iter()
                    .zip(class_of)
                    .filter(|(_, c)| **c == class)
                    .map(|(word, _)| word)
                    .collect();
                match words[..] {
                    ["低于", "等于"] => "不高于".to_owned(),
                    ["等于", "高于"] => "不低于".to_owned(),
                    ["低于", "高于"] => "不等于".to_owned(),
                    _ => words.join(""),
                }
            }
            Self::SameYear { .. } => if class == 1 { "同年" } else { "不同年" }.to_owned(),
        }
    }
}

/// Makes the variables of a check, in the order of their first facts.
///
/// # Diagnostics
/// MB0313, MB0314.
pub fn variables(check: &Check, sink: &mut Sink) -> Option<Vec<Variable>> {
    let before = sink.count();
    // What conditions tell apart, fact by fact.
    let mut options: BTreeMap<FactId, Vec<&[bool]>> = BTreeMap::new();
    let mut cuts: BTreeMap<FactId, Vec<i32>> = BTreeMap::new();
    let mut orders: BTreeMap<(FactId, FactId), Vec<[bool; 3]>> = BTreeMap::new();
    let mut years: BTreeMap<(FactId, FactId), ()> = BTreeMap::new();
    let cut = |cuts: &mut BTreeMap<FactId, Vec<i32>>, fact: FactId, (lo, hi): Known| {
        let list = cuts.entry(fact).or_default();
        let (least, most) = check.facts[fact].domain.bounds();
        let scale = check.facts[fact].domain.scale().unwrap_or(Scale::Number);
        if lo > hi {
            return;
        }
        let edges = [(lo, lo > least), (hi, hi < most)];
        for (index, (edge, inside)) in edges.into_iter().enumerate() {
            let edge = if index == 0 {
                edge
            } else {
                value::next(scale, edge)
            };
            if inside && edge > least && edge <= most {
                list.push(edge);
            }
        }
    };
    for clause in &check.clauses {
        match &clause.test {
            Test::Options { fact, allowed } => options.entry(*fact).or_default().push(allowed),
            Test::Within { fact, ranges } => {
                for range in ranges {
                    cut(&mut cuts, *fact, *range);
                }
                cuts.entry(*fact).or_default();
            }
            Test::Order {
                left,
                right,
                allowed: [less, equal, greater],
            } => {
                let (pair, allowed) = if left < right {
                    ((*left, *right), [*less, *equal, *greater])
                } else {
                    ((*right, *left), [*greater, *equal, *less])
                };
                orders.entry(pair).or_default().push(allowed);
            }
            Test::SameYear { left, right } => {
                years.insert((*left.min(right), *left.max(right)), ());
            }
            Test::Dated { fact, by, periods } => {
                for period in periods {
                    cut(&mut cuts, *by, (period.from, period.until));
                    cut(&mut cuts, *fact, (period.lo, period.hi));
                }
                cuts.entry(*fact).or_default();
                cuts.entry(*by).or_default();
            }
            Test::All(_) | Test::Any(_) | Test::Not(_) | Test::Named(_) => {}
        }
    }
    let mut list: Vec<Variable> = Vec::new();
    for (fact, tests) in options {
        let size = check.facts[fact].domain.options().len();
        let rows = (0..size).map(|option| tests.iter().map(|test| test[option]).collect());
        list.push(Variable::Options {
            fact,
            class_of: classes(rows),
        });
    }
    for (fact, mut cuts) in cuts {
        cuts.sort_unstable();
        cuts.dedup();
        list.push(Variable::Cuts { fact, cuts });
    }
    for ((left, right), tests) in orders {
        let rows = (0..3).map(|relation| tests.iter().map(|test| test[relation]).collect());
        let class_of = classes(rows);
        list.push(Variable::Order {
            left,
            right,
            class_of: [class_of[0], class_of[1], class_of[2]],
        });
    }
    list.extend(
        years
            .into_keys()
            .map(|(left, right)| Variable::SameYear { left, right }),
    );
    for (fact, fact_) in check.facts.iter().enumerate() {
        let count = list.iter().filter(|v| v.facts().contains(&fact)).count();
        if count > 1 {
            let name = &fact_.name;
            sink.push(
                Diagnostic::new(
                    &codes::SHARED_FACT,
                    name.span,
                    format!("“{}”用在两种互相牵连的比较里", name.value),
                    format!("\"{}\" takes part in comparisons that depend on each other", name.value),
                )
                .hint(
                    "一个问题要么只和固定的值比，要么只和另一个问题比；另一处可以改成“是否”问题",
                    "compare a question with fixed values only or with one other question only; ask the other thing as a yes/no question",
                ),
            );
        }
    }
    for variable in &list {
        if variable.classes() > MOST_CLASSES {
            let name = &check.facts[variable.facts()[0]].name;
            let count = variable.classes();
            sink.push(
                Diagnostic::new(
                    &codes::TOO_LARGE,
                    name.span,
                    format!(
                        "“{}”被分成了 {count} 段，最多 {MOST_CLASSES} 段",
                        name.value
                    ),
                    format!(
                        "\"{}\" is divided into {count} classes, at most {MOST_CLASSES} are taken",
                        name.value
                    ),
                )
                .hint(
                    "少用几个不同的值，或拆成两个问题",
                    "compare with fewer values, or divide it into two questions",
                ),
            );
        }
    }
    list.sort_by_key(|variable| variable.facts());
    (sink.count() == before).then_some(list)
}

/// Numbers rows so that equal rows have equal numbers, in the order of first appearance.
fn classes(rows: impl Iterator<Item = Vec<bool>>) -> Vec<usize> {
    let mut seen: Vec<Vec<bool>> = Vec::new();
    rows.map(|row| {
        seen.iter()
            .position(|other| *other == row)
            .unwrap_or_else(|| {
                seen.push(row);
                seen.len() - 1
            })
    })
    .collect()
}

/// For each class of a variable, whether a condition on its facts holds there.
pub fn holding(variable: &Variable, check: &Check, test: &Test) -> Option<Vec<bool>> {
    let classes = 0..variable.classes();
    match (variable, test) {
        (
            Variable::Options { fact, class_of },
            Test::Options {
                fact: asked,
                allowed,
            },
        ) if fact == asked => Some(
            classes
                .map(|class| {
                    let option = class_of.iter().position(|c| *c == class);
                    option.is_some_and(|option| allowed[option])
                })
                .collect(),
        ),
        (
            Variable::Cuts { fact, .. },
            Test::Within {
                fact: asked,
                ranges,
            },
        ) if fact == asked => Some(
            classes
                .map(|class| {
                    let value = variable.representative(check, class)[0];
                    ranges.iter().any(|(lo, hi)| (*lo..=*hi).contains(&value))
                })
                .collect(),
        ),
        (
            Variable::Order {
                left,
                right,
                class_of,
            },
            Test::Order {
                left: a,
                right: b,
                allowed,
            },
        ) if (left, right) == (a, b) || (left, right) == (b, a) => {
            let [less, equal, greater] = *allowed;
            let allowed = if left == a {
                [less, equal, greater]
            } else {
                [greater, equal, less]
            };
            Some(
                classes
                    .map(|class| {
                        let relation = class_of.iter().position(|c| *c == class);
                        relation.is_some_and(|relation| allowed[relation])
                    })
                    .collect(),
            )
        }
        (Variable::SameYear { left, right }, Test::SameYear { left: a, right: b })
            if (left, right) == (a, b) || (left, right) == (b, a) =>
        {
            Some(vec![false, true])
        }
        _ => None,
    }
}
