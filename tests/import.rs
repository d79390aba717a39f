//! Import of official documents: the five real texts against what was entered by hand, Word files made by another
//! program, other encodings and ways of typing, and whatever else can be in a file: nothing is ever lost.

mod support;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use mingbai::desk::import::{Import, Request, import};
use mingbai::desk::remark::{Refused, Remark, RemarkKind as Remarked};
use mingbai::diag::Sink;
use mingbai::link::{self, Names};
use mingbai::model::{self, ClauseId, Document, Kind, Model, Notice};
use mingbai::sources::{self, Sources, split};

use support::{confirmed, golden};

const NAMES: [&str; 5] = [
    "shanxi-2020-renewal",
    "youyu-2023-plan",
    "national-2023-guide",
    "hunan-2017-rescue",
    "henan-2018-assessment",
];

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn here(name: &str) -> PathBuf {
    repository().join("tests/import").join(name)
}

fn raw(name: &str) -> String {
    std::fs::read_to_string(here(&format!("{name}.txt"))).expect("an official text")
}

fn site() -> &'static (Sources, Model) {
    static SITE: OnceLock<(Sources, Model)> = OnceLock::new();
    SITE.get_or_init(|| {
        let mut sink = Sink::default();
        let sources = sources::read(repository(), &mut sink).expect("the site of this repository");
        let model = link::load(&sources, &mut sink);
        assert!(!sink.has_errors());
        (sources, model)
    })
}

fn try_import(name: &str, bytes: &[u8]) -> Result<Import, Refused> {
    import(&Request {
        name,
        bytes,
        id: None,
        model: &site().1,
    })
}

fn imported(name: &str, bytes: &[u8]) -> Import {
    try_import(name, bytes).unwrap_or_else(|why| panic!("{name}: {why:?}"))
}

/// The model of the regions and topics of the site with one notice, `text`; what is said of it.
fn loaded(id: &str, text: &str) -> (Model, Sources, String) {
    judged(id, text, &["data/regions", "data/topics.yaml"])
}

/// The same with only some of the data of the site: reading all regions takes its time.
fn judged(id: &str, text: &str, data: &[&str]) -> (Model, Sources, String) {
    let mut sources = Sources {
        files: site()
            .0
            .files
            .iter()
            .filter(|file| data.iter().any(|path| file.path.starts_with(path)))
            .cloned()
            .collect(),
        ..Sources::default()
    };
    let path = format!("content/notices/{id}.md");
    let text = text.to_owned();
    sources
        .files
        .push(Arc::new(sources::SourceFile { path, text }));
    sources.files.sort_by(|a, b| a.path.cmp(&b.path));
    let mut sink = Sink::default();
    let written = model::load(&sources, &mut sink);
    let links = link::link(&written, &sources, &mut sink);
    mingbai::lints::run(&written, &links, &sources, &mut sink);
    let model = links.model(written, None);
    mingbai::lints::example(&model.site.base_url, &sources, &mut sink);
    let mut said = String::new();
    for diagnostic in sink.into_sorted(&sources) {
        writeln!(said, "{} {}", diagnostic.code.id, diagnostic.message.zh).unwrap();
    }
    (model, sources, said)
}

fn notice(document: &Document) -> &Notice {
    match &document.kind {
        Kind::Notice(notice) => notice,
        _ => panic!("{} is no notice", document.id),
    }
}

/// How a clause of a document is cited.
fn label(document: &Document, clause: ClauseId) -> &str {
    let body = document.body.as_ref().expect("a text");
    &body.clauses[clause].label
}

/// The front matter of a notice, a line for each value.
fn values(model: &Model, document: &Document) -> Vec<String> {
    let notice = notice(document);
    let mut lines = vec![
        format!("title: {}", document.title.value),
        format!("number: {:?}", notice.number.as_ref().map(|n| &n.value)),
        format!("kind: {}", notice.genre.map_or("-", |genre| genre.text())),
        format!("letterhead: {:?}", notice.letterhead),
        format!("issuers: {}", notice.issuers.join("｜")),
        format!("addressees: {}", notice.addressees.join("｜")),
        format!("copies: {}", notice.copies.join("｜")),
        format!("issued: {:?}", notice.issued),
        format!("printed_on: {:?}", notice.printed_on),
        format!("year: {:?}", document.year()),
        format!("publicity: {:?}", notice.publicity),
        format!(
            "region: {}",
            document.place.map_or("-", |p| model.regions.name(p))
        ),
    ];
    for attachment in &notice.attachments {
        lines.push(format!(
            "attachment: {}｜{}｜{}",
            attachment.title.value,
            attachment.part.map_or("", |part| label(document, part)),
            attachment.within.as_ref().map_or("", |p| &p.value)
        ));
    }
    lines
}

/// The paragraphs and rows of an official text, without blank lines.
fn body(text: &str) -> Vec<String> {
    let parts = split(text).expect("front matter");
    text[parts.body]
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(str::to_owned)
        .collect()
}

fn bare(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\u{FEFF}' | '\u{200B}'))
        .collect()
}

/// Lines of one list that are not in the other, in order (longest common subsequence).
fn differences(hand: &[String], ours: &[String]) -> Vec<String> {
    let (n, m) = (hand.len(), ours.len());
    let mut length = vec![vec![0usize; m + 1]; n + 1];
    for i in (0..n).rev() {
        for k in (0..m).rev() {
            length[i][k] = if hand[i] == ours[k] {
                length[i + 1][k + 1] + 1
            } else {
                length[i + 1][k].max(length[i][k + 1])
            };
        }
    }
    let (mut i, mut k) = (0, 0);
    let mut out = Vec::new();
    while i < n || k < m {
        if i < n && k < m && hand[i] == ours[k] {
            (i, k) = (i + 1, k + 1);
        } else if k == m || (i < n && length[i + 1][k] >= length[i][k + 1]) {
            out.push(format!("hand {}", hand[i]));
            i += 1;
        } else {
            out.push(format!("ours {}", ours[k]));
            k += 1;
        }
    }
    out
}

#[test]
fn the_real_texts_become_what_was_entered_by_hand_or_the_differences_are_known() {
    let mut wrong = Vec::new();
    for name in NAMES {
        let made = imported(&format!("{name}.txt"), raw(name).as_bytes());
        assert_eq!(made.id.as_deref(), Some(name));
        let (model, _, _) = loaded(name, &made.text);
        let ours = &model.documents[Names::new(&model)
            .document(name)
            .unwrap_or_else(|| panic!("{name}"))];
        let (sources, by_hand) = site();
        let hand = &by_hand.documents[Names::new(by_hand).document(name).unwrap()];
        let file = &sources.file(hand.source).text;
        let mut said = differences(&values(by_hand, hand), &values(&model, ours));
        said.extend(differences(&body(file), &body(&made.text)));
        let said: String = said.iter().map(|line| format!("{line}\n")).collect();
        wrong.extend(golden::compare(
            &here(&format!("{name}.differs.txt")),
            &said,
        ));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_offered_as_a_candidate_is_valid_once_its_marks_are_taken_away() {
    let mut found = 0;
    for name in NAMES {
        let made = imported(&format!("{name}.txt"), raw(name).as_bytes());
        let all = confirmed(&made.text);
        let (model, _, said) = loaded(name, &all);
        let (_, _, before) = loaded(name, &made.text);
        assert_eq!(said, before, "{name}");
        let document = &model.documents[Names::new(&model).document(name).unwrap()];
        found += document.windows.len() + document.deadlines.len();
        found += notice(document).cites.len();
        assert!(!document.topics.is_empty(), "{name}");
    }
    assert!(found >= 30, "{found}");
}

#[test]
fn deadlines_entered_by_hand_are_among_the_candidates() {
    for name in NAMES {
        let made = imported(&format!("{name}.txt"), raw(name).as_bytes());
        let (model, _, _) = loaded(name, &confirmed(&made.text));
        let ours = &model.documents[Names::new(&model).document(name).unwrap()];
        let (_, by_hand) = site();
        let hand = &by_hand.documents[Names::new(by_hand).document(name).unwrap()];
        for deadline in &hand.deadlines {
            let same = |d: &&mingbai::model::Deadline| {
                d.by.value == deadline.by.value
                    && label(ours, d.cite.clause) == label(hand, deadline.cite.clause)
            };
            // 每年的11月 and 当年11月20日 have no word of a limit: an editor's reading.
            let editors = name == "hunan-2017-rescue";
            // A mailbox is in the same sentence: it is offered without it, or not at all.
            assert!(
                editors || ours.deadlines.iter().any(|d| same(&d)),
                "{name}: {} {}",
                deadline.by.value.text(),
                label(hand, deadline.cite.clause)
            );
        }
        for cited in &notice(hand).cites {
            assert!(
                notice(ours).cites.iter().any(|c| {
                    c.title.value == cited.title.value
                        && c.number.as_ref().map(|n| &n.value)
                            == cited.number.as_ref().map(|n| &n.value)
                }),
                "{name}: {}",
                cited.title.value
            );
        }
    }
}

/// A text as an office would have it, one paragraph a line, made of the notice entered by hand.
fn typed(name: &str) -> Vec<String> {
    let (sources, model) = site();
    let document = &model.documents[Names::new(model).document(name).unwrap()];
    let notice = notice(document);
    let mut lines = vec![document.title.value.clone()];
    if let Some(number) = &notice.number {
        lines.insert(0, number.value.clone());
    }
    if !notice.addressees.is_empty() {
        lines.push(format!("{}：", notice.addressees.join("，")));
    }
    let mut closed = false;
    for line in body(&sources.file(document.source).text) {
        if line.starts_with("# 附件") && !closed {
            closed = true;
            if let Some(day) = notice.issued {
                lines.extend(notice.issuers.clone());
                lines.push(mingbai::model::date::chinese(day));
            }
        }
        if let Some(title) = line.strip_prefix("# 附件") {
            lines.push("附件".into());
            lines.extend(title.strip_prefix('：').map(str::to_owned));
        } else if line.starts_with("| ---") {
        } else if line.starts_with('|') {
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            lines.push(cells.join("\t"));
        } else {
            lines.push(line.strip_prefix("# ").unwrap_or(&line).to_owned());
        }
    }
    lines
}

/// How paragraphs are set apart in a wrapped text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Indents,
    Gaps,
    Plain,
}

/// Wraps a paragraph as a word processor does: no Latin word or number is broken, no line begins with a comma.
fn wrap(paragraph: &str, width: usize, style: Style) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    if style == Style::Indents {
        line.push_str("　　");
    }
    let mut columns = line.chars().count() * 2;
    let mut rest = paragraph;
    while let Some(first) = rest.chars().next() {
        let mut end = first.len_utf8();
        if first.is_ascii_graphic() {
            end = rest
                .find(|c: char| !c.is_ascii_graphic())
                .unwrap_or(rest.len());
        }
        while let Some(c) = rest[end..].chars().next() {
            if !"，。、；：）》”？！〕".contains(c) {
                break;
            }
            end += c.len_utf8();
        }
        let token = &rest[..end];
        let wide: usize = token
            .chars()
            .map(|c| if c.is_ascii() { 1 } else { 2 })
            .sum();
        if columns + wide > width * 2 && columns > 0 {
            lines.push(std::mem::take(&mut line));
            columns = 0;
        }
        line.push_str(token);
        columns += wide;
        rest = &rest[end..];
    }
    lines.push(line);
    lines.join("\n")
}

fn labels(model: &Model, id: &str) -> Vec<String> {
    let document = &model.documents[Names::new(model)
        .document(id)
        .unwrap_or_else(|| panic!("{id}"))];
    let body = document.body.as_ref().expect("a text");
    body.labels().map(str::to_owned).collect()
}

fn labels_of(name: &str, text: &str) -> Vec<String> {
    let made = imported("a.txt", text.as_bytes());
    let (model, _, said) = loaded(name, &made.text);
    assert!(!said.contains("MB0224"), "{name}: {said}");
    labels(&model, name)
}

/// Cuts a paragraph after every so many signs, as simple programs do.
fn cut(paragraph: &str, signs: usize) -> String {
    let chars: Vec<char> = paragraph.chars().collect();
    let lines: Vec<String> = chars
        .chunks(signs)
        .map(|line| line.iter().collect())
        .collect();
    lines.join("\n")
}

#[test]
fn lines_cut_after_so_many_signs_make_the_same_clauses() {
    for name in NAMES {
        let paragraphs = typed(name);
        let (_, by_hand) = site();
        let wanted = labels(by_hand, name);
        for signs in [28, 35] {
            let text: Vec<String> = paragraphs.iter().map(|p| cut(p, signs)).collect();
            for between in ["\n", "\n\n"] {
                assert_eq!(
                    labels_of(name, &text.join(between)),
                    wanted,
                    "{name} {signs}"
                );
            }
        }
    }
}

#[test]
fn wrapped_lines_make_the_same_clauses_as_whole_paragraphs() {
    for name in NAMES {
        let paragraphs = typed(name);
        let (_, by_hand) = site();
        let wanted = labels(by_hand, name);
        let whole = imported("a.txt", paragraphs.join("\n").as_bytes());
        assert_eq!(
            labels_of(name, &paragraphs.join("\n")),
            wanted,
            "{name} whole"
        );
        for width in [28, 35, 40] {
            for style in [Style::Indents, Style::Gaps, Style::Plain] {
                let wrapped: Vec<String> = paragraphs
                    .iter()
                    .map(|paragraph| wrap(paragraph, width, style))
                    .collect();
                let between = if style == Style::Gaps { "\n\n" } else { "\n" };
                let wrapped = wrapped.join(between);
                assert_eq!(
                    labels_of(name, &wrapped),
                    wanted,
                    "{name} {width} {style:?}"
                );
                let made = imported("a.txt", wrapped.as_bytes());
                let ours = body(&made.text);
                if style == Style::Plain {
                    assert_eq!(bare(&ours.concat()), bare(&body(&whole.text).concat()));
                } else {
                    // A space at the end of a line is lost with the line.
                    let plain = |lines: &[String]| -> Vec<String> {
                        lines.iter().map(|line| line.replace(' ', "")).collect()
                    };
                    let left = differences(&plain(&body(&whole.text)), &plain(&ours));
                    assert!(
                        left.is_empty(),
                        "{name} {width} {style:?}\n{}",
                        left.join("\n")
                    );
                }
            }
        }
    }
}

/// Another way of typing a paragraph, where it differs.
type Way = Box<dyn Fn(&str) -> Option<String>>;

/// Replaces the number at the head of each paragraph.
fn renumbered(paragraphs: &[String], number: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::new();
    for paragraph in paragraphs {
        out.push_str(&number(paragraph).unwrap_or_else(|| paragraph.clone()));
        out.push('\n');
    }
    out
}

#[test]
fn numbers_typed_in_other_ways_make_the_same_clauses() {
    let first = |text: &str, count: usize| -> String { text.chars().take(count).collect() };
    for name in NAMES {
        let paragraphs = typed(name);
        let (_, by_hand) = site();
        let wanted = labels(by_hand, name);
        let ways: [(&str, Way); 7] = [
            ("full-width digits", Box::new(|text: &str| Some(wide(text)))),
            (
                "half-width brackets",
                Box::new(move |text: &str| {
                    let (inner, rest) = text.strip_prefix('（')?.split_once('）')?;
                    (inner.chars().count() < 3).then(|| format!("({inner}) {rest}"))
                }),
            ),
            (
                "spaces in brackets",
                Box::new(move |text: &str| {
                    let (inner, rest) = text.strip_prefix('（')?.split_once('）')?;
                    (inner.chars().count() < 3).then(|| format!("（ {inner} ）{rest}"))
                }),
            ),
            (
                "full stop behind ideographs",
                Box::new(move |text: &str| {
                    let (inner, rest) = text.split_once('、')?;
                    ("一二三四五六七八九".contains(inner) && inner.chars().count() == 1)
                        .then(|| format!("{inner}．{rest}"))
                }),
            ),
            (
                "space before the comma",
                Box::new(move |text: &str| {
                    let (inner, rest) = text.split_once('、')?;
                    ("一二三四五六七八九".contains(inner) && inner.chars().count() == 1)
                        .then(|| format!("{inner} 、 {rest}"))
                }),
            ),
            (
                "wide stops behind digits",
                Box::new(move |text: &str| {
                    let digit = first(text, 1);
                    let rest = text.strip_prefix(&digit)?.strip_prefix(['.', '、'])?;
                    digit.parse::<u8>().ok()?;
                    Some(format!("{digit}．{}", rest.trim_start()))
                }),
            ),
            (
                "spread chapters",
                Box::new(move |text: &str| {
                    let rest = text.strip_prefix('第')?;
                    let unit = rest.chars().nth(1).filter(|c| "章节".contains(*c))?;
                    let (number, title) = rest.split_once(unit)?;
                    Some(format!("第 {number} {unit}　　{}", title.trim()))
                }),
            ),
        ];
        for (way, number) in ways {
            let text = renumbered(&paragraphs, number);
            assert_eq!(labels_of(name, &text), wanted, "{name}: {way}");
        }
    }
}

/// Digits as full-width ones.
fn wide(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '0'..='9' => char::from_u32(c as u32 + 0xFEE0).unwrap(),
            c => c,
        })
        .collect()
}

#[test]
fn numbers_that_no_clause_has_are_named() {
    let text = "某县关于示例的通知\n各乡镇学校：\n一、甲\n1）第一\n2）第二\n三、乙\n";
    let made = imported("a.txt", text.as_bytes());
    let left: Vec<&str> = made
        .remarks
        .iter()
        .filter(|remark| remark.kind == Remarked::Left)
        .map(|remark| remark.text.as_str())
        .collect();
    assert_eq!(left, ["1）第一", "2）第二", "三、乙"]);
}

#[test]
fn an_office_text_of_the_usual_layout_is_read_to_its_last_line() {
    // 示例，非真实文件
    let text = "甲县教育局办公室文件\n\n甲教办[２０２７]１２号\n\n甲县教育局办公室\n关于做好2027年示例工作的\n通    知\n\n各乡镇（街道）中心学校，县直各学校:\n\n　　现将有关事项通知如下。\n　　一、受理时间。2027年7月1日至9月20日，每天上午8：30-11：30。\n　　二、本通知自2027年5月1日起施行。\n　　联系人：示例，电话：0999-1234567。\n\n　　附件：1.登记表\n　　　　　2.汇总表\n\n　　　　　　甲县教育局办公室\n　　　　　　二〇二七年六月三十日\n\n（此件公开发布）\n\n— 2 —\n\n附件1\n登记表\n\n姓名\t学校\t备注\n甲\t乙校\t无\n\n附件2\n汇总表\n\n乙校：3人。\n";
    let made = imported("甲县.txt", text.as_bytes());
    assert_eq!(made.id, None, "甲县 is in no list");
    let front = &made.text[..split(&made.text).unwrap().body.start];
    for line in [
        "title: 甲县教育局办公室关于做好2027年示例工作的通知",
        "number: 甲教办〔2027〕12号",
        "letterhead: 甲县教育局办公室文件",
        "  - 县直各学校",
        "issued: 2027-06-30",
        "publicity: 主动公开",
        "  - title: 汇总表\n    part: 附件2",
        "# in_force: 2027-05-01",
        "#   - what: 受理\n#     from: 2027-07-01\n#     until: 2027-09-20\n#     clause: 一",
        "# 待核：看不出适用的地区",
        "# 待核：原文有 1 处电话",
    ] {
        assert!(front.contains(line), "{line}\n{front}");
    }
    assert_eq!(
        body(&made.text),
        [
            "现将有关事项通知如下。",
            "一、受理时间。2027年7月1日至9月20日，每天上午8：30-11：30。",
            "二、本通知自2027年5月1日起施行。",
            "联系人：示例，电话：0999-1234567。",
            "# 附件1 登记表",
            "| 姓名 | 学校 | 备注 |",
            "| --- | --- | --- |",
            "| 甲 | 乙校 | 无 |",
            "# 附件2 汇总表",
            "乙校：3人。",
        ]
    );
    nothing_is_lost(text, &made).unwrap();
}

#[test]
fn one_text_in_every_encoding_makes_one_file() {
    let text = raw("henan-2018-assessment").replace('\n', "\r\n");
    let wanted = imported("a.txt", text.as_bytes()).text;
    let (gb, _, lossy) = encoding_rs::GB18030.encode(&text);
    assert!(!lossy);
    let utf16 = |mark: [u8; 2], bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        mark.into_iter()
            .chain(text.encode_utf16().flat_map(bytes))
            .collect()
    };
    for bytes in [
        gb.into_owned(),
        utf16([0xFF, 0xFE], u16::to_le_bytes),
        utf16([0xFE, 0xFF], u16::to_be_bytes),
        [&[0xEF, 0xBB, 0xBF], text.as_bytes()].concat(),
    ] {
        assert_eq!(imported("a.txt", &bytes).text, wanted);
    }
}

fn word(name: &str) -> Vec<u8> {
    std::fs::read(here(&format!("{name}.docx"))).expect("a Word document")
}

#[test]
fn a_word_document_with_automatic_numbers_makes_the_notice_entered_by_hand() {
    makes_the_renewal_notice("renewal", "— 1 —");
}

#[test]
fn a_word_document_saved_by_libreoffice_makes_the_same_notice() {
    // The number of the page on which it was saved.
    makes_the_renewal_notice("renewal-libreoffice", "— 6 —");
}

fn makes_the_renewal_notice(file: &str, footer: &str) {
    let made = imported("renewal.docx", &word(file));
    let name = "shanxi-2020-renewal";
    assert_eq!(made.id.as_deref(), Some(name));
    let (model, _, _) = loaded(name, &made.text);
    let ours = &model.documents[Names::new(&model).document(name).unwrap()];
    let (sources, by_hand) = site();
    let hand = &by_hand.documents[Names::new(by_hand).document(name).unwrap()];
    assert_eq!(values(&model, ours), values(by_hand, hand));
    assert_eq!(labels(&model, name), labels(by_hand, name));
    let folded = |text: &str| -> Vec<String> {
        body(text)
            .iter()
            .map(|line| mingbai::text::fold(line).replace("附件:", "附件"))
            .collect()
    };
    let left = differences(
        &folded(&sources.file(hand.source).text),
        &folded(&made.text),
    );
    assert!(left.is_empty(), "{}", left.join("\n"));
    let named: Vec<&str> = made
        .remarks
        .iter()
        .filter(|remark| remark.kind == Remarked::Removed)
        .map(|remark| remark.text.as_str())
        .collect();
    assert_eq!(named, [footer, "山西省学生助学贷款管理中心"]);
    let labels = made
        .remarks
        .iter()
        .filter(|remark| remark.words.zh.starts_with("自动编号"))
        .count();
    assert_eq!(labels, 22);
    assert_eq!(made.annexes.len(), 1);
    assert_eq!(made.annexes[0].tables[0].len(), 31);
}

#[test]
fn changes_boxes_and_merged_cells_are_taken_as_they_are_read() {
    let made = imported("changes.docx", &word("changes"));
    assert_eq!(
        body(&made.text),
        [
            "现将示例工作（加上的字）通知如下：",
            "第一章 总则",
            "1．第一项。",
            "①小项甲；",
            "②小项乙。",
            "2．第二项。",
            "第二章 附则",
            "1．另起一项，段落的结尾删去了。",
            "带方框□和制表位。",
            "文本框里的一句话。",
            "| 事项 | 上午 下午 |  |",
            "| --- | --- | --- |",
            "| 甲项 乙项 | 30名 | 30名 |",
            "|  | 20名 | 10名 |",
        ]
    );
    let said = |words: &str, text: &str| {
        made.remarks
            .iter()
            .any(|r| r.words.zh.contains(words) && r.text == text)
    };
    assert!(said("删去", "（删去的字）"));
    assert!(said("隐藏", "（看不见的字）"));
    assert!(said("文本框", "文本框里的一句话。"));
    assert!(said("符号字体", "F0A8"));
    assert!(said("页眉", "示例，非真实文件"));
}

#[test]
fn words_in_an_unknown_structure_are_missed_aloud() {
    let xml = document_xml(
        "<w:p><w:r><w:t>读到的字</w:t></w:r><w:novelty><w:r><w:t>没有读到</w:t></w:r></w:novelty></w:p>",
    );
    let made = imported(
        "a.docx",
        &container(&[("word/document.xml", xml.as_bytes())]),
    );
    let said = made
        .remarks
        .iter()
        .any(|remark| remark.kind == Remarked::Left && remark.words.zh.starts_with("有 4 个字"));
    assert!(said, "{:?}", made.remarks);
}

/// A container with these parts.
fn container(parts: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write as _;
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, bytes) in parts {
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn document_xml(body: &str) -> String {
    format!(
        r#"<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>"#
    )
}

#[test]
fn hostile_containers_are_refused_in_both_languages() {
    let bomb = document_xml(&" ".repeat(40 << 20));
    let deep = document_xml(&format!(
        "{}{}",
        "<w:p>".repeat(5000),
        "</w:p>".repeat(5000)
    ));
    let long = document_xml(&"<w:p/>".repeat(500_000));
    let sound = document_xml("<w:p><w:r><w:t>字</w:t></w:r></w:p>");
    let many: Vec<String> = (0..5000).map(|i| format!("a{i}")).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), &b""[..])).collect();
    let entity = document_xml("<w:p><w:r><w:t>&boom;</w:t></w:r></w:p>");
    for (what, bytes) in [
        (
            "a bomb",
            container(&[("word/document.xml", bomb.as_bytes())]),
        ),
        (
            "deep nesting",
            container(&[("word/document.xml", deep.as_bytes())]),
        ),
        (
            "many elements",
            container(&[("word/document.xml", long.as_bytes())]),
        ),
        ("many files", container(&many)),
        ("no document", container(&[("readme.txt", b"x")])),
        ("a workbook", container(&[("xl/workbook.xml", b"<a/>")])),
        ("no body", container(&[("word/document.xml", b"<a/>")])),
        ("no XML", container(&[("word/document.xml", b"<a><b></a>")])),
        (
            "an entity",
            container(&[("word/document.xml", entity.as_bytes())]),
        ),
        (
            "no words",
            container(&[("word/document.xml", document_xml("<w:p/>").as_bytes())]),
        ),
        (
            "cut off",
            container(&[("word/document.xml", sound.as_bytes())])[..60].to_vec(),
        ),
    ] {
        match try_import("a.docx", &bytes) {
            Err(Refused::Input(words)) => {
                assert!(!words.zh.is_empty() && words.en.is_ascii(), "{what}");
                let is_large =
                    what.starts_with("many") || what == "a bomb" || what == "deep nesting";
                assert_eq!(words.zh.contains("太大"), is_large, "{what}: {}", words.zh);
            }
            other => panic!("{what}: {other:?}"),
        }
    }
    assert!(
        try_import(
            "a.docx",
            &container(&[("word/document.xml", sound.as_bytes())])
        )
        .is_ok()
    );
}

// ---------------------------------------------------------------- signs that nobody sees

#[test]
fn a_sign_that_turns_text_round_stands_escaped_in_the_front_matter() {
    let title = "甲县教育局关于做好示例\u{202E}工作的通知";
    let text = format!("{title}\n\n各乡镇：\n\n示例文字。\n\n甲县教育局\n2027年3月1日\n");
    let made = imported("示\u{202E}例.txt", text.as_bytes());
    let head = split(&made.text).expect("front matter").yaml;
    let head = &made.text[head];
    assert!(!head.contains('\u{202E}'), "{head}");
    assert!(
        head.contains("title: \"甲县教育局关于做好示例\\u202E工作的通知\"\n"),
        "{head}"
    );
    assert!(
        head.contains("由 mingbai import 从“示〔U+202E〕例.txt”写成"),
        "{head}"
    );
    let (model, _, _) = loaded("x", &made.text);
    let document = model.documents.iter().next().expect("the notice");
    assert_eq!(document.title.value, title);
}

// ---------------------------------------------------------------- whatever can be in a file

/// What `check` refuses in every source: control characters other than white space, and what is never a character.
fn is_refused(c: char) -> bool {
    let never = matches!(c, '\u{FDD0}'..='\u{FDEF}') || u32::from(c) % 0x1_0000 >= 0xFFFE;
    c.is_control() && !c.is_whitespace() || never
}

/// Every character of the source is in the text of the file or in a remark that names it, and those of the text are
/// in the order of the source. Marks of Markdown are left out of account on both sides.
fn nothing_is_lost(source: &str, made: &Import) -> Result<(), String> {
    let plain = |text: &str| -> Vec<char> {
        bare(text)
            .chars()
            .filter(|c| !"#|-:\\".contains(*c) && !is_refused(*c))
            .collect()
    };
    let is_named = |remark: &Remark| remark.words.zh.contains("控制字符");
    if source.chars().any(is_refused) && !made.remarks.iter().any(is_named) {
        return Err("control characters were removed without a word".into());
    }
    let parts = split(&made.text).ok_or("no front matter")?;
    let written = plain(&made.text[parts.body]);
    let all = plain(source);
    let mut rest = all.iter();
    if let Some(strange) = written.iter().find(|c| !rest.any(|other| other == *c)) {
        return Err(format!("{strange:?} is not in the order of the source"));
    }
    let mut found: Vec<char> = written;
    for remark in &made.remarks {
        if matches!(remark.kind, Remarked::Moved | Remarked::Removed) {
            found.extend(plain(&remark.text));
        }
    }
    let mut all = all;
    all.sort_unstable();
    found.sort_unstable();
    if all == found {
        Ok(())
    } else {
        Err("characters were lost or added".into())
    }
}

mod fuzz {
    use proptest::prelude::*;

    use super::*;

    /// Lines such as official documents have.
    fn line() -> impl Strategy<Value = String> {
        let fixed = prop::sample::select(vec![
            "",
            "",
            "　　",
            "附件",
            "附件：",
            "附件1",
            "附件2：甲表",
            "附件：1.甲表",
            "2.乙表",
            "3. 丙表",
            "某县人民政府文件",
            "某政发〔2027〕3号",
            "某政发[２０２７]第3号",
            "某县教育局关于示例的通知",
            "各乡镇学校：",
            "各县教育局，有关学校：",
            "一、甲",
            "（一）乙。",
            "(二)丙，",
            "1.丁",
            "2、戊；",
            "⑴己",
            "①庚",
            "第一章  总则",
            "第 二 节 辛",
            "第三条 壬。",
            "三、",
            "1）癸",
            "7月22日前，各校完成甲事。",
            "受理时间：2027年7月1日至9月20日。",
            "每年1月31日前报送。",
            "不得早于9月25日。",
            "根据《甲办法》（某政〔2026〕1号）和《乙",
            "丙办法》执行",
            "联系人：甲，0999-1234567",
            "工作联系信息：",
            "某县教育局",
            "某 县 财 政 局      某县教育局",
            "2027年7月15日",
            "二〇二七年七月十五日",
            "（此件公开发布）",
            "依申请公开",
            "抄送：某县财政局。",
            "某县教育局2027年7月16日印发",
            "— 3 —",
            "- 4 -",
            "第 3 页 共 5 页",
            "PAGE",
            "1",
            "2",
            "序号\t市\t县",
            "1\t甲市\t乙县",
            "2\t甲市\t丙县",
            "甲市：乙县、丙县。",
            "# 附件",
            "## 题",
            "- 项",
            "* 项",
            "> 引",
            "| a | b |",
            "```",
            "~~~",
            "---",
            "a*b*c _d_ <b>x</b> &lt; [x](y)",
            "~甲~乙~",
            "\\*",
            "title: x",
            "---\n---",
            "1. 2. 3.",
            "GB/T 1 and 2",
            "《",
            "》",
            "（",
            "“甲",
            "”",
        ])
        .prop_map(str::to_owned);
        prop_oneof![
            6 => fixed,
            2 => "[一-龥，。、；：（）《》0-9 　]{0,70}",
            1 => "\\PC{0,40}",
            1 => "(?s).{0,20}",
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 256, max_shrink_iters: 2000, ..ProptestConfig::default() })]

        #[test]
        fn no_text_is_ever_lost(lines in prop::collection::vec(line(), 1..40)) {
            let text = lines.join("\n");
            if let Ok(made) = try_import("a.txt", text.as_bytes()) {
                nothing_is_lost(&text, &made).map_err(TestCaseError::fail)?;
                let (_, _, said) = judged("a", &made.text, &["data/topics.yaml"]);
                for code in ["MB0101", "MB0102", "MB0103", "MB0104", "MB0105", "MB0201", "MB0203"] {
                    prop_assert!(!said.contains(code), "{}\n{}", said, made.text);
                }
            }
        }

        #[test]
        fn candidates_are_valid_whatever_the_text(lines in prop::collection::vec(line(), 1..40)) {
            let text = lines.join("\n");
            if let Ok(made) = try_import("a.txt", text.as_bytes()) {
                let all = confirmed(&made.text);
                let (_, _, before) = judged("a", &made.text, &["data/topics.yaml"]);
                let (_, _, said) = judged("a", &all, &["data/topics.yaml"]);
                let errors = |said: &str| said.lines().filter(|l| !l.starts_with("MB0224")).count();
                prop_assert!(errors(&said) <= errors(&before), "{}\n{}\n{}", before, said, all);
            }
        }

        #[test]
        fn wrapped_text_is_never_lost(lines in prop::collection::vec(line(), 20..80), width in 10usize..45) {
            let wrapped: Vec<String> = lines.iter().map(|l| wrap(l, width, Style::Plain)).collect();
            let text = wrapped.join("\n");
            if let Ok(made) = try_import("a.txt", text.as_bytes()) {
                nothing_is_lost(&text, &made).map_err(TestCaseError::fail)?;
            }
        }

        #[test]
        fn spaces_between_latin_words_stay(words in prop::collection::vec("[A-Za-z0-9]{1,8}", 2..9), gap in "[ \t　]{1,3}") {
            let text = format!("某县教育局关于示例的通知\n\n各学校：\n\n一、写作{}。\n", words.join(&gap));
            let made = imported("a.txt", text.as_bytes());
            prop_assert!(made.text.contains(&format!("一、写作{}。", words.join(" "))), "{}", made.text);
        }

        #[test]
        fn any_bytes_are_taken_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300), name in prop::sample::select(vec!["a.txt", "a.docx", "a"])) {
            let _ = try_import(name, &bytes);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

        #[test]
        fn damaged_word_documents_are_taken_or_refused(
            which in prop::sample::select(vec!["renewal", "changes"]),
            flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8),
            cut in prop::option::of(any::<prop::sample::Index>()),
        ) {
            let mut bytes = word(which);
            for (at, with) in flips {
                let at = at.index(bytes.len());
                bytes[at] ^= with;
            }
            if let Some(cut) = cut {
                bytes.truncate(cut.index(bytes.len()));
            }
            let _ = try_import("a.docx", &bytes);
        }

        #[test]
        fn damaged_parts_of_word_documents_are_taken_or_refused(
            flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
            part in prop::sample::select(vec!["word/document.xml", "word/numbering.xml", "word/styles.xml"]),
        ) {
            use std::io::Read as _;
            let sound = word("changes");
            let mut archive = zip::ZipArchive::new(std::io::Cursor::new(sound.as_slice())).unwrap();
            let mut parts: Vec<(&str, Vec<u8>)> = Vec::new();
            for name in ["word/document.xml", "word/numbering.xml", "word/styles.xml"] {
                let mut bytes = Vec::new();
                archive.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
                if name == part {
                    for (at, with) in &flips {
                        let at = at.index(bytes.len());
                        bytes[at] = *with & 0x7F;
                    }
                }
                parts.push((name, bytes));
            }
            let parts: Vec<(&str, &[u8])> = parts.iter().map(|(n, b)| (*n, b.as_slice())).collect();
            let _ = try_import("a.docx", &container(&parts));
        }
    }
}
