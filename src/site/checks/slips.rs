//! A recorded slip stands in the text as printed; a recorded correction is used.
//!
//! MB0222, MB0216.

use super::citations::unknown_clause;
use crate::diag::{Diagnostic, Sink, codes};
use crate::model::{DocumentId, Kind, Listed, Model};
use crate::sources::Sources;

pub fn check(model: &Model, sources: &Sources, index: DocumentId, sink: &mut Sink) {
    let document = &model.documents[index];
    match &document.kind {
        Kind::Notice(_) => {
            let Some(body) = &document.body else { return };
            let text = &sources.file(body.source).text;
            for slip in &document.slips {
                let Some(clause) = &slip.clause else { continue };
                let Some(found) = body.find(&clause.value) else {
                    sink.push(unknown_clause(document, &clause.value, clause.span));
                    continue;
                };
                if !body.written(found, text).contains(&slip.printed.value) {
                    sink.push(
                        Diagnostic::new(
                            &codes::SLIP_NOT_FOUND,
                            slip.printed.span,
                            format!("条款“{}”中没有“{}”", clause.value, slip.printed.value),
                            format!(
                                "clause {} does not contain \"{}\"",
                                clause.value, slip.printed.value
                            ),
                        )
                        .hint(
                            "照正文逐字写（空格也算）",
                            "write it exactly as in the text, including spaces",
                        ),
                    );
                }
            }
        }
        list => unused(&document.slips, &list.rows(), sink),
    }
}

fn unused(slips: &[crate::model::Slip], rows: &[(&str, &Listed)], sink: &mut Sink) {
    if rows.is_empty() {
        return;
    }
    for (i, slip) in slips.iter().enumerate() {
        if !rows.iter().any(|(_, row)| row.corrected == Some(i)) {
            sink.push(
                Diagnostic::new(
                    &codes::SLIP_NOT_FOUND,
                    slip.printed.span,
                    format!("名单中没有“{}”", slip.printed.value),
                    format!("the list does not contain \"{}\"", slip.printed.value),
                )
                .hint(
                    "照名单中印的写，或删去这一条更正",
                    "write it as in the list, or remove the correction",
                ),
            );
        }
    }
}
