//! Names in a question: places, words of the glossary and everyday phrases as a whole.
//!
//! Comes in: a question, the terms that were fetched. Goes out: more tokens; units of names.

use super::Terms;
use crate::question::{Question, Token, bits};
use crate::ranking::{FACTOR_WHOLE, LEVEL_TOPIC, MAX_PLACE_CHARACTERS};

/// Every piece of the question's runs of 2 to `longest` characters with its units: by where it begins, the longest first.
fn pieces(q: &Question, longest: usize) -> impl Iterator<Item = (String, u32)> {
    q.runs.iter().flat_map(move |run| {
        (0..run.chars.len()).flat_map(move |from| {
            let most = (run.chars.len() - from).min(longest);
            (2..=most).rev().map(move |count| {
                let piece = run.chars[from..from + count].iter().collect();
                (piece, bits(run.unit + from, count))
            })
        })
    })
}

/// Adds names and everyday phrases that are in the question as a whole; returns the units of the names of places.
pub(super) fn add_names(q: &mut Question, terms: &Terms) -> u32 {
    let mut named = 0;
    let mut found: Vec<Token> = Vec::new();
    for (name, units) in pieces(q, MAX_PLACE_CHARACTERS) {
        // 许昌县 is not 许昌 and something more.
        if found.iter().any(|f| f.units & units == units) {
            continue;
        }
        for sign in ["=", "+", "?"] {
            let key = format!("{sign}{name}");
            if let Some(term) = terms.get(&key) {
                // The highest level is first.
                let is_place = term.postings.first().is_some_and(|p| p.1 > LEVEL_TOPIC);
                if sign == "=" && is_place {
                    named |= units;
                }
                found.push(Token {
                    key,
                    // The meaning of a word is a card; its name counts as a name.
                    factor: if sign == "?" { 0 } else { FACTOR_WHOLE },
                    units,
                });
            }
        }
    }
    q.tokens.extend(found);
    named
}
