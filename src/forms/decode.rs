//! Decoding: from the YAML tree to fields with spans.
//!
//! Comes in: a [`Node`] and the shape of its mapping. Goes out: typed values. A value of the wrong form is a
//! diagnostic with its span, and decoding continues with the rest.

use jiff::civil::Date;

use super::date::{Bound, parse_bound, parse_day};
use super::shape::{Form, MAY_BE_UNSTATED, REWORDS, Shape};
use crate::diag::{Diagnostic, Sink, Span, Spanned, codes};
use crate::keys;
use crate::text::nearest;
use crate::yaml::{BROKEN, Kind, Node, wide_quotes};

/// What an author writes if the official text does not give a value.
pub const UNSTATED: &str = "未载明";

/// The form of most values, in Chinese and English.
const TEXT_FORM: (&str, &str) = ("一段文字", "a piece of text");

/// At most this many keys are listed in a hint.
const MAX_LISTED_KEYS: usize = 8;

/// A mapping whose keys have been checked.
#[derive(Debug)]
pub struct Fields<'a> {
    shape: &'static Shape,
    /// The span of the first key: where missing keys are reported.
    pub span: Span,
    entries: Vec<(&'static str, Span, &'a Node)>,
    /// Whether keys may be in a part that could not be read.
    is_incomplete: bool,
}

impl<'a> Fields<'a> {
    /// Opens a mapping, which may have only the keys of `shape`.
    ///
    /// # Diagnostics
    /// MB0203 if the node is not a mapping, or if a key that takes a single value has a list or a mapping; MB0201 for
    /// an unknown key.
    pub fn open(node: &'a Node, shape: &'static Shape, sink: &mut Sink) -> Option<Self> {
        let Kind::Map(map) = &node.kind else {
            let diagnostic = wrong_type(node, "分项（键: 值）", "a mapping (key: value)")?;
            let known: Vec<&str> = shape.keys().map(|slot| slot.key).collect();
            let has_hint = diagnostic.hint.is_some();
            sink.push(if known.len() <= MAX_LISTED_KEYS && !has_hint {
                diagnostic.hint(
                    format!("可用的键：{}", with_aliases(&known)),
                    format!("keys: {}", known.join(", ")),
                )
            } else {
                diagnostic
            });
            return None;
        };
        let mut entries: Vec<(&'static str, Span, &Node)> = Vec::with_capacity(map.len());
        let mut misspelt = Vec::new();
        let mut is_incomplete = false;
        for (key, value) in map {
            if value.kind == Kind::Broken && key.value.is_empty() {
                is_incomplete = true;
                continue;
            }
            match keys::canonical(&key.value).and_then(|name| shape.slot(name)) {
                Some(slot) => entries.push((slot.key, key.span, value)),
                None => {
                    let known: Vec<&str> = shape.keys().map(|slot| slot.key).collect();
                    let near = near_key(&key.value, &known);
                    sink.push(unknown_key(key, near, &known));
                    misspelt.extend(near.and_then(keys::canonical).map(|k| (k, key, value)));
                }
            }
        }
        // A key that was misspelt is not reported as missing as well.
        for (name, key, value) in misspelt {
            if !entries.iter().any(|(other, ..)| *other == name) {
                entries.push((name, key.span, value));
            }
        }
        // A wrong form is reported here once, no matter who reads the value later, or whether anyone does.
        for (name, _, value) in &mut entries {
            if *name == REWORDS.key {
                pairs(value, sink);
                continue;
            }
            let form = shape.slot(name).map(|slot| slot.form);
            let one_value = form.is_some_and(|form| form.is_one_value());
            if one_value && !matches!(value.kind, Kind::Empty) {
                text(value, sink);
            }
            let is_exact = one_value && !matches!(form, Some(Form::Text));
            if let Kind::Text(written) = &value.kind
                && is_exact
                && let Some(diagnostic) = wide_quotes(written.trim(), value.span)
            {
                sink.push(diagnostic);
                *value = &BROKEN;
            }
        }
        let span = map.first().map_or(node.span, |(key, _)| key.span);
        Some(Self {
            shape,
            span,
            entries,
            is_incomplete,
        })
    }

    /// The shape that the mapping was opened with.
    pub fn shape(&self) -> &'static Shape {
        self.shape
    }

    /// The value of a key; nothing if the key is missing or has no value.
    pub fn get(&self, key: &str) -> Option<&'a Node> {
        debug_assert!(
            self.shape.slot(key).is_some(),
            "{} has no key {key}",
            self.shape.name
        );
        self.entries
            .iter()
            .find(|(name, ..)| *name == key)
            .map(|(.., node)| *node)
            .filter(|node| match &node.kind {
                Kind::Empty => false,
                Kind::Text(text) => !text.trim().is_empty(),
                _ => true,
            })
    }

    /// Whether keys may be in a part of the file that could not be read, so that none is known to be missing.
    pub fn is_incomplete(&self) -> bool {
        self.is_incomplete
    }

    /// The span of the key itself.
    pub fn key_span(&self, key: &str) -> Option<Span> {
        self.entries
            .iter()
            .find(|(name, ..)| *name == key)
            .map(|(_, span, _)| *span)
    }

    /// Reports a missing key.
    ///
    /// # Diagnostics
    /// MB0202.
    pub fn require(&self, key: &str, sink: &mut Sink) {
        let written = self.key_span(key);
        if self.get(key).is_none() && (written.is_some() || !self.is_incomplete) {
            let alias = keys::alias(key).unwrap_or(key);
            let (zh, en) = if written.is_some() {
                (
                    format!("“{key}”（{alias}）后面没有内容"),
                    format!("\"{key}\" has no value"),
                )
            } else {
                (
                    format!("缺少“{key}”（{alias}）"),
                    format!("\"{key}\" is missing"),
                )
            };
            let (hint_zh, hint_en) = if MAY_BE_UNSTATED.contains(&key) {
                (
                    format!("补上“{key}: ……”；原文没有写的，写“{key}: {UNSTATED}”"),
                    format!(
                        "add \"{key}: …\"; if the official text does not give it, write \"{key}: {UNSTATED}\""
                    ),
                )
            } else {
                (format!("补上“{key}: ……”"), format!("add \"{key}: …\""))
            };
            sink.push(
                Diagnostic::new(&codes::MISSING_KEY, written.unwrap_or(self.span), zh, en)
                    .hint(hint_zh, hint_en),
            );
        }
    }

    /// The text of a key, if it is there.
    pub fn text(&self, key: &str, sink: &mut Sink) -> Option<Spanned<String>> {
        match &self.get(key)?.kind {
            Kind::Text(_) => text(self.get(key)?, sink),
            _ => None,
        }
    }

    /// The text of a required key.
    ///
    /// # Diagnostics
    /// MB0202.
    pub fn required_text(&self, key: &str, sink: &mut Sink) -> Option<Spanned<String>> {
        self.require(key, sink);
        self.text(key, sink)
    }

    /// The text of a key; nothing if it is 未载明.
    pub fn stated_text(&self, key: &str, sink: &mut Sink) -> Option<Spanned<String>> {
        self.text(key, sink).filter(|text| text.value != UNSTATED)
    }

    /// The text of a key that may be 未载明 only if its entry still has a meaning without it.
    ///
    /// # Diagnostics
    /// MB0202.
    fn known_text(&self, key: &str, sink: &mut Sink) -> Option<Spanned<String>> {
        let text = self.text(key, sink)?;
        if text.value != UNSTATED {
            return Some(text);
        }
        if self
            .shape
            .slot(key)
            .is_some_and(|slot| !slot.may_be_unstated())
        {
            self.refuse_unstated(key, text.span, sink);
        }
        None
    }

    /// Reports that a key cannot be 未载明.
    ///
    /// # Diagnostics
    /// MB0202.
    pub fn refuse_unstated(&self, key: &str, span: Span, sink: &mut Sink) {
        let alias = keys::alias(key).unwrap_or(key);
        sink.push(
            Diagnostic::new(
                &codes::MISSING_KEY,
                span,
                format!("“{key}”（{alias}）不能是“{UNSTATED}”：没有它，这一条就什么也没说"),
                format!("\"{key}\" cannot be {UNSTATED}: without it, this entry says nothing"),
            )
            .hint(
                "照原文写上；原文没有写的，删去整条",
                "write what the official text says; if it does not say, delete the entry",
            ),
        );
    }

    /// A list of texts. A single text is a list of one, and 未载明 is an empty list.
    pub fn texts(&self, key: &str, sink: &mut Sink) -> Vec<Spanned<String>> {
        let Some(node) = self.get(key) else {
            return Vec::new();
        };
        match &node.kind {
            Kind::Text(word) if word == UNSTATED => Vec::new(),
            Kind::Text(_) => text(node, sink).into_iter().collect(),
            _ => self.list(key, sink, text),
        }
    }

    /// A list whose items are decoded by `read`. Items that cannot be decoded are left out; `read` has reported them.
    ///
    /// # Diagnostics
    /// MB0203 if the value is not a list.
    pub fn list<T>(
        &self,
        key: &str,
        sink: &mut Sink,
        mut read: impl FnMut(&'a Node, &mut Sink) -> Option<T>,
    ) -> Vec<T> {
        let Some(node) = self.get(key) else {
            return Vec::new();
        };
        match &node.kind {
            Kind::List(items) => items.iter().filter_map(|item| read(item, sink)).collect(),
            Kind::Text(word) if word == UNSTATED => Vec::new(),
            _ => {
                sink.push(wrong_type(
                    node,
                    "列表（每项一行，以“- ”开头）",
                    "a list (one item per line, starting with \"- \")",
                ));
                Vec::new()
            }
        }
    }

    /// A day; nothing if the key is missing or 未载明.
    ///
    /// # Diagnostics
    /// MB0205; MB0202 for 未载明 where the day is needed.
    pub fn day(&self, key: &str, sink: &mut Sink) -> Option<Spanned<Date>> {
        let text = self.known_text(key, sink)?;
        match parse_day(&text.value, text.span) {
            Ok(day) => Some(Spanned::new(day, text.span)),
            Err(diagnostic) => {
                sink.push(*diagnostic);
                None
            }
        }
    }

    /// A date that may be a bound.
    ///
    /// # Diagnostics
    /// MB0205; MB0202 for 未载明 where the date is needed.
    pub fn bound(&self, key: &str, sink: &mut Sink) -> Option<Spanned<Bound>> {
        let text = self.known_text(key, sink)?;
        match parse_bound(&text.value, text.span) {
            Ok(bound) => Some(Spanned::new(bound, text.span)),
            Err(diagnostic) => {
                sink.push(*diagnostic);
                None
            }
        }
    }

    /// A whole number without a unit.
    ///
    /// # Diagnostics
    /// MB0230.
    pub fn number<T: std::str::FromStr>(&self, key: &str, sink: &mut Sink) -> Option<Spanned<T>> {
        let text = self.known_text(key, sink)?;
        let digits = crate::text::strip_width(&text.value);
        let parsed = digits
            .bytes()
            .all(|b| b.is_ascii_digit())
            .then(|| digits.parse().ok())
            .flatten();
        match parsed {
            Some(number) => Some(Spanned::new(number, text.span)),
            None => {
                sink.push(
                    Diagnostic::new(
                        &codes::BAD_NUMERAL,
                        text.span,
                        format!("“{}”不是整数", text.value),
                        format!("\"{}\" is not a whole number", text.value),
                    )
                    .hint(
                        "只写阿拉伯数字，不写单位",
                        "write only digits, without a unit",
                    ),
                );
                None
            }
        }
    }

    /// One of a set of words.
    ///
    /// # Diagnostics
    /// MB0204.
    pub fn one_of<T: Copy>(
        &self,
        key: &str,
        allowed: &[(&str, T)],
        sink: &mut Sink,
    ) -> Option<Spanned<T>> {
        let text = self.text(key, sink)?;
        one_of(&text, allowed, sink).map(|value| Spanned::new(value, text.span))
    }
}

/// Looks up a word in a list of allowed ones.
///
/// # Diagnostics
/// MB0204.
pub fn one_of<T: Copy>(
    text: &Spanned<String>,
    allowed: &[(&str, T)],
    sink: &mut Sink,
) -> Option<T> {
    if let Some((_, value)) = allowed.iter().find(|(word, _)| *word == text.value) {
        return Some(*value);
    }
    let words: Vec<&str> = allowed.iter().map(|(word, _)| *word).collect();
    let near = nearest(&text.value, words.iter().copied())
        .map(|near| {
            (
                format!("是否应为“{near}”？"),
                format!("did you mean \"{near}\"? "),
            )
        })
        .unwrap_or_default();
    sink.push(
        Diagnostic::new(
            &codes::NOT_IN_LIST,
            text.span,
            format!("“{}”不在允许的范围内", text.value),
            format!("\"{}\" is not one of the allowed values", text.value),
        )
        .hint(
            format!("{}可取：{}", near.0, words.join("、")),
            format!("{}allowed: {}", near.1, words.join(", ")),
        ),
    );
    None
}

/// The text of a scalar.
///
/// # Diagnostics
/// MB0203.
pub fn text(node: &Node, sink: &mut Sink) -> Option<Spanned<String>> {
    match &node.kind {
        Kind::Text(text) => Some(Spanned::new(text.trim().to_owned(), node.span)),
        _ => {
            sink.push(wrong_type(node, TEXT_FORM.0, TEXT_FORM.1));
            None
        }
    }
}

/// Checks the form of `rewords`: a mapping of texts that is not empty.
///
/// # Diagnostics
/// MB0203.
fn pairs(node: &Node, sink: &mut Sink) {
    match &node.kind {
        Kind::Map(map) if !map.is_empty() => {
            for (_, value) in map {
                text(value, sink);
            }
        }
        Kind::Empty => {}
        Kind::Text(text) if text.trim().is_empty() => {}
        _ => sink.push(wrong_type(
            node,
            "分项（自己的字: 原文的字）",
            "a mapping (your words: words of the text)",
        )),
    }
}

/// The diagnostic (MB0203) for a value that is not of the expected form, which is given in Chinese and English; nothing
/// for a value that could not be read, which was reported.
pub fn wrong_type(node: &Node, zh: &str, en: &str) -> Option<Diagnostic> {
    let (is_zh, is_en) = match node.kind {
        Kind::Empty => ("空的", "empty"),
        Kind::Text(_) => ("一段文字", "text"),
        Kind::List(_) => ("一个列表", "a list"),
        Kind::Map(_) => ("分项（键: 值）", "a mapping"),
        Kind::Broken => return None,
    };
    let diagnostic = Diagnostic::new(
        &codes::WRONG_TYPE,
        node.span,
        format!("这里应当是{zh}，写的却是{is_zh}"),
        format!("expected {en}, found {is_en}"),
    );
    let is_text = zh == TEXT_FORM.0;
    Some(match &node.kind {
        Kind::List(_) if is_text => diagnostic.hint(
            "方括号若是文字的一部分，给整个值加引号",
            "if the brackets are part of the text, quote the whole value",
        ),
        Kind::Map(_) if is_text => diagnostic.hint(
            "文字里有“: ”或花括号的，给整个值加引号",
            "if the text contains \": \" or braces, quote the whole value",
        ),
        Kind::Text(text) if !is_text && text.contains('：') => diagnostic.hint(
            "键后面要用半角冒号加一个空格“: ”，不是全角的“：”",
            "write a half-width colon and a space after a key: \": \", not \"：\"",
        ),
        _ => diagnostic,
    })
}

/// The key, in English or Chinese, that was probably meant.
fn near_key(key: &str, known: &[&'static str]) -> Option<&'static str> {
    let names = known
        .iter()
        .flat_map(|name| [Some(*name), keys::alias(name)])
        .flatten();
    nearest(key, names)
}

fn unknown_key(
    key: &Spanned<String>,
    near: Option<&'static str>,
    known: &[&'static str],
) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        &codes::UNKNOWN_KEY,
        key.span,
        format!("不认识的键“{}”", key.value),
        format!("unknown key \"{}\"", key.value),
    );
    if near.is_some() {
        return diagnostic.did_you_mean(near);
    }
    diagnostic.hint(
        format!("这里可用：{}", with_aliases(known)),
        format!("allowed here: {}", known.join(", ")),
    )
}

/// `title（标题）、year（年度）`
fn with_aliases(known: &[&'static str]) -> String {
    let list: Vec<String> = known
        .iter()
        .map(|name| {
            keys::alias(name)
                .map_or_else(|| (*name).to_owned(), |alias| format!("{name}（{alias}）"))
        })
        .collect();
    list.join("、")
}
