//! Small views that many pages share: dates, citations, states, windows, list items.

use jiff::civil::Date;

use super::view::*;
use crate::atlas::Facts;
use crate::atlas::routes;
use crate::model::{
    Audience, Bound, Consent, Contact, Document, DocumentId, Fact, Kind, Listed, Place, Release,
    Scale, date, deadline_course, document_course, window_course,
};
use crate::rules::language::Language;
use crate::text::plain_pinyin;

/// A day as pages show it.
pub fn day_view(day: Date) -> DateView {
    DateView {
        iso: Some(day.to_string()),
        text: date::chinese(day),
    }
}

/// A day in words of a language.
pub fn day_in(language: Language, day: Date) -> String {
    let (year, month) = (i64::from(day.year()), i64::from(day.month()));
    language.day(year, month, i64::from(day.day()))
}

/// A bound of a window as pages show it.
pub fn bound_view(bound: &Bound) -> DateView {
    DateView {
        iso: bound.day().map(|d| d.to_string()),
        text: bound.text(),
    }
}

/// A window, as its page shows it.
pub fn window(facts: &Facts, today: Date, index: DocumentId, number: usize) -> WindowView {
    let document = facts.document(index);
    let window = &document.windows[number];
    let (from, until) = (
        window.from.as_ref().map(|b| &b.value),
        window.until.as_ref().map(|b| &b.value),
    );
    WindowView {
        what: window.what.clone(),
        who: window.who.clone(),
        from: from.map(bound_view),
        until: until.map(bound_view),
        state: StateView::on(&window_course(window), Scale::Window, today),
        place: document
            .place
            .map_or_else(Link::default, |p| facts.place_link(p)),
        note: window.note.clone(),
        cite: facts.cite(&window.cite),
        page: facts.document_link(index),
        year: document.year(),
        shown: None,
        order: None,
    }
}

/// All windows of a document.
pub fn windows_of(facts: &Facts, today: Date, index: DocumentId) -> Vec<WindowView> {
    (0..facts.document(index).windows.len())
        .map(|i| window(facts, today, index, i))
        .collect()
}

/// A deadline of a document.
pub fn deadline(facts: &Facts, today: Date, index: DocumentId, number: usize) -> DeadlineView {
    let document = facts.document(index);
    let deadline = &document.deadlines[number];
    let by = &deadline.by.value;
    DeadlineView {
        by: bound_view(by),
        who: deadline.who.clone(),
        what: deadline.what.clone(),
        state: StateView::on(&deadline_course(deadline), Scale::Deadline, today),
        place: document
            .place
            .map_or_else(Link::default, |p| facts.place_link(p)),
        cite: facts.cite(&deadline.cite),
        page: facts.document_link(index),
    }
}

/// Deadlines of one audience.
pub fn deadlines_for(
    facts: &Facts,
    today: Date,
    index: DocumentId,
    audience: Audience,
) -> Vec<DeadlineView> {
    let deadlines = facts.document(index).deadlines.iter().enumerate();
    deadlines
        .filter(|(_, deadline)| deadline.audience == audience)
        .map(|(number, _)| deadline(facts, today, index, number))
        .collect()
}

/// The state of a document on a day.
pub fn document_state(today: Date, document: &Document) -> StateView {
    StateView::on(&document_course(document), Scale::Document, today)
}

/// A fact with its citation.
pub fn fact(facts: &Facts, fact: &Fact) -> FactView {
    FactView {
        who: fact.who.clone(),
        what: fact.what.clone(),
        items: fact.items.clone(),
        note: fact.note.clone(),
        cite: facts.cite(&fact.cite),
    }
}

/// How many a day, in words: `每天60名（上午30、下午30）`.
pub fn a_day(per_day: u32, morning: Option<u32>, afternoon: Option<u32>) -> String {
    let half = |name: &str, count: Option<u32>| count.map(|count| format!("{name}{count}"));
    let halves = [half("上午", morning), half("下午", afternoon)];
    let halves: Vec<String> = halves.into_iter().flatten().collect();
    if halves.is_empty() {
        return format!("每天{per_day}名");
    }
    format!("每天{per_day}名（{}）", halves.join("、"))
}

/// A contact.
pub fn contact(facts: &Facts, contact: &Contact) -> ContactView {
    ContactView {
        office: contact.office.clone(),
        duty: contact.duty.clone(),
        phone: contact.phone.clone(),
        note: contact.note.clone(),
        cite: contact.cite.as_ref().map(|c| facts.cite(c)),
    }
}

/// A document as a line of a list.
pub fn item(facts: &Facts, today: Date, index: DocumentId) -> DocItem {
    let document = facts.document(index);
    let place = document.place.map(|p| facts.place_link(p));
    let mut item = DocItem {
        url: routes::document(facts, index),
        title: document.title.value.clone(),
        kind: document.kind.kind().name().to_owned(),
        number: None,
        date: None,
        issuer: None,
        place,
        state: None,
    };
    match &document.kind {
        Kind::Notice(notice) => {
            item.kind = notice
                .genre
                .map_or_else(String::new, |g| g.text().to_owned());
            item.number = notice.number.as_ref().map(|n| n.value.clone());
            item.date = notice.issued.map(day_view);
            item.issuer = (!notice.issuers.is_empty()).then(|| notice.issuers.join("、"));
            item.state = Some(document_state(today, document));
        }
        Kind::Pilots(_) | Kind::Assessment(_) => {}
        Kind::Schedule(_) => {
            item.state =
                (!document.windows.is_empty()).then(|| window(facts, today, index, 0).state);
        }
    }
    if item.date.is_none()
        && let Some(year) = document.year()
    {
        item.date = Some(DateView {
            iso: Some(format!("{year:04}")),
            text: format!("{year}年"),
        });
    }
    item
}

/// Documents as items of a list.
pub fn items(facts: &Facts, today: Date, list: &[DocumentId]) -> Vec<DocItem> {
    list.iter().map(|&i| item(facts, today, i)).collect()
}

/// A listed county as a row.
pub fn unit_row(
    facts: &Facts,
    index: DocumentId,
    no: usize,
    listed: &Listed,
    grade: &str,
) -> UnitRow {
    let regions = &facts.regions();
    let unit = &regions.units[listed.unit];
    let slip = listed.corrected.map(|i| &facts.document(index).slips[i]);
    let now = regions.current(listed.unit);
    UnitRow {
        id: unit.id.clone(),
        no,
        name: unit.name.clone(),
        pinyin: plain_pinyin(&unit.pinyin),
        url: routes::unit(facts, listed.unit),
        prefecture: Link {
            url: facts.place_link(Place::Prefecture(unit.prefecture)).url,
            text: listed.heading.value.clone(),
        },
        printed: slip.map(|s| s.printed.value.clone()),
        why: slip.and_then(|s| s.why.clone()),
        now: (regions.units[now].name != unit.name).then(|| regions.units[now].name.clone()),
        unit: unit.kind,
        unit_text: unit.kind.text(),
        grade: grade.to_owned(),
    }
}

/// The decision to publish the name of a person.
pub fn consent_row(consent: &Consent) -> MetaRow {
    let Release { by, on, basis } = &consent.release;
    MetaRow {
        name: "公开姓名",
        value: Some(consent.name.clone()),
        links: Vec::new(),
        iso: None,
        state: None,
        note: Some(format!("{by}{}决定公开：{basis}", day_view(*on).text)),
    }
}
