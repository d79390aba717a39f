//! What pages tell programs: JSON-LD, Open Graph, and the tags of government pages. All of it must use its vocabulary
//! and agree with what the page shows.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::OnceLock;

use jiff::civil::date;
use mingbai::output::OutputTree;
use scraper::Html;
use serde_json::Value;

use support::*;

const BASE: &str = "https://mingbai.example/";
const SHANXI: &str = "notices/shanxi-2020-renewal.html";
const YOUYU: &str = "notices/youyu-2023-plan.html";
const NATIONAL: &str = "notices/national-2023-guide.html";
const HUNAN: &str = "notices/hunan-2017-rescue.html";
const HENAN: &str = "notices/henan-2018-assessment.html";
const NOTICES: [&str; 5] = [SHANXI, YOUYU, NATIONAL, HUNAN, HENAN];

fn site() -> &'static OutputTree {
    static SITE: OnceLock<OutputTree> = OnceLock::new();
    SITE.get_or_init(|| built(repository(), date(2023, 9, 1)))
}

fn page(path: &str) -> Html {
    let file = site().get(path).unwrap_or_else(|| panic!("no {path}"));
    Html::parse_document(std::str::from_utf8(&file.bytes).expect("pages are UTF-8"))
}

/// Every indexed page.
fn pages() -> Vec<&'static str> {
    // Not indexed: former addresses, and leaflets, which are extracts of pages.
    let hidden = |path: &str| !all(&page(path), "meta[name=robots][content=noindex]").is_empty();
    site()
        .keys()
        .map(String::as_str)
        .filter(|path| path.ends_with(".html") && *path != "404.html" && !hidden(path))
        .collect()
}

fn address(path: &str) -> String {
    let short = path.strip_suffix("index.html").unwrap_or(path);
    format!("{BASE}{short}")
}

/// The objects in the graph of a page.
fn graph(path: &str) -> Vec<Value> {
    let page = page(path);
    let blocks = all(&page, "script[type='application/ld+json']");
    assert_eq!(blocks.len(), 1, "{path}");
    let text: String = blocks[0].text().collect();
    let data: Value = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{path}: {e}"));
    assert_eq!(data["@context"], "https://schema.org", "{path}");
    data["@graph"].as_array().expect("a graph").clone()
}

fn of_kind(graph: &[Value], kind: &str) -> Vec<Value> {
    graph
        .iter()
        .filter(|node| node["@type"] == kind)
        .cloned()
        .collect()
}

/// A value, or a list of values.
fn list(value: &Value) -> Vec<Value> {
    match value {
        Value::Null => Vec::new(),
        Value::Array(list) => list.clone(),
        one => vec![one.clone()],
    }
}

fn names(value: &Value) -> Vec<String> {
    let name = |v: &Value| v["name"].as_str().or(v.as_str()).map(str::to_owned);
    list(value).iter().filter_map(name).collect()
}

/// The content of a meta tag, by its `name` or `property`.
fn meta(page: &Html, name: &str) -> Option<String> {
    let tags = all(
        page,
        &format!("head > meta[name='{name}'], head > meta[property='{name}']"),
    );
    assert!(tags.len() < 2, "{name} stands twice");
    tags.first()
        .and_then(|tag| tag.attr("content"))
        .map(str::to_owned)
}

// ---------------------------------------------------------------- the vocabulary

/// The properties that schema.org gives to each type that we use (its own and those of its parents), and `@id`.
const VOCABULARY: [(&str, &str); 19] = [
    (
        "WebPage",
        "url name description inLanguage isPartOf breadcrumb lastReviewed mainEntity about",
    ),
    (
        "CollectionPage",
        "url name description inLanguage isPartOf breadcrumb about mainEntity",
    ),
    (
        "SearchResultsPage",
        "url name description inLanguage isPartOf breadcrumb",
    ),
    (
        "WebSite",
        "url name alternateName description inLanguage publisher potentialAction",
    ),
    ("SearchAction", "target query-input"),
    ("EntryPoint", "urlTemplate"),
    ("BreadcrumbList", "itemListElement"),
    ("ListItem", "position name item"),
    ("Organization", "name"),
    ("AdministrativeArea", "name url identifier containedInPlace"),
    (
        "Legislation",
        "url name inLanguage legislationIdentifier legislationType legislationDate datePublished \
         legislationDateOfApplicability expires legislationLegalForce legislationPassedBy \
         legislationJurisdiction keywords citation workExample",
    ),
    (
        "GovernmentService",
        "url name serviceType areaServed provider availableChannel subjectOf",
    ),
    ("ServiceChannel", "serviceLocation servicePhone"),
    ("Place", "name"),
    ("ContactPoint", "name telephone"),
    ("Event", "name startDate endDate location description url"),
    (
        "Dataset",
        "url name description inLanguage isAccessibleForFree temporalCoverage spatialCoverage creator \
         keywords isBasedOn distribution",
    ),
    ("DataCatalog", "url name description dataset"),
    ("DataDownload", "contentUrl encodingFormat name"),
];

fn judge(path: &str, value: &Value, seen: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| judge(path, item, seen)),
        Value::Object(node) => {
            let Some(kind) = node.get("@type").and_then(Value::as_str) else {
                // A reference to another object.
                assert!(
                    node.keys().eq(["@id"]),
                    "{path}: an object without a type: {value}"
                );
                return;
            };
            let known = VOCABULARY.iter().find(|(name, _)| *name == kind);
            let (_, properties) = known.unwrap_or_else(|| panic!("{path}: no type {kind}"));
            seen.insert(kind.to_owned());
            for (property, value) in node {
                assert!(
                    property.starts_with('@')
                        || properties.split_whitespace().any(|p| p == property),
                    "{path}: {kind} has no property {property}"
                );
                assert!(
                    !value.is_null() && value != "" && value != "原文未载明",
                    "{path}: {kind}.{property} is empty"
                );
                judge(path, value, seen);
            }
        }
        _ => {}
    }
}

#[test]
fn every_page_uses_the_vocabulary_of_schema_org() {
    let mut seen = BTreeSet::new();
    for path in pages() {
        let graph = graph(path);
        graph.iter().for_each(|node| judge(path, node, &mut seen));
    }
    for kind in [
        "WebPage",
        "CollectionPage",
        "SearchResultsPage",
        "WebSite",
        "SearchAction",
        "BreadcrumbList",
        "Legislation",
        "GovernmentService",
        "Event",
        "Dataset",
        "DataCatalog",
        "DataDownload",
        "AdministrativeArea",
    ] {
        assert!(seen.contains(kind), "no page has {kind}");
    }
    // Pages that are not indexed have no linked data.
    assert!(all(&page("404.html"), "script[type='application/ld+json']").is_empty());
}

// ---------------------------------------------------------------- same as on the page

#[test]
fn the_page_and_its_breadcrumbs_are_those_shown() {
    for path in pages() {
        let html = page(path);
        let node = &graph(path)[0];
        assert_eq!(node["url"], address(path), "{path}");
        assert_eq!(
            node["description"].as_str(),
            meta(&html, "description").as_deref(),
            "{path}"
        );
        let title = words(all(&html, "head > title")[0]);
        let name = node["name"].as_str().expect("a name");
        assert!(title.starts_with(name), "{path}: {name} / {title}");
        let way: Vec<String> = all(&html, "nav.crumbs a").into_iter().map(words).collect();
        let items = list(&node["breadcrumb"]["itemListElement"]);
        assert_eq!(items.len(), if way.is_empty() { 0 } else { way.len() + 1 });
        for (i, (item, shown)) in items.iter().zip(&way).enumerate() {
            assert_eq!(item["position"], i + 1, "{path}");
            assert_eq!(item["name"], shown.as_str(), "{path}");
        }
        if let Some(last) = items.last() {
            assert_eq!(last["item"], address(path), "{path}");
            assert_eq!(last["name"], name, "{path}");
        }
    }
}

/// The rows of 文件信息, from name to words.
fn rows(html: &Html) -> BTreeMap<String, String> {
    all(html, "dl.meta > div")
        .into_iter()
        .map(|row| {
            let name = words(within(row, "dt")[0]);
            let value = within(row, "dd > :not(small)");
            let items = within(row, "dd li");
            let shown: Vec<String> = if items.is_empty() {
                value.into_iter().map(words).collect()
            } else {
                items.into_iter().map(words).collect()
            };
            (name, shown.join("、"))
        })
        .collect()
}

#[test]
fn a_notice_is_the_legislation_that_its_page_shows() {
    const NONE: &str = "原文未载明";
    for path in NOTICES {
        let html = page(path);
        let rows = rows(&html);
        let found = of_kind(&graph(path), "Legislation");
        assert_eq!(found.len(), 1, "{path}");
        let law = &found[0];
        let said = |value: &Value| value.as_str().unwrap_or(NONE).to_owned();
        let joined = |value: &Value| match names(value) {
            list if list.is_empty() => NONE.to_owned(),
            list => list.join("、"),
        };
        assert_eq!(law["name"], words(all(&html, "h1")[0]).as_str(), "{path}");
        assert_eq!(said(&law["legislationIdentifier"]), rows["发文字号"]);
        assert_eq!(joined(&law["legislationPassedBy"]), rows["发文机关"]);
        assert_eq!(joined(&law["keywords"]), rows["主题分类"]);
        assert_eq!(joined(&law["legislationJurisdiction"]), rows["适用地区"]);
        let cited: Vec<String> = list(&law["citation"])
            .iter()
            .map(|c| c["name"].as_str().unwrap_or_default().to_owned())
            .collect();
        assert_eq!(cited.len(), all(&html, "ol.cited > li").len(), "{path}");
        // None of the five documents says how long it is in force.
        assert!(law.get("legislationLegalForce").is_none(), "{path}");
    }
    for (path, number, day, by) in [
        (
            SHANXI,
            Some("晋教助学〔2020〕7号"),
            Some("2020-07-15"),
            vec!["山西省学生助学贷款管理中心"],
        ),
        (YOUYU, None, None, vec![]),
        (
            NATIONAL,
            None,
            None,
            vec!["全国学生资助管理中心", "国家开发银行普惠金融部"],
        ),
        (
            HUNAN,
            None,
            Some("2017-08-24"),
            vec!["湖南省教育厅", "国家开发银行湖南省分行"],
        ),
        (
            HENAN,
            Some("教资助函〔2019〕192号"),
            None,
            vec!["河南省教育厅", "国家开发银行河南省分行"],
        ),
    ] {
        let law = &of_kind(&graph(path), "Legislation")[0];
        assert_eq!(law["legislationIdentifier"].as_str(), number, "{path}");
        assert_eq!(law["legislationDate"].as_str(), day, "{path}");
        assert_eq!(names(&law["legislationPassedBy"]), by, "{path}");
    }
}

#[test]
fn windows_are_events_and_a_lower_bound_is_not_an_end() {
    for path in ["schedules/youyu-2023.html", "counties/140623.html"] {
        let events = of_kind(&graph(path), "Event");
        let said: Vec<(&str, &str, &str, &str)> = events
            .iter()
            .map(|e| {
                let text = |key: &str| e[key].as_str().unwrap_or_default();
                (
                    text("name"),
                    text("startDate"),
                    text("endDate"),
                    text("url"),
                )
            })
            .collect();
        assert_eq!(
            said,
            [
                (
                    "右玉县 贷款受理",
                    "2023-07-17",
                    "2023-09-25",
                    "https://mingbai.example/notices/youyu-2023-plan.html#c9-1"
                ),
                (
                    "右玉县 合同变更",
                    "2023-07-17",
                    "2023-09-25",
                    "https://mingbai.example/notices/youyu-2023-plan.html#c9-2"
                ),
            ],
            "{path}"
        );
        let service = &of_kind(&graph(path), "GovernmentService")[0];
        assert_eq!(service["areaServed"]["name"], "右玉县");
        assert_eq!(
            service["availableChannel"]["serviceLocation"]["name"],
            "教育局一楼大厅"
        );
        // The plan gives neither an issuer nor a telephone number.
        assert!(service.get("provider").is_none());
        let shown: BTreeSet<String> = all(&page(path), "time")
            .iter()
            .filter_map(|t| t.attr("datetime"))
            .map(str::to_owned)
            .collect();
        assert!(shown.contains("2023-07-17") && shown.contains("2023-09-25"));
    }
    assert!(of_kind(&graph(SHANXI), "Event").is_empty());
}

#[test]
fn lists_are_datasets_with_their_source() {
    for (path, year, place, number) in [
        (
            "pilots/shanxi-2020-remote.html",
            "2020",
            "山西省",
            "晋教助学〔2020〕7号",
        ),
        (
            "assessments/henan-2018.html",
            "2018",
            "河南省",
            "教资助函〔2019〕192号",
        ),
    ] {
        let data = &of_kind(&graph(path), "Dataset")[0];
        assert_eq!(data["name"], words(all(&page(path), "h1")[0]).as_str());
        assert_eq!(data["temporalCoverage"], year);
        assert_eq!(data["spatialCoverage"]["name"], place);
        assert_eq!(data["isBasedOn"]["legislationIdentifier"], number);
        let kinds: Vec<String> = list(&data["distribution"])
            .iter()
            .map(|file| {
                let address = file["contentUrl"].as_str().expect("an address");
                let file_path = address.strip_prefix(BASE).expect("an own file");
                assert!(site().contains_key(file_path), "{path}: no {file_path}");
                let shown = all(&page(path), "main a[download]")
                    .iter()
                    .filter_map(|a| a.attr("href"))
                    .any(|href| resolve(path, href) == file_path);
                assert!(shown, "{path} does not offer {file_path}");
                file["encodingFormat"]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned()
            })
            .collect();
        assert_eq!(
            kinds,
            [
                "text/csv",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                "application/json"
            ]
        );
    }
}

#[test]
fn the_home_page_describes_the_search() {
    let site = &of_kind(&graph("index.html"), "WebSite")[0];
    let action = &site["potentialAction"];
    let template = action["target"]["urlTemplate"]
        .as_str()
        .expect("a template");
    let (address, field) = template.split_once('?').expect("a question");
    let path = address.strip_prefix(BASE).expect("a page of this site");
    let form = page(path);
    let field = field
        .strip_suffix("={search_term_string}")
        .expect("a field");
    assert_eq!(
        all(&form, &format!("form input[name={field}]")).len(),
        1,
        "the form has no field {field}"
    );
    assert_eq!(action["query-input"], "required name=search_term_string");
}

#[test]
fn no_text_can_end_the_script_element() {
    let site = tempfile::tempdir().expect("a temporary folder");
    let stories = tests_folder("stories");
    copy(
        &repository().join("themes/mingbai"),
        &site.path().join("themes/mingbai"),
    );
    copy(&stories.join("regions"), site.path());
    for part in ["content", "data"] {
        copy(
            &stories.join("every-key").join(part),
            &site.path().join(part),
        );
    }
    let path = site.path().join("content/notices/jia-2022.md");
    let text = fs::read_to_string(&path).expect("a notice");
    let title = "办法</script><script>alert(1)</script><!--";
    let lines: Vec<String> = text
        .lines()
        .map(|line| match line.strip_prefix("title:") {
            Some(_) => format!("title: {title}"),
            None => line.to_owned(),
        })
        .collect();
    fs::write(&path, lines.join("\n") + "\n").expect("written");
    let tree = built(site.path(), date(2023, 9, 1));
    let file = &tree["notices/jia-2022.html"];
    let html = Html::parse_document(std::str::from_utf8(&file.bytes).expect("UTF-8"));
    let scripts = all(&html, "script:not([src])");
    assert_eq!(scripts.len(), 1);
    let data: Value =
        serde_json::from_str(&scripts[0].text().collect::<String>()).expect("sound JSON");
    assert_eq!(data["@graph"][0]["name"], title);
}

// ---------------------------------------------------------------- Open Graph, government tags

#[test]
fn every_page_can_be_shared_with_a_picture() {
    let mut pictures = BTreeSet::new();
    for path in pages() {
        let html = page(path);
        let tag = |name: &str| meta(&html, name).unwrap_or_else(|| panic!("{path}: no {name}"));
        assert_eq!(tag("og:url"), address(path));
        assert_eq!(tag("og:title"), tag("ArticleTitle"), "{path}");
        assert_eq!(tag("og:description"), tag("description"), "{path}");
        assert_eq!(tag("og:site_name"), "明白·助学贷款政策");
        assert_eq!(tag("og:locale"), "zh_CN");
        assert!(!tag("og:type").is_empty() && !tag("og:image:alt").is_empty());
        pictures.insert((
            tag("og:image"),
            tag("og:image:width"),
            tag("og:image:height"),
        ));
    }
    let [(picture, width, height)] = &pictures.into_iter().collect::<Vec<_>>()[..] else {
        panic!("more than one picture");
    };
    let path = picture.strip_prefix(BASE).expect("an own picture");
    let bytes = &site()[path].bytes;
    assert!(bytes.starts_with(b"\x89PNG\r\n\x1a\n"), "{path} is no PNG");
    let number = |at: usize| {
        u32::from_be_bytes(bytes[at..at + 4].try_into().expect("four bytes")).to_string()
    };
    assert_eq!((&number(16), &number(20)), (width, height));
    assert!(bytes.len() < 20_000, "{} bytes", bytes.len());
}

#[test]
fn every_page_has_the_seven_tags_of_government_pages() {
    for path in pages() {
        let html = page(path);
        for name in [
            "SiteName",
            "SiteDomain",
            "ColumnName",
            "ArticleTitle",
            "PubDate",
            "ContentSource",
        ] {
            let tag = meta(&html, name).unwrap_or_default();
            assert!(!tag.is_empty(), "{path}: no {name}");
        }
        // A site without a code has no such tag; an empty one is not allowed.
        assert_eq!(meta(&html, "SiteIDCode"), None);
    }
}

#[test]
fn the_columns_of_a_document_are_tags_with_the_words_shown() {
    for path in NOTICES {
        let html = page(path);
        let rows = rows(&html);
        for name in [
            "索引号",
            "主题分类",
            "发文机关",
            "成文日期",
            "发文字号",
            "发布日期",
            "有效性",
        ] {
            let shown = rows
                .get(name)
                .unwrap_or_else(|| panic!("{path}: no {name}"));
            assert!(!shown.is_empty(), "{path}: {name}");
            assert_eq!(meta(&html, name).as_ref(), Some(shown), "{path}: {name}");
        }
    }
    let shanxi = page(SHANXI);
    assert_eq!(meta(&shanxi, "成文日期").as_deref(), Some("2020年7月15日"));
    assert_eq!(meta(&shanxi, "发布日期").as_deref(), Some("原文未载明"));
}
