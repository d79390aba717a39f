//! What a file of a site may be called.
//!
//! Comes in: a path in the site folder. Goes out: what is wrong with a name in it, if anything. A name must be the same
//! name on every system that a site is written on, copied to or served from, and must look like what it is. Nothing here
//! touches the disk.

use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::diag::{Diagnostic, SourceId, Span, codes};
use crate::text::{is_hidden, visible_name};

/// Signs that Windows does not allow in names, and those that begin another part of an address.
const SIGNS: [char; 11] = [
    '<', '>', ':', '"', '|', '?', '*', '\\', '#', '%', '\u{FFFD}',
];
/// Names of devices on Windows, whatever ending follows; `com1` to `com9` and `lpt1` to `lpt9` are more of them.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// What is wrong with a name.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Fault {
    Hidden(char),
    Sign(char),
    /// A blank at an end, or a dot at the end: Windows removes them.
    Edge,
    Device(String),
    /// Signs that are written as letter and accent, as macOS once did: another spelling of the same name.
    NotComposed(String),
}

/// Whether Windows takes a name for a device, and no file can have it there: `con`, `lpt9`, `aux.html`.
pub fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end();
    let stem = stem.to_ascii_lowercase();
    let port = stem
        .strip_prefix("com")
        .or_else(|| stem.strip_prefix("lpt"));
    let is_port = port.is_some_and(|number| {
        let mut digits = number.chars();
        matches!(digits.next(), Some('1'..='9' | '¹' | '²' | '³')) && digits.next().is_none()
    });
    is_port || DEVICES.contains(&stem.as_str())
}

/// The form under which two paths are the same file on some system: composed, in lower case.
pub fn same_on_disk(path: &str) -> String {
    path.nfc().flat_map(char::to_lowercase).nfc().collect()
}

fn is_invisible(c: char) -> bool {
    is_hidden(c)
        || matches!(
            c,
            '\u{00AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}'
        )
}

fn fault(path: &str) -> Option<Fault> {
    if let Some(c) = path.chars().find(|c| is_invisible(*c)) {
        return Some(Fault::Hidden(c));
    }
    if let Some(c) = path.chars().find(|c| SIGNS.contains(c)) {
        return Some(Fault::Sign(c));
    }
    for name in path.split('/') {
        if name.trim() != name || name.ends_with('.') {
            return Some(Fault::Edge);
        }
        if is_device(name) {
            return Some(Fault::Device(name.to_owned()));
        }
    }
    (!is_nfc(path)).then(|| Fault::NotComposed(path.nfc().collect()))
}

/// Checks the names in a path.
///
/// # Diagnostics
/// MB0112.
pub fn check(id: SourceId, path: &str) -> Option<Diagnostic> {
    let (zh, en, hint_zh, hint_en) = match fault(path)? {
        Fault::Hidden(c) => {
            let code = format!("U+{:04X}", u32::from(c));
            (
                format!("文件名里有看不见的控制字符 {code}"),
                format!("the name of the file contains the invisible character {code}"),
                "重新输入文件名，不要粘贴".to_owned(),
                "type the name of the file again instead of pasting it".to_owned(),
            )
        }
        Fault::Sign('\u{FFFD}') => (
            "文件名不是 UTF-8 编码，读不出来".to_owned(),
            "the name of the file is not UTF-8 text".to_owned(),
            "重新命名这个文件；从旧压缩包解出的文件常有这种名字".to_owned(),
            "rename the file; names like this often come from old archives".to_owned(),
        ),
        Fault::Sign(c) => (
            format!("文件名里不能有“{c}”"),
            format!("the name of a file must not contain \"{c}\""),
            format!("改名，去掉“{c}”"),
            format!("rename the file without \"{c}\""),
        ),
        Fault::Edge => (
            "文件名不能以空格或“.”结尾，也不能以空格开头".to_owned(),
            "the name of a file must not end with a blank or a dot, or begin with a blank"
                .to_owned(),
            "改名，去掉首尾的空格和“.”：Windows 会把它们丢掉，名字就变了".to_owned(),
            "rename the file without them: Windows removes them, which makes another name"
                .to_owned(),
        ),
        Fault::Device(name) => (
            format!("“{name}”是 Windows 留作设备的名字"),
            format!("\"{name}\" is a name that Windows reserves for a device"),
            format!("改名，例如 {}-1", stem(&name)),
            format!("rename the file, for example to {}-1", stem(&name)),
        ),
        Fault::NotComposed(composed) => (
            "文件名里的字母和声调符号是分开写的".to_owned(),
            "letters and accents in the name of the file are separate characters".to_owned(),
            format!("重新输入文件名：{}", visible_name(&composed)),
            format!("type the name again: {}", visible_name(&composed)),
        ),
    };
    let place = Span::new(id, 0..0);
    Some(Diagnostic::new(&codes::BAD_NAME, place, zh, en).hint(hint_zh, hint_en))
}

fn stem(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_other_names_elsewhere_are_faults() {
        for (path, is_bad) in [
            ("content/notices/名单.pdf", false),
            ("content/images/大厅 一楼.v2.png", false),
            ("content/images/console.png", false),
            ("content/images/com.png", false),
            ("content/images/com10.png", false),
            ("content/images/caf\u{e9}.png", false),
            ("content/images/cafe\u{301}.png", true),
            ("content/con.png", true),
            ("content/LPT9/a.png", true),
            ("content/com¹.png", true),
            ("content/Aux .png", true),
            ("content/a.png.", true),
            ("content/a.png ", true),
            ("content/ a.png", true),
            ("content/a\u{3000}/b.png", true),
            ("content/a\u{202e}gnp.exe", true),
            ("content/a\n::error::b.png", true),
            ("content/a\u{1b}[2J.png", true),
            ("content/a\u{200b}.png", true),
            ("content/a?.png", true),
            ("content/a%20.png", true),
            ("content/\u{FFFD}.png", true),
        ] {
            assert_eq!(fault(path).is_some(), is_bad, "{path:?}");
        }
    }

    #[test]
    fn names_are_compared_as_disks_compare_them() {
        assert_eq!(same_on_disk("A.PNG"), same_on_disk("a.png"));
        assert_eq!(same_on_disk("CAFE\u{301}"), same_on_disk("caf\u{e9}"));
        assert_ne!(same_on_disk("临颖"), same_on_disk("临颍"));
    }
}
