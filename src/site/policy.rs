//! The content policy of pages: what a browser may load and run on them.
//!
//! Comes in: whether a page runs a module of WebAssembly. Goes out: the policy, as a page carries it and as a server sends
//! it. Both are the same rules; only a header can also say that no other site may frame the page.

/// What every page may use: files of its own site. Scripts that are fetched later are named through the policy of
/// trusted types that `site.js` creates.
const RULES: [&str; 10] = [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types mingbai",
];

/// The policy that a page carries in its head.
pub fn page(runs_module: bool) -> String {
    let module = if runs_module {
        " 'wasm-unsafe-eval'"
    } else {
        ""
    };
    let rules = RULES.map(|rule| {
        if rule.starts_with("script-src") {
            format!("{rule}{module}")
        } else {
            rule.to_owned()
        }
    });
    rules.join("; ")
}

/// The policy that a server sends with a page.
pub fn header(runs_module: bool) -> String {
    format!("{}; frame-ancestors 'none'", page(runs_module))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_self_check_may_run_a_module_and_nobody_may_frame_a_page() {
        assert!(page(false).contains("; script-src 'self'; "));
        assert!(page(true).contains("; script-src 'self' 'wasm-unsafe-eval'; "));
        assert!(!page(true).contains("frame-ancestors"));
        assert!(header(false).starts_with(&page(false)));
        assert!(header(false).ends_with("; frame-ancestors 'none'"));
    }
}
