//! Candidates: what the text seems to arrange, as entries that are valid once a person has confirmed them.
//!
//! Comes in: the clause tree of the text. Goes out: [`Candidates`], entries for the lists of a file, each with its clause
//! and the exact words. `mingbai-reading` reads the words; the files of this folder say what a reading may become. They
//! judge nothing: `trial` takes out what the checks would refuse.

mod actors;
mod arrangements;
mod cites;
mod contacts;
mod days;
mod entry;
mod paragraph;
mod validity;

pub(super) use self::entry::{Entry, Field, Section, Value};
use self::paragraph::Paragraph;
pub(super) use self::validity::Validity;
use super::layout::Layout;
use crate::model::clause::{BlockKind, Body};
use crate::model::{ClauseId, Model};
use jiff::civil::Date;
use mingbai_reading::{What, Year, read};
use std::collections::BTreeMap;
use std::ops::Range;

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Candidates {
    entries: BTreeMap<Section, Vec<Entry>>,
    /// What cannot be written as an entry, in whole sentences.
    pub open: Vec<String>,
    /// When the document begins and ends to be in force, and what it abolishes.
    pub validity: Validity,
}

/// The longest text that is looked through, in bytes: a hundred thousand characters.
pub(super) const LONGEST_TEXT: usize = 300_000;
/// The most entries of a list. A longer text is not an official document, or its lists are in tables.
const MOST: usize = 200;

impl Candidates {
    /// The entries of a list, in the order of the text.
    pub fn of(&self, section: Section) -> &[Entry] {
        self.entries.get(&section).map_or(&[], Vec::as_slice)
    }

    /// The same, to be changed.
    pub fn of_mut(&mut self, section: Section) -> &mut Vec<Entry> {
        self.entries.entry(section).or_default()
    }

    /// Adds an entry that nothing of the kind precedes with the same values.
    fn push(&mut self, section: Section, entry: Entry) {
        let list = self.of_mut(section);
        if list.len() < MOST && list.iter().all(|other| !other.says_the_same(&entry)) {
            list.push(entry);
        }
    }
}

/// What the readings of a paragraph are seen against.
struct Context<'a> {
    body: &'a Body,
    text: &'a str,
    layout: &'a Layout,
    model: &'a Model,
    years: Years,
    /// Words that the source has crossed out: nothing in them is arranged any more.
    struck: &'a [String],
}

/// The year of a day that is printed without one (as the comparison with the words takes it).
#[derive(Debug, Clone, Copy)]
struct Years {
    /// The year that the document arranges.
    work: Option<i16>,
    issued: Option<Date>,
    /// Whether the title prints a year: without one, the text may hold for many years.
    is_lasting: bool,
}

impl Years {
    fn of(layout: &Layout) -> Self {
        let prints_year = read(&layout.title).into_iter().any(
            |reading| matches!(reading.what, What::Day(day) if matches!(day.year, Year::Printed(_))),
        );
        Self {
            work: layout.year,
            issued: layout.issued,
            is_lasting: !prints_year,
        }
    }
}

/// Looks through the text. `struck` are the words that the source has crossed out.
pub(super) fn find(
    body: &Body,
    text: &str,
    layout: &Layout,
    model: &Model,
    struck: &[String],
) -> Candidates {
    let context = Context {
        body,
        text,
        layout,
        model,
        years: Years::of(layout),
        struck,
    };
    let mut found = Candidates::default();
    let mut cited = cites::Cites::default();
    for block in &body.blocks {
        let is_text = matches!(block.kind, BlockKind::Clause | BlockKind::Paragraph);
        let words = &text[block.whole()];
        if block.kind == BlockKind::Markdown
            && words.starts_with('|')
            && let Some(label) = context.label_of(block.clause)
        {
            contacts::of_table(words, block.whole().start, &label, &mut found);
        }
        // No paragraph of a document is longer than this.
        if !is_text || words.len() > 100_000 || words.starts_with("附件：") {
            continue;
        }
        let Some(label) = context.label_of(block.clause) else {
            continue;
        };
        let paragraph = Paragraph::new(words, block.whole().start, label, block.clause);
        days::find(&paragraph, &context, &mut found);
        arrangements::find(&paragraph, &mut found);
        contacts::find(&paragraph, &context, &mut found);
        validity::find(&paragraph, &context, &mut found.validity);
        cited.find(&paragraph, &context);
    }
    cited.finish(&context, &mut found);
    found
}

impl Context<'_> {
    /// How a clause is cited so that it is found again; the one around it where two have the same number.
    fn label_of(&self, clause: ClauseId) -> Option<String> {
        let mut at = Some(clause);
        while let Some(i) = at {
            let label = &self.body.clauses[i].label;
            if self.body.find(label) == Some(i) {
                return Some(label.clone());
            }
            at = self.body.clauses[i].parent;
        }
        None
    }

    /// Whether words of a paragraph were crossed out, or a part of them.
    fn is_struck(&self, p: &Paragraph, span: &Range<usize>) -> bool {
        let mut places = self.struck.iter().flat_map(|words| {
            let found = p.words.match_indices(words.as_str());
            found.map(|(start, words)| start..start + words.len())
        });
        places.any(|place| place.start < span.end && span.start < place.end)
    }

    /// The heading of a clause.
    fn heading(&self, clause: ClauseId) -> Option<&str> {
        self.body.clauses[clause].heading.as_deref()
    }

    /// The words with which a clause begins.
    fn beginning(&self, clause: ClauseId) -> &str {
        let first = self.body.blocks.get(self.body.clauses[clause].blocks.start);
        first.map_or("", |block| &self.text[block.whole()])
    }
}
