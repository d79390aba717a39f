//! The targets of cargo-fuzz (`tests/fuzz/`) on their seeds and on changes of them: the same properties in every run of the tests,
//! with inputs that are the same in every run.
//!
//! With `MINGBAI_FUZZ=reader` the named target runs on changes of its seeds for `MINGBAI_FUZZ_SECONDS` (60 unless told), with other
//! inputs in every run; an input that breaks a property is printed. It needs neither the nightly compiler nor cargo-fuzz,
//! and does not see which code an input reaches, as cargo-fuzz does.

// It says what it found, and a long run begins with the time.
#![allow(clippy::disallowed_macros, clippy::disallowed_methods)]

#[path = "fuzz/src/targets.rs"]
mod targets;

use std::panic::{self, AssertUnwindSafe};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use targets::{ALL, Target, repository};

/// Changes of each seed in an ordinary run.
const CHANGES: usize = 40;
/// The longest input, in bytes.
const LONGEST: usize = 6_000;

/// A small generator of numbers (xorshift, Marsaglia 2003).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end.max(1) as u64).unwrap_or(0)
    }
}

/// Pieces that mean something to one of the targets.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "---\n", "---", "\n\n", "\n", "  ", "\t", ": ", "- ", "[", "]", "{", "}", "\"", "'", "|", "&a ", "*a", "!!", "#", "# 附件", "# ", "```", "> ", "* ",
    "一、", "（一）", "1.", "（1）", "①", "第一章", "第一条", "第9999999999条", "附件", "：", "，", "。", "、", "《", "》", "〔", "〕", "〔此处略去", "“", "”",
    "2023年", "7月17日", "2月30日", "至", "不得早于", "每天", "60名", "三千二百", "亿", "99999999999999999999", "%", "元", "0351-7654321", "title: ", "clause: 一\n",
    "quote: ", "when: 其余\n", "全部", "未载明", "\u{feff}", "\u{200b}", "\0", "\r\n", "\u{3000}", "<", ">", "</", "&amp;", "&#0;", "<table>", "<td colspan=99>",
    "<w:p>", "</w:p>", "<w:tbl>", "w:val=\"-1\"", "w:val=\"99999999999\"", "r=\"XFD1048576\"", ",", ";", "\"\"",
];

fn seeds(target: &Target) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for (folder, ending) in target.2 {
        let folder = repository().join(folder);
        let Ok(entries) = std::fs::read_dir(&folder) else {
            continue;
        };
        let mut paths: Vec<_> = entries.map(|entry| entry.expect("a file").path()).collect();
        paths.sort();
        paths.retain(|path| path.to_string_lossy().ends_with(ending));
        found.extend(
            paths
                .iter()
                .map(|path| std::fs::read(path).expect("a seed")),
        );
    }
    assert!(!found.is_empty(), "{} has no seeds", target.0);
    found
}

/// A piece of a seed, with some changes.
fn changed(seeds: &[Vec<u8>], numbers: &mut Numbers) -> Vec<u8> {
    let seed = &seeds[numbers.below(seeds.len())];
    let mut input = seed.clone();
    if input.len() > LONGEST {
        let start = if numbers.below(2) == 0 {
            0
        } else {
            numbers.below(input.len() - LONGEST)
        };
        input = input[start..start + LONGEST].to_vec();
    }
    for _ in 0..=numbers.below(6) {
        let at = numbers.below(input.len() + 1);
        let length = numbers.below(60).min(input.len() - at);
        match numbers.below(7) {
            0 => drop(input.drain(at..at + length)),
            1 => input.truncate(at),
            2 => {
                let copy = input[at..at + length].to_vec();
                let times = numbers.below(20) + 1;
                input.splice(at..at, copy.repeat(times));
            }
            3 => {
                let other = &seeds[numbers.below(seeds.len())];
                let from = numbers.below(other.len());
                let end = (from + numbers.below(200)).min(other.len());
                input.splice(at..at, other[from..end].to_vec());
            }
            4 => {
                if let Some(byte) = input.get_mut(at) {
                    *byte = u8::try_from(numbers.below(256)).unwrap_or(0);
                }
            }
            _ => {
                let piece = PIECES[numbers.below(PIECES.len())];
                let times = if numbers.below(12) == 0 { 200 } else { 1 };
                input.splice(at..at, piece.repeat(times).into_bytes());
            }
        }
        input.truncate(4 * LONGEST);
    }
    input
}

fn try_one(target: &Target, input: &[u8]) {
    let run = AssertUnwindSafe(|| (target.1)(input));
    if let Err(why) = panic::catch_unwind(run) {
        eprintln!("{}: {:?}", target.0, String::from_utf8_lossy(input));
        panic::resume_unwind(why);
    }
}

#[test]
fn every_target_keeps_its_properties_on_its_seeds_and_on_changes_of_them() {
    for target in &ALL {
        let seeds = seeds(target);
        for seed in &seeds {
            try_one(target, seed);
        }
        let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
        for _ in 0..CHANGES * 12 / ALL.len().max(1) {
            try_one(target, &changed(&seeds, &mut numbers));
        }
    }
}

#[test]
fn every_target_has_a_program_for_cargo_fuzz() {
    let folder = repository().join("tests/fuzz");
    let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).expect("the manifest");
    for (name, ..) in &ALL {
        let program = std::fs::read_to_string(folder.join(format!("fuzz_targets/{name}.rs")));
        assert!(program.is_ok_and(|text| text.contains(&format!("targets::{name}(bytes)"))));
        assert!(manifest.contains(&format!("name = \"{name}\"")), "{name}");
    }
}

#[test]
fn a_target_that_is_named_runs_for_a_while() {
    let Ok(name) = std::env::var("MINGBAI_FUZZ") else {
        return;
    };
    let target = ALL
        .iter()
        .find(|(known, ..)| *known == name)
        .expect("a target");
    let seconds = std::env::var("MINGBAI_FUZZ_SECONDS").ok();
    let seconds = seconds
        .and_then(|seconds| seconds.parse().ok())
        .unwrap_or(60);
    let seeds = seeds(target);
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .expect("a clock");
    let mut numbers = Numbers(now.subsec_nanos().into());
    let (start, mut count) = (Instant::now(), 0_usize);
    let mut slowest = (Duration::ZERO, Vec::new());
    while start.elapsed() < Duration::from_secs(seconds) {
        let input = changed(&seeds, &mut numbers);
        let before = Instant::now();
        try_one(target, &input);
        if before.elapsed() > slowest.0 {
            slowest = (before.elapsed(), input);
        }
        count += 1;
    }
    let (took, input) = slowest;
    eprintln!("{name}: {count} inputs in {seconds} s, the slowest took {took:?}:");
    eprintln!("{:?}", String::from_utf8_lossy(&input));
}
