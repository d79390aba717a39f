//! Suggestions: what selected words of an official text may say, as entries of a list.
//!
//! Comes in: an official text and the words that somebody selected. Goes out: entries with their values filled in by the reader,
//! the most likely first. They are those that an import would offer ([`super::candidates`]); where it would offer none, what the
//! words themselves give.

use mingbai_reading::{What, read};

use super::candidates::{self, Field, Section, Value as Found};
use super::layout::Layout;
use crate::edit::value::{Step, Value};
use crate::model::Model;
use crate::model::clause::Body;
use crate::new::answers::days_in;
use crate::text::fold;
use jiff::civil::Date;

/// An official text.
pub struct Official<'a> {
    pub body: &'a Body,
    /// The file with the text.
    pub text: &'a str,
    pub title: &'a str,
    /// The year that it arranges.
    pub year: Option<i16>,
    pub issued: Option<Date>,
    pub issuers: Vec<String>,
    pub model: &'a Model,
}

/// Entries for the list `list`, from the words `quote` of a clause.
pub fn suggest(official: &Official, list: &str, clause: &str, quote: &str) -> Vec<Value> {
    let layout = Layout {
        title: official.title.to_owned(),
        year: official.year,
        issued: official.issued,
        issuers: official.issuers.clone(),
        ..Layout::default()
    };
    let selected = fold(quote);
    let mut out: Vec<Value> = Vec::new();
    if let Some(section) = Section::ALL
        .into_iter()
        .find(|section| section.key() == list)
    {
        let found = candidates::find(official.body, official.text, &layout, official.model, &[]);
        for entry in found.of(section) {
            let words = fold(entry.words());
            let is_here = entry.value("clause") == clause || clause.is_empty();
            if is_here
                && !words.is_empty()
                && (selected.contains(&words) || words.contains(&selected))
            {
                out.push(value(&entry.fields));
            }
        }
    }
    let plain = by_words(official, list, clause, quote);
    if out.iter().all(|other| *other != plain) {
        // A number that was selected is the one that is meant.
        let phone = |entry: &Value| {
            let phone = entry
                .at(&[Step::Key("phone".to_owned())])
                .and_then(Value::text);
            phone.map(str::to_owned)
        };
        let is_new = phone(&plain).is_some_and(|own| {
            out.iter()
                .all(|other| phone(other).as_deref() != Some(own.as_str()))
        });
        out.insert(if is_new { 0 } else { out.len() }, plain);
    }
    out
}

fn value(fields: &[Field]) -> Value {
    let entries = fields.iter().filter_map(|field| {
        let value = match &field.value {
            Found::Text(text) if !field.is_open() => Value::Text(text.clone()),
            Found::Items(items) => Value::List(items.iter().cloned().map(Value::Text).collect()),
            Found::Text(_) | Found::Open(_) => return None,
        };
        Some((field.key.to_owned(), value))
    });
    Value::Map(entries.collect())
}

/// What the words give by themselves: days, numbers, telephones; else the words.
fn by_words(official: &Official, list: &str, clause: &str, quote: &str) -> Value {
    let mut entries: Vec<(String, Value)> = Vec::new();
    let mut put = |key: &str, words: String| entries.push((key.to_owned(), Value::Text(words)));
    let days = days_in(quote, official.year);
    match list {
        "windows" => {
            let (from, until) = (days.first(), days.get(1));
            from.into_iter().for_each(|day| put("from", day.clone()));
            until.into_iter().for_each(|day| put("until", day.clone()));
        }
        "deadlines" => days
            .first()
            .into_iter()
            .for_each(|day| put("by", day.clone())),
        "quotas" => {
            let readings = read(quote);
            let amounts = readings.iter().filter_map(|reading| match &reading.what {
                What::Amount(amount) if amount.value.scale == 0 => Some(amount),
                _ => None,
            });
            for amount in amounts {
                let key = match amount.group.as_str() {
                    "上午" => "morning",
                    "下午" => "afternoon",
                    _ => "per_day",
                };
                put(key, amount.value.digits.to_string());
            }
        }
        "contacts" => {
            let phone = read(quote)
                .into_iter()
                .find_map(|reading| match reading.what {
                    What::Phone(number) => Some(number),
                    _ => None,
                });
            phone.into_iter().for_each(|number| put("phone", number));
        }
        "summary" => put("text", quote.to_owned()),
        "cites" => put("title", quote.trim_matches(['《', '》']).to_owned()),
        "venues" | "groups" | "guide" => put("what", quote.to_owned()),
        "forms" => {
            let items = papers(quote);
            if !items.is_empty() {
                entries.push(("items".to_owned(), Value::List(items)));
            }
        }
        _ => {}
    }
    let mut put =
        |key: &str, words: &str| entries.push((key.to_owned(), Value::Text(words.to_owned())));
    put("clause", clause);
    put("quote", quote);
    let mut seen: Vec<String> = Vec::new();
    entries.retain(|(key, _)| {
        let is_new = !seen.contains(key);
        seen.push(key.clone());
        is_new
    });
    Value::Map(entries)
}

/// The papers that words name.
fn papers(quote: &str) -> Vec<Value> {
    let readings = read(quote);
    let names = readings
        .into_iter()
        .filter_map(|reading| match reading.what {
            What::Name(name) if name.kind == mingbai_reading::NameKind::Paper => {
                Some(quote[reading.span].to_owned())
            }
            _ => None,
        });
    names.map(Value::Text).collect()
}
