//! What a draft build writes: banners, files without content, a list of what is open.
//!
//! Comes in: [`Drafts`] and finished files. Goes out: the same files, marked. Pages are marked here and not in the theme, so that
//! no theme can leave the banner out. A page that is made from a draft says so first, on screen and on paper, and asks search engines
//! to stay away; a file for programs cannot say so in a way that every program reads, so it has no content.

use super::Drafts;
use crate::diag::{SourceId, SourceMap, line_column};
use crate::sources::Sources;
use crate::text::escape;

/// The list of what is open, in the folder of a draft build.
pub const LIST: &str = "draft.txt";

/// What every draft says, in both languages.
pub const WARNING: (&str, &str) = (
    "草稿，未核对，不得作为依据",
    "Draft: not confirmed, must not be relied on",
);

/// A page that is made from these drafts, marked as one, in Chinese or English.
pub fn page(
    html: &str,
    from: &[SourceId],
    drafts: &Drafts,
    sources: &Sources,
    is_english: bool,
) -> String {
    let (label, words) = if is_english {
        ("Draft", in_english(from, drafts, sources))
    } else {
        ("草稿", in_chinese(from, drafts, sources))
    };
    let lang = if is_english { " lang=\"en\"" } else { "" };
    let banner = format!(
        "<aside class=\"warn\" id=\"draft\" aria-label=\"{label}\"{lang}><p>{}</p></aside>",
        escape(&words)
    );
    let html = html.replacen("<title>", &format!("<title>【{label}】"), 1);
    let noindex = "<meta name=\"robots\" content=\"noindex\"></head>";
    let html = html.replacen("</head>", noindex, 1);
    let body = html.find("<body").and_then(|at| {
        let end = html[at..].find('>')?;
        Some(at + end + 1)
    });
    let (before, after) = html.split_at(body.unwrap_or(0));
    format!("{before}{banner}{after}")
}

fn in_chinese(from: &[SourceId], drafts: &Drafts, sources: &Sources) -> String {
    let files: Vec<String> = of(from, drafts)
        .map(|(id, open)| format!("{}（{open}处）", sources.file(id).path))
        .collect();
    format!("{}。还有待核的：{}。", WARNING.0, files.join("、"))
}

fn in_english(from: &[SourceId], drafts: &Drafts, sources: &Sources) -> String {
    let files: Vec<String> = of(from, drafts)
        .map(|(id, open)| format!("{} ({open})", sources.file(id).path))
        .collect();
    format!("{}. Still to confirm: {}.", WARNING.1, files.join(", "))
}

/// The drafts that a page is made from, each with the number of its open marks.
fn of<'a>(
    from: &'a [SourceId],
    drafts: &'a Drafts,
) -> impl Iterator<Item = (SourceId, usize)> + 'a {
    let files = drafts.files().filter(|(id, _)| from.contains(id));
    files.map(|(id, marks)| (id, marks.len()))
}

/// What a draft build writes instead of a file for programs: the same format, and nothing in it.
pub fn withheld(path: &str) -> String {
    let (zh, en) = WARNING;
    match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "json" => format!("{{\"draft\":true,\"message\":\"{zh} / {en}\"}}\n"),
        "ics" => format!(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//mingbai//draft//ZH\r\nX-WR-CALNAME:{zh}\r\nEND:VCALENDAR\r\n"
        ),
        "xml" => format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"zh-CN\">\n\
             <title>{zh}</title>\n<id>urn:mingbai:draft</id>\n<updated>1970-01-01T00:00:00Z</updated>\n</feed>\n"
        ),
        _ => format!("{zh} / {en}\n"),
    }
}

/// The list of what is open, for people who find the folder of a draft build.
pub fn list(drafts: &Drafts, sources: &Sources) -> String {
    let (zh, en) = WARNING;
    let mut out = format!(
        "{zh}。这个文件夹由 mingbai build --draft 写成，不要发布。\n{en}. Written by mingbai build --draft; do not publish.\n\n"
    );
    for (id, marks) in drafts.files() {
        let file = sources.file(id);
        for mark in marks {
            let (line, column) = line_column(sources.text(id), mark.span.start as usize);
            out.push_str(&format!("{}:{line}:{column} {}\n", file.path, mark.words));
        }
    }
    out
}
