//! The tables of schedules: one row per schedule, its facts, quotas and sessions, and the contacts of all documents.

use jiff::civil::Date;

use super::columns::{id_columns, year_column};
use super::entry::{Entry, entries};
use crate::atlas::Facts;
use crate::atlas::routes;
use crate::model::{Cite, Contact, DocumentId, DocumentKind, Fact, Kind, Quota, Schedule, Session};
use crate::tables::table::{
    At, Cell, Column, Record, Refers, Table, Type, address, place_columns, source_columns,
};

fn schedule<'a>(facts: &Facts<'a>, document: DocumentId) -> Option<&'a Schedule> {
    match &facts.document(document).kind {
        Kind::Schedule(schedule) => Some(schedule),
        _ => None,
    }
}

/// A section of a schedule: its name, and how to get its facts.
type Section = (&'static str, fn(&Schedule) -> &[Fact]);

const SECTIONS: [Section; 5] = [
    ("地点", |s| &s.venues),
    ("方式", |s| &s.channels),
    ("申请对象", |s| &s.groups),
    ("材料", |s| &s.forms),
    ("指南", |s| &s.guide),
];

/// Row `number` of a list in a document; for facts, of the list in `section`.
#[derive(Debug, Clone, Copy)]
struct FactRow {
    document: DocumentId,
    section: usize,
    number: usize,
}

impl FactRow {
    fn fact<'a>(self, facts: &Facts<'a>) -> Option<&'a Fact> {
        (SECTIONS[self.section].1)(schedule(facts, self.document)?).get(self.number)
    }
}

impl Record for FactRow {
    fn id(self, facts: &Facts) -> String {
        let document = &facts.document(self.document).id;
        format!("{document}.f{}-{}", self.section + 1, self.number + 1)
    }

    fn document(self) -> Option<DocumentId> {
        Some(self.document)
    }

    fn citation<'a>(self, facts: &Facts<'a>) -> Option<&'a Cite> {
        self.fact(facts).map(|fact| &fact.cite)
    }
}

#[derive(Debug, Clone, Copy)]
struct ScheduleRow(DocumentId);

impl Record for ScheduleRow {
    fn id(self, facts: &Facts) -> String {
        facts.document(self.0).id.clone()
    }

    fn document(self) -> Option<DocumentId> {
        Some(self.0)
    }
}

fn own_page<R: Record>(at: &At<R>) -> Option<String> {
    at.row
        .document()
        .map(|index| routes::document(at.facts, index))
}

fn page_column<R: Record>() -> Column<R> {
    Column::new(
        "page",
        "网页",
        Type::Url,
        "本站的这份受理安排",
        |at: &At<R>| {
            own_page(at).map_or(Cell::Empty, |path| {
                Cell::words(address(at.facts, &path, ""))
            })
        },
    )
    .required()
}

/// The notice that the document of a row is based on.
fn notice_column<R: Record>() -> Column<R> {
    Column::new(
        "source",
        "来源文件",
        Type::Text,
        "这份安排依据的文件，用文件编号表示",
        |at: &At<R>| {
            let source = at.document().and_then(|d| d.kind.source());
            Cell::maybe(source.map(|source| at.facts.document(source.value).id.as_str()))
        },
    )
    .required()
    .refers(Refers::Document)
}

/// The table of schedules, one row each.
pub fn schedules(facts: &Facts, today: Date) -> Table {
    let mut columns = vec![
        Column::new(
            "document",
            "文件编号",
            Type::Text,
            "受理安排的编号",
            |at: &At<ScheduleRow>| Cell::maybe(at.document().map(|d| d.id.as_str())),
        )
        .refers(Refers::Document)
        .unique(),
        Column::new(
            "title",
            "标题",
            Type::Text,
            "受理安排的标题",
            |at: &At<ScheduleRow>| Cell::maybe(at.document().map(|d| d.title.value.as_str())),
        )
        .required()
        .shown()
        .leads(own_page),
    ];
    columns.extend(place_columns());
    columns.push(year_column().shown());
    let count = |key, title, about, read: fn(&Schedule) -> usize| {
        Column::new(
            key,
            title,
            Type::Number,
            about,
            move |at: &At<ScheduleRow>| {
                schedule(at.facts, at.row.0).map_or(Cell::Empty, |s| Cell::number(read(s)))
            },
        )
        .required()
    };
    columns.extend([
        count(
            "quotas",
            "名额条数",
            "在“名额”表里有几行",
            |s| s.quotas.len(),
        ),
        count(
            "sessions",
            "场次数",
            "在“场次”表里有几行",
            |s| s.sessions.len(),
        ),
        notice_column(),
        page_column(),
    ]);
    let rows = facts
        .of_kind(DocumentKind::Schedule)
        .iter()
        .map(|&i| ScheduleRow(i))
        .collect();
    Table::new(today, columns, rows)
}

/// The table of venues, channels, groups, documents to bring, and guidance.
pub fn facts(facts: &Facts, today: Date) -> Table {
    let mut columns = id_columns();
    columns.push(
        Column::new(
            "section",
            "哪方面",
            Type::Text,
            "地点、方式、申请对象、材料，或者其他办事指南",
            |at: &At<FactRow>| Cell::text(SECTIONS[at.row.section].0),
        )
        .required()
        .one_of(SECTIONS.map(|(name, _)| name))
        .shown(),
    );
    columns.extend([
        Column::new(
            "who",
            "适用对象",
            Type::Text,
            "谁适用；不分对象的为空",
            |at: &At<FactRow>| Cell::maybe(at.row.fact(at.facts).and_then(|f| f.who.as_deref())),
        )
        .shown(),
        Column::new(
            "what",
            "内容",
            Type::Text,
            "地点、方式或对象的名称",
            |at: &At<FactRow>| Cell::maybe(at.row.fact(at.facts).map(|f| f.what.as_str())),
        )
        .shown()
        .leads(own_page),
        Column::new(
            "items",
            "各项",
            Type::List,
            "材料或步骤，逐项列出",
            |at: &At<FactRow>| {
                at.row.fact(at.facts).map_or(Cell::Empty, |f| {
                    Cell::list(f.items.iter().map(String::as_str))
                })
            },
        )
        .shown(),
        Column::new(
            "note",
            "说明",
            Type::Text,
            "编者的说明，不是原文",
            |at: &At<FactRow>| Cell::maybe(at.row.fact(at.facts).and_then(|f| f.note.as_deref())),
        ),
    ]);
    columns.extend(place_columns());
    columns.push(year_column());
    columns.extend(source_columns());
    let rows = facts
        .of_kind(DocumentKind::Schedule)
        .iter()
        .flat_map(|&document| (0..SECTIONS.len()).map(move |section| (document, section)))
        .flat_map(|(document, section)| {
            let count = schedule(facts, document).map_or(0, |s| (SECTIONS[section].1)(s).len());
            (0..count).map(move |number| FactRow {
                document,
                section,
                number,
            })
        })
        .collect();
    Table::new(today, columns, rows)
}

fn number<'a>(value: Option<u32>) -> Cell<'a> {
    value.map_or(Cell::Empty, Cell::number)
}

/// The table of quotas: how many people per day.
pub fn quotas(facts: &Facts, today: Date) -> Table {
    let mut columns = id_columns();
    columns.push(
        Column::new(
            "group",
            "对象",
            Type::Text,
            "名额给谁",
            |at: &At<Entry<Quota>>| Cell::text(&at.entry().group),
        )
        .required()
        .shown()
        .leads(own_page),
    );
    columns.extend(place_columns());
    columns.extend([
        year_column().shown(),
        Column::new(
            "per_day",
            "每天名额",
            Type::Number,
            "每天受理多少人",
            |at: &At<Entry<Quota>>| Cell::number(at.entry().per_day),
        )
        .required()
        .shown(),
        Column::new(
            "morning",
            "上午",
            Type::Number,
            "上午多少人；原文没有分的为空",
            |at: &At<Entry<Quota>>| number(at.entry().morning),
        )
        .shown(),
        Column::new(
            "afternoon",
            "下午",
            Type::Number,
            "下午多少人；原文没有分的为空",
            |at: &At<Entry<Quota>>| number(at.entry().afternoon),
        )
        .shown(),
    ]);
    columns.extend(source_columns());
    let rows = entries(facts, facts.of_kind(DocumentKind::Schedule).iter().copied());
    Table::new(today, columns, rows)
}

/// The table of sessions: days on which a place accepts applications.
pub fn sessions(facts: &Facts, today: Date) -> Table {
    let mut columns = id_columns();
    columns.extend([
        Column::new(
            "date",
            "日期",
            Type::Day,
            "哪一天",
            |at: &At<Entry<Session>>| Cell::day(Some(at.entry().date)),
        )
        .required()
        .shown(),
        Column::new(
            "place",
            "地点",
            Type::Text,
            "在哪里",
            |at: &At<Entry<Session>>| Cell::text(&at.entry().place),
        )
        .shown()
        .leads(own_page),
        Column::new(
            "service",
            "事项",
            Type::Text,
            "办什么",
            |at: &At<Entry<Session>>| Cell::text(&at.entry().service),
        )
        .shown(),
        Column::new(
            "morning",
            "上午",
            Type::Number,
            "上午多少人；没有写的为空",
            |at: &At<Entry<Session>>| number(at.entry().morning),
        )
        .shown(),
        Column::new(
            "afternoon",
            "下午",
            Type::Number,
            "下午多少人；没有写的为空",
            |at: &At<Entry<Session>>| number(at.entry().afternoon),
        )
        .shown(),
        Column::new(
            "phone",
            "电话",
            Type::Text,
            "机构公开的电话",
            |at: &At<Entry<Session>>| Cell::maybe(at.entry().phone.as_deref()),
        ),
    ]);
    columns.extend(place_columns());
    columns.extend([year_column(), notice_column(), page_column()]);
    let rows = entries(facts, facts.of_kind(DocumentKind::Schedule).iter().copied());
    Table::new(today, columns, rows)
}

/// The table of contacts: offices and their public numbers, from documents of all kinds.
pub fn contacts(facts: &Facts, today: Date) -> Table {
    let mut columns = id_columns();
    columns.extend([
        Column::new(
            "office",
            "单位",
            Type::Text,
            "单位的名称",
            |at: &At<Entry<Contact>>| Cell::text(&at.entry().office),
        )
        .required()
        .shown()
        .leads(own_page),
        Column::new(
            "duty",
            "管什么",
            Type::Text,
            "这个单位管哪一段工作",
            |at: &At<Entry<Contact>>| Cell::maybe(at.entry().duty.as_deref()),
        )
        .shown(),
        Column::new(
            "phone",
            "电话",
            Type::Text,
            "单位公开的电话；没有写的、略去的为空",
            |at: &At<Entry<Contact>>| Cell::maybe(at.entry().phone.as_deref()),
        )
        .shown(),
        Column::new(
            "note",
            "说明",
            Type::Text,
            "编者的说明，不是原文",
            |at: &At<Entry<Contact>>| Cell::maybe(at.entry().note.as_deref()),
        ),
    ]);
    columns.extend(place_columns());
    columns.extend(source_columns());
    let rows = entries(facts, super::documents::all(facts));
    Table::new(today, columns, rows)
}
