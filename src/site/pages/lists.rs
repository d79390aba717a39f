//! Views of lists: home, documents by kind and topic, the calendar.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;

use super::markdown::{self, Context, InternalLink};
use super::places::{province_groups, register};
use super::self_checks;
use super::view::*;
use crate::atlas::Atlas;
use crate::atlas::routes::{self, PER_PAGE};
use crate::diag::{Sink, Spanned};
use crate::model::{
    Audience, Bound, DocumentId, DocumentKind, Place, ProvinceId, TopicId, When, Window, past_since,
};
use crate::rules::place_of;

/// How many documents and past windows the home page shows.
const NEWEST: usize = 12;
const PAST: usize = 4;

/// How many windows that are past on the day of the build the home page holds for readers whose clock is behind.
const HELD: usize = 12;

/// Pages of a list of `total` items.
pub fn pages(total: usize) -> usize {
    total.div_ceil(PER_PAGE).max(1)
}

fn slice(list: &[DocumentId], page: usize) -> &[DocumentId] {
    let start = ((page - 1) * PER_PAGE).min(list.len());
    &list[start..(start + PER_PAGE).min(list.len())]
}

fn pager(page: usize, total: usize, url: impl Fn(usize) -> String) -> Pager {
    Pager {
        current: page,
        total,
        prev: (page > 1).then(|| url(page - 1)),
        next: (page < total).then(|| url(page + 1)),
    }
}

/// The search page.
pub fn search(atlas: &Atlas) -> SearchView {
    let years: BTreeSet<i16> = atlas
        .model
        .documents
        .iter_enumerated()
        .filter_map(|(i, d)| {
            d.year()
                .or_else(|| atlas.sort_date(i).map(|day| day.year()))
        })
        .collect();
    let regions = &atlas.model.regions;
    let placed = atlas
        .model
        .documents
        .iter()
        .map(|d| d.place)
        .chain(atlas.checks.iter().map(|c| c.check.place.map(place_of)))
        .flatten()
        .flat_map(|place| regions.chain(place));
    let mut provinces: BTreeSet<ProvinceId> = atlas.provinces.clone();
    provinces.extend(placed.filter_map(|place| match place {
        Place::Province(i) => Some(i),
        _ => None,
    }));
    SearchView {
        provinces: provinces
            .iter()
            .map(|&i| regions.provinces[i].name.clone())
            .collect(),
        counties: register(atlas),
        topics: topics(atlas).topics,
        documents: atlas.items(slice(&atlas.notices, 1)),
        more_documents: atlas.notices.len() > PER_PAGE,
        years: years.iter().rev().map(i16::to_string).collect(),
    }
}

/// One page of the documents of a kind.
pub fn documents(atlas: &Atlas, kind: DocumentKind, page: usize) -> ListView {
    let list = atlas.of_kind(kind);
    let shown = slice(list, page);
    let windows = if kind == DocumentKind::Schedule && page == 1 {
        shown.iter().flat_map(|&i| atlas.windows_of(i)).collect()
    } else {
        Vec::new()
    };
    ListView {
        checks: Vec::new(),
        what: kind.into(),
        lead: kind.about().to_owned(),
        items: atlas.items(shown),
        pager: pager(page, pages(list.len()), |n| routes::list(kind, n)),
        windows,
    }
}

pub fn topic(atlas: &Atlas, topic: TopicId, page: usize) -> ListView {
    let list = &atlas.by_topic[topic];
    ListView {
        checks: self_checks::links(atlas, |check| check.topics.contains(&topic)),
        what: ListOf::Topic,
        lead: atlas.model.topics[topic].about.clone().unwrap_or_default(),
        items: atlas.items(slice(list, page)),
        pager: pager(page, pages(list.len()), |n| {
            routes::topic(atlas.model, topic, n)
        }),
        windows: Vec::new(),
    }
}

pub fn topics(atlas: &Atlas) -> TopicsView {
    TopicsView {
        topics: atlas
            .model
            .topics
            .iter_enumerated()
            .map(|(i, topic)| TopicItem {
                url: routes::topic(atlas.model, i, 1),
                name: topic.name.clone(),
                about: topic.about.clone(),
                count: atlas.by_topic[i].len(),
            })
            .collect(),
    }
}

/// A window by its document and its number in it.
type At = (DocumentId, usize);

/// All windows in their two orders: as they follow each other before they are past, by their end; and afterwards, the
/// newest first. Neither depends on the day; only which of them is past does.
struct Windows {
    now: Vec<At>,
    past: Vec<At>,
}

impl Windows {
    fn new(atlas: &Atlas) -> Self {
        let model = atlas.model;
        let days = |&at: &At| {
            let day = |bound: &Option<Spanned<Bound>>| bound.as_ref().and_then(|b| b.value.day());
            let window = window(atlas, at);
            (day(&window.until), day(&window.from))
        };
        let (mut now, mut past) = (atlas.windows.clone(), atlas.windows.clone());
        now.sort_by_cached_key(|at| {
            let (until, from) = days(at);
            // A window without a last day stands after all that have one.
            let url = routes::document(model, at.0);
            let what = window(atlas, *at).what.clone();
            (until.is_none(), until, from, url, what)
        });
        past.sort_by_cached_key(|at| Reverse(days(at)));
        Self { now, past }
    }
}

fn window<'a>(atlas: &Atlas<'a>, (document, number): At) -> &'a Window {
    &atlas.model.documents[document].windows[number]
}

/// The windows of the home page.
struct Current {
    open: Vec<WindowView>,
    /// The day from which on all are past.
    quiet_since: Option<Date>,
    last: Vec<WindowView>,
}

/// What is open or about to open, and what is shown when nothing is. Each day has one of the two lists. The first holds each
/// window until it is past, the second what is newest when all are.
fn current(atlas: &Atlas) -> Current {
    let windows = Windows::new(atlas);
    let since = |at: &At| past_since(window(atlas, *at));
    let is_past = |at: &&At| since(at).is_some_and(|day| day <= atlas.today);
    let held: BTreeSet<At> = windows
        .past
        .iter()
        .filter(is_past)
        .take(HELD)
        .copied()
        .collect();
    let days: Option<Vec<Date>> = windows.now.iter().map(since).collect();
    let quiet_since = days.and_then(|days| days.into_iter().max());
    let open = windows
        .now
        .iter()
        .filter(|at| !is_past(at) || held.contains(at));
    let last = windows
        .past
        .iter()
        .take(PAST)
        .filter(|_| quiet_since.is_some());
    Current {
        open: open
            .map(|at| WindowView {
                shown: since(at).map(|day| ShownView::before(day, atlas.today)),
                ..atlas.window(at.0, at.1)
            })
            .collect(),
        quiet_since,
        last: last.map(|&(i, n)| atlas.window(i, n)).collect(),
    }
}

/// All windows, those that are past last, each with its places in both orders.
fn ordered(atlas: &Atlas) -> Vec<WindowView> {
    let windows = Windows::new(atlas);
    let places: HashMap<At, usize> = windows.past.iter().copied().zip(0..).collect();
    let entry = |(now, &at): (usize, &At)| {
        let then = places[&at];
        let since = past_since(window(atlas, at));
        let is_past = since.is_some_and(|day| day <= atlas.today);
        let order = OrderView {
            past: since.map(|day| day.to_string()),
            now,
            then,
        };
        ((is_past, if is_past { then } else { now }), at, order)
    };
    let mut list: Vec<_> = windows.now.iter().enumerate().map(entry).collect();
    list.sort_by_key(|(key, ..)| *key);
    list.into_iter()
        .map(|(_, (i, n), order)| WindowView {
            order: Some(order),
            ..atlas.window(i, n)
        })
        .collect()
}

pub fn home(atlas: &Atlas, root: &str, links: &mut Vec<InternalLink>, sink: &mut Sink) -> HomeView {
    let current = current(atlas);
    let quiet = current.quiet_since;
    let lead_html = match (&atlas.model.site.lead, atlas.model.site.source) {
        (Some(lead), Some(source)) => {
            let context = Context {
                source,
                text: &lead.value,
                root,
                marks: &[],
                caption: "",
                terms: &[],
            };
            let mut own = Sink::default();
            let rendered = markdown::inline(0..lead.value.len(), false, &context, &mut own);
            for mut diagnostic in own.into_sorted(atlas.sources) {
                diagnostic.span = lead.span;
                sink.push(diagnostic);
            }
            links.extend(rendered.links.into_iter().map(|link| InternalLink {
                span: lead.span,
                ..link
            }));
            rendered.html
        }
        _ => String::new(),
    };
    HomeView {
        checks: self_checks::list(atlas).checks,
        has_quiet: quiet.is_some() || current.open.is_empty(),
        open_shown: quiet.map(|day| ShownView::before(day, atlas.today)),
        quiet_shown: quiet.map(|day| ShownView::since(day, atlas.today)),
        open: current.open,
        last: current.last,
        documents: atlas.items(&atlas.notices[..atlas.notices.len().min(NEWEST)]),
        provinces: if atlas.units.len() <= 600 {
            province_groups(atlas)
        } else {
            province_groups(atlas)
                .into_iter()
                .map(|p| ProvinceGroup {
                    prefectures: Vec::new(),
                    ..p
                })
                .collect()
        },
        counties: atlas.units.len(),
        pilots: atlas.items(&atlas.pilots[..atlas.pilots.len().min(NEWEST)]),
        schedules: atlas.items(&atlas.schedules[..atlas.schedules.len().min(NEWEST)]),
        assessments: atlas.items(&atlas.assessments[..atlas.assessments.len().min(NEWEST)]),
        topics: topics(atlas)
            .topics
            .into_iter()
            .filter(|t| t.count > 0)
            .collect(),
        lead_html,
    }
}

/// The calendar: all windows, then deadlines of students and of offices by month.
pub fn calendar(atlas: &Atlas) -> DeadlinesView {
    let by_month = |audience: Audience| {
        let mut groups: BTreeMap<(u8, String), CalendarGroup> = BTreeMap::new();
        let mut entries: Vec<(DocumentId, usize)> = atlas
            .deadlines
            .iter()
            .copied()
            .filter(|&(i, d)| atlas.model.documents[i].deadlines[d].audience == audience)
            .collect();
        entries.sort_by_cached_key(|&(i, d)| {
            (
                atlas.model.documents[i].deadlines[d].by.value.when.clone(),
                i,
                d,
            )
        });
        for (i, d) in entries {
            let (order, key, title) = match &atlas.model.documents[i].deadlines[d].by.value.when {
                When::Yearly { .. } => (0, "yearly".to_owned(), "每年".to_owned()),
                // Newest month first: the key counts down.
                When::Day(day) => (
                    1,
                    format!(
                        "{:06}-{:02}",
                        999_999 - i32::from(day.year()),
                        99 - day.month()
                    ),
                    format!("{}年{}月", day.year(), day.month()),
                ),
                When::AsPrinted(_) => (2, "unstated".to_owned(), "原文未写年份".to_owned()),
            };
            let id = match &atlas.model.documents[i].deadlines[d].by.value.when {
                When::Day(day) => format!(
                    "{}-{:04}-{:02}",
                    if audience == Audience::Students {
                        "s"
                    } else {
                        "o"
                    },
                    day.year(),
                    day.month()
                ),
                _ => format!(
                    "{}-{key}",
                    if audience == Audience::Students {
                        "s"
                    } else {
                        "o"
                    }
                ),
            };
            groups
                .entry((order, key))
                .or_insert_with(|| CalendarGroup {
                    title,
                    id,
                    deadlines: Vec::new(),
                })
                .deadlines
                .push(atlas.deadline(i, d));
        }
        groups.into_values().collect::<Vec<_>>()
    };
    DeadlinesView {
        pictures: super::years::years(atlas),
        windows: ordered(atlas),
        students: by_month(Audience::Students),
        offices: by_month(Audience::Offices),
    }
}
