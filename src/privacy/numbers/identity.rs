//! Identity card numbers of GB 11643: a place, a birth date, a serial number, and a check character.
//!
//! Comes in: a row of groups of digits. Goes out: whether it is such a number. The check character decides, so that any
//! grouping is read, and a number directly after letters (`ID110105…`) too.

use super::around::{Before, says};
use super::{Window, X};

/// The first two digits: provinces, Hong Kong, Macao and Taiwan, and their residents in the mainland.
const PROVINCES: [u8; 35] = [
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52,
    53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83,
];

pub(super) fn is_one(window: &Window) -> bool {
    let digits = window.digits();
    match digits.len() {
        18 => is_number(digits) && !(is_credit_code(digits) && says(window, &Before::CREDIT)),
        15 => is_old_number(digits) && says(window, &Before::IDENTITY),
        _ => false,
    }
}

/// Whether the place and the birth date exist and the check character is right: the sum of digit × 2^(17-i), modulo 11.
fn is_number(digits: &[u8]) -> bool {
    let (number, check) = digits.split_at(17);
    if number.contains(&X) || !PROVINCES.contains(&(number[0] * 10 + number[1])) {
        return false;
    }
    let value = |range: std::ops::Range<usize>| value(&number[range]);
    if !is_day(value(6..10), value(10..12), value(12..14)) {
        return false;
    }
    let sum: u32 = number
        .iter()
        .enumerate()
        .map(|(i, digit)| u32::from(*digit) * ((1 << (17 - i)) % 11))
        .sum();
    const CHECK: [u8; 11] = [1, 0, X, 9, 8, 7, 6, 5, 4, 3, 2];
    CHECK[(sum % 11) as usize] == check[0]
}

/// The numbers of before 1999 have fifteen digits and no check character.
fn is_old_number(digits: &[u8]) -> bool {
    !digits.contains(&X)
        && PROVINCES.contains(&(digits[0] * 10 + digits[1]))
        && is_day(
            1900 + value(&digits[6..8]),
            value(&digits[8..10]),
            value(&digits[10..12]),
        )
}

fn value(digits: &[u8]) -> u32 {
    digits
        .iter()
        .fold(0, |sum, digit| sum * 10 + u32::from(*digit))
}

fn is_day(year: u32, month: u32, day: u32) -> bool {
    let days = match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    (1900..2100).contains(&year) && (1..=days).contains(&day)
}

/// Whether the digits are also a unified social credit code of GB 32100, which offices have: weights 3^i, modulo 31.
fn is_credit_code(digits: &[u8]) -> bool {
    if digits.contains(&X) {
        return false;
    }
    let mut weight = 1;
    let mut sum = 0;
    for digit in &digits[..17] {
        sum += u32::from(*digit) * weight;
        weight = weight * 3 % 31;
    }
    (31 - sum % 31) % 31 == u32::from(digits[17])
}
