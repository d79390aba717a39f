//! Every citation leads to a clause, the words quoted stand in it, and a date given is the one quoted.
//!
//! MB0215, MB0216, MB0217, MB0228.

use crate::diag::{Diagnostic, Sink, Span, Spanned, codes};
use crate::model::{Bound, Citation, Document, DocumentId, Found, Kind, Model, NotFound};
use crate::sources::Sources;
use crate::text::{fold, nearest};

pub fn check(model: &Model, sources: &Sources, index: DocumentId, sink: &mut Sink) {
    let document = &model.documents[index];
    each(
        document,
        &mut |citation, dates| match model.resolve(index, citation) {
            Ok(found) => {
                // Dates are looked for in words that are the text's own.
                if let Some(quote) = &citation.quote
                    && check_quote(model, sources, found, quote, sink)
                {
                    for date in dates {
                        check_date(date, quote, sink);
                    }
                }
            }
            Err(why) => report(model, Some(index), citation, why, sink),
        },
    );
}

/// Judges one citation of a file that is no document; clauses without a document are those of `source`.
///
/// # Diagnostics
/// MB0215, MB0216, MB0217.
pub fn check_citation(
    model: &Model,
    sources: &Sources,
    source: Option<DocumentId>,
    citation: &Citation,
    sink: &mut Sink,
) {
    match (model.resolve_from(source, citation), source) {
        (Ok(found), _) => {
            if let Some(quote) = &citation.quote {
                check_quote(model, sources, found, quote, sink);
            }
        }
        (Err(NotFound::NoText(document)), Some(source)) if document == source => {}
        (Err(why), source) => report(model, source, citation, why, sink),
    }
}

/// Calls `f` with every citation of a document, and with the dates that its quotation must contain.
fn each<'a>(document: &'a Document, f: &mut dyn FnMut(&'a Citation, Vec<&'a Spanned<Bound>>)) {
    for point in &document.summary {
        f(&point.cite, Vec::new());
    }
    for window in &document.windows {
        f(
            &window.cite,
            window.from.iter().chain(&window.until).collect(),
        );
    }
    for deadline in &document.deadlines {
        f(&deadline.cite, vec![&deadline.by]);
    }
    for cite in document
        .contacts
        .iter()
        .filter_map(|contact| contact.cite.as_ref())
    {
        f(cite, Vec::new());
    }
    match &document.kind {
        Kind::Notice(notice) => {
            for cited in &notice.cites {
                f(&cited.cite, Vec::new());
            }
            for cite in notice
                .omitted
                .iter()
                .filter_map(|omitted| omitted.cite.as_ref())
            {
                f(cite, Vec::new());
            }
        }
        Kind::Pilots(list) => {
            f(&list.cite, Vec::new());
            for stated in &list.stated {
                f(&stated.cite, Vec::new());
            }
        }
        Kind::Schedule(schedule) => {
            let facts = [
                &schedule.venues,
                &schedule.channels,
                &schedule.groups,
                &schedule.forms,
                &schedule.guide,
            ];
            for fact in facts.into_iter().flatten() {
                f(&fact.cite, Vec::new());
            }
            for quota in &schedule.quotas {
                f(&quota.cite, Vec::new());
            }
        }
        Kind::Assessment(assessment) => {
            f(&assessment.cite, Vec::new());
            for fact in assessment.period.iter().chain(&assessment.stages) {
                f(&fact.cite, Vec::new());
            }
            for stated in &assessment.stated {
                f(&stated.cite, Vec::new());
            }
            for grade in &assessment.grades {
                f(&grade.list, Vec::new());
                if let Some(cite) = &grade.cite {
                    f(cite, Vec::new());
                }
            }
        }
    }
}

fn report(
    model: &Model,
    index: Option<DocumentId>,
    citation: &Citation,
    why: NotFound,
    sink: &mut Sink,
) {
    let clause = &citation.clause;
    match why {
        // A missing source is reported once, where it is named (`references`).
        NotFound::Document => {
            if let Some((id, _)) = clause.value.split_once('#')
                && !model.failed.contains(id.trim())
            {
                sink.push(
                    Diagnostic::new(
                        &codes::UNKNOWN_DOCUMENT,
                        clause.part(0..id.len()),
                        format!("没有编号为“{id}”的文件"),
                        format!("no document has the id \"{id}\""),
                    )
                    .did_you_mean_or(
                        nearest(id, model.documents.iter().map(|d| d.id.as_str())),
                        "“#”前面写公文的编号，也就是不带 .md 的文件名",
                        "write the id of a document before #, which is its file name without .md",
                    ),
                );
            }
        }
        NotFound::NoText(document) => {
            let is_source = !clause.value.contains('#')
                && index.is_some_and(|index| model.documents[index].kind.source().is_some());
            // That the source is no notice was reported where it is named.
            if is_source && !matches!(model.documents[document].kind, Kind::Notice(_)) {
                return;
            }
            let document = &model.documents[document];
            sink.push(
                Diagnostic::new(
                    &codes::UNKNOWN_CLAUSE,
                    clause.span,
                    format!("《{}》没有正文，无从引用条款", document.title.value),
                    format!(
                        "document {} has no text, so its clauses cannot be cited",
                        document.id
                    ),
                )
                .hint(
                    "改引登载原文的公文",
                    "cite the document that contains the official text",
                ),
            );
        }
        NotFound::Clause(document) => {
            let wanted = clause.value.rsplit('#').next().unwrap_or_default().trim();
            let place = clause.part(clause.value.len() - wanted.len()..clause.value.len());
            sink.push(unknown_clause(&model.documents[document], wanted, place));
        }
    }
}

/// A clause that a text does not have, with those that it has nearby.
pub fn unknown_clause(document: &Document, wanted: &str, place: Span) -> Diagnostic {
    const MOST: usize = 12;
    let labels: Vec<&str> = document
        .body
        .iter()
        .flat_map(|body| body.labels())
        .collect();
    // The clauses beside the one wanted, or else the outermost ones of the same part.
    let parent = labels
        .iter()
        .copied()
        .filter(|label| wanted.starts_with(label) && *label != wanted)
        .max_by_key(|label| label.len());
    let annex = wanted.starts_with("附件");
    let beside: Vec<&str> = labels
        .iter()
        .copied()
        .filter(|label| match parent {
            Some(parent) => label.starts_with(parent),
            None => label.starts_with("附件") == annex && !label.contains(['（', '(']),
        })
        .take(MOST)
        .collect();
    let diagnostic = Diagnostic::new(
        &codes::UNKNOWN_CLAUSE,
        place,
        format!("《{}》没有条款“{wanted}”", document.title.value),
        format!("document {} has no clause \"{wanted}\"", document.id),
    );
    if beside.is_empty() {
        diagnostic.hint(
            "条款写法如 一（三）、附件 二、第三章第二节五1；编号之前的文字写“正文”",
            "write clauses like 一（三）, 附件 二 or 第三章第二节五1; for text before the first number, write 正文",
        )
    } else {
        diagnostic.hint(
            format!("这份文件有：{}", beside.join("、")),
            format!("the document has: {}", beside.join(", ")),
        )
    }
}

fn check_quote(
    model: &Model,
    sources: &Sources,
    found: Found,
    quote: &Spanned<String>,
    sink: &mut Sink,
) -> bool {
    let document = &model.documents[found.document];
    let Some(body) = &document.body else {
        return false;
    };
    let text = &sources.file(body.source).text;
    let needle = fold(&quote.value);
    if !needle.is_empty() && body.folded(found.clause, text).contains(&needle) {
        return true;
    }
    let clause = &body.clauses[found.clause];
    let first = body
        .blocks
        .get(clause.blocks.start)
        .map(|block| Span::new(body.source, block.whole()));
    let mut diagnostic = Diagnostic::new(
        &codes::QUOTE_NOT_FOUND,
        quote.span,
        format!("引文不在所引条款“{}”中", clause.label),
        format!("the quotation is not in clause {}", clause.label),
    );
    if let Some(span) = first.filter(|_| !clause.blocks.is_empty()) {
        diagnostic = diagnostic.also(span, "所引条款", "the cited clause");
    }
    // The innermost clause of the same document that has the words, if any.
    let elsewhere = body
        .clauses
        .keys()
        .filter(|&i| !needle.is_empty() && body.folded(i, text).contains(&needle))
        .min_by_key(|&i| body.clauses[i].blocks.len());
    sink.push(match elsewhere {
        Some(i) => {
            let label = &body.clauses[i].label;
            diagnostic.hint(
                format!("这句话在条款“{label}”中，改写 clause: {label}"),
                format!("the words are in clause {label}; write clause: {label}"),
            )
        }
        None => diagnostic.hint(
            "从原文中逐字复制",
            "copy the exact words from the official text",
        ),
    });
    false
}

fn check_date(date: &Spanned<Bound>, quote: &Spanned<String>, sink: &mut Sink) {
    if date.value.stands_in(&quote.value) {
        return;
    }
    let words = date.value.text();
    sink.push(
        Diagnostic::new(
            &codes::DATE_NOT_IN_QUOTE,
            date.span,
            format!("引文中没有这个日期（{words}）"),
            "the quotation does not contain this date",
        )
        .also(quote.span, "引文", "the quotation")
        .hint(
            "改正日期，或引用写有日期的那句原文",
            "correct the date, or quote the sentence that contains it",
        ),
    );
}
