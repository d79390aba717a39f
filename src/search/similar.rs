//! What is nearly the same: questions with a mistake in them, texts with a piece in common.
//!
//! Comes in: runs of a question, characters of two texts. Goes out: tokens of what may have been meant, lengths. Does not
//! know the index.

use std::collections::HashMap;

use crate::question::{Question, Run, Token, bits};
use crate::ranking::{FACTOR_CORRECTED, MAX_CORRECTED_UNITS, MAX_UNITS};

/// Whether characters are `unknown` that a mistake, or a place of which the site has nothing, would explain.
pub fn can_correct(q: &Question, unknown: u32) -> bool {
    q.units <= MAX_CORRECTED_UNITS
        && q.runs
            .iter()
            .any(|r| r.chars.len() > 1 && unknown & bits(r.unit, r.chars.len()) != 0)
}

/// What may have been meant by a run with `unknown` characters: two characters swapped, one wrong, missing or too many,
/// or others of the same sound.
pub fn corrections<T>(
    run: &Run,
    unknown: u32,
    terms: &HashMap<String, T>,
    sound: impl Fn(char) -> Option<String>,
) -> Vec<Token> {
    let chars = &run.chars;
    let is_unknown = |i: usize| run.unit + i < MAX_UNITS && unknown >> (run.unit + i) & 1 == 1;
    let mut out = Vec::new();
    let mut push = |key: String, from: usize, count: usize| {
        let token = Token {
            key,
            factor: FACTOR_CORRECTED,
            units: bits(run.unit + from, count),
        };
        if !out.contains(&token) {
            out.push(token);
        }
    };
    for from in 0..chars.len().saturating_sub(1) {
        let two = [chars[from], chars[from + 1]];
        let pair: String = two.iter().collect();
        if terms.contains_key(&pair) || !(is_unknown(from) || is_unknown(from + 1)) {
            continue;
        }
        push(two.iter().rev().collect(), from, 2);
        if let Some(&third) = chars.get(from + 2) {
            if is_unknown(from + 1) {
                push(format!("{}*{}", two[0], third), from, 3);
            }
            if is_unknown(from) {
                push(format!("*{}{}", two[1], third), from, 3);
            }
        }
        if from > 0 && is_unknown(from + 1) {
            push(format!("{}{}*", chars[from - 1], two[0]), from - 1, 3);
        }
        push(format!("{}*{}", two[0], two[1]), from, 2);
        if let (Some(a), Some(b)) = (sound(two[0]), sound(two[1])) {
            push(format!("{a}'{b}"), from, 2);
        }
    }
    out
}

/// Characters of the longest piece that both have.
pub fn longest_common(a: &[char], b: &[char]) -> usize {
    let mut row = vec![0usize; b.len() + 1];
    let mut best = 0;
    for &x in a {
        let mut before = 0;
        for (j, &y) in b.iter().enumerate() {
            let now = row[j + 1];
            row[j + 1] = if x == y { before + 1 } else { 0 };
            best = best.max(row[j + 1]);
            before = now;
        }
    }
    best
}

/// Characters that both have in the same order.
pub fn longest_subsequence(a: &[char], b: &[char]) -> usize {
    let mut row = vec![0usize; b.len() + 1];
    for &x in a {
        let mut corner = 0;
        for (j, &y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = if x == y {
                corner + 1
            } else {
                above.max(row[j])
            };
            corner = above;
        }
    }
    row[b.len()]
}
