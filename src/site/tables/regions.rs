//! The table of regions: the country, its provinces and prefectures, and every county-level unit of any edition, one
//! row per code.

use jiff::civil::Date;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::atlas::Facts;
use crate::model::{DocumentId, EditionId, Place, PrefectureId, ProvinceId, UnitId, UnitKind};
use crate::tables::table::{At, Cell, Column, Record, Refers, Table, Type, address, region_code};

const LEVELS: [&str; 6] = ["全国", "省级", "地级", "县级", "开发区", "市级中心"];

#[derive(Debug, Clone, Copy)]
struct Row(Place);

impl Record for Row {
    fn id(self, facts: &Facts) -> String {
        region_code(facts, self.0).to_owned()
    }

    fn document(self) -> Option<DocumentId> {
        None
    }
}

/// The rows in order, and the first row of each province.
fn rows(facts: &Facts) -> (Vec<Row>, Vec<(ProvinceId, usize)>) {
    let regions = &facts.regions();
    let mut provinces: Vec<ProvinceId> = regions.provinces.keys().collect();
    provinces.sort_by_key(|&i| &regions.provinces[i].code);
    let mut below: BTreeMap<ProvinceId, Vec<Row>> = BTreeMap::new();
    for (i, prefecture) in regions.prefectures.iter_enumerated() {
        if !prefecture.is_heading() {
            below
                .entry(prefecture.province)
                .or_default()
                .push(Row(Place::Prefecture(i)));
        }
    }
    for (i, unit) in regions.units.iter_enumerated() {
        // If several units have the same code, the newest one.
        if regions.unit_by_id(&unit.id) == Some(i) {
            below
                .entry(unit.province)
                .or_default()
                .push(Row(Place::Unit(i)));
        }
    }
    let mut rows = vec![Row(Place::Country)];
    rows.extend(provinces.iter().map(|&i| Row(Place::Province(i))));
    let mut starts = Vec::new();
    for province in provinces {
        let mut list = below.remove(&province).unwrap_or_default();
        list.sort_by_key(|row| region_code(facts, row.0));
        if !list.is_empty() {
            starts.push((province, rows.len()));
        }
        rows.append(&mut list);
    }
    (rows, starts)
}

/// Where the rows of each province begin: (province, row).
pub fn provinces(facts: &Facts) -> Vec<(ProvinceId, usize)> {
    rows(facts).1
}

/// The former names of each current unit: the same as [`predecessors`](crate::model::Regions::predecessors), for all
/// units at once.
fn former_names(facts: &Facts) -> BTreeMap<UnitId, Vec<String>> {
    let regions = &facts.regions();
    let mut names: BTreeMap<UnitId, Vec<String>> = BTreeMap::new();
    for (i, unit) in regions.units.iter_enumerated() {
        let to = match &unit.successor {
            Some((id, _)) => regions.unit_by_id(id),
            None => regions.unit_by_id(&unit.id),
        };
        let Some(to) = to.filter(|&to| to != i && regions.units[to].name != unit.name) else {
            continue;
        };
        let list = names.entry(to).or_default();
        if !list.contains(&unit.name) {
            list.push(unit.name.clone());
        }
    }
    names
}

fn province_of(at: &At<Row>) -> Option<ProvinceId> {
    at.facts.regions().province_of(at.row.0)
}

fn prefecture_of(at: &At<Row>) -> Option<PrefectureId> {
    let regions = &at.facts.regions();
    let prefecture = match at.row.0 {
        Place::Prefecture(i) => i,
        Place::Unit(i) => regions.units[i].prefecture,
        _ => return None,
    };
    (!regions.prefectures[prefecture].is_heading()).then_some(prefecture)
}

/// The table of regions: the country and the provinces first, then province by province, ordered by code.
pub fn table(facts: &Facts, today: Date) -> Table {
    Table::new(today, columns(facts), rows(facts).0)
}

fn column(
    key: &'static str,
    title: &'static str,
    about: &'static str,
    read: impl for<'a> Fn(&At<'a, Row>) -> Cell<'a> + Send + Sync + 'static,
) -> Column<Row> {
    Column::new(key, title, Type::Text, about, read)
}

/// The first and last edition of a row that is in the official list.
fn editions(at: &At<Row>) -> Option<(EditionId, EditionId)> {
    let regions = &at.facts.regions();
    match at.row.0 {
        Place::Prefecture(i) => Some((regions.prefectures[i].first, regions.prefectures[i].last)),
        Place::Unit(i) if regions.units[i].kind == UnitKind::County => {
            Some((regions.units[i].first, regions.units[i].last))
        }
        _ => None,
    }
}

fn edition<'a>(at: &At<'a, Row>, which: fn((EditionId, EditionId)) -> EditionId) -> Cell<'a> {
    editions(at).map_or(Cell::Empty, |both| {
        Cell::text(&at.facts.regions().editions[which(both)].id)
    })
}

fn unit<'a>(at: &At<'a, Row>) -> Option<&'a crate::model::region::Unit> {
    match at.row.0 {
        Place::Unit(i) => Some(&at.facts.regions().units[i]),
        _ => None,
    }
}

fn columns(facts: &Facts) -> Vec<Column<Row>> {
    let former = Arc::new(former_names(facts));
    vec![
        column(
            "code",
            "代码",
            "省两位、市四位、县六位，取自 GB/T 2260；全国是 CN；代码表里没有的单位用本站的编号",
            |at| Cell::text(region_code(at.facts, at.row.0)),
        )
        .unique()
        .pattern("^(CN|[0-9]{2}|[0-9]{4}|[0-9]{6}|[a-z][a-z0-9-]*)$")
        .shown(),
        column("name", "名称", "这个代码最近一版的名称", |at| {
            Cell::text(at.facts.regions().name(at.row.0))
        })
        .required()
        .shown()
        .leads(|at: &At<Row>| page(at)),
        column(
            "level",
            "层级",
            "全国、省级、地级、县级，或者不在代码表里的开发区、市级中心",
            |at| {
                Cell::text(match at.row.0 {
                    Place::Country => LEVELS[0],
                    Place::Province(_) => LEVELS[1],
                    Place::Prefecture(_) => LEVELS[2],
                    Place::Unit(i) => match at.facts.regions().units[i].kind {
                        UnitKind::County => LEVELS[3],
                        UnitKind::Zone => LEVELS[4],
                        UnitKind::CityCentre => LEVELS[5],
                    },
                })
            },
        )
        .required()
        .one_of(LEVELS)
        .shown(),
        column("pinyin", "拼音", "带声调", |at| {
            let regions = &at.facts.regions();
            match at.row.0 {
                Place::Country => Cell::Empty,
                Place::Province(i) => Cell::text(&regions.provinces[i].pinyin),
                Place::Prefecture(i) => Cell::text(&regions.prefectures[i].pinyin),
                Place::Unit(i) => Cell::text(&regions.units[i].pinyin),
            }
        })
        .shown(),
        column(
            "province_code",
            "省代码",
            "所在的省级行政区",
            |at| {
                province_of(at).map_or(Cell::Empty, |i| {
                    Cell::text(&at.facts.regions().provinces[i].code)
                })
            },
        )
        .refers(Refers::Region),
        column("province", "省", "所在的省级行政区", |at| {
            province_of(at).map_or(Cell::Empty, |i| {
                Cell::text(&at.facts.regions().provinces[i].name)
            })
        }),
        column(
            "prefecture_code",
            "市代码",
            "所在的地级行政区；省直辖的为空",
            |at| {
                prefecture_of(at).map_or(Cell::Empty, |i| {
                    Cell::text(&at.facts.regions().prefectures[i].code)
                })
            },
        )
        .refers(Refers::Region),
        column(
            "prefecture",
            "市",
            "所在的地级行政区；省直辖的为空",
            |at| {
                prefecture_of(at).map_or(Cell::Empty, |i| {
                    Cell::text(&at.facts.regions().prefectures[i].name)
                })
            },
        )
        .shown(),
        Column::new(
            "current",
            "现行",
            Type::Flag,
            "最近一版区划里还有没有；已经撤销的为 false",
            |at: &At<Row>| {
                let newest = at.facts.regions().editions.last_key();
                Cell::Flag(editions(at).is_none_or(|(_, last)| Some(last) == newest))
            },
        )
        .required(),
        column(
            "first_edition",
            "最早的版本",
            "最早在哪一版区划里有这个名称；版本只从 2016 年起",
            |at| edition(at, |both| both.0),
        ),
        column(
            "last_edition",
            "最近的版本",
            "最近在哪一版区划里有这个名称",
            |at| edition(at, |both| both.1),
        ),
        column(
            "successor_code",
            "后继代码",
            "撤销以后，原来的地方归哪个代码；没有撤销的、去向不止一处的为空",
            |at| {
                Cell::maybe(
                    unit(at)
                        .and_then(|u| u.successor.as_ref())
                        .map(|(id, _)| id.as_str()),
                )
            },
        )
        .refers(Refers::Region),
        Column::new(
            "successor_year",
            "变更年份",
            Type::Number,
            "哪一年变更；没有查到的为空，不是没有变更",
            |at: &At<Row>| {
                unit(at)
                    .and_then(|u| u.successor.as_ref()?.1)
                    .map_or(Cell::Empty, Cell::number)
            },
        ),
        Column::new(
            "former_names",
            "曾用名",
            Type::List,
            "各版区划里用过的别的名称，包括并入或改设成它的单位",
            move |at: &At<Row>| match at.row.0 {
                Place::Unit(i) => former.get(&i).map_or(Cell::Empty, |names| {
                    Cell::List(names.iter().map(|name| name.clone().into()).collect())
                }),
                _ => Cell::Empty,
            },
        )
        .shown(),
        column("note", "说明", "编者的说明", |at| {
            Cell::maybe(unit(at).and_then(|u| u.note.as_deref()))
        }),
        Column::new(
            "page",
            "网页",
            Type::Url,
            "本站关于这个地方的网页；没有的为空",
            |at: &At<Row>| {
                page(at).map_or(Cell::Empty, |path| {
                    Cell::words(address(at.facts, &path, ""))
                })
            },
        ),
    ]
}

fn page(at: &At<Row>) -> Option<String> {
    at.facts.place_page(at.row.0)
}
