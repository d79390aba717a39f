//! What a file says is what its official words say: changes of the real site that `check` must report, at their place.

mod support;

use std::path::Path;

use mingbai::config::Config;
use mingbai::diag::{Diagnostic, Severity, Sink, line_column};
use mingbai::sources::{self, Sources};
use mingbai::{pipeline, prove};

const SHANXI: &str = "content/notices/shanxi-2020-renewal.md";
const HUNAN: &str = "content/notices/hunan-2017-rescue.md";
const YOUYU: &str = "data/schedules/youyu-2023.yaml";
const RESCUE: &str = "data/checks/hunan-rescue.yaml";

fn config() -> Config {
    Config {
        today: jiff::civil::date(2026, 11, 29),
        base_url: None,
        advice: false,
        draft: false,
        part: None,
    }
}

fn shipped() -> Sources {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    sources::read(root, &mut Sink::default()).expect("the shipped sources can be read")
}

/// The diagnostics of the real site with changes of one file.
fn with(file: &str, changes: &[(&str, &str)]) -> (Sources, Vec<Diagnostic>) {
    let sources = shipped();
    let (_, original) = sources.find(file).expect("the file exists");
    let mut text = original.text.clone();
    for (before, after) in changes {
        assert!(text.contains(before), "{file} does not contain {before}");
        text = text.replacen(before, after, 1);
    }
    let sources = sources.with(file, text);
    let mut sink = Sink::default();
    pipeline::judge(&sources, &config(), &mut sink);
    let said = sink.into_sorted(&sources);
    (sources, said)
}

/// Asserts that a change is an error of one of these codes on the line that contains `line`.
fn refused(file: &str, changes: &[(&str, &str)], line: &str, codes: &[&str]) -> Vec<Diagnostic> {
    let (sources, said) = with(file, changes);
    let text = &sources.find(file).expect("the file exists").1.text;
    let wanted = text.lines().position(|l| l.contains(line)).map(|at| at + 1);
    let at_place: Vec<&Diagnostic> = said
        .iter()
        .filter(|d| d.code.severity == Severity::Error && codes.contains(&d.code.id))
        .filter(|d| {
            let path = &sources.file(d.span.source).path;
            path == file && Some(line_column(text, d.span.range().start).0) == wanted
        })
        .collect();
    assert!(
        !at_place.is_empty(),
        "{changes:?} in {file}: nothing reported at the line of “{line}”, only {:?}",
        said.iter()
            .map(|d| (d.code.id, &d.message.zh))
            .collect::<Vec<_>>()
    );
    said
}

#[test]
fn the_shipped_site_says_what_its_words_say() {
    let (_, said) = with(YOUYU, &[]);
    let said: Vec<_> = said.iter().map(|d| (d.code.id, &d.message.zh)).collect();
    assert!(said.is_empty(), "{said:?}");
}

#[test]
fn a_day_at_the_other_end_of_the_period_is_refused() {
    refused(
        YOUYU,
        &[("until: 2023-09-25", "until: 2023-07-17")],
        "until: 2023-07-17",
        &["MB0901"],
    );
    refused(
        YOUYU,
        &[("from: 2023-07-17", "from: 2023-07-25")],
        "from: 2023-07-25",
        &["MB0228"],
    );
    refused(
        YOUYU,
        &[("until: 2023-09-25", "until: 2023-09-17")],
        "until: 2023-09-17",
        &["MB0228"],
    );
}

#[test]
fn another_year_is_refused_with_the_year_of_the_words() {
    let said = refused(
        YOUYU,
        &[("from: 2023-07-17", "from: 2022-07-17")],
        "from: 2022-07-17",
        &["MB0901"],
    );
    let hints: Vec<_> = said
        .iter()
        .filter_map(|d| d.hint.as_ref())
        .map(|hint| &hint.zh)
        .collect();
    assert!(
        hints.iter().any(|hint| hint.contains("2023-07-17")),
        "{hints:?}"
    );
    refused(
        YOUYU,
        &[("until: 2023-09-25", "until: 2027-09-25")],
        "until: 2027-09-25",
        &["MB0901"],
    );
    refused(
        SHANXI,
        &[("by: 2020-07-18", "by: 2021-07-18")],
        "by: 2021-07-18",
        &["MB0901"],
    );
}

#[test]
fn a_bound_is_not_a_day_and_a_day_is_not_a_bound() {
    for other in ["2020-09-25", "不晚于 2020-09-25"] {
        let line = format!("until: {other}");
        refused(
            SHANXI,
            &[("until: 不早于 2020-09-25", &line)],
            &line,
            &["MB0901"],
        );
        let line = format!("by: {other}");
        refused(
            SHANXI,
            &[("by: 不早于 2020-09-25", &line)],
            &line,
            &["MB0901"],
        );
    }
    refused(
        SHANXI,
        &[("from: 不晚于 2020-07-27", "from: 2020-07-27")],
        "from: 2020-07-27",
        &["MB0901"],
    );
}

#[test]
fn quotas_are_those_of_the_words() {
    let changes = [(
        "    per_day: 60\n    morning: 30\n    afternoon: 30\n    clause: 四（二）\n    quote: 有序",
        "    per_day: 80\n    morning: 50\n    afternoon: 30\n    clause: 四（二）\n    quote: 有序",
    )];
    refused(YOUYU, &changes, "per_day: 80", &["MB0902"]);
    refused(YOUYU, &changes, "morning: 50", &["MB0902"]);
}

#[test]
fn a_sentence_may_not_change_a_day_or_the_force_of_a_rule() {
    refused(
        YOUYU,
        &[(
            "2023年7月17日到9月25日受理贷款",
            "2023年7月17日到10月25日受理贷款",
        )],
        "10月25日受理贷款",
        &["MB0901"],
    );
    refused(
        HUNAN,
        &[(
            "可以申请一次性代偿全部应还的本息",
            "可以申请一次性代偿一半应还的本息",
        )],
        "代偿一半",
        &["MB0904"],
    );
    refused(
        RESCUE,
        &[("算到当年的11月20日", "算到当年的12月20日")],
        "12月20日",
        &["MB0901"],
    );
}

#[test]
fn a_formula_has_no_number_that_the_words_do_not_give() {
    const AMOUNT: &str = "data/checks/relief-amount.yaml";
    refused(
        AMOUNT,
        &[("当年(申请日期, 11-20)", "当年(申请日期, 11-21)")],
        "11-21",
        &["MB0902"],
    );
    refused(
        AMOUNT,
        &[("逾期利息 + 罚息", "逾期利息 + 罚息 + 100元")],
        "100元",
        &["MB0902"],
    );
    // A count of years that no clause gives.
    refused(
        AMOUNT,
        &[("当年(申请日期, 11-20)", "年末(申请日期 + 2年)")],
        "2年",
        &["MB0902"],
    );
    // What the words imply is said with its reason; a case is compared as well.
    let case = |is: &str| {
        format!("cases: [{{when: {{申请的类别: 第三类}}, is: {is}}}, {{when: 其余, is: 当年应还}}]")
    };
    let before = "formula: 当年应还";
    refused(AMOUNT, &[(before, &case("500元"))], "500元", &["MB0902"]);
    let (_, said) = with(AMOUNT, &[(before, &case("0"))]);
    assert!(
        said.iter().all(|one| one.code.id != "MB0902"),
        "{:?}",
        said.iter().map(|d| &d.message.zh).collect::<Vec<_>>()
    );
}

#[test]
fn a_venue_a_paper_and_a_channel_stand_in_the_words() {
    refused(
        YOUYU,
        &[("- what: 教育局一楼大厅", "- what: 教育局二楼大厅")],
        "what: 教育局二楼大厅",
        &["MB0903"],
    );
    refused(
        YOUYU,
        &[("items: [首贷《申请表》]", "items: [《续贷声明》]")],
        "items: [《续贷声明》]",
        &["MB0903"],
    );
    refused(
        YOUYU,
        &[("    what: 远程\n", "    what: 现场\n")],
        "what: 现场",
        &["MB0904", "MB0903"],
    );
}

#[test]
fn the_head_of_a_document_agrees_with_what_is_printed() {
    refused(
        YOUYU,
        &[("year: 2023", "year: 2031")],
        "year: 2031",
        &["MB0905"],
    );
    refused(
        YOUYU,
        &[(
            "county: 山西省 朔州市 右玉县",
            "county: 山西省 朔州市 山阴县",
        )],
        "county:",
        &["MB0905"],
    );
    refused(
        SHANXI,
        &[("region: 山西省", "region: 河南省")],
        "region:",
        &["MB0905"],
    );
    refused(
        SHANXI,
        &[("issued: 2020-07-15", "issued: 2020-07-14")],
        "issued:",
        &["MB0905"],
    );
    refused(
        SHANXI,
        &[("printed_on: 2020-07-16", "printed_on: 2020-07-17")],
        "printed_on:",
        &["MB0905"],
    );
    refused(
        SHANXI,
        &[("number: 晋教助学〔2020〕7号", "number: 晋教助学〔2020〕8号")],
        "number: 晋教助学〔2020〕8号",
        &["MB0903"],
    );
    refused(
        SHANXI,
        &[(
            "number: 教助中心〔2020〕20号",
            "number: 教助中心〔2019〕20号",
        )],
        "number: 教助中心〔2019〕20号",
        &["MB0903"],
    );
}

#[test]
fn nearly_every_change_of_a_fact_is_noticed() {
    let sources = shipped();
    let proof = prove::prove(&sources, &config());
    let total = proof.total();
    assert!(
        total.tried > 1500,
        "only {} changes were tried",
        total.tried
    );
    let missed = total.tried - total.noticed;
    // Those that are missed are listed by `check --prove` and explained in CHANGELOG.md.
    assert!(
        missed * 100 <= total.tried,
        "{missed} of {} changes were not noticed",
        total.tried
    );
}

/// Asserts that the first change of a file is reported with this code at the line that contains `line`.
fn reported(file: &str, changes: &[(&str, &str)], line: &str, code: &str) {
    let (sources, said) = with(file, changes);
    let text = &sources.find(file).expect("the file exists").1.text;
    let wanted = text.lines().position(|l| l.contains(line)).map(|at| at + 1);
    let is_there = said
        .iter()
        .any(|d| d.code.id == code && Some(line_column(text, d.span.range().start).0) == wanted);
    let said: Vec<_> = said.iter().map(|d| (d.code.id, &d.message.zh)).collect();
    assert!(
        is_there,
        "{changes:?}: no {code} at “{line}”, only {said:?}"
    );
}

#[test]
fn a_word_that_the_text_does_not_decide_is_reported() {
    let sentence = "县级学生资助管理机构可以看学生和家里的经济情况，给他办预申请。";
    let pair = "    rewords:\n      县级学生资助管理机构可以看学生和家里的经济情况: 县级学生资助管理机构可在正式受理前\n";
    reported(SHANXI, &[(pair, "")], sentence, "MB0714");
    // With the pair, 必须 for 可以 breaks the pair.
    refused(
        SHANXI,
        &[(
            "机构可以看学生和家里的经济情况，",
            "机构必须看学生和家里的经济情况，",
        )],
        "县级学生资助管理机构可以看学生和家里的经济情况: ",
        &["MB0903"],
    );
    // Words that the clause does not have, and a pair that changes what is demanded.
    refused(
        SHANXI,
        &[(
            "经济情况: 县级学生资助管理机构可在正式受理前",
            "经济情况: 县级学生资助管理机构可在正式受理后",
        )],
        "可在正式受理后",
        &["MB0903"],
    );
    refused(
        SHANXI,
        &[
            (
                "机构可以看学生和家里的经济情况，",
                "机构必须看学生和家里的经济情况，",
            ),
            (
                "机构可以看学生和家里的经济情况: ",
                "机构必须看学生和家里的经济情况: ",
            ),
        ],
        "机构必须看学生和家里的经济情况: ",
        &["MB0903"],
    );
}

#[test]
fn a_quotation_of_several_clauses_is_reported() {
    reported(
        "data/checks/remote-renewal.yaml",
        &[(
            "quote: 贷款受理时间：2023年7月17日--9月25日",
            "quote: 2023年7月17日--9月25日",
        )],
        "    quote: 2023年7月17日--9月25日",
        "MB0715",
    );
}

#[test]
fn what_was_left_out_is_marked_and_counted() {
    let what = "what: 六名工作人员的姓名和电话";
    refused(
        SHANXI,
        &[(what, "what: 五名工作人员的姓名和电话")],
        "what: 五名",
        &["MB0902"],
    );
    // The clause before has no mark.
    refused(
        SHANXI,
        &[("    clause: 工作联系信息\n", "    clause: 五（二）\n")],
        "    clause: 五（二）",
        &["MB0903"],
    );
}

#[test]
fn a_clause_that_a_note_names_speaks_of_it() {
    refused(
        HUNAN,
        &[(
            "第五类的申请人填写（第四章第一节二2）",
            "第五类的申请人填写（第四章第一节二3）",
        )],
        "第四章第一节二3）",
        &["MB0903"],
    );
}

#[test]
fn a_self_check_is_of_the_year_and_place_of_its_source() {
    let check = "data/checks/remote-renewal.yaml";
    refused(
        check,
        &[("year: 2020", "year: 2021")],
        "year: 2021",
        &["MB0905"],
    );
    refused(
        check,
        &[("region: 山西省", "region: 内蒙古自治区")],
        "region: 内蒙古自治区",
        &["MB0905"],
    );
}

#[test]
fn a_title_is_that_of_the_copied_lines() {
    refused(
        "content/notices/henan-2018-assessment.md",
        &[(
            "市、县2018年度生源地信用助学贷款工作考核结果的通报",
            "市、县2019年度生源地信用助学贷款工作考核结果的通报",
        )],
        "title: ",
        &["MB0903"],
    );
}

#[test]
fn a_telephone_is_compared_digit_for_digit() {
    let printed = "电子设备调试技术支持：";
    let stated = [
        (printed, "电子设备调试技术支持：0352-8522123 "),
        (
            "phone: 未载明\n    note: 原文列有一名工作人员的姓名和电话，本站略去\n    clause: 工作联系信息 3\n    quote: 电子设备调试技术支持",
            "phone: 0352-8522132\n    clause: 工作联系信息 3\n    quote: 电子设备调试技术支持：0352-8522123",
        ),
    ];
    refused(
        SHANXI,
        &stated,
        "phone: 0352-8522132",
        &["MB0902", "MB0903"],
    );
}

#[test]
fn a_division_of_the_same_edition_has_one_name() {
    let (_, said) = with("data/regions/14.yaml", &[("右玉县 yòu", "右王县 yòu")]);
    assert!(said.iter().any(|d| d.code.id == "MB0907"), "{said:?}");
}
