//! Import of PDF files made by other programs: what a reader sees is in the file, in reading order, and what is not is named.

mod support;

use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::OnceLock;

use mingbai::desk::import::{Import, Request, import};
use mingbai::desk::remark::{Refused, RemarkKind};
use mingbai::diag::Sink;
use mingbai::link;
use mingbai::model::Model;
use mingbai::sources::{self, Sources};
use proptest::prelude::*;

use support::tests_folder;

fn site() -> &'static Model {
    static SITE: OnceLock<(Sources, Model)> = OnceLock::new();
    let made = SITE.get_or_init(|| {
        let mut sink = Sink::default();
        let sources = sources::read(support::repository(), &mut sink).expect("the site");
        let model = link::load(&sources, &mut sink);
        (sources, model)
    });
    &made.1
}

fn file(name: &str) -> Vec<u8> {
    let path: PathBuf = tests_folder("import").join(name);
    std::fs::read(path).expect("a file of the tests")
}

fn tried(name: &str, bytes: &[u8]) -> Result<Import, Refused> {
    import(&Request {
        name,
        bytes,
        id: Some("read"),
        model: site(),
    })
}

fn read(name: &str) -> Import {
    tried(name, &file(name)).unwrap_or_else(|why| panic!("{name}: {}", why.words().en))
}

/// The text below the front matter.
fn body(text: &str) -> &str {
    text.split_once("\n---\n").expect("front matter").1.trim()
}

fn refusal(name: &str, bytes: &[u8]) -> String {
    match tried(name, bytes) {
        Ok(made) => panic!("{name} was read:\n{}", made.text),
        Err(why) => why.words().zh.clone(),
    }
}

#[test]
fn a_notice_is_read_as_it_is_seen() {
    let made = read("notice.pdf");
    assert_eq!(
        body(&made.text),
        "为做好2024年生源地信用助学贷款工作，现将有关事项通知如下，请遵照执行，遇到问题及时报告。

一、受理时间

各县（市、区）受理时间为2024年7月15日至2024年9月20日，节假日不休息；确需推迟的，应当提前3天向社会公告。

二、名额

各受理点每天受理不超过60人，其中上午30人，下午30人，学生凭号排队，不得插队，不得代领。

三、试点名单

| 序号 | 市 | 县（市、区） |
| ---: | --- | --- |
| 1 | 甲市 | 子县 |
| 2 |  | 丑县 |
| 3 | 乙市 | 寅县 |

四、其他

办理时间为9月25日9月30日前。

面积为100m²以上。"
    );
    for line in [
        "title: 示例省学生资助管理中心关于做好2024年生源地信用助学贷款工作的通知",
        "number: 示助〔2024〕5号",
        "letterhead: 示例省学生资助管理中心文件",
        "  - 示例省学生资助管理中心",
        "issued: 2024-06-30",
    ] {
        assert!(
            made.text.lines().any(|own| own == line),
            "{line}\n{}",
            made.text
        );
    }
}

#[test]
fn what_is_not_in_the_text_is_named_with_its_page() {
    let made = read("notice.pdf");
    let of = |kind: RemarkKind| {
        let mut all = String::new();
        for remark in made.remarks.iter().filter(|remark| remark.kind == kind) {
            writeln!(all, "{}：{}", remark.place.words().zh, remark.text).unwrap();
        }
        all
    };
    let removed = of(RemarkKind::Removed);
    for words in [
        "第 1 页第 15 行：— 1 —",
        "第 2 页第 1 行：内部水印",
        "— 2 —",
    ] {
        assert!(removed.contains(words), "{words}\n{removed}");
    }
    // Only what the line goes through.
    assert_eq!(of(RemarkKind::Struck), "第 2 页第 3 行：9月25日\n");
}

/// The same document as Word saved it and as LibreOffice printed it.
#[test]
fn a_printed_word_file_is_read_as_the_word_file() {
    let lines = |text: &str| -> Vec<String> {
        let without_source = text
            .lines()
            .filter(|line| !line.contains("从“") && !line.starts_with("source:"));
        without_source.map(str::to_owned).collect()
    };
    let (word, printed) = (
        lines(&read("renewal.docx").text),
        lines(&read("renewal.pdf").text),
    );
    // A blank at the end of a printed line is not seen: 财政部 教育部 银监会 is broken before 教育部.
    let bare = |line: &String| line.replace(' ', "");
    let differ: Vec<_> = word
        .iter()
        .zip(&printed)
        .filter(|(one, other)| one != other)
        .collect();
    assert_eq!(word.len(), printed.len());
    assert!(
        differ.iter().all(|(one, other)| bare(one) == bare(other)),
        "{differ:#?}"
    );
    assert!(differ.len() <= 2, "{differ:#?}");
    assert!(word.len() > 200, "{}", word.len());
}

#[test]
fn what_has_no_text_is_refused_with_what_to_do() {
    let locked = refusal("locked.pdf", &file("locked.pdf"));
    assert!(
        locked.contains("密码") && locked.contains(".docx"),
        "{locked}"
    );
    let scan = refusal("scan.pdf", &pdf("q 100 0 0 100 0 0 cm /Im0 Do Q", ""));
    assert!(scan.contains("扫描件"), "{scan}");
    let empty = refusal("empty.pdf", &pdf("", ""));
    assert!(empty.contains("没有文字"), "{empty}");
    let broken = refusal("broken.pdf", b"%PDF-1.7\nwords");
    assert!(broken.contains("坏了"), "{broken}");
    let other = refusal("notice.pdf", "关于做好工作的通知".as_bytes());
    assert!(other.contains("不是 PDF"), "{other}");
    // Codes of glyphs without a table of characters are not text.
    let codes = "BT /F1 16 Tf 72 700 Td <0001000200030004> Tj ET";
    let font =
        "/Type0 /Encoding /Identity-H /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 >>]";
    let unnamed = refusal("codes.pdf", &pdf(codes, font));
    assert!(unnamed.contains("没有写明"), "{unnamed}");
}

#[test]
fn text_over_a_scan_is_read_and_must_be_proofread() {
    let content = "BT 3 Tr /F1 16 Tf 72 700 Td (Notice 1 of 2024) Tj ET /Im0 Do";
    let made = tried("ocr.pdf", &pdf(content, "/Type1 /BaseFont /Helvetica")).expect("a text");
    assert!(made.text.contains("Notice 1 of 2024"), "{}", made.text);
    let is_said = |words: &str| {
        made.remarks
            .iter()
            .any(|remark| remark.words.zh.contains(words))
    };
    assert!(is_said("机器识别"), "{:?}", made.remarks);
}

/// A file of a few bytes that becomes a gigabyte is not unpacked.
#[test]
fn a_file_that_becomes_too_large_is_refused() {
    let mut packed = Vec::new();
    let zeros = std::io::Read::take(std::io::repeat(b' '), 600 << 20);
    let mut encoder = flate2::read::ZlibEncoder::new(zeros, flate2::Compression::fast());
    std::io::copy(&mut encoder, &mut packed).expect("packed zeros");
    assert!(packed.len() < 8 << 20, "{}", packed.len());
    let mut bytes =
        b"%PDF-1.7\n1 0 obj\n<< /Type /ObjStm /Filter /FlateDecode >>\nstream\n".to_vec();
    bytes.extend(packed);
    bytes.extend(b"\nendstream\nendobj\n");
    let words = refusal("bomb.pdf", &bytes);
    assert!(words.contains("太大"), "{words}");
}

/// A form that draws itself ends.
#[test]
fn forms_within_themselves_end() {
    let own = "/Fm0 Do /Fm0 Do BT /F1 16 Tf 72 700 Td (again) Tj ET";
    let object = format!(
        "6 0 obj\n<< /Type /XObject /Subtype /Form /Resources << /XObject << /Fm0 6 0 R >> /Font << /F1 5 0 R >> >> /Length {} >>\nstream\n{own}\nendstream\nendobj\n",
        own.len()
    );
    let mut bytes = pdf("/Fm0 Do", "/Type1 /BaseFont /Helvetica");
    let end = find(&bytes, b"xref").expect("a table");
    bytes.splice(end..end, object.into_bytes());
    let made = tried("form.pdf", &bytes);
    assert!(
        made.is_ok_and(|made| made.text.contains("again")),
        "the text of the form is read"
    );
}

/// A file of one page: what it draws, and its font.
fn pdf(content: &str, font: &str) -> Vec<u8> {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> /XObject << /Im0 7 0 R /Fm0 6 0 R >> >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        format!("<< /Type /Font /Subtype {} >>", if font.is_empty() { "/Type1" } else { font }),
    ];
    let mut out = String::from("%PDF-1.7\n");
    for (at, object) in objects.iter().enumerate() {
        writeln!(out, "{} 0 obj\n{object}\nendobj", at + 1).unwrap();
    }
    out.push_str(
        "7 0 obj\n<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /Length 1 >>\nstream\n0\nendstream\nendobj\n",
    );
    // The table of places is missing: readers look for the objects themselves.
    out.push_str("xref\n0 0\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n");
    out.into_bytes()
}

fn find(text: &[u8], word: &[u8]) -> Option<usize> {
    text.windows(word.len()).position(|part| part == word)
}

/// The files with a part of their bytes changed, cut, doubled: read or refused, in no case a panic.
fn damaged() -> impl Strategy<Value = Vec<u8>> {
    let names = prop_oneof![Just("notice.pdf"), Just("locked.pdf")];
    let change = (
        any::<prop::sample::Index>(),
        0..40_usize,
        prop::collection::vec(any::<u8>(), 0..40),
    );
    (names, prop::collection::vec(change, 1..6)).prop_map(|(name, changes)| {
        let mut bytes = file(name);
        for (at, length, new) in changes {
            let start = at.index(bytes.len());
            let end = (start + length).min(bytes.len());
            bytes.splice(start..end, new);
        }
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn damaged_files_are_read_or_refused(bytes in damaged()) {
        let words = match tried("damaged.pdf", &bytes) {
            Ok(made) => made.text,
            Err(Refused::Fault(why)) => return Err(TestCaseError::fail(why.en.clone())),
            Err(why) => why.words().zh.clone(),
        };
        prop_assert!(!words.is_empty());
    }

    #[test]
    fn any_instructions_are_carried_out_or_passed_over(
        content in "((q|Q|BT|ET|cm|Tf|Tm|Td|T\\*|Tj|TJ|'|\"|re|m|l|S|f|Do|Tr|Ts|Tz|gs|BI|ID|EI|/F1|/Im0|/Fm0|\\([a-z]{0,6}\\)|<[0-9A-F]{0,8}>|\\[|\\]|-?[0-9]{1,9}(\\.[0-9]{1,3})?) ){0,60}"
    ) {
        let made = tried("any.pdf", &pdf(&content, "/Type1 /BaseFont /Helvetica"));
        prop_assert!(!matches!(made, Err(Refused::Fault(_))));
    }
}
