//! Entries of documents: the page, its clauses, the sections of data pages, and what plain words say of each clause.

use jiff::civil::Date;

use crate::pages::common;
use std::collections::BTreeMap;

use typed_index_collections::TiVec;

use super::*;
use crate::model::{Body, Cite, ClauseId, DocumentId, Fact, Schedule, StatedValue, date};
use crate::pages::view::WindowView;

/// What plain words, windows, facts and self-checks say of a clause, by document and clause: a person who asks in
/// these words is led to the clause.
pub(super) type Said = BTreeMap<(DocumentId, ClauseId), Vec<Field>>;

pub(super) fn said(facts: &Facts) -> Said {
    let mut said = Said::new();
    let mut say = |cite: &Cite, level: u8, text: &str| {
        said.entry((cite.document, cite.clause))
            .or_default()
            .push((level, text.to_owned()));
    };
    for document in facts.documents().map(|id| facts.document(id)) {
        for point in &document.summary {
            // A long point touches on many things.
            let text = words(&point.text.value);
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
        let mut text = String::new();
        for block in &own[index] {
            if block.is_heading && clause.heading.is_some() {
                continue;
            }
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&block_text(source, block));
        }
        let printed = clause.heading.as_deref().map(words).unwrap_or_default();
        let spoken = text.clone();
        if text.is_empty() {
            // A heading that stands for what is below it.
            text = body
                .clauses
                .iter()
                .filter(|c| c.parent == Some(index))
                .map(|c| {
                    let heading = c.heading.as_deref().map(words);
                    heading.unwrap_or_else(|| {
                        c.blocks
                            .clone()
                            .next()
                            .map(|b| {
                                block_text(source, &body.blocks[b])
                                    .chars()
                                    .take(30)
                                    .collect()
                            })
                            .unwrap_or_default()
                    })
                })
                .filter(|h: &String| !h.is_empty())
                .collect::<Vec<_>>()
                .join("；");
        }
        if text.is_empty() && printed.is_empty() {
            continue;
        }
        let length = text.chars().count();
        let body_level = match length {
            0..=24 => level::BODY + 2,
            25..=60 => level::BODY + 1,
            61..=400 => level::BODY,
            _ => level::BODY - 1,
        };
        // A heading that only stands above others says less than one with words of its own.
        let heading_level = if spoken.is_empty() {
            level::HEADING - 3
        } else {
            level::HEADING
        };
        let mut fields = vec![(heading_level, printed.clone()), (body_level, spoken)];
        fields.extend(said(index));
        let mut above = clause.parent;
        let mut near = level::AROUND;
        while let Some(parent) = above {
            if let Some(heading) = &body.clauses[parent].heading {
                fields.push((near, words(heading)));
            }
            near = near.saturating_sub(1).max(2);
            above = body.clauses[parent].parent;
        }
        let heading = if printed.is_empty() {
            clause.label.clone()
        } else {
            format!("{} {}", clause.label, printed)
        };
        let mut intents = Vec::new();
        if timed.contains(&index) {
            intents.push(Intent::Time);
        }
        if ["提供", "出具", "填写", "持", "材料", "证明"]
            .iter()
            .filter(|w| text.contains(**w))
            .count()
            >= 2
        {
            intents.push(Intent::Papers);
        }
        if text.contains("电话") || text.contains("联系") {
            intents.push(Intent::Contact);
        }
        if text.contains("受理点")
            || text.contains("大厅")
            || text.contains("办理点")
            || text.contains("受理机构")
        {
            intents.push(Intent::Place);
        }
        items.push(Item {
            kind: EntryKind::Clause,
            url: format!("#{}", clause.anchor),
            heading,
            text,
            state: None,
            fields,
            intents,
            names: Vec::new(),
        });
    }
    items
}

pub(super) fn window_words(window: &WindowView) -> String {
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

pub(super) fn document(
    facts: &Facts,
    today: Date,
    index: DocumentId,
    said: &Said,
    full: usize,
    parts: &mut Vec<Part>,
) {
    let document = facts.document(index);
    let list_item = common::item(facts, today, index);
    let mut fields: Vec<Field> = vec![(level::TITLE, document.title.value.clone())];
    let mut names = vec![name(&document.title.value, level::TITLE)];
    if let Some(short) = &document.short {
        fields.push((level::TITLE, short.clone()));
        names.push(name(short, level::TITLE));
    }
    fields.push((level::AROUND, list_item.kind.clone()));
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
    let mut path = list_item.kind.clone();
    if let Kind::Notice(notice) = &document.kind {
        if let Some(number) = &notice.number {
            fields.push((level::NAME, number.value.clone()));
            path = format!("{path} · {}", number.value);
        }
        for issuer in &notice.issuers {
            fields.push((level::AROUND, issuer.clone()));
        }
        if let Some(day) = notice.issued {
            fields.push((level::HEADING, date::chinese(day)));
        }
        for attachment in &notice.attachments {
            fields.push((level::BODY, attachment.title.value.clone()));
        }
    } else if let Some(place) = document.place {
        path = format!("{path} · {}", facts.regions().name(place));
    }
    let text = document
        .summary
        .iter()
        .map(|point| words(&point.text.value))
        .find(|text| !text.is_empty())
        .unwrap_or_default();
    let windows = common::windows_of(facts, today, index);
    let mut intents = Vec::new();
    if !windows.is_empty() {
        intents.push(Intent::Time);
    }
    let mut items = Vec::new();
    let section = |anchor: &str, heading: &str, text: String, intent: Option<Intent>| {
        let mut entry = item(EntryKind::Clause, format!("#{anchor}"), heading, text);
        entry.intents.extend(intent);
        entry
    };
    if !windows.is_empty() && !matches!(document.kind, Kind::Notice(_)) {
        let text = windows
            .iter()
            .map(window_words)
            .collect::<Vec<_>>()
            .join("；");
        items.push(section("when", "受理时间", text, Some(Intent::Time)));
    }
    if let Kind::Schedule(schedule) = &document.kind {
        let list = |given: &[Fact]| {
            given
                .iter()
                .map(|fact| {
                    let mut words = Vec::new();
                    words.extend(fact.who.clone());
                    words.push(fact.what.clone());
                    words.extend(fact.items.iter().cloned());
                    words.extend(fact.note.clone());
                    words.retain(|w| !w.is_empty());
                    words.join(" ")
                })
                .collect::<Vec<_>>()
                .join("；")
        };
        for (anchor, heading, given, intent) in [
            ("how", "怎么办", &schedule.channels, None),
            ("where", "在哪里办", &schedule.venues, Some(Intent::Place)),
            (
                "papers",
                "要什么材料",
                &schedule.forms,
                Some(Intent::Papers),
            ),
            ("groups", "预申请通过的是哪些学生", &schedule.groups, None),
            ("guide", "服务指南", &schedule.guide, None),
        ] {
            if !given.is_empty() {
                items.push(section(anchor, heading, list(given), intent));
            }
        }
        if !schedule.quotas.is_empty() {
            let text = schedule
                .quotas
                .iter()
                .map(|q| format!("{}每天{}名", q.group, q.per_day))
                .collect::<Vec<_>>()
                .join("；");
            items.push(section("quota", "一天办多少人", text, None));
        }
        if !schedule.sessions.is_empty() {
            let text = schedule
                .sessions
                .iter()
                .map(|s| format!("{} {} {}", date::chinese(s.date), s.place, s.service))
                .collect::<Vec<_>>()
                .join("；");
            items.push(section("when", "分批受理", text, Some(Intent::Time)));
        }
    }
    if let Kind::Assessment(assessment) = &document.kind {
        let text = assessment
            .stated
            .iter()
            .map(|s| match &s.value.value {
                StatedValue::Count(n) => format!("{}{n}个", s.what),
                StatedValue::Rate { printed, .. } => format!("{}{printed}", s.what),
            })
            .collect::<Vec<_>>()
            .join("；");
        items.push(section("stated", "数目核对", text, None));
        let text = assessment
            .grades
            .iter()
            .map(|g| format!("{}{}个", g.grade, g.rows.len()))
            .collect::<Vec<_>>()
            .join("、");
        items.push(section("grades", "各等次", text, None));
    }
    if let Some(body) = &document.body {
        let timed: Vec<ClauseId> = document
            .windows
            .iter()
            .map(|w| &w.cite)
            .chain(document.deadlines.iter().map(|d| &d.cite))
            .filter(|cite| cite.document == index)
            .map(|cite| cite.clause)
            .collect();
        items.extend(clauses(facts, body, &timed, |clause| {
            said.get(&(index, clause)).cloned().unwrap_or_default()
        }));
    }
    let year = document
        .year()
        .map(|y| y.to_string())
        .or_else(|| {
            list_item
                .date
                .as_ref()
                .and_then(|d| d.iso.as_ref())
                .map(|iso| iso.chars().take(4).collect())
        })
        .unwrap_or_default();
    let part = Part {
        head: Head {
            kind: if matches!(document.kind, Kind::Notice(_)) {
                EntryKind::Notice
            } else {
                EntryKind::Data
            },
            url: list_item.url,
            title: list_item.title,
            path,
            text,
            date: list_item.date.map_or_else(String::new, |d| d.text),
            state: list_item.state,
            province: document
                .place
                .map_or_else(String::new, |p| province(facts, p)),
            year,
        },
        shown: true,
        fields,
        intents,
        names,
        items: Vec::new(),
    };
    divide(part, items, full, parts);
}
