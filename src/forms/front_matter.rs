//! Front matter: the YAML between two `---` lines at the start of a Markdown file.
//!
//! Comes in: the text of a file. Goes out: two byte ranges. This module does not parse either part.

use std::ops::Range;

/// The byte ranges of the two parts of a Markdown file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrontMatter {
    pub yaml: Range<usize>,
    pub body: Range<usize>,
}

/// Splits a Markdown file. Nothing if it does not begin with `---` or the front matter is not closed.
pub fn split(text: &str) -> Option<FrontMatter> {
    let first = text.split_inclusive('\n').next()?;
    if first.trim_end() != "---" {
        return None;
    }
    let mut at = first.len();
    for line in text[at..].split_inclusive('\n') {
        if line.trim_end() == "---" {
            return Some(FrontMatter {
                yaml: first.len()..at,
                body: at + line.len()..text.len(),
            });
        }
        at += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yaml_and_body_are_found() {
        let text = "---\ntitle: 甲\n---\n正文\n";
        let parts = split(text).unwrap();
        assert_eq!(&text[parts.yaml], "title: 甲\n");
        assert_eq!(&text[parts.body], "正文\n");
    }

    #[test]
    fn unclosed_front_matter_is_none() {
        assert_eq!(split("---\ntitle: 甲\n"), None);
        assert_eq!(split("正文"), None);
        assert_eq!(split(""), None);
    }
}
