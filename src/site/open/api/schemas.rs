//! The schemas of the API: the contents of each kind of file, with rows described by the columns of the tables.
//!
//! Comes in: the tables. Goes out: JSON Schemas. The files themselves are made in [`super`].

use serde_json::{Value, json};

use super::{Api, ENDPOINTS, OF_A_COUNTY, OF_A_DOCUMENT, member};
use crate::atlas::Facts;
use crate::atlas::routes::API;
use crate::memo::Key;
use crate::open::{package, schema};
use crate::tables::Field;

/// A schema: its name, the schema itself, and its definitions.
type Drawn = (&'static str, Value, Vec<(&'static str, Value)>);

impl Api<'_> {
    /// The schema of each kind of file.
    pub(super) fn schemas(&self, facts: &Facts) {
        let fields = |name: &str| self.table(name).map_or(&[][..], |table| &table.fields);
        let common = |mut more: Vec<schema::Member>| {
            let mut members = vec![
                ("schema", schema::url("这个文件的格式")),
                ("generated", schema::day("生成日期")),
            ];
            members.append(&mut more);
            members
        };
        let page = |title: &str, item: Value| {
            schema::object(
                title,
                vec![
                    ("schema", schema::url("这个文件的格式")),
                    ("title", schema::text("标题")),
                    ("generated", schema::day("生成日期")),
                    ("total", schema::number("一共有多少项")),
                    ("page", schema::number("第几页，从 1 起")),
                    ("pages", schema::number("一共有几页")),
                    ("next", schema::maybe_url("下一页；最后一页是 null")),
                    ("items", schema::list("这一页的各项", item)),
                ],
            )
        };
        let linked = |title: &str, name: &str| {
            let mut members = schema::members(fields(name));
            members.push(("api", schema::url("这一项的详情")));
            schema::object(title, members)
        };
        let of_document = |count: usize| -> Vec<schema::Member> {
            OF_A_DOCUMENT[..count]
                .iter()
                .map(|name| {
                    let title = self.tables.get(name).map_or("", |r| r.title.as_str());
                    (
                        member(name),
                        schema::list(title, schema::row(title, fields(name))),
                    )
                })
                .collect()
        };
        let mut document = vec![
            ("document", schema::row("文件的要素", fields("documents"))),
            (
                "made_from_it",
                schema::texts("根据它整理的名单、安排、结果的编号"),
            ),
            (
                "dataset",
                schema::maybe_url("名单和考核结果：逐行的数据在这里"),
            ),
        ];
        document.extend(of_document(OF_A_DOCUMENT.len()));
        document.push(("remarks", schema::maybe_text("受理安排里编写者自己的说明")));
        document.push((
            "clauses",
            schema::list(
                "条款，下一级在 clauses 里；依次连起来就是全文",
                json!({ "$ref": "#/$defs/clause" }),
            ),
        ));
        let mut county = vec![
            ("region", schema::row("区划", fields("regions"))),
            ("wider_regions", schema::texts("所在的市、省和全国的代码")),
            ("documents", schema::texts("本县的文件编号")),
            (
                "binding_documents",
                schema::texts("全国、全省、全市的文件编号"),
            ),
            ("listed", schema::list("名单里怎么说", listed_schema())),
        ];
        county.extend(of_document(OF_A_COUNTY));
        let drawn: [Drawn; 9] = [
            (
                "documents",
                page("文件目录", linked("一份文件", "documents")),
                Vec::new(),
            ),
            (
                "document",
                schema::object("一份文件", common(document)),
                vec![("clause", clause_schema())],
            ),
            (
                "counties",
                page("有内容的县（市、区）", linked("一个县", "regions")),
                Vec::new(),
            ),
            (
                "county",
                schema::object("一个县", common(county)),
                Vec::new(),
            ),
            ("datasets", page("数据集", datasets_schema()), Vec::new()),
            (
                "dataset",
                schema::object(
                    "一个数据集",
                    common(dataset_members(fields("stated"), fields("corrections"))),
                ),
                Vec::new(),
            ),
            (
                "windows",
                page("受理窗口", schema::row("一个受理窗口", fields("windows"))),
                Vec::new(),
            ),
            (
                "deadlines",
                page("时限", schema::row("一个时限", fields("deadlines"))),
                Vec::new(),
            ),
            ("index", index_schema(), Vec::new()),
        ];
        for ((name, schema, definitions), (_, path, about)) in drawn.into_iter().zip(ENDPOINTS) {
            let about = format!("{API}{path}：{about}");
            let url = Self::schema_url(facts, name);
            let schema = schema::document(&url, &about, schema, definitions);
            let path = format!("{API}schemas/{name}.json");
            self.out
                .file(path, Key::default(), &|_| package::pretty(&schema));
        }
    }
}

fn clause_schema() -> Value {
    schema::object(
        "一条",
        vec![
            ("id", schema::text("在网页上的位置")),
            ("label", schema::text("怎样引用，如 一（三）")),
            ("marker", schema::text("原文的序号，如 （三）；没有的为空")),
            ("heading", schema::maybe_text("这一条的标题")),
            (
                "text",
                schema::text("这一条自己的文字，连序号；下一级的不在里面"),
            ),
            ("url", schema::url("打开网页直接到这一条")),
            (
                "clauses",
                schema::list("下一级各条", json!({ "$ref": "#/$defs/clause" })),
            ),
        ],
    )
}

fn listed_schema() -> Value {
    schema::object(
        "名单里的一行",
        vec![
            ("document", schema::text("名单的编号")),
            ("programme", schema::text("什么名单")),
            (
                "year",
                json!({ "type": ["integer", "null"], "title": "年度" }),
            ),
            ("grade", schema::maybe_text("等次；不分等次的名单是 null")),
            ("name", schema::text("改正后的名称，按名单当时的区划")),
            ("printed_name", schema::text("原文印的名称")),
            ("page", schema::url("网页上的这一行")),
            ("api", schema::url("这份名单")),
        ],
    )
}

fn datasets_schema() -> Value {
    schema::object(
        "一个数据集",
        vec![
            ("id", schema::text("数据集的编号")),
            ("title", schema::text("标题")),
            ("about", schema::text("是什么")),
            ("page", schema::url("网页")),
            ("api", schema::url("详情")),
        ],
    )
}

fn dataset_members(stated: &[Field], corrections: &[Field]) -> Vec<schema::Member> {
    let cite = schema::object(
        "依据",
        vec![
            ("notice", schema::text("哪份文件")),
            ("clause", schema::text("哪一条")),
            ("url", schema::url("打开网页直接到这一条")),
        ],
    );
    let field = schema::object(
        "一个字段",
        vec![
            ("key", schema::text("CSV 和 JSON 里的名称")),
            ("title", schema::text("中文名称")),
            ("description", schema::text("说明")),
            ("type", schema::text("类型")),
            ("required", schema::flag("是不是每行都有")),
        ],
    );
    let file = schema::object(
        "一个文件",
        vec![
            (
                "part",
                schema::maybe_text("这个文件有哪些行，如“山西省 2023年”；空值：全部"),
            ),
            ("format", schema::text("格式")),
            ("mediatype", schema::text("媒体类型")),
            ("url", schema::url("下载地址")),
            ("bytes", schema::number("字节数")),
            (
                "sha256",
                json!({ "type": "string", "pattern": "^[0-9a-f]{64}$", "title": "校验值" }),
            ),
        ],
    );
    let resource = schema::object(
        "一张表",
        vec![
            ("name", schema::text("表的名称")),
            ("title", schema::text("标题")),
            ("rows", schema::number("有多少行")),
            ("key", schema::text("区别各行的字段")),
            ("fields", schema::list("字段", field)),
            ("files", schema::list("下载文件", file)),
        ],
    );
    vec![
        ("id", schema::text("数据集的编号")),
        ("title", schema::text("标题")),
        ("about", schema::text("是什么")),
        ("page", schema::url("网页")),
        ("issuers", schema::texts("发文机关；来自多份文件的为空")),
        ("cite", json!({ "anyOf": [cite, { "type": "null" }] })),
        ("method", schema::text("怎样整理")),
        ("limits", schema::texts("局限")),
        ("licence", schema::maybe_text("许可")),
        ("changed", schema::maybe_day("最近变更")),
        (
            "stated",
            schema::list("原文说的数和按名单数的数", schema::row("一个数", stated)),
        ),
        (
            "corrections",
            schema::list("更正", schema::row("一处更正", corrections)),
        ),
        ("resources", schema::list("各张表", resource)),
    ]
}

fn index_schema() -> Value {
    let endpoint = schema::object(
        "一种文件",
        vec![
            ("name", schema::text("名称")),
            ("title", schema::text("是什么")),
            // `{id}` is a placeholder for an id.
            ("url", schema::text("地址；{id}、{code} 换成编号、代码")),
            ("schema", schema::url("格式")),
        ],
    );
    schema::object(
        "目录",
        vec![
            ("schema", schema::url("这个文件的格式")),
            ("title", schema::text("网站")),
            ("version", json!({ "const": "v1", "title": "版本" })),
            ("generated", schema::day("生成日期")),
            ("site", schema::url("网址")),
            ("licence", schema::maybe_text("许可")),
            (
                "data_package",
                schema::url("全部数据的目录（Frictionless Data Package）"),
            ),
            ("data_pages", schema::url("数据的网页")),
            ("endpoints", schema::list("各种文件", endpoint)),
        ],
    )
}
