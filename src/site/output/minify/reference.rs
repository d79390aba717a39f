//! What `minify-html` makes of a page or of a piece of it.
//!
//! Comes in: HTML. Goes out: the same in fewer bytes. It keeps closing tags and the `html` and `head` elements, because
//! old browsers and strict validators need them. A piece is given to it inside of elements that change nothing in it.

use minify_html::Cfg;

/// A text with the references that stand for no `&`, which are most of them, written as `minify-html` writes them; `less` is
/// what it writes for `<`. Nothing if there are others.
pub(super) fn simple(text: &str, less: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let coded = &rest[at..];
        let known = [
            ("&lt;", less),
            ("&gt;", ">"),
            ("&quot;", "\""),
            ("&#39;", "'"),
            ("&#x27;", "'"),
            ("&#34;", "\""),
        ];
        let (name, sign) = known
            .into_iter()
            .find(|(name, _)| coded.starts_with(name))?;
        out.push_str(sign);
        rest = &coded[name.len()..];
    }
    out.push_str(rest);
    Some(out)
}

/// A whole page.
pub(super) fn page(html: &str) -> Vec<u8> {
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

/// A text with its references as they will be written, and its spaces as they are.
pub(super) fn text(text: &str) -> String {
    if let Some(text) = simple(text, "&lt;") {
        return text;
    }
    let (before, after) = ("<pre>", "</pre>");
    let mut out = page(&format!("{before}{text}{after}"));
    out.truncate(out.len() - after.len());
    String::from_utf8(out.split_off(before.len())).unwrap_or_default()
}

/// A start tag; with `in_picture`, one inside of an `svg`.
pub(super) fn start_tag(tag: &str, in_picture: bool) -> Vec<u8> {
    let around = if in_picture { "<svg>" } else { "" };
    page(&format!("{around}{tag}")).split_off(around.len())
}

/// The content of a title, with the end tag.
pub(super) fn title(content: &str) -> Vec<u8> {
    let around = "<title>";
    page(&format!("{around}{content}</title>")).split_off(around.len())
}
