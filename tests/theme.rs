//! The theme: every component with its examples, style rules and view fields that nothing uses, templates without logic.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use mingbai::diag::{Format, Sink, render_all};
use mingbai::gallery;
use mingbai::model;
use mingbai::sources::{self, Sources};
use regex::Regex;

const THEME: &str = "themes/mingbai";

fn theme() -> Vec<(String, String)> {
    texts(&support::repository().join(THEME))
}

/// The texts below a folder, by their path from there.
fn texts(folder: &Path) -> Vec<(String, String)> {
    let files = support::files(folder).into_iter();
    let mut texts: Vec<(String, String)> = files
        .filter_map(|(name, bytes)| Some((name, String::from_utf8(bytes).ok()?)))
        .collect();
    texts.sort();
    texts
}

fn templates() -> impl Iterator<Item = (String, String)> {
    let files = theme().into_iter();
    files.filter(|(name, _)| name.ends_with(".html") || name.ends_with(".xml"))
}

/// A template without its comments.
fn code(template: &str) -> String {
    static COMMENT: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?s)\{#.*?#\}").expect("a sound pattern"));
    COMMENT.replace_all(template, "").into_owned()
}

fn none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

// ---------------------------------------------------------------- components

fn repository() -> Sources {
    sources::read(support::repository(), &mut Sink::default()).expect("the repository is a site")
}

fn built(sources: &Sources) -> Result<BTreeMap<String, Vec<u8>>, String> {
    let site = model::load(sources, &mut Sink::default()).site;
    let mut sink = Sink::default();
    let day = "2026-11-20".parse().expect("a day");
    let files = gallery::build(sources, &site, day, &mut sink);
    let list = sink.into_sorted(sources);
    let files = files.filter(|_| list.is_empty());
    files.map_or_else(
        || Err(render_all(&list, sources, Format::Json)),
        |files| Ok(files.into_iter().map(|f| (f.path, f.bytes)).collect()),
    )
}

#[test]
fn a_component_is_a_folder_with_its_template_and_examples() {
    let mut folders: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (name, _) in theme() {
        if let Some(path) = name.strip_prefix("components/") {
            let (folder, file) = path.split_once('/').expect("components are folders");
            let files = folders.entry(folder.to_owned()).or_default();
            files.insert(file.to_owned());
        }
    }
    let mut faults = Vec::new();
    for (folder, files) in &folders {
        let own = |ending: &str| format!("{folder}.{ending}");
        let known = [
            own("html"),
            own("css"),
            own("js"),
            "examples.yaml".to_owned(),
        ];
        for file in [&known[0], &known[3]] {
            if !files.contains(file) {
                faults.push(format!("{folder} lacks {file}"));
            }
        }
        let others = files.iter().filter(|file| !known.contains(file));
        faults.extend(others.map(|file| format!("{folder} holds {file}")));
    }
    assert!(folders.len() > 50, "{}", folders.len());
    none(&faults);
}

#[test]
fn every_component_renders_with_every_example_in_light_and_dark() {
    let files = built(&repository()).expect("examples without mistakes");
    let page = String::from_utf8(files["index.html"].clone()).expect("UTF-8");
    let mut examples = 0;
    for (name, text) in theme() {
        if let Some(component) = name
            .strip_prefix("components/")
            .and_then(|name| name.strip_suffix("/examples.yaml"))
        {
            examples += text.lines().filter(|line| line.starts_with("- ")).count();
            assert!(page.contains(&format!("id={component}>")), "{component}");
        }
    }
    for half in ["show-light", "show-dark"] {
        assert_eq!(page.matches(half).count(), examples, "{half}");
    }
    // The states of a window, each in words.
    for state in [
        "未开始",
        "受理中",
        "即将截止",
        "今日截止",
        "已结束",
        "往年窗口",
        "截止日未载明",
    ] {
        assert!(page.contains(state), "{state}");
    }
    let sheet = files
        .keys()
        .find(|path| path.starts_with("assets/gallery."));
    let sheet = String::from_utf8(files[sheet.expect("a sheet")].clone()).expect("UTF-8");
    assert!(sheet.contains(".show-light{") && sheet.contains(".show-dark{"));
}

/// What is said of the repository with another text in one file.
fn said_with(path: &str, text: &str) -> String {
    match built(&repository().with(path, text.to_owned())) {
        Ok(files) => panic!("no mistake was reported, {} files", files.len()),
        Err(words) => words,
    }
}

#[test]
fn an_example_that_lacks_a_field_and_a_component_without_examples_are_reported() {
    let example = "group: 文字\nexamples:\n- name: 缺网址\n  args:\n    to: {url: ''}\n";
    let path = format!("{THEME}/components/link/examples.yaml");
    let words = said_with(&path, example);
    assert!(
        words.contains("MB0404") && words.contains("link.html"),
        "{words}"
    );
    let words = said_with(&path, "group: 别的\n");
    assert!(
        words.contains("MB0403") && words.contains("examples.yaml"),
        "{words}"
    );
    let path = format!("{THEME}/components/stray/stray.html");
    let stray = "{% component stray() %}{% endcomponent stray %}\n";
    let words = said_with(&path, stray);
    assert!(
        words.contains("MB0403") && words.contains("stray"),
        "{words}"
    );
}

#[test]
fn no_site_has_the_gallery() {
    let config = mingbai::config::Config {
        today: "2026-11-20".parse().expect("a day"),
        base_url: None,
        advice: false,
        draft: false,
        part: None,
    };
    let built = mingbai::pipeline::build(&repository(), &config, &mut Sink::default());
    assert!(built.tree.contains_key("index.html"));
    let strays = built.tree.keys().filter(|path| {
        path.contains("gallery") || path.contains("examples.yaml") || path.contains("components/")
    });
    assert_eq!(strays.count(), 0);
}

// ---------------------------------------------------------------- templates

#[test]
fn no_template_line_is_longer_than_120_characters() {
    let mut faults = Vec::new();
    for (name, text) in templates() {
        for (number, line) in text.lines().enumerate() {
            if line.chars().count() > 120 {
                faults.push(format!("{name}:{}", number + 1));
            }
        }
    }
    none(&faults);
}

/// What a template would have to work out, by pattern and in words.
const LOGIC: [(&str, &str); 4] = [
    (r"set_global", "keeps a value across a loop"),
    (r"\bset\s+\w+\s*=\s*\[", "builds a list"),
    (r"\[[^\]]*\bfor\b[^\]]*\bif\b[^\]]*\]", "filters a list"),
    (r"\[:?\d*:\d*\]", "cuts a text or a list"),
];

#[test]
fn templates_print_finished_values_and_work_nothing_out() {
    let patterns: Vec<(Regex, &str)> = LOGIC
        .iter()
        .map(|(pattern, words)| (Regex::new(pattern).expect("a sound pattern"), *words))
        .collect();
    let mut faults = Vec::new();
    for (name, text) in templates() {
        let text = code(&text);
        for (pattern, words) in &patterns {
            if let Some(found) = pattern.find(&text) {
                faults.push(format!("{name} {words}: {}", found.as_str()));
            }
        }
        faults.extend(comparing_loops(&text).map(|words| format!("{name}: {words}")));
    }
    none(&faults);
}

/// Conditions within two or more loops that compare what one loop goes through with what another does.
fn comparing_loops(template: &str) -> impl Iterator<Item = String> {
    let tag = Regex::new(r"(?s)\{%-?\s*(for|endfor|if|elif)\b(.*?)-?%\}").expect("a sound pattern");
    let mut open: Vec<String> = Vec::new();
    let mut faults = Vec::new();
    for found in tag.captures_iter(template) {
        let rest = found[2].trim();
        match &found[1] {
            "for" => open.push(rest.split([' ', ',']).next().unwrap_or_default().to_owned()),
            "endfor" => drop(open.pop()),
            _ => {
                let names = |name: &&String| {
                    Regex::new(&format!(r"\b{name}\b")).is_ok_and(|name| name.is_match(rest))
                };
                let compares = ["==", "!=", " in ", "<", ">"]
                    .iter()
                    .any(|sign| rest.contains(sign));
                if compares && open.iter().filter(names).count() > 1 {
                    faults.push(format!("nested loops compare: {rest}"));
                }
            }
        }
    }
    faults.into_iter()
}

#[test]
fn logic_in_a_template_is_noticed() {
    let nested = "{% for a in x %}{% for b in a.y %}{% if b.id == a.id %}{% endif %}{% endfor %}{% endfor %}";
    assert_eq!(comparing_loops(nested).count(), 1);
    let plain =
        "{% for a in x %}{% for b in a.y %}{% if b.id %}{% endif %}{% endfor %}{% endfor %}";
    assert_eq!(comparing_loops(plain).count(), 0);
    for line in [
        "{% set secs = [...secs, 1] %}",
        "{% set own = [a for a in n.list if not a.within] %}",
        "{% if b.marker[:1] == \"x\" %}",
        "{% set_global seen = true %}",
    ] {
        let is_found = |(pattern, _): &(&str, &str)| {
            Regex::new(pattern).is_ok_and(|pattern| pattern.is_match(line))
        };
        assert!(LOGIC.iter().any(is_found), "{line}");
    }
}

// ---------------------------------------------------------------- what nothing uses

/// The classes that templates print, and the beginnings of those whose end is a value.
fn printed_classes() -> (BTreeSet<String>, BTreeSet<String>) {
    let attribute = Regex::new(r#"(?s)class="((?:[^"{]|\{\{.*?\}\}|\{%.*?%\})*)""#).expect("sound");
    let tag = Regex::new(r"(?s)\{%.*?%\}").expect("sound");
    let value = Regex::new(r"(?s)\{\{.*?\}\}").expect("sound");
    let (mut whole, mut begun) = (BTreeSet::new(), BTreeSet::new());
    for (_, text) in templates() {
        for found in attribute.captures_iter(&code(&text)) {
            let words = tag.replace_all(&found[1], " ");
            for word in value.replace_all(&words, "\u{1}").split_whitespace() {
                match word.split_once('\u{1}') {
                    None => drop(whole.insert(word.to_owned())),
                    Some((start, _)) => drop(begun.insert(start.to_owned())),
                }
            }
        }
    }
    // `state-{% if … %}open{% … %}`: the words after it are ends.
    whole.retain(|class| !class.ends_with('-'));
    begun.remove("");
    (whole, begun)
}

/// The classes that style sheets have rules for.
fn ruled_classes() -> BTreeMap<String, String> {
    let comment = Regex::new(r"(?s)/\*.*?\*/").expect("sound");
    let selector = Regex::new(r"([^{};]+)\{").expect("sound");
    let class = Regex::new(r"\.([a-zA-Z][\w-]*)").expect("sound");
    let mut out = BTreeMap::new();
    for (name, text) in theme().iter().filter(|(name, _)| name.ends_with(".css")) {
        let text = comment.replace_all(text, "");
        for found in selector.captures_iter(&text) {
            for class in class.captures_iter(&found[1]) {
                out.insert(class[1].to_owned(), name.clone());
            }
        }
    }
    out
}

/// The words that are in the strings of scripts and of the program's pages, the beginnings of those whose end is
/// a value, and the variants of enums (a view prints them in small letters).
fn words_of_programs() -> (BTreeSet<String>, BTreeSet<String>) {
    let mut programs: Vec<(String, String)> = theme()
        .into_iter()
        .filter(|(name, _)| name.ends_with(".js"))
        .collect();
    programs.extend(texts(&support::repository().join("src/site")));
    programs.extend(texts(&support::repository().join("src/serve")));
    let string = Regex::new(r#"(?s)"(?:[^"\\]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`"#)
        .expect("sound");
    let word = Regex::new(r"([a-zA-Z][\w-]*)(\{)?").expect("sound");
    let variant = Regex::new(r"(?m)^    ([A-Z][a-z]+),$").expect("sound");
    let (mut whole, mut begun) = (BTreeSet::new(), BTreeSet::new());
    for (_, text) in &programs {
        for string in string.find_iter(text) {
            for found in word.captures_iter(string.as_str()) {
                match found.get(2) {
                    None => drop(whole.insert(found[1].to_owned())),
                    Some(_) => drop(begun.insert(found[1].to_owned())),
                }
            }
        }
        for found in variant.captures_iter(text) {
            whole.insert(found[1].to_lowercase());
        }
    }
    (whole, begun)
}

#[test]
fn every_style_rule_has_something_that_it_is_for() {
    let (printed, begun) = printed_classes();
    let (words, word_starts) = words_of_programs();
    let is_used = |class: &str| {
        let is_begun = |starts: &BTreeSet<String>| {
            starts.iter().any(|start| class.starts_with(start.as_str()))
        };
        printed.contains(class)
            || words.contains(class)
            || is_begun(&begun)
            || is_begun(&word_starts)
    };
    let dead: Vec<String> = ruled_classes()
        .into_iter()
        .filter(|(class, _)| !is_used(class))
        .map(|(class, file)| format!("{file}: nothing has the class {class}"))
        .collect();
    none(&dead);
    // The beginnings are few and long enough to mean something.
    assert!(!begun.contains(""));
}

#[test]
fn every_class_of_a_template_has_a_rule() {
    let (printed, _) = printed_classes();
    let ruled = ruled_classes();
    let faults: Vec<String> = printed
        .into_iter()
        .filter(|class| !ruled.contains_key(class))
        .filter(|class| {
            // Ends of `state-…`, and the halves of the gallery, whose colours are added at build.
            !ruled.contains_key(&format!("state-{class}")) && !class.starts_with("show-")
        })
        .map(|class| format!("no rule for the class {class}"))
        .collect();
    none(&faults);
}

#[test]
fn every_field_of_a_view_is_read_by_a_template() {
    let reads = Regex::new(r#"\.([a-z_][a-z0-9_]*)|key="(\w+)""#).expect("sound");
    let tag = Regex::new(r"(?s)\{[{%].*?[}%]\}").expect("sound");
    let mut read = BTreeSet::new();
    for (_, text) in templates() {
        for tag in tag.find_iter(&code(&text)) {
            for found in reads.captures_iter(tag.as_str()) {
                let name = found
                    .get(1)
                    .or(found.get(2))
                    .map(|name| name.as_str().to_owned());
                read.extend(name);
            }
        }
    }
    let view = Regex::new(
        r"(?s)#\[derive\([^)]*Serialize[^)]*\)\]\s*(?:#\[[^\]]*\]\s*)*pub struct (\w+)[^{;(]*\{(.*?)\n\}",
    )
    .expect("sound");
    let field =
        Regex::new(r"(?m)^(\s*#\[serde\((?:skip|flatten)\)\]\n)?\s*pub (\w+):").expect("sound");
    let pages = support::repository().join("src/site/pages");
    let mut faults = Vec::new();
    let mut fields = 0;
    for (name, text) in texts(&pages) {
        // Data for scripts and for other programs is not read by templates.
        if !(name.starts_with("view") || name == "data.rs") {
            continue;
        }
        for found in view.captures_iter(&text) {
            for one in field.captures_iter(&found[2]) {
                fields += 1;
                if one.get(1).is_none() && !read.contains(&one[2]) {
                    faults.push(format!(
                        "{name}: no template reads {}.{}",
                        &found[1], &one[2]
                    ));
                }
            }
        }
    }
    assert!(fields > 250, "{fields} fields");
    none(&faults);
}

#[test]
fn the_sheet_of_the_theme_names_every_part_once() {
    let sheet = fs::read_to_string(support::repository().join(THEME).join("style.css"));
    let sheet = sheet.expect("a sheet");
    let named: Vec<&str> = sheet
        .lines()
        .filter_map(|line| line.strip_prefix("@import \"")?.strip_suffix("\";"))
        .collect();
    let parts: BTreeSet<String> = theme()
        .into_iter()
        .map(|(name, _)| name)
        .filter(|name| name.starts_with("styles/"))
        .collect();
    for part in &parts {
        assert_eq!(
            named.iter().filter(|name| *name == part).count(),
            1,
            "{part}"
        );
    }
    assert_eq!(named.len(), parts.len() + 1, "the parts and all components");
}
