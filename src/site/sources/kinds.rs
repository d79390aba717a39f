//! Which kinds of files next to the texts can be published.
//!
//! Comes in: the path of a file. Goes out: whether a file of this kind is published, and if not, what to do.
//! The list has what offices publish and what a web server hands out as it is. What a usual server runs (`.php`,
//! `.shtml`), what a browser runs (`.svg`, `.html`) and what hides other files from readers and from our checks (archives)
//! is not in it.

use crate::diag::{Diagnostic, SourceId, Span, codes};

/// The endings of files that are published, in lower case.
pub const KINDS: [&str; 18] = [
    "png", "jpg", "jpeg", "gif", "webp", "pdf", "ofd", "doc", "docx", "xls", "xlsx", "ppt", "pptx",
    "wps", "et", "dps", "csv", "txt",
];
/// The endings of files in the `static/` folder of a theme, in lower case.
const STATIC: [&str; 13] = [
    "css", "js", "svg", "png", "jpg", "jpeg", "gif", "webp", "ico", "woff", "woff2", "ttf", "txt",
];
/// Endings that make some servers run a file wherever they are in its name: `list.php.pdf`.
const RUN_ANYWHERE: [&str; 21] = [
    "php", "phtml", "pht", "phar", "phps", "shtml", "shtm", "stm", "cgi", "fcgi", "pl", "py", "rb",
    "lua", "asp", "aspx", "ashx", "asmx", "jsp", "jspx", "asa",
];

/// Checks that files of this kind are published: attachments in `content/`, and files in the `static/` folder of a theme.
/// Nothing is said of files that are not published as they are.
///
/// # Diagnostics
/// MB0113.
pub fn check(id: SourceId, path: &str) -> Option<Diagnostic> {
    let is_static = path
        .strip_prefix("themes/")
        .and_then(|below| below.split('/').nth(1))
        == Some("static");
    let (kinds, away) = match path.split_once('/') {
        Some(("content", _)) => (&KINDS[..], "content/"),
        _ if is_static => (&STATIC[..], "static/"),
        _ => return None,
    };
    let name = path.rsplit('/').next().unwrap_or(path);
    let mut parts: Vec<String> = name.split('.').map(str::to_ascii_lowercase).collect();
    let ending = parts.pop().filter(|_| !parts.is_empty());
    let run = parts.iter().skip(1).find(|part| is_run(part));
    let (zh, en) = match (&ending, run) {
        (_, Some(part)) => (
            format!("文件名里有“.{part}”，有的网站服务器会当作程序运行"),
            format!("the name contains \".{part}\", which some web servers run as a program"),
        ),
        (Some(ending), None) if kinds.contains(&ending.as_str()) => return None,
        (Some(ending), None) => (
            format!("“.{ending}”文件不能公开"),
            format!("files of the kind \".{ending}\" are not published"),
        ),
        (None, None) => (
            "没有扩展名的文件不能公开".to_owned(),
            "files without an ending are not published".to_owned(),
        ),
    };
    let diagnostic = Diagnostic::new(&codes::KIND, Span::new(id, 0..0), zh, en);
    Some(if run.is_some() {
        diagnostic.hint(
            format!("要公开，改一个不含它的文件名；不公开，移到 {away} 以外"),
            format!("to publish it, rename it; otherwise move it out of {away}"),
        )
    } else {
        diagnostic.hint(
            format!(
                "要公开，另存为可以公开的一种（{}）；不公开，移到 {away} 以外",
                kinds.join("、")
            ),
            format!(
                "to publish it, save it as one of {}; otherwise move it out of {away}",
                kinds.join(", ")
            ),
        )
    })
}

/// `php`, and with a version: `php7`.
fn is_run(part: &str) -> bool {
    RUN_ANYWHERE.contains(&part.trim_end_matches(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_offices_publish_is_published_and_nothing_that_a_server_or_browser_runs() {
        let is_published = |path: &str| check(SourceId(0), path).is_none();
        for path in [
            "content/a.pdf",
            "content/b/名单.v2.XLSX",
            "content/c.ofd",
            "content/d.et",
            "content/py.txt",
        ] {
            assert!(is_published(path), "{path}");
        }
        for path in [
            "content/x.php",
            "content/x.PHP5",
            "content/x.php7.pdf",
            "content/x.shtml",
            "content/x.svgz",
            "content/x.svg",
            "content/x.xht",
            "content/x.html",
            "content/id_rsa",
            "content/dump.sql.gz",
            "content/x.docm",
            "content/x.zip",
            "content/x.json",
            "content/x.ics",
            "content/x.xml",
            "content/x.js",
            "content/.htaccess",
            "content/web.config",
            "content/x.cgi.txt",
            "themes/own/static/x.php",
        ] {
            assert!(!is_published(path), "{path}");
        }
        // Other files of a theme are read, not published.
        assert!(is_published("themes/own/static/a.woff2") && is_published("themes/own/notes.md"));
    }
}
