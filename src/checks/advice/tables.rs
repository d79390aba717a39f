//! Tables that nothing names.
//!
//! MB0709. The caption of a table is the heading or the line before it; two tables in a row cannot share one.

use crate::diag::{Diagnostic, Sink, Span, codes};
use crate::model::{Block, BlockKind, Body};

pub(super) fn check(body: &Body, text: &str, sink: &mut Sink) {
    for (at, block) in body.blocks.iter().enumerate() {
        if !is_table(block, text) {
            continue;
        }
        let words = text.get(block.text.clone()).unwrap_or_default();
        // What stands between the line and its table, code or a list, takes the name of neither.
        let before = body.blocks[..at]
            .iter()
            .rev()
            .find(|before| before.kind != BlockKind::Markdown || is_table(before, text));
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

fn is_table(block: &Block, text: &str) -> bool {
    let words = text.get(block.text.clone()).unwrap_or_default();
    block.kind == BlockKind::Markdown && words.trim_start().starts_with('|')
}
