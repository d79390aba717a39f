//! Results: the best entries with their words, in their final order.
//!
//! Comes in: ranked entries. Goes out: [`Found`], window by window. What only the words show decides here: whether a title
//! is meant, how long the longest common piece is, whether a window is open today.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::points::Ranked;
use super::{Answer, Directness, Engine, Found, Group, Units};
use crate::fold::{fold_signs, is_han};
use crate::format::{self, part_of, place_of};
use crate::question::Question;
use crate::ranking::{
    AREA_TENTHS, CHECK_TENTHS, COMMON_PIECE_DIVISOR, ENDED_DIVISOR, EVIDENT_DIVISOR, EntryKind,
    Intent, LONG_QUESTION_UNITS, OPEN_DIVISOR, PAGE_TENTHS, PLACE_COVERED_LESS, SURE_AREA_PERCENT,
    SURE_BY_COVERED, SURE_BY_DIRECT, SURE_BY_SCORE, SURE_FROM, SURE_SCORE, TEXT_DIVISOR,
    TITLE_ALL_CHARACTERS, TITLE_HALVES, TITLE_LOOSE_CHARACTERS, TITLE_LOOSE_TWENTIETHS,
    TITLE_ORDERED_CHARACTERS, TITLE_ORDERED_TENTHS, WHOLE_TITLE_FACTOR, WINDOW, WINDOW_BOXES,
};
use crate::records::{Head, Item, Record, State};
use crate::similar::{longest_common, longest_subsequence};

impl Engine<'_> {
    /// Fetches the best entries, window by window, and puts each window in order.
    pub(super) fn show(
        &self,
        q: &Question,
        ranked: &[Ranked],
        units: Units,
        most: usize,
        answer: &mut Answer,
    ) {
        let mut boxes: HashMap<u32, Option<String>> = HashMap::new();
        let mut rest = ranked;
        while !rest.is_empty() && answer.found.len() < most {
            let shown = ranked.len() - rest.len();
            let (window, after) = rest.split_at(self.window(q, rest, shown));
            rest = after;
            let mut found: Vec<Found> = Vec::new();
            for one in window {
                let number = self.box_of(one.id);
                let payload = boxes.entry(number).or_insert_with(|| {
                    let name = format!("b{number}");
                    let payload = self.payload(&name);
                    if payload.is_some() {
                        answer.files.push(name);
                    }
                    payload
                });
                if let Some(entry) = payload.as_deref().and_then(|p| self.entry_of(p, one.id)) {
                    found.push(self.judge(q, entry, one, units, answer));
                }
            }
            order(&mut found, answer.card.is_some());
            for one in found {
                if !answer.found.iter().any(|f| f.url == one.url) {
                    answer.found.push(one);
                }
            }
            if shown == 0 {
                answer.window = answer.found.len();
            }
        }
        answer.found.truncate(most);
    }

    /// The box in which the words of an entry are.
    fn box_of(&self, id: u32) -> u32 {
        part_of(id) >> self.manifest.box_bits
    }

    /// How many of the entries to show next: at first as many as are in a few boxes. A long question may be a title,
    /// which only the words of the entries show.
    fn window(&self, q: &Question, rest: &[Ranked], shown: usize) -> usize {
        let most = match shown {
            ..WINDOW => WINDOW - shown,
            _ => WINDOW,
        };
        let mut boxes: Vec<u32> = Vec::new();
        for (count, one) in rest.iter().enumerate().take(most) {
            let number = self.box_of(one.id);
            if !boxes.contains(&number) {
                if shown == 0 && q.units <= LONG_QUESTION_UNITS && boxes.len() == WINDOW_BOXES {
                    return count;
                }
                boxes.push(number);
            }
        }
        rest.len().min(most)
    }

    /// An entry out of its box.
    fn entry_of(&self, payload: &str, id: u32) -> Option<Found> {
        let at = (part_of(id) & ((1 << self.manifest.box_bits) - 1)) as usize;
        let part = payload.split(format::PART).nth(at)?;
        let mut entries = part.split(format::ENTRY);
        let head = Head::read(entries.next()?)?;
        let mut found = Found {
            id,
            kind: kind_of(&head.kind)?,
            group: Group::Page,
            title: head.title,
            heading: String::new(),
            url: head.url,
            text: head.text,
            shown: (0, 0),
            path: head.path,
            date: head.date,
            state: state_of(&head.state)?,
            directness: Directness::Plain,
            score: 0,
            covered: 0,
            weak: false,
        };
        let place = place_of(id) as usize;
        if place > 0 {
            let item = Item::read(entries.nth(place - 1)?)?;
            found.kind = kind_of(&item.kind)?;
            found.text = item.text;
            if item.url.starts_with('#') {
                found.group = Group::Clause;
                found.heading = item.heading;
                found.url.push_str(&item.url);
            } else {
                found.url = item.url;
                found.title = item.heading;
                found.state = state_of(&item.state)?;
            }
        }
        Some(found)
    }

    /// The final score of an entry, and whether it answers or only suggests.
    fn judge(
        &self,
        q: &Question,
        mut found: Found,
        points: &Ranked,
        units: Units,
        answer: &Answer,
    ) -> Found {
        let is_page = found.heading.is_empty();
        let title = plain(&found.title);
        let is_whole = is_page && title == q.typed;
        let state = found.state.as_ref();
        // A county does not end with one of its plans.
        let is_ended =
            found.kind != EntryKind::County && state.is_some_and(|s| s.is_ended(&self.today));
        let is_title = is_whole || is_page && !is_ended && names_title(q, &title, found.kind);
        let mut score = points.score;
        let common = longest_common(&q.subject, &words_of(&found, &title));
        if common > 1 {
            let length = whole(q.subject.len().max(1));
            score += score * whole(common) / length / COMMON_PIECE_DIVISOR;
        }
        if is_whole {
            score *= WHOLE_TITLE_FACTOR;
        }
        if is_title {
            score = score * TITLE_HALVES / 2;
        }
        if matches!(found.kind, EntryKind::Topic | EntryKind::Text) && !is_whole {
            score /= TEXT_DIVISOR;
        }
        let is_named = matches!(found.kind, EntryKind::County | EntryKind::Area)
            && points.own_name
            && points.named & units.named == units.named;
        if is_page && !is_title && found.kind != EntryKind::County {
            let tenths = match found.kind {
                EntryKind::Check => CHECK_TENTHS,
                EntryKind::Area => AREA_TENTHS,
                _ => PAGE_TENTHS,
            };
            score = score * tenths / 10;
        }
        if asks_number(q) && found.text.contains(|c: char| c.is_ascii_digit()) {
            score += score / EVIDENT_DIVISOR;
        }
        if found.state.as_ref().is_some_and(|s| s.holds(&self.today)) {
            score += score / OPEN_DIVISOR;
        }
        if is_ended && !is_whole {
            score /= ENDED_DIVISOR;
        }
        found.score = score;
        found.covered = points.covered;
        let is_direct = is_title || is_named || points.exact && is_page;
        let by_score = (score * 100 / (answer.total * SURE_SCORE)).min(200);
        let sum = answer.sure
            + SURE_BY_SCORE * by_score
            + SURE_BY_COVERED * points.covered
            + SURE_BY_DIRECT * if is_direct { 100 } else { 0 };
        let is_sure_place =
            is_named && (found.kind == EntryKind::County || points.covered >= SURE_AREA_PERCENT);
        found.weak = answer.absent || sum < SURE_FROM && !is_sure_place;
        found.directness = match () {
            () if found.weak => Directness::Plain,
            () if is_title || points.exact && is_page => Directness::Title,
            () if is_named => Directness::Place,
            () => Directness::Plain,
        };
        found
    }
}

/// Whether a number or a day is asked for.
fn asks_number(q: &Question) -> bool {
    Intent::NUMBERS
        .iter()
        .any(|intent| q.asked.contains(intent))
}

fn kind_of(letter: &str) -> Option<EntryKind> {
    letter.chars().next().and_then(EntryKind::of_letter)
}

/// The state of an entry, if it has one.
fn state_of(text: &str) -> Option<Option<State>> {
    match text.is_empty() {
        true => Some(None),
        false => State::read(text).map(Some),
    }
}

/// A number of characters, as scores are counted.
fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Ideographs, letters and digits of a text, folded.
fn plain(text: &str) -> Vec<char> {
    fold_signs(text)
        .into_iter()
        .filter(|c| is_han(*c) || c.is_ascii_alphanumeric())
        .collect()
}

/// Title, heading and text of an entry.
fn words_of(found: &Found, title: &[char]) -> Vec<char> {
    let mut words = title.to_vec();
    words.push(' ');
    words.extend(plain(&found.heading));
    words.push(' ');
    words.extend(plain(&found.text));
    words
}

/// Whether nearly all that was asked is in the title of a page, in its order, or (a longer question) in any.
fn names_title(q: &Question, title: &[char], kind: EntryKind) -> bool {
    let length = whole(q.subject.len().max(1));
    let ordered = whole(longest_subsequence(&q.subject, title));
    let loose = whole(q.subject.iter().filter(|c| title.contains(c)).count());
    length > TITLE_ORDERED_CHARACTERS && ordered * 10 >= length * TITLE_ORDERED_TENTHS
        || length > TITLE_LOOSE_CHARACTERS && loose * 20 >= length * TITLE_LOOSE_TWENTIETHS
        || length > TITLE_ALL_CHARACTERS && loose == length && kind != EntryKind::Check
}

/// Answers first, the others by score; weak ones last. With a card, its place answers in any case.
fn order(found: &mut [Found], has_card: bool) {
    let covered = found
        .iter()
        .filter(|f| f.kind != EntryKind::County)
        .map(|f| f.covered)
        .max()
        .unwrap_or(0);
    for one in found.iter_mut() {
        // A place answers only if nothing says much more of what was asked.
        let is_less = one.covered + PLACE_COVERED_LESS < covered;
        if one.directness == Directness::Place && is_less && !has_card {
            one.directness = Directness::Plain;
        }
        if one.directness > Directness::Plain {
            one.group = Group::Answer;
        }
    }
    found.sort_by_key(|f| (f.weak, Reverse(f.directness), Reverse(f.score), f.id));
}
