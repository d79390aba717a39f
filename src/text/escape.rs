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

/// Appends an attribute with a plain text as its value: ` alt="…"`. Attributes are written by this function, so that no value
/// ends its quotation marks.
pub fn attribute(name: &str, value: &str, out: &mut String) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escape_into(value, out);
    out.push('"');
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_value_ends_its_attribute() {
        let mut out = String::from("<img");
        super::attribute("alt", "a\" onload=\"x()", &mut out);
        assert_eq!(out, "<img alt=\"a&quot; onload=&quot;x()\"");
    }

    #[test]
    fn markup_becomes_text() {
        assert_eq!(
            super::escape("<a b=\"c\">&"),
            "&lt;a b=&quot;c&quot;&gt;&amp;"
        );
    }
}
