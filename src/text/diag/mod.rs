//! Diagnostics: everything mingbai has to say to the people who write its sources.
//!
//! Comes in: spans and words from every stage. Goes out: one sorted list without repetitions, rendered
//! for a terminal or as JSON by [`render_all`], for merge requests by [`Report`]. This module knows no stage and reads no file.
//!
//! A diagnostic is the *author's* matter. The operator's trouble (disk full, no permission) is an
//! [`std::io::Error`] with its path, raised by `sources` and `output` alone.

pub mod codes;
mod machine;
mod render;

pub use codes::Code;
pub use machine::Report;
pub use render::{Format, line_column, render_all};

use crate::Bilingual;

/// Number of a source file in the run's [`SourceMap`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u32);

/// A piece of a source file, in bytes; `start <= end`, both on character borders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub source: SourceId,
    pub start: u32,
    pub end: u32,
}

impl Span {
    /// A span of the bytes `range` of `source`. Sources are at most 4 GiB (`sources` refuses larger ones).
    pub fn new(source: SourceId, range: std::ops::Range<usize>) -> Self {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self {
            source,
            start: clamp(range.start),
            end: clamp(range.end),
        }
    }

    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A value and the place where it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    pub value: T,
    pub span: Span,
}

impl<T> Spanned<T> {
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }

    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned {
            value: f(self.value),
            span: self.span,
        }
    }
}

impl Spanned<String> {
    /// The place of a piece of the text, where the source writes the text as it is (perhaps in quotes); else
    /// the whole place.
    pub fn part(&self, piece: std::ops::Range<usize>) -> Span {
        let whole = self.span.range();
        let quotes = match whole.len().checked_sub(self.value.len()) {
            Some(0) => 0,
            Some(2) => 1,
            _ => return self.span,
        };
        let start = whole.start + quotes;
        Span::new(self.span.source, start + piece.start..start + piece.end)
    }
}

/// The sources as diagnostics quote them: path (relative to the site folder) and text.
pub trait SourceMap {
    fn path(&self, id: SourceId) -> &str;
    fn text(&self, id: SourceId) -> &str;
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is published while one stands.
    Error,
    /// Published, but somebody should look.
    Warning,
    /// How it could be better; no fault.
    Advice,
}

/// One thing to mend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    pub code: &'static Code,
    pub span: Span,
    pub message: Bilingual,
    /// What the caret points at, in a word or two.
    pub label: Option<Bilingual>,
    /// Other places that matter, each with its own words.
    pub also: Vec<(Span, Bilingual)>,
    /// What to do about it.
    pub hint: Option<Bilingual>,
}

impl Diagnostic {
    pub fn new(
        code: &'static Code,
        span: Span,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) -> Self {
        Self {
            code,
            span,
            message: Bilingual::new(zh, en),
            label: None,
            also: Vec::new(),
            hint: None,
        }
    }

    #[must_use]
    pub fn label(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.label = Some(Bilingual::new(zh, en));
        self
    }

    #[must_use]
    pub fn also(mut self, span: Span, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.also.push((span, Bilingual::new(zh, en)));
        self
    }

    #[must_use]
    pub fn hint(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.hint = Some(Bilingual::new(zh, en));
        self
    }

    /// “Did you mean …?”, if there is something near.
    #[must_use]
    pub fn did_you_mean(self, near: Option<&str>) -> Self {
        match near {
            Some(near) => self.hint(
                format!("是否应为“{near}”？"),
                format!("did you mean \"{near}\"?"),
            ),
            None => self,
        }
    }

    /// “Did you mean …?”, or another hint where nothing is near.
    #[must_use]
    pub fn did_you_mean_or(
        self,
        near: Option<&str>,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) -> Self {
        if near.is_some() {
            self.did_you_mean(near)
        } else {
            self.hint(zh, en)
        }
    }
}

/// Where diagnostics gather. Every stage appends; nothing is printed before the end of the run.
#[derive(Debug, Clone, Default)]
pub struct Sink {
    list: Vec<Diagnostic>,
}

impl Sink {
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    pub fn extend(&mut self, other: Sink) {
        self.list.extend(other.list);
    }

    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|d| d.code.severity == Severity::Error)
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many were said so far: whether a piece of work was sound is told by counting before and after.
    pub fn count(&self) -> usize {
        self.list.len()
    }

    /// The list in the order people read it: by file, place and code, without repetitions.
    pub fn into_sorted(self, sources: &dyn SourceMap) -> Vec<Diagnostic> {
        self.sorted(sources)
    }

    /// The list as [`Sink::into_sorted`] gives it, while more may come.
    pub fn sorted(&self, sources: &dyn SourceMap) -> Vec<Diagnostic> {
        let mut list = self.list.clone();
        list.sort_by(|a, b| {
            sources
                .path(a.span.source)
                .cmp(sources.path(b.span.source))
                .then_with(|| a.span.cmp(&b.span))
                .then_with(|| a.code.id.cmp(b.code.id))
                .then_with(|| a.message.cmp(&b.message))
        });
        list.dedup_by(|a, b| a.code.id == b.code.id && a.span == b.span && a.message == b.message);
        list
    }
}
