//! The pipeline: the stages in order, nothing else.
//!
//! Comes in: sources, what the run was asked for, and what an earlier run left. Goes out: [`Built`]. It has two halves. [`judge`] says what the
//! sources mean, all of them, and is quick; [`publish`] makes every page and file. A [`Reader`] may look at single pages
//! while the second half runs: they are made on the spot, by the same functions, so that a preview cannot show anything
//! that a build would not write.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use jiff::civil::Date;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::again::{self, Earlier, Noted, Record};
use crate::approvals::Approvals;
use crate::assets::{Asset, Assets};
use crate::atlas::{Answers, Atlas, Facts};
use crate::config::{BaseUrl, Config};
use crate::diag::{Sink, SourceId};
use crate::drafts::{Drafts, shown};
use crate::exit::Exit;
use crate::hosting::Hosted;
use crate::memo::{Clean, Key, Keyed, Texts};
use crate::model::Model;
use crate::open::{Download, Make};
use crate::output::{
    self, Elements, Known, Memory, Note, Nowhere, Outlet, OutputFile, OutputTree, Published,
};
use crate::pages::{self, Job, Page, Renderer};
use crate::sources::Sources;
use crate::tables::{Tables, workbook};
use crate::text::Bilingual;
use crate::{assets, evidence, gate, link, lints, model, open, rules, search};

/// What a build makes.
#[derive(Debug, Default)]
pub struct Built {
    /// The site; empty if there are errors.
    pub tree: OutputTree,
    pub checks: Vec<rules::Report>,
    /// How many things are to be confirmed; none in a site that may be published.
    pub open: usize,
    /// What was approved that would else not be published, one line each.
    pub approved: Vec<Bilingual>,
    /// The newest day on which somebody compared a file with the official text, and that file.
    pub newest_check: Option<(Date, SourceId)>,
}

/// What the sources say, before any page of it is made.
#[derive(Debug)]
pub struct Judged {
    model: Model,
    checks: Vec<rules::LinkedCheck>,
    assets: Assets,
    words: Arc<search::Words>,
    approvals: Approvals,
    /// What was found in the sources that must not be published.
    searched: lints::Searched,
    /// What is open, in a run that accepts drafts; else it was reported.
    drafts: Drafts,
    /// The keys of the sources.
    texts: Arc<Texts>,
}

impl Judged {
    /// The model alone.
    pub fn into_model(self) -> Model {
        self.model
    }

    fn gate<'a>(&'a self, sources: &'a Sources) -> gate::Gate<'a> {
        gate::Gate {
            sources,
            approvals: &self.approvals,
            searched: &self.searched,
        }
    }

    /// The newest day on which somebody compared a file with the official text, and that file.
    fn newest_check(&self) -> Option<(Date, SourceId)> {
        let documents = self.model.documents.iter();
        let checks =
            documents.filter_map(|document| Some((document.checked.as_ref()?.on, document.source)));
        checks.max()
    }

    /// The address that the site will have.
    pub fn base_url(&self) -> &BaseUrl {
        &self.model.site.base_url
    }
}

/// Somebody who looks at pages while the site is being made.
pub trait Reader: Sync {
    /// Called during the work, if nothing is wrong so far. Returns when there is nothing more to look at: at the
    /// latest after [`Reader::dismiss`].
    fn attend(&self, proofs: &Proofs);

    /// Called before everything is made: whoever looks at one page may be let through first.
    fn give_way(&self);

    /// The work is done: nothing more can be looked at.
    fn dismiss(&self);

    /// Whether nobody wants the site any more. What is then returned is nothing.
    fn is_gone(&self) -> bool;
}

/// Nobody looks on.
struct Nobody;

impl Reader for Nobody {
    fn attend(&self, _: &Proofs) {}

    fn give_way(&self) {}

    fn dismiss(&self) {}

    fn is_gone(&self) -> bool {
        false
    }
}

/// Single files of a site that is being made.
pub struct Proofs<'a> {
    renderer: &'a Renderer<'a>,
    jobs: HashMap<&'a str, &'a Job>,
    gate: gate::Gate<'a>,
    assets: HashMap<&'a str, &'a [u8]>,
}

impl Proofs<'_> {
    /// The bytes of a page or an asset, as the finished site will have them. Nothing for other files, and for a page that
    /// cannot be made (why is said by the build).
    pub fn file(&self, path: &str) -> Option<Vec<u8>> {
        if let Some(bytes) = self.assets.get(path) {
            return Some(bytes.to_vec());
        }
        let page = self
            .renderer
            .page(self.jobs.get(path)?, &mut Sink::default())?;
        let bytes = output::page_bytes(page.path.as_str(), page.html);
        self.gate.is_clean(path, &bytes).then_some(bytes)
    }
}

/// Makes the site in memory. A pure function of its arguments: no disk, no clock, no environment.
///
/// Stages go on after errors and leave out what is unsound, so that all problems of a run are reported; the
/// result is to be written only if `sink` has no errors.
pub fn build(sources: &Sources, config: &Config, sink: &mut Sink) -> Built {
    let judged = judge(sources, config, sink);
    publish(sources, &judged, config, &Nobody, sink)
}

/// As [`build`], but each file goes to the outlet that `begin` gives when the sources are sound, as soon as it is finished;
/// in a run with errors, and where `begin` gives none, nothing is kept. `left` is what was left of the site that the outlet
/// replaces; goes out also: what is left of this one.
///
/// # Errors
/// That of `begin`.
pub fn build_to<O: Outlet, E>(
    sources: &Sources,
    config: &Config,
    left: Left,
    begin: impl FnOnce() -> Result<Option<O>, E>,
    sink: &mut Sink,
) -> Result<(Built, Option<O>, Left), E> {
    let kept = Kept {
        compared: left.compared,
        searched: left.searched,
        ..Kept::default()
    };
    let (judged, kept) = judge_with(sources, config, None, &kept, sink);
    let outlet = if sink.has_errors() { None } else { begin()? };
    let to: &dyn Outlet = match &outlet {
        Some(outlet) => outlet,
        None => &Nowhere,
    };
    let record = left.record.as_ref().filter(|_| outlet.is_some());
    let mut said = sink.clone();
    let (built, next) = publish_to(sources, &judged, config, &Nobody, to, record, &mut said);
    if said.has_errors() && record.is_some() {
        // What is reported is to be that of a run that took nothing over.
        let (built, _) = publish_to(sources, &judged, config, &Nobody, &Nowhere, None, sink);
        return Ok((built, outlet, Left::default()));
    }
    *sink = said;
    Ok((built, outlet, kept.left(next)))
}

/// The first half: loads, checks and compiles everything.
pub fn judge(sources: &Sources, config: &Config, sink: &mut Sink) -> Judged {
    judge_again(sources, config, None, sink).0
}

/// What one run leaves for the next: results under the content that they were made from.
#[derive(Debug, Default)]
pub struct Kept {
    loaded: model::Loaded,
    rules: rules::Earlier,
    small: assets::Small,
    words: Option<(Arc<search::Words>, Sink)>,
    /// The documents that say what their official texts say.
    compared: Clean,
    /// The texts in which nothing was found that must not be published.
    searched: Clean,
}

impl Kept {
    /// The files as loaded.
    pub fn loaded(&self) -> &model::Loaded {
        &self.loaded
    }

    /// What another process may use.
    pub fn left(&self, record: Option<Record>) -> Left {
        Left {
            compared: self.compared.clone(),
            searched: self.searched.clone(),
            record,
        }
    }

    /// The self-checks as compiled.
    pub fn rules(&self) -> &rules::Earlier {
        &self.rules
    }
}

/// What a run of another process left.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Left {
    compared: Clean,
    searched: Clean,
    /// What was noted of the site, if it is sound.
    record: Option<Record>,
}

impl Left {
    /// What was written with [`Left::bytes`]; nothing if it cannot be read.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        postcard::from_bytes(bytes).ok()
    }

    /// As bytes; nothing if that fails.
    pub fn bytes(&self) -> Option<Vec<u8>> {
        postcard::to_stdvec(self).ok()
    }
}

/// The first half, after other sources were judged: the same as [`judge`], but what did not change is taken from there.
pub fn judge_again(
    sources: &Sources,
    config: &Config,
    before: Option<(&Sources, &Kept)>,
    sink: &mut Sink,
) -> (Judged, Kept) {
    let nothing = Kept::default();
    let kept = before.map_or(&nothing, |(_, kept)| kept);
    let old = before.map(|(old, _)| old);
    judge_with(sources, config, old, kept, sink)
}

/// Judges with what was kept; `old` are the sources that it was kept of, if they are at hand.
fn judge_with(
    sources: &Sources,
    config: &Config,
    old: Option<&Sources>,
    kept: &Kept,
    sink: &mut Sink,
) -> (Judged, Kept) {
    let loaded = old.map(|old| (old, &kept.loaded));
    let drafts = drafts(sources, config, sink);
    let (written, loaded) = model::load_again(sources, loaded, sink);
    let links = link::link(&written, sources, sink);
    lints::divisions(sources, sink);
    lints::run(&written, &links, sources, sink);
    let approvals = Approvals::load(sources, config.today, sink);
    let texts = Arc::new(Texts::of(sources));
    let known = &kept.searched;
    let (searched, unsuspected) =
        lints::private_again(&written, sources, &approvals, &texts, known, sink);
    lints::mastheads(&written, sink);
    let compared = evidence::check_again(&written, sources, &texts, &kept.compared, sink);
    let model = links.model(written, config.base_url.as_ref());
    lints::example(&model.site.base_url, sources, sink);
    let (checks, rules) = rules::compile_again(&model, sources, &kept.rules, sink);
    let (assets, small) = assets::collect_again(sources, &model, &checks, &kept.small);
    let file = sources.find("data/search.yaml");
    let same = old.filter(|old| file.is_some_and(|(id, _)| sources.is_same(id, old)));
    let (words, said) = same.and_then(|_| kept.words.clone()).unwrap_or_else(|| {
        let mut sink = Sink::default();
        (Arc::new(search::words::load(sources, &mut sink)), sink)
    });
    sink.extend(said.clone());
    let kept = Kept {
        loaded,
        rules,
        small,
        words: Some((words.clone(), said)),
        compared,
        searched: unsuspected,
    };
    let judged = Judged {
        model,
        checks,
        assets,
        words,
        approvals,
        searched,
        drafts,
        texts,
    };
    (judged, kept)
}

/// The drafts of a run that accepts them; in any other run they are errors.
fn drafts(sources: &Sources, config: &Config, sink: &mut Sink) -> Drafts {
    let drafts = Drafts::find(sources);
    if config.draft {
        return drafts;
    }
    drafts.refuse(sink);
    Drafts::default()
}

/// The second half: makes every page and file, in memory. `sink` is that of [`judge`].
pub fn publish(
    sources: &Sources,
    judged: &Judged,
    config: &Config,
    reader: &dyn Reader,
    sink: &mut Sink,
) -> Built {
    publish_again(sources, judged, config, reader, None, sink).0
}

/// As [`publish`], after a site was made with the record given: pages that are the same are taken from there. Goes out also: the record of
/// this site, if it is sound.
pub fn publish_again(
    sources: &Sources,
    judged: &Judged,
    config: &Config,
    reader: &dyn Reader,
    before: Option<(&Arc<OutputTree>, &Record)>,
    sink: &mut Sink,
) -> (Built, Option<Record>) {
    let tree = before.map_or_else(Arc::default, |(tree, _)| tree.clone());
    let memory = Memory::after(tree);
    let record = before.map(|(_, record)| record);
    let mut said = sink.clone();
    let (mut built, record) =
        publish_to(sources, judged, config, reader, &memory, record, &mut said);
    if said.has_errors() && !sink.has_errors() && before.is_some() && !reader.is_gone() {
        // What is reported is to be that of a run that took nothing over.
        return publish_again(sources, judged, config, reader, None, sink);
    }
    *sink = said;
    if !sink.has_errors() {
        built.tree = memory.into_tree();
    }
    (built, record)
}

/// The second half: makes every page and file and hands each to `outlet` as soon as it is finished. What is there is a
/// site only if `sink`, that of [`judge`], has no errors afterwards; of a file that was handed on only a note is kept. Pages that are
/// the same as in `record` are those that the outlet had before.
pub fn publish_to(
    sources: &Sources,
    judged: &Judged,
    config: &Config,
    reader: &dyn Reader,
    outlet: &dyn Outlet,
    record: Option<&Record>,
    sink: &mut Sink,
) -> (Built, Option<Record>) {
    let atlas = Atlas::new(&judged.model);
    let facts = Facts::new(&judged.model, &atlas, &judged.checks, sources);
    let today = config.today;
    // A run that has errors writes nothing: only what may find more of them is made.
    let sound = !sink.has_errors();
    let tables = if sound {
        Tables::new(&facts, today)
    } else {
        Tables::none(today)
    };
    let jobs = pages::plan(&facts, &tables, sink);
    let drafts = &judged.drafts;
    let assets = &judged.assets;
    let renderer = Renderer::new(&facts, today, sources, drafts, &tables, assets, sink);
    let proofs = renderer.as_ref().filter(|_| !sink.has_errors());
    let proofs = proofs.map(|renderer| Proofs {
        renderer,
        jobs: jobs.iter().map(|job| (job.path.as_str(), job)).collect(),
        gate: judged.gate(sources),
        assets: by_path(&judged.assets),
    });
    let site = &judged.model.site;
    let exit = Exit::new(judged.gate(sources), outlet, site.hosting.compressed);
    let answers = Answers::new(&facts, &judged.texts);
    thread::scope(|scope| {
        // Also when a stage panics: the scope ends only when its threads have.
        let _dismissed = Dismissed(reader);
        if let Some(proofs) = &proofs {
            scope.spawn(|| reader.attend(proofs));
        }
        reader.give_way();
        let ground = renderer
            .as_ref()
            .map(|renderer| ground(sources, judged, config, renderer));
        let earlier = record.zip(ground).filter(|_| sound && drafts.is_empty());
        let earlier = earlier.and_then(|(record, ground)| record.again(ground, &facts));
        let opened = Opened {
            facts: &facts,
            today,
            is_draft: !drafts.is_empty(),
            exit: &exit,
            earlier: earlier.as_ref(),
            answers: &answers,
            made: Mutex::default(),
        };
        if sound && !reader.is_gone() {
            open::files(&facts, today, &tables, &opened);
        }
        let files = opened.made.into_inner();
        let files = files.unwrap_or_else(PoisonError::into_inner);
        let elements = Elements::of(sources, &site.theme);
        let mut noted = renderer.as_ref().map_or_else(Vec::new, |renderer| {
            let making = Making {
                renderer,
                facts: &facts,
                tables: &tables,
                jobs: &jobs,
                assets,
                elements: &elements,
                exit: sound.then_some(&exit),
                earlier: earlier.as_ref(),
                answers: &answers,
                reader,
            };
            making.all(sink)
        });
        if reader.is_gone() {
            return (Built::default(), None);
        }
        let pages: Vec<Arc<Note>> = noted.iter().map(|page| page.note.clone()).collect();
        let mut built = Built {
            newest_check: judged.newest_check(),
            ..Built::default()
        };
        if sink.has_errors() {
            check_written(sources, &jobs, assets, &pages, &exit, &elements, sink);
        } else {
            if site.hosting.rules {
                let rules = Hosted::new(site, &jobs).rules();
                for file in rules {
                    exit.other(file);
                }
            }
            make_rest(&facts, today, sources, judged, &pages, &exit, sink);
            let others = exit.others();
            let others = others.as_slice();
            output::check(&pages, &Published { assets, others }, &elements, sink);
            // Links and the gate are last.
            if !sink.has_errors() {
                built.approved = exit.close(sink);
            }
            built.checks = judged.checks.iter().map(|check| check.report()).collect();
            built.open = drafts.count();
        }
        let is_whole = !sink.has_errors() && drafts.is_empty();
        let record = ground.filter(|_| is_whole).map(|ground| {
            let made = (std::mem::take(&mut noted), files);
            Record::new(ground, &facts, &answers, made)
        });
        // What must be fixed comes first.
        if config.advice && !sink.has_errors() {
            drafts.advise(sink);
            lints::advise(&judged.model, &judged.checks, sources, config.today, sink);
        }
        (built, record)
    })
}

/// The key of what is the same for all pages: the day, the settings, the theme, and every source that no question is about.
fn ground(sources: &Sources, judged: &Judged, config: &Config, renderer: &Renderer) -> Key {
    let model = &judged.model;
    let documents = model.documents.iter().map(|document| document.source);
    let checks = judged.checks.iter().map(|check| check.check.source);
    let pages = model.pages.iter().map(|page| page.source);
    let words = ["data/glossary.yaml", "data/search.yaml"];
    let words = words.iter().filter_map(|path| Some(sources.find(path)?.0));
    let asked: HashSet<SourceId> = documents.chain(checks).chain(pages).chain(words).collect();
    let texts = judged.texts.together(|id| !asked.contains(&id));
    let keyed = Keyed::new()
        .text(&config.today.to_string())
        .text(&model.site.base_url)
        .key(renderer.key())
        .key(texts);
    let binaries = sources.binaries.iter();
    let keyed = binaries.fold(keyed, |keyed, file| {
        keyed.text(&file.path).bytes(&file.bytes)
    });
    keyed.done()
}

/// The making of the files that are not pages.
struct Opened<'a> {
    facts: &'a Facts<'a>,
    today: Date,
    /// In a draft each has its address, but no content: programs do not read warnings.
    is_draft: bool,
    exit: &'a Exit<'a>,
    earlier: Option<&'a Earlier<'a>>,
    answers: &'a Answers<'a>,
    made: Mutex<Vec<again::File>>,
}

impl Opened<'_> {
    /// Takes over a file, or makes it.
    fn one(&self, path: String, name: Key, make: Make, describe: bool) -> Option<Download> {
        if let Some(earlier) = self.earlier
            && let Some(file) = earlier.file(&path, name, self.answers)
            && self.exit.keep_other(&path)
        {
            let download = file.download.clone();
            self.note(file);
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
        download
    }

    fn note(&self, file: again::File) {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        made.push(file);
    }
}

impl open::Files for Opened<'_> {
    fn file(&self, path: String, name: Key, make: Make) {
        self.one(path, name, make, false);
    }

    fn download(&self, path: String, name: Key, make: Make) -> Download {
        let made = self.one(path.clone(), name, make, true);
        // A file of this address that was none of these: its size was not noted.
        made.unwrap_or_else(|| Download::of(&path, &make(self.facts)))
    }
}

/// The making of all pages.
struct Making<'a> {
    renderer: &'a Renderer<'a>,
    facts: &'a Facts<'a>,
    tables: &'a Tables,
    jobs: &'a [Job],
    assets: &'a Assets,
    elements: &'a Elements<'a>,
    /// Where finished pages go, if anywhere.
    exit: Option<&'a Exit<'a>>,
    earlier: Option<&'a Earlier<'a>>,
    answers: &'a Answers<'a>,
    reader: &'a dyn Reader,
}

impl Making<'_> {
    /// Makes all pages. Of each, its note stays; its bytes go out.
    fn all(&self, sink: &mut Sink) -> Vec<Noted> {
        let others = self.exit.map_or_else(Vec::new, Exit::others);
        let files = self.assets.files.iter().map(|file| file.path.as_str());
        let pages = self.jobs.iter().map(|job| job.path.as_str());
        let mut known = Known {
            pages: pages.collect(),
            files: files.chain(others.iter().map(String::as_str)).collect(),
        };
        let stop = || self.reader.is_gone();
        let one = |job: &Job, sink: &mut Sink| self.one(job, &known, sink);
        let notes = pages::all(self.jobs, &stop, one, sink);
        if notes.len() == self.jobs.len() || sink.has_errors() || stop() {
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
        pages::all(self.jobs, &stop, one, &mut Sink::default())
    }

    /// Takes over a page, or makes it.
    fn one(&self, job: &Job, known: &Known, sink: &mut Sink) -> Option<Noted> {
        let name = again::name(job, self.facts, self.tables);
        if let Some((earlier, exit)) = self.earlier.zip(self.exit)
            && let Some(page) = earlier.page(&job.path, name, self.answers, known)
            && exit.keep(&job.path, &self.renderer.sources_of(&page.asked))
        {
            return Some(page);
        }
        let mut page = self.renderer.page(job, sink)?;
        let (note, bytes) = Note::of(&mut page, self.elements, known);
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
        Some(Noted {
            note: Arc::new(note),
            asked,
            name,
            is_clean: self.exit.is_some_and(|exit| exit.put(path, file)),
        })
    }
}

/// What a web server must know of the site. No page of it is made.
pub fn hosted(sources: &Sources, config: &Config, sink: &mut Sink) -> Hosted {
    let judged = judge(sources, config, sink);
    let atlas = Atlas::new(&judged.model);
    let facts = Facts::new(&judged.model, &atlas, &judged.checks, sources);
    let tables = Tables::none(config.today);
    let jobs = pages::plan(&facts, &tables, sink);
    Hosted::new(&judged.model.site, &jobs)
}

fn by_path(assets: &Assets) -> HashMap<&str, &[u8]> {
    let files = assets.files.iter();
    let files = files.map(|file| (file.path.as_str(), file.bytes.as_slice()));
    let attachments = assets.attachments.iter();
    let attachments = attachments.map(|file| (file.path.as_str(), file.bytes.as_slice()));
    files.chain(attachments).collect()
}

struct Dismissed<'a>(&'a dyn Reader);

impl Drop for Dismissed<'_> {
    fn drop(&mut self) {
        self.0.dismiss();
    }
}

/// After errors: looks for more of them.
fn check_written(
    sources: &Sources,
    jobs: &[Job],
    assets: &Assets,
    pages: &[Arc<Note>],
    exit: &Exit,
    elements: &Elements,
    sink: &mut Sink,
) {
    let intended = pages::intended(sources, jobs);
    let others = exit.others();
    let others = others.as_slice();
    let published = Published { assets, others };
    output::check_written_links(pages, &published, elements, &intended, sink);
}

/// Makes what is made from all pages together, and hands on the files that are published as they are.
fn make_rest(
    facts: &Facts,
    today: Date,
    sources: &Sources,
    judged: &Judged,
    pages: &[Arc<Note>],
    exit: &Exit,
    sink: &mut Sink,
) {
    let Judged { assets, drafts, .. } = judged;
    let from_drafts = pages.iter().filter(|page| page.is_draft);
    let hidden: HashSet<&str> = from_drafts.map(|page| page.path.as_str()).collect();
    let index = search::index_without(facts, today, &judged.words, &hidden, sink);
    index.into_par_iter().for_each(|file| {
        exit.other(file);
    });
    if !drafts.is_empty() {
        exit.other(Asset {
            path: shown::LIST.into(),
            bytes: shown::list(drafts, sources).into_bytes(),
        });
    }
    let robots = if drafts.is_empty() {
        output::Robots::Welcome
    } else {
        output::Robots::KeptOut
    };
    let made = output::for_robots(pages, &judged.model.site.base_url, robots);
    for file in made {
        exit.other(file);
    }
    assets.attachments.par_iter().for_each(|file| {
        let copy = OutputFile::new(file.bytes.clone(), vec![file.source]);
        exit.put(file.path.clone(), copy);
    });
    assets.files.par_iter().for_each(|file| {
        let copy = OutputFile::new(file.bytes.clone(), Vec::new());
        exit.put(file.path.clone(), copy);
    });
}
