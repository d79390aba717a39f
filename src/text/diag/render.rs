//! Renders diagnostics for people (source line, caret aligned by display width) and for programs (JSON).
//!
//! Comes in: a sorted list. Goes out: text, in which hidden characters of sources and file names are written out. Nothing
//! is printed here.

use annotate_snippets::{
    AnnotationKind, Group, Level, Origin, Renderer, Snippet, renderer::DecorStyle,
};
use serde::Serialize;

use super::lines::Places;
use super::{Diagnostic, Severity, SourceMap, Span};
use crate::visible::{visible, visible_name, visible_rendered};
use crate::{Bilingual, Lang};

/// The output format of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For a terminal.
    Text { colour: bool, lang: Lang },
    /// One JSON array of objects with file, line, column (characters from 1) and byte range.
    Json,
}

/// Renders the sorted list of a run.
pub fn render_all(list: &[Diagnostic], sources: &dyn SourceMap, format: Format) -> String {
    let places = Places::new(sources);
    match format {
        Format::Json => render_json(list, &places),
        Format::Text { colour, lang } => list
            .iter()
            .map(|d| render_text(d, &places, colour, lang))
            .collect::<Vec<_>>()
            .join("\n"),
    }
}

/// The part of a span that a snippet can show: inside the text, on character boundaries, within its first line.
pub(super) fn shown(span: Span, text: &str) -> std::ops::Range<usize> {
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

type MarkedSpan<'d> = (Span, AnnotationKind, Option<&'d Bilingual>);

/// Bytes of the lines of a snippet that are shown whole. Of longer ones only what is around each place is shown: a renderer
/// works on every character of the lines.
const LONGEST: usize = 16 * 1024;
/// Bytes that are shown around a place in a long line.
const AROUND: usize = 300;

/// Appends the lines of one source from the first annotation to the last. No other lines are included, because files may be
/// long and problems many.
fn with_snippets<'s>(
    mut group: Group<'s>,
    marks: &[MarkedSpan<'s>],
    places: &Places<'s>,
    lang: Lang,
) -> Group<'s> {
    let source = marks[0].0.source;
    let text = places.sources.text(source);
    let ranges: Vec<_> = marks.iter().map(|(span, ..)| shown(*span, text)).collect();
    let first = ranges.iter().map(|r| r.start).min().unwrap_or(0);
    let last = ranges.iter().map(|r| r.end).max().unwrap_or(0);
    if last - first > LONGEST && marks.len() > 1 {
        for mark in marks {
            group = with_snippets(group, std::slice::from_ref(mark), places, lang);
        }
        return group;
    }
    let path = visible_name(places.sources.path(source)).into_owned();
    let mut start = text[..first].rfind('\n').map_or(0, |i| i + 1);
    let mut end = text[last..].find('\n').map_or(text.len(), |i| last + i);
    let (line, column) = places.line_column(source, first);
    let mut shown_line = places.line_column(source, start).0;
    let mut snippet_path = Some(path);
    if end - start > LONGEST {
        start = border(text, start.max(first.saturating_sub(AROUND)));
        end = border(text, end.min(last.min(first + LONGEST) + AROUND));
        shown_line = line;
        // The renderer would count the column from the first character that is shown.
        group = group.element(
            Origin::path(snippet_path.take().unwrap_or_default())
                .line(line)
                .char_column(column),
        );
    }
    let mut snippet = Snippet::source(&text[start..end])
        .path(snippet_path)
        .line_start(shown_line);
    for ((_, kind, words), range) in marks.iter().zip(ranges) {
        let end = range.end.min(end);
        let annotation = kind.span(range.start - start..end.max(range.start) - start);
        snippet = snippet.annotation(match words {
            Some(words) => annotation.label(visible_name(&words.line(lang)).into_owned()),
            None => annotation,
        });
    }
    group.element(snippet)
}

/// The last border of a character that is not after a byte.
fn border(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn render_text<'d>(d: &'d Diagnostic, places: &Places<'d>, colour: bool, lang: Lang) -> String {
    let (level, word) = match d.code.severity {
        Severity::Error => (Level::ERROR, "错误"),
        Severity::Warning => (Level::WARNING, "提醒"),
        Severity::Advice => (Level::HELP, "建议"),
    };
    let english = match d.code.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "advice",
    };
    let (word, title) = match lang {
        Lang::Zh => (word, d.message.zh.clone()),
        Lang::En => (english, d.message.en.clone()),
        Lang::Both => (
            word,
            format!("{}\n{english}: {}", d.message.zh, d.message.en),
        ),
    };
    let title = visible(&title).into_owned();
    let mut group = Group::with_title(level.with_name(word).primary_title(title).id(d.code.id));
    let mut marks = vec![(d.span, AnnotationKind::Primary, d.label.as_ref())];
    let context =
        |(span, words): &'d (Span, Bilingual)| (*span, AnnotationKind::Context, Some(words));
    marks.extend(d.also.iter().map(context));
    let (here, elsewhere): (Vec<_>, Vec<_>) = marks
        .into_iter()
        .partition(|(span, ..)| span.source == d.span.source);
    group = with_snippets(group, &here, places, lang);
    for other in elsewhere {
        group = with_snippets(group, &[other], places, lang);
    }
    if let Some(hint) = &d.hint {
        let name = match lang {
            Lang::Zh => "提示",
            Lang::En => "hint",
            Lang::Both => "提示 hint",
        };
        let hint = visible(&hint.line(lang)).into_owned();
        group = group.element(Level::HELP.with_name(name).message(hint));
    }
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut out = renderer.decor_style(DecorStyle::Ascii).render(&[group]);
    out.push('\n');
    // In the lines of sources the renderer itself replaces ESC, but not every other hidden character.
    visible_rendered(&out).into_owned()
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

fn place<'a>(span: Span, places: &Places<'a>, words: Option<&'a Bilingual>) -> Place<'a> {
    let text = places.sources.text(span.source);
    let (line, column) = places.line_column(span.source, shown(span, text).start);
    Place {
        file: places.sources.path(span.source),
        line,
        column,
        start: span.start,
        end: span.end,
        zh: words.map(|w| w.zh.as_str()),
        en: words.map(|w| w.en.as_str()),
    }
}

fn render_json(list: &[Diagnostic], places: &Places) -> String {
    let lines: Vec<Line> = list
        .iter()
        .map(|d| Line {
            code: d.code.id,
            severity: match d.code.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Advice => "advice",
            },
            place: place(d.span, places, None),
            message: (&d.message).into(),
            hint: d.hint.as_ref().map(Into::into),
            also: d
                .also
                .iter()
                .map(|(span, words)| place(*span, places, Some(words)))
                .collect(),
        })
        .collect();
    let mut out = serde_json::to_string_pretty(&lines)
        .expect("plain structs of strings and numbers always serialise");
    out.push('\n');
    visible(&out).into_owned()
}
