//! Every mistake that mingbai reports, made on purpose, and the complete text of the report.
//!
//! `tests/diagnostics/base/` is a small site without mistakes (it uses the theme of the repository). A folder
//! `<CODE>-<what>/` contains only the files that differ, and `expected.txt`: everything that is printed on standard
//! error, and the exit code. Among the files of a case:
//!
//! * `<file>.deleted` removes a file of the base;
//! * `<file>.hex` contains bytes in hexadecimal, for files that are not UTF-8;
//! * `disk.txt` makes what a repository cannot hold: `A => B` renames a file, `A -> TARGET` makes a link, `A = B` a second
//!   name of a file next to the site folder;
//! * `{{MOBILE}}`, `{{IDENTITY}}` and `{{MAILBOX}}` stand for personal data, which no file of this project contains.
//!
//! `MINGBAI_BLESS=1` writes the output into `expected.txt`. Read every line of it before you commit it.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use mingbai::diag::codes;
use rayon::prelude::*;
use serde_json::Value;
use support::golden;
use tempfile::TempDir;
use unicode_width::UnicodeWidthStr;

const TODAY: &str = "2026-11-20";

/// Obviously invented, and put together here.
fn placeholders() -> [(&'static str, String); 3] {
    [
        ("{{MOBILE}}", format!("138{}", "0".repeat(8))),
        // The example in GB 11643-1999 itself.
        (
            "{{IDENTITY}}",
            format!("{}{}{}", "110105", "19491231", "002X"),
        ),
        ("{{MAILBOX}}", format!("{}@{}", "zizhu", "qq.com")),
    ]
}

struct Case {
    name: String,
    folder: PathBuf,
}

impl Case {
    fn code(&self) -> &str {
        self.name.split('-').next().unwrap_or_default()
    }

    /// Codes of the output stage are found only by a build; all others by `check`.
    fn arguments(&self) -> Vec<&'static str> {
        // A warning does not stop a build, which would write.
        if self.code().starts_with("MB05") && self.code() != "MB0506" {
            vec!["build", "site", "--out", "public", "--today", TODAY]
        } else if self.code() == "MB0711" {
            // What is open in a draft is advice only where drafts are accepted.
            vec!["check", "site", "--draft", "--today", TODAY]
        } else {
            vec!["check", "site", "--today", TODAY]
        }
    }
}

fn all_cases() -> Vec<Case> {
    let root = support::repository().join("tests/diagnostics");
    let mut cases: Vec<Case> = fs::read_dir(&root)
        .expect("the folder of cases")
        .map(|entry| entry.expect("a case").path())
        .filter(|path| path.is_dir() && !path.ends_with("base"))
        .map(|folder| Case {
            name: folder
                .file_name()
                .expect("a folder has a name")
                .to_string_lossy()
                .into_owned(),
            folder,
        })
        .collect();
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    assert!(!cases.is_empty());
    cases
}

/// A folder in which `site/` is the base with the files of a case over it.
fn laid_out(case: Option<&Case>) -> TempDir {
    let root = tempfile::tempdir().expect("a folder for the case");
    let site = root.path().join("site");
    let repository = support::repository();
    support::copy(&repository.join("themes"), &site.join("themes"));
    support::copy(&repository.join("tests/diagnostics/base"), &site);
    let own = case.map(|case| support::files(&case.folder));
    let mut on_disk = String::new();
    for (name, bytes) in own.into_iter().flatten() {
        if name == "expected.txt" {
            continue;
        }
        if name == "disk.txt" {
            on_disk = String::from_utf8(bytes).expect("a text");
            continue;
        }
        if let Some(gone) = name.strip_suffix(".deleted") {
            fs::remove_file(site.join(gone)).expect("only a file of the base can be taken away");
        } else if let Some(plain) = name.strip_suffix(".hex") {
            put(&site.join(plain), &from_hex(&bytes));
        } else {
            let mut text =
                String::from_utf8(bytes).expect("other bytes are written in hexadecimal");
            for (placeholder, data) in placeholders() {
                text = text.replace(placeholder, &data);
            }
            put(&site.join(name), text.as_bytes());
        }
    }
    on_disk.lines().for_each(|line| make(root.path(), line));
    root
}

/// One line of `disk.txt`.
fn make(root: &Path, line: &str) {
    let site = root.join("site");
    let parts = |sign: &str| line.split_once(sign);
    if let Some((old, new)) = parts(" => ") {
        fs::rename(site.join(old), site.join(new)).expect("another name");
    } else if let Some((link, target)) = parts(" -> ") {
        std::os::unix::fs::symlink(target, site.join(link)).expect("a link");
    } else if let Some((name, other)) = parts(" = ") {
        put(&root.join(other), b"x");
        fs::hard_link(root.join(other), site.join(name)).expect("a second name");
    } else {
        panic!("disk.txt: {line}");
    }
}

fn put(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a new folder");
    fs::write(path, bytes).expect("a new file");
}

fn from_hex(text: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = text
        .iter()
        .filter(|b| !b.is_ascii_whitespace())
        .map(|b| (*b as char).to_digit(16).expect("a hexadecimal digit") as u8)
        .collect();
    digits
        .chunks(2)
        .map(|pair| pair[0] << 4 | pair[1])
        .collect()
}

struct Said {
    stdout: String,
    stderr: String,
    exit: i32,
}

fn run(root: &Path, arguments: &[&str]) -> Said {
    let output = support::mingbai(arguments)
        .current_dir(root)
        .output()
        .expect("the program starts");
    let text = |bytes: Vec<u8>| {
        let mut text = String::from_utf8(bytes).expect("mingbai prints UTF-8");
        for (placeholder, data) in placeholders() {
            text = text.replace(&data, placeholder);
        }
        text
    };
    Said {
        stdout: text(output.stdout),
        stderr: text(output.stderr),
        exit: output.status.code().expect("the program ends by itself"),
    }
}

/// The diagnostics of a run in JSON, in order.
fn json(root: &Path, arguments: &[&str]) -> Vec<Value> {
    let said = run(root, &[arguments, &["--format", "json"]].concat());
    match serde_json::from_str(&said.stdout) {
        Ok(Value::Array(list)) => list,
        other => panic!("no JSON array: {other:?}\n{}", said.stdout),
    }
}

/// A case: its output in both formats, and its files.
struct Reported {
    case: Case,
    said: Said,
    json: Vec<Value>,
    /// Whether an output folder was created.
    wrote: bool,
    sources: BTreeMap<String, String>,
}

/// Every case is run once for all tests.
static REPORTED: LazyLock<Vec<Reported>> = LazyLock::new(|| {
    all_cases()
        .into_par_iter()
        .map(|case| {
            let root = laid_out(Some(&case));
            let said = run(root.path(), &case.arguments());
            let json = json(root.path(), &case.arguments());
            let mut sources: BTreeMap<String, String> = support::files(&root.path().join("site"))
                .into_iter()
                .map(|(path, bytes)| (path, String::from_utf8_lossy(&bytes).replace("\r\n", "\n")))
                .collect();
            // A link to a folder is a place without text, too.
            let on_disk = fs::read_to_string(case.folder.join("disk.txt")).unwrap_or_default();
            let links = on_disk.lines().filter_map(|line| line.split_once(" -> "));
            sources.extend(links.map(|(link, _)| (link.to_owned(), String::new())));
            Reported {
                said,
                json,
                wrote: root.path().join("public").exists(),
                sources,
                case,
            }
        })
        .collect()
});

fn word<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

fn number(value: &Value, key: &str) -> usize {
    usize::try_from(value[key].as_u64().expect("a number")).expect("a small number")
}

#[test]
fn a_site_without_mistakes_has_no_diagnostics() {
    let root = laid_out(None);
    let said = run(root.path(), &["check", "site", "--today", TODAY]);
    assert_eq!((said.stderr.as_str(), said.exit), ("", 0));
}

#[test]
fn every_mistake_is_reported_with_the_expected_text() {
    let mut wrong = Vec::new();
    for Reported {
        case, said, wrote, ..
    } in REPORTED.iter()
    {
        let reported = format!("{}\nexit {}\n", said.stderr, said.exit);
        wrong.extend(golden::compare(
            &case.folder.join("expected.txt"),
            &reported,
        ));
        assert!(!wrote, "{}: something was written", case.name);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn one_mistake_is_reported_once() {
    for Reported { case, json, .. } in REPORTED.iter() {
        let codes: Vec<&str> = json.iter().map(|said| word(said, "code")).collect();
        assert!(!codes.is_empty(), "{}: nothing was said", case.name);
        assert!(
            codes.iter().all(|code| *code == case.code()),
            "{}: {codes:?}",
            case.name
        );
    }
}

#[test]
fn every_code_has_a_case() {
    let cases = all_cases();
    let tried: BTreeSet<&str> = cases.iter().map(Case::code).collect();
    let known: BTreeSet<&str> = codes::ALL.iter().map(|code| code.id).collect();
    assert_eq!(tried, known);
}

#[test]
fn every_code_is_explained_in_both_languages() {
    let is_chinese = |text: &str| text.chars().any(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c));
    let is_english = |text: &str| text.split_whitespace().count() > 1 && text.is_ascii();
    for code in codes::ALL {
        let said = run(Path::new("."), &["explain", &code.id.to_lowercase()]);
        assert_eq!((said.exit, said.stderr.as_str()), (0, ""), "{}", code.id);
        let mut lines = said.stdout.lines();
        let title = lines.next().unwrap_or_default();
        assert!(title.starts_with(code.id) && is_chinese(title), "{title}");
        assert!(lines.next().is_some_and(is_english), "{}", said.stdout);
        assert_eq!(lines.next(), Some(""));
        assert!(lines.next().is_some_and(is_chinese), "{}", said.stdout);
        assert!(
            lines.next().is_some_and(|why| why.split(' ').count() > 3),
            "{}",
            said.stdout
        );
    }
    let said = run(Path::new("."), &["explain"]);
    assert_eq!(said.stdout.lines().count(), codes::ALL.len());
    let said = run(Path::new("."), &["explain", "MB9999"]);
    assert_eq!(said.exit, 2);
}

/// Signs that only Chinese text has: what an English hint tells people to write must not have them, unless it is a text
/// of the site.
const CHINESE_SIGNS: [char; 6] = ['，', '；', '：', '、', '？', '。'];

#[test]
fn english_hints_can_be_pasted() {
    for Reported {
        case,
        json,
        sources,
        ..
    } in REPORTED.iter()
    {
        // These hints name the signs themselves.
        if matches!(case.code(), "MB0103" | "MB0701") {
            continue;
        }
        let hints = json.iter().map(|said| word(&said["hint"], "en"));
        for hint in hints {
            for piece in hint.split(|c: char| c.is_ascii() && !c.is_ascii_digit()) {
                let of_site = || sources.values().any(|text| text.contains(piece));
                assert!(
                    !piece.contains(CHINESE_SIGNS) || of_site(),
                    "{}: {hint}: {piece}",
                    case.name
                );
            }
        }
    }
}

/// `--> content/a.md:3:8` as file, line and column.
fn place(line: &str) -> Option<(String, usize, usize)> {
    let place = line.trim_start().strip_prefix("--> ")?;
    let mut parts = place.rsplitn(3, ':');
    let column = parts.next()?.parse().ok()?;
    let line = parts.next()?.parse().ok()?;
    Some((parts.next()?.to_owned(), line, column))
}

#[test]
fn json_names_the_same_places_as_the_text() {
    for reported in REPORTED.iter() {
        let name = &reported.case.name;
        let in_text: Vec<_> = reported.said.stderr.lines().filter_map(place).collect();
        let in_json: Vec<_> = reported
            .json
            .iter()
            .map(|said| {
                (
                    word(said, "file").to_owned(),
                    number(said, "line"),
                    number(said, "column"),
                )
            })
            .collect();
        assert_eq!(in_text, in_json, "{name}");
        for said in &reported.json {
            let places = said["also"].as_array().into_iter().flatten();
            for at in places.chain([said]) {
                let text = &reported.sources[word(at, "file")];
                let (start, end) = (number(at, "start"), number(at, "end"));
                assert!(text.get(start..end).is_some(), "{name}: {at}");
                let before = &text[..start];
                let column = before.rsplit('\n').next().map_or(0, |s| s.chars().count());
                assert_eq!(
                    (before.matches('\n').count() + 1, column + 1),
                    (number(at, "line"), number(at, "column")),
                    "{name}"
                );
            }
        }
    }
}

#[test]
fn the_caret_is_under_the_first_character_of_the_span() {
    let mut seen = 0;
    for reported in REPORTED.iter() {
        let name = &reported.case.name;
        let lines: Vec<&str> = reported.said.stderr.lines().collect();
        for (i, line) in lines.iter().enumerate() {
            let Some((file, number, column)) = place(line) else {
                continue;
            };
            let shown = (i..lines.len())
                .find(|&k| lines[k].trim_start().starts_with(&format!("{number} |")))
                .unwrap_or_else(|| panic!("{name}: line {number} is not shown"));
            let (_, marks) = lines[shown + 1].split_once("| ").expect("a line of marks");
            let caret = marks.find('^').expect("a caret");
            let source = reported.sources[&file].lines().nth(number - 1);
            let before: String = source
                .unwrap_or_default()
                .chars()
                .take(column - 1)
                .collect();
            // A tab is shown as four spaces.
            let width = before.replace('\t', "    ").width();
            assert_eq!(
                marks[..caret].width(),
                width,
                "{name}\n{}",
                reported.said.stderr
            );
            seen += 1;
        }
    }
    assert!(seen >= codes::ALL.len());
}

/// The diagnostics of a rule file of the base with some edits: line and code.
fn of_rules(edits: &[(&str, &str)]) -> Vec<(usize, String)> {
    let root = laid_out(None);
    let path = root.path().join("site/data/checks/youyu-where.yaml");
    let mut text = fs::read_to_string(&path).expect("a file of the base");
    for (old, new) in edits {
        assert_eq!(text.matches(old).count(), 1, "{old}");
        text = text.replace(old, new);
    }
    put(&path, text.as_bytes());
    let said = json(root.path(), &["check", "site", "--today", TODAY]);
    let reported = said.iter();
    reported
        .map(|said| (number(said, "line"), word(said, "code").to_owned()))
        .collect()
}

#[test]
fn one_fault_of_a_rule_file_does_not_hide_the_others() {
    let unknown_name = ("        when: 续贷\n", "        when: 续贷款\n");
    let others = [
        (
            "介于 2023-07-17 和 2023-09-25",
            "介于 2023-01-01 和 2023-12-31",
        ),
        ("一楼大厅\n    clause: 二\n", "一楼大厅\n    clause: 十二\n"),
        ("quote: 续贷学生线上办理", "quote: 续贷学生线下办理"),
    ];
    let found = of_rules(&[&[unknown_name], &others[..]].concat());
    let expected = [
        (19, "MB0311"),
        (25, "MB0216"),
        (32, "MB0301"),
        (36, "MB0217"),
    ];
    let expected = expected.map(|(line, code)| (line, code.to_owned()));
    assert_eq!(found, expected);
    // What is missing at the top hides nothing either.
    let region = ("region: 山西省 朔州市 右玉县\n", "");
    let found = of_rules(&[region, unknown_name, others[2]]);
    let codes: Vec<&str> = found.iter().map(|(_, code)| code.as_str()).collect();
    assert_eq!(codes, ["MB0202", "MB0301", "MB0217"]);
    // Nor does a question, a provision or an outcome that lacks something.
    let why = ("    why: 续贷的学生在网上办。\n", "");
    let text = ("        text: 那一天受理。\n", "");
    let found = of_rules(&[why, text, others[0], others[1]]);
    let mut codes: Vec<&str> = found.iter().map(|(_, code)| code.as_str()).collect();
    codes.sort_unstable();
    assert_eq!(codes, ["MB0202", "MB0202", "MB0216", "MB0311"]);
    // A condition with an unread member is judged as far as that goes: it may hold, or not.
    let unread = [
        unknown_name,
        (
            "    when: {办理日期: 介于 2023-07-17 和 2023-09-25}",
            "    when: {任一: [不知道的, {办理日期: 介于 2023-01-01 和 2023-12-31}]}",
        ),
    ];
    let codes: Vec<String> = of_rules(&unread)
        .into_iter()
        .map(|(_, code)| code)
        .collect();
    assert_eq!(codes, ["MB0301", "MB0311", "MB0301"]);
}

/// A site with mistakes of every stage in several files.
const MANY: [(&str, &str, &str); 7] = [
    (
        "content/notices/henan-2018-assessment.md",
        "publicity: 主动公开",
        "publicity: 主动公布",
    ),
    (
        "content/notices/shanxi-2020-renewal.md",
        "issued: 2020-07-15",
        "issued: 2020-02-30",
    ),
    (
        "content/notices/shanxi-2020-renewal.md",
        "    quote: 7月18日前",
        "    quote: 7月28日前",
    ),
    (
        "content/pages/about.md",
        "/notices/shanxi-2020-renewal.html",
        "/notices/shanxi.html",
    ),
    (
        "data/assessments/henan-2018.yaml",
        "  - {printed: 临颖县, right: 临颍县}\n",
        "",
    ),
    (
        "data/schedules/youyu-2023.yaml",
        "    afternoon: 30",
        "    afternoon: 20",
    ),
    ("data/site.yaml", "tagline:", "taglin:"),
];

#[test]
fn all_mistakes_are_reported_in_order_and_the_old_site_stays() {
    let root = laid_out(None);
    let build = ["build", "site", "--out", "public", "--today", TODAY];
    let said = run(root.path(), &build);
    assert_eq!(said.exit, 0, "{}", said.stderr);
    let before = support::files(&root.path().join("public"));
    assert!(before.contains_key("index.html"));
    for (file, old, new) in MANY {
        let path = root.path().join("site").join(file);
        let text = fs::read_to_string(&path).expect("a file of the base");
        assert_eq!(text.matches(old).count(), 1, "{file}: {old}");
        put(&path, text.replace(old, new).as_bytes());
    }
    let said = run(root.path(), &build);
    assert_eq!(said.exit, 1);
    let reported: Vec<_> = json(root.path(), &build)
        .iter()
        .map(|said| {
            (
                word(said, "file").to_owned(),
                number(said, "line"),
                word(said, "code").to_owned(),
            )
        })
        .collect();
    let expected = [
        ("content/notices/henan-2018-assessment.md", 8, "MB0204"),
        ("content/notices/shanxi-2020-renewal.md", 7, "MB0205"),
        ("content/notices/shanxi-2020-renewal.md", 29, "MB0217"),
        ("content/pages/about.md", 8, "MB0502"),
        ("data/assessments/henan-2018.yaml", 30, "MB0208"),
        ("data/schedules/youyu-2023.yaml", 23, "MB0227"),
        ("data/site.yaml", 3, "MB0201"),
        // The last edition was built from a list with one more row at its end.
        ("data/assessments/henan-2018.yaml", 36, "MB0117"),
    ];
    let errors = expected.len() - 1;
    let expected: Vec<_> = expected
        .into_iter()
        .map(|(file, line, code)| (file.to_owned(), line, code.to_owned()))
        .collect();
    assert_eq!(reported, expected);
    let count = format!("{errors} 个错误");
    assert!(said.stderr.contains(&count), "{}", said.stderr);
    assert!(
        before == support::files(&root.path().join("public")),
        "the old site was touched"
    );
    // Nothing is left next to the site either: no incomplete folder.
    let mut next_to: Vec<_> = fs::read_dir(root.path())
        .expect("the folder")
        .map(|entry| entry.expect("an entry").file_name())
        .filter(|name| !name.to_string_lossy().starts_with('.'))
        .collect();
    next_to.sort();
    assert_eq!(next_to, ["public", "site"]);
}
