//! Whether the words of a document end another one: 废止, 被代替.
//!
//! Comes in: an entry `repealed` or `replaced` with the words that it cites, of the other document. The quotation must say it, its
//! clause must name the document that ends, and the day must be the one that the words print, or that on which the other document
//! begins.

use mingbai_forms::entries::Entry;

use super::document::days_of;
use super::{Cited, Value};
use crate::diag::{Diagnostic, Sink, codes};
use crate::model::date::{chinese, parse_day};
use crate::model::{Document, Kind, Phase};

/// What a text says to repeal a document.
const REPEALS: &[&str] = &["废止", "停止执行", "停止施行", "不再执行", "失效", "作废"];
/// What a text says to replace one.
const REPLACES: &[&str] = &["代替", "替代", "取代", "修订", "为准", "废止"];

/// Whether an entry says which document ended this one.
pub(super) fn is_end(entry: &Entry) -> bool {
    matches!(entry.section, "repealed" | "replaced")
}

/// Compares an end with the words of the other document.
///
/// # Diagnostics
/// MB0908.
pub(super) fn compare<P: Phase>(
    other: &Document<P>,
    root: &Entry,
    entry: &Entry,
    own: &Cited<'_>,
    sink: &mut Sink,
) {
    let Some(quote) = &entry.quote else { return };
    // That the other one is older, or is this one, was reported.
    let issued = root.value("issued");
    let issued = issued.and_then(|value| parse_day(&value.value, value.span).ok());
    if let Kind::Notice(notice) = &other.kind
        && (notice.issued.is_some() && notice.issued < issued
            || other.entries.first() == Some(root))
    {
        return;
    }
    let (verbs, zh, en) = match entry.section {
        "repealed" => (REPEALS, "废止", "repeal"),
        _ => (REPLACES, "代替", "replace"),
    };
    if !verbs.iter().any(|verb| own.words().affirm(verb)) {
        sink.push(
            differs(
                quote,
                format!("引文没有说{zh}"),
                format!("the words do not {en} anything"),
            )
            .hint(
                format!("引用说{zh}这份文件的那一句（{}）", verbs.join("、")),
                format!("quote the sentence that says so ({})", verbs.join(", ")),
            ),
        );
        return;
    }
    let names: Vec<&Value> = ["title", "number"]
        .into_iter()
        .filter_map(|key| root.value(key))
        .collect();
    if !names.iter().any(|name| own.clause.contain(&name.value)) {
        let title = names.first().map_or("", |name| &name.value);
        sink.push(
            differs(
                quote,
                format!("所引条款里没有《{title}》这个名称，也没有它的文号"),
                format!("the cited clause has neither the title {title} nor its number"),
            )
            .hint(
                "引用写有它的名称或文号的那一条；列在附件里的，引附件里的那一条",
                "cite the clause that names it; if it is in a list of an annex, cite the annex",
            ),
        );
    }
    compare_day(other, entry, own, sink);
}

fn compare_day<P: Phase>(other: &Document<P>, entry: &Entry, own: &Cited<'_>, sink: &mut Sink) {
    let Some(since) = entry.value("since") else {
        return;
    };
    let Ok(day) = parse_day(&since.value, since.span) else {
        return;
    };
    let mut days: Vec<_> = days_of(own.words()).collect();
    if days.is_empty() {
        days.extend(days_of(&own.clause));
        // 同时废止: on the day on which the other document begins.
        if let Kind::Notice(notice) = &other.kind {
            days.extend(notice.in_force);
            if days.is_empty() {
                let known = [notice.issued, notice.printed_on, notice.published];
                days.extend(known.into_iter().flatten());
            }
        }
    }
    if days.is_empty() || days.contains(&day) {
        return;
    }
    let said: Vec<String> = days.iter().map(|day| chinese(*day)).collect();
    let said = said.join("、");
    sink.push(
        differs(
            since,
            format!("{}不是原文说的日子", chinese(day)),
            format!("{day} is not the day that the other document gives"),
        )
        .hint(
            format!("原文的日子是：{said}"),
            format!("the days of the other document: {said}"),
        ),
    );
}

fn differs(value: &Value, zh: String, en: String) -> Diagnostic {
    Diagnostic::new(&codes::END_DIFFERS, value.span, zh, en)
}
