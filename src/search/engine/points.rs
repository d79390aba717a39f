//! Points: what each entry gets for the terms of a question, before its words are known.
//!
//! Comes in: the tokens of a question and their terms. Goes out: entries with their scores, the best first.

use std::collections::BTreeMap;

use super::{Answer, Engine, Terms, Units};
use crate::format::{INHERITED, Posting, part_of, place_of};
use crate::question::{Question, Token};
use crate::ranking::{
    FACTOR_WHOLE, INTENT_WEIGHT, LEVEL_NAMED, LEVEL_OWN_NUMBER, LIFTED_CHECK_TENTHS,
    LIGHT_KNOWN_DIVISOR, LIGHT_UNKNOWN_DIVISOR, LOCAL_DIVISOR, MAX_RESULTS, MAX_UNITS,
    NUMBER_FACTOR, SHARED_POINTS_DIVISOR, UNKNOWN_UNIT_EIGHTHS, UNKNOWN_UNIT_EIGHTHS_LONG,
    UNKNOWN_UNIT_EIGHTHS_LONGEST,
};

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

/// Points of entries, by their numbers.
type PointsOf = BTreeMap<u32, Points>;

/// An entry with its points, before its words are known.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ranked {
    pub(super) id: u32,
    pub(super) score: i64,
    /// In per cent.
    pub(super) covered: i64,
    /// Its own document number is asked for.
    pub(super) exact: bool,
    /// Its own name is in the question.
    pub(super) own_name: bool,
    /// Units of names that are its own or its page's.
    pub(super) named: u32,
}

/// The weight of each unit of a question: that of its rarest term.
#[derive(Debug, Default)]
struct Weights([i64; MAX_UNITS]);

impl Weights {
    /// The weight of units, given as bits.
    fn of(&self, units: u32) -> i64 {
        self.0
            .iter()
            .enumerate()
            .filter(|(unit, _)| units >> unit & 1 == 1)
            .map(|(_, weight)| weight)
            .sum()
    }

    /// Raises the weight of units.
    fn raise(&mut self, units: u32, weight: i64) {
        for (unit, most) in self.0.iter_mut().enumerate() {
            if units >> unit & 1 == 1 {
                *most = (*most).max(weight);
            }
        }
    }
}

impl Engine<'_> {
    /// Points of every entry, the best first.
    pub(super) fn rank(
        &self,
        q: &Question,
        terms: &Terms,
        units: Units,
        answer: &mut Answer,
    ) -> Vec<Ranked> {
        let mut own = PointsOf::new();
        let mut weights = Weights::default();
        let size = i64::from(self.manifest.size);
        for token in &q.tokens {
            if let Some(term) = terms.get(&token.key) {
                let weight = (size - i64::from(term.frequency)).max(1);
                weights.raise(token.units, weight);
                add_points(&mut own, token, weight, &term.postings);
            }
        }
        self.weigh_rest(q, units.asked, &mut weights);
        let only_intent = own.is_empty();
        self.add_intents(q, only_intent, &mut own);
        answer.total = weights.of(u32::MAX).max(1);
        answer.unknown =
            weights.of(units.asked & !super::known_units(q, terms)) * 100 / answer.total;
        let shared = Shared::new(&own);
        let mut ranked: Vec<Ranked> = own
            .iter()
            .filter(|(id, _)| place_of(**id) != INHERITED)
            .map(|(&id, points)| {
                let points_with_page = shared.add_to(id, *points);
                let covered = if only_intent {
                    answer.total
                } else {
                    weights.of(points_with_page.units)
                };
                Ranked {
                    own_name: points.named != 0,
                    ..self.ranked(id, points_with_page, covered, answer.total, units.named)
                }
            })
            .collect();
        ranked.sort_by(|a, b| b.score.cmp(&a.score).then(a.id.cmp(&b.id)));
        ranked.truncate(MAX_RESULTS);
        self.lift_check(&mut ranked);
        ranked
    }

    /// Weights of units that no term raised, and of characters that carry little.
    fn weigh_rest(&self, q: &Question, asked: u32, weights: &mut Weights) {
        let size = i64::from(self.manifest.size);
        for run in &q.runs {
            for (i, c) in run.chars.iter().enumerate() {
                if self.light.contains(c)
                    && let Some(weight) = weights.0.get_mut(run.unit + i)
                {
                    *weight = if *weight == 0 {
                        size / LIGHT_UNKNOWN_DIVISOR
                    } else {
                        (*weight).min(size / LIGHT_KNOWN_DIVISOR)
                    };
                }
            }
        }
        // The longer a question, the more of it is talk.
        let eighths = match q.units {
            0..=6 => UNKNOWN_UNIT_EIGHTHS,
            7..=10 => UNKNOWN_UNIT_EIGHTHS_LONG,
            _ => UNKNOWN_UNIT_EIGHTHS_LONGEST,
        };
        for (unit, weight) in weights.0.iter_mut().enumerate() {
            if *weight == 0 && asked >> unit & 1 == 1 {
                *weight = size * eighths / 8;
            }
        }
    }

    /// Points of entries that say what is asked for; if nothing else is asked, of all of these.
    fn add_intents(&self, q: &Question, only_intent: bool, own: &mut PointsOf) {
        for intent in &q.intents {
            for &(id, level) in &self.manifest.intents[intent.index()].entries {
                if only_intent || own.contains_key(&id) {
                    own.entry(id).or_default().score +=
                        i64::from(level) * i64::from(FACTOR_WHOLE) * INTENT_WEIGHT;
                }
            }
        }
    }

    /// The score of an entry by the share of the question that it covers.
    fn ranked(&self, id: u32, points: Points, covered: i64, total: i64, named: u32) -> Ranked {
        let wide = self.manifest.wide;
        let exact = points.number >= LEVEL_OWN_NUMBER;
        let is_local = wide > 0 && part_of(id) > wide && named == 0;
        let score = points.score * covered / total * covered / total;
        let score = match (exact, is_local) {
            (true, _) => score * NUMBER_FACTOR,
            (_, true) => score / LOCAL_DIVISOR,
            _ => score,
        };
        Ranked {
            id,
            score,
            covered: covered * 100 / total,
            exact,
            own_name: false,
            named: points.named,
        }
    }

    /// A self-check that fits answers the question: its words are looked at first.
    fn lift_check(&self, ranked: &mut [Ranked]) {
        let best = ranked.first().map_or(0, |r| r.score);
        if let Some(at) = ranked.iter().position(|r| {
            place_of(r.id) == 0
                && part_of(r.id) <= self.manifest.checks
                && r.score * 10 >= best * LIFTED_CHECK_TENTHS
        }) {
            ranked[..=at].rotate_right(1);
        }
    }
}

/// Adds what the entries of a term get for a token.
fn add_points(own: &mut PointsOf, token: &Token, weight: i64, postings: &[Posting]) {
    let is_number = token.key.starts_with('#');
    let is_name = token.key.starts_with('=');
    for &(id, level) in postings {
        let points = own.entry(id).or_default();
        points.score += weight * i64::from(level) * i64::from(token.factor);
        points.units |= token.units;
        if is_number {
            points.number = points.number.max(level);
        }
        if is_name && level >= LEVEL_NAMED {
            points.named |= token.units;
        }
    }
}

/// What entries of the same part give to each other.
struct Shared {
    /// Points of pages, by part.
    heads: BTreeMap<u32, Points>,
    /// Points of the best entry, by part.
    best: BTreeMap<u32, Points>,
}

impl Shared {
    fn new(own: &PointsOf) -> Self {
        let mut heads = BTreeMap::new();
        let mut best: BTreeMap<u32, Points> = BTreeMap::new();
        for (&id, points) in own {
            if matches!(place_of(id), 0 | INHERITED) {
                heads.insert(part_of(id), *points);
            } else {
                // The first of equal ones: entries come in order.
                let most = best.entry(part_of(id)).or_default();
                if points.score > most.score {
                    *most = *points;
                }
            }
        }
        Self { heads, best }
    }

    /// An entry with part of its page's points, a page with part of those of its best entry.
    fn add_to(&self, id: u32, mut points: Points) -> Points {
        let is_page = place_of(id) == 0;
        let from = if is_page { &self.best } else { &self.heads };
        if let Some(other) = from.get(&part_of(id)) {
            points.score += other.score / SHARED_POINTS_DIVISOR;
            points.units |= other.units;
            if !is_page {
                points.named |= other.named;
            }
        }
        points
    }
}
