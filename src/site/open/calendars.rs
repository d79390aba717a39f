//! Calendars: the agenda as iCalendar files, one for each place and topic that has an event, and one for everything.
//!
//! Comes in: the agenda. Goes out: files. Every event is written once and copied into the calendars it belongs to.
//! Events are whole days (`VALUE=DATE`), which are the same day in every time zone. If the text leaves an end open,
//! the calendar does too: a lower bound is an event of one day whose text says so.
//!
//! The clock is not used. `DTSTAMP` is the day on which the document was last checked (otherwise the day of the
//! document), and `SEQUENCE` counts days up to it, so that both increase when a document is checked again. Only
//! events that have not ended on the day of the build have a reminder.

use std::sync::OnceLock;

use jiff::ToSpan;
use jiff::civil::Date;
use rayon::prelude::*;

use super::Files;
use super::ical::{Lines, basic};
use crate::atlas::agenda::{Edge, Event, Source};
use crate::atlas::links::CiteView;
use crate::atlas::routes;
use crate::atlas::{Facts, Question};
use crate::memo::Keyed;
use crate::model::status::CLOSING_DAYS;
use crate::model::{Audience, Bound, BoundKind, End, Kind, date};
use crate::pages::life;

/// The day from which `SEQUENCE` counts.
const FIRST: Date = Date::constant(2020, 1, 1);

/// Writes all calendars. An event is written once, for the first calendar that has it.
pub fn files(facts: &Facts, today: Date, out: &dyn Files) {
    let agenda = &facts.agenda();
    let events = agenda.events.iter();
    let events: Vec<Entry> = events.map(Entry::new).collect();
    let calendars: Vec<_> = agenda.calendars().collect();
    calendars.into_par_iter().for_each(|(scope, audience)| {
        let path = routes::calendar(facts, scope, audience);
        let list = agenda.of(scope, audience).iter().map(|at| &events[*at]);
        let name = list
            .clone()
            .fold(Keyed::new(), |keyed, entry| keyed.text(&entry.event.uid));
        out.file(path.clone(), name.done(), &|facts| {
            let mut lines = Lines::default();
            lines.raw("BEGIN", "VCALENDAR");
            lines.raw("VERSION", "2.0");
            lines.raw("PRODID", "-//mingbai//mingbai//ZH");
            lines.raw("CALSCALE", "GREGORIAN");
            let name = format!(
                "{} - {}",
                facts.calendar_name(scope, audience),
                facts.site().short
            );
            lines.text("NAME", &name);
            lines.text("X-WR-CALNAME", &name);
            lines.raw("X-WR-TIMEZONE", "Asia/Shanghai");
            let base = &facts.site().base_url;
            let page = routes::canonical(base, &routes::scope(facts, scope));
            lines.raw("URL", &page);
            lines.raw("SOURCE;VALUE=URI", &format!("{base}{path}"));
            lines.raw("REFRESH-INTERVAL;VALUE=DURATION", "P1D");
            lines.raw("X-PUBLISHED-TTL", "P1D");
            for entry in list.clone() {
                lines.append(entry.text(facts, today));
            }
            lines.raw("END", "VCALENDAR");
            lines.finish().into_bytes()
        });
    });
}

/// An event, and its text when it was written.
struct Entry<'a> {
    event: &'a Event,
    text: OnceLock<(String, Box<[Question]>)>,
}

impl<'a> Entry<'a> {
    fn new(event: &'a Event) -> Self {
        Self {
            event,
            text: OnceLock::new(),
        }
    }

    /// The text. What it is made from is asked for, whoever wrote it.
    fn text(&self, facts: &Facts, today: Date) -> &str {
        let (text, asked) = self.text.get_or_init(|| {
            let asked = facts.notebook();
            let text = written(&facts.noting(&asked), today, self.event);
            (text, asked.questions())
        });
        facts.note_again(asked);
        text
    }
}

/// The texts of an event.
struct Words {
    summary: String,
    /// The lines of the description.
    about: Vec<String>,
    category: &'static str,
    place: Option<String>,
    cite: Option<CiteView>,
    /// When to remind of it, relative to its end; nothing if it does not end.
    remind: Option<String>,
}

fn written(facts: &Facts, today: Date, event: &Event) -> String {
    let document = facts.document(event.document);
    let base = &facts.site().base_url;
    let words = words(facts, event);
    let url = match &words.cite {
        Some(cite) => format!("{base}{}", cite.url),
        None => format!("{base}{}", routes::document(facts, event.document)),
    };
    let revised = facts.revised(event.document, today);
    let mut lines = Lines::default();
    lines.raw("BEGIN", "VEVENT");
    lines.raw("UID", &event.uid);
    lines.raw("DTSTAMP", &stamp(revised));
    let sequence = FIRST.until(revised).map_or(0, |span| span.get_days());
    let ending = event.ending(document);
    // It changed after the document was checked: what was published before is replaced.
    let sequence = sequence.max(0) + i32::from(ending.is_some());
    lines.raw("SEQUENCE", &sequence.to_string());
    let last_day = ending.and_then(|ending| ending.since.yesterday().ok());
    // What would begin after the document was repealed does not take place; what goes on then ends.
    let is_cancelled = last_day.is_some_and(|last| event.first > last);
    let last = last_day.filter(|last| !is_cancelled && !event.yearly && *last < event.last);
    if is_cancelled {
        lines.raw("STATUS", "CANCELLED");
    }
    lines.day("DTSTART", event.first);
    // The first day after the event.
    lines.day("DTEND", last.unwrap_or(event.last).saturating_add(1.day()));
    if event.yearly && !is_cancelled {
        let until = match &document.kind {
            Kind::Notice(notice) => notice.expires,
            _ => None,
        };
        let until = until.into_iter().chain(last_day).min();
        let until = until.map_or_else(String::new, |day| format!(";UNTIL={}", basic(day)));
        lines.raw("RRULE", &format!("FREQ=YEARLY{until}"));
    }
    let summary = match ending.filter(|_| is_cancelled) {
        Some(ending) => format!("{}（{}）", words.summary, ended_word(ending.end)),
        None => words.summary,
    };
    lines.text("SUMMARY", &summary);
    let mut about = words.about;
    about.extend(ending.map(|ending| life::sentence(facts, ending)));
    if let Some(cite) = &words.cite {
        about.extend(cite.quote.as_ref().map(|quote| format!("原文：{quote}")));
        about.push(format!("依据：《{}》{}", cite.notice, cite.label));
    }
    about.push("以原文和当地经办机构的答复为准。".into());
    about.push(url.clone());
    lines.text("DESCRIPTION", &about.join("\n"));
    if let Some(place) = &words.place {
        lines.text("LOCATION", place);
    }
    let topics = document
        .topics
        .iter()
        .copied()
        .map(|topic| facts.topic(topic).name.as_str());
    // There are many sessions, all in one calendar, so categories would not help.
    let topics = topics.filter(|_| !matches!(event.source, Source::Session(_)));
    lines.texts("CATEGORIES", std::iter::once(words.category).chain(topics));
    lines.raw("URL", &url);
    // A window of several weeks does not make anybody busy.
    lines.raw("TRANSP", "TRANSPARENT");
    let over = is_cancelled || !event.yearly && last.unwrap_or(event.last) < today;
    if let Some(trigger) = words.remind.filter(|_| !over) {
        lines.raw("BEGIN", "VALARM");
        lines.raw("ACTION", "DISPLAY");
        lines.text("DESCRIPTION", &summary);
        lines.raw("TRIGGER;RELATED=END", &trigger);
        lines.raw("END", "VALARM");
    }
    lines.raw("END", "VEVENT");
    lines.finish()
}

/// How an event is marked that does not take place.
fn ended_word(end: End) -> &'static str {
    match end {
        End::Repealed => "已废止",
        End::Replaced => "已被代替",
    }
}

/// Nine o'clock in the morning, `days` days before the last day. Events end at midnight after the last day.
fn nine(days: i32) -> String {
    format!("-P{days}DT15H")
}

/// Midnight in Beijing, as UTC.
fn stamp(day: Date) -> String {
    format!("{}T160000Z", basic(day.saturating_sub(1.day())))
}

fn words(facts: &Facts, event: &Event) -> Words {
    let document = facts.document(event.document);
    let place = document
        .place
        .map_or_else(String::new, |place| facts.place_link(place).text);
    match event.source {
        Source::Window(i) => {
            let window = &document.windows[i];
            let (from, until) = (
                window.from.as_ref().map(|b| &b.value),
                window.until.as_ref().map(|b| &b.value),
            );
            let tail = match event.edge {
                Edge::Whole => String::new(),
                Edge::Start(kind) => format!("：{}", start(kind, from, until)),
                Edge::End(kind) => format!("：{}", end(kind, until)),
            };
            let said =
                |bound: Option<&Bound>| bound.map_or_else(|| "原文未载明".to_owned(), Bound::text);
            let mut about = Vec::new();
            about.extend(window.who.as_ref().map(|who| format!("适用：{who}")));
            about.push(format!("开始：{}", said(from)));
            about.push(format!("截止：{}", said(until)));
            about.extend(window.note.clone());
            Words {
                summary: join(&place, &format!("{}{tail}", window.what)),
                about,
                category: "受理窗口",
                place: None,
                cite: Some(facts.cite(&window.cite)),
                remind: (!matches!(event.edge, Edge::Start(_))).then(|| nine(CLOSING_DAYS)),
            }
        }
        Source::Deadline(i) => {
            let deadline = &document.deadlines[i];
            let by = &deadline.by.value;
            let floor = by.kind == BoundKind::NotBefore;
            let whose = match deadline.audience {
                Audience::Students => "给学生和家长的时限",
                Audience::Offices => "给机构的时限",
            };
            let head = if floor { "最早日期" } else { "时限" };
            Words {
                summary: join(
                    &place,
                    &format!("{head}：{}{}", deadline.who, deadline.what),
                ),
                about: vec![format!(
                    "{whose}：{}{}",
                    by.text(),
                    if floor {
                        "（最早日期，不是期限）"
                    } else {
                        ""
                    }
                )],
                category: if floor { "最早日期" } else { "时限" },
                place: None,
                cite: Some(facts.cite(&deadline.cite)),
                remind: (!floor).then(|| nine(CLOSING_DAYS)),
            }
        }
        Source::Session(i) => {
            let session = match &document.kind {
                Kind::Schedule(schedule) => schedule.sessions.get(i),
                _ => None,
            };
            let mut about = Vec::new();
            let (mut service, mut at) = (String::new(), None);
            if let Some(session) = session {
                service.clone_from(&session.service);
                at = Some(join(&place, &session.place));
                for (half, quota) in [("上午", session.morning), ("下午", session.afternoon)] {
                    about.extend(quota.map(|n| format!("{half}{n}名")));
                }
                about.extend(session.phone.as_ref().map(|phone| format!("电话：{phone}")));
            }
            about.push(format!("出自：{}", document.title.value));
            Words {
                summary: join(&place, &service),
                about,
                category: "场次",
                place: at,
                cite: None,
                // Nine o'clock on the day before.
                remind: Some(nine(1)),
            }
        }
    }
}

/// `右玉县 贷款受理`
fn join(place: &str, what: &str) -> String {
    if place.is_empty() {
        what.to_owned()
    } else {
        format!("{place} {what}")
    }
}

/// The event on the first day of a window whose last day is not known.
fn start(kind: BoundKind, from: Option<&Bound>, until: Option<&Bound>) -> String {
    let day = from.map_or_else(String::new, when);
    match kind {
        BoundKind::Exact if until.is_none() => "开始，截止日未载明".into(),
        BoundKind::Exact => "开始".into(),
        BoundKind::NotBefore => format!("最早{day}开始，开始日未载明"),
        BoundKind::NotAfter => format!("最晚{day}开始，开始日未载明"),
    }
}

/// The event on the last day of a window whose first day is not known.
fn end(kind: BoundKind, until: Option<&Bound>) -> String {
    let day = until.map_or_else(String::new, when);
    match kind {
        BoundKind::Exact => "截止".into(),
        BoundKind::NotBefore => format!("最早{day}结束，截止日未载明"),
        BoundKind::NotAfter => format!("最晚{day}结束，截止日未载明"),
    }
}

/// The date of a bound, without the bound.
fn when(bound: &Bound) -> String {
    match bound.day() {
        Some(day) => date::chinese(day),
        None => Bound {
            kind: BoundKind::Exact,
            when: bound.when.clone(),
        }
        .text(),
    }
}
