//! Nothing grows with the whole country: with more counties and rows than one page or file can have, every page, download
//! and calendar keeps its size, and everything can still be found.

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use jiff::civil::date;
use mingbai::output::OutputTree;
use scraper::Html;

use support::*;

/// Counties of the invented site, from the first provinces of the country; more than a page names.
const COUNTIES: usize = 640;

/// Sessions of each county; together more than a file has.
const SESSIONS: usize = 17;

const PLAN: &str = "---\ntitle: 示例安排\nkind: 工作方案\nnumber: 未载明\nissuers: 未载明\nissued: 2023-07-01\nyear: 2023\npublicity: 主动公开\nregion: 全国\n---\n\n一、地点\n\n在教育局办理。\n";

/// The full names of the counties of one edition, in the order of their codes.
fn counties() -> Vec<String> {
    let folder = repository().join("data/regions");
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("the regions")
        .map(|entry| entry.expect("a file").path())
        .filter(|path| {
            let stem = path.file_stem().and_then(|stem| stem.to_str());
            stem.is_some_and(|stem| stem.parse::<u8>().is_ok())
        })
        .collect();
    files.sort();
    files.iter().flat_map(|path| counties_of(path)).collect()
}

/// The counties of a province: those of today that were the same in 2023, below a prefecture that is a city.
fn counties_of(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).expect("a file of regions");
    let (mut province, mut prefecture) = (String::new(), String::new());
    let mut names = Vec::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("name: ") {
            name.clone_into(&mut province);
        } else if let Some(name) = line.strip_prefix("    name: ") {
            name.clone_into(&mut prefecture);
        } else if let Some(item) = line.strip_prefix("      - ")
            && prefecture.ends_with('市')
            && let [code, name, _] = item.split(' ').collect::<Vec<_>>()[..]
            && code.len() == 6
        {
            names.push(format!("{province} {prefecture} {name}"));
        }
    }
    names
}

fn schedule(county: &str) -> String {
    let name = county.rsplit(' ').next().unwrap_or_default();
    let mut text = format!(
        "title: {name}2023年受理安排\ncounty: {county}\nyear: 2023\nsource: plan\ncontacts: 未载明\nsessions:\n"
    );
    for session in 0..SESSIONS {
        text.push_str(&format!(
            "  - {{date: 2023-08-{:02}, place: 教育局{session}号窗口, service: 首贷, morning: 20}}\n",
            session + 1
        ));
    }
    text
}

/// The site, made once.
static SITE: LazyLock<OutputTree> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a temporary folder");
    copy_theme_and_regions(folder.path());
    write_files(folder.path(), [("content/notices/plan.md", PLAN)]);
    let counties = counties();
    assert!(counties.len() >= COUNTIES, "{}", counties.len());
    for (number, county) in counties.iter().take(COUNTIES).enumerate() {
        let path = format!("data/schedules/s{number}.yaml");
        write_files(folder.path(), [(path.as_str(), schedule(county).as_str())]);
    }
    built(folder.path(), date(2023, 9, 1))
});

fn text<'a>(tree: &'a OutputTree, path: &str) -> &'a str {
    let file = tree.get(path).unwrap_or_else(|| panic!("no {path}"));
    std::str::from_utf8(&file.bytes).expect("UTF-8")
}

/// The largest file of each kind: by its folder and its ending.
fn largest(tree: &OutputTree) -> BTreeMap<(&str, &str), (usize, &str)> {
    let mut largest = BTreeMap::new();
    for (path, file) in tree {
        let folder = path.split_once('/').map_or("", |(folder, _)| folder);
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
        let most = largest.entry((folder, ending)).or_insert((0, ""));
        *most = (*most).max((file.bytes.len(), path.as_str()));
    }
    largest
}

#[test]
fn no_page_download_or_calendar_grows_with_the_country() {
    let tree = &*SITE;
    for ((folder, ending), (size, path)) in largest(tree) {
        let most = match (folder, ending) {
            (_, "html") => 150_000,
            ("data", "csv") => 2_500_000,
            ("data", "json") => 4_500_000,
            ("data", "xlsx") => 1_500_000,
            ("api", "json") => 500_000,
            (_, "ics" | "xml" | "js" | "css") => 150_000,
            _ => continue,
        };
        assert!(size <= most, "{path} has {size} bytes, more than {most}");
    }
}

#[test]
fn a_table_of_the_country_is_in_volumes_that_have_each_row_once() {
    let tree = &*SITE;
    assert!(!tree.contains_key("data/schedules/sessions.csv"));
    let package: serde_json::Value =
        serde_json::from_str(text(tree, "data/datapackage.json")).expect("JSON");
    let resources = package["resources"].as_array().expect("resources");
    let mut rows = Vec::new();
    for resource in resources {
        let path = resource["path"].as_str().expect("a path");
        let is_volume = path.starts_with("schedules/sessions/") && path.ends_with(".csv");
        if is_volume {
            let csv = text(tree, &format!("data/{path}"));
            let lines: Vec<&str> = csv.lines().skip(1).collect();
            assert!(lines.len() <= 10_000, "{path}: {}", lines.len());
            rows.extend(lines.iter().map(|line| (*line).to_owned()));
            let foreign = resource["schema"]["foreignKeys"].to_string();
            assert!(foreign.contains("regions"), "{path}: {foreign}");
        }
    }
    assert_eq!(rows.len(), COUNTIES * SESSIONS);
    rows.sort();
    rows.dedup();
    assert_eq!(rows.len(), COUNTIES * SESSIONS, "a row is in two volumes");

    // A person finds them on the page of the dataset, a program in one list of addresses.
    let page = Html::parse_document(text(tree, "data/schedules.html"));
    let nav = all(&page, ".volumes")[0];
    assert!(words(nav).contains("河北省"), "{}", words(nav));
    let links = within(nav, "a");
    assert!(links.len() >= 21);
    for link in links {
        let path = resolve(
            "data/schedules.html",
            link.attr("href").expect("an address"),
        );
        assert!(tree.contains_key(path.as_str()), "{path}");
    }
    let listed: Vec<&str> = text(tree, "data/downloads.txt").lines().collect();
    let files = tree.keys().filter(|path| {
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
        path.starts_with("data/") && matches!(ending, "csv" | "xlsx" | "json")
    });
    let files: Vec<&String> = files.collect();
    assert_eq!(listed.len(), files.len());
    for file in files {
        assert!(
            listed.iter().any(|line| line.ends_with(file.as_str())),
            "{file}"
        );
    }
}

#[test]
fn every_county_is_found_without_script_though_no_page_names_all() {
    let tree = &*SITE;
    for start in ["counties/index.html", "search/index.html"] {
        let mut seen = std::collections::BTreeSet::new();
        let mut open = vec![(start.to_owned(), 0)];
        let mut counties = std::collections::BTreeSet::new();
        while let Some((path, steps)) = open.pop() {
            if !seen.insert(path.clone()) {
                continue;
            }
            let page = Html::parse_document(text(tree, &path));
            for link in all(&page, "main a[href]") {
                let to = resolve(&path, link.attr("href").unwrap_or_default());
                let to = to.split('#').next().unwrap_or_default().to_owned();
                if to.starts_with("counties/") && to != "counties/index.html" {
                    counties.insert(to);
                } else if steps < 2
                    && (to.starts_with("provinces/") || to.starts_with("prefectures/"))
                {
                    open.push((to, steps + 1));
                }
            }
        }
        assert_eq!(counties.len(), COUNTIES, "from {start}");
    }
}
