//! Tokens: what of a text is looked up.
//!
//! Comes in: folded characters. Goes out: [`Piece`]s (runs of ideographs, words of letters or digits, document
//! numbers, days) and, from them, the keys under which the index files them:
//!
//! | key | what |
//! | --- | --- |
//! | `续贷` | two ideographs next to each other |
//! | `县` | one ideograph |
//! | `qq`, `2020`, `72.62`, `60名` | a word of letters or digits; a number with the sign after it |
//! | `#2020-7`, `#助学2020-7`, `#-7` | a document number, however its brackets are written |
//! | `d7-22`, `d7` | a day or a month |
//! | `=右玉县`, `=you'yu` | the whole of a name, in characters or sounds |
//! | `?贴息` | a word of the glossary, whose meaning may be asked for |
//! | `+接着贷` | the whole of an everyday phrase |
//! | `you'yu` | two syllables side by side; `yyx` initials of a name |
//! | `右*县`, `*玉县`, `右玉*` | a name with one character unknown |
//!
//! The browser makes the same keys of a question (`pieces` in the theme's `search.js`).

use crate::fold::is_han;
use crate::ranking::ISSUER_TAIL_CHARACTERS;

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Its first character.
    pub from: usize,
    /// The character after its last.
    pub to: usize,
    /// What it is.
    pub what: What,
}

/// What a piece of a text is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// Ideographs.
    Han,
    /// Letters, or digits.
    Word,
    /// Keys of a document number or a day, the most exact one first.
    Keys(Vec<String>),
}

fn digit(text: &[char], at: usize) -> bool {
    text.get(at).is_some_and(char::is_ascii_digit)
}

fn letter(text: &[char], at: usize) -> bool {
    text.get(at).is_some_and(char::is_ascii_lowercase)
}

/// The digits from `at` on, at most `most` of them: value as text without leading zeros, and where they end.
fn digits(text: &[char], at: usize, most: usize) -> Option<(String, usize)> {
    let mut end = at;
    while end - at < most && digit(text, end) {
        end += 1;
    }
    if end == at || digit(text, end) {
        return None;
    }
    let all: String = text[at..end].iter().collect();
    let short = all.trim_start_matches('0');
    Some((if short.is_empty() { "0" } else { short }.to_owned(), end))
}

fn skip(text: &[char], mut at: usize, signs: &str) -> usize {
    while text.get(at).is_some_and(|&c| signs.contains(c)) {
        at += 1;
    }
    at
}

/// A year (1900 to 2099) at `at`.
fn year(text: &[char], at: usize) -> Option<String> {
    let end = at + 4;
    let is = end <= text.len()
        && (at..end).all(|i| digit(text, i))
        && (text[at] == '2' && text[at + 1] == '0' || text[at] == '1' && text[at + 1] == '9')
        && (at == 0 || !digit(text, at - 1));
    is.then(|| text[at..end].iter().collect())
}

/// `[2020]7号`, `2020年第7号`, `教财20152号`: keys and where it ends.
fn number(text: &[char], at: usize) -> Option<(Vec<String>, usize)> {
    let year = year(text, at)?;
    let opened = at > 0 && text[at - 1] == '[';
    let mut next = skip(text, at + 4, " ");
    let closed = text.get(next) == Some(&']');
    let start = skip(text, next, "] 年第");
    let spaced_year = text[next..start].contains(&'年');
    next = start;
    let (serial, end) = digits(text, next, 4)?;
    let after = skip(text, end, " ");
    let sign = text.get(after).copied().unwrap_or(' ');
    let before = text[..at]
        .iter()
        .rposition(|c| !matches!(c, ' ' | '['))
        .map(|i| text[i]);
    let named = before.is_some_and(is_han);
    let counted = sign == '号';
    let bare = named
        && !spaced_year
        && !matches!(
            sign,
            '月' | '年' | '日' | '.' | '-' | '/' | '个' | '名' | '%'
        );
    if !(counted || closed || opened || bare) {
        return None;
    }
    let mut keys = Vec::new();
    if named {
        let last = text[..at].iter().rposition(|c| !matches!(c, ' ' | '['))? + 1;
        let first = text[..last]
            .iter()
            .rposition(|&c| !is_han(c))
            .map_or(0, |i| i + 1)
            .max(last.saturating_sub(ISSUER_TAIL_CHARACTERS));
        let name: String = text[first..last].iter().collect();
        keys.push(format!("#{name}{year}-{serial}"));
    }
    keys.push(format!("#{year}-{serial}"));
    Some((keys, if counted { after + 1 } else { end }))
}

/// Signs after `9.25` with which it is not a day: 9.25%, 9.25万.
const NO_DAY: &str = "%万亿元倍分公斤米吨个点.";

/// `2020年7月22日`, `2020-07-22`, `7月22日`, `7月`, `7.22`: keys and where it ends.
fn day(text: &[char], at: usize) -> Option<(Vec<String>, usize)> {
    let (year, month_at) = match year(text, at) {
        Some(year) => {
            let sign = text.get(at + 4).copied()?;
            if !matches!(sign, '年' | '-' | '.' | '/') {
                return None;
            }
            (Some((year, sign)), at + 5)
        }
        None => (None, at),
    };
    if at > 0 && digit(text, at - 1) {
        return None;
    }
    let (month, end) = digits(text, month_at, 2)?;
    let sign = text.get(end).copied().unwrap_or(' ');
    // People type 9.25 for a day.
    let is_short = year.is_none() && sign == '.' && (at == 0 || text[at - 1] != '.');
    let right = match &year {
        Some((_, '年')) | None => sign == '月' || is_short,
        Some((_, mark)) => sign == *mark,
    };
    if !right || month.parse::<u32>().is_ok_and(|m| m > 12 || m == 0) {
        return None;
    }
    let mut keys = Vec::new();
    let mut last = end + 1;
    match digits(text, last, 2) {
        Some((_, end)) if is_short && text.get(end).is_some_and(|c| NO_DAY.contains(*c)) => {
            return None;
        }
        Some((day, end))
            if day
                .parse::<u32>()
                .is_ok_and(|d| d < 32 && (d > 0 || !is_short)) =>
        {
            let closing = matches!(text.get(end), Some('日' | '号'));
            keys.push(format!("d{month}-{day}"));
            last = end + usize::from(closing);
        }
        _ if sign == '月' => keys.push(format!("d{month}")),
        _ => return None,
    }
    keys.extend(year.map(|(year, _)| year));
    Some((keys, last))
}

/// `192号`: a document number without its year.
fn serial(text: &[char], at: usize) -> Option<(Vec<String>, usize)> {
    if at > 0 && digit(text, at - 1) {
        return None;
    }
    let (serial, end) = digits(text, at, 4)?;
    let after = skip(text, end, " ");
    (text.get(after) == Some(&'号')).then(|| (vec![format!("#-{serial}")], after + 1))
}

/// A number with what it counts: `60名`, `10公`, `72.62%`.
pub fn counted(text: &[char], from: usize, to: usize) -> Option<String> {
    let unit = text.get(to).filter(|c| is_han(**c) || **c == '%')?;
    let number: String = text[from..to].iter().collect();
    digit(text, from).then(|| format!("{number}{unit}"))
}

/// Divides folded text.
pub fn pieces(text: &[char]) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let from = at;
        if is_han(text[at]) {
            while at < text.len() && is_han(text[at]) {
                at += 1;
            }
            out.push(Piece {
                from,
                to: at,
                what: What::Han,
            });
        } else if digit(text, at) {
            let found = number(text, at)
                .or_else(|| day(text, at))
                .or_else(|| serial(text, at));
            if let Some((keys, to)) = found {
                at = to;
                out.push(Piece {
                    from,
                    to,
                    what: What::Keys(keys),
                });
                continue;
            }
            while digit(text, at)
                || text[at..].first() == Some(&'.') && digit(text, at + 1) && at > from
            {
                at += 1;
            }
            out.push(Piece {
                from,
                to: at,
                what: What::Word,
            });
        } else if letter(text, at) {
            while letter(text, at) || text.get(at) == Some(&'\'') && letter(text, at + 1) {
                at += 1;
            }
            out.push(Piece {
                from,
                to: at,
                what: What::Word,
            });
        } else {
            at += 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<String> {
        let text: Vec<char> = text.chars().collect();
        pieces(&text)
            .into_iter()
            .map(|piece| match piece.what {
                What::Keys(keys) => keys.join(" "),
                _ => text[piece.from..piece.to].iter().collect(),
            })
            .collect()
    }

    #[test]
    fn a_document_number_is_found_in_any_brackets() {
        for written in [
            "晋教助学[2020]7号",
            "晋教助学 [2020] 7 号",
            "晋教助学2020年7号",
            "晋教助学2020 7号",
            "晋教助学20207号",
            "晋教助学20207",
            "晋教助学[2020]第07号",
        ] {
            assert_eq!(
                keys(written),
                ["晋教助学", "#助学2020-7 #2020-7"],
                "{written}"
            );
        }
        assert_eq!(keys("2020]7"), ["#2020-7"]);
        assert_eq!(keys("192号"), ["#-192"]);
    }

    #[test]
    fn days_and_plain_numbers_are_not_taken_for_document_numbers() {
        assert_eq!(keys("2017年8月24日"), ["d8-24 2017"]);
        assert_eq!(keys("2017-08-24"), ["d8-24 2017"]);
        assert_eq!(keys("7月22日前"), ["d7-22", "前"]);
        assert_eq!(keys("每年11月"), ["每年", "d11"]);
        assert_eq!(keys("山西2020年7月"), ["山西", "d7 2020"]);
        assert_eq!(keys("做好2020年续贷"), ["做好", "2020", "年续贷"]);
        assert_eq!(keys("优秀率72.62%"), ["优秀率", "72.62"]);
        assert_eq!(keys("9.25能办吗"), ["d9-25", "能办吗"]);
        assert_eq!(keys("9.05"), ["d9-5"]);
        assert_eq!(keys("利率4.25%"), ["利率", "4.25"]);
        assert_eq!(keys("贷了1.2万元"), ["贷了", "1.2", "万元"]);
        assert_eq!(keys("0.5"), ["0.5"]);
        assert_eq!(keys("1.2.3"), ["1.2.3"]);
        assert_eq!(keys("gb/t 16180"), ["gb", "t", "16180"]);
        assert_eq!(keys("2020"), ["2020"]);
    }
}
