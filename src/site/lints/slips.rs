//! A recorded correction of a list must be used.
//!
//! MB0222. Misprints in texts are checked when their clauses are linked.

use std::collections::HashSet;

use crate::diag::{Diagnostic, Sink, codes};
use crate::model::{Document, DocumentKind, Listed, Slip, Whose, Written};

/// Reports corrections of a list that are not used.
///
/// # Diagnostics
/// MB0222.
pub fn check(document: &Document<Written>, sink: &mut Sink) {
    if document.kind.kind() != DocumentKind::Notice {
        unused(&document.slips, &document.kind.rows(), sink);
    }
}

fn unused(slips: &[Slip<Written>], rows: &[(&str, &Listed)], sink: &mut Sink) {
    if rows.is_empty() {
        return;
    }
    let used: HashSet<usize> = rows.iter().filter_map(|(_, row)| row.corrected).collect();
    for (i, slip) in slips.iter().enumerate() {
        if slip.whose == Whose::Text && !used.contains(&i) {
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
