//! Example text and placeholders that must not be published.
//!
//! MB0801. 〔示例〕 marks a file that is not a policy; it is reported if the site has its own address. 〔待填〕 marks
//! a value that has not been entered; it is always reported.

use std::collections::HashSet;

use rayon::prelude::*;
use rustc_hash::FxBuildHasher;

use crate::config::BaseUrl;
use crate::diag::{Diagnostic, Sink, SourceId, Span, codes};
use crate::memo::{Key, Texts};
use crate::sources::Sources;

/// The mark before everything that is an example.
const EXAMPLE: &str = "〔示例〕";
/// The mark where a value has to be entered.
const GAP: &str = "〔待填";

/// The keys of texts in which there is no example and no placeholder.
#[derive(Debug, Default)]
pub struct Unmarked(HashSet<Key, FxBuildHasher>);

/// Reports example text and placeholders.
///
/// # Diagnostics
/// MB0801.
pub fn check(base_url: &BaseUrl, sources: &Sources, sink: &mut Sink) {
    check_again(
        base_url,
        sources,
        &Texts::of(sources),
        &Unmarked::default(),
        sink,
    );
}

/// As [`check`], but a text without such words is not searched again. Goes out also: the texts without them.
///
/// # Diagnostics
/// As for [`check`].
pub fn check_again(
    base_url: &BaseUrl,
    sources: &Sources,
    texts: &Texts,
    earlier: &Unmarked,
    sink: &mut Sink,
) -> Unmarked {
    let public = !base_url.is_reserved();
    let is_marked: Vec<bool> = sources
        .files
        .par_iter()
        .enumerate()
        .map(|(at, file)| {
            let id = SourceId(u32::try_from(at).unwrap_or(u32::MAX));
            let has_marks = || file.text.contains(EXAMPLE) || file.text.contains(GAP);
            !earlier.0.contains(&texts.of_file(id)) && has_marks()
        })
        .collect();
    let mut unmarked = Unmarked::default();
    for ((id, file), is_marked) in sources.numbered().zip(is_marked) {
        if !is_marked {
            unmarked.0.insert(texts.of_file(id));
            continue;
        }
        let ours = ["content/", "data/"]
            .iter()
            .any(|folder| file.path.starts_with(folder));
        if !ours || sources.is_built_in(id) {
            continue;
        }
        let span = |mark: &str| {
            let at = written(&file.text, mark)?;
            Some(Span::new(id, at..at + mark.len()))
        };
        if let Some(span) = span(EXAMPLE).filter(|_| public) {
            sink.push(
                Diagnostic::new(
                    &codes::UNFINISHED,
                    span,
                    "网址已经是正式的，这里还有示例",
                    "the site has its own address, but this is still example text",
                )
                .hint(
                    "换成真实内容，并删去〔示例〕；用不着的，删去整个文件",
                    "replace it with real content and remove 〔示例〕, or delete the file",
                ),
            );
        }
        if let Some(span) = span(GAP) {
            sink.push(
                Diagnostic::new(
                    &codes::UNFINISHED,
                    span,
                    "这里还没有填",
                    "a value still has to be entered here",
                )
                .hint(
                    "填好以后删去〔待填……〕；原文没有写的，写“未载明”",
                    "enter it and remove 〔待填……〕; if the official text does not give it, write 未载明",
                ),
            );
        }
    }
    unmarked
}

/// The offset of a mark outside comments.
fn written(text: &str, mark: &str) -> Option<usize> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let comment = line.trim_start().starts_with("# ");
        if let Some(found) = line.find(mark).filter(|_| !comment) {
            return Some(at + found);
        }
        at += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_in_a_comment_is_no_mark() {
        assert_eq!(written("# 〔示例〕\ntitle: 甲\n", EXAMPLE), None);
        assert_eq!(
            written("# 〔示例〕\ntitle: 〔示例〕甲\n", EXAMPLE),
            Some(22)
        );
    }
}
