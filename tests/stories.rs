//! Small sites, each about one thing, and the text that readers see on their pages. tests/stories/README.md explains
//! how to write a story and how to bless its expected text.
//!
//! The tests compare text and not HTML: one line for each paragraph, heading, list item, term and table row, with the
//! targets of links in angle brackets. A new design changes nothing there; a lost fact does.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use jiff::civil::date;
use mingbai::output::OutputTree;
use mingbai::sources::keys::{KEYS, alias};
use scraper::{ElementRef, Html, Node};

use support::*;

// ---------------------------------------------------------------- building a story

/// Puts a story, the shared regions and the repository's theme into a folder.
fn lay_out(story: &str, site: &Path) {
    let stories = tests_folder("stories");
    copy(
        &repository().join("themes/mingbai"),
        &site.join("themes/mingbai"),
    );
    copy(&stories.join("regions"), site);
    for part in ["content", "data"] {
        copy(&stories.join(story).join(part), &site.join(part));
    }
}

fn build(site: &Path) -> OutputTree {
    built(site, date(2023, 9, 1))
}

// ---------------------------------------------------------------- reading a page

/// Elements that begin a new line.
const LINES: [&str; 17] = [
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "tr",
    "dt",
    "dd",
    "caption",
    "section",
    "div",
    "summary",
    "aside",
    "figcaption",
];

/// The text of `<main>`, line by line.
fn readable(html: &str) -> String {
    let page = Html::parse_document(html);
    let mut raw = String::new();
    if let Some(refresh) = all(&page, "meta[http-equiv=refresh]").first() {
        raw.push_str(refresh.attr("content").unwrap_or_default());
        raw.push('\n');
    }
    read_element(all(&page, "main")[0], &mut raw);
    let mut out = String::new();
    for line in raw.lines() {
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        if !line.is_empty() {
            out.push_str(&line);
            out.push('\n');
        }
    }
    out
}

fn read_element(element: ElementRef<'_>, out: &mut String) {
    let name = element.value().name();
    let hidden = element.attr("hidden").is_some();
    if hidden || name == "svg" || has_class(element.value(), "anchor") {
        return;
    }
    let own_line = LINES.contains(&name);
    if own_line {
        out.push('\n');
    }
    if let Some(level) = name.strip_prefix('h').and_then(|n| n.parse::<usize>().ok()) {
        out.push_str(&"#".repeat(level));
        out.push(' ');
    }
    for child in element.children() {
        match child.value() {
            Node::Text(text) => {
                // Line breaks of the source are spaces to the reader.
                out.push_str(&text.replace('\n', " "));
            }
            Node::Element(_) => {
                if let Some(child) = ElementRef::wrap(child) {
                    read_element(child, out);
                }
            }
            _ => {}
        }
    }
    match name {
        "a" => {
            if let Some(target) = element.attr("href") {
                out.push_str(&format!(" <{target}> "));
            }
        }
        "td" | "th" | "span" | "time" | "q" | "b" | "del" | "ins" => out.push(' '),
        "br" => out.push('\n'),
        _ => {}
    }
    if own_line {
        out.push('\n');
    }
}

/// Compares pages of a story with `expected/`, or writes them there.
fn tell(story: &str, pages: &[&str]) -> OutputTree {
    let folder = tempfile::tempdir().expect("a temporary folder");
    lay_out(story, folder.path());
    let tree = build(folder.path());
    let mut made = BTreeMap::new();
    for path in pages {
        let file = tree
            .get(*path)
            .unwrap_or_else(|| panic!("{story} has no page {path}: {:?}", tree.keys()));
        let html = std::str::from_utf8(&file.bytes).expect("UTF-8");
        made.insert(path.replace(".html", ".txt"), readable(html));
    }
    let expected = tests_folder("stories").join(story).join("expected");
    let wrong = golden::compare_folder(&expected, &made);
    assert!(
        wrong.is_empty(),
        "{story} reads otherwise\n{}",
        wrong.join("\n")
    );
    tree
}

#[test]
fn in_ci_no_expected_text_is_written() {
    let own = std::env::current_exe().expect("this program");
    let output = std::process::Command::new(own)
        .args(["measures_in_articles_are_cited_by_article", "--exact"])
        .env("MINGBAI_BLESS", "1")
        .env("CI", "true")
        .output()
        .expect("this program starts");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(!output.status.success(), "{said}");
    assert!(said.contains("read by people"), "{said}");
}

// ---------------------------------------------------------------- the stories

#[test]
fn a_county_with_two_years_answers_with_the_newer_one() {
    tell(
        "two-years",
        &[
            "counties/990101.html",
            "schedules/index.html",
            "schedules/bing-2022.html",
            "deadlines.html",
        ],
    );
}

/// In 2023 there is no schedule yet: the cards are those of 2022, marked as over; what 2022 left open is answered from 2021 and
/// says so; the rule of the province for 2023 comes before the days of 2022. What is said of one service is not said of another.
#[test]
fn a_county_answers_each_service_and_says_from_which_year() {
    let tree = tell(
        "services",
        &["counties/990101.html", "counties/990102.html"],
    );
    let html = String::from_utf8_lossy(&tree["counties/990101.html"].bytes);
    let page = Html::parse_document(&html);
    // The cards of 2021 come after those, and are hidden.
    let titles = all(&page, ".card h3").into_iter().map(words);
    let titles: Vec<String> = titles.take(2).collect();
    assert_eq!(titles, ["续贷接着贷。", "首贷头一回贷。"]);
    let of = |id: &str| words(all(&page, &format!("#for-{id}"))[0]);
    let papers = of("renewal-papers");
    let marked = papers.find("2022年没有写，下面是");
    assert!(
        marked.is_some() && marked < papers.find("2021年的安排"),
        "{papers}"
    );
    assert!(papers.contains("续贷申请表"), "{papers}");
    assert!(
        !of("first-loan-papers").contains("2021年"),
        "{}",
        of("first-loan-papers")
    );
    let when = of("renewal-when");
    let (province, county) = (when.find("甲省2023年的规定"), when.find("2022年8月11日"));
    assert!(province < county && province.is_some(), "{when}");
    assert!(
        !of("first-loan-when").contains("2023年"),
        "{}",
        of("first-loan-when")
    );
    // A term is explained once, where it is first.
    assert_eq!(all(&page, ".card .term").len(), 1);
}

/// 2021 and 2022 have results of one programme, 2022 twice: a page compares each of 2022 with that of 2021.
#[test]
fn two_years_of_results_are_compared() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    lay_out("record", folder.path());
    let tree = build(folder.path());
    let pages: Vec<&String> = tree
        .keys()
        .filter(|path| path.contains("/compare/"))
        .collect();
    assert_eq!(
        pages,
        [
            "assessments/compare/jia-2021-jia-2022-review.html",
            "assessments/compare/jia-2021-jia-2022.html",
        ]
    );
    let read = |path: &str| {
        let html = String::from_utf8_lossy(&tree[path].bytes).into_owned();
        Html::parse_document(&html)
    };
    let page = read("assessments/compare/jia-2021-jia-2022.html");
    let rows: Vec<String> = all(&page, "table.units tbody tr")
        .into_iter()
        .map(words)
        .collect();
    let changes: Vec<String> = all(&page, "table.changes tbody tr")
        .into_iter()
        .map(words)
        .collect();
    // 丙县 was 良好 in 2021 and is 优秀 in 2022.
    assert!(
        rows.iter().any(|row| row.contains("丙县")
            && row.contains("良好")
            && row.contains("优秀")
            && row.contains("上升")),
        "{rows:?}"
    );
    assert!(
        changes[0].starts_with("上升") && !changes[0].ends_with('0'),
        "{changes:?}"
    );
    let review = read("assessments/compare/jia-2021-jia-2022-review.html");
    let same = all(&review, "table.units tbody tr").into_iter().map(words);
    assert!(
        same.into_iter()
            .any(|row| row.contains("丙县") && row.contains("不变"))
    );
    // Both results lead to the page.
    for path in ["assessments/jia-2021.html", "assessments/jia-2022.html"] {
        let links = all(&read(path), "a[href='compare/jia-2021-jia-2022.html'], a[href='../assessments/compare/jia-2021-jia-2022.html']").len();
        assert_eq!(links, 1, "{path}");
    }
}

#[test]
fn a_county_s_record_runs_over_the_years_and_shows_where_sources_disagree() {
    let tree = tell(
        "record",
        &["counties/990101.html", "assessments/jia-2022.html"],
    );
    let html = String::from_utf8_lossy(&tree["counties/990101.html"].bytes);
    let page = Html::parse_document(&html);
    let record: Vec<String> = all(&page, "table.record tbody tr")
        .into_iter()
        .map(|row| words(within(row, "th")[0]) + " " + &words(within(row, "b")[0]))
        .collect();
    // Newest first; in one year, windows before grades.
    assert_eq!(
        record,
        [
            "2023 2023年7月15日至9月20日",
            "2023 2023年7月15日至8月31日",
            "2022 2022年7月20日至9月10日",
            "2022 良好",
            "2022 优秀",
            "2021 良好",
        ]
    );
    let disputes: Vec<Vec<String>> = all(&page, "ul.disputes > li")
        .into_iter()
        .map(|item| within(item, ".fact").into_iter().map(words).collect())
        .collect();
    assert_eq!(
        disputes,
        [
            // The schedule and the announcement of the county; both end before the day that the province allows.
            vec![
                "2023年7月15日至9月20日",
                "2023年7月15日至8月31日",
                "不晚于2023年7月27日至不早于9月25日",
            ],
            // Two circulars of the province.
            vec!["良好", "优秀"],
        ]
    );
    // Windows of two years and grades of two years; each chart says what it shows.
    let titles: Vec<String> = all(&page, "svg[role=img] > title")
        .into_iter()
        .map(words)
        .collect();
    assert_eq!(titles, ["各年的受理时间", "各年度助学贷款工作考核等次"]);
    let points: Vec<String> = all(&page, ".chart-steps .axis")
        .into_iter()
        .map(words)
        .collect();
    assert_eq!(points, ["2021", "2022"]);
    let grades: Vec<String> = all(&page, ".chart-steps .key")
        .into_iter()
        .map(words)
        .collect();
    assert_eq!(grades, ["优秀", "良好"]);
    // Both circulars give 2022 a point, so no line leads there.
    assert_eq!(all(&page, ".chart-steps circle").len(), 3);
    assert!(all(&page, ".chart-steps .step").is_empty());
    // Only one year: nothing to compare.
    let other = String::from_utf8_lossy(&tree["counties/990201.html"].bytes);
    assert!(!other.contains("role=img") && !other.contains("role=\"img\""));
}

#[test]
fn windows_of_many_counties_are_drawn_as_one_row_of_their_province() {
    let counties = [
        ("太原市", "清徐县"),
        ("大同市", "灵丘县"),
        ("大同市", "浑源县"),
        ("大同市", "天镇县"),
        ("朔州市", "朔城区"),
        ("朔州市", "山阴县"),
        ("朔州市", "应县"),
        ("朔州市", "右玉县"),
        ("朔州市", "怀仁市"),
        ("忻州市", "忻府区"),
        ("忻州市", "原平市"),
        ("忻州市", "五台县"),
        ("阳泉市", "平定县"),
        ("吕梁市", "文水县"),
        ("吕梁市", "汾阳市"),
        ("吕梁市", "孝义市"),
        ("吕梁市", "柳林县"),
        ("吕梁市", "临县"),
        ("晋中市", "平遥县"),
        ("晋中市", "昔阳县"),
        ("长治市", "沁县"),
        ("晋城市", "高平市"),
        ("临汾市", "尧都区"),
        ("临汾市", "翼城县"),
        ("临汾市", "襄汾县"),
    ];
    let notice = "---\ntitle: 虚构方案\nnumber: 未载明\nkind: 工作方案\nissuers: [虚构]\nissued: 2023-06-01\nyear: 2023\npublicity: 主动公开\nregion: 山西省\ntopics: []\nsource: 虚构。\nchecked: {on: 2023-07-01, by: 测试}\n---\n\n一、从7月1日至8月31日受理；从7月25日至9月30日受理。\n";
    // All but the last are open from 1 July to 31 August, the last from 25 July to 30 September.
    let drawn = |count: usize| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let site = folder.path();
        copy_theme_and_regions(site);
        copy(&tests_folder("stories/two-years/data"), &site.join("data"));
        fs::remove_dir_all(site.join("data/schedules")).expect("schedules of the story");
        write_files(site, [("content/notices/plan.md", notice)]);
        for (i, (city, county)) in counties.iter().take(count).enumerate() {
            let (from, until, quote) = if i + 1 == count {
                ("07-25", "09-30", "从7月25日至9月30日受理")
            } else {
                ("07-01", "08-31", "从7月1日至8月31日受理")
            };
            let text = format!(
                "title: {county}受理安排\ncounty: 山西省 {city} {county}\nyear: 2023\nsource: plan\ntopics: []\nwindows:\n  - {{what: 贷款受理, from: 2023-{from}, until: 2023-{until}, clause: 一, quote: {quote}}}\ncontacts: 未载明\n"
            );
            let path = format!("data/schedules/s{i}-2023.yaml");
            write_files(site, [(path.as_str(), text.as_str())]);
        }
        let tree = build(site);
        let html = String::from_utf8_lossy(&tree["deadlines.html"].bytes).into_owned();
        let page = Html::parse_document(&html);
        let svg = all(&page, "svg[data-year='2023']")[0];
        let rows: Vec<String> = within(svg, "text.row").into_iter().map(words).collect();
        (rows, within(svg, "rect.band").len())
    };
    // Few enough to read: one row each.
    let (rows, bands) = drawn(24);
    assert_eq!((rows.len(), bands), (24, 0));
    assert_eq!(rows[0], "7月1日至8月31日 临县：贷款受理");
    // More: from the first day of any to the last day of any, and the days that all have in common.
    let (rows, bands) = drawn(25);
    assert_eq!(bands, 1);
    assert_eq!(
        rows.iter()
            .map(|row| row.replace('…', ""))
            .collect::<Vec<_>>(),
        [
            "7月1日至9月30日 25 个窗口",
            "山西省 25 个地方，7月25日至8月31日都在受理"
        ]
    );
}

#[test]
fn bounds_are_not_days_on_which_something_opens_or_closes() {
    tell(
        "floor-and-ceiling",
        &[
            "notices/jia-2023-renewal.html",
            "provinces/99.html",
            "deadlines.html",
        ],
    );
}

#[test]
fn a_renamed_county_keeps_its_old_name_in_lists_and_its_old_address() {
    tell(
        "renamed",
        &[
            "assessments/jia-2018.html",
            "counties/990103.html",
            "counties/990104.html",
            "counties/990201.html",
            "counties/yi-gaoxin.html",
            "counties/yi-shi.html",
            "prefectures/9901.html",
        ],
    );
}

#[test]
fn measures_in_articles_are_cited_by_article() {
    tell("articles", &["notices/jia-measures.html"]);
}

#[test]
fn a_plan_without_number_date_and_issuer_says_so() {
    tell(
        "undated",
        &[
            "notices/ding-plan.html",
            "notices/index.html",
            "deadlines.html",
        ],
    );
}

#[test]
fn sessions_are_shown_in_a_table_by_day() {
    tell(
        "sessions",
        &["schedules/geng-2023.html", "counties/990201.html"],
    );
}

/// On 1 September 2023; `tests/browser/day.test.mjs` reads the same pages on other days.
#[test]
fn every_kind_of_date_has_its_state() {
    tell(
        "days",
        &["index.html", "deadlines.html", "counties/990101.html"],
    );
}

#[test]
fn a_page_that_moved_is_found_at_its_old_addresses() {
    let tree = tell(
        "moved",
        &[
            "2023/07/notice-17.html",
            "notices/ding.html",
            "notices/ding-2023.html",
            "about.html",
        ],
    );
    let map = String::from_utf8_lossy(&tree["sitemap.xml"].bytes);
    assert!(map.contains("notices/ding-2023.html") && !map.contains("notice-17"));
}

#[test]
fn every_key_shows_on_a_page() {
    let tree = tell(
        "every-key",
        &[
            "index.html",
            "notices/jia-2018.html",
            "notices/jia-2019.html",
            "notices/jia-2022.html",
            "notices/jia-2023.html",
            "pilots/jia-2023-pilots.html",
            "assessments/jia-2023-grades.html",
            "schedules/bing-2023-schedule.html",
            "counties/990101.html",
            "glossary/index.html",
            "old/jia.html",
        ],
    );
    assert!(tree.contains_key("notices/form.csv"));
    for page in [
        "checks/jia-2023-check.html",
        "leaflets/checks/jia-2023-check.html",
    ] {
        let text = String::from_utf8_lossy(&tree[page].bytes);
        assert!(text.contains("甲省办事中心"), "{page} names whom to ask");
    }
}

// ---------------------------------------------------------------- Chinese keys

/// The YAML of a file with the Chinese name of every key. Only words before a colon are keys, and only in YAML: the
/// official text after the second `---` is not changed.
fn in_chinese(path: &str, text: &str, seen: &mut BTreeSet<&'static str>) -> String {
    let (yaml, body) = if path.ends_with(".md") {
        let end = text[4..].find("\n---\n").expect("front matter") + 4;
        text.split_at(end)
    } else {
        (text, "")
    };
    let mut out = String::new();
    let mut rest = yaml;
    let mut may_be_key = true;
    while let Some(c) = rest.chars().next() {
        let word: &str = {
            let len = rest
                .find(|c: char| !c.is_ascii_lowercase() && c != '_')
                .unwrap_or(rest.len());
            &rest[..len]
        };
        let after = &rest[word.len()..];
        let is_key = may_be_key && after.starts_with(':') && after[1..].starts_with([' ', '\n']);
        if let (true, Some(key)) = (is_key, KEYS.iter().find(|key| key.english == word)) {
            seen.insert(key.english);
            out.push_str(key.chinese);
            rest = after;
            may_be_key = false;
        } else if word.is_empty() {
            out.push(c);
            rest = &rest[c.len_utf8()..];
            // A key is at the start of a line, of a list item or of a flow mapping, or after a comma in one.
            may_be_key = match c {
                '\n' | '{' => true,
                ',' => rest.starts_with(' '),
                ' ' | '-' => may_be_key,
                _ => false,
            };
        } else {
            out.push_str(word);
            rest = after;
            may_be_key = false;
        }
    }
    out + body
}

#[test]
fn a_site_with_chinese_keys_is_the_same_site() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    lay_out("every-key", folder.path());
    let english = build(folder.path());
    let mut seen = BTreeSet::new();
    for (path, bytes) in files(folder.path()) {
        if !(path.ends_with(".yaml") || path.ends_with(".md")) {
            continue;
        }
        let text = String::from_utf8(bytes).expect("UTF-8");
        let chinese = in_chinese(&path, &text, &mut seen);
        assert_ne!(text, chinese, "{path} has no key");
        fs::write(folder.path().join(path), chinese).expect("a file");
    }
    let missing: Vec<&str> = KEYS
        .iter()
        .map(|key| key.english)
        .filter(|english| !seen.contains(english))
        .collect();
    assert!(missing.is_empty(), "the story lacks {missing:?}");
    let chinese = build(folder.path());
    assert_eq!(
        english.keys().collect::<Vec<_>>(),
        chinese.keys().collect::<Vec<_>>()
    );
    for (path, file) in &english {
        assert!(file.bytes == chinese[path].bytes, "{path} differs");
    }
}

#[test]
fn keys_are_put_into_chinese_only_where_they_are_keys() {
    let mut seen = BTreeSet::new();
    let text =
        "title: a title: b\nchecked: {on: 2023-01-01, by: x}\nlist:\n  - who: by\nanother: x\n";
    let wanted = format!(
        "{}: a title: b\n{}: {{{}: 2023-01-01, {}: x}}\n{}:\n  - {}: by\nanother: x\n",
        alias("title").expect("a key"),
        alias("checked").expect("a key"),
        alias("on").expect("a key"),
        alias("by").expect("a key"),
        alias("list").expect("a key"),
        alias("who").expect("a key"),
    );
    assert_eq!(in_chinese("x.yaml", text, &mut seen), wanted);
}
