//! The making of pages and files: each is taken over from an earlier run, or made.
//!
//! Comes in: what is to be made, and what an earlier run noted ([`Earlier`]). Goes out: finished files to the [`Exit`], and a note of each.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;

use crate::again::{self, Earlier, Noted};
use crate::assets::{Asset, Assets};
use crate::atlas::{Answers, Facts};
use crate::config::Config;
use crate::diag::Sink;
use crate::drafts::shown;
use crate::exit::Exit;
use crate::memo::Key;
use crate::open::{self, Download, Make};
use crate::output::{Elements, Known, Note, OutputFile};
use crate::pages::{self, Job, Page, Renderer};
use crate::part::Part;
use crate::tables::{Tables, workbook};
use crate::watch::{Step, Watch};

/// The making of the files that are not pages.
pub struct Opened<'a> {
    facts: &'a Facts<'a>,
    today: Date,
    /// In a draft each has its address, but no content: programs do not read warnings.
    is_draft: bool,
    part: Option<Part>,
    exit: &'a Exit<'a>,
    earlier: Option<&'a Earlier<'a>>,
    answers: &'a Answers<'a>,
    watch: &'a dyn Watch,
    made: Mutex<Vec<again::File>>,
}

impl<'a> Opened<'a> {
    /// Nothing so far; whether the run is that of a draft.
    pub fn new(
        (facts, answers): (&'a Facts<'a>, &'a Answers<'a>),
        (config, is_draft): (&Config, bool),
        exit: &'a Exit<'a>,
        earlier: Option<&'a Earlier<'a>>,
        watch: &'a dyn Watch,
    ) -> Self {
        Self {
            facts,
            today: config.today,
            is_draft,
            part: config.part,
            exit,
            earlier,
            answers,
            watch,
            made: Mutex::default(),
        }
    }

    fn has_downloads(&self) -> bool {
        self.part.is_none_or(|part| part.has_downloads())
    }

    /// What is noted of the files.
    pub fn into_files(self) -> Vec<again::File> {
        let files = self.made.into_inner();
        files.unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes over a file, or makes it.
    fn one(&self, path: String, name: Key, make: Make, describe: bool) -> Option<Download> {
        let folder = path.split_once('/').map_or("", |(folder, _)| folder);
        let kind = format!(
            "{folder}/*{}",
            path.rfind('.').map_or("", |dot| &path[dot..])
        );
        let start = self.watch.clock();
        if let Some(earlier) = self.earlier
            && let Some(file) = earlier.file(&path, name, self.answers)
            && self.exit.keep_other(&path)
        {
            let download = file.download.clone();
            self.note(file);
            self.watch.done(&kind, Step::Keep, start);
            return download;
        }
        let notebook = self.facts.notebook();
        let facts = self.facts.noting(&notebook);
        let bytes = if !self.is_draft {
            make(&facts)
        } else if path.ends_with(".xlsx") {
            workbook::of_words(shown::WARNING.0, self.today)
        } else {
            shown::withheld(&path).into_bytes()
        };
        self.watch.done(&kind, Step::Make, start);
        let start = self.watch.clock();
        let download = describe.then(|| Download::of(&path, &bytes));
        let asset = Asset {
            path: path.clone(),
            bytes,
        };
        if self.exit.other(asset) {
            self.note(again::File {
                path,
                name,
                asked: notebook.questions(),
                download: download.clone(),
            });
        }
        self.watch.done(&kind, Step::HandOn, start);
        download
    }

    fn note(&self, file: again::File) {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        made.push(file);
    }
}

impl open::Files for Opened<'_> {
    fn file(&self, path: String, name: Key, make: Make) {
        if self.part.is_none_or(|part| part.has(&path)) {
            self.one(path, name, make, false);
        }
    }

    fn listing(&self, path: String, name: Key, make: Make) {
        if self.has_downloads() {
            self.one(path, name, make, false);
        }
    }

    fn download(&self, path: String, name: Key, make: Make) -> Download {
        if !self.has_downloads() {
            // Nothing in this part gives its size.
            return Download::of(&path, &[]);
        }
        let made = self.one(path.clone(), name, make, true);
        // A file of this address that was none of these: its size was not noted.
        made.unwrap_or_else(|| Download::of(&path, &make(self.facts)))
    }
}

/// The making of all pages.
pub struct Making<'a> {
    pub renderer: &'a Renderer<'a>,
    pub facts: &'a Facts<'a>,
    pub tables: &'a Tables,
    pub jobs: &'a [Job],
    pub assets: &'a Assets,
    pub elements: &'a Elements<'a>,
    /// Where finished pages go, if anywhere.
    pub exit: Option<&'a Exit<'a>>,
    pub earlier: Option<&'a Earlier<'a>>,
    pub answers: &'a Answers<'a>,
    pub watch: &'a dyn Watch,
    /// Which of the pages are made.
    pub part: Option<Part>,
    /// Whether nobody wants the site any more.
    pub is_over: &'a (dyn Fn() -> bool + Sync),
}

impl Making<'_> {
    /// Makes all pages. Of each, its note stays; its bytes go out.
    pub fn all(&self, sink: &mut Sink) -> Vec<Noted> {
        let others = self.exit.map_or_else(Vec::new, Exit::others);
        let files = self.assets.files.iter().map(|file| file.path.as_str());
        let pages = self.jobs.iter().map(|job| job.path.as_str());
        let mut known = Known {
            pages: pages.collect(),
            files: files.chain(others.iter().map(String::as_str)).collect(),
        };
        let jobs: Vec<&Job> = self.jobs.iter().filter(|job| self.has(job)).collect();
        let stop = self.is_over;
        let one = |job: &Job, sink: &mut Sink| self.one(job, &known, sink);
        let notes = pages::all(&jobs, stop, one, sink);
        if notes.len() == jobs.len() || sink.has_errors() || stop() {
            return notes;
        }
        // A page that was planned is not there, and nothing says why: whatever leads to it is to be reported.
        let alone = Self {
            exit: None,
            ..*self
        };
        let pages = notes.iter().map(|one| one.note.path.as_str());
        known.pages = pages.collect();
        let one = |job: &Job, sink: &mut Sink| alone.one(job, &known, sink);
        pages::all(&jobs, stop, one, &mut Sink::default())
    }

    /// Whether a page is made in this run. Those that give sizes of downloads are where these are.
    fn has(&self, job: &Job) -> bool {
        self.part.is_none_or(|part| {
            if job.kind.has_sizes(self.facts, self.tables) {
                part.has_downloads()
            } else {
                part.has(&job.path)
            }
        })
    }

    /// Takes over a page, or makes it.
    fn one(&self, job: &Job, known: &Known, sink: &mut Sink) -> Option<Noted> {
        let (kind, watch) = (job.kind.kind(), self.watch);
        let start = watch.clock();
        let name = again::name(job, self.facts, self.tables);
        if let Some((earlier, exit)) = self.earlier.zip(self.exit)
            && let Some(page) = earlier.page(&job.path, name, self.answers, known)
            && exit.keep(&job.path, &self.renderer.sources_of(&page.asked))
        {
            watch.done(kind, Step::Keep, start);
            watch.part();
            return Some(page);
        }
        let mut page = self.renderer.page(job, sink)?;
        watch.done(kind, Step::Make, start);
        let start = watch.clock();
        let (note, bytes) = Note::of(&mut page, self.elements, known);
        watch.done(kind, Step::Minify, start);
        let start = watch.clock();
        let Page {
            path,
            asked,
            inputs,
            moved_to,
            ..
        } = page;
        let file = OutputFile {
            bytes: Arc::new(bytes),
            inputs,
            moved_to,
        };
        let is_clean = self.exit.is_some_and(|exit| exit.put(path, file));
        watch.done(kind, Step::HandOn, start);
        watch.part();
        Some(Noted {
            note: Arc::new(note),
            asked,
            name,
            is_clean,
        })
    }
}
