//! Names of counties, found in the regions; else what was perhaps meant.
//!
//! Comes in: names as printed, with the heading they are listed under. Goes out: [`Found`]. A name is sure only if the build
//! would find it. Nothing is corrected: a doubtful name keeps its printed form and gets a candidate in a comment.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;
use pinyin::ToPinyin;

use super::options::{Correction, Options, YEARS};
use crate::diag::{SourceId, Span, Spanned};
use crate::model::region::{EditionId, ProvinceId, Regions, Unit, UnitId, UnitKind};
use crate::remark::{Place, Remark, RemarkKind};
use crate::text::{Bilingual, nearest, plain_pinyin, strip_width};
use crate::words::squeeze;

/// Candidates that are named.
const MOST_CANDIDATES: usize = 3;
/// Longer texts are not names of places.
const LONGEST_NAME: usize = 30;

/// Placeholder for a prefecture that must be filled in: no place has this name, so that the build refuses it.
pub(super) const TO_CONFIRM: &str = "待核";

/// What the regions say of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    /// The build finds it under this heading.
    Sure { heading: String, unit: UnitId },
    /// It must be confirmed.
    Doubt {
        heading: Option<String>,
        words: Bilingual,
        /// The right name, if it is under the same heading, so that a correction is enough.
        right: Option<String>,
        why: &'static str,
    },
    /// Year or province is not known, or older than the regions: nothing was looked up.
    Unchecked,
}

pub(super) struct Names<'a> {
    regions: &'a Regions,
    /// All names of places, of any time.
    all: HashSet<&'a str>,
    province: Option<ProvinceId>,
    /// A list of one prefecture.
    prefecture: Option<&'a str>,
    edition: Option<EditionId>,
    assumed_province: bool,
    assumed_year: Option<i16>,
    corrections: &'a [Correction],
}

fn spanned(text: &str) -> Spanned<String> {
    Spanned::new(text.to_owned(), Span::new(SourceId(0), 0..0))
}

/// A year written as `2018年`.
pub(super) fn year_in(text: &str) -> Option<i16> {
    let plain = squeeze(&strip_width(text));
    let at = plain.find('年')?;
    let digits = &plain.as_bytes()[..at];
    let start = digits.len().checked_sub(4)?;
    let year: i16 = std::str::from_utf8(&digits[start..]).ok()?.parse().ok()?;
    YEARS.contains(&year).then_some(year)
}

impl<'a> Names<'a> {
    /// The names of the divisions in the year of a table. `texts`: the words of the table, which may name its year.
    pub fn new<'t>(
        regions: &'a Regions,
        options: &'a Options,
        texts: impl Iterator<Item = &'t str>,
    ) -> Self {
        let all = regions
            .units
            .iter()
            .map(|u| u.name.as_str())
            // 市辖区 and 县 are headings of the code list, not names.
            .chain(
                regions
                    .prefectures
                    .iter()
                    .filter(|p| !p.is_heading())
                    .map(|p| p.name.as_str()),
            )
            .chain(regions.provinces.iter().map(|p| p.name.as_str()))
            .collect();
        let mut asked = options.region.as_deref().unwrap_or("").split_whitespace();
        let named = asked
            .next()
            .and_then(|name| regions.provinces.position(|p| p.name == name));
        let below = asked.next();
        let (guess, year) = if named.is_some() && options.year.is_some() {
            (None, None)
        } else {
            guess(regions, texts)
        };
        let province = named.or(guess);
        let assumed_year = if options.year.is_none() { year } else { None };
        let edition = match options.year.or(assumed_year) {
            Some(year) => Date::new(year, 12, 31)
                .ok()
                .and_then(|day| regions.edition_on(day)),
            None => regions.editions.last_key(),
        };
        let prefecture = below.and_then(|name| {
            regions
                .prefectures
                .iter()
                .find(|p| Some(p.province) == province && p.name == name)
                .map(|p| p.name.as_str())
        });
        Self {
            regions,
            all,
            province,
            prefecture,
            edition,
            assumed_province: named.is_none() && province.is_some(),
            assumed_year,
            corrections: &options.corrections,
        }
    }

    /// What was assumed because the command line does not say it.
    pub fn say_what_was_assumed(&self, options: &Options, remarks: &mut Vec<Remark>) {
        let mut say = |zh: String, en: String| {
            remarks.push(Remark::new(Place::Whole, RemarkKind::Reading, (zh, en)));
        };
        if let (true, Some(province)) = (self.assumed_province, self.province) {
            let name = &self.regions.provinces[province].name;
            say(
                format!("没有写 --region；看内容像是{name}，县名按它查对"),
                format!(
                    "--region was not given; the names look like those of {name} and were looked up there"
                ),
            );
        }
        if options.year.is_none() {
            match self.assumed_year {
                Some(year) => say(
                    format!("没有写 --year；文字里写着{year}年，县名按那一年的区划查对"),
                    format!(
                        "--year was not given; the text mentions {year}, so names were looked up in the divisions of that year"
                    ),
                ),
                None => say(
                    "没有写 --year；县名按最新的区划查对".into(),
                    "--year was not given; names were looked up in the newest divisions".into(),
                ),
            }
        }
        if self.edition.is_none() || self.province.is_none() {
            remarks.push(Remark::new(Place::Whole, RemarkKind::Missing, ("县名没有查对：不知道是哪个省（--region），或者年度早于本站最早的区划（--year）", "names were not looked up: the province is unknown (--region), or the year is before the first edition of the regions (--year)")));
        }
    }

    /// The province that names look like, for a mark in the file.
    pub fn assumed_province(&self) -> Option<&str> {
        self.assumed_province
            .then_some(self.province)
            .flatten()
            .map(|i| self.regions.provinces[i].name.as_str())
    }

    /// The year that was assumed because the table names none.
    pub fn assumed_year(&self) -> Option<i16> {
        self.assumed_year
    }

    /// A place in Latin letters: `shanxi`.
    pub fn latin(&self, place: &str) -> Option<String> {
        crate::import::latin(place, self.regions)
    }

    /// Whether this is the name of a place, of any time.
    pub fn is_name(&self, text: &str) -> bool {
        text.len() <= LONGEST_NAME * 4 && self.all.contains(squeeze(text).as_str())
    }

    fn units(&self) -> impl Iterator<Item = (UnitId, &'a Unit)> + '_ {
        self.regions.units.iter_enumerated().filter(move |(_, u)| {
            Some(u.province) == self.province
                && self
                    .edition
                    .is_some_and(|edition| (u.first..=u.last).contains(&edition))
        })
    }

    /// The heading of a list that a text is (太原市, 省直管县（市）), without white space.
    pub fn heading(&self, text: &str) -> Option<String> {
        if text.len() > LONGEST_NAME * 4 {
            return None;
        }
        let plain = squeeze(text);
        let known = match (self.province, self.edition) {
            (Some(province), Some(edition)) => self
                .regions
                .check_heading(province, &spanned(&plain), edition)
                .is_ok(),
            _ => self.regions.prefectures.iter().any(|p| p.name == plain),
        };
        known.then_some(plain)
    }

    /// What a heading that is not known was perhaps meant to be.
    pub fn heading_like(&self, text: &str) -> Option<&'a str> {
        let plain = self.regions.fold_variants(text);
        let edition = self.edition?;
        let province = self.province?;
        let mut list: Vec<&'a str> = self
            .regions
            .prefectures
            .iter()
            .filter(|p| p.province == province && (p.first..=p.last).contains(&edition))
            .map(|p| p.name.as_str())
            .collect();
        list.extend(self.regions.groupings(province).map(|(name, _)| name));
        list.iter()
            .find(|name| {
                !plain.is_empty() && (name.starts_with(&plain) || plain.starts_with(*name))
            })
            .copied()
            .or_else(|| nearest(&plain, list.iter().copied()))
    }

    /// `山西省太原市清徐县` -> 太原市, 清徐县; the name of a county alone is left whole.
    pub fn divide(&self, text: &str) -> (Option<String>, String) {
        let whole = (None, text.to_owned());
        if self.is_name(text) || text.chars().count() > LONGEST_NAME {
            return whole;
        }
        let mut rest = text.trim();
        for province in &self.regions.provinces {
            if let Some(after) = rest.strip_prefix(province.name.as_str()) {
                rest = after.trim_start();
                break;
            }
        }
        let prefecture = self.regions.prefectures.iter().find(|p| {
            (self.province.is_none() || Some(p.province) == self.province)
                && rest
                    .strip_prefix(p.name.as_str())
                    .is_some_and(|after| after.trim().chars().count() >= 2)
        });
        match prefecture {
            Some(p) => (Some(p.name.clone()), rest[p.name.len()..].trim().to_owned()),
            None if rest.chars().count() >= 2 => (None, rest.to_owned()),
            None => whole,
        }
    }

    /// The heading of a unit where none is printed.
    fn heading_of(&self, unit: UnitId) -> String {
        let prefecture = &self.regions.prefectures[self.regions.units[unit].prefecture];
        let name = &self.regions.units[unit].name;
        if prefecture.is_heading()
            && let Some(province) = self.province
            && let Some((grouping, _)) = self
                .regions
                .groupings(province)
                .find(|(_, members)| members.contains(name))
        {
            return grouping.to_owned();
        }
        prefecture.name.clone()
    }

    fn listed(&self, heading: &str, name: &str) -> Option<UnitId> {
        self.regions
            .find_listed(
                self.province?,
                &spanned(heading),
                &spanned(name),
                self.edition?,
            )
            .ok()
    }

    /// Looks a printed name up. `trusted`: the heading is printed next to the name, not filled in from above.
    pub fn find(&self, heading: Option<&str>, printed: &str, trusted: bool) -> Found {
        if self.province.is_none() || self.edition.is_none() {
            return Found::Unchecked;
        }
        let correction = self.corrections.iter().find(|c| c.printed == printed);
        let name = correction.map_or(printed, |c| c.right.as_str());
        let heading = heading.or(self.prefecture);
        if let Some(heading) = heading
            && let Some(unit) = self.listed(heading, name)
        {
            return Found::Sure {
                heading: heading.to_owned(),
                unit,
            };
        }
        if heading.is_none() || !trusted {
            let same: Vec<UnitId> = self
                .units()
                .filter(|(_, u)| u.name == name && u.kind == UnitKind::County)
                .map(|(i, _)| i)
                .collect();
            match same[..] {
                [unit] => {
                    return Found::Sure {
                        heading: self.heading_of(unit),
                        unit,
                    };
                }
                [] => {}
                _ => return self.several(printed, &same),
            }
        }
        self.doubt(heading, printed, name)
    }

    fn several(&self, printed: &str, units: &[UnitId]) -> Found {
        let list: Vec<String> = units.iter().map(|&u| self.heading_of(u)).collect();
        let list = list.join("、");
        Found::Doubt {
            heading: None,
            words: Bilingual::new(
                format!("“{printed}”在几个市都有（{list}），没有写是哪个市的"),
                format!(
                    "\"{printed}\" exists in several prefectures ({list}), and the table does not say which"
                ),
            ),
            right: None,
            why: "",
        }
    }

    fn doubt(&self, heading: Option<&str>, printed: &str, name: &str) -> Found {
        let (mut candidates, why) = self.candidates(name);
        let under = |unit: &UnitId| match heading {
            Some(heading) => self
                .listed(heading, &self.regions.units[*unit].name)
                .is_some(),
            None => true,
        };
        // Those under the same heading come first; the order is otherwise that of the data.
        candidates.sort_by_key(|unit| !under(unit));
        candidates.dedup();
        candidates.truncate(MOST_CANDIDATES);
        let era = self
            .edition
            .map_or("", |e| self.regions.editions[e].id.as_str());
        let list: Vec<String> = candidates
            .iter()
            .map(|&u| format!("{}（{}）", self.regions.units[u].name, self.heading_of(u)))
            .collect();
        let place = heading.unwrap_or("全省");
        let same = heading.is_none()
            && first_is(&candidates, |unit| self.regions.units[unit].name == name);
        let words = if same {
            Bilingual::new(
                format!("“{printed}”没有写是哪个市的；是不是{}？", list.join("、")),
                format!(
                    "the prefecture of \"{printed}\" is not given; perhaps {}",
                    list.join(", ")
                ),
            )
        } else if list.is_empty() {
            Bilingual::new(
                format!("“{printed}”在{place}查不到（{era}年版区划），也没有相近的名字"),
                format!(
                    "\"{printed}\" was not found in {place} (edition of {era}), and no name is similar"
                ),
            )
        } else {
            Bilingual::new(
                format!(
                    "“{printed}”在{place}查不到（{era}年版区划）；是不是{}？{why}",
                    list.join("、")
                ),
                format!(
                    "\"{printed}\" was not found in {place} (edition of {era}); perhaps {}",
                    list.join(", ")
                ),
            )
        };
        let first = candidates.first().copied();
        let right = first
            .filter(|unit| under(unit))
            .map(|unit| self.regions.units[unit].name.clone())
            .filter(|right| right != printed);
        let heading = match heading {
            Some(heading) => Some(heading.to_owned()),
            None => first
                .filter(|_| candidates.len() == 1)
                .map(|unit| self.heading_of(unit)),
        };
        Found::Doubt {
            heading,
            words,
            right,
            why,
        }
    }

    /// Units that a name was perhaps meant to be, by the first way that finds any, and that way in words.
    fn candidates(&self, name: &str) -> (Vec<UnitId>, &'static str) {
        let folded = self.regions.fold_variants(&strip_width(name));
        let len = folded.chars().count();
        if len == 0 || len > LONGEST_NAME {
            return (Vec::new(), "");
        }
        let by = |test: &dyn Fn(&Unit) -> bool| -> Vec<UnitId> {
            self.units()
                .filter(|(_, u)| test(u))
                .map(|(i, _)| i)
                .collect()
        };
        let spaced = name.contains(char::is_whitespace);
        let same = by(&|u| u.name == folded);
        if !same.is_empty() {
            return (
                same,
                if squeeze(name) == folded && spaced {
                    "名字中间有空格。"
                } else if squeeze(name) == folded {
                    "它属于另一个市。"
                } else {
                    "用了繁体字或异体字。"
                },
            );
        }
        let former = self.former(&folded);
        if !former.is_empty() {
            return (former, "这是另一时期的名称。");
        }
        let longer = by(&|u| u.name.strip_prefix(&folded).is_some_and(is_suffix));
        if !longer.is_empty() {
            return (longer, "名字没有写全。");
        }
        let mut shorter = by(&|u| folded.starts_with(&u.name));
        shorter.sort_by_key(|&i| std::cmp::Reverse(self.regions.units[i].name.len()));
        if !shorter.is_empty() {
            return (shorter, "名字后面还有别的字。");
        }
        let list: Vec<&str> = self.units().map(|(_, u)| u.name.as_str()).collect();
        if let Some(near) = nearest(&folded, list) {
            let near = near.to_owned();
            return (by(&|u| u.name == near), "差一两个字。");
        }
        let sound = sound_of(&folded);
        let alike = by(&|u| !sound.is_empty() && squeeze(&plain_pinyin(&u.pinyin)) == sound);
        (alike, "读音相同。")
    }

    /// The units of the list's time that a name of another time refers to.
    fn former(&self, name: &str) -> Vec<UnitId> {
        let regions = self.regions;
        let others: Vec<UnitId> = regions
            .units
            .keys()
            .filter(|&i| {
                Some(regions.units[i].province) == self.province && regions.units[i].name == name
            })
            .collect();
        self.units()
            .map(|(i, _)| i)
            .filter(|&i| {
                others.iter().any(|&other| {
                    regions.units[i].id == regions.units[other].id
                        || regions.current(i) == regions.current(other)
                })
            })
            .collect()
    }
}

fn first_is(units: &[UnitId], test: impl Fn(UnitId) -> bool) -> bool {
    units.first().is_some_and(|&unit| test(unit))
}

/// 县, 市, 区, 自治县 …: what a short form of a name leaves out.
fn is_suffix(rest: &str) -> bool {
    matches!(
        rest,
        "县" | "市" | "区" | "旗" | "林区" | "特区" | "新区" | "矿区"
    ) || rest.ends_with("自治县")
        || rest.ends_with("自治旗")
        || rest.ends_with("族区")
}

/// The usual reading of a name, in letters without tones.
fn sound_of(name: &str) -> String {
    name.chars()
        .map(|c| {
            c.to_pinyin()
                .map_or_else(|| c.to_string(), |p| p.plain().replace('ü', "v"))
        })
        .collect()
}

/// The province whose places the texts name most, and the first year they mention.
fn guess<'t>(
    regions: &Regions,
    texts: impl Iterator<Item = &'t str>,
) -> (Option<ProvinceId>, Option<i16>) {
    /// A prefecture's name says more than a county's: 新城区 and 郊区 are in many provinces.
    const PREFECTURE: usize = 3;
    const PROVINCE: usize = 20;
    const LOOKED_AT: usize = 5_000;
    let mut provinces_of: BTreeMap<&str, Vec<(ProvinceId, usize)>> = BTreeMap::new();
    for unit in &regions.units {
        provinces_of
            .entry(&unit.name)
            .or_default()
            .push((unit.province, 1));
    }
    for prefecture in regions.prefectures.iter().filter(|p| !p.is_heading()) {
        provinces_of
            .entry(&prefecture.name)
            .or_default()
            .push((prefecture.province, PREFECTURE));
    }
    let mut votes = vec![0usize; regions.provinces.len()];
    let mut year = None;
    for text in texts.take(LOOKED_AT) {
        year = year.or_else(|| year_in(text));
        for (i, province) in regions.provinces.iter().enumerate() {
            if text.contains(province.name.as_str()) {
                votes[i] += PROVINCE;
            }
        }
        for (province, weight) in provinces_of
            .get(squeeze(text).as_str())
            .into_iter()
            .flatten()
        {
            votes[province.index()] += weight;
        }
    }
    let most = votes.iter().copied().max().unwrap_or(0);
    let province = votes
        .iter()
        .position(|votes| *votes == most)
        .filter(|_| most > 0)
        .map(ProvinceId::new);
    (province, year)
}
