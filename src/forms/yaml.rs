//! YAML as a tree of texts with spans.
//!
//! Comes in: the YAML of a file and its byte range in the file. Goes out: [`Node`]s. Every scalar is the *text as
//! written*: `no`, `010`, `1_000` and `2020-07-15` reach the model unchanged, whatever type a YAML schema would give
//! them. Only this module knows the YAML library. It does not judge values.
//!
//! Steps: first, simple checks of each line for mistakes that confuse YAML parsers (tabs, full-width colons); then
//! the parser. If a line check finds something, a syntax error in the same file is its consequence and is not
//! reported.

mod explain;

use std::collections::HashMap;
use std::ops::Range;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::{DuplicateKeyPolicy, MergeKeyPolicy, Spanned as YamlSpanned};

use self::explain::{explain, too_deep};
use super::keys;
use crate::diag::{Diagnostic, Sink, SourceId, Span, Spanned, codes};

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
}

/// Parses the YAML at `range` of the `text` of a file.
///
/// # Diagnostics
/// MB0101 syntax, MB0102 tab, MB0103 full-width colon, MB0104 duplicate key, MB0107 aliases, tags and several
/// documents, MB0108 nested too deeply.
pub fn parse(source: SourceId, text: &str, range: Range<usize>, sink: &mut Sink) -> Option<Node> {
    let yaml = &text[range.clone()];
    if check_lines(source, yaml, range.start, sink) {
        return None;
    }
    if yaml
        .lines()
        .all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'))
    {
        let span = Span::new(source, range.start..range.start);
        return Some(Node {
            span,
            kind: Kind::Map(Vec::new()),
        });
    }
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
            let mut tree = Tree {
                source,
                yaml,
                base: range.start,
                sink,
            };
            let node = tree.node(raw, 0);
            Some(node)
        }
        Err(error) => {
            sink.push(explain(source, yaml, range.start, &error));
            None
        }
    }
}

/// Reports mistakes that YAML parsers explain badly. Returns whether there were any.
fn check_lines(source: SourceId, yaml: &str, base: usize, sink: &mut Sink) -> bool {
    let mut found = false;
    let mut at = base;
    let mut block_indent: Option<usize> = None;
    // The column of the last key with a value: lines indented deeper continue its text.
    let mut text_of: Option<usize> = None;
    for line in yaml.split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches(' ').len();
        let rest = line[indent..].trim_end();
        // Inside a block scalar (`key: |`) everything is text.
        if let Some(parent) = block_indent {
            if rest.is_empty() || indent > parent {
                at += line.len();
                continue;
            }
            block_indent = None;
        }
        let is_text = text_of.is_some_and(|column| indent > column) || rest.starts_with('#');
        if let Some(tab) = leading_tab(line) {
            found = true;
            sink.push(
                Diagnostic::new(
                    &codes::YAML_TAB,
                    Span::new(source, at + tab..at + tab + 1),
                    "这一行用制表符（Tab）缩进",
                    "this line is indented with a tab",
                )
                .hint(
                    "把制表符换成空格（每级两个）",
                    "replace tabs with spaces, two per level",
                ),
            );
        } else if let Some(colon) = full_width_colon(rest).filter(|_| !is_text) {
            found = true;
            let start = at + indent + colon.start;
            sink.push(wide_colon(Span::new(
                source,
                start..at + indent + colon.end,
            )));
        }
        if rest.ends_with('|')
            || rest.ends_with('>')
            || rest.ends_with("|-")
            || rest.ends_with(">-")
        {
            block_indent = rest.contains(':').then_some(indent);
        }
        if !rest.is_empty() && !is_text {
            let dashes = rest.len() - rest.trim_start_matches(['-', ' ']).len();
            let value = rest.split_once(": ").map_or("", |(_, value)| value.trim());
            text_of = (!value.is_empty() && !value.starts_with('#')).then_some(indent + dashes);
        }
        at += line.len();
    }
    found
}

fn wide_colon(span: Span) -> Diagnostic {
    Diagnostic::new(
        &codes::YAML_FULL_WIDTH,
        span,
        "键后面用了全角冒号“：”",
        "full-width colon after a key",
    )
    .hint(
        "改为半角冒号加一个空格“: ”",
        "write a half-width colon and a space: \": \"",
    )
}

fn leading_tab(line: &str) -> Option<usize> {
    let white = line.len() - line.trim_start_matches([' ', '\t']).len();
    (!line.trim().is_empty())
        .then(|| line[..white].find('\t'))
        .flatten()
}

/// A full-width colon that was meant to end a key: the text before it is a known key.
fn full_width_colon(rest: &str) -> Option<Range<usize>> {
    let key_start = rest.len() - rest.trim_start_matches(['-', ' ', '{']).len();
    let (key, _) = rest[key_start..].split_once('：')?;
    keys::canonical(key.trim())?;
    let at = key_start + key.len();
    Some(at..at + '：'.len_utf8())
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
            RawKind::Text(text) => Kind::Text(text),
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

#[cfg(test)]
mod tests {
    use super::*;

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
