//! The clauses of a notice, to choose from: so that the cited clause exists and contains the quotation.
//!
//! Comes in: a notice of the model. Goes out: its clause tree as lines, the sentences of a clause, the names that a
//! clause lists.

use crate::model::{BlockKind, Body, ClauseId, Document};
use crate::sources::Sources;
use crate::text::fold;

/// A clause to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClauseLine {
    /// As a file cites it: `四（二）`.
    pub label: String,
    /// As it is shown: indented, its number and its heading or first words.
    pub shown: String,
}

/// The clauses of a notice in the order of its text; those without words are left out.
pub fn tree(document: &Document, sources: &Sources) -> Vec<ClauseLine> {
    const FIRST_WORDS: usize = 24;
    let Some(body) = &document.body else {
        return Vec::new();
    };
    let text = &sources.file(body.source).text;
    body.clauses
        .keys()
        .filter_map(|i| {
            let clause = &body.clauses[i];
            let block = body.blocks[clause.blocks.clone()].first()?;
            let depth = std::iter::successors(clause.parent, |&p| body.clauses[p].parent).count();
            let words: String = text[block.whole()].split_whitespace().collect();
            let more = words.chars().count() > FIRST_WORDS;
            let words: String = words.chars().take(FIRST_WORDS).collect();
            Some(ClauseLine {
                label: clause.label.clone(),
                shown: format!(
                    "{}{}  {words}{}",
                    "　".repeat(depth),
                    clause.label,
                    if more { "……" } else { "" }
                ),
            })
        })
        .collect()
}

/// The sentences of a clause and of what is below it, each as it can be quoted.
pub fn sentences(document: &Document, clause: &str, sources: &Sources) -> Vec<String> {
    let Some((body, found)) = found(document, clause) else {
        return Vec::new();
    };
    let text = &sources.file(body.source).text;
    let mut out: Vec<String> = Vec::new();
    for block in &body.blocks[body.clauses[found].blocks.clone()] {
        let start = if block.run_in.is_empty() {
            block.text.start
        } else {
            block.run_in.start
        };
        let words: String = text[start..block.text.end].lines().map(str::trim).collect();
        for sentence in words.split_inclusive(['。', '；', '！', '？']) {
            let sentence = sentence.trim().trim_end_matches(['。', '；']);
            if !sentence.is_empty() && !out.iter().any(|other| other == sentence) {
                out.push(sentence.to_owned());
            }
        }
    }
    out.retain(|sentence| stands_in(document, clause, sentence, sources));
    out
}

/// Whether a clause contains the words, as the check judges it.
pub fn stands_in(document: &Document, clause: &str, words: &str, sources: &Sources) -> bool {
    let needle = fold(words);
    found(document, clause).is_some_and(|(body, found)| {
        !needle.is_empty()
            && body
                .folded(found, &sources.file(body.source).text)
                .contains(&needle)
    })
}

/// Whether a notice has a clause.
pub fn has(document: &Document, clause: &str) -> bool {
    found(document, clause).is_some()
}

fn found<'a>(document: &'a Document, clause: &str) -> Option<(&'a Body, ClauseId)> {
    let body = document.body.as_ref()?;
    Some((body, body.find(clause)?))
}

/// The names that a clause lists, by heading, in the order printed: paragraphs `郑州市：二七区、中原区。`, or rows of a table
/// in which the heading's cell (one that ends like a prefecture) precedes the name's.
pub fn names(document: &Document, clause: &str, sources: &Sources) -> Vec<(String, Vec<String>)> {
    let Some((body, found)) = found(document, clause) else {
        return Vec::new();
    };
    let text = &sources.file(body.source).text;
    let mut out: Vec<(String, Vec<String>)> = Vec::new();
    let mut add = |heading: &str, name: &str| {
        let heading: String = heading.split_whitespace().collect();
        let name = name.trim();
        if name.is_empty() {
            return;
        }
        match out.last_mut().filter(|(last, _)| *last == heading) {
            Some((_, names)) => names.push(name.to_owned()),
            None => out.push((heading, vec![name.to_owned()])),
        }
    };
    for block in &body.blocks[body.clauses[found].blocks.clone()] {
        let words = &text[block.whole()];
        match block.kind {
            BlockKind::Markdown => {
                // The column names are above the line of dashes.
                let rule =
                    |line: &&str| line.contains("---") && line.chars().all(|c| "|-: ".contains(c));
                let columns = words
                    .lines()
                    .position(|line| rule(&line.trim()))
                    .map_or(0, |at| at + 1);
                for line in words.lines().skip(columns) {
                    let cells: Vec<&str> = line
                        .trim()
                        .trim_matches('|')
                        .split('|')
                        .map(str::trim)
                        .collect();
                    for pair in cells.windows(2) {
                        if is_heading(pair[0]) {
                            add(pair[0], pair[1]);
                        }
                    }
                }
            }
            BlockKind::Part => {}
            _ => {
                if let Some((heading, names)) = words.split_once('：') {
                    for name in names.trim().trim_end_matches('。').split('、') {
                        add(heading, name);
                    }
                }
            }
        }
    }
    out
}

/// A prefecture's name has more than the sign for what it is.
fn is_heading(cell: &str) -> bool {
    cell.chars().count() > 2
        && ["市", "州", "盟", "地区", "（市）"]
            .iter()
            .any(|ending| cell.ends_with(ending))
}
