//! Characters that no text of a site may contain: control characters, and what Unicode says is never a character.
//!
//! Comes in: text, as written or as read from an escape. Goes out: a diagnostic for the first such character. A feed or a
//! table that contains one cannot be read by other programs, and on a page nobody sees it.

use crate::diag::{Diagnostic, Span, codes};
use crate::text::is_noncharacter;

/// Whether no text may contain a character. Line breaks and tabs are layout.
pub fn is_forbidden(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t') || is_noncharacter(c)
}

/// The diagnostic for a text that contains such a character, if it does.
///
/// # Diagnostics
/// MB0114.
pub fn check(text: &str, span: Span) -> Option<Diagnostic> {
    let c = text.chars().find(|c| is_forbidden(*c))?;
    let code = format!("U+{:04X}", u32::from(c));
    let diagnostic = Diagnostic::new(
        &codes::CONTROL,
        span,
        format!("文字里有控制字符 {code}"),
        format!("the text contains the control character {code}"),
    );
    Some(diagnostic.hint(
        "删去它；多半是从别的程序粘贴来的",
        "delete it; it was probably pasted from another program",
    ))
}
