//! One line on a terminal while a long run works: what it does, how much of it is left, and for how long. In a pipe it says
//! nothing. What is seen here may also be measured.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::timings::{self, Timings};
use super::voice::Voice;
use crate::pipeline::Reader;
use crate::watch::{Stage, Step, Watch};

/// Runs shorter than this show nothing: a line that flickers is worse than none.
const PATIENCE: Duration = Duration::from_millis(500);
const TICK: Duration = Duration::from_millis(100);

/// A stage, and how many of its parts are done.
struct Shown {
    words: String,
    parts: usize,
}

/// The line; it goes when this is dropped.
pub(super) struct Progress {
    voice: Voice,
    ticker: Option<(Sender<Shown>, JoinHandle<()>)>,
    /// How many parts of this stage are done.
    done: Arc<AtomicUsize>,
    timings: Option<Timings>,
}

impl Progress {
    /// Begins to watch the time, if stderr is a terminal; measures the run if that was asked for.
    pub fn start(voice: Voice, is_measured: bool) -> Self {
        let done = Arc::new(AtomicUsize::new(0));
        let ticker = voice.can_draw().then(|| {
            let (sender, stages) = mpsc::channel();
            let done = done.clone();
            (
                sender,
                std::thread::spawn(move || tick(&stages, &done, voice)),
            )
        });
        Self {
            voice,
            ticker,
            done,
            timings: is_measured.then(Timings::default),
        }
    }

    /// What is being done from now on.
    pub fn stage(&self, words: (&'static str, &'static str)) {
        self.begin(words, 0);
    }

    /// How many files were sent, of how many.
    pub fn sent(&self, files: usize, all: usize) {
        if self.done.load(Ordering::Relaxed) == 0 {
            self.begin(("发送", "sending"), all);
        }
        self.done.store(files, Ordering::Relaxed);
    }

    fn begin(&self, words: (&'static str, &'static str), parts: usize) {
        self.done.store(0, Ordering::Relaxed);
        if let Some(timings) = &self.timings {
            timings.enter(words);
        }
        if let Some((sender, _)) = &self.ticker {
            let words = self.voice.lang.line(words.0, words.1);
            // The ticker ends only when this value goes.
            sender.send(Shown { words, parts }).unwrap_or_default();
        }
    }

    /// Where the time went, if that was asked for.
    pub fn table(&self) -> Option<String> {
        let timings = self.timings.as_ref()?;
        Some(timings.table(self.voice.lang))
    }
}

impl Watch for Progress {
    fn enter(&self, stage: Stage, parts: usize) {
        self.begin(stage.words(), parts);
    }

    fn part(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }

    fn clock(&self) -> u64 {
        self.timings
            .as_ref()
            .map_or(0, |_| timings::cpu_of_thread())
    }

    fn done(&self, kind: &str, step: Step, since: u64) {
        if let Some(timings) = &self.timings {
            timings.done(kind, step, since);
        }
    }
}

impl Reader for Progress {
    fn makes_again(&self) -> bool {
        true
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((sender, thread)) = self.ticker.take() {
            drop(sender);
            // A progress line that could not be drawn does not make the run fail.
            thread.join().unwrap_or_default();
        }
    }
}

fn tick(stages: &mpsc::Receiver<Shown>, done: &AtomicUsize, voice: Voice) {
    let start = Instant::now();
    let mut stage = Shown {
        words: String::new(),
        parts: 0,
    };
    let mut shown = false;
    loop {
        match stages.recv_timeout(TICK) {
            Ok(next) => stage = next,
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        if start.elapsed() >= PATIENCE {
            shown = true;
            let Shown { words, parts } = &stage;
            let done = done.load(Ordering::Relaxed);
            let of = match parts {
                0 => String::new(),
                parts => format!(" {done}/{parts}"),
            };
            voice.print_rendered(&format!(
                "\r\x1b[K{words}…{of} {:.1} s",
                start.elapsed().as_secs_f32()
            ));
        }
    }
    if shown {
        voice.print_rendered("\r\x1b[K");
    }
}
