//! Titles in book-title marks (GB/T 15834-2011, 4.15).
//!
//! Comes in: a text. Goes out: where its titles are.

/// The titles in 《》 of a text, with their marks. A title may contain others; each begins at its own mark.
pub fn book_titles(text: &str) -> impl Iterator<Item = std::ops::Range<usize>> {
    text.match_indices('《').filter_map(|(start, _)| {
        let end = start + text[start..].find('》')? + '》'.len_utf8();
        Some(start..end)
    })
}
