//! Limits: what is over one is refused with its place, the number, the limit and the setting; the settings are read; what is within
//! all of them is built.
//!
//! How time grows is measured by `tests/bench/growth/run`, not here.

mod support;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

const TODAY: &str = "2026-11-20";

/// A copy of the small site of the diagnostics.
fn site() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    support::copy(
        &support::repository().join("tests/diagnostics/base"),
        folder.path(),
    );
    folder
}

fn put(site: &Path, path: &str, text: &str) {
    let path = site.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

fn add(site: &Path, path: &str, text: &str) {
    let before = fs::read_to_string(site.join(path)).expect("a file of the base");
    put(site, path, &format!("{before}{text}"));
}

fn run(site: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mingbai"))
        .args(arguments)
        .args(["--today", TODAY])
        .env("LC_ALL", "C.UTF-8")
        .current_dir(site)
        .output()
        .expect("the program runs")
}

/// What `check --format json` reports: code, file, line, message and hint in English.
fn reported(site: &Path) -> Vec<(String, String, u64, String, String)> {
    let output = run(site, &["check", ".", "--format", "json"]);
    let list: Vec<serde_json::Value> =
        serde_json::from_slice(&output.stdout).expect("a list of diagnostics");
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    list.iter()
        .map(|one| {
            let (code, file) = (text(&one["code"]), text(&one["file"]));
            let line = one["line"].as_u64().unwrap_or_default();
            (
                code,
                file,
                line,
                text(&one["message"]["en"]),
                text(&one["hint"]["en"]),
            )
        })
        .collect()
}

fn notice(front: &str, body: &str) -> String {
    format!(
        "---\ntitle: 一份通知\nnumber: 未载明\nkind: 通知\nissuers: 未载明\nissued: 未载明\nyear: 2023\npublicity: 未载明\nregion: 山西省\ntopics: [续贷]\n{front}---\n\n{body}\n"
    )
}

/// One setting, what goes over it, and the place and the number that are reported.
#[test]
fn every_limit_is_a_setting_and_a_diagnostic() {
    let row = "|甲|乙|\n";
    let table = format!("{row}|---|---|\n{}", row.repeat(4));
    let page = |body: &str| format!("---\ntitle: 一页\n---\n\n{body}\n");
    let cases: Vec<(&str, usize, &str, String, u64, &str)> = vec![
        (
            "max_file_kb",
            2,
            "content/pages/x.md",
            page(&"字".repeat(1000)),
            1,
            "3",
        ),
        ("max_total_kb", 1, "content/pages/zz.md", page("话"), 1, ""),
        (
            "max_documents",
            6,
            "data/schedules/zz.yaml",
            "title: 甲\n".into(),
            1,
            "7",
        ),
        ("max_pages", 1, "content/pages/zz.md", page("话"), 1, "2"),
        ("max_rows", 3, "content/pages/x.md", page(&table), 6, "5"),
        ("max_columns", 1, "content/pages/x.md", page(&table), 6, "2"),
        ("max_cells", 9, "content/pages/x.md", page(&table), 6, "10"),
        (
            "max_clauses",
            9,
            "content/notices/x.md",
            notice(
                "",
                &(1..=11)
                    .map(|i| format!("第{i}条 办。\n\n"))
                    .collect::<String>(),
            ),
            0,
            "11",
        ),
        (
            "max_entries",
            // The keys of the front matter are ten.
            12,
            "content/notices/x.md",
            notice(
                "formerly: [a.html, b.html, c.html, d.html, e.html, f.html, g.html, h.html, i.html, j.html, k.html, l.html, m.html]\n",
                "一、办。",
            ),
            11,
            "13",
        ),
        (
            "max_value",
            60,
            "content/notices/x.md",
            notice(&format!("source: {}\n", "字".repeat(61)), "一、办。"),
            11,
            "61",
        ),
        (
            "max_attachments_kb",
            1,
            "content/notices/x.txt",
            "字".repeat(400),
            1,
            "2",
        ),
    ];
    for (key, most, path, text, line, count) in cases {
        let site = site();
        add(
            site.path(),
            "data/site.yaml",
            &format!("limits: {{{key}: {most}}}\n"),
        );
        put(site.path(), path, &text);
        let list = reported(site.path());
        let over: Vec<_> = list.iter().filter(|one| one.0 == "MB0115").collect();
        let (_, _, at, message, hint) = over
            .iter()
            .find(|one| one.1 == path)
            .unwrap_or_else(|| panic!("{key}: {list:?}"));
        assert!(line == 0 || *at == line, "{key}: line {at}");
        assert!(message.contains(count), "{key}: {message}");
        assert!(
            message.ends_with(&format!("the limit is {most}")),
            "{key}: {message}"
        );
        assert!(hint.contains(&format!("`{key}: ")), "{key}: {hint}");
        let output = run(site.path(), &["build", ".", "--out", "out"]);
        assert_eq!(output.status.code(), Some(1), "{key}");
        assert!(!site.path().join("out").exists(), "{key}");
    }
}

#[test]
fn what_the_hint_says_raises_the_limit() {
    let site = site();
    let body: String = (1..=11).map(|i| format!("第{i}条 办。\n\n")).collect();
    put(site.path(), "content/notices/x.md", &notice("", &body));
    add(site.path(), "data/site.yaml", "限额: {条款数: 10}\n");
    assert!(reported(site.path()).iter().any(|one| one.0 == "MB0115"));
    let text = fs::read_to_string(site.path().join("data/site.yaml")).expect("the settings");
    put(
        site.path(),
        "data/site.yaml",
        &text.replace("条款数: 10", "max_clauses: 11"),
    );
    assert!(reported(site.path()).iter().all(|one| one.0 != "MB0115"));
}

#[test]
fn a_setting_that_is_no_number_in_its_bounds_is_reported_and_does_not_hold() {
    for value in ["101", "many", "99999999999999999999", "-1"] {
        let site = site();
        add(
            site.path(),
            "data/site.yaml",
            &format!("limits: {{max_menu: {value}}}\n"),
        );
        let list = reported(site.path());
        let codes: Vec<&str> = list.iter().map(|one| one.0.as_str()).collect();
        assert!(codes.contains(&"MB0230"), "{value}: {list:?}");
    }
}

#[test]
fn at_most_two_hundred_problems_are_listed_and_the_rest_is_counted_in_every_format() {
    let site = site();
    let keys: String = (0..450).map(|i| format!("生造{i}: 有\n")).collect();
    put(
        site.path(),
        "content/pages/about.md",
        &format!("---\ntitle: 一页\n{keys}---\n\n话。\n"),
    );
    let list = reported(site.path());
    assert_eq!(list.len(), 201);
    let last = &list[200];
    assert_eq!(last.0, "MB0116");
    assert_eq!(last.3, "not listed: errors 250, warnings 0, suggestions 0");
    for (format, mark) in [
        ("text", "MB0116"),
        ("sarif", "\"ruleId\": \"MB0116\""),
        ("github", "title=MB0116"),
        ("gitlab", "\"check_name\": \"MB0116\""),
    ] {
        let output = run(site.path(), &["check", ".", "--format", format]);
        let mut text = String::from_utf8(output.stdout).expect("text");
        text += &String::from_utf8(output.stderr).expect("text");
        assert_eq!(text.matches(mark).count(), 1, "{format}");
        assert!(text.contains("250"), "{format}");
        assert!(text.matches("MB0201").count() >= 200, "{format}");
        assert!(text.matches("MB0201").count() <= 404, "{format}");
    }
    let summary = run(site.path(), &["check", "."]);
    let summary = String::from_utf8(summary.stderr).expect("text");
    assert!(summary.contains("450 errors"), "{summary}");
}

#[test]
fn a_long_menu_leads_to_a_page_that_lists_all_pages() {
    let site = site();
    for i in 10..40 {
        put(
            site.path(),
            &format!("content/pages/p{i}.md"),
            &format!("---\ntitle: 第{i}页\n---\n\n话。\n"),
        );
    }
    let output = run(site.path(), &["build", ".", "--out", "out"]);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let read = |path: &str| fs::read_to_string(site.path().join("out").join(path)).expect("a page");
    let home = read("index.html");
    let shown = (10..40)
        .filter(|i| home.contains(&format!("p{i}.html")))
        .count();
    assert_eq!(shown, 15, "16 pages with about.html");
    assert!(home.contains("pages/index.html"));
    let all = read("pages/index.html");
    for i in 10..40 {
        assert!(
            all.contains(&format!("href=\"../p{i}.html\""))
                || all.contains(&format!("href=../p{i}.html")),
            "p{i}"
        );
        assert!(all.contains(&format!("第{i}页")), "p{i}");
    }
    // A short menu leads nowhere else.
    let other = self::site();
    assert!(
        run(other.path(), &["build", ".", "--out", "out"])
            .status
            .success()
    );
    assert!(!other.path().join("out/pages/index.html").exists());
}

#[test]
fn a_source_that_lost_its_end_since_the_last_edition_is_reported_once() {
    let site = site();
    let path = "content/pages/about.md";
    let line = "本站照登政策原文，不改一个字，有出处。\n\n";
    put(
        site.path(),
        path,
        &format!("---\ntitle: 关于本站\n---\n\n{}", line.repeat(20)),
    );
    let build = || {
        let output = run(site.path(), &["build", ".", "--out", "out"]);
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stderr).expect("text")
    };
    assert!(!build().contains("MB0117"));
    assert!(!build().contains("MB0117"));
    let whole = fs::read(site.path().join(path)).expect("the page");
    // At the end of a line: nothing in the file itself shows it.
    let short = String::from_utf8(whole[..whole.len() - 3 * line.len()].to_vec()).expect("text");
    put(site.path(), path, &short);
    let said = build();
    assert!(
        said.contains("MB0117") && said.contains(&format!("{} bytes", 3 * line.len())),
        "{said}"
    );
    assert!(
        !build().contains("MB0117"),
        "the shorter file is now the last edition"
    );
    // What is kept has no words, and is not in the site.
    let record = fs::read_to_string(site.path().join(".out.mingbai-sources")).expect("a record");
    assert!(record.contains(path) && !record.contains("照登"));
    assert!(!site.path().join("out/.out.mingbai-sources").exists());
}

#[test]
fn the_handbook_has_every_limit_with_its_default_and_its_largest_number() {
    let grouped = |number: usize| {
        let digits = number.to_string();
        let mut out = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                out.push(',');
            }
            out.push(digit);
        }
        out
    };
    for (page, language) in [("limits.md", 0), ("limits-en.md", 1)] {
        let path = support::repository().join("content/pages").join(page);
        let text = fs::read_to_string(path).expect("the page of limits");
        for row in &mingbai_forms::limits::TABLE {
            let alias = mingbai_forms::keys::alias(row.key).expect("an alias");
            let words = [row.counts.0, row.counts.1][language];
            let (default, largest) = (grouped(row.default), grouped(row.largest));
            let line = format!(
                "| `{}` | {alias} | {words} | {default} | {largest} |",
                row.key
            );
            assert!(text.contains(&line), "{page}: {line}");
        }
        let lines = text.lines().filter(|line| line.starts_with("| `max_"));
        assert_eq!(lines.count(), mingbai_forms::limits::TABLE.len(), "{page}");
    }
}
