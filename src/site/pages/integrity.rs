//! Hashes in the tags of a page: a browser that finds other bytes at the address does not use them.
//!
//! Comes in: a finished page and the hashes of style sheets and scripts. Goes out: the page with `integrity` on every
//! element that loads one of them, and with `data-integrity` on elements that name scripts to be fetched later. This is done
//! here and not in the theme, so that no theme can leave it out.

use std::collections::BTreeMap;

/// Adds the hashes to a page. `hashes` leads from site paths to values of `integrity`.
pub(crate) fn add(html: String, hashes: &BTreeMap<String, String>) -> String {
    if hashes.is_empty() {
        return html;
    }
    let mut out = String::with_capacity(html.len() + 512);
    let mut rest = html.as_str();
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        out.push_str(before);
        let loads = ["<link", "<script", "<form"].iter().any(|name| {
            let after = tag.strip_prefix(name);
            after.is_some_and(|rest| rest.starts_with(char::is_whitespace))
        });
        let end = if loads { end_of(tag) } else { None };
        let Some(end) = end else {
            out.push('<');
            rest = &tag[1..];
            continue;
        };
        let tag = &tag[..end];
        out.push_str(tag);
        let (own, later) = named(tag, hashes);
        if let Some(hash) = own {
            out.push_str(&format!(" integrity=\"{hash}\""));
        }
        if !later.is_empty() {
            out.push_str(&format!(" data-integrity=\"{}\"", later.join(" ")));
        }
        rest = &rest[at + end..];
    }
    out.push_str(rest);
    out
}

/// Where the `>` of a tag is: the first one that is not inside quotation marks.
fn end_of(tag: &str) -> Option<usize> {
    let mut open = None;
    for (at, c) in tag.char_indices() {
        match (open, c) {
            (None, '"' | '\'') => open = Some(c),
            (None, '>') => return Some(at),
            (Some(mark), c) if c == mark => open = None,
            _ => {}
        }
    }
    None
}

/// The hashes of what a tag names: of what it loads itself, and of what is fetched later.
fn named<'a>(tag: &str, hashes: &'a BTreeMap<String, String>) -> (Option<&'a str>, Vec<&'a str>) {
    let mut own = None;
    let mut later = Vec::new();
    for (path, hash) in hashes {
        let Some(at) = tag.find(path.as_str()) else {
            continue;
        };
        let Some((before, _)) = tag[..at].rsplit_once('=') else {
            continue;
        };
        let name = before
            .rsplit(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))
            .next()
            .unwrap_or_default();
        match name {
            "href" | "src" => own = Some(hash.as_str()),
            name if name.starts_with("data-") => later.push(hash.as_str()),
            _ => {}
        }
    }
    (own, later)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hashes() -> BTreeMap<String, String> {
        [
            ("assets/a.1.css", "sha256-A="),
            ("assets/b.2.js", "sha256-B="),
            ("assets/c.3.js", "sha256-C="),
        ]
        .map(|(path, hash)| (path.to_owned(), hash.to_owned()))
        .into()
    }

    #[test]
    fn what_is_loaded_and_what_is_fetched_later_gets_its_hash() {
        let html = "<link rel=\"stylesheet\" href=\"../assets/a.1.css\"><link rel=icon href=assets/i.svg>\
            <form action=\"x\" data-script=\"../assets/b.2.js\" data-more=\"assets/c.3.js\"><p title=\"a > b\">1 < 2</p>\
            <script\n  src='/zhengce/assets/b.2.js' data-more=\"assets/c.3.js\" defer></script>";
        assert_eq!(
            add(html.to_owned(), &hashes()),
            "<link rel=\"stylesheet\" href=\"../assets/a.1.css\" integrity=\"sha256-A=\"><link rel=icon href=assets/i.svg>\
            <form action=\"x\" data-script=\"../assets/b.2.js\" data-more=\"assets/c.3.js\" data-integrity=\"sha256-B= sha256-C=\"><p title=\"a > b\">1 < 2</p>\
            <script\n  src='/zhengce/assets/b.2.js' data-more=\"assets/c.3.js\" defer integrity=\"sha256-B=\" data-integrity=\"sha256-C=\"></script>"
        );
    }

    #[test]
    fn texts_and_pages_without_hashes_stay() {
        for html in [
            "<p>assets/b.2.js &lt;script src=assets/b.2.js&gt;</p>",
            "<script ",
            "",
        ] {
            assert_eq!(add(html.to_owned(), &hashes()), html);
        }
        let html = "<script src=assets/b.2.js></script>";
        assert_eq!(add(html.to_owned(), &BTreeMap::new()), html);
    }
}
