//! The tables of documents: the register with all fields, the documents they cite, and their annexes.

use jiff::civil::Date;

use super::columns::{document_column, year_column};
use super::entry::{Entry, entries};
use crate::atlas::Facts;
use crate::atlas::routes;
use crate::model::{
    Attachment, Cited, DocumentId, DocumentKind, Ended, Kind, Life, Notice, document_course,
};
use crate::tables::table::{
    At, Cell, Column, Record, Refers, Table, Type, address, place_columns, source_columns,
};

#[derive(Debug, Clone, Copy)]
struct Row(DocumentId);

impl Record for Row {
    fn id(self, facts: &Facts) -> String {
        facts.document(self.0).id.clone()
    }

    fn document(self) -> Option<DocumentId> {
        Some(self.0)
    }
}

/// All documents: notices, then lists, schedules and results, each newest first.
pub fn all<'a>(facts: &'a Facts<'_>) -> impl Iterator<Item = DocumentId> + 'a {
    DocumentKind::ALL
        .into_iter()
        .flat_map(|kind| facts.of_kind(kind))
        .copied()
}

fn notice<'a>(at: &At<'a, Row>) -> Option<&'a Notice> {
    match &at.facts.document(at.row.0).kind {
        Kind::Notice(notice) => Some(notice),
        _ => None,
    }
}

/// A column that has values only for notices.
fn of_notice(
    key: &'static str,
    title: &'static str,
    kind: Type,
    about: &'static str,
    read: for<'a> fn(&'a Notice) -> Cell<'a>,
) -> Column<Row> {
    Column::new(key, title, kind, about, move |at: &At<Row>| {
        notice(at).map_or(Cell::Empty, read)
    })
}

/// A column with the day on which a notice ended.
fn ended_on(
    key: &'static str,
    title: &'static str,
    about: &'static str,
    read: fn(&Life) -> Option<&Ended>,
) -> Column<Row> {
    Column::new(key, title, Type::Day, about, move |at: &At<Row>| {
        let ended = read(&at.facts.document(at.row.0).life);
        Cell::day(ended.map(|ended| ended.since.value))
    })
}

fn list(items: &[String]) -> Cell<'_> {
    Cell::list(items.iter().map(String::as_str))
}

/// The table of all documents.
pub fn documents(facts: &Facts, today: Date) -> Table {
    Table::new(today, columns(), all(facts).map(Row).collect())
}

fn columns() -> Vec<Column<Row>> {
    let document = |at: &At<Row>| routes::document(at.facts, at.row.0);
    let mut columns = vec![
        Column::new(
            "id",
            "文件编号",
            Type::Text,
            "本站给文件的编号，也是网址的一部分",
            |at: &At<Row>| Cell::text(&at.facts.document(at.row.0).id),
        )
        .unique()
        .pattern("^[a-z0-9-]+$"),
        Column::new(
            "title",
            "标题",
            Type::Text,
            "文件的标题",
            |at: &At<Row>| Cell::text(&at.facts.document(at.row.0).title.value),
        )
        .required()
        .shown()
        .leads(move |at: &At<Row>| Some(document(at))),
        Column::new(
            "kind",
            "种类",
            Type::Text,
            "官方文件，还是根据文件整理的名单、安排、结果",
            |at: &At<Row>| Cell::text(at.facts.document(at.row.0).kind.kind().name()),
        )
        .required()
        .one_of(DocumentKind::ALL.map(DocumentKind::name))
        .shown(),
        Column::new(
            "short_title",
            "简称",
            Type::Text,
            "本站引用时的叫法",
            |at: &At<Row>| Cell::words(at.facts.short_title(at.row.0)),
        )
        .required(),
        of_notice(
            "genre",
            "文种",
            Type::Text,
            "通知、通报、方案等",
            |n| Cell::maybe(n.genre.map(|g| g.text())),
        ),
        of_notice(
            "number",
            "发文字号",
            Type::Text,
            "原文没有的为空",
            |n| Cell::maybe(n.number.as_ref().map(|n| n.value.as_str())),
        )
        .shown(),
        of_notice(
            "index_number",
            "索引号",
            Type::Text,
            "原文没有的为空",
            |n| Cell::maybe(n.index_number.as_deref()),
        ),
        of_notice(
            "letterhead",
            "发文机关标志",
            Type::Text,
            "原文版头上与发文机关名称不同的字样",
            |n| Cell::maybe(n.letterhead.as_deref()),
        ),
        of_notice(
            "issuers",
            "发文机关",
            Type::List,
            "原文没有的为空",
            |n| list(&n.issuers),
        )
        .shown(),
        of_notice(
            "addressees",
            "主送",
            Type::List,
            "原文没有的为空",
            |n| list(&n.addressees),
        ),
        of_notice(
            "copies",
            "抄送",
            Type::List,
            "原文没有的为空",
            |n| list(&n.copies),
        ),
        of_notice(
            "issued",
            "成文日期",
            Type::Day,
            "原文没有的为空",
            |n| Cell::day(n.issued),
        )
        .shown(),
        of_notice(
            "printed_on",
            "印发日期",
            Type::Day,
            "原文没有的为空",
            |n| Cell::day(n.printed_on),
        ),
        of_notice(
            "in_force",
            "施行日期",
            Type::Day,
            "原文没有的为空",
            |n| Cell::day(n.in_force),
        ),
        of_notice(
            "expires",
            "失效日期",
            Type::Day,
            "原文没有的为空",
            |n| Cell::day(n.expires),
        ),
        ended_on(
            "repealed_on",
            "废止日期",
            "从哪天起废止；没有废止的为空",
            |life| life.repealed.as_ref(),
        ),
        ended_on(
            "replaced_on",
            "被代替日期",
            "从哪天起被代替；没有的为空",
            |life| life.replaced.as_ref(),
        ),
        Column::new(
            "ended_by",
            "废止或代替它的文件",
            Type::Text,
            "标题；没有的为空",
            |at: &At<Row>| {
                let ended = at.facts.ended(at.row.0);
                Cell::maybe(ended.and_then(|ended| match &ended.by {
                    Some(by) => Some(at.facts.document(by.value).title.value.as_str()),
                    None => ended.title.as_deref(),
                }))
            },
        ),
        Column::new(
            "ended_by_document",
            "废止或代替它的文件编号",
            Type::Text,
            "本站收录了那份文件的，写它的编号",
            |at: &At<Row>| {
                let by = at.facts.ended(at.row.0).and_then(|ended| ended.by.as_ref());
                Cell::maybe(by.map(|by| at.facts.document(by.value).id.as_str()))
            },
        )
        .refers(Refers::Document),
        Column::new(
            "withdrawn_on",
            "撤下日期",
            Type::Day,
            "本站哪一天撤下的；没有撤下的为空",
            |at: &At<Row>| {
                let life = &at.facts.document(at.row.0).life;
                Cell::day(life.withdrawn.as_ref().map(|withdrawn| withdrawn.on))
            },
        ),
        Column::new(
            "withdrawn_why",
            "撤下的缘由",
            Type::Text,
            "为什么撤下；没有撤下的为空",
            |at: &At<Row>| {
                let life = &at.facts.document(at.row.0).life;
                Cell::maybe(
                    life.withdrawn
                        .as_ref()
                        .map(|withdrawn| withdrawn.why.as_str()),
                )
            },
        ),
        year_column(),
        Column::new(
            "validity",
            "有效性",
            Type::Text,
            "按生成网页的那一天计算",
            |at: &At<Row>| {
                Cell::text(
                    document_course(at.facts.document(at.row.0))
                        .on(at.today)
                        .text,
                )
            },
        )
        .required(),
        of_notice(
            "publicity",
            "公开方式",
            Type::Text,
            "原文没有的为空",
            |n| Cell::maybe(n.publicity.map(|p| p.text())),
        ),
        of_notice(
            "release_on",
            "决定转载的日期",
            Type::Day,
            "依申请公开的文件，哪一天决定放到网上",
            |n| Cell::day(n.release.as_ref().map(|r| r.on)),
        ),
        of_notice(
            "release_by",
            "决定转载的人",
            Type::Text,
            "依申请公开的文件，由谁决定放到网上",
            |n| Cell::maybe(n.release.as_ref().map(|r| r.by.as_str())),
        ),
        of_notice(
            "release_basis",
            "决定转载的依据",
            Type::Text,
            "依申请公开的文件，凭什么决定放到网上",
            |n| Cell::maybe(n.release.as_ref().map(|r| r.basis.as_str())),
        ),
        Column::new(
            "topics",
            "主题分类",
            Type::List,
            "本站的主题",
            |at: &At<Row>| {
                let topics = at.facts.document(at.row.0).topics.iter();
                Cell::list(topics.map(|&topic| at.facts.topic(topic).name.as_str()))
            },
        ),
    ];
    columns.extend(place_columns());
    columns.extend([
        Column::new(
            "source",
            "来源文件",
            Type::Text,
            "名单、安排、结果是根据哪份文件整理的",
            |at: &At<Row>| {
                let source = at.facts.document(at.row.0).kind.source();
                Cell::maybe(source.map(|source| at.facts.document(source.value).id.as_str()))
            },
        )
        .refers(Refers::Document),
        of_notice(
            "provenance",
            "文本来源",
            Type::Text,
            "本站的文本从哪里来，动过哪里",
            |n| Cell::maybe(n.provenance.as_deref()),
        ),
        Column::new(
            "checked_on",
            "核对日期",
            Type::Day,
            "最近一次与原文核对的日期",
            |at: &At<Row>| Cell::day(at.facts.checked(at.row.0)),
        ),
        Column::new(
            "url",
            "网址",
            Type::Url,
            "本站的网页",
            move |at: &At<Row>| Cell::words(address(at.facts, &document(at), "")),
        )
        .required(),
    ]);
    columns
}

/// The table of citations: which document cites which.
pub fn citations(facts: &Facts, today: Date) -> Table {
    let target = |at: &At<Entry<Cited>>| Some(at.entry().notice.as_ref()?.value);
    let mut columns = super::columns::id_columns();
    columns.extend([
        Column::new(
            "cited_title",
            "引用的文件",
            Type::Text,
            "原文写的名称",
            |at: &At<Entry<Cited>>| Cell::text(&at.entry().title.value),
        )
        .required()
        .shown()
        .leads(move |at: &At<Entry<Cited>>| target(at).map(|i| routes::document(at.facts, i))),
        Column::new(
            "cited_number",
            "文号",
            Type::Text,
            "原文写的文号；没有的为空",
            |at: &At<Entry<Cited>>| {
                Cell::maybe(
                    at.entry()
                        .number
                        .as_ref()
                        .map(|number| number.value.as_str()),
                )
            },
        )
        .shown(),
        Column::new(
            "cited_document",
            "引用的文件编号",
            Type::Text,
            "本站收录了这份文件的，写它的编号",
            move |at: &At<Entry<Cited>>| {
                Cell::maybe(target(at).map(|i| at.facts.document(i).id.as_str()))
            },
        )
        .refers(Refers::Document),
        Column::new(
            "note",
            "说明",
            Type::Text,
            "编者的说明，不是原文",
            |at: &At<Entry<Cited>>| Cell::maybe(at.entry().note.as_deref()),
        ),
    ]);
    columns.extend(source_columns());
    let rows = entries(facts, facts.of_kind(DocumentKind::Notice).iter().copied());
    Table::new(today, columns, rows)
}

/// The table of annexes that documents list, whether the site has them or not.
pub fn attachments(facts: &Facts, today: Date) -> Table {
    let columns = vec![
        Column::new(
            "id",
            "编号",
            Type::Text,
            "这一行的编号，在本表中不重复",
            |at: &At<Entry<Attachment>>| Cell::words(at.row.id(at.facts)),
        )
        .unique(),
        document_column(),
        Column::new(
            "title",
            "附件名称",
            Type::Text,
            "原文写的名称",
            |at: &At<Entry<Attachment>>| Cell::text(&at.entry().title.value),
        )
        .required()
        .shown()
        .leads(|at: &At<Entry<Attachment>>| Some(routes::document(at.facts, at.row.document))),
        Column::new(
            "within",
            "列在",
            Type::Text,
            "列在文件自己的哪个附件里；文件本身的附件为空",
            |at: &At<Entry<Attachment>>| {
                Cell::maybe(
                    at.entry()
                        .within
                        .as_ref()
                        .map(|within| within.value.as_str()),
                )
            },
        )
        .shown(),
        Column::new(
            "held",
            "有全文",
            Type::Flag,
            "本站有没有它的内容；没有的只知道名称",
            |at: &At<Entry<Attachment>>| {
                let a = at.entry();
                Cell::Flag(a.part.is_some() || a.data.is_some() || a.file.is_some())
            },
        )
        .required()
        .shown(),
        Column::new(
            "note",
            "说明",
            Type::Text,
            "编者的说明，不是原文",
            |at: &At<Entry<Attachment>>| Cell::maybe(at.entry().note.as_deref()),
        )
        .shown(),
        Column::new(
            "url",
            "网址",
            Type::Url,
            "列出附件的文件在本站的网页",
            |at: &At<Entry<Attachment>>| {
                let path = routes::document(at.facts, at.row.document);
                Cell::words(address(at.facts, &path, ""))
            },
        )
        .required(),
    ];
    let rows = entries(facts, facts.of_kind(DocumentKind::Notice).iter().copied());
    Table::new(today, columns, rows)
}
