//! The glossary: every term with its explanation, sorted by pinyin, with the clause if an official text defines it.

use super::markdown::TermLink;
use super::view::{GlossaryView, TermView};
use crate::atlas::Facts;
use crate::model::Term;

/// The address of the glossary.
pub const PATH: &str = "glossary/index.html";

/// The entry of a word.
pub fn url(term: &Term) -> String {
    format!("{PATH}#{}", term.id)
}

/// The links to all entries, for one page.
pub(super) fn links<'a>(facts: &Facts<'a>) -> Vec<TermLink<'a>> {
    let terms = facts.glossary().iter();
    terms
        .map(|term| TermLink {
            words: term.names().collect(),
            url: url(term),
            linked: std::cell::Cell::new(false),
        })
        .collect()
}

/// The page of all terms.
pub fn view(facts: &Facts) -> GlossaryView {
    let mut terms: Vec<&Term> = facts.glossary().iter().collect();
    terms.sort_by_cached_key(|term| term.sort_key());
    let terms = terms.into_iter().map(|term| TermView {
        id: term.id.clone(),
        name: term.name.clone(),
        pinyin: term.pinyin.clone(),
        aliases: term.aliases.clone(),
        about: term.about.clone(),
        cite: term
            .defined
            .as_ref()
            .map(|defined| facts.cite(&defined.cite)),
    });
    GlossaryView {
        terms: terms.collect(),
    }
}
