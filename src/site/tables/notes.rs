//! The tables of results of checking: stated numbers compared with counted numbers, and corrections.

use jiff::civil::Date;

use super::columns::{id_columns, row_id};
use super::entry::{Entry, entries};
use crate::atlas::Facts;
use crate::atlas::routes;
use crate::lints::{Figure, figure, figures};
use crate::model::{Cite, DocumentId, DocumentKind, Slip, Whose};
use crate::tables::table::{At, Cell, Column, Record, Table, Type, address, source_columns};

/// Number `number` stated in the text of a list.
#[derive(Debug, Clone, Copy)]
struct FigureRow {
    document: DocumentId,
    number: usize,
}

impl FigureRow {
    fn figure<'a>(self, facts: &Facts<'a>) -> Option<Figure<'a>> {
        figure(
            facts.regions(),
            &facts.document(self.document).kind,
            self.number,
        )
    }
}

impl Record for FigureRow {
    fn id(self, facts: &Facts) -> String {
        row_id(facts, self.document, 'n', self.number)
    }

    fn document(self) -> Option<DocumentId> {
        Some(self.document)
    }

    fn citation<'a>(self, facts: &Facts<'a>) -> Option<&'a Cite> {
        self.figure(facts).map(|figure| figure.cite)
    }
}

fn of_figure(
    key: &'static str,
    title: &'static str,
    kind: Type,
    about: &'static str,
    read: for<'a> fn(Figure<'a>) -> Cell<'a>,
) -> Column<FigureRow> {
    Column::new(key, title, kind, about, move |at: &At<FigureRow>| {
        at.row.figure(at.facts).map_or(Cell::Empty, read)
    })
}

const NUMBER: &str = r"^([0-9]+(\.[0-9]+)?%?|—)$";

/// The table of numbers stated in lists, with the counted numbers.
pub fn stated(facts: &Facts, today: Date) -> Table {
    let mut columns = id_columns();
    columns.extend([
        of_figure(
            "what",
            "项目",
            Type::Text,
            "原文说的是哪个数",
            |f| Cell::words(f.what),
        )
        .required()
        .shown()
        .leads(|at: &At<FigureRow>| {
            Some(format!(
                "{}#stated",
                routes::document(at.facts, at.row.document)
            ))
        }),
        of_figure(
            "stated",
            "原文所述",
            Type::Text,
            "原文写的数；百分比带百分号",
            |f| Cell::words(f.compared.said),
        )
        .required()
        .shown(),
        of_figure(
            "computed",
            "按名单计算",
            Type::Text,
            "按名单数出来的数；百分比四舍五入到原文的位数",
            |f| Cell::words(f.compared.computed),
        )
        .required()
        .pattern(NUMBER)
        .shown(),
        of_figure(
            "agrees",
            "相符",
            Type::Flag,
            "两个数是否相同",
            |f| Cell::Flag(f.compared.agrees),
        )
        .required()
        .shown(),
        of_figure(
            "difference",
            "相差",
            Type::Text,
            "差多少；相同的为空",
            |f| match f.compared.agrees {
                true => Cell::Empty,
                false => Cell::words(f.compared.difference),
            },
        )
        .shown(),
        of_figure("how", "算法", Type::Text, "怎样数、怎样算", |f| {
            Cell::words(f.compared.how)
        })
        .required(),
        of_figure(
            "note",
            "说明",
            Type::Text,
            "为什么不同；编者的说明，不是原文",
            |f| Cell::maybe(f.differs),
        ),
    ]);
    columns.extend(source_columns());
    let rows = facts
        .of_kind(DocumentKind::Pilots)
        .iter()
        .chain(facts.of_kind(DocumentKind::Assessment))
        .flat_map(|&document| {
            let figures = figures(facts.regions(), &facts.document(document).kind).len();
            (0..figures).map(move |number| FigureRow { document, number })
        })
        .collect();
    Table::new(today, columns, rows)
}

/// The table of all corrections: what was printed, what is right, why, and since when.
pub fn corrections(facts: &Facts, today: Date) -> Table {
    let mut columns = id_columns();
    columns.extend([
        Column::new(
            "whose",
            "谁的错",
            Type::Text,
            "原文：原文印错的，网页上原样保留；本站：本站登错的，已经改过来",
            |at: &At<Entry<Slip>>| Cell::text(at.entry().whose.text()),
        )
        .required()
        .one_of(Whose::ALL.iter().map(|(word, _)| *word))
        .shown(),
        Column::new(
            "what",
            "哪里",
            Type::Text,
            "本站登错的，是哪一处；没有写的为空",
            |at: &At<Entry<Slip>>| Cell::maybe(at.entry().what.as_deref()),
        ),
        Column::new(
            "printed",
            "原来写作",
            Type::Text,
            "原文怎样印，或者本站原来怎样登",
            |at: &At<Entry<Slip>>| Cell::text(&at.entry().printed.value),
        )
        .required()
        .shown(),
        Column::new(
            "right",
            "应为",
            Type::Text,
            "改正后怎样写，名单和县的网页用这个",
            |at: &At<Entry<Slip>>| Cell::text(&at.entry().right),
        )
        .required()
        .shown(),
        Column::new(
            "why",
            "理由",
            Type::Text,
            "为什么这样改",
            |at: &At<Entry<Slip>>| Cell::maybe(at.entry().why.as_deref()),
        )
        .shown(),
        Column::new(
            "since",
            "更正自",
            Type::Day,
            "哪一天核对出来、改正的；没有记录的为空",
            |at: &At<Entry<Slip>>| {
                let on = at.entry().on;
                Cell::day(on.or_else(|| at.facts.checked(at.row.document)))
            },
        )
        .shown(),
        Column::new(
            "page",
            "网页",
            Type::Url,
            "本站列出这处更正的网页",
            |at: &At<Entry<Slip>>| {
                let path = routes::document(at.facts, at.row.document);
                let anchor = match at.entry().whose {
                    Whose::Text => "slips".to_owned(),
                    Whose::Site => routes::correction(at.row.number),
                };
                Cell::words(address(at.facts, &path, &anchor))
            },
        )
        .required(),
    ]);
    columns.extend(source_columns());
    let rows = entries(facts, super::documents::all(facts));
    Table::new(today, columns, rows)
}
