//! Views of places: county, prefecture, province, country, and the register of all counties.

use jiff::civil::Date;

use super::documents;
use super::record;
use super::view::*;
use crate::atlas::Facts;
use crate::atlas::routes;
use crate::diag::Sink;
use crate::model::{Audience, DocumentId, Kind, Place, PrefectureId, ProvinceId, UnitId};
use crate::pages::common;
use crate::text::plain_pinyin;

/// A county-level unit, with everything that any source says of it.
pub fn county(facts: &Facts, today: Date, unit: UnitId, root: &str, sink: &mut Sink) -> CountyView {
    let regions = &facts.regions();
    let this = &regions.units[unit];
    let here = facts.named(unit);
    let place = Place::Unit(unit);
    let wider: Vec<Place> = regions.chain(place).into_iter().skip(1).collect();
    let mut ignored = Vec::new();
    let then = |listed: UnitId| {
        (regions.units[listed].name != this.name).then(|| regions.units[listed].name.clone())
    };

    let mut windows = Vec::new();
    let mut schedules = Vec::new();
    for &index in &here.schedules {
        windows.extend(common::windows_of(facts, today, index));
        schedules.extend(
            documents::schedule_facts(facts, today, index, root, sink).map(|made| made.view),
        );
    }
    for &index in &here.notices {
        windows.extend(common::windows_of(facts, today, index));
    }
    let binding: Vec<DocumentId> = wider
        .iter()
        .flat_map(|p| facts.at(*p).iter().copied())
        .collect();
    let wider_windows = binding
        .iter()
        .flat_map(|&i| common::windows_of(facts, today, i))
        .collect();
    let deadlines = here
        .notices
        .iter()
        .chain(&here.schedules)
        .chain(&binding)
        .flat_map(|&i| common::deadlines_for(facts, today, i, Audience::Students))
        .collect();

    let pilots = here
        .pilots
        .iter()
        .filter_map(|&(index, row)| {
            let Kind::Pilots(list) = &facts.document(index).kind else {
                return None;
            };
            Some(CountyPilot {
                year: list.year,
                programme: list.programme.clone(),
                then: then(list.rows[row].unit),
                page: Link {
                    url: format!(
                        "{}#{}",
                        routes::document(facts, index),
                        regions.units[list.rows[row].unit].id
                    ),
                    text: facts.document(index).title.value.clone(),
                },
                cite: facts.cite(&list.cite),
                summary: documents::summary(
                    facts,
                    index,
                    root,
                    &facts.document(index).summary,
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
        checks: super::self_checks::at(facts, Place::Unit(unit)),
        code: this
            .id
            .bytes()
            .all(|b| b.is_ascii_digit())
            .then(|| this.id.clone()),
        name: this.name.clone(),
        pinyin: this.pinyin.clone(),
        province: facts.place_link(Place::Province(this.province)),
        prefecture: (!regions.prefectures[this.prefecture].is_heading())
            .then(|| facts.place_link(Place::Prefecture(this.prefecture))),
        unit: this.kind,
        unit_text: this.kind.text(),
        former,
        note: this.note.clone(),
        windows,
        wider_windows,
        deadlines,
        schedules,
        pilots,
        record: record::record(facts, unit),
        disputes: record::disputes(facts, unit),
        pictures: record::pictures(facts, today, unit),
        assessed: !here.grades.is_empty(),
        own: common::items(
            facts,
            today,
            &here
                .notices
                .iter()
                .chain(&here.schedules)
                .copied()
                .collect::<Vec<_>>(),
        ),
        binding: common::items(facts, today, &binding),
    }
}

fn county_item(facts: &Facts, unit: UnitId) -> CountyItem {
    let this = &facts.regions().units[unit];
    let here = facts.named(unit);
    let mut tags = Vec::new();
    for &index in &here.schedules {
        if let Kind::Schedule(schedule) = &facts.document(index).kind {
            tags.push(format!("{}年受理安排", schedule.year));
        }
    }
    for &(index, _) in &here.pilots {
        if let Kind::Pilots(list) = &facts.document(index).kind {
            tags.push(format!("{}年试点", list.year));
        }
    }
    for &(index, grade, _) in &here.grades {
        if let Kind::Assessment(assessment) = &facts.document(index).kind {
            let grade = &assessment.grades[grade].grade;
            tags.push(format!("{}年考核{grade}", assessment.year));
        }
    }
    if !here.notices.is_empty() {
        tags.push(format!("文件 {} 份", here.notices.len()));
    }
    tags.dedup();
    let prefecture = &facts.regions().prefectures[this.prefecture];
    CountyItem {
        url: routes::unit(facts, unit),
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
        province: facts.regions().provinces[this.province].name.clone(),
        tags,
    }
}

/// Units with a page, below a prefecture, in the order of the code list.
fn units_of(facts: &Facts, prefecture: PrefectureId) -> Vec<UnitId> {
    let mut units: Vec<UnitId> = facts
        .units()
        .keys()
        .copied()
        .filter(|&u| facts.regions().units[u].prefecture == prefecture)
        .collect();
    units.sort_by(|&a, &b| {
        let key = |u: UnitId| (facts.regions().units[u].kind, &facts.regions().units[u].id);
        key(a).cmp(&key(b))
    });
    units
}

/// One group per prefecture of a province that has counties with a page.
fn groups(facts: &Facts, province: ProvinceId) -> Vec<CountyGroup> {
    let regions = &facts.regions();
    regions
        .prefectures
        .keys()
        .filter(|&p| regions.prefectures[p].province == province)
        .filter_map(|p| {
            let units = units_of(facts, p);
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
                    routes::place(facts, Place::Prefecture(p))
                },
                counties: units.into_iter().map(|u| county_item(facts, u)).collect(),
            })
        })
        .collect()
}

/// Windows, deadlines of students and parents, deadlines of offices.
type Times = (Vec<WindowView>, Vec<DeadlineView>, Vec<DeadlineView>);

fn times(facts: &Facts, today: Date, place: Place) -> Times {
    let list = facts.at(place);
    let windows = list
        .iter()
        .flat_map(|&i| common::windows_of(facts, today, i))
        .collect();
    let due = |audience| {
        list.iter()
            .flat_map(|&i| common::deadlines_for(facts, today, i, audience))
            .collect()
    };
    (windows, due(Audience::Students), due(Audience::Offices))
}

/// The page of a prefecture.
pub fn prefecture(facts: &Facts, today: Date, index: PrefectureId) -> AreaView {
    let prefecture = &facts.regions().prefectures[index];
    let (mut windows, students, offices) = times(facts, today, Place::Prefecture(index));
    let units = units_of(facts, index);
    for unit in &units {
        windows.extend(
            facts.units()[unit]
                .schedules
                .iter()
                .flat_map(|&i| common::windows_of(facts, today, i)),
        );
    }
    AreaView {
        name: prefecture.name.clone(),
        code: prefecture.code.clone(),
        pinyin: prefecture.pinyin.clone(),
        level: AreaLevel::Prefecture,
        parent: Some(facts.place_link(Place::Province(prefecture.province))),
        windows,
        students,
        offices,
        documents: common::items(facts, today, facts.at(Place::Prefecture(index))),
        groups: vec![CountyGroup {
            name: prefecture.name.clone(),
            url: String::new(),
            counties: units.into_iter().map(|u| county_item(facts, u)).collect(),
        }],
    }
}

/// The page of a province.
pub fn province(facts: &Facts, today: Date, index: ProvinceId) -> AreaView {
    let province = &facts.regions().provinces[index];
    let (windows, students, offices) = times(facts, today, Place::Province(index));
    AreaView {
        name: province.name.clone(),
        code: province.code.clone(),
        pinyin: province.pinyin.clone(),
        level: AreaLevel::Province,
        parent: Some(facts.place_link(Place::Country)),
        windows,
        students,
        offices,
        documents: common::items(facts, today, facts.at(Place::Province(index))),
        groups: groups(facts, index),
    }
}

/// The whole country: its own documents, and the provinces with a page.
pub fn country(facts: &Facts, today: Date) -> AreaView {
    let (windows, students, offices) = times(facts, today, Place::Country);
    let regions = &facts.regions();
    AreaView {
        name: "全国".into(),
        code: String::new(),
        pinyin: String::new(),
        level: AreaLevel::Country,
        parent: None,
        windows,
        students,
        offices,
        documents: common::items(facts, today, facts.at(Place::Country)),
        groups: facts
            .provinces()
            .iter()
            .map(|&p| CountyGroup {
                name: regions.provinces[p].name.clone(),
                url: routes::place(facts, Place::Province(p)),
                counties: Vec::new(),
            })
            .collect(),
    }
}

/// All provinces with their prefectures and counties.
pub fn province_groups(facts: &Facts) -> Vec<ProvinceGroup> {
    let regions = &facts.regions();
    facts
        .provinces()
        .iter()
        .map(|&p| ProvinceGroup {
            name: regions.provinces[p].name.clone(),
            url: routes::place(facts, Place::Province(p)),
            prefectures: groups(facts, p),
        })
        .collect()
}

/// The register: by province and by pinyin initial.
pub fn register(facts: &Facts) -> CountiesView {
    let mut items: Vec<CountyItem> = facts
        .units()
        .keys()
        .map(|&u| county_item(facts, u))
        .collect();
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
        provinces: province_groups(facts)
            .into_iter()
            .filter(|p| !p.prefectures.is_empty())
            .collect(),
        initials,
        total: facts.units().len(),
    }
}
