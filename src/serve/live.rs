//! What keeps a page up to date: a script and a style of the preview's own, added to pages as they are sent.
//!
//! Comes in: a finished page. Goes out: the page with one more script. The policy of a published page lets it ask its own
//! server for news, so the policy stays as it is. Built sites have none of this.

use super::Problems;
use crate::text::{Lang, escape};

/// The script that updates a page in the browser.
pub const SCRIPT: &str = include_str!("live.js");
/// The style of the panel with problems.
pub const STYLE: &str = include_str!("live.css");

/// A page as the preview sends it.
pub fn page(bytes: &[u8], path: &str, version: &str, lang: Lang) -> Vec<u8> {
    let Ok(html) = std::str::from_utf8(bytes) else {
        return bytes.to_vec();
    };
    let script = format!(
        "<script src=\"/.mingbai/live.js\" data-page=\"{}\" data-version=\"{version}\" data-lang=\"{}\" defer></script>",
        escape(path),
        code(lang)
    );
    let at = html.rfind("</body>").unwrap_or(html.len());
    [&html[..at], &script, &html[at..]].concat().into_bytes()
}

fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "zh",
        Lang::En => "en",
        Lang::Both => "both",
    }
}

/// The page to show while there is none: the problems as text, for browsers without script.
pub fn no_page(problems: &Problems, lang: Lang) -> String {
    let (title, words) = (
        lang.line("还没有网页", "No page yet"),
        lang.line(
            "来源文件里有错误，网页还做不出来。改好后这里会自动出现。",
            "The sources contain errors. The page appears here automatically when they are fixed.",
        ),
    );
    format!(
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\"><title>{title}</title><link rel=\"stylesheet\" href=\"/.mingbai/live.css\"></head><body class=\"no-page\"><main><h1>{title}</h1><p>{words}</p><pre>{}</pre></main></body></html>",
        if lang == Lang::En { "en" } else { "zh-CN" },
        escape(&problems.text),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_gets_the_script_and_keeps_its_policy() {
        let head = "<meta content=\"connect-src 'self'\" http-equiv=Content-Security-Policy>";
        let html = format!("<html><head>{head}</head><body>甲</body></html>");
        let out = page(html.as_bytes(), "a\"b.html", "v1", Lang::Zh);
        assert_eq!(
            String::from_utf8(out).unwrap(),
            format!(
                "<html><head>{head}</head><body>甲<script src=\"/.mingbai/live.js\" data-page=\"a&quot;b.html\" data-version=\"v1\" data-lang=\"zh\" defer></script></body></html>"
            )
        );
    }

    #[test]
    fn sources_are_text_where_there_is_no_page() {
        let problems = Problems {
            text: "<script>alert(1)</script>".into(),
            ..Problems::default()
        };
        assert!(no_page(&problems, Lang::Zh).contains("&lt;script&gt;alert(1)"));
    }
}
