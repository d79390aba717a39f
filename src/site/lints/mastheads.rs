//! Document numbers and dates of issue, seen from the whole site and from today.
//!
//! MB0231 for two notices with one number: one of them is a copy, or a number is wrong. MB0716 for a date of issue that has not come yet;
//! it is advice, because a site can be built as of an earlier day.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::diag::{Diagnostic, Sink, Spanned, codes};
use crate::model::{Document, Kind, Model, Written};
use crate::text::fold;

/// Reports numbers that two notices have.
///
/// # Diagnostics
/// MB0231.
pub fn check(model: &Model<Written>, sink: &mut Sink) {
    let mut known: HashMap<String, (&Document<Written>, &Spanned<String>)> = HashMap::new();
    for document in model.documents.iter() {
        let Kind::Notice(notice) = &document.kind else {
            continue;
        };
        let Some(number) = &notice.number else {
            continue;
        };
        match known.get(&fold(&number.value)) {
            Some((first, place)) => sink.push(twice(number, first, place)),
            None => {
                known.insert(fold(&number.value), (document, number));
            }
        }
    }
}

/// Lists dates of issue after `today`.
///
/// # Diagnostics
/// MB0716.
pub(super) fn advise(model: &Model, today: Date, sink: &mut Sink) {
    for document in model.documents.iter() {
        let Kind::Notice(notice) = &document.kind else {
            continue;
        };
        let root = document.entries.first();
        if let (Some(day), Some(written)) =
            (notice.issued, root.and_then(|root| root.value("issued")))
            && day > today
        {
            sink.push(ahead(written, today));
        }
    }
}

fn twice(
    number: &Spanned<String>,
    first: &Document<Written>,
    place: &Spanned<String>,
) -> Diagnostic {
    Diagnostic::new(
        &codes::NUMBER_TWICE,
        number.span,
        format!("文号“{}”已经是另一份文件的", number.value),
        format!(
            "another document already has the number \"{}\"",
            number.value
        ),
    )
    .also(place.span, "先用的文件", "first used by this document")
    .hint(
        format!(
            "对照原文改正；同一份文件收了两次的，删去一份（另一份是 {}）",
            first.id
        ),
        format!(
            "correct it from the official text; if it is the same document, delete one of them (the other is {})",
            first.id
        ),
    )
}

fn ahead(written: &Spanned<String>, today: Date) -> Diagnostic {
    Diagnostic::new(
        &codes::ISSUED_AHEAD,
        written.span,
        format!("成文日期在今天（{today}）以后"),
        format!("the date of issue is after today ({today})"),
    )
    .hint(
        "对照落款改正年份；还没有印发的文件，印发以后再发布",
        "correct it from the signature; publish a document after it has been issued",
    )
}
