//! Pages saved from web sites: the document is read, what is around it is named, and nothing changes what it says. All pages are invented.

mod support;

use std::sync::OnceLock;

use mingbai::desk::import::{Import, Request, import};
use mingbai::desk::remark::RemarkKind;
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

fn imported(bytes: &[u8]) -> Import {
    import(&Request {
        name: "网页.html",
        bytes,
        id: Some("example"),
        model: model(),
    })
    .unwrap_or_else(|why| panic!("{}", why.words().zh))
}

/// The lines of the official text.
fn body(made: &Import) -> Vec<&str> {
    let parts = sources::split(&made.text).expect("front matter");
    let lines = made.text[parts.body].lines();
    lines.filter(|line| !line.trim().is_empty()).collect()
}

#[track_caller]
fn says(made: &Import, kind: RemarkKind, zh: &str, text: &str) {
    let found = made.remarks.iter().any(|remark| {
        remark.kind == kind && remark.words.zh.contains(zh) && remark.text.contains(text)
    });
    assert!(found, "{zh} {text}: {:#?}", made.remarks);
}

fn page(content: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>通知公告_甲县人民政府</title><script>var a = \"<p>不是正文</p>\";</script></head>\n<body>\n<div class=\"nav\"><a href=\"/\">首页</a> <a href=\"/gk\">政务公开</a></div>\n<h1>甲县教育局关于做好2027年示例工作的通知</h1>\n<div class=\"bar\">浏览次数：88</div>\n<div class=\"TRS_Editor\">{content}</div>\n<div class=\"foot\">主办：甲县人民政府</div>\n</body></html>\n"
    )
}

const TEXT: &str = "<p>各乡镇（街道）中心学校，县直各学校：</p>\n<p>　　现将有关事项\n通知如下。</p><p>一、受理时间为2027年7月1日至9月20日。</p><p>二、按时办理，逾期不候，请相互转告。</p><p>甲县教育局<br>2027年6月30日</p>";

#[test]
fn the_document_of_a_page_is_read_and_what_is_around_it_is_named() {
    let made = imported(page(TEXT).as_bytes());
    for line in [
        "title: 甲县教育局关于做好2027年示例工作的通知",
        "  - 县直各学校",
        "issued: 2027-06-30",
        "#     from: 2027-07-01",
    ] {
        assert!(made.text.contains(line), "{line}\n{}", made.text);
    }
    assert_eq!(
        body(&made),
        [
            "现将有关事项通知如下。",
            "一、受理时间为2027年7月1日至9月20日。",
            "二、按时办理，逾期不候，请相互转告。",
        ]
    );
    for words in ["首页", "政务公开", "浏览次数：88", "主办：甲县人民政府"] {
        says(&made, RemarkKind::Removed, "正文以外的文字", words);
        assert!(!made.text.contains(words), "{words}");
    }
    assert!(!made.text.contains("不是正文"), "{}", made.text);
}

#[test]
fn a_page_in_the_encoding_of_old_sites_is_the_same() {
    let text = page(TEXT).replace("utf-8", "gb2312");
    let (bytes, _, lossy) = encoding_rs::GB18030.encode(&text);
    assert!(!lossy);
    assert_eq!(imported(&bytes).text, imported(page(TEXT).as_bytes()).text);
}

#[test]
fn what_a_browser_shows_keeps_its_meaning() {
    let content = format!(
        "{TEXT}<p>三、共10<sup>4</sup>元，截止<s>9月5日</s>10月8日。<span style=\"display: none\">内部批示</span></p><ol><li>第一项</li><li>第二项<li>第三项</ol><p><img src=\"a.png\" alt=\"流程图\">见<a href=\"/files/a.docx\">登记表</a>。</p>"
    );
    let made = imported(page(&content).as_bytes());
    let lines = body(&made);
    assert!(
        lines.contains(&"三、共10⁴元，截止9月5日10月8日。"),
        "{lines:?}"
    );
    for line in ["1. 第一项", "2. 第二项", "3. 第三项", "见登记表。"] {
        assert!(lines.contains(&line), "{line}: {lines:?}");
    }
    assert!(!made.text.contains("内部批示"));
    says(&made, RemarkKind::Removed, "看不见的字", "内部批示");
    says(&made, RemarkKind::Struck, "划掉", "9月5日");
    says(&made, RemarkKind::Left, "图片", "流程图");
    says(&made, RemarkKind::Left, "链接的地址", "/files/a.docx");
    says(&made, RemarkKind::Differs, "自动编的号", "2.");
}

#[test]
fn a_table_of_data_is_a_table_and_one_that_arranges_the_page_is_not() {
    let data = "<table><tr><th>单位</th><th colspan=2>名额</th></tr><tr><td rowspan=2>甲校<td>上午<td>30名<tr><td>下午<td>20名</table>";
    let content =
        format!("<table width=100%><tr><td>{TEXT}<p>三、名额见表。</p>{data}</td></tr></table>");
    let made = imported(page(&content).as_bytes());
    let lines = body(&made);
    let table: Vec<&&str> = lines.iter().filter(|line| line.starts_with('|')).collect();
    assert_eq!(
        table,
        [
            &"| 单位 | 名额 |  |",
            &"| --- | --- | --- |",
            &"| 甲校 | 上午 | 30名 |",
            &"|  | 下午 | 20名 |",
        ]
    );
    assert!(lines.contains(&"三、名额见表。"), "{lines:?}");
}

#[test]
fn broken_and_deep_pages_are_read_without_harm() {
    let deep = format!("<html><body>{}{TEXT}", "<div><b><table>".repeat(20_000));
    let made = imported(deep.as_bytes());
    assert!(made.text.contains("逾期不候"), "{}", made.text);
    for text in [
        "<html>",
        "<html><body></p></td></table><p",
        "<html><table><tr><td rowspan=99999999999>一",
    ] {
        let request = Request {
            name: "a.html",
            bytes: text.as_bytes(),
            id: Some("example"),
            model: model(),
        };
        // A page without words is refused; no page ends in a panic.
        let _ = import(&request);
    }
}

/// A page of other classes, on which a short document has a long frame of words.
fn framed(content: &str) -> String {
    format!(
        "<html><head><title>甲县教育局关于做好示例工作的通知_甲县人民政府</title></head><body>\
         <div id=\"header\"><ul class=\"main-nav\"><li><a href=\"/\">首页</a></li><li>政务公开</li><li>互动交流</li></ul></div>\
         <div class=\"position\">当前位置：首页 &gt; 政务公开 &gt; 通知公告</div>\
         <div class=\"detail\">{content}<div class=\"share\">分享到：<a>微信</a></div></div>\
         <div class=\"related-list related\"><h3>相关文章</h3><p>关于做好去年工作的通知</p><p>示例工作问答一百题，请各位家长阅读</p></div>\
         <div class=\"page_footer\"><p>主办：甲县人民政府　承办：甲县大数据局</p><p>网站标识码：1400000000</p></div></body></html>"
    )
}

#[test]
fn menus_and_lists_around_a_short_document_are_left_out_whatever_they_are_called() {
    for content in [
        "<h1>甲县教育局关于做好示例工作的通知</h1><p>发布时间：2027-07-03　浏览次数：123</p><p>各乡镇：</p><p>一、按时上报。</p><p>甲县教育局</p><p>2027年7月1日</p>",
        "<div class=\"bt\">甲县教育局关于做好示例工作的通知</div><div>发布时间：2027-07-03</div><div class=\"TRS_Editor\"><p>各乡镇：</p><p>一、按时上报。</p><p>甲县教育局</p><p>2027年7月1日</p></div>",
    ] {
        let made = imported(framed(content).as_bytes());
        assert!(
            made.text
                .contains("\ntitle: 甲县教育局关于做好示例工作的通知\n"),
            "{}",
            made.text
        );
        assert!(
            made.text.contains("\nissued: 2027-07-01\n"),
            "{}",
            made.text
        );
        assert_eq!(body(&made), ["一、按时上报。"]);
        for words in ["互动交流", "当前位置", "问答一百题", "承办", "分享到"] {
            says(&made, RemarkKind::Removed, "", words);
        }
    }
}

/// A page of a million elements is not a document: it is refused before its tree is made.
#[test]
fn a_page_with_too_many_elements_is_refused() {
    let long = page(&"<b>字".repeat(1_000_001));
    let refused = import(&Request {
        name: "网页.html",
        bytes: long.as_bytes(),
        id: Some("example"),
        model: model(),
    });
    let words = refused.expect_err("too long").words().zh.clone();
    assert!(words.contains("文字太多"), "{words}");
}
