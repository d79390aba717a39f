//! Clauses that a note names: 第四章第一节二2 is a clause of the text, and it speaks of what the entry is about.
//!
//! Comes in: the notes of the entries of a notice. Goes out: diagnostics.

use std::ops::Range;
use std::sync::LazyLock;

use mingbai_forms::entries::Entry;
use regex::Regex;

use super::say;
use crate::diag::Sink;
use crate::model::Body;
use crate::text::{book_titles, fold};

/// A clause in its document (GB/T 9704-2012, 7.3.3: 一、（一）1.（1）; chapters, sections and articles of rules).
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    let numeral = "[一二三四五六七八九十百]+";
    let pattern = format!(
        "(?:第{numeral}[章节条])+(?:{numeral})?(?:（{numeral}）)*[0-9]*|{numeral}(?:（{numeral}）)+[0-9]*"
    );
    Regex::new(&pattern).expect("a sound pattern")
});

/// Compares the clauses that the notes of an entry name with the text.
///
/// # Diagnostics
/// MB0903.
pub(super) fn compare(body: &Body, text: &str, entry: &Entry, sink: &mut Sink) {
    for note in entry.values("note") {
        for found in LABEL.find_iter(&note.value) {
            // 《某某办法》第三条 is in another text.
            if note.value[..found.start()].ends_with('》') {
                continue;
            }
            let subjects = subjects(entry, &note.value);
            let is_said = in_document(body, found.as_str(), text)
                .is_some_and(|clause| subjects.iter().any(|words| clause.contains(words.as_str())));
            if !is_said {
                sink.push(say::part_of_note(note, found.range()));
            }
        }
    }
}

/// The folded text of the clause with a label, in whichever part of the document it is.
fn in_document<'a>(body: &'a Body, label: &str, text: &str) -> Option<&'a str> {
    let clause = body.find(label).or_else(|| {
        let mut own = body.clauses.iter_enumerated();
        let end = format!(" {label}");
        own.find(|(_, clause)| clause.label.ends_with(&end))
            .map(|(id, _)| id)
    })?;
    Some(body.folded(clause, text))
}

/// What an entry is about: its title or office, and what its note quotes.
fn subjects(entry: &Entry, note: &str) -> Vec<String> {
    let own = ["title", "office", "what", "items"];
    let own = own.iter().flat_map(|key| entry.values(key));
    let mut subjects: Vec<String> = own.map(|value| fold(&value.value)).collect();
    subjects.extend(book_titles(note).map(|title| fold(&note[title])));
    subjects.extend(quoted(note).map(|range| fold(&note[range])));
    subjects
}

/// What is in quotation marks.
fn quoted(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.match_indices('“').filter_map(|(at, open)| {
        let start = at + open.len();
        let length = text[start..].find('”')?;
        Some(start..start + length)
    })
}
