//! The privacy gate: nothing that must not be published goes out, wherever it is; what is approved does.
//!
//! Each place is a small site of its own: it fails with exit code 1, names the file, and writes nothing. The strings
//! themselves are tested in `src/privacy/tests`.

#[path = "../src/privacy/tests/invented/mod.rs"]
mod invented;
#[path = "../src/privacy/tests/made/mod.rs"]
mod made;
mod support;

use std::fs;
use std::path::Path;

use invented::*;
use made::*;
use rayon::prelude::*;
use serde_json::Value;
use tempfile::TempDir;

const TODAY: &str = "2026-11-20";
const ABOUT: &str = "content/pages/about.md";
const NOTICE: &str = "content/notices/shanxi-2020-renewal.md";

/// The small site of the diagnostics, in a folder of its own.
fn site() -> TempDir {
    let root = tempfile::tempdir().expect("a folder");
    let site = root.path().join("site");
    support::copy(&support::repository().join("tests/diagnostics/base"), &site);
    root
}

/// A site with a theme of its own.
fn site_with_theme() -> TempDir {
    let root = site();
    let themes = support::repository().join("themes");
    support::copy(&themes, &root.path().join("site/themes"));
    root
}

fn put(root: &TempDir, path: &str, bytes: &[u8]) {
    let path = root.path().join("site").join(path);
    fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a new folder");
    fs::write(path, bytes).expect("a new file");
}

fn edit(root: &TempDir, path: &str, old: &str, new: &str) {
    let file = root.path().join("site").join(path);
    let text = fs::read_to_string(&file).expect("a text");
    assert!(text.contains(old), "{path} has no {old}");
    fs::write(file, text.replacen(old, new, 1)).expect("a file");
}

fn add(root: &TempDir, path: &str, more: &str) {
    let file = root.path().join("site").join(path);
    let text = fs::read_to_string(&file).unwrap_or_default();
    fs::create_dir_all(file.parent().expect("a file has a folder")).expect("a folder");
    fs::write(file, text + more).expect("a file");
}

/// An attachment that a page leads to.
fn attach(root: &TempDir, name: &str, bytes: &[u8]) {
    put(root, &format!("content/files/{name}"), bytes);
    add(root, ABOUT, &format!("\n\n[名单](/files/{name})\n"));
}

fn build(root: &TempDir) -> (i32, String, Option<std::path::PathBuf>) {
    let out = root.path().join("public");
    let site = root.path().join("site");
    let arguments = [
        "build".as_ref(),
        site.as_os_str(),
        "--out".as_ref(),
        out.as_os_str(),
        "--today".as_ref(),
        TODAY.as_ref(),
    ];
    let (code, words) = support::run(&mut support::mingbai(arguments));
    (code, words, out.exists().then_some(out))
}

fn check(root: &TempDir, more: &[&str]) -> (i32, String) {
    let site = root.path().join("site").to_string_lossy().into_owned();
    let arguments = ["check", &site, "--today", TODAY];
    support::run(&mut support::mingbai(arguments.iter().chain(more)))
}

type Place = (&'static str, &'static str, fn(&str) -> TempDir);

/// A site with something after the text of the page.
fn page(text: &str) -> TempDir {
    let root = site();
    add(&root, ABOUT, &format!("\n\n{text}\n"));
    root
}

fn edited(path: &str, old: &str, new: &str) -> TempDir {
    let root = site();
    edit(&root, path, old, new);
    root
}

fn attached(name: &str, bytes: &[u8]) -> TempDir {
    let root = site();
    attach(&root, name, bytes);
    root
}

/// Where a mobile number may be: what, the file that is named, the site.
const PLACES: &[Place] = &[
    ("a paragraph", ABOUT, |m| page(&format!("请打{m}。"))),
    ("a heading", ABOUT, |m| page(&format!("## {m}"))),
    ("bold inside", ABOUT, |m| {
        page(&format!("{}**{}**", &m[..5], &m[5..]))
    }),
    ("an entity", ABOUT, |m| page(&m.replacen('3', "&#51;", 1))),
    ("a table", ABOUT, |m| {
        page(&format!("| 甲 | 乙 |\n| --- | --- |\n| 1 | {m} |"))
    }),
    ("a code block", ABOUT, |m| page(&format!("```\n{m}\n```"))),
    ("a list over two lines", ABOUT, |m| {
        page(&format!("- 电话：{}\n  {}", &m[..3], &m[3..]))
    }),
    ("a comment of a page", ABOUT, |m| {
        page(&format!("<!-- {m} -->"))
    }),
    ("words for a picture", ABOUT, |m| {
        let root = attached("a.png", &png(b"tEXt", b"Title\0x"));
        add(&root, ABOUT, &format!("\n![图{m}](/files/a.png)\n"));
        root
    }),
    ("an address", ABOUT, |m| page(&format!("[打电话](tel:{m})"))),
    ("an address in percent signs", ABOUT, |m| {
        page(&format!("[打电话](tel:{}%2D{})", &m[..3], &m[3..]))
    }),
    ("the title of a link", ABOUT, |m| {
        page(&format!("[甲](/index.html \"{m}\")"))
    }),
    ("full-width signs", ABOUT, |m| page(&wide(m))),
    ("zero-width signs", ABOUT, |m| {
        page(&grouped(m, &[3, 4], "\u{200b}"))
    }),
    ("a title of a page", ABOUT, |m| {
        edited(ABOUT, "关于本站", &format!("关于{m}"))
    }),
    ("a description", ABOUT, |m| {
        edited(ABOUT, "本站是做什么的", m)
    }),
    ("an escape of YAML", ABOUT, |m| {
        edited(
            ABOUT,
            "title: 关于本站",
            &format!("title: \"关于\\u0031{}\"", &m[1..]),
        )
    }),
    ("a folded text", NOTICE, |m| {
        edited(
            NOTICE,
            "text: 2020年，3个县试点远程续贷。",
            &format!(
                "text: >-\n      2020年，3个县试点远程续贷。{}\n      {}",
                &m[..3],
                &m[3..]
            ),
        )
    }),
    ("a line that goes on", ABOUT, |m| {
        edited(
            ABOUT,
            "title: 关于本站",
            &format!("title: \"关于{}\\\n  {}\"", &m[..4], &m[4..]),
        )
    }),
    ("a comment of YAML", NOTICE, |m| {
        edited(NOTICE, "issuers:", &format!("# {m}\nissuers:"))
    }),
    ("official words", NOTICE, |m| {
        edited(
            NOTICE,
            "安排3个县试点远程受理。",
            &format!("安排3个县试点远程受理，联系{m}。"),
        )
    }),
    ("what is left out", NOTICE, |m| {
        edited(NOTICE, "why: 个人信息", &format!("why: 个人信息{m}"))
    }),
    ("a misprint", NOTICE, |m| {
        edited(NOTICE, "why: 县名中间多了空格", &format!("why: {m}"))
    }),
    ("a source of a notice", NOTICE, |m| {
        edited(NOTICE, "source: 省中心网站", &format!("source: {m}"))
    }),
    ("a list", "data/pilots/shanxi-2020-remote.yaml", |m| {
        edited(
            "data/pilots/shanxi-2020-remote.yaml",
            "why: 县名中间多了空格",
            &format!("why: {m}"),
        )
    }),
    ("a schedule", "data/schedules/youyu-2023.yaml", |m| {
        edited(
            "data/schedules/youyu-2023.yaml",
            "title: 右玉县2023年受理安排",
            &format!("title: 右玉县2023年受理安排{m}"),
        )
    }),
    (
        "a telephone of a schedule",
        "data/schedules/youyu-2023.yaml",
        |m| {
            edited(
                "data/schedules/youyu-2023.yaml",
                "contacts: 未载明",
                &format!(
                    "contacts: [{{office: 教育局, phone: \"{}\", clause: 二}}]",
                    grouped(m, &[3, 4], "-")
                ),
            )
        },
    ),
    (
        "a question of a self-check",
        "data/checks/youyu-where.yaml",
        |m| {
            edited(
                "data/checks/youyu-where.yaml",
                "why: 方案写了受理的日子。",
                &format!("why: 方案写了受理的日子{m}。"),
            )
        },
    ),
    (
        "an outcome of a self-check",
        "data/checks/youyu-where.yaml",
        |m| {
            edited(
                "data/checks/youyu-where.yaml",
                "text: 到一楼大厅办。",
                &format!("text: 到一楼大厅办{m}。"),
            )
        },
    ),
    ("a topic", "data/topics.yaml", |m| {
        edited("data/topics.yaml", "不到现场", m)
    }),
    ("a name of a topic", "data/topics.yaml", |m| {
        edited("data/topics.yaml", "再贷", m)
    }),
    ("the operator", "data/site.yaml", |m| {
        edited(
            "data/site.yaml",
            "operator: 示范站点",
            &format!("operator: 示范站点{m}"),
        )
    }),
    ("the glossary", "data/glossary.yaml", |m| {
        let root = site();
        put(
            &root,
            "data/glossary.yaml",
            format!("- {{id: xu, name: 宽限, pinyin: kuān xiàn, about: 电话{m}。}}\n").as_bytes(),
        );
        root
    }),
    ("the name of a page", "content/pages/p-", |m| {
        let root = site();
        put(
            &root,
            &format!("content/pages/p-{}.md", grouped(m, &[3, 4], "-")),
            "---\ntitle: 甲\n---\n\n乙\n".as_bytes(),
        );
        root
    }),
    ("the name of an attachment", "content/files/", |m| {
        attached(&format!("{m}.csv"), "甲,乙\n".as_bytes())
    }),
    ("a table to take away", "content/files/a.csv", |m| {
        attached("a.csv", format!("姓名,电话\n甲,{m}\n").as_bytes())
    }),
    ("a text in another encoding", "content/files/a.txt", |m| {
        attached(
            "a.txt",
            &[
                &[0xff, 0xfe][..],
                &m.encode_utf16()
                    .flat_map(u16::to_le_bytes)
                    .collect::<Vec<_>>(),
            ]
            .concat(),
        )
    }),
    ("a document", "content/files/a.docx", |m| {
        attached("a.docx", &docx(&[&m[..4], &m[4..]]))
    }),
    ("properties of a document", "content/files/a.docx", |m| {
        attached(
            "a.docx",
            &container(&[(
                "docProps/core.xml",
                &format!("<cp:coreProperties><dc:title>{m}</dc:title></cp:coreProperties>"),
            )]),
        )
    }),
    ("a workbook", "content/files/a.xlsx", |m| {
        attached("a.xlsx", &xlsx(&[m]))
    }),
    ("a slide", "content/files/a.pptx", |m| {
        attached(
            "a.pptx",
            &container(&[(
                "ppt/slides/slide1.xml",
                &format!("<p:sld><a:p><a:t>{m}</a:t></a:p></p:sld>"),
            )]),
        )
    }),
    ("a picture in a document", "content/files/a.docx", |m| {
        attached(
            "a.docx",
            &packed(&[("word/media/a.jpeg", &jpeg(m, None, false))]),
        )
    }),
    ("a pdf", "content/files/a.pdf", |m| {
        attached(
            "a.pdf",
            &pdf(
                &format!("BT /F1 12 Tf <{}> Tj ET", codes(m)),
                Some(DIGITS),
                "",
            ),
        )
    }),
    ("properties of a pdf", "content/files/a.pdf", |m| {
        attached(
            "a.pdf",
            &pdf(
                "",
                None,
                &format!("9 0 obj\n<< /Title ({m}) /Producer (x) >>\nendobj"),
            ),
        )
    }),
    ("an ofd file", "content/files/a.ofd", |m| {
        attached(
            "a.ofd",
            &container(&[(
                "Doc_0/Pages/Page_0/Content.xml",
                &format!("<ofd:TextCode>{m}</ofd:TextCode>"),
            )]),
        )
    }),
    ("exif", "content/files/a.jpg", |m| {
        attached("a.jpg", &jpeg(m, None, false))
    }),
    ("a text of a picture", "content/files/a.png", |m| {
        attached("a.png", &png(b"tEXt", format!("Comment\0{m}").as_bytes()))
    }),
    ("a template", "themes/mingbai/templates/page.html", |m| {
        let root = site_with_theme();
        edit(
            &root,
            "themes/mingbai/templates/page.html",
            "{% block",
            &format!("{{# {m} #}}{{% block"),
        );
        root
    }),
    ("a text that a template puts together", "", |m| {
        let root = site_with_theme();
        add(&root, "themes/mingbai/templates/404.html", "");
        edit(
            &root,
            "themes/mingbai/templates/base.html",
            "</main>",
            &format!("<p>{}{{{{ 0 }}}}{{{{ 0 }}}}{}</p></main>", &m[..3], &m[5..]),
        );
        root
    }),
    (
        "a drawing of a theme",
        "themes/mingbai/static/own.svg",
        |m| {
            let root = site_with_theme();
            put(
                &root,
                "themes/mingbai/static/own.svg",
                format!("<svg xmlns=\"http://www.w3.org/2000/svg\"><text>{m}</text></svg>")
                    .as_bytes(),
            );
            root
        },
    ),
    ("a script of a theme", "themes/mingbai/static/own.js", |m| {
        let root = site_with_theme();
        put(
            &root,
            "themes/mingbai/static/own.js",
            format!("window.a = \"{m}\";\n").as_bytes(),
        );
        root
    }),
];

#[test]
fn a_number_stops_the_build_wherever_it_is() {
    assert!(PLACES.len() >= 25);
    let m = mobile("138");
    let faults: Vec<String> = PLACES
        .par_iter()
        .filter_map(|(what, file, make)| {
            let root = make(&m);
            let (code, words, out) = build(&root);
            let is_named =
                words.contains("[MB0220]") && words.contains(file) && words.contains("手机号码");
            (code != 1 || !is_named || out.is_some())
                .then(|| format!("{what}: exit {code}\n{words}"))
        })
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_kind_stops_the_build() {
    let id = identity("140623", "20050719", "114");
    let card = card("622202", 19);
    let cases = [
        (format!("身份证 {}", grouped(&id, &[6, 8], " ")), "[MB0220]"),
        (
            format!("卡号 {}", grouped(&card, &[4, 4, 4, 4], " ")),
            "[MB0220]",
        ),
        (format!("zizhu[at]{}", "icloud.com"), "[MB0220]"),
        ("联系人：张三".to_owned(), "[MB0220]"),
        (format!("王小明 zizhu@{}", "yahoo.com"), "“王小明”"),
        ("秘密★10年".to_owned(), "[MB0232]"),
        ("【内部资料】".to_owned(), "[MB0232]"),
        ("内部批示：同意".to_owned(), "[MB0232]"),
    ];
    cases.par_iter().for_each(|(text, code)| {
        let (exit, words, out) = build(&page(text));
        assert!(
            exit == 1 && out.is_none() && words.contains(code),
            "{text}: {words}"
        );
    });
}

#[test]
fn one_mistake_is_reported_once_at_its_source() {
    let m = mobile("138");
    let (_, words, _) = build(&page(&format!("{}**{}**", &m[..5], &m[5..])));
    assert_eq!(words.matches("[MB0220]").count(), 1, "{words}");
    assert!(words.contains("content/pages/about.md:11:1"), "{words}");
}

/// An approval of a text in a file.
fn approval(what: &str, file: &str, on: &str) -> String {
    format!(
        "- what: \"{what}\"\n  file: {file}\n  by: 示例县教育局 甲\n  on: {on}\n  basis: 本人书面同意\n"
    )
}

fn approved(text: &str, list: &str) -> TempDir {
    let root = page(text);
    put(&root, "data/approvals.yaml", list.as_bytes());
    root
}

#[test]
fn what_is_approved_is_published_and_listed_without_the_number() {
    let m = mobile("138");
    let root = approved(
        &format!("值班{}", grouped(&m, &[3, 4], "-")),
        &approval(&m, ABOUT, "2026-11-01"),
    );
    let (code, words, out) = build(&root);
    assert_eq!(code, 0, "{words}");
    assert!(
        words.contains("批准公开 1 处")
            && words.contains("示例县教育局 甲于 2026-11-01")
            && words.contains("本人书面同意"),
        "{words}"
    );
    let out = out.expect("a site");
    let page = fs::read_to_string(out.join("about.html")).expect("the page");
    assert!(page.contains(&grouped(&m, &[3, 4], "-")));
    assert!(!out.join("data/approvals.yaml").exists());
    let (code, json) = check(&root, &["--format", "json"]);
    let list: Value = serde_json::from_str(&json).expect("JSON");
    let listed: Vec<&Value> = list
        .as_array()
        .expect("a list")
        .iter()
        .filter(|one| one["code"] == "MB0719")
        .collect();
    assert_eq!((code, listed.len()), (0, 1), "{json}");
    assert!(!json.contains(&m));
}

#[test]
fn an_approval_is_for_one_text_in_one_file() {
    let (m, other) = (mobile("138"), mobile("139"));
    let same = approval(&m, ABOUT, "2026-11-01");
    let errors = |root: &TempDir| build(root).1;
    // Another number, another file, a day that has not come.
    assert!(errors(&approved(&format!("值班{other}"), &same)).contains("[MB0220]"));
    assert!(
        errors(&approved(
            &format!("值班{m}"),
            &approval(&m, NOTICE, "2026-11-01")
        ))
        .contains("[MB0220]")
    );
    assert!(
        errors(&approved(
            &format!("值班{m}"),
            &approval(&m, ABOUT, "2027-11-01")
        ))
        .contains("[MB0233]")
    );
    let both = approved(&format!("值班{m}"), &same);
    edit(&both, NOTICE, "why: 个人信息", &format!("why: 个人信息{m}"));
    let words = errors(&both);
    assert!(
        words.contains("[MB0220]") && words.contains(NOTICE),
        "{words}"
    );
}

#[test]
fn an_approval_that_approves_nothing_is_reported() {
    let (code, words, out) = build(&approved(
        "没有号码",
        &approval(&mobile("138"), ABOUT, "2026-11-01"),
    ));
    assert!(
        code == 1
            && out.is_none()
            && words.contains("[MB0233]")
            && words.contains("data/approvals.yaml:2"),
        "{words}"
    );
}

#[test]
fn names_marks_and_attachments_can_be_approved_too() {
    let m = mobile("138");
    let name = approved("联系人：张三", &approval("张三", ABOUT, "2026-11-01"));
    assert_eq!(build(&name).0, 0);
    let mark = approved("**内部资料**", &approval("内部资料", ABOUT, "2026-11-01"));
    assert_eq!(build(&mark).0, 0);
    let file = attached("a.docx", &docx(&["值班", &m]));
    put(
        &file,
        "data/approvals.yaml",
        approval(&m, "content/files/a.docx", "2026-11-01").as_bytes(),
    );
    let (code, words, _) = build(&file);
    assert_eq!(code, 0, "{words}");
}

#[test]
fn what_an_attachment_tells_is_a_warning_and_its_bytes_stay() {
    let core = "<cp:coreProperties><dc:creator>甲</dc:creator><cp:lastModifiedBy>乙</cp:lastModifiedBy></cp:coreProperties>";
    let document = container(&[
        ("docProps/core.xml", core),
        ("word/comments.xml", "<w:comments><w:comment/></w:comments>"),
    ]);
    let root = attached("a.docx", &document);
    attach(&root, "b.jpg", &jpeg("x", None, true));
    let (code, words, out) = build(&root);
    assert_eq!(code, 0, "{words}");
    for said in [
        "[MB0506]",
        "作者（甲）",
        "最后保存的人（乙）",
        "批注（1）",
        "拍摄地点",
        "检查文档",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    let written = fs::read(out.expect("a site").join("files/a.docx")).expect("the attachment");
    assert_eq!(written, document);
}

#[test]
fn what_cannot_be_looked_into_is_advice() {
    let root = attached(
        "a.pdf",
        &pdf("", None, "9 0 obj\n<< /Encrypt 8 0 R >>\nendobj"),
    );
    let (code, words) = check(&root, &[]);
    assert!(
        code == 0 && words.contains("[MB0718]") && words.contains("加了密"),
        "{words}"
    );
}

/// The repository is a site of real documents: nothing in it is personal.
#[test]
fn the_real_site_has_no_alarm() {
    let (code, words) = support::run(&mut support::mingbai([
        "check",
        &Path::new(env!("CARGO_MANIFEST_DIR")).to_string_lossy(),
        "--today",
        TODAY,
    ]));
    assert_eq!(code, 0, "{words}");
    for code in ["MB0220", "MB0232", "MB0233", "MB0506", "MB0718"] {
        assert!(!words.contains(code), "{words}");
    }
}
