//! The official text as it is shown next to a form: paragraphs, sentences, and the facts that cite them.
//!
//! Comes in: a text with its clauses, and the quotations of facts. Goes out: [`Paragraph`]s in order.

use std::ops::Range;

use serde::Serialize;

use super::value::{Path, Step, Value};
use crate::model::clause::{BlockKind, Body};

/// A fact and the words that it cites.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quoted {
    /// The way to the entry.
    pub path: Path,
    pub clause: String,
    pub quote: String,
}

/// A block of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Paragraph {
    /// How its clause is cited: `四（二）`.
    pub clause: String,
    pub is_heading: bool,
    /// A row is a sentence.
    pub is_table: bool,
    pub sentences: Vec<Sentence>,
}

/// A sentence, in pieces.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sentence {
    pub pieces: Vec<Piece>,
}

/// Words, and the fact that cites them: the name of its first field's entry. Empty if none does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Piece {
    pub words: String,
    pub fact: String,
}

/// Every entry of a file that has a quotation.
pub fn quotations(value: &Value) -> Vec<Quoted> {
    let mut out = Vec::new();
    collect(value, &mut Path::new(), &mut out);
    out
}

fn collect(value: &Value, path: &mut Path, out: &mut Vec<Quoted>) {
    match value {
        Value::Map(entries) => {
            let of = |key: &str| value.at(&[Step::Key(key.to_owned())]).and_then(Value::text);
            if let Some(quote) = of("quote") {
                let clause = of("clause").unwrap_or_default().to_owned();
                out.push(Quoted {
                    path: path.clone(),
                    clause,
                    quote: quote.to_owned(),
                });
            }
            for (key, inner) in entries {
                path.push(Step::Key(key.clone()));
                collect(inner, path, out);
                path.pop();
            }
        }
        Value::List(items) => {
            for (i, inner) in items.iter().enumerate() {
                path.push(Step::Item(i));
                collect(inner, path, out);
                path.pop();
            }
        }
        Value::Nothing | Value::Text(_) => {}
    }
}

/// The paragraphs of a text. Of quotations that overlap, the first is shown.
pub fn paragraphs(body: &Body, text: &str, quoted: &[Quoted]) -> Vec<Paragraph> {
    let blocks = body.blocks.iter().map(|block| {
        let words = &text[block.whole()];
        let clause = body.clauses[block.clause].label.clone();
        let mut marks: Vec<(Range<usize>, String)> = Vec::new();
        for fact in quoted {
            let places = words.match_indices(fact.quote.as_str());
            let within = |at: usize| at..at + fact.quote.len();
            let here =
                clause.starts_with(&fact.clause) || fact.clause.is_empty() || fact.clause == "全文";
            let mut places = places.map(|(at, _)| within(at)).filter(|_| here);
            if let Some(place) = places.next()
                && marks
                    .iter()
                    .all(|(other, _)| other.end <= place.start || place.end <= other.start)
            {
                marks.push((place, super::name::name(&fact.path)));
            }
        }
        marks.sort_by_key(|(place, _)| place.start);
        Paragraph {
            clause,
            is_heading: block.is_heading
                || matches!(block.kind, BlockKind::Part | BlockKind::Heading(_)),
            is_table: block.kind == BlockKind::Markdown && words.starts_with('|'),
            sentences: sentences(words)
                .filter(|range| !is_rule(&words[range.clone()]))
                .map(|range| sentence(words, &range, &marks))
                .collect(),
        }
    });
    blocks.collect()
}

/// The line between the head of a table and its rows.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.starts_with('|') && line.contains("---") && line.chars().all(|c| "|-: ".contains(c))
}

/// The sentences of a paragraph: each ends with its mark.
fn sentences(words: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    words
        .split_inclusive(['。', '；', '！', '？', '\n'])
        .map(move |sentence| {
            let range = at..at + sentence.len();
            at = range.end;
            range
        })
}

fn sentence(words: &str, range: &Range<usize>, marks: &[(Range<usize>, String)]) -> Sentence {
    let mut pieces = Vec::new();
    let mut put = |piece: Range<usize>, fact: &str| {
        if piece.start < piece.end {
            pieces.push(Piece {
                words: words[piece].to_owned(),
                fact: fact.to_owned(),
            });
        }
    };
    let mut at = range.start;
    for (mark, fact) in marks
        .iter()
        .filter(|(mark, _)| mark.start < range.end && range.start < mark.end)
    {
        let (start, end) = (mark.start.max(range.start), mark.end.min(range.end));
        put(at..start, "");
        put(start..end, fact);
        at = end;
    }
    put(at..range.end, "");
    Sentence { pieces }
}
