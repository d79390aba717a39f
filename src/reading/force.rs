//! Words of obligation, and words in the place of a day.
//!
//! Comes in: signs and a place. Goes out: the word that begins there, if it is one and not only a part of another word
//! (不动产, 可能, 应急). The tables are in `words.rs`; of several words the longest counts.

use crate::signs::Signs;
use crate::what::{Force, Reading, What};
use crate::words::{FORCES, VAGUE, WHOLLY};

/// The word of obligation at a place; the place after it, or after the word that only looks like one.
pub(crate) fn force_at(signs: &Signs, i: usize, out: &mut Vec<Reading>) -> Option<usize> {
    let (force, end) = FORCES.find(signs, i)?;
    let Some(force) = force else {
        return Some(end);
    };
    if force == Force::All && signs.starts(i, "全面") && signs.after_any(end, &WHOLLY).is_none() {
        return Some(end);
    }
    // 除 … 外: 除 alone is a verb.
    if force == Force::Except && end == i + 1 && !has_outside(signs, end) {
        return Some(end);
    }
    let others = match signs.words(i, end).as_str() {
        "不能" | "不可" | "不应" => vec![What::Force(Force::Not)],
        "只要" => vec![],
        _ => Vec::new(),
    };
    out.push(Reading {
        span: signs.span(i, end),
        what: What::Force(force),
        others,
    });
    Some(end)
}

/// Whether 外 or 以外 follows in the same part of the sentence.
fn has_outside(signs: &Signs, i: usize) -> bool {
    const MOST: usize = 60;
    (i..i + MOST)
        .take_while(|k| !matches!(signs.at(*k), '。' | ';' | '\n' | '\0'))
        .any(|k| {
            signs.at(k) == '外'
                && !matches!(signs.at(k + 1), '部' | '地' | '来' | '籍' | '出' | '资')
        })
}

/// The words in the place of a day at a place; the place after them.
pub(crate) fn vague_at(signs: &Signs, i: usize, out: &mut Vec<Reading>) -> Option<usize> {
    let (vague, end) = VAGUE.find(signs, i)?;
    if let Some(vague) = vague {
        out.push(Reading {
            span: signs.span(i, end),
            what: What::NotADay(vague),
            others: Vec::new(),
        });
    }
    Some(end)
}
