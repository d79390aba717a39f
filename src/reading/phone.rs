//! Telephone numbers of offices, and mailboxes.
//!
//! Comes in: signs and a place. Goes out: the number, digits and `-` only: area code, number, extension. Short numbers and
//! numbers without an area code need a word such as 电话 or 热线 near them; accounts and identity numbers are too long.

use crate::number::run_end;
use crate::signs::{BREAK, Gap, Signs};
use crate::what::{Reading, What};

/// Words near a telephone number.
const TELEPHONE: [&str; 20] = [
    "客服",
    "值班",
    "电话",
    "热线",
    "拨打",
    "致电",
    "传真",
    "手机",
    "座机",
    "来电",
    "联系方式",
    "联系人",
    "总机",
    "咨询",
    "举报",
    "投诉",
    "监督",
    "Tel",
    "TEL",
    "分机",
];

/// The telephone number that begins at a place.
pub(crate) fn phone_at(signs: &Signs, i: usize, out: &mut Vec<Reading>) -> Option<usize> {
    if signs.before(i).is_ascii_digit() && signs.gap(i) == Gap::None {
        return None;
    }
    let (from, digits, end) = number_at(signs, i, out)?;
    let (extension, end) = extension(signs, end, &digits).unwrap_or((String::new(), end));
    let digits = if extension.is_empty() {
        digits
    } else {
        format!("{digits}-{extension}")
    };
    out.push(Reading {
        span: signs.span(from, end),
        what: What::Phone(digits),
        others: Vec::new(),
    });
    Some(end)
}

fn number_at(signs: &Signs, i: usize, out: &[Reading]) -> Option<(usize, String, usize)> {
    let end = run_end(signs, i);
    let run = signs.words(i, end);
    let closed =
        |end: usize| !(signs.at(end).is_ascii_alphanumeric() && signs.gap(end) == Gap::None);
    // +86-352-8522123, 0086 …
    if let Some(number) = mobile(signs, i, end) {
        return Some(number);
    }
    if let Some((digits, to)) = service(signs, i, end).filter(|(_, to)| closed(*to)) {
        return Some((i, digits, to));
    }
    if let Some((from, area, at)) = area_code(signs, i, end) {
        let (number, to) = split_number(signs, at);
        if matches!(number.len(), 7 | 8) && closed(to) {
            return Some((from, format!("{area}-{number}"), to));
        }
    }
    // 03528522123
    if run.starts_with('0') && matches!(run.len(), 11 | 12) && closed(end) {
        let area = if run.starts_with("01") || run.starts_with("02") {
            3
        } else {
            4
        };
        if matches!(run.len() - area, 7 | 8) {
            return Some((i, format!("{}-{}", &run[..area], &run[area..]), end));
        }
    }
    if !closed(end)
        || matches!(signs.at(end), '.' | '%') && signs.at(end + 1).is_ascii_digit()
        || is_unit_next(signs, end)
    {
        return None;
    }
    let short = match run.len() {
        3 => matches!(run.as_str(), "110" | "119" | "120" | "122" | "114" | "999"),
        5 => {
            run.starts_with("12")
                || run.starts_with("95")
                || run.starts_with("96")
                || run.starts_with("10")
                || run.starts_with("11")
        }
        6 => run.starts_with("96") || run.starts_with("95"),
        _ => false,
    };
    let local = matches!(run.len(), 7 | 8) && !run.starts_with(['0', '1']);
    let emergency = run.len() == 3
        && signs
            .before_any(
                i,
                &["火警", "报警", "急救", "匪警", "交通事故", "拨打", "热线"],
            )
            .is_some();
    let is_near = emergency
        || (short && is_near_hotline(signs, i, end))
        || (local || short) && is_near_telephone(signs, i, out);
    // 852-2123
    is_near.then_some((i, run, end))
}

fn is_unit_next(signs: &Signs, end: usize) -> bool {
    "元万人名个户年月亿亩份吨平次件千公国米度项条家所页克升斤座天日时分秒号班"
        .contains(signs.at(end))
}

/// The digits of a number that may be set in two groups: 555 0123, 8552-2123.
fn split_number(signs: &Signs, i: usize) -> (String, usize) {
    let end = run_end(signs, i);
    let number = signs.words(i, end);
    let at = if signs.at(end) == '-' { end + 1 } else { end };
    let to = run_end(signs, at);
    let grouped =
        matches!(number.len(), 3 | 4) && to - at == 4 && (at > end || signs.gap(end) == Gap::Space);
    if grouped {
        (number + &signs.words(at, to), to)
    } else {
        (number, end)
    }
}

/// 138 0013 8000, 138-0013-8000, +86 13800138000
fn mobile(signs: &Signs, i: usize, end: usize) -> Option<(usize, String, usize)> {
    if signs.at(i) != '1' || !matches!(signs.at(i + 1), '3'..='9') {
        return None;
    }
    let (mut digits, mut to) = (signs.words(i, end), end);
    if digits.len() == 3 {
        for _ in 0..2 {
            let at = if signs.at(to) == '-' { to + 1 } else { to };
            let next = run_end(signs, at);
            if next - at != 4 || at == to && signs.gap(to) == Gap::None {
                return None;
            }
            digits.push_str(&signs.words(at, next));
            to = next;
        }
    }
    (digits.len() == 11 && !signs.at(to).is_ascii_alphanumeric()
        || digits.len() == 11 && signs.gap(to) != Gap::None)
        .then_some((i, digits, to))
}

/// 400-612-3456, 4006123456, 800-…
fn service(signs: &Signs, i: usize, end: usize) -> Option<(String, usize)> {
    if !(signs.starts(i, "400") || signs.starts(i, "800")) {
        return None;
    }
    let (mut digits, mut to) = (signs.words(i, end), end);
    let mut parts = vec![digits.clone()];
    while digits.len() < 10 && signs.at(to) == '-' && parts.len() < 4 {
        let next = run_end(signs, to + 1);
        if next == to + 1 {
            return None;
        }
        parts.push(signs.words(to + 1, next));
        digits.push_str(&signs.words(to + 1, next));
        to = next;
    }
    (digits.len() == 10).then(|| (parts.join("-"), to))
}

/// `0352-`, `(0352)`, `0352 `, `86-352-`: where the number begins, the area code, and where the rest begins.
fn area_code(signs: &Signs, i: usize, end: usize) -> Option<(usize, String, usize)> {
    let length = end - i;
    if signs.at(i) != '0' || !(3..=4).contains(&length) {
        return None;
    }
    let area = signs.words(i, end);
    let next = signs.at(end);
    if signs.before(i) == '(' && next == ')' {
        let at = if signs.at(end + 1) == '-' {
            end + 2
        } else {
            end + 1
        };
        return Some((i - 1, area, at));
    }
    let mut at = end;
    while matches!(signs.at(at), '-' | '/') && at < end + 3 {
        at += 1;
    }
    let spaced = at == end && next.is_ascii_digit() && signs.gap(end) != Gap::None;
    (at > end || spaced).then_some((i, area, at))
}

/// `-802`, `转802`.
fn extension(signs: &Signs, end: usize, digits: &str) -> Option<(String, usize)> {
    let at = signs.after_any(end, &["转分机", "转", "分机", "-"])?;
    let to = run_end(signs, at);
    let fits = (1..=5).contains(&(to - at)) && digits.len() >= 7;
    // 0352-8522123-5: the next number of the list
    (fits && !(signs.at(to).is_ascii_alphabetic())).then(|| (signs.words(at, to), to))
}

/// Whether a word of telephones, or another number of the same list, is near before a place.
fn is_near_telephone(signs: &Signs, i: usize, out: &[Reading]) -> bool {
    const NEAR: usize = 16;
    if matches!(signs.before(i), '、' | '，' | ',' | '/' | ';' | '或' | '和')
        && let Some(last) = out.last()
        && matches!(last.what, What::Phone(_))
        && last.span.end >= signs.span(i.saturating_sub(2), i).start
    {
        return true;
    }
    let from = i.saturating_sub(NEAR);
    (from..i).any(|k| {
        signs.after_any(k, &TELEPHONE).is_some()
            && !(k..i).any(|place| matches!(signs.at(place), BREAK | '。'))
    })
}

fn is_near_hotline(signs: &Signs, i: usize, end: usize) -> bool {
    let after = signs
        .after_any(
            end,
            &[
                "热线",
                "服务热线",
                "便民",
                "电话",
                "平台",
                "政务服务",
                "\"热线",
                "公共服务",
            ],
        )
        .is_some();
    let digits = signs.words(i, end);
    after
        || signs.before(i) == '"'
            && matches!(digits.as_str(), "12345" | "12333" | "12329" | "12355")
}

/// The mailbox whose local part contains a place; where it ends. Called for the first letter or digit of a row.
pub(crate) fn mailbox_at(signs: &Signs, i: usize, out: &mut Vec<Reading>) -> Option<usize> {
    const MOST: usize = 64;
    let is_local = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+');
    let joined = |k: usize| signs.gap(k) == Gap::None;
    let mut at = i;
    while at < i + MOST && is_local(signs.at(at)) && (at == i || joined(at)) {
        at += 1;
    }
    if at == i || signs.at(at) != '@' {
        return None;
    }
    let mut end = at + 1;
    while end < at + MOST
        && (signs.at(end).is_ascii_alphanumeric() || matches!(signs.at(end), '.' | '-'))
        && joined(end)
    {
        end += 1;
    }
    while end > at && matches!(signs.before(end), '.' | '-') {
        end -= 1;
    }
    let host = signs.words(at + 1, end);
    let (name, top) = host.rsplit_once('.')?;
    if name.is_empty() || top.len() < 2 || !top.chars().all(|c| c.is_ascii_alphabetic()) {
        return None;
    }
    out.push(Reading {
        span: signs.span(i, end),
        what: What::Mailbox(signs.words(i, end).to_lowercase()),
        others: Vec::new(),
    });
    Some(end)
}
