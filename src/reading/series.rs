//! Members of numbered series, and document numbers.
//!
//! Comes in: signs and a place. Goes out: an ordinal (第一类, 第一至第四类, 二级, 附件3) or a document number in its normal form. GB/T 9704-2012
//! 7.2.5: the agency's characters, the year in full in 〔〕, a number without leading zeros and without 第, 号.

use crate::number::{digits_at, numeral_at};
use crate::signs::{Gap, Signs, is_han};
use crate::what::{Ordinal, Reading, What};
use crate::words::{NUMBER_LEADS, SERIES};

/// The ordinals that begin at `第`.
pub(crate) fn ordinals_at(signs: &Signs, i: usize, out: &mut Vec<Reading>) -> Option<usize> {
    if let Some(end) = decree(signs, i, out) {
        return Some(end);
    }
    let mut found: Vec<(u32, u32, usize, usize)> = Vec::new();
    let mut at = i;
    loop {
        let begin = at;
        let start = if signs.at(at) == '第' { at + 1 } else { at };
        let bracketed = signs.at(start) == '(';
        let Some(number) = numeral_at(signs, if bracketed { start + 1 } else { start }) else {
            break;
        };
        let Some(first) = number.small(6) else { break };
        // 第（一）项
        let mut end = if bracketed && signs.at(number.end) == ')' {
            number.end + 1
        } else {
            number.end
        };
        let mut last = first;
        if let Some((to, to_end)) = range_end(signs, end) {
            if to < first {
                break;
            }
            (last, end) = (to, to_end);
        }
        found.push((first, last, begin, end));
        // 第一、第二类: the unit comes later.
        at = end;
        if SERIES.has(signs, end) {
            break;
        }
        match signs.after_any(end, &["、", "和", "及", "或", "与"]) {
            Some(next) if signs.at(next) == '第' || numeral_at(signs, next).is_some() => at = next,
            _ => break,
        }
    }
    let (_, unit_end) = SERIES.find(signs, at)?;
    let unit = signs.words(at, unit_end);
    if unit == "学位" {
        return None;
    }
    let count = found.len();
    for (k, (first, last, begin, end)) in found.into_iter().enumerate() {
        let end = if k + 1 == count { unit_end } else { end };
        out.push(Reading {
            span: signs.span(begin, end),
            what: What::Ordinal(Ordinal {
                first,
                last,
                unit: unit.clone(),
            }),
            others: Vec::new(),
        });
    }
    // 第一类至第四类
    if count == 1
        && let Some(next) = joined(signs, unit_end)
        && signs.at(next) == '第'
        && let Some(number) = numeral_at(signs, next + 1)
        && signs.words(number.end, number.end + unit.chars().count()) == unit
        && let Some(last) = number.small(6)
        && let Some(Reading {
            span,
            what: What::Ordinal(ordinal),
            ..
        }) = out.last_mut()
        && ordinal.first <= last
    {
        let end = number.end + unit.chars().count();
        ordinal.last = last;
        span.end = signs.span(i, end).end;
        return Some(end);
    }
    Some(unit_end)
}

fn joined(signs: &Signs, i: usize) -> Option<usize> {
    signs
        .after_any(i, &["至", "到", "~", "--", "-"])
        .map(|end| if signs.at(end) == '-' { end + 1 } else { end })
}

/// 至第四, 至四, -4
fn range_end(signs: &Signs, i: usize) -> Option<(u32, usize)> {
    let at = joined(signs, i)?;
    let at = if signs.at(at) == '第' { at + 1 } else { at };
    let number = numeral_at(signs, at)?;
    Some((number.small(6)?, number.end))
}

/// 一级至四级, 三级, 一至四级: grades are members of a series, too. Two levels (省市两级) are a count.
pub(crate) fn grades_at(signs: &Signs, i: usize, out: &mut Vec<Reading>) -> Option<usize> {
    let number = numeral_at(signs, i)?;
    let first = number.small(2)?;
    // 分四级: so many.
    if signs.at(i) == '两' || matches!(signs.before(i), '年' | '分' | '共' | '设') {
        return None;
    }
    let own_unit = signs.at(number.end) == '级';
    let at = if own_unit { number.end + 1 } else { number.end };
    let mut end = at;
    let mut last = first;
    if let Some((to, to_end)) = range_end(signs, at)
        && signs.at(to_end) == '级'
        && to >= first
    {
        (last, end) = (to, to_end + 1);
    } else if !own_unit {
        return None;
    }
    if matches!(signs.at(end), '联' | '协' | '管' | '以')
        && signs.at(end) != '以'
        && !number.chinese
    {
        return None;
    }
    out.push(Reading {
        span: signs.span(i, end),
        what: What::Ordinal(Ordinal {
            first,
            last,
            unit: "级".to_owned(),
        }),
        others: Vec::new(),
    });
    Some(end)
}

/// Ⅳ级, Ⅲ类
pub(crate) fn roman_at(signs: &Signs, i: usize, out: &mut Vec<Reading>) -> Option<usize> {
    let value = (signs.at(i) as u32).checked_sub('Ⅰ' as u32)? + 1;
    let unit = signs.at(i + 1);
    if !matches!(unit, '级' | '类' | '型' | '期' | '等') {
        return None;
    }
    out.push(Reading {
        span: signs.span(i, i + 2),
        what: What::Ordinal(Ordinal {
            first: value,
            last: value,
            unit: unit.to_string(),
        }),
        others: Vec::new(),
    });
    Some(i + 2)
}

/// 三季度, 2季度: the third quarter; 前三季度 are three quarters of no name.
pub(crate) fn quarter_at(signs: &Signs, i: usize, out: &mut Vec<Reading>) -> Option<usize> {
    let number = numeral_at(signs, i)?;
    let quarter = number.small(1).filter(|n| (1..=4).contains(n))?;
    if !signs.starts(number.end, "季度")
        || matches!(signs.before(i), '前' | '后')
        || signs.at(i) == '两'
    {
        return None;
    }
    let end = number.end + 2;
    out.push(Reading {
        span: signs.span(i, end),
        what: What::Ordinal(Ordinal {
            first: quarter,
            last: quarter,
            unit: "季度".to_owned(),
        }),
        others: Vec::new(),
    });
    Some(end)
}

/// 附件3
pub(crate) fn annex_at(signs: &Signs, i: usize, out: &mut Vec<Reading>) -> Option<usize> {
    let start = signs.before_any(i, &["附件", "附表", "附录"])?;
    if signs.gap(i) > Gap::Space {
        return None;
    }
    let number = numeral_at(signs, i)?;
    let first = number.small(2)?;
    let (last, end) = range_end(signs, number.end).unwrap_or((first, number.end));
    if last < first || signs.at(end) == '.' && signs.at(end + 1).is_ascii_digit() {
        return None;
    }
    out.push(Reading {
        span: signs.span(start, end),
        what: What::Ordinal(Ordinal {
            first,
            last,
            unit: signs.words(start, i),
        }),
        others: Vec::new(),
    });
    Some(end)
}

/// `第12号令`, `令第588号`, `公告2023年第5号`.
fn decree(signs: &Signs, i: usize, out: &mut Vec<Reading>) -> Option<usize> {
    let number = numeral_at(signs, i + 1)?;
    let value = number.small(6)?;
    if signs.at(number.end) != '号' {
        return None;
    }
    let end = number.end + 1;
    if let Some(end) = signs.after_any(end, &["令", "公告", "通告"]) {
        let kind = signs.words(number.end + 1, end);
        push_number(signs, i, end, format!("第{value}号{kind}"), out);
        return Some(end);
    }
    // 国家税务总局公告2023年第5号
    let year = signs
        .ends(i, "年")
        .filter(|at| (at.saturating_sub(4)..*at).all(|k| signs.at(k).is_ascii_digit()))
        .map(|at| at.saturating_sub(4));
    let at = year.unwrap_or(i);
    let bracket = matches!(signs.before(at), '(' | '[');
    let word_end = if bracket { at - 1 } else { at };
    let start = signs.before_any(word_end, &["令", "公告", "通告"])?;
    let from = agency_start(signs, start);
    let year = year.map(|at| signs.words(at, i)).unwrap_or_default();
    let words = format!("{}{year}第{value}号", signs.words(from, word_end));
    push_number(signs, from, end, words, out);
    Some(end)
}

/// 公告2023年第5号, whose year begins at a place.
pub(crate) fn bulletin_at(signs: &Signs, i: usize, out: &mut Vec<Reading>) -> Option<usize> {
    signs.before_any(i, &["公告", "令", "通告", "公告("])?;
    let (_, end) = digits_at(signs, i)?;
    let is_year = end - i == 4 && signs.at(end) == '年' && signs.at(end + 1) == '第';
    is_year.then(|| decree(signs, end + 1, out)).flatten()
}

fn push_number(signs: &Signs, from: usize, to: usize, words: String, out: &mut Vec<Reading>) {
    out.push(Reading {
        span: signs.span(from, to),
        what: What::DocumentNumber(words),
        others: Vec::new(),
    });
}

/// The document number whose year begins at a place: `晋教助学〔2020〕7号`, `【2023】 16 号`.
pub(crate) fn document_number_at(signs: &Signs, i: usize, out: &mut Vec<Reading>) -> Option<usize> {
    let open = signs.before(i);
    if !matches!(open, '[' | '(' | '{' | '<') {
        return None;
    }
    let (year, end) = digits_at(signs, i)?;
    if end - i != 4
        || !(1949..=2199).contains(&year)
        || !matches!(signs.at(end), ']' | ')' | '}' | '>')
    {
        return None;
    }
    let mut at = end + 1;
    let ordinal = signs.at(at) == '第';
    if ordinal {
        at += 1;
    }
    // l2号: a scan's 12.
    let like_one = matches!(signs.at(at), 'l' | 'I') && signs.at(at + 1).is_ascii_digit();
    let (rest, number_end) = digits_at(signs, if like_one { at + 1 } else { at })?;
    if signs.at(number_end) != '号' || number_end - at > 6 {
        return None;
    }
    let power = u32::try_from(number_end - at - 1).unwrap_or(0);
    let number = if like_one {
        10i64.pow(power) + rest
    } else {
        rest
    };
    let bracket = i - 1;
    let from = agency_start(signs, bracket);
    // (2019)3号楼 has no agency.
    if from == bracket && open == '(' {
        return None;
    }
    let words = format!("{}〔{year}〕{number}号", signs.words(from, bracket));
    push_number(signs, from, number_end + 1, words, out);
    Some(number_end + 1)
}

/// Where the characters of the agency begin that end before `end`: at most 16, without words of the sentence.
fn agency_start(signs: &Signs, end: usize) -> usize {
    const MOST: usize = 16;
    let mut from = end;
    while end - from < MOST {
        let c = signs.before(from);
        if !(is_han(c) || c.is_ascii_alphabetic()) || NUMBER_LEADS.has(signs, from) {
            break;
        }
        if signs.gap(from) > Gap::Space && from < end {
            break;
        }
        from -= 1;
    }
    from
}
