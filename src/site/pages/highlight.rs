//! Syntax highlighting of samples (YAML, JSON) on the site's own pages.
//!
//! Comes in: code and its language. Goes out: HTML with classes and without inline styles: pages have a strict
//! Content-Security-Policy, and the colours are those of the theme (`static/code.css`).

use std::sync::LazyLock;

use syntect::html::{ClassStyle, ClassedHTMLGenerator};
use syntect::parsing::SyntaxSet;
use syntect::util::LinesWithEndings;

use crate::text::escape;

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// Longer samples are shown without highlighting.
const LONGEST: usize = 64 * 1024;

/// A code block as HTML.
pub fn block(language: &str, code: &str) -> String {
    let inner = highlighted(language, code).unwrap_or_else(|| escape(code));
    format!("<pre class=\"code\" tabindex=\"0\"><code>{inner}</code></pre>")
}

fn highlighted(language: &str, code: &str) -> Option<String> {
    if language.is_empty() || language == "text" || code.len() > LONGEST {
        return None;
    }
    let syntax = SYNTAXES.find_syntax_by_token(language)?;
    let mut generator = ClassedHTMLGenerator::new_with_class_style(
        syntax,
        &SYNTAXES,
        ClassStyle::SpacedPrefixed { prefix: "hl-" },
    );
    for line in LinesWithEndings::from(code) {
        generator
            .parse_html_for_line_which_includes_newline(line)
            .ok()?;
    }
    Some(generator.finalize())
}
