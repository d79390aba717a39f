//! Identity card numbers, mobile numbers and bank card numbers, however they are grouped.
//!
//! Comes in: a text. Goes out: findings. Digits with gaps between them are read as one [`Run`] of groups, and every row of
//! whole groups that has the right length is judged: an identity number by its check digit (`identity`), a card by its
//! issuer and check digit (`card`), a mobile number by its grouping and by what is around it (`mobile`). A digit that is not
//! near others costs one step.

mod around;
mod card;
mod identity;
mod mobile;

use std::cmp::Reverse;
use std::ops::Range;

use crate::signs::{self, Gap, Sign};
use crate::{Finding, Kind};

/// The most signs between two digits of one number.
const WIDEST_GAP: usize = 6;
/// The most digits of a run. What is longer is a table of figures; it is read in pieces.
const LONGEST_RUN: usize = 4096;
/// The fewest digits that can be one of our numbers.
const FEWEST: usize = 11;
/// The check character X.
const X: u8 = 10;

/// Digits in groups.
#[derive(Debug, Default)]
struct Run {
    digits: Vec<u8>,
    /// The bytes of each digit in the text.
    at: Vec<(usize, usize)>,
    /// Where a group begins, except the first, and what is before it.
    cuts: Vec<(usize, Gap)>,
    /// Tags that were passed: their attributes are read by themselves.
    tags: Vec<Range<usize>>,
}

/// A row of whole groups of a run.
struct Window<'a> {
    text: &'a str,
    run: &'a Run,
    cuts: &'a [(usize, Gap)],
    digits: Range<usize>,
}

impl<'a> Window<'a> {
    fn digits(&self) -> &'a [u8] {
        &self.run.digits[self.digits.clone()]
    }

    /// The bytes in the text.
    fn bytes(&self) -> Range<usize> {
        self.run.at[self.digits.start].0..self.run.at[self.digits.end - 1].1
    }

    /// The cuts inside.
    fn inner(&self) -> &'a [(usize, Gap)] {
        let from = self
            .cuts
            .partition_point(|(at, _)| *at <= self.digits.start);
        let to = self.cuts.partition_point(|(at, _)| *at < self.digits.end);
        &self.cuts[from..to.max(from)]
    }

    /// The gaps inside.
    fn gaps(&self) -> impl Iterator<Item = Gap> + '_ {
        self.inner().iter().map(|(_, gap)| *gap)
    }

    /// The lengths of the groups.
    fn sizes(&self) -> Vec<usize> {
        let mut sizes = Vec::new();
        let mut start = self.digits.start;
        for (at, _) in self.inner() {
            sizes.push(at - start);
            start = *at;
        }
        sizes.push(self.digits.end - start);
        sizes
    }

    /// Whether there are no other digits next to it.
    fn is_whole_run(&self) -> bool {
        self.digits == (0..self.run.digits.len())
    }

    /// The gap at a place of the run.
    fn gap_at(&self, digit: usize) -> Option<Gap> {
        let found = self.cuts.binary_search_by_key(&digit, |(at, _)| *at).ok()?;
        Some(self.cuts[found].1)
    }

    /// The gap before it, if digits are before that.
    fn gap_before(&self) -> Option<Gap> {
        self.gap_at(self.digits.start)
    }

    /// The gap after it, if digits are after that.
    fn gap_after(&self) -> Option<Gap> {
        self.gap_at(self.digits.end)
    }

    /// The group before it.
    fn group_before(&self) -> &'a [u8] {
        let before = self.cuts.partition_point(|(at, _)| *at < self.digits.start);
        let start = before.checked_sub(1).map_or(0, |last| self.cuts[last].0);
        &self.run.digits[start..self.digits.start]
    }

    /// The group after it.
    fn group_after(&self) -> &'a [u8] {
        let after = self.cuts.partition_point(|(at, _)| *at <= self.digits.end);
        let end = self
            .cuts
            .get(after)
            .map_or(self.run.digits.len(), |(at, _)| *at);
        &self.run.digits[self.digits.end..end]
    }

    /// The digits as a text.
    fn key(&self) -> String {
        key(self.digits())
    }

    /// The character directly before the first digit, if no gap is between them.
    fn letter_before(&self) -> Option<char> {
        let before = &self.text[..self.bytes().start];
        before.chars().next_back()
    }

    /// The character directly after the last digit.
    fn letter_after(&self) -> Option<char> {
        self.text[self.bytes().end..].chars().next()
    }
}

/// Digits as a text.
fn key(digits: &[u8]) -> String {
    let sign = |digit: &u8| {
        if *digit == X {
            'X'
        } else {
            char::from(b'0' + *digit)
        }
    };
    digits.iter().map(sign).collect()
}

/// The bytes that may begin a digit, however it is written, and `@`.
static BEGINS: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = b'0';
    while byte <= b'9' {
        table[byte as usize] = true;
        byte += 1;
    }
    table[b'&' as usize] = true;
    table[b'\\' as usize] = true;
    table[b'%' as usize] = true;
    table[b'@' as usize] = true;
    table[0xef] = true;
    table[0xf0] = true;
    table[0xd9] = true;
    table
};

/// Whether a sign that may be or begin a digit is at this byte.
fn may_begin(bytes: &[u8], at: usize) -> bool {
    match bytes[at] {
        b'0'..=b'9' => true,
        b'&' => bytes.get(at + 1) == Some(&b'#'),
        b'\\' => matches!(bytes.get(at + 1), Some(b'u' | b'x' | b'U')),
        b'%' => bytes.get(at + 1) == Some(&b'3'),
        0xef => bytes.get(at + 1) == Some(&0xbc) && matches!(bytes.get(at + 2), Some(0x90..=0x99)),
        0xf0 => matches!(bytes.get(at + 1), Some(0x9d | 0x9f)),
        0xd9 => true,
        _ => false,
    }
}

/// Whether nothing of a run can follow a byte after a digit: a letter, a sign of Chinese, a usual sign of a sentence.
fn ends_run(byte: u8) -> bool {
    byte.is_ascii_alphabetic() && !matches!(byte, b'x' | b'X')
        || (0xe4..=0xe9).contains(&byte)
        || matches!(
            byte,
            b',' | b';' | b':' | b'"' | b'\'' | b'=' | b'{' | b'}' | b'|'
        )
}

/// Finds all numbers in a text. `seen` gets the places of signs that are written in another way, and of each `@`: what else
/// is there is not judged here, but no second look at every byte is needed.
pub(crate) fn find(text: &str, found: &mut Vec<Finding>, seen: &mut Vec<usize>) {
    let mut run = Run::default();
    find_in(text, 0..text.len(), &mut run, found, seen);
}

fn find_in(
    text: &str,
    range: Range<usize>,
    run: &mut Run,
    found: &mut Vec<Finding>,
    seen: &mut Vec<usize>,
) {
    let bytes = &text.as_bytes()[..range.end];
    let mut at = range.start.min(range.end);
    while let Some(next) = bytes[at..].iter().position(|b| BEGINS[usize::from(*b)]) {
        at += next;
        if matches!(bytes[at], b'@' | b'&' | b'\\') {
            seen.push(at);
        }
        if !may_begin(bytes, at) {
            at += 1;
            continue;
        }
        // Most digits are few and among words.
        let plain = bytes[at..]
            .iter()
            .take_while(|b| b.is_ascii_digit())
            .count();
        let next = bytes.get(at + plain).copied();
        if plain > 0 && plain < FEWEST && next.is_none_or(ends_run) {
            at += plain;
            continue;
        }
        let end = read(text, at, range.end, run);
        if end == at {
            at += 1;
            while !text.is_char_boundary(at) {
                at += 1;
            }
            continue;
        }
        if run.digits.len() >= FEWEST {
            judge(text, run, found);
        }
        at = end;
        for tag in std::mem::take(&mut run.tags) {
            find_in(text, tag, &mut Run::default(), found, seen);
        }
    }
}

/// Reads the run that begins here; returns where its last digit ends, or the same place if there is none.
fn read(text: &str, start: usize, limit: usize, run: &mut Run) -> usize {
    run.digits.clear();
    run.at.clear();
    run.cuts.clear();
    run.tags.clear();
    let mut at = start;
    let mut end = start;
    let mut gap: Option<Gap> = None;
    let mut width = 0;
    let mut passed = Vec::new();
    while let Some((sign, after)) = signs::next(text, at).filter(|_| at < limit) {
        match sign {
            Sign::Digit(digit) => {
                if run.digits.len() >= LONGEST_RUN {
                    break;
                }
                if let Some(gap) = gap.take() {
                    run.cuts.push((run.digits.len(), gap));
                }
                run.digits.push(digit);
                run.at.push((at, after));
                run.tags.append(&mut passed);
                width = 0;
                end = after;
            }
            _ if run.digits.is_empty() => return start,
            Sign::Nothing => {}
            Sign::Gap(new) => {
                // The indent of the next line is not a gap of its own.
                width += usize::from(gap != Some(Gap::Line) || new != Gap::Blank);
                if text.as_bytes()[at] == b'<' {
                    passed.push(at + 1..after - 1);
                    width = width.saturating_sub(1);
                }
                // A blank line, or the mark of a list.
                let is_border = gap == Some(Gap::Line) && matches!(new, Gap::Line | Gap::Dash);
                if is_border || width > WIDEST_GAP {
                    break;
                }
                gap = Some(stronger(gap, new));
            }
            Sign::Other('x' | 'X' | '×' | '✕' | 'Ⅹ' | 'ⅹ' | 'х' | 'Х')
                if is_check_place(run) && !is_word(text, after) =>
            {
                if let Some(gap) = gap.take() {
                    run.cuts.push((run.digits.len(), gap));
                }
                run.digits.push(X);
                run.at.push((at, after));
                // Nothing of the same number follows.
                gap = Some(Gap::Blank);
                end = after;
            }
            Sign::Other(_) | Sign::Border => break,
        }
        at = after;
    }
    end
}

/// Whether enough digits are before this place for a check character.
fn is_check_place(run: &Run) -> bool {
    run.digits.len() >= 17 && run.digits.last() != Some(&X)
}

fn is_word(text: &str, at: usize) -> bool {
    text[at..]
        .chars()
        .next()
        .is_some_and(|c| c.is_ascii_alphabetic())
}

/// The gap that decides, if several signs are between two digits.
fn stronger(old: Option<Gap>, new: Gap) -> Gap {
    match (old, new) {
        (None | Some(Gap::Markup), new) => new,
        (Some(old), Gap::Markup) => old,
        (Some(Gap::Line), _) | (_, Gap::Line) => Gap::Line,
        (Some(Gap::Blank), new) => new,
        (Some(old), _) => old,
    }
}

/// Judges every row of groups. If markup cuts the run, also the run without those cuts: `138<b>0013</b>0013`.
fn judge(text: &str, run: &Run, found: &mut Vec<Finding>) {
    let first = found.len();
    judge_cut(text, run, &run.cuts, found);
    if run.cuts.iter().any(|(_, gap)| *gap == Gap::Markup) {
        let cuts: Vec<_> = run
            .cuts
            .iter()
            .filter(|(_, gap)| *gap != Gap::Markup)
            .copied()
            .collect();
        judge_cut(text, run, &cuts, found);
    }
    let mut own = found.split_off(first);
    // An identity number may look like a card, and a part of a card like a mobile number.
    own.sort_by_key(|one| (one.kind, Reverse(one.range.len()), one.range.start));
    let mut kept: Vec<Finding> = Vec::new();
    for one in own {
        let is_apart = |other: &Finding| {
            other.range.end <= one.range.start || one.range.end <= other.range.start
        };
        if kept.iter().all(is_apart) {
            kept.push(one);
        }
    }
    kept.sort_by_key(|one| one.range.start);
    found.extend(kept);
}

fn judge_cut(text: &str, run: &Run, cuts: &[(usize, Gap)], found: &mut Vec<Finding>) {
    const LONGEST: usize = 19;
    let starts = std::iter::once(0).chain(cuts.iter().map(|(at, _)| *at));
    for (i, start) in starts.enumerate() {
        let ends = cuts[i..].iter().map(|(at, _)| *at);
        let ends = ends.chain([run.digits.len()]);
        for end in ends.skip_while(|end| *end < start + FEWEST) {
            if end > start + LONGEST {
                break;
            }
            let window = Window {
                text,
                run,
                cuts,
                digits: start..end,
            };
            found.extend(of_window(&window));
        }
    }
}

fn of_window(window: &Window) -> Option<Finding> {
    let digits = window.digits();
    let finding = |kind: Kind, key: String| {
        Some(Finding {
            range: window.bytes(),
            kind,
            key,
        })
    };
    if identity::is_one(window) {
        return finding(Kind::Identity, window.key());
    }
    if digits.contains(&X) {
        return None;
    }
    if let Some(number) = mobile::number(window) {
        return finding(Kind::Mobile, key(number));
    }
    card::is_one(window)
        .then(|| finding(Kind::Card, window.key()))
        .flatten()
}
