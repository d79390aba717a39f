//! The examples of CommonMark and of its extensions, as pages and as notices: the HTML is valid and no text is lost.
//!
//! The examples are those that the package `pulldown-cmark` publishes with its tests; they are read from the sources that cargo has
//! fetched, and nothing of them is kept here.

mod support;

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use jiff::civil::date;
use mingbai::atlas::{Atlas, Facts};
use mingbai::diag::Sink;
use mingbai::drafts::Drafts;
use mingbai::pages::{self, Renderer};
use mingbai::sources::{self, Sources};
use mingbai::tables::Tables;
use mingbai::{assets, link, rules};
use scraper::node::Element;
use scraper::{Html, Node, Selector};

/// The files of examples: CommonMark, and what GitHub adds.
const SUITES: [&str; 7] = [
    "spec",
    "gfm_table",
    "gfm_tasklist",
    "gfm_strikethrough",
    "footnotes",
    "table",
    "regression",
];

/// Markdown, and the HTML that is expected of it elsewhere.
struct Example {
    name: String,
    markdown: String,
    html: String,
}

/// The folder of a package that this one needs.
fn package(name: &str) -> PathBuf {
    let said = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(support::repository())
        .output()
        .expect("cargo runs");
    let all: serde_json::Value = serde_json::from_slice(&said.stdout).expect("metadata");
    let packages = all["packages"].as_array().expect("packages");
    let found = packages.iter().find(|package| package["name"] == name);
    let manifest = found.expect("the package")["manifest_path"].as_str();
    PathBuf::from(manifest.expect("a path")).with_file_name("")
}

/// The examples of all suites.
fn examples() -> Vec<Example> {
    let folder = package("pulldown-cmark").join("tests/suite");
    let mut examples = Vec::new();
    for suite in SUITES {
        let text = fs::read_to_string(folder.join(format!("{suite}.rs"))).expect("a suite");
        let mut pieces = text.split("r##\"").skip(1).map(|piece| {
            let (inner, _) = piece.split_once("\"##").expect("the end of a text");
            inner.to_owned()
        });
        while let (Some(markdown), Some(html)) = (pieces.next(), pieces.next()) {
            examples.push(Example {
                name: format!("{suite}-{}", examples.len()),
                markdown,
                html,
            });
        }
    }
    assert!(examples.len() > 900, "{} examples", examples.len());
    examples
}

/// A small site with each example as the page or the notice `eN`.
fn site(examples: &[Example]) -> Sources {
    let mut sink = Sink::default();
    let base = support::repository().join("tests/diagnostics/base");
    let mut sources = sources::read(&base, &mut sink).expect("a site");
    for (n, example) in examples.iter().enumerate() {
        let body = &example.markdown;
        let page = format!("---\ntitle: 第{n}页\n---\n\n{body}");
        let notice = format!(
            "---\ntitle: 第{n}份通知\nnumber: 未载明\nkind: 通知\nissuers: 未载明\nissued: 未载明\nyear: 2023\npublicity: 未载明\nregion: 山西省\ntopics: [受理安排]\n---\n\n{body}"
        );
        sources = sources
            .with(&format!("content/pages/e{n}.md"), page)
            .with(&format!("content/notices/e{n}.md"), notice);
    }
    sources
}

/// What people do not see, or see as the label that was typed: elsewhere, notes are counted.
fn is_hidden(element: &Element) -> bool {
    let labels = ["footnote-reference", "footnote-definition-label"];
    let is_label = element
        .attr("class")
        .is_some_and(|class| labels.contains(&class));
    is_label || ["script", "style", "textarea", "title"].contains(&element.name())
}

/// The text that people see, with what is in code read once more.
fn text(html: &Html, within: &str, code: fn(&str) -> String) -> String {
    let selector = Selector::parse(within).expect("a selector");
    let mut words = String::new();
    for node in html.select(&selector).flat_map(|root| root.descendants()) {
        let Node::Text(text) = node.value() else {
            continue;
        };
        let elements = || node.ancestors().filter_map(|one| one.value().as_element());
        if elements().any(is_hidden) {
            continue;
        }
        if elements().any(|one| one.name() == "pre") {
            words.push_str(&code(text));
        } else {
            words.push_str(text);
        }
    }
    words
}

/// What a notice says where others have code: lines with four spaces are paragraphs, in which references are characters and comments are
/// not shown.
fn as_paragraph(code: &str) -> String {
    let page = Html::parse_fragment(
        &code
            .replace("<!--", "\0")
            .replace('<', "&lt;")
            .replace('\0', "<!--"),
    );
    page.root_element().text().collect()
}

/// The words of a text without the lines that begin or end code, which may name a language: a notice may have code where others have HTML.
fn without_fences(text: &str) -> String {
    let is_fence = |line: &&str| line.starts_with("```") || line.starts_with("~~~");
    let lines: Vec<&str> = text.lines().filter(|line| !is_fence(line)).collect();
    lines.join("\n")
}

/// The letters and digits of the expected text that are not on a page in this order, from the first one on.
fn lost(example: &Example, page: &Html, is_notice: bool) -> String {
    let html = Html::parse_document(&example.html);
    let (expected, within) = if is_notice {
        (
            without_fences(&text(&html, "body", as_paragraph)),
            "main .gw",
        )
    } else {
        (text(&html, "body", str::to_owned), "main .prose")
    };
    let shown = text(page, within, str::to_owned);
    let signs =
        |text: &str| -> Vec<char> { text.chars().filter(|c| c.is_alphanumeric()).collect() };
    let mut shown = signs(&shown).into_iter();
    let missing = |c: &char| !shown.any(|other| other == *c);
    let expected = signs(&expected);
    let at = expected.iter().position(missing);
    at.map_or_else(String::new, |at| expected[at..].iter().collect())
}

#[test]
fn the_reader_of_html_reports_what_is_not_valid() {
    for html in [
        "<p><ul></ul></p>",
        "<a><a>",
        "<td>",
        "<b></i>",
        "<p id=a id=b>",
    ] {
        let page = Html::parse_document(&format!("<!DOCTYPE html><title>a</title><body>{html}"));
        assert!(!page.errors.is_empty(), "{html}");
    }
}

#[test]
fn every_construct_of_markdown_is_valid_html_and_loses_no_text() {
    let examples = examples();
    let sources = site(&examples);
    let mut sink = Sink::default();
    let today = date(2026, 11, 20);
    let model = link::load(&sources, &mut sink);
    let checks = rules::compile(&model, &sources, &mut sink);
    let assets = assets::collect(&sources, &model, &checks);
    let atlas = Atlas::new(&model);
    let facts = Facts::new(&model, &atlas, &checks, &sources);
    let tables = Tables::new(&facts, today);
    let jobs = pages::plan(&facts, &tables, &mut sink);
    let drafts = Drafts::default();
    let renderer = Renderer::new(
        &facts, today, &sources, &drafts, &tables, &assets, &mut sink,
    )
    .expect("the theme");
    let mut faults = Vec::new();
    let mut seen = 0;
    for job in &jobs {
        let number = job.path.strip_suffix(".html").and_then(|path| {
            let name = path.strip_prefix("notices/").unwrap_or(path);
            name.strip_prefix('e')?.parse::<usize>().ok()
        });
        let Some(number) = number else { continue };
        let example = &examples[number];
        let page = renderer.page(job, &mut sink).expect("a page");
        let html = Html::parse_document(&page.html);
        let place = format!("{} ({})", job.path, example.name);
        for error in &html.errors {
            faults.push(format!("{place}: {error}: {:?}", example.markdown));
        }
        let lost = lost(example, &html, job.path.starts_with("notices/"));
        if !lost.is_empty() {
            faults.push(format!("{place}: lost {lost:?}: {:?}", example.markdown));
        }
        seen += 1;
    }
    assert_eq!(seen, 2 * examples.len());
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}
