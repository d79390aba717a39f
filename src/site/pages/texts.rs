//! Views of texts: the official text of a document in blocks, and plain pages.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::documents::Made;
use super::found::Marks;
use super::markdown::{self, Context, InternalLink, Sort};
use super::notes::{Notes, printed_label};
use super::official;
use super::view::*;
use crate::atlas::Facts;
use crate::diag::Sink;
use crate::model::clause::Level;
use crate::model::{BlockKind, Body, ClauseId, TextPage};
use crate::text::{attribute, escape_into};
use mingbai_forms::limits::Limit;

/// A text rendered for a page, with the links to check.
#[derive(Debug, Default)]
pub struct TextOut {
    pub blocks: Vec<BlockView>,
    pub toc: Vec<TocItem>,
    pub links: Vec<InternalLink>,
    pub has_code: bool,
}

/// Renders a text. `marks` are its misprints; `base` is the level of the outermost headings.
pub fn text(
    facts: &Facts,
    body: &Body,
    root: &str,
    marks: Option<&Marks>,
    base: u8,
    is_english: bool,
    sink: &mut Sink,
) -> TextOut {
    let source = facts.text(body.source);
    let sort = if marks.is_some() {
        Sort::Printed
    } else {
        Sort::Words
    };
    let plain = |words: &str| markdown::plain(words.trim(), sort);
    let deepest = facts.limits().most(Limit::Nesting);
    let notes = Notes::new(labels(body, source, sort, deepest), is_english);
    let mut out = TextOut::default();
    // Heading levels of the open clauses: the next heading is one below its nearest ancestor that has one.
    let mut levels: BTreeMap<ClauseId, u8> = BTreeMap::new();
    let mut anchors = Anchors::default();
    let mut caption = String::new();
    let mut carried = None;
    let mut last_level = base.saturating_sub(1);
    for (number, block) in body.blocks.iter().enumerate() {
        let clause = &body.clauses[block.clause];
        let first = clause.blocks.start == number;
        let (mut above, mut at) = (None, clause.parent);
        while let Some(parent) = at {
            above = above.or(levels.get(&parent).copied());
            at = body.clauses[parent].parent;
        }
        let words = source[block.whole()].trim();
        let context = Context {
            source: body.source,
            text: source,
            root,
            marks,
            block: number,
            deepest,
            caption: if caption.is_empty() { "表" } else { &caption },
            terms: None,
            notes: Some(&notes).filter(|notes| !notes.is_empty()),
        };
        let attachments = words.starts_with("附件：") || words.starts_with("附件:");
        let rendered = match block.kind {
            BlockKind::Markdown => markdown::blocks(block.text.clone(), &context, sink),
            _ => markdown::inline(block.text.clone(), attachments, &context, sink),
        };
        let heading = match block.kind {
            BlockKind::Heading(level) => {
                let level = (level.saturating_sub(2) + base)
                    .clamp(base, last_level + 1)
                    .min(6);
                last_level = level;
                Some(level)
            }
            _ if block.is_heading => {
                let level = above.map_or(base, |l| l + 1).min(6);
                levels.insert(block.clause, level);
                last_level = level;
                Some(level)
            }
            _ => None,
        };
        let named = first && clause.level == crate::model::clause::Level::Part && clause.number > 0;
        let id = if !named && let BlockKind::Heading(_) = block.kind {
            Some(heading_anchor(
                &plain(&source[block.text.clone()]),
                &mut anchors,
            ))
        } else {
            first.then(|| clause.anchor.clone())
        };
        if heading.is_some() || !matches!(block.kind, BlockKind::Markdown) {
            caption = plain(&source[block.text.clone()])
                .trim_end_matches(['：', ':', '。'])
                .chars()
                .take(40)
                .collect();
        }
        if let Some(level) = heading {
            let marker = source[block.marker.clone()].trim();
            let text = format!(
                "{marker}{}{}",
                if marker.ends_with(['章', '节', '条']) {
                    " "
                } else {
                    ""
                },
                plain(&source[block.text.clone()])
            );
            if let Some(id) = &id {
                out.toc.push(TocItem {
                    id: id.clone(),
                    text,
                    depth: level.saturating_sub(base) + 1,
                });
            }
        } else if first
            && clause.heading.is_some()
            && block.kind == BlockKind::Clause
            && clause.level <= crate::model::clause::Level::Bracketed
        {
            let text = format!(
                "{}{}",
                source[block.marker.clone()].trim(),
                clause.heading.as_deref().map(plain).unwrap_or_default()
            );
            let level = above.map_or(1, |l| l.saturating_sub(base) + 2);
            out.toc.push(TocItem {
                id: clause.anchor.clone(),
                text,
                depth: level,
            });
        }
        out.has_code |= rendered.has_code;
        out.links.extend(rendered.links);
        let run_in_range = block.run_in.clone();
        let run_in = if run_in_range.is_empty() {
            String::new()
        } else {
            plain(&source[run_in_range])
        };
        let label = match block.kind {
            BlockKind::Heading(_) => plain(&source[block.text.clone()]),
            _ => clause.label.clone(),
        };
        let marker = source[block.marker.clone()].trim();
        let id = id.or(carried.take());
        // What authors note for themselves is not a paragraph; its anchor is that of the next one.
        if rendered.html.is_empty() && marker.is_empty() && run_in.is_empty() {
            carried = id;
            continue;
        }
        out.blocks.push(BlockView {
            id,
            kind: match block.kind {
                BlockKind::Part => BlockSort::Part,
                BlockKind::Clause => BlockSort::Clause,
                BlockKind::Paragraph => BlockSort::Para,
                BlockKind::Heading(_) => BlockSort::Heading,
                BlockKind::Markdown => BlockSort::Html,
            },
            heading,
            marker: marker.to_owned(),
            face: official::face(clause.level, marker),
            run_in,
            html: rendered.html,
            label,
        });
    }
    out
}

/// The labels of the notes of a text, with their blocks: in an official text, paragraphs that begin with a label are notes.
fn labels(body: &Body, source: &str, sort: Sort, deepest: usize) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    for (number, block) in body.blocks.iter().enumerate() {
        let words = &source[block.text.clone()];
        match block.kind {
            BlockKind::Markdown if !sort.is_printed() => {
                let labels = markdown::labels(words, deepest).into_iter();
                found.extend(labels.map(|label| (label, number)));
            }
            BlockKind::Paragraph if sort.is_printed() && block.run_in.is_empty() => {
                let label = printed_label(words).map(str::to_owned);
                found.extend(label.map(|label| (label, number)));
            }
            _ => {}
        }
    }
    found
}

/// The anchors of the headings of a page.
#[derive(Default)]
struct Anchors {
    used: HashSet<String>,
    /// How far the headings with the same words were counted.
    counts: HashMap<String, usize>,
}

/// The anchor of a heading without a number, made of its words: it stays where it is when a heading is added before it. Of headings with
/// the same words, the later ones are counted.
fn heading_anchor(words: &str, anchors: &mut Anchors) -> String {
    /// The most characters of a heading that an address has.
    const MOST: usize = 40;
    let pieces = words.split(|c: char| !c.is_alphanumeric());
    let pieces: Vec<&str> = pieces.filter(|piece| !piece.is_empty()).collect();
    let slug: String = pieces.join("-").to_lowercase().chars().take(MOST).collect();
    let plain = format!("s-{slug}");
    let mut anchor = plain.clone();
    let count = anchors.counts.entry(plain.clone()).or_insert(1);
    if *count > 1 {
        anchor = format!("{plain}-{count}");
    }
    while !anchors.used.insert(anchor.clone()) {
        *count += 1;
        anchor = format!("{plain}-{count}");
    }
    anchor
}

/// A plain page.
pub fn page(facts: &Facts, page: &TextPage, root: &str, sink: &mut Sink) -> Made<TextView> {
    let is_english = page.lang.is_some_and(|lang| lang.starts_with("en"));
    let out = text(facts, &page.body, root, None, 2, is_english, sink);
    Made {
        view: TextView {
            title: page.title.clone(),
            lang: page.lang,
            toc: out.toc,
            text: out.blocks,
            has_code: out.has_code,
        },
        links: out.links,
    }
}

/// The list of all plain pages, in the order of their addresses.
pub fn list(facts: &Facts, root: &str) -> TextView {
    let mut html = String::from("<ul>");
    for page in facts.text_pages().map(|id| facts.text_page(id)) {
        html.push_str("<li><a");
        attribute("href", &format!("{root}{}.html", page.id), &mut html);
        if let Some(lang) = page.lang {
            attribute("lang", lang, &mut html);
        }
        html.push('>');
        escape_into(&page.title, &mut html);
        html.push_str("</a></li>");
    }
    html.push_str("</ul>");
    TextView {
        title: "全部网页".into(),
        lang: None,
        toc: Vec::new(),
        text: vec![BlockView {
            id: None,
            kind: BlockSort::Html,
            heading: None,
            marker: String::new(),
            face: official::face(Level::Part, ""),
            run_in: String::new(),
            html,
            label: String::new(),
        }],
        has_code: false,
    }
}
