//! What is published is what was declared: plain files of known kinds that a source names, under names that are the same
//! everywhere. Texts and names here are invented.

#![cfg(unix)]

mod support;

use std::fs;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use mingbai::serve::{Preview, Report, Served, Settings};
use mingbai::sources::Touched;
use mingbai::text::Lang;
use support::*;
use tempfile::TempDir;

const TODAY: &str = "2026-11-20";
const FORMATS: [&str; 5] = ["text", "json", "sarif", "github", "gitlab"];

/// The small site of the diagnostics, in a folder of its own.
struct Site {
    root: TempDir,
}

impl Site {
    fn new() -> Self {
        let root = tempfile::tempdir().expect("a temporary folder");
        let site = root.path().join("site");
        copy(&tests_folder("diagnostics/base"), &site);
        Self { root }
    }

    fn path(&self, below: &str) -> PathBuf {
        self.root.path().join("site").join(below)
    }

    fn out(&self) -> PathBuf {
        self.root.path().join("public")
    }

    fn put(&self, path: &str, bytes: &[u8]) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }

    /// Adds a paragraph to a page of the site.
    fn mention(&self, text: &str) {
        let path = self.path("content/pages/about.md");
        let page = fs::read_to_string(&path).expect("a page");
        fs::write(path, format!("{page}\n{text}\n")).expect("a page");
    }

    fn build(&self, more: &[&str]) -> (i32, String) {
        run(mingbai(["build", "--today", TODAY, "--out"])
            .arg(self.out())
            .arg(self.path(""))
            .args(more))
    }

    fn check(&self) -> (i32, String) {
        run(mingbai(["check", "--today", TODAY]).arg(self.path("")))
    }

    /// `build`, `check` and `serve` all refuse the site with a code, and name a place; nothing is written.
    fn assert_refused(&self, code: &str, place: &str) {
        let (exit, said) = self.build(&[]);
        assert_eq!(exit, 1, "{said}");
        assert!(said.contains(code) && said.contains(place), "{said}");
        assert!(!self.out().exists(), "{said}");
        let (exit, said) = self.check();
        assert_eq!(exit, 1, "{said}");
        assert!(said.contains(code) && said.contains(place), "{said}");
        let preview = self.preview();
        let problems = preview.problems();
        assert!(
            problems.list.iter().any(|problem| problem.code == code),
            "{}",
            problems.text
        );
        assert!(matches!(preview.file("index.html"), Served::Nothing));
    }

    fn preview(&self) -> std::sync::Arc<Preview> {
        let preview = Preview::new(Settings {
            site: self.path(""),
            today: Box::new(|| jiff::civil::date(2026, 11, 20)),
            lang: Lang::En,
            report: Box::new(|_: Report| {}),
        })
        .expect("a preview");
        preview.look(&Touched::default());
        preview.settle();
        preview
    }
}

#[test]
fn attachments_that_a_source_names_are_published_as_they_are() {
    let site = Site::new();
    for (path, bytes) in [
        ("content/notices/名单.xlsx", b"\x00a"),
        ("content/images/hall.png", b"\x00b"),
        ("content/attachments/2023/form.OFD", b"\x00c"),
    ] {
        site.put(path, bytes);
    }
    site.mention("[申请表](/attachments/2023/form.OFD) ![大厅](/images/hall.png)");
    let notice = site.path("content/notices/youyu-2023-plan.md");
    let text = fs::read_to_string(&notice).expect("a notice");
    let named = text.replacen(
        "\nyear: ",
        "\nattachments:\n  - {title: 名单, file: notices/名单.xlsx}\nyear: ",
        1,
    );
    assert_ne!(text, named);
    fs::write(&notice, named).expect("a notice");
    let (exit, said) = site.build(&[]);
    assert_eq!(exit, 0, "{said}");
    let made = files(&site.out());
    assert_eq!(made["notices/名单.xlsx"], b"\x00a");
    assert_eq!(made["images/hall.png"], b"\x00b");
    assert_eq!(made["attachments/2023/form.OFD"], b"\x00c");
    assert!(matches!(
        site.preview().file("images/hall.png"),
        Served::Found { .. }
    ));
}

#[test]
fn what_nothing_names_or_nobody_publishes_stops_the_build() {
    for (path, code) in [
        ("content/notices/名单底稿.xlsx", "MB0504"),
        ("content/pages/scan-2.jpeg", "MB0504"),
        ("content/notices/id_rsa", "MB0113"),
        ("content/x.PHTML", "MB0113"),
        ("content/notices/dump.sql.gz", "MB0113"),
        ("content/pages/a.xht", "MB0113"),
        ("content/images/a.svgz", "MB0113"),
        ("content/images/a.shtml.png", "MB0113"),
        ("content/api/v2/all.json", "MB0113"),
        ("content/calendar/all.ics", "MB0113"),
        ("content/data/extra.csv", "MB0501"),
        ("content/robots.txt", "MB0501"),
        ("content/assets/list.pdf", "MB0501"),
        ("content/index.html/a.png", "MB0501"),
    ] {
        let site = Site::new();
        site.put(path, b"x");
        site.assert_refused(code, path);
    }
}

#[test]
fn a_file_named_only_in_a_comment_is_not_declared() {
    let site = Site::new();
    site.put("content/notices/a.pdf", b"x");
    site.mention("<!-- [甲](/notices/a.pdf) --> `/notices/a.pdf`");
    site.assert_refused("MB0504", "content/notices/a.pdf");
}

#[test]
fn twins_that_a_disk_takes_for_one_file_are_refused() {
    let site = Site::new();
    site.put("content/images/hall.png", b"a");
    site.put("content/images/Hall.png", b"b");
    site.mention("![甲](/images/hall.png) ![乙](/images/Hall.png)");
    site.assert_refused("MB0501", "content/images/hall.png");
    let site = Site::new();
    site.put("content/images/caf\u{e9}.png", b"a");
    site.put("content/images/cafe\u{301}.png", b"b");
    site.mention("![甲](/images/caf\u{e9}.png)");
    site.assert_refused("MB0112", "content/images/cafe\u{301}.png");
}

#[test]
fn links_are_never_followed_and_devices_never_opened() {
    let secret = tempfile::tempdir().expect("a folder");
    write_files(
        secret.path(),
        [
            ("plan.md", "---\ntitle: 内部\n---\n"),
            ("list.pdf", "secret"),
        ],
    );
    let target = |name: &str| secret.path().join(name);
    // A file, a folder, a text, a link inside the site, a link to nowhere, a link to itself.
    for (link, to) in [
        ("content/notices/passwd.txt", PathBuf::from("/etc/passwd")),
        ("content/notices/2023", secret.path().to_owned()),
        ("content/notices/plan.md", target("plan.md")),
        (
            "content/notices/copy.md",
            PathBuf::from("youyu-2023-plan.md"),
        ),
        ("content/images/gone.png", PathBuf::from("nowhere.png")),
        ("content/images/loop", PathBuf::from("..")),
        ("data/schedules/more.yaml", target("plan.md")),
        ("themes/mine", secret.path().to_owned()),
    ] {
        let site = Site::new();
        let path = site.path(link);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        symlink(&to, path).expect("a link");
        site.assert_refused("MB0111", link);
    }
    // A second name of a file elsewhere.
    let site = Site::new();
    fs::create_dir_all(site.path("content/images")).expect("a folder");
    let outside = site.root.path().join("outside.pdf");
    fs::write(&outside, "secret").expect("a file");
    fs::hard_link(&outside, site.path("content/images/list.pdf")).expect("a hard link");
    site.mention("[名单](/images/list.pdf)");
    site.assert_refused("MB0111", "content/images/list.pdf");
    // What would never end when it is read.
    let site = Site::new();
    let pipe = site.path("content/notices/pipe.md");
    let made = Command::new("mkfifo").arg(&pipe).status();
    assert!(made.is_ok_and(|status| status.success()));
    site.assert_refused("MB0111", "content/notices/pipe.md");
    fs::remove_file(&pipe).expect("the pipe");
    let _listener = UnixListener::bind(site.path("content/notices/s.pdf")).expect("a socket");
    site.assert_refused("MB0111", "content/notices/s.pdf");
}

#[test]
fn a_folder_of_the_site_that_is_a_link_is_refused() {
    let site = Site::new();
    let elsewhere = site.root.path().join("elsewhere");
    fs::rename(site.path("content"), &elsewhere).expect("the folder moves");
    symlink(&elsewhere, site.path("content")).expect("a link");
    let (exit, said) = site.build(&[]);
    assert_eq!(exit, 2, "{said}");
    assert!(said.contains("content") && said.contains("链接"), "{said}");
    let preview = site.preview();
    assert!(preview.is_in_trouble());
    assert!(matches!(preview.file("index.html"), Served::Nothing));
    // The site is not written into the linked folder either.
    let before = files(&elsewhere);
    let (exit, said) = run(mingbai(["build", "--today", TODAY, "--out"])
        .arg(elsewhere.join("public"))
        .arg(site.path("")));
    assert_eq!(exit, 2, "{said}");
    assert!(files(&elsewhere) == before);
}

/// Characters that steer a terminal or a log.
fn raw(text: &str) -> Option<char> {
    text.chars()
        .find(|c| mingbai::text::is_hidden(*c) && *c != '\n')
}

#[test]
fn hidden_characters_in_names_are_refused_and_never_printed() {
    for name in [
        "a\u{1b}[2J\u{1b}]0;x\u{7}.pdf",
        "a\n::error file=x::y.pdf",
        "a\u{202e}fdp.png",
        "a\u{9b}31m.png",
        "a\r.pdf",
        "a\u{2028}b.pdf",
    ] {
        let site = Site::new();
        site.put(&format!("content/notices/{name}"), b"x");
        for format in FORMATS {
            for draft in [&[][..], &["--draft"]] {
                let (exit, said) = site.build(&[&["--format", format], draft].concat());
                assert_eq!(exit, 1, "{said}");
                assert!(said.contains("MB0112"), "{said}");
                assert_eq!(raw(&said), None, "{format}: {said:?}");
                let injected = said.lines().any(|line| line.starts_with("::error file=x"));
                assert!(!injected, "{said}");
            }
        }
        // A report for programs still has the name itself.
        let (_, said) = site.build(&["--format", "json"]);
        let json = said.split("\n]").next().expect("a list").to_owned() + "\n]";
        let list: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!(list[0]["file"], format!("content/notices/{name}"));
    }
}

#[test]
fn hidden_characters_in_paths_and_sources_are_never_printed() {
    let site = Site::new();
    // In a value that a message repeats, and in the line that it shows.
    let page = "---\ntitle: 甲\nlang: \"x\u{202e}y\u{9b}m\"\n---\n\n[乙](/no\u{202e}where.html)\n";
    site.put("content/pages/more.md", page.as_bytes());
    for format in FORMATS {
        let (exit, said) = site.build(&["--format", format]);
        assert_eq!(exit, 1, "{said}");
        assert_eq!(raw(&said), None, "{format}: {said:?}");
    }
    for arguments in [
        &["build", "no\u{1b}[1mwhere"][..],
        &["check", "no\nwhere"],
        &["build", "--out", "a\u{202e}b", "/dev/null/x"],
    ] {
        let (exit, said) = run(&mut mingbai(arguments));
        assert_eq!(exit, 2, "{said}");
        assert_eq!(raw(&said.replace('\n', "")), None, "{said:?}");
    }
}

#[test]
fn a_name_that_is_not_unicode_is_refused() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let site = Site::new();
    let name = Path::new(OsStr::from_bytes(b"content/notices/\xc3\xfb\xb5\xa5.pdf"));
    let path = site.path("").join(name);
    if fs::write(path, "x").is_ok() {
        site.assert_refused("MB0112", "content/notices/");
    }
}

// ---------------------------------------------------------------- nothing injected

#[test]
fn the_words_of_a_picture_never_become_attributes() {
    let site = Site::new();
    site.put("content/images/x.png", b"x");
    let inside = [
        "[y](https://x.example/onload=hit()//)",
        "<https://x.example/onload=hit()//>",
        "<onload=hit()//@b.example>",
        "[y](tel:1/onerror=hit())",
        "[y](mailto:a@b.example/onerror=hit()//)",
        "[y](/about.html \"onload=hit()\")",
        "![z](/images/x.png)",
        "`\" onload=hit()`",
        "&quot; onload=&quot;hit()",
        "**\" onload=hit() \"**",
    ];
    for words in inside {
        site.mention(&format!("![{words}](/images/x.png)"));
    }
    let (exit, said) = site.build(&[]);
    assert_eq!(exit, 0, "{said}");
    let page = fs::read_to_string(site.out().join("about.html")).expect("the page");
    let page = scraper::Html::parse_document(&page);
    let images = all(&page, "main img");
    assert_eq!(images.len(), inside.len());
    for image in images {
        let names: Vec<&str> = image.value().attrs().map(|(name, _)| name).collect();
        assert_eq!(names.len(), 2, "{names:?}");
        assert!(
            names.contains(&"src") && names.contains(&"alt"),
            "{names:?}"
        );
    }
}

#[test]
fn a_theme_that_lets_markup_through_does_not_reach_the_reader() {
    // A mistake in a theme: a text of a source is printed as it is.
    let site = Site::new();
    copy(
        &repository().join("themes/mingbai/templates"),
        &site.path("themes/mingbai/templates"),
    );
    let path = site.path("themes/mingbai/templates/page.html");
    let template = fs::read_to_string(&path).expect("a template");
    let begin = template.find("{% block main %}").expect("a main block") + "{% block main %}".len();
    let (head, tail) = template.split_at(begin);
    fs::write(&path, format!("{head}{{{{ page.title | safe }}}}{tail}")).expect("a template");
    for (title, what) in [
        ("甲<img src=x onerror=hit()>", "onerror"),
        ("甲<a href='java&#115;cript:hit()'>乙</a>", "javascript"),
        ("甲<iframe src=a.html></iframe>", "iframe"),
        ("甲<script>hit()</script>", "script"),
    ] {
        let page = format!("---\ntitle: \"{title}\"\n---\n\n乙。\n");
        site.put("content/pages/more.md", page.as_bytes());
        let (exit, said) = site.build(&[]);
        assert_eq!(exit, 1, "{title}: {said}");
        assert!(
            said.contains("MB0505") && said.contains(what),
            "{title}: {said}"
        );
        assert!(!site.out().exists());
    }
    // Words that look like attributes are words.
    let page = "---\ntitle: 写作 src=x onload=hit() 的\n---\n\n乙。\n";
    site.put("content/pages/more.md", page.as_bytes());
    let (exit, said) = site.build(&[]);
    assert_eq!(exit, 0, "{said}");
}

#[test]
fn control_characters_are_refused_however_they_are_written() {
    for (page, place) in [
        ("---\ntitle: \"甲\\x1e\"\n---\n\n乙。\n", ":2:8"),
        ("---\ntitle: \"甲\\0\"\n---\n\n乙。\n", ":2:8"),
        ("---\ntitle: \"甲\\uFFFE\"\n---\n\n乙。\n", ":2:8"),
        ("---\ntitle: \"甲\\U0001FFFF\"\n---\n\n乙。\n", ":2:8"),
        ("---\ntitle: \"甲\\e\"\n---\n\n乙。\n", ":2:8"),
        ("---\ntitle: 甲\n---\n\n乙&#x1f;丙。\n", ":5:"),
        ("---\ntitle: 甲\n---\n\n`乙\u{8}`\n", ":5:3"),
        ("---\ntitle: 甲\n---\n\n乙\u{FDD0}\n", ":5:2"),
        ("---\ntitle: 甲\u{9b}\n---\n\n乙。\n", ":2:9"),
    ] {
        let site = Site::new();
        site.put("content/pages/more.md", page.as_bytes());
        let (exit, said) = site.check();
        assert_eq!(exit, 1, "{page:?}: {said}");
        assert!(
            said.contains("MB0114") && said.contains(place),
            "{page:?}: {said}"
        );
        assert_eq!(raw(&said), None, "{said:?}");
    }
    // A surrogate is not a character, and no escape makes it one.
    let site = Site::new();
    site.put(
        "content/pages/more.md",
        b"---\ntitle: \"\\ud800\"\n---\n\n\xe4\xb9\x99\n",
    );
    let (exit, said) = site.check();
    assert_eq!(exit, 1, "{said}");
    assert!(said.contains("more.md:2:8"), "{said}");
}
