//! Page furniture: numbers of pages, headers that repeat, and a typed table of contents.
//!
//! Comes in: the lines. Goes out: which of them are furniture. Only what can be nothing else is taken out, and each
//! piece is named.

use std::collections::HashMap;
use std::ops::Range;

use super::parts::{Line, covering};
use crate::remark::{Remark, RemarkKind};
use crate::text::strip_width;
use crate::words::squeeze;

/// Which lines are furniture.
pub(super) fn find(lines: &[Line], remarks: &mut Vec<Remark>) -> Vec<bool> {
    let mut is = vec![false; lines.len()];
    let words: Vec<String> = lines
        .iter()
        .map(|line| match line.table {
            Some(_) => String::new(),
            None => strip_width(&squeeze(&line.text)),
        })
        .collect();
    for (i, text) in words.iter().enumerate() {
        // PAGE and the number below it: a field that somebody copied.
        let number_of_field = i > 0
            && words[i - 1].eq_ignore_ascii_case("page")
            && text.len() <= 3
            && text.bytes().all(|b| b.is_ascii_digit())
            && !text.is_empty();
        is[i] = is_page_number(text) || number_of_field;
        if number_of_field {
            is[i - 1] = true;
        }
    }
    plain_numbers(&words, &mut is);
    let numbers = is.clone();
    repeated_headers(&words, &numbers, &mut is);
    let furniture = is.clone();
    for part in contents(&words) {
        let words = (
            "目录，不属于正文；网页上另有目录",
            "table of contents, not part of the text; the page has its own",
        );
        let places: Vec<usize> = part.clone().filter(|i| !is[*i]).collect();
        remarks.push(covering(lines, &places, RemarkKind::Removed, words));
        is[part].fill(true);
    }
    for (i, line) in lines.iter().enumerate().filter(|(i, _)| furniture[*i]) {
        let words = if numbers[i] {
            ("页码", "page number")
        } else {
            (
                "每页重复的页眉、页脚",
                "header or footer repeated on each page",
            )
        };
        remarks.push(covering(lines, &[i], RemarkKind::Removed, words));
        debug_assert!(line.table.is_none());
    }
    is
}

/// `— 3 —`, `-3-`, `第3页`, `第3页共5页`, `Page 3 of 5`.
pub(super) fn is_page_number(text: &str) -> bool {
    const DASHES: [char; 8] = ['-', '—', '–', '－', '―', '·', '•', '~'];
    let digits = |s: &str| !s.is_empty() && s.len() <= 4 && s.bytes().all(|b| b.is_ascii_digit());
    let inner = text.trim_matches(DASHES);
    if digits(inner) && text.starts_with(DASHES) && text.ends_with(DASHES) {
        return true;
    }
    let lower = text.to_ascii_lowercase();
    let pages = |rest: &str, between: &str, end: &str| {
        rest.strip_suffix(end).is_some_and(|rest| {
            rest.split_once(between)
                .is_some_and(|(a, b)| digits(a) && digits(b))
        })
    };
    if let Some(rest) = lower.strip_prefix('第') {
        return rest.strip_suffix('页').is_some_and(digits)
            || pages(rest, "页共", "页")
            || pages(rest, "页/共", "页")
            || pages(rest, "页,共", "页")
            || pages(rest, "页(共", "页)");
    }
    lower
        .strip_prefix("page")
        .is_some_and(|rest| digits(rest) || pages(rest, "of", ""))
}

/// The lines of typed tables of contents: a heading 目录 and lines that end with dots and a number; without the heading, three of them.
fn contents(words: &[String]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let entries = words[at..].iter().take_while(|text| is_entry(text)).count();
        let is_headed = at > 0 && matches!(words[at - 1].as_str(), "目录" | "目次");
        if entries >= 3 || (is_headed && entries > 0) {
            found.push(at - usize::from(is_headed)..at + entries);
        }
        at += entries.max(1);
    }
    found
}

/// Whether a line is one of a table of contents: `第一章总则……1`.
fn is_entry(text: &str) -> bool {
    let bare = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let words = bare.trim_end_matches(['.', '·', '…', '-', '—', '_']);
    let dots = bare[words.len()..].chars();
    (1..=4).contains(&(text.len() - bare.len()))
        && !words.is_empty()
        && dots.count() >= 2
        && bare.ends_with(['.', '·', '…'])
}

/// Lines that are a number only: page numbers if there are several and they count up by one, from a small number on.
fn plain_numbers(words: &[String], is: &mut [bool]) {
    let plain: Vec<(usize, u32)> = words
        .iter()
        .enumerate()
        .filter(|(_, text)| text.len() <= 3)
        .filter_map(|(i, text)| Some((i, text.parse().ok()?)))
        .collect();
    let counts_up = plain.windows(2).all(|pair| pair[1].1 == pair[0].1 + 1);
    // Pages lie apart; a column of numbers does not.
    let apart = plain.windows(2).all(|pair| pair[1].0 > pair[0].0 + 4);
    if plain.len() >= 2 && plain[0].1 <= 2 && counts_up && apart {
        for (i, _) in plain {
            is[i] = true;
        }
    }
}

/// Short lines next to page numbers that occur three times or more.
fn repeated_headers(words: &[String], numbers: &[bool], is: &mut [bool]) {
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for (i, text) in words.iter().enumerate() {
        if !numbers[i] && (4..=40).contains(&text.chars().count()) {
            places.entry(text).or_default().push(i);
        }
    }
    for places in places.values().filter(|places| places.len() >= 3) {
        let near_number =
            |i: usize| (i > 0 && numbers[i - 1]) || numbers.get(i + 1).copied().unwrap_or(false);
        if places.iter().filter(|&&i| near_number(i)).count() + 1 >= places.len() {
            for &i in places {
                is[i] = is[i] || near_number(i);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_table_of_contents_is_found_by_its_dots() {
        let words = |text: &[&str]| text.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
        let headed = words(&[
            "通知",
            "目录",
            "第一章总则……1",
            "第二章细则......12",
            "第一章总则",
        ]);
        assert_eq!(contents(&headed), std::slice::from_ref(&(1..4)));
        let bare = words(&["甲……1", "乙··2", "丙…………3", "金额为…5"]);
        assert_eq!(contents(&bare), std::slice::from_ref(&(0..3)));
        assert!(contents(&words(&["甲……1", "乙……2", "版本1.2", "见第3页"])).is_empty());
    }

    #[test]
    fn page_numbers_are_distinguished_from_text() {
        for text in [
            "—3—",
            "-12-",
            "第3页",
            "第3页共5页",
            "page3of5",
            "·3·",
            "Page4",
        ] {
            assert!(is_page_number(text), "{text}");
        }
        for text in [
            "3",
            "2020-2021",
            "第3章",
            "-",
            "——",
            "第页",
            "3.5",
            "page",
            "无",
        ] {
            assert!(!is_page_number(text), "{text}");
        }
    }
}
