//! Views of lists: home, documents by kind and topic, the calendar.

use crate::pages::parts;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;

use super::markdown::{self, Context, InternalLink};
use super::places::{self, province_groups, register};
use super::self_checks;
use super::view::{self, *};
use crate::atlas::Facts;
use crate::atlas::routes::{self, PER_PAGE};
use crate::diag::{Sink, Spanned};
use crate::model::{
    Audience, Bound, Daily, DocumentId, DocumentKind, ProvinceId, TopicId, When, Window, is_dated,
    past_since,
};
use crate::rules::place_of;
use mingbai_forms::limits::Limit;

/// How many documents and past windows the home page shows.
const NEWEST: usize = 12;
const PAST: usize = 4;

/// How many windows that are past on the day of the build the home page holds for readers whose clock is late.
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
pub fn search(facts: &Facts, today: Date) -> SearchView {
    let years: BTreeSet<i16> = facts
        .documents()
        .filter_map(|document| facts.year_of(document))
        .collect();
    let regions = &facts.regions();
    let placed = facts
        .documents()
        .map(|i| facts.document(i).place)
        .chain(facts.checks().iter().map(|c| c.check.place.map(place_of)))
        .flatten();
    let mut provinces: BTreeSet<ProvinceId> = facts.provinces().clone();
    provinces.extend(placed.filter_map(|place| regions.province_of(place)));
    SearchView {
        provinces: provinces
            .iter()
            .map(|&i| regions.provinces[i].name.clone())
            .collect(),
        counties: register(facts),
        topics: topics(facts).topics,
        documents: parts::items(facts, today, slice(facts.of_kind(DocumentKind::Notice), 1)),
        more_documents: facts.of_kind(DocumentKind::Notice).len() > PER_PAGE,
        years: years.iter().rev().map(i16::to_string).collect(),
    }
}

/// One page of the documents of a kind.
pub fn documents(facts: &Facts, today: Date, kind: DocumentKind, page: usize) -> ListView {
    let list = facts.of_kind(kind);
    let shown = slice(list, page);
    let windows = if kind == DocumentKind::Schedule && page == 1 {
        shown
            .iter()
            .flat_map(|&i| parts::windows_of(facts, today, i))
            .collect()
    } else {
        Vec::new()
    };
    ListView {
        checks: Vec::new(),
        what: kind.into(),
        lead: kind.about().to_owned(),
        items: parts::items(facts, today, shown),
        pager: pager(page, pages(list.len()), |n| routes::list(kind, n)),
        windows,
    }
}

/// A page of the documents of a topic.
pub fn topic(facts: &Facts, today: Date, topic: TopicId, page: usize) -> ListView {
    let list = facts.of_topic(topic);
    ListView {
        checks: self_checks::links(facts, |check| check.topics.contains(&topic)),
        what: ListOf::Topic,
        lead: facts.topic(topic).about.clone().unwrap_or_default(),
        items: parts::items(facts, today, slice(list, page)),
        pager: pager(page, pages(list.len()), |n| routes::topic(facts, topic, n)),
        windows: Vec::new(),
    }
}

/// The page of all topics.
pub fn topics(facts: &Facts) -> TopicsView {
    let topics = facts.topics().keys();
    TopicsView {
        topics: topics.map(|id| topic_item(facts, id)).collect(),
    }
}

fn topic_item(facts: &Facts, id: TopicId) -> TopicItem {
    let topic = facts.topic(id);
    TopicItem {
        url: routes::topic(facts, id, 1),
        name: topic.name.clone(),
        about: topic.about.clone(),
        count: facts.of_topic(id).len(),
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
    fn new(facts: &Facts, wanted: impl Fn(&Window) -> bool) -> Self {
        let days = |&at: &At| {
            let day = |bound: &Option<Spanned<Bound>>| bound.as_ref().and_then(|b| b.value.day());
            let window = window(facts, at);
            (day(&window.until), day(&window.from))
        };
        let mut now = facts.windows().to_vec();
        now.retain(|&at| wanted(window(facts, at)));
        let mut past = now.clone();
        now.sort_by_cached_key(|at| {
            let (until, from) = days(at);
            // A window without a last day comes after all that have one.
            let url = routes::document(facts, at.0);
            let what = window(facts, *at).what.clone();
            (until.is_none(), until, from, url, what)
        });
        past.sort_by_cached_key(|at| Reverse(days(at)));
        Self { now, past }
    }
}

fn window<'a>(facts: &Facts<'a>, (document, number): At) -> &'a Window {
    &facts.document(document).windows[number]
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
fn current(facts: &Facts, today: Date) -> Current {
    // What has no day can be neither open nor past.
    let windows = Windows::new(facts, is_dated);
    let since = |at: &At| past_since(window(facts, *at));
    let is_past = |at: &&At| since(at).is_some_and(|day| day <= today);
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
                shown: since(at).and_then(|day| ShownView::before(day, today)),
                ..parts::window(facts, today, at.0, at.1)
            })
            .collect(),
        quiet_since,
        last: last
            .map(|&(i, n)| parts::window(facts, today, i, n))
            .collect(),
    }
}

/// All windows, those that are past last, each with its places in both orders.
fn ordered(facts: &Facts, today: Date) -> Vec<WindowView> {
    let windows = Windows::new(facts, |_| true);
    let places: HashMap<At, usize> = windows.past.iter().copied().zip(0..).collect();
    let entry = |(now, &at): (usize, &At)| {
        let then = places[&at];
        let since = past_since(window(facts, at));
        let is_past = since.is_some_and(|day| day <= today);
        let order = match since {
            Some(day) => Daily::changing(now, day, windows.now.len() + then),
            None => Daily::constant(now),
        };
        ((is_past, if is_past { then } else { now }), at, order)
    };
    let mut list: Vec<_> = windows.now.iter().enumerate().map(entry).collect();
    list.sort_by_key(|(key, ..)| *key);
    list.into_iter()
        .map(|(_, (i, n), order)| WindowView {
            order: Some(view::place_text(&order)),
            ..parts::window(facts, today, i, n)
        })
        .collect()
}

/// The home page.
pub fn home(
    facts: &Facts,
    today: Date,
    root: &str,
    links: &mut Vec<InternalLink>,
    sink: &mut Sink,
) -> HomeView {
    let current = current(facts, today);
    let quiet = current.quiet_since;
    let lead_html = match (&facts.site().lead, facts.site().source) {
        (Some(lead), Some(source)) => {
            let context = Context {
                source,
                text: &lead.value,
                root,
                marks: None,
                block: 0,
                deepest: facts.limits().most(Limit::Nesting),
                caption: "",
                terms: None,
                notes: None,
            };
            markdown::value(lead.span, &context, links, sink)
        }
        _ => String::new(),
    };
    let newest = |kind| {
        let list = facts.of_kind(kind);
        parts::items(facts, today, &list[..list.len().min(NEWEST)])
    };
    HomeView {
        checks: self_checks::list(facts).checks,
        has_quiet: quiet.is_some() || current.open.is_empty(),
        open_shown: quiet.and_then(|day| ShownView::before(day, today)),
        quiet_shown: quiet.and_then(|day| ShownView::since(day, today)),
        open: current.open,
        last: current.last,
        documents: newest(DocumentKind::Notice),
        provinces: if facts.units().len() <= places::MOST_COUNTIES {
            province_groups(facts)
        } else {
            places::provinces(facts)
        },
        counties: facts.units().len(),
        pilots: newest(DocumentKind::Pilots),
        schedules: newest(DocumentKind::Schedule),
        assessments: newest(DocumentKind::Assessment),
        topics: facts
            .topics()
            .keys()
            .filter(|&topic| !facts.of_topic(topic).is_empty())
            .map(|id| topic_item(facts, id))
            .collect(),
        lead_html,
    }
}

/// The calendar: all windows, then deadlines of students and of offices by month.
pub fn calendar(facts: &Facts, today: Date) -> DeadlinesView {
    DeadlinesView {
        pictures: super::years::years(facts, today),
        windows: ordered(facts, today),
        students: by_month(facts, today, Audience::Students),
        offices: by_month(facts, today, Audience::Offices),
    }
}

/// A part of the calendar, in the order in which they follow each other: every year, the newest month first, no year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Month {
    Yearly,
    Of(Reverse<(i16, i8)>),
    Unstated,
}

impl Month {
    fn of(when: &When) -> Self {
        match when {
            When::Yearly { .. } => Self::Yearly,
            When::Day(day) => Self::Of(Reverse((day.year(), day.month()))),
            When::AsPrinted(_) => Self::Unstated,
        }
    }

    fn title(self) -> String {
        match self {
            Self::Yearly => "每年".into(),
            Self::Of(Reverse((year, month))) => format!("{year}年{month}月"),
            Self::Unstated => "原文未写年份".into(),
        }
    }

    /// `2020-07`
    fn id(self) -> String {
        match self {
            Self::Yearly => "yearly".into(),
            Self::Of(Reverse((year, month))) => format!("{year:04}-{month:02}"),
            Self::Unstated => "unstated".into(),
        }
    }
}

/// The deadlines of one audience by month.
fn by_month(facts: &Facts, today: Date, audience: Audience) -> Vec<CalendarGroup> {
    let deadline = |(document, number): At| &facts.document(document).deadlines[number];
    let mut entries: Vec<At> = facts.deadlines().to_vec();
    entries.retain(|&at| deadline(at).audience == audience);
    entries.sort_by_cached_key(|&at| (deadline(at).by.value.when.clone(), at));
    let mut months: BTreeMap<Month, Vec<DeadlineView>> = BTreeMap::new();
    for at in entries {
        let month = Month::of(&deadline(at).by.value.when);
        let view = parts::deadline(facts, today, at.0, at.1);
        months.entry(month).or_default().push(view);
    }
    let prefix = match audience {
        Audience::Students => "s",
        Audience::Offices => "o",
    };
    let group = |(month, deadlines): (Month, _)| CalendarGroup {
        title: month.title(),
        id: format!("{prefix}-{}", month.id()),
        deadlines,
    };
    months.into_iter().map(group).collect()
}
