//! What is counted and measured: amounts, money, shares, lengths of time, with their limits.
//!
//! Comes in: signs and a place where a number begins. Goes out: its meaning with the words around it: 不超过, 以上, 每生每年, 上午.
//! 民法典 1259: 以上, 以下, 以内 and 届满 include the number; 不满, 超过 and 以外 do not. 民法典 200 to 204: periods are counted by
//! years, months, days and hours. GB/T 15835-2011 4.1: what is measured has its unit after the number.

mod around;

use around::{Before, before, limit_after, per_after};

use crate::modifier;
use crate::number::{Numeral, numeral_at};
use crate::signs::{Signs, is_han};
use crate::what::{
    Amount, Duration, Limit, Money, Number, Reading, Share, ShareValue, TimeUnit, What,
};
use crate::words::{
    BOUNDS_AFTER, FIXED, LABELS, LIMITS_AFTER, NOT_COUNTED_AFTER, NOT_UNITS, PER, TIME_UNITS, UNITS,
};

/// What a number is a number of.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Unit {
    Percent,
    PerMille,
    /// 成
    Tenths,
    /// A numerator of so many parts.
    Fraction(u32),
    Money,
    Time(TimeUnit),
    /// A measure word, from and to.
    Count(usize, usize),
    Nothing,
}

/// A number with its unit.
#[derive(Debug, Clone, Copy)]
struct Measured {
    value: Number,
    unit: Unit,
    rough: bool,
    /// The power of ten of 万 or 亿 in it.
    power: u8,
    from: usize,
    to: usize,
}

/// The amounts that begin at a place: pushed to `out`. The place after them.
pub(crate) fn quantities_at(signs: &Signs, i: usize, out: &mut Vec<Reading>) -> Option<usize> {
    if let Some((_, end)) = FIXED.find(signs, i) {
        return Some(end);
    }
    let is_chinese = is_han(signs.at(i));
    if is_chinese && NOT_COUNTED_AFTER.has(signs, i) && !is_per(signs, i) {
        return None;
    }
    let first = measured_at(signs, i)?;
    let second = second_of_range(signs, &first);
    let before = before(signs, i);
    let Some(second) = second else {
        if first.unit == Unit::Nothing {
            if is_chinese {
                return None;
            }
            return bare(signs, &first, &before, out);
        }
        return Some(push(signs, &first, &before, None, out));
    };
    let first = Measured {
        unit: if first.unit == Unit::Nothing {
            second.unit
        } else {
            first.unit
        },
        value: shared_power(&first, &second).unwrap_or(first.value),
        ..first
    };
    push(signs, &first, &before, Some(Limit::AtLeast), out);
    let later = Before {
        per: before.per,
        from: second.from,
        limit_from: second.from,
        limit: None,
    };
    Some(push(signs, &second, &later, Some(Limit::AtMost), out))
}

/// 每周一次: 一 counts, although 周一 is a day.
fn is_per(signs: &Signs, i: usize) -> bool {
    PER.has(signs, i)
}

/// The other end of `3至5个`, `10%-20%`, `2000元至3000元`.
fn second_of_range(signs: &Signs, first: &Measured) -> Option<Measured> {
    let at = signs.after_any(first.to, &JOINS)?;
    let second = measured_at(signs, at)?;
    let fits = match (first.unit, second.unit) {
        (_, Unit::Nothing) => false,
        (Unit::Nothing, _) => true,
        (Unit::Count(a, b), Unit::Count(c, d)) => signs.words(a, b) == signs.words(c, d),
        (a, b) => a == b,
    };
    // 第3-5 …, 2023-2024 …
    (fits && first.value_below(&second)).then_some(second)
}

/// 10-20万元: both are 万, unless the first is the larger number of the two (5000-1万元).
fn shared_power(first: &Measured, second: &Measured) -> Option<Number> {
    let value = first.value.times(second.power)?;
    let shares = first.unit == Unit::Nothing && first.power == 0 && second.power > 0;
    let scaled = Measured { value, ..*first };
    (shares && scaled.value_below(second)).then_some(value)
}

impl Measured {
    fn value_below(&self, other: &Self) -> bool {
        let scaled = |n: Number, scale: u8| n.times(scale).map(|n| n.digits);
        let scale = self.value.scale.max(other.value.scale);
        matches!((scaled(self.value, scale), scaled(other.value, scale)), (Some(a), Some(b)) if a < b)
    }
}

/// The number and unit at a place.
fn measured_at(signs: &Signs, i: usize) -> Option<Measured> {
    if let Some(found) = fraction_at(signs, i).or_else(|| half_at(signs, i)) {
        return Some(found);
    }
    let number = numeral_at(signs, i)?;
    let with = |unit, to| Measured {
        value: number.value,
        unit,
        rough: number.rough,
        power: number.power,
        from: i,
        to,
    };
    if LABELS.has(signs, number.end) && !is_label_unit(signs, number.end) {
        return None;
    }
    let Some((unit, to)) = unit_at(signs, &number) else {
        // 三至七人: the unit comes later.
        let joins = signs.after_any(number.end, &JOINS).is_some();
        return (!number.chinese || joins).then(|| with(Unit::Nothing, number.end));
    };
    let mut found = with(unit, to);
    if unit == Unit::Money {
        (found.value, found.to) = coins(signs, found.value, to);
    }
    if matches!(unit, Unit::Time(_)) {
        if let Some((value, end)) = and_a_half(signs, found.value, to) {
            (found.value, found.to) = (value, end);
        }
        if let Some((value, end)) = and_months(signs, &found) {
            (found.value, found.to) = (value, end);
            found.unit = Unit::Time(TimeUnit::Month);
        }
        if matches!(signs.at(found.to), '多' | '余') {
            found.to += 1;
            found.rough = true;
        }
    }
    Some(found)
}

/// 3线, 5层 … name one thing; 10层以上 and 5个层次 do not occur here.
fn is_label_unit(signs: &Signs, i: usize) -> bool {
    signs.starts(i, "小时")
        || signs.starts(i, "中队")
        || signs.starts(i, "高新")
        || signs.at(i) == '栋'
        || signs.at(i) == '幢'
}

fn unit_at(signs: &Signs, number: &Numeral) -> Option<(Unit, usize)> {
    let at = number.end;
    let next = signs.at(at + 1);
    match signs.at(at) {
        '%' => return Some((Unit::Percent, at + 1)),
        '‰' => return Some((Unit::PerMille, at + 1)),
        '元' if is_yuan(signs, number, at + 1) => return Some((Unit::Money, at + 1)),
        '块' if next == '钱' => return Some((Unit::Money, at + 2)),
        '成' if is_tenths(signs, number, at) => return Some((Unit::Tenths, at + 1)),
        _ => {}
    }
    if let Some((unit, end)) = TIME_UNITS.find(signs, at) {
        let word = signs.at(at);
        let goes_on = NOT_UNITS.has(signs, at)
            || matches!(word, '年' | '学') && number.digits == 4
            || matches!(word, '季' | '月');
        if !goes_on {
            return Some((Unit::Time(unit), end));
        }
    }
    let (_, end) = UNITS.find(signs, at)?;
    let letters = signs.at(at).is_ascii_alphabetic() && signs.at(end).is_ascii_alphanumeric();
    (!letters && is_counted(signs, number, at, end)).then_some((Unit::Count(at, end), end))
}

/// What joins the ends of a range.
const JOINS: [&str; 6] = ["至", "到", "~", "---", "--", "-"];

/// Whether a measure word is one: 三部 is not, 三部门 is; 2本科 is not.
fn is_counted(signs: &Signs, number: &Numeral, at: usize, end: usize) -> bool {
    let next = signs.at(end);
    if end > at + 1 {
        return true;
    }
    if NOT_UNITS.has(signs, at) {
        return false;
    }
    match signs.at(at) {
        '点' => false,
        '分' => !is_han(next) || next == '的' || LIMITS_AFTER.has(signs, end),
        '级' => number.chinese,
        '方' => !number.chinese,
        // 一道, 一口, 一步: fixed words.
        '道' | '口' | '头' | '步' | '字' | '里' | '度' | '代' | '员' | '根' | '把' => {
            !number.chinese || number.value.digits > 1
        }
        _ => true,
    }
}

/// Whether 元 is money: not 元旦, not 三元区.
fn is_yuan(signs: &Signs, number: &Numeral, end: usize) -> bool {
    let one = number.chinese && number.value.digits < 10;
    let place = "区县镇村桥里坊山乡街".contains(signs.at(end));
    !(NOT_UNITS.has(signs, end - 1) || place && one)
}

/// 七成, 5成: a share, unless a word goes on (成立, 成员).
fn is_tenths(signs: &Signs, number: &Numeral, at: usize) -> bool {
    let small = number.whole().is_some_and(|n| (1..=9).contains(&n)) || number.value.scale == 1;
    small && !NOT_UNITS.has(signs, at)
}

/// 3元5角
fn coins(signs: &Signs, value: Number, at: usize) -> (Number, usize) {
    let Some(coin) = numeral_at(signs, at).filter(|coin| coin.whole().is_some_and(|n| n < 10))
    else {
        let end = if signs.at(at) == '整' && !matches!(signs.at(at + 1), '改' | '个') {
            at + 1
        } else {
            at
        };
        return (value, end);
    };
    if signs.at(coin.end) != '角' || value.scale > 0 {
        return (value, at);
    }
    let digits = value
        .digits
        .checked_mul(10)
        .and_then(|tens| tens.checked_add(coin.value.digits));
    match digits {
        Some(digits) => (Number::new(digits, 1), coin.end + 1),
        None => (value, at),
    }
}

/// 一年半, 两个半月 is not read.
fn and_a_half(signs: &Signs, value: Number, at: usize) -> Option<(Number, usize)> {
    (signs.at(at) == '半'
        && value.scale == 0
        && !matches!(signs.at(at + 1), '数' | '价' | '径' | '天'))
    .then(|| value.digits.checked_mul(10))
    .flatten()
    .map(|tens| (Number::new(tens + 5, 1), at + 1))
}

/// 2年零3个月, 1年6个月: in months.
fn and_months(signs: &Signs, years: &Measured) -> Option<(Number, usize)> {
    if years.unit != Unit::Time(TimeUnit::Year) || years.value.scale > 0 {
        return None;
    }
    let at = signs.after_any(years.to, &["零", "又"]).unwrap_or(years.to);
    let months = numeral_at(signs, at)?;
    let end = signs.after_any(months.end, &["个月"])?;
    let total = years
        .value
        .digits
        .checked_mul(12)?
        .checked_add(i64::from(months.small(2)?))?;
    Some((Number::new(total, 0), end))
}

/// 半年, 半个月, 半小时, 半天.
fn half_at(signs: &Signs, i: usize) -> Option<Measured> {
    if signs.at(i) != '半'
        || matches!(
            signs.before(i),
            '一' | '上' | '下' | '前' | '后' | '大' | '过' | '多' | '每'
        )
    {
        return None;
    }
    let at = if signs.at(i + 1) == '个' { i } else { i + 1 };
    let (unit, end) = if at == i {
        TIME_UNITS.find(signs, i + 1)?
    } else {
        TIME_UNITS
            .find(signs, i + 1)
            .filter(|(unit, _)| !matches!(unit, TimeUnit::Week))?
    };
    (signs.at(end) != '度').then_some(Measured {
        value: Number::new(5, 1),
        unit: Unit::Time(unit),
        rough: false,
        power: 0,
        from: i,
        to: end,
    })
}

/// 百分之三十五点五, 千分之五, 三分之一.
fn fraction_at(signs: &Signs, i: usize) -> Option<Measured> {
    let hundred = signs.starts(i, "百分之");
    let (parts, at) = if hundred || signs.starts(i, "千分之") || signs.starts(i, "万分之") {
        (None, i + 3)
    } else {
        let parts = numeral_at(signs, i)?;
        if !signs.starts(parts.end, "分之") {
            return None;
        }
        (Some(parts.whole().filter(|n| *n > 0)?), parts.end + 2)
    };
    let number = numeral_at(signs, at)?;
    let (mut value, mut to) = (number.value, number.end);
    if signs.at(to) == '点'
        && let Some((fraction, places, end)) = decimals(signs, to + 1)
        && value.scale == 0
    {
        let power = 10i64.checked_pow(u32::from(places))?;
        value = Number::new(
            value.digits.checked_mul(power)?.checked_add(fraction)?,
            places,
        );
        to = end;
    }
    let unit = match parts {
        Some(parts) => Unit::Fraction(parts),
        None if hundred => Unit::Percent,
        None if signs.at(i) == '千' => Unit::PerMille,
        None => {
            value = value.part(2);
            Unit::Percent
        }
    };
    Some(Measured {
        value,
        unit,
        rough: number.rough,
        power: 0,
        from: i,
        to,
    })
}

/// 五, 五八 after 点: the digits and how many there are.
fn decimals(signs: &Signs, i: usize) -> Option<(i64, u8, usize)> {
    let (mut value, mut places) = (0i64, 0u8);
    let mut at = i;
    while places < 6 {
        let digit = "〇一二三四五六七八九"
            .chars()
            .position(|c| c == signs.at(at) || c == '〇' && signs.at(at) == '零');
        let Some(digit) = digit else { break };
        value = value * 10 + i64::try_from(digit).ok()?;
        places += 1;
        at += 1;
    }
    (places > 0).then_some((value, places, at))
}

// ---------------------------------------------------------------- readings

/// Pushes one reading; the place after it.
fn push(
    signs: &Signs,
    measured: &Measured,
    before: &Before,
    of_range: Option<Limit>,
    out: &mut Vec<Reading>,
) -> usize {
    let (after, mut to, further) = limit_after(signs, measured);
    let mut limit = match (before.limit, after) {
        (Some(Limit::About) | None, Some(after)) => after,
        (Some(before), _) => before,
        (None, None) => of_range.unwrap_or(Limit::Exactly),
    };
    let mut others_limit = None;
    if measured.rough && limit == Limit::Exactly {
        limit = Limit::About;
        others_limit = Some(Limit::MoreThan);
    }
    let mut per = before.per.clone();
    if let Some((words, end)) = per_after(signs, to) {
        per = words;
        to = end;
    }
    let from = if matches!(measured.unit, Unit::Time(_)) {
        before.limit_from
    } else {
        before.from
    };
    let (what, from) = meaning(signs, measured, limit, per, from, to);
    let Some(what) = what else {
        return to;
    };
    let mut others = Vec::new();
    if let Some(limit) = others_limit {
        others.push(with_limit(&what, limit));
    }
    others.extend(day_of_month(signs, measured, &what, to));
    out.push(Reading {
        span: signs.span(from, to),
        what,
        others,
    });
    to.max(further)
}

fn meaning(
    signs: &Signs,
    measured: &Measured,
    limit: Limit,
    per: String,
    from: usize,
    to: usize,
) -> (Option<What>, usize) {
    let value = measured.value;
    let share = |value| {
        Some(What::Share(Share {
            value,
            limit,
            group: modifier::group(signs, from),
        }))
    };
    let what = match measured.unit {
        Unit::Percent => share(ShareValue::Percent(value)),
        Unit::PerMille => share(ShareValue::Percent(value.part(1))),
        Unit::Tenths => value
            .times(1)
            .and_then(|value| share(ShareValue::Percent(value))),
        Unit::Fraction(parts) => u32::try_from(value.digits)
            .ok()
            .filter(|_| value.scale == 0)
            .and_then(|n| share(ShareValue::Fraction(n, parts))),
        Unit::Money => value.times(2).filter(|fen| fen.scale == 0).map(|fen| {
            What::Money(Money {
                fen: fen.digits,
                limit,
                per,
            })
        }),
        Unit::Time(unit) => {
            // 近三年: the last three years, not about three.
            let limit = if limit == Limit::About && signs.at(from) == '近' {
                Limit::Exactly
            } else {
                limit
            };
            let (event, from) = modifier::event(signs, from).unwrap_or((String::new(), from));
            let what = What::Duration(Duration {
                value,
                unit,
                limit,
                from: event,
            });
            return (Some(what), from);
        }
        Unit::Count(a, b) => {
            let of = modifier::thing(signs, to);
            // 远程和现场两种形式: what is counted comes after the number, not before it.
            let group = if per.is_empty() && of.is_empty() {
                modifier::group(signs, from)
            } else {
                String::new()
            };
            Some(What::Amount(Amount {
                value,
                unit: signs.words(a, b),
                limit,
                per,
                group,
                of,
            }))
        }
        Unit::Nothing => None,
    };
    (what, from)
}

fn with_limit(what: &What, limit: Limit) -> What {
    let mut what = what.clone();
    match &mut what {
        What::Amount(amount) => amount.limit = limit,
        What::Money(money) => money.limit = limit,
        What::Share(share) => share.limit = limit,
        What::Duration(duration) => duration.limit = limit,
        _ => {}
    }
    what
}

/// `3日` alone may be a day of the month.
fn day_of_month(signs: &Signs, measured: &Measured, what: &What, to: usize) -> Option<What> {
    let What::Duration(duration) = what else {
        return None;
    };
    let is_plain = duration.limit == Limit::Exactly
        && duration.from.is_empty()
        && signs.at(to - 1) == '日'
        && measured.unit == Unit::Time(TimeUnit::Day);
    let day = u8::try_from(duration.value.digits)
        .ok()
        .filter(|day| (1..=31).contains(day))?;
    (is_plain && duration.value.scale == 0 && !measured.rough).then(|| {
        What::Day(crate::what::Day {
            year: crate::what::Year::Unsaid,
            month: None,
            day: Some(day),
            part: None,
            bound: match BOUNDS_AFTER.find(signs, to) {
                Some((Some(bound), _)) => bound,
                _ => crate::what::Bound::On,
            },
            end: crate::what::End::Alone,
        })
    })
}

/// A number without a unit, if a limit or a colon says that it counts: 不超过50, 总人数：300.
fn bare(
    signs: &Signs,
    measured: &Measured,
    before: &Before,
    out: &mut Vec<Reading>,
) -> Option<usize> {
    let next = signs.at(measured.to);
    let ends = !is_han(next)
        && !next.is_ascii_alphanumeric()
        && !matches!(next, '.' | '-' | '/' | ':' | '@' | '_' | '#' | '=' | '&');
    let colon = signs.before(measured.from) == ':'
        && measured.to - measured.from <= 5
        && is_han(signs.at(measured.from.wrapping_sub(2)))
        && !matches!(
            signs.at(measured.from.wrapping_sub(2)),
            '号' | '码' | '编' | '间' | '室' | '话' | '线' | '机' | '群' | '址'
        );
    if signs.before(measured.from) == '¥' {
        let fen = measured.value.times(2).filter(|fen| fen.scale == 0)?;
        out.push(Reading {
            span: signs.span(before.from, measured.to),
            what: What::Money(Money {
                fen: fen.digits,
                limit: before.limit.unwrap_or(Limit::Exactly),
                per: before.per.clone(),
            }),
            others: Vec::new(),
        });
        return Some(measured.to);
    }
    if !ends || !(before.limit.is_some() || colon) {
        return None;
    }
    let from = before.from.min(measured.from);
    out.push(Reading {
        span: signs.span(from, measured.to),
        what: What::Amount(Amount {
            value: measured.value,
            unit: String::new(),
            limit: before.limit.unwrap_or(Limit::Exactly),
            per: before.per.clone(),
            group: modifier::group(signs, if colon { from - 1 } else { from }),
            of: String::new(),
        }),
        others: Vec::new(),
    });
    Some(measured.to)
}
