//! Where the time of a run went: by stage, and by kind of page and file. Asked for with `--timings`.
//!
//! Comes in: what the stages say of themselves ([`Watch`]). Goes out: two tables. A stage is measured by the clock on the wall
//! and by the processor time of the whole program, a page by the processor time of the thread that makes it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use crate::text::Lang;
use crate::watch::Step;

/// A stage that began: its name, and what was used up until then.
struct Begun {
    name: (&'static str, &'static str),
    wall: Instant,
    /// Nanoseconds.
    cpu: u64,
}

/// A stage that ended: times in milliseconds, memory in MB.
struct Ended {
    name: (&'static str, &'static str),
    wall: u64,
    cpu: u64,
    /// The most memory that the program had in use until then.
    peak: Option<u64>,
}

/// The steps of all things of a kind.
#[derive(Default, Clone, Copy)]
struct Spent {
    count: usize,
    /// Nanoseconds of each step.
    steps: [u64; Step::ALL.len()],
}

/// What was measured so far.
#[derive(Default)]
pub(super) struct Timings {
    stages: Mutex<(Vec<Ended>, Option<Begun>)>,
    kinds: Mutex<BTreeMap<String, Spent>>,
}

impl Timings {
    /// The stage before ends, and this one begins.
    pub fn enter(&self, name: (&'static str, &'static str)) {
        let mut stages = self.stages.lock().unwrap_or_else(PoisonError::into_inner);
        let (ended, current) = &mut *stages;
        let next = Begun {
            name,
            wall: Instant::now(),
            cpu: cpu_of_program(),
        };
        if let Some(begun) = current.replace(next) {
            ended.push(end(&begun));
        }
    }

    /// A step of one thing of a kind is done; it began when [`cpu_of_thread`] was `since`.
    pub fn done(&self, kind: &str, step: Step, since: u64) {
        let spent = cpu_of_thread().saturating_sub(since);
        let mut kinds = self.kinds.lock().unwrap_or_else(PoisonError::into_inner);
        if !kinds.contains_key(kind) {
            kinds.insert(kind.to_owned(), Spent::default());
        }
        if let Some(row) = kinds.get_mut(kind) {
            row.count += usize::from(matches!(step, Step::Keep | Step::HandOn));
            row.steps[step as usize] += spent;
        }
    }

    /// The last stage ends. The tables.
    pub fn table(&self, lang: Lang) -> String {
        let mut stages = self.stages.lock().unwrap_or_else(PoisonError::into_inner);
        let (ended, current) = &mut *stages;
        if let Some(begun) = current.take() {
            ended.push(end(&begun));
        }
        let kinds = self.kinds.lock().unwrap_or_else(PoisonError::into_inner);
        let mut out = String::new();
        stage_table(ended, lang, &mut out);
        kind_table(&kinds, lang, &mut out);
        out
    }
}

fn end(begun: &Begun) -> Ended {
    Ended {
        name: begun.name,
        wall: u64::try_from(begun.wall.elapsed().as_millis()).unwrap_or(u64::MAX),
        cpu: cpu_of_program().saturating_sub(begun.cpu) / 1_000_000,
        peak: peak(),
    }
}

fn stage_table(ended: &[Ended], lang: Lang, out: &mut String) {
    let head = lang.line(
        "    毫秒  CPU 毫秒  内存峰值 MB  阶段",
        "      ms    CPU ms      peak MB  stage",
    );
    let _ = writeln!(out, "{head}");
    let line = |out: &mut String, wall, cpu, peak: Option<u64>, name: &str| {
        let peak = peak.map_or_else(String::new, |peak| peak.to_string());
        let _ = writeln!(out, "{wall:>8}  {cpu:>8}  {peak:>11}  {name}");
    };
    for stage in ended {
        let name = lang.line(stage.name.0, stage.name.1);
        line(out, stage.wall, stage.cpu, stage.peak, &name);
    }
    let total = lang.line("合计", "in all");
    let wall = ended.iter().map(|stage| stage.wall).sum();
    let cpu = ended.iter().map(|stage| stage.cpu).sum();
    let peak = ended.iter().filter_map(|stage| stage.peak).max();
    line(out, wall, cpu, peak, &total);
}

fn kind_table(kinds: &BTreeMap<String, Spent>, lang: Lang, out: &mut String) {
    if kinds.is_empty() {
        return;
    }
    let head = lang.line(
        "    件数  沿用毫秒  制作毫秒  压缩毫秒  检查写出  种类（CPU 时间）",
        "   count   kept ms   made ms  minify ms   hand on  kind (CPU time)",
    );
    let _ = writeln!(out, "\n{head}");
    let mut rows: Vec<(&String, &Spent)> = kinds.iter().collect();
    rows.sort_by_key(|(_, spent)| std::cmp::Reverse(spent.steps.iter().sum::<u64>()));
    for (kind, spent) in rows {
        let _ = write!(out, "{:>8}", spent.count);
        for step in spent.steps {
            let _ = write!(out, "  {:>8}", step / 1_000_000);
        }
        let _ = writeln!(out, "  {kind}");
    }
}

/// The processor time of the program so far, in nanoseconds; 0 where this cannot be known.
#[cfg(unix)]
fn cpu_of_program() -> u64 {
    nanoseconds(rustix::time::clock_gettime(
        rustix::time::ClockId::ProcessCPUTime,
    ))
}

/// The processor time of this thread so far, in nanoseconds; 0 where this cannot be known.
#[cfg(unix)]
pub(super) fn cpu_of_thread() -> u64 {
    nanoseconds(rustix::time::clock_gettime(
        rustix::time::ClockId::ThreadCPUTime,
    ))
}

#[cfg(unix)]
fn nanoseconds(time: rustix::time::Timespec) -> u64 {
    let seconds = u64::try_from(time.tv_sec).unwrap_or_default();
    seconds * 1_000_000_000 + u64::try_from(time.tv_nsec).unwrap_or_default()
}

#[cfg(not(unix))]
fn cpu_of_program() -> u64 {
    0
}

#[cfg(not(unix))]
pub(super) fn cpu_of_thread() -> u64 {
    0
}

/// The most memory that the program had in use so far, in MB; nothing where this cannot be known.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kilobytes / 1000)
}
