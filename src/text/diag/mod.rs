//! Diagnostics: everything that mingbai reports to the authors of the sources.
//!
//! Comes in: spans and messages from every stage. Goes out: one sorted list without duplicates, rendered for a
//! terminal or as JSON by [`render_all`], and for merge requests by [`Report`]. This module knows no stage and reads
//! no files.
//!
//! A diagnostic is a problem that the *author* can fix. Problems of the operator (disk full, no permission) are
//! [`std::io::Error`]s with a path, returned only by `sources` and `output`.

pub mod codes;
mod lines;
mod machine;
mod render;
mod signs;

pub use codes::Code;
pub use lines::line_column;
pub use machine::Report;
pub use render::{Format, render_all};

use crate::Bilingual;

/// The number of a source file in the [`SourceMap`] of the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u32);

/// A range of a source file, in bytes. `start <= end`, and both are on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub source: SourceId,
    pub start: u32,
    pub end: u32,
}

impl Span {
    /// The span of the bytes `range` of `source`. Sources are at most 4 GiB (`sources` refuses larger ones).
    pub fn new(source: SourceId, range: std::ops::Range<usize>) -> Self {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self {
            source,
            start: clamp(range.start),
            end: clamp(range.end),
        }
    }

    /// The byte range of the span.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A value and the span where it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    pub value: T,
    pub span: Span,
}

impl<T> Spanned<T> {
    /// A value with its span.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }

    /// Applies `f` to the value and keeps the span.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned {
            value: f(self.value),
            span: self.span,
        }
    }
}

impl Spanned<String> {
    /// The span of a part of the text, if the source writes the text as it is (perhaps in quotes); otherwise the span
    /// of the whole text.
    pub fn part(&self, piece: std::ops::Range<usize>) -> Span {
        let whole = self.span.range();
        // A text with line breaks was written over several lines, which may be indented.
        let is_plain = !self.value.contains('\n');
        let quotes = match whole.len().checked_sub(self.value.len()) {
            Some(0) => 0,
            Some(2) if is_plain => 1,
            _ => return self.span,
        };
        let start = whole.start + quotes;
        Span::new(self.span.source, start + piece.start..start + piece.end)
    }
}

/// The sources that diagnostics quote: path (relative to the site folder) and text.
pub trait SourceMap {
    fn path(&self, id: SourceId) -> &str;
    fn text(&self, id: SourceId) -> &str;
}

/// How serious a diagnostic is; the most serious first, as they are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is published while there is one.
    Error,
    /// The site is published, but somebody should review it.
    Warning,
    /// A suggestion for improvement; not a mistake.
    Advice,
}

/// One problem to fix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    pub code: &'static Code,
    pub span: Span,
    pub message: Bilingual,
    /// The label of the caret, one or two words.
    pub label: Option<Bilingual>,
    /// Other relevant places, each with its own label.
    pub also: Vec<(Span, Bilingual)>,
    /// How to fix it.
    pub hint: Option<Bilingual>,
    /// The words that are most likely right, and where they belong. A person confirms them.
    pub fix: Option<(Span, String)>,
}

impl Diagnostic {
    /// A diagnostic with a message in Chinese and English.
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
            fix: None,
        }
    }

    /// Adds a label to the caret.
    #[must_use]
    pub fn label(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.label = Some(Bilingual::new(zh, en));
        self
    }

    /// Adds another relevant place with its label.
    #[must_use]
    pub fn also(mut self, span: Span, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.also.push((span, Bilingual::new(zh, en)));
        self
    }

    /// Sets the hint.
    #[must_use]
    pub fn hint(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.hint = Some(Bilingual::new(zh, en));
        self
    }

    /// Sets the words that are most likely right in a place.
    #[must_use]
    pub fn fix(mut self, place: Span, words: impl Into<String>) -> Self {
        self.fix = Some((place, words.into()));
        self
    }

    /// Adds the hint “did you mean …?” if there is a similar name.
    #[must_use]
    pub fn did_you_mean(self, near: Option<&str>) -> Self {
        match near {
            Some(near) => {
                let place = self.span;
                self.fix(place, near).hint(
                    format!("是否应为“{near}”？"),
                    format!("did you mean \"{near}\"?"),
                )
            }
            None => self,
        }
    }

    /// Adds the hint “did you mean …?” if there is a similar name, and otherwise the given hint.
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

/// Two pieces of a hint; a question ends by itself.
fn joined(first: &str, between: &str, second: &str) -> String {
    let between = if first.ends_with('？') {
        ""
    } else if first.ends_with('?') {
        " "
    } else {
        between
    };
    format!("{first}{between}{second}")
}

impl Diagnostic {
    /// Adds to the hint what a reader cannot see in the words: a message would otherwise show two equal texts.
    fn name_signs(&mut self, sources: &dyn SourceMap) {
        /// Longer words are not compared by eye.
        const LONGEST: usize = 2000;
        let spans = std::iter::once(self.span).chain(self.also.iter().map(|(span, _)| *span));
        let named = spans.into_iter().find_map(|span| {
            let words = sources.text(span.source).get(span.range())?;
            (words.len() <= LONGEST).then(|| signs::named(words))?
        });
        let is_named = self.message.zh.contains("U+")
            || self
                .hint
                .as_ref()
                .is_some_and(|hint| hint.zh.contains("U+"));
        let Some(signs) = named.filter(|_| !is_named) else {
            return;
        };
        self.hint = Some(match self.hint.take() {
            Some(hint) => Bilingual::new(
                joined(&hint.zh, "；", &signs.zh),
                joined(&hint.en, "; ", &signs.en),
            ),
            None => signs,
        });
    }
}

/// A place that begins or ends within a character, with the whole of that character: the place of a piece of a text that is written over
/// several lines is computed as if it were on one.
fn whole_characters(span: Span, sources: &dyn SourceMap) -> Span {
    let text = sources.text(span.source);
    let (start, end) = (span.range().start, span.range().end);
    if text.is_char_boundary(start) && text.is_char_boundary(end) {
        return span;
    }
    Span::new(
        span.source,
        text.floor_char_boundary(start)..text.ceil_char_boundary(end),
    )
}

/// What is suggested to list at least.
const MOST_LISTED: usize = 200;

/// How many diagnostics a [`Sink`] keeps. Nobody reads so many; the others are only counted, so that a file full of mistakes
/// does not fill the memory.
const MOST_KEPT: usize = 20_000;

/// Collects diagnostics. Every stage appends; nothing is printed before the end of the run.
#[derive(Debug, Clone, Default)]
pub struct Sink {
    list: Vec<Diagnostic>,
    /// How many were not kept.
    lost: Counts,
}

/// How many diagnostics there are of each severity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub errors: usize,
    pub warnings: usize,
    pub advice: usize,
}

impl Counts {
    /// Counts a list.
    pub fn of<'d>(list: impl IntoIterator<Item = &'d Diagnostic>) -> Self {
        let mut counts = Self::default();
        for one in list {
            counts.add(one.code.severity);
        }
        counts
    }

    fn add(&mut self, severity: Severity) {
        *match severity {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
            Severity::Advice => &mut self.advice,
        } += 1;
    }

    /// These and others.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            errors: self.errors + other.errors,
            warnings: self.warnings + other.warnings,
            advice: self.advice + other.advice,
        }
    }

    fn all(self) -> usize {
        self.errors + self.warnings + self.advice
    }
}

/// Shortens a sorted list to `most` diagnostics, and says in one more how many are not in it: those after them and `lost`.
///
/// # Diagnostics
/// MB0116, at the place of the first one that is left out.
pub fn shorten(list: &mut Vec<Diagnostic>, most: usize, lost: Counts) {
    let rest = list.split_off(list.len().min(most));
    let more = Counts::of(&rest).and(lost);
    if more.all() == 0 {
        return;
    }
    let Some(place) = rest.first().or(list.last()).map(|one| one.span) else {
        return;
    };
    list.push(
        Diagnostic::new(
            &codes::MORE,
            place,
            format!(
                "还有 {} 个错误、{} 个提醒、{} 条建议没有列出",
                more.errors, more.warnings, more.advice
            ),
            format!(
                "not listed: errors {}, warnings {}, suggestions {}",
                more.errors, more.warnings, more.advice
            ),
        )
        .hint(
            format!(
                "先改正列出的，再运行一次；要多列一些，在 data/site.yaml 的 limits 里写“max_diagnostics: {}”",
                most.saturating_mul(10).max(MOST_LISTED)
            ),
            format!(
                "correct the listed ones and run again; to list more, set `max_diagnostics: {}` under `limits` in data/site.yaml",
                most.saturating_mul(10).max(MOST_LISTED)
            ),
        ),
    );
}

impl Sink {
    /// Appends a diagnostic, if there is one.
    pub fn push(&mut self, diagnostic: impl Into<Option<Diagnostic>>) {
        let Some(diagnostic) = diagnostic.into() else {
            return;
        };
        if self.list.len() < MOST_KEPT {
            self.list.push(diagnostic);
        } else {
            self.lost.add(diagnostic.code.severity);
        }
    }

    /// Appends all diagnostics of another sink.
    pub fn extend(&mut self, other: Sink) {
        self.lost = self.lost.and(other.lost);
        if self.list.is_empty() {
            self.list = other.list;
        } else {
            other.list.into_iter().for_each(|one| self.push(one));
        }
    }

    /// Whether there is at least one error.
    pub fn has_errors(&self) -> bool {
        self.lost.errors > 0 || self.list.iter().any(|d| d.code.severity == Severity::Error)
    }

    /// Whether there are no diagnostics.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The number of diagnostics so far. Compare the counts before and after a step to see whether it reported
    /// anything.
    pub fn count(&self) -> usize {
        self.list.len() + self.lost.all()
    }

    /// How many diagnostics were not kept.
    pub fn lost(&self) -> Counts {
        self.lost
    }

    /// The diagnostics so far, in the order in which they were reported.
    pub fn reported(&self) -> &[Diagnostic] {
        &self.list
    }

    /// The diagnostics in the order in which they were reported.
    pub fn into_reported(self) -> Vec<Diagnostic> {
        self.list
    }

    /// The diagnostics in the order in which they are shown: errors, then warnings, then advice, each by file, span
    /// and code, without duplicates.
    pub fn into_sorted(self, sources: &dyn SourceMap) -> Vec<Diagnostic> {
        self.sorted(sources)
    }

    /// The same list as [`Sink::into_sorted`], without consuming the sink.
    pub fn sorted(&self, sources: &dyn SourceMap) -> Vec<Diagnostic> {
        let mut list = self.list.clone();
        for one in &mut list {
            one.span = whole_characters(one.span, sources);
            for (span, _) in &mut one.also {
                *span = whole_characters(*span, sources);
            }
            one.name_signs(sources);
        }
        let path = |d: &Diagnostic| sources.path(d.span.source);
        list.sort_by(|a, b| {
            (a.code.severity, path(a))
                .cmp(&(b.code.severity, path(b)))
                .then_with(|| a.span.cmp(&b.span))
                .then_with(|| a.code.id.cmp(b.code.id))
                .then_with(|| a.message.cmp(&b.message))
        });
        list.dedup_by(|a, b| a.code.id == b.code.id && a.span == b.span && a.message == b.message);
        list
    }
}
