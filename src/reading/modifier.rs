//! The words next to a number or a name that belong to it: 优秀 of 优秀122个, 县（市、区） of 30个县（市、区）.
//!
//! Comes in: signs and a place. Goes out: the words before or after it, up to a verb, a particle or punctuation. What has no
//! clear end is left out.

use crate::signs::{BREAK, Gap, Signs, is_han};
use crate::words::{KEPT, KEPT_AFTER, STOPS_AFTER, STOPS_BEFORE};

/// The word in front of a number that says of what it is; empty if none is clear.
pub(crate) fn group(signs: &Signs, at: usize) -> String {
    const MOST: usize = 10;
    let at = signs
        .before_any(
            at,
            &["为", ":", "共", "达", "是", "约", "达到", "共计", "有"],
        )
        .unwrap_or(at);
    let from = left(signs, at, MOST);
    if at - from >= MOST || at - from < 2 && !matches!(signs.at(from), '男' | '女') {
        return String::new();
    }
    // 87个行政村3268户: the words belong to the number before them.
    let before = signs.before(from);
    if before.is_ascii_digit() || crate::number::is_chinese_numeral(before) {
        return String::new();
    }
    signs.words(from, at)
}

/// Where the words before a place begin that belong together, at most `most` of them.
pub(crate) fn left(signs: &Signs, at: usize, most: usize) -> usize {
    let mut from = at;
    while at - from < most {
        let c = signs.before(from);
        if !is_han(c) {
            break;
        }
        if from < at && signs.gap(from) >= Gap::Wide {
            break;
        }
        if let Some((_, start)) = KEPT.find(signs, from) {
            from = start;
            continue;
        }
        if STOPS_BEFORE.has(signs, from) {
            break;
        }
        from -= 1;
    }
    from
}

/// What is counted, after the unit: `县（市、区）`; empty if it has no clear end.
pub(crate) fn thing(signs: &Signs, at: usize) -> String {
    const MOST: usize = 12;
    let mut end = at;
    while end - at < MOST {
        let c = signs.at(end);
        if end > at && c == '(' {
            let Some(close) = divisions(signs, end) else {
                break;
            };
            end = close;
            continue;
        }
        if !is_han(c) || crate::number::is_chinese_numeral(c) {
            break;
        }
        if let Some((_, kept)) = KEPT_AFTER.find(signs, end) {
            end = kept;
            continue;
        }
        if STOPS_AFTER.has(signs, end) {
            break;
        }
        end += 1;
    }
    let unclear = end - at == 1 && signs.at(end) == '(';
    if end - at >= MOST || unclear || signs.at(end) == '的' {
        return String::new();
    }
    signs.words(at, end).replace('(', "（").replace(')', "）")
}

/// （市、区）
fn divisions(signs: &Signs, open: usize) -> Option<usize> {
    const MOST: usize = 8;
    let close = (open + 1..open + MOST).find(|k| signs.at(*k) == ')')?;
    let is_list = (open + 1..close).all(|k| {
        matches!(
            signs.at(k),
            '市' | '区' | '县' | '旗' | '、' | '镇' | '乡' | '街' | '道'
        )
    });
    is_list.then_some(close + 1)
}

/// The event that a period is counted from, and where its phrase begins: 收到申请之日 of 自收到申请之日起5个工作日内, 领取 of 领取后3日内.
pub(crate) fn event(signs: &Signs, at: usize) -> Option<(String, usize)> {
    const MOST: usize = 40;
    let comma = signs.before_any(at, &["，", ","]).unwrap_or(at);
    let (end, by_day) = match signs.before(comma) {
        '起' => (comma - 1, true),
        '后' => (signs.before_any(comma, &["之后", "以后", "后"])?, false),
        '内' if signs.ends(comma, "之日内").is_some() => return None,
        _ => return None,
    };
    if comma < at && !by_day {
        return None;
    }
    let mut from = end;
    let mut lead = None;
    while end - from < MOST {
        let c = signs.before(from);
        if matches!(c, '自' | '从')
            && !matches!(
                signs.at(from),
                '然' | '治' | '己' | '愿' | '主' | '行' | '费' | '筹' | '查' | '评'
            )
        {
            lead = Some(from - 1);
            break;
        }
        if !(is_han(c) || matches!(c, '(' | ')' | '《' | '》' | '"') || c.is_ascii_digit())
            || c == BREAK
        {
            break;
        }
        if !by_day
            && from < end
            && (STOPS_EVENT
                .iter()
                .any(|word| signs.ends(from, word).is_some()))
        {
            break;
        }
        from -= 1;
    }
    let words = signs.words(from, end);
    let length = end - from;
    let is_day = signs
        .before_any(
            end,
            &["之日", "之时", "次日", "当日", "之月", "次月", "当月"],
        )
        .is_some();
    if length < 2
        || by_day && lead.is_none() && !is_day
        || !by_day && (length > 16 || is_no_event(&words))
    {
        return None;
    }
    if by_day && lead.is_none() {
        let start = start_of_day(signs, from, end);
        return Some((signs.words(start, end), start));
    }
    Some((words, lead.unwrap_or(from)))
}

/// The last part of a long clause before 之日起: without 自 its beginning is a stop word.
fn start_of_day(signs: &Signs, from: usize, end: usize) -> usize {
    (from..end)
        .rev()
        .find(|k| {
            STOPS_EVENT
                .iter()
                .any(|word| signs.ends(*k, word).is_some())
        })
        .unwrap_or(from)
}

/// Words after which an event begins.
const STOPS_EVENT: [&str; 12] = [
    "应当", "应", "须", "必须", "在", "于", "由", "将", "可", "并", "对", "要",
];

/// 最后3天, 今后5年, 此后.
fn is_no_event(words: &str) -> bool {
    ["最", "今", "此", "以", "之", "前", "先", "其", "然", "落"]
        .iter()
        .any(|end| words.ends_with(end))
}
