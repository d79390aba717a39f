//! The names in a data file must be those of the official list, in the same order.
//!
//! MB0223. The official list is read from the cited clause: paragraphs `郑州市：二七区、中原区。`, or rows of a table
//! in which the prefecture is in a cell before the county.

use std::collections::HashSet;

use crate::diag::{Diagnostic, Sink, Span, Spanned, codes};
use crate::model::{
    BlockKind, Citation, Cite, DocumentId, Kind, Listed, Model, PrintedList, Written,
};
use crate::sources::Sources;

/// A list in a data file.
struct OurList<'a> {
    /// The citation of the official list, and the clause found.
    citation: &'a Citation,
    found: Option<&'a Cite>,
    printed: &'a PrintedList,
    rows: &'a [Listed],
}

/// Checks the lists of a document. Returns whether they agree; otherwise its totals are meaningless.
///
/// # Diagnostics
/// MB0223.
pub fn check(
    model: &Model<Written>,
    found: &[Option<Cite>],
    sources: &Sources,
    index: DocumentId,
    sink: &mut Sink,
) -> bool {
    let lists: Vec<OurList> = match &model.documents[index].kind {
        Kind::Pilots(list) => vec![OurList {
            citation: &list.cite,
            found: found.first().and_then(Option::as_ref),
            printed: &list.printed,
            rows: &list.rows,
        }],
        Kind::Assessment(assessment) => assessment
            .grades
            .iter()
            .zip(found)
            .map(|(grade, found)| OurList {
                citation: &grade.list,
                found: found.as_ref(),
                printed: &grade.printed,
                rows: &grade.rows,
            })
            .collect(),
        _ => Vec::new(),
    };
    let mut agree = true;
    for list in &lists {
        agree &= compare(model, sources, list, sink);
    }
    agree
}

fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn compare(model: &Model<Written>, sources: &Sources, list: &OurList, sink: &mut Sink) -> bool {
    let OurList {
        citation, printed, ..
    } = list;
    let Some(found) = list.found else {
        return true;
    };
    let Some(body) = &model.documents[found.document].body else {
        return true;
    };
    let text = &sources.file(body.source).text;
    let headings: HashSet<String> = printed
        .iter()
        .map(|(heading, _)| squeeze(&heading.value))
        .collect();
    let mut official: Vec<(String, String, Span)> = Vec::new();
    for block in &body.blocks[body.clauses[found.clause].blocks.clone()] {
        let words = &text[block.whole()];
        let span = Span::new(body.source, block.whole());
        if block.kind == BlockKind::Markdown {
            for line in words.lines() {
                let cells: Vec<String> = line
                    .trim()
                    .trim_matches('|')
                    .split('|')
                    .map(squeeze)
                    .collect();
                for pair in cells.windows(2) {
                    if headings.contains(&pair[0]) {
                        official.push((pair[0].clone(), pair[1].clone(), span));
                    }
                }
            }
        } else if block.kind == BlockKind::Part {
            continue;
        } else if let Some((heading, names)) = words.split_once('：') {
            for name in names.trim().trim_end_matches('。').split('、') {
                official.push((squeeze(heading), squeeze(name), span));
            }
        }
    }
    let ours: Vec<(&Spanned<String>, &Spanned<String>)> = printed
        .iter()
        .flat_map(|(heading, names)| names.iter().map(move |name| (heading, name)))
        .collect();
    let at = (0..ours.len().max(official.len())).find(|&i| match (ours.get(i), official.get(i)) {
        (Some((heading, name)), Some((their_heading, their_name, _))) => {
            squeeze(&heading.value) != *their_heading || squeeze(&name.value) != *their_name
        }
        _ => true,
    });
    let Some(at) = at else { return true };
    // A name that was not found, or that occurs twice, has been reported.
    if let Some((_, name)) = ours.get(at)
        && !list.rows.iter().any(|row| row.printed.span == name.span)
    {
        return false;
    }
    let describe = |(heading, name): (&str, &str)| format!("{heading}：{name}");
    let theirs = official
        .get(at)
        .map(|(heading, name, _)| describe((heading, name)));
    let mine = ours
        .get(at)
        .map(|(heading, name)| describe((&heading.value, &name.value)));
    let span = ours
        .get(at)
        .or(ours.last())
        .map_or(citation.clause.span, |(_, name)| name.span);
    let is_official = ours.get(at).is_some_and(|(heading, name)| {
        official
            .iter()
            .any(|(h, n, _)| *h == squeeze(&heading.value) && *n == squeeze(&name.value))
    });
    let is_ours = official.get(at).is_some_and(|(h, n, _)| {
        ours.iter()
            .any(|(heading, name)| *h == squeeze(&heading.value) && *n == squeeze(&name.value))
    });
    let (zh, en) = match (&mine, &theirs) {
        (Some(_), Some(theirs)) if is_official && !is_ours => (
            format!("这之前漏了第 {} 个“{theirs}”", at + 1),
            format!("name {}, \"{theirs}\", is missing before this one", at + 1),
        ),
        (Some(mine), Some(_)) if !is_official && is_ours => (
            format!("“{mine}”不在原文名单中"),
            format!("\"{mine}\" is not in the official list"),
        ),
        (Some(mine), Some(theirs)) => (
            format!("第 {} 个是“{mine}”，原文是“{theirs}”", at + 1),
            format!(
                "name {} is \"{mine}\", but the official list has \"{theirs}\"",
                at + 1
            ),
        ),
        (Some(mine), None) => (
            format!("“{mine}”不在原文名单中"),
            format!("\"{mine}\" is not in the official list"),
        ),
        _ => (
            format!(
                "这之后漏了第 {} 个“{}”",
                at + 1,
                theirs.as_deref().unwrap_or_default()
            ),
            format!(
                "name {}, \"{}\", is missing after this one",
                at + 1,
                theirs.as_deref().unwrap_or_default()
            ),
        ),
    };
    let mut diagnostic = Diagnostic::new(&codes::LIST_DIFFERS, span, zh, en);
    if let Some((.., official_span)) = official.get(at).or(official.last()) {
        diagnostic = diagnostic.also(*official_span, "原文名单", "the official list");
    }
    sink.push(diagnostic.hint("与原文逐一核对；名称照印，错字写进 corrections", "compare the names with the official text one by one; write them as printed, and put misprints under `corrections`"));
    false
}
