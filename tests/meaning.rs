//! What comes in keeps its meaning: what a reader of the Word page or of the sheet sees is in the new file, or a remark says that it is not.
//!
//! All texts are invented.

mod support;

use std::io::Write as _;
use std::sync::OnceLock;

use mingbai::desk::import::{Import, Request, import};
use mingbai::desk::remark::{Refused, RemarkKind};
use mingbai::desk::table::{Imported, Options, import_table};
use mingbai::diag::Sink;
use mingbai::link;
use mingbai::model::Model;
use mingbai::sources;

use support::repository;

fn model() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    MODEL.get_or_init(|| {
        let mut sink = Sink::default();
        let sources = sources::read(repository(), &mut sink).expect("the site of this repository");
        link::load(&sources, &mut sink)
    })
}

fn container(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, bytes) in parts {
        writer.start_file(*name, options).expect("a part");
        writer.write_all(bytes).expect("a part");
    }
    writer.finish().expect("a container").into_inner()
}

// ---------------------------------------------------------------- Word documents

/// A run of words.
fn r(words: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r>")
}

/// A run with properties.
fn with(properties: &str, words: &str) -> String {
    format!("<w:r><w:rPr>{properties}</w:rPr><w:t>{words}</w:t></w:r>")
}

/// A paragraph.
fn p(inside: &str) -> String {
    format!("<w:p>{inside}</w:p>")
}

/// A paragraph of a list.
fn item(list: u32, level: u32, words: &str) -> String {
    p(&format!(
        "<w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr>{}",
        r(words)
    ))
}

fn part(root: &str, inside: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:{root}>{inside}</w:{root}>")
}

/// A document with a title and these blocks, and with other parts.
fn document(blocks: &str, parts: &[(&str, &str)]) -> Result<Import, Refused> {
    let body = format!(
        "<w:body>{}{}{blocks}</w:body>",
        p(&r("甲县教育局关于做好示例工作的通知")),
        p(&r("各乡镇："))
    );
    let main = part("document", &body);
    let mut all: Vec<(&str, &[u8])> = vec![("word/document.xml", main.as_bytes())];
    all.extend(parts.iter().map(|(name, text)| (*name, text.as_bytes())));
    import(&Request {
        name: "示例.docx",
        bytes: &container(&all),
        id: Some("example"),
        model: model(),
    })
}

fn made(blocks: &str, parts: &[(&str, &str)]) -> Import {
    document(blocks, parts).unwrap_or_else(|why| panic!("{why:?}"))
}

/// A document with these parts for its lists.
fn numbered(blocks: &str, numbering: &str, styles: &str) -> Import {
    let parts = [
        ("word/numbering.xml", numbering),
        ("word/styles.xml", styles),
    ];
    made(blocks, &parts)
}

/// The lines of the official text.
fn body(made: &Import) -> Vec<&str> {
    let parts = sources::split(&made.text).expect("front matter");
    made.text[parts.body]
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect()
}

#[track_caller]
fn says(made: &Import, words: &str, text: &str) {
    assert!(
        made.remarks
            .iter()
            .any(|remark| remark.words.zh.contains(words) && remark.text.contains(text)),
        "{words} {text}: {:#?}",
        made.remarks
    );
}

/// The one line of a document of one paragraph.
#[track_caller]
fn line(runs: &str) -> (String, Import) {
    let made = made(&p(runs), &[]);
    let lines = body(&made);
    assert_eq!(lines.len(), 1, "{lines:?}");
    (lines[0].to_owned(), made)
}

#[test]
fn raised_and_lowered_words_are_signs_or_named() {
    let raised = "<w:vertAlign w:val=\"superscript\"/>";
    let (text, note) = line(&format!(
        "{}{}{}",
        r("面积10"),
        with(raised, "4"),
        r("平方米。")
    ));
    assert_eq!(text, "面积10⁴平方米。");
    says(&note, "上标或下标", "⁴");
    let lowered = "<w:vertAlign w:val=\"subscript\"/>";
    let (text, note) = line(&format!("{}{}{}", r("甲"), with(lowered, "2"), r("项。")));
    assert_eq!(text, "甲₂项。");
    says(&note, "上标或下标", "₂");
    let (_, note) = line(&format!("{}{}{}", r("见注"), with(raised, "甲"), r("。")));
    says(&note, "写成了平常的字", "甲");
    // By a style of characters, based on another one.
    let styles = part(
        "styles",
        "<w:style w:type=\"character\" w:styleId=\"a\"><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr></w:style>\
         <w:style w:type=\"character\" w:styleId=\"b\"><w:basedOn w:val=\"a\"/></w:style>",
    );
    let blocks = p(&format!(
        "{}{}{}",
        r("10"),
        with("<w:rStyle w:val=\"b\"/>", "3"),
        r("元。")
    ));
    let made = made(&blocks, &[("word/styles.xml", &styles)]);
    assert_eq!(body(&made), ["10³元。"]);
}

#[test]
fn formulas_and_fraction_fields_keep_their_meaning() {
    let t = |words: &str| format!("<m:r><m:t>{words}</m:t></m:r>");
    let fraction = format!(
        "<m:oMath><m:f><m:num>{}</m:num><m:den>{}</m:den></m:f></m:oMath>",
        t("1"),
        t("12")
    );
    let (text, note) = line(&format!("{}{fraction}{}", r("利率的"), r("计算。")));
    assert_eq!(text, "利率的1/12计算。");
    says(&note, "公式", "1/12");
    let root = format!(
        "<m:oMath><m:rad><m:deg/><m:e>{}</m:e></m:rad></m:oMath>",
        t("a+b")
    );
    assert_eq!(
        line(&format!("{}{root}{}", r("取"), r("。"))).0,
        "取√(a+b)。"
    );
    let power = format!(
        "<m:oMath><m:sSup><m:e>{}</m:e><m:sup>{}</m:sup></m:sSup></m:oMath>",
        t("10"),
        t("4")
    );
    assert_eq!(line(&format!("{}{power}{}", r("取"), r("。"))).0, "取10⁴。");
    let field = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>EQ \\f(3,4)</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
    assert_eq!(
        line(&format!("{}{field}{}", r("至少"), r("到场。"))).0,
        "至少3/4到场。"
    );
}

#[test]
fn struck_out_words_are_named_wherever_the_line_comes_from() {
    for properties in [
        "<w:strike/>",
        "<w:dstrike w:val=\"1\"/>",
        "<w:rStyle w:val=\"gone\"/>",
    ] {
        let styles = part(
            "styles",
            "<w:style w:type=\"character\" w:styleId=\"gone\"><w:rPr><w:strike/></w:rPr></w:style>",
        );
        let runs = format!(
            "{}{}{}",
            r("截止"),
            with(properties, "9月5日"),
            r("10月8日。")
        );
        let made = made(&p(&runs), &[("word/styles.xml", &styles)]);
        says(&made, "划掉", "9月5日");
        // What was crossed out is asked about in the file, and no deadline is made of it.
        assert!(
            made.text.contains("# 待核：原文里“9月5日”有删除线"),
            "{}",
            made.text
        );
        assert!(!made.text.contains("by: 9月5日"), "{}", made.text);
    }
    let (_, note) = line(&format!(
        "{}{}",
        r("截止"),
        with("<w:strike w:val=\"0\"/>", "10月8日。")
    ));
    assert!(
        note.remarks
            .iter()
            .all(|remark| !remark.words.zh.contains("划掉"))
    );
}

#[test]
fn forms_show_their_boxes_and_choices() {
    let field = |data: &str, code: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData>{data}</w:ffData></w:fldChar></w:r><w:r><w:instrText> {code} </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
        )
    };
    let on = field(
        "<w:checkBox><w:default w:val=\"0\"/><w:checked/></w:checkBox>",
        "FORMCHECKBOX",
    );
    let off = field(
        "<w:checkBox><w:default w:val=\"1\"/><w:checked w:val=\"0\"/></w:checkBox>",
        "FORMCHECKBOX",
    );
    let list = field(
        "<w:ddList><w:result w:val=\"1\"/><w:listEntry w:val=\"甲\"/><w:listEntry w:val=\"乙\"/></w:ddList>",
        "FORMDROPDOWN",
    );
    let (text, note) = line(&format!(
        "{on}{}{off}{}{list}{}",
        r("新办"),
        r("续办，类别"),
        r("。")
    ));
    assert_eq!(text, "☑新办☐续办，类别乙。");
    says(&note, "勾选框", "☑");
}

#[test]
fn only_the_result_of_a_field_is_read_however_fields_are_nested() {
    let begin = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>";
    let separate = "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>";
    let end = "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
    let code = |words: &str| format!("<w:r><w:instrText>{words}</w:instrText></w:r>");
    let inner = format!(
        "{begin}{}{separate}{}{end}",
        code("MERGEFIELD 年"),
        r("2031")
    );
    let outer = format!(
        "{begin}{}{inner}{}{separate}{}{end}",
        code("IF "),
        code(" = 2031 \"8月1日\" \"8月9日\""),
        r("8月1日")
    );
    assert_eq!(
        line(&format!("{}{outer}{}", r("自"), r("起。"))).0,
        "自8月1日起。"
    );
    // A field in the result of another one is seen.
    let shown = format!("{begin}{}{separate}{}{inner}{end}", code("IF x"), r("共"));
    assert_eq!(
        line(&format!("{}{shown}{}", r("年度"), r("。"))).0,
        "年度共2031。"
    );
    // A bookmark is set and not shown.
    let set = format!("{begin}{}{separate}{}{end}", code("SET a \"甲\""), r("甲"));
    assert_eq!(line(&format!("{}{set}{}", r("办"), r("理。"))).0, "办理。");
    let (_, note) = line(&format!(
        "{}{begin}{}{}",
        r("办理。"),
        code("REF a"),
        r("读不到的字")
    ));
    says(&note, "域没有结束", "读不到的字");
}

const LISTS: &str = "<w:abstractNum w:abstractNumId=\"5\">\
    <w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCounting\"/><w:suff w:val=\"nothing\"/><w:lvlText w:val=\"%1、\"/></w:lvl>\
    <w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCounting\"/><w:suff w:val=\"nothing\"/><w:lvlText w:val=\"（%2）\"/></w:lvl>\
    </w:abstractNum><w:num w:numId=\"7\"><w:abstractNumId w:val=\"5\"/></w:num>";

#[test]
fn numbers_are_found_in_whatever_part_the_document_names() {
    let numbering = part("numbering", LISTS);
    let relations = "<Relationships><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering\" Target=\"../lists/own.xml\"/></Relationships>";
    let made = made(
        &item(7, 0, "严格执行。"),
        &[
            ("word/_rels/document.xml.rels", relations),
            ("lists/own.xml", &numbering),
        ],
    );
    assert_eq!(body(&made), ["一、严格执行。"]);
    let without = self::made(&item(7, 0, "严格执行。"), &[]);
    says(&without, "没有它的定义", "");
}

#[test]
fn a_list_whose_levels_are_in_a_style_has_its_numbers() {
    let numbering = part(
        "numbering",
        &format!(
            "{}<w:abstractNum w:abstractNumId=\"6\"><w:numStyleLink w:val=\"Own\"/></w:abstractNum><w:num w:numId=\"8\"><w:abstractNumId w:val=\"6\"/></w:num>",
            LISTS.replace(
                "<w:abstractNum w:abstractNumId=\"5\">",
                "<w:abstractNum w:abstractNumId=\"5\"><w:styleLink w:val=\"Own\"/>"
            )
        ),
    );
    let blocks = [
        item(8, 0, "甲事。"),
        item(8, 1, "乙事。"),
        item(8, 0, "丙事。"),
    ]
    .concat();
    let made = made(&blocks, &[("word/numbering.xml", &numbering)]);
    assert_eq!(body(&made), ["一、甲事。", "（一）乙事。", "二、丙事。"]);
}

#[test]
fn a_list_may_be_drawn_by_a_style_that_names_another_list() {
    let numbering = part(
        "numbering",
        &format!(
            "{LISTS}<w:abstractNum w:abstractNumId=\"6\"><w:numStyleLink w:val=\"Own\"/></w:abstractNum><w:num w:numId=\"8\"><w:abstractNumId w:val=\"6\"/></w:num>"
        ),
    );
    let styles = part(
        "styles",
        "<w:style w:type=\"numbering\" w:styleId=\"Own\"><w:pPr><w:numPr><w:numId w:val=\"7\"/></w:numPr></w:pPr></w:style>",
    );
    let blocks = [item(8, 0, "甲事。"), item(8, 1, "乙事。")].concat();
    let made = numbered(&blocks, &numbering, &styles);
    assert_eq!(body(&made), ["一、甲事。", "（一）乙事。"]);
}

#[test]
fn a_style_based_on_a_numbered_one_has_the_level_that_names_it() {
    let numbering = part(
        "numbering",
        &LISTS
            .replace(
                "<w:suff w:val=\"nothing\"/><w:lvlText w:val=\"%1、\"/>",
                "<w:pStyle w:val=\"one\"/><w:suff w:val=\"nothing\"/><w:lvlText w:val=\"%1、\"/>",
            )
            .replace(
                "<w:suff w:val=\"nothing\"/><w:lvlText w:val=\"（%2）\"/>",
                "<w:pStyle w:val=\"two\"/><w:suff w:val=\"nothing\"/><w:lvlText w:val=\"（%2）\"/>",
            ),
    );
    let styles = part(
        "styles",
        "<w:style w:type=\"paragraph\" w:styleId=\"one\"><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"7\"/></w:numPr></w:pPr></w:style>\
         <w:style w:type=\"paragraph\" w:styleId=\"two\"><w:basedOn w:val=\"one\"/></w:style>",
    );
    let styled = |style: &str, words: &str| {
        p(&format!(
            "<w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{}",
            r(words)
        ))
    };
    let blocks = [styled("one", "甲事。"), styled("two", "乙事。")].concat();
    let made = numbered(&blocks, &numbering, &styles);
    assert_eq!(body(&made), ["一、甲事。", "（一）乙事。"]);
}

#[test]
fn small_words_that_are_moved_up_are_raised() {
    let raised = "<w:position w:val=\"10\"/><w:sz w:val=\"18\"/>";
    let (text, note) = line(&format!("{}{}{}", r("10"), with(raised, "6"), r("元。")));
    assert_eq!(text, "10⁶元。");
    says(&note, "上标或下标", "⁶");
    // Words of the usual size are only set higher.
    let moved = "<w:position w:val=\"10\"/>";
    assert_eq!(
        line(&format!("{}{}", r("第"), with(moved, "6号。"))).0,
        "第6号。"
    );
}

#[test]
fn white_words_are_named() {
    let white = "<w:color w:val=\"ffffff\"/>";
    let (text, note) = line(&format!("{}{}{}", r("办理"), with(white, "内部"), r("。")));
    assert_eq!(text, "办理内部。");
    says(&note, "白色的字", "内部");
    let shaded = format!("{white}<w:shd w:val=\"clear\" w:fill=\"FF0000\"/>");
    let (_, note) = line(&format!("{}{}", r("办理"), with(&shaded, "须知。")));
    assert!(
        note.remarks
            .iter()
            .all(|remark| !remark.words.zh.contains("白色"))
    );
}

#[test]
fn words_hidden_by_any_style_are_left_out_and_named() {
    let hidden = "<w:rPr><w:vanish/></w:rPr>";
    let styles = part(
        "styles",
        &format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"inner\">{hidden}</w:style>\
             <w:style w:type=\"paragraph\" w:styleId=\"based\"><w:basedOn w:val=\"inner\"/></w:style>\
             <w:style w:type=\"character\" w:styleId=\"note\">{hidden}</w:style>"
        ),
    );
    let blocks = [
        p(&format!(
            "<w:pPr><w:pStyle w:val=\"based\"/></w:pPr>{}",
            r("内部：不公开。")
        )),
        p(&format!(
            "{}{}",
            r("办理时间见附表。"),
            with("<w:rStyle w:val=\"note\"/>", "待议。")
        )),
        p(&format!(
            "<w:pPr><w:pStyle w:val=\"inner\"/></w:pPr>{}",
            with("<w:vanish w:val=\"0\"/>", "这一段看得见。")
        )),
    ]
    .concat();
    let made = made(&blocks, &[("word/styles.xml", &styles)]);
    assert_eq!(body(&made), ["办理时间见附表。", "这一段看得见。"]);
    says(&made, "隐藏", "内部：不公开。");
    says(&made, "隐藏", "待议。");
}

#[test]
fn signs_of_symbol_fonts_are_what_a_reader_sees() {
    let sym =
        |font: &str, code: &str| format!("<w:r><w:sym w:font=\"{font}\" w:char=\"{code}\"/></w:r>");
    let (text, note) = line(&format!(
        "{}{}{}{}{}",
        sym("Wingdings 2", "0052"),
        r("新办"),
        sym("Wingdings", "F0FE"),
        r("续办"),
        sym("Wingdings 2", "F0A3")
    ));
    assert_eq!(text, "☑新办☑续办□");
    says(&note, "符号字体", "0052");
    let font = "<w:rFonts w:ascii=\"Wingdings 2\" w:hAnsi=\"Wingdings 2\"/>";
    let (text, note) = line(&format!("{}{}{}", r("类别："), with(font, "R"), r("新办")));
    assert_eq!(text, "类别：☑新办");
    says(&note, "符号字体", "0052");
    let (text, note) = line(&format!("{}{}", r("类别"), sym("Wingdings", "004D")));
    assert_eq!(text, "类别□");
    says(&note, "照原文改", "004D");
    let (text, _) = line(&format!(
        "{}<w:r><mc:AlternateContent><mc:Choice Requires=\"w16se\"><w16se:symEx w16se:font=\"Segoe UI Emoji\" w16se:char=\"260E\"/></mc:Choice><mc:Fallback><w:t>?</w:t></mc:Fallback></mc:AlternateContent></w:r>",
        r("电话")
    ));
    assert_eq!(text, "电话☎");
}

#[test]
fn legal_numbering_is_decimal_in_all_its_parts() {
    let numbering = part(
        "numbering",
        "<w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"japaneseCounting\"/><w:lvlText w:val=\"第%1章\"/></w:lvl>\
         <w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"upperRoman\"/><w:isLgl/><w:suff w:val=\"nothing\"/><w:lvlText w:val=\"%1.%2\"/></w:lvl></w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>",
    );
    let blocks = [item(1, 0, "总则"), item(1, 1, "甲事"), item(1, 1, "乙事")].concat();
    let made = made(&blocks, &[("word/numbering.xml", &numbering)]);
    assert_eq!(body(&made)[1..], ["1.1甲事", "1.2乙事"]);
}

#[test]
fn a_level_may_be_found_by_the_style_of_the_paragraph() {
    let numbering = part(
        "numbering",
        &LISTS.replace(
            "<w:suff w:val=\"nothing\"/><w:lvlText w:val=\"（%2）\"/>",
            "<w:pStyle w:val=\"second\"/><w:suff w:val=\"nothing\"/><w:lvlText w:val=\"（%2）\"/>",
        ),
    );
    let styles = part(
        "styles",
        "<w:style w:type=\"paragraph\" w:styleId=\"second\"><w:pPr><w:numPr><w:numId w:val=\"7\"/></w:numPr></w:pPr></w:style>",
    );
    let blocks = [
        item(7, 0, "甲事。"),
        p(&format!(
            "<w:pPr><w:pStyle w:val=\"second\"/></w:pPr>{}",
            r("乙事。")
        )),
    ]
    .concat();
    let made = numbered(&blocks, &numbering, &styles);
    assert_eq!(body(&made), ["一、甲事。", "（一）乙事。"]);
}

#[test]
fn notes_are_numbered_in_the_order_of_their_marks_and_by_kind() {
    let mark = |kind: &str, id: u32| format!("<w:r><w:{kind}Reference w:id=\"{id}\"/></w:r>");
    let note = |kind: &str, id: u32, words: &str| {
        format!("<w:{kind} w:id=\"{id}\">{}</w:{kind}>", p(&r(words)))
    };
    let foot = part(
        "footnotes",
        &[
            note("footnote", 4, "后一条。"),
            note("footnote", 9, "先一条。"),
            note("footnote", 11, "没有注码。"),
        ]
        .concat(),
    );
    let end = part("endnotes", &note("endnote", 4, "文末一条。"));
    let blocks = p(&format!(
        "{}{}{}{}{}{}{}",
        r("甲事"),
        mark("footnote", 9),
        r("，乙事"),
        mark("endnote", 4),
        r("，丙事"),
        mark("footnote", 4),
        r("。")
    ));
    let made = made(
        &blocks,
        &[("word/footnotes.xml", &foot), ("word/endnotes.xml", &end)],
    );
    assert_eq!(
        body(&made),
        [
            "甲事[1]，乙事[尾注1]，丙事[2]。",
            "[1]先一条。",
            "[2]后一条。",
            "[尾注1]文末一条。"
        ]
    );
    says(&made, "没有注码", "没有注码。");
}

#[test]
fn numbers_in_empty_cells_are_words_and_elsewhere_named() {
    let numbering = part(
        "numbering",
        "<w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>",
    );
    let cell = |inside: String| format!("<w:tc>{inside}</w:tc>");
    let row = |words: &str| {
        format!(
            "<w:tr>{}{}</w:tr>",
            cell(item(1, 0, "")),
            cell(p(&r(words)))
        )
    };
    let blocks = format!(
        "<w:tbl>{}{}</w:tbl>{}",
        row("甲乡"),
        row("乙乡"),
        item(1, 0, "")
    );
    let made = made(&blocks, &[("word/numbering.xml", &numbering)]);
    let rows = body(&made).join("\n");
    assert!(
        rows.contains("| 1 | 甲乡 |") && rows.contains("| 2 | 乙乡 |"),
        "{rows}"
    );
    says(&made, "没有文字的一段", "3");
}

#[test]
fn deleted_and_hidden_paragraphs_do_not_count() {
    let numbering = part("numbering", LISTS);
    let gone = |mark: &str, run: &str| {
        p(&format!(
            "<w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"7\"/></w:numPr><w:rPr>{mark}</w:rPr></w:pPr>{run}"
        ))
    };
    for hole in [
        gone(
            "<w:del w:id=\"1\"/>",
            "<w:del w:id=\"2\"><w:r><w:delText>乙事。</w:delText></w:r></w:del>",
        ),
        gone("<w:vanish/>", &with("<w:vanish/>", "乙事。")),
        gone(
            "<w:moveFrom w:id=\"1\"/>",
            &format!("<w:moveFrom w:id=\"2\">{}</w:moveFrom>", r("乙事。")),
        ),
    ] {
        let blocks = [item(7, 0, "甲事。"), hole, item(7, 0, "丙事。")].concat();
        let made = made(&blocks, &[("word/numbering.xml", &numbering)]);
        assert_eq!(body(&made), ["一、甲事。", "二、丙事。"]);
        says(&made, "", "乙事。");
    }
}

#[test]
fn a_table_within_a_cell_keeps_its_words_apart() {
    let cell = |inside: &str| format!("<w:tc>{inside}</w:tc>");
    let row = |cells: &[&str]| {
        let cells: Vec<String> = cells.iter().map(|words| cell(&p(&r(words)))).collect();
        format!("<w:tr>{}</w:tr>", cells.concat())
    };
    let inner = format!(
        "<w:tbl>{}{}</w:tbl>",
        row(&["上午1", "20名"]),
        row(&["下午2", "30名"])
    );
    let outer = format!(
        "<w:tbl>{}<w:tr>{}{}</w:tr></w:tbl>",
        row(&["乡镇", "安排"]),
        cell(&p(&r("甲乡"))),
        cell(&format!("{inner}{}", p("")))
    );
    let made = made(&outer, &[]);
    assert!(
        body(&made).contains(&"| 甲乡 | 上午1 20名 下午2 30名 |"),
        "{:?}",
        body(&made)
    );
    says(&made, "格子里还有一个表格", "上午1 20名 下午2 30名");
    // A frame of one cell is not a table: what is in it is one.
    let framed = format!(
        "<w:tbl><w:tr>{}</w:tr></w:tbl>",
        cell(&format!("{inner}{}", p("")))
    );
    let made = self::made(&framed, &[]);
    assert!(
        body(&made).contains(&"| 上午1 | 20名 |"),
        "{:?}",
        body(&made)
    );
}

#[test]
fn addresses_of_links_are_named() {
    let relations = "<Relationships><Relationship Id=\"r9\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink\" Target=\"https://www.example.org/apply\" TargetMode=\"External\"/></Relationships>";
    let field = format!(
        "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> HYPERLINK \"mailto:a@example.org\" </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>{}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>",
        r("邮箱")
    );
    let blocks = p(&format!(
        "<w:hyperlink r:id=\"r9\">{}</w:hyperlink>{}{field}{}",
        r("网上办理"),
        r("，或者发"),
        r("。")
    ));
    let made = made(&blocks, &[("word/_rels/document.xml.rels", relations)]);
    assert_eq!(body(&made), ["网上办理，或者发邮箱。"]);
    says(
        &made,
        "链接的地址",
        "网上办理 → https://www.example.org/apply",
    );
    says(&made, "链接的地址", "邮箱 → mailto:a@example.org");
}

#[test]
fn a_table_of_contents_is_left_out_and_named() {
    let entry = |words: &str| format!("{}<w:r><w:tab/></w:r>{}", r(words), r("1"));
    let text = [p(&r("第一章 总则")), p(&r("第一条 为了示例，制定本办法。"))].concat();
    let styled = p(&format!(
        "<w:pPr><w:pStyle w:val=\"a7\"/></w:pPr>{}",
        entry("第一章 总则")
    ));
    let styles = part(
        "styles",
        "<w:style w:type=\"paragraph\" w:styleId=\"a7\"><w:name w:val=\"toc 1\"/></w:style>",
    );
    let field = [
        p(&format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> TOC \\o \"1-3\" </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>{}",
            entry("第一章 总则")
        )),
        p(&format!("{}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>", entry("第二章 附则"))),
    ]
    .concat();
    let form = format!(
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val=\"Table of Contents\"/></w:docPartObj></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
        p(&entry("第一章 总则"))
    );
    for contents in [styled, field, form] {
        let blocks = [p(&r("目　录")), contents, text.clone()].concat();
        let made = made(&blocks, &[("word/styles.xml", &styles)]);
        assert_eq!(
            body(&made),
            ["第一章 总则", "第一条 为了示例，制定本办法。"]
        );
        says(&made, "目录", "第一章 总则 1");
    }
}

#[test]
fn a_typed_table_of_contents_is_left_out_and_named() {
    let text = "甲县教育局关于印发示例办法的通知\n\n各乡镇：\n\n目　录\n\n第一章　总则……………1\n\n第二章　附则 ...... 12\n\n第一章　总则\n\n第一条　为了示例，制定本办法。\n\n第二章　附则\n\n第二条　自2026年7月1日起施行。\n";
    let made = from_text("示例.txt", text).expect("a notice");
    let lines = body(&made).join("\n");
    assert!(!lines.contains("……") && !lines.contains("目"), "{lines}");
    assert!(lines.starts_with("第一章"), "{lines}");
    says(&made, "目录", "第二章　附则 ...... 12");
}

#[test]
fn lines_of_a_form_stay_apart() {
    let text = "甲县教育局关于示例工作的通知\n\n各乡镇：\n\n申请人（签字）：________________　日期：____年___月___日\n\n联系电话：________________\n";
    let made = from_text("示例.txt", text).expect("a notice");
    let lines = body(&made);
    assert_eq!(lines.len(), 2, "{lines:?}");
}

#[test]
fn a_line_of_the_file_is_not_a_line_of_the_text() {
    assert_eq!(line(&r("现将有关\n      事项通知")).0, "现将有关事项通知");
}

#[test]
fn drawn_words_are_text() {
    let drawn =
        p("<w:r><w:pict><v:shape><v:textpath string=\"重要提示\"/></v:shape></w:pict></w:r>");
    let made = made(&[drawn, p(&r("请按时办理。"))].concat(), &[]);
    assert_eq!(body(&made), ["重要提示", "请按时办理。"]);
    says(&made, "艺术字", "重要提示");
}

fn from_text(name: &str, text: &str) -> Result<Import, Refused> {
    import(&Request {
        name,
        bytes: text.as_bytes(),
        id: Some("example"),
        model: model(),
    })
}

#[test]
fn documents_as_one_xml_file_are_to_be_saved_as_docx() {
    for text in [
        "<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?><w:wordDocument><w:body/></w:wordDocument>",
        "<?xml version=\"1.0\"?><pkg:package xmlns:pkg=\"http://schemas.microsoft.com/office/2006/xmlPackage\"/>",
    ] {
        let Err(Refused::Input(why)) = from_text("示例.xml", text) else {
            panic!("{text}");
        };
        assert!(
            why.zh.contains("docx") && !why.zh.contains("网页"),
            "{}",
            why.zh
        );
    }
}

#[test]
fn an_address_that_a_line_broke_is_whole_again() {
    let text = "甲县教育局关于示例工作的通知\n\n各乡镇：\n\n一、请符合条件的同学登录 https://www.example.org/student/a/ap\nply 提交，系统版本 v3.\n1以上，电话0349-\n0000000，金额1,\n600元。\n";
    let made = from_text("示例.txt", text).expect("a notice");
    let lines = body(&made).join("\n");
    assert!(
        lines.contains("https://www.example.org/student/a/apply")
            && lines.contains("v3.1以上，电话0349-0000000，金额1,600元。"),
        "{lines}"
    );
    says(
        &made,
        "换行的地方",
        "https://www.example.org/student/a/apply",
    );
}

// ---------------------------------------------------------------- workbooks

/// Inline words in a cell.
fn cell(place: &str, words: &str) -> String {
    format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{words}</t></is></c>")
}

/// A workbook of one sheet; parts of the same name take the place of the usual ones.
fn workbook(sheet: &str, parts: &[(&str, &[u8])]) -> Vec<u8> {
    let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let book = format!(
        "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"{relation}\"><sheets><sheet name=\"名单\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
    );
    let links = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"{relation}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"{relation}/styles\" Target=\"styles.xml\"/></Relationships>"
    );
    let root = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"{relation}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let styles = "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><numFmts><numFmt numFmtId=\"170\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;\"/><numFmt numFmtId=\"171\" formatCode=\"aaaa\"/><numFmt numFmtId=\"172\" formatCode=\"00000000000\"/></numFmts><fonts><font/><font><strike/></font></fonts><cellXfs><xf numFmtId=\"0\" fontId=\"0\"/><xf numFmtId=\"170\" fontId=\"0\"/><xf numFmtId=\"171\" fontId=\"0\"/><xf numFmtId=\"14\" fontId=\"0\"/><xf numFmtId=\"0\" fontId=\"1\"/><xf numFmtId=\"172\" fontId=\"0\"/><xf numFmtId=\"57\" fontId=\"0\"/></cellXfs></styleSheet>";
    let sheet = format!(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">{sheet}</worksheet>"
    );
    let mut all: Vec<(&str, &[u8])> = vec![
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", links.as_bytes()),
        ("xl/styles.xml", styles.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ];
    all.retain(|(name, _)| parts.iter().all(|(other, _)| other != name));
    all.extend(parts);
    container(&all)
}

fn table(name: &str, bytes: &[u8]) -> Imported {
    let options = Options {
        id: "new".into(),
        region: Some("山西省".into()),
        year: Some(2026),
        ..Options::default()
    };
    import_table(name, bytes, &options, &model().regions)
        .unwrap_or_else(|refused| panic!("{}", refused.words().zh))
}

const LIST: &str = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>市</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>县（市、区）</t></is></c></row>\
    <row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>太原市</t></is></c><c r=\"B2\" t=\"inlineStr\"><is><t>清徐县</t></is></c></row>";

#[track_caller]
fn remarks(made: &Imported, words: &str) {
    assert!(
        made.remarks
            .iter()
            .any(|remark| remark.words.zh.contains(words)),
        "{words}: {:#?}",
        made.remarks
    );
}

#[test]
fn a_cell_that_shows_no_day_is_not_a_date() {
    let row = |n: u32, style: u32, value: u32| {
        format!(
            "<row r=\"{n}\"><c r=\"A{n}\" s=\"{style}\"><v>{value}</v></c>{}{}</row>",
            cell(&format!("B{n}"), "一中"),
            cell(&format!("C{n}"), "续贷")
        )
    };
    let sheet = format!(
        "<sheetData><row r=\"1\">{}{}{}</row>{}{}{}{}</sheetData>",
        cell("A1", "日期"),
        cell("B1", "受理地点"),
        cell("C1", "办理业务"),
        row(2, 1, 46_240),
        row(3, 2, 46_241),
        row(4, 3, 46_242),
        row(5, 6, 46_243),
    );
    let made = table("安排.xlsx", &workbook(&sheet, &[]));
    assert!(
        made.text.contains("2026年8月") && !made.text.contains("2026-08-06"),
        "{}",
        made.text
    );
    assert!(
        made.text.contains("星期五") && !made.text.contains("2026-08-07"),
        "{}",
        made.text
    );
    assert!(made.text.contains("2026-08-08"), "{}", made.text);
    assert!(!made.text.contains("2026-08-09"), "{}", made.text);
    remarks(&made, "“2026年8月”不是一天的日期");
    remarks(&made, "照表里显示的写成“星期五”");
}

#[test]
fn a_telephone_number_keeps_the_zero_that_its_format_shows() {
    let sheet = format!(
        "<sheetData><row r=\"1\">{}{}{}</row><row r=\"2\">{}{}<c r=\"C2\" s=\"5\"><v>3490000000</v></c></row></sheetData>",
        cell("A1", "市"),
        cell("B1", "县（市、区）"),
        cell("C1", "备注"),
        cell("A2", "太原市"),
        cell("B2", "清徐县"),
    );
    let made = table("名单.xlsx", &workbook(&sheet, &[]));
    assert!(made.text.contains("03490000000"), "{}", made.text);
}

#[test]
fn what_a_program_adds_to_a_workbook_does_not_keep_it_out() {
    let wide: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain(
            "<?xml version=\"1.0\" encoding=\"utf-16\"?><DataMashup/>"
                .encode_utf16()
                .flat_map(u16::to_le_bytes),
        )
        .collect();
    let plain = format!("<sheetData>{LIST}</sheetData>");
    let merged =
        format!("<dimension ref=\"A:C\"/>{plain}<mergeCells><mergeCell ref=\"3:4\"/></mergeCells>");
    for (sheet, parts) in [
        (&plain, vec![("customXml/item4.xml", &wide[..])]),
        (&plain, vec![("docProps/custom.xml", &wide[..])]),
        (&merged, vec![]),
    ] {
        let made = table("名单.xlsx", &workbook(sheet, &parts));
        assert!(made.text.contains("清徐县"), "{}", made.text);
    }
    let book = "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"宏\" sheetId=\"3\" state=\"veryHidden\" r:id=\"\"/><sheet name=\"名单\" sheetId=\"1\" r:id=\"r1\"/><sheet name=\"旧\" sheetId=\"4\" r:id=\"r99\"/></sheets></workbook>";
    let made = table(
        "名单.xlsx",
        &workbook(&plain, &[("xl/workbook.xml", book.as_bytes())]),
    );
    assert!(made.text.contains("清徐县"), "{}", made.text);
    remarks(&made, "工作表“宏”");
    remarks(&made, "工作表“旧”");
}

#[test]
fn comments_and_struck_out_names_are_named() {
    let sheet = format!(
        "<sheetData>{LIST}<row r=\"3\">{}<c r=\"B3\" s=\"4\" t=\"inlineStr\"><is><t>阳曲县</t></is></c></row>\
         <row r=\"4\">{}<c r=\"B4\" t=\"s\"><v>1</v></c></row></sheetData>",
        cell("A3", "太原市"),
        cell("A4", "太原市"),
    );
    let links = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments\" Target=\"../notes/own.xml\"/></Relationships>";
    let comments = "<comments xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><commentList><comment ref=\"B2\"><text><r><t>下半年</t></r><r><t>起退出</t></r></text></comment></commentList></comments>";
    let strings = "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><si><t>别的</t></si><si><r><rPr><strike/></rPr><t>娄烦县</t></r></si></sst>";
    let links_of_book = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/><Relationship Id=\"r3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>";
    let made = table(
        "名单.xlsx",
        &workbook(
            &sheet,
            &[
                ("xl/worksheets/_rels/sheet1.xml.rels", links.as_bytes()),
                ("xl/notes/own.xml", comments.as_bytes()),
                ("xl/sharedStrings.xml", strings.as_bytes()),
                ("xl/_rels/workbook.xml.rels", links_of_book.as_bytes()),
            ],
        ),
    );
    remarks(&made, "下半年起退出");
    remarks(&made, "“阳曲县”在表里划掉了");
    remarks(&made, "“娄烦县”在表里划掉了");
    assert!(made.remarks.iter().all(|remark| {
        !remark.words.zh.contains("划掉") || remark.kind == RemarkKind::Unsure
    }));
}

#[test]
fn a_number_kept_as_text_is_the_number() {
    let text = "市,县（市、区）,备注\n太原市,清徐县,\"=\"\"0351000\"\"\"\n太原市,阳曲县,'0351999\n太原市,娄烦县,=A1+B2\n";
    let made = table("名单.csv", text.as_bytes());
    assert!(
        made.text.contains("0351000") && !made.text.contains("=\"\"0351000"),
        "{}",
        made.text
    );
    assert!(!made.text.contains("'0351999"), "{}", made.text);
    remarks(&made, "写成“0351000”");
    remarks(&made, "写成“0351999”");
    remarks(&made, "公式“=A1+B2”");
}

// ---------------------------------------------------------------- a site folder

#[cfg(unix)]
#[test]
fn the_lock_file_of_an_editor_is_ignored() {
    let folder = std::env::temp_dir().join(format!("mingbai-meaning-{}", std::process::id()));
    let pages = folder.join("content/pages");
    std::fs::create_dir_all(&pages).expect("a folder");
    std::fs::write(pages.join("a.md"), "---\ntitle: 示例\n---\n").expect("a page");
    std::fs::write(pages.join("#a.md#"), "x").expect("a file");
    std::os::unix::fs::symlink("user@host.1:2", pages.join(".#a.md")).expect("a link");
    let read = sources::read(&folder, &mut Sink::default());
    std::fs::remove_dir_all(&folder).expect("the folder");
    let sources = read.expect("a site that can be read");
    let own: Vec<&str> = sources
        .files
        .iter()
        .map(|file| file.path.as_str())
        .filter(|path| path.starts_with("content/"))
        .collect();
    assert_eq!(own, ["content/pages/a.md"]);
    assert!(
        sources
            .binaries
            .iter()
            .all(|file| !file.path.starts_with("content/"))
    );
}

/// The anchors of the headings of a page, in order.
fn anchors(page: &str) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let pages = folder.path().join("content/pages");
    std::fs::create_dir_all(&pages).expect("a folder");
    std::fs::write(
        pages.join("a.md"),
        format!("---\ntitle: 示例\n---\n\n{page}"),
    )
    .expect("a page");
    let tree = support::built(folder.path(), jiff::civil::date(2026, 11, 29));
    let html = String::from_utf8(tree["a.html"].bytes.to_vec()).expect("a page");
    let headings = html.split("<h2 ").skip(1).chain(html.split("<h3 ").skip(1));
    headings
        .filter_map(|heading| heading.split("id=").nth(1))
        .map(|id| {
            id.trim_start_matches('"')
                .split(['"', '>', ' '])
                .next()
                .unwrap_or_default()
                .to_owned()
        })
        .collect()
}

#[test]
fn the_anchor_of_a_heading_stays_when_another_is_added_before_it() {
    let before = anchors("## 怎么还款\n\n话。\n\n### Set up, then go\n\n话。\n");
    assert_eq!(before, ["s-怎么还款", "s-set-up-then-go"]);
    let after = anchors(
        "## 先说一句\n\n话。\n\n## 怎么还款\n\n话。\n\n### Set up, then go\n\n话。\n\n## 怎么还款\n\n话。\n",
    );
    assert_eq!(
        after,
        [
            "s-先说一句",
            "s-怎么还款",
            "s-怎么还款-2",
            "s-set-up-then-go"
        ]
    );
}
