//! Citations: each must name a clause that contains the quotation. Whether the words say what the file says is decided in
//! `evidence`.
//!
//! Comes in: a citation as written, and the names. Goes out: a [`Cite`], and MB0215, MB0216, MB0217.

use super::{Found, Known, NotFound, references};
use crate::diag::{Diagnostic, Sink, Span, Spanned, codes};
use crate::model::{Body, Citation, Cite, ClauseId, Document, DocumentId, Kind, Phase};
use crate::text::{fold, nearest, usual_ideograph};

/// The file that contains a citation.
#[derive(Debug, Clone, Copy)]
pub(super) enum Whose {
    Document(DocumentId),
    /// A self-check or the glossary.
    Other,
}

/// The citation with ids, given the clause that was found.
pub(super) fn cite(found: Found, citation: &Citation) -> Cite {
    Cite {
        span: citation.clause.span,
        document: found.document,
        clause: found.clause,
        quote: citation.quote.clone(),
        unstated: citation.unstated.clone(),
        derived: citation.derived.clone(),
    }
}

/// Links a citation. `source` is the document of a clause that names none.
///
/// # Diagnostics
/// MB0215, MB0216, MB0217.
pub(super) fn link<P: Phase>(
    known: &Known<'_, P>,
    whose: Whose,
    source: Option<DocumentId>,
    citation: &Citation,
    sink: &mut Sink,
) -> Option<Cite> {
    let found = match known.names.resolve(source, citation) {
        Ok(found) => found,
        Err(why) => {
            report(known, whose, source, citation, why, sink);
            return None;
        }
    };
    if let Some(withdrawn) = &known.names.documents[found.document].life.withdrawn {
        // That the file is based on it was reported where it is named.
        if citation.clause.value.contains('#') || source != Some(found.document) {
            let id = &known.names.documents[found.document].id;
            sink.push(references::withdrawn(citation.clause.span, id, withdrawn));
        }
        return Some(cite(found, citation));
    }
    if let Some(quote) = &citation.quote {
        check_quote(known, found, &citation.clause, quote, sink);
    }
    Some(cite(found, citation))
}

fn report<P: Phase>(
    known: &Known<'_, P>,
    whose: Whose,
    source: Option<DocumentId>,
    citation: &Citation,
    why: NotFound,
    sink: &mut Sink,
) {
    let clause = &citation.clause;
    let documents = known.names.documents;
    match why {
        // A missing source is reported once, where it is named (`references`).
        NotFound::Document => {
            if let Some((id, _)) = clause.value.split_once('#')
                && !known.failed.contains(id.trim())
            {
                sink.push(
                    Diagnostic::new(
                        &codes::UNKNOWN_DOCUMENT,
                        clause.part(0..id.len()),
                        format!("没有编号为“{id}”的文件"),
                        format!("no document has the id \"{id}\""),
                    )
                    .did_you_mean_or(
                        nearest(id, documents.iter().map(|d| d.id.as_str())),
                        "“#”前面写公文的编号，也就是不带 .md 的文件名",
                        "write the id of a document before #, which is its file name without .md",
                    ),
                );
            }
        }
        NotFound::NoText(document) => {
            // A source that is not a notice was reported where it is named.
            let is_reported = match whose {
                Whose::Document(own) => {
                    !clause.value.contains('#')
                        && documents[own].kind.source().is_some()
                        && !matches!(documents[document].kind, Kind::Notice(_))
                }
                Whose::Other => source == Some(document),
            };
            if is_reported {
                return;
            }
            let document = &documents[document];
            if let Some(withdrawn) = &document.life.withdrawn {
                sink.push(references::withdrawn(clause.span, &document.id, withdrawn));
                return;
            }
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
            sink.push(unknown_clause(&documents[document], wanted, place));
        }
    }
}

/// Reports a clause that the text does not have, with the clauses near it.
pub(super) fn unknown_clause<P: Phase>(
    document: &Document<P>,
    wanted: &str,
    place: Span,
) -> Diagnostic {
    const MOST: usize = 12;
    let labels: Vec<&str> = document
        .body
        .iter()
        .flat_map(|body| body.labels())
        .collect();
    // The siblings of the clause, or otherwise the outermost clauses of the same part.
    let parent = labels
        .iter()
        .copied()
        .filter(|label| wanted.starts_with(label) && *label != wanted)
        .max_by_key(|label| label.len());
    let annex = wanted.starts_with("附件");
    let siblings: Vec<&str> = labels
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
    if siblings.is_empty() {
        diagnostic.hint(
            "条款写法如 一（三）、附件 二、第三章第二节五1；编号之前的文字写“正文”",
            "write clauses like 一（三）, 附件 二 or 第三章第二节五1; for text before the first number, write 正文",
        )
    } else {
        diagnostic.hint(
            format!("这份文件有：{}", siblings.join("、")),
            format!("the document has: {}", siblings.join(", ")),
        )
    }
}

fn check_quote<P: Phase>(
    known: &Known<'_, P>,
    found: Found,
    cited: &Spanned<String>,
    quote: &Spanned<String>,
    sink: &mut Sink,
) {
    let document = &known.names.documents[found.document];
    let Some(body) = &document.body else {
        return;
    };
    let text = &known.sources.file(body.source).text;
    let needle = fold(&quote.value);
    if body.contains(found.clause, &needle, text) {
        return;
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
    // The innermost clause of the same document that contains the words, if any.
    let (whole, _) = body.haystack(text);
    let is_anywhere = whole.contains(&needle, 0..whole.text().len());
    let elsewhere = body
        .clauses
        .keys()
        .filter(|&i| is_anywhere && body.contains(i, &needle, text))
        .min_by_key(|&i| body.clauses[i].blocks.len());
    sink.push(match elsewhere {
        Some(i) => {
            let label = &body.clauses[i].label;
            let right = match cited.value.split_once('#') {
                Some((id, _)) => format!("{id}#{label}"),
                None => label.clone(),
            };
            diagnostic
                .hint(
                    format!("这句话在条款“{label}”中，改写 clause: {label}"),
                    format!("the words are in clause {label}; write clause: {label}"),
                )
                .fix(cited.span, right)
        }
        None => match looks_alike(body, found.clause, &needle, text) {
            Some(span) => diagnostic.also(span, "看上去一样", "looks the same").hint(
                "有的字看上去一样，其实不同",
                "some characters look the same, but are not",
            ),
            None => diagnostic.hint(
                "从原文中逐字复制",
                "copy the exact words from the official text",
            ),
        },
    });
}

/// The block of a clause where words begin that differ from the quotation only by radicals in place of ideographs.
fn looks_alike(body: &Body, clause: ClauseId, needle: &str, text: &str) -> Option<Span> {
    // Of the same length only, so that places stay.
    let usual_of =
        |c: char| Some(usual_ideograph(c)).filter(|usual| usual.len_utf8() == c.len_utf8());
    let usual =
        |words: &str| -> String { words.chars().map(|c| usual_of(c).unwrap_or(c)).collect() };
    let found = usual(body.folded(clause, text)).find(&usual(needle))?;
    let (_, starts) = body.haystack(text);
    let at = starts.get(body.clauses[clause].blocks.start)? + found;
    let block = starts
        .partition_point(|start| *start <= at)
        .checked_sub(1)?;
    Some(Span::new(body.source, body.blocks[block].whole()))
}
