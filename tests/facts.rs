//! What a page is made from is what it asked for: nobody keeps lists of dependencies by hand, so none can be forgotten.

mod support;

use std::collections::BTreeSet;

use jiff::civil::{Date, date};
use mingbai::config::Config;
use mingbai::diag::Sink;
use mingbai::output::OutputTree;
use mingbai::sources::Sources;
use mingbai::{pipeline, sources};

use support::repository;

const TODAY: Date = date(2026, 11, 29);

fn build(sources: &Sources) -> OutputTree {
    let mut sink = Sink::default();
    let config = Config {
        today: TODAY,
        base_url: None,
        advice: false,
        draft: false,
        part: None,
    };
    let tree = pipeline::build(sources, &config, &mut sink).tree;
    assert!(!sink.has_errors(), "the edited site builds");
    tree
}

fn real_site() -> Sources {
    sources::read(repository(), &mut Sink::default()).expect("the repository is a site folder")
}

/// The sources with one file edited: the title of a document, the first words of a plain page.
fn edited(path: &str, text: &str) -> Sources {
    let sources = real_site();
    let text = if path.starts_with("content/pages/") {
        format!("{text}\n\n多出来的一句话。\n")
    } else {
        let line = text
            .lines()
            .find(|line| line.starts_with("title: "))
            .expect("a document has a title");
        // A title that is not the copied one is refused.
        without_copied_lines(&text.replacen(line, &format!("{line}（改）"), 1))
    };
    sources.with(path, text)
}

/// A notice without `as_printed`.
fn without_copied_lines(text: &str) -> String {
    let mut inside = false;
    let lines = text.split_inclusive('\n').filter(|line| {
        inside = line.starts_with("as_printed:") || (inside && line.starts_with("  "));
        !inside
    });
    lines.collect()
}

fn is_page(path: &str) -> bool {
    path.ends_with(".html") || path.ends_with("atom.xml") || path.starts_with("feeds/")
}

#[test]
fn a_page_that_an_edit_changes_has_asked_for_the_edited_file() {
    let sources = real_site();
    let before = build(&sources);
    let folders = [
        "content/notices/",
        "content/pages/",
        "data/pilots/",
        "data/schedules/",
        "data/assessments/",
        "data/checks/",
    ];
    let mut changed = 0;
    let mut faults = Vec::new();
    for (id, file) in sources.numbered() {
        if !folders.iter().any(|folder| file.path.starts_with(folder)) {
            continue;
        }
        let after = build(&edited(&file.path, &file.text));
        assert_eq!(
            before
                .keys()
                .filter(|path| is_page(path))
                .collect::<Vec<_>>(),
            after
                .keys()
                .filter(|path| is_page(path))
                .collect::<Vec<_>>(),
            "an edit of words changes no address"
        );
        let pages = before.iter().filter(|(path, _)| is_page(path));
        for (path, page) in pages {
            if page.bytes == after[path].bytes {
                continue;
            }
            changed += 1;
            if !page.inputs.contains(&id) {
                faults.push(format!("{path} changes with {}", file.path));
            }
        }
    }
    assert!(changed > 100, "only {changed} pages changed");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_page_does_not_depend_on_what_it_does_not_show() {
    let sources = real_site();
    let tree = build(&sources);
    let (youyu, _) = sources
        .find("data/schedules/youyu-2023.yaml")
        .expect("the schedule of Youyu");
    let reached: BTreeSet<&str> = tree
        .iter()
        .filter(|(path, page)| is_page(path) && page.inputs.contains(&youyu))
        .map(|(path, _)| path.as_str())
        .collect();
    for path in [
        "schedules/youyu-2023.html",
        "counties/140623.html",
        "index.html",
    ] {
        assert!(reached.contains(path), "{path} shows the schedule");
    }
    for path in [
        "notices/hunan-2017-rescue.html",
        "assessments/henan-2018.html",
        "checks/hunan-rescue.html",
        "404.html",
    ] {
        assert!(tree.contains_key(path), "{path}");
        assert!(!reached.contains(path), "{path} does not show the schedule");
    }
    assert!(reached.len() < 80, "{} pages: {reached:?}", reached.len());
}
