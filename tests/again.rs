//! What is made after an edit, with all that earlier runs left, is what a run makes that knows nothing of them: every byte, every
//! source of every file, every problem.

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use mingbai::again::Record;
use mingbai::config::Config;
use mingbai::diag::{Diagnostic, Sink};
use mingbai::output::{OutputFile, OutputTree};
use mingbai::pipeline::{self, Built, Kept, Reader};
use mingbai::sources::{self, SourceCache, Sources, Touched};
use mingbai::watch::Watch;
use proptest::prelude::*;
use proptest::test_runner::{Config as Cases, RngAlgorithm, TestRng, TestRunner};
use tempfile::TempDir;
use walkdir::WalkDir;

use support::*;

/// What an edit does to the site. Numbers are taken modulo what there is.
#[derive(Debug, Clone)]
enum Edit {
    /// Adds a paragraph to an official text.
    Say(usize, usize),
    /// Moves the sessions of a county to another window.
    Move(usize, usize),
    /// Says that a schedule is that of another county.
    Give(usize, usize),
    /// Adds a schedule.
    Add(usize),
    /// Adds a notice that is cited by number elsewhere.
    AddCited,
    Remove(usize),
    /// Gives a file another name, and perhaps keeps its address.
    Rename(usize, usize, bool),
    /// A topic has another name.
    Topic(usize),
    /// The site says something else of itself.
    Tagline(usize),
    /// A term is explained otherwise.
    Term(usize),
    /// A plain page says something else.
    Page(usize),
    Style(usize),
    /// A page of the theme says something else.
    Template(usize),
    /// A file was compared with the official text on another day.
    Checked(usize, usize),
    /// A document was repealed or withdrawn, a mistake of the site was corrected, or none of it.
    Life(usize),
    /// Time passes.
    Days(usize),
    /// A clause that does not exist is cited, or what was broken is as it was.
    Break(usize),
    Restore,
}

const PLAN: &str = "---\ntitle: 示例安排\nkind: 工作方案\nnumber: 未载明\nissuers: 未载明\nissued: 2023-07-01\nyear: 2023\npublicity: 主动公开\nregion: 全国\ntopics: [受理安排]\n---\n\n一、地点\n\n在教育局办理。\n\n二、时间\n\n2023年8月1日至8月20日受理。代偿的事另行通知。\n";
const LOCAL: &str = "---\ntitle: 关于受理的通知\nkind: 通知\nnumber: 未载明\nissuers: [山西省教育厅]\nissued: 2023-07-02\nyear: 2023\npublicity: 主动公开\nregion: 山西省\ntopics: [受理安排]\ncites:\n  - {number: 示教〔2023〕1号, title: 关于做好示例工作的通知, clause: 一}\n---\n\n一、依据\n\n按照《关于做好示例工作的通知》（示教〔2023〕1号）办理。\n";
const CITED: &str = "---\ntitle: 关于做好示例工作的通知\nkind: 通知\nnumber: 示教〔2023〕1号\nissuers: [山西省教育厅]\nissued: 2023-06-30\nyear: 2023\npublicity: 主动公开\nregion: 山西省\n---\n\n示教〔2023〕1号\n\n一、工作\n\n做好工作。\n";
const COUNTIES: [&str; 6] = [
    "山西省 朔州市 右玉县",
    "山西省 朔州市 山阴县",
    "山西省 朔州市 应县",
    "山西省 大同市 灵丘县",
    "山西省 大同市 广灵县",
    "山西省 运城市 闻喜县",
];

fn schedule(county: &str, window: usize) -> String {
    let name = county.rsplit(' ').next().unwrap_or_default();
    format!(
        "title: {name}2023年受理安排\ncounty: {county}\nyear: 2023\nsource: plan\ntopics: [受理安排]\ncontacts: 未载明\nsessions:\n  - {{date: 2023-08-01, place: 教育局{window}号窗口, service: 首贷, morning: 20}}\n  - {{date: 2023-08-02, place: 教育局{window}号窗口, service: 续贷, morning: 20}}\n"
    )
}

fn topics(name: &str) -> String {
    format!(
        "- {{id: acceptance, name: 受理安排, about: 什么时候、在哪儿办。}}\n- {{id: other, name: {name}, about: 别的事。}}\n"
    )
}

fn glossary(words: &str) -> String {
    format!("- {{id: repay-for, name: 代偿, pinyin: dài cháng, about: {words}}}\n")
}

fn page(words: &str) -> String {
    format!("---\ntitle: 怎么办\n---\n\n{words}。见[安排](/notices/plan.html)。\n")
}

fn start() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    copy(&repository().join("themes"), &folder.path().join("themes"));
    for file in ["14.yaml", "editions.yaml"] {
        let path = format!("data/regions/{file}");
        let text = fs::read_to_string(repository().join(&path)).expect("a file of regions");
        write_files(folder.path(), [(path.as_str(), text.as_str())]);
    }
    write_files(
        folder.path(),
        [
            ("content/notices/plan.md", PLAN),
            ("content/notices/local.md", LOCAL),
            ("content/pages/how.md", &page("先看安排")),
            (
                "data/site.yaml",
                "title: 示例\nbase_url: https://mingbai.example/\ntheme: mingbai\n",
            ),
            ("data/topics.yaml", &topics("其他")),
            ("data/glossary.yaml", &glossary("替人还钱。")),
        ],
    );
    for (number, county) in COUNTIES.iter().take(4).enumerate() {
        let path = format!("data/schedules/s{number}.yaml");
        write_files(
            folder.path(),
            [(path.as_str(), schedule(county, number).as_str())],
        );
    }
    folder
}

fn list(site: &Path, folder: &str) -> Vec<String> {
    let files = files(&site.join(folder));
    files
        .into_keys()
        .map(|name| format!("{folder}/{name}"))
        .collect()
}

/// Rewrites a file, if it is there.
fn change(site: &Path, path: &str, change: impl FnOnce(String) -> String) {
    let path = site.join(path);
    if let Ok(text) = fs::read_to_string(&path) {
        fs::write(&path, change(text)).expect("a file that can be written");
    }
}

impl Edit {
    /// Does it to a site folder.
    fn apply(&self, site: &Path, today: &mut Date) {
        let nth = |folder: &str, n: usize| {
            let files = list(site, folder);
            (!files.is_empty()).then(|| files[n % files.len()].clone())
        };
        let write = |path: &str, text: &str| write_files(site, [(path, text)]);
        match self {
            Self::Say(n, words) => {
                if let Some(path) = nth("content/notices", *n) {
                    change(site, &path, |text| format!("{text}\n第{words}句示例。\n"));
                }
            }
            Self::Move(n, window) => {
                if let Some(path) = nth("data/schedules", *n) {
                    change(site, &path, |text| {
                        let (before, after) = text.split_once("教育局").unwrap_or((&text, ""));
                        let after = after.split_once("号窗口").map_or("", |(_, after)| after);
                        format!("{before}教育局{window}号窗口{after}")
                    });
                }
            }
            Self::Give(n, county) => {
                if let Some(path) = nth("data/schedules", *n) {
                    write(&path, &schedule(COUNTIES[county % COUNTIES.len()], *n));
                }
            }
            Self::Add(n) => {
                let path = format!("data/schedules/more-{n}.yaml");
                write(&path, &schedule(COUNTIES[n % COUNTIES.len()], *n));
            }
            Self::AddCited => write("content/notices/cited.md", CITED),
            Self::Remove(n) => {
                if let Some(path) = nth("data/schedules", *n) {
                    fs::remove_file(site.join(path)).expect("a file");
                }
            }
            Self::Rename(n, name, keeps) => {
                if let Some(path) = nth("data/schedules", *n) {
                    let old = path.trim_start_matches("data/").replace(".yaml", ".html");
                    let mut text = fs::read_to_string(site.join(&path)).expect("a file");
                    if *keeps && !text.contains("formerly") {
                        text.push_str(&format!("formerly: [{old}]\n"));
                    }
                    fs::remove_file(site.join(&path)).expect("a file");
                    write(&format!("data/schedules/named-{name}.yaml"), &text);
                }
            }
            Self::Topic(n) => write("data/topics.yaml", &topics(&format!("其他{n}"))),
            Self::Tagline(n) => {
                let text = format!(
                    "title: 示例\nbase_url: https://mingbai.example/\ntheme: mingbai\ntagline: 说明{n}\n"
                );
                write("data/site.yaml", &text);
            }
            Self::Term(n) => write(
                "data/glossary.yaml",
                &glossary(&format!("替人还钱，第{n}种说法。")),
            ),
            Self::Page(n) => write("content/pages/how.md", &page(&format!("第{n}步"))),
            Self::Style(n) => change(site, "themes/mingbai/styles/base.css", |text| {
                format!("{text}\n.a{n} {{ color: red }}\n")
            }),
            Self::Template(n) => change(site, "themes/mingbai/templates/county.html", |text| {
                text.replacen("{% endblock", &format!("<p>{n}</p>{{% endblock"), 1)
            }),
            Self::Checked(n, day) => {
                if let Some(path) = nth("data/schedules", *n) {
                    let line = format!("checked: {{on: 2023-08-{:02}, by: 示例}}\n", day % 20 + 1);
                    change(site, &path, |text| {
                        let rest = text.lines().filter(|line| !line.starts_with("checked"));
                        rest.map(|line| format!("{line}\n")).collect::<String>() + &line
                    });
                }
            }
            Self::Life(n) => {
                let lines = |path: &str, keys: &[&str], line: &str| {
                    change(site, path, |text| {
                        let front = if text.starts_with("---\n") { 4 } else { 0 };
                        let (head, rest) = text.split_at(front);
                        let rest = rest.split_inclusive('\n');
                        let kept =
                            rest.filter(|line| !keys.iter().any(|key| line.starts_with(key)));
                        format!("{head}{line}{}", kept.collect::<String>())
                    });
                };
                let day = n % 20 + 1;
                let repealed = format!("repealed: {{title: 新的安排, since: 2023-08-{day:02}}}\n");
                let withdrawn =
                    format!("withdrawn: {{on: 2023-08-{day:02}, by: 示例, why: 示例。}}\n");
                let plan = if n % 3 == 0 { "" } else { repealed.as_str() };
                lines("content/notices/plan.md", &["repealed"], plan);
                let local = if n % 4 == 0 { withdrawn.as_str() } else { "" };
                lines("content/notices/local.md", &["withdrawn"], local);
                if let Some(path) = nth("data/schedules", *n) {
                    let line = format!(
                        "corrections: [{{printed: 旧{n}, right: 新, why: 示例。, on: 2023-08-{day:02}}}]\n"
                    );
                    lines(
                        &path,
                        &["corrections"],
                        if n % 2 == 0 { "" } else { line.as_str() },
                    );
                }
            }
            Self::Days(n) => *today = today.saturating_add((*n as i64).days()),
            Self::Break(n) => {
                if let Some(path) = nth("data/schedules", *n) {
                    change(site, &path, |text| {
                        text.replace("source: plan", "source: nothing")
                    });
                }
            }
            Self::Restore => {
                for path in list(site, "data/schedules") {
                    change(site, &path, |text| {
                        text.replace("source: nothing", "source: plan")
                    });
                }
            }
        }
    }
}

fn edit() -> impl Strategy<Value = Edit> {
    let n = || 0..12_usize;
    prop_oneof![
        4 => (n(), n()).prop_map(|(a, b)| Edit::Say(a, b)),
        4 => (n(), n()).prop_map(|(a, b)| Edit::Move(a, b)),
        2 => (n(), n()).prop_map(|(a, b)| Edit::Give(a, b)),
        2 => n().prop_map(Edit::Add),
        1 => Just(Edit::AddCited),
        2 => n().prop_map(Edit::Remove),
        2 => (n(), n(), any::<bool>()).prop_map(|(a, b, c)| Edit::Rename(a, b, c)),
        1 => n().prop_map(Edit::Topic),
        1 => n().prop_map(Edit::Tagline),
        2 => n().prop_map(Edit::Term),
        2 => n().prop_map(Edit::Page),
        1 => n().prop_map(Edit::Style),
        1 => n().prop_map(Edit::Template),
        2 => (n(), n()).prop_map(|(a, b)| Edit::Checked(a, b)),
        3 => n().prop_map(Edit::Life),
        1 => n().prop_map(Edit::Days),
        1 => n().prop_map(Edit::Break),
        2 => Just(Edit::Restore),
    ]
}

fn config(today: Date) -> Config {
    Config {
        today,
        base_url: None,
        advice: false,
        draft: true,
        part: None,
    }
}

/// Whoever makes a site again and again.
struct Again;

impl Watch for Again {}

impl Reader for Again {
    fn makes_again(&self) -> bool {
        true
    }
}

/// A site that is made again after each edit.
#[derive(Default)]
struct Desk {
    cache: SourceCache,
    /// What was in the folder.
    files: BTreeMap<PathBuf, Vec<u8>>,
    judged: Option<(Sources, Kept)>,
    good: Option<(Arc<OutputTree>, Record)>,
}

impl Desk {
    /// Makes the site with all that is left of earlier runs.
    fn make(&mut self, site: &Path, today: Date) -> (OutputTree, Vec<Diagnostic>) {
        let mut sink = Sink::default();
        let touched = self.touched(site);
        let sources =
            sources::read_again(site, &mut self.cache, &touched, &mut sink).expect("a folder");
        let before = self.judged.as_ref().map(|(sources, kept)| (sources, kept));
        let config = config(today);
        let (judged, kept) = pipeline::judge_again(&sources, &config, before, &Again, &mut sink);
        let good = self.good.as_ref().map(|(tree, record)| (tree, record));
        let (built, record): (Built, _) =
            pipeline::publish_again(&sources, &judged, &config, &Again, good, &mut sink);
        let said = sink.into_sorted(&sources);
        if let Some(record) = record {
            self.good = Some((Arc::new(built.tree.clone()), record));
        }
        self.judged = Some((sources, kept));
        (built.tree, said)
    }

    /// The files that changed, came or went since the last time.
    fn touched(&mut self, site: &Path) -> Touched {
        let files = WalkDir::new(site).into_iter().flatten();
        let files = files.filter(|entry| entry.file_type().is_file());
        let files: BTreeMap<PathBuf, Vec<u8>> = files
            .map(|file| {
                (
                    file.path().to_owned(),
                    fs::read(file.path()).expect("a file"),
                )
            })
            .collect();
        let all = files.keys().chain(self.files.keys());
        let touched = all.filter(|path| files.get(*path) != self.files.get(*path));
        let touched = Touched::Only(touched.cloned().collect());
        self.files = files;
        touched
    }
}

/// Makes the site and knows nothing.
fn fresh(site: &Path, today: Date) -> (OutputTree, Vec<Diagnostic>) {
    let mut sink = Sink::default();
    let sources = sources::read(site, &mut sink).expect("a site folder");
    let built = pipeline::build(&sources, &config(today), &mut sink);
    (built.tree, sink.into_sorted(&sources))
}

/// The first file that differs.
fn difference(ours: &OutputTree, theirs: &OutputTree) -> Option<String> {
    let all = ours.keys().chain(theirs.keys());
    let mut different = all.filter(|path| ours.get(*path) != theirs.get(*path));
    different.next().cloned()
}

/// What the edits led to.
#[derive(Debug, Default)]
struct Counts {
    sound: usize,
    faulty: usize,
    /// Files that were taken over, of all files of sound sites.
    same: usize,
    all: usize,
}

/// How many sequences of edits are tried: 25, or what `MINGBAI_EDITS` says.
fn sequences() -> u32 {
    let asked = std::env::var("MINGBAI_EDITS").ok();
    asked.map_or(25, |asked| asked.parse().expect("a number of sequences"))
}

/// How many files of the site are those of the site before, of how many.
fn taken_over(before: &OutputTree, after: &OutputTree) -> (usize, usize) {
    let is_same = |(path, file): &(&String, &OutputFile)| {
        let old = before.get(*path);
        old.is_some_and(|old| Arc::ptr_eq(&old.bytes, &file.bytes))
    };
    (after.iter().filter(is_same).count(), after.len())
}

#[test]
fn after_any_edits_the_site_and_its_problems_are_those_of_a_run_that_knows_nothing() {
    let cases = Cases {
        cases: sequences(),
        failure_persistence: None,
        ..Cases::default()
    };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(cases, rng);
    let edits = proptest::collection::vec(edit(), 1..14);
    let counts = Mutex::new(Counts::default());
    runner
        .run(&edits, |edits| {
            let site = start();
            let mut today = date(2023, 8, 1);
            let mut desk = Desk::default();
            let (tree, said) = desk.make(site.path(), today);
            let words: Vec<&str> = said.iter().map(|one| one.message.zh.as_str()).collect();
            prop_assert!(!tree.is_empty(), "{words:?}");
            for edit in &edits {
                edit.apply(site.path(), &mut today);
                let before = desk.good.as_ref().map(|(tree, _)| tree.clone());
                let (ours, problems) = desk.make(site.path(), today);
                let (theirs, expected) = fresh(site.path(), today);
                let differs = difference(&ours, &theirs);
                prop_assert!(
                    differs.is_none(),
                    "after {edit:?}: {}",
                    differs.unwrap_or_default()
                );
                prop_assert_eq!(problems, expected, "after {:?}", edit);
                let mut counts = counts.lock().expect("no test failed");
                if theirs.is_empty() {
                    counts.faulty += 1;
                } else {
                    let (same, all) = taken_over(&before.unwrap_or_default(), &ours);
                    counts.sound += 1;
                    counts.same += same;
                    counts.all += all;
                }
            }
            Ok(())
        })
        .unwrap_or_else(|failure| panic!("{failure}"));
    let counts = counts.into_inner().expect("no test failed");
    assert!(counts.sound > 60 && counts.faulty > 10, "{counts:?}");
    // Some edits are about every page.
    assert!(counts.same * 3 > counts.all, "{counts:?}");
}

#[test]
fn what_is_wrong_elsewhere_is_still_said_after_an_edit() {
    let site = start();
    let today = date(2023, 8, 1);
    let mut desk = Desk::default();
    let mut codes: Vec<Vec<&str>> = Vec::new();
    let mut look = |what: &str| {
        let (ours, problems) = desk.make(site.path(), today);
        let (theirs, expected) = fresh(site.path(), today);
        assert_eq!(difference(&ours, &theirs), None, "{what}");
        assert_eq!(problems, expected, "{what}");
        codes.push(expected.iter().map(|one| one.code.id).collect());
    };
    let write = |path: &str, bytes: &[u8]| {
        fs::write(site.path().join(path), bytes).expect("a file that can be written");
    };
    look("at first");
    // A file that is not UTF-8, then an edit of another one.
    write("content/pages/gbk.md", b"---\ntitle: \xb5\xa5\n---\n");
    look("a file that cannot be read");
    change(site.path(), "content/pages/how.md", |text| {
        format!("{text}\n再看一遍。\n")
    });
    look("an edit while a file cannot be read");
    fs::remove_file(site.path().join("content/pages/gbk.md")).expect("it is there");
    look("without that file");
    // An attachment that comes and goes.
    let with_file = PLAN.replace(
        "topics:",
        "attachments:\n  - {title: 名单, file: notices/名单.csv}\ntopics:",
    );
    write("content/notices/名单.csv", "县,名额\n某县,1\n".as_bytes());
    write("content/notices/plan.md", with_file.as_bytes());
    look("an attachment");
    fs::remove_file(site.path().join("content/notices/名单.csv")).expect("it is there");
    look("an attachment that is gone");
    write("content/notices/plan.md", PLAN.as_bytes());
    // A limit that is lowered and raised.
    let settings = fs::read_to_string(site.path().join("data/site.yaml")).expect("settings");
    write(
        "data/site.yaml",
        format!("{settings}limits:\n  max_clauses: 1\n").as_bytes(),
    );
    look("a lower limit");
    write("data/site.yaml", settings.as_bytes());
    look("the limit as it was");
    // A file that nothing reads is saved with other words.
    write("content/notices/notes.md.txt", "话".as_bytes());
    look("a file that nothing reads");
    write(
        "content/notices/notes.md.txt",
        "〔待填〕13800138000".as_bytes(),
    );
    look("the same with other words");
    let has = |at: usize, code: &str| codes[at].contains(&code);
    assert!(
        has(1, "MB0106") && has(2, "MB0106") && codes[3].is_empty(),
        "{codes:?}"
    );
    assert!(
        has(5, "MB0221") && has(6, "MB0115") && codes[7].is_empty(),
        "{codes:?}"
    );
    assert!(
        codes[4].is_empty() && has(8, "MB0109") && codes[8] == codes[9],
        "{codes:?}"
    );
}

/// Builds a site into a folder with the program; nothing of earlier editions stays.
fn build(site: &Path, out: &Path, today: Date) -> (i32, String) {
    let today = today.to_string();
    let mut command = mingbai(["build", "--keep", "1", "--grace", "0", "--today", &today]);
    run(command.arg("--out").arg(out).arg(site))
}

/// What a first build makes of a site.
fn first_build(site: &Path, today: Date) -> BTreeMap<String, Vec<u8>> {
    let other = tempfile::tempdir().expect("a temporary folder");
    let out = other.path().join("public");
    let (code, words) = build(site, &out, today);
    assert_eq!(code, 0, "{words}");
    files(&out)
}

#[test]
fn what_is_on_disk_after_edits_is_what_a_first_build_writes() {
    let site = start();
    let place = tempfile::tempdir().expect("a temporary folder");
    let out = place.path().join("public");
    let mut today = date(2023, 8, 1);
    let edits = [
        Edit::Days(0),
        Edit::Say(0, 1),
        Edit::Move(1, 7),
        Edit::Add(5),
        Edit::AddCited,
        Edit::Life(1),
        Edit::Life(4),
        Edit::Life(6),
        Edit::Rename(2, 3, true),
        Edit::Term(2),
        Edit::Remove(0),
        Edit::Tagline(1),
        Edit::Days(25),
    ];
    for edit in edits {
        edit.apply(site.path(), &mut today);
        let (code, words) = build(site.path(), &out, today);
        assert_eq!(code, 0, "after {edit:?}: {words}");
        let (ours, theirs) = (files(&out), first_build(site.path(), today));
        let all = ours.keys().chain(theirs.keys());
        let different: Vec<&String> = all
            .filter(|path| ours.get(*path) != theirs.get(*path))
            .collect();
        assert_eq!(different, Vec::<&String>::new(), "after {edit:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_an_edit_does_not_reach_is_the_same_file() {
    use std::os::unix::fs::MetadataExt as _;
    let site = start();
    let place = tempfile::tempdir().expect("a temporary folder");
    let out = place.path().join("public");
    let today = date(2023, 8, 1);
    let number = |path: &str| fs::metadata(out.join(path)).expect("a file").ino();
    assert_eq!(build(site.path(), &out, today).0, 0);
    let paths = [
        "notices/local.html",
        "schedules/s3.html",
        "api/v1/documents/s3.json",
        "how.html",
    ];
    let before = paths.map(number);
    let reached = number("schedules/s1.html");
    Edit::Move(1, 9).apply(site.path(), &mut today.clone());
    assert_eq!(build(site.path(), &out, today).0, 0);
    assert_eq!(paths.map(number), before);
    assert_ne!(number("schedules/s1.html"), reached);
}

#[test]
fn what_somebody_changed_in_the_published_folder_is_made_again() {
    let site = start();
    let place = tempfile::tempdir().expect("a temporary folder");
    let out = place.path().join("public");
    let today = date(2023, 8, 1);
    assert_eq!(build(site.path(), &out, today).0, 0);
    let right = files(&out);
    // Neither size nor time tell.
    let page = out.join("notices/plan.html");
    let time = fs::metadata(&page)
        .and_then(|data| data.modified())
        .expect("a page");
    let mut bytes = fs::read(&page).expect("a page");
    bytes[100] ^= 1;
    fs::write(&page, bytes).expect("a page that can be written");
    let file = fs::File::options().write(true).open(&page).expect("a page");
    file.set_modified(time).expect("a time");
    fs::remove_file(out.join("how.html")).expect("a page");
    assert_eq!(build(site.path(), &out, today).0, 0);
    assert!(files(&out) == right);
    // An edition that was put back is not what the last build left.
    Edit::Say(0, 3).apply(site.path(), &mut today.clone());
    assert_eq!(build(site.path(), &out, today).0, 0);
    let (code, words) = run(mingbai(["rollback"])
        .arg("--out")
        .arg(&out)
        .arg(site.path()));
    assert_eq!(code, 0, "{words}");
    assert_eq!(build(site.path(), &out, today).0, 0);
    assert!(files(&out) == first_build(site.path(), today));
}

#[test]
fn a_damaged_memory_is_as_good_as_none() {
    let site = start();
    let place = tempfile::tempdir().expect("a temporary folder");
    let out = place.path().join("public");
    let today = date(2023, 8, 1);
    assert_eq!(build(site.path(), &out, today).0, 0);
    let right = files(&out);
    let left = place.path().join(".public.mingbai-left");
    let whole = fs::read(&left).expect("what a build leaves");
    let mut flipped = whole.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 4;
    let damaged: [&[u8]; 5] = [
        b"",
        b"mingbai left 1\n",
        &whole[..middle],
        &flipped,
        &[0; 5000],
    ];
    for bytes in damaged {
        fs::write(&left, bytes).expect("a file that can be written");
        let (code, words) = build(site.path(), &out, today);
        assert_eq!(code, 0, "{words}");
        assert!(files(&out) == right);
    }
    // A folder in its place is nobody's.
    fs::remove_file(&left).expect("a file");
    fs::create_dir(&left).expect("a folder");
    assert_eq!(build(site.path(), &out, today).0, 0);
    assert!(files(&out) == right);
}
