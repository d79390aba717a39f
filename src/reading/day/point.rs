//! The forms of a single day: 2020年7月15日, 7月上旬, 每年1月31日, 受灾当年11月20日, 2023-07-17.
//!
//! Comes in: signs and a place, and the day before it in the same range or list. Goes out: the day that begins there, and
//! where it ends. Bounds, ranges and lists are left to the parent.

use super::{connector, list_separator};
use crate::number::{Numeral, digits_at, numeral_at};
use crate::signs::{Signs, is_han};
use crate::what::{Bound, Day, End, Part, Year};
use crate::words::EVENTS;

/// A day in a text, without what is around it.
#[derive(Debug, Clone)]
pub(super) struct Point {
    pub year: Option<Year>,
    pub month: Option<u8>,
    pub day: Option<u8>,
    pub part: Option<Part>,
    pub from: usize,
    pub to: usize,
    /// Whether the same words may be something else: `7.5`, `3日`.
    pub doubtful: bool,
}

impl Point {
    fn new(from: usize) -> Self {
        Self {
            year: None,
            month: None,
            day: None,
            part: None,
            from,
            to: from,
            doubtful: false,
        }
    }

    /// Whether there is such a day.
    pub fn is_possible(&self) -> bool {
        let month = self.month.unwrap_or(1);
        let year = match self.year {
            Some(Year::Printed(year) | Year::Carried(year)) => Some(year),
            _ => None,
        };
        (1..=12).contains(&month)
            && self
                .day
                .is_none_or(|day| day >= 1 && day <= days_in(year, month))
    }

    /// What this day has from an earlier one of the same range or list.
    pub fn carry(&mut self, first: &Self) {
        if self.month.is_none() && self.day.is_some() {
            self.month = first.month;
        }
        if self.year.is_none() {
            self.year = match &first.year {
                Some(Year::Printed(year) | Year::Carried(year)) => Some(Year::Carried(*year)),
                other => other.clone(),
            };
        }
    }

    /// The day with its bound and end.
    pub fn into_day(self, bound: Bound, end: End) -> Day {
        Day {
            year: self.year.unwrap_or(Year::Unsaid),
            month: self.month,
            day: self.day,
            part: self.part,
            bound,
            end,
        }
    }
}

fn days_in(year: Option<i16>, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 => match year {
            Some(year) if year % 4 != 0 || year % 100 == 0 && year % 400 != 0 => 28,
            _ => 29,
        },
        _ => 31,
    }
}

/// One day, month, part or year. `earlier` is the day before it in a range or list, whose year and month it may leave out.
pub(super) fn point_at(signs: &Signs, i: usize, earlier: Option<&Point>) -> Option<Point> {
    let mut point = Point::new(i);
    if let Some(end) = numeric(signs, i, &mut point, earlier) {
        point.to = end;
        return Some(point);
    }
    let mut at = i;
    if let Some((year, from, end)) = year_at(signs, i) {
        point.year = Some(year);
        point.from = from;
        at = end;
        point.to = end;
        // 每年的11月
        if signs.at(at) == '的' && month_at(signs, at + 1).is_some() {
            at += 1;
        }
        // 每年7、8月
        if let Some((month, end)) = shared_month(signs, at) {
            point.month = Some(month);
            point.to = end;
            return Some(point);
        }
    } else if let Some(end) = month_word(signs, i) {
        // 每月10日: the month of no name.
        let (day, end) = day_at(signs, end)?;
        point.year = matches!(signs.at(i), '每' | '逐').then_some(Year::Every);
        point.day = Some(day);
        point.to = end;
        return Some(point);
    }
    if let Some((month, end)) = month_at(signs, at) {
        point.month = Some(month);
        point.to = end;
        if let Some((day, end)) = day_at(signs, end).or_else(|| shared_day(signs, end)) {
            point.day = Some(day);
            point.to = end;
        } else if let Some((part, end)) = part_at(signs, end) {
            point.part = Some(part);
            point.to = end;
        }
        return Some(point);
    }
    if point.year.is_some() {
        if let Some((part, end)) = part_at(signs, at).filter(|_| signs.before(at) == '年') {
            point.part = Some(part);
            point.to = end;
        } else if signs.at(at) == '度' && signs.at(at + 1) != '假' {
            point.to = at + 1;
        } else if point.year == Some(Year::Every) {
            // 每年 alone says no day.
            return None;
        }
        return Some(point);
    }
    continued(signs, i, point, earlier)
}

/// A day or month that leaves out what an earlier one said: `7月17日至25日`, `7月22日、23日`, `3月上旬至中旬`; also the first of
/// `7、8月`.
fn continued(signs: &Signs, i: usize, mut point: Point, earlier: Option<&Point>) -> Option<Point> {
    if let Some(earlier) = earlier {
        if earlier.month.is_some()
            && earlier.day.is_some()
            && let Some((day, end)) = day_at(signs, i).or_else(|| shared_day(signs, i))
        {
            // 7月17日、3日内: a period.
            let is_period = matches!(signs.at(end), '内')
                || signs.starts(end, "以内")
                || signs.starts(end, "之内");
            if is_period {
                return None;
            }
            point.day = Some(day);
            point.to = end;
            return Some(point);
        }
        if earlier.month.is_some()
            && earlier.part.is_some()
            && let Some((part, end)) = part_at(signs, i)
        {
            point.month = earlier.month;
            point.part = Some(part);
            point.to = end;
            return Some(point);
        }
    }
    // 每季度末月25日
    if earlier.is_none()
        && signs.before_any(i, &["末月", "首月"]).is_some()
        && let Some((day, end)) = day_at(signs, i)
    {
        point.day = Some(day);
        point.to = end;
        return Some(point);
    }
    let (month, end) = shared_month(signs, i)?;
    point.month = Some(month);
    point.to = end;
    Some(point)
}

/// The first month of `7、8月`, `7至9月`: its 月 comes later.
fn shared_month(signs: &Signs, i: usize) -> Option<(u8, usize)> {
    let number = numeral_at(signs, i)?;
    let month = small(&number, 12)?;
    let mut at = number.end;
    for _ in 0..4 {
        at = connector(signs, at)
            .or_else(|| list_separator(signs, at).filter(|_| signs.at(at) != '，'))?;
        let next = numeral_at(signs, at)?;
        let next_month = small(&next, 12)?;
        at = next.end;
        if signs.at(at) == '月' && next_month > month {
            return Some((month, number.end));
        }
    }
    None
}

/// The first year of `2023—2024学年`, `2023、2024年`: its 年 comes later.
fn shared_year(signs: &Signs, i: usize) -> Option<(i16, usize)> {
    let number = numeral_at(signs, i)?;
    let year = printed_year(&number, number.end - i)?;
    let next =
        connector(signs, number.end).or_else(|| signs.after_any(number.end, &["、", "和", "/"]))?;
    let later = numeral_at(signs, next)?;
    let later_year = printed_year(&later, later.end - next)?;
    signs.after_any(later.end, &["学年度", "学年", "年"])?;
    (later_year > year && later_year <= year + 50).then_some((year, number.end))
}

/// A year in four digits.
fn printed_year(number: &Numeral, length: usize) -> Option<i16> {
    let four = number.digits == 4 || number.chinese && length == 4;
    let year = i16::try_from(number.whole()?).ok()?;
    (four && number.plain && !number.rough && (1900..=2199).contains(&year)).then_some(year)
}

fn small(number: &Numeral, most: u8) -> Option<u8> {
    let value = u8::try_from(number.small(2)?).ok()?;
    (1..=most).contains(&value).then_some(value)
}

/// `2020年`, `二〇二〇年`, `20年7月`, 今年, 每年, 受灾当年: the year, where it begins and ends.
fn year_at(signs: &Signs, i: usize) -> Option<(Year, usize, usize)> {
    if let Some((year, end)) = year_word(signs, i) {
        let from = if matches!(year, Year::This) && signs.at(i) == '当' {
            EVENTS.find(signs, i).map(|(_, from)| from)
        } else {
            None
        };
        return Some(match from {
            Some(from) => (Year::Of(signs.words(from, i)), from, end),
            None => (year, i, end),
        });
    }
    if let Some((year, end)) = shared_year(signs, i) {
        return Some((Year::Printed(year), i, end));
    }
    let number = numeral_at(signs, i)?;
    if let Some(year) = printed_year(&number, number.end - i)
        && let Some(end) = signs.after_any(number.end, &["学年度", "学年", "年"])
    {
        return Some((Year::Printed(year), i, end));
    }
    if signs.at(number.end) != '年' || !number.plain || number.rough {
        return None;
    }
    let value = i16::try_from(number.whole()?).ok()?;
    let end = number.end + 1;
    // 20年7月: two digits of the year, if a month follows.
    let two = number.digits == 2 || number.chinese && number.end - i == 2;
    if two && (10..=99).contains(&value) && month_at(signs, end).is_some() {
        let century = if value >= 80 { 1900 } else { 2000 };
        return Some((Year::Printed(century + value), i, end));
    }
    None
}

fn year_word(signs: &Signs, i: usize) -> Option<(Year, usize)> {
    let pair = (signs.at(i), signs.at(i + 1));
    let year = match pair {
        ('今' | '本', '年') => Year::This,
        ('当', '年') => Year::This,
        ('明' | '次' | '翌' | '来', '年') => Year::Next,
        ('去', '年') => Year::Last,
        ('每' | '逐', '年') => Year::Every,
        ('年', '年') => Year::Every,
        ('上', '年') => return Some((Year::Last, i + 2)),
        ('上', '一') if signs.starts(i, "上一年") => return Some((Year::Last, i + 3)),
        ('下', '一') if signs.starts(i, "下一年") => return Some((Year::Next, i + 3)),
        ('下', '年') if signs.at(i + 2) == '度' => return Some((Year::Next, i + 2)),
        _ => return None,
    };
    let next = signs.at(i + 2);
    // 本年级, 当年级; 每年 alone says no day.
    if matches!(next, '级' | '限' | '龄' | '轻' | '会' | '报' | '画') {
        return None;
    }
    if pair.0 == '逐' || pair.0 == '年' {
        return None;
    }
    Some((year, i + 2))
}

/// 每月, 当月, 次月: where it ends, if a day follows.
fn month_word(signs: &Signs, i: usize) -> Option<usize> {
    signs.after_any(
        i,
        &[
            "每月",
            "当月",
            "次月",
            "本月",
            "下月",
            "上月",
            "每个月",
            "每月的",
        ],
    )
}

fn month_at(signs: &Signs, i: usize) -> Option<(u8, usize)> {
    if signs.starts(i, "元月") {
        return Some((1, i + 2));
    }
    let number = numeral_at(signs, i)?;
    let month = small_or_zero(&number)?;
    if signs.at(number.end) != '月' || !(1..=12).contains(&month) {
        return None;
    }
    let end = number.end + 1;
    Some((month, if signs.at(end) == '份' { end + 1 } else { end }))
}

/// 07 is 7; a Chinese number is at most 三十一.
fn small_or_zero(number: &Numeral) -> Option<u8> {
    u8::try_from(number.small(2)?).ok()
}

fn day_at(signs: &Signs, i: usize) -> Option<(u8, usize)> {
    let number = numeral_at(signs, i)?;
    let day = small_or_zero(&number)?;
    let unit = signs.at(number.end);
    if !matches!(unit, '日' | '号')
        || !(1..=99).contains(&day)
        || unit == '号' && signs.at(number.end + 1) == '楼'
    {
        return None;
    }
    Some((day, number.end + 1))
}

/// The first day of `17-25日`, `22、23日`: its 日 comes later.
fn shared_day(signs: &Signs, i: usize) -> Option<(u8, usize)> {
    let number = numeral_at(signs, i)?;
    let day = small(&number, 31)?;
    let next = connector(signs, number.end)
        .or_else(|| list_separator(signs, number.end).filter(|_| signs.at(number.end) != '，'))?;
    let (later, _) =
        day_at(signs, next).or_else(|| shared_day(signs, next).filter(|_| next < i + 12))?;
    (later > day).then_some((day, number.end))
}

/// 上旬, 中旬, 下旬, 初, 底, 末, 中.
fn part_at(signs: &Signs, i: usize) -> Option<(Part, usize)> {
    let next = signs.at(i + 1);
    match signs.at(i) {
        '上' if next == '旬' => Some((Part::First, i + 2)),
        '中' if next == '旬' => Some((Part::Second, i + 2)),
        '下' if next == '旬' => Some((Part::Third, i + 2)),
        '初' if !matches!(
            next,
            '中' | '级' | '审' | '步' | '次' | '始' | '试' | '验' | '评' | '稿'
        ) =>
        {
            Some((Part::Start, i + 1))
        }
        '底' if !matches!(next, '数' | '线' | '稿' | '册' | '子' | '层' | '座' | '价') => {
            Some((Part::Last, i + 1))
        }
        '末' if !matches!(next, '端' | '级') => Some((Part::Last, i + 1)),
        '中' if matches!(next, '，' | '。' | ';' | '、' | '前' | '后') => {
            Some((Part::Middle, i + 1))
        }
        _ => None,
    }
}

/// `2023-07-17`, `2023.7.17`, `2023/7/17`, `2023年7.17`, `7.17` in a range or with a bound.
fn numeric(signs: &Signs, i: usize, point: &mut Point, earlier: Option<&Point>) -> Option<usize> {
    if !signs.at(i).is_ascii_digit() {
        return None;
    }
    let (first, end) = digits_at(signs, i)?;
    let sign = signs.at(end);
    if end - i == 4 && (1900..=2199).contains(&first) {
        if sign == '年' {
            let (month, day, end) = month_dot_day(signs, end + 1)?;
            point.year = Some(Year::Printed(i16::try_from(first).ok()?));
            (point.month, point.day) = (Some(month), Some(day));
            return Some(end);
        }
        if !matches!(sign, '-' | '.' | '/') {
            return None;
        }
        let (month, month_end) = digits_at(signs, end + 1)?;
        if signs.at(month_end) != sign || month_end - end > 3 {
            return None;
        }
        let (day, day_end) = digits_at(signs, month_end + 1)?;
        if day_end - month_end > 3
            || signs.at(day_end) == sign && signs.at(day_end + 1).is_ascii_digit() && sign != '-'
        {
            return None;
        }
        point.year = Some(Year::Printed(i16::try_from(first).ok()?));
        point.month = u8::try_from(month).ok();
        point.day = u8::try_from(day).ok();
        return Some(if signs.at(day_end) == '日' {
            day_end + 1
        } else {
            day_end
        });
    }
    if end - i == 8 && (1900..=2199).contains(&(first / 10_000)) && earlier.is_none() {
        return None;
    }
    let (month, day, end) = month_dot_day(signs, i)?;
    let is_bounded = earlier
        .is_some_and(|day| day.doubtful || day.year.is_some() && day.day.is_some())
        || is_clear_day(signs, i, end);
    if !is_bounded {
        return None;
    }
    (point.month, point.day) = (Some(month), Some(day));
    point.doubtful = true;
    Some(end)
}

/// Whether the words around `7.17` say that it is a day: 时间：7.17, 7.17前, 7.17—9.25.
fn is_clear_day(signs: &Signs, from: usize, to: usize) -> bool {
    let after = connector(signs, to).is_some_and(|at| {
        month_dot_day(signs, at).is_some_and(|(_, _, end)| !is_unit(signs.at(end)))
    });
    let bound = matches!(signs.at(to), '前' | '起' | '止')
        || signs.starts(to, "之前")
        || signs.starts(to, "以前");
    let before = signs
        .before_any(
            from,
            &[
                "时间:",
                "日期:",
                "截至",
                "截止",
                "时间为",
                "日期为",
                "截止到",
            ],
        )
        .is_some();
    !is_unit(signs.at(to)) && (after || bound || before)
}

fn is_unit(c: char) -> bool {
    c == '%' || is_han(c) && !matches!(c, '前' | '起' | '止' | '之' | '以' | '至' | '到' | '日')
}

fn month_dot_day(signs: &Signs, i: usize) -> Option<(u8, u8, usize)> {
    let (month, end) = digits_at(signs, i)?;
    if end - i > 2 || signs.at(end) != '.' {
        return None;
    }
    let (day, day_end) = digits_at(signs, end + 1)?;
    if day_end - end > 3 || signs.at(day_end) == '.' && signs.at(day_end + 1).is_ascii_digit() {
        return None;
    }
    let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some((
        month,
        day,
        if signs.at(day_end) == '日' {
            day_end + 1
        } else {
            day_end
        },
    ))
}
