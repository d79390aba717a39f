//! The order of values: a sentence that gives several numbers or days of its words gives them in their order, so that two of
//! them cannot be exchanged unnoticed (小学45人、初中50人; 7月17日到9月25日).
//!
//! Comes in: a sentence whose values are all in the words. Goes out: advice.

use mingbai_reading::{Reading, What};

use super::{Case, Value, numbers, rewords, say};
use crate::diag::Sink;

/// Compares the order of the values of a sentence with that of its quotation, or of its clause if there is none.
///
/// # Diagnostics
/// MB0714.
pub(super) fn compare(case: &Case<'_>, value: &Value, readings: &[Reading], sink: &mut Sink) {
    let own: Vec<&Reading> = readings.iter().filter(|one| is_value(one)).collect();
    let said = case.words.readings();
    // Only readings with the same number or day can be the same.
    let places = |one: &Reading| -> Vec<usize> {
        let first = numbers::values(&one.what).into_iter().next();
        let like = first.map(|number| case.words.readings_with(number));
        let same = like.into_iter().flatten();
        same.filter(|place| is_value(&said[*place]) && is_same(one, &said[*place]))
            .collect()
    };
    // Values that are elsewhere, or that the sentence repeats, have no order.
    let mut before: Option<usize> = None;
    let mut seen: Vec<Vec<usize>> = Vec::new();
    for one in own {
        let places = places(one);
        if places.is_empty() || seen.contains(&places) {
            continue;
        }
        match places
            .iter()
            .find(|place| before.is_none_or(|before| **place > before))
        {
            Some(place) => before = Some(*place),
            None if rewords::covers(case.entry, value, &one.span) => {}
            None => {
                sink.push(say::order(case, value, one.span.clone()));
                return;
            }
        }
        seen.push(places);
    }
}

fn is_value(reading: &Reading) -> bool {
    match &reading.what {
        What::Day(day) => day.month.is_some(),
        What::Amount(amount) => amount.value.digits > 1,
        What::Duration(_) | What::Money(_) | What::Share(_) => true,
        _ => false,
    }
}

fn is_same(one: &Reading, other: &Reading) -> bool {
    match (&one.what, &other.what) {
        (What::Day(one), What::Day(other)) => (one.month, one.day) == (other.month, other.day),
        (What::Day(_), _) | (_, What::Day(_)) => false,
        (one, other) => {
            numbers::values(one) == numbers::values(other) && numbers::is_same_unit(one, other)
        }
    }
}
