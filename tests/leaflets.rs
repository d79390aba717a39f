//! Leaflets (明白卡) of the repository's own site: their contents, compared with a separate reading of the five
//! documents, and what they say they leave out. A browser test checks that each is one page of paper
//! (tests/browser/leaflets.test.mjs).

mod support;

use std::sync::OnceLock;

use jiff::civil::date;
use mingbai::output::OutputTree;
use scraper::Html;

use support::*;

const YOUYU: &str = "leaflets/schedules/youyu-2023.html";
const SHANXI: &str = "leaflets/notices/shanxi-2020-renewal.html";
const HUNAN: &str = "leaflets/notices/hunan-2017-rescue.html";
const RESCUE: &str = "leaflets/checks/hunan-rescue.html";

/// A day in the season of 右玉县.
fn site() -> &'static OutputTree {
    static SITE: OnceLock<OutputTree> = OnceLock::new();
    SITE.get_or_init(|| built(repository(), date(2023, 9, 1)))
}

fn html(tree: &OutputTree, path: &str) -> Html {
    let file = tree
        .get(path)
        .unwrap_or_else(|| panic!("there is no page {path}"));
    Html::parse_document(std::str::from_utf8(&file.bytes).expect("pages are UTF-8"))
}

fn page(path: &str) -> Html {
    html(site(), path)
}

/// The leaflet as a reader reads it, without white space.
fn sheet(page: &Html) -> String {
    squeeze(&words(all(page, ".sheet")[0]))
}

/// The items below a question on a leaflet.
fn answers(page: &Html, question: &str) -> Vec<String> {
    let section = all(page, ".ls")
        .into_iter()
        .find(|section| squeeze(&words(within(*section, "h2")[0])) == question)
        .unwrap_or_else(|| panic!("no section {question}"));
    let items = within(section, "li");
    if items.is_empty() {
        return within(section, "p").into_iter().map(words).collect();
    }
    items
        .into_iter()
        .map(|item| squeeze(&words(item)))
        .collect()
}

fn assert_reads(path: &str, wanted: &[&str]) {
    let text = sheet(&page(path));
    for words in wanted {
        assert!(
            text.contains(&squeeze(words)),
            "{path} does not say “{words}”:\n{text}"
        );
    }
}

/// The check of relief has 21 outcomes and 14 papers, more than a sheet holds as single lines. What every class brings is printed
/// once; each class that one may apply for is printed with its own papers.
#[test]
fn the_leaflet_of_the_relief_check_prints_outcomes_and_papers() {
    let path = "leaflets/checks/hunan-rescue.html";
    let page = page(path);
    let shared = answers(&page, "可能要带");
    assert!(shared[0].starts_with("身份证，原件和复印件"), "{shared:?}");
    assert!(shared[1].starts_with("助学贷款合同"), "{shared:?}");
    let classes = answers(&page, "能不能申请还款救助，按哪一类？");
    for (class, paper) in [
        ("第一类（死亡）", "死亡证明"),
        ("第一类（失踪）", "失踪证明"),
        ("第二类（无民事行为能力）", "判决书"),
        ("第二类（丧失劳动能力）", "劳动能力鉴定证明"),
        ("第三类（自然灾害）", "因为受灾"),
        ("第四类（重大疾病）", "病历复印件"),
        ("第五类（非建档立卡）", "低收入证明"),
        ("第五类（建档立卡）", "《扶贫手册》"),
    ] {
        let line = classes.iter().find(|line| line.contains(class));
        assert!(
            line.is_some_and(|line| line.contains(paper)),
            "{class}: {classes:#?}"
        );
        let printed = shared.iter().any(|line| line.contains(paper));
        assert!(!printed, "{paper} is printed twice: {shared:#?}");
    }
}

#[test]
fn the_leaflet_of_youyu_says_when_how_where_with_what_and_whom_to_ask() {
    let page = page(YOUYU);
    assert_eq!(
        words(all(&page, "h1")[0]),
        "右玉县2023年生源地信用助学贷款受理安排"
    );
    // Both windows have the same dates: they are shown once, with both clauses.
    let times = all(&page, ".lt-one");
    assert_eq!(times.len(), 1);
    assert_eq!(
        squeeze(&words(times[0])),
        "贷款受理、合同变更受理中［九1］［九2］开始2023年7月17日截止2023年9月25日"
    );
    assert_eq!(
        answers(&page, "怎么办"),
        [
            "2023年续贷学生远程原则上全部在网上远程办。［四（二）］",
            "确需现场办理的学生或监护人（续贷）现场排队抽取号牌，等叫号。［四（二）］",
            "本地就读首贷学生及其监护人现场预约取号；名单以右玉一中、职中毕业学生花名册和预申请名单为准。［四（二）］",
        ]
    );
    assert_eq!(answers(&page, "在哪里办"), ["教育局一楼大厅［四（二）］"]);
    // Pre-application granted: one document. Not granted: a second one.
    assert_eq!(
        answers(&page, "带什么"),
        [
            "通过助学贷款预申请的学生首贷《申请表》打印出来，学生签字；不用再做家庭经济困难认定。［三］",
            "未通过预申请的学生首贷《申请表》《家庭经济困难学生认定申请表》认定表要如实填写，有虚假要承担相应责任。［三］",
        ]
    );
    assert_eq!(
        answers(&page, "一天办多少人"),
        [
            "续贷（确需现场办理）每天60名（上午30名、下午30名）［四（二）］",
            "本地就读首贷每天60名（上午30名、下午30名）［四（二）］",
        ]
    );
    assert_eq!(answers(&page, "打电话问谁"), ["原文未载明"]);
    assert_eq!(
        answers(&page, "还要知道")[1],
        "路远的学生家离办理点比较远、不能当天往返的，由教育部门妥善安排。［七］"
    );
    assert_reads(
        YOUYU,
        &[
            "山西省 · 朔州市 · 右玉县 · 2023年受理安排",
            "原文没有写明：申请条件、联系电话、发文机关、文号、成文日期。",
            "问受理的学生资助管理机构，不花钱",
            "《右玉县2023年生源地信用助学贷款受理工作方案》，文号原文未载明，发文机关原文未载明，成文日期原文未载明",
            "https://mingbai.example/counties/140623.html",
            "原文核对：2026年11月20日。制卡：2023年9月1日",
        ],
    );
    let shown = all(&page, ".sh-warn:not([hidden])");
    assert!(shown.is_empty(), "nothing is over yet");
}

#[test]
fn a_leaflet_made_after_the_season_says_that_it_is_over() {
    let tree = built(repository(), date(2023, 9, 26));
    let text = sheet(&html(&tree, YOUYU));
    assert!(
        text.contains("这是2023年的安排，受理已经结束，只作参考。"),
        "{text}"
    );
    assert!(text.contains("贷款受理、合同变更已结束"), "{text}");
}

#[test]
fn bounds_are_not_shown_as_dates_on_leaflets() {
    let page = page(SHANXI);
    let times = all(&page, ".lt-one");
    assert_eq!(times.len(), 1);
    let text = squeeze(&words(times[0]));
    assert!(
        text.contains("开始不晚于2020年7月27日截止不早于2020年9月25日"),
        "{text}"
    );
    assert_reads(
        SHANXI,
        &[
            "此件依申请公开，不是主动公开",
            "这份文件安排的是2020年的工作，只作参考",
            "原文没有写明：具体哪天开始、具体哪天截止。",
            "晋教助学〔2020〕7号，山西省学生助学贷款管理中心，2020年7月15日",
            "9月25日不是截止日，而是“不得早于”",
        ],
    );
    // Duties of offices do not belong on a leaflet for students.
    for words in ["动态口令卡", "电子公章", "汇总表", "国开行山西分行"] {
        assert!(!sheet(&page).contains(words), "{words}");
    }
}

#[test]
fn what_does_not_fit_on_a_leaflet_is_counted() {
    // The rules of Hunan: 18 questions, 14 papers, 13, 4 and 4 results. Of the papers 9 are those of one
    // result that fits, which are 8; they are printed with them.
    let page = page(RESCUE);
    let text = sheet(&page);
    for (title, whole) in [
        ("会问的问题", 18),
        ("可能要带", 5),
        ("能不能申请还款救助，按哪一类？", 8),
        ("其余结果", 5),
        ("找谁申请？", 4),
        ("这个人去办，可以吗？", 4),
    ] {
        let shown = all(&page, ".ls")
            .into_iter()
            .find(|section| squeeze(&words(within(*section, "h2")[0])) == title)
            .map_or(0, |section| within(section, "li").len());
        let left = text
            .split(&format!("{title}（"))
            .nth(1)
            .and_then(|rest| rest.split("项").next()?.parse::<usize>().ok())
            .unwrap_or(0);
        assert_eq!(shown + left, whole, "{title}: {shown} shown:\n{text}");
    }
    assert!(text.contains("自查的结果只供参考"), "{text}");
    assert!(
        text.contains("原文有两种读法：没有毕业就离开学校的"),
        "{text}"
    );
    // The notice has eleven points, all for students or for everybody.
    let notice = html(site(), HUNAN);
    let points = all(&notice, ".ls")[0];
    let shown = within(points, "li").len();
    let more = within(points, ".ls-head p").first().map_or(0, |p| {
        let digits: String = words(*p).chars().filter(char::is_ascii_digit).collect();
        digits.parse().expect("a number")
    });
    assert_eq!(shown + more, 11);
    assert!(shown >= 7, "{shown}");
}

#[test]
fn every_notice_schedule_and_self_check_has_a_leaflet_with_links_both_ways() {
    let leaflets: Vec<&String> = site()
        .keys()
        .filter(|path| path.starts_with("leaflets/"))
        .collect();
    assert_eq!(leaflets.len(), 5 + 1 + 6, "{leaflets:?}");
    let map = String::from_utf8_lossy(&site()["sitemap.xml"].bytes).into_owned();
    assert!(!map.contains("leaflets/"));
    for path in leaflets {
        let page = page(path);
        let robots = all(&page, "meta[name=robots]");
        assert_eq!(robots[0].attr("content"), Some("noindex"), "{path}");
        let own = path.strip_prefix("leaflets/").expect("a leaflet");
        let back: Vec<String> = all(&page, "nav a")
            .iter()
            .map(|a| resolve(path, a.attr("href").unwrap_or_default()))
            .collect();
        assert!(back.iter().any(|target| target == own), "{path}: {back:?}");
        let there = format!("leaflets/{own}");
        let from = |page: &str| {
            all(&html(site(), page), "a")
                .iter()
                .any(|a| resolve(page, a.attr("href").unwrap_or_default()) == there)
        };
        assert!(from(own), "{own} does not lead to its leaflet");
        // The QR code with a quiet zone of four modules, and the address as text.
        let code = all(&page, "svg.qr");
        assert_eq!(code.len(), 1, "{path}");
        let address = words(all(&page, ".sh-address")[0]);
        assert!(
            address.starts_with("https://mingbai.example/"),
            "{path}: {address}"
        );
    }
    assert!(
        all(&page("counties/140623.html"), "a").iter().any(|a| {
            resolve("counties/140623.html", a.attr("href").unwrap_or_default()) == YOUYU
        }),
        "the page of the county does not lead to the leaflet"
    );
}

#[test]
fn every_clause_on_a_leaflet_is_a_link_to_it() {
    for path in site().keys().filter(|path| path.starts_with("leaflets/")) {
        let page = page(path);
        let cites = all(&page, ".lc");
        assert!(!cites.is_empty(), "{path}");
        for cite in cites {
            let links = within(cite, "a");
            assert_eq!(
                links.len(),
                words(cite).matches('［').count(),
                "{path}: {}",
                words(cite)
            );
        }
    }
}
