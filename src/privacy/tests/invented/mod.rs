//! Invented numbers with right check digits, made here by the rules of the standards, so that no file of this project
//! contains one.

// Each test file is a program of its own and uses only a part of this.
#![allow(dead_code)]

/// GB 11643: the check character is the one that makes the weighted sum 1 modulo 11.
pub fn identity(place: &str, birth: &str, serial: &str) -> String {
    let number = format!("{place}{birth}{serial}");
    assert_eq!(number.len(), 17);
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = number
        .bytes()
        .zip(weights)
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    let check = (0..11)
        .find(|check| (sum + check) % 11 == 1)
        .expect("one of eleven");
    let check = if check == 10 {
        "X".to_owned()
    } else {
        check.to_string()
    };
    number + &check
}

/// A mobile number.
pub fn mobile(prefix: &str) -> String {
    format!("{prefix}{}", &"00130024"[..11 - prefix.len()])
}

/// Luhn: the last digit makes the sum a multiple of ten.
pub fn card(beginning: &str, length: usize) -> String {
    let zeros = "0".repeat(length - 1 - beginning.len());
    let number = format!("{beginning}{zeros}");
    let sum: u32 = number
        .bytes()
        .rev()
        .enumerate()
        .map(|(i, digit)| {
            let digit = u32::from(digit - b'0');
            match i % 2 {
                0 if digit > 4 => digit * 2 - 9,
                0 => digit * 2,
                _ => digit,
            }
        })
        .sum();
    format!("{number}{}", (10 - sum % 10) % 10)
}

/// GB 32100: the last character of a unified social credit code made of digits alone; nothing if it would be a letter.
pub fn credit_code(number: &str) -> Option<String> {
    let weights = [
        1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28,
    ];
    let sum: u32 = number
        .bytes()
        .zip(weights)
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    let check = (31 - sum % 31) % 31;
    (check < 10).then(|| format!("{number}{check}"))
}

/// In groups of these lengths.
pub fn grouped(number: &str, sizes: &[usize], between: &str) -> String {
    let mut rest = number;
    let mut groups = Vec::new();
    for size in sizes {
        let (group, after) = rest.split_at(*size);
        groups.push(group);
        rest = after;
    }
    if !rest.is_empty() {
        groups.push(rest);
    }
    groups.join(between)
}

/// Full-width signs.
pub fn wide(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '!'..='~' => char::from_u32(u32::from(c) + 0xFEE0).expect("a full-width sign"),
            c => c,
        })
        .collect()
}
