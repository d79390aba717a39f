//! Signs that a reader of a message cannot tell from others: characters without width, and radicals that look like ideographs.
//!
//! Comes in: the words that a diagnostic points to. Goes out: a sentence that names the signs, to be added to the hint. Two
//! values that look the same in a message are otherwise a riddle.

use crate::{Bilingual, usual_ideograph};

/// The most signs that are named.
const MOST: usize = 3;

/// Names the signs of a text that nobody sees or distinguishes; nothing if it has none.
pub(super) fn named(text: &str) -> Option<Bilingual> {
    let mut seen: Vec<char> = Vec::new();
    for c in text.chars() {
        let is_odd = has_no_width(c) || look_alike(c).is_some();
        if is_odd && !seen.contains(&c) && seen.len() < MOST {
            seen.push(c);
        }
    }
    if seen.is_empty() {
        return None;
    }
    let words: Vec<(String, String)> = seen.into_iter().map(name).collect();
    let join = |words: Vec<&str>, between: &str| words.join(between);
    Some(Bilingual::new(
        join(words.iter().map(|(zh, _)| zh.as_str()).collect(), "；"),
        join(words.iter().map(|(_, en)| en.as_str()).collect(), "; "),
    ))
}

fn name(c: char) -> (String, String) {
    let code = u32::from(c);
    match look_alike(c) {
        Some(usual) => {
            let other = u32::from(usual);
            (
                format!(
                    "这里的“{c}”是 U+{code:04X}，和“{usual}”（U+{other:04X}）不是同一个字，请改过来"
                ),
                format!(
                    "\"{c}\" here is U+{code:04X}, which is not the character \"{usual}\" (U+{other:04X}): replace it"
                ),
            )
        }
        None => (
            format!("这里有看不见的字符 U+{code:04X}，请删去"),
            format!("there is an invisible character U+{code:04X} here: delete it"),
        ),
    }
}

/// Characters that take no room and are not marks of a letter.
fn has_no_width(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2069}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}')
}

/// The ideograph that a radical or a compatibility ideograph looks like: 月 of U+2F49.
fn look_alike(c: char) -> Option<char> {
    Some(usual_ideograph(c)).filter(|usual| *usual != c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_that_look_like_others_are_named() {
        let zh = |text: &str| named(text).map(|words| words.zh).unwrap_or_default();
        assert!(zh("\u{200B}title").contains("看不见的字符 U+200B"));
        assert!(zh("1\u{2F49}5日").contains("U+2F49，和“月”（U+6708）"));
        assert_eq!(zh("1月5日　标题 title"), "");
    }
}
