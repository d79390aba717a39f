//! YAML as a tree of texts that know their places.
//!
//! Comes in: the YAML of a file and where it lies in the file. Goes out: [`Node`]s. Every scalar is the
//! *text that was written*: `no`, `010`, `1_000` and `2020-07-15` reach the model unchanged, whatever a YAML
//! schema would make of them; the model judges. This file alone knows the YAML library.
//!
//! Steps: cheap line checks for the slips that make parsers stumble (tab, full-width colon), then the
//! parser; if a line check found something, a syntax error of the same file is its consequence and stays silent.

use std::ops::Range;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::{DuplicateKeyPolicy, MergeKeyPolicy, Spanned as YamlSpanned};

use super::keys;
use crate::diag::{Diagnostic, Sink, SourceId, Span, Spanned, codes};

/// The deepest nesting taken.
const DEEPEST: usize = 40;

/// A value with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    pub span: Span,
    pub kind: Kind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Nothing was written behind the key.
    Empty,
    Text(String),
    List(Vec<Node>),
    /// In the order written; keys as written.
    Map(Vec<(Spanned<String>, Node)>),
}

/// Parses the YAML that lies at `range` of a file's `text`.
///
/// # Diagnostics
/// MB0101 syntax, MB0102 tab, MB0103 full-width colon, MB0104 key written twice, MB0107 aliases, tags and
/// several documents, MB0108 too deep.
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
    budget.max_depth = DEEPEST * 2;
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

/// Finds what YAML parsers explain badly. Returns whether anything was found.
fn check_lines(source: SourceId, yaml: &str, base: usize, sink: &mut Sink) -> bool {
    let mut found = false;
    let mut at = base;
    let mut block_indent: Option<usize> = None;
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
        if let Some(tab) = leading_tab(line) {
            found = true;
            sink.push(
                Diagnostic::new(
                    &codes::YAML_TAB,
                    Span::new(source, at + tab..at + tab + 1),
                    "这一行用制表符缩进",
                    "this line is indented with a tab",
                )
                .hint(
                    "把制表符换成空格（每级两个）",
                    "use spaces instead, two per level",
                ),
            );
        } else if let Some(colon) = full_width_colon(rest) {
            found = true;
            let start = at + indent + colon.start;
            sink.push(
                Diagnostic::new(
                    &codes::YAML_FULL_WIDTH,
                    Span::new(source, start..at + indent + colon.end),
                    "键后面用了全角冒号“：”",
                    "full-width colon behind a key",
                )
                .hint(
                    "改为半角冒号加一个空格“: ”",
                    "write a half-width colon and a space \": \"",
                ),
            );
        }
        if rest.ends_with('|')
            || rest.ends_with('>')
            || rest.ends_with("|-")
            || rest.ends_with(">-")
        {
            block_indent = rest.contains(':').then_some(indent);
        }
        at += line.len();
    }
    found
}

fn leading_tab(line: &str) -> Option<usize> {
    let white = line.len() - line.trim_start_matches([' ', '\t']).len();
    (!line.trim().is_empty())
        .then(|| line[..white].find('\t'))
        .flatten()
}

/// A full-width colon that was meant to end a key: the words before it are a key of ours.
fn full_width_colon(rest: &str) -> Option<Range<usize>> {
    let key_start = rest.len() - rest.trim_start_matches(['-', ' ', '{']).len();
    let (key, _) = rest[key_start..].split_once('：')?;
    keys::canonical(key.trim())?;
    let at = key_start + key.len();
    Some(at..at + '：'.len_utf8())
}

/// The parser's own shape, before places are turned into spans of ours.
#[derive(Debug)]
enum RawKind {
    Empty,
    /// A string as the parser understood it (quotes and folding resolved).
    Text(String),
    /// A scalar that a YAML schema takes for a number or truth value: its text is read from the source.
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

/// Turns the parser's tree into ours.
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
        // Block collections reach to the next key; a caret belongs under what is written.
        end = start + self.yaml[start..end].trim_end().len();
        Span::new(self.source, self.base + start..self.base + end)
    }

    fn written(&self, span: Span) -> &str {
        &self.yaml[span.start as usize - self.base..span.end as usize - self.base]
    }

    fn node(&mut self, raw: Raw, depth: usize) -> Node {
        let span = self.span(raw.0.referenced);
        if depth > DEEPEST {
            self.sink.push(Diagnostic::new(
                &codes::TOO_DEEP,
                span,
                "YAML 嵌套过深",
                "YAML is nested too deeply",
            ));
            return Node {
                span,
                kind: Kind::Empty,
            };
        }
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
        for (key, value) in entries {
            let key = self.node(key, depth + 1);
            let name = match key.kind {
                Kind::Text(text) => text,
                _ => self.written(key.span).to_owned(),
            };
            let meaning = keys::canonical(&name).unwrap_or(&name);
            if let Some((first, _)) = out
                .iter()
                .find(|(k, _)| keys::canonical(&k.value).unwrap_or(&k.value) == meaning)
            {
                self.sink.push(
                    Diagnostic::new(
                        &codes::YAML_DUPLICATE_KEY,
                        key.span,
                        format!("键“{name}”写了两次"),
                        format!("key \"{name}\" is written twice"),
                    )
                    .also(first.span, "第一次在这里", "first written here")
                    .hint("只保留一个", "keep one of them"),
                );
                continue;
            }
            let value = self.node(value, depth + 1);
            out.push((Spanned::new(name, key.span), value));
        }
        out
    }
}

/// The parser's error in our words.
fn explain(source: SourceId, yaml: &str, base: usize, error: &serde_yaml::Error) -> Diagnostic {
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
    let mut span = Span::new(source, base + at..base + at);
    let lower = words.to_lowercase();
    if lower.contains("alias")
        || lower.contains("anchor")
        || lower.contains("tag")
        || lower.contains("multiple")
        || lower.contains("merge")
    {
        return Diagnostic::new(
            &codes::YAML_ALIAS,
            span,
            "这里用了锚点、别名、标签或多文档写法",
            "anchor, alias, tag or several documents used here",
        )
        .hint(
            "把值直接写出来；需要“&”“*”“!”作文字时加引号",
            "write the value out; quote it if & * ! are meant as text",
        );
    }
    if lower.contains("depth") || lower.contains("nest") || lower.contains("recursion") {
        return Diagnostic::new(
            &codes::TOO_DEEP,
            span,
            "YAML 嵌套过深",
            "YAML is nested too deeply",
        );
    }
    // A value with an unquoted ": " is reported at the second colon; the whole value needs the quotes.
    let line_start = yaml[..at].rfind('\n').map_or(0, |i| i + 1);
    let line_end = yaml[at..].find('\n').map_or(yaml.len(), |i| at + i);
    let line = &yaml[line_start..line_end];
    if let Some((key, value)) = line.split_once(": ")
        && value.contains(": ")
        && !value.trim_start().starts_with(['"', '\'', '{', '['])
    {
        let start = line_start + key.len() + 2;
        span = Span::new(source, base + start..base + line_end);
        let value = value.trim();
        return Diagnostic::new(
            &codes::YAML_SYNTAX,
            span,
            "值里面有“: ”，须加引号",
            "the value contains \": \" and must be quoted",
        )
        .hint(
            format!("写成 {}: \"{value}\"", key.trim()),
            format!("write {}: \"{value}\"", key.trim()),
        );
    }
    if let Some(quote) = unclosed_quote(yaml) {
        span = Span::new(source, base + quote..base + quote + 1);
        return Diagnostic::new(
            &codes::YAML_SYNTAX,
            span,
            "引号没有配对",
            "quotation mark is never closed",
        )
        .hint(
            "在值的末尾补上同样的引号",
            "close it with the same mark at the end of the value",
        );
    }
    let first = words.lines().next().unwrap_or_default().to_owned();
    Diagnostic::new(&codes::YAML_SYNTAX, span, "YAML 在这里读不通", format!("YAML cannot be read here: {first}"))
        .hint("检查这一行及上一行的缩进、冒号、引号和括号；值以 [ { & * ! % @ 开头时加引号", "check indentation, colons, quotes and brackets here and on the line above; quote values that begin with [ { & * ! % @")
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

/// The first line whose value opens a quotation mark and does not close it.
fn unclosed_quote(yaml: &str) -> Option<usize> {
    let mut at = 0;
    for line in yaml.split_inclusive('\n') {
        if let Some((key, value)) = line.split_once(": ") {
            let value = value.trim();
            for quote in ['"', '\''] {
                if value.starts_with(quote) && value.matches(quote).count() == 1 {
                    return Some(
                        at + key.len()
                            + 2
                            + (line.len()
                                - key.len()
                                - 2
                                - line[key.len() + 2..].trim_start().len()),
                    );
                }
            }
        }
        at += line.len();
    }
    None
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
