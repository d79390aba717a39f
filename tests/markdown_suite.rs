//! Markdown as pages and as notices. The examples of CommonMark and of its extensions are valid HTML and lose no text; official text is printed as
//! typed.
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

/// A small site with each text as the page and as the notice of this number.
fn site<'a>(texts: impl Iterator<Item = &'a str>) -> Sources {
    let mut sink = Sink::default();
    let base = support::repository().join("tests/diagnostics/base");
    let mut sources = sources::read(&base, &mut sink).expect("a site");
    for (n, body) in texts.enumerate() {
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

/// A page or a notice that was made of a text.
struct Made {
    path: String,
    number: usize,
    is_notice: bool,
    html: String,
}

/// The pages that are made of the numbered texts of a site. Nothing else is made, and nothing is written.
fn made(sources: &Sources) -> Vec<Made> {
    let mut sink = Sink::default();
    let today = date(2026, 11, 20);
    let model = link::load(sources, &mut sink);
    let checks = rules::compile(&model, sources, &mut sink);
    let assets = assets::collect(sources, &model, &checks);
    let atlas = Atlas::new(&model);
    let facts = Facts::new(&model, &atlas, &checks, sources);
    let tables = Tables::new(&facts, today);
    let jobs = pages::plan(&facts, &tables, &mut sink);
    let drafts = Drafts::default();
    let renderer = Renderer::new(&facts, today, sources, &drafts, &tables, &assets, &mut sink)
        .expect("the theme");
    let number_of = |path: &str| {
        let name = path.strip_prefix("notices/").unwrap_or(path);
        let number = name.strip_prefix('e')?.strip_suffix(".html")?;
        number.parse::<usize>().ok()
    };
    let mut made = Vec::new();
    for job in &jobs {
        let Some(number) = number_of(&job.path) else {
            continue;
        };
        made.push(Made {
            path: job.path.clone(),
            number,
            is_notice: job.path.starts_with("notices/"),
            html: renderer.page(job, &mut sink).expect("a page").html,
        });
    }
    made
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
    let texts = examples.iter().map(|example| example.markdown.as_str());
    let mut faults = Vec::new();
    let pages = made(&site(texts));
    assert_eq!(pages.len(), 2 * examples.len());
    for page in pages {
        let example = &examples[page.number];
        let html = Html::parse_document(&page.html);
        let place = format!("{} ({})", page.path, example.name);
        for error in &html.errors {
            faults.push(format!("{place}: {error}: {:?}", example.markdown));
        }
        let lost = lost(example, &html, page.is_notice);
        if !lost.is_empty() {
            faults.push(format!("{place}: lost {lost:?}: {:?}", example.markdown));
        }
    }
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

/// The blocks of a text as people see them, without the signs that lead to them.
fn blocks(html: &str, within: &str) -> Vec<String> {
    let html = Html::parse_document(html);
    let found = support::all(&html, within);
    let is_sign = |element: &Element| support::has_class(element, "anchor");
    let texts = found
        .into_iter()
        .map(|block| support::text_without(block, &is_sign));
    texts.map(|text| text.trim().to_owned()).collect()
}

/// What a paragraph of an official text may be that is printed as it was typed.
const PRINTED: [&str; 38] = [
    "姓名：____，身份证号：________________。",
    "____年__月__日",
    "* 为必填项。",
    "姓名*、地址*为必填",
    "*为必填，*为选填",
    "面积=长*宽*高",
    "138****1234，139***5678",
    "张**、李**、王某",
    "> 60分为合格。",
    ">60分为合格。",
    ">= 60分",
    "- 1 -",
    "+ 5分",
    "---",
    "***",
    "===",
    "~~~~~~~~",
    "```",
    "8:00~11:00，14:00~17:00",
    "[1]: 本通知所称甲，是指乙。",
    "[2]: https://example.org/",
    "[^1]: 以当地公布为准。",
    "时间[^1]见表。",
    "按照[1](见附表)执行",
    "#3号方案",
    "#附件",
    "<1000元，a<b且c>d，<A>选项",
    "<font color=\"red\">注意</font>，10<sup>4</sup>元",
    "甲<?php 乙 ?>丙<![CDATA[丁]]>",
    "甲<!-- 没有写完",
    "|甲|",
    "5&6，A&B;",
    "100% \\ 反斜杠 \\n",
    "登录https://sls.example.org/a_b_c/_d_，或www.example.org下载",
    "2020. 年",
    "1.5 倍",
    "1*2*3=6",
    "（此处[略]）",
];

#[test]
fn an_official_text_is_printed_as_typed() {
    let with_spaces = PRINTED.map(|text| format!("    {text}"));
    let texts: Vec<&str> = PRINTED
        .into_iter()
        .chain(with_spaces.iter().map(String::as_str))
        .collect();
    let notices = made(&site(texts.iter().copied()));
    for notice in notices.iter().filter(|page| page.is_notice) {
        let printed = blocks(&notice.html, ".gw p.b, .gw .b-html p");
        assert_eq!(printed, [texts[notice.number].trim()]);
    }
}

#[test]
fn what_is_unmistakably_markup_is_markup() {
    let cases = [
        (
            "**注意：**请带，请**《办法》**执行",
            "p.b",
            "注意：请带，请《办法》执行",
        ),
        (
            "按~~《旧办法》~~执行，~~（一）~~保留",
            "p.b",
            "按《旧办法》执行，（一）保留",
        ),
        (
            "（一）**受理时间。**自7月15日起。",
            "p.b",
            "（一）受理时间。自7月15日起。",
        ),
        (
            "（一）**受理时间。自7月15日**起。",
            "p.b",
            "（一）受理时间。自7月15日起。",
        ),
        ("（一）3*4。共12间。", "p.b", "（一）3*4。共12间。"),
        ("* 甲\n* 乙", "li:first-child", "甲"),
        ("> 甲\n> 乙", "blockquote", "甲乙"),
        ("> 5分\n> 6分", "blockquote", "5分6分"),
        ("```\n甲  乙\n```", "pre", "甲  乙"),
        ("甲<!-- 内部 -->乙", "p.b", "甲乙"),
        ("<!-- 内部 -->\n\n甲", "#c0", "甲"),
        (
            "**甲**&amp;乙：\n\n| 丙 |\n| --- |\n| 丁 |",
            "caption",
            "甲&乙",
        ),
        (
            "学生资助\n管理机构，\n“要主动”",
            "p.b",
            "学生资助管理机构，“要主动”",
        ),
        ("use\nPDF\n文件", "p.b", "use PDF文件"),
        ("从7月1日到\n9月30日\n止", "p.b", "从7月1日到9月30日止"),
        ("甲<!-- 内部\n\n一、内部\n\n-->乙", "p.b", "甲乙"),
        ("甲\n\n<!-- 内部\n\n| 表 |\n-->", "p.b", "甲"),
        ("<!-- 内部 -->一、甲事。", "#c1", "一、甲事。"),
        ("<!-- 一、旧\n二、旧\n-->一、甲事。", "#c1", "一、甲事。"),
        ("见[办法](/about.html)", "a[href$='about.html']", "办法"),
    ];
    let notices = made(&site(cases.iter().map(|(text, ..)| *text)));
    for notice in notices.iter().filter(|page| page.is_notice) {
        let (text, within, expected) = cases[notice.number];
        let shown = blocks(&notice.html, &format!(".gw {within}"));
        assert_eq!(shown, [expected], "{text}");
    }
}

#[test]
fn pages_keep_notes_code_and_boxes() {
    let cases = [
        ("    let a = 1;", "pre", "let a = 1;"),
        ("    四个空格。", "p", "四个空格。"),
        ("## 怎么**还款** ##", "h2", "怎么还款"),
        ("## 3*4 ____", "h2", "3*4 ____"),
        ("````\n```\n````\n\n## 后面", "h2", "后面"),
        ("- ```\n  # 甲\n  ```\n\n## 后面", "h2", "后面"),
        ("`a` ```b``` c\n\n## 后面", "h2", "后面"),
        (
            "> 甲[^2]\n>\n> [^2]: 引文里的注。",
            "blockquote p:last-child",
            "[2] 引文里的注。",
        ),
        ("- [说明]: 不是链接", "li", "[说明]: 不是链接"),
        ("- [x] 办完", "li", "☑ 办完"),
        ("- 一<!-- 内部\n\n  内部 -->二", "li", "一二"),
        ("甲<!-- 内部\n\n## 内部\n\n-->乙", "p", "甲乙"),
        ("    2026年起。", "p", "2026年起。"),
        ("<div>\n块\n</div>", "p", "<div>块</div>"),
        (
            "网址：https://example.org/a_b，",
            "a[rel~=external]",
            "https://example.org/a_b",
        ),
        ("| 甲 | 乙 |\n| :-: | --: |\n| 1 | 2 |", "td.num", "2"),
    ];
    let pages = made(&site(cases.iter().map(|(text, ..)| *text)));
    for page in pages.iter().filter(|page| !page.is_notice) {
        let (text, within, expected) = cases[page.number];
        let shown = blocks(&page.html, &format!("main .prose {within}"));
        assert_eq!(shown, [expected], "{text}");
    }
}

/// What the element with an anchor says, and where its link leads.
fn anchor(html: &Html, id: &str) -> (String, String, String) {
    let found = support::all(html, &format!("[id='{id}']"));
    assert_eq!(found.len(), 1, "{id}");
    let attribute = |name: &str| found[0].value().attr(name).unwrap_or_default().to_owned();
    let words: String = found[0].text().collect();
    (words, attribute("href"), attribute("aria-label"))
}

#[test]
fn marks_of_notes_lead_to_the_note_and_back() {
    let cases = [
        (
            "甲事[1]，乙事[尾注1]，丙事[1]。\n\n[1]先一条，见[1]。\n\n[尾注1]文末一条。",
            "甲事[^1]。\n\n## 后面\n\n乙事[^注]。\n\n[^1]: 先一条。\n[^注]: 文末一条。",
        ),
        (
            "| 甲 |\n| --- |\n| 乙[1] |\n\n一、丙[尾注1]。\n\n[1]先一条。\n\n[尾注1]文末一条。",
            "- 甲[^1]\n- 乙[^注]\n\n[^1]:\n    - 先一条\n[^注]: 文末一条。",
        ),
    ];
    let texts: Vec<&str> = cases
        .iter()
        .flat_map(|(notice, page)| [*notice, *page])
        .collect();
    for made in made(&site(texts.iter().copied())) {
        if made.is_notice != (made.number % 2 == 0) {
            continue;
        }
        let html = Html::parse_document(&made.html);
        assert!(html.errors.is_empty(), "{:?}", html.errors);
        let second = if made.is_notice { "[尾注1]" } else { "[注]" };
        for (number, label) in [(1, "[1]"), (2, second)] {
            let mark = anchor(&html, &format!("note-mark-{number}"));
            let (note, back) = (format!("#note-{number}"), format!("#note-mark-{number}"));
            assert_eq!(mark, (label.into(), note, format!("注 {label}")));
            let start = anchor(&html, &format!("note-{number}"));
            assert_eq!(start, (label.into(), back, format!("回到正文 {label}")));
        }
    }
}
