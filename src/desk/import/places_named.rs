//! The place that a name names: `河南省教育厅` is of 河南省.
//!
//! Comes in: words and the regions. Goes out: the path of divisions with which the words begin. It knows nothing of documents.

use crate::model::region::{EditionId, PrefectureId, UnitId};
use crate::model::{Regions, UnitKind};
use crate::words::squeeze;

/// The longest path of divisions with which a name begins: `山西省`, `山西省 朔州市 右玉县`.
pub(super) fn path_of(name: &str, regions: &Regions, edition: Option<EditionId>) -> Option<String> {
    let name = squeeze(name);
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
