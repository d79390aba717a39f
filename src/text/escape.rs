//! Escaping for HTML and XML.
//!
//! Comes in: text. Goes out: text that is safe as content and in a double-quoted attribute.

/// `text` with the special characters of HTML escaped.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape_into(text, &mut out);
    out
}

/// Appends the escaped form of `text` to `out`.
pub fn escape_into(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn markup_becomes_text() {
        assert_eq!(
            super::escape("<a b=\"c\">&"),
            "&lt;a b=&quot;c&quot;&gt;&amp;"
        );
    }
}
