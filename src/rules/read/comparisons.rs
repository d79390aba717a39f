//! Comparisons of computed values: with fixed values, and with questions, parameters or other values.
//!
//! A comparison of two things is one of their difference with zero, so that both may be anything that is counted.

use super::operands::{Operator, rest_of, two_values};
use super::{Name, Reader, default_unit};
use crate::answer::not_a_value;
use crate::arithmetic::Extent;
use crate::comparison::Comparison;
use crate::diag::{Span, Spanned};
use crate::formula::{ComputedId, DIFFERENCE, Formula, Op};
use crate::messages::{formulas as messages, members, reading};
use crate::self_check::*;
use crate::value::Scale;

/// Beyond every result.
const FAR: i64 = i64::MAX;

/// One side of a comparison.
struct Side {
    name: String,
    formula: Formula,
    scale: Scale,
    unit: String,
}

impl Comparison {
    /// The results for which it holds.
    fn extent(self, limit: i64) -> Extent {
        let (lo, hi) = match self {
            Self::Below => (-FAR, limit.saturating_sub(1)),
            Self::AtMost => (-FAR, limit),
            Self::Equal => (limit, limit),
            Self::AtLeast => (limit, FAR),
            Self::Above => (limit.saturating_add(1), FAR),
        };
        Extent { lo, hi }
    }
}

impl Reader<'_> {
    /// `value: below 3000`, `value: between 1 and 3`, `value: [1, 2]`, `value: at_least question`
    pub(super) fn value_compared(
        &mut self,
        span: Span,
        id: ComputedId,
        items: &[Spanned<String>],
        is_list: bool,
    ) -> Option<ConditionId> {
        let side = self.side_of_value(id);
        let mut within = Vec::new();
        for item in items {
            let equal = Operator::Compare(Comparison::Equal);
            let (operator, operand) = Operator::of(&item.value).unwrap_or((equal, &item.value));
            let operand = rest_of(item, operand);
            match operator {
                _ if operand.value.is_empty() => {
                    self.sink.push(reading::no_operand(item));
                    return None;
                }
                Operator::Between if !is_list => {
                    let ends = two_values(&operand.value);
                    let number = |text| super::formulas::number(side.scale, &side.unit, text);
                    let ends = ends.and_then(|(lo, hi)| Some((number(lo)?, number(hi)?)));
                    let Some((lo, hi)) = ends.filter(|(lo, hi)| lo <= hi) else {
                        self.sink.push(reading::bad_between(&operand));
                        return None;
                    };
                    within.push(Extent { lo, hi });
                }
                Operator::Compare(comparison) if comparison == Comparison::Equal || !is_list => {
                    match self.meaning(&operand.value) {
                        Some(name) if !is_list => {
                            let other = self.other_side(name, &operand)?;
                            return self.difference(span, side, comparison, other, operand.span);
                        }
                        _ => within.push(comparison.extent(self.limit(&side, &operand)?)),
                    }
                }
                _ => {
                    self.sink.push(reading::bad_between(item));
                    return None;
                }
            }
        }
        self.within_extents(span, side, within)
    }

    /// `question: at_least value`
    pub(super) fn compared_with_value(
        &mut self,
        span: Span,
        question: QuestionId,
        comparison: Comparison,
        value: ComputedId,
        operand: Span,
    ) -> Option<ConditionId> {
        let asked = &self[question];
        let side = Side {
            name: asked.name.value.clone(),
            formula: Formula::Ask(question),
            scale: asked.domain.scale()?,
            unit: asked.domain.unit().to_owned(),
        };
        let other = self.side_of_value(value);
        self.difference(span, side, comparison, other, operand)
    }

    fn side_of_value(&self, id: ComputedId) -> Side {
        let (scale, unit) = self.headers[id.index()].clone();
        let names = self.names.iter();
        let mut names =
            names.filter(|(_, name)| matches!(name, Name::Computed(other) if *other == id));
        Side {
            name: names
                .next()
                .map(|(name, _)| name.clone())
                .unwrap_or_default(),
            formula: Formula::Value(id),
            scale,
            unit,
        }
    }

    /// The right side of a comparison, by its name.
    fn other_side(&mut self, name: Name, written: &Spanned<String>) -> Option<Side> {
        match name {
            Name::Computed(id) => Some(self.side_of_value(id)),
            Name::Parameter(id) => {
                self.used_parameters.insert(id);
                let parameter = &self.parameters[id.index()];
                let unit = parameter.unit.clone();
                Some(Side {
                    name: written.value.clone(),
                    formula: Formula::Parameter {
                        by: parameter.by,
                        periods: parameter.values.clone(),
                    },
                    scale: parameter.scale,
                    unit: unit
                        .unwrap_or_else(|| default_unit(self.language, parameter.scale).to_owned()),
                })
            }
            Name::Question(id) if self[id].domain.scale().is_some() => Some(Side {
                name: written.value.clone(),
                formula: Formula::Ask(id),
                scale: self[id].domain.scale()?,
                unit: self[id].domain.unit().to_owned(),
            }),
            Name::Field(..) => {
                self.sink.push(members::of_a_member(written));
                None
            }
            Name::Question(_) | Name::Condition(_) | Name::Member(_) => {
                self.sink.push(reading::condition_compared(written));
                None
            }
        }
    }

    /// A number that is written.
    fn limit(&mut self, side: &Side, written: &Spanned<String>) -> Option<i64> {
        let found = super::formulas::number(side.scale, &side.unit, &written.value);
        if found.is_none() {
            if written.value.contains(|c: char| c.is_ascii_digit()) {
                not_a_value(side.scale, &side.unit, written, self.sink);
            } else {
                self.unknown_name(written);
            }
        }
        found
    }

    /// # Diagnostics
    /// MB0319.
    fn difference(
        &mut self,
        span: Span,
        left: Side,
        comparison: Comparison,
        right: Side,
        operand: Span,
    ) -> Option<ConditionId> {
        let fits = left.unit == right.unit || left.unit.is_empty() || right.unit.is_empty();
        if left.scale != right.scale || !fits {
            let words = |side: &Side| reading::named_with_unit(&side.name, &side.unit);
            self.sink
                .push(messages::other_unit(operand, &words(&left), &words(&right)));
            return None;
        }
        let is_day = left.scale == Scale::Date;
        let (formula, unit) = if is_day {
            let days = Formula::Make(Op::DaysBetween, vec![right.formula, left.formula]);
            (days, self.language.of("天", "days").to_owned())
        } else {
            let parts = vec![left.formula, right.formula];
            (Formula::Make(Op::Subtract, parts), left.unit)
        };
        let side = Side {
            name: format!("{}{DIFFERENCE}{}", left.name, right.name),
            formula,
            scale: if is_day { Scale::Number } else { left.scale },
            unit,
        };
        self.within_extents(span, side, vec![comparison.extent(0)])
    }

    fn within_extents(
        &mut self,
        span: Span,
        side: Side,
        mut within: Vec<Extent>,
    ) -> Option<ConditionId> {
        within.sort_unstable();
        let mut merged: Vec<Extent> = Vec::new();
        for part in within {
            match merged.last_mut() {
                Some(last) if last.hi.saturating_add(1) >= part.lo => {
                    last.hi = last.hi.max(part.hi)
                }
                _ => merged.push(part),
            }
        }
        let test = Test::Formula {
            name: side.name,
            formula: side.formula,
            scale: side.scale,
            unit: side.unit,
            within: merged,
        };
        self.add(span, test)
    }
}
