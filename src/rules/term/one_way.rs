//! Terms in which a question goes one way: a term that some question moves both up and down, written in another way.
//!
//! Comes in: a term. Goes out: a term with the same results, or nothing. Sums are multiplied out over the least and the greatest, and
//! what occurs in them twice is put together: `甲 - 较小(甲, 5000)` is `较大(0, 甲 - 5000)`.

use super::{Term, TermId, Terms};
use crate::arithmetic::{Op, Rounding};
use crate::sum::Sum;

/// At most this many sums.
const MOST_SUMS: usize = 24;

/// Sums, of which the least or the greatest is taken.
#[derive(Debug, Clone)]
enum Written {
    Sum(Sum<TermId>),
    Of(Op, Vec<Written>),
}

/// A term with the same results.
pub fn rewritten(terms: &mut Terms, term: TermId) -> Option<TermId> {
    let written = read(terms, term)?;
    write(terms, &written)
}

fn read(terms: &Terms, term: TermId) -> Option<Written> {
    let own = Some(Written::Sum(Sum::part(term)));
    let Term::Make(op, operands) = terms.get(term) else {
        return match terms.constant(term) {
            Some(number) => Some(Written::Sum(Sum::constant(i128::from(number)))),
            None => own,
        };
    };
    let constant = |at: usize| {
        let number = operands.get(at).and_then(|id| terms.constant(*id));
        number.map(i128::from)
    };
    let part = |at: usize| read(terms, *operands.get(at)?);
    let written = match op {
        Op::Least | Op::Greatest => {
            let parts = operands.iter().map(|operand| read(terms, *operand));
            Written::Of(*op, parts.collect::<Option<_>>()?)
        }
        Op::Add => {
            let zero = Written::Sum(Sum::constant(0));
            let mut operands = operands.iter();
            operands.try_fold(zero, |sum, operand| plus(&sum, &read(terms, *operand)?, 1))?
        }
        Op::Subtract => plus(&part(0)?, &part(1)?, -1)?,
        Op::Multiply => {
            let zero = Written::Sum(Sum::constant(0));
            match (constant(0), constant(1)) {
                (Some(times), _) => plus(&zero, &part(1)?, times)?,
                (_, Some(times)) => plus(&zero, &part(0)?, times)?,
                _ => return own,
            }
        }
        Op::Divide(rounding) => match constant(1) {
            Some(divisor) => divided(part(0)?, *rounding, divisor)?,
            None => return own,
        },
        _ => return own,
    };
    (count(&written) <= MOST_SUMS).then_some(written)
}

fn count(written: &Written) -> usize {
    match written {
        Written::Sum(_) => 1,
        Written::Of(_, parts) => parts.iter().map(count).sum(),
    }
}

/// The least of what is subtracted is the greatest of the differences.
fn turned(op: Op, times: i128) -> Op {
    match op {
        Op::Least if times < 0 => Op::Greatest,
        Op::Greatest if times < 0 => Op::Least,
        op => op,
    }
}

fn plus(one: &Written, other: &Written, times: i128) -> Option<Written> {
    if count(one) * count(other) > MOST_SUMS {
        return None;
    }
    Some(match (one, other) {
        (Written::Sum(one), Written::Sum(other)) => Written::Sum(one.clone().plus(other, times)?),
        (Written::Of(op, parts), other) => {
            let parts = parts.iter().map(|part| plus(part, other, times));
            Written::Of(*op, parts.collect::<Option<_>>()?)
        }
        (one, Written::Of(op, parts)) => {
            let parts = parts.iter().map(|part| plus(one, part, times));
            Written::Of(turned(*op, times), parts.collect::<Option<_>>()?)
        }
    })
}

fn divided(written: Written, rounding: Rounding, divisor: i128) -> Option<Written> {
    Some(match written {
        Written::Sum(sum) => Written::Sum(sum.divided(rounding, divisor)?),
        Written::Of(op, parts) => {
            let parts = parts.into_iter();
            let parts = parts.map(|part| divided(part, rounding, divisor));
            Written::Of(op, parts.collect::<Option<_>>()?)
        }
    })
}

fn write(terms: &mut Terms, written: &Written) -> Option<TermId> {
    match written {
        Written::Of(op, parts) => {
            let parts: Vec<TermId> = parts
                .iter()
                .map(|part| write(terms, part))
                .collect::<Option<_>>()?;
            Some(terms.make(*op, &parts))
        }
        Written::Sum(sum) => {
            let (dividend, divisor) = sum.as_quotient()?;
            let whole = write_sum(terms, &dividend)?;
            let divisor = terms.enter(Term::Constant(i64::try_from(divisor).ok()?));
            Some(terms.make(Op::Divide(Rounding::Down), &[whole, divisor]))
        }
    }
}

/// What is added, and then what is subtracted.
fn write_sum(terms: &mut Terms, sum: &Sum<TermId>) -> Option<TermId> {
    let mut sides = [Vec::new(), Vec::new()];
    for (part, factor) in &sum.factors {
        let times = terms.enter(Term::Constant(i64::try_from(factor.abs()).ok()?));
        let part = terms.make(Op::Multiply, &[*part, times]);
        sides[usize::from(*factor < 0)].push(part);
    }
    if sum.constant != 0 || sides[0].is_empty() {
        let constant = Term::Constant(i64::try_from(sum.constant.abs()).ok()?);
        let constant = terms.enter(constant);
        sides[usize::from(sum.constant < 0)].push(constant);
    }
    let [mut added, subtracted] = sides;
    if added.is_empty() {
        added.push(terms.enter(Term::Constant(0)));
    }
    let added = terms.make(Op::Add, &added);
    Some(match subtracted.is_empty() {
        true => added,
        false => {
            let subtracted = terms.make(Op::Add, &subtracted);
            terms.make(Op::Subtract, &[added, subtracted])
        }
    })
}
