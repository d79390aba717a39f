//! Joint comparisons: several comparisons of the same questions, as one variable.
//!
//! Comes in: variables that share questions. Goes out: one [`Joint`], whose classes are the combinations of their classes in which
//! somebody is. Each comparison is a sum of multiples of answers and a limit: a line, if there are two answers. So a class is a
//! list of [`Limit`]s, and whether somebody whose answers lie in given ranges is in it is decided exactly, in whole numbers:
//!
//! Every question starts at one end of its range. A limit that is not reached moves the one question that can help, as little as
//! it must, until all limits are reached or a range is left. That finds a person if there is one, as long as in every limit at most one
//! question is moved towards it (the others only make it harder to reach as they move). For each class the ends to start at are
//! chosen so; a class for which there are no such ends is refused.

use super::Variable;
use crate::arithmetic::{Extent, Op, number_of};
use crate::class_set::MOST_CLASSES;
use crate::derived;
use crate::formula::Formula;
use crate::self_check::{QuestionId, SelfCheck};
use crate::sum::Sum;
use crate::value::{Interval, Scale, Value, extent};

/// At most so many parts of one variable.
pub const MOST_PARTS: usize = 8;
/// At most so many limits; two for each number that a sum is compared with.
const MOST_LIMITS: usize = 48;
/// No sum is further from zero than this, so that 64 bits are enough.
const FAR: i128 = 1 << 61;
/// What moves two questions in turn must come to an end soon: the product of both steps differs from one by a part of this at least.
const SLOW: i128 = 1_000;

/// Comparisons that share questions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joint {
    pub questions: Vec<QuestionId>,
    /// Of each question, whether its answers are days; they are counted from a first day on.
    pub is_day: Vec<bool>,
    /// What sums are made of: a question, or several that occur in all sums together, with the place of each and whether it is subtracted.
    pub parts: Vec<Vec<(usize, bool)>>,
    /// The comparisons: formulas, and questions that are compared with fixed values.
    pub members: Vec<Variable>,
    /// What they are compared with: of each member and each of its cuts, that it is reached and that it is not.
    pub limits: Vec<Limit>,
    pub classes: Vec<Class>,
}

/// A sum of multiples of answers that must be reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit {
    /// One a part.
    pub factors: Vec<i64>,
    pub least: i64,
}

/// A class of each member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Class {
    pub of: Vec<usize>,
    /// The limits that it needs, as bits.
    pub limits: u64,
    /// The parts that start at their greatest number, as bits.
    pub from_above: u64,
    /// Somebody who is in it.
    person: Vec<i64>,
}

/// A formula as a sum of answers, of which days are counted; nothing if it is not one.
fn sum_of(formula: &Formula) -> Option<Sum<QuestionId>> {
    let Formula::Make(op, parts) = formula else {
        return match formula {
            Formula::Constant(number) => Some(Sum::constant(i128::from(*number))),
            Formula::Ask(question) => Some(Sum::part(*question)),
            _ => None,
        };
    };
    let part = |at: usize| sum_of(parts.get(at)?);
    let zero = Sum::constant(0);
    match op {
        Op::Add => {
            let mut parts = parts.iter();
            parts.try_fold(zero, |sum, part| sum.plus(&sum_of(part)?, 1))
        }
        Op::Subtract => part(0)?.plus(&part(1)?, -1),
        Op::Multiply => {
            let (a, b) = (part(0)?, part(1)?);
            match (a.number(), b.number()) {
                (Some(number), _) => zero.plus(&b, number),
                (_, Some(number)) => zero.plus(&a, number),
                _ => None,
            }
        }
        Op::Divide(rounding) => part(0)?.divided(*rounding, part(1)?.number()?),
        Op::DaysBetween => day(&parts[1])?.plus(&day(&parts[0])?, -1),
        Op::AddDays => day(&parts[0])?.plus(&part(1)?, 1),
        _ => None,
    }
}

/// A formula whose result is a day.
fn day(formula: &Formula) -> Option<Sum<QuestionId>> {
    match formula {
        Formula::Constant(day) => Some(Sum::constant(i128::from(number_of(*day)))),
        _ => sum_of(formula),
    }
}

impl Limit {
    /// With the smallest factors; nothing if a sum may be too large.
    fn new(factors: Vec<i128>, least: i128, ranges: &[Extent]) -> Option<Self> {
        let common = factors
            .iter()
            .fold(0, |common, factor| divisor(common, *factor));
        let common = common.max(1);
        let factors: Vec<i128> = factors.iter().map(|factor| factor / common).collect();
        let least = -(-least).div_euclid(common);
        let mut largest = least.abs();
        for (factor, range) in factors.iter().zip(ranges) {
            let most = i128::from(range.lo).abs().max(i128::from(range.hi).abs());
            largest = largest.checked_add(factor.abs().checked_mul(most)?)?;
        }
        let small = |number: &i128| i64::try_from(*number).ok();
        let is_small = largest <= FAR && factors.iter().all(|f| i32::try_from(*f).is_ok());
        is_small.then(|| {
            Some(Self {
                factors: factors.iter().map(small).collect::<Option<_>>()?,
                least: small(&least)?,
            })
        })?
    }

    /// That it is not reached.
    fn missed(&self) -> Self {
        Self {
            factors: self.factors.iter().map(|factor| -factor).collect(),
            least: 1 - self.least,
        }
    }

    /// Its factors where some questions move downwards.
    fn moving(&self, from_above: u64) -> impl Iterator<Item = i64> + '_ {
        let factors = self.factors.iter().enumerate();
        factors.map(move |(at, factor)| match from_above >> at & 1 {
            1 => -factor,
            _ => *factor,
        })
    }
}

fn divisor(a: i128, b: i128) -> i128 {
    match b {
        0 => a.abs(),
        _ => divisor(b, a % b),
    }
}

/// A value as a number of a sum: days are counted.
fn number(value: i64, is_day: bool) -> i64 {
    if is_day { number_of(value) } else { value }
}

impl Joint {
    /// Variables that share questions as one variable; nothing if that cannot be decided exactly, or is too large.
    pub fn new(check: &SelfCheck, members: Vec<Variable>) -> Option<Self> {
        let mut questions: Vec<QuestionId> = members.iter().flat_map(Variable::questions).collect();
        questions.sort_unstable();
        questions.dedup();
        let scale = |question: &QuestionId| check[*question].domain.scale();
        if questions.iter().any(|q| scale(q).is_none()) {
            return None;
        }
        let is_day: Vec<bool> = questions
            .iter()
            .map(|question| scale(question) == Some(Scale::Date))
            .collect();
        let mut joint = Self {
            parts: (0..questions.len()).map(|at| vec![(at, false)]).collect(),
            questions,
            is_day,
            limits: Vec::new(),
            classes: Vec::new(),
            members: Vec::new(),
        };
        let everything = crate::nothing_known(check);
        let ranges = joint.ranges(&everything);
        for member in &members {
            joint.add_limits(check, member, &ranges)?;
        }
        if joint.limits.len() > MOST_LIMITS {
            return None;
        }
        joint.put_together();
        if joint.parts.len() > MOST_PARTS {
            return None;
        }
        let ranges = joint.ranges(&everything);
        joint.members = members;
        joint.find_classes(&ranges, &mut Vec::new(), 0, 0)?;
        Some(joint)
    }

    fn add_limits(
        &mut self,
        check: &SelfCheck,
        member: &Variable,
        ranges: &[Extent],
    ) -> Option<()> {
        let (sum, cuts) = match member {
            Variable::Cuts {
                question,
                cuts,
                parted: false,
            } => {
                let is_day = check[*question].domain.scale() == Some(Scale::Date);
                let cuts: Vec<i64> = cuts.iter().map(|cut| number(cut.word(), is_day)).collect();
                (sum_of(&Formula::Ask(*question))?, cuts)
            }
            Variable::Derived {
                term,
                scale,
                cuts,
                cells,
                ..
            } => {
                let everything =
                    |q: &QuestionId, within: &Extent| extent(check[*q].domain.bounds()) == *within;
                if cells.iter().any(|cell| !cell.is_empty())
                    || !term.within.iter().all(|(q, within)| everything(q, within))
                {
                    return None;
                }
                let is_day = *scale == Scale::Date;
                let cuts = cuts.iter().map(|cut| number(*cut, is_day)).collect();
                (sum_of(&term.formula)?, cuts)
            }
            _ => return None,
        };
        for cut in cuts {
            let (sum, divisor) = sum.as_quotient()?;
            let least = i128::from(cut).checked_mul(divisor)?;
            let least = least.checked_sub(sum.constant)?;
            let factor = |q: &QuestionId| sum.factors.get(q).copied().unwrap_or(0);
            let factors = self.questions.iter().map(factor).collect();
            let limit = Limit::new(factors, least, ranges)?;
            let missed = limit.missed();
            self.limits.extend([limit, missed]);
        }
        Some(())
    }

    /// Makes one part of questions that occur in all sums together, equally often.
    fn put_together(&mut self) {
        let column = |at: usize, sign: i64| -> Vec<i64> {
            let limits = self.limits.iter();
            limits.map(|limit| sign * limit.factors[at]).collect()
        };
        let mut parts: Vec<Vec<(usize, bool)>> = Vec::new();
        for at in 0..self.questions.len() {
            let own = column(at, 1);
            let fits = |part: &&mut Vec<(usize, bool)>| {
                let first = part[0].0;
                own == column(first, 1) || own == column(first, -1)
            };
            match parts.iter_mut().find(fits) {
                Some(part) => {
                    let is_subtracted = own != column(part[0].0, 1);
                    part.push((at, is_subtracted));
                }
                None => parts.push(vec![(at, false)]),
            }
        }
        for limit in &mut self.limits {
            let firsts = parts.iter().map(|part| limit.factors[part[0].0]);
            limit.factors = firsts.collect();
        }
        self.parts = parts;
    }

    /// What is known as ranges of the numbers of parts.
    fn ranges(&self, known: &[Interval]) -> Vec<Extent> {
        let parts = self.parts.iter();
        parts
            .map(|part| {
                let zero = Extent::exactly(0);
                part.iter().fold(zero, |sum, (at, is_subtracted)| {
                    let own = self.range(known, *at);
                    match is_subtracted {
                        false => Extent {
                            lo: sum.lo + own.lo,
                            hi: sum.hi + own.hi,
                        },
                        true => Extent {
                            lo: sum.lo - own.hi,
                            hi: sum.hi - own.lo,
                        },
                    }
                })
            })
            .collect()
    }

    /// What is known of a question as a range of numbers.
    fn range(&self, known: &[Interval], at: usize) -> Extent {
        let known = extent(known[self.questions[at].index()]);
        Extent {
            lo: number(known.lo, self.is_day[at]),
            hi: number(known.hi, self.is_day[at]),
        }
    }

    /// Answers whose parts have some numbers.
    fn apart(&self, known: &[Interval], person: &[i64]) -> Vec<i64> {
        let mut answers = vec![0; self.questions.len()];
        for (part, number) in self.parts.iter().zip(person) {
            let mut rest = *number;
            for (at, is_subtracted) in part {
                let own = self.range(known, *at);
                let (least, sign) = if *is_subtracted {
                    (own.hi, -1)
                } else {
                    (own.lo, 1)
                };
                answers[*at] = least;
                rest -= sign * least;
            }
            for (at, is_subtracted) in part {
                let own = self.range(known, *at);
                let moved = rest.min(own.hi - own.lo);
                answers[*at] += if *is_subtracted { -moved } else { moved };
                rest -= moved;
            }
        }
        answers
    }

    /// Finds the classes of the members from `of` on in which somebody is. `first`: the first of the limits of the next one.
    fn find_classes(
        &mut self,
        ranges: &[Extent],
        of: &mut Vec<usize>,
        limits: u64,
        first: usize,
    ) -> Option<()> {
        let found = self.ends(limits);
        let person = found.map(|from_above| self.person(ranges, limits, from_above));
        if person == Some(None) {
            return Some(());
        }
        let Some(member) = self.members.get(of.len()) else {
            let (Some(from_above), Some(Some(person))) = (found, person) else {
                // Whether somebody is in it is not known, unless a few of its limits keep everybody out.
                return self.is_empty(ranges, limits).then_some(());
            };
            self.classes.push(Class {
                of: of.clone(),
                limits,
                from_above,
                person,
            });
            return (self.classes.len() <= MOST_CLASSES).then_some(());
        };
        let classes = member.classes();
        for class in 0..classes {
            let reached = class.checked_sub(1).map_or(0, |cut| 1 << (first + 2 * cut));
            let is_last = class + 1 == classes;
            let missed = if is_last {
                0
            } else {
                1 << (first + 2 * class + 1)
            };
            of.push(class);
            let next = first + 2 * (classes - 1);
            self.find_classes(ranges, of, limits | reached | missed, next)?;
            of.pop();
        }
        Some(())
    }

    fn needed(&self, limits: u64) -> impl Iterator<Item = (usize, &Limit)> {
        let all = self.limits.iter().enumerate();
        all.filter(move |(at, _)| limits >> at & 1 == 1)
    }

    /// Whether three of some limits keep everybody out.
    fn is_empty(&self, ranges: &[Extent], limits: u64) -> bool {
        let all: Vec<u64> = self.needed(limits).map(|(at, _)| 1 << at).collect();
        let keeps_out = |some: u64| {
            let ends = self.ends(some);
            ends.is_some_and(|from_above| self.person(ranges, some, from_above).is_none())
        };
        let mut triples = all.iter().flat_map(|one| {
            let all = &all;
            all.iter()
                .flat_map(move |two| all.iter().map(move |three| one | two | three))
        });
        triples.any(keeps_out)
    }

    /// The ends to start at for some limits, as the questions that start at the highest answer; nothing if there are none.
    fn ends(&self, limits: u64) -> Option<u64> {
        let all = 0..1_u64 << self.parts.len();
        let mut fit = all.filter(|from_above| {
            let mut needed = self.needed(limits);
            needed.all(|(_, limit)| {
                limit
                    .moving(*from_above)
                    .filter(|factor| *factor > 0)
                    .count()
                    < 2
            })
        });
        fit.find(|from_above| self.ends_soon(limits, *from_above))
    }

    /// Whether nothing moves for long: no questions move each other in turn, or by steps that differ, or by one as far as the other.
    fn ends_soon(&self, limits: u64, from_above: u64) -> bool {
        let mut moves: Vec<(usize, usize, i128, i128, bool)> = Vec::new();
        for (_, limit) in self.needed(limits) {
            let factors: Vec<i128> = limit.moving(from_above).map(i128::from).collect();
            let Some(moved) = factors.iter().position(|factor| *factor > 0) else {
                continue;
            };
            let others = factors
                .iter()
                .enumerate()
                .filter(|(_, factor)| **factor < 0);
            let is_pair = others.clone().count() == 1;
            moves.extend(others.map(|(by, factor)| (by, moved, -factor, factors[moved], is_pair)));
        }
        let count = self.parts.len();
        let mut reaches = vec![vec![false; count]; count];
        for (by, moved, ..) in &moves {
            reaches[*by][*moved] = true;
        }
        for middle in 0..count {
            for from in 0..count {
                for to in 0..count {
                    reaches[from][to] |= reaches[from][middle] && reaches[middle][to];
                }
            }
        }
        let in_turn = moves.iter().filter(|(by, moved, ..)| reaches[*moved][*by]);
        let in_turn: Vec<_> = in_turn.collect();
        let are_differences = in_turn
            .iter()
            .all(|(_, _, by, moved, is_pair)| by == moved && *is_pair);
        let are_pairs = in_turn.iter().all(|(a, b, up, down, is_pair)| {
            let mut back = in_turn.iter();
            // In a pair that moves each other nothing else does.
            let is_alone = (0..count).all(|other| {
                other == *a || other == *b || !(reaches[*a][other] && reaches[other][*a])
            });
            is_alone
                && back.all(|(c, d, other_up, other_down, is_other_pair)| {
                    if (c, d) != (b, a) {
                        return true;
                    }
                    let (grown, whole) = (up * other_up, down * other_down);
                    match grown == whole {
                        true => *is_pair && *is_other_pair,
                        false => (grown - whole).abs() * SLOW >= whole,
                    }
                })
        });
        are_differences || are_pairs
    }

    /// Somebody whose answers lie in ranges and reach some limits.
    fn person(&self, ranges: &[Extent], limits: u64, from_above: u64) -> Option<Vec<i64>> {
        let start = ranges.iter().enumerate();
        let mut person: Vec<i64> = start
            .map(|(at, range)| {
                if from_above >> at & 1 == 1 {
                    range.hi
                } else {
                    range.lo
                }
            })
            .collect();
        loop {
            let mut has_moved = false;
            for (_, limit) in self.needed(limits) {
                let sum = limit
                    .factors
                    .iter()
                    .zip(&person)
                    .map(|(factor, answer)| factor * answer);
                let short = limit.least - sum.sum::<i64>();
                if short <= 0 {
                    continue;
                }
                let (at, factor) = limit.moving(from_above).enumerate().find(|(_, f)| *f > 0)?;
                let steps = (short + factor - 1) / factor;
                person[at] += if from_above >> at & 1 == 1 {
                    -steps
                } else {
                    steps
                };
                if person[at] < ranges[at].lo || ranges[at].hi < person[at] {
                    return None;
                }
                has_moved = true;
            }
            if !has_moved {
                return Some(person);
            }
        }
    }

    /// Of each class somebody who is in it, given what is known; nothing where nobody is.
    pub fn people(&self, known: &[Interval]) -> Vec<Option<Vec<i64>>> {
        let ranges = self.ranges(known);
        let classes = self.classes.iter();
        classes
            .map(|class| {
                let person = self.person(&ranges, class.limits, class.from_above)?;
                Some(self.apart(known, &person))
            })
            .collect()
    }

    /// The answers of somebody who is in a class.
    pub fn answers(&self, check: &SelfCheck, class: usize) -> Vec<Value> {
        let everything = crate::nothing_known(check);
        let answers = self.apart(&everything, &self.classes[class].person);
        self.values(check, &answers)
    }

    /// Numbers as answers.
    pub fn values(&self, check: &SelfCheck, person: &[i64]) -> Vec<Value> {
        let answers = self.questions.iter().zip(&self.is_day).zip(person);
        answers
            .map(|((question, is_day), answer)| {
                let lowest = check[*question].domain.bounds().lo;
                let from = number(lowest.word(), *is_day);
                derived::moved(lowest, answer - from)
            })
            .collect()
    }

    /// What holds of the classes of a member, class by class.
    pub fn by_member(&self, member: usize, holds: &[bool]) -> Vec<bool> {
        let classes = self.classes.iter();
        classes.map(|class| holds[class.of[member]]).collect()
    }
}
