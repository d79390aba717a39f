//! The notes that Markdown of a page defines, found as they are shown.
//!
//! Comes in: Markdown. Goes out: the labels of its notes.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::super::guard::{Guarded, Sort, restored};
use super::read::read;

/// The label of a mark of a note at the start of a text, and what follows: `[^1]`.
pub(super) fn mark(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix("[^")?;
    let (label, rest) = inner.split_once(']')?;
    let is_label =
        (1..=20).contains(&label.chars().count()) && !label.contains(char::is_whitespace);
    is_label.then_some((label, rest))
}

/// The labels of the notes of a page's Markdown, in their order.
pub fn labels(text: &str, deepest: usize) -> Vec<String> {
    if !text.contains("[^") {
        return Vec::new();
    }
    let guarded = Guarded::new(text, Sort::Page);
    let mut labels = Vec::new();
    // Within links, images and code nothing is a note.
    let mut closed = 0usize;
    for (event, _) in read(&guarded, deepest).unwrap_or_default() {
        match event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_)) => closed += 1,
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock) => {
                closed = closed.saturating_sub(1);
            }
            Event::Start(Tag::FootnoteDefinition(label)) => labels.push(restored(&label)),
            Event::Text(words) if closed == 0 => {
                let words = restored(&words);
                let note = mark(&words).filter(|(_, rest)| rest.starts_with([':', '：']));
                labels.extend(note.map(|(label, _)| label.to_owned()));
            }
            _ => {}
        }
    }
    labels
}
