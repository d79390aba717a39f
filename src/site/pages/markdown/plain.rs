//! The words of Markdown, as a reader of the page would copy them.
//!
//! Comes in: Markdown. Goes out: plain text with one line per paragraph, list item and row, and a tab between cells.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::super::guard::{Guarded, Sort, restored};
use super::read::read;
use crate::text::{is_chinese, join_soft};

/// The text without its markup. `sort` says what is markup in it.
pub fn plain(text: &str, sort: Sort) -> String {
    if sort.is_words() && !text.contains(super::MARKS) {
        return text.trim().to_owned();
    }
    let guarded = Guarded::new(text, sort);
    let Ok(events) = read(&guarded, usize::MAX) else {
        return text.trim().to_owned();
    };
    let mut out = String::with_capacity(text.len());
    let in_chinese = is_chinese(text);
    let mut broken = false;
    for (event, _) in events {
        match event {
            Event::Text(words)
            | Event::Code(words)
            | Event::InlineHtml(words)
            | Event::Html(words) => {
                let words = restored(&words);
                let (before, after) = (out.chars().next_back(), words.chars().next());
                if std::mem::take(&mut broken) && !join_soft(before, after, in_chinese) {
                    out.push(' ');
                }
                out.push_str(&words);
            }
            Event::FootnoteReference(label) | Event::Start(Tag::FootnoteDefinition(label)) => {
                out.push_str(&format!("[{}]", restored(&label)));
            }
            Event::TaskListMarker(is_done) => out.push_str(if is_done { "☑ " } else { "☐ " }),
            Event::SoftBreak => broken = true,
            Event::HardBreak | Event::Rule => out.push('\n'),
            Event::End(TagEnd::TableCell) => out.push('\t'),
            Event::End(
                TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::Item
                | TagEnd::TableHead
                | TagEnd::TableRow
                | TagEnd::CodeBlock,
            ) => {
                let end = out.trim_end().len();
                out.truncate(end);
                out.push('\n');
            }
            _ => {}
        }
    }
    out.trim().to_owned()
}
