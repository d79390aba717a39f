//! Which shelves are fetched for a question.
//!
//! Comes in: the tokens of a question. Goes out: the numbers of shelves; the terms that are on them.

use super::{Answer, Engine, Term, Terms};
use crate::fold::is_han;
use crate::format;
use crate::question::{Question, Token};
use crate::ranking::{
    ENOUGH_FOR_COMMON, ENOUGH_FOR_HELP, ENOUGH_STRONG, LONG_QUESTION_UNITS, MAX_SHELVES,
    MAX_SHELVES_LONG, PLAN_COMMON_PAIR, PLAN_PAIR, PLAN_WORD,
};

impl Engine<'_> {
    /// The shelf, or the two shelves, on which a key is.
    pub(super) fn shelves_of(&self, key: &str) -> impl Iterator<Item = u32> {
        let (first, second) = format::addresses(key, &self.common, self.manifest.twice);
        let shelves = self.manifest.shelves;
        std::iter::once(first)
            .chain(second)
            .map(move |address| format::hash(&address) % shelves)
    }

    /// Whether a shelf on which a key is was fetched.
    pub(super) fn is_loaded(&self, key: &str, answer: &Answer) -> bool {
        self.shelves_of(key)
            .any(|shelf| answer.files.contains(&format!("s{shelf}")))
    }

    /// Fetches a shelf, once.
    pub(super) fn load(&self, shelf: u32, terms: &mut Terms, answer: &mut Answer) {
        let name = format!("s{shelf}");
        if answer.files.contains(&name) {
            return;
        }
        let Some(payload) = self.payload(&name) else {
            return;
        };
        answer.files.push(name);
        for term in payload.split('~') {
            let Some((key, rest)) = term.split_once(' ') else {
                continue;
            };
            let (rest, words) = rest.split_once(' ').unwrap_or((rest, ""));
            let mut signs = rest.chars();
            if let Some(frequency) = format::read_number(&mut signs)
                && let Some(postings) = format::read_postings(signs.as_str())
            {
                let term = Term {
                    frequency,
                    postings,
                    words: words.to_owned(),
                };
                terms.insert(key.to_owned(), term);
            }
        }
    }

    /// The shelves to fetch: in turn the one with most to say of what is not yet covered.
    pub(super) fn plan(&self, q: &Question) -> Vec<u32> {
        let mut open: Vec<(Vec<u32>, u32)> = q
            .tokens
            .iter()
            .map(|token| (self.shelves_of(&token.key).collect(), self.value_of(token)))
            .collect();
        let most = if q.units > LONG_QUESTION_UNITS {
            MAX_SHELVES_LONG
        } else {
            MAX_SHELVES
        };
        let (mut plan, mut strong) = (Vec::new(), 0);
        while plan.len() < most {
            let Some((shelf, value)) = best_shelf(&open) else {
                break;
            };
            let is_enough = match value {
                0 => plan.len() >= ENOUGH_FOR_HELP,
                PLAN_COMMON_PAIR..PLAN_PAIR => {
                    plan.len() >= ENOUGH_FOR_COMMON && strong >= ENOUGH_STRONG
                }
                _ => false,
            };
            if is_enough {
                break;
            }
            strong += usize::from(value >= PLAN_PAIR);
            plan.push(shelf);
            open.retain(|(shelves, _)| !shelves.contains(&shelf));
        }
        plan
    }

    /// What a shelf gains by a token.
    fn value_of(&self, token: &Token) -> u32 {
        let chars: Vec<char> = token.key.chars().collect();
        let is_common = chars.len() == 2 && chars.iter().all(|c| self.common.contains(c));
        match (token.units, is_common) {
            (0, _) => 0,
            (_, true) => PLAN_COMMON_PAIR,
            _ if chars.len() == 2 && is_han(chars[0]) => PLAN_PAIR,
            _ => PLAN_WORD,
        }
    }
}

/// The shelf with the highest sum of values, the first of equal ones.
fn best_shelf(open: &[(Vec<u32>, u32)]) -> Option<(u32, u32)> {
    let mut worth: Vec<(u32, u32)> = Vec::new();
    for (shelves, value) in open {
        for shelf in shelves {
            match worth.iter_mut().find(|(s, _)| s == shelf) {
                Some((_, sum)) => *sum += value,
                None => worth.push((*shelf, *value)),
            }
        }
    }
    worth.into_iter().rev().max_by_key(|(_, value)| *value)
}
