//! The agenda: everything that has a date, and which calendars contain it.
//!
//! Comes in: the model. Goes out: [`Agenda`]: an event for each window, deadline and session for which the text gives
//! a day (or a day of every year), and the events of each place and topic, separately for students and offices. Pages
//! read it to offer a calendar, `open::calendars` to write one.
//!
//! The calendar of a place contains what applies there: its own events, those of the places that contain it, and
//! those of the places in it. The calendar of the country contains all events. Only sessions are in no other calendar
//! than that of their own place, because there are many and they do not matter elsewhere.

use std::collections::{BTreeMap, HashMap};

use jiff::ToSpan;
use jiff::civil::Date;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::date_of;
use super::identity;
use crate::diag::Spanned;
use crate::model::{
    Audience, Bound, BoundKind, Cite, Document, DocumentId, Ending, Kind, Model, Place, TopicId,
    When, Window,
};

/// The place or topic of a calendar or feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Scope {
    Place(Place),
    Topic(TopicId),
}

/// Everything on the site.
pub const ALL: Scope = Scope::Place(Place::Country);

/// What an event is made from: an index in the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    Window(usize),
    Deadline(usize),
    Session(usize),
}

/// The part of a window that an event shows; for other events always [`Edge::Whole`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    /// From the first day to the last, both known.
    Whole,
    /// One day, with a text that says so: the text leaves the other end open, or this one is a bound.
    Start(BoundKind),
    End(BoundKind),
}

/// An event of a calendar, in whole days.
#[derive(Debug, Clone)]
pub struct Event {
    pub document: DocumentId,
    pub source: Source,
    pub edge: Edge,
    pub audience: Audience,
    /// The last day, included. For a yearly event, of its first occurrence.
    pub first: Date,
    pub last: Date,
    pub yearly: bool,
    /// The id of the event. It does not change with dates, titles or the order of the file.
    pub uid: String,
}

impl Event {
    /// Since when the words that give the event are no longer to be followed.
    pub fn ending(&self, document: &Document) -> Option<Ending> {
        match self.source {
            Source::Window(i) => document.windows[i].ending,
            Source::Deadline(i) => document.deadlines[i].ending,
            Source::Session(_) => document.ending,
        }
    }
}

/// All events, and the events of each calendar.
#[derive(Debug, Default)]
pub struct Agenda {
    /// The events, ordered by day.
    pub events: Vec<Event>,
    /// For students and for offices: the indices of events, in ascending order.
    lists: BTreeMap<Scope, [Vec<usize>; 2]>,
}

fn side(audience: Audience) -> usize {
    match audience {
        Audience::Students => 0,
        Audience::Offices => 1,
    }
}

impl Agenda {
    /// Collects the events. `places`: the places that have a page.
    pub fn new(model: &Model, places: impl Iterator<Item = Place>) -> Self {
        let ids: Vec<DocumentId> = model.documents.keys().collect();
        let mut events: Vec<Event> = ids
            .par_iter()
            .flat_map_iter(|id| {
                let mut events = Vec::new();
                of_document(model, *id, &model.documents[*id], &mut events);
                events
            })
            .collect();
        events.sort_by_key(|event| (event.first, event.last));
        let regions = &model.regions;
        let mut own: BTreeMap<Place, [Vec<usize>; 2]> = BTreeMap::new();
        let mut lists: BTreeMap<Scope, [Vec<usize>; 2]> = BTreeMap::new();
        for (i, event) in events.iter().enumerate() {
            let document = &model.documents[event.document];
            let side = side(event.audience);
            let mut add = |scope| lists.entry(scope).or_default()[side].push(i);
            let place = document.place.map(|place| regions.today(place));
            if matches!(event.source, Source::Session(_)) {
                add(Scope::Place(place.unwrap_or(Place::Country)));
                continue;
            }
            match place {
                Some(place) => {
                    own.entry(place).or_default()[side].push(i);
                    regions
                        .chain(place)
                        .into_iter()
                        .for_each(|place| add(Scope::Place(place)));
                }
                None => add(ALL),
            }
            let mut topics: Vec<TopicId> = document.topics.to_vec();
            topics.sort_unstable();
            topics.dedup();
            topics
                .into_iter()
                .for_each(|topic| add(Scope::Topic(topic)));
        }
        for place in places {
            for wider in regions.chain(place).iter().skip(1) {
                let Some(above) = own.get(wider) else {
                    continue;
                };
                let here = lists.entry(Scope::Place(place)).or_default();
                for (list, above) in here.iter_mut().zip(above) {
                    list.extend(above);
                }
            }
        }
        for list in lists.values_mut().flatten() {
            list.sort_unstable();
        }
        Self { events, lists }
    }

    /// The events of a calendar; none if there is no such calendar.
    pub fn of(&self, scope: Scope, audience: Audience) -> &[usize] {
        self.lists
            .get(&scope)
            .map_or(&[], |sides| &sides[side(audience)])
    }

    /// All calendars that have an event.
    pub fn calendars(&self) -> impl Iterator<Item = (Scope, Audience)> {
        self.lists.iter().flat_map(|(&scope, sides)| {
            [Audience::Students, Audience::Offices]
                .into_iter()
                .filter(|&audience| !sides[side(audience)].is_empty())
                .map(move |audience| (scope, audience))
        })
    }
}

/// The days of an event: first, last, and whether it is yearly.
type Days = (Date, Date, bool);

fn of_document(model: &Model, index: DocumentId, document: &Document, out: &mut Vec<Event>) {
    // The first occurrence of a yearly day is on or after the day of the document.
    let from = date_of(model, index).unwrap_or(Date::constant(2000, 1, 1));
    // Two facts with the same words in one clause are distinguished by their order, all others by their words.
    let mut alike: HashMap<String, usize> = HashMap::new();
    let mut add = |source, edge, audience, days: Option<Days>, words: &[&str]| {
        let Some((first, last, yearly)) = days else {
            return;
        };
        let name = identity::of(model, index, words);
        let nth = alike.entry(name.clone()).or_default();
        *nth += 1;
        let uid = match *nth {
            1 => name,
            nth => identity::of(model, index, &[words, &[&nth.to_string()]].concat()),
        };
        out.push(Event {
            document: index,
            source,
            edge,
            audience,
            first,
            last,
            yearly,
            uid,
        });
    };
    for (i, window) in document.windows.iter().enumerate() {
        let clause = clause_of(model, &window.cite);
        let who = window.who.as_deref().unwrap_or_default();
        for (edge, days) in edges(window, from) {
            let name = match edge {
                Edge::Whole => "window",
                Edge::Start(_) => "start",
                Edge::End(_) => "end",
            };
            add(
                Source::Window(i),
                edge,
                Audience::Students,
                days,
                &[name, &clause, &window.what, who],
            );
        }
    }
    for (i, deadline) in document.deadlines.iter().enumerate() {
        let clause = clause_of(model, &deadline.cite);
        add(
            Source::Deadline(i),
            Edge::Whole,
            deadline.audience,
            days_of(&deadline.by.value, from),
            &["deadline", &clause, &deadline.what, &deadline.who],
        );
    }
    if let Kind::Schedule(schedule) = &document.kind {
        for (i, session) in schedule.sessions.iter().enumerate() {
            add(
                Source::Session(i),
                Edge::Whole,
                Audience::Students,
                Some((session.date, session.date, false)),
                &["session", &session.place, &session.service],
            );
        }
    }
}

/// The label of the clause, so that the id does not depend on how the file writes it.
fn clause_of(model: &Model, cite: &Cite) -> String {
    let label = model.clause(cite).map_or("", |clause| &clause.label);
    format!("{}#{label}", model.documents[cite.document].id)
}

/// The events of a window. Only two exact days make one event from the first to the last: a lower bound is not an
/// end.
fn edges(window: &Window, after: Date) -> Vec<(Edge, Option<Days>)> {
    let bound = |b: &Option<Spanned<Bound>>| b.as_ref().map(|b| b.value.clone());
    let (from, until) = (bound(&window.from), bound(&window.until));
    if let (Some(from), Some(until)) = (&from, &until)
        && from.kind == BoundKind::Exact
        && until.kind == BoundKind::Exact
        && let (Some(a), Some(b)) = (days_of(from, after), days_of(until, after))
        && a.2 == b.2
    {
        // 每年12月1日至次年1月31日
        let last = if a.2 && b.1 < a.0 {
            b.1.checked_add(1.year()).unwrap_or(b.1)
        } else {
            b.1
        };
        if a.0 <= last {
            return vec![(Edge::Whole, Some((a.0, last, a.2)))];
        }
    }
    let one = |bound: Option<Bound>, edge: fn(BoundKind) -> Edge| {
        bound.map(|bound| (edge(bound.kind), days_of(&bound, after)))
    };
    [one(from, Edge::Start), one(until, Edge::End)]
        .into_iter()
        .flatten()
        .collect()
}

/// The days of a bound; nothing for words without a year.
fn days_of(bound: &Bound, after: Date) -> Option<Days> {
    match bound.when {
        When::Day(day) => Some((day, day, false)),
        When::Yearly { month, day } => {
            // 29 February occurs within eight years.
            (0..=8).find_map(|years| {
                let year = after.year().checked_add(years)?;
                let first = Date::new(year, month, day.unwrap_or(1)).ok()?;
                let last = match day {
                    Some(_) => first,
                    // The same length every year.
                    None if month == 2 => Date::new(year, 2, 28).ok()?,
                    None => first.last_of_month(),
                };
                (last >= after).then_some((first, last, true))
            })
        }
        When::AsPrinted(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{SourceId, Span};
    use crate::model::ClauseId;
    use crate::model::date::parse_bound;
    use jiff::civil::date;

    fn bound(text: &str) -> Option<Spanned<Bound>> {
        let span = Span::new(SourceId(0), 0..0);
        let value = parse_bound(text, span).unwrap_or_else(|d| panic!("{text}: {}", d.message.zh));
        (!text.is_empty()).then_some(Spanned { value, span })
    }

    fn window(from: &str, until: &str) -> Vec<(Edge, Option<Days>)> {
        let window = Window {
            what: "续贷受理".into(),
            who: None,
            from: (!from.is_empty()).then(|| bound(from)).flatten(),
            until: (!until.is_empty()).then(|| bound(until)).flatten(),
            note: None,
            cite: Cite {
                span: Span::new(SourceId(0), 0..0),
                document: DocumentId::new(0),
                clause: ClauseId::new(1),
                quote: None,
                unstated: None,
                derived: None,
            },
            ending: None,
        };
        edges(&window, date(2023, 5, 4))
    }

    #[test]
    fn two_exact_days_are_one_event() {
        assert_eq!(
            window("2023-07-17", "2023-09-25"),
            [(
                Edge::Whole,
                Some((date(2023, 7, 17), date(2023, 9, 25), false))
            )]
        );
    }

    #[test]
    fn a_floor_or_a_ceiling_is_one_day_and_never_an_end() {
        let day = |y, m, d| Some((date(y, m, d), date(y, m, d), false));
        assert_eq!(
            window("不晚于 2020-07-27", "不早于 2020-09-25"),
            [
                (Edge::Start(BoundKind::NotAfter), day(2020, 7, 27)),
                (Edge::End(BoundKind::NotBefore), day(2020, 9, 25))
            ]
        );
        assert_eq!(
            window("2020-07-27", ""),
            [(Edge::Start(BoundKind::Exact), day(2020, 7, 27))]
        );
    }

    #[test]
    fn words_without_a_year_have_no_day() {
        assert_eq!(window("", "6月底"), [(Edge::End(BoundKind::Exact), None)]);
    }

    #[test]
    fn yearly_days_begin_after_the_document() {
        let yearly = |text| bound(text).and_then(|b| days_of(&b.value, date(2023, 5, 4)));
        let day = date(2024, 1, 31);
        assert_eq!(yearly("每年 01-31"), Some((day, day, true)));
        let day = date(2023, 5, 4);
        assert_eq!(yearly("每年 05-04"), Some((day, day, true)));
        let day = date(2024, 2, 29);
        assert_eq!(yearly("每年 02-29"), Some((day, day, true)));
        assert_eq!(
            yearly("每年 11月"),
            Some((date(2023, 11, 1), date(2023, 11, 30), true))
        );
        assert_eq!(
            window("每年 12-01", "每年 01-31"),
            [(
                Edge::Whole,
                Some((date(2023, 12, 1), date(2024, 1, 31), true))
            )]
        );
    }
}
