//! Tables that nothing names.
//!
//! MB0709. The caption of a table is the heading or the line before it, in the same clause.

use crate::diag::{Diagnostic, Sink, Span, codes};
use crate::model::{BlockKind, Body};

pub(super) fn check(body: &Body, text: &str, sink: &mut Sink) {
    for (at, block) in body.blocks.iter().enumerate() {
        let words = text.get(block.text.clone()).unwrap_or_default();
        if block.kind != BlockKind::Markdown || !words.trim_start().starts_with('|') {
            continue;
        }
        let before = at.checked_sub(1).map(|i| &body.blocks[i]);
        // Lists and quotations are Markdown too, and name nothing.
        if before.is_some_and(|before| before.kind != BlockKind::Markdown) {
            continue;
        }
        let line = words.lines().next().unwrap_or_default().len();
        let start = block.text.start;
        sink.push(
            Diagnostic::new(
                &codes::TABLE_UNNAMED,
                Span::new(body.source, start..start + line),
                "这张表前面没有标题，也没有一句话说它是什么",
                "neither a heading nor a line before this table says what it is",
            )
            .hint(
                "自己写的网页，在表格前加一句话；官方原文，看表名是不是漏录了",
                "on a page of your own put a line before it; in an official text see whether its title was left out",
            ),
        );
    }
}
