//! Views of places: county, prefecture, province, country, and the register of all counties.

use super::documents;
use super::record;
use super::view::*;
use crate::atlas::Atlas;
use crate::atlas::routes;
use crate::diag::Sink;
use crate::model::{Audience, DocumentId, Kind, Place, PrefectureId, ProvinceId, UnitId};
use crate::text::plain_pinyin;

/// A county-level unit, with everything that any source says of it.
pub fn county(atlas: &Atlas, unit: UnitId, root: &str, sink: &mut Sink) -> CountyView {
    let model = atlas.model;
    let regions = &model.regions;
    let this = &regions.units[unit];
    let facts = &atlas.units[&unit];
    let place = Place::Unit(unit);
    let wider: Vec<Place> = regions.chain(place).into_iter().skip(1).collect();
    let mut ignored = Vec::new();
    let then = |listed: UnitId| {
        (regions.units[listed].name != this.name).then(|| regions.units[listed].name.clone())
    };

    let mut windows = Vec::new();
    let mut schedules = Vec::new();
    for &index in &facts.schedules {
        windows.extend(atlas.windows_of(index));
        schedules.extend(documents::schedule_facts(atlas, index, root, sink).map(|made| made.view));
    }
    for &index in &facts.notices {
        windows.extend(atlas.windows_of(index));
    }
    let binding: Vec<DocumentId> = wider
        .iter()
        .flat_map(|p| atlas.by_place.get(p).into_iter().flatten().copied())
        .collect();
    let wider_windows = binding.iter().flat_map(|&i| atlas.windows_of(i)).collect();
    let deadlines = facts
        .notices
        .iter()
        .chain(&facts.schedules)
        .chain(&binding)
        .flat_map(|&i| atlas.deadlines_for(i, Audience::Students))
        .collect();

    let pilots = facts
        .pilots
        .iter()
        .filter_map(|&(index, row)| {
            let Kind::Pilots(list) = &model.documents[index].kind else {
                return None;
            };
            Some(CountyPilot {
                year: list.year,
                programme: list.programme.clone(),
                then: then(list.rows[row].unit),
                page: Link {
                    url: format!(
                        "{}#{}",
                        routes::document(model, index),
                        regions.units[list.rows[row].unit].id
                    ),
                    text: model.documents[index].title.value.clone(),
                },
                cite: atlas.cite(&list.cite),
                summary: documents::summary(
                    atlas,
                    index,
                    root,
                    &model.documents[index].summary,
                    &mut ignored,
                    sink,
                ),
            })
        })
        .collect();
    let former = regions
        .predecessors(unit)
        .into_iter()
        .filter(|(i, _)| regions.units[*i].name != this.name)
        .map(|(i, year)| match year {
            Some(year) => format!("{}（{year}年前）", regions.units[i].name),
            None => regions.units[i].name.clone(),
        })
        .collect();
    CountyView {
        checks: super::self_checks::at(atlas, Place::Unit(unit)),
        code: this
            .id
            .bytes()
            .all(|b| b.is_ascii_digit())
            .then(|| this.id.clone()),
        name: this.name.clone(),
        pinyin: this.pinyin.clone(),
        province: atlas.place_link(Place::Province(this.province)),
        prefecture: (!regions.prefectures[this.prefecture].is_heading())
            .then(|| atlas.place_link(Place::Prefecture(this.prefecture))),
        unit: this.kind,
        unit_text: this.kind.text(),
        former,
        note: this.note.clone(),
        windows,
        wider_windows,
        deadlines,
        schedules,
        pilots,
        record: record::record(atlas, unit),
        disputes: record::disputes(atlas, unit),
        pictures: record::pictures(atlas, unit),
        assessed: !facts.grades.is_empty(),
        own: atlas.items(
            &facts
                .notices
                .iter()
                .chain(&facts.schedules)
                .copied()
                .collect::<Vec<_>>(),
        ),
        binding: atlas.items(&binding),
    }
}

fn county_item(atlas: &Atlas, unit: UnitId) -> CountyItem {
    let model = atlas.model;
    let this = &model.regions.units[unit];
    let facts = &atlas.units[&unit];
    let mut tags = Vec::new();
    for &index in &facts.schedules {
        if let Kind::Schedule(schedule) = &model.documents[index].kind {
            tags.push(format!("{}年受理安排", schedule.year));
        }
    }
    for &(index, _) in &facts.pilots {
        if let Kind::Pilots(list) = &model.documents[index].kind {
            tags.push(format!("{}年试点", list.year));
        }
    }
    for &(index, grade, _) in &facts.grades {
        if let Kind::Assessment(assessment) = &model.documents[index].kind {
            let grade = &assessment.grades[grade].grade;
            tags.push(format!("{}年考核{grade}", assessment.year));
        }
    }
    if !facts.notices.is_empty() {
        tags.push(format!("文件 {} 份", facts.notices.len()));
    }
    tags.dedup();
    let prefecture = &model.regions.prefectures[this.prefecture];
    CountyItem {
        url: routes::unit(model, unit),
        name: this.name.clone(),
        pinyin: this.pinyin.clone(),
        initial: plain_pinyin(&this.pinyin)
            .chars()
            .next()
            .map_or_else(String::new, |c| c.to_ascii_uppercase().to_string()),
        prefecture: if prefecture.is_heading() {
            String::new()
        } else {
            prefecture.name.clone()
        },
        province: model.regions.provinces[this.province].name.clone(),
        tags,
    }
}

/// Units with a page, below a prefecture, in the order of the code list.
fn units_of(atlas: &Atlas, prefecture: PrefectureId) -> Vec<UnitId> {
    let mut units: Vec<UnitId> = atlas
        .units
        .keys()
        .copied()
        .filter(|&u| atlas.model.regions.units[u].prefecture == prefecture)
        .collect();
    units.sort_by(|&a, &b| {
        let key = |u: UnitId| {
            (
                atlas.model.regions.units[u].kind,
                &atlas.model.regions.units[u].id,
            )
        };
        key(a).cmp(&key(b))
    });
    units
}

/// One group per prefecture of a province that has counties with a page.
fn groups(atlas: &Atlas, province: ProvinceId) -> Vec<CountyGroup> {
    let regions = &atlas.model.regions;
    regions
        .prefectures
        .keys()
        .filter(|&p| regions.prefectures[p].province == province)
        .filter_map(|p| {
            let units = units_of(atlas, p);
            if units.is_empty() {
                return None;
            }
            let prefecture = &regions.prefectures[p];
            let heading = prefecture.is_heading();
            Some(CountyGroup {
                name: if prefecture.name.contains("直辖") {
                    "省直辖".into()
                } else if heading {
                    regions.provinces[province].name.clone()
                } else {
                    prefecture.name.clone()
                },
                url: if heading {
                    String::new()
                } else {
                    routes::place(atlas.model, Place::Prefecture(p))
                },
                counties: units.into_iter().map(|u| county_item(atlas, u)).collect(),
            })
        })
        .collect()
}

/// Windows, deadlines of students and parents, deadlines of offices.
type Times = (Vec<WindowView>, Vec<DeadlineView>, Vec<DeadlineView>);

fn times(atlas: &Atlas, place: Place) -> Times {
    let list = atlas.by_place.get(&place).map_or(&[][..], Vec::as_slice);
    let windows = list.iter().flat_map(|&i| atlas.windows_of(i)).collect();
    let due = |audience| {
        list.iter()
            .flat_map(|&i| atlas.deadlines_for(i, audience))
            .collect()
    };
    (windows, due(Audience::Students), due(Audience::Offices))
}

/// The page of a prefecture.
pub fn prefecture(atlas: &Atlas, index: PrefectureId) -> AreaView {
    let prefecture = &atlas.model.regions.prefectures[index];
    let (mut windows, students, offices) = times(atlas, Place::Prefecture(index));
    let units = units_of(atlas, index);
    for unit in &units {
        windows.extend(
            atlas.units[unit]
                .schedules
                .iter()
                .flat_map(|&i| atlas.windows_of(i)),
        );
    }
    AreaView {
        name: prefecture.name.clone(),
        code: prefecture.code.clone(),
        pinyin: prefecture.pinyin.clone(),
        level: AreaLevel::Prefecture,
        parent: Some(atlas.place_link(Place::Province(prefecture.province))),
        windows,
        students,
        offices,
        documents: atlas.items(
            atlas
                .by_place
                .get(&Place::Prefecture(index))
                .map_or(&[][..], Vec::as_slice),
        ),
        groups: vec![CountyGroup {
            name: prefecture.name.clone(),
            url: String::new(),
            counties: units.into_iter().map(|u| county_item(atlas, u)).collect(),
        }],
    }
}

/// The page of a province.
pub fn province(atlas: &Atlas, index: ProvinceId) -> AreaView {
    let province = &atlas.model.regions.provinces[index];
    let (windows, students, offices) = times(atlas, Place::Province(index));
    AreaView {
        name: province.name.clone(),
        code: province.code.clone(),
        pinyin: province.pinyin.clone(),
        level: AreaLevel::Province,
        parent: Some(atlas.place_link(Place::Country)),
        windows,
        students,
        offices,
        documents: atlas.items(
            atlas
                .by_place
                .get(&Place::Province(index))
                .map_or(&[][..], Vec::as_slice),
        ),
        groups: groups(atlas, index),
    }
}

/// The whole country: its own documents, and the provinces with a page.
pub fn country(atlas: &Atlas) -> AreaView {
    let (windows, students, offices) = times(atlas, Place::Country);
    let regions = &atlas.model.regions;
    AreaView {
        name: "全国".into(),
        code: String::new(),
        pinyin: String::new(),
        level: AreaLevel::Country,
        parent: None,
        windows,
        students,
        offices,
        documents: atlas.items(
            atlas
                .by_place
                .get(&Place::Country)
                .map_or(&[][..], Vec::as_slice),
        ),
        groups: atlas
            .provinces
            .iter()
            .map(|&p| CountyGroup {
                name: regions.provinces[p].name.clone(),
                url: routes::place(atlas.model, Place::Province(p)),
                counties: Vec::new(),
            })
            .collect(),
    }
}

/// All provinces with their prefectures and counties.
pub fn province_groups(atlas: &Atlas) -> Vec<ProvinceGroup> {
    let regions = &atlas.model.regions;
    atlas
        .provinces
        .iter()
        .map(|&p| ProvinceGroup {
            name: regions.provinces[p].name.clone(),
            url: routes::place(atlas.model, Place::Province(p)),
            prefectures: groups(atlas, p),
        })
        .collect()
}

/// The register: by province and by pinyin initial.
pub fn register(atlas: &Atlas) -> CountiesView {
    let mut items: Vec<CountyItem> = atlas.units.keys().map(|&u| county_item(atlas, u)).collect();
    items.sort_by_cached_key(|item| (plain_pinyin(&item.pinyin), item.url.clone()));
    let mut initials: Vec<CountyGroup> = Vec::new();
    for item in items {
        match initials
            .last_mut()
            .filter(|group| group.name == item.initial)
        {
            Some(group) => group.counties.push(item),
            None => initials.push(CountyGroup {
                name: item.initial.clone(),
                url: String::new(),
                counties: vec![item],
            }),
        }
    }
    CountiesView {
        provinces: province_groups(atlas)
            .into_iter()
            .filter(|p| !p.prefectures.is_empty())
            .collect(),
        initials,
        total: atlas.units.len(),
    }
}
