//! Views of lists: home, documents by kind and topic, the calendar.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::markdown::{self, Context, InternalLink};
use super::places::{province_groups, register};
use super::self_checks;
use super::view::*;
use crate::atlas::Atlas;
use crate::atlas::routes::{self, PER_PAGE};
use crate::diag::{Sink, Spanned};
use crate::model::{
    Audience, Bound, DocumentId, DocumentKind, Place, ProvinceId, TopicId, When, is_past,
};
use crate::rules::place_of;

/// How many documents and past windows the home page shows.
const NEWEST: usize = 12;
const PAST: usize = 4;

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

/// All windows, those that matter now first: open and coming ones by their end, then past ones from the newest.
fn windows(atlas: &Atlas) -> (Vec<WindowView>, Vec<WindowView>) {
    let model = atlas.model;
    let window = |&(i, w): &(DocumentId, usize)| &model.documents[i].windows[w];
    let days = |at: &(DocumentId, usize)| {
        let day = |bound: &Option<Spanned<Bound>>| bound.as_ref().and_then(|b| b.value.day());
        (day(&window(at).until), day(&window(at).from))
    };
    let (mut past, mut now): (Vec<_>, Vec<_>) = atlas
        .windows
        .iter()
        .copied()
        .partition(|at| is_past(window(at), atlas.today));
    now.sort_by_cached_key(|at| {
        let (until, from) = days(at);
        // A window without a last day stands after all that have one.
        let url = routes::document(model, at.0);
        (until.is_none(), until, from, url, window(at).what.clone())
    });
    past.sort_by_cached_key(|at| Reverse(days(at)));
    let views =
        |list: Vec<(DocumentId, usize)>| list.iter().map(|&(i, w)| atlas.window(i, w)).collect();
    (views(now), views(past))
}

pub fn home(atlas: &Atlas, root: &str, links: &mut Vec<InternalLink>, sink: &mut Sink) -> HomeView {
    let (open, past) = windows(atlas);
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
        open,
        last: past.into_iter().take(PAST).collect(),
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
    let (mut all, past) = windows(atlas);
    all.extend(past);
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
        windows: all,
        students: by_month(Audience::Students),
        offices: by_month(Audience::Offices),
    }
}
