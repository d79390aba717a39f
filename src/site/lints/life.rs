//! Which document ended which: the order of days, circles, and texts that repeal a document whose file does not say so.
//!
//! MB0234, MB0235; MB0717 as advice.

use std::collections::HashMap;

use crate::diag::{Diagnostic, Sink, Span, codes};
use crate::model::{Document, DocumentId, Kind, Model, Notice, Written};
use crate::sources::Sources;
use crate::text::fold;

/// Reports documents that are ended by an older one, or by one that they end themselves.
///
/// # Diagnostics
/// MB0234, MB0235.
pub fn check(model: &Model<Written>, sink: &mut Sink) {
    let mut ended = model
        .documents
        .iter()
        .filter(|one| one.life.ended().next().is_some());
    let Some(first) = ended.next() else { return };
    let mut known = Known::new();
    for one in model.documents.iter() {
        known.entry(&one.id).or_insert(one);
    }
    for document in std::iter::once(first).chain(ended) {
        for ended in document.life.ended() {
            let Some(by) = &ended.by else { continue };
            let Some(other) = known.get(by.value.as_str()) else {
                continue;
            };
            if leads_back(&known, document) {
                sink.push(in_circle(document, other, by.span));
            } else if let (Some(ours), Some(theirs)) = (issued(document), issued(other))
                && theirs < ours
            {
                sink.push(
                    Diagnostic::new(
                        &codes::LIFE_ORDER,
                        by.span,
                        format!("《{}》比这份文件还早", other.title.value),
                        format!("\"{}\" is older than this document", other.id),
                    )
                    .also(other.span, "更早的文件", "the older document")
                    .hint(
                        "对照两份原文，看是不是把两份写反了",
                        "compare with both official texts; the two may be swapped",
                    ),
                );
            }
        }
    }
}

/// Documents by their ids.
type Known<'m> = HashMap<&'m str, &'m Document<Written>>;

/// Whether following what ended what leads back to a document.
fn leads_back(known: &Known, start: &Document<Written>) -> bool {
    let mut seen: Vec<&str> = Vec::new();
    let mut open: Vec<&str> = next(start);
    while let Some(id) = open.pop() {
        if id == start.id {
            return true;
        }
        if !seen.contains(&id) {
            seen.push(id);
            open.extend(
                known
                    .get(id)
                    .into_iter()
                    .flat_map(|document| next(document)),
            );
        }
    }
    false
}

fn next(document: &Document<Written>) -> Vec<&str> {
    let ended = document.life.ended();
    ended
        .filter_map(|ended| ended.by.as_ref().map(|by| by.value.as_str()))
        .collect()
}

fn in_circle(document: &Document<Written>, other: &Document<Written>, place: Span) -> Diagnostic {
    let (zh, en) = if document.id == other.id {
        (
            "文件不能自己废止、代替自己".to_owned(),
            "a document cannot end itself".to_owned(),
        )
    } else {
        (
            format!(
                "《{}》又被这份文件废止或代替，互相绕回来了",
                other.title.value
            ),
            format!("\"{}\" is in turn ended by this document", other.id),
        )
    };
    Diagnostic::new(&codes::LIFE_CYCLE, place, zh, en).hint(
        "只在旧的那一份里写，notice 写新的那一份的编号",
        "write it only in the older document, with the id of the newer one",
    )
}

fn notice<P: crate::model::Phase>(document: &Document<P>) -> Option<&Notice<P>> {
    match &document.kind {
        Kind::Notice(notice) => Some(notice),
        _ => None,
    }
}

fn issued(document: &Document<Written>) -> Option<jiff::civil::Date> {
    notice(document)?.issued
}

/// Lists sentences that repeal a document of the site whose file does not say so.
///
/// # Diagnostics
/// MB0717.
pub(super) fn advise(model: &Model, sources: &Sources, id: DocumentId, sink: &mut Sink) {
    let document = &model.documents[id];
    let Some(body) = document
        .body
        .as_ref()
        .filter(|_| notice(document).is_some())
    else {
        return;
    };
    let text = &sources.file(body.source).text;
    for block in &body.blocks {
        let range = block.whole();
        let words = &text[range.clone()];
        for (at, verb) in words.match_indices("废止") {
            let start = words[..at].rfind(['。', '；', '\n']).map_or(0, |stop| {
                stop + words[stop..].chars().next().map_or(1, char::len_utf8)
            });
            let sentence = fold(&words[start..at + verb.len()]);
            for (other, unsaid) in model.documents.iter_enumerated() {
                let names = || {
                    let number = notice(unsaid).and_then(|notice| notice.number.as_ref());
                    std::iter::once(&unsaid.title).chain(number)
                };
                let life = &unsaid.life;
                let is_said = life.ended().next().is_some() || life.withdrawn.is_some();
                if other == id || is_said || notice(unsaid).is_none() {
                    continue;
                }
                if names().any(|name| sentence.contains(&fold(&name.value))) {
                    let place = range.start + start..range.start + at + verb.len();
                    sink.push(unsaid_of(
                        unsaid,
                        &document.id,
                        Span::new(body.source, place),
                    ));
                }
            }
        }
    }
}

fn unsaid_of(document: &Document, by: &str, place: Span) -> Diagnostic {
    Diagnostic::new(
        &codes::REPEALS_UNSAID,
        place,
        format!("这里废止了《{}》，它的文件里没有写", document.title.value),
        format!(
            "this repeals \"{}\", whose file does not say so",
            document.id
        ),
    )
    .also(document.span, "被废止的文件", "the repealed document")
    .hint(
        format!(
            "在 content/notices/{}.md 里写 repealed（废止）：notice: {by}、since、clause、quote",
            document.id
        ),
        format!(
            "add `repealed` to content/notices/{}.md: notice: {by}, since, clause and quote",
            document.id
        ),
    )
}
