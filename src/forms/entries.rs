//! Entries: what a source file says, piece by piece, each with the citation that is next to it.
//!
//! Comes in: the YAML tree of a file. Goes out: [`Entry`]s. An entry is a mapping with a `clause`, an item of a list,
//! or the file itself; its values are the texts in it, down to the next entry. Keys become their English names;
//! names that the author chose become part of the section. Nothing is judged here.

use crate::diag::{Span, Spanned};
use crate::keys;
use crate::text::blanked;
use crate::yaml::{Kind, Node};

/// A mapping with its citation and its texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The innermost known key above it: `windows`, `outcomes`; empty for the file.
    pub section: &'static str,
    /// The name that the author chose for it, if it is an entry of a mapping of names.
    pub name: Option<Spanned<String>>,
    /// The first key of the mapping.
    pub span: Span,
    pub clause: Option<Spanned<String>>,
    pub quote: Option<Spanned<String>>,
    pub rewords: Vec<Reword>,
    pub values: Vec<EntryValue>,
}

/// Words of a sentence, and the words of the official text that they reword.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reword {
    pub ours: Spanned<String>,
    pub official: Spanned<String>,
}

/// A text of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryValue {
    /// The key, or the key of the list that it is in.
    pub key: &'static str,
    /// The key above `key` inside this entry (`release` of `release: {on: …}`); empty if there is none.
    pub within: &'static str,
    pub text: Spanned<String>,
}

impl Entry {
    /// The value of a key that is in the mapping itself.
    pub fn value(&self, key: &str) -> Option<&Spanned<String>> {
        let mut own = self.values.iter().filter(|value| value.within.is_empty());
        own.find(|value| value.key == key).map(|value| &value.text)
    }

    /// The value of a key that is in a mapping of this one, such as `in` of `unstated`.
    pub fn inner(&self, within: &str, key: &str) -> Option<&Spanned<String>> {
        let mut inner = self.values.iter().filter(|value| value.within == within);
        inner
            .find(|value| value.key == key)
            .map(|value| &value.text)
    }

    /// The values of a key that are in the mapping itself.
    pub fn values<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a Spanned<String>> {
        let own = self.values.iter().filter(|value| value.within.is_empty());
        own.filter(move |value| value.key == key)
            .map(|value| &value.text)
    }
}

/// The entries of a file, in the order of the file; the first is the file itself.
pub fn entries(root: &Node) -> Vec<Entry> {
    let mut out = Vec::new();
    let items = match &root.kind {
        Kind::List(items) => items.as_slice(),
        _ => std::slice::from_ref(root),
    };
    for item in items {
        open(item, "", None, &mut out);
    }
    out
}

/// Appends the entry of a mapping, then those below it.
fn open(node: &Node, section: &'static str, name: Option<&Spanned<String>>, out: &mut Vec<Entry>) {
    let Kind::Map(map) = &node.kind else { return };
    let own = |key: &str| {
        let mut all = map
            .iter()
            .filter(|(k, _)| keys::canonical(&k.value) == Some(key));
        all.find_map(|(_, value)| match &value.kind {
            Kind::Text(text) => Some(Spanned::new(text.clone(), value.span)),
            _ => None,
        })
    };
    let at = out.len();
    out.push(Entry {
        section,
        name: name.cloned(),
        span: map.first().map_or(node.span, |(key, _)| key.span),
        clause: own("clause"),
        quote: own("quote"),
        rewords: Vec::new(),
        values: Vec::new(),
    });
    for (key, value) in map {
        match keys::canonical(&key.value) {
            Some("clause" | "quote") => {}
            Some("rewords") => out[at].rewords = rewords(value),
            known => gather(value, known.unwrap_or(section), "", at, out),
        }
    }
}

fn rewords(node: &Node) -> Vec<Reword> {
    let Kind::Map(map) = &node.kind else {
        return Vec::new();
    };
    let pairs = map
        .iter()
        .filter_map(|(ours, official)| match &official.kind {
            Kind::Text(text) => Some(Reword {
                ours: ours.clone(),
                official: Spanned::new(text.clone(), official.span),
            }),
            _ => None,
        });
    pairs.collect()
}

/// Adds the texts of a value to the entry `at`; a mapping with a clause and an item of a list become entries of their own.
/// The members of a condition stay with it.
fn gather(node: &Node, key: &'static str, within: &'static str, at: usize, out: &mut Vec<Entry>) {
    match &node.kind {
        Kind::Empty | Kind::Broken => {}
        Kind::Text(text) => out[at].values.push(EntryValue {
            key,
            within,
            // What authors note for themselves says nothing.
            text: Spanned::new(blanked(text, false).into_owned(), node.span),
        }),
        Kind::List(items) => {
            for item in items {
                let is_entry = match &item.kind {
                    // A case of a value that cites nothing is part of the value.
                    Kind::Map(map) => key != "when" && (key != "cases" || cites(map)),
                    _ => false,
                };
                if is_entry {
                    open(item, key, None, out);
                } else {
                    gather(item, key, within, at, out);
                }
            }
        }
        Kind::Map(map) => {
            if cites(map) {
                open(node, key, None, out);
                return;
            }
            if NAMED.contains(&key) {
                for (name, value) in map {
                    gather_named(name, value, key, at, out);
                }
                return;
            }
            for (name, value) in map {
                let known = keys::canonical(&name.value);
                if let Kind::Map(inner) = &value.kind
                    && known.is_none()
                    && cites(inner)
                {
                    open(value, key, Some(name), out);
                    continue;
                }
                // The head of a row says which answers it is for.
                if key == "cells" && known.is_none() {
                    out[at].values.push(EntryValue {
                        key: "heads",
                        within,
                        text: name.clone(),
                    });
                }
                // Below a name that the author chose, the section stays that of the names.
                let (key, within) = known.map_or((key, within), |known| (known, key));
                gather(value, key, within, at, out);
            }
        }
    }
}

/// Adds what a name of the author stands for.
fn gather_named(
    name: &Spanned<String>,
    node: &Node,
    key: &'static str,
    at: usize,
    out: &mut Vec<Entry>,
) {
    match &node.kind {
        Kind::Map(map) if cites(map) => open(node, key, Some(name), out),
        Kind::Map(map) => {
            for (inner, value) in map {
                match keys::canonical(&inner.value) {
                    Some(known) => gather(value, known, key, at, out),
                    None => gather_named(inner, value, key, at, out),
                }
            }
        }
        _ => gather(node, key, "", at, out),
    }
}

/// Keys of mappings whose keys the author chooses: a provision may be called 材料.
const NAMED: [&str; 6] = [
    "questions",
    "doubts",
    "parameters",
    "conditions",
    "provisions",
    "decisions",
];

/// Whether a mapping cites a clause, or says in its place what the text does not state.
fn cites(map: &[(Spanned<String>, Node)]) -> bool {
    map.iter()
        .any(|(key, _)| matches!(keys::canonical(&key.value), Some("clause" | "unstated")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Sink, SourceId};
    use crate::yaml;

    #[test]
    fn a_mapping_with_a_clause_is_an_entry() {
        let text = "title: 安排\nquotas:\n  - group: 续贷\n    per_day: 60\n    clause: 四（二）\n    quote: 每天60名\nrelease: {on: 2020-01-01}\n结果:\n  甲:\n    text: 能\n    条款: 一\n";
        let node = yaml::parse(SourceId(0), text, 0..text.len(), &mut Sink::default())
            .expect("sound YAML");
        let found: Vec<String> = entries(&node)
            .iter()
            .map(|entry| {
                let values = entry.values.iter();
                let values = values.map(|v| format!("{}.{}={}", v.within, v.key, v.text.value));
                let clause = entry.clause.as_ref().map_or("-", |clause| &clause.value);
                format!(
                    "{} {clause} {}",
                    entry.section,
                    values.collect::<Vec<_>>().join(" ")
                )
            })
            .collect();
        assert_eq!(
            found,
            [
                " - .title=安排 release.on=2020-01-01",
                "quotas 四（二） .group=续贷 .per_day=60",
                "outcomes 一 .text=能",
            ]
        );
    }
}
