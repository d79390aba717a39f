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

/// Whether a line break between two characters is only layout. Official Chinese has no blank next to an ideograph, also where a number or a
/// Latin word is on the other side (`到9月20日`); in other languages only a break between two ideographs is layout.
pub fn join_soft(before: Option<char>, after: Option<char>, in_chinese: bool) -> bool {
    let (before, after) = (before.is_some_and(is_cjk), after.is_some_and(is_cjk));
    (before && after) || (in_chinese && (before || after))
}

/// Whether a line begins in Chinese, perhaps after a number: `2026年`, `(一)`.
pub fn begins_in_chinese(line: &str) -> bool {
    let lead = |c: char| c.is_ascii_digit() || matches!(c, '(' | '[' | '"' | '.');
    line.trim_start_matches(lead).starts_with(is_cjk)
}

/// Whether a text is Chinese: it has at least as many ideographs as words in letters.
pub fn is_chinese(text: &str) -> bool {
    let (mut ideographs, mut words) = (0usize, 0usize);
    let mut in_word = false;
    for c in text.chars() {
        words += usize::from(c.is_ascii_alphabetic() && !in_word);
        // An address is one word.
        in_word = c.is_ascii_graphic() && (in_word || c.is_ascii_alphabetic());
        ideographs += usize::from(is_cjk(c));
    }
    ideographs > 0 && ideographs >= words
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
    fn line_breaks_vanish_next_to_ideographs() {
        for in_chinese in [false, true] {
            assert!(join_soft(Some('构'), Some('要'), in_chinese));
            assert!(!join_soft(Some('a'), Some('b'), in_chinese));
            assert!(!join_soft(Some('5'), Some('6'), in_chinese));
            assert_eq!(join_soft(Some('到'), Some('9'), in_chinese), in_chinese);
            assert_eq!(join_soft(Some('F'), Some('文'), in_chinese), in_chinese);
        }
        assert!(is_chinese(
            "登录 https://www.example.org/student/apply 办理"
        ));
        assert!(is_chinese("到\n9月"));
        assert!(!is_chinese("The term 公文 is used for official documents."));
        assert!(!is_chinese("12"));
        for (line, is) in [
            ("2026年", true),
            ("(一)甲", true),
            ("let a", false),
            ("# 甲", false),
        ] {
            assert_eq!(begins_in_chinese(line), is, "{line}");
        }
    }
}
