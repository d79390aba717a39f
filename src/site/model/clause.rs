//! The clause tree of an official text.
//!
//! Comes in: the body of a Markdown file. Goes out: [`Body`], its paragraphs in order and the tree defined by the
//! printed numbering: 第一章 > 第一节 > 第一条 > 一、 > （一） > 1. > （1） > ①. Numbers restart within each parent;
//! a line `# 附件` begins a new part in which all numbers restart. The text is not changed: every block is a byte
//! range of the source, including its number.
//!
//! Steps: lines -> blocks ([`Body::parse`]) -> clauses (a stack of open levels) -> headings (short paragraphs with
//! content below).

mod blocks;
mod hidden;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;
use std::sync::OnceLock;

use typed_index_collections::{TiSlice, TiVec};

use super::ClauseId;
pub use super::numbering::{Level, paragraph_number};
use super::numbering::{Path, clause_number, english, parse_citation, parse_numbers};
use blocks::{RawBlock, split_blocks};
pub use hidden::report as report_comments;

use crate::diag::{Diagnostic, Sink, SourceId, Span, codes};
use crate::text::{Comments, Haystack, fold_into, ideographs, strip_width};
use mingbai_forms::limits::{Limit, Limits};

/// A clause: its label, its blocks and its place in the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// The anchor on the page: `c1-3`, `a1`, `a1-3-2-5-1`.
    pub anchor: String,
    /// The label that people cite: `一（三）`, `附件 第三章第二节五1`.
    pub label: String,
    pub level: Level,
    pub number: u32,
    /// 0 for the main text, 1.. for annexes.
    pub part: u32,
    pub parent: Option<ClauseId>,
    /// The blocks of the clause and of all clauses below it.
    pub blocks: Range<usize>,
    /// The heading as printed, without the number, if there is one.
    pub heading: Option<String>,
}

/// The kind of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// A paragraph that begins a clause.
    Clause,
    /// `# 附件…`
    Part,
    /// A further paragraph.
    Paragraph,
    /// A Markdown heading without a number (pages).
    Heading(u8),
    /// Table, list, quotation, code: Markdown for the Markdown renderer.
    Markdown,
}

/// A paragraph or another block of the text. All ranges are in bytes of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    pub kind: BlockKind,
    pub clause: ClauseId,
    /// The number as printed (`一、`); empty if there is none.
    pub marker: Range<usize>,
    /// The run-in heading (`续贷受理时间。`); empty if there is none.
    pub run_in: Range<usize>,
    /// The rest of the block.
    pub text: Range<usize>,
    /// Whether the whole paragraph is a heading.
    pub is_heading: bool,
}

impl Block {
    /// The range of the whole block, including the number.
    pub fn whole(&self) -> Range<usize> {
        let start = if self.marker.is_empty() {
            if self.run_in.is_empty() {
                self.text.start
            } else {
                self.run_in.start
            }
        } else {
            self.marker.start
        };
        start..self.text.end
    }
}

/// Whether numbering defines clauses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// An official text.
    Official,
    /// A page of the site itself: ordinary Markdown, divided only at its headings.
    Free,
}

/// The text before the first number (正文): the first clause of every text.
pub const MAIN: ClauseId = ClauseId::new(0);

/// A parsed text. Its first clause is [`MAIN`].
#[derive(Debug, Clone)]
pub struct Body {
    pub source: SourceId,
    pub blocks: Vec<Block>,
    pub clauses: TiVec<ClauseId, Clause>,
    /// What the clauses are cited by.
    index: Index,
    /// The folded text, once it was asked for.
    folded: OnceLock<Folded>,
}

/// The folded text of a body: a text is folded once, however often it is searched.
#[derive(Debug, Clone)]
struct Folded {
    text: Haystack,
    /// Where each block begins in it, and where the last one ends.
    starts: Vec<usize>,
}

impl Folded {
    /// The piece of the text that some blocks are.
    fn range(&self, blocks: &Range<usize>) -> Range<usize> {
        let (start, end) = (self.starts[blocks.start], self.starts[blocks.end]);
        start..end.max(start)
    }
}

/// The clauses by what they are cited by, so that a citation is found without looking at every clause.
#[derive(Debug, Clone, Default)]
struct Index {
    /// The first clause of each path.
    by_path: HashMap<Path, ClauseId>,
    /// Clauses of articles without chapter and section; nothing for a path that several have.
    by_article: HashMap<Path, Option<ClauseId>>,
    /// The first clause of each label in the sections that have a name.
    named: HashMap<String, ClauseId>,
    /// How long these labels are, in bytes.
    lengths: BTreeSet<usize>,
}

impl Index {
    fn new(clauses: &TiSlice<ClauseId, Clause>) -> Self {
        let mut index = Self::default();
        for (id, clause) in clauses.iter_enumerated() {
            let path = path(clauses, id);
            let mut short = path.clone();
            short.1.retain(|(level, _)| *level >= Level::Article);
            let articles = index.by_article.entry(short);
            articles.and_modify(|one| *one = None).or_insert(Some(id));
            index.by_path.entry(path).or_insert(id);
            if clause.part > NAMED {
                index.lengths.insert(clause.label.len());
                index.named.entry(clause.label.clone()).or_insert(id);
            }
        }
        index
    }
}

/// The part of a clause and its numbers, outermost first.
fn path(clauses: &TiSlice<ClauseId, Clause>, clause: ClauseId) -> Path {
    let mut numbers = Vec::new();
    let mut at = Some(clause);
    while let Some(i) = at {
        if clauses[i].level != Level::Part {
            numbers.push((clauses[i].level, clauses[i].number));
        }
        at = clauses[i].parent;
    }
    numbers.reverse();
    (clauses[clause].part, numbers)
}

impl Body {
    /// Parses the body of a file at `range` of its text.
    ///
    /// # Diagnostics
    /// MB0224 (a warning) for a number that is repeated or skipped; MB0406 for a comment over several paragraphs, and MB0407 for one that
    /// does not end.
    pub fn parse(
        source: SourceId,
        text: &str,
        range: Range<usize>,
        mode: Mode,
        sink: &mut Sink,
    ) -> Self {
        let comments = hidden::comments(source, text, range.clone(), mode, sink);
        let mut builder = Builder::new(source, text, mode, sink);
        for block in split_blocks(text, range, mode, &comments) {
            builder.block(block);
        }
        builder.finish()
    }

    /// Parses the body of a file that may have only so many clauses.
    ///
    /// # Diagnostics
    /// Those of [`Body::parse`]; MB0115 and nothing else if there are more clauses.
    pub fn parse_within(
        source: SourceId,
        text: &str,
        range: Range<usize>,
        mode: Mode,
        limits: &Limits,
        sink: &mut Sink,
    ) -> Option<Self> {
        let most = limits.most(Limit::Clauses);
        let mut said = Sink::default();
        let comments = hidden::comments(source, text, range.clone(), mode, &mut said);
        let mut builder = Builder::new(source, text, mode, &mut said);
        let mut blocks = split_blocks(text, range, mode, &comments).into_iter();
        for block in blocks.by_ref() {
            let span = Span::new(source, block.range.clone());
            builder.block(block);
            // The first clause is the text before any number.
            if builder.clauses.len() > most + 1 {
                let begins = |block: &RawBlock| clause_number(&text[block.range.clone()]);
                let more = blocks.filter(|block| begins(block).is_some()).count();
                sink.push(limits.over(Limit::Clauses, builder.clauses.len() - 1 + more, span));
                return None;
            }
        }
        let body = builder.finish();
        sink.extend(said);
        Some(body)
    }

    /// Finds a clause by its label: `一（三）`, `正文`, `附件 二`, `第三章第二节五1`. An article can also be found
    /// without its chapter if its number is unique.
    pub fn find(&self, citation: &str) -> Option<ClauseId> {
        let path = self
            .parse_named(citation)
            .or_else(|| parse_citation(citation))?;
        let exact = self.index.by_path.get(&path).copied();
        if exact.is_some() || path.1.first().is_none_or(|(level, _)| !is_article(*level)) {
            return exact;
        }
        self.index.by_article.get(&path).copied().flatten()
    }

    /// Finds a clause in a section that has a name instead of a number: `工作联系信息 1`.
    fn parse_named(&self, citation: &str) -> Option<Path> {
        let citation = citation.trim();
        let lengths = self.index.lengths.range(..=citation.len());
        let labels = lengths.filter_map(|length| citation.get(..*length));
        let found = labels
            .filter_map(|label| self.index.named.get(label))
            .min()?;
        let clause = &self.clauses[*found];
        let rest: String = strip_width(&citation[clause.label.len()..])
            .chars()
            .filter(|c| !c.is_whitespace())
            .collect();
        Some((clause.part, parse_numbers(&rest)?))
    }

    /// The text of a clause and all clauses below it, folded ([`crate::text::fold`]).
    pub fn folded(&self, clause: ClauseId, text: &str) -> &str {
        let blocks = &self.clauses[clause].blocks;
        let folded = self.folding(text);
        &folded.text.text()[folded.range(blocks)]
    }

    /// Whether a clause contains words, both folded. No words are in no clause.
    pub fn contains(&self, clause: ClauseId, words: &str, text: &str) -> bool {
        let folded = self.folding(text);
        let within = folded.range(&self.clauses[clause].blocks);
        folded.text.contains(words, within)
    }

    /// The whole text, folded, and where each block begins in it.
    pub fn haystack(&self, text: &str) -> (&Haystack, &[usize]) {
        let folded = self.folding(text);
        (&folded.text, &folded.starts[..self.blocks.len()])
    }

    fn folding(&self, text: &str) -> &Folded {
        self.folded.get_or_init(|| {
            let mut out = String::with_capacity(text.len());
            let mut starts = Vec::with_capacity(self.blocks.len() + 1);
            for block in &self.blocks {
                starts.push(out.len());
                let written = &text[block.whole()];
                for piece in Comments::of(written, false).outside(written) {
                    fold_into(piece, &mut out);
                }
            }
            starts.push(out.len());
            Folded {
                text: Haystack::new(out),
                starts,
            }
        })
    }

    /// The text of a clause as written, from its first block to its last.
    pub fn written<'a>(&self, clause: ClauseId, text: &'a str) -> &'a str {
        written(&self.blocks[self.clauses[clause].blocks.clone()], text)
    }

    /// The whole text as written, from its first block to its last.
    pub fn whole<'a>(&self, text: &'a str) -> &'a str {
        written(&self.blocks, text)
    }

    /// The number of a clause and of those directly below it.
    pub fn numbers_near(&self, clause: ClauseId) -> Vec<u32> {
        // What is below a clause follows it.
        let end = self.clauses[clause].blocks.end;
        let after = self.clauses[ClauseId::new(clause.index() + 1)..].iter();
        let below = after
            .take_while(|other| other.blocks.start < end)
            .filter(|other| other.parent == Some(clause));
        let mut numbers = vec![self.clauses[clause].number];
        numbers.extend(below.map(|other| other.number));
        numbers
    }

    /// The labels of all clauses, for suggestions.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.clauses.iter().map(|clause| clause.label.as_str())
    }
}

fn written<'a>(blocks: &[Block], text: &'a str) -> &'a str {
    match (blocks.first(), blocks.last()) {
        (Some(first), Some(last)) => &text[first.whole().start..last.text.end],
        _ => "",
    }
}

/// Parts with a name instead of a number (`# 工作联系信息：`) are counted from here, separately from annexes.
const NAMED: u32 = 1 << 16;

struct Builder<'a> {
    mode: Mode,
    /// The number of named sections so far.
    named: u32,
    source: SourceId,
    text: &'a str,
    blocks: Vec<Block>,
    clauses: TiVec<ClauseId, Clause>,
    /// The open clauses, outermost first.
    open: Vec<ClauseId>,
    parts: u32,
    /// How often each anchor has been used: a number that is printed twice gets the suffix `.2`.
    anchors: HashMap<String, u32>,
    /// The last number at a level under a parent (or in a part, if there is no parent).
    last_number: HashMap<(Option<ClauseId>, u32, Level), u32>,
    /// The last 条 in a part.
    last_article: HashMap<u32, u32>,
    sink: &'a mut Sink,
}

impl<'a> Builder<'a> {
    fn new(source: SourceId, text: &'a str, mode: Mode, sink: &'a mut Sink) -> Self {
        let mut builder = Self {
            mode,
            named: 0,
            source,
            text,
            blocks: Vec::new(),
            clauses: TiVec::new(),
            open: Vec::new(),
            parts: 0,
            anchors: HashMap::new(),
            last_number: HashMap::new(),
            last_article: HashMap::new(),
            sink,
        };
        builder.clauses.push(Clause {
            anchor: "c0".into(),
            label: "正文".into(),
            level: Level::Part,
            number: 0,
            part: 0,
            parent: None,
            blocks: 0..0,
            heading: None,
        });
        builder.open.push(MAIN);
        builder
    }

    /// The body, after its last block.
    fn finish(mut self) -> Body {
        self.close(0);
        let Self {
            source,
            text,
            mut blocks,
            mut clauses,
            ..
        } = self;
        mark_headings(text, &mut blocks, &mut clauses);
        shorten_articles(&mut clauses);
        Body {
            source,
            index: Index::new(&clauses),
            blocks,
            clauses,
            folded: OnceLock::new(),
        }
    }

    /// Closes open clauses until `keep` are left. They end before the next block.
    fn close(&mut self, keep: usize) {
        while self.open.len() > keep {
            if let Some(clause) = self.open.pop() {
                self.clauses[clause].blocks.end = self.blocks.len();
            }
        }
    }

    fn block(&mut self, raw: RawBlock) {
        let RawBlock { kind, range } = raw;
        let words = &self.text[range.clone()];
        if kind == BlockKind::Part {
            self.parts += 1;
            self.close(0);
            let (part, heading) = (
                self.parts,
                words
                    .trim_start_matches("附件")
                    .trim_start_matches(|c: char| c.is_ascii_digit())
                    .trim_start_matches(['：', ':', ' '])
                    .to_owned(),
            );
            let label = if part == 1 {
                "附件".to_owned()
            } else {
                format!("附件{part}")
            };
            let clause = self.clauses.push_and_get_key(Clause {
                anchor: format!("a{part}"),
                label,
                level: Level::Part,
                number: part,
                part,
                parent: None,
                blocks: self.blocks.len()..self.blocks.len(),
                heading: (!heading.is_empty()).then_some(heading),
            });
            self.open.push(clause);
            self.push(BlockKind::Part, range.start..range.start, range);
            return;
        }
        let number = match kind {
            // The headings of a page are Markdown, whatever number they begin with.
            _ if self.mode == Mode::Free => None,
            BlockKind::Paragraph | BlockKind::Heading(_) => clause_number(words),
            _ => None,
        };
        let number = number.map(|(level, number, len)| {
            let (level, number) = self.roman(level, number);
            (level, number, len)
        });
        if number.is_none() && self.mode == Mode::Official && kind == BlockKind::Heading(1) {
            self.named += 1;
            self.close(0);
            let name = words.trim().trim_end_matches(['：', ':']).to_owned();
            let clause = self.clauses.push_and_get_key(Clause {
                anchor: format!("n{}", self.named),
                label: name.clone(),
                level: Level::Part,
                number: self.named,
                part: NAMED + self.named,
                parent: None,
                blocks: self.blocks.len()..self.blocks.len(),
                heading: Some(name),
            });
            self.open.push(clause);
            self.push(kind, range.start..range.start, range);
            return;
        }
        let Some((level, number, len)) = number else {
            let at = range.start..range.start;
            self.push(kind, at, range);
            return;
        };
        // The preamble of the main text ends at the first number.
        let keep = self
            .open
            .iter()
            .take_while(|&&i| self.is_above(i, level) && i != MAIN)
            .count();
        self.close(keep);
        let parent = self.open.last().copied();
        let part = parent.map_or(0, |p| self.clauses[p].part);
        self.check_order(
            parent,
            part,
            level,
            number,
            Span::new(self.source, range.start..range.start + len),
        );
        let prefix = parent.map_or_else(
            || "c".to_owned(),
            |p| format!("{}-", self.clauses[p].anchor),
        );
        let mut anchor = format!("{prefix}{number}");
        let times = self.anchors.entry(anchor.clone()).or_default();
        *times += 1;
        if *times > 1 {
            anchor = format!("{anchor}.{times}");
        }
        let label = label(parent.map(|p| &self.clauses[p]), level, number);
        let clause = self.clauses.push_and_get_key(Clause {
            anchor,
            label,
            level,
            number,
            part,
            parent,
            blocks: self.blocks.len()..self.blocks.len(),
            heading: None,
        });
        self.open.push(clause);
        self.push(
            BlockKind::Clause,
            range.start..range.start + len,
            range.start + len..range.end,
        );
        if matches!(kind, BlockKind::Heading(_))
            && let Some(block) = self.blocks.last_mut()
        {
            block.is_heading = true;
        }
    }

    /// A letter that continues Roman numbers, or that begins them where no letter goes before it, is one: (a), (i), (ii).
    fn roman(&self, level: Level, number: u32) -> (Level, u32) {
        let last = |level: Level| {
            let mut open = self.open.iter().rev().map(|&i| &self.clauses[i]);
            open.find(|clause| clause.level == level)
                .map(|clause| clause.number)
        };
        match (level, last(Level::Letter), english::as_roman(number)) {
            (Level::Letter, Some(letter), Some(roman))
                if letter + 1 != number
                    && (roman == 1 || last(Level::Roman) == Some(roman - 1)) =>
            {
                (Level::Roman, roman)
            }
            _ => (level, number),
        }
    }

    /// Whether a clause of a level goes below an open clause. Numbers in brackets are above letters or below them: as the text does
    /// it first.
    fn is_above(&self, open: ClauseId, level: Level) -> bool {
        let above = self.clauses[open].level;
        let has_number = || {
            let mut outer = self.open.iter().take_while(|&&i| i != open);
            outer.any(|&i| self.clauses[i].level == Level::BracketedArabic)
        };
        match (above, level) {
            (Level::Letter, Level::BracketedArabic) => !has_number(),
            _ => above < level,
        }
    }

    fn push(&mut self, kind: BlockKind, marker: Range<usize>, mut text: Range<usize>) {
        // The indentation of a table, a list or code says what it is.
        if kind != BlockKind::Markdown {
            let words = &self.text[text.clone()];
            text.start += words.len() - words.trim_start().len();
        }
        let last = ClauseId::new(self.clauses.len() - 1);
        let clause = self.open.last().copied().unwrap_or(last);
        let run_in = text.start..text.start;
        self.blocks.push(Block {
            kind,
            clause,
            marker,
            run_in,
            text,
            is_heading: kind == BlockKind::Part,
        });
    }

    /// Checks the number of a clause. Numbers of one level under one parent increase by one. 条 are numbered through
    /// the whole text, across chapters; restarting in each chapter is also accepted.
    fn check_order(
        &mut self,
        parent: Option<ClauseId>,
        part: u32,
        level: Level,
        number: u32,
        span: Span,
    ) {
        let before = self.last_number.insert((parent, part, level), number);
        let below_parent = before.map_or(1, |n| n + 1);
        let running = is_article(level).then(|| {
            let before = self.last_article.insert(part, number);
            before.map_or(1, |n| n + 1)
        });
        if number == below_parent || running == Some(number) {
            return;
        }
        let expected = running.unwrap_or(below_parent);
        let (zh, en) = if before.is_some_and(|n| number <= n) {
            ("重复或倒退", "is repeated or out of order")
        } else {
            ("跳号", "skips a number")
        };
        self.sink.push(
            Diagnostic::new(
                &codes::CLAUSE_NUMBER,
                span,
                format!("条款编号{zh}：这一层应为第 {expected} 个"),
                format!("clause number {en}: expected number {expected} at this level"),
            )
            .hint(
                "对照原文，看是否漏录了一段；原文如此的可以保留",
                "check the official text for a missing paragraph; if the text is printed like this, keep it",
            ),
        );
    }
}

/// The label of a clause: its numbers, outermost first, without punctuation that only separates.
fn label(parent: Option<&Clause>, level: Level, number: u32) -> String {
    let is_english = parent.is_some_and(|parent| {
        let rest = parent.label.trim_start_matches('§');
        let has_word =
            rest.len() < parent.label.len() || rest.contains(|c: char| c.is_ascii_alphabetic());
        has_word && rest.is_ascii()
    });
    let own = match level {
        Level::Chapter => format!("第{}章", ideographs(number)),
        Level::Section => format!("第{}节", ideographs(number)),
        Level::Article => format!("第{}条", ideographs(number)),
        Level::Ideograph => ideographs(number),
        Level::Bracketed => format!("（{}）", ideographs(number)),
        Level::Arabic if is_english => match parent {
            Some(parent) if parent.level != Level::Part => format!(".{number}"),
            _ => number.to_string(),
        },
        Level::Arabic => number.to_string(),
        Level::BracketedArabic if is_english => format!("({number})"),
        Level::BracketedArabic => format!("（{number}）"),
        Level::Circled => {
            char::from_u32('①' as u32 + number - 1).map_or_else(|| number.to_string(), String::from)
        }
        _ => english::label(level, number).unwrap_or_default(),
    };
    match parent {
        Some(parent) if parent.level == Level::Part => format!("{} {own}", parent.label),
        Some(parent) if own.starts_with(|c: char| c.is_ascii_uppercase() || c == '§') => {
            format!("{}, {own}", parent.label)
        }
        Some(parent) => format!("{}{own}", parent.label),
        None => own,
    }
}

/// Whether its clauses are numbered through a text.
fn is_article(level: Level) -> bool {
    matches!(
        level,
        Level::Article | Level::EnglishArticle | Level::SectionSign
    )
}

/// Shortens the labels of 条 whose number is unique in their part: they are cited without chapter and section, as in
/// laws (第四条（二）).
fn shorten_articles(clauses: &mut TiSlice<ClauseId, Clause>) {
    let mut seen = HashMap::new();
    for clause in clauses.iter().filter(|c| is_article(c.level)) {
        *seen.entry((clause.part, clause.number)).or_insert(0) += 1;
    }
    let repeated: HashSet<u32> = seen
        .into_iter()
        .filter(|(_, times)| *times > 1)
        .map(|((part, _), _)| part)
        .collect();
    let mut parts: HashMap<u32, ClauseId> = HashMap::new();
    for (id, part) in clauses.iter_enumerated() {
        if part.level == Level::Part && part.part > 0 {
            parts.entry(part.part).or_insert(id);
        }
    }
    for i in clauses.keys() {
        let clause = &clauses[i];
        if clause.level < Level::Article || repeated.contains(&clause.part) {
            continue;
        }
        let above = if is_article(clause.level) {
            parts.get(&clause.part).map(|part| &clauses[*part])
        } else {
            clause.parent.map(|parent| &clauses[parent])
        };
        let label = label(above, clause.level, clause.number);
        clauses[i].label = label;
    }
}

/// Finds headings: a short paragraph without final punctuation that has content below it, and the first sentence of a
/// longer paragraph (`（一）续贷受理时间。鉴于…`).
fn mark_headings(text: &str, blocks: &mut [Block], clauses: &mut TiSlice<ClauseId, Clause>) {
    for clause in clauses.iter_mut() {
        let Some(first) = blocks
            .get_mut(clause.blocks.start)
            .filter(|_| !clause.blocks.is_empty())
        else {
            continue;
        };
        if first.kind != BlockKind::Clause {
            continue;
        }
        let words = &text[first.text.clone()];
        let short = words.chars().count() <= 40 && !words.contains('\n');
        let has_more = clause.blocks.len() > 1;
        if first.is_heading
            || (short && has_more && !words.ends_with(['。', '；', '：', '，', ':', ';', '.']))
        {
            first.is_heading = true;
            clause.heading = Some(words.to_owned());
            continue;
        }
        let sentence = words
            .char_indices()
            .take(31)
            .find(|(_, c)| matches!(c, '。' | '：' | '，' | '；' | '、' | '\n'));
        if let Some((at, c @ ('。' | '：'))) = sentence {
            let (heading, end) = run_in(words, at, at + c.len_utf8());
            if end < words.trim_end().len() && is_whole(&words[..end]) {
                clause.heading = Some(heading.to_owned());
                first.run_in = first.text.start..first.text.start + end;
                first.text.start += end;
            }
        }
    }
}

/// The heading and the end of a first sentence that ends at these bytes. Emphasis that begins with the sentence and ends with it belongs to it.
fn run_in(words: &str, at: usize, end: usize) -> (&str, usize) {
    let length = words.len() - words.trim_start_matches('*').len();
    let marks = &words[..length];
    if length > 0 && words[end..].starts_with(marks) && !words[length..at].contains('*') {
        (&words[length..at], end + length)
    } else {
        (&words[..at], end)
    }
}

/// Whether no emphasis, code or link begins in a sentence and ends after it.
fn is_whole(sentence: &str) -> bool {
    let count = |sign: char| sentence.matches(sign).count();
    let runs = |sign: char| {
        let pieces = sentence.split(|c| c != sign);
        pieces.filter(|piece| !piece.is_empty()).count()
    };
    ['*', '`', '~'].iter().all(|sign| runs(*sign) % 2 == 0) && count('[') == count(']')
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHANXI: &str = "根据精神，通知如下：\n\n一、认真组织开展续贷受理工作\n\n（一）续贷受理时间。鉴于今年疫情影响。\n\n各地可即时启动。\n\n(二)续贷审核工作。今年由县级负责。\n\n二、准备工作\n\n（一）设备。完成。\n\n1. 联系人：\n\n2. 另一个：\n\n# 附件：名单\n\n| 序号 | 县 |\n| --- | --- |\n| 1 | 清徐县 |\n\n一、优秀\n\n郑州市：二七区。\n";

    fn parse(text: &str) -> (Body, Sink) {
        let mut sink = Sink::default();
        (
            Body::parse(SourceId(0), text, 0..text.len(), Mode::Official, &mut sink),
            sink,
        )
    }

    #[test]
    fn what_a_comment_hides_is_neither_a_clause_nor_a_word_of_one() {
        let text = "<!-- 一、旧 -->一、甲<!-- 乙\n\n二、丙 -->丁\n\n<!-- 戊\n\n二、己\n-->二、庚\n\n   \n\n\\<!-- 辛\n";
        let (body, sink) = parse(text);
        assert!(!sink.has_errors());
        assert_eq!(sink.into_reported().len(), 2);
        assert_eq!(body.labels().collect::<Vec<_>>(), ["正文", "一", "二"]);
        let one = body.find("一").expect("a clause");
        assert!(body.contains(one, "一、甲丁", text) && !body.contains(one, "丙", text));
        let (_, sink) = parse("甲\n\n<!-- 乙\n\n丙\n");
        assert!(sink.has_errors());
    }

    #[test]
    fn the_tree_follows_the_printed_numbers() {
        let (body, sink) = parse(SHANXI);
        assert!(sink.is_empty());
        let labels: Vec<_> = body.labels().collect();
        assert_eq!(
            labels,
            [
                "正文",
                "一",
                "一（一）",
                "一（二）",
                "二",
                "二（一）",
                "二（一）1",
                "二（一）2",
                "附件",
                "附件 一"
            ]
        );
        let anchors: Vec<_> = body.clauses.iter().map(|c| c.anchor.as_str()).collect();
        assert_eq!(
            anchors,
            [
                "c0", "c1", "c1-1", "c1-2", "c2", "c2-1", "c2-1-1", "c2-1-2", "a1", "a1-1"
            ]
        );
    }

    #[test]
    fn citations_find_clauses_however_they_are_punctuated() {
        let (body, _) = parse(SHANXI);
        for (citation, anchor) in [
            ("正文", "c0"),
            ("一（二）", "c1-2"),
            ("一(二)", "c1-2"),
            ("一、（二）", "c1-2"),
            ("附件 一", "a1-1"),
            ("附件", "a1"),
            ("二（一）2.", "c2-1-2"),
        ] {
            assert_eq!(
                body.find(citation).map(|i| body.clauses[i].anchor.as_str()),
                Some(anchor),
                "{citation}"
            );
        }
        for citation in ["", "三", "一（七）", "县", "附件2", "一（三", "第一章"] {
            assert_eq!(body.find(citation), None, "{citation}");
        }
    }

    #[test]
    fn a_clause_holds_what_follows_it() {
        let (body, _) = parse(SHANXI);
        let clause = body.find("一（一）").unwrap();
        assert!(body.folded(clause, SHANXI).contains("各地可即时启动"));
        assert!(!body.folded(clause, SHANXI).contains("县级负责"));
        let annex = body.find("附件").unwrap();
        assert!(body.folded(annex, SHANXI).contains("二七区"));
        assert_eq!(body.written(MAIN, SHANXI), "根据精神，通知如下：");
    }

    #[test]
    fn headings_are_distinguished_from_sentences() {
        let (body, _) = parse(SHANXI);
        let heading = |label: &str| body.clauses[body.find(label).unwrap()].heading.clone();
        assert_eq!(heading("一").as_deref(), Some("认真组织开展续贷受理工作"));
        assert_eq!(heading("一（一）").as_deref(), Some("续贷受理时间"));
        assert_eq!(heading("二（一）2"), None);
        assert_eq!(heading("附件").as_deref(), Some("名单"));
    }

    #[test]
    fn english_numbers_are_clauses() {
        let labels = |text: &str| {
            let (body, sink) = parse(text);
            assert!(sink.is_empty(), "{text}");
            let labels = body.labels().skip(1).map(str::to_owned);
            (labels.collect::<Vec<_>>(), body)
        };
        let (found, body) = labels(
            "Section 1 Who may apply\n\n(1) A student may apply if\n\n(a) she lives here, and\n\n(b) she\n\n(i) studies, or\n\n(ii) teaches.\n\n(2) Section 9 of the old Act applies.\n\nSection 2. Amount\n\nThe loan is £300.\n",
        );
        assert_eq!(
            found,
            [
                "Section 1",
                "Section 1(1)",
                "Section 1(1)(a)",
                "Section 1(1)(b)",
                "Section 1(1)(b)(i)",
                "Section 1(1)(b)(ii)",
                "Section 1(2)",
                "Section 2"
            ]
        );
        for (citation, anchor) in [
            ("Section 1(1)(b)(ii)", "c1-1-2-2"),
            ("section 1 (2)", "c1-2"),
            ("Section 2", "c2"),
        ] {
            let found = body.find(citation).map(|i| body.clauses[i].anchor.as_str());
            assert_eq!(found, Some(anchor), "{citation}");
        }
        let (found, body) = labels(
            "Chapter 1 Grants\n\n§ 1 Scope\n\n(a) Students.\n\n(1) In school.\n\n(2) At home.\n\n(b) Others.\n\n(1) Any.\n\nChapter 2 Loans\n\n§ 2 Amount\n\nText.\n",
        );
        assert_eq!(
            found,
            [
                "Chapter 1",
                "§ 1",
                "§ 1(a)",
                "§ 1(a)(1)",
                "§ 1(a)(2)",
                "§ 1(b)",
                "§ 1(b)(1)",
                "Chapter 2",
                "§ 2"
            ]
        );
        let found = body
            .find("§ 1(a)(2)")
            .map(|i| body.clauses[i].anchor.as_str());
        assert_eq!(found, Some("c1-1-1-2"));
        let (found, _) = labels("Article 1\n\nText.\n\nArticle 2\n\n1. One.\n\n(a) Part.\n");
        assert_eq!(
            found,
            ["Article 1", "Article 2", "Article 2.1", "Article 2.1(a)"]
        );
    }

    #[test]
    fn chapters_and_sections_nest() {
        let (body, _) = parse(
            "第一章  总则\n第一节 目的\n为落实。\n第二章 要求\n第一节 资金\n一、来源\n（一）甲\n1、乙。\n（二）丙\n",
        );
        let labels: Vec<_> = body.labels().collect();
        assert_eq!(
            labels,
            [
                "正文",
                "第一章",
                "第一章第一节",
                "第二章",
                "第二章第一节",
                "第二章第一节一",
                "第二章第一节一（一）",
                "第二章第一节一（一）1",
                "第二章第一节一（二）"
            ]
        );
        assert!(body.find("第二章第一节一1").is_none());
    }

    #[test]
    fn a_section_with_a_name_is_cited_by_it() {
        let (body, sink) =
            parse("一、甲\n\n# 工作联系信息：\n\n1. 省中心：\n\n2. 分行：\n\n# 附件\n\n一、优秀\n");
        assert!(sink.is_empty());
        let labels: Vec<_> = body.labels().collect();
        assert_eq!(
            labels,
            [
                "正文",
                "一",
                "工作联系信息",
                "工作联系信息 1",
                "工作联系信息 2",
                "附件",
                "附件 一"
            ]
        );
        for (citation, anchor) in [
            ("工作联系信息", "n1"),
            ("工作联系信息 2", "n1-2"),
            ("附件 一", "a1-1"),
        ] {
            let found = body.find(citation).map(|i| body.clauses[i].anchor.as_str());
            assert_eq!(found, Some(anchor), "{citation}");
        }
    }

    #[test]
    fn numbers_that_are_one_sign_are_numbers() {
        let (body, sink) = parse("一、甲\n㈠乙\n⒈丙\n⑴丁\n⑵戊\n①己\n㈡庚\n");
        assert!(sink.is_empty());
        let labels: Vec<_> = body.labels().skip(1).collect();
        assert_eq!(
            labels,
            [
                "一",
                "一（一）",
                "一（一）1",
                "一（一）1（1）",
                "一（一）1（2）",
                "一（一）1（2）①",
                "一（二）"
            ]
        );
    }

    #[test]
    fn a_lost_paragraph_is_noticed() {
        let (_, sink) = parse("一、甲\n\n三、乙\n");
        assert!(!sink.is_empty() && !sink.has_errors());
        let (_, sink) = parse("一、甲\n\n一、乙\n");
        assert!(!sink.is_empty());
    }

    #[test]
    fn numbers_in_sentences_are_no_clauses() {
        let (body, _) = parse("一、甲\n第二章的规定适用。\n1.5 倍。\n2020年7月。\n一二九运动。\n");
        assert_eq!(body.clauses.len(), 2);
    }

    #[test]
    fn the_list_of_attachments_is_one_paragraph() {
        let (body, _) = parse("一、甲\n\n附件：1.表一\n2.表二\n3.表三\n");
        assert_eq!(body.clauses.len(), 2);
    }

    #[test]
    fn numbers_in_the_headings_of_a_page_are_words() {
        let text = "## 甲部分\n\n### 1. 首先\n\n话。\n\n## 乙部分\n\n### 1. 首先\n\n话。\n";
        let mut sink = Sink::default();
        let body = Body::parse(SourceId(0), text, 0..text.len(), Mode::Free, &mut sink);
        assert!(sink.is_empty());
        let kinds: Vec<BlockKind> = body.blocks.iter().map(|block| block.kind).collect();
        assert_eq!(kinds[1], BlockKind::Heading(3));
        assert_eq!(&text[body.blocks[1].text.clone()], "1. 首先");
    }
}
