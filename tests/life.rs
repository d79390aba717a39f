//! The life of a document: what pages, lists, search, calendars, feeds and data say of one that was repealed, replaced, withdrawn or
//! corrected. The site is tests/life.

mod support;

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::sync::LazyLock;

use jiff::civil::{Date, date};
use mingbai::diag::Sink;
use mingbai::output::OutputTree;
use mingbai::search::engine::{Answer, Engine};
use mingbai::search::{self, format};
use mingbai::{link, sources};
use scraper::Html;
use serde_json::Value;
use tempfile::TempDir;

use support::*;

const OLD: &str = "notices/bing-2023.html";
const NEW: &str = "notices/bing-2023-new.html";
const SCHEDULE: &str = "schedules/bing-2023-schedule.html";
const COUNTY: &str = "counties/990101.html";
const CALENDAR: &str = "calendar/counties/990101.ics";

/// Words that are only in the document that was withdrawn.
const SECRET: &str = "梧桐";

fn laid_out() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    copy(&repository().join("themes"), &folder.path().join("themes"));
    copy(&tests_folder("stories").join("regions"), folder.path());
    copy(&tests_folder("life"), folder.path());
    folder
}

fn site(today: Date) -> OutputTree {
    built(laid_out().path(), today)
}

/// After the repeal on 15 August, before the last day of the window.
static AFTER: LazyLock<OutputTree> = LazyLock::new(|| site(date(2023, 9, 1)));

fn text(path: &str) -> String {
    let file = AFTER.get(path).unwrap_or_else(|| panic!("no {path}"));
    String::from_utf8(file.bytes.to_vec()).unwrap_or_else(|_| panic!("{path} is not UTF-8"))
}

fn page(path: &str) -> Html {
    Html::parse_document(&text(path))
}

/// The words of the elements, joined.
fn said(path: &str, css: &str) -> String {
    let page = page(path);
    let found: Vec<String> = all(&page, css).into_iter().map(words).collect();
    found.join(" | ")
}

#[test]
fn a_repealed_document_names_the_one_that_repealed_it_and_its_words() {
    let banner = said(OLD, ".banner.ended");
    assert!(banner.contains("本文件自2023年8月15日起废止"), "{banner}");
    assert!(banner.contains("丙县助学贷款受理办法"), "{banner}");
    assert!(banner.contains("同时废止"), "{banner}");
    let old = page(OLD);
    let links = all(&old, ".banner.ended a").into_iter();
    let links: Vec<&str> = links.filter_map(|link| link.attr("href")).collect();
    for target in ["bing-2023-new.html", "bing-2023-new.html#c3"] {
        assert!(links.iter().any(|link| link.ends_with(target)), "{links:?}");
    }
    assert!(said(OLD, ".lead-bits .state").contains("已废止"));
    // The newer one says what it ended.
    assert!(said(NEW, ".banner.ends").contains("丙县2023年助学贷款受理方案"));
    assert!(said(NEW, ".lead-bits .state").contains("现行有效"));
}

#[test]
fn a_document_that_another_one_replaced_names_it_although_it_is_not_here() {
    let banner = said("notices/jia-2020.html", ".banner.ended");
    assert!(banner.contains("本文件自2022年3月1日起被代替"), "{banner}");
    assert!(banner.contains("甲省续贷工作指引（2022年版）"), "{banner}");
    assert!(banner.contains("甲教助〔2022〕9号"), "{banner}");
    assert!(banner.contains("本站没有收录"), "{banner}");
}

#[test]
fn what_is_based_on_it_says_so_and_presents_no_window_as_open() {
    for path in [SCHEDULE, COUNTY, "checks/bing.html"] {
        let banner = said(path, ".banner.ended");
        assert!(
            banner.contains("丙县2023年方案》自2023年8月15日起废止"),
            "{path}: {banner}"
        );
        assert!(banner.contains("丙县助学贷款受理办法"), "{path}: {banner}");
    }
    for path in [OLD, SCHEDULE, COUNTY, "index.html", "deadlines.html"] {
        let states = said(path, ".state");
        assert!(!states.contains("受理中"), "{path}: {states}");
        assert!(!states.contains("即将截止"), "{path}: {states}");
    }
    assert!(said(SCHEDULE, ".state").contains("已废止"));
    assert!(said("deadlines.html", ".state").contains("已废止"));
    let leaflet = said("leaflets/schedules/bing-2023-schedule.html", "body");
    assert!(leaflet.contains("自2023年8月15日起废止"), "{leaflet}");
}

#[test]
fn before_the_day_the_window_is_open() {
    let tree = site(date(2023, 8, 1));
    let text = String::from_utf8_lossy(&tree[SCHEDULE].bytes).into_owned();
    let schedule = Html::parse_document(&text);
    let states: Vec<String> = all(&schedule, ".state").into_iter().map(words).collect();
    assert!(states.iter().any(|state| state == "受理中"), "{states:?}");
    // The script knows the day on which that changes.
    assert!(text.contains("2023-08-15 repealed"));
    let old = Html::parse_document(&String::from_utf8_lossy(&tree[OLD].bytes));
    let banner: String = all(&old, ".banner.ended").into_iter().map(words).collect();
    assert!(banner.contains("自2023年8月15日起废止"), "{banner}");
}

#[test]
fn lists_show_the_state() {
    let list = page("notices/index.html");
    let items: BTreeMap<String, String> = all(&list, ".doc")
        .into_iter()
        .map(|item| {
            let word = |css| within(item, css).into_iter().map(words).collect::<String>();
            (word(".doc-title"), word(".state"))
        })
        .collect();
    assert_eq!(items["丙县2023年助学贷款受理方案"], "已废止");
    assert_eq!(items["甲省续贷工作指引"], "已被代替");
    assert_eq!(items["甲省续贷电话的通知"], "已撤下");
    assert_eq!(items["丙县助学贷款受理办法"], "现行有效");
}

// ---------------------------------------------------------------- search

fn asked(question: &str) -> Answer {
    let files: HashMap<String, String> = AFTER
        .iter()
        .filter_map(|(path, file)| {
            let name = format::name_of(path)?.to_owned();
            Some((name, String::from_utf8_lossy(&file.bytes).into_owned()))
        })
        .collect();
    let folder = laid_out();
    let mut sink = Sink::default();
    let sources = sources::read(folder.path(), &mut sink).expect("the site");
    let words = search::folder(&link::load(&sources, &mut sink).regions);
    let engine = Engine::new(&words, "2023-09-01".into(), |name| files.get(name).cloned());
    engine.expect("the entry of the index").ask(question, 10)
}

#[test]
fn a_repealed_document_is_found_below_its_successor_with_its_state() {
    let found = asked("丙县助学贷款受理").found;
    let at = |page: &str| found.iter().position(|one| one.url == page);
    let (old, new) = (at(OLD).expect("the old one"), at(NEW).expect("the new one"));
    assert!(new < old, "{new} {old}");
    let state = found[old].state.as_ref().expect("a state");
    assert!(state.is_ended("2023-09-01") && !state.is_ended("2023-08-14"));
}

#[test]
fn the_answer_from_a_repealed_document_says_so_and_names_the_one_that_holds() {
    let card = asked("丙县一天办多少人").card.expect("a card");
    let fact = &card.facts[0].text;
    assert!(fact.contains("30名"), "{fact}");
    assert!(
        fact.contains("自2023年8月15日起废止，现在看《丙县助学贷款受理办法》"),
        "{fact}"
    );
}

// ---------------------------------------------------------------- calendars, data

/// The events of a calendar by their first day and what they are called.
fn events() -> Vec<String> {
    let whole = text(CALENDAR).replace("\r\n ", "");
    whole
        .split("BEGIN:VEVENT\r\n")
        .skip(1)
        .map(str::to_owned)
        .collect()
}

#[test]
fn events_after_the_repeal_are_cancelled_and_those_that_go_on_end() {
    let events = events();
    let with = |words: &str| {
        let found = events.iter().find(|event| event.contains(words));
        found.unwrap_or_else(|| panic!("no {words} in {events:#?}"))
    };
    let window = with("SUMMARY:丙县 贷款受理");
    assert!(window.contains("DTSTART;VALUE=DATE:20230710"), "{window}");
    assert!(window.contains("DTEND;VALUE=DATE:20230815"), "{window}");
    assert!(
        !window.contains("CANCELLED") && !window.contains("VALARM"),
        "{window}"
    );
    for day in ["20230820", "20230915"] {
        let event = with(&format!("DTSTART;VALUE=DATE:{day}"));
        assert!(event.contains("STATUS:CANCELLED"), "{event}");
        assert!(event.contains("（已废止）"), "{event}");
        assert!(!event.contains("VALARM"), "{event}");
    }
    assert!(!with("DTSTART;VALUE=DATE:20230712").contains("CANCELLED"));
}

#[test]
fn programs_read_the_state() {
    let json: Value = serde_json::from_str(&text("api/v1/documents/bing-2023.json")).expect("JSON");
    let row = &json["document"];
    assert_eq!(row["validity"], "已废止");
    assert_eq!(row["repealed_on"], "2023-08-15");
    assert_eq!(row["ended_by_document"], "bing-2023-new");
    assert_eq!(json["windows"][0]["state"], "已废止");
    let old = text(OLD);
    assert!(old.contains("https://schema.org/NotInForce"));
    assert!(old.contains("\"expires\":\"2023-08-14\""));
    let new = text(NEW);
    assert!(new.contains("\"legislationRepeals\""), "{new}");
    assert!(new.contains("https://schema.org/InForce"));
}

// ---------------------------------------------------------------- corrections

#[test]
fn a_mistake_of_the_site_is_shown_with_its_day() {
    for (path, right) in [
        (OLD, "9月20日"),
        (SCHEDULE, "每天30名"),
        (COUNTY, "每天30名"),
    ] {
        let words = said(path, ".banner.corrected");
        assert!(
            words.contains("更正") && words.contains(right),
            "{path}: {words}"
        );
    }
    let words = said(SCHEDULE, ".banner.corrected");
    for part in ["2023年7月1日", "每天的名额", "每天20名", "录入时看错了行"] {
        assert!(words.contains(part), "{words}");
    }
}

#[test]
fn a_mistake_of_the_site_is_in_the_data_and_in_the_feeds() {
    let rows = text("data/corrections.csv");
    let row = rows
        .lines()
        .find(|line| line.starts_with("bing-2023-schedule.e1"));
    let row = row.expect("a row");
    for part in [
        "本站",
        "每天20名",
        "每天30名",
        "2023-07-01",
        "#correction-1",
    ] {
        assert!(row.contains(part), "{row}");
    }
    assert!(AFTER.contains_key("data/corrections.xlsx"));
    for feed in [
        "atom.xml",
        "feeds/topics/renewal.xml",
        "feeds/counties/990101.xml",
    ] {
        let feed_text = text(feed);
        assert!(
            feed_text.contains("更正：丙县2023年受理安排（每天的名额）"),
            "{feed}"
        );
        assert!(
            feed_text.contains("schedules/bing-2023-schedule.html#correction-1"),
            "{feed}"
        );
        assert!(
            feed_text.contains("原来写“每天20名”，应为“每天30名”"),
            "{feed}"
        );
    }
}

// ---------------------------------------------------------------- withdrawn

#[test]
fn a_withdrawn_document_keeps_its_address_and_says_why() {
    let words = said("notices/jia-2021-secret.html", "main");
    for part in [
        "已经撤下",
        "2023年7月2日",
        "甲省教育厅",
        "原文里有个人信息，正在处理",
    ] {
        assert!(words.contains(part), "{words}");
    }
    let json: Value =
        serde_json::from_str(&text("api/v1/documents/jia-2021-secret.json")).expect("JSON");
    assert_eq!(json["document"]["validity"], "已撤下");
    assert_eq!(json["document"]["withdrawn_on"], "2023-07-02");
}

#[test]
fn the_words_of_a_withdrawn_document_are_published_nowhere() {
    for (path, file) in AFTER.iter() {
        let found = String::from_utf8_lossy(&file.bytes).contains(SECRET);
        assert!(!found, "{path} has words of a document that was withdrawn");
    }
    assert!(!AFTER.contains_key("leaflets/notices/jia-2021-secret.html"));
    assert!(asked("梧桐树").found.is_empty());
    // Without the key they are.
    let folder = laid_out();
    let path = folder.path().join("content/notices/jia-2021-secret.md");
    let source = fs::read_to_string(&path).expect("a file");
    let kept = source.lines().filter(|line| !line.starts_with("withdrawn"));
    let kept: Vec<&str> = kept.collect();
    fs::write(&path, kept.join("\n")).expect("a file");
    let tree = built(folder.path(), date(2023, 9, 1));
    let pages = tree
        .values()
        .filter(|file| String::from_utf8_lossy(&file.bytes).contains(SECRET));
    assert!(pages.count() > 3);
}
