//! Shapes of what belongs to the whole site: its name, topics, pages and administrative divisions.

use super::Form::{Address, Day, Id, List, Map, Text, Texts, Whole, Word};
use super::{Form, REWORDS, Rule, Shape, may, must};

pub static SITE: Shape = Shape {
    name: "site",
    title: ("网站的名称和网址", "name and address of the site"),
    slots: &[&[
        may("title", Text),
        may("short", Text),
        may("tagline", Text),
        may("base_url", Address),
        may("theme", Text),
        may("operator", Text),
        may("site_code", Text),
        may("icp", Text),
        may("contact", Text),
        may("office", Text),
        may("licence", Text),
        may("lead", Text),
        may("limits", Map(&LIMITS)),
        may("hosting", List(&Word(&["校验码", "压缩副本", "托管规则"]))),
        may("redirects", Form::Names(&Text, false)),
        may("publish_to", Text),
    ]],
    rules: &[],
};

pub static LIMITS: Shape = Shape {
    name: "limits",
    title: (
        "限额：超过的不生成",
        "limits: what is over one is not built",
    ),
    slots: &[&[
        may("max_file_kb", Whole(65_536)),
        may("max_total_kb", Whole(16_777_216)),
        may("max_attachments_kb", Whole(16_777_216)),
        may("max_documents", Whole(1_000_000)),
        may("max_pages", Whole(1_000_000)),
        may("max_clauses", Whole(1_000_000)),
        may("max_rows", Whole(1_000_000)),
        may("max_columns", Whole(1_000)),
        may("max_cells", Whole(5_000_000)),
        may("max_entries", Whole(1_000_000)),
        may("max_value", Whole(1_000_000)),
        may("max_nesting", Whole(24)),
        may("max_menu", Whole(100)),
        may("max_diagnostics", Whole(100_000)),
    ]],
    rules: &[],
};

pub static TOPIC: Shape = Shape {
    name: "topic",
    title: ("主题", "a topic"),
    slots: &[&[
        must("id", Id),
        must("name", Text),
        may("aliases", Texts),
        may("about", Text),
    ]],
    rules: &[],
};

pub static APPROVAL: Shape = Shape {
    name: "approval",
    title: (
        "批准公开一处像是不能公开的内容",
        "the approval of something that looks as if it must not be published",
    ),
    slots: &[&[
        must("what", Text),
        must("file", Text),
        must("by", Text),
        must("on", Day),
        must("basis", Text),
    ]],
    rules: &[],
};

pub static TERM: Shape = Shape {
    name: "term",
    title: ("术语", "a glossary term"),
    slots: &[&[
        must("id", Id),
        must("name", Text),
        must("pinyin", Text),
        may("aliases", Texts),
        must("about", Text),
        may("source", Text),
        may("clause", Text),
        may("quote", Text),
        REWORDS,
    ]],
    rules: &[
        Rule::With("source", &["clause", "quote"]),
        Rule::With("clause", &["source", "quote"]),
        Rule::With("quote", &["source", "clause"]),
    ],
};

pub static PAGE: Shape = Shape {
    name: "page",
    title: ("网页（文件头）", "a plain page (front matter)"),
    slots: &[&[
        must("title", Text),
        may("description", Text),
        may("lang", Word(&["中文", "English"])),
    ]],
    rules: &[],
};

pub static EDITIONS: Shape = Shape {
    name: "editions",
    title: ("行政区划的版本", "editions of the divisions"),
    slots: &[&[
        must("source", Text),
        may("licence", Text),
        may("note", Text),
        may("editions", List(&Map(&EDITION))),
    ]],
    rules: &[],
};

pub static EDITION: Shape = Shape {
    name: "edition",
    title: ("一个版本", "an edition"),
    slots: &[&[
        must("id", Text),
        must("as_of", Day),
        may("source", Text),
        may("note", Text),
    ]],
    rules: &[],
};

pub static PROVINCE: Shape = Shape {
    name: "province",
    title: ("一个省的行政区划", "the divisions of a province"),
    slots: &[&[
        must("code", Text),
        must("name", Text),
        may("pinyin", Text),
        may("prefectures", List(&Map(&PREFECTURE))),
    ]],
    rules: &[],
};

pub static PREFECTURE: Shape = Shape {
    name: "prefecture",
    title: ("一个地级市", "a prefecture"),
    slots: &[&[
        must("code", Text),
        must("name", Text),
        may("pinyin", Text),
        may("counties", List(&Text)),
        may("first", Text),
        may("last", Text),
        may("now", Text),
    ]],
    rules: &[],
};

pub static EXTRAS: Shape = Shape {
    name: "extras",
    title: (
        "开发区、市级中心、归类、异体字",
        "zones, centres, groupings, variant characters",
    ),
    slots: &[&[
        may("units", List(&Map(&UNIT))),
        may("groupings", List(&Map(&GROUPING))),
        may("variants", Form::Names(&Text, false)),
    ]],
    rules: &[],
};

pub static UNIT: Shape = Shape {
    name: "unit",
    title: ("开发区或市级中心", "a zone or a city-level centre"),
    slots: &[&[
        must("id", Text),
        must("kind", Word(&["开发区", "市级中心"])),
        must("name", Text),
        must("prefecture", Text),
        may("pinyin", Text),
        may("note", Text),
    ]],
    rules: &[],
};

pub static GROUPING: Shape = Shape {
    name: "grouping",
    title: ("归类", "a grouping"),
    slots: &[&[
        must("name", Text),
        must("province", Text),
        must("members", Text),
        may("note", Text),
    ]],
    rules: &[],
};
