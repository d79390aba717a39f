//! The engine: from a question to ranked results, on the files of the index.
//!
//! Comes in: a question and a way to fetch files by name. Goes out: [`Found`]. Everything is whole numbers, so that the
//! browser (`search.js` of the theme) ranks exactly alike; a test runs both. Steps:
//!
//! 1. Tokens ([`question`]), the shelves they stand on, at most [`MOST_SHELVES`].
//! 2. Names of places as a whole; what is not known is mended: one character wrong, missing, swapped, or of the same
//!    sound.
//! 3. Every entry gets, for each token, the term's weight (how rare it is) times the level of its field; an entry also
//!    gets a third of what its page has in its title, a page a third of what its best entry has.
//! 4. The score is multiplied by the square of the share of the question that the entry covers.
//! 5. The best are fetched and put in order with what only their words show: the longest common piece, an equal title,
//!    an open window.

use std::collections::{BTreeMap, HashMap};

use super::alike::{guesses, longest_common, longest_subsequence, may_mend};
use super::entries::{Sort, level};
use super::fold::{Folder, fold_signs, is_han};
use super::format::{self, INHERITED, PLACE_BITS, SEPARATORS};
use super::question::{self, Phrases, Question, Token, WHOLE, bits};
use super::sound;
use super::words::INTENTS;

/// Shelves fetched for a question, and for a long one.
pub const MOST_SHELVES: usize = 6;
pub const MOST_SHELVES_LONG: usize = 8;
/// Units from which a question is long.
const LONG: usize = 12;
/// Shelves fetched to mend what was not found.
const MOST_MENDING: usize = 4;
/// Entries whose words are compared at once.
pub const WINDOW: usize = 5;
/// Boxes that the first of them come from, at most: the others follow when these are shown.
pub const WINDOW_BOXES: usize = 3;
/// Entries that are ever shown.
pub const MOST_FOUND: usize = 48;
/// Below this share of the question, in per cent, a result is only a suggestion.
const WEAK: i64 = 42;
/// Characters with which names of places end, and the longest name.
const PLACE_ENDS: &str = "县区市旗州盟省";
const LONGEST_PLACE: usize = 16;
/// Characters of the longest subject of which the site says nothing.
const LONGEST_SUBJECT: usize = 6;
/// Points for each point of a question's weight, in tenths, below which a result is only a suggestion.
const FAINT: i64 = 95;

/// The entry file, read.
#[derive(Debug, Clone)]
pub struct Entry {
    pub version: String,
    pub shelves: u32,
    /// Shelves of names of places of which the site has nothing.
    pub place_shelves: u32,
    pub box_bits: u32,
    /// Whether terms stand on two shelves.
    pub twice: bool,
    /// In a large site: parts before the documents of single counties; else 0.
    pub wide: u32,
    /// Parts of self-checks, which are the first.
    pub checks: u32,
    /// Magnitude of the number of entries.
    pub size: u32,
    pub common: Vec<char>,
    /// Characters that carry little.
    pub light: Vec<char>,
    pub phrases: Phrases,
    pub intents: [Vec<(u32, u8)>; 4],
}

impl Entry {
    /// Reads `search/index.js`; nothing if it is of another format or damaged.
    pub fn read(script: &str) -> Option<Self> {
        let payload = format::payload(script)?;
        let fields: Vec<&str> = payload.split(SEPARATORS.2).collect();
        if fields.len() != 12 + 2 * INTENTS.len() || fields[0] != format::FORMAT.to_string() {
            return None;
        }
        let list = |text: &str| {
            text.split(' ')
                .filter(|p| !p.is_empty())
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        let mut phrases: [Vec<String>; 4] = Default::default();
        let mut intents: [Vec<(u32, u8)>; 4] = Default::default();
        for i in 0..INTENTS.len() {
            phrases[i] = list(fields[12 + 2 * i]);
            intents[i] = format::read_postings(fields[13 + 2 * i])?;
        }
        Some(Self {
            version: fields[1].to_owned(),
            shelves: fields[2].parse().ok().filter(|n| *n > 0)?,
            place_shelves: fields[3].parse().ok().filter(|n| *n > 0)?,
            box_bits: fields[4].parse().ok().filter(|n| *n < 8)?,
            twice: fields[5] == "1",
            wide: fields[6].parse().ok()?,
            checks: fields[7].parse().ok()?,
            size: fields[8].parse().ok()?,
            common: fields[9].chars().collect(),
            light: fields[10].chars().collect(),
            phrases: Phrases::from_lists(list(fields[11]), phrases),
            intents,
        })
    }
}

/// Gives a file of the index by its name.
type Fetch<'a> = Box<dyn Fn(&str) -> Option<String> + 'a>;

/// What the engine reads from: files of the index by name (`s12`, `b3`, `x`), each fetched at most once.
pub struct Engine<'a> {
    pub entry: Entry,
    folder: &'a Folder,
    /// The reader's day, `2023-07-17`.
    today: String,
    fetch: Fetch<'a>,
}

/// A term as it stands on its shelf.
type Term = (u32, Vec<(u32, u8)>);

/// A result.
#[derive(Debug, Clone)]
pub struct Found {
    pub id: u32,
    pub sort: Sort,
    /// `answer`, `page` or `clause`
    pub group: &'static str,
    pub title: String,
    pub heading: String,
    pub url: String,
    pub text: String,
    pub path: String,
    pub date: String,
    pub state: String,
    /// 3: the title or the number is meant, 2: the county is, 1: a self-check may be.
    rank: u8,
    pub score: i64,
    /// Share of the question that it covers, in per cent.
    pub covered: i64,
    pub weak: bool,
}

/// Everything that a question brings.
#[derive(Debug, Default)]
pub struct Answer {
    pub found: Vec<Found>,
    /// Tokens with how often they occur, for `--explain`.
    pub terms: Vec<(Token, Option<u32>)>,
    /// Files that were fetched.
    pub files: Vec<String>,
    /// A place or a subject was named of which the site has nothing.
    pub absent: bool,
    /// Weight of all units of the question.
    pub total: i64,
    /// Whether something was mended.
    pub mended: bool,
}

/// Points and covered units of an entry.
#[derive(Debug, Clone, Copy, Default)]
struct Points {
    score: i64,
    units: u32,
    /// The highest level of a document number that matched.
    number: u8,
    /// Units of names that are this entry's own.
    named: u32,
}

/// An entry with its points, before its words are known.
#[derive(Debug, Clone, Copy)]
struct Ranked {
    id: u32,
    score: i64,
    /// In per cent.
    covered: i64,
    /// Its own document number is asked for.
    exact: bool,
    /// Its own name stands in the question.
    own_name: bool,
    named: u32,
}

impl<'a> Engine<'a> {
    /// `fetch` gives the text of `search/index.js` under the name `i`, other files by their names.
    pub fn new(
        folder: &'a Folder,
        today: String,
        fetch: impl Fn(&str) -> Option<String> + 'a,
    ) -> Option<Self> {
        Some(Self {
            entry: Entry::read(&fetch("i")?)?,
            folder,
            today,
            fetch: Box::new(fetch),
        })
    }

    /// The shelf, or the two shelves, on which a key stands.
    fn shelves_of(&self, key: &str) -> impl Iterator<Item = u32> {
        let (first, second) = format::addresses(key, &self.entry.common, self.entry.twice);
        let shelves = self.entry.shelves;
        std::iter::once(first)
            .chain(second)
            .map(move |address| format::hash(&address) % shelves)
    }

    fn is_loaded(&self, key: &str, answer: &Answer) -> bool {
        self.shelves_of(key)
            .any(|shelf| answer.files.contains(&format!("s{shelf}")))
    }

    fn load(&self, shelf: u32, terms: &mut HashMap<String, Term>, answer: &mut Answer) {
        let name = format!("s{shelf}");
        if answer.files.contains(&name) {
            return;
        }
        let Some(payload) = (self.fetch)(&name).and_then(|s| format::payload(&s)) else {
            return;
        };
        answer.files.push(name);
        for term in payload.split('~') {
            let Some((key, rest)) = term.split_once(' ') else {
                continue;
            };
            let mut signs = rest.chars();
            if let Some(often) = format::read_number(&mut signs)
                && let Some(postings) = format::read_postings(signs.as_str())
            {
                terms.insert(key.to_owned(), (often, postings));
            }
        }
    }

    /// Answers a question with at most `most` results.
    pub fn ask(&self, query: &str, most: usize) -> Answer {
        let mut answer = Answer::default();
        let mut q = question::read(query, self.folder, &self.entry.phrases);
        let mut terms = HashMap::new();
        for shelf in self.plan(&q) {
            self.load(shelf, &mut terms, &mut answer);
        }
        let named = names(&mut q, &terms);
        let asked: u32 = q
            .tokens
            .iter()
            .filter(|t| self.is_loaded(&t.key, &answer))
            .fold(0, |mask, t| mask | t.units);
        let lost = asked & !known_units(&q, &terms);
        answer.absent = is_other(&q, &terms);
        if !answer.absent && may_mend(&q, lost) {
            answer.absent = self.is_absent(&q, lost, &mut answer);
            if !answer.absent {
                self.mend(&mut q, &mut terms, &mut answer, lost);
            }
        }
        let ranked = self.rank(&q, &terms, asked, named, &mut answer);
        for (token, term) in q.tokens.iter().map(|t| (t, terms.get(&t.key))) {
            if term.is_some() || self.is_loaded(&token.key, &answer) {
                answer.terms.push((token.clone(), term.map(|t| t.0)));
            }
        }
        self.show(&q, ranked, named, most, &mut answer);
        answer
    }

    /// The shelves to fetch: again and again the one with most to say of what is not yet covered.
    fn plan(&self, q: &Question) -> Vec<u32> {
        let mut open: Vec<(Vec<u32>, u32)> = q
            .tokens
            .iter()
            .map(|token| {
                let chars: Vec<char> = token.key.chars().collect();
                let common =
                    chars.len() == 2 && chars.iter().all(|c| self.entry.common.contains(c));
                let value = match (token.units, common) {
                    (0, _) => 0,
                    (_, true) => 1,
                    _ if chars.len() == 2 && is_han(chars[0]) => 4,
                    _ => 8,
                };
                (self.shelves_of(&token.key).collect(), value)
            })
            .collect();
        let most = if q.units > LONG {
            MOST_SHELVES_LONG
        } else {
            MOST_SHELVES
        };
        let (mut plan, mut strong) = (Vec::new(), 0);
        while plan.len() < most {
            let mut worth: Vec<(u32, u32)> = Vec::new();
            for (shelves, value) in &open {
                for shelf in shelves {
                    match worth.iter_mut().find(|(s, _)| s == shelf) {
                        Some((_, sum)) => *sum += value,
                        None => worth.push((*shelf, *value)),
                    }
                }
            }
            // The first of equal ones.
            let Some(&(shelf, value)) = worth.iter().rev().max_by_key(|(_, value)| *value) else {
                break;
            };
            // What only helps, or says little, is not fetched where enough else is.
            let enough = match value {
                0 => plan.len() >= 3,
                1..4 => plan.len() >= 4 && strong >= 3,
                _ => false,
            };
            if enough {
                break;
            }
            strong += usize::from(value >= 4);
            plan.push(shelf);
            open.retain(|(shelves, _)| !shelves.contains(&shelf));
        }
        plan
    }

    /// Whether the question names a place of which the site has nothing; asked only where characters are not known.
    fn is_absent(&self, q: &Question, lost: u32, answer: &mut Answer) -> bool {
        for run in &q.runs {
            for end in 3..=run.chars.len() {
                if !PLACE_ENDS.contains(run.chars[end - 1]) {
                    continue;
                }
                let names = (3..=end.min(LONGEST_PLACE))
                    .map(|count| end - count)
                    .filter(|from| lost & bits(run.unit + from, end - from) != 0)
                    .map(|from| run.chars[from..end].iter().collect::<String>())
                    .collect::<Vec<_>>();
                let Some(last) = names.first() else {
                    continue;
                };
                let shelf = format::hash(format::place_address(last)) % self.entry.place_shelves;
                let name = format!("p{shelf}");
                let Some(payload) = (self.fetch)(&name).and_then(|s| format::payload(&s)) else {
                    continue;
                };
                if !answer.files.contains(&name) {
                    answer.files.push(name);
                }
                if payload.split('~').any(|p| names.iter().any(|n| n == p)) {
                    return true;
                }
            }
        }
        false
    }

    /// Looks for what may have been meant where characters are not known.
    fn mend(
        &self,
        q: &mut Question,
        terms: &mut HashMap<String, Term>,
        answer: &mut Answer,
        lost: u32,
    ) {
        let sounds = (self.fetch)("y")
            .and_then(|s| format::payload(&s))
            .map(|runs| sound::read_common(&runs))
            .unwrap_or_default();
        answer.files.push("y".to_owned());
        let mut tries: Vec<Token> = Vec::new();
        for run in &q.runs {
            tries.extend(guesses(run, lost, terms, |c| sounds.get(&c).cloned()));
        }
        let mut shelves: Vec<u32> = Vec::new();
        for token in &tries {
            let mut stands = self.shelves_of(&token.key).peekable();
            let first = stands.peek().copied();
            let is_loaded = stands.any(|shelf| {
                shelves.contains(&shelf) || answer.files.contains(&format!("s{shelf}"))
            });
            if let Some(first) = first.filter(|_| !is_loaded && shelves.len() < MOST_MENDING) {
                shelves.push(first);
            }
        }
        for shelf in shelves {
            self.load(shelf, terms, answer);
        }
        for token in tries {
            if terms.contains_key(&token.key) && !q.tokens.contains(&token) {
                answer.mended = true;
                q.tokens.push(token);
            }
        }
    }

    /// Points of every entry, best first.
    fn rank(
        &self,
        q: &Question,
        terms: &HashMap<String, Term>,
        asked: u32,
        named: u32,
        answer: &mut Answer,
    ) -> Vec<Ranked> {
        let mut own: BTreeMap<u32, Points> = BTreeMap::new();
        let mut unit_weight = [0i64; question::MOST_UNITS];
        let size = i64::from(self.entry.size);
        for token in &q.tokens {
            let Some((often, postings)) = terms.get(&token.key) else {
                continue;
            };
            let weight = (size - i64::from(*often)).max(1);
            for (unit, most) in unit_weight.iter_mut().enumerate() {
                if token.units >> unit & 1 == 1 {
                    *most = (*most).max(weight);
                }
            }
            let number = token.key.starts_with('#');
            for &(id, level) in postings {
                let points = own.entry(id).or_default();
                points.score += weight * i64::from(level) * i64::from(token.factor);
                points.units |= token.units;
                if number {
                    points.number = points.number.max(level);
                }
                if token.key.starts_with('=') && level >= level::HEADING {
                    points.named |= token.units;
                }
            }
        }
        for run in &q.runs {
            for (i, c) in run.chars.iter().enumerate() {
                if self.entry.light.contains(c)
                    && let Some(weight) = unit_weight.get_mut(run.unit + i)
                {
                    *weight = if *weight == 0 {
                        size / 8
                    } else {
                        (*weight).min(size / 4)
                    };
                }
            }
        }
        // What was looked for and is nowhere counts as rare.
        for (unit, weight) in unit_weight.iter_mut().enumerate() {
            if *weight == 0 && asked >> unit & 1 == 1 {
                *weight = size * 5 / 8;
            }
        }
        let only_intent = own.is_empty();
        for &intent in &q.intents {
            for &(id, level) in &self.entry.intents[intent] {
                if only_intent || own.contains_key(&id) {
                    let points = own.entry(id).or_default();
                    points.score += i64::from(level) * i64::from(WHOLE) * 10;
                }
            }
        }
        let sum = |units: u32| -> i64 {
            unit_weight
                .iter()
                .enumerate()
                .filter(|(unit, _)| units >> unit & 1 == 1)
                .map(|(_, w)| w)
                .sum()
        };
        let total = sum(u32::MAX).max(1);
        let mut heads: BTreeMap<u32, Points> = BTreeMap::new();
        let mut best: BTreeMap<u32, Points> = BTreeMap::new();
        for (&id, points) in &own {
            let part = id >> PLACE_BITS;
            let place = id & 15;
            if place == 0 || place == INHERITED {
                heads.insert(part, *points);
            } else {
                // The first of equal ones: entries come in order.
                let most = best.entry(part).or_default();
                if points.score > most.score {
                    *most = *points;
                }
            }
        }
        let mut ranked: Vec<Ranked> = Vec::with_capacity(own.len());
        answer.total = total;
        for (&id, points) in &own {
            let part = id >> PLACE_BITS;
            let mut points = *points;
            let own_name = points.named != 0;
            match id & 15 {
                INHERITED => continue,
                0 => {
                    if let Some(entry) = best.get(&part) {
                        points.score += entry.score / 3;
                        points.units |= entry.units;
                    }
                }
                _ => {
                    if let Some(head) = heads.get(&part) {
                        points.score += head.score / 3;
                        points.units |= head.units;
                        points.named |= head.named;
                    }
                }
            }
            let covered = if only_intent {
                total
            } else {
                sum(points.units)
            };
            let score = points.score * covered / total * covered / total;
            let exact = points.number >= level::NAME - 1;
            // Where no place is named and many counties say the same, the rule for all of them is meant.
            let local = self.entry.wide > 0 && part > self.entry.wide && named == 0;
            let score = match (exact, local) {
                (true, _) => score * 2,
                (_, true) => score / 2,
                _ => score,
            };
            ranked.push(Ranked {
                id,
                score,
                covered: covered * 100 / total,
                exact,
                own_name,
                named: points.named,
            });
        }
        ranked.sort_by(|a, b| b.score.cmp(&a.score).then(a.id.cmp(&b.id)));
        ranked.truncate(MOST_FOUND);
        // A self-check that fits answers the question: its words are looked at first.
        let best = ranked.first().map_or(0, |r| r.score);
        if let Some(at) = ranked.iter().position(|r| {
            r.id & 15 == 0 && r.id >> PLACE_BITS <= self.entry.checks && r.score * 10 >= best * 6
        }) {
            ranked[..=at].rotate_right(1);
        }
        ranked
    }

    /// Fetches the best entries, window by window, and puts each window in order.
    fn show(
        &self,
        q: &Question,
        ranked: Vec<Ranked>,
        named: u32,
        most: usize,
        answer: &mut Answer,
    ) {
        let mut boxes: HashMap<u32, Option<String>> = HashMap::new();
        let mut rest = ranked.as_slice();
        while !rest.is_empty() && answer.found.len() < most {
            let shown = ranked.len() - rest.len();
            let (window, after) = rest.split_at(self.window(q, rest, shown));
            rest = after;
            let mut found: Vec<Found> = Vec::new();
            for one in window {
                let part = one.id >> PLACE_BITS;
                let number = part >> self.entry.box_bits;
                let payload = boxes.entry(number).or_insert_with(|| {
                    let name = format!("b{number}");
                    let payload = (self.fetch)(&name).and_then(|s| format::payload(&s));
                    if payload.is_some() {
                        answer.files.push(name);
                    }
                    payload
                });
                if let Some(entry) = payload
                    .as_deref()
                    .and_then(|p| self.entry_of(p, one.id, part))
                {
                    found.push(self.judge(q, entry, one, named, answer));
                }
            }
            order(&mut found);
            for one in found {
                if !answer.found.iter().any(|f| f.url == one.url) {
                    answer.found.push(one);
                }
            }
        }
        answer.found.truncate(most);
    }

    /// How many of the entries to show next: at first as many as stand in a few boxes. A long question may be a title,
    /// which only the words of the entries show.
    fn window(&self, q: &Question, rest: &[Ranked], shown: usize) -> usize {
        let most = match shown {
            ..WINDOW => WINDOW - shown,
            _ => WINDOW,
        };
        let mut boxes: Vec<u32> = Vec::new();
        for (count, one) in rest.iter().enumerate().take(most) {
            let number = one.id >> PLACE_BITS >> self.entry.box_bits;
            if !boxes.contains(&number) {
                if shown == 0 && q.units <= LONG && boxes.len() == WINDOW_BOXES {
                    return count;
                }
                boxes.push(number);
            }
        }
        rest.len().min(most)
    }

    /// An entry out of its box.
    fn entry_of(&self, payload: &str, id: u32, part: u32) -> Option<Found> {
        let at = (part & ((1 << self.entry.box_bits) - 1)) as usize;
        let part = payload.split(SEPARATORS.0).nth(at)?;
        let mut entries = part.split(SEPARATORS.1);
        let head: Vec<&str> = entries.next()?.split(SEPARATORS.2).collect();
        if head.len() != 9 {
            return None;
        }
        let sort = |text: &str| text.chars().next().and_then(Sort::of_letter);
        let mut found = Found {
            id,
            sort: sort(head[0])?,
            group: "page",
            title: head[2].to_owned(),
            heading: String::new(),
            url: head[1].to_owned(),
            text: head[4].to_owned(),
            path: head[3].to_owned(),
            date: head[5].to_owned(),
            state: head[6].to_owned(),
            rank: 0,
            score: 0,
            covered: 0,
            weak: false,
        };
        let place = (id & 15) as usize;
        if place > 0 {
            let item: Vec<&str> = entries.nth(place - 1)?.split(SEPARATORS.2).collect();
            if item.len() != 5 {
                return None;
            }
            found.sort = sort(item[0])?;
            found.text = item[3].to_owned();
            if item[1].starts_with('#') {
                found.group = "clause";
                found.heading = item[2].to_owned();
                found.url.push_str(item[1]);
            } else {
                found.url = item[1].to_owned();
                found.title = item[2].to_owned();
                found.state = item[4].to_owned();
            }
        }
        Some(found)
    }

    /// Whether a window is open, or a document in force, on the reader's day.
    fn holds(&self, state: &str) -> bool {
        let mut fields = state.split('|');
        let mut next = || fields.next().unwrap_or_default();
        let (code, _, scale, from, until, floor) = (next(), next(), next(), next(), next(), next());
        let today = self.today.as_str();
        match scale {
            "window" => {
                from <= today
                    && !from.is_empty()
                    && (until.is_empty() || today <= until || floor == "1")
            }
            _ => code == "in-force",
        }
    }

    /// What only the words of an entry show.
    fn judge(
        &self,
        q: &Question,
        mut found: Found,
        points: &Ranked,
        named: u32,
        answer: &Answer,
    ) -> Found {
        let Ranked {
            score,
            covered,
            exact,
            ..
        } = *points;
        let plain = |text: &str| -> Vec<char> {
            fold_signs(text)
                .into_iter()
                .filter(|c| is_han(*c) || c.is_ascii_alphanumeric())
                .collect()
        };
        let title = plain(&found.title);
        let is_page = found.heading.is_empty();
        let mut words = title.clone();
        words.push(' ');
        words.extend(plain(&found.heading));
        words.push(' ');
        words.extend(plain(&found.text));
        let length = i64::try_from(q.subject.len().max(1)).unwrap_or(1);
        let common = i64::try_from(longest_common(&q.subject, &words)).unwrap_or(0);
        let mut score = score;
        if common > 1 {
            score += score * common / length / 2;
        }
        let whole = is_page && title == q.typed;
        if whole {
            score *= 3;
        }
        // A title is meant when nearly all that was asked stands in it, in this order, or (a longer question) in any.
        let in_title = i64::try_from(longest_subsequence(&q.subject, &title)).unwrap_or(0);
        let loose = q.subject.iter().filter(|c| title.contains(c)).count();
        let loose = i64::try_from(loose).unwrap_or(0);
        let titled = whole
            || is_page && length > 6 && in_title * 10 >= length * 9
            || is_page && length > 9 && loose * 20 >= length * 19
            || is_page && length > 5 && loose == length && found.sort != Sort::Check;
        if titled {
            score = score * 3 / 2;
        }
        score = match found.sort {
            Sort::Topic | Sort::Text if !whole => score / 2,
            _ => score,
        };
        if self.holds(&found.state) {
            score += score / 16;
        }
        found.score = score;
        found.covered = covered;
        let weak = answer.absent || covered < WEAK || score * 10 < FAINT * answer.total;
        let is_named = matches!(found.sort, Sort::County | Sort::Area)
            && points.own_name
            && points.named & named == named;
        found.weak = answer.absent || weak && !is_named;
        let check = found.sort == Sort::Check && is_page;
        found.rank = match () {
            () if found.weak => 0,
            () if titled || exact && is_page => 3,
            () if is_named => 2,
            () if check => 1,
            () => 0,
        };
        found
    }
}

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

/// Whether the question is about one of the subjects of which the site says nothing.
fn is_other(q: &Question, terms: &HashMap<String, Term>) -> bool {
    pieces(q, LONGEST_SUBJECT).any(|(phrase, _)| terms.contains_key(&format!("!{phrase}")))
}

/// Units of tokens that the index knows.
fn known_units(q: &Question, terms: &HashMap<String, Term>) -> u32 {
    q.tokens
        .iter()
        .filter(|t| terms.contains_key(&t.key))
        .fold(0, |mask, t| mask | t.units)
}

/// Adds names and everyday phrases that stand in the question as a whole; returns the units of the names of places.
fn names(q: &mut Question, terms: &HashMap<String, Term>) -> u32 {
    let mut named = 0;
    let mut found: Vec<Token> = Vec::new();
    for (name, units) in pieces(q, LONGEST_PLACE) {
        // 许昌县 is not 许昌 and something more.
        if found.iter().any(|f| f.units & units == units) {
            continue;
        }
        for sign in ["=", "+"] {
            let key = format!("{sign}{name}");
            if let Some((_, postings)) = terms.get(&key) {
                // The highest level stands first.
                let place = postings.first().is_some_and(|p| p.1 > level::TOPIC);
                if sign == "=" && place {
                    named |= units;
                }
                found.push(Token {
                    key,
                    factor: WHOLE,
                    units,
                });
            }
        }
    }
    q.tokens.extend(found);
    named
}

/// Answers first, then pages and clauses, each by score; weak ones last.
fn order(found: &mut [Found]) {
    let best = found.iter().map(|f| f.score).max().unwrap_or(0);
    for one in found.iter_mut() {
        // A self-check answers only where it fits not much worse than anything else.
        if one.rank == 1 && one.score * 10 < best * 6 {
            one.rank = 0;
        }
        if one.rank > 0 {
            one.group = "answer";
        }
    }
    // Pages and clauses stand together, those first of which the best is better.
    let best_of = |group: &str, found: &[Found]| {
        found
            .iter()
            .filter(|f| f.rank == 0 && !f.weak && f.group == group)
            .map(|f| f.score)
            .max()
            .unwrap_or(-1)
    };
    let first = if best_of("page", found) > best_of("clause", found) {
        "page"
    } else {
        "clause"
    };
    found.sort_by(|a, b| {
        let key = |f: &Found| {
            let later = !f.weak && f.rank == 0 && f.group != first;
            (
                f.weak,
                std::cmp::Reverse(f.rank),
                later,
                std::cmp::Reverse(f.score),
                f.id,
            )
        };
        key(a).cmp(&key(b))
    });
}
