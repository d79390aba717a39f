//! Expired documents that are still used.
//!
//! MB0707. The page of such a document says 已过期. This file reports what contradicts that: a current schedule or
//! self-check that is based on the document, or a date of the document after its own expiry.

use jiff::civil::Date;

use crate::diag::{Diagnostic, Sink, Spanned, codes};
use crate::model::{BoundKind, Document, DocumentId, Kind, Model, date};
use crate::rules::LinkedCheck;
use crate::sources::yaml::Node;

/// The last day on which a document holds, by its own terms or by another document.
fn expiry(document: &Document) -> Option<Date> {
    let Kind::Notice(notice) = &document.kind else {
        return None;
    };
    let ending = document
        .ending
        .and_then(|ending| ending.since.yesterday().ok());
    notice.expires.into_iter().chain(ending).min()
}

/// The last day that a document gives itself.
fn own_expiry(document: &Document) -> Option<Date> {
    match &document.kind {
        Kind::Notice(notice) => notice.expires,
        _ => None,
    }
}

pub(super) fn check_document(model: &Model, index: DocumentId, today: Date, sink: &mut Sink) {
    let document = &model.documents[index];
    if let Some(expires) = own_expiry(document) {
        check_own_dates(document, expires, sink);
    }
    if document.year() == Some(today.year())
        && let Some(source) = document.kind.source()
    {
        check_source(
            model,
            source,
            today,
            "今年的这份数据",
            "this year's data",
            sink,
        );
    }
}

/// Self-checks are not documents, so their rules are checked as YAML.
pub(super) fn check_rules(
    model: &Model,
    check: &LinkedCheck,
    tree: &Node,
    today: Date,
    sink: &mut Sink,
) {
    let year = super::text_of(tree, "year").and_then(|year| year.parse::<i16>().ok());
    // A self-check without a year is offered to everybody who visits today.
    if year.is_some_and(|year| year < today.year()) {
        return;
    }
    let source = Spanned::new(check.notice, check.check.notice.span);
    check_source(model, &source, today, "这份自查", "this self-check", sink);
}

fn check_source(
    model: &Model,
    source: &Spanned<DocumentId>,
    today: Date,
    what_zh: &str,
    what_en: &str,
    sink: &mut Sink,
) {
    let notice = &model.documents[source.value];
    let Some(expires) = expiry(notice).filter(|last| *last < today) else {
        return;
    };
    sink.push(
        Diagnostic::new(
            &codes::EXPIRED_SOURCE,
            source.span,
            format!("{what_zh}依据的文件，{}已经失效", date::chinese(expires)),
            format!("the source of {what_en} expired on {expires}"),
        )
        .also(notice.span, "失效的文件", "the expired document")
        .hint(
            "换成现在有效的文件；文件延长了有效期的，改它的 expires（失效日期）",
            "use the document that is now in force; if its validity was extended, change its `expires`",
        ),
    );
}

fn check_own_dates(document: &Document, expires: Date, sink: &mut Sink) {
    let windows = document
        .windows
        .iter()
        .flat_map(|window| window.from.iter().chain(&window.until));
    let deadlines = document.deadlines.iter().map(|deadline| &deadline.by);
    for bound in windows.chain(deadlines) {
        let after = bound.value.kind != BoundKind::NotBefore
            && bound.value.day().is_some_and(|day| day > expires);
        if after {
            sink.push(
                Diagnostic::new(
                    &codes::EXPIRED_SOURCE,
                    bound.span,
                    format!("这个日子在文件失效（{}）以后", date::chinese(expires)),
                    format!("this day is after the expiry of the document ({expires})"),
                )
                .hint(
                    "对照原文，看是日期写错了，还是失效日期（expires）写错了",
                    "compare with the official text; either this day or `expires` is wrong",
                ),
            );
        }
    }
}
