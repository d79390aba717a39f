//! Regions: provinces, prefectures and county-level units, in editions.
//!
//! Comes in: `data/regions/*.yaml`. Goes out: [`Regions`], in which a place is found by its whole path (province,
//! prefecture, name) *in the edition that was valid on a date*, never by its name alone: 新城区 of 平顶山 is not in
//! any list, but 呼和浩特 and 西安 have a 新城区.
//!
//! `data/regions/editions.yaml` gives the source, the licence and the years of the lists.

mod data;
mod find;

pub use data::load;

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use typed_index_collections::TiVec;

/// The administrative divisions as of a certain day.
#[derive(Debug, Clone)]
pub struct Edition {
    pub id: String,
    /// The first day for which this edition is used.
    pub as_of: Date,
}

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

/// A heading of the code list where a prefecture would be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heading {
    /// 市辖区, 县: the districts and counties of a city that is a province itself.
    OfCity,
    /// 省直辖县级行政区划: counties without a prefecture.
    OfProvince,
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
        self.heading().is_some()
    }

    /// What kind of heading of the code list it is; none for a place.
    pub fn heading(&self) -> Option<Heading> {
        match self.name.as_str() {
            "市辖区" | "县" => Some(Heading::OfCity),
            name if name.contains("直辖") => Some(Heading::OfProvince),
            _ => None,
        }
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
    /// The names of all provinces, prefectures and units.
    names: HashSet<String>,
}

impl Regions {
    /// The names of all places of the rank of `name`: provinces for a province.
    pub fn names_of_rank<'a>(&'a self, name: &str) -> Vec<&'a str> {
        let provinces: Vec<&str> = self.provinces.iter().map(|one| one.name.as_str()).collect();
        let prefectures: Vec<&str> = self
            .prefectures
            .iter()
            .map(|one| one.name.as_str())
            .collect();
        let units: Vec<&str> = self.units.iter().map(|one| one.name.as_str()).collect();
        let ranks = [provinces, prefectures, units];
        let own = ranks.into_iter().filter(|names| names.contains(&name));
        own.flatten().collect()
    }

    /// Whether a province, a prefecture or a unit has this name in some edition.
    pub fn has_name(&self, name: &str) -> bool {
        name == "全国" || self.names.contains(name)
    }

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

    /// The province that a place is or lies in; none for the country.
    pub fn province_of(&self, place: Place) -> Option<ProvinceId> {
        match place {
            Place::Country => None,
            Place::Province(i) => Some(i),
            Place::Prefecture(i) => Some(self.prefectures[i].province),
            Place::Unit(i) => Some(self.units[i].province),
        }
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

    /// The whole name of a place as files write it: `山西省 朔州市 右玉县`, `北京市 东城区`. Headings of the code list are left out.
    pub fn whole_name(&self, place: Place) -> String {
        let mut chain = self.chain(place);
        chain.retain(|part| match part {
            Place::Country => place == Place::Country,
            Place::Prefecture(i) => !self.prefectures[*i].is_heading(),
            _ => true,
        });
        chain.reverse();
        let names: Vec<&str> = chain.into_iter().map(|part| self.name(part)).collect();
        names.join(" ")
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
}
