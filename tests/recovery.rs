//! One mistake in a file hides no other, and nothing false follows from it.
//!
//! Every entry of every source of a small site is made unreadable in several ways, and the reports are counted.

mod support;

use std::collections::BTreeSet;
use std::path::Path;

use jiff::civil::date;
use mingbai::config::Config;
use mingbai::diag::{Diagnostic, Sink};
use mingbai::pipeline;
use mingbai::sources::{self, Sources};
use rayon::prelude::*;
use tempfile::TempDir;

/// The base of the diagnostics' cases, with the theme.
fn base() -> TempDir {
    let folder = tempfile::tempdir().expect("a new folder");
    let repository = support::repository();
    support::copy(&repository.join("themes"), &folder.path().join("themes"));
    support::copy(&repository.join("tests/diagnostics/base"), folder.path());
    folder
}

fn read(folder: &Path) -> Sources {
    sources::read(folder, &mut Sink::default()).expect("a site")
}

fn said(sources: &Sources) -> Vec<Diagnostic> {
    let config = Config {
        today: date(2026, 11, 20),
        base_url: None,
        advice: false,
        draft: false,
        part: None,
    };
    let mut sink = Sink::default();
    pipeline::build(sources, &config, &mut sink);
    let list = sink.into_sorted(sources);
    list.into_iter().filter(|d| d.code.id != "MB0317").collect()
}

/// The lines of the entries of a file: the first line of each, and the line after its last.
fn entries(text: &str) -> Vec<(usize, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let is_page = lines.first() == Some(&"---");
    let start = usize::from(is_page);
    let end = if is_page {
        1 + lines[1..]
            .iter()
            .position(|line| *line == "---")
            .expect("front matter")
    } else {
        lines.len()
    };
    let begins =
        |line: &str| line.starts_with(|c: char| c.is_alphabetic()) || line.starts_with("- ");
    let mut starts: Vec<usize> = (start..end).filter(|i| begins(lines[*i])).collect();
    starts.push(end);
    starts.windows(2).map(|pair| (pair[0], pair[1])).collect()
}

/// The file with other lines in place of an entry.
fn changed(text: &str, (from, until): (usize, usize), line: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let all = lines[..from].iter().chain([&line]).chain(&lines[until..]);
    all.map(|line| format!("{line}\n")).collect()
}

fn key_of(text: &str, line: usize) -> String {
    let line = text.lines().nth(line).expect("a line");
    line.split(':').next().expect("a key").to_owned()
}

#[test]
fn an_entry_that_cannot_be_read_is_reported_once_and_nothing_follows_from_it() {
    let folder = base();
    let sources = read(folder.path());
    assert!(said(&sources).is_empty());
    let mut cases = Vec::new();
    for file in &sources.files {
        let is_source = file.path.ends_with(".yaml") || file.path.ends_with(".md");
        if !is_source || file.path.starts_with("themes/") || file.path.starts_with("data/regions/")
        {
            continue;
        }
        for entry in entries(&file.text) {
            let key = key_of(&file.text, entry.0);
            let lines = [
                format!("{key}: \"甲"),
                format!("{key}: [甲, 乙"),
                format!("{key}: {{text: 甲 #3号, clause: 一}}"),
                format!("{key}: 甲\n   乙: 丙"),
                format!("{key}:\n  \t甲: 乙"),
                format!("{key}:\n　　甲: 乙"),
            ];
            // Each way is tried with some entries, and each entry in two ways.
            let turn = cases.len() / 2;
            for line in [&lines[turn % 3], &lines[3 + turn % 3]].map(Clone::clone) {
                cases.push((file.path.clone(), changed(&file.text, entry, &line), line));
            }
        }
    }
    assert!(cases.len() > 150, "{}", cases.len());
    let wrong: Vec<String> = cases
        .par_iter()
        .filter_map(|(path, text, line)| {
            let list = said(&read(folder.path()).with(path, text.clone()));
            let codes: Vec<&str> = list.iter().map(|d| d.code.id).collect();
            let messages: Vec<&str> = list.iter().map(|d| d.message.zh.as_str()).collect();
            (codes.len() != 1).then(|| format!("{path} {line:?}: {codes:?} {messages:?}"))
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "{} of {}\n{}",
        wrong.len(),
        cases.len(),
        wrong.join("\n")
    );
}

#[test]
fn mistakes_before_and_after_a_syntax_error_are_reported_with_it() {
    let folder = base();
    let sources = read(folder.path());
    let path = "content/notices/shanxi-2020-renewal.md";
    let file = sources
        .files
        .iter()
        .find(|file| file.path == path)
        .expect("a notice");
    let text = file
        .text
        .replace("publicity: 主动公开", "publicity: \"主动公开")
        .replace("title:", "titel:")
        .replace("issued: 2020-07-15", "issued: 2020-13-15");
    let list = said(&read(folder.path()).with(path, text));
    let codes: BTreeSet<&str> = list.iter().map(|d| d.code.id).collect();
    assert_eq!(
        codes,
        BTreeSet::from(["MB0101", "MB0201", "MB0205"]),
        "{list:#?}"
    );
}

#[test]
fn each_of_several_syntax_errors_is_reported() {
    let folder = base();
    let sources = read(folder.path());
    let path = "data/schedules/youyu-2023.yaml";
    let file = sources
        .files
        .iter()
        .find(|file| file.path == path)
        .expect("a schedule");
    let mut text = file.text.clone();
    text = text.replace("year: 2023", "year： 2023");
    text.push_str("topics: [续贷\nnote: \"甲\nshort: @乙\n");
    let list = said(&read(folder.path()).with(path, text));
    let codes: Vec<&str> = list.iter().map(|d| d.code.id).collect();
    assert_eq!(
        codes.iter().filter(|c| **c == "MB0101").count(),
        3,
        "{list:#?}"
    );
    assert_eq!(
        codes.iter().filter(|c| **c == "MB0103").count(),
        1,
        "{list:#?}"
    );
}
