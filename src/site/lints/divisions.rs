//! Divisions of a site that have its own copy of those built into the program.
//!
//! Comes in: the files in `data/regions/`. Goes out: a warning for each line that the program has otherwise. A site with
//! other editions has divisions of its own, which are not compared.

use std::collections::BTreeSet;

use crate::diag::{Diagnostic, Sink, SourceId, Span, codes};
use crate::sources::{Sources, built_in};

const FOLDER: &str = "data/regions/";
const EDITIONS: &str = "data/regions/editions.yaml";

/// Compares the lists of provinces.
///
/// # Diagnostics
/// MB0907.
pub fn check(sources: &Sources, sink: &mut Sink) {
    let own = |path: &str| sources.files.iter().find(|file| file.path == path);
    let ours = own(EDITIONS).map(|file| editions(&file.text));
    if ours != text(EDITIONS).map(editions) {
        return;
    }
    for (id, file) in sources.numbered() {
        let is_list = file
            .path
            .strip_prefix(FOLDER)
            .is_some_and(|name| name.starts_with(|c: char| c.is_ascii_digit()));
        if is_list
            && !sources.is_built_in(id)
            && let Some(built_in) = text(&file.path)
        {
            compare(id, &file.text, built_in, sink);
        }
    }
}

fn compare(id: SourceId, text: &str, built_in: &str, sink: &mut Sink) {
    if text == built_in {
        return;
    }
    let known: BTreeSet<&str> = built_in.lines().map(str::trim).collect();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        let start = at + line.len() - line.trim_start().len();
        at += line.len();
        if words.is_empty() || words.starts_with('#') || known.contains(words) {
            continue;
        }
        let span = Span::new(id, start..start + words.len());
        sink.push(
            Diagnostic::new(
                &codes::DIVISION_DIFFERS,
                span,
                "和程序自带的同一版区划不一样",
                "this differs from the same edition of the divisions in the program",
            )
            .hint(
                "对照民政部公布的区划改正；区划确有新版的，在 editions.yaml 里加一版",
                "correct it from the published divisions; for a newer edition, add it to editions.yaml",
            ),
        );
    }
}

/// The days of the editions of a file.
fn editions(text: &str) -> Vec<&str> {
    let days = text.split("as_of:").skip(1);
    days.filter_map(|rest| rest.split_whitespace().next())
        .map(|day| day.trim_end_matches('}'))
        .collect()
}

fn text(path: &str) -> Option<&'static str> {
    let file = built_in::files().find(|file| file.path == path)?;
    std::str::from_utf8(file.bytes).ok()
}
