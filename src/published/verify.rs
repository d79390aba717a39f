//! Verification: what was signed, compared with what is there.
//!
//! Comes in: a signed [`Manifest`], and the folder or the address of a site. Goes out: the [`Difference`]. On a server, files
//! that nobody signed cannot be seen from outside unless a page is changed to lead to them; in the folder they can.

use std::path::Path;

use rayon::prelude::*;

use crate::fetch::{Address, Answer};
use crate::folder;
use crate::manifest::{Difference, Entry, LARGEST, Manifest, SIGNATURE, SUMS};
use crate::text::Bilingual;

/// Files that hosts of static sites read and do not serve.
const UNSERVED: [&str; 2] = ["_headers", "_redirects"];
/// How many files are asked for at the same time.
const AT_ONCE: usize = 8;

/// Where a site is.
#[derive(Debug)]
pub enum Site<'a> {
    /// On disk.
    Folder(&'a Path),
    /// On a server.
    Address(Address),
}

impl Site<'_> {
    /// The text of the manifest, and of its signature if there is one.
    ///
    /// # Errors
    /// If there is no manifest, or it cannot be read.
    pub fn manifest(&self) -> Result<(String, Option<String>), Bilingual> {
        let text = self.file(SUMS, LARGEST)?.ok_or_else(|| {
            Bilingual::new(
                format!("没有清单 {SUMS}"),
                format!("there is no manifest {SUMS}"),
            )
        })?;
        Ok((text, self.file(SIGNATURE, crate::keys::LARGEST)?))
    }

    fn file(&self, name: &str, most: u64) -> Result<Option<String>, Bilingual> {
        match self {
            Self::Folder(folder) => {
                let path = folder.join(name);
                if !folder::is_there(&path) {
                    return Ok(None);
                }
                folder::text(&path, most).map(Some)
            }
            Self::Address(address) => match address.get(name, most)? {
                Answer::Found(bytes) => String::from_utf8(bytes)
                    .map(Some)
                    .map_err(|_| Bilingual::new("不是文本文件", "is not a text file").at(name)),
                Answer::Missing(_) => Ok(None),
                Answer::Other | Answer::Moved(_) => Err(Bilingual::new(
                    "服务器没有给出这个文件",
                    "the server does not send this file",
                )
                .at(name)),
            },
        }
    }

    /// How the site differs from a manifest.
    ///
    /// # Errors
    /// If the folder cannot be read or the server cannot be reached.
    pub fn compare(&self, manifest: &Manifest) -> Result<Difference, Bilingual> {
        match self {
            Self::Folder(folder) => {
                let found = folder::read(folder)?;
                let mut difference = manifest.compare(&found.manifest);
                // A link in the place of a file is not that file, whatever it leads to.
                difference.added.extend(found.odd);
                difference.added.sort();
                Ok(difference)
            }
            Self::Address(address) => on_server(address, manifest),
        }
    }
}

/// Asks for every file of a manifest.
fn on_server(address: &Address, manifest: &Manifest) -> Result<Difference, Bilingual> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(AT_ONCE).build();
    let pool = pool.map_err(|error| Bilingual::new(error.to_string(), error.to_string()))?;
    let files: Vec<(&String, &Entry)> = manifest.files.iter().collect();
    let states: Result<Vec<State>, Bilingual> = pool.install(|| {
        let states = files.par_iter().map(|(path, entry)| {
            Ok(state(
                manifest,
                path,
                entry,
                &address.get(path, manifest.largest)?,
            ))
        });
        states.collect()
    });
    let mut difference = Difference::default();
    for (state, (path, _)) in states?.into_iter().zip(&files) {
        match state {
            State::Same => {}
            State::Changed => difference.changed.push((*path).clone()),
            State::Removed => difference.removed.push((*path).clone()),
        }
    }
    Ok(difference)
}

enum State {
    Same,
    Changed,
    Removed,
}

fn state(manifest: &Manifest, path: &str, entry: &Entry, answer: &Answer) -> State {
    match answer {
        Answer::Found(bytes) if Entry::of(bytes).sha256 == entry.sha256 => State::Same,
        // A page that moved: the server may send readers on by itself, to where the page would.
        Answer::Moved(to) if to.is_some() && to.as_ref() == manifest.moved.get(path) => State::Same,
        Answer::Missing(_) if UNSERVED.contains(&path) => State::Same,
        Answer::Missing(_) => State::Removed,
        Answer::Found(_) | Answer::Other | Answer::Moved(_) => State::Changed,
    }
}
