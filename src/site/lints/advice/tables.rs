//! Tables without a caption.
//!
//! MB0709. The caption of a table is the heading or sentence before it; two consecutive tables cannot share one.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::diag::{Diagnostic, Sink, Span, codes};
use crate::model::{BlockKind, Body};

pub(super) fn check(body: &Body, text: &str, sink: &mut Sink) {
    let mut named = false;
    for block in &body.blocks {
        if block.kind != BlockKind::Markdown {
            named = true;
            continue;
        }
        let markdown = text.get(block.text.clone()).unwrap_or_default();
        for table in tables(markdown) {
            if !named {
                let line = markdown[table.clone()].lines().next().unwrap_or_default();
                let start = block.text.start + table.start;
                sink.push(unnamed(Span::new(
                    body.source,
                    start..start + line.trim_end().len(),
                )));
            }
            named = false;
        }
    }
}

/// The offsets of the tables in a Markdown block.
fn tables(markdown: &str) -> Vec<Range<usize>> {
    if !markdown.contains('|') {
        return Vec::new();
    }
    Parser::new_ext(markdown, Options::ENABLE_TABLES)
        .into_offset_iter()
        .filter(|(event, _)| matches!(event, Event::Start(Tag::Table(_))))
        .map(|(_, at)| at)
        .collect()
}

fn unnamed(span: Span) -> Diagnostic {
    Diagnostic::new(
        &codes::TABLE_UNNAMED,
        span,
        "这张表前面没有标题，也没有一句话说它是什么",
        "no heading or sentence before this table says what it contains",
    )
    .hint(
        "自己写的网页，在表格前加一句话；官方原文，看表名是不是漏录了",
        "on your own page, add a sentence before it; in an official text, check whether its title was left out",
    )
}
