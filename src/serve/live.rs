//! What keeps a page up to date: a script and a style of the preview's own, added to pages as they are sent.
//!
//! Comes in: a finished page. Goes out: the page with one more script, and with leave to ask this server for news in its
//! content policy, which is otherwise as strict as that of the published page. Built sites have none of this.

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
    let html = may_ask(html);
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

/// Adds `connect-src 'self'` to the policy that a page carries.
fn may_ask(html: &str) -> String {
    const NAME: &str = "Content-Security-Policy";
    let place = || {
        let at = html.find(NAME)?;
        let start = html[..at].rfind('<')?;
        let end = start + html[start..].find('>')?;
        let content = start + html[start..end].find("content=")? + "content=".len();
        let quote = html[content..].chars().next()?;
        let close = content + 1 + html[content + 1..end].find(quote)?;
        ['"', '\''].contains(&quote).then_some(content + 1..close)
    };
    let Some(place) = place() else {
        return html.to_owned();
    };
    let policy = &html[place.clone()];
    // As an entity it is valid inside any quotation marks.
    let policy = if policy.contains("connect-src ") {
        policy.replace("connect-src ", "connect-src &#39;self&#39; ")
    } else {
        format!("{policy};connect-src &#39;self&#39;")
    };
    [&html[..place.start], &policy, &html[place.end..]].concat()
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
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self'; script-src 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\"><title>{title}</title><link rel=\"stylesheet\" href=\"/.mingbai/live.css\"></head><body class=\"no-page\"><main><h1>{title}</h1><p>{words}</p><pre>{}</pre></main></body></html>",
        if lang == Lang::En { "en" } else { "zh-CN" },
        escape(&problems.text),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_gets_the_script_and_the_leave_to_ask_and_nothing_else() {
        for (policy, allowed) in [
            (
                "<meta content=\"default-src 'none'\" http-equiv=Content-Security-Policy>",
                "<meta content=\"default-src 'none';connect-src &#39;self&#39;\" http-equiv=Content-Security-Policy>",
            ),
            (
                "<meta http-equiv='Content-Security-Policy' content='connect-src a'>",
                "<meta http-equiv='Content-Security-Policy' content='connect-src &#39;self&#39; a'>",
            ),
            ("", ""),
        ] {
            let html = format!("<html><head>{policy}</head><body>甲</body></html>");
            let out = page(html.as_bytes(), "a\"b.html", "v1", Lang::Zh);
            assert_eq!(
                String::from_utf8(out).unwrap(),
                format!(
                    "<html><head>{allowed}</head><body>甲<script src=\"/.mingbai/live.js\" data-page=\"a&quot;b.html\" data-version=\"v1\" data-lang=\"zh\" defer></script></body></html>"
                )
            );
        }
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
