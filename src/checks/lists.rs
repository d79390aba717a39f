//! The names in a data file are those of the official list, in the same order.
//!
//! MB0223. The official list is read from the clause cited: paragraphs `郑州市：二七区、中原区。` or rows of a table
//! in which a prefecture's cell stands before the county's.

use crate::diag::{Diagnostic, Sink, Span, Spanned, codes};
use crate::model::{BlockKind, Citation, Kind, Model, PrintedList};
use crate::sources::Sources;

pub fn check(model: &Model, sources: &Sources, index: usize, sink: &mut Sink) {
    match &model.documents[index].kind {
        Kind::Pilots(list) => compare(model, sources, index, &list.cite, &list.printed, sink),
        Kind::Assessment(assessment) => {
            for grade in &assessment.grades {
                compare(model, sources, index, &grade.list, &grade.printed, sink);
            }
        }
        _ => {}
    }
}

fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn compare(
    model: &Model,
    sources: &Sources,
    index: usize,
    citation: &Citation,
    printed: &PrintedList,
    sink: &mut Sink,
) {
    let Ok(found) = model.resolve(index, citation) else {
        return;
    };
    let Some(body) = &model.documents[found.document].body else {
        return;
    };
    let text = &sources.file(body.source).text;
    let headings: Vec<String> = printed
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
    let Some(at) = at else { return };
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
    let (zh, en) = match (&mine, &theirs) {
        (Some(mine), Some(theirs)) => (
            format!("第 {} 个是“{mine}”，原文是“{theirs}”", at + 1),
            format!(
                "number {} is \"{mine}\", the official list has \"{theirs}\"",
                at + 1
            ),
        ),
        (Some(mine), None) => (
            format!("“{mine}”不在原文名单中"),
            format!("\"{mine}\" is not in the official list"),
        ),
        _ => (
            format!(
                "漏了第 {} 个“{}”",
                at + 1,
                theirs.as_deref().unwrap_or_default()
            ),
            format!(
                "number {} \"{}\" is missing",
                at + 1,
                theirs.as_deref().unwrap_or_default()
            ),
        ),
    };
    let mut diagnostic = Diagnostic::new(&codes::LIST_DIFFERS, span, zh, en);
    if let Some((.., official_span)) = official.get(at).or(official.last()) {
        diagnostic = diagnostic.also(*official_span, "原文名单", "the official list");
    }
    sink.push(diagnostic.hint("与原文逐一核对；名称照印，错字写进 corrections", "compare with the official text one by one; write names as printed and slips under corrections"));
}
