//! The handbook for counties, in Chinese and English: every example in it builds as written, without diagnostics.
//!
//! Only the invented places of the examples are replaced, because 某省 某市 某县 is not in the regions data.

mod support;

use std::collections::BTreeMap;
use std::fs;

/// The pages of each handbook.
const HANDBOOKS: [&[&str]; 2] = [
    &[
        "content/pages/for-counties.md",
        "content/pages/self-check-rules.md",
    ],
    &["content/pages/for-counties-en.md"],
];

/// The pages of a handbook, one after the other.
fn handbook(pages: &[&str]) -> String {
    pages
        .iter()
        .map(|path| {
            fs::read_to_string(support::repository().join(path)).expect("a page of the handbook")
        })
        .collect()
}

/// The fenced blocks of a language, in order, with the line each begins on.
fn blocks(text: &str, language: &str) -> Vec<(usize, String)> {
    let mut out: Vec<(usize, String)> = Vec::new();
    let mut open: Option<bool> = None;
    for (number, line) in (1..).zip(text.lines()) {
        match (line.strip_prefix("```"), open) {
            (Some(info), None) => {
                open = Some(info == language);
                if info == language {
                    out.push((number, String::new()));
                }
            }
            (Some(_), Some(_)) => open = None,
            (None, Some(true)) => {
                let (_, block) = out.last_mut().expect("a block is open");
                block.push_str(line);
                block.push('\n');
            }
            _ => {}
        }
    }
    assert!(open.is_none(), "a block is not closed");
    out
}

/// The file that an example belongs to, judged by its keys.
fn place_of(block: &str) -> Option<&'static str> {
    let has = |word: &str| block.lines().any(|line| line.starts_with(word));
    Some(if has("questions:") {
        "data/checks/example.yaml"
    } else if has("synonyms:") {
        "data/search.yaml"
    } else if has("windows:") {
        "data/schedules/example-2027.yaml"
    } else if has("grades:") {
        "data/assessments/example-2027-result.yaml"
    } else if has("counties:") {
        "data/pilots/example-2027-pilots.yaml"
    } else if has("- id:") {
        "data/glossary.yaml"
    } else if has("受理窗口:") {
        "aliases"
    } else {
        return None;
    })
}

/// The examples as files of a site.
fn site_of(text: &str) -> BTreeMap<String, String> {
    let mut site = BTreeMap::new();
    for (line, block) in blocks(text, "markdown") {
        assert!(block.starts_with("---\n"), "line {line} begins a notice");
        let id = if block.contains("# 附件1") {
            "notice"
        } else {
            "plan"
        };
        let place = format!("content/notices/example-2027-{id}.md");
        let before = site.insert(place, block);
        assert!(
            before.is_none(),
            "line {line}: a second example of this notice"
        );
    }
    for (line, block) in blocks(text, "yaml") {
        let place = place_of(&block)
            .unwrap_or_else(|| panic!("line {line}: where does this belong?\n{block}"));
        let before = site.insert(place.to_owned(), block);
        assert!(before.is_none(), "line {line}: a second example of {place}");
    }
    site
}

fn replaced(text: &str) -> String {
    text.replace("某省 某市 某县", "山西省 朔州市 右玉县")
        .replace("某县、某区", "右玉县、平鲁区")
        .replace("某市: 某县", "朔州市: 右玉县")
        .replace("某市：某县", "朔州市：右玉县")
        .replace("某市: 某区", "朔州市: 平鲁区")
        .replace("某市：某区", "朔州市：平鲁区")
        .replace("某市: 右玉县", "朔州市: 右玉县")
        .replace("某市：右玉县", "朔州市：右玉县")
        .replace("region: 某省", "region: 山西省")
}

/// The diagnostics of a site with these files and the regions, topics and theme of the real site.
fn said(files: &BTreeMap<String, String>) -> String {
    let site = tempfile::tempdir().expect("a new folder");
    support::copy_theme_and_regions(site.path());
    for path in ["data/site.yaml", "data/topics.yaml"] {
        let text =
            fs::read_to_string(support::repository().join(path)).expect("a file of the real site");
        // The real topics lead to documents that this site does not have.
        support::write_files(site.path(), [(path, text.as_str())]);
    }
    for (path, text) in files {
        support::write_files(site.path(), [(path.as_str(), replaced(text).as_str())]);
    }
    let (code, words) = support::run(
        support::mingbai(["build", "--today", "2027-07-20", "--lang", "zh"]).arg(site.path()),
    );
    if code == 0 && !words.contains("提醒[") {
        String::new()
    } else {
        words
    }
}

#[test]
fn every_example_of_the_handbooks_builds_as_it_is_written() {
    for pages in HANDBOOKS {
        let mut site = site_of(&handbook(pages));
        let aliases = site
            .remove("aliases")
            .expect("an example with Chinese keys");
        for kind in [
            "content/notices/",
            "data/schedules/",
            "data/checks/",
            "data/pilots/",
            "data/assessments/",
        ] {
            assert!(
                site.keys().any(|file| file.starts_with(kind)),
                "{pages:?}: no example of {kind}"
            );
        }
        let words = said(&site);
        assert!(words.is_empty(), "{pages:?}:\n{words}");

        // The example with Chinese keys says the same as the one with English keys, so it can replace it.
        let schedule = &site["data/schedules/example-2027.yaml"];
        let kept: String = schedule
            .split_inclusive('\n')
            .scan(false, |skip, line| {
                if !line.starts_with([' ', '#']) {
                    *skip = line.starts_with("windows:") || line.starts_with("contacts:");
                }
                Some(if *skip { "" } else { line })
            })
            .collect();
        site.insert(
            "data/schedules/example-2027.yaml".to_owned(),
            kept + &aliases,
        );
        let words = said(&site);
        assert!(words.is_empty(), "{pages:?}, Chinese keys:\n{words}");
    }
}

#[test]
fn a_broken_example_is_detected() {
    let mut site = site_of(&handbook(HANDBOOKS[0]));
    site.remove("aliases");
    let schedule = site
        .get_mut("data/schedules/example-2027.yaml")
        .expect("the schedule");
    *schedule = schedule.replace("until: 2027-09-20", "until: 2027-09-21");
    assert!(said(&site).contains("MB0"), "a wrong day must be noticed");
}

#[test]
fn commands_of_the_handbooks_exist() {
    let mut seen = 0;
    for pages in HANDBOOKS {
        for (line, block) in blocks(&handbook(pages), "sh") {
            for command in block
                .lines()
                .filter_map(|line| line.strip_prefix("mingbai "))
            {
                let command = command.split(" #").next().unwrap_or(command);
                let words: Vec<&str> = command.split_whitespace().collect();
                let (code, help) = support::run(&mut support::mingbai([words[0], "--help"]));
                assert_eq!(code, 0, "{}:{line}: {command}", pages[0]);
                for flag in words.iter().filter(|word| word.starts_with("--")) {
                    let flag = flag.split('=').next().unwrap_or(flag);
                    // The help of a command with subcommands does not show their flags; their own help does.
                    let (_, deeper) = support::run(&mut support::mingbai([
                        words[0],
                        words.get(1).unwrap_or(&""),
                        "--help",
                    ]));
                    assert!(
                        help.contains(flag) || deeper.contains(flag),
                        "{}:{line}: {command}: no {flag}",
                        pages[0]
                    );
                }
                seen += 1;
            }
        }
    }
    assert!(seen >= 10, "only {seen} commands");
}

#[test]
fn both_handbooks_have_the_same_examples() {
    let [zh, en] = HANDBOOKS.map(|pages| site_of(&handbook(pages)));
    let bare = |site: &BTreeMap<String, String>| -> Vec<(String, String)> {
        site.iter()
            .map(|(path, text)| {
                let lines = text
                    .lines()
                    .map(|line| line.split(" #").next().unwrap_or(line).trim_end());
                let lines: Vec<&str> = lines
                    .filter(|line| !line.trim_start().starts_with('#'))
                    .collect();
                (path.clone(), lines.join("\n"))
            })
            .collect()
    };
    assert_eq!(bare(&zh), bare(&en));
}
