//! What a finished site says of itself: its manifest, its record of sources, its signature, and what changed since another one.

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use support::*;

const SITE: &str = "title: 测试站\nbase_url: https://test.example/\n";
const TOPICS: &str = "- {id: renewal, name: 续贷, about: 接着贷。}\n";

fn notice(until: &str, people: u32) -> String {
    format!(
        "---\ntitle: 测试通知\nnumber: 测〔2023〕1号\nkind: 通知\nissuers: [右玉县教育局]\nissued: 2023-06-02\nyear: 2023\npublicity: 主动公开\nregion: 山西省 朔州市 右玉县\ntopics: [续贷]\nsummary:\n  - text: 7月{until}日前办完。\n    clause: 一（一）\nwindows:\n  - what: 续贷受理\n    from: 2023-07-01\n    until: 2023-07-{until}\n    clause: 一（一）\n    quote: 7月1日至7月{until}日受理\nsource: 为测试而写。\nchecked: {{on: 2023-07-01, by: 测试}}\n---\n\n为做好工作，通知如下：\n\n一、续贷\n\n（一）受理时间。7月1日至7月{until}日受理。\n\n（二）人数。每天受理{people}人。\n"
    )
}

/// A small site with a place for keys next to it.
struct Site {
    folder: TempDir,
}

impl Site {
    fn new() -> Self {
        let site = Self {
            folder: tempfile::tempdir().expect("a temporary folder"),
        };
        copy(
            &repository().join("themes/mingbai"),
            &site.source().join("themes/mingbai"),
        );
        for name in ["editions.yaml", "14.yaml"] {
            let path = repository().join("data/regions").join(name);
            let text = fs::read_to_string(path).expect("regions");
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
                (
                    "content/pages/about.md",
                    "---\ntitle: 关于\n---\n\n测试。\n",
                ),
                ("content/notices/n1.md", &notice("20", 60)),
            ],
        );
        fs::create_dir(site.path("keys")).expect("a folder");
        site
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn source(&self) -> PathBuf {
        self.path("site")
    }

    fn out(&self) -> PathBuf {
        self.path("public")
    }

    fn build(&self) -> String {
        let arguments = ["--lang", "en", "build", "--today", "2023-07-10"];
        let (code, said) = run(mingbai(arguments)
            .arg(self.source())
            .arg("--out")
            .arg(self.out()));
        assert_eq!(code, 0, "{said}");
        said
    }

    fn keygen(&self, name: &str) -> PathBuf {
        let key = self.path("keys").join(name);
        let (code, said) = run(mingbai(["keygen", "--no-password"]).arg(&key));
        assert_eq!(code, 0, "{said}");
        key
    }

    fn sign(&self, key: &Path) -> (i32, String) {
        run(mingbai(["--lang", "en", "sign"])
            .arg(self.out())
            .arg("--key")
            .arg(key))
    }

    fn verify(&self, keys: &[&Path]) -> (i32, String) {
        let mut command = mingbai(["--lang", "en", "verify"]);
        command.arg(self.out());
        for key in keys {
            command.arg("--key").arg(public(key));
        }
        run(&mut command)
    }

    fn record(&self) -> Value {
        let text = fs::read_to_string(self.path(".public.mingbai-record.json"));
        serde_json::from_str(&text.expect("a record")).expect("JSON")
    }
}

fn public(key: &Path) -> PathBuf {
    let mut name = key.as_os_str().to_owned();
    name.push(".pub");
    name.into()
}

/// The files of a manifest with their hashes, read by hand.
fn sums(text: &str) -> BTreeMap<String, String> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let (hash, path) = line.split_once("  ").expect("a line of sha256sum");
            (path.to_owned(), hash.to_owned())
        })
        .collect()
}

#[test]
fn every_build_writes_a_manifest_that_sha256sum_reads_and_a_record_that_is_not_served() {
    let site = Site::new();
    site.build();
    let text = fs::read_to_string(site.out().join("SHA256SUMS")).expect("a manifest");
    let mut there = files(&site.out());
    there.retain(|path, _| path != "SHA256SUMS" && path != ".mingbai");
    let expected: BTreeMap<String, String> = there
        .iter()
        .map(|(path, bytes)| (path.clone(), sha256(bytes)))
        .collect();
    assert_eq!(sums(&text), expected);
    // No source is named in anything that is served by the manifest.
    assert!(!text.contains(".md") && !text.contains(".yaml"), "{text}");
    let record = site.record();
    let page = record["files"].as_array().expect("files").iter();
    let page = page
        .clone()
        .find(|file| file["path"] == "notices/n1.html")
        .expect("the page");
    assert_eq!(page["size"], there["notices/n1.html"].len());
    assert_eq!(page["sha256"], expected["notices/n1.html"].as_str());
    let sources = page["sources"].as_array().expect("sources");
    assert!(
        sources.contains(&"content/notices/n1.md".into()),
        "{sources:?}"
    );
    assert_eq!(
        record["files"].as_array().map(Vec::len),
        Some(expected.len())
    );
    let checked = Command::new("sha256sum")
        .args(["--check", "--strict", "--quiet", "SHA256SUMS"])
        .current_dir(site.out())
        .output();
    assert!(checked.expect("sha256sum").status.success());
}

#[test]
fn a_signed_site_is_verified_and_every_file_that_differs_is_named() {
    let site = Site::new();
    site.build();
    let key = site.keygen("a.key");
    let (code, said) = site.verify(&[&key]);
    assert_eq!(
        (code, said.trim()),
        (1, "there is no signature SHA256SUMS.minisig")
    );
    assert_eq!(site.sign(&key).0, 0);
    let (code, said) = site.verify(&[&key]);
    assert!(code == 0 && said.contains("nothing changed"), "{said}");
    let out = site.out();
    let page = out.join("notices/n1.html");
    let html = fs::read_to_string(&page).expect("the page");
    fs::write(&page, html.replace("7月20日", "7月21日")).expect("a change");
    fs::write(out.join("assets/evil.js"), "x").expect("a file");
    fs::write(out.join("notices/.hidden"), "x").expect("a file");
    fs::remove_file(out.join("robots.txt")).expect("a removal");
    let (code, said) = site.verify(&[&key]);
    let named: Vec<&str> = said.lines().filter(|line| line.contains("  ")).collect();
    assert_eq!(code, 1);
    assert_eq!(
        named,
        [
            "changed  notices/n1.html",
            "added  assets/evil.js",
            "added  notices/.hidden",
            "removed  robots.txt"
        ]
    );
    // What was changed is not signed again.
    let (code, said) = site.sign(&key);
    assert!(
        code == 1 && said.contains("changed  notices/n1.html"),
        "{said}"
    );
}

#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_a_file_is_not_the_file() {
    let site = Site::new();
    site.build();
    let key = site.keygen("a.key");
    assert_eq!(site.sign(&key).0, 0);
    let page = site.out().join("about.html");
    fs::rename(&page, site.path("about.html")).expect("moved");
    std::os::unix::fs::symlink(site.path("about.html"), &page).expect("a link");
    let (code, said) = site.verify(&[&key]);
    assert_eq!(code, 1);
    assert!(
        said.contains("removed  about.html") && said.contains("added  about.html"),
        "{said}"
    );
}

#[test]
fn whoever_changes_the_manifest_too_is_found_out() {
    let site = Site::new();
    site.build();
    let (key, other) = (site.keygen("a.key"), site.keygen("b.key"));
    assert_eq!(site.sign(&key).0, 0);
    let (code, said) = site.verify(&[&other]);
    assert!(code == 1 && said.contains("by another key"), "{said}");
    // While a key is being changed, both are accepted.
    assert_eq!(site.verify(&[&other, &key]).0, 0);
    let page = site.out().join("about.html");
    let old = sha256(&fs::read(&page).expect("the page"));
    fs::write(&page, "<p>x").expect("a change");
    let manifest = site.out().join("SHA256SUMS");
    let text = fs::read_to_string(&manifest).expect("the manifest");
    fs::write(&manifest, text.replace(&old, &sha256(b"<p>x"))).expect("a change");
    let (code, said) = site.verify(&[&key]);
    assert!(
        code == 1 && said.contains("the signature is wrong"),
        "{said}"
    );
    // A copy that was kept elsewhere shows the page.
    let copy = site.path("kept");
    fs::write(&copy, text).expect("a copy");
    let (code, said) = run(mingbai(["--lang", "en", "verify"])
        .arg(site.out())
        .arg("--manifest")
        .arg(&copy));
    assert!(code == 1 && said.contains("changed  about.html"), "{said}");
}

#[test]
fn keys_stay_out_of_sites_out_of_messages_and_out_of_the_hands_of_others() {
    let site = Site::new();
    site.build();
    for place in [
        site.source().join("a.key"),
        site.source().join("data/a.key"),
        site.out().join("a.key"),
    ] {
        let (code, said) = run(mingbai(["--lang", "en", "keygen", "--no-password"]).arg(&place));
        assert!(
            code == 2 && said.contains("must not be in the folder of a site"),
            "{said}"
        );
        assert!(!place.exists());
    }
    let key = site.path("keys").join("a.key");
    let (_, said) = run(mingbai(["keygen", "--no-password"]).arg(&key));
    let secret = fs::read_to_string(&key).expect("the key");
    let secret = secret.lines().nth(1).expect("the second line");
    let (_, signed) = site.sign(&key);
    for text in [
        &said,
        &signed,
        &fs::read_to_string(site.out().join("SHA256SUMS.minisig")).expect("a signature"),
    ] {
        assert!(!text.contains(&secret[20..60]), "the key is in a message");
    }
    // A second key does not take the place of the first.
    let (code, said) = run(mingbai(["--lang", "en", "keygen", "--no-password"]).arg(&key));
    assert!(code == 2 && said.contains("already exists"), "{said}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(&key).expect("the key").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        fs::set_permissions(&key, fs::Permissions::from_mode(0o640)).expect("a mode");
        let (code, said) = site.sign(&key);
        assert!(
            code == 2 && said.contains("others can read this key"),
            "{said}"
        );
    }
}

#[test]
fn a_key_with_a_password_opens_with_it_only() {
    let site = Site::new();
    site.build();
    let key = site.path("keys").join("a.key");
    let (right, wrong) = (site.path("right"), site.path("wrong"));
    fs::write(&right, "芝麻开门\n").expect("a password");
    fs::write(&wrong, "芝麻关门\n").expect("a password");
    let (code, said) = run(mingbai(["keygen"])
        .arg(&key)
        .arg("--password-file")
        .arg(&right));
    assert!(code == 0 && !said.contains("芝麻"), "{said}");
    let sign = |password: Option<&Path>| {
        let mut command = mingbai(["--lang", "en", "sign"]);
        command.arg(site.out()).arg("--key").arg(&key);
        if let Some(password) = password {
            command.arg("--password-file").arg(password);
        }
        run(&mut command)
    };
    let (code, said) = sign(None);
    assert!(code == 2 && said.contains("a password is needed"), "{said}");
    let (code, said) = sign(Some(&wrong));
    assert!(
        code == 2 && said.contains("the password is wrong") && !said.contains("芝麻"),
        "{said}"
    );
    assert_eq!(sign(Some(&right)).0, 0);
    assert_eq!(site.verify(&[&key]).0, 0);
}

#[test]
fn the_next_build_asks_for_a_new_signature_and_an_edition_keeps_its_record() {
    let site = Site::new();
    site.build();
    let first = fs::read_to_string(site.out().join("SHA256SUMS")).expect("a manifest");
    let key = site.keygen("a.key");
    assert_eq!(site.sign(&key).0, 0);
    write_files(
        &site.source(),
        [("content/notices/n1.md", notice("25", 60).as_str())],
    );
    let said = site.build();
    assert!(
        said.contains("this one is not yet; run mingbai sign"),
        "{said}"
    );
    assert!(!site.out().join("SHA256SUMS.minisig").exists());
    let (code, said) = run(mingbai(["rollback"])
        .arg(site.source())
        .arg("--out")
        .arg(site.out()));
    assert_eq!(code, 0, "{said}");
    let back = fs::read_to_string(site.out().join("SHA256SUMS")).expect("a manifest");
    let (first, back) = (sums(&first), sums(&back));
    assert!(
        first
            .iter()
            .all(|(path, hash)| back.get(path) == Some(hash))
    );
    let record = site.record();
    let page = record["files"].as_array().expect("files").iter();
    let page = page
        .clone()
        .find(|file| file["path"] == "notices/n1.html")
        .expect("the page");
    assert!(
        page["sources"]
            .as_array()
            .is_some_and(|list| list.contains(&"content/notices/n1.md".into()))
    );
    assert_eq!(site.sign(&key).0, 0);
    assert_eq!(site.verify(&[&key]).0, 0);
}

#[test]
fn what_is_not_a_site_is_said() {
    let site = Site::new();
    for (arguments, words) in [
        (
            vec!["verify", "/nowhere", "--manifest", "/nowhere/x"],
            "/nowhere",
        ),
        (
            vec!["verify", "http://user@example.test/", "--key", "x"],
            "is not the address",
        ),
        (
            vec!["verify", ".", "--key", "not-a-key"],
            "is not a public key",
        ),
        (vec!["diff", "/nowhere", "/nowhere"], "/nowhere"),
        (vec!["verify", "."], "--key"),
    ] {
        let (code, said) = run(mingbai(["--lang", "en"])
            .args(&arguments)
            .current_dir(site.path("keys")));
        assert!(
            code == 2 && said.contains(words),
            "{arguments:?}: {code} {said}"
        );
    }
}

#[test]
fn two_sites_differ_in_facts_whether_built_or_as_sources() {
    let site = Site::new();
    site.build();
    let old = site.path("old");
    copy(&site.out(), &old);
    let sources = site.path("sources");
    copy(&site.source(), &sources);
    write_files(
        &site.source(),
        [
            ("content/notices/n1.md", notice("25", 80).as_str()),
            (
                "content/pages/more.md",
                "---\ntitle: 更多\n---\n\n新的一页。\n",
            ),
        ],
    );
    site.build();
    let expected = [
        "受理窗口 n1 140623 续贷受理，截止：2023年7月20日 → 2023年7月25日",
        "n1 一（一）：“（一）受理时间。7月1日至7月20日受理。” → “（一）受理时间。7月1日至7月25日受理。”",
        "n1 一（二）：“（二）人数。每天受理60人。” → “（二）人数。每天受理80人。”",
        "more.html：新增",
    ];
    for (old, new) in [
        (&old, &site.out()),
        (&sources, &site.source()),
        (&old, &site.source()),
    ] {
        let (code, said) = run(mingbai(["--lang", "zh", "diff"]).arg(old).arg(new));
        assert_eq!(code, 0, "{said}");
        for line in expected {
            assert!(
                said.lines().any(|other| other == line),
                "{line}\n---\n{said}"
            );
        }
    }
    let (_, said) = run(mingbai(["diff", "--format", "json"])
        .arg(&old)
        .arg(site.out()));
    let changes: Value = serde_json::from_str(&said).expect("JSON");
    let changes = changes["changes"].as_array().expect("changes");
    let window = changes
        .iter()
        .find(|one| one["of"] == "windows" && one["field"] == "until_text");
    let window = window.unwrap_or_else(|| panic!("{said}"));
    assert_eq!(
        (window["before"].as_str(), window["after"].as_str()),
        (Some("2023年7月20日"), Some("2023年7月25日"))
    );
    let (_, page) = run(mingbai(["--lang", "zh", "diff", "--format", "html"])
        .arg(&old)
        .arg(&new));
    assert!(
        page.starts_with("<!doctype html>") && page.contains("<li>"),
        "{page}"
    );
    assert!(
        !page.contains("src=") && !page.contains("http"),
        "nothing is fetched: {page}"
    );
    let (_, said) = run(mingbai(["--lang", "en", "diff"]).arg(&old).arg(&old));
    assert_eq!(said.trim(), "0 changes");
}
