//! Entries: what can be found.
//!
//! Comes in: the [`Facts`]. Goes out, to whoever files them ([`Filing`]): [`Part`]s in a fixed order, wide before local, each a page or a
//! piece of one with the clauses, sections or counties in it. Everything is taken from the model and the clause tree; no page is read.

mod documents;
mod places;

pub use documents::{DocumentEntries, window_words};
pub use places::place_names;

use jiff::civil::Date;

use mingbai_search::ranking::{EntryKind, Intent, level};

use crate::atlas::{Facts, routes};
use crate::model::{Block, BlockKind, DocumentId, DocumentKind, Kind, Place};
use crate::pages::markdown::{self, Sort};
use crate::pages::view::StateView;
use crate::rules::place_of;

/// Entries in one part, the head not counted.
pub const MOST_ITEMS: usize = 14;
/// Characters of a part after which the next begins, in a small site and in a large one (which shows less of each).
const FULL: usize = 300;
const FULL_LARGE: usize = 6_000;
/// Characters of an entry that a large site shows.
const SHOWN_LARGE: usize = 24;
/// Documents of a large site.
const MANY: usize = 500;

/// A text that is searched, and how much a match in it says.
pub type Field = (u8, String);

/// A page, or what several entries have in common.
#[derive(Debug, Clone)]
pub struct Head {
    pub kind: EntryKind,
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
    pub kind: EntryKind,
    /// `#c1-3`, or the address of a page of its own.
    pub url: String,
    pub heading: String,
    pub text: String,
    /// Of a county: its first window that is not over, or its first.
    pub state: Option<StateView>,
    pub fields: Vec<Field>,
    /// What it says in addition to its subject.
    pub intents: Vec<Intent>,
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
    /// Whether it is the name of a place: it is found with a mistake in it, too.
    pub is_place: bool,
    /// Whether it is a word of the glossary, whose meaning may be asked for.
    pub is_word: bool,
}

/// A page or a piece of one.
#[derive(Debug)]
pub struct Part {
    pub head: Head,
    /// Whether the head is an entry too (the first part of a page).
    pub shown: bool,
    pub fields: Vec<Field>,
    pub intents: Vec<Intent>,
    pub names: Vec<Name>,
    pub items: Vec<Item>,
}

/// Whether a site has so much to say that only the beginnings of its clauses are shown in results.
pub fn is_large(facts: &Facts) -> bool {
    facts.documents().count() >= MANY
}

/// Whoever files entries as they are listed, in the order of their numbers: self-checks, documents of more than one county, places, texts,
/// then the documents of single counties.
pub trait Filing {
    /// Parts, in their order.
    fn parts(&mut self, parts: Vec<Part>);

    /// The parts of these documents, in their order.
    fn documents(&mut self, ids: &[DocumentId], entries: &DocumentEntries);

    /// All self-checks were listed.
    fn end_of_checks(&mut self);

    /// What follows is of single counties' documents.
    fn end_of_wide(&mut self);
}

/// Lists every entry of the site.
pub fn list(facts: &Facts, today: Date, filing: &mut dyn Filing) {
    let is_large = is_large(facts);
    let full = if is_large { FULL_LARGE } else { FULL };
    let wide = |i: &DocumentId| match facts.document(*i).place {
        Some(Place::Country) | None => 0,
        Some(Place::Province(_)) => 1,
        Some(Place::Prefecture(_)) => 2,
        Some(Place::Unit(_)) => 3,
    };
    let mut documents: Vec<DocumentId> = facts
        .of_kind(DocumentKind::Notice)
        .iter()
        .chain(facts.of_kind(DocumentKind::Pilots))
        .chain(facts.of_kind(DocumentKind::Assessment))
        .chain(facts.of_kind(DocumentKind::Schedule))
        .copied()
        .collect();
    documents.sort_by_key(wide);
    let local = documents.partition_point(|i| wide(i) < 3);
    let mut parts = Vec::new();
    for index in 0..facts.check_count() {
        check(facts, index, full, &mut parts);
    }
    filing.parts(shortened(parts, is_large));
    filing.end_of_checks();
    let entries = DocumentEntries::new(facts, today, full);
    filing.documents(&documents[..local], &entries);
    let mut parts = Vec::new();
    places::topics(facts, &mut parts);
    places::areas(facts, &mut parts);
    places::counties(facts, today, full, &mut parts);
    texts(facts, full, &mut parts);
    places::glossary(facts, &mut parts);
    filing.parts(shortened(parts, is_large));
    filing.end_of_wide();
    filing.documents(&documents[local..], &entries);
}

/// What is shown of entries in a large site; the rest is read from their fields.
fn shortened(mut parts: Vec<Part>, is_large: bool) -> Vec<Part> {
    if is_large {
        for item in parts.iter_mut().flat_map(|part| &mut part.items) {
            item.text = item.text.chars().take(SHOWN_LARGE).collect();
        }
    }
    parts
}

impl Part {
    /// Without what is on hidden pages; nothing if it is on one itself.
    pub fn without(mut self, is_hidden: impl Fn(&str) -> bool) -> Option<Self> {
        let is_hidden = |url: &str| is_hidden(url.split('#').next().unwrap_or_default());
        self.items.retain(|item| !is_hidden(&item.url));
        (!is_hidden(&self.head.url)).then_some(self)
    }
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
                    text: String::new(),
                    ..open.head.clone()
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

/// Pages that are shown by one line each are kept together, as entries of a part that is not a page.
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
                    page.head.kind,
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
            kind: page.head.kind,
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

fn item(kind: EntryKind, url: String, heading: &str, text: String) -> Item {
    let fields = vec![
        (level::HEADING, heading.to_owned()),
        (level::BODY, text.clone()),
    ];
    Item {
        kind,
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
        is_place: false,
        is_word: false,
    }
}

/// A word of the glossary.
fn glossary_name(text: &str, level: u8) -> Name {
    Name {
        is_word: true,
        ..name(text, level)
    }
}

/// The words of a paragraph or a heading without their Markdown, on one line.
fn words(text: &str, sort: Sort) -> String {
    on_one_line(&markdown::plain(text, sort))
}

fn on_one_line(text: &str) -> String {
    let pieces = text.split(|c: char| c.is_whitespace() || c.is_control());
    let pieces: Vec<&str> = pieces.filter(|piece| !piece.is_empty()).collect();
    pieces.join(" ")
}

/// The words of a block of a text of this sort.
fn block_text(source: &str, block: &Block, sort: Sort) -> String {
    let text = match block.run_in.is_empty() {
        true => block.text.clone(),
        false => block.run_in.start..block.text.end,
    };
    let sort = match (block.kind, sort) {
        (BlockKind::Markdown, Sort::Printed) => Sort::PrintedBlocks,
        (BlockKind::Markdown, Sort::Words) => Sort::Page,
        _ => sort,
    };
    words(&source[text], sort)
}

fn plain_head(kind: EntryKind, url: String, title: &str, path: &str, text: String) -> Head {
    Head {
        kind,
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

/// Name of the province that a place lies in; empty for the country.
fn province(facts: &Facts, place: Place) -> String {
    let regions = &facts.regions();
    let found = regions.province_of(place);
    found.map_or_else(String::new, |id| regions.provinces[id].name.clone())
}

fn check(facts: &Facts, index: usize, full: usize, parts: &mut Vec<Part>) {
    let check = &facts.check(index).check;
    let title = &check.title.value;
    let mut fields = vec![
        (level::TITLE, title.clone()),
        (level::ALIAS, check.description.clone()),
    ];
    for &topic in &facts.check(index).topics {
        let topic = facts.topic(topic);
        fields.push((level::LEAD, topic.name.clone()));
        let aliases = topic.aliases.iter();
        fields.extend(aliases.map(|alias| (level::AROUND, alias.clone())));
    }
    for question in check.questions.iter().filter(|q| !q.doubt) {
        fields.push((level::AROUND, question.ask.clone()));
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
                    EntryKind::Clause,
                    format!("#o{d}-{o}"),
                    &outcome.name.value,
                    outcome.text.clone(),
                )
            });
        }
    }
    let mut names = vec![name(title, level::TITLE)];
    names.extend(check.short.iter().map(|s| name(s, level::TITLE)));
    let province = check
        .place
        .map_or_else(String::new, |p| province(facts, place_of(p)));
    let part = Part {
        head: Head {
            province,
            ..plain_head(
                EntryKind::Check,
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

/// Foreign words of a text: what pages of the site itself are looked for.
fn foreign(text: &str) -> String {
    text.split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| word.len() > 2 && word.starts_with(|c: char| c.is_ascii_alphabetic()))
        .collect::<Vec<_>>()
        .join(" ")
}

fn texts(facts: &Facts, full: usize, parts: &mut Vec<Part>) {
    for page in facts.text_pages().map(|id| facts.text_page(id)) {
        let description = page.description.clone().unwrap_or_default();
        let items = documents::clauses(facts, &page.body, Sort::Words, &[], |_| Vec::new());
        let lead = items.iter().find(|item| item.url == "#c0");
        let lead = lead.map_or_else(String::new, |item| foreign(&item.text));
        let part = Part {
            head: plain_head(
                EntryKind::Text,
                format!("{}.html", page.id),
                &page.title,
                "",
                description.clone(),
            ),
            shown: true,
            fields: vec![
                (level::TITLE, page.title.clone()),
                (level::AROUND, description),
                (level::ASIDE, lead),
            ],
            intents: Vec::new(),
            names: vec![name(&page.title, level::TITLE)],
            items: Vec::new(),
        };
        // What is before the first heading has no anchor.
        // Sections of the site's own pages say little of policy: only their headings and first words are filed.
        let items = items
            .into_iter()
            .filter(|item| item.url != "#c0")
            .map(|mut item| {
                item.kind = EntryKind::Text;
                let foreign = foreign(&item.text);
                item.text = item.text.chars().take(120).collect();
                item.fields = vec![
                    (level::LEAD, item.heading.clone()),
                    (level::ASIDE, item.text.clone()),
                    (level::ASIDE, foreign),
                ];
                item
            })
            .collect();
        divide(part, items, full, parts);
    }
    let calendar = Part {
        head: plain_head(
            EntryKind::Text,
            "deadlines.html".into(),
            "时间",
            "全站",
            "所有受理窗口和时限，按日期排列".into(),
        ),
        shown: true,
        fields: vec![(level::LEAD, "时间 受理窗口 时限 截止日期 日历".into())],
        intents: vec![Intent::Time],
        names: Vec::new(),
        items: Vec::new(),
    };
    let data = Part {
        head: plain_head(
            EntryKind::Text,
            "data/index.html".into(),
            "数据下载",
            "全站",
            "名单、考核结果、受理时间和文件目录，可以下载成表格".into(),
        ),
        shown: true,
        fields: vec![(
            level::LEAD,
            "数据下载 开放数据 下载 表格 接口 CSV XLSX JSON Excel WPS API".into(),
        )],
        intents: Vec::new(),
        names: vec![name("数据下载", level::TITLE)],
        items: Vec::new(),
    };
    register(vec![calendar, data], parts);
}
