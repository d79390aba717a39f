//! The repository's own site as readers see it, compared with a separate reading of the five documents.
//!
//! The constants in this file were taken from the texts as the project received them, by hand and by a script that is
//! independent of mingbai. The tests look only at the finished pages. Nothing here reads the received texts, which
//! are not part of the repository.

mod support;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use jiff::civil::{Date, date};
use mingbai::output::OutputTree;
use scraper::node::Element;
use scraper::{ElementRef, Html};

use support::*;

const TODAY: Date = date(2023, 9, 1);

const SHANXI: &str = "notices/shanxi-2020-renewal.html";
const YOUYU: &str = "notices/youyu-2023-plan.html";
const NATIONAL: &str = "notices/national-2023-guide.html";
const HUNAN: &str = "notices/hunan-2017-rescue.html";
const HENAN: &str = "notices/henan-2018-assessment.html";
const NOTICES: [&str; 5] = [SHANXI, YOUYU, NATIONAL, HUNAN, HENAN];

// ---------------------------------------------------------------- the site

/// Builds the site for a day. Any diagnostic, of any severity, fails the test.
fn build(today: Date) -> OutputTree {
    built(repository(), today)
}

fn site() -> &'static OutputTree {
    static SITE: OnceLock<OutputTree> = OnceLock::new();
    SITE.get_or_init(|| build(TODAY))
}

fn text_of(path: &str) -> &'static str {
    let file = site()
        .get(path)
        .unwrap_or_else(|| panic!("there is no page {path}"));
    std::str::from_utf8(&file.bytes).expect("pages are UTF-8")
}

fn page(path: &str) -> Html {
    Html::parse_document(text_of(path))
}

fn pages() -> impl Iterator<Item = &'static str> {
    site()
        .keys()
        .map(String::as_str)
        .filter(|path| path.ends_with(".html"))
}

/// The text of `<main>` without white space.
fn read(path: &str) -> String {
    squeeze(&words(all(&page(path), "main")[0]))
}

/// The text of the section under a heading with an id, without white space.
fn section(path: &str, id: &str) -> String {
    let page = page(path);
    let heading = all(&page, &format!("main [id='{id}']"))
        .first()
        .copied()
        .unwrap_or_else(|| panic!("{path} has no #{id}"));
    let section = heading
        .ancestors()
        .filter_map(ElementRef::wrap)
        .find(|e| e.value().name() == "section")
        .unwrap_or_else(|| panic!("{path}#{id} opens no section"));
    squeeze(&words(section))
}

fn assert_reads(text: &str, wanted: &[&str], place: &str) {
    for words in wanted {
        assert!(
            text.contains(&squeeze(words)),
            "{place} does not say “{words}”:\n{text}"
        );
    }
}

fn is_redirect(path: &str) -> bool {
    !all(&page(path), "meta[http-equiv=refresh]").is_empty()
}

// ---------------------------------------------------------------- building

#[test]
fn the_site_builds_without_diagnostics_on_any_day() {
    site();
    for today in [
        date(2017, 8, 24),
        date(2020, 7, 22),
        date(2020, 9, 25),
        date(2024, 2, 29),
        date(2040, 12, 31),
    ] {
        assert_eq!(build(today).len(), site().len(), "{today}");
    }
}

#[test]
fn the_program_writes_what_the_library_makes() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let out = folder.path().join("public");
    let (code, said) = run(mingbai(["build", "--today", "2023-09-01", "--out"])
        .arg(&out)
        .arg(repository()));
    assert_eq!(code, 0, "{said}");
    assert!(
        said.contains(&format!("wrote {} files", site().len())),
        "{said}"
    );
    let mut written = files(&out);
    assert!(written.remove(".mingbai").is_some());
    assert!(written.remove("SHA256SUMS").is_some());
    let made: BTreeMap<String, Vec<u8>> = site()
        .iter()
        .map(|(path, file)| (path.clone(), file.bytes.to_vec()))
        .collect();
    assert_eq!(
        written.keys().collect::<Vec<_>>(),
        made.keys().collect::<Vec<_>>()
    );
    assert!(written == made, "bytes differ");
    let (code, said) = run(mingbai(["check"]).arg(repository()));
    assert_eq!(code, 0, "{said}");
}

// ---------------------------------------------------------------- official texts, word for word

/// SHA-256 and length in characters of each official text, with all white space removed (the texts were received with
/// spaces and line breaks of the page layout). Left out on both sides, because the page prints them from fields:
/// header, number, title, addressees, list of attachments, signature, date, publicity note, copies, printing date;
/// the personal data of the Shanxi notice; the colon after “附件” where an annex begins.
const OFFICIAL_TEXTS: [(&str, usize, &str); 5] = [
    (
        SHANXI,
        3637,
        "2d8f7f86feb4994c24117a70b6e6bb9728e74f5e264ff4ec1c360cc94a466e4a",
    ),
    (
        YOUYU,
        2430,
        "a6dcc8d9707e81a5f26c03f8a36ec9ab6f8c8dffb30cde73d197561a53acc8f3",
    ),
    (
        NATIONAL,
        3877,
        "7920693a2d61513a34165a672f54997f9f947fb02ad3984db96bd464d6223c02",
    ),
    (
        HUNAN,
        5360,
        "ef03d9519dda50e61447fba93019c7d1523226e776f83c2fd48b599c11f52e4c",
    ),
    (
        HENAN,
        2865,
        "59db535c1c4145acf54c5547451dabd21588feb05dae312824a5e066191ceffb",
    ),
];

/// Text added by the site, which is not part of the document: notes of misprints, permanent links, the note where
/// data were left out, and the caption of a table (it repeats the heading of the annex for screen readers).
fn ours(element: &Element) -> bool {
    element.name() == "caption"
        || ["slip-note", "anchor", "withheld"]
            .iter()
            .any(|class| has_class(element, class))
}

/// The blocks of an official text: paragraphs, headings and tables. The header and footer, which are made from
/// fields, have classes that begin with `gw-`.
fn official_blocks(page: &Html) -> Vec<ElementRef<'_>> {
    all(page, "article.gw > *")
        .into_iter()
        .filter(|e| !e.value().classes().any(|class| class.starts_with("gw-")))
        .collect()
}

#[test]
fn official_texts_are_shown_word_for_word() {
    for (path, length, hash) in OFFICIAL_TEXTS {
        let page = page(path);
        let mut text = String::new();
        for block in official_blocks(&page) {
            let mut words = squeeze(&text_without(block, &ours));
            if has_class(block.value(), "b-part") {
                words = words.replacen("附件：", "附件", 1);
            }
            text.push_str(&words);
        }
        assert_eq!(text.chars().count(), length, "{path}");
        assert_eq!(sha256(text.as_bytes()), hash, "{path}");
    }
}

#[test]
fn headers_and_footers_are_as_in_the_documents() {
    let gw = |path: &str| squeeze(&words(all(&page(path), "article.gw")[0]));
    let shanxi = gw(SHANXI);
    assert!(
        shanxi.starts_with(
            "山西省学生助学贷款管理中心文件晋教助学〔2020〕7号山西省学生助学贷款管理中心关于做好2020年生源地信用助学贷款续贷受理和相关基础工作的通知各市教育局，各高等学校、研究生培养单位："
        ),
        "{shanxi}"
    );
    assert_reads(
        &shanxi,
        &[
            "附件：2020年生源地助学贷款续贷远程受理试点县（市、区）名单",
            "山西省学生助学贷款管理中心2020年7月15日",
            "此件依申请公开",
            "抄送：国家开发银行山西省分行",
            "2020年7月16日印发",
        ],
        SHANXI,
    );
    assert_reads(
        &gw(YOUYU),
        &["右玉县2023年生源地信用助学贷款受理工作方案"],
        YOUYU,
    );
    assert_reads(
        &gw(NATIONAL),
        &[
            "2023年国家助学贷款工作指引",
            "全国学生资助管理中心国家开发银行普惠金融部",
        ],
        NATIONAL,
    );
    assert_reads(
        &gw(HUNAN),
        &[
            "关于印发《湖南省国家开发银行国家助学贷款还款救助操作细则》的通知",
            "各市州、县市区教育局，有关普通高等学校：",
            "附件：湖南省国家开发银行国家助学贷款还款救助操作细则",
            "湖南省教育厅国家开发银行湖南省分行2017年8月24日",
        ],
        HUNAN,
    );
    assert_reads(
        &gw(HENAN),
        &[
            "河南省教育厅国家开发银行河南省分行教资助函〔2019〕192号",
            "关于全省市、县2018年度生源地信用助学贷款工作考核结果的通报",
            "各省辖市、省直管县（市）教育局：",
            "附件：河南省2018年度县（市、区）生源地信用助学贷款工作考核结果",
            "（此件主动公开）",
        ],
        HENAN,
    );
}

/// The numbers at the start of paragraphs, in order, as printed (half-width brackets made full-width).
const PRINTED_NUMBERS: [(&str, &str); 5] = [
    (
        SHANXI,
        "一、（一）（二）（三） 二、（一）（二）（三） 三、（一）（二）（三）（四） 四、（一）（二）（三）（四）（五） 五、（一）（二） 1. 2. 3.",
    ),
    (
        YOUYU,
        "一、 二、 三、 四、（一）（二）（三） 五、 六、 七、 八、 九、 1、 2、",
    ),
    (
        NATIONAL,
        "一、（一）（二）（三） 二、（一）（二）（三）（四）（五）（六） 三、（一）（二）（三） 四、（一）（二）（三）",
    ),
    (
        HUNAN,
        "第一章 第一节 第二节 一、 二、 三、 四、 第三节 一、 二、 三、 四、 五、 六、 \
         第二章 第一节 一、 二、 第二节 一、 二、 三、 四、 \
         第三章 第一节 一、 二、 三、 四、 五、 第二节 一、（一）（二） 二、（一）（二） 三、 四、 五、 1、 2、 第三节 一、 二、 \
         第四章 第一节 一、（一） 1. 2. 3.（二）（三） 1. 2.（四） 二、 1. 2. 3. 4. 第二节 一、 1. 2. 二、 \
         第五章 第一节 一、（一）（二） 1. 2. 3. 二、（一）（二） 第二节 一、 1. 2. 3. 4. 5. 二、 第三节",
    ),
    (
        HENAN,
        "一、 二、 三、 四、（一）（二）（三）（四）（五） 一、 二、 三、 四、",
    ),
];

#[test]
fn every_clause_has_its_printed_number_and_its_own_anchor() {
    for (path, numbers) in PRINTED_NUMBERS {
        let page = page(path);
        let printed: String = all(&page, "article.gw .mk")
            .into_iter()
            .map(|e| squeeze(&words(e)))
            .collect();
        assert_eq!(
            printed.replace('(', "（").replace(')', "）"),
            squeeze(numbers),
            "{path}"
        );
        let mut anchors = BTreeSet::new();
        for block in all(&page, "article.gw > .b") {
            if within(block, ".mk").is_empty() {
                continue;
            }
            let id = block
                .attr("id")
                .unwrap_or_else(|| panic!("{path}: “{}” has no anchor", words(block)));
            assert!(anchors.insert(id.to_owned()), "{path}#{id} twice");
            let link = within(block, "a.anchor");
            assert_eq!(link.len(), 1, "{path}#{id}");
            assert_eq!(link[0].attr("href"), Some(format!("#{id}").as_str()));
        }
        assert!(anchors.len() >= 13, "{path}");
    }
}

// ---------------------------------------------------------------- the pilots of Shanxi

/// The annex of the Shanxi notice, with spaces inside names removed, and the codes of GB/T 2260.
const PILOTS: [(&str, &str, &str); 30] = [
    ("太原市", "清徐县", "140121"),
    ("大同市", "灵丘县", "140224"),
    ("大同市", "浑源县", "140225"),
    ("大同市", "天镇县", "140222"),
    ("朔州市", "朔城区", "140602"),
    ("朔州市", "山阴县", "140621"),
    ("朔州市", "应县", "140622"),
    ("朔州市", "右玉县", "140623"),
    ("朔州市", "怀仁市", "140681"),
    ("忻州市", "忻府区", "140902"),
    ("忻州市", "原平市", "140981"),
    ("忻州市", "五台县", "140922"),
    ("阳泉市", "平定县", "140321"),
    ("吕梁市", "文水县", "141121"),
    ("吕梁市", "汾阳市", "141182"),
    ("吕梁市", "孝义市", "141181"),
    ("吕梁市", "柳林县", "141125"),
    ("吕梁市", "临县", "141124"),
    ("晋中市", "平遥县", "140728"),
    ("晋中市", "昔阳县", "140724"),
    ("长治市", "沁县", "140430"),
    ("晋城市", "高平市", "140581"),
    ("临汾市", "尧都区", "141002"),
    ("临汾市", "翼城县", "141022"),
    ("临汾市", "襄汾县", "141023"),
    ("临汾市", "洪洞县", "141024"),
    ("临汾市", "乡宁县", "141029"),
    ("临汾市", "永和县", "141032"),
    ("运城市", "芮城县", "140830"),
    ("运城市", "新绛县", "140825"),
];

/// The rows of a list of counties: id, number, prefecture, name, grade, and the address of the county page.
fn rows(path: &str) -> Vec<[String; 6]> {
    let page = page(path);
    all(&page, "table.units tbody tr")
        .into_iter()
        .map(|row| {
            let cells = within(row, "td");
            let name = within(row, "th a")[0];
            [
                row.attr("id").unwrap_or_default().to_owned(),
                words(cells[0]),
                words(cells[1]),
                words(name),
                cells.get(2).map(|e| words(*e)).unwrap_or_default(),
                resolve(path, name.attr("href").unwrap_or_default()),
            ]
        })
        .collect()
}

#[test]
fn the_thirty_pilots_are_in_the_printed_order() {
    let path = "pilots/shanxi-2020-remote.html";
    let rows = rows(path);
    assert_eq!(rows.len(), 30);
    for (i, ((prefecture, name, code), row)) in PILOTS.iter().zip(&rows).enumerate() {
        assert_eq!(
            row[..4],
            [
                (*code).to_owned(),
                (i + 1).to_string(),
                (*prefecture).to_owned(),
                (*name).to_owned()
            ]
        );
        assert_eq!(row[5], format!("counties/{code}.html"));
    }
    assert_reads(
        &section(path, "stated"),
        &["原文所述30按名单计算30", "安排30个县（市、区）", "相符"],
        path,
    );
    assert!(!section(path, "stated").contains("不符"));
    for (printed, right) in [("应 县", "应县"), ("临 县", "临县"), ("沁 县", "沁县")] {
        let page = page(path);
        let row = all(&page, "table.units tbody tr")
            .into_iter()
            .find(|row| words(within(*row, "th a")[0]) == right)
            .expect("the row of the county");
        assert!(
            words(row).contains(&format!("原文印作“{printed}”")),
            "{}",
            words(row)
        );
    }
}

// ---------------------------------------------------------------- the assessment of Henan

/// The annex of the Henan circular, as printed.
const GRADES: [(&str, &[(&str, &str)]); 3] = [
    (
        "优秀",
        &[
            (
                "郑州市",
                "二七区、中原区、新郑市、管城回族区、中牟县、惠济区、金水区、登封市、经济技术开发区、荥阳市、航空港区",
            ),
            ("开封市", "通许县、开封市、鼓楼区、禹王台区、杞县、尉氏县"),
            (
                "洛阳市",
                "老城区、宜阳县、偃师市、嵩县、西工区、新安县、汝阳县、伊川县、洛阳市、栾川县",
            ),
            ("平顶山市", "舞钢市、鲁山县、郟县、叶县、宝丰县"),
            (
                "安阳市",
                "内黄县、林州市、殷都区、文峰区、汤阴县、安阳县、北关区",
            ),
            ("鹤壁市", "浚县、淇县、淇滨区"),
            (
                "新乡市",
                "卫辉市、获嘉县、凤泉区、卫滨区、延津县、原阳县、新乡县",
            ),
            (
                "焦作市",
                "沁阳市、马村区、焦作市、孟州市、修武县、解放区、山阳区、博爱县",
            ),
            ("濮阳市", "清丰县、台前县、濮阳市、南乐县"),
            ("许昌市", "襄城县、许昌市、禹州市、鄢陵县、建安区"),
            ("漯河市", "源汇区、召陵区、舞阳县、郾城区"),
            ("三门峡市", "灵宝市、义马市、湖滨区、卢氏县"),
            (
                "南阳市",
                "西峡县、新野县、淅川县、镇平县、南召县、社旗县、唐河县、卧龙区、方城县",
            ),
            ("商丘市", "夏邑县、宁陵县、虞城县、柘城县、睢县"),
            ("信阳市", "潢川县、平桥区、罗山县、浉河区、淮滨县、息县"),
            (
                "周口市",
                "商水县、项城市、周口市、沈丘县、西华县、郸城县、扶沟县、太康县",
            ),
            (
                "驻马店市",
                "上蔡县、确山县、西平县、泌阳县、平舆县、遂平县、经济开发区、驿城区、汝南县",
            ),
            ("济源市", "济源市"),
            (
                "省直管县（市）",
                "长垣县、永城市、固始县、新蔡县、鹿邑县、兰考县、滑县、邓州市、巩义市、汝州市",
            ),
        ],
    ),
    (
        "良好",
        &[
            ("郑州市", "上街区、新密市、高新技术产业开发区、郑东新区"),
            ("开封市", "顺河回族区、龙亭区、祥符区"),
            ("洛阳市", "伊滨区、洛龙区、洛宁县、孟津县、瀍河回族区"),
            ("平顶山市", "石龙区、卫东区"),
            ("安阳市", "高新区、龙安区"),
            ("鹤壁市", "鹤山区、山城区"),
            ("新乡市", "牧野区、辉县市、封丘县、红旗区"),
            ("焦作市", "中站区、温县、武陟县"),
            ("濮阳市", "华龙区、范县、濮阳县"),
            ("许昌市", "长葛市"),
            ("漯河市", "临颖县"),
            ("三门峡市", "陕州区、渑池县"),
            ("南阳市", "桐柏县、内乡县、宛城区"),
            ("商丘市", "民权县"),
            ("信阳市", "光山县、新县、商城县"),
            ("周口市", "淮阳县"),
            ("驻马店市", "正阳县"),
        ],
    ),
    (
        "合格",
        &[
            ("平顶山市", "新城区、新华区、湛河区"),
            ("商丘市", "梁园区、睢阳区"),
        ],
    ),
];

const ASSESSMENT: &str = "assessments/henan-2018.html";

/// The (printed heading, printed name) pairs of a grade, in order.
fn printed_units(grade: usize) -> Vec<(&'static str, &'static str)> {
    GRADES[grade]
        .1
        .iter()
        .flat_map(|(heading, names)| names.split('、').map(move |name| (*heading, name)))
        .collect()
}

#[test]
fn the_assessed_units_are_in_the_printed_order_with_their_grades() {
    let rows = rows(ASSESSMENT);
    let mut printed = Vec::new();
    for (i, wanted) in [122, 41, 5].into_iter().enumerate() {
        let units = printed_units(i);
        assert_eq!(units.len(), wanted);
        printed.extend(units.into_iter().map(|unit| (GRADES[i].0, unit)));
    }
    assert_eq!((rows.len(), printed.len()), (168, 168));
    for (i, ((grade, (heading, name)), row)) in printed.iter().zip(&rows).enumerate() {
        let name = match *name {
            "郟县" => "郏县",
            "临颖县" => "临颍县",
            name => name,
        };
        let place = format!("{} {name}", i + 1);
        assert_eq!(row[1], (i + 1).to_string());
        assert_eq!(row[3], name, "{place}");
        assert_eq!(row[4], *grade, "{place}");
        // The groups are those of the circular, including 省直管县（市）.
        assert_eq!(row[2], *heading, "{place}");
    }
    let ids: HashSet<&str> = rows.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(ids.len(), 168);
}

#[test]
fn well_known_counties_of_henan_have_their_codes_as_rows() {
    let rows = rows(ASSESSMENT);
    let by_name: HashMap<&str, &str> = rows
        .iter()
        .map(|row| (row[3].as_str(), row[0].as_str()))
        .collect();
    for (name, code) in [
        ("郏县", "410425"),
        ("临颍县", "411122"),
        ("偃师市", "410381"),
        ("长垣县", "410728"),
        ("孟津县", "410322"),
        ("淮阳县", "411626"),
        ("兰考县", "410225"),
        ("济源市", "419001"),
        ("滑县", "410526"),
        ("新县", "411523"),
        ("建安区", "411003"),
        ("祥符区", "410212"),
        ("鼓楼区", "410204"),
        ("新华区", "410402"),
    ] {
        // A renamed unit may appear under its old or its new code.
        let now = match name {
            "偃师市" => "410307",
            "长垣县" => "410783",
            "孟津县" => "410308",
            "淮阳县" => "411603",
            _ => code,
        };
        let found = by_name[name];
        assert!(found == code || found == now, "{name}: {found}");
    }
}

#[test]
fn zones_and_city_centres_are_distinguished_from_counties() {
    let page = page(ASSESSMENT);
    let mut zones = BTreeSet::new();
    let mut centres = BTreeSet::new();
    for row in all(&page, "table.units tbody tr") {
        let name = words(within(row, "th a")[0]);
        let notes: String = within(row, "small").into_iter().map(words).collect();
        if notes.contains("开发区") {
            zones.insert(format!("{} {name}", words(within(row, "td")[1])));
        }
        if notes.contains("市级") {
            centres.insert(name);
        }
    }
    let wanted = [
        "郑州市 经济技术开发区",
        "郑州市 航空港区",
        "郑州市 高新技术产业开发区",
        "郑州市 郑东新区",
        "洛阳市 伊滨区",
        "安阳市 高新区",
        "平顶山市 新城区",
        "驻马店市 经济开发区",
    ];
    assert_eq!(zones, BTreeSet::from(wanted.map(String::from)));
    let wanted = ["开封市", "洛阳市", "焦作市", "濮阳市", "许昌市", "周口市"];
    assert_eq!(centres, BTreeSet::from(wanted.map(String::from)));
}

#[test]
fn stated_numbers_are_shown_next_to_counted_numbers() {
    let page = page(ASSESSMENT);
    let stated: Vec<(String, String, String, String)> = all(&page, "ul.stated > li")
        .into_iter()
        .map(|item| {
            let values = within(item, "dd");
            (
                words(within(item, "b")[0]),
                words(values[0]),
                words(values[1]),
                words(within(item, ".verdict")[0]),
            )
        })
        .collect();
    let wanted = [
        ("考核优秀单位", "122", "122", "相符"),
        ("考核良好单位", "41", "41", "相符"),
        ("考核合格单位", "5", "5", "相符"),
        ("县级资助中心", "168", "168", "相符"),
        ("未列入行政区划的开发区", "9", "8", "不符"),
        ("代办所辖区业务的市级学生资助管理中心", "6", "6", "相符"),
        ("优秀率", "72.62%", "72.62%", "相符"),
    ]
    .map(|(a, b, c, d)| (a.into(), b.into(), c.into(), d.into()));
    assert_eq!(stated, wanted);
    let text = section(ASSESSMENT, "stated");
    // 122 ÷ 168 = 0.726190…
    assert_reads(
        &text,
        &[
            "122÷168≈72.6190%四舍五入到2位小数是72.62%，与原文相同。",
            "按名单逐一计数原文比名单多1个。原文说9个",
            "第九个是哪一个，从原文看不出来",
        ],
        ASSESSMENT,
    );
    let grades = section(ASSESSMENT, "grades");
    assert_reads(
        &grades,
        &[
            "优秀12272.62%",
            "良好4124.40%",
            "合格52.98%",
            "不合格00.00%",
        ],
        ASSESSMENT,
    );
}

#[test]
fn counts_by_prefecture_add_up() {
    let page = page(ASSESSMENT);
    let mut sums = [0_usize; 5];
    let mut names = Vec::new();
    for row in within(all(&page, "table.counts")[0], "tbody tr") {
        let numbers: Vec<usize> = within(row, "td")[..5]
            .iter()
            .map(|e| words(*e).parse().expect("a number"))
            .collect();
        assert_eq!(numbers[..4].iter().sum::<usize>(), numbers[4]);
        let wanted = format!("{} {} {}", numbers[0], numbers[1], numbers[2]);
        assert_eq!(BY_CITY[names.len()].1, wanted, "{}", BY_CITY[names.len()].0);
        for (sum, n) in sums.iter_mut().zip(&numbers) {
            *sum += n;
        }
        names.push(words(within(row, "th")[0]));
    }
    assert_eq!(sums, [122, 41, 5, 0, 168]);
    // 17 prefectures, 济源市, and the counties under 省直管县（市）.
    assert_eq!(names, BY_CITY.map(|(name, _)| name));
}

/// The number of names under each heading of the annex, in its order: 优秀, 良好, 合格. Counted in the text.
const BY_CITY: [(&str, &str); 19] = [
    ("郑州市", "11 4 0"),
    ("开封市", "6 3 0"),
    ("洛阳市", "10 5 0"),
    ("平顶山市", "5 2 3"),
    ("安阳市", "7 2 0"),
    ("鹤壁市", "3 2 0"),
    ("新乡市", "7 4 0"),
    ("焦作市", "8 3 0"),
    ("濮阳市", "4 3 0"),
    ("许昌市", "5 1 0"),
    ("漯河市", "4 1 0"),
    ("三门峡市", "4 2 0"),
    ("南阳市", "9 3 0"),
    ("商丘市", "5 1 2"),
    ("信阳市", "6 3 0"),
    ("周口市", "8 1 0"),
    ("驻马店市", "9 1 0"),
    ("济源市", "1 0 0"),
    ("省直管县（市）", "10 0 0"),
];

// ---------------------------------------------------------------- pictures

/// A length in per cent, in hundredths.
fn hundredths(element: ElementRef<'_>, attribute: &str) -> i64 {
    let text = element.attr(attribute).unwrap_or_default();
    let digits = text.trim_end_matches('%').replace('.', "");
    digits
        .parse()
        .unwrap_or_else(|_| panic!("{attribute} is {text}"))
}

#[test]
fn the_picture_of_grades_shows_the_counts_sorted_by_share() {
    let page = page(ASSESSMENT);
    let svg = all(&page, "figure svg.chart-grades[role=img]")[0];
    assert_eq!(words(within(svg, "title")[0]), "各市各等次的份额");
    assert!(words(within(svg, "desc")[0]).contains("各市各等次单位数"));
    let keys: Vec<String> = within(svg, "text.key").into_iter().map(words).collect();
    assert_eq!(keys, ["优秀 122", "良好 41", "合格 5", "不合格 0"]);
    let bars: Vec<(String, String)> = within(svg, "text.row")
        .into_iter()
        .map(words)
        .zip(within(svg, "text.share").into_iter().map(words))
        .collect();
    // 1/1 and 10/10, the larger one first; then 9/10, 8/9, 5/6, 4/5, 7/9, 9/12, 11/15, 8/11, and so on.
    let wanted = [
        ("河南省合计", "共168，优秀72.62%"),
        ("省直管县（市）", "共10，优秀100.00%"),
        ("济源市", "共1，优秀100.00%"),
        ("驻马店市", "共10，优秀90.00%"),
        ("周口市", "共9，优秀88.89%"),
        ("许昌市", "共6，优秀83.33%"),
        ("漯河市", "共5，优秀80.00%"),
        ("安阳市", "共9，优秀77.78%"),
        ("南阳市", "共12，优秀75.00%"),
        ("郑州市", "共15，优秀73.33%"),
        ("焦作市", "共11，优秀72.73%"),
        ("洛阳市", "共15，优秀66.67%"),
        ("开封市", "共9，优秀66.67%"),
        ("信阳市", "共9，优秀66.67%"),
        ("三门峡市", "共6，优秀66.67%"),
        ("新乡市", "共11，优秀63.64%"),
        ("商丘市", "共8，优秀62.50%"),
        ("鹤壁市", "共5，优秀60.00%"),
        ("濮阳市", "共7，优秀57.14%"),
        ("平顶山市", "共10，优秀50.00%"),
    ]
    .map(|(name, share)| (name.to_owned(), share.to_owned()));
    assert_eq!(bars, wanted);
    // The segments of a bar follow each other without gaps: 5, 1 and 2 of 8 in 商丘市.
    let pieces: Vec<(i64, i64)> = within(svg, "rect.g")
        .into_iter()
        .filter(|piece| piece.attr("width").is_some_and(|w| w.ends_with('%')))
        .map(|piece| (hundredths(piece, "x"), hundredths(piece, "width")))
        .collect();
    // A segment for each grade that a place has: 3 for the whole; 17 places with 良好, 2 of them with 合格, 2 only
    // with 优秀.
    assert_eq!(pieces.len(), 3 + 2 + 17 * 2 + 2);
    let at = pieces
        .iter()
        .position(|piece| *piece == (0, 6250))
        .expect("the bar of 商丘市");
    assert_eq!(pieces[at..at + 3], [(0, 6250), (6250, 1250), (7500, 2500)]);
    let mut filled = 0;
    for (x, width) in pieces {
        assert!(
            x == 0 && (filled == 0 || filled == 10_000) || x == filled,
            "{x} after {filled}"
        );
        filled = x + width;
    }
    assert_eq!(filled, 10_000);
}

#[test]
fn the_pictures_of_years_show_every_window_and_deadline_with_a_day() {
    let page = page("deadlines.html");
    let heads = |id: &str| -> Vec<String> {
        let svg = all(&page, &format!("svg[aria-labelledby='{id}-t {id}-d']"))[0];
        within(svg, "tspan.head")
            .into_iter()
            .map(|e| words(e).replace('…', ""))
            .collect()
    };
    assert_eq!(heads("y2023"), ["7月17日至9月25日", "7月17日至9月25日"]);
    // The five duties of 22 July are in the order of their words.
    let mut shown = heads("y2020");
    shown.sort();
    let mut wanted = [
        "不晚于7月27日至不早于9月25日",
        "7月18日 各市学生资助管理机构",
        "7月22日 各县级学生资助管理机构",
        "7月22日 各高校",
        "7月22日 2020年合并、新设的高校",
        "7月22日 各级学生资助管理机构",
        "7月22日 各高校、各研究生培养单位",
        "7月23日 各地",
        "7月27日 各地",
        "不早于9月25日 各地",
    ];
    wanted.sort_unstable();
    assert_eq!(shown, wanted);
    assert_eq!(
        heads("every-year"),
        [
            "每年1月31日 各省级学生资助管理中心",
            "每年11月 省学生资助管理中心与湖南分行",
            "每年11月20日 湖南分行"
        ]
    );
    // 6月底 without a year is not drawn, and the page says so.
    assert!(section("deadlines.html", "years").contains("还有1项，原文没有写明年份或日期"));
    // 17 July is day 198 of 2023, 25 September day 268: from 197 to 268 of 365.
    let svg = all(&page, "svg[data-year='2023']")[0];
    for bar in within(svg, "rect.span") {
        let (x, width) = (hundredths(bar, "x"), hundredths(bar, "width"));
        assert!((x - 1_970_000 / 365).abs() <= 1, "{x}");
        assert!((x + width - 2_680_000 / 365).abs() <= 2, "{}", x + width);
    }
    assert!(within(svg, "line.open").is_empty());
    // 27 July is day 209 of 2020, 25 September day 269; both ends are open, and so is the lower bound for offices.
    let svg = all(&page, "svg[data-year='2020']")[0];
    let bar = within(svg, "rect.span")[0];
    let (x, width) = (hundredths(bar, "x"), hundredths(bar, "width"));
    assert!((x - 2_080_000 / 366).abs() <= 1, "{x}");
    assert!((x + width - 2_690_000 / 366).abs() <= 2, "{}", x + width);
    assert_eq!(within(svg, "line.open").len(), 3);
    assert_eq!(within(svg, "circle.dot.of").len(), 8);
    assert!(within(svg, "circle.dot.st").is_empty());
    // The site is built for 1 September 2023, day 244.
    let now = |year: &str| within(all(&page, &format!("svg[data-year='{year}']"))[0], "g.now")[0];
    assert_eq!(now("2023").attr("visibility"), None);
    let x = hundredths(within(now("2023"), "line")[0], "x1");
    assert!((x - 2_435_000 / 365).abs() <= 15, "{x}");
    assert_eq!(words(within(now("2023"), "text")[0]), "制作本页那天 9月1日");
    assert_eq!(now("2020").attr("visibility"), Some("hidden"));
}

#[test]
fn a_correction_says_what_was_printed_what_is_right_why_and_since_when() {
    for (path, printed, right, why) in [
        (ASSESSMENT, "郟县", "郏县", "U+90DF"),
        (ASSESSMENT, "临颖县", "临颍县", "U+9896"),
        ("pilots/shanxi-2020-remote.html", "应 县", "应县", "空格"),
    ] {
        let page = page(path);
        let item = all(&page, "section[aria-labelledby=slips] li")
            .into_iter()
            .find(|item| within(*item, "del")[0].text().collect::<String>() == printed)
            .unwrap_or_else(|| panic!("{path} does not list {printed}"));
        assert_eq!(words(within(item, "ins")[0]), right);
        let text = words(item);
        assert!(text.contains(why), "{text}");
        assert!(
            text.contains("更正于：收录时（2026年11月20日核对）"),
            "{text}"
        );
    }
}

#[test]
fn two_deadlines_for_one_duty_are_both_shown_with_their_clauses() {
    // 三（二） says 22 July, 三（四） 23 July.
    for path in [SHANXI, "deadlines.html"] {
        let page = page(path);
        let found: Vec<(String, String)> = all(&page, "li.due")
            .into_iter()
            .filter(|item| words(*item).contains("核查"))
            .filter(|item| words(*item).contains("整改"))
            .map(|item| {
                let cite = words(within(item, ".cite a")[0]);
                let clause = cite.rsplit('》').next().unwrap_or_default().to_owned();
                (words(within(item, "time")[0]), clause)
            })
            .collect();
        let wanted = [("2020年7月22日", "三（二）"), ("2020年7月23日", "三（四）")]
            .map(|(day, clause)| (day.to_owned(), clause.to_owned()));
        assert_eq!(found, wanted, "{path}");
    }
    assert!(section(SHANXI, "summary").contains("两个日子都照原文列出"));
}

#[test]
fn the_assessment_says_who_when_and_how() {
    let text = section(ASSESSMENT, "how");
    assert_reads(
        &text,
        &[
            "河南省教育厅",
            "国家开发银行河南省分行",
            "2月13日至3月31日",
            "4个阶段",
            "县级学生资助管理中心自查",
            "市级学生资助管理中心主评",
            "专家组复评",
            "专家组实地查看",
        ],
        ASSESSMENT,
    );
    // The circular does not give the year of its February and March, so the site must not either.
    for year in ["2018年2月", "2019年2月"] {
        assert!(!read(ASSESSMENT).contains(year) && !read(HENAN).contains(year));
    }
    assert_reads(&text, &["原文未写年份"], ASSESSMENT);
}

// ---------------------------------------------------------------- times

/// All deadlines of the documents: date as shown, who, words of the official text.
const DEADLINES: [(&str, &str, &str); 13] = [
    (
        "2020年7月18日",
        "各市学生资助管理机构",
        "7月18日前，各市学生资助管理机构汇总所辖县（市、区）应急预案和受理方案",
    ),
    (
        "2020年7月22日",
        "各县级学生资助管理机构",
        "7月22日前，各县级学生资助管理机构完成",
    ),
    (
        "2020年7月22日",
        "各高校",
        "7月22日前，各高校查验国开行助贷系统账号和动态口令卡",
    ),
    (
        "2020年7月22日",
        "2020年合并、新设的高校",
        "2020年合并、新设高校7月22日前与国开行山西分行联系办理",
    ),
    (
        "2020年7月22日",
        "各级学生资助管理机构",
        "核查和整改工作全部于7月22日前完成",
    ),
    (
        "2020年7月22日",
        "各高校、各研究生培养单位",
        "7月22日前，各高校、各研究生培养单位在",
    ),
    (
        "2020年7月23日",
        "各地",
        "各地于7月23日前完成预申请名单的核查、整改和存档工作",
    ),
    (
        "2020年7月27日",
        "各地",
        "各地务必于7月27日前全面启动2020年生源地信用助学贷款续贷受理工作",
    ),
    (
        "不早于2020年9月25日",
        "各地",
        "各地续贷受理截止时间不得早于9月25日",
    ),
    (
        "每年1月31日",
        "各省级学生资助管理中心",
        "各省级学生资助管理中心要于每年1月31日前",
    ),
    (
        "每年11月",
        "省学生资助管理中心与湖南分行",
        "每年的11月，省学生资助管理中心与湖南分行集中对国家助学贷款救助申请进行复审",
    ),
    (
        "每年11月20日",
        "湖南分行",
        "国家助学贷款还款救助的计息结点为当年11月20日",
    ),
    (
        "6月底（原文未写年份）",
        "各市、县（市、区）",
        "6月底之前，提醒毕业学生办理毕业确认",
    ),
];

#[test]
fn the_calendar_holds_every_dated_duty_once_with_its_words() {
    let page = page("deadlines.html");
    let mut shown: Vec<(String, String)> = all(&page, "main li")
        .into_iter()
        .filter(|item| within(*item, "q").len() == 1 && within(*item, ".span").is_empty())
        .map(|item| (squeeze(&words(item)), squeeze(&words(within(item, "q")[0]))))
        .collect();
    assert_eq!(shown.len(), DEADLINES.len(), "{shown:#?}");
    for (by, who, quote) in DEADLINES {
        let place = shown
            .iter()
            .position(|(item, q)| {
                item.starts_with(by) && item.contains(&squeeze(who)) && q.contains(&squeeze(quote))
            })
            .unwrap_or_else(|| panic!("the calendar lacks {by} {who}: {shown:#?}"));
        shown.remove(place);
    }
    let five = DEADLINES
        .iter()
        .filter(|(by, ..)| *by == "2020年7月22日")
        .count();
    assert_eq!(five, 5);
}

#[test]
fn the_pages_of_the_documents_hold_their_own_duties() {
    for (path, count) in [
        (SHANXI, 9),
        (NATIONAL, 1),
        (HUNAN, 2),
        (HENAN, 1),
        (YOUYU, 0),
    ] {
        let page = page(path);
        let found = all(&page, "section[aria-labelledby=times] li")
            .into_iter()
            .filter(|item| within(*item, "q").len() == 1 && within(*item, ".span").is_empty())
            .count();
        assert_eq!(found, count, "{path}");
    }
    // A lower bound is not a closing date: the day never appears without 不早于 or 不得早于.
    let times = section(SHANXI, "times");
    assert_reads(
        &times,
        &["不早于2020年9月25日", "不晚于2020年7月27日"],
        SHANXI,
    );
    assert_eq!(
        times.matches("2020年9月25日").count(),
        times.matches("不早于2020年9月25日").count()
    );
}

/// The states of the windows of a county as (what, state, from, until).
fn windows(tree: &OutputTree, path: &str) -> Vec<(String, String, String, String)> {
    let page = Html::parse_document(std::str::from_utf8(&tree[path].bytes).expect("UTF-8"));
    all(&page, "section.answer li.win")
        .into_iter()
        .map(|item| {
            let times = within(item, "dl.span time");
            let iso = |i: usize| {
                times
                    .get(i)
                    .and_then(|e| e.attr("datetime"))
                    .unwrap_or_default()
                    .to_owned()
            };
            (
                words(within(item, "h3")[0]),
                words(within(item, ".state")[0]),
                iso(0),
                iso(1),
            )
        })
        .collect()
}

#[test]
fn the_windows_of_youyu_open_and_close_on_their_days() {
    for (today, state) in [
        (date(2023, 7, 16), "未开始"),
        (date(2023, 7, 17), "受理中"),
        (date(2023, 9, 17), "受理中"),
        (date(2023, 9, 18), "即将截止"),
        (date(2023, 9, 25), "今日截止"),
        (date(2023, 9, 26), "已结束"),
    ] {
        let made;
        let tree = if today == TODAY {
            site()
        } else {
            made = build(today);
            &made
        };
        let shown = windows(tree, "schedules/youyu-2023.html");
        let wanted = ["贷款受理", "合同变更"].map(|what| {
            (
                what.to_owned(),
                state.to_owned(),
                "2023-07-17".to_owned(),
                "2023-09-25".to_owned(),
            )
        });
        assert_eq!(shown, wanted, "{today}");
        let county = std::str::from_utf8(&tree["counties/140623.html"].bytes).expect("UTF-8");
        let county = Html::parse_document(county);
        let states = all(&county, ".card .state").into_iter().map(words);
        assert_eq!(states.collect::<Vec<_>>(), [state; 3], "{today}");
    }
}

#[test]
fn the_window_of_shanxi_is_never_shown_as_ended() {
    for today in [date(2020, 9, 25), date(2020, 9, 26), date(2023, 9, 1)] {
        let tree = build(today);
        let page = Html::parse_document(std::str::from_utf8(&tree[SHANXI].bytes).expect("UTF-8"));
        let state = words(all(&page, "section[aria-labelledby=times] .win .state")[0]);
        let wanted = match (today.year(), today.day()) {
            (2020, 25) => "受理中",
            (2020, _) => "截止日未载明",
            _ => "往年窗口",
        };
        assert_eq!(state, wanted, "{today}");
    }
}

// ---------------------------------------------------------------- 右玉县

#[test]
fn the_page_of_youyu_answers_when_how_where_with_what_and_whom_to_ask() {
    let path = "counties/140623.html";
    assert_eq!(words(all(&page(path), "h1")[0]), "右玉县");
    assert_eq!(words(all(&page(path), ".head .pinyin")[0]), "yòu yù xiàn");
    let when = section(path, "when");
    assert_reads(
        &when,
        &[
            "什么时候2023年7月17日至9月25日",
            "贷款受理时间：2023年7月17日--9月25日",
            "合同变更时间：2023年7月17日--9月25日",
        ],
        path,
    );
    // A card for each service that the schedule names; nothing of one is said of another.
    let card = |id: &str| section(path, &format!("for-{id}"));
    let renewal = card("renewal");
    assert_reads(
        &renewal,
        &[
            "续贷以前贷过，再接着贷。",
            "在家办远程，原则上全部在网上远程办。四（二）",
            "在哪办教育局一楼大厅四（二）",
            "一天几个确需现场办理：每天60名（上午30、下午30）四（二）",
            "没有写要带什么；电话（可问上级单位）",
        ],
        path,
    );
    assert!(!renewal.contains("《申请表》"), "{renewal}");
    let first = card("first-loan");
    assert_reads(
        &first,
        &[
            "带什么通过助学贷款预申请的学生：首贷《申请表》",
            "未通过预申请的学生：首贷《申请表》、《家庭经济困难学生认定申请表》",
            "预申请：在正式申请贷款以前，提前提出的申请。",
            "没有写电话",
        ],
        path,
    );
    let change = card("contract-change");
    assert_reads(
        &change,
        &["九2", "没有写能不能在家办；要带什么；一天办几个；电话"],
        path,
    );
    assert_eq!(all(&page(path), ".card").len(), 3);
    let text = read(path);
    assert_reads(
        &text,
        &[
            "2023年续贷学生原则上全部线上远程受理",
            "远程",
            "现场",
            "教育局一楼大厅",
            "首贷《申请表》",
            "《家庭经济困难学生认定申请表》",
            "列入生源地助学贷款续贷远程受理试点",
            "不早于2020年9月25日",
            "突发性家庭经济困难学生",
            "高中学习阶段获得国家助学金的学生",
            "经高中阶段学校、县级学生资助机构认定的其他家庭经济困难学生",
        ],
        path,
    );
    assert_reads(
        &text,
        &[
            "每天受理60名（上午30名、下午30名）",
            "每天60名（上午30名、下午30名）",
        ],
        path,
    );
    // There must be no telephone number: the plan gives none.
    assert!(all(&page(path), "a[href^='tel:']").is_empty());
}

#[test]
fn the_schedule_of_youyu_says_the_same_as_the_page_of_the_county() {
    let path = "schedules/youyu-2023.html";
    assert_reads(
        &read(path),
        &[
            "开始2023年7月17日截止2023年9月25日",
            "每天60名",
            "上午30名，下午30名",
            "教育局一楼大厅",
            "原文未载明",
            "建档立卡贫困家庭子女",
            "《家庭经济困难学生认定申请表》",
        ],
        path,
    );
}

// ---------------------------------------------------------------- annexes, citations, metadata, misprints

#[test]
fn annexes_are_listed_and_missing_ones_are_marked() {
    let hunan = page(HUNAN);
    let items: Vec<String> = all(&hunan, "section[aria-labelledby=attachments] ol.atts > li")
        .into_iter()
        .map(|item| squeeze(&words(item)))
        .collect();
    let forms = [
        "附件的附件1国家助学贷款还款救助申请表Ⅰ",
        "附件的附件2国家助学贷款还款救助申请表Ⅱ",
        "附件的附件3国家助学贷款还款救助申请公示表",
        "附件的附件4XX县（区）生源地助学贷款还款救助申请汇总表",
        "附件的附件5XX高校校园地助学贷款还款救助申请汇总表",
        "附件的附件6湖南省生源地助学贷款还款救助情况汇总表",
        "附件的附件7湖南省校园地助学贷款还款救助情况汇总表",
        "附件的附件8国家开发银行湖南省分行生源地助学贷款还款救助资金明细表",
        "附件的附件9国家开发银行湖南省分行校园地助学贷款还款救助资金明细表",
        "附件的附件10国家助学贷款还款救助归档材料清单",
    ];
    assert_eq!(items.len(), 11, "{items:#?}");
    assert!(items[0].starts_with("湖南省国家开发银行国家助学贷款还款救助操作细则"));
    for (form, item) in forms.iter().zip(&items[1..]) {
        assert!(item.starts_with(form), "{item}");
        assert!(item.contains("原件未收录"), "{item}");
    }
    for (path, title, target) in [
        (
            SHANXI,
            "2020年生源地助学贷款续贷远程受理试点县（市、区）名单",
            "pilots/shanxi-2020-remote.html",
        ),
        (
            HENAN,
            "河南省2018年度县（市、区）生源地信用助学贷款工作考核结果",
            ASSESSMENT,
        ),
    ] {
        let text = section(path, "attachments");
        assert_reads(&text, &[title], path);
        assert!(!text.contains("原件未收录"), "{path}");
        let page = page(path);
        let links: Vec<String> = all(&page, "section[aria-labelledby=attachments] a")
            .into_iter()
            .filter_map(|a| a.attr("href"))
            .map(|href| resolve(path, href))
            .collect();
        assert!(links.iter().any(|link| link == target), "{path}: {links:?}");
    }
}

/// A document named in a text: its number or title, and the address of our page of it, if there is one.
type Cited = (&'static str, Option<&'static str>);

/// The documents that each text names.
const CITED: [(&str, &[Cited]); 5] = [
    (
        SHANXI,
        &[
            ("教助中心〔2020〕20号", None),
            ("教助中心〔2020〕47号", None),
            ("晋教财〔2020〕41号", None),
            ("晋教助学函〔2020〕8号", None),
            ("国家助学贷款操作规程", None),
            ("财教〔2008〕196号", None),
            ("晋教财〔2019〕99号", None),
            ("晋教助学函〔2020〕19号", None),
        ],
    ),
    (
        YOUYU,
        &[
            ("教助中心〔2023〕16号", Some(NATIONAL)),
            ("开行晋便函〔2023〕99号", None),
        ],
    ),
    (
        NATIONAL,
        &[("财教〔2023〕63号", None), ("财教〔2008〕196号", None)],
    ),
    (
        HUNAN,
        &[
            ("教财〔2015〕7号", None),
            ("教助中心〔2016〕175号", None),
            ("GB/T 16180－2014", None),
            ("国家助学贷款操作规程", None),
        ],
    ),
    (
        HENAN,
        &[
            ("教助中心〔2012〕108号", None),
            ("教资助〔2019〕48号", None),
        ],
    ),
];

#[test]
fn every_cited_document_is_shown_and_linked_if_the_site_has_it() {
    for (path, cited) in CITED {
        let page = page(path);
        let items = all(&page, "section[aria-labelledby=cites] ol.cited > li");
        assert_eq!(items.len(), cited.len(), "{path}");
        for (item, (name, held)) in items.into_iter().zip(cited) {
            let text = squeeze(&words(item));
            assert!(text.contains(&squeeze(name)), "{path}: {text}");
            let link = within(item, "p a")
                .first()
                .and_then(|a| a.attr("href"))
                .map(|href| resolve(path, href));
            assert_eq!(link.as_deref(), *held, "{path}: {name}");
            assert_eq!(text.contains("本站未收录"), held.is_none(), "{text}");
        }
    }
    assert_reads(
        &section(NATIONAL, "cited-by"),
        &["右玉县2023年生源地信用助学贷款受理工作方案"],
        NATIONAL,
    );
}

/// Rows of the table 文件信息.
fn metadata(path: &str) -> Vec<(String, String)> {
    let page = page(path);
    all(&page, "dl.meta > div")
        .into_iter()
        .map(|row| {
            (
                words(within(row, "dt")[0]),
                squeeze(&words(within(row, "dd")[0])),
            )
        })
        .collect()
}

#[test]
fn metadata_rows_are_in_the_usual_order() {
    for path in NOTICES {
        let names: Vec<String> = metadata(path).into_iter().map(|(name, _)| name).collect();
        let wanted = [
            "索引号",
            "主题分类",
            "发文机关",
            "成文日期",
            "标题",
            "发文字号",
            "印发日期",
            "发布日期",
            "公开方式",
            "有效性",
            "适用地区",
        ];
        assert_eq!(names[..wanted.len()], wanted, "{path}");
    }
}

#[test]
fn what_a_document_does_not_say_is_shown_as_not_stated() {
    const NONE: &str = "原文未载明";
    for (path, wanted) in [
        (
            SHANXI,
            [
                "山西省学生助学贷款管理中心",
                "2020年7月15日",
                "晋教助学〔2020〕7号",
                "依申请公开",
            ],
        ),
        (YOUYU, [NONE, NONE, NONE, NONE]),
        (
            NATIONAL,
            [
                "全国学生资助管理中心、国家开发银行普惠金融部",
                NONE,
                NONE,
                NONE,
            ],
        ),
        (
            HUNAN,
            [
                "湖南省教育厅、国家开发银行湖南省分行",
                "2017年8月24日",
                NONE,
                NONE,
            ],
        ),
        (
            HENAN,
            [
                "河南省教育厅、国家开发银行河南省分行",
                NONE,
                "教资助函〔2019〕192号",
                "主动公开",
            ],
        ),
    ] {
        let rows: HashMap<String, String> = metadata(path).into_iter().collect();
        for (name, value) in ["发文机关", "成文日期", "发文字号", "公开方式"]
            .into_iter()
            .zip(wanted)
        {
            assert!(
                rows[name].starts_with(value),
                "{path} {name}: {}",
                rows[name]
            );
        }
    }
    let rows: HashMap<String, String> = metadata(SHANXI).into_iter().collect();
    assert_eq!(rows["印发日期"], "2020年7月16日");
}

/// Misprints in the texts, as printed and as they should be. The text keeps the printed words.
const SLIPS: [(&str, &str, &str); 19] = [
    (SHANXI, "服务和管理工作的", "服务和管理工作"),
    (SHANXI, "应 县", "应县"),
    (SHANXI, "临 县", "临县"),
    (SHANXI, "沁 县", "沁县"),
    (YOUYU, "教助中心【2023】16号", "教助中心〔2023〕16号"),
    (YOUYU, "开行晋便函【2023】99号", "开行晋便函〔2023〕99号"),
    (
        HUNAN,
        "将被救助人的返还的救助资金",
        "将被救助人返还的救助资金",
    ),
    (HUNAN, "本办法", "本细则"),
    (HUNAN, "（公示表见附件3）", "（公示表见附件3）。"),
    (
        HUNAN,
        "XX高校校园地地助学贷款还款救助申请汇总表",
        "XX高校校园地助学贷款还款救助申请汇总表",
    ),
    (
        HUNAN,
        "国家开发银行湖南分行生源地助学贷款还款救助资金明细表",
        "国家开发银行湖南省分行生源地助学贷款还款救助资金明细表",
    ),
    (
        HUNAN,
        "国家开发银行湖南分行校园地助学贷款还款救助资金明细表",
        "国家开发银行湖南省分行校园地助学贷款还款救助资金明细表",
    ),
    (HUNAN, "台帐", "台账"),
    (HENAN, "〔2012〕108号精神", "〔2012〕108号）精神"),
    (
        HENAN,
        "48号），以下简称《通知》）",
        "48号，以下简称《通知》）",
    ),
    (
        HENAN,
        "各市、县（市、区）、要结合",
        "各市、县（市、区）要结合",
    ),
    (HENAN, "郟县", "郏县"),
    (HENAN, "临颖县", "临颍县"),
    (HENAN, "梁园区、睢阳区", "梁园区、睢阳区。"),
];

#[test]
fn misprints_stay_as_printed_and_are_marked_in_the_text_and_listed() {
    for (path, printed, right) in SLIPS {
        let page = page(path);
        let marked = all(&page, "article.gw [id^='slip-']")
            .into_iter()
            .any(|mark| {
                text_without(mark, &ours) == printed
                    && words(mark).contains(&format!("应为“{right}”"))
            });
        assert!(marked, "{path}: “{printed}” is not marked");
        let listed = all(&page, "section[aria-labelledby=slips] li")
            .into_iter()
            .any(|item| {
                let del: String = within(item, "del")[0].text().collect();
                del == printed && words(within(item, "ins")[0]) == right
            });
        assert!(listed, "{path}: “{printed}” is not listed");
    }
}

#[test]
fn a_document_disclosed_on_request_carries_the_decision_to_publish_it() {
    let banner = words(all(&page(SHANXI), "main aside")[0]);
    assert!(banner.contains("依申请公开"), "{banner}");
    assert!(banner.contains("2026年11月20日"), "{banner}");
    assert_reads(
        &section(SHANXI, "omitted"),
        &["六名工作人员的姓名和电话", "邮箱"],
        SHANXI,
    );
    assert_eq!(all(&page(SHANXI), "article.gw .withheld").len(), 5);
    for path in [YOUYU, NATIONAL, HUNAN, HENAN] {
        assert!(all(&page(path), "main aside").is_empty(), "{path}");
    }
}

// ---------------------------------------------------------------- citations and links

/// Folds spellings that readers take for the same text: white space, width, brackets of document numbers.
fn fold(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '〔' | '【' => '[',
            '〕' | '】' => ']',
            '\u{FF01}'..='\u{FF5E}' => {
                char::from_u32(u32::from(c) - 0xFEE0).expect("a half-width twin")
            }
            c => c,
        })
        .collect()
}

/// The official text of every clause of a notice, folded, by anchor. A clause includes the clauses below it.
fn clauses(path: &str) -> HashMap<String, String> {
    let page = page(path);
    let mut texts: HashMap<String, String> = HashMap::new();
    let mut at = String::new();
    for block in official_blocks(&page) {
        if let Some(id) = block.attr("id") {
            at = id.to_owned();
            texts.entry(at.clone()).or_default();
        }
        let words = fold(&text_without(block, &ours));
        let open: Vec<String> = texts
            .keys()
            .filter(|id| at == **id || at.starts_with(&format!("{id}-")))
            .cloned()
            .collect();
        for id in open {
            texts.entry(id).or_default().push_str(&words);
        }
    }
    texts
}

#[test]
fn every_citation_leads_to_a_clause_that_contains_the_quotation() {
    let clauses: HashMap<&str, HashMap<String, String>> = NOTICES
        .into_iter()
        .map(|path| (path, clauses(path)))
        .collect();
    let (mut quoted, mut bare) = (0, 0);
    for path in pages() {
        let page = page(path);
        for cite in all(&page, ".cite, .card .at") {
            let link = within(cite, "a").first().map_or(cite, |a| *a);
            let link = link.attr("href").unwrap_or_default();
            let target = resolve(path, link);
            let (notice, anchor) = target
                .split_once('#')
                .unwrap_or_else(|| panic!("{path}: {target} names no clause"));
            // The list of misprints links to the exact words.
            if anchor.starts_with("slip-") && notice == path {
                assert_eq!(all(&page, &format!("article.gw [id={anchor}]")).len(), 1);
                bare += 1;
                continue;
            }
            let text = clauses
                .get(notice)
                .and_then(|texts| texts.get(anchor))
                .unwrap_or_else(|| panic!("{path}: there is no clause {target}"));
            match within(cite, "q").first() {
                Some(q) => {
                    let quote: String = q.text().collect();
                    assert!(
                        text.contains(&fold(&quote)),
                        "{path}: {target} does not say “{quote}” but: {text}"
                    );
                    quoted += 1;
                }
                None => bare += 1,
            }
        }
    }
    assert!(
        quoted > 60 && bare > 400,
        "the test found {quoted} quotations, {bare} bare citations"
    );
}

#[test]
fn every_internal_link_leads_to_a_file_and_every_fragment_to_an_anchor() {
    let ids: HashMap<&str, HashSet<String>> = pages()
        .map(|path| {
            let page = page(path);
            let mut ids = HashSet::new();
            for element in all(&page, "[id]") {
                let id = element.attr("id").unwrap_or_default();
                assert!(!id.is_empty() && ids.insert(id.to_owned()), "{path}#{id}");
            }
            (path, ids)
        })
        .collect();
    for path in pages().filter(|path| *path != "404.html") {
        let page = page(path);
        for element in all(&page, "[href], [src]") {
            let reference = element
                .attr("href")
                .or(element.attr("src"))
                .unwrap_or_default();
            if element.attr("rel") == Some("canonical") {
                continue;
            }
            // A calendar is loaded from the published site, wherever the page is opened.
            if let Some(file) = reference.strip_prefix("webcal://mingbai.example/") {
                assert!(site().contains_key(file), "{path}: no file {file}");
                continue;
            }
            assert!(
                !reference.contains(':') && !reference.starts_with('/'),
                "{path}: {reference} leads away or breaks below a base path"
            );
            let target = resolve(path, reference);
            let (file, fragment) = target.split_once('#').unwrap_or((&target, ""));
            assert!(site().contains_key(file), "{path}: no file {target}");
            if !fragment.is_empty() {
                assert!(ids[file].contains(fragment), "{path}: no place {target}");
            }
        }
    }
}

// ---------------------------------------------------------------- counties

#[test]
fn every_unit_of_the_lists_has_one_page_and_no_other_unit_has() {
    let listed: BTreeSet<String> = ["pilots/shanxi-2020-remote.html", ASSESSMENT]
        .into_iter()
        .flat_map(rows)
        .map(|row| row[5].clone())
        .collect();
    assert_eq!(listed.len(), 198);
    let made: BTreeSet<String> = pages()
        .filter(|path| path.starts_with("counties/") && *path != "counties/index.html")
        .filter(|path| !is_redirect(path))
        .map(str::to_owned)
        .collect();
    assert_eq!(made, listed);
}

#[test]
fn the_register_names_every_county_with_a_page() {
    let path = "counties/index.html";
    let page = page(path);
    let linked: BTreeSet<String> = all(&page, "main a[href]")
        .into_iter()
        .map(|a| resolve(path, a.attr("href").unwrap_or_default()))
        .collect();
    for target in pages().filter(|p| p.starts_with("counties/") && *p != path) {
        assert_eq!(linked.contains(target), !is_redirect(target), "{target}");
    }
    assert_reads(&read(path), &["198"], path);
}

#[test]
fn a_renamed_county_is_found_under_its_old_code_and_name() {
    for (old, new, then, now) in [
        ("410381", "410307", "偃师市", "偃师区"),
        ("410322", "410308", "孟津县", "孟津区"),
        ("411626", "411603", "淮阳县", "淮阳区"),
        ("410728", "410783", "长垣县", "长垣市"),
    ] {
        let path = format!("counties/{old}.html");
        assert!(is_redirect(&path), "{old}");
        let redirect = page(&path);
        let to = all(&redirect, "meta[http-equiv=refresh]")[0]
            .attr("content")
            .unwrap_or_default();
        assert_eq!(to, format!("0; url=../counties/{new}.html"));
        let path = format!("counties/{new}.html");
        let text = read(&path);
        assert!(text.contains(then) && text.contains(now), "{path}: {text}");
        let grade = if then == "孟津县" || then == "淮阳县" {
            "良好"
        } else {
            "优秀"
        };
        let record = section(&path, "record");
        assert!(record.contains(grade), "{path}: {record}");
    }
}

#[test]
fn every_county_page_says_what_its_lists_say() {
    for row in rows(ASSESSMENT) {
        let record = section(&row[5], "record");
        let wanted = format!("2018年生源地信用助学贷款工作考核：{}", row[4]);
        assert!(record.contains(&wanted), "{}: {record}", row[5]);
    }
    for row in rows("pilots/shanxi-2020-remote.html") {
        let page = squeeze(&read(&row[5]));
        let wanted = [
            "2020年列入生源地助学贷款续贷远程受理试点：县在名单里的，2020年续贷可以远程办",
            "2020试点列入生源地助学贷款续贷远程受理试点",
        ];
        let said = wanted.map(|words| page.contains(words));
        // Among the answers, or, where a newer schedule has those, in the record: once.
        assert_eq!(
            said,
            [
                row[5] != "counties/140623.html",
                row[5] == "counties/140623.html"
            ],
            "{}",
            row[5]
        );
    }
}

#[test]
fn the_county_line_of_a_pilot_leads_to_its_row() {
    for (_, name, code) in PILOTS {
        let path = format!("counties/{code}.html");
        let wanted = format!("pilots/shanxi-2020-remote.html#{code}");
        let page = page(&path);
        let found = all(&page, "main a[href]")
            .into_iter()
            .any(|a| resolve(&path, a.attr("href").unwrap_or_default()) == wanted);
        assert!(found, "{name}");
    }
}

// ---------------------------------------------------------------- privacy

/// Hashes of what was withheld. The words themselves here would publish them.
const WITHHELD_NAMES: [&str; 6] = [
    "ad5f4102e85baafe267058ea852416e44992d1b2007babdcb89d1e0d92e0d3ed",
    "8b7831f8fced3945af76014d26fd12d959321359b07dbfc99b7c71f04116350f",
    "1b3ebf0e705e57d505ca4e9dcafedb0e07059818c1d1124c473cce6b2474700a",
    "5f8e9372003217af260641dc3c0b7be8d8257f3599ece92edf503d68075e8e49",
    "0fc643d4b509005aa52d42f85181934d341c25496d752306808d7fa22707e6b0",
    "eaad0b725b940b250817bf625c624bbc57f9289755d5fbae6f4d241664ff863b",
];
/// The seven digits of each direct line, however the area code is written before them.
const WITHHELD_LINES: [&str; 6] = [
    "63335e5df1fde306b0edeb77f51780c2b02e0f29daea9d2837e9e1058cc67dbf",
    "717fe8b4527e82f76a965cb1d4206c655695e73364ebb462c28dcd1e465008f5",
    "e9b6edab921f844fa50c9353b19891a9d61f77dd48b95eb190110db866e41152",
    "8befc31514eb542b47aff80541b5316121497e1d99cb8bf484739c42f3ddb67d",
    "70e421e43696ce3d7158f686e3abe7fc6fb5db7f5207f7f377c3b0e60231357b",
    "eb0cbafa0c5de0775bec5b63d75e4efeca454fa9a300fd2aac9c273ce2364950",
];
/// The nine digits of the mailbox, whatever follows them.
const WITHHELD_MAILBOX: &str = "f322e4d264c3caa14e501f5c868708e0133c3b871efd8a1c32f34e6e7fee5955";

/// Parts of a text that could be one of the withheld words: two and three consecutive ideographs, and seven or nine
/// consecutive digits, both also across white space, punctuation and full width.
fn candidates(text: &str, out: &mut HashSet<String>) {
    let mut ideographs: Vec<char> = Vec::new();
    let mut digits: Vec<char> = Vec::new();
    for c in text.chars() {
        let c = match c {
            '０'..='９' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            c => c,
        };
        if c.is_whitespace() {
            continue;
        }
        if ('\u{4E00}'..='\u{9FFF}').contains(&c) {
            ideographs.push(c);
            for n in [2, 3] {
                if let Some(at) = ideographs.len().checked_sub(n) {
                    out.insert(ideographs[at..].iter().collect());
                }
            }
        } else {
            ideographs.clear();
        }
        if c.is_ascii_digit() {
            digits.push(c);
            for n in [7, 9] {
                if let Some(at) = digits.len().checked_sub(n) {
                    out.insert(digits[at..].iter().collect());
                }
            }
        } else if !matches!(c, '-' | '－' | '–' | '—' | '(' | ')' | '（' | '）' | '.') {
            digits.clear();
        }
    }
}

fn withheld_among(candidates: &HashSet<String>) -> Vec<usize> {
    let secret: HashSet<&str> = WITHHELD_NAMES
        .into_iter()
        .chain(WITHHELD_LINES)
        .chain([WITHHELD_MAILBOX])
        .collect();
    candidates
        .iter()
        .filter(|word| secret.contains(sha256(word.as_bytes()).as_str()))
        .map(|word| word.chars().count())
        .collect()
}

#[test]
fn the_search_for_withheld_words_sees_through_spaces_and_marks() {
    let mut found = HashSet::new();
    candidates(
        "甲 乙，０１２３－1234567；a1b 丙丁戊 123456789@x",
        &mut found,
    );
    for word in ["甲乙", "1234567", "丙丁", "丁戊", "丙丁戊", "123456789"] {
        assert!(found.contains(word), "{word}");
    }
    assert!(!found.contains("乙丙"));
}

#[test]
fn no_page_holds_a_name_a_direct_line_or_the_mailbox_that_was_withheld() {
    let mut found = HashSet::new();
    for (path, file) in site() {
        candidates(path, &mut found);
        candidates(&String::from_utf8_lossy(&file.bytes), &mut found);
    }
    assert!(found.len() > 5_000);
    assert_eq!(withheld_among(&found), Vec::<usize>::new());
    for path in pages() {
        assert!(
            !text_of(path).contains("mailto:"),
            "{path} holds a mail address"
        );
    }
}

/// Folders of the repository that contain nothing of ours: files that tools create and fetch.
const NOT_OURS: [&str; 4] = [".git", "target", "node_modules", "public"];

fn repository_files(folder: &Path, visit: &mut dyn FnMut(&Path)) {
    for entry in fs::read_dir(folder).expect("the repository can be read") {
        let path = entry.expect("the repository can be read").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if NOT_OURS.contains(&name.as_ref()) {
            continue;
        }
        if path.is_dir() {
            repository_files(&path, visit);
        } else {
            visit(&path);
        }
    }
}

#[test]
fn no_file_of_the_repository_holds_what_was_withheld() {
    let mut found = HashSet::new();
    let mut count = 0;
    repository_files(repository(), &mut |path| {
        count += 1;
        candidates(&path.to_string_lossy(), &mut found);
        let bytes = fs::read(path).unwrap_or_default();
        candidates(&String::from_utf8_lossy(&bytes), &mut found);
    });
    assert!(count > 100);
    assert_eq!(withheld_among(&found), Vec::<usize>::new());
}

// ---------------------------------------------------------------- every page

#[test]
fn every_page_has_language_title_description_canonical_address_and_one_heading() {
    let mut titles: BTreeMap<String, &str> = BTreeMap::new();
    for path in pages() {
        let page = page(path);
        assert_eq!(all(&page, "html")[0].attr("lang"), Some("zh-CN"), "{path}");
        let title = words(all(&page, "head > title")[0]);
        assert!(title.chars().count() > 4, "{path}: {title}");
        let description = all(&page, "head > meta[name=description]")[0]
            .attr("content")
            .unwrap_or_default();
        assert!(description.chars().count() >= 6, "{path}: {description}");
        let headings = all(&page, "h1");
        assert_eq!(headings.len(), 1, "{path}");
        assert!(!words(headings[0]).is_empty(), "{path}");
        assert_eq!(all(&page, "main").len(), 1, "{path}");
        let canonical = all(&page, "head > link[rel=canonical]")[0]
            .attr("href")
            .unwrap_or_default();
        if is_redirect(path) {
            continue;
        }
        let wanted = match path.strip_suffix("index.html") {
            Some(folder) => folder,
            None => path,
        };
        assert_eq!(canonical, format!("https://mingbai.example/{wanted}"));
        if let Some(other) = titles.insert(format!("{title} {description}"), path) {
            panic!("{path} and {other} have the same title and description: {title}");
        }
    }
}

#[test]
fn headings_of_every_page_go_down_one_level_at_a_time() {
    for path in pages() {
        let page = page(path);
        let mut last = 0;
        for heading in all(&page, "h1, h2, h3, h4, h5, h6") {
            let level: usize = heading.value().name()[1..].parse().expect("a level");
            assert!(
                level <= last + 1,
                "{path}: “{}” is a heading of level {level} after one of level {last}",
                words(heading)
            );
            last = level;
        }
    }
}

#[test]
fn no_page_has_inline_style_or_script_or_loads_anything_from_elsewhere() {
    for path in pages() {
        let page = page(path);
        for element in all(&page, "*") {
            let e = element.value();
            for (name, value) in e.attrs() {
                assert!(
                    name != "style" && !name.starts_with("on"),
                    "{path}: <{} {name}=\"{value}\">",
                    e.name()
                );
                assert!(
                    !value.trim_start().to_lowercase().starts_with("javascript:"),
                    "{path}: {value}"
                );
            }
            match e.name() {
                "style" | "iframe" | "object" | "embed" | "base" => {
                    panic!("{path} holds <{}>", e.name())
                }
                // A data block is not a script.
                "script"
                    if matches!(
                        e.attr("type"),
                        Some("application/json" | "application/ld+json")
                    ) =>
                {
                    let data = element.text().collect::<String>();
                    let json = serde_json::from_str::<serde_json::Value>(&data);
                    assert!(json.is_ok(), "{path}: data that are no JSON");
                }
                "script" => {
                    assert!(e.attr("src").is_some(), "{path}: inline script");
                    assert!(words(element).is_empty(), "{path}: inline script");
                }
                _ => {}
            }
            let loads = match e.name() {
                "link" if e.attr("rel") != Some("canonical") => e.attr("href"),
                "script" | "img" | "source" | "video" | "audio" => e.attr("src"),
                _ => None,
            };
            if let Some(address) = loads {
                assert!(
                    !address.contains("://") && !address.starts_with("//"),
                    "{path} loads {address}"
                );
            }
        }
    }
    for (path, file) in site() {
        if path.ends_with(".css") {
            let style = String::from_utf8_lossy(&file.bytes);
            assert!(
                !style.contains("://") && !style.contains("@import"),
                "{path} loads from elsewhere"
            );
        }
    }
}

#[test]
fn the_sitemap_lists_every_indexed_page() {
    let map = text_of("sitemap.xml");
    let listed: BTreeSet<&str> = map
        .split("<loc>")
        .skip(1)
        .filter_map(|rest| rest.split("</loc>").next())
        .collect();
    assert_eq!(listed.len(), map.matches("<url>").count(), "a page twice");
    for path in pages() {
        let address = all(&page(path), "head > link[rel=canonical]")[0]
            .attr("href")
            .unwrap_or_default()
            .to_owned();
        // A leaflet is an extract of a page that is listed.
        if path == "404.html" || path.starts_with("leaflets/") {
            assert!(!listed.contains(address.as_str()));
        } else {
            // A page that moved gives its new address.
            assert!(listed.contains(address.as_str()), "{path}: {address}");
        }
    }
    assert_eq!(
        text_of("robots.txt"),
        "User-agent: *\nAllow: /\nSitemap: https://mingbai.example/sitemap.xml\n"
    );
}

#[test]
fn the_feed_lists_the_documents() {
    let feed = text_of("atom.xml");
    for path in NOTICES {
        assert!(
            feed.contains(&format!("https://mingbai.example/{path}")),
            "{path}"
        );
    }
    assert_eq!(
        feed.matches("<entry>").count(),
        feed.matches("</entry>").count()
    );
}
