//! Addresses of web pages that are written as words: `https://www.example.org/a`, `www.example.org`.
//!
//! Comes in: a text. Goes out: where the addresses in it are. It makes no links.

use std::ops::Range;

/// The addresses in a text, in their order. Each begins after a blank, an ideograph or punctuation that is common before one, and ends before
/// anything that is not ASCII, before punctuation that ends a sentence, and before a bracket that it does not open.
pub(super) fn within(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    if !text.contains("://") && !text.contains("www.") {
        return found;
    }
    let starts = text.match_indices("www.").map(|(at, _)| (at, at));
    let schemes = text.match_indices("://").filter_map(|(at, mark)| {
        let before = &text.as_bytes()[..at];
        let scheme = ["https", "http"].into_iter().find(|scheme| {
            before.len() >= scheme.len()
                && before[at - scheme.len()..].eq_ignore_ascii_case(scheme.as_bytes())
        })?;
        Some((at - scheme.len(), at + mark.len()))
    });
    let mut starts: Vec<(usize, usize)> = starts.chain(schemes).collect();
    starts.sort_unstable();
    let mut done = 0;
    for (start, host) in starts {
        if start < done || !may_begin(text, start) {
            continue;
        }
        let end = host + end_of(&text[host..]);
        done = end;
        if is_host(&text[host..end]) {
            found.push(start..end);
        }
    }
    found
}

/// The address that a link leads to.
pub(super) fn target(written: &str) -> String {
    if written.contains("://") {
        written.to_owned()
    } else {
        format!("http://{written}")
    }
}

/// Whether an address may begin here: not within a word, a path or quotation marks of code.
fn may_begin(text: &str, start: usize) -> bool {
    text[..start].chars().next_back().is_none_or(|c| {
        c.is_whitespace() || !c.is_ascii() || matches!(c, '(' | ':' | ',' | ';' | '*' | '_' | '~')
    })
}

/// The length of an address, in bytes.
fn end_of(text: &str) -> usize {
    let is_part = |c: char| c.is_ascii_graphic() && !"<>\"'`{}|\\^[]".contains(c);
    let mut end = text.find(|c| !is_part(c)).unwrap_or(text.len());
    let brackets = |mark: char, end: usize| text[..end].matches(mark).count();
    let (opened, mut closed) = (brackets('(', end), brackets(')', end));
    while let Some(last) = text[..end].chars().next_back() {
        match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '*' | '_' | '~' | '(' => {}
            ')' if closed > opened => closed -= 1,
            _ => break,
        }
        end -= 1;
    }
    end
}

/// Whether what follows a scheme begins with the name of a server, and with nothing that hides which one it is.
fn is_host(rest: &str) -> bool {
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    host.contains('.')
        && !host.contains('@')
        && host.starts_with(|c: char| c.is_ascii_alphanumeric())
        && host.ends_with(|c: char| c.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_ends_where_the_sentence_goes_on() {
        for (text, addresses) in [
            (
                "登录https://sls.example.org/a_b?c=1&d=2，下载",
                &["https://sls.example.org/a_b?c=1&d=2"][..],
            ),
            ("网址:www.example.org。", &["www.example.org"]),
            ("（网址：http://example.org/）", &["http://example.org/"]),
            (
                "see https://example.org/a_(b). Then",
                &["https://example.org/a_(b)"],
            ),
            ("(https://example.org/a)", &["https://example.org/a"]),
            (
                "**https://example.org/a_b_**：",
                &["https://example.org/a_b"],
            ),
            (
                "http://a.example/https://b.example/",
                &["http://a.example/https://b.example/"],
            ),
            (
                "https://a.example、https://b.example",
                &["https://a.example", "https://b.example"],
            ),
            ("HTTPS://EXAMPLE.ORG/A", &["HTTPS://EXAMPLE.ORG/A"]),
            (
                "https://example.org:8080/a",
                &["https://example.org:8080/a"],
            ),
        ] {
            let found: Vec<&str> = within(text).into_iter().map(|at| &text[at]).collect();
            assert_eq!(found, addresses, "{text}");
        }
    }

    #[test]
    fn other_words_are_not_addresses() {
        for text in [
            "https://",
            "https://，",
            "www.",
            "www.。",
            "abchttps://example.org",
            "src=\"https://example.org/\"",
            "href=https://example.org/",
            "https://bank.example@other.example/",
            "ftp://example.org",
            "javascript://example.org",
            "https://localhost",
        ] {
            assert!(within(text).is_empty(), "{text}");
        }
    }
}
