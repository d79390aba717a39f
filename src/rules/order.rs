//! The order of the questions: the fixed order in which a reader needs fewest of them.
//!
//! Comes in: a [`Program`] in any order of variables. Goes out: the order of its questions. A question is only
//! asked if it can still change an answer, so the expected number of questions of an order is the sum, over its
//! positions, of the probability that the variable there still matters once those before it are answered. That
//! probability depends on the *set* of variables before it alone, which makes the search cheap: distributions of
//! functions are kept by set, and moving one variable changes few sets.
//!
//! Steps: start orders (greedy by what matters most often, and a few shuffled ones), then moves of single
//! variables while any helps. Answers are weighted: alike, or 9 to 1 for what the author calls usual.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::diagram::NodeId;
use crate::lower::Program;
use crate::nothing_known;
use crate::self_check::{QuestionId, SelfCheck};
use crate::value::Interval;
use crate::variables::{Variable, level_of};

/// Certainty, as a fixed-point number.
pub const ONE: u64 = 1 << 40;

/// A usual answer weighs this many times all the others together.
const USUAL: u64 = 9;

/// Bounds the work for large rule sets: at most this many restricted functions are looked at.
const BUDGET: usize = 300_000;

/// Starts of the search besides the greedy one.
const SHUFFLED: u64 = 1;

type Joint = u32;
type Distribution = Rc<Vec<(Joint, u64)>>;

/// Expected questions of orders of one program.
pub struct Questions<'a> {
    program: &'a mut Program,
    /// Share of each class, by level; sums to [`ONE`].
    shares: Vec<Vec<u64>>,
    /// How many questions an answer of the level takes.
    price: Vec<u64>,
    /// Levels that are asked (doubts are not).
    asked: Vec<usize>,
    /// Those among them that the author wants first, in this order.
    first: Vec<usize>,
    joints: Vec<Rc<[NodeId]>>,
    numbers: FxHashMap<Rc<[NodeId]>, Joint>,
    restricted: FxHashMap<(Joint, usize, usize), Joint>,
    distributions: FxHashMap<u64, Distribution>,
    /// Support of each joint function.
    supports: Vec<u64>,
    /// How often a level still matters after a set.
    matters: FxHashMap<(u64, usize), u64>,
    work: usize,
}

impl<'a> Questions<'a> {
    /// Nothing is known of any order yet.
    pub fn new(check: &SelfCheck, program: &'a mut Program) -> Self {
        let shares = program
            .variables
            .iter()
            .map(|variable| shares(check, variable))
            .collect();
        let price = program
            .variables
            .iter()
            .map(|variable| variable.questions().len() as u64)
            .collect();
        let asked = (0..program.variables.len())
            .filter(|&level| !check[program.variables[level].first()].doubt)
            .collect();
        let start: Rc<[NodeId]> = program.decisions.clone().into();
        let support = start.iter().fold(0, |bits, &function| {
            bits | program.diagram.support(function)
        });
        Self {
            program,
            shares,
            price,
            asked,
            first: Vec::new(),
            joints: vec![start.clone()],
            numbers: FxHashMap::from_iter([(start, 0)]),
            restricted: FxHashMap::default(),
            distributions: FxHashMap::from_iter([(0, Rc::new(vec![(0, ONE)]))]),
            supports: vec![support],
            matters: FxHashMap::default(),
            work: 0,
        }
    }

    fn restrict(&mut self, joint: Joint, level: usize, class: usize) -> Joint {
        if self.support(joint) & 1 << level == 0 {
            return joint;
        }
        let key = (joint, level, class);
        if let Some(found) = self.restricted.get(&key) {
            return *found;
        }
        self.work += 1;
        let functions = self.joints[joint as usize].clone();
        let left: Rc<[NodeId]> = functions
            .iter()
            .map(|&function| self.program.diagram.restrict(function, level, class))
            .collect();
        let number = match self.numbers.get(&left) {
            Some(number) => *number,
            None => {
                let diagram = &self.program.diagram;
                let support = left.iter().fold(0, |bits, &f| bits | diagram.support(f));
                let number = self.joints.len() as Joint;
                self.supports.push(support);
                self.joints.push(left.clone());
                self.numbers.insert(left, number);
                number
            }
        };
        self.restricted.insert(key, number);
        number
    }

    fn support(&self, joint: Joint) -> u64 {
        self.supports[joint as usize]
    }

    /// How often each function is left after the levels of a set (and one more) were answered.
    fn after(&mut self, before: u64, level: usize) -> Distribution {
        let set = before | 1 << level;
        if let Some(found) = self.distributions.get(&set) {
            return found.clone();
        }
        let known = self.distributions[&before].clone();
        let mut sums: FxHashMap<Joint, u64> = FxHashMap::default();
        let mut order = Vec::new();
        for &(joint, weight) in known.iter() {
            for class in 0..self.shares[level].len() {
                let share = self.shares[level][class];
                let left = self.restrict(joint, level, class);
                let part = (u128::from(weight) * u128::from(share) / u128::from(ONE)) as u64;
                let sum = sums.entry(left).or_insert_with(|| {
                    order.push(left);
                    0
                });
                *sum += part;
            }
        }
        self.work += order.len();
        let list: Distribution = Rc::new(order.into_iter().map(|j| (j, sums[&j])).collect());
        self.distributions.insert(set, list.clone());
        list
    }

    /// Expected number of questions of an order, in units of 1 / [`ONE`].
    pub fn cost(&mut self, order: &[usize]) -> u64 {
        let mut set = 0_u64;
        let mut total = 0;
        for (position, &level) in order.iter().enumerate() {
            total += self.matters(set, level) * self.price[level];
            if position + 1 < order.len() {
                self.after(set, level);
            }
            set |= 1 << level;
        }
        total
    }

    /// How often a level still matters after those of a set.
    fn matters(&mut self, set: u64, level: usize) -> u64 {
        if let Some(found) = self.matters.get(&(set, level)) {
            return *found;
        }
        let sum = self.distributions[&set]
            .iter()
            .filter(|(joint, _)| self.support(*joint) & 1 << level != 0)
            .map(|(_, weight)| *weight)
            .sum();
        self.matters.insert((set, level), sum);
        sum
    }

    /// As [`Self::cost`], without the first `free` positions.
    pub fn cost_after(&mut self, order: &[usize], free: usize) -> u64 {
        let all = self.cost(order);
        all - self.cost(&order[..free])
    }

    /// The best order found, of all that begin with these questions.
    pub fn search(&mut self, first: &[QuestionId]) -> Vec<usize> {
        self.first = first_levels(first, &self.program.variables);
        self.work = 0;
        let mut best: Option<(u64, Vec<usize>)> = None;
        let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
        for start in 0..=SHUFFLED {
            let mut order = self.greedy();
            if start > 0 {
                let free = self.first.len();
                for i in (free + 1..order.len()).rev() {
                    seed ^= seed << 13;
                    seed ^= seed >> 7;
                    seed ^= seed << 17;
                    let other = free as u64 + seed % (i - free + 1) as u64;
                    order.swap(i, other as usize);
                }
            }
            let found = self.improve(order);
            if best.as_ref().is_none_or(|best| found.0 < best.0) {
                best = Some(found);
            }
            if self.work > BUDGET {
                break;
            }
        }
        best.map(|(_, order)| order).unwrap_or_default()
    }

    /// Always next what matters in most cases, cheap answers first.
    fn greedy(&mut self) -> Vec<usize> {
        let mut left = self.asked.clone();
        left.retain(|level| !self.first.contains(level));
        let mut order = Vec::new();
        let mut set = 0_u64;
        for level in self.first.clone() {
            self.after(set, level);
            set |= 1 << level;
            order.push(level);
        }
        while !left.is_empty() {
            let index = (0..left.len())
                .max_by_key(|&i| {
                    (
                        self.matters(set, left[i]) / self.price[left[i]],
                        std::cmp::Reverse(left[i]),
                    )
                })
                .unwrap_or(0);
            let level = left.remove(index);
            if self.work > BUDGET {
                order.push(level);
                order.append(&mut left);
                break;
            }
            self.after(set, level);
            set |= 1 << level;
            order.push(level);
        }
        order
    }

    /// Moves single variables while any move helps.
    fn improve(&mut self, mut order: Vec<usize>) -> (u64, Vec<usize>) {
        if self.work > BUDGET {
            return (u64::MAX, order);
        }
        let mut cost = self.cost(&order);
        loop {
            let mut better = false;
            for from in self.first.len()..order.len() {
                for to in self.first.len()..order.len() {
                    if from == to || self.work > BUDGET {
                        continue;
                    }
                    let mut moved = order.clone();
                    let level = moved.remove(from);
                    moved.insert(to, level);
                    let new = self.cost(&moved);
                    if new < cost {
                        (cost, order, better) = (new, moved, true);
                    }
                }
            }
            if !better {
                return (cost, order);
            }
        }
    }

    /// The fewest questions that any strategy needs on average, however it chooses the next one, by trying all
    /// strategies. For tests: the number of functions left can be large.
    pub fn optimum(&mut self) -> u64 {
        let mut known = FxHashMap::default();
        self.optimum_of(0, &mut known)
    }

    fn optimum_of(&mut self, joint: Joint, known: &mut FxHashMap<Joint, u64>) -> u64 {
        if let Some(found) = known.get(&joint) {
            return *found;
        }
        let support = self.support(joint);
        let mut best = None;
        for level in self.asked.clone() {
            if support & 1 << level == 0 {
                continue;
            }
            let mut cost = self.price[level] * ONE;
            for class in 0..self.shares[level].len() {
                let left = self.restrict(joint, level, class);
                let rest = self.optimum_of(left, known);
                let share = self.shares[level][class];
                cost += (u128::from(rest) * u128::from(share) / u128::from(ONE)) as u64;
            }
            best = Some(best.map_or(cost, |best: u64| best.min(cost)));
        }
        let best = best.unwrap_or(0);
        known.insert(joint, best);
        best
    }
}

/// The levels of the questions that the author wants first.
fn first_levels(first: &[QuestionId], variables: &[Variable]) -> Vec<usize> {
    let mut levels = Vec::new();
    for question in first {
        let level = level_of(variables, *question);
        levels.extend(level.filter(|level| !levels.contains(level)));
    }
    levels
}

/// Share of each class of a variable.
fn shares(check: &SelfCheck, variable: &Variable) -> Vec<u64> {
    let classes = variable.classes();
    let weights: Vec<u64> = match variable {
        Variable::Options { class_of, .. } => (0..classes)
            .map(|class| class_of.iter().filter(|c| **c == class).count() as u64)
            .collect(),
        _ => vec![1; classes],
    };
    let total: u64 = weights.iter().sum();
    let usual = match variable {
        Variable::Options { question, .. } | Variable::Cuts { question, .. } => {
            check[*question].usual.map(|value| {
                let mut known = nothing_known(check);
                known[question.index()] = Interval::exactly(value);
                variable.possible(&known).first().unwrap_or(0)
            })
        }
        _ => None,
    };
    let weights: Vec<u64> = match usual {
        Some(usual) if weights[usual] < total => (0..classes)
            .map(|class| {
                if class == usual {
                    USUAL * (total - weights[usual])
                } else {
                    weights[class]
                }
            })
            .collect(),
        _ => weights,
    };
    let total: u64 = weights.iter().sum::<u64>().max(1);
    weights.iter().map(|w| ONE / total * w).collect()
}
