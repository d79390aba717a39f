//! Signs that a reader does not see and a terminal obeys.
//!
//! Comes in: any text. Goes out: the same text with such signs written as `\u001b`, so that neither a terminal nor the
//! log of a build is steered by what a file is called or contains. The form is also that of JSON, so that a JSON text
//! keeps its meaning.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Whether a character is not shown but changes what is shown: control characters, signs of writing direction, line
/// separators, characters that are none.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
            | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
        || is_noncharacter(c)
}

/// Whether Unicode says that this is never a character: U+FFFE, U+FDD0 and others.
pub fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{FDD0}'..='\u{FDEF}') || u32::from(c) & 0xFFFE == 0xFFFE
}

/// The text with hidden characters written out. Line breaks and tabs stay.
pub fn visible(text: &str) -> Cow<'_, str> {
    written_out(text, |c| is_hidden(c) && c != '\n' && c != '\t')
}

/// A name or a path with hidden characters written out, line breaks too: it stays on one line.
pub fn visible_name(name: &str) -> Cow<'_, str> {
    written_out(name, is_hidden)
}

/// Rendered text, in which only the renderer's own colours may begin with ESC.
pub(crate) fn visible_rendered(text: &str) -> Cow<'_, str> {
    written_out(text, |c| {
        is_hidden(c) && !matches!(c, '\n' | '\t' | '\u{1B}')
    })
}

fn written_out(text: &str, is_bad: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&is_bad) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is_bad(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a string does not fail.
                write!(out, "\\u{unit:04x}").unwrap_or_default();
            }
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_signs_are_written_out_and_words_stay() {
        assert_eq!(
            visible("甲\u{1b}[31m\t乙\n\u{202e}丙\u{9b}\u{FFFE}"),
            "甲\\u001b[31m\t乙\n\\u202e丙\\u009b\\ufffe"
        );
        assert_eq!(visible_name("a\nb\tc"), "a\\u000ab\\u0009c");
        assert!(matches!(visible("右玉县 2023"), Cow::Borrowed(_)));
        // Text of scripts that join letters is not hidden.
        assert!(!is_hidden('\u{200D}') && !is_hidden('😀'));
    }

    #[test]
    fn a_json_text_keeps_its_meaning() {
        let value = serde_json::json!(["\u{202e}x\u{7f}\u{E0041}"]);
        let text = value.to_string();
        let safe = visible(&text);
        assert!(safe.is_ascii());
        let read: serde_json::Value = serde_json::from_str(&safe).expect("JSON");
        assert_eq!(read, value);
    }
}
