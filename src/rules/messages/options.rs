//! Messages about answers that are not an option of a question: MB0302.

use crate::diag::{Diagnostic, Spanned, codes};
use crate::self_check::{Choice, Question, Style};
use crate::text::nearest;

/// MB0302: a county of which it is not clear which one is meant, or whose path has a wrong name. `meant`: the counties
/// that may be meant; at least one.
pub fn which_county(
    question: &Question,
    meant: &[&Choice],
    written: &Spanned<String>,
) -> Diagnostic {
    /// At most this many counties are listed.
    const MOST: usize = 8;
    let (name, value) = (&question.name.value, &written.value);
    let has = |option: &&Choice, name: &str| option.path.split(' ').any(|n| n == name);
    let all_fit = value
        .split_whitespace()
        .all(|name| meant.iter().all(|option| has(option, name)));
    let (zh, en) = if meant.len() > 1 && all_fit {
        (
            format!("问题“{name}”的选项里，“{value}”不止一处"),
            format!("question \"{name}\" has several counties named \"{value}\""),
        )
    } else {
        (
            format!("问题“{name}”没有选项“{value}”"),
            format!("question \"{name}\" has no option \"{value}\""),
        )
    };
    let names: Vec<&str> = meant.iter().take(MOST).map(|o| o.path.as_str()).collect();
    let (hint_zh, hint_en) = match names[..] {
        [one] => (format!("写作“{one}”"), format!("write \"{one}\"")),
        _ => (
            format!("写全称：{}", names.join("、")),
            format!("write the full name: {}", names.join(", ")),
        ),
    };
    Diagnostic::new(&codes::UNKNOWN_OPTION, written.span, zh, en).hint(hint_zh, hint_en)
}

/// The county that was probably meant: the whole name, with what is written above it kept right.
fn near_county<'o>(options: &'o [Choice], written: &str) -> Vec<&'o Choice> {
    let mut words = written.split_whitespace().rev();
    let own = words.next().unwrap_or_default();
    let above: Vec<&str> = words.collect();
    let fits = |option: &&Choice| {
        above
            .iter()
            .all(|name| option.path.split(' ').any(|n| n == *name))
    };
    let near = nearest(
        own,
        options
            .iter()
            .filter(fits)
            .map(|option| option.words.as_str()),
    );
    let Some(near) = near else {
        return Vec::new();
    };
    options
        .iter()
        .filter(fits)
        .filter(|option| option.words == near)
        .collect()
}

/// MB0302: an option that a question does not have.
pub fn unknown_option(
    question: &Question,
    style: Style,
    options: &[Choice],
    written: &Spanned<String>,
) -> Diagnostic {
    /// At most this many options are listed.
    const MOST: usize = 12;
    let (zh, en) = if style == Style::Reading {
        (("存疑", "读法"), ("doubt", "reading"))
    } else {
        (("问题", "选项"), ("question", "option"))
    };
    let (name, value) = (&question.name.value, &written.value);
    let diagnostic = Diagnostic::new(
        &codes::UNKNOWN_OPTION,
        written.span,
        format!("{}“{name}”没有{}“{value}”", zh.0, zh.1),
        format!("{} \"{name}\" has no {} \"{value}\"", en.0, en.1),
    );
    if style == Style::County {
        let near = near_county(options, value);
        let near: Vec<&str> = near.iter().map(|option| option.name.as_str()).collect();
        let first = options.first().map_or("", |option| option.name.as_str());
        return match near[..] {
            [] => diagnostic.hint(
                format!("写这个地区的县名，如“{first}”"),
                format!("write the name of a county of this region, such as \"{first}\""),
            ),
            [one] => diagnostic.did_you_mean(Some(one)),
            _ => diagnostic.hint(
                format!("是否应为其中一个：{}", near.join("、")),
                format!("did you mean one of: {}", near.join(", ")),
            ),
        };
    }
    let names = options.iter().map(|option| option.name.as_str());
    let near = nearest(value, names.clone());
    let list: Vec<&str> = names.take(MOST).collect();
    diagnostic.did_you_mean_or(
        near,
        format!("可选：{}", list.join("、")),
        format!("options: {}", list.join(", ")),
    )
}
