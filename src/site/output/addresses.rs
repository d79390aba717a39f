//! The addresses of attachments: an attachment takes no address of a page, of a file of ours, or of another attachment.
//!
//! Comes in: what is to be published. Goes out: diagnostics, and the attachments that they are about. Addresses are compared as disks compare names, because the
//! site may be written or served where case does not count.

use std::collections::{HashMap, HashSet};

use crate::assets::Attachment;
use crate::diag::{Diagnostic, Sink, SourceId, Span, codes};
use crate::sources::names::same_on_disk;

/// The folders whose files the program makes; what is in them changes from version to version.
const OURS: [&str; 8] = [
    "api", "assets", "calendar", "checks", "data", "feeds", "leaflets", "search",
];

/// Checks the attachments against `ours` (the addresses of everything else) and each other.
///
/// # Diagnostics
/// MB0501.
pub fn check<'a>(
    attachments: &[Attachment],
    ours: impl Iterator<Item = &'a str>,
    sink: &mut Sink,
) -> HashSet<SourceId> {
    let mut refused = HashSet::new();
    if attachments.is_empty() {
        return refused;
    }
    let mut taken: HashMap<String, Option<SourceId>> =
        ours.map(|path| (same_on_disk(path), None)).collect();
    for file in attachments {
        let path = same_on_disk(&file.path);
        let folder = path.split_once('/').map(|(folder, _)| folder);
        let folders = path.match_indices('/').map(|(at, _)| &path[..at]);
        let in_the_way = folders
            .chain([path.as_str()])
            .find_map(|path| taken.get(path));
        let diagnostic = match (folder.filter(|folder| OURS.contains(folder)), in_the_way) {
            (Some(folder), _) => reserved(file, folder),
            (None, Some(None)) => replaces(file),
            (None, Some(Some(other))) => {
                refused.insert(*other);
                twin(file, *other)
            }
            (None, None) => {
                taken.insert(path, Some(file.source));
                continue;
            }
        };
        sink.push(diagnostic);
        refused.insert(file.source);
    }
    refused
}

fn collision(file: &Attachment, zh: String, en: String) -> Diagnostic {
    Diagnostic::new(&codes::PATH_COLLISION, Span::new(file.source, 0..0), zh, en)
}

fn reserved(file: &Attachment, folder: &str) -> Diagnostic {
    collision(
        file,
        format!("网址 /{folder}/ 下的文件由程序生成，附件不能放在里面"),
        format!("files below /{folder}/ are made by the program; an attachment cannot be there"),
    )
    .hint(
        format!("移到别的文件夹，例如 content/attachments/{}", name(file)),
        format!(
            "move it to another folder, for example to content/attachments/{}",
            name(file)
        ),
    )
}

fn replaces(file: &Attachment) -> Diagnostic {
    collision(
        file,
        format!("网址“{}”已用于程序生成的页面或文件", file.path),
        format!(
            "the address \"{}\" is that of a page or file that the program makes",
            file.path
        ),
    )
    .hint(
        format!(
            "改名，或移到别的文件夹，例如 content/attachments/{}",
            name(file)
        ),
        format!(
            "rename it, or move it to another folder, for example to content/attachments/{}",
            name(file)
        ),
    )
}

fn twin(file: &Attachment, other: SourceId) -> Diagnostic {
    collision(
        file,
        format!("有两个文件的网址只有大小写不同：{}", file.path),
        format!(
            "two files have addresses that differ only in case: {}",
            file.path
        ),
    )
    .hint("给其中一个改名", "rename one of them")
    .also(Span::new(other, 0..0), "另一个文件", "the other file")
}

fn name(file: &Attachment) -> &str {
    file.path.rsplit('/').next().unwrap_or(&file.path)
}
