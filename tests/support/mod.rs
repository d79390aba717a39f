//! What several test files share: running the program, folders as maps, and the text that a reader sees.

// Each test file is a program of its own and uses only a part of this.
#![allow(dead_code)]

pub mod golden;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use jiff::civil::Date;
use mingbai::config::Config;
use mingbai::diag::{Format, Severity, Sink, render_all};
use mingbai::output::OutputTree;
use mingbai::text::Lang;
use mingbai::{pipeline, sources};
use scraper::node::Element;
use scraper::{ElementRef, Html, Node, Selector};
use sha2::{Digest, Sha256};

/// The repository, which is itself a site folder.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The site of a folder on a day, made by the library; nothing but advice may be said of its sources.
pub fn built(site: &Path, today: Date) -> OutputTree {
    let mut sink = Sink::default();
    let sources = sources::read(site, &mut sink).expect("a site folder that can be read");
    let config = Config {
        today,
        base_url: None,
        advice: false,
        draft: false,
        part: None,
    };
    let tree = pipeline::build(&sources, &config, &mut sink).tree;
    let mut said = sink.into_sorted(&sources);
    said.retain(|d| d.code.severity != Severity::Advice);
    assert!(
        said.is_empty(),
        "{}",
        render_all(
            &said,
            &sources,
            Format::Text {
                colour: false,
                lang: Lang::Both
            }
        )
    );
    tree
}

/// The program with arguments.
pub fn mingbai<S: AsRef<std::ffi::OsStr>>(arguments: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mingbai"));
    command
        .args(arguments)
        .env("NO_COLOR", "1")
        .env("LC_ALL", "C.UTF-8");
    command
}

/// A run of the program: exit code, and all that it printed.
pub fn run(command: &mut Command) -> (i32, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().expect("the program starts");
    let words = String::from_utf8_lossy(&stdout).into_owned() + &String::from_utf8_lossy(&stderr);
    (status.code().unwrap_or(-1), words)
}

/// Every file below a folder: path with `/` to its bytes. Links to files are followed.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut out = BTreeMap::new();
    collect(folder, folder, &mut out);
    out
}

fn collect(root: &Path, folder: &Path, out: &mut BTreeMap<String, Vec<u8>>) {
    let list = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    for entry in list {
        let path = entry.expect("a folder that can be read").path();
        if path.is_dir() {
            collect(root, &path, out);
        } else {
            let bytes = fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            let name = path.strip_prefix(root).unwrap_or(&path);
            out.insert(name.to_string_lossy().replace('\\', "/"), bytes);
        }
    }
}

/// Writes a site of `(path, text)` into a folder.
pub fn write_files<'a>(folder: &Path, files: impl IntoIterator<Item = (&'a str, &'a str)>) {
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a new folder");
        fs::write(&path, text).expect("a new file");
    }
}

/// Copies the repository's theme and regions into a site folder: small sites need both.
pub fn copy_theme_and_regions(site: &Path) {
    for folder in ["themes", "data/regions"] {
        copy(&repository().join(folder), &site.join(folder));
    }
}

pub fn copy(from: &Path, to: &Path) {
    for (path, bytes) in files(from) {
        let path = to.join(path);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a new folder");
        fs::write(&path, bytes).expect("a new file");
    }
}

/// A name for the content of a file.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect()
}

pub fn select(css: &str) -> Selector {
    Selector::parse(css).unwrap_or_else(|e| panic!("{css}: {e}"))
}

/// The elements of a page that a selector finds, in order.
pub fn all<'a>(page: &'a Html, css: &str) -> Vec<ElementRef<'a>> {
    page.select(&select(css)).collect()
}

/// The elements below an element that a selector finds, in order.
pub fn within<'a>(element: ElementRef<'a>, css: &str) -> Vec<ElementRef<'a>> {
    element.select(&select(css)).collect()
}

/// The text of an element without what `skip` says to leave out.
pub fn text_without(element: ElementRef<'_>, skip: &dyn Fn(&Element) -> bool) -> String {
    let mut out = String::new();
    gather(element, skip, &mut out);
    out
}

fn gather(element: ElementRef<'_>, skip: &dyn Fn(&Element) -> bool, out: &mut String) {
    for child in element.children() {
        match child.value() {
            Node::Text(text) => out.push_str(text),
            Node::Element(e) if !skip(e) => {
                if let Some(child) = ElementRef::wrap(child) {
                    gather(child, skip, out);
                }
            }
            _ => {}
        }
    }
}

/// All text of an element, white space at its ends removed and inside it made one space.
pub fn words(element: ElementRef<'_>) -> String {
    let text: String = element.text().collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Without any white space.
pub fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

pub fn has_class(element: &Element, name: &str) -> bool {
    element.classes().any(|class| class == name)
}

/// A path from one page to another (`../notices/x.html#c1`) as a path from the site's root.
pub fn resolve(page: &str, reference: &str) -> String {
    let (path, fragment) = match reference.split_once('#') {
        Some((path, fragment)) => (path, format!("#{fragment}")),
        None => (reference, String::new()),
    };
    if path.is_empty() {
        return format!("{page}{fragment}");
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => {
                parts
                    .pop()
                    .unwrap_or_else(|| panic!("{page}: {reference} leaves the site"));
            }
            part => parts.push(part),
        }
    }
    format!("{}{fragment}", parts.join("/"))
}

/// A folder below the tests.
pub fn tests_folder(name: &str) -> PathBuf {
    repository().join("tests").join(name)
}
/// A source file with every candidate taken in: what a clerk does who confirms all of them.
pub fn confirmed(text: &str) -> String {
    let mut out = String::new();
    let mut after_mark = false;
    for line in text.lines() {
        let mark = line.starts_with("# 待核：");
        let candidate = after_mark && line.starts_with("# ") && !mark;
        after_mark = mark || candidate;
        out.push_str(if candidate { &line[2..] } else { line });
        out.push('\n');
    }
    out
}
