//! Official texts without a plain-language summary. Lists, schedules and results need none, because they are already
//! arranged for readers.
//!
//! MB0703.

use crate::diag::{Diagnostic, Sink, codes};
use crate::model::{Document, Kind};

pub(super) fn check(document: &Document, sink: &mut Sink) {
    let is_withdrawn = document.life.withdrawn.is_some();
    let is_notice = matches!(document.kind, Kind::Notice(_));
    if !is_notice || is_withdrawn || !document.summary.is_empty() {
        return;
    }
    sink.push(
        Diagnostic::new(
            &codes::NO_SUMMARY,
            document.span,
            "这份文件没有要点，读者只能看原文",
            "this document has no summary, so readers see only the official text",
        )
        .hint(
            "加 summary（要点）：每条 text 一句平常话，clause 写出自哪一条",
            "add `summary`: each point has a plain sentence (`text`) and the clause it comes from (`clause`)",
        ),
    );
}
