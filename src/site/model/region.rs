//! Regions: provinces, prefectures and county-level units, in editions.
//!
//! Comes in: `data/regions/*.yaml`. Goes out: [`Regions`], in which a place is found by its whole path (province,
//! prefecture, name) *in the edition that was valid on a date*, never by its name alone: 新城区 of 平顶山 is not in
//! any list, but 呼和浩特 and 西安 have a 新城区.
//!
//! `data/regions/editions.yaml` gives the source, the licence and the years of the lists.

mod data;

pub use data::load;

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use serde::Serialize;
use typed_index_collections::TiVec;

use crate::diag::{Diagnostic, Span, Spanned, codes};
use crate::text::nearest;

/// The administrative divisions as of a certain day.
#[derive(Debug, Clone)]
pub struct Edition {
    pub id: String,
    /// The first day for which this edition is used.
    pub as_of: Date,
}

/// How to write a place: a hint in both languages.
const PATH_FORM: (&str, &str) = (
    "从省写起，写全称，用空格分开，如 山西省 朔州市 右玉县；全国的写“全国”",
    "write the full names from the province down, separated by spaces: 山西省 朔州市 右玉县; for the whole country, write 全国",
);

mingbai_forms::ids! {
    /// An [`Edition`]. Editions are ordered by day.
    EditionId,
    /// A [`Province`].
    ProvinceId,
    /// A [`Prefecture`].
    PrefectureId,
    /// A county-level [`Unit`] in some edition.
    UnitId,
}

/// The kind of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnitKind {
    County,
    /// 开发区: a development zone with a centre of its own, not in the list of divisions.
    Zone,
    /// 市级中心: the centre of a prefecture that serves its districts.
    CityCentre,
}

impl UnitKind {
    /// The Chinese name of the kind.
    pub fn text(self) -> &'static str {
        match self {
            Self::County => "县级行政区",
            Self::Zone => "开发区",
            Self::CityCentre => "市级中心",
        }
    }
}

/// A province.
#[derive(Debug, Clone)]
pub struct Province {
    pub code: String,
    pub name: String,
    pub pinyin: String,
}

/// A prefecture.
#[derive(Debug, Clone)]
pub struct Prefecture {
    pub code: String,
    pub name: String,
    pub pinyin: String,
    pub province: ProvinceId,
    /// The first and the last edition that contain it.
    pub first: EditionId,
    pub last: EditionId,
}

impl Prefecture {
    /// Whether it is a heading of the code list (市辖区, 省直辖县级行政区划) and not a place.
    pub fn is_heading(&self) -> bool {
        self.name == "市辖区" || self.name == "县" || self.name.contains("直辖")
    }
}

/// A county-level unit.
#[derive(Debug, Clone)]
pub struct Unit {
    /// The six-digit code, or the id of a unit that is not in the list.
    pub id: String,
    pub kind: UnitKind,
    pub name: String,
    /// `yòu yù xiàn`
    pub pinyin: String,
    pub province: ProvinceId,
    pub prefecture: PrefectureId,
    /// The first and the last edition that contain it under this name; all editions for a unit that is not in the
    /// list.
    pub first: EditionId,
    pub last: EditionId,
    /// The id of the unit that succeeded it, and the year if known.
    pub successor: Option<(String, Option<i16>)>,
    pub note: Option<String>,
}

/// The place that a document applies to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    Country,
    Province(ProvinceId),
    Prefecture(PrefectureId),
    Unit(UnitId),
}

/// A heading under which documents list counties of several prefectures (省直管县（市）).
#[derive(Debug, Clone)]
struct Grouping {
    name: String,
    province: ProvinceId,
    members: Vec<String>,
}

/// All provinces, prefectures and units, in editions.
#[derive(Debug, Default)]
pub struct Regions {
    pub editions: TiVec<EditionId, Edition>,
    /// A sentence about the source of the lists.
    pub source: String,
    pub licence: String,
    pub provinces: TiVec<ProvinceId, Province>,
    pub prefectures: TiVec<PrefectureId, Prefecture>,
    pub units: TiVec<UnitId, Unit>,
    groupings: Vec<Grouping>,
    variants: BTreeMap<char, char>,
    /// Whether all of the data could be read. Names are checked only against complete data.
    pub sound: bool,
    by_id: HashMap<String, UnitId>,
    /// (prefecture, name) -> units of that name, in any edition.
    by_name: HashMap<(PrefectureId, String), Vec<UnitId>>,
}

impl Regions {
    /// The edition that was valid on a day; none before the first edition.
    pub fn edition_on(&self, day: Date) -> Option<EditionId> {
        self.editions.rposition(|edition| edition.as_of <= day)
    }

    /// The unit with this id.
    pub fn unit_by_id(&self, id: &str) -> Option<UnitId> {
        self.by_id.get(id).copied()
    }

    /// The unit that succeeded a unit as of today (the unit itself if it still exists or its successor is unknown).
    pub fn current(&self, unit: UnitId) -> UnitId {
        // A renamed unit keeps its code, so the newest unit with the code is the current one.
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

    /// The units that `unit` succeeded, with the year if known.
    pub fn predecessors(&self, unit: UnitId) -> Vec<(UnitId, Option<i16>)> {
        let id = &self.units[unit].id;
        self.units
            .keys()
            .filter(|&i| i != unit)
            .filter_map(|i| match &self.units[i].successor {
                Some((to, year)) if to == id => Some((i, *year)),
                _ if self.units[i].id == *id => Some((i, None)),
                _ => None,
            })
            .collect()
    }

    /// The current place of a place.
    pub fn today(&self, place: Place) -> Place {
        match place {
            Place::Unit(unit) => Place::Unit(self.current(unit)),
            place => place,
        }
    }

    /// The shortest name of a place that is clear on its own.
    pub fn name(&self, place: Place) -> &str {
        match place {
            Place::Country => "全国",
            Place::Province(i) => &self.provinces[i].name,
            Place::Prefecture(i) => &self.prefectures[i].name,
            Place::Unit(i) => &self.units[i].name,
        }
    }

    /// Whether what applies to `wider` also applies to `place` (what applies to a province applies to its counties).
    pub fn contains(&self, wider: Place, place: Place) -> bool {
        let chain = self.chain(place);
        chain.contains(&wider)
    }

    /// A place and all places that contain it, up to the country.
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

    fn in_edition(&self, unit: UnitId, edition: EditionId) -> bool {
        let unit = &self.units[unit];
        (unit.first..=unit.last).contains(&edition)
    }

    fn province(&self, name: &str) -> Option<ProvinceId> {
        self.provinces.position(|p| p.name == name)
    }

    fn prefecture(
        &self,
        province: ProvinceId,
        name: &str,
        edition: EditionId,
    ) -> Option<PrefectureId> {
        self.prefectures.position(|p| {
            p.province == province && p.name == name && (p.first..=p.last).contains(&edition)
        })
    }

    /// Variant characters in place names and their standard forms (郟 → 郏).
    pub fn variants(&self) -> impl Iterator<Item = (char, char)> + '_ {
        self.variants.iter().map(|(from, to)| (*from, *to))
    }

    /// The headings of a province under which documents list counties of several prefectures, with their members.
    pub fn groupings(&self, province: ProvinceId) -> impl Iterator<Item = (&str, &[String])> + '_ {
        self.groupings
            .iter()
            .filter(move |grouping| grouping.province == province)
            .map(|grouping| (grouping.name.as_str(), grouping.members.as_slice()))
    }

    /// Replaces variant characters (郟 → 郏) and removes white space.
    pub fn fold_variants(&self, name: &str) -> String {
        name.chars()
            .filter(|c| !c.is_whitespace())
            .map(|c| self.variants.get(&c).copied().unwrap_or(c))
            .collect()
    }

    /// The units of a prefecture in an edition, in the order of the data.
    fn units_of(
        &self,
        prefecture: PrefectureId,
        edition: EditionId,
    ) -> impl Iterator<Item = UnitId> + '_ {
        self.units
            .keys()
            .filter(move |&i| self.units[i].prefecture == prefecture && self.in_edition(i, edition))
    }

    /// All county-level units of a place in an edition, ordered by code. Units that are not in the official list
    /// (development zones) are not included.
    pub fn units_within(&self, place: Place, edition: EditionId) -> Vec<UnitId> {
        let mut units: Vec<UnitId> = self
            .units
            .keys()
            .filter(|&i| self.in_edition(i, edition) && self.units[i].kind == UnitKind::County)
            .filter(|&i| self.contains(place, Place::Unit(i)))
            .collect();
        units.sort_by(|&a, &b| self.units[a].id.cmp(&self.units[b].id));
        units
    }

    /// Finds `全国`, `山西省`, `河南省 开封市`, `山西省 朔州市 右玉县`.
    ///
    /// # Diagnostics
    /// MB0208 for an unknown name, MB0209 for a county of another prefecture, MB0226 for a name below the province if
    /// no edition is given.
    pub fn find_place(
        &self,
        path: &Spanned<String>,
        edition: Option<EditionId>,
    ) -> Result<Place, Box<Diagnostic>> {
        let words: Vec<&str> = path.value.split_whitespace().collect();
        let place_of = |word: &str| {
            let at = path.value.find(word).unwrap_or(0);
            path.part(at..at + word.len())
        };
        let unknown = |name: &str, what_zh: &str, what_en: &str| {
            Diagnostic::new(
                &codes::UNKNOWN_REGION,
                place_of(name),
                format!("查无{what_zh}“{name}”"),
                format!("unknown {what_en} \"{name}\""),
            )
        };
        let Some(first) = words.first() else {
            return Err(Box::new(self.no_such_path(path)));
        };
        if *first == "全国" && words.len() == 1 {
            return Ok(Place::Country);
        }
        let Some(province) = self.province(first) else {
            return Err(Box::new(
                unknown(first, "省级行政区", "province").did_you_mean_or(
                    nearest(
                        first,
                        self.provinces
                            .iter()
                            .map(|p| p.name.as_str())
                            .chain(["全国"]),
                    ),
                    PATH_FORM.0,
                    PATH_FORM.1,
                ),
            ));
        };
        if words.len() == 1 {
            return Ok(Place::Province(province));
        }
        let Some(edition) = edition else {
            return Err(Box::new(self.no_edition(path.span, false)));
        };
        match self.prefecture(province, words[1], edition) {
            Some(prefecture) if words.len() == 2 => Ok(Place::Prefecture(prefecture)),
            Some(prefecture) if words.len() == 3 => self
                .find_unit(
                    province,
                    Some(prefecture),
                    &Spanned::new(words[2].to_owned(), place_of(words[2])),
                    edition,
                )
                .map(Place::Unit)
                .map_err(|mut diagnostic| {
                    // A path is not a list, so nothing can be moved: the hint gives the whole path.
                    if let Some(right) = self.elsewhere(province, words[2], edition) {
                        let right = &self.prefectures[self.units[right].prefecture].name;
                        *diagnostic = diagnostic.hint(
                            format!("写作“{first} {right} {}”", words[2]),
                            format!("write \"{first} {right} {}\"", words[2]),
                        );
                    }
                    diagnostic
                }),
            // 北京市 东城区, 河南省 济源市: counties directly under the province
            None if words.len() == 2
                && self.units.keys().any(|i| {
                    self.units[i].province == province && self.units[i].name == words[1]
                }) =>
            {
                self.find_unit(
                    province,
                    None,
                    &Spanned::new(words[1].to_owned(), place_of(words[1])),
                    edition,
                )
                .map(Place::Unit)
            }
            _ if words.len() > 3 => Err(Box::new(self.no_such_path(path))),
            _ => {
                let names = self
                    .prefectures
                    .iter()
                    .filter(|p| p.province == province && (p.first..=p.last).contains(&edition))
                    .map(|p| p.name.as_str())
                    .collect::<Vec<_>>();
                Err(Box::new(
                    unknown(words[1], "地级行政区", "prefecture").did_you_mean_or(
                        nearest(words[1], names.iter().copied()),
                        format!("{first}有：{}", few(&names)),
                        format!("{first} has: {}", few(&names)),
                    ),
                ))
            }
        }
    }

    fn no_such_path(&self, path: &Spanned<String>) -> Diagnostic {
        Diagnostic::new(
            &codes::UNKNOWN_REGION,
            path.span,
            format!("“{}”不是“省 市 县”的写法", path.value),
            format!(
                "\"{}\" does not have the form \"province prefecture county\"",
                path.value
            ),
        )
        .hint(PATH_FORM.0, PATH_FORM.1)
    }

    /// The diagnostic (MB0226) for a document without an edition. `dated`: whether the document has a date.
    pub fn no_edition(&self, span: Span, dated: bool) -> Diagnostic {
        let first = self
            .editions
            .first()
            .map_or_else(String::new, |e| e.as_of.to_string());
        if !dated {
            return Diagnostic::new(
                &codes::NO_EDITION,
                span,
                "文件没有日期和年度，不知道按哪一版区划查对地名",
                "the document has neither a date nor a year, so no edition of the regions can be chosen",
            )
            .hint("补上 year（年度）", "add `year`");
        }
        Diagnostic::new(
            &codes::NO_EDITION,
            span,
            format!("文件早于最早的区划版本（{first}），地名无从查对"),
            format!("the document is older than the first edition of the regions ({first})"),
        )
        .hint(
            "核对年度和日期；确实这么早的，须补充更早的区划数据",
            "check the year and the dates; if the document really is that old, add older regions data",
        )
    }

    /// Finds a county of a prefecture (or of the whole province, if the document gives no prefecture).
    fn find_unit(
        &self,
        province: ProvinceId,
        prefecture: Option<PrefectureId>,
        name: &Spanned<String>,
        edition: EditionId,
    ) -> Result<UnitId, Box<Diagnostic>> {
        let in_scope =
            |&i: &UnitId| self.units[i].province == province && self.in_edition(i, edition);
        let exact: Vec<UnitId> = match prefecture {
            Some(prefecture) => self
                .by_name
                .get(&(prefecture, name.value.clone()))
                .into_iter()
                .flatten()
                .copied()
                .filter(in_scope)
                .collect(),
            None => self
                .units
                .keys()
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
            format!("unknown county \"{}\" (in the {era} edition)", name.value),
        );
        if exact.len() > 1 {
            return Err(Box::new(base.hint(
                "全省有几个同名的县，请写明所属市",
                "several counties of this province have this name; add the prefecture",
            )));
        }
        // The same characters in other forms: 郟县 for 郏县.
        let folded = self.fold_variants(&name.value);
        let near: Vec<&str> = match prefecture {
            Some(prefecture) => self
                .units_of(prefecture, edition)
                .map(|i| self.units[i].name.as_str())
                .collect(),
            None => self
                .units
                .keys()
                .filter(in_scope)
                .map(|i| self.units[i].name.as_str())
                .collect(),
        };
        if let Some(same) = near.iter().find(|candidate| **candidate == folded) {
            return Err(Box::new(base.did_you_mean(Some(same))));
        }
        if let Some(prefecture) = prefecture
            && let Some(there) = self.elsewhere(province, &folded, edition)
        {
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
                    format!("move it under \"{right}\""),
                ),
            ));
        }
        let other_time = prefecture
            .and_then(|prefecture| self.by_name.get(&(prefecture, folded.clone())))
            .and_then(|list| list.first());
        if let Some(&unit) = other_time {
            let now = &self.units[self.current(unit)].name;
            return Err(Box::new(base.hint(
                format!("这个名称属于另一时期，相应单位为“{now}”"),
                format!("the name belongs to another period; the corresponding unit is \"{now}\""),
            )));
        }
        let suggestion = nearest(&folded, near.iter().copied());
        let here = match prefecture {
            Some(prefecture) => &self.prefectures[prefecture].name,
            None => &self.provinces[province].name,
        };
        Err(Box::new(base.did_you_mean_or(
            suggestion,
            format!("{here}有：{}", few(&near)),
            format!("{here} has: {}", few(&near)),
        )))
    }

    /// The county with this name in another prefecture of the province.
    fn elsewhere(&self, province: ProvinceId, name: &str, edition: EditionId) -> Option<UnitId> {
        self.units.keys().find(|&i| {
            let unit = &self.units[i];
            unit.name == name
                && unit.kind == UnitKind::County
                && unit.province == province
                && self.in_edition(i, edition)
        })
    }

    /// Finds a name in a list, under a heading that is a prefecture or a grouping (省直管县（市）).
    pub fn find_listed(
        &self,
        province: ProvinceId,
        heading: &Spanned<String>,
        name: &Spanned<String>,
        edition: EditionId,
    ) -> Result<UnitId, Box<Diagnostic>> {
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
                    format!(
                        "\"{}\" is not a member of \"{}\"",
                        name.value, heading.value
                    ),
                )
                .did_you_mean_or(
                    nearest(&name.value, grouping.members.iter().map(String::as_str)),
                    format!("“{}”有：{}", heading.value, grouping.members.join("、")),
                    format!("\"{}\" has: {}", heading.value, grouping.members.join("、")),
                ),
            )),
            None => Err(Box::new(self.unknown_heading(province, heading, edition))),
        }
    }

    /// Whether a heading of a list is known.
    pub fn check_heading(
        &self,
        province: ProvinceId,
        heading: &Spanned<String>,
        edition: EditionId,
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
        province: ProvinceId,
        heading: &Spanned<String>,
        edition: EditionId,
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
            )
            .collect::<Vec<_>>();
        Diagnostic::new(
            &codes::UNKNOWN_REGION,
            heading.span,
            format!("查无地级行政区“{}”", heading.value),
            format!("unknown prefecture \"{}\"", heading.value),
        )
        .did_you_mean_or(
            nearest(&heading.value, names.iter().copied()),
            format!("{}有：{}", self.provinces[province].name, few(&names)),
            format!("{} has: {}", self.provinces[province].name, few(&names)),
        )
    }
}

/// The first names of a list, for a hint.
fn few(names: &[&str]) -> String {
    const MOST: usize = 20;
    let end = if names.len() > MOST { "……" } else { "" };
    format!("{}{end}", names[..names.len().min(MOST)].join("、"))
}
