//! Answers: words as written, read as values of a fact.
//!
//! Comes in: an option's name, a number, an amount, a date or a range of them. Goes out: what it leaves possible
//! ([`Known`]), or why it is no answer to that question. Rule files, worked cases and the command line read
//! answers here.

use super::check::*;
use super::value;
use crate::diag::{Diagnostic, Sink, Spanned, codes};
use crate::text::nearest;
use mingbai_forms::date::parse_day;
use mingbai_forms::keys;

/// Reads an answer: one value, or `2000 至 3000`.
///
/// # Diagnostics
/// MB0302, MB0304.
pub fn known_of(fact: &Fact, written: &Spanned<String>, sink: &mut Sink) -> Option<Known> {
    if let Domain::Range {
        scale,
        lo,
        hi,
        unit,
    } = &fact.domain
        && let Some((from, until)) = parse_range(*scale, unit, &written.value)
    {
        if from <= until && *lo <= from && until <= *hi {
            return Some((from, until));
        }
        sink.push(outside(fact, written));
        return None;
    }
    value_of(fact, written, sink).map(|value| (value, value))
}

/// Reads a value of a fact: an option's name, or a number, an amount, a date within its range.
///
/// # Diagnostics
/// MB0302, MB0304.
pub fn value_of(fact: &Fact, written: &Spanned<String>, sink: &mut Sink) -> Option<i32> {
    match &fact.domain {
        Domain::Options { style, options } => {
            let found = find_option(*style, options, &written.value);
            if found.is_none() {
                sink.push(unknown_option(fact, *style, options, written));
            }
            found.and_then(|index| i32::try_from(index).ok())
        }
        Domain::Range {
            scale,
            lo,
            hi,
            unit,
        } => match value::parse(*scale, unit, &written.value) {
            Some(value) if (*lo..=*hi).contains(&value) => Some(value),
            Some(_) => {
                sink.push(outside(fact, written));
                None
            }
            None => {
                not_a_value(*scale, unit, written, sink);
                None
            }
        },
    }
}

fn unknown_option(
    fact: &Fact,
    style: Style,
    options: &[Choice],
    written: &Spanned<String>,
) -> Diagnostic {
    /// So many options are listed.
    const MOST: usize = 12;
    let names = options.iter().map(|option| option.name.as_str());
    let near = nearest(&written.value, names.clone());
    let list: Vec<&str> = names.take(MOST).collect();
    let (hint_zh, hint_en) = if style == Style::County {
        (
            "写县名，如“右玉县”".to_owned(),
            "write the name of a county".to_owned(),
        )
    } else {
        (
            format!("可选：{}", list.join("、")),
            format!("options: {}", list.join(", ")),
        )
    };
    let (zh, en) = if style == Style::Reading {
        (("存疑", "读法"), ("doubt", "reading"))
    } else {
        (("问题", "选项"), ("question", "option"))
    };
    let (name, value) = (&fact.name.value, &written.value);
    Diagnostic::new(
        &codes::UNKNOWN_OPTION,
        written.span,
        format!("{}“{name}”没有{}“{value}”", zh.0, zh.1),
        format!("{} \"{name}\" has no {} \"{value}\"", en.0, en.1),
    )
    .did_you_mean_or(near, hint_zh, hint_en)
}

fn outside(fact: &Fact, written: &Spanned<String>) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        &codes::BAD_VALUE,
        written.span,
        format!("“{}”超出了问题“{}”的范围", written.value, fact.name.value),
        format!(
            "\"{}\" lies outside the range of question \"{}\"",
            written.value, fact.name.value
        ),
    );
    match &fact.domain {
        Domain::Range {
            scale,
            lo,
            hi,
            unit,
        } => {
            let range = format!(
                "{} 至 {}",
                value::show(*scale, unit, *lo),
                value::show(*scale, unit, *hi)
            );
            diagnostic.hint(format!("范围是 {range}"), format!("the range is {range}"))
        }
        Domain::Options { .. } => diagnostic,
    }
}

/// # Diagnostics
/// MB0205, MB0304.
pub fn not_a_value(scale: Scale, unit: &str, written: &Spanned<String>, sink: &mut Sink) {
    if scale == Scale::Date
        && let Err(diagnostic) = parse_day(&written.value, written.span)
    {
        sink.push(*diagnostic);
        return;
    }
    let (zh, en, hint_zh, hint_en) = match scale {
        Scale::Number if unit.is_empty() => (
            "整数",
            "a whole number",
            "只写阿拉伯数字".to_owned(),
            "write digits only".to_owned(),
        ),
        Scale::Number => (
            "整数",
            "a whole number",
            format!("只写阿拉伯数字，单位是“{unit}”"),
            format!("write digits only; the unit is \"{unit}\""),
        ),
        Scale::Money => (
            "金额",
            "an amount",
            format!("只写数字，单位是“{unit}”，最多两位小数，最大 21474836.47"),
            format!(
                "write digits only, at most two decimals and 21474836.47; the unit is \"{unit}\""
            ),
        ),
        Scale::Date => (
            "日期",
            "a date",
            "写作 2020-07-27".to_owned(),
            "write it like 2020-07-27".to_owned(),
        ),
    };
    sink.push(
        Diagnostic::new(
            &codes::BAD_VALUE,
            written.span,
            format!("“{}”不是{zh}", written.value),
            format!("\"{}\" is not {en}", written.value),
        )
        .hint(hint_zh, hint_en),
    );
}

/// `1 至 10`, `1 to 10`
pub fn parse_range(scale: Scale, unit: &str, text: &str) -> Option<Known> {
    let (lo, hi) = text.split_once('至').or_else(|| text.split_once(" to "))?;
    Some((
        value::parse(scale, unit, lo)?,
        value::parse(scale, unit, hi)?,
    ))
}

/// The option of a name; yes/no in both languages, a county also by its path.
fn find_option(style: Style, options: &[Choice], text: &str) -> Option<usize> {
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
