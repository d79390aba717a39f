//! Calendars and feeds: their contents, the stability of their ids, and the links to them on pages.
//!
//! Independent programs read the same files in tests/validators/calendars.py.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use jiff::civil::date;
use mingbai::config::{BaseUrl, Config};
use mingbai::diag::Sink;
use mingbai::output::OutputTree;
use mingbai::{pipeline, sources};
use scraper::Html;

use support::*;

const YOUYU: &str = "calendar/counties/140623.ics";

fn text(tree: &OutputTree, path: &str) -> String {
    let file = tree.get(path).unwrap_or_else(|| panic!("no {path}"));
    String::from_utf8(file.bytes.to_vec()).unwrap_or_else(|_| panic!("{path} is no UTF-8"))
}

/// The events of a calendar, each as a list of unfolded lines.
fn events(tree: &OutputTree, path: &str) -> Vec<Vec<String>> {
    let whole = text(tree, path).replace("\r\n ", "");
    whole
        .split("BEGIN:VEVENT\r\n")
        .skip(1)
        .map(|event| event.split("\r\n").map(str::to_owned).collect())
        .collect()
}

/// The value of a line of an event.
fn value<'a>(event: &'a [String], name: &str) -> &'a str {
    event
        .iter()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
        .unwrap_or_else(|| panic!("no {name} in {event:#?}"))
}

fn uids(tree: &OutputTree, path: &str) -> BTreeSet<String> {
    events(tree, path)
        .iter()
        .map(|event| value(event, "UID").to_owned())
        .collect()
}

fn calendars(tree: &OutputTree) -> Vec<&str> {
    tree.keys()
        .map(String::as_str)
        .filter(|path| path.ends_with(".ics"))
        .collect()
}

fn real() -> &'static OutputTree {
    static SITE: OnceLock<OutputTree> = OnceLock::new();
    SITE.get_or_init(|| built(repository(), date(2026, 11, 25)))
}

// ---------------------------------------------------------------- the real site

/// 右玉县: “贷款受理时间：2023年7月17日--9月25日”. DTEND is the first day that is no longer part of the window.
#[test]
fn the_windows_of_youyu_are_whole_days_and_end_after_their_last_day() {
    let site = real();
    let loan: Vec<Vec<String>> = events(site, YOUYU)
        .into_iter()
        .filter(|event| value(event, "SUMMARY") == "右玉县 贷款受理")
        .collect();
    assert_eq!(loan.len(), 1);
    let loan = &loan[0];
    assert_eq!(value(loan, "DTSTART;VALUE=DATE"), "20230717");
    assert_eq!(value(loan, "DTEND;VALUE=DATE"), "20230926");
    assert_eq!(
        value(loan, "URL"),
        "https://mingbai.example/notices/youyu-2023-plan.html#c9-1"
    );
    let about = value(loan, "DESCRIPTION");
    assert!(
        about.contains("原文：贷款受理时间：2023年7月17日--9月25日"),
        "{about}"
    );
    assert!(about.contains("《右玉县2023年受理方案》九1"), "{about}");
}

/// 山西省2020年通知: 7月27日前启动, 截止不得早于9月25日. Neither is a day on which something opens or closes.
#[test]
fn a_lower_bound_is_never_shown_as_an_end() {
    let site = real();
    for path in calendars(site) {
        for event in events(site, path) {
            let summary = value(&event, "SUMMARY");
            if !summary.contains("续贷受理：") {
                continue;
            }
            let (first, end) = (
                value(&event, "DTSTART;VALUE=DATE"),
                value(&event, "DTEND;VALUE=DATE"),
            );
            match first {
                "20200727" => assert_eq!(
                    (end, summary),
                    (
                        "20200728",
                        "山西省 续贷受理：最晚2020年7月27日开始，开始日未载明"
                    )
                ),
                "20200925" => assert_eq!(
                    (end, summary),
                    (
                        "20200926",
                        "山西省 续贷受理：最早2020年9月25日结束，截止日未载明"
                    )
                ),
                _ => panic!("{path}: {event:#?}"),
            }
        }
    }
}

#[test]
fn students_and_offices_have_separate_calendars() {
    let site = real();
    for path in calendars(site) {
        let offices = path.ends_with("-offices.ics");
        for event in events(site, path) {
            let about = value(&event, "DESCRIPTION");
            assert_eq!(
                about.starts_with("给机构的时限"),
                offices,
                "{path}: {about}"
            );
        }
    }
    // Nine duties in the notice of Shanxi, and the yearly one of the national guide.
    assert_eq!(events(site, "calendar/provinces/14-offices.ics").len(), 10);
}

#[test]
fn yearly_duties_recur_and_dates_without_a_year_are_left_out() {
    let site = real();
    let yearly = &events(site, "calendar/provinces/41-offices.ics");
    assert_eq!(yearly.len(), 1, "6月底 is no day");
    assert_eq!(value(&yearly[0], "DTSTART;VALUE=DATE"), "20240131");
    assert_eq!(value(&yearly[0], "RRULE"), "FREQ=YEARLY");
    let deadlines = text(site, "deadlines.html");
    assert!(deadlines.contains("6月底（原文未写年份）"));
}

#[test]
fn reminders_come_a_week_before_the_end_and_not_for_past_windows() {
    let alarms = |today| {
        let events = events(&built(repository(), today), YOUYU);
        let alarm = |event: &Vec<String>| {
            event
                .contains(&"BEGIN:VALARM".to_owned())
                .then(|| value(event, "TRIGGER;RELATED=END").to_owned())
        };
        events.iter().filter_map(alarm).collect::<Vec<_>>()
    };
    // DTEND is midnight at the start of 26 September; seven days and fifteen hours earlier is 9 o'clock on the 18th.
    assert_eq!(alarms(date(2023, 9, 25)), ["-P7DT15H", "-P7DT15H"]);
    assert!(alarms(date(2023, 9, 26)).is_empty());
}

#[test]
fn pages_offer_only_calendars_that_exist() {
    let site = real();
    for (path, wanted) in [
        ("counties/140623.html", "calendar/counties/140623.ics"),
        ("schedules/youyu-2023.html", "calendar/counties/140623.ics"),
        ("provinces/14.html", "calendar/provinces/14.ics"),
        ("prefectures/1406.html", "calendar/prefectures/1406.ics"),
        ("topics/renewal.html", "calendar/topics/renewal.ics"),
        ("deadlines.html", "calendar/all.ics"),
        ("deadlines.html", "calendar/all-offices.ics"),
    ] {
        let page = Html::parse_document(&text(site, path));
        let links: Vec<&str> = all(&page, "main aside.ics a")
            .iter()
            .filter_map(|a| a.attr("href"))
            .collect();
        let download = links.iter().any(|href| resolve(path, href) == wanted);
        assert!(download, "{path} does not offer {wanted}: {links:?}");
        let webcal = format!("webcal://mingbai.example/{wanted}");
        assert!(links.contains(&webcal.as_str()), "{path}: {links:?}");
        assert!(site.contains_key(wanted));
    }
    // For a county of Henan no date concerns students, so no calendar is offered to them.
    let page = Html::parse_document(&text(site, "counties/410105.html"));
    assert_eq!(all(&page, "aside.ics").len(), 1);
    assert_eq!(all(&page, "aside.ics-o").len(), 1);
    for (path, feed) in [
        ("counties/140623.html", "feeds/counties/140623.xml"),
        ("topics/renewal.html", "feeds/topics/renewal.xml"),
    ] {
        let page = Html::parse_document(&text(site, path));
        let found = all(
            &page,
            "head > link[rel=alternate][type='application/atom+xml']",
        );
        let found = found
            .iter()
            .any(|link| link.attr("href").is_some_and(|h| resolve(path, h) == feed));
        assert!(found, "{path}: {feed}");
    }
    assert!(!site.contains_key("feeds/counties/410105.xml"));
}

// ---------------------------------------------------------------- small sites

/// The story `sessions`, in a temporary folder.
fn story(name: &str) -> tempfile::TempDir {
    let site = tempfile::tempdir().expect("a temporary folder");
    let stories = tests_folder("stories");
    copy(
        &repository().join("themes/mingbai"),
        &site.path().join("themes/mingbai"),
    );
    copy(&stories.join("regions"), site.path());
    for part in ["content", "data"] {
        copy(&stories.join(name).join(part), &site.path().join(part));
    }
    site
}

fn edit(site: &Path, path: &str, changes: &[(&str, &str)]) {
    let mut text = fs::read_to_string(site.join(path)).unwrap_or_else(|e| panic!("{path}: {e}"));
    for (old, new) in changes {
        assert!(text.contains(old), "{path} has no {old}");
        text = text.replace(old, new);
    }
    write_files(site, [(path, text.as_str())]);
}

fn build(site: &Path, base_url: Option<&str>) -> OutputTree {
    let mut sink = Sink::default();
    let sources = sources::read(site, &mut sink).expect("a site folder that can be read");
    let config = Config {
        today: date(2023, 9, 1),
        base_url: base_url.map(|url| BaseUrl::parse(url).expect("an address")),
        advice: false,
        draft: false,
        part: None,
    };
    let tree = pipeline::build(&sources, &config, &mut sink).tree;
    assert!(!tree.is_empty(), "the site does not build");
    tree
}

/// The path of the only calendar of a county for students.
fn county(tree: &OutputTree) -> String {
    let found: Vec<&str> = calendars(tree)
        .into_iter()
        .filter(|path| path.starts_with("calendar/counties/") && !path.contains("-offices"))
        .collect();
    assert!(!found.is_empty());
    found[0].to_owned()
}

#[test]
fn sessions_are_days_at_a_place_and_only_in_the_calendar_of_their_county() {
    let site = story("sessions");
    let tree = build(site.path(), None);
    let found = events(&tree, &county(&tree));
    assert_eq!(found.len(), 2);
    assert_eq!(value(&found[0], "SUMMARY"), "庚县 首贷");
    assert_eq!(value(&found[0], "LOCATION"), "庚县 东乡中学");
    assert_eq!(value(&found[0], "DTSTART;VALUE=DATE"), "20230830");
    assert_eq!(value(&found[0], "DTEND;VALUE=DATE"), "20230831");
    assert_eq!(value(&found[1], "DTSTART;VALUE=DATE"), "20230902");
    let about = value(&found[1], "DESCRIPTION");
    assert!(
        about.contains("上午40名\\n下午40名\\n电话：12345"),
        "{about}"
    );
    // On 1 September one session is over and the other is tomorrow.
    assert!(!found[0].contains(&"BEGIN:VALARM".to_owned()));
    assert_eq!(value(&found[1], "TRIGGER;RELATED=END"), "-P1DT15H");
    assert_eq!(calendars(&tree).len(), 1);
}

#[test]
fn ids_of_events_stay_when_dates_order_titles_and_file_names_change() {
    let site = story("every-key");
    let before = build(site.path(), None);
    let path = county(&before);
    let names = uids(&before, &path);
    assert!(names.len() > 2);
    let file = "data/schedules/bing-2023-schedule.yaml";
    edit(
        site.path(),
        file,
        &[
            ("title: 丙县2023年受理安排", "title: 丙县的安排"),
            ("date: 2023-07-10", "date: 2023-07-12"),
        ],
    );
    let after = build(site.path(), None);
    assert_ne!(text(&before, &path), text(&after, &path));
    assert_eq!(names, uids(&after, &path));
    // Renamed, with the old address in `formerly`.
    let text = fs::read_to_string(site.path().join(file)).expect("the schedule");
    fs::remove_file(site.path().join(file)).expect("removed");
    write_files(
        site.path(),
        [(
            "data/schedules/bing.yaml",
            format!("formerly: [schedules/bing-2023-schedule.html]\n{text}").as_str(),
        )],
    );
    let renamed = build(site.path(), None);
    assert_eq!(names, uids(&renamed, &path));
    // Events of another site have other ids, even with the same words.
    let elsewhere = build(site.path(), Some("https://gov.example/zizhu/"));
    assert!(names.is_disjoint(&uids(&elsewhere, &path)));
}

#[test]
fn with_a_base_path_addresses_are_absolute() {
    let site = story("every-key");
    let tree = build(site.path(), Some("https://gov.example/zizhu/"));
    let path = county(&tree);
    let calendar = text(&tree, &path).replace("\r\n ", "");
    assert!(
        calendar.contains(&format!(
            "SOURCE;VALUE=URI:https://gov.example/zizhu/{path}\r\n"
        )),
        "{calendar}"
    );
    let page = path.replace("calendar/", "").replace(".ics", ".html");
    let page = Html::parse_document(&text(&tree, &page));
    let webcal = format!("webcal://gov.example/zizhu/{path}");
    assert!(
        all(&page, "aside.ics a")
            .iter()
            .any(|a| a.attr("href") == Some(webcal.as_str())),
        "no {webcal}"
    );
}

#[test]
fn entries_of_feeds_keep_their_ids_when_titles_and_file_names_change() {
    let ids = |tree: &OutputTree, path: &str| -> BTreeSet<String> {
        text(tree, path)
            .split("<entry>")
            .skip(1)
            .filter_map(|entry| entry.split("<id>").nth(1)?.split("</id>").next())
            .map(str::to_owned)
            .collect()
    };
    let site = story("every-key");
    let feed = "feeds/topics/renewal.xml";
    let before = build(site.path(), None);
    edit(
        site.path(),
        "content/notices/jia-2023.md",
        &[("title: 甲省关于公布", "title: 甲省公布")],
    );
    let after = build(site.path(), None);
    assert!(text(&after, feed).contains("甲省公布"));
    assert_eq!(ids(&before, feed), ids(&after, feed));
    assert_eq!(ids(&before, "atom.xml"), ids(&after, "atom.xml"));
    assert!(
        ids(&before, feed)
            .iter()
            .all(|id| id.starts_with("urn:uuid:"))
    );
}
