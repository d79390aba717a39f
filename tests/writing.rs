//! What the program writes to disk: the same bytes every time, either the old site or the new one complete, and no
//! change to other files.

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use scraper::Html;
use tempfile::TempDir;

use support::*;

// ---------------------------------------------------------------- a small site

const SITE: &str = "title: 测试站\nshort: 测试\ntagline: 只为测试\nbase_url: https://test.example/\noperator: 测试\n";
const TOPICS: &str = "- {id: renewal, name: 续贷, about: 接着贷。}\n";
const PAGE: &str =
    "---\ntitle: 关于本站\n---\n\n## 这是什么\n\n测试。[一份文件](/notices/n1.html)。\n";

fn notice(number: usize) -> String {
    format!(
        "---\ntitle: 第{number}号测试通知\nnumber: 测〔2023〕{number}号\nkind: 通知\nissuers: [右玉县教育局]\nissued: 2023-06-{:02}\nyear: 2023\npublicity: 主动公开\nregion: 山西省 朔州市 右玉县\ntopics: [续贷]\nsummary:\n  - text: 7月20日前办完。\n    clause: 一（一）\nwindows:\n  - what: 续贷受理\n    from: 2023-07-01\n    until: 2023-07-20\n    clause: 一（一）\n    quote: 7月1日至7月20日受理\nsource: 为测试而写。\nchecked: {{on: 2023-07-01, by: 测试}}\n---\n\n为做好工作，通知如下：\n\n一、续贷\n\n（一）受理时间。7月1日至7月20日受理，编号 {number}。\n\n（二）受理地点。在教育局办理。\n",
        number % 28 + 1
    )
}

/// A folder with a site of `notices` notices; removed when dropped.
struct Site {
    folder: TempDir,
}

impl Site {
    fn new(notices: usize) -> Self {
        let site = Self {
            folder: tempfile::tempdir().expect("a temporary folder"),
        };
        copy(
            &repository().join("themes/mingbai"),
            &site.source().join("themes/mingbai"),
        );
        for name in ["editions.yaml", "14.yaml"] {
            let text = fs::read_to_string(repository().join("data/regions").join(name))
                .expect("regions of the repository");
            write_files(
                &site.source(),
                [(format!("data/regions/{name}").as_str(), text.as_str())],
            );
        }
        write_files(
            &site.source(),
            [
                ("data/site.yaml", SITE),
                ("data/topics.yaml", TOPICS),
                ("content/pages/about.md", PAGE),
            ],
        );
        for number in 1..=notices {
            site.write(&format!("content/notices/n{number}.md"), &notice(number));
        }
        site
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn source(&self) -> PathBuf {
        self.path().join("site")
    }

    fn out(&self) -> PathBuf {
        self.path().join("public")
    }

    fn write(&self, path: &str, text: &str) {
        write_files(&self.source(), [(path, text)]);
    }

    /// Builds into a folder with further arguments: exit code and messages.
    fn build_into(&self, out: &Path, more: &[&str]) -> (i32, String) {
        let mut command = mingbai(["build"]);
        if !more.contains(&"--today") {
            command.args(["--today", "2023-07-10"]);
        }
        run(command.args(more).arg("--out").arg(out).arg(self.source()))
    }

    fn built(&self, more: &[&str]) -> BTreeMap<String, Vec<u8>> {
        let (code, said) = self.build_into(&self.out(), more);
        assert_eq!(code, 0, "{said}");
        files(&self.out())
    }

    /// The folder contains only the sources, the site and its earlier editions.
    fn assert_no_leftovers(&self) {
        let names: Vec<String> = fs::read_dir(self.path())
            .expect("the folder")
            .map(|e| {
                e.expect("an entry")
                    .file_name()
                    .to_string_lossy()
                    .into_owned()
            })
            .filter(|name| {
                name.starts_with('.')
                    && ![
                        ".public.mingbai-editions",
                        ".public.mingbai-left",
                        ".public.mingbai-record.json",
                        ".public.mingbai-same",
                        ".public.mingbai-sources",
                    ]
                    .contains(&name.as_str())
            })
            .collect();
        assert!(names.is_empty(), "{names:?}");
    }
}

fn text(files: &BTreeMap<String, Vec<u8>>, path: &str) -> String {
    String::from_utf8(files[path].clone()).expect("UTF-8")
}

// ---------------------------------------------------------------- repeatable

#[test]
fn builds_are_equal_to_the_byte_whatever_the_threads_and_the_order_of_files() {
    let site = Site::new(60);
    let first = site.built(&[]);
    assert!(first.len() > 70);
    assert!(first == site.built(&[]), "a second build differs");
    assert!(first == site.built(&["--jobs", "1"]), "one thread differs");
    assert!(first == site.built(&["--jobs", "4"]), "four threads differ");
    // The same files, created in the opposite order.
    let other = tempfile::tempdir().expect("a temporary folder");
    for (path, bytes) in files(&site.source()).into_iter().rev() {
        let path = other.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }
    let out = site.path().join("other");
    let (code, said) = run(mingbai(["build", "--today", "2023-07-10", "--out"])
        .arg(&out)
        .arg(other.path()));
    assert_eq!(code, 0, "{said}");
    assert!(first == files(&out), "another order of files differs");
}

#[test]
fn the_environment_does_not_affect_a_build() {
    let site = Site::new(3);
    let first = site.built(&[]);
    let (code, said) = run(mingbai(["build", "--today", "2023-07-10"])
        .current_dir(site.source())
        .env("LANG", "de_DE.UTF-8")
        .env("LC_ALL", "C")
        .env("TZ", "America/Lima")
        .env("SOURCE_DATE_EPOCH", "1"));
    assert_eq!(code, 0, "{said}");
    // Without --out, the site is written to `public` in the site folder.
    assert!(first == files(&site.source().join("public")));
}

#[test]
fn windows_line_ends_and_byte_order_marks_change_nothing() {
    let site = Site::new(2);
    let first = site.built(&[]);
    for (path, bytes) in files(&site.source()) {
        if path.ends_with(".md") || path.ends_with(".yaml") {
            let text = String::from_utf8(bytes).expect("UTF-8");
            let text = format!("\u{FEFF}{}", text.replace('\n', "\r\n"));
            fs::write(site.source().join(path), text).expect("a file");
        }
    }
    assert!(first == site.built(&[]));
}

#[test]
fn another_day_changes_only_the_words_of_states() {
    let site = Site::new(3);
    let july = site.built(&[]);
    let august = site.built(&["--today", "2023-08-01"]);
    assert_eq!(
        july.keys().collect::<Vec<_>>(),
        august.keys().collect::<Vec<_>>()
    );
    let plain = |files: &BTreeMap<String, Vec<u8>>, path: &str| {
        let page = Html::parse_document(&text(files, path));
        let skip = |e: &scraper::node::Element| {
            ["state", "bottom-warn", "warn"]
                .iter()
                .any(|class| has_class(e, class))
        };
        squeeze(&text_without(all(&page, "body")[0], &skip))
    };
    for path in [
        "notices/n1.html",
        "notices/index.html",
        "about.html",
        "topics/renewal.html",
        "counties/140623.html",
    ] {
        assert_ne!(july[path], august[path], "{path} has no state or date");
        assert_eq!(plain(&july, path), plain(&august, path), "{path}");
    }
    let state = |files: &BTreeMap<String, Vec<u8>>| {
        let page = Html::parse_document(&text(files, "notices/n1.html"));
        words(all(&page, ".win .state")[0])
    };
    assert_eq!(
        (state(&july), state(&august)),
        ("受理中".into(), "已结束".into())
    );
    // Files that are not pages do not depend on the day, except the feed.
    for (path, bytes) in &july {
        if path.starts_with("assets/") || path == "sitemap.xml" {
            assert_eq!(bytes, &august[path], "{path}");
        }
    }
}

#[test]
fn a_base_address_with_a_path_moves_the_whole_site() {
    let site = Site::new(3);
    let root = site.built(&[]);
    let moved = site.built(&["--base-url", "https://gov.example/zizhu"]);
    for (path, bytes) in &moved {
        let words = String::from_utf8_lossy(bytes);
        assert!(
            !words.contains("test.example"),
            "{path} holds the other address"
        );
        if !path.ends_with(".html") {
            continue;
        }
        let page = Html::parse_document(&words);
        let canonical = all(&page, "link[rel=canonical]")[0].attr("href");
        let short = path.strip_suffix("index.html").unwrap_or(path);
        assert_eq!(
            canonical,
            Some(format!("https://gov.example/zizhu/{short}").as_str())
        );
        for element in all(&page, "[href], [src]") {
            let reference = element.attr("href").or(element.attr("src")).unwrap_or("");
            if path == "404.html" {
                // It is served from anywhere, so its addresses begin with the base path.
                assert!(
                    reference.starts_with("/zizhu/")
                        || reference.starts_with('#')
                        || reference.starts_with("https://gov.example/zizhu/"),
                    "{path}: {reference}"
                );
            } else {
                assert!(!reference.starts_with('/'), "{path}: {reference}");
            }
        }
    }
    assert!(
        text(&moved, "sitemap.xml")
            .contains("<loc>https://gov.example/zizhu/notices/n1.html</loc>")
    );
    assert!(text(&moved, "robots.txt").contains("Sitemap: https://gov.example/zizhu/sitemap.xml"));
    // Pages contain the base address only in their heads.
    let body = |files: &BTreeMap<String, Vec<u8>>| {
        let text = text(files, "notices/n1.html");
        text[text.find("<main").expect("main")..text.find("</main").expect("its end")].to_owned()
    };
    assert_eq!(body(&root), body(&moved));
    let (code, _) = site.build_into(&site.out(), &["--base-url", "ftp://gov.example/"]);
    assert_eq!(code, 2);
}

// ---------------------------------------------------------------- the folder

#[test]
fn pages_of_an_earlier_build_are_removed_and_other_files_stay() {
    let site = Site::new(3);
    let first = site.built(&[]);
    assert!(first.contains_key("notices/n3.html"));
    let out = site.out();
    fs::write(out.join("CNAME"), "test.example").expect("a file");
    fs::create_dir_all(out.join("uploads/2023")).expect("a folder");
    fs::write(out.join("uploads/2023/form.pdf"), b"\x00\xFF").expect("a file");
    fs::write(out.join("notices/mine.txt"), "mine").expect("a file");
    fs::create_dir(out.join("empty")).expect("a folder");
    fs::remove_file(site.source().join("content/notices/n3.md")).expect("the source");
    let second = site.built(&[]);
    assert!(!second.contains_key("notices/n3.html"));
    assert_eq!(second["CNAME"], b"test.example");
    assert_eq!(second["uploads/2023/form.pdf"], b"\x00\xFF");
    assert_eq!(second["notices/mine.txt"], b"mine");
    assert!(
        out.join("empty").is_dir(),
        "an empty folder of others is gone"
    );
    // They are still not ours after any number of builds.
    let third = site.built(&[]);
    assert!(second == third);
    let list = text(&third, ".mingbai");
    for name in ["CNAME", "form.pdf", "mine.txt"] {
        assert!(!list.contains(name), "{name}");
    }
    site.assert_no_leftovers();
}

#[cfg(unix)]
#[test]
fn symbolic_links_in_the_output_folder_stay_links() {
    use std::os::unix::fs::symlink;
    let site = Site::new(1);
    site.built(&[]);
    let elsewhere = site.path().join("elsewhere");
    write_files(&elsewhere, [("a.txt", "a")]);
    symlink(&elsewhere, site.out().join("uploads")).expect("a link");
    symlink(elsewhere.join("a.txt"), site.out().join("a.txt")).expect("a link");
    symlink("nowhere", site.out().join("broken")).expect("a link");
    let (code, said) = site.build_into(&site.out(), &[]);
    assert_eq!(code, 0, "{said}");
    for name in ["uploads", "a.txt", "broken"] {
        let kind = fs::symlink_metadata(site.out().join(name)).expect("the link");
        assert!(kind.file_type().is_symlink(), "{name}");
    }
    assert_eq!(fs::read(elsewhere.join("a.txt")).expect("the file"), b"a");
}

#[cfg(unix)]
#[test]
fn the_output_folder_keeps_its_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let site = Site::new(1);
    site.built(&[]);
    fs::set_permissions(site.out(), fs::Permissions::from_mode(0o2750)).expect("rights");
    site.built(&[]);
    let mode = fs::metadata(site.out())
        .expect("the folder")
        .permissions()
        .mode();
    assert_eq!(mode & 0o7777, 0o2750);
}

#[test]
fn a_folder_that_mingbai_did_not_create_is_refused_and_not_changed() {
    let site = Site::new(1);
    for list in [None, Some("something else\n"), Some("")] {
        let out = site.path().join("photos");
        fs::create_dir_all(&out).expect("a folder");
        fs::write(out.join("index.html"), "mine").expect("a file");
        if let Some(list) = list {
            fs::write(out.join(".mingbai"), list).expect("a file");
        }
        let before = files(&out);
        let (code, said) = site.build_into(&out, &[]);
        assert_eq!(code, 2, "{said}");
        assert!(said.contains("photos") && said.contains("--out"), "{said}");
        assert!(files(&out) == before);
        fs::remove_dir_all(&out).expect("the folder goes");
    }
    let file = site.path().join("file");
    fs::write(&file, "mine").expect("a file");
    assert_eq!(site.build_into(&file, &[]).0, 2);
    assert_eq!(fs::read(&file).expect("the file"), b"mine");
    site.assert_no_leftovers();
}

#[test]
fn an_empty_folder_and_a_missing_folder_are_accepted() {
    let site = Site::new(1);
    fs::create_dir(site.out()).expect("a folder");
    let first = site.built(&[]);
    let deep = site.path().join("a/b/c");
    assert_eq!(site.build_into(&deep, &[]).0, 0);
    assert!(files(&deep) == first);
    // A relative path is relative to the working directory.
    let (code, said) = run(mingbai([
        "build",
        "--today",
        "2023-07-10",
        "--out",
        "relative",
        "site",
    ])
    .current_dir(site.path()));
    assert_eq!(code, 0, "{said}");
    assert!(files(&site.path().join("relative")) == first);
}

#[test]
fn the_site_is_never_written_into_or_over_its_sources() {
    let site = Site::new(1);
    let source = site.source();
    let before = files(site.path());
    for out in [
        source.join("content"),
        source.join("content/public"),
        source.join("content/notices/deep/er"),
        source.join("data"),
        source.join("data/public"),
        source.join("themes/mingbai/static/public"),
        source.clone(),
        source.join("."),
        source.join("public/../content/x"),
        source.join("not/there/../../data/x"),
        site.path().to_owned(),
        source.join("../site/themes"),
        PathBuf::from("/"),
    ] {
        let (code, said) = site.build_into(&out, &[]);
        assert_eq!(code, 2, "{}: {said}", out.display());
        assert!(files(site.path()) == before, "{}", out.display());
    }
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_cannot_lead_the_site_into_its_sources() {
    use std::os::unix::fs::symlink;
    let site = Site::new(1);
    symlink(site.source().join("content"), site.path().join("link")).expect("a link");
    let before = files(&site.source());
    for out in ["link", "link/public"] {
        let (code, said) = site.build_into(&site.path().join(out), &[]);
        assert_eq!(code, 2, "{said}");
    }
    assert!(files(&site.source()) == before);
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_to_a_folder_is_followed_and_stays() {
    use std::os::unix::fs::symlink;
    let site = Site::new(2);
    let real = site.path().join("www/real");
    fs::create_dir_all(&real).expect("a folder");
    let link = site.path().join("link");
    symlink(&real, &link).expect("a link");
    for _ in 0..2 {
        let (code, said) = site.build_into(&link, &["--keep", "0"]);
        assert_eq!(code, 0, "{said}");
        let kind = fs::symlink_metadata(&link).expect("the link");
        assert!(kind.file_type().is_symlink());
        assert!(files(&real).contains_key("notices/n2.html"));
        assert_eq!(
            fs::read_dir(site.path().join("www"))
                .expect("a folder")
                .map(|entry| entry.expect("an entry").file_name())
                .filter(|name| {
                    ![
                        ".real.mingbai-left",
                        ".real.mingbai-record.json",
                        ".real.mingbai-same",
                        ".real.mingbai-sources",
                    ]
                    .contains(&name.to_string_lossy().as_ref())
                })
                .count(),
            1
        );
    }
}

#[test]
fn the_message_names_a_folder_that_cannot_be_written() {
    let site = Site::new(1);
    // A path below a file cannot be created, not even by an administrator.
    let file = site.path().join("file");
    fs::write(&file, "mine").expect("a file");
    let (code, said) = site.build_into(&file.join("public"), &[]);
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("file"), "{said}");
    assert_eq!(fs::read(&file).expect("the file"), b"mine");
    let (code, said) = run(mingbai(["build"]).arg(site.path().join("nowhere")));
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("nowhere"), "{said}");
    site.assert_no_leftovers();
}

#[test]
fn read_only_sources_can_be_built_and_are_not_changed() {
    let site = Site::new(2);
    let read_only = |path: &Path, on: bool| {
        let mut rights = fs::metadata(path).expect("a file").permissions();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let all = if path.is_dir() { 0o755 } else { 0o644 };
            rights.set_mode(if on { all & 0o555 } else { all });
        }
        #[cfg(not(unix))]
        rights.set_readonly(on);
        fs::set_permissions(path, rights).expect("rights");
    };
    let before = files(&site.source());
    let mut folders = vec![site.source()];
    let mut i = 0;
    while i < folders.len() {
        for entry in fs::read_dir(&folders[i]).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                read_only(&path, true);
            }
        }
        i += 1;
    }
    for folder in &folders {
        read_only(folder, true);
    }
    let (code, said) = site.build_into(&site.out(), &[]);
    for folder in &folders {
        read_only(folder, false);
    }
    assert_eq!(code, 0, "{said}");
    assert!(files(&site.source()) == before);
}

// ---------------------------------------------------------------- faults

#[test]
fn broken_sources_leave_the_old_site_to_the_byte() {
    let site = Site::new(2);
    let before = site.built(&[]);
    for broken in [
        notice(1).replace("2023-07-20", "2023-13-45"),
        notice(1).replace("title:", "titel:"),
        notice(1).replace("7月1日至7月20日受理，", "随时受理，"),
        notice(1).replace("右玉县\n", "右王县\n"),
        notice(1).replace("---\n\n为做好", "\n\n为做好"),
    ] {
        site.write("content/notices/n1.md", &broken);
        let (code, said) = site.build_into(&site.out(), &[]);
        assert_eq!(code, 1, "{said}");
        assert!(said.contains("content/notices/n1.md"), "{said}");
        assert!(files(&site.out()) == before, "{said}");
        let (code, _) = run(mingbai(["check", "--today", "2023-07-10"]).arg(site.source()));
        assert_eq!(code, 1);
    }
    fs::write(site.source().join("content/notices/n1.md"), b"\xFF\xFE\x00").expect("a file");
    assert_eq!(site.build_into(&site.out(), &[]).0, 1);
    assert!(files(&site.out()) == before);
    site.assert_no_leftovers();
}

#[test]
fn a_failed_first_build_creates_no_folder() {
    let site = Site::new(1);
    let out = site.path().join("a/b/public");
    // One mistake is found before any page is made, the other when all pages were made.
    let lost = notice(1).replace("在教育局办理。", "见[这里](/nowhere.html)。");
    for broken in ["---\ntitle: x\n---\n", lost.as_str()] {
        site.write("content/notices/n1.md", broken);
        assert_eq!(site.build_into(&site.out(), &[]).0, 1);
        assert_eq!(site.build_into(&out, &[]).0, 1);
        assert!(!site.out().exists() && !site.path().join("a").exists());
        site.assert_no_leftovers();
    }
}

#[test]
fn what_is_found_when_pages_are_finished_leaves_the_old_site_to_the_byte() {
    let site = Site::new(40);
    let before = site.built(&[]);
    for broken in [
        notice(1).replace("在教育局办理。", "见[这里](/nowhere.html)。"),
        notice(1).replace("在教育局办理。", "见[这里](/notices/n2.html#nowhere)。"),
        notice(1).replace("在教育局办理。", "见[这里](/attachments/a.pdf)。"),
        notice(1).replace("在教育局办理。", "见[这里](#nowhere)。"),
    ] {
        site.write("content/notices/n1.md", &broken);
        let (code, built) = site.build_into(&site.out(), &[]);
        assert_eq!(code, 1, "{built}");
        assert!(built.contains("content/notices/n1.md:"), "{built}");
        assert!(files(&site.out()) == before, "{built}");
        site.assert_no_leftovers();
        // `check` writes nothing and says the same, down to its last line.
        let (code, checked) = run(mingbai(["check", "--today", "2023-07-10"]).arg(site.source()));
        assert_eq!(code, 1);
        let problems = |said: &str| {
            let lines = said.lines().filter(|line| !line.contains("个错误"));
            lines.map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(problems(&built), problems(&checked));
    }
}

#[test]
fn a_check_writes_nothing() {
    let site = Site::new(2);
    let before = files(site.path());
    let (code, said) = run(mingbai(["check", "--today", "2023-07-10"]).arg(site.source()));
    assert_eq!(code, 0, "{said}");
    assert!(files(site.path()) == before);
}

#[test]
fn invalid_arguments_exit_with_code_2() {
    let site = Site::new(1);
    for more in [
        &["--today", "2023-13-01"][..],
        &["--today", "2023-7-1"],
        &["--today", "heute"],
        &["--jobs", "x"],
        &["--no-such-thing"],
        &["--base-url", "gov.example"],
    ] {
        let mut command = mingbai(["build"]);
        let (code, said) = run(command.arg(site.source()).args(more));
        assert_eq!(code, 2, "{more:?}: {said}");
    }
    assert!(!site.source().join("public").exists());
}

// ---------------------------------------------------------------- killed builds

#[test]
fn a_killed_build_leaves_the_old_or_the_new_site_complete() {
    const RUNS: u32 = 25;
    let site = Site::new(1500);
    // Two sites that differ on every page.
    let addresses = ["https://one.example/", "https://two.example/"];
    let mut longest = Duration::ZERO;
    let whole = addresses.map(|address| {
        let start = Instant::now();
        let made = site.built(&["--base-url", address]);
        longest = longest.max(start.elapsed());
        assert!(made.len() > 1500);
        made
    });
    assert!(whole[0] != whole[1]);
    let (mut killed, mut now, mut changes) = (0, 1, 0);
    for i in 0..RUNS {
        let next = 1 - now;
        let mut child = mingbai([
            "build",
            "--today",
            "2023-07-10",
            "--base-url",
            addresses[next],
            "--out",
        ])
        .arg(site.out())
        .arg(site.source())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
        // From almost no time to a little more than a whole build.
        std::thread::sleep(longest * (i + 1) / (RUNS - 3));
        child.kill().unwrap_or_default();
        let status = child.wait().expect("the program ends");
        if !status.success() {
            killed += 1;
        }
        let found = files(&site.out());
        let Some(found) = whole.iter().position(|known| *known == found) else {
            panic!("run {i}: the folder holds neither the old site nor the new one");
        };
        if status.success() {
            assert_eq!(found, next, "run {i} said that it wrote the site");
        }
        if found != now {
            changes += 1;
        }
        now = found;
    }
    assert!(killed >= 5, "only {killed} of {RUNS} builds were killed");
    let last = site.built(&["--base-url", addresses[0]]);
    assert!(last == whole[0]);
    site.assert_no_leftovers();
    // How often the site changed depends on the machine; it is only allowed to.
    assert!(changes <= RUNS);
}

#[test]
fn the_next_build_removes_what_a_killed_build_left() {
    let site = Site::new(1);
    for name in [".public.mingbai-new-1", ".public.mingbai-old-1"] {
        write_files(&site.path().join(name), [("notices/x.html", "half")]);
    }
    // Only folders with our prefix are removed; other hidden folders are not ours.
    write_files(&site.path().join(".publication"), [("x", "mine")]);
    site.built(&[]);
    assert!(site.path().join(".publication/x").exists());
    assert!(!site.path().join(".public.mingbai-new-1").exists());
    assert!(!site.path().join(".public.mingbai-old-1").exists());
}

#[test]
fn two_builds_at_once_leave_a_complete_site() {
    let site = Site::new(100);
    let addresses = ["https://one.example/", "https://two.example/"];
    let whole = addresses.map(|address| site.built(&["--base-url", address]));
    for _ in 0..3 {
        let children = addresses.map(|address| {
            mingbai([
                "build",
                "--today",
                "2023-07-10",
                "--base-url",
                address,
                "--out",
            ])
            .arg(site.out())
            .arg(site.source())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts")
        });
        let codes = children.map(|mut child| child.wait().expect("it ends").code());
        assert_eq!(codes, [Some(0), Some(0)], "one did not wait for its turn");
        assert!(whole.contains(&files(&site.out())), "{codes:?}");
    }
    site.built(&[]);
    site.assert_no_leftovers();
}
