//! Notes of a text (注释): each mark leads to its note, and the note back to its first mark.
//!
//! Comes in: the labels of the notes of a text, as typed in their brackets, each with its block. Goes out: the HTML of marks and notes. It finds
//! no notes in Markdown.

use std::cell::Cell;
use std::collections::HashMap;

use crate::text::{attribute, escape, escape_into};

/// The notes of a text.
#[derive(Debug, Default)]
pub struct Notes {
    /// The notes of each label, in the order of the text.
    by_label: HashMap<String, Vec<Note>>,
    is_english: bool,
}

/// One note.
#[derive(Debug)]
struct Note {
    /// The number of the note on the page, from 1.
    number: usize,
    block: usize,
    /// Whether a mark on the page already has its anchor.
    is_marked: Cell<bool>,
    /// Whether the page already has the anchor of the note.
    is_shown: Cell<bool>,
}

impl Notes {
    /// The notes with these labels, each in a block; `is_english` is the language of what a screen reader says.
    pub fn new(labels: impl IntoIterator<Item = (String, usize)>, is_english: bool) -> Self {
        let mut notes = Self {
            is_english,
            ..Self::default()
        };
        for (at, (label, block)) in labels.into_iter().enumerate() {
            let same = notes.by_label.entry(key(&label)).or_default();
            // Of notes with one label in one block, the first is the one that marks mean.
            if same.last().is_none_or(|last| last.block != block) {
                same.push(Note {
                    number: at + 1,
                    block,
                    is_marked: Cell::new(false),
                    is_shown: Cell::new(false),
                });
            }
        }
        notes
    }

    /// A mark in a block as a link; nothing if no note has this label. Marks lead to the next note of their label.
    pub fn mark(&self, label: &str, block: usize) -> Option<String> {
        let notes = self.by_label.get(&key(label))?;
        let next = notes.partition_point(|note| note.block < block);
        let note = notes.get(next).or(notes.last())?;
        let number = note.number;
        let mut html = String::from("<a");
        if !note.is_marked.replace(true) {
            attribute("id", &format!("note-mark-{number}"), &mut html);
        }
        attribute("href", &format!("#note-{number}"), &mut html);
        let words = if self.is_english { "Note" } else { "注" };
        named(&mut html, "doc-noteref", words, label);
        Some(html)
    }

    /// The label at the start of a note in a block: the way back to its first mark. Nothing if there is no such note.
    pub fn start(&self, label: &str, block: usize) -> Option<String> {
        let notes = self.by_label.get(&key(label))?;
        let at = notes.binary_search_by_key(&block, |note| note.block).ok()?;
        let note = Some(&notes[at]).filter(|note| !note.is_shown.replace(true))?;
        let number = note.number;
        if !note.is_marked.get() {
            return Some(format!(
                "<span id=\"note-{number}\">[{}]</span>",
                escape(label)
            ));
        }
        let mut html = format!("<a id=\"note-{number}\" href=\"#note-mark-{number}\"");
        let words = if self.is_english {
            "Back to the text"
        } else {
            "回到正文"
        };
        named(&mut html, "doc-backlink", words, label);
        Some(html)
    }

    /// Whether a block has a note of this label.
    pub fn begins(&self, label: &str, block: usize) -> bool {
        let notes = self.by_label.get(&key(label));
        notes.is_some_and(|notes| {
            notes
                .binary_search_by_key(&block, |note| note.block)
                .is_ok()
        })
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.by_label.is_empty()
    }
}

/// Ends the start tag of a link whose name for screen readers has what is seen in it, and the link.
fn named(html: &mut String, role: &str, words: &str, label: &str) {
    attribute("role", role, html);
    attribute("aria-label", &format!("{words} [{label}]"), html);
    html.push_str(">[");
    escape_into(label, html);
    html.push_str("]</a>");
}

/// Labels are equal whatever their case.
fn key(label: &str) -> String {
    label.to_lowercase()
}

/// The label in the brackets at the start of a text, if it is one of a note of an official text: `[1]`, `[注2]`, `[尾注3]`.
pub fn printed_label(text: &str) -> Option<&str> {
    /// The most digits of a number.
    const MOST: usize = 3;
    let inner = text.strip_prefix('[')?;
    let end = inner.bytes().take(20).position(|byte| byte == b']')?;
    let label = &inner[..end];
    let words = label.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = label.len() - words.len();
    let is_known = matches!(words, "" | "^" | "注" | "脚注" | "尾注" | "注释");
    let is_one = words == "注" && digits == 0;
    (is_known && ((1..=MOST).contains(&digits) || is_one)).then_some(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_notes_lead_to_each_other_and_each_anchor_is_on_the_page_once() {
        let labels = [("1".to_owned(), 4), ("1".to_owned(), 9)];
        let notes = Notes::new(labels, false);
        assert_eq!(
            notes.mark("1", 2).as_deref(),
            Some(
                "<a id=\"note-mark-1\" href=\"#note-1\" role=\"doc-noteref\" aria-label=\"注 [1]\">[1]</a>"
            )
        );
        assert_eq!(
            notes.mark("1", 3).as_deref(),
            Some("<a href=\"#note-1\" role=\"doc-noteref\" aria-label=\"注 [1]\">[1]</a>")
        );
        assert_eq!(
            notes.start("1", 4).as_deref(),
            Some(
                "<a id=\"note-1\" href=\"#note-mark-1\" role=\"doc-backlink\" aria-label=\"回到正文 [1]\">[1]</a>"
            )
        );
        assert_eq!(notes.start("1", 4), None);
        assert_eq!(
            notes.start("1", 9).as_deref(),
            Some("<span id=\"note-2\">[1]</span>")
        );
        assert_eq!(notes.mark("2", 2), None);
    }

    #[test]
    fn labels_of_printed_notes_are_numbers() {
        for (text, label) in [
            ("[1]甲", Some("1")),
            ("[尾注12]", Some("尾注12")),
            ("[注]甲", Some("注")),
            ("[^3]: 甲", Some("^3")),
            ("[2026]1号", None),
            ("[]", None),
            ("[甲]", None),
            ("[1", None),
        ] {
            assert_eq!(printed_label(text), label, "{text}");
        }
    }
}
