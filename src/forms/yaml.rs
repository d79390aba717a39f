//! YAML as a tree of texts with spans.
//!
//! Comes in: the YAML of a file and its byte range in the file. Goes out: [`Node`]s. Every scalar is the *text as
//! written*: `no`, `010`, `1_000` and `2020-07-15` reach the model unchanged, whatever type a YAML schema would give
//! them. Only this module knows the YAML library. It does not judge values.
//!
//! Steps: `scan` looks for mistakes that confuse YAML parsers (tabs, full-width punctuation, comments in texts) and puts
//! in what was meant where that is sure; then the parser reads the file. If it cannot, `explain` says why, and `pieces` reads
//! the entries one by one, so that one mistake does not hide the others.

mod explain;
mod pieces;
mod scan;
mod wide;

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::{DuplicateKeyPolicy, MergeKeyPolicy, Spanned as YamlSpanned};

use self::explain::{explain, too_deep};
use self::pieces::Whole;
use self::scan::scan;
use super::{keys, signs};
use crate::diag::{Diagnostic, Sink, SourceId, Span, Spanned, codes};
use crate::text::{is_chinese, join_soft};

/// The maximum nesting depth.
const MAX_DEPTH: usize = 40;

/// A value with its span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    pub span: Span,
    pub kind: Kind,
}

/// The value of a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// The key has no value.
    Empty,
    Text(String),
    List(Vec<Node>),
    /// Entries in the order written, with keys as written.
    Map(Vec<(Spanned<String>, Node)>),
    /// It could not be read; why was reported.
    Broken,
}

/// Parses the YAML at `range` of the `text` of a file. Nothing if any of it cannot be read.
///
/// # Diagnostics
/// MB0101 syntax, MB0102 tab, MB0103 full-width punctuation, MB0104 duplicate key, MB0107 aliases, tags and several
/// documents, MB0108 nested too deeply, MB0110 a value cut by a comment.
pub fn parse(source: SourceId, text: &str, range: Range<usize>, sink: &mut Sink) -> Option<Node> {
    let node = parse_parts(source, text, range, sink);
    Some(node).filter(Node::is_whole)
}

/// Parses as much of the YAML at `range` of the `text` of a file as can be read: what cannot is [`Kind::Broken`], and
/// was reported.
///
/// # Diagnostics
/// Those of [`parse`].
pub fn parse_parts(source: SourceId, text: &str, range: Range<usize>, sink: &mut Sink) -> Node {
    let yaml = &text[range.clone()];
    let base = range.start;
    if yaml
        .lines()
        .all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'))
    {
        let span = Span::new(source, base..base);
        return Node {
            span,
            kind: Kind::Map(Vec::new()),
        };
    }
    let mut fixed = Cow::Borrowed(yaml);
    let (mut wrong, mut repaired) = (Vec::new(), Vec::new());
    for found in scan(source, yaml, base) {
        match &found.repair {
            Some(repair) => {
                fixed.to_mut().replace_range(found.range.clone(), repair);
                repaired.push(found.range);
            }
            None => wrong.push(found.range),
        }
        sink.push(found.diagnostic);
    }
    let mut error = None;
    if wrong.is_empty() {
        match parse_raw(source, &fixed, base) {
            Ok((node, said)) => {
                said.into_iter()
                    .for_each(|diagnostic| sink.push(diagnostic));
                return node;
            }
            Err(diagnostic) => error = Some(*diagnostic).filter(|_| repaired.is_empty()),
        }
    }
    let whole = Whole {
        source,
        yaml: &fixed,
        base,
        error,
        wrong,
        repaired,
    };
    let (node, said) = whole.read();
    said.into_iter()
        .for_each(|diagnostic| sink.push(diagnostic));
    node
}

/// Parses some YAML that begins at the byte `base` of a file: the tree and what is wrong with it, or the syntax error.
fn parse_raw(
    source: SourceId,
    yaml: &str,
    base: usize,
) -> Result<(Node, Vec<Diagnostic>), Box<Diagnostic>> {
    let mut options = serde_yaml::Options::default();
    options.duplicate_keys = DuplicateKeyPolicy::LastWins;
    options.merge_keys = MergeKeyPolicy::Error;
    options.with_snippet = false;
    options.strict_booleans = true;
    let mut budget = serde_yaml::Budget::default();
    budget.max_nodes = 20_000_000;
    budget.max_events = 40_000_000;
    budget.max_total_scalar_bytes = usize::MAX;
    budget.max_depth = MAX_DEPTH;
    budget.max_aliases = 0;
    budget.max_anchors = 0;
    options.budget = Some(budget);
    match serde_yaml::from_str_with_options::<Raw>(yaml, options) {
        Ok(raw) => {
            let mut sink = Sink::default();
            let mut tree = Tree {
                source,
                yaml,
                base,
                sink: &mut sink,
            };
            let node = tree.node(raw, 0);
            Ok((node, sink.into_reported()))
        }
        Err(error) => Err(Box::new(explain(source, yaml, base, &error))),
    }
}

/// A value that could not be read, wherever it was.
pub static BROKEN: Node = Node {
    span: Span {
        source: SourceId(0),
        start: 0,
        end: 0,
    },
    kind: Kind::Broken,
};

/// The diagnostic (MB0103) for a value that is whole in full-width quotation marks.
pub fn wide_quotes(text: &str, span: Span) -> Option<Diagnostic> {
    let inner = [
        ("“", "”"),
        ("‘", "’"),
        ("「", "」"),
        ("＂", "＂"),
        ("＇", "＇"),
    ]
    .iter()
    .find_map(|(open, close)| text.strip_prefix(open)?.strip_suffix(close))?;
    let diagnostic = Diagnostic::new(
        &codes::YAML_FULL_WIDTH,
        span,
        format!("“{inner}”外面的全角引号会被当作文字"),
        format!("the full-width quotation marks around \"{inner}\" are read as text"),
    );
    Some(diagnostic.hint(format!("写作 {inner}"), format!("write {inner}")))
}

/// Whether a line looks like `---` but is made of other dashes.
pub fn is_wide_fence(line: &str) -> bool {
    let line = line.trim();
    line.chars().any(|c| wide::DASHES.contains(&c))
        && line.chars().all(|c| c == '-' || wide::DASHES.contains(&c))
}

impl Node {
    /// Whether all of it could be read.
    pub fn is_whole(&self) -> bool {
        match &self.kind {
            Kind::Empty | Kind::Text(_) => true,
            Kind::List(items) => items.iter().all(Self::is_whole),
            Kind::Map(entries) => entries.iter().all(|(_, node)| node.is_whole()),
            Kind::Broken => false,
        }
    }
}

/// The tree as the parser returns it, before locations are converted to spans.
#[derive(Debug)]
enum RawKind {
    Empty,
    /// A string as the parser read it (quotes and folding resolved).
    Text(String),
    /// A scalar that a YAML schema takes for a number or a boolean. Its text is read from the source.
    Other,
    List(Vec<Raw>),
    Map(Vec<(Raw, Raw)>),
}

#[derive(Debug)]
struct Raw(YamlSpanned<RawKind>);

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        YamlSpanned::deserialize(deserializer).map(Raw)
    }
}

impl<'de> Deserialize<'de> for RawKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = RawKind;

    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("text, a list or a mapping")
    }

    fn visit_unit<E>(self) -> Result<RawKind, E> {
        Ok(RawKind::Empty)
    }

    fn visit_none<E>(self) -> Result<RawKind, E> {
        Ok(RawKind::Empty)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<RawKind, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }

    fn visit_str<E>(self, text: &str) -> Result<RawKind, E> {
        Ok(RawKind::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<RawKind, E> {
        Ok(RawKind::Text(text))
    }

    fn visit_bool<E>(self, _: bool) -> Result<RawKind, E> {
        Ok(RawKind::Other)
    }

    fn visit_i64<E>(self, _: i64) -> Result<RawKind, E> {
        Ok(RawKind::Other)
    }

    fn visit_u64<E>(self, _: u64) -> Result<RawKind, E> {
        Ok(RawKind::Other)
    }

    fn visit_i128<E>(self, _: i128) -> Result<RawKind, E> {
        Ok(RawKind::Other)
    }

    fn visit_u128<E>(self, _: u128) -> Result<RawKind, E> {
        Ok(RawKind::Other)
    }

    #[expect(
        clippy::disallowed_types,
        reason = "serde's own signature; the number is thrown away, the text is kept"
    )]
    fn visit_f64<E>(self, _: f64) -> Result<RawKind, E> {
        Ok(RawKind::Other)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<RawKind, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = seq.next_element()? {
            list.push(item);
        }
        Ok(RawKind::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RawKind, A::Error> {
        let mut list = Vec::new();
        while let Some(entry) = map.next_entry()? {
            list.push(entry);
        }
        Ok(RawKind::Map(list))
    }
}

/// Converts the tree of the parser.
struct Tree<'a> {
    source: SourceId,
    yaml: &'a str,
    base: usize,
    sink: &'a mut Sink,
}

impl Tree<'_> {
    fn span(&self, location: serde_yaml::Location) -> Span {
        let span = location.span();
        let start = usize::try_from(span.byte_offset().unwrap_or(0))
            .unwrap_or(0)
            .min(self.yaml.len());
        let len = usize::try_from(span.byte_len().unwrap_or(0)).unwrap_or(0);
        let mut end = (start + len).min(self.yaml.len());
        // The parser's span of a block collection extends to the next key; a caret belongs under what is written.
        end = start + self.yaml[start..end].trim_end().len();
        Span::new(self.source, self.base + start..self.base + end)
    }

    /// Reports a tag (`!!int`, `!x`) before a value. A tag changes the value, but the parser accepts it silently.
    fn refuse_tag(&mut self, span: Span) {
        let start = span.start as usize - self.base;
        let before = self.yaml[..start].trim_end();
        if before.len() == start {
            return;
        }
        let token = before.rsplit([' ', '\n']).next().unwrap_or_default();
        let at = before.len() - token.len();
        let opens_value = self.yaml[..at]
            .trim_end()
            .ends_with([':', '-', '[', '{', ','])
            || self.yaml[..at].trim().is_empty();
        // A token that contains a quotation mark or ends an item is the end of the previous text.
        let is_tag =
            token.starts_with('!') && !token.contains(['"', '\'']) && !token.ends_with(',');
        if is_tag && opens_value {
            self.sink.push(
                Diagnostic::new(
                    &codes::YAML_ALIAS,
                    Span::new(self.source, self.base + at..self.base + before.len()),
                    format!("值以“!”开头，YAML 会把“{token}”当作标签"),
                    format!("the value begins with !, so YAML reads \"{token}\" as a tag"),
                )
                .hint(
                    "“!”是文字的，给整个值加引号；否则删去标签",
                    "if ! is part of the text, quote the whole value; otherwise remove the tag",
                ),
            );
        }
    }

    /// The YAML from the start of a value.
    fn rest(&self, span: Span) -> &str {
        &self.yaml[span.start as usize - self.base..]
    }

    fn written(&self, span: Span) -> &str {
        &self.yaml[span.start as usize - self.base..span.end as usize - self.base]
    }

    fn node(&mut self, raw: Raw, depth: usize) -> Node {
        let span = self.span(raw.0.referenced);
        if depth > MAX_DEPTH {
            self.sink.push(too_deep(span));
            return Node {
                span,
                kind: Kind::Empty,
            };
        }
        self.refuse_tag(span);
        let kind = match raw.0.value {
            RawKind::Empty => Kind::Empty,
            RawKind::Text(text) => {
                self.sink.push(signs::check(&text, span));
                Kind::Text(joined(text, self.rest(span)))
            }
            RawKind::Other => Kind::Text(self.written(span).to_owned()),
            RawKind::List(list) => Kind::List(
                list.into_iter()
                    .map(|item| self.node(item, depth + 1))
                    .collect(),
            ),
            RawKind::Map(entries) => Kind::Map(self.map(entries, depth)),
        };
        Node { span, kind }
    }

    fn map(&mut self, entries: Vec<(Raw, Raw)>, depth: usize) -> Vec<(Spanned<String>, Node)> {
        let mut out: Vec<(Spanned<String>, Node)> = Vec::with_capacity(entries.len());
        let mut seen: HashMap<String, usize> = HashMap::with_capacity(entries.len());
        for (key, value) in entries {
            let key = self.node(key, depth + 1);
            let name = match key.kind {
                Kind::Text(text) => text,
                _ => self.written(key.span).to_owned(),
            };
            let meaning = keys::canonical(&name).unwrap_or(&name);
            if let Some(&index) = seen.get(meaning) {
                let first = &out[index].0;
                self.sink.push(
                    Diagnostic::new(
                        &codes::YAML_DUPLICATE_KEY,
                        key.span,
                        if *first.value == name {
                            format!("键“{name}”写了两次")
                        } else {
                            format!("键“{name}”和“{}”是同一项，写了两次", first.value)
                        },
                        if *first.value == name {
                            format!("key \"{name}\" is written twice")
                        } else {
                            format!(
                                "\"{name}\" and \"{}\" are the same key, written twice",
                                first.value
                            )
                        },
                    )
                    .also(first.span, "第一次在这里", "first written here")
                    .hint(
                        "只保留一个，或把两处合并",
                        "keep one of them, or merge them",
                    ),
                );
                continue;
            }
            seen.insert(meaning.to_owned(), out.len());
            let value = self.node(value, depth + 1);
            out.push((Spanned::new(name, key.span), value));
        }
        out
    }
}

/// A text of several lines. YAML puts a space where a line ended; in Chinese there is none next to an ideograph.
fn joined(text: String, written: &str) -> String {
    let (first, below) = written.split_once('\n').unwrap_or((written, ""));
    let first = first.trim();
    let lines = match first.chars().next() {
        Some('>') => below,
        Some('|') => return text,
        _ => written,
    };
    let quotes: &[char] = match first.chars().next() {
        Some('"') => &['"'],
        Some('\'') => &['\''],
        _ => &[],
    };
    let in_chinese = is_chinese(&text);
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    for line in lines.lines() {
        let line = line.trim().trim_matches(quotes);
        let after = rest.trim_start_matches([' ', '\n']);
        // The value ends, or it is written otherwise than it reads.
        if line.is_empty() || !after.starts_with(line) {
            if line.is_empty() {
                continue;
            }
            break;
        }
        let gap = &rest[..rest.len() - after.len()];
        let soft =
            gap == " " && join_soft(out.chars().next_back(), after.chars().next(), in_chinese);
        if !soft {
            out.push_str(gap);
        }
        out.push_str(line);
        rest = &after[line.len()..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_chinese_are_joined_without_a_space() {
        for (yaml, text) in [
            ("a: >\n  关于做好\n  受理工作\n", "关于做好受理工作\n"),
            ("a: >-\n  关于做好\n  受理工作\nb: 甲\n", "关于做好受理工作"),
            ("a: 关于做好\n  受理工作\nb: 甲\n", "关于做好受理工作"),
            ("a: \"关于做好\n  受理工作\"\n", "关于做好受理工作"),
            (
                "a: '关于做好\n  2026 年\n  受理工作'\n",
                "关于做好2026 年受理工作",
            ),
            ("a: >-\n  one\n  two\n", "one two"),
            ("a: >-\n  甲 乙\n\n  丙\n  丁\n", "甲 乙\n丙丁"),
            ("a: 甲 乙\n", "甲 乙"),
            ("a: |-\n  甲\n  乙\n", "甲\n乙"),
        ] {
            let (node, sink) = parse_text(yaml);
            assert!(sink.is_empty(), "{yaml}");
            let entries = entries(node.unwrap());
            assert_eq!(entries[0].1.kind, Kind::Text(text.to_owned()), "{yaml}");
        }
    }

    fn parse_text(text: &str) -> (Option<Node>, Sink) {
        let mut sink = Sink::default();
        let node = parse(SourceId(0), text, 0..text.len(), &mut sink);
        (node, sink)
    }

    fn entries(node: Node) -> Vec<(Spanned<String>, Node)> {
        match node.kind {
            Kind::Map(entries) => entries,
            other => panic!("no mapping: {other:?}"),
        }
    }

    #[test]
    fn scalars_keep_their_text() {
        for text in [
            "no",
            "010",
            "1_000",
            "2020-07-15",
            "12:30:45",
            "1.10",
            "0x1F",
            "140121",
            "~x",
            "〔2020〕7号",
            "应 县",
            "0351-0000000",
            "true",
            "1e3",
            "-5",
            ".5",
            "+1",
        ] {
            let yaml = format!("a: {text}\nb: [{text}, 甲]\n");
            let (node, sink) = parse_text(&yaml);
            assert!(sink.is_empty(), "{text}");
            let entries = entries(node.unwrap());
            assert_eq!(entries[0].1.kind, Kind::Text(text.to_owned()), "{text}");
            assert_eq!(&yaml[entries[0].1.span.range()], text);
            let Kind::List(list) = &entries[1].1.kind else {
                panic!("no list")
            };
            assert_eq!(
                list[0].kind,
                Kind::Text(text.to_owned()),
                "{text} in a list"
            );
            assert_eq!(&yaml[list[1].span.range()], "甲");
        }
    }

    #[test]
    fn keys_that_look_like_other_types_keep_their_text() {
        let (node, _) = parse_text("no: 甲\n010: 乙\n右玉县: 丙\n");
        let keys: Vec<_> = entries(node.unwrap())
            .into_iter()
            .map(|(k, _)| k.value)
            .collect();
        assert_eq!(keys, ["no", "010", "右玉县"]);
    }

    #[test]
    fn both_names_of_one_key_are_the_same_key() {
        let (_, sink) = parse_text("title: 甲\n标题: 乙\n");
        assert!(sink.has_errors());
    }

    #[test]
    fn an_empty_value_is_empty() {
        let (node, _) = parse_text("a:\nb: ~\nc: \"\"\n");
        let entries = entries(node.unwrap());
        assert_eq!(entries[0].1.kind, Kind::Empty);
        assert_eq!(entries[2].1.kind, Kind::Text(String::new()));
    }
}
