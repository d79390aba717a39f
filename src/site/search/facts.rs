//! Facts of places for the answers of the search: what the documents say of a county or a province, and what they do not.
//!
//! Comes in: the [`Facts`]. Goes out: [`PlaceFacts`] by the address of the place's page. Everything is a fact of the model
//! with its clause; that a text does not say something is one too, where a schedule has nothing of it.

use std::collections::BTreeMap;

use jiff::civil::Date;

use mingbai_search::ranking::Intent;

use super::entries::window_words;
use crate::atlas::{Facts, routes};
use crate::model::{
    Assessment, Cite, DocumentId, Ending, Fact, Kind, Place, PrefectureId, ProvinceId, Schedule,
    UnitId,
};
use crate::pages::life;
use crate::pages::parts;
use crate::pages::view::StateView;

/// A fact about a place.
#[derive(Debug, Clone, Default)]
pub struct PlaceFact {
    /// What it answers.
    pub asks: Vec<Intent>,
    /// Whether it says something, and of which places.
    pub sort: Sort,
    pub year: Option<i16>,
    /// Words one of which a question must have.
    pub about: Vec<String>,
    pub text: String,
    pub state: Option<StateView>,
    pub quote: String,
    pub source: String,
    pub url: String,
}

/// What sort of fact it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// The texts say it.
    #[default]
    Said,
    /// The texts do not say it.
    Unwritten,
    /// It holds for places that are on no list.
    NotListed,
    /// It is asked for with a 没.
    Negative,
}

impl Sort {
    /// As the index has it.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Said => "",
            Self::Unwritten => "n",
            Self::NotListed => "l",
            Self::Negative => "-",
        }
    }
}

/// The facts of a place.
#[derive(Debug, Clone, Default)]
pub struct PlaceFacts {
    /// The address of its page; empty for the whole site.
    pub url: String,
    pub name: String,
    /// Whom its facts distinguish: names, and what people say instead.
    pub groups: Vec<Vec<String>>,
    pub facts: Vec<PlaceFact>,
}

/// The facts of every place that has some.
pub fn list(facts: &Facts, today: Date) -> Vec<PlaceFacts> {
    let regions = facts.regions();
    let mut out = Vec::new();
    let mut site = PlaceFacts::default();
    // What holds for counties on no list, by province.
    let mut not_listed: BTreeMap<ProvinceId, Vec<PlaceFact>> = BTreeMap::new();
    for &province in facts.provinces() {
        let mut here = PlaceFacts {
            url: routes::place(facts, Place::Province(province)),
            name: regions.provinces[province].name.clone(),
            ..PlaceFacts::default()
        };
        here.facts = of_province(facts, province);
        let lists = here.facts.iter().filter(|fact| !fact.about.is_empty());
        site.facts.extend(lists.cloned());
        let not = here
            .facts
            .iter()
            .filter(|fact| fact.sort == Sort::NotListed);
        let said = not.map(|fact| PlaceFact {
            sort: Sort::Said,
            ..fact.clone()
        });
        not_listed.insert(province, said.collect());
        out.push(here);
    }
    for &prefecture in facts.prefectures() {
        out.push(PlaceFacts {
            url: routes::place(facts, Place::Prefecture(prefecture)),
            name: regions.prefectures[prefecture].name.clone(),
            facts: of_prefecture(facts, prefecture),
            ..PlaceFacts::default()
        });
    }
    for &unit in facts.units().keys() {
        let not_listed = not_listed.get(&regions.units[unit].province);
        let not_listed = not_listed.map_or(&[][..], Vec::as_slice);
        out.push(of_unit(facts, today, unit, not_listed));
    }
    out.extend(words(facts));
    out.push(site);
    out
}

/// What the words of the glossary mean; a word that is a topic is found as one.
fn words(facts: &Facts) -> Vec<PlaceFacts> {
    let mut out: BTreeMap<String, PlaceFacts> = BTreeMap::new();
    for term in facts.glossary() {
        let page = routes::term(&term.id);
        let own = PlaceFact {
            asks: vec![Intent::Meaning],
            about: term.names().map(str::to_owned).collect(),
            text: format!("{}：{}", term.name, term.about),
            source: "本站的解释".to_owned(),
            url: page.clone(),
            ..PlaceFact::default()
        };
        let fact = match &term.defined {
            None => own,
            Some(defined) => {
                let view = facts.cite(&defined.cite);
                PlaceFact {
                    quote: view.quote.unwrap_or_default(),
                    source: format!("{} {}", view.notice, view.label),
                    url: view.url,
                    ..own
                }
            }
        };
        let url = term
            .topic
            .map_or(page, |topic| routes::topic(facts, topic, 1));
        let here = out.entry(url.clone()).or_default();
        here.url = url;
        here.name = term.name.clone();
        here.facts.push(fact);
    }
    out.into_values().collect()
}

/// Which counties of a prefecture got each grade of an assessment.
fn of_prefecture(facts: &Facts, prefecture: PrefectureId) -> Vec<PlaceFact> {
    let regions = facts.regions();
    let province = regions.prefectures[prefecture].province;
    let is_here = |unit: UnitId| regions.units[unit].prefecture == prefecture;
    let mut out = Vec::new();
    for &index in facts.at(Place::Province(province)) {
        let document = facts.document(index);
        if let Kind::Assessment(assessment) = &document.kind {
            for grade in &assessment.grades {
                let here = grade.rows.iter().filter(|row| is_here(row.unit));
                let names: Vec<&str> = here.map(|row| row.printed.value.as_str()).collect();
                let count = names.len();
                let (year, programme) = (assessment.year, &assessment.programme);
                let named = match count {
                    0 => String::new(),
                    _ => format!("：{}", names.join("、")),
                };
                let text = format!("{year}年度{programme}：{}{count}个{named}。", grade.grade);
                out.push(PlaceFact {
                    about: vec![grade.grade.clone()],
                    ..cited(
                        facts,
                        &grade.list,
                        &[Intent::Which, Intent::Count],
                        year,
                        text,
                    )
                });
            }
        }
        if let Kind::Pilots(list) = &document.kind {
            let here = list.rows.iter().filter(|row| is_here(row.unit));
            let names: Vec<&str> = here
                .map(|row| regions.units[row.unit].name.as_str())
                .collect();
            let named = match names.len() {
                0 => "没有本市的县（市、区）".to_owned(),
                count => format!("有本市的{count}个：{}", names.join("、")),
            };
            let text = format!("{}年{}的名单上{named}。", list.year, list.programme);
            let asks = [Intent::Way, Intent::Which, Intent::Count];
            out.push(PlaceFact {
                url: routes::document(facts, index),
                ..cited(facts, &list.cite, &asks, list.year, text)
            });
        }
    }
    out
}

/// A fact with the words of its clause.
fn cited(facts: &Facts, cite: &Cite, asks: &[Intent], year: i16, text: String) -> PlaceFact {
    let view = facts.cite(cite);
    let ending = ended(facts, facts.document(cite.document).ending);
    PlaceFact {
        asks: asks.to_vec(),
        year: Some(year),
        text: format!("{text}{ending}"),
        quote: view.quote.unwrap_or_default(),
        source: format!("{} {}", view.notice, view.label),
        url: view.url,
        ..PlaceFact::default()
    }
}

/// What is said after a fact whose document no longer holds: since when, and which one does.
fn ended(facts: &Facts, ending: Option<Ending>) -> String {
    ending.map_or_else(String::new, |ending| {
        format!(
            "（{}）",
            life::sentence(facts, ending).trim_end_matches('。')
        )
    })
}

/// Lists and assessments of a province.
fn of_province(facts: &Facts, province: ProvinceId) -> Vec<PlaceFact> {
    let mut out = Vec::new();
    for &index in facts.at(Place::Province(province)) {
        let document = facts.document(index);
        match &document.kind {
            Kind::Pilots(list) => {
                let count = list.rows.len();
                let asks = [Intent::Way, Intent::Which, Intent::Count];
                let text = format!(
                    "{}年{}：{count}个县（市、区）在名单上。",
                    list.year, list.programme
                );
                let page = routes::document(facts, index);
                let about = ["试点", "远程", "网上", "线上"].map(str::to_owned).to_vec();
                out.push(PlaceFact {
                    url: page.clone(),
                    about,
                    ..cited(facts, &list.cite, &asks, list.year, text)
                });
                let text = format!(
                    "不在{}年{}的名单上（名单上有{count}个县、市、区）。",
                    list.year, list.programme
                );
                out.push(PlaceFact {
                    url: page,
                    sort: Sort::NotListed,
                    ..cited(
                        facts,
                        &list.cite,
                        &[Intent::Way, Intent::Which],
                        list.year,
                        text,
                    )
                });
            }
            Kind::Assessment(assessment) => out.extend(of_assessment(facts, index, assessment)),
            _ => {}
        }
    }
    out
}

/// How many, and which, got each grade of an assessment, and which did not.
fn of_assessment(facts: &Facts, index: DocumentId, assessment: &Assessment) -> Vec<PlaceFact> {
    let page = routes::document(facts, index);
    let (year, programme) = (assessment.year, &assessment.programme);
    let asks = [Intent::Which, Intent::Count];
    let all: usize = assessment.grades.iter().map(|grade| grade.rows.len()).sum();
    let mut out = Vec::new();
    for grade in &assessment.grades {
        let name = &grade.grade;
        let count = grade.rows.len();
        let cite = grade.cite.as_ref().unwrap_or(&grade.list);
        let names: Vec<&str> = grade
            .rows
            .iter()
            .take(MOST_NAMED)
            .map(|row| row.printed.value.as_str())
            .collect();
        let named = match count {
            0 => "，名单上没有".to_owned(),
            _ if count <= MOST_NAMED => format!("：{}", names.join("、")),
            _ => String::new(),
        };
        let text = format!("{year}年度{programme}：{name}{count}个（共{all}个）{named}。");
        out.push(PlaceFact {
            about: vec![name.clone()],
            ..cited(facts, cite, &asks, year, text)
        });
        let others: Vec<String> = assessment
            .grades
            .iter()
            .filter(|other| other.grade != *name && !other.rows.is_empty())
            .map(|other| format!("{}{}个", other.grade, other.rows.len()))
            .collect();
        let rest = all - count;
        let text = format!(
            "{year}年度{programme}：不是{name}的{rest}个（{}）。",
            others.join("、")
        );
        let negative = cited(facts, cite, &asks, year, text);
        out.push(PlaceFact {
            about: vec![name.clone()],
            sort: Sort::Negative,
            source: format!("{}；看这{rest}个的名单", negative.source),
            url: format!("{page}?grade=!{name}#list"),
            ..negative
        });
    }
    out
}

/// Names of counties that a fact lists.
const MOST_NAMED: usize = 8;

/// What the documents say of a county; `not_listed` is what holds for one that no list names.
fn of_unit(facts: &Facts, today: Date, unit: UnitId, not_listed: &[PlaceFact]) -> PlaceFacts {
    let regions = facts.regions();
    let here = facts.named(unit);
    let mut out = PlaceFacts {
        url: routes::unit(facts, unit),
        name: regions.units[unit].name.clone(),
        ..PlaceFacts::default()
    };
    for &index in &here.schedules {
        let Kind::Schedule(schedule) = &facts.document(index).kind else {
            continue;
        };
        out.facts.extend(of_schedule(facts, today, index, schedule));
        out.groups.extend(groups(facts, index, &out.facts));
    }
    out.groups.sort();
    out.groups.dedup();
    for &(index, _) in &here.pilots {
        let Kind::Pilots(list) = &facts.document(index).kind else {
            continue;
        };
        let text = format!("在{}年{}的名单上。", list.year, list.programme);
        out.facts.push(PlaceFact {
            url: format!(
                "{}#{}",
                routes::document(facts, index),
                regions.units[unit].id
            ),
            ..cited(
                facts,
                &list.cite,
                &[Intent::Way, Intent::Which],
                list.year,
                text,
            )
        });
    }
    if here.pilots.is_empty() {
        out.facts.extend_from_slice(not_listed);
    }
    out
}

/// Topics that the facts of a schedule distinguish, with what people call them.
fn groups(facts: &Facts, index: DocumentId, said: &[PlaceFact]) -> Vec<Vec<String>> {
    let document = facts.document(index);
    let topics = document.topics.iter().map(|&topic| facts.topic(topic));
    let is_said = |name: &str| {
        said.iter()
            .any(|fact| fact.text.contains(name) || fact.quote.contains(name))
    };
    topics
        .filter(|topic| is_said(&topic.name))
        .map(|topic| {
            let mut names = vec![topic.name.clone()];
            names.extend(topic.aliases.iter().cloned());
            names.retain(|name| !name.contains(' '));
            names
        })
        .collect()
}

/// What a schedule says, and what it does not say.
fn of_schedule(
    facts: &Facts,
    today: Date,
    index: DocumentId,
    schedule: &Schedule,
) -> Vec<PlaceFact> {
    let document = facts.document(index);
    let year = schedule.year;
    let mut out = Vec::new();
    for (number, window) in document.windows.iter().enumerate() {
        let view = parts::window(facts, today, index, number);
        let text = window_words(&view);
        out.push(PlaceFact {
            state: Some(view.state),
            ..cited(facts, &window.cite, &[Intent::Time], year, text)
        });
    }
    let ending = ended(facts, document.ending);
    for session in &schedule.sessions {
        let day = crate::model::date::chinese(session.date);
        out.push(PlaceFact {
            asks: vec![Intent::Time, Intent::Place],
            year: Some(year),
            text: format!("{day}：{}，{}{ending}", session.place, session.service),
            about: vec![session.place.clone()],
            source: facts.short_title(index),
            url: format!("{}#when", routes::document(facts, index)),
            ..PlaceFact::default()
        });
    }
    let said = |list: &[Fact], asks: &[Intent], out: &mut Vec<PlaceFact>| {
        out.extend(
            list.iter()
                .map(|fact| cited(facts, &fact.cite, asks, year, in_words(fact))),
        );
    };
    said(
        &schedule.venues,
        &[Intent::Place, Intent::Address],
        &mut out,
    );
    said(&schedule.channels, &[Intent::Way, Intent::Who], &mut out);
    said(&schedule.forms, &[Intent::Papers], &mut out);
    for quota in &schedule.quotas {
        let halves = [("上午", quota.morning), ("下午", quota.afternoon)];
        let halves: Vec<String> = halves
            .iter()
            .filter_map(|(half, count)| count.map(|count| format!("{half}{count}名")))
            .collect();
        let halves = match halves.is_empty() {
            true => String::new(),
            false => format!("（{}）", halves.join("、")),
        };
        let text = format!("{}：每天{}名{halves}", quota.group, quota.per_day);
        out.push(cited(
            facts,
            &quota.cite,
            &[Intent::Quota, Intent::Count],
            year,
            text,
        ));
    }
    for contact in &document.contacts {
        let phone = contact.phone.clone().unwrap_or_default();
        let text = format!("{} {phone}", contact.office);
        out.push(match &contact.cite {
            Some(cite) => cited(facts, cite, &[Intent::Contact], year, text),
            None => PlaceFact {
                asks: vec![Intent::Contact],
                year: Some(year),
                text,
                source: facts.short_title(index),
                url: routes::document(facts, index),
                ..PlaceFact::default()
            },
        });
    }
    unwritten(facts, index, year, &mut out);
    out
}

/// For everything that is asked of a county and that its schedule does not say: that it does not say it.
fn unwritten(facts: &Facts, index: DocumentId, year: i16, out: &mut Vec<PlaceFact>) {
    let text = facts.text_of(index);
    let source = facts.short_title(text);
    for intent in [
        Intent::Time,
        Intent::Place,
        Intent::Papers,
        Intent::Quota,
        Intent::Contact,
        Intent::Way,
        Intent::Hours,
    ] {
        if out.iter().any(|fact| fact.asks.contains(&intent))
            || intent == Intent::Hours && says_hours(out)
        {
            continue;
        }
        out.push(PlaceFact {
            asks: vec![intent],
            sort: Sort::Unwritten,
            year: Some(year),
            text: format!("《{source}》没有写{}。", unwritten_words(intent)),
            source: source.clone(),
            url: routes::document(facts, text),
            ..PlaceFact::default()
        });
    }
}

/// Whether facts speak of hours or of days of the week.
fn says_hours(facts: &[PlaceFact]) -> bool {
    let words = ["上班", "周一", "周末", "星期", "工作日", "节假日"];
    let is_hour = |text: &str| {
        let chars: Vec<char> = text.chars().collect();
        chars
            .windows(2)
            .any(|two| two[0].is_ascii_digit() && "点时:：".contains(two[1]))
    };
    let says = |text: &str| is_hour(text) || words.iter().any(|word| text.contains(word));
    facts
        .iter()
        .any(|fact| says(&fact.text) || says(&fact.quote))
}

/// What is not written, as the object of 没有写.
fn unwritten_words(intent: Intent) -> &'static str {
    match intent {
        Intent::Time => "受理时间",
        Intent::Place => "在哪里办",
        Intent::Papers => "要带什么材料",
        Intent::Quota => "一天办多少人",
        Intent::Contact => "电话",
        Intent::Hours => "几点上班、哪几天不办",
        _ => "能不能在网上办",
    }
}

/// What a fact says: who, what, which, and the note.
fn in_words(fact: &Fact) -> String {
    let mut what = vec![fact.what.clone()];
    what.push(fact.items.join("、"));
    what.retain(|words| !words.is_empty());
    let mut out = match &fact.who {
        Some(who) => format!("{who}：{}", what.join(" ")),
        None => what.join(" "),
    };
    if let Some(note) = &fact.note {
        out.push_str(&format!("（{}）", note.trim_end_matches('。')));
    }
    out
}
