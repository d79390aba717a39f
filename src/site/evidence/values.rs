//! The numbers of a meaning.
//!
//! Comes in: a meaning. Goes out: its numbers, in their normal form.

use mingbai_reading::{Number, ShareValue, What};

/// The numbers that a meaning contains.
pub(super) fn values(what: &What) -> Vec<Number> {
    let whole = |digits: i64| Number { digits, scale: 0 }.normal();
    match what {
        What::Amount(amount) => vec![amount.value.normal()],
        What::Duration(duration) => vec![duration.value.normal()],
        What::Money(money) => vec![
            Number {
                digits: money.fen,
                scale: 2,
            }
            .normal(),
        ],
        What::Share(share) => match share.value {
            ShareValue::Percent(number) => vec![number.normal()],
            ShareValue::Fraction(part, of) => vec![whole(part.into()), whole(of.into())],
        },
        What::Ordinal(ordinal) => vec![whole(ordinal.first.into()), whole(ordinal.last.into())],
        What::Day(day) => [day.month, day.day]
            .into_iter()
            .flatten()
            .map(|n| whole(n.into()))
            .collect(),
        _ => Vec::new(),
    }
}
