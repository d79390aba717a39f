//! What was left out: the clause has a mark (〔此处略去两名工作人员的电话〕), and the marks name as many as the entry.

use mingbai_reading::{What, read};

use super::{Case, Value, say};
use crate::diag::Sink;

/// Compares what an entry says was left out with the marks of its clause.
///
/// # Diagnostics
/// MB0903 if there is no mark, MB0902 if the marks name another number.
pub(super) fn compare(case: &Case<'_>, value: &Value, sink: &mut Sink) {
    let marks: Vec<&str> = marks(&case.words.text).collect();
    if marks.is_empty() {
        let place = case.entry.clause.as_ref().unwrap_or(value);
        sink.push(say::unmarked(place));
        return;
    }
    // 六名 are 两名, 两名, 一名 and 一名.
    for (unit, number) in counts(&value.value) {
        let marked = marks.iter().flat_map(|mark| counts(mark));
        let marked: Vec<u64> = marked
            .filter(|(other, _)| *other == unit)
            .map(|(_, number)| number)
            .collect();
        let sum: u64 = marked.iter().sum();
        if !marked.is_empty() && sum != number {
            sink.push(say::other_sum(value, sum));
        }
    }
}

/// The marks of a text: `〔此处略去……〕`.
fn marks(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices('〔').filter_map(|(at, _)| {
        let end = text[at..].find('〕')?;
        let mark = &text[at..at + end];
        mark.contains('略').then_some(mark)
    })
}

/// The whole numbers of a text with their units.
fn counts(text: &str) -> Vec<(String, u64)> {
    let counts = read(text)
        .into_iter()
        .filter_map(|reading| match reading.what {
            What::Amount(amount) if amount.value.scale == 0 => {
                Some((amount.unit, u64::try_from(amount.value.digits).ok()?))
            }
            _ => None,
        });
    counts.collect()
}
