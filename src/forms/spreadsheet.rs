//! How spreadsheets name columns and cells, and how they count days.
//!
//! Comes in: numbers from 0 and days, or the names that people and files write for them. Goes out: the other form. Workbooks are
//! read and written elsewhere.

use jiff::civil::{Date, date};

/// Spreadsheets count a 29 February 1900, which never was: for days after it, day 0 is this one.
const DAY_ZERO: Date = date(1899, 12, 30);

/// Column 0 is `A`, column 26 `AA`.
pub fn column_name(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    loop {
        letters.push(char::from_digit(rest % 26 + 10, 36).unwrap_or('?'));
        if rest < 26 {
            break;
        }
        rest = rest / 26 - 1;
    }
    letters.iter().rev().map(char::to_ascii_uppercase).collect()
}

/// `A` is column 0; nothing for what is not one to three letters.
pub fn column_index(name: &str) -> Option<u32> {
    if name.is_empty() || name.len() > 3 {
        return None;
    }
    let mut index = 0;
    for c in name.chars() {
        let digit = c.to_digit(36).filter(|digit| *digit >= 10)? - 9;
        index = index * 26 + digit;
    }
    Some(index - 1)
}

/// Row 11 and column 2 are `C12`.
pub fn cell_name(row: u32, column: u32) -> String {
    format!("{}{}", column_name(column), row.saturating_add(1))
}

/// The number of a day.
pub fn number_of_day(day: Date) -> i32 {
    DAY_ZERO.until(day).map_or(0, |span| span.get_days())
}

/// The day of a number, if it can be one of our time (2000 to 2099): other numbers are just numbers.
pub fn day_of_number(number: i32) -> Option<Date> {
    if !(36_526..=73_050).contains(&number) {
        return None;
    }
    DAY_ZERO
        .checked_add(jiff::Span::new().try_days(number).ok()?)
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters() {
        for (number, name) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")] {
            assert_eq!(column_name(number), name);
            assert_eq!(column_index(name), Some(number), "{name}");
        }
        assert_eq!(column_index("县"), None);
        assert_eq!(column_index("A1"), None);
        assert_eq!(cell_name(11, 2), "C12");
    }

    #[test]
    fn days_have_numbers() {
        for (number, day) in [
            (36_526, date(2000, 1, 1)),
            (44_039, date(2020, 7, 27)),
            (45_194, date(2023, 9, 25)),
            (73_050, date(2099, 12, 31)),
        ] {
            assert_eq!(day_of_number(number), Some(day));
            assert_eq!(number_of_day(day), number);
        }
        assert_eq!(number_of_day(date(1900, 3, 1)), 61);
        assert_eq!(day_of_number(30), None);
        assert_eq!(day_of_number(73_051), None);
    }
}
