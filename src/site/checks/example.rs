//! Example text and placeholders that must not be published.
//!
//! MB0801. 〔示例〕 marks a file that is not a policy; it is reported if the site has its own address. 〔待填〕 marks
//! a value that has not been entered; it is always reported.

use crate::diag::{Diagnostic, Sink, Span, codes};
use crate::sources::Sources;

/// The mark before everything that is an example.
const EXAMPLE: &str = "〔示例〕";
/// The mark where a value has to be entered.
const GAP: &str = "〔待填";

/// Reports example text and placeholders.
///
/// # Diagnostics
/// MB0801.
pub fn check(base_url: &str, sources: &Sources, sink: &mut Sink) {
    let public = !is_reserved(base_url);
    for (id, file) in sources.numbered() {
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

/// Whether an address is reserved for examples or is the local machine (RFC 2606, RFC 6761).
fn is_reserved(base_url: &str) -> bool {
    let host = base_url
        .split_once("://")
        .map_or(base_url, |(_, rest)| rest)
        .split(['/', ':'])
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let below = |name: &str| {
        host.strip_suffix(name)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    [
        "example",
        "example.com",
        "example.net",
        "example.org",
        "invalid",
        "localhost",
        "test",
    ]
    .into_iter()
    .any(below)
        || host.starts_with("127.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_for_examples_are_not_public() {
        for url in [
            "https://example.org/",
            "https://mingbai.example/",
            "http://localhost:8000/",
            "http://127.0.0.1:80/",
            "https://a.b.test/x/",
        ] {
            assert!(is_reserved(url), "{url}");
        }
        for url in [
            "https://example.gov.cn/",
            "https://notexample.org/",
            "https://latest/",
        ] {
            assert!(!is_reserved(url), "{url}");
        }
    }

    #[test]
    fn a_mark_in_a_comment_is_no_mark() {
        assert_eq!(written("# 〔示例〕\ntitle: 甲\n", EXAMPLE), None);
        assert_eq!(
            written("# 〔示例〕\ntitle: 〔示例〕甲\n", EXAMPLE),
            Some(22)
        );
    }
}
