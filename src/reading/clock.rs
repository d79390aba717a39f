//! Times of the day: they are not counted things, and may come between a day and its bound.
//!
//! Comes in: signs and a place. Goes out: where a time ends that begins there. Its value is not read.

use crate::number::numeral_at;
use crate::signs::Signs;

const PARTS_OF_DAY: [&str; 12] = [
    "上午",
    "下午",
    "中午",
    "晚上",
    "早上",
    "凌晨",
    "晚",
    "早",
    "当日",
    "全天",
    "北京时间",
    "夜间",
];

/// Skips `上午`, `17:00`, `下午5时30分`, `8:30-12:00`, `24时`.
pub(crate) fn skip(signs: &Signs, i: usize) -> Option<usize> {
    let named = signs.after_any(i, &PARTS_OF_DAY);
    let at = named.unwrap_or(i);
    time(signs, at).or(named)
}

/// `17:00`, `17时`, `9点30分`, `五点半`.
pub(crate) fn time(signs: &Signs, i: usize) -> Option<usize> {
    let hour = numeral_at(signs, i)?;
    if hour.small(2)? > 24 {
        return None;
    }
    match signs.at(hour.end) {
        ':' => {
            let minute = numeral_at(signs, hour.end + 1)?;
            if minute.digits != 2 || minute.small(2)? > 59 {
                return None;
            }
            let seconds = numeral_at(signs, minute.end + 1)
                .filter(|s| signs.at(minute.end) == ':' && s.digits == 2);
            Some(seconds.map_or(minute.end, |seconds| seconds.end))
        }
        '时' if signs.at(hour.end + 1) != '段' => Some(minutes(signs, hour.end + 1)),
        '点' if is_hour(signs, i, hour.end + 1) => Some(minutes(signs, hour.end + 1)),
        _ => None,
    }
}

/// Whether 点 after a number is an hour: 上午9点, 9点30分, 9点至12点; not 3点要求.
fn is_hour(signs: &Signs, i: usize, end: usize) -> bool {
    signs
        .before_any(
            i,
            &[
                "上午", "下午", "晚上", "早上", "凌晨", "中午", "晚", "早", "日", "至", "到", "-",
            ],
        )
        .is_some()
        || matches!(signs.at(end), '半' | '钟' | '整' | '前' | '-' | '至' | '到')
        || numeral_at(signs, end).is_some_and(|minute| signs.at(minute.end) == '分')
}

fn minutes(signs: &Signs, i: usize) -> usize {
    if matches!(signs.at(i), '半' | '整' | '许') {
        return i + 1;
    }
    if signs.at(i) == '钟' {
        return i + 1;
    }
    match numeral_at(signs, i) {
        Some(minute) if signs.at(minute.end) == '分' && signs.at(minute.end + 1) != '钟' => {
            minute.end + 1
        }
        _ => i,
    }
}
