//! Printing diagnostics: for people (source line, caret by display width) and for machines (JSON).

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet, renderer::DecorStyle};
use serde::Serialize;

use super::{Diagnostic, Severity, SourceMap, Span};
use crate::text::Bilingual;

/// How the list of a run is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For a terminal; `true` with colours.
    Text { colour: bool },
    /// One JSON array of objects with file, line, column (characters from 1) and byte range.
    Json,
}

/// Renders the sorted list of a run.
pub fn render_all(list: &[Diagnostic], sources: &dyn SourceMap, format: Format) -> String {
    match format {
        Format::Json => render_json(list, sources),
        Format::Text { colour } => list
            .iter()
            .map(|d| render_text(d, sources, colour))
            .collect::<Vec<_>>()
            .join("\n"),
    }
}

/// Line and column of a byte offset, both from 1, columns in characters.
pub fn line_column(text: &str, offset: usize) -> (usize, usize) {
    let before = &text[..offset];
    let start = before.rfind('\n').map_or(0, |i| i + 1);
    (
        before.matches('\n').count() + 1,
        before[start..].chars().count() + 1,
    )
}

fn both(text: &Bilingual) -> String {
    format!("{} / {}", text.zh, text.en)
}

/// A span that a snippet can show: inside the text, on character borders, within its first line.
fn shown(span: Span, text: &str) -> std::ops::Range<usize> {
    let mut start = (span.start as usize).min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let line_end = text[start..].find('\n').map_or(text.len(), |i| start + i);
    let mut end = (span.end as usize).clamp(start, line_end);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    start..end
}

fn render_text(d: &Diagnostic, sources: &dyn SourceMap, colour: bool) -> String {
    let (level, word) = match d.code.severity {
        Severity::Error => (Level::ERROR, "错误"),
        Severity::Warning => (Level::WARNING, "提醒"),
    };
    let english = match d.code.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let title = format!("{}\n{english}: {}", d.message.zh, d.message.en);
    let mut group = Group::with_title(level.with_name(word).primary_title(title).id(d.code.id));
    let text = sources.text(d.span.source);
    let mut snippet = Snippet::source(text).path(sources.path(d.span.source));
    let label = d.label.as_ref().map(both);
    let mut primary = AnnotationKind::Primary.span(shown(d.span, text));
    if let Some(label) = &label {
        primary = primary.label(label);
    }
    snippet = snippet.annotation(primary);
    let mut others = Vec::new();
    for (span, words) in &d.also {
        if span.source == d.span.source {
            snippet = snippet.annotation(
                AnnotationKind::Context
                    .span(shown(*span, text))
                    .label(both(words)),
            );
        } else {
            let text = sources.text(span.source);
            others.push(
                Snippet::source(text)
                    .path(sources.path(span.source))
                    .annotation(
                        AnnotationKind::Context
                            .span(shown(*span, text))
                            .label(both(words)),
                    ),
            );
        }
    }
    group = group.element(snippet);
    for other in others {
        group = group.element(other);
    }
    if let Some(hint) = &d.hint {
        group = group.element(Level::HELP.with_name("提示 hint").message(both(hint)));
    }
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut out = renderer.decor_style(DecorStyle::Ascii).render(&[group]);
    out.push('\n');
    out
}

#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    start: u32,
    end: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    zh: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    en: Option<&'a str>,
}

#[derive(Serialize)]
struct Line<'a> {
    code: &'a str,
    severity: &'static str,
    #[serde(flatten)]
    place: Place<'a>,
    message: Words<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<Words<'a>>,
    also: Vec<Place<'a>>,
}

#[derive(Serialize)]
struct Words<'a> {
    zh: &'a str,
    en: &'a str,
}

impl<'a> From<&'a Bilingual> for Words<'a> {
    fn from(b: &'a Bilingual) -> Self {
        Words {
            zh: &b.zh,
            en: &b.en,
        }
    }
}

fn place<'a>(span: Span, sources: &'a dyn SourceMap, words: Option<&'a Bilingual>) -> Place<'a> {
    let (line, column) = line_column(
        sources.text(span.source),
        shown(span, sources.text(span.source)).start,
    );
    Place {
        file: sources.path(span.source),
        line,
        column,
        start: span.start,
        end: span.end,
        zh: words.map(|w| w.zh.as_str()),
        en: words.map(|w| w.en.as_str()),
    }
}

fn render_json(list: &[Diagnostic], sources: &dyn SourceMap) -> String {
    let lines: Vec<Line> = list
        .iter()
        .map(|d| Line {
            code: d.code.id,
            severity: match d.code.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            place: place(d.span, sources, None),
            message: (&d.message).into(),
            hint: d.hint.as_ref().map(Into::into),
            also: d
                .also
                .iter()
                .map(|(span, words)| place(*span, sources, Some(words)))
                .collect(),
        })
        .collect();
    let mut out = serde_json::to_string_pretty(&lines)
        .expect("plain structs of strings and numbers always serialise");
    out.push('\n');
    out
}
