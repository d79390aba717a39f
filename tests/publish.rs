//! Publishing: whatever is cut off and whenever, no page at the place ever leads to a file that is not there, and in the end the place
//! is the built site.

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use mingbai::config::Config;
use mingbai::diag::Sink;
use mingbai::text::Bilingual;
use mingbai::{pipeline, sources};
use mingbai_published::place::{OURS, Place};
use mingbai_published::send::{JOURNAL, Order, Sent, send};
use mingbai_published::turn::{LOCK, STALE, Sender};
use mingbai_published::{Difference, Entry, Manifest};
use scraper::{Html, Selector};
use support::*;

type Files = BTreeMap<String, Vec<u8>>;

/// A place that breaks after so many operations: before, within or after one.
#[derive(Default)]
struct Shaky {
    files: Files,
    left: Option<usize>,
    /// Whether the operation at which it breaks is still done.
    late: bool,
}

impl Shaky {
    fn step(&mut self) -> Result<bool, Bilingual> {
        match &mut self.left {
            None => Ok(true),
            Some(0) => Err(Bilingual::new("断了", "cut off")),
            Some(left) => {
                *left -= 1;
                Ok(*left > 0 || self.late)
            }
        }
    }

    fn answer(&self) -> Result<(), Bilingual> {
        if self.left == Some(0) {
            Err(Bilingual::new("断了", "cut off"))
        } else {
            Ok(())
        }
    }
}

impl Place for Shaky {
    fn read(&mut self, path: &str) -> Result<Option<Vec<u8>>, Bilingual> {
        self.step()?;
        self.answer()?;
        Ok(self.files.get(path).cloned())
    }

    fn write(&mut self, path: &str, bytes: &[u8]) -> Result<(), Bilingual> {
        if self.step()? {
            self.files.insert(path.to_owned(), bytes.to_vec());
        }
        self.answer()
    }

    fn remove(&mut self, path: &str) -> Result<(), Bilingual> {
        if self.step()? {
            self.files.remove(path);
        }
        self.answer()
    }

    fn is_empty(&mut self) -> Result<bool, Bilingual> {
        self.step()?;
        self.answer()?;
        Ok(self.files.keys().all(|path| path.starts_with(OURS)))
    }

    fn list(&mut self) -> Result<BTreeMap<String, u64>, Bilingual> {
        self.step()?;
        self.answer()?;
        let sizes = self.files.iter();
        Ok(sizes
            .map(|(path, bytes)| (path.clone(), bytes.len() as u64))
            .collect())
    }
}

/// The files of a site whose sources were changed by `change`.
fn site(change: impl FnOnce(&Path)) -> Files {
    let folder = tempfile::tempdir().expect("a folder");
    let made = mingbai(&["init".as_ref(), folder.path().as_os_str()]);
    assert!(made.status.success());
    change(folder.path());
    let mut sink = Sink::default();
    let sources = sources::read(folder.path(), &mut sink).expect("a site");
    let config = Config {
        today: jiff::civil::date(2027, 1, 1),
        base_url: None,
        advice: false,
        draft: false,
        part: None,
    };
    let built = pipeline::build(&sources, &config, &mut sink);
    assert!(!sink.has_errors(), "{:?}", sink.into_sorted(&sources));
    built
        .tree
        .into_iter()
        .map(|(path, file)| (path, file.bytes.to_vec()))
        .collect()
}

fn mingbai(arguments: &[&std::ffi::OsStr]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mingbai"))
        .args(arguments)
        .output()
        .expect("the program runs")
}

fn manifest(files: &Files) -> Manifest {
    Manifest::new(
        files
            .iter()
            .map(|(path, bytes)| (path.clone(), Entry::of(bytes)))
            .collect(),
    )
}

fn publish(files: &Files, place: &mut Shaky) -> Result<Sent, Bilingual> {
    publish_with(files, place, |_| {})
}

/// Publishes with an order that `change` changed.
fn publish_with(
    files: &Files,
    place: &mut dyn Place,
    change: impl FnOnce(&mut Order),
) -> Result<Sent, Bilingual> {
    let mut order = Order {
        site: &manifest(files),
        signature: None,
        file: &|path: &str| Ok(files[path].clone()),
        sender: Sender {
            id: "甲",
            now: &|| 1_000_000,
        },
        replace: false,
        verify: false,
        said: &|_, _| {},
    };
    change(&mut order);
    send(&order, place)
}

/// The pages of a place that lead to a style, script, picture or file of the search that is not there.
fn broken(files: &Files) -> Vec<String> {
    let selector = Selector::parse("link[href], script[src], img[src]").expect("a selector");
    let mut out = Vec::new();
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = Html::parse_document(std::str::from_utf8(bytes).expect("a page"));
        for element in html.select(&selector) {
            let value = element.value();
            let rel = value.attr("rel").unwrap_or("stylesheet");
            if !["stylesheet", "icon", "preload"].contains(&rel) {
                continue;
            }
            let target = value
                .attr("href")
                .or_else(|| value.attr("src"))
                .unwrap_or_default();
            if target.contains("://") || target.starts_with("data:") {
                continue;
            }
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
            for part in target
                .split(['?', '#'])
                .next()
                .unwrap_or_default()
                .split('/')
            {
                match part {
                    ".." => {
                        parts.pop();
                    }
                    "." | "" => {}
                    part => parts.push(part),
                }
            }
            if !files.contains_key(&parts.join("/")) {
                out.push(format!("{path} -> {target}"));
            }
        }
    }
    out
}

fn shown(place: &Shaky) -> Files {
    let mut files = place.files.clone();
    files.remove("SHA256SUMS");
    files
}

/// Three states of a site, whose pages ask for different styles.
fn three() -> [Files; 3] {
    let restyle = |path: &Path, colour: &str| {
        let folder = path.join("themes/mingbai");
        let style = fs::read_to_string(repository().join("themes/mingbai/static/county.css"))
            .expect("a style");
        fs::create_dir_all(folder.join("static")).expect("a folder");
        fs::write(
            folder.join("static/county.css"),
            format!("{style}\n.x {{ color: {colour}; }}\n"),
        )
        .expect("a style");
        let site = path.join("data/site.yaml");
        let text = fs::read_to_string(&site).expect("the settings");
        let lines = text.lines().map(|line| {
            if line.starts_with("tagline:") {
                format!("tagline: 颜色 {}", &colour[1..])
            } else {
                line.to_owned()
            }
        });
        fs::write(site, lines.collect::<Vec<_>>().join("\n")).expect("the settings");
    };
    // A page whose name comes after that of its style, and is gone in the last state.
    let late = |path: &Path| {
        fs::write(
            path.join("content/pages/zz.md"),
            "---\ntitle: 最后一页\n---\n\n## 这里\n\n有一句话。\n",
        )
        .expect("a page");
    };
    [
        site(late),
        site(|path| {
            restyle(path, "#123");
            late(path);
        }),
        site(|path| {
            restyle(path, "#456");
            fs::remove_file(path.join("content/pages/about.md")).expect("a page");
        }),
    ]
}

#[test]
fn a_place_is_never_broken_and_in_the_end_it_is_the_site() {
    let sites = three();
    assert!(sites[0] != sites[1]);
    for files in &sites {
        assert_eq!(broken(files), Vec::<String>::new());
    }
    // Numbers that look random and are the same in every run (the generator of Knuth's MMIX).
    let mut state = 1_u64;
    let mut below = |most: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).expect("31 bits") % most
    };
    let mut place = Shaky::default();
    let mut cuts = 0;
    for round in 0..80_usize {
        let files = &sites[below(3)];
        place.left = Some(1 + below(files.len() + 20));
        place.late = round % 2 == 0;
        let done = publish(files, &mut place);
        cuts += usize::from(done.is_err());
        assert_eq!(broken(&place.files), Vec::<String>::new(), "round {round}");
        if round % 4 == 3 {
            place.left = None;
            publish(files, &mut place).expect("nothing is cut off");
            assert_eq!(
                manifest(&shown(&place)).compare(&manifest(files)),
                Difference::default(),
                "round {round}"
            );
            assert!(!place.files.contains_key(JOURNAL));
            let again = publish(files, &mut place).expect("nothing is cut off");
            assert_eq!(
                again,
                Sent {
                    same: files.len(),
                    ..Sent::default()
                }
            );
        }
    }
    assert!(cuts >= 50, "{cuts} cuts");
}

/// From the first state to the last, cut off at every single operation.
#[test]
fn a_place_is_never_broken_wherever_it_is_cut_off() {
    let [_, second, last] = three();
    let mut start = Shaky::default();
    publish(&second, &mut start).expect("nothing is cut off");
    for left in 1.. {
        for late in [false, true] {
            let mut place = Shaky {
                files: start.files.clone(),
                left: Some(left),
                late,
            };
            let done = publish(&last, &mut place);
            assert_eq!(
                broken(&place.files),
                Vec::<String>::new(),
                "after {left} operations"
            );
            if done.is_ok() {
                assert!(left > 20, "{left} operations");
                return;
            }
        }
    }
}

#[test]
fn only_what_changed_is_sent() {
    let [first, second, _] = three();
    let mut place = Shaky::default();
    assert_eq!(
        publish(&first, &mut place).expect("a place").files,
        first.len()
    );
    let sent = publish(&second, &mut place).expect("a place");
    let changed = second
        .iter()
        .filter(|(path, bytes)| first.get(*path) != Some(*bytes))
        .count();
    assert_eq!(sent.files, changed);
    assert_eq!(
        sent.removed,
        first
            .keys()
            .filter(|path| !second.contains_key(*path))
            .count()
    );
}

#[test]
fn a_place_with_other_files_is_left_alone() {
    let files = site(|_| {});
    let mut place = Shaky::default();
    place
        .files
        .insert("important.doc".to_owned(), b"x".to_vec());
    let before = place.files.clone();
    assert!(
        publish(&files, &mut place)
            .expect_err("it is refused")
            .zh
            .contains("别的文件")
    );
    assert!(place.files == before);
}

#[test]
fn the_site_of_somebody_else_is_replaced_only_if_that_is_asked_for() {
    let rename = |from: &'static str, to: &'static str| {
        move |path: &Path| {
            let settings = path.join("data/site.yaml");
            let text = fs::read_to_string(&settings).expect("the settings");
            let lines = text.lines().map(|line| match line.strip_prefix(from) {
                Some(_) => format!("{from} {to}"),
                None => line.to_owned(),
            });
            fs::write(settings, lines.collect::<Vec<_>>().join("\n")).expect("the settings");
        }
    };
    let mine = site(|_| {});
    let mut place = Shaky::default();
    publish(&mine, &mut place).expect("an empty place");
    // Another title alone is the same site; another address is not.
    publish(&site(rename("title:", "新名字")), &mut place).expect("the same site");
    let other = site(rename("base_url:", "https://other.example/"));
    let before = place.files.clone();
    let words = publish(&other, &mut place).expect_err("it is refused");
    assert!(words.zh.contains("另一个网站“新名字”"), "{words:?}");
    assert!(place.files == before);
    publish_with(&other, &mut place, |order| order.replace = true).expect("it is asked for");
    assert!(shown(&place) == other);
}

#[test]
fn two_publications_at_once_do_not_mix() {
    let lock = |id: &str, since: i64| format!("# mingbai lock 1\n{id}\n{since}\n").into_bytes();
    let files = site(|_| {});
    // Somebody else's lock holds for a while, from a clock that is ahead, too; one's own does not.
    for (id, age, is_free) in [
        ("乙", 0, false),
        ("乙", STALE - 1, false),
        ("乙", -60, false),
        ("乙", STALE, true),
        ("甲", 0, true),
    ] {
        let mut place = Shaky::default();
        place
            .files
            .insert(LOCK.to_owned(), lock(id, 1_000_000 - age));
        let done = publish(&files, &mut place);
        assert_eq!(done.is_ok(), is_free, "{id} {age}");
        assert_eq!(place.files.len() > 1, is_free, "{id} {age}");
        assert_eq!(place.files.contains_key(LOCK), !is_free);
    }
    // Somebody took over while this run was away: it sends nothing more.
    struct Taken(Shaky);
    impl Place for Taken {
        fn read(&mut self, path: &str) -> Result<Option<Vec<u8>>, Bilingual> {
            self.0.read(path)
        }
        fn write(&mut self, path: &str, bytes: &[u8]) -> Result<(), Bilingual> {
            if path.starts_with("assets/") {
                let other = b"# mingbai lock 1\n\xe4\xb9\x99\n1\n".to_vec();
                self.0.files.insert(LOCK.to_owned(), other);
            }
            self.0.write(path, bytes)
        }
        fn remove(&mut self, path: &str) -> Result<(), Bilingual> {
            self.0.remove(path)
        }
        fn is_empty(&mut self) -> Result<bool, Bilingual> {
            self.0.is_empty()
        }
        fn list(&mut self) -> Result<BTreeMap<String, u64>, Bilingual> {
            self.0.list()
        }
    }
    let mut place = Taken(Shaky::default());
    let words = publish_with(&files, &mut place, |_| {}).expect_err("somebody else sends");
    assert!(words.zh.contains("同时"), "{words:?}");
    assert!(!place.0.files.contains_key("index.html"));
    assert!(place.0.files.contains_key(LOCK), "it is the other one's");
}

#[test]
fn verify_finds_what_the_manifest_at_the_place_does_not_say() {
    let files = site(|_| {});
    let mut place = Shaky::default();
    publish(&files, &mut place).expect("an empty place");
    let style = files
        .keys()
        .find(|path| path.ends_with(".css"))
        .expect("a style")
        .clone();
    place.files.remove(&style);
    place
        .files
        .insert("index.html".to_owned(), "篡改".as_bytes().to_vec());
    place.files.insert("other.txt".to_owned(), b"x".to_vec());
    place
        .files
        .insert("notices/.mingbai-new-x.html".to_owned(), b"x".to_vec());
    let blind = publish(&files, &mut place).expect("it looks at the manifest only");
    assert_eq!((blind.files, blind.damaged.len()), (0, 0));
    let seen = publish_with(&files, &mut place, |order| order.verify = true).expect("a place");
    assert_eq!(seen.damaged, [style, "index.html".to_owned()]);
    assert_eq!(
        (seen.files, seen.strange),
        (2, vec!["other.txt".to_owned()])
    );
    place.files.remove("other.txt");
    assert!(shown(&place) == files);
}

/// A new site with an address of its own and without the examples.
fn without_examples(site: &Path) {
    let settings = site.join("data/site.yaml");
    let text = fs::read_to_string(&settings).expect("the settings");
    fs::write(
        &settings,
        text.replace("https://example.org/", "https://www.example.cn/"),
    )
    .expect("the settings");
    for path in [
        "content/notices/example-plan.md",
        "data/schedules/example-schedule.yaml",
    ] {
        fs::remove_file(site.join(path)).expect("an example");
    }
}

#[test]
fn the_command_publishes_to_a_folder_and_a_zip_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let run = |arguments: &[&str]| {
        let arguments: Vec<std::ffi::OsString> = arguments
            .iter()
            .map(|argument| match argument.strip_prefix('@') {
                Some(name) => at(name).into_os_string(),
                None => argument.into(),
            })
            .collect();
        mingbai(
            &arguments
                .iter()
                .map(std::ffi::OsString::as_os_str)
                .collect::<Vec<_>>(),
        )
    };
    let says = |output: &Output| {
        format!(
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        )
    };
    assert!(run(&["init", "@site"]).status.success());
    let early = run(&["--lang", "zh", "publish", "@site", "--to", "@www"]);
    assert_eq!(early.status.code(), Some(2));
    assert!(
        says(&early).contains("先运行 mingbai build"),
        "{}",
        says(&early)
    );
    assert!(!at("www").exists());
    let build = || {
        run(&["build", "@site", "--today", "2027-01-01"])
            .status
            .success()
    };
    assert!(build());
    // Neither the address nor the examples of a new site are published.
    let refused = run(&["--lang", "zh", "publish", "@site", "--to", "@www"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(
        says(&refused).contains("网址还是 https://example.org/"),
        "{}",
        says(&refused)
    );
    let settings = at("site").join("data/site.yaml");
    let text = fs::read_to_string(&settings).expect("the settings");
    let text = text.replace("https://example.org/", "https://www.example.cn/");
    fs::write(&settings, text).expect("the settings");
    assert!(build());
    let refused = run(&["--lang", "zh", "publish", "@site", "--to", "@www"]);
    assert!(
        says(&refused).contains("示例不是政策，不能发布：删去 content/notices/example-plan.md、"),
        "{}",
        says(&refused)
    );
    assert!(!at("www").exists());
    without_examples(&at("site"));
    assert!(build());
    for bad in [
        "@site/public",
        "@site/content/x",
        "@site",
        "@",
        "@site/public/../content/www",
        "@nowhere/../site/data/x",
    ] {
        let refused = run(&["publish", "@site", "--to", bad]);
        assert_eq!(refused.status.code(), Some(2), "{bad}");
    }
    let done = run(&[
        "--lang",
        "zh",
        "publish",
        "@site",
        "--to",
        "@www",
        "--by",
        "=张三\"\n李四",
    ]);
    assert!(done.status.success(), "{}", says(&done));
    assert!(at("www/index.html").is_file() && at("www/SHA256SUMS").is_file());
    let bytes = |name: &str| fs::read(at(name)).expect("a manifest");
    assert_eq!(bytes("www/SHA256SUMS"), bytes("site/public/SHA256SUMS"));
    let same = run(&["--lang", "zh", "publish", "@site", "--to", "@www"]);
    assert!(says(&same).contains("送出 0 个文件"), "{}", says(&same));
    // Who approved what is recorded, one line each, and no spreadsheet takes a name for a formula.
    let record = fs::read_to_string(at("site/publications.csv")).expect("a record");
    assert_eq!(record.lines().count(), 3, "{record}");
    assert!(
        record.contains("张三") && !record.contains(",\"="),
        "{record}"
    );
    fs::write(at("other.zip"), "not ours").expect("a file");
    assert_eq!(
        run(&["publish", "@site", "--to", "@other.zip"])
            .status
            .code(),
        Some(2)
    );
    assert_eq!(
        fs::read(at("other.zip")).expect("it is still there"),
        b"not ours"
    );
    let zipped = run(&["publish", "@site", "--to", "@site.zip"]);
    assert!(zipped.status.success(), "{}", says(&zipped));
    let mut zip =
        zip::ZipArchive::new(fs::File::open(at("site.zip")).expect("a file")).expect("a zip file");
    let names: Vec<String> = zip
        .file_names()
        .map(|name| name.expect("a name").into_owned())
        .collect();
    assert!(
        names.contains(&"site/index.html".to_owned()) && names.contains(&"上传说明.txt".to_owned())
    );
    let mut home = Vec::new();
    std::io::copy(
        &mut zip.by_name("site/index.html").expect("the home page"),
        &mut home,
    )
    .expect("it is read");
    assert!(home == fs::read(at("www/index.html")).expect("the home page"));
}

#[test]
fn the_place_may_be_in_the_settings_and_no_message_has_a_password() {
    let folder = tempfile::tempdir().expect("a folder");
    let site = folder.path().join("site");
    let run = |arguments: &[&str]| {
        let mut all: Vec<&std::ffi::OsStr> = vec!["--lang".as_ref(), "zh".as_ref()];
        all.extend(arguments.iter().map(std::ffi::OsStr::new));
        all.insert(3, site.as_os_str());
        let output = mingbai(&all);
        let words = format!(
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        (output.status.code(), words)
    };
    assert_eq!(run(&["init"]).0, Some(0));
    assert_eq!(run(&["build"]).0, Some(0));
    without_examples(&site);
    assert_eq!(run(&["build"]).0, Some(0));
    let (code, words) = run(&["publish"]);
    assert!(code == Some(2) && words.contains("publish_to"), "{words}");
    let settings = site.join("data/site.yaml");
    let text = fs::read_to_string(&settings).expect("the settings");
    fs::write(&settings, format!("{text}\n发布到: ../www\n")).expect("the settings");
    // The place is not a part of the site: a build that knows it is the same site.
    let sums = fs::read(site.join("public/SHA256SUMS")).expect("a manifest");
    assert_eq!(run(&["build"]).0, Some(0));
    assert!(sums == fs::read(site.join("public/SHA256SUMS")).expect("a manifest"));
    let (code, words) = run(&["publish"]);
    assert_eq!(code, Some(0), "{words}");
    assert!(folder.path().join("www/index.html").is_file());
    fs::remove_file(folder.path().join("www/index.html")).expect("the home page");
    let (_, words) = run(&["publish", "--verify"]);
    assert!(words.contains("缺了或者被改过：index.html"), "{words}");
    assert!(folder.path().join("www/index.html").is_file());
    for to in [
        "webdav+https://web:geheim@dav.example/x",
        "s3://b/?region=x&key=geheim",
        "ftp://web:geheim@a",
        "sftp://web:geheim@a/x",
    ] {
        let (code, words) = run(&["publish", "--to", to]);
        assert!(code == Some(2) && !words.contains("geheim"), "{words}");
    }
    let record = fs::read_to_string(site.join("publications.csv")).expect("a record");
    assert!(
        record.lines().count() == 3 && !record.contains("geheim"),
        "{record}"
    );
}
