//! The numbers of English texts, by their patterns: `Part 1`, `Chapter 2`, `Section 3`, `Article 4`, `§ 5`, `(a)`, `(i)`.
//!
//! Comes in: the beginning of a paragraph, or a piece of a citation. Goes out: levels and numbers. Plain numbers (`1.`, `(1)`)
//! are those of every text.

use super::Level;

/// The words before a number, with their levels.
const WORDS: [(&str, Level); 4] = [
    ("Part", Level::EnglishPart),
    ("Chapter", Level::EnglishChapter),
    ("Section", Level::EnglishSection),
    ("Article", Level::EnglishArticle),
];

/// Parses one number at the start of `text`: level, value, length in bytes. With `strict`, it must be the number of a
/// paragraph: a heading, white space or nothing follows, and not the rest of a sentence.
pub(super) fn parse_number(text: &str, strict: bool) -> Option<(Level, u32, usize)> {
    if let Some(inner) = text.strip_prefix(['(', '（']) {
        let open = text.len() - inner.len();
        let at = inner.find([')', '）']).filter(|at| (1..=5).contains(at))?;
        let close = inner[at..].chars().next().map_or(0, char::len_utf8);
        let (level, number) = letter(&inner[..at])?;
        return Some((level, number, open + at + close));
    }
    let (level, rest) = match text.strip_prefix('§') {
        Some(rest) => (Level::SectionSign, rest),
        None => WORDS.iter().find_map(|(word, level)| {
            let head = text.get(..word.len())?;
            let is_word = head == *word || !strict && head.eq_ignore_ascii_case(word);
            is_word.then(|| (*level, &text[word.len()..]))
        })?,
    };
    let digits = rest.trim_start_matches([' ', '\u{a0}']);
    if strict && digits.len() == rest.len() && level != Level::SectionSign {
        return None;
    }
    let length = digits.len()
        - digits
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .len();
    let number = digits[..length]
        .parse::<u32>()
        .ok()
        .filter(|number| (1..10_000).contains(number))?;
    let after = &digits[length..];
    (!strict || begins_text(after)).then_some((level, number, text.len() - after.len()))
}

/// `a` and `i` between brackets: a letter of the alphabet, or a small Roman number of two signs or more.
fn letter(inner: &str) -> Option<(Level, u32)> {
    if let [one @ b'a'..=b'z'] = inner.as_bytes() {
        return Some((Level::Letter, u32::from(one - b'a') + 1));
    }
    roman(inner).map(|number| (Level::Roman, number))
}

/// The value of a small Roman number below 40.
fn roman(text: &str) -> Option<u32> {
    let tens = text.len() - text.trim_start_matches('x').len();
    let ones = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    let one = ones.iter().position(|one| *one == &text[tens..])?;
    let number = u32::try_from(tens * 10 + one).ok()?;
    (tens < 4 && number > 0).then_some(number)
}

/// The Roman number that a letter is, if it is one.
pub fn as_roman(letter: u32) -> Option<u32> {
    let sign = char::from_u32('a' as u32 + letter.checked_sub(1)?)?;
    roman(sign.encode_utf8(&mut [0; 4]))
}

/// Whether the text of a paragraph, or nothing, begins after its number. `Section 3 of the Act applies` is a sentence.
fn begins_text(after: &str) -> bool {
    let after = after.trim_start_matches(['.', ':', ')']);
    let words = after.trim_start_matches([' ', '\u{a0}', '\t', '—', '–', '-']);
    let follows = words.chars().next();
    let is_apart = words.is_empty() || words.len() < after.len() || after.starts_with('\n');
    is_apart && follows.is_none_or(|c| !c.is_lowercase() && !c.is_ascii_digit() && c != ',')
        || after.starts_with('(')
}

/// A number as English texts print it.
pub fn label(level: Level, number: u32) -> Option<String> {
    let word = |word: &str| Some(format!("{word} {number}"));
    match level {
        Level::SectionSign => word("§"),
        Level::Letter => {
            let sign = char::from_u32('a' as u32 + number.checked_sub(1)?)?;
            Some(format!("({sign})"))
        }
        Level::Roman => {
            let tens = "x".repeat(number as usize / 10);
            let ones = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
            Some(format!("({tens}{})", ones[number as usize % 10]))
        }
        _ => WORDS
            .iter()
            .find(|(_, other)| *other == level)
            .and_then(|(name, _)| word(name)),
    }
}

#[cfg(test)]
mod tests {
    use super::{Level, parse_number, roman};

    #[test]
    fn numbers_are_read_where_a_paragraph_begins() {
        for (text, found) in [
            ("Section 1", Some((Level::EnglishSection, 1, 9))),
            ("Section 12. Loans", Some((Level::EnglishSection, 12, 10))),
            ("Article 4 Grants", Some((Level::EnglishArticle, 4, 9))),
            ("§ 2 Who may apply", Some((Level::SectionSign, 2, 4))),
            ("(a) lives here", Some((Level::Letter, 1, 3))),
            ("(iv) studies", Some((Level::Roman, 4, 4))),
            ("Section 3 of the Act applies.", None),
            ("Section 3, as amended", None),
            ("Sections 3 and 4", None),
            ("Section one", None),
            ("(also) this", None),
        ] {
            assert_eq!(parse_number(text, true), found, "{text}");
        }
        assert_eq!(
            parse_number("section3(1)", false),
            Some((Level::EnglishSection, 3, 8))
        );
        assert_eq!(roman("xiv"), Some(14));
        assert_eq!(roman("iix"), None);
    }
}
