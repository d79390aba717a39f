//! Looks for mistakes that YAML parsers explain badly or accept silently: tabs, full-width punctuation in the place of
//! YAML's own, and a `#` that makes a comment of the rest of a value.
//!
//! Comes in: the YAML of a file. Goes out: [`Finding`]s, all of them, in order. It reads line by line and knows only
//! as much YAML as it needs to tell punctuation from text: indentation, block scalars, quotes and flow brackets.

use std::ops::Range;

use super::wide;
use crate::diag::{Diagnostic, SourceId, Span, codes};
use crate::keys;

/// A mistake, and whether what was meant is known well enough to go on with it.
pub struct Finding {
    pub diagnostic: Diagnostic,
    /// The bytes of the mistake in the YAML.
    pub range: Range<usize>,
    /// What was meant, in as many bytes.
    pub repair: Option<String>,
}

/// Keys whose values are sentences or titles.
const PROSE: [&str; 16] = [
    "title",
    "short",
    "tagline",
    "lead",
    "description",
    "text",
    "ask",
    "why",
    "help",
    "about",
    "quote",
    "note",
    "differs",
    "overlap",
    "programme",
    "name",
];

/// A key before a full-width colon has at most this many characters.
const LONGEST_KEY: usize = 20;

/// Looks through the YAML of a file, which begins at the byte `base` of it.
pub fn scan(source: SourceId, yaml: &str, base: usize) -> Vec<Finding> {
    let mut scanner = Scanner {
        source,
        yaml,
        base,
        found: Vec::new(),
        block: None,
        text_of: None,
        quote: None,
        flow: Vec::new(),
    };
    let mut at = 0;
    for line in yaml.split_inclusive('\n') {
        scanner.line(at, line);
        at += line.len();
    }
    scanner.found
}

struct Scanner<'a> {
    source: SourceId,
    yaml: &'a str,
    base: usize,
    found: Vec<Finding>,
    /// The indentation of the key of an open block scalar (`key: |`), in which everything is text.
    block: Option<usize>,
    /// The column of the last key with a value: lines indented deeper continue its text.
    text_of: Option<usize>,
    /// An open quotation of several lines.
    quote: Option<char>,
    /// The open brackets, `{` or `[`.
    flow: Vec<char>,
}

impl Scanner<'_> {
    fn line(&mut self, at: usize, line: &str) {
        let indent = line.len() - line.trim_start_matches(' ').len();
        let rest = line[indent..].trim_end();
        if let Some(parent) = self.block {
            if rest.is_empty() || indent > parent {
                return;
            }
            self.block = None;
        }
        // A key at the margin ends what was left open by mistake.
        if indent == 0 && is_known_key(rest) {
            self.quote = None;
            self.flow.clear();
        }
        if let Some(mark) = self.quote {
            if rest.ends_with(mark) {
                self.quote = None;
            }
            return;
        }
        if let Some(tab) = leading_tab(line) {
            self.tab(at + tab);
            return;
        }
        if rest.is_empty() || rest.starts_with('#') {
            return;
        }
        if !self.flow.is_empty() {
            self.flow_line(at + indent, rest);
            return;
        }
        if self.text_of.is_some_and(|column| indent > column) {
            self.cut(at + indent, rest, None, true);
            return;
        }
        self.block_line(at, indent, rest);
        if self.block.is_none() && ends_as_block(rest) {
            self.block = rest.contains(':').then_some(indent);
        }
        let dashes = rest.len() - rest.trim_start_matches(['-', ' ']).len();
        let value = rest.split_once(": ").map_or("", |(_, value)| value.trim());
        let is_text = !value.is_empty() && !value.starts_with('#') && self.flow.is_empty();
        self.text_of = is_text.then_some(indent + dashes);
    }

    fn tab(&mut self, at: usize) {
        let diagnostic = Diagnostic::new(
            &codes::YAML_TAB,
            self.span(at..at + 1),
            "这一行用制表符（Tab）缩进",
            "this line is indented with a tab",
        )
        .hint(
            "把制表符换成空格（每级两个）",
            "replace tabs with spaces, two per level",
        );
        self.report(diagnostic, at..at + 1, None);
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.source, self.base + range.start..self.base + range.end)
    }

    fn report(&mut self, diagnostic: Diagnostic, range: Range<usize>, repair: Option<String>) {
        self.found.push(Finding {
            diagnostic,
            range,
            repair,
        });
    }

    /// Reports the full-width character at a byte. `repaired`: whether its half-width form can be read instead.
    fn wide(&mut self, at: usize, repaired: bool) {
        let Some(sign) = self.yaml[at..].chars().next() else {
            return;
        };
        let range = at..at + sign.len_utf8();
        let diagnostic = wide::explain(sign, self.span(range.clone()));
        let plain = wide::plain(sign).filter(|_| repaired);
        let repair = plain.map(|plain| format!("{plain:<width$}", width = range.len()));
        self.report(diagnostic, range, repair);
    }

    /// Reports a blank after a colon that YAML does not take for one, and reads the usual one instead.
    fn blank(&mut self, at: usize) {
        let Some(sign) = self.yaml[at..].chars().next() else {
            return;
        };
        let range = at..at + sign.len_utf8();
        let diagnostic = wide::explain_blank(sign, self.span(range.clone()));
        let repair = " ".repeat(range.len());
        self.report(diagnostic, range, Some(repair));
    }

    /// A line outside brackets, block scalars and texts of several lines.
    fn block_line(&mut self, at: usize, indent: usize, rest: &str) {
        let start = at + indent;
        if rest.starts_with(char::is_whitespace) {
            self.wide(start, false);
            return;
        }
        let mut item = rest;
        loop {
            if let Some(after) = item.strip_prefix("- ") {
                item = after.trim_start_matches(' ');
            } else if let Some(length) = wide_dash(item) {
                self.wide(start + rest.len() - item.len(), true);
                item = item[length..].trim_start();
            } else {
                break;
            }
        }
        let item_at = start + rest.len() - item.len();
        let is_item = item.len() < rest.len();
        if item.starts_with('＃') {
            self.wide(item_at, false);
            return;
        }
        if let Some(blank) = blank_after_key(item) {
            self.blank(item_at + blank);
            return;
        }
        let colon = plain_colon(item);
        if let Some(sign) = self.wide_colon(at, indent, item, colon, is_item) {
            // An unknown key at the margin is perhaps not a key.
            let is_sure = keys::canonical(item[..sign].trim()).is_some() || indent > 0;
            self.wide(item_at + sign, is_sure);
            let value = &item[sign + '：'.len_utf8()..];
            let lead = value.len() - value.trim_start().len();
            self.value(
                item_at + item.len() - value.len() + lead,
                value.trim_start(),
                None,
            );
            return;
        }
        match colon {
            Some(colon) if !item.starts_with(['{', '[', '"', '\'', '｛', '［']) => {
                let key = item[..colon].trim();
                if key.starts_with('“') && key.ends_with('”') {
                    self.wide(item_at, false);
                    return;
                }
                let value = &item[colon + 1..];
                let lead = value.len() - value.trim_start_matches(' ').len();
                let value_at = item_at + colon + 1 + lead;
                self.value(value_at, &value[lead..], Some(key));
            }
            _ => self.value(item_at, item, None),
        }
    }

    /// Where a full-width colon in the item of a line ends a key, and not a piece of text.
    fn wide_colon(
        &self,
        at: usize,
        indent: usize,
        item: &str,
        colon: Option<usize>,
        is_item: bool,
    ) -> Option<usize> {
        let sign = item
            .find('：')
            .filter(|sign| colon.is_none_or(|colon| *sign < colon))?;
        if item.starts_with(['{', '[', '"', '\'', '｛', '［', '“']) {
            return None;
        }
        let key = item[..sign].trim();
        let value = item[sign + '：'.len_utf8()..].trim();
        if keys::canonical(key).is_some() {
            return Some(sign);
        }
        let may_be_key = key.chars().count() <= LONGEST_KEY
            && !key.is_empty()
            && !key.contains(['，', '。', '；', '、', ' ', '《']);
        let opens = value.starts_with(['{', '[', '｛', '［']) || matches!(value, "|" | ">" | "｜");
        let has_more = value.is_empty() && self.is_next_deeper(at, indent);
        let at_margin = indent == 0 && !is_item && colon.is_none();
        (may_be_key && (opens || has_more || at_margin)).then_some(sign)
    }

    /// Whether the next line with something on it is indented deeper than this one.
    fn is_next_deeper(&self, at: usize, indent: usize) -> bool {
        let mut lines = self.yaml[at..].lines().skip(1);
        let next = lines.find(|line| {
            let line = line.trim();
            !line.is_empty() && !line.starts_with('#')
        });
        next.is_some_and(|line| {
            let own = line.len() - line.trim_start_matches(' ').len();
            own > indent || own == indent && line[own..].starts_with("- ")
        })
    }

    /// The value of a key or of an item of a list.
    fn value(&mut self, at: usize, value: &str, key: Option<&str>) {
        let Some(first) = value.chars().next() else {
            return;
        };
        match first {
            '"' | '\'' => self.quoted(value, first),
            '{' | '[' | '｛' | '［' => {
                let close = if first == '｛' {
                    ['｝', '}']
                } else {
                    ['］', ']']
                };
                if first.is_ascii() || value.trim_end().ends_with(close) {
                    self.flow_line(at, value);
                }
            }
            '｜' | '＞' if value.chars().nth(1).is_none() => self.wide(at, false),
            '＂' | '＇' => self.wide(at, false),
            '“' if value.contains(": ") || value.contains(" #") => self.wide(at, false),
            '|' | '>' => {}
            '#' => self.emptied(at, value),
            _ => self.cut(at, value, key, false),
        }
    }

    fn quoted(&mut self, value: &str, mark: char) {
        if closing(&value[1..], mark).is_none() {
            self.quote = Some(mark);
        }
    }

    /// A value that is nothing but a comment (`number: #3号`), unless lines below it are the value.
    fn emptied(&mut self, at: usize, value: &str) {
        let is_content = value[1..].chars().next().is_some_and(is_content);
        let start = self.yaml[..at].rfind('\n').map_or(0, |i| i + 1);
        let line = &self.yaml[start..];
        let indent = line.len() - line.trim_start_matches(' ').len();
        if is_content && !self.is_next_deeper(start, indent) {
            let range = at..at + value.trim_end().len();
            self.comment(range.clone(), Some(&self.yaml[range]));
        }
    }

    /// A plain text on one line that ` #` cuts. A comment says so itself: it has blanks on both sides of its `#`, and
    /// more than one before it if it follows a sentence. `continues`: whether the text began on an earlier line.
    fn cut(&mut self, at: usize, value: &str, key: Option<&str>, continues: bool) {
        let Some(hash) = value.find(" #") else {
            return;
        };
        let text = value[..hash].trim_end();
        let blanks = hash + 1 - text.len();
        let after = value[hash + 2..].chars().next();
        let is_prose = key
            .and_then(keys::canonical)
            .is_some_and(|key| PROSE.contains(&key));
        let is_cut = if after.is_some_and(is_content) {
            is_prose || !text.is_ascii()
        } else {
            is_prose && blanks == 1 && after.is_some_and(|c| c == ' ')
        };
        if is_cut && !text.is_empty() {
            let whole = value.trim_end();
            self.comment(
                at + hash + 1..at + whole.len(),
                (!continues).then_some(whole),
            );
        }
    }

    /// Reports a comment in a value. `whole`: the value as it was meant, if it is on this line.
    fn comment(&mut self, range: Range<usize>, whole: Option<&str>) {
        let quoted = |colon: &str| {
            whole.map_or_else(String::new, |whole| {
                format!("{colon}{}", super::explain::quoted(whole))
            })
        };
        let (zh, en) = (quoted("："), quoted(": "));
        let diagnostic = Diagnostic::new(
            &codes::VALUE_CUT,
            self.span(range.clone()),
            "“#”使后面的文字成了注释，值到这里就断了",
            "\"#\" makes the rest of this line a comment, so the value is cut here",
        )
        .hint(
            format!("“#”是文字的，给整个值加引号{zh}；是注释的，在“#”前空两格、后空一格"),
            format!("if # is part of the text, quote the whole value{en}; if it begins a comment, put two spaces before it and one after it"),
        );
        self.report(diagnostic, range, None);
    }

    /// What is between brackets, as far as it is on this line.
    fn flow_line(&mut self, at: usize, text: &str) {
        let mut token = 0;
        let mut has_colon = false;
        let mut skip_to = 0;
        for (i, sign) in text.char_indices() {
            if i < skip_to {
                continue;
            }
            let starts = text[token..i].trim().is_empty();
            let rest = &text[i + sign.len_utf8()..];
            match sign {
                '"' | '\'' if starts => match closing(rest, sign) {
                    Some(end) => skip_to = i + 1 + end + 1,
                    None => {
                        self.quote = Some(sign);
                        return;
                    }
                },
                '＂' | '＇' if starts => {
                    self.wide(at + i, false);
                    skip_to = rest
                        .find(sign)
                        .map_or(skip_to, |end| i + 2 * sign.len_utf8() + end);
                }
                '“' if starts => {
                    if let Some(end) = rest.find('”') {
                        if rest[..end].contains([',', '{', '}', '[', ']'])
                            || rest[..end].contains(": ")
                        {
                            self.wide(at + i, false);
                        }
                        skip_to = i + sign.len_utf8() + end;
                    }
                }
                '{' | '[' | '｛' | '［' if starts => {
                    if !sign.is_ascii() {
                        self.wide(at + i, true);
                    }
                    self.flow.push(if matches!(sign, '{' | '｛') {
                        '{'
                    } else {
                        '['
                    });
                    (token, has_colon) = (i + sign.len_utf8(), false);
                }
                '}' | ']' => {
                    self.flow.pop();
                    (token, has_colon) = (i + 1, true);
                }
                '｝' | '］' if self.closes(sign, rest) => {
                    self.wide(at + i, true);
                    self.flow.pop();
                    (token, has_colon) = (i + sign.len_utf8(), true);
                }
                ',' => (token, has_colon) = (i + 1, false),
                '，' if self.flow.last() == Some(&'{') && begins_with_key(rest) => {
                    self.wide(at + i, true);
                    (token, has_colon) = (i + sign.len_utf8(), false);
                }
                ':' if rest.is_empty() || rest.starts_with(' ') => {
                    (token, has_colon) = (i + 1, true);
                }
                '：' if !has_colon && self.flow.last() == Some(&'{') => {
                    let known = keys::canonical(text[token..i].trim()).is_some();
                    if known || is_whole_entry(rest) {
                        self.wide(at + i, true);
                        (token, has_colon) = (i + sign.len_utf8(), true);
                    }
                }
                '#' if text[..i].ends_with(' ') => {
                    self.flow_comment(at, text, token, i);
                    return;
                }
                _ => {}
            }
        }
    }

    /// A comment between brackets, at byte `hash` of a line; the entry that it is in begins at `token`.
    fn flow_comment(&mut self, at: usize, text: &str, token: usize, hash: usize) {
        let is_text = text[hash + 1..].chars().next().is_some_and(is_content);
        if is_text && !text[token..hash].trim().is_empty() {
            let value = text[token..].trim().trim_end_matches(['}', ']']);
            self.comment(at + hash..at + text.trim_end().len(), Some(value));
            self.flow.clear();
        }
    }

    /// Whether a full-width bracket closes the innermost one: nothing after it on the line does.
    fn closes(&self, sign: char, rest: &str) -> bool {
        let (open, close) = if sign == '｝' {
            ('{', '}')
        } else {
            ('[', ']')
        };
        let after = rest.matches(close).count();
        let still_open = self.flow.iter().filter(|bracket| **bracket == open).count();
        self.flow.last() == Some(&open) && after < still_open
    }
}

/// Whether a character right after `#` says that it is part of a text: `#3号`, not `# 注`.
fn is_content(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '（' | '《' | '“' | '(')
}

/// Whether a line begins with a known key and its colon.
fn is_known_key(rest: &str) -> bool {
    rest.split_once(':')
        .is_some_and(|(key, _)| keys::canonical(key).is_some())
}

/// Whether a line opens a block scalar.
fn ends_as_block(rest: &str) -> bool {
    ["|", ">", "|-", ">-"].iter().any(|end| rest.ends_with(end))
}

/// The offset of a tab in the indentation of a line with something on it.
fn leading_tab(line: &str) -> Option<usize> {
    let white = line.len() - line.trim_start_matches([' ', '\t']).len();
    (!line.trim().is_empty())
        .then(|| line[..white].find('\t'))
        .flatten()
}

/// Where a quoted text ends, given what is after its first mark: `\"` and `''` are part of it.
fn closing(rest: &str, mark: char) -> Option<usize> {
    let mut signs = rest.char_indices().peekable();
    while let Some((at, sign)) = signs.next() {
        if mark == '"' && sign == '\\' {
            signs.next();
        } else if sign == mark {
            let is_doubled = mark == '\'' && signs.peek().is_some_and(|(_, next)| *next == mark);
            if !is_doubled {
                return Some(at);
            }
            signs.next();
        }
    }
    None
}

/// Where a blank follows a known key and its colon that YAML does not take for one.
fn blank_after_key(item: &str) -> Option<usize> {
    let colon = item.find(':')?;
    keys::canonical(item[..colon].trim())?;
    let sign = item[colon + 1..].chars().next()?;
    wide::is_blank(sign).then_some(colon + 1)
}

/// The length of a dash that was meant to begin an item of a list.
fn wide_dash(item: &str) -> Option<usize> {
    let dash = item.chars().next().filter(|c| wide::DASHES.contains(c))?;
    let after = item[dash.len_utf8()..].chars().next()?;
    let begins = after.is_whitespace() || (dash == '－' && after != '－');
    begins.then_some(dash.len_utf8())
}

/// The offset of the colon that ends the key of an item.
fn plain_colon(item: &str) -> Option<usize> {
    item.find(": ")
        .or_else(|| item.ends_with(':').then(|| item.len() - 1))
}

/// Whether the text after a comma begins with a key: `type: …`, `类型：…`.
fn begins_with_key(rest: &str) -> bool {
    let Some(end) = rest.find([':', '：', ',', '，', '{', '}', '[', ']', '"', '。', '；'])
    else {
        return false;
    };
    let key = rest[..end].trim();
    let colon = &rest[end..];
    // Before a full-width colon Chinese words are text: `请带材料，时间：九点`.
    let ends = colon.starts_with(": ")
        || (colon.starts_with('：') && key.is_ascii() && keys::canonical(key).is_some());
    ends && !key.is_empty() && key.chars().count() <= LONGEST_KEY
}

/// Whether an entry of a flow mapping has no half-width colon, so that the full-width one before `rest` is its own.
fn is_whole_entry(rest: &str) -> bool {
    let end = rest.find([',', '}', '｝']).unwrap_or(rest.len());
    let entry = &rest[..end];
    match entry.find(": ") {
        None => true,
        // `{甲：一，乙: 二}`: the colon belongs to the entry after the comma.
        Some(colon) => entry.find('，').is_some_and(|comma| comma < colon),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(yaml: &str) -> Vec<(&'static str, &str)> {
        scan(SourceId(0), yaml, 0)
            .into_iter()
            .map(|found| (found.diagnostic.code.id, &yaml[found.range]))
            .collect()
    }

    #[test]
    fn punctuation_and_comments_of_texts_are_left_alone() {
        for yaml in [
            "title: 关于印发《方案》的通知：第一批\n",
            "text: 请带材料，时间：九点\n",
            "point: {text: 请带材料，时间：九点，地点：大厅, clause: 一}\n",
            "point: {text: 示例，好看：各县（市、区）, clause: 一}\n",
            "list: [申请表，一式两份, 身份证]\n",
            "list:\n  - 咨询：教育局\n  - ——引自原文\n",
            "text: |\n  　　第一段：甲，乙\n  — 丙 #3号\n",
            "text: 第一行\n  　第二行：丙\n",
            "title: “扶贫 助学”方案\n",
            "quote: \"甲 #3号\"\nquote: '乙 #4号'\n",
            "groups:   # 原文在附件\n  甲: 乙\n",
            "groups: #原文在附件\n  甲: 乙\n",
            "title: 方案  # 标题\n",
            "year: 2023 # 年度\nissued: 2023-07-01 #成文\n",
            "url: https://example.org/#a\nclause: youyu-2023#一\n",
            "list:\n  - 甲  # 注\n# ＃ 注：，｛\n",
            "map: {\n  甲: 乙, # 注\n  丙: 丁 # 注\n}\n",
        ] {
            assert_eq!(found(yaml), [], "{yaml}");
        }
    }

    #[test]
    fn each_sign_is_found_where_it_is() {
        let wide = "MB0103";
        for (yaml, expected) in [
            ("学制：{ask: 甲}\n", vec![(wide, "：")]),
            ("when: {age：at_most 27}\n", vec![(wide, "：")]),
            ("when: {甲: 一，乙: 二}\n", vec![(wide, "，")]),
            ("when: ｛甲: 一｝\n", vec![(wide, "｛"), (wide, "｝")]),
            ("topics: ［甲, 乙］\n", vec![(wide, "［"), (wide, "］")]),
            ("topics: [甲, 乙］\n", vec![(wide, "］")]),
            ("list:\n  － 甲\n  — 乙\n", vec![(wide, "－"), (wide, "—")]),
            ("map:\n　　甲: 乙\n", vec![(wide, "　")]),
            ("“title”: 甲\n", vec![(wide, "“")]),
            ("text: ｜\n", vec![(wide, "｜")]),
            ("＃ 注\n", vec![(wide, "＃")]),
            ("title: 印发 #3号方案\n", vec![("MB0110", "#3号方案")]),
            ("list:\n  - 甲 #《乙》\n", vec![("MB0110", "#《乙》")]),
            (
                "when: {text: 甲 #3号, clause: 一}\n",
                vec![("MB0110", "#3号, clause: 一}")],
            ),
            ("text: 第一行\n  第二行 #3号\n", vec![("MB0110", "#3号")]),
            ("note: #3号\n", vec![("MB0110", "#3号")]),
        ] {
            assert_eq!(found(yaml), expected, "{yaml}");
        }
    }
}
