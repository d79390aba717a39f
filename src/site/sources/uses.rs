//! How each file of a site is used, by its path.
//!
//! Comes in: a path. Goes out: whether it is read as text, copied, published or left alone.

/// File extensions in a theme that are read as text.
const THEME_TEXT: [&str; 7] = ["html", "xml", "css", "js", "svg", "txt", "yaml"];

/// How a file is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    Text,
    /// Copied as it is: images and fonts of a theme.
    Copy,
    /// Published as it is, if something refers to it: images, attachments.
    Publish,
    /// Neither read nor copied. The model reports it.
    Nothing,
}

pub(super) fn use_of(path: &str) -> Use {
    let ending = path
        .rsplit_once('.')
        .map_or_else(String::new, |(_, ending)| ending.to_ascii_lowercase());
    let ending = ending.as_str();
    if path.starts_with("themes/") {
        return if THEME_TEXT.contains(&ending) {
            Use::Text
        } else {
            Use::Copy
        };
    }
    match ending {
        "md" | "yaml" | "yml" => Use::Text,
        _ if source_of(path).is_some() => Use::Nothing,
        _ if path.starts_with("data/") => Use::Nothing,
        _ => Use::Publish,
    }
}

/// The name that a source file was perhaps meant to have: editors that hide the ending save `x.md` as `x.md.txt`.
pub fn source_of(path: &str) -> Option<String> {
    let lower = path.to_ascii_lowercase();
    let stem = [".txt", ".doc", ".docx", ".rtf", ".wps"]
        .iter()
        .find_map(|ending| lower.strip_suffix(ending))
        .filter(|stem| {
            [".md", ".yaml", ".yml"]
                .iter()
                .any(|ending| stem.ends_with(ending))
        });
    if let Some(stem) = stem {
        return path.get(..stem.len()).map(str::to_owned);
    }
    let stem = [".markdown", ".mdown", ".mkd", ".mdx"]
        .iter()
        .find_map(|ending| lower.strip_suffix(ending))?;
    path.get(..stem.len()).map(|stem| format!("{stem}.md"))
}
