//! The engine: from a question to ranked results, on the files of the index.
//!
//! Comes in: a question and a way to fetch files by name. Goes out: [`Answer`]. Everything is whole numbers, so that the
//! browser (`search.js` of the theme) ranks exactly as this does; a test runs both. Steps:
//!
//! 1. Tokens ([`question`]) and the shelves on which their terms are; at most [`crate::ranking::MAX_SHELVES`] are fetched (`plan`).
//! 2. Names of places as a whole (`names`). What is not known is corrected: one character wrong, missing, swapped, or of
//!    the same sound (`correct`).
//! 3. Every entry gets, for each token, the weight of the term (how rare it is) times the level of its field; an entry also
//!    gets a third of what its page has in its title, a page a third of what its best entry has (`points`).
//! 4. The score is multiplied by the square of the share of the question that the entry covers.
//! 5. The best are fetched and put in order by what only their words show: the longest common piece, an equal title, an
//!    open window (`results`).

mod correct;
mod excerpt;
mod facts;
mod names;
mod plan;
mod points;
mod results;

use std::collections::HashMap;

use crate::fold::Folder;
use crate::format::{self, Posting};
use crate::question::{self, Phrases, Question, Token};
use crate::ranking::{
    EntryKind, Intent, LEVEL_TOPIC, SURE_BY_LENGTH, SURE_BY_PHRASED, SURE_BY_TITLED,
    SURE_BY_UNKNOWN, SURE_UNITS,
};
use crate::records::{Manifest, State};
use crate::similar;

use excerpt::Sought;
pub use facts::Card;
use facts::NamedPlace;

/// Gives a file of the index by its name.
type Fetch<'a> = Box<dyn Fn(&str) -> Option<String> + 'a>;

/// What the engine reads from: files of the index by name (`s12`, `b3`, `x`), each fetched at most once a question.
pub struct Engine<'a> {
    /// The entry file.
    pub manifest: Manifest,
    /// Common ideographs.
    common: Vec<char>,
    /// Characters that carry little.
    light: Vec<char>,
    phrases: Phrases,
    folder: &'a Folder,
    /// The reader's day, `2023-07-17`.
    today: String,
    fetch: Fetch<'a>,
}

/// A term as it is on its shelf.
#[derive(Debug)]
struct Term {
    /// Magnitude of the number of its entries.
    frequency: u32,
    postings: Vec<Posting>,
    /// Of an everyday phrase: the words of the texts that it is said instead of, folded, divided by `|`.
    words: String,
}

/// Terms that were fetched, by their keys.
type Terms = HashMap<String, Term>;

/// Where a result is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// 直接回答
    Answer,
    /// 页面
    Page,
    /// 条款
    Clause,
}

impl Group {
    /// The name that scripts and the command say.
    pub fn name(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Page => "page",
            Self::Clause => "clause",
        }
    }
}

/// How directly a result answers, most directly last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Directness {
    /// A result as others.
    Plain,
    /// The county or area is meant.
    Place,
    /// The title or the number is meant.
    Title,
}

/// A result.
#[derive(Debug, Clone)]
pub struct Found {
    /// The number of the entry.
    pub id: u32,
    /// What it is.
    pub kind: EntryKind,
    /// Where it is shown.
    pub group: Group,
    /// Title of the page.
    pub title: String,
    /// Heading of the clause; empty for a page.
    pub heading: String,
    /// Address below the root of the site.
    pub url: String,
    /// The words of the entry.
    pub text: String,
    /// The piece of them that is shown: its first character, and the one after its last.
    pub shown: (usize, usize),
    /// Where it belongs.
    pub path: String,
    /// Date in words.
    pub date: String,
    /// State by date, if it has one.
    pub state: Option<State>,
    directness: Directness,
    /// Points.
    pub score: i64,
    /// Share of the question that it covers, in per cent.
    pub covered: i64,
    /// Whether it is only a suggestion.
    pub weak: bool,
}

impl Found {
    /// The piece of the words that is shown.
    pub fn excerpt(&self) -> &str {
        let at = |number: usize| {
            let mut places = self.text.char_indices().map(|(at, _)| at);
            places.nth(number).unwrap_or(self.text.len())
        };
        &self.text[at(self.shown.0)..at(self.shown.1)]
    }
}

/// Everything that a question brings.
#[derive(Debug, Default)]
pub struct Answer {
    /// What the question asks for.
    pub asked: Vec<Intent>,
    /// What the texts say of the place that was asked about.
    pub card: Option<Card>,
    /// Results, the best first.
    pub found: Vec<Found>,
    /// Tokens with how often they occur, for `--explain`.
    pub terms: Vec<(Token, Option<u32>)>,
    /// Files that were fetched.
    pub files: Vec<String>,
    /// Whether a place or a subject was named of which the site has nothing.
    pub absent: bool,
    /// Weight of all units of the question.
    pub total: i64,
    /// Share of it that is of words that the site does not have, in per cent.
    pub unknown: i64,
    /// Results of the first window: those that a browser shows at once.
    pub window: usize,
    /// How much the question itself says for its results: see `SURE_FROM`.
    pub sure: i64,
    /// Whether something was corrected.
    pub corrected: bool,
}

/// Units of a question, as bits.
#[derive(Debug, Clone, Copy)]
struct Units {
    /// Those whose shelves were fetched.
    asked: u32,
    /// Those of names of places.
    named: u32,
}

impl<'a> Engine<'a> {
    /// `fetch` gives the text of `search/index.js` under the name `i`, other files by their names. Nothing if the index is
    /// of another format or damaged.
    pub fn new(
        folder: &'a Folder,
        today: String,
        fetch: impl Fn(&str) -> Option<String> + 'a,
    ) -> Option<Self> {
        let manifest = Manifest::open(&format::payload(&fetch("i")?)?)?;
        let intents = manifest.intents.clone().map(|intent| intent.phrases.0);
        Some(Self {
            common: manifest.common.chars().collect(),
            light: manifest.light.chars().collect(),
            phrases: Phrases::from_lists(manifest.stop.0.clone(), intents),
            manifest,
            folder,
            today,
            fetch: Box::new(fetch),
        })
    }

    /// Answers a question with at most `most` results.
    pub fn ask(&self, query: &str, most: usize) -> Answer {
        let mut answer = Answer::default();
        let mut q = question::read(query, self.folder, &self.phrases);
        let mut terms = Terms::new();
        for shelf in self.plan(&q) {
            self.load(shelf, &mut terms, &mut answer);
        }
        let named = names::add_names(&mut q, &terms);
        let asked: u32 = q
            .tokens
            .iter()
            .filter(|t| self.is_loaded(&t.key, &answer))
            .fold(0, |mask, t| mask | t.units);
        let unknown = asked & !known_units(&q, &terms);
        let absent = match unknown {
            0 => None,
            unknown => self.absent_place(&q, unknown, &mut answer),
        };
        answer.absent = absent.is_some();
        if !answer.absent && similar::can_correct(&q, unknown) {
            self.correct(&mut q, &mut terms, &mut answer, unknown);
        }
        let place = absent.or_else(|| facts::named_place(&q, &terms));
        let units = Units { asked, named };
        let meanings = facts::named_words(&q, &terms);
        answer.card = self
            .meaning(&meanings, &mut answer)
            .or_else(|| self.card(&q, &terms, place.as_ref(), named, &mut answer));
        let ranked = self.rank(&q, &terms, units, &mut answer);
        answer.sure = sure(&q, &terms, answer.unknown);
        answer.asked = q.asked.clone();
        for (token, term) in q.tokens.iter().map(|t| (t, terms.get(&t.key))) {
            if term.is_some() || self.is_loaded(&token.key, &answer) {
                let frequency = term.map(|t| t.frequency);
                answer.terms.push((token.clone(), frequency));
            }
        }
        let sought = Sought::new(&q, &terms, self.manifest.size);
        self.show(&q, &ranked, units, most, &mut answer);
        excerpt::show(&mut answer.found, &sought);
        if answer.card.is_none() {
            answer.card = facts::unwritten(&q, &self.phrases, &answer);
        }
        answer
    }

    /// The payload of a file.
    fn payload(&self, name: &str) -> Option<String> {
        format::payload(&(self.fetch)(name)?)
    }
}

/// How much a question says for its results, whatever they are: by its length, by words of titles, by names and everyday
/// phrases, against words that the site does not have.
fn sure(q: &Question, terms: &Terms, unknown: i64) -> i64 {
    let (mut titled, mut phrased) = (0u32, 0u32);
    for token in &q.tokens {
        let Some(term) = terms.get(&token.key) else {
            continue;
        };
        if term.postings.first().is_some_and(|p| p.1 >= LEVEL_TOPIC) {
            titled |= token.units;
        }
        if token.key.starts_with(['=', '+']) {
            phrased |= token.units;
        }
    }
    let units = i64::try_from(q.units.max(1)).unwrap_or(i64::MAX);
    let share = |bits: u32| i64::from(bits.count_ones()) * 100 / units;
    let length = units.min(SURE_UNITS) * 100 / SURE_UNITS;
    SURE_BY_LENGTH * length
        + SURE_BY_TITLED * share(titled)
        + SURE_BY_PHRASED * share(phrased)
        + SURE_BY_UNKNOWN * unknown
}

/// Units of tokens that the index knows.
fn known_units(q: &Question, terms: &Terms) -> u32 {
    q.tokens
        .iter()
        .filter(|t| terms.contains_key(&t.key))
        .fold(0, |mask, t| mask | t.units)
}
