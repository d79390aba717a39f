//! Answers: words as written, read as values of a question.
//!
//! Comes in: an option's name, a number, an amount, a date or a range of them. Goes out: what it leaves possible
//! ([`Interval`]), or why it is not an answer to that question. Rule files, worked cases and the command line read
//! answers here.

use mingbai_forms::date::parse_day;
use mingbai_forms::keys;

use crate::comparison::Comparison;
use crate::diag::{Sink, Spanned};
use crate::language::Language;
use crate::messages::{self, reading};
use crate::self_check::*;
use crate::value::{self, Interval, OptionId, Scale, Value};

/// Reads an answer: one value, `2000 至 3000`, or `高于 20000`.
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
    if let Domain::Range {
        scale,
        bounds,
        unit,
    } = &question.domain
        && let Some((comparison, value)) = parse_compared(*scale, unit, &written.value)
    {
        let known = comparison.interval(value, *bounds);
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
            if let Err(meant) = &found {
                let meant: Vec<&Choice> = meant.iter().map(|o| &options[o.index()]).collect();
                let message = match meant[..] {
                    [] => messages::options::unknown_option(question, *style, options, written),
                    _ => messages::options::which_county(question, &meant, written),
                };
                sink.push(message);
            }
            found.ok().map(Value::Option)
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

/// `高于 20000`, `above 20000`
pub fn parse_compared(scale: Scale, unit: &str, text: &str) -> Option<(Comparison, Value)> {
    Comparison::WITH_A_WORD.into_iter().find_map(|comparison| {
        let english = comparison.key();
        let rest = text.strip_prefix(keys::chinese_word(english)).or_else(|| {
            text.strip_prefix(english)
                .filter(|rest| rest.starts_with(' '))
        })?;
        Some((comparison, value::parse(scale, unit, rest.trim())?))
    })
}

/// An answer as a rule file writes it, if it leaves the same open: `高于 20000`, `2023-09-26`.
pub fn write(language: Language, question: &Question, known: Interval) -> String {
    match &question.domain {
        Domain::Options { options, .. } => options
            .iter()
            .enumerate()
            .find(|(index, _)| known.contains(Value::Option(OptionId::new(*index))))
            .map_or_else(String::new, |(_, option)| option.name.clone()),
        Domain::Range { bounds, .. } => {
            let compared = |comparison: Comparison, value: Value| {
                format!(
                    "{} {}",
                    language.of(keys::chinese_word(comparison.key()), comparison.key()),
                    value::write(value)
                )
            };
            match (known.lo == bounds.lo, known.hi == bounds.hi) {
                _ if known.is_exact() => value::write(known.lo),
                (false, true) => match value::above(known.lo) {
                    Some(limit) => compared(Comparison::Above, limit),
                    None => compared(Comparison::AtLeast, known.lo),
                },
                (true, false) => match value::below(known.hi) {
                    Some(limit) => compared(Comparison::Below, limit),
                    None => compared(Comparison::AtMost, known.hi),
                },
                _ => {
                    let (lo, hi) = (value::write(known.lo), value::write(known.hi));
                    format!("{lo} {} {hi}", language.of("至", "to"))
                }
            }
        }
    }
}

/// `1 至 10`, `1 to 10`
pub fn parse_range(scale: Scale, unit: &str, text: &str) -> Option<(Value, Value)> {
    let (lo, hi) = text.split_once('至').or_else(|| text.split_once(" to "))?;
    Some((
        value::parse(scale, unit, lo)?,
        value::parse(scale, unit, hi)?,
    ))
}

/// The option of a name; yes/no in both languages, a county also by its path. If none is meant, or not one alone, the
/// options that may be meant.
fn find_option(style: Style, options: &[Choice], text: &str) -> Result<OptionId, Vec<OptionId>> {
    match (style, keys::word(text)) {
        (Style::YesNo, Some("no")) => return Ok(OptionId::new(0)),
        (Style::YesNo, Some("yes")) => return Ok(OptionId::new(1)),
        _ => {}
    }
    let found = options.iter().position(|option| option.name == text);
    match found {
        Some(found) => Ok(OptionId::new(found)),
        None if style == Style::County => find_county(options, text),
        None => Err(Vec::new()),
    }
}

/// The county of a name, or of a path that may leave out names from above but has no wrong one.
fn find_county(options: &[Choice], text: &str) -> Result<OptionId, Vec<OptionId>> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let Some((own, above)) = words.split_last() else {
        return Err(Vec::new());
    };
    // A path without spaces is not accepted, but it says what is meant.
    let joined = |option: &Choice| {
        let whole = option.path.replace(' ', "");
        words.len() == 1
            && !whole.is_empty()
            && whole.ends_with(own)
            && own.ends_with(&option.words)
    };
    let of_name: Vec<OptionId> = options
        .iter()
        .enumerate()
        .filter(|(_, option)| option.county.is_some())
        .filter(|(_, option)| option.words == *own || joined(option))
        .map(|(index, _)| OptionId::new(index))
        .collect();
    let right = |option: OptionId| {
        let option = &options[option.index()];
        let is_right =
            |name: &&&str| option.group == **name || option.path.split(' ').any(|n| n == **name);
        above.iter().filter(is_right).count()
    };
    let fits =
        |option: &OptionId| options[option.index()].words == *own && right(*option) == above.len();
    let fitting: Vec<OptionId> = of_name.iter().copied().filter(fits).collect();
    if let [one] = fitting[..] {
        return Ok(one);
    }
    let most = of_name
        .iter()
        .map(|option| right(*option))
        .max()
        .unwrap_or(0);
    Err(of_name
        .into_iter()
        .filter(|option| right(*option) == most)
        .collect())
}
