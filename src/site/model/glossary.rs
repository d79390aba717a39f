//! The glossary: terms of offices and banks, explained once for the whole site (`data/glossary.yaml`).
//!
//! Comes in: sources. Goes out: [`Term`]s in the order written. An entry is the site's own explanation, or a
//! definition from an official text in plain words; then it has a citation. `link` checks citations, not this module.

use std::collections::HashSet;

use super::decode::Fields;
use super::document::Citation;
use super::phase::{Linked, Phase, Written};
use super::shape;
use super::site::is_id;
use crate::diag::{Diagnostic, Sink, Spanned, codes};
use crate::sources::{Sources, yaml};
use crate::text::plain_pinyin;

/// A term and its explanation.
#[derive(Debug)]
pub struct Term<P: Phase = Linked> {
    /// The anchor on the page.
    pub id: String,
    pub name: String,
    /// With tones, as people read it.
    pub pinyin: String,
    pub aliases: Vec<String>,
    /// The explanation in plain words.
    pub about: String,
    pub defined: Option<Defined<P>>,
    /// The topic with the same name; found when linking.
    pub topic: Option<P::Topic>,
}

/// The definition in an official text.
#[derive(Debug)]
pub struct Defined<P: Phase = Linked> {
    pub source: P::Document,
    pub cite: P::Cite,
}

impl<P: Phase> Term<P> {
    /// The sort key: syllables without tones, then the word.
    pub fn sort_key(&self) -> (String, &str) {
        (plain_pinyin(&self.pinyin), &self.name)
    }

    /// The name and the aliases.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.aliases.iter().map(String::as_str))
    }
}

/// Loads `data/glossary.yaml`, if there is one.
///
/// # Diagnostics
/// Those of decoding; MB0206 for an id that cannot be an anchor, MB0207 for a term that is explained twice.
pub fn load_glossary(sources: &Sources, sink: &mut Sink) -> Vec<Term<Written>> {
    let Some((id, file)) = sources
        .find("data/glossary.yaml")
        .filter(|(id, _)| sources.is_readable(*id))
    else {
        return Vec::new();
    };
    let node = yaml::parse_parts(id, &file.text, 0..file.text.len(), sink);
    let items = match &node.kind {
        yaml::Kind::List(items) => items.as_slice(),
        // The file contains only comments.
        yaml::Kind::Map(map) if map.is_empty() => &[],
        _ => {
            sink.push(super::decode::wrong_type(
                &node,
                "列表（每项一行，以“- ”开头）",
                "a list",
            ));
            return Vec::new();
        }
    };
    if !sources.limits.allow_values(&node, sink) {
        return Vec::new();
    }
    let mut terms: Vec<Term<Written>> = Vec::new();
    let (mut ids, mut names) = (HashSet::new(), HashSet::new());
    for item in items {
        let Some((name, term)) = term(item, sink) else {
            continue;
        };
        let twice = ids.contains(&term.id) || term.names().any(|name| names.contains(name));
        if twice {
            sink.push(
                Diagnostic::new(
                    &codes::DUPLICATE_ID,
                    name.span,
                    format!("术语“{}”解释了两次", name.value),
                    format!("the term \"{}\" is explained twice", name.value),
                )
                .hint(
                    "删去一个；名称、别名和编号，哪个词条都不能和别的重",
                    "remove one of them; a name, alias or id may belong to only one entry",
                ),
            );
            continue;
        }
        ids.insert(term.id.clone());
        names.extend(term.names().map(str::to_owned));
        terms.push(term);
    }
    terms
}

fn term(item: &yaml::Node, sink: &mut Sink) -> Option<(Spanned<String>, Term<Written>)> {
    let fields = Fields::open(item, &shape::TERM, sink)?;
    let id = fields.required_text("id", sink);
    let name = fields.required_text("name", sink);
    let pinyin = fields.required_text("pinyin", sink);
    let about = fields.required_text("about", sink);
    let aliases = fields.texts("aliases", sink);
    let cited = ["source", "clause", "quote"];
    let is_defined = cited.iter().any(|key| fields.get(key).is_some());
    let defined = if is_defined {
        let source = fields.required_text("source", sink);
        let clause = fields.required_text("clause", sink);
        let quote = fields.required_text("quote", sink);
        Some(Defined {
            source: source?,
            cite: Citation {
                clause: clause?,
                quote: Some(quote?),
                unstated: None,
                derived: None,
            },
        })
    } else {
        None
    };
    let (id, name) = (id?, name?);
    if !is_id(&id.value) {
        sink.push(super::site::bad_id("编号", "id", id.span, &id.value));
        return None;
    }
    let term = Term {
        id: id.value,
        name: name.value.clone(),
        pinyin: pinyin?.value,
        aliases: aliases
            .into_iter()
            .map(|alias| alias.value)
            .filter(|alias| !alias.is_empty())
            .collect(),
        about: about?.value,
        defined,
        topic: None,
    };
    Some((name, term))
}
