//! What a reader asks first of a county, answered for each service: may it be done from home, when, where, with which papers, how
//! many a day, and whom to ask.
//!
//! Comes in: the schedules of a county, the pilot lists that name it, and the documents that bind it. Goes out: a card for each
//! service ([`ServiceView`]). Services are the topics of the site that windows, channels and quotas name; no name of one is written
//! here. What names no service holds for each of them. What a schedule leaves open is answered by the newest earlier one that does
//! not, and says so; what none answers is listed as not written.

use std::cell::RefCell;
use std::collections::BTreeSet;

use jiff::civil::Date;

use super::markdown;
use super::parts::{self, day_view};
use super::record;
use super::view::*;
use crate::atlas::Facts;
use crate::atlas::routes;
use crate::evidence::names_both_ways;
use crate::model::{
    Cite, Document, DocumentId, DocumentKind, Fact, Kind, PilotList, Quota, Schedule, Session,
    TopicId, Window,
};

/// Windows of wider places that a card shows.
const MOST_WIDER: usize = 2;

/// Cards of a county whose documents name no service.
const MOST_UNNAMED: usize = 3;

/// A window by its document and its number in it.
type At = (DocumentId, usize);

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Want {
    Home,
    When,
    Where,
    Papers,
    Quota,
    Phone,
}

impl Want {
    /// In the order of a card.
    const ALL: [Self; 6] = [
        Self::Home,
        Self::When,
        Self::Where,
        Self::Papers,
        Self::Quota,
        Self::Phone,
    ];

    /// The end of the anchor of its row, its name there, and its name among what is not written.
    const fn words(self) -> [&'static str; 3] {
        match self {
            Self::Home => ["home", "在家办", "能不能在家办"],
            Self::When => ["when", "什么时候", "什么时候办"],
            Self::Where => ["where", "在哪办", "在哪里办"],
            Self::Papers => ["papers", "带什么", "要带什么"],
            Self::Quota => ["quota", "一天几个", "一天办几个"],
            Self::Phone => ["phone", "问谁", "电话"],
        }
    }
}

/// A card before it is filled.
struct Card {
    /// The service; none for a card of windows that name no service.
    topic: Option<TopicId>,
    /// Name of a card without a service.
    name: String,
    windows: Vec<At>,
}

/// Which services there are, and which of them a statement names.
struct Services<'a> {
    facts: Facts<'a>,
    topics: Vec<TopicId>,
}

impl<'a> Services<'a> {
    /// The topics in some texts, in the order in which they are first named.
    fn new<'t>(facts: Facts<'a>, texts: impl IntoIterator<Item = &'t str>) -> Self {
        let mut topics = Vec::new();
        for text in texts {
            let all = facts.topics().iter_enumerated();
            let mut here: Vec<(usize, TopicId)> = all
                .filter_map(|(id, topic)| Some((text.find(topic.name.as_str())?, id)))
                .collect();
            here.sort();
            for (_, id) in here {
                if !topics.contains(&id) {
                    topics.push(id);
                }
            }
        }
        Self { facts, topics }
    }

    /// Those that a statement names: in its words, or else in what it quotes.
    fn of(&self, words: &[&str], cite: Option<&Cite>) -> Vec<TopicId> {
        let named = |text: &str| -> Vec<TopicId> {
            let topics = self.topics.iter().copied();
            topics
                .filter(|&id| text.contains(self.facts.topic(id).name.as_str()))
                .collect()
        };
        let own: Vec<TopicId> = words.iter().flat_map(|text| named(text)).collect();
        let quote = || cite.and_then(|cite| cite.quote.as_ref());
        if own.is_empty() {
            return quote().map_or_else(Vec::new, |quote| named(&quote.value));
        }
        own
    }

    /// Whether a statement holds for a service: if it names it, or none. For what names no service, only the latter.
    fn holds(&self, topic: Option<TopicId>, words: &[&str], cite: Option<&Cite>) -> bool {
        let named = self.of(words, cite);
        named.is_empty() || topic.is_some_and(|topic| named.contains(&topic))
    }

    fn fact_holds(&self, topic: Option<TopicId>, fact: &Fact) -> bool {
        let mut words: Vec<&str> = fact.items.iter().map(String::as_str).collect();
        words.push(&fact.what);
        words.extend(fact.who.as_deref());
        self.holds(topic, &words, Some(&fact.cite))
    }

    fn of_window(&self, window: &Window) -> Vec<TopicId> {
        let who = window.who.as_deref().unwrap_or_default();
        self.of(&[&window.what, who], Some(&window.cite))
    }
}

/// What is known around a county, for the cards of one page.
pub struct County<'a> {
    pub facts: Facts<'a>,
    pub today: Date,
    /// Its schedules, in any order.
    pub schedules: Vec<DocumentId>,
    /// The pilot lists that name it, with its row.
    pub pilots: &'a [(DocumentId, usize)],
    /// Documents of wider places.
    pub binding: &'a [DocumentId],
    /// Terms that the page has explained.
    seen: RefCell<BTreeSet<usize>>,
    /// Addresses of the windows of wider places that a card shows: document, number.
    shown: RefCell<BTreeSet<At>>,
}

impl<'a> County<'a> {
    /// A page that has said nothing yet.
    pub fn new(
        facts: Facts<'a>,
        today: Date,
        schedules: Vec<DocumentId>,
        pilots: &'a [(DocumentId, usize)],
        binding: &'a [DocumentId],
    ) -> Self {
        Self {
            facts,
            today,
            schedules,
            pilots,
            binding,
            seen: RefCell::default(),
            shown: RefCell::default(),
        }
    }

    /// Whether a card of the page shows a window.
    pub fn shows(&self, at: At) -> bool {
        self.shown.borrow().contains(&at)
    }

    fn schedule(&self, index: DocumentId) -> Option<(&'a Document, &'a Schedule)> {
        let document = self.facts.document(index);
        match &document.kind {
            Kind::Schedule(schedule) => Some((document, schedule)),
            _ => None,
        }
    }

    fn window(&self, (document, number): At) -> &'a Window {
        &self.facts.document(document).windows[number]
    }

    fn windows_of(&self, index: DocumentId) -> impl Iterator<Item = At> {
        let count = self.facts.document(index).windows.len();
        (0..count).map(move |number| (index, number))
    }

    /// The cards of a schedule. `mark` begins their anchors.
    pub fn of_schedule(&self, index: DocumentId, mark: &str) -> AnswersView {
        let Some((document, schedule)) = self.schedule(index) else {
            return self.finished(Vec::new());
        };
        let services = Services::new(self.facts, named_in(document, schedule));
        let cards = self.cards_of(index, document, &services);
        let made = cards.into_iter().enumerate().map(|(number, card)| {
            let id = self.id(&card, mark, number);
            let answer = |want| {
                let said = self.of(index, &services, &card, want);
                match said.is_empty() {
                    true => self.earlier(index, &services, &card, want),
                    false => (said, None),
                }
            };
            self.card(&card, id, answer)
        });
        self.finished(made.collect())
    }

    /// The cards of a schedule: one for each service that it names, and one for windows that none of them takes.
    fn cards_of(&self, index: DocumentId, document: &Document, services: &Services) -> Vec<Card> {
        let windows: Vec<(At, Vec<TopicId>)> = self
            .windows_of(index)
            .map(|at| (at, services.of_window(self.window(at))))
            .collect();
        let of = |wanted: &dyn Fn(&[TopicId]) -> bool| -> Vec<At> {
            let fitting = windows.iter().filter(|(_, named)| wanted(named));
            fitting.map(|(at, _)| *at).collect()
        };
        let common = of(&|named| named.is_empty());
        let mut is_taken = false;
        let mut cards: Vec<Card> = Vec::new();
        for &topic in &services.topics {
            let own = of(&|named| named.contains(&topic));
            is_taken |= own.is_empty();
            cards.push(Card {
                topic: Some(topic),
                name: String::new(),
                windows: if own.is_empty() { common.clone() } else { own },
            });
        }
        if cards.len() < 2 || !is_taken {
            let mut first = self.unnamed(common);
            first.append(&mut cards);
            cards = first;
        }
        if cards.is_empty() {
            cards.push(Card {
                topic: None,
                name: document.kind.kind().name().to_owned(),
                windows: Vec::new(),
            });
        }
        cards
    }

    /// Cards of windows that name no service, by what they are called.
    fn unnamed(&self, windows: Vec<At>) -> Vec<Card> {
        let mut cards: Vec<Card> = Vec::new();
        for at in windows {
            let name = &self.window(at).what;
            match cards.iter_mut().find(|card| card.name == *name) {
                Some(card) => card.windows.push(at),
                None => cards.push(Card {
                    topic: None,
                    name: name.clone(),
                    windows: vec![at],
                }),
            }
        }
        cards
    }

    /// The cards of a county of which no schedule is shown: what binding documents and pilot lists say.
    pub fn without_schedule(&self, own: &[DocumentId]) -> AnswersView {
        let documents = || own.iter().chain(self.binding).copied();
        let all: Vec<At> = documents().flat_map(|i| self.windows_of(i)).collect();
        let pilots: Vec<&PilotList> = self
            .pilots
            .iter()
            .filter_map(|&(i, _)| self.pilot(i))
            .collect();
        let of_windows = all.iter().flat_map(|&at| {
            let window = self.window(at);
            [window.what.as_str(), window.who.as_deref().unwrap_or("")]
        });
        let mut services = Services::new(self.facts, of_windows);
        if services.topics.is_empty() {
            // Of the services that a programme is named after, the first.
            for pilot in &pilots {
                let named = Services::new(self.facts, [pilot.programme.as_str()]).topics;
                services.topics.extend(named.first());
            }
        }
        let mut cards: Vec<Card> = services
            .topics
            .iter()
            .map(|&topic| Card {
                topic: Some(topic),
                name: String::new(),
                windows: {
                    let named = |at: &&At| services.of_window(self.window(**at)).contains(&topic);
                    self.newest(all.iter().filter(named).copied().collect())
                },
            })
            .collect();
        if cards.is_empty() {
            cards = self.unnamed(self.newest(all));
            cards.truncate(MOST_UNNAMED);
        }
        if cards.is_empty() {
            cards.push(Card {
                topic: None,
                name: DocumentKind::Schedule.name().to_owned(),
                windows: Vec::new(),
            });
        }
        let made = cards.into_iter().enumerate().map(|(number, card)| {
            let id = self.id(&card, "", number);
            let answer = |want| match want {
                Want::Home => (self.of_pilots(&services, &card, None), None),
                Want::When => {
                    let windows = card.windows.iter();
                    (
                        windows.map(|&at| self.said_window(at, true)).collect(),
                        None,
                    )
                }
                _ => (Vec::new(), None),
            };
            self.card(&card, id, answer)
        });
        self.finished(made.collect())
    }

    /// Of some windows those of the newest year.
    fn newest(&self, mut windows: Vec<At>) -> Vec<At> {
        let newest = windows.iter().map(|at| self.facts.year_of(at.0)).max();
        windows.retain(|at| Some(self.facts.year_of(at.0)) == newest);
        windows.truncate(MOST_WIDER);
        windows
    }

    fn pilot(&self, index: DocumentId) -> Option<&'a PilotList> {
        match &self.facts.document(index).kind {
            Kind::Pilots(list) => Some(list),
            _ => None,
        }
    }

    fn id(&self, card: &Card, mark: &str, number: usize) -> String {
        match card.topic {
            Some(topic) => format!("{mark}for-{}", self.facts.topic(topic).id),
            None => format!("{mark}for-{}", number + 1),
        }
    }

    /// A card with its answers.
    fn card(
        &self,
        card: &Card,
        id: String,
        answer: impl Fn(Want) -> (Vec<SaidView>, Option<Link>),
    ) -> ServiceView {
        let topic = card.topic.map(|topic| self.facts.topic(topic));
        let name = topic.map_or_else(|| card.name.clone(), |topic| topic.name.clone());
        let mut terms = self.facts.glossary().iter();
        let term = terms.position(|term| term.name == name);
        self.seen.borrow_mut().extend(term);
        let explained = term.map(|term| self.facts.glossary()[term].about.clone());
        let mut rows = Vec::new();
        let mut missing = Vec::new();
        for want in Want::ALL {
            let [key, ask, open] = want.words();
            let (mut said, earlier) = answer(want);
            for one in &mut said {
                one.who = one.who.take().and_then(|who| besides(&name, who));
            }
            if said.is_empty() {
                missing.push(open);
                continue;
            }
            rows.push(ServiceRow {
                id: format!("{id}-{key}"),
                ask,
                terms: self.explained(&said),
                said,
                earlier,
            });
        }
        ServiceView {
            about: topic.and_then(|topic| topic.about.clone()).or(explained),
            id,
            name,
            rows,
            is_asked_above: missing.contains(&Want::Phone.words()[2]) && self.has_offices(),
            missing,
        }
    }

    /// The terms in what is said that the page has not yet explained.
    fn explained(&self, said: &[SaidView]) -> Vec<ServiceTerm> {
        let words = self.facts.words();
        let mut seen = self.seen.borrow_mut();
        let mut out = Vec::new();
        for one in said {
            let texts = [one.who.as_deref(), Some(&*one.text), one.note.as_deref()];
            for text in texts.into_iter().flatten() {
                for (_, term) in words.within(text) {
                    if seen.insert(term) {
                        let term = &self.facts.glossary()[term];
                        out.push(ServiceTerm {
                            entry: Link::new(&routes::term(&term.id), &term.name),
                            about: term.about.clone(),
                        });
                    }
                }
            }
        }
        out
    }

    /// Cards with the words that they cite.
    fn finished(&self, services: Vec<ServiceView>) -> AnswersView {
        let rows = services.iter().flat_map(|service| &service.rows);
        let mut quotes: Vec<CiteView> = Vec::new();
        for cite in rows
            .flat_map(|row| &row.said)
            .filter_map(|said| said.cite.as_ref())
        {
            let is_new = |other: &CiteView| (&other.url, &other.quote) != (&cite.url, &cite.quote);
            if cite.quote.is_some() && quotes.iter().all(is_new) {
                quotes.push(cite.clone());
            }
        }
        AnswersView { services, quotes }
    }

    /// The answer of the newest earlier schedule that has one.
    fn earlier(
        &self,
        index: DocumentId,
        services: &Services,
        card: &Card,
        want: Want,
    ) -> (Vec<SaidView>, Option<Link>) {
        let year = self.facts.document(index).year();
        let before = |other: &DocumentId| self.facts.document(*other).year() < year;
        let mut older: Vec<DocumentId> = self.schedules.iter().copied().filter(before).collect();
        older.sort_by_key(|&other| std::cmp::Reverse(self.facts.document(other).year()));
        for other in older {
            let fitting = |at: &At| {
                let named = services.of_window(self.window(*at));
                match card.topic {
                    Some(topic) => named.is_empty() || named.contains(&topic),
                    None => named.is_empty() && self.window(*at).what == card.name,
                }
            };
            let then = Card {
                topic: card.topic,
                name: card.name.clone(),
                windows: self.windows_of(other).filter(fitting).collect(),
            };
            let said = self.of(other, services, &then, want);
            if !said.is_empty() {
                let year = self.facts.document(other).year();
                let year = year.map_or_else(String::new, |year| format!("{year}年"));
                let page = routes::document(&self.facts, other);
                return (said, Some(Link::new(&page, &year)));
            }
        }
        (Vec::new(), None)
    }

    /// What a schedule says.
    fn of(&self, index: DocumentId, services: &Services, card: &Card, want: Want) -> Vec<SaidView> {
        let Some((document, schedule)) = self.schedule(index) else {
            return Vec::new();
        };
        let topic = card.topic;
        let facts = |list: &[Fact]| -> Vec<SaidView> {
            let mine = list.iter().filter(|fact| services.fact_holds(topic, fact));
            mine.map(|fact| self.said_fact(fact)).collect()
        };
        let service = |session: &Session| session.service.clone();
        let mine = |one: &&Session| services.holds(topic, &[&service(one)], None);
        let sessions: Vec<&Session> = schedule.sessions.iter().filter(mine).collect();
        match want {
            Want::Home => {
                let mut said = facts(&schedule.channels);
                said.extend(self.of_pilots(services, card, document.year()));
                said
            }
            Want::When => {
                let mut said = self.newer(index, services, card);
                said.extend(card.windows.iter().map(|&at| self.said_window(at, false)));
                said.extend(days_of(&sessions));
                said
            }
            Want::Where => {
                let mut said = facts(&schedule.venues);
                said.extend(places_of(&sessions));
                said
            }
            Want::Papers => facts(&schedule.forms),
            Want::Quota => {
                let mine =
                    |quota: &&Quota| services.holds(topic, &[&quota.group], Some(&quota.cite));
                let quotas = schedule.quotas.iter().filter(mine);
                quotas
                    .map(|quota| SaidView {
                        who: Some(quota.group.clone()),
                        text: parts::a_day(quota.per_day, quota.morning, quota.afternoon),
                        cite: Some(self.facts.cite(&quota.cite)),
                        ..SaidView::default()
                    })
                    .collect()
            }
            Want::Phone => {
                let contacts = document.contacts.iter();
                let mut said: Vec<SaidView> = contacts
                    .map(|contact| SaidView {
                        who: contact.duty.clone(),
                        text: contact.office.clone(),
                        phone: contact.phone.clone(),
                        note: contact.phone.is_none().then(|| "没有写电话".to_owned()),
                        cite: contact.cite.as_ref().map(|cite| self.facts.cite(cite)),
                        ..SaidView::default()
                    })
                    .collect();
                said.extend(phones_of(&sessions));
                said
            }
        }
    }

    fn said_fact(&self, fact: &Fact) -> SaidView {
        let items = fact.items.join("、");
        let text = match (fact.what.is_empty() || fact.what == items, items.is_empty()) {
            (_, true) => fact.what.clone(),
            (true, false) => items,
            (false, false) => format!("{}：{items}", fact.what),
        };
        SaidView {
            who: fact.who.clone(),
            text,
            note: fact.note.clone(),
            cite: Some(self.facts.cite(&fact.cite)),
            ..SaidView::default()
        }
    }

    fn said_window(&self, at: At, is_wider: bool) -> SaidView {
        let window = self.window(at);
        let view = parts::window(&self.facts, self.today, at.0, at.1);
        self.shown.borrow_mut().insert(at);
        let from = || {
            let year = self.facts.year_of(at.0);
            let year = year.map_or_else(String::new, |year| format!("{year}年"));
            Link::new(&view.page.url, &format!("{}{year}的规定", view.place.text))
        };
        let text = record::words(window);
        SaidView {
            who: window.who.clone(),
            span: span_of(&text, &view),
            text,
            note: window.note.clone(),
            from: is_wider.then(from),
            state: Some(view.state),
            cite: Some(view.cite),
            ..SaidView::default()
        }
    }

    /// Windows of wider places for a year after that of a schedule.
    fn newer(&self, index: DocumentId, services: &Services, card: &Card) -> Vec<SaidView> {
        let year = self.facts.document(index).year();
        let all = self.binding.iter().flat_map(|&i| self.windows_of(i));
        let fits = |at: &At| {
            let window = self.window(*at);
            let is_mine = match card.topic {
                Some(topic) => services.of_window(window).contains(&topic),
                None => window.what == card.name,
            };
            is_mine && self.facts.year_of(at.0) > year
        };
        let newest = self.newest(all.filter(fits).collect());
        let windows = newest.into_iter();
        windows.map(|at| self.said_window(at, true)).collect()
    }

    /// What pilot lists say of doing it from home, from a year on.
    fn of_pilots(&self, services: &Services, card: &Card, since: Option<i16>) -> Vec<SaidView> {
        let lists = self.pilots.iter();
        let lists = lists.filter_map(|&(index, row)| Some((index, row, self.pilot(index)?)));
        let fits = |list: &PilotList| {
            let named = services.of(&[&list.programme], None);
            let is_mine = card.topic.is_some_and(|topic| named.contains(&topic));
            is_mine && since.is_none_or(|year| list.year >= year)
        };
        lists
            .filter(|(.., list)| fits(list))
            .map(|(index, row, list)| {
                let document = self.facts.document(index);
                let points = document.summary.iter();
                let point = points
                    .map(|point| {
                        (
                            point,
                            markdown::plain(&point.text.value, markdown::Sort::Words),
                        )
                    })
                    .find(|(_, words)| names_both_ways(words));
                let (text, cite) = match point {
                    Some((point, words)) => (words, &point.cite),
                    None => (String::new(), &list.cite),
                };
                SaidView {
                    who: Some(format!("{}年列入{}", list.year, list.programme)),
                    text,
                    cite: Some(self.facts.cite(cite)),
                    from: Some(record::row_link(&self.facts, index, &list.rows[row])),
                    ..SaidView::default()
                }
            })
            .collect()
    }

    fn has_offices(&self) -> bool {
        let mut documents = self.binding.iter();
        documents.any(|&index| !self.facts.document(index).contacts.is_empty())
    }

    /// Offices of wider places, the newest documents first, each once.
    pub fn offices_above(&self) -> Vec<ContactView> {
        let documents = self.binding.iter();
        let contacts = documents.flat_map(|&index| &self.facts.document(index).contacts);
        let mut out: Vec<ContactView> = Vec::new();
        for contact in contacts {
            let is_other =
                |one: &ContactView| (&one.office, &one.duty) != (&contact.office, &contact.duty);
            if out.iter().all(is_other) {
                out.push(parts::contact(&self.facts, contact));
            }
        }
        out
    }
}

/// Whom a statement concerns, without the name of the service that its card has as a title: 确需现场办理 of 续贷（确需现场办理）. None if
/// nothing else is said.
fn besides(name: &str, who: String) -> Option<String> {
    let digits = who.chars().take_while(char::is_ascii_digit).count();
    let without_year = who[digits..].strip_prefix('年').filter(|_| digits == 4);
    let rest = without_year.unwrap_or(&who).strip_prefix(name);
    let Some(rest) = rest.filter(|_| !name.is_empty()) else {
        return Some(who);
    };
    let inner = rest
        .strip_prefix('（')
        .and_then(|rest| rest.strip_suffix('）'));
    match rest {
        "" | "学生" => None,
        _ => Some(inner.map_or(who.clone(), str::to_owned)),
    }
}

/// The texts of a schedule in which services are named.
fn named_in<'t>(document: &'t Document, schedule: &'t Schedule) -> impl Iterator<Item = &'t str> {
    let channels = schedule
        .channels
        .iter()
        .filter_map(|one| one.who.as_deref());
    let quotas = schedule.quotas.iter().map(|one| one.group.as_str());
    let windows = document.windows.iter().flat_map(|one| {
        let who = one.who.as_deref().unwrap_or_default();
        [one.what.as_str(), who]
    });
    let sessions = schedule.sessions.iter().map(|one| one.service.as_str());
    channels.chain(quotas).chain(windows).chain(sessions)
}

/// The words of a window in two pieces, each with its day, if it names its first and its last day.
fn span_of(text: &str, window: &WindowView) -> Option<[DateView; 2]> {
    let (first, last) = text.split_once('至')?;
    let dated = |words: &str, day: &Option<DateView>| -> Option<DateView> {
        Some(DateView {
            iso: Some(day.as_ref()?.iso.clone()?),
            text: words.to_owned(),
        })
    };
    Some([dated(first, &window.from)?, dated(last, &window.until)?])
}

/// The days of sessions in one line; the table of sessions has each.
fn days_of(sessions: &[&Session]) -> Option<SaidView> {
    let days: BTreeSet<Date> = sessions.iter().map(|session| session.date).collect();
    let (first, last) = days.first().zip(days.last())?;
    let mut text = format!("{} 场，{}", sessions.len(), day_view(*first).text);
    if first != last {
        text.push_str(&format!("至{}", day_view(*last).text));
    }
    Some(SaidView {
        text,
        ..SaidView::default()
    })
}

/// The places of sessions, each once.
fn places_of(sessions: &[&Session]) -> Option<SaidView> {
    let mut places: Vec<&str> = Vec::new();
    for session in sessions {
        if !places.contains(&session.place.as_str()) {
            places.push(&session.place);
        }
    }
    (!places.is_empty()).then(|| SaidView {
        text: places.join("、"),
        ..SaidView::default()
    })
}

/// The telephones of sessions, each once.
fn phones_of(sessions: &[&Session]) -> Vec<SaidView> {
    let mut out: Vec<SaidView> = Vec::new();
    for session in sessions {
        let is_new = |one: &SaidView| one.phone != session.phone;
        if session.phone.is_some() && out.iter().all(is_new) {
            out.push(SaidView {
                text: session.place.clone(),
                phone: session.phone.clone(),
                ..SaidView::default()
            });
        }
    }
    out
}
