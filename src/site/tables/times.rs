//! The tables of windows and deadlines. A date keeps its form: the day, a lower or upper bound, a day of every year,
//! or the words as printed.

use jiff::civil::Date;

use super::columns::{id_columns, year_column};
use super::entry::Entry;
use crate::atlas::Facts;
use crate::atlas::routes;
use crate::model::{
    Audience, Bound, BoundKind, Deadline, When, Window, deadline_state, window_state,
};
use crate::tables::table::{At, Cell, Column, Record, Table, Type, place_columns, source_columns};

const BOUNDS: [&str; 3] = ["准确日期", "不早于", "不晚于"];
const AUDIENCES: [&str; 2] = ["学生和家长", "机构"];

/// The six columns of a date. Nothing in the text is lost and nothing is added. All six are empty if the text gives
/// no date.
macro_rules! bound_columns {
    ($key:literal, $title:literal, $get:expr) => {
        [
            Column::new(
                $key,
                concat!($title, "日期"),
                Type::Day,
                "公历日期；每年都有的和原文没有写年份的，这里为空，看后面几列",
                |at: &At<_>| Cell::day($get(at).and_then(Bound::day)),
            ),
            Column::new(
                concat!($key, "_bound"),
                concat!($title, "限定"),
                Type::Text,
                "准确日期，还是不早于（下限）、不晚于（上限）；原文未载明的为空",
                |at: &At<_>| Cell::maybe($get(at).map(sense)),
            )
            .one_of(BOUNDS),
            Column::new(
                concat!($key, "_yearly_month"),
                concat!($title, "每年的月"),
                Type::Number,
                "每年都有的日期：几月",
                |at: &At<_>| yearly($get(at), |(month, _)| Some(month)),
            ),
            Column::new(
                concat!($key, "_yearly_day"),
                concat!($title, "每年的日"),
                Type::Number,
                "每年都有的日期：几日；原文只写月份的为空",
                |at: &At<_>| yearly($get(at), |(_, day)| day),
            ),
            Column::new(
                concat!($key, "_as_printed"),
                concat!($title, "照录"),
                Type::Text,
                "原文没有写年份的日期，照原文写",
                |at: &At<_>| $get(at).map_or(Cell::Empty, as_printed),
            ),
            Column::new(
                concat!($key, "_text"),
                $title,
                Type::Text,
                "网页上的写法",
                |at: &At<_>| $get(at).map_or(Cell::Empty, |b: &Bound| Cell::words(b.text())),
            )
            .shown(),
        ]
    };
}

fn sense(bound: &Bound) -> &'static str {
    match bound.kind {
        BoundKind::Exact => BOUNDS[0],
        BoundKind::NotBefore => BOUNDS[1],
        BoundKind::NotAfter => BOUNDS[2],
    }
}

fn yearly<'a>(bound: Option<&Bound>, part: fn((i8, Option<i8>)) -> Option<i8>) -> Cell<'a> {
    match bound.map(|bound| &bound.when) {
        Some(When::Yearly { month, day }) => part((*month, *day)).map_or(Cell::Empty, Cell::number),
        _ => Cell::Empty,
    }
}

fn as_printed(bound: &Bound) -> Cell<'_> {
    match &bound.when {
        When::AsPrinted(words) => Cell::text(words),
        _ => Cell::Empty,
    }
}

/// The page of the document that contains a row.
fn document_page<R: Record>(at: &At<R>) -> Option<String> {
    at.row
        .document()
        .map(|index| routes::document(at.facts, index))
}

/// The table of windows, newest documents first.
pub fn windows(facts: &Facts, today: Date) -> Table {
    let mut columns = id_columns();
    columns.push(
        Column::new(
            "what",
            "事项",
            Type::Text,
            "这段时间办什么",
            |at: &At<Entry<Window>>| Cell::text(&at.entry().what),
        )
        .required()
        .shown()
        .leads(document_page),
    );
    columns.extend(place_columns());
    columns.push(year_column().shown());
    columns.push(Column::new(
        "who",
        "适用对象",
        Type::Text,
        "谁可以办；不分对象的为空",
        |at: &At<Entry<Window>>| Cell::maybe(at.entry().who.as_deref()),
    ));
    fn from<'a>(at: &At<'a, Entry<Window>>) -> Option<&'a Bound> {
        at.entry().from.as_ref().map(|b| &b.value)
    }
    fn until<'a>(at: &At<'a, Entry<Window>>) -> Option<&'a Bound> {
        at.entry().until.as_ref().map(|b| &b.value)
    }
    columns.extend(bound_columns!("from", "开始", from));
    columns.extend(bound_columns!("until", "截止", until));
    columns.push(
        Column::new(
            "state",
            "状态",
            Type::Text,
            "按生成网页的那一天计算",
            |at: &At<Entry<Window>>| Cell::text(window_state(at.entry(), at.today).text),
        )
        .required(),
    );
    columns.push(Column::new(
        "note",
        "说明",
        Type::Text,
        "编者的说明，不是原文",
        |at: &At<Entry<Window>>| Cell::maybe(at.entry().note.as_deref()),
    ));
    columns.extend(source_columns());
    let rows = facts
        .windows()
        .iter()
        .map(|&(document, number)| Entry::<Window>::new(document, number))
        .collect();
    Table::new(today, columns, rows)
}

/// The table of deadlines, newest documents first.
pub fn deadlines(facts: &Facts, today: Date) -> Table {
    let mut columns = id_columns();
    columns.extend([
        Column::new(
            "what",
            "事项",
            Type::Text,
            "要做什么",
            |at: &At<Entry<Deadline>>| Cell::text(&at.entry().what),
        )
        .required()
        .shown()
        .leads(document_page),
        Column::new(
            "who",
            "由谁",
            Type::Text,
            "由谁来做",
            |at: &At<Entry<Deadline>>| Cell::text(&at.entry().who),
        )
        .required()
        .shown(),
        Column::new(
            "audience",
            "对象",
            Type::Text,
            "期限是给学生和家长定的，还是给机构定的",
            |at: &At<Entry<Deadline>>| {
                Cell::text(match at.entry().audience {
                    Audience::Students => AUDIENCES[0],
                    Audience::Offices => AUDIENCES[1],
                })
            },
        )
        .required()
        .one_of(AUDIENCES)
        .shown(),
    ]);
    columns.extend(place_columns());
    columns.push(year_column());
    fn by<'a>(at: &At<'a, Entry<Deadline>>) -> Option<&'a Bound> {
        Some(&at.entry().by.value)
    }
    columns.extend(bound_columns!("by", "期限", by));
    columns.push(
        Column::new(
            "state",
            "状态",
            Type::Text,
            "按生成网页的那一天计算",
            |at: &At<Entry<Deadline>>| Cell::text(deadline_state(at.entry(), at.today).text),
        )
        .required(),
    );
    columns.extend(source_columns());
    let rows = facts
        .deadlines()
        .iter()
        .map(|&(document, number)| Entry::<Deadline>::new(document, number))
        .collect();
    Table::new(today, columns, rows)
}
