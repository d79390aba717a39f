//! The files that an import writes, over files that may be there already.
//!
//! Comes in: paths and texts. Goes out: files on disk. A file that is there is never replaced unseen: what would change is shown, and a
//! person at the terminal, or `--replace`, must say yes. Either all files are written or none.

use std::path::{Path, PathBuf};

use super::ImportArgs;
use crate::cli::TROUBLE;
use crate::cli::asks::{Asks, Terminal};
use crate::cli::voice::Voice;
use crate::output::{self, WriteError};
use crate::sources::read_bytes;
use crate::text::{Bilingual, difference};

/// A file as it would be written.
pub(super) struct NewFile<'a> {
    /// In the site folder, with `/`.
    pub path: &'a str,
    pub text: &'a str,
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// At least one file is new or was replaced.
    Written,
    /// Nothing was written, because nothing was to be written.
    Tried,
}

/// Writes the files; with `--dry-run` it only shows what would change.
///
/// # Errors
/// The exit code, if a file is there and nobody agreed to replace it, or the disk refuses. It was reported.
pub(super) fn write(args: &ImportArgs, files: &[NewFile], voice: Voice) -> Result<Outcome, u8> {
    let (mut fresh, mut changed) = (Vec::new(), Vec::new());
    for file in files {
        let path = args.site.join(file.path);
        if !output::exists(&path) {
            fresh.push((file, path));
            continue;
        }
        let old = read_bytes(&path).map_err(|error| voice.trouble(&error.words()))?;
        if old != file.text.as_bytes() {
            changed.push((file, path, String::from_utf8_lossy(&old).into_owned()));
        }
    }
    for (file, path, old) in &changed {
        show(path, old, file.text, voice);
    }
    if args.dry_run {
        return Ok(Outcome::Tried);
    }
    if fresh.is_empty() && changed.is_empty() {
        let first = files
            .first()
            .map_or_else(PathBuf::new, |file| args.site.join(file.path));
        return Err(voice.trouble(&unchanged(&first)));
    }
    let paths: Vec<&PathBuf> = changed.iter().map(|(_, path, _)| path).collect();
    if !paths.is_empty() && !args.replace {
        agree(&paths, voice)?;
    }
    let written = fresh
        .iter()
        .try_for_each(|(file, path)| output::write_new(path, file.text.as_bytes()))
        .and_then(|()| {
            changed
                .iter()
                .try_for_each(|(file, path, _)| output::replace(path, file.text.as_bytes()))
        });
    written.map_err(|error| match error {
        // Somebody made it since we looked.
        WriteError::Exists { path } => voice.trouble(&already_there(&path)),
        error => voice.trouble(&error.words()),
    })?;
    Ok(Outcome::Written)
}

/// What would change in a file.
fn show(path: &Path, old: &str, new: &str, voice: Voice) {
    let path = path.display();
    voice.note(
        &format!("{path} 已经有了，内容不一样（- 现在的，+ 这次的）："),
        &format!("{path} already exists and is different (- as it is, + from this import):"),
    );
    voice.print_error(&difference(old, new));
}

/// Asks whether files may be replaced.
fn agree(paths: &[&PathBuf], voice: Voice) -> Result<(), u8> {
    let Some(mut person) = Terminal::of(voice) else {
        for path in paths {
            voice.trouble(&already_there(path));
        }
        return Err(TROUBLE);
    };
    let names: Vec<String> = paths
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    let question = Bilingual::new(
        format!(
            "用这次导入的替换 {}？里面已经改过、核对过的会丢失",
            names.join("、")
        ),
        format!(
            "Replace {} with this import? What was corrected or confirmed in it will be lost",
            names.join(", ")
        ),
    );
    match person.confirm(&question, false) {
        Ok(true) => Ok(()),
        Ok(false) => {
            voice.note("没有写任何文件", "nothing was written");
            Err(crate::cli::PROBLEMS)
        }
        Err(stop) => Err(stop.say(voice)),
    }
}

fn unchanged(path: &Path) -> Bilingual {
    let path = path.display();
    Bilingual::new(
        format!("{path} 已经有了，没有改动它：这次导入的和它完全一样"),
        format!("{path} already exists and was not changed: this import is exactly the same"),
    )
}

fn already_there(path: &Path) -> Bilingual {
    let path = path.display();
    Bilingual::new(
        format!(
            "{path} 已经有了，没有改动它。看过差别以后要替换，加 --replace；要另写一份，用 --id 另起一个编号"
        ),
        format!(
            "{path} already exists and was not changed. To replace it after reading the difference, add --replace; to write another file, choose another --id"
        ),
    )
}
