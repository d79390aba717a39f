//! The gate: what goes out is searched before it is written.
//!
//! Comes in: the finished files, and what was found in the sources. Goes out: diagnostics. Every file is searched as a reader
//! gets it: text and attributes of pages, data, feeds, calendars with their lines unfolded, the index, workbooks, names of
//! files. What was found in a source was reported there, or is approved; anything else is reported at the place in the sources
//! where its signs come from, or with the name of the file. Attachments are published as they are and were searched with the sources.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use mingbai_privacy::inside;
use mingbai_privacy::{Finding, Kind};

use crate::approvals::{Approvals, Used};
use crate::diag::{Diagnostic, Sink, SourceId, Span};
use crate::lints::{Searched, report_private};
use crate::output::OutputFile;
use crate::sources::Sources;
use crate::text::Bilingual;

/// What the gate knows.
#[derive(Debug, Clone, Copy)]
pub struct Gate<'a> {
    /// The sources of the site.
    pub sources: &'a Sources,
    /// What may be published.
    pub approvals: &'a Approvals,
    /// What was found in the sources.
    pub searched: &'a Searched,
}

/// Something in a finished file that was not found in any source.
#[derive(Debug)]
pub struct Stray {
    path: String,
    /// The sources that the file was made from.
    inputs: Vec<SourceId>,
    kind: Kind,
    key: String,
}

/// What was found in finished files. The same text is in many files: the first one by its path is named.
#[derive(Debug, Default)]
pub struct Strays(BTreeMap<(Kind, String), Stray>);

impl Strays {
    /// Adds one.
    pub fn add(&mut self, stray: Stray) {
        match self.0.entry((stray.kind, stray.key.clone())) {
            Entry::Vacant(place) => {
                place.insert(stray);
            }
            Entry::Occupied(mut first) if stray.path < first.get().path => {
                first.insert(stray);
            }
            Entry::Occupied(_) => {}
        }
    }
}

impl Gate<'_> {
    /// Reports what was found. Returns what was approved, a line each.
    ///
    /// # Diagnostics
    /// MB0220, MB0232; MB0233 for approvals that were not used, MB0719 for the others.
    pub fn judge(&self, found: &Strays, sink: &mut Sink) -> Vec<Bilingual> {
        let mut used = self.searched.used.clone();
        for stray in found.0.values() {
            self.judge_one(stray, &mut used, sink);
        }
        if sink.has_errors() {
            return Vec::new();
        }
        self.approvals.report(&used, self.sources, sink);
        self.approvals.used(&used).map(|one| one.line()).collect()
    }

    /// Whether a finished file has nothing that was not found in a source.
    pub fn is_clean(&self, path: &str, bytes: &[u8]) -> bool {
        let mut is_clean = true;
        self.search(path, bytes, |_| is_clean = false);
        is_clean
    }

    /// What a finished file has that was not found in any source.
    pub fn strays(&self, path: &str, file: &OutputFile) -> Vec<Stray> {
        let mut strays = Vec::new();
        let mut add = |one: Finding| {
            strays.push(Stray {
                path: path.to_owned(),
                inputs: file.inputs.clone(),
                kind: one.kind,
                key: one.key,
            });
        };
        self.search(&path.replace('/', "\n\n"), path.as_bytes(), &mut add);
        if !self.sources.is_published(&format!("content/{path}")) {
            self.search(path, &file.bytes, add);
        }
        strays
    }

    /// Shows what is new in a file.
    fn search(&self, path: &str, bytes: &[u8], mut see: impl FnMut(Finding)) {
        let mut show = |found: Vec<Finding>| {
            let new = found.into_iter();
            new.filter(|one| !self.searched.known.contains(&one.key))
                .for_each(&mut see);
        };
        match std::str::from_utf8(bytes) {
            Ok(text) => show(mingbai_privacy::find(&unfolded(path, text))),
            // Fonts have no text that anybody reads; programs are made of the sources.
            Err(_) if path.ends_with(".woff2") || path.ends_with(".wasm") => {}
            Err(_) => {
                for part in inside::look(bytes).parts {
                    show(mingbai_privacy::find(&part.text));
                }
            }
        }
    }

    /// Reports a text, unless it is approved where it comes from or in the finished file.
    fn judge_one(&self, stray: &Stray, used: &mut Used, sink: &mut Sink) {
        let origin = self.origin(stray);
        let source = origin.map(|span| self.sources.file(span.source).path.as_str());
        let files: Vec<&str> = source.into_iter().chain([stray.path.as_str()]).collect();
        if let Some(at) = self.approvals.find(&stray.key, &files) {
            used.insert(at);
            return;
        }
        let place = stray.inputs.first().copied().unwrap_or(SourceId(0));
        let span = origin.unwrap_or(Span::new(place, 0..0));
        let path = &stray.path;
        let mut diagnostic: Diagnostic = report_private(span, stray.kind, None);
        diagnostic
            .message
            .zh
            .push_str(&format!("（在要发布的 {path} 里）"));
        diagnostic
            .message
            .en
            .push_str(&format!(" (in the published file {path})"));
        sink.push(diagnostic);
    }

    /// Where in the sources the signs of a text come from: first in those that the file was made of.
    fn origin(&self, stray: &Stray) -> Option<Span> {
        let own = stray.inputs.iter().copied();
        let all = self.sources.numbered().map(|(id, _)| id);
        own.chain(all).find_map(|id| {
            let range = mingbai_privacy::trace(&self.sources.file(id).text, &stray.key)?;
            Some(Span::new(id, range))
        })
    }
}

/// A calendar with its folded lines put together; any other text as it is.
fn unfolded<'a>(path: &str, text: &'a str) -> Cow<'a, str> {
    if path.ends_with(".ics") {
        Cow::Owned(text.replace("\r\n ", "").replace("\n ", ""))
    } else if path.ends_with(".html") {
        without_coordinates(text)
    } else {
        Cow::Borrowed(text)
    }
}

/// How the coordinates of a drawing begin.
static DRAWN: LazyLock<AhoCorasick> =
    LazyLock::new(|| AhoCorasick::new([" d=\"M", " points=\""]).expect("two short words"));

/// A page without the coordinates of its drawings: a row of them can look like a number in groups, and nobody reads them.
fn without_coordinates(text: &str) -> Cow<'_, str> {
    let mut kept = String::new();
    let mut at = 0;
    while let Some(found) = DRAWN.find(&text[at..]) {
        let value = at + found.end();
        kept.push_str(&text[at..value]);
        at = text[value..]
            .find('"')
            .map_or(text.len(), |end| value + end);
    }
    if at == 0 {
        return Cow::Borrowed(text);
    }
    kept.push_str(&text[at..]);
    Cow::Owned(kept)
}

#[cfg(test)]
mod tests {
    use super::without_coordinates;

    #[test]
    fn coordinates_of_drawings_are_not_read_and_words_are() {
        let page = r#"<svg><path d="M138 0013 8000" class="a"/><polygon points="1,2 3,4"/></svg><p>电话</p>"#;
        let read = r#"<svg><path d="M" class="a"/><polygon points=""/></svg><p>电话</p>"#;
        assert_eq!(without_coordinates(page), read);
        assert_eq!(without_coordinates("<p>电话</p>"), "<p>电话</p>");
    }
}
