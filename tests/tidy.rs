//! The house rules that a machine can see, over the files of the repository.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What tools make and fetch: nobody here wrote it.
const NOT_OURS: [&str; 4] = [".git", "target", "node_modules", "public"];

/// The files below a folder of the repository: path with `/`, and where it is.
fn files(folder: &str) -> Vec<(String, PathBuf)> {
    let mut out = Vec::new();
    walk(&repository().join(folder), &mut out);
    out.sort();
    out
}

fn walk(folder: &Path, out: &mut Vec<(String, PathBuf)>) {
    for entry in fs::read_dir(folder).expect("the repository can be read") {
        let path = entry.expect("the repository can be read").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        // Earlier editions of the site are next to it.
        if NOT_OURS.contains(&name.as_ref()) || name.contains(".mingbai-") {
            continue;
        }
        if path.is_dir() {
            walk(&path, out);
        } else {
            let relative = path.strip_prefix(repository()).unwrap_or(&path);
            out.push((relative.to_string_lossy().replace('\\', "/"), path));
        }
    }
}

fn texts(folder: &str, ending: &str) -> Vec<(String, String)> {
    files(folder)
        .into_iter()
        .filter(|(name, _)| name.ends_with(ending))
        .map(|(name, path)| (name, fs::read_to_string(path).expect("a UTF-8 text")))
        .collect()
}

/// The program's own part of a source file: without its tests, which are at the end.
fn without_tests(text: &str) -> &str {
    text.split("\n#[cfg(test)]\nmod tests")
        .next()
        .unwrap_or(text)
}

/// Lines of code with their numbers, comments removed.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    without_tests(text)
        .lines()
        .enumerate()
        .map(|(i, line)| (i + 1, line.split("//").next().unwrap_or(line)))
}

fn none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

// ---------------------------------------------------------------- Rust

#[test]
fn every_source_file_says_first_what_it_is() {
    let faults: Vec<String> = texts("src", ".rs")
        .into_iter()
        .chain(texts("tests", ".rs"))
        .filter(|(_, text)| !text.starts_with("//! "))
        .map(|(name, _)| format!("{name} does not begin with //!"))
        .collect();
    none(&faults);
}

#[test]
fn no_source_file_is_longer_than_900_lines_without_its_tests() {
    let faults: Vec<String> = texts("src", ".rs")
        .into_iter()
        .filter_map(|(name, text)| {
            let lines = without_tests(&text).lines().count();
            (lines > 900).then(|| format!("{name} has {lines} lines"))
        })
        .collect();
    none(&faults);
}

/// The folders of the packages in the order of the data, as the root manifest lists them; the command comes last.
fn packages() -> Vec<String> {
    let manifest = manifest("");
    let list = manifest
        .split_once("members = [")
        .and_then(|(_, rest)| rest.split_once(']'))
        .expect("a workspace with members")
        .0;
    let members = list.split('"').skip(1).step_by(2).map(str::to_owned);
    members.chain([String::new()]).collect()
}

fn manifest(folder: &str) -> String {
    fs::read_to_string(repository().join(folder).join("Cargo.toml")).expect("a manifest")
}

/// The package that a source file belongs to, as its folder; the command's own files are next to the folders.
fn package_of<'a>(file: &str, packages: &'a [String]) -> &'a str {
    packages
        .iter()
        .find(|folder| !folder.is_empty() && file.starts_with(&format!("{folder}/")))
        .map_or("", String::as_str)
}

/// The root file of a package.
fn root_of(package: &str) -> String {
    let folder = if package.is_empty() { "src" } else { package };
    fs::read_to_string(repository().join(folder).join("lib.rs")).expect("lib.rs")
}

/// The modules that a root file declares, in their order.
fn modules(root: &str) -> Vec<String> {
    root.lines()
        .filter_map(|line| {
            let line = line.strip_prefix("pub ").unwrap_or(line);
            line.strip_prefix("mod ")?.strip_suffix(';')
        })
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_folder_with_a_manifest_is_a_package_of_the_workspace() {
    let packages = packages();
    let mut seen: Vec<String> = files("src")
        .into_iter()
        .filter_map(|(name, _)| name.strip_suffix("/Cargo.toml").map(str::to_owned))
        .collect();
    seen.push(String::new());
    seen.sort();
    let mut listed = packages.clone();
    listed.sort();
    assert_eq!(listed, seen);
    for package in packages.iter().filter(|package| !package.is_empty()) {
        let name = package.trim_start_matches("src/");
        if name == "entities" {
            // It has the name of the package that it replaces.
            continue;
        }
        assert!(
            manifest(package).contains(&format!("name = \"mingbai-{name}\"")),
            "{package} has another name than its folder"
        );
    }
}

#[test]
fn packages_depend_only_on_packages_before_them() {
    let packages = packages();
    let mut faults = Vec::new();
    let mut arrows = 0;
    for (at, package) in packages.iter().enumerate() {
        for line in manifest(package).lines() {
            let Some((name, _)) = line
                .strip_prefix("mingbai-")
                .and_then(|rest| rest.split_once(".workspace"))
            else {
                continue;
            };
            arrows += 1;
            let below = packages.iter().position(|p| *p == format!("src/{name}"));
            if below.is_none_or(|below| below >= at) {
                faults.push(format!("{package} depends on mingbai-{name}"));
            }
        }
    }
    assert!(arrows > 8, "the test sees only {arrows} dependencies");
    none(&faults);
}

#[test]
fn modules_of_the_site_stand_in_the_order_of_the_data() {
    // The rest of the list, not its members, is the house: what is here must be there in this order.
    let order = modules(&root_of("src/site"));
    let stages = [
        "config", "sources", "model", "link", "rules", "lints", "assets", "pages", "open",
        "search", "output", "pipeline",
    ];
    let places: Vec<Option<usize>> = stages
        .iter()
        .map(|stage| order.iter().position(|module| module == stage))
        .collect();
    assert!(places.iter().all(Option::is_some), "{order:?}");
    assert!(places.is_sorted(), "{order:?}");
}

#[test]
fn names_are_looked_up_by_linking_only() {
    // Self-checks are linked when they are compiled, by the functions of `link`.
    // What a file says is compared with its words before its names are replaced; a proof changes the names themselves.
    const LINKING: [&str; 5] = [
        "src/site/model/",
        "src/site/link/",
        "src/site/rules/",
        "src/site/evidence/",
        "src/site/prove/",
    ];
    let lookups = [
        "Names::new(",
        ".resolve(",
        ".by_number(",
        "names.document(",
        "names.topic(",
        "body.find(",
    ];
    let mut faults = Vec::new();
    let mut found = 0;
    for (name, text) in texts("src/site", ".rs") {
        let links = LINKING.iter().any(|folder| name.starts_with(folder));
        for (number, line) in code(&text) {
            for lookup in lookups.iter().filter(|lookup| line.contains(*lookup)) {
                if links {
                    found += 1;
                } else {
                    faults.push(format!("{name}:{number} calls {lookup}…)"));
                }
            }
        }
    }
    assert!(found >= 8, "the test sees only {found} lookups in link");
    none(&faults);
}

#[test]
fn the_words_of_a_text_are_asked_for() {
    // Whoever reads a text without asking for it is not made again when its words change.
    let folders = ["pages/", "tables/", "open/", "search/"];
    let reads = ["document.body", "this.body", ").body", "].body"];
    let (mut faults, mut asked) = (Vec::new(), 0);
    for (name, text) in texts("src/site", ".rs") {
        let inside = name.strip_prefix("src/site/").unwrap_or(&name);
        if !folders.iter().any(|folder| inside.starts_with(folder)) {
            continue;
        }
        for (number, line) in code(&text) {
            asked += usize::from(line.contains(".body(index)"));
            for read in reads.iter().filter(|read| line.contains(*read)) {
                faults.push(format!("{name}:{number} reads {read}; ask `Facts::body`"));
            }
        }
    }
    assert!(
        asked >= 5,
        "the test sees only {asked} questions for a text"
    );
    none(&faults);
}

#[test]
fn ids_are_not_bare_numbers() {
    let ids = [
        "document",
        "clause",
        "topic",
        "unit",
        "province",
        "prefecture",
        "edition",
        "notice",
        "term",
    ];
    let mut faults = Vec::new();
    for (name, text) in texts("src/site", ".rs") {
        for (number, line) in code(&text) {
            for id in ids {
                for form in ["usize", "Option<usize>", "&[usize]", "Vec<usize>"] {
                    let bare = format!("{id}: {form}");
                    let plural = format!("{id}s: {form}");
                    let at = [&bare, &plural]
                        .into_iter()
                        .find_map(|bare| line.find(bare.as_str()));
                    // A local number of bytes may be called a unit.
                    if at.is_some() && !line.contains("let tenths") {
                        faults.push(format!("{name}:{number} {bare}"));
                    }
                }
            }
        }
    }
    none(&faults);
}

/// Packages whose modules are in the order of the data in their root file.
const ORDERED: [&str; 2] = ["src/site", ""];

#[test]
fn modules_use_only_modules_above_them() {
    let packages = packages();
    let mut faults = Vec::new();
    let mut arrows = 0;
    for (name, text) in texts("src", ".rs") {
        let package = package_of(&name, &packages);
        if !ORDERED.contains(&package) {
            continue;
        }
        let root = root_of(package);
        let order = modules(&root);
        let place = |name: &str| order.iter().position(|module| module == name);
        let folder = if package.is_empty() { "src" } else { package };
        let own = name
            .strip_prefix(folder)
            .and_then(|rest| rest.strip_prefix('/'))
            .and_then(|rest| rest.split(['/', '.']).next())
            .unwrap_or_default();
        let Some(own_place) = place(own) else {
            assert!(["lib", "main", "build"].contains(&own), "{name}");
            continue;
        };
        for target in crate_uses(&text) {
            let Some(target_place) = place(&target) else {
                // A package below, under the name that the root file gives it.
                if !root.contains(&target) {
                    faults.push(format!(
                        "{name} uses crate::{target}, which is not a module"
                    ));
                }
                continue;
            };
            arrows += 1;
            if target_place > own_place {
                faults.push(format!(
                    "{name} uses crate::{target}, which stands below {own}"
                ));
            }
        }
    }
    assert!(arrows > 60, "the test sees only {arrows} uses");
    none(&faults);
}

/// The first names after each `crate::` of a file.
fn crate_uses(text: &str) -> Vec<String> {
    // `use crate::{a, b}` may run over several lines: read the text, not lines.
    let plain: String = code(text)
        .map(|(_, line)| line)
        .collect::<Vec<_>>()
        .join("\n");
    plain
        .match_indices("crate::")
        .flat_map(|(at, word)| heads(&plain[at + word.len()..]))
        .collect()
}

/// The first names after `crate::`: `diag::Sink` -> diag; `{assets, model::Model}` -> assets, model.
fn heads(rest: &str) -> Vec<String> {
    let name = |text: &str| -> String {
        text.trim_start()
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
            .collect()
    };
    let Some(list) = rest.strip_prefix('{') else {
        return vec![name(rest)];
    };
    let mut out = Vec::new();
    let mut depth = 0;
    let mut fresh = true;
    for (i, c) in list.char_indices() {
        if fresh && depth == 0 && c.is_ascii_alphabetic() {
            out.push(name(&list[i..]));
            fresh = false;
        }
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => fresh = true,
            _ => {}
        }
    }
    out
}

#[test]
fn pages_ask_the_lints_only_for_numbers() {
    let allowed = BTreeSet::from(["Figure", "count", "figures", "percent", "rate"]);
    let mut faults = Vec::new();
    for folder in [
        "src/site/pages",
        "src/site/assets",
        "src/site/open",
        "src/site/output",
    ] {
        for (name, text) in texts(folder, ".rs") {
            for (number, line) in code(&text) {
                let Some((_, rest)) = line.split_once("crate::lints::") else {
                    continue;
                };
                let used = rest.trim_start_matches('{');
                for word in used.split(|c: char| !c.is_ascii_alphanumeric() && c != '_') {
                    if !word.is_empty() && !allowed.contains(word) {
                        faults.push(format!("{name}:{number} uses lints::{word}"));
                    }
                }
            }
        }
    }
    none(&faults);
}

/// Who may print: the command line, and the build script, which cargo listens to.
const PRINTERS: [&str; 2] = ["src/cli/voice.rs", BUILD_SCRIPT];

/// Runs before the program exists: it reads and writes by itself.
const BUILD_SCRIPT: &str = "src/site/build.rs";

/// The folder that reads the disk, and the one that writes.
const DISK: [&str; 20] = [
    // What the system says of memory.
    "src/cli/timings.rs",
    "src/published/folder.rs",
    "src/published/last.rs",
    "src/published/places.rs",
    "src/site/sources/plain.rs",
    "src/site/sources/read.rs",
    "src/site/output/write.rs",
    "src/site/output/write/aside.rs",
    "src/site/output/write/editions.rs",
    "src/site/output/write/exchange.rs",
    "src/site/output/write/files.rs",
    "src/site/output/write/fresh.rs",
    "src/site/output/write/left.rs",
    "src/site/output/write/lock.rs",
    "src/site/output/write/manifest.rs",
    "src/site/output/write/place.rs",
    "src/site/output/write/same.rs",
    "src/site/output/write/small.rs",
    "src/site/output/write/sums.rs",
    BUILD_SCRIPT,
];

#[test]
fn only_the_voice_of_the_command_line_prints() {
    let words = [
        "println!",
        "eprintln!",
        "print!(",
        "eprint!(",
        "dbg!(",
        "stdout()",
        "stderr()",
        "error.print()",
    ];
    let mut faults = Vec::new();
    for (name, text) in texts("src", ".rs") {
        if PRINTERS.contains(&name.as_str()) {
            continue;
        }
        for (number, line) in code(&text) {
            for word in words {
                if line.contains(word) {
                    faults.push(format!("{name}:{number} has {word}"));
                }
            }
        }
    }
    none(&faults);
}

#[test]
fn only_sources_and_output_touch_the_disk_and_only_the_command_line_asks_clock_and_environment() {
    let rules: [(&str, &[&str]); 9] = [
        ("std::fs", &DISK),
        ("fs::", &DISK),
        (".exists()", &DISK),
        (".is_dir()", &DISK),
        (".is_file()", &DISK),
        (".metadata()", &DISK),
        (".canonicalize()", &DISK),
        ("Timestamp::now", &["src/cli.rs"]),
        ("env::var", &["src/cli/voice.rs", BUILD_SCRIPT]),
    ];
    for allowed in rules.iter().flat_map(|(_, allowed)| *allowed) {
        assert!(repository().join(allowed).is_file(), "{allowed} is gone");
    }
    let mut faults = Vec::new();
    for (name, text) in texts("src", ".rs") {
        for (number, line) in code(&text) {
            for (word, allowed) in rules {
                if line.contains(word) && !allowed.contains(&name.as_str()) {
                    faults.push(format!("{name}:{number} has {word}"));
                }
            }
        }
    }
    none(&faults);
}

/// Whether a line begins a public item that needs a doc. A constant of a type such as `Code` explains itself.
fn needs_a_doc(line: &str) -> bool {
    const ITEMS: [&str; 8] = [
        "fn", "struct", "enum", "trait", "const", "static", "type", "union",
    ];
    const CLEAR: [&str; 4] = [": Code =", ": Shape =", ": State =", ": Status ="];
    let Some(rest) = line.trim_start().strip_prefix("pub ") else {
        return false;
    };
    let rest = rest.strip_prefix("const fn ").map_or(rest, |_| "fn ");
    ITEMS.iter().any(|item| rest.strip_prefix(item).is_some_and(|rest| rest.starts_with(' ')))
        && !CLEAR.iter().any(|kind| line.contains(kind))
        // The name of an item that a macro makes.
        && !rest.contains(" $")
}

#[test]
fn public_items_have_docs() {
    let mut faults = Vec::new();
    let mut seen = 0;
    for (name, text) in texts("src", ".rs") {
        let lines: Vec<&str> = without_tests(&text).lines().collect();
        for (i, line) in lines.iter().enumerate() {
            if !needs_a_doc(line) {
                continue;
            }
            seen += 1;
            // Skips attributes, which may take several lines.
            let mut above = lines[..i].iter().rev().skip_while(|line| {
                let line = line.trim();
                line.starts_with("#[")
                    || line.ends_with(")]")
                    || line.starts_with("clippy::")
                    || line.starts_with("reason =")
            });
            if !above
                .next()
                .is_some_and(|line| line.trim_start().starts_with("///"))
            {
                faults.push(format!("{name}:{}: {}", i + 1, line.trim()));
            }
        }
    }
    assert!(seen > 1000, "the test sees only {seen} public items");
    none(&faults);
}

#[test]
fn nothing_is_unwrapped_outside_tests() {
    let mut faults = Vec::new();
    for (name, text) in texts("src", ".rs") {
        for (number, line) in code(&text) {
            for word in [".unwrap()", "todo!", "unimplemented!", "#[allow("] {
                if line.contains(word) {
                    faults.push(format!("{name}:{number} has {word}"));
                }
            }
        }
    }
    none(&faults);
}

// ---------------------------------------------------------------- themes

#[test]
fn templates_print_as_it_is_only_what_is_finished_html() {
    let mut faults = Vec::new();
    let mut seen = 0;
    for (name, text) in texts("themes", ".html")
        .into_iter()
        .chain(texts("themes", ".xml"))
    {
        for (at, _) in text.match_indices("| safe") {
            seen += 1;
            let before = text[..at].trim_end();
            let field: String = before
                .chars()
                .rev()
                .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.'))
                .collect();
            let field: String = field.chars().rev().collect();
            let last = field.rsplit('.').next().unwrap_or_default();
            if last != "html" && !last.ends_with("_html") {
                faults.push(format!("{name}: {field} | safe"));
            }
        }
        if text.contains("|safe") || text.contains("autoescape") {
            faults.push(format!("{name}: hidden |safe or autoescape"));
        }
    }
    assert!(seen > 0);
    none(&faults);
}

#[test]
fn themes_have_no_inline_style_or_script_and_load_nothing_from_elsewhere() {
    let mut faults = Vec::new();
    for (name, text) in texts("themes", ".html") {
        let text = without_comments(&text);
        for tag in text.split('<').skip(1) {
            let tag = tag.split('>').next().unwrap_or(tag);
            let attributes = tag.replace(['\n', '\t'], " ").to_lowercase();
            for word in attributes.split(' ').skip(1) {
                let attribute = word.split('=').next().unwrap_or(word);
                if word.contains('=')
                    && (attribute == "style"
                        || attribute.len() > 3
                            && attribute.starts_with("on")
                            && attribute.chars().all(|c| c.is_ascii_lowercase()))
                {
                    faults.push(format!("{name}: <{tag}>"));
                }
                let loads =
                    attribute == "src" || attribute == "href" && attributes.starts_with("link ");
                if loads && (word.contains("//") || word.contains("data:")) {
                    faults.push(format!("{name}: <{tag}>"));
                }
            }
            if attributes.starts_with("style") || attributes == "script" {
                faults.push(format!("{name}: <{tag}>"));
            }
        }
        if text.contains("javascript:") {
            faults.push(format!("{name}: javascript:"));
        }
    }
    for (name, text) in texts("themes", ".css") {
        // The build puts the sheets together; only the sheet of the theme names others, all of its own folder.
        let imports = text.matches("@import").count();
        let own = text
            .lines()
            .filter_map(|line| line.strip_prefix("@import \"")?.strip_suffix("\";"))
            .filter(|sheet| {
                !sheet.contains(':') && !sheet.starts_with('/') && !sheet.contains("..")
            })
            .count();
        if imports != own || imports > 0 && !name.ends_with("/style.css") {
            faults.push(format!("{name} imports more than sheets of its own folder"));
        }
        if text.contains("url(http") || text.contains("url(//") {
            faults.push(format!("{name} loads from elsewhere"));
        }
    }
    for (name, text) in texts("themes", ".js") {
        for word in [
            "http://",
            "https://",
            "eval(",
            "innerHTML",
            "document.write",
            "fetch(",
            "XMLHttpRequest",
            "localStorage",
            "cookie",
        ] {
            if text.contains(word) {
                faults.push(format!("{name}: {word}"));
            }
        }
    }
    none(&faults);
}

/// A template without `{#- … -#}`.
fn without_comments(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{#") {
        out.push_str(before);
        rest = after.split_once("#}").map_or("", |(_, after)| after);
    }
    out + rest
}

// ---------------------------------------------------------------- documents and files

/// Keys of files that clerks do not write: site, topics, regions.
const KEYS_OF_THE_SITE: [&str; 30] = [
    "id",
    "name",
    "aliases",
    "about",
    "tagline",
    "base_url",
    "theme",
    "operator",
    "site_code",
    "icp",
    "contact",
    "lead",
    "hosting",
    "redirects",
    "publish_to",
    "code",
    "pinyin",
    "prefectures",
    "first",
    "last",
    "now",
    "licence",
    "editions",
    "as_of",
    "units",
    "prefecture",
    "groupings",
    "province",
    "members",
    "variants",
];

#[test]
fn the_guide_for_counties_explains_every_key_of_a_document_in_both_languages() {
    let guide: String = ["for-counties", "self-check-rules"]
        .map(|page| {
            fs::read_to_string(repository().join(format!("content/pages/{page}.md")))
                .expect("the guide for counties")
        })
        .concat();
    let table: Vec<(&str, &str, &str)> = guide
        .lines()
        .filter_map(|line| {
            let mut cells = line.strip_prefix("| `")?.split('|').map(str::trim);
            let english = cells.next()?.trim_end_matches('`');
            Some((english, cells.next()?, cells.next()?))
        })
        .collect();
    let mut faults = Vec::new();
    for (english, chinese, about) in &table {
        let key = mingbai::sources::keys::find(english);
        if key.map(|key| key.chinese) != Some(*chinese) {
            faults.push(format!("{english} is not {chinese}"));
        }
        // Editors show the same words.
        if key.map(|key| key.about.0) != Some(about.replace('`', "").as_str()) {
            faults.push(format!(
                "{english} is explained otherwise in the table of keys"
            ));
        }
    }
    let documents = mingbai::sources::keys::KEYS
        .iter()
        .map(|key| key.english)
        // Limits have a page of their own, which `tests/bounds.rs` compares.
        .filter(|key| {
            !KEYS_OF_THE_SITE.contains(key) && *key != "limits" && !key.starts_with("max_")
        });
    for key in documents {
        if !table.iter().any(|(english, ..)| *english == key) {
            faults.push(format!("{key} is not explained"));
        }
    }
    none(&faults);
}

/// Rules of any office can be written: which, says only the rule file.
#[test]
fn the_engine_of_rules_and_the_script_of_checks_know_no_word_of_loans() {
    let mut faults = Vec::new();
    let engine = texts("src/rules", ".rs").into_iter();
    let engine = engine.filter(|(path, _)| !path.contains("/tests/"));
    let pages = texts("src/site/pages", ".rs").into_iter();
    let pages = pages.filter(|(path, _)| path.contains("self_checks"));
    let words = texts("src/site/assets", ".rs").into_iter();
    let theme = [
        texts("themes/mingbai", ".html"),
        texts("themes/mingbai", ".js"),
    ]
    .concat()
    .into_iter();
    let theme = theme.filter(|(path, _)| path.contains("/check"));
    let mut seen = 0;
    for (path, text) in engine.chain(pages).chain(words).chain(theme) {
        seen += 1;
        let text = without_tests(&text).to_lowercase();
        for word in ["贷", "助学", "资助", "学生", "高校", "loan", "student"] {
            if text.contains(word) {
                faults.push(format!("{path}: {word}"));
            }
        }
    }
    assert!(seen > 60, "{seen}");
    none(&faults);
}

#[test]
fn no_file_is_larger_than_a_mebibyte() {
    let faults: Vec<String> = files(".")
        .into_iter()
        .filter(|(_, path)| fs::metadata(path).is_ok_and(|data| data.len() > 1024 * 1024))
        .map(|(name, _)| name)
        .collect();
    none(&faults);
}

#[test]
fn texts_end_with_one_line_break_and_have_no_spaces_at_the_ends_of_lines() {
    let mut faults = Vec::new();
    for ending in [
        ".rs", ".md", ".yaml", ".html", ".css", ".js", ".mjs", ".toml", ".py",
    ] {
        for (name, text) in texts(".", ending) {
            // Fixtures may be as they are on purpose.
            if name.contains("tests/diagnostics/") || name.contains("tests/stories/") {
                continue;
            }
            if text.contains('\r') {
                faults.push(format!("{name} has carriage returns"));
            }
            if !text.ends_with('\n') || text.ends_with("\n\n") {
                faults.push(format!("{name} does not end with one line break"));
            }
            for (i, line) in text.lines().enumerate() {
                if line.ends_with([' ', '\t']) && !name.ends_with(".md") {
                    faults.push(format!("{name}:{} ends with a space", i + 1));
                }
            }
        }
    }
    none(&faults);
}

#[test]
fn no_file_names_a_place_on_somebodys_machine() {
    // Written in pieces, or this file would be its own fault.
    let words = [
        ["/ro", "ot/"].concat(),
        ["/ho", "me/"].concat(),
        ["/Us", "ers/"].concat(),
        ["/wo", "rk/"].concat(),
        ["/tmp/", "tgt"].concat(),
        ["C:", "\\Users"].concat(),
    ];
    let mut faults = Vec::new();
    for (name, path) in files(".") {
        let Ok(text) = fs::read_to_string(&path) else {
            continue;
        };
        for (i, line) in text.lines().enumerate() {
            for word in &words {
                if line.contains(word.as_str()) {
                    faults.push(format!("{name}:{} has {word}", i + 1));
                }
            }
        }
    }
    none(&faults);
}
