//! Explains YAML syntax errors in words that tell an editor what to do.
//!
//! Comes in: the parser's error and the YAML. Goes out: one diagnostic. The parser reports a location after the
//! mistake and describes its own state, so this module searches the lines around that location for the mistakes that
//! people make. It does not parse YAML.

use std::ops::Range;

use super::{MAX_DEPTH, wide};
use crate::diag::{Diagnostic, SourceId, Span, codes};
use crate::keys;

/// The diagnostic for an error of the parser.
pub fn explain(source: SourceId, yaml: &str, base: usize, error: &serde_yaml::Error) -> Diagnostic {
    let words = error.without_snippet().to_string();
    let location = error.location();
    let mut at = location.map_or(0, |l| {
        l.span()
            .byte_offset()
            .and_then(|n| usize::try_from(n).ok())
            .unwrap_or_else(|| offset_of(yaml, l.line(), l.column()))
    });
    at = at.min(yaml.len());
    while !yaml.is_char_boundary(at) {
        at -= 1;
    }
    let line_start = yaml[..at].rfind('\n').map_or(0, |i| i + 1);
    let line_end = yaml[at..].find('\n').map_or(yaml.len(), |i| at + i);
    let place = |range: Range<usize>| Span::new(source, base + range.start..base + range.end);
    // The character at which the parser stopped.
    let here = at..at + yaml[at..line_end].chars().next().map_or(0, char::len_utf8);
    let lower = words.to_lowercase();
    if let Some(diagnostic) = explain_feature(&lower, yaml, line_start, at, line_end, &place) {
        return diagnostic;
    }
    if lower.contains("depth") || lower.contains("nest") || lower.contains("recursion") {
        return too_deep(place(here));
    }
    let lines = [previous_line(yaml, line_start), Some(line_start..line_end)];
    explain_quote(yaml, &place)
        .or_else(|| {
            lines
                .into_iter()
                .rev()
                .flatten()
                .find_map(|line| explain_line(yaml, line, at, &place))
        })
        .or_else(|| explain_bracket(yaml, at, &place))
        .or_else(|| explain_indent(&lower, yaml, line_start..line_end, &place))
        .unwrap_or_else(|| {
            let first = words.lines().next().unwrap_or_default();
            // The parser counts lines from the start of the YAML, not of the file.
            let first = first.split(" at line ").next().unwrap_or_default();
            Diagnostic::new(
                &codes::YAML_SYNTAX,
                place(here),
                "YAML 在这里读不通",
                format!("invalid YAML here: {first}"),
            )
            .hint(
                "检查这一行和上一行的缩进、冒号、引号和括号",
                "check the indentation, colons, quotes and brackets on this line and the line above",
            )
        })
}

/// The diagnostic (MB0108) for YAML that is nested too deeply.
pub fn too_deep(span: Span) -> Diagnostic {
    Diagnostic::new(
        &codes::TOO_DEEP,
        span,
        "YAML 嵌套过深",
        "YAML is nested too deeply",
    )
    .hint(
        format!("最多 {MAX_DEPTH} 层；看是否误粘贴了括号，或每一行都多缩进了一级"),
        format!("at most {MAX_DEPTH} levels are allowed; look for brackets pasted by mistake, or lines that are each indented one level more"),
    )
}

/// Aliases, anchors, tags, merge keys, several documents.
fn explain_feature(
    words: &str,
    yaml: &str,
    line_start: usize,
    at: usize,
    line_end: usize,
    place: &dyn Fn(Range<usize>) -> Span,
) -> Option<Diagnostic> {
    let feature = |sign: &str, at: usize, zh: &str, en: &str| {
        Diagnostic::new(
            &codes::YAML_ALIAS,
            place(at..at + sign.len()),
            format!("值以“{sign}”开头，YAML 会当作{zh}"),
            format!("the value begins with {sign}, so YAML reads it as {en}"),
        )
        .hint(
            format!("“{sign}”是文字的，给整个值加引号；否则把值直接写出来"),
            format!("if {sign} is part of the text, quote the whole value; otherwise write the value out"),
        )
    };
    let sign = |sign: &str| {
        yaml[line_start..at]
            .rfind(sign)
            .map(|i| line_start + i)
            .or_else(|| yaml[at..line_end].find(sign).map(|i| at + i))
    };
    if words.contains("alias") {
        return sign("*").map(|at| feature("*", at, "别名", "an alias"));
    }
    if words.contains("anchor") {
        return sign("&").map(|at| feature("&", at, "锚点", "an anchor"));
    }
    if words.contains(" tag") {
        return sign("!").map(|at| feature("!", at, "标签", "a tag"));
    }
    if words.contains("merge") {
        return sign("<<").map(|at| {
            Diagnostic::new(
                &codes::YAML_ALIAS,
                place(at..at + 2),
                "这里不接受合并写法“<<”",
                "merge keys (<<) are not accepted here",
            )
            .hint("把各项直接写出来", "write the keys out")
        });
    }
    if words.contains("multiple") || words.contains("document") {
        let mut start = 0;
        for line in yaml.split_inclusive('\n') {
            if line.starts_with("---") || line.starts_with("...") {
                return Some(
                    Diagnostic::new(
                        &codes::YAML_ALIAS,
                        place(start..start + 3),
                        "这一行会把文件分成两份",
                        "this line splits the file into two documents",
                    )
                    .hint("删去这一行", "remove this line"),
                );
            }
            start += line.len();
        }
    }
    None
}

/// The previous line that is neither empty nor a comment.
fn previous_line(yaml: &str, line_start: usize) -> Option<Range<usize>> {
    let mut end = line_start.checked_sub(1)?;
    loop {
        let start = yaml[..end].rfind('\n').map_or(0, |i| i + 1);
        let line = yaml[start..end].trim();
        if !line.is_empty() && !line.starts_with('#') {
            return Some(start..end);
        }
        end = start.checked_sub(1)?;
    }
}

/// Mistakes that can be seen in a single line.
fn explain_line(
    yaml: &str,
    line: Range<usize>,
    at: usize,
    place: &dyn Fn(Range<usize>) -> Span,
) -> Option<Diagnostic> {
    let text = &yaml[line.clone()];
    let indent = text.len() - text.trim_start().len();
    let bare = text.trim();
    if bare.starts_with('#') {
        return None;
    }
    if let Some(rest) = bare.strip_prefix('-')
        && !rest.is_empty()
        && !rest.starts_with([' ', '-'])
        && rest.contains(':')
    {
        let start = line.start + indent;
        return Some(
            Diagnostic::new(
                &codes::YAML_SYNTAX,
                place(start..start + 1),
                "“-”后面要有一个空格",
                "\"-\" must be followed by a space",
            )
            .hint(format!("写成 - {rest}"), format!("write - {rest}")),
        );
    }
    let item = bare.trim_start_matches(['-', ' ']);
    let item_start = line.start + text.trim_end().len() - item.len();
    let starts_plain = !item.starts_with(['"', '\'', '{', '[']);
    // key: value
    if let Some((key, value)) = item.split_once(": ").filter(|_| starts_plain) {
        let lead = value.len() - value.trim_start().len();
        let start = item_start + key.len() + 2 + lead;
        let value = value.trim();
        let whole = place(start..start + value.len());
        let quoted = format!("{key}: {}", quoted(value));
        let quote_it = |zh: String, en: String| {
            Some(
                Diagnostic::new(&codes::YAML_SYNTAX, whole, zh, en)
                    .hint(format!("写成 {quoted}"), format!("write {quoted}")),
            )
        };
        let first = value.chars().next()?;
        if !matches!(first, '"' | '\'' | '{' | '[' | '|' | '>')
            && value.contains(": ")
            && line.contains(&at)
        {
            return quote_it(
                "值里面有“: ”，须加引号".into(),
                "the value contains \": \" and must be quoted".into(),
            );
        }
        if matches!(first, '@' | '`' | '%') {
            return quote_it(
                format!("值以“{first}”开头，须加引号"),
                format!("a value that begins with {first} must be quoted"),
            );
        }
        if matches!(first, '"' | '\'')
            && closing(value, first).is_some_and(|end| !is_rest_empty(&value[end..]))
        {
            return quote_it(
                "引号后面还有字".into(),
                "unexpected text after the closing quotation mark".into(),
            );
        }
        if matches!(first, '[' | '{')
            && closing_bracket(value).is_some_and(|end| !is_rest_empty(&value[end..]))
        {
            return quote_it(
                format!("值以“{first}”开头，须加引号"),
                format!("a value that begins with {first} must be quoted"),
            );
        }
        return None;
    }
    // A line that should have been `key: value`.
    if starts_plain && !item.ends_with(':') && line.contains(&at) {
        if let Some((key, rest)) = item.split_once(['：', ':']) {
            let colon = item_start + key.len();
            let sign = item[key.len()..].chars().next()?;
            if sign == '：' && key.chars().count() <= 12 {
                return Some(wide::explain(sign, place(colon..colon + sign.len_utf8())));
            }
            if sign == ':' && !rest.starts_with("//") {
                return Some(
                    Diagnostic::new(
                        &codes::YAML_SYNTAX,
                        place(colon..colon + 1),
                        "键的冒号后面要有一个空格",
                        "the colon of a key must be followed by a space",
                    )
                    .hint(
                        format!("写成 {key}: {rest}"),
                        format!("write {key}: {rest}"),
                    ),
                );
            }
        } else if !item.is_empty() {
            return Some(
                Diagnostic::new(
                    &codes::YAML_SYNTAX,
                    place(item_start..item_start + item.len()),
                    "这一行没有键：每一行写作“键: 值”",
                    "this line has no key: write \"key: value\"",
                )
                .hint(
                    "补上键和冒号；若是接着上一行的话，比上一行多缩进两格",
                    "add a key and a colon; if this line continues the line above, indent it by two more spaces",
                ),
            );
        }
    }
    None
}

/// A value in quotes.
pub fn quoted(value: &str) -> String {
    if value.contains('"') {
        format!("'{value}'")
    } else {
        format!("\"{value}\"")
    }
}

/// Whether the rest of a line is empty or a comment.
fn is_rest_empty(rest: &str) -> bool {
    let rest = rest.trim();
    rest.is_empty() || rest.starts_with('#')
}

/// The offset after the mark that closes the quotation at the start of `value`.
fn closing(value: &str, mark: char) -> Option<usize> {
    let mut escaped = false;
    for (i, c) in value.char_indices().skip(1) {
        if escaped {
            escaped = false;
        } else if c == '\\' && mark == '"' {
            escaped = true;
        } else if c == mark {
            return Some(i + 1);
        }
    }
    None
}

/// The offset after the bracket that closes the one at the start of `value`; quotations are skipped.
fn closing_bracket(value: &str) -> Option<usize> {
    let mut open = 0usize;
    let mut quote: Option<char> = None;
    for (i, c) in value.char_indices() {
        match quote {
            Some(mark) if c == mark => quote = None,
            Some(_) => {}
            None => match c {
                '"' | '\'' if value[..i].ends_with([' ', '[', '{', ',']) => quote = Some(c),
                '[' | '{' => open += 1,
                ']' | '}' => {
                    open = open.saturating_sub(1);
                    if open == 0 {
                        return Some(i + c.len_utf8());
                    }
                }
                _ => {}
            },
        }
    }
    None
}

/// A quotation mark that opens a value and is not closed before the next key.
fn explain_quote(yaml: &str, place: &dyn Fn(Range<usize>) -> Span) -> Option<Diagnostic> {
    let mut at = 0;
    let mut open: Option<(usize, char)> = None;
    for line in yaml.split_inclusive('\n') {
        let key_value = line.trim_end().split_once(": ");
        let is_key = key_value
            .is_some_and(|(key, _)| keys::canonical(key.trim_matches(['-', ' ', '{'])).is_some());
        if is_key && open.is_some() {
            break;
        }
        match open {
            Some((_, mark)) => {
                if line.contains(mark) {
                    open = None;
                }
            }
            None => {
                if let Some((key, value)) = key_value {
                    let start = at + key.len() + 2 + (value.len() - value.trim_start().len());
                    let value = value.trim();
                    open = value
                        .chars()
                        .next()
                        .filter(|mark| {
                            matches!(mark, '"' | '\'') && closing(value, *mark).is_none()
                        })
                        .map(|mark| (start, mark));
                }
            }
        }
        at += line.len();
    }
    let (start, mark) = open?;
    Some(
        Diagnostic::new(
            &codes::YAML_SYNTAX,
            place(start..start + 1),
            format!("引号 {mark} 没有配对"),
            format!("the quotation mark {mark} is never closed"),
        )
        .hint(
            format!("在值的末尾补上 {mark}；若引号只是文字，改用“”"),
            format!("add {mark} at the end of the value; if the mark is only text, use “” instead"),
        ),
    )
}

/// A bracket that opens a value and is not closed before the location of the error.
fn explain_bracket(
    yaml: &str,
    at: usize,
    place: &dyn Fn(Range<usize>) -> Span,
) -> Option<Diagnostic> {
    let mut start = 0;
    let mut open = None;
    for line in yaml.split_inclusive('\n') {
        if start > at {
            break;
        }
        let bare = line.trim_end();
        let item = bare.len() - bare.trim_start_matches(['-', ' ']).len();
        let value = match bare[item..].split_once(": ") {
            _ if bare[item..].starts_with(['[', '{']) => item,
            Some((key, value)) => item + key.len() + 2 + (value.len() - value.trim_start().len()),
            None => bare.len(),
        };
        if bare[value..].starts_with(['[', '{']) && closing_bracket(&bare[value..]).is_none() {
            open = Some(start + value);
        }
        start += line.len();
    }
    let start = open?;
    let (mark, other) = if yaml[start..].starts_with('[') {
        ('[', ']')
    } else {
        ('{', '}')
    };
    Some(
        Diagnostic::new(
            &codes::YAML_SYNTAX,
            place(start..start + 1),
            format!("括号 {mark} 没有配对"),
            format!("the bracket {mark} is never closed"),
        )
        .hint(
            format!("在末尾补上 {other}；若括号只是文字，给整个值加引号"),
            format!("add {other} at the end; if the bracket is only text, quote the whole value"),
        ),
    )
}

/// A line that is indented more or less than its neighbours.
fn explain_indent(
    words: &str,
    yaml: &str,
    line: Range<usize>,
    place: &dyn Fn(Range<usize>) -> Span,
) -> Option<Diagnostic> {
    if !words.contains("mapping values are not allowed")
        && !words.contains("did not find expected")
        && !words.contains("block")
        && !words.contains("indent")
    {
        return None;
    }
    let text = &yaml[line.clone()];
    let bare = text.trim();
    let before = previous_line(yaml, line.start)?;
    let column = |text: &str| text.len() - text.trim_start_matches([' ', '-']).len();
    let (own, other) = (column(text), column(&yaml[before.clone()]));
    if bare.is_empty() || own == other {
        return None;
    }
    let start = line.start + text.len() - text.trim_start().len();
    let (zh, en) = if own > other {
        ("深", "more")
    } else {
        ("浅", "less")
    };
    Some(
        Diagnostic::new(
            &codes::YAML_SYNTAX,
            place(start..start + bare.split(':').next().unwrap_or(bare).len()),
            format!("缩进不对：比上一行{zh}，却对不上任何一级"),
            format!("wrong indentation: {en} than the line above, but it matches no level"),
        )
        .also(
            place(
                before.start
                    + (yaml[before.clone()].len() - yaml[before.clone()].trim_start().len())
                    ..before.end,
            ),
            "上一行",
            "the line above",
        )
        .hint(
            "同一级的各项左边对齐，下一级多两个空格",
            "align the items of one level, and indent the next level by two spaces",
        ),
    )
}

fn offset_of(text: &str, line: u64, column: u64) -> usize {
    let line = usize::try_from(line).unwrap_or(1).max(1);
    let column = usize::try_from(column).unwrap_or(1).max(1);
    let start = text
        .split_inclusive('\n')
        .take(line - 1)
        .map(str::len)
        .sum::<usize>();
    text[start.min(text.len())..]
        .char_indices()
        .nth(column - 1)
        .map_or(text.len(), |(i, _)| start + i)
}
