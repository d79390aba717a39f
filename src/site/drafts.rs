//! Drafts: source files in which something is still marked 待核.
//!
//! Comes in: the sources. Goes out: [`Drafts`], every open mark with its place; [`shown`] makes what a draft build writes
//! that an ordinary build never does. A mark is a comment: `# 待核：…`, `＃待核`, `# TODO 待核`, `<!-- 待核 -->`, or a line
//! that begins with `待核：`. YAML trees and clause trees do not contain comments, so the text of the files is searched.

pub mod shown;

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diag::{Code, Diagnostic, Sink, SourceId, Span, codes};
use crate::sources::{FrontMatter, SourceFile, Sources, split};

/// The word of a mark.
const MARK: &str = "待核";
const TODO: &str = "TODO";

/// Sources that pages ask for one by one. What other files say (site, topics, words of the search) is on every page.
const NOTED: [&str; 7] = [
    "content/notices/",
    "content/pages/",
    "data/pilots/",
    "data/assessments/",
    "data/schedules/",
    "data/checks/",
    "data/glossary.yaml",
];

/// Something that is to be confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub span: Span,
    /// What the mark says after 待核; may be empty.
    pub words: String,
    /// Whether the mark has its line to itself.
    pub alone: bool,
}

impl Mark {
    fn diagnostic(&self, code: &'static Code) -> Diagnostic {
        let (zh, en) = if self.words.is_empty() {
            ("这里还没有核对".to_owned(), "not confirmed yet".to_owned())
        } else {
            (
                format!("还没有核对：{}", self.words),
                format!("not confirmed yet: {}", self.words),
            )
        };
        let (hint_zh, hint_en) = if self.alone {
            (
                "对照原文确认或改正，再删去这一行；下面是带“# ”的现成条目的，对的去掉“# ”，不对的删去",
                "compare with the official text, correct the value, then delete this line; if commented entries follow, \
                 uncomment those that are right and delete the others",
            )
        } else {
            (
                "对照原文，改好以后删去这一处“待核”",
                "compare with the official text, correct the value, then delete this comment",
            )
        };
        Diagnostic::new(code, self.span, zh, en).hint(hint_zh, hint_en)
    }
}

/// The open marks of a site, in the order of their places.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Drafts {
    marks: BTreeMap<SourceId, Vec<Mark>>,
    /// Drafts whose words are on every page.
    everywhere: Vec<SourceId>,
}

impl Drafts {
    /// Finds every open mark in `content/` and `data/`.
    pub fn find(sources: &Sources) -> Self {
        let mut drafts = Self::default();
        for (id, file) in sources.numbered() {
            let marks = marks_of(id, file);
            if marks.is_empty() || !sources.is_readable(id) {
                continue;
            }
            if !NOTED.iter().any(|folder| file.path.starts_with(folder)) {
                drafts.everywhere.push(id);
            }
            drafts.marks.insert(id, marks);
        }
        drafts
    }

    /// Whether nothing is open.
    pub fn is_empty(&self) -> bool {
        self.marks.is_empty()
    }

    /// How many things are open.
    pub fn count(&self) -> usize {
        self.marks.values().map(Vec::len).sum()
    }

    /// The files that are drafts, with their open marks, in path order.
    pub fn files(&self) -> impl Iterator<Item = (SourceId, &[Mark])> {
        self.marks.iter().map(|(id, marks)| (*id, marks.as_slice()))
    }

    /// The drafts among the sources of a page.
    pub fn among(&self, inputs: &[SourceId]) -> Vec<SourceId> {
        let is_input = |id: &SourceId| inputs.contains(id) || self.everywhere.contains(id);
        self.marks.keys().copied().filter(is_input).collect()
    }

    /// Reports every mark: what is open keeps the site from being published.
    ///
    /// # Diagnostics
    /// MB0802.
    pub fn refuse(&self, sink: &mut Sink) {
        for mark in self.marks.values().flatten() {
            sink.push(mark.diagnostic(&codes::DRAFT));
        }
    }

    /// Lists every mark as advice, for a run that accepts drafts.
    ///
    /// # Diagnostics
    /// MB0711.
    pub fn advise(&self, sink: &mut Sink) {
        for mark in self.marks.values().flatten() {
            sink.push(mark.diagnostic(&codes::UNCONFIRMED));
        }
    }
}

/// How many open marks a new source file has.
pub fn marks(text: &str) -> usize {
    text.lines()
        .filter(|line| mark(line, true).is_some())
        .count()
}

/// The open marks of one file.
fn marks_of(id: SourceId, file: &SourceFile) -> Vec<Mark> {
    let path = file.path.as_str();
    let is_ours = path.starts_with("content/") || path.starts_with("data/");
    let is_markdown = path.ends_with(".md");
    let is_yaml = path.ends_with(".yaml") || path.ends_with(".yml");
    if !is_ours || !(is_markdown || is_yaml) || !file.text.contains(MARK) {
        return Vec::new();
    }
    let yaml = match split(&file.text) {
        Some(FrontMatter { yaml, .. }) if is_markdown => yaml,
        _ if is_markdown => 0..0,
        _ => 0..file.text.len(),
    };
    let may_show_code = path.starts_with("content/pages/");
    let mut marks = Vec::new();
    let mut in_code = false;
    let mut start = 0;
    for line in file.text.split_inclusive('\n') {
        let is_yaml = yaml.contains(&start);
        // A page about the format may show such a comment.
        if may_show_code && !is_yaml && line.trim_start().starts_with("```") {
            in_code = !in_code;
        }
        let found = if in_code { None } else { mark(line, is_yaml) };
        if let Some((range, words)) = found {
            marks.push(Mark {
                span: Span::new(id, start + range.start..start + range.end),
                words: words.to_owned(),
                alone: line[..range.start].trim().is_empty(),
            });
        }
        start += line.len();
    }
    marks
}

/// The first mark of a line, and what it says.
fn mark(line: &str, is_yaml: bool) -> Option<(Range<usize>, &str)> {
    line.match_indices(MARK).find_map(|(at, _)| {
        let (before, rest) = (&line[..at], &line[at + MARK.len()..]);
        let start = start_of_comment(before)
            .or_else(|| (stands_alone(before) && is_label(rest, is_yaml)).then_some(at))?;
        let in_code = !is_yaml && line[..start].matches('`').count() % 2 == 1;
        if in_code {
            return None;
        }
        let end = rest.find("-->").unwrap_or(rest.len());
        let said = rest[..end].trim_end();
        let words = said.trim_start_matches(|c: char| c.is_whitespace() || "：:".contains(c));
        Some((start..at + MARK.len() + said.len(), words))
    })
}

/// Where the comment begins that ends here: `# `, `<!-- `, `TODO `, or several of them.
fn start_of_comment(before: &str) -> Option<usize> {
    let gap = before.trim_end_matches(|c: char| c.is_whitespace() || "：:（(-".contains(c));
    let without_todo = gap
        .get(gap.len().saturating_sub(TODO.len())..)
        .filter(|word| word.eq_ignore_ascii_case(TODO))
        .map(|_| &gap[..gap.len() - TODO.len()])
        .filter(|rest| !rest.ends_with(|c: char| c.is_ascii_alphanumeric()));
    let lead = without_todo.unwrap_or(before).trim_end();
    let bare = lead.trim_end_matches(['#', '＃']);
    if let Some(outer) = bare.trim_end().strip_suffix("<!--") {
        return Some(outer.len());
    }
    let is_sign = bare.len() < lead.len();
    if is_sign && bare.chars().next_back().is_none_or(char::is_whitespace) {
        return Some(bare.len());
    }
    without_todo.map(str::len)
}

/// Whether nothing but the sign of a list or a quotation is before.
fn stands_alone(before: &str) -> bool {
    let sign = |c: char| c.is_whitespace() || "->*".contains(c);
    before.trim_start_matches(sign).is_empty()
}

/// Whether the word is used as a label: 待核实 begins a sentence, and `待核:` is a key in YAML.
fn is_label(rest: &str, is_yaml: bool) -> bool {
    rest.trim().is_empty() || rest.starts_with('：') || !is_yaml && rest.starts_with(':')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str, is_yaml: bool) -> Option<&str> {
        mark(line, is_yaml).map(|(_, words)| words)
    }

    #[test]
    fn a_mark_is_found_however_it_is_written() {
        for line in [
            "issued: 2026-07-15   # 待核：落款",
            "# 待核：落款",
            "  #待核 落款\n",
            "#　待核：　落款",
            "＃ 待核：落款",
            "# 待核: 落款",
            "# TODO 待核：落款",
            "# todo：待核 落款",
            "TODO 待核：落款",
            "- 待核：落款",
            "<!-- 待核：落款 -->",
            "<!--TODO 待核 落款-->\r\n",
            "<!-- # 待核：落款",
            "title: 通知 # 待核：落款",
        ] {
            assert_eq!(words(line, line.contains(": ")), Some("落款"), "{line}");
        }
        assert_eq!(words("# 待核", true), Some(""));
        assert_eq!(words("待核", false), Some(""));
    }

    #[test]
    fn the_word_in_a_sentence_is_not_a_mark() {
        for line in [
            "待核实后另行通知。",
            "材料齐全、待核的，应当告知。",
            "标着 `# 待核` 的地方要有人看过。",
            "kind: 工作方案   # 不是待核",
            "C#待核",
            "## 二、等待核对的名单",
        ] {
            assert_eq!(words(line, false), None, "{line}");
        }
        // A key, which the reader of names reports.
        assert_eq!(words("  待核: 城区、某某县", true), None);
    }

    #[test]
    fn a_comment_in_the_middle_of_a_line_ends_where_it_ends() {
        let line = "甲<!-- 待核：乙 -->丙";
        let (range, words) = mark(line, false).unwrap();
        assert_eq!((&line[range], words), ("<!-- 待核：乙", "乙"));
    }
}
