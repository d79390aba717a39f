//! Numerals: Arabic, Chinese, mixed.
//!
//! Comes in: signs and a place. Goes out: the number that begins there and where it ends. GB/T 15835-2011 is the standard:
//! Arabic numerals for what is counted and measured (4.1), Chinese numerals for words and approximate numbers (4.2), both for
//! dates; `〇` only in numbers that are written digit by digit (5.2.2), 万 and 亿 as units after Arabic digits (5.1.1).
//! What says no number (数十, 十几, 三五个; 4.2.2 概数) is not a number here.

use crate::signs::{BREAK, Gap, Signs, is_han};
use crate::what::Number;

/// A number in a text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Numeral {
    pub value: Number,
    /// The place after it.
    pub end: usize,
    /// Digits before the decimal point; 0 for a Chinese number.
    pub digits: usize,
    /// Whether the number is Chinese and begins with a unit (百分之).
    pub chinese: bool,
    /// 多, 余, 来: a little more.
    pub rough: bool,
    /// Whether there is a point, a separator, or a unit such as 万.
    pub plain: bool,
    /// The power of ten of 万 or 亿 after Arabic digits.
    pub power: u8,
}

impl Numeral {
    /// The number, if it is whole and small.
    pub fn whole(&self) -> Option<u32> {
        (self.value.scale == 0)
            .then(|| u32::try_from(self.value.digits).ok())
            .flatten()
    }

    /// The number, if it is written with digits only, at most `most` of them, or with Chinese characters.
    pub fn small(&self, most: usize) -> Option<u32> {
        if self.rough || !self.plain || self.digits > most {
            return None;
        }
        self.whole()
    }
}

impl Number {
    /// `digits` × 10^-`scale`, in its shortest form.
    pub fn new(digits: i64, scale: u8) -> Self {
        let (mut digits, mut scale) = (digits, scale);
        while scale > 0 && digits % 10 == 0 {
            digits /= 10;
            scale -= 1;
        }
        Self { digits, scale }
    }

    /// The number times a power of ten; nothing if it becomes too large.
    pub fn times(self, power: u8) -> Option<Self> {
        if power <= self.scale {
            return Some(Self::new(self.digits, self.scale - power));
        }
        let factor = 10i64.checked_pow(u32::from(power - self.scale))?;
        Some(Self::new(self.digits.checked_mul(factor)?, 0))
    }

    /// A tenth, a hundredth … of the number.
    pub fn part(self, power: u8) -> Self {
        Self::new(self.digits, self.scale.saturating_add(power))
    }
}

/// The number that begins at a place.
pub(crate) fn numeral_at(signs: &Signs, i: usize) -> Option<Numeral> {
    if signs.at(i).is_ascii_digit() || is_leading_one(signs, i) {
        arabic_at(signs, i)
    } else {
        chinese_at(signs, i)
    }
}

/// `7月l7日`: a scan's 1 between a unit and a digit.
fn is_leading_one(signs: &Signs, i: usize) -> bool {
    matches!(signs.at(i), 'l' | 'I')
        && matches!(signs.before(i), '年' | '月' | ']' | ')' | '第')
        && signs.at(i + 1).is_ascii_digit()
        && signs.gap(i + 1) == Gap::None
}

/// The value of an Arabic digit, or of a character that a scan gives for one, if digits surround it.
fn digit_at(signs: &Signs, i: usize, first: usize) -> Option<i64> {
    let c = signs.at(i);
    if let Some(digit) = c.to_digit(10) {
        return Some(i64::from(digit));
    }
    if i == first && is_leading_one(signs, i) {
        return Some(1);
    }
    let inside = i > first
        && (signs.at(i + 1).is_ascii_digit() || signs.at(i + 1) == '年' && i == first + 3);
    let twice = i > first && is_like_digit(signs.at(i + 1)) && signs.at(i + 2).is_ascii_digit();
    if !(inside || twice) || signs.gap(i) != Gap::None {
        return None;
    }
    match c {
        'O' | 'o' | '〇' => Some(0),
        'l' | 'I' => Some(1),
        _ => None,
    }
}

fn is_like_digit(c: char) -> bool {
    matches!(c, 'O' | 'o' | '〇' | 'l' | 'I')
}

/// A row of Arabic digits without blanks: its value and where it ends. At most 18 digits.
pub(crate) fn digits_at(signs: &Signs, i: usize) -> Option<(i64, usize)> {
    if let Some(spread) = spread_digits(signs, i) {
        return Some(spread);
    }
    const MOST: usize = 18;
    let (mut value, mut end) = (0i64, i);
    while end == i || signs.gap(end) == Gap::None {
        let Some(digit) = digit_at(signs, end, i) else {
            break;
        };
        if end - i == MOST {
            return None;
        }
        value = value * 10 + digit;
        end += 1;
    }
    (end > i).then_some((value, end))
}

/// `2 0 2 3 年`, `1 7 日`: single digits that are only spread.
fn spread_digits(signs: &Signs, i: usize) -> Option<(i64, usize)> {
    let (mut value, mut end) = (0i64, i);
    while end < i + 5 && (end == i || signs.gap(end) == Gap::Space) {
        let Some(digit) = signs.at(end).to_digit(10) else {
            break;
        };
        value = value * 10 + i64::from(digit);
        end += 1;
    }
    let unit = signs.at(end);
    let fits = match end - i {
        4 => unit == '年',
        2 => matches!(unit, '月' | '日'),
        _ => false,
    };
    (fits && signs.gap(end) <= Gap::Space && !signs.before(i).is_ascii_digit())
        .then_some((value, end))
}

/// The digits of an Arabic number in a row; where the row ends.
pub(crate) fn run_end(signs: &Signs, i: usize) -> usize {
    let mut end = i;
    while signs.at(end).is_ascii_digit() && (end == i || signs.gap(end) == Gap::None) {
        end += 1;
    }
    end
}

fn arabic_at(signs: &Signs, i: usize) -> Option<Numeral> {
    let (mut value, mut end) = digits_at(signs, i)?;
    let digits = end - i;
    let mut plain = true;
    let mut scale = 0u8;
    while digits <= 3 && (is_group(signs, end) || is_spaced_group(signs, i, end)) {
        let at = if signs.at(end).is_ascii_digit() {
            end
        } else {
            end + 1
        };
        let (group, group_end) = digits_at(signs, at)?;
        value = value.checked_mul(1000)?.checked_add(group)?;
        end = group_end;
        plain = false;
    }
    if signs.at(end) == '.'
        && signs.gap(end) == Gap::None
        && signs.gap(end + 1) == Gap::None
        && let Some((fraction, fraction_end)) = digits_at(signs, end + 1)
    {
        let places = u8::try_from(fraction_end - end - 1).ok();
        let places = places.filter(|n| *n <= 9)?;
        value = value
            .checked_mul(10i64.checked_pow(u32::from(places))?)?
            .checked_add(fraction)?;
        scale = places;
        end = fraction_end;
        plain = false;
        // 1.2.3 is a version or a section.
        if signs.at(end) == '.'
            && signs.at(end + 1).is_ascii_digit()
            && signs.gap(end + 1) == Gap::None
        {
            return None;
        }
    }
    let numeral = Numeral {
        value: Number::new(value, scale),
        end,
        digits,
        chinese: false,
        rough: false,
        plain,
        power: 0,
    };
    multiplied(signs, numeral)
}

/// `1 356人`: a blank separates thousands (GB/T 15835-2011 5.1.4), unless the first digits are the number of an item.
fn is_spaced_group(signs: &Signs, first: usize, i: usize) -> bool {
    if signs.gap(i) != Gap::Space
        || !signs.at(i).is_ascii_digit()
        || signs.before(first) == BREAK
        || first == 0
    {
        return false;
    }
    let end = run_end(signs, i);
    end - i == 3
        && (is_han(signs.at(end)) || signs.gap(end) == Gap::Space && signs.at(end).is_ascii_digit())
}

/// Whether `,000` follows: a separator of thousands. A full-width comma separates sentences, unless money follows.
fn is_group(signs: &Signs, i: usize) -> bool {
    let comma = signs.at(i);
    if !matches!(comma, ',' | '，') || signs.gap(i) != Gap::None || signs.gap(i + 1) != Gap::None {
        return false;
    }
    let end = run_end(signs, i + 1);
    let full = comma == '，';
    let money = signs
        .after_any(end, &["元", "万元", "亿元", "，000", ".00"])
        .is_some();
    end - i - 1 == 3 && (!full || money)
}

/// 余 or 多 or 来, and 万 or 亿, after a number.
fn multiplied(signs: &Signs, numeral: Numeral) -> Option<Numeral> {
    let mut numeral = rough(signs, numeral);
    if let Some((power, end)) = unit_at(signs, numeral.end) {
        numeral.value = numeral.value.times(power)?;
        numeral.power = power;
        numeral.end = end;
        numeral.plain = false;
        // 1万5千
        if power >= 4
            && let Some((more, more_end)) = digits_at(signs, end)
            && let Some((less, less_end)) = unit_at(signs, more_end)
            && less < power
            && numeral.value.scale == 0
        {
            let more = Number::new(more, 0).times(less)?;
            numeral.value.digits = numeral.value.digits.checked_add(more.digits)?;
            numeral.end = less_end;
        }
        numeral = rough(signs, numeral);
    }
    Some(numeral)
}

fn rough(signs: &Signs, mut numeral: Numeral) -> Numeral {
    let c = signs.at(numeral.end);
    let word = matches!(c, '多' | '余')
        && !matches!(signs.at(numeral.end + 1), '媒' | '元' | '数' | '额')
        || c == '来' && matches!(signs.at(numeral.end + 1), '个' | '名' | '人' | '天' | '年');
    if word {
        numeral.end += 1;
        numeral.rough = true;
    }
    numeral
}

/// 百, 千, 万, 亿, 万亿 after Arabic digits, as a power of ten.
fn unit_at(signs: &Signs, i: usize) -> Option<(u8, usize)> {
    let next = signs.at(i + 1);
    match signs.at(i) {
        '百' if matches!(next, '万' | '亿') => {
            unit_at(signs, i + 1).map(|(power, end)| (power + 2, end))
        }
        '千' if matches!(next, '万' | '亿') => {
            unit_at(signs, i + 1).map(|(power, end)| (power + 3, end))
        }
        '百' if !matches!(next, '分' | '日') => Some((2, i + 1)),
        '千' if !matches!(next, '米' | '克' | '瓦' | '伏' | '卡' | '帕' | '分' | '字') => {
            Some((3, i + 1))
        }
        '十' if next == '万' || next == '亿' => {
            unit_at(signs, i + 1).map(|(power, end)| (power + 1, end))
        }
        '万' | '萬' if next == '亿' => Some((12, i + 2)),
        '万' | '萬' if next != '分' => Some((4, i + 1)),
        '亿' | '億' => Some((8, i + 1)),
        _ => None,
    }
}

/// A Chinese digit.
fn chinese_digit(c: char) -> Option<i64> {
    Some(match c {
        '〇' | '零' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// A Chinese unit, as a power of ten.
fn chinese_unit(c: char) -> Option<u32> {
    Some(match c {
        '十' | '拾' => 1,
        '百' | '佰' => 2,
        '千' | '仟' => 3,
        '万' | '萬' => 4,
        '亿' | '億' => 8,
        _ => return None,
    })
}

/// Whether a character can be part of a Chinese number.
pub(crate) fn is_chinese_numeral(c: char) -> bool {
    chinese_digit(c).is_some() || chinese_unit(c).is_some() || matches!(c, '廿' | '卅')
}

fn chinese_at(signs: &Signs, i: usize) -> Option<Numeral> {
    /// Longer rows are not numbers.
    const MOST: usize = 24;
    if matches!(signs.before(i), '数' | '几' | '上' | '成' | '好')
        && chinese_unit(signs.at(i)).is_some()
    {
        return None;
    }
    let mut end = i;
    while end < i + MOST && (is_chinese_numeral(signs.at(end)) || is_zero_inside(signs, i, end)) {
        end += 1;
    }
    if end == i || signs.at(end) == '几' || is_chinese_numeral(signs.at(end)) {
        return None;
    }
    // 千米, 千克: the last character belongs to the unit.
    if end > i + 1 && signs.at(end - 1) == '千' && matches!(signs.at(end), '米' | '克' | '瓦') {
        end -= 1;
    }
    // 百分之, 万分之
    if end > i + 1 && signs.starts(end, "分之") && chinese_unit(signs.at(end - 1)).is_some() {
        return None;
    }
    let has_unit =
        (i..end).any(|k| chinese_unit(signs.at(k)).is_some() || matches!(signs.at(k), '廿' | '卅'));
    let value = if has_unit {
        with_units(signs, i, end)?
    } else {
        digit_by_digit(signs, i, end)?
    };
    let numeral = Numeral {
        value: Number::new(value, 0),
        end,
        digits: 0,
        chinese: true,
        rough: false,
        plain: true,
        power: 0,
    };
    Some(rough(signs, numeral))
}

/// 二0二三, 二O二三: a zero of another script among Chinese digits.
fn is_zero_inside(signs: &Signs, first: usize, i: usize) -> bool {
    i > first && matches!(signs.at(i), '0' | 'O' | 'o') && {
        let next = signs.at(i + 1);
        chinese_digit(next).is_some() || next == '年' || matches!(next, '0' | 'O' | 'o')
    }
}

/// 二〇二三; 一个; not 三五 (a few).
fn digit_by_digit(signs: &Signs, from: usize, to: usize) -> Option<i64> {
    let length = to - from;
    let zero = |k| matches!(signs.at(k), '〇' | '零' | '0' | 'O' | 'o');
    let two = (from..to).any(|k| signs.at(k) == '两');
    if length > 1 && (two || length != 4 && !(from..to).any(zero)) || length > 8 {
        return None;
    }
    (from..to).try_fold(0i64, |value, k| {
        let digit = if zero(k) {
            0
        } else {
            chinese_digit(signs.at(k))?
        };
        Some(value * 10 + digit)
    })
}

/// 一百二十, 三千零五, 一亿二千万; not 二三十 (about twenty or thirty) and not 百 alone.
fn with_units(signs: &Signs, from: usize, to: usize) -> Option<i64> {
    let first = chinese_unit(signs.at(from));
    if first.is_some_and(|unit| unit > 1) {
        // 百余名: a hundred and a few.
        let lone = to == from + 1 && matches!(signs.at(to), '余' | '多');
        return if lone {
            10i64.checked_pow(first?)
        } else {
            None
        };
    }
    let (mut total, mut section, mut digit) = (0i64, 0i64, None::<i64>);
    let (mut after_zero, mut last_unit, mut largest) = (false, 0u32, u32::MAX);
    for k in from..to {
        let c = signs.at(k);
        if let Some(tens) = match c {
            '廿' => Some(20),
            '卅' => Some(30),
            _ => None,
        } {
            if digit.is_some() || last_unit == 1 {
                return None;
            }
            section += tens;
            last_unit = 1;
        } else if let Some(unit) = chinese_unit(c) {
            if unit >= 4 {
                if unit >= largest {
                    return None;
                }
                let whole = section + digit.take().unwrap_or(0);
                if whole == 0 && unit == 4 {
                    return None;
                }
                // 万亿
                let add = whole.checked_mul(10i64.checked_pow(unit)?)?;
                total = total.checked_add(add)?;
                section = 0;
                largest = unit;
                last_unit = unit;
            } else {
                if digit.is_none() && (unit != 1 || section % 100 != 0 || last_unit == 1) {
                    return None;
                }
                if last_unit != 0 && last_unit <= unit {
                    return None;
                }
                section += digit.take().unwrap_or(1) * 10i64.pow(unit);
                last_unit = unit;
            }
            after_zero = false;
        } else if matches!(c, '零' | '〇' | '0' | 'O' | 'o') {
            after_zero = true;
        } else {
            if digit.is_some() {
                return None;
            }
            digit = Some(chinese_digit(c)?);
        }
    }
    if let Some(digit) = digit {
        // 一百二 is said, not written.
        if last_unit != 1 && !after_zero {
            return None;
        }
        section += digit;
    }
    total.checked_add(section)
}
