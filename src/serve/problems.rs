//! Problems as a browser shows them: the same words as on a terminal, the places as pieces of a line.
//!
//! Comes in: the sorted list of a run. Goes out: [`Problems`], which can be sent as JSON. Text of sources is passed on as
//! it is; the script of the preview puts it into pages as text and never as HTML.

use serde::Serialize;

use super::version;
use crate::diag::{Diagnostic, Format, Severity, SourceMap, Span, line_column, render_all};
use crate::text::{Bilingual, Lang};

/// As many are sent; the rest is counted.
const MOST: usize = 40;
/// Characters that are shown of a long line, on each side of the place.
const AROUND: usize = 60;

/// Everything there is to report about a run.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Problems {
    /// Changes with the content; empty if there are none.
    pub version: String,
    pub errors: usize,
    pub warnings: usize,
    pub list: Vec<Problem>,
    /// How many more there are.
    pub more: usize,
    /// What is wrong with the machine or with mingbai, not with a source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trouble: Option<Vec<String>>,
    /// The same for a page without script.
    #[serde(skip)]
    pub text: String,
}

/// A diagnostic as the panel shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// `error`, `warning`
    pub severity: &'static str,
    /// 错误, 提醒
    pub word: String,
    pub code: &'static str,
    /// One line for each language.
    pub message: Vec<String>,
    pub place: Place,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hint: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Place>,
    /// What is most likely right, and where.
    #[serde(skip)]
    pub fix: Option<Fix>,
}

/// Words that are most likely right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// The words that they replace.
    pub place: Place,
    pub words: String,
}

/// A place in a source, with its line in three pieces.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    pub file: String,
    pub line: usize,
    pub column: usize,
    pub before: String,
    pub marked: String,
    pub after: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
}

impl Problems {
    /// The errors and warnings of a list; advice is for `check`.
    pub fn new(list: &[Diagnostic], sources: &dyn SourceMap, lang: Lang) -> Self {
        let of = |severity| list.iter().filter(move |d| d.code.severity == severity);
        let shown: Vec<&Diagnostic> = of(Severity::Error).chain(of(Severity::Warning)).collect();
        let text: Vec<Diagnostic> = shown.iter().take(MOST).map(|d| (*d).clone()).collect();
        let words = render_all(
            &text,
            sources,
            Format::Text {
                colour: false,
                lang,
            },
        );
        Self {
            version: if shown.is_empty() {
                String::new()
            } else {
                version(words.as_bytes())
            },
            errors: of(Severity::Error).count(),
            warnings: of(Severity::Warning).count(),
            list: text
                .iter()
                .map(|d| Problem::new(d, sources, lang))
                .collect(),
            more: shown.len().saturating_sub(MOST),
            trouble: None,
            text: words,
        }
    }

    /// Trouble of the machine, or a fault of ours.
    pub fn trouble(words: &[Bilingual], lang: Lang) -> Self {
        let lines: Vec<String> = words.iter().flat_map(|words| lines(words, lang)).collect();
        let text = lines.join("\n");
        Self {
            version: version(text.as_bytes()),
            text,
            trouble: Some(lines),
            ..Self::default()
        }
    }

    /// Whether nothing new can be shown.
    pub fn are_grave(&self) -> bool {
        self.errors > 0 || self.trouble.is_some()
    }
}

fn lines(words: &Bilingual, lang: Lang) -> Vec<String> {
    let mut out = Vec::new();
    if lang.has_zh() {
        out.push(words.zh.clone());
    }
    if lang.has_en() && (words.en != words.zh || out.is_empty()) {
        out.push(words.en.clone());
    }
    out
}

impl Problem {
    fn new(d: &Diagnostic, sources: &dyn SourceMap, lang: Lang) -> Self {
        let (severity, zh) = match d.code.severity {
            Severity::Error => ("error", "错误"),
            Severity::Warning => ("warning", "提醒"),
            Severity::Advice => ("advice", "建议"),
        };
        let word = if lang.has_zh() { zh } else { severity };
        Self {
            severity,
            word: word.to_owned(),
            code: d.code.id,
            message: lines(&d.message, lang),
            place: place(d.span, sources, d.label.as_ref().map(|w| w.line(lang))),
            hint: d.hint.as_ref().map_or_else(Vec::new, |h| lines(h, lang)),
            also: d
                .also
                .iter()
                .map(|(span, words)| place(*span, sources, Some(words.line(lang))))
                .collect(),
            fix: d.fix.as_ref().map(|(span, words)| Fix {
                place: place(*span, sources, None),
                words: words.clone(),
            }),
        }
    }
}

fn place(span: Span, sources: &dyn SourceMap, words: Option<String>) -> Place {
    let text = sources.text(span.source);
    let border = |at: u32| {
        let mut at = (at as usize).min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = border(span.start);
    let first = text[..start].rfind('\n').map_or(0, |i| i + 1);
    let last = text[start..].find('\n').map_or(text.len(), |i| start + i);
    let end = border(span.end).clamp(start, last);
    let (line, column) = line_column(text, start);
    Place {
        file: sources.path(span.source).to_owned(),
        line,
        column,
        before: tail(&text[first..start]),
        marked: head(&text[start..end], 4 * AROUND),
        after: head(&text[end..last], AROUND),
        words,
    }
}

fn head(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

fn tail(text: &str) -> String {
    let from = text.char_indices().rev().nth(AROUND);
    match from {
        Some((at, c)) => format!("…{}", &text[at + c.len_utf8()..]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{SourceId, codes};
    use crate::sources::Sources;

    fn shown(text: &str, range: std::ops::Range<usize>) -> Place {
        let sources = Sources::from_archive(&format!("-- data/a.yaml --\n{text}"));
        let d = Diagnostic::new(
            &codes::UNKNOWN_REGION,
            Span::new(SourceId(0), range),
            "甲",
            "a",
        );
        Problems::new(&[d], &sources, Lang::Zh).list[0]
            .place
            .clone()
    }

    #[test]
    fn a_place_is_its_line_in_three_pieces() {
        let text = "title: 甲\ncounty: 山西省 右王县 # 县\n";
        let at = text.find("右王县").unwrap();
        let place = shown(text, at..at + "右王县".len());
        assert_eq!((place.line, place.column), (2, 13));
        assert_eq!(place.before, "county: 山西省 ");
        assert_eq!(place.marked, "右王县");
        assert_eq!(place.after, " # 县");
    }

    #[test]
    fn long_lines_are_cut_and_places_after_the_end_are_the_end() {
        let text = format!("{}乙{}", "甲".repeat(500), "丙".repeat(500));
        let place = shown(&text, 1500..1503);
        assert_eq!(place.marked, "乙");
        assert_eq!(place.before, format!("…{}", "甲".repeat(60)));
        assert_eq!(place.after, format!("{}…", "丙".repeat(60)));
        assert_eq!(shown("甲", 7..99).marked, "");
    }
}
