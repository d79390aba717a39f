//! Views of places: county, prefecture, province, country, and the register of all counties.

use jiff::civil::Date;

use super::record;
use super::schedules;
use super::services::County;
use super::view::{self, *};
use crate::atlas::Facts;
use crate::atlas::routes;
use crate::diag::Sink;
use crate::model::region::Heading;
use crate::model::{
    Audience, Course, Daily, DocumentId, Kind, Place, PrefectureId, ProvinceId, Regions, Standing,
    UnitId, past_since, schedule_course,
};
use crate::pages::parts;
use crate::text::plain_pinyin;

/// How many schedules the page of a county holds in any case: the newest, for readers whose clock is late.
const HELD: usize = 3;

/// The newest documents of each wider place that a county's page shows: a page does not grow with the documents of a province.
const MOST_BINDING: usize = 50;

/// A county-level unit, with everything that any source says of it.
pub fn county(facts: &Facts, today: Date, unit: UnitId, root: &str, sink: &mut Sink) -> CountyView {
    let regions = &facts.regions();
    let this = &regions.units[unit];
    let here = facts.named(unit);
    let place = Place::Unit(unit);
    let wider: Vec<Place> = regions.chain(place).into_iter().skip(1).collect();
    let binding: Vec<DocumentId> = wider
        .iter()
        .flat_map(|p| facts.at(*p).iter().take(MOST_BINDING).copied())
        .collect();
    let has_more = |place: &&Place| facts.at(**place).len() > MOST_BINDING;
    let binding_more = wider.iter().filter(has_more);
    let binding_more = binding_more.map(|place| facts.place_link(*place)).collect();
    let asked = County::new(
        *facts,
        today,
        here.schedules.clone(),
        &here.pilots,
        &binding,
    );
    let schedules = schedules(facts, &asked, unit, root, sink);
    let answers = schedules
        .is_empty()
        .then(|| asked.without_schedule(&here.notices));
    let pictures = record::pictures(facts, today, unit);
    let own = [here.notices.as_slice(), &here.schedules].concat();
    let everywhere = || own.iter().chain(&binding).copied();
    let is_answered = |url: &str| match schedules.as_slice() {
        [] => here.pilots.iter().any(|&(pilot, _)| {
            let page = url.split('#').next().unwrap_or_default();
            page == routes::document(facts, pilot)
        }),
        [one] => one.schedule.page.url == url,
        _ => false,
    };
    let mut record = record::record(facts, unit);
    if pictures.is_empty() {
        record.retain(|row| !is_answered(&row.page.url));
    }
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
        former: former(regions, unit),
        note: this.note.clone(),
        above: asked.offices_above(),
        wider_windows: past_last(facts, today, &asked, &binding),
        deadlines: everywhere()
            .flat_map(|i| parts::deadlines_for(facts, today, i, Audience::Students))
            .collect(),
        has_several: schedules.len() > 1,
        answers,
        schedules,
        piloted: !here.pilots.is_empty(),
        record,
        disputes: record::disputes(facts, unit),
        pictures,
        assessed: !here.grades.is_empty(),
        own: parts::items(facts, today, &own),
        binding: parts::items(facts, today, &binding),
        binding_more,
    }
}

/// Former names of a unit, with the years in which they ended.
fn former(regions: &Regions, unit: UnitId) -> Vec<String> {
    let name = &regions.units[unit].name;
    regions
        .predecessors(unit)
        .into_iter()
        .filter(|(i, _)| regions.units[*i].name != *name)
        .map(|(i, year)| match year {
            Some(year) => format!("{}（{year}年前）", regions.units[i].name),
            None => regions.units[i].name.clone(),
        })
        .collect()
}

/// The windows of documents that no card shows; on each day, those that are past come last.
fn past_last(
    facts: &Facts,
    today: Date,
    asked: &County,
    documents: &[DocumentId],
) -> Vec<WindowView> {
    let windows = documents.iter().flat_map(|&index| {
        let count = facts.document(index).windows.len();
        (0..count).map(move |number| (index, number))
    });
    let windows: Vec<(DocumentId, usize)> = windows.filter(|at| !asked.shows(*at)).collect();
    let count = windows.len();
    let mut list: Vec<(bool, WindowView)> = windows
        .into_iter()
        .enumerate()
        .map(|(place, (index, number))| {
            let since = past_since(&facts.document(index).windows[number]);
            let order = match since {
                Some(day) => Daily::changing(place, day, count + place),
                None => Daily::constant(place),
            };
            let view = WindowView {
                order: (count > 1).then(|| view::place_text(&order)),
                ..parts::window(facts, today, index, number)
            };
            (since.is_some_and(|day| day <= today), view)
        })
        .collect();
    list.sort_by_key(|(is_past, _)| *is_past);
    list.into_iter().map(|(_, view)| view).collect()
}

/// Schedules of a unit, newest first, with their states.
fn courses(facts: &Facts, unit: UnitId) -> (Vec<DocumentId>, Vec<Course>) {
    let schedules = facts.named(unit).schedules.iter();
    let course = |&index: &DocumentId| {
        let document = facts.document(index);
        match &document.kind {
            Kind::Schedule(schedule) => Some((index, schedule_course(document, schedule))),
            _ => None,
        }
    };
    schedules.filter_map(course).unzip()
}

/// The schedule of a unit that concerns a reader most on a day.
pub fn nearest_schedule(facts: &Facts, today: Date, unit: UnitId) -> Option<DocumentId> {
    let (schedules, courses) = courses(facts, unit);
    let places = Course::places(&courses);
    let nearest = places.iter().position(|place| place.on(today) == 0)?;
    schedules.get(nearest).copied()
}

/// The schedules that the page of a unit shows: on each day the one that concerns a reader most, and those that are open or
/// to come.
fn schedules(
    facts: &Facts,
    asked: &County,
    unit: UnitId,
    root: &str,
    sink: &mut Sink,
) -> Vec<CountySchedule> {
    let today = asked.today;
    let (schedules, courses) = courses(facts, unit);
    let places = Course::places(&courses);
    let mut out = Vec::new();
    for ((index, course), place) in schedules.into_iter().zip(&courses).zip(&places) {
        let is_shown = |day| place.on(day) == 0 || course.on(day).standing() <= Standing::Ahead;
        let days = || course.days().chain(place.days());
        let shown = Daily::new(days(), is_shown);
        let is_to_come = days().any(|day| day > today && shown.on(day));
        if !(shown.on(today) || is_to_come || out.len() < HELD && shown.values().any(|is| is)) {
            continue;
        }
        let Some(made) = schedules::schedule_facts(facts, today, index, root, sink) else {
            continue;
        };
        let mark = match out.len() {
            0 => String::new(),
            number => format!("s{}-", number + 1),
        };
        let view = CountySchedule {
            schedule: made.view,
            answers: asked.of_schedule(index, &mark),
            mark,
            order: (places.len() > 1).then(|| view::place_text(place)),
            shown: ShownView::on(&shown, today),
            calendar: ShownView::on(&place.map(|place| place == 0), today),
        };
        out.push((place.on(today), view));
    }
    out.sort_by_key(|(place, _)| *place);
    out.into_iter().map(|(_, view)| view).collect()
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
            let (name, url) = match prefecture.heading() {
                Some(Heading::OfProvince) => ("省直辖", String::new()),
                Some(Heading::OfCity) => (regions.provinces[province].name.as_str(), String::new()),
                None => {
                    let page = routes::place(facts, Place::Prefecture(p));
                    (prefecture.name.as_str(), page)
                }
            };
            Some(CountyGroup {
                name: name.to_owned(),
                url,
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
        .flat_map(|&i| parts::windows_of(facts, today, i))
        .collect();
    let due = |audience| {
        list.iter()
            .flat_map(|&i| parts::deadlines_for(facts, today, i, audience))
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
                .flat_map(|&i| parts::windows_of(facts, today, i)),
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
        documents: parts::items(facts, today, facts.at(Place::Prefecture(index))),
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
        documents: parts::items(facts, today, facts.at(Place::Province(index))),
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
        documents: parts::items(facts, today, facts.at(Place::Country)),
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
    let groups_of = |&province| {
        let group = province_group(facts, province, groups(facts, province));
        let is_empty = group.prefectures.is_empty();
        ProvinceGroup {
            note: is_empty.then_some("各县的还没有收录，先看全省的。"),
            ..group
        }
    };
    facts.provinces().iter().map(groups_of).collect()
}

/// All provinces by name.
pub fn provinces(facts: &Facts) -> Vec<ProvinceGroup> {
    let provinces = facts.provinces().iter();
    provinces
        .map(|&p| province_group(facts, p, Vec::new()))
        .collect()
}

fn province_group(
    facts: &Facts,
    province: ProvinceId,
    prefectures: Vec<CountyGroup>,
) -> ProvinceGroup {
    ProvinceGroup {
        name: facts.regions().provinces[province].name.clone(),
        url: routes::place(facts, Place::Province(province)),
        prefectures,
        note: None,
    }
}

/// With more counties than this, no page names them all: a register leads to the pages of prefectures, the home page to
/// those of provinces.
pub const MOST_COUNTIES: usize = 600;

/// The register: by province and by pinyin initial.
pub fn register(facts: &Facts) -> CountiesView {
    let is_cut = facts.units().len() > MOST_COUNTIES;
    let with_counties = |province: &ProvinceId| {
        let units = facts.units().keys();
        let mut provinces = units.map(|&unit| facts.regions().units[unit].province);
        provinces.any(|one| one == *province)
    };
    CountiesView {
        provinces: facts
            .provinces()
            .iter()
            .filter(|province| with_counties(province))
            .map(|&p| province_group(facts, p, groups(facts, p)))
            .collect(),
        initials: if is_cut {
            Vec::new()
        } else {
            by_initial(facts)
        },
        is_cut,
        total: facts.units().len(),
    }
}

/// All counties with a page by the first letter of their pinyin.
fn by_initial(facts: &Facts) -> Vec<CountyGroup> {
    let mut units: Vec<(String, String, UnitId)> = facts
        .units()
        .keys()
        .map(|&unit| {
            let pinyin = plain_pinyin(&facts.regions().units[unit].pinyin);
            (pinyin, routes::unit(facts, unit), unit)
        })
        .collect();
    units.sort();
    let initial = |pinyin: &str| pinyin.chars().next().map(|c| c.to_ascii_uppercase());
    units
        .chunk_by(|(a, ..), (b, ..)| initial(a) == initial(b))
        .map(|group| CountyGroup {
            name: initial(&group[0].0).map_or_else(String::new, String::from),
            url: String::new(),
            counties: group
                .iter()
                .map(|&(_, _, unit)| county_item(facts, unit))
                .collect(),
        })
        .collect()
}
