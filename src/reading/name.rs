//! Names: papers, channels, places, offices.
//!
//! Comes in: signs and a place. Goes out: the name whose end begins there, with the words before it that belong to it. A name is
//! known by its end (…证明, …教育局, …大厅); the words before it go back to a preposition, a verb or punctuation. Papers in 《》 are
//! taken as they are, and nothing inside them is a name.

use crate::number::{is_chinese_numeral, numeral_at, run_end};
use crate::signs::{BREAK, Gap, NONE, Signs, is_han};
use crate::what::{Name, NameKind, Reading, What};
use crate::words::{
    CHANNEL_LEADS, CHANNEL_USES, CHANNELS, KEPT, KEPT_AFTER, NAME_ENDS, NAME_STOPS_AFTER,
    NAME_STOPS_BEFORE, NameEnd, PAPER_TAILS,
};

/// The longest name, in characters before its end.
const LONGEST: usize = 24;

/// The name at a place, not before `floor` (the end of the last one): the place after it.
pub(crate) fn name_at(
    signs: &Signs,
    i: usize,
    floor: usize,
    out: &mut Vec<Reading>,
) -> Option<usize> {
    if signs.at(i) == '《' {
        return titled_at(signs, i, out);
    }
    if let Some((end, next)) = NAME_ENDS.find(signs, i) {
        let Some(end) = end else {
            return Some(next);
        };
        return ended_at(signs, i, next, end, floor, out);
    }
    if signs.at(i) == '号' {
        return address_at(signs, i, floor, out);
    }
    channel_at(signs, i, out)
}

fn push(
    signs: &Signs,
    kind: NameKind,
    from: usize,
    to: usize,
    words: String,
    out: &mut Vec<Reading>,
) {
    let span = signs.span(from, to);
    // 无 of 无犯罪记录证明 is part of the name.
    while out
        .last()
        .is_some_and(|last| last.span.start >= span.start && matches!(last.what, What::Force(_)))
    {
        out.pop();
    }
    out.push(Reading {
        span,
        what: What::Name(Name { kind, words }),
        others: Vec::new(),
    });
}

/// 《…》, with what follows it: 《扶贫手册》复印件.
fn titled_at(signs: &Signs, i: usize, out: &mut Vec<Reading>) -> Option<usize> {
    const MOST: usize = 120;
    let mut depth = 0usize;
    for k in i..i + MOST {
        match signs.at(k) {
            '《' => depth += 1,
            '》' => depth -= 1,
            BREAK | NONE => return None,
            _ => {}
        }
        if depth == 0 {
            let end = signs.after_any(k + 1, &PAPER_TAILS).unwrap_or(k + 1);
            let words = format!("{}{}", signs.words(i + 1, k), signs.words(k + 1, end));
            push(signs, NameKind::Paper, i, end, words, out);
            return Some(end);
        }
    }
    None
}

/// A name by its end.
fn ended_at(
    signs: &Signs,
    i: usize,
    end: usize,
    of: NameEnd,
    floor: usize,
    out: &mut Vec<Reading>,
) -> Option<usize> {
    let from = without_pronoun(signs, left(signs, i, floor, of.kind), i);
    if i - from < usize::from(of.least) || is_general(signs, from, i, of) {
        return Some(end);
    }
    let (kind, to) = if of.kind == NameKind::Paper {
        (NameKind::Paper, paper_end(signs, end))
    } else {
        further(signs, end, of.kind)
    };
    if kind == NameKind::Office && is_system(signs, to) {
        return Some(to);
    }
    push(signs, kind, from, to, signs.words(from, to), out);
    Some(to)
}

/// Whether the name goes on to that of a computer system: 国家开发银行助学贷款管理系统.
fn is_system(signs: &Signs, end: usize) -> bool {
    const NEAR: usize = 20;
    (end..end + NEAR)
        .take_while(|k| is_han(signs.at(*k)) && !NAME_STOPS_AFTER.has(signs, *k))
        .any(|k| signs.starts(k, "系统") || signs.starts(k, "平台"))
}

/// Leaves out 本人, 相关 … before a name.
fn without_pronoun(signs: &Signs, from: usize, end: usize) -> usize {
    signs
        .after_any(
            from,
            &[
                "相关",
                "有关",
                "本人",
                "上述",
                "其他",
                "其它",
                "当事人",
                "合格",
                "所在",
            ],
        )
        .filter(|after| *after <= end && signs.at(*after) != '地')
        // 2023年…方案: the year is not part of the name.
        .or_else(|| {
            signs
                .after_any(from, &["年度", "年"])
                .filter(|_| signs.before(from).is_ascii_digit())
        })
        .unwrap_or(from)
}

/// Whether the words before an end name nobody in particular: 有关部门, 各单位办公室.
fn is_general(signs: &Signs, from: usize, to: usize, of: NameEnd) -> bool {
    of.kind == NameKind::Office
        && to - from <= 2
        && ["有关", "相关", "其他", "所在", "各自", "上述", "多个"]
            .iter()
            .any(|word| signs.starts(from, word))
}

/// Where the end of a paper goes on: 身份证 + 原件和复印件, 毕业证 + 书.
fn paper_end(signs: &Signs, end: usize) -> usize {
    let mut to = end;
    for _ in 0..2 {
        if let Some(tail) = signs.after_any(to, &PAPER_TAILS) {
            to = tail;
        } else if let Some((
            Some(NameEnd {
                kind: NameKind::Paper,
                ..
            }),
            next,
        )) = NAME_ENDS.find(signs, to)
        {
            to = next;
        } else {
            break;
        }
    }
    to
}

/// Where the words before the end of a name begin.
fn left(signs: &Signs, at: usize, floor: usize, kind: NameKind) -> usize {
    let mut from = at;
    while at - from < LONGEST && from > floor {
        let c = signs.before(from);
        let joins = is_han(c) || c.is_ascii_digit() && kind == NameKind::Place || c == '〇';
        if !joins || signs.gap(from) >= Gap::Wide && from < at && signs.gap(from) != Gap::Line {
            break;
        }
        if from < at && signs.gap(from) == Gap::Line && is_short_line(signs, from) {
            break;
        }
        if let Some((_, start)) = KEPT.find(signs, from)
            && start >= floor
            && NAME_STOPS_BEFORE
                .find(signs, from)
                .is_none_or(|(_, stop)| stop >= start)
        {
            from = start;
            continue;
        }
        if NAME_STOPS_BEFORE.has(signs, from) {
            break;
        }
        from -= 1;
    }
    if kind == NameKind::Office && signs.before(from) == '各' && from > floor {
        from -= 1;
    }
    from
}

/// Whether the line that ends at a place is short: a heading or a line of a title, of which no name goes on.
fn is_short_line(signs: &Signs, end: usize) -> bool {
    const SHORT: usize = 20;
    (1..SHORT).any(|back| {
        end < back
            || signs.at(end - back) == BREAK
            || back > 1 && signs.gap(end + 1 - back) == Gap::Line
    })
}

/// Where an office or place goes on: 县教育局 + 一楼大厅, 国家开发银行 + 山西省分行.
fn further(signs: &Signs, end: usize, kind: NameKind) -> (NameKind, usize) {
    const NEAR: usize = 12;
    let (mut kind, mut to) = (kind, end);
    for _ in 0..4 {
        if let Some(next) = room(signs, to) {
            (kind, to) = (NameKind::Place, next);
            continue;
        }
        let mut at = to;
        let mut found = None;
        while at < to + NEAR {
            if at == to && signs.gap(at) >= Gap::Space {
                break;
            }
            match NAME_ENDS.find(signs, at) {
                Some((Some(end), next)) if end.kind != NameKind::Paper => {
                    found = Some((end.kind, next));
                    break;
                }
                Some(_) => break,
                None => {}
            }
            let c = signs.at(at);
            if let Some((_, kept)) = KEPT_AFTER.find(signs, at) {
                at = kept;
                continue;
            }
            let joins = is_han(c) || c.is_ascii_digit();
            if !joins || NAME_STOPS_AFTER.has(signs, at) {
                break;
            }
            at += 1;
        }
        let Some(next) = found else { break };
        (kind, to) = next;
    }
    (kind, to)
}

/// 一楼, 3号窗口, 502室, A座, 5楼502室: where it ends.
fn room(signs: &Signs, i: usize) -> Option<usize> {
    // 西楼, 东楼三层
    if "东西南北中主副".contains(signs.at(i)) && signs.at(i + 1) == '楼' {
        return Some(i + 2);
    }
    let number = numeral_at(signs, i)?;
    let whole = number.small(4)?;
    let end = signs.after_any(
        number.end,
        &[
            "号窗口",
            "号楼",
            "号厅",
            "楼",
            "层",
            "室",
            "号",
            "单元",
            "栋",
            "幢",
        ],
    )?;
    (whole > 0).then_some(end)
}

/// 人民路128号: an address, at its 号.
fn address_at(signs: &Signs, i: usize, floor: usize, out: &mut Vec<Reading>) -> Option<usize> {
    let mut digits = i;
    while digits > floor
        && (signs.before(digits).is_ascii_digit()
            || is_chinese_numeral(signs.before(digits))
            || signs.before(digits) == '-')
        && i - digits < 8
    {
        digits -= 1;
    }
    let street = matches!(
        signs.before(digits),
        '路' | '街' | '道' | '巷' | '弄' | '村' | '里' | '园' | '区' | '院'
    ) || signs.ends(digits, "胡同").is_some();
    if digits == i || !street || run_end(signs, digits) > i {
        return None;
    }
    let from = left(signs, digits, floor, NameKind::Place);
    if digits - from < 2 {
        return None;
    }
    let (_, to) = further(signs, i + 1, NameKind::Place);
    push(signs, NameKind::Place, from, to, signs.words(from, to), out);
    Some(to)
}

/// 远程, 网上, 邮寄 … with a word of doing next to it.
fn channel_at(signs: &Signs, i: usize, out: &mut Vec<Reading>) -> Option<usize> {
    let (_, end) = CHANNELS.find(signs, i)?;
    let used = signs.after_any(end, CHANNEL_USES).is_some();
    let led = signs.before_any(i, CHANNEL_LEADS).is_some();
    let begins = matches!(
        signs.before(i),
        NONE | BREAK | '。' | '，' | ':' | '(' | '"'
    );
    let ends = matches!(
        signs.at(end),
        '。' | '，' | '、' | ';' | ')' | NONE | BREAK | '"'
    );
    let named = signs.words(i, end);
    let is_one = match named.as_str() {
        // 电话：… is a label, 受理现场 and 受理窗口 are places.
        "电话" | "传真" | "窗口" | "现场" | "网络" => used && (led || begins),
        _ => used || led && ends,
    };
    if !is_one {
        return Some(end);
    }
    push(signs, NameKind::Channel, i, end, named, out);
    Some(end)
}
