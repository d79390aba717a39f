//! Loads the regions from `data/regions/*.yaml`.
//!
//! Comes in: the sources. Goes out: [`Regions`]. Names are not looked up here.

use super::*;
use crate::diag::{Diagnostic, Span, Spanned, codes};
use crate::diag::{Sink, SourceId};
use crate::model::decode::{Fields, text, wrong_type};
use crate::model::shape;
use crate::sources::Sources;
use crate::sources::yaml::{self, Kind, Node};

/// Loads the regions.
///
/// # Diagnostics
/// MB0229 for an invalid row, and those of decoding.
pub fn load(sources: &Sources, sink: &mut Sink) -> Regions {
    let before = sink.count();
    let mut regions = Regions::default();
    if let Some((id, file)) = sources.find("data/regions/editions.yaml")
        && sources.is_readable(id)
        && let Some(node) = yaml::parse(id, &file.text, 0..file.text.len(), sink)
    {
        load_editions(&node, &mut regions, sink);
    }
    let files: Vec<(SourceId, &str)> = sources
        .below("data/regions/")
        .filter(|(id, file)| {
            sources.is_readable(*id)
                && !file.path.ends_with("/editions.yaml")
                && !file.path.ends_with("/extras.yaml")
        })
        .map(|(id, file)| (id, file.text.as_str()))
        .collect();
    let parsed: Vec<(Option<Node>, Sink)> = {
        use rayon::prelude::*;
        files
            .par_iter()
            .map(|(id, text)| {
                let mut sink = Sink::default();
                (yaml::parse(*id, text, 0..text.len(), &mut sink), sink)
            })
            .collect()
    };
    for (node, said) in parsed {
        sink.extend(said);
        if let Some(node) = node {
            load_province(&node, &mut regions, sink);
        }
    }
    if let Some((id, file)) = sources.find("data/regions/extras.yaml")
        && sources.is_readable(id)
        && let Some(node) = yaml::parse(id, &file.text, 0..file.text.len(), sink)
    {
        load_extras(&node, &mut regions, sink);
    }
    for (i, unit) in regions.units.iter_enumerated() {
        let newest = regions.by_id.entry(unit.id.clone()).or_insert(i);
        if regions.units[*newest].last < unit.last {
            *newest = i;
        }
        regions
            .by_name
            .entry((unit.prefecture, unit.name.clone()))
            .or_default()
            .push(i);
    }
    let provinces = regions.provinces.iter().map(|one| &one.name);
    let prefectures = regions.prefectures.iter().map(|one| &one.name);
    let units = regions.units.iter().map(|one| &one.name);
    regions.names = provinces.chain(prefectures).chain(units).cloned().collect();
    regions.sound = sink.count() == before
        && sources
            .below("data/regions/")
            .all(|(id, _)| sources.is_readable(id));
    regions
}

fn load_editions(node: &Node, regions: &mut Regions, sink: &mut Sink) {
    let Some(fields) = Fields::open(node, &shape::EDITIONS, sink) else {
        return;
    };
    regions.source = fields
        .required_text("source", sink)
        .map_or_else(String::new, |s| s.value);
    regions.licence = fields
        .text("licence", sink)
        .map_or_else(String::new, |s| s.value);
    let mut editions = fields.list("editions", sink, |node, sink| {
        let fields = Fields::open(node, &shape::EDITION, sink)?;
        let id = fields.required_text("id", sink)?.value;
        fields.require("as_of", sink);
        Some(Edition {
            id,
            as_of: fields.day("as_of", sink)?.value,
        })
    });
    editions.sort_by_key(|edition| edition.as_of);
    regions.editions = editions.into();
}

fn newest_edition(regions: &Regions) -> EditionId {
    EditionId::new(regions.editions.len().saturating_sub(1))
}

fn edition_index(regions: &Regions, id: &str) -> Option<EditionId> {
    regions.editions.position(|edition| edition.id == id)
}

fn load_province(node: &Node, regions: &mut Regions, sink: &mut Sink) {
    let Some(fields) = Fields::open(node, &shape::PROVINCE, sink) else {
        return;
    };
    let (Some(code), Some(name)) = (
        fields.required_text("code", sink),
        fields.required_text("name", sink),
    ) else {
        return;
    };
    let pinyin = fields
        .text("pinyin", sink)
        .map_or_else(String::new, |s| s.value);
    let province = regions.provinces.push_and_get_key(Province {
        code: code.value,
        name: name.value,
        pinyin,
    });
    let newest = newest_edition(regions);
    fields.list("prefectures", sink, |node, sink| {
        let fields = Fields::open(node, &shape::PREFECTURE, sink)?;
        let code = fields.required_text("code", sink)?.value;
        let name = fields.required_text("name", sink)?.value;
        let pinyin = fields
            .text("pinyin", sink)
            .map_or_else(String::new, |s| s.value);
        let edition = |key: &str, default: EditionId, sink: &mut Sink| match fields.text(key, sink)
        {
            Some(id) => edition_index(regions, &id.value).unwrap_or_else(|| {
                let known: Vec<&str> = regions.editions.iter().map(|e| e.id.as_str()).collect();
                sink.push(
                    bad_row(
                        id.span,
                        &format!("没有 {} 版", id.value),
                        &format!("there is no edition {}", id.value),
                    )
                    .hint(
                        format!("现有：{}", known.join("、")),
                        format!("editions: {}", known.join(", ")),
                    ),
                );
                default
            }),
            None => default,
        };
        let first = edition("first", EditionId::new(0), sink);
        let last = edition("last", newest, sink);
        let prefecture = regions.prefectures.push_and_get_key(Prefecture {
            code,
            name,
            pinyin,
            province,
            first,
            last,
        });
        let rows = fields.list("counties", sink, text);
        for row in rows {
            match parse_row(&row, regions, province, prefecture) {
                Ok(unit) => regions.units.push(unit),
                Err(diagnostic) => sink.push(*diagnostic),
            }
        }
        Some(())
    });
}

fn bad_row(span: Span, zh: &str, en: &str) -> Diagnostic {
    Diagnostic::new(
        &codes::BAD_REGIONS,
        span,
        format!("区划数据有误：{zh}"),
        format!("invalid regions data: {en}"),
    )
    .hint(
        "写作“代码 名称 拼音 [起..止] [-> 后继代码[@年]]”",
        "write CODE NAME PINYIN [FIRST..LAST] [-> CODE[@YEAR]]",
    )
}

/// `140122 某县 mǒu-xiàn 2016..2018 -> 140199@2019`
fn parse_row(
    row: &Spanned<String>,
    regions: &Regions,
    province: ProvinceId,
    prefecture: PrefectureId,
) -> Result<Unit, Box<Diagnostic>> {
    let bad = |zh: &str, en: &str| Box::new(bad_row(row.span, zh, en));
    let (main, successor) = match row.value.split_once("->") {
        Some((main, to)) => (main, Some(to.trim())),
        None => (row.value.as_str(), None),
    };
    let mut words = main.split_whitespace();
    let (Some(code), Some(name), Some(pinyin)) = (words.next(), words.next(), words.next()) else {
        return Err(bad(
            "少了代码、名称或拼音",
            "the code, name or pinyin is missing",
        ));
    };
    if code.len() != 6 || !code.bytes().all(|b| b.is_ascii_digit()) {
        return Err(bad("代码须为六位数字", "the code must have six digits"));
    }
    let newest = newest_edition(regions);
    let (first, last) = match words.next() {
        None => (EditionId::new(0), newest),
        Some(range) => {
            let (first, last) = range
                .split_once("..")
                .ok_or_else(|| bad("版本写作“起..止”", "write the editions as FIRST..LAST"))?;
            let index = |id: &str, default| {
                if id.is_empty() {
                    Some(default)
                } else {
                    edition_index(regions, id)
                }
            };
            match (index(first, EditionId::new(0)), index(last, newest)) {
                (Some(first), Some(last)) if first <= last => (first, last),
                _ => {
                    return Err(bad(
                        "没有这个版本，或先后颠倒",
                        "no such edition, or the editions are in the wrong order",
                    ));
                }
            }
        }
    };
    if words.next().is_some() {
        return Err(bad(
            "行末有多余的字",
            "unexpected text at the end of the row",
        ));
    }
    let successor = match successor {
        None => None,
        Some(to) => {
            let (code, year) = to
                .split_once('@')
                .map_or((to, None), |(code, year)| (code, Some(year)));
            let year = match year {
                None => None,
                Some(year) => Some(
                    year.parse()
                        .map_err(|_| bad("“@”后面须为年份", "@ must be followed by a year"))?,
                ),
            };
            Some((code.to_owned(), year))
        }
    };
    Ok(Unit {
        id: code.to_owned(),
        kind: UnitKind::County,
        name: name.to_owned(),
        pinyin: pinyin.replace('-', " "),
        province,
        prefecture,
        first,
        last,
        successor,
        note: None,
    })
}

fn load_extras(node: &Node, regions: &mut Regions, sink: &mut Sink) {
    let Some(fields) = Fields::open(node, &shape::EXTRAS, sink) else {
        return;
    };
    let newest = newest_edition(regions);
    fields.list("units", sink, |node, sink| {
        let fields = Fields::open(node, &shape::UNIT, sink)?;
        let id = fields.required_text("id", sink)?;
        fields.require("kind", sink);
        let kind = fields
            .one_of(
                "kind",
                &[
                    ("开发区", UnitKind::Zone),
                    ("市级中心", UnitKind::CityCentre),
                ],
                sink,
            )?
            .value;
        let name = fields.required_text("name", sink)?.value;
        let prefecture = fields.required_text("prefecture", sink)?;
        let pinyin = fields
            .text("pinyin", sink)
            .map_or_else(String::new, |s| s.value.replace('-', " "));
        let note = fields.text("note", sink).map(|s| s.value);
        match regions.find_place(&prefecture, Some(newest)) {
            Ok(Place::Prefecture(p)) => {
                let province = regions.prefectures[p].province;
                regions.units.push(Unit {
                    id: id.value,
                    kind,
                    name,
                    pinyin,
                    province,
                    prefecture: p,
                    first: EditionId::new(0),
                    last: newest,
                    successor: None,
                    note,
                });
            }
            Ok(_) => sink.push(
                bad_row(
                    prefecture.span,
                    "所属市要写“省 市”",
                    "`prefecture` must give the province and the prefecture",
                )
                .hint("如 河南省 郑州市", "for example 河南省 郑州市"),
            ),
            Err(diagnostic) => sink.push(*diagnostic),
        }
        Some(())
    });
    fields.list("groupings", sink, |node, sink| {
        let fields = Fields::open(node, &shape::GROUPING, sink)?;
        let name = fields.required_text("name", sink)?.value;
        let province = fields.required_text("province", sink)?;
        let members = fields
            .required_text("members", sink)?
            .value
            .split('、')
            .map(|m| m.trim().to_owned())
            .collect();
        match regions.province(&province.value) {
            Some(province) => regions.groupings.push(Grouping {
                name,
                province,
                members,
            }),
            None => sink.push(
                bad_row(province.span, "没有这个省", "there is no such province")
                    .hint("写全称，如 河南省", "write the full name, such as 河南省"),
            ),
        }
        Some(())
    });
    let Some(node) = fields.get("variants") else {
        return;
    };
    let Kind::Map(map) = &node.kind else {
        sink.push(wrong_type(
            node,
            "异体字（异体: 正体）",
            "variant characters (variant: character)",
        ));
        return;
    };
    for (from, to) in map {
        if let (Some(from), Some(to)) = (from.value.chars().next(), text(to, sink))
            && let Some(to) = to.value.chars().next()
        {
            regions.variants.insert(from, to);
        }
    }
}
