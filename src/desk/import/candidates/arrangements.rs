//! What a county arranges for those who come: quotas, venues, channels, papers.
//!
//! Comes in: a paragraph. Goes out: entries of the lists that a schedule has. Who they are for is taken from the same sentence.

use std::ops::Range;

use mingbai_reading::{Amount, Name, NameKind, Reading, What};

use super::actors::people_before;
use super::paragraph::Paragraph;
use super::{Candidates, Field, Section};

/// Finds the arrangements of a paragraph.
pub(super) fn find(p: &Paragraph, found: &mut Candidates) {
    let mut after = 0;
    for reading in &p.readings {
        match &reading.what {
            What::Amount(amount) if reading.span.start >= after => {
                after = quota(p, reading, amount, found).unwrap_or(after);
            }
            What::Name(name) => match name.kind {
                NameKind::Place => venue(p, reading, found),
                NameKind::Channel => channel(p, reading, name, found),
                NameKind::Paper | NameKind::Office => {}
            },
            _ => {}
        }
    }
    forms(p, found);
}

/// Whether a number counts people or cases of a day.
fn is_quota(p: &Paragraph, reading: &Reading, amount: &Amount) -> bool {
    const UNITS: [&str; 9] = ["名", "人", "位", "户", "个", "份", "件", "笔", "号"];
    let sentence = &p.words[p.sentence(reading.span.start)];
    let is_arranged = [
        "受理", "办理", "预约", "取号", "名额", "接待", "限号", "放号",
    ]
    .iter()
    .any(|word| sentence.contains(word));
    UNITS.contains(&amount.unit.as_str())
        && amount.value.scale == 0
        && amount.value.digits > 1
        && is_arranged
}

/// A quota, with its halves of the day; where the numbers end that it uses.
fn quota(
    p: &Paragraph,
    reading: &Reading,
    amount: &Amount,
    found: &mut Candidates,
) -> Option<usize> {
    let is_daily = amount.per.contains(['天', '日']);
    let is_half = |amount: &Amount, half: &str| amount.group.contains(half);
    if !is_quota(p, reading, amount) || !(is_daily || is_half(amount, "上午")) {
        return None;
    }
    let piece = p.piece(reading.span.start);
    let sentence = p.sentence(reading.span.start);
    let near: Vec<(&Reading, &Amount)> = p
        .readings_in(reading.span.start..sentence.end)
        .filter_map(|r| match &r.what {
            What::Amount(amount) => Some((r, amount)),
            _ => None,
        })
        .take(3)
        .collect();
    let half = |name: &str| near.iter().find(|(_, a)| is_half(a, name)).copied();
    let count = |found: Option<(&Reading, &Amount)>| found.map(|(_, a)| a.value.digits);
    let (morning, afternoon) = (half("上午"), half("下午"));
    let sum = count(morning)
        .zip(count(afternoon))
        .and_then(|(a, b)| a.checked_add(b));
    let is_total = is_daily && !is_half(amount, "上午");
    let total = if is_total {
        Some(amount.value.digits)
    } else {
        sum
    };
    let has_halves = sum.is_some() && sum == total;
    let mut end = piece.end.max(reading.span.end);
    if has_halves {
        end = end.max(p.piece(afternoon?.0.span.start).end);
    }
    let (who, start) = match people_before(p, reading.span.start) {
        Some((who, start)) => (Some(who), start),
        None => (None, piece.start),
    };
    let mut fields = vec![
        who.map_or_else(
            || Field::missing("group", "给谁的名额"),
            |who| Field::text("group", who),
        ),
        Field::text("per_day", total?.to_string()),
    ];
    if has_halves {
        fields.push(Field::text("morning", count(morning)?.to_string()));
        fields.push(Field::text("afternoon", count(afternoon)?.to_string()));
    }
    if !is_total {
        fields.push(Field::text(
            "derived",
            "原文没有写每天的总数，这是上午和下午的数目相加。",
        ));
    }
    found.push(Section::Quotas, p.entry(fields, p.trimmed(start..end)));
    Some(end)
}

fn venue(p: &Paragraph, reading: &Reading, found: &mut Candidates) {
    let sentence = &p.words[p.sentence(reading.span.start)];
    let is_used = ["受理", "办理", "登记", "预约", "咨询", "报名", "地点"]
        .iter()
        .any(|word| sentence.contains(word));
    let place = &p.words[reading.span.clone()];
    let is_known = found
        .of(Section::Venues)
        .iter()
        .any(|entry| entry.value("what") == place);
    if is_used && !is_known {
        let quote = p.trimmed(p.piece(reading.span.start));
        found.push(
            Section::Venues,
            p.entry(vec![Field::text("what", place)], quote),
        );
    }
}

/// A channel, with the people who use it: before it, or directly after it (确需现场办理的学生).
fn channel(p: &Paragraph, reading: &Reading, name: &Name, found: &mut Candidates) {
    let is_remote = ["远程", "线上", "网上", "在线"].contains(&name.words.as_str());
    let is_on_site = ["现场", "线下", "当面"].contains(&name.words.as_str());
    if !is_remote && !is_on_site {
        return;
    }
    let piece = p.piece(reading.span.start);
    let quote = p.trimmed(piece);
    let who = people_of(p, &quote, &reading.span);
    if let Some(who) = who {
        let fields = vec![
            Field::text("who", who),
            Field::text("what", name.words.clone()),
        ];
        found.push(Section::Channels, p.entry(fields, quote));
    }
}

/// The people of a piece: those before the channel up to what is said of them, or all of it if it ends with them.
fn people_of(p: &Paragraph, quote: &Range<usize>, channel: &Range<usize>) -> Option<String> {
    let own = p.words.get(quote.clone())?;
    let ends_with_people = super::actors::PEOPLE.iter().any(|word| own.ends_with(word));
    if ends_with_people && own.chars().count() <= 40 {
        return Some(own.to_owned());
    }
    let before = p.words.get(quote.start..channel.start)?;
    let end = super::actors::PEOPLE
        .iter()
        .filter_map(|word| Some(before.rfind(word)? + word.len()))
        .max()?;
    let who = &before[..end];
    (who.chars().count() <= 40).then(|| who.to_owned())
}

/// Papers that people must fill in or bring, one entry for each piece of a sentence.
fn forms(p: &Paragraph, found: &mut Candidates) {
    const VERBS: [&str; 12] = [
        "填写", "提交", "提供", "携带", "打印", "出具", "出示", "准备", "备齐", "应持", "须持",
        "持",
    ];
    for piece in p.pieces_in(0..p.words.len()) {
        let quote = p.trimmed(piece.clone());
        let words = &p.words[quote.clone()];
        let Some(verb) = VERBS
            .iter()
            .filter_map(|verb| Some(words.find(verb)? + verb.len()))
            .min()
        else {
            continue;
        };
        let papers = p.readings_in(quote.start + verb..quote.end);
        let mut from = quote.start + verb;
        let mut items: Vec<String> = Vec::new();
        for paper in
            papers.filter(|r| matches!(&r.what, What::Name(n) if n.kind == NameKind::Paper))
        {
            // A reading inside the title that was just taken.
            if paper.span.start < from {
                continue;
            }
            let lead = &p.words[from..paper.span.start];
            // 首贷《申请表》
            let belongs =
                lead.chars().count() <= 4 && lead.chars().all(|c| ('一'..='龥').contains(&c));
            let start = if belongs { from } else { paper.span.start };
            let item = p.words[start..paper.span.end].trim_start_matches(['和', '及', '、', '或']);
            items.push(item.to_owned());
            from = paper.span.end;
        }
        let who = people_before(p, quote.start + verb);
        let (Some((who, start)), false) = (who, items.is_empty()) else {
            continue;
        };
        let fields = vec![Field::text("who", who), Field::items("items", items)];
        found.push(Section::Forms, p.entry(fields, p.trimmed(start..piece.end)));
    }
}
