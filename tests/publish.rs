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
use mingbai_published::send::{JOURNAL, Place, Sent, send};
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
        Ok(self.files.is_empty())
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
    let file = |path: &str| Ok(files[path].clone());
    send(&manifest(files), None, &file, place, &mut |_, _| {})
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
    assert!(
        run(&["build", "@site", "--today", "2027-01-01"])
            .status
            .success()
    );
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
