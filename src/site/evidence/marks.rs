//! Marks: the words of a sentence that one could exchange without changing anything else, 可以 for 必须, 全部 for 部分, 远程 for
//! 现场, or leave out, 不. A sentence is decided if the official words contradict it after any one of these changes.
//!
//! Comes in: a sentence that the words do not contradict. Goes out: the marks that the words do not decide, as advice.
//! The author closes each of them by using the words of the text, or by saying which words of the text it rewords
//! (`rewords`).

use std::ops::Range;

use mingbai_forms::entries::Entry;
use mingbai_reading::{Force, Reading, What, read};

use super::denial::{is_denial, piece_around};
use super::{Case, Value, channels, negation, prose, rewords, say};
use crate::diag::{Sink, Spanned};
use crate::text::{first_chars, last_chars};

/// A word of a sentence, and what is put in its place.
struct Mark {
    range: Range<usize>,
    with: &'static str,
}

/// Reports the marks of a sentence that the words do not decide.
///
/// # Diagnostics
/// MB0714.
pub(super) fn compare(case: &Case<'_>, value: &Value, readings: &[Reading], sink: &mut Sink) {
    let mut marks = marks(&value.value, readings);
    marks.sort_by_key(|mark| mark.range.start);
    // One piece of a sentence is reported once.
    let mut reported = 0;
    for mark in marks {
        if mark.range.start < reported
            || rewords::covers(case.entry, value, &mark.range)
            || is_looked_for(case, value, &mark.range)
            || is_copied(case, value, &mark)
            || is_contradicted(case, value, &mark)
        {
            continue;
        }
        reported = piece_around(&value.value, &mark.range).end;
        sink.push(say::undecided(case, value, mark.range));
    }
}

/// Whether a mark is copied from the words with what is around it. If it is exchanged, the new word is a mark that is not
/// copied; a 不 that was lost is found by `polarity`.
fn is_copied(case: &Case<'_>, value: &Value, mark: &Mark) -> bool {
    const AROUND: usize = 2;
    let text = &value.value;
    let piece = piece_around(text, &mark.range);
    let before = last_chars(&text[piece.start..mark.range.start], AROUND);
    let after = first_chars(&text[mark.range.end..piece.end], AROUND);
    let copied = &text[mark.range.start - before.len()..mark.range.end + after.len()];
    before.len() + after.len() >= AROUND * '不'.len_utf8() && case.words.contain(copied)
}

/// Whether the words contradict the sentence with a change.
fn is_contradicted(case: &Case<'_>, value: &Value, mark: &Mark) -> bool {
    let text = &value.value;
    let (before, after) = (&text[..mark.range.start], &text[mark.range.end..]);
    let changed = Spanned::new(format!("{before}{}{after}", mark.with), value.span);
    let readings = read(&changed.value);
    let mut said = Sink::default();
    prose::compare_marks(case, &changed, &readings, &mut said);
    prose::compare_rest(case, &changed, &readings, &mut said);
    !said.is_empty()
}

/// Whether a mark is in a piece of the sentence that says what the text does not state, and in the words of `unstated`.
fn is_looked_for(case: &Case<'_>, value: &Value, range: &Range<usize>) -> bool {
    let words = around(&value.value, range);
    is_denial(&value.value, range)
        && what(case.entry).is_some_and(|what| what.value.contains(words))
}

/// Compares what is said not to be stated with the sentence: each 不 of it is there too.
///
/// # Diagnostics
/// MB0714.
pub(super) fn compare_what(case: &Case<'_>, sink: &mut Sink) {
    let (Some(what), Some(text)) = (what(case.entry), case.entry.value("text")) else {
        return;
    };
    for range in negation::negations(&what.value) {
        if !text.value.contains(around(&what.value, &range)) {
            sink.push(say::undecided(case, what, range));
        }
    }
}

/// The words of `unstated`.
fn what(entry: &Entry) -> Option<&Value> {
    entry.inner("unstated", "what")
}

/// A mark with the characters after it that show what it is about.
fn around<'a>(text: &'a str, range: &Range<usize>) -> &'a str {
    const AFTER: usize = 2;
    &text[range.start..range.end + first_chars(&text[range.end..], AFTER).len()]
}

/// The marks of a sentence, in no order.
fn marks(sentence: &str, readings: &[Reading]) -> Vec<Mark> {
    let mut out: Vec<Mark> = Vec::new();
    for reading in readings {
        let What::Force(force) = reading.what else {
            continue;
        };
        let words = &sentence[reading.span.clone()];
        let with = match force {
            // 要 and 请 demand nothing by themselves, and 不能 is a 不.
            Force::Must if !prose::is_soft(words) => "可以",
            Force::MustNot if !words.starts_with('不') || words == "不得" => "可以",
            Force::May => "必须",
            Force::All => "部分",
            Force::Part | Force::Half => "全部",
            _ => continue,
        };
        out.push(Mark {
            range: reading.span.clone(),
            with,
        });
    }
    let covered = |range: &Range<usize>, out: &[Mark]| {
        out.iter()
            .any(|mark| mark.range.start <= range.start && range.end <= mark.range.end)
    };
    for range in negation::negations(sentence) {
        if !covered(&range, &out) {
            out.push(Mark { range, with: "" });
        }
    }
    for (range, with) in channels::others(sentence) {
        out.push(Mark { range, with });
    }
    out
}
