//! The style sheet of a theme, put together from its parts.
//!
//! Comes in: `themes/<name>/style.css` and the sheets that it imports. Goes out: one text, each `@import` replaced by
//! what it names, in the order of the file; and the imports that name nothing, as diagnostics. It does not read CSS:
//! an import stands alone on its line, as `@import "styles/base.css";` or, for a whole folder of folders in path order,
//! as `@import "components/*/*.css";`.
//!
//! A theme that has `static/style.css` is published with that sheet as it is, and nothing is put together.

use crate::diag::{Diagnostic, Sink, Span, codes};
use crate::sources::Sources;
use crate::text::nearest;

/// The name of the sheet, in the theme's folder and among its assets.
pub(crate) const NAME: &str = "style.css";

/// The media query of the colours for a dark screen, as a theme writes it.
pub(crate) const DARK: &str = "@media (prefers-color-scheme: dark)";

/// A style sheet put together: the path of its first file and the text.
pub(crate) struct Sheet {
    pub(crate) path: String,
    pub(crate) text: String,
}

/// Puts the style sheet of a theme together; none for a theme that has none, or has it in `static/`.
///
/// # Diagnostics
/// MB0403 an import in another form, MB0405 one that names no file.
pub(crate) fn assemble(sources: &Sources, theme: &str, sink: &mut Sink) -> Option<Sheet> {
    let base = format!("themes/{theme}/");
    if sources.find(&format!("{base}static/{NAME}")).is_some() {
        return None;
    }
    let path = format!("{base}{NAME}");
    let (id, file) = sources.find(&path)?;
    let parts: Vec<(&str, &str)> = sources
        .below(&base)
        .map(|(_, file)| (&file.path[base.len()..], file.text.as_str()))
        .filter(|(name, _)| name.ends_with(".css") && *name != NAME)
        .collect();
    let mut text = String::new();
    let mut at = 0;
    for line in file.text.split_inclusive('\n') {
        match imported(line) {
            Some(name) => {
                let start = at + line.find(name).unwrap_or_default();
                let span = Span::new(id, start..start + name.len());
                include(name, &parts, span, &mut text, sink);
            }
            None if line.trim_start().starts_with("@import") => {
                let start = at + line.len() - line.trim_start().len();
                let span = Span::new(id, start..start + line.trim().len());
                sink.push(unknown_form(span));
            }
            None => text.push_str(line),
        }
        at += line.len();
    }
    Some(Sheet { path, text })
}

/// What a line `@import "name";` names.
fn imported(line: &str) -> Option<&str> {
    line.trim()
        .strip_prefix("@import \"")?
        .strip_suffix("\";")
        .filter(|name| !name.contains("://"))
}

fn include(name: &str, parts: &[(&str, &str)], span: Span, text: &mut String, sink: &mut Sink) {
    let mut found = parts.iter().filter(|(path, _)| matches(name, path));
    let Some(first) = found.next() else {
        sink.push(missing(name, parts, span));
        return;
    };
    for (_, part) in std::iter::once(first).chain(found) {
        text.push_str(part);
        if !part.ends_with('\n') {
            text.push('\n');
        }
    }
}

fn unknown_form(span: Span) -> Diagnostic {
    Diagnostic::new(
        &codes::TEMPLATE_SYNTAX,
        span,
        "这一行 @import 不能并入样式",
        "this @import cannot be put into the style sheet",
    )
    .hint(
        "每行写一个，如 @import \"styles/base.css\";，只能引入外观自己的文件",
        "write one a line, as @import \"styles/base.css\"; — only files of the theme can be imported",
    )
}

fn missing(name: &str, parts: &[(&str, &str)], span: Span) -> Diagnostic {
    Diagnostic::new(
        &codes::TEMPLATE_MISSING,
        span,
        format!("外观里没有样式“{name}”"),
        format!("the theme has no style sheet \"{name}\""),
    )
    .did_you_mean_or(
        nearest(name, parts.iter().map(|(path, _)| *path)),
        "路径从外观的文件夹算起，如 styles/base.css；components/*/*.css 指各组件的样式",
        "the path begins at the theme's folder, as styles/base.css; components/*/*.css means the sheets of all components",
    )
}

/// Whether a path is the one named; `*` stands for one whole name of a folder or for the stem of a file.
fn matches(pattern: &str, path: &str) -> bool {
    let (mut wanted, mut given) = (pattern.split('/'), path.split('/'));
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return true,
            (Some("*"), Some(_)) => {}
            (Some(name), Some(part)) => {
                let ending = name.strip_prefix('*');
                if !ending.map_or(name == part, |ending| part.ends_with(ending)) {
                    return false;
                }
            }
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn theme(files: &[(&str, &str)]) -> Sources {
        files
            .iter()
            .fold(Sources::default(), |sources, (path, text)| {
                sources.with(&format!("themes/t/{path}"), (*text).to_owned())
            })
    }

    #[test]
    fn parts_stand_in_the_order_of_the_imports_and_components_in_path_order() {
        let sources = theme(&[
            ("components/b/b.css", "b{}"),
            ("components/a/a.css", "a{}\n"),
            ("components/a/examples.yaml", "x: y\n"),
            ("styles/last.css", "z{}\n"),
            (
                "style.css",
                "/* all */\n@import \"components/*/*.css\";\n@import \"styles/last.css\";\n",
            ),
        ]);
        let sheet = assemble(&sources, "t", &mut Sink::default()).expect("a sheet");
        assert_eq!(sheet.text, "/* all */\na{}\nb{}\nz{}\n");
        assert_eq!(sheet.path, "themes/t/style.css");
    }

    #[test]
    fn an_import_of_nothing_is_reported_at_its_place() {
        let sources = theme(&[
            ("styles/base.css", "a{}\n"),
            (
                "style.css",
                "@import \"styles/bse.css\";\n@import url(https://example.org/a.css);\n",
            ),
        ]);
        let mut sink = Sink::default();
        let sheet = assemble(&sources, "t", &mut sink).expect("a sheet");
        assert_eq!(sheet.text, "");
        let all = sink.into_sorted(&sources);
        let ids: Vec<&str> = all.iter().map(|one| one.code.id).collect();
        assert_eq!(ids, ["MB0405", "MB0403"]);
    }

    #[test]
    fn a_theme_with_a_sheet_of_its_own_keeps_it() {
        let sources = theme(&[("static/style.css", "a{}\n"), ("style.css", "b{}\n")]);
        assert!(assemble(&sources, "t", &mut Sink::default()).is_none());
    }
}
