//! Entries: what can be found.
//!
//! Comes in: the [`Atlas`]. Goes out: [`Part`]s in a fixed order, wide before local, each a page or a piece of one with
//! the clauses, sections or counties in it. Everything is taken from the model and the clause tree; no page is read.

use std::collections::BTreeMap;

use crate::model::{Block, Body, Citation, Kind, Place, UnitKind};
use crate::pages::atlas::Atlas;
use crate::pages::routes;
use crate::pages::view::{StateView, WindowView};
use crate::text::plain_pinyin;

/// Entries in one part, the head not counted.
pub const MOST_ITEMS: usize = 14;
/// Characters of a part after which the next begins, in a small site and in a large one (which shows less of each).
const FULL: usize = 450;
const FULL_LARGE: usize = 6_000;
/// Documents of a large site.
const MANY: usize = 500;

/// How much a match in a field says, from 1 to 15 ([`Item::fields`]).
pub mod level {
    /// The whole of a county's name, or a document's own number.
    pub const NAME: u8 = 15;
    pub const TITLE: u8 = 10;
    pub const FORMER_NAME: u8 = 12;
    /// A document number that a text cites.
    pub const CITED: u8 = 8;
    pub const HEADING: u8 = 8;
    pub const ALIAS: u8 = 7;
    /// Plain words, questions of self-checks.
    pub const LEAD: u8 = 5;
    pub const BODY: u8 = 5;
    /// Issuers, topics, the place around.
    pub const AROUND: u8 = 3;
}

/// What an entry is; the letter stands in the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    Notice,
    Data,
    Clause,
    County,
    Area,
    Topic,
    Check,
    Text,
}

impl Sort {
    pub fn letter(self) -> char {
        match self {
            Self::Notice => 'n',
            Self::Data => 'd',
            Self::Clause => 'c',
            Self::County => 'u',
            Self::Area => 'a',
            Self::Topic => 't',
            Self::Check => 'k',
            Self::Text => 'x',
        }
    }

    pub fn of_letter(letter: char) -> Option<Self> {
        [
            Self::Notice,
            Self::Data,
            Self::Clause,
            Self::County,
            Self::Area,
            Self::Topic,
            Self::Check,
            Self::Text,
        ]
        .into_iter()
        .find(|sort| sort.letter() == letter)
    }
}

/// A text that is searched, and how much a match in it says.
pub type Field = (u8, String);

/// A page, or what several entries have in common.
#[derive(Debug)]
pub struct Head {
    pub sort: Sort,
    pub url: String,
    pub title: String,
    /// Where it belongs: `山西省 朔州市`, or kind and year.
    pub path: String,
    /// A sentence that says what it is.
    pub text: String,
    pub date: String,
    pub state: Option<StateView>,
    pub province: String,
    pub year: String,
}

/// An entry of a part.
#[derive(Debug)]
pub struct Item {
    pub sort: Sort,
    /// `#c1-3`, or the address of a page of its own.
    pub url: String,
    pub heading: String,
    pub text: String,
    /// Of a county: its first window that is not over, or its first.
    pub state: Option<StateView>,
    pub fields: Vec<Field>,
    /// What it says beside its subject, as indices of [`super::words::INTENTS`].
    pub intents: Vec<usize>,
    /// Names by which it is called as a whole.
    pub names: Vec<Name>,
}

/// A whole name: in characters and in syllables.
#[derive(Debug, Clone)]
pub struct Name {
    pub text: String,
    /// Syllables where they are known; else they are looked up.
    pub sounds: Option<Vec<String>>,
    pub level: u8,
    /// Whether mistakes in it are mended (names of places).
    pub mend: bool,
}

/// A page or a piece of one.
#[derive(Debug)]
pub struct Part {
    pub head: Head,
    /// Whether the head is an entry too (the first part of a page).
    pub shown: bool,
    pub fields: Vec<Field>,
    pub intents: Vec<usize>,
    pub names: Vec<Name>,
    pub items: Vec<Item>,
}

pub const TIME: usize = 0;
pub const PAPERS: usize = 1;
pub const CONTACT: usize = 2;
pub const PLACE: usize = 3;

/// Whether a site has so much to say that only the beginnings of its clauses are shown in results.
pub fn is_large(atlas: &Atlas) -> bool {
    atlas.model.documents.len() >= MANY
}

/// Lists every entry of the site, and how many parts come before those of single counties' documents.
pub fn parts(atlas: &Atlas) -> (Vec<Part>, usize) {
    let model = atlas.model;
    let full = if is_large(atlas) { FULL_LARGE } else { FULL };
    let said = said(atlas);
    let mut parts = Vec::new();
    let wide = |i: &usize| match model.documents[*i].place {
        Some(Place::Country) | None => 0,
        Some(Place::Province(_)) => 1,
        Some(Place::Prefecture(_)) => 2,
        Some(Place::Unit(_)) => 3,
    };
    let mut documents: Vec<usize> = atlas
        .notices
        .iter()
        .chain(&atlas.pilots)
        .chain(&atlas.assessments)
        .chain(&atlas.schedules)
        .copied()
        .collect();
    documents.sort_by_key(wide);
    let local = documents.partition_point(|i| wide(i) < 3);
    for index in 0..atlas.checks.len() {
        check(atlas, index, full, &mut parts);
    }
    for &index in &documents[..local] {
        document(atlas, index, &said, full, &mut parts);
    }
    topics(atlas, &mut parts);
    areas(atlas, &mut parts);
    counties(atlas, full, &mut parts);
    texts(atlas, full, &mut parts);
    let wide = parts.len();
    for &index in &documents[local..] {
        document(atlas, index, &said, full, &mut parts);
    }
    (parts, wide)
}

/// What plain words, windows, facts and self-checks say of a clause, by document and clause: a person who asks in
/// these words is led to the clause.
type Said = BTreeMap<(usize, usize), Vec<Field>>;

fn said(atlas: &Atlas) -> Said {
    let model = atlas.model;
    let mut said = Said::new();
    let mut say = |source: Option<usize>, cite: &Citation, level: u8, text: &str| {
        if let Ok(found) = model.resolve_from(source, cite) {
            said.entry((found.document, found.clause))
                .or_default()
                .push((level, text.to_owned()));
        }
    };
    for (index, document) in model.documents.iter().enumerate() {
        let source = model.source_of(index);
        for point in &document.summary {
            // A long point touches on many things.
            let text = words(&point.text.value);
            let level = match text.chars().count() {
                0..=60 => level::LEAD - 1,
                _ => level::AROUND,
            };
            say(source, &point.cite, level, &text);
        }
        for window in &document.windows {
            say(source, &window.cite, level::LEAD, &window.what);
        }
        for deadline in &document.deadlines {
            say(source, &deadline.cite, level::AROUND, &deadline.what);
        }
        if let Kind::Schedule(schedule) = &document.kind {
            let facts = schedule
                .venues
                .iter()
                .chain(&schedule.channels)
                .chain(&schedule.forms)
                .chain(&schedule.guide);
            for fact in facts {
                let text = format!("{} {}", fact.what, fact.note.clone().unwrap_or_default());
                say(source, &fact.cite, level::AROUND, &text);
            }
        }
    }
    for compiled in atlas.checks {
        let check = &compiled.check;
        let source = model.document(&check.notice.value);
        for decision in &check.decisions {
            for outcome in &decision.outcomes {
                let text = format!("{} {}", outcome.name.value, outcome.text);
                say(source, &outcome.cite, level::AROUND, &text);
            }
        }
    }
    said
}

/// Divides the entries of a page into parts; the first shows the page itself.
fn divide(part: Part, items: Vec<Item>, full: usize, parts: &mut Vec<Part>) {
    let mut open = part;
    let mut size = 0;
    for item in items {
        let more = item.text.chars().count() + item.heading.chars().count();
        if open.items.len() == MOST_ITEMS || size > 0 && size + more > full {
            let next = Part {
                head: Head {
                    title: open.head.title.clone(),
                    url: open.head.url.clone(),
                    path: open.head.path.clone(),
                    text: String::new(),
                    date: open.head.date.clone(),
                    state: open.head.state.clone(),
                    province: open.head.province.clone(),
                    year: open.head.year.clone(),
                    sort: open.head.sort,
                },
                shown: false,
                fields: open.fields.clone(),
                intents: Vec::new(),
                names: Vec::new(),
                items: Vec::new(),
            };
            parts.push(std::mem::replace(&mut open, next));
            size = 0;
        }
        size += more;
        open.items.push(item);
    }
    parts.push(open);
}

/// Pages that are shown by one line each stand together, as entries of a part that is no page.
fn register(pages: Vec<Part>, parts: &mut Vec<Part>) {
    let mut open: Option<Part> = None;
    for page in pages {
        let full = open
            .as_ref()
            .is_some_and(|part| part.items.len() == MOST_ITEMS || part.head.path != page.head.path);
        if full {
            parts.extend(open.take());
        }
        let part = open.get_or_insert_with(|| Part {
            head: Head {
                province: page.head.province.clone(),
                ..plain_head(
                    page.head.sort,
                    String::new(),
                    "",
                    &page.head.path,
                    String::new(),
                )
            },
            shown: false,
            fields: Vec::new(),
            intents: Vec::new(),
            names: Vec::new(),
            items: Vec::new(),
        });
        part.items.push(Item {
            sort: page.head.sort,
            url: page.head.url,
            heading: page.head.title,
            text: page.head.text,
            state: None,
            fields: page.fields,
            intents: page.intents,
            names: page.names,
        });
    }
    parts.extend(open);
}

fn item(sort: Sort, url: String, heading: &str, text: String) -> Item {
    let fields = vec![
        (level::HEADING, heading.to_owned()),
        (level::BODY, text.clone()),
    ];
    Item {
        sort,
        url,
        heading: heading.to_owned(),
        text,
        state: None,
        fields,
        intents: Vec::new(),
        names: Vec::new(),
    }
}

fn name(text: &str, level: u8) -> Name {
    Name {
        text: text.to_owned(),
        sounds: None,
        level,
        mend: false,
    }
}

/// The words of a block without its Markdown.
fn words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let bare = line.trim();
        if bare.chars().all(|c| "|-: ".contains(c)) {
            continue;
        }
        let bare = bare
            .trim_start_matches(['#', '>', '|'])
            .trim_end_matches('|');
        if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
        let mut link = false;
        let mut chars = bare.trim().chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '*' | '`' | '\\' => {}
                '[' => {}
                ']' if chars.peek() == Some(&'(') => link = true,
                ']' => {}
                ')' if link => link = false,
                '|' => out.push(' '),
                c if c.is_control() => out.push(' '),
                c if !link => out.push(c),
                _ => {}
            }
        }
    }
    join(&out)
}

/// White space between ideographs goes, other white space becomes one space.
fn join(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

fn block_text(source: &str, block: &Block) -> String {
    let range = if block.run_in.is_empty() {
        block.text.clone()
    } else {
        block.run_in.start..block.text.end
    };
    words(&source[range])
}

/// The clauses of a text as entries.
fn clauses(
    atlas: &Atlas,
    body: &Body,
    timed: &[usize],
    said: impl Fn(usize) -> Vec<Field>,
) -> Vec<Item> {
    let source = &atlas.sources.file(body.source).text;
    let mut own: Vec<Vec<&Block>> = vec![Vec::new(); body.clauses.len()];
    for block in &body.blocks {
        own[block.clause].push(block);
    }
    let mut items = Vec::with_capacity(body.clauses.len());
    for (index, clause) in body.clauses.iter().enumerate() {
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
            intents.push(TIME);
        }
        if ["提供", "出具", "填写", "持", "材料", "证明"]
            .iter()
            .filter(|w| text.contains(**w))
            .count()
            >= 2
        {
            intents.push(PAPERS);
        }
        if text.contains("电话") || text.contains("联系") {
            intents.push(CONTACT);
        }
        if text.contains("受理点")
            || text.contains("大厅")
            || text.contains("办理点")
            || text.contains("受理机构")
        {
            intents.push(PLACE);
        }
        items.push(Item {
            sort: Sort::Clause,
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

fn window_words(window: &WindowView) -> String {
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

fn document(atlas: &Atlas, index: usize, said: &Said, full: usize, parts: &mut Vec<Part>) {
    let model = atlas.model;
    let document = &model.documents[index];
    let list_item = atlas.item(index);
    let mut fields: Vec<Field> = vec![(level::TITLE, document.title.value.clone())];
    let mut names = vec![name(&document.title.value, level::TITLE)];
    if let Some(short) = &document.short {
        fields.push((level::TITLE, short.clone()));
        names.push(name(short, level::TITLE));
    }
    fields.push((level::AROUND, list_item.kind.clone()));
    let mut province = String::new();
    if let Some(place) = document.place {
        for wider in model.regions.chain(place) {
            fields.push((level::AROUND, model.regions.name(wider).to_owned()));
            if let Place::Province(_) = wider {
                province = model.regions.name(wider).to_owned();
            }
        }
    }
    for topic in &document.topics {
        if let Some(topic) = model.topic(&topic.value) {
            fields.push((level::AROUND, model.topics[topic].name.clone()));
        }
    }
    let mut path = list_item.kind.clone();
    let mut text = String::new();
    if let Kind::Notice(notice) = &document.kind {
        if let Some(number) = &notice.number {
            fields.push((level::NAME, number.value.clone()));
            path = format!("{path} · {}", number.value);
        }
        for issuer in &notice.issuers {
            fields.push((level::AROUND, issuer.clone()));
        }
        if let Some(day) = notice.issued {
            fields.push((level::HEADING, crate::model::date::chinese(day)));
        }
        for attachment in &notice.attachments {
            fields.push((level::BODY, attachment.title.value.clone()));
        }
    } else if let Some(place) = document.place {
        path = format!("{path} · {}", model.regions.name(place));
    }
    for point in &document.summary {
        let plain = words(&point.text.value);
        if text.is_empty() {
            text = plain;
        }
    }
    let windows = atlas.windows_of(index);
    let mut intents = Vec::new();
    if !windows.is_empty() {
        intents.push(TIME);
    }
    let mut items = Vec::new();
    let section = |anchor: &str, heading: &str, text: String, intent: Option<usize>| {
        let mut entry = item(Sort::Clause, format!("#{anchor}"), heading, text);
        entry.intents.extend(intent);
        entry
    };
    if !windows.is_empty() && !matches!(document.kind, Kind::Notice(_)) {
        let text = windows
            .iter()
            .map(window_words)
            .collect::<Vec<_>>()
            .join("；");
        items.push(section("when", "受理时间", text, Some(TIME)));
    }
    if let Kind::Schedule(schedule) = &document.kind {
        let facts = |facts: &[crate::model::Fact]| {
            facts
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
        for (anchor, heading, list, intent) in [
            ("how", "怎么办", &schedule.channels, None),
            ("where", "在哪里办", &schedule.venues, Some(PLACE)),
            ("papers", "要什么材料", &schedule.forms, Some(PAPERS)),
            ("groups", "预申请通过的是哪些学生", &schedule.groups, None),
            ("guide", "服务指南", &schedule.guide, None),
        ] {
            if !list.is_empty() {
                items.push(section(anchor, heading, facts(list), intent));
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
                .map(|s| {
                    format!(
                        "{} {} {}",
                        crate::model::date::chinese(s.date),
                        s.place,
                        s.service
                    )
                })
                .collect::<Vec<_>>()
                .join("；");
            items.push(section("when", "分批受理", text, Some(TIME)));
        }
    }
    if let Kind::Assessment(assessment) = &document.kind {
        let text = assessment
            .stated
            .iter()
            .map(|s| match &s.value.value {
                crate::model::StatedValue::Count(n) => format!("{}{n}个", s.what),
                crate::model::StatedValue::Rate { printed, .. } => format!("{}{printed}", s.what),
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
        let timed: Vec<usize> = document
            .windows
            .iter()
            .map(|w| &w.cite)
            .chain(document.deadlines.iter().map(|d| &d.cite))
            .filter_map(|cite| body.find(&cite.clause.value))
            .collect();
        items.extend(clauses(atlas, body, &timed, |clause| {
            said.get(&(index, clause)).cloned().unwrap_or_default()
        }));
    }
    let year = document
        .year
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
            sort: if matches!(document.kind, Kind::Notice(_)) {
                Sort::Notice
            } else {
                Sort::Data
            },
            url: list_item.url,
            title: list_item.title,
            path,
            text,
            date: list_item.date.map_or_else(String::new, |d| d.text),
            state: list_item.state,
            province,
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

fn plain_head(sort: Sort, url: String, title: &str, path: &str, text: String) -> Head {
    Head {
        sort,
        url,
        title: title.to_owned(),
        path: path.to_owned(),
        text,
        date: String::new(),
        state: None,
        province: String::new(),
        year: String::new(),
    }
}

fn check(atlas: &Atlas, index: usize, full: usize, parts: &mut Vec<Part>) {
    let check = &atlas.checks[index].check;
    let title = &check.title.value;
    let mut fields = vec![
        (level::TITLE, title.clone()),
        (level::ALIAS, check.description.clone()),
    ];
    for topic in &check.topics {
        if let Some(topic) = atlas.model.topic(&topic.value) {
            fields.push((level::LEAD, atlas.model.topics[topic].name.clone()));
            for alias in &atlas.model.topics[topic].aliases {
                fields.push((level::AROUND, alias.clone()));
            }
        }
    }
    for fact in check.facts.iter().filter(|f| !f.doubt) {
        fields.push((level::AROUND, fact.ask.clone()));
    }
    let mut items = Vec::new();
    for (d, decision) in check.decisions.iter().enumerate() {
        fields.push((level::LEAD, decision.ask.clone()));
        for (o, outcome) in decision.outcomes.iter().enumerate() {
            items.push(Item {
                fields: vec![
                    (level::AROUND, outcome.name.value.clone()),
                    (level::AROUND - 1, outcome.text.clone()),
                ],
                ..item(
                    Sort::Clause,
                    format!("#o{d}-{o}"),
                    &outcome.name.value,
                    outcome.text.clone(),
                )
            });
        }
    }
    let mut names = vec![name(title, level::TITLE)];
    names.extend(check.short.iter().map(|s| name(s, level::TITLE)));
    let province = match check.place {
        Some(place) => atlas
            .model
            .regions
            .chain(place)
            .into_iter()
            .find(|p| matches!(p, Place::Province(_)))
            .map_or_else(String::new, |p| atlas.model.regions.name(p).to_owned()),
        None => String::new(),
    };
    let part = Part {
        head: Head {
            province,
            ..plain_head(
                Sort::Check,
                routes::check(&check.id),
                title,
                "",
                check.description.clone(),
            )
        },
        shown: true,
        fields,
        intents: Vec::new(),
        names,
        items: Vec::new(),
    };
    divide(part, items, full, parts);
}

fn topics(atlas: &Atlas, parts: &mut Vec<Part>) {
    let mut pages = Vec::new();
    for (index, topic) in atlas.model.topics.iter().enumerate() {
        let mut fields = vec![(level::TITLE, topic.name.clone())];
        let mut names = vec![name(&topic.name, level::FORMER_NAME)];
        for alias in &topic.aliases {
            fields.push((level::ALIAS, alias.clone()));
            names.push(name(alias, level::ALIAS));
        }
        fields.extend(topic.about.iter().map(|a| (level::BODY, a.clone())));
        pages.push(Part {
            head: plain_head(
                Sort::Topic,
                routes::topic(atlas.model, index, 1),
                &topic.name,
                "",
                topic.about.clone().unwrap_or_default(),
            ),
            shown: true,
            fields,
            intents: Vec::new(),
            names,
            items: Vec::new(),
        });
    }
    register(pages, parts);
}

/// Syllables of a name as the regions give it (`yòu yù xiàn`, `yòu-yù-xiàn`).
fn syllables(pinyin: &str) -> Vec<String> {
    plain_pinyin(pinyin)
        .split([' ', '-'])
        .filter(|s| !s.is_empty())
        .map(str::to_owned)
        .collect()
}

/// A place's whole name and, where at least two characters are left, its name without 县, 区, 市.
pub fn place_names(text: &str, pinyin: &str, level: u8) -> Vec<Name> {
    let sounds = syllables(pinyin);
    let length = text.chars().count();
    let known = sounds.len() == length;
    let mut names = vec![Name {
        text: text.to_owned(),
        sounds: known.then(|| sounds.clone()),
        level,
        mend: true,
    }];
    let cut = [
        "自治县",
        "自治州",
        "自治旗",
        "地区",
        "省",
        "市",
        "县",
        "区",
        "旗",
        "州",
        "盟",
    ]
    .iter()
    .find_map(|end| text.strip_suffix(end))
    .filter(|short| short.chars().count() >= 2);
    if let Some(short) = cut {
        let count = short.chars().count();
        names.push(Name {
            text: short.to_owned(),
            sounds: known.then(|| sounds[..count].to_vec()),
            level: level - 1,
            mend: false,
        });
    } else if length == 2 && known {
        // 滑县: nobody writes 滑, but "hua" is typed.
        names.push(Name {
            text: text.chars().take(1).collect(),
            sounds: Some(sounds[..1].to_vec()),
            level: level - 1,
            mend: false,
        });
    }
    names
}

fn areas(atlas: &Atlas, parts: &mut Vec<Part>) {
    let regions = &atlas.model.regions;
    let mut pages = Vec::new();
    for &index in &atlas.provinces {
        let province = &regions.provinces[index];
        pages.push(Part {
            head: Head {
                province: province.name.clone(),
                ..plain_head(
                    Sort::Area,
                    routes::place(atlas.model, Place::Province(index)),
                    &province.name,
                    "省级",
                    "本省的文件、时间和各县".into(),
                )
            },
            shown: true,
            fields: Vec::new(),
            intents: Vec::new(),
            names: place_names(&province.name, &province.pinyin, level::FORMER_NAME),
            items: Vec::new(),
        });
    }
    for &index in &atlas.prefectures {
        let prefecture = &regions.prefectures[index];
        let province = &regions.provinces[prefecture.province];
        pages.push(Part {
            head: Head {
                province: province.name.clone(),
                ..plain_head(
                    Sort::Area,
                    routes::place(atlas.model, Place::Prefecture(index)),
                    &prefecture.name,
                    &province.name,
                    "本市的文件和各县".into(),
                )
            },
            shown: true,
            fields: vec![(level::AROUND, province.name.clone())],
            intents: Vec::new(),
            names: place_names(&prefecture.name, &prefecture.pinyin, level::FORMER_NAME),
            items: Vec::new(),
        });
    }
    register(pages, parts);
}

fn counties(atlas: &Atlas, full: usize, parts: &mut Vec<Part>) {
    let regions = &atlas.model.regions;
    let mut by_prefecture: BTreeMap<(String, usize), Vec<usize>> = BTreeMap::new();
    for &unit in atlas.units.keys() {
        let this = &regions.units[unit];
        let key = (
            regions.prefectures[this.prefecture].code.clone(),
            this.prefecture,
        );
        by_prefecture.entry(key).or_default().push(unit);
    }
    for ((_, prefecture), mut units) in by_prefecture {
        units.sort_by(|&a, &b| {
            let key = |u: usize| (regions.units[u].kind, &regions.units[u].id);
            key(a).cmp(&key(b))
        });
        let prefecture = &regions.prefectures[prefecture];
        let province = &regions.provinces[prefecture.province];
        let around = if prefecture.is_heading() {
            province.name.clone()
        } else {
            format!("{} {}", province.name, prefecture.name)
        };
        let part = Part {
            head: Head {
                province: province.name.clone(),
                ..plain_head(Sort::County, String::new(), "", &around, String::new())
            },
            shown: false,
            fields: Vec::new(),
            intents: Vec::new(),
            names: {
                let mut names = place_names(&province.name, &province.pinyin, level::HEADING);
                if !prefecture.is_heading() {
                    names.extend(place_names(
                        &prefecture.name,
                        &prefecture.pinyin,
                        level::HEADING,
                    ));
                }
                names.iter_mut().for_each(|n| n.mend = false);
                names
            },
            items: Vec::new(),
        };
        let items = units.into_iter().map(|unit| county(atlas, unit)).collect();
        divide(part, items, full, parts);
    }
}

fn county(atlas: &Atlas, unit: usize) -> Item {
    let model = atlas.model;
    let regions = &model.regions;
    let this = &regions.units[unit];
    let facts = &atlas.units[&unit];
    let mut said: Vec<String> = Vec::new();
    let mut state: Option<StateView> = None;
    let mut around: Vec<Field> = Vec::new();
    let mut names = place_names(&this.name, &this.pinyin, level::NAME);
    let prefecture = &regions.prefectures[this.prefecture];
    if this.kind != UnitKind::County && !prefecture.is_heading() {
        let full = format!("{}{}", prefecture.name, this.name);
        names.extend((this.kind == UnitKind::Zone).then(|| name(&full, level::NAME)));
        around.push((level::BODY, this.kind.text().to_owned()));
    }
    for (former, _) in regions.predecessors(unit) {
        let former = &regions.units[former];
        if former.name != this.name {
            names.extend(place_names(
                &former.name,
                &former.pinyin,
                level::FORMER_NAME,
            ));
        }
    }
    let mut intents = Vec::new();
    for &index in &facts.schedules {
        let year = model.documents[index].year.unwrap_or_default();
        for window in atlas.windows_of(index) {
            said.push(window_words(&window));
            let over = |s: &StateView| matches!(s.code, "closed" | "past-year");
            if state
                .as_ref()
                .is_none_or(|s| over(s) && !over(&window.state))
            {
                state = Some(window.state.clone());
            }
            intents.push(TIME);
        }
        intents.extend([PAPERS, CONTACT, PLACE]);
        around.push((
            level::AROUND,
            format!("{year}年受理安排 受理时间 在哪里办 要什么材料 一天办多少人 名额 电话"),
        ));
        if let Kind::Schedule(schedule) = &model.documents[index].kind {
            for fact in schedule
                .channels
                .iter()
                .chain(&schedule.venues)
                .chain(&schedule.forms)
                .chain(&schedule.guide)
            {
                around.push((
                    level::AROUND,
                    format!("{} {}", fact.what, fact.note.clone().unwrap_or_default()),
                ));
            }
        }
    }
    for &(index, _) in &facts.pilots {
        if let Kind::Pilots(list) = &model.documents[index].kind {
            let year = model.documents[index].year.unwrap_or_default();
            said.push(format!("{year}年列入{}", list.programme));
        }
    }
    for &(index, grade, row) in &facts.grades {
        if let Kind::Assessment(assessment) = &model.documents[index].kind {
            let year = model.documents[index].year.unwrap_or_default();
            said.push(format!(
                "{year}年度{}：{}",
                assessment.programme, assessment.grades[grade].grade
            ));
            around.push((level::AROUND, "考核结果 等次".into()));
            let listed = &assessment.grades[grade].rows[row];
            if listed.printed.value != this.name {
                names.push(name(&listed.printed.value, level::FORMER_NAME));
            }
        }
    }
    if !facts.notices.is_empty() {
        said.push(format!("本县文件{}份", facts.notices.len()));
    }
    let text = said.join("；");
    let mut fields = vec![(level::BODY, text.clone())];
    fields.append(&mut around);
    intents.sort_unstable();
    intents.dedup();
    Item {
        sort: Sort::County,
        url: routes::unit(model, unit),
        heading: this.name.clone(),
        text,
        state,
        fields,
        intents,
        names,
    }
}

fn texts(atlas: &Atlas, full: usize, parts: &mut Vec<Part>) {
    for page in &atlas.model.pages {
        let description = page.description.clone().unwrap_or_default();
        let items = clauses(atlas, &page.body, &[], |_| Vec::new());
        let part = Part {
            head: plain_head(
                Sort::Text,
                format!("{}.html", page.id),
                &page.title,
                "",
                description.clone(),
            ),
            shown: true,
            fields: vec![
                (level::TITLE, page.title.clone()),
                (level::AROUND, description),
            ],
            intents: Vec::new(),
            names: vec![name(&page.title, level::TITLE)],
            items: Vec::new(),
        };
        // What stands before the first heading has no anchor.
        // Sections of the site's own pages say little of policy: only their headings and first words are filed.
        let items = items
            .into_iter()
            .filter(|item| item.url != "#c0")
            .map(|mut item| {
                item.sort = Sort::Text;
                item.text = item.text.chars().take(120).collect();
                item.fields = vec![(level::LEAD, item.heading.clone()), (2, item.text.clone())];
                item
            })
            .collect();
        divide(part, items, full, parts);
    }
    let calendar = Part {
        head: plain_head(
            Sort::Text,
            "deadlines.html".into(),
            "时间",
            "全站",
            "所有受理窗口和时限，按日期排列".into(),
        ),
        shown: true,
        fields: vec![(level::LEAD, "时间 受理窗口 时限 截止日期 日历".into())],
        intents: vec![TIME],
        names: Vec::new(),
        items: Vec::new(),
    };
    register(vec![calendar], parts);
}
