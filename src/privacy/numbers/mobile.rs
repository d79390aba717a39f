//! Mobile numbers: eleven digits that begin with 13 to 19, with or without the code of the country.
//!
//! Comes in: a row of groups of digits. Goes out: the eleven digits, if it is such a number. There is no check digit, so
//! the grouping and what is around it decide: amounts, serial numbers, decimals, addresses of computers, days and
//! telephones of offices are not mobile numbers.

use super::around::{Before, has_unit, says};
use super::{Gap, Window};

/// Groups that people write.
const GROUPS: [&[usize]; 8] = [
    &[11],
    &[3, 4, 4],
    &[3, 8],
    &[4, 3, 4],
    &[7, 4],
    &[4, 4, 3],
    &[3, 3, 5],
    &[4, 7],
];
/// Letters directly before a number that name a telephone.
const NAMES: [&str; 11] = [
    "tel", "phone", "mobile", "mob", "cell", "vx", "wx", "wechat", "weixin", "qq", "sj",
];

/// The eleven digits.
pub(super) fn number<'a>(window: &Window<'a>) -> Option<&'a [u8]> {
    let digits = window.digits();
    let (number, prefix) = bare(digits)?;
    let mut sizes = window.sizes();
    // The code of the country is a group of its own or part of the first.
    let mut left = prefix;
    while left > 0 && !sizes.is_empty() {
        let taken = left.min(sizes[0]);
        sizes[0] -= taken;
        left -= taken;
        if sizes[0] == 0 {
            sizes.remove(0);
        }
    }
    let near_phone = says(window, &Before::PHONE);
    if !is_bounded(window) || is_something_else(window, &sizes, number) {
        return None;
    }
    if prefix == 1 && !near_phone {
        return None;
    }
    if !near_phone && (is_counted(window) || is_decimal(window, &sizes)) {
        return None;
    }
    let is_usual = GROUPS.contains(&sizes.as_slice());
    let is_alone = sizes.len() == 1 || window.is_whole_run();
    (is_alone || is_usual && !is_in_a_row(window)).then_some(number)
}

/// The eleven digits without the code of the country or a leading 0, and how many digits that has.
fn bare(digits: &[u8]) -> Option<(&[u8], usize)> {
    let prefix = match digits.len() {
        11 => 0,
        12 if digits[0] == 0 => 1,
        13 if digits.starts_with(&[8, 6]) => 2,
        15 if digits.starts_with(&[0, 0, 8, 6]) => 4,
        _ => return None,
    };
    let number = &digits[prefix..];
    (number[0] == 1 && number[1] >= 3).then_some((number, prefix))
}

/// Whether no letter of the same word is next to it, apart from a name for a telephone.
fn is_bounded(window: &Window) -> bool {
    if window
        .letter_after()
        .is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && window.gap_after().is_none()
    {
        return false;
    }
    let before = &window.text[..window.bytes().start];
    let word: String = before
        .chars()
        .rev()
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
        .take(12)
        .collect();
    if word.is_empty() || window.gap_before().is_some() {
        return true;
    }
    let word: String = word.chars().rev().collect::<String>().to_ascii_lowercase();
    word.bytes().all(|b| b.is_ascii_alphabetic()) && NAMES.iter().any(|name| word.ends_with(name))
}

/// Amounts, counts and serial numbers.
fn is_counted(window: &Window) -> bool {
    has_unit(window) || says(window, &Before::SERIAL) || says(window, &Before::MONEY)
}

/// One dot, or a dot with one or two digits after it, is a decimal point.
fn is_decimal(window: &Window, sizes: &[usize]) -> bool {
    let dots = window.gaps().filter(|gap| *gap == Gap::Dot).count();
    let is_split = dots == 1 && sizes.len() == 2;
    let has_cents = window.gap_after() == Some(Gap::Dot)
        && window.group_after().len() <= 2
        && window.bytes().end + 1 < window.text.len();
    let is_fraction = window.gap_before() == Some(Gap::Dot)
        && sizes.len() == 1
        && window.group_before().len() <= 6;
    is_split || has_cents || is_fraction
}

/// Addresses of computers, days, and telephones of offices.
fn is_something_else(window: &Window, sizes: &[usize], number: &[u8]) -> bool {
    let mut start = 0;
    let groups: Vec<u32> = sizes
        .iter()
        .map(|size| {
            let group = &number[start..start + size];
            start += size;
            group.iter().fold(0_u32, |sum, digit| {
                sum.wrapping_mul(10).wrapping_add(u32::from(*digit))
            })
        })
        .collect();
    let is_dotted = window.gaps().all(|gap| gap == Gap::Dot);
    let is_host = is_dotted
        && groups.len() == 4
        && sizes.iter().all(|size| *size <= 3)
        && groups.iter().all(|group| *group <= 255);
    // 1.3.10.2: a clause or a version.
    let written = &window.text[window.bytes()];
    let is_numbering = written.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && sizes.len() >= 4
        && sizes.iter().all(|size| *size <= 3)
        && sizes.iter().any(|size| *size > 1);
    let is_year = |at: usize| sizes.get(at) == Some(&4) && (1900..2100).contains(&groups[at]);
    let is_month = |at: usize| sizes.get(at) == Some(&2) && (1..=12).contains(&groups[at]);
    let is_days = is_year(0) && (is_month(1) || is_year(1));
    // 0351-1234567-8001: a telephone of an office and its extension.
    let before = window.group_before();
    let has_area = before.first() == Some(&0) && (3..=4).contains(&before.len());
    is_host || is_numbering || is_days || has_area && matches!(sizes.first(), Some(7 | 8))
}

/// Whether a row of figures goes on next to the number: 138 1234 5678 901 in a table without lines.
fn is_in_a_row(window: &Window) -> bool {
    if window.sizes().len() == 1 {
        return false;
    }
    let is_figure = |group: &[u8]| {
        let is_year = group.len() == 4 && matches!(group[..2], [1, 9] | [2, 0]);
        (3..=5).contains(&group.len()) && group[0] != 0 && !is_year
    };
    let is_next = |gap: Option<Gap>| matches!(gap, Some(Gap::Blank | Gap::Line));
    let before = window.group_before();
    let after = window.group_after();
    let begins_another = after.len() == 3 && after[0] == 1 && after[1] >= 3;
    let ends_another = before.len() == 4 && window.digits.start >= 11;
    is_next(window.gap_before()) && is_figure(before) && !ends_another
        || is_next(window.gap_after()) && is_figure(after) && !begins_another
}
