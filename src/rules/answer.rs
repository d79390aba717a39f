//! Answers: words as written, read as values of a question.
//!
//! Comes in: an option's name, a number, an amount, a date or a range of them. Goes out: what it leaves possible
//! ([`Interval`]), or why it is not an answer to that question. Rule files, worked cases and the command line read
//! answers here.

use mingbai_forms::date::parse_day;
use mingbai_forms::keys;

use crate::diag::{Sink, Spanned};
use crate::messages::reading;
use crate::self_check::*;
use crate::value::{self, Interval, Scale, Value};

/// Reads an answer: one value, or `2000 至 3000`.
///
/// # Diagnostics
/// MB0302, MB0304.
pub fn known_of(
    question: &Question,
    written: &Spanned<String>,
    sink: &mut Sink,
) -> Option<Interval> {
    if let Domain::Range {
        scale,
        bounds,
        unit,
    } = &question.domain
        && let Some((from, until)) = parse_range(*scale, unit, &written.value)
    {
        let known = Interval::new(from, until)
            .filter(|known| bounds.contains(known.lo) && bounds.contains(known.hi));
        if known.is_none() {
            sink.push(reading::outside(question, written));
        }
        return known;
    }
    value_of(question, written, sink).map(Interval::exactly)
}

/// Reads a value of a question: an option's name, or a number, an amount, a date within its range.
///
/// # Diagnostics
/// MB0302, MB0304.
pub fn value_of(question: &Question, written: &Spanned<String>, sink: &mut Sink) -> Option<Value> {
    match &question.domain {
        Domain::Options { style, options } => {
            let found = find_option(*style, options, &written.value);
            if found.is_none() {
                let message = reading::unknown_option(question, *style, options, written);
                sink.push(message);
            }
            found.map(Value::Option)
        }
        Domain::Range {
            scale,
            bounds,
            unit,
        } => match value::parse(*scale, unit, &written.value) {
            Some(value) if bounds.contains(value) => Some(value),
            Some(_) => {
                sink.push(reading::outside(question, written));
                None
            }
            None => {
                not_a_value(*scale, unit, written, sink);
                None
            }
        },
    }
}

/// Reports words that are not a value of a scale.
///
/// # Diagnostics
/// MB0205, MB0304.
pub fn not_a_value(scale: Scale, unit: &str, written: &Spanned<String>, sink: &mut Sink) {
    if scale == Scale::Date
        && let Err(diagnostic) = parse_day(&written.value, written.span)
    {
        sink.push(*diagnostic);
        return;
    }
    sink.push(reading::not_a_value(scale, unit, written));
}

/// `1 至 10`, `1 to 10`
pub fn parse_range(scale: Scale, unit: &str, text: &str) -> Option<(Value, Value)> {
    let (lo, hi) = text.split_once('至').or_else(|| text.split_once(" to "))?;
    Some((
        value::parse(scale, unit, lo)?,
        value::parse(scale, unit, hi)?,
    ))
}

/// The option of a name; yes/no in both languages, a county also by its path.
fn find_option(style: Style, options: &[Choice], text: &str) -> Option<OptionId> {
    find_index(style, options, text).map(OptionId::new)
}

fn find_index(style: Style, options: &[Choice], text: &str) -> Option<usize> {
    match (style, keys::word(text)) {
        (Style::YesNo, Some("no")) => return Some(0),
        (Style::YesNo, Some("yes")) => return Some(1),
        _ => {}
    }
    if let Some(found) = options.iter().position(|option| option.name == text) {
        return Some(found);
    }
    if style != Style::County {
        return None;
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let [.., prefecture, county] = words[..] else {
        return None;
    };
    options
        .iter()
        .position(|option| option.words == county && option.group == prefecture)
}
