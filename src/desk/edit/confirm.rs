//! What is to be confirmed: the marks `# 待核` of a file, and the entries that an import proposes below them.
//!
//! Comes in: the text of a file. Goes out: [`Open`], each with its proposals; and the text with one of them accepted or rejected. A
//! proposal is a comment until it is accepted, so nothing of it is published.

use std::ops::Range;

use super::patch::{Change, Refused, apply, read, value_of};
use super::value::{Path, Step, Value};
use crate::sources::yaml::{Kind, Node};
use crate::text::Bilingual;

/// The word of a mark.
const MARK: &str = "待核";

/// Something that is to be confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// Number of its line, from 1.
    pub line: usize,
    pub words: String,
    /// The way to the value that it follows on its line; nothing if it has the line to itself.
    pub of: Option<Path>,
    /// The key that is proposed; empty if nothing is.
    pub key: String,
    pub proposals: Vec<Proposal>,
}

/// An entry that may be accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    pub value: Value,
    /// Lines of the file, from 0.
    lines: Range<usize>,
    /// Whether it is an item of a list, and not the whole value of the key.
    is_item: bool,
    /// What is not sure of it.
    pub doubts: Vec<String>,
}

/// What is to become of a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Accept,
    Reject,
}

/// The marks of the YAML at `region`.
pub fn open(text: &str, region: &Range<usize>) -> Vec<Open> {
    let root = read(text, region);
    let lines = lines(text);
    let mut texts = Vec::new();
    if let Some(root) = &root {
        texts_of(root, &mut texts);
    }
    let mut out = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let within = line.start >= region.start && line.start < region.end;
        let Some((at, words)) = mark(&text[line.clone()]).filter(|_| within) else {
            continue;
        };
        let before = text[line.start..line.start + at].trim();
        let is_in_text = texts.iter().any(|text| text.contains(&(line.start + at)));
        // What a proposal says of itself is part of it.
        if is_in_text || before.starts_with(['#', '＃']) {
            continue;
        }
        if before.is_empty() {
            let block = block(text, &lines, i + 1);
            let (key, proposals) = proposals(text, &lines, block);
            out.push(Open {
                line: i + 1,
                words,
                of: None,
                key,
                proposals,
            });
        } else {
            let end = line.start + text[line.start..line.start + at].trim_end().len();
            let of = root
                .as_ref()
                .map(|root| super::patch::way_to(root, end.saturating_sub(1)));
            out.push(Open {
                line: i + 1,
                words,
                of,
                key: String::new(),
                proposals: Vec::new(),
            });
        }
    }
    out
}

/// Where the texts of a tree are written.
fn texts_of(node: &Node, out: &mut Vec<Range<usize>>) {
    match &node.kind {
        Kind::Text(_) => out.push(node.span.range()),
        Kind::List(items) => items.iter().for_each(|item| texts_of(item, out)),
        Kind::Map(entries) => entries.iter().for_each(|(_, node)| texts_of(node, out)),
        Kind::Empty | Kind::Broken => {}
    }
}

/// The text with the mark at a line (from 1) taken out, or one of its proposals accepted or rejected.
///
/// # Errors
/// If the file has changed so that there is no such mark, or a proposal does not fit.
pub fn decide(
    text: &str,
    region: &Range<usize>,
    line: usize,
    proposal: Option<usize>,
    verdict: Verdict,
) -> Result<String, Refused> {
    let gone = || Refused {
        path: Path::new(),
        why: Bilingual::new(
            "这一处待核已经不在了，请重新打开这个文件".to_owned(),
            "this mark is no longer there: open the file again".to_owned(),
        ),
    };
    let marks = open(text, region);
    let mark = marks
        .iter()
        .find(|mark| mark.line == line)
        .ok_or_else(gone)?;
    let Some(index) = proposal else {
        return Ok(without_mark(text, mark));
    };
    let chosen = mark.proposals.get(index).ok_or_else(gone)?;
    // The comment goes first: the numbers of its lines are those of this text.
    let start = if mark.proposals.len() == 1 {
        line - 1
    } else {
        chosen.lines.start
    };
    let without = without_lines(text, &(start..chosen.lines.end));
    if verdict == Verdict::Reject {
        return Ok(without);
    }
    let region = region.start..region.end + without.len() - text.len();
    let path = vec![Step::Key(mark.key.clone())];
    let root = read(&without, &region).ok_or_else(gone)?;
    let whole = Value::of(&root).ok_or_else(gone)?;
    let change = match whole.at(&path) {
        Some(Value::List(items)) if chosen.is_item && !items.is_empty() => Change::Insert {
            list: path,
            at: items.len(),
            value: chosen.value.clone(),
        },
        _ => {
            let value = if chosen.is_item {
                Value::List(vec![chosen.value.clone()])
            } else {
                chosen.value.clone()
            };
            let before = match &whole {
                Value::Map(entries) => keys_before(text, mark.line, entries),
                _ => Vec::new(),
            };
            Change::Set {
                path,
                value,
                before,
            }
        }
    };
    apply(&without, &region, &[change])
}

/// The text without the marks that follow values of these ways.
pub fn confirmed(text: &str, region: &Range<usize>, ways: &[Path]) -> String {
    let mut text = text.to_owned();
    let mut region = region.clone();
    loop {
        let marks = open(&text, &region);
        let known = |way: &Path| -> Path { super::name::path(&super::name::name(way)) };
        let is_meant = |mark: &&Open| {
            mark.of
                .as_ref()
                .is_some_and(|of| ways.iter().any(|way| known(way) == known(of)))
        };
        let Some(mark) = marks.iter().find(is_meant) else {
            return text;
        };
        let next = without_mark(&text, mark);
        region.end = region.end + next.len() - text.len();
        text = next;
    }
}

/// The keys that are written above a line.
fn keys_before(text: &str, line: usize, entries: &[(String, Value)]) -> Vec<String> {
    let above: Vec<&str> = text.lines().take(line - 1).collect();
    let is_above = |key: &str| {
        above.iter().any(|line| {
            line.strip_prefix(key)
                .is_some_and(|rest| rest.starts_with(':'))
        })
    };
    entries
        .iter()
        .map(|(key, _)| key.clone())
        .filter(|key| is_above(key))
        .collect()
}

/// Where the mark of a line begins, and what it says.
fn mark(line: &str) -> Option<(usize, String)> {
    let line = line.trim_end();
    for (at, _) in line.match_indices(['#', '＃']) {
        let rest = line[at..].trim_start_matches(['#', '＃']).trim_start();
        let rest = rest.strip_prefix("TODO").map_or(rest, str::trim_start);
        if let Some(words) = rest.strip_prefix(MARK) {
            let before = &line[..at];
            if before.is_empty() || before.ends_with([' ', '\t']) {
                return Some((at, words.trim_start_matches(['：', ':', ' ']).to_owned()));
            }
        }
    }
    None
}

/// The byte ranges of the lines, with their ends.
fn lines(text: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    let lines = text.split_inclusive('\n').map(|line| {
        at += line.len();
        at - line.len()..at
    });
    lines.collect()
}

/// The comments that follow a mark, up to the next mark.
fn block(text: &str, lines: &[Range<usize>], from: usize) -> Range<usize> {
    let is_proposal = |line: &Range<usize>| {
        let line = &text[line.clone()];
        line.starts_with("# ") && mark(line).is_none_or(|(at, _)| at > 0)
    };
    let long = lines[from.min(lines.len())..]
        .iter()
        .take_while(|line| is_proposal(line))
        .count();
    from..from + long
}

/// What the commented lines of a block propose: the key, and each entry.
fn proposals(text: &str, lines: &[Range<usize>], block: Range<usize>) -> (String, Vec<Proposal>) {
    let bare: Vec<&str> = lines[block.clone()]
        .iter()
        .map(|line| text[line.clone()].trim_end().trim_start_matches("# "))
        .collect();
    let uncommented: Vec<&str> = lines[block.clone()]
        .iter()
        .map(|line| {
            let line = text[line.clone()].trim_end();
            line.strip_prefix("# ").unwrap_or(line)
        })
        .collect();
    let nothing = (String::new(), Vec::new());
    let Some((key, first)) = bare.first().and_then(|line| line.split_once(':')) else {
        return nothing;
    };
    let is_key = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '_');
    if !is_key {
        return nothing;
    }
    let doubts = |lines: Range<usize>| -> Vec<String> {
        uncommented[lines]
            .iter()
            .filter_map(|line| mark(line))
            .map(|(_, words)| words)
            .collect()
    };
    let starts: Vec<usize> = (1..uncommented.len())
        .filter(|&i| uncommented[i].starts_with("  - "))
        .collect();
    if first.trim().is_empty() && !starts.is_empty() {
        let ends = starts.iter().skip(1).copied().chain([uncommented.len()]);
        let items = starts.iter().zip(ends).filter_map(|(&start, end)| {
            let yaml = given_lines(&uncommented[start..end]);
            let Value::List(mut items) = value_of(&yaml)? else {
                return None;
            };
            let value = items.pop().filter(|_| items.is_empty())?;
            // The line of the key goes with the last entry.
            let from = if starts.len() == 1 {
                block.start
            } else {
                block.start + start
            };
            Some(Proposal {
                value,
                lines: from..block.start + end,
                is_item: true,
                doubts: doubts(start..end),
            })
        });
        return (key.to_owned(), items.collect());
    }
    let whole = format!("{}\n", uncommented.join("\n"));
    let value = read(&whole, &(0..whole.len())).and_then(|node| Value::of(&node));
    match value
        .as_ref()
        .and_then(|value| value.at(&[Step::Key(key.to_owned())]))
    {
        Some(Value::Nothing) | None => nothing,
        Some(value) => {
            let proposal = Proposal {
                value: value.clone(),
                doubts: doubts(0..uncommented.len()),
                lines: block,
                is_item: false,
            };
            (key.to_owned(), vec![proposal])
        }
    }
}

/// The lines of an entry without what only a person can give: it is asked for when the entry is there.
fn given_lines(lines: &[&str]) -> String {
    let mut out = Vec::new();
    let mut dash = false;
    for line in lines.iter().map(|line| line.get(2..).unwrap_or_default()) {
        if mark(line).is_some() && line.contains(": 待填写") {
            dash |= line.starts_with("- ");
            continue;
        }
        match line.strip_prefix("  ").filter(|_| dash) {
            Some(rest) => out.push(format!("- {rest}")),
            None => out.push(line.to_owned()),
        }
        dash = false;
    }
    out.join("\n")
}

fn without_lines(text: &str, cut: &Range<usize>) -> String {
    let kept = text.split_inclusive('\n').enumerate();
    let kept = kept.filter(|(i, _)| !cut.contains(i));
    kept.map(|(_, line)| line).collect()
}

fn without_mark(text: &str, open: &Open) -> String {
    let lines = lines(text);
    let line = lines[open.line - 1].clone();
    if open.of.is_none() {
        let end = open
            .proposals
            .iter()
            .map(|proposal| proposal.lines.end)
            .max()
            .unwrap_or(open.line);
        return without_lines(text, &(open.line - 1..end));
    }
    let written = &text[line.clone()];
    let (at, _) = mark(written).unwrap_or((written.len(), String::new()));
    let ending = &written[written.trim_end_matches(['\r', '\n']).len()..];
    [
        &text[..line.start],
        written[..at].trim_end(),
        ending,
        &text[line.end..],
    ]
    .concat()
}
