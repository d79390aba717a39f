//! The state of the preview: what browsers can see now, and the run that makes what they will see next.
//!
//! Comes in: a site folder, and word that something in it changed ([`Preview::look`]). Goes out: files
//! ([`Preview::file`]), problems, and a signal at every change of either. A run judges all sources first; if nothing is
//! wrong, its pages are available from then on, one by one, while the rest is made after them. A run that a newer change
//! overtakes ends early and is discarded. While there are errors, the last complete site without errors is shown.

use std::any::Any;
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use jiff::civil::Date;
use percent_encoding::percent_decode_str;
use rayon::prelude::*;

use super::{Problems, version};
use crate::again::Record;
use crate::config::Config;
use crate::diag::{Diagnostic, Sink};
use crate::output::{self, OutputTree};
use crate::pipeline::{self, Built, Judged, Kept, Proofs, Reader};
use crate::sources::{self, Sources, Touched};
use crate::text::{Bilingual, Lang};
use crate::watch::Watch;

/// Deeply nested HTML needs stack in the minifier.
const STACK: usize = 16 * 1024 * 1024;
/// How long a request waits for a run.
const PATIENCE: Duration = Duration::from_secs(20);

/// How long the rest of the site waits for a browser that reloads a page.
const COURTESY: Duration = Duration::from_millis(150);
/// How long a file may be away while it is saved.
const MOMENT: Duration = Duration::from_millis(50);

/// What a preview is made with.
pub struct Settings {
    pub site: PathBuf,
    /// Asked at every run: a preview may stay open over midnight.
    pub today: Box<dyn Fn() -> Date + Send + Sync>,
    pub lang: Lang,
    /// Told of every run that was not overtaken.
    pub report: Box<dyn Fn(Report) + Send + Sync>,
}

/// What is reported to the terminal.
pub enum Report {
    Run(Run),
    /// The folder cannot be read.
    Trouble(Bilingual),
    /// A fault of ours, in its own words.
    Fault(String),
}

/// A run that came to its end.
pub struct Run {
    /// Files that were changed; empty for the first run.
    pub changed: Vec<String>,
    /// Until the first page could be had, if it could.
    pub first_page: Option<Duration>,
    pub whole: Duration,
    /// Files of the site; none after errors.
    pub files: usize,
    /// How many things in drafts are to be confirmed.
    pub open: usize,
    pub problems: Vec<Diagnostic>,
    pub sources: Arc<Sources>,
}

/// The answer to a request for a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Served {
    /// Path (of the page 404.html where nothing is at the path asked for) and bytes.
    Found {
        path: String,
        bytes: Arc<[u8]>,
    },
    Missing {
        bytes: Arc<[u8]>,
    },
    /// There has been no site without errors yet.
    Nothing,
}

/// The preview: what is shown now, and the runs that change it.
pub struct Preview {
    settings: Settings,
    /// Pages that somebody waits for; everything else.
    front: rayon::ThreadPool,
    back: rayon::ThreadPool,
    desk: Mutex<Desk>,
    shown: Mutex<Shown>,
    news: Condvar,
}

/// What is remembered from reading to reading.
#[derive(Default)]
struct Desk {
    held: sources::SourceCache,
    sources: Option<Arc<Sources>>,
    today: Option<Date>,
    /// The sources judged last, and what that left.
    judged: Option<(Arc<Sources>, Kept)>,
}

/// What browsers see.
#[derive(Default)]
struct Shown {
    /// The number of the newest run.
    run: u64,
    stage: Stage,
    /// The last whole site without errors.
    good: Arc<OutputTree>,
    /// What was noted of its pages.
    record: Option<Arc<Record>>,
    problems: Arc<Problems>,
    /// What is known of the newest run once its sources are judged, while its pages are made.
    judged: Arc<Problems>,
    /// Path of the site's address: `/` or `/zhengce/`.
    base: String,
    /// Grows with everything that can be seen.
    turn: u64,
    is_closed: bool,
    in_trouble: bool,
    /// Open pages that wait for news.
    watchers: usize,
}

#[derive(Default)]
enum Stage {
    /// Nothing is known yet.
    #[default]
    Judging,
    /// Pages can be had.
    Open {
        files: HashMap<String, Slot>,
        wanted: Vec<String>,
    },
    /// There are errors; more may be found.
    Failing,
    Done,
}

/// An open page.
pub(super) struct Watcher<'a>(&'a Preview);

impl Drop for Watcher<'_> {
    fn drop(&mut self) {
        self.0.shown().watchers -= 1;
    }
}

/// A file that somebody asked a run for.
enum Slot {
    Asked,
    Made(Arc<[u8]>),
    /// The run cannot give it before its end.
    Absent,
}

impl Preview {
    /// # Errors
    /// If the system gives no threads.
    pub fn new(settings: Settings) -> Result<Arc<Self>, rayon::ThreadPoolBuildError> {
        let pool = || rayon::ThreadPoolBuilder::new().stack_size(STACK).build();
        Ok(Arc::new(Self {
            settings,
            front: pool()?,
            back: pool()?,
            desk: Mutex::default(),
            shown: Mutex::default(),
            news: Condvar::new(),
        }))
    }

    /// The site folder.
    pub fn site(&self) -> &Path {
        &self.settings.site
    }

    /// The language of messages.
    pub fn lang(&self) -> Lang {
        self.settings.lang
    }

    /// The sources of the newest run, once they were read for the first time; nothing while the folder cannot be read.
    pub fn sources(&self) -> Option<Arc<Sources>> {
        let until = Instant::now() + PATIENCE;
        loop {
            let desk = self.desk.lock().unwrap_or_else(PoisonError::into_inner);
            if desk.sources.is_some() {
                return desk.sources.clone();
            }
            drop(desk);
            let shown = self.shown();
            if shown.in_trouble || shown.is_closed || Instant::now() >= until {
                return None;
            }
            drop(self.wait(shown, Instant::now() + MOMENT));
        }
    }

    /// The day on which states are judged.
    pub fn today(&self) -> Date {
        (self.settings.today)()
    }

    fn shown(&self) -> MutexGuard<'_, Shown> {
        // Nothing that holds the lock leaves the state half changed.
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, shown: MutexGuard<'a, Shown>, until: Instant) -> MutexGuard<'a, Shown> {
        let left = until.saturating_duration_since(Instant::now());
        let woken = self.news.wait_timeout(shown, left);
        woken.unwrap_or_else(PoisonError::into_inner).0
    }

    /// Changes what is shown and wakes every waiting thread.
    fn turn(&self, change: impl FnOnce(&mut Shown)) {
        let mut shown = self.shown();
        change(&mut shown);
        shown.turn += 1;
        drop(shown);
        self.news.notify_all();
    }

    /// Ends the preview: whoever waits is woken.
    pub fn close(&self) {
        self.turn(|shown| {
            shown.is_closed = true;
            // The run of this number does not exist: the one that goes on is overtaken.
            shown.run += 1;
        });
    }

    /// Whether the preview has ended.
    pub fn is_closed(&self) -> bool {
        self.shown().is_closed
    }

    /// Whether the folder could not be read.
    pub fn is_in_trouble(&self) -> bool {
        self.shown().in_trouble
    }

    /// Sleeps, at most until the preview is closed.
    pub fn sleep(&self, time: Duration) {
        let until = Instant::now() + time;
        let mut shown = self.shown();
        while !shown.is_closed && Instant::now() < until {
            shown = self.wait(shown, until);
        }
    }
}

// ---------------------------------------------------------------- what can be seen

impl Preview {
    /// The problems of the newest run.
    pub fn problems(&self) -> Arc<Problems> {
        self.shown().problems.clone()
    }

    /// What is known now: while pages are being made, the problems of the sources.
    pub fn latest(&self) -> Arc<Problems> {
        let shown = self.shown();
        match shown.stage {
            Stage::Done => shown.problems.clone(),
            Stage::Judging | Stage::Open { .. } | Stage::Failing => shown.judged.clone(),
        }
    }

    /// The path of the site within its own address.
    pub fn base(&self) -> String {
        self.shown().base.clone()
    }

    /// Waits until something new can be seen: its number and the problems. Nothing if the time is up first.
    pub fn next(&self, seen: Option<u64>, patience: Duration) -> Option<(u64, Arc<Problems>)> {
        let until = Instant::now() + patience;
        let mut shown = self.shown();
        while seen == Some(shown.turn) {
            if Instant::now() >= until {
                return None;
            }
            shown = self.wait(shown, until);
        }
        Some((shown.turn, shown.problems.clone()))
    }

    /// Counts an open page, as long as what is returned lives.
    pub(super) fn watcher(&self) -> Watcher<'_> {
        self.shown().watchers += 1;
        Watcher(self)
    }

    fn is_watched(&self) -> bool {
        self.shown().watchers > 0
    }

    /// Waits until nothing is being made any more.
    pub fn settle(&self) {
        let mut shown = self.shown();
        while !matches!(shown.stage, Stage::Done) && !shown.is_closed {
            shown = self.wait(shown, Instant::now() + PATIENCE);
        }
    }

    /// The file at a path of the site. Waits while the run has not come so far.
    pub fn file(&self, path: &str) -> Served {
        if let Some(bytes) = self.bytes(path) {
            return Served::Found {
                path: path.to_owned(),
                bytes,
            };
        }
        match self.bytes("404.html") {
            Some(bytes) => Served::Missing { bytes },
            None => Served::Nothing,
        }
    }

    fn bytes(&self, path: &str) -> Option<Arc<[u8]>> {
        let until = Instant::now() + PATIENCE;
        let mut shown = self.shown();
        loop {
            let now = &mut *shown;
            let wait = match &mut now.stage {
                Stage::Judging => true,
                Stage::Open { files, wanted } => match files.get(path) {
                    Some(Slot::Made(bytes)) => return Some(bytes.clone()),
                    Some(Slot::Asked) => true,
                    // Every page is known now; other files are made last, and their old state will do.
                    Some(Slot::Absent) => !path.ends_with(".html") && !now.good.contains_key(path),
                    None => {
                        files.insert(path.to_owned(), Slot::Asked);
                        wanted.push(path.to_owned());
                        self.news.notify_all();
                        true
                    }
                },
                Stage::Failing | Stage::Done => false,
            };
            if !wait || now.is_closed || Instant::now() >= until {
                if matches!(now.stage, Stage::Open { .. }) && path.ends_with(".html") {
                    return None;
                }
                let file = now.good.get(path)?;
                return Some(file.bytes.as_slice().into());
            }
            shown = self.wait(shown, until);
        }
    }

    /// A version of what is at a path: the page and the pictures on it.
    pub fn version(&self, path: &str) -> String {
        self.version_of(path, &self.file(path))
    }

    pub(super) fn version_of(&self, path: &str, served: &Served) -> String {
        let (status, bytes) = match served {
            Served::Found { bytes, .. } => ("found", bytes),
            Served::Missing { bytes } => ("missing", bytes),
            Served::Nothing => return format!("problems-{}", self.problems().version),
        };
        let mut all = format!("{status} {}", version(bytes));
        let html = std::str::from_utf8(bytes).unwrap_or_default();
        for picture in output::embedded(path, html) {
            // Others carry a hash in their name.
            if !picture.starts_with("assets/")
                && let Some(bytes) = self.bytes(&picture)
            {
                all.push_str(&version(&bytes));
            }
        }
        version(all.as_bytes())
    }
}

// ---------------------------------------------------------------- runs

impl Preview {
    /// Looks at the folder; if something changed, begins a run. Returns when the sources are judged: the rest goes on.
    pub fn look(self: &Arc<Self>, touched: &Touched) {
        let start = Instant::now();
        let mut desk = self.desk.lock().unwrap_or_else(PoisonError::into_inner);
        let mut sink = Sink::default();
        let read = self.read(&mut desk, touched, &mut sink).or_else(|_| {
            // A file that is being saved is away for a moment.
            sink = Sink::default();
            self.sleep(MOMENT);
            self.read(&mut desk, touched, &mut sink)
        });
        let sources = match read {
            Ok(sources) => Arc::new(sources),
            Err(words) => {
                desk.sources = None;
                return self.trouble(words);
            }
        };
        let today = (self.settings.today)();
        let changed = match &desk.sources {
            Some(old) => {
                if *old == sources && desk.today == Some(today) {
                    return;
                }
                old.changes(&sources)
            }
            None => Vec::new(),
        };
        desk.sources = Some(sources.clone());
        desk.today = Some(today);
        let number = self.begin();
        let config = Config {
            today,
            base_url: None,
            advice: false,
            draft: true,
            part: None,
        };
        let run = Going {
            preview: self.clone(),
            number,
            start,
            changed,
            sources,
            config,
            first_page: Mutex::default(),
            is_dismissed: Mutex::default(),
        };
        desk.judged = run.go(desk.judged.take(), sink);
    }

    fn read(
        &self,
        desk: &mut Desk,
        touched: &Touched,
        sink: &mut Sink,
    ) -> Result<Sources, Bilingual> {
        let site = &self.settings.site;
        let read = self
            .front
            .install(|| sources::read_again(site, &mut desk.held, touched, sink));
        match read {
            Ok(sources) if sources.files.is_empty() => {
                let site = site.display();
                Err(Bilingual::new(
                    format!("{site}：没有任何来源文件"),
                    format!("{site}: no source files"),
                ))
            }
            Ok(sources) => Ok(sources),
            Err(error) => Err(Bilingual::new(error.to_string(), error.to_string())),
        }
    }

    /// The folder cannot be read: a file that vanished this moment, or the whole folder.
    fn trouble(&self, words: Bilingual) {
        let head = Bilingual::new(
            "读不了网站文件夹；恢复后会自动继续",
            "the site folder cannot be read; the preview continues when it can be read again",
        );
        let problems = Problems::trouble(&[head, words.clone()], self.lang());
        let is_new = self.problems().version != problems.version;
        self.turn(|shown| {
            shown.run += 1;
            shown.stage = Stage::Done;
            shown.in_trouble = true;
            shown.problems = Arc::new(problems);
        });
        if is_new {
            (self.settings.report)(Report::Trouble(words));
        }
    }

    /// A new run; no thread is woken before it has something to show.
    fn begin(&self) -> u64 {
        let mut shown = self.shown();
        shown.run += 1;
        shown.stage = Stage::Judging;
        shown.in_trouble = false;
        let number = shown.run;
        drop(shown);
        // Whoever works for the old one sees that it is over.
        self.news.notify_all();
        number
    }
}

/// A run that goes on.
struct Going {
    preview: Arc<Preview>,
    number: u64,
    start: Instant,
    changed: Vec<String>,
    sources: Arc<Sources>,
    config: Config,
    first_page: Mutex<Option<Duration>>,
    is_dismissed: Mutex<bool>,
}

impl Going {
    /// Judges the sources and begins the rest. What the next run may use.
    fn go(
        self,
        before: Option<(Arc<Sources>, Kept)>,
        mut sink: Sink,
    ) -> Option<(Arc<Sources>, Kept)> {
        let before = before.as_ref().map(|(sources, kept)| (&**sources, kept));
        let judge = || pipeline::judge_again(&self.sources, &self.config, before, &self, &mut sink);
        let judged = catch_unwind(AssertUnwindSafe(|| self.preview.front.install(judge)));
        match judged {
            Ok((judged, kept)) => {
                let sources = self.sources.clone();
                self.show_base(&judged);
                let problems = Arc::new(self.problems(&sink));
                self.show(|shown| {
                    shown.judged = problems.clone();
                    if sink.has_errors() {
                        shown.stage = Stage::Failing;
                        shown.problems = problems;
                    }
                });
                let run = Arc::new(self);
                let work = run.clone();
                let begun = thread::Builder::new().spawn(move || work.publish(&judged, sink));
                if let Err(error) = begun {
                    run.fault(&error.to_string());
                }
                Some((sources, kept))
            }
            Err(panic) => {
                self.fault(&*panic);
                None
            }
        }
    }

    /// The problems so far.
    fn problems(&self, sink: &Sink) -> Problems {
        let list = sink.sorted(&*self.sources);
        Problems::new(&list, &*self.sources, self.preview.lang())
    }

    fn show_base(&self, judged: &Judged) {
        // As paths of requests are: decoded.
        let path = percent_decode_str(judged.base_url().path());
        self.preview.shown().base = path.decode_utf8_lossy().into_owned();
    }

    /// Shows something, unless a newer run has begun.
    fn show(&self, change: impl FnOnce(&mut Shown)) -> bool {
        let mut is_ours = false;
        self.preview.turn(|shown| {
            is_ours = shown.run == self.number;
            if is_ours {
                change(shown);
            }
        });
        is_ours
    }

    fn publish(&self, judged: &Judged, mut sink: Sink) {
        let (sources, config) = (&self.sources, &self.config);
        let shown = self.preview.shown();
        let (good, record) = (shown.good.clone(), shown.record.clone());
        drop(shown);
        let before = record.as_ref().map(|record| (&good, &**record));
        let publish = || pipeline::publish_again(sources, judged, config, self, before, &mut sink);
        let built = catch_unwind(AssertUnwindSafe(|| self.preview.back.install(publish)));
        match built {
            Ok(_) if self.is_gone() => {}
            Ok((built, record)) => self.finish(built, record, &sink),
            Err(panic) => self.fault(&*panic),
        }
    }

    fn finish(&self, built: Built, record: Option<Record>, sink: &Sink) {
        let problems = self.problems(sink);
        let (files, open) = (built.tree.len(), built.open);
        let is_sound = !sink.has_errors();
        let mut old = Arc::new(built.tree);
        let is_ours = self.show(|shown| {
            if is_sound {
                std::mem::swap(&mut shown.good, &mut old);
                shown.record = record.map(Arc::new);
            }
            shown.stage = Stage::Done;
            shown.problems = Arc::new(problems);
        });
        if is_ours {
            let first_page = *self
                .first_page
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            (self.preview.settings.report)(Report::Run(Run {
                first_page,
                whole: self.start.elapsed(),
                files,
                open,
                problems: sink.sorted(&*self.sources),
                changed: self.changed.clone(),
                sources: self.sources.clone(),
            }));
        }
    }

    /// A stage panicked: that is our fault, not an author's, and no reason to stop.
    fn fault(&self, panic: &(dyn Any + Send)) {
        let words = panic
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| panic.downcast_ref::<&str>().copied())
            .unwrap_or("panic")
            .to_owned();
        let head = Bilingual::new(
            "mingbai 自己出错了，不是您的错；改动文件后会再试",
            "mingbai failed. This is a bug in mingbai, not your mistake. It tries again when a file changes",
        );
        let said = Bilingual::new(words.clone(), words.clone());
        let problems = Problems::trouble(&[head, said], self.preview.lang());
        let is_ours = self.show(|shown| {
            shown.stage = Stage::Done;
            shown.problems = Arc::new(problems);
        });
        if is_ours {
            (self.preview.settings.report)(Report::Fault(words));
        }
    }
}

impl Watch for Going {}

impl Reader for Going {
    fn attend(&self, proofs: &Proofs) {
        let opened = self.show(|shown| {
            shown.stage = Stage::Open {
                files: HashMap::new(),
                wanted: Vec::new(),
            };
        });
        if !opened {
            return;
        }
        *self
            .first_page
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = Some(self.start.elapsed());
        while let Some(paths) = self.wanted() {
            let made: Vec<(String, Slot)> = self.preview.front.install(|| {
                let paths = paths.into_par_iter();
                paths
                    .map(|path| {
                        // The run itself meets the same fault and reports it.
                        let bytes = catch_unwind(AssertUnwindSafe(|| proofs.file(&path)));
                        let bytes = bytes.ok().flatten();
                        (path, bytes.map_or(Slot::Absent, |b| Slot::Made(b.into())))
                    })
                    .collect()
            });
            let mut shown = self.preview.shown();
            if shown.run == self.number
                && let Stage::Open { files, .. } = &mut shown.stage
            {
                files.extend(made);
            }
            drop(shown);
            self.preview.news.notify_all();
        }
    }

    fn give_way(&self) {
        if !self.preview.is_watched() {
            return;
        }
        let until = Instant::now() + COURTESY;
        let mut shown = self.preview.shown();
        while shown.run == self.number && Instant::now() < until {
            shown = self.preview.wait(shown, until);
        }
    }

    fn makes_again(&self) -> bool {
        true
    }

    fn dismiss(&self) {
        // Under the lock that is waited on, or the word could be missed.
        let shown = self.preview.shown();
        *self
            .is_dismissed
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = true;
        drop(shown);
        self.preview.news.notify_all();
    }

    fn is_gone(&self) -> bool {
        self.preview.shown().run != self.number
    }
}

impl Going {
    /// Waits for somebody to want pages. Nothing when the run is over.
    fn wanted(&self) -> Option<Vec<String>> {
        let mut shown = self.preview.shown();
        loop {
            let over = *self
                .is_dismissed
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            if over || shown.run != self.number {
                return None;
            }
            let Stage::Open { wanted, .. } = &mut shown.stage else {
                return None;
            };
            if !wanted.is_empty() {
                return Some(std::mem::take(wanted));
            }
            shown = self.preview.wait(shown, Instant::now() + PATIENCE);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_of_ours_is_owned_and_the_next_run_goes_on() {
        let reported = Arc::new(Mutex::new(Vec::new()));
        let report = reported.clone();
        let preview = Preview::new(Settings {
            site: PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics/base"),
            today: Box::new(|| jiff::civil::date(2023, 9, 1)),
            lang: Lang::Zh,
            report: Box::new(move |reported| {
                let words = match reported {
                    Report::Fault(words) => words,
                    Report::Trouble(words) => words.zh,
                    Report::Run(_) => "run".to_owned(),
                };
                report.lock().unwrap().push(words);
            }),
        })
        .unwrap();
        let run = Going {
            preview: preview.clone(),
            number: preview.begin(),
            start: Instant::now(),
            changed: Vec::new(),
            sources: Arc::default(),
            config: Config {
                today: jiff::civil::date(2023, 9, 1),
                base_url: None,
                advice: false,
                draft: true,
                part: None,
            },
            first_page: Mutex::default(),
            is_dismissed: Mutex::default(),
        };
        let panic = catch_unwind(|| std::panic::panic_any("甲".to_owned())).unwrap_err();
        run.fault(&*panic);
        assert_eq!(*reported.lock().unwrap(), ["甲"]);
        let said = preview.problems().trouble.clone().unwrap();
        assert!(
            said[0].contains("不是您的错") && said[1] == "甲",
            "{said:?}"
        );
        assert!(matches!(preview.file("index.html"), Served::Nothing));
        // A run that was overtaken owns nothing any more.
        preview.look(&Touched::default());
        run.fault(&"乙");
        preview.settle();
        assert_eq!(preview.problems().trouble, None);
    }
}
