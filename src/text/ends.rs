//! The first and the last characters of a text.

/// At most the first `count` characters.
pub fn first_chars(text: &str, count: usize) -> &str {
    let end = text.char_indices().nth(count);
    &text[..end.map_or(text.len(), |(at, _)| at)]
}

/// At most the last `count` characters.
pub fn last_chars(text: &str, count: usize) -> &str {
    let before = text.char_indices().rev().take(count).last();
    &text[before.map_or(text.len(), |(at, _)| at)..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_text_is_taken_whole() {
        assert_eq!(first_chars("受理时间", 2), "受理");
        assert_eq!(last_chars("受理时间", 2), "时间");
        assert_eq!((first_chars("受", 2), last_chars("受", 2)), ("受", "受"));
        assert_eq!((first_chars("", 2), last_chars("受", 0)), ("", ""));
    }
}
