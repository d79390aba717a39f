//! Regions: provinces, prefectures and county-level units in editions.
//!
//! Comes in: `data/regions/*.yaml`. Goes out: [`Regions`], in which a place is found by its whole path
//! (province, prefecture, name) *in the edition that was valid on a date*, never by its name alone: 新城区 of
//! 平顶山 is in no list, but 呼和浩特 and 西安 have one.
//!
//! Source, licence and years of the lists stand in `data/regions/editions.yaml`.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;

use super::decode::{Fields, text};
use crate::diag::{Diagnostic, Sink, SourceId, Span, Spanned, codes};
use crate::sources::Sources;
use crate::sources::yaml::{self, Kind, Node};
use crate::text::nearest;

/// A state of the country's divisions.
#[derive(Debug, Clone)]
pub struct Edition {
    pub id: String,
    /// First day for which this edition is used.
    pub as_of: Date,
}

/// Index of an [`Edition`]; editions are in the order of their days.
pub type EditionIndex = usize;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum UnitKind {
    County,
    /// 开发区: runs its own centre, in no list of divisions.
    Zone,
    /// 市级中心: a prefecture's own centre that serves its districts.
    CityCentre,
}

impl UnitKind {
    pub fn key(self) -> &'static str {
        match self {
            Self::County => "county",
            Self::Zone => "zone",
            Self::CityCentre => "city-centre",
        }
    }

    pub fn text(self) -> &'static str {
        match self {
            Self::County => "县级行政区",
            Self::Zone => "开发区",
            Self::CityCentre => "市级中心",
        }
    }
}

#[derive(Debug, Clone)]
pub struct Province {
    pub code: String,
    pub name: String,
    pub pinyin: String,
}

#[derive(Debug, Clone)]
pub struct Prefecture {
    pub code: String,
    pub name: String,
    pub pinyin: String,
    pub province: usize,
    first: EditionIndex,
    last: EditionIndex,
}

impl Prefecture {
    /// A heading of the code list (市辖区, 省直辖县级行政区划) and no place of its own.
    pub fn is_heading(&self) -> bool {
        self.name == "市辖区" || self.name == "县" || self.name.contains("直辖")
    }
}

/// A county-level unit.
#[derive(Debug, Clone)]
pub struct Unit {
    /// Six-digit code, or the id of a unit beyond the list.
    pub id: String,
    pub kind: UnitKind,
    pub name: String,
    /// `yòu yù xiàn`
    pub pinyin: String,
    pub province: usize,
    pub prefecture: usize,
    first: EditionIndex,
    last: EditionIndex,
    /// Id of the unit it became, and the year where that is known.
    successor: Option<(String, Option<i16>)>,
    pub note: Option<String>,
}

/// A place that a document concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    Country,
    Province(usize),
    Prefecture(usize),
    Unit(usize),
}

/// A heading under which documents list counties of several prefectures (省直管县（市）).
#[derive(Debug, Clone)]
struct Grouping {
    name: String,
    province: usize,
    members: Vec<String>,
}

#[derive(Debug, Default)]
pub struct Regions {
    pub editions: Vec<Edition>,
    /// One sentence on where the lists come from and their licence.
    pub source: String,
    pub provinces: Vec<Province>,
    pub prefectures: Vec<Prefecture>,
    pub units: Vec<Unit>,
    groupings: Vec<Grouping>,
    variants: BTreeMap<char, char>,
    by_id: HashMap<String, usize>,
    /// (prefecture, name) -> units of that name, in any edition
    by_name: HashMap<(usize, String), Vec<usize>>,
}

impl Regions {
    /// The edition that was valid on a day; none before the first.
    pub fn edition_on(&self, day: Date) -> Option<EditionIndex> {
        self.editions
            .iter()
            .rposition(|edition| edition.as_of <= day)
    }

    pub fn unit_by_id(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The unit that a unit has become by today (itself, if it still exists or nobody knows).
    pub fn current(&self, unit: usize) -> usize {
        // A unit that was only renamed kept its code: the newest unit of that code is the one of today.
        let mut now = self.unit_by_id(&self.units[unit].id).unwrap_or(unit);
        for _ in 0..8 {
            match self.units[now]
                .successor
                .as_ref()
                .and_then(|(id, _)| self.unit_by_id(id))
            {
                Some(next) if next != now => now = next,
                _ => break,
            }
        }
        now
    }

    /// The units that have become `unit`, with the year where it is known.
    pub fn predecessors(&self, unit: usize) -> Vec<(usize, Option<i16>)> {
        let id = &self.units[unit].id;
        (0..self.units.len())
            .filter(|&i| i != unit)
            .filter_map(|i| match &self.units[i].successor {
                Some((to, year)) if to == id => Some((i, *year)),
                _ if self.units[i].id == *id => Some((i, None)),
                _ => None,
            })
            .collect()
    }

    /// Name of a place, as short as it can stand alone.
    pub fn name(&self, place: Place) -> &str {
        match place {
            Place::Country => "全国",
            Place::Province(i) => &self.provinces[i].name,
            Place::Prefecture(i) => &self.prefectures[i].name,
            Place::Unit(i) => &self.units[i].name,
        }
    }

    /// Whether what binds `wider` binds `place` too (a province binds its counties).
    pub fn contains(&self, wider: Place, place: Place) -> bool {
        let chain = self.chain(place);
        chain.contains(&wider)
    }

    /// A place and all that contain it, from itself to the country.
    pub fn chain(&self, place: Place) -> Vec<Place> {
        match place {
            Place::Country => vec![place],
            Place::Province(_) => vec![place, Place::Country],
            Place::Prefecture(i) => vec![
                place,
                Place::Province(self.prefectures[i].province),
                Place::Country,
            ],
            Place::Unit(i) => {
                let unit = &self.units[i];
                vec![
                    place,
                    Place::Prefecture(unit.prefecture),
                    Place::Province(unit.province),
                    Place::Country,
                ]
            }
        }
    }

    fn in_edition(&self, unit: usize, edition: EditionIndex) -> bool {
        let unit = &self.units[unit];
        (unit.first..=unit.last).contains(&edition)
    }

    fn province(&self, name: &str) -> Option<usize> {
        self.provinces.iter().position(|p| p.name == name)
    }

    fn prefecture(&self, province: usize, name: &str, edition: EditionIndex) -> Option<usize> {
        self.prefectures.iter().position(|p| {
            p.province == province && p.name == name && (p.first..=p.last).contains(&edition)
        })
    }

    /// Replaces variant characters (郟 → 郏).
    fn fold_variants(&self, name: &str) -> String {
        name.chars()
            .filter(|c| !c.is_whitespace())
            .map(|c| self.variants.get(&c).copied().unwrap_or(c))
            .collect()
    }

    /// Units of a prefecture in an edition, in the order of the data.
    fn units_of(
        &self,
        prefecture: usize,
        edition: EditionIndex,
    ) -> impl Iterator<Item = usize> + '_ {
        (0..self.units.len())
            .filter(move |&i| self.units[i].prefecture == prefecture && self.in_edition(i, edition))
    }

    /// Finds `全国`, `山西省`, `河南省 开封市`, `山西省 朔州市 右玉县`.
    ///
    /// # Diagnostics
    /// MB0208 unknown name, MB0209 county of another prefecture, MB0226 if a name below the province is asked
    /// for and no edition is given.
    pub fn find_place(
        &self,
        path: &Spanned<String>,
        edition: Option<EditionIndex>,
    ) -> Result<Place, Box<Diagnostic>> {
        let words: Vec<&str> = path.value.split_whitespace().collect();
        let unknown = |name: &str, what_zh: &str, what_en: &str| {
            Diagnostic::new(
                &codes::UNKNOWN_REGION,
                path.span,
                format!("查无{what_zh}“{name}”"),
                format!("unknown {what_en} \"{name}\""),
            )
        };
        let Some(first) = words.first() else {
            return Err(Box::new(unknown("", "地区", "region")));
        };
        if *first == "全国" && words.len() == 1 {
            return Ok(Place::Country);
        }
        let Some(province) = self.province(first) else {
            return Err(Box::new(
                unknown(first, "省级行政区", "province").did_you_mean(nearest(
                    first,
                    self.provinces
                        .iter()
                        .map(|p| p.name.as_str())
                        .chain(["全国"]),
                )),
            ));
        };
        if words.len() == 1 {
            return Ok(Place::Province(province));
        }
        let Some(edition) = edition else {
            return Err(Box::new(self.no_edition(path.span)));
        };
        match self.prefecture(province, words[1], edition) {
            Some(prefecture) if words.len() == 2 => Ok(Place::Prefecture(prefecture)),
            Some(prefecture) if words.len() == 3 => self
                .find_unit(
                    province,
                    Some(prefecture),
                    &Spanned::new(words[2].to_owned(), path.span),
                    edition,
                )
                .map(Place::Unit),
            // 北京市 东城区, 河南省 济源市: counties right below the province
            None if words.len() == 2
                && (0..self.units.len()).any(|i| {
                    self.units[i].province == province && self.units[i].name == words[1]
                }) =>
            {
                self.find_unit(
                    province,
                    None,
                    &Spanned::new(words[1].to_owned(), path.span),
                    edition,
                )
                .map(Place::Unit)
            }
            _ => {
                let names = self
                    .prefectures
                    .iter()
                    .filter(|p| p.province == province && (p.first..=p.last).contains(&edition))
                    .map(|p| p.name.as_str());
                Err(Box::new(
                    unknown(words[1], "地级行政区", "prefecture")
                        .did_you_mean(nearest(words[1], names)),
                ))
            }
        }
    }

    pub fn no_edition(&self, span: Span) -> Diagnostic {
        let first = self
            .editions
            .first()
            .map_or_else(String::new, |e| e.as_of.to_string());
        Diagnostic::new(
            &codes::NO_EDITION,
            span,
            "文件没有日期和年度，或早于最早的区划版本",
            "the document has no date or year, or is older than the first regions edition",
        )
        .hint(
            format!("补上 year（年度），或补充 {first} 以前的区划版本"),
            format!("add `year`, or an edition of the regions before {first}"),
        )
    }

    /// Finds a county of a prefecture (or of the whole province, where the document has no prefecture).
    fn find_unit(
        &self,
        province: usize,
        prefecture: Option<usize>,
        name: &Spanned<String>,
        edition: EditionIndex,
    ) -> Result<usize, Box<Diagnostic>> {
        let in_scope =
            |&i: &usize| self.units[i].province == province && self.in_edition(i, edition);
        let exact: Vec<usize> = match prefecture {
            Some(prefecture) => self
                .by_name
                .get(&(prefecture, name.value.clone()))
                .into_iter()
                .flatten()
                .copied()
                .filter(in_scope)
                .collect(),
            None => (0..self.units.len())
                .filter(|&i| {
                    self.units[i].name == name.value && self.units[i].kind == UnitKind::County
                })
                .filter(in_scope)
                .collect(),
        };
        if let [unit] = exact[..] {
            return Ok(unit);
        }
        let era = &self.editions[edition].id;
        let base = Diagnostic::new(
            &codes::UNKNOWN_REGION,
            name.span,
            format!("查无此地“{}”（按 {era} 年版区划）", name.value),
            format!(
                "unknown county \"{}\" (in the edition of {era})",
                name.value
            ),
        );
        if exact.len() > 1 {
            return Err(Box::new(base.hint(
                "全省有几个同名的县，请写明所属市",
                "several counties of the province have this name: give the prefecture",
            )));
        }
        // The same characters, other forms: 郟县 for 郏县.
        let folded = self.fold_variants(&name.value);
        let near: Vec<&str> = match prefecture {
            Some(prefecture) => self
                .units_of(prefecture, edition)
                .map(|i| self.units[i].name.as_str())
                .collect(),
            None => (0..self.units.len())
                .filter(in_scope)
                .map(|i| self.units[i].name.as_str())
                .collect(),
        };
        if let Some(same) = near.iter().find(|candidate| **candidate == folded) {
            return Err(Box::new(base.did_you_mean(Some(same))));
        }
        if let Some(prefecture) = prefecture {
            let elsewhere: Vec<usize> = (0..self.units.len())
                .filter(|&i| self.units[i].name == folded && self.units[i].kind == UnitKind::County)
                .filter(in_scope)
                .collect();
            if let Some(&there) = elsewhere.first() {
                let right = &self.prefectures[self.units[there].prefecture].name;
                let wrong = &self.prefectures[prefecture].name;
                return Err(Box::new(
                    Diagnostic::new(
                        &codes::WRONG_PREFECTURE,
                        name.span,
                        format!("“{}”属于{right}，不属于{wrong}", name.value),
                        format!("\"{}\" belongs to {right}, not to {wrong}", name.value),
                    )
                    .hint(
                        format!("移到“{right}”之下"),
                        format!("move it below \"{right}\""),
                    ),
                ));
            }
        }
        let other_time = self
            .by_name
            .get(&(prefecture.unwrap_or(usize::MAX), folded.clone()))
            .and_then(|list| list.first());
        if let Some(&unit) = other_time {
            let now = &self.units[self.current(unit)].name;
            return Err(Box::new(base.hint(
                format!("这个名称属于另一时期，相应单位为“{now}”"),
                format!("the name belongs to another time; the unit is \"{now}\""),
            )));
        }
        let suggestion = nearest(&folded, near.iter().copied());
        Err(Box::new(base.did_you_mean(suggestion)))
    }

    /// Finds a name of a list, below a heading that is a prefecture or a grouping (省直管县（市）).
    pub fn find_listed(
        &self,
        province: usize,
        heading: &Spanned<String>,
        name: &Spanned<String>,
        edition: EditionIndex,
    ) -> Result<usize, Box<Diagnostic>> {
        if let Some(prefecture) = self.prefecture(province, &heading.value, edition) {
            return self.find_unit(province, Some(prefecture), name, edition);
        }
        match self
            .groupings
            .iter()
            .find(|g| g.province == province && g.name == heading.value)
        {
            Some(grouping) if grouping.members.contains(&name.value) => {
                self.find_unit(province, None, name, edition)
            }
            Some(grouping) => Err(Box::new(
                Diagnostic::new(
                    &codes::WRONG_PREFECTURE,
                    name.span,
                    format!("“{}”不在“{}”之列", name.value, heading.value),
                    format!("\"{}\" is no member of \"{}\"", name.value, heading.value),
                )
                .did_you_mean(nearest(
                    &name.value,
                    grouping.members.iter().map(String::as_str),
                )),
            )),
            None => Err(Box::new(self.unknown_heading(province, heading, edition))),
        }
    }

    /// Whether a heading of a list is known.
    pub fn check_heading(
        &self,
        province: usize,
        heading: &Spanned<String>,
        edition: EditionIndex,
    ) -> Result<(), Box<Diagnostic>> {
        let known = self.prefecture(province, &heading.value, edition).is_some()
            || self
                .groupings
                .iter()
                .any(|g| g.province == province && g.name == heading.value);
        if known {
            Ok(())
        } else {
            Err(Box::new(self.unknown_heading(province, heading, edition)))
        }
    }

    fn unknown_heading(
        &self,
        province: usize,
        heading: &Spanned<String>,
        edition: EditionIndex,
    ) -> Diagnostic {
        let names = self
            .prefectures
            .iter()
            .filter(|p| p.province == province && (p.first..=p.last).contains(&edition))
            .map(|p| p.name.as_str())
            .chain(
                self.groupings
                    .iter()
                    .filter(|g| g.province == province)
                    .map(|g| g.name.as_str()),
            );
        Diagnostic::new(
            &codes::UNKNOWN_REGION,
            heading.span,
            format!("查无地级行政区“{}”", heading.value),
            format!("unknown prefecture \"{}\"", heading.value),
        )
        .did_you_mean(nearest(&heading.value, names))
    }
}

/// Loads the regions.
///
/// # Diagnostics
/// MB0229 for a row that cannot be read, and those of decoding.
pub fn load(sources: &Sources, sink: &mut Sink) -> Regions {
    let mut regions = Regions::default();
    if let Some((id, file)) = sources.find("data/regions/editions.yaml")
        && let Some(node) = yaml::parse(id, &file.text, 0..file.text.len(), sink)
    {
        load_editions(&node, &mut regions, sink);
    }
    let files: Vec<(SourceId, &str)> = sources
        .below("data/regions/")
        .filter(|(_, file)| {
            !file.path.ends_with("/editions.yaml") && !file.path.ends_with("/extras.yaml")
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
        && let Some(node) = yaml::parse(id, &file.text, 0..file.text.len(), sink)
    {
        load_extras(&node, &mut regions, sink);
    }
    for (i, unit) in regions.units.iter().enumerate() {
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
    regions
}

fn load_editions(node: &Node, regions: &mut Regions, sink: &mut Sink) {
    let Some(fields) = Fields::open(node, &["source", "licence", "note", "editions"], sink) else {
        return;
    };
    let source = fields
        .required_text("source", sink)
        .map_or_else(String::new, |s| s.value);
    let licence = fields
        .text("licence", sink)
        .map_or_else(String::new, |s| s.value);
    regions.source = if licence.is_empty() {
        source
    } else {
        format!("{source}（{licence}）")
    };
    regions.editions = fields.list("editions", sink, |node, sink| {
        let fields = Fields::open(node, &["id", "as_of", "source", "note"], sink)?;
        let id = fields.required_text("id", sink)?.value;
        fields.require("as_of", sink);
        Some(Edition {
            id,
            as_of: fields.day("as_of", sink)?.value,
        })
    });
    regions.editions.sort_by_key(|edition| edition.as_of);
}

fn edition_index(regions: &Regions, id: &str) -> Option<EditionIndex> {
    regions.editions.iter().position(|edition| edition.id == id)
}

fn load_province(node: &Node, regions: &mut Regions, sink: &mut Sink) {
    let Some(fields) = Fields::open(node, &["code", "name", "pinyin", "prefectures"], sink) else {
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
    regions.provinces.push(Province {
        code: code.value,
        name: name.value,
        pinyin,
    });
    let province = regions.provinces.len() - 1;
    let newest = regions.editions.len().saturating_sub(1);
    fields.list("prefectures", sink, |node, sink| {
        let fields = Fields::open(
            node,
            &["code", "name", "pinyin", "counties", "first", "last", "now"],
            sink,
        )?;
        let code = fields.required_text("code", sink)?.value;
        let name = fields.required_text("name", sink)?.value;
        let pinyin = fields
            .text("pinyin", sink)
            .map_or_else(String::new, |s| s.value);
        let edition =
            |key: &str, default: EditionIndex, sink: &mut Sink| match fields.text(key, sink) {
                Some(id) => edition_index(regions, &id.value).unwrap_or_else(|| {
                    sink.push(bad_row(
                        id.span,
                        &format!("没有 {} 版", id.value),
                        &format!("no edition {}", id.value),
                    ));
                    default
                }),
                None => default,
            };
        let first = edition("first", 0, sink);
        let last = edition("last", newest, sink);
        regions.prefectures.push(Prefecture {
            code,
            name,
            pinyin,
            province,
            first,
            last,
        });
        let prefecture = regions.prefectures.len() - 1;
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
        format!("regions data cannot be read: {en}"),
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
    province: usize,
    prefecture: usize,
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
            "code, name or pinyin is missing",
        ));
    };
    if code.len() != 6 || !code.bytes().all(|b| b.is_ascii_digit()) {
        return Err(bad("代码须为六位数字", "the code must have six digits"));
    }
    let newest = regions.editions.len().saturating_sub(1);
    let (first, last) = match words.next() {
        None => (0, newest),
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
            match (index(first, 0), index(last, newest)) {
                (Some(first), Some(last)) if first <= last => (first, last),
                _ => {
                    return Err(bad(
                        "没有这个版本，或先后颠倒",
                        "no such edition, or in the wrong order",
                    ));
                }
            }
        }
    };
    if words.next().is_some() {
        return Err(bad("行末有多余的字", "something is left over at the end"));
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
                        .map_err(|_| bad("“@”后面须为年份", "a year must stand behind @"))?,
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
    let Some(fields) = Fields::open(node, &["units", "groupings", "variants"], sink) else {
        return;
    };
    let newest = regions.editions.len().saturating_sub(1);
    fields.list("units", sink, |node, sink| {
        let fields = Fields::open(
            node,
            &["id", "kind", "name", "prefecture", "pinyin", "note"],
            sink,
        )?;
        let id = fields.required_text("id", sink)?;
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
                    first: 0,
                    last: newest,
                    successor: None,
                    note,
                });
            }
            Ok(_) => sink.push(bad_row(
                prefecture.span,
                "应写“省 市”",
                "write province and prefecture",
            )),
            Err(diagnostic) => sink.push(*diagnostic),
        }
        Some(())
    });
    fields.list("groupings", sink, |node, sink| {
        let fields = Fields::open(node, &["name", "province", "members", "note"], sink)?;
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
            None => sink.push(bad_row(province.span, "没有这个省", "no such province")),
        }
        Some(())
    });
    if let Some(Node {
        kind: Kind::Map(map),
        ..
    }) = fields.get("variants")
    {
        for (from, to) in map {
            if let (Some(from), Kind::Text(to)) = (from.value.chars().next(), &to.kind)
                && let Some(to) = to.chars().next()
            {
                regions.variants.insert(from, to);
            }
        }
    }
}
