//! Views of schedules.

use jiff::civil::Date;

use super::documents::{Made, place_of, source_item, summary};
use super::guide;
use super::parts::{self, day_view};
use super::texts::text;
use super::view::*;
use crate::atlas::Facts;
use crate::atlas::routes;
use crate::diag::Sink;
use crate::model::{Document, DocumentId, Kind, Schedule, schedule_course, window_course};

/// The day from which on everything is over that a schedule arranges: its windows, or where it has none, its sessions.
/// Nothing if that day never comes.
pub fn over_since(document: &Document, schedule: &Schedule) -> Option<Date> {
    if document.windows.is_empty() {
        return schedule_course(document, schedule).over_since();
    }
    let windows = document.windows.iter().map(window_course);
    let days: Option<Vec<Date>> = windows.map(|course| course.over_since()).collect();
    days.and_then(|days| days.into_iter().max())
}

/// A schedule's page.
pub fn schedule(
    facts: &Facts,
    today: Date,
    index: DocumentId,
    root: &str,
    sink: &mut Sink,
) -> Option<Made<ScheduleView>> {
    let mut made = schedule_facts(facts, today, index, root, sink)?;
    if let Some(body) = facts.body(index) {
        let out = text(facts, body, root, None, 3, false, sink);
        made.view.body = out.blocks;
        made.links.extend(out.links);
    }
    Some(made)
}

/// A schedule without its free text, for pages that show its facts.
pub fn schedule_facts(
    facts: &Facts,
    today: Date,
    index: DocumentId,
    root: &str,
    sink: &mut Sink,
) -> Option<Made<ScheduleView>> {
    let document = facts.document(index);
    let Kind::Schedule(schedule) = &document.kind else {
        return None;
    };
    let mut links = Vec::new();
    let views = |list: &[crate::model::Fact]| {
        list.iter()
            .map(|f| parts::fact(facts, f))
            .collect::<Vec<_>>()
    };
    let view = ScheduleView {
        title: document.title.value.clone(),
        life: super::life::of(facts, index),
        page: facts.document_link(index),
        leaflet: routes::leaflet(&routes::document(facts, index)),
        year: schedule.year,
        place: place_of(facts, document),
        summary: summary(facts, index, root, &document.summary, &mut links, sink),
        windows: parts::windows_of(facts, today, index),
        over: over_since(document, schedule).and_then(|day| ShownView::since(day, today)),
        channels: views(&schedule.channels),
        venues: views(&schedule.venues),
        quotas: schedule
            .quotas
            .iter()
            .map(|q| QuotaView {
                group: q.group.clone(),
                per_day: q.per_day,
                morning: q.morning,
                afternoon: q.afternoon,
                cite: facts.cite(&q.cite),
            })
            .collect(),
        groups: views(&schedule.groups),
        forms: views(&schedule.forms),
        sessions: schedule
            .sessions
            .iter()
            .map(|s| SessionView {
                date: day_view(s.date),
                place: s.place.clone(),
                service: s.service.clone(),
                morning: s.morning,
                afternoon: s.afternoon,
                phone: s.phone.clone(),
            })
            .collect(),
        contacts: document
            .contacts
            .iter()
            .map(|c| parts::contact(facts, c))
            .collect(),
        guide: guide::answers(facts, index, schedule)
            .into_iter()
            .map(|answer| GuideRow {
                name: answer.element.name(),
                value: answer.value,
                cite: answer.cite.map(|cite| facts.cite(cite)),
            })
            .collect(),
        src: first_cited(document, schedule)
            .map_or_else(String::new, |cited| facts.short_title(cited)),
        source: source_item(facts, today, index),
        body: Vec::new(),
    };
    Some(Made { view, links })
}

/// The document that the first fact of a schedule cites.
fn first_cited(document: &Document, schedule: &Schedule) -> Option<DocumentId> {
    let windows = document.windows.iter().map(|window| &window.cite);
    let facts = schedule.channels.iter().chain(&schedule.venues);
    let mut cites = windows.chain(facts.map(|fact| &fact.cite));
    cites.next().map(|cite| cite.document)
}
