//! `_headers` and `_redirects`: what hosts of static sites read from the folder of a site.
//!
//! Comes in: a [`Hosted`]. Goes out: the text of both files. A later rule of `_headers` adds its headers to those of earlier
//! ones, so no header is in two rules that match the same address, except where the earlier one is taken back first.

use super::{HEADERS, Hosted, LONG, OPEN, SHORT, policy};

/// The text of `_headers`.
pub(super) fn headers(hosted: &Hosted) -> String {
    let base = &hosted.base;
    let mut out = format!(
        "{base}*\n  Content-Security-Policy: {}\n  Cache-Control: {SHORT}\n",
        policy::header(false)
    );
    for (name, value) in HEADERS {
        out.push_str(&format!("  {name}: {value}\n"));
    }
    // The files of the search index could be kept as long, but no rule can tell them from their entry.
    out.push_str(&format!(
        "{base}assets/*\n  ! Cache-Control\n  Cache-Control: {LONG}\n"
    ));
    for folder in OPEN {
        out.push_str(&format!(
            "{base}{folder}/*\n  Access-Control-Allow-Origin: *\n"
        ));
    }
    out.push_str(&format!(
        "{base}checks/*\n  ! Content-Security-Policy\n  Content-Security-Policy: {}\n",
        policy::header(true)
    ));
    out
}

/// The text of `_redirects`. What was withdrawn needs no rule: there is no such file, and the host answers 404.
pub(super) fn redirects(hosted: &Hosted) -> String {
    let mut out = String::new();
    if hosted.base != "/" {
        out.push_str(&format!("/ {} 302\n", hosted.base));
    }
    for (from, to) in &hosted.moved {
        let (from, to) = (hosted.address(from), hosted.address(to));
        out.push_str(&format!("{from} {to} 301\n"));
    }
    out
}
