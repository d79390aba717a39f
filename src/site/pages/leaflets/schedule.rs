//! The leaflet of a county's schedule.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::items::{Items, about, asked, checks, halves, points, section, source, unnamed};
use super::sheet::{Ranked, Sheet};
use crate::atlas::Facts;
use crate::model::{Cite, ClauseId, Document, DocumentId, Kind, Place, Schedule};
use crate::pages::guide::{self, Element};
use crate::pages::parts::day_view;
use crate::pages::view::LeafletItem;
use crate::pages::{life, schedules, self_checks};
use crate::rules::language::Language;

/// What the leaflet says. The code leads to the county's page, which goes on to say what holds when the year of the sheet
/// is over.
pub fn sheet(facts: &Facts, today: Date, index: DocumentId, schedule: &Schedule) -> Sheet {
    let document = facts.document(index);
    let notice = facts.text_of(index);
    let items = Items::new(facts, notice);
    let own_page = facts.document_link(index);
    let (page, own_page) = match document.place {
        Some(place @ Place::Unit(_)) => (facts.place_link(place), Some(own_page)),
        _ => (own_page, None),
    };
    Sheet {
        about: about(
            facts,
            document.place,
            &format!("{}年受理安排", schedule.year),
        ),
        title: document.title.value.clone(),
        late: schedules::over_since(document, schedule).map(|day| {
            if let Some(ending) = document.ending.filter(|ending| ending.since <= day) {
                return (day, life::sentence(facts, ending));
            }
            let words = format!(
                "这是{}年的安排，受理已经结束，只作参考。新的安排请看网页。",
                schedule.year
            );
            (day, words)
        }),
        times: items.windows(today, document.windows.iter()),
        sections: sections(facts, index, schedule, &items),
        open: open(facts, index, schedule),
        sources: vec![source(facts, Language::Chinese, notice)],
        checked: facts.checked(index),
        document: own_page,
        page,
        ..Sheet::default()
    }
}

fn sections(facts: &Facts, index: DocumentId, schedule: &Schedule, items: &Items) -> Vec<Ranked> {
    let document = facts.document(index);
    let fact = |fact| items.fact(fact);
    let forms = schedule.forms.iter().map(|form| LeafletItem {
        text: String::new(),
        ticks: form.items.clone(),
        ..items.fact(form)
    });
    let quotas = schedule.quotas.iter().map(|quota| {
        let halves = halves(quota.morning, quota.afternoon);
        LeafletItem {
            who: Some(quota.group.clone()),
            text: format!("每天{}名{halves}", quota.per_day),
            cites: vec![items.cite(&quota.cite)],
            ..LeafletItem::default()
        }
    });
    let sessions = schedule.sessions.iter().map(|session| {
        let halves = halves(session.morning, session.afternoon);
        LeafletItem {
            who: Some(day_view(session.date).text),
            text: format!("{}　{}{halves}", session.place, session.service),
            note: session.phone.as_ref().map(|phone| format!("电话{phone}")),
            ..LeafletItem::default()
        }
    });
    let guide = schedule.guide.iter().map(|guide| LeafletItem {
        who: Some(guide.what.clone()),
        text: guide.items.join("；"),
        note: guide.note.clone(),
        cites: vec![items.cite(&guide.cite)],
        ..LeafletItem::default()
    });
    let contacts = document.contacts.iter().map(|one| items.contact(one));
    let venues = schedule.venues.iter().map(fact);
    // Sessions answer for places and numbers to call.
    let asked_or_in_sessions = |title, list: Vec<LeafletItem>| {
        if schedule.sessions.is_empty() {
            Some(asked(0, title, list.into_iter()))
        } else {
            section(0, title, list.into_iter())
        }
    };
    // Points that say the same as the facts rest on the same clauses.
    let said = clauses(document, schedule);
    let points = points(facts, index).into_iter();
    let points = points.filter(|point| !said.contains(&clause(&point.cite)));
    let self_checks = document.place.map(|place| self_checks::at(facts, place));
    [
        section(0, "怎么办", schedule.channels.iter().map(fact)),
        asked_or_in_sessions("在哪里办", venues.collect()),
        Some(asked(0, "带什么", forms)),
        section(0, "一天办多少人", quotas),
        section(0, "分场次受理", sessions),
        asked_or_in_sessions("打电话问谁", contacts.collect()),
        section(1, "还要知道", guide),
        section(1, "要点", points.map(|point| items.point(point))),
        section(1, "先自查一下", checks(&self_checks.unwrap_or_default())),
        section(
            2,
            "预申请通过的是哪些学生",
            schedule.groups.iter().map(fact),
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn clause(cite: &Cite) -> (DocumentId, ClauseId) {
    (cite.document, cite.clause)
}

/// The clauses that the facts of the first sections cite.
fn clauses(document: &Document, schedule: &Schedule) -> BTreeSet<(DocumentId, ClauseId)> {
    let facts = [
        &schedule.channels,
        &schedule.venues,
        &schedule.forms,
        &schedule.guide,
    ];
    let facts = facts.into_iter().flatten().map(|fact| &fact.cite);
    let quotas = schedule.quotas.iter().map(|quota| &quota.cite);
    let contacts = document.contacts.iter().filter_map(|one| one.cite.as_ref());
    facts.chain(quotas).chain(contacts).map(clause).collect()
}

/// What the text leaves open.
fn open(facts: &Facts, index: DocumentId, schedule: &Schedule) -> Vec<String> {
    let document = facts.document(index);
    // The text is not silent about a number that is withheld or given with a session.
    let has_phones = schedule.sessions.iter().any(|one| one.phone.is_some())
        || document.contacts.iter().any(|one| one.note.is_some());
    let answers = guide::answers(facts, index, schedule).into_iter();
    let open = answers
        .filter(|answer| answer.value.is_none())
        .filter(|answer| !(has_phones && answer.element == Element::Phone))
        .map(|answer| answer.element.name().to_owned());
    let unnamed = match &facts.document(facts.text_of(index)).kind {
        Kind::Notice(notice) => Some(unnamed(notice)),
        _ => None,
    };
    open.chain(unnamed.into_iter().flatten()).collect()
}
