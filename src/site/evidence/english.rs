//! Numbers and days in words without ideographs: `£3,000`, `20%`, `30 September 2024`, `September 30`.
//!
//! Comes in: words of an English text, and a number or a day of a formula. Goes out: whether the words have it. Chinese words have
//! readings of their own (`mingbai_reading`).

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Whether words are to be read as English.
pub(super) fn is_english(words: &str) -> bool {
    words.contains(|c: char| c.is_ascii_alphabetic())
        && !words.contains(|c: char| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// Whether words have a number, however its thousands are divided.
pub(super) fn has_number(words: &str, digits: &str) -> bool {
    let same = |word: &str| plain(word) == plain(digits);
    numbers(words).any(same)
}

/// Whether words have a day of a month, in any year or in this one.
pub(super) fn has_day(words: &str, month: u8, day: u8, year: Option<i16>) -> bool {
    let lower = words.to_ascii_lowercase();
    let Some(name) = MONTHS.get(usize::from(month.saturating_sub(1))) else {
        return false;
    };
    let is = |word: Option<&str>, number: i32| {
        let word = word.map(|word| word.trim_matches(|c: char| !c.is_ascii_digit()));
        word.is_some_and(|word| word.parse() == Ok(number))
    };
    lower.match_indices(name).any(|(at, _)| {
        let mut before = lower[..at].split_whitespace();
        let mut after = lower[at + name.len()..]
            .split(|c: char| c.is_whitespace() || c == '.')
            .filter(|word| !word.is_empty());
        let next = after.next();
        let (is_day, of_year) = match is(before.next_back(), i32::from(day)) {
            true => (true, next),
            false => (is(next, i32::from(day)), after.next()),
        };
        is_day && year.is_none_or(|year| is(of_year, i32::from(year)))
    })
}

/// The numbers of words.
fn numbers(words: &str) -> impl Iterator<Item = &str> {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.');
    let pieces = words
        .split(move |c: char| !is_part(c))
        .map(|piece| piece.trim_matches([',', '.']));
    pieces.filter(|piece| !piece.is_empty())
}

/// Digits without the signs between thousands and without zeros at the end of decimals.
fn plain(digits: &str) -> String {
    let plain = digits.replace(',', "");
    match plain.contains('.') {
        true => plain.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => plain,
    }
}

#[cfg(test)]
mod tests {
    use super::{has_day, has_number, is_english};

    #[test]
    fn numbers_and_days_of_english_words_are_found() {
        let words = "at most £3,000.00, or 20% by 30 September 2024.";
        assert!(is_english(words) && !is_english("贷款 3000"));
        for digits in ["3000", "20"] {
            assert!(has_number(words, digits), "{digits}");
        }
        for digits in ["300", "2", "0"] {
            assert!(!has_number(words, digits), "{digits}");
        }
        assert!(has_day(words, 9, 30, None) && has_day(words, 9, 30, Some(2024)));
        assert!(!has_day(words, 9, 3, None) && !has_day(words, 9, 30, Some(2025)));
        assert!(has_day("before September 1st, 2023", 9, 1, Some(2023)));
    }
}
