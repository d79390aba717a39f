//! Parts of formulas: fractions of whole numbers, with what they measure.
//!
//! Comes in: what an operation makes of parts. Goes out: the part, reduced. Nothing is rounded here.

use std::ops::Range;

use crate::formula::{Formula, Op};
use crate::text::Bilingual;
use crate::value::Scale;

/// What a part of a formula measures. An empty unit fits every unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Measure {
    /// A number that is written without a unit, or a share.
    Plain,
    Money(String),
    Number(String),
    Date,
    Days,
    Months,
}

/// A part of a formula: `above / below`.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) above: Formula,
    pub(super) below: Formula,
    pub(super) measure: Measure,
    pub(super) at: Range<usize>,
    /// The unit after a number that is written, and the number itself: `2年` may be years to add, or a number of years.
    pub(super) literal: Option<(i64, String)>,
}

impl Measure {
    pub(super) fn words(&self) -> Bilingual {
        let unit = |zh: &str, en: &str, unit: &str| match unit {
            "" => Bilingual::new(zh, en),
            _ => Bilingual::new(format!("{zh}（{unit}）"), format!("{en} ({unit})")),
        };
        match self {
            Self::Plain => Bilingual::new("没有单位的数", "a number without a unit"),
            Self::Money(of) => unit("金额", "an amount", of),
            Self::Number(of) => unit("数", "a number", of),
            Self::Date => Bilingual::new("日期", "a date"),
            Self::Days | Self::Months => Bilingual::new("时长", "a duration"),
        }
    }

    /// The measure of a scale and its unit.
    pub(super) fn of(scale: Scale, unit: &str) -> Self {
        match scale {
            Scale::Money => Self::Money(unit.to_owned()),
            Scale::Number | Scale::Decimal => Self::Number(unit.to_owned()),
            Scale::Date => Self::Date,
        }
    }
}

/// The unit of both, if they fit.
pub(super) fn fitting(a: &str, b: &str) -> Option<String> {
    match (a, b) {
        ("", unit) | (unit, "") => Some(unit.to_owned()),
        (a, b) => (a == b).then(|| a.to_owned()),
    }
}

/// The unit of a product of an amount per something and a number of these.
pub(super) fn multiplied(unit: &str, by: &str) -> String {
    match by {
        "" => unit.to_owned(),
        _ => unit
            .strip_suffix(by)
            .and_then(|rest| rest.strip_suffix('/'))
            .unwrap_or("")
            .to_owned(),
    }
}

/// An operation; what is constant is worked out.
pub(super) fn make(op: Op, parts: Vec<Formula>) -> Formula {
    let numbers: Option<Vec<i64>> = parts
        .iter()
        .map(|part| match part {
            Formula::Constant(number) => Some(*number),
            _ => None,
        })
        .collect();
    match (op, numbers.map(|numbers| op.of(&numbers)), &parts[..]) {
        (_, Some(Ok(number)), _) => Formula::Constant(number),
        (Op::Multiply, _, [Formula::Constant(1), one] | [one, Formula::Constant(1)]) => one.clone(),
        _ => Formula::Make(op, parts),
    }
}

impl Part {
    pub(super) fn new(above: Formula, measure: Measure, at: Range<usize>) -> Self {
        Self {
            above,
            below: Formula::Constant(1),
            measure,
            at,
            literal: None,
        }
    }

    /// What is measured by a scale: a number with decimals is a fraction.
    pub(super) fn of(above: Formula, scale: Scale, unit: &str, at: Range<usize>) -> Self {
        let below = if scale == Scale::Decimal { 100 } else { 1 };
        Self {
            below: Formula::Constant(below),
            ..Self::new(above, Measure::of(scale, unit), at)
        }
    }

    /// A number times so much: the divisor becomes smaller as far as it can.
    pub(super) fn times(mut self, factor: i64) -> Self {
        match self.below {
            Formula::Constant(below) if below > 0 && factor % below == 0 => {
                self.above = make(
                    Op::Multiply,
                    vec![self.above, Formula::Constant(factor / below)],
                );
                self.below = Formula::Constant(1);
            }
            _ => self.above = make(Op::Multiply, vec![self.above, Formula::Constant(factor)]),
        }
        self.reduced()
    }

    pub(super) fn is_whole(&self) -> bool {
        self.below == Formula::Constant(1)
    }

    /// The same with a divisor that divides left out.
    pub(super) fn reduced(mut self) -> Self {
        if let (Formula::Constant(above), Formula::Constant(below)) = (&self.above, &self.below)
            && *below > 0
            && above % below == 0
        {
            self.above = Formula::Constant(above / below);
            self.below = Formula::Constant(1);
        }
        self
    }

    /// As an amount or a number of a unit, if it is written without one.
    pub(super) fn adopt(mut self, other: &Self) -> Self {
        let is_plain = self.measure == Measure::Plain;
        match (&other.measure, &self.literal) {
            (Measure::Money(_), _) if is_plain => {
                self.above = make(Op::Multiply, vec![self.above, Formula::Constant(100)]);
                self.measure = other.measure.clone();
            }
            (Measure::Number(_), _) if is_plain => self.measure = other.measure.clone(),
            (Measure::Number(unit), Some((number, written)))
                if matches!(self.measure, Measure::Days | Measure::Months) && unit == written =>
            {
                self.above = Formula::Constant(*number);
                self.measure = other.measure.clone();
            }
            _ => {}
        }
        self.reduced()
    }
}

/// The divisor that all have, if some of them are numbers with two decimals.
pub(super) fn common_divisor(list: &[Part]) -> i64 {
    let has_decimals = |part: &Part| match &part.below {
        Formula::Constant(below) => *below > 1 && 100 % below == 0,
        _ => false,
    };
    let is_fine = |part: &Part| part.is_whole() || has_decimals(part);
    match list.iter().any(has_decimals) && list.iter().all(is_fine) {
        true => 100,
        false => 1,
    }
}
