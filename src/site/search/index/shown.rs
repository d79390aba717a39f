//! What is shown of a part: its records as a box has them, and the pages that it leads to.
//!
//! Comes in: a part. Goes out: [`Shown`], which has nothing of what the part is found by.

use serde::{Deserialize, Serialize};

use crate::pages::view::StateView;
use crate::search::entries::{self, Part};
use crate::search::format;
use crate::search::records::{Head, Item, Record, State};

/// What is shown of a part.
#[derive(Debug, Serialize, Deserialize)]
pub struct Shown {
    /// The address of its page, if the head is an entry.
    page: Option<Box<str>>,
    head: Box<str>,
    items: Box<[ShownItem]>,
}

/// What is shown of an entry.
#[derive(Debug, Serialize, Deserialize)]
struct ShownItem {
    /// The address, if it is a page of its own.
    page: Option<Box<str>>,
    record: Box<str>,
}

impl Shown {
    /// What is shown of a part.
    pub fn of(part: &Part) -> Self {
        let items = part.items.iter().map(|item| ShownItem {
            page: (!item.url.starts_with('#')).then(|| item.url.as_str().into()),
            record: self::item(item).write().into(),
        });
        Self {
            page: part.shown.then(|| part.head.url.as_str().into()),
            head: head(&part.head).write().into(),
            items: items.collect(),
        }
    }

    /// Its bytes, about.
    pub fn size(&self) -> usize {
        let items = self.items.iter().map(|item| item.record.len());
        self.head.len() + items.sum::<usize>()
    }

    /// The number of its entries, the head not counted.
    pub fn count(&self) -> usize {
        self.items.len()
    }

    /// The entries that are pages: place and address.
    pub fn pages(&self) -> impl Iterator<Item = (u32, &str)> {
        let items = (1..).zip(self.items.iter().map(|item| &item.page));
        let all = std::iter::once((0, &self.page)).chain(items);
        all.filter_map(|(place, page)| Some((place, page.as_deref()?)))
    }

    /// The records of the part; an entry that no term leads to needs no words.
    pub fn records(&self, is_found: impl Fn(u32) -> bool) -> String {
        let mut out = self.head.to_string();
        for (place, item) in (1..).zip(&self.items) {
            out.push(format::ENTRY);
            if is_found(place) {
                out.push_str(&item.record);
            }
        }
        out
    }
}

/// A text without the signs that divide records.
pub(super) fn clean(text: &str) -> String {
    text.replace(
        [format::PART, format::ENTRY, format::FIELD, '\n', '\r'],
        " ",
    )
}

fn head(head: &entries::Head) -> Head {
    Head {
        kind: head.kind.letter().to_string(),
        url: clean(&head.url),
        title: clean(&head.title),
        path: clean(&head.path),
        text: clean(&head.text),
        date: head.date.clone(),
        state: head.state.as_ref().map(state).unwrap_or_default(),
        province: head.province.clone(),
        year: head.year.clone(),
    }
}

fn item(item: &entries::Item) -> Item {
    Item {
        kind: item.kind.letter().to_string(),
        url: clean(&item.url),
        heading: clean(&item.heading),
        text: clean(&item.text),
        state: item.state.as_ref().map(state).unwrap_or_default(),
    }
}

/// A state as the index carries it.
pub(super) fn state(state: &StateView) -> String {
    State {
        scale: state.scale.key().to_owned(),
        days: (state.days.clone()).unwrap_or_else(|| state.code.key().to_owned()),
    }
    .write()
}
