//! White space in the words of offices: what is layout, and what remains without it.
//!
//! Comes in: any text. Goes out: the text on one line, or without white space. Nothing else of it changes.

/// White space, and what is as invisible.
pub fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{200B}')
}

/// The characters that are not blank: those that must not be lost.
pub fn bare(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|c| !is_blank(*c))
}

/// The text without anything blank.
pub fn squeeze(text: &str) -> String {
    bare(text).collect()
}

/// The text on one line: a space for each run of white space.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
