//! Marks of secrecy: 秘密★10年, 机密, 内部资料, 不得公开.
//!
//! Comes in: a text and a place in it where such a word is. Goes out: a finding, if the word is a mark of the document: with
//! a star, after 密级, alone in its line, cell or brackets, or in a sentence that says it of this document. A sentence that
//! speaks of secrets (涉及国家秘密的，不予公开) is not a mark.

use std::ops::Range;

use crate::signs::Plain;
use crate::{Finding, Kind};

/// The levels of secrecy.
const LEVELS: [&str; 3] = ["绝密", "机密", "秘密"];
/// What is a mark if it is alone.
const ALONE: [&str; 37] = [
    "绝密",
    "机密",
    "秘密",
    "内部资料",
    "内部文件",
    "内部材料",
    "内部批示",
    "领导批示",
    "内部使用",
    "内部参考",
    "内部传阅",
    "内部掌握",
    "内部刊物",
    "内部明电",
    "内部信息",
    "内部数据",
    "内部名单",
    "仅供",
    "供",
    "仅限",
    "限",
    "不得公开",
    "不准公开",
    "严禁公开",
    "禁止公开",
    "请勿公开",
    "不得外传",
    "严禁外传",
    "请勿外传",
    "禁止外传",
    "不得外泄",
    "严禁外泄",
    "不得对外公开",
    "不得上网",
    "注意保存",
    "注意保密",
    "工作秘密",
];
/// What may be with a mark in its line and says nothing else.
const WITH: [&str; 16] = [
    "文件",
    "材料",
    "资料",
    "妥善保管",
    "注意",
    "保管",
    "阅后即焚",
    "阅后收回",
    "用后收回",
    "复印",
    "翻印",
    "转发",
    "未经批准",
    "未经许可",
    "严禁",
    "件",
];
/// This document.
const THIS: [&str; 18] = [
    "本文件",
    "本资料",
    "本材料",
    "本件",
    "此件",
    "此文件",
    "此资料",
    "本名单",
    "本表",
    "本册",
    "本页",
    "本通知",
    "该文件",
    "本附件",
    "本文",
    "此表",
    "此名单",
    "以下内容",
];
/// What this document is said to be.
const SAID: [&str; 19] = [
    "内部资料",
    "内部文件",
    "内部材料",
    "内部使用",
    "内部掌握",
    "内部参考",
    "内部传阅",
    "机密",
    "秘密",
    "绝密",
    "不得公开",
    "不准公开",
    "严禁公开",
    "不得外传",
    "严禁外传",
    "请勿外传",
    "不得外泄",
    "不得对外公开",
    "不得上网",
];
/// What may be between the two.
const BETWEEN: [&str; 10] = [
    "", "为", "系", "是", "属", "属于", "仅供", "仅限", "供", "定为",
];
/// What ends a mark.
const STARS: [char; 8] = ['★', '☆', '⭐', '✩', '✭', '⋆', '🌟', '✪'];

/// Words near which a mark may be, for the search of places.
pub(crate) const HINTS: [&str; 16] = [
    "密",
    "★",
    "☆",
    "⭐",
    "内部",
    "内 部",
    "内　部",
    "批示",
    "不得公开",
    "公开\n",
    "外传",
    "外泄",
    "严禁公开",
    "不准公开",
    "请勿公开",
    "不得上网",
];

/// How much of a text is read on each side of a place, in bytes.
const REACH: usize = 240;

/// Finds the mark around one place. Returns up to where the text was judged with it.
pub(crate) fn find(text: &str, place: Range<usize>, found: &mut Vec<Finding>) -> usize {
    let from = boundary(text, place.start.saturating_sub(REACH));
    let to = boundary(text, (place.end + REACH).min(text.len()));
    let plain = Plain::new(text, from..to);
    let here = plain.at.partition_point(|(_, end)| *end <= place.start);
    let is_border = |c: &char| {
        matches!(
            c,
            '\n' | '|'
                | '"'
                | '['
                | ']'
                | '('
                | ')'
                | '{'
                | '}'
                | '《'
                | '》'
                | '<'
                | '>'
                | '#'
                | '“'
                | '”'
        )
    };
    let start = plain.chars[..here.min(plain.chars.len())]
        .iter()
        .rposition(is_border)
        .map_or(0, |at| at + 1);
    let rest = &plain.chars[here.min(plain.chars.len())..];
    let length = rest.iter().position(is_border).unwrap_or(rest.len());
    let line = start..here.min(plain.chars.len()) + length;
    // The line goes on beyond what was read.
    let is_cut = start == 0 && from > 0 || line.end == plain.chars.len() && to < text.len();
    let words = &plain.chars[line.clone()];
    let last = line.end.checked_sub(1).and_then(|last| plain.at.get(last));
    let judged = last.map_or(place.end, |at| at.1).min(place.end + REACH / 2);
    let Some(mark) = mark(words, is_cut) else {
        return judged;
    };
    let range = line.start + mark.start..line.start + mark.end;
    found.push(Finding {
        kind: Kind::Secrecy,
        key: plain.chars[range.clone()].iter().collect(),
        range: plain.bytes(range),
    });
    judged
}

fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn begins(words: &[char], at: usize, word: &str) -> bool {
    let mut i = at;
    word.chars().all(|c| {
        i += 1;
        words.get(i - 1) == Some(&c)
    })
}

/// The mark in a line without blanks.
fn mark(words: &[char], is_cut: bool) -> Option<Range<usize>> {
    let starred = (0..words.len()).find_map(|at| starred(words, at));
    let declared = || (0..words.len()).find_map(|at| declared(words, at));
    let ordered = || (0..words.len()).find_map(|at| ordered(words, at));
    let alone = || (!is_cut).then(|| alone(words)).flatten();
    starred.or_else(declared).or_else(ordered).or_else(alone)
}

/// `秘密★`, `机密*10年`, `密级：秘密`, `绝密启用前`
fn starred(words: &[char], at: usize) -> Option<Range<usize>> {
    let level = LEVELS.iter().find(|level| begins(words, at, level))?;
    let end = at + level.chars().count();
    let has_star = words.get(end).is_some_and(|c| STARS.contains(c));
    let before = |word: &str| {
        let length = word.chars().count();
        at >= length && begins(words, at - length, word)
    };
    let is_level = [
        "密级:",
        "密级为",
        "密级是",
        "密级",
        "定密为",
        "密级：",
        "等级:",
    ]
    .iter()
    .any(|word| before(word));
    let digits = words[end..]
        .iter()
        .take_while(|c| c.is_ascii_digit())
        .count();
    let has_term = at == 0
        && digits > 0
        && (begins(words, end + digits, "年") || begins(words, end + digits, "个月"))
        || begins(words, end, "启用前")
        || at == 0 && begins(words, end, "长期");
    let ends = !matches!(words.get(end), Some('、' | '和' | '的' | '或'));
    (has_star || is_level && ends || has_term).then(|| at..end + usize::from(has_star))
}

/// `本文件为内部资料`
fn declared(words: &[char], at: usize) -> Option<Range<usize>> {
    let this = THIS.iter().find(|this| begins(words, at, this))?;
    let from = at + this.chars().count();
    SAID.iter().find_map(|said| {
        let between = BETWEEN.iter().find(|between| {
            begins(words, from, between) && begins(words, from + between.chars().count(), said)
        })?;
        let start = from + between.chars().count();
        let end = start + said.chars().count();
        let is_part = matches!(
            words.get(end),
            Some('的' | '级' | '事' | '、' | '性' | '和' | '或')
        );
        (!is_part).then_some(start..end)
    })
}

/// `内部批示：同意`
fn ordered(words: &[char], at: usize) -> Option<Range<usize>> {
    let word = ["内部批示", "内部资料", "内部文件"]
        .iter()
        .find(|word| begins(words, at, word))?;
    let end = at + word.chars().count();
    let is_followed = matches!(words.get(end), Some(':' | '：'));
    (is_followed && !(at > 0 && matches!(words[at - 1], '和' | '、' | '与'))).then_some(at..end)
}

/// A line with nothing but marks.
fn alone(words: &[char]) -> Option<Range<usize>> {
    let is_between = |c: char| !c.is_alphanumeric();
    let mut at = 0;
    let mut marks: Option<Range<usize>> = None;
    // The key of a file in YAML: `title: 内部资料`.
    if let Some(colon) = words.iter().position(|c| *c == ':')
        && words[..colon]
            .iter()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ' '))
    {
        at = colon + 1;
    }
    while at < words.len() {
        let longest = |list: &[&str]| {
            let fits = list.iter().filter(|word| begins(words, at, word));
            fits.map(|word| word.chars().count()).max()
        };
        if let Some(length) = longest(&ALONE) {
            let start = marks.map_or(at, |marks| marks.start);
            marks = Some(start..at + length);
            at += length;
        } else if let Some(length) = longest(&WITH) {
            at += length;
        } else if is_between(words[at]) {
            at += 1;
        } else {
            return None;
        }
    }
    // Single words of sentences: 供, 限.
    marks.filter(|marks| marks.len() >= 2)
}
