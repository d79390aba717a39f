//! Minifies HTML.
//!
//! Comes in: the HTML of a page. Goes out: the same page in fewer bytes. Scripts and styles are separate files and
//! not changed here.

use minify_html::Cfg;

/// Minified HTML. It keeps its closing tags and its `html` and `head` elements, because old browsers and strict
/// validators need them.
pub fn html(html: &str) -> Vec<u8> {
    let cfg = Cfg {
        keep_closing_tags: true,
        keep_html_and_head_opening_tags: true,
        keep_input_type_text_attr: true,
        minify_css: false,
        minify_js: false,
        ..Cfg::new()
    };
    minify_html::minify(html.as_bytes(), &cfg)
}

#[cfg(test)]
mod tests {
    use super::html;

    #[test]
    fn words_keep_their_spaces_and_text_is_unchanged() {
        let out = String::from_utf8(html("<!doctype html><html lang=\"zh-CN\"><head><title>甲</title></head><body>\n  <p>应 县  <a href=\"x.html\">乙</a> 丙</p>\n</body></html>")).unwrap();
        assert!(
            out.contains("<p>应 县 <a href=x.html>乙</a> 丙</p>"),
            "{out}"
        );
        assert!(
            out.contains("<html lang=zh-CN>") && out.contains("</body>"),
            "{out}"
        );
    }
}
