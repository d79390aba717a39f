//! Drafts: a source with an open 待核 is not published, but can be looked at, marked as what it is.

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use support::{copy, files, mingbai, repository, run};
use tempfile::TempDir;

const TODAY: &str = "2026-11-20";
const WARNING: &str = "草稿，未核对，不得作为依据";
const SCHEDULE: &str = "data/schedules/youyu-2023.yaml";
const PAGE: &str = "content/pages/about.md";

/// The small site of the diagnostics, with the repository's theme.
fn small_site() -> TempDir {
    let site = tempfile::tempdir().expect("a folder");
    copy(&repository().join("tests/diagnostics/base"), site.path());
    copy(&repository().join("themes"), &site.path().join("themes"));
    site
}

fn append(site: &Path, file: &str, text: &str) {
    let old = fs::read_to_string(site.join(file)).expect("a source");
    fs::write(site.join(file), old + text).expect("a source");
}

fn command(site: &Path, words: &[&str]) -> (i32, String) {
    let mut command = mingbai(["--lang", "zh"]);
    command.args(words).args(["--today", TODAY]);
    run(command.current_dir(site))
}

fn text(tree: &BTreeMap<String, Vec<u8>>, path: &str) -> String {
    let bytes = tree
        .get(path)
        .unwrap_or_else(|| panic!("{path} was not written"));
    String::from_utf8(bytes.clone()).expect("text")
}

#[test]
fn a_build_refuses_drafts_with_all_that_is_open() {
    let site = small_site();
    let site = site.path();
    append(site, SCHEDULE, "# 待核：电话\n");
    append(
        site,
        PAGE,
        "\n<!-- TODO 待核：主办单位 -->\n\n＃ 待核：地点\n",
    );
    let (code, said) = command(site, &["build"]);
    assert_eq!(code, 1, "{said}");
    for words in [
        "错误[MB0802]: 还没有核对：电话",
        "还没有核对：地点",
        "还没有核对：主办单位",
        "content/pages/about.md:10:1",
        "再删去这一行",
        "3 个错误",
        "没有写任何文件",
    ] {
        assert!(said.contains(words), "{words}:\n{said}");
    }
    assert!(!site.join("public").exists());
    assert_eq!(command(site, &["check"]).0, 1);
    let (code, said) = command(site, &["check", "--draft"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("建议[MB0711]: 还没有核对：电话"), "{said}");
    assert!(said.contains("草稿：还有 3 处待核"), "{said}");
}

#[test]
fn a_draft_build_marks_every_page_that_is_made_from_a_draft() {
    let site = small_site();
    let site = site.path();
    append(site, SCHEDULE, "# 待核：地点\n");
    let english = "---\ntitle: About\nlang: English\n---\n\nText.\n\n# 待核：year\n";
    fs::write(site.join("content/pages/about-en.md"), english).expect("a page");
    let (code, said) = command(site, &["build", "--draft"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("草稿：还有 2 处待核，不要发布"), "{said}");
    assert!(
        !site.join("public").exists(),
        "a draft is not written over the published site"
    );
    let tree = files(&site.join("draft"));
    let drafts = [
        "schedules/youyu-2023.html",
        "counties/140623.html",
        "leaflets/schedules/youyu-2023.html",
        "deadlines.html",
        "schedules/index.html",
    ];
    for path in drafts {
        let html = text(&tree, path);
        let banner = html
            .find(WARNING)
            .unwrap_or_else(|| panic!("{path} has no banner"));
        assert!(banner < html.find("<main").unwrap_or(usize::MAX), "{path}");
        assert!(
            html.contains("data/schedules/youyu-2023.yaml（1处）"),
            "{path}"
        );
        assert!(
            html.contains("<meta content=noindex name=robots>")
                || html.contains("name=robots content=noindex"),
            "{path}"
        );
        assert!(html.contains("<title>【草稿】"), "{path}");
        assert!(!html.contains("application/ld+json"), "{path}");
    }
    let english = text(&tree, "about-en.html");
    assert!(
        english.contains("Draft: not confirmed") && english.contains("lang=en"),
        "{english}"
    );
    for path in ["about.html", "assessments/henan-2018.html"] {
        let html = text(&tree, path);
        assert!(
            !html.contains(WARNING) && !html.contains("noindex"),
            "{path}"
        );
        assert!(html.contains("application/ld+json"), "{path}");
    }
}

#[test]
fn nothing_of_a_draft_build_can_be_taken_for_a_publication() {
    let site = small_site();
    let site = site.path();
    append(site, SCHEDULE, "# 待核：地点\n");
    let (code, said) = command(site, &["build", "--draft", "--out", "out"]);
    assert_eq!(code, 0, "{said}");
    let tree = files(&site.join("out"));
    assert_eq!(text(&tree, "robots.txt"), "User-agent: *\nDisallow: /\n");
    assert!(!text(&tree, "sitemap.xml").contains("youyu-2023"));
    let list = text(&tree, "draft.txt");
    assert!(
        list.contains(WARNING) && list.contains("data/schedules/youyu-2023.yaml:"),
        "{list}"
    );
    let is_data = |path: &str| path.starts_with("api/") || path.starts_with("data/");
    let mut data = 0;
    for (path, bytes) in &tree {
        let words = String::from_utf8_lossy(bytes);
        if path.ends_with(".ics")
            || is_data(path) && (path.ends_with(".json") || path.ends_with(".csv"))
        {
            data += 1;
            assert!(
                words.contains("草稿") && !words.contains("右玉"),
                "{path}: {words}"
            );
            assert!(!words.contains("BEGIN:VEVENT"), "{path}");
        }
        if path.ends_with(".xlsx") {
            assert!(bytes.starts_with(b"PK") && bytes.len() < 8_000, "{path}");
        }
        if path.ends_with("atom.xml") {
            assert!(!words.contains("schedules/youyu-2023"), "{path}");
        }
    }
    assert!(data > 10, "{data}");
    let index: String = tree
        .iter()
        .filter(|(path, _)| path.starts_with("search/") && path.ends_with(".js"))
        .map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned())
        .collect();
    assert!(!index.contains("schedules/youyu-2023"));
    assert!(index.contains("henan-2018"), "confirmed pages are found");
}

#[test]
fn a_feed_with_a_draft_in_it_is_left_empty() {
    let site = small_site();
    let site = site.path();
    append(
        site,
        "content/notices/youyu-2023-plan.md",
        "\n# 待核：少一段\n",
    );
    let (code, said) = command(site, &["build", "--draft"]);
    assert_eq!(code, 0, "{said}");
    let tree = files(&site.join("draft"));
    let feed = text(&tree, "atom.xml");
    assert!(
        feed.contains(WARNING) && !feed.contains("<entry>"),
        "{feed}"
    );
    assert!(text(&tree, "notices/youyu-2023-plan.html").contains(WARNING));
}

#[test]
fn an_ordinary_build_has_nothing_of_it() {
    let site = small_site();
    let site = site.path();
    let draft = command(site, &["build", "--draft", "--out", "a"]);
    assert_eq!(draft.0, 0, "{}", draft.1);
    assert!(!draft.1.contains("草稿"), "{}", draft.1);
    assert_eq!(command(site, &["build", "--out", "b"]).0, 0);
    let (a, b) = (files(&site.join("a")), files(&site.join("b")));
    assert!(a == b, "without open marks, both are the same");
    // The site takes the place of a draft in the same folder.
    append(site, SCHEDULE, "# 待核\n");
    assert_eq!(command(site, &["build", "--draft", "--out", "b"]).0, 0);
    assert!(site.join("b/draft.txt").exists());
    let path = site.join(SCHEDULE);
    let confirmed = fs::read_to_string(&path)
        .expect("a source")
        .replace("# 待核\n", "");
    fs::write(&path, confirmed).expect("a source");
    assert_eq!(command(site, &["build", "--out", "b"]).0, 0);
    assert!(files(&site.join("b")) == a, "nothing of the draft is left");
}

#[test]
fn a_draft_of_the_whole_site_is_on_every_page() {
    let site = small_site();
    let site = site.path();
    append(site, "data/site.yaml", "# 待核：主办单位\n");
    assert_eq!(command(site, &["build", "--draft"]).0, 0);
    for (path, bytes) in files(&site.join("draft")) {
        if path.ends_with(".html") {
            let html = String::from_utf8(bytes).expect("text");
            assert!(html.contains(WARNING), "{path}");
        }
    }
}
