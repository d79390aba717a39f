//! Headings inside lists: `一、考核优秀单位`, `（一）优秀单位（122个）`, `太原市（3个）：`.
//!
//! Comes in: a line or a cell, and the names of places. Goes out: [`Section`], the grade or prefecture that governs what follows,
//! and the number it states. It does not know what follows.

use super::names::Names;
use crate::text::{parse_numeral, strip_width};
use crate::words::squeeze;

/// Words for grades that offices use.
const GRADES: [&str; 16] = [
    "优秀",
    "良好",
    "合格",
    "不合格",
    "基本合格",
    "优",
    "良",
    "中",
    "差",
    "达标",
    "未达标",
    "基本达标",
    "先进",
    "较好",
    "一般",
    "较差",
];
/// Longer pieces between 、 are not names.
pub(super) const LONGEST_NAME: usize = 20;

/// A heading between rows or paragraphs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Section {
    pub grade: Option<String>,
    pub heading: Option<String>,
    pub count: Option<usize>,
}

/// `一、考核优秀单位`, `（一）优秀单位（122个）`, `太原市（3个）`
pub(super) fn section(text: &str, names: &Names) -> Option<Section> {
    if text.chars().count() > 3 * LONGEST_NAME {
        return None;
    }
    let plain = squeeze(text);
    let plain = plain.trim_end_matches(['：', ':', '。']);
    let bare = without_number(plain);
    for words in [plain, bare] {
        let (words, count) = split_count(words);
        if let Some(heading) = names.heading(words) {
            return Some(Section {
                grade: None,
                heading: Some(heading),
                count,
            });
        }
    }
    let (words, count) = split_count(bare);
    let grade = grade_of(words)?;
    Some(Section {
        grade: Some(grade),
        heading: None,
        count,
    })
}

/// `考核优秀单位` -> 优秀
fn grade_of(words: &str) -> Option<String> {
    let mut rest = words;
    for start in ["考核", "评定", "评为", "评价", "等次"] {
        rest = rest.strip_prefix(start).unwrap_or(rest);
    }
    for end in [
        "名单",
        "单位",
        "等次",
        "等级",
        "档次",
        "县（市、区）",
        "县市区",
        "的",
    ] {
        rest = rest.strip_suffix(end).unwrap_or(rest);
    }
    let rest = rest.trim_matches(['“', '”', '"', '：', ':']);
    GRADES
        .iter()
        .find(|grade| **grade == rest)
        .map(|grade| (*grade).to_owned())
}

/// Takes `一、`, `（一）`, `1.` off.
fn without_number(text: &str) -> &str {
    let inner = |open: char, close: char| {
        let rest = text.strip_prefix(open)?;
        let (number, rest) = rest.split_once(close)?;
        parse_numeral(number).map(|_| rest)
    };
    inner('（', '）')
        .or_else(|| inner('(', ')'))
        .or_else(|| {
            ['、', '.', '．'].iter().find_map(|sign| {
                let (number, rest) = text.split_once(*sign)?;
                parse_numeral(number).map(|_| rest)
            })
        })
        .unwrap_or(text)
}

/// `太原市（3个）` -> 太原市, 3; `优秀单位122个` -> 优秀单位, 122
fn split_count(text: &str) -> (&str, Option<usize>) {
    let inner = |open: char, close: char| {
        let (words, number) = text.strip_suffix(close)?.rsplit_once(open)?;
        let number = number.trim_start_matches('共');
        let number = number.trim_end_matches(['个', '家', '县', '区', '单', '位']);
        parse_numeral(number).map(|n| (words, n))
    };
    let bare = || {
        let rest = text.strip_suffix('个')?;
        let at = rest
            .char_indices()
            .rev()
            .take_while(|(_, c)| {
                strip_width(&c.to_string())
                    .bytes()
                    .all(|b| b.is_ascii_digit())
            })
            .last()?
            .0;
        parse_numeral(&rest[at..]).map(|n| (&rest[..at], n))
    };
    match inner('（', '）').or_else(|| inner('(', ')')).or_else(bare) {
        Some((words, number)) => (words, usize::try_from(number).ok()),
        None => (text, None),
    }
}
