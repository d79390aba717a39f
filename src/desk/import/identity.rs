//! The name of the file, and the place a name names.
//!
//! Comes in: what was recognised, the regions and topics of the site. Goes out: an id such as `shanxi-2020-renewal`,
//! or none where the document does not say enough.

use super::layout::Layout;
use super::signs;
use crate::model::region::{EditionId, PrefectureId, UnitId};
use crate::model::{Model, Regions, UnitKind, is_id};
use crate::text::plain_pinyin;

/// Proposes an id: place, year, subject.
pub(super) fn propose(layout: &Layout, model: &Model) -> Option<String> {
    let (path, _) = layout.region.as_ref()?;
    let place = path.split_whitespace().last()?;
    let year = layout
        .issued
        .map(|day| day.year())
        .or(layout.year)
        .or_else(|| first_year(&layout.title))?;
    let year = layout.year.unwrap_or(year);
    let subject = subject(&layout.title, model)?;
    let id = format!("{}-{year}-{subject}", latin(place, &model.regions)?);
    is_id(&id).then_some(id)
}

/// 右玉县 -> youyu, 全国 -> national
fn latin(place: &str, regions: &Regions) -> Option<String> {
    if place == "全国" {
        return Some("national".into());
    }
    let named = |name: &str, pinyin: &str| (name == place).then(|| pinyin.to_owned());
    let pinyin = regions
        .provinces
        .iter()
        .find_map(|p| named(&p.name, &p.pinyin))
        .or_else(|| {
            regions
                .prefectures
                .iter()
                .find_map(|p| named(&p.name, &p.pinyin))
        })
        .or_else(|| regions.units.iter().find_map(|u| named(&u.name, &u.pinyin)))?;
    let plain = plain_pinyin(&pinyin);
    let mut words: Vec<&str> = plain.split_whitespace().collect();
    // 省、市、县 are no part of the name.
    if words.len() > 2 {
        words.pop();
    }
    Some(words.concat())
}

/// The first four digits of a title that can be a year.
fn first_year(title: &str) -> Option<i16> {
    let plain = crate::text::strip_width(title);
    plain
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| digits.len() == 4)
        .filter_map(|digits| digits.parse().ok())
        .find(|year| (1990..=2100).contains(year))
}

/// The subject of a title: the topic it names, else its kind.
fn subject(title: &str, model: &Model) -> Option<String> {
    const GENRES: [(&str, &str); 8] = [
        ("工作方案", "plan"),
        ("工作指引", "guide"),
        ("操作细则", "rules"),
        ("通知", "notice"),
        ("通报", "circular"),
        ("办法", "measures"),
        ("意见", "opinion"),
        ("公告", "announcement"),
    ];
    let named = model
        .topics
        .iter()
        .filter(|topic| {
            title.contains(&topic.name) || topic.aliases.iter().any(|a| title.contains(a.as_str()))
        })
        .map(|topic| topic.id.clone())
        .next();
    named.or_else(|| {
        let (genre, _) = signs::genre(title)?;
        GENRES
            .iter()
            .find(|(word, _)| *word == genre)
            .map(|(_, english)| (*english).to_owned())
    })
}

/// The longest path of divisions with which a name begins: `山西省`, `山西省 朔州市 右玉县`.
pub(super) fn path_of(name: &str, regions: &Regions, edition: Option<EditionId>) -> Option<String> {
    let name = signs::squeeze(name);
    let last = regions.editions.last_key()?;
    let edition = edition.unwrap_or(last);
    let (province, rest) = regions
        .provinces
        .iter_enumerated()
        .find_map(|(i, p)| Some((Some(i), name.strip_prefix(p.name.as_str())?)))
        .unwrap_or((None, &name));
    let prefectures: Vec<(PrefectureId, &str)> = regions
        .prefectures
        .iter_enumerated()
        .filter(|(_, p)| !p.is_heading() && province.is_none_or(|i| i == p.province))
        .filter(|(_, p)| (p.first..=p.last).contains(&edition))
        .filter_map(|(i, p)| Some((i, rest.strip_prefix(p.name.as_str())?)))
        .collect();
    let (prefecture, rest) = match prefectures[..] {
        [(i, rest)] => (Some(i), rest),
        _ => (None, rest),
    };
    let units: Vec<UnitId> = regions
        .units
        .keys()
        .filter(|&i| {
            let unit = &regions.units[i];
            unit.kind == UnitKind::County
                && (unit.first..=unit.last).contains(&edition)
                && province.is_none_or(|p| p == unit.province)
                && prefecture.is_none_or(|p| p == unit.prefecture)
                && rest.starts_with(unit.name.as_str())
                && unit.name.chars().count() > 2
        })
        .collect();
    if let [unit] = units[..] {
        let unit = &regions.units[unit];
        let province = &regions.provinces[unit.province].name;
        let prefecture = &regions.prefectures[unit.prefecture];
        return Some(if prefecture.is_heading() {
            format!("{province} {}", unit.name)
        } else {
            format!("{province} {} {}", prefecture.name, unit.name)
        });
    }
    if let Some(prefecture) = prefecture {
        let prefecture = &regions.prefectures[prefecture];
        return Some(format!(
            "{} {}",
            regions.provinces[prefecture.province].name, prefecture.name
        ));
    }
    province.map(|i| regions.provinces[i].name.clone())
}
