//! Sentences and names of the site's own: compared with the words first (`prose`), then asked what the words do not decide
//! (`marks`).

use mingbai_reading::{Reading, read};

use super::{Case, Value, channels, marks, names, order, prose, say};
use crate::diag::Sink;

/// Compares a sentence with the words.
///
/// # Diagnostics
/// MB0901 for a day, MB0902 for a number, MB0903 for a name, MB0904 for what is demanded or negated, MB0714 for what the words
/// do not decide.
pub(super) fn compare(case: &Case<'_>, value: &Value, sink: &mut Sink) {
    let readings = read(&value.value);
    prose::compare_facts(case, value, &readings, sink);
    names::compare_places(case, value, sink);
    decide(case, value, &readings, sink);
    order::compare(case, value, &readings, sink);
}

/// Compares a name of the site's own (a programme): its channels and negations.
///
/// # Diagnostics
/// MB0714, MB0903, MB0904.
pub(super) fn compare_name(case: &Case<'_>, value: &Value, sink: &mut Sink) {
    decide(case, value, &[], sink);
}

/// Compares the name of a channel: it is made of channels that the words name.
///
/// # Diagnostics
/// MB0714, MB0903, MB0904.
pub(super) fn compare_channel(case: &Case<'_>, value: &Value, sink: &mut Sink) {
    if channels::has_any(&value.value) {
        compare_name(case, value, sink);
    } else {
        sink.push(say::name(case, value, &[]));
    }
}

/// Compares the marks of a sentence. If nothing contradicts them, it is asked whether the words decide them.
fn decide(case: &Case<'_>, value: &Value, readings: &[Reading], sink: &mut Sink) {
    let mut said = Sink::default();
    prose::compare_marks(case, value, readings, &mut said);
    if said.is_empty() {
        marks::compare(case, value, readings, sink);
    }
    sink.extend(said);
}
