//! Tables and lists of offices become source files: workbooks made by other programs than ours (tests/tables/make.py says
//! which), texts in the encodings of offices, the lists in the official documents themselves.

mod support;

use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;

use jiff::civil::date;
use mingbai::desk::bytes::decode;
use mingbai::desk::remark::RemarkKind;
use mingbai::desk::table::{
    Correction, Imported, Kind, Options, Role, import_table, running_lists,
};
use mingbai::diag::{Sink, SourceId};
use mingbai::model::region::{self, Regions};
use mingbai::sources;
use mingbai::sources::yaml::{self, Kind as YamlKind, Node};
use proptest::prelude::*;
use support::*;

fn regions() -> &'static Regions {
    static REGIONS: OnceLock<Regions> = OnceLock::new();
    REGIONS.get_or_init(|| {
        let mut sink = Sink::default();
        let sources = sources::read(repository(), &mut sink).expect("the repository is a site");
        region::load(&sources, &mut sink)
    })
}

fn table(name: &str) -> Vec<u8> {
    fs::read(tests_folder("tables").join(name)).expect("a file of these tests")
}

fn options(region: &str, year: i16) -> Options {
    Options {
        id: "new".into(),
        region: Some(region.into()),
        year: Some(year),
        ..Options::default()
    }
}

fn import(name: &str, options: &Options) -> Imported {
    import_table(name, &table(name), options, regions())
        .unwrap_or_else(|refusal| panic!("{name}: {}", refusal.words().zh))
}

fn parsed(text: &str) -> Node {
    let mut sink = Sink::default();
    let node = yaml::parse(SourceId(0), text, 0..text.len(), &mut sink);
    assert!(sink.is_empty(), "{text}");
    node.expect("a YAML file")
}

fn get<'a>(node: &'a Node, key: &str) -> Option<&'a Node> {
    let YamlKind::Map(map) = &node.kind else {
        return None;
    };
    map.iter()
        .find(|(name, _)| name.value == key)
        .map(|(_, value)| value)
}

fn text_of(node: &Node) -> String {
    match &node.kind {
        YamlKind::Text(text) => text.clone(),
        YamlKind::List(items) => items.iter().map(text_of).collect::<Vec<_>>().join("、"),
        _ => String::new(),
    }
}

/// The lists of a file: (grade, heading, names).
fn lists(text: &str) -> Vec<(String, String, String)> {
    let node = parsed(text);
    let mut out = Vec::new();
    let mut add = |grade: &str, counties: &Node| match &counties.kind {
        YamlKind::Map(map) => {
            for (heading, names) in map {
                out.push((grade.to_owned(), heading.value.clone(), text_of(names)));
            }
        }
        _ => out.push((grade.to_owned(), String::new(), text_of(counties))),
    };
    if let Some(counties) = get(&node, "counties") {
        add("", counties);
    }
    if let Some(YamlKind::List(grades)) = get(&node, "grades").map(|node| &node.kind) {
        for grade in grades {
            let name = get(grade, "grade").map(text_of).unwrap_or_default();
            add(&name, get(grade, "counties").expect("a list"));
        }
    }
    out
}

/// The lists that were entered by hand.
fn by_hand(path: &str) -> Vec<(String, String, String)> {
    lists(&fs::read_to_string(repository().join(path)).expect("a file of the repository"))
}

fn said(imported: &Imported, kind: RemarkKind) -> Vec<String> {
    imported
        .remarks
        .iter()
        .filter(|remark| remark.kind == kind)
        .map(|remark| {
            format!("{} {}", remark.place, remark.words.zh)
                .trim()
                .to_owned()
        })
        .collect()
}

fn says(imported: &Imported, kind: RemarkKind, words: &str) -> bool {
    said(imported, kind).iter().any(|line| line.contains(words))
}

// ---------------------------------------------------------------- pilot lists

#[test]
fn a_workbook_of_another_program_gives_the_list_that_was_entered_by_hand() {
    let imported = import("pilots.xlsx", &options("山西省", 2020));
    assert_eq!(imported.kind, Kind::Pilots);
    assert_eq!(imported.path, "data/pilots/new.yaml");
    assert_eq!(
        lists(&imported.text),
        by_hand("data/pilots/shanxi-2020-remote.yaml")
    );
    // Merged prefectures are filled down without a word; title, total and note are said.
    assert!(said(&imported, RemarkKind::Filled).is_empty());
    let outside = said(&imported, RemarkKind::Outside).join("\n");
    for words in [
        "A2 表头上面的文字，没有写进名单：2020年生源地助学贷款续贷远程受理试点县（市、区）名单",
        "A34 合计行，没有写进名单：合计 | 30",
        "A35 表里的说明，没有写进名单：注：县（市、区）的先后按原文。",
        "A 列 序号不写进文件：1–30",
    ] {
        assert!(outside.contains(words), "{words}\n{outside}");
    }
    assert!(says(
        &imported,
        RemarkKind::Count,
        "C34 合计 30，数下来相符"
    ));
    assert!(says(
        &imported,
        RemarkKind::Reading,
        "没有读工作表“填写说明”"
    ));
    assert!(imported.text.contains("  # C11 右玉县 备注：首批\n"));
}

#[test]
fn a_name_with_a_space_keeps_it_and_gets_a_ready_correction_as_a_comment() {
    let imported = import("pilots.xlsx", &options("山西省", 2020));
    assert_eq!(
        said(&imported, RemarkKind::Name),
        [
            "C10 “应 县”在朔州市查不到（2020年版区划）；是不是应县（朔州市）？名字中间有空格。",
            "C21 “临 县”在吕梁市查不到（2020年版区划）；是不是临县（吕梁市）？名字中间有空格。",
            "C24 “沁 县”在长治市查不到（2020年版区划）；是不是沁县（长治市）？名字中间有空格。",
        ]
    );
    assert!(imported.text.contains(
        "# corrections:\n#   - printed: 应 县\n#     right: 应县\n#     why: 原文印作“应 县”，中间有空格。\n"
    ));
    assert!(get(&parsed(&imported.text), "corrections").is_none());
}

#[test]
fn tables_as_text_are_read_in_every_encoding_and_with_every_delimiter() {
    let expected = by_hand("data/pilots/shanxi-2020-remote.yaml");
    for (name, words) in [
        ("pilots.csv", None),
        ("pilots-gb18030.csv", Some("文件的编码是 gb18030")),
        ("pilots-utf16.csv", Some("文件的编码是 UTF-16LE")),
        ("pilots-wide-comma.csv", Some("各列之间是“，”")),
    ] {
        let imported = import(name, &options("山西省", 2020));
        assert_eq!(lists(&imported.text), expected, "{name}");
        if let Some(words) = words {
            assert!(says(&imported, RemarkKind::Reading, words), "{name}");
        }
    }
}

#[test]
fn a_workbook_of_libreoffice_is_read_as_one_of_openpyxl() {
    let one = import("pilots.xlsx", &options("山西省", 2020));
    let other = import("libreoffice.xlsx", &options("山西省", 2020));
    assert_eq!(
        one.text.replace("pilots.xlsx", "libreoffice.xlsx"),
        other.text
    );
    assert_eq!(one.remarks, other.remarks);
}

#[test]
fn names_that_are_not_found_are_listed_with_what_was_perhaps_meant_and_stay_as_they_are() {
    let imported = import("mixed.xlsx", &options("山西省", 2023));
    assert_eq!(
        said(&imported, RemarkKind::Name),
        [
            "A3 “浑源”在全省查不到（2023年版区划）；是不是浑源县（大同市）？名字没有写全。",
            "A4 “右王县”在全省查不到（2023年版区划）；是不是右玉县（朔州市）？差一两个字。",
            "A5 “大同县”在全省查不到（2023年版区划）；是不是云州区（大同市）？这是另一时期的名称。",
            "A6 “城区”在几个市都有（阳泉市、晋城市），没有写是哪个市的",
            "A8 “平定县教育局”在全省查不到（2023年版区划）；是不是平定县（阳泉市）？名字后面还有别的字。",
            "A9 “某某县”在全省查不到（2023年版区划），也没有相近的名字",
        ]
    );
    let all = lists(&imported.text);
    let names: Vec<&str> = all
        .iter()
        .flat_map(|(.., names)| names.split('、'))
        .collect();
    for name in [
        "清徐县",
        "浑源",
        "右王县",
        "大同县",
        "城区",
        "洪洞县",
        "平定县教育局",
        "某某县",
    ] {
        assert!(names.contains(&name), "{name}: {names:?}");
    }
    assert!(all.contains(&(String::new(), "待核".into(), "城区、某某县".into())));
    // 大同县 was a county in 2016.
    let before = import("mixed.xlsx", &options("山西省", 2017));
    assert!(!says(&before, RemarkKind::Name, "大同县"));
    assert!(says(&before, RemarkKind::Deduced, "A5 大同县（大同市）"));
}

#[test]
fn a_table_without_a_header_needs_its_columns_as_an_option() {
    let bytes = "太原市,清徐县\n,阳曲县\n大同市,浑源县\n".as_bytes();
    let mut options = options("山西省", 2020);
    let refusal = import_table("a.csv", bytes, &options, regions()).expect_err("no header");
    assert!(
        refusal
            .words()
            .zh
            .contains("认不出哪一列是“县”。看到的列：A；B。"),
        "{}",
        refusal.words().zh
    );
    assert!(refusal.words().zh.contains("--column county=B"));
    options.columns = vec![(Role::Prefecture, "A".into()), (Role::County, "B".into())];
    let imported = import_table("a.csv", bytes, &options, regions()).expect("a list");
    assert_eq!(
        lists(&imported.text),
        [
            (String::new(), "太原市".into(), "清徐县、阳曲县".into()),
            (String::new(), "大同市".into(), "浑源县".into()),
        ]
    );
    assert_eq!(
        said(&imported, RemarkKind::Filled),
        ["A 列 空格照上一行填了：A2"]
    );
}

#[test]
fn columns_can_be_named_by_the_words_of_their_header() {
    let bytes = "甲,乙,丙\n太原市,清徐县,首批\n".as_bytes();
    let mut options = options("山西省", 2020);
    options.columns = vec![(Role::County, "乙".into()), (Role::Prefecture, "甲".into())];
    let imported = import_table("a.csv", bytes, &options, regions()).expect("a list");
    assert_eq!(
        lists(&imported.text),
        [(String::new(), "太原市".into(), "清徐县".into())]
    );
    assert!(imported.text.contains("# B2 清徐县 丙：首批"));
    options.columns = vec![(Role::County, "乙".into()), (Role::Prefecture, "丁".into())];
    let refusal = import_table("a.csv", bytes, &options, regions()).expect_err("no such column");
    assert!(
        refusal.words().zh.starts_with("没有列“丁”。"),
        "{}",
        refusal.words().zh
    );
}

#[test]
fn several_names_in_a_cell_and_same_as_above_are_understood_and_said() {
    let bytes = "市,县区,备注\n太原市,\"清徐县、阳曲县\",甲\n同上,\"娄烦\n县\",\n大同,浑源县,乙\n"
        .as_bytes();
    let imported =
        import_table("a.csv", bytes, &options("山西省", 2020), regions()).expect("a list");
    assert_eq!(
        lists(&imported.text),
        [
            (
                String::new(),
                "太原市".into(),
                "清徐县、阳曲县、娄烦县".into()
            ),
            (String::new(), "大同".into(), "浑源县".into()),
        ]
    );
    assert!(says(
        &imported,
        RemarkKind::Divided,
        "“清徐县、阳曲县”读作：清徐县；阳曲县"
    ));
    assert!(says(
        &imported,
        RemarkKind::Filled,
        "“同上”照上一行算：太原市"
    ));
    assert_eq!(
        said(&imported, RemarkKind::Name),
        ["B5 “大同”不是市名；是不是“大同市”？"]
    );
}

#[test]
fn the_same_county_twice_and_a_county_below_another_prefecture_are_said() {
    let bytes = "市,县\n太原市,清徐县\n大同市,清徐县\n太原市,清徐县\n".as_bytes();
    let imported =
        import_table("a.csv", bytes, &options("山西省", 2020), regions()).expect("a list");
    assert_eq!(
        said(&imported, RemarkKind::Name),
        ["B3 “清徐县”在大同市查不到（2020年版区划）；是不是清徐县（太原市）？它属于另一个市。"]
    );
    assert!(says(
        &imported,
        RemarkKind::Order,
        "B4 “清徐县”已经列过一次（B2）"
    ));
    assert!(says(&imported, RemarkKind::Order, "先后与表里不同"));
}

// ---------------------------------------------------------------- assessments

#[test]
fn the_168_units_of_a_workbook_are_those_entered_by_hand_grade_by_grade() {
    let imported = import("grades.xlsx", &options("河南省", 2018));
    assert_eq!(imported.kind, Kind::Assessment);
    assert_eq!(
        lists(&imported.text),
        by_hand("data/assessments/henan-2018.yaml")
    );
    assert_eq!(
        said(&imported, RemarkKind::Name),
        [
            "C32 “郟县”在平顶山市查不到（2018年版区划）；是不是郏县（平顶山市）？用了繁体字或异体字。",
            "C154 “临颖县”在漯河市查不到（2018年版区划）；是不是临颍县（漯河市）？差一两个字。",
        ]
    );
    assert!(says(
        &imported,
        RemarkKind::Count,
        "共 168 个：优秀 122、良好 41、合格 5、不合格 0"
    ));
    assert!(get(&parsed(&imported.text), "stated").is_none());
}

#[test]
fn grades_and_prefectures_may_stand_as_headings_and_their_numbers_are_checked() {
    let imported = import("sections.xlsx", &options("河南省", 2018));
    assert_eq!(imported.kind, Kind::Assessment);
    let row = |grade: &str, heading: &str, names: &str| {
        (grade.to_owned(), heading.to_owned(), names.to_owned())
    };
    assert_eq!(
        lists(&imported.text),
        [
            row("优秀", "郑州市", "二七区、中原区"),
            row("优秀", "开封市", "通许县"),
            row("良好", "郑州市", "上街区"),
        ]
    );
    assert_eq!(
        said(&imported, RemarkKind::CountDiffers),
        ["A8 良好写着 2 个，名单里却是 1 个"]
    );
    assert_eq!(
        said(&imported, RemarkKind::Gap),
        ["A10 序号从 3 到 5，不相连"]
    );
    // A leading zero that is typed as text stays.
    assert!(imported.text.contains("联系电话：037100000000"));
}

/// A copy of the site without one file.
fn site_without(path: &str) -> tempfile::TempDir {
    let site = tempfile::tempdir().expect("a new folder");
    for folder in ["content", "data", "themes"] {
        copy(&repository().join(folder), &site.path().join(folder));
    }
    fs::remove_file(site.path().join(path)).expect("a file of the site");
    site
}

fn model_of(site: &std::path::Path) -> Vec<(String, String, String, String)> {
    let mut sink = Sink::default();
    let sources = sources::read(site, &mut sink).expect("a site");
    let model = mingbai::link::load(&sources, &mut sink);
    let document = model
        .documents
        .iter()
        .find(|d| d.id == "henan-2018")
        .expect("the assessment");
    document
        .kind
        .rows()
        .into_iter()
        .map(|(grade, row)| {
            (
                grade.to_owned(),
                row.heading.value.clone(),
                row.printed.value.clone(),
                model.regions.units[row.unit].id.clone(),
            )
        })
        .collect()
}

#[test]
fn with_all_flags_the_file_builds_at_once_and_means_the_same() {
    let site = site_without("data/assessments/henan-2018.yaml");
    let file = tests_folder("tables").join("grades.xlsx");
    let base = |correct: bool| {
        let mut arguments: Vec<String> = [
            "import",
            &file.to_string_lossy(),
            &site.path().to_string_lossy(),
            "--id=henan-2018",
            "--year=2018",
            "--region=河南省",
            "--title=河南省2018年度县（市、区）生源地信用助学贷款工作考核结果",
            "--programme=生源地信用助学贷款工作考核",
            "--source=henan-2018-assessment",
            "--clause=附件",
            "--topic=考核评价",
            "--list=优秀=附件 一",
            "--list=良好=附件 二",
            "--list=合格=附件 三",
            "--list=不合格=附件 四",
            "--lang=zh",
        ]
        .map(str::to_owned)
        .into();
        if correct {
            arguments.push("--correct=郟县=郏县".into());
            arguments.push("--correct=临颖县=临颍县".into());
        }
        arguments
    };
    // Two names wait for somebody to confirm them.
    let (code, words) = run(&mut mingbai(
        base(false).into_iter().chain(["--dry-run".into()]),
    ));
    assert_eq!(code, 0, "{words}");
    assert!(words.contains("待核 C32 “郟县”在平顶山市查不到"), "{words}");
    let (code, words) = run(&mut mingbai(base(true)));
    assert_eq!(code, 0, "{words}");
    assert!(
        words.contains("data/assessments/henan-2018.yaml"),
        "{words}"
    );
    assert_eq!(model_of(site.path()), model_of(repository()));
    built(site.path(), date(2026, 1, 1));
    // A second time it is left alone.
    let path = site.path().join("data/assessments/henan-2018.yaml");
    let before = fs::read(&path).expect("the new file");
    let (code, words) = run(&mut mingbai(base(true)));
    assert_eq!(code, 2, "{words}");
    assert!(words.contains("已经有了，没有改动它"), "{words}");
    assert_eq!(fs::read(&path).expect("the same file"), before);
}

#[test]
fn without_flags_the_build_refuses_the_file_and_names_every_empty_key() {
    let site = site_without("data/pilots/shanxi-2020-remote.yaml");
    fs::remove_dir_all(site.path().join("data/checks")).expect("self-checks that need the list");
    let file = tests_folder("tables").join("pilots.csv");
    let (code, words) = run(mingbai(["import", "--id=new", "--lang=zh"])
        .arg(&file)
        .arg(site.path()));
    assert_eq!(code, 0, "{words}");
    assert!(words.contains("处待核"), "{words}");
    let (code, words) = run(mingbai(["check", "--lang=zh"]).arg(site.path()));
    assert_eq!(code, 1, "{words}");
    for key in [
        "“title”（标题）",
        "“programme”（项目）",
        "“year”（年度）",
        "“source”（依据文件）",
        "“clause”（条款）",
    ] {
        assert!(
            words.contains(&format!("{key}后面没有内容")),
            "{key}\n{words}"
        );
    }
}

#[test]
fn the_report_is_to_be_had_as_json() {
    let file = tests_folder("tables").join("pilots.csv");
    let (code, words) = run(mingbai(["import", "--dry-run", "--format=json"])
        .arg(&file)
        .arg(repository()));
    assert_eq!(code, 0, "{words}");
    let report: serde_json::Value = serde_json::from_str(&words).expect("JSON");
    assert_eq!(report["path"], "data/pilots/pilots.yaml");
    assert_eq!(report["written"], false);
    let remarks = report["remarks"].as_array().expect("remarks");
    assert!(
        remarks
            .iter()
            .any(|r| r["place"]["zh"] == "C8" && r["kind"] == "name")
    );
}

#[test]
fn what_is_no_table_is_refused_in_words() {
    for (name, bytes, words) in [
        ("a.et", &b"\xD0\xCF\x11\xE0 and so on"[..], "另存为"),
        ("a.doc", b"\xD0\xCF\x11\xE0", "另存为"),
        ("a.xls", b"\xD0\xCF\x11\xE0 and so on", "另存为"),
        ("a.xlsx", b"PK\x03\x04 and so on", "读不出来"),
        ("a.csv", b"\xff\xff\xff\xff\x80\x80", "认不出文字编码"),
        ("a.csv", b"", "没有表格"),
        ("a.csv", "市,县\n".as_bytes(), "表头下面没有数据"),
    ] {
        let refusal =
            import_table(name, bytes, &options("山西省", 2020), regions()).expect_err("no table");
        assert!(
            refusal.words().zh.contains(words),
            "{name}: {}",
            refusal.words().zh
        );
        assert!(!refusal.words().en.is_empty());
    }
}

#[test]
fn a_container_that_unpacks_to_gigabytes_is_refused() {
    use std::io::Write as _;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options_of = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated);
    zip.start_file("xl/workbook.xml", options_of)
        .expect("a part");
    let zeros = vec![b' '; 1024 * 1024];
    for _ in 0..220 {
        zip.write_all(&zeros).expect("in memory");
    }
    let bytes = zip.finish().expect("a container").into_inner();
    assert!(bytes.len() < 1024 * 1024);
    let refusal =
        import_table("a.xlsx", &bytes, &options("山西省", 2020), regions()).expect_err("too large");
    assert!(
        refusal.words().zh.starts_with("文件太大"),
        "{}",
        refusal.words().zh
    );
}

// ---------------------------------------------------------------- schedules

#[test]
fn a_schedule_has_sessions_with_days_of_every_form() {
    let imported = import("sessions.xlsx", &options("山西省 朔州市 右玉县", 2023));
    assert_eq!(imported.kind, Kind::Schedule);
    let at = imported.text.find("sessions:").expect("sessions");
    assert_eq!(
        &imported.text[at..],
        "sessions:
  - date: 2023-07-17
    place: 示例一中
    service: 首贷
    morning: 30
    afternoon: 30
    phone: 3490000000
    # A4 负责科室：甲科
  - date: 2023-07-18
    place: 示例一中
    service: 首贷
    morning: 20
    afternoon: 10
    phone: 0349-0000000
    # A5 表里写的日期是“2023/7/18”
    # A5 表里写的上午是“20名”
    # A5 负责科室：甲科
  - date: 2023-07-19
    place: 示例二中
    service: 续贷
    # A6 表里写的日期是“7月19日（周三）”
    # A6 表里写的上午是“8:00-12:00”
    # A6 负责科室：乙科
  - date: ７月２０日至２１日
    place: 示例二中
    service: 续贷
    # A7 负责科室：乙科
"
    );
    assert!(says(
        &imported,
        RemarkKind::Value,
        "F4 电话“3490000000”在表里存成了数字，开头的 0 可能丢了"
    ));
    assert!(says(
        &imported,
        RemarkKind::Value,
        "A7 “７月２０日至２１日”不是一天的日期"
    ));
    assert!(says(
        &imported,
        RemarkKind::CountDiffers,
        "E8 合计写着 41，数下来是 4 个，这一列加起来是 40"
    ));
    assert!(says(&imported, RemarkKind::Hidden, "隐藏的行也读了：6"));
    assert!(says(&imported, RemarkKind::Hidden, "隐藏的列也读了：G"));
    assert!(says(
        &imported,
        RemarkKind::Filled,
        "C 列 空格照上一行填了：C7"
    ));
    assert!(says(
        &imported,
        RemarkKind::Outside,
        "受理窗口（windows）要有条款和原文"
    ));
}

#[test]
fn a_day_without_a_year_asks_for_it() {
    let mut options = options("山西省 朔州市 右玉县", 2023);
    options.year = None;
    let imported = import("sessions.xlsx", &options);
    assert!(says(
        &imported,
        RemarkKind::Missing,
        "A6 “7月19日（周三）”没有写年份"
    ));
    assert!(imported.text.contains("  - date: 7月19日（周三）\n"));
}

#[test]
fn a_formula_without_a_value_and_an_error_are_said() {
    let imported = import("formulas.xlsx", &options("山西省", 2020));
    assert_eq!(
        said(&imported, RemarkKind::Value),
        [
            "C2 公式“=1&1”没有存下算好的值；请在 Excel 或 WPS 里打开再存一次",
            "C3 工作表“Sheet”这一格的公式出错，显示为 #REF!",
        ]
    );
    assert!(imported.text.contains("# B3 阳曲县 备注：#REF!"));
}

#[test]
fn a_schedule_with_all_flags_builds_at_once() {
    let site = site_without("data/schedules/youyu-2023.yaml");
    // Invented sessions (示例); they are published nowhere.
    let file = site.path().join("示例.csv");
    fs::write(
        &file,
        "日期,地点,业务,上午,下午,电话\n2023-07-18,示例一中,首贷,30,30,\n7月19日,示例二中,续贷,20,10,0349-0000000\n",
    )
    .expect("a new file");
    let (code, words) = run(mingbai([
        "import",
        "--id=youyu-2023",
        "--title=右玉县2023年受理安排（示例）",
        "--year=2023",
        "--region=山西省 朔州市 右玉县",
        "--source=youyu-2023-plan",
        "--topic=受理安排",
        "--lang=zh",
    ])
    .arg(&file)
    .arg(site.path()));
    assert_eq!(code, 0, "{words}");
    let tree = built(site.path(), date(2023, 7, 1));
    let page = String::from_utf8_lossy(&tree["schedules/youyu-2023.html"].bytes).into_owned();
    assert!(page.contains("示例二中"));
}

#[test]
fn a_prefecture_alone_in_a_row_holds_for_the_rows_below() {
    let bytes = "市,县\n太原市,\n,清徐县\n,阳曲县\n大同市,浑源县\n,天镇县\n".as_bytes();
    let imported =
        import_table("a.csv", bytes, &options("山西省", 2020), regions()).expect("a list");
    assert_eq!(
        lists(&imported.text),
        [
            (String::new(), "太原市".into(), "清徐县、阳曲县".into()),
            (String::new(), "大同市".into(), "浑源县、天镇县".into()),
        ]
    );
}

// ---------------------------------------------------------------- running text

fn document(name: &str) -> String {
    let path: PathBuf = tests_folder("import").join(name);
    decode(&fs::read(path).expect("an official text"))
        .expect("UTF-8")
        .text
}

#[test]
fn the_official_texts_give_the_lists_that_were_entered_by_hand() {
    let imported = running_lists(
        "shanxi-2020-renewal.txt",
        &document("shanxi-2020-renewal.txt"),
        &options("山西省", 2020),
        regions(),
    )
    .expect("a list");
    assert_eq!(imported.kind, Kind::Pilots);
    assert_eq!(
        lists(&imported.text),
        by_hand("data/pilots/shanxi-2020-remote.yaml")
    );
    assert!(says(
        &imported,
        RemarkKind::Count,
        "正文写着 30 个，名单里也是 30 个"
    ));
    assert_eq!(said(&imported, RemarkKind::Name).len(), 3);

    let imported = running_lists(
        "henan-2018-assessment.txt",
        &document("henan-2018-assessment.txt"),
        &options("河南省", 2018),
        regions(),
    )
    .expect("a list");
    assert_eq!(imported.kind, Kind::Assessment);
    assert_eq!(
        lists(&imported.text),
        by_hand("data/assessments/henan-2018.yaml")
    );
    for words in [
        "优秀单位写着 122 个，名单里也是 122 个",
        "良好单位写着 41 个",
        "合格单位写着 5 个",
    ] {
        assert!(says(&imported, RemarkKind::Count, words), "{words}");
    }
    let names = said(&imported, RemarkKind::Name);
    assert!(names.len() == 2 && names[0].contains("“郟县”") && names[1].contains("“临颖县”"));
}

#[test]
fn the_notices_of_the_site_give_the_same_lists() {
    for (notice, data, region, year) in [
        (
            "shanxi-2020-renewal",
            "data/pilots/shanxi-2020-remote.yaml",
            "山西省",
            2020,
        ),
        (
            "henan-2018-assessment",
            "data/assessments/henan-2018.yaml",
            "河南省",
            2018,
        ),
    ] {
        let path = repository().join(format!("content/notices/{notice}.md"));
        let text = fs::read_to_string(path).expect("a notice");
        let imported =
            running_lists("a.md", &text, &options(region, year), regions()).expect("a list");
        assert_eq!(lists(&imported.text), by_hand(data), "{notice}");
    }
}

#[test]
fn a_list_that_is_broken_into_lines_is_joined_and_numbers_in_headings_are_checked() {
    let text = "以下名单为示例。\n\n（一）优秀单位（3个）\n太原市（2个）：清徐县、阳\n曲县。\n大同市：浑源\n\n县。\n（二）良好单位（2个）：\n阳泉市：平定县、盂县和某某县。\n";
    let imported =
        running_lists("a.txt", text, &options("山西省", 2020), regions()).expect("a list");
    let row = |grade: &str, heading: &str, names: &str| {
        (grade.to_owned(), heading.to_owned(), names.to_owned())
    };
    assert_eq!(
        lists(&imported.text),
        [
            row("优秀", "太原市", "清徐县、阳曲县"),
            row("优秀", "大同市", "浑源县"),
            row("良好", "阳泉市", "平定县、盂县和某某县"),
        ]
    );
    assert!(says(
        &imported,
        RemarkKind::Count,
        "第 4 行 太原市写着 2 个，名单里也是 2 个"
    ));
    assert!(says(
        &imported,
        RemarkKind::Count,
        "第 3 行 优秀写着 3 个，名单里也是 3 个"
    ));
    assert!(says(&imported, RemarkKind::Name, "“盂县和某某县”"));
}

// ---------------------------------------------------------------- our own files

#[test]
fn the_open_data_of_the_site_are_read_back_as_they_were() {
    let tree = built(repository(), date(2026, 1, 1));
    for (id, data, region, year) in [
        (
            "shanxi-2020-remote",
            "data/pilots/shanxi-2020-remote.yaml",
            "山西省",
            2020,
        ),
        (
            "henan-2018",
            "data/assessments/henan-2018.yaml",
            "河南省",
            2018,
        ),
    ] {
        for ending in ["xlsx", "csv"] {
            let name = format!("{id}.{ending}");
            let (path, file) = tree
                .iter()
                .find(|(path, _)| path.ends_with(&name))
                .unwrap_or_else(|| panic!("no {name}"));
            let imported = import_table(path, &file.bytes, &options(region, year), regions())
                .unwrap_or_else(|refusal| panic!("{path}: {}", refusal.words().zh));
            let mut expected = by_hand(data);
            // An empty grade has no row.
            expected.retain(|(_, heading, _)| !heading.is_empty());
            assert_eq!(lists(&imported.text), expected, "{path}");
        }
    }
}

// ---------------------------------------------------------------- hostile input

/// Without white space, and without what YAML writes before quotes.
fn bare(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && *c != '\\')
        .collect()
}

/// The text with the signs that are written by their numbers: `\\u202E` in a scalar, `〔U+202E〕` in a comment.
fn with_hidden_signs(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['\\', '〔']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let number = |mark: &str, digits: usize, close: &str| {
            let after = rest.strip_prefix(mark)?;
            let length = if digits == 0 {
                after.find(close)?
            } else {
                digits
            };
            let sign = char::from_u32(u32::from_str_radix(after.get(..length)?, 16).ok()?)?;
            Some((sign, &after[length + close.len()..]))
        };
        let found = number("\\u", 4, "")
            .or_else(|| number("\\U", 8, ""))
            .or_else(|| number("〔U+", 0, "〕"));
        if let Some((sign, after)) = found {
            out.push(sign);
            rest = after;
        } else {
            let first = rest.chars().next().map_or(0, char::len_utf8);
            out.push_str(&rest[..first]);
            rest = &rest[first..];
        }
    }
    out + rest
}

/// Every cell of a table is in the file or in a remark.
fn nothing_is_lost(cells: &[String], imported: &Imported) {
    let mut all = with_hidden_signs(&imported.text);
    for remark in &imported.remarks {
        all.push_str(&remark.words.zh);
        all.push('\n');
        // Running numbers are said as 3–7.
        if remark.words.zh.starts_with("序号不写进文件：") {
            for run in remark.words.zh["序号不写进文件：".len()..].split('、') {
                if let Some((from, to)) = run.split_once('–')
                    && let (Ok(from), Ok(to)) = (from.parse::<u64>(), to.parse::<u64>())
                {
                    all.extend((from..=to.min(from + 1_000)).map(|n| format!("{n}\n")));
                }
            }
        }
    }
    let all = bare(&all);
    for cell in cells {
        let cell = bare(cell);
        assert!(all.contains(&cell), "{cell:?} is lost in\n{all}");
    }
}

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(vec![
            "太原市", "大同市", "清徐县", "浑源县", "应 县", "城区", "右王县", "优秀", "良好", "不合格",
            "一、考核优秀单位（3个）", "太原市（2个）", "序号", "市", "县（市、区）", "考核结果", "备注", "日期",
            "地点", "业务", "上午", "电话", "合计", "小计", "30", "7月17日", "2023/7/17", "注：甲。", "同上", "〃",
            "无", "山西省太原市清徐县", "清徐县、阳曲县", "1", "2", "3", "#N/A", "- a: b", "'", "!x", "[甲", "甲: 乙 #丙",
            "太原市清徐县", "郑州市", "待核", "null", "省", "山西省",
        ]).prop_map(str::to_owned),
        2 => Just(String::new()),
        1 => "[\\PC&&[^\u{feff}\u{fffe}\u{ffff}]]{0,12}",
    ]
}

fn grid() -> impl Strategy<Value = Vec<Vec<String>>> {
    prop::collection::vec(prop::collection::vec(cell(), 1..6), 1..12)
}

fn as_csv(rows: &[Vec<String>]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).expect("in memory");
    }
    writer.into_inner().expect("in memory")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_cell_of_any_table_is_lost(
        rows in grid(),
        header in any::<bool>(),
        kind in prop::option::of(prop::sample::select(vec![Kind::Pilots, Kind::Assessment, Kind::Schedule])),
    ) {
        let mut rows = rows;
        if header {
            let head = ["序号", "市", "县", "考核等次", "日期", "地点"].map(str::to_owned);
            rows.insert(0, head.into());
        }
        let mut options = options("山西省", 2023);
        options.kind = kind;
        if let Ok(imported) = import_table("a.csv", &as_csv(&rows), &options, regions()) {
            nothing_is_lost(&rows.concat(), &imported);
            parsed(&imported.text);
        }
    }

    #[test]
    fn no_cell_of_any_workbook_is_lost(
        rows in grid(),
        merges in prop::collection::vec((0usize..10, 0usize..5, 0usize..4, 0usize..3), 0..5),
        kind in prop::option::of(prop::sample::select(vec![Kind::Pilots, Kind::Assessment, Kind::Schedule])),
    ) {
        let mut rows = rows;
        let head = ["序号", "市", "县", "考核等次", "日期", "地点"].map(str::to_owned);
        rows.insert(0, head.into());
        let sheet = as_sheet(&rows, &merges);
        let bytes = repacked(&table("grades.xlsx"), |parts| {
            for (name, bytes) in parts {
                if name == "xl/worksheets/sheet1.xml" {
                    *bytes = sheet.clone().into_bytes();
                }
            }
        });
        let mut options = options("山西省", 2023);
        options.kind = kind;
        if let Ok(imported) = import_table("a.xlsx", &bytes, &options, regions()) {
            nothing_is_lost(&rows.concat(), &imported);
            parsed(&imported.text);
        }
    }

    #[test]
    fn damaged_files_are_refused_and_never_end_the_program(
        name in prop::sample::select(vec!["pilots.xlsx", "grades.xlsx", "sessions.xlsx", "libreoffice.xlsx", "pilots-gb18030.csv"]),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut bytes = table(name);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let _ = import_table(name, &bytes, &options("山西省", 2023), regions());
    }

    #[test]
    fn damaged_sheets_within_sound_containers_never_end_the_program(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..10),
        part in any::<prop::sample::Index>(),
    ) {
        let bytes = repacked(&table("pilots.xlsx"), |parts| {
            let index = part.index(parts.len());
            let bytes = &mut parts[index].1;
            for (at, byte) in &changes {
                if !bytes.is_empty() {
                    let at = at.index(bytes.len());
                    bytes[at] = *byte;
                }
            }
        });
        let _ = import_table("a.xlsx", &bytes, &options("山西省", 2023), regions());
    }

    #[test]
    fn running_text_never_ends_the_program_and_gives_a_file_that_can_be_read(
        pieces in prop::collection::vec(cell(), 0..30),
        signs in prop::collection::vec(prop::sample::select(vec!["、", "：", "。", "\n", "\t", " ", "；", "|"]), 30),
    ) {
        let text: String = pieces.iter().zip(&signs).flat_map(|(piece, sign)| [piece.as_str(), sign]).collect();
        if let Ok(imported) = running_lists("a.txt", &text, &options("山西省", 2023), regions()) {
            parsed(&imported.text);
        }
    }
}

/// A sheet of text cells; areas are merged that do not hide each other.
fn as_sheet(rows: &[Vec<String>], merges: &[(usize, usize, usize, usize)]) -> String {
    let place = |row: usize, column: usize| {
        let letter = char::from_digit(column as u32 + 10, 36).expect("a letter");
        format!("{}{}", letter.to_ascii_uppercase(), row + 1)
    };
    let mut xml = String::from(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>",
    );
    for (y, row) in rows.iter().enumerate() {
        xml.push_str(&format!("<row r=\"{}\">", y + 1));
        for (x, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            xml.push_str(&format!(
                "<c r=\"{}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
                place(y, x),
                mingbai::text::escape(cell)
            ));
        }
        xml.push_str("</row>");
    }
    xml.push_str("</sheetData><mergeCells>");
    for (y, x, height, width) in merges {
        let (from, to) = (place(*y, *x), place(y + height, x + width));
        xml.push_str(&format!("<mergeCell ref=\"{from}:{to}\"/>"));
    }
    xml.push_str("</mergeCells></worksheet>");
    xml
}

/// A container with its parts changed.
fn repacked(bytes: &[u8], change: impl FnOnce(&mut Vec<(String, Vec<u8>)>)) -> Vec<u8> {
    use std::io::{Cursor, Read as _, Write as _};
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a container");
    let mut parts = Vec::new();
    for i in 0..archive.len() {
        let mut part = archive.by_index(i).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("a part");
        parts.push((name, bytes));
    }
    change(&mut parts);
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(name, zip::write::SimpleFileOptions::default())
            .expect("a part");
        zip.write_all(&bytes).expect("in memory");
    }
    zip.finish().expect("a container").into_inner()
}

#[test]
fn a_cell_at_the_far_end_of_a_sheet_costs_nothing() {
    let bytes = repacked(&table("pilots.xlsx"), |parts| {
        for (name, bytes) in parts {
            if name == "xl/worksheets/sheet1.xml" {
                let xml = String::from_utf8(bytes.clone()).expect("XML");
                *bytes = xml
                    .replace(
                        "</sheetData>",
                        "<row r=\"1048576\"><c r=\"XFD1048576\" t=\"inlineStr\"><is><t>注：远处。</t></is></c></row></sheetData>",
                    )
                    .into_bytes();
            }
        }
    });
    let imported =
        import_table("a.xlsx", &bytes, &options("山西省", 2020), regions()).expect("a list");
    assert!(says(
        &imported,
        RemarkKind::Outside,
        "XFD1048576 表里的说明，没有写进名单：注：远处。"
    ));
}

#[test]
fn corrections_that_are_confirmed_are_written_and_used() {
    let mut options = options("山西省", 2020);
    options.corrections = vec![Correction {
        printed: "应 县".into(),
        right: "应县".into(),
        why: None,
    }];
    let imported = import("pilots.csv", &options);
    assert!(imported.text.contains(
        "\ncorrections:\n  - printed: 应 县\n    right: 应县\n    why: 原文印作“应 县”，中间有空格。\n#   - printed: 临 县\n"
    ));
    assert_eq!(said(&imported, RemarkKind::Name).len(), 2);
}

// ---------------------------------------------------------------- signs that nobody sees

#[test]
fn a_sign_that_turns_text_round_is_never_written_raw() {
    const TURNS: char = '\u{202E}';
    let table = format!("市,县\n太原市,清徐{TURNS}县\n太原{TURNS}市,阳曲县\n");
    let title = format!("名{TURNS}单");
    let mut options = options("山西省", 2020);
    options.title = Some(title.clone());
    let imported = import_table("a.csv", table.as_bytes(), &options, regions()).expect("a table");
    assert!(!imported.text.contains(TURNS), "{}", imported.text);
    // What was printed is all there when it is read back.
    let all = lists(&imported.text);
    assert!(
        all.iter()
            .any(|(_, _, names)| names == &format!("清徐{TURNS}县")),
        "{all:?}"
    );
    assert!(
        all.iter()
            .any(|(_, heading, _)| heading == &format!("太原{TURNS}市"))
    );
    assert!(imported.text.contains("title: \"名\\u202E单\"\n"));
    // The text of lists, too.
    let text = format!("太原市：清徐县、阳{TURNS}曲县。\n");
    let lists_of = running_lists("a.txt", &text, &options, regions()).expect("a list");
    assert!(!lists_of.text.contains(TURNS), "{}", lists_of.text);
}
