//! Negation: what the words negate, a sentence may not affirm, and the other way round.
//!
//! Everyday words negate in other ways than official ones (不用再做 for 不需要再进行), so what is compared is a word of
//! substance with the one before it: 高校 … 审核 is negated in both or in neither. If the pair is not in the
//! official words, the word alone is compared.

use mingbai_rules::self_check::Verdict;

use super::denial::is_denial;
use super::negation::{NEGATIONS, Negation, Polarity, alone, occurrence, of_pair};
use super::words::Words;
use super::{Case, Value, say};
use crate::diag::Sink;
use crate::text::{first_chars, fold};

/// Compares the negations of a sentence with those of the words.
///
/// # Diagnostics
/// MB0904.
pub(super) fn compare(case: &Case<'_>, value: &Value, sink: &mut Sink) {
    let sentence: Vec<(usize, char)> = value.value.char_indices().collect();
    let is_negating = value.value.contains(NEGATIONS);
    if !is_negating && !case.clauses.iter().any(|clause| clause.negates()) {
        return;
    }
    compare_copy(case, value, sink);
    let words: Vec<&Polarity> = case.all_words().map(Words::polarity).collect();
    let clauses = case.clauses.iter().map(|clause| clause.polarity());
    let clauses: Vec<&Polarity> = clauses.collect();
    // An outcome that says no negates what the words allow.
    let is_refusal = case
        .verdict()
        .is_some_and(|verdict| verdict != Verdict::Yes);
    let mut reported = usize::MAX;
    for at in 0..sentence.len() {
        let Some(one) = occurrence(&sentence, at) else {
            continue;
        };
        if is_denial(&value.value, &(sentence[at].0..sentence[at].0)) {
            continue;
        }
        let pair = [&words, &clauses]
            .into_iter()
            .find_map(|known| of_pair(known, &one));
        // A word alone that is negated here may be negated anywhere in the clause; one that is not, in the quotation.
        let known = if one.negation == Negation::None {
            &words
        } else {
            &clauses
        };
        let differs = match (one.negation, pair.or_else(|| alone(known, &one))) {
            (Negation::Near(_), Some(expected)) => !expected && !is_refusal,
            (Negation::None, Some(expected)) => expected,
            _ => false,
        };
        // One negation is reported once.
        let (place, adds) = match one.negation {
            Negation::Near(place) => (place, true),
            _ => (at, false),
        };
        if differs && place != reported {
            reported = place;
            let start = sentence[place].0;
            let end = start + sentence[place].1.len_utf8();
            sink.push(say::negation(case, value, start..end, adds));
        }
    }
}

/// Words of the text that are copied without their 不.
fn compare_copy(case: &Case<'_>, value: &Value, sink: &mut Sink) {
    let sentence = fold(&value.value);
    let pieces = sentence.split(|c: char| !c.is_alphanumeric());
    let lost = case.all_words().flat_map(Words::without_negations);
    let lost = lost.map(|(before, after)| (before.is_empty(), format!("{before}{after}")));
    for (is_start, words) in lost {
        let is_copied = if is_start {
            pieces.clone().any(|piece| piece.starts_with(&words))
        } else {
            sentence.contains(&words)
        };
        if is_copied {
            let start = value.value.find(&words).unwrap_or(0);
            let end = start + first_chars(&value.value[start..], 1).len();
            sink.push(say::negation(case, value, start..end, false));
            return;
        }
    }
}
