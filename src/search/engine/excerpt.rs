//! Excerpts: the piece of a text that says most of what was asked, as it is printed.
//!
//! Comes in: the words of the results, the words of a question. Goes out: where the piece begins and ends. It begins and
//! ends where a clause of the sentence does, and nothing is left out in between.

use super::{Found, Terms};
use crate::fold::fold_each;
use crate::question::Question;
use crate::ranking::{Intent, MAX_EXCERPT_CHARACTERS, MAX_FIRST_EXCERPT_CHARACTERS};

/// Signs after which an excerpt may begin.
const ENDS: &str = "。；！？，：、,;!?:";
/// Signs that end a sentence.
const SENTENCE_ENDS: &str = "。；！？;!?";

/// What an excerpt is to have.
pub(super) struct Sought {
    /// Words, and how much each says.
    words: Vec<(Vec<char>, i64)>,
    /// How much a number says; nothing if none is asked for.
    number: i64,
}

impl Sought {
    /// The words of a question, and those of texts instead of which it says something; `size` is that of the manifest.
    pub(super) fn new(q: &Question, terms: &Terms, size: u32) -> Self {
        let mut words = Vec::new();
        for token in &q.tokens {
            let Some(term) = terms.get(&token.key) else {
                continue;
            };
            let weight = i64::from(size) - i64::from(term.frequency);
            let own = token.key.trim_start_matches(['=', '+', '?']);
            for word in std::iter::once(own).chain(term.words.split('|')) {
                let word: Vec<char> = word.chars().collect();
                if word.len() > 1 {
                    words.push((word, weight.max(1)));
                }
            }
        }
        let number = match Intent::NUMBERS
            .iter()
            .any(|intent| q.asked.contains(intent))
        {
            true => i64::from(size) / 2,
            false => 0,
        };
        Self { words, number }
    }

    /// Where each word, and each number, of a text is: place, number of the word, how much it says.
    fn marks(&self, chars: &[char]) -> Vec<(usize, usize, i64)> {
        let mut marks = Vec::new();
        for (number, (word, weight)) in self.words.iter().enumerate() {
            let places = chars.windows(word.len()).enumerate();
            let here = places.filter(|(_, piece)| piece == word);
            marks.extend(here.map(|(at, _)| (at, number, *weight)));
        }
        if self.number > 0 {
            let digits = chars.iter().enumerate().filter(|(_, c)| c.is_ascii_digit());
            marks.extend(digits.map(|(at, _)| (at, self.words.len(), self.number)));
        }
        marks
    }
}

/// Chooses the piece of each result that is shown; the first has more room.
pub(super) fn show(found: &mut [Found], sought: &Sought) {
    for (number, one) in found.iter_mut().enumerate() {
        let room = match number {
            0 => MAX_FIRST_EXCERPT_CHARACTERS,
            _ => MAX_EXCERPT_CHARACTERS,
        };
        one.shown = excerpt(&one.text, sought, room);
    }
}

/// The piece of a text of at most `room` characters: its first character, and the one after its last.
fn excerpt(text: &str, sought: &Sought, room: usize) -> (usize, usize) {
    let chars = fold_each(text);
    if chars.len() <= room {
        return (0, chars.len());
    }
    let marks = sought.marks(&chars);
    let (mut best, mut most) = ((0, 0), (-1, false));
    for from in (0..chars.len()).filter(|&i| i == 0 || ENDS.contains(chars[i - 1])) {
        let to = end_of(&chars, from, room);
        let is_start = from == 0 || SENTENCE_ENDS.contains(chars[from - 1]);
        let worth = (worth(&marks, from, to), is_start);
        if worth > most {
            most = worth;
            best = (from, to);
        }
    }
    best
}

/// How much the words between two places say, each counted once.
fn worth(marks: &[(usize, usize, i64)], from: usize, to: usize) -> i64 {
    let mut seen: Vec<usize> = Vec::new();
    let mut sum = 0;
    for &(at, number, weight) in marks {
        if from <= at && at < to && !seen.contains(&number) {
            seen.push(number);
            sum += weight;
        }
    }
    sum
}

/// Where an excerpt ends that begins at `from`: at the last sign within its room.
fn end_of(chars: &[char], from: usize, room: usize) -> usize {
    let most = (from + room).min(chars.len());
    if most == chars.len() {
        return most;
    }
    let end = (from + 1..=most)
        .rev()
        .find(|&to| ENDS.contains(chars[to - 1]));
    end.unwrap_or(most)
}
