//! Made again, or not: the pages and files of an earlier run that are the same in this one.
//!
//! Comes in: what an earlier run noted of its pages ([`Record`]), and the answers of this run. Goes out: those that need not be
//! made ([`Earlier`]). A page is the same if everything that is the same for all pages is (the ground of a [`Record`]), and if each
//! question that it asked has the same answer. Only sound runs leave a record; a run that finds an error among pages that it
//! took over makes all of them, so that what is reported does not depend on what was made before.

use std::collections::HashMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::atlas::{Again, Answers, Facts, Made, Named, Question};
use crate::memo::{Key, Shared};
use crate::open::Download;
use crate::output::{Known, Note};
use crate::pages::Job;
use crate::part::Part;
use crate::search;
use crate::tables::Tables;

/// What a sound run noted of its pages and files.
#[derive(Debug, Serialize, Deserialize)]
pub struct Record {
    /// The key of everything that the run was made from.
    whole: Key,
    /// Which part of the site it is a record of.
    part: Option<Part>,
    /// The key of what is the same for all pages: the day, the theme, the settings of the site.
    ground: Key,
    named: Named,
    pages: HashMap<String, Made<Shared<Note>>>,
    files: HashMap<String, Made<Option<Download>>>,
    index: Option<Index>,
}

/// The files of a search index, and the key of what they were made from.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Index {
    pub key: Key,
    pub files: Vec<String>,
    /// What the next index may take over.
    pub kept: search::Kept,
}

/// The keys of a run: of everything that it is made from, and of what is the same for all pages.
#[derive(Debug, Clone, Copy)]
pub struct Grounds {
    pub whole: Key,
    pub pages: Key,
}

/// What a run made: pages, files and, if it made that, the index.
#[derive(Debug, Default)]
pub struct Finished {
    pub pages: Vec<Noted>,
    pub files: Vec<File>,
    pub index: Option<Index>,
}

/// A page of this run: its note, and what it asked.
#[derive(Debug)]
pub struct Noted {
    pub note: Arc<Note>,
    pub asked: Box<[Question]>,
    /// The key of what makes it another page although it asks the same.
    pub name: Key,
    /// Whether nothing was found in it that had to be judged.
    pub is_clean: bool,
}

/// A file of this run that is not a page.
#[derive(Debug)]
pub struct File {
    pub path: String,
    pub name: Key,
    pub asked: Box<[Question]>,
    /// Size and hash, if other files give them.
    pub download: Option<Download>,
}

impl Record {
    /// The record of a sound run.
    pub fn new(
        grounds: Grounds,
        part: Option<Part>,
        facts: &Facts,
        answers: &Answers,
        finished: Finished,
    ) -> Self {
        let Finished {
            pages,
            files,
            index,
        } = finished;
        let pages = pages.into_iter().filter(|page| page.is_clean).map(|page| {
            let path = page.note.path.clone();
            let note = Shared(page.note);
            (path, Made::new(page.name, page.asked, answers, note))
        });
        let files = files.into_iter().map(|file| {
            let made = Made::new(file.name, file.asked, answers, file.download);
            (file.path, made)
        });
        Self {
            whole: grounds.whole,
            part,
            ground: grounds.pages,
            named: Named::of(facts),
            pages: pages.collect(),
            files: files.collect(),
            index,
        }
    }

    /// Which part of a site it is a record of.
    pub fn part(&self) -> Option<Part> {
        self.part
    }

    /// Whether it was made from all that this is the key of.
    pub fn is_made_from(&self, whole: Key) -> bool {
        self.whole == whole
    }

    /// Takes over the pages and files of another part of the same site.
    ///
    /// # Errors
    /// An address that both have.
    pub fn join(&mut self, other: Self) -> Result<(), String> {
        self.part = None;
        for (path, page) in other.pages {
            if self.pages.insert(path.clone(), page).is_some() {
                return Err(path);
            }
        }
        for (path, file) in other.files {
            if self.files.insert(path.clone(), file).is_some() {
                return Err(path);
            }
        }
        self.index = self.index.take().or(other.index);
        Ok(())
    }

    /// This record for another run; nothing if what is the same for all pages is not.
    pub fn again<'r>(&'r self, ground: Key, facts: &Facts) -> Option<Earlier<'r>> {
        (self.ground == ground).then(|| Earlier {
            record: self,
            again: self.named.again(facts),
        })
    }
}

/// The pages and files of an earlier run, seen from this one.
#[derive(Debug)]
pub struct Earlier<'r> {
    record: &'r Record,
    again: Again,
}

impl Earlier<'_> {
    /// The page that was made at this address, if it would be the same now; with its questions as they are asked now. `known` is
    /// what a page may lead to.
    pub fn page(&self, path: &str, name: Key, answers: &Answers, known: &Known) -> Option<Noted> {
        let made = self.record.pages.get(path)?;
        if !made.rest().0.has_targets(known) {
            return None;
        }
        Some(Noted {
            note: made.rest().0.clone(),
            asked: made.asked_now(name, &self.again, answers)?,
            name,
            is_clean: true,
        })
    }

    /// The files of the search index, if they would be the same now.
    pub fn index(&self, key: Key) -> Option<&Index> {
        self.record.index.as_ref().filter(|index| index.key == key)
    }

    /// The files of the search index of that run.
    pub fn index_files(&self) -> Option<&[String]> {
        Some(&self.record.index.as_ref()?.files)
    }

    /// What an index of this process left, and how its questions are asked now.
    pub fn kept_index(&self) -> Option<(&search::Kept, &Again)> {
        let index = self.record.index.as_ref()?;
        Some((&index.kept, &self.again))
    }

    /// The file that was made at this address, if it would be the same now.
    pub fn file(&self, path: &str, name: Key, answers: &Answers) -> Option<File> {
        let made = self.record.files.get(path)?;
        Some(File {
            path: path.to_owned(),
            name,
            asked: made.asked_now(name, &self.again, answers)?,
            download: made.rest().clone(),
        })
    }
}

/// What makes the page of a job another one although it asks the same.
pub fn name(job: &Job, facts: &Facts, tables: &Tables) -> Key {
    let to = job.kind.moved_to().unwrap_or_default();
    job.kind.name(facts, tables).text(to).done()
}
