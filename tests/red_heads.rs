//! Red heads: rules, stars, copy numbers, secrecy, urgency and signers never end in the title or in the front matter, and what is
//! not certain is open. All heads are invented.

mod support;

use std::io::Write as _;
use std::sync::OnceLock;

use mingbai::desk::import::{Import, Request, import};
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

fn imported(name: &str, bytes: &[u8]) -> Import {
    import(&Request {
        name,
        bytes,
        id: Some("example"),
        model: model(),
    })
    .unwrap_or_else(|why| panic!("{}", why.words().zh))
}

fn front(made: &Import) -> &str {
    let body = sources::split(&made.text).expect("front matter").body;
    &made.text[..body.start]
}

/// The text below every head.
const TEXT: &str = "\n各乡镇（街道）中心学校，县直各学校：\n\n现将有关事项通知如下。\n一、按时办理。\n二、做好宣传。\n\n";
/// The end of a document of one office.
const SIGNED: &str = "甲县教育局\n2027年6月30日\n";

struct Head {
    name: &'static str,
    head: &'static str,
    end: &'static str,
    /// Lines of the front matter, in order; each may have a comment after it.
    wanted: &'static [&'static str],
    /// 待核 comments that must be there.
    open: &'static [&'static str],
}

const TITLE: &str = "title: 甲县教育局关于做好2027年示例工作的通知";
const NUMBER: &str = "number: 甲教办〔2027〕12号";

const HEADS: &[Head] = &[
    Head {
        name: "the head of the standard",
        head: "000012\n机密★1年\n特急\n甲县教育局文件\n甲教办〔2027〕12号\n━━━━━━━━━━━━━━\n甲县教育局\n关于做好2027年示例工作的通知\n",
        end: SIGNED,
        wanted: &[
            TITLE,
            NUMBER,
            "letterhead: 甲县教育局文件",
            "issuers:",
            "  - 甲县教育局",
        ],
        open: &["原文标着“机密★1年”"],
    },
    Head {
        name: "a signer on the line of the number",
        head: "甲县教育局文件\n甲教办〔2027〕12号　　　　　签发人：张某某\n━━━━━━★━━━━━━\n甲县教育局关于做好2027年示例工作的通知\n",
        end: SIGNED,
        wanted: &[TITLE, NUMBER, "letterhead: 甲县教育局文件"],
        open: &[],
    },
    Head {
        name: "signers on lines of their own",
        head: "甲县教育局文件\n\n签发人：张某某\n李 某 某\n\n甲教办〔2027〕12号\n──────────────\n甲县教育局关于做好2027年示例工作的通知\n",
        end: SIGNED,
        wanted: &[TITLE, NUMBER],
        open: &[],
    },
    Head {
        name: "joint issuers, spread",
        head: "甲　县　教　育　局\n甲　县　财　政　局　　文件\n中国人民银行甲县支行\n\n甲教办〔2027〕12号\n━━━━━━━━━━\n关于做好2027年示例工作的通知\n",
        end: "2027年6月30日\n",
        wanted: &[
            "title: 关于做好2027年示例工作的通知",
            NUMBER,
            "issuers:",
            "  - 甲县教育局",
            "  - 甲县财政局",
            "  - 中国人民银行甲县支行",
        ],
        open: &["发文机关：几个机关联合发文"],
    },
    Head {
        name: "joint issuers whom the signature confirms",
        head: "甲县教育局\n甲县财政局\n文件\n甲教办〔2027〕12号\n═══════════\n甲县教育局　甲县财政局\n关于做好2027年示例工作的通知\n",
        end: "甲县教育局　　甲县财政局\n2027年6月30日\n",
        wanted: &[
            "title: 甲县教育局 甲县财政局关于做好2027年示例工作的通知",
            NUMBER,
            "issuers:",
            "  - 甲县教育局",
            "  - 甲县财政局",
        ],
        open: &[],
    },
    Head {
        name: "a rule of underscores and stars, no letterhead",
        head: "____________________\n★ ★ ★\n甲教办〔2027〕12号\n甲县教育局关于做好2027年示例工作的通知\n",
        end: SIGNED,
        wanted: &[TITLE, NUMBER],
        open: &[],
    },
    Head {
        name: "a letter: the number below the rule",
        head: "甲县教育局\n━━━━━━━━━━━━━━\n甲教函〔2027〕3号\n甲县教育局\n关于做好2027年示例工作的函\n",
        end: SIGNED,
        wanted: &[
            "title: 甲县教育局关于做好2027年示例工作的函",
            "number: 甲教函〔2027〕3号",
            "  - 甲县教育局",
        ],
        open: &[],
    },
    Head {
        name: "secret and urgent on one line",
        head: "秘密★特急\n份号：000007\n甲县教育局文件\n甲教办〔2027〕12号\n甲县教育局关于做好2027年示例工作的通知\n",
        end: SIGNED,
        wanted: &[TITLE, NUMBER],
        open: &["原文标着“秘密★特急”"],
    },
    Head {
        name: "a page of a web site",
        head: "当前位置：首页>政务公开>通知\n索引号：000014349/2027-00012\n发布机构：甲县教育局　发布日期：2027-07-01\n甲县教育局关于做好2027年示例工作的通知\n来源：甲县教育局　浏览次数：88　字号：大 中 小\n甲教办〔2027〕12号\n",
        end: SIGNED,
        wanted: &[TITLE, NUMBER],
        open: &[],
    },
    Head {
        name: "marks between the lines of the title",
        head: "甲县教育局文件\n甲教办〔2027〕12号\n签发：王某\n------------------\n甲县教育局\n关于做好2027年示例工作的\n通　　　知\n──────────\n",
        end: SIGNED,
        wanted: &[TITLE, NUMBER],
        open: &[],
    },
    Head {
        name: "two numbers",
        head: "甲县教育局文件\n甲教办〔2027〕12号\n甲财教〔2027〕8号\n━━━━━━━━━━\n甲县教育局关于做好2027年示例工作的通知\n",
        end: SIGNED,
        wanted: &[TITLE, NUMBER],
        open: &["版头里有两个文号"],
    },
    Head {
        name: "a stray line below the head",
        head: "甲县教育局文件\n甲教办〔2027〕12号\n━━━━━━━━━━\n工作简讯\n关于做好2027年示例工作的通知\n",
        end: SIGNED,
        wanted: &["title: 工作简讯关于做好2027年示例工作的通知", NUMBER],
        open: &["从版头下面认出来的，看是不是多了或者少了一行"],
    },
    Head {
        name: "not for circulation",
        head: "内部资料　注意保存\n甲县教育局办公室文件\n甲教办〔2027〕12号\n甲县教育局关于做好2027年示例工作的通知\n",
        end: SIGNED,
        wanted: &[TITLE, NUMBER, "letterhead: 甲县教育局办公室文件"],
        open: &["原文标着“内部资料注意保存”"],
    },
];

/// What must be in no front matter, except where a 待核 comment quotes it.
const NEVER: [&str; 14] = [
    "★",
    "━",
    "──",
    "═",
    "____",
    "签发",
    "张某某",
    "李",
    "王某",
    "特急",
    "000012",
    "浏览",
    "索引号：",
    "首页",
];

#[test]
fn marks_of_a_head_never_end_in_the_front_matter() {
    for head in HEADS {
        let text = format!("{}{TEXT}{}", head.head, head.end);
        let made = imported("示例.txt", text.as_bytes());
        let front = front(&made);
        let values: Vec<&str> = front
            .lines()
            .filter(|line| !line.starts_with('#'))
            .map(|line| line.split("  # ").next().unwrap_or(line))
            .collect();
        for word in NEVER {
            let within = values.iter().find(|line| line.contains(word));
            assert_eq!(within, None, "{}: {word}\n{front}", head.name);
        }
        for name in ["张某某", "李某某", "李 某 某", "王某"] {
            assert!(
                !made.text.contains(name),
                "{}: {name}\n{}",
                head.name,
                made.text
            );
        }
        for line in head.wanted {
            assert!(values.contains(line), "{}: {line}\n{front}", head.name);
        }
        for words in head.open {
            let mark = format!("待核：{words}");
            let is_open =
                front.contains(&mark) || front.contains(&format!("待核：发文机关：{words}"));
            assert!(is_open, "{}: {words}\n{front}", head.name);
        }
        let is_doubtful = ["从版头", "两个文号", "联合发文", "原文标着“"]
            .iter()
            .any(|words| front.contains(words));
        assert_eq!(is_doubtful, !head.open.is_empty(), "{}\n{front}", head.name);
    }
}

#[test]
fn every_mark_that_is_left_out_is_named() {
    let text = format!("{}{TEXT}{SIGNED}", HEADS[0].head);
    let made = imported("示例.txt", text.as_bytes());
    for (what, words) in [
        ("份号", "000012"),
        ("密级；涉密的文件不得上网", "机密★1年"),
        ("紧急程度", "特急"),
        ("横线", "━━━━"),
    ] {
        let is_named = made
            .remarks
            .iter()
            .any(|remark| remark.words.zh.contains(what) && remark.text.contains(words));
        assert!(is_named, "{what}: {:#?}", made.remarks);
    }
}

#[test]
fn the_rules_of_an_imprint_are_left_out_and_those_of_a_text_stay() {
    let text = format!(
        "甲县教育局关于做好2027年示例工作的通知\n{TEXT}三、附表\n━━━━━━━━━━\n四、其他。\n\n{SIGNED}\n──────────\n抄送：县财政局。\n──────────\n甲县教育局办公室　　2027年7月1日印发\n──────────\n"
    );
    let made = imported("示例.txt", text.as_bytes());
    assert!(made.text.contains("━━━━"), "{}", made.text);
    assert!(!made.text.contains("──"), "{}", made.text);
    assert!(
        front(&made).contains("printed_on: 2027-07-01"),
        "{}",
        made.text
    );
}

fn word(blocks: &str) -> Vec<u8> {
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document><w:body>{blocks}</w:body></w:document>"
    );
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    writer
        .start_file("word/document.xml", options)
        .expect("a part");
    writer.write_all(document.as_bytes()).expect("a part");
    writer.finish().expect("a container").into_inner()
}

fn p(words: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r></w:p>")
}

fn rest() -> String {
    [
        "关于做好2027年示例工作的通知",
        "各乡镇学校：",
        "一、按时办理。",
        "甲县教育局",
        "2027年6月30日",
    ]
    .map(p)
    .concat()
}

#[test]
fn drawn_letterheads_are_letterheads() {
    let drawn = "<w:p><w:r><w:pict><v:shape><v:textpath string=\"甲县教育局文件\"/></v:shape></w:pict></w:r></w:p>";
    let blocks = [
        drawn.to_owned(),
        p("甲教办〔2027〕12号"),
        p("甲县教育局"),
        rest(),
    ]
    .concat();
    let made = imported("示例.docx", &word(&blocks));
    let front = front(&made);
    for line in [TITLE, NUMBER, "letterhead: 甲县教育局文件"] {
        assert!(front.contains(line), "{line}\n{front}");
    }
}

#[test]
fn a_joint_head_typed_as_a_table_gives_its_issuers() {
    let cell = |words: &str| format!("<w:tc>{}</w:tc>", p(words));
    let table = format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>",
        cell("甲 县 教 育 局"),
        cell("文件"),
        cell("甲县财政局"),
        cell("")
    );
    let blocks = [table, p("甲教办〔2027〕12号"), p("签发人：张某某"), rest()].concat();
    let made = imported("示例.docx", &word(&blocks));
    let front = front(&made);
    assert!(
        front.contains("title: 关于做好2027年示例工作的通知"),
        "{front}"
    );
    assert!(front.contains(NUMBER), "{front}");
    assert!(
        !made.text.contains("张某某") && !made.text.contains("文件 |"),
        "{}",
        made.text
    );
}
