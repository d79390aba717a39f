//! Made again, or not: the pages of an earlier run that are the same in this one.
//!
//! Comes in: what an earlier run noted of its pages ([`Record`]), and the answers of this run. Goes out: the pages that need not be
//! made ([`Earlier::page`]). A page is the same if everything that is the same for all pages is ([`Record::ground`]), and if each
//! question that it asked has the same answer. Only sound runs leave a record; a run that finds an error among pages that it
//! took over makes all of them, so that what is reported does not depend on what was made before.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use crate::atlas::{Again, Answers, Facts, Named, Question};
use crate::memo::{Key, Keyed};
use crate::output::Note;
use crate::pages::Job;

/// What a sound run noted of its pages.
#[derive(Debug)]
pub struct Record {
    /// The key of what is the same for all pages: the day, the theme, the settings of the site.
    ground: Key,
    named: Named,
    pages: HashMap<String, Made>,
    /// The addresses of everything that a page could lead to.
    addresses: HashSet<String>,
}

/// A page that was made.
#[derive(Debug)]
struct Made {
    name: Box<str>,
    asked: Box<[Question]>,
    /// The key of the answers.
    key: Key,
    note: Arc<Note>,
}

/// A page of this run: its note, and what it asked.
#[derive(Debug)]
pub struct Noted {
    pub note: Arc<Note>,
    pub asked: Box<[Question]>,
    /// Whether nothing was found in it that had to be judged.
    pub is_clean: bool,
}

impl Record {
    /// The record of a sound run.
    pub fn new(
        ground: Key,
        facts: &Facts,
        answers: &Answers,
        jobs: &[Job],
        pages: Vec<Noted>,
        others: impl IntoIterator<Item = String>,
    ) -> Self {
        let names: BTreeMap<&str, &Job> = jobs.iter().map(|job| (job.path.as_str(), job)).collect();
        let addresses = jobs.iter().map(|job| job.path.clone()).chain(others);
        let addresses = addresses.collect();
        let made = pages.into_iter().filter(|page| page.is_clean);
        let pages = made.filter_map(|page| {
            let job = names.get(page.note.path.as_str())?;
            let made = Made {
                name: name(job),
                key: key(&page.asked, answers),
                asked: page.asked,
                note: page.note,
            };
            Some((job.path.clone(), made))
        });
        Self {
            ground,
            named: Named::of(facts),
            pages: pages.collect(),
            addresses,
        }
    }

    /// This record for another run; nothing if what is the same for all pages is not, or if something is gone that pages may lead to.
    pub fn again<'r>(
        &'r self,
        ground: Key,
        facts: &Facts,
        jobs: &[Job],
        others: &[String],
    ) -> Option<Earlier<'r>> {
        if self.ground != ground {
            return None;
        }
        let now = jobs.iter().map(|job| job.path.as_str());
        let now: HashSet<&str> = now.chain(others.iter().map(String::as_str)).collect();
        let is_gone = |address: &String| !now.contains(address.as_str());
        (!self.addresses.iter().any(is_gone)).then(|| Earlier {
            record: self,
            again: self.named.again(facts),
        })
    }
}

/// The pages of an earlier run, seen from this one.
#[derive(Debug)]
pub struct Earlier<'r> {
    record: &'r Record,
    again: Again,
}

impl Earlier<'_> {
    /// The page that was made for this job, if it would be the same now; with its questions as they are asked now.
    pub fn page(&self, job: &Job, answers: &Answers) -> Option<Noted> {
        let made = self.record.pages.get(&job.path)?;
        if made.name != name(job) {
            return None;
        }
        let asked = made.asked.iter().map(|one| self.again.question(*one));
        let asked: Option<Box<[Question]>> = asked.collect();
        let asked = asked.filter(|asked| key(asked, answers) == made.key)?;
        Some(Noted {
            note: made.note.clone(),
            asked,
            is_clean: true,
        })
    }
}

/// What makes a page another one although its address is the same: its kind, and for a redirect its target.
fn name(job: &Job) -> Box<str> {
    let to = job.kind.moved_to().unwrap_or_default();
    format!("{} {to}", job.kind.name()).into()
}

/// The key of the answers to some questions.
fn key(asked: &[Question], answers: &Answers) -> Key {
    let keys = asked.iter().map(|question| answers.of(*question));
    keys.fold(Keyed::new(), Keyed::key).done()
}
