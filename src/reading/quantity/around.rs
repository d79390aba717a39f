//! The words around a number: 最高不超过, 每生每年, 以上（含60周岁）, /人·年.
//!
//! Comes in: signs and the place of a number. Goes out: its limit, what it is counted by, and where these words begin and
//! end. 民法典 1259: 以上, 以下, 以内 and 届满 include the number; 不满, 超过 and 以外 do not.

use super::{Measured, Unit};
use crate::number::is_chinese_numeral;
use crate::signs::{BREAK, Signs, is_han};
use crate::what::Limit;
use crate::words::{LIMITS_AFTER, LIMITS_BEFORE, NOT_LIMITS, PER};

/// What comes before a number.
#[derive(Debug, Default)]
pub(super) struct Before {
    pub limit: Option<Limit>,
    pub per: String,
    pub from: usize,
    /// Where the words of the limit begin, without what is counted by.
    pub limit_from: usize,
}

/// Reads to the left of a number: 最高不超过, 每生每年, 人民币.
pub(super) fn before(signs: &Signs, i: usize) -> Before {
    let mut found = Before {
        from: i,
        limit_from: i,
        ..Before::default()
    };
    let mut at = i;
    let mut per: Option<(usize, usize)> = None;
    for _ in 0..5 {
        if let Some(start) = signs.before_any(at, &["人民币", "¥"]) {
            at = start;
            (found.from, found.limit_from) = (at, at);
            continue;
        }
        if let Some(start) =
            signs.before_any(at, &["各为", "均为", "分别为", "为", "达", "达到", "是"])
            && (LIMITS_BEFORE.has(signs, start) || PER.has(signs, start))
        {
            at = start;
            continue;
        }
        if let Some((_, start)) = PER.find(signs, at) {
            per = Some((start, per.map_or(at, |(_, end)| end)));
            at = start;
        } else if found.limit.is_none()
            && let Some((limit, start)) = LIMITS_BEFORE
                .find(signs, at)
                .filter(|_| !NOT_LIMITS.has(signs, at))
        {
            found.limit = Some(limit);
            at = start;
            found.limit_from = at;
        } else if found.limit.is_none()
            && let Some((limit, start)) = distant_limit(signs, at)
        {
            found.limit = Some(limit);
            at = start;
            found.limit_from = at;
        } else {
            break;
        }
        found.from = at;
    }
    if let Some((start, end)) = per.or_else(|| distant_per(signs, at)) {
        // 每人每年不超过: the limit is not part of what is counted by.
        let words = signs.words(start, end);
        found.per = words;
    }
    found
}

/// 最高收费30元: a limit, with what is done after it.
fn distant_limit(signs: &Signs, at: usize) -> Option<(Limit, usize)> {
    let verb = signs.before_any(at, &LIMITED)?;
    let start = signs.before_any(
        verb,
        &[
            "最高",
            "最多",
            "最低",
            "最少",
            "至少",
            "至多",
            "最长",
            "最高可",
            "最多可",
            "最多可以",
            "最多能",
            "最多再",
            "至少要",
            "至少再",
            "最少要",
        ],
    )?;
    let is_least = matches!(signs.at(start + 1), '低' | '少')
        || signs.at(start) == '至' && signs.at(start + 1) == '少';
    let limit = if is_least {
        Limit::AtLeast
    } else {
        Limit::AtMost
    };
    Some((limit, start))
}

/// Verbs between a limit and its number.
#[rustfmt::skip]
const LIMITED: [&str; 38] = [
    "收费", "补贴", "补助", "奖励", "奖补", "资助", "救助", "支付", "报销", "赔付", "给予", "可贷", "可申请", "可享受", "可获", "可补", "发放", "减免", "额度", "贷款",
    "可提取", "申请", "提前", "限额", "享受", "领取",
    "补", "提", "占", "加", "报", "领", "贷", "交", "要占", "要有", "提取", "办",
];

/// 每天受理60名: what is counted by, with a verb after it.
fn distant_per(signs: &Signs, at: usize) -> Option<(usize, usize)> {
    const MOST: usize = 10;
    (1..=MOST)
        .take_while(|back| {
            let c = signs.at(at.wrapping_sub(*back));
            *back <= at && is_han(c) && (*back == 1 || !is_chinese_numeral(c))
        })
        .find_map(|back| {
            let end = at - back;
            let (_, mut start) = PER.find(signs, end)?;
            while let Some((_, earlier)) = PER.find(signs, start) {
                start = earlier;
            }
            Some((start, end))
        })
}

/// A limit after the unit, and notes in brackets: 以上（含60周岁）, （不含）以下. The place after the limit, and the place after
/// a note that repeats the number.
pub(super) fn limit_after(signs: &Signs, measured: &Measured) -> (Option<Limit>, usize, usize) {
    let mut at = measured.to;
    let mut excluded = false;
    if let Some((end, without)) = note(signs, at) {
        if LIMITS_AFTER.has(signs, end) {
            at = end;
            excluded = without;
        }
    } else if signs.at(at) == '含' && LIMITS_AFTER.has(signs, at + 1) {
        at += 1;
    }
    let is_time = matches!(measured.unit, Unit::Time(_));
    let found = LIMITS_AFTER.find(signs, at).or_else(|| {
        let inside = is_time
            && matches!(signs.at(at), '内' | '里')
            && !matches!(signs.at(at + 1), '部' | '容' | '外' | '存' | '程');
        inside.then_some((Limit::AtMost, at + 1))
    });
    let Some((limit, end)) = found else {
        return (None, measured.to, measured.to);
    };
    let mut further = end;
    if let Some((after, without)) = note(signs, end) {
        excluded = excluded || without;
        further = after;
    }
    let limit = match (limit, excluded) {
        (Limit::AtLeast, true) => Limit::MoreThan,
        (Limit::AtMost, true) => Limit::LessThan,
        (limit, _) => limit,
    };
    (Some(limit), end, further)
}

/// （含10公里）, (不含): where it ends, and whether the number is excluded.
fn note(signs: &Signs, i: usize) -> Option<(usize, bool)> {
    const MOST: usize = 12;
    if signs.at(i) != '(' {
        return None;
    }
    let without = signs.starts(i + 1, "不含") || signs.starts(i + 1, "不包");
    if !without
        && signs.at(i + 1) != '含'
        && !signs.starts(i + 1, "包含")
        && !signs.starts(i + 1, "包括")
    {
        return None;
    }
    (i + 1..i + MOST)
        .take_while(|k| signs.at(*k) != BREAK)
        .find(|k| signs.at(*k) == ')')
        .map(|k| (k + 1, without))
}

/// `/人·年`, `/天`: what money or an amount is counted by, after the unit.
pub(super) fn per_after(signs: &Signs, i: usize) -> Option<(String, usize)> {
    if signs.at(i) != '/' || !(is_han(signs.at(i + 1)) || signs.at(i + 1) == '㎡') {
        return None;
    }
    let mut end = i + 1;
    while end < i + 8
        && (matches!(signs.at(end), '/' | '·' | '.') && is_han(signs.at(end + 1))
            || is_per_unit(signs.at(end)))
    {
        end += 1;
    }
    (end > i + 1).then(|| (signs.words(i, end), end))
}

fn is_per_unit(c: char) -> bool {
    matches!(
        c,
        '人' | '生'
            | '年'
            | '月'
            | '天'
            | '日'
            | '户'
            | '亩'
            | '次'
            | '周'
            | '期'
            | '学'
            | '个'
            | '名'
            | '台'
            | '套'
            | '平'
            | '方'
            | '米'
            | '吨'
            | '头'
            | '车'
            | '件'
            | '时'
            | '小'
            | '课'
            | '㎡'
            | '张'
            | '份'
            | '只'
            | '班'
            | '所'
            | '度'
            | '公'
            | '斤'
            | '里'
            | '立'
            | '场'
            | '家'
            | '村'
            | '位'
            | '床'
    )
}
