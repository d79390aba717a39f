//! A site that is made in parts, by several processes, is the site that one process makes; and a build that has nothing to do does nothing.

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::thread;
use std::time::Duration;

use support::*;

const TODAY: &str = "2023-08-01";

/// Longer than any disk takes to tell two changes of a file apart, and than the builder wants.
const MOMENT: Duration = Duration::from_millis(250);

/// Starts to build a part of a site.
fn start(site: &Path, part: &str, out: &Path) -> Child {
    let mut command = mingbai(["build", "--today", TODAY, "--part", part, "--out"]);
    command.arg(out).arg(site);
    let command = command.stdout(Stdio::null()).stderr(Stdio::inherit());
    command.spawn().expect("the program starts")
}

/// Builds all parts of a site at once. Their folders.
fn parts(site: &Path, of: usize, place: &Path) -> Vec<PathBuf> {
    let folders = (1..=of).map(|number| place.join(format!("part-{number}")));
    let folders: Vec<PathBuf> = folders.collect();
    let running: Vec<Child> = (1..=of)
        .zip(&folders)
        .map(|(number, folder)| start(site, &format!("{number}/{of}"), folder))
        .collect();
    for mut child in running {
        assert!(child.wait().expect("a program that ends").success());
    }
    folders
}

fn join<'a>(
    site: &Path,
    parts: impl IntoIterator<Item = &'a PathBuf>,
    out: &Path,
) -> (i32, String) {
    let mut command = mingbai(["join", "--lang", "zh", "--today", TODAY, "--out"]);
    run(command.arg(out).arg(site).arg("--parts").args(parts))
}

fn build(site: &Path, out: &Path, today: &str) -> (i32, String) {
    let mut command = mingbai(["build", "--lang", "zh", "--today", today, "--out"]);
    run(command.arg(out).arg(site))
}

/// The pages and files of a part: without its lists.
fn pages(part: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = files(part);
    all.retain(|path, _| path != ".mingbai" && path != "SHA256SUMS");
    all
}

/// A small site, older than [`MOMENT`].
fn small(place: &Path) -> PathBuf {
    let site = place.join("site");
    copy(&tests_folder("diagnostics/base"), &site);
    thread::sleep(MOMENT);
    site
}

#[test]
fn parts_put_together_are_the_site_that_one_process_makes() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let whole = place.path().join("whole");
    let (code, words) = build(repository(), &whole, TODAY);
    assert_eq!(code, 0, "{words}");
    let folders = parts(repository(), 4, place.path());
    let whole = files(&whole);
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (number, folder) in folders.iter().enumerate() {
        let part = pages(folder);
        assert!(
            part.len() * 20 > whole.len(),
            "part {number} has {} files",
            part.len()
        );
        for (path, bytes) in part {
            assert!(
                whole[&path] == bytes,
                "{path} of part {number} is another file"
            );
            assert_eq!(
                seen.insert(path.clone(), number),
                None,
                "{path} is in two parts"
            );
        }
    }
    let joined = place.path().join("joined");
    let (code, words) = join(repository(), &folders, &joined);
    assert_eq!(code, 0, "{words}");
    let joined = files(&joined);
    let different: Vec<&String> = whole
        .keys()
        .chain(joined.keys())
        .filter(|path| whole.get(*path) != joined.get(*path))
        .collect();
    assert_eq!(different, Vec::<&String>::new());
}

#[test]
fn parts_that_do_not_fit_are_refused_and_the_site_stays() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let site = small(place.path());
    let out = place.path().join("out");
    assert_eq!(build(&site, &out, TODAY).0, 0);
    let before = files(&out);
    let folders = parts(&site, 3, place.path());
    let refused = |folders: &[&PathBuf], why: &str| {
        let (code, words) = join(&site, folders.iter().copied(), &out);
        assert_eq!(code, 2, "{words}");
        assert!(words.contains(why), "{words}");
        assert!(files(&out) == before);
    };
    let [first, second, third] = &folders[..] else {
        panic!("three parts");
    };
    refused(&[first, third], "缺第 2/3 份");
    refused(&[first, second, third, third], "都是第 3/3 份");
    refused(
        &[first, second, &out],
        "不是 mingbai build --part 生成的一份",
    );
    let other = place.path().join("other");
    assert!(
        start(&site, "3/4", &other)
            .wait()
            .expect("an end")
            .success()
    );
    refused(&[first, second, &other], "按同一个份数生成");
    // A file that somebody changed, or took away.
    let page = pages(third)
        .into_keys()
        .find(|path| path.ends_with(".html"));
    let page = third.join(page.expect("a page"));
    let bytes = fs::read(&page).expect("a page");
    fs::write(&page, "changed").expect("a page that can be written");
    refused(&[first, second, third], "不是生成时的样子");
    fs::remove_file(&page).expect("a page");
    refused(&[first, second, third], "不是生成时的样子");
    fs::write(&page, bytes).expect("a page that can be written");
    // A source that was changed since.
    let source = site.join("data/site.yaml");
    let text = fs::read_to_string(&source).expect("the settings");
    fs::write(&source, text + "\n# 改过\n").expect("settings that can be written");
    refused(
        &[first, second, third],
        "不是由这些文件、这一天、这个地址生成的",
    );
}

#[test]
fn a_link_that_leads_nowhere_is_found_when_parts_are_put_together() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let site = small(place.path());
    let page = "---\ntitle: 说明\n---\n\n见[不存在的页](/nowhere.html)。\n";
    write_files(&site, [("content/pages/broken.md", page)]);
    let folders = parts(&site, 2, place.path());
    let out = place.path().join("out");
    let (code, words) = join(&site, &folders, &out);
    assert_eq!(code, 1, "{words}");
    assert!(words.contains("content/pages/broken.md:5:"), "{words}");
    assert!(!out.exists());
}

#[test]
fn a_build_that_has_nothing_to_do_writes_nothing() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let site = small(place.path());
    let out = place.path().join("out");
    let number = || {
        use std::os::unix::fs::MetadataExt as _;
        fs::metadata(&out).expect("a site").ino()
    };
    let does_nothing = |today: &str| {
        let before = number();
        let (code, words) = build(&site, &out, today);
        assert_eq!(code, 0, "{words}");
        let is_same = words.contains("没有变化");
        assert_eq!(before == number(), is_same, "{words}");
        thread::sleep(MOMENT);
        is_same
    };
    assert_eq!(build(&site, &out, TODAY).0, 0);
    let right = files(&out);
    assert!(does_nothing(TODAY));
    assert!(does_nothing(TODAY));
    // Another day, and back.
    assert!(!does_nothing("2023-08-02"));
    assert!(!does_nothing(TODAY));
    assert!(does_nothing(TODAY));
    // A source with the size and time that it had before.
    let source = site.join("data/site.yaml");
    let text = fs::read_to_string(&source).expect("the settings");
    let time = fs::metadata(&source)
        .and_then(|data| data.modified())
        .expect("a time");
    let put = |text: &str| {
        fs::write(&source, text).expect("settings that can be written");
        let file = fs::File::options()
            .write(true)
            .open(&source)
            .expect("the settings");
        file.set_modified(time).expect("a time that can be set");
        thread::sleep(MOMENT);
    };
    let other = text.replacen("base_url: https://", "base_url: http://", 1) + "#";
    assert_ne!(other, text, "{text}");
    put(&other);
    assert!(!does_nothing(TODAY));
    assert!(files(&out) != right);
    put(&text);
    assert!(!does_nothing(TODAY));
    assert!(files(&out) == right);
    // A new source, and a page that somebody took away.
    write_files(
        &site,
        [(
            "content/pages/new.md",
            "---\ntitle: 新的一页\n---\n\n说明。\n",
        )],
    );
    thread::sleep(MOMENT);
    assert!(!does_nothing(TODAY));
    assert!(does_nothing(TODAY));
    fs::remove_file(out.join("new.html")).expect("the new page");
    assert!(!does_nothing(TODAY));
    assert!(out.join("new.html").exists());
    // What is noted of it is damaged.
    fs::write(place.path().join(".out.mingbai-same"), "no").expect("a file");
    assert!(!does_nothing(TODAY));
    assert!(does_nothing(TODAY));
}

#[test]
fn warnings_are_said_again_by_a_build_that_has_nothing_to_do() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let site = small(place.path());
    let page = "---\ntitle: 说明\n---\n\n面积是10<sup>4</sup>亩。\n";
    write_files(&site, [("content/pages/tags.md", page)]);
    thread::sleep(MOMENT);
    let out = place.path().join("out");
    let (code, first) = build(&site, &out, TODAY);
    assert_eq!(code, 0, "{first}");
    assert!(first.contains("content/pages/tags.md:5:"), "{first}");
    let (code, second) = build(&site, &out, TODAY);
    assert_eq!(code, 0, "{second}");
    assert!(second.contains("没有变化"), "{second}");
    let problems = |words: &str| {
        words
            .split("没有变化")
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    let said = problems(&second);
    assert!(
        !said.trim().is_empty() && first.contains(said.trim()),
        "{second}"
    );
}

#[test]
fn timings_name_each_stage_and_kind_of_page() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let site = small(place.path());
    let out = place.path().join("out");
    let command = [
        "build",
        "--lang",
        "en",
        "--today",
        TODAY,
        "--timings",
        "--out",
    ];
    let (code, words) = run(mingbai(command).arg(&out).arg(&site));
    assert_eq!(code, 0, "{words}");
    let rows: Vec<&str> = words
        .lines()
        .filter_map(|line| line.rsplit("  ").next())
        .collect();
    for name in [
        "read files",
        "load",
        "link",
        "pages",
        "search index",
        "write",
        "in all",
    ] {
        assert_eq!(
            rows.iter().filter(|row| **row == name).count(),
            1,
            "{name}: {words}"
        );
    }
    for kind in ["document", "county", "api/*.json", "calendar/*.ics"] {
        assert!(rows.contains(&kind), "{kind}: {words}");
    }
    let is_county = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).contains("class=k-county>");
    let pages = files(&out).into_values().filter(is_county).count();
    let counties = words.lines().find(|line| line.ends_with("  county"));
    let count = counties.and_then(|line| line.split_whitespace().next());
    assert_eq!(count.map(str::parse), Some(Ok(pages)), "{words}");
    assert!(pages > 5, "{pages}");
}
