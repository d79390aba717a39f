//! Robustness: whatever the source files contain, mingbai never panics, never hangs, and every diagnostic has a span
//! inside its file.
//!
//! There are three kinds of input: edits of every real file, generated YAML and Markdown, and extreme files (nesting,
//! long lines, expansion bombs). The random inputs are the same in every run.

mod support;

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use mingbai::config::Config;
use mingbai::diag::{Diagnostic, Format, Severity, Sink, SourceMap, render_all};
use mingbai::output::OutputTree;
use mingbai::sources::{self, SourceFile, Sources};
use mingbai::text::Lang;
use mingbai::{pipeline, sources::keys::KEYS};
use proptest::prelude::*;
use proptest::test_runner::{Config as Cases, RngAlgorithm, TestRng, TestRunner};
use scraper::Html;

/// The time limit for a site of this size, on a busy machine, whatever it contains.
const PATIENCE: Duration = Duration::from_secs(20);

/// The stack size of the program's own threads.
static POOL: LazyLock<rayon::ThreadPool> = LazyLock::new(|| {
    rayon::ThreadPoolBuilder::new()
        .stack_size(16 * 1024 * 1024)
        .build()
        .expect("threads")
});

/// The repository as a site.
static REAL: LazyLock<Vec<Arc<SourceFile>>> = LazyLock::new(|| read(support::repository()));

/// The small site of the diagnostics, with the repository's theme.
static SMALL: LazyLock<Vec<Arc<SourceFile>>> = LazyLock::new(|| {
    let mut files = read(&support::repository().join("tests/diagnostics/base"));
    let theme = REAL.iter().filter(|file| file.path.starts_with("themes/"));
    files.extend(theme.cloned());
    files
});

fn read(site: &Path) -> Vec<Arc<SourceFile>> {
    let mut sink = Sink::default();
    let sources = sources::read(site, &mut sink).expect("a site folder");
    assert_eq!(sink.count(), 0);
    sources.files
}

/// A site in which one file is replaced or added.
fn with(files: &[Arc<SourceFile>], path: &str, text: &str) -> Sources {
    let mut files: Vec<Arc<SourceFile>> = files
        .iter()
        .filter(|file| file.path != path)
        .cloned()
        .collect();
    let (path, text) = (path.to_owned(), text.to_owned());
    files.push(Arc::new(SourceFile { path, text }));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Sources {
        files,
        ..Sources::default()
    }
}

/// Builds the site and checks all diagnostics.
fn answer(sources: &Sources, sink: Sink) -> Vec<Diagnostic> {
    answer_on(&POOL, sources, sink).0
}

/// The same on other threads; also returns the site.
fn answer_on(
    pool: &rayon::ThreadPool,
    sources: &Sources,
    mut sink: Sink,
) -> (Vec<Diagnostic>, OutputTree) {
    let start = Instant::now();
    let config = Config {
        today: jiff::civil::date(2026, 11, 20),
        base_url: None,
        advice: false,
        draft: false,
        part: None,
    };
    let tree = pool.install(|| pipeline::build(sources, &config, &mut sink).tree);
    let list = sink.into_sorted(sources);
    for said in &list {
        for span in said.also.iter().map(|(span, _)| *span).chain([said.span]) {
            let text = sources.text(span.source);
            assert!(
                text.get(span.range()).is_some(),
                "{} {}: {span:?} is no piece of {} bytes",
                said.code.id,
                sources.path(span.source),
                text.len()
            );
        }
    }
    let shown: Vec<_> = list.iter().take(200).cloned().collect();
    for colour in [false, true] {
        let text = render_all(
            &shown,
            sources,
            Format::Text {
                colour,
                lang: Lang::Both,
            },
        );
        assert_eq!(text.is_empty(), list.is_empty());
    }
    let json = render_all(&shown, sources, Format::Json);
    let parsed: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(parsed.as_array().map(Vec::len), Some(shown.len()));
    let took = start.elapsed();
    assert!(took < PATIENCE, "took {took:?}");
    (list, tree)
}

/// Runs a property on inputs that are the same in every run.
fn for_all<S: Strategy>(cases: u32, seed: u8, inputs: S, property: impl Fn(S::Value))
where
    S::Value: Clone,
{
    let config = Cases {
        cases,
        failure_persistence: None,
        max_shrink_iters: 200,
        ..Cases::default()
    };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let outcome = runner.run(&inputs, |input| {
        property(input);
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

// ---------------------------------------------------------------- edits of real files

/// Characters that are inserted into files: YAML and Markdown syntax, full-width characters, emoji, invisible
/// characters.
const SCRAPS: [&str; 48] = [
    "\"",
    "'",
    "：",
    ": ",
    ":",
    "\t",
    "  ",
    "\n",
    "\n\n",
    "- ",
    "-",
    "---\n",
    "[",
    "]",
    "{",
    "}",
    "（",
    "）",
    "〔",
    "#",
    "# 附件",
    "| a | b |",
    "|",
    ">",
    "> ",
    "*",
    "**",
    "&a ",
    "*a",
    "!x ",
    "@",
    "%",
    "`",
    "```\n",
    "<b>",
    "</",
    "&lt;",
    "😀",
    "👨‍👩‍👧",
    "\u{200B}",
    "\u{FEFF}",
    "\u{2028}",
    "\0",
    "\\",
    "é\u{301}",
    "𠮷",
    "99999999999999999999999999",
    "无",
];

#[derive(Debug, Clone)]
enum Edit {
    Delete(u32, usize),
    Insert(u32, usize),
    DeleteLine(u32),
    RepeatLine(u32),
    SwapLines(u32, u32),
    ReplaceChar(u32, char),
    Cut(u32),
}

fn edit() -> impl Strategy<Value = Edit> {
    let at = || any::<u32>();
    prop_oneof![
        2 => (at(), 1usize..40).prop_map(|(at, len)| Edit::Delete(at, len)),
        5 => (at(), 0..SCRAPS.len()).prop_map(|(at, scrap)| Edit::Insert(at, scrap)),
        1 => at().prop_map(Edit::DeleteLine),
        2 => at().prop_map(Edit::RepeatLine),
        1 => (at(), at()).prop_map(|(a, b)| Edit::SwapLines(a, b)),
        2 => (at(), any::<char>()).prop_map(|(at, c)| Edit::ReplaceChar(at, c)),
        1 => at().prop_map(Edit::Cut),
    ]
}

fn apply(text: &str, edits: &[Edit]) -> String {
    let mut text = text.to_owned();
    for edit in edits {
        // Mistakes are made in the front matter as often as in the long body.
        let place = |at: u32, len: usize| {
            let len = if at.is_multiple_of(2) {
                len.min(1500)
            } else {
                len
            };
            at as usize / 2 % len.max(1)
        };
        let mut chars: Vec<char> = text.chars().collect();
        let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
        if chars.is_empty() {
            break;
        }
        text = match edit {
            Edit::Delete(at, len) => {
                let at = place(*at, chars.len());
                chars.drain(at..(at + len).min(chars.len()));
                chars.into_iter().collect()
            }
            Edit::Insert(at, scrap) => {
                let at = place(*at, chars.len());
                chars.splice(at..at, SCRAPS[*scrap].chars());
                chars.into_iter().collect()
            }
            Edit::ReplaceChar(at, c) => {
                let at = place(*at, chars.len());
                chars[at] = *c;
                chars.into_iter().collect()
            }
            Edit::Cut(at) => chars[..place(*at, chars.len())].iter().collect(),
            Edit::DeleteLine(at) => {
                lines.remove(*at as usize % lines.len());
                lines.concat()
            }
            Edit::RepeatLine(at) => {
                let at = *at as usize % lines.len();
                lines.insert(at, lines[at]);
                lines.concat()
            }
            Edit::SwapLines(a, b) => {
                let (a, b) = (*a as usize % lines.len(), *b as usize % lines.len());
                lines.swap(a, b);
                lines.concat()
            }
        };
    }
    text
}

#[test]
fn every_edit_of_a_real_file_is_handled() {
    let ours: Vec<&Arc<SourceFile>> = REAL
        .iter()
        .filter(|file| file.path.starts_with("content/") || file.path.starts_with("data/"))
        .collect();
    assert!(ours.len() > 40);
    for (i, file) in ours.iter().enumerate() {
        // The lists of provinces are similar, so only a few are tried.
        let cases = if file.path.starts_with("data/regions/") {
            2
        } else {
            6
        };
        let seed = u8::try_from(i % 256).expect("below 256");
        for_all(cases, seed, prop::collection::vec(edit(), 1..4), |edits| {
            let text = apply(&file.text, &edits);
            answer(&with(&REAL, &file.path, &text), Sink::default());
        });
    }
}

#[test]
fn every_edit_of_a_small_file_is_handled() {
    let ours: Vec<&Arc<SourceFile>> = SMALL
        .iter()
        .filter(|file| !file.path.starts_with("themes/"))
        .collect();
    let which = 0..ours.len();
    for_all(
        500,
        7,
        (which, prop::collection::vec(edit(), 1..5)),
        |(i, edits)| {
            let text = apply(&ours[i].text, &edits);
            answer(&with(&SMALL, &ours[i].path, &text), Sink::default());
        },
    );
}

// ---------------------------------------------------------------- generated files

/// Values that look like something else, in YAML.
fn scalar() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(vec![
            "通知", "未载明", "无", "2020-07-15", "2020-13-45", "不早于 2020-09-25", "每年 01-31", "6月底", "一（三）",
            "附件", "附件 一", "#", "a#b#c", "72.62%", "0.0000001%", "999999999999%", "30", "-1", "1e9", "0x10", "true", "~", "null",
            "山西省 朔州市 右玉县", "全国", "晋教助学〔2020〕7号", "〔〕号", "灵丘县、、浑源县、", "、", "\"\"", "'a", "\"\\u4e00、\\t\"",
            "|", ">-", "[]", "{}", "{: }", "[,]", "? a", "!!binary aGk=", ".inf", ".nan", "1_000", "0o17", "../../etc/passwd",
            "https://example.org/", "<script>", "{{ page }}", "shanxi-2020-renewal", "shanxi-2020-renewal#一",
            "是否", "单选", "金额", "日期", "县", "1 至 10", "0 至 99999999999999999999", "2023-01-01 至 2023-12-31", "低于 3000", "介于 1 和 4",
            "同年 甲", "在名单 shanxi-2020-remote", "其余", "是", "不知道", "未定", "今天", "符合", "甲", "[甲, 乙]", "{甲: 乙}",
        ]).prop_map(str::to_owned),
        1 => any::<String>().prop_map(|s| s.chars().take(30).collect()),
        1 => "[一二三（）〔〕、：: \"'#*&!|>-]{0,12}",
    ]
}

/// Mappings and lists with keys of the table and with others.
fn yaml() -> impl Strategy<Value = String> {
    let key = || {
        prop_oneof![
            8 => (0..KEYS.len(), any::<bool>()).prop_map(|(i, zh)| if zh { KEYS[i].chinese.to_owned() } else { KEYS[i].english.to_owned() }),
            1 => prop::sample::select(vec!["大同市", "朔州市", "titel", "<<", "? x", "\"", "a b", ""]).prop_map(str::to_owned),
        ]
    };
    let leaf = scalar().prop_map(|value| format!(" {value}\n"));
    let node = leaf.prop_recursive(4, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec((key(), inner.clone()), 0..6).prop_map(|entries| {
                let text: String = entries.iter().map(|(k, v)| format!("{k}:{v}")).collect();
                format!("\n{}", indented(&text))
            }),
            prop::collection::vec(inner, 0..5).prop_map(|items| {
                let text: String = items.iter().map(|v| format!("-{v}")).collect();
                format!("\n{}", indented(&text))
            }),
        ]
    });
    prop::collection::vec((key(), node), 1..14)
        .prop_map(|entries| entries.iter().map(|(k, v)| format!("{k}:{v}")).collect())
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("  {line}\n")).collect()
}

const PLACES: [&str; 10] = [
    "content/notices/youyu-2023-plan.md",
    "content/pages/about.md",
    "data/pilots/shanxi-2020-remote.yaml",
    "data/schedules/youyu-2023.yaml",
    "data/assessments/henan-2018.yaml",
    "data/site.yaml",
    "data/topics.yaml",
    "data/regions/14.yaml",
    "data/regions/extras.yaml",
    "data/checks/youyu-where.yaml",
];

/// The text as a file of its kind: YAML as it is, or as front matter with a body.
fn as_file(path: &str, yaml: &str, body: &str) -> String {
    if path.ends_with(".md") {
        format!("---\n{yaml}---\n{body}\n")
    } else {
        yaml.to_owned()
    }
}

#[test]
fn generated_yaml_is_handled() {
    for_all(400, 11, (0..PLACES.len(), yaml()), |(place, yaml)| {
        let text = as_file(PLACES[place], &yaml, "一、甲\n\n（一）乙。丙\n");
        answer(&with(&SMALL, PLACES[place], &text), Sink::default());
    });
}

#[test]
fn generated_markdown_is_handled() {
    let piece = prop_oneof![
        3 => (0..SCRAPS.len()).prop_map(|i| SCRAPS[i].to_owned()),
        2 => prop::sample::select(vec![
            "一、", "（一）", "1.", "第一章 ", "①", "# 附件\n", "# 附件2：名单\n", "## 标题\n", "〔此处略去", "〕", "[字](", "[字](/about.html#c1)",
            "![图](/a.png)", "![图](//x)", "<!--", "-->", "<div>\n", "| --- |\n", "| 县 |\n", "~~~\n", "    ", "~~", "\\\n", "&#x6a;", "[a]: b\n",
            "大同市：灵丘县、浑源县\n", "附件：", "__", "。", "0.", "〇、", "第零条 ", "（０）",
        ]).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    let text = prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat());
    for_all(400, 13, (0..2usize, text), |(place, body)| {
        let path = PLACES[place];
        let old = SMALL
            .iter()
            .find(|file| file.path == path)
            .expect("a file of the small site");
        let head = old.text.split("---\n").nth(1).expect("front matter");
        answer(
            &with(&SMALL, path, &as_file(path, head, &body)),
            Sink::default(),
        );
    });
}

#[test]
fn random_bytes_are_handled() {
    let folder = tempfile::tempdir().expect("a folder");
    for file in SMALL.iter() {
        let path = folder.path().join(&file.path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, &file.text).expect("a file");
    }
    let bytes = prop::collection::vec(any::<u8>(), 0..400);
    let inputs = (0..PLACES.len(), bytes, 0usize..200, any::<bool>());
    for_all(150, 17, inputs, |(place, bytes, at, windows)| {
        let path = folder.path().join(PLACES[place]);
        let old = SMALL
            .iter()
            .find(|file| file.path == PLACES[place])
            .expect("a file of the small site");
        let mut text = old.text.clone().into_bytes();
        if windows {
            text = old.text.replace('\n', "\r\n").into_bytes();
        }
        let at = at.min(text.len());
        text.splice(at..at, bytes);
        std::fs::write(&path, &text).expect("a file");
        let mut sink = Sink::default();
        let sources = sources::read(folder.path(), &mut sink).expect("a site folder");
        answer(&sources, sink);
        std::fs::write(&path, &old.text).expect("a file");
    });
}

// ---------------------------------------------------------------- extreme files

/// Extreme Markdown: name and body.
fn bodies() -> Vec<(&'static str, String)> {
    let mega = 1 << 20;
    vec![
        ("ten thousand quotations", ">".repeat(10_000)),
        ("ten thousand brackets", "[".repeat(10_000)),
        ("a million brackets", "[".repeat(mega)),
        ("links in links", "[".repeat(5_000) + &"](/a)".repeat(5_000)),
        (
            "images in images",
            "![".repeat(5_000) + &"](/a)".repeat(5_000),
        ),
        ("a line of a megabyte", "县".repeat(mega / 3)),
        ("a megabyte of stars", "*，".repeat(mega / 4)),
        ("emphasis that never ends", "*a **b ".repeat(20_000)),
        ("a megabyte of underscores", "_".repeat(mega)),
        (
            "backticks of all lengths",
            (1..1200).map(|n| "`".repeat(n) + " ").collect(),
        ),
        ("a megabyte of line breaks", "\n".repeat(mega)),
        ("a hundred thousand clauses", "一、甲\n\n".repeat(30_000)),
        (
            "clauses that count on",
            (1..999).map(|n| format!("{n}.甲\n")).collect(),
        ),
        (
            "all levels again and again",
            "第一章 甲\n\n第一节 乙\n\n一、丙\n\n（一）丁\n\n1.戊\n\n（1）己\n\n①庚\n\n"
                .repeat(800),
        ),
        ("two thousand annexes", "# 附件\n\n甲\n\n".repeat(2_000)),
        (
            "deep lists",
            (0..3_000)
                .map(|n| format!("{}- a\n", " ".repeat(2 * (n % 60))))
                .collect(),
        ),
        (
            "a table of ten thousand columns",
            format!(
                "|{}\n|{}\n|{}\n",
                " a |".repeat(10_000),
                " - |".repeat(10_000),
                " b |".repeat(10_000)
            ),
        ),
        ("tags", "<a><b>".repeat(20_000)),
        (
            "a tag that never ends",
            format!("<{}", "a=\"b\" ".repeat(50_000)),
        ),
        ("comments", "<!-- ".repeat(50_000)),
        ("entities", "&lt;&#1;&#x110000;&nosuch;".repeat(10_000)),
        ("omissions", "〔此处略去".repeat(20_000)),
        (
            "references",
            (0..3_000)
                .map(|n| format!("[a{n}]: /b\n\n[a{n}]\n\n"))
                .collect(),
        ),
        ("at signs", "a@".repeat(100_000)),
        ("digits", "1".repeat(mega)),
        ("digits in groups", "138 0000 ".repeat(50_000)),
        (
            "an unclosed fence",
            "```\n".to_owned() + &"a\n".repeat(50_000),
        ),
        (
            "invisible characters",
            "\u{200B}\u{FEFF}\u{2028}\u{202E}\0".repeat(5_000),
        ),
    ]
}

/// Extreme YAML: name and text.
fn documents() -> Vec<(&'static str, String)> {
    let mega = 1 << 20;
    let laughs: String = (1..30)
        .map(|n| {
            format!(
                "a{n}: &a{n} [{}]\n",
                vec![format!("*a{}", n - 1); 10].join(", ")
            )
        })
        .collect();
    vec![
        (
            "ten thousand brackets",
            format!("title: {}\n", "[".repeat(10_000)),
        ),
        (
            "ten thousand closed brackets",
            format!("title: {}{}\n", "[".repeat(10_000), "]".repeat(10_000)),
        ),
        (
            "ten thousand braces",
            format!("title: {}\n", "{a: ".repeat(10_000)),
        ),
        (
            "ten thousand dashes",
            format!("title:\n  {}\n", "- ".repeat(10_000)),
        ),
        (
            "deep mappings",
            (0..2_000)
                .map(|n| format!("{}a:\n", " ".repeat(n)))
                .collect(),
        ),
        ("a billion laughs", format!("a0: &a0 哈\n{laughs}")),
        ("an alias of nothing", "title: *a\n".to_owned()),
        ("an anchor that holds itself", "title: &a [*a]\n".to_owned()),
        (
            "a line of a megabyte",
            format!("title: {}\n", "县".repeat(mega / 3)),
        ),
        (
            "a key of a megabyte",
            format!("{}: 甲\n", "县".repeat(mega / 3)),
        ),
        (
            "a quotation of a megabyte",
            format!("title: \"{}\n", "县 ".repeat(mega / 4)),
        ),
        (
            "many keys",
            (0..60_000).map(|n| format!("a{n}: b\n")).collect(),
        ),
        ("one key many times", "title: 甲\n".repeat(20_000)),
        (
            "many items on a line",
            format!("topics: [{}]\n", "续贷,".repeat(60_000)),
        ),
        (
            "many unknown topics",
            format!("topics: [{}]\n", "a, ".repeat(5_000)),
        ),
        ("full-width colons", "title：甲\n".repeat(20_000)),
        ("tabs", "\ttitle: 甲\n".repeat(20_000)),
        ("colons", format!("title: {}\n", ": ".repeat(100_000))),
        (
            "huge numbers",
            format!(
                "title: 甲\nyear: {}\ncount: 1e999999999\n",
                "9".repeat(100_000)
            ),
        ),
        (
            "folded text",
            format!("title: >\n{}", "  甲\n".repeat(60_000)),
        ),
        ("comments", "# 甲\n".repeat(100_000)),
        ("documents", "---\na: b\n".repeat(10_000)),
        ("tags", "title: !!str ! !x 甲\n".repeat(1_000)),
        (
            "names",
            format!(
                "title: 甲\ncounties:\n  大同市: {}\n",
                "灵丘县、".repeat(20_000)
            ),
        ),
        ("only spaces", " ".repeat(mega)),
        ("a NUL", "title: \0\n".to_owned()),
        (
            "escapes",
            "title: \"\\uD800\\x00\\N\\L\\P\\_\"\n".to_owned(),
        ),
        ("a complex key", "? [a, {b: c}]\n: d\n".to_owned()),
    ]
}

#[test]
fn extreme_markdown_is_handled() {
    for (name, body) in bodies() {
        for path in &PLACES[..2] {
            let old = SMALL
                .iter()
                .find(|file| file.path == *path)
                .expect("a file of the small site");
            let head = old.text.split("---\n").nth(1).expect("front matter");
            let start = Instant::now();
            answer(
                &with(&SMALL, path, &as_file(path, head, &body)),
                Sink::default(),
            );
            assert!(
                start.elapsed() < PATIENCE,
                "{name} in {path}: {:?}",
                start.elapsed()
            );
        }
    }
}

#[test]
fn extreme_yaml_is_handled() {
    for (name, yaml) in documents() {
        for path in [0, 1, 2, 4, 5, 7, 9].map(|i| PLACES[i]) {
            let start = Instant::now();
            answer(
                &with(&SMALL, path, &as_file(path, &yaml, "一、甲\n")),
                Sink::default(),
            );
            assert!(
                start.elapsed() < PATIENCE,
                "{name} in {path}: {:?}",
                start.elapsed()
            );
        }
    }
}

#[test]
fn extreme_values_of_real_keys_are_handled() {
    let long = "县".repeat(50_000);
    let deep = "（一）".repeat(10_000);
    let values = [
        long.as_str(),
        deep.as_str(),
        "\"\"",
        "\" \"",
        "[]",
        "{}",
        "\"\\n\"",
        "\"\\0\"",
        "'#'",
        "\"*\"",
        "0",
        "\"2020-01-01\"",
    ];
    let lines: Vec<(&Arc<SourceFile>, usize)> = SMALL
        .iter()
        .filter(|file| !file.path.starts_with("themes/"))
        .flat_map(|file| (0..file.text.lines().count()).map(move |line| (file, line)))
        .filter(|(file, line)| {
            file.text
                .lines()
                .nth(*line)
                .is_some_and(|l| l.contains(": "))
        })
        .collect();
    // One after the other: a build that waits must not take up the next one, or their times add up.
    for (i, (file, line)) in lines.iter().enumerate() {
        // Every value is tried with every key somewhere, and each line contains two of them.
        for value in [
            values[i % values.len()],
            values[(i / values.len() + 5) % values.len()],
        ] {
            let text: String = file
                .text
                .lines()
                .enumerate()
                .map(|(k, text)| match text.split_once(": ") {
                    Some((key, _)) if k == *line => format!("{key}: {value}\n"),
                    _ => format!("{text}\n"),
                })
                .collect();
            answer(&with(&SMALL, &file.path, &text), Sink::default());
        }
    }
}

// ---------------------------------------------------------------- rules

/// The rule file of the small site.
const RULES: &str = PLACES[9];

/// The default stack size of a thread.
static NARROW: LazyLock<rayon::ThreadPool> = LazyLock::new(|| {
    rayon::ThreadPoolBuilder::new()
        .stack_size(2 * 1024 * 1024)
        .build()
        .expect("threads")
});

const HEAD: &str = "title: 甲\ndescription: 乙\nsource: youyu-2023-plan\nregion: 山西省\nchecked: {on: 2026-11-20, by: 丙}\n";

/// Questions with the answers yes and no: 问0, 问1 …
fn yes_no(count: usize) -> String {
    (0..count)
        .map(|n| format!("  问{n}: {{ask: 问, type: 是否, why: 为}}\n"))
        .collect()
}

fn outcome(name: &str, when: &str) -> String {
    format!(
        "      - {{name: {name}, when: {when}, verdict: 看情况, text: 丁, clause: 二, quote: 续贷学生线上办理}}\n"
    )
}

/// A rule file with one decision of two outcomes.
fn rules(questions: &str, conditions: &str, when: &str, examples: &str) -> String {
    let conditions = if conditions.is_empty() {
        String::new()
    } else {
        format!("conditions:\n{conditions}")
    };
    let outcomes = outcome("成", when) + &outcome("不成", "其余");
    format!(
        "{HEAD}questions:\n{questions}{conditions}decisions:\n  判:\n    ask: 成吗？\n    outcomes:\n{outcomes}examples:\n{examples}"
    )
}

const UNKNOWN: &str = "  - {name: 全不知道, answers: {}, expect: {判: [成, 不成]}}\n";

/// `{全部: [a, b]}`
fn all_of(members: impl IntoIterator<Item = String>) -> String {
    format!("{{全部: [{}]}}", Vec::from_iter(members).join(", "))
}

fn any_of(members: impl IntoIterator<Item = String>) -> String {
    format!("{{任一: [{}]}}", Vec::from_iter(members).join(", "))
}

fn both(a: usize, b: usize) -> String {
    all_of([a, b].map(|n| format!("问{n}")))
}

/// Values that are not ranges, and comparisons without a value.
const RANGES: [&str; 12] = [
    "99999999999999999999 至 999999999999999999999",
    "-5 至 -1",
    "0 至 1e9",
    "0x10 至 0x20",
    "１ 至 ２０００００００００００",
    "至",
    "1 至",
    "至 1",
    "1 至 1 至 2",
    "1 至 0",
    "0.0 至 .5",
    "NaN 至 inf",
];
const VALUES: [&str; 15] = [
    "低于 99999999999999999999",
    "高于 -5",
    "不低于 1e9",
    "0x10",
    "介于 5 和 99999999999999",
    "介于 和",
    "低于",
    "低于 低于 低于",
    "同年 9999999-99-99",
    "同年 2024-02-30",
    "在名单",
    "在名单 ../../../etc/passwd",
    "[1, 2, 3, 4, 五]",
    "{低于: 3}",
    "\"\"",
];

/// Conditions that each refer to the next one, ending with `last`.
fn chain(count: usize, last: &str) -> String {
    (0..count)
        .map(|n| match n + 1 {
            next if next == count => format!("  条{n}: {last}\n"),
            next => format!("  条{n}: {{不是: 条{next}}}\n"),
        })
        .collect()
}

/// Extreme files that are not valid rules: name and text. Each is an error.
fn broken_rules() -> Vec<(&'static str, String)> {
    let one = yes_no(1);
    let ranges: String = RANGES
        .iter()
        .enumerate()
        .map(|(n, range)| {
            let kind = ["整数", "金额", "日期"][n % 3];
            format!("  数{n}: {{ask: 问, type: {kind}, range: {range}, why: 为}}\n")
        })
        .collect();
    let measured = "  数: {ask: 问, type: 整数, range: 0 至 9, why: 为}\n  钱: {ask: 问, type: 金额, range: 0 至 9, why: 为}\n  日: {ask: 问, type: 日期, range: 2023-01-01 至 2023-12-31, why: 为}\n";
    let values: String = VALUES
        .iter()
        .enumerate()
        .map(|(n, value)| format!("  条{n}: {{{}: {value}}}\n", ["数", "钱", "日"][n % 3]))
        .collect();
    let deep = |count: usize| format!("{}问0{}", "{不是: ".repeat(count), "}".repeat(count));
    let steps: String = (0..1_000)
        .map(|n| format!("\n{}不是:", " ".repeat(10 + n)))
        .collect();
    let plain = rules(&one, "", "问0", UNKNOWN);
    let decisions: String = (0..100)
        .map(|n| {
            let last = outcome("成", "其余");
            format!("  判{n}:\n    ask: 问\n    outcomes:\n{last}")
        })
        .collect();
    let outcomes: String = (0..200)
        .map(|n| outcome(&format!("果{n}"), "问0"))
        .collect();
    let many = |count: usize, name: &dyn Fn(usize) -> String| any_of((0..count).map(name));
    let false_example = "  - {name: 例, answers: {问0: 是}, expect: {判: 不成}}\n";
    // Products whose factors are far apart in any order.
    let thirds = (0..30).flat_map(|n| {
        (1..15).map(move |step| all_of([0, step, step * 3].map(|k| format!("问{}", (n + k) % 30))))
    });
    vec![
        (
            "ten thousand questions",
            rules(
                &yes_no(10_000),
                "",
                &many(10_000, &|n| format!("问{n}")),
                UNKNOWN,
            ),
        ),
        (
            "a thousand conditions in each other",
            rules(&one, "", &deep(1_000), UNKNOWN),
        ),
        (
            "a thousand conditions in each other, by lines",
            rules(&one, "", &steps, UNKNOWN),
        ),
        (
            "a circle of five hundred",
            rules(&one, &chain(500, "{任一: [问0, 条0]}"), "条250", UNKNOWN),
        ),
        (
            "a condition of itself, many times",
            rules(
                &one,
                &format!("  条: {}\n", many(1_900, &|_| "条".to_owned())),
                "条",
                UNKNOWN,
            ),
        ),
        (
            "five hundred and one conditions",
            rules(&one, &chain(501, "问0"), "条0", UNKNOWN),
        ),
        (
            "five thousand clauses",
            rules(
                &one,
                "",
                &many(5_000, &|_| "{不是: 问0}".to_owned()),
                UNKNOWN,
            ),
        ),
        (
            "five thousand unknown names",
            rules(&one, "", &many(5_000, &|n| format!("没{n}")), UNKNOWN),
        ),
        ("ranges", rules(&ranges, "", "数0", UNKNOWN)),
        ("values", rules(measured, &values, "条0", UNKNOWN)),
        (
            "two thousand and one examples",
            rules(&one, "", "问0", &UNKNOWN.repeat(2_001)),
        ),
        (
            "two thousand false examples",
            rules(&one, "", "问0", &false_example.repeat(2_000)),
        ),
        (
            "a hundred decisions",
            plain.replace("decisions:\n", &format!("decisions:\n{decisions}")),
        ),
        (
            "two hundred outcomes",
            plain.replace("    outcomes:\n", &format!("    outcomes:\n{outcomes}")),
        ),
        (
            "thirty questions entangled",
            rules(&yes_no(30), "", &any_of(thirds), UNKNOWN),
        ),
        (
            "thirty pairs far apart",
            rules(
                &yes_no(60),
                "",
                &any_of((0..30).map(|n| both(n, n + 30))),
                UNKNOWN,
            ),
        ),
        (
            "one key many times",
            format!(
                "{HEAD}questions:\n{}",
                "  问: {ask: 问, ask: 问, type: 是否, why: 为}\n".repeat(2_000)
            ),
        ),
    ]
}

/// Extreme files that are valid: name and text. Each gives a page, a diagnostic that it is too large, or one that
/// something never happens.
fn sound_rules() -> Vec<(&'static str, String)> {
    let odd = "{任一: [{全部: [前, {不是: 今}]}, {全部: [{不是: 前}, 今]}]}";
    let parity: String = (0..30)
        .map(|n| match n {
            0 => "  奇0: 问0\n".to_owned(),
            _ => {
                let odd = odd.replace("前", &format!("奇{}", n - 1));
                format!("  奇{n}: {}\n", odd.replace("今", &format!("问{n}")))
            }
        })
        .collect();
    let downwards: String = (0..500)
        .map(|n| match n {
            0 => "  条0: 问0\n".to_owned(),
            _ => format!("  条{n}: {{不是: 条{}}}\n", n - 1),
        })
        .collect();
    let examples: String = (0..2_000)
        .map(|n| {
            format!("  - {{name: 例{n}, answers: {{问0: 是}}, expect: {{判: 成}}, missing: []}}\n")
        })
        .collect();
    let decisions: String = (0..16)
        .map(|d| {
            let list: String = (0..2)
                .map(|o| {
                    outcome(
                        &format!("果{o}"),
                        &both((d + o) % 16, (d * 3 + o * 5 + 1) % 16),
                    )
                })
                .collect();
            let last = outcome("别", "其余");
            format!("  判{d}:\n    ask: 问\n    overlap: 先\n    outcomes:\n{list}{last}")
        })
        .collect();
    let open = "  - {name: 例, answers: {问0: 否}, expect: {}}\n";
    let pairs = |count: usize| {
        let far = any_of((0..count).map(|n| both(n, n + count)));
        rules(&yes_no(2 * count), "", &far, UNKNOWN)
    };
    let again = any_of((0..600).map(|n| both(n % 12, (n + 1 + n / 12 % 5) % 12)));
    let two =
        "  - {name: 例, answers: {问0: 是, 问1: 是}, expect: {判: 成}}\n".to_owned() + UNKNOWN;
    vec![
        (
            "sixty questions",
            rules(
                &yes_no(60),
                "",
                &any_of((0..60).map(|n| format!("问{n}"))),
                UNKNOWN,
            ),
        ),
        (
            "a chain of names",
            rules(&yes_no(1), &chain(500, "问0"), "条0", UNKNOWN),
        ),
        (
            "a chain of names, last one first",
            rules(&yes_no(1), &downwards, "条499", UNKNOWN),
        ),
        (
            "thirty conditions in each other",
            rules(
                &yes_no(1),
                "",
                &format!("{}问0{}", "{不是: ".repeat(30), "}".repeat(30)),
                UNKNOWN,
            ),
        ),
        (
            "odd or even of thirty",
            rules(&yes_no(30), &parity, "奇29", UNKNOWN),
        ),
        (
            "two thousand examples",
            rules(&yes_no(1), "", "问0", &examples),
        ),
        (
            "sixteen decisions with two thousand examples",
            format!(
                "{HEAD}questions:\n{}decisions:\n{decisions}examples:\n{}",
                yes_no(16),
                open.repeat(2_000)
            ),
        ),
        // The largest rules that the diagram can represent in the order of the file.
        ("thirteen pairs far apart", pairs(13)),
        ("fifteen pairs far apart", pairs(15)),
        (
            "six hundred products of twelve",
            rules(&yes_no(12), "", &again, &two.repeat(1_000)),
        ),
    ]
}

fn is_error(said: &Diagnostic) -> bool {
    said.code.severity == Severity::Error
}

#[test]
fn extreme_files_that_are_not_rules_are_errors() {
    for (name, text) in broken_rules() {
        let (list, tree) = answer_on(&NARROW, &with(&SMALL, RULES, &text), Sink::default());
        assert!(list.iter().any(is_error), "{name} is taken");
        assert!(tree.is_empty(), "{name} has a site");
    }
}

#[test]
fn extreme_rules_are_pages_or_too_large() {
    for (name, text) in sound_rules() {
        let (list, tree) = answer_on(&NARROW, &with(&SMALL, RULES, &text), Sink::default());
        let errors: Vec<&str> = list
            .iter()
            .filter(|said| is_error(said))
            .map(|said| said.code.id)
            .collect();
        let taken = tree.contains_key("checks/youyu-where.html");
        assert!(
            taken && errors.is_empty() || errors == ["MB0314"],
            "{name}: {errors:?}"
        );
    }
}

/// The lines of the small site's rule file that have a value: the text before the value, and the value.
fn entries() -> Vec<(&'static str, Option<&'static str>)> {
    let rules = SMALL.iter().find(|file| file.path == RULES);
    let text = &rules.expect("a rule file").text;
    text.lines()
        .map(|line| match line.split_once(": ") {
            Some((key, value)) => (key, Some(value)),
            None => (line, None),
        })
        .collect()
}

/// The file with the values that `choose` returns.
fn with_values(choose: impl Fn(usize, &str) -> String) -> String {
    entries()
        .iter()
        .enumerate()
        .map(|(n, (key, value))| match value {
            Some(value) => format!("{key}: {}\n", choose(n, value)),
            None => format!("{key}\n"),
        })
        .collect()
}

#[test]
fn values_of_another_type_are_errors_everywhere() {
    let values = [
        "[甲, 乙]",
        "{甲: 乙}",
        "[[甲]]",
        "\"\"",
        "{when: {not: {all: []}}}",
    ];
    let mut texts: Vec<String> = Vec::new();
    for value in values {
        texts.push(with_values(|_, _| value.to_owned()));
        for (line, (_, old)) in entries().iter().enumerate() {
            if old.is_some() {
                texts.push(with_values(|n, old| {
                    if n == line { value } else { old }.to_owned()
                }));
            }
        }
    }
    assert!(texts.len() > 200);
    // One after the other, as above.
    for text in texts {
        let list = answer(&with(&SMALL, RULES, &text), Sink::default());
        // Optional values may be empty.
        assert!(
            list.iter().any(is_error) || text.contains(": \"\"\n"),
            "{text}"
        );
    }
}

#[test]
fn unknown_words_are_errors() {
    let plain = with_values(|_, value| value.to_owned());
    // An unknown key before every known one.
    let keys: String = entries()
        .iter()
        .map(|(key, value)| {
            let indent = key.len() - key.trim_start_matches([' ', '-']).len();
            let line = value.map_or_else(|| (*key).to_owned(), |value| format!("{key}: {value}"));
            match (value, key.contains('-')) {
                (Some(_), false) => format!("{}没有的键: 甲\n{line}\n", " ".repeat(indent)),
                _ => format!("{line}\n"),
            }
        })
        .collect();
    // Every word is changed: ideographs to the next character, letters reversed.
    let mut words = String::new();
    let mut letters: Vec<char> = Vec::new();
    for c in plain.chars() {
        if c.is_ascii_alphabetic() {
            letters.push(c);
            continue;
        }
        words.extend(letters.drain(..).rev());
        let next = char::from_u32(u32::from(c) + 1);
        words.push(match next {
            Some(next) if ('\u{4E00}'..'\u{9FFF}').contains(&c) => next,
            _ => c,
        });
    }
    let twice = plain.replace("    why:", "    why: 甲\n    缘由:");
    for text in [keys, words, twice] {
        assert_ne!(text, plain);
        let list = answer(&with(&SMALL, RULES, &text), Sink::default());
        assert!(list.iter().any(is_error), "{text}");
    }
}

/// Names and texts that could break a page.
const NAMES: [&str; 15] = [
    "\"甲\"",
    "'甲'",
    "<script>alert(document)</script>",
    "</script><img onerror=alert(document)>",
    "</title></style></textarea><script>alert(document)</script>",
    "x onerror=alert(document) '\" onerror=\"alert(document)",
    "<!-- 甲",
    "甲\u{2028}乙",
    "\u{202E}甲",
    "甲👨‍👩‍👧乙",
    "甲：乙",
    "甲&lt;b&gt;乙",
    "{{ page.title }}",
    "javascript:alert(document)",
    // The texts contain no targets of links, so that no link is broken.
    "甲 <img src=abc> href=b.html",
];

/// Rules in which 某 stands for a name.
const MARKUP: &str = "questions:
  某: {ask: 某, type: 单选, options: {某: 某, 另: 某}, why: 某, help: 某}
  金: {ask: 某, type: 金额, range: 0 至 9, unit: 某, why: 某}
doubts:
  疑: {ask: 某, readings: {某: 某, 另: 某}, clause: 二, quote: 续贷学生线上办理}
conditions:
  条: {任一: [{某: 某}, {金: 低于 3}, {疑: 某}]}
provisions:
  某: {text: 某, clause: 二, quote: 续贷学生线上办理}
decisions:
  某:
    ask: 某
    overlap: 某
    outcomes:
      - {name: 某, when: 条, verdict: 符合, text: 某, clause: 二, quote: 续贷学生线上办理, caution: 某}
      - {name: 另, when: 其余, verdict: 不符合, text: 某, clause: 二, quote: 续贷学生线上办理}
examples:
  - {name: 某, answers: {某: 某}, expect: {某: 某}, caution: 某, holds: {条: 是}}
";

#[test]
fn names_that_look_like_markup_stay_words() {
    for name in NAMES {
        let quoted = serde_json::to_string(name).expect("a text");
        let q = |text: &str| text.replace("某", &quoted);
        let head = HEAD.replace(['甲', '乙'], "某");
        let text = q(&format!("{head}year: 2023\nshort: 某\n{MARKUP}"));
        let (list, tree) = answer_on(&POOL, &with(&SMALL, RULES, &text), Sink::default());
        let errors: Vec<_> = list.iter().filter(|said| is_error(said)).collect();
        assert!(errors.is_empty(), "{name}: {errors:?}");
        for (path, file) in tree.iter().filter(|(path, _)| path.ends_with(".html")) {
            let page = Html::parse_document(std::str::from_utf8(&file.bytes).expect("UTF-8"));
            for data in support::all(&page, "script[type='application/ld+json']") {
                let text: String = data.text().collect();
                let read = serde_json::from_str::<serde_json::Value>(&text);
                assert!(read.is_ok(), "{path}: {text}");
            }
            let ours = "script:not([src]):not([id=check-data]):not([type='application/ld+json']), \
                        img, [onerror], b b, a[href^=javascript]";
            let found = support::all(&page, ours);
            assert!(found.is_empty(), "{path}: {}", found[0].html());
        }
        let page = &tree["checks/youyu-where.html"].bytes;
        let page = Html::parse_document(std::str::from_utf8(page).expect("UTF-8"));
        let data = support::all(&page, "#check-data");
        let data: serde_json::Value =
            serde_json::from_str(&data[0].text().collect::<String>()).expect("JSON");
        assert_eq!(data["facts"][0]["a"], name);
        let title = support::words(support::all(&page, "h1")[0]);
        assert_eq!(support::squeeze(&title), support::squeeze(name));
    }
}

#[test]
fn the_site_stays_as_it_was_when_rules_are_wrong() {
    let root = tempfile::tempdir().expect("a folder");
    let site = root.path().join("site");
    let file = |f: &'static Arc<SourceFile>| (f.path.as_str(), f.text.as_str());
    support::write_files(&site, SMALL.iter().map(file));
    support::copy(&support::repository().join("themes"), &site.join("themes"));
    let build = || {
        let arguments = ["build", "site", "--out", "public", "--today", "2026-11-20"];
        support::run(support::mingbai(arguments).current_dir(root.path()))
    };
    assert_eq!(build().0, 0);
    let before = support::files(&root.path().join("public"));
    for (name, text) in broken_rules() {
        support::write_files(&site, [(RULES, text.as_str())]);
        let (code, said) = build();
        assert_eq!(code, 1, "{name}");
        assert!(said.contains("--> data/checks/youyu-where.yaml:"), "{name}");
        assert!(
            before == support::files(&root.path().join("public")),
            "{name} touched the site"
        );
    }
}

/// Every type of question, a doubt and a parameter. None is compared in two ways.
const FACTS: &str = "questions:
  甲: {ask: 问, type: 是否, why: 为}
  乙: {ask: 问, type: 是否, why: 为, usual: 否}
  选: {ask: 问, type: 单选, options: [一, 二, 三, 四], why: 为}
  数: {ask: 问, type: 整数, range: 1 至 9, why: 为}
  大: {ask: 问, type: 整数, range: 1 至 9, why: 为}
  小: {ask: 问, type: 整数, range: 3 至 5, why: 为}
  钱: {ask: 问, type: 金额, range: 0 至 100, why: 为}
  多: {ask: 问, type: 金额, range: 0 至 100, why: 为}
  少: {ask: 问, type: 金额, range: 50.5 至 51, why: 为}
  日: {ask: 问, type: 日期, range: 2019-12-30 至 2021-01-02, why: 为}
  早: {ask: 问, type: 日期, range: 2019-12-30 至 2021-01-02, why: 为}
  晚: {ask: 问, type: 日期, range: 2020-02-28 至 2020-03-01, why: 为}
  生: {ask: 问, type: 日期, range: 2019-12-30 至 2021-01-02, why: 为}
  卒: {ask: 问, type: 日期, range: 2020-12-31 至 2022-01-01, why: 为}
  收: {ask: 问, type: 金额, range: 0 至 100, why: 为}
  县: {ask: 问, type: 县, region: 山西省, elsewhere: 别处, why: 为}
doubts:
  疑: {ask: 问, readings: {宽: 宽, 严: 严}, clause: 二, quote: 续贷学生线上办理}
parameters:
  线: {type: 金额, by: 日, values: [{from: 2019-01-01, until: 2019-12-31, value: 0.01, source: 书}, {from: 2020-01-01, until: 2022-12-31, value: 50.01, source: 书}]}
";

const TESTS: [&str; 38] = [
    "甲",
    "乙",
    "{甲: 否}",
    "{乙: 是}",
    "{选: 一}",
    "{选: [二, 四]}",
    "{选: [一, 二, 三]}",
    "{数: 低于 4}",
    "{数: 不低于 9}",
    "{数: 介于 2 和 2}",
    "{数: [1, 3, 9]}",
    "{大: 低于 小}",
    "{小: 不低于 大}",
    "{小: 大}",
    "{大: 高于 小}",
    "{钱: 高于 3}",
    "{钱: 不高于 50.5}",
    "{钱: 50.51}",
    "{多: 低于 少}",
    "{少: 不低于 多}",
    "{多: 少}",
    "{收: 低于 线}",
    "{收: 不低于 线}",
    "{收: 线}",
    "{收: 不高于 99.99}",
    "{日: 同年 2020-05-05}",
    "{日: 介于 2020-02-29 和 2020-12-31}",
    "{日: 2020-02-29}",
    "{日: [2020-02-28, 2020-03-01]}",
    "{早: 低于 晚}",
    "{晚: 不低于 早}",
    "{生: 同年 卒}",
    "{卒: 同年 生}",
    "{县: 右玉县}",
    "{县: 在名单 shanxi-2020-remote}",
    "{县: [别处, 应县]}",
    "{疑: 宽}",
    "条",
];

/// Conditions over [`FACTS`]; conditions that `条` is made of do not refer to it.
fn condition(tests: &'static [&'static str]) -> impl Strategy<Value = String> + Clone {
    let leaf = prop::sample::select(tests).prop_map(str::to_owned);
    leaf.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            2 => prop::collection::vec(inner.clone(), 2..4).prop_map(all_of),
            2 => prop::collection::vec(inner.clone(), 2..4).prop_map(any_of),
            1 => inner.prop_map(|one| format!("{{不是: {one}}}")),
        ]
    })
}

/// A module that disagrees with the rules would end the build: `rules` compares the two.
#[test]
fn generated_rules_are_handled() {
    let conditions = (
        condition(&TESTS[..TESTS.len() - 1]),
        prop::collection::vec(condition(&TESTS), 1..4),
    );
    let pages = AtomicUsize::new(0);
    for_all(400, 19, conditions, |(named, conditions)| {
        let outcomes: String = conditions
            .iter()
            .enumerate()
            .map(|(n, when)| outcome(&format!("果{n}"), when))
            .collect();
        let text = format!(
            "{HEAD}year: 2023\n{FACTS}conditions:\n  条: {}\ndecisions:\n  判:\n    ask: 问\n    overlap: 先\n    outcomes:\n{outcomes}{}examples:\n  - {{name: 例, answers: {{甲: 是}}, expect: {{}}}}\n",
            named,
            outcome("别", "其余"),
        );
        let list = answer(&with(&SMALL, RULES, &text), Sink::default());
        if !list.iter().any(is_error) {
            pages.fetch_add(1, Ordering::Relaxed);
        }
    });
    assert!(pages.into_inner() > 200, "most are sound");
}
