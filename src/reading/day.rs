//! Days: with a year, without one, in ranges and lists, and the words that bound them.
//!
//! Comes in: signs and a place. Goes out: the days that begin there. GB/T 7408 (ISO 8601) and GB/T 15835-2011 4.1.3 give the
//! forms of days in numerals, GB/T 9704-2012 7.3.5.4 that of official documents (2020年7月15日, without a leading zero). A day that
//! does not exist is not a day. Whether 前 includes the day itself is open (民法典 1259 defines 以前 for no day).

mod point;

use point::{Point, point_at};

use crate::signs::{BREAK, Signs};
use crate::what::{Bound, End, Reading, What};
use crate::words::{BOUNDS_AFTER, BOUNDS_BEFORE};

/// The days that begin at a place, with their bounds: pushed to `out`. The place after them, or nothing if no day begins there.
pub(crate) fn days_at(signs: &Signs, i: usize, out: &mut Vec<Reading>) -> Option<usize> {
    let first = point_at(signs, i, None)?;
    let (before, from) = match BOUNDS_BEFORE.find(signs, skip_neutral(signs, first.from)) {
        Some((bound, from)) if is_bound_word(signs, from, first.from, bound) => (Some(bound), from),
        _ => (None, first.from),
    };
    if !first.is_possible() {
        return Some(first.to);
    }
    let mut points = vec![first];
    let mut is_range = false;
    while let Some(last) = points.last() {
        let at = skip_aside(signs, last.to);
        let (separator, range) = match connector(signs, at) {
            Some(end) => (end, true),
            None => match list_separator(signs, at) {
                Some(end) => (end, false),
                None => break,
            },
        };
        if range && is_range {
            break;
        }
        let Some(mut next) = point_at(signs, separator, Some(last)) else {
            break;
        };
        next.carry(last);
        if !next.is_possible() {
            break;
        }
        is_range = range;
        points.push(next);
        if range && list_separator(signs, skip_aside(signs, points[points.len() - 1].to)).is_none()
        {
            break;
        }
    }
    Some(finish(signs, points, before, from, out))
}

/// Gives the days their bounds and ends.
fn finish(
    signs: &Signs,
    points: Vec<Point>,
    before: Option<Bound>,
    from: usize,
    out: &mut Vec<Reading>,
) -> usize {
    let count = points.len();
    let mut end = points[count - 1].to;
    let pairs: Vec<bool> = points
        .windows(2)
        .map(|pair| is_range_between(signs, pair[0].to, pair[1].from))
        .collect();
    for (k, point) in points.into_iter().enumerate() {
        let opens = pairs.get(k).copied().unwrap_or(false);
        let closes = k > 0 && pairs[k - 1];
        let which = match (opens, closes) {
            (true, _) => End::First,
            (false, true) => End::Last,
            (false, false) => End::Alone,
        };
        let begin = if k == 0 { from } else { point.from };
        let (after, to) = bound_after(signs, point.to);
        let bound = match (which, before.filter(|_| k == 0), after) {
            (End::First, Some(Bound::From), _) => Bound::From,
            (End::First, None, Some(Bound::From)) => Bound::From,
            (End::First, Some(word), _) if word != Bound::Until => word,
            (End::First, ..) => Bound::On,
            (End::Last, _, Some(Bound::From)) => Bound::On,
            (_, Some(word), _) => word,
            (_, None, Some(word)) => word,
            (_, None, None) => Bound::On,
        };
        // 7月1日后（含7月1日）
        let noted = skip_note(signs, to).filter(|_| signs.at(to + 1) == '含');
        end = end.max(noted.unwrap_or(0));
        let takes_after = after.is_some() && !(which == End::Last && after == Some(Bound::From));
        let to = if takes_after { to } else { point.to };
        end = end.max(to);
        let mut doubt = other_meanings(&point);
        // 7月5日前来办理: on that day, or before it.
        if signs.starts(point.to, "前来") {
            doubt.push(What::Day(point.clone().into_day(Bound::Before, which)));
        }
        let mut reading = Reading {
            span: signs.span(begin, to),
            what: What::Day(point.into_day(bound, which)),
            others: Vec::new(),
        };
        reading.others = doubt;
        out.push(reading);
    }
    end
}

/// What else the words may say: `7.5` may be a number.
fn other_meanings(point: &Point) -> Vec<What> {
    match (point.doubtful, point.month, point.day) {
        (true, Some(month), Some(day)) => vec![What::Amount(crate::what::Amount {
            value: crate::what::Number::new(i64::from(month) * 100 + i64::from(day), 2),
            unit: String::new(),
            limit: crate::what::Limit::Exactly,
            per: String::new(),
            group: String::new(),
            of: String::new(),
        })],
        _ => Vec::new(),
    }
}

/// Whether a word before a day bounds it: 从 of 服从 and 至 of 乃至 do not.
fn is_bound_word(signs: &Signs, from: usize, to: usize, bound: Bound) -> bool {
    let word = to - from;
    let previous = signs.before(from);
    match bound {
        Bound::From if word <= 1 => !matches!(
            previous,
            '服' | '听' | '亲' | '来' | '各' | '源' | '独' | '擅' | '私'
        ),
        Bound::Until if word <= 1 => !matches!(previous, '乃' | '甚' | '以' | '冬' | '夏'),
        _ => true,
    }
}

/// Words between a bound and its day: 截止时间为：7月27日.
fn skip_neutral(signs: &Signs, i: usize) -> usize {
    match signs.before(i) {
        ':' | '为' | '是' if BOUNDS_BEFORE.has(signs, i - 1) => i - 1,
        '于' | '在' if !BOUNDS_BEFORE.has(signs, i) && BOUNDS_BEFORE.has(signs, i - 1) => i - 1,
        _ => i,
    }
}

/// The bound after a day and after asides such as （含当日）; the place after it.
fn bound_after(signs: &Signs, i: usize) -> (Option<Bound>, usize) {
    let mut at = skip_aside(signs, i);
    if let Some(after) = signs.after_any(at, &["当日", "当天", "底"])
        && BOUNDS_AFTER.has(signs, after)
    {
        at = after;
    }
    match BOUNDS_AFTER.find(signs, at) {
        Some((Some(bound), end)) if !is_counted(signs, at, end, bound) => {
            // 7月17日起至…
            let end = if signs.before(end) == '至' {
                end - 1
            } else {
                end
            };
            let end = BOUNDS_AFTER
                .find(signs, end)
                .filter(|(next, _)| *next == Some(bound))
                .map_or(end, |(_, further)| further);
            (Some(bound), end)
        }
        _ => (None, i),
    }
}

/// 前3个月, 后5天: the number, not the day, is bounded.
fn is_counted(signs: &Signs, at: usize, end: usize, bound: Bound) -> bool {
    end == at + 1
        && matches!(bound, Bound::Before | Bound::After)
        && (signs.at(end).is_ascii_digit()
            || matches!(signs.at(end), '三' | '两' | '四' | '五' | '六' | '十'))
}

/// Skips what may come between a day and its bound or the other end of its range: a day of the week, a note in brackets, a
/// time of the day.
fn skip_aside(signs: &Signs, i: usize) -> usize {
    let mut at = i;
    for _ in 0..3 {
        let next = skip_note(signs, at)
            .or_else(|| skip_weekday(signs, at))
            .or_else(|| crate::clock::skip(signs, at));
        match next {
            Some(end) => at = end,
            None => break,
        }
    }
    at
}

/// （星期三）, （含当日）, （周一）
fn skip_note(signs: &Signs, i: usize) -> Option<usize> {
    const MOST: usize = 10;
    if signs.at(i) != '(' {
        return None;
    }
    let fits = signs.after_any(
        i + 1,
        &[
            "星期",
            "周",
            "礼拜",
            "含",
            "不含",
            "包括",
            "农历",
            "工作日",
            "北京时间",
            "当天",
            "当日",
            "以邮戳",
        ],
    );
    fits?;
    (i + 1..i + 1 + MOST)
        .take_while(|k| signs.at(*k) != BREAK)
        .find(|k| signs.at(*k) == ')')
        .map(|k| k + 1)
}

fn skip_weekday(signs: &Signs, i: usize) -> Option<usize> {
    let at = signs.after_any(i, &["星期", "周"])?;
    matches!(
        signs.at(at),
        '一' | '二' | '三' | '四' | '五' | '六' | '日' | '天'
    )
    .then_some(at + 1)
}

/// The words that join the two ends of a range: where they end.
fn connector(signs: &Signs, i: usize) -> Option<usize> {
    let mut at = i;
    if let Some(end) = signs.after_any(at, &["起开始", "开始", "起"]) {
        let comma = signs.after_any(end, &["，", ","]).unwrap_or(end);
        if matches!(signs.at(comma), '至' | '到' | '-' | '~')
            || signs.starts(comma, "截止")
            || signs.starts(comma, "截至")
        {
            at = comma;
        }
    }
    if let Some(end) = signs.after_any(
        at,
        &[
            "截止到",
            "截止至",
            "截止",
            "截至",
            "一直到",
            "直至",
            "直到",
            "至",
            "到",
            "~",
        ],
    ) {
        return Some(end);
    }
    let mut end = at;
    while signs.at(end) == '-' && end < at + 4 {
        end += 1;
    }
    (end > at).then_some(end)
}

fn is_range_between(signs: &Signs, from: usize, to: usize) -> bool {
    let at = skip_aside(signs, from);
    connector(signs, at).is_some_and(|end| end <= to)
}

fn list_separator(signs: &Signs, i: usize) -> Option<usize> {
    signs.after_any(i, &["、", "和", "及", "或", "以及", "与", "，", ",", "/"])
}
