//! The numbers of official texts: 第一章 > 第一节 > 第一条 > 一、 > （一） > 1. > （1） > ①, and those of English ones among them
//! (`english`).
//!
//! Comes in: the beginning of a paragraph, or a citation. Goes out: levels and numbers. It knows no clauses.

pub(super) mod english;

use crate::text::{parse_numeral, strip_width};

/// A level of official numbering, outermost level first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The text before any number, or an annex.
    Part,
    /// Part 1
    EnglishPart,
    /// 第一章
    Chapter,
    /// Chapter 1
    EnglishChapter,
    /// 第一节
    Section,
    /// Section 1
    EnglishSection,
    /// 第一条
    Article,
    /// Article 1
    EnglishArticle,
    /// § 1
    SectionSign,
    /// 一、
    Ideograph,
    /// （一）
    Bracketed,
    /// 1.
    Arabic,
    /// （1）
    BracketedArabic,
    /// (a)
    Letter,
    /// (i)
    Roman,
    /// ①
    Circled,
}

/// A part and the numbers in it, outermost first.
pub(super) type Path = (u32, Vec<(Level, u32)>);

/// The part and the numbers of a citation (`附件2 一（三）` -> part 2, 一, （三）).
pub(super) fn parse_citation(citation: &str) -> Option<Path> {
    let plain = strip_width(citation.trim());
    // Digits directly after 附件 are the number of the annex; digits after white space belong to a clause: 附件2 1.
    let (part, rest) = match plain.strip_prefix("附件") {
        Some(rest) => {
            let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let part = if digits == 0 {
                1
            } else {
                rest[..digits].parse().ok()?
            };
            (part, &rest[digits..])
        }
        None => (0, plain.as_str()),
    };
    let rest: String = rest.chars().filter(|c| !c.is_whitespace()).collect();
    if part == 0 && rest == "正文" {
        return Some((0, Vec::new()));
    }
    let numbers = parse_numbers(&rest)?;
    (!numbers.is_empty() || part > 0).then_some((part, numbers))
}

/// Numbers, outermost first, without white space: `第三章第二节五1`.
pub(super) fn parse_numbers(text: &str) -> Option<Vec<(Level, u32)>> {
    let mut numbers = Vec::new();
    let mut rest = text.trim_start_matches(['、', ':', ',']);
    while !rest.is_empty() {
        let (mut level, mut number, len) =
            parse_number(rest, false).or_else(|| english::parse_number(rest, false))?;
        // A letter below a letter is a Roman number: (a)(i).
        if level == Level::Letter
            && numbers.iter().any(|(above, _)| *above == Level::Letter)
            && let Some(roman) = english::as_roman(number)
        {
            (level, number) = (Level::Roman, roman);
        }
        numbers.push((level, number));
        rest = rest[len..].trim_start_matches(['、', '.', '/', ',']);
    }
    Some(numbers)
}

/// Whether a year or a month begins here: 2024年, 7月.
fn begins_day(text: &str) -> bool {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let follows = &text[digits..];
    let month = text[..digits]
        .parse::<u32>()
        .is_ok_and(|month| (1..=12).contains(&month));
    digits == 4 && follows.starts_with('年') || digits <= 2 && month && follows.starts_with('月')
}

/// Parses one number at the start of `text`: level, value, length in bytes. With `strict`, the punctuation that a
/// number at the start of a paragraph must have is required (`一、` and not `一`).
fn parse_number(text: &str, strict: bool) -> Option<(Level, u32, usize)> {
    let first = text.chars().next()?;
    match first {
        '第' => {
            let (at, unit) = text
                .char_indices()
                .skip(1)
                .take(8)
                .find(|(_, c)| matches!(c, '章' | '节' | '条'))?;
            let number = parse_numeral(&text['第'.len_utf8()..at])?;
            let level = match unit {
                '章' => Level::Chapter,
                '节' => Level::Section,
                _ => Level::Article,
            };
            Some((level, number, at + unit.len_utf8()))
        }
        '（' | '(' => {
            let (at, close) = text
                .char_indices()
                .skip(1)
                .take(6)
                .find(|(_, c)| matches!(c, '）' | ')'))?;
            let inner = text[first.len_utf8()..at].trim();
            let number = parse_numeral(inner)?;
            let arabic =
                inner.starts_with(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c));
            Some((
                if arabic {
                    Level::BracketedArabic
                } else {
                    Level::Bracketed
                },
                number,
                at + close.len_utf8(),
            ))
        }
        '①'..='⑳' => Some(single(Level::Circled, first, '①')),
        // One character that contains the number: ⑴ is （1）, ⒈ is 1., ㈠ is （一）.
        '⑴'..='⒇' => Some(single(Level::BracketedArabic, first, '⑴')),
        '⒈'..='⒛' => Some(single(Level::Arabic, first, '⒈')),
        '㈠'..='㈩' => Some(single(Level::Bracketed, first, '㈠')),
        '0'..='9' | '０'..='９' => {
            let len = text
                .char_indices()
                .find(|(_, c)| !c.is_ascii_digit() && !('０'..='９').contains(c))
                .map_or(text.len(), |(i, _)| i);
            let number = parse_numeral(&text[..len])?;
            let rest = &text[len..];
            match rest.chars().next() {
                Some(c @ ('.' | '．' | '、')) => {
                    let after = &rest[c.len_utf8()..];
                    // 1.5 and 17.3 are decimal numbers, not numbering; 3.7月1日 is a day below a number.
                    let is_decimal = after.starts_with(|c: char| c.is_ascii_digit())
                        && !(number < 100 && begins_day(after));
                    (!is_decimal).then_some((Level::Arabic, number, len + c.len_utf8()))
                }
                _ if strict => None,
                _ => Some((Level::Arabic, number, len)),
            }
        }
        c if "一二三四五六七八九十百".contains(c) => {
            let len = text
                .char_indices()
                .find(|(_, c)| !"一二三四五六七八九十百零".contains(*c))
                .map_or(text.len(), |(i, _)| i);
            let number = parse_numeral(&text[..len])?;
            if !strict {
                return Some((Level::Ideograph, number, len));
            }
            let c = text[len..]
                .chars()
                .next()
                .filter(|c| matches!(c, '、' | '.' | '．'))?;
            Some((Level::Ideograph, number, len + c.len_utf8()))
        }
        _ => None,
    }
}

/// The value of a number that is a single character of a range that begins with 1.
fn single(level: Level, sign: char, one: char) -> (Level, u32, usize) {
    (level, sign as u32 - one as u32 + 1, sign.len_utf8())
}

/// The number at the start of a paragraph of an official text, Chinese or English.
pub fn clause_number(text: &str) -> Option<(Level, u32, usize)> {
    paragraph_number(text).or_else(|| english::parse_number(text, true))
}

/// The Chinese number at the start of a paragraph: level, value, length in bytes as printed.
pub fn paragraph_number(text: &str) -> Option<(Level, u32, usize)> {
    let (level, number, len) = parse_number(text, true)?;
    // “第一章” and similar words are numbers only if a title or white space follows, not inside a sentence.
    if matches!(level, Level::Chapter | Level::Section | Level::Article)
        && text[len..].starts_with(['的', '所', '规', '第', '和', '、', '，'])
    {
        return None;
    }
    Some((level, number, len))
}
