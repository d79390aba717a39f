//! Numbers of bank cards: an issuer, a length, and the check digit of Luhn.
//!
//! Comes in: a row of groups of digits. Goes out: whether it is such a number. One of ten numbers has the right check
//! digit by chance, so a card also needs the grouping of cards or no other digits next to it.

use super::around::{Before, says};
use super::{Gap, Window};

/// Groups as cards print them and as people write them.
const GROUPS: [&[usize]; 12] = [
    &[4, 4, 4, 4],
    &[4, 4, 4, 4, 1],
    &[4, 4, 4, 4, 2],
    &[4, 4, 4, 4, 3],
    &[4, 4, 4, 7],
    &[4, 4, 4, 6],
    &[6, 13],
    &[6, 12],
    &[6, 10],
    &[6, 4, 4, 5],
    &[4, 6, 5],
    &[8, 8],
];

pub(super) fn is_one(window: &Window) -> bool {
    let digits = window.digits();
    if !is_issued(digits, says(window, &Before::BANK)) || !is_checked(digits) {
        return false;
    }
    let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic() || c == '_');
    if is_letter(window.letter_after()) || is_letter(window.letter_before()) {
        return false;
    }
    if is_fraction(window) || says(window, &Before::SERIAL) && !says(window, &Before::BANK) {
        return false;
    }
    let sizes = window.sizes();
    sizes.len() == 1 || window.is_whole_run() || GROUPS.contains(&sizes.as_slice())
}

/// Digits after a decimal point.
fn is_fraction(window: &Window) -> bool {
    let sizes = window.sizes();
    let inside = window.gaps().filter(|gap| *gap == Gap::Dot).count();
    inside == 1 && sizes.len() == 2
        || window.gap_before() == Some(Gap::Dot) && sizes.len() == 1
        || window.gap_after() == Some(Gap::Dot) && window.group_after().len() <= 2
}

/// Whether somebody issues cards with this beginning and length.
fn is_issued(digits: &[u8], near_bank: bool) -> bool {
    let head = digits[..4]
        .iter()
        .fold(0_u32, |sum, digit| sum * 10 + u32::from(*digit));
    match digits.len() {
        15 => matches!(head / 100, 34 | 37),
        16 if matches!(head / 1000, 4) || matches!(head / 100, 51..=55 | 35) => true,
        16 if (2221..=2720).contains(&head) => near_bank,
        16..=19 => {
            matches!(head / 100, 62 | 81 | 60 | 64 | 65)
                || matches!(head, 9558..=9559 | 6900..=6909)
        }
        _ => false,
    }
}

/// The check digit of Luhn: every second digit from the right twice, the sum of all is a multiple of ten.
fn is_checked(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(i, digit)| {
            let twice = u32::from(*digit) * (1 + u32::from(i % 2 == 1));
            twice / 10 + twice % 10
        })
        .sum();
    sum.is_multiple_of(10)
}
