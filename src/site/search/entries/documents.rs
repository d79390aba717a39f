//! Entries of documents: the page, its clauses, the sections of data pages, and what plain words say of each clause.

use std::collections::BTreeMap;

use jiff::civil::Date;
use typed_index_collections::TiVec;

use super::*;
use crate::model::{
    Assessment, Body, Cite, Clause, ClauseId, Document, DocumentId, Fact, Schedule, StatedValue,
    date,
};
use crate::pages::parts;
use crate::pages::view::{DocItem, WindowView};

/// Characters of what is below a clause, after which no other block is shown.
const MOST_BELOW: usize = 240;

/// What plain words, windows, facts and self-checks say of a clause, by document and clause: a person who asks in
/// these words is led to the clause.
type Said = BTreeMap<(DocumentId, ClauseId), Vec<Field>>;

/// The entries of documents.
pub struct DocumentEntries {
    today: Date,
    full: usize,
    said: Said,
    is_large: bool,
}

impl DocumentEntries {
    pub(super) fn new(facts: &Facts, today: Date, full: usize) -> Self {
        Self {
            today,
            full,
            said: said(facts),
            is_large: is_large(facts),
        }
    }

    /// The parts of a document.
    pub fn of(&self, facts: &Facts, id: DocumentId) -> Vec<Part> {
        let mut parts = Vec::new();
        document(facts, self.today, id, &self.said, self.full, &mut parts);
        shortened(parts, self.is_large)
    }

    /// What is said of the clauses of a document elsewhere: number of the clause, level, words.
    pub fn said_of(&self, id: DocumentId) -> impl Iterator<Item = (usize, u8, &str)> {
        let first = (id, ClauseId::from(0));
        let of_document = self.said.range(first..);
        let of_document = of_document.take_while(move |((document, _), _)| *document == id);
        of_document.flat_map(|((_, clause), fields)| {
            let fields = fields.iter();
            fields.map(|(level, text)| (usize::from(*clause), *level, text.as_str()))
        })
    }
}

/// Collects what is said of each clause elsewhere.
fn said(facts: &Facts) -> Said {
    let mut said = Said::new();
    let mut say = |cite: &Cite, level: u8, text: &str| {
        said.entry((cite.document, cite.clause))
            .or_default()
            .push((level, text.to_owned()));
    };
    for document in facts.documents().map(|id| facts.document(id)) {
        for point in &document.summary {
            // A long point touches on many things.
            let text = words(&point.text.value, Sort::Words);
            let level = match text.chars().count() {
                0..=60 => level::LEAD - 1,
                _ => level::AROUND,
            };
            say(&point.cite, level, &text);
        }
        for window in &document.windows {
            say(&window.cite, level::LEAD, &window.what);
        }
        for deadline in &document.deadlines {
            say(&deadline.cite, level::AROUND, &deadline.what);
        }
        if let Kind::Schedule(schedule) = &document.kind {
            for (fact, text) in schedule_facts(schedule) {
                say(&fact.cite, level::AROUND, &text);
            }
        }
    }
    for compiled in facts.checks() {
        let check = &compiled.check;
        for decision in &check.decisions {
            for outcome in &decision.outcomes {
                let text = format!("{} {}", outcome.name.value, outcome.text);
                say(compiled.cite(&outcome.cite), level::AROUND, &text);
            }
        }
    }
    said
}

/// What a schedule says of how, where and with what, and the words for it.
pub(super) fn schedule_facts(schedule: &Schedule) -> impl Iterator<Item = (&Fact, String)> {
    schedule
        .venues
        .iter()
        .chain(&schedule.channels)
        .chain(&schedule.forms)
        .chain(&schedule.guide)
        .map(|fact| {
            let note = fact.note.as_deref().unwrap_or_default();
            (fact, format!("{} {note}", fact.what))
        })
}

/// The clauses of a text as entries.
pub(super) fn clauses(
    facts: &Facts,
    body: &Body,
    sort: Sort,
    timed: &[ClauseId],
    said: impl Fn(ClauseId) -> Vec<Field>,
) -> Vec<Item> {
    let source = facts.text(body.source);
    let mut own: TiVec<ClauseId, Vec<&Block>> = vec![Vec::new(); body.clauses.len()].into();
    for block in &body.blocks {
        own[block.clause].push(block);
    }
    let mut items = Vec::with_capacity(body.clauses.len());
    for (index, clause) in body.clauses.iter_enumerated() {
        let spoken = own[index]
            .iter()
            .filter(|block| !(block.is_heading && clause.heading.is_some()))
            .map(|block| block_text(source, block, sort))
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join(" ");
        let text = match spoken.is_empty() || spoken.ends_with(['：', ':']) {
            true => [spoken.clone(), words_below(source, body, index, &own, sort)].concat(),
            false => spoken.clone(),
        };
        let printed = clause
            .heading
            .as_deref()
            .map(|heading| words(heading, sort))
            .unwrap_or_default();
        if text.is_empty() && printed.is_empty() {
            continue;
        }
        let mut fields = vec![
            (heading_level(&spoken), printed.clone()),
            (body_level(&text), spoken),
        ];
        fields.extend(said(index));
        fields.extend(headings_above(body, index, sort));
        let heading = if printed.is_empty() {
            clause.label.clone()
        } else {
            format!("{} {}", clause.label, printed)
        };
        items.push(Item {
            kind: EntryKind::Clause,
            url: format!("#{}", clause.anchor),
            heading,
            intents: intents_of(&text, timed.contains(&index)),
            text,
            state: None,
            fields,
            names: Vec::new(),
        });
    }
    items
}

/// What is below a clause without words of its own, or one that ends with a colon: the text as it is printed, to the end
/// of the block in which it reaches [`MOST_BELOW`].
fn words_below(
    source: &str,
    body: &Body,
    index: ClauseId,
    own: &TiVec<ClauseId, Vec<&Block>>,
    sort: Sort,
) -> String {
    let mut out = String::new();
    let mut count = 0;
    let is_below = |(id, _): &(ClauseId, &Clause)| {
        let mut above = body.clauses[*id].parent;
        while above.is_some_and(|above| above != index) {
            above = above.and_then(|above| body.clauses[above].parent);
        }
        above == Some(index)
    };
    let after = body
        .clauses
        .iter_enumerated()
        .skip_while(|(id, _)| *id <= index);
    for (below, _) in after.take_while(is_below) {
        for block in &own[below] {
            if count > MOST_BELOW {
                return out;
            }
            let text = block_text(source, block, sort);
            count += text.chars().count();
            out.push(' ');
            out.push_str(&text);
        }
    }
    out.trim_start().to_owned()
}

/// A heading that is only above others says less than one with words of its own.
fn heading_level(spoken: &str) -> u8 {
    if spoken.is_empty() {
        level::HEADING - 3
    } else {
        level::HEADING
    }
}

/// A match in a short text says more than one in a long text.
fn body_level(text: &str) -> u8 {
    match text.chars().count() {
        0..=24 => level::BODY + 2,
        25..=60 => level::BODY + 1,
        61..=400 => level::BODY,
        _ => level::BODY - 1,
    }
}

/// The headings under which a clause is, the nearest first.
fn headings_above(body: &Body, index: ClauseId, sort: Sort) -> Vec<Field> {
    let mut fields = Vec::new();
    let mut above = body.clauses[index].parent;
    let mut near = level::AROUND;
    while let Some(parent) = above {
        if let Some(heading) = &body.clauses[parent].heading {
            fields.push((near, words(heading, sort)));
        }
        near = near.saturating_sub(1).max(level::ASIDE);
        above = body.clauses[parent].parent;
    }
    fields
}

/// What a clause says in addition to its subject, by the words that such clauses have.
fn intents_of(text: &str, is_timed: bool) -> Vec<Intent> {
    let count = |words: &[&str]| words.iter().filter(|w| text.contains(**w)).count();
    let papers = ["提供", "出具", "填写", "持", "材料", "证明"];
    [
        (Intent::Time, is_timed),
        (Intent::Papers, count(&papers) >= 2),
        (Intent::Contact, count(&["电话", "联系"]) > 0),
        (
            Intent::Place,
            count(&["受理点", "大厅", "办理点", "受理机构"]) > 0,
        ),
    ]
    .into_iter()
    .filter(|(_, says)| *says)
    .map(|(intent, _)| intent)
    .collect()
}

/// What a window is for, and its days.
pub fn window_words(window: &WindowView) -> String {
    let mut out = window.what.clone();
    if let Some(from) = &window.from {
        out.push_str(&from.text);
    }
    if let Some(until) = &window.until {
        out.push('至');
        out.push_str(&until.text);
    }
    out
}

/// Texts joined by a sign.
fn joined<T>(list: &[T], sign: &str, text: impl FnMut(&T) -> String) -> String {
    list.iter().map(text).collect::<Vec<_>>().join(sign)
}

/// A section of a data page as an entry.
fn section(anchor: &str, heading: &str, text: String, intent: Option<Intent>) -> Item {
    let mut entry = item(EntryKind::Clause, format!("#{anchor}"), heading, text);
    entry.intents.extend(intent);
    entry
}

/// The page of a document, its sections and its clauses.
fn document(
    facts: &Facts,
    today: Date,
    index: DocumentId,
    said: &Said,
    full: usize,
    parts: &mut Vec<Part>,
) {
    let document = facts.document(index);
    let list_item = parts::item(facts, today, index);
    let windows = parts::windows_of(facts, today, index);
    let is_notice = matches!(document.kind, Kind::Notice(_));
    let mut items = Vec::new();
    if !windows.is_empty() && !is_notice {
        let text = joined(&windows, "；", window_words);
        items.push(section("when", "受理时间", text, Some(Intent::Time)));
    }
    match &document.kind {
        Kind::Schedule(schedule) => items.extend(schedule_sections(schedule)),
        Kind::Assessment(assessment) => items.extend(assessment_sections(assessment)),
        _ => {}
    }
    items.extend(body_clauses(facts, index, said));
    let mut names = vec![name(&document.title.value, level::TITLE)];
    names.extend(document.short.iter().map(|s| name(s, level::TITLE)));
    let part = Part {
        fields: document_fields(facts, document, &list_item.kind),
        head: Head {
            kind: if is_notice {
                EntryKind::Notice
            } else {
                EntryKind::Data
            },
            path: document_path(facts, document, &list_item.kind),
            text: document
                .summary
                .iter()
                .map(|point| words(&point.text.value, Sort::Words))
                .find(|text| !text.is_empty())
                .unwrap_or_default(),
            province: document
                .place
                .map_or_else(String::new, |p| province(facts, p)),
            year: document_year(document, &list_item),
            url: list_item.url,
            title: list_item.title,
            date: list_item.date.map_or_else(String::new, |d| d.text),
            state: list_item.state,
        },
        shown: true,
        intents: (!windows.is_empty())
            .then_some(Intent::Time)
            .into_iter()
            .collect(),
        names,
        items: Vec::new(),
    };
    divide(part, items, full, parts);
}

/// Everything that the page of a document is found by.
fn document_fields(facts: &Facts, document: &Document, kind: &str) -> Vec<Field> {
    let mut fields: Vec<Field> = vec![(level::TITLE, document.title.value.clone())];
    fields.extend(document.short.iter().map(|s| (level::TITLE, s.clone())));
    fields.push((level::AROUND, kind.to_owned()));
    for wider in document
        .place
        .iter()
        .flat_map(|p| facts.regions().chain(*p))
    {
        fields.push((level::AROUND, facts.regions().name(wider).to_owned()));
    }
    for &topic in &document.topics {
        fields.push((level::AROUND, facts.topic(topic).name.clone()));
    }
    if let Kind::Notice(notice) = &document.kind {
        fields.extend(notice.number.iter().map(|n| (level::NAME, n.value.clone())));
        fields.extend(notice.issuers.iter().map(|i| (level::AROUND, i.clone())));
        fields.extend(
            notice
                .issued
                .map(|day| (level::HEADING, date::chinese(day))),
        );
        for attachment in &notice.attachments {
            fields.push((level::BODY, attachment.title.value.clone()));
        }
    }
    fields
}

/// Where a document belongs: its kind, and its number or its place.
fn document_path(facts: &Facts, document: &Document, kind: &str) -> String {
    let more = match (&document.kind, document.place) {
        (Kind::Notice(notice), _) => notice.number.as_ref().map(|n| n.value.as_str()),
        (_, place) => place.map(|p| facts.regions().name(p)),
    };
    more.map_or_else(|| kind.to_owned(), |more| format!("{kind} · {more}"))
}

/// The year that a document is of, else that of its date.
fn document_year(document: &Document, item: &DocItem) -> String {
    let of_date = || -> Option<String> {
        let iso = item.date.as_ref()?.iso.as_ref()?;
        Some(iso.chars().take(4).collect())
    };
    let year = document.year().map(|y| y.to_string());
    year.or_else(of_date).unwrap_or_default()
}

fn schedule_sections(schedule: &Schedule) -> Vec<Item> {
    let list = |given: &Vec<Fact>| {
        joined(given, "；", |fact| {
            let mut words = Vec::new();
            words.extend(fact.who.clone());
            words.push(fact.what.clone());
            words.extend(fact.items.iter().cloned());
            words.extend(fact.note.clone());
            words.retain(|w| !w.is_empty());
            words.join(" ")
        })
    };
    let (place, papers) = (Some(Intent::Place), Some(Intent::Papers));
    let mut items: Vec<Item> = [
        ("how", "怎么办", &schedule.channels, None),
        ("where", "在哪里办", &schedule.venues, place),
        ("papers", "要什么材料", &schedule.forms, papers),
        ("groups", "预申请通过的是哪些学生", &schedule.groups, None),
        ("guide", "服务指南", &schedule.guide, None),
    ]
    .into_iter()
    .filter(|(_, _, given, _)| !given.is_empty())
    .map(|(anchor, heading, given, intent)| section(anchor, heading, list(given), intent))
    .collect();
    if !schedule.quotas.is_empty() {
        let text = joined(&schedule.quotas, "；", |q| {
            format!("{}每天{}名", q.group, q.per_day)
        });
        items.push(section("quota", "一天办多少人", text, None));
    }
    if !schedule.sessions.is_empty() {
        let text = joined(&schedule.sessions, "；", |s| {
            format!("{} {} {}", date::chinese(s.date), s.place, s.service)
        });
        items.push(section("when", "分批受理", text, Some(Intent::Time)));
    }
    items
}

fn assessment_sections(assessment: &Assessment) -> [Item; 2] {
    let stated = joined(&assessment.stated, "；", |s| match &s.value.value {
        StatedValue::Count(n) => format!("{}{n}个", s.what),
        StatedValue::Rate { printed, .. } => format!("{}{printed}", s.what),
    });
    let grades = joined(&assessment.grades, "、", |g| {
        format!("{}{}个", g.grade, g.rows.len())
    });
    [
        section("stated", "数目核对", stated, None),
        section("grades", "各等次", grades, None),
    ]
}

/// The clauses of a document's own text, with what is said of them elsewhere.
fn body_clauses(facts: &Facts, index: DocumentId, said: &Said) -> Vec<Item> {
    let document = facts.document(index);
    let Some(body) = facts.body(index) else {
        return Vec::new();
    };
    let timed: Vec<ClauseId> = document
        .windows
        .iter()
        .map(|w| &w.cite)
        .chain(document.deadlines.iter().map(|d| &d.cite))
        .filter(|cite| cite.document == index)
        .map(|cite| cite.clause)
        .collect();
    clauses(facts, body, Sort::Printed, &timed, |clause| {
        said.get(&(index, clause)).cloned().unwrap_or_default()
    })
}
