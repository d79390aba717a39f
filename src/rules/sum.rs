//! Sums of multiples, with one rounded quotient at most: a normal form of formulas without cases.
//!
//! Comes in: sums of parts. Goes out: a sum in which each part occurs once, so that `甲 + 丁 - (乙 + 丁)` is `甲 - 乙`.

use std::collections::BTreeMap;

use crate::arithmetic::Rounding;

/// A sum of multiples of parts, and a constant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum<P> {
    pub factors: BTreeMap<P, i128>,
    pub constant: i128,
    pub quotient: Option<Quotient<P>>,
}

/// A sum divided by a number and rounded down, which counts `factor` times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotient<P> {
    pub factor: i128,
    pub dividend: Box<Sum<P>>,
    pub divisor: i128,
}

impl<P: Ord + Copy> Sum<P> {
    /// A number.
    pub fn constant(constant: i128) -> Self {
        Self {
            constant,
            factors: BTreeMap::new(),
            quotient: None,
        }
    }

    /// One part.
    pub fn part(part: P) -> Self {
        Self {
            factors: BTreeMap::from([(part, 1)]),
            ..Self::constant(0)
        }
    }

    /// The number that it is.
    pub fn number(&self) -> Option<i128> {
        let is_number = self.factors.is_empty() && self.quotient.is_none();
        is_number.then_some(self.constant)
    }

    /// With a multiple of another sum; nothing if both have a quotient, or where numbers are too large.
    pub fn plus(mut self, other: &Self, times: i128) -> Option<Self> {
        for (part, factor) in &other.factors {
            let own = self.factors.entry(*part).or_default();
            *own = own.checked_add(factor.checked_mul(times)?)?;
        }
        self.factors.retain(|_, factor| *factor != 0);
        let constant = other.constant.checked_mul(times)?;
        self.constant = self.constant.checked_add(constant)?;
        match (&self.quotient, &other.quotient) {
            (Some(_), Some(_)) => return None,
            (None, Some(quotient)) => {
                let factor = quotient.factor.checked_mul(times)?;
                let quotient = quotient.clone();
                self.quotient = Some(Quotient { factor, ..quotient });
            }
            _ => {}
        }
        Some(self)
    }

    /// Divided and rounded; nothing if it is so already.
    pub fn divided(self, rounding: Rounding, divisor: i128) -> Option<Self> {
        if self.quotient.is_some() || divisor < 1 {
            return None;
        }
        let (dividend, divisor) = match rounding {
            Rounding::Down => (self, divisor),
            Rounding::Up => (self.plus(&Self::constant(divisor - 1), 1)?, divisor),
            Rounding::Nearest => {
                let twice = Self::constant(divisor).plus(&self, 2)?;
                (twice, divisor.checked_mul(2)?)
            }
        };
        Some(Self {
            quotient: Some(Quotient {
                factor: 1,
                dividend: Box::new(dividend),
                divisor,
            }),
            ..Self::constant(0)
        })
    }

    /// The same as one quotient, rounded down: its dividend and its divisor. Nothing if its quotient counts more than once.
    pub fn as_quotient(&self) -> Option<(Self, i128)> {
        let Some(quotient) = &self.quotient else {
            return Some((self.clone(), 1));
        };
        let rest = Self {
            quotient: None,
            ..self.clone()
        };
        let whole = Self::constant(0).plus(&rest, quotient.divisor)?;
        let dividend = match quotient.factor {
            1 => whole.plus(&quotient.dividend, 1)?,
            -1 => {
                let up = Self::constant(quotient.divisor - 1);
                whole.plus(&quotient.dividend, -1)?.plus(&up, 1)?
            }
            _ => return None,
        };
        Some((dividend, quotient.divisor))
    }
}
