//! Folding: spellings that readers take for the same text become equal.
//!
//! Comes in: text. Goes out: the folded text, for comparison only. White space is removed, full-width characters
//! become half-width, and brackets, dashes and quotation marks that scans and keyboards confuse become one of each
//! kind. Letters and ideographs are not changed: `颖` and `颍` are different characters and must stay different.

/// The folded form of a character; nothing for white space.
fn fold_char(c: char) -> Option<char> {
    Some(match c {
        c if c.is_whitespace() || c == '\u{FEFF}' || c == '\u{200B}' => return None,
        '〔' | '【' | '［' | '﹝' => '[',
        '〕' | '】' | '］' | '﹞' => ']',
        '“' | '”' | '„' | '＂' | '「' | '」' => '"',
        '‘' | '’' | '＇' => '\'',
        '—' | '–' | '－' | '―' | '‐' | '‑' => '-',
        '．' => '.',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        c => c,
    })
}

/// Appends the folded form of `text` to `out`.
pub fn fold_into(text: &str, out: &mut String) {
    out.extend(text.chars().filter_map(fold_char));
}

/// The folded form of `text`.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

/// Whether `hay` contains `needle`, both folded.
pub fn contains_folded(hay: &str, needle: &str) -> bool {
    fold(hay).contains(&fold(needle))
}

/// Whether a character is set without spaces around it (ideographs, kana, full-width punctuation).
pub fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{2E80}'..='\u{303F}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' |
        '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}' |
        '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3134F}' | '“' | '”' | '‘' | '’' | '…' | '—')
}

/// Whether a line break between two characters is only layout: true if both are CJK characters.
pub fn join_soft(before: Option<char>, after: Option<char>) -> bool {
    before.is_some_and(is_cjk) && after.is_some_and(is_cjk)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_width_and_spaces_fold() {
        assert_eq!(
            fold("晋教助学【２０２０】 7 号"),
            fold("晋教助学〔2020〕7号")
        );
        assert_eq!(fold("（三）"), "(三)");
        assert!(contains_folded(
            "各地务必于 7 月 27 日前，全面启动",
            "7月27日前,全面"
        ));
    }

    #[test]
    fn different_characters_stay_different() {
        assert_ne!(fold("临颖县"), fold("临颍县"));
        assert_ne!(fold("郟县"), fold("郏县"));
    }

    #[test]
    fn line_breaks_vanish_only_between_ideographs() {
        assert!(join_soft(Some('构'), Some('要')));
        assert!(!join_soft(Some('a'), Some('要')));
    }
}
