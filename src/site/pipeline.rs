//! The pipeline: the stages in order, nothing else.
//!
//! Comes in: sources, what the run was asked for, and what an earlier run left. Goes out: [`Built`]. It has two halves. [`judge`] says what the
//! sources mean, all of them, and is quick; [`publish`] makes every page and file. A [`Reader`] may look at single pages
//! while the second half runs: they are made on the spot, by the same functions, so that a preview cannot show anything
//! that a build would not write.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;
use std::thread;

use jiff::civil::Date;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::again::{Earlier, Finished, Grounds, Index, Record};
use crate::approvals::Approvals;
use crate::assets::{Asset, Assets};
use crate::atlas::{Answers, Atlas, Facts};
use crate::config::{BaseUrl, Config};
use crate::diag::{Sink, SourceId};
use crate::drafts::{Drafts, shown};
use crate::exit::Exit;
use crate::hosting::Hosted;
use crate::making::{Making, Opened};
use crate::memo::{Clean, Key, Keyed, Texts};
use crate::model::Model;
use crate::output::{
    self, Elements, Memory, Note, Nowhere, Outlet, OutputFile, OutputTree, Published,
};
use crate::pages::{self, Job, Renderer};
use crate::sources::Sources;
use crate::tables::Tables;
use crate::text::Bilingual;
use crate::watch::{Stage, Unwatched, Watch};
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

/// Somebody who watches a run, and may look at pages while the site is being made.
pub trait Reader: Watch {
    /// Called during the work, if nothing is wrong so far. Returns when there is nothing more to look at: at the
    /// latest after [`Reader::dismiss`].
    fn attend(&self, _proofs: &Proofs) {}

    /// Called before everything is made: whoever looks at one page may be let through first.
    fn give_way(&self) {}

    /// The work is done: nothing more can be looked at.
    fn dismiss(&self) {}

    /// Whether the site is made again after the next change, by this process or another one.
    fn makes_again(&self) -> bool {
        false
    }

    /// Whether nobody wants the site any more. What is then returned is nothing.
    fn is_gone(&self) -> bool {
        false
    }
}

impl Reader for Unwatched {}

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
    publish(sources, &judged, config, &Unwatched, sink)
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
    reader: &dyn Reader,
    sink: &mut Sink,
) -> Result<(Built, Option<O>, Left), E> {
    let kept = Kept {
        compared: left.compared,
        searched: left.searched,
        ..Kept::default()
    };
    let (judged, kept) = judge_with(sources, config, None, &kept, reader, sink);
    let outlet = if sink.has_errors() { None } else { begin()? };
    let to: &dyn Outlet = match &outlet {
        Some(outlet) => outlet,
        None => &Nowhere,
    };
    let record = left.record.as_ref().filter(|_| outlet.is_some());
    let mut said = sink.clone();
    let (built, next) = publish_to(sources, &judged, config, reader, to, record, &mut said);
    if said.has_errors() && record.is_some() {
        // What is reported is to be that of a run that took nothing over.
        let (built, _) = publish_to(sources, &judged, config, reader, &Nowhere, None, sink);
        return Ok((built, outlet, Left::default()));
    }
    *sink = said;
    Ok((built, outlet, kept.left(next)))
}

/// The first half: loads, checks and compiles everything.
pub fn judge(sources: &Sources, config: &Config, sink: &mut Sink) -> Judged {
    judge_again(sources, config, None, &Unwatched, sink).0
}

/// What one run leaves for the next: results under the content that they were made from.
#[derive(Debug, Default)]
pub struct Kept {
    loaded: model::Loaded,
    rules: rules::Earlier,
    small: assets::Small,
    words: Option<(Arc<search::Words>, Sink)>,
    linked: link::Kept,
    /// The documents that say what their official texts say.
    compared: Clean,
    /// The texts in which nothing was found that must not be published.
    searched: Clean,
    /// The texts without examples and placeholders.
    unmarked: lints::Unmarked,
    /// The keys of the sources.
    texts: Option<Arc<Texts>>,
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

    /// What the parts of a site left, together. `sources` are those of the run that puts them together.
    ///
    /// # Errors
    /// If they are not all parts of one site that is made from these sources.
    pub fn of_parts(
        parts: Vec<(String, Self)>,
        sources: &Sources,
        config: &Config,
    ) -> Result<Self, Bilingual> {
        let whole = key_of(sources, &Texts::of(sources), config);
        let mut of = None;
        let mut seen: BTreeMap<usize, String> = BTreeMap::new();
        let mut all = Self::default();
        for (name, left) in parts {
            let record = left
                .record
                .ok_or_else(|| output::no_part(Path::new(&name)))?;
            let part = record
                .part()
                .ok_or_else(|| output::no_part(Path::new(&name)))?;
            if !record.is_made_from(whole) {
                return Err(Bilingual::new(
                    format!("{name} 不是由这些文件、这一天、这个地址生成的；重新生成这一份"),
                    format!(
                        "{name} was made from other sources, for another day or address; build this part again"
                    ),
                ));
            }
            let of = *of.get_or_insert(part.of);
            if part.of != of {
                return Err(Bilingual::new(
                    format!("{name} 是 {part}，别的是 {of} 份里的；按同一个份数生成"),
                    format!(
                        "{name} is part {part}, but others are of {of}; build all with the same number of parts"
                    ),
                ));
            }
            if let Some(other) = seen.insert(part.number, name.clone()) {
                return Err(Bilingual::new(
                    format!("{other} 和 {name} 都是第 {part} 份"),
                    format!("{other} and {name} are both part {part}"),
                ));
            }
            all.compared.extend(left.compared);
            all.searched.extend(left.searched);
            match &mut all.record {
                None => all.record = Some(record),
                Some(joined) => joined.join(record).map_err(|path| {
                    Bilingual::new(
                        format!("{path} 在两份里都有"),
                        format!("{path} is in two parts"),
                    )
                })?,
            }
        }
        let of = of.unwrap_or_default();
        if let Some(missing) = (1..=of).find(|number| !seen.contains_key(number)) {
            return Err(Bilingual::new(
                format!("缺第 {missing}/{of} 份"),
                format!("part {missing}/{of} is missing"),
            ));
        }
        Ok(all)
    }
}

/// The first half, after other sources were judged: the same as [`judge`], but what did not change is taken from there.
pub fn judge_again(
    sources: &Sources,
    config: &Config,
    before: Option<(&Sources, &Kept)>,
    watch: &dyn Watch,
    sink: &mut Sink,
) -> (Judged, Kept) {
    let nothing = Kept::default();
    let kept = before.map_or(&nothing, |(_, kept)| kept);
    let old = before.map(|(old, _)| old);
    judge_with(sources, config, old, kept, watch, sink)
}

/// Judges with what was kept; `old` are the sources that it was kept of, if they are at hand.
fn judge_with(
    sources: &Sources,
    config: &Config,
    old: Option<&Sources>,
    kept: &Kept,
    watch: &dyn Watch,
    sink: &mut Sink,
) -> (Judged, Kept) {
    watch.enter(Stage::Load, 0);
    let loaded = old.map(|old| (old, &kept.loaded));
    let drafts = drafts(sources, config, sink);
    let (written, loaded) = model::load_again(sources, loaded, sink);
    watch.enter(Stage::Link, 0);
    let mut links = link::link_again(&written, sources, &kept.linked, sink);
    let linked = links.take_kept();
    watch.enter(Stage::Lints, 0);
    lints::divisions(sources, sink);
    lints::run(&written, &links, sources, sink);
    let approvals = Approvals::load(sources, config.today, sink);
    let old_texts = old.zip(kept.texts.as_deref());
    let texts = Arc::new(Texts::again(sources, old_texts));
    let known = &kept.searched;
    let (searched, unsuspected) =
        lints::private_again(&written, sources, &approvals, &texts, known, sink);
    lints::mastheads(&written, sink);
    lints::life(&written, sink);
    watch.enter(Stage::Evidence, 0);
    let compared = evidence::check_again(&written, sources, &texts, &kept.compared, sink);
    let model = links.model(written, config.base_url.as_ref());
    let unmarked =
        lints::example_again(&model.site.base_url, sources, &texts, &kept.unmarked, sink);
    watch.enter(Stage::Rules, 0);
    let (checks, rules) = rules::compile_again(&model, sources, &kept.rules, sink);
    watch.enter(Stage::Assets, 0);
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
        linked,
        compared,
        searched: unsuspected,
        unmarked,
        texts: Some(texts.clone()),
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
    reader.enter(Stage::Facts, 0);
    let atlas = Atlas::new(&judged.model);
    let facts = Facts::new(&judged.model, &atlas, &judged.checks, sources);
    let today = config.today;
    // A run that has errors writes nothing: only what may find more of them is made.
    let is_sound = !sink.has_errors();
    let tables = if is_sound {
        Tables::new(&facts, today)
    } else {
        Tables::none(today)
    };
    reader.enter(Stage::Plan, 0);
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
    let is_packed = judged.model.site.hosting.compressed;
    let exit = Exit::new(judged.gate(sources), outlet, is_packed);
    let run = Run {
        sources,
        judged,
        config,
        reader,
        facts: &facts,
        tables: &tables,
        jobs: &jobs,
        renderer: renderer.as_ref(),
        exit: &exit,
        answers: &Answers::new(&facts, &judged.texts),
        is_sound,
    };
    thread::scope(|scope| {
        // Also when a stage panics: the scope ends only when its threads have.
        let _dismissed = Dismissed(reader);
        if let Some(proofs) = &proofs {
            scope.spawn(|| reader.attend(proofs));
        }
        reader.give_way();
        run.publish(record, sink)
    })
}

/// A run, when it is known which pages there are.
struct Run<'a> {
    sources: &'a Sources,
    judged: &'a Judged,
    config: &'a Config,
    reader: &'a dyn Reader,
    facts: &'a Facts<'a>,
    tables: &'a Tables,
    jobs: &'a [Job],
    renderer: Option<&'a Renderer<'a>>,
    exit: &'a Exit<'a>,
    answers: &'a Answers<'a>,
    /// Whether nothing was wrong before.
    is_sound: bool,
}

impl Run<'_> {
    /// Makes every file, or takes it over.
    fn publish(&self, record: Option<&Record>, sink: &mut Sink) -> (Built, Option<Record>) {
        let (judged, reader) = (self.judged, self.reader);
        let drafts = &judged.drafts;
        let ground = self.renderer.map(|renderer| self.ground(renderer.key()));
        let earlier = record
            .zip(ground)
            .filter(|_| self.is_sound && drafts.is_empty());
        let earlier = earlier.and_then(|(record, ground)| record.again(ground, self.facts));
        let opened = Opened::new(
            (self.facts, self.answers),
            (self.config, !drafts.is_empty()),
            self.exit,
            earlier.as_ref(),
            reader,
        );
        if self.is_sound && !reader.is_gone() {
            reader.enter(Stage::Data, 0);
            open::files(self.facts, self.config.today, self.tables, &opened);
        }
        let files = opened.into_files();
        reader.enter(Stage::Pages, self.jobs.len());
        let elements = Elements::of(self.sources, &judged.model.site.theme);
        let noted = self.renderer.map_or_else(Vec::new, |renderer| {
            let making = Making {
                renderer,
                facts: self.facts,
                tables: self.tables,
                jobs: self.jobs,
                assets: &judged.assets,
                elements: &elements,
                exit: self.is_sound.then_some(self.exit),
                earlier: earlier.as_ref(),
                answers: self.answers,
                watch: reader,
                part: self.config.part,
                is_over: &|| reader.is_gone(),
            };
            making.all(sink)
        });
        if reader.is_gone() {
            return (Built::default(), None);
        }
        let pages: Vec<Arc<Note>> = noted.iter().map(|page| page.note.clone()).collect();
        let (built, index) = self.close(&pages, earlier.as_ref(), &elements, sink);
        reader.enter(Stage::Record, 0);
        let is_whole = !sink.has_errors() && drafts.is_empty();
        let record = ground.filter(|_| is_whole).map(|ground| {
            let grounds = Grounds {
                whole: key_of(self.sources, &judged.texts, self.config),
                pages: ground,
            };
            let finished = Finished {
                pages: noted,
                files,
                index,
            };
            let part = self.config.part;
            Record::new(grounds, part, self.facts, self.answers, finished)
        });
        // What must be fixed comes first.
        if self.config.advice && !sink.has_errors() {
            let today = self.config.today;
            drafts.advise(sink);
            lints::advise(&judged.model, &judged.checks, self.sources, today, sink);
        }
        (built, record)
    }

    /// Makes what is made from all pages, and checks the whole site. Goes out also: what is noted of the index.
    fn close(
        &self,
        pages: &[Arc<Note>],
        earlier: Option<&Earlier>,
        elements: &Elements,
        sink: &mut Sink,
    ) -> (Built, Option<Index>) {
        let (sources, judged, exit) = (self.sources, self.judged, self.exit);
        let assets = &judged.assets;
        let mut built = Built {
            newest_check: judged.newest_check(),
            ..Built::default()
        };
        if sink.has_errors() {
            check_written(sources, self.jobs, assets, pages, exit, elements, sink);
            return (built, None);
        }
        self.reader.enter(Stage::Index, 0);
        let index = self.index(pages, earlier, sink);
        self.copies();
        if self.config.part.is_none() {
            self.of_all(pages);
            self.reader.enter(Stage::Check, 0);
            let others = exit.others();
            let others = others.as_slice();
            output::check(pages, &Published { assets, others }, elements, sink);
        }
        // Links and the gate are last.
        if !sink.has_errors() {
            built.approved = exit.finish(sink);
        }
        built.checks = judged.checks.iter().map(|check| check.report()).collect();
        built.open = judged.drafts.count();
        (built, index)
    }

    /// Makes the search index, or takes it over.
    fn index(
        &self,
        pages: &[Arc<Note>],
        earlier: Option<&Earlier>,
        sink: &mut Sink,
    ) -> Option<Index> {
        if self.config.part.is_some_and(|part| !part.has_index()) {
            return None;
        }
        let judged = self.judged;
        let is_read = |id| !self.sources.file(id).path.starts_with("themes/");
        let key = Keyed::new()
            .text(&self.config.today.to_string())
            .key(judged.texts.together(is_read))
            .done();
        let kept = earlier.and_then(|earlier| earlier.index(key));
        if let Some(index) =
            kept.filter(|index| index.files.iter().all(|path| self.exit.keep_other(path)))
        {
            return Some(index.clone());
        }
        let from_drafts = pages.iter().filter(|page| page.is_draft);
        let hidden: HashSet<&str> = from_drafts.map(|page| page.path.as_str()).collect();
        let mut said = Sink::default();
        let words = self.sources.find("data/search.yaml");
        let known = search::Known {
            answers: self.answers,
            words: words.map_or_else(Key::default, |(id, _)| judged.texts.of_file(id)),
            earlier: earlier.and_then(Earlier::kept_index),
        };
        // A join takes over the index as a whole.
        let is_kept = self.reader.makes_again() && self.config.part.is_none();
        let known = Some(known).filter(|_| is_kept);
        let (index, kept) = search::index_again(
            self.facts,
            self.config.today,
            &judged.words,
            &hidden,
            known,
            &mut said,
        );
        let is_silent = said.is_empty();
        sink.extend(said);
        let before = earlier.and_then(Earlier::index_files).unwrap_or_default();
        let name = |path: &'_ str| path.rsplit('/').next().map(str::to_owned);
        let before: HashMap<String, &str> = before
            .iter()
            .filter_map(|path| Some((name(path)?, path.as_str())))
            .collect();
        let files: Vec<(String, bool)> = index
            .into_par_iter()
            .map(|file| {
                let path = file.path.clone();
                let before = name(&path).and_then(|name| before.get(&name).copied());
                let is_clean = self.exit.other_after(file, before);
                (path, is_clean)
            })
            .collect();
        let is_clean = is_silent && files.iter().all(|(_, is_clean)| *is_clean);
        let files = files.into_iter().map(|(path, _)| path).collect();
        is_clean.then_some(Index { key, files, kept })
    }

    /// Hands on the files that are published as they are.
    fn copies(&self) {
        let Assets {
            files, attachments, ..
        } = &self.judged.assets;
        attachments
            .par_iter()
            .filter(|file| self.config.makes(&file.path))
            .for_each(|file| {
                let copy = OutputFile::new(file.bytes.clone(), vec![file.source]);
                self.exit.put(file.path.clone(), copy);
            });
        files
            .par_iter()
            .filter(|file| self.config.makes(&file.path))
            .for_each(|file| {
                let copy = OutputFile::new(file.bytes.clone(), Vec::new());
                self.exit.put(file.path.clone(), copy);
            });
    }

    /// Makes the files that are made from the addresses of all pages.
    fn of_all(&self, pages: &[Arc<Note>]) {
        let (judged, exit) = (self.judged, self.exit);
        let site = &judged.model.site;
        let drafts = &judged.drafts;
        if !drafts.is_empty() {
            exit.other(Asset {
                path: shown::LIST.into(),
                bytes: shown::list(drafts, self.sources).into_bytes(),
            });
        }
        let robots = if drafts.is_empty() {
            output::Robots::Welcome
        } else {
            output::Robots::KeptOut
        };
        for file in output::for_robots(pages, &site.base_url, robots) {
            exit.other(file);
        }
        if site.hosting.rules {
            for file in Hosted::new(site, self.jobs).rules() {
                exit.other(file);
            }
        }
    }

    /// The key of what is the same for all pages: the day, the settings, the theme (in `pages`), and every source that no question is about.
    fn ground(&self, pages: Key) -> Key {
        let (sources, model) = (self.sources, &self.judged.model);
        let documents = model.documents.iter().map(|document| document.source);
        let checks = self.judged.checks.iter().map(|check| check.check.source);
        let plain = model.pages.iter().map(|page| page.source);
        let words = ["data/glossary.yaml", "data/search.yaml"];
        let words = words.iter().filter_map(|path| Some(sources.find(path)?.0));
        let asked: HashSet<SourceId> = documents.chain(checks).chain(plain).chain(words).collect();
        let texts = self.judged.texts.together(|id| !asked.contains(&id));
        // What the gate lets through.
        let mut found: Vec<&str> = self
            .judged
            .searched
            .known
            .iter()
            .map(String::as_str)
            .collect();
        found.sort_unstable();
        let found = found.into_iter().fold(Keyed::new(), Keyed::text).done();
        let keyed = Keyed::new()
            .key(found)
            .text(&self.config.today.to_string())
            .text(&model.site.base_url)
            .key(pages)
            .key(texts);
        with_binaries(keyed, sources).done()
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

/// The key of everything that a run is made from.
fn key_of(sources: &Sources, texts: &Texts, config: &Config) -> Key {
    let keyed = Keyed::new()
        .text(&format!("{} {:?}", config.today, config.base_url))
        .key(texts.together(|_| true));
    with_binaries(keyed, sources).done()
}

/// A key with the files that are published as they are.
fn with_binaries(keyed: Keyed, sources: &Sources) -> Keyed {
    let binaries = sources.binaries.iter();
    binaries.fold(keyed, |keyed, file| {
        keyed.text(&file.path).bytes(&file.bytes)
    })
}
