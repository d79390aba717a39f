//! Missing phone numbers: a contact whose number was forgotten, or a current schedule without any.
//!
//! MB0708.

use jiff::civil::Date;

use crate::diag::{Diagnostic, Sink, codes};
use crate::model::{Document, Kind};
use crate::sources::yaml::{Kind as YamlKind, Node};

/// A missing number was forgotten; a number that the text does not give is 未载明.
pub(super) fn check_entries(tree: &Node, sink: &mut Sink) {
    let Some(YamlKind::List(entries)) = super::value(tree, "contacts").map(|node| &node.kind)
    else {
        return;
    };
    for entry in entries {
        let Some(office) = super::value(entry, "office") else {
            continue;
        };
        let number = super::value(entry, "phone").map(|node| &node.kind);
        if matches!(number, None | Some(YamlKind::Empty)) {
            sink.push(
                Diagnostic::new(
                    &codes::NO_PHONE,
                    office.span,
                    "这个单位没有写电话",
                    "this office has no phone number",
                )
                .hint(
                    "加 phone（电话）：单位的公用电话；原文没有的写“未载明”",
                    "add `phone` with the public number of the office; if the text gives none, write 未载明",
                ),
            );
        }
    }
}

/// People call about a schedule of this year or a later one.
pub(super) fn check_schedule(document: &Document, today: Date, sink: &mut Sink) {
    let in_use = document.year().is_some_and(|year| year >= today.year());
    if !in_use || !matches!(document.kind, Kind::Schedule(_)) {
        return;
    }
    let sessions = match &document.kind {
        Kind::Schedule(schedule) => schedule.sessions.as_slice(),
        _ => &[],
    };
    let known = document.contacts.iter().any(|c| c.phone.is_some())
        || sessions.iter().any(|session| session.phone.is_some());
    if known {
        return;
    }
    sink.push(
        Diagnostic::new(
            &codes::NO_PHONE,
            document.span,
            "这份安排没有一个可以打的电话",
            "this schedule has no phone number",
        )
        .hint(
            "原文没有写的，在 contacts（联系方式）里补上县学生资助管理机构的公用电话，不写个人电话",
            "if the text gives none, add the public number of the county office to `contacts`, not a personal number",
        ),
    );
}
