//! One line on a terminal while a long run works: what it does and for how long. In a pipe it says nothing.

use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::voice::Voice;

/// Runs shorter than this show nothing: a line that flickers is worse than none.
const PATIENCE: Duration = Duration::from_millis(500);
const TICK: Duration = Duration::from_millis(100);

/// The line; it goes when this is dropped.
pub(super) struct Progress {
    voice: Voice,
    ticker: Option<(Sender<String>, JoinHandle<()>)>,
}

impl Progress {
    /// Begins to watch the time, if stderr is a terminal.
    pub fn start(voice: Voice) -> Self {
        let ticker = voice.can_draw().then(|| {
            let (sender, stages) = mpsc::channel::<String>();
            (sender, std::thread::spawn(move || tick(&stages, voice)))
        });
        Self { voice, ticker }
    }

    /// What is being done from now on.
    pub fn stage(&self, zh: &str, en: &str) {
        if let Some((sender, _)) = &self.ticker {
            // The ticker ends only when this value goes.
            sender
                .send(self.voice.lang.line(zh, en))
                .unwrap_or_default();
        }
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

fn tick(stages: &mpsc::Receiver<String>, voice: Voice) {
    let start = Instant::now();
    let mut stage = String::new();
    let mut shown = false;
    loop {
        match stages.recv_timeout(TICK) {
            Ok(next) => stage = next,
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        if start.elapsed() >= PATIENCE {
            shown = true;
            voice.print_rendered(&format!(
                "\r\x1b[K{stage}… {:.1} s",
                start.elapsed().as_secs_f32()
            ));
        }
    }
    if shown {
        voice.print_rendered("\r\x1b[K");
    }
}
