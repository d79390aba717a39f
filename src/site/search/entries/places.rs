//! Entries of topics and places: what a county is called, and what the documents say of it.

use jiff::civil::Date;

use crate::pages::parts;
use std::collections::BTreeMap;

use super::documents::window_words;
use super::*;
use crate::model::{Course, PrefectureId, Scale, UnitId, UnitKind, window_course};
use crate::text::plain_pinyin;

/// Digits of the code of a county.
const CODE: usize = 6;

pub(super) fn topics(facts: &Facts, parts: &mut Vec<Part>) {
    let mut pages = Vec::new();
    for (index, topic) in facts.topics().iter_enumerated() {
        let mut fields = vec![(level::TITLE, topic.name.clone())];
        let mut names = vec![name(&topic.name, level::TOPIC)];
        for alias in &topic.aliases {
            fields.push((level::ALIAS, alias.clone()));
            names.push(name(alias, level::ALIAS));
        }
        let terms = facts
            .glossary()
            .iter()
            .filter(|term| term.topic == Some(index));
        names.extend(
            terms
                .flat_map(|term| term.names())
                .map(|text| glossary_name(text, level::ALIAS)),
        );
        fields.extend(topic.about.iter().map(|a| (level::BODY, a.clone())));
        pages.push(Part {
            head: plain_head(
                EntryKind::Topic,
                routes::topic(facts, index, 1),
                &topic.name,
                "",
                topic.about.clone().unwrap_or_default(),
            ),
            shown: true,
            fields,
            intents: Vec::new(),
            names,
            items: Vec::new(),
        });
    }
    register(pages, parts);
}

/// Words of the glossary; those that are topics are found there, with the documents.
pub(super) fn glossary(facts: &Facts, parts: &mut Vec<Part>) {
    let mut pages = Vec::new();
    let terms = facts.glossary().iter();
    for term in terms.filter(|term| term.topic.is_none()) {
        let mut fields = vec![(level::LEAD, term.name.clone())];
        fields.extend(term.aliases.iter().map(|a| (level::AROUND, a.clone())));
        fields.push((level::AROUND, term.about.clone()));
        pages.push(Part {
            head: plain_head(
                EntryKind::Text,
                routes::term(&term.id),
                &term.name,
                "术语",
                term.about.clone(),
            ),
            shown: true,
            fields,
            intents: Vec::new(),
            names: term
                .names()
                .map(|text| glossary_name(text, level::ALIAS))
                .collect(),
            items: Vec::new(),
        });
    }
    register(pages, parts);
}

/// Syllables of a name as the regions give it (`yòu yù xiàn`, `yòu-yù-xiàn`).
fn syllables(pinyin: &str) -> Vec<String> {
    plain_pinyin(pinyin)
        .split([' ', '-'])
        .filter(|s| !s.is_empty())
        .map(str::to_owned)
        .collect()
}

/// A place's whole name and, where at least two characters are left, its name without 县, 区, 市.
pub fn place_names(text: &str, pinyin: &str, level: u8) -> Vec<Name> {
    let sounds = syllables(pinyin);
    let length = text.chars().count();
    let known = sounds.len() == length;
    let mut names = vec![Name {
        text: text.to_owned(),
        sounds: known.then(|| sounds.clone()),
        level,
        is_place: true,
        is_word: false,
    }];
    let cut = [
        "自治县",
        "自治州",
        "自治旗",
        "地区",
        "省",
        "市",
        "县",
        "区",
        "旗",
        "州",
        "盟",
    ]
    .iter()
    .find_map(|end| text.strip_suffix(end))
    .filter(|short| short.chars().count() >= 2);
    if let Some(short) = cut {
        let count = short.chars().count();
        names.push(Name {
            text: short.to_owned(),
            sounds: known.then(|| sounds[..count].to_vec()),
            level: level - 1,
            is_place: false,
            is_word: false,
        });
    } else if length == 2 && known {
        // 滑县: nobody writes 滑, but "hua" is typed.
        names.push(Name {
            text: text.chars().take(1).collect(),
            sounds: Some(sounds[..1].to_vec()),
            level: level - 1,
            is_place: false,
            is_word: false,
        });
    }
    names
}

pub(super) fn areas(facts: &Facts, parts: &mut Vec<Part>) {
    let regions = &facts.regions();
    let mut pages = Vec::new();
    for &index in facts.provinces() {
        let province = &regions.provinces[index];
        pages.push(Part {
            head: Head {
                province: province.name.clone(),
                ..plain_head(
                    EntryKind::Area,
                    routes::place(facts, Place::Province(index)),
                    &province.name,
                    "省级",
                    "本省的文件、时间和各县".into(),
                )
            },
            shown: true,
            fields: Vec::new(),
            intents: Vec::new(),
            names: place_names(&province.name, &province.pinyin, level::FORMER_NAME),
            items: Vec::new(),
        });
    }
    for &index in facts.prefectures() {
        let prefecture = &regions.prefectures[index];
        let province = &regions.provinces[prefecture.province];
        pages.push(Part {
            head: Head {
                province: province.name.clone(),
                ..plain_head(
                    EntryKind::Area,
                    routes::place(facts, Place::Prefecture(index)),
                    &prefecture.name,
                    &province.name,
                    "本市的文件和各县".into(),
                )
            },
            shown: true,
            fields: vec![(level::AROUND, province.name.clone())],
            intents: Vec::new(),
            names: place_names(&prefecture.name, &prefecture.pinyin, level::FORMER_NAME),
            items: Vec::new(),
        });
    }
    register(pages, parts);
}

pub(super) fn counties(facts: &Facts, today: Date, full: usize, parts: &mut Vec<Part>) {
    let regions = &facts.regions();
    let mut by_prefecture: BTreeMap<(String, PrefectureId), Vec<UnitId>> = BTreeMap::new();
    for &unit in facts.units().keys() {
        let this = &regions.units[unit];
        let key = (
            regions.prefectures[this.prefecture].code.clone(),
            this.prefecture,
        );
        by_prefecture.entry(key).or_default().push(unit);
    }
    for ((_, prefecture), mut units) in by_prefecture {
        units.sort_by(|&a, &b| {
            let key = |u: UnitId| (regions.units[u].kind, &regions.units[u].id);
            key(a).cmp(&key(b))
        });
        let prefecture = &regions.prefectures[prefecture];
        let province = &regions.provinces[prefecture.province];
        let around = if prefecture.is_heading() {
            province.name.clone()
        } else {
            format!("{} {}", province.name, prefecture.name)
        };
        let part = Part {
            head: Head {
                province: province.name.clone(),
                ..plain_head(EntryKind::County, String::new(), "", &around, String::new())
            },
            shown: false,
            fields: Vec::new(),
            intents: Vec::new(),
            names: {
                let mut names = place_names(&province.name, &province.pinyin, level::HEADING);
                if !prefecture.is_heading() {
                    names.extend(place_names(
                        &prefecture.name,
                        &prefecture.pinyin,
                        level::HEADING,
                    ));
                }
                names.iter_mut().for_each(|n| n.is_place = false);
                names
            },
            items: Vec::new(),
        };
        let items = units
            .into_iter()
            .map(|unit| county(facts, today, unit))
            .collect();
        divide(part, items, full, parts);
    }
}

/// The code by which a county is looked for, if its id is one.
fn code(id: &str) -> Option<Field> {
    let is_code = id.len() == CODE && id.bytes().all(|byte| byte.is_ascii_digit());
    is_code.then(|| (level::HEADING, id.to_owned()))
}

fn county(facts: &Facts, today: Date, unit: UnitId) -> Item {
    let regions = &facts.regions();
    let this = &regions.units[unit];
    let here = facts.named(unit);
    let mut said: Vec<String> = Vec::new();
    let mut courses = Vec::new();
    let mut around: Vec<Field> = code(&this.id).into_iter().collect();
    let mut names = place_names(&this.name, &this.pinyin, level::NAME);
    let prefecture = &regions.prefectures[this.prefecture];
    if this.kind != UnitKind::County && !prefecture.is_heading() {
        let full = format!("{}{}", prefecture.name, this.name);
        names.extend((this.kind == UnitKind::Zone).then(|| name(&full, level::NAME)));
        around.push((level::BODY, this.kind.text().to_owned()));
    }
    for (former, _) in regions.predecessors(unit) {
        let former = &regions.units[former];
        if former.name != this.name {
            names.extend(place_names(
                &former.name,
                &former.pinyin,
                level::FORMER_NAME,
            ));
        }
    }
    let mut intents = Vec::new();
    for &index in &here.schedules {
        let Kind::Schedule(schedule) = &facts.document(index).kind else {
            continue;
        };
        let year = schedule.year;
        for (number, window) in facts.document(index).windows.iter().enumerate() {
            said.push(window_words(&parts::window(facts, today, index, number)));
            courses.push(window_course(window));
            intents.push(Intent::Time);
        }
        intents.extend([Intent::Papers, Intent::Contact, Intent::Place]);
        around.push((
            level::AROUND,
            format!("{year}年受理安排 受理时间 在哪里办 要什么材料 一天办多少人 名额 电话"),
        ));
        around.extend(documents::schedule_facts(schedule).map(|(_, text)| (level::AROUND, text)));
    }
    for &(index, _) in &here.pilots {
        if let Kind::Pilots(list) = &facts.document(index).kind {
            said.push(format!("{}年列入{}", list.year, list.programme));
        }
    }
    for &(index, grade, row) in &here.grades {
        if let Kind::Assessment(assessment) = &facts.document(index).kind {
            said.push(format!(
                "{}年度{}：{}",
                assessment.year, assessment.programme, assessment.grades[grade].grade
            ));
            around.push((level::AROUND, "考核结果 等次".into()));
            let listed = &assessment.grades[grade].rows[row];
            if listed.printed.value != this.name {
                names.push(name(&listed.printed.value, level::FORMER_NAME));
            }
        }
    }
    if !here.notices.is_empty() {
        said.push(format!("本县文件{}份", here.notices.len()));
    }
    let text = said.join("；");
    let mut fields = vec![(level::BODY, text.clone())];
    fields.append(&mut around);
    intents.sort_unstable();
    intents.dedup();
    Item {
        kind: EntryKind::County,
        url: routes::unit(facts, unit),
        heading: this.name.clone(),
        text,
        state: Course::of_nearest(&courses)
            .map(|course| StateView::on(&course, Scale::Window, today)),
        fields,
        intents,
        names,
    }
}
