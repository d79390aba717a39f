//! What readers can subscribe to: the calendars and the feed of a page, and the feeds themselves.
//!
//! Comes in: the atlas and the place or topic of the page. Goes out: [`SubscribeView`] for the page, [`FeedView`] for `atom.xml`.

use crate::pages::parts;
use jiff::civil::Date;
use serde::Serialize;

use super::life;
use super::view::*;
use crate::atlas::Facts;
use crate::atlas::agenda::{ALL, Scope};
use crate::atlas::routes;
use crate::model::{Audience, DocumentId, DocumentKind, Kind, Place};

/// Entries of a feed: the newest documents.
const ENTRIES: usize = 20;

/// Characters of a summary.
const SUMMARY: usize = 300;

/// What a page offers.
pub fn view(facts: &Facts, scope: Option<Scope>) -> SubscribeView {
    let Some(scope) = scope else {
        return SubscribeView::default();
    };
    let base = &facts.site().base_url;
    let holds = match scope {
        ALL => "全国和各地的",
        Scope::Place(Place::Unit(_)) => "当地的，连同市、省和全国规定的",
        Scope::Place(_) => "所辖各地的，连同上级规定的",
        Scope::Topic(_) => "各地有关这个主题的",
    };
    let calendar = |audience| {
        let count = facts.event_count(scope, audience);
        let url = routes::calendar(facts, scope, audience);
        (count > 0).then(|| CalendarView {
            webcal: format!("webcal://{}{url}", base.without_scheme()),
            address: format!("{base}{url}"),
            url,
            name: facts.calendar_name(scope, audience),
            holds,
            count,
        })
    };
    SubscribeView {
        students: calendar(Audience::Students),
        offices: calendar(Audience::Offices),
        // The feed of the whole site is offered by every page.
        feed: (scope != ALL && !listed(facts, scope).is_empty()).then(|| Link {
            url: routes::feed(facts, scope),
            text: feed_title(facts, scope),
        }),
    }
}

/// Scopes with a feed: topics, and counties that have documents of their own.
pub fn feeds(facts: &Facts) -> impl Iterator<Item = Scope> {
    let topics = facts.topics().keys().map(Scope::Topic);
    let units = facts.units().keys().map(|&u| Scope::Place(Place::Unit(u)));
    topics
        .chain(units)
        .filter(|&scope| !listed(facts, scope).is_empty())
}

/// Documents of a feed, newest first. A county with documents of its own also hears of the lists that name it.
pub fn listed(facts: &Facts, scope: Scope) -> Vec<DocumentId> {
    let mut list: Vec<DocumentId> = match scope {
        ALL => {
            return facts
                .of_kind(DocumentKind::Notice)
                .iter()
                .take(ENTRIES)
                .copied()
                .collect();
        }
        Scope::Topic(topic) => {
            return facts
                .of_topic(topic)
                .iter()
                .take(ENTRIES)
                .copied()
                .collect();
        }
        Scope::Place(Place::Unit(unit)) => {
            let Some(here) = facts.unit(unit) else {
                return Vec::new();
            };
            let own = here.notices.iter().chain(&here.schedules).copied();
            let own: Vec<DocumentId> = own.collect();
            if own.is_empty() {
                return own;
            }
            let pilots = here.pilots.iter().map(|(i, _)| *i);
            let grades = here.grades.iter().map(|(i, ..)| *i);
            own.into_iter().chain(pilots).chain(grades).collect()
        }
        Scope::Place(_) => return Vec::new(),
    };
    list.sort_by_cached_key(|&i| std::cmp::Reverse((facts.sort_date(i), std::cmp::Reverse(i))));
    list.dedup();
    list.truncate(ENTRIES);
    list
}

/// `atom.xml`
#[derive(Debug, Serialize)]
pub struct FeedView {
    id: String,
    subtitle: String,
    /// The page that the feed belongs to.
    page: String,
    updated: String,
    entries: Vec<FeedEntry>,
}

#[derive(Debug, Serialize)]
struct FeedEntry {
    id: String,
    title: String,
    url: String,
    updated: String,
    published: Option<String>,
    summary: String,
    author: String,
    /// 通知, 受理安排 …
    kind: String,
    topics: Vec<FeedTopic>,
}

#[derive(Debug, Serialize)]
struct FeedTopic {
    id: String,
    name: String,
}

/// Title of a feed.
pub fn feed_title(facts: &Facts, scope: Scope) -> String {
    match scope {
        ALL => facts.site().title.clone(),
        _ => format!("{} - {}", facts.scope_name(scope), facts.site().title),
    }
}

/// A feed.
pub fn feed(facts: &Facts, today: Date, scope: Scope) -> FeedView {
    // Feeds want a moment; the text gives a day: midnight in Beijing.
    let moment = |day: Date| format!("{day}T00:00:00+08:00");
    let list = listed(facts, scope);
    let corrected = corrected(facts, scope);
    let corrections = corrected.iter().filter_map(|&at| correction(facts, at));
    let corrections: Vec<FeedEntry> = corrections.collect();
    let revised = |&i: &DocumentId| facts.revised(i, today);
    let changed = corrected.iter().map(|(index, _)| index);
    let updated = list.iter().chain(changed).map(revised).max();
    let entries = list.iter().map(|&index| {
        let document = facts.document(index);
        let source = facts.text_of(index);
        let (published, issuers) = match &facts.document(source).kind {
            Kind::Notice(notice) => (notice.issued, notice.issuers.join("、")),
            _ => (None, String::new()),
        };
        let ending = document.ending.map(|ending| life::sentence(facts, ending));
        let withdrawn = document.life.withdrawn.as_ref();
        let withdrawn = withdrawn.map(|one| format!("本站已经撤下：{}", one.why));
        let points = document.summary.iter();
        let points = points.map(|point| point.text.value.replace(['*', '`'], ""));
        let points: Vec<String> = withdrawn.into_iter().chain(ending).chain(points).collect();
        let item = parts::item(facts, today, index);
        FeedEntry {
            id: format!("urn:uuid:{}", facts.uuid_of(index, &[])),
            title: item.title,
            url: item.url,
            updated: moment(facts.revised(index, today)),
            published: published.filter(|_| source == index).map(moment),
            summary: clipped(&points.join(" ")),
            author: if issuers.is_empty() {
                "原文未载明".into()
            } else {
                issuers
            },
            kind: item.kind,
            topics: document
                .topics
                .iter()
                .copied()
                .map(|topic| FeedTopic {
                    id: facts.topic(topic).id.clone(),
                    name: facts.topic(topic).name.clone(),
                })
                .collect(),
        }
    });
    let page = match scope {
        ALL => "index.html".into(),
        _ => routes::scope(facts, scope),
    };
    FeedView {
        id: format!(
            "urn:uuid:{}",
            facts.uuid_of_file(&routes::feed(facts, scope))
        ),
        subtitle: match scope {
            ALL => facts.site().tagline.clone(),
            Scope::Topic(_) => "这个主题的文件，新的在前。".into(),
            Scope::Place(_) => "这个县的文件和安排，以及列有它的名单，新的在前。".into(),
        },
        page: routes::canonical(&facts.site().base_url, &page),
        updated: moment(updated.unwrap_or(today)),
        entries: corrections.into_iter().chain(entries).collect(),
    }
}

/// The mistakes of this site that concern the readers of a feed, the newest correction first.
fn corrected(facts: &Facts, scope: Scope) -> Vec<(DocumentId, usize)> {
    let own = match scope {
        Scope::Place(Place::Unit(_)) => listed(facts, scope),
        _ => Vec::new(),
    };
    let concerns = |(index, _): &&(DocumentId, usize)| match scope {
        ALL => true,
        Scope::Topic(topic) => facts.document(*index).topics.contains(&topic),
        Scope::Place(_) => own.contains(index),
    };
    let all = facts.corrected().iter().filter(concerns);
    all.take(ENTRIES).copied().collect()
}

/// A mistake of this site as an entry.
fn correction(facts: &Facts, (index, number): (DocumentId, usize)) -> Option<FeedEntry> {
    let document = facts.document(index);
    let slip = &document.slips[number];
    let on = format!("{}T00:00:00+08:00", slip.on?);
    let (printed, right) = (&slip.printed.value, &slip.right);
    let what = slip
        .what
        .as_ref()
        .map_or_else(String::new, |what| format!("（{what}）"));
    let why = slip.why.as_deref().unwrap_or_default();
    let words = ["correction", printed, right, &on];
    let site = facts.site();
    Some(FeedEntry {
        id: format!("urn:uuid:{}", facts.uuid_of(index, &words)),
        title: format!("更正：{}{what}", document.title.value),
        url: format!(
            "{}#{}",
            routes::document(facts, index),
            routes::correction(number)
        ),
        updated: on.clone(),
        published: Some(on),
        summary: clipped(&format!("本站原来写“{printed}”，应为“{right}”。{why}")),
        author: site.operator.clone().unwrap_or_else(|| site.title.clone()),
        kind: "更正".to_owned(),
        topics: Vec::new(),
    })
}

/// The beginning of a text, cut at a character and marked as cut.
fn clipped(text: &str) -> String {
    match text.char_indices().nth(SUMMARY) {
        Some((at, _)) => format!("{}……", &text[..at]),
        None => text.to_owned(),
    }
}
