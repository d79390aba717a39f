//! Corrections: what may have been meant where characters are not known.
//!
//! Comes in: a question with unknown units. Goes out: more tokens, or that a place is named of which the site has nothing.

use super::{Answer, Engine, NamedPlace, Terms};
use crate::format;
use crate::question::{Question, Run, Token, bits};
use crate::ranking::{
    MAX_CORRECTION_SHELVES, MAX_PLACE_CHARACTERS, MIN_ABSENT_PLACE_CHARACTERS, PLACE_ENDS,
};
use crate::similar::corrections;
use crate::sound;

impl Engine<'_> {
    /// The place that a question names and of which the site has nothing; asked only if characters are `unknown`.
    pub(super) fn absent_place(
        &self,
        q: &Question,
        unknown: u32,
        answer: &mut Answer,
    ) -> Option<NamedPlace> {
        let province = self
            .manifest
            .absent
            .0
            .iter()
            .find(|name| q.words.contains(name.as_str()));
        if let Some(name) = province {
            return Some(NamedPlace {
                entry: 0,
                absent: name.clone(),
                is_county: true,
            });
        }
        for run in &q.runs {
            for end in MIN_ABSENT_PLACE_CHARACTERS..=run.chars.len() {
                let names = place_names(run, end, unknown);
                let Some(shortest) = names.first() else {
                    continue;
                };
                let shelves = self.manifest.place_shelves;
                let shelf = format::hash(format::place_address(shortest)) % shelves;
                let name = format!("p{shelf}");
                let Some(payload) = self.payload(&name) else {
                    continue;
                };
                if !answer.files.contains(&name) {
                    answer.files.push(name);
                }
                for listed in payload.split('~') {
                    let (name, entry) = listed.split_once(' ').unwrap_or((listed, ""));
                    if names.iter().any(|one| one == name) {
                        return Some(NamedPlace {
                            entry: entry.parse().unwrap_or(0),
                            absent: name.to_owned(),
                            is_county: true,
                        });
                    }
                }
            }
        }
        None
    }

    /// Looks for what may have been meant by `unknown` characters, and adds it to the question.
    pub(super) fn correct(
        &self,
        q: &mut Question,
        terms: &mut Terms,
        answer: &mut Answer,
        unknown: u32,
    ) {
        let sounds = self
            .payload("y")
            .map(|runs| sound::read_common(&runs))
            .unwrap_or_default();
        answer.files.push("y".to_owned());
        let mut tries: Vec<Token> = Vec::new();
        for run in &q.runs {
            tries.extend(corrections(run, unknown, terms, |c| {
                sounds.get(&c).cloned()
            }));
        }
        for shelf in self.correction_shelves(&tries, answer) {
            self.load(shelf, terms, answer);
        }
        for token in tries {
            if terms.contains_key(&token.key) && !q.tokens.contains(&token) {
                answer.corrected = true;
                q.tokens.push(token);
            }
        }
    }

    /// Shelves of tokens that are on none of those that were fetched.
    fn correction_shelves(&self, tries: &[Token], answer: &Answer) -> Vec<u32> {
        let mut shelves: Vec<u32> = Vec::new();
        for token in tries {
            let mut stands = self.shelves_of(&token.key).peekable();
            let first = stands.peek().copied();
            let is_loaded = stands.any(|shelf| {
                shelves.contains(&shelf) || answer.files.contains(&format!("s{shelf}"))
            });
            if let Some(first) =
                first.filter(|_| !is_loaded && shelves.len() < MAX_CORRECTION_SHELVES)
            {
                shelves.push(first);
            }
        }
        shelves
    }
}

/// Pieces of a run that end before `end` as names of places do, with unknown characters, the shortest first.
fn place_names(run: &Run, end: usize, unknown: u32) -> Vec<String> {
    if !PLACE_ENDS.contains(run.chars[end - 1]) {
        return Vec::new();
    }
    (MIN_ABSENT_PLACE_CHARACTERS..=end.min(MAX_PLACE_CHARACTERS))
        .map(|count| end - count)
        .filter(|from| unknown & bits(run.unit + from, end - from) != 0)
        .map(|from| run.chars[from..end].iter().collect())
        .collect()
}
