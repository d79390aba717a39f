//! The glossary: every term with its explanation, sorted by pinyin, with the clause if an official text defines it.

use super::found::TermLinks;
use super::view::{GlossaryView, TermView};
use crate::atlas::Facts;
use crate::model::Term;

/// The links to all entries, for one page.
pub fn links<'a>(facts: &Facts<'a>) -> TermLinks<'a> {
    TermLinks::new(facts.words())
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
