//! The theme inside the program, and what a site has changed of it.
//!
//! Comes in: the site's sources. Goes out: the files of the theme with what the site did to each, and the files that a
//! name means. It writes nothing.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::sources::Sources;
use crate::sources::built_in::{self, BuiltIn, THEME};
use crate::text::{Bilingual, nearest};

/// What a site has in the place of a file of the theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Nothing: the program's own is used.
    BuiltIn,
    /// A copy without a change: it may be removed, and then follows the program.
    Same,
    /// A file of its own, taken from a version of the program's file that is the present one, as far as is known.
    Changed,
    /// A file of its own, taken from an older version of the program's file.
    Outdated,
}

/// A file of the theme.
#[derive(Debug, Clone, Copy)]
pub struct ThemeFile {
    /// `templates/notice.html`
    pub name: &'static str,
    pub file: BuiltIn,
    pub state: State,
}

/// The record of what was taken from the program: which version of a file (a hash of its bytes) was copied. Hidden, so
/// that nothing takes it for a file of the theme.
pub const RECORD: &str = "themes/mingbai/.ejected";

/// All files of the theme, in path order. `record` is the text of [`RECORD`], empty if there is none.
pub fn files(sources: &Sources, record: &str) -> Vec<ThemeFile> {
    built_in::files()
        .filter_map(|file| {
            let name = file.path.strip_prefix(THEME)?;
            Some(ThemeFile {
                name,
                file,
                state: state(sources, &file, name, record),
            })
        })
        .collect()
}

/// Files that the site has in the folder of the theme and the program does not: its own, or left from an older theme.
pub fn of_the_site_alone(sources: &Sources) -> Vec<&str> {
    let texts = sources.files.iter().map(|file| file.path.as_str());
    let copies = sources.binaries.iter().map(|file| file.path.as_str());
    let ours: Vec<&str> = built_in::files().map(|file| file.path).collect();
    let mut found: Vec<&str> = texts
        .chain(copies)
        .filter(|path| !ours.contains(path))
        .filter_map(|path| path.strip_prefix(THEME))
        .collect();
    found.sort_unstable();
    found
}

fn state(sources: &Sources, file: &BuiltIn, name: &str, record: &str) -> State {
    let own: Option<&[u8]> = match sources.find(file.path) {
        Some((id, _)) if sources.is_built_in(id) => None,
        Some((_, own)) => Some(own.text.as_bytes()),
        None => sources
            .binaries
            .iter()
            .find(|binary| binary.path == file.path && !binary.built_in)
            .map(|binary| binary.bytes.as_slice()),
    };
    match own {
        None => State::BuiltIn,
        Some(own) if own == file.bytes => State::Same,
        Some(_) => {
            // What was taken last counts.
            let taken = record
                .lines()
                .rev()
                .filter_map(|line| line.split_once(' '))
                .find(|(_, recorded)| *recorded == name)
                .map(|(hash, _)| hash);
            if taken.is_some_and(|hash| hash != hash_of(file.bytes)) {
                State::Outdated
            } else {
                State::Changed
            }
        }
    }
}

/// A name for the content of a file: the first sixteen hexadecimal digits of its SHA-256.
fn hash_of(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes)[..8])
}

/// A line of the record for a file that was taken.
pub fn record_line(file: &ThemeFile) -> String {
    format!("{} {}\n", hash_of(file.file.bytes), file.name)
}

/// The file that a name means: `templates/notice.html`, `notice.html` or `notice`, where only one file is called so.
/// A component may be named by its former place, `components/cite.html`, and by its name alone, which is its template.
///
/// # Errors
/// No file of this name, or several, in words.
pub fn named<'a>(files: &'a [ThemeFile], name: &str) -> Result<&'a ThemeFile, Bilingual> {
    let asked = name.strip_prefix(THEME).unwrap_or(name);
    let flat = asked.strip_prefix("components/").unwrap_or(asked);
    let component = flat.strip_suffix(".html").unwrap_or(flat);
    let template = format!("components/{component}/{component}.html");
    let base = |file: &ThemeFile| file.name.rsplit('/').next().unwrap_or(file.name);
    let stem = |file: &ThemeFile| {
        base(file)
            .rsplit_once('.')
            .map_or(base(file), |(stem, _)| stem)
    };
    let found: Vec<&ThemeFile> = [
        files.iter().filter(|file| file.name == asked).collect(),
        files.iter().filter(|file| base(file) == asked).collect(),
        files.iter().filter(|file| file.name == template).collect(),
        files
            .iter()
            .filter(|file| stem(file) == asked)
            .collect::<Vec<_>>(),
    ]
    .into_iter()
    .find(|found| !found.is_empty())
    .unwrap_or_default();
    match found[..] {
        [one] => Ok(one),
        [] => {
            let near = nearest(asked, files.iter().map(|file| file.name))
                .or_else(|| {
                    let near = nearest(asked, files.iter().map(base))?;
                    files
                        .iter()
                        .find(|file| base(file) == near)
                        .map(|file| file.name)
                })
                .or_else(|| {
                    let near = nearest(asked, files.iter().map(stem))?;
                    files
                        .iter()
                        .find(|file| stem(file) == near)
                        .map(|file| file.name)
                });
            Err(match near {
                Some(near) => Bilingual::new(
                    format!("外观里没有“{asked}”，是否应为 {near}？"),
                    format!("the theme has no file \"{asked}\"; did you mean {near}?"),
                ),
                None => Bilingual::new(
                    format!("外观里没有“{asked}”；运行 mingbai theme list 可列出全部"),
                    format!(
                        "the theme has no file \"{asked}\"; run mingbai theme list to see all files"
                    ),
                ),
            })
        }
        _ => {
            let names: Vec<&str> = found.iter().map(|file| file.name).collect();
            Err(Bilingual::new(
                format!("“{asked}”不止一个，请写全：{}", names.join("、")),
                format!(
                    "\"{asked}\" matches several files; write the full name: {}",
                    names.join(", ")
                ),
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> Vec<ThemeFile> {
        files(&Sources::default(), "")
    }

    #[test]
    fn a_file_is_found_by_its_name_with_or_without_folder_and_ending() {
        let files = all();
        for name in [
            "templates/notice.html",
            "notice.html",
            "notice",
            "themes/mingbai/templates/notice.html",
        ] {
            assert_eq!(
                named(&files, name).map(|f| f.name),
                Ok("templates/notice.html"),
                "{name}"
            );
        }
        assert_eq!(
            named(&files, "cite.css").map(|f| f.name),
            Ok("components/cite/cite.css")
        );
        for name in ["cite", "cite.html", "components/cite.html"] {
            assert_eq!(
                named(&files, name).map(|f| f.name),
                Ok("components/cite/cite.html"),
                "{name}"
            );
        }
    }

    #[test]
    fn files_that_only_the_site_has_are_listed() {
        let sources = Sources::default()
            .with("themes/mingbai/static/style.css", "a{}\n".to_owned())
            .with("themes/mingbai/components/cite/cite.html", "a".to_owned())
            .with("themes/own/style.css", "a{}\n".to_owned());
        assert_eq!(of_the_site_alone(&sources), ["static/style.css"]);
    }

    #[test]
    fn a_misspelt_or_doubtful_name_is_reported() {
        let files = all();
        let words = |name| named(&files, name).map(|f| f.name).unwrap_err().zh;
        assert!(words("notcie.html").contains("templates/notice.html"));
        assert!(words("notise").contains("templates/notice.html"));
        assert!(words("check").contains("static/check.css"));
        assert!(words("没有这个").contains("theme list"));
    }

    #[test]
    fn a_copy_is_same_until_changed_and_outdated_when_the_program_s_file_is_another() {
        let path = "themes/mingbai/components/cite/cite.html";
        let own = all()
            .into_iter()
            .find(|f| f.file.path == path)
            .expect("a component");
        let text = String::from_utf8_lossy(own.file.bytes).into_owned();
        let state = |text: &str, record: &str| {
            let sources = Sources::default().with(path, text.to_owned());
            files(&sources, record)
                .into_iter()
                .find(|f| f.file.path == path)
                .expect("a component")
                .state
        };
        assert_eq!(own.state, State::BuiltIn);
        assert_eq!(state(&text, ""), State::Same);
        assert_eq!(state("甲", ""), State::Changed);
        assert_eq!(state("甲", &record_line(&own)), State::Changed);
        assert_eq!(
            state("甲", "0123456789abcdef components/cite/cite.html\n"),
            State::Outdated
        );
    }
}
