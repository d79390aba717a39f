//! The tables of counties: pilot lists and results of assessments, row by row, as printed and as corrected.

use jiff::civil::Date;

use super::columns::document_column;
use crate::atlas::Facts;
use crate::atlas::routes;
use crate::model::{Cite, DocumentId, Kind, Listed, Place, UnitKind};
use crate::tables::table::{
    At, Cell, Clause, Column, Record, Refers, Table, Type, region_code, source_columns,
};

/// Row `number` of a list, or of one grade of an assessment.
#[derive(Debug, Clone, Copy)]
struct Row {
    document: DocumentId,
    grade: usize,
    number: usize,
    /// The position in printed order, from 1, over all grades.
    no: usize,
}

impl Row {
    fn listed<'a>(self, facts: &Facts<'a>) -> Option<&'a Listed> {
        match &facts.document(self.document).kind {
            Kind::Pilots(list) => list.rows.get(self.number),
            Kind::Assessment(assessment) => {
                assessment.grades.get(self.grade)?.rows.get(self.number)
            }
            _ => None,
        }
    }
}

impl Record for Row {
    fn id(self, facts: &Facts) -> String {
        self.listed(facts).map_or_else(String::new, |row| {
            facts.regions().units[row.unit].id.clone()
        })
    }

    fn document(self) -> Option<DocumentId> {
        Some(self.document)
    }

    fn citation<'a>(self, facts: &Facts<'a>) -> Option<&'a Cite> {
        match &facts.document(self.document).kind {
            Kind::Pilots(list) => Some(&list.cite),
            Kind::Assessment(assessment) => Some(&assessment.grades.get(self.grade)?.list),
            _ => None,
        }
    }

    /// The quotation for a row is its name as printed.
    fn clause<'a>(self, facts: &Facts<'a>) -> Option<Clause<'a>> {
        let cite = self.citation(facts)?;
        let printed = &self.listed(facts)?.printed.value;
        Clause::new(facts, cite.document, cite.clause, Some(printed))
    }
}

/// The table of a list; nothing for a document that is not a list.
pub fn table(facts: &Facts, today: Date, document: DocumentId) -> Table {
    let kind = &facts.document(document).kind;
    let grades: Vec<(usize, usize)> = match kind {
        Kind::Pilots(list) => vec![(0, list.rows.len())],
        Kind::Assessment(assessment) => assessment
            .grades
            .iter()
            .enumerate()
            .map(|(i, grade)| (i, grade.rows.len()))
            .collect(),
        _ => Vec::new(),
    };
    let rows = grades
        .into_iter()
        .flat_map(|(grade, rows)| (0..rows).map(move |number| (grade, number)))
        .enumerate()
        .map(|(i, (grade, number))| Row {
            document,
            grade,
            number,
            no: i + 1,
        })
        .collect();
    let grades = match kind {
        Kind::Assessment(assessment) => {
            Some(assessment.grades.iter().map(|g| g.grade.clone()).collect())
        }
        _ => None,
    };
    Table::new(today, columns(grades), rows)
}

fn unit<'a>(
    at: &At<'a, Row>,
    read: impl Fn(&'a crate::model::region::Unit, &'a Listed) -> Cell<'a>,
) -> Cell<'a> {
    at.row.listed(at.facts).map_or(Cell::Empty, |row| {
        read(&at.facts.regions().units[row.unit], row)
    })
}

fn columns(grades: Option<Vec<String>>) -> Vec<Column<Row>> {
    let mut columns = vec![
        document_column(),
        Column::new(
            "no",
            "序号",
            Type::Number,
            "原文中的先后",
            |at: &At<Row>| Cell::number(at.row.no),
        )
        .unique(),
        Column::new(
            "region_code",
            "区划代码",
            Type::Text,
            "六位代码，按名单当时的区划；区划代码里没有的开发区和市级中心，用本站的编号",
            |at: &At<Row>| unit(at, |unit, _| Cell::text(&unit.id)),
        )
        .unique()
        .refers(Refers::Region),
        Column::new(
            "name",
            "县（市、区）",
            Type::Text,
            "改正后的名称",
            |at: &At<Row>| unit(at, |unit, _| Cell::text(&unit.name)),
        )
        .required(),
        Column::new(
            "printed_name",
            "原文印作",
            Type::Text,
            "原文印的名称，一字不改",
            |at: &At<Row>| unit(at, |_, row| Cell::text(&row.printed.value)),
        )
        .required(),
        Column::new(
            "corrected",
            "有更正",
            Type::Flag,
            "原文印的名称与改正后的是否不同",
            |at: &At<Row>| unit(at, |_, row| Cell::Flag(row.corrected.is_some())),
        )
        .required(),
        Column::new(
            "correction_reason",
            "更正理由",
            Type::Text,
            "为什么改；没有更正的为空",
            |at: &At<Row>| {
                let document = at.document();
                unit(at, |_, row| {
                    let slip = row.corrected.and_then(|i| document?.slips.get(i));
                    Cell::maybe(slip.and_then(|slip| slip.why.as_deref()))
                })
            },
        ),
        Column::new(
            "heading",
            "原文归属",
            Type::Text,
            "原文把它列在哪个市或哪一组之下",
            |at: &At<Row>| unit(at, |_, row| Cell::text(&row.heading.value)),
        )
        .required(),
        Column::new(
            "prefecture",
            "市",
            Type::Text,
            "按区划代码所在的地级行政区；省直辖的为空",
            |at: &At<Row>| {
                let prefectures = &at.facts.regions().prefectures;
                unit(at, |unit, _| match &prefectures[unit.prefecture] {
                    heading if heading.is_heading() => Cell::Empty,
                    prefecture => Cell::text(&prefecture.name),
                })
            },
        ),
        Column::new(
            "province",
            "省",
            Type::Text,
            "所在的省级行政区",
            |at: &At<Row>| {
                let provinces = &at.facts.regions().provinces;
                unit(at, |unit, _| Cell::text(&provinces[unit.province].name))
            },
        )
        .required(),
        Column::new(
            "kind",
            "类别",
            Type::Text,
            "是县级行政区，还是开发区或市级中心",
            |at: &At<Row>| unit(at, |unit, _| Cell::text(unit.kind.text())),
        )
        .required()
        .one_of([UnitKind::County, UnitKind::Zone, UnitKind::CityCentre].map(UnitKind::text)),
    ];
    if let Some(grades) = grades {
        columns.push(
            Column::new(
                "grade",
                "等次",
                Type::Text,
                "原文给的等次",
                |at: &At<Row>| match &at.facts.document(at.row.document).kind {
                    Kind::Assessment(a) => {
                        Cell::maybe(a.grades.get(at.row.grade).map(|g| g.grade.as_str()))
                    }
                    _ => Cell::Empty,
                },
            )
            .required()
            .one_of(grades),
        );
    }
    columns.extend([
        super::columns::year_column(),
        Column::new(
            "current_code",
            "现行代码",
            Type::Text,
            "如今的区划代码；撤县设区的，是新设的区的代码",
            |at: &At<Row>| {
                at.row.listed(at.facts).map_or(Cell::Empty, |row| {
                    let now = at.facts.regions().current(row.unit);
                    Cell::text(region_code(at.facts, Place::Unit(now)))
                })
            },
        )
        .required()
        .refers(Refers::Region),
        Column::new(
            "current_name",
            "现名",
            Type::Text,
            "如今的名称",
            |at: &At<Row>| {
                at.row.listed(at.facts).map_or(Cell::Empty, |row| {
                    Cell::text(&at.facts.regions().units[at.facts.regions().current(row.unit)].name)
                })
            },
        )
        .required(),
        Column::new(
            "page",
            "网页",
            Type::Url,
            "本站名单里的这一行",
            |at: &At<Row>| {
                let path = routes::document(at.facts, at.row.document);
                Cell::words(crate::tables::table::address(
                    at.facts,
                    &path,
                    &at.row.id(at.facts),
                ))
            },
        )
        .required(),
    ]);
    columns.extend(source_columns());
    columns
}
