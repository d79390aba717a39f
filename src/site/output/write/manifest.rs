//! The list of the files that mingbai made (`.mingbai`), in every site that it writes.
//!
//! Comes in: a folder. Goes out: a [`Manifest`], or nothing if the folder has no list. Each line is a path; a file of an
//! earlier edition that still stays for readers with an open page has the day after a tab since which it is not needed.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use jiff::civil::Date;

use super::error::{WriteError, io_error};

/// The name of the list.
pub(super) const MANIFEST: &str = ".mingbai";
const FIRST_LINE: &str = "mingbai output 1";

/// The files of a site that mingbai made.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    /// From path to the day since which the file is not part of the site.
    pub files: BTreeMap<String, Option<Date>>,
}

impl Manifest {
    /// The list of a folder; nothing if it has none.
    ///
    /// # Errors
    /// If the list cannot be read.
    pub fn read(folder: &Path) -> Result<Option<Self>, WriteError> {
        let path = folder.join(MANIFEST);
        match fs::symlink_metadata(&path) {
            Ok(data) if data.is_file() => {}
            // A link, a pipe or a folder of that name is not ours and is not opened.
            Ok(_) => return Ok(None),
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
                ) =>
            {
                return Ok(None);
            }
            Err(error) => return Err(io_error(&path)(error)),
        }
        let text = fs::read_to_string(&path).map_err(io_error(&path))?;
        let mut lines = text.lines();
        if lines.next() != Some(FIRST_LINE) {
            return Ok(None);
        }
        let files = lines.map(|line| match line.split_once('\t') {
            Some((name, day)) => (name.to_owned(), day.parse().ok()),
            None => (line.to_owned(), None),
        });
        Ok(Some(Self {
            files: files.collect(),
        }))
    }

    /// The text of the list.
    pub fn text(&self) -> String {
        let mut text = format!("{FIRST_LINE}\n");
        for (name, since) in &self.files {
            text.push_str(name);
            if let Some(day) = since {
                text.push_str(&format!("\t{day}"));
            }
            text.push('\n');
        }
        text
    }
}
