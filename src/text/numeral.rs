//! Chinese and Arabic numerals as documents use them to number clauses: 一, 十二, 二十, 12, １２.
//!
//! Comes in: text or a number. Goes out: the other. Only 1 to 999 occur.

/// Converts full-width digits and letters to half-width; other characters are unchanged.
pub fn strip_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
            c => c,
        })
        .collect()
}

/// The value of a Chinese numeral from 一 to 九百九十九, or of an Arabic numeral from 1 to 999. No clause is numbered
/// 0.
pub fn parse_numeral(text: &str) -> Option<u32> {
    let plain = strip_width(text);
    if !plain.is_empty() && plain.len() <= 3 && plain.bytes().all(|b| b.is_ascii_digit()) {
        return plain.parse().ok().filter(|n| *n > 0);
    }
    let (mut total, mut digit, mut seen) = (0u32, 0u32, false);
    for c in plain.chars() {
        seen = true;
        match "〇一二三四五六七八九".chars().position(|d| d == c) {
            Some(value) if digit == 0 => digit = u32::try_from(value).ok()?,
            Some(_) => return None,
            None => {
                let unit = match c {
                    '十' => 10,
                    '百' => 100,
                    '零' => continue,
                    _ => return None,
                };
                if digit == 0 && (unit == 100 || total % 100 != 0) {
                    return None;
                }
                total += digit.max(1) * unit;
                digit = 0;
            }
        }
    }
    (seen && total + digit > 0 && total + digit < 1000).then_some(total + digit)
}

/// A number before a measure word: 两 for 2, otherwise as [`ideographs`] (两种, 三种); digits beyond 999.
pub fn counted(number: usize) -> String {
    match number {
        2 => "两".to_owned(),
        1..=999 => ideographs(u32::try_from(number).unwrap_or_default()),
        _ => number.to_string(),
    }
}

/// The Chinese numeral of a number from 1 to 999.
pub fn ideographs(number: u32) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |n: u32| DIGITS[(n % 10) as usize];
    let (hundreds, tens, ones) = (number / 100, number / 10 % 10, number % 10);
    let mut out = String::new();
    if hundreds > 0 {
        out.push_str(digit(hundreds));
        out.push('百');
        if tens == 0 && ones > 0 {
            out.push('零');
        }
    }
    if tens > 0 {
        if tens > 1 || hundreds > 0 {
            out.push_str(digit(tens));
        }
        out.push('十');
    }
    out.push_str(digit(ones));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_things_are_counted_with_their_own_word() {
        let words = [2, 3, 10, 12, 22].map(counted);
        assert_eq!(words, ["两", "三", "十", "十二", "二十二"]);
    }

    #[test]
    fn clause_numbers_are_read() {
        for (text, value) in [
            ("一", 1),
            ("十", 10),
            ("十二", 12),
            ("二十", 20),
            ("二十一", 21),
            ("一百零三", 103),
            ("12", 12),
            ("１２", 12),
        ] {
            assert_eq!(parse_numeral(text), Some(value), "{text}");
        }
    }

    #[test]
    fn other_words_are_not_numbers() {
        for text in ["", "县", "一县", "百", "一一", "2020", "十百", "0", "000"] {
            assert_eq!(parse_numeral(text), None, "{text}");
        }
    }
}
