//! Passages: the pieces of text that the authors of the site wrote themselves, with their spans.
//!
//! Comes in: the YAML of a file, or the body of a page. Goes out: passages. Text copied from official documents
//! (`quote`, titles, names, deadlines), code and tables are not passages.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::diag::{SourceId, Span};
use crate::model::{BlockKind, Body};
use crate::sources::keys;
use crate::sources::yaml::{Kind, Node};

/// Keys whose text is the site's own, in every kind of file.
const OWN: [&str; 10] = [
    "text",
    "note",
    "about",
    "help",
    "why",
    "ask",
    "description",
    "lead",
    "differs",
    "overlap",
];

/// The keys among them that students and parents read first.
const PLAIN: [&str; 6] = ["text", "about", "help", "why", "ask", "lead"];

/// Mappings that contain words of the official text or that explain misprints.
const NOT_OWN: [&str; 4] = ["period", "stages", "slips", "corrections"];

/// A piece of text of the site's own.
#[derive(Debug)]
pub(super) struct Passage {
    pub text: String,
    /// Whether it is written for students and parents, rather than for offices or about the transcript.
    pub plain: bool,
    source: SourceId,
    whole: Range<usize>,
    /// The pieces of the text with their bytes in the file. Empty if the file does not write the text as it is
    /// (folded or escaped YAML).
    pieces: Vec<Piece>,
    /// Its links: the span and the text of each.
    pub links: Vec<(Span, String)>,
}

/// A piece of the text of a passage, and the bytes of the file that contain it (or the entity for it).
#[derive(Debug)]
struct Piece {
    text: Range<usize>,
    file: Range<usize>,
}

impl Piece {
    /// Whether the file contains the piece byte by byte.
    fn is_plain(&self) -> bool {
        self.text.len() == self.file.len()
    }
}

impl Passage {
    /// The span of a part of the text.
    pub fn span(&self, piece: Range<usize>) -> Span {
        let (first, last) = (self.piece_at(piece.start), self.piece_before(piece.end));
        let start = first.map(|found| match found.is_plain() {
            true => found.file.start + (piece.start - found.text.start),
            false => found.file.start,
        });
        let end = last.map(|found| match found.is_plain() {
            true => found.file.start + (piece.end - found.text.start),
            false => found.file.end,
        });
        match (start, end) {
            (Some(start), Some(end)) if start < end => Span::new(self.source, start..end),
            _ => Span::new(self.source, self.whole.clone()),
        }
    }

    fn piece_at(&self, at: usize) -> Option<&Piece> {
        let next = self.pieces.partition_point(|piece| piece.text.end <= at);
        self.pieces.get(next).filter(|piece| piece.text.start <= at)
    }

    /// The piece that contains the byte before `at`.
    fn piece_before(&self, at: usize) -> Option<&Piece> {
        self.piece_at(at.checked_sub(1)?)
    }

    fn push(&mut self, words: &str, file: Range<usize>) {
        let start = self.text.len();
        self.text.push_str(words);
        let text = start..self.text.len();
        self.pieces.push(Piece { text, file });
    }
}

/// The passages in the YAML of a file.
pub(super) fn of_yaml(file: &str, tree: &Node) -> Vec<Passage> {
    let mut out = Vec::new();
    gather(tree, file, &mut out);
    out
}

fn gather(node: &Node, file: &str, out: &mut Vec<Passage>) {
    match &node.kind {
        Kind::List(items) => items.iter().for_each(|item| gather(item, file, out)),
        Kind::Map(map) => {
            let offices = super::text_of(node, "for").is_some_and(|whom| whom.contains("机构"));
            for (key, value) in map {
                let name = keys::canonical(&key.value).unwrap_or_default();
                if NOT_OWN.contains(&name) {
                    continue;
                }
                match &value.kind {
                    Kind::Text(text) if OWN.contains(&name) => {
                        let plain = !offices && PLAIN.contains(&name);
                        out.push(of_scalar(text, value.span, file, plain));
                    }
                    Kind::Text(_) | Kind::Empty | Kind::Broken => {}
                    _ => gather(value, file, out),
                }
            }
        }
        Kind::Text(_) | Kind::Empty | Kind::Broken => {}
    }
}

fn of_scalar(text: &str, span: Span, file: &str, plain: bool) -> Passage {
    let whole = span.range();
    // The text as written, perhaps in quotes. Otherwise its pieces have no spans of their own.
    let written = [whole.start, whole.start + 1]
        .into_iter()
        .map(|start| start..start + text.len())
        .find(|at| at.end <= whole.end && file.get(at.clone()) == Some(text));
    let mut passage = Passage {
        text: text.to_owned(),
        plain,
        source: span.source,
        pieces: written
            .map(|file| Piece {
                text: 0..text.len(),
                file,
            })
            .into_iter()
            .collect(),
        whole,
        links: Vec::new(),
    };
    if text.contains("](") {
        let mut rendered = Vec::new();
        of_markdown(span.source, text, 0, &mut rendered);
        // Offsets in the rendering are bytes of the value.
        passage.links = rendered
            .into_iter()
            .flat_map(|inner| inner.links)
            .map(|(at, words)| (passage.span(at.range()), words))
            .collect();
    }
    passage
}

/// The passages of a page: one for each paragraph, list item and heading.
pub(super) fn of_body(body: &Body, text: &str) -> Vec<Passage> {
    let mut out = Vec::new();
    for block in &body.blocks {
        let range = block.text.clone();
        if matches!(block.kind, BlockKind::Heading(_) | BlockKind::Part) {
            continue;
        }
        let Some(markdown) = text.get(range.clone()) else {
            continue;
        };
        of_markdown(body.source, markdown, range.start, &mut out);
    }
    out
}

fn of_markdown(source: SourceId, markdown: &str, base: usize, out: &mut Vec<Passage>) {
    let fresh = || Passage {
        text: String::new(),
        plain: false,
        source,
        whole: base..base + markdown.len(),
        pieces: Vec::new(),
        links: Vec::new(),
    };
    let mut passage = fresh();
    let mut link: Option<(Range<usize>, usize)> = None;
    // Code and tables are not prose.
    let mut skipped = 0usize;
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    for (event, at) in Parser::new_ext(markdown, options).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_) | Tag::Table(_)) => skipped += 1,
            Event::End(TagEnd::CodeBlock | TagEnd::Table) => skipped = skipped.saturating_sub(1),
            Event::Text(words) if skipped == 0 => {
                passage.push(&words, base + at.start..base + at.end);
            }
            // Inline code is a name, like one in quotation marks.
            Event::Code(_) if skipped == 0 => {
                passage.push("“”", base + at.start..base + at.end);
            }
            Event::Start(Tag::Link { .. }) => {
                link = Some((base + at.start..base + at.end, passage.text.len()));
            }
            Event::End(TagEnd::Link) => {
                if let Some((at, from)) = link.take() {
                    let words = passage.text.get(from..).unwrap_or_default().to_owned();
                    passage.links.push((Span::new(source, at), words));
                }
            }
            Event::End(TagEnd::Paragraph | TagEnd::Item) | Event::Start(Tag::List(_))
                if !passage.text.is_empty() =>
            {
                out.push(std::mem::replace(&mut passage, fresh()));
            }
            _ => {}
        }
    }
    if !passage.text.is_empty() {
        out.push(passage);
    }
}
