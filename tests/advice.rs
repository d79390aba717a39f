//! Advice: only `check` gives it, it never blocks, and it is not given without a reason.

mod support;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use jiff::civil::{Date, date};
use mingbai::config::Config;
use mingbai::diag::{Diagnostic, Severity, Sink};
use mingbai::drafts::Drafts;
use mingbai::link;
use mingbai::sources::{self, Sources};
use mingbai::{lints, pipeline, rules};
use proptest::prelude::*;

const TODAY: Date = date(2026, 11, 25);

/// The advice for a site in a folder on a day: code and file of each, in order.
fn advice(sources: &Sources, today: Date) -> Vec<Diagnostic> {
    let model = link::load(sources, &mut Sink::default());
    let compiled = rules::compile(&model, sources, &mut Sink::default());
    let mut sink = Sink::default();
    Drafts::find(sources).advise(&mut sink);
    lints::advise(&model, &compiled, sources, today, &mut sink);
    sink.into_sorted(sources)
}

fn codes(list: &[Diagnostic]) -> Vec<&str> {
    list.iter().map(|said| said.code.id).collect()
}

fn read(site: &Path) -> Sources {
    sources::read(site, &mut Sink::default()).expect("a site folder")
}

// ---------------------------------------------------------------- the real site

#[test]
fn on_the_real_site_passing_years_change_nothing() {
    let sources = read(support::repository());
    for today in [TODAY, date(2027, 7, 20), date(2035, 1, 1)] {
        let list = advice(&sources, today);
        let said: String = list.iter().fold(String::new(), |mut said, d| {
            let _ = writeln!(said, "{} {}", d.code.id, d.message.zh);
            said
        });
        assert!(list.is_empty(), "on {today}:\n{said}");
    }
}

#[test]
fn the_schedule_of_youyu_gets_advice_in_its_own_year() {
    let sources = read(support::repository());
    // The plan of 2023 gives no telephone number.
    for (today, expected) in [
        (date(2023, 9, 1), vec!["MB0708"]),
        (date(2023, 9, 17), vec!["MB0708"]),
        (date(2023, 9, 18), vec!["MB0708", "MB0705", "MB0705"]),
        (date(2023, 9, 25), vec!["MB0708", "MB0705", "MB0705"]),
        (date(2023, 9, 26), vec!["MB0708", "MB0706"]),
        (date(2024, 1, 1), vec![]),
    ] {
        assert_eq!(codes(&advice(&sources, today)), expected, "on {today}");
    }
}

// ---------------------------------------------------------------- never blocks

/// The small site of the diagnostics with much to advise on.
fn untidy() -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a folder");
    let site = root.path().join("site");
    let repository = support::repository();
    support::copy(&repository.join("themes"), &site.join("themes"));
    support::copy(&repository.join("tests/diagnostics/base"), &site);
    for case in ["MB0702-negations", "MB0704-glossary", "MB0709-two-tables"] {
        let folder = repository.join("tests/diagnostics").join(case);
        support::copy(&folder, &site);
    }
    fs::remove_file(site.join("expected.txt")).expect("the text expected of a case");
    root
}

fn mingbai(root: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = support::mingbai(arguments)
        .current_dir(root)
        .output()
        .expect("the program starts");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let code = output.status.code().expect("the program ends by itself");
    (code, text(&output.stdout), text(&output.stderr))
}

#[test]
fn check_gives_advice_and_passes() {
    let root = untidy();
    let (code, stdout, stderr) = mingbai(root.path(), &["check", "site", "--today", "2026-11-25"]);
    assert_eq!(code, 0, "{stderr}");
    assert!(stderr.contains("建议[MB0704]") && stderr.contains("建议[MB0709]"));
    assert!(stdout.contains("检查通过"), "{stdout}");
}

#[test]
fn build_gives_no_advice_and_writes_the_same_site() {
    let root = untidy();
    let build = ["build", "site", "--out", "public", "--today", "2026-11-25"];
    let (code, _, stderr) = mingbai(root.path(), &build);
    assert_eq!((code, stderr.as_str()), (0, ""));
    let sources = read(&root.path().join("site"));
    let built = |advice: bool| {
        let mut sink = Sink::default();
        let config = Config {
            today: TODAY,
            base_url: None,
            advice,
            draft: true,
            part: None,
        };
        let tree = pipeline::build(&sources, &config, &mut sink).tree;
        assert!(!sink.has_errors());
        (tree, sink.count())
    };
    let ((with, given), (without, silent)) = (built(true), built(false));
    assert!(given > silent);
    assert_eq!(with.len(), without.len());
    for (path, file) in &with {
        assert!(file.bytes == without[path].bytes, "{path} differs");
    }
}

#[test]
fn errors_come_first_and_alone() {
    let root = untidy();
    let page = root.path().join("site/content/pages/about.md");
    let text = fs::read_to_string(&page).expect("a page");
    fs::write(&page, text + "\n[没有这一页](/nowhere.html)\n").expect("a page");
    let (code, _, stderr) = mingbai(root.path(), &["check", "site", "--today", "2026-11-25"]);
    assert_eq!(code, 1);
    assert!(
        stderr.contains("错误[MB0502]") && !stderr.contains("建议"),
        "{stderr}"
    );
}

// ---------------------------------------------------------------- hostile text

/// A site with one text everywhere: summary, note, comment, page, official text.
fn site_of(text: &str) -> Sources {
    let quoted = text.replace('\'', "''").replace(['\n', '\r'], " ");
    Sources::from_archive(&format!(
        "-- content/notices/n.md --\n---\ntitle: 通知\nnumber: 未载明\nkind: 通知\nissuers: 未载明\nissued: 2026-01-01\npublicity: 未载明\nregion: 全国\nsummary:\n  - {{text: '{quoted}', clause: 一}}\n# 待核 {quoted}\n---\n\n一、{text}\n\n-- content/pages/p.md --\n---\ntitle: 页\n---\n\n{text}\n\n## 又\n\n- {text}\n\n-- data/topics.yaml --\n- {{id: a, name: 甲, about: \"{}\"}}\n",
        text.replace('\\', "\\\\")
            .replace('"', "\\\"")
            .replace(['\n', '\r'], "\\n"),
    ))
}

/// Every diagnostic has a span in its file, on character boundaries.
fn placed(sources: &Sources, list: &[Diagnostic]) {
    for said in list {
        assert_eq!(said.code.severity, Severity::Advice, "{}", said.code.id);
        let file = sources.file(said.span.source);
        assert!(
            file.text.get(said.span.range()).is_some(),
            "{} in {}",
            said.code.id,
            file.path
        );
    }
}

/// Characters that divide, quote, link and nest, mixed with words that advice searches for.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "（",
            "）",
            "(",
            ")",
            "《",
            "》",
            "“",
            "”",
            "`",
            "，",
            "。",
            "：",
            "；",
            "、",
            "\n",
            "\n\n",
            "|",
            "| --- |\n",
            "![",
            "[",
            "](",
            "#",
            "# 待核",
            "的",
            "不",
            "没有",
            "不得不",
            "凡",
            "均",
            "除",
            "外不得",
            "展期",
            "（就是",
            "点击这里",
            "&amp;",
            "&hellip;",
            "\\*",
            "**",
            "\0",
            "\u{2028}",
            "𠮷",
            "e\u{301}",
            "2026-11-30",
            "- ",
            "> ",
            "```\n",
            "<b>",
            "'",
            "\"",
        ])
        .prop_map(str::to_owned),
        "\\PC{0,3}",
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_written_gets_advice_in_its_place_or_none(text in hostile()) {
        let sources = site_of(&text);
        placed(&sources, &advice(&sources, TODAY));
    }
}

#[test]
fn long_texts_of_one_character_are_read_in_time() {
    for piece in [
        "（",
        "）",
        "（）",
        "《",
        "“”",
        "《》",
        "`",
        "，",
        "。",
        "的",
        "不",
        "不不",
        "凡",
        "除",
        "展期",
        "# ",
        "#待核 ",
        "[",
        "[](",
        "![](",
        "[点此](/a)",
        "| ",
        "|a|\n|-|\n\n",
        "- ",
        "> ",
        "a.",
        "征信（",
    ] {
        let sources = site_of(&piece.repeat(60_000 / piece.len()));
        let start = Instant::now();
        let list = advice(&sources, TODAY);
        placed(&sources, &list);
        let took = start.elapsed();
        assert!(took < Duration::from_secs(20), "{piece:?}: {took:?}");
    }
}
